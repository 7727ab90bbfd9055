"""The exact geodesic distance to a contact line, and the nearest point of it, for many places at once.

The line's edges are cut into short chords in earth-centred coordinates; a tree of spheres around runs of chords finds
the nearest chord without projection, zone or antimeridian. The distance itself is the geodesic to its nearest point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from .geodesy import (
    CHORD_STEP_M,
    ECCENTRICITY2,
    MEAN_RADIUS_M,
    SEMI_MAJOR_M,
    Array,
    Indices,
    densify,
    earth_centred,
    from_earth_centred,
    inverse,
    wrap_longitude,
)

CHORD_SAG_SHARE = 1e-3  # for small distances: the chord's sag stays below this share of the distance
FAN_OUT = 4  # chords in a leaf, and nodes in a node: small runs are round, and seldom looked into in vain
SEED_STRIDE = 8  # of so many neighbouring queries one is searched first; its chord is nearly the others' nearest
ROUNDING_M = 1e-6  # of earth-centred coordinates, with room
FOLLOW_OFFSETS = np.array([0, 1, -1, 2, -2, 4, -4, 8, -8, 16, -16, 32, -32, 64, -64])
FOLLOW_ROUNDS = 8
FAR_M = 50_000.0  # from here on, chords are compared by their arcs
ARC_SPREAD = 2e-17  # per square metre: by how much arcs of equal chords differ at most, a share
GROUPS_AT_ONCE = 20_000  # spheres of one level made at once: small arrays stay in the cache
QUERY_CHUNK = 20_000  # between two looks at whether the user has cancelled
MOST_PAIRS = 2_000_000  # of query and node in memory at once, some 200 MB


def _nothing() -> None:
    """Never stop."""


@dataclass(frozen=True)
class Nearest:
    """The nearest point of a line for each query point.

    ``distance`` metres (n,); ``foot`` longitude/latitude (n, 2); ``azimuth`` degrees at the foot towards the query
    point (n,); ``onward`` the same geodesic's azimuth at the query point (n,); ``segment`` index into the field's
    segments (n,); ``fraction`` 0…1 along that segment (n,).
    """

    distance: Array
    foot: Array
    azimuth: Array
    onward: Array
    segment: Indices
    fraction: Array


class DistanceField:
    """Exact geodesic distance to a set of polylines, by a tree of spheres over chords in earth-centred coordinates.

    The nearest chord in space is the nearest geodesic on the ellipsoid to within 1 mm at 40 km. Farther away the
    Earth's curvature, which changes with the direction by 1.3 %, begins to tell (0.4 m at 300 km): for such distances
    chords are compared by the length of their arcs. The distance itself is the geodesic one.

    Parameters
    ----------
    parts : polylines in longitude/latitude, each (n, 2) with n ≥ 2
    distance_m : the smallest distance at which the field will be asked; small ones need shorter chords
    check : called every few thousand queries; what it raises stops the work
    farthest_m : the largest distance at which it will be asked, if it is another one
    """

    def __init__(
        self, parts: Sequence[Array], distance_m: float, check: Callable[[], None] = _nothing, farthest_m: float = 0.0
    ) -> None:
        self._check = check
        step, by_arc = field_grain(distance_m, farthest_m)
        dense = [_dense(part, step) for part in parts]
        self.part = np.repeat(np.arange(len(dense)), [len(lonlat) - 1 for lonlat, _ in dense])
        self._vertices = _joined([lonlat for lonlat, _ in dense])  # segment s of part p starts at vertex s + p
        self._tree = _ChordTree(
            _joined([xyz[:-1] for _, xyz in dense]), _joined([np.diff(xyz, axis=0) for _, xyz in dense]),
            by_arc,
        )

    @property
    def lonlat_start(self) -> Array:
        """Where the segments start, longitude/latitude (segments, 2); made anew each time."""
        return self._vertices[np.arange(len(self.part)) + self.part]

    @property
    def lonlat_end(self) -> Array:
        """Where the segments end, longitude/latitude (segments, 2); made anew each time."""
        return self._vertices[np.arange(len(self.part)) + self.part + 1]

    def nearest(self, lonlat: Array) -> Nearest:
        """Return the nearest points of the line for query points in longitude/latitude, shape (n, 2)."""
        segment, fraction = np.zeros(len(lonlat), dtype=np.int64), np.zeros(len(lonlat))
        for first in range(0, len(lonlat), QUERY_CHUNK):
            self._check()
            here = slice(first, first + QUERY_CHUNK)
            segment[here], fraction[here] = self._tree.nearest(earth_centred(lonlat[here]))
        return self._at(lonlat, segment, fraction)

    def follow(self, lonlat: Array, segment: Indices, stride: int) -> Nearest:
        """Return the nearest points among the neighbours of ``segment`` on the same part: one bank of a gulf.

        ``stride`` is how many segments one step may pass over: long strides pass over small bends, short ones stay
        on the bank of a narrow gulf.
        """
        offsets = FOLLOW_OFFSETS[np.abs(FOLLOW_OFFSETS) <= stride]
        xyz = earth_centred(lonlat)
        first = np.searchsorted(self.part, self.part[segment], side="left")
        last = np.searchsorted(self.part, self.part[segment], side="right") - 1
        segment, fraction = segment.copy(), np.zeros(len(segment))
        moving = np.arange(len(segment))
        for _ in range(FOLLOW_ROUNDS):
            before = segment[moving]
            candidates = np.clip(before[:, None] + offsets, first[moving, None], last[moving, None])
            query = np.repeat(np.arange(len(moving)), len(offsets))
            segment[moving], fraction[moving] = self._tree.closest(xyz[moving], query, candidates.ravel())
            moving = moving[segment[moving] != before]
            if not len(moving):
                break
        return self._at(lonlat, segment, fraction)

    def gaps(self, lonlat: Array, segment: Indices) -> Array:
        """Return distances of points (n, 2) to given segments (n, k), metres, (n, k): as `nearest` compares them."""
        xyz = np.repeat(earth_centred(lonlat), segment.shape[1], axis=0)
        return self._tree.gaps(xyz, segment.ravel())[0].reshape(segment.shape)

    def distance(self, lonlat: Array) -> Array:
        """Return geodesic distances to the line in metres, shape (n,)."""
        return self.nearest(lonlat).distance

    def _at(self, lonlat: Array, segment: Indices, fraction: Array) -> Nearest:
        foot = from_earth_centred(self._tree.start[segment] + fraction[:, None] * self._tree.along[segment])
        first = segment + self.part[segment]
        foot = np.where((fraction == 0)[:, None], self._vertices[first], foot)
        foot = np.where((fraction == 1)[:, None], self._vertices[first + 1], foot)
        azimuth, back, distance = inverse(foot, lonlat)
        return Nearest(distance, foot, azimuth, wrap_longitude(back + 180.0), segment, fraction)


def field_grain(distance_m: float, farthest_m: float = 0.0) -> tuple[float, bool]:
    """Return how long the chords of a field are, metres, and whether by arcs: fields of one grain are the same."""
    step = min(CHORD_STEP_M, float(np.sqrt(8 * MEAN_RADIUS_M * CHORD_SAG_SHARE * distance_m)))
    return step, max(distance_m, farthest_m) > FAR_M


def _dense(part: Array, step_m: float) -> tuple[Array, Array]:
    """Return a polyline with no edge longer than ``step_m``, longitude/latitude and earth-centred."""
    xyz = earth_centred(part)
    lonlat = densify(part, step_m, xyz)
    return lonlat, (xyz if lonlat is part else earth_centred(lonlat))


def _joined(arrays: Sequence[Array]) -> Array:
    """Return arrays one after the other; a single one is not copied."""
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


class _ChordTree:
    """Spheres around runs of consecutive chords; consecutive chords are neighbours, so the runs are compact.

    ``by_arc``: the nearest chord is the one with the shortest arc over the ellipsoid, not through it.
    """

    def __init__(self, start: Array, along: Array, by_arc: bool = False) -> None:
        self.start, self.along, self._by_arc = start, along, by_arc
        self._length2 = np.maximum(_squared(self.along), np.finfo(float).tiny)
        self._levels: list[tuple[Array, Array]] = []
        centre, reach = self.along / 2, np.sqrt(self._length2) / 2
        centre += start
        while not self._levels or len(reach) > FAN_OUT:
            centre, reach = _spheres_around(centre, reach)
            self._levels.append((centre, reach))

    def nearest(self, points: Array) -> tuple[Indices, Array]:
        """Return the index of the nearest chord and the fraction along it, for points (n, 3) in metres.

        Neighbouring points should follow each other: the chord nearest to one bounds the search for the next.
        """
        count = len(points)
        if count < 2 * SEED_STRIDE:
            return self._search(points, np.full(count, np.inf))
        seed, _ = self.nearest(points[::SEED_STRIDE])
        before = np.arange(count) // SEED_STRIDE
        after = np.minimum(before + 1, len(seed) - 1)
        gap2 = np.minimum(self._gaps2(points, seed[before])[0], self._gaps2(points, seed[after])[0])
        return self._search(points, np.sqrt(gap2) + ROUNDING_M)

    def _search(self, points: Array, bound: Array) -> tuple[Indices, Array]:
        """Return the nearest chords, none of them farther than ``bound``: a frontier of nodes from the top down."""
        top = len(self._levels[-1][1])
        query = np.repeat(np.arange(len(points)), top)
        node = np.tile(np.arange(top), len(points))
        for level in range(len(self._levels) - 1, -1, -1):
            if len(node) > MOST_PAIRS and len(points) > 1:
                half = len(points) // 2
                found = [self._search(points[part], bound[part]) for part in (slice(half), slice(half, None))]
                return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])
            centre, radius = self._levels[level]
            gap, reach = np.sqrt(_squared(centre[node] - points[query])), radius[node]
            bound = np.minimum(bound, np.minimum.reduceat(gap + reach, _starts(query)))
            kept = gap - reach <= (bound * (1 + ARC_SPREAD * bound**2))[query]
            size = len(self._levels[level - 1][1]) if level else len(self.start)
            query = np.repeat(query[kept], FAN_OUT)
            node = (node[kept][:, None] * FAN_OUT + np.arange(FAN_OUT)).ravel()
            query, node = query[node < size], node[node < size]
        return self.closest(points, query, node)

    def closest(self, points: Array, query: Indices, chord: Indices) -> tuple[Indices, Array]:
        """Return the nearest of the candidate chords for each point; ``query`` is sorted and names every point."""
        gap, fraction = self.gaps(points[query], chord)
        hits = np.nonzero(gap == np.minimum.reduceat(gap, _starts(query))[query])[0]
        first = hits[_starts(query[hits])]  # of equal ones the first: the same answer every time
        return chord[first], fraction[first]

    def gaps(self, points: Array, chord: Indices) -> tuple[Array, Array]:
        """Return the distance to a chord for each point, or the arc to its foot, and the fraction along the chord."""
        gap2, fraction = self._gaps2(points, chord)
        if not self._by_arc:
            return np.sqrt(gap2), fraction
        foot = self.start[chord] + fraction[:, None] * self.along[chord]
        return _arc(foot, points, np.sqrt(gap2)), fraction

    def _gaps2(self, points: Array, chord: Indices) -> tuple[Array, Array]:
        """Return the squared distance to a chord for each point, and the fraction along the chord."""
        away = points - self.start[chord]
        along = self.along[chord]
        fraction = np.clip(np.einsum("ij,ij->i", away, along) / self._length2[chord], 0.0, 1.0)
        away -= fraction[:, None] * along
        return _squared(away), fraction


def _spheres_around(centre: Array, radius: Array) -> tuple[Array, Array]:
    """Return centres (m, 3) and radii (m,) of spheres around groups of `FAN_OUT` neighbouring spheres."""
    groups = -(-len(centre) // FAN_OUT)
    outer, largest = np.empty((groups, 3)), np.empty(groups)
    for first in range(0, groups, GROUPS_AT_ONCE):
        here = slice(first, first + GROUPS_AT_ONCE)
        member = np.minimum(np.arange(first * FAN_OUT, (first + len(largest[here])) * FAN_OUT), len(centre) - 1)
        inner, reach = centre[member].reshape(-1, FAN_OUT, 3), radius[member].reshape(-1, FAN_OUT)
        members = [inner[:, k] for k in range(FAN_OUT)]
        outer[here] = (reduce(np.minimum, members) + reduce(np.maximum, members)) / 2
        gaps = [np.sqrt(_squared(m - outer[here])) + reach[:, k] for k, m in enumerate(members)]
        largest[here] = reduce(np.maximum, gaps)
    return outer, largest


def _arc(one: Array, other: Array, chord: Array) -> Array:
    """Return the lengths of arcs over the ellipsoid between points in space (n, 3) ``chord`` metres apart.

    s = c + c³ / 24R² with Euler's radius of curvature R in the direction of the chord at its middle; at 500 km what is
    left out is 0.09 m, the same in all directions to a millimetre.
    """
    up = one + other
    up /= np.sqrt(_squared(up))[:, None]
    sin2 = up[:, 2] ** 2
    step = (other - one) / np.maximum(chord, ROUNDING_M)[:, None]
    rise = np.einsum("ij,ij->i", step, up)
    north2 = (step[:, 2] - up[:, 2] * rise) ** 2 / np.maximum(1 - sin2, ROUNDING_M)
    cosine2 = np.clip(north2 / np.maximum(1 - rise**2, ROUNDING_M), 0.0, 1.0)
    squeeze = 1 - ECCENTRICITY2 * sin2
    across = SEMI_MAJOR_M / np.sqrt(squeeze)
    meridian = across * (1 - ECCENTRICITY2) / squeeze
    bend = cosine2 / meridian + (1 - cosine2) / across
    return np.asarray(chord * (1 + (chord * bend) ** 2 / 24))


def _squared(vectors: Array) -> Array:
    """Return the squared lengths of vectors in the last dimension."""
    return np.asarray(np.einsum("...j,...j->...", vectors, vectors))


def _starts(sorted_keys: Indices) -> Indices:
    """Return the index of the first of each run of equal keys."""
    return np.concatenate([[0], np.nonzero(np.diff(sorted_keys))[0] + 1]).astype(np.int64)
