"""The staffing part of the panel: the posture, those of the user's own, crossings, training and contributors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayerProxyModel, QgsProject
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QMenu

from ..compat import missing_dependency, tr
from ..core.errors import PlanError
from ..core.spec import MAX_TRAINEES, POSTURES
from ..core.staffing.postures import Posture
from ..output.numbers import user_locale
from . import choices, look
from .postures import SUFFIX, OwnPosture, OwnPostures, shipped_postures, write_posture
from .questions import ask_file, is_sure
from .state import PanelState


class StaffingPart(QObject):
    """Fills and reads the staffing fields of the panel's form and looks after the user's own postures.

    Parameters
    ----------
    form : the panel, with the fields of its form as attributes
    tell : shows a sentence of a kind (`look.INFO` …) to the user
    """

    edited = pyqtSignal()

    def __init__(self, form: Any, tell: Callable[[str, str], None]) -> None:
        super().__init__(form)
        self._form, self._tell, self._own = form, tell, OwnPostures()
        self._dress()
        self._make_menu()
        self.read_postures()

    # --- what the form holds

    @property
    def layer_combos(self) -> tuple[QgsMapLayerComboBox, ...]:
        """The choices of layers, all of them optional."""
        return self._form.crossingsCombo, self._form.roadsCombo

    @property
    def changes(self) -> tuple[Any, ...]:
        """The signals of the fields, beside those of `layer_combos`."""
        form = self._form
        return form.postureCombo.currentIndexChanged, form.traineesSpin.valueChanged, form.contributorsEdit.textChanged

    def values(self) -> dict[str, Any]:
        """Return the values of the fields by their names in `PanelState`."""
        posture = self._form.postureCombo.currentData()
        own = isinstance(posture, str)
        return {
            "posture": PanelState.posture if own else posture,
            "own_posture": posture if own else "",
            "crossings_id": choices.id_of(self._form.crossingsCombo),
            "roads_id": choices.id_of(self._form.roadsCombo),
            "trainees": self._form.traineesSpin.value(),
            "contributors": self._form.contributorsEdit.text().strip(),
        }

    def set_values(self, state: PanelState, project: QgsProject) -> None:
        """Put the values into the fields; what was asked for is not hidden."""
        form = self._form
        self.read_postures()
        choices.choose(form.postureCombo, state.own_posture or state.posture, PanelState.posture)
        for combo, layer_id in zip(self.layer_combos, (state.crossings_id, state.roads_id)):
            combo.setLayer(project.mapLayer(layer_id))
        form.traineesSpin.setValue(state.trainees)
        form.contributorsEdit.setText(state.contributors)
        form.contributorsEdit.setCursorPosition(0)
        if form.crossingsCombo.currentLayer() or state.trainees or state.contributors:
            form.staffingGroup.setCollapsed(False)

    def missing_posture(self, state: PanelState) -> str:
        """Return a sentence if ``state`` asks for a posture that this profile does not have, else an empty text."""
        if not state.own_posture or self._form.postureCombo.currentData() == state.own_posture:
            return ""
        return tr(
            "The project asks for the posture {name}, which is not in your profile: {posture} is chosen. Import its "
            "file to use it.",
        ).format(name=Path(state.own_posture).stem, posture=self._form.postureCombo.currentText())

    def read_postures(self) -> None:
        """Offer the postures that there are, and keep the one that is chosen."""
        combo = self._form.postureCombo
        chosen = combo.currentData()
        combo.blockSignals(True)
        choices.fill(combo, choices.postures())
        own = choices.own_postures(self._own.all())
        if own:
            combo.insertSeparator(combo.count())
            choices.add(combo, own)
        choices.choose(combo, chosen, PanelState.posture)
        combo.blockSignals(False)

    # --- setting up

    def _dress(self) -> None:
        form = self._form
        for combo, kind in zip(
            self.layer_combos, (QgsMapLayerProxyModel.Filter.PointLayer, QgsMapLayerProxyModel.Filter.LineLayer),
        ):
            combo.setFilters(kind)
            combo.setAllowEmptyLayer(True)
        form.traineesSpin.setLocale(user_locale())
        form.traineesSpin.setMaximum(MAX_TRAINEES)
        form.contributorsEdit.setToolTip(look.tip(tr(
            "Who sends how many, with semicolons between. France=30 is a share in per cent of the zone force, "
            "Poland=500 persons a number; what is left of 100 is unassigned. After commas: cap 5000 (the most it "
            "sends), unit 120 (its smallest contingent in one place), role training or support, lead (whole sectors) "
            "or lead S1 + S2.",
        )))
        form.contributorsEdit.editingFinished.connect(lambda: form.contributorsEdit.setCursorPosition(0))
        form.postureButton.setIcon(look.theme_icon("mActionOptions"))

    def _make_menu(self) -> None:
        menu = QMenu(self._form.postureButton)
        self.editAction = menu.addAction(tr("Edit parameters…"))
        menu.addSeparator()
        self.importAction = menu.addAction(tr("Import posture…"))
        self.exportAction = menu.addAction(tr("Export posture…"))
        self.removeAction = menu.addAction(tr("Remove posture"))
        for action, job in (
            (self.editAction, self._edit), (self.importAction, self._import), (self.exportAction, self._export),
            (self.removeAction, self._remove),
        ):
            action.triggered.connect(lambda _checked=False, job=job: self._try(job))
        menu.aboutToShow.connect(self.read_postures)
        menu.aboutToShow.connect(lambda: self.removeAction.setEnabled(self._chosen_own() is not None))
        self._form.postureButton.setMenu(menu)

    # --- the user's own postures

    def _try(self, job: Callable[[], None]) -> None:
        try:
            job()
        except PlanError as error:
            self._tell(str(error), look.ERROR)

    def _chosen_own(self) -> OwnPosture | None:
        key = self._form.postureCombo.currentData()
        return self._own.find(key) if isinstance(key, str) else None

    def _chosen(self) -> Posture:
        """Return the posture that is chosen; raises `PlanError` if its file has gone meanwhile."""
        key, own = self._form.postureCombo.currentData(), self._chosen_own()
        if own is not None:
            return own.posture
        shipped = {} if isinstance(key, str) else shipped_postures()
        if not shipped:
            raise PlanError(tr("The posture cannot be read any more"), tr("Choose another one."))
        return shipped[POSTURES[key]]

    def _edit(self) -> None:
        missing = missing_dependency()
        if missing:
            raise PlanError(missing)
        from ..processing.staffing_parameters import shipped
        from .posture_dialog import PostureDialog

        dialog = PostureDialog(self._chosen(), shipped()["catalogue"], self._own, self._keep, self._form)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _keep(self, posture: Posture, replaces: bool) -> None:
        self._show(self._own.save(posture, replaces))

    def _import(self) -> None:
        path = self._ask_file(tr("Import posture"), QFileDialog.AcceptMode.AcceptOpen)
        if path is None:
            return
        own = self._own.take_in(path)
        self._show(own)
        self._tell(tr("Imported as {name}.").format(name=own.posture.label), look.INFO)

    def _export(self) -> None:
        posture, own = self._chosen(), self._chosen_own()
        name = own.key if own is not None else posture.id + SUFFIX
        path = self._ask_file(tr("Export posture"), QFileDialog.AcceptMode.AcceptSave, name)
        if path is not None:
            write_posture(path, posture)
            self._tell(tr("Written to {path}.").format(path=path), look.INFO)

    def _remove(self) -> None:
        own = self._chosen_own()
        if own is None or not is_sure(
            self._form, tr("Remove the posture {name}?").format(name=own.posture.label),
            tr("Its file is deleted. Projects that use it fall back to another posture."), tr("Remove"),
        ):
            return
        self._own.remove(own)
        self.read_postures()
        self.edited.emit()

    def _show(self, own: OwnPosture) -> None:
        """Choose a posture that was just kept."""
        self.read_postures()
        choices.choose(self._form.postureCombo, own.key, PanelState.posture)
        self.edited.emit()

    def _ask_file(self, title: str, mode: QFileDialog.AcceptMode, name: str = "") -> Path | None:
        return ask_file(self._form, title, mode, tr("Postures ({pattern})"), SUFFIX, name)
