"""Persons by sector and component: the test vector, ranges, posts, and what stands beside the zone force."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.staffing.build_up import (
    COMPONENTS,
    SectorInputs,
    components,
    post_count,
    post_strength,
    sensor_counts,
)
from buffer_zone_plugin.core.staffing.draws import parameter_range
from buffer_zone_plugin.core.staffing.model import estimate, training_staff
from buffer_zone_plugin.core.staffing.parameters import read_catalogue
from buffer_zone_plugin.core.staffing.postures import central_values, read_postures

RESOURCES = Path(__file__).parents[2] / "resources"
CATALOGUE = read_catalogue(RESOURCES / "staffing" / "parameters.csv")
POSTURES = read_postures(RESOURCES / "presets" / "postures.json")
LINE_KM, AREA_KM2, CROSSINGS = 1200.0, 43_200.0, 12


def values_of(name, **changes):
    return {**central_values(POSTURES[name], CATALOGUE), **changes}


def one_sector(values, line_km=LINE_KM, area_km2=AREA_KM2, crossings=CROSSINGS):
    return SectorInputs([line_km], [area_km2], [post_count(line_km, values)], [crossings])


def cut(values, shares):
    """The same zone in sectors of unequal shares, posts and crossings placed by cumulative share."""
    limits = np.concatenate([[0.0], np.cumsum(shares) / np.sum(shares)])

    def whole(count):
        return np.diff(np.round(limits * count)).astype(int)

    part = np.diff(limits)
    return SectorInputs(
        part * LINE_KM, part * AREA_KM2, whole(post_count(LINE_KM, values)), whole(CROSSINGS),
    )


def total(values, **inputs):
    return components(one_sector(values, **inputs), values).sum()


def test_the_central_test_vector():
    result = estimate(one_sector(values_of("verify")), POSTURES["verify"], CATALOGUE)
    assert result.total.central == 5368
    assert dict(zip(COMPONENTS, result.central[0].tolist())) == {
        "posts": 1800, "patrols": 592, "crossings": 288, "reserve": 402, "unit": 676, "support": 1610,
    }
    assert result.patrols_day[0] == pytest.approx(49.2857, abs=1e-4)


def test_sectors_do_not_change_the_total():
    values = values_of("verify")
    inputs = cut(values, np.arange(1, 25))
    result = estimate(inputs, POSTURES["verify"], CATALOGUE)
    whole = estimate(one_sector(values), POSTURES["verify"], CATALOGUE)
    assert components(inputs, values).sum() == pytest.approx(total(values), rel=1e-12)
    assert result.total == whole.total
    assert result.central.shape == (24, len(COMPONENTS))


def test_an_estimate_is_the_same_every_time():
    inputs = cut(values_of("interpose"), np.ones(200))
    first = estimate(inputs, POSTURES["interpose"], CATALOGUE)
    second = estimate(inputs, POSTURES["interpose"], CATALOGUE)
    for name in ("low", "central", "high", "patrols_day"):
        assert np.array_equal(getattr(first, name), getattr(second, name))


def test_no_share_reaches_one_and_choices_have_no_range():
    support = replace(CATALOGUE["mission_support_share"], high=0.8)
    catalogue = {**CATALOGUE, "mission_support_share": support}
    assert parameter_range("mission_support_share", POSTURES["interpose"], catalogue)[2] == 0.9
    assert parameter_range("n_lines", POSTURES["verify"], CATALOGUE) == (1, 1, 1)
    assert parameter_range("sensor_share", POSTURES["verify"], CATALOGUE) == (0, 0, 0)
    assert parameter_range("op_watch", POSTURES["verify"], CATALOGUE) == (2, 3, 8)
    assert parameter_range("op_spacing", POSTURES["interpose"], CATALOGUE) == (0.78125, 2.5, 5.46875)


def test_a_range_without_width_gives_the_centre():
    sure = {name: replace(p, low=p.central, high=p.central) for name, p in CATALOGUE.items()}
    posture = replace(POSTURES["verify"], ranges={})
    result = estimate(one_sector(values_of("verify")), posture, sure).total
    assert (result.low, result.central, result.high) == (5368, 5368, 5368)


def test_the_centre_lies_in_the_range_even_where_the_draws_miss_it():
    skewed = {name: replace(p, low=p.central) for name, p in CATALOGUE.items()}
    result = estimate(one_sector(values_of("verify")), replace(POSTURES["verify"], ranges={}), skewed).total
    assert result.low == result.central == 5368 < result.high


def test_floating_noise_adds_no_post():
    values = {"n_lines": 1, "op_spacing": 8}
    assert post_count(sum([0.1] * 12_000), values) == 150
    assert post_count(1200.001, values) == 151
    assert post_count(0.5, values) == 1
    assert post_count(0.0, values) == 0


def test_sensors_are_shared_as_whole_posts():
    posts = np.array([7, 11, 2, 0])
    sensors = sensor_counts(posts, 0.45)
    assert sensors.sum() == 9
    assert np.all(sensors <= posts)
    assert sensor_counts(np.array([0, 0]), 0.45).tolist() == [0, 0]


def test_posts_of_the_layer_have_the_strength_of_the_model():
    values = values_of("verify")
    assert post_strength("op", values) == (3, 12.0)
    assert post_strength("sensor", values) == (0, 1.0)
    assert post_strength("crossing", values) == (6, 24.0)
    parts = components(one_sector(values), values)[0]
    assert parts[0] == 150 * post_strength("op", values)[1]
    assert parts[2] == CROSSINGS * post_strength("crossing", values)[1]


@pytest.mark.parametrize(
    ("trainees", "weeks", "expected"),
    [(20_000, 5, (642, 962, 1283)), (30_000, 7, (1347, 2020, 2693)), (0, 5, (0, 0, 0))],
)
def test_the_training_mission_stands_beside(trainees, weeks, expected):
    catalogue = {**CATALOGUE, "course_weeks": replace(CATALOGUE["course_weeks"], central=weeks)}
    staff = training_staff(trainees, catalogue)
    assert (staff.low, staff.central, staff.high) == expected


def test_training_and_pool_are_never_in_the_zone_force():
    inputs = one_sector(values_of("verify"))
    without = estimate(inputs, POSTURES["verify"], CATALOGUE)
    with_training = estimate(inputs, POSTURES["verify"], CATALOGUE, trainees_per_year=20_000)
    assert with_training.total == without.total
    assert without.pool.central == 4 * 5368
    assert with_training.pool.central == 4 * (5368 + 962)
    with pytest.raises(PlanError, match="trainees"):
        estimate(inputs, POSTURES["verify"], CATALOGUE, trainees_per_year=-1)


@pytest.mark.parametrize(
    "given_inputs",
    [
        ([], [], [], []), ([1.0], [1.0, 2.0], [1], [0]), ([-1.0], [1.0], [1], [0]), ([1.0], [math.nan], [1], [0]),
        ([1.0], [1.0], [0.5], [0]), ([[1.0]], [[1.0]], [[1]], [[0]]),
    ],
)
def test_impossible_sectors_are_refused(given_inputs):
    with pytest.raises(PlanError):
        SectorInputs(*given_inputs)


def test_an_empty_zone_needs_nobody():
    result = estimate(SectorInputs([0.0], [0.0], [0], [0]), POSTURES["interpose"], CATALOGUE)
    assert (result.total.low, result.total.central, result.total.high) == (0, 0, 0)
