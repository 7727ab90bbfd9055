"""Where is the border of a ground contact? Not where the other side is away, nor along coast and state border.

A border is cut where it changes between contact and not, found by its distances to both sides and to the mask's edge;
then the line is carried on to the mask's edge where it runs up to it, and across short stretches without contact.
Plane metres on the grid; distances are scaled to those on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import GRID, along_of, edges_of
from .between import Divided, inside
from .geodesy import Array, LocalPlane, path_length
from .middle import SMOOTHED_M, border_tree, nearest_points, rings_of

STEPS = 20  # per gap or matching distance: how finely the end of a part is looked for
LEAST_STEP_M = 10.0
TOUCHING_M = 1.0  # sides nearer than this touch
UNEVEN = 0.1  # share of the width by which the middle may miss
SPUR = 0.1  # of its length: a stretch whose ends are nearer to each other leads there and back
END_WINDOW = 2.0  # matching distances along the border within which a part may run on to the mask's edge
END_SLACK = 0.1  # matching distances that such an end may stay short of it
CONTACT, REST, NONE = 1, 0, -1

Mask = NDArray[np.bool_]
Depth = Callable[[Array], Array]
Facing = Callable[[Array, Array], "tuple[Mask, Mask]"]


@dataclass(frozen=True)
class Rules:
    """What makes a border contact.

    ``facing``: whether the sides face each other at a point of the middle, None where one side's border is all there
    is; ``depth``: how deep inside the mask a point lies, None without a mask; ``gap_m`` longest stretch without contact
    that the line goes on across; ``match_m`` depth up to which a border is coast or state border.
    """

    plane: LocalPlane
    gap_m: float
    match_m: float
    facing: Facing | None
    depth: Depth | None


@dataclass(frozen=True)
class Run:
    """A stretch of a ground's border, the ground on its left.

    ``state``: `CONTACT`, `REST` (a border that is none) or `NONE` (the other side is not there); ``owner``: the index
    of the ground's polygon.
    """

    xy: Array
    state: int
    owner: int

    @property
    def closed(self) -> bool:
        """Whether the stretch is a whole ring."""
        return len(self.xy) > 3 and bool((self.xy[0] == self.xy[-1]).all())


def depth_inside(ground: Any, plane: LocalPlane) -> Depth:
    """Return a function from points (n, 2) to the metres from there to a ground's edge, negative outside."""
    edge = border_tree(rings_of(ground))

    def depth(xy: Array) -> Array:
        away = np.hypot(*(xy - nearest_points(edge, xy)).T) / plane.scale(xy)
        return np.where(inside(ground, xy), away, -away)

    return depth


def facing_sides(divided: Divided, gap_m: float, plane: LocalPlane) -> Facing:
    """Return a function from points of the middle, and the lengths around them, to whether the sides face there.

    They do if both are equally near, within half the gap or with contested ground between, in directions at least a
    right angle apart: the line does not run on where both sides end. The second array tells which answers hold for the
    whole length.
    """
    borders = [border_tree(rings_of(ground)) for ground in divided.undisputed]
    contested = shapely.buffer(divided.contested, TOUCHING_M)
    half = max(gap_m / 2, TOUCHING_M)

    def facing(xy: Array, length: Array) -> tuple[Mask, Mask]:
        to_a, to_b = (nearest_points(border, xy) - xy for border in borders)
        away_a, away_b = np.hypot(*to_a.T), np.hypot(*to_b.T)
        far = np.maximum(away_a, away_b) / plane.scale(xy)
        opposite = np.einsum("ij,ij->i", to_a, to_b) <= TOUCHING_M**2
        # where both outlines run side by side around contested ground they meet, but not in its middle
        even = np.abs(away_a - away_b) <= 2 * SMOOTHED_M + UNEVEN * (away_a + away_b)
        claimed = inside(contested, xy)
        sure = (claimed & even) | (far <= 2 * GRID) | (far > half + length)
        return even & (claimed | ((far <= half) & opposite)), sure

    return facing


def border_runs(ground: Any, other: Any, rules: Rules, check: Callable[[], None]) -> list[Run]:
    """Return the runs of all borders of a ground, in order along each.

    Parameters
    ----------
    ground : multipolygon in the plane, left of every run
    other : the other side's ground with the same vertices along the common border; None if all borders count
    rules : what makes a border contact
    check : called often; raises to stop
    """
    shared = None
    if other is not None:
        edges = edges_of([ground, other])
        wanted = (edges.face == 0) & (edges.other == 1)
        shared = set(map(tuple, np.hstack([edges.start[wanted], edges.end[wanted]]).tolist()))
    runs: list[Run] = []
    for owner, polygon in enumerate(shapely.get_parts(ground)):
        for number, ring in enumerate((polygon.exterior, *polygon.interiors)):
            check()
            xy = shapely.get_coordinates(ring)
            is_hole = number > 0
            runs += _runs(xy[::-1] if shapely.is_ccw(ring) == is_hole else xy, owner, shared, rules)
    return runs


def _runs(ring: Array, owner: int, shared: set[Any] | None, rules: Rules) -> list[Run]:
    """Return the runs of one closed border."""
    candidate = np.ones(len(ring) - 1, dtype=bool)
    if shared is not None:
        candidate = np.array([key in shared for key in map(tuple, np.hstack([ring[:-1], ring[1:]]).tolist())])
    if not candidate.any():
        return []
    start, state, drawn = _states(ring, candidate, rules)
    if (state == state[0]).all():
        return [Run(ring, int(state[0]), owner)]
    turn = int(np.nonzero(state != np.roll(state, 1))[0][0])
    start, state, drawn = np.roll(start, -turn, axis=0), np.roll(state, -turn), np.roll(drawn, -turn)
    limits = np.concatenate([[0], np.nonzero(np.diff(state))[0] + 1, [len(state)]])
    closed = np.concatenate([start, start[:1]])
    runs = []
    for first, last in zip(limits[:-1].tolist(), limits[1:].tolist()):
        keep = np.concatenate([[True], drawn[first + 1 : last], [True]])
        runs.append(Run(closed[first : last + 1][keep], int(state[first]), owner))
    return _joined(_carried_on(runs, rules))


def _states(
    ring: Array, candidate: Mask, rules: Rules,
) -> tuple[Array, NDArray[np.int64], Mask]:
    """Cut the edges where they change between contact and not; return starts, states, and which starts were drawn."""
    limits = [m for m, there in ((rules.gap_m, rules.facing), (rules.match_m, rules.depth)) if there is not None and m]
    step = max(min(limits, default=np.inf) / STEPS, LEAST_STEP_M)
    start, end = ring[:-1], ring[1:]
    drawn = np.ones(len(start), dtype=bool)
    contact, sure = _judged(start, end, candidate, rules)
    while True:
        split = candidate & ~sure & (np.hypot(*(end - start).T) > step)
        if not split.any():
            return start, np.where(candidate, np.where(contact, CONTACT, REST), NONE), drawn
        source = np.repeat(np.arange(len(start)), np.where(split, 2, 1))
        second = np.concatenate([[False], source[1:] == source[:-1]])
        halved = split[source]
        middle = (start + end)[source] / 2
        start = np.where(second[:, None], middle, start[source])
        end = np.where((halved & ~second)[:, None], middle, end[source])
        drawn = drawn[source] & ~second
        candidate, contact, sure = candidate[source], contact[source], sure[source]
        contact[halved], sure[halved] = _judged(start[halved], end[halved], candidate[halved], rules)


def _judged(
    start: Array, end: Array, candidate: Mask, rules: Rules,
) -> tuple[Mask, Mask]:
    """Return which edges are contact by their middles, and for which that holds all along."""
    contact, sure = candidate.copy(), np.ones(len(start), dtype=bool)
    middle, length = (start + end)[candidate] / 2, np.hypot(*(end - start)[candidate].T)
    if not len(middle):
        return contact, sure
    if rules.facing is not None:
        contact[candidate], sure[candidate] = rules.facing(middle, length)
    if rules.depth is not None:
        deep = rules.depth(middle) - rules.match_m
        contact[candidate] &= deep > 0
        sure[candidate] &= np.abs(deep) > length
        sure[candidate] |= deep < -length
    return contact, sure


def _carried_on(runs: list[Run], rules: Rules) -> list[Run]:
    """Carry the line on to the mask's edge where it runs up to it, and across short stretches that are no contact."""
    result: list[Run] = []
    for index, run in enumerate(runs):
        before, after = runs[index - 1].state, runs[(index + 1) % len(runs)].state
        if run.state != REST or CONTACT not in (before, after):
            result.append(run)
            continue
        whole = path_length(rules.plane.inverse(run.xy))
        head = _up_to_edge(run.xy, rules) if before == CONTACT else 0.0
        tail = _up_to_edge(run.xy[::-1], rules) if after == CONTACT else 0.0
        along = along_of(run.xy)
        if before == after and (whole <= rules.gap_m or head + tail >= along[-1]):
            spur = np.hypot(*(run.xy[-1] - run.xy[0])) < SPUR * along[-1]
            result.append(Run(run.xy[[0, -1]] if spur else run.xy, CONTACT, run.owner))
            continue
        tail = min(tail, along[-1] - head)
        cuts = [0.0, head, along[-1] - tail, along[-1]]
        states = (CONTACT, REST, CONTACT)
        pieces = [(a, b, state) for a, b, state in zip(cuts[:-1], cuts[1:], states) if b - a > GRID]
        result += [Run(_piece(run.xy, along, a, b), state, run.owner) for a, b, state in pieces]
    return result


def _up_to_edge(path: Array, rules: Rules) -> float:
    """Return how far along a path, plane metres, the line runs on before it turns along the mask's edge."""
    match = rules.match_m
    if rules.depth is None or match <= 0:
        return 0.0
    along = along_of(path)
    window = np.arange(0.0, min(along[-1], END_WINDOW * match) + GRID, max(match / STEPS, GRID))
    xy = np.column_stack([np.interp(window, along, path[:, i]) for i in (0, 1)])
    depth = rules.depth(xy)
    if depth[0] > (1 + END_SLACK) * match:
        return 0.0  # it ends there for another reason
    if rules.facing is not None:
        apart = np.nonzero(~rules.facing(xy, np.zeros(len(xy)))[0])[0]
        if len(apart):
            depth, window = depth[: apart[0] + 1], window[: apart[0] + 1]
    left = np.maximum(depth, 0.0)
    return float(window[np.argmax(left <= left.min() + END_SLACK * match)])


def _piece(xy: Array, along: Array, first: float, last: float) -> Array:
    """Return a polyline between two places on it, given in metres from its start."""
    ends = np.column_stack([np.interp([first, last], along, xy[:, i]) for i in (0, 1)])
    inner = xy[(along > first + GRID) & (along < last - GRID)]
    return np.concatenate([ends[:1], inner, ends[1:]])


def _joined(runs: list[Run]) -> list[Run]:
    """Return the runs of a closed border with neighbours of the same state joined."""
    if all(run.state == runs[0].state for run in runs):
        return [_end_to_end(runs)]
    first = next(i for i, run in enumerate(runs) if run.state != runs[i - 1].state)
    joined: list[Run] = []
    for run in (*runs[first:], *runs[:first]):
        if joined and joined[-1].state == run.state:
            joined[-1] = _end_to_end([joined[-1], run])
        else:
            joined.append(run)
    return joined


def _end_to_end(runs: list[Run]) -> Run:
    xy = np.concatenate([runs[0].xy, *(run.xy[1:] for run in runs[1:])])
    moved = np.concatenate([[True], (np.diff(xy, axis=0) != 0).any(axis=1)])
    return Run(xy[moved], runs[0].state, runs[0].owner)
