"""From labelled faces to what a plan delivers: zone, sides, bands, sectors, boundaries and line on the ellipsoid.

Every polygon is a union of the same faces, and every area a sum over them: parts add up by construction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import Edges, dissolve, edges_of
from .certificate import Certificate
from .contact_line import ContactLine
from .geodesy import CHORD_STEP_M, Array, Indices, LocalPlane, area, densify, distances, path_length
from .ground import Ground, side_left_of
from .meridian import split_line, to_lonlat
from .result import Band, ContactPart, Sector, SectorBoundary, Side, Zone
from .sectors.borders import Border
from .sectors.line_shares import LineShares
from .sides import SIDES
from .spec import PlanSpec

STRIP, STRIP_NAME = 2, "Between the lines"


@dataclass(frozen=True)
class EarthFaces:
    """The faces of a ground in longitude/latitude, split at ±180°; their edges; their areas, 0 for what is not zone."""

    ground: Ground
    polygons: NDArray[Any]
    edges: Edges
    area_m2: Array

    def unions(self, labels: Indices, count: int) -> list[Any]:
        """Return the unions of the faces that are zone by label, from 0, as multipolygons."""
        return dissolve(self.polygons, np.where(self.ground.kept, labels, -1), count, self.edges)

    def totals(self, labels: Indices, count: int) -> Array:
        """Return the areas of the faces that are zone by label, from 0, square metres; other labels are left out."""
        counted = labels >= 0
        return np.bincount(labels[counted], self.area_m2[counted], count).astype(np.float64)

    @property
    def side(self) -> Indices:
        """0 for faces on side A, 1 on side B, 2 in the strip between two forward lines."""
        return np.where(self.ground.strip, STRIP, np.where(self.ground.side == SIDES[0][0], 0, 1))


def on_earth(ground: Ground, plane: LocalPlane) -> EarthFaces:
    """Return the faces of the ground on the ellipsoid.

    A splinter thinner than the bulge of its edges may come out with its sides exchanged: it then counts against its
    neighbours, which overlap there, so that edges still close and areas still add up.
    """
    polygons = to_lonlat(ground.faces, plane)
    areas = np.array([area(polygon) for polygon in polygons])
    before, after = (shapely.is_ccw(shapely.get_exterior_ring(faces)) for faces in (ground.faces, polygons))
    inverted = before != after
    edges = edges_of(polygons)
    turned = inverted[edges.face][:, None]
    start, end = np.where(turned, edges.end, edges.start), np.where(turned, edges.start, edges.end)
    signed = np.where(inverted, -areas, areas)
    return EarthFaces(ground, polygons, replace(edges, start=start, end=end), np.where(ground.kept, signed, 0.0))


def zone_of(plane: LocalPlane, faces: EarthFaces, line_m: float, certificate: Certificate) -> Zone:
    """Return the whole zone with its measured error; ``line_m`` is the length of the contact line, metres."""
    ground = faces.ground
    area_a, area_b, strip = faces.totals(faces.side, 3).tolist()
    edges = edges_of(ground.faces)
    rim = edges.select(ground.kept[edges.face] & ((edges.other < 0) | ~ground.kept[edges.other]))
    perimeter = float(distances(plane.inverse(rim.start), plane.inverse(rim.end)).sum())
    return Zone(
        faces.unions(np.zeros_like(ground.sector), 1)[0], area_a + area_b + strip, area_a, area_b, strip, line_m,
        perimeter, certificate.error_max_m, certificate.error_rms_m, certificate.error_at,
    )


def sides_of(faces: EarthFaces, spec: PlanSpec) -> tuple[Side, ...]:
    """Return the sides that have a depth, and the strip between two forward lines."""
    known = (("A", spec.name_a, spec.depth_a_m), ("B", spec.name_b, spec.depth_b_m), ("strip", STRIP_NAME, None))
    shapes, areas = faces.unions(faces.side, 3), faces.totals(faces.side, 3).tolist()
    there = (spec.depth_a_m > 0, spec.depth_b_m > 0, bool(faces.ground.strip.any()))
    return tuple(
        Side(*one, shape, area_m2) for one, shape, area_m2, wanted in zip(known, shapes, areas, there) if wanted
    )


def bands_of(faces: EarthFaces, spec: PlanSpec) -> tuple[Band, ...]:
    """Return the bands of each side, from the contact line outwards; none were asked for without limits."""
    if not spec.bands_m:
        return ()
    most = len(spec.bands_m) + 1
    label = faces.side * most + faces.ground.band - 1
    label = np.where(faces.ground.kept & ~faces.ground.strip, label, -1)
    shapes, areas = faces.unions(label, 2 * most), faces.totals(label, 2 * most).tolist()
    bands = []
    for index, (_, side) in enumerate(SIDES):
        limits = (0.0, *spec.limits_m(side))
        for k, (inner, outer) in enumerate(zip(limits[:-1], limits[1:])):
            bands.append(Band(side, k + 1, inner, outer, shapes[index * most + k], areas[index * most + k]))
    return tuple(bands)


@dataclass(frozen=True)
class Parts:
    """Sectors, or the parts they are divided into: shapes, and lengths and areas (n,), metres and square metres."""

    shapes: list[Any]
    line_m: Array
    area_m2: Array
    area_a_m2: Array
    area_b_m2: Array

    def figures(self, k: int) -> tuple[float, float, float, float]:
        """Return length, area, area on side A and area on side B of one of them."""
        return float(self.line_m[k]), float(self.area_m2[k]), float(self.area_a_m2[k]), float(self.area_b_m2[k])


def parts_by(faces: EarthFaces, label: Indices, line_m: Array) -> Parts:
    """Return the unions of faces by label, from 0; ``line_m`` is the contact line's length in each (n,)."""
    count = len(line_m)
    a, b, strip = (faces.totals(np.where(faces.side == side, label, -1), count) for side in range(3))
    return Parts(faces.unions(label, count), line_m, a + b + strip, a, b)


def sectors_of(parts: Parts, names: Sequence[str], population: Sequence[int | None]) -> tuple[Sector, ...]:
    """Return the sectors, numbered along the line, with the persons who live in each, None where that is not given."""
    return tuple(
        Sector(k + 1, name, shape, *parts.figures(k), persons)
        for k, (shape, name, persons) in enumerate(zip(parts.shapes, names, population))
    )


def boundaries_of(
    plane: LocalPlane, shares: LineShares, borders: Sequence[Border], names: Sequence[str],
    sector_of: Indices | None = None, first: int = 1,
) -> tuple[SectorBoundary, ...]:
    """Return one boundary for each pair of neighbours, numbered along the line from ``first``.

    Parameters
    ----------
    names : of the sectors, or of their parts, between which the borders lie
    sector_of : the sector of each part, from 0; None for sectors themselves
    """
    pairs: dict[tuple[int, int], list[Any]] = {}
    for border in borders:
        pairs.setdefault((border.one, border.two), []).append(border.line)
    met = {pair: shares.meeting(lines) for pair, lines in pairs.items()}
    sector = np.arange(len(names)) if sector_of is None else sector_of
    boundaries = []
    for number, pair in enumerate(sorted(pairs, key=lambda pair: (met[pair], pair)), start=first):
        lonlat = [plane.inverse(shapely.get_coordinates(part)) for part in pairs[pair]]
        shape = shapely.multilinestrings([shapely.linestrings(part) for xy in lonlat for part in split_line(xy)])
        length = sum(path_length(xy) for xy in lonlat)
        lon, lat = plane.inverse(shares.at(np.array([met[pair]])))[0].tolist()
        before, after = (int(sector[k]) + 1 for k in pair)
        between = names[pair[0]], names[pair[1]]
        boundaries.append(SectorBoundary(number, before, after, between, shape, length, met[pair], (lon, lat)))
    return tuple(boundaries)


def line_of(line: ContactLine, pieces: Sequence[tuple[int, Array]], ground: Ground) -> tuple[ContactPart, ...]:
    """Return the pieces of the line's parts that count, dense enough that a straight map line follows the geodesic."""
    chain = [number for number, c in enumerate(line.chains, start=1) for _ in c.parts]
    found = []
    for number, (part, piece) in enumerate(pieces, start=1):
        dense = densify(piece, CHORD_STEP_M)
        left = side_left_of(ground, line.plane.forward(dense))
        found.append(ContactPart(number, chain[part], left, _as_line(split_line(dense)), path_length(piece)))
    return tuple(found)


def _as_line(parts: Sequence[Array]) -> Any:
    return shapely.LineString(parts[0]) if len(parts) == 1 else shapely.MultiLineString(list(parts))
