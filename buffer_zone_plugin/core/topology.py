"""Where the outline of a zone runs, roughly: rings with the right topology from planar buffers of short pieces.

Buffers of a few edges each, united, leave no phantom holes (libgeos/geos issues 660, 1217) and are far faster than one
buffer of the whole line. They need no grid: the outline is then found and checked, and holes decided, on the exact
distance. Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import GRID, segments
from .distance import DistanceField
from .geodesy import Array, LocalPlane

RESOLUTIONS = ((1e-2, 8), (1e-3, 32), (1e-4, 128))  # simplification as a share of the distance; segments a quarter
NEAR_TROUBLE = 1.2  # distances: what lies farther from a place cannot shape the outline there
THINNING = 0.25  # of the detail: the cells within which vertices are dropped before the line is simplified
PIECE_EDGES = 8
BRACKET_SHARE = 0.95  # holes of the zone at this share of the distance include every true hole
HOLE_SEARCH_ROUNDS = 24
MAX_HOLE_CELLS = 200_000
SCALE_SLACK = 1.01  # more than the plane's scale can be wrong


def coarse_rings(
    lines: Sequence[Array], trouble: Array, attempt: int, plane: LocalPlane, field: DistanceField, level_m: float
) -> list[Array]:
    """Return the rings of the coarse zone, without their last point: shells, and the holes that truly are there.

    Parameters
    ----------
    lines : the contact line's parts, polylines (n, 2) in the plane
    trouble : places (n, 2) in the plane around which more detail is needed
    attempt : index into `RESOLUTIONS`: how much more
    level_m : the distance of the outline, metres on the ellipsoid
    """
    coarse, inner = _zones(lines, trouble, attempt, plane, (level_m, BRACKET_SHARE * level_m))
    shells = [shapely.get_coordinates(p.exterior)[:-1] for p in shapely.get_parts(coarse)]
    holes = _holes(coarse)
    tree = shapely.STRtree(holes)
    found = [h for h in _holes(inner) if not len(tree.query(h, predicate="intersects"))]
    true_holes = [h for h in [*holes, *found] if _reaches(field, plane, h, level_m)]
    return shells + [shapely.get_coordinates(h.exterior)[:-1] for h in true_holes]


def _zones(
    lines: Sequence[Array], trouble: Array, attempt: int, plane: LocalPlane, distances_m: Sequence[float]
) -> list[Any]:
    """Return planar zones at some distances, in full detail near places of trouble only."""
    everywhere, segments = RESOLUTIONS[0]
    largest = max(distances_m)
    pieces = _pieces(lines, everywhere * largest)
    if not attempt:
        return [shapely.union_all(_buffers(pieces, plane, d, segments)) for d in distances_m]
    detail, fine_segments = RESOLUTIONS[attempt]
    reach = NEAR_TROUBLE * largest * plane.scale(trouble)
    near = shapely.union_all(shapely.buffer(shapely.points(trouble), reach), grid_size=GRID)
    inner = shapely.intersection(_stretches(lines, near), shapely.buffer(near, detail * largest), grid_size=GRID)
    fine = _pieces([shapely.get_coordinates(g) for g in shapely.get_parts(inner) if g.length > 0], detail * largest)
    outer = shapely.get_parts(shapely.difference(pieces, near, grid_size=GRID))
    return [
        shapely.union_all(
            [*_buffers(fine, plane, d, fine_segments), *_buffers(outer[~shapely.is_empty(outer)], plane, d, segments)]
        )
        for d in distances_m
    ]


def _stretches(lines: Sequence[Array], near: Any) -> list[Any]:
    """Return the runs of edges that meet an area."""
    found, owner = segments(lines)
    edge = np.sort(shapely.STRtree(found).query(near, predicate="intersects"))
    breaks = np.nonzero((np.diff(edge) > 1) | (np.diff(owner[edge]) > 0))[0] + 1
    ends = shapely.get_coordinates(found[edge]).reshape(-1, 2, 2)
    return [shapely.linestrings(np.concatenate([run[:, 0], run[-1:, 1]])) for run in np.split(ends, breaks) if len(run)]


def _pieces(lines: Sequence[Array], detail_m: float) -> NDArray[Any]:
    """Return simplified lines in pieces of a few edges, in the plane."""
    pieces = []
    thin = [shapely.linestrings(_thinned(line, THINNING * detail_m)) for line in lines]
    for line in shapely.simplify(thin, (1 - THINNING * np.sqrt(2)) * detail_m):
        xy = shapely.get_coordinates(line)
        pieces += [shapely.linestrings(xy[i : i + PIECE_EDGES + 1]) for i in range(0, len(xy) - 1, PIECE_EDGES)]
    return np.array(pieces, dtype=object)


def _thinned(xy: Array, cell_m: float) -> Array:
    """Return a polyline with one vertex of each run in the same cell of a grid: simplifying a million takes long."""
    east, north = (np.floor(column / cell_m) for column in xy.T)
    kept = np.concatenate([[True], (east[1:] != east[:-1]) | (north[1:] != north[:-1])])
    kept[-1] = True
    return xy[kept]


def _buffers(pieces: NDArray[Any], plane: LocalPlane, distance_m: float, segments: int) -> NDArray[Any]:
    """Return planar buffers of pieces; the distance grows with the plane's scale."""
    if not len(pieces):
        return pieces
    scale = plane.scale(shapely.get_coordinates(shapely.centroid(pieces)))
    return np.asarray(shapely.buffer(pieces, distance_m * scale, quad_segs=segments))


def _holes(zone: Any) -> list[Any]:
    return [shapely.Polygon(ring) for polygon in shapely.get_parts(zone) for ring in polygon.interiors]


def _reaches(field: DistanceField, plane: LocalPlane, hole: Any, level_m: float) -> bool:
    """Tell whether some point of the hole lies farther than ``level_m`` from the line (branch and bound)."""
    shapely.prepare(hole)
    x_min, y_min, x_max, y_max = shapely.bounds(hole)
    cells = np.array([[(x_min + x_max) / 2, (y_min + y_max) / 2]])
    half = max(x_max - x_min, y_max - y_min) / 2
    for _ in range(HOLE_SEARCH_ROUNDS):
        reach = half * np.sqrt(2) / plane.scale(cells) * SCALE_SLACK
        distance = field.distance(plane.inverse(cells))
        if (shapely.contains_xy(hole, cells) & (distance > level_m)).any():
            return True
        near = shapely.dwithin(hole, shapely.points(cells), half * np.sqrt(2))
        cells = cells[near & (distance + reach > level_m)]
        if not len(cells) or half < GRID or len(cells) > MAX_HOLE_CELLS:
            break
        half /= 2
        cells = (cells[:, None, :] + half * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])).reshape(-1, 2)
    return False
