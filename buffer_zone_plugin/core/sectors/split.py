"""Splitting a zone into sectors: axis, measure, cuts, straight borders, balance.

1. The axis is the contact line smoothed; places along it order the ground. 2. The measure says what is shared out.
3. Cuts lie where the shares asked for are reached. 4. Borders at the cuts are drawn straight. 5. They are moved, and
bent once, until the finished sectors have their shares. Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from ..arrangement import TINY
from ..errors import PlanError
from ..features import told_km
from ..geodesy import Array
from ..progress import Progress
from .axis import Axis, make_axis
from .balance import balanced
from .borders import Border, TopologyError
from .cuts import SHORT_SECTOR, Shares, chain_totals
from .measures import PERSONS, STATIONED, Stock
from .rules import Rule
from .straight import NO_ANCHORS

GOOD_SHARES = 2e-3
MOST_MISSED = 5  # sectors named
LEAST_CHAIN = 0.5  # of a mean sector: a shorter chain joins its neighbours


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
    """Sectors (multipolygons) in order along the line, their borders, what the user should know, and what is amiss.

    ``names`` are what the sectors are called, where they are not just numbered; ``anchors`` the points (2,) in the
    plane through which the border between two of them must pass; ``shortest_m`` the shortest's length along the axis.
    """

    sectors: tuple[Any, ...]
    borders: tuple[Border, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    names: tuple[str, ...] = ()
    anchors: Mapping[tuple[int, int], Array] = field(default_factory=lambda: NO_ANCHORS)
    shortest_m: float = float("inf")


def split(
    chains: Sequence[ChainPath], stock: Stock, depth_m: float, rule: Rule, progress: Progress, within: str = ""
) -> Partition:
    """Return the sectors that a rule asks for.

    Parameters
    ----------
    chains : the contact line in the plane, without self-crossings
    stock : what there is to share out, and the zone to split
    depth_m : the larger depth, metres
    within : the sector that is split into subsectors

    Raises
    ------
    PlanError : the line cannot hold that many sectors
    """
    noun = "subsector" if within else "sector"
    if rule.most_chains == 1:
        return Partition((stock.zone,), (), (), ())
    axis = _axis(chains, rule, depth_m)
    progress.report(0.2)
    shared = stock.measure(axis, rule.terms, depth_m)
    asked = _asked(axis, chain_totals(axis, shared), depth_m, rule)
    count = len(asked.wanted)
    if count == 1:
        return Partition((stock.zone,), (), (), ())
    shortest = _room_for(axis, asked, depth_m, rule, chains, noun)
    try:
        found = balanced(axis, stock.zone, depth_m, shared, asked, progress.stage(0.2, 1.0))
    except TopologyError as error:
        raise PlanError(
            f"The line could not be split into {count} {noun}s: {error}",
            f"Ask for fewer {noun}s or a smaller depth.",
        ) from error
    target, reason = np.diff(found.target, prepend=0.0, append=1.0), _reason(rule)
    if len(asked.groups) > 1:
        target, reason = asked.wanted, "separate stretches of the line have sectors of their own"
    missed = unequal(found.value, target, reason, f"{within}." if within else "S")
    short = () if within else short_sectors(shortest, depth_m)  # of all subsectors together it is told once
    return Partition(
        tuple(found.sectors), tuple(found.borders), _by_stretch(asked.groups, noun), (*short, *missed),
        shortest_m=shortest,
    )


def count_sectors(chains: Sequence[ChainPath], stock: Stock, depth_m: float, rule: Rule) -> int:
    """Return how many sectors `split` would make, without making them; parameters and errors as there."""
    if rule.most_chains == 1:
        return 1
    axis = _axis(chains, rule, depth_m)
    if len(axis.lines) == 1 and stock.line is not None:  # all lies along it; a fixed length is one of the line
        asked = _asked(axis, np.array([stock.line.total]), depth_m, rule)
    else:
        asked = _asked(axis, chain_totals(axis, stock.measure(axis, rule.terms, depth_m)), depth_m, rule)
    if len(asked.wanted) > 1:
        _room_for(axis, asked, depth_m, rule, chains, "sector")
    return len(asked.wanted)


def _asked(axis: Axis, totals: Array, depth_m: float, rule: Rule) -> Shares:
    return rule.shares(totals, float(totals.sum()) * SHORT_SECTOR * depth_m / axis.core_length)


def _reason(rule: Rule) -> str:
    """Return why a share of what the rule shares out may not be met."""
    measures = {name for _, factors in rule.terms for name in factors}
    if STATIONED in measures:
        return "posts are whole"
    if PERSONS in measures:
        return "many live in one place"
    return "a border cannot move farther"


def _axis(chains: Sequence[ChainPath], rule: Rule, depth_m: float) -> Axis:
    """Return the axis along the chains that have sectors of their own."""
    return _axis_for(chains, rule.mean_m(sum(chain.length for chain in chains)), rule.most_chains, depth_m)


def _axis_for(chains: Sequence[ChainPath], mean_m: float, most_chains: int, depth_m: float) -> Axis:
    kept = _carrying(chains, mean_m, most_chains, depth_m)
    return make_axis([c.path for c in kept], [c.closed for c in kept], depth_m, mean_m)


def _carrying(chains: Sequence[ChainPath], mean_m: float, most: int, depth_m: float) -> list[ChainPath]:
    """Return the chains long enough to have sectors of their own, at most ``most``, in their order.

    A chain no larger than the zone is deep has none beside a longer one: its ground would cut the other's sectors.
    """
    lengths = np.array([c.length for c in chains])
    least = np.array([(np.pi if c.closed else 1.0) * depth_m for c in chains])
    wanted = lengths >= LEAST_CHAIN * mean_m
    ranked = np.argsort(-lengths, kind="stable")
    wanted[ranked[most:]] = False
    wanted[ranked[0]] = True
    lines = [shapely.linestrings(chain.path) for chain in chains]
    for rank, index in enumerate(ranked.tolist()):
        longer = [lines[other] for other in ranked[:rank].tolist() if wanted[other]]
        if longer and wanted[index] and lengths[index] < least[index]:
            wanted[index] = bool((shapely.distance(lines[index], longer) > depth_m).all())
    return [chain for chain, keep in zip(chains, wanted) if keep]


def _room_for(
    axis: Axis, asked: Shares, depth_m: float, rule: Rule, chains: Sequence[ChainPath], noun: str
) -> float:
    """Return the length of the shortest sector along the axis, metres; refuse one too short for the depth."""
    wanted = asked.wanted
    shortest = axis.core_length * float(wanted.min() / wanted.sum())
    if shortest < SHORT_SECTOR * depth_m:
        drawn_m = sum(chain.length for chain in chains)
        raise PlanError(
            f"{len(wanted)} {noun}s do not fit: along {told_km(axis.core_length)} of smoothed line they would be "
            f"{told_km(shortest)} long in a zone {told_km(depth_m)} deep",
            rule.advice(_most_that_fit(axis, chains, drawn_m, depth_m), drawn_m),
        )
    return shortest


def short_sectors(shortest_m: float, depth_m: float, noun: str = "sector") -> tuple[str, ...]:
    """Say that sectors are shorter along the axis than the zone is deep, if they are; metres."""
    if shortest_m >= depth_m:
        return ()
    short = f"{noun.capitalize()}s ({told_km(shortest_m)}) are shorter"
    return (f"{short} than the zone is deep ({told_km(depth_m)} a side): wedges may result",)


def _most_that_fit(axis: Axis, chains: Sequence[ChainPath], drawn_m: float, depth_m: float) -> int:
    """Return how many equal sectors the line can hold; how far it is smoothed depends on their number."""
    most = max(1, int(axis.core_length / (SHORT_SECTOR * depth_m)))
    while most > 1:
        again = _axis_for(chains, drawn_m / most, most, depth_m)
        fit = max(1, int(again.core_length / (SHORT_SECTOR * depth_m)))
        if fit >= most:
            break
        most = fit
    return most


def _by_stretch(groups: Sequence[int], noun: str) -> tuple[str, ...]:
    """Say that separate stretches of the line have sectors of their own."""
    if len(groups) == 1:
        return ()
    counts = " + ".join(map(str, groups))
    return (f"The line lies in {len(groups)} separate stretches with {counts} {noun}s; shares hold within each",)


def unequal(value: Array, target: Array, reason: str, before: str = "S") -> tuple[str, ...]:
    """Say which shares could not be met, by how much, and why.

    Parameters
    ----------
    value, target : what each sector has and should have, in any unit, (sectors,)
    before : stands before the sectors' numbers
    """
    off = value / value.sum() / np.maximum(target / target.sum(), TINY) - 1
    missed = np.nonzero(np.abs(off) > GOOD_SHARES)[0]
    if not len(missed):
        return ()
    worst = missed[np.argsort(-np.abs(off[missed]), kind="stable")][:MOST_MISSED]
    told = ", ".join(f"{before}{k + 1} by {100 * off[k]:+.1f} %" for k in np.sort(worst))
    more = f" and {len(missed) - len(worst)} more" if len(missed) > len(worst) else ""
    return (f"Shares that could not be met, since {reason}: {told}{more}",)
