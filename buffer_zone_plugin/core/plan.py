"""A plan: the zone, its sides, sectors, boundaries, posts and staffing, and the one way to make it.

Geometries are shapely, longitude/latitude on WGS 84 (degrees). Lengths are metres, areas square metres, all on the
ellipsoid. Persons are integers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Point

from .arrangement import Edges
from .contact_line import ContactLine, InputLine, clean
from .distance import DistanceField
from .geodesy import CHORD_STEP_M, Array, Indices, area, densify, path_length, perimeter
from .ground import SIDES, Ground, cut, lay_ground, outline_edges
from .progress import Progress
from .record import make_record
from .sectors.borders import Border, borders_of
from .sectors.cuts import ChainPath, split
from .sectors.measures import LineShares, locate
from .sides import plane_parts
from .spec import PlanSpec
from .staffing.model import SectorInputs, Staffing, estimate, post_count, post_strength, sensor_counts
from .staffing.parameters import Parameter
from .staffing.posts import lay_posts, split_between_edges, spread_evenly
from .staffing.postures import Posture, central_values
from .zone import Certificate, certify


@dataclass(frozen=True)
class Zone:
    """The whole zone and its certificate."""

    geometry: MultiPolygon
    area_m2: float
    area_a_m2: float
    area_b_m2: float
    line_m: float
    perimeter_m: float
    error_max_m: float
    error_rms_m: float
    error_at: tuple[float, float]


@dataclass(frozen=True)
class Side:
    """One side of the zone: ``A`` or ``B``."""

    side: str
    name: str
    depth_m: float
    geometry: MultiPolygon
    area_m2: float


@dataclass(frozen=True)
class Sector:
    """A sector across the zone; ``sector_id`` counts from 1 along the line."""

    sector_id: int
    name: str
    geometry: MultiPolygon
    line_m: float
    area_m2: float
    area_a_m2: float
    area_b_m2: float


@dataclass(frozen=True)
class SectorBoundary:
    """The border between two sectors; ``chainage_m`` is where it meets the contact line."""

    boundary_id: int
    sector_from: int
    sector_to: int
    geometry: LineString | MultiLineString
    length_m: float
    chainage_m: float


@dataclass(frozen=True)
class ContactPart:
    """One connected part of the cleaned contact line, in the order and direction of the chainage."""

    part: int
    chain: int
    geometry: LineString
    line_m: float


@dataclass(frozen=True)
class Post:
    """A proposed post; ``kind`` is op, sensor or crossing, ``line`` is contact, edge_a or edge_b."""

    post_id: int
    sector_id: int
    kind: str
    line: str
    geometry: Point
    chainage_m: float
    watch: int
    strength: float


@dataclass(frozen=True)
class Plan:
    """Everything that one run delivers.

    ``notes`` lists what was mended and what needs attention; ``warnings`` are those of them that do.
    """

    spec: PlanSpec
    zone: Zone
    sides: tuple[Side, ...]
    sectors: tuple[Sector, ...]
    boundaries: tuple[SectorBoundary, ...]
    line: tuple[ContactPart, ...]
    posts: tuple[Post, ...]
    staffing: Staffing
    record: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanInputs:
    """What a plan is made from: the contact line's features, the parameters, the postures, and context to record."""

    lines: tuple[InputLine, ...]
    catalogue: Mapping[str, Parameter]
    postures: Mapping[str, Posture]
    context: tuple[tuple[str, str], ...] = ()


def make_plan(spec: PlanSpec, inputs: PlanInputs, progress: Progress) -> Plan:
    """Return the plan of a contact line: the one way through the house.

    Raises
    ------
    PlanError : the input cannot be planned, with the reason, the place and how to mend it
    PlanCancelledError : the user asked to stop
    """
    progress.report(0.0, "Cleaning the contact line")
    line = clean(inputs.lines, 2 * spec.depth_max_m)
    field = DistanceField(line.parts, min(d for d in (spec.depth_a_m, spec.depth_b_m) if d > 0), progress.check)
    progress.report(0.02, "Drawing the zone at exact distance")
    ground, doubts = lay_ground(line, field, spec, progress.stage(0.02, 0.5))
    shares = LineShares([densify(part, CHORD_STEP_M) for part in line.parts], line.plane)
    progress.report(0.5, "Splitting the zone into sectors")
    chains = [ChainPath(tuple(plane_parts(line, chain)), chain.closed) for chain in line.chains]
    whole = ground.whole()
    partition = split(
        chains, shares, whole, line.plane, spec.depth_max_m, spec.sector_count, spec.split,
        progress.stage(0.5, 0.8),
    )
    ground = cut(ground, whole, partition.sectors, partition.borders)
    progress.report(0.8, "Measuring the result")
    outer, depth, side = outline_edges(ground, spec)
    certificate = certify(line.plane, field, outer, depth, progress.stage(0.8, 0.9))
    in_plane = [ground.union(ground.sector == k) for k in range(spec.sector_count)]
    borders = borders_of(in_plane)
    boundaries = _boundaries(line, shares, borders)
    progress.report(0.92)
    sectors = _sectors(line, ground, in_plane, shares.by_sector(in_plane, [b.line for b in borders]))
    zone = _zone(line, ground, sectors, certificate)
    progress.report(0.94)
    sides = _sides(line, ground, sectors, spec)
    progress.report(0.95, "Estimating staffing")
    posture = inputs.postures[spec.posture]
    places = _post_places(line, shares, outer, side, posture, inputs.catalogue)
    posts = _posts(line, shares, in_plane, places, posture, inputs.catalogue)
    staffing = estimate(_staffing_inputs(sectors, posts), posture, inputs.catalogue)
    warnings = (*doubts, *partition.warnings, *_missed(certificate, spec))
    notes = (*line.notes, *partition.notes, *warnings)
    record = make_record(spec, inputs.lines, inputs.context, _figures(zone, staffing), notes)
    progress.report(1.0)
    return Plan(
        spec, zone, sides, sectors, boundaries, _contact_parts(line), posts, staffing, record, notes, warnings,
    )


def _on_earth(line: ContactLine, geometry: Any) -> Any:
    """Return a plane geometry in longitude/latitude; equal vertices stay equal."""
    return shapely.transform(geometry, line.plane.inverse)


def _sectors(line: ContactLine, ground: Ground, in_plane: Sequence[Any], line_m: Array) -> tuple[Sector, ...]:
    """Return the sectors; their areas are sums over faces, so that they add up to those of sides and zone."""
    face_m2 = np.array([area(_on_earth(line, face)) for face in ground.faces]) * ground.kept
    a, b = (np.bincount(ground.sector[ground.side == sign], face_m2[ground.side == sign], len(in_plane))
            for sign, _ in SIDES)
    return tuple(
        Sector(
            k + 1, f"S{k + 1}", _on_earth(line, geometry), float(line_m[k]), float(a[k] + b[k]), float(a[k]),
            float(b[k]),
        )
        for k, geometry in enumerate(in_plane)
    )


def _zone(line: ContactLine, ground: Ground, sectors: Sequence[Sector], certificate: Certificate) -> Zone:
    geometry = _on_earth(line, ground.whole())
    area_a, area_b = sum(s.area_a_m2 for s in sectors), sum(s.area_b_m2 for s in sectors)
    return Zone(
        geometry, area_a + area_b, area_a, area_b, line.length_m, perimeter(geometry),
        certificate.error_max_m, certificate.error_rms_m, certificate.error_at,
    )


def _sides(line: ContactLine, ground: Ground, sectors: Sequence[Sector], spec: PlanSpec) -> tuple[Side, ...]:
    """Return the sides that have a depth."""
    name = {"A": spec.name_a, "B": spec.name_b}
    depth = {"A": spec.depth_a_m, "B": spec.depth_b_m}
    areas = {"A": sum(s.area_a_m2 for s in sectors), "B": sum(s.area_b_m2 for s in sectors)}
    return tuple(
        Side(side, name[side], depth[side], _on_earth(line, ground.union(ground.side == sign)), areas[side])
        for sign, side in SIDES
        if depth[side] > 0
    )


def _boundaries(line: ContactLine, shares: LineShares, borders: Sequence[Border]) -> tuple[SectorBoundary, ...]:
    """Return one boundary for each pair of neighbours, numbered along the line."""
    pairs: dict[tuple[int, int], list[Any]] = {}
    for border in borders:
        pairs.setdefault((border.one, border.two), []).append(border.line)
    met = {pair: shares.meeting(lines) for pair, lines in pairs.items()}
    boundaries = []
    for number, pair in enumerate(sorted(pairs, key=lambda pair: (met[pair], pair)), start=1):
        earth = _on_earth(line, shapely.multilinestrings(pairs[pair]))
        length = sum(path_length(shapely.get_coordinates(part)) for part in shapely.get_parts(earth))
        boundaries.append(SectorBoundary(number, pair[0] + 1, pair[1] + 1, earth, length, met[pair]))
    return tuple(boundaries)


def _contact_parts(line: ContactLine) -> tuple[ContactPart, ...]:
    """Return the line's parts, dense enough that a straight map line follows the geodesic."""
    parts = [(chain, part) for chain, c in enumerate(line.chains, start=1) for part in c.parts]
    return tuple(
        ContactPart(number, chain, shapely.LineString(densify(part, CHORD_STEP_M)), path_length(part))
        for number, (chain, part) in enumerate(parts, start=1)
    )


def _edge_lines(line: ContactLine, outer: Edges, shares: LineShares) -> list[Array]:
    """Return edges of the outline as polylines, longitude/latitude, in the order and direction of the chainage."""
    pieces = shapely.linestrings(np.stack([outer.start, outer.end], axis=1))
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(pieces)))
    placed = sorted((_directed(piece, shares) for piece in merged), key=lambda pair: pair[0])
    return [line.plane.inverse(xy) for _, xy in placed]


def _directed(piece: Any, shares: LineShares) -> tuple[float, Array]:
    """Return a piece of the edge turned to run with the chainage, and where it begins."""
    xy = shapely.get_coordinates(piece)
    first, last = shares.chainage(xy[[0, -1]])
    return (float(first), xy) if first <= last else (float(last), xy[::-1])


def _post_places(
    line: ContactLine, shares: LineShares, outer: Edges, side: Indices, posture: Posture,
    catalogue: Mapping[str, Parameter],
) -> list[tuple[str, Array]]:
    """Return where posts stand, laid once along the whole line or along both edges, never rounded up per sector.

    Each entry: ``contact``, ``edge_a`` or ``edge_b``, and longitude/latitude (n, 2).
    """
    values = central_values(posture, catalogue)
    count = post_count(line.length_m / 1000, values)
    if values["n_lines"] == 1:
        return [("contact", lay_posts(line.parts, count))]
    watched = []
    for sign, name in SIDES:
        mine = outer.select(side == sign)
        # a side without depth is watched on the contact line itself
        edge = (f"edge_{name.lower()}", _edge_lines(line, mine, shares)) if len(mine.face) else ("contact", line.parts)
        watched.append(edge)
    lengths = [sum(path_length(p) for p in lines) for _, lines in watched]
    counts = split_between_edges(count, lengths[0], lengths[1])
    return [(where, lay_posts(lines, n)) for (where, lines), n in zip(watched, counts)]


def _posts(
    line: ContactLine, shares: LineShares, in_plane: Sequence[Any], places: Sequence[tuple[str, Array]],
    posture: Posture, catalogue: Mapping[str, Parameter],
) -> tuple[Post, ...]:
    """Return the proposed posts, numbered by sector and along the line in each."""
    values = central_values(posture, catalogue)
    where = [name for name, lonlat in places for _ in lonlat]
    lonlat = np.concatenate([lonlat for _, lonlat in places])
    xy = line.plane.forward(lonlat)
    sector = locate(xy, in_plane)
    chainage = shares.chainage(xy)
    sensor = _sensors(sector, len(in_plane), values["sensor_share"])
    order = np.lexsort([chainage, sector])
    return tuple(
        _post(number, where[i], int(sector[i]), bool(sensor[i]), lonlat[i], float(chainage[i]), values)
        for number, i in enumerate(order, start=1)
    )


def _sensors(sector: Indices, sectors: int, share: float) -> Any:
    """Mark which posts are sensors, as many per sector as the model counts."""
    counts = np.bincount(sector, minlength=sectors)
    sensor = np.zeros(len(sector), dtype=bool)
    for index, chosen in enumerate(sensor_counts(counts, share)):
        sensor[sector == index] = spread_evenly(int(counts[index]), int(chosen))
    return sensor


def _post(
    number: int, where: str, sector: int, sensor: bool, lonlat: Array, chainage_m: float, values: Mapping[str, float]
) -> Post:
    kind = "sensor" if sensor else "op"
    watch, strength = post_strength(kind, values)
    return Post(number, sector + 1, kind, where, shapely.Point(lonlat), chainage_m, watch, strength)


def _staffing_inputs(sectors: Sequence[Sector], posts: Sequence[Post]) -> SectorInputs:
    counts = np.bincount([post.sector_id - 1 for post in posts], minlength=len(sectors))
    return SectorInputs(
        np.array([s.line_m / 1000 for s in sectors]), np.array([s.area_m2 / 1e6 for s in sectors]), counts,
        np.zeros(len(sectors), dtype=np.int64),
    )


def _missed(certificate: Certificate, spec: PlanSpec) -> tuple[str, ...]:
    if certificate.error_max_m <= spec.tolerance_m:
        return ()
    lon, lat = certificate.error_at
    return (
        f"The tolerance of {spec.tolerance_m:g} m is missed: the outline is {certificate.error_max_m:.2f} m off "
        f"at {lon:.5f}, {lat:.5f}",
    )


def _figures(zone: Zone, staffing: Staffing) -> list[tuple[str, str]]:
    total = staffing.total
    return [
        ("area_km2", f"{zone.area_m2 / 1e6:.6f}"),
        ("area_a_km2", f"{zone.area_a_m2 / 1e6:.6f}"),
        ("area_b_km2", f"{zone.area_b_m2 / 1e6:.6f}"),
        ("line_km", f"{zone.line_m / 1e3:.6f}"),
        ("error_max_m", f"{zone.error_max_m:.3f}"),
        ("error_rms_m", f"{zone.error_rms_m:.3f}"),
        ("error_at", f"{zone.error_at[0]:.6f}, {zone.error_at[1]:.6f}"),
        ("staff", f"{total.low}-{total.central}-{total.high}"),
    ]
