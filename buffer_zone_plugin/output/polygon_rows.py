"""What is added to polygons that were staffed, and what do the tables beside them hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .staffing_rows import contribution_rows, driver_rows, staff_values, staffing_rows

if TYPE_CHECKING:  # numpy may be missing when the plugin starts
    from ..core.polygon_force import PolygonForce

Table = list[tuple[list[Any], None]]


def polygon_values(force: PolygonForce) -> dict[int, list[Any]]:
    """Return what is added to each staffed polygon, by the place of its feature in the input, from 0."""
    inputs = force.sector_inputs
    return {
        place: [
            number, float(inputs.line_km[index]), float(inputs.area_km2[index]),
            *staff_values(
                inputs, force.staffing, index, force.population[index], force.crossings_given, force.used,
            ),
        ]
        for index, (number, place) in enumerate(zip(_numbers(force), force.places))
    }


def table_rows(role: str, force: PolygonForce) -> Table:
    """Return the rows of a table beside the polygons; KeyError for an unknown role."""
    rows = {
        "staffing": lambda: staffing_rows(force.staffing, _numbers(force), force.used),
        "contributions": lambda: contribution_rows(force.contributions, _numbers(force), force.used),
        "drivers": lambda: driver_rows(force.drivers, force.used),
        "run_record": lambda: ([str(key), str(value)] for key, value in force.record),
    }[role]()
    return [(row, None) for row in rows]


def _numbers(force: PolygonForce) -> list[int]:
    """Return the numbers of the polygons: those of their features, counted from 1."""
    return [place + 1 for place in force.places]
