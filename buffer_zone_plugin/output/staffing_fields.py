"""Which fields tell of persons? Those of sectors and other polygons, and the tables of staffing."""

from __future__ import annotations

from ..compat import tr
from .field_defs import INT, KM, KM2, PERSONS, REAL, TABLE, TEXT, FieldDef

Layer = tuple[str, str, tuple[FieldDef, ...]]


def line_km() -> FieldDef:
    """Return the field of a contact line's length."""
    return FieldDef("line_km", REAL, KM, tr("Contact line"), tr("Ellipsoidal length of the contact line"))


def area_km2() -> FieldDef:
    """Return the field of an area."""
    return FieldDef("area_km2", REAL, KM2, tr("Area"), tr("Ellipsoidal area"))


def sector_id() -> FieldDef:
    """Return the field of a sector's number."""
    return FieldDef("sector_id", INT, "", tr("Sector"), tr("Number of the sector, counted from 1 along the line"))


def persons() -> tuple[FieldDef, ...]:
    """Return the fields of the zone force's range."""
    return (
        FieldDef("staff_low", INT, PERSONS, tr("Persons, low"), tr("Zone force, low end of the planning range")),
        FieldDef("staff_central", INT, PERSONS, tr("Persons, central"), tr("Zone force, central planning estimate")),
        FieldDef("staff_high", INT, PERSONS, tr("Persons, high"), tr("Zone force, high end of the planning range")),
    )


def posts() -> FieldDef:
    """Return the field of the number of posts."""
    return FieldDef("posts", INT, "", tr("Posts"), tr("Number of proposed observation and sensor posts"))


def population() -> FieldDef:
    """Return the field of inhabitants."""
    return FieldDef("population", INT, "", tr("Inhabitants"), tr("Persons who live there; empty if not given"))


def meaning_fields() -> tuple[FieldDef, ...]:
    """Return the fields that go with every figure of persons: the posture, and what an estimate means."""
    return posture(), statement()


def statement() -> FieldDef:
    """Return the field of what an estimate means."""
    return FieldDef("statement", TEXT, "", tr("What it means"), tr("What the figures of persons mean and do not mean"))


def posture() -> FieldDef:
    """Return the field of the posture."""
    return FieldDef("posture", TEXT, "", tr("Posture"), tr("What the force is to do: the task that sets its size"))


def staff() -> tuple[FieldDef, ...]:
    """Return what staffing tells of a sector or another polygon, after its length and area."""
    return (
        posts(),
        FieldDef("patrols_day", REAL, "", tr("Patrols per day"), tr("Mean number of patrols per day")),
        *persons(),
        FieldDef("staff_posts", INT, PERSONS, tr("Persons for posts"), tr("Central estimate: posts")),
        FieldDef("staff_patrols", INT, PERSONS, tr("Persons for patrols"), tr("Central estimate: patrols")),
        FieldDef("staff_crossings", INT, PERSONS, tr("Persons for crossings"), tr("Central estimate: crossings")),
        FieldDef("staff_reserve", INT, PERSONS, tr("Persons in reserve"), tr("Central estimate: reserve")),
        FieldDef("staff_unit", INT, PERSONS, tr("Persons for unit tasks"), tr("Central estimate: unit command")),
        FieldDef("staff_support", INT, PERSONS, tr("Persons for support"), tr("Central estimate: mission support")),
        FieldDef("per_km", REAL, "", tr("Persons per km"), tr("Central estimate per km of contact line")),
        FieldDef("per_100km2", REAL, "", tr("Persons per 100 km²"), tr("Central estimate per 100 km² of zone")),
        population(),
        FieldDef("crossings", INT, "", tr("Crossings"), tr("Number of crossing points; empty if not given")),
        FieldDef("road_km", REAL, KM, tr("Roads"), tr("Length of the roads that patrols drive; empty if not given")),
        FieldDef(
            "per_1000_inh", REAL, "", tr("Persons per 1,000 inhabitants"),
            tr("A figure to check by: it sizes control of a population, not separation"),
        ),
        *meaning_fields(),
    )


def staffing_table() -> Layer:
    """Return the table of persons by sector and component."""
    return tr("Staffing"), TABLE, (
        FieldDef("sector_id", INT, "", tr("Sector"), tr("Number of the sector; empty for what serves the whole zone")),
        FieldDef("component", TEXT, "", tr("Component"), tr("What the persons are for; training is counted apart")),
        FieldDef("low", INT, PERSONS, tr("Low"), tr("Low end of the planning range")),
        FieldDef("central", INT, PERSONS, tr("Central"), tr("Central planning estimate")),
        FieldDef("high", INT, PERSONS, tr("High"), tr("High end of the planning range")),
        *meaning_fields(),
    )


def contributions_table() -> Layer:
    """Return the table of persons by contributor and sector."""
    return tr("Contributions"), TABLE, (
        FieldDef("contributor", TEXT, "", tr("Contributor"), tr("Who sends them; unassigned: nobody does so far")),
        FieldDef("sector_id", INT, "", tr("Sector"), tr("Number of the sector; empty for what serves the whole zone")),
        FieldDef("role", TEXT, "", tr("Role"), tr("zone: zone force; support: its mission support; training")),
        FieldDef("persons", INT, PERSONS, tr("Persons"), tr("Of the central planning estimate")),
        *meaning_fields(),
    )


def drivers_table() -> Layer:
    """Return the table of the parameters, with what each does to the total."""
    return tr("Staffing parameters"), TABLE, (
        FieldDef("rank", INT, "", tr("Rank"), tr("1 moves the total most; empty for what stands beside it")),
        FieldDef("parameter", TEXT, "", tr("Parameter"), tr("Name of the staffing parameter")),
        FieldDef("unit", TEXT, "", tr("Unit"), tr("What its values are measured in")),
        FieldDef("low", REAL, "", tr("Value, low"), tr("The value inside the posture that gives fewer persons")),
        FieldDef("central", REAL, "", tr("Value, central"), tr("The value that was used")),
        FieldDef("high", REAL, "", tr("Value, high"), tr("The value inside the posture that gives more persons")),
        FieldDef("persons_low", INT, PERSONS, tr("Persons at low"), tr("Zone force with the low value")),
        FieldDef("persons_high", INT, PERSONS, tr("Persons at high"), tr("Zone force with the high value")),
        FieldDef("swing", INT, PERSONS, tr("Swing"), tr("By how many persons the parameter moves the total")),
        FieldDef("confidence", TEXT, "", tr("Confidence"), tr(
            "verified, verified-secondary, derived, mixed or assumption; given: by the user",
        )),
        FieldDef("source_title", TEXT, "", tr("Source"), tr("Where the values come from")),
        FieldDef("source_address", TEXT, "", tr("Address"), tr("Where the source is found")),
        FieldDef("note", TEXT, "", tr("Note"), tr("How the values were found")),
        *meaning_fields(),
    )
