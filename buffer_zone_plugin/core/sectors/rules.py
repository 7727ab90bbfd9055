"""The rules of splitting: what sectors share out, how many there are, and what each is to get."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..errors import PlanError
from ..geodesy import Array
from ..spec import MAX_SECTORS, MIXTURE, PlanSpec
from .cuts import Shares, shares_in_order
from .measures import AREA, LENGTH, PERSONS, Term

EMPTY_GROUND = 1e-6  # of the whole: what ground gets in which nobody lives, by its length of line
LEAST_REMAINDER = 0.25  # of a fixed length: what is left of a line and shorter joins the last sector


@dataclass(frozen=True)
class Rule:
    """How to split.

    ``terms`` are shared out; ``mean_m`` tells the mean length of a sector, metres, given the line's; ``shares`` tells
    what each sector gets, given the chains' totals of the measure and what is too small for one; ``most_chains`` may
    have sectors of their own; ``advice`` tells how to ask for less, given the most equal sectors that fit and the
    line's length, metres.
    """

    terms: tuple[Term, ...]
    mean_m: Callable[[float], float]
    shares: Callable[[Array, float], Shares]
    most_chains: int
    advice: Callable[[int, float], str]


def rule_of(spec: PlanSpec, staff: Mapping[str, float]) -> Rule:
    """Return the rule that was asked for; ``staff`` tells the persons that each unit of a measure takes."""
    if spec.split == "fixed_length":
        return _fixed_length(spec)
    return _by_shares(_terms(spec, staff), np.array(spec.sector_shares))


def rule_within(spec: PlanSpec, staff: Mapping[str, float]) -> Rule:
    """Return the rule for equal parts within a sector: of what the sectors share, or of line length."""
    return _by_shares(_terms(spec, staff), np.ones(spec.subsectors))


def _terms(spec: PlanSpec, staff: Mapping[str, float]) -> tuple[Term, ...]:
    """Return what is shared out; what splits by no measure is measured by its length of line."""
    length: Term = (1.0, {LENGTH: 1.0})
    measures = ({LENGTH: 1.0}, {AREA: 1.0}, staff, {PERSONS: 1.0})  # in the order of `WEIGHTS`
    most = max(spec.weights, default=1.0)
    known: dict[str, tuple[Term, ...]] = {
        "equal_area": ((1.0, {AREA: 1.0}),),
        "areas": ((1.0, {AREA: 1.0}),),
        "equal_staffing": ((1.0, staff),),
        "equal_population": ((1.0, {PERSONS: 1.0}), (EMPTY_GROUND, {LENGTH: 1.0})),
        MIXTURE: tuple((weight / most, one) for weight, one in zip(spec.weights, measures) if weight > 0),
    }
    return known.get(spec.split, (length,))


def _by_shares(terms: tuple[Term, ...], wanted: Array) -> Rule:
    count = len(wanted)
    least = "" if (wanted == wanted[0]).all() else ", and give the smallest a larger share"

    def advice(most: int, _line_m: float) -> str:
        return f"Ask for at most {most}{least}."

    return Rule(terms, lambda line_m: line_m / count, lambda totals, _: shares_in_order(wanted, totals), count, advice)


def _fixed_length(spec: PlanSpec) -> Rule:
    terms: tuple[Term, ...] = ((1.0, {LENGTH: 1.0}),)

    def shares(totals: Array, least: float) -> Shares:
        return fixed_shares(totals, spec.sector_m, least)

    def advice(most: int, line_m: float) -> str:
        return f"Give at least {np.ceil(line_m / most / 100) / 10:g} km, or a smaller depth."

    return Rule(terms, lambda _line_m: spec.sector_m, shares, MAX_SECTORS, advice)


def fixed_shares(totals: Array, sector_m: float, least_m: float = 0.0) -> Shares:
    """Return sectors of one length along each chain; the last one of a chain gets what is left.

    Parameters
    ----------
    totals : lengths of the chains, metres
    sector_m : length of a sector, metres
    least_m : a rest shorter than this joins the sector before, as one shorter than `LEAST_REMAINDER` of a sector does

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
    least = min(max(least_m, LEAST_REMAINDER * sector_m), sector_m)
    wanted = [_lengths(float(total), sector_m, least) for total in totals]
    groups = tuple(len(lengths) for lengths in wanted)
    if sum(groups) > MAX_SECTORS:
        raise _too_many(float(totals.sum()))
    return Shares(np.concatenate(wanted), groups)


def _lengths(total: float, sector_m: float, least_m: float) -> Array:
    whole = int(total / sector_m)
    rest = total - whole * sector_m
    if whole and rest < least_m:
        return np.append(np.full(whole - 1, sector_m), sector_m + rest)
    return np.append(np.full(whole, sector_m), rest)


def _too_many(line_m: float) -> PlanError:
    return PlanError(
        f"Sectors of this length would be more than {MAX_SECTORS}",
        f"Give at least {np.ceil(line_m / MAX_SECTORS / 100) / 10:g} km.",
    )

