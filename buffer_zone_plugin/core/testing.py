"""Does a plan keep what it promises? Checks for the tests of this project and of whoever builds on the core.

Each check returns nothing, or raises `AssertionError` with a sentence that names what is wrong and where. Geometries
are longitude/latitude on WGS 84 (degrees), lengths metres, areas square metres.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .contact_line import ContactLine, clean
from .distance import DistanceField, Nearest
from .features import InputFeature
from .geodesy import Array, area, distances, wrap_longitude
from .plan import Plan

RELATIVE = 1e-9  # how exactly sums agree
SHARES = np.array([0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875])  # where an edge is measured
STEP_SLOPE = 0.5  # metres of distance per metre along an edge: an outline keeps its distance, a step between sides not
ON_CLIP_DEGREES = 1e-5
END_SLOPE = 0.05  # the same with two forward lines: the way out leaves their ends at a slant
CAP_SLACK_M, CAP_SLACK_SHARE = 1.0, 1e-3  # how near the edge of a flat cap must be to where an open end is nearest


def assert_tiling(polygons: Iterable[Any], whole: Any) -> None:
    """Check that polygons cover another one exactly once: without gaps, overlaps, or vertices of their own.

    The sum of the polygons' boundaries, walked with the ground on the left, must be the whole's boundary, vertex for
    vertex; then every point of the whole lies in exactly one polygon.

    Parameters
    ----------
    polygons : polygons or multipolygons in any one CRS; None of them need be connected
    whole : polygon or multipolygon

    Raises
    ------
    AssertionError : a polygon is not valid, or the boundaries differ

    Examples
    --------
    >>> halves = [shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 2)]
    >>> assert_tiling(halves, shapely.Polygon([(0, 0), (1, 0), (2, 0), (2, 2), (1, 2), (0, 2)]))
    >>> assert_tiling(halves, shapely.box(0, 0, 2, 2))
    Traceback (most recent call last):
    AssertionError: the polygons do not tile the whole: 6 edges differ, the first from (0, 0) to (1, 0)
    """
    tiles = list(polygons)
    for name, geometry in [("the whole", whole), *((f"polygon {n}", tile) for n, tile in enumerate(tiles, start=1))]:
        _expect(shapely.is_valid(geometry), f"{name} is not valid: {shapely.is_valid_reason(geometry)}")
    pieces, outside = _directed_edges(tiles), _directed_edges([whole])[:, [2, 3, 0, 1]]
    edges, net = _net(np.concatenate([pieces, outside]))
    wrong = edges[net != 0]
    if len(wrong):
        x_1, y_1, x_2, y_2 = wrong[0]
        raise AssertionError(
            f"the polygons do not tile the whole: {len(wrong)} edges differ, "
            f"the first from ({x_1:.7g}, {y_1:.7g}) to ({x_2:.7g}, {y_2:.7g})"
        )


def assert_sums(plan: Plan) -> None:
    """Check that areas, lengths and persons of a plan add up, and that areas are those of the geometries.

    Raises
    ------
    AssertionError : a sum differs by more than 1e-9 of it; persons are not integers, do not lie in order
        low <= central <= high, or do not stand for one row per sector
    """
    zone, sectors, sides = plan.zone, plan.sectors, plan.sides
    strip = zone.area_strip_m2
    _expect_sum("area A + area B + strip of the zone", zone.area_m2, [zone.area_a_m2, zone.area_b_m2, strip])
    _expect_sum("areas of the sides", zone.area_m2, [side.area_m2 for side in sides])
    for field in ("area_m2", "area_a_m2", "area_b_m2", "line_m"):
        _expect_sum(f"{field} of the sectors", getattr(zone, field), [getattr(sector, field) for sector in sectors])
    _expect_sum("lengths of the line's parts", zone.line_m, [part.line_m for part in plan.line])
    for sector in sectors:
        least = sector.area_a_m2 + sector.area_b_m2
        _expect(strip > 0 or abs(least - sector.area_m2) <= RELATIVE * sector.area_m2, f"A and B are not {sector.name}")
        _expect_sum(f"geometry of {sector.name}", sector.area_m2, [area(sector.geometry)], of=zone.area_m2)
    for side in sides:
        _expect_sum(f"geometry of side {side.side}", side.area_m2, [area(side.geometry)], of=zone.area_m2)
    for side in (side for side in sides if plan.bands and side.depth_m is not None):
        _expect_sum(f"bands of side {side.side}", side.area_m2, [b.area_m2 for b in plan.bands if b.side == side.side])
    for band in plan.bands:
        _expect_sum(f"geometry of band {band.band}", band.area_m2, [area(band.geometry)], of=zone.area_m2)
    _expect_sum("geometry of the zone", zone.area_m2, [area(zone.geometry)])
    _expect_persons(plan)


def assert_within_tolerance(
    plan: Plan, lines: Sequence[InputFeature], clip: Any = None, lines_b: Sequence[InputFeature] | None = None
) -> None:
    """Check on the finished zone that its outline keeps the depth to within the plan's tolerance.

    Eight places of every edge, straight in longitude/latitude, are measured by exact geodesic distance. Left out are
    what keeps no depth: the edge of flat caps, where an open end of the line is nearest; steps between sides of
    different depth, along which the distance changes; the line itself where a side has no depth; the edge of the clip;
    and the cut along ±180° and at the poles.

    Parameters
    ----------
    lines : the features that the plan was made from
    clip : the polygons that the zone was clipped to
    lines_b : side B's own forward line, if there is one; ``lines`` are side A's then

    Raises
    ------
    AssertionError : a place is farther off than ``plan.spec.tolerance_m``, or than the plan's own figure admits
    """
    spec = plan.spec
    own = {side: clean(given, 2 * spec.depth_max_m) for side, given in (("A", lines), ("B", lines_b or lines))}
    least = min(side.depth_m for side in plan.sides if side.depth_m)
    outline = _keys(_directed_edges([plan.zone.geometry]))
    worst, place = 0.0, np.full(2, np.nan)
    for side in plan.sides:
        if side.depth_m is None:
            continue
        line = own[side.side]
        field = DistanceField(line.parts, least)
        edges = _directed_edges([side.geometry])
        edges = edges[[key in outline for key in _key_list(edges)]]
        edges = edges[~_on_cut(edges) & ~_on_clip(edges, clip)]
        error, points = _errors(plan, line, field, edges, side.depth_m, STEP_SLOPE if lines_b is None else END_SLOPE)
        if len(error) and error.max() > worst:
            worst, place = float(error.max()), points[int(error.argmax())]
    where = f"{worst:.3f} m off at {place[0]:.6f}, {place[1]:.6f}"
    _expect(worst <= spec.tolerance_m, f"the outline misses its tolerance of {spec.tolerance_m:g} m: it is {where}")
    admitted = plan.zone.error_max_m + spec.tolerance_m / 10  # other places of the same edges
    _expect(worst <= admitted, f"the plan admits an error of {plan.zone.error_max_m:.3f} m, but the outline is {where}")


def _expect(true: Any, message: str) -> None:
    if not true:
        raise AssertionError(message)


def _expect_sum(what: str, total: float, parts: Sequence[float], of: float | None = None) -> None:
    """Compare a total with its parts, to a share of the total or of a larger one that it belongs to."""
    error = abs(sum(parts) - total)
    _expect(
        error <= RELATIVE * max(abs(total if of is None else of), 1e-6),
        f"{what}: {sum(parts):.9g} is not {total:.9g}, {error:.3g} off",
    )


def _expect_persons(plan: Plan) -> None:
    staffing = plan.staffing
    rows = [staffing.low, staffing.central, staffing.high]
    for name, persons in zip(("low", "central", "high"), rows):
        _expect(np.issubdtype(persons.dtype, np.integer), f"persons ({name}) are not integers but {persons.dtype}")
        _expect(len(persons) == len(plan.sectors), f"{len(persons)} rows of persons for {len(plan.sectors)} sectors")
        _expect((persons >= 0).all(), f"persons ({name}) are negative")
    _expect((rows[0] <= rows[1]).all() and (rows[1] <= rows[2]).all(), "persons are not low <= central <= high")
    by_sector = [staffing.sector(index) for index in range(len(plan.sectors))]
    for name in ("low", "central", "high"):
        total, parts = getattr(staffing.total, name), [getattr(sector, name) for sector in by_sector]
        _expect(sum(parts) == total, f"persons ({name}) of the sectors add up to {sum(parts)}, not to {total}")


def _directed_edges(geometries: Sequence[Any]) -> Array:
    """Return x_1, y_1, x_2, y_2 of every edge, the ground on its left, shape (n, 4)."""
    rows = [np.zeros((0, 4))]
    for polygon in shapely.get_parts(list(geometries)):
        for number, ring in enumerate((polygon.exterior, *polygon.interiors)):
            xy = shapely.get_coordinates(ring)
            xy = xy if shapely.is_ccw(ring) == (number == 0) else xy[::-1]
            rows.append(np.hstack([xy[:-1], xy[1:]]))
    return np.concatenate(rows)


def _net(edges: Array) -> tuple[Array, NDArray[np.int64]]:
    """Return the undirected edges, and how many more times each is walked forward than backward."""
    backward = (edges[:, 0] > edges[:, 2]) | ((edges[:, 0] == edges[:, 2]) & (edges[:, 1] > edges[:, 3]))
    key = np.where(backward[:, None], edges[:, [2, 3, 0, 1]], edges)
    order = np.lexsort(key.T[::-1])
    first = np.concatenate([[True], (np.diff(key[order], axis=0) != 0).any(axis=1)])[: len(order)]
    net = np.bincount(np.cumsum(first) - 1, weights=np.where(backward, -1.0, 1.0)[order])
    return key[order][first], net.astype(np.int64)


def _key_list(edges: Array) -> list[tuple[float, ...]]:
    return [tuple(row) for row in edges.tolist()]


def _keys(edges: Array) -> set[tuple[float, ...]]:
    return set(_key_list(edges))


def _on_cut(edges: Array) -> NDArray[np.bool_]:
    """Tell which edges run along the antimeridian or along a pole."""
    lon, lat = np.abs(edges[:, [0, 2]]), np.abs(edges[:, [1, 3]])
    return np.asarray((lon == 180.0).all(axis=1) | (lat == 90.0).all(axis=1))


def _on_clip(edges: Array, clip: Any) -> NDArray[np.bool_]:
    """Tell which edges lie on the boundary of the clip, to within a metre or so."""
    if clip is None:
        return np.zeros(len(edges), dtype=bool)
    rim = shapely.boundary(clip)
    shapely.prepare(rim)
    return np.asarray(shapely.dwithin(rim, shapely.points((edges[:, :2] + edges[:, 2:]) / 2), ON_CLIP_DEGREES))


def _errors(
    plan: Plan, line: ContactLine, field: DistanceField, edges: Array, depth_m: float, steps: float
) -> tuple[Array, Array]:
    """Return how far places of a side's outer edges are off their depth, metres, and those places; no steps."""
    step = edges[:, 2:] - edges[:, :2]
    step[:, 0] = wrap_longitude(step[:, 0])
    points = (edges[:, None, :2] + SHARES[:, None] * step[:, None, :]).reshape(-1, 2)
    near = field.nearest(points)
    counted = np.ones(len(points), dtype=bool)
    if plan.spec.caps == "flat":
        counted &= ~_at_open_end(points, near, line)
    if plan.spec.depth_a_m != plan.spec.depth_b_m or steps < STEP_SLOPE:
        counted &= ~np.repeat(_is_inner(edges, near.distance.reshape(-1, len(SHARES)), plan, steps), len(SHARES))
    return np.abs(near.distance - depth_m)[counted], points[counted]


def _at_open_end(points: Array, near: Nearest, line: ContactLine) -> NDArray[np.bool_]:
    """Tell which points are as near to an open end as to any other place of the line."""
    found = np.zeros(len(points), dtype=bool)
    for end in line.open_ends():
        away = distances(points, np.repeat(end[None], len(points), axis=0))
        found |= away <= near.distance * (1 + CAP_SLACK_SHARE) + CAP_SLACK_M
    return found


def _is_inner(edges: Array, distance: Array, plan: Plan, steps: float) -> NDArray[np.bool_]:
    """Tell which edges lead from the depth of one side to that of the other, or are the line at a depth of 0."""
    tolerance = plan.spec.tolerance_m
    low, high = sorted((plan.spec.depth_a_m, plan.spec.depth_b_m))
    low = low if steps == STEP_SLOPE else 0.0  # between two lines the way out begins nearer than either depth
    between = (distance.min(axis=1) >= low - tolerance) & (distance.max(axis=1) <= high + tolerance)
    length = distances(edges[:, :2], edges[:, 2:])
    slope = np.abs(np.diff(distance, axis=1)).max(axis=1) / np.maximum(length * np.diff(SHARES)[0], 1e-9)
    on_line = (low == 0) & (distance.max(axis=1) <= tolerance)
    return np.asarray((between & (slope > steps)) | on_line)
