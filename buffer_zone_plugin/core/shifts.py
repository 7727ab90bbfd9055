"""What changed between two zones: ground that came into the zone, left it, or lies on another side than before.

Both zones are laid into one arrangement in one plane, whose faces are labelled with the side they were on and the side
they are on. Differences narrower than the outlines may err are no change: they count in the sums and are not drawn.
Geometries are longitude/latitude on WGS 84 (degrees), areas square metres on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import arrange, dissolve, inner_points, on_grid, united
from .geodesy import CHORD_STEP_M, Indices, LocalPlane, area, densify, path_length
from .meridian import cut_lines, to_lonlat
from .result import Side
from .unit_layer import first_holding

GAINED, LOST, OTHER_SIDE = "gained", "lost", "other_side"
OUTSIDE = -1  # of the zone, among the indices of sides
BOTH_OUTLINES = 2.0  # errors: two outlines of the same edge differ by no more


@dataclass(frozen=True)
class Change:
    """Ground that changed: ``kind`` is gained, lost or other_side; side now and before, None outside the zone."""

    kind: str
    side: str | None
    side_before: str | None
    geometry: Any
    area_m2: float


@dataclass(frozen=True)
class SideShift:
    """What changed of one side, square metres: ground that came into the zone there, or left the zone from there.

    ``joined_m2`` is ground of another side that is this one's now, ``parted_m2`` ground that went the other way. The
    side's area is that before, plus gained, minus lost, plus joined, minus parted.
    """

    gained_m2: float
    lost_m2: float
    joined_m2: float
    parted_m2: float


@dataclass(frozen=True)
class Shift:
    """All that changed between two zones; ``sides`` tells it of each side by its name.

    The zone's area is that before, plus gained, minus lost.
    """

    changes: tuple[Change, ...]
    sides: Mapping[str, SideShift]

    @property
    def gained_m2(self) -> float:
        """Ground that came into the zone, square metres."""
        return sum(side.gained_m2 for side in self.sides.values())

    @property
    def lost_m2(self) -> float:
        """Ground that left the zone, square metres."""
        return sum(side.lost_m2 for side in self.sides.values())


def shift_of(before: Sequence[Side], now: Sequence[Side], error_m: float) -> Shift:
    """Return what changed from one zone to another, each given by its sides.

    Sums of the sides' own areas hold exactly: what the drawn changes leave, the differences too narrow to be drawn and
    the last square metres between two planes, is netted side by side into gained or lost.

    Parameters
    ----------
    error_m : how far an outline may lie from its true depth, metres
    """
    changes = _changes(before, now, BOTH_OUTLINES * error_m)
    old, new = ({side.side: side.area_m2 for side in sides} for sides in (before, now))
    return Shift(changes, {
        name: _of_side(name, changes, new.get(name, 0.0) - old.get(name, 0.0)) for name in dict.fromkeys((*old, *new))
    })


def _of_side(name: str, changes: Sequence[Change], more_m2: float) -> SideShift:
    """Return what changed of a side whose area is so much larger than before."""
    gained = sum(one.area_m2 for one in changes if one.kind == GAINED and one.side == name)
    lost = sum(one.area_m2 for one in changes if one.kind == LOST and one.side_before == name)
    joined = sum(one.area_m2 for one in changes if one.kind == OTHER_SIDE and one.side == name)
    parted = sum(one.area_m2 for one in changes if one.kind == OTHER_SIDE and one.side_before == name)
    rest = more_m2 - (gained - lost + joined - parted)
    return SideShift(gained + max(rest, 0.0), lost + max(-rest, 0.0), joined, parted)


def _changes(before: Sequence[Side], now: Sequence[Side], narrow_m: float) -> tuple[Change, ...]:
    """Return the ground that changed, by the side that it was on and the side that it is on."""
    plane = LocalPlane(shapely.get_coordinates([side.geometry for side in (*before, *now)]))
    old, new = ([_in_plane(side.geometry, plane) for side in sides] for sides in (before, now))
    faces, was, now_on = _faces(old, new, plane)
    differs = was != now_on
    pair = (was + 1) * (len(new) + 1) + now_on + 1
    labels = np.unique(pair[differs])
    earth = to_lonlat(faces, plane)
    shapes = dissolve(earth, np.where(differs, np.searchsorted(labels, pair), OUTSIDE), len(labels))
    found = []
    for label, shape in zip(labels.tolist(), shapes):
        one, other = divmod(label, len(new) + 1)
        drawn = _wide_enough(shape, narrow_m)
        if not drawn.is_empty:
            found.append(_change(_name(before, one - 1), _name(now, other - 1), drawn))
    return tuple(sorted(found, key=lambda change: (change.kind, change.side or "", change.side_before or "")))


def _change(was: str | None, now_on: str | None, shape: Any) -> Change:
    kind = GAINED if was is None else LOST if now_on is None else OTHER_SIDE
    return Change(kind, now_on, was, shape, area(shape))


def _name(sides: Sequence[Side], index: int) -> str | None:
    return None if index == OUTSIDE else sides[index].side


def _faces(
    old: Sequence[Any], new: Sequence[Any], plane: LocalPlane
) -> tuple[NDArray[Any], Indices, Indices]:
    """Return the faces that two zones make, with the index of the side of either that holds each, or `OUTSIDE`."""
    shapes = [shape for shape in (*old, *new) if not shape.is_empty]
    rings = list(shapely.get_rings(shapely.get_parts(shapes)))
    faces = arrange(rings)
    middle = inner_points(faces)
    within = (first_holding(middle, old) != OUTSIDE) | (first_holding(middle, new) != OUTSIDE)
    # the sides come cut at ±180° already, but a cut that ends inside a face around a pole does not open it
    cuts = cut_lines(plane, united(faces, within), [shapely.get_coordinates(ring) for ring in rings])
    if cuts:
        faces = arrange([*rings, *map(shapely.linestrings, cuts)])
        middle = inner_points(faces)
    was, now_on = first_holding(middle, old), first_holding(middle, new)
    kept = (was != OUTSIDE) | (now_on != OUTSIDE)
    return faces[kept], was[kept], now_on[kept]


def _in_plane(shape: Any, plane: LocalPlane) -> Any:
    """Return a multipolygon in the plane, its edges dense enough to follow their geodesics."""
    parts = []
    for polygon in shapely.get_parts(shape):
        shell, *holes = (
            on_grid(plane.forward(densify(shapely.get_coordinates(ring), CHORD_STEP_M)))
            for ring in shapely.get_rings(polygon)
        )
        parts.append(shapely.Polygon(shell, holes))
    return shapely.MultiPolygon(parts)


def _wide_enough(shape: Any, narrow_m: float) -> Any:
    """Return the parts of a multipolygon that are wider, on the whole, than outlines may differ."""
    parts = [part for part in shapely.get_parts(shape) if _width_m(part) > narrow_m]
    return shapely.multipolygons(parts) if parts else shapely.MultiPolygon()


def _width_m(polygon: Any) -> float:
    """Return twice the area over the outline, metres: of a strip, nearly its width."""
    outline_m = sum(path_length(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygon))
    return 2.0 * area(polygon) / outline_m
