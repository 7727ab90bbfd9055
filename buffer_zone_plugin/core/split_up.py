"""The sectors of a plan and the parts within them, with their boundaries, as they are delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .delivery import EarthFaces, Parts, boundaries_of, on_earth, parts_by, sectors_of
from .geodesy import Indices, LocalPlane
from .ground import Ground
from .population import Population, persons_by_part
from .result import Post, Sector, SectorBoundary, Subsector
from .sectoring import Division
from .sectors.borders import borders_of
from .sectors.line_shares import LineShares, locate
from .staffing.build_up import SectorInputs
from .staffing.model import Staffing, shared_within


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


def staffed_parts(
    divided: SplitUp, division: Division, plane: LocalPlane, posts: Sequence[Post], staffing: Staffing,
    values: Mapping[str, float],
) -> tuple[Subsector, ...]:
    """Return the parts within the sectors with their shares of the sectors' persons; none if nothing is divided."""
    sector_of, parts = division.sector_of, divided.parts
    if len(sector_of) == len(division.within):
        return ()
    counts = _posts_by_part(divided, sector_of, plane, posts)
    inputs = SectorInputs(parts.line_m / 1e3, parts.area_m2 / 1e6, counts, np.zeros_like(counts))
    persons = shared_within(staffing, inputs, sector_of, values)
    return tuple(
        Subsector(
            k + 1, int(sector_of[k]) + 1, name, parts.shapes[k], *parts.figures(k), int(counts[k]), persons[k],
            divided.population[k],
        )
        for k, name in enumerate(division.part_names)
    )


def _posts_by_part(divided: SplitUp, sector_of: Indices, plane: LocalPlane, posts: Sequence[Post]) -> Indices:
    """Return how many posts stand in each part; a post on a border counts where its sector counts it."""
    counts = np.zeros(len(sector_of), dtype=np.int64)
    xy = plane.forward(shapely.get_coordinates([post.geometry for post in posts]).reshape(-1, 2))
    sector = np.array([post.sector_id - 1 for post in posts], dtype=np.int64)
    for number in range(sector_of[-1] + 1):
        own = np.nonzero(sector_of == number)[0]
        here = xy[sector == number]
        if len(here):
            counts[own] += np.bincount(locate(here, [divided.parts_in_plane[k] for k in own]), minlength=len(own))
    return counts
