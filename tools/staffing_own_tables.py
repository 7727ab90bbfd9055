"""The parts of docs/staffing.md on the user's own numbers: files with what comes of them, refusals, contributors."""

from __future__ import annotations

import json
from typing import Any

from buffer_zone_plugin.core.contributors import Contributions, contribute, contributors_from_text
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.rounding import largest_remainder
from buffer_zone_plugin.core.staffing.build_up import COMPONENTS, SectorInputs, post_count
from buffer_zone_plugin.core.staffing.draws import parameter_range
from buffer_zone_plugin.core.staffing.model import Staffing, estimate
from buffer_zone_plugin.core.staffing.overrides import effective
from buffer_zone_plugin.core.staffing.postures import central_values
from tools.staffing_text import CATALOGUE, KM2_PER_KM, POSTURES, TRAINEES, plain, prose, table, values_of, zone_of

VERIFY = POSTURES["verify"]
BY_NAME = """{
  "op_spacing": 12,
  "patrol_crew": {
    "low": 4, "central": 5, "high": 6, "unit": "persons per patrol",
    "source_title": "EU Observers Start Patrols in Georgia",
    "source_address": "https://old.civil.ge/eng/_print.php?id=19640",
    "note": "Three monitors, an interpreter and a medic"
  },
  "course_weeks": {"low": 5, "central": 7, "high": 9, "unit": "weeks"}
}"""
BY_POSTURE = """{
  "id": "verify_sensors",
  "label": "Verify with sensors",
  "description": "As Verify, with unmanned sensors in four of ten posts and a post every 6 km.",
  "values": {
    "n_lines": 1, "op_spacing": 6, "op_watch": 3, "shift_factor": 4, "sensor_share": 0.4,
    "passes_per_day": 2, "area_revisit": 7, "observation_halfwidth": 2,
    "patrol_km": 80, "patrol_crew": 6, "patrol_day_fraction": 1, "patrol_utilisation": 0.5,
    "crossing_watch": 6, "reserve_share": 0.15, "unit_overhead": 0.18, "mission_support_share": 0.30
  },
  "ranges": {"op_spacing": [8, 4], "sensor_share": [0.6, 0.2]},
  "sources": [{"title": "Planning assumption", "address": ""}]
}"""
REFUSED = (
    '{"op_spacin": 12}', '{"op_spacing": "wide"}', '{"op_spacing": -8}', '{"patrol_utilisation": 50}',
    '{"unit_overhead": 0.95}', '{"n_lines": 3}', '{"n_lines": {"low": 1, "central": 2}}',
    '{"op_spacing": {"central": 12, "unit": "miles"}}', '{"op_spacing": {"low": 4, "central": 8, "high": 12}}',
    '{"op_watch": {"low": 4, "central": 3}}', '{"op_watch": {"mean": 3}}', '{"values": {"op_spacing": 12}}',
    '{"label": "Mine", "values": {"course_weeks": 6}}',
    '{"label": "Mine", "values": {"op_watch": 3}, "ranges": {"op_watch": [4, 8]}}',
)
SECTOR_KM, SECTOR_CROSSINGS = (400.0, 300.0, 300.0, 200.0), (4, 3, 3, 2)
SECTOR_NAMES = ("S1", "S2", "S3", "S4")
SHARES = "France=30; United Kingdom=30; Others=40"
TEXTS = (
    SHARES, "France=0.3; United Kingdom=0.3; Others=0.4", "France=30; United Kingdom=30",
    "France=60; United Kingdom=60", "Poland=500 persons; Others=100", "Poland=9000 persons; Others=100",
    "France=50, cap 1000; Others=50", "France=50, cap 0; Others=50", "Estonia=5, unit 120; Others=95",
    "Estonia=2, unit 120; Others=98", "France=40, lead; United Kingdom=30, lead S4; Others=30",
    "France=100; Norway=100, role support", "France=100; Germany=100, role training",
)


def by_name() -> str:
    """Return an example of a file with values by name, and what comes of it."""
    return _file(BY_NAME)


def by_posture() -> str:
    """Return an example of a file with a posture, and what comes of it."""
    return _file(BY_POSTURE)


def _file(text: str) -> str:
    used = effective(json.loads(text), VERIFY, CATALOGUE)
    total = estimate(zone_of(central_values(used.posture, used.catalogue)), used.posture, used.catalogue).total
    told = prose(
        f"On the reference line: {plain(total.low)} to {plain(total.high)} persons, centrally {plain(total.central)}; "
        f"products call the posture `{used.label}`."
    )
    return f"```json\n{text}\n```\n\n{told}"


def only_central() -> str:
    """Return what range a value without one has."""
    used = effective({"op_spacing": 12}, VERIFY, CATALOGUE)
    smallest, central, largest = parameter_range("op_spacing", used.posture, used.catalogue)
    p = CATALOGUE["op_spacing"]
    return prose(
        f"A number alone is the central value; its range follows in proportion: `op_spacing` {plain(central)} instead "
        f"of {plain(p.central)} has low {plain(largest)} and high {plain(smallest)} instead of {plain(p.low)} and "
        f"{plain(p.high)}."
    )


def refused() -> str:
    """Return what is refused of such files, with the sentences."""
    rows = []
    for text in REFUSED:
        try:
            effective(json.loads(text), VERIFY, CATALOGUE)
        except PlanError as error:
            rows.append((f"`{text}`", str(error)))
        else:
            raise AssertionError(f"{text} is not refused")
    return table(("file", "answer"), rows)


def contributors() -> str:
    """Return texts of contributors with what comes of them on the reference line in four sectors."""
    rows = []
    for text in TEXTS:
        training = "training" in text
        found = _sent(text, TRAINEES if training else 0)
        sums = ", ".join(
            f"{name}{'' if role == 'zone' else f' ({role})'} {plain(int(zone.sum() + trainers))}"
            for name, role, zone, trainers in zip(found.contributors, found.roles, found.zone, found.training)
        )
        said = ". ".join((*found.notes, *found.warnings))
        rows.append((f"`{text}`" + (" with `TRAINEES=20000`" if training else ""), sums, f"{said}." if said else ""))
    return table(("`CONTRIBUTORS`", "persons", "what the log says"), rows)


def contributions() -> str:
    """Return one sharing sector by sector, with both margins."""
    found = _sent(SHARES, 0)
    rows = [(name, *map(plain, map(int, persons)), plain(int(persons.sum())))
            for name, persons in zip(found.contributors, found.zone)]
    rows.append(("all", *map(plain, map(int, found.zone.sum(axis=0))), plain(int(found.zone.sum()))))
    return table(("", *SECTOR_NAMES, "all"), rows, right=(1, 2, 3, 4, 5))


def _sent(text: str, trainees: int) -> Contributions:
    staffing = _in_sectors(trainees)
    support = staffing.central[:, COMPONENTS.index("support")]
    zone = staffing.central.sum(axis=1) - support
    return contribute(contributors_from_text(text), zone, support, SECTOR_NAMES, staffing.training.central)


def _in_sectors(trainees: int) -> Staffing:
    values: dict[str, Any] = values_of("verify")
    posts = largest_remainder(SECTOR_KM, post_count(sum(SECTOR_KM), values))
    zone = SectorInputs(
        list(SECTOR_KM), [KM2_PER_KM * km for km in SECTOR_KM], posts, list(SECTOR_CROSSINGS),
    )
    return estimate(zone, VERIFY, CATALOGUE, trainees)
