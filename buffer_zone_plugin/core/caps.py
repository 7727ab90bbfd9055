"""Flat ends of a zone: the ground whose nearest point of the line is one of its open ends.

Seen from an end that ground is star-shaped: once another stretch of the line is nearer, it stays nearer farther out.
So its edge is found along rays by bisection, at exact geodesic distance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .arrangement import on_grid
from .distance import DistanceField, Nearest
from .geodesy import Array, LocalPlane, distances, inverse, move
from .progress import Progress

RAYS = 361  # half a degree apart over the half circle that an end looks out on
BISECTIONS = 22  # from 500 km down to 0.1 m
BEYOND = 1.01  # depths: how far a cap's rays look, a little past the outline
AT_END_M = 0.05  # two places this near are one
NEARLY_SQUARE = 1e-4  # degrees kept from the perpendicular, on which two stretches tie


def cap_rings(ends: Array, plane: LocalPlane, field: DistanceField, depth_m: float, progress: Progress) -> list[Array]:
    """Return closed rings in the plane around the ground that belongs to each open end.

    Parameters
    ----------
    ends : open ends of the line, longitude/latitude (n, 2)
    depth_m : the larger depth, metres; the rings reach a little farther
    """
    rings = []
    for index, end in enumerate(ends):
        progress.report(index / len(ends))
        azimuth = _outward_azimuth(field, end)
        if azimuth is None:
            continue
        turn = np.linspace(-90 + NEARLY_SQUARE, 90 - NEARLY_SQUARE, RAYS)
        reach = _reach(end, azimuth + turn, field, BEYOND * depth_m)
        rim = move(np.repeat(end[None], RAYS, axis=0), azimuth + turn, reach)
        ring = on_grid(plane.forward(np.concatenate([end[None], rim, end[None]])))
        rings.append(ring[np.concatenate([[True], (np.diff(ring, axis=0) != 0).any(axis=1)])])
    return [ring for ring in rings if len(ring) > 3]


def _outward_azimuth(field: DistanceField, end: Array) -> float | None:
    """Return the direction in which the line leaves an end, degrees, or None where the line goes on."""
    near_start = np.nonzero((np.abs(field.lonlat_start - end) < 1e-12).all(axis=1))[0]
    near_end = np.nonzero((np.abs(field.lonlat_end - end) < 1e-12).all(axis=1))[0]
    if len(near_start) + len(near_end) != 1:
        return None
    inner = field.lonlat_end[near_start[0]] if len(near_start) else field.lonlat_start[near_end[0]]
    return float(inverse(end[None], inner[None])[0][0]) + 180.0


def _reach(end: Array, azimuth: Array, field: DistanceField, farthest: float) -> Array:
    """Return how far along each azimuth the end stays the nearest point of the line, metres."""
    low, high = np.zeros(len(azimuth)), np.full(len(azimuth), farthest)
    here = np.repeat(end[None], len(azimuth), axis=0)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        free = field.distance(move(here, azimuth, middle)) >= middle - AT_END_M
        low, high = np.where(free, middle, low), np.where(free, high, middle)
    return np.asarray(np.where(high == farthest, farthest, low))


def in_cap(near: Nearest, ends: Array) -> NDArray[np.bool_]:
    """Tell for which points the nearest point of the line is one of its open ends."""
    inside = np.zeros(len(near.distance), dtype=bool)
    for end in ends:
        inside |= distances(near.foot, np.repeat(end[None], len(near.foot), axis=0)) < AT_END_M
    return inside
