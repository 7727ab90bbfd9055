"""The formula against missions on record, and what is refused of other back-tests."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.rounding import round_half_up
from buffer_zone_plugin.core.staffing.build_up import SectorInputs, components
from buffer_zone_plugin.core.staffing.parameters import read_catalogue
from buffer_zone_plugin.core.staffing.past_missions import ASSUMED, COLUMNS, read_back_tests
from buffer_zone_plugin.core.staffing.postures import central_values, read_postures
from buffer_zone_plugin.core.staffing.twins import read_zones

RESOURCES = Path(__file__).parents[2] / "resources"
SHIPPED = RESOURCES / "staffing" / "back_tests.csv"
TESTS = {test.id: test for test in read_back_tests(SHIPPED)}
CATALOGUE = read_catalogue(RESOURCES / "staffing" / "parameters.csv")
POSTURES = read_postures(RESOURCES / "presets" / "postures.json")
EXPECTED = {
    "UNDOF_1993_OWN": (1165, 1115, 1.04), "UNDOF_1993": (1218, 1115, 1.09), "UNDOF_1993_UNITS": (853, 811, 1.05),
    "UNPREDEP_1995": (1162, 1050, 1.11), "EUMM_2017": (272, 352, 0.77), "KARABAKH_2021": (841, 1960, 0.43),
    "KARABAKH_2021_ARMED": (2091, 1960, 1.07),
}


@pytest.fixture
def rows():
    with open(SHIPPED, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def write(tmp_path):
    def write_rows(rows):
        path = tmp_path / "back_tests.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return path
    return write_rows


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_published_ratios(name):
    persons, strength, ratio = EXPECTED[name]
    test = TESTS[name]
    assert (round_half_up(test.persons), test.strength) == (persons, strength)
    assert test.ratio == pytest.approx(ratio, abs=0.0051)


def test_no_test_is_hidden():
    assert set(TESTS) == set(EXPECTED)
    for test in TESTS.values():
        assert "assumption" in test.note.lower() or "chosen" in test.note, test.id


def test_monitoring_missions_within_a_quarter_and_the_armed_one_by_half():
    for name in ("UNDOF_1993_OWN", "UNDOF_1993", "UNDOF_1993_UNITS", "UNPREDEP_1995", "EUMM_2017"):
        assert abs(TESTS[name].ratio - 1) < 0.25, name
    assert TESTS["KARABAKH_2021"].ratio < 0.5


def test_the_strengths_are_those_of_the_past_missions():
    zones = {zone.id: zone for zone in read_zones(RESOURCES / "staffing" / "historical_zones.csv")}
    for test, zone in (
        ("UNDOF_1993", "GOL_UNDOF_1993"), ("UNPREDEP_1995", "MKD_UNPREDEP"), ("EUMM_2017", "GEO_EUMM"),
        ("KARABAKH_2021", "NKR_RUPKF"),
    ):
        assert TESTS[test].strength == zones[zone].personnel


def test_unit_costs_are_those_of_verify_but_for_the_patrols():
    verify = central_values(POSTURES["verify"], CATALOGUE)
    for name in ("UNDOF_1993", "UNPREDEP_1995"):
        changed = {key for key in ASSUMED if TESTS[name].assumed[key] != verify[key]}
        assert changed == {"patrol_crew", "patrol_day_fraction"}


@pytest.mark.parametrize("name", ["UNDOF_1993", "UNPREDEP_1995", "KARABAKH_2021"])
def test_the_whole_model_says_the_same_of_such_a_zone(name):
    """A line just so long that one pass a day takes the patrols on record."""
    test = TESTS[name]
    values = {
        **central_values(POSTURES["verify"], CATALOGUE), **test.assumed,
        "passes_per_day": 1, "patrol_km": 10, "temp_posts": test.outposts / test.positions,
    }
    zone = SectorInputs([10 * test.patrols_day], [0.0], [test.positions], [0])
    assert components(zone, values).sum() == pytest.approx(test.persons, rel=1e-12)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("positions", "many", "'many'"), ("positions", "", "missing"), ("strength", "0", "missing"),
        ("op_watch", "-1", "-1"), ("op_watch", "", "''"), ("patrol_utilisation", "0", "patrol_utilisation"),
        ("mission_support_share", "0.95", "0.95"), ("note", "", "'note' is empty"),
        ("positions", "0", "outposts without positions"),
    ],
)
def test_a_bad_cell_names_its_row(rows, write, column, value, says):
    rows[0][column] = value
    with pytest.raises(PlanError, match="row 2") as caught:
        read_back_tests(write(rows))
    assert says in str(caught.value)


def test_a_mission_is_given_once(rows, write):
    with pytest.raises(PlanError, match="'UNDOF_1993' twice"):
        read_back_tests(write([*rows, rows[1]]))
