"""The scenarios of the panel: a list of them, the run that compares them, and the charts of what came of it.

A widget of its own with a form of its own: it can stand anywhere in the panel.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QAction, QFileDialog, QMenu, QWidget

from ..compat import tr
from ..core.errors import PlanError
from ..core.spec import bands_from_text
from ..output.charts import bar_of
from ..output.styles import ROLE_PROPERTY
from . import look
from .files import write_text
from .parameters import COMPARE_ID, compare_parameters, plan_name, spec_of
from .questions import ask_file, is_sure
from .runner import Outcome, PlanRunner
from .scenario_charts import ScenarioCharts
from .scenario_list import (
    DEPTH_A,
    DEPTH_B,
    NAME,
    Entry,
    free_name,
    from_text,
    judge,
    read_entries,
    shipped,
    source_text,
    to_text,
)
from .scenario_table import ScenarioTable
from .state import PanelState
from .told import rows_of

FORM, _ = uic.loadUiType(str(Path(__file__).with_name("scenarios.ui")))
SUFFIX = ".json"
FILE_NAME = "scenarios" + SUFFIX
TABLE_ROLE, ZONES_ROLE = "scenarios", "scenario_zones"

Tell = Callable[..., None]  # a sentence, its kind (`look.INFO` …), and whether the log has more


class ScenariosSection(QWidget, FORM):
    """The list of scenarios and what comes of it.

    Parameters
    ----------
    project : where layers are taken from and go
    state : returns what the panel's form holds
    plan_problem : returns what of the form keeps any plan from running, empty if nothing
    tell : shows a sentence to the user
    """

    edited = pyqtSignal()
    compared = pyqtSignal(QgsVectorLayer)  # the layer of the zones

    def __init__(
        self, project: QgsProject, state: Callable[[], PanelState], plan_problem: Callable[[], str], tell: Tell,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._project, self._state, self._plan_problem, self._tell = project, state, plan_problem, tell
        self._compared = PanelState()  # the values of the run that is on its way
        self._folder: TemporaryDirectory[str] | None = None  # of that run
        self._kept = ""  # the list as a file holds it
        self.setupUi(self)
        self._table = ScenarioTable(self.scenarioTable)
        self._charts = ScenarioCharts(self, tell)
        self._runner = PlanRunner(self, COMPARE_ID)
        self._dress()
        self._connect()
        self._show_running(False)

    # --- what the section holds

    @property
    def runner(self) -> PlanRunner:
        """The runner of this section."""
        return self._runner

    @property
    def table(self) -> ScenarioTable:
        """The list of scenarios."""
        return self._table

    def values(self) -> dict[str, Any]:
        """Return the values by their names in `PanelState`."""
        return {"scenarios": to_text(self._table.entries), "scenario_base": self.baseCombo.currentData() or ""}

    def set_values(self, state: PanelState) -> None:
        """Show the scenarios of a state."""
        self._table.show(from_text(state.scenarios))
        self._kept = to_text(self._table.entries)
        self._fill_bases(state.scenario_base)

    def refresh(self) -> None:
        """Bring up to date what depends on the list or on the form."""
        entries = self._table.entries
        own, reasons = judge(entries, self._state())
        self._table.mark(reasons)
        reason = self._plan_problem() or own
        told = own if entries else ""
        if reasons and not told:
            place, text = next(iter(reasons.items()))
            told = tr("{scenario} can have no plan: {reason}").format(scenario=entries[place].get(NAME), reason=text)
        self.scenariosProblem.setText(told)
        self.scenariosProblem.setVisible(bool(told))
        self.scenarioTable.setAccessibleDescription(told)
        self.compareButton.setEnabled(not reason)
        self.compareButton.setToolTip(look.tip(reason or tr("Plan all of them and show them side by side")))
        self.removeButton.setEnabled(bool(entries))
        self.saveButton.setEnabled(bool(entries) and not own)

    def recolour(self, window: QWidget) -> None:
        """Follow QGIS when its theme turns dark or light: texts are to be readable on ``window``."""
        look.paint_text(self.scenariosProblem, look.ERROR, window)

    def forget(self) -> None:
        """Stop a run and show nothing of a comparison: the project is another one."""
        self._runner.cancel()
        self._charts.hide()

    def on_layers_going(self, layer_ids: Iterable[str]) -> None:
        """Stop a run whose line is being removed."""
        if self._runner.is_running and self._compared.layer_id in layer_ids:
            self._runner.cancel()

    def close_down(self) -> None:
        """Stop a run: the plugin is being unloaded."""
        self._runner.close_down()
        self._clean_up()

    # --- setting up

    def _dress(self) -> None:
        for button, icon in (
            (self.addButton, "symbologyAdd"), (self.removeButton, "symbologyRemove"),
            (self.openButton, "mActionFileOpen"), (self.saveButton, "mActionFileSave"),
        ):
            button.setIcon(look.theme_icon(icon))
        menu = QMenu(self.presetButton)
        menu.setToolTipsVisible(True)
        presets = shipped()
        for preset in presets:
            action = menu.addAction(str(preset[NAME]).replace("&", "&&"))  # a single & would mark a shortcut
            action.setToolTip(look.tip(source_text(preset)).replace("\n", "<br>"))
            action.triggered.connect(lambda _checked=False, preset=preset: self._add([preset]))
        menu.addSeparator()
        self.allAction = menu.addAction(tr("All of them"))
        self.allAction.triggered.connect(lambda: self._add(presets))
        self.presetButton.setMenu(menu)
        remove = QAction(self.scenarioTable)
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self._table.remove_chosen)
        self.scenarioTable.addAction(remove)

    def _connect(self) -> None:
        self._table.edited.connect(self._on_edited)
        self.baseCombo.activated.connect(lambda _row: self.edited.emit())
        self.addButton.clicked.connect(self._add_from_form)
        self.removeButton.clicked.connect(self._table.remove_chosen)
        self.openButton.clicked.connect(lambda: self._try(self._open))
        self.saveButton.clicked.connect(lambda: self._try(self._save))
        self.compareButton.clicked.connect(lambda: self._try(self._compare))
        self.stopButton.clicked.connect(self._runner.cancel)
        self._runner.progress.connect(lambda percent: self.compareBar.setValue(round(percent)))
        self._runner.text.connect(self.compareStage.setText)
        self._runner.succeeded.connect(self._on_success)
        self._runner.failed.connect(lambda text, details: self._tell(text, look.ERROR, bool(details)))
        self._runner.cancelled.connect(lambda: self._tell(tr("Stopped. Nothing was added."), look.INFO))
        self._runner.ended.connect(self._on_ended)

    # --- the list

    def _on_edited(self) -> None:
        row, renamed = self.baseCombo.currentIndex(), self.baseCombo.count() == len(self._table.entries) + 1
        self._fill_bases(self.baseCombo.currentData())
        if renamed:  # the base is the same one, whatever it is called
            self.baseCombo.setCurrentIndex(row)
        self.edited.emit()

    def _fill_bases(self, chosen: str | None) -> None:
        """Offer the scenarios that the others can be compared with."""
        self.baseCombo.clear()
        self.baseCombo.addItem(tr("The first with a plan"), "")
        for entry in self._table.entries:
            self.baseCombo.addItem(str(entry.get(NAME)), str(entry.get(NAME)))
        self.baseCombo.setCurrentIndex(max(self.baseCombo.findData(chosen or ""), 0))

    def _add(self, entries: Iterable[Entry]) -> None:
        """Add scenarios; one whose name is taken gets a number."""
        there = self._table.entries
        new: list[Entry] = []
        for entry in entries:
            new.append({**entry, NAME: free_name(str(entry[NAME]), [*there, *new])})
        self._table.add(new)

    def _add_from_form(self) -> None:
        state = self._state()
        self._add([{NAME: plan_name(state), DEPTH_A: state.depth_a_km, DEPTH_B: state.depth_b_km}])

    def _open(self) -> None:
        path = self._ask_file(tr("Open scenarios"), QFileDialog.AcceptMode.AcceptOpen)
        if path is None:
            return
        entries = read_entries(path)
        if self._is_kept() or is_sure(
            self, tr("The list holds scenarios that are in no file."), tr("Opening another one takes its place."),
            tr("Replace"),
        ):
            self._table.show(entries)
            self._kept = to_text(entries)
            self._on_edited()

    def _save(self) -> None:
        from ..core.scenario_sets import scenarios_data, scenarios_of

        entries = self._table.entries
        state = self._state()
        base = spec_of(replace(state, bands=""), self._project)  # each keeps the bands in its zone
        data = scenarios_data(scenarios_of(entries, base, bands_from_text(state.bands)))
        if not data:
            raise PlanError(tr("None of the scenarios can have a plan"), tr("Mend them first."))
        path = self._ask_file(tr("Save scenarios"), QFileDialog.AcceptMode.AcceptSave)
        if path is None:
            return
        write_text(path, json.dumps(data, indent=2, ensure_ascii=False) + "\n", tr("The scenarios"))
        self._kept = to_text(entries)
        told = tr("Written to {path}.").format(path=path)
        if len(data) < len(entries):
            told += " " + tr("Scenarios that can have no plan were left out.")
        self._tell(told, look.INFO)

    def _is_kept(self) -> bool:
        return to_text(self._table.entries) in ("", self._kept)

    # --- the run

    def _compare(self) -> None:
        if not self.compareButton.isEnabled() or self._runner.is_running:
            return
        self._compared = state = self._state()
        self._charts.hide()  # its figures are those of the former run
        self._clean_up()
        self._folder = TemporaryDirectory(prefix="bufferzone-")
        file = Path(self._folder.name) / FILE_NAME
        file.write_text(state.scenarios, encoding="utf-8")
        self.compareBar.setValue(0)
        self.compareStage.setText("")
        parameters = compare_parameters(state, self._project, str(file))
        if self._runner.start(parameters, self._project):
            self._show_running(True)

    def _on_success(self, outcome: Outcome) -> None:
        if outcome.warnings:
            self._tell(". ".join(text.rstrip(".") for text in outcome.warnings) + ".", look.WARNING)
        zones, table = (self._find_layer(outcome.layer_ids, role) for role in (ZONES_ROLE, TABLE_ROLE))
        if zones is not None:
            self.compared.emit(zones)
        if table is not None:
            bars = [bar_of(row) for row in rows_of(table)]
            self._charts.show(bars, self._compared.name_a, self._compared.name_b)

    def _on_ended(self) -> None:
        self._clean_up()
        self._show_running(False)
        self.refresh()

    def _find_layer(self, layer_ids: Iterable[str], role: str) -> QgsVectorLayer | None:
        layers = (self._project.mapLayer(layer_id) for layer_id in layer_ids)
        return next((layer for layer in layers if layer and layer.customProperty(ROLE_PROPERTY) == role), None)

    def _clean_up(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _show_running(self, running: bool) -> None:
        self.compareButton.setVisible(not running)
        for widget in (self.compareStage, self.compareBar, self.stopButton):
            widget.setVisible(running)

    def _try(self, job: Callable[[], None]) -> None:
        try:
            job()
        except PlanError as error:
            self._tell(str(error), look.ERROR)

    def _ask_file(self, title: str, mode: QFileDialog.AcceptMode) -> Path | None:
        return ask_file(self, title, mode, tr("Scenarios ({pattern})"), SUFFIX, FILE_NAME)
