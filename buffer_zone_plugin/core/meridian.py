"""Where longitude begins again: what crosses ±180° or holds a pole becomes valid longitude/latitude.

Faces of the arrangement are cut along the antimeridian, and along the prime meridian too around a pole. On
the way out, vertices on the antimeridian get the longitude of their own side, and a vertex at a pole becomes the
stretch of the ±90° parallel between its neighbours. So polygons are split at ±180°, meet it exactly on both sides, and
are closed along it; the prime meridian vanishes again when faces are united.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import GRID, inner_points, on_grid, segments
from .geodesy import MEAN_RADIUS_M, Array, LocalPlane, earth_centred, wrap_longitude

HALF_TURN = 180.0  # degrees of longitude between neighbouring vertices: the ring went round the other way
POLE = 90.0
STEP_DEGREES = 1 / 256  # of latitude along a cut, 430 m: its chord in the plane is off by less than half the grid
AT_CUT_M = 3 * GRID  # how near to the antimeridian a vertex of a cut can have been rounded
SHARED_M = 0.2  # the same for one that faces on both sides have: a wall along it has chords of kilometres
NEAR_DEGREES = 1.0  # polygons that come nearer to ±180° or to a pole are looked into
ANTIPODE_COSINE = -0.98  # 168° from the centre: no zone reaches farther, and the plane's scale is 100 there
SOUTH_NORTH = (-POLE, POLE)


def cut_lines(plane: LocalPlane, outer: Any, walls: Sequence[Array] = ()) -> list[Array]:
    """Return the cuts (n, 2) in the plane that a zone needs: none, the antimeridian, or both meridians of a pole.

    Parameters
    ----------
    outer : the zone at its largest depth, polygon or multipolygon in the plane
    walls : polylines in the plane; where one runs along a meridian, the cut takes its vertices: no splinters between
    """
    filled = shapely.multipolygons([shapely.Polygon(p.exterior) for p in shapely.get_parts(outer)])
    poles = [lat for lat in SOUTH_NORTH if filled.intersects(shapely.points(_pole(plane, lat)))]
    if not poles and not _crosses(plane, outer):
        return []
    shapely.prepare(outer)
    lines = _near(_meridian(plane, HALF_TURN, walls), outer)
    if poles:  # one cut through a ring does not open it: both its sides belong to one face
        lines += _near(_meridian(plane, 0.0, walls), outer)
    return lines


def _pole(plane: LocalPlane, lat: float) -> Array:
    return np.asarray(plane.forward(np.array([[0.0, lat]]))[0])


def _crosses(plane: LocalPlane, outer: Any) -> bool:
    """Tell whether a ring of the zone jumps from one end of the longitudes to the other, or touches the end."""
    for ring in shapely.get_parts(shapely.boundary(outer)):
        lon = plane.inverse(shapely.get_coordinates(ring))[:, 0]
        if (np.abs(np.diff(lon)) > HALF_TURN).any():
            return True
    return False


def _meridian(plane: LocalPlane, lon: float, walls: Sequence[Array]) -> Array:
    """Return a meridian from pole to pole in the plane, without the part around the antipode of its centre."""
    lat = np.linspace(-POLE, POLE, round(2 * POLE / STEP_DEGREES) + 1)
    lonlat = np.column_stack([np.full(len(lat), lon), lat])
    towards = earth_centred(np.array([[plane.lon_0, plane.lat_0]]))[0] / MEAN_RADIUS_M
    cosine = earth_centred(lonlat) @ towards / MEAN_RADIUS_M
    lat = lat[cosine > ANTIPODE_COSINE]
    own, xy, xy_lat = np.ones(len(lat), dtype=bool), [np.zeros((0, 2))], [np.zeros(0)]
    for wall in walls:
        place = plane.inverse(wall)
        along = _edges_along(place, lon)
        low, high = (choose(place[:-1, 1], place[1:, 1])[along] for choose in (np.minimum, np.maximum))
        first, last = np.searchsorted(lat, low, side="left"), np.searchsorted(lat, high, side="right")
        covered = np.cumsum(np.bincount(first, minlength=len(lat) + 1) - np.bincount(last, minlength=len(lat) + 1))
        own &= covered[:-1] == 0
        shared = np.concatenate([along, [False]]) | np.concatenate([[False], along])
        xy.append(wall[shared])
        xy_lat.append(place[shared, 1])
    line = on_grid(plane.forward(np.column_stack([np.full(own.sum(), lon), lat[own]])))
    order = np.argsort(np.concatenate([lat[own], *xy_lat]), kind="stable")
    return _without_repeats(np.concatenate([line, *xy])[order])


def _edges_along(lonlat: Array, lon: float) -> NDArray[np.bool_]:
    """Tell which edges of a polyline (n, 2) lie on a meridian, both ends within a few cells of the grid."""
    away = np.abs(wrap_longitude(lonlat[:, 0] - lon)) * np.radians(MEAN_RADIUS_M) * np.cos(np.radians(lonlat[:, 1]))
    return np.asarray((away[1:] < AT_CUT_M) & (away[:-1] < AT_CUT_M))


def _near(line: Array, outer: Any) -> list[Array]:
    """Return the runs of a polyline whose edges meet an area or its rim, and one edge more at either end."""
    inside = shapely.contains_xy(outer, line)
    meets = inside[:-1] | inside[1:]
    rim, _ = segments([shapely.get_coordinates(ring) for ring in shapely.get_parts(shapely.boundary(outer))])
    meets[shapely.STRtree(segments([line])[0]).query(rim, predicate="intersects")[1]] = True
    meets[1:] |= meets[:-1].copy()
    meets[:-1] |= meets[1:].copy()
    edge = np.nonzero(meets)[0]
    if not len(edge):
        return []
    runs = np.split(edge, np.nonzero(np.diff(edge) > 1)[0] + 1)
    return [line[run[0] : run[-1] + 2] for run in runs]


def to_lonlat(polygons: NDArray[Any], plane: LocalPlane) -> NDArray[Any]:
    """Return plane polygons, cut by `cut_lines`, in valid longitude/latitude; equal vertices stay equal."""
    earth = shapely.transform(polygons, plane.inverse)
    bounds = shapely.bounds(earth)
    top, reach = np.abs(bounds[:, [1, 3]]).max(axis=1), np.abs(bounds[:, [0, 2]]).max(axis=1)
    special = np.nonzero((reach > HALF_TURN - NEAR_DEGREES) | (top > POLE - NEAR_DEGREES))[0]
    if not len(special):
        return earth
    rings, owner = shapely.get_rings(polygons[special], return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    lonlat = plane.inverse(xy)
    side = np.sign(plane.inverse(inner_points(polygons[special]))[:, 0])[owner[ring]]
    at_cut = _on_antimeridian(xy, lonlat, side)
    fixed = [_unwound(lonlat[ring == r], at_cut[ring == r]) for r in range(len(rings))]
    for number, index in enumerate(special):
        shell, *holes = (fixed[r] for r in np.nonzero(owner == number)[0])
        earth[index] = shapely.Polygon(shell, holes)
    return earth


def _on_antimeridian(xy: Array, lonlat: Array, side: Array) -> NDArray[np.bool_]:
    """Tell which vertices lie on the cut: those that faces on both sides of it have, or that have the wrong sign.

    ``side`` is the sign of the longitude of the face that a vertex belongs to.
    """
    near = np.nonzero(_away_from_cut(lonlat) < SHARED_M)[0]
    _, key = np.unique(xy[near], axis=0, return_inverse=True)
    key = key.reshape(-1)
    east, west = (np.bincount(key, side[near] == sign) > 0 for sign in (1, -1))
    on_cut = np.zeros(len(xy), dtype=bool)
    on_cut[near] = (east & west)[key] | (np.sign(lonlat[near, 0]) != side[near])
    return on_cut


def _unwound(ring: Array, at_cut: NDArray[np.bool_]) -> Array:
    """Return a closed ring whose vertices on the antimeridian lie on its own side, with the way along a pole."""
    lonlat = ring[:-1].copy()
    at_pole = (POLE - np.abs(lonlat[:, 1])) * np.radians(MEAN_RADIUS_M) < AT_CUT_M
    at_cut = at_cut[:-1] & ~at_pole
    plain = np.nonzero(~at_cut & ~at_pole)[0]
    if not len(plain):
        return ring
    lonlat = np.roll(lonlat, -plain[0], axis=0)  # begins and ends with a plain vertex
    at_pole, at_cut = np.roll(at_pole, -plain[0]), np.roll(at_cut, -plain[0])
    run = np.cumsum(~at_cut)  # vertices on the cut belong to the run of the plain or polar one before them
    before = np.sign(lonlat[~at_cut, 0])[run - 1]
    polar_before = at_pole[~at_cut][run - 1]
    after = np.sign(np.append(lonlat[~at_cut, 0], lonlat[0, 0]))[run]
    lonlat[:, 0] = np.where(at_cut, np.where(polar_before, after, before) * HALF_TURN, lonlat[:, 0])
    for index in np.nonzero(at_pole)[0][::-1]:
        neighbours = lonlat[[index - 1, (index + 1) % len(lonlat)], 0]
        pole = np.column_stack([neighbours, np.full(2, np.copysign(POLE, lonlat[index, 1]))])
        lonlat = np.concatenate([lonlat[:index], pole, lonlat[index + 1 :]])
    return _without_repeats(np.concatenate([lonlat, lonlat[:1]]))


def split_line(lonlat: Array) -> list[Array]:
    """Return a polyline in longitude/latitude as parts that do not jump across ±180°, each closed at it.

    Edges are cut where the straight map line crosses; polylines dense enough to be drawn straight are meant. Vertices
    at ±180° keep the side of those before them, at the start that of those after them, and +180° if all lie there.

    Examples
    --------
    >>> [part.tolist() for part in split_line(np.array([[179.0, 10.0], [-179.0, 12.0]]))]
    [[[179.0, 10.0], [180.0, 11.0]], [[-180.0, 11.0], [-179.0, 12.0]]]
    """
    lonlat = lonlat.copy()
    end = _away_from_cut(lonlat) < AT_CUT_M
    lonlat[end, 0] = _side_of_neighbour(lonlat[:, 0], end)[end] * HALF_TURN
    step = np.diff(lonlat[:, 0])
    jump = np.nonzero(np.abs(step) > HALF_TURN)[0]
    if not len(jump):
        return [lonlat]
    side = np.where(step[jump] < 0, HALF_TURN, -HALF_TURN)  # eastwards across +180, or westwards across -180
    share = (side - lonlat[jump, 0]) / np.where(end[jump], 1.0, step[jump] + 2 * side)
    lat = lonlat[jump, 1] + (lonlat[jump + 1, 1] - lonlat[jump, 1]) * share
    crossing = np.stack([np.column_stack([side, lat]), np.column_stack([-side, lat])], axis=1).reshape(-1, 2)
    with_crossings = np.insert(lonlat, np.repeat(jump + 1, 2), crossing, axis=0)
    parts = np.split(with_crossings, jump + 2 + 2 * np.arange(len(jump)))
    return [part for part in map(_without_repeats, parts) if len(part) > 1]


def _side_of_neighbour(lon: Array, end: NDArray[np.bool_]) -> Array:
    """Return the sign of the last longitude up to each that is not at the end, else of the first, else 1."""
    plain = np.nonzero(~end)[0]
    if not len(plain):
        return np.ones(len(lon))
    before = np.searchsorted(plain, np.arange(len(lon)), side="right") - 1
    return np.sign(lon[plain[np.maximum(before, 0)]])


def _away_from_cut(lonlat: Array) -> Array:
    """Return how far points lie from the antimeridian, metres along the parallel."""
    lon, lat = lonlat.T
    return np.asarray((HALF_TURN - np.abs(lon)) * np.radians(MEAN_RADIUS_M) * np.cos(np.radians(lat)))


def _without_repeats(lonlat: Array) -> Array:
    return lonlat[np.concatenate([[True], (np.diff(lonlat, axis=0) != 0).any(axis=1)])]
