"""Two forward lines: each side's depth from its own, the strip between apart, the middle as the contact line."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from pyproj import Geod

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.given_ground import GivenGround
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling, assert_within_tolerance

GEOD = Geod(ellps="WGS84")
NORTH = [[-100, 5], [-50, 8], [0, 3], [50, 12], [100, 6]]
SOUTH = [[-95, -5], [-40, -9], [0, -2], [50, 2], [105, -8]]
MIDDLE_SHARE = 0.01  # of the strip's width, by which its middle may be off


@pytest.fixture(scope="module")
def two(inputs_of, features):
    """A function from two lines and the spec's values to their plan; checks what is true of every plan."""
    def plan(a, b, given=None, **values):
        given = given or GivenGround()
        inputs = dataclasses.replace(inputs_of(a), lines_b=features(b), given=given)
        made = make_plan(PlanSpec(two_lines=True, **values), inputs, Progress())
        assert_sums(made)
        for parts in (made.sides, made.sectors):
            assert_tiling([part.geometry for part in parts], made.zone.geometry)
        if made.spec.caps == "round" and made.spec.depth_max_m > 0:
            lines = (inputs.lines_b, inputs.lines) if made.spec.reverse else (inputs.lines, inputs.lines_b)
            assert_within_tolerance(made, lines[0], given.clip, lines[1])
        return made

    return plan


@pytest.fixture(scope="module")
def north(at_km):
    return at_km(NORTH)


@pytest.fixture(scope="module")
def south(at_km):
    return at_km(SOUTH)


def areas(plan):
    return {side.side: side.area_m2 / 1e6 for side in plan.sides}


def inside(polygon, count, rng):
    """Random points well inside a polygon."""
    polygon = shapely.buffer(polygon, -1e-4)
    low, high = np.array(polygon.bounds).reshape(2, 2)
    points = rng.uniform(low, high, (20 * count, 2))
    return points[shapely.contains_xy(polygon, points)][:count]


def test_strip_is_the_ground_between_and_sides_are_measured_from_their_own_line(two, north, south, true_distance):
    plan = two(north, south, depth_a_m=20_000.0, depth_b_m=12_000.0, sectors=4)
    a, b, strip = (side.geometry for side in plan.sides)
    path = [GEOD.npts(*p, *q, 200) for p, q in zip(north[:-1], north[1:])]
    assert [side.side for side in plan.sides] == ["A", "B", "strip"]
    assert plan.sides[2].depth_m is None and plan.zone.area_strip_m2 == plan.sides[2].area_m2
    between = np.concatenate([north, south[::-1]])
    assert plan.zone.area_strip_m2 == pytest.approx(abs(GEOD.polygon_area_perimeter(*between.T)[0]), rel=1e-5)
    rng = np.random.default_rng(1)
    assert (true_distance([north], inside(a, 200, rng)) < 20_001).all()
    assert (true_distance([south], inside(b, 200, rng)) < 12_001).all()
    for polygon, own, depth in ((a, north, 20_000), (b, south, 12_000)):  # nothing is missing either
        near = shapely.get_coordinates(polygon.exterior if polygon.geom_type == "Polygon" else polygon)
        assert true_distance([own], near).max() == pytest.approx(depth, abs=1.0)
    assert shapely.contains_xy(strip, np.array(path[1])[100:101] - [[0, 0.02]]).all()


def test_middle_is_equally_far_from_both_lines_and_runs_with_side_a_on_its_left(two, north, south, true_distance):
    plan = two(north, south, sectors=4)
    (part,) = plan.line
    middle = shapely.get_coordinates(part.geometry)
    assert true_distance([north], middle) == pytest.approx(true_distance([south], middle), rel=2 * MIDDLE_SHARE)
    assert plan.zone.line_m == pytest.approx(part.line_m)
    assert {post.line for post in plan.posts} == {"contact"}
    on_middle = np.array([[post.geometry.x, post.geometry.y] for post in plan.posts])
    assert true_distance([middle], on_middle).max() < 1.0
    assert [sector.line_m for sector in plan.sectors] == pytest.approx([plan.zone.line_m / 4] * 4, rel=1e-3)


@pytest.mark.parametrize("turned_a, turned_b", [(False, True), (True, False), (True, True)])
def test_direction_of_the_lines_does_not_matter(two, north, south, turned_a, turned_b):
    expected = areas(two(north, south, sectors=3, depth_b_m=8_000.0))
    found = areas(two(
        north[::-1] if turned_a else north, south[::-1] if turned_b else south, sectors=3, depth_b_m=8_000.0,
    ))
    assert found == pytest.approx(expected, rel=1e-9)


def test_exchanged_lines_exchange_the_sides_and_reverse_does_the_same(two, north, south):
    plain, exchanged = areas(two(north, south, sectors=2)), areas(two(south, north, sectors=2))
    assert (plain["A"], plain["B"], plain["strip"]) == pytest.approx(
        (exchanged["B"], exchanged["A"], exchanged["strip"]), rel=1e-9,
    )
    assert areas(two(north, south, sectors=2, reverse=True)) == pytest.approx(exchanged, rel=1e-9)


def test_bands_and_flat_ends_belong_to_their_side_only(two, north, south, true_distance):
    plan = two(north, south, sectors=2, depth_a_m=10_000.0, depth_b_m=0.0, bands_m=(2_000.0,), caps="flat")
    assert [(band.side, band.band) for band in plan.bands] == [("A", 1), ("A", 2)]
    assert [side.side for side in plan.sides] == ["A", "strip"]
    inner = inside(plan.bands[0].geometry, 200, np.random.default_rng(2))
    assert (true_distance([north], inner) < 2_001).all()
    rounded = two(north, south, sectors=2, depth_a_m=10_000.0, depth_b_m=0.0)
    circle = np.pi * 10.0**2  # each end looks out on a quarter to a half of it, as the strip's end slants
    assert circle / 2 < areas(rounded)["A"] - areas(plan)["A"] < circle
    assert areas(rounded)["strip"] == pytest.approx(areas(plan)["strip"], rel=1e-7)


def test_lines_that_touch_have_no_strip_there(two, at_km):
    shared = [[-20, 0], [20, 0]]
    a = at_km([[-100, 5], [-50, 8], *shared, [50, 12], [100, 6]])
    b = at_km([[-95, -5], [-40, -9], *shared, [50, 2], [105, -8]])
    plan = two(a, b, sectors=4)
    assert len(shapely.get_parts(plan.sides[2].geometry)) == 2
    assert plan.zone.line_m == pytest.approx(200_000, rel=0.02)


@pytest.mark.parametrize("caps", ["round", "flat"])
def test_without_depths_the_strip_is_the_zone(two, north, south, caps):
    plan = two(north, south, depth_a_m=0.0, depth_b_m=0.0, sectors=3, split="equal_area", caps=caps)
    assert [side.side for side in plan.sides] == ["strip"] and plan.zone.error_at is None and not plan.warnings
    assert [sector.area_m2 for sector in plan.sectors] == pytest.approx([plan.zone.area_m2 / 3] * 3, rel=1e-3)
    between = np.concatenate([north, south[::-1]])
    assert plan.zone.area_m2 == pytest.approx(abs(GEOD.polygon_area_perimeter(*between.T)[0]), rel=1e-5)


def test_gaps_that_only_one_line_has_are_left_open(two, at_km):
    a = [at_km(part) for part in ([[-100, 3], [-20, 4]], [[20, 4], [100, 3]])]  # 40 km apart, farther than 2 depths
    b = [at_km(part) for part in ([[-100, -3], [-10, -4]], [[10, -4], [100, -3]])]
    plan = two(a, b, sectors=2, depth_a_m=15_000.0, depth_b_m=15_000.0)
    assert len(shapely.get_parts(plan.sides[2].geometry)) == 2
    whole = two([a[0]], [b[0]], sectors=1).zone.area_strip_m2 + two([a[1]], [b[1]], sectors=1).zone.area_strip_m2
    assert plan.zone.area_strip_m2 == pytest.approx(whole, rel=1e-6)


def test_lines_that_coincide_are_one_contact_line(two, north, plan_of):
    plan = two(north, north[::-1], sectors=2)
    assert areas(plan) == pytest.approx(areas(plan_of(north, sectors=2)), rel=1e-9)


def test_lines_that_coincide_leave_nothing_without_depths(two, north):
    with pytest.raises(PlanError, match="coincide, and both depths are 0 km") as caught:
        two(north, north, depth_a_m=0.0, depth_b_m=0.0)
    assert caught.value.hint


def test_ring_in_a_ring_holds_a_strip_between(two, ring):
    outer, inner = ring(40.0), ring(30.0, (3.0, 2.0))
    plan = two(outer, inner, sectors=4, depth_a_m=10_000.0, depth_b_m=5_000.0)
    expected = {"A": np.pi * (50**2 - 40**2), "B": np.pi * (30**2 - 25**2), "strip": np.pi * (40**2 - 30**2)}
    assert areas(plan) == pytest.approx(expected, rel=0.01)


def test_fractal_front_with_a_strip_and_its_clip(two, fractal):
    line = shapely.LineString(fractal(3, 6))
    a, b = (np.array(line.parallel_offset(0.02, side).coords) for side in ("left", "right"))
    plan = two(a, b, sectors=6, split="equal_area", depth_b_m=15_000.0)
    sizes = [sector.area_m2 for sector in plan.sectors]
    assert max(sizes) / min(sizes) < 1.001
    west, south, east, north = line.bounds
    clip = shapely.MultiPolygon([shapely.box(west - 1, south - 1, (west + east) / 2, north + 1)])
    clipped = two(a, b, GivenGround(clip), sectors=2, split="equal_area")
    assert 0 < clipped.zone.area_strip_m2 < plan.zone.area_strip_m2


@pytest.mark.parametrize("a, b, message, place", [
    ([[-100, 5], [100, -6]], [[-95, -5], [105, 8]], "The forward lines cross: on 34 %", True),
    ([[-50, 0], [50, 0]], [[-50, 0.001], [50, 0.001]], "The ground between the two forward lines is nowhere", False),
])
def test_lines_without_a_strip_are_refused(two, at_km, a, b, message, place):
    with pytest.raises(PlanError, match=message) as caught:
        two(at_km(a), at_km(b))
    assert bool(caught.value.where) == place and caught.value.hint


def test_lines_that_do_not_run_side_by_side_are_refused(two, north, south, at_km, ring):
    far = at_km([[400, 5], [500, 8]])
    with pytest.raises(PlanError, match="do not run side by side: that of side A has 2 stretches, that of side B 1"):
        two([north, far], south)
    with pytest.raises(PlanError, match="do not run side by side"):
        two(ring(40.0), south)


def test_each_line_is_named_in_what_is_told_of_it(two, inputs_of, features, north, south):
    doubled = np.insert(south, 2, south[2], axis=0)
    plan = two(north, doubled, sectors=2)
    assert plan.notes[0] == "Forward line of side B: 1 repeated vertex was removed"
    inputs = dataclasses.replace(inputs_of(north), lines_b=())
    with pytest.raises(PlanError, match=r"^Forward line of side B: The contact line has no features"):
        make_plan(PlanSpec(two_lines=True), inputs, Progress())


def test_ground_on_side_a_contradicts_two_lines(two, north, south):
    with pytest.raises(PlanError, match="Both the forward line of side B and the ground on side A"):
        two(north, south, GivenGround(None, shapely.Point(37, 49)))
