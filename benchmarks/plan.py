"""How long does a whole plan take, and which stage takes how much of it?

Every case runs a few times; the fastest run counts, and the share of each stage in it, as the plan's own progress tells
them apart; and how long the run went without asking whether it is cancelled. Alone, for the sample line:

    python -m benchmarks.plan [--repeat 3] [--depth-km 20] [--sectors 8 24]
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace
from pathlib import Path

import shapely

from buffer_zone_plugin.core.api import inputs_along
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec

from .lines import SMOOTH, front

ROOT = Path(__file__).resolve().parent.parent
SPLITS = ("none", "equal_length", "equal_area")


def sample_inputs():
    """The bundled line with the bundled parameters."""
    resources = ROOT / "resources"
    return inputs_along(resources / "sample" / "illustrative_contact_line.geojson", resources)


@dataclass(frozen=True)
class Case:
    """A plan to be made ``repeat`` times: of the sample line, or of a smooth front of so many vertices."""

    vertices: int | None
    depth_m: float
    sectors: int
    split: str = "equal_length"
    tolerance_m: float = 1.0
    bands_m: tuple[float, ...] = ()
    repeat: int = 3

    def spec(self):
        """The choices of the plan."""
        return PlanSpec(
            depth_a_m=self.depth_m, depth_b_m=self.depth_m, split=self.split, sectors=self.sectors,
            tolerance_m=self.tolerance_m, bands_m=self.bands_m,
        )

    def inputs(self):
        """The line and the bundled parameters."""
        inputs = sample_inputs()
        if self.vertices is None:
            return inputs
        return replace(inputs, lines=(InputFeature(1, shapely.LineString(front(SMOOTH, self.vertices))),))


@dataclass(frozen=True)
class Made:
    """Seconds of a plan by the clock and of the processor, of its stages, the longest without a question; its error."""

    seconds: float
    processor_s: float
    stages: dict[str, float]
    longest: float
    error_max_m: float


def best(case) -> Made:
    """The run of a case that took the least processor time."""
    spec, inputs = case.spec(), case.inputs()
    return min((timed(spec, inputs) for _ in range(case.repeat)), key=lambda made: made.processor_s)


def timed(spec, inputs) -> Made:
    """One run."""
    began: list[tuple[str, float]] = []
    asked: list[float] = []

    def is_cancelled():
        asked.append(time.perf_counter())
        return False

    used, start = time.process_time(), time.perf_counter()
    progress = Progress(on_text=lambda text: began.append((text, time.perf_counter())), is_cancelled=is_cancelled)
    plan = make_plan(spec, inputs, progress)
    end, used = time.perf_counter(), time.process_time() - used
    stages: dict[str, float] = {}
    for (text, here), (_, following) in zip(began, [*began[1:], ("", end)]):
        stages[text] = stages.get(text, 0.0) + following - here
    longest = max(after - before for before, after in zip([start, *asked], [*asked, end]))
    return Made(end - start, used, stages, longest, plan.zone.error_max_m)


def report(case):
    """Print one case."""
    made = best(case)
    name = case.split.replace("_", " ") + (f", {case.sectors}" if case.split != "none" else "")
    print(
        f"{name:<18} {made.seconds:>7.2f} s   longest without a question {made.longest:>5.2f} s   "
        f"error {made.error_max_m:.2f} m\n    {shares(made)}",
        flush=True,
    )


def shares(made):
    """The stages' shares of the time, in words."""
    return ", ".join(f"{text.lower()} {100 * part / made.seconds:.0f} %" for text, part in made.stages.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--depth-km", type=float, default=20.0)
    parser.add_argument("--sectors", type=int, nargs="+", default=[8, 24])
    asked = parser.parse_args()
    choices = [("none", 1)] + [(split, count) for split in SPLITS[1:] for count in asked.sectors]
    print(f"the sample line, {asked.depth_km:g} km on each side, tolerance 1 m, fastest of {asked.repeat}")
    for split, count in choices:
        report(Case(None, asked.depth_km * 1000, count, split, repeat=asked.repeat))


if __name__ == "__main__":
    main()
