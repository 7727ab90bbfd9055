"""Balancing: cuts are moved until the finished sectors have their shares, and bends make these exact.

A damped Newton step on the shares up to each cut; the best of some rounds is kept. Coordinates are metres in the local
plane.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..geodesy import Array
from ..progress import Progress
from .axis import Axis
from .bends import bend_all, spent
from .borders import Border, TopologyError, borders_of, rebuilt, rough_sectors
from .cuts import SHORT_SECTOR, Shares, chain_totals, cuts_at, deviation, reached
from .measures import HEAVY, Measure
from .once import meeting_once, moved_along
from .straight import straightened

BALANCE_ROUNDS = 5
GOOD_BALANCE = 5e-3  # relative deviation below which a bend can do the rest
BEND_ROUNDS, MOST_BEND_ROUNDS = 3, 9  # after the last border that needed another bend; in all
DONE = 1e-7
ONCE_WORTH = 1e-4  # of a share: what a border that meets the line once instead of several times may cost
LAST_DAMPING = 0.6
LEAST_STEP = 1e-6  # of the depth between two cuts
WORTH_LEADING = 1e-3  # relative deviation above which borders are led to where shares of the line ask for


@dataclass(frozen=True)
class Balanced:
    """Sectors (multipolygons) and their borders; how far the worst share is off; what was measured on each."""

    sectors: list[Any]
    borders: list[Border]
    deviation: float
    value: Array
    target: Array
    rough: list[Any]


def balanced(
    axis: Axis, zone: Any, depth_m: float, shared: Measure, shares: Shares, progress: Progress
) -> Balanced:
    """Return the sectors with the shares asked for, as exactly as borders can be moved.

    Raises
    ------
    TopologyError : no cuts were found that make as many sectors as asked for
    """
    count = len(shares.wanted)
    target = shares.targets(chain_totals(axis, shared))
    asked = target.copy()
    # a place that weighs more than a sector would leave slices beside it; what lies evenly along the line does not
    least = SHORT_SECTOR if shared.heaviest > HEAVY / count else LEAST_STEP
    best: Balanced | None = None
    trouble: TopologyError | None = None
    for round_ in range(BALANCE_ROUNDS):
        progress.report(round_ / (BALANCE_ROUNDS + BEND_ROUNDS))
        cuts = cuts_at(axis, shared, asked, shares.groups, least * depth_m)
        try:
            found = _laid(axis, cuts, zone, depth_m, shared, shares, progress)
        except TopologyError as error:
            trouble = error
            asked = (asked + target) / 2 if round_ else np.arange(1, count) / count
            continue
        target = found.target
        if best is None or found.deviation < best.deviation:
            best = found
        if found.deviation < GOOD_BALANCE:
            break
        damping = 1.0 if round_ < BALANCE_ROUNDS - 1 else LAST_DAMPING
        asked = np.clip(np.maximum.accumulate(asked + damping * (target - reached(found.value))), 1e-6, 1 - 1e-6)
    if best is None:
        raise trouble or TopologyError("no sectors were found")
    best = _bent(best, zone, shared, shares, progress)
    if best.deviation > WORTH_LEADING and shared.on_line:
        best = _moved_along(best, axis, zone, depth_m, shared, shares)
    return _met_once(best, axis, zone, depth_m, shared, shares, progress)


def _moved_along(
    best: Balanced, axis: Axis, zone: Any, depth_m: float, shared: Measure, shares: Shares
) -> Balanced:
    """Lead borders to the places of the line that the shares ask for, where bends could not take enough of it."""
    for _ in range(BEND_ROUNDS):
        missing = _missing(best)
        ahead = np.where(np.abs(missing) > ONCE_WORTH * best.value.mean(), missing, 0.0)
        better = _better(best, moved_along(best.borders, ahead, axis, zone, depth_m), zone, shared, shares)
        if better is None:
            break
        best = better
    return best


def _met_once(
    best: Balanced, axis: Axis, zone: Any, depth_m: float, shared: Measure, shares: Shares, progress: Progress
) -> Balanced:
    """Lead borders around the folds of the line, if the shares stay what they were, or nearly."""
    borders = meeting_once(best.borders, axis, zone, depth_m)
    if all(len(new.xy) == len(old.xy) for new, old in zip(borders, best.borders)):
        return best
    try:
        found = _measured(rebuilt(borders, zone, best.rough), borders, best.rough, shared, shares)
    except TopologyError:
        return best
    if not shared.on_line:  # a bend away from the line moves none of it
        found = _bent(replace(found, target=best.target), zone, shared, shares, progress)
    return found if found.deviation <= best.deviation + ONCE_WORTH else best


def _laid(
    axis: Axis, cuts: Array, zone: Any, depth_m: float, shared: Measure, shares: Shares, progress: Progress
) -> Balanced:
    """Return the sectors between straight borders at some cuts."""
    rough = rough_sectors(axis, cuts, zone, depth_m)
    progress.check()
    borders = straightened(borders_of(rough), zone, depth_m)
    progress.check()
    try:
        sectors = rebuilt(borders, zone, rough)
    except TopologyError:  # rough borders are better than none
        sectors, borders = rough, borders_of(rough)
    return _measured(sectors, borders, rough, shared, shares)


def _measured(
    sectors: list[Any], borders: list[Border], rough: list[Any], shared: Measure, shares: Shares
) -> Balanced:
    value = shared.exact(sectors, [border.line for border in borders])
    target = shares.targets(shares.totals(value))
    return Balanced(sectors, borders, deviation(value, target), value, target, rough)


def _missing(found: Balanced) -> Array:
    """Return how much of the measure is missing before each border, in its unit (sectors - 1,)."""
    return np.asarray((found.target - reached(found.value)) * found.value.sum())


def _better(best: Balanced, borders: list[Border], zone: Any, shared: Measure, shares: Shares) -> Balanced | None:
    """Return the sectors between borders that were moved, None if these make none or leave the shares as far off."""
    try:
        again = _measured(rebuilt(borders, zone, best.rough), borders, best.rough, shared, shares)
    except TopologyError:
        return None
    return replace(again, target=best.target) if again.deviation < best.deviation else None


def _bent(best: Balanced, zone: Any, shared: Measure, shares: Shares, progress: Progress) -> Balanced:
    """Bend each border by one vertex so that the shares become exact; keep the best of a few passes.

    A border that may not be bent farther gets another bend: where a small move of a cut makes a border straight that
    was not, its share may lie between the two forms.
    """
    plain = best.borders
    left = BEND_ROUNDS
    for round_ in range(MOST_BEND_ROUNDS):
        progress.report((BALANCE_ROUNDS + min(round_, BEND_ROUNDS)) / (BALANCE_ROUNDS + BEND_ROUNDS))
        if best.deviation < DONE or not left:
            break
        left -= 1
        bent = bend_all(best.borders, best.sectors, _missing(best), shared, plain)
        better = _better(best, bent, zone, shared, shares)
        if better is None:
            break
        best = better
        full = [spent(border, form) for border, form in zip(best.borders, plain)]
        if any(full):
            left = BEND_ROUNDS
            plain = [border if is_full else form for border, form, is_full in zip(best.borders, plain, full)]
    return best
