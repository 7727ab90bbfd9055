"""Crossings, roads, trainees and contributors: from the form to the run and its result."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QLocale

from buffer_zone_plugin.core.staffing.statement import statement
from buffer_zone_plugin.gui.parameters import plan_parameters
from buffer_zone_plugin.gui.state import PanelState, read_state
from buffer_zone_plugin.gui.told import read_told

from .test_run import TIMEOUT_MS, planned, run

pytestmark = pytest.mark.qgis


def offered(combo):
    return [combo.layer(row).name() if combo.layer(row) else "" for row in range(combo.count())]


def sinks(parameters):
    return {name for name, value in parameters.items() if hasattr(value, "sink")}


def test_only_what_is_given_is_passed_on(qgis_app):
    without = plan_parameters(PanelState(), QgsProject.instance())
    assert not {"CROSSINGS", "ROADS", "TRAINEES", "CONTRIBUTORS", "STAFFING", "CONTRIBUTIONS"} & set(without)
    given = plan_parameters(
        PanelState(crossings_id="p_1", roads_id="r_1", trainees=5, contributors="A=100"), QgsProject.instance(),
    )
    assert (given["CROSSINGS"], given["ROADS"], given["TRAINEES"], given["CONTRIBUTORS"]) == ("p_1", "r_1", 5, "A=100")
    assert sinks(given) - sinks(without) == {"CONTRIBUTIONS"}


def test_layers_are_offered_by_their_kind_and_none_is_chosen(dock, add_line):
    for kind in ("LineString", "Polygon", "Point"):
        add_line((), name=kind, kind=kind)
    made = add_line((), name="made", kind="Point")
    made.setCustomProperty("bufferzone/role", "posts")
    dock._leave_out_results()
    assert offered(dock.crossingsCombo) == ["", "Point"] and offered(dock.roadsCombo) == ["", "LineString"]
    assert dock.state().crossings_id == dock.state().roads_id == ""


def test_a_layer_that_is_removed_is_not_replaced_by_another(dock, add_line):
    first, *_ = (add_line((), name=name, kind="Point") for name in "ab")
    dock.crossingsCombo.setLayer(first)
    QgsProject.instance().removeMapLayer(first.id())
    assert dock.state().crossings_id == ""


def test_the_group_is_closed_until_it_holds_something(dock, add_line):
    for state, closed in (
        (PanelState(), True), (PanelState(roads_id=add_line().id()), True), (PanelState(trainees=1), False),
        (PanelState(contributors="A=1"), False), (PanelState(crossings_id=add_line((), kind="Point").id()), False),
    ):
        dock.staffingGroup.setCollapsed(True)
        dock.moreGroup.setCollapsed(True)
        dock.set_state(state)
        assert dock.staffingGroup.isCollapsed() is closed, state
        assert dock.moreGroup.isCollapsed() is not bool(state.roads_id)


def test_the_group_opens_where_something_is_wrong_in_it(dock):
    dock.staffingGroup.setCollapsed(True)
    dock.contributorsEdit.setText("France")
    assert not dock.staffingGroup.isCollapsed()


def test_edits_are_kept_in_the_project(dock, add_line):
    points, roads = add_line((), kind="Point"), add_line()
    for combo, layer in ((dock.crossingsCombo, points), (dock.roadsCombo, roads)):
        combo.setLayer(layer)
        combo.activated.emit(combo.currentIndex())
    dock.traineesSpin.setValue(2000)
    dock.contributorsEdit.setText(" France=100 ")
    kept = read_state(QgsProject.instance())
    assert (kept.crossings_id, kept.roads_id) == (points.id(), roads.id())
    assert (kept.trainees, kept.contributors) == (2000, "France=100")


def test_trainees_have_separators_and_a_way_back_to_none(dock):
    dock.traineesSpin.setLocale(QLocale(QLocale.Language.English))
    dock.traineesSpin.setValue(30_000)
    assert dock.traineesSpin.text() == "30,000 per year"
    dock.traineesSpin.clear()
    assert dock.traineesSpin.value() == 0 and dock.traineesSpin.maximum() == 10_000_000


def test_what_is_given_reaches_the_run_and_its_result(dock, add_line, qtbot):
    dock.loadExampleButton.click()
    run(dock, qtbot)
    assert not dock.messageFrame.isVisibleTo(dock), dock.messageLabel.text()
    before = planned()
    assert "contributions" not in before
    plain = next(before["zone"].getFeatures())["staff_central"]
    assert "Training" not in dock.toldLabel.text() and "Unassigned" not in dock.toldLabel.text()
    QgsProject.instance().removeMapLayers([layer.id() for layer in before.values()])
    line = dock.lineCombo.currentLayer()
    on_line = next(line.getFeatures()).geometry().vertexAt(5)
    dock.crossingsCombo.setLayer(add_line([f"Point({on_line.x()} {on_line.y()})"], kind="Point"))
    dock.traineesSpin.setValue(30_000)
    dock.contributorsEdit.setText("France=30; United Kingdom=30")
    run(dock, qtbot)
    assert not dock.messageFrame.isVisibleTo(dock), dock.messageLabel.text()
    layers = planned()
    assert sum(sector["crossings"] for sector in layers["sectors"].getFeatures()) == 1
    total = next(layers["zone"].getFeatures())["staff_central"]
    assert total > plain
    sent = list(layers["contributions"].getFeatures())
    assert {row["contributor"] for row in sent} == {"France", "United Kingdom", "unassigned"}
    zone = sum(row["persons"] for row in sent if row["contributor"] == "France" and row["role"] == "zone")
    assert zone == pytest.approx(0.3 * total, abs=1)
    told = dock.toldLabel.text()
    assert "Training mission, beside them: about 1,400 persons (960–1,900)" in told
    unassigned = sum(row["persons"] for row in sent if row["contributor"] == "unassigned")
    assert 1000 < unassigned < total and f"Unassigned: about {round(unassigned, -2):,} persons" in told
    assert "nearest past mission: " in told


def test_the_result_says_what_moves_the_total_most_and_what_it_is_like(dock, qtbot):
    dock.loadExampleButton.click()
    run(dock, qtbot)
    layers = planned()
    first = next(row for row in layers["drivers"].getFeatures() if row["rank"] == 1)
    assert first["parameter"] == "op_spacing"
    record = {row["key"]: row["value"] for row in layers["run_record"].getFeatures()}
    moved, like = read_told(QgsProject.instance(), QgsProject.instance().mapLayers())
    assert moved.startswith("What moves the total most, one at a time: Distance between posts (")
    assert moved.count("; ") == 2
    assert " persons per km of line, nearest past mission: " in like and record["past_mission"] == like
    assert moved in dock.toldLabel.text() and dock.toldLabel.isVisibleTo(dock)
    status = dock.statusLabel.text()
    assert "without prejudice to status. Posture: Verify." in status
    zone = next(layers["zone"].getFeatures())
    assert all(line in status for line in statement(*(zone[f"staff_{end}"] for end in ("low", "central", "high"))))


def test_roads_count_the_patrols(dock, add_line, qtbot):
    add_line()
    dock.roadsCombo.setLayer(add_line(["LineString(36.0 48.01, 36.4 48.11, 36.8 48.01)"], name="roads"))
    dock.depthASpin.setValue(5)
    dock.sectorsSpin.setValue(2)
    dock.lineCombo.setCurrentIndex(dock.lineCombo.findText("line"))
    with qtbot.waitSignal(dock.runner.ended, timeout=TIMEOUT_MS):
        dock.runButton.click()
    assert not dock.messageFrame.isVisibleTo(dock), dock.messageLabel.text()
    assert sum(sector["road_km"] for sector in planned()["sectors"].getFeatures()) == pytest.approx(63.7, abs=0.5)


def test_sentences_of_tables_that_are_not_there_are_missing(desktop, add_line):
    assert read_told(QgsProject.instance(), [add_line().id(), "gone"]) == []
