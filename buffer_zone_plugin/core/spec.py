"""Everything the user asked of one plan, frozen, checked, to and from JSON. Depths and tolerance in metres."""

from __future__ import annotations

import json
import math
from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import Any

from .errors import PlanError

CAPS = ("round", "flat")
OUTLINES = ("balanced", "never_beyond", "never_short")
SPLITS = (
    "none", "equal_length", "equal_area", "equal_staffing",
    "equal_population", "fixed_length", "break_points", "areas",
)
MIXTURE = "mixture"  # of line length, area, staffing and population; for those who use the core
SHARED_SPLITS = (*SPLITS[1:5], MIXTURE)  # which may have unequal shares
NUMBERINGS = ("west_north", "east_south")
POSTURES = ("observe", "verify", "verify_both_edges", "interpose")
MIN_DEPTH_M = 10.0  # on a grid of 0.01 m, with a line drawn at best to some metres
MAX_DEPTH_M = 500_000.0
MAX_SECTORS = 200
MAX_SUBSECTORS = 50
WEIGHTS = ("line length", "area", "staffing", "population")
MAX_BANDS = 20
KIND_NAMES = {
    float: "number", int: "whole number", bool: "true or false", str: "text", tuple: "list of numbers", dict: "object",
}
MAX_TRAINEES = 10_000_000
MIN_TOLERANCE_M = 0.1  # the arrangement's grid is 0.01 m: less could not be kept


@dataclass(frozen=True)
class PlanSpec:
    """The choices of one plan.

    Parameters
    ----------
    depth_a_m, depth_b_m : metres on the ellipsoid from the contact line to the edge of each side
    name_a, name_b : names of the sides; A lies left of the line's digitised direction
    two_lines : each side has a forward line of its own, and the strip between belongs to neither; both depths may be 0
    reverse : exchange the sides
    bands_m : distances from the contact line, metres, at which each side is divided into bands; ascending
    caps : ``round`` or ``flat`` (without the points whose nearest point of the line is an open end)
    tolerance_m : largest error of depth allowed on the outline, metres
    outline : ``balanced``, or ``never_beyond`` or ``never_short`` of the depth, by up to twice the balanced error
    split : one of `SPLITS`, or `MIXTURE`
    sectors : number of sectors along the line
    shares : what each sector is to get, in any unit, in order along the line; empty for equal shares
    sector_m : length of a sector of fixed length, metres along the line
    weights : of a mixture, in the order of `WEIGHTS`: how much each counts, of its own total
    one_per_area : of a split by areas, whether each area is a sector; else whole areas go to so many sectors
    subsectors : equal parts within each sector
    numbered_from : from which end of the line sectors and chainage count, one of `NUMBERINGS`
    snap_m : how far a border may move to follow the features to snap to, metres
    posture : one of `POSTURES`
    staffing : the user's own staffing parameters or posture, as `staffing.overrides.effective` takes them
    trainees : throughput per year of a training mission, 0 for none
    contributors : who sends how many, as `contributors.contributors_from_text` takes it

    Raises
    ------
    PlanError : a value that no plan can have, with its name and how to mend it

    Examples
    --------
    >>> PlanSpec.from_json(PlanSpec(depth_a_m=2000.0).to_json()).depth_a_m
    2000.0
    """

    depth_a_m: float = 20_000.0
    depth_b_m: float = 20_000.0
    name_a: str = "Side A"
    name_b: str = "Side B"
    two_lines: bool = False
    reverse: bool = False
    bands_m: tuple[float, ...] = ()
    caps: str = "round"
    tolerance_m: float = 1.0
    outline: str = "balanced"
    split: str = "equal_length"
    sectors: int = 8
    shares: tuple[float, ...] = ()
    sector_m: float = 150_000.0
    weights: tuple[float, ...] = ()
    one_per_area: bool = False
    subsectors: int = 1
    numbered_from: str = "west_north"
    snap_m: float = 5_000.0
    posture: str = "verify"
    staffing: dict[str, Any] = field(default_factory=dict, hash=False)  # equal specs have equal ones
    trainees: int = 0
    contributors: str = ""

    def __post_init__(self) -> None:
        for side, depth in (("A", self.depth_a_m), ("B", self.depth_b_m)):
            _check_depth(side, depth)
        if self.depth_max_m == 0 and not self.two_lines:
            raise PlanError("The depth is 0 km on both sides", "Give at least one side a depth above 0 km.")
        check_bands(self.bands_m, self.depth_max_m)
        if not math.isfinite(self.tolerance_m):
            raise PlanError("The tolerance is not a number", "Give a tolerance in metres.")
        if self.tolerance_m < MIN_TOLERANCE_M:
            raise PlanError(
                f"The tolerance is {self.tolerance_m:g} m",
                f"Give {MIN_TOLERANCE_M:g} m or more: the result is kept on a grid of 0.01 m.",
            )
        for label, value, known in (
            ("caps", self.caps, CAPS), ("outline", self.outline, OUTLINES),
            ("split", self.split, (*SPLITS, MIXTURE)), ("posture", self.posture, POSTURES),
            ("numbering", self.numbered_from, NUMBERINGS),
        ):
            if value not in known:
                raise PlanError(f"The {label} '{value}' is not known", f"Choose one of: {', '.join(known)}.")
        _check_shares(self.shares, self.split)
        _check_weights(self.weights, self.split)
        _check_length("The sector length", self.sector_m)
        _check_length("The distance to snap within", self.snap_m)
        for noun, number, most in (
            ("sectors", self.sectors, MAX_SECTORS), ("subsectors", self.subsectors, MAX_SUBSECTORS),
        ):
            if not 1 <= number <= most:
                raise PlanError(f"{number} {noun} were asked for", f"Give a number from 1 to {most}.")
        if not 0 <= self.trainees <= MAX_TRAINEES:
            raise PlanError(
                f"{self.trainees} trainees per year were asked for", f"Give a number from 0 to {MAX_TRAINEES:,}.",
            )

    @property
    def depth_max_m(self) -> float:
        """The larger of the two depths, metres."""
        return max(self.depth_a_m, self.depth_b_m)

    def limits_m(self, side: str) -> tuple[float, ...]:
        """Return the outer limits of a side's bands, metres, the depth last; ``side`` is A or B, without depth none."""
        depth = self.depth_a_m if side == "A" else self.depth_b_m
        return (*(limit for limit in self.bands_m if limit < depth), depth) if depth > 0 else ()

    @property
    def distances_m(self) -> tuple[float, ...]:
        """All distances at which the plan needs an outline, metres, ascending."""
        return tuple(sorted({*self.limits_m("A"), *self.limits_m("B")}))

    @property
    def sector_shares(self) -> tuple[float, ...]:
        """What each sector is to get, in any unit: one of all without a split, equal ones if nothing else was asked."""
        if self.split == "none":
            return (1.0,)
        most = max(self.shares, default=1.0)
        return tuple(share / most for share in self.shares) or (1.0,) * self.sectors

    @property
    def shares_persons(self) -> bool:
        """Whether the split needs to know who lives in the zone."""
        return self.split == "equal_population" or (self.split == MIXTURE and self.weights[-1] > 0)

    @property
    def shares_staff(self) -> bool:
        """Whether the split depends on the staffing."""
        return self.split == "equal_staffing" or (self.split == MIXTURE and self.weights[2] > 0)

    def to_json(self) -> str:
        """Return the spec as one line of JSON with sorted keys."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> PlanSpec:
        """Return the spec that `to_json` wrote; raises `PlanError` on unknown or unreadable content."""
        try:
            values = json.loads(text)
        except json.JSONDecodeError as error:
            raise PlanError("The plan's parameters are not valid JSON", str(error)) from error
        if not isinstance(values, dict):
            raise PlanError("The plan's parameters are not a JSON object", "Give names with their values.")
        kinds = {f.name: dict if f.default is MISSING else type(f.default) for f in fields(cls)}
        unknown = sorted(set(values) - set(kinds))
        if unknown:
            raise PlanError(f"Unknown plan parameters: {', '.join(unknown)}", "Remove them or use a newer version.")
        return cls(**{name: _of_kind(name, value, kinds[name]) for name, value in values.items()})


def _of_kind(name: str, value: Any, kind: type) -> Any:
    """Return a value read from JSON if it is of the parameter's kind; a whole number may stand for a real one."""
    if kind is tuple and type(value) is list:
        return tuple(_of_kind(name, item, float) for item in value)
    if type(value) is kind:
        return value
    if kind is float and type(value) is int:
        return float(value)
    raise PlanError(f"The plan parameter {name} is {value!r}", f"Give a value of the kind {KIND_NAMES[kind]}.")


def bands_from_text(text: str) -> tuple[float, ...]:
    """Return band limits in metres from a text in kilometres, such as ``2,10``.

    Raises
    ------
    PlanError : something in the text is not a number

    Examples
    --------
    >>> bands_from_text("2, 10")
    (2000.0, 10000.0)
    """
    try:
        return tuple(number * 1000 for number in _numbers(text))
    except ValueError as error:
        raise PlanError(f"The band limits '{text}' are not numbers", "Give kilometres such as 2,10.") from error


def shares_from_text(text: str) -> tuple[float, ...]:
    """Return unequal shares from a text such as ``30,30,40``; an empty text gives none.

    Raises
    ------
    PlanError : something in the text is not a number

    Examples
    --------
    >>> shares_from_text("30, 30; 40")
    (30.0, 30.0, 40.0)
    """
    try:
        return _numbers(text.replace("%", ""))
    except ValueError as error:
        raise PlanError(
            f"The shares '{text}' are not numbers", "Give one for each sector, such as 30,30,40.",
        ) from error


def _numbers(text: str) -> tuple[float, ...]:
    """Return the numbers of a list; raises ``ValueError`` for anything else."""
    return tuple(float(word) for word in text.replace(";", ",").split(",") if word.strip())


def _check_shares(shares: tuple[float, ...], split: str) -> None:
    if not shares:
        return
    if split not in SHARED_SPLITS:
        raise PlanError(
            f"Shares were given, but the split '{split.replace('_', ' ')}' has none",
            "Split by line length, area, staffing or population, or leave the shares empty.",
        )
    for number, share in enumerate(shares, start=1):
        if not (math.isfinite(share) and share > 0):
            raise PlanError(
                f"Share {number} is {share:g}, not a number above 0",
                "Give positive numbers, one for each sector, such as 30,30,40.",
            )
    if len(shares) == 1:
        raise PlanError(
            "One share was given", "Give one for each sector, such as 30,30,40, or just the number of sectors.",
        )
    if len(shares) > MAX_SECTORS:
        raise PlanError(f"{len(shares)} shares were given", f"Give at most {MAX_SECTORS}.")


def _check_length(name: str, metres: float) -> None:
    if not (math.isfinite(metres) and metres > 0):
        raise PlanError(f"{name} is {metres / 1000:g} km", "Give a length above 0 km.")


def _check_weights(weights: tuple[float, ...], split: str) -> None:
    if (split == MIXTURE) != bool(weights):
        raise PlanError("A mixture needs weights, and nothing else has them", f"Give one of {', '.join(WEIGHTS)} each.")
    good = len(weights) == len(WEIGHTS) and all(math.isfinite(w) and w >= 0 for w in weights) and sum(weights) > 0
    if weights and not good:
        raise PlanError(
            "The weights of the mixture cannot be used",
            f"Give {len(WEIGHTS)} numbers of 0 or more, not all 0: {', '.join(WEIGHTS)}.",
        )


def check_bands(bands: tuple[float, ...], depth_m: float = math.inf) -> None:
    """Raise `PlanError` for limits in metres that no zone, or none of this depth, can have."""
    for limit in bands:
        if not math.isfinite(limit) or limit < MIN_DEPTH_M:
            raise PlanError(
                f"The band limit {limit / 1000:.10g} km is too small", f"Give {MIN_DEPTH_M / 1000:g} km or more.",
            )
        if limit >= depth_m:
            raise PlanError(
                f"The band limit {limit / 1000:.10g} km lies outside the zone",
                f"Give limits below the depth of {depth_m / 1000:.10g} km.",
            )
    if list(bands) != sorted(set(bands)):
        raise PlanError("The band limits do not ascend", "Give each limit once, the smallest first.")
    if len(bands) > MAX_BANDS:
        raise PlanError(f"{len(bands)} band limits were asked for", f"Give at most {MAX_BANDS}.")


def _check_depth(side: str, depth: float) -> None:
    if not math.isfinite(depth):
        raise PlanError(f"The depth of side {side} is not a number", "Give a depth in kilometres.")
    if depth < 0:
        raise PlanError(f"The depth of side {side} is {depth / 1000:.10g} km", "Give 0 km or more.")
    if 0 < depth < MIN_DEPTH_M:
        raise PlanError(
            f"The depth of side {side} is {depth:.10g} m", f"Give 0, or at least {MIN_DEPTH_M / 1000:g} km.",
        )
    if depth > MAX_DEPTH_M:
        raise PlanError(
            f"The depth of side {side} is {depth / 1000:.10g} km", f"Give at most {MAX_DEPTH_M / 1000:g} km.",
        )
