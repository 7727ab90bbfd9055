"""A zone that is there, split into sectors again: nothing of its outline is computed anew.

Geometries are longitude/latitude on WGS 84 (degrees), lengths metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import arrange, edges_of, inner_points, on_grid, united
from .clip import line_inside
from .contact_line import ContactLine, clean
from .errors import PlanError
from .features import InputFeature, parts_of, told_km
from .front import Front, one_line
from .geodesy import Array, LocalPlane, path_length
from .given_ground import made_valid, one_shape
from .ground import Ground
from .plan import Laid, Plan, PlanInputs, finished
from .progress import Progress
from .sectors.line_shares import locate
from .sides import LEFT, RIGHT, divide, label_sides
from .spec import MAX_DEPTH_M, MIN_DEPTH_M, PlanSpec

ZONE = "The layer of the zone"
SIDE_A, SIDE_B, STRIP = "A", "B", "strip"  # what the field of a plan's sides holds
ALMOST_ALL = 98  # percent of the zone's edge that lie within its depth: some corners may lie beyond
SIDES_UNTOLD = "Side A was taken to lie {side} of the line as drawn: give a plan's sides, not its zone, to be sure"
EDGE_STEP_DEGREES = 0.02  # along edges of a zone drawn by hand: straight in longitude/latitude
LEFT_OUT_M = 1.0  # of line outside the zone that is not worth a word


@dataclass(frozen=True)
class GivenZone:
    """A zone's valid polygons, and the side that each lies on, empty where that is not told.

    ``depths_m`` are those of side A and of side B, None where they are not known.
    """

    polygons: tuple[Any, ...]
    sides: tuple[str, ...]
    depths_m: tuple[float, float] | None = None


def given_zone(
    features: Sequence[InputFeature], sides: Sequence[Any], depths_m: tuple[float, float] | None
) -> tuple[GivenZone, tuple[str, ...]]:
    """Return the zone of a layer, such as a plan's zone or its sides, and what was mended.

    Parameters
    ----------
    sides : of each feature ``A``, ``B`` or ``strip``; anything else is not told
    depths_m : of side A and side B, None where they are not known

    Raises
    ------
    PlanError : no features, a geometry of another kind, nothing that covers ground
    """
    if not features:
        raise PlanError(f"{ZONE} has no features", "Choose the zone or the sides of a plan.")
    parts = [parts_of(feature, f"{ZONE} holds", ("Polygon",)) for feature in features]
    told = [str(side) if side in (SIDE_A, SIDE_B, STRIP) else "" for side in sides]
    valid, notes = made_valid([p for polygons in parts for p in polygons], ZONE, sum(f.empty for f in features))
    owners = [side for side, polygons in zip(told, parts) for _ in polygons]
    pieces = [(piece, side) for shape, side in zip(valid, owners) for piece in shape.geoms]
    if not pieces:
        raise PlanError(f"{ZONE} covers no ground", "Choose the zone or the sides of a plan.")
    polygons, labels = zip(*pieces)
    known = labels if all(labels) else ("",) * len(labels)
    return GivenZone(tuple(polygons), tuple(known), depths_m), notes


def turned_to_a(lines: Sequence[InputFeature], left: Sequence[Any]) -> tuple[InputFeature, ...]:
    """Return the parts of a plan's contact line, those turned round that have side B on their left.

    Parameters
    ----------
    left : of each feature the side on its left, anything but ``A`` and ``B`` where that is not told
    """
    return tuple(
        InputFeature(line.feature_id, shapely.reverse(line.geometry)) if side == SIDE_B and not line.empty else line
        for line, side in zip(lines, left)
    )


def split_again(spec: PlanSpec, inputs: PlanInputs, zone: GivenZone, progress: Progress) -> Plan:
    """Return a plan of a zone that is there, with sectors as the spec asks; it tells no error of depth.

    The zone is taken as it is, with its sides if they are told; otherwise side A lies left of the line. ``reverse``
    swaps them. The depths of the spec are not used: how deep the zone is, is taken from what is known of it, or
    measured.

    Raises
    ------
    PlanError : the line does not run through the zone, or as `make_plan`
    PlanCancelledError : the user asked to stop
    """
    progress.report(0.0, "Cleaning the contact line")
    whole = one_shape(list(zone.polygons))
    line, left_out_m = _inside(clean(inputs.lines, 0.0), whole)
    spec = _with_depths(spec, zone, line, progress)
    front = one_line(line, spec)
    progress.report(0.2, "Reading the zone")
    ground = _ground(zone, front, spec)
    reach = spec.depth_max_m + _half_width(ground, front)
    notes = (
        *(() if left_out_m <= LEFT_OUT_M else (f"{told_km(left_out_m)} of contact line outside the zone left out",)),
        *(() if zone.sides[0] else (SIDES_UNTOLD.format(side="right" if spec.reverse else "left"),)),
    )
    laid = Laid(front, reach, list(enumerate(front.line.parts)), ground, notes)
    return finished(spec, inputs, laid, None, progress)


def _inside(line: ContactLine, zone: Any) -> tuple[tuple[InputFeature, ...], float]:
    """Return the line's pieces in the zone as features, and the length of what is outside."""
    try:
        pieces = line_inside(zone, line.parts)
    except PlanError as error:
        raise PlanError(
            "The contact line does not run through the zone", "Choose the line and the zone of one plan.",
        ) from error
    inside: dict[int, list[Array]] = {}
    for part, xy in pieces:
        inside.setdefault(part, []).append(xy)
    left_out = {k: path_length(part) - sum(map(path_length, inside.get(k, []))) for k, part in enumerate(line.parts)}
    # clipping cuts a part where it crosses itself: one that is inside stays as it is
    kept = {k: [line.parts[k]] if left_out[k] <= LEFT_OUT_M else found for k, found in inside.items()}
    left_is_a = [chain.left_is_a for chain in line.chains for _ in chain.parts]
    drawn = [xy if left_is_a[k] else xy[::-1] for k, found in kept.items() for xy in found]
    features = tuple(InputFeature(number, shapely.LineString(xy)) for number, xy in enumerate(drawn, start=1))
    return features, sum(left_out.values())


def _with_depths(spec: PlanSpec, zone: GivenZone, line: Sequence[InputFeature], progress: Progress) -> PlanSpec:
    """Return the spec with the zone's depths: those that are known, or on both sides what most of its edge shows."""
    depths = zone.depths_m
    if depths is None:
        cleaned = clean(line, 0.0)
        rim = cleaned.plane.forward(shapely.get_coordinates(shapely.union_all(zone.polygons).boundary))
        drawn = shapely.multilinestrings([shapely.linestrings(part) for part in cleaned.flat])
        shapely.prepare(drawn)
        progress.check()
        away = shapely.distance(drawn, shapely.points(rim)) / cleaned.plane.scale(rim)
        depth = float(np.clip(np.percentile(away, ALMOST_ALL), MIN_DEPTH_M, MAX_DEPTH_M))
        depths = depth, depth
    if spec.reverse:
        depths = depths[1], depths[0]
    return replace(spec, depth_a_m=depths[0], depth_b_m=depths[1], bands_m=(), two_lines=False)


def _ground(zone: GivenZone, front: Front, spec: PlanSpec) -> Ground:
    """Return the zone's faces with their sides: those told, or left and right of the line."""
    flat = [_flat(polygon, front.plane, zone.depths_m is None) for polygon in zone.polygons]
    told = bool(zone.sides[0])
    whole = _whole(flat)
    dividing = None if told else divide(front.line, front.paths, whole, spec.depth_max_m)
    walls = [] if dividing is None else [shapely.linestrings(xy) for xy in dividing.lines]
    faces = arrange([*shapely.boundary(flat), *walls])
    middle = inner_points(faces)
    shapely.prepare(whole)
    faces = faces[shapely.contains_xy(whole, middle)]
    owner = np.array(zone.sides, dtype=object)[locate(inner_points(faces), flat)]
    side = np.where(owner == SIDE_B, RIGHT, LEFT).astype(np.int64)
    if dividing is not None:
        side = label_sides(edges_of(faces), len(faces), front.line, dividing)
    return _labelled(faces, side * (-1 if spec.reverse else 1), np.asarray(owner == STRIP, dtype=bool))


def _labelled(faces: NDArray[Any], side: NDArray[np.int64], strip: NDArray[np.bool_]) -> Ground:
    none, first = np.zeros(len(faces), dtype=bool), np.zeros(len(faces), dtype=np.int64)
    return Ground(faces, side, first + 1, none, none, strip, none, ~none, first, first)


def _flat(polygon: Any, plane: LocalPlane, by_hand: bool) -> Any:
    if by_hand:  # a plan's edges are those of the plane
        polygon = shapely.segmentize(polygon, EDGE_STEP_DEGREES)
    return shapely.transform(polygon, lambda lonlat: on_grid(plane.forward(lonlat)))


def _whole(flat: Sequence[Any]) -> Any:
    """Return the union of polygons whose common borders have the same vertices, every vertex kept."""
    faces = arrange(shapely.boundary(list(flat)))
    middle = inner_points(faces)
    held = np.any([shapely.contains_xy(polygon, middle) for polygon in flat], axis=0)
    return united(faces, held)


def _half_width(ground: Ground, front: Front) -> float:
    """Return half the mean width of the strip between two forward lines, metres."""
    return float(shapely.area(ground.faces[ground.strip]).sum()) / front.line.length_m / 2
