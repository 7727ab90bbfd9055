"""Which fields tell of a contact line that moves? Those of zones, changes and lines by date, and of the dates."""

from __future__ import annotations

from ..compat import tr
from .field_defs import DATE, DATETIME, INT, KM2, LINE, PERSONS, POLYGON, REAL, TABLE, TEXT, FieldDef
from .staffing_fields import Layer, line_km, meaning_fields, persons, population
from .zone_fields import areas, depths, side

START, END = "start_date", "end_date"


def series_zones() -> Layer:
    """Return the layer of one zone for each date."""
    return tr("Zones by date"), POLYGON, _figures()


def series_changes() -> Layer:
    """Return the layer of the ground that changed with each date."""
    return tr("Changes by date"), POLYGON, (
        FieldDef("change", TEXT, "", tr("Change"), tr(
            "gained: came into the zone; lost: left the zone; other_side: in the zone before and now, on another side",
        )),
        side(),
        FieldDef("side_before", TEXT, "", tr("Side before"), tr("Side that it was on; empty: outside the zone")),
        *_interval(),
        _since(),
        areas()[0],
    )


def series_lines() -> Layer:
    """Return the layer of the contact line of each date."""
    return tr("Contact lines by date"), LINE, (*_interval(), line_km(), _turned(), _source())


def series_dates() -> Layer:
    """Return the table of all dates, those without a zone too."""
    return tr("Dates"), TABLE, (
        *_figures(),
        FieldDef("error", TEXT, "", tr("Reason"), tr("Why there is no zone for the date; empty if there is one")),
    )


def _figures() -> tuple[FieldDef, ...]:
    return (
        *_interval(),
        FieldDef("days", INT, "", tr("Days"), tr("Days to the next date; empty for the last one")),
        FieldDef("gap_days", INT, "", tr("Gap (days)"), tr(
            "The same where it is a gap: more than twice the median of all intervals; else empty",
        )),
        _source(),
        *depths(),
        line_km(),
        *areas(),
        _since(),
        *_changed(),
        *persons(),
        FieldDef("d_staff", INT, PERSONS, tr("Persons, difference"), tr(
            "Central estimate less that of the date before that stands",
        )),
        population(),
        _turned(),
        *meaning_fields(),
        FieldDef("spec", TEXT, "", tr("Parameters"), tr("All that was asked of this date's plan, as JSON")),
    )


def _interval() -> tuple[FieldDef, ...]:
    return (
        FieldDef(START, DATETIME, "", tr("From"), tr("Date of the line; the interval begins with it")),
        FieldDef(END, DATETIME, "", tr("Until"), tr(
            "Date of the next line, which no longer belongs to the interval; empty: open-ended",
        )),
    )


def _since() -> FieldDef:
    return FieldDef("since", DATE, "", tr("Compared with"), tr("The date before that has a zone"))


def _changed() -> tuple[FieldDef, ...]:
    gained, lost = tr("Ground that came into the zone"), tr("Ground that left the zone")
    return (
        FieldDef("gained_km2", REAL, KM2, tr("Gained"), gained),
        FieldDef("lost_km2", REAL, KM2, tr("Lost"), lost),
        FieldDef("gained_a_km2", REAL, KM2, tr("Gained on side A"), gained),
        FieldDef("lost_a_km2", REAL, KM2, tr("Lost on side A"), lost),
        FieldDef("gained_b_km2", REAL, KM2, tr("Gained on side B"), gained),
        FieldDef("lost_b_km2", REAL, KM2, tr("Lost on side B"), lost),
        FieldDef("to_a_km2", REAL, KM2, tr("From side B to side A"), tr("Ground in the zone before and now")),
        FieldDef("to_b_km2", REAL, KM2, tr("From side A to side B"), tr("Ground in the zone before and now")),
    )


def _turned() -> FieldDef:
    return FieldDef("turned", INT, "", tr("Turned"), tr(
        "1: the line was drawn against the direction of the date before, and taken the other way round; else 0",
    ))


def _source() -> FieldDef:
    return FieldDef("source", TEXT, "", tr("Source"), tr("Layer that the line of the date is from"))
