"""The contact line cut at sector borders: its length by sector, its places by chainage, its stretches.

Coordinates are metres in the local plane, lengths metres on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import shapely

from ..arrangement import OVERSHOOT, TINY, feet_on, nearest_of, on_grid, segments
from ..geodesy import Array, Indices, LocalPlane, counter, edge_lengths

STRETCH = 64  # edges of the line located at once: no more would be lost with a crossing that rounding hides


class Stretch(NamedTuple):
    """A stretch of line, (n, 2) in the plane; the lengths of its edges; and where it begins along the line."""

    xy: Array
    length: Array
    begins_m: float


class LineShares:
    """Cuts a line at sector borders and adds up its length by sector.

    Parameters
    ----------
    flat : polylines in the plane (n, 2) in the order of the chainage
    length : the length of each of their edges, metres, all polylines' together
    """

    def __init__(self, flat: Sequence[Array], length: Array) -> None:
        self.pieces, _ = segments(flat)
        self._tree = shapely.STRtree(self.pieces)
        self.start = np.concatenate([xy[:-1] for xy in flat])
        self.along = np.concatenate([np.diff(xy, axis=0) for xy in flat])
        self.plane_length = np.hypot(*self.along.T)
        self.length = length
        along = np.concatenate([[0.0], np.cumsum(length)])
        self.before = along[:-1]
        place = counter(np.array([len(xy) - 1 for xy in flat]))  # of an edge in its part
        self._begins = self.before[place == 0]
        self._stops = np.append(self.before[place % STRETCH == 0], along[-1])

    @property
    def total(self) -> float:
        """The length of the line, metres."""
        return float(self._stops[-1])

    def by_sector(self, sectors: Sequence[Any], borders: Sequence[Any]) -> Array:
        """Return the length of the line in each sector, metres: between two borders it stays in one."""
        stops, sector = self._located(sectors, borders)
        return np.bincount(sector, np.diff(stops), len(sectors)).astype(np.float64)

    def within(self, sectors: Sequence[Any], borders: Sequence[Any]) -> list[list[Stretch]]:
        """Return the stretches of the line in each sector, in the order of the chainage."""
        stops, sector = self._located(sectors, borders)
        first = np.concatenate([[True], (sector[1:] != sector[:-1]) | np.isin(stops[1:-1], self._begins)])
        starts = np.nonzero(first)[0]
        ends = np.append(starts[1:], len(sector))
        found: list[list[Stretch]] = [[] for _ in sectors]
        for a, b in zip(starts, ends):
            if stops[b] > stops[a]:
                found[sector[a]].append(self._stretch(float(stops[a]), float(stops[b])))
        return found

    def at(self, chainage: Array) -> Array:
        """Return the points (n, 2) of the line in the plane at distances along it."""
        piece = np.searchsorted(self.before, chainage, side="right") - 1
        share = (chainage - self.before[piece]) / np.maximum(self.length[piece], TINY)
        return np.asarray(self.start[piece] + self.along[piece] * share[:, None])

    def meeting(self, border: Sequence[Any]) -> float:
        """Return where the lines of a border meet the line, metres along it; of several places the middle one.

        Those on a polyline that is met an odd number of times come first: a front is passed, a ring beside it is not.
        """
        piece, share = self._crossings(border)
        if not len(piece):
            return float(self.chainage(shapely.get_coordinates(shapely.centroid(border[0])))[0])
        place = np.sort(self.before[piece] + share * self.length[piece])
        part = np.searchsorted(self._begins, place, side="right")
        met = np.bincount(part)
        passed = part if not (met % 2).any() else part[met[part] % 2 == 1]
        own = place[part == np.bincount(passed).argmax()]
        return float(own[len(own) // 2])

    def chainage(self, xy: Array) -> Array:
        """Return the chainage in metres of the line's points nearest to plane points (n, 2)."""
        piece, share = feet_on(self._tree, self.start, self.along, xy)
        return np.asarray(self.before[piece] + share * self.length[piece])

    def _located(self, sectors: Sequence[Any], borders: Sequence[Any]) -> tuple[Array, Indices]:
        """Return places along the line (n + 1,) between which it stays in one sector, and the sectors (n,)."""
        piece, share = self._crossings(borders)
        stops = np.sort(np.concatenate([self._stops, self.before[piece] + share * self.length[piece]]))
        return stops, locate(self.at((stops[1:] + stops[:-1]) / 2), sectors)

    def _stretch(self, begin: float, end: float) -> Stretch:
        """Return the line between two places on one of its polylines."""
        first = int(np.searchsorted(self.before, begin, side="right")) - 1
        last = int(np.searchsorted(self.before, end, side="left")) - 1
        edges = np.arange(first, last + 1)
        stops = np.concatenate([[begin], self.before[edges[1:]], [end]])
        tip = self.start[last] + self.along[last] * ((end - self.before[last]) / max(float(self.length[last]), TINY))
        xy = np.concatenate([self.at(np.array([begin])), self.start[edges[1:]], tip[None]])
        return Stretch(xy, np.diff(stops), begin)

    def _crossings(self, borders: Sequence[Any]) -> tuple[Indices, Array]:
        """Return the pieces that borders cross and the share of the piece at which they do."""
        lines = np.array([_lengthened(border) for border in borders], dtype=object)
        border, piece = self._tree.query(lines, predicate="intersects")
        if not len(piece):
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        met = shapely.intersection(self.pieces[piece], lines[border])  # single edges: the exact crossing, no grid
        xy, which = shapely.get_coordinates(met, return_index=True)
        piece = piece[which]
        along = self.along[piece]
        share = np.einsum("ij,ij->i", xy - self.start[piece], along) / np.maximum((along**2).sum(axis=1), TINY)
        return piece.astype(np.int64), np.clip(share, 0.0, 1.0)


def line_shares(parts: Sequence[Array], plane: LocalPlane) -> LineShares:
    """Return the shares of a line on the ellipsoid.

    Parameters
    ----------
    parts : polylines in longitude/latitude (n, 2) in the order of the chainage, dense enough to be straight in the
        plane between vertices
    """
    return LineShares([on_grid(plane.forward(part)) for part in parts], np.concatenate([*map(edge_lengths, parts)]))


def _lengthened(border: Any) -> Any:
    """Return a line longer by a metre at both ends: where the zone has one side only, it ends on the contact line."""
    xy = shapely.get_coordinates(border)
    for _ in range(2):
        step = xy[0] - xy[1]
        xy = np.concatenate([[xy[0] + step * OVERSHOOT / max(float(np.hypot(*step)), TINY)], xy[1:]])[::-1]
    return shapely.linestrings(xy)


def locate(xy: Array, areas: Sequence[Any], tree: shapely.STRtree | None = None) -> Indices:
    """Return the index of the area that holds each point; the nearest one where none does.

    ``tree`` of the points saves time where they are asked again.
    """
    if len(areas) == 1:
        return np.zeros(len(xy), dtype=np.int64)
    tree = shapely.STRtree(shapely.points(xy)) if tree is None else tree
    found = np.full(len(xy), -1, dtype=np.int64)
    # the areas are the query: GEOS prepares those, and a prepared polygon answers thousands of points at once
    index, point = tree.query(np.asarray(areas, dtype=object), predicate="intersects")
    order = np.argsort(-index, kind="stable")  # of two areas with the point on their border the first
    found[point[order]] = index[order]
    lost = np.nonzero(found < 0)[0]
    if len(lost):
        found[lost] = nearest_of(shapely.STRtree(areas), xy[lost])[1]
    return found
