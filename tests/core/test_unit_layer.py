"""A layer of administrative areas: taken apart feature by feature, and brought into the plane of a zone."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from buffer_zone_plugin.core.arrangement import GRID
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.geodesy import LocalPlane
from buffer_zone_plugin.core.unit_layer import units_in_plane, units_of

from .unit_grounds import KM, features_of, pieces, tiles


def test_a_layer_is_taken_apart_feature_by_feature():
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    layer = features_of([
        None, shapely.box(10, 0, 11, 1), bow_tie, shapely.Polygon([(0, 0), (1, 1), (2, 2)]),
        shapely.GeometryCollection([shapely.box(20, 0, 21, 1), shapely.MultiPolygon([shapely.box(21, 0, 22, 1)])]),
    ])
    units, places, notes = units_of(layer)
    assert places == [1, 2, 4]
    assert [unit.geom_type for unit in units] == ["MultiPolygon"] * 3 and shapely.is_valid(units).all()
    assert shapely.area(units).tolist() == pytest.approx([1, 2, 2])
    assert [note.removeprefix("The layer of areas: 1 ") for note in notes] == [
        "feature without usable geometry left out", "invalid polygon mended", "polygon without an area left out",
    ]


@pytest.mark.parametrize("shapes, message", [
    ([], "The layer of areas has no features. Choose a layer of polygons"),
    ([None], "The layer of areas covers no ground"),
    ([shapely.LineString([(0, 0), (1, 1)])], r"The layer of areas holds a LineString, not a polygon \(feature 0\)"),
])
def test_a_layer_without_areas_is_refused(shapes, message):
    with pytest.raises(PlanError, match=message):
        units_of(features_of(shapes))


def zone_around(lon, lat, reach=100 * KM):
    """A plane around a place, and a square zone in its middle."""
    plane = LocalPlane(np.array([[lon, lat]]))
    return plane, shapely.box(-reach, -reach, reach, reach)


def test_areas_of_any_size_are_brought_into_the_plane():
    plane, zone = zone_around(37.0, 48.0)
    layer = [shapely.box(-179, -89, 37.2, 89), shapely.box(37.2, -60, 179, 80), shapely.box(36, 47, 38, 49)]
    west, east, under = units_in_plane(units_of(features_of(layer))[0], plane, zone)
    assert under.is_empty  # the first ones hold all of its ground
    tiles([west, east], zone)
    border = plane.inverse(shapely.get_coordinates(shapely.intersection(west, east, grid_size=GRID)))
    assert np.abs(border[:, 0] - 37.2).max() < 1e-6


def test_straight_edges_are_those_of_the_layers_map():
    plane, zone = zone_around(37.0, 60.0)
    layer = features_of([shapely.box(20, 40, 60, 60), shapely.box(20, 60, 60, 80)])
    south, north = units_in_plane(units_of(layer)[0], plane, zone)
    border = plane.inverse(shapely.get_coordinates(shapely.intersection(south, north, grid_size=GRID)))
    assert len(border) > 50 and np.abs(border[:, 1] - 60.0).max() < 1e-6


@pytest.mark.parametrize("layer", [
    [shapely.box(175, -30, 180, 0), shapely.box(-180, -30, -175, 0)],
    [shapely.box(175, -30, 180, 0), shapely.box(180, -30, 185, 0)],
    [shapely.box(-185, -30, -180, 0), shapely.box(-180, -30, -175, 0)],
])
def test_areas_meet_at_the_antimeridian(layer):
    plane, zone = zone_around(180.0, -17.0)
    west, east = units_in_plane(units_of(features_of(layer))[0], plane, zone)
    tiles([west, east], zone)
    assert west.area == pytest.approx(east.area, rel=1e-3)


def test_an_area_across_the_antimeridian_is_one():
    plane, zone = zone_around(180.0, -17.0)
    (unit,) = units_in_plane(units_of(features_of([shapely.box(170, -30, 190, -17)]))[0], plane, zone)
    assert pieces(unit) == 1 and unit.area == pytest.approx(zone.area / 2, rel=0.15)  # a parallel is bent
