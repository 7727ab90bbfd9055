"""Who sends whom: whole persons of each contributor, role by role and sector by sector, with exact margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..controlled_rounding import MAX_TOTAL
from ..errors import PlanError
from . import words
from .leads import Names, Wish, named_sectors, nearest_blocks
from .model import SUPPORT, TRAINING, UNASSIGNED, ZONE, Contributor, check_contributors
from .totals import Totals, role_totals
from .units import table_with_units

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Contributions:
    """Persons of each contributor.

    Parameters
    ----------
    contributors : names in the order given; then `UNASSIGNED` for each role in which anything is
    roles : the role of each row
    zone : persons in the sectors, of the role zone or support, integers, shape (rows, sectors); 0 for training
    training : persons of the training mission, integers, shape (rows,); 0 for the other roles
    notes, warnings : plain sentences on what became of shares, pledges, caps, units and leads
    """

    contributors: tuple[str, ...]
    roles: tuple[str, ...]
    zone: Whole
    training: Whole
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


class _Part(NamedTuple):
    """One role: persons by its contributors and by sector, what is unassigned by sector, and the sentences."""

    table: Whole
    unassigned: Whole
    told: list[words.Told]


def contribute(
    contributors: Sequence[Contributor], zone: Whole, support: Whole, sector_names: Sequence[str], training: int,
    sector_numbers: Sequence[int] | None = None,
) -> Contributions:
    """Share the persons of a plan among contributors.

    Without contributors in the role support those in the role zone share zone and support together. Totals come first:
    pledges, then shares of what these leave by largest remainders (Hamilton), within caps and not below units. Leads
    take whole sectors; the others share the rest in proportion by controlled rounding, except where units gather them.

    Parameters
    ----------
    contributors : at most `MAX_CONTRIBUTORS`; without any nothing is shared and there are no rows
    zone : persons of each sector without mission support, integers, shape (n,)
    support : persons of mission support in each sector, integers, shape (n,)
    sector_names : in order along the line, n of them
    training : persons of the training mission
    sector_numbers : n of them, for leads that name sectors by number; 1…n if they are not given

    Returns
    -------
    Per sector the rows of zone and support add up to ``zone + support``, those of training to ``training``.

    Raises
    ------
    PlanError : persons that are negative, not whole or of unequal number; contributors given twice; leads that name
        unknown sectors, claim one sector together, or have caps below their sectors' persons

    Examples
    --------
    >>> found = contribute([Contributor("A", 30), Contributor("B", 50)], [50, 50], [0, 0], ["S1", "S2"], 0)
    >>> found.contributors, found.zone.tolist()
    (('A', 'B', 'unassigned'), [[15, 15], [25, 25], [10, 10]])
    """
    zone, support = _persons(zone, len(sector_names)), _persons(support, len(sector_names))
    training = int(_persons([training], 1)[0])
    check_contributors(contributors)
    numbers = range(1, len(sector_names) + 1) if sector_numbers is None else sector_numbers
    pools = {ZONE: zone, SUPPORT: support}
    if all(one.role != SUPPORT for one in contributors):
        pools = {ZONE: zone + support}
    if not contributors:
        return Contributions((), (), np.zeros((0, zone.size), np.int64), np.zeros(0, np.int64), (), ())
    table = np.zeros((len(contributors), zone.size), dtype=np.int64)
    trainers = np.zeros(len(contributors), dtype=np.int64)
    told: list[words.Told] = []
    left: list[tuple[str, Whole, int]] = []
    for role, pool in pools.items():
        own = [i for i, one in enumerate(contributors) if one.role == role]
        part = _in_sectors(role, [contributors[i] for i in own], pool, Names(sector_names, numbers))
        table[own] = part.table
        left.append((role, part.unassigned, 0))
        told += part.told
    own = [i for i, one in enumerate(contributors) if one.role == TRAINING]
    totals = role_totals([contributors[i] for i in own], training, {})
    trainers[own] = totals.persons
    left.append((TRAINING, np.zeros_like(zone), totals.unassigned))
    told.append(words.of_totals(TRAINING, [contributors[i] for i in own], totals, training))
    left = [(role, sectors, trained) for role, sectors, trained in left if sectors.any() or trained]
    return Contributions(
        (*(one.name for one in contributors), *(UNASSIGNED for _ in left)),
        (*(one.role for one in contributors), *(role for role, _, _ in left)),
        np.vstack([table, *(sectors for _, sectors, _ in left)]),
        np.append(trainers, np.array([trained for _, _, trained in left], dtype=np.int64)),
        tuple(note for one in told for note in one.notes),
        tuple(warning for one in told for warning in one.warnings),
    )


def _persons(values: ArrayLike, count: int) -> Whole:
    """Return persons as integers, checked."""
    given = np.asarray(values)
    if given.shape != (count,) or not (count == 0 or np.issubdtype(given.dtype, np.integer)):
        raise PlanError("Contributors need one whole number of persons for each sector", "Give lists of equal length.")
    if count and (given.min() < 0 or given.max() > MAX_TOTAL or given.sum(dtype=np.float64) > MAX_TOTAL / 2):
        raise PlanError("The persons to share cannot be used", f"Give 0 or more, at most {MAX_TOTAL // 2:,} in all.")
    return given.astype(np.int64)


def _in_sectors(role: str, members: list[Contributor], pool: Whole, known: Names) -> _Part:
    """Share the persons of one role, which ``pool`` has by sector, among its contributors."""
    total = int(pool.sum())
    led = _led(members, pool, known)
    totals = role_totals(members, total, {i: int(pool[sectors].sum()) for i, sectors in led.sectors.items()})
    table = _table(members, totals, led.sectors, pool)
    told = [
        words.of_totals(role, members, totals, total),
        words.of_leads(role, members, totals, led, known.names),
        words.of_units(role, members, table[:-1], known.names),
    ]
    return _Part(table[:-1], table[-1], told)


def _led(members: list[Contributor], pool: Whole, known: Names) -> words.Led:
    """Return the sectors that contributors lead, what they were to send, and those that find none to lead."""
    total = int(pool.sum())
    led = named_sectors(members, pool, known)
    fixed = {i: int(pool[sectors].sum()) for i, sectors in led.items()}
    targets = role_totals(members, total, fixed).persons
    wishes = {
        i: Wish(int(targets[i]), total if one.cap is None else one.cap, one.unit)
        for i, one in enumerate(members) if one.lead and i not in led and targets[i] > 0
    }
    taken = np.zeros(pool.size, dtype=bool)
    taken[[sector for sectors in led.values() for sector in sectors]] = True
    blocks = nearest_blocks(wishes, pool, taken)
    wanted = {i: wish.target for i, wish in wishes.items()}
    return words.Led({**led, **blocks}, wanted, {i: persons for i, persons in wanted.items() if i not in blocks})


def _table(members: list[Contributor], totals: Totals, led: dict[int, Whole], pool: Whole) -> Whole:
    """Return persons by contributor and sector, the last row unassigned: led sectors whole, the others shared."""
    table = np.zeros((len(members) + 1, pool.size), dtype=np.int64)
    free = np.ones(pool.size, dtype=bool)
    for i, sectors in led.items():
        table[i, sectors] = pool[sectors]
        free[sectors] = False
    sharing = [i for i in range(len(members)) if i not in led]
    rows = np.append(totals.persons[sharing], totals.unassigned)
    units = np.array([*(members[i].unit for i in sharing), 0], dtype=np.int64)
    table[np.ix_(np.array([*sharing, len(members)]), free)] = table_with_units(rows, pool[free], units)
    return table
