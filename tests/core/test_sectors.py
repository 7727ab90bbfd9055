"""Sectors: as many as asked for, in order along the line, equal in what was asked, and nothing left over."""

from __future__ import annotations

import re

import numpy as np
import pytest
import shapely
from pyproj import Geod, Proj

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling

MOST_SPREAD = 1.001


def spread(values):
    return max(values) / min(values)


def flat(plan):
    """A function from longitude/latitude to kilometres around the middle of the zone."""
    west, south, east, north = shapely.bounds(plan.zone.geometry)
    plane = Proj(proj="aeqd", lon_0=(west + east) / 2, lat_0=(south + north) / 2, ellps="WGS84", units="km")
    return lambda geometry: shapely.transform(geometry, lambda xy: np.column_stack(plane(*xy.T)))


def places(plan):
    """The mean place of every sector's stretch of the contact line, kilometres along it; NaN where it has none."""
    in_km = flat(plan)
    parts = [in_km(part.geometry) for part in plan.line]
    begin = np.cumsum([0, *(part.length for part in parts)])
    means = []
    for sector in plan.sectors:
        ground = in_km(sector.geometry)
        shapely.prepare(ground)
        found = []
        for before, part in zip(begin, parts):
            along = np.arange(0.25, part.length, 0.5)
            found.append(before + along[shapely.intersects(ground, shapely.line_interpolate_point(part, along))])
        found = np.concatenate(found)
        means.append(found.mean() if len(found) else np.nan)
    return np.array(means)


def assert_sectors(plan, count, every_one_has_line=True):
    """What holds of every split."""
    assert [sector.sector_id for sector in plan.sectors] == list(range(1, count + 1))
    assert [sector.name for sector in plan.sectors] == [f"S{n}" for n in range(1, count + 1)]
    assert min(sector.area_m2 for sector in plan.sectors) > 0
    geometries = [sector.geometry for sector in plan.sectors]
    assert_tiling(geometries, plan.zone.geometry)
    together = shapely.union_all(geometries)
    assert together.symmetric_difference(plan.zone.geometry).area <= 1e-12 * plan.zone.geometry.area
    assert_sums(plan)
    if every_one_has_line:
        along = places(plan)
        assert (np.diff(along) > 0).all()


def assert_boundaries_of_one_chain(plan):
    """Neighbours along the line share one boundary; it meets the line once, in order."""
    count = len(plan.sectors)
    pairs = [(boundary.sector_from, boundary.sector_to) for boundary in plan.boundaries]
    assert pairs == [(n, n + 1) for n in range(1, count)]
    assert [boundary.boundary_id for boundary in plan.boundaries] == list(range(1, count))
    chainage = [boundary.chainage_m for boundary in plan.boundaries]
    assert chainage == sorted(chainage)
    assert chainage[0] > 0
    assert chainage[-1] < plan.zone.line_m


def crossings(plan):
    """How many times each boundary crosses the contact line."""
    line = shapely.multilinestrings([part.geometry for part in plan.line])
    return [len(shapely.get_parts(shapely.intersection(boundary.geometry, line))) for boundary in plan.boundaries]


# ------------------------------------------------------------------------------------------------ the sample

@pytest.mark.parametrize(("count", "most"), [(8, 1.0003), (24, 1.0015)])
def test_sectors_of_equal_length(count, most, sample, plan_of):
    plan = plan_of(sample, sectors=count, split="equal_length")
    assert_sectors(plan, count)
    assert_boundaries_of_one_chain(plan)
    assert spread([sector.line_m for sector in plan.sectors]) <= most
    assert crossings(plan) == [1] * (count - 1)


def test_a_sector_has_the_line_inside_it(sample_plan):
    geod = Geod(ellps="WGS84")
    line = shapely.union_all([part.geometry for part in sample_plan.line])
    for sector in sample_plan.sectors:
        assert geod.geometry_length(line.intersection(sector.geometry)) == pytest.approx(sector.line_m, abs=1.0)


@pytest.mark.parametrize(("count", "depth_m"), [(8, 20_000.0), (8, 40_000.0), (24, 20_000.0)])
def test_sectors_of_equal_area(count, depth_m, sample, plan_of):
    plan = plan_of(sample, depth_a_m=depth_m, depth_b_m=depth_m, sectors=count, split="equal_area")
    assert_sectors(plan, count)
    assert_boundaries_of_one_chain(plan)
    assert spread([sector.area_m2 for sector in plan.sectors]) <= 1.001
    assert crossings(plan) == [1] * (count - 1)


def test_boundaries_meet_the_line_where_the_shares_say(sample_plan):
    plan = sample_plan
    shares = np.array([boundary.chainage_m for boundary in plan.boundaries]) / plan.zone.line_m
    assert shares == pytest.approx(np.arange(1, 8) / 8, abs=0.001)
    for boundary in plan.boundaries:
        assert 30_000 < boundary.length_m < 80_000  # across 40 km
        assert boundary.length_m == pytest.approx(flat(plan)(boundary.geometry).length * 1000, rel=0.01)


def test_boundaries_are_nearly_straight(sample, plan_of):
    plan = plan_of(sample, sectors=8, split="equal_area")
    for boundary in plan.boundaries:
        line = flat(plan)(shapely.line_merge(boundary.geometry))
        xy = shapely.get_coordinates(line)
        assert np.hypot(*(xy[-1] - xy[0])) > 0.9 * line.length


def test_one_sector_is_the_whole_zone(sample, plan_of):
    for values in ({"sectors": 1}, {"sectors": 8, "split": "none"}):
        plan = plan_of(sample, **values)
        assert_sectors(plan, 1)
        assert plan.boundaries == ()
        assert shapely.to_wkb(plan.sectors[0].geometry) == shapely.to_wkb(plan.zone.geometry)
        assert plan.sectors[0].line_m == pytest.approx(plan.zone.line_m, rel=1e-12)


# ------------------------------------------------------------------------------------------------ other shapes

def assert_equal_shares(plan, split, most=MOST_SPREAD):
    field = "line_m" if split == "equal_length" else "area_m2"
    assert spread([getattr(sector, field) for sector in plan.sectors]) <= most


@pytest.mark.parametrize(
    ("name", "count", "split"),
    [
        ("straight", 8, "equal_area"), ("salient", 5, "equal_length"), ("salient", 12, "equal_area"),
        ("zigzag", 8, "equal_length"), ("spiral", 4, "equal_area"),
    ],
)
def test_sectors_of_other_lines(name, count, split, shape, plan_of):
    plan = plan_of(shape(name), sectors=count, split=split)
    assert_sectors(plan, count)
    assert_equal_shares(plan, split)


@pytest.mark.parametrize(("count", "split"), [(2, "equal_area"), (7, "equal_length")])
def test_sectors_of_a_ring_go_around_it(count, split, shape, plan_of):
    plan = plan_of(shape("ring"), sectors=count, split=split)
    assert_sectors(plan, count)
    assert_equal_shares(plan, split)
    pairs = {(boundary.sector_from, boundary.sector_to) for boundary in plan.boundaries}
    assert pairs == {(n, n + 1) for n in range(1, count)} | {(1, count)}


def test_boundaries_of_a_ring_are_numbered_along_it(shape, plan_of):
    plan = plan_of(shape("ring"), sectors=5)
    assert [boundary.boundary_id for boundary in plan.boundaries] == [1, 2, 3, 4, 5]
    chainage = [boundary.chainage_m for boundary in plan.boundaries]
    assert chainage == sorted(chainage)


@pytest.mark.parametrize("depth_m", [10.0, 25.0, 100.0, 500.0])
@pytest.mark.parametrize("split", ["equal_length", "equal_area"])
def test_sectors_of_shallow_zones(split, depth_m, at_km, plan_of):
    line = at_km(np.array([[-6.0, 0.0], [-2.0, 0.4], [2.0, -0.4], [6.0, 0.0]]))
    plan = plan_of(line, depth_a_m=depth_m, depth_b_m=depth_m, split=split, sectors=6)
    assert_sectors(plan, 6)
    assert_equal_shares(plan, split)


def test_sectors_of_different_depths(shape, plan_of):
    plan = plan_of(shape("zigzag"), depth_a_m=5_000.0, depth_b_m=30_000.0, split="equal_length", sectors=6)
    assert_sectors(plan, 6)
    assert_equal_shares(plan, "equal_length")


@pytest.mark.parametrize("split", ["equal_length", "equal_area"])
def test_sectors_on_one_side_only(split, shape, plan_of):
    plan = plan_of(shape("straight"), depth_a_m=0.0, split=split, sectors=4)
    assert_sectors(plan, 4)
    assert_equal_shares(plan, split, 1.005)


def test_sectors_between_flat_caps(shape, plan_of):
    plan = plan_of(shape("straight"), caps="flat", sectors=8)
    assert_sectors(plan, 8)
    assert spread([sector.line_m for sector in plan.sectors]) <= MOST_SPREAD
    assert spread([sector.area_m2 for sector in plan.sectors]) == pytest.approx(1, abs=0.01)


def test_sectors_across_a_gap_between_flat_caps(at_km, plan_of):
    parts = [at_km(np.array([[-100.0, 0], [0, 5]])), at_km(np.array([[30.0, 5], [100, 0]]))]
    assert_equal_shares(plan_of(parts, caps="flat", sectors=2), "equal_length", 1.005)


def test_sectors_of_different_depths_across_a_gap_between_flat_caps(at_km, plan_of):
    parts = [at_km(np.array([[-100.0, 0], [0, 5]])), at_km(np.array([[30.0, 5], [100, 0]]))]
    plan = plan_of(parts, caps="flat", depth_a_m=8_000.0, depth_b_m=20_000.0, sectors=4)
    assert_sectors(plan, 4)


def test_sectors_across_gaps(at_km, plan_of):
    parts = [at_km(np.array([[x, y], [x + 52.0, y + 4.0]])) for x, y in ((-90.0, 0.0), (-30.0, 6.0), (30.0, 3.0))]
    plan = plan_of(parts, sectors=5, split="equal_length")
    assert_sectors(plan, 5)
    assert_equal_shares(plan, "equal_length", 1.005)


# ------------------------------------------------------------------------------------------------ several chains

def apart(at_km, stretches):
    return [at_km(np.array([[x, y], [x + length, y + 3.0]])) for x, y, length in stretches]


@pytest.mark.parametrize(("count", "split"), [(2, "equal_length"), (3, "equal_length"), (6, "equal_area")])
def test_separate_stretches_have_their_own_sectors(count, split, at_km, plan_of):
    lines = apart(at_km, [(-200.0, 0.0, 120.0), (40.0, 0.0, 120.0)])
    plan = plan_of(lines, sectors=count, split=split)
    assert_sectors(plan, count)
    assert [part.chain for part in plan.line] == [1, 2]
    assert len(plan.zone.geometry.geoms) == 2
    assert all(len(sector.geometry.geoms) == 1 for sector in plan.sectors)


def test_stretches_whose_zones_touch_are_parted_between_them(at_km, plan_of):
    lines = apart(at_km, [(-200.0, 0.0, 120.0), (-25.0, 0.0, 120.0)])
    plan = plan_of(lines, sectors=6, depth_a_m=27_400.0, depth_b_m=27_400.0)
    assert_sectors(plan, 6)
    assert {part.chain for part in plan.line} == {1, 2}


def test_a_short_stretch_joins_its_neighbours(at_km, plan_of):
    lines = apart(at_km, [(-200.0, 0.0, 160.0), (20.0, 0.0, 8.0)])
    plan = plan_of(lines, sectors=4)
    assert_sectors(plan, 4)


def test_a_sector_in_several_pieces_is_listed(at_km, plan_of):
    parts = [at_km(np.array(xy, dtype=float)) for xy in ([[-300, 0], [0, 0]], [[100, 0], [110, 0]])]
    plan = plan_of(parts, sectors=2)
    torn = [sector.name for sector in plan.sectors if len(sector.geometry.geoms) == 2]
    assert len(torn) == 1 and f"Sectors in several pieces: {torn[0]} (2)" in plan.notes


def test_a_ring_smaller_than_the_depth_beside_a_front_has_no_sectors_of_its_own(at_km, plan_of, ring):
    front = at_km(np.array([[-100.0, 0.0], [100.0, 0.0]]))
    plan = plan_of([front, ring(2.0, (5.0, 4.0))], depth_a_m=10_000.0, depth_b_m=10_000.0, sectors=8)
    assert_sectors(plan, 8, every_one_has_line=False)
    middles = [sector.geometry.centroid.x for sector in plan.sectors]
    assert middles == sorted(middles)
    assert not any("stretches" in note for note in plan.notes)
    chainages = [boundary.chainage_m for boundary in plan.boundaries]
    assert chainages == sorted(chainages) and chainages[-1] < plan.line[0].line_m  # on the front, not on the ring


def test_sectors_without_line_are_named(at_km, plan_of):
    plan = plan_of(at_km(np.array([[-30.0, 0.0], [30.0, 0.0]])), split="equal_area", sectors=7)
    without = [sector.name for sector in plan.sectors if sector.line_m < 1.0]
    assert without == ["S1", "S7"]
    assert any(warning.startswith("Without contact line: S1, S7: take fewer") for warning in plan.warnings)


# ------------------------------------------------------------------------------------------------ too many

@pytest.mark.parametrize("name", ["straight", "zigzag"])
def test_too_many_sectors_are_refused_with_the_number_that_fits(name, shape, plan_of):
    lonlat = shape(name)
    with pytest.raises(PlanError) as caught:
        plan_of(lonlat, depth_a_m=40_000.0, depth_b_m=40_000.0, sectors=200)
    assert "200 sectors do not fit" in caught.value.message
    most = int(re.fullmatch(r"Ask for at most (\d+)\.", caught.value.hint).group(1))
    assert 5 < most < 200
    plan = plan_of(lonlat, depth_a_m=40_000.0, depth_b_m=40_000.0, sectors=most)
    assert_sectors(plan, most, every_one_has_line=False)
    assert any("wedges" in note for note in plan.notes)
    with pytest.raises(PlanError, match="do not fit"):
        plan_of(lonlat, depth_a_m=40_000.0, depth_b_m=40_000.0, sectors=most + 1)


@pytest.mark.parametrize("name", ["zigzag", "salient", "ring", "spiral"])
@pytest.mark.parametrize("depth_m", [25_000.0, 60_000.0])
def test_the_number_told_to_fit_does_fit(name, depth_m, shape, plan_of):
    """How far the line is smoothed, and so how many sectors it holds, depends on their number."""
    values = {"depth_a_m": depth_m, "depth_b_m": depth_m, "tolerance_m": 50.0}
    with pytest.raises(PlanError, match="do not fit") as caught:
        plan_of(shape(name), sectors=200, **values)
    most = int(caught.value.hint.split("at most ")[1].rstrip("."))
    assert len(plan_of(shape(name), sectors=most, **values).sectors) == most


def test_a_thousand_metres_hold_one_sector(at_km, plan_of):
    lonlat = at_km(np.array([[0.0, 0.0], [1.0, 0.0]]))
    with pytest.raises(PlanError, match=r"Ask for at most 1\."):
        plan_of(lonlat, sectors=200)
    assert_sectors(plan_of(lonlat, sectors=1), 1)
