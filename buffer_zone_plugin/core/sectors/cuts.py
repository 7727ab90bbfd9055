"""Where to cut: places along the axis at which the sectors' shares of a measure are the ones asked for.

A chain's total is given by the ground; inside each chain its sectors share it in the proportion asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..geodesy import Array
from ..rounding import largest_remainder
from .axis import Axis
from .measures import Measure

SHORT_SECTOR = 0.25  # of the depth: the least length of a sector along the axis; a split into shorter ones is refused
BESIDE_SHARE = 0.2  # of that: how far from a spot that weighs much a cut lies at least


@dataclass(frozen=True)
class Shares:
    """What each sector is to get.

    ``wanted`` are positive numbers (sectors,), of which only the proportion inside a chain counts; ``groups`` is how
    many sectors each chain has, in their order.
    """

    wanted: Array
    groups: tuple[int, ...]

    def targets(self, totals: Array) -> Array:
        """Return the shares of the whole to reach up to each cut, 0…1 (sectors - 1,), given the chains' totals."""
        parts = np.split(self.wanted, np.cumsum(self.groups)[:-1])
        shares = np.concatenate([part / part.sum() * total for part, total in zip(parts, totals)])
        return reached(shares)

    def totals(self, value: Array) -> Array:
        """Return the chains' totals of values by sector."""
        return np.add.reduceat(value, np.cumsum((0, *self.groups[:-1])))


def reached(value: Array) -> Array:
    """Return the share of the whole up to each cut, of values by sector."""
    return np.asarray(np.cumsum(value)[:-1] / value.sum())


def deviation(value: Array, target: Array) -> float:
    """Return the largest deviation of a sector's share from the one to reach, as a share of that."""
    share = np.diff(np.concatenate([[0.0], target, [1.0]]))
    return float((np.abs(value / value.sum() - share) / np.maximum(share, 1e-12)).max())


def shares_in_order(wanted: Array, totals: Array) -> Shares:
    """Return which sectors each chain gets: at least one each, together as near to its part of the measure as can be.

    Parameters
    ----------
    wanted : positive numbers (sectors,), at least as many as there are chains
    totals : how much of the measure lies along each chain

    Examples
    --------
    >>> shares_in_order(np.array([30.0, 30.0, 40.0]), np.array([55.0, 45.0])).groups
    (2, 1)
    """
    if (wanted == wanted[0]).all():
        return Shares(wanted, _evenly(len(wanted), totals))
    return Shares(wanted, _in_order(wanted / wanted.sum(), totals / totals.sum()))


def chain_totals(axis: Axis, shared: Measure) -> Array:
    """Return how much of a measure lies along each chain."""
    totals = np.bincount(axis.chain_of(shared.place), weights=shared.placed, minlength=len(axis.lines))
    return totals.astype(np.float64)


def _evenly(count: int, whole: Array) -> tuple[int, ...]:
    """Return how many of equal sectors each chain gets, by largest remainder of its total."""
    spare = np.maximum(whole - whole.sum() / count, 0) if len(whole) > 1 else whole
    extra = largest_remainder(spare if spare.sum() > 0 else whole, count - len(whole))
    return tuple(1 + int(n) for n in extra)


def _in_order(share: Array, whole: Array) -> tuple[int, ...]:
    """Return how many of unequal sectors, in their order, each chain gets: each ends where its total is best met."""
    up_to, ends = np.cumsum(share), np.cumsum(whole)
    last = 0
    groups = []
    for chain, end in enumerate(ends[:-1]):
        left = len(whole) - chain - 1  # chains that need a sector each
        choice = np.arange(last + 1, len(share) - left + 1)
        chosen = int(choice[np.argmin(np.abs(up_to[choice - 1] - end))])
        groups.append(chosen - last)
        last = chosen
    return (*groups, len(share) - last)


def cuts_at(axis: Axis, shared: Measure, asked: Array, groups: Sequence[int], least_m: float) -> Array:
    """Return the cuts along the axis, at least ``least_m`` apart and from the ends of chains, as far as there is room.

    Between chains a cut is where one ends and the next begins.

    Parameters
    ----------
    asked : shares of the whole up to each cut, 0…1 (sectors - 1,)
    """
    cuts = shared.quantiles(asked, least_m * BESIDE_SHARE)
    for chain, last in enumerate(np.cumsum(groups)[:-1]):
        cuts[last - 1] = axis.starts[chain + 1]
    ends = np.cumsum([0, *groups])
    for chain, (a, b) in enumerate(zip(ends[:-1], ends[1:])):
        inner = slice(a, b - 1)
        cuts[inner] = _apart(cuts[inner], axis.starts[chain], axis.starts[chain + 1], least_m)
    return cuts


def _apart(cuts: Array, low: float, high: float, least_m: float) -> Array:
    """Return increasing places between two ends, moved on where they lie too near to each other or to an end."""
    if not len(cuts):
        return cuts
    least = min(least_m, (high - low) / (len(cuts) + 1))
    steps = least * np.arange(1, len(cuts) + 1)
    forward = np.maximum.accumulate(np.maximum(cuts - steps, low))
    return np.asarray(np.minimum(forward, high - least * (len(cuts) + 1)) + steps)
