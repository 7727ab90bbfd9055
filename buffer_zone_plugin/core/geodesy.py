"""Primitives on the WGS 84 ellipsoid: length, area, direct and inverse geodesics, and a local plane.

Coordinates are arrays of longitude and latitude in degrees, shape (n, 2); lengths are metres, areas square metres.
An edge between two vertices is the geodesic between them. Geodesics after C. F. F. Karney, "Algorithms for
geodesics", J. Geodesy 87 (2013), as PROJ implements them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj

from .errors import PlanError

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

GEOD = Geod(ellps="WGS84")
MEAN_RADIUS_M = 6_371_008.8
SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY2 = FLATTENING * (2 - FLATTENING)

CHORD_STEP_M = 2_000.0  # a chord this long lies 8 cm below the surface and 0.1 m from a straight map line at 60°
SHORT_M = 200.0  # an edge whose length follows from its chord
SURELY_SHORTER = 0.999  # an edge whose chord is below this share of a step of some kilometres is shorter than it
FAR_SIDE = -0.5  # of the Earth's radius, along the axis through a plane's centre
AT_POLE_M = 0.1
WIDE_COSINE, WIDEST_COSINE = -0.5, -0.94  # 120° from the centre; 160°, where the plane's scale is 33
TOO_WIDE = "The line reaches around the Earth, beyond what one plan can hold", "Plan it in several parts."
CENTRE_DECIMALS = 4
GAUSS: Any = np.polynomial.legendre.leggauss  # numpy tells no types of it
MAP_NODES, MAP_WEIGHTS = GAUSS(12)  # exact to 1e-12 for edges of some degrees
AT_ONCE = 50_000  # points: what is computed on the way stays in the cache


def wrap_longitude(lon: Array) -> Array:
    """Return longitudes in -180…180 degrees."""
    return (lon + 180.0) % 360.0 - 180.0


def earth_centred(lonlat: Array) -> Array:
    """Return earth-centred coordinates in metres, shape (n, 3), of points on the ellipsoid."""
    if len(lonlat) <= AT_ONCE:
        return _earth_centred(lonlat)
    xyz = np.empty((len(lonlat), 3))
    for first in range(0, len(lonlat), AT_ONCE):
        here = slice(first, first + AT_ONCE)
        xyz[here] = _earth_centred(lonlat[here])
    return xyz


def _earth_centred(lonlat: Array) -> Array:
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
    return float(edge_lengths(lonlat).sum())


def edge_lengths(lonlat: Array) -> Array:
    """Return the geodesic lengths of a polyline's edges in metres, shape (n - 1,).

    Short edges follow from their chord c: the arc of a circle of radius R has the length c + c³ / 24R² + …, which for
    200 m and any radius of curvature of the ellipsoid is exact to 1e-12.

    Examples
    --------
    >>> edge_lengths(np.array([[37.0, 48.0], [37.01, 48.0], [38.0, 48.0]])).round(6)
    array([  746.253535, 73878.592467])
    """
    chord = chords(earth_centred(lonlat))
    length = chord * (1 + chord**2 / (24 * MEAN_RADIUS_M**2))
    long = np.nonzero(chord > SHORT_M)[0]
    if len(long):
        length[long] = distances(lonlat[long], lonlat[long + 1])
    return length


def chords(xyz: Array) -> Array:
    """Return the straight distances between the neighbours of a run of points in space (n, 3), shape (n - 1,)."""
    step = np.diff(xyz, axis=0)
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", step, step)))


def area(geometry: Any) -> float:
    """Return the geodesic area in square metres of a polygon or multipolygon in longitude/latitude."""
    total = 0.0
    for polygon in shapely.get_parts(geometry):
        total += _ring_area(polygon.exterior) - sum(_ring_area(ring) for ring in polygon.interiors)
    return total


def _ring_area(ring: Any) -> float:
    lonlat = shapely.get_coordinates(ring)
    at_pole = np.abs(lonlat[:, 1]) == 90.0
    lonlat = lonlat[~(at_pole & np.roll(at_pole, 1))]  # a way along a pole has no length and no direction
    return abs(float(GEOD.polygon_area_perimeter(lonlat[:, 0], lonlat[:, 1])[0]))


def map_area(geometry: Any) -> float:
    """Return the area on the ellipsoid, m², of a polygon or multipolygon whose edges are straight in degrees.

    The ground between an edge and the equator is integrated over longitude, with the area of a quadrangle of J. P.
    Snyder, Map Projections: A Working Manual (1987), formula 3-12.

    Examples
    --------
    >>> round(map_area(shapely.box(-180, -90, 180, 90)) / 1e6)  # the Earth
    510065622
    """
    total = 0.0
    for polygon in shapely.get_parts(geometry):
        holes = sum(abs(_below(shapely.get_coordinates(ring))) for ring in polygon.interiors)
        total += abs(_below(shapely.get_coordinates(polygon.exterior))) - holes
    return total


def _below(lonlat: Array) -> float:
    """Return the signed area between a ring of straight edges and the equator, m²."""
    lon, lat = np.radians(lonlat.T)
    middle, half = (lat[1:] + lat[:-1]) / 2, np.diff(lat) / 2
    sine = np.sin(middle[:, None] + half[:, None] * MAP_NODES)
    e = np.sqrt(ECCENTRICITY2)
    height = (1 - ECCENTRICITY2) / 2 * (sine / (1 - ECCENTRICITY2 * sine**2) + np.arctanh(e * sine) / e)
    return float(SEMI_MAJOR_M**2 * ((height @ MAP_WEIGHTS) / 2 * np.diff(lon)).sum())


def densify(lonlat: Array, step_m: float, xyz: Array | None = None) -> Array:
    """Return the polyline with points added along its geodesic edges so that none is longer than ``step_m``.

    ``xyz`` are the earth-centred coordinates of the polyline, if they are known.
    """
    chord = chords(earth_centred(lonlat) if xyz is None else xyz)
    long = np.nonzero(chord > step_m * SURELY_SHORTER)[0]  # a geodesic costs ten times what its chord does
    if not len(long):
        return lonlat
    azimuth, _, length = inverse(lonlat[long], lonlat[long + 1])
    pieces = np.maximum(np.ceil(length / step_m - 1e-9).astype(int), 1)
    which = np.repeat(np.arange(len(long)), pieces - 1)
    position = counter(pieces - 1) + 1
    added = move(lonlat[long[which]], azimuth[which], length[which] * position / pieces[which])
    return np.insert(lonlat, long[which] + 1, added, axis=0)


def counter(counts: NDArray[Any]) -> Indices:
    """Return 0…count-1 for each count, one after the other.

    Examples
    --------
    >>> counter(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    starts = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) - np.repeat(starts, counts)


def _centre(xyz: Array) -> Array:
    """Return the direction from which points (n, 3) lie least far around the Earth: their middle, or an axis of it."""
    middle = (xyz.min(axis=0) + xyz.max(axis=0)) / 2
    directions = [middle, *np.eye(3), *-np.eye(3)] if _widest(xyz, middle) < WIDE_COSINE else [middle]
    best = max(directions, key=lambda direction: _widest(xyz, direction))
    if _widest(xyz, best) < WIDEST_COSINE:
        raise PlanError(*TOO_WIDE)
    return np.asarray(best)


def _widest(xyz: Array, direction: Array) -> float:
    """Return the cosine of the largest angle between points on the Earth and a direction, -1 for none."""
    length = float(np.linalg.norm(direction))
    if length <= 1.0 / SEMI_MAJOR_M:
        return -1.0
    # a product of matrices would wake a thread on every core
    return float(np.einsum("ij,j->i", xyz, direction).min() / (length * SEMI_MAJOR_M))


class LocalPlane:
    """The conformal plane of one plan: an oblique stereographic projection centred on the line, in metres.

    It holds poles and the antimeridian without a special case. Distances in it grow by ``scale``; everything that is
    delivered is measured on the ellipsoid.

    Parameters
    ----------
    lonlat : points whose middle becomes the centre, shape (n, 2)

    Raises
    ------
    PlanError : the points reach around the Earth, wherever the centre is put
    """

    def __init__(self, lonlat: Array) -> None:
        middle = _centre(earth_centred(lonlat))
        # rounded, so that a last digit of the input cannot change the plane
        self.lon_0 = round(float(np.degrees(np.arctan2(middle[1], middle[0]))), CENTRE_DECIMALS)
        self.lat_0 = round(float(np.degrees(np.arctan2(middle[2], np.hypot(middle[0], middle[1])))), CENTRE_DECIMALS)
        self._projection = Proj(proj="stere", lon_0=self.lon_0, lat_0=self.lat_0, ellps="WGS84", units="m")

    def shows(self, lonlat: Array) -> NDArray[np.bool_]:
        """Tell which points (n, 2) the plane has a place for: not those around the antipode of its centre."""
        centre = earth_centred(np.array([[self.lon_0, self.lat_0]]))[0]
        radius = float(np.linalg.norm(centre))
        return np.asarray(earth_centred(lonlat) @ (centre / radius) > FAR_SIDE * radius)

    def forward(self, lonlat: Array) -> Array:
        """Return plane coordinates in metres, shape (n, 2); raises `PlanError` for the antipode of the centre."""
        lon, lat = _columns(lonlat[:, 0], lonlat[:, 1])
        xy = np.column_stack(self._projection(lon, lat))
        if not np.isfinite(xy).all():
            raise PlanError(*TOO_WIDE)
        return xy

    def inverse(self, xy: Array) -> Array:
        """Return longitude/latitude in degrees, shape (n, 2)."""
        x, y = _columns(xy[:, 0], xy[:, 1])
        lonlat = np.column_stack(self._projection(x, y, inverse=True))
        lost = ~np.isfinite(lonlat).all(axis=1)
        if lost.any():  # PROJ does not find its way back from some places within millimetres of a pole
            pole = np.array([[self.lon_0, np.copysign(90.0, self.lat_0)]])
            if not (np.hypot(*(xy[lost] - self.forward(pole)).T) < AT_POLE_M).all():
                raise PlanError(*TOO_WIDE)
            lonlat[lost] = pole
        return lonlat

    def scale(self, xy: Array) -> Array:
        """Return plane metres per metre at plane points, on the sphere: 1 + (r / 2R)²; true to 0.4 %."""
        return np.asarray(1 + (xy**2).sum(axis=1) / (4 * MEAN_RADIUS_M**2))
