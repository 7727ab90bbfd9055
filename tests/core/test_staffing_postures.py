"""The postures that ship, and what is refused of others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.spec import POSTURES
from buffer_zone_plugin.core.staffing.parameters import ZONE_PARAMETERS, read_catalogue
from buffer_zone_plugin.core.staffing.postures import central_values, read_postures

RESOURCES = Path(__file__).parents[2] / "resources"
SHIPPED = RESOURCES / "presets" / "postures.json"
TABLE = (  # in the order of TABLE_NAMES
    ("observe", (1, 17.5, 2, 3.5, 1, 14, 130, 4, 0.5, 4, 0.10, 0.12, 0.30)),
    ("verify", (1, 8, 3, 4, 2, 7, 80, 6, 0.5, 6, 0.15, 0.18, 0.30)),
    ("verify_both_edges", (2, 8, 3, 4, 2, 7, 80, 6, 0.5, 6, 0.15, 0.18, 0.30)),
    ("interpose", (2, 2.5, 4, 4, 6, 1, 60, 8, 0.5, 10, 0.25, 0.18, 0.35)),
)
TABLE_NAMES = (
    "n_lines", "op_spacing", "op_watch", "shift_factor", "passes_per_day", "area_revisit", "patrol_km", "patrol_crew",
    "patrol_utilisation", "crossing_watch", "reserve_share", "unit_overhead", "mission_support_share",
)


@pytest.fixture
def entries():
    return json.loads(SHIPPED.read_text(encoding="utf-8"))


@pytest.fixture
def write(tmp_path):
    def write_json(content):
        path = tmp_path / "postures.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path
    return write_json


def test_the_shipped_postures_are_those_of_the_spec_in_its_order():
    assert tuple(read_postures(SHIPPED)) == POSTURES


@pytest.mark.parametrize(("name", "row"), TABLE)
def test_the_shipped_values(name, row):
    posture = read_postures(SHIPPED)[name]
    assert tuple(posture.values[parameter] for parameter in TABLE_NAMES) == row
    assert posture.values["sensor_share"] == 0
    assert posture.values["observation_halfwidth"] == 2
    assert posture.label
    assert posture.description.count(".") == 1
    assert posture.sources
    assert central_values(posture, read_catalogue(RESOURCES / "staffing" / "parameters.csv")).keys() >= set(
        ZONE_PARAMETERS,
    )


def test_what_a_posture_leaves_out_is_the_catalogues_centre(entries, write):
    del entries[3]["values"]["patrol_km"]
    posture = read_postures(write(entries))["interpose"]
    values = central_values(posture, read_catalogue(RESOURCES / "staffing" / "parameters.csv"))
    assert (values["patrol_km"], values["op_spacing"], values["course_weeks"]) == (80, 2.5, 5)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"values": {"op_space": 3}}, "op_space"),
        ({"values": {"course_weeks": 3}}, "course_weeks"),
        ({"values": {"op_spacing": "wide"}}, "wide"),
        ({"values": {"mission_support_share": 0.95}}, "0.95"),
        ({"values": [8]}, "not an object"),
        ({"ranges": {"op_watch": [5, 8]}}, "misses"),
        ({"ranges": {"op_watch": 5}}, "op_watch"),
        ({"ranges": {"n_lines": [1, 2]}}, "n_lines"),
        ({"ranges": None}, "not an object"),
        ({"label": ""}, "text"),
        ({"sources": [{"title": "x"}]}, "sources"),
        ({"colour": "red"}, "keys"),
    ],
)
def test_a_bad_posture_is_refused(entries, write, change, says):
    entries[1].update(change)
    with pytest.raises(PlanError, match="posture") as caught:
        read_postures(write(entries))
    assert says in str(caught.value)


def test_bad_files_are_refused(entries, write, tmp_path):
    with pytest.raises(PlanError, match="twice"):
        read_postures(write([entries[0], entries[0]]))
    with pytest.raises(PlanError, match="list"):
        read_postures(write({"postures": entries}))
    with pytest.raises(PlanError, match="cannot be read"):
        read_postures(tmp_path / "none.json")
    (tmp_path / "broken.json").write_text("[{", encoding="utf-8")
    with pytest.raises(PlanError, match="not valid JSON"):
        read_postures(tmp_path / "broken.json")
