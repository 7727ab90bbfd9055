"""The exact distance to the contact line, against a search along every geodesic edge."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from buffer_zone_plugin.core import distance
from buffer_zone_plugin.core.distance import DistanceField
from buffer_zone_plugin.core.geodesy import CHORD_STEP_M, densify, distances, move, wrap_longitude

GEOD = Geod(ellps="WGS84")


def cloud(parts, reach_m, count, seed):
    """Points up to a reach around the vertices of a line, and some on its edges."""
    rng = np.random.default_rng(seed)
    vertices = np.concatenate(parts)
    chosen = vertices[rng.integers(0, len(vertices), count)]
    lon, lat, _ = GEOD.fwd(*chosen.T, rng.uniform(0, 360, count), rng.uniform(0, reach_m, count))
    return np.column_stack([lon, lat])


def straight(lonlat_1, lonlat_2):
    return [np.array([lonlat_1, lonlat_2], dtype=float)]


LINES = {
    "long edge east": straight((20, 48), (28, 49)),
    "edge of 3,000 km": straight((0, 30), (25, 48)),
    "two parts": straight((30, 48), (31, 48)) + straight((31.2, 48.4), (31.3, 49.4)),
    "meridian": straight((37, 40), (37, 52)),
    "high latitude": [np.array([(10.0, 82.0), (14.0, 84.5), (60.0, 85.5), (100.0, 83.0)])],
    "across 180": [np.array([(178.2, -17.0), (179.9, -17.5), (-179.7, -16.9), (-178.0, -17.2)])],
    "across 180 unwrapped": [np.array([(178.2, 65.0), (179.9, 65.5), (180.3, 65.9), (182.0, 65.2)])],
    "tiny": straight((37, 48), (37.00001, 48.00001)),
}


@pytest.mark.parametrize("name", LINES)
def test_the_distance_field_is_exact(name, true_distance):
    parts = LINES[name]
    points = cloud(parts, 60_000, 150, seed=3)
    field = DistanceField(parts, 20_000.0)
    assert np.abs(field.distance(points) - true_distance(parts, points)).max() < 1e-2


@pytest.mark.parametrize("seed", range(4))
def test_the_distance_field_is_exact_on_fractal_lines(seed, fractal, true_distance):
    lonlat = fractal(seed, 6, roughness=0.2 + 0.2 * seed)
    parts = [lonlat[:200], lonlat[230:]]
    points = cloud(parts, 50_000, 200, seed)
    assert np.abs(DistanceField(parts, 2_000.0).distance(points) - true_distance(parts, points)).max() < 1e-2


@pytest.mark.parametrize(("reach", "error"), [(2_000.0, 1e-3), (40_000.0, 1e-2), (500_000.0, 2e-2)])
def test_the_distance_field_is_good_at_every_depth(reach, error, sample, true_distance):
    points = cloud([sample], reach, 150, seed=5)
    found = DistanceField([sample], reach).distance(points)
    assert np.abs(found - true_distance([sample], points)).max() < error


def test_far_away_the_direction_counts(true_distance):
    """Half way between a place to the north and one to the east: equal chords of 300 km differ by 0.2 m as arcs."""
    line = [
        np.array([(-158.48657135, -2.50943351), (-158.49, -2.5)]),
        np.array([(-156.08043826, -5.84229697), (-156.1, -5.85)]),
    ]
    points = np.array([[-155.86181911, -3.13823529], [-155.8618, -3.1382], [-155.8619, -3.1383]])
    for smallest in (2_000.0, 300_000.0):
        field = DistanceField(line, smallest, farthest_m=300_000.0)
        assert field.distance(points) == pytest.approx(true_distance(line, points), abs=5e-3)


def test_nearest_points_fit_together(sample):
    points = cloud([sample], 50_000, 300, seed=6)
    field = DistanceField([sample], 20_000.0)
    near = field.nearest(points)
    assert distances(move(near.foot, near.azimuth, near.distance), points).max() < 1e-6
    assert distances(near.foot, points) == pytest.approx(near.distance, abs=1e-9)
    back = wrap_longitude(np.asarray(GEOD.inv(*near.foot.T, *points.T)[1]) + 180)
    assert np.abs(wrap_longitude(near.onward - back)).max() < 1e-9
    assert ((near.fraction >= 0) & (near.fraction <= 1)).all()
    start, end = field.lonlat_start[near.segment], field.lonlat_end[near.segment]
    assert distances(start, near.foot) == pytest.approx(near.fraction * distances(start, end), abs=0.01)
    assert np.abs(distances(start, near.foot) + distances(near.foot, end) - distances(start, end)).max() < 0.01


def test_points_on_the_line_are_on_it(sample):
    field = DistanceField([sample], 20_000.0)
    assert field.distance(sample).max() == 0
    assert field.distance(densify(sample, 777.0)).max() < 0.1


def test_distance_asks_nothing_of_no_points_and_answers_alone_as_in_company(sample):
    field = DistanceField([sample], 20_000.0)
    points = cloud([sample], 90_000, 50, seed=8)
    assert field.distance(np.zeros((0, 2))).shape == (0,)
    one_by_one = np.concatenate([field.distance(point[None]) for point in points])
    assert (one_by_one == field.distance(points)).all()


def test_following_a_bank_stays_on_it(at_km, true_distance):
    near_bank, far_bank = (at_km(np.array([[-30.0, y], [0.0, y], [30.0, y]])) for y in (0.0, 8.0))
    field = DistanceField([near_bank, far_bank], 2_000.0)
    points = at_km(np.array([[-5.0, 1.0], [3.0, 2.0], [12.0, 3.5]]))
    on_far = np.nonzero(field.part == 1)[0]
    begin = np.full(3, on_far[len(on_far) // 2])
    found = field.follow(points, begin, 64)
    assert (field.part[found.segment] == 1).all()
    assert np.abs(found.distance - true_distance([far_bank], points)).max() < 1e-2


def test_a_chord_is_short_enough_to_be_drawn_straight(at_km):
    ends = at_km(np.array([[0.0, 0.0], [CHORD_STEP_M / 1000, 0.0]]), centre=(37, 60))
    middle = (ends[0] + ends[1]) / 2
    assert DistanceField([ends], 20_000.0).distance(middle[None])[0] < 0.15


def test_a_search_that_would_fill_the_memory_is_halved(ring, monkeypatch):
    """Seen from its middle every chord of a ring is equally near."""
    field = DistanceField([ring(80.0, corners=700)], 20_000.0)
    middle = cloud([np.array([[37.0, 48.3]])], 10.0, 60, seed=9)
    whole = field.nearest(middle)
    monkeypatch.setattr(distance, "MOST_PAIRS", 2_000)
    halved = field.nearest(middle)
    assert (whole.segment == halved.segment).all()
    assert (whole.distance == halved.distance).all()


def test_cancel_is_asked_between_thousands_of_queries(sample):
    class StopError(Exception):
        pass

    asked = []

    def check():
        asked.append(None)
        if len(asked) == 3:
            raise StopError

    field = DistanceField([sample], 20_000.0, check)
    points = np.repeat(sample[:100], 3 * distance.QUERY_CHUNK // 100, axis=0)
    with pytest.raises(StopError):
        field.nearest(points)
    assert len(asked) == 3
