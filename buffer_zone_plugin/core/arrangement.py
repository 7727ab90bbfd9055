"""One planar arrangement: lines noded once on a grid, their faces, the edges the faces share, unions by label.

Coordinates are metres in a local plane. Shared borders of faces are the same vertices, so unions of faces by label
tile without gaps or overlaps. Every overlay passes the grid: floating overlay of almost coincident polygons returns
garbage (locationtech/jts issue 1000).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .geodesy import Array, Indices
from .rings import polygons_from

CELLS_PER_METRE = 100.0
GRID = 1 / CELLS_PER_METRE  # metres
TINY = 1e-12  # keeps a division by a length of zero finite
NEAR = 2 * GRID  # edges farther apart do not move each other when they are noded
OVERSHOOT = 1.0  # metres by which a cut passes the edge it must close with: an end on the edge lies beside it


def on_grid(xy: Array) -> Array:
    """Return coordinates rounded to the grid exactly as GEOS rounds them: halves up (the last bit matters)."""
    return np.asarray(np.floor(xy * CELLS_PER_METRE + 0.5) / CELLS_PER_METRE)


def arrange(lines: Iterable[Any]) -> NDArray[Any]:
    """Return the faces (polygons) that the lines enclose, after noding them once on the grid."""
    return shapely.get_parts(shapely.polygonize(noded(lines)))


def noded(lines: Iterable[Any]) -> NDArray[Any]:
    """Return lines on the grid that cover the given ones, each piece once, and meet only end to end.

    Only edges that come near another one are given to GEOS to node: the grid leaves the others as they are.
    """
    start, end = _single_edges(lines)
    meets, crowded = _neighbours(start, end)
    met = _joined(start[meets], end[meets], crowded[meets])
    crossed = shapely.get_parts(shapely.union_all(met, grid_size=GRID))
    untouched = _joined(on_grid(start[~meets]), on_grid(end[~meets]), crowded[~meets])
    return np.concatenate([untouched, crossed])


def _single_edges(lines: Iterable[Any]) -> tuple[Array, Array]:
    """Return the edges of lines (n, 2), in their order, those that are there twice once."""
    xy, line = shapely.get_coordinates(shapely.get_parts(list(lines)), return_index=True)
    start, end = xy[:-1], xy[1:]
    real = (line[1:] == line[:-1]) & (start != end).any(axis=1)
    start, end = start[real], end[real]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low, high = np.where(turned[:, None], end, start), np.where(turned[:, None], start, end)
    order = np.lexsort([*high.T, *low.T])
    again = (low[order][1:] == low[order][:-1]).all(axis=1) & (high[order][1:] == high[order][:-1]).all(axis=1)
    kept = np.ones(len(order), dtype=bool)
    kept[order[1:][again]] = False  # the order is stable: the first one stays
    return start[kept], end[kept]


def _neighbours(start: Array, end: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which edges meet or nearly meet another one elsewhere than end to end, and at whose end several do."""
    low, high = np.minimum(start, end) - GRID, np.maximum(start, end) + GRID
    boxes = shapely.linestrings(np.stack([low, high], axis=1))  # a diagonal has the extent of its box
    one, two = shapely.STRtree(boxes).query(boxes)
    one, two = one[one < two], two[one < two]
    near = _sides(start[one], end[one], start[two]) * _sides(start[one], end[one], end[two]) < 0
    near &= _sides(start[two], end[two], start[one]) * _sides(start[two], end[two], end[one]) < 0
    at_end = np.zeros(len(start), dtype=np.int64)
    for a, b in ((one, two), (two, one)):
        for tip in (start, end):
            joined = (tip[a] == start[b]).all(axis=1) | (tip[a] == end[b]).all(axis=1)
            near |= ~joined & (_apart(tip[a], start[b], end[b]) < NEAR)
            if tip is end:
                at_end += np.bincount(a[joined], minlength=len(start))
    meets = np.zeros(len(start), dtype=bool)
    meets[one[near]] = meets[two[near]] = True
    return meets, at_end != 1


def _sides(start: Array, end: Array, xy: Array) -> Array:
    """Return on which side of a straight line each point lies: left above zero, right below."""
    along, away = end - start, xy - start
    return np.asarray(along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0])


def _apart(xy: Array, start: Array, end: Array) -> Array:
    """Return the distance of each point from the edge of the same row."""
    along, away = end - start, xy - start
    share = np.einsum("ij,ij->i", away, along) / np.einsum("ij,ij->i", along, along)
    return np.hypot(*(away - along * np.clip(share, 0.0, 1.0)[:, None]).T)


def _joined(start: Array, end: Array, crowded: NDArray[np.bool_]) -> NDArray[Any]:
    """Return edges as lines, each as long as the next edge begins where the last one ends and no other meets there."""
    if not len(start):
        return np.zeros(0, dtype=object)
    stops = np.append((end[:-1] != start[1:]).any(axis=1) | crowded[:-1], True)
    last = np.nonzero(stops)[0]
    line = np.cumsum(stops) - stops
    xy = np.insert(start, last + 1, end[last], axis=0)
    return np.asarray(shapely.linestrings(xy, indices=np.insert(line, last + 1, line[last])))


def inner_points(faces: NDArray[Any]) -> Array:
    """Return one point inside each face, shape (n, 2)."""
    return shapely.get_coordinates(shapely.point_on_surface(faces))


@dataclass(frozen=True)
class Edges:
    """Every edge of every face once per face, the face on its left.

    ``start``, ``end`` plane metres (n, 2); ``face`` index of the face; ``other`` index of the face on the right, or -1.
    """

    start: Array
    end: Array
    face: Indices
    other: Indices

    @property
    def length(self) -> Array:
        """Plane lengths in metres, shape (n,)."""
        return np.hypot(*(self.end - self.start).T)

    def select(self, wanted: NDArray[np.bool_]) -> Edges:
        """Return the edges where ``wanted`` is true."""
        return Edges(self.start[wanted], self.end[wanted], self.face[wanted], self.other[wanted])


def edges_of(faces: Sequence[Any] | NDArray[Any]) -> Edges:
    """Return the edges of polygons or multipolygons that form a coverage with identical shared vertices."""
    polygons, owner = shapely.get_parts(np.asarray(faces, dtype=object), return_index=True)
    rings, ring_polygon = shapely.get_rings(shapely.normalize(polygons), return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    # shapely.normalize turns shells clockwise and holes counter-clockwise: the face is on the right, so swap the ends
    start, end = xy[1:][inside], xy[:-1][inside]
    face = np.asarray(owner[ring_polygon[ring[:-1][inside]]], dtype=np.int64)
    return Edges(start, end, face, _other_side(start, end, face))


def _other_side(start: Array, end: Array, face: Indices) -> Indices:
    """Return for each edge the face that holds the same edge the other way round, or -1."""
    key = start + end  # twice the middle, the same to the last bit both ways: edges that cross have a node there
    order = np.lexsort(key.T)
    twins = np.nonzero((key[order][1:] == key[order][:-1]).all(axis=1))[0]
    first, second = order[twins], order[twins + 1]
    other = np.full(len(face), -1, dtype=np.int64)
    other[first], other[second] = face[second], face[first]
    return other


def dissolve(faces: NDArray[Any], labels: NDArray[Any], count: int, edges: Edges | None = None) -> list[Any]:
    """Return ``count`` multipolygons: the union of the faces of label 0, 1, …; faces with other labels are left out.

    Made from the edges between different labels, every vertex kept. ``edges`` saves time where the edges of the faces
    are known.
    """
    edges = edges_of(faces) if edges is None else edges
    inside = labels[edges.face]
    outside = np.where(edges.other >= 0, labels[edges.other], -1)
    rim = (inside >= 0) & (inside < count) & (inside != outside)
    polygons, label = polygons_from(edges.start[rim], edges.end[rim], inside[rim])
    return [shapely.multipolygons(polygons[label == index]) for index in range(count)]


def united(faces: NDArray[Any], wanted: NDArray[np.bool_]) -> Any:
    """Return the union of the wanted faces as a multipolygon."""
    return dissolve(faces, np.where(wanted, 0, -1), 1)[0]


def as_multipolygon(geometry: Any) -> Any:
    """Return the polygons of a geometry as one multipolygon."""
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon" and not p.is_empty]
    return shapely.multipolygons(parts) if parts else shapely.MultiPolygon()


def along_of(xy: Array) -> Array:
    """Return how far along a polyline (n, 2) each vertex lies, metres in the plane.

    Examples
    --------
    >>> along_of(np.array([[0.0, 0], [3, 4], [3, 5]])).tolist()
    [0.0, 5.0, 6.0]
    """
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])


def segments(lines: Sequence[Array]) -> tuple[NDArray[Any], Indices]:
    """Return the edges of polylines (n, 2) as two-point lines, and the index of the polyline of each."""
    pairs = np.concatenate([np.stack([line[:-1], line[1:]], axis=1) for line in lines])
    owner = np.repeat(np.arange(len(lines)), [len(line) - 1 for line in lines])
    return shapely.linestrings(pairs), owner


def nearest_of(tree: shapely.STRtree, xy: Array, farthest: float | None = None) -> tuple[Indices, Indices]:
    """Return the points (n, 2) that have a geometry within ``farthest`` metres, and the nearest one's index.

    Of equally near ones the first: which of them a tree meets first may change from run to run.
    """
    points = shapely.points(xy)
    if farthest is None:
        point, item = tree.query_nearest(points)
        order = np.lexsort([item, point])
    else:  # a search of a few centimetres has few candidates
        point, item = tree.query(points, predicate="dwithin", distance=farthest)
        order = np.lexsort([item, shapely.distance(points[point], tree.geometries[item]), point])
    point, item = point[order], item[order]
    first = np.concatenate([[True], point[1:] != point[:-1]]) if len(point) else np.zeros(0, dtype=bool)
    return point[first], item[first]


def feet_on(tree: shapely.STRtree, start: Array, along: Array, xy: Array) -> tuple[Indices, Array]:
    """Return for each point (n, 2) the nearest two-point line of a tree and the share of its length at the foot, 0…1.

    ``start`` and ``along`` are the lines' first points and their vectors to the last, (lines, 2).
    """
    point, piece = nearest_of(tree, xy)
    away = xy[point] - start[piece]
    length2 = np.maximum((along[piece] ** 2).sum(axis=1), TINY)
    share = np.clip(np.einsum("ij,ij->i", away, along[piece]) / length2, 0.0, 1.0)
    return piece, share


def components(count: int, first: Indices, second: Indices) -> Indices:
    """Return the number of the connected component of each of ``count`` nodes, given links between them.

    Examples
    --------
    >>> components(4, np.array([0, 2]), np.array([1, 3])).tolist()
    [0, 0, 1, 1]
    """
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    links = np.unique(first * count + second)  # faces share many edges
    for a, b in zip((links // count).tolist(), (links % count).tolist()):
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return np.unique([root(node) for node in range(count)], return_inverse=True)[1].astype(np.int64)
