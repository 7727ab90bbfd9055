"""Sectors of administrative areas: whole areas shared out to so many sectors, or one sector for each area.

Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .errors import PlanError
from .features import MOST_NAMED, told_km2
from .geodesy import Array, area
from .guides import Areas
from .progress import Progress
from .sectors.axis import make_axis
from .sectors.borders import borders_of
from .sectors.measures import Stock
from .sectors.named_units import NamedSectors, one_per_unit
from .sectors.rules import Rule
from .sectors.split import ChainPath, Partition, split, unequal
from .sectors.whole_units import WholeUnits, whole_units
from .unit_layer import units_in_plane

ACROSS = 0.5  # of the progress bar: sectors across the line, before areas are shared out to them
MOST_IN_SECTORS = 40  # names in the note that tells the areas of each sector
NO_AREAS = "A split by areas was asked for, but no areas were given", "Choose a layer of polygons, such as districts."


def share_areas_out(
    areas: Areas | None, chains: Sequence[ChainPath], stock: Stock, depth_m: float, rule: Rule, progress: Progress
) -> Partition:
    """Return so many sectors as a rule asks for, of whole areas where possible, as even as these allow.

    Parameters
    ----------
    areas : longitude/latitude
    chains : the contact line in the plane, without self-crossings
    stock : what there is to share out, and the zone to split
    depth_m : how far the zone reaches from the line, metres
    rule : how many sectors, and of what size, of ground that counts

    Raises
    ------
    PlanError : no areas, or none in the zone; the line cannot hold that many sectors
    """
    units, names = _given(areas, stock)
    across = split(chains, stock, depth_m, rule, progress.stage(0.0, ACROSS))
    wanted = rule.shares(np.ones(1), 0.0).wanted

    def weigh(faces: Sequence[Any]) -> Array:
        return np.array([area(face) for face in stock.on_earth(faces)])

    target = wanted / wanted.sum() * weigh(across.sectors).sum()
    found = whole_units(units, across.sectors, stock.zone, weigh, target, progress.check)
    missed = unequal(weigh(found.sectors), target, "areas were kept whole") if found.whole else ()
    told = (*across.notes, *_shared(found, names, stock))
    return Partition(tuple(found.sectors), tuple(borders_of(found.sectors)), told, missed)


def one_sector_per_area(
    areas: Areas | None, chains: Sequence[ChainPath], stock: Stock, depth_m: float, progress: Progress
) -> Partition:
    """Return one sector for each area in the zone, in order along the line, named as the areas are.

    Parameters
    ----------
    areas, chains, stock, depth_m : as for `share_areas_out`

    Raises
    ------
    PlanError : no areas, or none in the zone; more of them than a plan can have sectors
    """
    units, names = _given(areas, stock)
    paths = [chain.path for chain in chains]
    axis = make_axis(paths, [chain.closed for chain in chains], depth_m, sum(c.length for c in chains) / len(units))
    progress.report(ACROSS)
    found = one_per_unit(units, names, stock.zone, axis.parameter, progress.check)
    return Partition(
        tuple(found.sectors), tuple(borders_of(found.sectors)), _filled(found, stock), (), found.names,
    )


def _given(areas: Areas | None, stock: Stock) -> tuple[list[Any], tuple[str, ...]]:
    if areas is None:
        raise PlanError(*NO_AREAS)
    return units_in_plane(areas.units, stock.plane, stock.zone), areas.names


def _filled(found: NamedSectors, stock: Stock) -> tuple[str, ...]:
    """Say what joined other areas' sectors."""
    absorbed = () if not found.absorbed else (
        f"Too small for a sector of their own, part of a neighbour's: {_listed(found.absorbed)}",
    )
    return (*absorbed, *_in_no_area(found.without_unit, stock, "went to those beside them"))


def _shared(found: WholeUnits, names: Sequence[str], stock: Stock) -> tuple[str, ...]:
    """Say which areas are in several sectors, which are in each, and what lies in none."""
    divided, apart = ([names[k] for k in units] for units in (found.divided, found.apart))
    told = []
    if divided:
        told.append(f"Divided between sectors, since whole areas would be too uneven: {_listed(divided)}")
    if apart:
        told.append(f"In separate pieces within the zone, in several sectors: {_listed(apart)}")
    told += _in_no_area(found.without_unit, stock, "were shared out, too")
    held = [list(dict.fromkeys(names[k] for k in units)) for units in found.held]
    if sum(map(len, held)) <= MOST_IN_SECTORS:
        each = "; ".join(f"S{k} {', '.join(known)}" for k, known in enumerate(held, start=1) if known)
        told.append(f"Areas by sector: {each}")
    return tuple(told)


def _in_no_area(ground: Any, stock: Stock, where: str) -> tuple[str, ...]:
    """Say how much of the zone no area holds, and where it went."""
    without = area(stock.on_earth([ground])[0])
    return (f"{told_km2(without)} of the zone lie in no area and {where}",) if without > 0 else ()


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
