"""What holds of the staffing of any zone: it adds up, nothing is negative, more work never takes fewer persons."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.staffing.build_up import SectorInputs, components, post_count, staff_per_unit
from buffer_zone_plugin.core.staffing.draws import parameter_range
from buffer_zone_plugin.core.staffing.model import estimate
from buffer_zone_plugin.core.staffing.parameters import ZONE_PARAMETERS, limits, read_catalogue
from buffer_zone_plugin.core.staffing.postures import central_values, read_postures

RESOURCES = Path(__file__).parents[2] / "resources"
CATALOGUE = read_catalogue(RESOURCES / "staffing" / "parameters.csv")
POSTURES = read_postures(RESOURCES / "presets" / "postures.json")
NOISE = 1e-9  # of a total

SECTOR = st.tuples(st.floats(0, 400), st.floats(0, 20_000), st.integers(0, 60), st.integers(0, 4), st.floats(0, 3000))
SECTORS = st.lists(SECTOR, min_size=1, max_size=40)
LINE_KM, AREA_KM2, ROAD_KM = st.floats(0, 3000), st.floats(0, 100_000), st.none() | st.floats(0, 20_000)
CROSSINGS = st.integers(0, 40)
ZONE = st.tuples(LINE_KM, AREA_KM2, CROSSINGS, ROAD_KM)


@st.composite
def postures(draw):
    """A shipped posture with temporary posts and sensors, and some values in the catalogue's range, or down to 0."""
    posture = POSTURES[draw(st.sampled_from(sorted(POSTURES)))]
    values = {"temp_posts": draw(st.floats(0, 2)), "sensor_share": draw(st.floats(0, 0.6))}
    for name in draw(st.sets(st.sampled_from(sorted(set(ZONE_PARAMETERS) - set(values) - {"n_lines"})), max_size=4)):
        parameter = CATALOGUE[name]
        least, most = sorted((parameter.low, parameter.high))
        values[name] = draw(st.floats(0.0 if limits(name)[0] == 0 else least, most))
    return replace(posture, values={**posture.values, **values}, ranges={})


def values_of(posture):
    return central_values(posture, CATALOGUE)


def real_total(zone, values):
    line_km, area_km2, crossings, road_km = zone
    roads = None if road_km is None else [road_km]
    inputs = SectorInputs([line_km], [area_km2], [post_count(line_km, values)], [crossings], roads)
    return components(inputs, values).sum()


def inputs_of(sectors, by_roads):
    line_km, area_km2, posts, crossings, road_km = zip(*sectors)
    return SectorInputs(line_km, area_km2, posts, crossings, road_km if by_roads else None)


def check_sums_and_ranges(inputs, posture):
    result = estimate(inputs, posture, CATALOGUE)
    real = components(inputs, values_of(posture))
    assert result.total.central == math.floor(real.sum() + 0.5)
    assert result.low.min() >= 0
    assert np.all(result.low <= result.central)
    assert np.all(result.central <= result.high)
    assert np.all(np.abs(result.central.sum(axis=1) - real.sum(axis=1)) < 1.5)
    assert np.all(result.central[real == 0] == 0)
    for which in ("low", "central", "high"):
        sums = [getattr(result.sector(index), which) for index in range(len(inputs.line_km))]
        assert sum(sums) == getattr(result.total, which)
        assert getattr(result, which).dtype == np.int64
    assert result.training.high == 0
    assert result.pool.central == 4 * result.total.central
    return result


@settings(max_examples=60)
@given(SECTORS, st.sampled_from(sorted(POSTURES)))
def test_shipped_postures_add_up_and_ranges_hold_everywhere(sectors, name):
    check_sums_and_ranges(inputs_of(sectors, by_roads=False), POSTURES[name])


@settings(max_examples=60)
@given(SECTORS, postures(), st.booleans())
def test_any_posture_adds_up_and_ranges_hold_everywhere(sectors, posture, by_roads):
    check_sums_and_ranges(inputs_of(sectors, by_roads), posture)


@given(SECTORS, postures(), st.booleans())
def test_no_part_is_negative_or_lost(sectors, posture, by_roads):
    inputs = inputs_of(sectors, by_roads)
    real = components(inputs, values_of(posture))
    assert np.all(real >= 0)
    operations = real[:, :3].sum(axis=1)
    values = values_of(posture)
    support = real.sum(axis=1) * values["mission_support_share"]
    assert real[:, 5] == pytest.approx(support, rel=1e-9, abs=1e-9)
    assert real[:, 3] == pytest.approx(operations * values["reserve_share"])


@given(ZONE, postures(), st.sampled_from([0, 1, 2, 3]), st.floats(0, 500))
def test_a_longer_deeper_or_busier_zone_never_takes_fewer(zone, posture, place, more):
    assume(zone[place] is not None)
    values, grown = values_of(posture), list(zone)
    grown[place] += round(more) if place == 2 else more
    before, after = real_total(zone, values), real_total(grown, values)
    assert after >= before * (1 - NOISE)
    if place == 2 and more >= 1 and values["crossing_watch"] > NOISE:
        assert after > before


@given(ZONE, postures(), st.floats(0, 100_000))
def test_roads_take_the_place_of_ground(zone, posture, other_km2):
    values = values_of(posture)
    line_km, area_km2, crossings, _ = zone
    by_road = line_km, area_km2, crossings, area_km2 / (2 * values["observation_halfwidth"])
    assert real_total(by_road, values) == pytest.approx(real_total((*zone[:3], None), values))
    assert real_total((line_km, other_km2, *by_road[2:]), values) == real_total(by_road, values)


@given(ZONE, postures(), st.sampled_from(ZONE_PARAMETERS), st.floats(0, 1), st.floats(0, 1))
def test_a_value_towards_high_never_takes_fewer(zone, posture, name, one, other):
    parameter, values = CATALOGUE[name], values_of(posture)
    if name == "n_lines":
        less, more = 1, 2
    else:
        less, more = (parameter.low + share * (parameter.high - parameter.low) for share in sorted((one, other)))
    before, after = (real_total(zone, {**values, name: value}) for value in (less, more))
    assert after >= before * (1 - NOISE)


@pytest.mark.parametrize("name", ZONE_PARAMETERS)
def test_high_takes_more_than_low(name):
    """With sensors and temporary posts at work, no parameter is without effect."""
    values = {**values_of(POSTURES["verify"]), "sensor_share": 0.2, "temp_posts": 0.5}
    zone = 1200.0, 43_200.0, 12, None
    low, high = CATALOGUE[name].low, CATALOGUE[name].high
    assert real_total(zone, {**values, name: high}) > real_total(zone, {**values, name: low}) * 1.002


@given(postures(), st.sampled_from(ZONE_PARAMETERS))
def test_a_range_holds_its_centre(posture, name):
    smallest, central, largest = parameter_range(name, posture, CATALOGUE)
    assert smallest <= central <= largest
    assert central == values_of(posture)[name]


def handed_out(count, owners, sectors):
    """How many of so many things each sector gets, their owners in turn."""
    given_to = [owners[number % len(owners)] % sectors for number in range(count)]
    return np.bincount(np.array(given_to, dtype=int), minlength=sectors)


WEIGHTS = st.lists(st.floats(0.01, 1), min_size=1, max_size=24)
OWNERS = st.lists(st.integers(0, 1000), min_size=1, max_size=50)


@settings(max_examples=60)
@given(ZONE, postures(), WEIGHTS, WEIGHTS, OWNERS, OWNERS)
def test_sectors_do_not_change_the_total(zone, posture, along, over, post_owners, crossing_owners):
    line_km, area_km2, crossings, road_km = zone
    values, count = values_of(posture), len(along)
    line = np.array(along) / sum(along)
    ground = np.resize(over, count) / np.resize(over, count).sum()
    posts = handed_out(post_count(line_km, values), post_owners, count)
    points = handed_out(crossings, crossing_owners, count)
    roads = None if road_km is None else road_km * ground
    inputs = SectorInputs(line_km * line, area_km2 * ground, posts, points, roads)
    expected = real_total(zone, values)
    assert components(inputs, values).sum() == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assume(abs(expected % 1 - 0.5) > 1e-6)  # halves go up, and floating noise decides what is a half
    whole = estimate(inputs.whole, posture, CATALOGUE).total
    total = estimate(inputs, posture, CATALOGUE).total
    assert total.central == whole.central == math.floor(expected + 0.5)
    assert (total.low, total.high) == pytest.approx((whole.low, whole.high), abs=1)


@settings(max_examples=100)
@given(st.lists(SECTOR, min_size=1, max_size=24), st.sampled_from(sorted(POSTURES)))
def test_components_do_not_depend_on_the_split_and_sectors_are_off_by_little(sectors, name):
    posture = POSTURES[name]
    inputs = inputs_of(sectors, by_roads=False)
    weights = components(inputs, values_of(posture))
    result, whole = (estimate(one, posture, CATALOGUE) for one in (inputs, inputs.whole))
    assume(result.total.central == whole.total.central)  # a half may be rounded either way
    remainders = np.sort(whole.total.central * weights.sum(axis=0) / max(weights.sum(), 1e-9) % 1)
    assume(np.all(np.diff(remainders[remainders > 1e-6]) > 1e-6))
    assert result.central.sum(axis=0).tolist() == whole.central[0].tolist()
    assert np.all(result.central[weights == 0] == 0)
    if weights.any():
        off = result.central.sum(axis=1) - result.total.central * weights.sum(axis=1) / weights.sum()
        assert np.abs(off).max() < 2


@settings(max_examples=60)
@given(st.lists(SECTOR, min_size=2, max_size=24), st.sampled_from(sorted(POSTURES)), st.randoms(use_true_random=False))
def test_the_order_of_sectors_changes_nothing_but_ties(sectors, name, random):
    posture = POSTURES[name]
    order = list(range(len(sectors)))
    random.shuffle(order)
    first = inputs_of(sectors, by_roads=False)
    weights = np.sort(components(first, values_of(posture)).sum(axis=1))
    assume(abs(weights.sum() % 1 - 0.5) > 1e-6)
    shuffled = estimate(inputs_of([sectors[place] for place in order], by_roads=False), posture, CATALOGUE)
    result = estimate(first, posture, CATALOGUE)
    assert shuffled.total.central == result.total.central
    assert (shuffled.total.low, shuffled.total.high) == pytest.approx((result.total.low, result.total.high), abs=1)
    untied = np.all(np.diff(weights) > 1e-3)
    if untied and shuffled.total == result.total:
        for which in ("low", "central", "high"):
            assert np.array_equal(getattr(shuffled, which), getattr(result, which)[order])


@pytest.mark.parametrize(("persons", "total"), [(10.4, (10, 10, 11)), (10.55, (10, 11, 11))])
def test_one_person_more_in_the_total_takes_none_from_a_sector(persons, total):
    """Plain largest remainders share 10 by 6 : 6 : 2 as 4, 4, 2, and 11 as 5, 5, 1."""
    sure = {name: replace(p, low=p.central, high=p.central) for name, p in CATALOGUE.items()}
    verify = POSTURES["verify"]
    posture = replace(verify, values={**verify.values, "op_watch": 0}, ranges={"patrol_crew": (5.8, 6.2)})
    km = persons / staff_per_unit(values_of(posture)).line_km
    inputs = SectorInputs(np.array([6, 6, 2]) / 14 * km, [0.0] * 3, [0] * 3, [0] * 3)
    result = estimate(inputs, posture, sure)
    assert (result.total.low, result.total.central, result.total.high) == total
    assert np.all(result.low.sum(axis=1) <= result.central.sum(axis=1))
    assert np.all(result.central.sum(axis=1) <= result.high.sum(axis=1))


def test_alike_sectors_get_alike_persons_but_for_one():
    alike = SectorInputs([50.0] * 24, [1800.0] * 24, [6] * 24, [1] * 24)
    sectors = estimate(alike, POSTURES["verify"], CATALOGUE).central.sum(axis=1)
    assert set(sectors.tolist()) <= {sectors.min(), sectors.min() + 1}
    assert list(sectors) == sorted(sectors, reverse=True)  # what is left over goes to the first
