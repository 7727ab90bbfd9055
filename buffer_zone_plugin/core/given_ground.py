"""Ground that the user names, to clip the zone to or as known to be on side A: one valid shape in longitude/latitude.

A straight edge is straight in longitude/latitude, as its layer's map draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.affinity import translate

from .errors import PlanError
from .features import InputFeature, counted, parts_of, single_parts

CLIP, SIDE_A = "The clip layer", "The layer of side A"  # as sentences begin
KINDS = {CLIP: ("Polygon",), SIDE_A: ("Polygon", "Point")}
GRID_DEGREES = 1e-9  # 0.1 mm: polygons that share a border are united without slivers
WORLD = (-180.0, -90.0, 180.0, 90.0)
TURN = 360.0


@dataclass(frozen=True)
class GivenGround:
    """Polygons to clip the zone to; polygons or points on side A; longitude/latitude, None where none were given."""

    clip: Any = None
    side_a: Any = None


NONE_GIVEN = GivenGround()


def ground_shape(features: Sequence[InputFeature], layer: str) -> tuple[Any, tuple[str, ...]]:
    """Return a layer's polygons as one valid multipolygon, with its points a collection; and what was mended.

    Parameters
    ----------
    layer : `CLIP` or `SIDE_A`

    Raises
    ------
    PlanError : no features, a geometry of another kind or off the Earth, nothing that covers ground
    """
    another = f"Choose a layer of {'polygons or points' if layer == SIDE_A else 'polygons'}, or none."
    if not features:
        raise PlanError(f"{layer} has no features", another)
    parts = [part for feature in features for part in parts_of(feature, f"{layer} holds", KINDS[layer])]
    points = [part for part in parts if part.geom_type == "Point"]
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    shapes, notes = made_valid(polygons, layer, sum(feature.empty for feature in features))
    covering = [shape for shape in shapes if not shape.is_empty]
    if not covering and not points:
        raise PlanError(f"{layer} covers no ground", another)
    return one_shape(covering, points), notes


def made_valid(polygons: Sequence[Any], layer: str, empty: int) -> tuple[list[Any], tuple[str, ...]]:
    """Return each polygon as a valid multipolygon, empty where it covers no ground; and what was mended.

    Parameters
    ----------
    layer : as sentences begin
    empty : features without geometry, to tell
    """
    valid = [shapely.MultiPolygon(_polygons(shapely.make_valid(polygon))) for polygon in polygons]
    without_area = sum(shape.is_empty for shape in valid)
    mended = sum(not polygon.is_valid for polygon, shape in zip(polygons, valid) if not shape.is_empty)
    told = (
        (sum(map(_goes_around, polygons)), "polygon",
         "with an edge over more than 180° of longitude, taken as drawn, the long way: cut it at ±180° if it is short"),
        (empty, "feature", "without usable geometry left out"),
        (mended, "invalid polygon", "mended"),
        (without_area, "polygon", "without an area left out"),
    )
    return valid, tuple(f"{layer}: {counted(count, noun)} {done}" for count, noun, done in told if count)


def _goes_around(polygon: Any) -> bool:
    """Tell whether an edge spans most longitudes, but not all: it was perhaps meant to cross ±180°."""
    span = max(np.abs(np.diff(shapely.get_coordinates(ring)[:, 0])).max() for ring in shapely.get_rings(polygon))
    return bool(TURN / 2 < span < TURN)


def one_shape(polygons: Sequence[Any], points: Sequence[Any] = ()) -> Any:
    """Return valid polygons as one shape between -180° and 180°, or a collection of its parts and the points."""
    beyond = [shape for shape in polygons if shape.bounds[0] < WORLD[0] or shape.bounds[2] > WORLD[2]]
    turned = [translate(shape, shift) for shape in beyond for shift in (-TURN, TURN)]
    united = shapely.union_all([*polygons, *turned], grid_size=GRID_DEGREES)
    if beyond:
        united = shapely.intersection(united, shapely.box(*WORLD), grid_size=GRID_DEGREES)
    parts = _polygons(united)
    return shapely.GeometryCollection([*parts, *points]) if points else shapely.MultiPolygon(parts)


def _polygons(shape: Any) -> list[Any]:
    return [part for part in single_parts(shape) if part.geom_type == "Polygon"]
