"""A zone split again: the same zone, vertex for vertex, with other sectors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.given_ground import CLIP, GivenGround, ground_shape
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.resplit import given_zone, split_again, turned_to_a
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling


def features_of(shapes):
    return tuple(InputFeature(number, shape) for number, shape in enumerate(shapes, start=1))


@pytest.fixture(scope="module")
def again(inputs_of, sample):
    """A function that splits a plan's zone again, from its sides and depths or from the zone alone."""
    def split(plan, told=True, line=None, **values):
        shapes = [side.geometry for side in plan.sides] if told else [plan.zone.geometry]
        sides = [side.side if told else None for side in plan.sides]
        depths = (plan.spec.depth_a_m, plan.spec.depth_b_m) if told else None
        zone, notes = given_zone(features_of(shapes), sides, depths)
        assert not notes
        lines = features_of([part.geometry for part in plan.line]) if line is None else line
        made = split_again(PlanSpec(**values), replace(inputs_of(sample), lines=lines), zone, Progress())
        assert_sums(made)
        assert_tiling([sector.geometry for sector in made.sectors], made.zone.geometry)
        return made

    return split


def assert_same_ground(made, plan):
    """The zone is the old one to the grid of 1 cm, which may lie elsewhere: the plane is centred on the line given."""
    for field in ("area_m2", "area_a_m2", "line_m"):
        assert getattr(made.zone, field) == pytest.approx(getattr(plan.zone, field), rel=1e-7)
    assert shapely.area(shapely.symmetric_difference(made.zone.geometry, plan.zone.geometry)) < 1e-6


@pytest.mark.parametrize("values", [
    {"split": "equal_area", "sectors": 6}, {"sectors": 3, "subsectors": 2}, {"split": "equal_staffing", "sectors": 4},
    {"split": "fixed_length", "sector_m": 200_000.0}, {"split": "none"}, {"numbered_from": "east_south"},
])
def test_the_same_split_of_the_same_zone_is_the_same_plan(plan_of, again, sample, values):
    plan = plan_of(sample, **values)
    made = again(plan, **values)
    assert_same_ground(made, plan)
    for one, other in zip(plan.sectors, made.sectors):
        assert other.area_m2 == pytest.approx(one.area_m2, rel=1e-6)
        assert other.area_a_m2 == pytest.approx(one.area_a_m2, rel=1e-6)
        assert other.line_m == pytest.approx(one.line_m, rel=1e-6)
    assert made.staffing.total == plan.staffing.total
    assert [part.name for part in made.subsectors] == [part.name for part in plan.subsectors]


@pytest.mark.parametrize("line", ["straight", "salient", "zigzag", "loop", "ring", "spiral"])
def test_zones_of_other_lines(plan_of, again, shape, line):
    plan = plan_of(shape(line), depth_a_m=5_000.0, depth_b_m=12_000.0, sectors=2)
    made = again(plan, split="equal_area", sectors=4)
    assert_same_ground(made, plan)
    assert len(made.sectors) == 4
    areas = [sector.area_m2 for sector in made.sectors]
    assert max(areas) / min(areas) < 1.01 or any("could not be met" in warning for warning in made.warnings)


def test_a_zone_without_sides_has_side_a_left_of_the_line(plan_of, again, sample):
    plan = plan_of(sample[::-1])  # drawn from the west, as lines are counted
    made = again(plan, told=False, sectors=5)
    assert made.zone.area_a_m2 == pytest.approx(plan.zone.area_a_m2, rel=1e-6)
    assert made.spec.depth_a_m == pytest.approx(20_000, rel=2e-3)
    assert any("left of the line" in note for note in made.notes)
    turned = again(plan, told=False, sectors=5, reverse=True)
    assert turned.zone.area_b_m2 == pytest.approx(made.zone.area_a_m2, rel=1e-9)


def test_a_plans_line_tells_the_side_on_its_left(plan_of, again, sample):
    for line in (sample, sample[::-1]):
        plan = plan_of(line)
        lines = turned_to_a(features_of([part.geometry for part in plan.line]), [part.left for part in plan.line])
        made = again(plan, told=False, line=lines, sectors=3)
        assert made.zone.area_a_m2 == pytest.approx(plan.zone.area_a_m2, rel=1e-6)


def test_told_sides_are_swapped_if_asked_for(plan_of, again, sample):
    plan = plan_of(sample, depth_a_m=10_000.0)
    made = again(plan, sectors=3, reverse=True)
    assert made.zone.area_b_m2 == pytest.approx(plan.zone.area_a_m2, rel=1e-7)
    assert (made.spec.depth_a_m, made.spec.depth_b_m) == (20_000.0, 10_000.0)


def test_edges_drawn_by_hand_are_straight_on_the_map(again, inputs_of, sample, at_km):
    box = shapely.box(30.0, 45.0, 41.0, 52.0)
    zone, _ = given_zone(features_of([box]), [None], None)
    made = split_again(PlanSpec(sectors=4), replace(inputs_of(sample), lines=features_of(
        [shapely.LineString(sample)])), zone, Progress())
    drawn = shapely.get_coordinates(shapely.union_all([s.geometry for s in made.sectors]).boundary)
    assert shapely.distance(shapely.points(drawn), box.boundary).max() < 1e-6


def test_one_sided_zones(plan_of, again, sample):
    plan = plan_of(sample, depth_a_m=15_000.0, depth_b_m=0.0)
    made = again(plan, sectors=5)
    assert_same_ground(made, plan)
    assert all(sector.area_b_m2 == 0 for sector in made.sectors)


def test_clipped_zones(inputs_of, again, sample):
    clip, _ = ground_shape([InputFeature(1, shapely.box(34.0, 40.0, 39.5, 60.0))], CLIP)
    plan = make_plan(PlanSpec(), replace(inputs_of(sample), given=GivenGround(clip, None)), Progress())
    assert_same_ground(again(plan, split="equal_area", sectors=5), plan)


def test_two_forward_lines_keep_their_strip(inputs_of, again, at_km, features):
    north, south = (np.array([[-150.0, y], [0.0, y + 4], [150.0, y]]) for y in (8.0, -8.0))
    inputs = replace(inputs_of(at_km(north)), lines_b=features(at_km(south)))
    plan = make_plan(PlanSpec(two_lines=True, sectors=3), inputs, Progress())
    made = again(plan, sectors=3)
    assert_same_ground(made, plan)
    assert made.zone.area_strip_m2 == pytest.approx(plan.zone.area_strip_m2, rel=1e-7)
    assert [s.line_m for s in made.sectors] == pytest.approx([s.line_m for s in plan.sectors], rel=1e-3)


def test_zones_across_the_antimeridian(plan_of, again, at_km):
    line = at_km(np.array([[-150.0, 0.0], [0.0, 20.0], [150.0, 0.0]]), (180.0, -17.0))
    line[:, 0] = (line[:, 0] + 180) % 360 - 180
    plan = plan_of(line, sectors=2)
    made = again(plan, sectors=4)
    assert made.zone.area_m2 == pytest.approx(plan.zone.area_m2, rel=1e-7)
    assert len(made.sectors) == 4


def test_no_error_of_depth_is_claimed(plan_of, again, sample):
    record = dict(again(plan_of(sample), sectors=4).record)
    assert record["error_max_m"] == record["error_at"] == ""


def test_line_outside_the_zone_is_left_out_and_told(plan_of, again, sample):
    plan = plan_of(sample[20:60])
    made = again(plan, line=features_of([shapely.LineString(sample)]), sectors=3)
    assert any("of contact line outside the zone left out" in note for note in made.notes)
    assert made.zone.line_m > plan.zone.line_m  # what runs through the round ends counts


def test_a_line_elsewhere_is_refused(plan_of, again, sample):
    with pytest.raises(PlanError, match="does not run through the zone"):
        again(plan_of(sample), line=features_of([shapely.LineString([(0, 0), (1, 1)])]))


@pytest.mark.parametrize("shapes, message", [
    ([], "has no features"), ([shapely.Point(1, 1)], "holds a Point, not a polygon"),
    ([shapely.Polygon([(0, 0), (1, 1), (2, 2), (0, 0)])], "covers no ground"), ([None], "covers no ground"),
])
def test_layers_that_are_no_zone_are_refused(shapes, message):
    with pytest.raises(PlanError, match=message):
        given_zone(features_of(shapes), [None] * len(shapes), None)
