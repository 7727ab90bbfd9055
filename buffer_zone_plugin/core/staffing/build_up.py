"""The task build-up: what posts, patrols, crossings, reserve, units and support take, by sector and component.

The formulas, a worked example and their sources: ``docs/staffing.md``. Persons are real numbers here; the model rounds
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Union

import numpy as np
from numpy.typing import NDArray

from ..errors import PlanError
from ..rounding import largest_remainder, round_half_up

COMPONENTS = ("posts", "patrols", "crossings", "reserve", "unit", "support")
POST_NOISE = 1e-6  # of a spacing: floating noise in a line's length must not add a post

Number = Union[float, NDArray[np.float64]]
Values = Mapping[str, Number]


@dataclass(frozen=True, eq=False)
class SectorInputs:
    """What the model needs of each sector.

    Parameters
    ----------
    line_km : length of the contact line on the ellipsoid, shape (n,)
    area_km2 : area of the zone on the ellipsoid, shape (n,)
    posts : posts in the sector, manned ones and sensors together, integers, shape (n,)
    crossings : crossing points, integers, shape (n,)
    road_km : length of the roads that patrols are to drive, shape (n,); None where no roads are given

    Raises
    ------
    PlanError : no sectors, different numbers of them, or values that are negative or not finite
    """

    line_km: NDArray[np.float64]
    area_km2: NDArray[np.float64]
    posts: NDArray[np.int64]
    crossings: NDArray[np.int64]
    road_km: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        """Check the values and keep them as arrays of their own kind."""
        kinds = [("line_km", float), ("area_km2", float), ("posts", int), ("crossings", int)]
        for name, kind in (*kinds, *([("road_km", float)] if self.road_km is not None else [])):
            given = np.asarray(getattr(self, name), dtype=np.float64)
            if given.ndim != 1 or given.size == 0 or given.shape != np.shape(self.line_km):
                raise PlanError(f"Staffing needs one value of {name} for each sector", "Give lists of equal length.")
            if not np.all(np.isfinite(given)) or np.any(given < 0):
                raise PlanError(f"A sector's {name} is negative or not a number", "Give 0 or more.")
            if kind is int and np.any(given != np.floor(given)):
                raise PlanError(f"A sector's {name} is not a whole number", "Give whole numbers.")
            object.__setattr__(self, name, given.astype(np.int64 if kind is int else np.float64))

    @property
    def whole(self) -> SectorInputs:
        """All sectors as one."""
        return SectorInputs(
            self.line_km.sum(keepdims=True), self.area_km2.sum(keepdims=True), self.posts.sum(keepdims=True),
            self.crossings.sum(keepdims=True), None if self.road_km is None else self.road_km.sum(keepdims=True),
        )


def post_count(line_km_total: float, values: Mapping[str, float]) -> int:
    """Return the number of posts of the whole line, manned ones and sensors together: one ceil, never per sector.

    Parameters
    ----------
    line_km_total : length of the whole contact line, km
    values : central values; uses ``n_lines`` and ``op_spacing`` (km)

    Examples
    --------
    >>> post_count(1200.0, {"n_lines": 1, "op_spacing": 17.5})
    69
    """
    return int(posts_needed(line_km_total, values))


def posts_needed(line_km: float, values: Values) -> Number:
    """Return the ceil of lines * length (km) / spacing, forgiving floating noise; of one set of values or of draws."""
    return np.maximum(np.ceil(values["n_lines"] * line_km / values["op_spacing"] - POST_NOISE), 0.0)


def sensor_counts(posts: NDArray[np.int64], sensor_share: float) -> NDArray[np.int64]:
    """Return how many of each sector's posts are sensors: the total rounded half up once, then largest remainders.

    Parameters
    ----------
    posts : posts in each sector, shape (n,)
    sensor_share : share of all posts, 0…1

    Examples
    --------
    >>> sensor_counts(np.array([3, 5, 2]), 0.45)
    array([1, 3, 1])
    """
    return largest_remainder(posts, round_half_up(sensor_share * int(np.sum(posts))))


def post_strength(kind: str, values: Mapping[str, float]) -> tuple[int, float]:
    """Return the persons on watch and on strength of one post.

    Parameters
    ----------
    kind : ``op``, ``sensor`` or ``crossing``
    values : central values

    Examples
    --------
    >>> post_strength("op", {"op_watch": 3, "shift_factor": 4.0})
    (3, 12.0)
    """
    if kind == "sensor":
        return 0, float(values["sensor_operator"])
    watch = values["op_watch" if kind == "op" else "crossing_watch"]
    return round_half_up(watch), watch * values["shift_factor"]


def patrols_per_day(line_km: Number, area_km2: Number, values: Values, road_km: Number | None = None) -> Number:
    """Return the patrols per day, a real number: those along the lines and those through the area.

    Patrols through the area drive as many km as it takes to see all of it once in ``area_revisit`` days; where roads
    are given, they drive each road once in that time instead.

    Parameters
    ----------
    line_km, area_km2, road_km : of each sector, or of the whole zone
    values : parameters; numbers, or arrays of draws that broadcast with the above
    """
    along = values["passes_per_day"] * values["n_lines"] * line_km
    tracks = area_km2 / (2 * values["observation_halfwidth"]) if road_km is None else road_km
    return (along + tracks / values["area_revisit"]) / values["patrol_km"]


def post_persons(manned: Number, sensors: Number, values: Values) -> Number:
    """Return the persons of manned posts, their temporary posts, and sensor posts."""
    temporary = values["temp_posts"] * values["temp_post_persons"]
    return manned * (values["op_watch"] * values["shift_factor"] + temporary) + sensors * values["sensor_operator"]


def patrol_persons(patrols_day: Number, values: Values) -> Number:
    """Return the persons that so many patrols per day take; absence is inside ``patrol_utilisation``."""
    return patrols_day * values["patrol_crew"] * values["patrol_day_fraction"] / values["patrol_utilisation"]


def overheads(operations: Number, values: Values) -> tuple[Number, Number, Number]:
    """Return reserve, units' own command and support, and mission support on top of persons in operations.

    ``unit_overhead`` and ``mission_support_share`` are shares of the result, hence ``1 / (1 - share)``.
    """
    reserve = operations * values["reserve_share"]
    unit = (operations + reserve) * values["unit_overhead"] / (1 - values["unit_overhead"])  # never below 0 by noise
    in_units = operations + reserve + unit
    return reserve, unit, in_units * values["mission_support_share"] / (1 - values["mission_support_share"])


def build_up(
    manned: Number, sensors: Number, patrols_day: Number, crossings: Number, values: Values,
) -> tuple[Number, ...]:
    """Return the six components in the order of `COMPONENTS`; of sectors or of draws, whatever broadcasts."""
    posts, patrols = post_persons(manned, sensors, values), patrol_persons(patrols_day, values)
    crossing = crossings * values["crossing_watch"] * values["shift_factor"]
    return posts, patrols, crossing, *overheads(posts + patrols + crossing, values)


def components(inputs: SectorInputs, values: Mapping[str, float]) -> NDArray[np.float64]:
    """Return real persons by sector and component; their sum is the central zone force before rounding.

    Parameters
    ----------
    inputs : the sectors
    values : central value of every zone parameter

    Returns
    -------
    Persons, shape (n, 6), in the order of `COMPONENTS`; each column is its own part, so that a row adds up to the
    sector.

    Notes
    -----
    Absence is inside ``shift_factor`` and ``patrol_utilisation`` and is not applied again.
    """
    sensors = sensor_counts(inputs.posts, values["sensor_share"])
    manned, unmanned, crossings = (
        counts.astype(np.float64) for counts in (inputs.posts - sensors, sensors, inputs.crossings)
    )
    patrols = patrols_per_day(inputs.line_km, inputs.area_km2, values, inputs.road_km)
    return np.asarray(np.stack(build_up(manned, unmanned, patrols, crossings, values), axis=1), dtype=np.float64)


@dataclass(frozen=True)
class UnitStaff:
    """Persons of the zone force that each unit of what a sector holds takes; the model is linear in them."""

    line_km: float
    area_km2: float
    road_km: float
    post: float
    crossing: float


def staff_per_unit(values: Mapping[str, float], by_roads: bool = False) -> UnitStaff:
    """Return the persons that a km of line, a km² of ground, a km of road, a post and a crossing take.

    A mixture of these measures in these proportions is what a sector's staff follows. A post counts with the mean of
    manned ones and sensors.

    Parameters
    ----------
    values : central values
    by_roads : whether roads are given, instead of the ground, for the patrols through the area
    """
    def total(manned: float = 0.0, sensors: float = 0.0, patrols: Number = 0.0, crossings: float = 0.0) -> float:
        return float(sum(build_up(manned, sensors, patrols, crossings, values)))

    share = values["sensor_share"]
    return UnitStaff(
        line_km=total(patrols=patrols_per_day(1.0, 0.0, values)),
        area_km2=0.0 if by_roads else total(patrols=patrols_per_day(0.0, 1.0, values)),
        road_km=total(patrols=patrols_per_day(0.0, 0.0, values, 1.0)) if by_roads else 0.0,
        post=total(manned=1 - share, sensors=share),
        crossing=total(crossings=1.0),
    )
