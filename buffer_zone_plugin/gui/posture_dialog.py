"""The parameters of a posture in a table: changed values are checked by the core and kept as a posture of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QLocale, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QKeyEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QStyle,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..compat import tr
from ..core.errors import PlanError
from ..core.staffing.parameters import Parameter
from ..core.staffing.postures import Posture
from ..output.numbers import user_locale
from . import look
from .posture_values import (
    ENDS,
    FIXED_ENDS,
    NO_TEXT,
    known_parameters,
    own_posture,
    parameter_label,
    source_of,
    values_of,
    with_values,
    wrong_end,
)
from .postures import LONGEST_NAME, OwnPostures, name_problem

LABEL, UNIT, LOW, CENTRAL, HIGH, SOURCE = range(6)
END_OF = dict(zip((LOW, CENTRAL, HIGH), ENDS))  # by column
SIZE = QSize(1000, 720)
ROOM = 0.9  # of the screen, at most
WIDEST_UNIT = 300  # pixels
NARROWEST_NUMBER = 64
ROW_ROOM = 8  # pixels above and below a row's text, together
LONGEST_DESCRIPTION = 200  # characters, as the core takes
FIGURES = 6  # of a number in a cell

Save = Callable[[Posture, bool], None]  # the posture, and whether it replaces the one of its name


class PostureDialog(QDialog):
    """The table of a posture's parameters.

    Parameters
    ----------
    base : the posture whose values are shown at first
    catalogue : the parameters with their units and sources
    own : the postures that are there
    save : keeps the posture, or raises `PlanError`
    """

    def __init__(
        self, base: Posture, catalogue: Mapping[str, Parameter], own: OwnPostures, save: Save, parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._base, self._catalogue, self._own, self._save = base, catalogue, own, save
        self._names = known_parameters(catalogue)
        self._given: dict[str, dict[str, object]] = {}
        self._problems: dict[str, str] = {}  # by parameter
        self._filling = False
        self._replaces = False
        self.setWindowTitle(tr("Parameters of the posture {posture}").format(posture=tr(base.label)))
        self._build()
        for row in range(len(self._names)):
            self._show_row(row)
        self._fit_columns()
        self.table.cellChanged.connect(self._on_cell)
        self.nameEdit.textChanged.connect(self._show_state)
        self._show_state()

    # --- setting up

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        self.helpLabel = _wrapped(tr(
            "Low is the value that gives fewer persons, high the one that gives more. Where only the central value is "
            "changed, low and high follow in proportion. A cell that is emptied gets its former value back.",
        ))
        layout.addWidget(self.helpLabel)
        self.table = QTableWidget(len(self._names), len(END_OF) + 3, self)
        self.table.setAccessibleName(tr("Staffing parameters"))
        self.table.setHorizontalHeaderLabels(
            [tr("Parameter"), tr("Unit"), tr("Low"), tr("Central"), tr("High"), tr("Source")],
        )
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + ROW_ROOM)
        self.table.setWordWrap(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(True)
        layout.addWidget(self.table)
        self.problemLabel = _wrapped("")
        layout.addWidget(self.problemLabel)
        form = QFormLayout()
        self.nameEdit = _line(tr("Name of the posture"), LONGEST_NAME, self._first_name())
        self.descriptionEdit = _line(tr("Description of the posture"), LONGEST_DESCRIPTION, self._first_description())
        form.addRow(tr("Name"), self.nameEdit)
        form.addRow(tr("Description"), self.descriptionEdit)
        layout.addLayout(form)
        self.buttons = QDialogButtonBox(self)
        self.saveButton = self.buttons.addButton(tr("Save as posture"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        room = self.screen().availableSize() * ROOM
        self.resize(SIZE.boundedTo(room))

    def _first_name(self) -> str:
        if self._own.named(self._base.label) is not None:
            return self._base.label
        return self._own.free_name(tr("{posture}, changed").format(posture=tr(self._base.label)))

    def _first_description(self) -> str:
        if self._own.named(self._base.label) is None:
            return tr("Based on {posture}.").format(posture=tr(self._base.label))
        return "" if self._base.description == NO_TEXT else self._base.description

    def _fit_columns(self) -> None:
        self.table.resizeColumnsToContents()
        self.table.setColumnWidth(UNIT, min(self.table.columnWidth(UNIT), WIDEST_UNIT))
        for column in END_OF:
            self.table.setColumnWidth(column, max(self.table.columnWidth(column), NARROWEST_NUMBER))
        self.table.horizontalHeader().setSectionResizeMode(SOURCE, QHeaderView.ResizeMode.Stretch)

    # --- the table

    def set_cell(self, name: str, end: str, text: str) -> None:
        """Write a text into a cell as a user does; ``end`` is one of low, central, high."""
        self.table.item(self._names.index(name), LOW + ENDS.index(end)).setText(text)

    def cell(self, name: str, end: str) -> QTableWidgetItem:
        """Return the cell of one of a parameter's values."""
        return self.table.item(self._names.index(name), LOW + ENDS.index(end))

    def _show_row(self, row: int) -> None:
        """Write a parameter as it is with what was changed so far."""
        name = self._names[row]
        given = self._given.get(name, {})
        made = with_values({name: given} if given else {}, self._base, self._catalogue)
        source = source_of(name, self._base, self._catalogue)
        unit = tr(self._catalogue[name].unit)
        self._filling = True
        try:
            self._write(row, LABEL, parameter_label(name), name)
            self._write(row, UNIT, unit, unit)
            for (column, end), value in zip(END_OF.items(), values_of(name, made, self._catalogue).values()):
                self._write(row, column, shown(value), "", editable=name != FIXED_ENDS or end == "central")
            self._write(row, SOURCE, tr("Given by the user") if given else source.short, source.full)
        finally:
            self._filling = False

    def _write(self, row: int, column: int, text: str, tip: str, editable: bool = False) -> None:
        item = self.table.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.table.setItem(row, column, item)
        item.setText(text)
        item.setToolTip(look.tip(tip).replace("\n", "<br>") if tip else "")
        item.setIcon(QIcon())
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if column in END_OF:  # one that is fixed is grey
            flags = flags | Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag.ItemIsSelectable
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFlags(flags)

    def _on_cell(self, row: int, column: int) -> None:
        if self._filling or column not in END_OF:
            return
        name = self._names[row]
        self._give(name, END_OF[column], self.table.item(row, column).text().strip())
        self._problems.pop(name, None)
        try:
            self._show_row(row)
        except PlanError as error:
            self._problems[name] = str(error)
            self._mark(row, wrong_end(name, self._given.get(name, {})))
        self._show_state()

    def _give(self, name: str, end: str, text: str) -> None:
        """Keep what a cell says; an empty one says nothing."""
        given = self._given.setdefault(name, {})
        given.pop(end, None)
        if text:
            given[end] = number_or_text(text)
        if not given:
            del self._given[name]

    def _mark(self, row: int, wrong: str) -> None:
        """Show which values cannot be: one, or all three where they do not go together."""
        icon = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        self._filling = True
        try:
            for column, end in END_OF.items():
                item = self.table.item(row, column)
                is_wrong = not wrong or end == wrong
                item.setIcon(icon if is_wrong else QIcon())
                item.setToolTip(look.tip(self._problems[self._names[row]]) if is_wrong else "")
        finally:
            self._filling = False

    # --- what the dialog says

    def problem(self) -> str:
        """Return what keeps the posture from being saved, or an empty text."""
        for name in self._names:
            if name in self._problems:
                return tr("{parameter}: {problem}").format(
                    parameter=parameter_label(name), problem=self._problems[name],
                )
        return name_problem(self._name())

    def _show_state(self) -> None:
        problem = self.problem()
        self._replaces = replaces = not problem and self._own.named(self._name()) is not None
        note = tr("A posture of this name is there: saving replaces it.") if replaces else ""
        self.problemLabel.setText(problem or note)
        look.paint_text(self.problemLabel, look.ERROR if problem else look.WARNING, self)
        self.problemLabel.setVisible(bool(problem or note))
        self.saveButton.setText(tr("Replace posture") if replaces else tr("Save as posture"))
        self.saveButton.setEnabled(not problem)
        self.saveButton.setToolTip(look.tip(problem) if problem else "")

    def _name(self) -> str:
        return " ".join(self.nameEdit.text().split())

    def accept(self) -> None:
        """Save and close; where that fails say why and stay."""
        if self.problem():
            return
        try:
            made = own_posture(
                self._given, self._base, self._catalogue, self._name(), self.descriptionEdit.text().strip(),
            )
            self._save(made, self._replaces)
        except PlanError as error:
            self.problemLabel.setText(str(error))
            look.paint_text(self.problemLabel, look.ERROR, self)
            self.problemLabel.show()
            return
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # name of Qt
        """Keep Return, which ends the editing of a cell, from saving the posture."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


def shown(value: float) -> str:
    """Return a number as a cell shows it, with the decimal separator of the user's language."""
    return _locale().toString(float(value), "g", FIGURES)


def number_or_text(text: str) -> object:
    """Return the number that a cell holds; the text itself where it holds none, for the core to refuse."""
    number, understood = _locale().toDouble(text)
    return number if understood else text


def _locale() -> QLocale:
    locale = user_locale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator | QLocale.NumberOption.RejectGroupSeparator)
    return locale


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _line(accessible_name: str, most: int, text: str) -> QgsFilterLineEdit:
    edit = QgsFilterLineEdit()
    edit.setAccessibleName(accessible_name)
    edit.setMaxLength(most)
    edit.setText(text)
    return edit
