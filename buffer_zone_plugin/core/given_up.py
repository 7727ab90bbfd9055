"""What does each side give up? The ground of a zone by side and by administrative unit, adding up to the zone.

Areas are square metres on the ellipsoid. Units and sides are noded once, in one plane on the grid, and every face
belongs to one side and to one unit or to none; what the grid moves, some square metres, is spread over a side's parts,
so that they add up to the side's own area.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import arrange, inner_points
from .clip import lines_near
from .geodesy import Array, Indices, LocalPlane, area, map_area
from .guides import Areas
from .meridian import cut_lines, to_lonlat
from .progress import Progress
from .result import Side
from .unit_layer import border_edges, first_holding, holders

SLACK_DEGREES = 0.05  # an edge of the zone bulges less from a straight one
LEAST_SHARE = 1e-6  # of a side: less is a splinter between two drawings of one border, 0.1 m wide


@dataclass(frozen=True)
class GivenUp:
    """The ground of a side that lies in one unit, or in none, which then is None.

    ``side`` is A, B or strip, ``name`` the side's name; ``unit_m2`` is the area of the whole unit, ``share`` what of it
    lies in the side, ``side_share`` what of the side lies in it, both 0…1.
    """

    side: str
    name: str
    unit: str | None
    area_m2: float
    share: float | None
    side_share: float
    unit_m2: float | None


@dataclass(frozen=True)
class Units:
    """Administrative units, those of one name as one: names, the name's index of each shape, and whole areas, m².

    ``edges`` are those of all borders, (n, 2, 2); shapes and edges are longitude/latitude.
    """

    shapes: NDArray[Any]
    of_name: Indices
    edges: Array
    names: tuple[str, ...]
    whole_m2: tuple[float, ...]


def units_by_name(areas: Areas) -> Units:
    """Return areas with the whole area of each name; areas of one name are one, as in a split by areas."""
    groups: dict[str, list[int]] = {}
    for index, name in enumerate(areas.names):
        groups.setdefault(name, []).append(index)
    of_name = np.empty(len(areas.names), dtype=np.int64)
    for number, members in enumerate(groups.values()):
        of_name[members] = number
    whole = tuple(map_area(_one([areas.units[k] for k in members])) for members in groups.values())
    return Units(np.array(areas.units, dtype=object), of_name, border_edges(areas.units), tuple(groups), whole)


@dataclass(frozen=True)
class Ground:
    """What is given up, the ground that several units of different names hold, m², and the names that come to nothing.

    ``covered`` are units whose ground on the sides is all that of earlier ones.
    """

    parts: tuple[GivenUp, ...] = ()
    shared_m2: float = 0.0
    covered: tuple[str, ...] = ()


def given_up(
    sides: Sequence[Side], units: Units, progress: Progress | None = None,
) -> tuple[tuple[GivenUp, ...], float]:
    """Return what of each unit lies in each side, and what of each side lies in none, with its area in several, m².

    The parts of a side add up to its area to the last digits. Ground of several units is the first one's, in the order
    of their layer.

    Parameters
    ----------
    sides : of a plan, longitude/latitude
    units : longitude/latitude, edges straight there
    progress : asked often whether to stop

    Returns
    -------
    The parts in the order of the sides and of the units, what lies in none last; and the ground that several units of
    different names hold, m².

    Raises
    ------
    PlanCancelledError : the user asked to stop
    """
    ground = ground_given_up(sides, units, progress)
    return ground.parts, ground.shared_m2


def ground_given_up(sides: Sequence[Side], units: Units, progress: Progress | None = None) -> Ground:
    """Return what `given_up` does, with the units whose ground is all that of earlier ones; raises as it does."""
    filled = [side for side in sides if side.area_m2 > 0 and not side.geometry.is_empty]
    if not filled:
        return Ground()
    side, unit, area_m2, shared_m2, reached_m2 = _faces(filled, units, (progress or Progress()).check)
    count = len(units.names) + 1  # the last one is no unit, -1
    table = np.bincount(side * count + unit % count, area_m2, len(filled) * count).reshape(-1, count)
    table[table < LEAST_SHARE * table.sum(axis=1, keepdims=True)] = 0.0
    rows = []
    for one, raw in zip(filled, table):
        if not raw.any():  # a speck that the grid has swallowed
            raw[-1] = 1.0
        parts = raw * (one.area_m2 / raw.sum())
        rows += [_row(one, units, k, float(parts[k])) for k in np.nonzero(parts)[0].tolist()]
    least_m2 = LEAST_SHARE * table.sum()
    told = {row.unit for row in rows}
    covered = (name for name, reached in zip(units.names, reached_m2) if reached > least_m2 and name not in told)
    return Ground(tuple(rows), shared_m2 if shared_m2 > least_m2 else 0.0, tuple(covered))


def _one(shapes: Sequence[Any]) -> Any:
    return shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)


def _faces(
    sides: Sequence[Side], units: Units, check: Callable[[], None],
) -> tuple[Indices, Indices, Array, float, Array]:
    """Return side, name (-1 for none) and area of each face; the area that several names hold, and that of each."""
    plane = LocalPlane(shapely.get_coordinates([side.geometry for side in sides]))
    flat = [shapely.transform(side.geometry, plane.forward) for side in sides]
    zone = shapely.multipolygons([polygon for shape in flat for polygon in shapely.get_parts(shape)])
    rings = shapely.get_parts(shapely.boundary(np.asarray(flat, dtype=object)))
    cuts = cut_lines(plane, zone, [shapely.get_coordinates(ring) for ring in rings])
    units = _near(units, sides)
    lines = [*lines_near(shapely.linestrings(units.edges), plane, zone), *cuts]
    check()
    faces = arrange([*rings, *map(shapely.linestrings, lines)])
    check()
    middle = inner_points(faces)
    side = first_holding(middle, flat)
    faces, middle, side = faces[side >= 0], middle[side >= 0], side[side >= 0]
    area_m2 = np.array([_area(face, check) for face in to_lonlat(faces, plane)])
    lonlat = plane.inverse(middle)
    held = first_holding(lonlat, units.shapes)
    name = np.full(len(faces), -1, dtype=np.int64)
    name[held >= 0] = units.of_name[held[held >= 0]]
    holder, point = holders(lonlat, units.shapes)
    pairs = np.unique(np.column_stack([point, units.of_name[holder]]), axis=0)
    several = np.bincount(pairs[:, 0], minlength=len(faces)) > 1
    reached_m2 = np.bincount(pairs[:, 1], area_m2[pairs[:, 0]], len(units.names)).astype(np.float64)
    return side, name, area_m2, float(area_m2[several].sum()), reached_m2


def _area(face: Any, check: Callable[[], None]) -> float:
    check()
    return area(face)


def _near(units: Units, sides: Sequence[Side]) -> Units:
    """Return the units whose extent comes near the extent of some sides: a layer may hold those of the whole Earth."""
    west, south, east, north = shapely.total_bounds([side.geometry for side in sides])
    zone = np.array([west, south]) - SLACK_DEGREES, np.array([east, north]) + SLACK_DEGREES
    bounds = shapely.bounds(units.shapes)
    shapes = ((bounds[:, :2] <= zone[1]) & (bounds[:, 2:] >= zone[0])).all(axis=1)
    edges = ((units.edges.min(axis=1) <= zone[1]) & (units.edges.max(axis=1) >= zone[0])).all(axis=1)
    return replace(units, shapes=units.shapes[shapes], of_name=units.of_name[shapes], edges=units.edges[edges])


def _row(side: Side, units: Units, k: int, area_m2: float) -> GivenUp:
    known = k < len(units.names)
    return GivenUp(
        side.side, side.name, units.names[k] if known else None, area_m2,
        min(area_m2 / units.whole_m2[k], 1.0) if known else None, area_m2 / side.area_m2,
        units.whole_m2[k] if known else None,
    )
