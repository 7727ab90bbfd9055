"""Sectors of one named administrative area each: they tile, and names keep their order along the line."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.arrangement import on_grid
from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.core.geodesy import LocalPlane, area
from buffer_zone_plugin.core.sectors.named_units import one_per_unit
from buffer_zone_plugin.core.unit_layer import units_in_plane, units_of

from .unit_grounds import (
    KM,
    NONE_IN_ZONE,
    STRAIGHT,
    WAVY,
    areas,
    box,
    disturbed,
    enclave,
    features_of,
    never,
    pieces,
    stop,
    tiles,
)


def named(units, names, zone):
    """`one_per_unit` along the x axis, with what holds of every answer checked."""
    found = one_per_unit(units, names, zone, lambda xy: xy[:, 0], never)
    assert len(found.sectors) == len(found.names) == len(set(found.names))
    assert not set(found.names) & set(found.absorbed)
    tiles(found.sectors, zone)
    return found


def test_units_are_one_sector_each_in_order_along_the_line():
    units = [box(250, -50, 500, 50), box(-50, -50, 120, 50), box(120, -50, 250, 50), box(600, 0, 700, 9)]
    found = named(units, ["East", "West", "Middle", "Elsewhere"], STRAIGHT)
    assert found.names == ("West", "Middle", "East")
    assert found.absorbed == () and found.without_unit.is_empty
    assert shapely.bounds(found.sectors)[:, 2] == pytest.approx(np.array([120, 250, 400]) * KM)
    back = one_per_unit(units, ["East", "West", "Middle", "Elsewhere"], STRAIGHT, lambda xy: -xy[:, 0], never)
    assert back.names == ("East", "Middle", "West")


def test_units_of_one_name_are_one_sector():
    units = [box(100 * k, -50, 100 * (k + 1), 50) for k in range(4)]
    found = named(units, ["A", "B", "B", "A"], STRAIGHT)
    assert sorted(found.names) == ["A", "B"]
    ground = dict(zip(found.names, found.sectors))
    assert pieces(ground["A"]) == 2 and pieces(ground["B"]) == 1


def test_a_sector_at_the_seam_of_a_ring_comes_first_or_last():
    ring = shapely.Point(0, 0).buffer(100 * KM).difference(shapely.Point(0, 0).buffer(60 * KM))
    zone = shapely.transform(ring, on_grid)
    units = [box(50, -200, 200, 200), box(-200, 0, 50, 200), box(-200, -200, 50, 0)]

    def place(xy):
        return np.arctan2(xy[:, 1], xy[:, 0]) % (2 * np.pi)

    found = one_per_unit(units, ["East", "North", "South"], zone, place, never)
    tiles(found.sectors, zone)
    assert found.names in {("East", "North", "South"), ("North", "South", "East")}


def test_specks_fragments_and_gaps_join_their_neighbours():
    units = [
        box(0, -50, 200, 50), box(202, -50, 400, 50),  # a gap of 2 km between them
        box(399.9, 10, 401, 11),  # a small area: under the second one, then beside it
        shapely.multipolygons([shapely.box(200 * KM, 19 * KM, 201 * KM, 20 * KM)]),  # in the gap
    ]
    found = named(units, ["West", "East", "Hidden", "Small"], STRAIGHT)
    assert found.names == ("West", "East") and found.absorbed == ("Small",)
    assert found.without_unit.area == pytest.approx(2 * 40 * KM**2 - KM**2)
    assert [pieces(sector) for sector in found.sectors] == [1, 1]
    split = [shapely.multipolygons([*box(0, -50, 200, 50).geoms, *box(300, 19, 301, 20).geoms]), box(200, -50, 400, 50)]
    split[1] = shapely.multipolygons(shapely.get_parts(shapely.difference(split[1], box(300, 19, 301, 20))))
    found = named(split, ["West", "East"], STRAIGHT)
    assert [pieces(sector) for sector in found.sectors] == [1, 1]


def test_large_ground_without_units_goes_to_the_nearest():
    units = [box(100 * k, 0, 100 * (k + 1), 50) for k in range(4)]  # the northern half only
    found = named(units, list("abcd"), STRAIGHT)
    assert found.names == tuple("abcd")
    assert areas(found.sectors) == pytest.approx(np.full(4, STRAIGHT.area / 4), rel=1e-6)
    assert [pieces(sector) for sector in found.sectors] == [1] * 4
    assert found.without_unit.area == pytest.approx(STRAIGHT.area / 2)


def test_a_cut_off_corner_of_a_unit_attracts_no_ground():
    corner = shapely.box(60 * KM, -5 * KM, 80 * KM, 0)  # of the eastern unit, on the edge of a large gap
    west = shapely.difference(shapely.box(0, -5 * KM, 200 * KM, 50 * KM), corner)
    units = [
        shapely.multipolygons(shapely.get_parts(west)),
        shapely.multipolygons([shapely.box(200 * KM, 0, 400 * KM, 50 * KM), corner]),
    ]
    found = named(units, ["West", "East"], STRAIGHT)
    assert found.names == ("West", "East")
    east = sorted(shapely.get_parts(found.sectors[1]), key=shapely.area)
    assert len(east) == 2 and east[0].area == pytest.approx(100 * KM**2)
    assert found.sectors[0].area == pytest.approx(found.sectors[1].area, rel=0.05)


def test_an_island_of_the_zone_without_units_joins_the_nearest_sector():
    zone = shapely.multipolygons([shapely.box(0, 0, 100 * KM, 40 * KM), shapely.box(120 * KM, 0, 150 * KM, 40 * KM)])
    found = named([box(0, 0, 50, 40), box(50, 0, 100, 40)], ["a", "b"], zone)
    assert [pieces(sector) for sector in found.sectors] == [1, 2]


def test_an_enclave_and_its_surroundings_are_two_sectors():
    found = named(enclave(), ["Outer", "Enclave", "East"], STRAIGHT)
    assert found.names == ("Outer", "Enclave", "East")
    assert len(found.sectors[0].geoms[0].interiors) == 1


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.floats(0.02, 0.6))
def test_overlaps_slivers_and_gaps_between_units_do_no_harm(seed, missing):
    units = disturbed(WAVY, seed, missing)
    if units:
        named(units, [f"{k % 7}" for k in range(len(units))], WAVY)


@pytest.mark.parametrize("units", NONE_IN_ZONE)
def test_no_unit_in_the_zone_is_refused(units):
    with pytest.raises(PlanError, match=r"None of the areas lies in the zone\. Choose a layer of areas that covers"):
        one_per_unit(units, ["a"], STRAIGHT, lambda xy: xy[:, 0], never)


def test_too_many_names_are_refused():
    units = [box(1.9 * k, -50, 1.9 * (k + 1), 50) for k in range(201)]
    with pytest.raises(PlanError, match="The areas would make 201 sectors; a plan can have 200"):
        named(units, [str(k) for k in range(201)], STRAIGHT)


def test_the_user_can_stop_it():
    with pytest.raises(PlanCancelledError):
        one_per_unit([box(0, -50, 400, 50)], ["a"], STRAIGHT, lambda xy: xy[:, 0], stop)


def test_the_sample_by_oblasts(sample, sample_plan, shared_data, layer_geometries):
    """Real first-level units, in order along the line; ground of theirs is what it is in longitude/latitude."""
    names = ["Kharkiv", "Luhans'k", "Donets'k", "Zaporizhzhya", "Dnipropetrovs'k", "Kherson", "Mykolayiv"]
    wanted = [f"name == '{quoted}'" for quoted in (name.replace("'", "''") for name in sorted(names))]
    layer = [layer_geometries(shared_data / "context_ukraine.gpkg", "oblasts", name)[0] for name in wanted]
    units, places, _ = units_of(features_of(layer))
    plane = LocalPlane(sample)
    zone = shapely.transform(sample_plan.zone.geometry, lambda lonlat: on_grid(plane.forward(lonlat)))
    in_zone = units_in_plane(units, plane, zone)
    line = shapely.linestrings(plane.forward(sample))
    found = one_per_unit(
        in_zone, [sorted(names)[k] for k in places], zone,
        lambda xy: shapely.line_locate_point(line, shapely.points(xy)), never,
    )
    tiles(found.sectors, zone)
    assert list(found.names) == names and found.absorbed == ()
    for unit, part in zip(units, in_zone):
        drawn = shapely.segmentize(unit, 0.01)  # edges straight on the map, not geodesics
        own = area(shapely.intersection(drawn, sample_plan.zone.geometry))
        assert area(shapely.transform(part, plane.inverse)) == pytest.approx(own, rel=1e-5)
