"""The charts of a comparison in the panel: drawn for its width, larger in a window of their own, or as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QIcon, QPixmap
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from ..compat import tr
from ..core.errors import PlanError
from ..output import charts
from ..output.charts import Bar
from . import choices, look
from .questions import ask_folder, is_sure
from .words import measure, persons_between

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PERSONS, AREAS = "persons", "areas"  # names of the files, too
MOST_IN_PANEL = 12
REDRAW_DELAY_MS = 200  # drawn anew when the panel's width has come to rest
ROOM = 0.9  # of the screen, at most
FRAME = 8  # pixels around the chart, together


class ScenarioCharts(QObject):
    """Shows the charts of a comparison.

    Parameters
    ----------
    form : the section of the panel, with the fields of its form as attributes
    tell : shows a sentence of a kind (`look.INFO` …) to the user
    """

    def __init__(self, form: Any, tell: Callable[[str, str], None]) -> None:
        super().__init__(form)
        self._form, self._tell = form, tell
        self._bars: Sequence[Bar] = ()
        self._names = ("", "")
        self._drawn_for = 0  # pixels
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REDRAW_DELAY_MS)
        self._timer.timeout.connect(self._on_rest)
        kinds = {PERSONS: tr("Persons"), AREAS: tr("Area by side")}
        choices.fill(form.chartCombo, [choices.Choice(kind, label) for kind, label in kinds.items()])
        form.chartCombo.currentIndexChanged.connect(lambda _row: self._draw())
        form.chartButton.clicked.connect(self._enlarge)
        form.saveChartsButton.clicked.connect(lambda: self._try(self._save))
        form.chartBox.installEventFilter(self)
        form.chartBox.hide()

    def show(self, bars: Sequence[Bar], name_a: str, name_b: str) -> None:
        """Show the charts of scenarios, given the names of the sides."""
        self._bars, self._names = tuple(bars), (name_a, name_b)
        self._form.chartBox.setVisible(bool(bars))
        self._draw()

    def hide(self) -> None:
        """Show nothing: there is no comparison, or another one."""
        self._bars = ()
        self._form.chartBox.hide()

    def eventFilter(self, box: QObject, event: QEvent) -> bool:  # noqa: N802  # name of Qt
        """Draw anew when the panel gets another width."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and self._bars:
            self._timer.start()
        return False

    def _on_rest(self) -> None:
        if self._bars and self._width() != self._drawn_for:
            self._draw()

    def _width(self) -> int:
        return self._form.chartBox.contentsRect().width() - FRAME

    def _draw(self) -> None:
        if self._bars:
            self._try(self._draw_in_panel)

    def _draw_in_panel(self) -> None:
        self._drawn_for = self._width()
        picture = self._picture(self._drawn_for / self._form.logicalDpiX(), MOST_IN_PANEL)
        button = self._form.chartButton
        button.setIcon(QIcon(picture))
        button.setIconSize(picture.size() / picture.devicePixelRatio())
        button.setAccessibleDescription(self._in_words())

    def _figure(self, kind: str, width: float = charts.WIDE, most: int = charts.MOST_BARS) -> Figure:
        if kind == AREAS:
            return charts.areas_chart(self._bars, *self._names, width, most)
        return charts.persons_chart(self._bars, width, most)

    def _picture(self, width: float = charts.WIDE, most: int = charts.MOST_BARS) -> QPixmap:
        """Return the chart that is chosen as sharp as the screen shows it; ``width`` in inches of the screen."""
        ratio = self._form.devicePixelRatioF()
        figure = self._figure(self._form.chartCombo.currentData(), width, most)
        picture = QPixmap()
        picture.loadFromData(charts.png(figure, self._form.logicalDpiX() * ratio))
        picture.setDevicePixelRatio(ratio)
        return picture

    def _in_words(self) -> str:
        """Return what the chart shows for those who do not see it."""
        kind = self._form.chartCombo.currentData()
        return "; ".join(_told(bar, kind, self._names) for bar in self._bars[:MOST_IN_PANEL])

    def _enlarge(self) -> None:
        self._try(self._open_large)

    def _open_large(self) -> None:
        dialog = LargeChart(self._form.chartCombo.currentText(), self._picture(), self._form)
        dialog.saveButton.clicked.connect(lambda: self._try(self._save))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _save(self) -> None:
        folder = ask_folder(self._form, tr("Folder for the charts"))
        if folder is None:
            return
        there = [name for kind in (PERSONS, AREAS) for name in _files(kind) if (folder / name).exists()]
        if there and not is_sure(
            self._form, tr("{folder} holds charts already.").format(folder=folder),
            tr("Replaced would be: {names}").format(names=", ".join(there)), tr("Replace"),
        ):
            return
        for kind in (PERSONS, AREAS):
            charts.save(self._figure(kind), folder / kind, overwrite=True)
        self._tell(tr("Charts written to {folder}.").format(folder=folder), look.INFO)

    def _try(self, job: Callable[[], None]) -> None:
        try:
            job()
        except PlanError as error:
            self._tell(str(error), look.ERROR)


class LargeChart(QDialog):
    """A chart in a window of its own, with scroll bars where it is larger than the window."""

    def __init__(self, title: str, picture: QPixmap, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        label = QLabel(self)
        label.setPixmap(picture)
        label.setAccessibleName(title)
        scroll = QScrollArea(self)
        scroll.setWidget(label)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        self.saveButton = buttons.addButton(tr("Save charts…"), QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        shown = picture.size() / picture.devicePixelRatio()
        wanted = shown + QSize(60, buttons.sizeHint().height() + 60)
        self.resize(wanted.boundedTo(self.screen().availableSize() * ROOM))


def _files(kind: str) -> list[str]:
    return [kind + suffix for suffix in charts.SUFFIXES]


def _told(bar: Bar, kind: str, names: tuple[str, str]) -> str:
    if bar.error:
        return tr("{name}: no plan").format(name=bar.name)
    if kind == PERSONS:
        return f"{bar.name}: {persons_between(bar.low, bar.central, bar.high)}"
    sides = zip(names, (bar.area_a_km2, bar.area_b_km2))
    return f"{bar.name}: " + ", ".join(f"{side} {measure(area, 'km²')}" for side, area in sides)
