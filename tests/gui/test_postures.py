"""The user's own postures: in the profile's folder, in the list, in the table of parameters, and in runs."""

from __future__ import annotations

import json

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QLocale, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialog, QFileDialog

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.staffing.parameters import ZONE_PARAMETERS
from buffer_zone_plugin.gui import staffing
from buffer_zone_plugin.gui.parameters import plan_parameters
from buffer_zone_plugin.gui.posture_dialog import SOURCE, UNIT, PostureDialog, number_or_text, shown
from buffer_zone_plugin.gui.posture_values import ENDS, parameter_label
from buffer_zone_plugin.gui.postures import OwnPostures, read_posture, shipped_postures
from buffer_zone_plugin.gui.state import PanelState, write_state
from buffer_zone_plugin.output.styles import ROLE_PROPERTY

from .test_run import TIMEOUT_MS

pytestmark = pytest.mark.qgis

SHIPPED = ["Observe", "Verify", "Verify, both edges", "Interpose"]


def write(folder, name, **content):
    path = folder / name
    path.write_text(json.dumps({"label": "Thin line", "values": {"op_spacing": 20}, **content}), encoding="utf-8")
    return path


def listed(dock):
    return [text for text in map(dock.postureCombo.itemText, range(dock.postureCombo.count())) if text]


def choose(dock, name):
    dock.postureCombo.setCurrentIndex(dock.postureCombo.findText(name))


def action(dock, text):
    dock.postureButton.menu().aboutToShow.emit()
    return next(action for action in dock.postureButton.menu().actions() if action.text().startswith(text))


def answer(then):
    """Have ``then`` called with the next modal dialog, which waits for its user."""
    def look():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, look)
        else:
            then(dialog)

    QTimer.singleShot(0, look)


def choose_file(path):
    def do(dialog):
        if isinstance(dialog, QFileDialog):
            dialog.selectFile(str(path))
        dialog.accept()

    answer(do)


def press(text):
    answer(lambda box: next(b for b in box.buttons() if text in b.text()).click())


def edit(dock):
    action(dock, "Edit").trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PostureDialog)
    return dialog


def texts(dialog, name):
    return [dialog.cell(name, end).text() for end in ENDS]


# --- the folder and the list


def test_own_postures_come_after_the_shipped_ones(dock, posture_folder):
    assert listed(dock) == SHIPPED
    write(posture_folder, "b.json")
    write(posture_folder, "a.json", label="Armed line", description="Close & <armed>")
    dock.set_state(PanelState(own_posture="a.json"))
    assert listed(dock) == [*SHIPPED, "Armed line", "Thin line"]
    assert dock.postureCombo.itemText(4) == "" and dock.postureCombo.currentText() == "Armed line"
    assert "Close &amp; &lt;armed&gt;" in dock.postureCombo.toolTip()


def test_a_broken_file_is_left_out_and_told_once(dock, posture_folder):
    write(posture_folder, "good.json")
    (posture_folder / "broken.json").write_text("{", encoding="utf-8")
    (posture_folder / "overrides.json").write_text('{"op_spacing": 12}', encoding="utf-8")
    write(posture_folder, "impossible.json", values={"op_spacing": -1})
    lines = []

    def keep(text, tag, _level):
        lines.append(text)

    log = QgsApplication.messageLog()
    log.messageReceived.connect(keep)
    try:
        dock.read_project()
        dock.read_project()
    finally:
        log.messageReceived.disconnect(keep)
    assert listed(dock) == [*SHIPPED, "Thin line"]
    for name in ("broken", "overrides", "impossible"):
        assert len([line for line in lines if f"{name}.json" in line]) == 1, lines


def test_names_are_not_given_twice_and_shipped_ones_not_at_all(posture_folder):
    own = OwnPostures()
    verify = shipped_postures()["verify"]
    with pytest.raises(PlanError, match="comes with the plugin"):
        own.save(verify)
    assert own.free_name("verify") == "verify (2)"
    thin = read_posture(write(posture_folder, "thin.json"))
    with pytest.raises(PlanError, match="already"):
        own.save(thin)
    assert own.save(thin, in_place=True).key == "thin.json"
    assert [one.key for one in own.all()] == ["thin.json"]
    assert own.free_name("THIN, line") == "THIN, line (2)"


@pytest.mark.parametrize("name, stem", [("Тонка лінія", "тонка_лінія"), ("../..", "posture"), ("a/b: c", "a_b_c")])
def test_any_name_makes_a_file_in_the_folder(posture_folder, tmp_path, name, stem):
    own = OwnPostures().take_in(write(tmp_path, "given.json", label=name))
    assert own.path == posture_folder / f"{stem}.json" and own.posture.label == name
    assert OwnPostures().all() == [own]


def test_a_file_of_the_same_name_is_not_overwritten(posture_folder, tmp_path):
    write(posture_folder, "thin_line.json", label="Something else")
    OwnPostures().take_in(write(tmp_path, "given.json"))
    assert {own.key: own.posture.label for own in OwnPostures().all()} == {
        "thin_line.json": "Something else", "thin_line_2.json": "Thin line",
    }


# --- the menu


def test_saved_listed_used_exported_and_removed(dock, add_line, posture_folder, tmp_path, qtbot):
    add_line()
    dock.depthASpin.setValue(5)
    dock.sectorsSpin.setValue(2)
    dialog = edit(dock)
    dialog.set_cell("op_spacing", "central", "2")
    dialog.nameEdit.setText("Dense line")
    dialog.saveButton.click()
    assert listed(dock) == [*SHIPPED, "Dense line"] and dock.state().own_posture == "dense_line.json"
    with qtbot.waitSignal(dock.runner.ended, timeout=TIMEOUT_MS):
        dock.runButton.click()
    assert dock.planLabel.text().endswith("Dense line") and "Posture: Dense line." in dock.statusLabel.text()
    layers = {layer.customProperty(ROLE_PROPERTY): layer for layer in QgsProject.instance().mapLayers().values()}
    (spacing,) = [row for row in layers["drivers"].getFeatures() if row["parameter"] == "op_spacing"]
    assert spacing["central"] == 2 and spacing["posture"] == "Dense line"
    line_km = next(layers["zone"].getFeatures())["line_km"]
    assert sum(sector["posts"] for sector in layers["sectors"].getFeatures()) == -(-line_km // 2)

    copy = tmp_path / "copy.json"
    choose_file(copy)
    action(dock, "Export").trigger()
    assert read_posture(copy) == read_posture(posture_folder / "dense_line.json")
    press("Cancel")
    action(dock, "Remove").trigger()
    assert "Dense line" in listed(dock)
    press("Remove")
    action(dock, "Remove").trigger()
    assert listed(dock) == SHIPPED and list(posture_folder.iterdir()) == []
    assert dock.state() == PanelState(layer_id=dock.state().layer_id, depth_a_km=5.0, depth_b_km=5.0, sectors=2)

    choose_file(copy)
    action(dock, "Import").trigger()
    assert dock.state().own_posture == "dense_line.json" and "Imported as Dense line." in dock.messageLabel.text()
    choose_file(copy)
    action(dock, "Import").trigger()
    assert listed(dock) == [*SHIPPED, "Dense line", "Dense line (2)"]


def test_a_file_that_is_no_posture_is_refused_with_a_sentence(dock, posture_folder, tmp_path):
    choose_file(write(tmp_path, "bad.json", values={"op_spacing": 12, "speed": 3}))
    action(dock, "Import").trigger()
    assert "cannot set 'speed'" in dock.messageLabel.text() and listed(dock) == SHIPPED


def test_shipped_postures_can_be_exported_but_not_removed(dock, posture_folder, tmp_path):
    assert not action(dock, "Remove").isEnabled()
    choose_file(tmp_path / "verify.json")
    action(dock, "Export").trigger()
    assert read_posture(tmp_path / "verify.json") == shipped_postures()["verify"]


def test_shipped_postures_need_no_file_and_own_ones_no_number(qgis_app, posture_folder):
    shipped = plan_parameters(PanelState(posture=3), QgsProject.instance())
    assert shipped["POSTURE"] == 3 and "STAFFING" not in shipped
    own = plan_parameters(PanelState(own_posture="thin.json"), QgsProject.instance())
    assert own["STAFFING"] == str(posture_folder / "thin.json") and "POSTURE" not in own


def test_a_project_whose_posture_is_not_here_says_so(dock, posture_folder):
    write(posture_folder, "thin.json")
    write_state(PanelState(own_posture="thin.json"), QgsProject.instance())
    dock.read_project()
    assert dock.state().own_posture == "thin.json" and not dock.messageFrame.isVisibleTo(dock)
    (posture_folder / "thin.json").unlink()
    dock.read_project()
    assert dock.state() == PanelState()
    assert dock.messageFrame.isVisibleTo(dock) and "posture thin, which is not in your profile: Verify is chosen" in (
        dock.messageLabel.text()
    )


def test_a_posture_that_is_gone_when_the_run_starts_is_told(dock, add_line, posture_folder, qtbot):
    add_line()
    write(posture_folder, "thin.json")
    dock.set_state(PanelState(layer_id=dock.state().layer_id, own_posture="thin.json"))
    (posture_folder / "thin.json").unlink()
    with qtbot.waitSignal(dock.runner.ended, timeout=TIMEOUT_MS):
        dock.runButton.click()
    assert "thin.json" in dock.messageLabel.text() and dock.messageFrame.isVisibleTo(dock)


# --- the table


def test_the_table_shows_every_parameter_of_the_chosen_posture(dock, posture_folder):
    choose(dock, "Interpose")
    dialog = edit(dock)
    assert dialog.table.rowCount() == len(ZONE_PARAMETERS)
    assert texts(dialog, "op_spacing") == ["5.46875", "2.5", "0.78125"]
    assert texts(dialog, "op_watch") == ["3", "4", "8"]
    row = dialog.cell("op_watch", "low").row()
    assert dialog.table.item(row, UNIT).text() == "persons on watch at one post"
    assert dialog.table.item(row, SOURCE).text() == "Posture Interpose"
    assert "FM 3-21.8" in dialog.table.item(row, SOURCE).toolTip()
    assert not dialog.cell("n_lines", "low").flags() & Qt.ItemFlag.ItemIsEditable
    assert dialog.cell("n_lines", "central").flags() & Qt.ItemFlag.ItemIsEditable
    dialog.reject()
    assert list(posture_folder.iterdir()) == []


def test_every_parameter_of_the_zone_force_has_a_label_of_its_own():
    labels = [parameter_label(name) for name in ZONE_PARAMETERS]
    assert len(set(labels)) == len(labels) and not set(labels) & set(ZONE_PARAMETERS)


def test_low_and_high_follow_a_central_value_in_proportion(dock, posture_folder):
    dialog = edit(dock)
    dialog.set_cell("op_spacing", "central", "16")
    assert texts(dialog, "op_spacing") == ["35", "16", "5"]
    assert dialog.table.item(dialog.cell("op_spacing", "low").row(), SOURCE).text() == "Given by the user"
    dialog.set_cell("op_spacing", "low", "20")
    dialog.set_cell("op_spacing", "central", "")
    assert texts(dialog, "op_spacing") == ["20", "8", "2.5"]
    dialog.set_cell("op_spacing", "low", "")
    assert dialog.cell("op_spacing", "low").text() == "17.5"
    dialog.nameEdit.setText("Same values")
    dialog.saveButton.click()
    saved = read_posture(posture_folder / "same_values.json")
    assert saved.values == shipped_postures()["verify"].values and saved.sources == shipped_postures()["verify"].sources


@pytest.mark.parametrize("name, end, text, told, marked", [
    ("op_spacing", "central", "eight", "'op_spacing' is 'eight'. Give a number.", ["central"]),
    ("op_spacing", "high", "-2", "'op_spacing' is -2. Give a number from 0.1 to 1000.", ["high"]),
    ("unit_overhead", "high", "0.95", "A share must be 0 or more and below 0.9.", ["high"]),
    ("op_spacing", "low", "5", "The central value 8 of 'op_spacing' is not between low 5 and high 2.5", [
        "low", "central", "high",
    ]),
    ("n_lines", "central", "3", "Give 1 for the contact line or 2 for both edges.", ["central"]),
    ("op_watch", "low", "inf", "Give a number.", ["low"]),
])
def test_a_bad_value_is_marked_and_keeps_from_saving(dock, posture_folder, name, end, text, told, marked):
    dialog = edit(dock)
    before = dialog.cell(name, end).text()
    dialog.set_cell(name, end, text)
    assert told in dialog.problemLabel.text() and dialog.problemLabel.text().startswith(parameter_label(name))
    assert dialog.problemLabel.isVisibleTo(dialog) and not dialog.saveButton.isEnabled()
    assert [other for other in ENDS if not dialog.cell(name, other).icon().isNull()] == marked
    dialog.accept()
    assert dialog.isVisible() and list(posture_folder.iterdir()) == []
    dialog.set_cell(name, end, before)
    assert dialog.problem() == "" and dialog.saveButton.isEnabled()
    assert all(dialog.cell(name, other).icon().isNull() for other in ENDS)
    dialog.reject()


def test_the_dialog_says_when_saving_replaces_a_posture(dock, posture_folder):
    write(posture_folder, "thin.json")
    dock.read_project()
    choose(dock, "Thin line")
    dialog = edit(dock)
    assert dialog.nameEdit.text() == "Thin line" and dialog.saveButton.text() == "Replace posture"
    assert "saving replaces it" in dialog.problemLabel.text()
    dialog.nameEdit.setText("Verify")
    assert "comes with the plugin" in dialog.problemLabel.text() and not dialog.saveButton.isEnabled()
    dialog.nameEdit.setText(" ")
    assert dialog.problemLabel.text() == "Give the posture a name."
    dialog.nameEdit.setText("Thin line 2")
    assert dialog.saveButton.text() == "Save as posture" and not dialog.problemLabel.isVisibleTo(dialog)
    dialog.set_cell("patrol_crew", "central", "5")
    dialog.saveButton.click()
    assert listed(dock) == [*SHIPPED, "Thin line", "Thin line 2"]
    assert read_posture(posture_folder / "thin.json").values == {"op_spacing": 20}
    made = read_posture(posture_folder / "thin_line_2.json")
    assert made.values == {"op_spacing": 20, "patrol_crew": 5} and made.id == "Thin line 2"
    assert made.sources == (("Changed by the user: patrol_crew", ""),)


def test_what_cannot_be_written_is_told_in_the_dialog(dock, posture_folder):
    dialog = edit(dock)
    posture_folder.rmdir()
    posture_folder.write_text("in the way")
    try:
        dialog.saveButton.click()
        assert "cannot be written" in dialog.problemLabel.text() and dialog.isVisible()
    finally:
        posture_folder.unlink()
    dialog.reject()


def test_return_in_a_cell_does_not_save(dock, posture_folder, qtbot):
    dialog = edit(dock)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible() and dialog.result() == QDialog.DialogCode.Rejected
    assert list(posture_folder.iterdir()) == []
    dialog.reject()


def test_numbers_follow_the_language(qgis_app):
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("de_DE"))
        assert shown(0.15) == "0,15" and shown(1000) == "1000"
        assert number_or_text("0,15") == 0.15 and number_or_text("8.5") == "8.5"
        QLocale.setDefault(QLocale("en_GB"))
        assert number_or_text("0.15") == 0.15 and number_or_text("1,000") == "1,000"
    finally:
        QLocale.setDefault(before)


def test_without_the_libraries_there_is_a_sentence_and_no_table(dock, monkeypatch):
    monkeypatch.setattr(staffing, "missing_dependency", lambda: "The library numpy is missing")
    action(dock, "Edit").trigger()
    assert QApplication.activeModalWidget() is None and "numpy is missing" in dock.messageLabel.text()
