"""A hundred random contact lines, depths from 1 to 200 km: every outline true, no phantom hole and none missing.

The oracle is a search of its own along every geodesic edge; it shares no code with the zone.
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely

TOLERANCE_M = 1.0
LINES = 100
OUTLINE_POINTS, GROUND_POINTS = 500, 300
DEPTHS_KM = (1.0, 200.0)


def fractal_front(rng, fractal, at_km):
    return [fractal(int(rng.integers(1 << 30)), int(rng.integers(2, 7)), roughness=rng.uniform(0.1, 0.9))]


def salients(rng, fractal, at_km):
    x, points = -200.0, [(-220.0, 0.0)]
    while x < 200:
        width, height = rng.uniform(2, 40), rng.uniform(-120, 120)
        neck = rng.uniform(0.05, 0.6) * width
        points += [(x, 0), (x + width / 2 - neck / 2, height), (x + width / 2 + neck / 2, height), (x + width, 0)]
        x += width + rng.uniform(5, 60)
    return [at_km(np.array([*points, (max(x, 220.0), 0.0)]))]


def rings(rng, fractal, at_km):
    angle = np.linspace(0, 2 * np.pi, 90)[:-1]
    radius = rng.uniform(3, 150) * (1 + rng.uniform(0, 0.4) * np.sin(angle * rng.integers(2, 7) + rng.uniform(0, 6)))
    xy = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return [at_km(np.concatenate([xy, xy[:1]]))]


def parts(rng, fractal, at_km):
    line = fractal(int(rng.integers(1 << 30)), 5, roughness=rng.uniform(0.1, 0.5))
    cuts = np.sort(rng.choice(np.arange(4, len(line) - 4), 3, replace=False))
    pieces = np.split(line, cuts)
    kept = [piece[rng.integers(0, 3) :] for piece in pieces if len(piece) > 6]
    return [piece[::-1] if rng.random() < 0.5 else piece for piece in kept]


KINDS = (fractal_front, salients, rings, parts)


@pytest.mark.parametrize("seed", range(LINES))
def test_the_zone_of_a_random_line_is_true(seed, fractal, at_km, plan_of, true_distance):
    rng = np.random.default_rng(1000 + seed)
    lines = KINDS[seed % len(KINDS)](rng, fractal, at_km)
    depth_m = 1000 * float(np.exp(rng.uniform(*np.log(DEPTHS_KM))))
    zone = plan_of(lines, depth_a_m=depth_m, depth_b_m=depth_m, split="none").zone
    assert zone.error_max_m <= TOLERANCE_M
    assert np.abs(true_distance(lines, on_outline(zone.geometry, rng)) - depth_m).max() <= TOLERANCE_M
    points = around(zone.geometry, rng)
    away = true_distance(lines, points)
    clear = np.abs(away - depth_m) > TOLERANCE_M
    assert (shapely.contains_xy(zone.geometry, points) == (away <= depth_m))[clear].all()


def on_outline(geometry, rng):
    """Points on random edges of the outline, at random places."""
    xy, ring = shapely.get_coordinates(shapely.get_parts(shapely.boundary(geometry)), return_index=True)
    edge = rng.choice(np.nonzero(np.diff(ring) == 0)[0], OUTLINE_POINTS)
    return xy[edge] + rng.random((OUTLINE_POINTS, 1)) * (xy[edge + 1] - xy[edge])


def around(geometry, rng):
    """Points anywhere near the zone, half of them close to its outline, where holes and gulfs are."""
    west, south, east, north = geometry.bounds
    points = rng.uniform((west, south), (east, north), (GROUND_POINTS, 2))
    size = max(east - west, north - south)
    points[::2] = on_outline(geometry, rng)[: len(points[::2])] + rng.normal(0, 0.02 * size, (len(points[::2]), 2))
    return points
