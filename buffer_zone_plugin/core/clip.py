"""Clipping a zone to ground that the user named: its edges become linework, and faces are asked where they lie.

A straight edge of the clip is straight in longitude/latitude, as its layer's map draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import on_grid, segments
from .errors import PlanError
from .geodesy import CHORD_STEP_M, Array, LocalPlane, counter, densify, earth_centred
from .meridian import HALF_TURN, split_line

ALONG_DEGREES = 1e-4  # about 10 m: a line this near to the clip's edge runs along it
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
    return lines_near(segments([shapely.get_coordinates(ring) for ring in rings])[0], plane, outer)


def lines_near(edges: NDArray[Any], plane: LocalPlane, outer: Any) -> list[Array]:
    """Return the pieces near a zone of edges straight in longitude/latitude, as lines (2, 2) in the plane.

    Parameters
    ----------
    edges : two-point lines in longitude/latitude, (n,)
    outer : the zone in the plane
    """
    start, end = ends_near(shapely.get_coordinates(edges).reshape(-1, 2, 2), plane, outer)
    pieces = np.maximum(np.ceil(_lengths(start, end) / CHORD_STEP_M), 1).astype(int)
    edge = np.repeat(np.arange(len(pieces)), pieces)
    share = counter(pieces) / pieces[edge]
    step = (end - start)[edge]
    first = on_grid(plane.forward(start[edge] + step * share[:, None]))
    last = on_grid(plane.forward(start[edge] + step * (share + 1 / pieces[edge])[:, None]))
    low, high = np.minimum(first, last) - CHORD_STEP_M, np.maximum(first, last) + CHORD_STEP_M
    shapely.prepare(outer)
    near = shapely.intersects(outer, shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))
    return list(np.stack([first, last], axis=1)[near])


def ends_near(ends: Array, plane: LocalPlane, outer: Any) -> tuple[Array, Array]:
    """Return start and end (n, 2) of the edges that may come near a zone: the plane cannot show all of the Earth.

    Parameters
    ----------
    ends : of edges in longitude/latitude, (n, 2, 2)
    outer : the zone in the plane
    """
    rim = earth_centred(plane.inverse(shapely.get_coordinates(outer)))
    middle = (rim.min(axis=0) + rim.max(axis=0)) / 2
    radius = np.linalg.norm(rim - middle, axis=1).max() * REACH_SLACK + CHORD_STEP_M
    ends = ends[(np.abs(ends[:, :, 0]) < HALF_TURN).any(axis=1)]  # at ±180° the zone is cut in any case
    start, end = ends[:, 0], ends[:, 1]
    reach = radius + _lengths(start, end) * REACH_SLACK
    near = np.linalg.norm(earth_centred(start) - middle, axis=1) <= reach
    return start[near], end[near]


def _lengths(start: Array, end: Array) -> Array:
    """Return roughly how long edges are, metres: degrees of latitude, and of longitude at the equator."""
    return np.asarray(np.hypot(*(end - start).T) * 111_320.0)


def line_inside(clip: Any, parts: Sequence[Array]) -> list[tuple[int, Array]]:
    """Return the pieces of polylines that lie in the clip, longitude/latitude, each with the index of its polyline.

    A piece along the clip's edge lies in it: the contact line often is the edge of the ground that one side holds.
    Without a clip the polylines as they are.

    Raises
    ------
    PlanError : nothing of the line lies in the clip
    """
    if clip is None:
        return list(enumerate(parts))
    pieces = []
    for index, part in enumerate(parts):
        dense = densify(part, CHORD_STEP_M)
        slack = ALONG_DEGREES + _sag(part, dense)
        for stretch in split_line(dense):
            line = shapely.linestrings(stretch)
            if not shapely.dwithin(line, clip, slack):
                continue
            shared = _inside_or_along(line, clip, slack)
            at = shapely.line_locate_point(line, [shapely.get_point(g, 0) for g in shared])
            pieces += [(index, shapely.get_coordinates(shared[k])) for k in np.argsort(at, kind="stable")]
    if not pieces:
        raise PlanError(
            "No part of the contact line lies inside the clip", "Choose a clip layer that covers the contact line.",
        )
    return pieces


def _inside_or_along(line: Any, clip: Any, slack: float) -> NDArray[Any]:
    """Return the pieces of a line, in its direction, that lie in the clip or within ``slack`` degrees of it."""
    within = shapely.get_parts(shapely.intersection(line, clip))
    along = [piece for piece in shapely.get_parts(shapely.difference(line, clip)) if _farthest(piece, clip) <= slack]
    lines = [piece for piece in (*within, *along) if piece.length > 0]
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines), directed=True))


def _farthest(line: Any, clip: Any) -> float:
    return float(shapely.distance(shapely.points(shapely.get_coordinates(line)), clip).max(initial=0.0))


def _sag(part: Array, dense: Array) -> float:
    """Return how far the geodesic edges of a polyline bulge from straight ones in longitude/latitude, degrees."""
    straight = shapely.linestrings(part)
    near = np.abs(dense[:, 0]) < HALF_TURN - 1.0  # beyond, an edge may go the other way round
    return float(shapely.distance(shapely.points(dense[near]), straight).max(initial=0.0))


def inside_clip(clip: Any, lonlat: Array) -> NDArray[np.bool_]:
    """Tell which points (n, 2) lie in the clip, longitude/latitude; all do where there is none."""
    if clip is None:
        return np.ones(len(lonlat), dtype=bool)
    shapely.prepare(clip)
    return np.asarray(shapely.contains_xy(clip, lonlat))
