"""Whole persons that add up."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.rounding import (
    largest_remainder,
    largest_remainder_between,
    round_half_up,
)

WHOLE_WEIGHTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=30).filter(any)
REAL_WEIGHTS = st.lists(st.floats(0, 1e9), min_size=1, max_size=30).filter(lambda w: max(w) > 1e-6)
TOTALS = st.integers(0, 200_000)


def test_the_published_example_of_the_alabama_paradox():
    assert largest_remainder([59, 26, 16, 7], 11).tolist() == [6, 3, 1, 1]


def test_ties_go_to_the_larger_weight_then_to_the_first():
    assert largest_remainder([1, 3], 2).tolist() == [0, 2]  # remainders 0.5 and 0.5
    assert largest_remainder([1, 1, 1, 1], 6).tolist() == [2, 2, 1, 1]
    assert largest_remainder([0.1 + 0.2, 0.3, 0.3], 1).sum() == 1


def test_zero_weights_get_nothing_and_nothing_is_shared_as_nothing():
    assert largest_remainder([0, 5, 0], 7).tolist() == [0, 7, 0]
    assert largest_remainder([0, 0], 0).tolist() == [0, 0]
    assert largest_remainder([], 0).tolist() == []


@pytest.mark.parametrize(
    ("weights", "total"), [([0, 0], 1), ([], 1), ([-1, 2], 3), ([float("nan")], 1), ([1, 2], -1), ([[1, 2]], 3)],
)
def test_what_cannot_be_shared_is_refused(weights, total):
    with pytest.raises(PlanError):
        largest_remainder(weights, total)


@given(WHOLE_WEIGHTS, TOTALS)
def test_shares_add_up_and_keep_to_their_quota(weights, total):
    shares = largest_remainder(weights, total)
    assert shares.sum() == total
    for weight, share in zip(weights, shares.tolist()):
        quota = Fraction(weight * total, sum(weights))
        assert abs(share - quota) < 1
        assert weight > 0 or share == 0


@given(REAL_WEIGHTS, TOTALS)
def test_shares_of_real_weights_add_up(weights, total):
    shares = largest_remainder(weights, total)
    assert shares.sum() == total
    assert shares.min() >= 0


@given(WHOLE_WEIGHTS, TOTALS, st.floats(0.001, 1000))
def test_the_unit_of_the_weights_does_not_matter(weights, total, factor):
    # powers of two scale floats exactly, so that no tie is broken by noise
    scale = 2.0 ** round(np.log2(factor))
    assert largest_remainder(weights, total).tolist() == largest_remainder(np.multiply(weights, scale), total).tolist()


@given(WHOLE_WEIGHTS, TOTALS, TOTALS)
def test_more_for_all_is_never_less_for_one_when_kept_between(weights, first, second):
    small, large = sorted((first, second))
    middle = largest_remainder(weights, large)
    below = largest_remainder_between(weights, small, upper=middle)
    assert below.sum() == small
    assert np.all(below >= 0)
    assert np.all(below <= middle)
    base = largest_remainder(weights, small)
    above = largest_remainder_between(weights, large, lower=base)
    assert above.sum() == large
    assert np.all(above >= base)


@given(st.data())
def test_limits_hold_and_shares_that_need_not_move_stay(data):
    weights = data.draw(st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any))
    lower = np.array(data.draw(st.lists(st.integers(0, 40), min_size=len(weights), max_size=len(weights))))
    room = np.array(data.draw(st.lists(st.integers(0, 60), min_size=len(weights), max_size=len(weights))))
    total = data.draw(st.integers(int(lower.sum()), int((lower + room).sum())))
    shares = largest_remainder_between(weights, total, lower, lower + room)
    assert shares.sum() == total
    assert np.all((lower <= shares) & (shares <= lower + room))
    free = largest_remainder(weights, total)
    if np.all((lower <= free) & (free <= lower + room)):
        assert shares.tolist() == free.tolist()


def test_limits_far_from_the_shares_are_met_at_once():
    """One person at a time, this would take hours."""
    upper = np.array([1, 10**9, 10**9])
    assert largest_remainder_between([10**6, 1, 1], 10**9, upper=upper).tolist() == [1, 500_000_000, 499_999_999]


def test_limits_without_room_are_refused():
    with pytest.raises(PlanError, match="limits"):
        largest_remainder_between([1, 1], 5, upper=np.array([2, 2]))
    with pytest.raises(PlanError, match="limits"):
        largest_remainder_between([1, 1], 5, lower=np.array([3, 3]))


@pytest.mark.parametrize(("value", "whole"), [(0.5, 1), (1.5, 2), (2.5, 3), (-0.5, 0), (2.49, 2), (7, 7)])
def test_halves_round_up(value, whole):
    assert round_half_up(value) == whole
