"""Where the proposed posts stand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.staffing.posts import lay_posts, split_between_edges, spread_evenly

GEOD = Geod(ellps="WGS84")
BENT = np.array([[33.0, 47.0], [35.0, 47.5], [35.0, 47.5], [37.0, 48.5], [38.0, 50.0]])


def length_m(line):
    return GEOD.line_length(line[:, 0], line[:, 1])


def test_posts_stand_evenly_by_length_on_the_ellipsoid():
    count = 11
    chainage = (np.arange(count) + 0.5) * length_m(BENT) / count
    corner = np.array([length_m(BENT[: i + 1]) for i in range(len(BENT))])
    for (x, y), s in zip(lay_posts([BENT], count), chainage):
        before = np.searchsorted(corner, s) - 1
        path = np.vstack([BENT[: before + 1], [x, y]])
        rest = np.vstack([[x, y], BENT[before + 1:]])
        assert length_m(path) == pytest.approx(s, abs=1e-3)
        assert length_m(path) + length_m(rest) == pytest.approx(length_m(BENT), abs=1e-3)  # it lies on the line


def test_gaps_between_parts_have_no_length():
    first, second = np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([[5.0, 0.0], [8.0, 0.0]])
    lon, lat = lay_posts([first, second], 4).T
    assert lon == pytest.approx([0.5, 5.5, 6.5, 7.5])
    assert lat == pytest.approx(np.zeros(4))


def test_posts_cross_the_antimeridian():
    lon, _ = lay_posts([np.array([[179.0, 10.0], [-179.0, 10.0]])], 3).T
    assert lon[0] == pytest.approx(179.333, abs=1e-3)
    assert abs(lon[1]) == pytest.approx(180.0)
    assert lon[2] == pytest.approx(-179.333, abs=1e-3)


def test_heights_are_ignored_and_points_alone_have_no_length():
    with_height = np.column_stack([BENT, np.full(len(BENT), 100.0)])
    assert np.array_equal(lay_posts([with_height, BENT[:1]], 5), lay_posts([BENT], 5))


def test_no_posts_and_no_line():
    assert lay_posts([BENT], 0).shape == (0, 2)
    assert lay_posts([], 0).shape == (0, 2)
    for line in ([], [BENT[:1]], [BENT[[0, 0]]]):
        with pytest.raises(PlanError, match="without length"):
            lay_posts(line, 1)
    with pytest.raises(PlanError):
        lay_posts([BENT], -1)


@given(st.integers(0, 400), st.floats(0, 1))
def test_chosen_posts_are_spread_evenly(count, share):
    marks = spread_evenly(count, int(share * count))
    assert marks.shape == (count,)
    assert marks.sum() == int(share * count)
    if marks.sum() > 1:
        gaps = np.diff(np.flatnonzero(marks))
        assert gaps.max() - gaps.min() <= 1


def test_choosing_none_all_or_too_many():
    assert not spread_evenly(4, 0).any()
    assert spread_evenly(4, 4).all()
    assert spread_evenly(0, 0).shape == (0,)
    with pytest.raises(PlanError):
        spread_evenly(3, 4)


def test_edges_share_posts_by_length():
    assert split_between_edges(301, 1.0, 1.0) == (151, 150)
    assert split_between_edges(10, 0.0, 700.0) == (0, 10)
    assert split_between_edges(0, 0.0, 0.0) == (0, 0)
    with pytest.raises(PlanError):
        split_between_edges(1, 0.0, 0.0)
