"""The axis of a zone: the contact line smoothed by curve shortening, along which sectors are counted.

A point's place along the zone is the arc length of the axis point nearest to it. Curve shortening keeps an embedded
curve embedded (Grayson 1987), so the axis of a folded front has no loops. Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ..arrangement import TINY, along_of, nearest_of, segments
from ..geodesy import Array, Indices

STEP_SHARE = 1 / 20  # of the depth: spacing of axis points
FEWEST_POINTS, MOST_POINTS = 5, 20_000
SMOOTHING_LEAST, SMOOTHING_MOST = 0.5, 0.75  # of the depth: scale below which bends vanish
SMOOTHING_FOR_SHORT = 1.25  # shorter sectors need a smoother axis
TIME_STEP = 0.4  # of the squared spacing: below 0.5 the explicit scheme is stable
RESAMPLE_EVERY = 12
RING_SHRINK = 0.3  # most of a ring's area that the flow may take: it eats 2π per unit of time
EXTENSION_SHARE, EXTENSION_STEP = 1.5, 1 / 40  # of the depth: the axis runs straight on through the cap
EXTENSION_RISE, EXTENSION_SLACK = 0.6, 0.15
COARSE = 8  # every how many points of the axis are searched for the nearest: it is smooth
DYN_LEVIN = np.array([-1, 9, 9, -1]) / 16  # four-point interpolation: smooth normals between the points


@dataclass(frozen=True)
class Axis:
    """One polyline (n, 2) per chain, joined into one parameter; ``starts`` is the parameter where each begins.

    ``tree`` holds the edges of the contact line itself, in its order.
    """

    lines: tuple[Array, ...]
    starts: Array
    core_length: float
    tree: shapely.STRtree

    @property
    def total(self) -> float:
        """The largest parameter, metres."""
        return float(self.starts[-1])

    def parameter(self, xy: Array) -> Array:
        """Return the place along the axis, metres, of points (n, 2)."""
        start = np.concatenate([line[:-1] for line in self.lines])
        along = np.concatenate([np.diff(line, axis=0) for line in self.lines])
        length2 = np.maximum((along**2).sum(axis=1), TINY)
        length = np.sqrt(length2)
        last = np.cumsum([len(line) - 1 for line in self.lines]) - 1
        some = np.unique(np.concatenate([np.arange(0, len(start), COARSE), last]))
        _, near = nearest_of(shapely.STRtree(shapely.points(start[some])), xy)
        best, away = np.zeros(len(xy)), np.full(len(xy), np.inf)
        for step in range(-COARSE, COARSE + 1):  # the nearest edge is one of those around the nearest point
            edge = np.clip(some[near] + step, 0, len(start) - 1)
            to = xy - start[edge]
            share = np.clip(np.einsum("ij,ij->i", to, along[edge]) / length2[edge], 0.0, 1.0)
            off = ((to - share[:, None] * along[edge]) ** 2).sum(axis=1)
            nearer = off < away
            away[nearer] = off[nearer]
            best[nearer] = (np.cumsum(length) - length)[edge[nearer]] + (share * length[edge])[nearer]
        return best

    def at(self, place: Array) -> Array:
        """Return the axis points (n, 2) at parameters of one chain or several."""
        chain = self.chain_of(place)
        points = np.empty((len(place), 2))
        for index, line in enumerate(self.lines):
            here = chain == index
            along = self.starts[index] + along_of(line)
            points[here] = np.column_stack([np.interp(place[here], along, line[:, k]) for k in (0, 1)])
        return points

    def chain_of(self, place: Array) -> Indices:
        """Return the chain of each parameter."""
        last = len(self.lines) - 1
        return np.clip(np.searchsorted(self.starts, place, side="right") - 1, 0, last).astype(np.int64)


def make_axis(chains: Sequence[Array], closed: Sequence[bool], depth_m: float, sector_m: float) -> Axis:
    """Return the axis of chains (n, 2) for sectors about ``sector_m`` long in a zone ``depth_m`` deep."""
    smoothing = float(np.clip(SMOOTHING_FOR_SHORT * depth_m / sector_m, SMOOTHING_LEAST, SMOOTHING_MOST))
    tree = shapely.STRtree(segments(list(chains))[0])
    lines = []
    core = 0.0
    for chain, ring in zip(chains, closed):
        axis = _interpolated(_interpolated(_shortened(chain, ring, depth_m, smoothing), ring), ring)
        core += float(along_of(axis)[-1])
        lines.append(axis if ring else _extended(axis, tree, depth_m))
    starts = np.concatenate([[0.0], np.cumsum([along_of(line)[-1] for line in lines])])
    return Axis(tuple(lines), starts, core, tree)


def _resampled(line: Array, step: float) -> Array:
    along = along_of(line)
    count = max(FEWEST_POINTS - 1, round(float(along[-1]) / step))
    place = np.linspace(0, along[-1], count + 1)
    return np.column_stack([np.interp(place, along, line[:, k]) for k in (0, 1)])


def _shortened(chain: Array, ring: bool, depth_m: float, smoothing: float) -> Array:
    """Return the chain after curve-shortening flow for the time (c·depth)²/2, its ends fixed."""
    step = max(STEP_SHARE * depth_m, float(along_of(chain)[-1]) / MOST_POINTS)
    line = _resampled(chain, step)
    if not ring and len(line) <= FEWEST_POINTS:
        return line  # shorter than the bends that would vanish
    remaining = (smoothing * depth_m) ** 2 / 2
    if ring:
        remaining = min(remaining, RING_SHRINK * abs(float(shapely.polygons(line).area)) / (2 * np.pi))
    while remaining > 0:
        spacing2 = float(np.hypot(*np.diff(line, axis=0).T).mean()) ** 2
        time_step = min(TIME_STEP * spacing2, remaining)
        rounds = max(1, min(RESAMPLE_EVERY, int(remaining / time_step)))
        for _ in range(rounds):
            line = _flow_step(line, ring, time_step / spacing2)
        remaining -= rounds * time_step
        remaining = 0.0 if remaining < 1e-9 * time_step else remaining
        line = _resampled(line, step)
    return line


def _flow_step(line: Array, ring: bool, share: float) -> Array:
    if ring:
        inner = line[:-1]
        moved = inner + share * (np.roll(inner, 1, axis=0) + np.roll(inner, -1, axis=0) - 2 * inner)
        return np.concatenate([moved, moved[:1]])
    moved = line.copy()
    moved[1:-1] += share * (line[2:] + line[:-2] - 2 * line[1:-1])
    return moved


def _interpolated(line: Array, ring: bool) -> Array:
    """Return the line with a point between each two, by four-point interpolation (Dyn, Levin, Gregory 1987)."""
    before, after = (line[-2], line[1]) if ring else (2 * line[0] - line[1], 2 * line[-1] - line[-2])
    padded = np.concatenate([before[None], line, after[None]])
    middle = sum(weight * padded[k : len(padded) - 3 + k] for k, weight in enumerate(DYN_LEVIN))
    doubled = np.empty((2 * len(line) - 1, 2))
    doubled[::2], doubled[1::2] = line, middle
    return doubled


def _extended(line: Array, tree: shapely.STRtree, depth_m: float) -> Array:
    """Return the axis run straight on at both ends, while that leads away from the contact line."""
    return np.concatenate([_cap_points(line[::-1], tree, depth_m)[::-1], line, _cap_points(line, tree, depth_m)])


def _cap_points(line: Array, tree: shapely.STRtree, depth_m: float) -> Array:
    along = along_of(line)
    back = [[np.interp(max(0.0, along[-1] - s * depth_m), along, line[:, k]) for k in (0, 1)] for s in (0.5, 1.0)]
    direction = line[-1] - np.mean(back, axis=0)
    direction /= max(float(np.hypot(*direction)), TINY)
    place = np.arange(1, int(EXTENSION_SHARE / EXTENSION_STEP) + 1) * EXTENSION_STEP * depth_m
    points = line[-1] + place[:, None] * direction
    found, distance = tree.query_nearest(shapely.points(points), return_distance=True, all_matches=False)
    apart = np.empty(len(points))
    apart[found[0]] = distance
    free = apart >= EXTENSION_RISE * np.minimum(place, depth_m) - EXTENSION_SLACK * depth_m
    return points[: len(points) if free.all() else int(np.argmin(free))]
