"""Features of the user's layers as they come in: taken apart, checked, and named by their ids where they are amiss.

Geometries are shapely, longitude/latitude on WGS 84 (degrees).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .errors import PlanError
from .scales import M2_PER_KM2, M_PER_KM

NOUNS = {"LineString": "line", "LinearRing": "line", "Polygon": "polygon", "Point": "point"}
FARTHEST_DEGREES = (540.0, 90.0)  # layers around ±180° may go on beyond it
MOST_NAMED = 10  # features in one note
WHOLE = 1000.0  # from which a number in a sentence has no decimals


@dataclass(frozen=True)
class InputFeature:
    """One feature of the user's layer: its id and its geometry in longitude/latitude, or None."""

    feature_id: int
    geometry: Any

    @property
    def empty(self) -> bool:
        """Whether there is nothing to use."""
        return self.geometry is None or bool(shapely.is_empty(self.geometry))


def parts_of(feature: InputFeature, layer: str, kinds: tuple[str, ...]) -> list[Any]:
    """Return the single geometries of a feature in two dimensions, those in collections too, none empty.

    Parameters
    ----------
    layer : the layer and its verb, as sentences begin: ``The contact line holds``
    kinds : the types that are of use, keys of `NOUNS`

    Raises
    ------
    PlanError : a geometry of another kind; a vertex without a place on the Earth

    Examples
    --------
    >>> parts_of(InputFeature(7, shapely.Point(1, 2)), "The line holds", ("LineString",))
    Traceback (most recent call last):
        ...
    buffer_zone_plugin.core.errors.PlanError: The line holds a Point, not a line (feature 7). Convert it to lines first.
    """
    where = f"feature {feature.feature_id}"
    parts = [shapely.force_2d(part) if shapely.has_z(part) else part for part in single_parts(feature.geometry)]
    wanted = list(dict.fromkeys(NOUNS[kind] for kind in kinds))
    for part in parts:
        if part.geom_type not in kinds:
            hint = f"Convert it to {' or '.join(noun + 's' for noun in wanted)} first."
            raise PlanError(f"{layer} a {part.geom_type}, not a {' or '.join(wanted)}", hint, where)
    lonlat = shapely.get_coordinates(parts)
    extent = np.array([lonlat.min(axis=0, initial=0.0), lonlat.max(axis=0, initial=0.0)])  # not finite if one is not
    if not (np.isfinite(extent).all() and (np.abs(extent) <= FARTHEST_DEGREES).all()):
        raise PlanError(
            f"{layer} a vertex that has no place on the Earth",
            "Check the layer's coordinate reference system and repair the vertex.", where,
        )
    return parts


def single_parts(geometry: Any) -> Iterator[Any]:
    """Yield the single geometries of a geometry that hold something, those of collections in collections, too."""
    if geometry is None or shapely.is_empty(geometry):
        return
    if not hasattr(geometry, "geoms"):
        yield geometry
        return
    for part in geometry.geoms:
        yield from single_parts(part)


def counted(count: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "area"), counted(3, "area")
    ('1 area', '3 areas')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def plain_number(value: float) -> str:
    """Return a number as sentences tell it: three significant digits below 1000, whole above, never an exponent.

    Examples
    --------
    >>> [plain_number(value) for value in (3082.6, 21.96, 1.0, 0.04567, 0.0)]
    ['3,083', '22', '1', '0.0457', '0']
    """
    if abs(value) >= WHOLE:
        return f"{value:,.0f}"
    return np.format_float_positional(value, precision=3, fractional=False, trim="-")


def told_km(metres: float) -> str:
    """Return a length as sentences tell it, such as ``12.3 km``."""
    return f"{plain_number(metres / M_PER_KM)} km"


def told_km2(square_metres: float) -> str:
    """Return an area as sentences tell it, such as ``12.3 km²``."""
    return f"{plain_number(square_metres / M2_PER_KM2)} km²"
