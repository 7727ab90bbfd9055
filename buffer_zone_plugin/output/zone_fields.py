"""Which fields tell of a zone's ground, whatever layer they are in? Depths, areas and sides."""

from __future__ import annotations

from ..compat import tr
from .field_defs import KM, KM2, REAL, TEXT, FieldDef
from .staffing_fields import area_km2


def depths() -> tuple[FieldDef, ...]:
    """Return the fields of the depth of each side."""
    description = tr("Distance from the contact line to the edge")
    return (
        FieldDef("depth_a_km", REAL, KM, tr("Depth of side A"), description),
        FieldDef("depth_b_km", REAL, KM, tr("Depth of side B"), description),
    )


def areas() -> tuple[FieldDef, ...]:
    """Return the fields of an area, and of its part on each side."""
    return (
        area_km2(),
        FieldDef("area_a_km2", REAL, KM2, tr("Area of side A"), tr("Ellipsoidal area of the part on side A")),
        FieldDef("area_b_km2", REAL, KM2, tr("Area of side B"), tr("Ellipsoidal area of the part on side B")),
    )


def side() -> FieldDef:
    """Return the field of the side."""
    description = tr(
        "A: left of the direction in which the line was drawn, or where ground was given for it; swapped if asked for. "
        "strip: between two forward lines",
    )
    return FieldDef("side", TEXT, "", tr("Side"), description)
