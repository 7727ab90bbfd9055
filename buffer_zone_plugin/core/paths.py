"""Shortest ways through planar linework: a line without its self-crossings, and the way out of a hook."""

from __future__ import annotations

import heapq
from collections.abc import Container, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import shapely

from .arrangement import GRID, on_grid
from .geodesy import Array

N = TypeVar("N", int, tuple[float, float])  # a node
W = TypeVar("W")  # a step
Node = tuple[float, float]
Graph = dict[Node, list[tuple[Node, float, Array]]]

OUTLINE_SHARE = 0.9  # of a ring's length that its outline keeps if what it loses are details
MOST_RAYS = 60  # nodes that an end is joined to
RAY_START = 1e-3  # of a ray, left out so that it does not touch the line it begins on
WAY_OUT_STEPS = 60  # per depth: spacing of the points whose Voronoi edges are the ways


def simple_path(xy: Array) -> Array:
    """Return a polyline without loops: the shortest way from its start to its end along itself.

    A closed polyline that crosses itself becomes the outline of what it encloses. Coordinates on the grid, (n, 2).

    Examples
    --------
    >>> simple_path(np.array([[0.0, 0], [10, 0], [10, 10], [5, 10], [5, -10]])).tolist()
    [[0.0, 0.0], [5.0, 0.0], [5.0, -10.0]]
    """
    line = shapely.linestrings(xy)
    if shapely.is_simple(line):
        return xy
    noded = shapely.get_parts(shapely.union_all([line], grid_size=GRID))
    if (xy[0] == xy[-1]).all():
        return _outline_of(noded, xy)
    graph: Graph = {}
    for piece in noded:
        _connect(graph, shapely.get_coordinates(piece))
    path = _shortest(graph, {_node(xy[0]): 0.0}, {_node(xy[-1])})
    return path if path is not None else xy


def _outline_of(noded: Any, xy: Array) -> Array:
    """Return the outline of a ring with small loops; a figure eight stays as it is, for the sides to refuse."""
    faces = shapely.get_parts(shapely.polygonize(noded))
    if not len(faces):
        return xy
    whole = shapely.get_parts(shapely.union_all(faces, grid_size=GRID))
    outline = max(whole, key=lambda p: float(p.area)).exterior
    if outline.length < OUTLINE_SHARE * float(shapely.linestrings(xy).length):
        return xy
    ring = shapely.get_coordinates(outline)
    return ring if shapely.is_ccw(outline) == shapely.is_ccw(shapely.linearrings(xy)) else ring[::-1]


def way_out(end: Array, lines: Sequence[Array], filled: Any, depth_m: float) -> Array | None:
    """Return the shortest way from ``end`` to the outside of ``filled``, midway between the lines, or None.

    The ways are the edges of the Voronoi diagram of points along the lines that meet no line.
    """
    blocked = [shapely.linestrings(line) for line in lines]
    tree = shapely.STRtree(blocked)
    step = depth_m / WAY_OUT_STEPS
    points = np.unique(on_grid(shapely.get_coordinates(shapely.segmentize(blocked, step))), axis=0)
    frame = shapely.buffer(shapely.envelope(filled), 5 * step)
    diagram = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame, only_edges=True)
    xy, piece = shapely.get_coordinates(shapely.get_parts(diagram), return_index=True)
    pairs = np.stack([xy[:-1], xy[1:]], axis=1)[piece[1:] == piece[:-1]]
    crossing = np.unique(tree.query(shapely.linestrings(pairs), predicate="intersects")[0])
    pairs = on_grid(np.delete(pairs, crossing, axis=0))
    graph: Graph = {}
    for pair in pairs:
        _connect(graph, pair)
    nodes = np.array(list(graph))
    starts = _visible(end, nodes, tree)
    outside = {_node(n) for n in nodes[~shapely.contains_xy(filled, nodes)]}
    path = _shortest(graph, starts, outside)
    return None if path is None else _straightened(np.concatenate([end[None], path]), tree, step)


def _visible(end: Array, nodes: Array, tree: shapely.STRtree) -> dict[Node, float]:
    """Return the nearest nodes that a straight line from ``end`` reaches, with their distances."""
    away = np.hypot(*(nodes - end).T)
    near = np.argsort(away)[:MOST_RAYS]
    rays = shapely.linestrings(np.stack([end + (nodes[near] - end) * RAY_START, nodes[near]], axis=1))
    hidden = set(tree.query(rays, predicate="intersects")[0].tolist())
    return {_node(nodes[n]): float(away[n]) for i, n in enumerate(near) if i not in hidden}


def _straightened(path: Array, tree: shapely.STRtree, step: float) -> Array:
    """Return the path simplified as far as it stays clear of the lines."""
    for tolerance in (4 * step, 2 * step, step, step / 4):
        xy = on_grid(shapely.get_coordinates(shapely.simplify(shapely.linestrings(path), tolerance)))
        first = xy[0] + (xy[1] - xy[0]) * min(0.5, 1 / max(float(np.hypot(*(xy[1] - xy[0]))), 1.0))
        if not len(tree.query(shapely.linestrings(np.concatenate([first[None], xy[1:]])), predicate="intersects")):
            return xy
    return on_grid(path)


def _node(xy: Array) -> Node:
    """Return the node at a place (2,)."""
    return float(xy[0]), float(xy[1])


def _connect(graph: Graph, xy: Array) -> None:
    """Add the way along a polyline (n, 2) to a graph, both ways."""
    length = float(np.hypot(*np.diff(xy, axis=0).T).sum())
    a, b = _node(xy[0]), _node(xy[-1])
    graph.setdefault(a, []).append((b, length, xy))
    graph.setdefault(b, []).append((a, length, xy[::-1]))


def _shortest(graph: Graph, starts: dict[Node, float], goals: set[Node]) -> Array | None:
    """Return the coordinates (n, 2) of the shortest way from any start to any goal, or None.

    ``starts`` are the nodes to begin at, each with what it costs to begin there.
    """
    way = cheapest(graph, starts, goals)
    if way is None:
        return None
    end, pieces = way
    return np.concatenate([*(xy[:-1] for xy in pieces), np.array([end])])


def cheapest(graph: Mapping[N, Sequence[tuple[N, float, W]]], starts: Mapping[N, float], goals: Container[N]) -> (
    tuple[N, list[W]] | None
):
    """Return the goal that is reached at the least cost and the steps of the way to it (Dijkstra), or None.

    ``graph`` lists for each node what can be reached from it: the next node, the cost, the step.
    """
    best = dict(starts)
    came: dict[N, tuple[N, W]] = {}
    queue = [(cost, node) for node, cost in starts.items()]
    heapq.heapify(queue)
    while queue:
        cost, node = heapq.heappop(queue)
        if node in goals:
            return node, _trace(came, node)
        if cost > best[node]:
            continue
        for following, more, step in graph.get(node, ()):
            if cost + more < best.get(following, np.inf):
                best[following] = cost + more
                came[following] = (node, step)
                heapq.heappush(queue, (cost + more, following))
    return None


def _trace(came: Mapping[N, tuple[N, W]], node: N) -> list[W]:
    steps = []
    while node in came:
        node, step = came[node]
        steps.append(step)
    return steps[::-1]
