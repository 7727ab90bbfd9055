"""What does a given total imply? Its densities, and the value of a parameter under which the model gives it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..errors import PlanError
from .build_up import SectorInputs, build_up, patrols_per_day
from .parameters import MAX_SHARE, SHARES, ZONE_PARAMETERS, limits
from .twins import HistoricalZone, Twin, nearest_zone

BATTALION = 850  # persons; usual in United Nations planning, seen in several missions
IN_BATTALIONS = 0.65  # of a force that sits in battalions
SUPPORT_SHARE = 0.3  # of a force, besides its battalions, in the check by frontage
STEPS = 200  # halvings end long before, where two neighbouring numbers are left


@dataclass(frozen=True)
class Implied:
    """What a total means on the ground; None where the line or the area is not known, or there is no zone.

    Parameters
    ----------
    per_km, per_km2 : persons per km of line and per km² of ground
    km_per_battalion : km of line for each battalion of `BATTALION` if `IN_BATTALIONS` of the force sit in battalions
    mission, proposal : the nearest past mission and the nearest proposal by density
    """

    per_km: float | None
    per_km2: float | None
    km_per_battalion: float | None
    mission: Twin | None
    proposal: Twin | None


def implied(
    total: float, line_km: float, area_km2: float, zones: Iterable[HistoricalZone] = (),
) -> Implied:
    """Return what ``total`` persons along a line and on an area mean.

    Examples
    --------
    >>> found = implied(4000, 1200.0, 48_000.0)
    >>> round(found.per_km, 1), round(found.per_km2, 3), round(found.km_per_battalion)
    (3.3, 0.083, 392)
    """
    zones = tuple(zones)
    return Implied(
        _quotient(total, line_km), _quotient(total, area_km2), _quotient(line_km, IN_BATTALIONS * total / BATTALION),
        nearest_zone(zones, total, line_km, area_km2), nearest_zone(zones, total, line_km, area_km2, "proposal"),
    )


def persons_by_frontage(line_km: float, km_per_battalion: float) -> tuple[float, float]:
    """Return the persons in battalions of `BATTALION`, each for so many km of line, and those with support on top.

    A check from outside the model: past missions had a battalion for 15 to 333 km.

    Examples
    --------
    >>> [round(persons) for persons in persons_by_frontage(1200.0, 40.0)]
    [25500, 36429]
    """
    in_battalions = line_km / km_per_battalion * BATTALION
    return in_battalions, in_battalions / (1 - SUPPORT_SHARE)


def smooth_total(inputs: SectorInputs, values: Mapping[str, float]) -> float:
    """Return the zone force with posts and sensors as real numbers, so that it changes steadily with every parameter.

    It lies within about a post of the model's total before rounding. The posts of ``inputs`` are not used: they are
    lines times length by spacing, whatever these are in ``values``.
    """
    whole = inputs.whole
    line_km = float(whole.line_km[0])
    posts = values["n_lines"] * line_km / values["op_spacing"]
    sensors = posts * values["sensor_share"]
    road_km = None if whole.road_km is None else float(whole.road_km[0])
    patrols = patrols_per_day(line_km, float(whole.area_km2[0]), values, road_km)
    return float(sum(build_up(posts - sensors, sensors, patrols, float(whole.crossings[0]), values)))


def solve(name: str, total: float, inputs: SectorInputs, values: Mapping[str, float]) -> float | None:
    """Return the value of one parameter under which `smooth_total` is ``total``, all others as in ``values``.

    Parameters
    ----------
    name : a parameter of the zone force, not the number of lines, which is a choice between two
    total : persons of the zone force
    inputs : the sectors; their posts follow the spacing and the lines
    values : the other parameters

    Returns
    -------
    The value, by halving between the parameter's `limits`; None where none of these gives the total, or where the
    parameter changes nothing.

    Raises
    ------
    PlanError : the name is not that of such a parameter
    """
    if name not in ZONE_PARAMETERS or name == "n_lines":
        raise PlanError(f"No value of '{name}' can be found for a total", "Name another parameter of the zone force.")
    low, high = limits(name)
    if name in SHARES:
        high = math.nextafter(MAX_SHARE, 0.0)
    at_low, at_high = (smooth_total(inputs, {**values, name: end}) for end in (low, high))
    if at_low == at_high or not min(at_low, at_high) <= total <= max(at_low, at_high):
        return None
    rising = at_high > at_low
    for _ in range(STEPS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if (smooth_total(inputs, {**values, name: middle}) < total) == rising:
            low = middle
        else:
            high = middle
    return high if rising else low


def _quotient(number: float, by: float) -> float | None:
    """Return a quotient above 0, None where there is none."""
    if not (0 < number < math.inf and 0 < by < math.inf):
        return None
    quotient = number / by
    return quotient if 0 < quotient < math.inf else None
