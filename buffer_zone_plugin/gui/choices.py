"""What the combo boxes of the panel offer: labels and one-sentence explanations for the algorithm's numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox

from ..compat import tr
from ..core.spec import POSTURES
from .look import tip
from .posture_values import NO_TEXT
from .postures import OwnPosture, shipped_postures
from .state import OUTPUT_GEOPACKAGE, OUTPUT_TEMPORARY

SPLIT_NONE = 0


@dataclass(frozen=True)
class Choice:
    """One entry of a combo box; ``value`` is what the state and the algorithm know."""

    value: object
    label: str
    explanation: str = ""


def caps() -> list[Choice]:
    """Return the ways to end the zone at an open end of the line."""
    return [
        Choice(0, tr("Round"), tr("The zone goes around the open ends of the line.")),
        Choice(1, tr("Flat"), tr("The zone stops at the open ends of the line.")),
    ]


def splits() -> list[Choice]:
    """Return the kinds of split that need nothing but a number; the toolbox has more."""
    return [
        Choice(SPLIT_NONE, tr("No split"), tr("The whole zone is one sector.")),
        Choice(1, tr("Equal line length"), tr("Each sector holds the same length of the contact line.")),
        Choice(2, tr("Equal area"), tr("Each sector has the same area.")),
        Choice(3, tr("Equal staffing"), tr("Each sector takes the same number of persons, as nearly as posts allow.")),
    ]


def postures() -> list[Choice]:
    """Return the postures in the algorithm's order, with the words of the presets."""
    known = shipped_postures()
    return [
        Choice(number, tr(known[name].label), tr(known[name].description)) if name in known
        else Choice(number, name.replace("_", " "))
        for number, name in enumerate(POSTURES)
    ]


def outputs() -> list[Choice]:
    """Return where the layers can go."""
    return [
        Choice(OUTPUT_TEMPORARY, tr("Temporary layers"), tr("The layers are lost when QGIS closes.")),
        Choice(OUTPUT_GEOPACKAGE, tr("GeoPackage"), tr("One file keeps all layers and their styles.")),
    ]


def own_postures(own: Iterable[OwnPosture]) -> list[Choice]:
    """Return the user's own postures by the names of their files."""
    return [
        Choice(one.key, one.posture.label, tip(one.posture.description)) if one.posture.description != NO_TEXT
        else Choice(one.key, one.posture.label)
        for one in own
    ]


def fill(combo: QComboBox, choices: list[Choice]) -> None:
    """Offer ``choices`` in ``combo``, each with its explanation as tooltip."""
    combo.clear()
    add(combo, choices)


def add(combo: QComboBox, choices: list[Choice]) -> None:
    """Offer ``choices`` after what ``combo`` offers."""
    for row, choice in enumerate(choices, start=combo.count()):
        combo.addItem(choice.label, choice.value)
        combo.setItemData(row, choice.explanation, Qt.ItemDataRole.ToolTipRole)


def choose(combo: QComboBox, value: object, default: object) -> None:
    """Show the entry of ``value``; that of ``default`` if this version does not offer ``value``."""
    row = combo.findData(value)
    combo.setCurrentIndex(row if row >= 0 else combo.findData(default))


def explanation(combo: QComboBox) -> str:
    """Return the explanation of the entry that is shown."""
    return combo.currentData(Qt.ItemDataRole.ToolTipRole) or ""


def id_of(combo: QgsMapLayerComboBox) -> str:
    """Return the id of the layer that is chosen, empty if none is."""
    layer = combo.currentLayer()
    return layer.id() if layer is not None else ""


def name_of(combo: QgsMapLayerComboBox) -> str:
    """Return the name of the layer that is chosen, empty if none is."""
    layer = combo.currentLayer()
    return layer.name() if layer is not None else ""
