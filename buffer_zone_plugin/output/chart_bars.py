"""The rows of a chart with a bar for each scenario: its name beside or above the bar, and its figures on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..compat import tr
from .chart_looks import on_paper
from .chart_rows import Bar
from .chart_sheet import GAP, GREY, NAMES_BESIDE_FROM, NARROWEST, PAD, SMALL_SIZE, TEXT_SIZE, Key, Sheet, new_sheet
from .chart_text import check_matplotlib, fitted, line_height, text_width
from .numbers import number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_BARS = 40
BAR, ROW_GAP = 0.17, 0.10  # inches: height of a bar, and what is free between two scenarios
WIDEST_NAME = 0.32  # of the sheet


@dataclass(frozen=True)
class BarSheet:
    """A sheet with a row for each scenario; ``rows`` are those with a plan and the lower edges of their bars.

    Heights in the plot are inches from its lower edge.
    """

    sheet: Sheet
    rows: tuple[tuple[Bar, float], ...]
    names_beside: bool

    @property
    def figure(self) -> Figure:
        """The figure of the sheet."""
        return self.sheet.figure


def bar_sheet(
    title: str, keys: Sequence[Key], bars: Sequence[Bar], figures: Callable[[Bar], str], figures_head: str,
    told: Sequence[str], width: float, most: int, below: float = 0.0,
) -> BarSheet:
    """Return a sheet with names and figures of scenarios, ready for their bars.

    Parameters
    ----------
    bars : the first ``most`` are shown; those without a plan are named with the reason
    figures : tells the figures of a scenario, which stand right of its bar
    figures_head : what these are
    width : inches, of the sheet
    below : inches under each bar that belong to it

    Raises
    ------
    PlanError : matplotlib cannot be used
    """
    check_matplotlib()
    width, shown = max(width, NARROWEST), bars[:most]
    texts = [tr("no plan") if bar.error else figures(bar) for bar in shown]
    beside = width >= NAMES_BESIDE_FROM
    name_line = 0.0 if beside else line_height(TEXT_SIZE)
    row_height = name_line + BAR + below + ROW_GAP
    margins = _margins(shown, texts, width) if beside else (0.0, 0.0)
    head = fitted(figures_head, width - 2 * PAD, SMALL_SIZE)
    sheet = new_sheet(
        title, keys, (*told, *_rest(bars, most)), width, max(len(shown), 1) * row_height, margins,
        line_height(SMALL_SIZE) + GAP / 2,
    )
    sheet.axes.set_ylim(0.0, sheet.top - sheet.bottom)
    right = width - PAD
    sheet.write(right, sheet.top + line_height(SMALL_SIZE) / 2, head, SMALL_SIZE, across="right", color=GREY)
    found = []
    halo = {} if beside else on_paper()  # on a narrow sheet texts stand in the plot
    for place, (bar, text) in enumerate(zip(shown, texts)):
        base = sheet.top - place * row_height - ROW_GAP / 2 - name_line - BAR
        y = base + BAR / 2 if beside else base + BAR + name_line / 2
        look = {"color": GREY, "style": "italic"} if bar.error else {}
        sheet.write(right, y, text, across="right", **look, **halo)
        room = margins[0] - GAP if beside else right - PAD - GAP - text_width(text, TEXT_SIZE)
        sheet.write(PAD, y, fitted(bar.name, room, TEXT_SIZE), **halo)
        if bar.error:
            reason = fitted(bar.error, sheet.width - GAP, SMALL_SIZE)
            sheet.write(sheet.left + GAP / 2, base + BAR / 2, reason, SMALL_SIZE, **look, **on_paper())
        else:
            found.append((bar, base - sheet.bottom))
    return BarSheet(sheet, tuple(found), beside)


def _margins(bars: Sequence[Bar], texts: Sequence[str], width: float) -> tuple[float, float]:
    """Return what names on the left and figures on the right take, inches."""
    names = max((text_width(" ".join(bar.name.split()), TEXT_SIZE) for bar in bars), default=0.0)
    figures = max((text_width(text, TEXT_SIZE) for text in texts), default=0.0)
    return min(names, WIDEST_NAME * width) + GAP, figures + GAP


def _rest(bars: Sequence[Bar], most: int) -> list[str]:
    if len(bars) <= most:
        return []
    told = tr("The first {shown} of {all} scenarios are shown; the table has all.")
    return [told.format(shown=number(most), all=number(len(bars)))]
