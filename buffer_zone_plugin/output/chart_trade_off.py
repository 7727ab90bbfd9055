"""The chart of candidate plans: what more area takes in persons, posture by posture, and where the ceiling lies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from ..compat import tr
from . import chart_looks as looks
from .chart_places import Box, along, apart, around, free_place
from .chart_rows import Point
from .chart_sheet import (
    GAP,
    GREY,
    GRID,
    LINE_WIDTH,
    NAMES_BESIDE_FROM,
    NARROWEST,
    PAPER,
    SMALL_SIZE,
    TEXT_SIZE,
    TICK,
    WIDE,
    Key,
    Sheet,
    new_sheet,
    number_axis,
)
from .chart_text import POINTS_PER_INCH, check_matplotlib, fitted, line_height, text_width
from .numbers import number, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEIGHT, NARROW_HEIGHT = 4.4, 2.8  # inches, of the plot
LARGE, SMALL = 5.5, 3.2  # points: a marker, and one of a plan that does not fit
MOST_LABELS = 40
MOST_RANGES = 100  # of more, only those of plans that are not dominated: the others would cover them
LOGARITHMIC_FROM = 25.0  # times the smallest number: below it a plain scale shows all
LABEL_HEIGHT, LABEL_GAP = 0.11, 0.06  # inches: of a label, and from its point
HEADROOM = 1.05
PER_DECADE = (1, 2, 5)
MOST_TICKS = 12
ASIDE = 0.03  # inches from the range of one posture to that of the next
BEHIND, BEFORE = 1.0, 3.0  # orders of drawing


class Scale(NamedTuple):
    """The upright scale: from ``low`` to ``high`` persons, logarithmic or not."""

    low: float
    high: float
    logarithmic: bool

    def share(self, persons: float) -> float:
        """Return where a number stands, from 0 at the bottom to 1 at the top."""
        if not self.logarithmic:
            return persons / self.high
        return math.log(max(persons, self.low) / self.low) / math.log(self.high / self.low)


class Placed(NamedTuple):
    """A plan and where it stands on the sheet, inches; ``low`` and ``high`` are the ends of its range."""

    point: Point
    x: float
    y: float
    low: float
    high: float


def trade_off_chart(points: Sequence[Point], ceiling: int = 0, width: float = WIDE) -> Figure:
    """Return the persons of candidate plans over their area, with a line for each posture.

    Parameters
    ----------
    points : in any order; postures get their marks in the order in which they come
    ceiling : persons, 0 for none
    width : of the sheet, inches

    Raises
    ------
    PlanError : matplotlib cannot be used
    """
    check_matplotlib()
    width = max(width, NARROWEST)
    scale = _scale(points, ceiling)
    ticks = {persons: number(persons) for persons in _ticks(scale)}
    marks = dict(zip(dict.fromkeys(point.posture for point in points), cycle(looks.POSTURES)))
    sheet = new_sheet(
        tr("Persons and area of candidate plans"), _keys(points, marks, ceiling), _told(points), width,
        HEIGHT if width >= NAMES_BESIDE_FROM else NARROW_HEIGHT,
        (max(text_width(text, TEXT_SIZE) for text in ticks.values()) + TICK, 0.0), line_height(TEXT_SIZE) + GAP,
    )
    _draw_persons(sheet, scale, ticks)
    widest = HEADROOM * max((point.area_km2 for point in points), default=0.0) or 1.0
    number_axis(sheet, 0.0, widest, tr("Area (km²)"))
    placed = [
        Placed(
            point, sheet.left + sheet.width * point.area_km2 / widest,
            *(_height(sheet, scale, persons) for persons in (point.central, point.low, point.high)),
        )
        for point in points
    ]
    lines = [*_draw_ranges(sheet, placed, marks), *_draw_series(sheet, placed, marks)]
    taken = [around(one.x, one.y, LARGE / POINTS_PER_INCH, LARGE / POINTS_PER_INCH) for one in placed]
    if ceiling > 0:
        y = _height(sheet, scale, ceiling)
        _line(sheet, [sheet.left, sheet.right], [y, y], **looks.CEILING, zorder=BEHIND)
        taken.append(Box(sheet.left, y, sheet.right, y))
    ranked = sorted(placed, key=lambda one: (one.point.dominated, -one.x, one.y))  # who gets a label first
    taken += _name_series(sheet, ranked, taken, lines)
    if len(points) > MOST_LABELS or width < NAMES_BESIDE_FROM:  # a label over a line would be one too many
        taken, lines = [*taken, *lines], []
    _label(sheet, ranked, taken, lines)
    return sheet.figure


def _scale(points: Sequence[Point], ceiling: int) -> Scale:
    numbers = [persons for point in points for persons in (point.low, point.high)]
    high = HEADROOM * max([*numbers, ceiling]) if numbers or ceiling else 1.0
    low = min((persons for persons in (*numbers, ceiling) if persons > 0), default=1)
    return Scale(low / HEADROOM, high or 1.0, high > LOGARITHMIC_FROM * low)


def _ticks(scale: Scale) -> list[float]:
    """Return round numbers of persons for the scale."""
    from matplotlib.ticker import MaxNLocator

    if not scale.logarithmic:
        found = MaxNLocator(nbins=7, steps=[1, 2, 5, 10], integer=True).tick_values(0.0, scale.high)
        return [float(tick) for tick in found if 0 <= tick <= scale.high]
    decades = range(math.floor(math.log10(scale.low)), math.ceil(math.log10(scale.high)) + 1)
    ticks = [
        float(tick) for decade in decades for step in PER_DECADE
        if (tick := step * 10**decade) >= 1 and scale.low <= tick <= scale.high
    ]
    return ticks if len(ticks) <= MOST_TICKS else [tick for tick in ticks if math.log10(tick).is_integer()]


def _height(sheet: Sheet, scale: Scale, persons: float) -> float:
    return sheet.bottom + (sheet.top - sheet.bottom) * scale.share(persons)


def _keys(points: Sequence[Point], marks: Mapping[str, looks.Look], ceiling: int) -> list[Key]:
    keys = [Key(posture, line={**mark, **_inside(mark), "markersize": LARGE}) for posture, mark in marks.items()]
    if any(point.dominated for point in points):
        hollow = {**looks.ALONE, "markerfacecolor": PAPER, "markersize": LARGE}
        keys.append(Key(tr("Hollow: dominated by another plan"), line=hollow))
    if any(not point.fits for point in points):
        small = {**looks.ALONE, "markerfacecolor": GREY, "markersize": SMALL}
        keys.append(Key(tr("Small: does not fit"), line=small))
    if ceiling > 0:
        told = tr("Ceiling: 1 person") if ceiling == 1 else tr("Ceiling: {persons} persons")
        keys.append(Key(told.format(persons=number(ceiling)), line=looks.CEILING))
    return keys


def _told(points: Sequence[Point]) -> list[str]:
    ranges = tr("Beside points: depth of sides A + B, km. Thin bars: from low to high.")
    if len(points) > MOST_RANGES:
        ranges = tr(
            "Beside points: depth of sides A + B, km. Thin bars: from low to high, of plans that are not dominated.",
        )
    return [ranges]


def _inside(mark: looks.Look, hollow: bool = False) -> dict[str, Any]:
    return {"markerfacecolor": PAPER if hollow else mark["color"]}


def _draw_persons(sheet: Sheet, scale: Scale, ticks: Mapping[float, str]) -> None:
    """Draw the upright scale with its label on top."""
    label = tr("Persons, central (logarithmic scale)") if scale.logarithmic else tr("Persons, central")
    label = fitted(label, sheet.width, TEXT_SIZE)
    sheet.write(sheet.left, sheet.top + GAP / 2 + line_height(TEXT_SIZE) / 2, label)
    for persons, text in ticks.items():
        y = _height(sheet, scale, persons)
        _line(sheet, [sheet.left, sheet.right], [y, y], color=GRID, linewidth=LINE_WIDTH, zorder=0.5)
        sheet.write(sheet.left - TICK, y, text, across="right")


def _draw_ranges(sheet: Sheet, placed: Sequence[Placed], marks: Mapping[str, looks.Look]) -> Iterator[Box]:
    """Draw the range of each plan, those of different postures beside each other, and yield what it covers."""
    aside = {posture: (place - (len(marks) - 1) / 2) * ASIDE for place, posture in enumerate(marks)}
    for one in placed:
        if len(placed) <= MOST_RANGES or not one.point.dominated:
            x, colour = one.x + aside[one.point.posture], marks[one.point.posture]["color"]
            _line(sheet, [x, x], [one.low, one.high], **looks.THIN_RANGE, color=colour, zorder=BEHIND)
            yield from along((x, one.low), (x, one.high))


def _draw_series(sheet: Sheet, placed: Sequence[Placed], marks: Mapping[str, looks.Look]) -> Iterator[Box]:
    """Draw the plans of a posture with the line that joins them, and yield what the line covers."""
    def key(one: Placed) -> tuple[str, str]:
        return one.point.posture, one.point.series

    for (posture, _), series in groupby(sorted(placed, key=lambda one: (*key(one), one.x, one.y)), key):
        mark, plans = marks[posture], list(series)
        _line(sheet, [one.x for one in plans], [one.y for one in plans], **{**mark, "marker": "", "zorder": BEHIND + 1})
        for one in plans:
            size = LARGE if one.point.fits else SMALL
            look = {**mark, **_inside(mark, one.point.dominated), "linestyle": "none", "markersize": size}
            _line(sheet, [one.x], [one.y], **look, zorder=BEFORE)
        for one, following in zip(plans, plans[1:]):
            yield from along((one.x, one.y), (following.x, following.y))


def _label(sheet: Sheet, ranked: Sequence[Placed], taken: Sequence[Box], lines: Sequence[Box]) -> None:
    """Write depths beside plans where there is room."""
    covered = list(taken)
    for one in ranked[:MOST_LABELS]:
        text = f"{short(one.point.depth_a_km)} + {short(one.point.depth_b_km)}"
        place = _free_beside(sheet, one, text, covered, lines)
        if place is not None and _nearest(place, ranked) is one:
            covered.append(place)
            _write(sheet, place, text)


def _name_series(
    sheet: Sheet, ranked: Sequence[Placed], taken: Sequence[Box], lines: Sequence[Box]
) -> list[Box]:
    """Write the name of each series beside the first of its plans where there is room; return what that covers."""
    names: dict[tuple[str, str], Box] = {}
    for one in ranked:
        key = one.point.posture, one.point.series
        if not one.point.series or key in names:
            continue
        place = _free_beside(sheet, one, one.point.series, [*taken, *names.values()], lines)
        near = None if place is None else _nearest(place, ranked).point
        if place is not None and near is not None and (near.posture, near.series) == key:
            names[key] = place
            _write(sheet, place, one.point.series)
    return list(names.values())


def _free_beside(
    sheet: Sheet, one: Placed, text: str, taken: Sequence[Box], lines: Sequence[Box]
) -> Box | None:
    inside = Box(sheet.left, sheet.bottom, sheet.right, sheet.top)
    return free_place((one.x, one.y), text_width(text, SMALL_SIZE), LABEL_HEIGHT, LABEL_GAP, inside, taken, lines)


def _nearest(place: Box, placed: Sequence[Placed]) -> Placed:
    return min(placed, key=lambda one: apart(place, one.x, one.y))


def _write(sheet: Sheet, place: Box, text: str) -> None:
    middle = (place.bottom + place.top) / 2
    sheet.write(place.left, middle, text, SMALL_SIZE, zorder=BEFORE + 1, **looks.on_paper())


def _line(sheet: Sheet, xs: Sequence[float], ys: Sequence[float], **look: Any) -> None:
    from matplotlib.lines import Line2D

    sheet.figure.add_artist(Line2D(xs, ys, transform=sheet.figure.dpi_scale_trans, **look))
