"""Balance by moves: patches on the border of two sectors change over, one after the other, while that helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..geodesy import Array, Indices
from .patches import Links, sums

LEAST_GAIN = 1e-9


def balanced_by_moves(
    links: Links, group: Indices, label: Indices, weight: Array, target: Array, border_cost: float,
    check: Callable[[], None],
) -> Indices:
    """Return the labels of patches after the best moves to neighbouring labels, one after the other.

    Each lowers the sum over labels of ((weight - target) / target)² plus the cost of the borders between them. None
    leaves a label in more pieces than before, or empty.

    Parameters
    ----------
    group : of each patch, from 0; the patches of a group have one label and move together
    label : of each patch, from 0
    weight : of each patch
    target : wanted weight of each label
    border_cost : of a metre of border between two labels
    check : called before every move; raises to stop
    """
    label = label.copy()
    size = np.bincount(group)
    members = [found.tolist() for found in np.split(np.argsort(group, kind="stable"), np.cumsum(size)[:-1])]
    own = label[[found[0] for found in members]]
    mass = sums(group, weight)
    around, beside = links.neighbours(), links.merged(group)
    near = beside.neighbours()
    shared = _shared(beside, own, len(target))
    barred = np.zeros(shared.shape, dtype=bool)
    while True:
        check()
        total = sums(own, mass, len(target))
        patches = np.bincount(own, size, len(target))
        gain = _gains(own, mass, total, target, border_cost * shared)
        gain[barred | (shared == 0)] = 0.0
        gain[size >= patches[own]] = 0.0  # nothing would be left
        found = _first_allowed(gain, barred, members, around, label)
        if found is None:
            return label
        moved, new = found
        old = int(own[moved])
        own[moved] = label[members[moved]] = new
        shared[near[moved]] = _shared(beside, own, len(target), near[moved])
        barred[(own == old) | (own == new)] = False
        barred[:, [old, new]] = False


def _shared(beside: Links, own: Indices, labels: int, rows: Sequence[int] | None = None) -> Array:
    """Return how long a border each group, or some, has with each label, metres, shape (groups, labels)."""
    one, two, length = beside.both_ways()
    if rows is None:
        return sums(one * labels + own[two], length, beside.count * labels).reshape(-1, labels)
    place = np.full(beside.count, -1)
    place[rows] = np.arange(len(rows))
    here = place[one] >= 0
    flat = sums(place[one[here]] * labels + own[two[here]], length[here], len(rows) * labels)
    return flat.reshape(-1, labels)


def _gains(own: Indices, mass: Array, total: Array, target: Array, border: Array) -> Array:
    """Return by how much moving each group to each label would lower the cost, shape (groups, labels)."""
    def off(value: Array, wanted: Array) -> Array:
        return np.asarray(((value - wanted) / wanted) ** 2)

    left = off(total, target)[own] - off(total[own] - mass, target[own])
    taken = off(total + mass[:, None], target) - off(total, target)
    rows = np.arange(len(own))
    gain = left[:, None] - taken + border - border[rows, own][:, None]
    gain[rows, own] = 0.0
    return np.asarray(gain)


def _first_allowed(
    gain: Array, barred: NDArray[np.bool_], members: Sequence[list[int]], around: Sequence[list[int]], label: Indices
) -> tuple[int, int] | None:
    """Return the best move, group and label, that tears nothing; those that would are barred."""
    while True:
        group, new = (int(n) for n in np.unravel_index(np.argmax(gain), gain.shape))
        if gain[group, new] <= LEAST_GAIN:
            return None
        if _tears_nothing(members[group], new, around, label):
            return group, new
        barred[group, new] = True
        gain[group, new] = 0.0


def _tears_nothing(moved: list[int], new: int, around: Sequence[list[int]], label: Indices) -> bool:
    """Tell whether patches can change over: each adjoins its new label, and what they leave hangs together."""
    if not all((label[around[patch]] == new).any() for patch in moved):
        return False
    away, old = set(moved), label[moved[0]]
    return all(
        _hang_together({n for n in around[patch] if label[n] == old and n not in away}, away, around, label)
        for patch in moved
    )


def _hang_together(wanted: set[int], away: set[int], around: Sequence[list[int]], label: Indices) -> bool:
    """Tell whether patches of one label are connected within it, without those that are away."""
    if len(wanted) <= 1:
        return True
    first = min(wanted)
    old = label[first]
    missing, seen, queue = wanted - {first}, {first, *away}, [first]
    for patch in queue:  # grows on the way
        for other in around[patch]:
            if other not in seen and label[other] == old:
                seen.add(other)
                missing.discard(other)
                queue.append(other)
        if not missing:
            return True
    return False
