"""How far a total may lie from the centre inside one posture: random draws of its parameters, and which moves most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..rounding import round_half_up
from .build_up import Number, SectorInputs, build_up, components, patrols_per_day, post_count, posts_needed
from .parameters import FIXED, ZONE_PARAMETERS, Parameter, limits
from .postures import Posture, central_values

DRAWS = 20_000
SEED = 7
PERCENTILES = (5.0, 95.0)


@dataclass(frozen=True)
class Driver:
    """What one parameter does to the total: its values, and the persons at each end, all others central.

    ``low`` is the value that gives fewer persons, ``persons_low`` how many; the same for ``high``.
    """

    parameter: Parameter
    low: float
    central: float
    high: float
    persons_low: int
    persons_high: int

    @property
    def swing(self) -> int:
        """By how many persons the parameter moves the total."""
        return self.persons_high - self.persons_low


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
    whole = inputs.whole
    line_km, area_km2 = float(whole.line_km[0]), float(whole.area_km2[0])
    posts = posts_needed(line_km, drawn)
    sensors = posts * drawn["sensor_share"]
    patrols = patrols_per_day(line_km, area_km2, drawn, None if whole.road_km is None else float(whole.road_km[0]))
    parts = build_up(posts - sensors, sensors, patrols, float(whole.crossings[0]), drawn)
    return np.asarray(sum(parts), dtype=np.float64)


def drivers(inputs: SectorInputs, posture: Posture, catalogue: Mapping[str, Parameter]) -> tuple[Driver, ...]:
    """Return what each zone parameter does to the total inside the posture, one at a time, the strongest first."""
    values, whole = central_values(posture, catalogue), inputs.whole
    found = [_driver(name, whole, values, posture, catalogue) for name in ZONE_PARAMETERS]
    return tuple(sorted(found, key=lambda driver: -driver.swing))


def parameter_range(
    name: str, posture: Posture, catalogue: Mapping[str, Parameter],
) -> tuple[float, float, float]:
    """Return the smallest, most likely and largest value of a parameter inside a posture.

    The posture's own range if it has one, else the catalogue's low and high, times posture's central / catalogue's
    central; a parameter that is 0 in the catalogue's centre has no proportion and keeps the catalogue's low and high.
    What is `FIXED` has no range but its posture's. All stay within `limits`.
    """
    parameter = catalogue[name]
    central = posture.values.get(name, parameter.central)
    if name in FIXED and name not in posture.ranges:
        return central, central, central
    scale = central / parameter.central if parameter.central > 0 else 1.0
    ends = [central, *posture.ranges.get(name, (parameter.low * scale, parameter.high * scale))]
    least, most = limits(name)
    ends = [min(max(end, least), most) for end in ends]
    return min(ends), ends[0], max(ends)


def _driver(
    name: str, whole: SectorInputs, values: Mapping[str, float], posture: Posture, catalogue: Mapping[str, Parameter],
) -> Driver:
    smallest, central, largest = parameter_range(name, posture, catalogue)
    ends = sorted((_total(whole, {**values, name: value}), value) for value in (smallest, largest))
    (persons_low, low), (persons_high, high) = ends
    return Driver(catalogue[name], low, central, high, persons_low, persons_high)


def _total(whole: SectorInputs, values: Mapping[str, float]) -> int:
    """Return the zone force of a zone taken as one sector, with the posts that the values ask for."""
    inputs = replace(whole, posts=np.array([post_count(float(whole.line_km[0]), values)]))
    return round_half_up(float(components(inputs, values).sum()))


def _triangular(uniform: NDArray[np.float64], left: float, mode: float, right: float) -> Number:
    """Return triangular draws from uniform ones in 0…1 by the inverse of the distribution function."""
    width = right - left
    if width <= 0:
        return mode
    rising = left + np.sqrt(uniform * width * (mode - left))
    falling = right - np.sqrt((1 - uniform) * width * (right - mode))
    return np.where(uniform * width < mode - left, rising, falling)
