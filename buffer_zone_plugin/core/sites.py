"""Crossing points and roads as a user gives them, and what of them lies in a zone.

Geometries are longitude/latitude on WGS 84 (degrees), lengths metres on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from .arrangement import segments
from .clip import edges_near
from .errors import PlanError
from .features import InputFeature, counted, parts_of
from .geodesy import Array, Indices, LocalPlane, counter, distances

CROSSINGS, ROADS = "The layer of crossings", "The layer of roads"
ROAD_STEP_M = 200.0  # a road counts by pieces so long, each where its middle lies
MOST_PIECES = 2_000_000  # more, and the pieces are longer
SAME_PLACE_DEGREES = 1e-6  # 0.1 m
NO_CROSSINGS = np.zeros((0, 2))


def crossings_of(features: Sequence[InputFeature]) -> tuple[Array, tuple[str, ...]]:
    """Return the crossing points of a layer, longitude/latitude (n, 2), and what was left out.

    Raises
    ------
    PlanError : no features, or a geometry that is no point
    """
    if not features:
        raise PlanError(f"{CROSSINGS} has no features", "Choose a layer of points, or none.")
    parts = [part for feature in features for part in parts_of(feature, f"{CROSSINGS} holds", ("Point",))]
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


def roads_of(features: Sequence[InputFeature]) -> tuple[Any, ...]:
    """Return the roads of a layer as single lines.

    Raises
    ------
    PlanError : no features, or a geometry that is no line
    """
    if not features:
        raise PlanError(f"{ROADS} has no features", "Choose a layer of lines, or none.")
    return tuple(
        part for feature in features for part in parts_of(feature, f"{ROADS} holds", ("LineString", "LinearRing"))
    )


def road_pieces(roads: Sequence[Any], ground: Any, plane: LocalPlane) -> tuple[Array, Array]:
    """Return the roads on some ground of the plane as short pieces: their middles there (n, 2), and lengths (n,), m.

    A stretch that comes twice, as lanes drawn apart, counts twice.
    """
    return pieces_of(roads, ground, plane, ROAD_STEP_M)


def pieces_of(lines: Sequence[Any], ground: Any, plane: LocalPlane, step_m: float) -> tuple[Array, Array]:
    """Return the lines on some ground of the plane as pieces of at most ``step_m``: middles (n, 2) and lengths (n,), m.

    Longer pieces where there would be more than `MOST_PIECES`.
    """
    nothing = np.zeros((0, 2)), np.zeros(0)
    if not lines:
        return nothing
    edges, _ = segments([shapely.get_coordinates(line) for line in lines])
    start, end = edges_near(edges, plane, ground)
    if not len(start):
        return nothing
    length = distances(start, end)
    step = max(step_m, float(length.sum()) / MOST_PIECES)
    pieces = np.maximum(np.ceil(length / step), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(pieces)), pieces)
    share = (counter(pieces) + 0.5) / pieces[edge]
    lonlat = start[edge] + (end - start)[edge] * share[:, None]
    shown = plane.shows(lonlat)
    middle, weight = plane.forward(lonlat[shown]), (length / pieces)[edge][shown]
    shapely.prepare(ground)
    inside = shapely.intersects_xy(ground, middle)
    return middle[inside], weight[inside]


def counts(sector: Indices, count: int) -> Indices:
    """Return how many points lie in each of so many sectors, given the sector of each, from 0."""
    return np.bincount(sector, minlength=count).astype(np.int64)
