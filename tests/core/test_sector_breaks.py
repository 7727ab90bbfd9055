"""Break points: as many borders as places, each exactly through its own."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from pyproj import Geod

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.guides import Guides
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling

GEOD = Geod(ellps="WGS84")
EXACT_M = 0.03  # the grid of 1 cm, on the point and on the line


@pytest.fixture(scope="module")
def broken(inputs_of):
    """A function from a line and break points to the plan; checks what holds of every split."""
    def plan(lines, points, **values):
        are_lines = len(points) and isinstance(points[0], shapely.Geometry)
        places = points if are_lines else shapely.points(np.asarray(points, dtype=float).reshape(-1, 2))
        guides = Guides(tuple(places))
        inputs = dataclasses.replace(inputs_of(lines), guides=guides)
        made = make_plan(PlanSpec(split="break_points", **values), inputs, Progress())
        assert_tiling([sector.geometry for sector in made.sectors], made.zone.geometry)
        assert_sums(made)
        return made

    return plan


def off(plan, point):
    """Metres from a point to the nearest vertex of a boundary."""
    xy = np.concatenate([shapely.get_coordinates(b.geometry) for b in plan.boundaries])
    return GEOD.inv(xy[:, 0], xy[:, 1], np.full(len(xy), point[0]), np.full(len(xy), point[1]))[2].min()


@pytest.mark.parametrize("depth_m", [5_000.0, 20_000.0, 40_000.0])
def test_borders_pass_through_their_points(broken, fractal, depth_m):
    for seed in range(3):
        line = fractal(seed, 6)
        points = line[[len(line) // 4, len(line) // 2, 3 * len(line) // 4]]
        plan = broken(line, points[[2, 0, 1]], depth_a_m=depth_m, depth_b_m=depth_m)
        assert len(plan.sectors) == 4 and len(plan.boundaries) == 3
        assert max(off(plan, point) for point in points) < EXACT_M
        met = np.array([boundary.contact for boundary in plan.boundaries])  # in order along the line
        found = [GEOD.inv(*place, *point)[2] for place in met for point in points]
        assert np.sort(found)[:3].max() < 1.0
        assert all(len(shapely.get_parts(sector.geometry)) == 1 for sector in plan.sectors)


def test_straight_stretches_keep_the_point_too(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    points = at_km(np.array([[-40.0, 0.0], [60.0, 3.0]]))  # the second one is brought to the line
    plan = broken(line, points)
    lengths = [sector.line_m / 1000 for sector in plan.sectors]
    assert lengths == pytest.approx([110, 100, 90], abs=0.2)
    assert off(plan, points[0]) < 20  # the line is a geodesic, the point was put on a straight line of the plane


def test_order_and_direction_do_not_matter(broken, fractal):
    line = fractal(4, 5)
    points = line[[10, 20, 25]]
    there, back = broken(line, points), broken(line[::-1], points[::-1])
    assert [s.line_m for s in there.sectors] == pytest.approx([s.line_m for s in back.sectors], rel=1e-9)


def advanced(sample, plan, sector):
    """The sample line, advanced by 10 km in the middle half of a sector."""
    line = shapely.linestrings(sample)
    points = np.array([b.contact for b in plan.boundaries])
    ends = shapely.line_locate_point(line, shapely.points(points[[sector - 2, sector - 1]]), normalized=True)
    at = shapely.line_locate_point(line, shapely.points(sample), normalized=True)
    moved = sample.copy()
    middle, half = ends.mean(), abs(ends[1] - ends[0]) / 2
    moved[:, 1] += 0.09 * np.clip(1.5 - 3 * np.abs(at - middle) / half, 0.0, 1.0)
    return moved


def relabelled(before, after):
    """The share of the ground of both zones that changed its sector."""
    common = shapely.intersection(before.zone.geometry, after.zone.geometry)
    same = sum(
        shapely.intersection(shapely.intersection(a.geometry, b.geometry), common).area
        for a, b in zip(before.sectors, after.sectors)
    )
    return 1 - same / common.area


@pytest.mark.parametrize("sector", [2, 4, 6])
def test_kept_points_hold_the_borders_when_the_line_moves(broken, plan_of, sample, sector):
    """The same break points today and tomorrow, when the line has advanced by 10 km in one sector."""
    points = np.array([b.contact for b in plan_of(sample).boundaries])
    before, after = broken(sample, points), broken(advanced(sample, plan_of(sample), sector), points)
    assert relabelled(before, after) < 1e-3


@pytest.mark.parametrize("sector", [2, 4, 6])
@pytest.mark.parametrize("split", ["equal_area", "equal_length"])
def test_a_former_plans_boundaries_are_kept_as_they_were(broken, plan_of, sample, sector, split):
    """Whatever the former split was: bends and all."""
    before = plan_of(sample, split=split)
    kept = [shapely.MultiLineString(shapely.get_parts(b.geometry).tolist()) for b in before.boundaries]
    after = broken(advanced(sample, before, sector), kept)
    assert relabelled(before, after) < 1e-4
    assert len(after.boundaries) == 7


def test_lines_that_cross_each_other_leave_a_straight_border(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    crossing = [at_km(np.array(xy, dtype=float)) for xy in ([[-20, -30], [40, 30]], [[20, -30], [-40, 30]])]
    plan = broken(line, [shapely.MultiLineString([xy]) for xy in crossing])
    assert len(plan.sectors) == 3
    first, second = (b.geometry for b in plan.boundaries)
    assert not first.intersects(second)
    note = told(plan, "as drawn:")
    assert note.startswith("1 line to split at could not be the border as drawn: a straight one passes through the")
    assert "(36." in note or "(37." in note


def told(plan, words):
    """The one note of a plan with these words."""
    (note,) = [note for note in plan.notes if words in note]
    return note


def test_each_part_of_a_feature_that_crosses_is_a_border(broken, plan_of, sample):
    """A former plan's boundaries dissolved into one feature; parts that end at one another are one line."""
    before = plan_of(sample)
    lines = [line for b in before.boundaries for line in shapely.get_parts(b.geometry)]
    cut = [shapely.get_coordinates(line) for line in lines]
    halves = [half for xy in cut for half in (xy[: len(xy) // 2 + 1], xy[len(xy) // 2 :]) if len(half) > 1]
    for parts in (cut, halves):
        after = broken(sample, [shapely.MultiLineString(parts)])
        assert len(after.sectors) == 8
        assert relabelled(before, after) < 1e-4
        assert not any("to split at" in note or "break point" in note for note in after.notes)


def test_a_line_that_comes_back_splits_at_each_crossing(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [0.0, 0.0], [150.0, 0.0]]))
    turning = at_km(np.array([[-40.0, 30.0], [-40.0, -15.0], [50.0, -15.0], [50.0, 30.0]]))
    circle = shapely.get_coordinates(shapely.Point(5.0, 0.0).buffer(45.0))
    for back in (turning, at_km(circle)):
        plan = broken(line, [shapely.MultiLineString([back])])
        assert [s.line_m / 1000 for s in plan.sectors] == pytest.approx([110, 90, 100], abs=0.2)
        assert "1 line to split at does not pass from one side" in told(plan, "straight borders at the crossings (")


def test_a_line_that_comes_back_soon_is_refused(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [0.0, 0.0], [150.0, 0.0]]))
    back = at_km(np.array([[10.0, 30.0], [11.0, -15.0], [12.0, 30.0]]))
    with pytest.raises(PlanError, match="Two break points lie"):
        broken(line, [shapely.MultiLineString([back])])


def test_a_line_that_crosses_three_times_is_one_border(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [0.0, 0.0], [150.0, 0.0]]))
    wave = at_km(np.array([[-30.0, 30.0], [-20.0, -10.0], [5.0, 10.0], [30.0, -30.0]]))
    plan = broken(line, [shapely.MultiLineString([wave])])
    assert len(plan.sectors) == 2
    assert plan.sectors[0].line_m / 1000 == pytest.approx(127.5 + 18.75, abs=0.2)  # as drawn, with each crossing


@pytest.mark.parametrize("aside_km", [0.0, 0.2])
def test_the_contact_line_itself_is_refused(broken, sample, at_km, aside_km):
    along = sample + np.array([0.0, 0.009 * aside_km]) * np.where(np.arange(len(sample)) % 2, 1, -1)[:, None]
    with pytest.raises(PlanError, match="A line to split at runs along the contact line") as caught:
        broken(sample, [shapely.MultiLineString([along])])
    assert "lines that cross it" in caught.value.hint
    assert caught.value.where


def test_a_line_along_a_stretch_is_refused_and_one_across_it_is_not(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [0.0, 0.0], [150.0, 0.0]]))
    for along_km in (4.0, 60.0):
        step = at_km(np.array([[-20.0, 30.0], [-20.0, 0.0], [along_km - 20.0, 0.0], [along_km - 20.0, -30.0]]))
        if along_km < 20.0:
            assert len(broken(line, [shapely.MultiLineString([step])]).sectors) == 2
        else:
            with pytest.raises(PlanError, match="runs along the contact line"):
                broken(line, [shapely.MultiLineString([step])])


def test_points_beside_the_line_are_told(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    plan = broken(line, at_km(np.array([[-60.0, 0.0], [0.0, 3.0], [60.0, -6.5]])))
    assert told(plan, "beside") == "2 break points beside the line were brought to it, by up to 6.5 km"
    plan = broken(line, at_km(np.array([[-60.0, 0.05], [0.0, 3.0]])))
    assert told(plan, "beside") == "1 break point beside the line was brought to it, by 3 km"


@pytest.mark.parametrize("point", [[150.0, 0.0], [146.0, 0.0], [-149.0, 0.0], [-155.0, 4.0]])
def test_a_point_at_the_end_of_the_line_is_refused(broken, at_km, point):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    with pytest.raises(PlanError, match=r"A break point and the end of the line lie .* km apart") as caught:
        broken(line, at_km(np.array([[0.0, 0.0], point])))
    assert "at least 5 km from the end" in caught.value.hint
    assert caught.value.where


def test_a_point_at_the_end_of_a_stretch_is_refused(broken, at_km):
    parts = [at_km(np.array(part, dtype=float)) for part in ([[-300, 0], [-50, 0]], [[150, 0], [300, 0]])]
    with pytest.raises(PlanError, match="A break point and the end of the line lie 2 km apart"):
        broken(parts, at_km(np.array([[-150.0, 0.0], [152.0, 0.0]])))


def test_points_at_the_same_place_are_taken_once(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    plan = broken(line, at_km(np.array([[-40.0, 0.0], [60.0, 0.0], [-40.0, 0.0], [-40.0005, 0.0]])))
    assert len(plan.sectors) == 3
    assert told(plan, "taken once") == "2 break points at the same place as another: taken once"


def test_a_line_through_a_point_stays_the_border(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [0.0, 0.0], [150.0, 0.0]]))
    across = shapely.MultiLineString([at_km(np.array([[-20.0, -30.0], [20.0, 30.0]]))])
    middle = at_km(np.zeros((1, 2)))
    plan, straight = broken(line, [shapely.points(middle)[0], across]), broken(line, middle)
    assert len(plan.sectors) == 2
    assert told(plan, "taken once").startswith("1 break point at")
    assert plan.boundaries[0].length_m > 1.1 * straight.boundaries[0].length_m


def test_lines_without_a_crossing_are_told_with_their_places(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    across = at_km(np.array([[10.0, -30.0], [14.0, 30.0]]))
    lines = [across, *(across + np.array([0.0, 5.0 + k]) for k in range(5))]
    plan = broken(line, [shapely.MultiLineString([xy]) for xy in lines[:2]])
    middle = lines[1].mean(axis=0)
    assert told(plan, "left out") == (
        f"1 line to split at left out: no crossing with the contact line ({middle[0]:.5f}, {middle[1]:.5f})"
    )
    note = told(broken(line, [shapely.MultiLineString([xy]) for xy in lines]), "left out")
    assert note.startswith("5 lines to split at") and note.endswith(" and 2 more)") and note.count(";") == 2


def test_a_line_to_split_along_is_drawn_on_to_the_edge(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    short = at_km(np.array([[10.0, -5.0], [14.0, 5.0]]))
    (border,) = broken(line, [shapely.MultiLineString([short])]).boundaries
    assert border.length_m == pytest.approx(40_000 * np.hypot(1, 0.4), rel=1e-3)


def test_a_ring_is_split_at_its_points_only(broken, ring):
    line = ring(60.0)
    points = line[[5, 30, 55]]
    plan = broken(line, points)
    assert len(plan.sectors) == 3 and len(plan.boundaries) == 3
    assert max(off(plan, point) for point in points) < EXACT_M


def test_stretches_of_line_end_sectors_too(broken, at_km):
    parts = [at_km(np.array(part, dtype=float)) for part in ([[-300, 0], [-50, 0]], [[150, 0], [300, 0]])]
    plan = broken(parts, at_km(np.array([[-150.0, 0.0]])))
    assert [round(sector.line_m / 1000) for sector in plan.sectors] == pytest.approx([150, 100, 150], abs=1)


@pytest.mark.parametrize("points, message", [
    (np.zeros((0, 2)), "There are no break points"),
    ([[0.0, 0.0], [0.0, 60.0]], "A break point lies 60 km from the contact line"),
    ([[0.0, 0.0], [0.0, 3000.0]], r"A break point lies \d,\d{3} km from the contact line"),
    ([[0.0, 0.0], [1.0, 0.0]], "Two break points lie 1 km apart along the line"),
])
def test_points_that_split_nothing_are_refused(broken, at_km, points, message):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    points = at_km(np.array(points)) if len(points) else points
    with pytest.raises(PlanError, match=message) as caught:
        broken(line, points)
    assert caught.value.hint and (bool(caught.value.where) or not len(points))


def test_one_point_on_a_ring_is_refused(broken, ring):
    line = ring(60.0)
    with pytest.raises(PlanError, match="One break point cannot split a ring"):
        broken(line, line[[5]])


def test_a_point_on_a_stretch_too_short_for_sectors_is_refused(broken, at_km):
    front, crumb = np.array([[-100.0, 0.0], [100.0, 0.0]]), np.array([[125.0, 0.0], [125.8, 0.0]])
    with pytest.raises(PlanError, match="A break point lies 25"):
        broken([at_km(front), at_km(crumb)], at_km(np.array([[-20.0, 0.0], [125.4, 0.0]])), depth_a_m=10_000.0,
               depth_b_m=10_000.0)


def test_more_points_than_a_plan_has_sectors_are_refused(broken, at_km):
    along = np.column_stack([np.linspace(-390, 390, 250), np.zeros(250)])
    with pytest.raises(PlanError, match="250 break points were given"):
        broken(at_km(along), at_km(along), depth_a_m=1_000.0, depth_b_m=1_000.0)


def test_a_point_on_the_other_side_of_the_earth_is_refused(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    with pytest.raises(PlanError, match="other side of the Earth"):
        broken(line, [[-143.0, -48.3]])
    lon, lat = at_km(np.array([[0.0, 0.0]]))[0]
    through = shapely.MultiLineString([[(lon - 180, -lat - 0.3), (lon - 180, -lat + 0.3)]])
    with pytest.raises(PlanError, match="There are no break points"):
        broken(line, [through])


def test_sectors_between_points_shorter_than_the_depth_are_told(broken, at_km):
    line = at_km(np.array([[-150.0, 0.0], [150.0, 0.0]]))
    plan = broken(line, at_km(np.array([[0.0, 0.0], [8.0, 0.0]])))
    assert any("shorter than the zone is deep" in warning for warning in plan.warnings)
