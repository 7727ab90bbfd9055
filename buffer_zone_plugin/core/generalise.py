"""Fewer vertices within a stated tolerance, and the same topology: no line crosses itself or another, none is jumped.

Ramer (1972), Douglas & Peucker (1973), with the vertices put back that hold lines apart. Plane metres; distances in a
conformal plane of scale 1 at its centre are never shorter than on the ellipsoid, so the tolerance holds there, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from .geodesy import Array, Indices

Mask = NDArray[np.bool_]


def generalise(lines: Sequence[Array], tolerance_m: float, check: Callable[[], None]) -> list[Array]:
    """Return polylines (n, 2) with only the vertices needed to stay within a tolerance of what they were.

    The ends of open lines stay; a closed line stays closed, starts where it did and keeps some extent.

    Parameters
    ----------
    lines : polylines that do not cross themselves or one another, plane metres
    tolerance_m : how far, at most, a vertex that is left out may lie from the new line; 0 leaves all as they are
    check : called often; raises to stop
    """
    if tolerance_m <= 0:
        return list(lines)
    kept = [_kept(line, tolerance_m) for line in lines]
    while True:
        check()
        conflicts = _conflicts(lines, kept)
        again = [(line, vertex) for line, chord in conflicts for vertex in [_farthest_in(lines[line], chord)]]
        if not again:
            return [line[mask] for line, mask in zip(lines, kept)]
        for line, vertex in again:
            kept[line][vertex] = True


def _kept(line: Array, tolerance_m: float) -> Mask:
    """Return which vertices stay if nothing else is in the way."""
    anchors = [0, len(line) - 1]
    if (line[0] == line[-1]).all():
        away = np.hypot(*(line - line[0]).T)
        anchors.insert(1, int(np.argmax(away)))  # a ring must not shrink to its first point
    mask = np.zeros(len(line), dtype=bool)
    for first, last in zip(anchors[:-1], anchors[1:]):
        piece = line[first : last + 1]
        shorter = shapely.simplify(shapely.linestrings(piece), tolerance_m, preserve_topology=False)
        place = 0
        for vertex in shapely.get_coordinates(shorter):
            place += int(np.argmax((piece[place:] == vertex).all(axis=1)))
            mask[first + place] = True
    if (line[0] == line[-1]).all() and mask.sum() <= 3:  # there and back is no ring
        mask[_farthest_in(line, (anchors[0], anchors[1])) if anchors[1] > 1 else anchors[1] + 1] = True
    return mask


def _farthest_in(line: Array, chord: tuple[int, int]) -> int:
    """Return the vertex between two others that lies farthest from the straight line between them."""
    first, last = chord
    along = line[last] - line[first]
    away = line[first + 1 : last] - line[first]
    length2 = float(along @ along)
    share = np.clip(away @ along / length2, 0.0, 1.0) if length2 > 0 else np.zeros(len(away))
    return first + 1 + int(np.argmax(np.hypot(*(away - share[:, None] * along).T)))


def _conflicts(lines: Sequence[Array], kept: Sequence[Mask]) -> list[tuple[int, tuple[int, int]]]:
    """Return the chords (line, (first, last vertex)) that cross another one or have jumped over a whole line."""
    first, last, owner = _chords(kept)
    start = np.array([lines[o][i] for o, i in zip(owner, first)])
    end = np.array([lines[o][i] for o, i in zip(owner, last)])
    shorter = last - first > 1
    chords = shapely.linestrings(np.stack([start, end], axis=1))
    tree = shapely.STRtree(chords)
    one, two = tree.query(chords, predicate="intersects")
    new = (one < two) & (shorter[one] | shorter[two])  # what has not changed is as it was
    one, two = one[new], two[new]
    apart = ~_only_touching(lines, first, last, owner, one, two)
    bad = set(one[apart & shorter[one]].tolist()) | set(two[apart & shorter[two]].tolist())
    bad |= _jumping(lines, first, last, owner, shorter)
    return [(int(owner[c]), (int(first[c]), int(last[c]))) for c in sorted(bad)]


def _chords(kept: Sequence[Mask]) -> tuple[Indices, Indices, Indices]:
    """Return first vertex, last vertex and line of every chord."""
    places = [np.nonzero(mask)[0] for mask in kept]
    owner = np.repeat(np.arange(len(kept)), [len(p) - 1 for p in places])
    return np.concatenate([p[:-1] for p in places]), np.concatenate([p[1:] for p in places]), owner


def _only_touching(
    lines: Sequence[Array], first: Indices, last: Indices, owner: Indices, one: Indices, two: Indices,
) -> Mask:
    """Return which pairs of chords meet in a common end alone, as neighbours and touching lines did before."""
    result = np.zeros(len(one), dtype=bool)
    for index, (a, b) in enumerate(zip(one.tolist(), two.tolist())):
        ends_a = {tuple(lines[owner[a]][i]) for i in (first[a], last[a])}
        ends_b = {tuple(lines[owner[b]][i]) for i in (first[b], last[b])}
        common = ends_a & ends_b
        if len(common) != 1:
            continue
        (node,) = common
        (tip_a,), (tip_b,) = ends_a - common or {node}, ends_b - common or {node}
        way_a, way_b = np.subtract(tip_a, node), np.subtract(tip_b, node)
        along = way_a[0] * way_b[1] - way_a[1] * way_b[0] == 0 and way_a @ way_b > 0  # one lies on the other
        result[index] = not along
    return result


def _jumping(lines: Sequence[Array], first: Indices, last: Indices, owner: Indices, shorter: Mask) -> set[int]:
    """Return the chords between which and the old line a whole other line lies."""
    wanted = np.nonzero(shorter)[0]
    if len(lines) == 1 or not len(wanted):
        return set()
    hulls = shapely.convex_hull([shapely.multipoints(lines[owner[c]][first[c] : last[c] + 1]) for c in wanted])
    tips = shapely.points(np.array([line[0] for line in lines]))
    hull, tip = shapely.STRtree(tips).query(hulls, predicate="contains_properly")
    return {int(wanted[h]) for h, t in zip(hull, tip) if owner[wanted[h]] != t}
