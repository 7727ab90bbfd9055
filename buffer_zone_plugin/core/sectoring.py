"""The division of a zone: sectors by the rule asked for, and equal subsectors within each.

Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from .areas_split import one_sector_per_area, share_areas_out
from .arrangement import TINY, segments
from .clip import lines_near
from .errors import PlanError
from .features import told_km
from .geodesy import Array, Indices
from .guides import Guides
from .progress import Progress
from .sectors.breaks import split_at
from .sectors.line_shares import LineShares, Stretch
from .sectors.measures import Stock
from .sectors.rules import Rule, rule_of, rule_within
from .sectors.snap import Snapped, snapped
from .sectors.split import ChainPath, Partition, short_sectors, split
from .spec import PlanSpec

MOST_ALIKE = 5  # sectors of which the same is said
SECTORS_FIRST = 0.6  # of the progress bar
TOLD_CHANGE = 1e-3  # of a sector's share: less is not told
MOST_CHANGES = 5  # sectors in one note


@dataclass(frozen=True)
class Division:
    """The sectors of a zone, those within each, the sector itself where it is not divided further; and the depth."""

    sectors: Partition
    within: tuple[Partition, ...]
    depth_m: float

    @property
    def smallest(self) -> list[Any]:
        """The smallest parts, multipolygons in the plane, sector by sector."""
        return [part for partition in self.within for part in partition.sectors]

    @property
    def sector_of(self) -> Indices:
        """The sector of each of the smallest parts, from 0."""
        return np.repeat(np.arange(len(self.within)), [len(partition.sectors) for partition in self.within])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sectors: what they were called, or S1, S2, …"""
        return self.sectors.names or tuple(f"S{k + 1}" for k in range(len(self.within)))

    @property
    def part_names(self) -> tuple[str, ...]:
        """The names of the smallest parts: the sector's, with their number in it where it is divided further."""
        return tuple(
            name if len(partition.sectors) == 1 else f"{name}.{k + 1}"
            for name, partition in zip(self.names, self.within) for k in range(len(partition.sectors))
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know."""
        return tuple(note for partition in (self.sectors, *self.within) for note in partition.notes)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is amiss; of many sectors in which the same is, the first few."""
        within = tuple(warning for partition in self.within for warning in partition.warnings)
        more = (f"The same in {len(within) - MOST_ALIKE} more sectors",) if len(within) > MOST_ALIKE else ()
        shortest = min(partition.shortest_m for partition in self.within)
        short = short_sectors(shortest, self.depth_m, "subsector")
        return (*self.sectors.warnings, *short, *within[:MOST_ALIKE], *more)


def divide_zone(
    chains: Sequence[ChainPath], stock: Stock, depth_m: float, spec: PlanSpec, staff: Mapping[str, float],
    guides: Guides, progress: Progress,
) -> Division:
    """Return the sectors and subsectors that a spec asks for.

    Parameters
    ----------
    chains : the contact line in the plane, without self-crossings
    stock : what there is to share out, and the zone to split
    depth_m : how far the zone reaches from the line, metres
    staff : persons that each unit of a measure takes
    guides : what the user gave to split by

    Raises
    ------
    PlanError : the line cannot hold that many sectors; break points or areas that split nothing
    """
    stage = progress.stage(0.0, 1.0 if spec.subsectors == 1 else SECTORS_FIRST)
    if spec.split == "break_points":
        sectors = split_at(guides.breaks, chains, stock.zone, stock.plane, depth_m, stage)
    elif spec.split == "areas" and spec.one_per_area:
        sectors = one_sector_per_area(guides.areas, chains, stock, depth_m, stage)
    elif spec.split == "areas":
        sectors = share_areas_out(guides.areas, chains, stock, depth_m, rule_of(spec, staff), stage)
    else:
        sectors = split(chains, stock, depth_m, rule_of(spec, staff), stage)
    if guides.snap:
        sectors = _snapped(sectors, stock, guides.snap, spec, rule_of(spec, staff), progress)
    if spec.subsectors == 1:
        return Division(sectors, tuple(Partition((sector,), (), (), ()) for sector in sectors.sectors), depth_m)
    return Division(sectors, _within(sectors, chains, stock, depth_m, rule_within(spec, staff), progress), depth_m)


def _snapped(
    sectors: Partition, stock: Stock, features: Sequence[Any], spec: PlanSpec, rule: Rule, progress: Progress
) -> Partition:
    """Return the sectors with borders moved onto features near them, longitude/latitude, and a note on the change."""
    if not sectors.borders:
        return sectors
    edges = segments([shapely.get_coordinates(line) for line in shapely.get_parts(features)])[0]
    near = [shapely.linestrings(piece) for piece in lines_near(edges, stock.plane, stock.zone)]
    found = snapped(
        sectors.borders, sectors.sectors, stock.zone, near, spec.snap_m, sectors.anchors, progress.check
    )
    before, after = (
        stock.shares(rule.terms, made, [border.line for border in borders])
        for made, borders in ((sectors.sectors, sectors.borders), (found.sectors, found.borders))
    )
    change = np.where(before > 0, after / np.maximum(before, TINY) - 1, 0.0)
    note = _followed(found, change, sectors.names, spec.snap_m)
    return replace(sectors, sectors=tuple(found.sectors), borders=tuple(found.borders), notes=(*sectors.notes, note))


def _followed(found: Snapped, change: Array, names: Sequence[str], within_m: float) -> str:
    """Say how far borders follow features, and how that changes the sectors' shares, relative to what they were."""
    if not found.near:
        return f"Nothing of the layer to snap to lies within {told_km(within_m)} of a boundary and in the zone"
    whole, followed = sum(border.line.length for border in found.borders), float(found.followed_m.sum())
    if followed <= 0:
        return "No boundary follows what is near it: the ways along it are too short or lead elsewhere"
    kept = f"Boundaries follow the features over {told_km(followed)} of {told_km(whole)}"
    most = np.argsort(-np.abs(change), kind="stable")[:MOST_CHANGES]
    moved = np.sort(most[np.abs(change[most]) >= TOLD_CHANGE])
    if not len(moved):
        return f"{kept}; that changes no share by {100 * TOLD_CHANGE:.1f} % or more"
    told = ", ".join(f"{names[k] if names else f'S{k + 1}'} {_percent(change[k])}" for k in moved)
    return f"{kept}; that changes shares by up to {100 * np.abs(change).max():.1f} %: {told}"


def _percent(share: float) -> str:
    """Return a change as sentences tell it, such as ``−1.7 %``."""
    return f"{100 * share:+.1f} %".replace("-", "−")


def _within(
    sectors: Partition, chains: Sequence[ChainPath], stock: Stock, depth_m: float, rule: Rule, progress: Progress
) -> tuple[Partition, ...]:
    """Return the subsectors of each sector: a sector is split as a zone of its own, along the line in it."""
    borders = [border.line for border in sectors.borders]
    lines = stock.line.within(sectors.sectors, borders) if stock.line else [[] for _ in sectors.sectors]
    ways = [_ways(chain, sectors.sectors, borders) for chain in chains]
    found = []
    for k, (sector, line) in enumerate(zip(sectors.sectors, lines)):
        inside = [way[k] for way in ways if way[k].parts]
        share = (1 - SECTORS_FIRST) / len(lines)
        stage = progress.stage(SECTORS_FIRST + k * share, SECTORS_FIRST + (k + 1) * share)
        here = stock.within(sector, _line_shares(line))
        name = sectors.names[k] if sectors.names else f"S{k + 1}"
        found.append(_split_one(name, inside or [_nearest(chains, sector)], here, depth_m, rule, stage))
    return tuple(found)


def _split_one(
    name: str, chains: Sequence[ChainPath], stock: Stock, depth_m: float, rule: Rule, progress: Progress
) -> Partition:
    """Return the subsectors of one sector; what is said of them names it."""
    try:
        found = split(chains, stock, depth_m, rule, progress, name)
    except PlanError as error:
        raise PlanError(f"Sector {name}: {error.message}", error.hint, error.where) from error
    notes, warnings = (tuple(f"Sector {name}: {text}" for text in told) for told in (found.notes, found.warnings))
    return replace(found, notes=notes, warnings=warnings)


def _nearest(chains: Sequence[ChainPath], sector: Any) -> ChainPath:
    """Return the chain nearest to a sector that holds nothing of the line."""
    return min(chains, key=lambda chain: float(shapely.distance(shapely.linestrings(chain.path), sector)))


def _line_shares(line: Sequence[Stretch]) -> LineShares | None:
    return LineShares([one.xy for one in line], np.concatenate([one.length for one in line])) if line else None


def _ways(chain: ChainPath, sectors: Sequence[Any], borders: Sequence[Any]) -> list[ChainPath]:
    """Return the part of a chain that lies in each sector, of a ring from where it enters the sector."""
    lengths = np.concatenate([np.hypot(*np.diff(part, axis=0).T) for part in chain.parts])
    line = LineShares(chain.parts, lengths)
    found = []
    for stretches in line.within(sectors, borders):
        parts = _from_entry(stretches, line.total) if chain.closed else stretches
        found.append(ChainPath(tuple(one.xy for one in parts), chain.closed and len(sectors) == 1))
    return found


def _from_entry(stretches: Sequence[Stretch], whole: float) -> list[Stretch]:
    """Return stretches of a ring in their order from the end of the longest way outside."""
    begins = np.array([one.begins_m for one in stretches])
    ends = begins + [one.length.sum() for one in stretches]
    if not len(begins):
        return []
    outside = begins - np.concatenate([ends[-1:] - whole, ends[:-1]])
    first = int(np.argmax(outside))
    return [*stretches[first:], *stretches[:first]]
