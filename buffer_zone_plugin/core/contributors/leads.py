"""Which whole sectors a contributor leads: those that it names, or consecutive ones nearest to its share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import PlanError
from .model import Contributor, key, shown

SECTORS_TOLD = 8  # of the known ones

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Wish(NamedTuple):
    """What a lead without named sectors wants: persons nearest to ``target``, at most ``cap``, ``unit`` a sector."""

    target: int
    cap: int
    unit: int


class Names(NamedTuple):
    """What sectors are called, in order along the line, and their numbers."""

    names: Sequence[str]
    numbers: Sequence[int]


def named_sectors(
    contributors: Sequence[Contributor], persons: Whole, known: Names,
) -> dict[int, Whole]:
    """Return the sectors that contributors of one role lead by name or number, by the contributor's position.

    Parameters
    ----------
    contributors : of one role
    persons : of the role in each sector, shape (n,)
    known : the sectors

    Raises
    ------
    PlanError : a sector is unknown, has a name that several have, or is claimed twice; a cap is below their persons
    """
    owner: dict[int, str] = {}
    led: dict[int, Whole] = {}
    for position, one in enumerate(contributors):
        if not one.sectors:
            continue
        found = sorted({_sector(name, one, known) for name in one.sectors})
        for sector in found:
            if sector in owner:
                raise PlanError(
                    f"{owner[sector]} and {shown(one.name)} both lead the sector {shown(known.names[sector])}",
                    "Leave it to one of them.",
                )
            owner[sector] = shown(one.name)
        led[position] = np.array(found, dtype=np.int64)
        needed = int(persons[found].sum())
        if one.cap is not None and needed > one.cap:
            raise PlanError(
                f"{shown(one.name)} leads sectors of {needed:,} persons, but its cap is {one.cap:,}",
                "Raise the cap, or let it lead fewer sectors.",
            )
    return led


def nearest_blocks(wishes: Mapping[int, Wish], persons: Whole, taken: Mask) -> dict[int, Whole]:
    """Return consecutive whole sectors for each lead, laid along the line in the order given.

    The sum of squared deviations from the targets is least, by dynamic programming over the sectors. Of two such
    layings, one with sectors left between and one that covers the line, that is taken which also leaves the better sum
    to those who lead nothing. Where units forbid to cover the line, the latter does without them. A lead that is nearer
    to its target without any sector gets none.

    Parameters
    ----------
    wishes : by the contributor's position
    persons : of the role in each sector, shape (n,)
    taken : whether a sector is led already, shape (n,)

    Returns
    -------
    Indices of the sectors by the contributor's position; those without sectors are missing.
    """
    wanted = list(wishes.values())
    layings = [_laid(wanted, persons, taken, leave=leave) for leave in (np.ones_like(taken), taken)]
    if layings[-1] is None:
        layings.append(_laid([wish._replace(unit=0) for wish in wanted], persons, taken, leave=taken))
    best = min((laying for laying in layings if laying is not None), key=lambda found: _cost(wanted, persons, found))
    return {
        position: np.arange(start, stop) for position, (start, stop) in zip(wishes, best) if stop > start
    }


def _sector(name: str, one: Contributor, known: Names) -> int:
    """Return the index of a sector by its name as written, by its name in any case, or by its number."""
    names, numbers = list(known.names), list(known.numbers)
    for among, wanted in ((names, name), ([key(other) for other in names], key(name))):
        if among.count(wanted) == 1:
            return among.index(wanted)
        if among.count(wanted) > 1:
            raise PlanError(f"Several sectors are named {shown(name)}", "Give the number instead.")
    if name.isascii() and name.isdigit() and len(name) < 10 and int(name) in numbers:
        return numbers.index(int(name))
    told = ", ".join(f"'{shown(other)}'" for other in names[:SECTORS_TOLD])
    more = ", …" if len(names) > SECTORS_TOLD else ""
    by_number = ": names with ; , or + go by number" if any(set(other) & set(";,+") for other in names) else ""
    raise PlanError(
        f"The sector {shown(name)} that {shown(one.name)} is to lead is not known",
        f"Choose from {told}{more}, or a number from {min(numbers)} to {max(numbers)}{by_number}.",
    )


def _laid(wanted: Sequence[Wish], persons: Whole, taken: Mask, leave: Mask) -> list[tuple[int, int]] | None:
    """Return start and stop of each lead's block, equal for none; sectors outside ``leave`` must be in a block."""
    count = persons.size
    least = np.full((len(wanted) + 1, count + 1), np.inf)  # cost of the leads from k in the sectors from p
    least[-1] = _skipping(np.append(np.full(count, np.inf), 0.0), leave)
    for k in range(len(wanted) - 1, -1, -1):
        with_block = (_block_costs(wanted[k], persons, taken) + least[k + 1]).min(axis=1)
        least[k] = _skipping(np.minimum(with_block, least[k + 1] + float(wanted[k].target) ** 2), leave)
    if not np.isfinite(least[0, 0]):
        return None
    return _read_back(wanted, persons, taken, least)


def _skipping(costs: Real, leave: Mask) -> Real:
    """Return the least cost from each sector on, if those that may be left are skipped."""
    for p in range(leave.size - 1, -1, -1):
        if leave[p]:
            costs[p] = min(costs[p], costs[p + 1])
    return costs


def _read_back(wanted: Sequence[Wish], persons: Whole, taken: Mask, least: Real) -> list[tuple[int, int]]:
    """Return the blocks of least cost: none rather than one as good, and the first along the line."""
    blocks: list[tuple[int, int]] = []
    p = 0
    for k, wish in enumerate(wanted):
        costs = _block_costs(wish, persons, taken) + least[k + 1]
        while least[k, p] != least[k + 1, p] + float(wish.target) ** 2:
            if costs[p].min() == least[k, p]:
                break
            p += 1
        else:
            blocks.append((p, p))
            continue
        stop = int(costs[p].argmin())
        blocks.append((p, stop))
        p = stop
    return blocks


def _block_costs(wish: Wish, persons: Whole, taken: Mask) -> Real:
    """Return the squared deviation of each block from start to stop, infinite where it cannot be, shape (n+1, n+1)."""
    def sums(values: NDArray[np.generic]) -> Whole:
        running = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
        return np.asarray(running[None, :] - running[:, None], dtype=np.int64)

    block = sums(persons)
    bad = sums(taken | ((persons > 0) & (persons < wish.unit))) != 0
    possible = (block > 0) & (block <= wish.cap) & ~bad
    return np.where(possible, (block - wish.target).astype(np.float64) ** 2, np.inf)


def _cost(wanted: Sequence[Wish], persons: Whole, blocks: Sequence[tuple[int, int]]) -> float:
    """Return the squared deviations of the leads and of what is left to the others, as one group."""
    off = [int(persons[start:stop].sum()) - wish.target for wish, (start, stop) in zip(wanted, blocks)]
    to_others = sum(by for by, (start, stop) in zip(off, blocks) if stop > start)
    return float(sum(by * by for by in off) + to_others * to_others)
