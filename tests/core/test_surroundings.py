"""What the user gives besides the line: clip, ground on side A, band limits, and on which side the outline may err."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.geodesy import area
from buffer_zone_plugin.core.given_ground import GivenGround
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec, bands_from_text
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling, assert_within_tolerance

BOX = shapely.box(33.0, 46.9, 36.0, 50.0)
WITH_HOLE = shapely.Polygon(BOX.exterior, [shapely.Point(34.5, 47.5).buffer(0.15).exterior])


@pytest.fixture(scope="module")
def plan_in(inputs_of):
    """A function from a line, the ground that the user gave, and the spec's values to a plan."""
    def plan(lonlat, clip=None, side_a=None, **values):
        inputs = dataclasses.replace(inputs_of(lonlat), given=GivenGround(clip, side_a))
        return make_plan(PlanSpec(**values), inputs, Progress())

    return plan


def assert_whole(plan, lonlat, features, clip=None):
    for parts in (plan.sectors, plan.sides, plan.bands):
        if parts:
            assert_tiling([part.geometry for part in parts], plan.zone.geometry)
    assert_sums(plan)
    assert_within_tolerance(plan, features(lonlat), clip)


# ------------------------------------------------------------------------------------------------ clip

@pytest.mark.parametrize("clip", [BOX, WITH_HOLE, shapely.MultiPolygon([BOX, shapely.box(36.5, 47.0, 37.5, 49.0)])])
@pytest.mark.parametrize("split", ["equal_length", "equal_area"])
def test_a_clipped_zone_is_the_zone_inside_the_clip(split, clip, plan_in, sample, sample_plan, features):
    plan = plan_in(sample, clip, split=split, sectors=4)
    assert_whole(plan, sample, features, clip)
    shared = shapely.segmentize(shapely.intersection(sample_plan.zone.geometry, clip), 0.01)  # straight on the map
    assert plan.zone.area_m2 == pytest.approx(area(shared), rel=1e-5)
    assert shapely.difference(plan.zone.geometry, shapely.buffer(clip, 1e-6)).area < 1e-9
    values = [sector.line_m if split == "equal_length" else sector.area_m2 for sector in plan.sectors]
    assert max(values) / min(values) <= 1.001


def test_the_line_and_the_posts_are_those_inside_the_clip(plan_in, sample):
    plan = plan_in(sample, BOX, sectors=2)
    inside = shapely.buffer(BOX, 1e-6)
    assert all(inside.covers(part.geometry) for part in plan.line)
    assert all(inside.covers(post.geometry) for post in plan.posts)
    assert plan.zone.line_m == pytest.approx(sum(part.line_m for part in plan.line), rel=1e-12)
    assert plan.zone.line_m < 400_000


def test_a_clip_that_covers_all_changes_nothing(plan_in, sample, sample_plan):
    plan = plan_in(sample, shapely.box(20, 40, 50, 60))
    assert plan.zone.area_m2 == pytest.approx(sample_plan.zone.area_m2, rel=1e-12)
    assert plan.zone.line_m == pytest.approx(sample_plan.zone.line_m, rel=1e-9)


def test_the_edge_of_the_clip_is_no_error_of_depth(plan_in, sample):
    assert plan_in(sample, BOX, split="none").zone.error_max_m <= 1.0


@pytest.mark.parametrize("clip", [shapely.box(0, 0, 1, 1), shapely.box(33.0, 46.9, 33.01, 46.91)])
def test_a_clip_that_leaves_nothing_of_the_line_is_told(clip, plan_in, sample):
    with pytest.raises(PlanError, match="No part of the contact line lies inside the clip") as caught:
        plan_in(sample, clip, sectors=8)
    assert caught.value.hint.endswith(".")


def test_a_clip_wholly_inside_the_zone_leaves_nothing_to_measure_and_says_so(plan_in, at_km):
    line = at_km(np.array([[-100.0, 0.0], [100.0, 0.0]]))
    clip = shapely.Polygon(at_km(np.array([[-5.0, -5.0], [5.0, -5.0], [5.0, 5.0], [-5.0, 5.0]])))
    plan = plan_in(line, clip, split="none")
    assert plan.zone.error_at is None and plan.zone.error_max_m == 0.0
    assert plan.warnings == ("No edge of the zone lies at its depth: there is no error to measure",)
    assert plan.zone.area_m2 == pytest.approx(100e6, rel=1e-2) and plan.zone.line_m == pytest.approx(10_000, rel=1e-2)


@pytest.mark.parametrize("point, reason", [
    ((0.0, 0.0), "farther from the contact line than the line is long"),
    ((48.3, 37.0), "farther from the contact line than the line is long"),
    ((-143.0, -47.0), "farther from the contact line than the line is long"),
    (None, "lies on the contact line"),
])
def test_points_that_tell_no_side_are_refused(plan_in, fractal, point, reason):
    lonlat = fractal(5, 3)
    point = tuple(lonlat[7]) if point is None else point
    with pytest.raises(PlanError, match=reason) as caught:
        plan_in(lonlat, None, shapely.GeometryCollection([shapely.Point(37.0, 49.5), shapely.Point(point)]))
    assert caught.value.where == f"{point[0]:.5f}, {point[1]:.5f}" and caught.value.hint


def test_a_capital_far_behind_the_line_tells_its_side(plan_in, at_km):
    line = at_km(np.array([[-100.0, 0.0], [100.0, 0.0]]))
    for north, left in ((180.0, True), (-180.0, False)):
        (place,) = at_km(np.array([[60.0, north]]))
        plan = plan_in(line, None, shapely.Point(place), depth_a_m=5_000.0, depth_b_m=2_000.0, sectors=2)
        side_a = plan.sides[0].geometry
        assert (side_a.bounds[3] > line[:, 1].max() + 0.03) == left


@pytest.mark.parametrize("doublings", [2, 6])
@pytest.mark.parametrize("left", [True, False])
def test_own_territory_as_clip_keeps_the_whole_line_and_one_side(plan_in, fractal, features, doublings, left):
    """The contact line is the edge of the clip, vertex for vertex, as in public layers of who holds what."""
    lonlat = fractal(5, doublings)
    whole = plan_in(lonlat, None, sectors=3)
    normal = np.array([lonlat[-1, 1] - lonlat[0, 1], lonlat[0, 0] - lonlat[-1, 0]]) * (-1 if left else 1)
    clip = shapely.Polygon(np.concatenate([lonlat, lonlat[::-1][[0, -1]] + 3 * normal / np.hypot(*normal)]))
    plan = plan_in(lonlat, shapely.MultiPolygon([shapely.make_valid(clip)]), sectors=3)
    own, other = ("A", "B") if left else ("B", "A")
    areas, full = ({side.side: side.area_m2 for side in p.sides} for p in (plan, whole))
    assert plan.zone.line_m == pytest.approx(whole.zone.line_m, rel=1e-6)
    assert areas[own] > 0.8 * full[own] and areas[other] < 0.01 * full[other]
    assert len(plan.line) == len(whole.line) and sum(s.line_m for s in plan.sectors) == pytest.approx(plan.zone.line_m)


def test_a_clip_across_the_antimeridian(plan_in, fractal, features):
    lonlat = fractal(111, 4, centre=(179.9, -17.0))
    clip = shapely.MultiPolygon([shapely.box(179.5, -18, 180, -16), shapely.box(-180, -18, -179.7, -16)])
    plan = plan_in(lonlat, clip, sectors=2)
    assert_whole(plan, lonlat, features, clip)
    assert shapely.difference(plan.zone.geometry, shapely.buffer(clip, 1e-6)).area < 1e-9


# ------------------------------------------------------------------------------------------------ bands

@pytest.mark.parametrize(("depth_a_m", "depth_b_m", "bands"), [
    (20_000.0, 20_000.0, ((2_000.0, 10_000.0, 20_000.0), (2_000.0, 10_000.0, 20_000.0))),
    (20_000.0, 8_000.0, ((2_000.0, 10_000.0, 20_000.0), (2_000.0, 8_000.0))),
    (0.0, 12_000.0, ((), (2_000.0, 10_000.0, 12_000.0))),
])
def test_bands_tile_each_side_at_their_own_distances(
    depth_a_m, depth_b_m, bands, plan_in, shape, features, true_distance
):
    lonlat = shape("zigzag")
    plan = plan_in(lonlat, depth_a_m=depth_a_m, depth_b_m=depth_b_m, bands_m=(2_000.0, 10_000.0), sectors=3)
    assert_whole(plan, lonlat, features)
    for side, limits in zip("AB", bands):
        mine = [band for band in plan.bands if band.side == side]
        assert tuple(band.to_m for band in mine) == limits
        assert [band.band for band in mine] == list(range(1, len(limits) + 1))
        for band in mine:
            points = shapely.get_coordinates(shapely.point_on_surface(shapely.get_parts(band.geometry)))
            away = true_distance([lonlat], points)
            assert ((away > band.from_m - 1) & (away < band.to_m + 1)).all()


def test_band_limits_are_read_from_text():
    assert bands_from_text(" 2, 10;25 ") == (2_000.0, 10_000.0, 25_000.0)
    assert bands_from_text("") == ()
    with pytest.raises(PlanError, match="'2,x' are not numbers"):
        bands_from_text("2,x")


@pytest.mark.parametrize(("bands", "words"), [
    ((5_000.0, 2_000.0), "do not ascend"), ((2_000.0, 2_000.0), "do not ascend"), ((0.0,), "too small"),
    ((-1.0,), "too small"), ((float("nan"),), "too small"), ((20_000.0,), "outside the zone"),
    (tuple(range(100, 2_200, 100)), "21 band limits"),
])
def test_bands_that_no_zone_has_are_refused(bands, words):
    with pytest.raises(PlanError, match=words):
        PlanSpec(bands_m=bands)


def test_a_spec_with_bands_survives_json():
    spec = PlanSpec(bands_m=(2_000.0, 10_000.0), outline="never_short")
    assert PlanSpec.from_json(spec.to_json()) == spec


# ------------------------------------------------------------------------------------------------ ground on side A

@pytest.mark.parametrize("ground", [
    shapely.box(25, 47.4, 35, 55), shapely.Point(30.0, 49.0), shapely.MultiPoint([(30.0, 49.0), (33.0, 48.5)]),
])
def test_known_ground_says_which_side_is_a(ground, plan_in, sample):
    north = shapely.Point(sample[np.argmin(np.abs(sample[:, 0] - 33.0))] + (0.0, 0.05))
    for line in (sample, sample[::-1]):
        plan = plan_in(line, side_a=ground, split="none")
        assert plan.sides[0].geometry.covers(north)
        assert not plan.sides[1].geometry.covers(north)
        assert plan_in(line, side_a=ground, split="none", reverse=True).sides[1].geometry.covers(north)


def test_each_piece_of_the_zone_is_told_apart(plan_in, at_km):
    lines = [at_km(np.array([[-200.0, 0.0], [-100.0, 0.0]])), at_km(np.array([[200.0, 0.0], [100.0, 0.0]]))]
    ground = shapely.MultiPoint(at_km(np.array([[-150.0, 10.0], [150.0, 10.0]])))
    plan = plan_in(lines, side_a=ground, split="none")
    side_a = plan.sides[0].geometry
    assert all(side_a.covers(point) for point in ground.geoms)


def test_ground_on_both_sides_is_told_and_ground_elsewhere_refused(plan_in, sample):
    plan = plan_in(sample, side_a=shapely.box(20, 40, 50, 60), split="none")
    assert any("of the ground given for side A lies on side B" in warning for warning in plan.warnings)
    with pytest.raises(PlanError, match="lies beside the contact line"):
        plan_in(sample, side_a=shapely.box(20, 40, 30, 44), split="none")


# ------------------------------------------------------------------------------------------------ one-sided outlines

@pytest.mark.parametrize(("outline", "least", "most"), [
    ("balanced", -1.0, 1.0), ("never_beyond", -1.0, 0.0), ("never_short", 0.0, 1.0),
])
@pytest.mark.parametrize("name", ["zigzag", "salient", "ring"])
def test_an_outline_errs_to_the_side_that_was_asked_for(name, outline, least, most, plan_in, shape, true_distance):
    lonlat = shape(name)
    zone = plan_in(lonlat, outline=outline, split="none").zone
    xy = shapely.get_coordinates(shapely.get_parts(shapely.boundary(zone.geometry)), return_index=True)
    inside = np.nonzero(np.diff(xy[1]) == 0)[0]
    points = np.concatenate([xy[0][inside] + k / 4 * (xy[0][inside + 1] - xy[0][inside]) for k in range(4)])
    error = true_distance([lonlat], points) - 20_000.0
    assert error.min() >= least - 1e-3
    assert error.max() <= most + 1e-3
    assert zone.error_max_m <= 1.0
