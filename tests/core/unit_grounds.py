"""What the tests of sectors of areas share: zones in the plane, units of many shapes, and what holds of sectors."""

from __future__ import annotations

import numpy as np
import shapely

from buffer_zone_plugin.core.arrangement import GRID, arrange, dissolve, inner_points, on_grid, united
from buffer_zone_plugin.core.errors import PlanCancelledError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.sectors.borders import borders_of
from buffer_zone_plugin.core.testing import assert_tiling

KM = 1000.0
LENGTH, DEPTH = 400 * KM, 20 * KM
SAME_M2 = 10.0  # of ground: the grid of 1 cm along an outline of 900 km moves more than this by chance only


def never():
    pass


def stop():
    raise PlanCancelledError


def areas(shapes):
    return shapely.area(list(shapes))


def box(west, south, east, north):
    return shapely.multipolygons([shapely.box(west * KM, south * KM, east * KM, north * KM)])


def wavy_zone(length=LENGTH, depth=DEPTH):
    x = np.linspace(0, length, 200)
    line = shapely.LineString(np.column_stack([x, 25 * KM * np.sin(x / (50 * KM))]))
    return shapely.transform(line.buffer(depth), on_grid)


STRAIGHT = shapely.box(0, -DEPTH, LENGTH, DEPTH)
WAVY = wavy_zone()
NONE_IN_ZONE = [[box(0, 100, 400, 200)], [shapely.MultiPolygon()]]


def cut_at(zone, x):
    """The sectors between vertical borders."""
    south, north = zone.bounds[1] - KM, zone.bounds[3] + KM
    lines = [shapely.LineString([(one, south), (one, north)]) for one in x]
    faces = arrange([shapely.boundary(zone), *lines])
    middle = inner_points(faces)
    shapely.prepare(zone)
    inside = shapely.contains_xy(zone, middle)
    return dissolve(faces[inside], np.searchsorted(x, middle[inside, 0]), len(x) + 1)


def even_sectors(zone, count):
    """Sectors of the same area, nearly, between vertical borders."""
    x = np.linspace(zone.bounds[0], zone.bounds[2], 2001)
    slabs = shapely.box(x[:-1], zone.bounds[1], x[1:], zone.bounds[3])
    up_to = np.cumsum(shapely.area(shapely.intersection(zone, slabs)))
    return cut_at(zone, np.interp(np.arange(1, count) / count * up_to[-1], up_to, x[1:]))


def voronoi_units(zone, spacing, seed):
    rng = np.random.default_rng(seed)
    west, south, east, north = zone.bounds
    x = np.arange(west - spacing, east + spacing, spacing)
    x, y = np.meshgrid(x, np.arange(south - spacing, north + spacing, spacing))
    points = np.column_stack([x.ravel(), y.ravel()]) + rng.normal(0, 0.28 * spacing, (x.size, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    return [shapely.multipolygons([cell]) for cell in cells]


def disturbed(zone, seed, missing):
    """Units that overlap, with slivers and gaps between them, some of them left out; none may lie in the zone."""
    rng = np.random.default_rng(seed)
    units = voronoi_units(zone, 25 * KM, seed)
    kept = rng.random(len(units)) >= missing
    kept[0] = True
    shifted = [
        shapely.multipolygons([shapely.Polygon(shapely.get_coordinates(unit)[:-1] + rng.normal(0, 30.0, 2))])
        for unit, keep in zip(units, kept) if keep
    ]
    return shifted if any(unit.intersects(zone) for unit in shifted) else []


def enclave():
    """A unit around another one, that one, and a third east of both."""
    hole = shapely.box(60 * KM, -5 * KM, 80 * KM, 5 * KM)
    outer = shapely.multipolygons([shapely.Polygon(
        [(0, -50 * KM), (105 * KM, -50 * KM), (105 * KM, 50 * KM), (0, 50 * KM)], [shapely.get_coordinates(hole)])])
    return [outer, shapely.multipolygons([hole]), box(105, -50, 400, 50)]


def features_of(shapes):
    return [InputFeature(k, shape) for k, shape in enumerate(shapes)]


def tiles(sectors, zone):
    assert all(shapely.area(sector) > 0 for sector in sectors)
    everything = united(np.array(sectors, dtype=object), np.ones(len(sectors), dtype=bool))
    assert_tiling(sectors, everything)
    assert shapely.symmetric_difference(everything, zone, grid_size=GRID).area < SAME_M2
    assert all(border.line.is_simple for border in borders_of(sectors))


def pieces(shape):
    return shapely.get_num_geometries(shape)


def same_ground(one, two):
    return shapely.symmetric_difference(one, two, grid_size=GRID).area < SAME_M2
