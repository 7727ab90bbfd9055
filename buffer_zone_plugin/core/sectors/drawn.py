"""Borders as they were drawn: where a split follows given lines, these are the borders, from edge to edge of the zone.

Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from ..arrangement import OVERSHOOT, TINY, on_grid
from ..geodesy import Array
from .borders import Border, rebuilt_alike, shape_of

LONGEST = 4.0  # of the depth, beyond a line's ends: how far it is drawn on to reach the zone's edge


def as_drawn(
    borders: Sequence[Border], sectors: Sequence[Any], zone: Any, drawn: Mapping[tuple[int, int], tuple[Any, Array]],
    depth_m: float,
) -> tuple[list[Any], list[Border], list[tuple[int, int]]]:
    """Return sectors and borders, these replaced by the lines drawn for them where that can be, and for which pairs.

    A line runs on straight at its ends to the edge of the zone. It stays out where it would cross another border,
    itself, or tear a sector; then the straight border through the same point stays.

    Parameters
    ----------
    borders : of the sectors, straight
    sectors : multipolygons that tile the zone
    drawn : by pair of neighbours a line, and the point (2,) at which it crosses the contact line
    depth_m : the larger depth, metres
    """
    made, kept, shape = list(sectors), list(borders), shape_of(sectors)
    done = []
    for pair, (line, point) in drawn.items():
        mine = [k for k, border in enumerate(kept) if (border.one, border.two) == pair]
        path = _from_edge_to_edge(line, point, zone, depth_m)
        if len(mine) != 1 or path is None:
            continue
        others = [border.line for k, border in enumerate(kept) if k != mine[0]]
        if len(shapely.STRtree(others).query(shapely.linestrings(path), predicate="intersects")):
            continue
        changed = [replace(border, xy=path) if k == mine[0] else border for k, border in enumerate(kept)]
        again = rebuilt_alike(changed, zone, made, shape)
        if again is not None:
            made, kept = again, changed
            done.append(pair)
    return made, kept, done


def _from_edge_to_edge(line: Any, point: Array, zone: Any, depth_m: float) -> Array | None:
    """Return the piece of a line, drawn on at its ends, that lies in the zone at a point; None if there is none."""
    xy = _drawn_on(shapely.get_coordinates(line), LONGEST * depth_m)
    path = shapely.linestrings(xy)
    if not path.is_simple:
        return None
    pieces = shapely.get_parts(shapely.intersection(path, zone))  # a line: no grid, and its vertices stay
    here = [piece for piece in pieces if shapely.dwithin(piece, shapely.points(point), OVERSHOOT)]
    if len(here) != 1 or here[0].geom_type != "LineString":
        return None
    return on_grid(shapely.get_coordinates(here[0]))


def _drawn_on(xy: Array, beyond_m: float) -> Array:
    for _ in range(2):
        step = xy[0] - xy[1]
        xy = np.concatenate([[xy[0] + step * beyond_m / max(float(np.hypot(*step)), TINY)], xy[1:]])[::-1]
    return xy
