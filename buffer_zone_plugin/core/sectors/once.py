"""Borders led to the contact line: to meet it once, and where shares ask for.

Where a straight border meets folds of the line several times, it is led around them: to the place that leaves as much
of the line on either side. Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from ..arrangement import NEAR, OVERSHOOT, TINY, along_of, on_grid
from ..geodesy import Array, Indices
from .axis import Axis
from .borders import Border
from .straight import MOST_SHIFT, NO_ANCHORS, edge_tree, fits, held_by

REACH = np.array([0.01, 0.02, 0.04, 0.08, 0.16, 0.3, 0.5])  # of the depth: how far from where they meet it may turn
DIRECTIONS = 24
AT_END = 2 * OVERSHOOT  # metres from the end of a border within which it ends on the contact line


def meeting_once(
    borders: Sequence[Border], axis: Axis, zone: Any, depth_m: float,
    anchors: Mapping[tuple[int, int], Array] = NO_ANCHORS,
) -> list[Border]:
    """Return the borders, those that meet the line three times or more led to meet it once where that can be.

    Ends stay, and nothing is moved across another border or out of the zone. ``anchors`` are points (2,) on the line
    at which the border between two sectors must meet it.
    """
    lines = [border.line for border in borders]
    border, edge = axis.tree.query(np.array(lines, dtype=object), predicate="intersects")
    many = np.nonzero(np.bincount(border, minlength=len(lines)) > 2)[0]
    if not len(many):
        return list(borders)
    held = held_by(borders, lines, anchors)
    before = _before(axis.tree)
    places = {}
    for index in many.tolist():
        met = _meetings(lines[index], edge[border == index], axis.tree, before)
        if len(met) >= 3 and len(met) % 2:
            places[index] = held.get(index, _at(_fair(met), axis.tree, before))
    return _led(borders, places, axis.tree, zone, depth_m)


def moved_along(
    borders: Sequence[Border], ahead: Array, axis: Axis, zone: Any, depth_m: float
) -> list[Border]:
    """Return the borders between sectors k and k+1 led to meet the line ``ahead[k]`` metres farther along it.

    So shares can be met where the line runs along a border and a small move of that takes much of the line. A border
    for which there is no way stays.
    """
    reach = np.array([_longer(border) for border in borders], dtype=object)
    border, edge = axis.tree.query(reach, predicate="intersects")
    before = _before(axis.tree)
    places = {}
    for index, (one, two) in enumerate((b.one, b.two) for b in borders):
        met = _meetings(reach[index], edge[border == index], axis.tree, before)
        if two == one + 1 and ahead[one] != 0 and len(met) % 2:
            places[index] = _at(_fair(met) + float(ahead[one]), axis.tree, before)
    return _led(borders, places, axis.tree, zone, depth_m)


def _longer(border: Border) -> Any:
    """Return a border longer by a metre at both ends: where the zone has one side only, it ends on the contact line."""
    xy = border.xy
    for _ in range(2):
        step = xy[0] - xy[1]
        xy = np.concatenate([[xy[0] + step * OVERSHOOT / max(float(np.hypot(*step)), TINY)], xy[1:]])[::-1]
    return shapely.linestrings(xy)


def _led(
    borders: Sequence[Border], places: Mapping[int, Array], tree: shapely.STRtree, zone: Any, depth_m: float
) -> list[Border]:
    """Return the borders led to meet the line at places (2,), by their indices, where that can be."""
    lines = [border.line for border in borders]
    rim = edge_tree(zone) if places else None
    for index, place in places.items():
        candidate = _through(borders[index], place, tree, depth_m)
        others = shapely.STRtree(lines[:index] + lines[index + 1 :])
        if candidate is not None and fits(candidate, lines[index], zone, rim, others):
            lines[index] = candidate
    return [Border(b.one, b.two, shapely.get_coordinates(line)) for b, line in zip(borders, lines)]


def _before(tree: shapely.STRtree) -> Array:
    """Return how far along the contact line each of its edges begins, and its length."""
    return np.concatenate([[0.0], np.cumsum(shapely.length(tree.geometries))])


def _meetings(line: Any, edges: Indices, tree: shapely.STRtree, before: Array) -> Array:
    """Return where a border meets edges of the contact line, metres along that, ascending."""
    met = shapely.intersection(tree.geometries[edges], line)
    xy, which = shapely.get_coordinates(met, return_index=True)
    start = shapely.get_coordinates(shapely.get_point(tree.geometries[edges[which]], 0))
    place = np.sort(before[edges[which]] + np.hypot(*(xy - start).T))
    return place[np.append(True, np.diff(place) > NEAR)[: len(place)]]


def _fair(met: Array) -> float:
    """Return the place that leaves as much of the line on either side as a border does that meets it at odd places.

    Where it meets the line at a, b and c along it, the line is on the one side up to a and from b to c.
    """
    return float((met * (-1.0) ** np.arange(len(met))).sum())


def _at(place: float, tree: shapely.STRtree, before: Array) -> Array:
    """Return the point (2,) of the contact line at a place along it."""
    edge = int(np.clip(np.searchsorted(before, place, side="right") - 1, 0, len(before) - 2))
    found = shapely.line_interpolate_point(tree.geometries[edge], max(place - before[edge], 0.0))
    return on_grid(shapely.get_coordinates(found)[0])


def _through(border: Border, place: Array, tree: shapely.STRtree, depth_m: float) -> Any:
    """Return a border led to meet the contact line at a place only, or None where no way was found."""
    xy, line, reach = border.xy, border.line, _longer(border)
    if shapely.distance(line, shapely.points(place)) > MOST_SHIFT * depth_m:
        return None
    met = shapely.get_coordinates(shapely.intersection(tree.geometries[tree.query(reach, "intersects")], reach))
    along = shapely.line_locate_point(line, shapely.points(met))
    vertex = along_of(xy)
    before = int(np.searchsorted(vertex, along.min() - AT_END, side="left")) - 1
    after = int(np.searchsorted(vertex, along.max() + AT_END, side="right"))
    first, second = (
        _leg(xy[end], place, tree, depth_m) if 0 <= end < len(xy) else place[None] for end in (before, after)
    )
    if first is None or second is None or (before < 0 and after == len(xy)):
        return None
    return shapely.linestrings(np.concatenate([xy[: max(before, 0)], first, second[-2::-1], xy[after + 1 :]]))


def _leg(end: Array, place: Array, tree: shapely.STRtree, depth_m: float) -> Array | None:
    """Return the shortest way (n, 2) from an end of a border to a place on the contact line that meets it only there.

    It is straight or turns once near the place; None where every such way meets the line before.
    """
    if not len(tree.query(_short(end[None], place[None])[0], predicate="intersects")):
        return np.stack([end, place])
    angle = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    turn = on_grid(place + (REACH[:, None, None] * depth_m * circle).reshape(-1, 2))
    ends, places = np.broadcast_to(end, turn.shape), np.broadcast_to(place, turn.shape)
    free = np.ones(len(turn), dtype=bool)
    for ways in (shapely.linestrings(np.stack([ends, turn], axis=1)), _short(turn, places)):
        free[np.unique(tree.query(ways, predicate="intersects")[0])] = False
    if not free.any():
        return None
    length = np.hypot(*(turn - ends).T) + np.hypot(*(turn - places).T)
    best = int(np.argmin(np.where(free, length, np.inf)))
    return np.stack([end, turn[best], place])


def _short(start: Array, end: Array) -> Any:
    """Return straight lines, two rows of points (n, 2), that stop a metre before their end."""
    step = end - start
    share = np.maximum(1 - OVERSHOOT / np.maximum(np.hypot(*step.T), TINY), 0.5)
    return shapely.linestrings(np.stack([start, start + step * share[:, None]], axis=1))
