"""How a table of real shares becomes whole numbers whose rows and columns both add up: controlled rounding.

After Bacharach (1966) and Cox (1987): every cell of the proportional table is rounded down or up, and both margins stay
exact. Which cells go up is a flow from rows to columns; the fractions themselves are one, so a whole one exists too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .errors import PlanError

MAX_TOTAL = 1_000_000_000  # persons; the product of two margins then fits 64 bits

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


def controlled_rounding(rows: Whole, columns: Whole) -> Whole:
    """Share whole numbers among rows and columns in proportion, with both margins exact.

    Each cell is ``rows[i] * columns[j] / N`` rounded down or up, N being the sum of either margin. Large remainders go
    up first, as in Hamilton's method, as far as the margins allow. Rows and columns that differ may change places
    without changing a cell; among equal ones the first has precedence.

    Parameters
    ----------
    rows : persons of each row, integers of 0 or more, shape (m,)
    columns : persons of each column, integers of 0 or more, shape (n,), with the same sum

    Returns
    -------
    Persons, integers of 0 or more, shape (m, n).

    Raises
    ------
    PlanError : a margin is negative, not whole, not a list, or beyond `MAX_TOTAL`; the two sums differ

    Examples
    --------
    >>> controlled_rounding(np.array([3, 3, 4]), np.array([5, 5]))
    array([[2, 1],
           [1, 2],
           [2, 2]])
    """
    rows, columns = _margin(rows), _margin(columns)
    total = int(rows.sum())
    if total != int(columns.sum()):
        raise PlanError(
            f"The rows add up to {total:,} persons and the columns to {int(columns.sum()):,}", "Give equal sums.",
        )
    table = np.zeros((rows.size, columns.size), dtype=np.int64)
    if total == 0:
        return table
    # in the order of their size, so that the order in which they were given matters for equal ones only
    by_row, by_column = np.argsort(-rows, kind="stable"), np.argsort(-columns, kind="stable")
    floors, remainders = np.divmod(np.outer(rows[by_row], columns[by_column]), total)
    ups = _ups(remainders, rows[by_row] - floors.sum(axis=1), columns[by_column] - floors.sum(axis=0))
    table[np.ix_(by_row, by_column)] = floors + ups
    return table


def _margin(values: Whole) -> Whole:
    """Return a margin as 64-bit integers, checked."""
    given = np.asarray(values)
    if given.ndim != 1 or not (given.size == 0 or np.issubdtype(given.dtype, np.integer)):
        raise PlanError("The persons to share are not a list of whole numbers", "Give one whole number for each place.")
    if given.size and (given.min() < 0 or given.max() > MAX_TOTAL or given.sum(dtype=np.float64) > MAX_TOTAL):
        raise PlanError("The persons to share cannot be used", f"Give 0 or more, at most {MAX_TOTAL:,} in all.")
    return given.astype(np.int64)


def _ups(remainders: Whole, row_left: Whole, column_left: Whole) -> Mask:
    """Return which cells go up, so that each row and column gets what it has left; only cells with a remainder may."""
    ups = np.zeros(remainders.shape, dtype=bool)
    row_left, column_left = row_left.copy(), column_left.copy()
    for cell in np.argsort(-remainders, axis=None, kind="stable"):
        i, j = divmod(int(cell), remainders.shape[1])
        if remainders[i, j] > 0 and row_left[i] > 0 and column_left[j] > 0:
            ups[i, j] = True
            row_left[i] -= 1
            column_left[j] -= 1
    while row_left.any():
        start, end = _augment(ups, remainders > 0, row_left > 0, column_left > 0)
        row_left[start] -= 1
        column_left[end] -= 1
    return ups


def _augment(ups: Mask, usable: Mask, sources: Mask, sinks: Mask) -> tuple[int, int]:
    """Move cells up and down along the shortest path from a source row to a sink column; return its two ends."""
    row_from = np.full(ups.shape[0], -1)
    column_from = np.full(ups.shape[1], -1)
    seen_rows, seen_columns, front = sources.copy(), np.zeros(ups.shape[1], dtype=bool), np.nonzero(sources)[0]
    while True:
        step = usable[front] & ~ups[front]
        columns = np.nonzero(step.any(axis=0) & ~seen_columns)[0]
        if not columns.size:  # cannot be: the fractions are a flow, so a whole one exists
            raise AssertionError("no way to round the table")
        column_from[columns] = front[step[:, columns].argmax(axis=0)]
        seen_columns[columns] = True
        if sinks[columns].any():
            return _flip(ups, sources, int(columns[sinks[columns].argmax()]), row_from, column_from)
        back = ups[:, columns]
        front = np.nonzero(back.any(axis=1) & ~seen_rows)[0]
        row_from[front] = columns[back[front].argmax(axis=1)]
        seen_rows[front] = True


def _flip(
    ups: Mask, sources: Mask, end: int, row_from: NDArray[np.intp], column_from: NDArray[np.intp],
) -> tuple[int, int]:
    """Walk a path back from its sink column, turning each cell on it; return its source row and sink column."""
    column = end
    while True:
        row = int(column_from[column])
        ups[row, column] = True
        if sources[row]:
            return row, end
        column = int(row_from[row])
        ups[row, column] = False
