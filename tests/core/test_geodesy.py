"""Lengths, areas, nearest points and the local plane, against published values and a search along every edge."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from buffer_zone_plugin.core.geodesy import (
    LocalPlane,
    area,
    densify,
    distances,
    earth_centred,
    edge_lengths,
    from_earth_centred,
    move,
    path_length,
    wrap_longitude,
)

GEOD = Geod(ellps="WGS84")
CART = Transformer.from_pipeline(
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=WGS84"
)
WHOLE_EARTH_KM2 = 510_065_621.724  # WGS 84, NIMA TR8350.2
QUARTER_MERIDIAN_M = 10_001_965.7293
SEMI_MAJOR_M, ECCENTRICITY2 = 6_378_137.0, 0.00669437999014
# Karney's example polygon, the Antarctic continent, latitude and longitude; the area is in GeographicLib's manual
ANTARCTICA = [
    (-63.1, -58), (-72.9, -74), (-71.9, -102), (-74.9, -102), (-74.3, -131), (-77.5, -163), (-77.4, 163), (-71.7, 172),
    (-65.9, 140), (-65.7, 113), (-66.6, 88), (-66.9, 59), (-69.8, 25), (-70.0, -4), (-71.0, -14), (-77.3, -33),
    (-77.9, -46), (-74.7, -61),
]
LATITUDES, LONGITUDES = st.floats(-89.9, 89.9), st.floats(-180, 180)


def box_area(south, north, width):
    """Square metres between two parallels over a width in degrees, in closed form."""
    def below(latitude):
        e = np.sqrt(ECCENTRICITY2)
        sine = np.sin(np.radians(latitude))
        return sine / (1 - ECCENTRICITY2 * sine**2) + np.log((1 + e * sine) / (1 - e * sine)) / (2 * e)

    return SEMI_MAJOR_M**2 * (1 - ECCENTRICITY2) / 2 * np.radians(width) * (below(north) - below(south))


def box_ring(west, south, width, height, steps=4000):
    """A box whose edges are so short that they follow its parallels."""
    lon, lat = np.linspace(west, west + width, steps), np.linspace(south, south + height, 5)
    return np.concatenate([
        np.column_stack([lon, np.full(steps, south)]), np.column_stack([np.full(5, west + width), lat])[1:],
        np.column_stack([lon[::-1], np.full(steps, south + height)])[1:],
        np.column_stack([np.full(5, west), lat[::-1]])[1:],
    ])


# ------------------------------------------------------------------------------------------------ area and length

def test_an_eighth_of_the_earth_has_an_eighth_of_its_published_area():
    octant = shapely.Polygon([(0, 0), (90, 0), (0, 90)])
    assert area(octant) / 1e6 == pytest.approx(WHOLE_EARTH_KM2 / 8, abs=0.001)


def test_the_example_polygon_of_the_method_has_its_published_area():
    ring = shapely.Polygon([(lon, lat) for lat, lon in ANTARCTICA])
    assert area(ring) == pytest.approx(13_662_703_680_020.1, abs=1)
    assert path_length(shapely.get_coordinates(ring)) == pytest.approx(16_831_067.893, abs=1e-3)


def test_published_distances():
    points = np.array([[174.81, -41.32], [-5.50, 40.96], [0.0, 0.0], [0.0, 90.0], [0.0, 0.0], [90.0, 0.0]])
    found = distances(points[::2], points[1::2])
    assert found == pytest.approx([19_959_679.267, QUARTER_MERIDIAN_M, SEMI_MAJOR_M * np.pi / 2], abs=2e-3)


@pytest.mark.parametrize(("west", "south"), [(30, 45), (178.5, -18), (-181, 60), (10, 84)])
def test_the_area_of_a_box_is_that_of_the_closed_form(west, south):
    box = shapely.Polygon(box_ring(west, south, 3, 2))
    assert area(box) == pytest.approx(box_area(south, south + 2, 3), rel=1e-7)


def test_holes_and_parts_count_once():
    outer, hole, apart = box_ring(30, 45, 4, 3), box_ring(31, 46, 1, 1), box_ring(40, 45, 1, 1)
    whole = shapely.MultiPolygon([shapely.Polygon(outer, [hole[::-1]]), shapely.Polygon(apart)])
    turned = shapely.MultiPolygon([shapely.Polygon(outer[::-1], [hole]), shapely.Polygon(apart[::-1])])
    expected = box_area(45, 48, 4) - box_area(46, 47, 1) + box_area(45, 46, 1)
    assert area(whole) == pytest.approx(expected, rel=1e-7)
    assert area(turned) == pytest.approx(area(whole), rel=1e-12)


def test_nothing_has_no_area():
    assert area(shapely.MultiPolygon()) == 0


def test_a_path_is_as_long_as_its_edges():
    lonlat = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [1.0, 0.0]])
    assert path_length(lonlat) == pytest.approx(3 * np.radians(1) * SEMI_MAJOR_M, abs=1e-6)


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=5))
def test_longitudes_are_wrapped_into_one_turn(lon):
    wrapped = wrap_longitude(np.array(lon))
    assert ((wrapped >= -180) & (wrapped < 180)).all()
    assert np.cos(np.radians(wrapped)) == pytest.approx(np.cos(np.radians(lon)), abs=1e-9)


# ------------------------------------------------------------------------------------------------ densify and move

@pytest.mark.parametrize("step", [500.0, 2_000.0, 77_000.0])
def test_added_points_lie_on_the_geodesics(step, fractal):
    lonlat = np.concatenate([fractal(1, 3), [[38.0, 48.0], [50.0, 49.0]]])
    dense = densify(lonlat, step)
    exact = distances(lonlat[:-1], lonlat[1:]).sum()
    assert distances(dense[:-1], dense[1:]).sum() == pytest.approx(exact, rel=1e-12)
    assert path_length(dense) == pytest.approx(exact, rel=1e-12)
    assert distances(dense[:-1], dense[1:]).max() <= step * (1 + 1e-6)
    at = [int(np.nonzero((dense == vertex).all(axis=1))[0][0]) for vertex in lonlat]
    assert at == sorted(at)
    for first, last, start, end in zip(at[:-1], at[1:], lonlat[:-1], lonlat[1:]):
        steps = distances(dense[first:last], dense[first + 1 : last + 1])
        assert steps.max() - steps.min() < 1e-5  # evenly: and a detour would be longer than the edge
        assert steps.sum() == pytest.approx(distances(start[None], end[None])[0], abs=1e-5)


@pytest.mark.parametrize("doublings", [2, 6, 10])
def test_lengths_of_short_edges_follow_from_their_chords(doublings, fractal):
    lonlat = np.concatenate([fractal(4, doublings), [[45.0, -60.0], [45.01, -60.0], [45.01, -59.999]]])
    assert edge_lengths(lonlat) == pytest.approx(distances(lonlat[:-1], lonlat[1:]), rel=1e-12, abs=1e-8)
    assert edge_lengths(np.array([[37.0, 48.0], [37.0, 48.0]])).tolist() == [0.0]


def test_what_is_dense_enough_stays_as_it_is(fractal):
    lonlat = fractal(2, 4)
    assert densify(lonlat, 1e9) is lonlat


def test_densify_follows_the_geodesic_and_not_the_parallel():
    dense = densify(np.array([[30.0, 48.0], [40.0, 48.0]]), 10_000.0)
    assert dense[len(dense) // 2, 1] == pytest.approx(48.10, abs=0.02)


@given(LONGITUDES, LATITUDES, st.floats(-180, 180), st.floats(0.1, 600_000))
def test_a_move_ends_where_it_should(lon, lat, azimuth, distance):
    start = np.array([[lon, lat]])
    end = move(start, np.array([azimuth]), np.array([distance]))
    assert distances(start, end)[0] == pytest.approx(distance, abs=1e-6)


# ------------------------------------------------------------------------------------------------ coordinates in space

@given(LONGITUDES, st.floats(-90, 90))
def test_earth_centred_coordinates_are_those_of_proj(lon, lat):
    expected = np.column_stack(CART.transform([lon], [lat], [0.0]))
    assert earth_centred(np.array([[lon, lat]])) == pytest.approx(expected, abs=1e-6)


@given(LONGITUDES, LATITUDES, st.floats(-5, 5))
def test_the_way_back_from_space_is_good_to_a_millimetre(lon, lat, height):
    xyz = np.column_stack(CART.transform([lon], [lat], [height]))
    assert distances(from_earth_centred(xyz), np.array([[lon, lat]]))[0] < 1e-3


def test_the_way_back_from_space_is_the_same_to_the_last_bit_wherever_the_numbers_lie_in_memory():
    rng = np.random.default_rng(0)
    xyz = earth_centred(np.column_stack([rng.uniform(31, 38, 60_000), rng.uniform(46, 51, 60_000)]))
    in_pieces = np.concatenate([from_earth_centred(piece) for piece in np.array_split(xyz, 60)])
    kept = []
    for count in rng.integers(20_000, 60_000, 100):  # numpy goes another way where large buffers happen to lie close
        kept = [*kept[-5:], np.empty(int(rng.integers(1, 300_000))), xyz[:count].copy()]
        assert (from_earth_centred(kept[-1]) == in_pieces[:count]).all()


# ------------------------------------------------------------------------------------------------ local plane

def around(centre, reach_m, count, seed):
    """Points at random distances up to a reach in all directions."""
    rng = np.random.default_rng(seed)
    start = np.repeat(np.atleast_2d(centre), count, axis=0)
    return move(start, rng.uniform(0, 360, count), rng.uniform(0, reach_m, count))

CENTRES = [(37, 48), (179.9, -17), (-180, 65), (20, 84), (100, 90), (0, -90), (0, 0)]


@pytest.mark.parametrize("centre", CENTRES)
def test_the_plane_gives_back_what_it_was_given(centre):
    lon, lat = centre
    points = around(np.array([lon, lat], dtype=float), 700_000, 400, seed=1)
    plane = LocalPlane(points)
    assert distances(plane.inverse(plane.forward(points)), points).max() < 1e-5


@settings(max_examples=40)
@given(LONGITUDES, LATITUDES)
def test_the_plane_holds_every_place(lon, lat):
    points = around(np.array([lon, lat]), 300_000, 20, seed=2)
    plane = LocalPlane(points)
    assert distances(plane.inverse(plane.forward(points)), points).max() < 1e-5


@pytest.mark.parametrize("lat", [-89.5205, 89.5, -45.0, 89.9999])
def test_the_plane_finds_its_way_back_from_a_pole(lat):
    plane = LocalPlane(np.array([[-113.127, lat]]))
    pole = plane.forward(np.array([[0.0, np.copysign(90.0, lat)]]))
    around = np.round(pole * 100) / 100 + np.array([[x, y] for x in (-0.01, -0.0, 0.0, 0.01) for y in (-0.01, 0, 0.01)])
    assert np.abs(np.abs(plane.inverse(around)[:, 1]) - 90).max() < 1e-6


def test_the_plane_does_not_depend_on_the_order_of_the_points(fractal):
    lonlat = fractal(3, 5)
    shuffled = lonlat[np.random.default_rng(0).permutation(len(lonlat))]
    planes = LocalPlane(lonlat), LocalPlane(shuffled), LocalPlane(np.repeat(lonlat, 2, axis=0)[::-1])
    assert len({(plane.lon_0, plane.lat_0) for plane in planes}) == 1
    assert (planes[0].forward(lonlat) == planes[2].forward(lonlat)).all()


def test_the_scale_of_the_plane_and_its_angles(fractal):
    centre = np.array([[36.0, 48.5]])
    plane = LocalPlane(centre)
    points = around(centre, 600_000, 200, seed=4)
    for azimuth in (0.0, 55.0, 90.0):
        ahead = move(points, np.full(len(points), azimuth), np.full(len(points), 10.0))
        step = np.hypot(*(plane.forward(ahead) - plane.forward(points)).T) / 10.0
        assert step == pytest.approx(plane.scale(plane.forward(points)), rel=4e-3)  # in every direction the same
