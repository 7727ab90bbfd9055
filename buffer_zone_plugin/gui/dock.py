"""The panel: shows the form, says what keeps it from running, runs the algorithm and shows what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayerProxyModel, QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget, QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QEvent, Qt, QTimer
from qgis.PyQt.QtGui import QKeySequence, QShowEvent
from qgis.PyQt.QtWidgets import QAction, QLabel, QStyle, QWidget

from ..compat import tr
from ..output.styles import ROLE_PROPERTY
from . import choices, look
from .overwrite import settle
from .parameters import plan_parameters
from .problems import FIELD_BANDS, FIELD_CONTRIBUTORS, FIELD_OUTPUT, WIDGETS, Problem, find_problems
from .results import find_zone, open_group, set_aside_former, show_summary, zoom_to
from .runner import Outcome, PlanRunner
from .sample import add_sample_line, show_sample
from .scenarios import ScenariosSection
from .staffing import StaffingPart
from .state import OUTPUT_GEOPACKAGE, PanelState, read_state, write_state
from .told import read_told
from .wheel import WheelGuard
from .words import describe_line, where_sides_are

FORM, _ = uic.loadUiType(str(Path(__file__).with_name("dock.ui")))
UNDERSTOOD_DELAY_MS = 150  # the line is measured when the changes pause, not at each of them
RUN_SHORTCUT = "Ctrl+Return"


class BufferZoneDock(QgsDockWidget, FORM):
    """The form over `bufferzone:planzone`.

    Parameters
    ----------
    iface : the interface of the QGIS desktop
    parent : the main window
    """

    def __init__(self, iface: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._project = QgsProject.instance()
        self._layer_id = ""  # of the layer whose signals are connected
        self._reading = False  # True while values are put into the form: they are no edits
        self._shown = False  # nothing is imported, read or measured for a panel that nobody has opened
        self._zoomed = False
        self._message_kind = look.INFO
        self._planned = PanelState()  # the values of the run that is on its way
        self._planned_posture = ""  # its name
        self._runner = PlanRunner(self)
        self._understood_timer = QTimer(self)
        self._connect_project()  # before the lists of layers are: they choose another layer for one that goes
        self.setupUi(self)
        self._dress()
        self._connect_form()
        self._connect_runner()
        self._on_layer_changed(self._layer())
        self.read_project()

    # --- what the form holds

    def state(self) -> PanelState:
        """Return the values of the form."""
        return PanelState(
            layer_id=choices.id_of(self.lineCombo),
            selected_only=self.selectedCheck.isChecked(),
            name_a=self.nameAEdit.text().strip() or PanelState.name_a,
            name_b=self.nameBEdit.text().strip() or PanelState.name_b,
            reverse=self.swapButton.isChecked(),
            depth_a_km=self.depthASpin.value(),
            depth_b_km=self.depthBSpin.value(),
            depths_linked=self.linkButton.locked(),
            bands=self.bandsEdit.text().strip(),
            clip_id=choices.id_of(self.clipCombo),
            line_b_id=choices.id_of(self.lineBCombo),
            side_a_id=choices.id_of(self.sideACombo),
            caps=self.capsCombo.currentData(),
            tolerance_m=self.toleranceSpin.value(),
            split=self.splitCombo.currentData(),
            sectors=self.sectorsSpin.value(),
            **self._staffing.values(),
            **self._scenarios.values(),
            output=self.outputCombo.currentData(),
            gpkg_path=self.gpkgFile.filePath().strip(),
        )

    def set_state(self, state: PanelState) -> None:
        """Put the values into the form; a layer that is gone leaves the present choice."""
        self._reading = True
        try:
            layer = self._project.mapLayer(state.layer_id)
            if layer is not None:
                self.lineCombo.setLayer(layer)
            self.selectedCheck.setChecked(state.selected_only)
            self.nameAEdit.setText(state.name_a)
            self.nameBEdit.setText(state.name_b)
            self.swapButton.setChecked(state.reverse)
            self.linkButton.setLocked(False)
            self.depthASpin.setValue(state.depth_a_km)
            self.depthBSpin.setValue(state.depth_b_km)
            self.linkButton.setLocked(state.depths_linked)
            self.bandsEdit.setText(state.bands)
            self.clipCombo.setLayer(self._project.mapLayer(state.clip_id))
            self.lineBCombo.setLayer(self._project.mapLayer(state.line_b_id))
            self.sideACombo.setLayer(self._project.mapLayer(state.side_a_id))
            self._staffing.set_values(state, self._project)
            under_more = (combo for combo in self._optional_layers() if combo != self.crossingsCombo)
            if state.bands or any(map(choices.id_of, under_more)):
                self.moreGroup.setCollapsed(False)  # what shapes the zone is not hidden
            choices.choose(self.capsCombo, state.caps, PanelState.caps)
            self.toleranceSpin.setValue(state.tolerance_m)
            choices.choose(self.splitCombo, state.split, PanelState.split)
            self.sectorsSpin.setValue(state.sectors)
            self._scenarios.set_values(state)
            if state.scenarios:
                self.scenariosGroup.setCollapsed(False)
            choices.choose(self.outputCombo, state.output, PanelState.output)
            self.gpkgFile.setFilePath(state.gpkg_path)
        finally:
            self._reading = False
        self._refresh()

    def read_project(self) -> None:
        """Show what the project remembers, or the defaults."""
        state = read_state(self._project) or PanelState()
        self.set_state(state)
        missing = self._staffing.missing_posture(state)
        if missing:
            self._tell(missing, look.WARNING)

    def problems(self) -> list[Problem]:
        """Return what keeps the panel from running."""
        return find_problems(self.state(), self._layer())

    @property
    def runner(self) -> PlanRunner:
        """The runner of this panel."""
        return self._runner

    @property
    def scenarios(self) -> ScenariosSection:
        """The section of scenarios."""
        return self._scenarios

    def close_down(self) -> None:
        """Let go of the project and stop a run: the plugin is being unloaded."""
        self._understood_timer.stop()
        self._project.readProject.disconnect(self._on_project_read)
        self._project.cleared.disconnect(self._on_project_cleared)
        self._project.layersWillBeRemoved.disconnect(self._on_layers_going)
        self._project.layersAdded.disconnect(self._leave_out_results)
        self._runner.close_down()
        self._scenarios.close_down()
        self._watch_layer(None)

    # --- setting up

    def _dress(self) -> None:
        """Fill the choices, give icons and colours."""
        self.setObjectName("BufferZoneDock")
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.lineCombo.setFilters(QgsMapLayerProxyModel.Filter.LineLayer)
        for combo, kinds in (
            (self.clipCombo, QgsMapLayerProxyModel.Filter.PolygonLayer),
            (self.lineBCombo, QgsMapLayerProxyModel.Filter.LineLayer),
            (self.sideACombo, QgsMapLayerProxyModel.Filter.PolygonLayer | QgsMapLayerProxyModel.Filter.PointLayer),
        ):
            combo.setFilters(kinds)
            combo.setAllowEmptyLayer(True)
        self._staffing = StaffingPart(self, self._tell)
        self._scenarios = ScenariosSection(self._project, self.state, self._plan_problem, self._tell, self)
        self.scenariosLayout.addWidget(self._scenarios)
        self._scenarios.compared.connect(self._zoom_once)
        self._leave_out_results()
        self._wheel_guard = WheelGuard(self)
        self._wheel_guard.watch(self.formContents)
        self.gpkgFile.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.gpkgFile.setConfirmOverwrite(False)  # asked once, when the run starts
        self.gpkgFile.lineEdit().setPlaceholderText(tr("File name"))
        for label in self.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)  # names and paths are no markup, whatever they hold
        for label in (self.areaLabel, self.personsLabel, self.toldLabel, self.statusLabel, self.messageLabel):
            label.setTextFormat(Qt.TextFormat.RichText)
        self.messageLabel.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        for combo, entries in (
            (self.capsCombo, choices.caps()), (self.splitCombo, choices.splits()),
            (self.outputCombo, choices.outputs()),
        ):
            choices.fill(combo, entries)
        self.exampleButton.setIcon(look.theme_icon("mActionAddOgrLayer"))
        self.swapButton.setIcon(look.theme_icon("mActionReverseLine"))
        self.messageClose.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_TitleBarCloseButton))
        self.groundLabel.setToolTip(tr("Seen along the direction in which the line was drawn"))
        for chip, side in (
            (self.chipA, "A"), (self.chipB, "B"), (self.resultChipA, "A"), (self.resultChipB, "B"),
        ):
            look.paint_chip(chip, side)
        self.resultBox.hide()
        self.messageFrame.hide()
        self._show_running(False)
        self._recolour()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.scrollArea.setMinimumWidth(self.formContents.minimumSizeHint().width() + bar)

    def _connect_form(self) -> None:
        self._understood_timer.setSingleShot(True)
        self._understood_timer.setInterval(UNDERSTOOD_DELAY_MS)
        self._understood_timer.timeout.connect(self._tell_understood)
        self.lineCombo.layerChanged.connect(self._on_layer_changed)
        self.lineCombo.activated.connect(self._on_edited)
        self.depthASpin.valueChanged.connect(lambda value: self._on_depth(self.depthBSpin, value))
        self.depthBSpin.valueChanged.connect(lambda value: self._on_depth(self.depthASpin, value))
        self.linkButton.lockChanged.connect(self._on_link)
        for signal in (
            self.selectedCheck.toggled, self.nameAEdit.textChanged, self.nameBEdit.textChanged,
            self.swapButton.toggled, self.bandsEdit.textChanged,
            *(combo.activated for combo in self._optional_layers()),
            self.capsCombo.currentIndexChanged, self.toleranceSpin.valueChanged,
            self.splitCombo.currentIndexChanged, self.sectorsSpin.valueChanged,
            *self._staffing.changes, self._staffing.edited, self._scenarios.edited,
            self.outputCombo.currentIndexChanged, self.gpkgFile.fileChanged,
        ):
            signal.connect(self._on_edited)
        for combo in (self.lineBCombo, self.sideACombo):
            combo.layerChanged.connect(lambda _layer: self._refresh())
        self.selectedCheck.toggled.connect(lambda _checked: self._understood_timer.start())
        for button in (self.exampleButton, self.loadExampleButton):
            button.clicked.connect(self._load_example)
        # what is opened shows all that it holds
        for group in (self.moreGroup, self.staffingGroup, self.scenariosGroup):
            group.collapsedStateChanged.connect(lambda _collapsed: self._show_problems())
        self.runButton.clicked.connect(self._on_run)
        self.cancelButton.clicked.connect(self._runner.cancel)
        self.messageClose.clicked.connect(self.messageFrame.hide)
        self.messageLabel.linkActivated.connect(lambda _link: self._iface.openMessageLog())
        shortcut = QAction(self)
        shortcut.setShortcut(QKeySequence(RUN_SHORTCUT))
        shortcut.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.triggered.connect(self.runButton.click)
        self.addAction(shortcut)

    def _connect_project(self) -> None:
        self._project.readProject.connect(self._on_project_read)
        self._project.cleared.connect(self._on_project_cleared)
        self._project.layersWillBeRemoved.connect(self._on_layers_going)
        self._project.layersAdded.connect(self._leave_out_results)

    def _connect_runner(self) -> None:
        self._runner.progress.connect(self._on_progress)
        self._runner.text.connect(self.stageLabel.setText)
        self._runner.succeeded.connect(self._on_success)
        self._runner.failed.connect(self._on_failure)
        self._runner.cancelled.connect(lambda: self._tell(tr("Stopped. Nothing was added."), look.INFO))
        self._runner.ended.connect(self._on_ended)

    # --- reactions to the user

    def _on_edited(self, *_args: Any) -> None:
        if not self._reading:
            self.messageFrame.hide()  # it told of other values
            write_state(self.state(), self._project)
            self._refresh()

    def _on_depth(self, other: QWidget, value: float) -> None:
        if self.linkButton.locked() and not self._reading:
            other.blockSignals(True)  # an echo would rewrite the number that is being typed
            other.setValue(value)
            other.blockSignals(False)
        self._on_edited()

    def _on_link(self, linked: bool) -> None:
        if linked and not self._reading:
            self.depthBSpin.setValue(self.depthASpin.value())
        self._on_edited()

    def _load_example(self) -> None:
        empty = not self._project.mapLayers()
        try:
            layer = add_sample_line(self._project)
        except ValueError as error:
            self._tell(str(error), look.ERROR)
            return
        self.lineCombo.setLayer(layer)
        self._on_edited()
        # QGIS gives an empty project the first layer's reference system once control is back: ours comes after
        QTimer.singleShot(0, lambda: show_sample(self._project, self._iface.mapCanvas(), layer.id(), empty))

    def _on_run(self) -> None:
        state = self.state()
        if self.problems() or self._runner.is_running:
            self._refresh()
            return
        overwrite = False
        if state.output == OUTPUT_GEOPACKAGE:
            settled = settle(Path(state.gpkg_path), self._project, self)
            if settled is None:
                return
            path, overwrite = settled
            self.gpkgFile.setFilePath(str(path))
            state = replace(state, gpkg_path=str(path))
        self._run(state, overwrite)

    def _run(self, state: PanelState, overwrite: bool) -> None:
        write_state(state, self._project)
        self.messageFrame.hide()
        self.resultBox.hide()  # its figures are those of the former run
        self._planned, self._planned_posture = state, self.postureCombo.currentText()
        self.progressBar.setValue(0)
        self.stageLabel.setText("")
        if self._runner.start(plan_parameters(state, self._project, overwrite), self._project):
            self._show_running(True)

    # --- reactions to a run

    def _on_progress(self, percent: float) -> None:
        self.progressBar.setValue(round(percent))

    def _on_success(self, outcome: Outcome) -> None:
        told = read_told(self._project, outcome.layer_ids)
        show_summary(self, outcome.numbers, self._planned, self._planned_posture, told)
        QTimer.singleShot(0, lambda: self.scrollArea.ensureWidgetVisible(self.resultBox))
        self._leave_out_results()
        if outcome.warnings:
            self._tell(". ".join(outcome.warnings) + ".", look.WARNING)
        zone = find_zone(self._project, outcome.layer_ids)
        if zone is None:
            return
        set_aside_former(self._project, zone)
        open_group(self._project, zone)
        # layers are added beside the current one: the next of the user's would land in the plan's group
        self._iface.setActiveLayer(self._layer())
        self._zoom_once(zone)

    def _zoom_once(self, layer: QgsVectorLayer) -> None:
        """Show all of a result if it is the first one; after that the view is the user's."""
        if not self._zoomed:
            self._zoomed = True
            zoom_to(self._iface.mapCanvas(), layer)

    def _on_failure(self, sentence: str, details: str) -> None:
        self._tell(sentence, look.ERROR, with_log=bool(details))

    def _on_ended(self) -> None:
        self._show_running(False)
        self._refresh()

    # --- reactions to the project

    def _on_project_read(self, *_args: Any) -> None:
        self.read_project()

    def _on_project_cleared(self) -> None:
        self._runner.cancel()
        self._scenarios.forget()
        self._zoomed = False
        self.resultBox.hide()
        self.messageFrame.hide()
        self.set_state(PanelState())

    def _on_layers_going(self, layer_ids: Iterable[str]) -> None:
        if self._runner.is_running and self._planned.layer_id in layer_ids:
            self._runner.cancel()
        self._scenarios.on_layers_going(layer_ids)
        for combo in self._optional_layers():
            if choices.id_of(combo) in layer_ids:
                combo.setLayer(None)

    def _leave_out_results(self, *_args: Any) -> None:
        """Keep layers that this plugin made out of the choice: they would be taken when the chosen line goes."""
        made = [layer for layer in self._project.mapLayers().values() if layer.customProperty(ROLE_PROPERTY)]
        for combo in (self.lineCombo, *self._optional_layers()):
            combo.setExceptedLayerList(made)

    def _on_layer_changed(self, layer: QgsVectorLayer | None) -> None:
        self._watch_layer(layer)
        self._zoomed = False
        self._tell_understood()
        self._refresh()

    def _on_layer_edited(self, *_args: Any) -> None:
        self._understood_timer.start()
        self._refresh()

    def _watch_layer(self, layer: QgsVectorLayer | None) -> None:
        """Follow the signals of this layer and of no other; ids are kept, since layers go without asking."""
        old = self._project.mapLayer(self._layer_id)
        if old is not None:
            for signal in _signals_of(old):
                signal.disconnect(self._on_layer_edited)
        self._layer_id = ""
        if layer is not None:
            self._layer_id = layer.id()
            for signal in _signals_of(layer):
                signal.connect(self._on_layer_edited)

    # --- what the panel shows

    def _layer(self) -> QgsVectorLayer | None:
        return self.lineCombo.currentLayer()

    def _optional_layers(self) -> tuple[QgsMapLayerComboBox, ...]:
        return self.clipCombo, self.lineBCombo, self.sideACombo, *self._staffing.layer_combos

    def _refresh(self) -> None:
        """Bring everything up to date that depends on the values of the form."""
        if not self._shown:
            return
        state = self.state()
        self.emptyFrame.setVisible(self.lineCombo.count() == 0)
        names = (choices.name_of(combo) for combo in (self.lineBCombo, self.sideACombo))
        self.groundLabel.setText(where_sides_are(state.reverse, *names))
        self.sideACombo.setEnabled(not state.line_b_id)
        self.sectorsSpin.setEnabled(state.split != choices.SPLIT_NONE)
        self.gpkgFile.setVisible(state.output == OUTPUT_GEOPACKAGE)
        for combo in (self.capsCombo, self.splitCombo, self.postureCombo, self.outputCombo):
            combo.setToolTip(choices.explanation(combo))
        self._show_problems()

    def _problem_label(self, field: str) -> QLabel:
        """Return the label under a field of the form for what is wrong with it."""
        return getattr(self, f"{field}Problem")

    def _show_problems(self) -> None:
        problems = self.problems()
        texts = {problem.field: problem.text for problem in problems}
        for field, widget in WIDGETS.items():
            label = self._problem_label(field)
            label.setText(texts.get(field, ""))
            label.setVisible(field in texts)
            getattr(self, widget).setAccessibleDescription(texts.get(field, ""))
        for field, group in ((FIELD_BANDS, self.moreGroup), (FIELD_CONTRIBUTORS, self.staffingGroup)):
            if field in texts:
                group.setCollapsed(False)
        self._scenarios.refresh()
        self.runButton.setEnabled(not problems)
        ready = tr("Plan the zone ({shortcut})").format(shortcut=RUN_SHORTCUT)
        self.runButton.setToolTip(look.tip(problems[0].text if problems else ready))

    def _plan_problem(self) -> str:
        """Return what keeps any plan from being made, wherever its layers would go; empty if nothing."""
        return next((problem.text for problem in self.problems() if problem.field != FIELD_OUTPUT), "")

    def _tell_understood(self) -> None:
        layer = self._layer()
        self._understood_timer.stop()
        if not self._shown:
            return
        usable = layer is not None and layer.isValid() and layer.crs().isValid()
        text = ""
        if usable:
            text = describe_line(layer, self.selectedCheck.isChecked(), self._project.transformContext())
        self.understoodLabel.setText(text)
        self.understoodLabel.setVisible(bool(text))

    def _show_running(self, running: bool) -> None:
        self.runButton.setVisible(not running)
        self.stageLabel.setVisible(running)
        self.progressBar.setVisible(running)
        self.cancelButton.setVisible(running)

    def _tell(self, text: str, kind: str, with_log: bool = False) -> None:
        """Show one sentence above the Run button; errors with a link to QGIS's log."""
        link = " <a href='#log'><font color='{colour}'>{text}</font></a>".format(
            colour=look.text_colour(self, kind), text=escape(tr("Show log")),
        )
        self.messageLabel.setText(escape(text, quote=False) + (link if with_log else ""))
        self._message_kind = kind
        look.paint_text(self.messageLabel, kind, self)
        self.messageFrame.show()

    def _recolour(self) -> None:
        for label in map(self._problem_label, WIDGETS):
            look.paint_text(label, look.ERROR, self)
        look.paint_text(self.messageLabel, self._message_kind, self)
        self._scenarios.recolour(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # name of Qt
        """Catch up when the panel is opened."""
        super().showEvent(event)
        QTimer.singleShot(0, self._catch_up)  # QGIS shows every new dock for a moment: wait whether it stays

    def _catch_up(self) -> None:
        if self.isVisible() and not self._shown:
            self._shown = True
            self._staffing.read_postures()  # another window may have changed them
            self._tell_understood()
            self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # name of Qt
        """Follow QGIS when its theme turns dark or light."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "runButton"):
            self._recolour()


def _signals_of(layer: QgsVectorLayer) -> tuple[Any, ...]:
    """Return the signals after which the line may be another one."""
    return (layer.selectionChanged, layer.crsChanged, layer.layerModified, layer.dataChanged)
