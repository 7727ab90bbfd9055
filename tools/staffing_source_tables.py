"""The parts of docs/staffing.md that tell of sources: parameters, back-tests, past missions."""

from __future__ import annotations

from dataclasses import replace

from buffer_zone_plugin.core.staffing.past_missions import BackTest, read_back_tests
from buffer_zone_plugin.core.staffing.twins import HistoricalZone, figure
from tools.staffing_text import CATALOGUE, NONE, STAFFING, ZONES, links, plain, prose, table

BACK_TESTS = read_back_tests(STAFFING / "back_tests.csv")
KINDS = {
    "mission": "Missions of third parties", "border": "Borders held by a party's own guards", "proposal": "Proposals",
    "geometry": "Zones whose persons are not known",
}


def parameters() -> str:
    """Return every parameter with its values, source and note."""
    rows = [
        (f"`{p.name}`", p.unit, plain(p.low), plain(p.central), plain(p.high), p.confidence, p.note,
         links(p.source_title, p.source_address))
        for p in CATALOGUE.values()
    ]
    head = ("parameter", "unit", "low", "central", "high", "confidence", "note", "source")
    return table(head, rows, right=(2, 3, 4))


def back_tests() -> str:
    """Return what the model makes of missions on record, and how strong they were."""
    rows = [
        (f"{test.name}, {test.years}", _recorded(test), _assumed(test), plain(test.persons, 0),
         f"{plain(test.strength)} ({test.strength_kind})", f"**{test.ratio:.2f}**", test.note,
         links(test.source_title, test.source_address))
        for test in BACK_TESTS
    ]
    head = ("mission", "on record", "assumed", "model", "actual", "ratio", "what it is worth", "source")
    return table(head, rows, right=(3, 5))


def day_fraction() -> str:
    """Return how the back-test of EUMM hangs on how long a patrol lasts."""
    test = next(test for test in BACK_TESTS if test.id == "EUMM_2017")
    told = []
    for share, word in ((0.5, "half a day"), (test.assumed["patrol_day_fraction"], "three quarters"), (1, "a whole")):
        ratio = replace(test, assumed={**test.assumed, "patrol_day_fraction": share}).ratio
        told.append(f"{ratio:.2f} with {word}")
    return prose(
        f"How long a patrol of EUMM lasts is not on record, and the ratio follows it in proportion: {', '.join(told)}."
    )


def past_missions() -> str:
    """Return the zones of history and of proposals, a table for each kind."""
    parts = []
    for kind, title in KINDS.items():
        zones = [zone for zone in ZONES if zone.kind == kind]
        if kind == "geometry":
            head, rows, right = ("zone", "years", "line, km", "depths, km", "area, km²", "note", "source"), [
                (zone.name, zone.years, _number(zone.line_km), _depths(zone), _area(zone), _note(zone), _source(zone))
                for zone in zones
            ], (2, 4)
        else:
            head, rows, right = (
                "zone", "years", "line, km", "persons", "per km", "per km²", "note", "source",
            ), [
                (zone.name, zone.years, _number(zone.line_km), _persons(zone), _density(zone.per_km), _per_km2(zone),
                 _note(zone), _source(zone))
                for zone in zones
            ], (2, 4, 5)
        parts.append(f"### {title}\n\n{table(head, rows, right)}")
    return "\n\n".join(parts)


def _recorded(test: BackTest) -> str:
    counted = (
        (test.positions, "positions"), (test.outposts, "outposts"), (test.patrols_day, "patrols a day"),
    )
    return ", ".join(f"{plain(number)} {what}" for number, what in counted if number)


def _assumed(test: BackTest) -> str:
    a = {name: plain(value) for name, value in test.assumed.items()}
    posts = f"watch {a['op_watch']}, shift {a['shift_factor']}, " if test.positions else ""
    outposts = f"{a['temp_post_persons']} per outpost, " if test.outposts else ""
    return (
        f"{posts}{outposts}patrol of {a['patrol_crew']} for {a['patrol_day_fraction']} day / "
        f"{a['patrol_utilisation']}, reserve {a['reserve_share']}, unit {a['unit_overhead']}, "
        f"support {a['mission_support_share']}"
    )


def _number(value: float | None) -> str:
    return NONE if value is None else plain(value)


def _density(value: float | None) -> str:
    return NONE if value is None else figure(value)


def _per_km2(zone: HistoricalZone) -> str:
    nominal = " *nominal*" if zone.per_km2 is not None and zone.area_is_nominal else ""
    return f"{_density(zone.per_km2)}{nominal}"


def _area(zone: HistoricalZone) -> str:
    nominal = " *nominal*" if zone.area_used_km2 is not None and zone.area_is_nominal else ""
    return f"{_number(zone.area_used_km2)}{nominal}"


def _depths(zone: HistoricalZone) -> str:
    if zone.depth_a_km is None or zone.depth_b_km is None:
        return NONE
    return f"{plain(zone.depth_a_km)} + {plain(zone.depth_b_km)}"


def _persons(zone: HistoricalZone) -> str:
    if zone.personnel is None:
        return zone.personnel_kind or NONE
    return f"{plain(zone.personnel)} ({zone.personnel_kind})"


def _note(zone: HistoricalZone) -> str:
    return f"*Weak source: {zone.confidence}.* {zone.note}" if zone.weak else zone.note


def _source(zone: HistoricalZone) -> str:
    return links(zone.source_title, zone.source_address)
