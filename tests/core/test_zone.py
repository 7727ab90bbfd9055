"""The zone's outline lies where it should: measured with a search along every edge, and against published areas."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from buffer_zone_plugin.core.contact_line import clean
from buffer_zone_plugin.core.distance import DistanceField
from buffer_zone_plugin.core.geodesy import area
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.zone import outline

GEOD = Geod(ellps="WGS84")
TOLERANCE_M = 1.0
EDGES_TESTED = 220
POINTS_TESTED = 400
LENGTH_KM = {"fiji_antimeridian": 150.0}  # the reference counts the edges along ±180° that a file format made
SLOW = ("china_land_border_open",)  # half a minute and more


def edges_of(geometry):
    """Longitude and latitude of both ends of every edge of every ring, (n, 4)."""
    rings = [ring for polygon in shapely.get_parts(geometry) for ring in (polygon.exterior, *polygon.interiors)]
    coordinates = [shapely.get_coordinates(ring) for ring in rings]
    return np.concatenate([np.hstack([xy[:-1], xy[1:]]) for xy in coordinates])


def outline_points(geometry, seed=0):
    """A vertex and three inner points of edges drawn at random, of all where there are few."""
    edges = edges_of(geometry)
    chosen = np.random.default_rng(seed).permutation(len(edges))[:EDGES_TESTED]
    start, step = edges[chosen, :2], edges[chosen, 2:] - edges[chosen, :2]
    return np.concatenate([start + share * step for share in (0.0, 0.21, 0.5, 0.83)])


def largest_error(plan, parts, depth_m, true_distance):
    return np.abs(true_distance(parts, outline_points(plan.zone.geometry)) - depth_m).max()


def wrong_members(plan, parts, depth_m, true_distance, seed=1):
    """How many of many points drawn at random are in the zone but too far away, or near enough but outside."""
    west, south, east, north = shapely.bounds(plan.zone.geometry)
    points = np.random.default_rng(seed).uniform((west, south), (east, north), (POINTS_TESTED, 2))
    distance = true_distance(parts, points)
    clear = np.abs(distance - depth_m) > TOLERANCE_M
    inside = shapely.contains_xy(plan.zone.geometry, points)
    return int((inside != (distance <= depth_m))[clear].sum())


def assert_true_zone(plan, parts, depth_m, true_distance):
    assert plan.zone.error_max_m <= TOLERANCE_M
    assert largest_error(plan, parts, depth_m, true_distance) <= TOLERANCE_M
    assert wrong_members(plan, parts, depth_m, true_distance) == 0
    assert shapely.is_valid(plan.zone.geometry)


def zone_of(plan_of, geometries, depth_m, **values):
    return plan_of(geometries, depth_a_m=depth_m, depth_b_m=depth_m, split="none", **values)


# ------------------------------------------------------------------------------------------------ accuracy

@pytest.mark.parametrize("depth_m", [20_000.0, 40_000.0])
def test_the_sample_zone_is_true_to_a_metre(depth_m, plan_of, sample, true_distance):
    assert_true_zone(zone_of(plan_of, sample, depth_m), [sample], depth_m, true_distance)


@pytest.mark.parametrize("tolerance_m", [0.3, 10.0])
def test_every_tolerance_is_kept_and_used(tolerance_m, plan_of, sample, true_distance):
    plan = zone_of(plan_of, sample, 20_000.0, tolerance_m=tolerance_m)
    error = largest_error(plan, [sample], 20_000.0, true_distance)
    # straight stretches are held to 2e-4 of the depth, 4 m
    assert min(tolerance_m, 4.0) / 2 < error <= min(tolerance_m, 4.0)
    assert plan.zone.error_max_m == pytest.approx(error, rel=0.2)
    assert plan.zone.area_m2 == pytest.approx(34_794_400_000.0, rel=3e-4)


@pytest.mark.parametrize(
    ("seed", "depth_m", "doublings", "roughness", "step_km"),
    [
        (101, 2_000.0, 6, 0.3, 15.0), (102, 2_000.0, 5, 0.6, 25.0),
        (103, 20_000.0, 6, 0.3, 60.0), (104, 20_000.0, 6, 0.9, 60.0),
        (105, 40_000.0, 6, 0.3, 60.0), (106, 40_000.0, 5, 0.9, 60.0),
        (107, 100_000.0, 6, 0.6, 60.0), (108, 100_000.0, 4, 0.15, 60.0),
    ],
)
def test_zones_of_fractal_lines_are_true(seed, depth_m, doublings, roughness, step_km, plan_of, fractal, true_distance):
    lonlat = fractal(seed, doublings, roughness, step_km)
    assert_true_zone(zone_of(plan_of, lonlat, depth_m), [lonlat], depth_m, true_distance)


def test_some_of_them_cross_themselves(fractal):
    assert not shapely.is_simple(shapely.LineString(fractal(104, 6, 0.9)))
    assert not shapely.is_simple(shapely.LineString(fractal(102, 5, 0.6, 25.0)))


def test_a_line_of_several_parts_has_one_zone_of_them_all(plan_of, fractal, true_distance):
    lonlat = fractal(109, 5)
    parts = [lonlat[:40], lonlat[50:100], lonlat[120:]]
    assert_true_zone(zone_of(plan_of, parts, 15_000.0), parts, 15_000.0, true_distance)


def test_long_edges_are_geodesics(plan_of, true_distance):
    lonlat = np.array([[25.0, 50.0], [32.0, 50.0]])
    plan = zone_of(plan_of, lonlat, 10_000.0)
    assert_true_zone(plan, [lonlat], 10_000.0, true_distance)
    top = max(lat for _, lat in GEOD.npts(25.0, 50.0, 32.0, 50.0, 99))  # 6 km north of the parallel
    assert shapely.bounds(plan.zone.geometry)[3] == pytest.approx(top + 10 / 111.2, abs=1e-3)


@pytest.mark.parametrize("centre", [(-70.0, -1.0), (25.0, 79.0)])
def test_zones_are_true_in_other_latitudes(centre, plan_of, fractal, true_distance):
    lonlat = fractal(110, 4, centre=centre)
    assert_true_zone(zone_of(plan_of, lonlat, 30_000.0), [lonlat], 30_000.0, true_distance)


def test_the_outline_crosses_the_antimeridian_unharmed(fractal, features, true_distance):
    lonlat = fractal(111, 4, centre=(179.9, -17.0))
    line = clean(features(lonlat), 60_000.0)
    made = outline(line.flat, line.plane, DistanceField(line.parts, 30_000.0), 30_000.0, 1.0, Progress())
    points = np.concatenate([line.plane.inverse(ring) for ring in made.rings])
    assert np.ptp(points[:, 0]) > 300  # both sides of 180 degrees
    assert made.unresolved == 0
    assert np.abs(true_distance([lonlat], points[::3]) - 30_000.0).max() <= TOLERANCE_M


# ------------------------------------------------------------------------------------------------ shapes

def test_the_zone_of_a_point_like_line_is_a_circle(plan_of, at_km, true_distance):
    lonlat = at_km(np.array([[0.0, 0.0], [0.001, 0.0]]))
    plan = zone_of(plan_of, lonlat, 20_000.0)
    assert_true_zone(plan, [lonlat], 20_000.0, true_distance)
    assert plan.zone.area_m2 == pytest.approx(np.pi * 20_000.0**2, rel=2e-4)


def test_a_straight_line_has_the_zone_of_a_stadium(plan_of, at_km):
    lonlat = at_km(np.array([[-50.0, 0.0], [50.0, 0.0]]))
    plan = zone_of(plan_of, lonlat, 5_000.0)
    stadium = 100_000.0 * 10_000.0 + np.pi * 5_000.0**2
    assert plan.zone.area_m2 == pytest.approx(stadium, rel=3e-4)  # 1 m of 5 km is 2e-4
    assert plan.zone.line_m == pytest.approx(100_000.0, abs=0.1)
    assert plan.zone.perimeter_m == pytest.approx(200_000.0 + 2 * np.pi * 5_000.0, rel=2e-4)


def test_a_ring_leaves_its_middle_out(plan_of, ring, true_distance):
    lonlat = ring(60.0, corners=240)
    plan = zone_of(plan_of, lonlat, 20_000.0)
    assert_true_zone(plan, [lonlat], 20_000.0, true_distance)
    assert [len(polygon.interiors) for polygon in plan.zone.geometry.geoms] == [1]
    assert plan.zone.area_m2 == pytest.approx(np.pi * (80_000.0**2 - 40_000.0**2), rel=2e-3)


@pytest.mark.parametrize(("radius", "holes"), [(20.1, 1), (19.9, 0), (10.0, 0)])
def test_a_hole_is_there_when_some_point_is_deeper_than_the_depth(radius, holes, plan_of, ring):
    plan = zone_of(plan_of, ring(radius, corners=360), 20_000.0)
    assert [len(polygon.interiors) for polygon in plan.zone.geometry.geoms] == [holes]
    assert plan.zone.error_max_m <= TOLERANCE_M


def test_a_hole_of_some_metres_is_found(plan_of, ring, true_distance):
    lonlat = ring(20.05, corners=360)
    plan = zone_of(plan_of, lonlat, 20_000.0)
    ((hole,),) = [polygon.interiors for polygon in plan.zone.geometry.geoms]
    assert area(shapely.Polygon(hole)) == pytest.approx(np.pi * 50.0**2, rel=0.15)
    assert np.abs(true_distance([lonlat], shapely.get_coordinates(hole)) - 20_000.0).max() <= TOLERANCE_M


def test_two_far_parts_have_two_zones(plan_of, at_km):
    parts = [at_km(np.array([[x, 0.0], [x + 30.0, 3.0]])) for x in (-100.0, 40.0)]
    plan = zone_of(plan_of, parts, 10_000.0)
    assert len(plan.zone.geometry.geoms) == 2
    one = zone_of(plan_of, parts[0], 10_000.0)
    assert plan.zone.area_m2 == pytest.approx(2 * one.zone.area_m2, rel=1e-4)


@pytest.mark.parametrize(("apart", "zones"), [(19.99, 1), (20.1, 2)])
def test_fronts_that_nearly_touch_are_told_apart(apart, zones, plan_of, at_km, true_distance):
    near, far = (at_km(np.array([[-60.0, y], [60.0, y]])) for y in (0.0, apart))
    parts = [near, far[::-1]]  # drawn to and fro: side by side in one direction they would not separate two sides
    plan = zone_of(plan_of, parts, 10_000.0)
    assert_true_zone(plan, parts, 10_000.0, true_distance)
    assert len(plan.zone.geometry.geoms) == zones


@pytest.mark.parametrize("angle", [2, 7, 12, 25])
@pytest.mark.parametrize(("leg_km", "depth_m"), [(40.0, 2_000.0), (60.0, 20_000.0)])
def test_a_sharp_spike_is_followed_into_its_corner(angle, leg_km, depth_m, plan_of, at_km, true_distance):
    turn = np.radians(angle)
    lonlat = at_km(leg_km * np.array([[np.cos(turn), np.sin(turn)], [0.0, 0.0], [1.0, 0.0]]))
    plan = zone_of(plan_of, lonlat, depth_m)
    assert plan.zone.error_max_m <= TOLERANCE_M
    assert wrong_members(plan, [lonlat], depth_m, true_distance) == 0


@pytest.mark.parametrize(
    ("seed", "depth_m", "doublings", "roughness", "step_km"),
    [(46, 20_000.0, 5, 0.1, 6.0), (111, 5_000.0, 6, 0.1, 5.0), (359, 5_000.0, 5, 0.3, 5.0)],
)
def test_no_corner_is_cut_between_the_places_that_are_measured(
    seed, depth_m, doublings, roughness, step_km, plan_of, fractal, true_distance
):
    lonlat = fractal(seed, doublings, roughness, step_km, corners=3)  # shorter than the zone is deep: blunt corners
    plan = zone_of(plan_of, lonlat, depth_m)
    edges = edges_of(plan.zone.geometry)
    points = np.concatenate([edges[:, :2] + share * (edges[:, 2:] - edges[:, :2]) for share in np.arange(12) / 12])
    assert np.abs(true_distance([lonlat], points) - depth_m).max() <= TOLERANCE_M


def test_an_out_and_back_spike_has_the_zone_of_its_trace(plan_of, at_km, true_distance):
    lonlat = at_km(np.array([[-50.0, 0.0], [0.0, 0.0], [0.0, 40.0], [0.0, 0.0], [50.0, 0.0]]))
    assert_true_zone(zone_of(plan_of, lonlat, 10_000.0), [lonlat], 10_000.0, true_distance)


def test_flat_caps_end_where_the_line_ends(plan_of, at_km):
    lonlat = at_km(np.array([[-50.0, 0.0], [50.0, 0.0]]))
    plan = zone_of(plan_of, lonlat, 10_000.0, caps="flat")
    assert plan.zone.area_m2 == pytest.approx(100_000.0 * 20_000.0, rel=1.5e-4)  # 1 m of 10 km is 1e-4
    assert plan.zone.error_max_m <= TOLERANCE_M
    beyond, before = at_km(np.array([[50.05, 5.0], [50.05, -9.0], [49.95, 5.0], [49.95, -9.0]])).reshape(2, 2, 2)
    assert not shapely.contains_xy(plan.zone.geometry, beyond).any()
    assert shapely.contains_xy(plan.zone.geometry, before).all()


# ------------------------------------------------------------------------------------------------ real lines

def reference_rows():
    file = Path(__file__).resolve().parents[3] / "shared" / "data" / "reference_public.json"
    rows = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    return [
        pytest.param(row, id=f"{row['layer']}-{row['R_m'] / 1000:g}km")
        for row in rows
        if row["layer"] not in SLOW
    ] or [pytest.param(None, marks=pytest.mark.skip(reason="no ../shared/data/reference_public.json"))]


def geometries_of(row, shared_data, layer_geometries):
    return layer_geometries(shared_data / row["file"], row["layer"], row["flt"])


@pytest.mark.parametrize("row", reference_rows())
def test_areas_of_real_lines_are_those_computed_without_any_buffer(row, plan_of, shared_data, layer_geometries):
    plan = zone_of(plan_of, geometries_of(row, shared_data, layer_geometries), row["R_m"])
    assert plan.zone.area_m2 / 1e6 == pytest.approx(row["area_round_km2"], rel=3e-4)
    assert plan.zone.line_m / 1e3 == pytest.approx(row["length_km"], abs=LENGTH_KM.get(row["layer"], 0.001))
    assert plan.zone.error_max_m <= TOLERANCE_M


@pytest.mark.parametrize(("caps", "area_km2", "error"), [("round", 910.7, 5e-4), ("flat", 898.1, 1e-3)])
def test_the_korean_demarcation_line(caps, area_km2, error, plan_of, shared_data, layer_geometries):
    geometries = layer_geometries(shared_data / "lines_ceasefire_public_fetched.gpkg", "korea_mdl_lsib")
    plan = zone_of(plan_of, geometries, 2_000.0, caps=caps)
    assert plan.zone.area_m2 / 1e6 == pytest.approx(area_km2, rel=error)
    assert 896 < plan.zone.area_m2 / 1e6 < 911  # the surveyed zone is 896 to 907


@pytest.mark.parametrize("depth_m", [5_000.0, 20_000.0, 40_000.0])
def test_the_inner_german_border_is_true_to_a_metre(depth_m, plan_of, shared_data, layer_geometries, true_distance):
    (geometry,) = layer_geometries(shared_data / "lines_ceasefire_public.gpkg", "inner_german_border")
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(geometry)]
    plan = zone_of(plan_of, [geometry], depth_m)
    assert plan.zone.error_max_m <= TOLERANCE_M
    assert largest_error(plan, parts, depth_m, true_distance) <= TOLERANCE_M
