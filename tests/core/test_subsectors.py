"""Subsectors: each sector divided again, as a zone of its own, and numbered along the line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.given_ground import CLIP, GivenGround, ground_shape
from buffer_zone_plugin.core.guides import Guides
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling


def assert_divided(plan, within):
    """The parts tile their sectors, add up to them, and are numbered along the line."""
    assert_sums(plan)
    assert_tiling([part.geometry for part in plan.subsectors], plan.zone.geometry)
    assert [part.subsector_id for part in plan.subsectors] == list(range(1, len(plan.subsectors) + 1))
    for index, sector in enumerate(plan.sectors):
        parts = [part for part in plan.subsectors if part.sector_id == sector.sector_id]
        assert [part.name for part in parts] == [f"{sector.name}.{k + 1}" for k in range(within)]
        assert_tiling([part.geometry for part in parts], sector.geometry)
        for field in ("line_m", "area_m2", "area_a_m2", "area_b_m2"):
            assert sum(getattr(part, field) for part in parts) == pytest.approx(getattr(sector, field), rel=1e-9)
        persons = plan.staffing.sector(index)
        for field in ("low", "central", "high"):
            assert sum(getattr(part.staff, field) for part in parts) == getattr(persons, field)
        assert all(part.staff.low <= part.staff.central <= part.staff.high for part in parts)
        assert sum(part.posts for part in parts) == sum(post.sector_id == sector.sector_id for post in plan.posts)


@pytest.mark.parametrize("split, field", [("equal_length", "line_m"), ("equal_area", "area_m2")])
@pytest.mark.parametrize("within", [2, 3])
def test_parts_of_a_sector_are_equal(plan_of, sample, split, field, within):
    plan = plan_of(sample, split=split, sectors=5, subsectors=within)
    assert_divided(plan, within)
    for sector in plan.sectors:
        values = [getattr(part, field) for part in plan.subsectors if part.sector_id == sector.sector_id]
        assert values == pytest.approx([np.mean(values)] * within, rel=2e-3)


def test_sectors_are_the_same_whether_they_are_divided_or_not(plan_of, sample):
    plain, divided = (plan_of(sample, split="equal_area", sectors=4, subsectors=n) for n in (1, 3))
    assert not plain.subsectors
    for one, other in zip(plain.sectors, divided.sectors):
        assert one.area_m2 == pytest.approx(other.area_m2, rel=1e-7)
        assert shapely.area(shapely.symmetric_difference(one.geometry, other.geometry)) < 1e-6


@pytest.mark.parametrize("line", ["salient", "zigzag", "loop", "ring", "spiral"])
def test_parts_of_sectors_of_other_lines(plan_of, shape, line):
    assert_divided(plan_of(shape(line), depth_a_m=5_000.0, depth_b_m=8_000.0, sectors=3, subsectors=2), 2)


def test_one_sector_is_divided_as_the_whole_line_would_be(plan_of, sample):
    plan, sectors = plan_of(sample, split="none", subsectors=4), plan_of(sample, sectors=4)
    assert_divided(plan, 4)
    assert [p.line_m for p in plan.subsectors] == pytest.approx([s.line_m for s in sectors.sectors], rel=1e-3)


def test_parts_count_along_the_line(plan_of, sample):
    plan = plan_of(sample, sectors=4, subsectors=3)
    line = shapely.LineString(sample[::-1])  # counted from the west
    places = [line.project(part.geometry.centroid) for part in plan.subsectors]
    assert places == sorted(places)


def test_borders_between_parts_stand_behind_those_between_sectors(plan_of, sample):
    plan = plan_of(sample, sectors=4, subsectors=3)
    assert [b.boundary_id for b in plan.boundaries] == list(range(1, 3 + 4 * 2 + 1))
    assert [b.between for b in plan.boundaries[:3]] == [("S1", "S2"), ("S2", "S3"), ("S3", "S4")]
    inner = plan.boundaries[3:]
    assert [b.between for b in inner[:2]] == [("S1.1", "S1.2"), ("S1.2", "S1.3")]
    assert all(b.sector_from == b.sector_to for b in inner)
    assert [b.chainage_m for b in inner] == sorted(b.chainage_m for b in inner)


def test_parts_between_break_points_share_the_line(inputs_of, sample):
    inputs = replace(inputs_of(sample), guides=Guides(tuple(shapely.points(sample[[30, 65]]))))
    plan = make_plan(PlanSpec(split="break_points", subsectors=2), inputs, Progress())
    assert_divided(plan, 2)
    for first, second in zip(plan.subsectors[::2], plan.subsectors[1::2]):
        assert first.line_m == pytest.approx(second.line_m, rel=2e-3)


def test_parts_inside_a_clip(inputs_of, sample):
    clip, _ = ground_shape([InputFeature(1, shapely.box(36.5, 40.0, 39.5, 60.0))], CLIP)
    inputs = replace(inputs_of(sample), given=GivenGround(clip, None))
    plan = make_plan(PlanSpec(split="equal_area", sectors=3, subsectors=2), inputs, Progress())
    assert_divided(plan, 2)


def test_separate_stretches_are_divided_each(plan_of, at_km):
    parts = [at_km(np.array(part, dtype=float)) for part in ([[-300, 0], [-50, 0]], [[150, 0], [300, 0]])]
    assert_divided(plan_of(parts, sectors=3, subsectors=2), 2)


def test_parts_that_do_not_fit_are_refused_with_what_fits(plan_of, sample):
    with pytest.raises(PlanError, match=r"Sector S\d: 40 subsectors do not fit") as caught:
        plan_of(sample, sectors=4, subsectors=40)
    assert "at most" in caught.value.hint


def test_short_parts_are_told_of_once(plan_of, sample):
    plan = plan_of(sample, sectors=8, subsectors=10)
    (warning,) = plan.warnings
    assert warning.startswith("Subsectors (") and "shorter than the zone is deep (20 km a side)" in warning


@pytest.mark.parametrize("number", [0, -1, 51])
def test_numbers_of_parts_that_no_sector_has_are_refused(number):
    with pytest.raises(PlanError, match=f"{number} subsectors were asked for"):
        PlanSpec(subsectors=number)


def test_numbers_may_count_from_the_other_end(plan_of, sample):
    west, east = (plan_of(sample, sectors=5, subsectors=2, numbered_from=end) for end in ("west_north", "east_south"))
    assert_divided(east, 2)
    assert [s.line_m for s in east.sectors] == pytest.approx([s.line_m for s in west.sectors][::-1], rel=1e-3)
    assert [s.area_a_m2 for s in east.sectors] == pytest.approx([s.area_a_m2 for s in west.sectors][::-1], rel=1e-3)
    whole = west.zone.line_m
    chainages = [[b.chainage_m for b in plan.boundaries[:4]] for plan in (west, east)]
    assert chainages[1] == pytest.approx([whole - c for c in chainages[0][::-1]], rel=1e-3)


def test_a_ring_may_be_counted_clockwise(plan_of, ring):
    there, back = (plan_of(ring(80.0), sectors=4, numbered_from=end) for end in ("west_north", "east_south"))
    assert back.zone.area_a_m2 == pytest.approx(there.zone.area_a_m2, rel=1e-9)
    first = [plan.sectors[0].geometry.centroid.x for plan in (there, back)]
    middle = there.zone.geometry.centroid.x
    assert first[0] < middle < first[1]  # from the north: counter-clockwise is westwards
