"""Random contact lines to split: fractal worms, salients and closed rings, with a depth and a number of sectors each.

Line k is the same in every run; of any number of lines the shares of the kinds are about the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Proj

from buffer_zone_plugin.core.arrangement import on_grid
from buffer_zone_plugin.core.paths import simple_path

CENTRE = 35.0, 49.0
KINDS = ("worm", "worm", "salient", "worm", "worm", "ring")
DEPTHS_M = (10e3, 20e3, 40e3, 60e3, 100e3)
SECTORS = (3, 24)
WORM_M = (600e3, 2_500e3)
TRIES = 30
APART = 0.35  # of a leg: how near a worm may come to itself
FLANK_KM = np.array([(-400, 0), (-250, 15), (-120, -10)]), np.array([(120, 10), (260, -20), (400, 0)])
RING_CORNERS = 12


@dataclass(frozen=True)
class Task:
    """One line, longitude/latitude (n, 2), the depth on both sides in metres, and how many sectors to make of it."""

    number: int
    kind: str
    lonlat: np.ndarray
    depth_m: float
    sectors: int


def tasks(count) -> list[Task]:
    """The first ``count`` lines."""
    return [_task(number) for number in range(count)]


def _task(number):
    rng = np.random.default_rng([2026, number])
    kind = KINDS[number % len(KINDS)]
    xy = _SHAPES[kind](rng)
    depth_m = float(rng.choice(DEPTHS_M))
    plane = Proj(proj="aeqd", lon_0=CENTRE[0], lat_0=CENTRE[1], ellps="WGS84")
    lonlat = np.column_stack(plane(*xy.T, inverse=True))
    if kind == "ring":
        lonlat[-1] = lonlat[0]
    return Task(number, kind, lonlat, depth_m, int(rng.integers(SECTORS[0], SECTORS[1] + 1)))


def _worm(rng):
    while True:
        xy = simple_path(on_grid(_fractal(_walk(rng), rng, rng.uniform(0.05, 0.22), rng.uniform(800.0, 5_000.0))))
        if WORM_M[0] <= np.hypot(*np.diff(xy, axis=0).T).sum() <= WORM_M[1]:
            return xy


def _walk(rng):
    """Corners of a walk that turns a little at each and keeps away from where it was, if it can."""
    legs, leg = int(rng.integers(10, 28)), rng.uniform(40e3, 70e3)
    turn, heading = rng.uniform(0.2, 0.75), rng.uniform(0, 2 * np.pi)
    corners = [np.zeros(2)]
    for _ in range(legs):
        for _ in range(TRIES):
            towards = heading + rng.normal(0, turn)
            corner = corners[-1] + leg * np.array([np.cos(towards), np.sin(towards)])
            past = corners[:-1]
            if len(past) < 2 or shapely.LineString([corners[-1], corner]).distance(
                shapely.LineString(past)
            ) > APART * leg:
                break
        heading = towards
        corners.append(corner)
    return np.array(corners)


def _salient(rng):
    width, depth, neck = rng.uniform(20e3, 140e3), rng.uniform(60e3, 220e3), rng.uniform(20e3, 100e3)
    half = np.array([(-neck / 2, 0), (-width / 2, depth / 2), (-width / 2, 0.95 * depth)])
    nose = np.concatenate([half, [[0, depth]], half[::-1] * (-1, 1)])
    corners = np.concatenate([1e3 * FLANK_KM[0], nose, 1e3 * FLANK_KM[1]])
    return simple_path(on_grid(_fractal(corners, rng, rng.uniform(0.05, 0.16), 1_500.0)))


def _ring(rng):
    radius = rng.uniform(30e3, 160e3) * (1 + 0.18 * rng.normal(size=RING_CORNERS))
    angle = np.linspace(0, 2 * np.pi, RING_CORNERS + 1)
    corners = np.append(radius, radius[0])[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    xy = on_grid(_fractal(corners, rng, rng.uniform(0.04, 0.14), 1_500.0))
    xy[-1] = xy[0]
    return xy


def _fractal(corners, rng, roughness, finest_m):
    """Corners with the middle of every edge longer than ``finest_m`` moved aside, again and again."""
    xy = corners
    while True:
        step = np.diff(xy, axis=0)
        length = np.hypot(*step.T)
        coarse = length >= finest_m
        if not coarse.any():
            return xy
        aside = rng.normal(0, roughness, len(step))[:, None] * np.column_stack([-step[:, 1], step[:, 0]])
        xy = np.insert(xy, np.nonzero(coarse)[0] + 1, (xy[:-1] + step / 2 + aside)[coarse], axis=0)


_SHAPES = {"worm": _worm, "salient": _salient, "ring": _ring}
