"""What sectors are to get: unequal shares, fixed lengths, and several stretches of line."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.sectors.cuts import shares_in_order
from buffer_zone_plugin.core.sectors.rules import LEAST_REMAINDER, fixed_shares
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling


def assert_sectors(plan, count):
    assert [sector.name for sector in plan.sectors] == [f"S{n}" for n in range(1, count + 1)]
    assert_tiling([sector.geometry for sector in plan.sectors], plan.zone.geometry)
    assert_sums(plan)


@pytest.mark.parametrize("shares", [(30.0, 30.0, 40.0), (1.0, 2.0, 3.0), (5.0, 1.0, 1.0, 3.0)])
@pytest.mark.parametrize("split, name", [("equal_length", "line_m"), ("equal_area", "area_m2")])
def test_sectors_get_the_shares_asked_for_in_order_along_the_line(plan_of, sample, split, name, shares):
    plan = plan_of(sample, split=split, shares=shares)
    assert_sectors(plan, len(shares))
    values = np.array([getattr(sector, name) for sector in plan.sectors])
    assert values / values.sum() == pytest.approx(np.array(shares) / sum(shares), rel=2e-3)
    assert not plan.warnings
    middles = [sector.geometry.centroid.x for sector in plan.sectors]
    assert middles == sorted(middles)  # the sample runs eastwards


def test_shares_count_instead_of_the_number_of_sectors(plan_of, sample):
    assert len(plan_of(sample, sectors=5, shares=(1.0, 1.0)).sectors) == 2


def test_equal_shares_are_an_equal_split(plan_of, sample):
    asked, equal = plan_of(sample, shares=(2.0,) * 4), plan_of(sample, sectors=4)
    assert [s.line_m for s in asked.sectors] == [s.line_m for s in equal.sectors]


def test_turning_the_line_round_keeps_the_order_of_the_shares(plan_of, sample):
    there, back = (plan_of(lonlat, shares=(1.0, 2.0, 3.0)) for lonlat in (sample, sample[::-1]))
    assert [s.line_m for s in there.sectors] == pytest.approx([s.line_m for s in back.sectors], rel=1e-9)


@pytest.mark.parametrize("sector_m", [100_000.0, 250_000.0, 400_000.0])
def test_sectors_of_fixed_length_leave_a_rest_for_the_last(plan_of, sample, sector_m):
    plan = plan_of(sample, split="fixed_length", sector_m=sector_m)
    whole = plan.zone.line_m
    lengths = [sector.line_m for sector in plan.sectors]
    assert_sectors(plan, len(lengths))
    assert lengths[:-1] == pytest.approx([sector_m] * (len(lengths) - 1), rel=2e-3)
    assert LEAST_REMAINDER * sector_m <= lengths[-1] < (1 + LEAST_REMAINDER) * sector_m
    assert sum(lengths) == pytest.approx(whole)


def test_a_line_shorter_than_the_fixed_length_is_one_sector(plan_of, at_km):
    plan = plan_of(at_km(np.array([[-50.0, 0.0], [50.0, 5.0]])), split="fixed_length", sector_m=300_000.0)
    assert_sectors(plan, 1)


def test_each_stretch_of_line_has_fixed_lengths_of_its_own(plan_of, at_km):
    parts = [at_km(np.array(part, dtype=float)) for part in ([[-300, 0], [-50, 0]], [[150, 0], [300, 0]])]
    plan = plan_of(parts, split="fixed_length", sector_m=100_000.0)
    assert [round(sector.line_m / 1000) for sector in plan.sectors] == pytest.approx([100, 100, 50, 100, 50], abs=1)


def test_shares_go_to_stretches_of_line_in_order(plan_of, at_km):
    parts = [at_km(np.array(part, dtype=float)) for part in ([[-300, 0], [-50, 0]], [[150, 0], [300, 0]])]
    plan = plan_of(parts, shares=(3.0, 2.0, 3.0))
    lengths = [sector.line_m / 1000 for sector in plan.sectors]
    assert lengths == pytest.approx([150, 100, 150], rel=5e-3)
    assert any("2 + 1 sectors" in note for note in plan.notes)


@pytest.mark.parametrize("values, message, hint", [
    ({"shares": (1.0, 0.0)}, "Share 2 is 0, not a number above 0", "positive"),
    ({"shares": (1.0, float("nan"))}, "Share 2 is nan, not a number above 0", "positive"),
    ({"shares": (5.0,)}, "One share was given", "number of sectors"),
    ({"shares": (1.0, 1.0), "split": "none"}, "Shares were given, but the split 'none' has none", "leave the shares"),
    ({"shares": (1.0, 1.0), "split": "fixed_length"}, "the split 'fixed length' has none", "leave the shares"),
    ({"shares": (1.0,) * 201}, "201 shares were given", "at most 200"),
    ({"sector_m": 0.0, "split": "fixed_length"}, "The sector length is 0 km", "above 0"),
    ({"sector_m": float("inf"), "split": "fixed_length"}, "The sector length is inf km", "above 0"),
])
def test_unusable_shares_and_lengths_are_refused(values, message, hint):
    with pytest.raises(PlanError, match=message) as caught:
        PlanSpec(**values)
    assert hint in caught.value.hint


def test_sectors_too_short_for_the_depth_are_refused_with_what_fits(plan_of, sample):
    with pytest.raises(PlanError, match="sectors do not fit") as caught:
        plan_of(sample, shares=(1.0, 1.0, 0.001))
    assert "larger share" in caught.value.hint
    with pytest.raises(PlanError, match="would be more than 200") as caught:
        plan_of(sample, split="fixed_length", sector_m=1_000.0)
    assert "at least 4.3 km" in caught.value.hint


def test_a_fixed_length_that_does_not_fit_is_refused_with_one_that_does(plan_of, sample):
    with pytest.raises(PlanError, match="do not fit") as caught:
        plan_of(sample, split="fixed_length", sector_m=5_000.0, tolerance_m=50.0)
    least = float(caught.value.hint.split("at least ")[1].split(" km")[0])
    plan = plan_of(sample, split="fixed_length", sector_m=1000 * least, tolerance_m=50.0)
    assert len(plan.sectors) > 100


@given(st.lists(st.floats(0.1, 10.0), min_size=4, max_size=30), st.lists(st.floats(0.1, 10.0), min_size=1, max_size=4))
def test_every_chain_gets_a_sector_and_no_sector_is_lost(wanted, totals):
    shares = shares_in_order(np.array(wanted), np.array(totals))
    assert min(shares.groups) >= 1 and sum(shares.groups) == len(wanted)
    targets = shares.targets(np.array(totals))
    assert (np.diff(targets) > 0).all() and targets[0] > 0 and targets[-1] < 1


def test_a_rest_too_short_for_the_zone_joins_the_last_sector():
    assert fixed_shares(np.array([230.0]), 100.0).wanted.tolist() == [100.0, 100.0, 30.0]
    assert fixed_shares(np.array([230.0]), 100.0, 40.0).wanted.tolist() == [100.0, 130.0]


@given(st.lists(st.floats(1.0, 5_000.0), min_size=1, max_size=5), st.floats(100.0, 1_000.0))
def test_fixed_lengths_add_up_to_each_chain(totals, sector_m):
    shares = fixed_shares(np.array(totals), sector_m)
    assert shares.totals(shares.wanted) == pytest.approx(totals)
    for lengths in np.split(shares.wanted, np.cumsum(shares.groups)[:-1]):
        assert (lengths[:-1] == sector_m).all() and lengths[-1] < (1 + LEAST_REMAINDER) * sector_m


def test_borders_of_unequal_sectors_cross_the_line_once(plan_of, sample):
    plan = plan_of(sample, shares=(1.0, 2.0, 1.0, 3.0), split="equal_area")
    line = shapely.multilinestrings([part.geometry for part in plan.line])
    for boundary in plan.boundaries:
        assert len(shapely.get_parts(shapely.intersection(boundary.geometry, line))) == 1
