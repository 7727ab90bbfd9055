"""Before a GeoPackage is replaced: asks once, and never touches a file that the project shows."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject, QgsProviderRegistry
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from ..compat import tr
from .problems import free_path

REPLACE, OTHER, STOP = "replace", "other", "stop"


def layers_of(path: Path, project: QgsProject) -> list[str]:
    """Return the ids of the project's layers that come from the file."""
    registry = QgsProviderRegistry.instance()
    wanted = _normal(path)
    return [
        layer_id for layer_id, layer in project.mapLayers().items()
        if _normal(Path(registry.decodeUri(layer.providerType(), layer.source()).get("path") or "")) == wanted
    ]


def _normal(path: Path) -> Path:
    return path.resolve()


def settle(path: Path, project: QgsProject, parent: QWidget) -> tuple[Path, bool] | None:
    """Return the file to write and whether it replaces an old one; None if the user wants neither.

    A file that is open in the project is left alone, since its layers would change under the user's hands; the plan can
    go to a new file beside it instead.
    """
    if not path.exists():
        return path, False
    other = free_path(path)
    is_open = bool(layers_of(path, project))
    answer = ask(path.name, other.name, is_open, parent)
    if answer == STOP:
        return None
    return (path, True) if answer == REPLACE else (other, False)


def ask(name: str, other: str, is_open: bool, parent: QWidget) -> str:
    """Ask what to do with an existing file: `REPLACE` it, write `OTHER` beside it, or `STOP`."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr("Buffer Zone Planner"))
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    if is_open:
        box.setText(tr("{name} is open in this project.").format(name=name))
        box.setInformativeText(tr("Its layers stay as they are. The new plan can be written beside it."))
    else:
        box.setText(tr("{name} exists already.").format(name=name))
        box.setInformativeText(tr("Replacing it deletes everything in the file."))
    buttons = {}
    if not is_open:
        buttons[box.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)] = REPLACE
    write = tr("Write {name}").format(name=other.replace("&", "&&"))  # a single & would mark a shortcut
    beside = box.addButton(write, QMessageBox.ButtonRole.AcceptRole)
    buttons[beside] = OTHER
    stop = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(beside)
    box.setEscapeButton(stop)
    box.exec()
    return buttons.get(box.clickedButton(), STOP)
