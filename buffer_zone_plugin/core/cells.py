"""The cells of a raster of persons: which lie near a line, and the points that stand for them and for their ground.

Coordinates are longitude/latitude on WGS 84 (degrees), or those of the raster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .features import InputFeature, parts_of
from .geodesy import Array, Indices, area, distances, earth_centred, path_length

FINEST_SHARE = 1 / 20  # of the reach: points of one cell lie no farther apart
MOST_SPREAD = 2_000_000  # points of one tile
MOST_KNOWN = 200_000  # about so many points stand for the ground of the cells that hold a value
LATTICE = 500  # cells a side, over the box around all that is near
STEP = 0.1  # of a cell, to measure its ground by
LEAST_RADIUS_M = 6_335_000.0  # of curvature of a meridian of WGS 84: a degree of latitude is nowhere shorter
BULGE = 100.0  # an edge so many degrees long lies within its square / this of its chord, in degrees
COMPARED = 1_000  # vertices of each line
LARGE_SHARE, PLACES = 0.1, 5  # of the reach: cells so large are asked at so many places a side
POLE, HALF_TURN = 90.0, 180.0
LEAST_COSINE = 1e-3
LINE = "The contact line holds"
DEEP = 0.25  # of half the width of a zone: some part of it may be no deeper
MARGIN = 1.1  # of the reach: a raster is read this far from the line


@dataclass(frozen=True)
class Nearby:
    """The ground near some lines, as boxes around their edges in longitude/latitude, and the box around all.

    ``lattice`` tells of each cell, column by column from the south-west, whether a box touches it.
    """

    tree: shapely.STRtree
    bounds: tuple[float, float, float, float]
    lattice: NDArray[np.bool_]

    def reaches(self, box: tuple[float, float, float, float]) -> bool:
        """Tell whether a box (west, south, east, north) comes near the lines."""
        return bool(len(self.tree.query(shapely.box(*box))))

    def holds(self, lonlat: Array) -> NDArray[np.bool_]:
        """Tell of each point (n, 2) whether it lies near the lines; of some that lie a little farther off, too."""
        index = _lattice_index(lonlat, self.bounds)
        inside = ((index >= 0) & (index < LATTICE)).all(axis=1)
        inside[inside] = self.lattice[tuple(index[inside].T)]
        return inside

    def share(self, box: tuple[float, float, float, float]) -> float:
        """Return about what share of a box (west, south, east, north) lies near the lines."""
        corners = _lattice_index(np.array(box).reshape(2, 2), self.bounds)
        (west, south), (east, north) = np.clip(corners, 0, LATTICE - 1).tolist()
        return float(self.lattice[west : east + 1, south : north + 1].mean())


def around(lines: Sequence[InputFeature], reach_m: float) -> Nearby:
    """Return what lies near lines, of which there are some: all within ``reach_m`` metres, and some more.

    Near ±180° and the poles, where boxes in longitude and latitude say little, that is a belt around the Earth.
    """
    xy, part = shapely.get_coordinates(_parts(lines), return_index=True)
    start, end = xy[:-1][part[1:] == part[:-1]], xy[1:][part[1:] == part[:-1]]
    low, high = np.minimum(start, end), np.maximum(start, end)
    up = np.degrees(reach_m / LEAST_RADIUS_M) + (high - low).max(axis=1)[:, None] ** 2 / BULGE
    farthest = np.abs(np.concatenate([low - up, high + up], axis=1)[:, [1, 3]]).max(axis=1)
    aside = up[:, 0] / np.maximum(np.cos(np.radians(np.minimum(farthest, POLE))), LEAST_COSINE)
    low, high = low - np.column_stack([aside, up]), high + np.column_stack([aside, up])
    around_earth = (low[:, 0] < -HALF_TURN) | (high[:, 0] > HALF_TURN) | (high[:, 0] - low[:, 0] > HALF_TURN)
    low[around_earth, 0], high[around_earth, 0] = -HALF_TURN, HALF_TURN
    boxes = shapely.box(*low.T, *high.T)
    west, south, east, north = shapely.total_bounds(boxes).tolist()
    bounds = (west, max(south, -POLE), east, min(north, POLE))
    return Nearby(shapely.STRtree(boxes), bounds, _lattice(low, high, bounds))


def nearby_of_lines(
    lines: Sequence[InputFeature], others: Sequence[InputFeature], depth_m: float
) -> tuple[Nearby, float] | None:
    """Return where a zone along a line, or two side by side, may lie, and its depth, metres; None without a line."""
    both = (*lines, *others)
    if not _parts(both):
        return None
    apart = apart_m(lines, others)
    return around(both, MARGIN * (depth_m + apart)), depth_m or apart / 2


def nearby_of_zone(polygons: Sequence[Any]) -> tuple[Nearby, float]:
    """Return where a zone's polygons, longitude/latitude, may lie, and a share of its width, metres."""
    whole = sum(area(polygon) for polygon in polygons)
    outline = sum(path_length(shapely.get_coordinates(shapely.get_exterior_ring(polygon))) for polygon in polygons)
    low, high = np.split(shapely.bounds(list(polygons)), 2, axis=1)
    up = np.degrees((MARGIN - 1) * whole / outline / LEAST_RADIUS_M)  # cells on the edge have their middle outside
    farthest = min(float(np.abs(np.concatenate([low, high])[:, 1]).max()) + up, POLE)
    aside = up / max(float(np.cos(np.radians(farthest))), LEAST_COSINE)
    low, high = low - np.array([aside, up]), high + np.array([aside, up])
    west, south, east, north = (float(v) for v in (*low.min(axis=0), *high.max(axis=0)))
    bounds = max(west, -HALF_TURN), max(south, -POLE), min(east, HALF_TURN), min(north, POLE)
    near = Nearby(shapely.STRtree(shapely.box(*low.T, *high.T)), bounds, _lattice(low, high, bounds))
    return near, DEEP * whole / outline


def apart_m(lines: Sequence[InputFeature], others: Sequence[InputFeature]) -> float:
    """Return about how far apart two lines that run side by side lie at most, metres; 0 if there is only one."""
    found = []
    for features in (lines, others):
        xyz = earth_centred(shapely.get_coordinates(_parts(features)))
        found.append(xyz[:: max(1, len(xyz) // COMPARED)])
    if not all(len(xyz) for xyz in found):
        return 0.0
    away = np.linalg.norm(found[0][:, None] - found[1][None], axis=2)
    return float(max(away.min(axis=0).max(), away.min(axis=1).max()))


def near_cells(
    centre: Array, cell: tuple[float, float], to_lonlat: Callable[[Array], Array], near: Nearby, reach_m: float
) -> NDArray[np.bool_]:
    """Tell which cells lie near a line, by their middles, and of cells that a zone may pass through by more places.

    Parameters
    ----------
    centre, cell, to_lonlat, reach_m : as for `spread`
    """
    sides = _sides(centre, cell, to_lonlat)
    shares = np.linspace(-0.5, 0.5, PLACES) if sides.max() > LARGE_SHARE * reach_m else np.zeros(1)
    found = np.zeros(len(centre), dtype=bool)
    for x in shares:
        for y in shares:
            left = np.nonzero(~found)[0]
            found[left] = near.holds(to_lonlat(centre[left] + np.array([x * cell[0], y * cell[1]])))
    return found


def _sides(centre: Array, cell: tuple[float, float], to_lonlat: Callable[[Array], Array]) -> Array:
    """Return width and height of a cell in the middle of some, metres."""
    middle = centre[len(centre) // 2]
    corners = to_lonlat(middle + np.array([[0.0, 0.0], [cell[0], 0.0], [0.0, cell[1]]]))
    return distances(corners[[0, 0]], corners[1:])


def spread(
    centre: Array, persons: Array, cell: tuple[float, float], to_lonlat: Callable[[Array], Array], reach_m: float,
    most: float = MOST_SPREAD,
) -> tuple[Array, Array]:
    """Return cells as points, large ones as several, with equal shares of their persons.

    Parameters
    ----------
    centre : middles of cells (n, 2), in the raster's units
    persons : the persons of each (n,)
    cell : width and height of a cell in the raster's units
    to_lonlat : from the raster's units to longitude/latitude
    reach_m : how far the zone reaches, metres: points lie no farther apart than a share of it
    most : about so many points at most, but one of each cell

    Returns
    -------
    Points (m, 2) in the raster's units and their persons (m,).
    """
    sides = _sides(centre, cell, to_lonlat)
    a_side = max(1, int(np.sqrt(most / len(centre))))
    columns, rows = np.clip(np.ceil(sides / (FINEST_SHARE * reach_m)), 1, a_side).astype(int)
    x, y = (((np.arange(n) + 0.5) / n - 0.5) * size for n, size in zip((columns, rows), cell))
    offset = np.stack(np.meshgrid(x, y), axis=-1).reshape(1, -1, 2)
    points = (centre[:, None] + offset).reshape(-1, 2)
    return points, np.repeat(persons / (columns * rows), columns * rows)


def stride_of(cells: float) -> int:
    """Return of how many cells a side one point stands for the ground, where there are so many cells."""
    return max(1, int(np.ceil(np.sqrt(cells / MOST_KNOWN))))


def in_blocks(known: NDArray[np.bool_], stride: int) -> tuple[Array, Array, Array]:
    """Return the middles of blocks of cells that hold known ones, as row and column, and how many each holds.

    Examples
    --------
    >>> row, column, count = in_blocks(np.array([[True, True, False], [True, False, False]]), 2)
    >>> row.tolist(), column.tolist(), count.tolist()
    ([0.5], [0.5], [3])
    """
    first = [np.arange(0, length, stride) for length in known.shape]
    last = [np.minimum(start + stride, length) - 1 for start, length in zip(first, known.shape)]
    count = np.add.reduceat(np.add.reduceat(known.astype(np.int64), first[0], axis=0), first[1], axis=1)
    row, column = np.nonzero(count)
    middle = [(start + end) / 2 for start, end in zip(first, last)]
    return middle[0][row], middle[1][column], count[row, column]


def ground_of(xy: Array, cell: tuple[float, float], to_lonlat: Callable[[Array], Array]) -> Array:
    """Return the ground of a cell at each of some points (n, 2) in the raster's units, m²."""
    at, east, north = (
        earth_centred(to_lonlat(xy + STEP * np.array(offset)))
        for offset in ((0.0, 0.0), (cell[0], 0.0), (0.0, cell[1]))
    )
    return np.linalg.norm(np.cross(east - at, north - at), axis=1) / STEP**2


def _lattice(low: Array, high: Array, bounds: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Return which cells of a lattice over the bounds some boxes touch."""
    first, last = (np.clip(_lattice_index(corner, bounds), 0, LATTICE - 1) for corner in (low, high))
    change = np.zeros((LATTICE + 1, LATTICE + 1), dtype=np.int64)
    for x, y, step in ((first, first, 1), (last + 1, first, -1), (first, last + 1, -1), (last + 1, last + 1, 1)):
        np.add.at(change, (x[:, 0], y[:, 1]), step)
    return change.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0


def _lattice_index(lonlat: Array, bounds: tuple[float, float, float, float]) -> Indices:
    """Return column and row (n, 2) of points in the lattice over the bounds; out of its range for those outside."""
    low, high = np.array(bounds[:2]), np.array(bounds[2:])
    return np.floor((lonlat - low) / np.maximum(high - low, np.finfo(float).eps) * LATTICE).astype(np.int64)


def _parts(lines: Sequence[InputFeature]) -> list[Any]:
    return [part for line in lines for part in parts_of(line, LINE, ("LineString", "LinearRing"))]
