"""Where do two sides face each other farther apart than the largest gap? No line runs there, and one may be wanted.

Plane metres; distances are scaled to those on the ellipsoid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from .between import Divided, edges_near, inside
from .border import Rules, facing_sides
from .middle import border_tree, nearest_points, rings_of

FARTHEST = 10.0  # gaps: sides farther apart do not face each other
STEPS = 2  # per gap: how finely a border is looked at
LEAST_STEP_M = 100.0


@dataclass(frozen=True)
class Beyond:
    """How much of side A's border faces side B too far away; the widest distance and where, longitude/latitude."""

    length_m: float
    widest_m: float
    place: tuple[float, float]


def facing_beyond(divided: Divided, rules: Rules) -> Beyond | None:
    """Return where sides face each other across more than the gap and nobody between them; None if nowhere."""
    gap_m, farthest_m, plane = rules.gap_m, FARTHEST * rules.gap_m, rules.plane
    one, other = divided.undisputed
    edges = edges_near(one, other, 2 * farthest_m)
    if gap_m <= 0 or not len(edges):
        return None
    dense = shapely.segmentize(edges, max(gap_m / STEPS, LEAST_STEP_M))
    xy, line = shapely.get_coordinates(dense, return_index=True)
    ends = np.stack([xy[:-1], xy[1:]], axis=1)[line[1:] == line[:-1]]
    here = ends.mean(axis=1)
    across = nearest_points(border_tree(rings_of(other)), here)
    away = np.hypot(*(across - here).T) / plane.scale(here)
    far = (away > gap_m) & (away <= farthest_m)
    ends, here, across, away = ends[far], here[far], across[far], away[far]
    middle = (here + across) / 2
    open_ = facing_sides(divided, farthest_m, plane)(middle, np.zeros(len(middle)))[0]
    for ground in (one, other, divided.contested):
        open_ &= ~inside(ground, middle)
    if rules.depth is not None:
        open_ &= rules.depth(middle) > rules.match_m
    if not open_.any():
        return None
    length = np.hypot(*(ends[open_, 1] - ends[open_, 0]).T) / plane.scale(here[open_])
    widest = int(np.argmax(away[open_]))
    lon, lat = plane.inverse(middle[open_][[widest]])[0].tolist()
    return Beyond(float(length.sum()), float(away[open_][widest]), (lon, lat))
