"""Side A lies left of the line and side B right, whatever the line's shape, order and direction."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod, Proj

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.paths import simple_path
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling, assert_within_tolerance

GEOD = Geod(ellps="WGS84")
ASIDE_M = 300.0
ON_BORDER_M = 0.3  # the line is drawn in the plane by chords of 2 km
SAMPLE_M = 250.0


def side(plan, name):
    return next(side.geometry for side in plan.sides if side.side == name)


def edges_of(geometry):
    rings = [ring for polygon in shapely.get_parts(geometry) for ring in (polygon.exterior, *polygon.interiors)]
    coordinates = [shapely.get_coordinates(ring) for ring in rings]
    return {frozenset((tuple(a), tuple(b))) for xy in coordinates for a, b in zip(xy[:-1].tolist(), xy[1:].tolist())}


def border_between(one, two):
    """The edges that two geometries have in common, as a line in longitude/latitude."""
    return shapely.multilinestrings([list(edge) for edge in sorted(map(sorted, edges_of(one) & edges_of(two)))])


def along(lonlat, step_m=SAMPLE_M):
    """Points along a polyline, and the azimuth of the edge at each."""
    points, azimuths = [], []
    for (lon_1, lat_1), (lon_2, lat_2) in zip(lonlat[:-1], lonlat[1:]):
        azimuth, _, length = GEOD.inv(lon_1, lat_1, lon_2, lat_2)
        at = np.arange(step_m / 2, length, step_m)
        lon, lat, back = GEOD.fwd(*(np.full(len(at), v) for v in (lon_1, lat_1, azimuth)), at)
        points.append(np.column_stack([lon, lat]))
        azimuths.append(np.asarray(back) + 180)
    return np.concatenate(points), np.concatenate(azimuths)


def share_on_border(plan, parts):
    """The share of the line that lies on the border between the sides."""
    points = np.concatenate([along(part)[0] for part in parts])
    plane = Proj(proj="aeqd", lon_0=points[:, 0].mean(), lat_0=points[:, 1].mean(), ellps="WGS84")
    border = border_between(side(plan, "A"), side(plan, "B"))
    border = shapely.transform(border, lambda xy: np.column_stack(plane(*xy.T)))
    shapely.prepare(border)
    return shapely.dwithin(border, shapely.points(np.column_stack(plane(*points.T))), ON_BORDER_M).mean()


def left_and_right(lonlat):
    """Points a little to the left and right of a line, away from its corners."""
    points, azimuth = along(lonlat, 2_000.0)
    both = []
    for turn in (-90, 90):
        lon, lat, _ = GEOD.fwd(*points.T, azimuth + turn, np.full(len(points), ASIDE_M))
        both.append(np.column_stack([lon, lat]))
    return both


def assert_sides(plan, lonlat, least=1.0):
    """Ground left of the line is side A, ground right of it side B, for all but a share of the places."""
    left, right = left_and_right(lonlat)
    assert shapely.contains_xy(side(plan, "A"), left).mean() >= least
    assert shapely.contains_xy(side(plan, "B"), right).mean() >= least
    assert shapely.contains_xy(side(plan, "A"), right).mean() <= 1 - least
    assert shapely.contains_xy(side(plan, "B"), left).mean() <= 1 - least


def assert_whole(plan):
    assert_sums(plan)
    assert_tiling([s.geometry for s in plan.sides], plan.zone.geometry)


def wkb(geometry):
    return shapely.to_wkb(geometry)


# ------------------------------------------------------------------------------------------------ which side is which

@pytest.mark.parametrize(
    ("name", "reverse"),
    [("straight", False), ("salient", True), ("zigzag", False), ("zigzag", True), ("ring", True), ("spiral", False)],
)
def test_left_is_a_and_right_is_b(name, reverse, shape, plan_of):
    lonlat = shape(name)
    plan = plan_of(lonlat, depth_a_m=15_000.0, depth_b_m=15_000.0, split="none", reverse=reverse)
    assert_whole(plan)
    assert_sides(plan, lonlat[::-1] if reverse else lonlat)
    assert share_on_border(plan, [lonlat]) >= 0.9999


def test_the_sample_line_is_the_border_of_its_sides(sample, plan_of):
    plan = plan_of(sample, split="none")
    assert_whole(plan)
    assert share_on_border(plan, [sample]) >= 0.9999
    assert_sides(plan, sample, least=0.995)  # two of its corners are sharper than 300 m can tell


@pytest.mark.parametrize("seed", [3])
def test_so_is_a_fractal_line(seed, fractal, plan_of):
    lonlat = fractal(seed, 6, roughness=0.3)
    assert shapely.is_simple(shapely.LineString(lonlat))
    plan = plan_of(lonlat, depth_a_m=25_000.0, depth_b_m=25_000.0, split="none")
    assert_whole(plan)
    assert share_on_border(plan, [lonlat]) >= 0.9999


def test_the_inside_of_a_ring_is_the_side_it_was_drawn_around(ring, plan_of):
    inside = ring(70.0)[0]  # some place on the ring, seen from the middle
    for lonlat, name in ((ring(80.0), "A"), (ring(80.0)[::-1], "B")):
        plan = plan_of(lonlat, split="none")
        assert shapely.contains_xy(side(plan, name), inside[None]).all()
        assert_whole(plan)


@pytest.mark.parametrize("turned", [False, True])
def test_a_pocket_belongs_to_the_other_side_however_it_was_drawn(turned, shape, ring, plan_of, at_km):
    pocket = ring(6.0, (0.0, 14.0))  # north of the line, in the ground of A
    lines = [shape("straight"), pocket[::-1] if turned else pocket]
    plan = plan_of(lines, depth_a_m=30_000.0, depth_b_m=30_000.0, split="none")
    assert_whole(plan)
    assert shapely.contains_xy(side(plan, "B"), at_km(np.array([[0.0, 14.0]]))).all()
    assert shapely.contains_xy(side(plan, "A"), at_km(np.array([[0.0, 25.0], [-60.0, 14.0]]))).all()
    assert share_on_border(plan, lines) >= 0.9999


def test_parts_with_gaps_and_one_drawn_backwards_make_one_front(at_km, plan_of):
    parts = [at_km(np.array([[x, y], [x + 35.0, y + 4.0]])) for x, y in ((-80.0, 0.0), (-38.0, 6.0), (4.0, 3.0))]
    plan = plan_of([parts[2], parts[0][::-1], parts[1]], split="none")
    assert_whole(plan)
    assert any("turned" in note for note in plan.notes)
    for part in parts:
        assert_sides(plan, part)
    assert share_on_border(plan, parts) >= 0.9999
    assert len(side(plan, "A").geoms) == len(side(plan, "B").geoms) == 1  # the gaps are bridged


@pytest.mark.parametrize("depth_m", [5_000.0, 35_000.0])
def test_the_end_inside_a_spiral_is_led_out(depth_m, shape, plan_of):
    lonlat = shape("spiral")
    plan = plan_of(lonlat, depth_a_m=depth_m, depth_b_m=depth_m, split="none")
    assert_whole(plan)
    assert share_on_border(plan, [lonlat]) >= 0.9999
    assert plan.zone.area_a_m2 > 0
    assert plan.zone.area_b_m2 > 0


def test_a_line_that_crosses_itself_is_divided_without_its_loop(shape, plan_of, at_km):
    plan = plan_of(shape("loop"), split="none")
    assert_whole(plan)
    assert shapely.contains_xy(side(plan, "A"), at_km(np.array([[-60.0, 8.0], [60.0, -32.0]]))).all()
    assert shapely.contains_xy(side(plan, "B"), at_km(np.array([[-60.0, -8.0], [60.0, -48.0]]))).all()


def test_a_path_without_loops_keeps_its_ends_and_lies_on_the_line(fractal):
    rng = np.random.default_rng(0)
    for _ in range(20):
        xy = np.round(np.cumsum(rng.normal(0, 500, (60, 2)), axis=0), 2)
        path = simple_path(xy)
        assert shapely.is_simple(shapely.LineString(path))
        assert (path[[0, -1]] == xy[[0, -1]]).all()
        assert shapely.LineString(xy).buffer(0.02).covers(shapely.LineString(path))


# ------------------------------------------------------------------------------------------------ what has no sides

def test_two_lines_side_by_side_have_no_sides(at_km, plan_of):
    lines = [at_km(np.array([[-100.0, y], [100.0, y]])) for y in (0.0, 11.0)]
    with pytest.raises(PlanError, match="does not separate two sides"):
        plan_of(lines, split="none")


def test_a_branch_has_no_sides(at_km, plan_of):
    lines = [at_km(np.array([[-100.0, 0.0], [80.0, 60.0]])), at_km(np.array([[0.0, 100 / 3], [80.0, -60.0]]))]
    with pytest.raises(PlanError, match="does not separate two sides") as caught:
        plan_of(lines, split="none")
    assert caught.value.hint.endswith(".")


def test_a_ring_that_crosses_itself_is_refused_or_right(at_km, plan_of):
    eight = at_km(np.array([[-60.0, -40.0], [60.0, 40.0], [60.0, -40.0], [-60.0, 40.0], [-60.0, -40.0]]))
    eight[-1] = eight[0]
    try:
        plan = plan_of(eight, split="none")
    except PlanError:
        return
    assert plan.zone.error_max_m <= 1.0
    assert_whole(plan)
    assert share_on_border(plan, [eight]) >= 0.99


# ------------------------------------------------------------------------------------------------ exchange of sides

@pytest.mark.parametrize("name", ["salient", "ring", "loop"])
def test_reverse_exchanges_the_sides_exactly(name, shape, plan_of):
    lonlat = shape(name)
    depths = {"depth_a_m": 20_000.0, "depth_b_m": 20_000.0, "split": "none"}
    there = plan_of(lonlat, **depths)
    for other in (plan_of(lonlat, reverse=True, **depths), plan_of(lonlat[::-1], **depths)):
        assert wkb(other.zone.geometry) == wkb(there.zone.geometry)
        assert wkb(side(other, "A")) == wkb(side(there, "B"))
        assert wkb(side(other, "B")) == wkb(side(there, "A"))
        assert (other.zone.area_a_m2, other.zone.area_b_m2) == (there.zone.area_b_m2, there.zone.area_a_m2)


def test_depths_go_with_their_sides(shape, plan_of):
    lonlat = shape("zigzag")
    one = plan_of(lonlat, depth_a_m=5_000.0, depth_b_m=30_000.0, split="none")
    two = plan_of(lonlat[::-1], depth_a_m=30_000.0, depth_b_m=5_000.0, split="none")
    assert wkb(one.zone.geometry) == wkb(two.zone.geometry)
    assert wkb(side(one, "A")) == wkb(side(two, "B"))


def test_names_stay_with_their_letter(shape, plan_of):
    plan = plan_of(shape("straight"), name_a="North", name_b="South", reverse=True, split="none")
    assert [(s.side, s.name) for s in plan.sides] == [("A", "North"), ("B", "South")]


# ------------------------------------------------------------------------------------------------ different depths

@pytest.mark.parametrize(
    ("name", "caps"), [("straight", "round"), ("salient", "flat"), ("zigzag", "flat"), ("ring", "round")]
)
def test_every_side_keeps_its_own_depth(name, caps, shape, plan_of, features, true_distance):
    lonlat = shape(name)
    plan = plan_of(lonlat, depth_a_m=6_000.0, depth_b_m=25_000.0, caps=caps, split="none")
    assert_whole(plan)
    assert_within_tolerance(plan, features(lonlat))
    assert [s.depth_m for s in plan.sides] == [6_000.0, 25_000.0]
    for s in plan.sides:
        vertices = shapely.get_coordinates(s.geometry)[::7]
        assert true_distance([lonlat], vertices).max() <= s.depth_m + 1.0
    assert share_on_border(plan, [lonlat]) >= 0.9999


@pytest.mark.parametrize(("name", "empty"), [("straight", "A"), ("straight", "B"), ("salient", "A"), ("ring", "B")])
def test_a_side_without_depth_is_not_there(empty, name, shape, plan_of, features):
    lonlat = shape(name)
    both = plan_of(lonlat, split="none")
    plan = plan_of(lonlat, split="none", **{f"depth_{empty.lower()}_m": 0.0})
    assert_whole(plan)
    assert_within_tolerance(plan, features(lonlat))
    ((only),) = plan.sides
    assert only.side != empty
    assert (plan.zone.area_a_m2 if empty == "A" else plan.zone.area_b_m2) == 0
    assert only.area_m2 == pytest.approx(next(s.area_m2 for s in both.sides if s.side == only.side), rel=1e-9)
    assert wkb(shapely.normalize(only.geometry)) == wkb(shapely.normalize(plan.zone.geometry))


def test_flat_caps_cut_both_sides_square(shape, plan_of, true_distance):
    lonlat = shape("straight")
    plan = plan_of(lonlat, caps="flat", split="none")
    assert_whole(plan)
    for end, inner in ((lonlat[0], lonlat[1]), (lonlat[-1], lonlat[-2])):
        outward = GEOD.inv(*end, *inner)[0] + 180
        for turn in (-80, -45, 0, 45, 80):
            lon, lat, _ = GEOD.fwd(*end, outward + turn, 5_000.0)
            assert not shapely.contains_xy(plan.zone.geometry, lon, lat)
        for turn in (-100, 100):
            lon, lat, _ = GEOD.fwd(*end, outward + turn, 5_000.0)
            assert shapely.contains_xy(plan.zone.geometry, lon, lat)
