"""Contingents in the sectors: a table with exact margins in which no contingent is smaller than its unit.

Where every proportional cell is large enough the table is the controlled rounding. Otherwise contributors with a unit
are gathered in consecutive sectors, in three ways. The table with the fewest contingents below their units counts, and
of several such the one in the fewest stretches.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..controlled_rounding import controlled_rounding
from ..rounding import largest_remainder_between

WAYS = ("wide", "narrow", "full")  # most sectors; fewest sectors; fewest sectors, filled one after the other
MENDS = 200  # contingents looked at in one table: bounds the time where units leave no room at all

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


def table_with_units(rows: Whole, columns: Whole, units: Whole) -> Whole:
    """Share whole persons among contributors and sectors, each contingent 0 or at least its unit where there is room.

    Parameters
    ----------
    rows : persons of each contributor, shape (m,)
    columns : persons of each sector along the line, shape (n,), with the same sum
    units : smallest contingent of each contributor, 0 for none, shape (m,)

    Returns
    -------
    Persons, shape (m, n), with both margins exact. Those without unit are rounded in proportion to what the others
    leave. Which table is best is hard in general (as packing bins is): few contingents may remain below their units.

    Raises
    ------
    PlanError : as `controlled_rounding`

    Examples
    --------
    >>> table_with_units(np.array([300, 700]), np.array([250, 250, 250, 250]), np.array([120, 0]))
    array([[150, 150,   0,   0],
           [100, 100, 250, 250]])
    """
    plain = controlled_rounding(rows, columns)
    if not too_small(plain, units).any():
        return plain
    tables = [_mended(_gathered(rows, columns, units, way), units) for way in WAYS]
    return min([*tables, plain], key=lambda table: (int(too_small(table, units).sum()), _stretches(table[units > 0])))


def too_small(table: Whole, units: Whole) -> Mask:
    """Return which contingents are below their units, shape (m, n)."""
    return np.asarray((table > 0) & (table < units[:, None]))


def _stretches(table: Whole) -> int:
    """Return in how many stretches of consecutive sectors contributors are, all together."""
    return int((np.diff(table > 0, axis=1, prepend=False) & (table > 0)).sum())


def _gathered(rows: Whole, columns: Whole, units: Whole, way: str) -> Whole:
    """Place those with a unit one after the other, the largest unit first, and round the others into what is left."""
    table = np.zeros((rows.size, columns.size), dtype=np.int64)
    free = columns.astype(np.int64)
    with_unit = [int(i) for i in np.lexsort((-rows, -units)) if units[i] > 0 and rows[i] > 0]
    crowded = []
    for i in with_unit:
        if not _place(table[i], free, int(rows[i]), int(units[i]), way):
            crowded.append(i)
    for i in crowded:  # below their units somewhere, but one after the other along the line, so in few sectors
        table[i] = np.diff(np.minimum(np.cumsum(free), rows[i]), prepend=0)
        free -= table[i]
    table[units == 0] = controlled_rounding(rows[units == 0], free)
    return table


def _place(row: Whole, free: Whole, persons: int, unit: int, way: str) -> bool:
    """Write a contributor's contingents into its row and take them from what is free, unless they have no room."""
    window = _window(free, persons, unit, way)
    if window is None:
        return False
    row[window] = _contingents(free[window], persons, unit, way)
    free -= row
    return True


def _window(free: Whole, persons: int, unit: int, way: str) -> NDArray[np.intp] | None:
    """Return sectors, consecutive if any such do, that hold a contributor's persons in contingents of its unit."""
    usable = np.nonzero(free >= unit)[0]
    most = min(persons // unit, usable.size)
    running = np.concatenate([[0], np.cumsum(free[usable])])
    sizes = range(1, most + 1)
    for size in sizes[-1:] if way == "wide" else sizes:
        room = running[size:] - running[:-size]
        if room.max() < persons:
            continue
        span = usable[size - 1:] - usable[:usable.size - size + 1]
        fit = -room if way == "wide" else room
        start = np.lexsort((fit, span, room < persons))[0]
        return usable[start:start + size]
    return None


def _contingents(free: Whole, persons: int, unit: int, way: str) -> Whole:
    """Return a contributor's persons in each sector of its window: its unit, and the others in proportion to room."""
    room = free - unit
    left = persons - unit * free.size
    if way == "full":
        return np.asarray(unit + np.diff(np.minimum(np.cumsum(room), left), prepend=0))
    return unit + largest_remainder_between(room, left, upper=room)


def _mended(table: Whole, units: Whole) -> Whole:
    """Exchange persons between two contributors in two sectors as long as fewer contingents are below their units."""
    table = table.copy()
    looked = 0
    mended = True
    while mended:
        mended = False
        for i, j in np.argwhere(too_small(table, units)):
            if looked == MENDS:
                return table
            looked += 1
            if 0 < table[i, j] < units[i] and _exchange(table, units, int(i), int(j)):
                mended = True
    return table


def _exchange(table: Whole, units: Whole, i: int, j: int) -> bool:
    """Empty the contingent of contributor ``i`` in sector ``j``, or fill it up to its unit, if that mends more."""
    for moved in (int(table[i, j]), int(table[i, j] - units[i])):  # out of the sector; negative: into it
        own, others = table[i] + moved, table[:, j] + moved  # what i has elsewhere, and others have in j
        across = table - moved  # what others have elsewhere
        allowed = (own >= 0)[None, :] & (others >= 0)[:, None] & (across >= 0)
        allowed[i], allowed[:, j] = False, False
        small = too_small(table, units).astype(np.int64)
        after = _small(own, units[i])[None, :] + _small(others, units)[:, None] + _small(across, units[:, None])
        before = small[i][None, :] + small[:, j][:, None] + small
        gain = np.where(allowed, before - after + 1, 0)  # the contingent itself is mended
        k, elsewhere = divmod(int(gain.argmax()), table.shape[1])
        if gain[k, elsewhere] > 0:
            table[i, j] -= moved
            table[k, j] += moved
            table[i, elsewhere] += moved
            table[k, elsewhere] -= moved
            return True
    return False


def _small(persons: Whole, units: Whole) -> Whole:
    """Return 1 where a contingent would be below its unit."""
    return ((persons > 0) & (persons < units)).astype(np.int64)
