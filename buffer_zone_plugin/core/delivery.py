"""From labelled faces to what a plan delivers: zone, sides, bands, sectors, boundaries and line on the ellipsoid.

Every polygon is a union of the same faces, and every area a sum over them: parts add up by construction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import dissolve, edges_of, united
from .contact_line import ContactLine
from .geodesy import CHORD_STEP_M, Array, LocalPlane, area, densify, distances, path_length
from .ground import SIDES, Ground
from .meridian import split_line, to_lonlat
from .result import Band, ContactPart, Sector, SectorBoundary, Side, Zone
from .sectors.borders import Border
from .sectors.measures import LineShares
from .spec import PlanSpec
from .zone import Certificate


@dataclass(frozen=True)
class EarthFaces:
    """The faces of a ground in longitude/latitude, split at ±180°, and their areas: 0 for what is not zone."""

    ground: Ground
    polygons: NDArray[Any]
    area_m2: Array

    def union(self, wanted: NDArray[np.bool_]) -> Any:
        """Return the union of the wanted faces that are zone, as a multipolygon."""
        return united(self.polygons, wanted & self.ground.kept)

    def total(self, wanted: NDArray[np.bool_]) -> float:
        """Return the area of the wanted faces that are zone, square metres."""
        return float(self.area_m2[wanted].sum())


def on_earth(ground: Ground, plane: LocalPlane) -> EarthFaces:
    """Return the faces of the ground on the ellipsoid."""
    polygons = to_lonlat(ground.faces, plane)
    areas = np.array([area(polygon) for polygon in polygons])
    return EarthFaces(ground, polygons, np.where(ground.kept, areas, 0.0))


def zone_of(line: ContactLine, faces: EarthFaces, certificate: Certificate) -> Zone:
    """Return the whole zone with its measured error."""
    ground = faces.ground
    area_a, area_b = (faces.total(ground.side == sign) for sign, _ in SIDES)
    edges = edges_of(ground.faces)
    rim = edges.select(ground.kept[edges.face] & ((edges.other < 0) | ~ground.kept[edges.other]))
    perimeter = float(distances(line.plane.inverse(rim.start), line.plane.inverse(rim.end)).sum())
    return Zone(
        faces.union(ground.kept), area_a + area_b, area_a, area_b, line.length_m, perimeter,
        certificate.error_max_m, certificate.error_rms_m, certificate.error_at,
    )


def sides_of(faces: EarthFaces, spec: PlanSpec) -> tuple[Side, ...]:
    """Return the sides that have a depth."""
    name, depth = {"A": spec.name_a, "B": spec.name_b}, {"A": spec.depth_a_m, "B": spec.depth_b_m}
    return tuple(
        Side(side, name[side], depth[side], faces.union(mine), faces.total(mine))
        for sign, side in SIDES
        if depth[side] > 0
        for mine in [faces.ground.side == sign]
    )


def bands_of(faces: EarthFaces, spec: PlanSpec) -> tuple[Band, ...]:
    """Return the bands of each side, from the contact line outwards; none were asked for without limits."""
    bands = []
    for sign, side in SIDES if spec.bands_m else ():
        limits = (0.0, *spec.limits_m(side))
        for number, (inner, outer) in enumerate(zip(limits[:-1], limits[1:]), start=1):
            mine = (faces.ground.side == sign) & (faces.ground.band == number)
            bands.append(Band(side, number, inner, outer, faces.union(mine), faces.total(mine)))
    return tuple(bands)


def sectors_of(faces: EarthFaces, count: int, line_m: Array) -> tuple[Sector, ...]:
    """Return the sectors; ``line_m`` is the contact line's length in each, metres (count,)."""
    ground = faces.ground
    shapes = dissolve(faces.polygons, np.where(ground.kept, ground.sector, -1), count)
    a, b = (
        np.bincount(ground.sector[mine], faces.area_m2[mine], count)
        for mine in (ground.side == sign for sign, _ in SIDES)
    )
    return tuple(
        Sector(k + 1, f"S{k + 1}", shapes[k], float(line_m[k]), float(a[k] + b[k]), float(a[k]), float(b[k]))
        for k in range(count)
    )


def boundaries_of(line: ContactLine, shares: LineShares, borders: Sequence[Border]) -> tuple[SectorBoundary, ...]:
    """Return one boundary for each pair of neighbours, numbered along the line."""
    pairs: dict[tuple[int, int], list[Any]] = {}
    for border in borders:
        pairs.setdefault((border.one, border.two), []).append(border.line)
    met = {pair: shares.meeting(lines) for pair, lines in pairs.items()}
    boundaries = []
    for number, pair in enumerate(sorted(pairs, key=lambda pair: (met[pair], pair)), start=1):
        lonlat = [line.plane.inverse(shapely.get_coordinates(part)) for part in pairs[pair]]
        shape = shapely.multilinestrings([shapely.linestrings(part) for xy in lonlat for part in split_line(xy)])
        length = sum(path_length(xy) for xy in lonlat)
        boundaries.append(SectorBoundary(number, pair[0] + 1, pair[1] + 1, shape, length, met[pair]))
    return tuple(boundaries)


def line_of(line: ContactLine) -> tuple[ContactPart, ...]:
    """Return the line's parts, dense enough that a straight map line follows the geodesic."""
    parts = [(chain, part) for chain, c in enumerate(line.chains, start=1) for part in c.parts]
    return tuple(
        ContactPart(number, chain, _as_line(split_line(densify(part, CHORD_STEP_M))), path_length(part))
        for number, (chain, part) in enumerate(parts, start=1)
    )


def _as_line(parts: Sequence[Array]) -> Any:
    return shapely.LineString(parts[0]) if len(parts) == 1 else shapely.MultiLineString(list(parts))
