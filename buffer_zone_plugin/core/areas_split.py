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
from .sectors.whole_units import whole_units
from .unit_layer import units_in_plane

ACROSS = 0.5  # of the progress bar: sectors across the line, before areas are shared out to them
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
    told = () if not found.divided else (
        f"{_listed([names[k] for k in found.divided])} divided: larger than a sector, or the only one in it",
    )
    missed = unequal(weigh(found.sectors), target, "areas were kept whole")
    return Partition(tuple(found.sectors), tuple(borders_of(found.sectors)), (*across.notes, *told), missed)


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
    without = area(stock.on_earth([found.without_unit])[0])
    if without <= 0:
        return absorbed
    return (*absorbed, f"{told_km2(without)} of the zone lie in no area and went to those beside them")


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
