"""Runs from the panel, in the background, with the real algorithm."""

from __future__ import annotations

import re

import pytest
from qgis.core import QgsApplication, QgsGeometry, QgsLayerTreeGroup, QgsProcessingException, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from buffer_zone_plugin.gui import look, overwrite
from buffer_zone_plugin.gui.parameters import OPTIONAL_SINKS
from buffer_zone_plugin.gui.state import OUTPUT_GEOPACKAGE
from buffer_zone_plugin.output.styles import ROLE_PROPERTY

pytestmark = pytest.mark.qgis

TIMEOUT_MS = 120_000
PLAN_LAYERS = len(OPTIONAL_SINKS)  # and the sectors, without the bands, which come when they are asked for


def run(dock, qtbot):
    with qtbot.waitSignal(dock.runner.ended, timeout=TIMEOUT_MS):
        dock.runButton.click()


def planned():
    layers = QgsProject.instance().mapLayers().values()
    return {layer.customProperty(ROLE_PROPERTY): layer for layer in layers if layer.customProperty(ROLE_PROPERTY)}


def groups():
    children = QgsProject.instance().layerTreeRoot().children()
    return [child for child in children if isinstance(child, QgsLayerTreeGroup)]


def to_geopackage(dock, path):
    dock.outputCombo.setCurrentIndex(dock.outputCombo.findData(OUTPUT_GEOPACKAGE))
    dock.gpkgFile.setFilePath(str(path))


@pytest.fixture
def ready(dock, add_line):
    add_line()
    dock.depthASpin.setValue(5)
    dock.sectorsSpin.setValue(2)
    return dock


def test_temporary_layers_are_added_grouped_and_styled(ready, desktop, qtbot):
    run(ready, qtbot)
    assert not ready.messageFrame.isVisibleTo(ready), ready.messageLabel.text()
    layers = planned()
    assert len(layers) == PLAN_LAYERS
    assert layers["sectors"].featureCount() == 2 and layers["sectors"].labelsEnabled()
    assert len(groups()) == 1 and len(groups()[0].findLayers()) == PLAN_LAYERS
    zone = layers["zone"]
    shown = desktop.canvas.mapSettings().layerExtentToOutputExtent(zone, zone.extent())
    assert desktop.canvas.extent().contains(shown)


@pytest.mark.parametrize("where", ["temporary", "geopackage"])
def test_bands_come_when_they_are_asked_for(ready, qtbot, tmp_path, where):
    if where == "geopackage":
        to_geopackage(ready, tmp_path / "plan.gpkg")
    ready.bandsEdit.setText("2")
    run(ready, qtbot)
    layers = planned()
    assert len(layers) == PLAN_LAYERS + 1
    assert [c.label() for c in layers["bands"].renderer().categories()] == [
        "Side A, 0–2 km", "Side A, 2–5 km", "Side B, 0–2 km", "Side B, 2–5 km",
    ]
    ready.bandsEdit.clear()
    QgsProject.instance().removeMapLayers([layer.id() for layer in layers.values()])
    ready.gpkgFile.setFilePath(str(tmp_path / "other.gpkg"))
    run(ready, qtbot)
    assert "bands" not in planned() and len(planned()) == PLAN_LAYERS


def test_clip_and_ground_on_side_a_are_used(ready, add_line, qtbot):
    run(ready, qtbot)
    before = planned()
    whole = next(before["zone"].getFeatures())["area_km2"]
    QgsProject.instance().removeMapLayers([layer.id() for layer in before.values()])
    west = add_line(["Polygon((35 47, 36.4 47, 36.4 49, 35 49, 35 47))"], name="west", kind="Polygon")
    south = add_line(["Point(36.2 48.03)"], name="south", kind="Point")
    ready.clipCombo.setLayer(west)
    ready.sideACombo.setLayer(south)
    run(ready, qtbot)
    assert not ready.messageFrame.isVisibleTo(ready), ready.messageLabel.text()
    layers = planned()
    assert next(layers["zone"].getFeatures())["area_km2"] == pytest.approx(0.5 * whole, rel=0.02)
    lowest = {side["side"]: side.geometry().boundingBox().yMinimum() for side in layers["sides"].getFeatures()}
    assert lowest["A"] < lowest["B"]


@pytest.mark.parametrize("parts, west, east", [
    ([(179, 180), (-180, -178)], -180, -178),
    ([(178, 180), (-180, -179)], 178, 180),
    ([(-180, -20), (-20, 60), (60, 180)], -180, 180),
])
def test_map_shows_the_larger_half_of_what_lies_across_180_degrees(desktop, add_line, parts, west, east):
    from qgis.core import QgsCoordinateReferenceSystem

    from buffer_zone_plugin.gui.results import zoom_to

    boxes = ", ".join(f"(({w} 10, {e} 10, {e} 12, {w} 12, {w} 10))" for w, e in parts)
    layer = add_line([f"MultiPolygon({boxes})"], kind="MultiPolygon")
    desktop.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    zoom_to(desktop.canvas, layer)
    shown = desktop.canvas.extent()
    assert shown.contains(QgsGeometry.fromWkt(f"LineString({west} 10, {east} 12)").boundingBox())
    assert shown.width() < 4 * (east - west)  # the window is wider than the half


def test_each_sides_own_line_is_used(ready, add_line, qtbot):
    ready.lineBCombo.setLayer(add_line(["LineString(36 47.98, 37 48.0)"], name="theirs"))
    run(ready, qtbot)
    assert not ready.messageFrame.isVisibleTo(ready), ready.messageLabel.text()
    sides = planned()["sides"]
    assert {side["side"] for side in sides.getFeatures()} == {"A", "B", "strip"}
    assert "strip" in {category.value() for category in sides.renderer().categories()}


def test_summary_holds_the_figures(ready, qtbot):
    run(ready, qtbot)
    zone = next(planned()["zone"].getFeatures())
    assert ready.resultBox.isVisibleTo(ready)
    shown = re.search(r"[\d,.]+", ready.areaLabel.text()).group()
    assert float(shown.replace(",", "")) == pytest.approx(zone["area_km2"], abs=0.6)
    assert f"{zone['staff_central']:,}" in ready.personsLabel.toolTip()
    assert "persons" in ready.personsLabel.text() and "at most" in ready.errorLabel.text()
    assert "without prejudice to status" in ready.statusLabel.text()


def test_names_of_sides_are_shown_as_they_are(ready, qtbot):
    ready.nameAEdit.setText("<b>x & &lt;")
    run(ready, qtbot)
    assert ready.areaALabel.text().startswith("<b>x & &lt; ")
    assert ready.areaALabel.textFormat() == Qt.TextFormat.PlainText
    assert [c.label() for c in planned()["sides"].renderer().categories()] == ["<b>x & &lt;", "Side B"]


def test_a_second_run_gets_a_group_of_its_own_on_top(ready, qtbot):
    run(ready, qtbot)
    ready.depthASpin.setValue(6)
    run(ready, qtbot)
    new, old = groups()
    assert (new.name(), old.name()) == ("Zone 6 + 6 km", "Zone 5 + 5 km")
    assert [len(group.findLayers()) for group in (new, old)] == [PLAN_LAYERS, PLAN_LAYERS]
    assert new.isExpanded() and not old.isExpanded()


def test_an_older_plan_on_the_same_ground_is_switched_off_not_removed(ready, qtbot):
    run(ready, qtbot)
    ready.depthASpin.setValue(6)
    run(ready, qtbot)
    new, old = groups()
    assert new.isVisible() and not old.isVisible(), "labels of two plans would mix"
    assert all(layer.itemVisibilityChecked() for layer in old.findLayers()), "one click on the group brings it back"


def test_a_layer_of_the_users_in_an_older_plans_group_stays_on_the_map(ready, desktop, qtbot):
    from qgis.core import QgsVectorLayer

    run(ready, qtbot)
    assert desktop.active_layer is ready.lineCombo.currentLayer()  # what is added next lands beside the line
    root = QgsProject.instance().layerTreeRoot()
    older = next(node for node in root.children() if isinstance(node, QgsLayerTreeGroup))
    mine = QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:4326", "my land", "memory"), False)
    node = older.addLayer(mine)
    run(ready, qtbot)
    assert node.isVisible()
    assert not any(other.isVisible() for other in older.findLayers() if other is not node)


def test_an_older_plan_elsewhere_stays_on_the_map(ready, add_line, qtbot):
    run(ready, qtbot)
    elsewhere = add_line(["LineString (36.0 49, 36.4 49.1, 36.8 49)"], name="elsewhere")
    ready.lineCombo.setLayer(elsewhere)
    run(ready, qtbot)
    assert [group.isVisible() for group in groups()] == [True, True]


def test_the_result_of_a_former_run_goes_when_the_next_one_starts(ready, qtbot):
    run(ready, qtbot)
    ready.runButton.click()
    assert not ready.resultBox.isVisibleTo(ready)
    with qtbot.waitSignal(ready.runner.cancelled, timeout=TIMEOUT_MS):
        ready.cancelButton.click()
    assert not ready.resultBox.isVisibleTo(ready), "cancelled: no figures"
    ready.depthASpin.setValue(50)
    ready.sectorsSpin.setValue(200)
    run(ready, qtbot)
    assert ready.messageFrame.isVisibleTo(ready) and not ready.resultBox.isVisibleTo(ready), "failed: no figures"


def test_warnings_of_a_run_are_told_in_amber(ready, qtbot, monkeypatch):
    load = ready.runner._load

    def warn_and_load():
        ready.runner._feedback.pushWarning("Doubtful & <so>")
        load()

    monkeypatch.setattr(ready.runner, "_load", warn_and_load)
    run(ready, qtbot)
    assert ready.messageLabel.text() == "Doubtful &amp; &lt;so&gt;."
    assert ready.messageLabel.textFormat() == Qt.TextFormat.RichText
    shown = QColor(ready.messageLabel.styleSheet().split()[1].rstrip(";"))
    assert shown == QColor(look.text_colour(ready, look.WARNING))


def test_progress_is_shown_and_run_gives_way_to_cancel(ready, qtbot):
    ready.runButton.click()
    assert ready.cancelButton.isVisibleTo(ready) and not ready.runButton.isVisibleTo(ready)
    qtbot.waitUntil(lambda: not ready.runner.is_running, timeout=TIMEOUT_MS)
    assert ready.runButton.isVisibleTo(ready) and not ready.cancelButton.isVisibleTo(ready)
    assert ready.progressBar.value() > 0


def test_cancel_adds_nothing(ready, qtbot):
    before = set(QgsProject.instance().mapLayers())
    ready.runButton.click()
    with qtbot.waitSignal(ready.runner.cancelled, timeout=TIMEOUT_MS):
        ready.cancelButton.click()
    assert set(QgsProject.instance().mapLayers()) == before and groups() == []
    assert "Stopped" in ready.messageLabel.text() and ready.runButton.isEnabled()


def test_removing_the_line_stops_the_run(ready, qtbot):
    ready.runButton.click()
    with qtbot.waitSignal(ready.runner.cancelled, timeout=TIMEOUT_MS):
        QgsProject.instance().removeMapLayer(ready.state().layer_id)
    assert planned() == {}


def test_a_new_project_stops_the_run(ready, qtbot):
    ready.runButton.click()
    with qtbot.waitSignal(ready.runner.ended, timeout=TIMEOUT_MS):
        QgsProject.instance().clear()
    assert QgsProject.instance().mapLayers() == {}


def test_unloading_stops_the_run(ready, plugin, qtbot):
    tasks = QgsApplication.taskManager()
    ready.runButton.click()
    qtbot.waitUntil(lambda: tasks.countActiveTasks() == 1, timeout=TIMEOUT_MS)
    plugin.unload()
    qtbot.waitUntil(lambda: tasks.countActiveTasks() == 0, timeout=TIMEOUT_MS)
    assert tasks.activeTasks() == [] and planned() == {}


def test_what_the_algorithm_refuses_is_one_sentence_in_the_panel(ready, qtbot, add_line):
    add_line(["LineString (36 48, 36.01 48)"], name="short")
    ready.lineCombo.setCurrentIndex(ready.lineCombo.findText("short"))
    ready.sectorsSpin.setValue(200)
    ready.depthASpin.setValue(50)
    run(ready, qtbot)
    text = ready.messageLabel.text()
    assert ready.messageFrame.isVisibleTo(ready) and "sectors" in text and "Traceback" not in text
    assert planned() == {} and not ready.resultBox.isVisibleTo(ready)


def test_the_link_opens_the_log(ready, desktop):
    ready.messageLabel.linkActivated.emit("#log")
    assert desktop.logs_opened == 1


def test_geopackage_is_written_and_loaded(ready, tmp_path, qtbot):
    path = tmp_path / "plan.gpkg"
    to_geopackage(ready, path)
    run(ready, qtbot)
    assert not ready.messageFrame.isVisibleTo(ready), ready.messageLabel.text()
    layers = planned()
    assert len(layers) == PLAN_LAYERS and len(groups()) == 1
    assert all(str(path) in layer.source() for layer in layers.values())
    assert ready.resultBox.isVisibleTo(ready)


def test_an_existing_file_is_replaced_only_if_the_user_says_so(ready, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "plan.gpkg"
    path.write_bytes(b"precious")
    to_geopackage(ready, path)
    asked = []
    monkeypatch.setattr(overwrite, "ask", lambda *args: asked.append(args[:3]) or overwrite.STOP)
    ready.runButton.click()
    assert asked == [("plan.gpkg", "plan_2.gpkg", False)] and not ready.runner.is_running
    assert path.read_bytes() == b"precious"
    monkeypatch.setattr(overwrite, "ask", lambda *_: overwrite.REPLACE)
    run(ready, qtbot)
    assert len(planned()) == PLAN_LAYERS and path.stat().st_size > 1000


def test_a_file_that_the_project_shows_is_left_alone(ready, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "plan.gpkg"
    to_geopackage(ready, path)
    run(ready, qtbot)
    first = path.read_bytes()
    asked = []
    monkeypatch.setattr(overwrite, "ask", lambda *args: asked.append(args[:3]) or overwrite.OTHER)
    run(ready, qtbot)
    assert asked == [("plan.gpkg", "plan_2.gpkg", True)]
    assert path.read_bytes() == first and (tmp_path / "plan_2.gpkg").is_file()
    assert ready.gpkgFile.filePath() == str(tmp_path / "plan_2.gpkg")
    assert len(groups()) == 2


@pytest.mark.parametrize(
    ("is_open", "button", "answer"),
    [(False, "Replace", overwrite.REPLACE), (False, "plan_2", overwrite.OTHER), (True, "plan_2", overwrite.OTHER),
     (True, "Cancel", overwrite.STOP)],
)
def test_the_question(dock, is_open, button, answer, monkeypatch):
    from qgis.PyQt.QtWidgets import QMessageBox

    def press(box):
        texts = {b.text().replace("&", ""): b for b in box.buttons()}
        assert any("Replace" in text for text in texts) is not is_open
        next(b for text, b in texts.items() if button in text).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    assert overwrite.ask("plan.gpkg", "plan_2.gpkg", is_open, dock) == answer


def test_the_question_shows_names_as_they_are(dock, monkeypatch):
    from qgis.PyQt.QtWidgets import QMessageBox

    boxes = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: boxes.append(box) or 0)
    overwrite.ask("<b>A & B.gpkg", "<b>A & B_2.gpkg", True, dock)
    assert boxes[0].textFormat() == Qt.TextFormat.PlainText
    assert "Write <b>A && B_2.gpkg" in [button.text() for button in boxes[0].buttons()]


def test_an_algorithm_that_cannot_be_prepared_is_told(ready, monkeypatch, qtbot):
    algorithm = type(QgsApplication.processingRegistry().algorithmById("bufferzone:planzone"))

    def refuse(*_):
        raise QgsProcessingException("Preparing failed.")

    monkeypatch.setattr(algorithm, "prepareAlgorithm", refuse)
    ready.runButton.click()
    assert "Preparing failed." in ready.messageLabel.text() and not ready.runner.is_running
    assert ready.runButton.isVisibleTo(ready) and not ready.cancelButton.isVisibleTo(ready)
