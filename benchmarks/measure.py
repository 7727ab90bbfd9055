"""How far an outline is from the depth that it should keep, and how far its area from the true one.

The outline is looked at along its edges, straight in longitude/latitude as maps draw them, holes included: at least at
four places of each edge and every 200 m. Two thousand of these places, drawn by length, and the hundred that the
plugin's distance finds worst are then measured by the distance of `truth`, and only that is reported.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from buffer_zone_plugin.core.distance import DistanceField

from .truth import GEOD, Truth

STEP_M = 200.0
FEWEST_PIECES = 4
SAMPLE = 2_000
WORST = 50  # of those too near to the line and of those too far
SEED = 1


@dataclass(frozen=True)
class Error:
    """Metres by which an outline misses the depth, at most and for 99 % of its length; ``area`` relative to the truth.

    ``doubt_m``: most by which the plugin's own distance differs from the one of `truth` at the places measured.
    """

    largest_m: float
    most_m: float
    area: float
    doubt_m: float


class Judge:
    """Errors of zones around one line; ``reference`` is the zone whose area counts as true."""

    def __init__(self, lonlat, depth_m, reference):
        self.depth_m = depth_m
        self.truth = Truth(lonlat)
        self.field = DistanceField([lonlat], depth_m)
        self.area = area(reference)

    def error(self, zone) -> Error:
        """The error of a zone, a polygon or multipolygon in longitude/latitude."""
        points, length = outline_points(zone)
        quick = self.field.distance(points)
        order = np.argsort(quick)
        worst = np.concatenate([order[:WORST], order[-WORST:]])
        drawn = np.random.default_rng(SEED).choice(len(points), SAMPLE, p=length / length.sum())
        chosen = np.concatenate([drawn, worst])
        true = self.truth.distance(points[chosen])
        off = np.abs(true - self.depth_m)
        return Error(
            float(off.max()), float(np.quantile(off[:SAMPLE], 0.99)), area(zone) / self.area - 1,
            float(np.abs(quick[chosen] - true).max()),
        )


def outline_points(zone):
    """Places on all rings, longitude/latitude (n, 2), and the length in metres that each stands for."""
    rings = shapely.get_rings(shapely.get_parts(zone))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    edge = np.nonzero(ring[1:] == ring[:-1])[0]
    start, end = xy[edge], xy[edge + 1]
    length = np.asarray(GEOD.inv(*np.hstack([start, end]).T)[2])
    pieces = np.maximum(np.ceil(length / STEP_M), FEWEST_PIECES).astype(int)
    which = np.repeat(np.arange(len(edge)), pieces)
    share = (np.arange(len(which)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[which]
    return start[which] + (end - start)[which] * share[:, None], length[which] / pieces[which]


def area(zone) -> float:
    """Square metres on the ellipsoid, edges taken as geodesics."""
    total = 0.0
    for polygon in shapely.get_parts(zone):
        first, *others = (abs(GEOD.polygon_area_perimeter(*np.array(ring.coords).T)[0])
                          for ring in (polygon.exterior, *polygon.interiors))
        total += first - sum(others)
    return total
