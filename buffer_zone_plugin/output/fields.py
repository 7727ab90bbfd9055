"""Which layers are delivered, and which fields have they? Each is defined once, here; all others read it.

Names are stable, lower case and English; titles, aliases and descriptions are translated when asked for. Units are
kilometres and square kilometres: this is the edge at which metres end.
"""

from __future__ import annotations

from collections.abc import Callable

from ..compat import tr
from .ceiling_fields import ceiling_zones, fitting_plans, largest_plans
from .field_defs import (
    DATE,
    DATETIME,
    DEGREE,
    INT,
    KM,
    KM2,
    LINE,
    METRE,
    PERCENT,
    PERSONS,
    POINT,
    POLYGON,
    REAL,
    SHARE,
    TABLE,
    TEXT,
    FieldDef,
    LayerDef,
)
from .scenario_fields import given_up_table, scenario_zones, scenarios_table
from .series_fields import series_changes, series_dates, series_lines, series_zones
from .staffing_fields import (
    Layer,
    area_km2,
    contributions_table,
    drivers_table,
    line_km,
    meaning_fields,
    persons,
    population,
    posts,
    posture,
    sector_id,
    staff,
    staffing_table,
    statement,
)
from .zone_fields import areas, depths, side

__all__ = [
    "DATE", "DATETIME", "DEGREE", "INT", "KM", "KM2", "LINE", "METRE", "PERCENT", "PERSONS", "POINT", "POLYGON", "REAL",
    "ROLES", "SHARE", "STYLED_ROLES", "TABLE", "TABLE_ROLES", "TEXT", "WHEN_ASKED", "FieldDef", "LayerDef", "layer_def",
]


def layer_def(role: str) -> LayerDef:
    """Return the definition of a layer in the user's language; KeyError for an unknown role."""
    title, geometry, fields = (_LAYERS.get(role) or _BESIDE_PLANS[role])()
    return LayerDef(role, title, geometry, fields)


def _chainage() -> FieldDef:
    return FieldDef("chainage_km", REAL, KM, tr("Chainage"), tr("Distance along the contact line from its start"))


def _zone() -> Layer:
    return tr("Zone"), POLYGON, (
        FieldDef("name", TEXT, "", tr("Name"), tr("Name of the zone, from its depths")),
        *depths(),
        *areas(),
        line_km(),
        FieldDef("perimeter_km", REAL, KM, tr("Perimeter"), tr("Ellipsoidal length of the outline")),
        FieldDef("tolerance_m", REAL, METRE, tr("Tolerance"), tr("Largest error of depth that was allowed")),
        FieldDef("error_max_m", REAL, METRE, tr("Largest error"), tr("Largest error of depth measured on the outline")),
        FieldDef("error_rms_m", REAL, METRE, tr("Typical error"), tr("Root mean square error of depth measured")),
        posture(),
        *persons(),
        statement(),
    )


def _sides() -> Layer:
    return tr("Sides"), POLYGON, (
        side(),
        FieldDef("name", TEXT, "", tr("Name"), tr("Name of the side")),
        FieldDef("depth_km", REAL, KM, tr("Depth"), tr("Distance from the contact line to the edge")),
        areas()[0],
    )


def _bands() -> Layer:
    return tr("Bands"), POLYGON, (
        side(),
        FieldDef("band", INT, "", tr("Band"), tr("Number of the band on its side, counted from 1 outwards")),
        FieldDef("from_km", REAL, KM, tr("From"), tr("Distance from the contact line to the inner edge")),
        FieldDef("to_km", REAL, KM, tr("To"), tr("Distance from the contact line to the outer edge")),
        areas()[0],
    )


def _sectors() -> Layer:
    return tr("Sectors"), POLYGON, (
        sector_id(),
        FieldDef("name", TEXT, "", tr("Name"), tr("Short name of the sector")),
        line_km(),
        *areas(),
        *staff(),
    )


def _subsectors() -> Layer:
    return tr("Subsectors"), POLYGON, (
        FieldDef("subsector_id", INT, "", tr("Subsector"), tr("Number of the subsector, from 1 along the line")),
        sector_id(),
        FieldDef("name", TEXT, "", tr("Name"), tr("Name of the sector with the number of the part in it")),
        line_km(),
        *areas(),
        posts(),
        *persons(),
        population(),
        *meaning_fields(),
    )


def _boundaries() -> Layer:
    return tr("Sector boundaries"), LINE, (
        FieldDef("boundary_id", INT, "", tr("Boundary"), tr("Number of the boundary, counted from 1 along the line")),
        FieldDef("sector_from", INT, "", tr("Sector before"), tr("Number of the sector before the boundary")),
        FieldDef("sector_to", INT, "", tr("Sector after"), tr("Number of the sector after; the same: within a sector")),
        FieldDef("length_km", REAL, KM, tr("Length"), tr("Ellipsoidal length of the boundary")),
        _chainage(),
        FieldDef("contact_lon", REAL, DEGREE, tr("Contact point, longitude"), tr("Where neighbours coordinate")),
        FieldDef("contact_lat", REAL, DEGREE, tr("Contact point, latitude"), tr("Where neighbours coordinate")),
        FieldDef("name_from", TEXT, "", tr("Name before"), tr("Name of the sector or subsector before the boundary")),
        FieldDef("name_to", TEXT, "", tr("Name after"), tr("Name of the sector or subsector after the boundary")),
    )


def _contact_line() -> Layer:
    return tr("Contact line"), LINE, (
        FieldDef("part", INT, "", tr("Part"), tr("Number of the part, in the order of the chainage")),
        FieldDef("chain", INT, "", tr("Chain"), tr("Number of the chain of parts that the part belongs to")),
        FieldDef("line_km", REAL, KM, tr("Length"), tr("Ellipsoidal length of the part")),
        FieldDef("left_side", TEXT, "", tr("Left of it"), tr("Side that lies left of the part, in its direction")),
    )


def _posts() -> Layer:
    return tr("Proposed posts"), POINT, (
        FieldDef("post_id", INT, "", tr("Post"), tr("Number of the post")),
        sector_id(),
        FieldDef("kind", TEXT, "", tr("Kind"), tr("op: observation post; sensor: unmanned post; crossing: crossing")),
        FieldDef("line", TEXT, "", tr("Placed on"), tr("contact: contact line; edge_a, edge_b: edge of the side")),
        _chainage(),
        FieldDef("watch", INT, PERSONS, tr("Watch"), tr("Persons on duty at a time")),
        FieldDef("strength", REAL, PERSONS, tr("Strength"), tr("Persons that keep the post manned around the clock")),
        FieldDef("status", TEXT, "", tr("Status"), tr("All posts are proposed: places on the ground are not checked")),
    )


def _run_record() -> Layer:
    return tr("Run record"), TABLE, (
        FieldDef("key", TEXT, "", tr("Entry"), tr("Name of the parameter, version or figure")),
        FieldDef("value", TEXT, "", tr("Value"), tr("Its value")),
    )


def _control_line() -> Layer:
    return tr("Contact line"), LINE, (
        FieldDef("part", INT, "", tr("Part"), tr("Number of the part: fronts first, the longest first")),
        FieldDef("kind", TEXT, "", tr("Kind"), tr(
            "front; pocket: ring around ground that the other side encloses; bridgehead: around ground cut off from "
            "its side's main ground, backed by coast, state border or nobody's ground",
        )),
        FieldDef("ground", TEXT, "", tr("Ground of"), tr("A or B: whose ground pocket and bridgehead are")),
        FieldDef("line_km", REAL, KM, tr("Length"), tr("Ellipsoidal length of the part")),
    )


def _staffed_polygons() -> Layer:
    return tr("Polygons with staffing"), POLYGON, (
        FieldDef("polygon_id", INT, "", tr("Polygon"), tr("Number of the polygon; the tables call it sector_id")),
        FieldDef("polygon", TEXT, "", tr("Name"), tr("Name by which a contributor may lead it")),
        line_km(),
        area_km2(),
        *staff(),
    )


_LAYERS: dict[str, Callable[[], Layer]] = {  # the order is that of the layer tree
    "posts": _posts,
    "sector_boundaries": _boundaries,
    "contact_line": _contact_line,
    "subsectors": _subsectors,
    "sectors": _sectors,
    "bands": _bands,
    "sides": _sides,
    "zone": _zone,
    "staffing": staffing_table,
    "contributions": contributions_table,
    "drivers": drivers_table,
    "run_record": _run_record,
}
ROLES = tuple(_LAYERS)
TABLE_ROLES = ("staffing", "contributions", "drivers", "run_record")
WHEN_ASKED = ("bands", "subsectors", "contributions")  # empty, and of no use on a map, unless they were asked for
_BESIDE_PLANS: dict[str, Callable[[], Layer]] = {
    "control_line": _control_line, "staffed_polygons": _staffed_polygons,
    "series_lines": series_lines, "series_changes": series_changes, "series_zones": series_zones,
    "series_dates": series_dates,
    "ceiling_zones": ceiling_zones, "ceiling_plans": fitting_plans, "ceiling_largest": largest_plans,
    "scenario_zones": scenario_zones, "scenarios": scenarios_table, "given_up": given_up_table,
}
STYLED_ROLES = (*ROLES, *_BESIDE_PLANS)
