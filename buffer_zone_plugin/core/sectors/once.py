"""Borders that meet the contact line once: where a straight one meets its folds several times, it is led around them.

The place where it then meets the line leaves as much of the line on either side as before. Coordinates are metres in
the local plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from ..arrangement import NEAR, OVERSHOOT, TINY, along_of, on_grid
from ..geodesy import Array
from .axis import Axis
from .borders import Border
from .straight import MOST_SHIFT, NO_ANCHORS, edge_tree, fits, held_anchors

REACH = np.array([0.01, 0.02, 0.04, 0.08, 0.16, 0.3, 0.5])  # of the depth: how far from where they meet it may turn
DIRECTIONS = 24


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
    held = held_anchors(borders, lines, anchors)
    rim = edge_tree(zone)
    for index in many.tolist():
        candidate = _once(lines[index], edge[border == index], held.get(index), axis.tree, depth_m)
        others = shapely.STRtree(lines[:index] + lines[index + 1 :])
        if candidate is not None and fits(candidate, lines[index], zone, rim, others):
            lines[index] = candidate
    return [Border(b.one, b.two, shapely.get_coordinates(line)) for b, line in zip(borders, lines)]


def _once(line: Any, edges: Array, anchor: Array | None, tree: shapely.STRtree, depth_m: float) -> Any:
    """Return a border led to meet the contact line's ``edges`` once, or None where no way was found."""
    met = shapely.get_coordinates(shapely.intersection(tree.geometries[edges], line))
    along = np.sort(shapely.line_locate_point(line, shapely.points(met)))
    apart = np.append(True, np.diff(along) > NEAR)
    if apart.sum() < 3 or apart.sum() % 2 == 0:
        return None
    place = _fair_place(np.sort(edges), line, tree) if anchor is None else anchor
    if shapely.distance(line, shapely.points(place)) > MOST_SHIFT * depth_m:
        return None
    xy = shapely.get_coordinates(line)
    vertex = along_of(xy)
    before = int(np.searchsorted(vertex, along[0], side="left")) - 1
    after = int(np.searchsorted(vertex, along[-1], side="right"))
    if before < 0 or after >= len(xy):
        return None  # it ends on the contact line
    first, second = (_leg(xy[end], place, tree, depth_m) for end in (before, after))
    if first is None or second is None:
        return None
    return shapely.linestrings(np.concatenate([xy[:before], first, second[-2::-1], xy[after + 1 :]]))


def _fair_place(edges: Array, line: Any, tree: shapely.STRtree) -> Array:
    """Return the place on the contact line that leaves as much of it on either side as the border does.

    Where it meets the line at a, b and c along it, the line is on the one side up to a and from b to c.
    """
    span = np.arange(edges[0], edges[-1] + 1)
    path = shapely.get_coordinates(tree.geometries[span])
    path = np.concatenate([path[::2], path[-1:]])
    before = along_of(path)
    xy, which = shapely.get_coordinates(shapely.intersection(tree.geometries[edges], line), return_index=True)
    place = np.sort(before[edges[which] - edges[0]] + np.hypot(*(xy - path[edges[which] - edges[0]]).T))
    place = place[np.append(True, np.diff(place) > NEAR)]
    fair = float((place * (-1.0) ** np.arange(len(place))).sum())
    return on_grid(np.array([np.interp(fair, before, path[:, k]) for k in (0, 1)]))


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
