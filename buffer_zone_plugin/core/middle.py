"""Lines equally far from two borders: the edges of a Voronoi diagram between points along one and along the other.

Plane metres, on the grid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import CELLS_PER_METRE, GRID, feet_on, on_grid, segments
from .geodesy import Array, Indices

SAMPLES_PER_WIDTH = 5  # points along a border per width of the strip: the middle is then true to 1/200 of the width
LEAST_SAMPLE_M = 10.0  # spacing of the points where a strip gets narrow
FAR_SAMPLES = 10  # least spacings of the points: an edge of the middle this long leaves the ground for another
SMOOTHED_M = 5.0  # zigzag of the cells' edges in narrow strips, taken out
NARROW_M = 1.0  # ground of this half width has no middle worth looking for
FENCE = 3.0  # extents of the sites, from their middle
ONE, OTHER, NOBODY = 0, 1, -1
LINE_STRING = 1  # shapely's number of the type

Border = tuple[shapely.STRtree, Array, Array]  # edges, their starts and their vectors, as `feet_on` takes them


def border_tree(lines: Sequence[Array]) -> Border:
    """Return the edges of polylines (n, 2) as `nearest_points` takes them."""
    pieces, _ = segments(lines)
    ends = shapely.get_coordinates(pieces).reshape(-1, 2, 2)
    return shapely.STRtree(pieces), ends[:, 0], ends[:, 1] - ends[:, 0]


def rings_of(ground: Any) -> list[Array]:
    """Return the borders of a multipolygon as closed polylines (n, 2)."""
    return [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(ground))]


def nearest_points(border: Border, xy: Array) -> Array:
    """Return for each point (n, 2) the nearest point of a border made by `border_tree`."""
    tree, start, along = border
    piece, share = feet_on(tree, start, along, xy)
    return start[piece] + share[:, None] * along[piece]


def middle_lines(
    borders: tuple[Border, Border], grounds: Sequence[Any], check: Callable[[], None]
) -> NDArray[Any]:
    """Return lines that run equally far from two borders through grounds between them, multipolygons in the plane.

    They end a little outside the grounds. Ground narrower than `NARROW_M` has none. ``check`` raises to stop.
    """
    wide = [g for g in (shapely.buffer(ground, -NARROW_M) for ground in grounds) if not shapely.is_empty(g)]
    none = np.zeros(0, dtype=object)
    if not wide:
        return none
    between = shapely.buffer(shapely.union_all(wide), 2 * NARROW_M)
    sites, side = _sites(borders, between)
    check()
    if len(np.unique(side)) < 2:
        return none
    edges = _edges_between(sites, side, between)
    check()
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(edges)))
    return np.asarray(shapely.simplify(merged, SMOOTHED_M, preserve_topology=False))


def _edges_between(sites: Array, side: Indices, between: Any) -> NDArray[Any]:
    """Return the edges in the ground between, two-point lines, that part Voronoi cells of one side from the other's.

    Such an edge joins the circumcentres of two Delaunay triangles whose common edge goes from one side to the other.
    GEOS's own diagram clips its cells, which fails where sites are dense, or its edges, which takes ten times as long.
    """
    sites, side = _fenced(sites, side)
    corners = shapely.get_coordinates(shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(sites))))
    triangles = corners.reshape(-1, 4, 2)[:, :3]
    centre = _circumcentres(triangles)
    number = _numbers(sites, triangles)
    pairs = np.sort(np.stack([number, np.roll(number, -1, axis=1)], axis=2).reshape(-1, 2), axis=1)
    across = (side[pairs].min(axis=1) == ONE) & (side[pairs].max(axis=1) == OTHER)
    pairs, triangle = pairs[across], np.repeat(np.arange(len(number)), 3)[across]
    order = np.lexsort(pairs.T)
    twins = np.nonzero((pairs[order][1:] == pairs[order][:-1]).all(axis=1))[0]
    ends = np.stack([centre[triangle[order[twins]]], centre[triangle[order[twins + 1]]]], axis=1)
    usable = np.isfinite(ends).all(axis=(1, 2)) & (ends[:, 0] != ends[:, 1]).any(axis=1)
    edges = shapely.linestrings(ends[usable])
    shapely.prepare(between)
    edges = edges[shapely.intersects(between, edges)]
    # between two grounds far apart an edge may run along a border that the sides share, and would move it
    far = (shapely.length(edges) > FAR_SAMPLES * LEAST_SAMPLE_M) & ~shapely.covers(between, edges)
    cut = shapely.get_parts(shapely.intersection(edges[far], between))
    return np.concatenate([edges[~far], cut[shapely.get_type_id(cut) == LINE_STRING]])


def _fenced(sites: Array, side: Indices) -> tuple[Array, Indices]:
    """Return the sites with four of nobody's far around them, sorted: no edge between the sides is unbounded then."""
    low, high = sites.min(axis=0), sites.max(axis=0)
    away = FENCE * float((high - low).max())
    fence = on_grid((low + high) / 2 + away * np.array([[-1.0, 0], [0, -1], [0, 1], [1, 0]]))
    xy, first = np.unique(np.concatenate([sites, fence]), axis=0, return_index=True)
    return xy, np.concatenate([side, np.full(len(fence), NOBODY)])[first]


def _circumcentres(triangles: Array) -> Array:
    """Return the points equally far from the corners of triangles (n, 3, 2); not finite for flat ones."""
    one, two = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    cross = 2 * (one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0])
    square_one, square_two = (one**2).sum(axis=1), (two**2).sum(axis=1)
    cross[cross == 0] = np.nan
    x = (two[:, 1] * square_one - one[:, 1] * square_two) / cross
    y = (one[:, 0] * square_two - two[:, 0] * square_one) / cross
    return triangles[:, 0] + np.column_stack([x, y])


def _numbers(sites: Array, xy: Array) -> Indices:
    """Return the index of the site at each point (..., 2); sites are sorted by x, then by y, both on the grid."""
    cells, wanted = (np.round(points * CELLS_PER_METRE).astype(np.int64) for points in (sites, xy))
    columns, rows = np.unique(cells[:, 0]), np.unique(cells[:, 1])

    def key(at: Indices) -> Indices:  # of ranks: cells of a wide plane multiplied do not fit into 64 bits
        return np.searchsorted(columns, at[..., 0]) * len(rows) + np.searchsorted(rows, at[..., 1])

    return np.searchsorted(key(cells), key(wanted)).astype(np.int64)


def _sites(borders: tuple[Border, Border], between: Any) -> tuple[Array, Indices]:
    """Return points along both borders of the ground between, close where the other side is close; the side of each.

    What is nearest to a point of that ground lies on its edge: on the way there one would meet nearer ground.
    """
    zones = shapely.STRtree(shapely.get_parts(between))
    found = []
    for own, other in (borders, borders[::-1]):
        edges = own[0].geometries
        near = np.unique(zones.query(edges, predicate="dwithin", distance=LEAST_SAMPLE_M)[0])
        found.append(_sampled(shapely.get_coordinates(edges[near]).reshape(-1, 2, 2), other))
    side = np.repeat([ONE, OTHER], [len(xy) for xy in found])
    xy, first = np.unique(on_grid(np.concatenate(found)), axis=0, return_index=True)
    return xy, side[first]


def _sampled(ends: Array, other: Border) -> Array:
    """Return points along edges (n, 2, 2) as dense as the distance to the other side asks for."""
    middle = ends.mean(axis=1)
    apart = np.hypot(*(middle - nearest_points(other, middle)).T)
    ends, apart = ends[apart > GRID], apart[apart > GRID]  # a shared border has nothing between
    done = []
    while len(ends):
        length = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
        nearest = np.maximum(apart - length / 2, 0.0)  # on the edge
        fine = length <= np.maximum(nearest / SAMPLES_PER_WIDTH, LEAST_SAMPLE_M)
        done.append(ends[fine].reshape(-1, 2))
        coarse = ends[~fine]
        halves = np.stack([coarse, coarse], axis=1)
        halves[:, 0, 1] = halves[:, 1, 0] = coarse.mean(axis=1)
        ends = halves.reshape(-1, 2, 2)
        middle = ends.mean(axis=1)
        apart = np.hypot(*(middle - nearest_points(other, middle)).T) if len(ends) else np.zeros(0)
    return np.concatenate(done) if done else np.zeros((0, 2))
