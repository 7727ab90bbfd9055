"""Faces as a graph: which share a border and how long it is; patches given to neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrangement import Edges, components
from ..geodesy import Array, Indices


@dataclass(frozen=True)
class Links:
    """Pairs of neighbours among ``count`` patches, each pair once, ``one`` < ``two``, and their common border, metres.

    Patches that meet in points only are not neighbours.
    """

    count: int
    one: Indices
    two: Indices
    length: Array

    def both_ways(self) -> tuple[Indices, Indices, Array]:
        """Return every pair in both directions."""
        return (
            np.concatenate([self.one, self.two]), np.concatenate([self.two, self.one]),
            np.concatenate([self.length, self.length]),
        )

    def same(self, label: Indices) -> Indices:
        """Return the number of the connected patch of one label that each patch is in."""
        alike = label[self.one] == label[self.two]
        return components(self.count, self.one[alike], self.two[alike])

    def neighbours(self) -> list[list[int]]:
        """Return the neighbours of each patch."""
        one, two, _ = self.both_ways()
        ends = np.cumsum(np.bincount(one, minlength=self.count))[:-1]
        return [found.tolist() for found in np.split(two[np.argsort(one, kind="stable")], ends)]

    def merged(self, number: Indices) -> Links:
        """Return the links between unions of patches, numbered from 0."""
        return _linked(int(number.max()) + 1, number[self.one], number[self.two], self.length)


def links_of(edges: Edges, count: int) -> Links:
    """Return the links between ``count`` faces."""
    inner = edges.select((edges.other >= 0) & (edges.face < edges.other))
    return _linked(count, inner.face, inner.other, inner.length)


def _linked(count: int, one: Indices, two: Indices, length: Array) -> Links:
    apart = one != two
    low, high = np.minimum(one, two)[apart], np.maximum(one, two)[apart]
    pair, which = np.unique(low * count + high, return_inverse=True)
    return Links(count, pair // count, pair % count, sums(which, length[apart], len(pair)))


def sums(group: Indices, value: Array, count: int = 0) -> Array:
    """Return the sum of the values of each group, for ``count`` groups or as many as there are."""
    return np.bincount(group, value, count).astype(np.float64)


def joined(links: Links, free: NDArray[np.bool_], label: Indices) -> tuple[Indices, NDArray[np.bool_]]:
    """Return the labels with free patches given to the neighbour with which they share the longest border.

    From the rest inwards: a free patch among free ones waits until one of its neighbours is settled.

    Returns
    -------
    The labels, and which patches are still free, for want of neighbours.
    """
    label, free = label.copy(), free.copy()
    one, two, length = links.both_ways()
    while True:
        settling = free[one] & ~free[two]
        if not settling.any():
            return label, free
        width = int(label.max()) + 1
        key, which = np.unique(one[settling] * width + label[two[settling]], return_inverse=True)
        shared = sums(which, length[settling])
        patch, offer = key // width, key % width
        best = first_of_each(patch, np.lexsort([offer, -shared, patch]))
        label[patch[best]] = offer[best]
        free[patch[best]] = False


def first_of_each(group: Indices, order: Indices) -> Indices:
    """Return the first place of each group in an order that keeps groups together."""
    return order[np.concatenate([[True], group[order][1:] != group[order][:-1]])] if len(order) else order


def without_fragments(links: Links, label: Indices, size: Array) -> Indices:
    """Return the labels with every piece of a label but its largest given to a neighbour.

    Where the patches themselves lie in separate islands, a label keeps its largest piece on each.
    """
    piece = links.same(label)
    island = links.same(np.zeros_like(label))
    area = sums(piece, size)
    owner = np.zeros(len(area), dtype=np.int64)
    owner[piece] = label * links.count + island
    of_piece = np.zeros(len(area), dtype=np.int64)
    of_piece[piece] = label
    fragment = np.ones(len(area), dtype=bool)
    fragment[first_of_each(owner, np.lexsort([-area, owner]))] = False
    return joined(links.merged(piece), fragment, of_piece)[0][piece]
