"""The sectors of a plan and the parts within them, with their boundaries, as they are delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .delivery import EarthFaces, Parts, boundaries_of, on_earth, parts_by, sectors_of
from .geodesy import LocalPlane
from .ground import Ground
from .population import Population, persons_by_part
from .result import Sector, SectorBoundary
from .sectoring import Division
from .sectors.borders import borders_of
from .sectors.line_shares import LineShares


@dataclass(frozen=True)
class SplitUp:
    """The faces of a zone on the ellipsoid, its sectors and boundaries, and its smallest parts.

    ``sectors_in_plane`` and ``parts_in_plane`` are what of them is zone; ``population`` tells the persons in each part,
    None where they are not known.
    """

    faces: EarthFaces
    sectors: tuple[Sector, ...]
    boundaries: tuple[SectorBoundary, ...]
    parts: Parts
    sectors_in_plane: Sequence[Any]
    parts_in_plane: Sequence[Any]
    population: Sequence[int | None]


def split_up(
    ground: Ground, plane: LocalPlane, division: Division, shares: LineShares, population: Population | None
) -> SplitUp:
    """Return the sectors and their parts of a ground that was cut by their borders."""
    sector_of = division.sector_of
    count, smallest = len(division.within), len(sector_of)
    divided = smallest > count
    sectors = ground.by(ground.sector, count)
    parts = ground.by(ground.part, smallest) if divided else sectors
    between_sectors, between_parts = borders_of(sectors), borders_of(parts) if divided else []
    crossing = [border.line for border in (between_parts or between_sectors)]
    line_m = shares.by_sector(parts, crossing)
    persons: Sequence[int | None] = (None,) * smallest
    whole: Sequence[int | None] = (None,) * count
    if population is not None:
        persons = persons_by_part(population, parts, plane)
        whole = np.bincount(sector_of, persons, count).astype(int).tolist()
    faces = on_earth(ground, plane)
    figures = parts_by(faces, ground.part, line_m)
    sector_line_m = np.bincount(sector_of, line_m, count).astype(np.float64)
    of_sectors = parts_by(faces, ground.sector, sector_line_m) if divided else figures
    inner = [border for border in between_parts if sector_of[border.one] == sector_of[border.two]]
    boundaries = boundaries_of(plane, shares, between_sectors, division.names)
    boundaries += boundaries_of(plane, shares, inner, division.part_names, sector_of, len(boundaries) + 1)
    return SplitUp(
        faces, sectors_of(of_sectors, division.names, whole), boundaries, figures, sectors, parts, persons,
    )
