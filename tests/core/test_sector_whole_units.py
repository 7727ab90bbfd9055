"""Sectors of whole administrative areas: they tile, shares get even, only large areas are divided."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.arrangement import GRID, edges_of
from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.core.guides import Areas, Guides
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.sectors.moves import balanced_by_moves
from buffer_zone_plugin.core.sectors.patches import links_of, without_fragments
from buffer_zone_plugin.core.sectors.whole_units import whole_units
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.unit_layer import units_of

from .unit_grounds import (
    DEPTH,
    KM,
    LENGTH,
    NONE_IN_ZONE,
    STRAIGHT,
    WAVY,
    areas,
    box,
    cut_at,
    disturbed,
    enclave,
    even_sectors,
    features_of,
    never,
    pieces,
    same_ground,
    stop,
    tiles,
    voronoi_units,
)


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


def imbalance(sectors, target=None):
    share = areas(sectors)
    return np.abs(share / (share.sum() / len(share) if target is None else target) - 1).max()


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


@settings(max_examples=40)
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


@settings(max_examples=25)
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


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.floats(0.02, 0.6))
def test_overlaps_slivers_and_gaps_between_units_do_no_harm(seed, missing):
    units = disturbed(WAVY, seed, missing)
    if units:
        found = made(units, even_sectors(WAVY, 5), WAVY)
        assert all(pieces(sector) == 1 for sector in found.sectors)
        assert len(found.divided) <= 2


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


@settings(max_examples=25)
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
    found = made(enclave(), even_sectors(STRAIGHT, 2), STRAIGHT)
    assert {0, 1} <= set(found.whole)
    assert all(pieces(sector) == 1 for sector in found.sectors)


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


@pytest.mark.parametrize("units", NONE_IN_ZONE)
def test_no_unit_in_the_zone_is_refused(units):
    with pytest.raises(PlanError, match="None of the areas lies in the zone"):
        whole_units(units, even_sectors(STRAIGHT, 2), STRAIGHT, areas, np.full(2, 1.0), never)


def test_the_user_can_stop_it():
    with pytest.raises(PlanCancelledError):
        made(voronoi_units(WAVY, 50 * KM, 1), even_sectors(WAVY, 3), WAVY, check=stop)


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
