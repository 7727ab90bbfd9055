"""What is added to polygons that were staffed, and what do the tables beside them hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .staffing_rows import contribution_rows, driver_rows, meaning_of, staff_values, staffing_rows

if TYPE_CHECKING:  # numpy may be missing when the plugin starts
    from ..core.polygon_force import PolygonForce

Table = list[tuple[list[Any], None]]


def polygon_values(force: PolygonForce) -> dict[int, list[Any]]:
    """Return what is added to each staffed polygon, by the place of its feature in the input, from 0."""
    inputs, told = force.sector_inputs, meaning_of(force.used, force.staffing)
    return {
        place: [
            number, force.names[index], float(inputs.line_km[index]), float(inputs.area_km2[index]),
            *staff_values(
                inputs, force.staffing, index, force.population[index], force.crossings_given, told,
            ),
        ]
        for index, (number, place) in enumerate(zip(force.numbers, force.places))
    }


def table_rows(role: str, force: PolygonForce) -> Table:
    """Return the rows of a table beside the polygons; KeyError for an unknown role."""
    told = meaning_of(force.used, force.staffing)
    rows = {
        "staffing": lambda: staffing_rows(force.staffing, list(force.numbers), told),
        "contributions": lambda: contribution_rows(force.contributions, list(force.numbers), told),
        "drivers": lambda: driver_rows(force.drivers, force.used, told),
        "run_record": lambda: ([str(key), str(value)] for key, value in force.record),
    }[role]()
    return [(row, None) for row in rows]
