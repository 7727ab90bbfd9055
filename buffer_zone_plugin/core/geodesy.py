"""Primitives on the WGS 84 ellipsoid: length, area, nearest point of a line, and a local plane.

Coordinates are arrays of longitude and latitude in degrees, shape (n, 2); lengths are metres, areas square metres.
An edge between two vertices is the geodesic between them. Geodesics after C. F. F. Karney, "Algorithms for
geodesics", J. Geodesy 87 (2013), as PROJ implements them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

GEOD = Geod(ellps="WGS84")
MEAN_RADIUS_M = 6_371_008.8
SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY2 = FLATTENING * (2 - FLATTENING)

CHORD_STEP_M = 2_000.0  # a chord this long lies 8 cm below the surface and 0.1 m from a straight map line at 60°
CHORD_SAG_SHARE = 1e-3  # for small distances: the chord's sag stays below this share of the distance
CENTRE_DECIMALS = 4
LEAF_SIZE = 16
FAN_OUT = 16
FOLLOW_OFFSETS = np.array([0, 1, -1, 2, -2, 4, -4, 8, -8, 16, -16, 32, -32, 64, -64])
FOLLOW_ROUNDS = 8
QUERY_CHUNK = 20_000  # keeps the search frontier within some 100 MB


def wrap_longitude(lon: Array) -> Array:
    """Return longitudes in -180…180 degrees."""
    return (lon + 180.0) % 360.0 - 180.0


def earth_centred(lonlat: Array) -> Array:
    """Return earth-centred coordinates in metres, shape (n, 3), of points on the ellipsoid."""
    lon, lat = np.radians(np.ascontiguousarray(lonlat.T))
    sin_lat, cos_lat = np.sin(lat), np.cos(lat)
    normal = SEMI_MAJOR_M / np.sqrt(1 - ECCENTRICITY2 * sin_lat**2)
    return np.column_stack(
        [normal * cos_lat * np.cos(lon), normal * cos_lat * np.sin(lon), (1 - ECCENTRICITY2) * normal * sin_lat]
    )


def from_earth_centred(xyz: Array) -> Array:
    """Return longitude/latitude of points within some metres of the ellipsoid (Bowring's formula, one step).

    Examples
    --------
    >>> p = np.array([[37.5, 48.25]])
    >>> bool(np.allclose(from_earth_centred(earth_centred(p)), p, atol=1e-11))
    True
    """
    # strided columns would take numpy through loops whose last bits depend on where an array lies in memory
    x, y, z = np.ascontiguousarray(xyz.T)
    equatorial = np.hypot(x, y)
    semi_minor = SEMI_MAJOR_M * (1 - FLATTENING)
    reduced = np.arctan2(z * SEMI_MAJOR_M, equatorial * semi_minor)
    second = ECCENTRICITY2 / (1 - ECCENTRICITY2)
    lat = np.arctan2(
        z + second * semi_minor * np.sin(reduced) ** 3,
        equatorial - ECCENTRICITY2 * SEMI_MAJOR_M * np.cos(reduced) ** 3,
    )
    return np.degrees(np.column_stack([np.arctan2(y, x), lat]))


def inverse(start: Array, end: Array) -> tuple[Array, Array, Array]:
    """Return azimuth at the start, azimuth back from the end (degrees) and distance (metres) of points row by row."""
    found = GEOD.inv(*_columns(start[:, 0], start[:, 1], end[:, 0], end[:, 1]))
    azimuth, back, distance = (np.asarray(values, dtype=np.float64) for values in found)
    return azimuth, back, distance


def distances(start: Array, end: Array) -> Array:
    """Return geodesic distances in metres between points of the same row, shape (n,)."""
    return inverse(start, end)[2]


def move(start: Array, azimuth: Array, distance: Array) -> Array:
    """Return the points ``distance`` metres from ``start`` in direction ``azimuth`` (degrees from north)."""
    lon, lat, _ = GEOD.fwd(*_columns(start[:, 0], start[:, 1], azimuth, distance))
    return np.column_stack([lon, lat])


def _columns(*arrays: Array) -> list[Any]:
    """Return arrays as pyproj takes them: it is about to refuse arrays of one element, but not lists."""
    return [values.tolist() if len(values) == 1 else values for values in arrays]


def path_length(lonlat: Array) -> float:
    """Return the geodesic length of a polyline in metres."""
    return float(distances(lonlat[:-1], lonlat[1:]).sum())


def area(geometry: Any) -> float:
    """Return the geodesic area in square metres of a polygon or multipolygon in longitude/latitude."""
    total = 0.0
    for polygon in shapely.get_parts(geometry):
        total += _ring_area(polygon.exterior) - sum(_ring_area(ring) for ring in polygon.interiors)
    return total


def _ring_area(ring: Any) -> float:
    lonlat = shapely.get_coordinates(ring)
    return abs(float(GEOD.polygon_area_perimeter(lonlat[:, 0], lonlat[:, 1])[0]))


def perimeter(geometry: Any) -> float:
    """Return the geodesic length in metres of all rings of a polygon or multipolygon in longitude/latitude."""
    rings = (ring for polygon in shapely.get_parts(geometry) for ring in (polygon.exterior, *polygon.interiors))
    return sum(path_length(shapely.get_coordinates(ring)) for ring in rings)


def densify(lonlat: Array, step_m: float) -> Array:
    """Return the polyline with points added along its geodesic edges so that none is longer than ``step_m``."""
    azimuth, _, length = inverse(lonlat[:-1], lonlat[1:])
    pieces = np.maximum(np.ceil(length / step_m - 1e-9).astype(int), 1)
    if (pieces == 1).all():
        return lonlat
    edge = np.repeat(np.arange(len(pieces)), pieces - 1)
    position = counter(pieces - 1) + 1
    added = move(lonlat[edge], azimuth[edge], length[edge] * position / pieces[edge])
    return np.insert(lonlat, edge + 1, added, axis=0)


def counter(counts: NDArray[Any]) -> Indices:
    """Return 0…count-1 for each count, one after the other.

    Examples
    --------
    >>> counter(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    starts = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) - np.repeat(starts, counts)


class LocalPlane:
    """The conformal plane of one plan: an oblique stereographic projection centred on the line, in metres.

    It holds poles and the antimeridian without a special case. Distances in it grow by ``scale``; everything that is
    delivered is measured on the ellipsoid.

    Parameters
    ----------
    lonlat : points whose middle becomes the centre, shape (n, 2)
    """

    def __init__(self, lonlat: Array) -> None:
        xyz = earth_centred(lonlat)
        middle = (xyz.min(axis=0) + xyz.max(axis=0)) / 2
        # rounded, so that a last digit of the input cannot change the plane
        self.lon_0 = round(float(np.degrees(np.arctan2(middle[1], middle[0]))), CENTRE_DECIMALS)
        self.lat_0 = round(float(np.degrees(np.arctan2(middle[2], np.hypot(middle[0], middle[1])))), CENTRE_DECIMALS)
        self._projection = Proj(proj="stere", lon_0=self.lon_0, lat_0=self.lat_0, ellps="WGS84", units="m")

    def forward(self, lonlat: Array) -> Array:
        """Return plane coordinates in metres, shape (n, 2)."""
        lon, lat = _columns(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack(self._projection(lon, lat, errcheck=True))

    def inverse(self, xy: Array) -> Array:
        """Return longitude/latitude in degrees, shape (n, 2)."""
        x, y = _columns(xy[:, 0], xy[:, 1])
        return np.column_stack(self._projection(x, y, inverse=True, errcheck=True))

    def scale(self, xy: Array) -> Array:
        """Return plane metres per metre at plane points, on the sphere: 1 + (r / 2R)²; true to 0.4 %."""
        return np.asarray(1 + (xy**2).sum(axis=1) / (4 * MEAN_RADIUS_M**2))


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

    The nearest chord in space is the nearest geodesic on the ellipsoid to within 1 mm at 40 km (0.8 m at 500 km,
    where the curvature's change with direction begins to tell); the distance itself is the geodesic one.

    Parameters
    ----------
    parts : polylines in longitude/latitude, each (n, 2) with n ≥ 2
    distance_m : the distance at which the field will be asked; small ones need shorter chords
    """

    def __init__(self, parts: Sequence[Array], distance_m: float) -> None:
        step = min(CHORD_STEP_M, float(np.sqrt(8 * MEAN_RADIUS_M * CHORD_SAG_SHARE * distance_m)))
        dense = [densify(part, step) for part in parts]
        self.part = np.repeat(np.arange(len(dense)), [len(p) - 1 for p in dense])
        self.lonlat_start = np.concatenate([p[:-1] for p in dense])
        self.lonlat_end = np.concatenate([p[1:] for p in dense])
        self._tree = _ChordTree(earth_centred(self.lonlat_start), earth_centred(self.lonlat_end))

    def nearest(self, lonlat: Array) -> Nearest:
        """Return the nearest points of the line for query points in longitude/latitude, shape (n, 2)."""
        chunks = range(0, len(lonlat), QUERY_CHUNK)
        found = [self._tree.nearest(earth_centred(lonlat[i : i + QUERY_CHUNK])) for i in chunks]
        if not found:
            return self._at(lonlat, np.zeros(0, dtype=np.int64), np.zeros(0))
        return self._at(lonlat, np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found]))

    def follow(self, lonlat: Array, segment: Indices, stride: int) -> Nearest:
        """Return the nearest points among the neighbours of ``segment`` on the same part: one bank of a gulf.

        ``stride`` is how many segments one step may pass over: long strides pass over small bends, short ones stay
        on the bank of a narrow gulf.
        """
        offsets = FOLLOW_OFFSETS[np.abs(FOLLOW_OFFSETS) <= stride]
        xyz = earth_centred(lonlat)
        first = np.searchsorted(self.part, self.part[segment], side="left")
        last = np.searchsorted(self.part, self.part[segment], side="right") - 1
        for _ in range(FOLLOW_ROUNDS):
            candidates = np.clip(segment[:, None] + offsets, first[:, None], last[:, None])
            query = np.repeat(np.arange(len(xyz)), len(offsets))
            found, fraction = self._tree.closest(xyz, query, candidates.ravel())
            if (found == segment).all():
                break
            segment = found
        return self._at(lonlat, segment, fraction)

    def distance(self, lonlat: Array) -> Array:
        """Return geodesic distances to the line in metres, shape (n,)."""
        return self.nearest(lonlat).distance

    def _at(self, lonlat: Array, segment: Indices, fraction: Array) -> Nearest:
        foot = from_earth_centred(self._tree.start[segment] + fraction[:, None] * self._tree.along[segment])
        foot = np.where((fraction == 0)[:, None], self.lonlat_start[segment], foot)
        foot = np.where((fraction == 1)[:, None], self.lonlat_end[segment], foot)
        azimuth, back, distance = inverse(foot, lonlat)
        return Nearest(distance, foot, azimuth, wrap_longitude(back + 180.0), segment, fraction)


class _ChordTree:
    """Spheres around runs of consecutive chords; consecutive chords are neighbours, so the runs are compact."""

    def __init__(self, start: Array, end: Array) -> None:
        self.start, self.along = start, end - start
        self._length2 = np.maximum(np.einsum("ij,ij->i", self.along, self.along), np.finfo(float).tiny)
        self._levels: list[tuple[Array, Array]] = []
        corners = np.concatenate([_padded(start, LEAF_SIZE), _padded(end, LEAF_SIZE)], axis=1)
        centre = (corners.min(axis=1) + corners.max(axis=1)) / 2
        radius = np.linalg.norm(corners - centre[:, None], axis=2).max(axis=1)
        self._levels.append((centre, radius))
        while len(radius) > FAN_OUT:
            below, reach = _padded(centre, FAN_OUT), _padded(radius[:, None], FAN_OUT)[:, :, 0]
            centre = (below.min(axis=1) + below.max(axis=1)) / 2
            radius = (np.linalg.norm(below - centre[:, None], axis=2) + reach).max(axis=1)
            self._levels.append((centre, radius))

    def nearest(self, points: Array) -> tuple[Indices, Array]:
        """Return the index of the nearest chord and the fraction along it, for points (n, 3) in metres."""
        top = len(self._levels[-1][1])
        query = np.repeat(np.arange(len(points)), top)
        node = np.tile(np.arange(top), len(points))
        for level in range(len(self._levels) - 1, -1, -1):
            centre, radius = self._levels[level]
            gap = np.linalg.norm(centre[node] - points[query], axis=1)
            bound = np.minimum.reduceat(gap + radius[node], _starts(query))
            kept = gap - radius[node] <= bound[query]
            query, node = query[kept], node[kept]
            fan, size = (FAN_OUT, len(self._levels[level - 1][1])) if level else (LEAF_SIZE, len(self.start))
            query = np.repeat(query, fan)
            node = (node[:, None] * fan + np.arange(fan)).ravel()
            query, node = query[node < size], node[node < size]
        return self.closest(points, query, node)

    def closest(self, points: Array, query: Indices, chord: Indices) -> tuple[Indices, Array]:
        """Return the nearest of the candidate chords for each point; ``query`` is sorted and names every point."""
        away = points[query] - self.start[chord]
        along = self.along[chord]
        fraction = np.clip(np.einsum("ij,ij->i", away, along) / self._length2[chord], 0.0, 1.0)
        away -= fraction[:, None] * along
        gap2 = np.einsum("ij,ij->i", away, away)
        starts = _starts(query)
        hits = np.nonzero(gap2 == np.minimum.reduceat(gap2, starts)[query])[0]
        first = hits[_starts(query[hits])]  # of equal ones the first: the same answer every time
        return chord[first], fraction[first]


def _padded(rows: Array, size: int) -> Array:
    """Return the rows in groups of ``size``, the last group filled up with the last row, shape (groups, size, k)."""
    missing = -len(rows) % size
    return np.concatenate([rows, np.repeat(rows[-1:], missing, axis=0)]).reshape(-1, size, rows.shape[1])


def _starts(sorted_keys: Indices) -> Indices:
    """Return the index of the first of each run of equal keys."""
    return np.concatenate([[0], np.nonzero(np.diff(sorted_keys))[0] + 1]).astype(np.int64)
