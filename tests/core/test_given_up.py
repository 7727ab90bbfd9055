"""What each side gives up: parts of units that add up to the zone, measured as pyproj alone measures them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from buffer_zone_plugin.core.errors import PlanCancelledError
from buffer_zone_plugin.core.geodesy import area, map_area
from buffer_zone_plugin.core.given_up import given_up, ground_given_up, units_by_name
from buffer_zone_plugin.core.guides import areas_of
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.result import Side

from .unit_grounds import features_of

GEOD = Geod(ellps="WGS84")
STEP_DEGREES = 0.01  # edges that are straight in degrees, as geodesics


def units(shapes, names=None):
    found, _ = areas_of(features_of(shapes), names or [f"U{k}" for k in range(len(shapes))])
    return units_by_name(found)


def side(name, shape):
    shape = shapely.multipolygons([shapely.segmentize(shape, 0.02)])
    return Side(name, f"side {name}", 1.0, shape, area(shape))


def two_sides():
    return side("A", shapely.box(36, 48, 38, 48.2)), side("B", shapely.box(36, 47.9, 38, 48))


def measured(shape):
    return abs(GEOD.geometry_area_perimeter(shapely.segmentize(shape, STEP_DEGREES))[0])


def by_unit(rows):
    return {(row.side, row.unit): row for row in rows}


def test_each_part_is_what_pyproj_measures():
    west, east = shapely.box(35, 47, 36.7, 49), shapely.box(36.7, 47.95, 37.5, 49)
    rows, several = given_up(two_sides(), units([west, east], ["West", "East"]))
    assert several == 0
    assert [(row.side, row.unit) for row in rows] == [
        ("A", "West"), ("A", "East"), ("A", None), ("B", "West"), ("B", "East"), ("B", None),
    ]
    found = by_unit(rows)
    for one in two_sides():
        ground = one.geometry
        for name, unit in (("West", west), ("East", east)):
            row, part = found[one.side, name], measured(shapely.intersection(ground, unit))
            assert row.area_m2 == pytest.approx(part, rel=5e-6)
            assert row.share == pytest.approx(part / measured(unit), rel=5e-6)
            assert row.unit_m2 == pytest.approx(measured(unit), rel=1e-8)
        rest = found[one.side, None]
        assert rest.area_m2 == pytest.approx(measured(shapely.difference(ground, shapely.union(west, east))), rel=5e-6)
        assert rest.share is None and rest.unit_m2 is None and rest.name == f"side {one.side}"


cuts = st.lists(st.floats(35.9, 38.1), min_size=2, max_size=5, unique_by=lambda x: round(x, 2))


def leaning(box, tilt):
    return shapely.transform(box, lambda xy: np.column_stack([xy[:, 0] + tilt * (xy[:, 1] - 48), xy[:, 1]]))


@settings(max_examples=40)
@given(
    west_east=cuts, tilt=st.floats(-0.2, 0.2), left_out=st.integers(0, 3),
    south_north=st.lists(st.floats(47.8, 48.3), min_size=2, max_size=4, unique_by=lambda y: round(y, 2)),
)
def test_the_parts_of_a_side_add_up_to_it(west_east, south_north, tilt, left_out):
    xs, ys = sorted(west_east), sorted(south_north)
    boxes = [
        leaning(shapely.box(x, y, east, north), tilt)
        for x, east in zip(xs, xs[1:]) for y, north in zip(ys, ys[1:])
    ]
    kept = boxes[left_out:] or boxes
    sides = two_sides()
    rows, several = given_up(sides, units(kept))
    assert several == 0
    for one in sides:
        parts = [row for row in rows if row.side == one.side]
        assert sum(row.area_m2 for row in parts) == pytest.approx(one.area_m2, rel=1e-12)
        assert sum(row.side_share for row in parts) == pytest.approx(1.0, abs=1e-12)
        held = shapely.intersection(one.geometry, shapely.union_all(kept, grid_size=1e-9), grid_size=1e-9)
        in_units = sum(row.area_m2 for row in parts if row.unit is not None)
        assert in_units == pytest.approx(measured(held) if not held.is_empty else 0.0, abs=2e-6 * one.area_m2)
    assert all(0 <= row.share <= 1 for row in rows if row.unit is not None)


def test_areas_of_one_name_are_one_and_ground_of_several_is_the_first_ones():
    shapes = [shapely.box(35, 47, 36.5, 49), shapely.box(37.5, 47, 39, 49), shapely.box(36.25, 47, 37.5, 49)]
    rows, several = given_up(two_sides(), units(shapes, ["Outer", "Outer", "Inner"]))
    found = by_unit(rows)
    assert set(found) == {("A", "Outer"), ("A", "Inner"), ("B", "Outer"), ("B", "Inner")}
    a = measured(shapely.box(36, 48, 38, 48.2))
    assert found["A", "Outer"].area_m2 == pytest.approx(a / 2, rel=1e-6)
    assert found["A", "Inner"].area_m2 == pytest.approx(a / 2, rel=1e-6)
    assert found["A", "Outer"].unit_m2 == pytest.approx(measured(shapes[0]) + measured(shapes[1]), rel=1e-8)
    assert several == pytest.approx(measured(shapely.box(36.25, 47.9, 36.5, 48.2)), rel=1e-5)


def test_areas_that_lie_wholly_in_earlier_ones_are_named():
    shapes = [shapely.box(35, 47, 37, 49), shapely.box(36.2, 48, 36.4, 48.1), shapely.box(0, 0, 1, 1),
              shapely.box(37, 47, 37.5, 49)]
    ground = ground_given_up(two_sides(), units(shapes))
    assert ground.covered == ("U1",) and {row.unit for row in ground.parts} == {"U0", "U3", None}


def test_an_area_within_the_zone_is_given_up_wholly():
    rows, _ = given_up(two_sides(), units([shapely.box(36.5, 48.05, 36.6, 48.1), shapely.box(0, 0, 1, 1)]))
    assert [(row.side, row.unit) for row in rows] == [("A", "U0"), ("A", None), ("B", None)]
    assert rows[0].share == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(("line", "shapes"), [
    ([[179.6, -17.0], [180.4, -16.9]], [shapely.box(179, -18, 180, -16.97), shapely.box(-180, -18, -179, -16)]),
    ([[20.0, 89.9], [200.0, 89.8]], [shapely.box(-180, 80, 10, 90), shapely.box(10, 80, 60, 90)]),
])
def test_parts_add_up_across_the_antimeridian_and_around_a_pole(plan_of, line, shapes):
    plan = plan_of(np.array(line), depth_a_m=20_000.0, depth_b_m=9_000.0, sectors=1, tolerance_m=20.0)
    rows, _ = given_up(plan.sides, units(shapes))
    assert sum(row.area_m2 for row in rows) == pytest.approx(plan.zone.area_m2, rel=1e-12)
    for one in plan.sides:
        for unit, shape in zip(("U0", "U1"), shapes):
            part = shapely.intersection(one.geometry, shape)
            expected = sum(map_area(piece) for piece in shapely.get_parts(part) if piece.geom_type == "Polygon")
            got = sum(row.area_m2 for row in rows if (row.side, row.unit) == (one.side, unit))
            # around a pole edges between the outline's vertices are no straight ones in degrees
            assert got == pytest.approx(expected, abs=2e-2 * one.area_m2 if line[0][1] > 80 else 1e-5 * one.area_m2)


def test_sides_without_ground_give_up_nothing():
    empty = Side("B", "b", 0.0, shapely.MultiPolygon(), 0.0)
    assert given_up((empty,), units([shapely.box(0, 0, 1, 1)])) == ((), 0.0)
    speck = side("B", shapely.box(36, 47.9, 36 + 1e-8, 47.9 + 1e-8))  # smaller than a cell of the grid
    rows, _ = given_up((two_sides()[0], speck), units([shapely.box(35, 47, 39, 49)]))
    assert sum(row.area_m2 for row in rows if row.side == "B") == pytest.approx(speck.area_m2) and speck.area_m2 > 0
    rows, _ = given_up((two_sides()[0], empty), units([shapely.box(0, 0, 1, 1)]))
    assert [(row.side, row.unit, row.side_share) for row in rows] == [("A", None, pytest.approx(1.0))]


@given(st.floats(-179, 178), st.floats(-89, 88), st.floats(0.1, 1.0), st.floats(0.1, 1.0))
@settings(max_examples=30)
def test_the_area_of_a_map_quadrangle(west, south, width, height):
    shape = shapely.box(west, south, west + width, south + height)
    assert map_area(shape) == pytest.approx(measured(shape), rel=2e-7)
    hole = shapely.box(west + width / 4, south + height / 4, west + width / 2, south + height / 2)
    assert map_area(shapely.difference(shape, hole)) == pytest.approx(map_area(shape) - map_area(hole), rel=1e-12)


@pytest.mark.parametrize("looks", [1, 2, 3, 6])
def test_a_cancel_stops_it_wherever_it_is(looks):
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) >= looks

    boxes = [shapely.box(36 + k, 47.95, 37 + k, 49) for k in (0, 1)]
    with pytest.raises(PlanCancelledError):
        given_up(two_sides(), units(boxes), Progress(is_cancelled=cancelled))
    assert len(asked) == looks
