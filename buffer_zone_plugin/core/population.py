"""Persons who live in the zone: points that each stand for some of them, as a layer or the cells of a raster give them.

Points are longitude/latitude on WGS 84 (degrees), (n, 2), persons real numbers (n,).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .errors import PlanError
from .features import InputFeature, counted, parts_of
from .geodesy import Array, LocalPlane, earth_centred
from .rounding import largest_remainder, round_half_up
from .sectors.line_shares import locate

LAYER = "The layer of population"
FAR_SIDE = -0.9  # of the Earth's radius, along the axis through the plane's centre
MOST_SPOTS = 100_000  # for balancing; more are joined to cells, counts of persons use all


@dataclass(frozen=True)
class Population:
    """Points (n, 2), longitude/latitude, and the persons that each stands for (n,)."""

    lonlat: Array
    persons: Array


def population_of(features: Sequence[InputFeature], values: Sequence[Any]) -> tuple[Population, tuple[str, ...]]:
    """Return the population that a layer of points gives, and what was left out.

    Parameters
    ----------
    values : the persons at each feature, None or NaN where that is not known

    Raises
    ------
    PlanError : no features; a geometry that is no point; a number below 0, or a value that is none
    """
    if not features:
        raise PlanError(f"{LAYER} has no features", "Choose a layer of points with their persons, or none.")
    points, persons, unknown = [], [], 0
    for feature, value in zip(features, values):
        parts = parts_of(feature, f"{LAYER} holds", ("Point",))
        number = _persons(value, feature.feature_id)
        if number is None or not parts:
            unknown += 1
            continue
        points += parts
        persons += [number / len(parts)] * len(parts)
    lonlat = np.asarray(shapely.get_coordinates(points)).reshape(-1, 2)
    notes = (f"{LAYER}: {counted(unknown, 'point')} without a place or a number left out",) if unknown else ()
    return Population(lonlat, np.array(persons, dtype=np.float64)), notes


def _persons(value: Any, feature_id: int) -> float | None:
    """Return a number of persons, None if it is not known."""
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if np.isnan(number):
        return None
    if not (0 <= number < np.inf):
        raise PlanError(
            f"{LAYER} has the value {value!r}, which is no number of persons",
            "Choose a field with numbers of 0 or more.", f"feature {feature_id}",
        )
    return number


def spots_of(population: Population | None, ground: Any, plane: LocalPlane) -> tuple[Array, Array]:
    """Return points (n, 2) in the plane and their persons (n,), of those who live on some ground of the plane."""
    if population is None:
        return np.zeros((0, 2)), np.zeros(0)
    xy, persons = _inside(population, [ground], plane)
    if len(xy) <= MOST_SPOTS:
        return xy, persons
    low, size = xy.min(axis=0), np.ptp(xy, axis=0)
    side = max(float(np.sqrt(size[0] * size[1] / MOST_SPOTS)), float(size.max()) / MOST_SPOTS)
    column, row = np.floor((xy - low) / side).astype(np.int64).T
    _, cell = np.unique(column * (row.max() + 1) + row, return_inverse=True)
    held = np.bincount(cell, persons)
    weight = np.maximum(persons, np.finfo(float).tiny)
    middle = np.column_stack([np.bincount(cell, weight * xy[:, k]) for k in (0, 1)])
    return middle / np.bincount(cell, weight)[:, None], held.astype(np.float64)


def persons_by_part(population: Population, parts: Sequence[Any], plane: LocalPlane) -> tuple[int, ...]:
    """Return the whole persons who live in each of some parts (multipolygons in the plane) of the zone.

    They add up to the rounded total of those who live in the zone, by largest remainders.
    """
    xy, persons = _inside(population, parts, plane)
    held = np.bincount(locate(xy, parts), persons, len(parts)) if len(xy) else np.zeros(len(parts))
    return tuple(int(n) for n in largest_remainder(held, round_half_up(float(held.sum()))))


def _inside(population: Population, parts: Sequence[Any], plane: LocalPlane) -> tuple[Array, Array]:
    """Return those points, in the plane, that lie on some ground of it, and their persons."""
    centre = earth_centred(np.array([[plane.lon_0, plane.lat_0]]))[0]
    towards = earth_centred(population.lonlat) @ (centre / np.linalg.norm(centre))
    near = towards > FAR_SIDE * np.linalg.norm(centre)  # the plane has no place for what lies opposite
    xy = plane.forward(population.lonlat[near])
    held = np.zeros(len(xy), dtype=bool)
    for part in parts:
        shapely.prepare(part)
        held |= shapely.contains_xy(part, xy)
    return xy[held], population.persons[near][held]
