"""The chart of areas by side: side A left and side B right of the contact line, the strip between two lines in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..compat import tr
from . import chart_looks as looks
from .chart_bars import BAR, MOST_BARS, bar_sheet
from .chart_rows import Bar
from .chart_sheet import GAP, TEXT_SIZE, WIDE, Key, number_axis
from .chart_text import area_text, text_width

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BEYOND = 0.03  # inches, of the contact line above and below a bar
SMALLEST_PLOT = 0.6  # inches for the bars, however wide their figures are


def areas_chart(
    bars: Sequence[Bar], name_a: str, name_b: str, width: float = WIDE, most: int = MOST_BARS,
) -> Figure:
    """Return the areas of each scenario by side, to the left and to the right of the contact line.

    Parameters
    ----------
    bars : in the order in which they are shown; those without a plan are named
    name_a, name_b : of the sides
    width : of the sheet, inches; on a narrow one names stand above the bars
    most : how many are shown at most; a line tells of the rest

    Raises
    ------
    PlanError : matplotlib cannot be used
    """
    strip = any(bar.strip_km2 > 0 for bar in bars[:most])
    keys = [Key(name_a, looks.SIDES["A"]), Key(name_b, looks.SIDES["B"])]
    if strip:
        keys.insert(1, Key(tr("Between the lines"), looks.SIDES["strip"]))
    keys.append(Key(tr("Middle of the lines") if strip else tr("Contact line"), line=looks.CONTACT_LINE))
    head = tr("total (of it between the lines), km²") if strip else tr("total, km²")
    chart = bar_sheet(
        tr("Area by side"), keys, bars, _with_strip if strip else _total, head, [_meaning(strip)], width, most,
    )
    rows, sheet = chart.rows, chart.sheet
    room_a, room_b = (
        max((text_width(area_text(side(bar)), TEXT_SIZE) for bar, _ in rows), default=0.0) + 2 * GAP
        for side in (_side_a, _side_b)
    )
    most_a = max((bar.strip_km2 / 2 + bar.area_a_km2 for bar, _ in rows), default=0.0)
    most_b = max((bar.strip_km2 / 2 + bar.area_b_km2 for bar, _ in rows), default=0.0)
    km2_per_inch = ((most_a + most_b) or 1.0) / max(sheet.width - room_a - room_b, SMALLEST_PLOT)
    number_axis(sheet, -most_a - room_a * km2_per_inch, most_b + room_b * km2_per_inch, tr("Area (km²)"))
    if chart.names_beside:
        sheet.axes.axvline(0.0, **looks.CONTACT_LINE)
    else:  # names stand in its way
        for _, base in rows:
            sheet.axes.vlines(0.0, base - BEYOND, base + BAR + BEYOND, **looks.CONTACT_BIT)
    middle = sheet.left + (room_a + most_a / km2_per_inch)
    for bar, base in rows:
        half, y = bar.strip_km2 / 2, sheet.bottom + base + BAR / 2
        for kind, left, area in (
            ("A", -half - bar.area_a_km2, bar.area_a_km2), ("strip", -half, bar.strip_km2), ("B", half, bar.area_b_km2),
        ):
            if area > 0:
                sheet.axes.barh(base, area, BAR, left, align="edge", **looks.SIDES[kind])
        ends = ((half + bar.area_a_km2) / km2_per_inch, (half + bar.area_b_km2) / km2_per_inch)
        sheet.write(middle - ends[0] - GAP / 2, y, area_text(bar.area_a_km2), across="right", **looks.on_paper())
        sheet.write(middle + ends[1] + GAP / 2, y, area_text(bar.area_b_km2), **looks.on_paper())
    return chart.figure


def _side_a(bar: Bar) -> float:
    return bar.area_a_km2


def _side_b(bar: Bar) -> float:
    return bar.area_b_km2


def _total(bar: Bar) -> str:
    return area_text(bar.area_km2)


def _with_strip(bar: Bar) -> str:
    return f"{area_text(bar.area_km2)} ({area_text(bar.strip_km2)})"


def _meaning(strip: bool) -> str:
    sentences = [tr("Areas on the WGS 84 ellipsoid, rounded.")]
    if strip:
        sentences.append(tr("The axis counts from the middle of the strip between the lines."))
    return " ".join(sentences)
