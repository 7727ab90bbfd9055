"""How real shares become whole persons that add up: one rounding of the total, then largest remainders."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import PlanError

REMAINDER_DECIMALS = 9  # remainders that agree this far are ties, not floating noise


def round_half_up(value: float) -> int:
    """Return the nearest whole number; halves go up, unlike Python's ``round``.

    Examples
    --------
    >>> round_half_up(2.5), round_half_up(3.5), round_half_up(2.4999)
    (3, 4, 2)
    """
    return math.floor(value + 0.5)


def largest_remainder(weights: ArrayLike, total: int) -> NDArray[np.int64]:
    """Share a whole number by weight (Hamilton's method).

    Each share is its quota ``total * weight / sum`` rounded down or up; those with the largest remainders go up.
    Ties go to the larger weight, then to the first. A known property of the method: one person more in the total can
    take one person from a share (Alabama paradox).

    Parameters
    ----------
    weights : finite, not negative, any unit, shape (n,)
    total : what to share, not negative

    Returns
    -------
    Shares, integers, shape (n,), adding up to ``total``.

    Raises
    ------
    PlanError : a weight or the total is negative or not finite, or there is something to share and no weight

    Examples
    --------
    >>> largest_remainder([59, 26, 16, 7], 11)
    array([6, 3, 1, 1])
    >>> largest_remainder([1, 0, 1], 3)
    array([2, 0, 1])
    """
    quotas = _quotas(weights, total)
    shares = np.floor(quotas).astype(np.int64)
    left = total - int(shares.sum())
    shares[_by_remainder(quotas, shares)[:left]] += 1
    return shares


def largest_remainder_between(
    weights: ArrayLike,
    total: int,
    lower: NDArray[np.int64] | None = None,
    upper: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """Share a whole number by weight like `largest_remainder`, keeping each share within whole limits.

    Used to keep low <= central <= high in every share, which largest remainders alone do not promise.

    Parameters
    ----------
    weights : finite, not negative, shape (n,)
    total : what to share
    lower, upper : least and most of each share, shape (n,); None for no limit

    Raises
    ------
    PlanError : as `largest_remainder`, or the limits leave no room for ``total``

    Examples
    --------
    >>> largest_remainder([6, 6, 2], 10), largest_remainder([6, 6, 2], 11)
    (array([4, 4, 2]), array([5, 5, 1]))
    >>> largest_remainder_between([6, 6, 2], 11, lower=np.array([4, 4, 2]))
    array([5, 4, 2])
    """
    values, size = np.asarray(weights, dtype=np.float64), _quotas(weights, total).size
    least = np.zeros(size, dtype=np.int64) if lower is None else np.asarray(lower, dtype=np.int64)
    most = np.full(size, total, dtype=np.int64) if upper is None else np.asarray(upper, dtype=np.int64)
    if int(least.sum()) > total or int(most.sum()) < total or np.any(least > most):
        raise PlanError(f"{total} cannot be shared within the limits given", "Widen the limits.")
    shares = np.zeros(size, dtype=np.int64)
    free = np.ones(size, dtype=bool)
    while free.any():
        left = total - int(shares[~free].sum())
        shares[free] = _free_shares(values[free], left, most[free])
        missing, surplus = np.maximum(least - shares, 0), np.maximum(shares - most, 0)
        if not missing.any() and not surplus.any():
            break
        # those that miss more on the whole stay at their limit: the others can only move away from theirs
        held, limit = (missing > 0, least) if missing.sum() >= surplus.sum() else (surplus > 0, most)
        shares[held] = limit[held]
        free &= ~held
    return shares


def _free_shares(weights: NDArray[np.float64], total: int, most: NDArray[np.int64]) -> NDArray[np.int64]:
    """Share a total by weight; where every weight is 0 the first take what they may."""
    if weights.any() or total == 0:
        return largest_remainder(weights, total)
    before = np.minimum(np.cumsum(most), total)
    return np.asarray(np.diff(before, prepend=0), dtype=np.int64)


def _quotas(weights: ArrayLike, total: int) -> NDArray[np.float64]:
    """Return the exact real shares, shape (n,); all 0 if there is nothing to share."""
    values = np.asarray(weights, dtype=np.float64)
    if values.ndim != 1 or not np.all(np.isfinite(values)) or np.any(values < 0):
        raise PlanError("The weights to share by are not a list of numbers of 0 or more", "Check the shares.")
    if total < 0:
        raise PlanError(f"{total} cannot be shared", "Give 0 or more.")
    if total == 0:
        return np.zeros(values.size)
    if values.size == 0 or values.max() == 0:
        raise PlanError(f"{total} cannot be shared: every weight is 0", "Give at least one weight above 0.")
    scaled = values / values.max()  # keeps the sum finite whatever the unit
    return np.asarray(total * scaled / scaled.sum(), dtype=np.float64)


def _by_remainder(quotas: NDArray[np.float64], shares: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return positions by what each still lacks, largest first; ties by larger quota, then by position."""
    lacking = np.round(quotas - shares, REMAINDER_DECIMALS)
    return np.asarray(np.lexsort((np.arange(quotas.size), -quotas, -lacking)), dtype=np.intp)
