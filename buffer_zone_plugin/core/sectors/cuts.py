"""Where to cut: sectors whose shares of a measure are the ones asked for, across a zone, in order along the line.

Cuts start at the quantiles of the measure along the axis, are balanced on the finished sectors by a damped Newton
step, and each border gets one bend that makes the shares exact. Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from ..arrangement import GRID, OVERSHOOT
from ..errors import PlanError
from ..geodesy import Array, LocalPlane
from ..progress import Progress
from ..rounding import largest_remainder
from .axis import Axis, make_axis
from .borders import Border, TopologyError, borders_of, rebuilt, rough_sectors, straightened
from .measures import LineShares, Measure, area_measure, length_measure

BALANCE_ROUNDS = 5
GOOD_BALANCE = 5e-3  # relative deviation below which a bend can do the rest
BEND_ROUNDS = 3
GOOD_SHARES = 2e-3
DONE = 1e-7
MOST_BEND = 0.15  # of the bent edge: a border stays nearly straight
LEAST_CHAIN = 0.5  # of a mean sector: a shorter chain joins its neighbours
SHORT_SECTOR = 0.25  # of the depth: shorter sectors are refused, those shorter than the depth get a note
LAST_DAMPING = 0.6
BEND_TRIALS = 4  # each half as high as the last
NEAR_M = 10.0
LEAST_STEP = 1e-6  # of the depth between two cuts


@dataclass(frozen=True)
class ChainPath:
    """A chain in the plane: its parts (n, 2), and whether it is a ring."""

    parts: tuple[Array, ...]
    closed: bool

    @property
    def path(self) -> Array:
        """The parts joined by straight links, (n, 2)."""
        return np.concatenate(self.parts)

    @property
    def length(self) -> float:
        """Length of the parts in the plane, metres."""
        return sum(float(np.hypot(*np.diff(part, axis=0).T).sum()) for part in self.parts)


@dataclass(frozen=True)
class Partition:
    """Sectors (multipolygons) in order along the line, their borders, what the user should know, and what is amiss."""

    sectors: tuple[Any, ...]
    borders: tuple[Border, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def split(
    chains: Sequence[ChainPath], shares: LineShares, zone: Any, counted: Any, plane: LocalPlane, depth_m: float,
    count: int, measure: str, progress: Progress,
) -> Partition:
    """Return ``count`` sectors with equal shares of a measure.

    Parameters
    ----------
    chains : the contact line in the plane, without self-crossings
    shares : the whole contact line, to measure its length by sector
    zone : polygon or multipolygon in the plane
    counted : the part of it that counts: the clipped zone, or the zone itself
    depth_m : the larger depth, metres
    measure : ``equal_length`` or ``equal_area``

    Raises
    ------
    PlanError : the line cannot hold that many sectors
    """
    if count == 1:
        return Partition((zone,), (), (), ())
    kept = _carrying(chains, count)
    axis = make_axis([c.path for c in kept], [c.closed for c in kept], depth_m, sum(c.length for c in kept) / count)
    warnings = _room_for(axis, count, depth_m)
    progress.report(0.2)
    by_area = measure == "equal_area"
    shared = area_measure(axis, zone, counted, plane) if by_area else length_measure(axis, shares, depth_m)
    groups = _per_chain(axis, shared, count)
    try:
        return _balanced(axis, zone, depth_m, shared, groups, warnings, progress.stage(0.2, 1.0))
    except TopologyError as error:
        raise PlanError(
            f"The line could not be split into {count} sectors: {error}", "Ask for fewer sectors or a smaller depth.",
        ) from error


def _carrying(chains: Sequence[ChainPath], count: int) -> list[ChainPath]:
    """Return the chains long enough to have sectors of their own, at most ``count``, in their order."""
    lengths = np.array([c.length for c in chains])
    wanted = lengths >= LEAST_CHAIN / count * lengths.sum()
    ranked = np.argsort(-lengths, kind="stable")
    wanted[ranked[count:]] = False
    wanted[ranked[0]] = True
    return [chain for chain, keep in zip(chains, wanted) if keep]


def _room_for(axis: Axis, count: int, depth_m: float) -> tuple[str, ...]:
    """Refuse sectors much shorter than the zone is deep; note those that are shorter at all."""
    mean = axis.core_length / count
    if mean < SHORT_SECTOR * depth_m:
        most = max(1, int(axis.core_length / (SHORT_SECTOR * depth_m)))
        raise PlanError(
            f"{count} sectors do not fit: along {_km(axis.core_length)} of smoothed line they would be "
            f"{_km(mean)} long in a zone {_km(depth_m)} deep", f"Ask for at most {most}.",
        )
    if mean < depth_m:
        return (
            f"Sectors ({_km(mean)}) are shorter than the zone is deep ({_km(depth_m)} a side): wedges may result",
        )
    return ()


def _km(metres: float) -> str:
    """Return a length as people write it."""
    if metres < 1000:
        return f"{metres:.0f} m"
    return f"{metres / 1000:.3g} km" if metres < 1e6 else f"{metres / 1000:.0f} km"


def _per_chain(axis: Axis, shared: Measure, count: int) -> list[int]:
    """Return how many sectors each chain gets: at least one, by largest remainder of its share."""
    chains = len(axis.lines)
    whole = np.bincount(axis.chain_of(shared.place), weights=shared.placed, minlength=chains)
    spare = np.maximum(whole - whole.sum() / count, 0) if chains > 1 else whole
    extra = largest_remainder(spare if spare.sum() > 0 else whole, count - chains)
    return [1 + int(n) for n in extra]


def _balanced(
    axis: Axis, zone: Any, depth_m: float, shared: Measure, groups: list[int], warnings: tuple[str, ...],
    progress: Progress,
) -> Partition:
    count = sum(groups)
    target = _first_targets(axis, shared, groups)
    asked = target.copy()
    best: tuple[float, list[Any], list[Border], list[Any], Array] | None = None
    trouble: TopologyError | None = None
    for round_ in range(BALANCE_ROUNDS):
        progress.report(round_ / (BALANCE_ROUNDS + BEND_ROUNDS))
        cuts = _increasing(_cuts(axis, shared, asked, groups), LEAST_STEP * depth_m)
        try:
            rough = rough_sectors(axis, cuts, zone, depth_m)
            progress.check()
            borders = straightened(borders_of(rough), zone, depth_m)
            progress.check()
            sectors, borders = _sectors_from(borders, zone, rough)
        except TopologyError as error:
            trouble = error
            asked = (asked + target) / 2 if round_ else np.arange(1, count) / count
            continue
        value = shared.exact(sectors, [b.line for b in borders])
        target = _targets(value, groups)
        deviation = _deviation(value, target)
        if best is None or deviation < best[0]:
            best = (deviation, sectors, borders, rough, target)
        if deviation < GOOD_BALANCE:
            break
        damping = 1.0 if round_ < BALANCE_ROUNDS - 1 else LAST_DAMPING
        asked = np.clip(np.maximum.accumulate(asked + damping * (target - _cumulative(value))), 1e-6, 1 - 1e-6)
    if best is None:
        raise trouble or TopologyError("no sectors were found")
    return _bent(best, zone, shared, groups, warnings, progress)


def _sectors_from(borders: list[Border], zone: Any, rough: list[Any]) -> tuple[list[Any], list[Border]]:
    """Return the sectors between straight borders, or between the rough ones where those do not work out."""
    try:
        return rebuilt(borders, zone, rough), borders
    except TopologyError:
        return rough, borders_of(rough)


def _first_targets(axis: Axis, shared: Measure, groups: list[int]) -> Array:
    whole = np.bincount(axis.chain_of(shared.place), weights=shared.placed, minlength=len(groups))
    shares = np.concatenate([np.full(n, w / n) for n, w in zip(groups, whole)])
    return _cumulative(shares)


def _targets(value: Array, groups: list[int]) -> Array:
    """Return the cumulative shares to reach: equal inside each chain, whose total the ground decides."""
    ends = np.cumsum([0, *groups])
    shares = np.concatenate([np.full(n, value[a : a + n].sum() / n) for a, n in zip(ends[:-1], groups)])
    return _cumulative(shares)


def _cumulative(value: Array) -> Array:
    return np.asarray(np.cumsum(value)[:-1] / value.sum())


def _deviation(value: Array, target: Array) -> float:
    share = np.diff(np.concatenate([[0.0], target, [1.0]]))
    return float((np.abs(value / value.sum() - share) / np.maximum(share, 1e-12)).max())


def _cuts(axis: Axis, shared: Measure, asked: Array, groups: list[int]) -> Array:
    """Return the cuts along the axis; between chains the cut is where one ends and the next begins."""
    cuts = shared.quantiles(asked)
    for chain, last in enumerate(np.cumsum(groups)[:-1]):
        cuts[last - 1] = axis.starts[chain + 1]
    ends = np.cumsum([0, *groups])
    for chain, (a, b) in enumerate(zip(ends[:-1], ends[1:])):
        inner = slice(a, b - 1)
        cuts[inner] = np.clip(cuts[inner], axis.starts[chain], axis.starts[chain + 1])
    return cuts


def _increasing(cuts: Array, step: float) -> Array:
    rising = np.maximum.accumulate(cuts - step * np.arange(len(cuts)))
    return np.asarray(rising + step * np.arange(len(cuts)))


def _bent(
    best: tuple[float, list[Any], list[Border], list[Any], Array], zone: Any, shared: Measure, groups: list[int],
    warnings: tuple[str, ...], progress: Progress,
) -> Partition:
    """Bend each border by one vertex so that the shares become exact; keep the best of a few passes."""
    deviation, sectors, borders, rough, target = best
    plain = borders
    value = shared.exact(sectors, [b.line for b in borders])
    for round_ in range(BEND_ROUNDS):
        progress.report((BALANCE_ROUNDS + round_) / (BALANCE_ROUNDS + BEND_ROUNDS))
        if deviation < DONE:
            break
        moved = _bend_all(borders, sectors, (target - _cumulative(value)) * value.sum(), shared, plain)
        try:
            again = rebuilt(moved, zone, rough)
        except TopologyError:
            break
        value = shared.exact(again, [b.line for b in moved])
        after = _deviation(value, _targets(value, groups))
        if after >= deviation:
            break
        deviation, sectors, borders = after, again, moved
    return Partition(
        tuple(sectors), tuple(borders), _by_stretch(groups), (*warnings, *_unequal(deviation)),
    )


def _by_stretch(groups: list[int]) -> tuple[str, ...]:
    """Say that separate stretches of the line have sectors of their own."""
    if len(groups) == 1:
        return ()
    counts = " + ".join(map(str, groups))
    return (f"The line lies in {len(groups)} separate stretches with {counts} sectors, equal within each stretch",)


def _unequal(deviation: float) -> tuple[str, ...]:
    """Say where a share could not be met."""
    if deviation <= GOOD_SHARES:
        return ()
    return (f"A sector's share is {100 * deviation:.1f} % off: a border could not be moved far enough",)


def _bend_all(
    borders: Sequence[Border], sectors: Sequence[Any], transfer: Array, shared: Measure, plain: Sequence[Border]
) -> list[Border]:
    """Return the borders with the one between sectors k and k+1 bent so that ``transfer[k]`` moves into sector k."""
    bent = list(borders)
    for k, amount in enumerate(transfer):
        here = [i for i, b in enumerate(bent) if (b.one, b.two) == (k, k + 1)]
        if here:
            longest = max(here, key=lambda i: float(plain[i].line.length))
            bent[longest] = _bend(bent[longest], sectors, float(amount), shared, plain[longest])
    return bent


def _bend(border: Border, sectors: Sequence[Any], amount: float, shared: Measure, plain: Border) -> Border:
    """Move the bend of one border; a triangle over an edge of length l and height h holds l·h/2 of area."""
    length = np.hypot(*np.diff(plain.xy, axis=0).T)
    edge = int(np.argmax(length))
    a, b = plain.xy[edge], plain.xy[edge + 1]
    normal = np.array([a[1] - b[1], b[0] - a[0]]) / length[edge]
    middle = (a + b) / 2
    already = 0.0
    if len(border.xy) > len(plain.xy):
        already = float((border.xy[edge + 1] - middle) @ normal)
    into = border.two if amount > 0 else border.one  # sector k grows into the ground of the one it takes from
    probe = min(NEAR_M, MOST_BEND * float(length[edge]))
    here = middle + already * normal
    towards = next((s for s in (1, -1) if sectors[into].contains(shapely.points(here + s * probe * normal))), 0)
    if not towards:
        return border
    height = already + towards * _height(amount, a, b, normal * towards, here, float(length[edge]), shared)
    height = float(np.clip(height, -MOST_BEND * length[edge], MOST_BEND * length[edge]))
    both = shapely.union(sectors[border.one], sectors[border.two], grid_size=GRID)
    room = shapely.buffer(both, OVERSHOOT)
    for _ in range(BEND_TRIALS):
        bend = middle + height * normal
        swept = shapely.buffer(shapely.polygons([a, bend, b, here if already else middle]), 0)
        if swept.is_empty or room.contains(swept):
            xy = np.concatenate([plain.xy[: edge + 1], bend[None], plain.xy[edge + 1 :]])
            return Border(border.one, border.two, xy)
        height = (height + already) / 2
    return border


def _height(
    amount: float, a: Array, b: Array, normal: Array, here: Array, length: float, shared: Measure
) -> float:
    """Return how far to move the vertex ``here`` along ``normal`` so that the swept triangles hold ``amount``.

    Area grows evenly with height; other measures follow the samples in the order in which the triangles reach them.
    """
    most = MOST_BEND * length
    if shared.density is not None:
        return min(2 * abs(amount) / (length * shared.density(here)), most)
    near = (np.abs(shared.points - here) <= length).all(axis=1)  # the triangles are no larger
    points, weight = shared.points[near], shared.weight[near]
    height = np.minimum(_reaching(points, a, here, normal), _reaching(points, b, here, normal))
    order = np.argsort(height, kind="stable")[: np.count_nonzero(height <= most)]
    held = np.cumsum(weight[order])
    if not len(order) or held[-1] < abs(amount):
        return most
    # when its middle is reached half a sample is held
    half_held = np.concatenate([[0.0], held - weight[order] / 2])
    return float(np.interp(abs(amount), half_held, np.concatenate([[0.0], height[order]])))


def _reaching(points: Array, a: Array, here: Array, normal: Array) -> Array:
    """Return how high the tip of the triangle from ``a`` and ``here`` must be to hold each point, or infinity."""
    along, away = here - a, points - a
    whole = along[0] * normal[1] - along[1] * normal[0]
    share = (away[:, 0] * normal[1] - away[:, 1] * normal[0]) / whole
    up = (along[0] * away[:, 1] - along[1] * away[:, 0]) / whole
    held = (share > 0) & (share <= 1) & (up >= 0)
    height = np.full(len(points), np.inf)
    height[held] = up[held] / share[held]
    return height
