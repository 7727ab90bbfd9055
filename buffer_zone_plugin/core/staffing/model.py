"""Whole persons by sector and component that add up: the zone force with its range, and what stands beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import PlanError
from ..rounding import largest_remainder, largest_remainder_between, round_half_up
from .build_up import SectorInputs, components, patrols_per_day
from .draws import PERCENTILES, drivers, zone_draws
from .parameters import Parameter
from .postures import Posture, central_values

PERSON_NOISE = 1e-9  # floating noise must not add a person
WEEKS_PER_YEAR = 52


@dataclass(frozen=True)
class PersonRange:
    """A whole number of persons: low, central, high."""

    low: int
    central: int
    high: int

    @property
    def ends(self) -> tuple[int, int, int]:
        """Low, central and high."""
        return self.low, self.central, self.high


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

    The central total is rounded once and shared by largest remainders, first to the components, then to the sectors.
    Low and high are the 5th and 95th percentile of `zone_draws`, widened if need be to hold the central total, and
    shared by the central weights. low <= central <= high holds in the total, every sector and every component.

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
    if not weights.any():  # nobody centrally: what the range holds goes by its upper end
        highest = {driver.parameter.name: driver.high for driver in drivers(inputs, posture, catalogue)}
        weights = components(inputs, {**values, **highest})
    low, central, high = _share_out(weights, total)
    patrols = np.asarray(patrols_per_day(inputs.line_km, inputs.area_km2, values, inputs.road_km), dtype=np.float64)
    training = training_staff(trainees_per_year, catalogue)
    return Staffing(low, central, high, patrols, training, rotation_pool(total, training, catalogue))


def _total_range(weights: NDArray[np.float64], draws: NDArray[np.float64]) -> PersonRange:
    """Round the total once; widen the percentiles where they miss it."""
    central = round_half_up(float(weights.sum()))
    low, high = (round_half_up(float(value)) for value in np.percentile(draws, PERCENTILES))
    return PersonRange(min(low, central), central, max(high, central))


def _share_out(
    weights: NDArray[np.float64], total: PersonRange,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Share low, central and high to components and on to sectors, low <= central <= high everywhere."""
    by_component = weights.sum(axis=0)
    whole = largest_remainder(by_component, total.central)
    central = _by_sector(weights, whole)
    low = _by_sector(weights, largest_remainder_between(by_component, total.low, upper=whole), upper=central)
    high = _by_sector(weights, largest_remainder_between(by_component, total.high, lower=whole), lower=central)
    return low, central, high


def _by_sector(
    weights: NDArray[np.float64], whole: NDArray[np.int64], lower: NDArray[np.int64] | None = None,
    upper: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """Share each component's persons to the sectors: what rounding took of a sector it gets back in the next one.

    So the components' totals do not depend on how the zone is split, and a sector is off by about a person in all.
    """
    larger_first = np.argsort(-weights.sum(axis=1), kind="stable")  # of equal remainders the larger sector's goes up
    owed = np.zeros(len(weights))
    persons = np.zeros(weights.shape, dtype=np.int64)
    for k, number in enumerate(whole.tolist()):
        component = weights[larger_first, k]
        if not component.any():
            continue
        exact = number * component / component.sum()
        wanted = np.where(component > 0, np.maximum(exact + owed, 0.0), 0.0)
        limits = (None if limit is None else limit[larger_first, k] for limit in (lower, upper))
        shares = largest_remainder_between(wanted if wanted.any() else component, number, *limits)
        owed += exact - shares
        persons[larger_first, k] = shares
    return persons
