"""Where do labels go beside points, so that none lies on another? All lengths are inches."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# from the point to the middle of the label, in halves of the label's size; the best place first
AROUND = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
FURTHER = 2.2  # times the gap: for labels that find no place beside their point
STEP = 0.05  # between the places at which a line is looked at


class Box(NamedTuple):
    """A rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float


def around(x: float, y: float, width: float, height: float) -> Box:
    """Return the box of this size with its middle at x, y."""
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def overlap(one: Box, other: Box) -> bool:
    """Return whether two boxes share more than an edge."""
    return (
        one.left < other.right and other.left < one.right and one.bottom < other.top and other.bottom < one.top
    )


def apart(box: Box, x: float, y: float) -> float:
    """Return how far a point lies from a box, 0 inside."""
    return math.hypot(max(box.left - x, 0.0, x - box.right), max(box.bottom - y, 0.0, y - box.top))


def along(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Box]:
    """Yield small boxes along a straight line."""
    (x, y), (to_x, to_y) = start, end
    steps = max(1, int(max(abs(to_x - x), abs(to_y - y)) / STEP))
    for step in range(steps + 1):
        yield around(x + (to_x - x) * step / steps, y + (to_y - y) * step / steps, STEP, STEP)


def free_place(
    point: tuple[float, float], width: float, height: float, gap: float, inside: Box, taken: Sequence[Box],
    better_free: Sequence[Box],
) -> Box | None:
    """Return a place for a label beside a point; None if there is none.

    Parameters
    ----------
    width, height : of the label
    gap : from the point to the label
    inside : where labels may be
    taken : what the label must not cover
    better_free : what it covers only where there is no other place
    """
    x, y = point
    places = [
        around(x + right * (away + width / 2), y + up * (away + height / 2), width, height)
        for away in (gap, gap * FURTHER) for right, up in AROUND
    ]
    free = [
        place for place in places
        if inside.left <= place.left and place.right <= inside.right and inside.bottom <= place.bottom
        and place.top <= inside.top and not any(overlap(place, other) for other in taken)
    ]
    clear = (place for place in free if not any(overlap(place, other) for other in better_free))
    return next(clear, free[0] if free else None)
