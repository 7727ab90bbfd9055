"""A line that moves: dates in order, changes that add up, sides that stay, and a bad date among good ones."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from buffer_zone_plugin.core.dates import intervals
from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.core.given_ground import GivenGround
from buffer_zone_plugin.core.heading import agreement, parts_with_a_left
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.shifts import GAINED, LOST, OTHER_SIDE
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.timeseries import by_day, series, series_record

GEOD = Geod(ellps="WGS84")
BASE = PlanSpec(depth_a_m=6_000.0, depth_b_m=3_000.0, split="none", tolerance_m=20.0)
WAY = np.array([[-40.0, 0], [-10, 8], [10, -5], [40, 3]])
FIRST, SECOND, THIRD, FOURTH = (date(2024, 5, day) for day in (1, 3, 5, 7))


def by(east_km, north_km, way=WAY):
    """A way moved as a whole."""
    return way + np.array([east_km, north_km])


@pytest.fixture(scope="module")
def dated(inputs_of, at_km):
    """A function from points in km by day to the features of each day."""
    return lambda ways: {
        day: inputs_of([at_km(np.asarray(way, dtype=float)) for way in (ways if isinstance(ways, list) else [ways])])
        .lines for day, ways in ways.items()
    }


@pytest.fixture(scope="module")
def inputs(inputs_of, at_km):
    """The inputs of all dates; the line is replaced."""
    return inputs_of(at_km(WAY))


def moments_of(inputs, dated, spec=BASE, progress=None):
    return list(series(spec, inputs, dated, progress or Progress()))


def adds_up(before, now, shift):
    """Whether areas hold to 1e-9, and the drawn changes are those of the sums but for what is too narrow to draw."""
    was, is_now = ({side.side: side.area_m2 for side in plan.sides} for plan in (before, now))
    total = now.zone.area_m2
    assert before.zone.area_m2 + shift.gained_m2 - shift.lost_m2 == pytest.approx(total, rel=1e-9)
    for name, side in shift.sides.items():
        changed = side.gained_m2 - side.lost_m2 + side.joined_m2 - side.parted_m2
        assert was.get(name, 0.0) + changed == pytest.approx(is_now.get(name, 0.0), abs=1e-9 * total)
    assert all(side.gained_m2 >= 0 and side.lost_m2 >= 0 for side in shift.sides.values())
    assert sum(side.joined_m2 for side in shift.sides.values()) == pytest.approx(
        sum(side.parted_m2 for side in shift.sides.values()),
    )
    narrow = 2 * 20.0 * before.zone.perimeter_m / 10  # a tenth of all that outlines may differ by
    for kind, told in ((GAINED, shift.gained_m2), (LOST, shift.lost_m2)):
        assert told == pytest.approx(sum(one.area_m2 for one in shift.changes if one.kind == kind), abs=narrow)


def test_dates_are_planned_in_their_order_whatever_order_they_come_in(inputs, dated):
    ways = {SECOND: by(0, 2), FOURTH: by(0, 3), FIRST: WAY, THIRD: by(3, 0)}
    found = moments_of(inputs, dated(ways))
    assert [one.interval for one in found] == list(intervals([FIRST, SECOND, THIRD, FOURTH]))
    assert [one.since for one in found] == [None, FIRST, SECOND, THIRD]
    for before, now in zip(found, found[1:]):
        adds_up(before.plan, now.plan, now.shift)
        assert now.staff_change == now.plan.staffing.total.central - before.plan.staffing.total.central
    again = moments_of(inputs, dated(dict(reversed(ways.items()))))
    assert [one.plan.record for one in again] == [one.plan.record for one in found]
    alone = make_plan(BASE, inputs, Progress())
    assert shapely.to_wkb(found[0].plan.zone.geometry) == shapely.to_wkb(alone.zone.geometry)
    assert found[0].shift is None and found[0].staff_change is None


def test_changes_are_the_ground_between_the_two_zones(inputs, dated):
    before, now = moments_of(inputs, dated({FIRST: WAY, SECOND: by(0, 1.5)}))
    shapes = {side: [next(s.geometry for s in one.plan.sides if s.side == side) for one in (before, now)]
              for side in "AB"}
    zones = [one.plan.zone.geometry for one in (before, now)]
    expected = {
        (GAINED, "A", None): shapely.intersection(shapely.difference(zones[1], zones[0]), shapes["A"][1]),
        (GAINED, "B", None): shapely.intersection(shapely.difference(zones[1], zones[0]), shapes["B"][1]),
        (LOST, None, "A"): shapely.intersection(shapely.difference(zones[0], zones[1]), shapes["A"][0]),
        (LOST, None, "B"): shapely.intersection(shapely.difference(zones[0], zones[1]), shapes["B"][0]),
        (OTHER_SIDE, "B", "A"): shapely.intersection(shapes["A"][0], shapes["B"][1]),
        (OTHER_SIDE, "A", "B"): shapely.intersection(shapes["B"][0], shapes["A"][1]),
    }
    found = {(one.kind, one.side, one.side_before): one for one in now.shift.changes}
    for key, shape in expected.items():
        true_m2 = sum(abs(GEOD.geometry_area_perimeter(part)[0]) for part in shapely.get_parts(shape))
        told = found[key].area_m2 if key in found else 0.0
        assert told == pytest.approx(true_m2, rel=2e-3, abs=4e4), key  # 4e4: a seam 0.1 m wide all along the outline
    assert found[GAINED, "A", None].area_m2 > 1e8 and found[OTHER_SIDE, "B", "A"].area_m2 > 1e8
    for one in found.values():
        assert one.geometry.is_valid and one.geometry.geom_type == "MultiPolygon"
        total = sum(abs(GEOD.geometry_area_perimeter(part)[0]) for part in one.geometry.geoms)
        assert one.area_m2 == pytest.approx(total, rel=1e-9)
    for one, other in ((a, b) for a in found.values() for b in found.values() if a is not b):
        assert not shapely.relate_pattern(one.geometry, other.geometry, "T********")


def test_nothing_changes_where_the_line_stays(inputs, dated):
    halves = [WAY[:2], [[-10, 8], [0, 1.5], [10, -5]], WAY[2:]]  # the same way in parts, with a vertex more
    _, same, again = moments_of(inputs, dated({FIRST: WAY, SECOND: WAY, THIRD: halves}))
    assert same.shift.changes == () and (same.shift.gained_m2, same.shift.lost_m2, same.staff_change) == (0, 0, 0)
    assert again.shift.changes == () and again.plan is not None and again.plan.zone.line_m > 0
    assert again.shift.gained_m2 + again.shift.lost_m2 < 1e-5 * again.plan.zone.area_m2


def test_zones_far_apart_and_on_one_side_only(inputs, dated):
    first, far = moments_of(inputs, dated({FIRST: WAY, SECOND: by(0, 60)}))
    assert {one.kind for one in far.shift.changes} == {GAINED, LOST}
    assert far.shift.lost_m2 == pytest.approx(first.plan.zone.area_m2, rel=1e-6) and not far.turned
    one_sided = PlanSpec(**{**vars(BASE), "depth_a_m": 0.0})
    before, now = moments_of(inputs, dated({FIRST: WAY, SECOND: by(0, 1)}), one_sided)
    adds_up(before.plan, now.plan, now.shift)
    assert set(now.shift.sides) == {"B"}


@pytest.mark.parametrize("centre", [(180.0, 10.0), (0.0, 90.0), (-179.9, -16.0)])
def test_across_the_antimeridian_and_around_a_pole(inputs, inputs_of, at_km, centre):
    lines = {day: inputs_of(at_km(by(0, shift), centre)).lines for day, shift in ((FIRST, 0), (SECOND, 2))}
    before, now = moments_of(inputs, lines)
    adds_up(before.plan, now.plan, now.shift)
    for one in now.shift.changes:
        assert one.geometry.is_valid and np.ptp(shapely.bounds(one.geometry)[[0, 2]]) <= 360.0
        for part in one.geometry.geoms:
            west, _, east, north = part.bounds  # beside a pole all longitudes are near
            assert east - west < 180.0 or north > 89.0


@settings(max_examples=6)
@given(st.lists(st.tuples(st.floats(-4, 4), st.floats(-4, 4)), min_size=4, max_size=4), st.booleans())
def test_sums_hold_however_the_line_moves(inputs, dated, moves, backwards):
    moved = WAY + np.array(moves)
    before, now = moments_of(inputs, dated({FIRST: WAY, SECOND: moved[::-1] if backwards else moved}))
    adds_up(before.plan, now.plan, now.shift)
    assert now.turned == backwards and not now.doubt


# --- sides ---------------------------------------------------------------------------------------------------------

def test_a_line_drawn_backwards_keeps_the_sides(inputs, dated):
    ways = {FIRST: WAY, SECOND: by(0, 1, WAY[::-1]), THIRD: by(0, 2, WAY[::-1]), FOURTH: by(0, 3)}
    found = moments_of(inputs, dated(ways))
    assert [one.turned for one in found] == [False, True, True, False]
    straight = moments_of(inputs, dated({day: way if way[0, 0] < 0 else way[::-1] for day, way in ways.items()}))
    for one, other in zip(found, straight):
        assert [side.area_m2 for side in one.plan.sides] == [side.area_m2 for side in other.plan.sides]
    again = make_plan(found[1].spec, inputs_with(inputs, dated({SECOND: ways[SECOND]})[SECOND]), Progress())
    assert found[1].spec.reverse and again.zone.area_a_m2 == found[1].plan.zone.area_a_m2  # planned again from a row


def inputs_with(inputs, lines, side_a=None):
    return type(inputs)(**{**vars(inputs), "lines": lines, "given": GivenGround(None, side_a)})


def test_ground_on_side_a_settles_the_sides_and_nothing_is_turned(inputs, dated, at_km):
    north = shapely.Polygon(at_km(np.array([[-60.0, 9], [60, 9], [60, 60], [-60, 60]])))
    found = moments_of(inputs_with(inputs, (), north), dated({FIRST: WAY, SECOND: WAY[::-1]}))
    assert not any(one.turned for one in found) and found[1].shift.changes == ()


def test_a_line_across_the_one_before_is_told(inputs, dated):
    _, across = moments_of(inputs, dated({FIRST: WAY, SECOND: WAY[:, ::-1]}))
    assert across.doubt.startswith("The line runs neither along") and not across.turned


def test_headings_of_lines_in_parts_and_of_rings(inputs_of, at_km, ring):
    gap = 12_000.0
    one = parts_with_a_left(inputs_of(at_km(WAY)).lines, gap)
    parts = [at_km(by(0, 5, WAY[2:])), at_km(by(0, 5, WAY[:2]))]
    assert agreement(parts_with_a_left(inputs_of(parts).lines, gap), one) > 0.9
    assert agreement(parts_with_a_left(inputs_of([part[::-1] for part in parts]).lines, gap), one) < -0.9
    pocket = ring(3.0, (0.0, 12.0))
    assert agreement(parts_with_a_left(inputs_of([at_km(WAY), pocket[::-1]]).lines, gap), one) == pytest.approx(1.0)
    around, smaller = (parts_with_a_left(inputs_of(ring(radius)).lines, gap) for radius in (30.0, 24.0))
    assert agreement(smaller, around) > 0.9
    assert agreement(parts_with_a_left(inputs_of(ring(24.0)[::-1]).lines, gap), around) < -0.9


# --- a bad date ----------------------------------------------------------------------------------------------------

def test_a_bad_date_is_told_and_the_next_refers_to_the_last_that_stands(inputs, dated):
    nowhere = np.array([[0.0, 0], [0, 0]])
    first, bad, third = moments_of(inputs, dated({FIRST: WAY, SECOND: nowhere, THIRD: by(0, 1)}))
    assert bad.plan is None and "no length" in bad.reason and bad.shift is None and bad.since is None
    assert (bad.interval.start, bad.interval.end, first.interval.end) == (SECOND, THIRD, SECOND)
    assert third.since == FIRST
    adds_up(first.plan, third.plan, third.shift)
    (only_bad, good) = moments_of(inputs, dated({FIRST: nowhere, SECOND: WAY}))
    assert only_bad.reason and good.shift is None and good.since is None


def test_a_line_on_the_other_side_of_the_earth_spoils_no_other_date(inputs, inputs_of, dated, at_km):
    first, far = moments_of(inputs, {**dated({FIRST: WAY}), SECOND: inputs_of(at_km(WAY, (-142.5, -48.25))).lines})
    assert far.shift.lost_m2 == pytest.approx(first.plan.zone.area_m2, rel=1e-6)
    assert far.shift.gained_m2 == pytest.approx(far.plan.zone.area_m2, rel=1e-6)


def test_gaps_and_failures_are_in_the_record(inputs, dated):
    late = date(2024, 6, 20)
    lines = dated({FIRST: WAY, SECOND: WAY[::-1], THIRD: np.zeros((2, 2)), late: WAY})
    found = moments_of(inputs, lines)
    assert [one.interval.gap for one in found] == [False, False, True, False]
    record = dict(series_record(BASE, lines, found, (("source", "front"),), ("note",)))
    assert record["dates"] == "2024-05-01, 2024-05-03, 2024-05-05, 2024-06-20"
    assert record["gaps"] == "46 days from 2024-05-05 to 2024-06-20" and record["usual_interval_days"] == "2"
    assert record["turned_dates"] == "2024-05-03" and record["failed_dates"].startswith("2024-05-05: ")
    assert record["status"].endswith("without prejudice to status.") and record["source"] == "front"
    assert record["input_sha256_2024-05-01"] == record["input_sha256_2024-06-20"] != record["input_sha256_2024-05-03"]


def test_no_dates_are_refused_and_features_of_a_day_are_one_line(inputs, dated):
    with pytest.raises(PlanError, match="There are no dates"):
        series(BASE, inputs, {}, Progress())
    one, two, three = "one", "two", "three"
    assert by_day([SECOND, FIRST, SECOND], [one, two, three]) == {FIRST: (two,), SECOND: (one, three)}
    assert list(by_day([SECOND, FIRST], [one, two])) == [FIRST, SECOND]


def test_a_cancel_stops_between_dates_and_within(inputs, dated):
    lines = dated({FIRST: WAY, SECOND: by(0, 1)})
    for enough in (1, 3, 5):
        asked = []
        cancelled = lambda asked=asked, enough=enough: asked.append(1) or len(asked) > enough  # noqa: E731
        with pytest.raises(PlanCancelledError):
            moments_of(inputs, lines, progress=Progress(is_cancelled=cancelled))
