"""Concave corners of an outline: the points at one distance from two stretches of the contact line.

Splitting an edge at its middle never reaches the bottom of a sharp crevice; the corner itself has to be found.
Coordinates are longitude/latitude, distances metres on the ellipsoid.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .distance import DistanceField, Nearest
from .geodesy import Array, Indices, distances, move

ROUNDS = 15
REACH = 100.0  # edge lengths from the edge to its corner, in a sharp crevice
STRIDES = (64, 8, 1)  # segments passed over while following a bank
COVERS = 4  # stretches that may cover a corner one after the other
LEAST_WIDTH_M = 0.01
SETTLED = 0.1  # of how exact a corner must be: a shorter step is the last


def corners(
    field: DistanceField, lonlat: Array, left: Indices, right: Indices, length: Array, level_m: float, close_m: float
) -> Array:
    """Return the concave corners between two stretches of the line near given points, or NaN where none is near.

    Where a third stretch covers the corner, its corner with the left one is the next on the way.

    Parameters
    ----------
    lonlat : where to start, (n, 2)
    left, right : segments of the field that belong to the two stretches, (n,)
    length : length of the edge that cuts the corner off, metres (n,): how far to look
    level_m : the distance of the outline
    close_m : how exact the corner must be
    """
    corner = np.full(lonlat.shape, np.nan)
    for stride in STRIDES:
        missing = np.nonzero(np.isnan(corner[:, 0]))[0]
        other = right[missing]
        for _ in range(COVERS):
            if not len(missing):
                break
            reach = REACH * length[missing]
            point, met = _meeting(field, lonlat[missing], left[missing], other, stride, reach, level_m, close_m)
            near = field.nearest(point)
            covered = near.distance < level_m - close_m
            corner[missing[met & ~covered]] = point[met & ~covered]
            again = met & covered & (near.segment != left[missing])
            missing, other = missing[again], near.segment[again]
    return corner


def _meeting(
    field: DistanceField, lonlat: Array, left: Indices, right: Indices, stride: int, reach: Array, level_m: float,
    close_m: float,
) -> tuple[Array, NDArray[np.bool_]]:
    """Return the points at the level from both of two stretches, and which were found within ``reach``.

    Around the current point both feet are seen in their true direction and distance; of the two points where circles
    around the feet meet, the one on this side is the next point, and the feet follow it.
    """
    point, left, right = lonlat.copy(), left.copy(), right.copy()
    off, apart = np.zeros(len(point)), np.ones(len(point), dtype=bool)
    going = np.arange(len(point))
    for _ in range(ROUNDS):
        feet = field.follow(np.tile(point[going], (2, 1)), np.concatenate([left[going], right[going]]), stride)
        (one, two), share = feet.segment.reshape(2, -1), feet.fraction.reshape(2, -1)
        left[going], right[going] = one, two
        off[going] = np.abs(feet.distance - level_m).reshape(2, -1).max(axis=0)
        apart[going] = (one != two) | (share[0] != share[1])
        seen = _seen(feet).reshape(2, -1, 2)
        target = _circles_meet(seen[0], seen[1], level_m)
        east, north = np.ascontiguousarray(target.T)
        step = np.minimum(np.hypot(east, north), reach[going])
        point[going] = move(point[going], np.degrees(np.arctan2(east, north)), step)
        going = going[(step > SETTLED * close_m) & apart[going]]  # both feet in one place stay together
        if not len(going):
            break
    return point, apart & (off <= close_m) & (distances(lonlat, point) < reach)


def _seen(near: Nearest) -> Array:
    """Return the feet as seen from the query points: metres east and north, shape (n, 2)."""
    direction = np.radians(near.onward)
    return -near.distance[:, None] * np.column_stack([np.sin(direction), np.cos(direction)])


def _circles_meet(one: Array, two: Array, radius: float) -> Array:
    """Return where circles around two points meet, on the side of the origin; their middle where they do not."""
    middle, apart = (one + two) / 2, two - one
    width = np.maximum(np.hypot(*apart.T), LEAST_WIDTH_M)
    across = np.column_stack([-apart[:, 1], apart[:, 0]]) / width[:, None]
    height = np.sqrt(np.maximum(radius**2 - (width / 2) ** 2, 0.0))
    side = np.where((middle * across).sum(axis=1) > 0, -1.0, 1.0)
    return np.asarray(middle + (side * height)[:, None] * across)
