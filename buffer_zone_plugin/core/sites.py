"""Crossing points and roads as a user gives them, and what of them lies in a zone.

Geometries are longitude/latitude on WGS 84 (degrees), lengths metres on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from .clip import ends_near
from .errors import PlanError
from .features import InputFeature, counted, parts_of, told_km
from .geodesy import Array, Indices, LocalPlane, counter, distances
from .spots import joined

CROSSINGS, ROADS = "The layer of crossings", "The layer of roads"
ROAD_STEP_M = 200.0  # a road counts by pieces so long, each where its middle lies
FEW_ROADS = 0.25  # of the tracks that show the whole zone
MOST_PIECES = 2_000_000
MOST_SPOTS = 200_000  # of roads: more are joined to cells
SAME_PLACE_DEGREES = 1e-6  # 0.1 m
NO_CROSSINGS = np.zeros((0, 2))


def crossings_of(features: Sequence[InputFeature]) -> tuple[Array, tuple[str, ...]]:
    """Return the crossing points of a layer, longitude/latitude (n, 2), and what was left out.

    Raises
    ------
    PlanError : no points, or a geometry that is none
    """
    parts = [part for feature in features for part in parts_of(feature, f"{CROSSINGS} holds", ("Point",))]
    if not parts:
        raise PlanError(f"{CROSSINGS} has no points", "Choose a layer of points, or none.")
    lonlat = np.asarray(shapely.get_coordinates(parts)).reshape(-1, 2)
    _, first = np.unique(np.round(lonlat / SAME_PLACE_DEGREES), axis=0, return_index=True)
    empty, twice = sum(feature.empty for feature in features), len(lonlat) - len(first)
    notes = [f"{CROSSINGS}: {counted(empty, 'feature')} without a place left out"] if empty else []
    if twice:
        notes.append(f"{CROSSINGS}: {counted(twice, 'point')} at the place of another counted once")
    return lonlat[np.sort(first)], tuple(notes)


def crossings_in(crossings: Array | None, ground: Any, plane: LocalPlane) -> tuple[Array, tuple[str, ...]]:
    """Return the crossings that lie on some ground of the plane, longitude/latitude, and how many do not."""
    if crossings is None:
        return NO_CROSSINGS, ()
    shown = crossings[plane.shows(crossings)]
    shapely.prepare(ground)
    inside = shown[shapely.intersects_xy(ground, plane.forward(shown))]
    outside = len(crossings) - len(inside)
    are = "lies outside the zone and takes" if outside == 1 else "lie outside the zone and take"
    told = f"{counted(outside, 'crossing')} of {len(crossings)} {are} no staff"
    return inside, (told,) if outside else ()


def roads_of(features: Sequence[InputFeature]) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """Return the roads of a layer as single lines, and what was left out.

    Raises
    ------
    PlanError : no lines, or a geometry that is none
    """
    roads = tuple(
        part for feature in features for part in parts_of(feature, f"{ROADS} holds", ("LineString", "LinearRing"))
    )
    if not roads:
        raise PlanError(f"{ROADS} has no lines", "Choose a layer of lines, or none.")
    empty = sum(feature.empty for feature in features)
    return roads, (f"{ROADS}: {counted(empty, 'feature')} without a line left out",) if empty else ()


def road_pieces(roads: Sequence[Any], ground: Any, plane: LocalPlane) -> tuple[Array, Array]:
    """Return the roads on some ground of the plane as short pieces: their middles there (n, 2), and lengths (n,), m.

    An edge that is there twice counts once; lanes that are drawn apart count each. Where there are very many pieces,
    neighbours are joined.
    """
    ends = _ends(roads)
    turned = (ends[:, 0, 0] > ends[:, 1, 0]) | ((ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1]))
    ends[turned] = ends[turned][:, ::-1]
    once = np.unique(ends.reshape(-1, 4), axis=0).reshape(-1, 2, 2)
    return joined(*_pieces(once, ground, plane, ROAD_STEP_M), MOST_SPOTS)


def told_of_roads(road_m: float | None, area_m2: float, values: Mapping[str, float]) -> tuple[str, ...]:
    """Say how far patrols drive on the roads of a zone, and warn where that is little for its area.

    Parameters
    ----------
    road_m : length of the roads in the zone, metres; None where no roads were given
    area_m2 : of the zone, square metres
    values : central values; uses ``observation_halfwidth``, km
    """
    if road_m is None:
        return ()
    if road_m <= 0:
        return ("No road of the layer lies in the zone: patrols are counted by area, as without roads",)
    tracks_m = area_m2 / (2 * values["observation_halfwidth"] * 1e3)
    if road_m >= FEW_ROADS * tracks_m:
        return ()
    return (
        f"The roads in the zone are {told_km(road_m)}, where seeing all of it takes {told_km(tracks_m)} of tracks: "
        "patrols that keep to these roads see little of it",
    )


def pieces_of(lines: Sequence[Any], ground: Any, plane: LocalPlane, step_m: float) -> tuple[Array, Array]:
    """Return lines on some ground of the plane as pieces of at most ``step_m``: middles (n, 2) and lengths (n,), m.

    Pieces are longer where there would be more than `MOST_PIECES` beside those that the vertices make.
    """
    return _pieces(_ends(lines), ground, plane, step_m)


def _ends(lines: Sequence[Any]) -> Array:
    """Return the ends of all edges of some lines, longitude/latitude, (n, 2, 2)."""
    lonlat, owner = shapely.get_coordinates(lines, return_index=True)
    same = owner[1:] == owner[:-1]
    return np.stack([lonlat[:-1][same], lonlat[1:][same]], axis=1)


def _pieces(ends: Array, ground: Any, plane: LocalPlane, step_m: float) -> tuple[Array, Array]:
    """Return edges on some ground of the plane as pieces: their middles (n, 2) and lengths (n,), metres."""
    start, end = ends_near(ends, plane, ground) if len(ends) else (NO_CROSSINGS, NO_CROSSINGS)
    if not len(start):
        return np.zeros((0, 2)), np.zeros(0)
    length = distances(start, end)
    step = max(step_m, float(length.sum()) / MOST_PIECES)
    pieces = np.maximum(np.ceil(length / step), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(pieces)), pieces)
    share = (counter(pieces) + 0.5) / pieces[edge]
    lonlat = start[edge] + (end - start)[edge] * share[:, None]
    shown = plane.shows(lonlat)
    middle, weight = plane.forward(lonlat[shown]), (length / pieces)[edge][shown]
    shapely.prepare(ground)
    inside = shapely.intersects_xy(ground, middle) & (weight > 0)
    return middle[inside], weight[inside]


def counts(sector: Indices, count: int) -> Indices:
    """Return how many points lie in each of so many sectors, given the sector of each, from 0."""
    return np.bincount(sector, minlength=count).astype(np.int64)
