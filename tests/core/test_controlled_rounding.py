"""Whole tables whose rows and columns both add up, and in which each cell is its real share rounded down or up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buffer_zone_plugin.core.controlled_rounding import MAX_TOTAL, controlled_rounding
from buffer_zone_plugin.core.errors import PlanError


def a_margin(rng, count, total):
    """Whole numbers of 0 or more with a given sum, some of them 0."""
    weights = rng.random(count) * (rng.random(count) < 0.8) + 1e-12
    return rng.multinomial(total, weights / weights.sum()).astype(np.int64)


def is_rounded(table, rows, columns):
    """Whether the table has both margins and each cell is floor or ceil of its exact share."""
    total = int(rows.sum())
    exact = [[int(r) * int(c) for c in columns] for r in rows]
    near = all(
        product // total <= int(cell) <= -(-product // total)
        for products, cells in zip(exact, table) for product, cell in zip(products, cells)
    ) if total else not table.any()
    return near and table.sum(axis=1).tolist() == rows.tolist() and table.sum(axis=0).tolist() == columns.tolist()


def test_two_thousand_random_tables_keep_both_margins_and_every_cell():
    rng = np.random.default_rng(7)
    for _ in range(2_000):
        total = int(rng.integers(0, 400))
        rows, columns = a_margin(rng, rng.integers(1, 9), total), a_margin(rng, rng.integers(1, 9), total)
        assert is_rounded(controlled_rounding(rows, columns), rows, columns), (rows, columns)


def test_two_hundred_sectors_of_fifty_contributors():
    rng = np.random.default_rng(7)
    rows, columns = a_margin(rng, 50, 60_000), a_margin(rng, 200, 60_000)
    assert is_rounded(controlled_rounding(rows, columns), rows, columns)


def persons_stuck(rows, columns):
    """How many persons find no cell if each goes to the largest remainder that its row and column still allow."""
    total = int(rows.sum())
    floors, remainders = np.divmod(np.outer(rows, columns), total)
    row_left, column_left = rows - floors.sum(axis=1), columns - floors.sum(axis=0)
    for cell in np.argsort(-remainders, axis=None, kind="stable"):
        i, j = divmod(int(cell), columns.size)
        if remainders[i, j] and row_left[i] and column_left[j]:
            row_left[i] -= 1
            column_left[j] -= 1
    return int(row_left.sum())


def test_where_largest_remainders_reach_a_dead_end_cells_are_exchanged():
    rng = np.random.default_rng(7)
    tables = ((-np.sort(-a_margin(rng, 6, 23)), -np.sort(-a_margin(rng, 6, 23))) for _ in range(1_000))
    dead_ends = [(rows, columns) for rows, columns in tables if persons_stuck(rows, columns)]
    assert len(dead_ends) > 10  # or this test would test nothing
    for rows, columns in dead_ends:
        assert is_rounded(controlled_rounding(rows, columns), rows, columns)


def test_the_largest_remainders_go_up():
    # the real shares are 0.2, 0.8, 1.8 and 7.2
    assert controlled_rounding(np.array([1, 9]), np.array([2, 8])).tolist() == [[0, 1], [2, 7]]


def test_an_exact_table_is_left_as_it_is():
    rows, columns = np.array([30, 30, 40]), np.array([10, 20, 70])
    assert controlled_rounding(rows, columns).tolist() == [[3, 6, 21], [3, 6, 21], [4, 8, 28]]


def test_one_column_or_one_row_is_its_margin():
    assert controlled_rounding(np.array([3, 0, 4]), np.array([7])).tolist() == [[3], [0], [4]]
    assert controlled_rounding(np.array([7]), np.array([3, 0, 4])).tolist() == [[3, 0, 4]]


def test_nothing_is_shared_as_nothing():
    assert controlled_rounding(np.array([0, 0]), np.array([0, 0, 0])).tolist() == [[0, 0, 0], [0, 0, 0]]
    assert controlled_rounding(np.array([], dtype=int), np.array([], dtype=int)).shape == (0, 0)


def test_the_largest_total_does_not_overflow():
    rows = np.array([MAX_TOTAL - 1, 1])
    table = controlled_rounding(rows, rows)
    assert is_rounded(table, rows, rows)


UNEQUAL = st.lists(st.integers(1, 300), min_size=1, max_size=7, unique=True)


@given(UNEQUAL, UNEQUAL, st.randoms(use_true_random=False))
def test_unequal_rows_and_columns_may_change_places(rows, columns, random):
    # the last column takes up the difference, so that the sums agree; it stays unequal to the others
    columns = [*columns, sum(rows) + 1000]
    rows = [*rows, sum(columns) - sum(rows)]
    table = controlled_rounding(np.array(rows), np.array(columns))
    row_order, column_order = list(range(len(rows))), list(range(len(columns)))
    random.shuffle(row_order)
    random.shuffle(column_order)
    shuffled = controlled_rounding(np.array(rows)[row_order], np.array(columns)[column_order])
    assert shuffled.tolist() == table[np.ix_(row_order, column_order)].tolist()


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        ([1, 2], [4], "add up to 3 persons and the columns to 4"),
        ([-1, 2], [1], "cannot be used"),
        ([MAX_TOTAL, 1], [MAX_TOTAL + 1], "cannot be used"),
        ([1.5, 1.5], [3], "not a list of whole numbers"),
        ([[1, 2]], [3], "not a list of whole numbers"),
    ],
)
def test_what_has_no_table_is_refused(rows, columns, words):
    with pytest.raises(PlanError, match=words):
        controlled_rounding(np.array(rows), np.array(columns))
