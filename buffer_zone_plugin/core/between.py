"""Ground between two sides: where both claim it or neither does, the line runs in the middle.

Contested ground and strips that nobody holds are divided by what is nearer, side A's undisputed ground or side B's:
cells of the Voronoi diagram of points along both borders, noded once with the borders. Plane metres, on the grid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import (
    CELLS_PER_METRE,
    GRID,
    OVERSHOOT,
    arrange,
    as_multipolygon,
    dissolve,
    feet_on,
    inner_points,
    on_grid,
    segments,
)
from .errors import PlanError
from .geodesy import Array, Indices

SAMPLES_PER_WIDTH = 5  # points along a border per width of the strip: the middle is then true to 1/200 of the width
LEAST_SAMPLE_M = 10.0  # spacing of the points where a strip gets narrow
SMOOTHED_M = 5.0  # zigzag of the cells' edges in narrow strips, taken out
NESTED_SHARE = 0.9  # of an area inside the other side's, from which it is not contested but left uncut there
NARROW_M = 1.0  # ground of this half width has no middle worth looking for
FENCE = 3.0  # extents of the sites, from their middle
ROW = 2**33  # more cells of the grid than a plane is high
ONE, OTHER, NOBODY = 0, 1, -1

Border = tuple[shapely.STRtree, Array, Array]  # edges, their starts and their vectors, as `feet_on` takes them


@dataclass(frozen=True)
class Divided:
    """All ground near the line divided between the sides, multipolygons with the same vertices where they meet.

    ``undisputed``: what only A and only B holds; ``contested``: what both claimed; ``nested``: number of areas that lay
    inside the other side's and were left to their own.
    """

    a: Any
    b: Any
    undisputed: tuple[Any, Any]
    contested: Any
    nested: int


def divide_ground(a: Any, b: Any, reach_m: float, check: Callable[[], None]) -> Divided:
    """Return the two sides' ground with what both claim, and what nobody holds between them, divided in the middle.

    An area of one side that lies inside the other's (nine tenths of it) is ground that the other layer does not cut
    out: it stays with its side.

    Parameters
    ----------
    a, b : multipolygons in the plane
    reach_m : ground of nobody is divided where both sides are nearer than this, metres
    check : called between the steps; raises to stop

    Raises
    ------
    PlanError : both sides are the same ground
    """
    a, b, nested = _nested_apart(a, b)
    contested = as_multipolygon(shapely.intersection(a, b, grid_size=GRID))
    only_a, only_b = _undisputed(a, contested), _undisputed(b, contested)
    if shapely.is_empty(only_a) or shapely.is_empty(only_b):
        raise PlanError(
            "The areas of both sides cover the same ground",
            "Give each side its own areas; a whole state belongs into the mask.",
        )
    check()
    near = _near_both(only_a, only_b, reach_m)
    check()
    free = _cut_out(near, shapely.union_all([a, b], grid_size=GRID))
    middle = _middle_lines((only_a, only_b), contested, free, check)
    check()
    # the borders as they are: noded by two overlays they would differ by the grid and leave slivers of nobody's ground
    lines = [shapely.boundary(a), shapely.boundary(b), shapely.boundary(near), *middle]
    faces = arrange([line for line in lines if not shapely.is_empty(line)])
    labels = _labels(inner_points(faces), (a, b), (only_a, only_b), near)
    check()
    new_a, new_b = dissolve(faces, labels, 2)
    return Divided(new_a, new_b, (only_a, only_b), contested, nested)


def _cut_out(ground: Any, hole: Any) -> Any:
    return ground if shapely.is_empty(hole) else as_multipolygon(shapely.difference(ground, hole, grid_size=GRID))


def _undisputed(ground: Any, contested: Any) -> Any:
    """Return a ground without what is contested, nor the hems that are left where both outlines nearly coincide."""
    if shapely.is_empty(contested):
        return ground
    thin = shapely.buffer(_cut_out(ground, contested), -NARROW_M, join_style="mitre")
    return as_multipolygon(shapely.buffer(thin, NARROW_M, join_style="mitre"))


def _nested_apart(a: Any, b: Any) -> tuple[Any, Any, int]:
    """Cut the areas of each side that lie inside the other's out of the other's; return also their number."""
    count = 0
    for _ in range(2):
        nested = [p for p in shapely.get_parts(a) if _lies_in(p, b)]
        if nested:
            b = _cut_out(b, shapely.union_all(nested, grid_size=GRID))
            count += len(nested)
        a, b = b, a
    return a, b, count


def _lies_in(polygon: Any, ground: Any) -> bool:
    common = shapely.intersection(polygon, ground, grid_size=GRID)
    return bool(common.area >= NESTED_SHARE * polygon.area)


def border_tree(ground: Any) -> Border:
    """Return the edges of a ground's borders as `nearest_points` takes them."""
    pieces, _ = segments([shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(ground))])
    ends = shapely.get_coordinates(pieces).reshape(-1, 2, 2)
    return shapely.STRtree(pieces), ends[:, 0], ends[:, 1] - ends[:, 0]


def nearest_points(border: Border, xy: Array) -> Array:
    """Return for each point (n, 2) the nearest point of a border made by `border_tree`."""
    tree, start, along = border
    piece, share = feet_on(tree, start, along, xy)
    return start[piece] + share[:, None] * along[piece]


def _near_both(only_a: Any, only_b: Any, reach_m: float) -> Any:
    """Return the ground within reach of both sides, held or not."""
    near = [_edges_near(one, other, 2 * reach_m) for one, other in ((only_a, only_b), (only_b, only_a))]
    if reach_m <= 0 or not all(len(edges) for edges in near):
        return shapely.MultiPolygon()
    belts = [shapely.buffer(shapely.line_merge(shapely.multilinestrings(edges)), reach_m) for edges in near]
    return as_multipolygon(shapely.intersection(*belts, grid_size=GRID))


def _edges_near(ground: Any, other: Any, distance_m: float) -> NDArray[Any]:
    edges = border_tree(ground)[0].geometries
    tree = shapely.STRtree(border_tree(other)[0].geometries)
    return edges[np.unique(tree.query(edges, predicate="dwithin", distance=distance_m)[0])]


def _middle_lines(undisputed: tuple[Any, Any], contested: Any, free: Any, check: Callable[[], None]) -> list[Any]:
    """Return lines that run equally far from both sides through contested and free ground, and tie their ends to A."""
    wide = [g for g in (shapely.buffer(ground, -NARROW_M) for ground in (contested, free)) if not shapely.is_empty(g)]
    if not wide:
        return []
    doubtful = shapely.buffer(shapely.union_all(wide), 2 * NARROW_M)
    borders = border_tree(undisputed[0]), border_tree(undisputed[1])
    sites, side = _sites(borders, doubtful)
    check()
    if len(np.unique(side)) < 2:
        return []
    edges = _edges_between(sites, side, doubtful)
    check()
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(edges)))
    lines = shapely.simplify(merged, SMOOTHED_M, preserve_topology=False)
    ends = shapely.get_coordinates([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    return [*lines, *_ties(ends, borders[0])]


def _edges_between(sites: Array, side: Indices, doubtful: Any) -> NDArray[Any]:
    """Return the edges in doubtful ground, two-point lines, that part Voronoi cells of one side from the other's.

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
    shapely.prepare(doubtful)
    return edges[shapely.intersects(doubtful, edges)]


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
    def key(points: Array) -> Indices:
        cells = np.round(points * CELLS_PER_METRE).astype(np.int64)
        return cells[..., 0] * ROW + cells[..., 1]

    return np.searchsorted(key(sites), key(xy)).astype(np.int64)


def _ties(ends: Array, border: Border) -> list[Any]:
    """Return short lines that close a middle line's ends to a border: a line that ends in the open parts nothing."""
    feet = nearest_points(border, ends)
    length = np.hypot(*(feet - ends).T)
    ends, feet, length = ends[length > 0], feet[length > 0], length[length > 0]
    beyond = feet + OVERSHOOT * (feet - ends) / length[:, None]
    return list(shapely.linestrings(np.stack([ends, beyond], axis=1)))


def _sites(borders: tuple[Border, Border], doubtful: Any) -> tuple[Array, Indices]:
    """Return points along both borders of the doubtful ground, close where the other side is close; the side of each.

    What is nearest to a point of that ground lies on its edge: on the way there one would meet nearer ground.
    """
    zones = shapely.STRtree(shapely.get_parts(doubtful))
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


def _labels(xy: Array, held: tuple[Any, Any], undisputed: tuple[Any, Any], near: Any) -> Indices:
    """Return the side of each point: its only holder's, the nearer one's on doubtful ground, else nobody's."""
    by_a, by_b = inside(held[0], xy), inside(held[1], xy)
    labels = np.where(by_a, ONE, np.where(by_b, OTHER, NOBODY))
    doubtful = np.nonzero((by_a & by_b) | (~by_a & ~by_b & inside(near, xy)))[0]
    if len(doubtful):
        there = xy[doubtful]
        to_a, to_b = (np.hypot(*(there - nearest_points(border_tree(g), there)).T) for g in undisputed)
        labels[doubtful] = np.where(to_a <= to_b, ONE, OTHER)
    return labels


def inside(ground: Any, xy: Array) -> NDArray[np.bool_]:
    """Return which points (n, 2) lie inside a ground."""
    if shapely.is_empty(ground):
        return np.zeros(len(xy), dtype=bool)
    shapely.prepare(ground)
    return shapely.contains_xy(ground, xy[:, 0], xy[:, 1])
