"""What the user asked of a contact line from areas of control, frozen and checked. Metres."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .errors import PlanError

KM, METRE = ("km", 1000.0), ("m", 1.0)
DECIMALS = 9  # of a value told as it was given
MAX_GAP_M, MAX_MATCH_M, MAX_GENERALISE_M = 100_000.0, 100_000.0, 50_000.0


@dataclass(frozen=True)
class ControlRequest:
    """What is asked of a contact line.

    Parameters
    ----------
    gap_m : widest strip of nobody's ground across which sides face each other, and longest gap closed along a line
    match_m : how far from the mask's edge a border is still coast or state border
    generalise_m : how far a vertex may lie from the generalised line; 0 keeps every vertex

    Raises
    ------
    PlanError : a value that no line can have, with its name and how to mend it

    Examples
    --------
    >>> ControlRequest(gap_m=-500.0)
    Traceback (most recent call last):
        ...
    buffer_zone_plugin.core.errors.PlanError: The largest gap is -0.5 km. Give a number from 0 to 100 km.
    """

    gap_m: float = 1_000.0
    match_m: float = 2_000.0
    generalise_m: float = 0.0

    def __post_init__(self) -> None:
        for name, value, most, (unit, size) in (
            ("largest gap", self.gap_m, MAX_GAP_M, KM),
            ("distance of coast and state border", self.match_m, MAX_MATCH_M, KM),
            ("tolerance of the generalisation", self.generalise_m, MAX_GENERALISE_M, METRE),
        ):
            if not (math.isfinite(value) and 0 <= value <= most):
                given = f"{value / size:.{DECIMALS}f}".rstrip("0").rstrip(".")
                raise PlanError(
                    f"The {name} is {given} {unit}", f"Give a number from 0 to {most / size:g} {unit}.",
                )
