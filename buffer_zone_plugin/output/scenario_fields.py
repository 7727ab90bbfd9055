"""Which fields tell of scenarios? The table that compares them, their zones, and the areas that are given up."""

from __future__ import annotations

from ..compat import tr
from .field_defs import INT, KM, KM2, PERCENT, PERSONS, POLYGON, REAL, SHARE, TABLE, TEXT, FieldDef
from .staffing_fields import Layer, area_km2, line_km, persons, population, posture, statement


def scenarios_table() -> Layer:
    """Return the table that compares scenarios, one row each."""
    return tr("Scenarios"), TABLE, (
        *_scenario(),
        FieldDef("split", TEXT, "", tr("Split"), tr("What sectors have equal shares of, or are made of")),
        FieldDef("sectors", INT, "", tr("Sectors"), tr("Number of sectors")),
        line_km(),
        *_areas(),
        FieldDef("area_strip_km2", REAL, KM2, tr("Area of the strip"), tr("Between two forward lines; 0 with one")),
        *persons(),
        *_components(),
        FieldDef("training_central", INT, PERSONS, tr("Training mission"), tr("Beside the zone force, not in it")),
        FieldDef("pool_central", INT, PERSONS, tr("National pool"), tr("What nations hold to relieve the deployed")),
        FieldDef("per_km", REAL, "", tr("Persons per km"), tr("Central estimate per km of contact line")),
        FieldDef("per_100km2", REAL, "", tr("Persons per 100 km²"), tr("Central estimate per 100 km² of zone")),
        population(),
        FieldDef("places", INT, "", tr("Places"), tr("Number of places in the zone; empty if not given")),
        *_differences(),
        FieldDef("error", TEXT, "", tr("Why there is no plan"), tr("Empty where there is one")),
        FieldDef("source", TEXT, "", tr("Source"), tr("Where the values of the scenario come from, with the address")),
        FieldDef("spec", TEXT, "", tr("Parameters"), tr("All that was asked, as JSON, from which it is planned again")),
        statement(),
    )


def scenario_zones() -> Layer:
    """Return the layer of the scenarios' zones."""
    return tr("Zones of scenarios"), POLYGON, (
        *_scenario(),
        FieldDef("rank", INT, "", tr("Rank"), tr("1: the smallest zone; equal zones share one")),
        line_km(),
        *_areas(),
        *persons(),
        statement(),
    )


def given_up_table() -> Layer:
    """Return the table of the areas that are given up, by scenario, side and unit."""
    return tr("Areas given up"), TABLE, (
        FieldDef("scenario", TEXT, "", tr("Scenario"), tr("Name of the scenario")),
        FieldDef("scenario_id", INT, "", tr("Number"), tr("Number of the scenario, from 1 as they were given")),
        FieldDef("side", TEXT, "", tr("Side"), tr("A or B; strip: between two forward lines")),
        FieldDef("side_name", TEXT, "", tr("Name of the side"), tr("As it was given")),
        FieldDef("unit", TEXT, "", tr("Area"), tr("Name of the administrative area; empty for what lies in none")),
        FieldDef("area_km2", REAL, KM2, tr("Given up"), tr("Ellipsoidal area of the zone on this side in the area")),
        FieldDef("share", REAL, SHARE, tr("Share of the area"), tr("How much of the whole area is given up")),
        FieldDef("side_share", REAL, SHARE, tr("Share of the side"), tr("How much of the side lies in the area")),
        FieldDef("unit_km2", REAL, KM2, tr("Whole area"), tr("Ellipsoidal area of the administrative area")),
    )


def _scenario() -> tuple[FieldDef, ...]:
    """Return the fields that say which scenario it is."""
    return (
        FieldDef("name", TEXT, "", tr("Scenario"), tr("Name of the scenario")),
        FieldDef("scenario_id", INT, "", tr("Number"), tr("Number of the scenario, from 1 as they were given")),
        FieldDef("depth_a_km", REAL, KM, tr("Depth of side A"), tr("Distance from the contact line to the edge")),
        FieldDef("depth_b_km", REAL, KM, tr("Depth of side B"), tr("Distance from the contact line to the edge")),
        posture(),
        FieldDef("line", TEXT, "", tr("Line"), tr("Name of the line it goes along; empty for the first one")),
    )


def _areas() -> tuple[FieldDef, ...]:
    return (
        area_km2(),
        FieldDef("area_a_km2", REAL, KM2, tr("Area of side A"), tr("Ellipsoidal area of the part on side A")),
        FieldDef("area_b_km2", REAL, KM2, tr("Area of side B"), tr("Ellipsoidal area of the part on side B")),
    )


def _components() -> tuple[FieldDef, ...]:
    """Return the fields of persons by component, in the order of the core's: central first, then their ranges."""
    known = (
        ("posts", tr("Persons for posts")), ("patrols", tr("Persons for patrols")),
        ("crossings", tr("Persons for crossings")), ("reserve", tr("Persons in reserve")),
        ("unit", tr("Persons for unit tasks")), ("support", tr("Persons for support")),
    )
    central = tuple(
        FieldDef(f"staff_{name}", INT, PERSONS, alias, tr("Central planning estimate")) for name, alias in known
    )
    ends = tuple(
        FieldDef(f"staff_{name}_{end}", INT, PERSONS, told.format(component=alias), description)
        for name, alias in known
        for end, told, description in (
            ("low", tr("{component}, low"), tr("Low end of the planning range")),
            ("high", tr("{component}, high"), tr("High end of the planning range")),
        )
    )
    return (*central, *ends)


def _differences() -> tuple[FieldDef, ...]:
    return (
        FieldDef("base", TEXT, "", tr("Compared with"), tr("Name of the scenario that differences refer to")),
        FieldDef("d_area_km2", REAL, KM2, tr("Area, difference"), tr("Area less that of the base")),
        FieldDef("d_area_pct", REAL, PERCENT, tr("Area, difference"), tr("In per cent of the base's area")),
        FieldDef("d_staff", INT, PERSONS, tr("Persons, difference"), tr("Central estimate less that of the base")),
        FieldDef("d_staff_pct", REAL, PERCENT, tr("Persons, difference"), tr("In per cent of the base's persons")),
    )
