"""Break points: sectors between places on the line that the user chose; each border passes exactly through its place.

A point beside the line is brought to it first. So borders can follow what a planner knows, and stay where they were
when the line moves: where lines are given, such as a former plan's boundaries, they are the borders. Coordinates are
metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from ..arrangement import along_of
from ..errors import PlanError
from ..features import told_km
from ..geodesy import Array, LocalPlane
from ..progress import Progress
from ..spec import MAX_SECTORS
from .axis import Axis, make_axis
from .borders import TopologyError, borders_of, rebuilt, rough_sectors
from .break_places import not_as_drawn, place_key, places_on_line, told_places
from .cuts import SHORT_SECTOR
from .drawn import as_drawn
from .once import meeting_once
from .split import LEAST_CHAIN, ChainPath, Partition, short_sectors
from .straight import straightened

AT_RING_START_M = 1.0  # a ring's first border lies where its path begins


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
    places = places_on_line(breaks, kept, plane, depth_m)
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
        keys = {pair: place_key(xy) for pair, xy in anchors.items()}
        given = {pair: (places.drawn[key], anchors[pair]) for pair, key in keys.items() if key in places.drawn}
        sectors, borders, done = as_drawn(borders, sectors, zone, given, depth_m)
    except TopologyError as error:
        raise PlanError(
            f"The zone could not be split at these break points: {error}", "Leave out or move one of them.",
        ) from error
    missed = set(places.drawn) - {place_key(anchors[pair]) for pair in done}
    straight = plane.inverse(np.array(sorted(missed)).reshape(-1, 2))
    notes = (*places.notes, *not_as_drawn(straight))
    stops = np.unique(np.concatenate([axis.starts, cuts]))
    return Partition(
        tuple(sectors), tuple(borders), notes, short_sectors(float(np.diff(stops).min()), depth_m), anchors=anchors,
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
            f"Keep them at least {told_km(SHORT_SECTOR * depth_m)} apart.", told_places(plane.inverse(feet[near[:1]])),
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
            told_places(plane.inverse(feet[worst][None])),
        )
