"""The cells of a raster of persons: which lie near a line, and the points that stand for them.

Coordinates are longitude/latitude on WGS 84 (degrees), or those of the raster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .features import InputFeature, parts_of
from .geodesy import Array, distances, earth_centred

FINEST_SHARE = 1 / 20  # of the reach: points of one cell lie no farther apart
MOST_SPREAD = 2_000_000  # points of one tile
LEAST_RADIUS_M = 6_335_000.0  # of curvature of a meridian of WGS 84: a degree of latitude is nowhere shorter
BULGE = 100.0  # an edge so many degrees long lies within its square / this of its chord, in degrees
COMPARED = 1_000  # vertices of each line
POLE, HALF_TURN = 90.0, 180.0
LEAST_COSINE = 1e-3
LINE = "The contact line holds"


@dataclass(frozen=True)
class Nearby:
    """The ground near some lines, as boxes around their edges in longitude/latitude, and the box around all."""

    tree: shapely.STRtree
    bounds: tuple[float, float, float, float]

    def reaches(self, box: tuple[float, float, float, float]) -> bool:
        """Tell whether a box (west, south, east, north) comes near the lines."""
        return bool(len(self.tree.query(shapely.box(*box))))


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
    return Nearby(shapely.STRtree(boxes), (west, max(south, -POLE), east, min(north, POLE)))


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


def spread(
    centre: Array, persons: Array, cell: tuple[float, float], to_lonlat: Callable[[Array], Array], reach_m: float
) -> tuple[Array, Array]:
    """Return cells as points, large ones as several, with equal shares of their persons.

    Parameters
    ----------
    centre : middles of cells (n, 2), in the raster's units
    persons : the persons of each (n,)
    cell : width and height of a cell in the raster's units
    to_lonlat : from the raster's units to longitude/latitude
    reach_m : how far the zone reaches, metres: points lie no farther apart than a share of it

    Returns
    -------
    Points (m, 2) in the raster's units and their persons (m,).
    """
    middle = centre[len(centre) // 2]
    corners = to_lonlat(middle + np.array([[0.0, 0.0], [cell[0], 0.0], [0.0, cell[1]]]))
    sides = distances(corners[[0, 0]], corners[1:])
    most = max(1, int(np.sqrt(MOST_SPREAD / len(centre))))
    columns, rows = np.clip(np.ceil(sides / (FINEST_SHARE * reach_m)), 1, most).astype(int)
    x, y = (((np.arange(n) + 0.5) / n - 0.5) * size for n, size in zip((columns, rows), cell))
    offset = np.stack(np.meshgrid(x, y), axis=-1).reshape(1, -1, 2)
    points = (centre[:, None] + offset).reshape(-1, 2)
    return points, np.repeat(persons / (columns * rows), columns * rows)


def _parts(lines: Sequence[InputFeature]) -> list[Any]:
    return [part for line in lines for part in parts_of(line, LINE, ("LineString", "LinearRing"))]
