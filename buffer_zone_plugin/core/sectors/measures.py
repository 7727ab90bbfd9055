"""What sectors share out: line length or area, as weighted samples along the axis and as exact values of sectors.

Samples are points in the local plane with weights in metres or square metres on the ellipsoid; exact values are
measured on the finished sectors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from ..arrangement import GRID, OVERSHOOT, TINY, feet_on, nearest_of, on_grid, segments
from ..geodesy import Array, Indices, LocalPlane, area, counter, edge_lengths
from .axis import Axis

AREA_SAMPLES = 40_000
FIRST_SQUARES_LOG2 = 4  # at most 16 of the largest squares side by side
LENGTH_STEP_SHARE = 1 / 40  # of the depth: spacing of samples along the line
MOST_LENGTH_SAMPLES = 20_000
MOST_PLACES = 40_000  # a line of very many edges has more samples
STRETCH = 64  # edges of the line located at once: no more would be lost with a crossing that rounding hides

Exact = Callable[[Sequence[Any], Sequence[Any]], Array]  # sectors and borders in the plane -> values


@dataclass(frozen=True)
class Measure:
    """Samples (n, 2) with weights (n,), their places along the axis, and the exact values of finished sectors.

    ``place`` is sorted, ``placed`` the weight at each; where samples are very many, neighbours share one place.
    ``density`` gives the measure per square metre of the plane at a point, where it has one.
    """

    points: Array
    weight: Array
    place: Array
    placed: Array
    exact: Exact
    density: Callable[[Array], float] | None

    @property
    def cumulative(self) -> Array:
        """The share of the whole up to each place, 0…1."""
        total = np.cumsum(self.placed)
        return np.asarray(total / total[-1])

    def quantiles(self, share: Array) -> Array:
        """Return the places along the axis before which these shares of the whole lie."""
        return np.asarray(np.interp(share, self.cumulative, self.place))


def _measure(
    axis: Axis, points: Array, weight: Array, exact: Exact, density: Callable[[Array], float] | None
) -> Measure:
    """Return the measure of samples whose neighbours follow each other."""
    stride = max(1, len(points) // MOST_PLACES)
    first = np.arange(0, len(points), stride)
    place = axis.parameter(points[np.minimum(first + stride // 2, len(points) - 1)])
    order = np.argsort(place, kind="stable")
    return Measure(points, weight, place[order], np.add.reduceat(weight, first)[order], exact, density)


def area_measure(axis: Axis, zone: Any, counted: Any, plane: LocalPlane) -> Measure:
    """Return the measure of ground area, square metres on the ellipsoid; ``counted`` is the zone's part that counts."""
    points, cell = evenly_spread(counted)

    def exact(sectors: Sequence[Any], _borders: Sequence[Any]) -> Array:
        ground = sectors if counted is zone else shapely.intersection(sectors, counted, grid_size=GRID)
        return np.array([area(shapely.transform(sector, plane.inverse)) for sector in ground])

    def density(xy: Array) -> float:
        return float(plane.scale(xy[None])[0] ** -2)

    return _measure(axis, points, (cell / plane.scale(points)) ** 2, exact, density)


def evenly_spread(zone: Any) -> tuple[Array, float]:
    """Return the middles of the square cells that lie in the zone, (n, 2), and the side of a cell.

    Found from large squares that are quartered where they meet the zone: a narrow zone fills little of its extent.
    """
    x_min, y_min, x_max, y_max = shapely.bounds(zone)
    side = float(np.sqrt(zone.area / AREA_SAMPLES))
    halvings = max(0, int(np.ceil(np.log2(max(x_max - x_min, y_max - y_min) / side))) - FIRST_SQUARES_LOG2)
    size = side * 2**halvings
    columns, rows = np.meshgrid(np.arange(x_min, x_max, size), np.arange(y_min, y_max, size))
    corner = np.column_stack([columns.ravel(), rows.ravel()])
    shapely.prepare(zone)
    for _ in range(halvings):
        squares = shapely.box(corner[:, 0], corner[:, 1], corner[:, 0] + size, corner[:, 1] + size)
        corner = corner[shapely.intersects(zone, squares)]
        size /= 2
        corner = (corner[:, None] + size * np.array([[0, 0], [0, 1], [1, 0], [1, 1]])).reshape(-1, 2)
    middle = corner + side / 2
    return middle[shapely.contains_xy(zone, middle)], side


def length_measure(axis: Axis, shares: LineShares, depth_m: float) -> Measure:
    """Return the measure of contact-line length, metres on the ellipsoid."""
    whole = float(shares.plane_length.sum())
    step = max(min(LENGTH_STEP_SHARE * depth_m, whole / MOST_LENGTH_SAMPLES), whole / (2 * MOST_LENGTH_SAMPLES))
    count = np.maximum(np.ceil(shares.plane_length / step), 1).astype(int)
    piece = np.repeat(np.arange(len(count)), count)
    share = (counter(count) + 0.5) / count[piece]
    middle = shares.start[piece] + shares.along[piece] * share[:, None]
    weight = shares.length[piece] / count[piece]

    def exact(sectors: Sequence[Any], borders: Sequence[Any]) -> Array:
        return shares.by_sector(sectors, borders)

    return _measure(axis, middle, weight, exact, None)


class LineShares:
    """Cuts the contact line at sector borders and adds up its geodesic length by sector.

    Parameters
    ----------
    parts : polylines in longitude/latitude (n, 2) in the order of the chainage, dense enough to be straight in the
        plane between vertices
    """

    def __init__(self, parts: Sequence[Array], plane: LocalPlane) -> None:
        flat = [on_grid(plane.forward(part)) for part in parts]
        self.pieces, _ = segments(flat)
        self._tree = shapely.STRtree(self.pieces)
        self.start = np.concatenate([xy[:-1] for xy in flat])
        self.along = np.concatenate([np.diff(xy, axis=0) for xy in flat])
        self.plane_length = np.hypot(*self.along.T)
        self.length = np.concatenate([edge_lengths(part) for part in parts])
        along = np.concatenate([[0.0], np.cumsum(self.length)])
        self.before = along[:-1]
        place = counter(np.array([len(xy) - 1 for xy in flat]))  # of an edge in its part
        self._stops = np.append(self.before[place % STRETCH == 0], along[-1])

    def by_sector(self, sectors: Sequence[Any], borders: Sequence[Any]) -> Array:
        """Return the length of the line in each sector, metres: between two borders it stays in one."""
        piece, share = self._crossings(borders)
        stops = np.sort(np.concatenate([self._stops, self.before[piece] + share * self.length[piece]]))
        sector = locate(self.at((stops[1:] + stops[:-1]) / 2), sectors)
        return np.bincount(sector, np.diff(stops), len(sectors)).astype(np.float64)

    def at(self, chainage: Array) -> Array:
        """Return the points (n, 2) of the line in the plane at distances along it."""
        piece = np.searchsorted(self.before, chainage, side="right") - 1
        share = (chainage - self.before[piece]) / np.maximum(self.length[piece], TINY)
        return np.asarray(self.start[piece] + self.along[piece] * share[:, None])

    def meeting(self, border: Sequence[Any]) -> float:
        """Return where the lines of a border meet the line, metres along it; of several places the middle one."""
        piece, share = self._crossings(border)
        if not len(piece):
            return float(self.chainage(shapely.get_coordinates(shapely.centroid(border[0])))[0])
        return float(np.sort(self.before[piece] + share * self.length[piece])[len(piece) // 2])

    def chainage(self, xy: Array) -> Array:
        """Return the chainage in metres of the line's points nearest to plane points (n, 2)."""
        piece, share = feet_on(self._tree, self.start, self.along, xy)
        return np.asarray(self.before[piece] + share * self.length[piece])

    def _crossings(self, borders: Sequence[Any]) -> tuple[Indices, Array]:
        """Return the pieces that borders cross and the share of the piece at which they do."""
        lines = np.array([_lengthened(border) for border in borders], dtype=object)
        border, piece = self._tree.query(lines, predicate="intersects")
        if not len(piece):
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        met = shapely.intersection(self.pieces[piece], lines[border])  # single edges: the exact crossing, no grid
        xy, which = shapely.get_coordinates(met, return_index=True)
        piece = piece[which]
        along = self.along[piece]
        share = np.einsum("ij,ij->i", xy - self.start[piece], along) / np.maximum((along**2).sum(axis=1), TINY)
        return piece.astype(np.int64), np.clip(share, 0.0, 1.0)


def _lengthened(border: Any) -> Any:
    """Return a line longer by a metre at both ends: where the zone has one side only, it ends on the contact line."""
    xy = shapely.get_coordinates(border)
    for _ in range(2):
        step = xy[0] - xy[1]
        xy = np.concatenate([[xy[0] + step * OVERSHOOT / max(float(np.hypot(*step)), TINY)], xy[1:]])[::-1]
    return shapely.linestrings(xy)


def locate(xy: Array, areas: Sequence[Any]) -> Indices:
    """Return the index of the area that holds each point; the nearest one where none does."""
    points = shapely.points(xy)
    found = np.full(len(xy), -1, dtype=np.int64)
    # the areas are the query: GEOS prepares those, and a prepared polygon answers thousands of points at once
    index, point = shapely.STRtree(points).query(np.asarray(areas, dtype=object), predicate="intersects")
    order = np.argsort(-index, kind="stable")  # of two areas with the point on their border the first
    found[point[order]] = index[order]
    lost = np.nonzero(found < 0)[0]
    if len(lost):
        found[lost] = nearest_of(shapely.STRtree(areas), xy[lost])[1]
    return found
