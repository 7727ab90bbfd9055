"""Which fields tell of a ceiling of persons? The plans that were tried, the largest that fit, and their zones."""

from __future__ import annotations

from ..compat import tr
from .field_defs import INT, KM, KM2, PERSONS, POLYGON, REAL, TABLE, TEXT, FieldDef
from .staffing_fields import Layer, area_km2, line_km, persons, population, posts, posture, statement


def fitting_plans() -> Layer:
    """Return the table of all plans that were tried under a ceiling."""
    return tr("Plans under a ceiling"), TABLE, (
        FieldDef("plan_id", INT, "", tr("Plan"), tr("Number of the plan, counted from 1")),
        *_manning(),
        *_figures(),
        FieldDef("fits", INT, "", tr("Fits"), tr("1: the plan keeps to the ceiling; 0: it does not")),
        FieldDef("dominated", INT, "", tr("Dominated"), tr(
            "1: another plan takes no more persons, has at least the area and the posture, and is better in one of "
            "the three",
        )),
        *_question(),
        _spec(),
        statement(),
    )


def largest_plans() -> Layer:
    """Return the table of the deepest plan that fits of each posture, spacing and share of sensors."""
    return tr("Largest plans under a ceiling"), TABLE, (
        *_manning(),
        FieldDef("found", TEXT, "", tr("Depths that fit"), tr(
            "all, part, or none: the figures are those of the smallest depth then",
        )),
        FieldDef("depth_km", REAL, KM, tr("Largest depth"), tr("Of the deeper side; empty if none fits")),
        FieldDef("closest_km", REAL, KM, tr("Closest posts"), tr(
            "Closest spacing of posts with which every depth fits; empty if there is none, or if spacings were given",
        )),
        FieldDef("sensors_needed_pct", REAL, "", tr("Sensors needed (%)"), tr(
            "Smallest share of posts without a crew with which every depth fits; empty in like manner",
        )),
        *_figures(),
        *_question(),
        _spec(),
        statement(),
    )


def ceiling_zones() -> Layer:
    """Return the layer of the largest zones that fit."""
    return tr("Largest zones under a ceiling"), POLYGON, (
        *_manning(),
        FieldDef("depth_km", REAL, KM, tr("Largest depth"), tr("Of the deeper side")),
        *_figures(),
        *_question(),
        statement(),
    )


def _manning() -> tuple[FieldDef, ...]:
    """Return the fields that say how a zone is manned."""
    return (
        posture(),
        FieldDef("spacing_km", REAL, KM, tr("Spacing"), tr("Contact line per post, on each line with posts")),
        FieldDef("sensors_pct", REAL, "", tr("Sensors (%)"), tr("Share of posts without a crew")),
    )


def _figures() -> tuple[FieldDef, ...]:
    """Return the fields of what a plan gives and takes."""
    return (
        FieldDef("depth_a_km", REAL, KM, tr("Depth of side A"), tr("Distance from the contact line to the edge")),
        FieldDef("depth_b_km", REAL, KM, tr("Depth of side B"), tr("Distance from the contact line to the edge")),
        area_km2(),
        FieldDef("area_a_km2", REAL, KM2, tr("Area of side A"), tr("Ellipsoidal area of the part on side A")),
        FieldDef("area_b_km2", REAL, KM2, tr("Area of side B"), tr("Ellipsoidal area of the part on side B")),
        line_km(),
        population(),
        posts(),
        *persons(),
        FieldDef("per_km", REAL, "", tr("Persons per km"), tr("Central estimate per km of contact line")),
        FieldDef("per_100km2", REAL, "", tr("Persons per 100 km²"), tr("Central estimate per 100 km² of zone")),
        FieldDef("training_central", INT, PERSONS, tr("Training mission"), tr("Beside the zone force, not in it")),
    )


def _question() -> tuple[FieldDef, ...]:
    """Return the fields that say what was asked."""
    return (
        FieldDef("spare", INT, PERSONS, tr("Persons left"), tr(
            "What the ceiling leaves at the end of the range that must fit; below 0: by how many it is exceeded",
        )),
        FieldDef("ceiling", INT, PERSONS, tr("Ceiling"), tr("The most persons that may be there")),
        FieldDef("fit_end", TEXT, "", tr("What must fit"), tr("low, central or high: that end of the range")),
    )


def _spec() -> FieldDef:
    description = tr("All that was asked, as JSON, from which it is planned again")
    return FieldDef("spec", TEXT, "", tr("Parameters"), description)
