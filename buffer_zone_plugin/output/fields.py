"""Which layers are delivered, and which fields have they? Each is defined once, here; all others read it.

Names are stable, lower case and English; titles, aliases and descriptions are translated when asked for. Units are
kilometres and square kilometres: this is the edge at which metres end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..compat import tr

INT, REAL, TEXT = "int", "real", "text"
POLYGON, LINE, POINT, TABLE = "MultiPolygon", "MultiLineString", "Point", "NoGeometry"
KM, KM2, METRE, PERSONS, DEGREE = "km", "km²", "m", "persons", "°"


@dataclass(frozen=True)
class FieldDef:
    """A field: ``kind`` is int, real or text; ``unit`` is km, km², m, persons or empty."""

    name: str
    kind: str
    unit: str
    alias: str
    description: str

    @property
    def label(self) -> str:
        """The alias with its unit, such as ``Area (km²)``; persons need no unit."""
        return f"{self.alias} ({self.unit})" if self.unit not in ("", PERSONS) else self.alias


@dataclass(frozen=True)
class LayerDef:
    """A layer: ``role`` is its name in a GeoPackage and its style's name, ``geometry`` a WKB type or NoGeometry."""

    role: str
    title: str
    geometry: str
    fields: tuple[FieldDef, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)


def layer_def(role: str) -> LayerDef:
    """Return the definition of a layer in the user's language; KeyError for an unknown role."""
    title, geometry, fields = (_LAYERS.get(role) or _BESIDE_PLANS[role])()
    return LayerDef(role, title, geometry, fields)


def _areas() -> tuple[FieldDef, ...]:
    return (
        FieldDef("area_km2", REAL, KM2, tr("Area"), tr("Ellipsoidal area")),
        FieldDef("area_a_km2", REAL, KM2, tr("Area of side A"), tr("Ellipsoidal area of the part on side A")),
        FieldDef("area_b_km2", REAL, KM2, tr("Area of side B"), tr("Ellipsoidal area of the part on side B")),
    )


def _line_km() -> FieldDef:
    return FieldDef("line_km", REAL, KM, tr("Contact line"), tr("Ellipsoidal length of the contact line"))


def _persons() -> tuple[FieldDef, ...]:
    return (
        FieldDef("staff_low", INT, PERSONS, tr("Persons, low"), tr("Zone force, low end of the planning range")),
        FieldDef("staff_central", INT, PERSONS, tr("Persons, central"), tr("Zone force, central planning estimate")),
        FieldDef("staff_high", INT, PERSONS, tr("Persons, high"), tr("Zone force, high end of the planning range")),
    )


def _sector_id() -> FieldDef:
    return FieldDef("sector_id", INT, "", tr("Sector"), tr("Number of the sector, counted from 1 along the line"))


def _side() -> FieldDef:
    description = tr(
        "A: left of the direction in which the line was drawn, or where ground was given for it; swapped if asked for. "
        "strip: between two forward lines",
    )
    return FieldDef("side", TEXT, "", tr("Side"), description)


def _chainage() -> FieldDef:
    return FieldDef("chainage_km", REAL, KM, tr("Chainage"), tr("Distance along the contact line from its start"))


def _zone() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Zone"), POLYGON, (
        FieldDef("name", TEXT, "", tr("Name"), tr("Name of the zone, from its depths")),
        FieldDef("depth_a_km", REAL, KM, tr("Depth of side A"), tr("Distance from the contact line to the edge")),
        FieldDef("depth_b_km", REAL, KM, tr("Depth of side B"), tr("Distance from the contact line to the edge")),
        *_areas(),
        _line_km(),
        FieldDef("perimeter_km", REAL, KM, tr("Perimeter"), tr("Ellipsoidal length of the outline")),
        FieldDef("tolerance_m", REAL, METRE, tr("Tolerance"), tr("Largest error of depth that was allowed")),
        FieldDef("error_max_m", REAL, METRE, tr("Largest error"), tr("Largest error of depth measured on the outline")),
        FieldDef("error_rms_m", REAL, METRE, tr("Typical error"), tr("Root mean square error of depth measured")),
        FieldDef("posture", TEXT, "", tr("Posture"), tr("What the force is to do: the task that sets its size")),
        *_persons(),
    )


def _sides() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Sides"), POLYGON, (
        _side(),
        FieldDef("name", TEXT, "", tr("Name"), tr("Name of the side")),
        FieldDef("depth_km", REAL, KM, tr("Depth"), tr("Distance from the contact line to the edge")),
        _areas()[0],
    )


def _bands() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Bands"), POLYGON, (
        _side(),
        FieldDef("band", INT, "", tr("Band"), tr("Number of the band on its side, counted from 1 outwards")),
        FieldDef("from_km", REAL, KM, tr("From"), tr("Distance from the contact line to the inner edge")),
        FieldDef("to_km", REAL, KM, tr("To"), tr("Distance from the contact line to the outer edge")),
        _areas()[0],
    )


def _sectors() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Sectors"), POLYGON, (
        _sector_id(),
        FieldDef("name", TEXT, "", tr("Name"), tr("Short name of the sector")),
        _line_km(),
        *_areas(),
        FieldDef("posts", INT, "", tr("Posts"), tr("Number of proposed observation and sensor posts")),
        FieldDef("patrols_day", REAL, "", tr("Patrols per day"), tr("Mean number of patrols per day")),
        *_persons(),
        FieldDef("staff_posts", INT, PERSONS, tr("Persons for posts"), tr("Central estimate: posts")),
        FieldDef("staff_patrols", INT, PERSONS, tr("Persons for patrols"), tr("Central estimate: patrols")),
        FieldDef("staff_crossings", INT, PERSONS, tr("Persons for crossings"), tr("Central estimate: crossings")),
        FieldDef("staff_reserve", INT, PERSONS, tr("Persons in reserve"), tr("Central estimate: reserve")),
        FieldDef("staff_unit", INT, PERSONS, tr("Persons for unit tasks"), tr("Central estimate: unit command")),
        FieldDef("staff_support", INT, PERSONS, tr("Persons for support"), tr("Central estimate: mission support")),
        FieldDef("per_km", REAL, "", tr("Persons per km"), tr("Central estimate per km of contact line")),
        FieldDef("per_100km2", REAL, "", tr("Persons per 100 km²"), tr("Central estimate per 100 km² of zone")),
        _population(),
    )


def _subsectors() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Subsectors"), POLYGON, (
        FieldDef("subsector_id", INT, "", tr("Subsector"), tr("Number of the subsector, from 1 along the line")),
        _sector_id(),
        FieldDef("name", TEXT, "", tr("Name"), tr("Name of the sector with the number of the part in it")),
        _line_km(),
        *_areas(),
        FieldDef("posts", INT, "", tr("Posts"), tr("Number of proposed observation and sensor posts")),
        *_persons(),
        _population(),
    )


def _population() -> FieldDef:
    return FieldDef("population", INT, "", tr("Inhabitants"), tr("Persons who live there; empty if not given"))


def _boundaries() -> tuple[str, str, tuple[FieldDef, ...]]:
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


def _contact_line() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Contact line"), LINE, (
        FieldDef("part", INT, "", tr("Part"), tr("Number of the part, in the order of the chainage")),
        FieldDef("chain", INT, "", tr("Chain"), tr("Number of the chain of parts that the part belongs to")),
        FieldDef("line_km", REAL, KM, tr("Length"), tr("Ellipsoidal length of the part")),
        FieldDef("left_side", TEXT, "", tr("Left of it"), tr("Side that lies left of the part, in its direction")),
    )


def _posts() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Proposed posts"), POINT, (
        FieldDef("post_id", INT, "", tr("Post"), tr("Number of the post")),
        _sector_id(),
        FieldDef("kind", TEXT, "", tr("Kind"), tr("op: observation post; sensor: unmanned post; crossing: crossing")),
        FieldDef("line", TEXT, "", tr("Placed on"), tr("contact: contact line; edge_a, edge_b: edge of the side")),
        _chainage(),
        FieldDef("watch", INT, PERSONS, tr("Watch"), tr("Persons on duty at a time")),
        FieldDef("strength", REAL, PERSONS, tr("Strength"), tr("Persons that keep the post manned around the clock")),
        FieldDef("status", TEXT, "", tr("Status"), tr("All posts are proposed: places on the ground are not checked")),
    )


def _staffing() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Staffing"), TABLE, (
        FieldDef("sector_id", INT, "", tr("Sector"), tr("Number of the sector; empty for what serves the whole zone")),
        FieldDef("component", TEXT, "", tr("Component"), tr("What the persons are for; training is counted apart")),
        FieldDef("low", INT, PERSONS, tr("Low"), tr("Low end of the planning range")),
        FieldDef("central", INT, PERSONS, tr("Central"), tr("Central planning estimate")),
        FieldDef("high", INT, PERSONS, tr("High"), tr("High end of the planning range")),
    )


def _run_record() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Run record"), TABLE, (
        FieldDef("key", TEXT, "", tr("Entry"), tr("Name of the parameter, version or figure")),
        FieldDef("value", TEXT, "", tr("Value"), tr("Its value")),
    )


def _control_line() -> tuple[str, str, tuple[FieldDef, ...]]:
    return tr("Contact line"), LINE, (
        FieldDef("part", INT, "", tr("Part"), tr("Number of the part: fronts first, the longest first")),
        FieldDef("kind", TEXT, "", tr("Kind"), tr(
            "front; pocket: ring around ground that the other side encloses; bridgehead: around ground cut off from "
            "its side's main ground, backed by coast, state border or nobody's ground",
        )),
        FieldDef("ground", TEXT, "", tr("Ground of"), tr("A or B: whose ground pocket and bridgehead are")),
        FieldDef("line_km", REAL, KM, tr("Length"), tr("Ellipsoidal length of the part")),
    )


_LAYERS: dict[str, Callable[[], tuple[str, str, tuple[FieldDef, ...]]]] = {  # the order is that of the layer tree
    "posts": _posts,
    "sector_boundaries": _boundaries,
    "contact_line": _contact_line,
    "subsectors": _subsectors,
    "sectors": _sectors,
    "bands": _bands,
    "sides": _sides,
    "zone": _zone,
    "staffing": _staffing,
    "run_record": _run_record,
}
ROLES = tuple(_LAYERS)
WHEN_ASKED = ("bands", "subsectors")  # empty, and of no use on a map, unless they were asked for
_BESIDE_PLANS: dict[str, Callable[[], tuple[str, str, tuple[FieldDef, ...]]]] = {"control_line": _control_line}
STYLED_ROLES = (*ROLES, *_BESIDE_PLANS)
