"""Sectors of equal staffing, of equal population, and of mixtures: what is shared out is met, and nobody is lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from buffer_zone_plugin.core.cells import around, ground_of, in_blocks
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.geodesy import area
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.population import Population, population_of
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.sectors.axis import make_axis
from buffer_zone_plugin.core.sectors.line_shares import LineShares
from buffer_zone_plugin.core.sectors.measures import AREA, LENGTH, PERSONS, Stock
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.staffing.build_up import SectorInputs, components, staff_per_unit
from buffer_zone_plugin.core.staffing.postures import central_values
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling

FAR_AWAY = np.array([[-143.0, -48.3], [10.0, 50.0]])  # opposite the sample, and outside its zone


@pytest.fixture(scope="module")
def people(sample):
    """Persons along the sample line, more of them towards its end; some live elsewhere on the Earth."""
    rng = np.random.default_rng(5)
    place = np.sort(rng.integers(0, len(sample), 6_000))
    near = sample[place] + rng.normal(0, 0.2, (6_000, 2))
    persons = rng.exponential(20, 6_000) * (1 + place / 100)
    return Population(np.concatenate([near, FAR_AWAY]), np.append(persons, [5e6, 5e6]))


@pytest.fixture(scope="module")
def peopled(inputs_of, people):
    """A function from a line and the spec's values to a plan that knows who lives where."""
    def plan(geometries, population=people, **values):
        inputs = replace(inputs_of(geometries), population=population)
        made = make_plan(PlanSpec(**values), inputs, Progress())
        assert_sums(made)
        assert_tiling([sector.geometry for sector in made.sectors], made.zone.geometry)
        return made

    return plan


def inside(population, geometry):
    shapely.prepare(geometry)
    return float(population.persons[shapely.contains_xy(geometry, population.lonlat)].sum())


@pytest.mark.parametrize("shares", [(), (1.0, 2.0, 1.0, 3.0)])
def test_sectors_of_equal_population(peopled, sample, people, shares):
    plan = peopled(sample, split="equal_population", sectors=4, shares=shares)
    persons = np.array([sector.population for sector in plan.sectors])
    wanted = np.array(shares or (1.0,) * 4)
    assert persons / persons.sum() == pytest.approx(wanted / wanted.sum(), rel=6e-3)
    assert persons.sum() == pytest.approx(inside(people, plan.zone.geometry), abs=1)
    for sector in plan.sectors:  # a border is straight in the plane, some 100 m beside the straight line on this map
        assert sector.population == pytest.approx(inside(people, sector.geometry), rel=0.01)


def test_the_population_is_told_whatever_the_split(peopled, sample, people):
    plan = peopled(sample, split="equal_area", sectors=3, subsectors=2)
    for sector in plan.sectors:
        parts = [part.population for part in plan.subsectors if part.sector_id == sector.sector_id]
        assert sum(parts) == sector.population > 0
    assert plan.population == sum(sector.population for sector in plan.sectors) > 0
    some = replace(plan, sectors=(*plan.sectors[:-1], replace(plan.sectors[-1], population=None)))
    assert some.population is None, "a sum without a sector would not be the zone's"
    assert replace(plan, sectors=tuple(replace(one, population=None) for one in plan.sectors)).population is None


def test_ground_without_people_is_shared_by_its_line(peopled, sample):
    town = Population(sample[:1] + np.random.default_rng(2).normal(0, 0.05, (500, 2)), np.ones(500))
    plan = peopled(sample, town, split="equal_population", sectors=3)
    assert len(plan.sectors) == 3
    assert [sector.population for sector in plan.sectors] == pytest.approx([np.mean(
        [sector.population for sector in plan.sectors])] * 3, rel=0.05)


def test_a_share_that_one_town_exceeds_is_told_by_sector(peopled, sample):
    places = sample[[20, 50, 80]]
    plan = peopled(sample, Population(places, np.array([100.0, 5_000.0, 100.0])), split="equal_population", sectors=4)
    assert sum(sector.population for sector in plan.sectors) == 5_200
    assert any("could not be met" in warning and "%" in warning for warning in plan.warnings)


@pytest.mark.parametrize("population, message", [
    (None, "no population was given"),
    (Population(FAR_AWAY, np.ones(2)), "Nobody lives in the zone"),
    (Population(np.zeros((0, 2)), np.zeros(0)), "Nobody lives in the zone"),
])
@pytest.mark.parametrize("split", [{"split": "equal_population"}, {"split": "mixture", "weights": (1.0, 0, 0, 1.0)}])
def test_a_split_by_population_needs_people(peopled, sample, population, message, split):
    with pytest.raises(PlanError, match=message):
        peopled(sample, population, sectors=3, **split)


@pytest.mark.parametrize("posture", ["observe", "verify", "verify_both_edges", "interpose"])
def test_sectors_of_equal_staffing_differ_by_less_than_two_posts(plan_of, inputs_of, sample, posture):
    plan = plan_of(sample, split="equal_staffing", sectors=6, posture=posture)
    inputs = inputs_of(sample)
    post = staff_per_unit(central_values(inputs.postures[posture], inputs.catalogue)).post
    staff = np.array([plan.staffing.sector(k).central for k in range(6)])
    assert np.ptp(staff) <= 2 * post + 2
    assert_sums(plan)


def test_equal_staffing_evens_out_what_equal_length_does_not(plan_of, sample):
    def spread(split):
        plan = plan_of(sample, split=split, sectors=6, posture="verify_both_edges")
        return np.ptp([plan.staffing.sector(k).central for k in range(6)])

    assert spread("equal_staffing") < spread("equal_length") / 3


@given(st.floats(0, 1e3), st.floats(0, 1e5), st.integers(0, 50))
def test_the_model_is_the_sum_of_what_its_units_take(inputs_of, sample, line_km, area_km2, posts):
    inputs = inputs_of(sample)
    values = {**central_values(inputs.postures["verify"], inputs.catalogue), "sensor_share": 0.0}
    whole = components(SectorInputs(*(np.array([n]) for n in (line_km, area_km2, posts, 0))), values).sum()
    one = staff_per_unit(values)
    assert one.line_km * line_km + one.area_km2 * area_km2 + one.post * posts == pytest.approx(whole)


@pytest.mark.parametrize("weights", [(1.0, 1.0, 0.0, 0.0), (1.0, 0.0, 0.0, 2.0), (1.0, 1.0, 1.0, 1.0)])
def test_a_mixture_counts_each_part_of_its_own_total(peopled, sample, weights):
    plan = peopled(sample, split="mixture", weights=weights, sectors=5)
    staff = [plan.staffing.sector(k).central for k in range(5)]
    values = ([s.line_m for s in plan.sectors], [s.area_m2 for s in plan.sectors], staff,
              [s.population for s in plan.sectors])
    mixed = sum(weight * np.array(value) / np.sum(value) for weight, value in zip(weights, values))
    by_posts = 0.03 if weights[2] else 2e-3
    assert mixed / mixed.sum() == pytest.approx([0.2] * 5, rel=by_posts)


@pytest.mark.parametrize("values, message", [
    ({"split": "mixture"}, "A mixture needs weights"),
    ({"weights": (1.0, 1.0, 1.0, 1.0)}, "A mixture needs weights"),
    ({"split": "mixture", "weights": (1.0, 1.0)}, "cannot be used"),
    ({"split": "mixture", "weights": (0.0, 0.0, 0.0, 0.0)}, "cannot be used"),
    ({"split": "mixture", "weights": (1.0, -1.0, 0.0, 0.0)}, "cannot be used"),
    ({"split": "mixture", "weights": (float("nan"), 1.0, 0.0, 0.0)}, "cannot be used"),
])
def test_unusable_mixtures_are_refused(values, message):
    with pytest.raises(PlanError, match=message):
        PlanSpec(**values)


def _stock():
    line = np.array([[0.0, 0.0], [100_000.0, 0.0]])
    zone = shapely.buffer(shapely.linestrings(line), 10_000.0)
    axis = make_axis([line], [False], 10_000.0, 30_000.0)
    spots = {PERSONS: (np.array([[10_000.0, 0.0], [90_000.0, 5_000.0]]), np.array([1.0, 3.0]))}
    return axis, Stock(LineShares([line], np.array([100_000.0])), zone, zone, _Flat(), spots), zone


class _Flat:
    """A plane of scale 1: metres on the grid are metres on the ground."""

    def scale(self, xy):
        return np.ones(len(xy))

    def inverse(self, xy):
        return xy / 111_000.0


def test_what_there_is_none_of_is_left_out_of_a_mixture():
    axis, stock, _ = _stock()
    alone = stock.measure(axis, ((1.0, {LENGTH: 1.0}),), 10_000.0)
    mixed = stock.measure(axis, ((1.0, {LENGTH: 1.0}), (5.0, {"crossings": 1.0})), 10_000.0)
    assert mixed.quantiles(np.array([0.25, 0.5])) == pytest.approx(alone.quantiles(np.array([0.25, 0.5])))
    nothing = stock.measure(axis, ((5.0, {"crossings": 1.0}),), 10_000.0)
    area = stock.measure(axis, ((1.0, {AREA: 1.0}),), 10_000.0)
    assert nothing.quantiles(np.array([0.5])) == pytest.approx(area.quantiles(np.array([0.5])))


def test_line_within_sectors_is_the_whole_line():
    rng = np.random.default_rng(3)
    parts = [np.cumsum(rng.uniform(-200, 1_000, (400, 2)), axis=0) + np.array([0, 1e6 * k]) for k in range(2)]
    lengths = np.concatenate([np.hypot(*np.diff(part, axis=0).T) for part in parts])
    line = LineShares(parts, lengths)
    low, high = np.concatenate(parts).min(axis=0) - 10, np.concatenate(parts).max(axis=0) + 10
    stops = np.linspace(low[0], high[0], 8)
    sectors = [shapely.box(a, low[1], b, high[1]) for a, b in zip(stops[:-1], stops[1:])]
    borders = [shapely.linestrings([(x, low[1]), (x, high[1])]) for x in stops[1:-1]]
    found = line.within(sectors, borders)
    by_sector = [sum(one.length.sum() for one in stretches) for stretches in found]
    assert by_sector == pytest.approx(line.by_sector(sectors, borders))
    assert sum(by_sector) == pytest.approx(line.total)
    for sector, stretches in zip(sectors, found):
        for one in stretches:
            assert len(one.length) == len(one.xy) - 1
            assert np.hypot(*np.diff(one.xy, axis=0).T) == pytest.approx(one.length, abs=1e-6)
            assert shapely.buffer(sector, 1.0).contains(shapely.linestrings(one.xy))


def known_along(sample, west=-180.0, east=180.0):
    """A lattice over the sample and the ground of its cells, of what lies between two meridians."""
    step = 0.01
    low, high = sample.min(axis=0) - 0.5, sample.max(axis=0) + 0.5
    lonlat = np.stack(np.meshgrid(*(np.arange(a, b, step) for a, b in zip(low, high))), axis=-1).reshape(-1, 2)
    lonlat = lonlat[(lonlat[:, 0] >= west) & (lonlat[:, 0] <= east)]
    return lonlat, ground_of(lonlat, (step, step), lambda xy: xy)


def test_the_share_of_the_zone_on_which_persons_are_known(peopled, sample, people):
    whole = peopled(sample, replace(people, known=known_along(sample)), sectors=3)
    persons = sum(sector.population for sector in whole.sectors)
    assert f"Inhabitants of the zone: {persons:,}" in whole.notes
    assert dict(whole.record)["population_of_zone"] == str(persons)
    assert float(dict(whole.record)["population_covered"]) == pytest.approx(1, abs=3e-3)
    assert not any("covers" in warning for warning in whole.warnings)
    middle = float(np.median(sample[:, 0]))
    half = peopled(sample, replace(people, known=known_along(sample, west=middle)), sectors=3)
    inside_east = shapely.intersection(whole.zone.geometry, shapely.box(middle, -90, 180, 90))
    share = area(inside_east) / whole.zone.area_m2
    assert float(dict(half.record)["population_covered"]) == pytest.approx(share, abs=5e-3)
    assert f"The raster of population covers {100 * share:.0f} % of the zone; nobody is counted on the rest" in (
        half.warnings
    )
    assert set(half.warnings) <= set(half.notes)


def test_where_nothing_is_known_there_are_no_persons_to_tell(peopled, sample):
    nothing = Population(np.zeros((0, 2)), np.zeros(0), (FAR_AWAY, np.array([1e6, 1e6])))
    plan = peopled(sample, nothing, sectors=2, subsectors=2)
    assert {part.population for part in (*plan.sectors, *plan.subsectors)} == {None}
    assert any("holds no values in the zone" in warning for warning in plan.warnings)
    with pytest.raises(PlanError, match="holds no values in the zone"):
        peopled(sample, nothing, split="equal_population", sectors=2)


def test_a_layer_that_cannot_tell_what_it_covers_leaves_the_share_empty(peopled, sample, people):
    plan = peopled(sample, sectors=2)
    assert dict(plan.record)["population_covered"] == "" and not any("covers" in text for text in plan.warnings)
    none = dict(peopled(sample, None, sectors=2).record)
    assert none["population_of_zone"] == none["population_covered"] == ""


def test_blocks_of_cells_count_every_known_one():
    known = np.random.default_rng(4).random((37, 53)) < 0.3
    for stride in (1, 2, 5, 60):
        row, column, count = in_blocks(known, stride)
        assert count.sum() == known.sum() and (count > 0).all()
        assert (row >= 0).all() and (row <= 36).all() and (column >= 0).all() and (column <= 52).all()
    row, column, _ = in_blocks(known, 1)
    assert known[row.astype(int), column.astype(int)].all()


def test_what_is_near_a_line_holds_all_within_reach(sample):
    near = around([InputFeature(1, shapely.LineString(sample))], 20_000.0)
    assert near.holds(sample).all()
    assert not near.holds(FAR_AWAY).any()
    assert 0 < near.share(near.bounds) <= 1
    west, south, east, north = near.bounds
    assert near.share((west - 9, south - 9, east + 9, north + 9)) == near.share(near.bounds)


@pytest.mark.parametrize("latitude", [0.0, 48.0, -75.0])
def test_the_ground_of_a_cell_is_that_of_its_outline(latitude):
    found = ground_of(np.array([[30.0, latitude]]), (0.01, 0.01), lambda xy: xy)[0]
    assert found == pytest.approx(area(shapely.box(29.995, latitude - 0.005, 30.005, latitude + 0.005)), rel=1e-3)


@pytest.mark.parametrize("value", [-1, "many", float("inf"), True and "x"])
def test_what_is_no_number_of_persons_is_refused(value):
    with pytest.raises(PlanError, match="no number of persons") as caught:
        population_of([InputFeature(9, shapely.Point(37, 48))], [value])
    assert "feature 9" in str(caught.value)


def test_points_without_a_number_are_left_out_and_told():
    features = [*(InputFeature(n, shapely.Point(37, 48)) for n in range(4)), InputFeature(5, None)]
    population, notes = population_of(features, [3, None, float("nan"), "7", 1])
    assert population.persons.tolist() == [3.0, 7.0]
    assert "3 points" in notes[0]
    shared, _ = population_of([InputFeature(1, shapely.MultiPoint([(37, 48), (38, 48)]))], [10])
    assert shared.persons.tolist() == [5.0, 5.0]


def test_very_many_places_are_joined_for_balancing_only(peopled, sample):
    rng = np.random.default_rng(8)
    many = 250_000
    near = sample[rng.integers(0, len(sample), many)] + rng.normal(0, 0.1, (many, 2))
    people = Population(near, np.ones(many))
    plan = peopled(sample, people, split="equal_population", sectors=4)
    persons = np.array([sector.population for sector in plan.sectors])
    assert persons.sum() == pytest.approx(inside(people, plan.zone.geometry), abs=3)
    assert persons / persons.mean() == pytest.approx([1] * 4, rel=5e-3)


def test_very_many_persons_in_one_place_are_one_spot(peopled, sample):
    people = Population(np.repeat(sample[[40]], 150_000, axis=0), np.ones(150_000))
    plan = peopled(sample, people, split="equal_population", sectors=2)
    assert sorted(sector.population for sector in plan.sectors) == [0, 150_000]


def test_enormous_shares_and_weights_count_by_their_proportion(plan_of, sample):
    huge, plain = (plan_of(sample, shares=shares) for shares in ((1e308, 1e308), (1.0, 1.0)))
    assert [s.line_m for s in huge.sectors] == [s.line_m for s in plain.sectors]
    weights = (1e308, 1e308, 0.0, 0.0)
    assert len(plan_of(sample, split="mixture", weights=weights, sectors=3).sectors) == 3
