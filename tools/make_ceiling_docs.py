#!/usr/bin/env python3
"""Write the tables and sentences of docs/ceiling.md in place, between their markers.

    python tools/make_ceiling_docs.py            writes the page
    python tools/make_ceiling_docs.py --check    writes nothing, and fails if the page is not up to date

It needs the plugin's core and no QGIS: the same search, on the sample line, that `bufferzone:fitceiling` runs.
"""

from __future__ import annotations

import json
import sys
from functools import cache, partial
from pathlib import Path

import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from buffer_zone_plugin.core.ceiling import Answer, Fitted, Largest, fit_ceiling  # noqa: E402
from buffer_zone_plugin.core.ceiling_question import ENDS, Question  # noqa: E402
from buffer_zone_plugin.core.ceiling_words import ceiling_words, depths_told  # noqa: E402
from buffer_zone_plugin.core.features import InputFeature  # noqa: E402
from buffer_zone_plugin.core.number_lists import depths_from_text  # noqa: E402
from buffer_zone_plugin.core.plan_inputs import PlanInputs  # noqa: E402
from buffer_zone_plugin.core.progress import Progress  # noqa: E402
from buffer_zone_plugin.core.spec import PlanSpec  # noqa: E402
from buffer_zone_plugin.core.staffing.model import training_staff  # noqa: E402
from tools.make_staffing_docs import main  # noqa: E402
from tools.staffing_text import CATALOGUE, NONE, POSTURES, TRAINEES, ZONES, plain, prose, table  # noqa: E402

PAGE = ROOT / "docs" / "ceiling.md"
SAMPLE = ROOT / "resources" / "sample" / "illustrative_contact_line.geojson"
DEPTHS = "5,10,20,30,40,50,60,70"  # km of each side; 70 is the deepest that is on record (Minsk II)
FEW, MANY = 4000, 60_000  # persons, the ends of what the press told of one proposal
FOUND = {"all": "all, to", "part": "to"}


@cache
def inputs() -> PlanInputs:
    """Return the sample line with what is shipped for staffing."""
    (feature,) = json.loads(SAMPLE.read_text(encoding="utf-8"))["features"]
    line = InputFeature(1, shapely.geometry.shape(feature["geometry"]))
    return PlanInputs((line,), CATALOGUE, POSTURES, past=ZONES)


@cache
def answer(persons: int) -> Answer:
    """Return what keeps to a ceiling on the sample line."""
    return fit_ceiling(Question(persons, depths_from_text(DEPTHS)), PlanSpec(), inputs(), Progress())


def sentences(persons: int) -> str:
    """Return what the log tells of a ceiling."""
    return "\n".join(prose(f"* {told}.".replace("..", ".")) for told in ceiling_words(answer(persons), inputs()))


def largest(persons: int) -> str:
    """Return the largest plans under a ceiling."""
    head = (
        "posture", "depths that fit", "area, km²", "persons: low – central – high", "persons left",
        "closest posts, km", "sensors needed",
    )
    return table(head, [_largest_row(one) for one in answer(persons).largest], right=(2, 4, 5, 6))


def plans(persons: int) -> str:
    """Return which plans fit, by depth and posture."""
    found = answer(persons)
    titles = [one.plan.manning.title for one in found.largest]
    rows = []
    for depth in found.question.depths_m:
        own = [plan for plan in found.plans if plan.depth_m == depth]
        rows.append((f"{depths_told(own[0])}", plain(own[0].extent.area_km2, 0), *map(_cell, own)))
    return table(("depth of A + B", "area, km²", *titles), rows, right=tuple(range(1, len(titles) + 2)))


def training() -> str:
    """Return what a training mission leaves of the smaller ceiling."""
    trainers = training_staff(TRAINEES, CATALOGUE).central
    left = FEW - trainers
    verify = [plan for plan in answer(FEW).plans if plan.spec.posture == "verify"]
    fitting = [plan for plan in verify if plan.need.force.central <= left]
    told = f"at most {depths_told(fitting[-1])} fit" if fitting else (
        f"no depth fits, for {depths_told(verify[0])} takes {plain(verify[0].need.force.central)}"
    )
    return prose(
        f"A training mission for {plain(TRAINEES)} a year takes {plain(trainers)} of the {plain(FEW)}: {plain(left)} "
        f"are left for the zone, and under Verify {told}."
    )


def ends() -> str:
    """Return how many plans fit with each end of their range."""
    rows = [(plain(persons), *(answer(persons).fitting(end) for end in ENDS)) for persons in (FEW, MANY)]
    total = len(answer(FEW).plans)
    head = (f"ceiling, persons (of {total} plans)", "low end fits", "central estimate fits", "high end fits")
    return table(head, rows, right=(0, 1, 2, 3))


def _largest_row(one: Largest) -> tuple[str, ...]:
    plan, low, central, high = one.plan, *one.plan.need.force.ends
    fits = f"{FOUND[one.found]} {depths_told(plan)}" if plan.fits else f"none ({depths_told(plan)} for comparison)"
    return (
        plan.manning.title, fits, plain(plan.extent.area_km2, 0), f"{low:,} – {central:,} – {high:,}",
        plain(plan.spare).replace("-", "−"), NONE if one.closest_km is None else plain(one.closest_km, 1),
        NONE if one.sensors_needed is None else f"{one.sensors_needed:.0%}".replace("%", " %"),
    )


def _cell(plan: Fitted) -> str:
    persons = f"{plan.need.force.central:,}"
    return f"**{persons}**" if plan.fits else persons


PARTS = {
    "few": partial(sentences, FEW), "few-largest": partial(largest, FEW), "few-plans": partial(plans, FEW),
    "many": partial(sentences, MANY), "many-largest": partial(largest, MANY),
    "training": training, "ends": ends,
}

if __name__ == "__main__":
    sys.exit(main(PAGE, PARTS))
