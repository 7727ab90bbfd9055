"""From directed edges with the ground on their left to polygons: rings traced, holes put into their shells."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .geodesy import Array, Indices, counter


def polygons_from(start: Array, end: Array, label: Indices) -> tuple[NDArray[Any], Indices]:
    """Return the polygons whose outlines are the edges of each label, every vertex kept, and the label of each.

    Parameters
    ----------
    start, end : edges (n, 2), the ground on their left; those of one label close to rings that may touch in points
    label : which ground each edge belongs to, (n,)
    """
    if not len(label):
        return np.zeros(0, dtype=object), label
    following, crowded = _following(start, end, label)
    edge, ring = _rings(following)
    ring = _parted(start[edge], ring, np.nonzero(crowded[edge])[0])
    order = np.argsort(ring, kind="stable")
    edge, ring = edge[order], ring[order]
    lines = shapely.linearrings(start[edge], indices=ring)
    return _with_holes(lines, label[edge][np.concatenate([[True], ring[1:] != ring[:-1]])])


def _following(start: Array, end: Array, label: Indices) -> tuple[Indices, NDArray[np.bool_]]:
    """Return for each edge the one of its label that begins where it ends; and which ones have others beside them."""
    # as many edges of a label end in a place as begin there: in the same order they lie side by side
    into = np.lexsort([end[:, 1], end[:, 0], label])
    out = np.lexsort([start[:, 1], start[:, 0], label])
    same = (label[out][1:] == label[out][:-1]) & (start[out][1:] == start[out][:-1]).all(axis=1)
    step = np.diff(np.concatenate([[False], same, [False]]).astype(int))
    crowded = np.zeros(len(out), dtype=bool)
    for first, last in zip(np.nonzero(step > 0)[0], np.nonzero(step < 0)[0] + 1):
        into[first:last], out[first:last] = _paired(start, end, into[first:last], out[first:last])
        crowded[out[first:last]] = True
    following = np.empty_like(out)
    following[into] = out
    return following, crowded


def _paired(start: Array, end: Array, into: Indices, out: Indices) -> tuple[Indices, Indices]:
    """Return edges into and out of one place in pairs: each way in with the way out across the ground on its left."""
    back, away = (start - end)[into], (end - start)[out]
    back_angle, away_angle = np.arctan2(back[:, 1], back[:, 0]), np.arctan2(away[:, 1], away[:, 0])
    into, out = into[np.argsort(back_angle)], out[np.argsort(away_angle)]
    return into, out if away_angle.min() < back_angle.min() else np.roll(out, 1)


def _rings(following: Indices) -> tuple[Indices, Indices]:
    """Return the edges ring by ring in their order, and the ring of each."""
    count = len(following)
    begins = np.concatenate([[True], following[:-1] != np.arange(1, count)])
    head = np.nonzero(begins)[0]
    size = np.diff(np.append(head, count))
    after = (np.cumsum(begins) - 1)[following[head + size - 1]].tolist()  # from run to run of edges, not edge to edge
    runs: list[int] = []
    ring: list[int] = []
    seen = [False] * len(after)
    for first in range(len(after)):
        run = first
        while not seen[run]:
            seen[run] = True
            runs.append(run)
            ring.append(first)
            run = after[run]
    length = size[runs]
    number = np.unique(ring, return_inverse=True)[1]
    return np.repeat(head[runs], length) + counter(length), np.repeat(number, length)


def _parted(xy: Array, ring: Indices, crowded: Indices) -> Indices:
    """Return the rings with those that touch themselves parted there; ``crowded`` tells the vertices to look at."""
    places = Counter((int(ring[vertex]), *xy[vertex].tolist()) for vertex in crowded)
    ring = ring.copy()
    fresh = int(ring[-1]) + 1
    for touching in sorted({place[0] for place, count in places.items() if count > 1}):
        path: list[int] = []
        at: dict[tuple[float, ...], int] = {}
        for vertex in np.nonzero(ring == touching)[0].tolist():
            place = tuple(xy[vertex].tolist())
            if place in at:
                loop = path[at[place] :]
                ring[loop] = fresh
                fresh += 1
                del path[at[place] :]
                at = {known: index for known, index in at.items() if index < len(path)}
            at[place] = len(path)
            path.append(vertex)
    return ring


def _with_holes(rings: NDArray[Any], label: Indices) -> tuple[NDArray[Any], Indices]:
    """Return polygons and their labels: rings that run clockwise are holes of the smallest shell around them."""
    is_shell = shapely.is_ccw(rings)
    shells, label_of_shell = shapely.polygons(rings[is_shell]), label[is_shell]
    holes, label_of_hole = rings[~is_shell], label[~is_shell]
    if not len(holes):
        return shells, label_of_shell
    filled = shapely.polygons(holes)
    hole, shell = shapely.STRtree(shells).query(shapely.point_on_surface(filled), predicate="intersects")
    size = shapely.area(shells)
    around = (label_of_hole[hole] == label_of_shell[shell]) & (size[shell] > shapely.area(filled)[hole])
    hole, shell = hole[around], shell[around]
    if not len(hole):  # splinters turned inside out
        return shells, label_of_shell
    order = np.lexsort([size[shell], hole])
    first = order[np.concatenate([[True], hole[order][1:] != hole[order][:-1]])]
    for index in np.unique(shell[first]):
        shells[index] = shapely.Polygon(shells[index].exterior, holes[hole[first][shell[first] == index]])
    return shells, label_of_shell
