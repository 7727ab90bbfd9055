"""The panel's values: to and from JSON, and in a project file."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from qgis.core import QgsProject

from buffer_zone_plugin.gui.state import (
    OUTPUT_GEOPACKAGE,
    PROJECT_ENTRY,
    PROJECT_SCOPE,
    SCHEMA_VERSION,
    PanelState,
    read_state,
    write_state,
)

pytestmark = pytest.mark.qgis

CHANGED = PanelState(
    layer_id="line_1", selected_only=True, name_a="Nord", name_b="Süd", reverse=True, depth_a_km=2.5, depth_b_km=0.0,
    depths_linked=False, bands="0.5,2", clip_id="land_1", line_b_id="line_2", side_a_id="land_2", caps=1,
    tolerance_m=5.0, split=2, sectors=24, posture=3, own_posture="mine.json", crossings_id="points_1",
    roads_id="roads_1", trainees=30_000, contributors="France=30; Others=70",
    scenarios='[{"name": "Narrow", "depth_a": 2, "source": {"title": "Ünmee"}}]', scenario_base="Narrow",
    output=OUTPUT_GEOPACKAGE, gpkg_path="/tmp/plan.gpkg",
)


def test_json_round_trip():
    assert PanelState.from_json(CHANGED.to_json()) == CHANGED
    assert json.loads(CHANGED.to_json())["schema_version"] == SCHEMA_VERSION


def test_every_field_is_changed_in_the_example_above():
    default = PanelState()
    assert all(getattr(CHANGED, name) != getattr(default, name) for name in vars(default))


def test_values_of_an_older_version_get_defaults_for_what_it_did_not_know():
    older = {"schema_version": 1, "depth_a_km": 3, "posture": 2, "output": "temporary"}
    assert PanelState.from_json(json.dumps(older)) == PanelState(depth_a_km=3.0, posture=2)


def test_unknown_keys_are_left_out_and_wrong_types_fall_back():
    wrong = {"sectors": "many", "caps": True, "trainees": "1", "contributors": 7}
    text = json.dumps({"schema_version": 99, "depth_a_km": 3, **wrong, "from_the_future": 1})
    assert PanelState.from_json(text) == PanelState(depth_a_km=3.0)


@pytest.mark.parametrize("text", ["", "[1]", "{", "null"])
def test_unreadable_text_is_an_error(text):
    with pytest.raises(ValueError):
        PanelState.from_json(text)


def test_project_keeps_the_values(qgis_app, tmp_path):
    path = str(tmp_path / "p.qgz")
    project = QgsProject()
    state = replace(CHANGED, gpkg_path=str(tmp_path / "sub" / "plan.gpkg"))
    project.setFileName(path)
    write_state(state, project)
    assert project.isDirty()
    assert "sub/plan.gpkg" in project.readEntry(PROJECT_SCOPE, PROJECT_ENTRY)[0]
    assert str(tmp_path) not in project.readEntry(PROJECT_SCOPE, PROJECT_ENTRY)[0], "the path is relative"
    assert project.write()
    again = QgsProject()
    assert again.read(path)
    assert read_state(again) == state


def test_writing_the_same_values_again_changes_nothing(qgis_app):
    project = QgsProject()
    write_state(CHANGED, project)
    project.setDirty(False)
    write_state(CHANGED, project)
    assert not project.isDirty()


def test_project_without_values_or_with_broken_ones_has_none(qgis_app):
    project = QgsProject()
    assert read_state(project) is None
    project.writeEntry(PROJECT_SCOPE, PROJECT_ENTRY, "{broken")
    assert read_state(project) is None
