"""The chart of persons by scenario: their components, and the range from low to high."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..compat import tr
from . import chart_looks as looks
from .chart_bars import BAR, MOST_BARS, bar_sheet
from .chart_rows import Bar
from .chart_sheet import WIDE, Key, Sheet, number_axis
from .numbers import number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RANGE_ROOM = 0.11  # inches under a bar
CAP = 0.035  # inches: half the height of the ends of a range
HEADROOM = 1.02


def persons_chart(bars: Sequence[Bar], width: float = WIDE, most: int = MOST_BARS) -> Figure:
    """Return the persons of each scenario: a bar of their components, under it the range from low to high.

    Parameters
    ----------
    bars : in the order in which they are shown; those without a plan are named
    width : of the sheet, inches; on a narrow one names stand above the bars
    most : how many are shown at most; a line tells of the rest

    Raises
    ------
    PlanError : matplotlib cannot be used
    """
    chart = bar_sheet(
        tr("Persons by scenario"), _keys(bars[:most]), bars, _figures, tr("central (low–high), two figures each"),
        [_meaning()], width, most, RANGE_ROOM,
    )
    highest = max((bar.high for bar, _ in chart.rows), default=0)
    number_axis(chart.sheet, 0.0, HEADROOM * highest or 1.0, tr("Persons"), whole=True)
    for bar, base in chart.rows:
        left = 0
        for component, persons in bar.components or (("", bar.central),):
            look = looks.COMPONENTS.get(component, looks.ALL_PERSONS)
            if persons:
                chart.sheet.axes.barh(base, persons, BAR, left, align="edge", **look)
            left += persons
        _draw_range(chart.sheet, bar, base - RANGE_ROOM / 2)
    return chart.figure


def _keys(bars: Sequence[Bar]) -> list[Key]:
    there = {component for bar in bars for component, persons in bar.components if persons}
    keys = [Key(name, looks.COMPONENTS[one]) for one, name in _names().items() if one in there]
    if any(not bar.components and not bar.error for bar in bars):
        keys.append(Key(tr("All persons"), looks.ALL_PERSONS))
    return [*keys, Key(tr("Low, central, high"), line={**looks.CENTRAL, **looks.RANGE})]


def _names() -> dict[str, str]:
    return {
        "posts": tr("Posts"), "patrols": tr("Patrols"), "crossings": tr("Crossings"), "reserve": tr("Reserve"),
        "unit": tr("Command and support of units"), "support": tr("Mission support"),
    }


def _meaning() -> str:
    from ..core.staffing.statement import TAKES

    return tr(TAKES)


def _figures(bar: Bar) -> str:
    from ..core.staffing.statement import two_figures

    low, central, high = (number(two_figures(persons)) for persons in (bar.low, bar.central, bar.high))
    return f"{central} ({low}–{high})"


def _draw_range(sheet: Sheet, bar: Bar, y: float) -> None:
    from matplotlib.lines import Line2D

    cap = (y - CAP, y + CAP)
    for ends, heights in (((bar.low, bar.high), (y, y)), ((bar.low, bar.low), cap), ((bar.high, bar.high), cap)):
        sheet.axes.add_line(Line2D(ends, heights, **looks.RANGE))
    sheet.axes.add_line(Line2D([bar.central], [y], clip_on=False, **looks.CENTRAL))
