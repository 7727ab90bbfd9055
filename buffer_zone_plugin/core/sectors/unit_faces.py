"""The ground of administrative units in a zone: faces between their edges, each with the unit that holds it.

Units are multipolygons in the local plane, metres. Where several hold the same ground it is the first one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..arrangement import Edges, arrange, edges_of, inner_points
from ..errors import PlanError
from ..geodesy import Array, Indices
from ..unit_layer import first_holding
from .patches import Links, links_of

LEAST_SHARE = 0.005  # of a mean sector: smaller pieces without a unit of their own join a neighbour


@dataclass(frozen=True)
class Laid:
    """The faces that units cut the zone into, the index of each one's unit or -1, their areas, edges and links."""

    faces: NDArray[Any]
    unit: Indices
    size: Array
    edges: Edges
    links: Links


def laid_out(units: Sequence[Any], zone: Any, lines: Iterable[Any]) -> Laid:
    """Return the faces between the zone's edge, units' edges and other lines; raises where no unit lies in the zone."""
    xy, ring = shapely.get_coordinates(shapely.get_parts(shapely.boundary(list(units))), return_index=True)
    inner = ring[1:] == ring[:-1]
    edges = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)[inner])
    shapely.prepare(zone)
    near = edges[shapely.intersects(zone, edges)]
    faces = arrange([shapely.boundary(zone), *near, *lines])
    middle = inner_points(faces)
    inside = shapely.contains_xy(zone, middle)
    unit = first_holding(middle[inside], units)
    if unit.max(initial=-1) < 0:
        raise PlanError("None of the areas lies in the zone", "Choose a layer of areas that covers the contact line.")
    faces = faces[inside]
    between = edges_of(faces)
    return Laid(faces, unit, shapely.area(faces), between, links_of(between, len(faces)))


def one_per_number(value: NDArray[Any], number: Indices) -> NDArray[Any]:
    """Return one value for each number, of values that are the same wherever the number is."""
    found = np.zeros(int(number.max()) + 1, dtype=value.dtype)
    found[number] = value
    return found


def renumbered(key: Indices) -> Indices:
    """Return labels counted from 0 without gaps, in their order."""
    return np.unique(key, return_inverse=True)[1].reshape(-1).astype(np.int64)
