"""Straight borders: each as straight as it can be without touching another one or leaving the zone.

Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely

from ..arrangement import GRID, OVERSHOOT, along_of, segments
from ..geodesy import Array
from .borders import Border

SIMPLER = (0.3, 0.15, 0.08, 0.04, 0.02, 0.01)  # of the depth: tolerances tried where a straight border does not fit
MOST_SHIFT = 0.35  # of the depth: how far a straight border may leave the rough one
LEAST_REGION_M2 = 1.0
NO_ANCHORS: Mapping[tuple[int, int], Array] = MappingProxyType({})


def straightened(
    borders: Sequence[Border], zone: Any, depth_m: float, anchors: Mapping[tuple[int, int], Array] = NO_ANCHORS
) -> list[Border]:
    """Return the borders as straight as they can be, shortest first: a chord, else fewer vertices, else as they were.

    End points stay, and nothing is moved across another border or out of the zone, so borders that did not cross
    still do not. ``anchors`` are points (2,) through which the border between two sectors must pass.
    """
    shapely.prepare(zone)
    edge = edge_tree(zone)
    lines = [border.line for border in borders]
    held = held_anchors(borders, lines, anchors)
    for index in np.argsort([line.length for line in lines], kind="stable"):
        line, anchor = lines[index], held.get(int(index))
        if (len(shapely.get_coordinates(line)) < 3 and anchor is None) or line.is_closed:
            continue
        others = lines[:index] + lines[index + 1 :]
        tree = shapely.STRtree(others)
        for candidate in _candidates(line, depth_m) if anchor is None else _through(line, anchor, depth_m):
            if fits(candidate, line, zone, edge, tree):
                lines[index] = candidate
                break
    return [Border(b.one, b.two, shapely.get_coordinates(line)) for b, line in zip(borders, lines)]


def edge_tree(zone: Any) -> shapely.STRtree:
    """Return the edges of a zone's boundary, to look for those that something meets."""
    return shapely.STRtree(segments([shapely.get_coordinates(r) for r in shapely.get_parts(shapely.boundary(zone))])[0])


def _candidates(line: Any, depth_m: float) -> list[Any]:
    xy = shapely.get_coordinates(line)
    chord = shapely.linestrings(xy[[0, -1]])
    straight = [chord] if shapely.hausdorff_distance(chord, line) <= MOST_SHIFT * depth_m else []
    return straight + [shapely.simplify(line, share * depth_m) for share in SIMPLER]


def held_anchors(
    borders: Sequence[Border], lines: Sequence[Any], anchors: Mapping[tuple[int, int], Array]
) -> dict[int, Array]:
    """Return the anchor of each border that has one: of several lines between two sectors the nearest."""
    found = {}
    for pair, anchor in anchors.items():
        between = [i for i, border in enumerate(borders) if (border.one, border.two) == pair]
        if between:
            point = shapely.points(anchor)
            found[min(between, key=lambda i: float(shapely.distance(lines[i], point)))] = anchor
    return found


def _through(line: Any, anchor: Array, depth_m: float) -> list[Any]:
    """Return ways to draw a border through a point, the straightest first."""
    xy = shapely.get_coordinates(line)
    place = float(shapely.line_locate_point(line, shapely.points(anchor)))
    before = along_of(xy) < place
    before[0], before[-1] = True, False
    halves = np.concatenate([xy[before], anchor[None]]), np.concatenate([anchor[None], xy[~before]])
    ways = [np.stack([xy[0], anchor, xy[-1]])]
    for share in SIMPLER:
        first, second = (
            shapely.get_coordinates(shapely.simplify(shapely.linestrings(half), share * depth_m)) for half in halves
        )
        ways.append(np.concatenate([first, second[1:]]))
    ways.append(np.concatenate([halves[0], halves[1][1:]]))
    lines = [shapely.linestrings(way) for way in ways]
    straight = shapely.hausdorff_distance(lines[0], line) <= MOST_SHIFT * depth_m
    return lines if straight else lines[1:]


def fits(candidate: Any, line: Any, zone: Any, edge: shapely.STRtree, others: shapely.STRtree) -> bool:
    """Tell whether a border may be replaced: simple, inside the zone, with nothing between it and the old one."""
    inner = _trimmed(candidate)
    if inner is None or not candidate.is_simple or not zone.covers(inner):
        return False
    if len(others.query(inner, predicate="intersects")):
        return False
    regions = shapely.get_parts(shapely.polygonize([shapely.union_all([candidate, line], grid_size=GRID)]))
    cores = shapely.buffer(regions[shapely.area(regions) > LEAST_REGION_M2], -OVERSHOOT)
    return not any(len(tree.query(cores, predicate="intersects")[0]) for tree in (edge, others))


def _trimmed(line: Any) -> Any:
    """Return the line without its first and last metre, or None if it is too short."""
    if line.length < 4 * OVERSHOOT:
        return None
    xy = shapely.get_coordinates(line)
    for _ in range(2):
        step = xy[1] - xy[0]
        xy = np.concatenate([[xy[0] + step * min(0.5, OVERSHOOT / max(float(np.hypot(*step)), GRID))], xy[1:]])[::-1]
    return shapely.linestrings(xy)
