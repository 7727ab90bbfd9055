"""Persons by sector and component: the task build-up model of posts, patrols, crossings, reserve and support."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Union

import numpy as np
from numpy.typing import NDArray

from ..errors import PlanError
from ..rounding import largest_remainder, largest_remainder_between, round_half_up
from .parameters import FIXED, MAX_SHARE, SHARES, ZONE_PARAMETERS, Parameter
from .postures import Posture, central_values

COMPONENTS = ("posts", "patrols", "crossings", "reserve", "unit", "support")

POST_NOISE = 1e-6  # of a spacing: floating noise in a line's length must not add a post
PERSON_NOISE = 1e-9  # the same for a person
WEEKS_PER_YEAR = 52
DRAWS = 20_000
SEED = 7
PERCENTILES = (5.0, 95.0)

Number = Union[float, NDArray[np.float64]]
Values = Mapping[str, Number]


@dataclass(frozen=True)
class PersonRange:
    """A whole number of persons: low, central, high."""

    low: int
    central: int
    high: int


@dataclass(frozen=True)
class Staffing:
    """The zone force.

    Parameters
    ----------
    low, central, high : persons, integers, shape (sectors, components) in the order of `COMPONENTS`
    patrols_day : patrols per day and sector, real numbers, shape (sectors,)
    training, pool : the training mission, and the national pool that rotation needs; never part of the zone force
    """

    low: NDArray[np.int64]
    central: NDArray[np.int64]
    high: NDArray[np.int64]
    patrols_day: NDArray[np.float64]
    training: PersonRange
    pool: PersonRange

    @property
    def total(self) -> PersonRange:
        """The zone force: the sum of all sectors and components."""
        return PersonRange(int(self.low.sum()), int(self.central.sum()), int(self.high.sum()))

    def sector(self, index: int) -> PersonRange:
        """Return the persons of the sector at position ``index`` (from 0)."""
        return PersonRange(int(self.low[index].sum()), int(self.central[index].sum()), int(self.high[index].sum()))


@dataclass(frozen=True, eq=False)
class SectorInputs:
    """What the model needs of each sector.

    Parameters
    ----------
    line_km : length of the contact line on the ellipsoid, shape (n,)
    area_km2 : area of the zone on the ellipsoid, shape (n,)
    posts : posts in the sector, manned ones and sensors together, integers, shape (n,)
    crossings : crossing points, integers, shape (n,)

    Raises
    ------
    PlanError : no sectors, different numbers of them, or values that are negative or not finite
    """

    line_km: NDArray[np.float64]
    area_km2: NDArray[np.float64]
    posts: NDArray[np.int64]
    crossings: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Check the values and keep them as arrays of their own kind."""
        for name, kind in (("line_km", float), ("area_km2", float), ("posts", int), ("crossings", int)):
            given = np.asarray(getattr(self, name), dtype=np.float64)
            if given.ndim != 1 or given.size == 0 or given.shape != np.shape(self.line_km):
                raise PlanError(f"Staffing needs one value of {name} for each sector", "Give lists of equal length.")
            if not np.all(np.isfinite(given)) or np.any(given < 0):
                raise PlanError(f"A sector's {name} is negative or not a number", "Give 0 or more.")
            if kind is int and np.any(given != np.floor(given)):
                raise PlanError(f"A sector's {name} is not a whole number", "Give whole numbers.")
            object.__setattr__(self, name, given.astype(np.int64 if kind is int else np.float64))


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
    return int(_posts_needed(line_km_total, values))


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


def patrols_per_day(line_km: Number, area_km2: Number, values: Values) -> Number:
    """Return the patrols per day, a real number: those along the lines and those through the area.

    Parameters
    ----------
    line_km, area_km2 : of each sector, or of the whole zone
    values : parameters; numbers, or arrays of draws that broadcast with the above
    """
    along = values["passes_per_day"] * values["n_lines"] * line_km
    through = area_km2 / (2 * values["observation_halfwidth"]) / values["area_revisit"]
    return (along + through) / values["patrol_km"]


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
    Absence is inside ``shift_factor`` and ``patrol_utilisation`` and is not applied again. ``unit_overhead`` and
    ``mission_support_share`` are shares of the result, hence ``1 / (1 - share)``.
    """
    sensors = sensor_counts(inputs.posts, values["sensor_share"])
    manned, unmanned, crossings = (
        counts.astype(np.float64) for counts in (inputs.posts - sensors, sensors, inputs.crossings)
    )
    parts = _build_up(inputs.line_km, inputs.area_km2, manned, unmanned, crossings, values)
    return np.asarray(np.stack(parts, axis=1), dtype=np.float64)


def staff_per_unit(values: Mapping[str, float]) -> tuple[float, float, float]:
    """Return the persons that a km of line, a km² of ground and a post take, of the central zone force.

    The model is linear in them, so a mixture of these measures in these proportions is what a sector's staff follows.
    A post counts with the mean of manned ones and sensors.

    Parameters
    ----------
    values : central values
    """
    sensors = values["sensor_share"]
    inputs = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1 - sensors, sensors))
    line, area, post = (float(sum(_build_up(*one, 0.0, values))) for one in inputs)
    return line, area, post


def shared_within(staffing: Staffing, parts: SectorInputs, sector_of: NDArray[np.int64], values: Mapping[str, float],
) -> tuple[PersonRange, ...]:
    """Return the persons of parts of sectors: those of each sector shared by the build-up of its parts.

    Parameters
    ----------
    staffing : of the sectors
    parts : what the model needs of each part
    sector_of : the sector of each part, from 0
    values : central values
    """
    weights = components(parts, values).sum(axis=1)
    found: list[PersonRange] = []
    for sector in range(len(staffing.central)):
        own, total = weights[sector_of == sector], staffing.sector(sector)
        central = largest_remainder(own, total.central)
        low = largest_remainder_between(own, total.low, upper=central)
        high = largest_remainder_between(own, total.high, lower=central)
        found += [PersonRange(*map(int, row)) for row in zip(low, central, high)]
    return tuple(found)


def zone_draws(inputs: SectorInputs, posture: Posture, catalogue: Mapping[str, Parameter]) -> NDArray[np.float64]:
    """Return the totals of the zone force under random parameters inside the posture, shape (`DRAWS`,).

    Each parameter is triangular about the posture's own central value, with the catalogue's range in proportion to
    it (`parameter_range`). One draw holds for all sectors (fully correlated), so only totals are drawn. The posts of
    a draw are the ceil of ``n_lines * line / op_spacing``; the sensors among them are a real number. The seed is
    always the same: the same input gives the same range.
    """
    uniform = np.random.default_rng(SEED).random((len(ZONE_PARAMETERS), DRAWS))
    drawn: dict[str, Number] = {
        name: _triangular(uniform[row], *parameter_range(name, posture, catalogue))
        for row, name in enumerate(ZONE_PARAMETERS)
    }
    line_km, area_km2 = float(inputs.line_km.sum()), float(inputs.area_km2.sum())
    posts = _posts_needed(line_km, drawn)
    sensors = posts * drawn["sensor_share"]
    parts = _build_up(line_km, area_km2, posts - sensors, sensors, float(inputs.crossings.sum()), drawn)
    return np.asarray(sum(parts), dtype=np.float64)


def parameter_range(
    name: str, posture: Posture, catalogue: Mapping[str, Parameter],
) -> tuple[float, float, float]:
    """Return the smallest, most likely and largest value of a parameter inside a posture.

    The posture's own range if it has one, else the catalogue's low and high, times posture's central / catalogue's
    central; a parameter that is 0 in the catalogue's centre has no proportion and keeps the catalogue's low and high.
    What is `FIXED` has no range. Shares stay at or below `MAX_SHARE`.
    """
    parameter = catalogue[name]
    central = posture.values.get(name, parameter.central)
    if name in FIXED:
        return central, central, central
    scale = central / parameter.central if parameter.central > 0 else 1.0
    ends = [central, *posture.ranges.get(name, (parameter.low * scale, parameter.high * scale))]
    if name in SHARES:
        ends = [min(end, MAX_SHARE) for end in ends]
    return min(ends), ends[0], max(ends)


def training_staff(trainees_per_year: int, catalogue: Mapping[str, Parameter]) -> PersonRange:
    """Return the staff of the training mission, a line of its own beside the zone force.

    Persons = trainees per year * course weeks / 52 / trainees per staff, rounded up. The range is that of the
    trainees per staff; the length of the course is a choice and stays central.

    Raises
    ------
    PlanError : the number of trainees is negative
    """
    if trainees_per_year < 0:
        raise PlanError(f"{trainees_per_year} trainees per year were asked for", "Give 0 or more.")
    in_course = trainees_per_year * catalogue["course_weeks"].central / WEEKS_PER_YEAR
    ratio = catalogue["trainees_per_trainer_staff"]
    return PersonRange(*(math.ceil(in_course / per - PERSON_NOISE) for per in (ratio.low, ratio.central, ratio.high)))


def rotation_pool(zone: PersonRange, training: PersonRange, catalogue: Mapping[str, Parameter]) -> PersonRange:
    """Return the persons that nations must hold to keep the deployed ones relieved; reported beside, never added.

    All three take the central rotation multiplier: its extremes on top of the force's extremes would stack two
    ranges and describe no mission.
    """
    multiplier = catalogue["rotation_multiplier"].central
    return PersonRange(
        round_half_up((zone.low + training.low) * multiplier),
        round_half_up((zone.central + training.central) * multiplier),
        round_half_up((zone.high + training.high) * multiplier),
    )


def estimate(
    inputs: SectorInputs,
    posture: Posture,
    catalogue: Mapping[str, Parameter],
    trainees_per_year: int = 0,
) -> Staffing:
    """Return the zone force in whole persons that add up, with its range, and what stands beside it.

    The central total is rounded once and shared by largest remainders, first to the sectors, then to each sector's
    components. Low and high are the 5th and 95th percentile of `zone_draws`, widened if need be to hold the central
    total, and shared by the central weights. low <= central <= high holds in the total, every sector and every
    component.

    Parameters
    ----------
    inputs : the sectors
    posture : one of the postures
    catalogue : all parameters
    trainees_per_year : throughput of a training mission, 0 for none
    """
    values = central_values(posture, catalogue)
    weights = components(inputs, values)
    total = _total_range(weights, zone_draws(inputs, posture, catalogue))
    low, central, high = _share_out(weights, total)
    patrols = np.asarray(patrols_per_day(inputs.line_km, inputs.area_km2, values), dtype=np.float64)
    training = training_staff(trainees_per_year, catalogue)
    return Staffing(low, central, high, patrols, training, rotation_pool(total, training, catalogue))


def _build_up(
    line_km: Number, area_km2: Number, manned: Number, sensors: Number, crossings: Number, values: Values,
) -> tuple[Number, ...]:
    """Return the six components; sectors or draws, whatever broadcasts."""
    shift = values["shift_factor"]
    posts = manned * values["op_watch"] * shift + sensors * values["sensor_operator"]
    crew_days = patrols_per_day(line_km, area_km2, values) * values["patrol_crew"] * values["patrol_day_fraction"]
    patrols = crew_days / values["patrol_utilisation"]
    crossing = crossings * values["crossing_watch"] * shift
    operations = posts + patrols + crossing
    reserve = operations * values["reserve_share"]
    in_units = (operations + reserve) / (1 - values["unit_overhead"])
    zone = in_units / (1 - values["mission_support_share"])
    return posts, patrols, crossing, reserve, in_units - operations - reserve, zone - in_units


def _posts_needed(line_km: float, values: Values) -> Number:
    """Return the ceil of lines * length / spacing, forgiving floating noise."""
    return np.maximum(np.ceil(values["n_lines"] * line_km / values["op_spacing"] - POST_NOISE), 0.0)


def _triangular(uniform: NDArray[np.float64], left: float, mode: float, right: float) -> Number:
    """Return triangular draws from uniform ones in 0…1 by the inverse of the distribution function."""
    width = right - left
    if width <= 0:
        return mode
    rising = left + np.sqrt(uniform * width * (mode - left))
    falling = right - np.sqrt((1 - uniform) * width * (right - mode))
    return np.where(uniform * width < mode - left, rising, falling)


def _total_range(weights: NDArray[np.float64], draws: NDArray[np.float64]) -> PersonRange:
    """Round the total once; widen the percentiles where they miss it."""
    central = round_half_up(float(weights.sum()))
    low, high = (round_half_up(float(value)) for value in np.percentile(draws, PERCENTILES))
    return PersonRange(min(low, central), central, max(high, central))


def _share_out(
    weights: NDArray[np.float64], total: PersonRange,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Share low, central and high to sectors and on to components, low <= central <= high everywhere."""
    by_sector = weights.sum(axis=1)
    sectors = largest_remainder(by_sector, total.central)
    central = np.array([largest_remainder(row, int(persons)) for row, persons in zip(weights, sectors)])
    sectors_low = largest_remainder_between(by_sector, total.low, upper=sectors)
    sectors_high = largest_remainder_between(by_sector, total.high, lower=sectors)
    low = [
        largest_remainder_between(row, int(persons), upper=most)
        for row, persons, most in zip(weights, sectors_low, central)
    ]
    high = [
        largest_remainder_between(row, int(persons), lower=least)
        for row, persons, least in zip(weights, sectors_high, central)
    ]
    return np.array(low), central, np.array(high)
