"""The distance that errors are measured by: a search of its own over the geodesic edges, nothing of the core's.

PROJ turns points into earth-centred coordinates; spheres around runs of 64 edges leave a few runs per point; of their
edges those are kept whose chord is at most 0.1 m farther than the nearest one; along each of these a golden section
looks for the shortest geodesic. (Within 50 km chords and geodesics rank edges alike to some millimetres.)
"""

from __future__ import annotations

import numpy as np
from pyproj import Geod, Transformer

GEOD = Geod(ellps="WGS84")
TO_SPACE = Transformer.from_pipeline(
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=WGS84"
)
FARTHEST_M = 50_000.0  # the chord's rank of edges is good for no more than this
LONGEST_EDGE_M = 20_000.0
RUN = 64  # edges in a sphere
AT_ONCE = 100  # query points
CHORD_SLACK_M = 0.1
GOLDEN = (np.sqrt(5) - 1) / 2
NARROW_M = 0.5  # where a search may end: the distance is flat there to NARROW_M² / 2d, 1e-5 m at 10 km


class Truth:
    """Geodesic distances in metres to a polyline of geodesic edges, longitude/latitude (n, 2)."""

    def __init__(self, lonlat):
        self.start = np.asarray(lonlat, dtype=float)[:-1]
        self.azimuth, _, self.length = GEOD.inv(*np.hstack([lonlat[:-1], lonlat[1:]]).T)
        if self.length.max() > LONGEST_EDGE_M:
            raise ValueError("the line has an edge too long for this search")
        space = _in_space(lonlat)
        self.origin, self.along = space[:-1], np.diff(space, axis=0)
        self.first = np.arange(0, len(self.start), RUN)
        low = np.minimum(*(np.minimum.reduceat(ends, self.first) for ends in (space[:-1], space[1:])))
        high = np.maximum(*(np.maximum.reduceat(ends, self.first) for ends in (space[:-1], space[1:])))
        self.centre, self.radius = (low + high) / 2, np.linalg.norm(high - low, axis=1) / 2

    def distance(self, query):
        """Distances of points (n, 2) in longitude/latitude, shape (n,)."""
        query = np.asarray(query, dtype=float)
        chunks = [self._distance(query[first : first + AT_ONCE]) for first in range(0, len(query), AT_ONCE)]
        return np.concatenate(chunks) if chunks else np.zeros(0)

    def _distance(self, query):
        which, edge = self._near(_in_space(query))
        found = self._shortest(edge, query[which])
        nearest = np.full(len(query), np.inf)
        np.minimum.at(nearest, which, found)
        if nearest.max() > FARTHEST_M:
            raise ValueError("a point is too far away for this search")
        return nearest

    def _near(self, points):
        """Pairs of query point and edge that may be nearest."""
        gap = np.linalg.norm(points[:, None] - self.centre[None], axis=2)
        most = (gap + self.radius).min(axis=1)
        which, run = np.nonzero(gap - self.radius <= most[:, None])
        edge = (self.first[run][:, None] + np.arange(RUN)).ravel()
        which = np.repeat(which, RUN)[edge < len(self.start)]
        edge = edge[edge < len(self.start)]
        away, along = points[which] - self.origin[edge], self.along[edge]
        share = ((away * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12)).clip(0, 1)
        chord = np.linalg.norm(away - share[:, None] * along, axis=1)
        least = np.full(len(points), np.inf)
        np.minimum.at(least, which, chord)
        kept = chord <= least[which] + CHORD_SLACK_M
        return which[kept], edge[kept]

    def _shortest(self, edge, query):
        """Golden section along each edge, whose ends count too."""
        start, azimuth, length = self.start[edge], self.azimuth[edge], self.length[edge]

        def away(share):
            lon, lat, _ = GEOD.fwd(start[:, 0], start[:, 1], azimuth, share * length)
            return np.asarray(GEOD.inv(lon, lat, query[:, 0], query[:, 1])[2])

        low, high = np.zeros(len(edge)), np.ones(len(edge))
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        at_left, at_right = away(left), away(right)
        best = np.minimum.reduce([away(low), away(high), at_left, at_right])
        for _ in range(int(np.ceil(np.log(max(length.max() / NARROW_M, 1)) / -np.log(GOLDEN)))):
            nearer = at_left < at_right
            low, high = np.where(nearer, low, left), np.where(nearer, right, high)
            fresh = np.where(nearer, high - GOLDEN * (high - low), low + GOLDEN * (high - low))
            at_fresh = away(fresh)
            best = np.minimum(best, at_fresh)
            left, right = np.where(nearer, fresh, right), np.where(nearer, left, fresh)
            at_left, at_right = np.where(nearer, at_fresh, at_right), np.where(nearer, at_left, at_fresh)
        return best


def _in_space(lonlat):
    """Earth-centred metres, by PROJ."""
    return np.column_stack(TO_SPACE.transform(lonlat[:, 0], lonlat[:, 1], np.zeros(len(lonlat))))
