"""Charts of scenarios and of candidate plans: from plain rows to a figure, to files, or to a picture for the screen.

This is what others import; how charts are drawn is told in the modules that it gathers.
"""

from __future__ import annotations

from .chart_areas import areas_chart
from .chart_bars import MOST_BARS
from .chart_file import SUFFIXES, png, save
from .chart_persons import persons_chart
from .chart_rows import Bar, Point, bar_of, point_of
from .chart_sheet import WIDE
from .chart_text import check_matplotlib
from .chart_trade_off import trade_off_chart

__all__ = [
    "MOST_BARS", "SUFFIXES", "WIDE", "Bar", "Point", "areas_chart", "bar_of", "check_matplotlib", "persons_chart",
    "png", "point_of", "save", "trade_off_chart",
]
