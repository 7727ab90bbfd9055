"""Sectors made of whole administrative units where possible, as even as these allow.

Units are multipolygons in the local plane, metres; slivers between them go to a neighbour. The sectors tile the zone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arrangement import dissolve, inner_points
from ..geodesy import Array, Indices
from .borders import borders_of, overshot
from .line_shares import locate
from .moves import balanced_by_moves
from .patches import Links, joined, sums, without_fragments
from .unit_faces import LEAST_SHARE, Laid, laid_out, one_per_number, renumbered

LEAST_CONTACT = 0.25  # of its outline that such a piece shares with the neighbour it joins
CRUMB_SHARE = 0.01  # of a unit's ground: smaller pieces of it, cut off by the zone's edge, join a neighbour, too
LARGEST_UNIT = 1.5  # of what a sector should get: larger units are divided
BORDER_COST = 0.01  # of a border of mean length, beside the squared relative deviations from the shares


@dataclass(frozen=True)
class WholeUnits:
    """Sectors (multipolygons) in order along the line; the units in one sector only, and those in several."""

    sectors: list[Any]
    whole: tuple[int, ...]
    divided: tuple[int, ...]


def whole_units(
    units: Sequence[Any], sectors: Sequence[Any], zone: Any, weigh: Callable[[Sequence[Any]], Array], target: Array,
    check: Callable[[], None],
) -> WholeUnits:
    """Return sectors made of whole units where possible, with shares as even as these allow.

    Each unit goes to the sector that holds most of it; then units on a border change over while that brings the shares
    nearer to those wanted. Units larger than `LARGEST_UNIT` shares, and the largest in a sector that would get nothing,
    are divided along the sectors' borders, as is ground that no unit holds.

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
    sector = locate(inner_points(laid.faces), sectors)
    weight = np.asarray(weigh(list(laid.faces)), dtype=np.float64)
    divided = np.zeros(len(units), dtype=bool)
    while True:
        check()
        piece, group = _pieces(laid, sector, divided)
        label, dividing = _first_choice(laid, group, sector, weight, target, divided)
        if not dividing.any():
            break
        divided |= dividing
    if len(np.unique(label)) < len(target):  # not even dividing units gave each sector ground
        label = sector
    else:
        label = _moved(laid, piece, group, label, weight, target, BORDER_COST / _mean_border(sectors, zone), check)
    return WholeUnits(dissolve(laid.faces, label, len(target), laid.edges), *_whole_and_divided(laid, label))


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


def _first_choice(
    laid: Laid, group: Indices, sector: Indices, weight: Array, target: Array, divided: NDArray[np.bool_]
) -> tuple[Indices, NDArray[np.bool_]]:
    """Return for each face the sector that holds most of its group; and which units must be divided."""
    count = len(target)
    held = sums(group * count + sector, laid.size, (int(group.max()) + 1) * count).reshape(-1, count)
    choice = np.argmax(held, axis=1)
    label = choice[group]
    too_large = sums(group, weight) > LARGEST_UNIT * target[choice]
    dividing = np.zeros(len(divided), dtype=bool)
    dividing[laid.unit[too_large[group] & (laid.unit >= 0)]] = True
    for missing in np.nonzero(sums(label, weight, count) <= 0)[0]:
        here = (sector == missing) & (laid.unit >= 0)
        here[here] = ~divided[laid.unit[here]]
        if here.any():
            dividing[np.argmax(np.bincount(laid.unit[here], laid.size[here]))] = True
    return label, dividing & ~divided


def _moved(
    laid: Laid, piece: Indices, group: Indices, label: Indices, weight: Array, target: Array, border_cost: float,
    check: Callable[[], None],
) -> Indices:
    """Return the sector of each face once fragments have joined neighbours and moves have evened out the shares."""
    links = laid.links.merged(piece)
    of_piece = without_fragments(links, one_per_number(label, piece), sums(piece, laid.size))
    together = renumbered(one_per_number(group, piece) * len(target) + of_piece)
    return balanced_by_moves(links, together, of_piece, sums(piece, weight), target, border_cost, check)[piece]


def _mean_border(sectors: Sequence[Any], zone: Any) -> float:
    """Return the mean length of a border between two sectors, metres; the size of the zone where there is none."""
    borders = borders_of(sectors)
    pairs = {(border.one, border.two) for border in borders}
    return sum(border.line.length for border in borders) / len(pairs) if pairs else float(np.sqrt(zone.area))


def _whole_and_divided(laid: Laid, label: Indices) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the units that lie in one sector, and those in several; crumbs do not count."""
    count = int(label.max()) + 1
    held = sums((laid.unit + 1) * count + label, laid.size)
    held = np.pad(held, (0, -len(held) % count)).reshape(-1, count)[1:]
    several = held.max(axis=1) < (1 - CRUMB_SHARE) * held.sum(axis=1)
    met = held.sum(axis=1) > 0
    return tuple(np.nonzero(met & ~several)[0].tolist()), tuple(np.nonzero(several)[0].tolist())
