"""Administrative areas as they come in: one valid shape per feature in longitude/latitude, and its ground in a zone.

A straight edge is straight in longitude/latitude, as its layer's map draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import arrange, dissolve, inner_points, segments
from .clip import lines_near
from .errors import PlanError
from .features import InputFeature, parts_of
from .geodesy import Array, Indices, LocalPlane
from .given_ground import made_valid, one_shape
from .meridian import cut_lines

AREAS = "The layer of areas"  # as sentences begin
ANOTHER = "Choose a layer of polygons, such as provinces or districts."


def units_of(
    features: Sequence[InputFeature], layer: str = AREAS
) -> tuple[list[Any], list[int], tuple[str, ...]]:
    """Return the features that cover ground as valid multipolygons in longitude/latitude.

    Parameters
    ----------
    layer : as sentences begin

    Returns
    -------
    The shapes, between -180° and 180°; the place of each one's feature in ``features``, to find its name; and notes on
    what was mended or left out.

    Raises
    ------
    PlanError : no features, a geometry of another kind or off the Earth, nothing that covers ground
    """
    if not features:
        raise PlanError(f"{layer} has no features", ANOTHER)
    parts = [parts_of(feature, f"{layer} holds", ("Polygon",)) for feature in features]
    owner = np.repeat(np.arange(len(parts)), [len(polygons) for polygons in parts])
    valid, notes = made_valid([p for polygons in parts for p in polygons], layer, sum(f.empty for f in features))
    covering: dict[int, list[Any]] = {}
    for index, shape in zip(owner.tolist(), valid):
        if not shape.is_empty:
            covering.setdefault(index, []).append(shape)
    units = {index: one_shape(shapes) for index, shapes in covering.items()}
    places = [index for index, unit in units.items() if not unit.is_empty]
    if not places:
        raise PlanError(f"{layer} covers no ground", ANOTHER)
    return [units[index] for index in places], places, notes


def units_in_plane(units: Sequence[Any], plane: LocalPlane, zone: Any) -> list[Any]:
    """Return each unit's ground in a zone, multipolygons in the plane, empty for those elsewhere.

    They do not overlap: ground of several units is the first one's. Their common borders have the same vertices.

    Parameters
    ----------
    units : multipolygons in longitude/latitude between -180° and 180°; they may reach far beyond the zone
    zone : polygon or multipolygon in the plane
    """
    lines = [*lines_near(shapely.linestrings(border_edges(units)), plane, zone), *cut_lines(plane, zone)]
    faces = arrange([shapely.boundary(zone), *map(shapely.linestrings, lines)])
    middle = inner_points(faces)
    shapely.prepare(zone)
    inside = shapely.contains_xy(zone, middle)
    return dissolve(faces[inside], first_holding(plane.inverse(middle[inside]), units), len(units))


def border_edges(units: Sequence[Any]) -> Array:
    """Return the edges of the borders of units, (n, 2, 2), a common one of two units once.

    Parameters
    ----------
    units : multipolygons in longitude/latitude
    """
    rings = shapely.get_parts(shapely.boundary(np.asarray(units, dtype=object)))
    edges = shapely.normalize(segments([shapely.get_coordinates(ring) for ring in rings])[0])
    # a border of two units is one line, whichever of them comes first and whichever way round it goes
    return np.unique(shapely.get_coordinates(edges).reshape(-1, 4), axis=0).reshape(-1, 2, 2)


def first_holding(xy: Array, units: Sequence[Any] | NDArray[Any]) -> Indices:
    """Return the index of the first of some shapes that holds each point (n, 2), -1 where none does.

    Examples
    --------
    >>> first_holding(np.array([[1.5, 0.5], [9.0, 9.0]]), [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]).tolist()
    [1, -1]
    """
    unit, point = holders(xy, units)
    found = np.full(len(xy), -1, dtype=np.int64)
    order = np.argsort(-unit, kind="stable")
    found[point[order]] = unit[order]
    return found


def holders(xy: Array, units: Sequence[Any] | NDArray[Any]) -> tuple[Indices, Indices]:
    """Return pairs of a shape and a point (n, 2) that it holds: the index of either."""
    # the shapes are the query: GEOS prepares those, and a prepared polygon answers thousands of points at once
    unit, point = shapely.STRtree(shapely.points(xy)).query(np.asarray(units, dtype=object), predicate="intersects")
    return unit, point
