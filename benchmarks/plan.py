"""How long does a whole plan of the sample line take, and which stage takes how much of it?

Every case runs a few times; the table shows the fastest run in seconds, and the share of each stage in it, as the
plan's own progress tells them apart. A last column says how long the run went without asking whether it is cancelled.

    python benchmarks/bench_plan.py [--repeat 3] [--depth-km 20] [--sectors 8 24]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from buffer_zone_plugin.core.contact_line import InputLine  # noqa: E402
from buffer_zone_plugin.core.plan import PlanInputs, make_plan  # noqa: E402
from buffer_zone_plugin.core.progress import Progress  # noqa: E402
from buffer_zone_plugin.core.spec import PlanSpec  # noqa: E402
from buffer_zone_plugin.core.staffing.parameters import read_catalogue  # noqa: E402
from buffer_zone_plugin.core.staffing.postures import read_postures  # noqa: E402

SPLITS = ("none", "equal_length", "equal_area")


def sample_inputs():
    """The bundled line with the bundled parameters."""
    resources = ROOT / "resources"
    sample = json.loads((resources / "sample" / "illustrative_contact_line.geojson").read_text(encoding="utf-8"))
    lines = tuple(
        InputLine(number, shapely.LineString(feature["geometry"]["coordinates"]))
        for number, feature in enumerate(sample["features"], start=1)
    )
    catalogue = read_catalogue(resources / "staffing" / "parameters.csv")
    return PlanInputs(lines, catalogue, read_postures(resources / "presets" / "postures.json"))


def timed(spec, inputs):
    """Seconds of one plan, seconds of each stage by its text, and the longest time without a question."""
    began: list[tuple[str, float]] = []
    asked: list[float] = []

    def is_cancelled():
        asked.append(time.perf_counter())
        return False

    start = time.perf_counter()
    progress = Progress(on_text=lambda text: began.append((text, time.perf_counter())), is_cancelled=is_cancelled)
    plan = make_plan(spec, inputs, progress)
    end = time.perf_counter()
    stages: dict[str, float] = {}
    for (text, here), (_, following) in zip(began, [*began[1:], ("", end)]):
        stages[text] = stages.get(text, 0.0) + following - here
    longest = max(after - before for before, after in zip([start, *asked], [*asked, end]))
    return end - start, stages, longest, plan


def report(spec, inputs, repeat):
    """Print one case."""
    seconds, stages, longest, plan = min((timed(spec, inputs) for _ in range(repeat)), key=lambda run: run[0])
    name = spec.split.replace("_", " ") + (f", {spec.sectors}" if spec.split != "none" else "")
    shares = "  ".join(f"{text.lower()} {100 * part / seconds:.0f} %" for text, part in stages.items())
    print(
        f"{name:<18} {seconds:>7.2f} s   longest without a question {longest:>5.2f} s   "
        f"error {plan.zone.error_max_m:.2f} m\n    {shares}",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--depth-km", type=float, default=20.0)
    parser.add_argument("--sectors", type=int, nargs="+", default=[8, 24])
    asked = parser.parse_args()
    inputs, depth_m = sample_inputs(), asked.depth_km * 1000
    cases = [("none", 1)] + [(split, count) for split in SPLITS[1:] for count in asked.sectors]
    print(f"the sample line, {asked.depth_km:g} km on each side, tolerance 1 m, fastest of {asked.repeat}")
    for split, count in cases:
        report(PlanSpec(depth_a_m=depth_m, depth_b_m=depth_m, split=split, sectors=count), inputs, asked.repeat)


if __name__ == "__main__":
    main()
