"""What a given total implies: the published figures, the parameter that gives it, and a check by frontage."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.staffing.build_up import SectorInputs, build_up, components, post_count
from buffer_zone_plugin.core.staffing.calibration import implied, persons_by_frontage, smooth_total, solve
from buffer_zone_plugin.core.staffing.model import training_staff
from buffer_zone_plugin.core.staffing.parameters import ZONE_PARAMETERS, check_value, limits, read_catalogue
from buffer_zone_plugin.core.staffing.postures import central_values, read_postures
from buffer_zone_plugin.core.staffing.twins import read_zones

RESOURCES = Path(__file__).parents[2] / "resources"
CATALOGUE = read_catalogue(RESOURCES / "staffing" / "parameters.csv")
POSTURES = read_postures(RESOURCES / "presets" / "postures.json")
ZONES = read_zones(RESOURCES / "staffing" / "historical_zones.csv")
LINE_KM, AREA_KM2, CROSSINGS = 1200.0, 43_200.0, 12
ZONE = SectorInputs([LINE_KM], [AREA_KM2], [0], [CROSSINGS])  # its posts are not used
SOLVED = [name for name in ZONE_PARAMETERS if name != "n_lines"]


def values_of(name, **changes):
    return {**central_values(POSTURES[name], CATALOGUE), **changes}


def model_total(values):
    return components(SectorInputs([LINE_KM], [AREA_KM2], [post_count(LINE_KM, values)], [CROSSINGS]), values).sum()


@pytest.mark.parametrize(
    ("line_km", "low", "high"),
    [(1000.0, (4.0, 0.100, 327), (60, 1.50, 22)), (1200.0, (3.3, 0.083, 392), (50, 1.25, 26)),
     (1250.0, (3.2, 0.080, 409), (48, 1.20, 27))],
)
def test_the_densities_of_the_published_totals(line_km, low, high):
    for total, expected in ((4000, low), (60_000, high)):
        found = implied(total, line_km, 40 * line_km)
        assert (round(found.per_km, 1), round(found.per_km2, 3), round(found.km_per_battalion)) == expected


def test_the_published_totals_have_twins():
    thin, thick = (implied(total, LINE_KM, AREA_KM2, iter(ZONES)) for total in (4000, 60_000))
    assert (thin.mission.zone.id, thick.mission.zone.id) == ("ERI_UNMEE", "BIH_IFOR")
    assert thin.proposal.zone.id == "PROP_GCSP"
    assert thin.km_per_battalion > 333  # thinner than UNMEE, a battalion for 300 to 333 km
    assert 15 < thick.km_per_battalion < 40  # between UNIFIL and UNDOF


@pytest.mark.parametrize(
    ("name", "parameter", "total", "value", "decimals"),
    [
        ("verify", "op_spacing", 4000, 13, 0), ("verify", "sensor_share", 4000, 0.41, 2),
        ("interpose", "op_spacing", 60_000, 2.1, 1), ("interpose", "op_watch", 60_000, 4.8, 1),
        ("verify_both_edges", "op_spacing", 60_000, 1.0, 1), ("verify_both_edges", "op_spacing", 15_000, 4.6, 1),
    ],
)
def test_the_published_totals_as_values_of_parameters(name, parameter, total, value, decimals):
    found = solve(parameter, total, ZONE, values_of(name))
    assert round(found, decimals) == value
    solved = values_of(name, **{parameter: found})
    one_post = sum(build_up(1.0, 0.0, 0.0, 0.0, solved))
    assert model_total(solved) == pytest.approx(total, abs=one_post)


def test_the_reference_rounds_the_share_of_sensors_up():
    """It tells 42 % for 4,000; that gives 20 fewer with the patrols of the model."""
    assert model_total(values_of("verify", sensor_share=0.42)) == pytest.approx(3980, abs=1)


def test_four_thousand_leave_no_room_for_training_or_the_other_edge():
    left = 4000 - training_staff(20_000, CATALOGUE).central
    assert solve("op_spacing", left, ZONE, values_of("verify")) > 17.5  # wider than any mission on record
    assert solve("op_spacing", 4000, ZONE, values_of("verify_both_edges")) > 30


@pytest.mark.parametrize(
    ("km_per_battalion", "in_battalions", "with_support"),
    [(1000 / 3, 3100, 4400), (210, 4900, 6900), (123, 8300, 11_800), (60, 17_000, 24_300), (40, 25_500, 36_400),
     (15, 68_000, 97_100)],
)
def test_the_check_by_frontage(km_per_battalion, in_battalions, with_support):
    found = [round(persons, -2) for persons in persons_by_frontage(LINE_KM, km_per_battalion)]
    assert found == [in_battalions, with_support]


@pytest.mark.parametrize("total", [0, -4000, math.nan, math.inf])
def test_a_total_that_is_none_implies_nothing(total):
    found = implied(total, LINE_KM, AREA_KM2, ZONES)
    assert (found.per_km, found.per_km2, found.km_per_battalion, found.mission, found.proposal) == (None,) * 5
    assert solve("op_watch", total, ZONE, values_of("verify")) is None
    found = implied(4000, 0, 0, ZONES)
    assert (found.per_km, found.per_km2, found.km_per_battalion, found.mission) == (None,) * 4


def test_no_value_where_none_gives_the_total():
    verify = values_of("verify")
    assert solve("sensor_share", 60_000, ZONE, verify) is None  # sensors only take persons away
    assert solve("op_spacing", 900, ZONE, verify) is None  # patrols and crossings alone take more
    assert solve("temp_post_persons", 6000, ZONE, verify) is None  # no temporary posts: it changes nothing
    assert solve("temp_post_persons", smooth_total(ZONE, verify), ZONE, verify) is None  # any value would do
    too_much = smooth_total(ZONE, {**verify, "unit_overhead": 0.9})  # a share stays below that
    assert solve("unit_overhead", too_much, ZONE, verify) is None
    assert solve("area_revisit", 5368, SectorInputs([LINE_KM], [0.0], [0], [CROSSINGS]), verify) is None
    for name in ("n_lines", "course_weeks", "patrols"):
        with pytest.raises(PlanError, match=name):
            solve(name, 6000, ZONE, verify)


def test_posts_follow_the_spacing_and_roads_take_the_place_of_ground():
    verify = values_of("verify")
    with_posts = SectorInputs([700.0, 500.0], [20_000.0, 23_200.0], [400, 300], [12, 0])
    assert smooth_total(with_posts, verify) == pytest.approx(smooth_total(ZONE, verify))
    by_road = SectorInputs([LINE_KM], [AREA_KM2], [0], [CROSSINGS], [AREA_KM2 / 4])
    assert smooth_total(by_road, verify) == pytest.approx(smooth_total(ZONE, verify))
    assert solve("observation_halfwidth", 6000, by_road, verify) is None


POSTURE = st.sampled_from(sorted(POSTURES))
SHARE = st.floats(0.02, 0.98)


@given(st.sampled_from(SOLVED), POSTURE, SHARE)
def test_a_solved_value_is_possible_and_gives_the_total(name, posture, share):
    values = values_of(posture, temp_posts=0.5, sensor_share=0.2)
    low, high = limits(name)
    asked = low + share * (high - low)
    total = smooth_total(ZONE, {**values, name: asked})
    found = solve(name, total, ZONE, values)
    assert check_value(name, found) == pytest.approx(asked, rel=1e-6)
    assert smooth_total(ZONE, {**values, name: found}) == pytest.approx(total, rel=1e-12)


@given(POSTURE, st.floats(0.5, 40), st.floats(0, 0.6), st.floats(0, 2))
def test_the_steady_total_is_that_of_the_model_but_for_a_post(posture, spacing, share, temporary):
    values = values_of(posture, op_spacing=spacing, sensor_share=share, temp_posts=temporary)
    post = sum(build_up(1.0, 0.0, 0.0, 0.0, values))
    assert abs(smooth_total(ZONE, values) - model_total(values)) <= 1.5 * post + 1e-6
