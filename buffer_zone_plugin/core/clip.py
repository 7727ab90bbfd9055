"""Clipping a zone to ground that the user named: its edges become linework, and faces are asked where they lie.

A straight edge of the clip is straight in longitude/latitude, as its layer's map draws it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import on_grid, segments
from .geodesy import CHORD_STEP_M, Array, LocalPlane, counter, earth_centred

REACH_SLACK = 1.1  # more than a chord in space is shorter than the way on the ground, for zones of 5,000 km


def clip_lines(clip: Any, plane: LocalPlane, outer: Any) -> list[Array]:
    """Return the edges of a clip near a zone, as polylines (n, 2) in the plane.

    Parameters
    ----------
    clip : polygon or multipolygon in longitude/latitude, or None
    outer : the zone in the plane
    """
    if clip is None:
        return []
    rings = shapely.get_parts(shapely.boundary(clip))
    start, end = _near(segments([shapely.get_coordinates(ring) for ring in rings])[0], plane, outer)
    pieces = np.maximum(np.ceil(_lengths(start, end) / CHORD_STEP_M), 1).astype(int)
    edge = np.repeat(np.arange(len(pieces)), pieces)
    share = counter(pieces) / pieces[edge]
    step = (end - start)[edge]
    first = on_grid(plane.forward(start[edge] + step * share[:, None]))
    last = on_grid(plane.forward(start[edge] + step * (share + 1 / pieces[edge])[:, None]))
    near = shapely.dwithin(outer, shapely.linestrings(np.stack([first, last], axis=1)), CHORD_STEP_M)
    return list(np.stack([first, last], axis=1)[near])


def _near(edges: NDArray[Any], plane: LocalPlane, outer: Any) -> tuple[Array, Array]:
    """Return the ends (n, 2) of the edges that may come near the zone: the plane cannot show all of the Earth."""
    ends = shapely.get_coordinates(edges).reshape(-1, 2, 2)
    rim = earth_centred(plane.inverse(shapely.get_coordinates(outer)))
    middle = (rim.min(axis=0) + rim.max(axis=0)) / 2
    radius = np.linalg.norm(rim - middle, axis=1).max() * REACH_SLACK + CHORD_STEP_M
    start, end = ends[:, 0], ends[:, 1]
    reach = radius + _lengths(start, end) * REACH_SLACK
    near = np.linalg.norm(earth_centred(start) - middle, axis=1) <= reach
    return start[near], end[near]


def _lengths(start: Array, end: Array) -> Array:
    """Return roughly how long edges are, metres: degrees of latitude, and of longitude at the equator."""
    return np.asarray(np.hypot(*(end - start).T) * 111_320.0)


def inside_clip(clip: Any, lonlat: Array) -> NDArray[np.bool_]:
    """Tell which points (n, 2) lie in the clip, longitude/latitude; all do where there is none."""
    if clip is None:
        return np.ones(len(lonlat), dtype=bool)
    shapely.prepare(clip)
    return np.asarray(shapely.contains_xy(clip, lonlat))
