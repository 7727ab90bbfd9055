"""What does each layer of a plan hold? One list of attributes and one geometry per feature, in the order of the fields.

Metres become kilometres here and nothing is rounded, so that sums agree. Geometries stay shapely, None for tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Optional

from ..core.scales import M2_PER_KM2, M_PER_KM
from .staffing_rows import contribution_rows, driver_rows, meaning_of, staff_values, staffing_rows

if TYPE_CHECKING:  # shapely may be missing when the plugin starts
    from ..core.control import ContactLines
    from ..core.plan import Plan

Row = tuple[list[Any], Optional[Any]]

PROPOSED = "proposed"


def rows(role: str, plan: Plan) -> list[Row]:
    """Return the features of a layer as (attributes, geometry); km, km², integers; KeyError for an unknown role."""
    return list(_ROWS[role](plan))


def control_rows(lines: ContactLines) -> list[Row]:
    """Return the features of a contact line from areas of control, numbered in their order."""
    return [
        ([number, part.kind, part.ground or None, _km(part.length_m)], part.geometry)
        for number, part in enumerate(lines.parts, start=1)
    ]


def zone_title(depth_a_km: float, depth_b_km: float) -> str:
    """Return the name of a zone with these depths in km, such as ``Zone 20 + 20 km``.

    Examples
    --------
    >>> zone_title(20.0, 2.5)
    'Zone 20 + 2.5 km'
    """
    return f"Zone {depth_a_km:g} + {depth_b_km:g} km"


def plan_title(plan: Plan) -> str:
    """Return the name of the plan's zone."""
    return zone_title(plan.spec.depth_a_m / M_PER_KM, plan.spec.depth_b_m / M_PER_KM)


def _km(metres: float) -> float:
    return float(metres) / M_PER_KM


def _km2(square_metres: float) -> float:
    return float(square_metres) / M2_PER_KM2


def _zone(plan: Plan) -> Iterable[Row]:
    zone, spec, total = plan.zone, plan.spec, plan.staffing.total
    posture, statement = meaning_of(plan.used, plan.staffing)
    yield [
        plan_title(plan), _km(spec.depth_a_m), _km(spec.depth_b_m),
        _km2(zone.area_m2), _km2(zone.area_a_m2), _km2(zone.area_b_m2),
        _km(zone.line_m), _km(zone.perimeter_m),
        float(spec.tolerance_m), float(zone.error_max_m), float(zone.error_rms_m),
        posture, total.low, total.central, total.high, statement,
    ], zone.geometry


def _sides(plan: Plan) -> Iterable[Row]:
    for side in plan.sides:
        depth = None if side.depth_m is None else _km(side.depth_m)
        yield [side.side, side.name, depth, _km2(side.area_m2)], side.geometry


def _bands(plan: Plan) -> Iterable[Row]:
    for band in plan.bands:
        yield [band.side, int(band.band), _km(band.from_m), _km(band.to_m), _km2(band.area_m2)], band.geometry


def _sectors(plan: Plan) -> Iterable[Row]:
    told = meaning_of(plan.used, plan.staffing)
    for index, sector in enumerate(plan.sectors):
        yield [
            int(sector.sector_id), sector.name,
            _km(sector.line_m), _km2(sector.area_m2), _km2(sector.area_a_m2), _km2(sector.area_b_m2),
            *staff_values(
                plan.sector_inputs, plan.staffing, index, sector.population, plan.crossings_given, told,
            ),
        ], sector.geometry


def _subsectors(plan: Plan) -> Iterable[Row]:
    told = meaning_of(plan.used, plan.staffing)
    for part in plan.subsectors:
        yield [
            int(part.subsector_id), int(part.sector_id), part.name,
            _km(part.line_m), _km2(part.area_m2), _km2(part.area_a_m2), _km2(part.area_b_m2),
            part.posts, part.staff.low, part.staff.central, part.staff.high, part.population, *told,
        ], part.geometry


def _boundaries(plan: Plan) -> Iterable[Row]:
    for border in plan.boundaries:
        yield [
            int(border.boundary_id), int(border.sector_from), int(border.sector_to),
            _km(border.length_m), _km(border.chainage_m), *border.contact, *border.between,
        ], border.geometry


def _contact_line(plan: Plan) -> Iterable[Row]:
    for part in plan.line:
        yield [int(part.part), int(part.chain), _km(part.line_m), part.left], part.geometry


def _posts(plan: Plan) -> Iterable[Row]:
    for post in plan.posts:
        yield [
            int(post.post_id), int(post.sector_id), post.kind, post.line, _km(post.chainage_m),
            int(post.watch), float(post.strength), PROPOSED,
        ], post.geometry


def _staffing(plan: Plan) -> Iterable[Row]:
    told = meaning_of(plan.used, plan.staffing)
    return ((row, None) for row in staffing_rows(plan.staffing, _ids(plan), told))


def _contributions(plan: Plan) -> Iterable[Row]:
    told = meaning_of(plan.used, plan.staffing)
    return ((row, None) for row in contribution_rows(plan.contributions, _ids(plan), told))


def _drivers(plan: Plan) -> Iterable[Row]:
    told = meaning_of(plan.used, plan.staffing)
    return ((row, None) for row in driver_rows(plan.drivers, plan.used, told))


def _ids(plan: Plan) -> list[int]:
    return [int(sector.sector_id) for sector in plan.sectors]


def _run_record(plan: Plan) -> Iterable[Row]:
    for key, value in plan.record:
        yield [str(key), str(value)], None


_ROWS: dict[str, Callable[[Plan], Iterable[Row]]] = {
    "posts": _posts,
    "sector_boundaries": _boundaries,
    "contact_line": _contact_line,
    "subsectors": _subsectors,
    "sectors": _sectors,
    "bands": _bands,
    "sides": _sides,
    "zone": _zone,
    "staffing": _staffing,
    "contributions": _contributions,
    "drivers": _drivers,
    "run_record": _run_record,
}
