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
from .geodesy import Array, LocalPlane
from .rounding import largest_remainder, round_half_up
from .spots import joined
from .unit_layer import first_holding

LAYER, RASTER = "The layer of population", "The raster of population"
LEAST_COVERED = 0.97  # of the zone: less is told
MOST_SPOTS = 100_000  # for balancing; more are joined to cells, counts of persons use all


@dataclass(frozen=True)
class Population:
    """Points (n, 2), longitude/latitude, and the persons that each stands for (n,).

    ``known`` are points (m, 2), and the ground, m², of each (m,), where it is known how many persons live, though it be
    nobody: the cells of a raster that hold a value. None where nothing tells, as for a layer of points.
    """

    lonlat: Array
    persons: Array
    known: tuple[Array, Array] | None = None


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
    return joined(*_inside(population, ground, plane), MOST_SPOTS)


def known_ground(population: Population | None, ground: Any, plane: LocalPlane) -> float | None:
    """Return on how much of some ground of the plane it is known who lives there, m²; None if nothing tells."""
    if population is None or population.known is None:
        return None
    return float(_inside(Population(*population.known), ground, plane)[1].sum())


def covered_share(known_m2: float | None, area_m2: float) -> float | None:
    """Return the share, 0…1, of a zone on which it is known who lives there; None if nothing tells."""
    return None if known_m2 is None else min(known_m2 / area_m2, 1.0)


def living(persons: Sequence[int | None]) -> int | None:
    """Return how many persons live in some parts together, None if there are none or one of them is not known.

    Examples
    --------
    >>> living([3, 4]), living([0]), living([3, None]), living([])
    (7, 0, None, None)
    """
    known = [number for number in persons if number is not None]
    return sum(known) if known and len(known) == len(persons) else None


def told_of(persons: Sequence[int | None], covered: float | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return notes and warnings on the persons in the parts of a zone, None where they are not known."""
    whole = living(persons)
    notes = () if whole is None else (f"Inhabitants of the zone: {whole:,}",)
    if covered is None or covered >= LEAST_COVERED:
        return notes, ()
    if whole is None:
        return notes, (f"{RASTER} holds no values in the zone: how many persons live there is not known",)
    return notes, (f"{RASTER} covers {_percent(covered)} of the zone; nobody is counted on the rest",)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else "less than 1 %"


def persons_by_part(population: Population, parts: Sequence[Any], plane: LocalPlane) -> tuple[int, ...]:
    """Return the whole persons who live in each of some parts (multipolygons in the plane) of the zone.

    They add up to the rounded total of those who live in the zone, by largest remainders.
    """
    xy, persons = _shown(population, plane)
    part = first_holding(xy, parts)
    held = np.bincount(part[part >= 0], persons[part >= 0], len(parts))
    return tuple(int(n) for n in largest_remainder(held, round_half_up(float(held.sum()))))


def _inside(population: Population, ground: Any, plane: LocalPlane) -> tuple[Array, Array]:
    """Return those points, in the plane, that lie on some ground of it, and their persons."""
    xy, persons = _shown(population, plane)
    shapely.prepare(ground)
    held = shapely.contains_xy(ground, xy)
    return xy[held], persons[held]


def _shown(population: Population, plane: LocalPlane) -> tuple[Array, Array]:
    """Return the points that the plane can show, in it, and their persons."""
    near = plane.shows(population.lonlat)
    return plane.forward(population.lonlat[near]), population.persons[near]
