"""Borders along rivers, roads and other features near them.

Each border is replaced by the cheapest way between its ends where going along a feature is cheap; where nothing is
worth following it stays as it was. Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from ..arrangement import GRID, along_of, on_grid, segments
from ..geodesy import Array
from ..paths import simple_path
from .borders import Border, rebuilt_alike, shape_of
from .following import ON, Site, followed_way
from .straight import edge_tree, fits, held_by

NEAR_EDGE = 2 * GRID
BESIDE = 5 * GRID  # of a feature: a border so near runs along it
LEAST_RUN_M = 1.0  # shorter, it only crosses it
MOST_ARC = 3.0  # of the distance within which features count: how far an end may go along the zone's edge
FARTHEST = 0.5  # of a border's length, and of the mean width of sectors: no feature farther off counts
SMALLER = 0.5  # of a scale: the next one that is tried
LEAST_SCALE = 1 / 16  # of the farthest that features count
ENOUGH = 0.8  # of a border: where so much follows features, no smaller scale is tried


@dataclass(frozen=True)
class Snapped:
    """Sectors (multipolygons), their borders, and the metres of each border that run along features, (borders,).

    ``near`` tells whether any feature lay within the distance of a border as it was.
    """

    sectors: list[Any]
    borders: list[Border]
    followed_m: Array
    near: bool


def snapped(
    borders: Sequence[Border], sectors: Sequence[Any], zone: Any, features: Sequence[Any], within_m: float,
    anchors: Mapping[tuple[int, int], Array], check: Callable[[], None],
) -> Snapped:
    """Return the sectors with their borders moved onto features near them, the shortest border first.

    A border keeps its ends where it meets other borders; on the zone's edge it may end where a feature leaves the
    zone. Borders do not cross, and every sector keeps its number, its neighbours and the number of its pieces: where
    the new borders do not allow that, those in the way stay as they were. Each is tried on several scales, and the way
    that follows features the farthest is kept: so a greater distance does not lose what a smaller one found.

    Parameters
    ----------
    borders : between nodes; a closed one stays as it is
    sectors : multipolygons that tile the zone
    zone : polygon or multipolygon
    features : lines, multilines, or polygons, whose boundaries count
    within_m : how far from the border as it was a feature counts, metres; at most what `FARTHEST` allows
    anchors : points (2,) on a border that it must pass through; a border that misses its point stays as it is
    check : called for each border; may raise to stop

    Examples
    --------
    >>> zone = shapely.box(0, 0, 80_000, 40_000)
    >>> halves = [shapely.box(0, 0, 40_000, 40_000), shapely.box(40_000, 0, 80_000, 40_000)]
    >>> border = Border(0, 1, np.array([[40_000.0, 0.0], [40_000.0, 40_000.0]]))
    >>> river = shapely.linestrings([[42_000.0, -1_000.0], [42_000.0, 41_000.0]])
    >>> result = snapped([border], halves, zone, [river], 5_000.0, {}, lambda: None)
    >>> result.borders[0].xy.tolist(), result.followed_m.round().tolist()
    ([[42000.0, 0.0], [42000.0, 40000.0]], [40000.0])
    """
    pieces = _pieces_near(features, borders, within_m)
    if pieces is None:
        return Snapped(list(sectors), list(borders), np.zeros(len(borders)), near=False)
    shapely.prepare(zone)
    edge, lines = edge_tree(zone), [border.line for border in borders]
    farthest = FARTHEST * np.minimum(shapely.length(lines), zone.area / shapely.length(lines).sum())
    held = held_by(borders, lines, anchors)
    moved = list(borders)
    shapely.prepare(np.asarray(sectors, dtype=object))
    for index in np.argsort(shapely.length(lines), kind="stable"):
        check()
        border, anchor = borders[index], held.get(int(index))
        if lines[index].is_closed or (anchor is not None and _off(anchor, lines[index]) > ON):
            continue
        others = shapely.STRtree(lines[:index] + lines[index + 1 :])
        reach = min(within_m, float(farthest[index]))
        site = Site(
            lines[index], (sectors[border.one], sectors[border.two]), others, edge, pieces, reach, reach,
            _free_ends(border, borders, edge),
        )
        now = shapely.STRtree([other.line for k, other in enumerate(moved) if k != index])
        moved[index] = replace(border, xy=_best(site, _scales(reach, farthest[index]), zone, anchor, now))
    made, kept = _made(moved, borders, zone, sectors, check)
    followed = np.array([_followed_m(border.xy, pieces) for border in kept])
    return Snapped(made, kept, followed, near=len(pieces.query(lines, predicate="dwithin", distance=within_m)[0]) > 0)


def _scales(within_m: float, farthest_m: float) -> list[float]:
    """Return the scales to try, the greatest first: below the distance the same ones whatever it is."""
    steps = int(np.log(LEAST_SCALE) / np.log(SMALLER) + 0.5)
    smaller = farthest_m * SMALLER ** np.arange(steps + 1)
    return [within_m, *smaller[smaller < within_m].tolist()]



def _off(point: Array, line: Any) -> float:
    return float(shapely.distance(shapely.points(point), line))


def _pieces_near(features: Sequence[Any], borders: Sequence[Border], within_m: float) -> shapely.STRtree | None:
    """Return a tree of the segments of features, on the grid, that lie near a border, or None if there are none."""
    if not len(features) or not len(borders) or within_m <= 0:
        return None
    parts = shapely.get_parts(np.asarray(features, dtype=object))
    filled = shapely.get_dimensions(parts) == 2
    lines = shapely.get_parts(np.concatenate([parts[~filled], shapely.boundary(parts[filled])]))
    lines = lines[shapely.get_dimensions(lines) == 1]
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    xy = on_grid(xy)
    start, end = xy[:-1], xy[1:]
    kept = (owner[1:] == owner[:-1]) & (start != end).any(axis=1)
    start, end = start[kept], end[kept]
    low, high = np.minimum(start, end), np.maximum(start, end)
    near = np.zeros(len(start), dtype=bool)
    for border in borders:
        least, most = border.xy.min(axis=0) - within_m, border.xy.max(axis=0) + within_m
        near |= ((high >= least) & (low <= most)).all(axis=1)
    if not near.any():
        return None
    return shapely.STRtree(shapely.linestrings(np.stack([start[near], end[near]], axis=1)))


def _free_ends(border: Border, borders: Sequence[Border], edge: shapely.STRtree) -> tuple[bool, bool]:
    """Tell for each end of a border whether it lies on the zone's edge and no other border ends there."""
    ends = np.concatenate([other.xy[[0, -1]] for other in borders])
    start, stop = (
        len(edge.query(shapely.points(end), predicate="dwithin", distance=NEAR_EDGE)) > 0
        and np.count_nonzero(np.hypot(*(ends - end).T) < NEAR_EDGE) == 1
        for end in border.xy[[0, -1]]
    )
    return start, stop


def _best(site: Site, scales: Sequence[float], zone: Any, anchor: Array | None, now: shapely.STRtree) -> Array:
    """Return the border along features on the scale that makes it follow them the farthest, or as it was."""
    best = shapely.get_coordinates(site.line)
    followed = _followed_m(best, site.pieces)
    for scale in scales:
        here = replace(site, within_m=min(site.within_m, scale / SMALLER), scale_m=scale)
        best, followed = _accepted(here, (best, followed), zone, anchor, now)
        if followed >= ENOUGH * site.line.length:
            break
    return best


def _accepted(
    site: Site, best: tuple[Array, float], zone: Any, anchor: Array | None, now: shapely.STRtree
) -> tuple[Array, float]:
    """Return the border along features and the metres that run along them if it fits and they are more than the best.

    Where it does not fit, it is tried with its ends where they were.
    """
    border = shapely.get_coordinates(site.line)
    for free in (site.free, (False, False)) if any(site.free) else ((False, False),):
        way = followed_way(replace(site, free=free), anchor)
        if way is None:
            continue
        plain = simple_path(way)
        if anchor is not None and not (plain == anchor).all(axis=1).any():
            continue
        followed = _followed_m(plain, site.pieces)
        if followed <= best[1]:
            continue
        old = _closed_along(border, plain, zone, MOST_ARC * site.within_m)
        if old is not None and fits(shapely.linestrings(plain), old, zone, site.edge, now):
            return plain, followed
    return best


def _closed_along(old: Array, new: Array, zone: Any, most_m: float) -> Any:
    """Return the old border as a line that begins and ends where the new one does, along the zone's edge, or None."""
    rings = shapely.get_parts(shapely.boundary(zone))
    xy = old
    for end in (0, -1):
        if (old[end] == new[end]).all():
            continue
        ring = shapely.get_coordinates(rings[int(np.argmin(shapely.distance(rings, shapely.points(old[end]))))])
        arc = _arc(ring, new[end], old[end])
        if arc is None or along_of(arc)[-1] > most_m:
            return None
        xy = np.concatenate([arc, xy] if end == 0 else [xy, arc[::-1]])
    return shapely.linestrings(xy[np.concatenate([[True], (np.diff(xy, axis=0) != 0).any(axis=1)])])


def _arc(ring: Array, start: Array, stop: Array) -> Array | None:
    """Return the shorter way along a ring (n, 2) between two points on it, or None if one lies beside it."""
    half = along_of(ring)[-1] / 2
    far = int(np.searchsorted(along_of(ring), (_place(ring, stop) + half) % (2 * half), side="right"))
    rolled = np.concatenate([ring[far:], ring[1 : far + 1]])  # begins opposite: the way does not pass its start
    if _off(start, shapely.linestrings(ring)) > NEAR_EDGE:
        return None
    a, b = _place(rolled, start), _place(rolled, stop)
    between = (along_of(rolled) > min(a, b)) & (along_of(rolled) < max(a, b))
    inner = rolled[between] if a < b else rolled[between][::-1]
    return np.concatenate([start[None], inner, stop[None]])


def _place(path: Array, point: Array) -> float:
    return float(shapely.line_locate_point(shapely.linestrings(path), shapely.points(point)))


def _made(
    moved: Sequence[Border], borders: Sequence[Border], zone: Any, sectors: Sequence[Any], check: Callable[[], None]
) -> tuple[list[Any], list[Border]]:
    """Return the sectors between moved borders, and these; where they do not make them, borders as they were."""
    changed = [k for k, border in enumerate(borders) if not np.array_equal(border.xy, moved[k].xy)]
    if not changed:
        return list(sectors), list(borders)
    shape = shape_of(sectors)
    made = rebuilt_alike(moved, zone, sectors, shape)
    if made is not None:
        return made, list(moved)
    kept, good = list(borders), list(sectors)
    for k in changed:
        check()
        tried = [*kept[:k], moved[k], *kept[k + 1 :]]
        made = rebuilt_alike(tried, zone, sectors, shape)
        if made is not None:
            kept, good = tried, made
    return good, kept


def _followed_m(xy: Array, pieces: shapely.STRtree) -> float:
    """Return the metres of a border (n, 2) that run along features."""
    edges, along = segments([xy])[0], along_of(xy)
    edge, piece = pieces.query(edges, predicate="dwithin", distance=BESIDE)
    if not len(edge):
        return 0.0
    start, step = xy[edge], np.diff(xy, axis=0)[edge]
    tips = shapely.get_coordinates(pieces.geometries[piece]).reshape(-1, 2, 2)
    shares = np.einsum("nij,nj->ni", tips - start[:, None], step) / (step**2).sum(axis=1)[:, None]
    reached = along[edge][:, None] + np.clip(shares, 0.0, 1.0) * np.hypot(*step.T)[:, None]
    place = np.unique(np.concatenate([along, reached.ravel()]))  # between these a border is on a feature or is not
    beside = np.zeros(len(place) + 1, dtype=bool)
    beside[1:-1] = True
    for share in (0.25, 0.75):  # at one of them a feature may only cross
        at = place[:-1] + share * np.diff(place)
        spots = shapely.points(np.interp(at, along, xy[:, 0]), np.interp(at, along, xy[:, 1]))
        near = pieces.query(spots, predicate="dwithin", distance=BESIDE)[0]
        beside[1:-1] &= np.isin(np.arange(len(spots)), near)
    runs = place[np.nonzero(beside[1:] != beside[:-1])[0]].reshape(-1, 2)
    length = runs[:, 1] - runs[:, 0]
    return float(length[length > LEAST_RUN_M].sum())
