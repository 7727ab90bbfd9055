"""What the panel asks its user: which file, and whether something may be lost."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from ..compat import tr


def ask_file(
    parent: QWidget, title: str, mode: QFileDialog.AcceptMode, kind: str, suffix: str, name: str = "",
) -> Path | None:
    """Let the user choose a file; one that is written in the place of another is asked about.

    Parameters
    ----------
    kind : what such files hold, with ``{pattern}`` for their names
    suffix : of such files, with its dot
    name : that is proposed for a file that is written
    """
    dialog = QFileDialog(parent, title, "", kind.format(pattern="*" + suffix))
    dialog.setAcceptMode(mode)
    dialog.setDefaultSuffix(suffix.lstrip("."))
    if mode == QFileDialog.AcceptMode.AcceptOpen:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    else:
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(name)
    return _answer(dialog)


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Let the user choose a folder."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _answer(dialog)


def is_sure(parent: QWidget, question: str, more: str, verb: str) -> bool:
    """Ask whether something may be lost; ``verb`` is on the button that does it, and it is not the default."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr("Buffer Zone Planner"))
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(more)
    do = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    sure = box.clickedButton() is do
    box.deleteLater()
    return sure


def _answer(dialog: QFileDialog) -> Path | None:
    chosen = dialog.selectedFiles() if dialog.exec() == QDialog.DialogCode.Accepted else []
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None
