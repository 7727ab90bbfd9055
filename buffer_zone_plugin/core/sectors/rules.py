"""The rules of splitting: what sectors share out, how many there are, and what each is to get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..errors import PlanError
from ..geodesy import Array
from ..spec import MAX_SECTORS, PlanSpec
from .cuts import Shares, shares_in_order

LENGTH, AREA = "length", "area"
LEAST_REMAINDER = 0.25  # of a fixed length: what is left of a line and shorter joins the last sector


@dataclass(frozen=True)
class Rule:
    """How to split.

    ``measure`` is shared out; ``mean_m`` tells the mean length of a sector, metres, given the line's; ``shares`` tells
    what each sector gets, given the chains' totals of the measure; ``most_chains`` may have sectors of their own.
    """

    measure: str
    mean_m: Callable[[float], float]
    shares: Callable[[Array], Shares]
    most_chains: int


def rule_of(spec: PlanSpec) -> Rule:
    """Return the rule that was asked for."""
    return _RULES[spec.split](spec)


def _by_shares(measure: str) -> Callable[[PlanSpec], Rule]:
    def rule(spec: PlanSpec) -> Rule:
        wanted = np.array(spec.sector_shares)
        count = len(wanted)
        return Rule(measure, lambda line_m: line_m / count, lambda totals: shares_in_order(wanted, totals), count)

    return rule


def _fixed_length(spec: PlanSpec) -> Rule:
    return Rule(LENGTH, lambda _line_m: spec.sector_m, lambda totals: fixed_shares(totals, spec.sector_m), MAX_SECTORS)


def fixed_shares(totals: Array, sector_m: float) -> Shares:
    """Return sectors of one length along each chain; the last one of a chain gets what is left.

    Parameters
    ----------
    totals : lengths of the chains, metres
    sector_m : length of a sector, metres

    Raises
    ------
    PlanError : more sectors than a plan can have

    Examples
    --------
    >>> shares = fixed_shares(np.array([250.0, 110.0]), 100.0)
    >>> shares.wanted.tolist(), shares.groups
    ([100.0, 100.0, 50.0, 110.0], (3, 1))
    """
    if float((totals / sector_m).sum()) > MAX_SECTORS + len(totals):
        raise _too_many(float(totals.sum()))
    wanted = [_lengths(float(total), sector_m) for total in totals]
    groups = tuple(len(lengths) for lengths in wanted)
    if sum(groups) > MAX_SECTORS:
        raise _too_many(float(totals.sum()))
    return Shares(np.concatenate(wanted), groups)


def _lengths(total: float, sector_m: float) -> Array:
    whole = int(total / sector_m)
    rest = total - whole * sector_m
    if whole and rest < LEAST_REMAINDER * sector_m:
        return np.append(np.full(whole - 1, sector_m), sector_m + rest)
    return np.append(np.full(whole, sector_m), rest)


def _too_many(line_m: float) -> PlanError:
    return PlanError(
        f"Sectors of this length would be more than {MAX_SECTORS}",
        f"Give at least {np.ceil(line_m / MAX_SECTORS / 100) / 10:g} km.",
    )


_RULES: dict[str, Callable[[PlanSpec], Rule]] = {
    "none": _by_shares(LENGTH), "equal_length": _by_shares(LENGTH), "equal_area": _by_shares(AREA),
    "fixed_length": _fixed_length,
}
