"""Outlines at exact geodesic distance from the contact line.

The topology comes from planar buffers of short pieces of the simplified line; every vertex is then moved to the exact
distance along the geodesic from its nearest point of the line; edges are split until all of each lies within the
tolerance, by what is known of its ends, or by nine points on it and bounds for what lies between them. Vertices lie a
little outside the depth, so that the error of a convex arc is balanced between its vertices and its edges' middles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrangement import GRID, TINY, on_grid
from .corners import corners
from .distance import DistanceField
from .geodesy import MEAN_RADIUS_M, Array, Indices, LocalPlane, counter, distances, inverse, move, wrap_longitude
from .progress import Progress
from .topology import RESOLUTIONS, coarse_rings

TOLERANCE_PER_DISTANCE = 2e-4  # on straight stretches the outline lies outside by most of the tolerance
FINEST_TOLERANCE_M = 0.05
OUTWARD_SHARE = 0.9  # of the tolerance by which vertices lie outside the depth, so that chords dip evenly
ROUNDING_M = 2 * GRID  # of the tolerance, left to the grid
VERTEX_SHARE = 0.01  # of the tolerance: how near a vertex must be to its distance
LEVEL_ROUNDS = 8
CORNER_SCALE = 0.01  # of the distance: the edge length that a corner is looked for from
MAX_ROUNDS = 60
CUSP_TURN = 0.05  # slope by which the distance drops back along an edge: a concave corner
SHORTEST_EDGE_M = 4 * GRID
TEST_POINTS = np.linspace(0.0, 1.0, 9)
NEAREST_POLE = 89.9  # degrees: nearer to a pole edges are short


@dataclass(frozen=True)
class Outline:
    """Rings in the local plane, metres on the grid, at ``distance_m`` from the line; ``unresolved`` edges are too long.

    The rings are not yet faces: noding them and asking the distance of each face makes the zone.
    """

    distance_m: float
    rings: tuple[Array, ...]
    unresolved: int


@dataclass(frozen=True)
class _Band:
    """The distance at which vertices are put, and how far edges may fall short of it or pass it, metres."""

    level: float
    short: float
    beyond: float


def outline(
    flat: Sequence[Array], plane: LocalPlane, field: DistanceField, distance_m: float, tolerance_m: float,
    progress: Progress, mode: str = "balanced",
) -> Outline:
    """Return the outline of all points within ``distance_m`` of the line.

    Where the coarse topology proves wrong (edges that cannot be brought into the tolerance), it is made again with
    more detail around those places.

    Parameters
    ----------
    flat : the line's parts in the plane, polylines (n, 2)
    plane : the plane of the work
    field : exact distance to the same parts
    distance_m, tolerance_m : metres on the ellipsoid; small distances are held to a tighter tolerance
    mode : ``balanced``; ``never_beyond``: no point of it farther than the distance; ``never_short``: none nearer
    """
    tolerance_m = held_tolerance(distance_m, tolerance_m)
    band = _BANDS[mode](distance_m, tolerance_m - ROUNDING_M)
    trouble = np.zeros((0, 2))
    for attempt in range(len(RESOLUTIONS)):
        stage = progress.stage(attempt / len(RESOLUTIONS), (attempt + 1) / len(RESOLUTIONS))
        rings = coarse_rings(flat, trouble, attempt, plane, field, band.level)
        lonlat = plane.inverse(np.concatenate(rings))
        ring = np.repeat(np.arange(len(rings)), [len(r) for r in rings])
        stage.report(0.3)
        lonlat, banks, reached = _to_level(field, lonlat, band, tolerance_m)
        lonlat, ring, wrong = _refine(
            plane, field, lonlat[reached], banks[reached], ring[reached], band, tolerance_m, stage,
        )
        if not len(wrong):
            break
        trouble = np.concatenate([trouble, plane.forward(wrong)])
    xy = on_grid(plane.forward(lonlat))
    kept = [xy[ring == r] for r in np.unique(ring)]
    return Outline(distance_m, tuple(np.concatenate([r, r[:1]]) for r in kept if len(r) > 2), len(wrong))


def held_tolerance(distance_m: float, tolerance_m: float) -> float:
    """Return the tolerance that an outline is held to, metres: what was asked, or less for a small distance."""
    return min(tolerance_m, max(TOLERANCE_PER_DISTANCE * distance_m, FINEST_TOLERANCE_M))


def _balanced(distance_m: float, usable_m: float) -> _Band:
    outward = OUTWARD_SHARE * usable_m
    return _Band(distance_m + outward, usable_m + outward, usable_m - outward)


def _never_beyond(distance_m: float, usable_m: float) -> _Band:
    room = (1 - OUTWARD_SHARE) * usable_m
    return _Band(distance_m - room - ROUNDING_M, usable_m - room - ROUNDING_M, room)


def _never_short(distance_m: float, usable_m: float) -> _Band:
    room = (1 - OUTWARD_SHARE) * usable_m
    return _Band(distance_m + usable_m - room, usable_m - room - ROUNDING_M, room)


_BANDS: dict[str, Callable[[float, float], _Band]] = {
    "balanced": _balanced, "never_beyond": _never_beyond, "never_short": _never_short,
}


def _to_level(
    field: DistanceField, lonlat: Array, band: _Band, tolerance_m: float
) -> tuple[Array, Indices, NDArray[np.bool_]]:
    """Move points along the geodesic from their nearest point of the line to the level.

    A point that is thrown to and fro between two banks is put into the corner where they meet. Also return the line's
    segments that each point has at the level, (n, 2), different ones in a corner; and which points arrived.
    """
    lonlat = lonlat.copy()
    segments = np.zeros((len(lonlat), 2), dtype=np.int64)
    pending = np.arange(len(lonlat))
    before = np.zeros(len(lonlat), dtype=np.int64)
    for _ in range(LEVEL_ROUNDS):
        near = field.nearest(lonlat[pending])
        segments[pending] = near.segment[:, None]
        off = np.abs(near.distance - band.level) > VERTEX_SHARE * tolerance_m
        pending = pending[off]
        if not len(pending):
            break
        here = near.segment[off]
        banks = here, before[pending]
        lonlat[pending] = move(near.foot[off], near.azimuth[off], np.full(len(pending), band.level))
        before[pending] = here
    reached = np.ones(len(lonlat), dtype=bool)
    if len(pending):
        length = np.full(len(pending), CORNER_SCALE * band.level)
        found = corners(field, lonlat[pending], *banks, length, band.level, VERTEX_SHARE * tolerance_m)
        reached[pending] = ~np.isnan(found[:, 0])
        lonlat[pending] = np.where(reached[pending, None], found, lonlat[pending])
        segments[pending] = np.stack(banks, axis=1)
    return lonlat, segments, reached


def _refine(
    plane: LocalPlane, field: DistanceField, lonlat: Array, banks: Indices, ring: Indices, band: _Band,
    tolerance_m: float, progress: Progress,
) -> tuple[Array, Indices, Array]:
    """Split the edges of closed rings until they lie in the band; also return where that failed.

    ``banks`` are the line's segments that each vertex has at the level, (n, 2).
    """
    open_edges = np.ones(len(lonlat), dtype=bool)
    wrong = [np.zeros((0, 2))]
    for round_ in range(MAX_ROUNDS):
        progress.report(0.3 + 0.7 * round_ / MAX_ROUNDS)
        edge = np.nonzero(open_edges)[0]
        if not len(edge):
            break
        end = _next_in_ring(ring)[edge]
        length = distances(lonlat[edge], lonlat[end])
        room = band.short - VERTEX_SHARE * tolerance_m
        # the chord of a circle whose sag is what may fall short
        longest = np.sqrt(8 * room / _most_bend(lonlat[edge], lonlat[end], band.level))
        splits = np.maximum(np.ceil(length / longest - 1e-9).astype(int), 1)
        short = np.nonzero(splits <= 1)[0]
        spanned = _spanned(field, lonlat, banks, edge[short], end[short], length[short], band, tolerance_m)
        tested = short[~spanned]
        good, corner = _test_edges(field, lonlat[edge[tested]], lonlat[end[tested]], length[tested], band, tolerance_m)
        splits[tested] = np.where(good, 1, 2)
        splits[(splits == 2) & (length < SHORTEST_EDGE_M)] = 1  # as far off its ends as it is long at most
        open_edges[edge[splits == 1]] = False
        which = np.repeat(np.arange(len(edge)), splits - 1)
        if not len(which):
            break
        share = (counter(splits - 1) + 1) / splits[which]
        xy, xy_end = plane.forward(lonlat[edge[which]]), plane.forward(lonlat[end[which]])
        start = plane.inverse(xy + (xy_end - xy) * share[:, None])  # near a pole a map line is no way to go
        corners = np.full((len(edge), 2), np.nan)
        corners[tested] = corner
        start = np.where(np.isnan(corners[which]), start, corners[which])
        added, added_banks, reached = _to_level(field, start, band, tolerance_m)
        wrong.append(lonlat[edge[which[~reached]]])
        added, added_banks, at = added[reached], added_banks[reached], edge[which[reached]]
        open_edges[np.setdiff1d(edge, at)] = False
        lonlat, ring = np.insert(lonlat, at + 1, added, axis=0), np.insert(ring, at + 1, ring[at])
        banks = np.insert(banks, at + 1, added_banks, axis=0)
        open_edges = np.insert(open_edges, at + 1, True)
    return lonlat, ring, np.concatenate([*wrong, lonlat[open_edges]])


def _next_in_ring(ring: Indices) -> Indices:
    last = np.nonzero(np.concatenate([ring[1:] != ring[:-1], [True]]))[0]
    following = np.arange(1, len(ring) + 1)
    following[last] = np.concatenate([[0], last[:-1] + 1])
    return following


def map_points(start: Array, end: Array, share: Array) -> Array:
    """Return points on the straight map lines (longitude/latitude) between points of the same row."""
    step = end - start
    step[:, 0] = wrap_longitude(step[:, 0])
    return start + step * share[:, None]


def _spanned(
    field: DistanceField, lonlat: Array, banks: Indices, first: Indices, last: Indices, length: Array, band: _Band,
    tolerance_m: float,
) -> NDArray[np.bool_]:
    """Tell which edges stay in the band by what is known of their ends, without another look at the line.

    Short of the level: between two points that no place is nearer to than the level, none is nearer than the level
    less the sag of its circle, and longer edges have been split. Beyond it: the distance to one segment is convex along
    the edge, so that to the segments at both ends, which grows by p and q towards the other end, is at most
    p·q / (p + q) beyond.
    """
    rise = [
        (field.gaps(lonlat[there], banks[here]).min(axis=1) - field.gaps(lonlat[there], banks[there]).min(axis=1))
        for here, there in ((first, last), (last, first))
    ]
    p, q = (np.maximum(r, 0.0) for r in rise)
    lat = np.minimum(np.abs(lonlat[first, 1]), NEAREST_POLE)
    bow = length**2 / 8 * np.tan(np.radians(lat)) / MEAN_RADIUS_M  # a straight map line is no geodesic
    highest = p * q / np.maximum(p + q, TINY) + bow + VERTEX_SHARE * tolerance_m
    return np.asarray(highest <= band.beyond)


def _test_edges(
    field: DistanceField, start: Array, end: Array, length: Array, band: _Band, tolerance_m: float
) -> tuple[NDArray[np.bool_], Array]:
    """Tell which edges stay in the band: at nine points, and between them by the slopes of the distance there.

    Also return the concave corner that an edge cuts off, longitude/latitude, or NaN where there is none.
    """
    corner = np.full((len(start), 2), np.nan)
    if not len(start):
        return np.zeros(0, dtype=bool), corner
    seen = _sampled(field, start, end, length, band)
    cusp = np.nonzero(~seen.good & (seen.drop > CUSP_TURN))[0]
    if len(cusp):
        left, right = seen.banks[cusp].T
        close = VERTEX_SHARE * tolerance_m
        found = corners(field, seen.middle[cusp], left, right, length[cusp], band.level, close)
        gap = np.minimum(distances(start[cusp], found), distances(end[cusp], found))
        corner[cusp] = np.where((gap < band.beyond)[:, None], np.nan, found)  # it is there already
    return seen.good, corner


@dataclass(frozen=True)
class _Seen:
    """Edges as seen at some points of each.

    ``good``: they stay in the band; ``drop``: most by which the slope of the distance falls between two points;
    ``middle`` longitude/latitude (n, 2); ``banks``: nearest segments of the line at both ends (n, 2).
    """

    good: NDArray[np.bool_]
    drop: Array
    middle: Array
    banks: Indices


def _sampled(field: DistanceField, start: Array, end: Array, length: Array, band: _Band) -> _Seen:
    """Return what the distance is like at nine evenly spaced points of each edge."""
    at, count, tests = TEST_POINTS, len(start), len(TEST_POINTS)
    # at a corner two stretches of the line are equally near: tested a little inside, each edge sees its own
    inset = np.minimum(at[1] / 2, band.beyond / np.maximum(length, band.beyond))
    share = np.clip(at, inset[:, None], 1 - inset[:, None])
    points = map_points(np.repeat(start, tests, axis=0), np.repeat(end, tests, axis=0), share.ravel())
    near = field.nearest(points)
    off = near.distance.reshape(count, tests) - band.level
    spacing = length[:, None] * np.diff(at)
    drop = slope_drops(near.onward.reshape(count, tests), start, end)
    bend = _most_bend(start, end, band.level)[:, None]
    # what may hide between two points: a corner whose sides have the slopes seen there, each side bent like a circle
    hidden = spacing / 4 * np.maximum(drop + spacing * bend, 0.0)
    highest = (np.maximum(off[:, 1:], off[:, :-1]) + hidden).max(axis=1)
    lowest = _lowest_between(off[:, :-1], off[:, 1:], spacing, bend).min(axis=1)
    good = (lowest >= -band.short) & (highest <= band.beyond)
    segment = near.segment.reshape(count, tests)
    return _Seen(good, drop.max(axis=1), points.reshape(count, tests, 2)[:, tests // 2], segment[:, [0, -1]])


def _most_bend(start: Array, end: Array, level: float) -> Array:
    """Return the most by which the distance bends upwards along edges, per metre: a circle's bend and the edge's own.

    A straight map line is no geodesic: at latitude φ its curvature is at most tan φ / R.
    """
    lat = np.minimum(np.maximum(np.abs(start[:, 1]), np.abs(end[:, 1])), NEAREST_POLE)
    return np.asarray(1 / level + np.tan(np.radians(lat)) / MEAN_RADIUS_M)


def _lowest_between(one: Array, two: Array, spacing: Array, bend: Array) -> Array:
    """Return a lower bound of a function between two of its values, when it bends upwards no more than ``bend``.

    The bound is the parabola through both values; corners of the distance point upwards and stay above it.
    """
    share = np.clip(0.5 - (two - one) / np.maximum(bend * spacing**2, TINY), 0.0, 1.0)  # where it is lowest
    return np.asarray(one + (two - one) * share - bend * spacing**2 * share * (1 - share) / 2)


def slope_drops(onward: Array, start: Array, end: Array) -> Array:
    """Return by how much the slope of the distance along each edge falls between neighbouring points, (n, points - 1).

    The slope is the cosine between the edge and the direction away from the line. Along a straight way the distance
    to one point is convex: a slope that falls belongs to another stretch of the line.
    """
    first, back, _ = inverse(start, end)
    last = first + wrap_longitude(back + 180.0 - first)
    heading = first[:, None] + (last - first)[:, None] * np.linspace(0.0, 1.0, onward.shape[1])
    slope = np.cos(np.radians(onward - heading))
    return np.asarray(slope[:, :-1] - slope[:, 1:])
