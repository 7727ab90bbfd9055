"""Where the proposed posts stand: evenly along a line by length on the ellipsoid, and which of them are sensors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import PlanError
from ..geodesy import inverse, move
from ..rounding import largest_remainder


def lay_posts(
    lines: Sequence[NDArray[np.float64]], count: int,
) -> NDArray[np.float64]:
    """Place posts evenly along a line: post i of n at ``(i + 1/2) / n`` of the length.

    Parameters
    ----------
    lines : parts in the order of the chainage, each longitude/latitude in degrees on WGS 84, shape (vertices, 2 or
        more); an edge between two vertices is the geodesic; gaps between parts have no length
    count : number of posts, 0 or more

    Returns
    -------
    longitude, latitude in degrees, shape (count, 2).

    Raises
    ------
    PlanError : ``count`` is negative, or there are posts to place and the line has no length

    Examples
    --------
    >>> lay_posts([np.array([[0.0, 0.0], [1.0, 0.0]])], 2).round(6)
    array([[0.25, 0.  ],
           [0.75, 0.  ]])
    """
    if count < 0:
        raise PlanError(f"{count} posts were asked for", "Give 0 or more.")
    if count == 0:
        return np.empty((0, 2))
    start, azimuth, length = _segments(lines)
    ends = np.cumsum(length)
    if ends.size == 0 or ends[-1] <= 0:
        raise PlanError("Posts cannot be placed on a line without length", "Give a line with at least two points.")
    chainage = (np.arange(count) + 0.5) * (ends[-1] / count)
    # side="right" passes over segments of no length, whose azimuth means nothing
    segment = np.minimum(np.searchsorted(ends, chainage, side="right"), ends.size - 1)
    along = chainage - (ends[segment] - length[segment])
    return move(start[segment], azimuth[segment], along)


def spread_evenly(count: int, chosen: int) -> NDArray[np.bool_]:
    """Mark ``chosen`` of ``count`` places so that they lie as evenly as whole places allow (Bresenham's line).

    Returns
    -------
    Booleans, shape (count,), of which exactly ``chosen`` are true.

    Raises
    ------
    PlanError : not 0 <= chosen <= count

    Examples
    --------
    >>> spread_evenly(6, 2).astype(int)
    array([0, 1, 0, 0, 1, 0])
    """
    if not 0 <= chosen <= count:
        raise PlanError(f"{chosen} of {count} posts cannot be chosen", "Choose no more than there are.")
    if count == 0:
        return np.zeros(0, dtype=np.bool_)
    steps = (2 * np.arange(count + 1) * chosen + count) // (2 * count)
    return np.asarray(np.diff(steps) > 0)


def split_between_edges(count: int, length_a: float, length_b: float) -> tuple[int, int]:
    """Share the posts between the edges of side A and side B by their lengths (any one unit).

    Raises
    ------
    PlanError : there are posts to share and neither edge has length

    Examples
    --------
    >>> split_between_edges(300, 1300.0, 1100.0)
    (163, 137)
    """
    posts_a, posts_b = largest_remainder([length_a, length_b], count)
    return int(posts_a), int(posts_b)


def _segments(
    lines: Sequence[NDArray[np.float64]],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return start (m, 2), azimuth (m,) in degrees and length (m,) in metres of the edges of all parts in order."""
    parts = [np.asarray(line, dtype=np.float64)[:, :2] for line in lines]
    start = np.concatenate([part[:-1] for part in parts] or [np.empty((0, 2))])
    end = np.concatenate([part[1:] for part in parts] or [np.empty((0, 2))])
    azimuth, _, length = inverse(start, end)
    return start, azimuth, length
