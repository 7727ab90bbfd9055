"""Break points: sectors between places on the line that the user chose; each border passes exactly through its point.

So borders can follow what a planner knows, and stay where they were when the line moves: where lines are given, such as
a former plan's boundaries, they are the borders. Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from ..arrangement import along_of, nearest_of, on_grid, segments
from ..errors import PlanError
from ..features import InputFeature, counted, parts_of, told_km
from ..geodesy import Array, LocalPlane
from ..progress import Progress
from .axis import Axis, make_axis
from .borders import TopologyError, borders_of, rebuilt, rough_sectors
from .cuts import SHORT_SECTOR
from .drawn import as_drawn
from .once import meeting_once
from .split import LEAST_CHAIN, ChainPath, Partition
from .straight import straightened

LAYER = "The layer of break points holds"
AT_RING_START_M = 1.0  # a ring's first border lies where its path begins


def break_points(features: Sequence[InputFeature]) -> tuple[Any, ...]:
    """Return the points of a layer, and of its lines, such as a former plan's boundaries, one for each feature.

    Raises
    ------
    PlanError : what is neither a point nor a line
    """
    found: list[Any] = []
    for feature in features:
        parts = parts_of(feature, LAYER, ("Point", "LineString"))
        lines = [part for part in parts if part.geom_type == "LineString"]
        found += [part for part in parts if part.geom_type == "Point"]
        found += [shapely.MultiLineString(lines)] if lines else []
    return tuple(found)


def split_at(
    breaks: Sequence[Any], chains: Sequence[ChainPath], zone: Any, plane: LocalPlane, depth_m: float,
    progress: Progress,
) -> Partition:
    """Return the sectors between break points, in order along the line.

    Parameters
    ----------
    breaks : points on the line or near it, and lines that cross it, longitude/latitude
    chains : the contact line in the plane, without self-crossings
    zone : polygon or multipolygon in the plane
    depth_m : the larger depth, metres

    Raises
    ------
    PlanError : a point away from the line or too near to another one; nothing to split
    """
    feet, drawn, notes = _on_line(breaks, chains, plane, depth_m)
    kept = [chain for chain in chains if chain.length >= LEAST_CHAIN * SHORT_SECTOR * depth_m] or list(chains)
    kept = [_begun_at(chain, feet) if chain.closed else chain for chain in kept]
    mean_m = sum(chain.length for chain in kept) / (len(feet) + 1)
    axis = make_axis([c.path for c in kept], [c.closed for c in kept], depth_m, mean_m)
    cuts, anchors = _cuts(axis, feet, [c.path[0] if c.closed else None for c in kept], plane, depth_m)
    if not len(cuts):
        raise PlanError("One break point cannot split a ring", "Give at least two.")
    progress.report(0.3)
    try:
        rough = rough_sectors(axis, cuts, zone, depth_m)
        borders = straightened(borders_of(rough), zone, depth_m, anchors)
        progress.check()
        borders = meeting_once(borders, axis, zone, depth_m, anchors)
        sectors = rebuilt(borders, zone, rough)
        given = {pair: (drawn[tuple(xy)], xy) for pair, xy in anchors.items() if tuple(xy) in drawn}
        sectors, borders = as_drawn(borders, sectors, zone, given, depth_m)
    except TopologyError as error:
        raise PlanError(
            f"The zone could not be split at these break points: {error}", "Leave out or move one of them.",
        ) from error
    return Partition(tuple(sectors), tuple(borders), notes, (), anchors=anchors)


def _on_line(
    breaks: Sequence[Any], chains: Sequence[ChainPath], plane: LocalPlane, depth_m: float
) -> tuple[Array, dict[tuple[float, ...], Any], tuple[str, ...]]:
    """Return where to split the line, in the plane on the grid, (n, 2); lines to split along by place; and notes.

    A point is brought to the nearest place of the line, and refused beyond the depth; a line counts where it crosses.
    """
    points = np.array([shapely.get_coordinates(one)[0] for one in breaks if one.geom_type == "Point"]).reshape(-1, 2)
    lines = [one for one in breaks if one.geom_type != "Point"]
    pieces, _ = segments([part for chain in chains for part in chain.parts])
    tree = shapely.STRtree(pieces)
    crossings = [_crossing(one, tree, plane) for one in lines]
    drawn = {tuple(on_grid(found[0])): found[1] for found in crossings if found is not None}
    if not len(points) and not drawn:
        raise PlanError(
            "There are no break points" if not lines else "None of the lines to split at crosses the contact line",
            "Choose a layer with at least one point on the line, or another split.",
        )
    without = sum(found is None for found in crossings)
    notes = (f"{counted(without, 'line')} to split at left out: no crossing with the contact line",) if without else ()
    feet = on_grid(_feet(points, tree, plane, depth_m))
    return np.concatenate([feet, np.array(list(drawn)).reshape(-1, 2)]), drawn, notes


def _crossing(border: Any, tree: shapely.STRtree, plane: LocalPlane) -> tuple[Array, Any] | None:
    """Return where a border, longitude/latitude, meets the line, and its part that does, in the plane.

    Of several places it is the middle one along the line.
    """
    paths = [shapely.linestrings(plane.forward(shapely.get_coordinates(part))) for part in border.geoms]
    path, piece = tree.query(np.array(paths, dtype=object), predicate="intersects")
    if not len(piece):
        return None
    middle = np.argsort(piece, kind="stable")[len(piece) // 2]
    met = shapely.intersection(tree.geometries[piece[middle]], paths[path[middle]])  # a single edge: no grid
    return shapely.get_coordinates(met)[0], paths[path[middle]]


def _feet(points: Array, tree: shapely.STRtree, plane: LocalPlane, depth_m: float) -> Array:
    """Return the places of the line nearest to points, in the plane."""
    if not len(points):
        return points
    xy = plane.forward(points)
    pieces = tree.geometries[nearest_of(tree, xy)[1]]
    places = shapely.points(xy)
    away = shapely.distance(places, pieces)
    if away.max() > depth_m:
        worst = int(np.argmax(away))
        raise PlanError(
            f"A break point lies {told_km(away[worst])} from the contact line, farther than the zone is deep",
            "Move it to the line.", f"{points[worst, 0]:.5f}, {points[worst, 1]:.5f}",
        )
    along = shapely.line_locate_point(pieces, places)
    return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(pieces, along)))


def _begun_at(ring: ChainPath, feet: Array) -> ChainPath:
    """Return a ring that begins at the first break point on it, counted from its own start."""
    path = ring.path
    line = shapely.linestrings(path)
    on_it = shapely.distance(line, shapely.points(feet)) < AT_RING_START_M
    if not on_it.any():
        return ring
    place = shapely.line_locate_point(line, shapely.points(feet[on_it]))
    first = int(np.argmin(place))
    after = int(np.searchsorted(along_of(path), place[first], side="right"))
    start = feet[on_it][first]
    rolled = np.concatenate([start[None], path[after:], path[1:after], start[None]])
    moved = np.concatenate([[True], (np.diff(rolled, axis=0) != 0).any(axis=1)])
    return replace(ring, parts=(rolled[moved],))


def _cuts(
    axis: Axis, feet: Array, begun: Sequence[Array | None], plane: LocalPlane, depth_m: float
) -> tuple[Array, dict[tuple[int, int], Array]]:
    """Return the cuts along the axis, and the point that each border between neighbours must pass through.

    ``begun`` is where each chain that is a ring begins, None for the others.
    """
    place = axis.parameter(feet)
    for low, start in zip(axis.starts, begun):
        if start is not None:  # nearest to its beginning may be the end of the axis
            place[np.hypot(*(feet - start).T) < AT_RING_START_M] = low
    order = np.argsort(place, kind="stable")
    place, feet = place[order], feet[order]
    chain = axis.chain_of(place)
    rings = [k for k, start in enumerate(begun) if start is not None and (chain == k).any()]
    opening = {int(np.nonzero(chain == k)[0][0]) for k in rings}
    _refuse_near(axis, place, feet, rings, plane, depth_m)
    inner = [k for k in range(len(place)) if k not in opening]
    cuts = np.sort(np.concatenate([place[inner], axis.starts[1:-1]]))
    anchors: dict[tuple[int, int], Array] = {}
    for k in inner:
        before = int(np.searchsorted(cuts, place[k]))
        anchors[before, before + 1] = feet[k]
    for k in opening:  # where a ring begins, its first sector meets its last
        low, high = axis.starts[chain[k]], axis.starts[chain[k] + 1]
        first, last = int(np.searchsorted(cuts, low, side="right")), int(np.searchsorted(cuts, high))
        anchors[first, last] = feet[k]
    return cuts, anchors


def _refuse_near(
    axis: Axis, place: Array, feet: Array, rings: Sequence[int], plane: LocalPlane, depth_m: float
) -> None:
    """Refuse two points too near to each other, also across the place where a ring begins."""
    chain = axis.chain_of(place)
    following = np.append(place[1:], np.inf)
    for k in rings:
        mine = np.nonzero(chain == k)[0]
        following[mine[-1]] = place[mine[0]] + axis.starts[k + 1] - axis.starts[k]
    apart = following - place
    near = np.nonzero(apart < SHORT_SECTOR * depth_m)[0]
    if len(near):
        lon, lat = plane.inverse(feet[near[:1]])[0]
        raise PlanError(
            f"Two break points lie {told_km(apart[near[0]])} apart along the line, in a zone "
            f"{told_km(depth_m)} deep",
            f"Keep them at least {told_km(SHORT_SECTOR * depth_m)} apart.", f"{lon:.5f}, {lat:.5f}",
        )
