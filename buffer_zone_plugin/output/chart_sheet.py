"""What have all charts in common? A sheet with title, keys, a plot, and the words that go with every estimate.

All places on a sheet are inches from its lower left corner. No part of matplotlib is used that other plugins share:
neither pyplot nor its settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..compat import tr
from ..paths import metadata_value
from .chart_text import as_shown, fitted, font, line_height, step_decimals, text_width, wrapped
from .numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE = 8.0  # inches
NARROWEST = 2.5  # a narrower one is as wide as this
NAMES_BESIDE_FROM = 5.0  # on narrower sheets names stand above their bars
DPI = 160
PAPER, INK, GREY, GRID = "#ffffff", "#222222", "#5a5a5a", "#d5d5d5"
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 11.0, 8.5, 7.5  # points
PAD, GAP = 0.14, 0.08
KEY_WIDTH, KEY_HEIGHT, KEY_GAP = 0.26, 0.12, 0.16
TICK = 0.04
TICK_ROOM = 1.15  # widths of a label from tick to tick, at least
LINE_WIDTH = 0.8  # points
STEPS = (1, 2, 5, 10)
MOST_TICKS = 7


@dataclass(frozen=True)
class Key:
    """An entry of the key: a text beside a small box with ``fill``, or a short line with ``line``."""

    text: str
    fill: Mapping[str, Any] = field(default_factory=dict)
    line: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A figure and the edges of its plot, inches."""

    figure: Figure
    axes: Axes
    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """The width of the plot."""
        return self.right - self.left

    def write(
        self, x: float, y: float, text: str, size: float = TEXT_SIZE, *, across: str = "left", **look: Any
    ) -> None:
        """Write one line of text, centred on the height ``y``; ``across`` is the side of it that ``x`` tells."""
        _write(self.figure, x, y, text, size, across, **look)


def new_sheet(
    title: str, keys: Sequence[Key], told: Sequence[str], width: float, plot_height: float,
    margins: tuple[float, float], heading: float = 0.0,
) -> Sheet:
    """Return a sheet with an empty plot.

    Parameters
    ----------
    told : sentences below the plot; status and origin are added
    width : inches, of the sheet
    plot_height : inches
    margins : inches left and right of the plot
    heading : inches between key and plot
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    inside = width - 2 * PAD
    titles = wrapped(title, inside, TITLE_SIZE, bold=True)
    rows = _key_rows(keys, inside)
    words = [line for sentence in (*told, *_origin()) for line in wrapped(sentence, inside, SMALL_SIZE)]
    above = PAD + len(titles) * line_height(TITLE_SIZE) + len(rows) * line_height(TEXT_SIZE) + GAP + heading
    axis = TICK + 2 * line_height(TEXT_SIZE) + GAP
    below = axis + len(words) * line_height(SMALL_SIZE) + PAD
    height = above + plot_height + below
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor=PAPER, edgecolor=PAPER)
    if hasattr(figure, "set_layout_engine"):  # from 3.6 on
        figure.set_layout_engine("none")
    FigureCanvasAgg(figure)
    figure.set_label(title)
    left, right = PAD + margins[0], width - PAD - margins[1]
    axes = _axes(figure, left / width, below / height, (right - left) / width, plot_height / height)
    y = _lines(figure, titles, height - PAD, TITLE_SIZE, weight="bold", color=INK)
    for row in rows:
        _draw_keys(figure, row, y - line_height(TEXT_SIZE) / 2)
        y -= line_height(TEXT_SIZE)
    _lines(figure, words, below - axis, SMALL_SIZE, color=GREY)
    return Sheet(figure, axes, left, right, below, below + plot_height)


def number_axis(sheet: Sheet, low: float, high: float, label: str, whole: bool = False) -> None:
    """Draw the axis below the plot from ``low`` to ``high`` with its label; numbers left of 0 count from 0, too.

    ``whole``: of things that are counted.
    """
    ticks = _ticks(sheet, low, high, whole)
    sheet.axes.set_xlim(low, high)
    sheet.axes.set_xticks(list(ticks))
    sheet.axes.set_xticklabels([])
    y = sheet.bottom - TICK - line_height(TEXT_SIZE) / 2
    for tick, text in ticks.items():
        sheet.write(sheet.left + sheet.width * (tick - low) / (high - low), y, text, across="center")
    label = fitted(label, sheet.figure.get_figwidth() - 2 * PAD, TEXT_SIZE)
    half = text_width(label, TEXT_SIZE) / 2  # kept on the sheet where the plot is far from its middle
    middle = (sheet.left + sheet.right) / 2
    middle = max(PAD + half, min(middle, sheet.figure.get_figwidth() - PAD - half))
    sheet.write(middle, y - line_height(TEXT_SIZE), label, across="center")


def _ticks(sheet: Sheet, low: float, high: float, whole: bool) -> dict[float, str]:
    """Return places with round numbers, as many as there is room for, and their texts."""
    from matplotlib.ticker import MaxNLocator

    inches = sheet.width / (high - low)
    edges = PAD / 2, sheet.figure.get_figwidth() - PAD / 2
    for most in range(MOST_TICKS, 0, -1):
        locator = MaxNLocator(nbins=most, steps=list(STEPS), prune=None, symmetric=False, integer=whole)
        ticks = [float(tick) for tick in locator.tick_values(low, high) if low <= tick <= high]
        step = min((after - before for before, after in zip(ticks, ticks[1:])), default=0.0)
        texts = {tick: number(abs(tick), step_decimals(step)) for tick in ticks}
        halves = {tick: text_width(text, TEXT_SIZE) / 2 for tick, text in texts.items()}
        if step * inches >= TICK_ROOM * 2 * max(halves.values(), default=0.0):
            return {
                tick: text for tick, text in texts.items()
                if edges[0] + halves[tick] <= sheet.left + (tick - low) * inches <= edges[1] - halves[tick]
            }
    return {0.0: number(0)}


def _axes(figure: Figure, *place: float) -> Axes:
    axes = figure.add_axes(place, facecolor=PAPER)
    axes.set_axisbelow(True)
    axes.grid(False)
    axes.set_yticks([])
    axes.minorticks_off()
    axes.tick_params(
        which="both", colors=GREY, direction="out", width=LINE_WIDTH, length=TICK * 72, top=False, bottom=True,
        left=False, right=False, labelbottom=False, labeltop=False, labelleft=False, labelright=False,
    )
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set(edgecolor=GREY, linewidth=LINE_WIDTH)
    axes.grid(True, axis="x", color=GRID, linewidth=LINE_WIDTH, linestyle="-", alpha=1.0)
    return axes


def _write(figure: Figure, x: float, y: float, text: str, size: float, across: str, **look: Any) -> None:
    look = {"color": INK, **look}
    bold, italic = look.pop("weight", "normal") == "bold", look.pop("style", "normal") == "italic"
    figure.text(
        x, y, as_shown(text), transform=figure.dpi_scale_trans, fontproperties=font(size, bold, italic), ha=across,
        va="center_baseline", usetex=False, **look,
    )


def _lines(figure: Figure, lines: Sequence[str], top: float, size: float, **look: Any) -> float:
    """Write lines of text downwards from ``top`` and return where they end."""
    for line in lines:
        _write(figure, PAD, top - line_height(size) / 2, line, size, "left", **look)
        top -= line_height(size)
    return top


def _origin() -> tuple[str, str]:
    """Return what stands on every product, and what made it."""
    from ..core.staffing.statement import STATUS

    return tr(STATUS), software()


def software() -> str:
    """Return name and version of the plugin, as files of charts tell them."""
    return f"{metadata_value('name')} {metadata_value('version')}"


def _key_rows(keys: Sequence[Key], width: float) -> list[list[tuple[float, Key]]]:
    """Return the entries of the key in rows that fit, each with the place where it begins."""
    rows: list[list[tuple[float, Key]]] = []
    x = 0.0
    for key in keys:
        text = fitted(key.text, width - KEY_WIDTH - GAP, TEXT_SIZE)
        needed = KEY_WIDTH + GAP + text_width(text, TEXT_SIZE)
        if not rows or x + needed > width:
            rows.append([])
            x = 0.0
        rows[-1].append((PAD + x, Key(text, key.fill, key.line)))
        x += needed + KEY_GAP
    return rows


def _draw_keys(figure: Figure, row: Sequence[tuple[float, Key]], y: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    inches = figure.dpi_scale_trans
    for x, key in row:
        if key.fill:
            low = y - KEY_HEIGHT / 2
            figure.add_artist(Rectangle((x, low), KEY_WIDTH, KEY_HEIGHT, transform=inches, **key.fill))
        if key.line:
            ends = [x, x + KEY_WIDTH / 2, x + KEY_WIDTH]
            figure.add_artist(Line2D(ends, [y, y, y], transform=inches, markevery=[1], **key.line))
        _write(figure, x + KEY_WIDTH + GAP, y, key.text, TEXT_SIZE, "left")
