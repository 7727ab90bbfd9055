"""The table of scenarios in the panel: shows entries, and takes what is typed into its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..compat import tr
from ..core.spec import POSTURES
from . import choices
from .look import tip
from .scenario_list import COLUMNS, DEPTHS, NAME, POSTURE, Entry, posture_number, shown, source_text, with_value

AS_IN_FORM = ""
NONE_SHOWN = "–"  # in the cell of a posture that is as in the form
VALUE = Qt.ItemDataRole.UserRole  # of a posture's cell: the word that the core knows
MOST_ROWS = 8  # that are seen without scrolling
ROW_ROOM = 8  # pixels above and below a row's text, together
DEPTH_TEXT, POSTURE_TEXT = "00.0", "Verify…"  # which give the columns their widths


class PostureDelegate(QStyledItemDelegate):
    """Edits the cell of a posture with a list of them."""

    def createEditor(  # noqa: N802  # name of Qt
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex,
    ) -> QWidget:
        """Return the list, which closes when an entry is chosen."""
        combo = QComboBox(parent)
        choices.fill(combo, [choices.Choice(AS_IN_FORM, tr("As in the form")), *_postures()])
        combo.activated.connect(lambda _row: self._take(combo))
        return combo

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:  # noqa: N802  # name of Qt
        """Show the posture of the cell."""
        choices.choose(editor, index.data(VALUE), AS_IN_FORM)

    def setModelData(  # noqa: N802  # name of Qt
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex,
    ) -> None:
        """Keep the posture that was chosen."""
        model.setData(index, editor.currentData(), VALUE)

    def _take(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)


class ScenarioTable(QObject):
    """Shows a list of entries in a table and keeps the list as the table is edited.

    Parameters
    ----------
    table : the widget, without rows or columns
    """

    edited = pyqtSignal()

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self._table = table
        self._entries: list[Entry] = []
        self._filling = False
        self._dress()

    @property
    def entries(self) -> list[Entry]:
        """The scenarios, from the top."""
        return list(self._entries)

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other scenarios."""
        self._entries = list(entries)
        self._filling = True
        try:
            self._table.setRowCount(len(self._entries))
            for row in range(len(self._entries)):
                self._show_row(row)
        finally:
            self._filling = False
        self._fit_height()

    def add(self, entries: Sequence[Entry]) -> None:
        """Show more scenarios below the others, and choose the last of them."""
        self.show([*self._entries, *entries])
        self._table.setCurrentCell(len(self._entries) - 1, 0)
        self.edited.emit()

    def remove_chosen(self) -> None:
        """Take away the scenarios whose cells are selected."""
        chosen = {index.row() for index in self._table.selectedIndexes()}
        if chosen:
            self.show([entry for row, entry in enumerate(self._entries) if row not in chosen])
            self._table.setCurrentCell(min(min(chosen), len(self._entries) - 1), 0)
            self.edited.emit()

    def mark(self, refusals: Mapping[int, str]) -> None:
        """Tell the names with their sources as tooltips, and mark the scenarios, by places, that can have no plan."""
        icon = self._table.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        self._filling = True
        try:
            for row in range(self._table.rowCount()):
                item = self._table.item(row, COLUMNS.index(NAME))
                item.setIcon(icon if row in refusals else QIcon())
                told = (item.text(), refusals.get(row), source_text(self._entries[row]))
                self._tip(item, "\n".join(text for text in told if text))  # the name, too: the column may be narrow
        finally:
            self._filling = False

    def _dress(self) -> None:
        table = self._table
        table.setColumnCount(len(COLUMNS))
        table.setHorizontalHeaderLabels([tr("Name"), tr("A"), tr("B"), tr("Posture")])
        for column, text in ((1, tr("Depth of side A, km")), (2, tr("Depth of side B, km"))):
            table.horizontalHeaderItem(column).setToolTip(text)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + ROW_ROOM)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)  # Tab leaves the table; arrows move in it
        header = table.horizontalHeader()
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(COLUMNS.index(NAME), QHeaderView.ResizeMode.Stretch)
        for column, text in ((1, DEPTH_TEXT), (2, DEPTH_TEXT), (3, POSTURE_TEXT)):
            table.setColumnWidth(column, table.fontMetrics().horizontalAdvance(text) + ROW_ROOM)
        table.setItemDelegateForColumn(COLUMNS.index(POSTURE), PostureDelegate(table))
        table.cellChanged.connect(self._on_cell)
        self._fit_height()

    def _show_row(self, row: int) -> None:
        entry = self._entries[row]
        for column, name in enumerate(COLUMNS):
            item = self._table.item(row, column)
            if item is None:
                item = QTableWidgetItem()
                self._table.setItem(row, column, item)
            item.setText(shown(entry, name))
            if name in DEPTHS:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._tip(item, "" if item.text() else tr("As in the form"))
        self._show_posture(self._table.item(row, COLUMNS.index(POSTURE)), entry)

    def _show_posture(self, item: QTableWidgetItem, entry: Entry) -> None:
        number = posture_number(entry)
        item.setData(VALUE, AS_IN_FORM if number is None else POSTURES[number])
        if number is not None:
            item.setText(_postures()[number].label)
        elif not item.text():
            item.setText(NONE_SHOWN)
        self._tip(item, tr("As in the form") if item.text() == NONE_SHOWN else item.text())

    def _tip(self, item: QTableWidgetItem, text: str) -> None:
        item.setToolTip(tip(text).replace("\n", "<br>") if text else "")

    def _on_cell(self, row: int, column: int) -> None:
        if self._filling:
            return
        item, name = self._table.item(row, column), COLUMNS[column]
        text: Any = item.data(VALUE) if name == POSTURE else item.text()
        self._entries[row] = with_value(self._entries[row], name, text)
        self._filling = True
        try:
            self._show_row(row)
        finally:
            self._filling = False
        self.edited.emit()

    def _fit_height(self) -> None:
        """Make room for the rows there are, up to `MOST_ROWS`."""
        rows = max(2, min(len(self._entries), MOST_ROWS))
        header = self._table.horizontalHeader().sizeHint().height()
        frame = 2 * self._table.frameWidth()
        self._table.setFixedHeight(header + rows * self._table.verticalHeader().defaultSectionSize() + frame)


def _postures() -> list[choices.Choice]:
    """Return the plugin's postures by the words that the core knows."""
    return [choices.Choice(word, one.label, one.explanation) for word, one in zip(POSTURES, choices.postures())]
