"""Break points: sectors between places on the line that the user chose; each border passes exactly through its place.

A point beside the line is brought to it first. So borders can follow what a planner knows, and stay where they were
when the line moves: where lines are given, such as a former plan's boundaries, they are the borders. Coordinates are
metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from ..arrangement import NEAR, along_of, nearest_of, on_grid, segments
from ..errors import PlanError
from ..features import InputFeature, counted, parts_of, told_km
from ..geodesy import Array, Indices, LocalPlane
from ..progress import Progress
from ..spec import MAX_SECTORS
from .axis import Axis, make_axis
from .borders import TopologyError, borders_of, rebuilt, rough_sectors
from .cuts import SHORT_SECTOR
from .drawn import as_drawn
from .once import meeting_once
from .split import LEAST_CHAIN, ChainPath, Partition, short_sectors
from .straight import straightened

LAYER = "The layer of break points holds"
AT_RING_START_M = 1.0  # a ring's first border lies where its path begins
SAME_M = 1.0  # break points nearer to each other are one
BESIDE_M = 100.0  # from the line: a point farther away is not taken to be meant to lie on it
BESIDE_SHARE, ALONG_SHARE = 0.02, 1.0  # of the depth: nearer to the line for longer, another line runs along it
MOST_STEPS = 10_000
MOST_PLACES = 3  # in one note

Place = tuple[float, float]  # in the plane, on the grid


def break_points(features: Sequence[InputFeature]) -> tuple[Any, ...]:
    """Return the points of a layer, and its lines, such as a former plan's boundaries, those of one feature together.

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
    PlanError : a point away from the line, too near to another one, or to the line's end; a line along the contact
        line; nothing to split
    """
    kept = [chain for chain in chains if chain.length >= LEAST_CHAIN * SHORT_SECTOR * depth_m] or list(chains)
    places = _on_line(breaks, kept, plane, depth_m)
    feet = places.xy
    if len(feet) > MAX_SECTORS:
        raise PlanError(f"{len(feet)} break points were given", f"Give fewer than {MAX_SECTORS}.")
    kept = [_begun_at(chain, feet) if chain.closed else chain for chain in kept]
    mean_m = sum(chain.length for chain in kept) / (len(feet) + 1)
    axis = make_axis([c.path for c in kept], [c.closed for c in kept], depth_m, mean_m)
    begun = [chain.path[0] if chain.closed else None for chain in kept]
    _refuse_near_ends(axis, feet, kept, plane, depth_m)
    cuts, anchors = _cuts(axis, feet, begun, plane, depth_m)
    if not len(cuts):
        raise PlanError("One break point cannot split a ring", "Give at least two.")
    progress.report(0.3)
    try:
        rough = rough_sectors(axis, cuts, zone, depth_m)
        borders = straightened(borders_of(rough), zone, depth_m, anchors)
        progress.check()
        borders = meeting_once(borders, axis, zone, depth_m, anchors)
        sectors = rebuilt(borders, zone, rough)
        given = {pair: (places.drawn[_key(xy)], xy) for pair, xy in anchors.items() if _key(xy) in places.drawn}
        sectors, borders, done = as_drawn(borders, sectors, zone, given, depth_m)
    except TopologyError as error:
        raise PlanError(
            f"The zone could not be split at these break points: {error}", "Leave out or move one of them.",
        ) from error
    missed = set(places.drawn) - {_key(anchors[pair]) for pair in done}
    straight = plane.inverse(np.array(sorted(missed)).reshape(-1, 2))
    notes = (*places.notes, *_not_as_drawn(straight))
    stops = np.unique(np.concatenate([axis.starts, cuts]))
    return Partition(
        tuple(sectors), tuple(borders), notes, short_sectors(float(np.diff(stops).min()), depth_m), anchors=anchors,
    )


@dataclass(frozen=True)
class _Places:
    """Where to split the line, in the plane on the grid, (n, 2); by place the lines to split along; and notes."""

    xy: Array
    drawn: Mapping[Place, Any]
    notes: tuple[str, ...]


def _on_line(breaks: Sequence[Any], chains: Sequence[ChainPath], plane: LocalPlane, depth_m: float) -> _Places:
    """Return where to split the line: at each point, brought to the line, and where each line crosses it."""
    points = np.array([shapely.get_coordinates(one)[0] for one in breaks if one.geom_type == "Point"]).reshape(-1, 2)
    opposite = points[~plane.shows(points)]
    if len(opposite):
        raise PlanError(
            "A break point lies on the other side of the Earth", "Check its coordinates and its reference system.",
            f"{opposite[0, 0]:.5f}, {opposite[0, 1]:.5f}",
        )
    shown = [plane.shows(shapely.get_coordinates(one)).all() for one in breaks]
    lines = [one for one, on_map in zip(breaks, shown) if one.geom_type != "Point" and on_map]
    pieces, _ = segments([part for chain in chains for part in chain.parts])
    tree = shapely.STRtree(pieces)
    crossed = _crossed(lines, tree, plane, depth_m)
    if not len(points) and not len(crossed.xy):
        raise PlanError(
            "There are no break points" if not lines else "None of the lines to split at crosses the contact line",
            "Choose a layer with at least one point on the line, or another split.",
        )
    feet, moved = _feet(points, tree, plane, depth_m)
    places = np.concatenate([crossed.xy, on_grid(feet)])  # of the same place, that of a line counts
    first = _once(places)
    again = len(places) - len(first)
    twice = (f"{counted(again, 'break point')} at the same place as another: taken once",) if again else ()
    xy = places[first]
    drawn = {place: crossed.drawn[place] for place in map(_key, xy) if place in crossed.drawn}
    return _Places(xy, drawn, (*crossed.notes, *moved, *twice))


def _crossed(lines: Sequence[Any], tree: shapely.STRtree, plane: LocalPlane, depth_m: float) -> _Places:
    """Return where lines, longitude/latitude, cross the contact line.

    A line that crosses it an odd number of times is a border itself, through the middle crossing. Any other comes back
    to the side where it began: a break point lies at each of its crossings.
    """
    drawn: dict[Place, Any] = {}
    places, missing, returning = [np.zeros((0, 2))], [], []
    for one in lines:
        met = _parts_across(one, tree, plane, depth_m)
        if not met:
            missing.append(_middle(one))
        for path, found in met:
            if len(found) % 2:
                found = on_grid(found[len(found) // 2][None])
                drawn.setdefault(_key(found[0]), path)
            else:
                found = on_grid(found[_once(found)])
                returning.append(found[0])
            places.append(found)
    back = plane.inverse(np.array(returning).reshape(-1, 2))
    return _Places(np.concatenate(places), drawn, (*_left_out(np.array(missing)), *_returning(back)))


def _left_out(middles: Array) -> tuple[str, ...]:
    if not len(middles):
        return ()
    return (
        f"{counted(len(middles), 'line')} to split at left out: no crossing with the contact line ({_told(middles)})",
    )


def _returning(lonlat: Array) -> tuple[str, ...]:
    if not len(lonlat):
        return ()
    verb = "does" if len(lonlat) == 1 else "do"
    return (
        f"{counted(len(lonlat), 'line')} to split at {verb} not pass from one side of the contact line to the other: "
        f"straight borders at the crossings ({_told(lonlat)})",
    )


def _not_as_drawn(lonlat: Array) -> tuple[str, ...]:
    if not len(lonlat):
        return ()
    one = len(lonlat) == 1
    return (
        f"{counted(len(lonlat), 'line')} to split at could not be the border as drawn: "
        f"{'a straight one passes through the same place' if one else 'straight ones pass through the same places'} "
        f"({_told(lonlat)})",
    )


def _told(lonlat: Array) -> str:
    """Return places as sentences tell them, the first few."""
    told = "; ".join(f"{lon:.5f}, {lat:.5f}" for lon, lat in lonlat[:MOST_PLACES])
    return f"{told} and {len(lonlat) - MOST_PLACES} more" if len(lonlat) > MOST_PLACES else told


def _key(xy: Array) -> Place:
    return float(xy[0]), float(xy[1])


def _middle(line: Any) -> Array:
    """Return the middle of a line, of several that of the longest."""
    longest = max(shapely.get_parts(line), key=shapely.length)
    return shapely.get_coordinates(shapely.line_interpolate_point(longest, 0.5, normalized=True))[0]


def _once(xy: Array) -> list[int]:
    """Return which places (n, 2) to keep so that none lies where one before it does."""
    kept: list[int] = []
    for k, place in enumerate(xy):
        if not (np.hypot(*(xy[kept] - place).T) < SAME_M).any():
            kept.append(k)
    return kept


def _parts_across(
    line: Any, tree: shapely.STRtree, plane: LocalPlane, depth_m: float
) -> list[tuple[Any, Array]]:
    """Return the connected parts of a line, in the plane, that meet the contact line, and where they do."""
    found = []
    for part in shapely.get_parts(shapely.line_merge(line)):
        path = shapely.linestrings(plane.forward(shapely.get_coordinates(part)))
        pieces = np.sort(tree.query(path, predicate="intersects"))
        if len(pieces):
            _refuse_along(path, tree, plane, depth_m)
            found.append((path, _crossings(path, tree, pieces)))
    return found


def _crossings(path: Any, tree: shapely.STRtree, pieces: Indices) -> Array:
    """Return where a line meets pieces of the contact line, (n, 2), in order along it; a common stretch counts once."""
    met = shapely.get_parts(shapely.intersection(path, shapely.multilinestrings(tree.geometries[pieces])))
    at = shapely.get_type_id(met) == shapely.GeometryType.POINT
    common = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(met[~at])))
    xy = shapely.get_coordinates([*met[at], *shapely.line_interpolate_point(common, 0.5, normalized=True)])
    piece = nearest_of(tree, xy)[1]
    along = shapely.line_locate_point(tree.geometries[piece], shapely.points(xy))
    xy = xy[np.lexsort([along, piece])]
    apart = np.hypot(*np.diff(xy, axis=0).T) > NEAR  # at a vertex it may meet both edges
    return np.asarray(xy[np.append(True, apart)])


def _refuse_along(path: Any, tree: shapely.STRtree, plane: LocalPlane, depth_m: float) -> None:
    """Refuse a line that lies on the contact line, or close beside it, for long."""
    beside = BESIDE_SHARE * depth_m
    most = min(ALONG_SHARE * depth_m, float(shapely.length(tree.geometries).sum()) / 2)
    if path.length < most:
        return
    xy = shapely.get_coordinates(shapely.segmentize(path, max(beside, path.length / MOST_STEPS)))
    near = np.zeros(len(xy), dtype=bool)
    near[nearest_of(tree, xy, beside)[0]] = True
    both = near[1:] & near[:-1]
    if np.hypot(*np.diff(xy, axis=0).T)[both].sum() < most:
        return
    where = np.nonzero(both)[0]
    raise PlanError(
        "A line to split at runs along the contact line",
        "Give points on the contact line, or lines that cross it.",
        _told(plane.inverse(xy[where[len(where) // 2]][None])),
    )


def _feet(points: Array, tree: shapely.STRtree, plane: LocalPlane, depth_m: float) -> tuple[Array, tuple[str, ...]]:
    """Return the places of the line nearest to points, in the plane, and a note on those beside it."""
    if not len(points):
        return points, ()
    xy = plane.forward(points)
    pieces = tree.geometries[nearest_of(tree, xy)[1]]
    places = shapely.points(xy)
    away = shapely.distance(places, pieces)
    if away.max() > depth_m:
        worst = int(np.argmax(away))
        raise PlanError(
            f"A break point lies {told_km(away[worst])} from the contact line, farther than the zone is deep",
            "Move it to the line.", _told(points[worst][None]),
        )
    along = shapely.line_locate_point(pieces, places)
    return shapely.get_coordinates(shapely.line_interpolate_point(pieces, along)), _brought(away[away > BESIDE_M])


def _brought(away: Array) -> tuple[str, ...]:
    """Say how far points beside the line were moved."""
    if not len(away):
        return ()
    verb, most = ("was", "by") if len(away) == 1 else ("were", "by up to")
    return (
        f"{counted(len(away), 'break point')} beside the line {verb} brought to it, {most} {told_km(away.max())}",
    )


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
        raise PlanError(
            f"Two break points lie {told_km(apart[near[0]])} apart along the line, in a zone "
            f"{told_km(depth_m)} deep",
            f"Keep them at least {told_km(SHORT_SECTOR * depth_m)} apart.", _told(plane.inverse(feet[near[:1]])),
        )


def _refuse_near_ends(
    axis: Axis, feet: Array, chains: Sequence[ChainPath], plane: LocalPlane, depth_m: float
) -> None:
    """Refuse a point too near to where the line, or a stretch of it, ends: a sector there would have no line."""
    ends = np.array([chain.path[k] for chain in chains if not chain.closed for k in (0, -1)]).reshape(-1, 2)
    if not len(ends):
        return
    place, tip = axis.parameter(feet), axis.parameter(ends)
    apart = np.abs(place[:, None] - tip)
    apart[axis.chain_of(place)[:, None] != axis.chain_of(tip)] = np.inf
    near = apart.min(axis=1)
    worst = int(np.argmin(near))
    if near[worst] < SHORT_SECTOR * depth_m:
        raise PlanError(
            f"A break point and the end of the line lie {told_km(near[worst])} apart along the line, in a zone "
            f"{told_km(depth_m)} deep",
            f"Leave it out, or move it at least {told_km(SHORT_SECTOR * depth_m)} from the end.",
            _told(plane.inverse(feet[worst][None])),
        )
