"""Sectors made of whole administrative units where possible, as even as these allow.

Units are multipolygons in the local plane, metres; slivers between them go to a neighbour. The sectors tile the zone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..arrangement import dissolve, inner_points, united
from ..geodesy import Array, Indices
from .borders import borders_of, overshot
from .line_shares import locate
from .moves import balanced_by_moves
from .patches import Links, joined, sums, without_fragments
from .unit_faces import LEAST_SHARE, Laid, laid_out, one_per_number, renumbered

LEAST_CONTACT = 0.25  # of its outline that such a piece shares with the neighbour it joins
CRUMB_SHARE = 0.01  # of a unit's ground: smaller pieces of it, cut off by the zone's edge, join a neighbour, too
LARGEST_UNIT = 1.5  # of what a sector should get: larger units are divided
TOLERANCE = 0.3  # of what a sector should get: as far as it may be off before units are divided for it
LEAST_RELIEF = 0.05  # of what a sector should get: dividing a unit must bring sectors nearer to the tolerance by it
MOST_TRIALS = 40  # units that are divided to see whether it helps
LEAST = 1e-9  # what two sums of shares may differ by
BORDER_COST = 0.01  # of a border of mean length, beside the squared relative deviations from the shares


@dataclass(frozen=True)
class WholeUnits:
    """Sectors (multipolygons) in order along the line; the units in one sector only, and those that are divided.

    ``apart`` are units in several sectors without being divided: no border crosses the pieces they are in. ``held``
    are the units with ground in each sector, the largest part first, crumbs left out; ``without_unit`` is the ground
    that no unit holds.
    """

    sectors: list[Any]
    whole: tuple[int, ...]
    divided: tuple[int, ...]
    apart: tuple[int, ...]
    held: tuple[tuple[int, ...], ...]
    without_unit: Any


def whole_units(
    units: Sequence[Any], sectors: Sequence[Any], zone: Any, weigh: Callable[[Sequence[Any]], Array], target: Array,
    check: Callable[[], None],
) -> WholeUnits:
    """Return sectors made of whole units where possible, with shares as even as these allow.

    Each unit goes to the sector that holds most of it; then units on a border change over while that brings the shares
    nearer to those wanted. Units larger than `LARGEST_UNIT` shares are divided along the sectors' borders, as is ground
    that no unit holds; others only while a sector misses its share by more than `TOLERANCE`, the largest that help
    first.

    Parameters
    ----------
    units : multipolygons in the plane; those outside the zone are left alone
    sectors : multipolygons that tile the zone, in order along the line
    zone : polygon or multipolygon in the plane
    weigh : tells how much of the measure lies in each of some polygons that tile the zone
    target : how much of it each sector should get, above zero, shape (sectors,)
    check : called often; raises to stop

    Raises
    ------
    PlanError : no unit lies in the zone
    """
    laid = laid_out(units, zone, overshot(borders_of(sectors), zone))
    check()
    weight = np.asarray(weigh(list(laid.faces)), dtype=np.float64)
    sector = locate(inner_points(laid.faces), sectors)
    ground = _Ground(laid, sector, weight, target, BORDER_COST / _mean_border(sectors, zone), check)
    label = _shared_out(ground, np.asarray(shapely.bounds(list(units))))
    held = _held(laid.unit, label, laid.size, (len(units), len(target)))
    return WholeUnits(
        dissolve(laid.faces, label, len(target), laid.edges), *_whole_or_not(laid, label, held), _by_sector(held),
        united(laid.faces, laid.unit < 0),
    )


@dataclass(frozen=True)
class _Ground:
    """What is shared out: faces, the sector across the line that each lies in, their weights; the weights wanted."""

    laid: Laid
    sector: Indices
    weight: Array
    target: Array
    border_cost: float
    check: Callable[[], None]


@dataclass(frozen=True)
class _Trial:
    """The sector of each face if some units are divided, and by what share of its target each sector is off."""

    divided: NDArray[np.bool_]
    label: Indices
    off: Array

    @property
    def bad(self) -> NDArray[np.bool_]:
        """Which sectors are off by more than the tolerance."""
        return np.asarray(np.abs(self.off) > TOLERANCE)

    @property
    def empty(self) -> NDArray[np.bool_]:
        """Which sectors have nothing."""
        return np.asarray(self.off <= -1)

    @property
    def excess(self) -> float:
        """By how much sectors are off beyond the tolerance, together."""
        return float(np.maximum(np.abs(self.off) - TOLERANCE, 0).sum())

    def no_worse(self, other: _Trial, relief: float = 0.0) -> bool:
        """Tell whether its excess is less than another's by some relief, and no sector out of tolerance farther off."""
        farthest = max(TOLERANCE, float(np.abs(other.off).max()))
        return self.excess <= other.excess - relief + LEAST and float(np.abs(self.off).max()) <= farthest + LEAST


def _shared_out(ground: _Ground, bounds: Array) -> Indices:
    """Return the sector of each face: of whole units, some divided where that is needed."""
    shape = len(bounds), len(ground.target)
    total = _held(ground.laid.unit, ground.sector, ground.weight, shape)
    home = np.argmax(_held(ground.laid.unit, ground.sector, ground.laid.size, shape), axis=1)
    size = total.sum(axis=1) / ground.target[home]
    order = np.lexsort([*np.nan_to_num(bounds).T, -np.round(size, 9)])  # the largest first, whatever the units' order
    too_large = size > LARGEST_UNIT
    found = _evened(ground, _tried(ground, too_large), order, size, _more_than_crumbs(total))
    if found.empty.any():  # not even dividing units gave each sector ground
        return ground.sector
    for unit in order[::-1]:
        if found.divided[unit] and not too_large[unit]:
            again = _tried(ground, _but(found.divided, unit))
            found = again if again.no_worse(found) else found
    return found.label


def _evened(ground: _Ground, found: _Trial, order: Indices, size: Array, reaches: NDArray[np.bool_]) -> _Trial:
    """Return what comes of dividing more units: those that help, the largest first; any where a sector has nothing.

    Parameters
    ----------
    order : of the units, the largest first
    size : of each unit, in shares
    reaches : which unit has ground in which sector across the line, shape (units, sectors)
    """
    left = MOST_TRIALS
    while found.bad.any():
        now = _held(ground.laid.unit, found.label, ground.weight, (len(size), len(ground.target)))
        near = (reaches | _more_than_crumbs(now))[:, found.bad].any(axis=1)
        useful = near & (reaches.sum(axis=1) > 1) & ~found.divided
        better, tried = _first_that_helps(ground, found, order[(useful & (size > TOLERANCE))[order]][:left])
        left -= tried
        if better is None:
            missing = order[(reaches[:, found.empty].any(axis=1) & ~found.divided)[order]]
            if not len(missing):
                break
            better = _tried(ground, _but(found.divided, missing[0]))
        found = better
    return found


def _first_that_helps(ground: _Ground, found: _Trial, units: Indices) -> tuple[_Trial | None, int]:
    """Return what comes of dividing the first of some units that helps, or None; and how many were tried."""
    for tried, unit in enumerate(units, start=1):
        trial = _tried(ground, _but(found.divided, unit))
        if trial.no_worse(found, LEAST_RELIEF):
            return trial, tried
    return None, len(units)


def _but(divided: NDArray[np.bool_], unit: int) -> NDArray[np.bool_]:
    """Return which units are divided if that is changed for one."""
    other = divided.copy()
    other[unit] = ~other[unit]
    return other


def _tried(ground: _Ground, divided: NDArray[np.bool_]) -> _Trial:
    """Return what comes of dividing some units."""
    ground.check()
    piece, group = _pieces(ground.laid, ground.sector, divided)
    label = _moved(ground, piece, group, _first_choice(ground, group))
    return _Trial(divided, label, sums(label, ground.weight, len(ground.target)) / ground.target - 1)


def _pieces(laid: Laid, sector: Indices, divided: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    """Return the piece of each face, which goes to one sector as a whole, and the group, whose pieces stay together.

    A piece is a connected part of a unit, or of one sector's part of a divided unit or of ground without a unit. The
    pieces of a unit that is not divided make a group.
    """
    count, parts = len(divided), int(sector.max()) + 1
    whole = (laid.unit >= 0) & ~divided[laid.unit]
    key = np.where(whole, laid.unit, count + (laid.unit + 1) * parts + sector)
    piece = laid.links.same(key)
    area = sums(piece, laid.size)[piece]
    owned = sums(laid.unit + 1, laid.size)[laid.unit + 1]
    loose = np.where(laid.unit < 0, area < LEAST_SHARE * laid.size.sum() / parts, area < CRUMB_SHARE * owned)
    links = laid.links.merged(piece)
    host, _ = joined(links, one_per_number(loose, piece) & _leaning(links), np.arange(links.count))
    alone = int(key.max()) + 1 + np.arange(links.count)
    group_of_piece = np.where(one_per_number(whole, piece), one_per_number(key, piece), alone)
    host, group = host[piece], group_of_piece[host][piece]
    return renumbered(host), renumbered(group)


def _leaning(links: Links) -> NDArray[np.bool_]:
    """Tell which patches share much of their outline with one neighbour: a web of slivers between many does not."""
    one, _, length = links.both_ways()
    longest, all_ = np.zeros(links.count), sums(one, length, links.count)
    np.maximum.at(longest, one, length)
    return np.asarray(longest >= LEAST_CONTACT * all_)


def _first_choice(ground: _Ground, group: Indices) -> Indices:
    """Return for each face the sector that holds most of its group."""
    count = len(ground.target)
    held = sums(group * count + ground.sector, ground.laid.size, (int(group.max()) + 1) * count).reshape(-1, count)
    return np.asarray(np.argmax(held, axis=1)[group])


def _moved(ground: _Ground, piece: Indices, group: Indices, label: Indices) -> Indices:
    """Return the sector of each face once fragments have joined neighbours and moves have evened out the shares."""
    links = ground.laid.links.merged(piece)
    of_piece = without_fragments(links, one_per_number(label, piece), sums(piece, ground.laid.size))
    together = renumbered(one_per_number(group, piece) * len(ground.target) + of_piece)
    weight = sums(piece, ground.weight)
    return balanced_by_moves(
        links, together, of_piece, weight, ground.target, ground.border_cost, ground.check
    )[piece]


def _mean_border(sectors: Sequence[Any], zone: Any) -> float:
    """Return the mean length of a border between two sectors, metres; the size of the zone where there is none."""
    borders = borders_of(sectors)
    pairs = {(border.one, border.two) for border in borders}
    return sum(border.line.length for border in borders) / len(pairs) if pairs else float(np.sqrt(zone.area))


def _held(unit: Indices, label: Indices, value: Array, shape: tuple[int, int]) -> Array:
    """Return how much of a value of faces each unit has in each sector; -1 is no unit."""
    count, parts = shape
    return sums((unit + 1) * parts + label, value, (count + 1) * parts).reshape(-1, parts)[1:]


def _whole_or_not(laid: Laid, label: Indices, held: Array) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return the units that lie in one sector, those that are divided, and those in pieces in several sectors.

    Crumbs do not count.
    """
    total = held.sum(axis=1)
    several = held.max(axis=1) < (1 - CRUMB_SHARE) * total
    patch = laid.links.same(laid.unit)
    of_patch = _held(patch, label, laid.size, (int(patch.max()) + 1, held.shape[1]))
    beside = of_patch.sum(axis=1) - of_patch.max(axis=1)
    owned = laid.unit >= 0
    cut = np.zeros(len(held))
    np.maximum.at(cut, laid.unit[owned], beside[patch[owned]])
    divided = several & (cut >= CRUMB_SHARE * total)
    whole, divided, apart = (
        tuple(np.nonzero(one)[0].tolist()) for one in ((total > 0) & ~several, divided, several & ~divided)
    )
    return whole, divided, apart


def _more_than_crumbs(held: Array) -> NDArray[np.bool_]:
    """Tell which unit has more than a crumb in which sector."""
    return np.asarray(held > CRUMB_SHARE * held.sum(axis=1, keepdims=True))


def _by_sector(held: Array) -> tuple[tuple[int, ...], ...]:
    """Return the units with ground in each sector, the largest part first; crumbs do not count."""
    there = _more_than_crumbs(held)
    order = np.argsort(-held, axis=0, kind="stable")
    return tuple(tuple(k for k in column.tolist() if there[k, n]) for n, column in enumerate(order.T))
