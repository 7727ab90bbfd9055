"""What is asked of a ceiling of persons: how many, which end of the range must keep to it, and what plans to try.

Depths are metres; spacings are kilometres. It imports nothing heavy: the plugin reads it when it loads.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .bands import bands_within
from .errors import PlanError
from .spec import POSTURES, PlanSpec

ENDS = ("low", "central", "high")
SIDES = ("both", "a", "b", "proportion")
MOST_PLANS = 500
MAX_PERSONS = 10_000_000


@dataclass(frozen=True)
class Question:
    """A ceiling, and the plans that are tried under it.

    Parameters
    ----------
    persons : the ceiling, of the zone force and of the training mission if the plans have one
    depths_m : metres, ascending; what each side has of a depth is told by ``sides``
    end : of the range of persons, one of `ENDS`: the one that must not exceed the ceiling
    sides : one of `SIDES`: each side has the depth, or side A or B only, or the deeper side has it and the other less
        in the proportion of the base
    postures : of `spec.POSTURES`; empty for the base's own
    spacings_km : km of line between posts; empty for the posture's own
    sensor_shares : shares of posts without crew, 0…1; empty for the posture's own
    for_training : persons beside the ceiling who are pledged for training only
    bands_m : limits of bands in place of the base's, metres; each plan has those that lie in its zone

    Raises
    ------
    PlanError : a ceiling that is none, no depths, an unknown end, side or posture, or more than `MOST_PLANS` plans
    """

    persons: int
    depths_m: tuple[float, ...]
    end: str = "central"
    sides: str = "both"
    postures: tuple[str, ...] = POSTURES
    spacings_km: tuple[float, ...] = ()
    sensor_shares: tuple[float, ...] = ()
    for_training: int = 0
    bands_m: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.persons <= MAX_PERSONS:
            raise PlanError(
                f"The ceiling is {self.persons:,} persons", f"Give a whole number from 1 to {MAX_PERSONS:,}.",
            )
        for label, value, known in (("end", self.end, ENDS), ("choice of sides", self.sides, SIDES)):
            if value not in known:
                raise PlanError(f"The {label} '{value}' is not known", f"Choose one of: {', '.join(known)}.")
        for posture in self.postures:
            if posture not in POSTURES:
                raise PlanError(f"The posture '{posture}' is not known", f"Choose one of: {', '.join(POSTURES)}.")
        if not self.depths_m:
            raise PlanError("No depths were given", "Give km such as 5,10,20 or 5-40/5.")
        if list(self.depths_m) != sorted(set(self.depths_m)):
            raise PlanError("The depths do not ascend", "Give each depth once, the smallest first.")
        if self.plan_count > MOST_PLANS:
            raise PlanError(
                f"{self.plan_count:,} plans were asked for: every depth with every posture, spacing and share",
                f"Ask for at most {MOST_PLANS}, for instance by a larger step of the depths.",
            )

    @property
    def plan_count(self) -> int:
        """How many plans are tried."""
        lists = (self.postures, self.spacings_km, self.sensor_shares)
        return len(self.depths_m) * math.prod(max(len(values), 1) for values in lists)


def plan_of_depth(base: PlanSpec, sides: str, depth_m: float, bands_m: Sequence[float] = ()) -> PlanSpec:
    """Return the base with a depth in metres on the sides of `SIDES`; bands are kept as far as the zone reaches.

    ``bands_m`` are limits in place of the base's, which its own depth holds back.

    Raises
    ------
    PlanError : no plan can have the depth, or the base has no depths to be in proportion to

    Examples
    --------
    >>> spec = plan_of_depth(PlanSpec(depth_a_m=20_000.0, depth_b_m=5_000.0), "proportion", 10_000.0)
    >>> spec.depth_a_m, spec.depth_b_m
    (10000.0, 2500.0)
    """
    depth_a, depth_b = _DEPTHS[sides](depth_m, base)
    bands = bands_within(bands_m or base.bands_m, max(depth_a, depth_b))
    return replace(base, depth_a_m=depth_a, depth_b_m=depth_b, bands_m=bands)


def _in_proportion(depth_m: float, base: PlanSpec) -> tuple[float, float]:
    if base.depth_max_m == 0:
        raise PlanError(
            "Depths in the base's proportion were asked for, but the base has none",
            "Give the base a depth, or choose other sides.",
        )
    share_a, share_b = base.depth_a_m / base.depth_max_m, base.depth_b_m / base.depth_max_m
    return depth_m * share_a, depth_m * share_b


_DEPTHS: dict[str, Callable[[float, PlanSpec], tuple[float, float]]] = {
    "both": lambda depth_m, base: (depth_m, depth_m),
    "a": lambda depth_m, base: (depth_m, 0.0),
    "b": lambda depth_m, base: (0.0, depth_m),
    "proportion": _in_proportion,
}
