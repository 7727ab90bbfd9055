"""The section of scenarios: its list, its files, the run that compares them, and the charts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QTableWidget,
)

from buffer_zone_plugin.core.scenario_sets import scenarios_of
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.gui.parameters import COMPARE_ID, compare_parameters
from buffer_zone_plugin.gui.scenario_charts import LargeChart
from buffer_zone_plugin.gui.scenario_list import free_name, from_text, shipped, to_text, with_value
from buffer_zone_plugin.gui.state import PanelState, read_state
from buffer_zone_plugin.output.charts import Bar

from .test_dock import NARROW, contrast
from .test_postures import answer, press
from .test_run import TIMEOUT_MS, groups, planned

pytestmark = pytest.mark.qgis

NARROW_ZONE, WIDE_ZONE = {"name": "Narrow", "depth_a": 2, "depth_b": 2}, {"name": "Wide", "depth_a": 5, "depth_b": 0}
BARS = [
    Bar("Wide", 1800, 2600, 5700, (("posts", 2600),), 16_400.0, 16_300.0), Bar("None", error="The depth is 0 km."),
]


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def section(dock):
    dock.scenariosGroup.setCollapsed(False)
    return dock.scenarios


def show(dock, *entries, base=""):
    dock.set_state(replace(dock.state(), scenarios=to_text(entries), scenario_base=base))


def cells(section):
    table = section.scenarioTable
    return [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]


def write_cell(section, row, column, text):
    section.scenarioTable.item(row, column).setText(text)


def choose_posture(section, row, label):
    """Choose a posture in the list that opens in its cell, as a user does."""
    table = section.scenarioTable
    table.setCurrentCell(row, 3)
    table.editItem(table.item(row, 3))
    combo = table.findChildren(QComboBox)[-1]  # an earlier one waits to be deleted
    combo.setCurrentIndex(combo.findText(label))
    combo.activated.emit(combo.currentIndex())
    QApplication.processEvents()


def choose(path):
    answer(lambda dialog: (isinstance(dialog, QFileDialog) and dialog.selectFile(str(path)), dialog.accept()))


# --- the list


def test_starts_empty_and_says_what_to_do(dock, section, add_line):
    add_line()
    assert cells(section) == [] and not section.compareButton.isEnabled()
    assert "Add scenarios" in section.compareButton.toolTip()
    assert not section.scenariosProblem.isVisibleTo(section)  # an empty list is nothing wrong


def test_a_scenario_is_added_with_the_depths_of_the_form(dock, section):
    dock.linkButton.setLocked(False)
    dock.depthASpin.setValue(7.5)
    dock.depthBSpin.setValue(3)
    section.addButton.click()
    section.addButton.click()
    assert cells(section) == [
        ["7.5 + 3 km", "7.5", "3", "–"], ["7.5 + 3 km (2)", "7.5", "3", "–"],
    ]


def test_past_zones_and_proposals_come_with_their_sources(section):
    actions = section.presetButton.menu().actions()
    assert [action.text() for action in actions[:2]] == ["Korea, 2 + 2 km", "Bosnia, 2 + 2 km"]
    assert all("https://" in action.toolTip() for action in actions[:14])
    actions[0].trigger()
    assert cells(section) == [["Korea, 2 + 2 km", "2", "2", "–"]]
    assert "bbc.com" in section.scenarioTable.item(0, 0).toolTip()
    section.allAction.trigger()
    names = [name for name, *_ in cells(section)]
    assert len(names) == 15 == len(set(names)) and names[1] == "Korea, 2 + 2 km (2)"
    assert len(scenarios_of(section.table.entries, PlanSpec())) == 15


def test_what_is_written_into_cells_is_kept(dock, section):
    show(dock, NARROW_ZONE)
    write_cell(section, 0, 0, " Two  each ")
    write_cell(section, 0, 1, "2.5")
    choose_posture(section, 0, "Interpose")
    assert section.table.entries == [{"name": "Two each", "depth_b": 2, "depth_a": 2.5, "posture": "interpose"}]
    assert cells(section) == [["Two each", "2.5", "2", "Interpose"]]
    write_cell(section, 0, 1, "")
    choose_posture(section, 0, "As in the form")
    assert section.table.entries == [{"name": "Two each", "depth_b": 2}]
    assert read_state(QgsProject.instance()).scenarios == to_text([{"name": "Two each", "depth_b": 2}])


def test_numbers_are_those_of_the_language(dock, section):
    QLocale.setDefault(QLocale("de_DE"))
    show(dock, {"name": "Halb", "depth_a": 7.5})
    assert cells(section)[0][1] == "7,5"
    write_cell(section, 0, 2, "0,5")
    assert section.table.entries[0]["depth_b"] == 0.5


def test_the_values_of_a_whole_spec_are_shown_and_can_be_changed(dock, section):
    spec = json.loads(PlanSpec(depth_a_m=3000.0, depth_b_m=0.0, posture="observe").to_json())
    show(dock, {"name": "Saved", "spec": spec})
    assert cells(section) == [["Saved", "3", "0", "Observe"]]
    write_cell(section, 0, 2, "4")
    (scenario,) = scenarios_of(section.table.entries, PlanSpec())
    assert (scenario.spec.depth_a_m, scenario.spec.depth_b_m, scenario.spec.posture) == (3000.0, 4000.0, "observe")


def test_chosen_scenarios_are_removed_by_button_and_by_key(dock, section, qtbot):
    show(dock, NARROW_ZONE, WIDE_ZONE, {"name": "Third"})
    section.scenarioTable.setCurrentCell(0, 0)
    section.removeButton.click()
    assert [row[0] for row in cells(section)] == ["Wide", "Third"]
    section.scenarioTable.selectRow(1)
    section.scenarioTable.actions()[0].trigger()
    assert [row[0] for row in cells(section)] == ["Wide"]


def test_the_base_is_one_of_the_scenarios(dock, section):
    show(dock, NARROW_ZONE, WIDE_ZONE, base="Wide")
    assert section.baseCombo.currentText() == "Wide" and dock.state().scenario_base == "Wide"
    write_cell(section, 0, 0, "Slim")
    assert section.baseCombo.currentText() == "Wide"
    write_cell(section, 1, 0, "Broad")
    assert section.baseCombo.currentText() == "Broad" and dock.state().scenario_base == "Broad"
    section.scenarioTable.selectRow(1)
    section.removeButton.click()
    assert dock.state().scenario_base == ""
    assert [section.baseCombo.itemText(row) for row in range(2)] == ["The first with a plan", "Slim"]


@pytest.mark.parametrize("entries, told, stops", [
    ([NARROW_ZONE, NARROW_ZONE], "Two scenarios are named 'Narrow'", True),
    ([{"name": "", "depth_a": 2}], "has no name", True),
    ([NARROW_ZONE, {"name": "Flat", "depth_a": 0, "depth_b": 0}], "Flat can have no plan: The depth is 0 km", False),
    ([{"name": "Word", "depth_a": "two"}], "Word can have no plan: depth_a is 'two'", False),
    ([{"name": "Deep", "depth_a": 900}], "Deep can have no plan: ", False),
])
def test_says_what_is_wrong_and_lets_one_bad_scenario_be(dock, section, add_line, entries, told, stops):
    add_line()
    show(dock, *entries)
    assert told in section.scenariosProblem.text() and section.scenariosProblem.isVisibleTo(section)
    assert section.compareButton.isEnabled() is not stops
    marked = [not section.scenarioTable.item(row, 0).icon().isNull() for row in range(len(entries))]
    assert any(marked) is not stops
    show(dock, NARROW_ZONE)
    assert not section.scenariosProblem.isVisibleTo(section)


def test_without_a_line_the_reason_is_that_of_the_form(dock, section):
    show(dock, NARROW_ZONE)
    assert not section.compareButton.isEnabled() and "contact line" in section.compareButton.toolTip()


def test_the_project_keeps_the_list_and_a_new_one_has_none(dock, section):
    show(dock, NARROW_ZONE, base="Narrow")
    section.addButton.click()
    kept = read_state(QgsProject.instance())
    assert [entry["name"] for entry in json.loads(kept.scenarios)] == ["Narrow", "20 + 20 km"]
    assert kept.scenario_base == "Narrow"
    QgsProject.instance().clear()
    assert cells(section) == [] and dock.state().scenarios == ""


@pytest.mark.parametrize("text", ["", "no JSON", "{}", "[1, 2]", "null"])
def test_a_list_that_cannot_be_read_is_empty(text):
    assert from_text(text) == []


def test_names_that_are_taken_get_a_number():
    entries = [{"name": "a"}, {"name": "a (2)"}]
    assert free_name("a", entries) == "a (3)" and free_name("b", entries) == "b"


def test_an_emptied_cell_leaves_the_value_to_the_form():
    assert with_value({"name": "a", "depth_a": 2}, "depth_a", " ") == {"name": "a"}
    assert with_value({"name": "a", "depth_a": 2}, "depth_a", "x") == {"name": "a", "depth_a": "x"}


# --- files


def test_a_set_is_saved_whole_and_opened_again(dock, section, tmp_path):
    show(dock, NARROW_ZONE, {"name": "Flat", "depth_a": 0, "depth_b": 0})
    dock.sectorsSpin.setValue(3)
    file = tmp_path / "set.json"
    choose(file)
    section.saveButton.click()
    assert "Written to" in dock.messageLabel.text() and "left out" in dock.messageLabel.text()
    (saved,) = json.loads(file.read_text(encoding="utf-8"))
    assert saved["name"] == "Narrow" and (saved["spec"]["depth_a_m"], saved["spec"]["sectors"]) == (2000.0, 3)
    choose(file)
    section.openButton.click()
    assert cells(section) == [["Narrow", "2", "2", "Verify"]]
    assert read_state(QgsProject.instance()).scenarios == to_text([saved])


def test_opening_asks_before_a_list_that_is_in_no_file_goes(dock, section, tmp_path):
    file = tmp_path / "set.json"
    file.write_text(json.dumps([WIDE_ZONE]))
    section.addButton.click()
    for button, expected in (("Cancel", "20 + 20 km"), ("Replace", "Wide")):
        def press_later(dialog, button=button):
            dialog.selectFile(str(file))
            dialog.accept()
            press(button)

        answer(press_later)
        section.openButton.click()
        assert cells(section)[0][0] == expected


@pytest.mark.parametrize("content, told", [
    ("{", "not valid JSON"), ('[{"depth_a": 2}]', "has no name"), ('[{"name": "a", "deep": 2}]', "unknown key 'deep'"),
])
def test_a_file_that_is_no_set_is_refused_and_the_list_stays(dock, section, tmp_path, content, told):
    show(dock, NARROW_ZONE)
    file = tmp_path / "set.json"
    file.write_text(content)
    choose(file)
    section.openButton.click()
    assert told in dock.messageLabel.text() and [row[0] for row in cells(section)] == ["Narrow"]


# --- the run


def test_parameters_are_those_of_the_form_and_of_the_comparison(dock, add_line):
    state = replace(dock.state(), layer_id="line_1", depth_a_km=3.0, scenario_base="Narrow", gpkg_path="/tmp/plan.gpkg")
    parameters = compare_parameters(state, QgsProject.instance(), "set.json")
    assert (parameters["INPUT"], parameters["DEPTH_A"]) == ("line_1", 3.0)
    assert (parameters["SCENARIO_FILE"], parameters["BASE"]) == ("set.json", "Narrow")
    assert {name for name, value in parameters.items() if hasattr(value, "sink")} == {"SCENARIOS", "SCENARIO_ZONES"}
    assert not {"GEOPACKAGE", "SECTORS_OUT", "ZONE"} & set(parameters)
    algorithm = QgsApplication.processingRegistry().algorithmById(COMPARE_ID)
    assert set(parameters) <= {definition.name() for definition in algorithm.parameterDefinitions()}


@pytest.fixture
def ready(dock, section, add_line):
    """A short line, two scenarios that can have a plan and one that cannot."""
    add_line()
    dock.sectorsSpin.setValue(2)
    dock.toleranceSpin.setValue(50)
    show(dock, NARROW_ZONE, WIDE_ZONE, {"name": "Flat", "depth_a": 0, "depth_b": 0}, base="Narrow")
    return section


def test_scenarios_are_compared_and_shown(ready, dock, desktop, qtbot):
    with qtbot.waitSignal(ready.runner.ended, timeout=TIMEOUT_MS):
        ready.compareButton.click()
        assert ready.compareBar.isVisibleTo(ready) and not ready.compareButton.isVisibleTo(ready)
    assert "Flat" in dock.messageLabel.text()
    layers = planned()
    assert set(layers) == {"scenarios", "scenario_zones"} and len(groups()) == 1
    rows = {row["name"]: row for row in layers["scenarios"].getFeatures()}
    assert rows["Wide"]["d_area_km2"] != 0 and rows["Flat"]["error"]
    assert ready.chartBox.isVisibleTo(ready) and ready.compareButton.isVisibleTo(ready)
    zones = layers["scenario_zones"]
    shown = desktop.canvas.mapSettings().layerExtentToOutputExtent(zones, zones.extent())
    assert desktop.canvas.extent().contains(shown)
    told = ready.chartButton.accessibleDescription()
    assert told.startswith("Narrow: ") and told.endswith("Flat: no plan")


def test_a_comparison_is_cancelled(ready, dock, qtbot):
    with qtbot.waitSignal(ready.runner.ended, timeout=TIMEOUT_MS):
        ready.compareButton.click()
        ready.stopButton.click()
    assert "Stopped" in dock.messageLabel.text() and planned() == {}
    assert not ready.chartBox.isVisibleTo(ready)


def test_removing_the_line_stops_the_comparison(ready, dock, qtbot):
    with qtbot.waitSignal(ready.runner.ended, timeout=TIMEOUT_MS):
        ready.compareButton.click()
        QgsProject.instance().removeMapLayer(dock.lineCombo.currentLayer().id())
    assert planned() == {}


# --- the charts


def test_charts_fit_the_panel_and_follow_its_width(dock, desktop, section, qtbot):
    desktop.window.resizeDocks([dock], [NARROW], Qt.Orientation.Horizontal)
    section._charts.show(BARS, "North", "South")
    qtbot.waitUntil(lambda: abs(section.chartButton.iconSize().width() - section.chartBox.width()) <= 12, timeout=5000)
    narrow = section.chartButton.iconSize().width()
    assert narrow < NARROW
    desktop.window.resizeDocks([dock], [2 * NARROW], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: section.chartButton.iconSize().width() > narrow + 100, timeout=5000)
    assert section.chartButton.iconSize().width() <= section.chartBox.width()


def test_the_other_chart_is_told_in_other_words(section):
    section._charts.show(BARS, "North", "South")
    assert section.chartButton.accessibleDescription() == "Wide: 2,600 persons (1,800–5,700); None: no plan"
    before = section.chartButton.icon().cacheKey()
    section.chartCombo.setCurrentIndex(1)
    assert section.chartButton.icon().cacheKey() != before
    told = section.chartButton.accessibleDescription().replace("\u202f", " ")
    assert told == "Wide: North 16,400 km², South 16,300 km²; None: no plan"


def test_a_click_opens_the_chart_large(section, qtbot):
    section._charts.show(BARS, "North", "South")
    section.chartButton.click()
    dialog = section.findChild(LargeChart)
    assert dialog.isVisible() and dialog.windowTitle() == "Persons"
    picture = dialog.findChild(QLabel).pixmap()
    assert picture.width() > section.chartButton.iconSize().width()
    dialog.reject()


def test_charts_are_saved_and_old_ones_replaced_only_if_asked(dock, section, tmp_path):
    section._charts.show(BARS, "North", "South")
    (tmp_path / "areas.svg").write_text("mine")
    for button, expected in (("Cancel", ["areas.svg"]),
                             ("Replace", ["areas.png", "areas.svg", "persons.png", "persons.svg"])):
        def press_later(dialog, button=button):
            dialog.selectFile(str(tmp_path))
            dialog.accept()
            press(button)

        answer(press_later)
        section.saveChartsButton.click()
        assert sorted(path.name for path in tmp_path.iterdir()) == expected
    assert "Charts written to" in dock.messageLabel.text()


def test_a_cleared_project_shows_no_chart(section):
    section._charts.show(BARS, "North", "South")
    QgsProject.instance().clear()
    assert not section.chartBox.isVisibleTo(section)


def test_without_matplotlib_a_sentence_says_so(dock, section, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)
    section._charts.show(BARS, "North", "South")
    assert "Charts need the Python library matplotlib" in dock.messageLabel.text()


# --- how it looks


def test_fits_a_narrow_dock(dock, desktop, section, qtbot):
    show(dock, *(dict(NARROW_ZONE, name=f"A scenario with a name much too long for the panel {n}") for n in range(12)))
    desktop.window.resizeDocks([dock], [NARROW], Qt.Orientation.Horizontal)
    qtbot.waitExposed(desktop.window)
    section._charts.show(BARS, "North", "South")
    qtbot.wait(300)
    assert dock.minimumSizeHint().width() <= NARROW and dock.width() == NARROW
    assert dock.formContents.minimumSizeHint().width() <= dock.scrollArea.viewport().width()
    table = section.scenarioTable
    assert table.columnWidth(0) >= 60 and table.horizontalHeader().length() <= table.viewport().width()


def test_every_field_has_an_accessible_name_or_a_text(section):
    for kind in (QComboBox, QAbstractSpinBox, QAbstractButton, QLineEdit, QTableWidget):
        for widget in section.findChildren(kind):
            if widget.objectName() in vars(section):
                text = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or text, widget.objectName()


def test_problems_are_readable_in_light_and_dark(dock, section):
    for window in ("#efefef", "#202020"):
        palette = QPalette(QApplication.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(window))
        dock.setPalette(palette)
        colour = section.scenariosProblem.styleSheet().split()[1].rstrip(";")
        assert contrast(QColor(colour), QColor(window)) >= 4.5


def test_shipped_scenarios_are_all_offered(desktop):
    assert len(shipped()) == 14
    assert PanelState().scenarios == ""
