"""How many persons each contributor sends in one role: pledges first, then shares of what they leave, within caps.

Whole persons by largest remainders (Hamilton); every sum is exact.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..rounding import largest_remainder, largest_remainder_between
from .model import MAX_PERSONS, Contributor

SHARE_NOISE = 1e-9  # per cent, or of 1: floating noise in a sum of shares

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True)
class Totals:
    """What each contributor of a role sends, and why the rest is unassigned.

    Parameters
    ----------
    persons : integers, shape (k,)
    open : persons that the shares leave to nobody, as they add up to less than 100 per cent
    unmet : persons that shares or pledges would send, but no contributor may
    shared : persons that pledges leave, of which the shares are per cent
    scaled : the sum of the pledges, if it is more than is needed, and `scaled_to` what they were taken down to
    dropped : positions of those that send nobody, as their totals fell short of their units
    """

    persons: Whole
    open: int
    unmet: int
    shared: int
    scaled: int | None
    scaled_to: int
    dropped: tuple[int, ...]

    @property
    def unassigned(self) -> int:
        """Persons that nobody sends."""
        return self.open + self.unmet


def percentages(contributors: Sequence[Contributor]) -> tuple[Real, float]:
    """Return the shares of one role in per cent, adding up to 100 at most, and the sum of those given.

    Shares that add up to 1, none of them beyond, are fractions: their sum is given as 100. More than 100 is taken in
    proportion.

    Returns
    -------
    Per cent, shape (k,), 0 for those with a fixed number; the sum given, per cent.
    """
    shares = np.array([one.share or 0.0 for one in contributors], dtype=np.float64)
    total = math.fsum(shares)
    if are_fractions(contributors):
        return shares * 100, 100.0
    if total > 100 + SHARE_NOISE:
        return shares / total * 100, total
    return shares, total


def are_fractions(contributors: Sequence[Contributor]) -> bool:
    """Return whether the shares of one role are fractions such as 0.3, 0.3 and 0.4; a single 1 is 1 per cent."""
    shares = [one.share for one in contributors if one.share]
    return len(shares) > 1 and abs(math.fsum(shares) - 1) <= SHARE_NOISE


def role_totals(contributors: Sequence[Contributor], total: int, led: Mapping[int, int]) -> Totals:
    """Return the persons that each contributor of one role sends.

    A contributor whose total falls short of its unit sends nobody: the smallest first, one at a time, each time sharing
    again among the others.

    Parameters
    ----------
    contributors : of one role
    total : persons of the role
    led : persons in the sectors that contributors lead, by position: what these send, whatever their share

    Examples
    --------
    >>> shares = [Contributor("A", 59), Contributor("B", 26), Contributor("C", 16), Contributor("D", 7)]
    >>> role_totals(shares, 11, {}).persons
    array([6, 3, 1, 1])
    """
    no_cap = max(total, MAX_PERSONS)  # of shares and of pledges
    caps = np.array([no_cap if one.cap is None else one.cap for one in contributors], dtype=np.int64)
    dropped: list[int] = []
    while True:
        found = _shared_out(contributors, total, led, caps, tuple(dropped))
        persons = found.persons
        short = [i for i, one in enumerate(contributors) if i not in led and 0 < persons[i] < one.unit]
        if not short:
            return found
        smallest = min(short, key=lambda i: (persons[i], contributors[i].share or 0.0, i))
        dropped.append(smallest)
        caps[smallest] = 0


def _shared_out(
    contributors: Sequence[Contributor], total: int, led: Mapping[int, int], caps: Whole, dropped: tuple[int, ...],
) -> Totals:
    """Return the totals under given caps."""
    persons = np.zeros(len(contributors), dtype=np.int64)
    for i, number in led.items():
        persons[i] = number
    left = total - int(persons.sum())
    pledges = np.array([0 if i in led else one.persons or 0 for i, one in enumerate(contributors)], dtype=np.int64)
    pledges = np.minimum(pledges, caps)
    pledged = int(pledges.sum())
    scaled = pledged if pledged > left else None
    if scaled is not None:
        pledges = largest_remainder_between(pledges, left, upper=pledges)
    shared = left - int(pledges.sum())
    weights, given = percentages(contributors)
    nobody = max(100.0 - given, 0.0) if given < 100 - SHARE_NOISE else 0.0
    weights[list(led)] = 0
    base = total - int(pledges.sum())
    by_shares, open_ = _by_shares(weights, nobody, shared, base, caps)
    persons += pledges + by_shares
    sent = int(persons.sum())
    return Totals(persons, open_, total - sent - open_, base, scaled, left, dropped)


def _by_shares(weights: Real, nobody: float, total: int, base: int, caps: Whole) -> tuple[Whole, int]:
    """Return the persons by share within the caps, and those that are nobody's share.

    ``total`` is what is left to share of ``base``, of which the shares are per cent: leads have taken the difference.
    """
    if total == 0 or weights.sum() + nobody == 0:
        return np.zeros(weights.size, dtype=np.int64), 0
    taken = max(100.0 - nobody - float(weights.sum()), 0.0)  # by leads, as far as their shares go
    open_ = min(int(largest_remainder([*weights, nobody, taken], base)[-2]), total)
    return _filled(weights, total - open_, caps), open_


def _filled(weights: Real, total: int, caps: Whole) -> Whole:
    """Share by weight; what is beyond a cap goes to those below theirs, again and again, and may remain."""
    persons = np.zeros(weights.size, dtype=np.int64)
    below = weights > 0
    while below.any():
        left = total - int(persons.sum())
        quotas = left * (weights[below] / weights[below].sum())
        full = np.nonzero(below)[0][quotas > caps[below]]
        if not full.size:
            persons[below] = largest_remainder_between(weights[below], left, upper=caps[below])
            break
        persons[full] = caps[full]
        below[full] = False
    return persons
