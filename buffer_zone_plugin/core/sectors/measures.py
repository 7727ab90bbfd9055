"""What sectors share out, as weighted samples along the axis and as exact values of finished sectors.

Line length, area, staff bound to places such as posts, inhabitants, and any mixture of them. Samples are points in the
local plane; lengths and areas are metres and square metres on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from ..arrangement import GRID, as_multipolygon
from ..geodesy import Array, LocalPlane, area, counter
from .axis import Axis
from .line_shares import LineShares, locate

LENGTH, AREA, STATIONED, PERSONS = "length", "area", "stationed", "persons"  # staff bound to places; inhabitants
AREA_SAMPLES = 40_000
FIRST_SQUARES_LOG2 = 4  # at most 16 of the largest squares side by side
LENGTH_STEP_SHARE = 1 / 40  # of the depth: spacing of samples along the line
FINER, LEAST_FINENESS = 4.0, 0.05  # of a sector's share of the samples; of all samples
MOST_LENGTH_SAMPLES = 20_000
MOST_PLACES = 40_000  # a line of very many edges has more samples
HEAVY = 0.1  # of a mean share, in one spot: it lies on one side of a border or the other
NO_SPOTS = np.zeros((0, 2)), np.zeros(0)

Exact = Callable[[Sequence[Any], Sequence[Any]], Array]  # sectors and borders in the plane -> values
Term = tuple[float, Mapping[str, float]]  # a weight, and what it is of: a sum of the stock's measures with factors


@dataclass(frozen=True)
class Measure:
    """What is shared out: how it lies along the axis, what finished sectors hold, and what moves with a border.

    ``place`` is sorted, ``placed`` the weight at each; where samples are very many, neighbours share one place.
    ``spots`` (n, 2) with their ``weight`` (n,) hold what is not spread evenly; ``density`` gives what is, per square
    metre of the plane at a point. ``on_line`` is true of metres of the contact line, and of nothing else.
    """

    place: Array
    placed: Array
    exact: Exact
    spots: Array
    weight: Array
    density: Callable[[Array], float]
    on_line: bool = False

    @property
    def cumulative(self) -> Array:
        """The share of the whole up to each place, 0…1."""
        total = np.cumsum(self.placed)
        return np.asarray(total / total[-1])

    @property
    def heaviest(self) -> float:
        """The largest share of the whole, 0…1, that lies at one place."""
        return float(self.placed.max() / self.placed.sum())

    def quantiles(self, share: Array, beside_m: float = 0.0) -> Array:
        """Return the places along the axis before which these shares of the whole lie.

        Where one spot holds what a share ends in, the place is ``beside_m`` before or behind it, whichever is nearer.
        """
        reached = self.cumulative
        place = np.interp(share, reached, self.place)
        spot = np.minimum(np.searchsorted(reached, share), len(reached) - 1)
        alone = self.placed[spot] / self.placed.sum() > HEAVY / (len(share) + 1)
        behind = share > reached[spot] - self.placed[spot] / self.placed.sum() / 2
        return np.asarray(np.where(alone, self.place[spot] + np.where(behind, beside_m, -beside_m), place))


@dataclass(frozen=True)
class Stock:
    """What there is to share out: the line and the ground in the plane, and spots that weigh, such as posts.

    ``line`` is None where there is none; ``zone`` is what the sectors tile, ``counted`` the part of it that counts:
    what lies inside the clip. ``spots`` are points (n, 2) with weights (n,), by the name of their measure.
    ``fineness`` is the share of the usual number of samples to take.
    """

    line: LineShares | None
    zone: Any
    counted: Any
    plane: LocalPlane
    spots: Mapping[str, tuple[Array, Array]]
    fineness: float = 1.0

    def measure(self, axis: Axis, terms: Sequence[Term], depth_m: float) -> Measure:
        """Return the mixture of some terms, each in proportion to its own total; what there is none of is left out.

        A mixture of which nothing is left is one of area.
        """
        wholes = [self._sum(axis, factors, depth_m) for _, factors in terms]
        totals = [float(whole.placed.sum()) for whole in wholes]
        there = [(weight / total, whole) for (weight, _), total, whole in zip(terms, totals, wholes) if total > 0]
        if not there:
            return self._one(axis, AREA, depth_m)
        return there[0][1] if len(there) == 1 else _mixed(there)

    def shares(self, terms: Sequence[Term], sectors: Sequence[Any], borders: Sequence[Any]) -> Array:
        """Return what share of the mixture of some terms each of the sectors has, which tile the zone."""
        held = np.zeros(len(sectors))
        for weight, factors in terms:
            value = sum(factor * self._exact(name)(sectors, borders) for name, factor in factors.items())
            total = float(np.sum(value))
            held += weight / total * value if total > 0 else 0.0
        if held.sum() <= 0:
            held = self._exact(AREA)(sectors, borders)
        return np.asarray(held / held.sum())

    def _sum(self, axis: Axis, factors: Mapping[str, float], depth_m: float) -> Measure:
        parts = [(factor, self._one(axis, name, depth_m)) for name, factor in factors.items() if factor > 0]
        return parts[0][1] if len(parts) == 1 else _mixed(parts)

    def _one(self, axis: Axis, name: str, depth_m: float) -> Measure:
        exact = self._exact(name)
        if name == AREA:
            return _area_measure(axis, self.counted, self.plane, exact, self.fineness)
        if name == LENGTH and self.line is not None:
            return _length_measure(axis, self.line, depth_m, exact, self.fineness)
        return _spots_measure(axis, *self.spots.get(name, NO_SPOTS), exact)

    def _exact(self, name: str) -> Exact:
        """Return what tells how much of a measure finished sectors hold."""
        if name == AREA:
            return lambda sectors, _borders: np.array([area(ground) for ground in self.on_earth(sectors)])
        if name == LENGTH and self.line is not None:
            return self.line.by_sector
        spots, weight = self.spots.get(name, NO_SPOTS)
        if not len(spots):
            return lambda sectors, _borders: np.zeros(len(sectors))
        tree = shapely.STRtree(shapely.points(spots))

        def held(sectors: Sequence[Any], _borders: Sequence[Any]) -> Array:
            return np.bincount(locate(spots, sectors, tree), weight, len(sectors)).astype(np.float64)

        return held

    def on_earth(self, ground: Sequence[Any]) -> list[Any]:
        """Return what counts of some ground of the plane, longitude/latitude."""
        held = ground if self.counted is self.zone else shapely.intersection(ground, self.counted, grid_size=GRID)
        return [shapely.transform(as_multipolygon(one), self.plane.inverse) for one in held]

    def within(self, sector: Any, line: LineShares | None) -> Stock:
        """Return what lies in one sector; ``line`` is the part of the line in it."""
        whole = self.counted is self.zone
        counted = sector if whole else shapely.intersection(sector, self.counted, grid_size=GRID)
        counted = sector if counted.is_empty else counted
        shapely.prepare(sector)
        held = {name: shapely.contains_xy(sector, xy) for name, (xy, _) in self.spots.items()}
        spots = {name: (xy[held[name]], weight[held[name]]) for name, (xy, weight) in self.spots.items()}
        fineness = float(np.clip(FINER * sector.area / self.zone.area, LEAST_FINENESS, 1.0))
        return Stock(line, sector, counted, self.plane, spots, fineness)


def _none(_xy: Array) -> float:
    return 0.0


def _mixed(parts: Sequence[tuple[float, Measure]]) -> Measure:
    """Return the sum of measures with factors."""
    place = np.concatenate([one.place for _, one in parts])
    placed = np.concatenate([factor * one.placed for factor, one in parts])
    order = np.argsort(place, kind="stable")

    def exact(sectors: Sequence[Any], borders: Sequence[Any]) -> Array:
        return np.asarray(sum(factor * one.exact(sectors, borders) for factor, one in parts))

    def density(xy: Array) -> float:
        return sum(factor * one.density(xy) for factor, one in parts)

    spots = np.concatenate([one.spots for _, one in parts])
    weight = np.concatenate([factor * one.weight for factor, one in parts])
    return Measure(place[order], placed[order], exact, spots, weight, density)


def _places(axis: Axis, points: Array, weight: Array) -> tuple[Array, Array]:
    """Return the sorted places along the axis of samples whose neighbours follow each other, and the weight at each."""
    stride = max(1, len(points) // MOST_PLACES)
    first = np.arange(0, len(points), stride)
    place = axis.parameter(points[np.minimum(first + stride // 2, len(points) - 1)])
    order = np.argsort(place, kind="stable")
    return place[order], np.add.reduceat(weight, first)[order]


def _area_measure(axis: Axis, counted: Any, plane: LocalPlane, exact: Exact, fineness: float) -> Measure:
    """Return the measure of ground area, square metres on the ellipsoid."""
    points, cell = evenly_spread(counted, fineness * AREA_SAMPLES)

    def density(xy: Array) -> float:
        return float(plane.scale(xy[None])[0] ** -2)

    return Measure(*_places(axis, points, (cell / plane.scale(points)) ** 2), exact, *NO_SPOTS, density)


def evenly_spread(zone: Any, samples: float = AREA_SAMPLES) -> tuple[Array, float]:
    """Return the middles of the square cells that lie in the zone, (n, 2), and the side of a cell.

    Found from large squares that are quartered where they meet the zone: a narrow zone fills little of its extent.
    """
    x_min, y_min, x_max, y_max = shapely.bounds(zone)
    side = float(np.sqrt(zone.area / samples))
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


def _length_measure(axis: Axis, line: LineShares, depth_m: float, exact: Exact, fineness: float) -> Measure:
    """Return the measure of contact-line length, metres on the ellipsoid."""
    whole = float(line.plane_length.sum())
    samples = fineness * MOST_LENGTH_SAMPLES
    step = max(min(LENGTH_STEP_SHARE * depth_m, whole / samples), whole / (2 * samples))
    count = np.maximum(np.ceil(line.plane_length / step), 1).astype(int)
    piece = np.repeat(np.arange(len(count)), count)
    share = (counter(count) + 0.5) / count[piece]
    middle = line.start[piece] + line.along[piece] * share[:, None]
    weight = line.length[piece] / count[piece]
    return Measure(*_places(axis, middle, weight), exact, middle, weight, _none, on_line=True)


def _spots_measure(axis: Axis, spots: Array, weight: Array, exact: Exact) -> Measure:
    """Return the measure of weighted points (n, 2) in the plane."""
    placed = _places(axis, spots, weight) if len(spots) else (np.zeros(0), np.zeros(0))
    return Measure(*placed, exact, spots, weight, _none)
