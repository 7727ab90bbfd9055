"""What a user gives to split by, beside numbers: break points, areas, and features that borders are to follow.

Geometries are longitude/latitude on WGS 84 (degrees).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .errors import PlanError
from .features import InputFeature, parts_of
from .unit_layer import units_of

SNAP = "The layer to snap to"


@dataclass(frozen=True)
class Areas:
    """Administrative areas: valid multipolygons between ±180°, and the name of each."""

    units: tuple[Any, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Guides:
    """What to split by: break points, or lines that cross the contact line at them; areas; lines to snap to."""

    breaks: tuple[Any, ...] = ()
    areas: Areas | None = None
    snap: tuple[Any, ...] = ()


NO_GUIDES = Guides()


def areas_of(features: Sequence[InputFeature], names: Sequence[Any]) -> tuple[Areas, tuple[str, ...]]:
    """Return the areas of a layer, and what was mended; an area without a name is called by its feature.

    Parameters
    ----------
    names : of each feature, in any type, None where there is none

    Raises
    ------
    PlanError : as `unit_layer.units_of`
    """
    units, places, notes = units_of(features)
    told = ["" if names[k] is None else " ".join(str(names[k]).split()) for k in places]
    named = tuple(name or f"Area {features[k].feature_id}" for name, k in zip(told, places))
    return Areas(tuple(units), named), notes


def snap_lines(features: Sequence[InputFeature]) -> tuple[Any, ...]:
    """Return the lines of a layer to snap to, of polygons their outlines.

    Raises
    ------
    PlanError : no features, or other geometry
    """
    if not features:
        raise PlanError(f"{SNAP} has no features", "Choose a layer of rivers, roads or limits, or none.")
    parts = [part for f in features for part in parts_of(f, f"{SNAP} holds", ("LineString", "LinearRing", "Polygon"))]
    return tuple(part.boundary if part.geom_type == "Polygon" else part for part in parts)
