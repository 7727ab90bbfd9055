"""Weighted points that are too many: neighbours joined, their weights kept."""

from __future__ import annotations

import numpy as np

from .arrangement import GRID
from .geodesy import Array


def joined(xy: Array, weight: Array, most: int) -> tuple[Array, Array]:
    """Return points (n, 2) and their weights (n,), those in one square cell joined where there are more than ``most``.

    A joined point lies in the middle of its cell's weights.
    """
    if len(xy) <= most:
        return xy, weight
    low, size = xy.min(axis=0), np.ptp(xy, axis=0)
    side = max(float(np.sqrt(size[0] * size[1] / most)), float(size.max()) / most, GRID)
    column, row = np.floor((xy - low) / side).astype(np.int64).T
    _, cell = np.unique(column * (row.max() + 1) + row, return_inverse=True)
    heavy = np.maximum(weight, np.finfo(float).tiny)
    middle = np.column_stack([np.bincount(cell, heavy * xy[:, k]) for k in (0, 1)])
    return middle / np.bincount(cell, heavy)[:, None], np.bincount(cell, weight).astype(np.float64)
