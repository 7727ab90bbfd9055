"""Bends: each border gets one vertex moved aside, so that exactly what is missing of a share changes sides.

A triangle over an edge of length l and height h holds l·h/2 of area; other measures follow their spots. Coordinates
are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from ..arrangement import GRID, OVERSHOOT
from ..geodesy import Array
from .borders import Border
from .measures import HEAVY, Measure

MOST_BEND = 0.15  # of the bent edge: a border stays nearly straight
BEND_TRIALS = 4  # each half as high as the last
NEAR_M = 10.0
WORTH_BENDING = 0.1  # of what is missing: the least that a bend must bring
NEAR_SPOT = 0.9  # of the way to a spot that is too heavy to change sides


def bend_all(
    borders: Sequence[Border], sectors: Sequence[Any], transfer: Array, shared: Measure, plain: Sequence[Border]
) -> list[Border]:
    """Return the borders with the one between sectors k and k+1 bent so that ``transfer[k]`` moves into sector k."""
    bent = list(borders)
    for k, amount in enumerate(transfer):
        here = [i for i, b in enumerate(bent) if (b.one, b.two) == (k, k + 1)]
        if here:
            longest = max(here, key=lambda i: float(plain[i].line.length))
            bent[longest] = _bend(bent[longest], sectors, float(amount), shared, plain[longest])
    return bent


def spent(border: Border, plain: Border) -> bool:
    """Tell whether the bend of a border, which it has over its plain form, is as high as it may be."""
    if len(border.xy) == len(plain.xy):
        return False
    edge, length, normal = _longest(plain)
    height = abs(float((border.xy[edge + 1] - plain.xy[edge]) @ normal))
    return height > MOST_BEND * length * (1 - 1e-6)


def _longest(border: Border) -> tuple[int, float, Array]:
    """Return a border's longest edge, its length, and the unit vector to its left."""
    step = np.diff(border.xy, axis=0)
    length = np.hypot(*step.T)
    edge = int(np.argmax(length))
    return edge, float(length[edge]), np.array([-step[edge, 1], step[edge, 0]]) / length[edge]


def _bend(border: Border, sectors: Sequence[Any], amount: float, shared: Measure, plain: Border) -> Border:
    """Move the bend of one border; a triangle over an edge of length l and height h holds l·h/2 of area."""
    edge, length, normal = _longest(plain)
    a, b = plain.xy[edge], plain.xy[edge + 1]
    middle = (a + b) / 2
    already = 0.0
    if len(border.xy) > len(plain.xy):
        already = float((border.xy[edge + 1] - middle) @ normal)
    into = border.two if amount > 0 else border.one  # sector k grows into the ground of the one it takes from
    probe = min(NEAR_M, MOST_BEND * length)
    here = middle + already * normal
    towards = next((s for s in (1, -1) if sectors[into].contains(shapely.points(here + s * probe * normal))), 0)
    if not towards:
        return border
    heavy = HEAVY * float(shared.weight.sum()) / len(sectors)
    height = already + towards * _height(amount, a, b, normal * towards, here, length, shared, heavy)
    height = float(np.clip(height, -MOST_BEND * length, MOST_BEND * length))
    both = shapely.union(sectors[border.one], sectors[border.two], grid_size=GRID)
    room = shapely.buffer(both, OVERSHOOT)
    for _ in range(BEND_TRIALS):
        bend = middle + height * normal
        swept = shapely.buffer(shapely.polygons([a, bend, b, here if already else middle]), 0)
        if swept.is_empty or room.contains(swept):
            xy = np.concatenate([plain.xy[: edge + 1], bend[None], plain.xy[edge + 1 :]])
            return Border(border.one, border.two, xy)
        height = (height + already) / 2
    return border


def _height(
    amount: float, a: Array, b: Array, normal: Array, here: Array, length: float, shared: Measure, heavy: float
) -> float:
    """Return how far to move the vertex ``here`` along ``normal`` so that the swept triangles hold ``amount``.

    What is spread evenly grows with the height; spots count in the order in which the triangles reach them. A ``heavy``
    one that would be too much as a whole is not approached.
    """
    most = MOST_BEND * length
    per_height = length * shared.density(here) / 2
    near = (np.abs(shared.spots - here) <= length).all(axis=1)  # the triangles are no larger
    points, weight = shared.spots[near], shared.weight[near]
    height = np.minimum(_reaching(points, a, here, normal), _reaching(points, b, here, normal))
    order = np.argsort(height, kind="stable")[: np.count_nonzero(height <= most)]
    height, weight = height[order], weight[order]
    spots = np.cumsum(weight)
    barrier = np.nonzero((weight > heavy) & (spots - weight / 2 > abs(amount)))[0]
    if len(barrier):
        most = NEAR_SPOT * float(height[barrier[0]])
        height, weight, spots = (values[: barrier[0]] for values in (height, weight, spots))
    # when its middle is reached half a spot is held
    stops = np.concatenate([[0.0], height, [max(most, float(height[-1]) if len(height) else 0.0)]])
    held = np.concatenate([[0.0], spots - weight / 2, spots[-1:] if len(spots) else [0.0]]) + per_height * stops
    return float(np.interp(abs(amount), held, stops)) if held[-1] > WORTH_BENDING * abs(amount) else 0.0


def _reaching(points: Array, a: Array, here: Array, normal: Array) -> Array:
    """Return how high the tip of the triangle from ``a`` and ``here`` must be to hold each point, or infinity."""
    along, away = here - a, points - a
    whole = along[0] * normal[1] - along[1] * normal[0]
    share = (away[:, 0] * normal[1] - away[:, 1] * normal[0]) / whole
    up = (along[0] * away[:, 1] - along[1] * away[:, 0]) / whole
    held = (share > 0) & (share <= 1) & (up >= 0)
    height = np.full(len(points), np.inf)
    height[held] = up[held] / share[held]
    return height
