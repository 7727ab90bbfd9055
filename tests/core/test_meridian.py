"""Zones across the antimeridian and around the poles: valid on both sides of ±180°, true, and whole."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from buffer_zone_plugin.core.contact_line import clean
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.geodesy import distances, path_length
from buffer_zone_plugin.core.meridian import split_line
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling, assert_within_tolerance

CIRCLE = np.array([(lon, 88.5) for lon in range(-180, 180, 10)] + [(-180, 88.5)], dtype=float)
LINES = {
    "across": np.array([[178.9, -17.0], [-179.2, -16.5]]),
    "beside, with its zone across": np.array([[178.9, 65.0], [179.95, 65.5]]),
    "on it": np.array([[180.0, 60.0], [180.0, 63.0]]),
    "for a while on it": np.array([[180.0, -18.0], [180.0, -17.0], [179.0, -16.0]]),
    "from one side over it to the other": np.array([[179.0, -19.0], [180.0, -18.0], [180.0, -17.0], [-179.0, -16.0]]),
    "on both names of it": np.array([[-180.0, -18.0], [180.0, -17.0], [-180.0, -16.0]]),
    "a hair beside it": np.array([[180.0, -18.0], [179.999999, -17.0], [180.0, -16.0]]),
    "metres beside it": np.array([[180.0, -18.0], [179.99999, -17.0], [180.0, -16.0]]),
    "on the prime meridian to the pole": np.array([[0.0, 88.0], [0.0, 89.9], [170.0, 89.9], [170.0, 88.0]]),
    "to and fro across": np.array([[179.99, 60.0], [-179.99, 61.0], [179.99, 62.0], [-179.99, 63.0]]),
    "beside the north pole": np.array([[10.0, 89.0], [60.0, 89.95]]),
    "through the north pole": np.array([[10.0, 89.0], [-170.0, 89.0]]),
    "around the south pole": np.array([[100.0, -89.2], [-60.0, -89.3], [-90.0, -88.0]]),
    "a circle around the north pole": CIRCLE,
}
POINTS = 3_000


def bounds_of(geometry):
    return [tuple(part.bounds) for part in geometry.geoms]


def assert_everything(plan, lonlat, features):
    zone = plan.zone.geometry
    for parts in (plan.sectors, plan.sides, *([plan.bands] if plan.bands else [])):
        assert_tiling([part.geometry for part in parts], zone)
    assert_sums(plan)
    assert_within_tolerance(plan, features(lonlat))
    west, south, east, north = zone.bounds
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90
    for part in (*plan.line, *plan.boundaries):
        for piece in shapely.get_parts(part.geometry):
            assert np.abs(np.diff(shapely.get_coordinates(piece)[:, 0])).max() <= 180


@pytest.mark.parametrize("name", LINES)
def test_zones_where_longitude_begins_are_true_and_whole(name, plan_of, features, true_distance):
    lonlat = LINES[name]
    plan = plan_of(lonlat, sectors=3, split="equal_area", bands_m=(5_000.0,))
    assert_everything(plan, lonlat, features)
    rng = np.random.default_rng(4)
    points = np.column_stack([rng.uniform(-180, 180, POINTS), rng.uniform(*plan.zone.geometry.bounds[1::2], POINTS)])
    near = rng.integers(0, len(lonlat), POINTS)
    points[::2] = lonlat[near][::2] + rng.normal(0, 0.2, (POINTS, 2))[::2]
    points[:, 0] = (points[:, 0] + 180) % 360 - 180
    points = points[np.abs(points[:, 1]) < 90]
    away = true_distance([lonlat], points)
    clear = np.abs(away - 20_000.0) > 1.0
    inside = shapely.contains_xy(plan.zone.geometry, points)
    assert (inside == (away <= 20_000.0))[clear].all()


@pytest.mark.parametrize("centre", [(179.9, -17.0), (-180.0, 72.0), (30.0, 89.5), (-75.0, -89.8)])
def test_fractal_lines_there_are_true_and_whole(centre, plan_of, fractal, features):
    lonlat = fractal(111, 4, centre=centre)
    assert_everything(plan_of(lonlat, sectors=4, bands_m=(3_000.0, 12_000.0)), lonlat, features)


def test_a_line_around_the_earth_has_a_zone(plan_of, features):
    equator = np.column_stack([np.linspace(-180, 180, 37), np.zeros(37)])
    plan = plan_of(equator, split="none", depth_a_m=200_000.0, depth_b_m=200_000.0, tolerance_m=100.0)
    assert_everything(plan, equator, features)
    assert plan.zone.area_m2 == pytest.approx(2 * 200e3 * 2 * np.pi * 6_378_137, rel=2e-3)
    assert plan.zone.geometry.bounds[0::2] == (-180.0, 180.0)


def test_a_net_around_the_earth_is_refused(plan_of):
    equator = np.column_stack([np.linspace(-180, 170, 36), np.zeros(36)])
    meridians = [np.column_stack([np.full(17, lon), np.linspace(-80, 80, 17)]) for lon in (5.0, 95.0, -85.0, 175.0)]
    with pytest.raises(PlanError, match="reaches around the Earth"):
        plan_of([equator, *meridians], split="none")


def test_a_zone_meets_the_antimeridian_on_both_sides_at_the_same_places(plan_of):
    zone = plan_of(LINES["across"], split="none").zone.geometry
    xy = shapely.get_coordinates(zone)
    west, east = (np.unique(xy[xy[:, 0] == lon, 1]) for lon in (-180.0, 180.0))
    assert len(west) > 2
    assert (west == east).all()
    assert sorted(box[0] for box in bounds_of(zone))[0] == -180.0


def test_a_zone_that_holds_a_pole_is_closed_along_it(plan_of):
    zone = plan_of(LINES["through the north pole"], split="none").zone.geometry
    assert zone.bounds[0::2] == (-180.0, 180.0)
    assert zone.bounds[3] == 90.0
    assert len(zone.geoms) == 1


def test_a_zone_does_not_depend_on_where_longitude_begins(plan_of, fractal):
    here = fractal(7, 4, centre=(20.0, 40.0))
    there = (here + (160.0, 0.0) + 180) % 360 - 180
    there[:, 1] = here[:, 1]
    one, other = plan_of(here, split="none"), plan_of(there, split="none")
    assert len(other.zone.geometry.geoms) > len(one.zone.geometry.geoms)
    assert other.zone.area_m2 == pytest.approx(one.zone.area_m2, rel=1e-6)
    assert other.zone.perimeter_m == pytest.approx(one.zone.perimeter_m, rel=1e-4)
    assert other.zone.line_m == pytest.approx(one.zone.line_m, rel=1e-9)


@pytest.mark.parametrize("lonlat", [
    [[179.0, 10.0], [-179.0, 12.0], [-178.0, 12.0], [179.5, 13.0]],
    [[-179.0, 10.0], [180.0, 11.0], [179.0, 12.0]],
    [[-179.0, 10.0], [-180.0, 11.0], [179.0, 12.0]],
    [[170.0, 10.0], [175.0, 11.0]],
])
def test_a_split_line_is_as_long_as_before_and_does_not_jump(lonlat):
    lonlat = np.array(lonlat)
    parts = split_line(lonlat)
    assert sum(path_length(part) for part in parts) == pytest.approx(path_length(lonlat), rel=1e-4)
    for part in parts:
        assert np.abs(np.diff(part[:, 0])).max() <= 180
    for before, after in zip(parts[:-1], parts[1:]):
        assert abs(before[-1, 0]) == abs(after[0, 0]) == 180.0
        assert distances(before[-1:], after[:1])[0] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("lonlat, longitudes", [
    ([[180.0, 1], [-180.0, 2], [180.0, 3]], [[180.0] * 3]),
    ([[-179.0, 0], [180.0, 1], [-180.0, 2], [180.0, 3], [-178.0, 4]], [[-179.0, -180, -180, -180, -178]]),
    ([[180.0, 1], [-180.0, 2], [-179.0, 3]], [[-180.0, -180, -179]]),
    ([[179.0, 0], [-180.0, 1], [180.0, 2], [-179.0, 3]], [[179.0, 180, 180], [-180.0, -179]]),
])
def test_vertices_on_the_antimeridian_keep_the_side_of_their_neighbour(lonlat, longitudes):
    assert [part[:, 0].tolist() for part in split_line(np.array(lonlat))] == longitudes


def test_an_island_that_a_file_cut_at_the_antimeridian_is_one_ring_again(plan_of, features):
    east = np.array([[180.0, -17.0], [180.0, -16.5], [179.7, -16.6], [179.8, -16.9], [180.0, -17.0]])
    west = np.array([[-179.8, -16.8], [-180.0, -16.50001], [-180.0, -17.00001], [-179.9, -17.1], [-179.8, -16.8]])
    line = clean(features([east, west]), 20_000.0)
    assert [chain.closed for chain in line.chains] == [True]
    assert any("along ±180° were left out" in note for note in line.notes)
    assert len(line.parts) == 1
    alone = clean(features([np.array([[180.0, -17.0], [180.0, -16.0]])]), 20_000.0)
    assert alone.length_m == pytest.approx(110_670, rel=1e-3)  # a line along it stays
