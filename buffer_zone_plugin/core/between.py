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

from .arrangement import GRID, OVERSHOOT, arrange, as_multipolygon, dissolve, inner_points
from .errors import PlanError
from .geodesy import Array, Indices
from .middle import NARROW_M, NOBODY, ONE, OTHER, Border, border_tree, middle_lines, nearest_points, rings_of

NESTED_SHARE = 0.9  # of an area inside the other side's, from which it is not contested but left uncut there


@dataclass(frozen=True)
class Divided:
    """All ground near the line divided between the sides, multipolygons with the same vertices where they meet.

    ``undisputed``: what only A and only B holds; ``contested``: what both claimed; ``free``: what nobody held within
    reach of both; ``nested``: number of areas that lay inside the other side's and were left to their own.
    """

    a: Any
    b: Any
    undisputed: tuple[Any, Any]
    contested: Any
    free: Any
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
    borders = border_tree(rings_of(only_a)), border_tree(rings_of(only_b))
    middle = _tied(middle_lines(borders, (contested, free), check), borders[0])
    check()
    # the borders as they are: noded by two overlays they would differ by the grid and leave slivers of nobody's ground
    lines = [shapely.boundary(a), shapely.boundary(b), shapely.boundary(near), *middle]
    faces = arrange([line for line in lines if not shapely.is_empty(line)])
    labels = _labels(inner_points(faces), (a, b), (only_a, only_b), near)
    check()
    new_a, new_b = dissolve(faces, labels, 2)
    return Divided(new_a, new_b, (only_a, only_b), contested, free, nested)


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


def _near_both(only_a: Any, only_b: Any, reach_m: float) -> Any:
    """Return the ground within reach of both sides, held or not."""
    near = [edges_near(one, other, 2 * reach_m) for one, other in ((only_a, only_b), (only_b, only_a))]
    if reach_m <= 0 or not all(len(edges) for edges in near):
        return shapely.MultiPolygon()
    belts = [shapely.buffer(shapely.line_merge(shapely.multilinestrings(edges)), reach_m) for edges in near]
    return as_multipolygon(shapely.intersection(*belts, grid_size=GRID))


def edges_near(ground: Any, other: Any, distance_m: float) -> NDArray[Any]:
    """Return the edges of a ground's border, two-point lines, within a distance of another ground's border."""
    edges = border_tree(rings_of(ground))[0].geometries
    tree = shapely.STRtree(border_tree(rings_of(other))[0].geometries)
    return edges[np.unique(tree.query(edges, predicate="dwithin", distance=distance_m)[0])]


def _tied(lines: NDArray[Any], border: Border) -> list[Any]:
    """Return lines with short ones that close their ends to a border: a line that ends in the open parts nothing."""
    if not len(lines):
        return []
    ends = shapely.get_coordinates([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    return [*lines, *_ties(ends, border)]


def _ties(ends: Array, border: Border) -> list[Any]:
    """Return short lines that close a middle line's ends to a border: a line that ends in the open parts nothing."""
    feet = nearest_points(border, ends)
    length = np.hypot(*(feet - ends).T)
    ends, feet, length = ends[length > 0], feet[length > 0], length[length > 0]
    beyond = feet + OVERSHOOT * (feet - ends) / length[:, None]
    return list(shapely.linestrings(np.stack([ends, beyond], axis=1)))


def _labels(xy: Array, held: tuple[Any, Any], undisputed: tuple[Any, Any], near: Any) -> Indices:
    """Return the side of each point: its only holder's, the nearer one's on doubtful ground, else nobody's."""
    by_a, by_b = inside(held[0], xy), inside(held[1], xy)
    labels = np.where(by_a, ONE, np.where(by_b, OTHER, NOBODY))
    doubtful = np.nonzero((by_a & by_b) | (~by_a & ~by_b & inside(near, xy)))[0]
    if len(doubtful):
        there = xy[doubtful]
        to_a, to_b = (np.hypot(*(there - nearest_points(border_tree(rings_of(g)), there)).T) for g in undisputed)
        labels[doubtful] = np.where(to_a <= to_b, ONE, OTHER)
    return labels


def inside(ground: Any, xy: Array) -> NDArray[np.bool_]:
    """Return which points (n, 2) lie inside a ground."""
    if shapely.is_empty(ground):
        return np.zeros(len(xy), dtype=bool)
    shapely.prepare(ground)
    return shapely.contains_xy(ground, xy[:, 0], xy[:, 1])
