"""The form: what it holds, what keeps it from running, and that it fits."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessing, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QPalette, QTextDocument, QWheelEvent
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLabel, QLineEdit

from buffer_zone_plugin.gui import look, problems
from buffer_zone_plugin.gui.parameters import OPTIONAL_SINKS, plan_parameters
from buffer_zone_plugin.gui.state import OUTPUT_GEOPACKAGE, OUTPUT_TEMPORARY, PanelState, read_state, write_state

from .test_state import CHANGED

pytestmark = pytest.mark.qgis

NARROW = 320
QGIS_MENU_MNEMONICS = set("JEVLSPORDWMCH")  # Project, Edit, View, Layer, Settings, Plugins, Vector, Raster, Database …


def choose_output(dock, value, path=""):
    dock.outputCombo.setCurrentIndex(dock.outputCombo.findData(value))
    dock.gpkgFile.setFilePath(path)


# --- what it holds


def test_starts_with_the_defaults_of_the_algorithm(dock):
    assert dock.state() == PanelState()
    assert [dock.postureCombo.itemText(i) for i in range(4)] == ["Observe", "Verify", "Verify, both edges", "Interpose"]
    assert all(dock.postureCombo.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(4))
    assert dock.splitCombo.count() == 4


def test_link_keeps_both_depths_equal(dock):
    dock.depthASpin.setValue(12)
    assert dock.depthBSpin.value() == 12
    dock.depthBSpin.setValue(7)
    assert dock.depthASpin.value() == 7
    dock.linkButton.setLocked(False)
    dock.depthASpin.setValue(2)
    assert dock.depthBSpin.value() == 7
    dock.linkButton.setLocked(True)
    assert dock.depthBSpin.value() == 2


def test_swap_puts_side_a_on_the_other_side_of_the_line(dock):
    before = dock.groundLabel.text()
    dock.swapButton.click()
    assert dock.state().reverse and dock.groundLabel.text() != before
    dock.swapButton.click()
    assert not dock.state().reverse and dock.groundLabel.text() == before


def test_every_value_survives_the_form(dock, add_line):
    line, line_b, clip, side_a = add_line(), add_line(), add_line((), kind="Polygon"), add_line((), kind="Point")
    state = replace(
        CHANGED, layer_id=line.id(), clip_id=clip.id(), line_b_id=line_b.id(), side_a_id=side_a.id(),
        crossings_id=side_a.id(), roads_id=line_b.id(), own_posture="",
    )
    dock.set_state(state)
    assert dock.state() == state


@pytest.mark.parametrize("unknown", [{"caps": 9}, {"split": 7}, {"posture": -1}, {"output": "kml"}])
def test_a_choice_that_this_version_does_not_know_falls_back_to_the_default(dock, unknown):
    dock.set_state(replace(CHANGED, **{"own_posture": "", **unknown}))
    (name,) = unknown
    assert getattr(dock.state(), name) == getattr(PanelState(), name)


def test_an_empty_name_falls_back_to_the_default(dock):
    dock.nameAEdit.setText("  ")
    assert dock.state().name_a == "Side A"


def test_number_of_sectors_needs_a_split(dock):
    dock.splitCombo.setCurrentIndex(0)
    assert not dock.sectorsSpin.isEnabled()
    dock.splitCombo.setCurrentIndex(2)
    assert dock.sectorsSpin.isEnabled()


def test_only_lines_are_offered(dock, add_line):
    QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:4326", "polygon", "memory"))
    assert dock.lineCombo.count() == 0 and dock.emptyFrame.isVisibleTo(dock)
    add_line()
    assert dock.lineCombo.count() == 1 and not dock.emptyFrame.isVisibleTo(dock)


def offered(combo):
    return [combo.layer(row).name() if combo.layer(row) else "" for row in range(combo.count())]


def test_ground_is_offered_by_its_kind_and_none_is_chosen(dock, add_line):
    for kind in ("LineString", "Polygon", "Point"):
        add_line((), name=kind, kind=kind)
    made = add_line((), name="made", kind="Polygon")
    made.setCustomProperty("bufferzone/role", "zone")
    dock._leave_out_results()
    assert offered(dock.clipCombo) == ["", "Polygon"]
    assert offered(dock.lineBCombo) == ["", "LineString"]
    assert offered(dock.sideACombo) == ["", "Point", "Polygon"]
    assert dock.state().clip_id == dock.state().line_b_id == dock.state().side_a_id == ""


def test_ground_that_is_removed_is_not_replaced_by_another(dock, add_line):
    first, *_ = (add_line((), name=name, kind="Polygon") for name in "abc")
    for combo in (dock.clipCombo, dock.sideACombo):
        combo.setLayer(first)
    QgsProject.instance().removeMapLayer(first.id())
    assert dock.state().clip_id == "" and dock.state().side_a_id == ""


@pytest.mark.parametrize("name", ["depthASpin", "sectorsSpin", "toleranceSpin", "capsCombo", "splitCombo", "lineCombo"])
def test_the_wheel_changes_only_the_field_that_has_the_focus(dock, add_line, name):
    add_line()
    add_line(name="second")
    dock.moreGroup.setCollapsed(False)
    field = getattr(dock, name)

    def shown():
        return field.value() if isinstance(field, QAbstractSpinBox) else field.currentIndex()

    before = shown()
    for notches in (1, -1):
        turn_wheel(field, notches)
        assert shown() == before
    field.window().activateWindow()
    field.setFocus()
    if field.hasFocus():  # not every window system gives it
        turn_wheel(field, -1)
        assert shown() != before


def turn_wheel(field, notches):
    middle = field.rect().center()
    QApplication.sendEvent(field, QWheelEvent(
        QPointF(middle), QPointF(field.mapToGlobal(middle)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    ))


def test_no_empty_row_where_nothing_is_wrong(dock):
    dock.moreGroup.setCollapsed(True)
    dock.moreGroup.setCollapsed(False)
    assert not dock.bandsProblem.isVisibleTo(dock)


def test_a_message_goes_with_the_values_it_told_of(dock, add_line):
    add_line()
    dock._on_failure("Nothing is left of the zone", "")
    assert dock.messageFrame.isVisibleTo(dock)
    dock.depthASpin.setValue(7)
    assert not dock.messageFrame.isVisibleTo(dock)


def test_says_where_the_sides_are(dock, add_line):
    assert dock.groundLabel.text() == "A left, B right of line"
    dock.sideACombo.setLayer(add_line((), name="held", kind="Polygon"))
    assert dock.groundLabel.text() == "A at held, B opposite"
    dock.swapButton.click()
    assert dock.groundLabel.text() == "B at held, A opposite"
    dock.lineBCombo.setLayer(add_line(name="theirs"))
    assert dock.groundLabel.text() == "A at theirs, B at this line" and not dock.sideACombo.isEnabled()
    dock.swapButton.click()
    assert dock.groundLabel.text() == "A at this line, B at theirs"
    dock.swapButton.click()
    dock.lineBCombo.setLayer(None)
    dock.sideACombo.setLayer(None)
    assert dock.groundLabel.text() == "B left, A right of line" and dock.sideACombo.isEnabled()


def test_what_shapes_the_zone_is_not_hidden(dock, add_line):
    dock.moreGroup.setCollapsed(True)
    dock.set_state(PanelState())
    assert dock.moreGroup.isCollapsed()
    dock.set_state(PanelState(clip_id=add_line((), kind="Polygon").id()))
    assert not dock.moreGroup.isCollapsed()


# --- the line


def test_says_what_it_understood_of_the_line(dock, add_line):
    add_line(["LineString (0 0, 1 0)"])
    assert dock.understoodLabel.text().replace("\u202f", " ") == "111.3 km · 1 part · EPSG:4326"


def test_understanding_follows_edits_and_the_selection(dock, add_line, qtbot):
    layer = add_line(["LineString (0 0, 1 0)", "LineString (2 0, 3 0)"])
    dock.selectedCheck.setChecked(True)
    layer.selectByIds([1])
    qtbot.waitUntil(lambda: dock.understoodLabel.text().startswith("111.3"), timeout=2000)
    layer.startEditing()
    layer.deleteFeature(2)
    layer.commitChanges()
    dock.selectedCheck.setChecked(False)
    qtbot.waitUntil(lambda: "1 part" in dock.understoodLabel.text(), timeout=2000)


def test_removing_the_line_while_the_panel_is_open(dock, add_line):
    layer = add_line()
    QgsProject.instance().removeMapLayer(layer.id())
    assert dock.state().layer_id == "" and not dock.runButton.isEnabled()
    assert dock.understoodLabel.text() == ""


def test_example_button_loads_and_picks_the_sample_once(dock, desktop, qtbot):
    dock.loadExampleButton.click()
    layer = dock.lineCombo.currentLayer()
    assert layer.isValid() and layer.featureCount() == 1
    assert dock.runButton.isEnabled() and "EPSG:4326" in dock.understoodLabel.text()
    qtbot.waitUntil(lambda: QgsProject.instance().crs().authid() == "EPSG:3857", timeout=2000)
    dock.exampleButton.click()
    assert len(QgsProject.instance().mapLayers()) == 1


def test_example_leaves_the_map_of_a_project_with_layers_alone(dock, add_line, qtbot):
    add_line()
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:32636"))
    dock.exampleButton.click()
    qtbot.wait(50)
    assert QgsProject.instance().crs().authid() == "EPSG:32636"


# --- what keeps it from running


def no_layer(dock, add_line, tmp_path, monkeypatch):
    return "lineProblem", "add a line layer"


def no_crs(dock, add_line, tmp_path, monkeypatch):
    add_line().setCrs(QgsCoordinateReferenceSystem())
    return "lineProblem", "no coordinate reference system"


def no_features(dock, add_line, tmp_path, monkeypatch):
    add_line([])
    return "lineProblem", "no features"


def no_selection(dock, add_line, tmp_path, monkeypatch):
    add_line()
    dock.selectedCheck.setChecked(True)
    return "lineProblem", "No feature of this layer is selected"


def no_depth(dock, add_line, tmp_path, monkeypatch):
    add_line()
    dock.depthASpin.setValue(0)
    return "depthProblem", "0 km on both sides"


def contributors_without_a_share(dock, add_line, tmp_path, monkeypatch):
    add_line()
    dock.staffingGroup.setCollapsed(True)
    dock.contributorsEdit.setText("France=30; Otherland 40")
    return "contributorsProblem", "no = between name and share (contributor 2, 'Otherland 40')"


def bands_out_of_order(dock, add_line, tmp_path, monkeypatch):
    add_line()
    dock.moreGroup.setCollapsed(True)
    dock.bandsEdit.setText("10, 2")
    return "bandsProblem", "do not ascend"


def bands_of_words(dock, add_line, tmp_path, monkeypatch):
    add_line()
    dock.bandsEdit.setText("two")
    return "bandsProblem", "are not numbers"


def bands_beyond_the_depth(dock, add_line, tmp_path, monkeypatch):
    add_line()
    dock.bandsEdit.setText("2,10")
    dock.depthASpin.setValue(8)
    return "bandsProblem", "10 km lies outside the zone"


def no_library(dock, add_line, tmp_path, monkeypatch):
    monkeypatch.setattr(problems, "missing_dependency", lambda: "The library shapely is missing.")
    add_line()
    return "pluginProblem", "shapely is missing"


def no_file(dock, add_line, tmp_path, monkeypatch):
    add_line()
    choose_output(dock, OUTPUT_GEOPACKAGE)
    return "outputProblem", "Choose a file name"


def no_folder(dock, add_line, tmp_path, monkeypatch):
    add_line()
    choose_output(dock, OUTPUT_GEOPACKAGE, str(tmp_path / "nowhere" / "plan.gpkg"))
    return "outputProblem", "does not exist"


def other_suffix(dock, add_line, tmp_path, monkeypatch):
    add_line()
    choose_output(dock, OUTPUT_GEOPACKAGE, str(tmp_path / "plan.shp"))
    return "outputProblem", "must end in .gpkg"


def not_writable(dock, add_line, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    add_line()
    choose_output(dock, OUTPUT_GEOPACKAGE, str(tmp_path / "plan.gpkg"))
    return "outputProblem", "cannot be written"


REASONS = (
    no_layer, no_crs, no_features, no_selection, no_depth, bands_out_of_order, bands_of_words, bands_beyond_the_depth,
    contributors_without_a_share, no_library, no_file, no_folder, other_suffix, not_writable,
)


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.__name__)
def test_disabled_run_says_why(reason, dock, add_line, tmp_path, monkeypatch):
    label, text = reason(dock, add_line, tmp_path, monkeypatch)
    problem = getattr(dock, label)
    assert not dock.runButton.isEnabled()
    assert text in problem.text() and problem.isVisibleTo(dock)
    assert as_shown(dock.runButton.toolTip()) == problem.text()
    shown = [other for other in dock.findChildren(QLabel) if other.isVisibleTo(dock)]
    assert [other for other in shown if other.objectName().endswith("Problem")] == [problem]


def as_shown(html):
    """What the user reads of a tooltip."""
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


def test_a_path_that_looks_like_markup_is_shown_as_it_is(dock, add_line, tmp_path):
    add_line()
    folder = tmp_path / "<b>x & &lt;"
    choose_output(dock, OUTPUT_GEOPACKAGE, str(folder / "plan.gpkg"))
    assert str(folder) in dock.outputProblem.text()
    assert dock.outputProblem.textFormat() == Qt.TextFormat.PlainText
    assert as_shown(dock.runButton.toolTip()) == dock.outputProblem.text()


def test_no_label_guesses_whether_its_text_is_markup(dock):
    formats = {label.textFormat() for label in dock.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText, Qt.TextFormat.RichText}


def test_run_is_enabled_when_nothing_is_wrong(dock, add_line, tmp_path):
    add_line()
    choose_output(dock, OUTPUT_GEOPACKAGE, str(tmp_path / "plan.gpkg"))
    assert dock.problems() == [] and dock.runButton.isEnabled()
    assert "Ctrl" in dock.runButton.toolTip()


# --- the project


def test_project_remembers_the_values(dock, add_line, tmp_path):
    project = QgsProject.instance()
    layer = stored_line(tmp_path)
    project.addMapLayer(layer)
    dock.depthASpin.setValue(33)
    dock.nameAEdit.setText("Nord")
    dock.swapButton.click()
    dock.bandsEdit.setText("2,10")
    clip = stored_ground(tmp_path)
    project.addMapLayer(clip)
    dock.clipCombo.setLayer(clip)
    dock.clipCombo.activated.emit(dock.clipCombo.currentIndex())
    wanted = dock.state()
    assert wanted.clip_id == clip.id() and wanted.bands == "2,10"
    assert wanted.layer_id == layer.id() and read_state(project) == wanted
    assert project.write(str(tmp_path / "p.qgz"))
    project.clear()
    assert dock.state() == PanelState()
    assert project.read(str(tmp_path / "p.qgz"))
    assert dock.state() == wanted
    assert not project.isDirty()


def test_opening_a_project_does_not_overwrite_what_it_remembers(dock, add_line, tmp_path):
    other = QgsProject()
    layer = stored_line(tmp_path)
    other.addMapLayer(layer)
    ground = stored_ground(tmp_path)
    other.addMapLayer(ground)
    wanted = replace(
        CHANGED, layer_id=layer.id(), clip_id=ground.id(), line_b_id=layer.id(), side_a_id=ground.id(),
        crossings_id="", roads_id=layer.id(), own_posture="", gpkg_path=str(tmp_path / "plan.gpkg"),
    )
    write_state(wanted, other)
    assert other.write(str(tmp_path / "p.qgz"))
    add_line()
    dock.depthASpin.setValue(33)
    assert QgsProject.instance().read(str(tmp_path / "p.qgz"))
    assert dock.state() == wanted


def stored_line(folder):
    path = folder / "line.geojson"
    path.write_text(json.dumps({"type": "LineString", "coordinates": [[36.0, 48.0], [36.4, 48.1], [36.8, 48.0]]}))
    return QgsVectorLayer(str(path), "stored line", "ogr")


def stored_ground(folder):
    path = folder / "ground.geojson"
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [[[36, 48], [37, 48], [37, 49], [36, 48]]]}))
    return QgsVectorLayer(str(path), "stored ground", "ogr")


# --- parameters


def test_temporary_layers_go_to_the_project(qgis_app):
    project = QgsProject.instance()
    state = PanelState(layer_id="line_1", depth_a_km=3.0, reverse=True)
    parameters = plan_parameters(state, project)
    for sink in (*OPTIONAL_SINKS, "SECTORS_OUT"):
        definition = parameters[sink]
        assert definition.sink.staticValue() == QgsProcessing.TEMPORARY_OUTPUT
        assert definition.destinationProject is project
    assert "GEOPACKAGE" not in parameters
    assert parameters["INPUT"] == "line_1" and parameters["DEPTH_A"] == 3.0 and parameters["REVERSE"] is True


def test_ground_and_bands_are_passed_on(qgis_app):
    parameters = plan_parameters(PanelState(bands="2,10", clip_id="land_1", side_a_id="held_1"), QgsProject.instance())
    assert (parameters["BANDS"], parameters["CLIP"], parameters["SIDE_A"]) == ("2,10", "land_1", "held_1")
    without = plan_parameters(PanelState(), QgsProject.instance())
    assert without["BANDS"] == "" and not {"CLIP", "INPUT_B", "SIDE_A"} & set(without)


def test_depths_may_be_0_with_a_second_line(dock, add_line):
    dock.linkButton.setLocked(False)
    add_line()
    dock.depthASpin.setValue(0)
    dock.depthBSpin.setValue(0)
    assert [problem.field for problem in dock.problems()] == ["depth"]
    dock.lineBCombo.setLayer(add_line(name="theirs"))
    assert dock.problems() == []


def test_a_second_line_says_which_side_is_which(qgis_app):
    parameters = plan_parameters(PanelState(line_b_id="line_2", side_a_id="held_1"), QgsProject.instance())
    assert parameters["INPUT_B"] == "line_2" and "SIDE_A" not in parameters


def test_geopackage_is_the_only_output_that_is_kept(qgis_app):
    state = PanelState(layer_id="line_1", selected_only=True, output=OUTPUT_GEOPACKAGE, gpkg_path="/tmp/plan.gpkg")
    parameters = plan_parameters(state, QgsProject.instance(), overwrite=True)
    assert parameters["GEOPACKAGE"] == "/tmp/plan.gpkg" and parameters["OVERWRITE"] is True
    assert parameters["SECTORS_OUT"] == QgsProcessing.TEMPORARY_OUTPUT
    assert not set(OPTIONAL_SINKS) & set(parameters)
    assert parameters["INPUT"].selectedFeaturesOnly and parameters["INPUT"].source.staticValue() == "line_1"


def test_parameters_are_those_of_the_algorithm(plugin):
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().algorithmById("bufferzone:planzone")
    known = {definition.name() for definition in algorithm.parameterDefinitions()}
    for output in (OUTPUT_TEMPORARY, OUTPUT_GEOPACKAGE):
        state = replace(CHANGED, output=output)
        assert set(plan_parameters(state, QgsProject.instance())) <= known


# --- how it looks


def test_fits_a_narrow_dock(dock, desktop, add_line, qtbot):
    add_line(name="A contact line with a name that is much longer than the panel is wide, 2025-09")
    ground = add_line((), name="Ground with a name that is much longer than the panel is wide", kind="Polygon")
    dock.set_state(replace(dock.state(), clip_id=ground.id(), side_a_id=ground.id()))
    desktop.window.show()
    dock.moreGroup.setCollapsed(False)
    dock.staffingGroup.setCollapsed(False)
    dock.traineesSpin.setValue(dock.traineesSpin.maximum())
    dock.crossingsCombo.setLayer(add_line((), name="Crossings with a name that is much too long", kind="Point"))
    choose_output(dock, OUTPUT_GEOPACKAGE)
    desktop.window.resizeDocks([dock], [NARROW], Qt.Orientation.Horizontal)
    qtbot.waitExposed(desktop.window)
    qtbot.wait(50)
    assert dock.minimumSizeHint().width() <= NARROW and dock.width() == NARROW
    assert dock.formContents.width() <= dock.scrollArea.viewport().width()
    assert dock.formContents.minimumSizeHint().width() <= dock.scrollArea.viewport().width()


def test_every_field_has_an_accessible_name_or_a_text(dock):
    for kind in (QComboBox, QAbstractSpinBox, QAbstractButton, QLineEdit):
        for widget in dock.findChildren(kind):
            if widget.objectName() in vars(dock):
                text = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or text, widget.objectName()


def test_mnemonics_are_unique_and_leave_the_menu_bar_alone(dock):
    texts = [w.text() for w in dock.findChildren(QLabel) if w.buddy()]
    texts += [w.text() for w in dock.findChildren(QAbstractButton)]
    letters = [text[text.index("&") + 1].upper() for text in texts if "&" in text]
    assert len(letters) == len(set(letters)) >= 8
    assert not set(letters) & QGIS_MENU_MNEMONICS


def test_problems_are_readable_in_light_and_dark(dock):
    for window in ("#efefef", "#202020"):
        palette = QPalette(QApplication.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(window))
        dock.setPalette(palette)
        colour = dock.lineProblem.styleSheet().split()[1].rstrip(";")
        assert contrast(QColor(colour), QColor(window)) >= 4.5


def contrast(one, other):
    """The contrast ratio of WCAG 2.1."""
    def luminance(colour):
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_message_colours_are_readable(dock):
    for kind, (light, dark) in look.TEXT_COLOURS.items():
        assert contrast(QColor(light), QColor("#efefef")) >= 4.5, kind
        assert contrast(QColor(dark), QColor("#353535")) >= 4.5, kind


def test_a_typed_depth_survives_the_link(dock, qtbot):
    dock.linkButton.setLocked(True)
    dock.depthASpin.lineEdit().selectAll()
    qtbot.keyClicks(dock.depthASpin.lineEdit(), "12.5")
    dock.depthASpin.interpretText()
    assert dock.depthASpin.value() == dock.depthBSpin.value() == 12.5


def test_lines_of_a_plan_are_not_offered(dock, add_line):
    own, made = add_line(), add_line()
    made.setCustomProperty("bufferzone/role", "contact_line")
    dock._leave_out_results()
    offered = [dock.lineCombo.layer(i).id() for i in range(dock.lineCombo.count())]
    assert own.id() in offered and made.id() not in offered
