"""Sectors of administrative areas: they tile, whole areas stay whole, names keep their order along the line."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.arrangement import GRID, arrange, dissolve, edges_of, inner_points, on_grid, united
from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.geodesy import LocalPlane, area
from buffer_zone_plugin.core.guides import Areas, Guides
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.sectors.borders import borders_of
from buffer_zone_plugin.core.sectors.moves import balanced_by_moves
from buffer_zone_plugin.core.sectors.named_units import one_per_unit
from buffer_zone_plugin.core.sectors.patches import links_of, without_fragments
from buffer_zone_plugin.core.sectors.whole_units import whole_units
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.testing import assert_tiling
from buffer_zone_plugin.core.unit_layer import units_in_plane, units_of

KM = 1000.0
LENGTH, DEPTH = 400 * KM, 20 * KM
SAME_M2 = 10.0  # of ground: the grid of 1 cm along an outline of 900 km moves more than this by chance only


def never():
    pass


def areas(shapes):
    return shapely.area(list(shapes))


def box(west, south, east, north):
    return shapely.multipolygons([shapely.box(west * KM, south * KM, east * KM, north * KM)])


def wavy_zone(length=LENGTH, depth=DEPTH):
    x = np.linspace(0, length, 200)
    line = shapely.LineString(np.column_stack([x, 25 * KM * np.sin(x / (50 * KM))]))
    return shapely.transform(line.buffer(depth), on_grid)


STRAIGHT = shapely.box(0, -DEPTH, LENGTH, DEPTH)
WAVY = wavy_zone()


def cut_at(zone, x):
    """The sectors between vertical borders."""
    south, north = zone.bounds[1] - KM, zone.bounds[3] + KM
    lines = [shapely.LineString([(one, south), (one, north)]) for one in x]
    faces = arrange([shapely.boundary(zone), *lines])
    middle = inner_points(faces)
    shapely.prepare(zone)
    inside = shapely.contains_xy(zone, middle)
    return dissolve(faces[inside], np.searchsorted(x, middle[inside, 0]), len(x) + 1)


def even_sectors(zone, count):
    """Sectors of the same area, nearly, between vertical borders."""
    x = np.linspace(zone.bounds[0], zone.bounds[2], 2001)
    slabs = shapely.box(x[:-1], zone.bounds[1], x[1:], zone.bounds[3])
    up_to = np.cumsum(shapely.area(shapely.intersection(zone, slabs)))
    return cut_at(zone, np.interp(np.arange(1, count) / count * up_to[-1], up_to, x[1:]))


def voronoi_units(zone, spacing, seed):
    rng = np.random.default_rng(seed)
    west, south, east, north = zone.bounds
    x = np.arange(west - spacing, east + spacing, spacing)
    x, y = np.meshgrid(x, np.arange(south - spacing, north + spacing, spacing))
    points = np.column_stack([x.ravel(), y.ravel()]) + rng.normal(0, 0.28 * spacing, (x.size, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    return [shapely.multipolygons([cell]) for cell in cells]


def made(units, sectors, zone, target=None, weigh=areas, check=never):
    """`whole_units`, with what holds of every answer checked."""
    target = np.full(len(sectors), zone.area / len(sectors)) if target is None else np.asarray(target)
    found = whole_units(units, sectors, zone, weigh, target, check)
    assert len(found.sectors) == len(sectors)
    tiles(found.sectors, zone)
    assert len({*found.whole, *found.divided, *found.apart}) == len([*found.whole, *found.divided, *found.apart])
    assert {unit for sector in found.held for unit in sector} == {*found.whole, *found.divided, *found.apart}
    assert all(sum(unit in sector for sector in found.held) == 1 for unit in found.whole)
    assert all(sum(unit in sector for sector in found.held) > 1 for unit in (*found.divided, *found.apart))
    return found


def named(units, names, zone):
    """`one_per_unit` along the x axis, with what holds of every answer checked."""
    found = one_per_unit(units, names, zone, lambda xy: xy[:, 0], never)
    assert len(found.sectors) == len(found.names) == len(set(found.names))
    assert not set(found.names) & set(found.absorbed)
    tiles(found.sectors, zone)
    return found


def tiles(sectors, zone):
    assert all(shapely.area(sector) > 0 for sector in sectors)
    everything = united(np.array(sectors, dtype=object), np.ones(len(sectors), dtype=bool))
    assert_tiling(sectors, everything)
    assert shapely.symmetric_difference(everything, zone, grid_size=GRID).area < SAME_M2
    assert all(border.line.is_simple for border in borders_of(sectors))


def pieces(shape):
    return shapely.get_num_geometries(shape)


def imbalance(sectors, target=None):
    share = areas(sectors)
    return np.abs(share / (share.sum() / len(share) if target is None else target) - 1).max()


def same_ground(one, two):
    return shapely.symmetric_difference(one, two, grid_size=GRID).area < SAME_M2


def sectors_of_unit(unit, sectors):
    """The sectors that hold more than a hundredth of a unit's ground in them."""
    held = shapely.area(shapely.intersection(unit, np.array(sectors), grid_size=GRID))
    return np.nonzero(held > 0.01 * held.sum())[0].tolist()


@pytest.mark.parametrize("spacing_km, most", [(8, 0.05), (22, 0.12), (35, 0.25)])
@pytest.mark.parametrize("zone", [STRAIGHT, WAVY], ids=["straight", "wavy"])
def test_random_units_stay_whole_and_shares_get_even(zone, spacing_km, most):
    sectors = even_sectors(zone, 6)
    for seed in range(4):
        units = voronoi_units(zone, spacing_km * KM, seed)
        found = made(units, sectors, zone)
        assert [pieces(sector) for sector in found.sectors] == [1] * 6
        assert not found.divided and found.whole
        for unit in found.whole:
            assert len(sectors_of_unit(units[unit], found.sectors)) == 1
        assert imbalance(found.sectors) < most


def test_moves_make_the_shares_more_even():
    sectors = cut_at(WAVY, np.array([30, 120, 210, 330]) * KM)  # far from even
    units = voronoi_units(WAVY, 12 * KM, 5)
    as_asked = made(units, sectors, WAVY, target=areas(sectors))
    even = made(units, sectors, WAVY)
    assert imbalance(as_asked.sectors, areas(sectors)) < 0.1
    assert imbalance(even.sectors) < 0.1 < imbalance(sectors)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6), st.floats(0.0, 0.5))
def test_no_move_makes_it_worse_or_tears_a_sector(seed, count, border_cost):
    rng = np.random.default_rng(seed)
    x, y = (n.ravel() for n in np.meshgrid(np.arange(12.0), np.arange(5.0)))
    faces = shapely.box(x, y, x + 1, y + 1)
    links = links_of(edges_of(faces), len(faces))
    nearest = shapely.STRtree(shapely.points(rng.uniform(0, [12, 5], (count, 2)))).nearest(shapely.points(x, y))
    label = without_fragments(links, np.unique(nearest, return_inverse=True)[1], np.ones(len(faces)))
    weight = rng.uniform(0, 2, len(faces))
    group = np.unique(label * 40 + rng.integers(0, 40, len(faces)), return_inverse=True)[1]  # some have two patches
    target = np.full(label.max() + 1, weight.sum() / (label.max() + 1))
    moved = balanced_by_moves(links, group, label, weight, target, border_cost, never)

    def cost(labels):
        total = np.bincount(labels, weight)
        return (((total - target) / target) ** 2).sum() + border_cost * (labels[links.one] != labels[links.two]).sum()

    def torn(labels):
        return np.bincount(np.unique(np.stack([labels, links.same(labels)]), axis=1)[0])

    assert len(np.unique(moved)) == len(target)
    assert cost(moved) <= cost(label)
    assert (torn(moved) <= torn(label)).all()
    assert all(len(set(moved[group == g])) == 1 for g in np.unique(group))


def test_unequal_targets_are_met():
    target = WAVY.area * np.array([1, 2, 3]) / 6
    found = made(voronoi_units(WAVY, 10 * KM, 2), even_sectors(WAVY, 3), WAVY, target)
    assert areas(found.sectors) == pytest.approx(target, rel=0.08)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12), st.floats(6.0, 120.0), st.randoms(use_true_random=False))
def test_whatever_the_units_sectors_tile_and_the_units_order_does_not_matter(seed, count, spacing_km, random):
    units = voronoi_units(WAVY, spacing_km * KM, seed)
    sectors = even_sectors(WAVY, count)
    found = made(units, sectors, WAVY)
    assert all(pieces(sector) == 1 for sector in found.sectors)
    order = list(range(len(units)))
    random.shuffle(order)
    again = made([units[k] for k in order], sectors, WAVY)
    assert all(map(same_ground, found.sectors, again.sectors))
    assert sorted(order[k] for k in again.whole) == list(found.whole)
    assert sorted(order[k] for k in again.divided) == list(found.divided)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.02, 0.6))
def test_overlaps_slivers_and_gaps_between_units_do_no_harm(seed, missing):
    rng = np.random.default_rng(seed)
    units = voronoi_units(WAVY, 25 * KM, seed)
    kept = rng.random(len(units)) >= missing
    kept[0] = True
    shifted = [
        shapely.multipolygons([shapely.Polygon(shapely.get_coordinates(unit)[:-1] + rng.normal(0, 30.0, 2))])
        for unit, keep in zip(units, kept) if keep
    ]
    if not any(unit.intersects(WAVY) for unit in shifted):
        return
    found = made(shifted, even_sectors(WAVY, 5), WAVY)
    assert all(pieces(sector) == 1 for sector in found.sectors)
    assert len(found.divided) <= 2
    names = [f"{k % 7}" for k in range(len(shifted))]
    named(shifted, names, WAVY)


def test_a_unit_larger_than_a_share_is_divided_along_the_sectors_borders():
    sectors = even_sectors(STRAIGHT, 4)  # 100 km each
    units = [box(-10, -50, 230, 50), box(230, -50, 300, 50), box(300, -50, 500, 50)]
    found = made(units, sectors, STRAIGHT)
    assert found.divided == (0,) and found.whole == (1, 2)
    assert all(map(same_ground, found.sectors, sectors))


COARSE = (1173, 8838, 2651, 6541, 7757, 1835, 5997)  # ground of units along the line, in any unit


def coarse_units(sizes=COARSE):
    """Units across the whole zone, one after the other."""
    x = np.cumsum([0, *sizes]) / sum(sizes) * LENGTH / KM
    return [box(west, -50, east, 50) for west, east in zip(x[:-1], x[1:])]


@pytest.mark.parametrize("count", range(3, 13))
def test_the_largest_of_coarse_units_are_divided_not_the_small_ones(count):
    found = made(coarse_units(), even_sectors(STRAIGHT, count), STRAIGHT)
    share = np.array(COARSE) / sum(COARSE) * count
    assert imbalance(found.sectors) <= 0.35
    assert not found.apart
    assert all(share[unit] > 0.35 for unit in found.divided)
    assert {unit for unit in range(len(COARSE)) if share[unit] > 1.5} <= set(found.divided)
    assert {0, 5} <= set(found.whole)  # the small ones
    for unit in found.divided:
        beside = [k for k in (unit - 1, unit + 1) if k in found.whole]
        assert share[unit] >= max(share[beside], default=0.0) - 1e-9 or share[unit] > 1


def test_units_stay_whole_while_sectors_are_tolerable():
    units = coarse_units((9, 12, 8, 11))  # a share is 10
    found = made(units, even_sectors(STRAIGHT, 4), STRAIGHT)
    assert found.whole == (0, 1, 2, 3)
    assert areas(found.sectors) == pytest.approx(np.array([9, 12, 8, 11]) / 40 * STRAIGHT.area, rel=1e-6)


def test_a_large_unit_is_divided_rather_than_a_small_one_beside_it():
    units = coarse_units((2, 13, 4, 11))  # of a share of 10; the second sector has most of none
    found = made(units, even_sectors(STRAIGHT, 3), STRAIGHT)
    assert found.divided == (1,) and found.whole == (0, 2, 3)
    assert found.held == ((1, 0), (1, 2), (3,))  # the largest part first


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(0.1, 3.0), min_size=2, max_size=9), st.integers(2, 9), st.randoms(use_true_random=False),
)
def test_coarse_units_give_tolerable_sectors_in_any_order(sizes, count, random):
    units, sectors = coarse_units(sizes), even_sectors(STRAIGHT, count)
    found = made(units, sectors, STRAIGHT)
    assert imbalance(found.sectors) < 0.6
    order = list(range(len(units)))
    random.shuffle(order)
    again = made([units[k] for k in order], sectors, STRAIGHT)
    assert all(map(same_ground, found.sectors, again.sectors))
    assert sorted(order[k] for k in again.divided) == list(found.divided)


def test_a_unit_in_pieces_that_go_to_several_sectors_is_not_divided():
    west, east = box(0, -50, 60, 50), box(340, -50, 400, 50)
    both = shapely.multipolygons([west.geoms[0], east.geoms[0]])
    found = made([both, box(60, -50, 200, 50), box(200, -50, 340, 50)], even_sectors(STRAIGHT, 2), STRAIGHT)
    assert found.apart == (0,) and not found.divided
    assert found.held == ((1, 0), (2, 0))
    assert found.without_unit.is_empty


def test_one_unit_for_all_gives_the_sectors_back():
    sectors = even_sectors(WAVY, 7)
    found = made([box(-100, -100, 600, 100)], sectors, WAVY)
    assert found.divided == (0,) and not found.whole
    assert all(map(same_ground, found.sectors, sectors))


def test_one_sector_needs_no_border():
    found = made(voronoi_units(WAVY, 50 * KM, 1), [shapely.multipolygons([WAVY])], WAVY)
    assert same_ground(found.sectors[0], WAVY) and not found.divided


def test_a_sector_that_would_get_nothing_divides_the_largest_unit_in_it():
    sectors = cut_at(STRAIGHT, np.array([180, 220]) * KM)
    units = [box(-1, -50, 190, 50), box(190, -50, 401, 50)]
    found = made(units, sectors, STRAIGHT, target=areas(sectors))
    assert found.divided == (1,) and found.whole == (0,)
    assert shapely.bounds(found.sectors)[:, 2] == pytest.approx(np.array([190, 220, 400]) * KM)


def test_ground_without_units_is_divided_like_the_sectors():
    sectors = even_sectors(STRAIGHT, 4)
    units = [box(0, 0, 95, 30), box(95, 0, 400, 30)]  # the northern half only
    found = made(units, sectors, STRAIGHT)
    assert found.whole == (0,) and found.divided == (1,)
    assert found.without_unit.area == pytest.approx(STRAIGHT.area / 2)
    south = shapely.box(0, -DEPTH, LENGTH, 0)
    assert same_ground(*(shapely.intersection(one[0], south, grid_size=GRID) for one in (found.sectors, sectors)))


def test_an_enclave_and_its_surroundings_are_two_units():
    hole = shapely.box(60 * KM, -5 * KM, 80 * KM, 5 * KM)
    outer = shapely.multipolygons([shapely.Polygon(
        [(0, -50 * KM), (105 * KM, -50 * KM), (105 * KM, 50 * KM), (0, 50 * KM)], [shapely.get_coordinates(hole)])])
    units = [outer, shapely.multipolygons([hole]), box(105, -50, 400, 50)]
    found = made(units, even_sectors(STRAIGHT, 2), STRAIGHT)
    assert {0, 1} <= set(found.whole)
    assert all(pieces(sector) == 1 for sector in found.sectors)
    alone = named(units, ["Outer", "Enclave", "East"], STRAIGHT)
    assert alone.names == ("Outer", "Enclave", "East")
    assert len(alone.sectors[0].geoms[0].interiors) == 1


def test_a_web_of_slits_between_all_units_does_not_tear_sectors():
    units = [box(20 * k + 0.002, -50, 20 * (k + 1) - 0.002, 0) for k in range(20)]
    units += [box(20 * k + 0.002, 0.004, 20 * (k + 1) - 0.002, 50) for k in range(20)]
    found = made(units, even_sectors(STRAIGHT, 4), STRAIGHT)
    assert len(found.whole) == 40 and not found.divided
    assert all(pieces(sector) == 1 for sector in found.sectors)
    assert imbalance(found.sectors) < 0.01


def test_pieces_of_a_zone_keep_sectors_of_their_own():
    zone = shapely.multipolygons([shapely.box(0, 0, 100 * KM, 40 * KM), shapely.box(200 * KM, 0, 300 * KM, 40 * KM)])
    sectors = cut_at(zone, np.array([50, 150, 250]) * KM)
    found = made(voronoi_units(zone, 10 * KM, 3), sectors, zone)
    assert [pieces(sector) for sector in found.sectors] == [1] * 4
    assert imbalance(found.sectors) < 0.1


def test_any_measure_is_shared_out():
    """Line length: pieces away from the line weigh nothing."""
    line = shapely.LineString([(0, 5 * KM), (LENGTH, 5 * KM)])

    def lengths(shapes):
        return shapely.length(shapely.intersection(list(shapes), line))

    units = voronoi_units(STRAIGHT, 7 * KM, 8)
    found = made(units, even_sectors(STRAIGHT, 8), STRAIGHT, np.full(8, LENGTH / 8), lengths)
    assert lengths(found.sectors) == pytest.approx(np.full(8, LENGTH / 8), rel=0.1)


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


@pytest.mark.parametrize("units", [[box(0, 100, 400, 200)], [shapely.MultiPolygon()]])
def test_no_unit_in_the_zone_is_refused(units):
    with pytest.raises(PlanError, match=r"None of the areas lies in the zone\. Choose a layer of areas that covers"):
        one_per_unit(units, ["a"], STRAIGHT, lambda xy: xy[:, 0], never)
    with pytest.raises(PlanError, match="None of the areas lies in the zone"):
        whole_units(units, even_sectors(STRAIGHT, 2), STRAIGHT, areas, np.full(2, 1.0), never)


def test_too_many_names_are_refused():
    units = [box(1.9 * k, -50, 1.9 * (k + 1), 50) for k in range(201)]
    with pytest.raises(PlanError, match="The areas would make 201 sectors; a plan can have 200"):
        named(units, [str(k) for k in range(201)], STRAIGHT)


def test_the_user_can_stop_it():
    def stop():
        raise PlanCancelledError

    with pytest.raises(PlanCancelledError):
        made(voronoi_units(WAVY, 50 * KM, 1), even_sectors(WAVY, 3), WAVY, check=stop)
    with pytest.raises(PlanCancelledError):
        one_per_unit([box(0, -50, 400, 50)], ["a"], STRAIGHT, lambda xy: xy[:, 0], stop)


def features_of(shapes):
    return [InputFeature(k, shape) for k, shape in enumerate(shapes)]


def test_a_layer_is_taken_apart_feature_by_feature():
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    layer = features_of([
        None, shapely.box(10, 0, 11, 1), bow_tie, shapely.Polygon([(0, 0), (1, 1), (2, 2)]),
        shapely.GeometryCollection([shapely.box(20, 0, 21, 1), shapely.MultiPolygon([shapely.box(21, 0, 22, 1)])]),
    ])
    units, places, notes = units_of(layer)
    assert places == [1, 2, 4]
    assert [unit.geom_type for unit in units] == ["MultiPolygon"] * 3 and shapely.is_valid(units).all()
    assert shapely.area(units).tolist() == pytest.approx([1, 2, 2])
    assert [note.removeprefix("The layer of areas: 1 ") for note in notes] == [
        "feature without usable geometry left out", "invalid polygon mended", "polygon without an area left out",
    ]


@pytest.mark.parametrize("shapes, message", [
    ([], "The layer of areas has no features. Choose a layer of polygons"),
    ([None], "The layer of areas covers no ground"),
    ([shapely.LineString([(0, 0), (1, 1)])], r"The layer of areas holds a LineString, not a polygon \(feature 0\)"),
])
def test_a_layer_without_areas_is_refused(shapes, message):
    with pytest.raises(PlanError, match=message):
        units_of(features_of(shapes))


def zone_around(lon, lat, reach=100 * KM):
    """A plane around a place, and a square zone in its middle."""
    plane = LocalPlane(np.array([[lon, lat]]))
    return plane, shapely.box(-reach, -reach, reach, reach)


def test_areas_of_any_size_are_brought_into_the_plane():
    plane, zone = zone_around(37.0, 48.0)
    layer = [shapely.box(-179, -89, 37.2, 89), shapely.box(37.2, -60, 179, 80), shapely.box(36, 47, 38, 49)]
    west, east, under = units_in_plane(units_of(features_of(layer))[0], plane, zone)
    assert under.is_empty  # the first ones hold all of its ground
    tiles([west, east], zone)
    border = plane.inverse(shapely.get_coordinates(shapely.intersection(west, east, grid_size=GRID)))
    assert np.abs(border[:, 0] - 37.2).max() < 1e-6


def test_straight_edges_are_those_of_the_layers_map():
    plane, zone = zone_around(37.0, 60.0)
    layer = features_of([shapely.box(20, 40, 60, 60), shapely.box(20, 60, 60, 80)])
    south, north = units_in_plane(units_of(layer)[0], plane, zone)
    border = plane.inverse(shapely.get_coordinates(shapely.intersection(south, north, grid_size=GRID)))
    assert len(border) > 50 and np.abs(border[:, 1] - 60.0).max() < 1e-6


@pytest.mark.parametrize("layer", [
    [shapely.box(175, -30, 180, 0), shapely.box(-180, -30, -175, 0)],
    [shapely.box(175, -30, 180, 0), shapely.box(180, -30, 185, 0)],
    [shapely.box(-185, -30, -180, 0), shapely.box(-180, -30, -175, 0)],
])
def test_areas_meet_at_the_antimeridian(layer):
    plane, zone = zone_around(180.0, -17.0)
    west, east = units_in_plane(units_of(features_of(layer))[0], plane, zone)
    tiles([west, east], zone)
    assert west.area == pytest.approx(east.area, rel=1e-3)


def test_an_area_across_the_antimeridian_is_one():
    plane, zone = zone_around(180.0, -17.0)
    (unit,) = units_in_plane(units_of(features_of([shapely.box(170, -30, 190, -17)]))[0], plane, zone)
    assert pieces(unit) == 1 and unit.area == pytest.approx(zone.area / 2, rel=0.15)  # a parallel is bent


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


def test_the_plan_tells_which_areas_are_divided_and_what_each_sector_holds(inputs_of, at_km):
    """A straight line of 200 km from west to east."""
    def plan(x, sectors, south=-60):
        units = [shapely.MultiPolygon([shapely.box(a, south, b, 60)]) for a, b in zip(x[:-1], x[1:])]
        units = tuple(shapely.transform(shapely.segmentize(unit, 5.0), at_km) for unit in units)
        areas = Areas(units, ("West", "Middle", "East")[: len(units)])
        guided = dataclasses.replace(inputs_of([at_km([(-100, 0), (100, 0)])]), guides=Guides(areas=areas))
        return make_plan(PlanSpec(split="areas", sectors=sectors), guided, Progress())

    told = plan((-200, -50, 50, 200), 4)
    assert "Areas by sector: " in "".join(told.notes) and not any("lie in no area" in note for note in told.notes)
    (divided,) = (note for note in told.notes if note.startswith("Divided between sectors, since whole areas would"))
    held = next(note for note in told.notes if note.startswith("Areas by sector: "))
    for name in ("West", "Middle", "East"):
        assert (name in divided) == (held.count(name) > 1)
    assert not any("kept whole" in note for note in plan((-200, 200), 3).notes)
    assert any("lie in no area and were shared out, too" in note for note in plan((-200, 0, 200), 2, south=0).notes)


@pytest.mark.parametrize("count", range(4, 11))
def test_real_first_level_units_are_divided_only_where_they_are_large(
    count, inputs_of, sample, shared_data, layer_geometries
):
    names = ["Kharkiv", "Luhans'k", "Donets'k", "Zaporizhzhya", "Dnipropetrovs'k", "Kherson", "Mykolayiv"]
    wanted = [f"name == '{quoted}'" for quoted in (name.replace("'", "''") for name in names)]
    units, _, _ = units_of(features_of([layer_geometries(shared_data / "context_ukraine.gpkg", "oblasts", name)[0]
                                        for name in wanted]))
    inputs = dataclasses.replace(inputs_of(sample), guides=Guides(areas=Areas(tuple(units), tuple(names))))
    plan = make_plan(PlanSpec(split="areas", sectors=count), inputs, Progress())
    share = np.array([sector.area_m2 for sector in plan.sectors])
    assert np.abs(share / share.mean() - 1).max() < 0.35
    divided = "".join(note for note in plan.notes if note.startswith("Divided between sectors"))
    assert not any(name in divided for name in ("Luhans'k", "Dnipropetrovs'k", "Mykolayiv"))
    assert ("Kharkiv" in divided) <= (count >= 8)
