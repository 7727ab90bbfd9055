"""Splitting a zone into sectors: axis, measure, cuts, straight borders, balance.

1. The axis is the contact line smoothed; places along it order the ground. 2. The measure says what is shared out.
3. Cuts lie where the shares asked for are reached. 4. Borders at the cuts are drawn straight. 5. They are moved, and
bent once, until the finished sectors have their shares. Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import PlanError
from ..features import told_km
from ..geodesy import Array, LocalPlane
from ..progress import Progress
from .axis import Axis, make_axis
from .balance import balanced
from .borders import Border, TopologyError
from .cuts import Shares, chain_totals
from .measures import LineShares, area_measure, length_measure
from .rules import AREA, Rule

GOOD_SHARES = 2e-3
LEAST_CHAIN = 0.5  # of a mean sector: a shorter chain joins its neighbours
SHORT_SECTOR = 0.25  # of the depth: shorter sectors are refused, those shorter than the depth get a note


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
    rule: Rule, progress: Progress,
) -> Partition:
    """Return the sectors that a rule asks for.

    Parameters
    ----------
    chains : the contact line in the plane, without self-crossings
    shares : the whole contact line, to measure its length by sector
    zone : polygon or multipolygon in the plane
    counted : the part of it that counts: the clipped zone, or the zone itself
    depth_m : the larger depth, metres

    Raises
    ------
    PlanError : the line cannot hold that many sectors
    """
    line_m = sum(chain.length for chain in chains)
    mean_m = rule.mean_m(line_m)
    if rule.most_chains == 1:
        return Partition((zone,), (), (), ())
    kept = _carrying(chains, mean_m, rule.most_chains)
    axis = make_axis([c.path for c in kept], [c.closed for c in kept], depth_m, mean_m)
    progress.report(0.2)
    by_area = rule.measure == AREA
    shared = area_measure(axis, zone, counted, plane) if by_area else length_measure(axis, shares, depth_m)
    asked = rule.shares(chain_totals(axis, shared))
    count = len(asked.wanted)
    if count == 1:
        return Partition((zone,), (), (), ())
    warnings = _room_for(axis, asked, depth_m)
    try:
        found = balanced(axis, zone, depth_m, shared, asked, progress.stage(0.2, 1.0))
    except TopologyError as error:
        raise PlanError(
            f"The line could not be split into {count} sectors: {error}", "Ask for fewer sectors or a smaller depth.",
        ) from error
    return Partition(
        tuple(found.sectors), tuple(found.borders), _by_stretch(asked.groups), (*warnings, *_unequal(found.deviation)),
    )


def _carrying(chains: Sequence[ChainPath], mean_m: float, most: int) -> list[ChainPath]:
    """Return the chains long enough to have sectors of their own, at most ``most``, in their order."""
    lengths = np.array([c.length for c in chains])
    wanted = lengths >= LEAST_CHAIN * mean_m
    ranked = np.argsort(-lengths, kind="stable")
    wanted[ranked[most:]] = False
    wanted[ranked[0]] = True
    return [chain for chain, keep in zip(chains, wanted) if keep]


def _room_for(axis: Axis, asked: Shares, depth_m: float) -> tuple[str, ...]:
    """Refuse sectors much shorter than the zone is deep; note those that are shorter at all."""
    wanted = asked.wanted
    shortest = axis.core_length * float(wanted.min() / wanted.sum())
    if shortest < SHORT_SECTOR * depth_m:
        most = max(1, int(axis.core_length / (SHORT_SECTOR * depth_m)))
        least = "" if (wanted == wanted[0]).all() else ", and give the smallest a larger share"
        raise PlanError(
            f"{len(wanted)} sectors do not fit: along {told_km(axis.core_length)} of smoothed line they would be "
            f"{told_km(shortest)} long in a zone {told_km(depth_m)} deep", f"Ask for at most {most}{least}.",
        )
    if shortest < depth_m:
        return (
            f"Sectors ({told_km(shortest)}) are shorter than the zone is deep ({told_km(depth_m)} a side): "
            "wedges may result",
        )
    return ()


def _by_stretch(groups: Sequence[int]) -> tuple[str, ...]:
    """Say that separate stretches of the line have sectors of their own."""
    if len(groups) == 1:
        return ()
    counts = " + ".join(map(str, groups))
    return (f"The line lies in {len(groups)} separate stretches with {counts} sectors; shares hold within each",)


def _unequal(deviation: float) -> tuple[str, ...]:
    """Say where a share could not be met."""
    if deviation <= GOOD_SHARES:
        return ()
    return (f"A sector's share is {100 * deviation:.1f} % off: a border could not be moved far enough",)
