"""The contact line from areas of control: the border that two sides share, without coast and state border.

Given are polygons of the ground that side A holds, and the other side's, or a mask (land, or the state fought over) in
which all other ground is the other side's. Where both sides' areas touch, their common border is the line; where they
overlap, or leave a strip of at most the gap between them, the middle is. A stretch that runs near the mask's edge is
coast or state border. Side A lies left of every part. Distances are those on the ellipsoid, to 1 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .areas import SLIVER_M, Outlines, ground_of, is_sliver, outlines
from .arrangement import GRID, as_multipolygon, inner_points
from .between import Divided, divide_ground, inside
from .beyond import Beyond, facing_beyond
from .border import CONTACT, TOUCHING_M, Depth, Rules, Run, border_runs, depth_inside, facing_sides
from .control_notes import said_of_beyond, tell_beyond, tell_division, tell_removed, tell_shallow, tell_strips
from .control_request import ControlRequest
from .errors import PlanError
from .features import InputFeature, plain_number, told_km
from .generalise import generalise
from .geodesy import Array, LocalPlane, path_length
from .meridian import split_line
from .progress import Progress

FRONT, BRIDGEHEAD, POCKET = KINDS = ("front", "bridgehead", "pocket")
SIDE_A, SIDE_B = "A", "B"
MAIN_SHARE = 0.1  # of its side's largest area, from which an area counts as main ground
MASK_MARGIN, MASK_MATCHES = 0.1, 10.0  # extents of the areas, and matching distances, around them that a mask keeps
BESIDE_M = 0.05
MASK_HINT = "Give the land, or the state, that the areas lie in."


@dataclass(frozen=True)
class LinePart:
    """A part of a contact line, side A on its left: longitude/latitude, a multi-line where it passes ±180 degrees.

    ``kind``: `front`; `pocket`, a ring around ground that the other side encloses; `bridgehead`, a stretch around
    ground cut off from its side's main ground, backed by coast, state border or nobody's ground. ``ground``: whose
    ground (A, B) pocket and bridgehead are, empty for a front. ``length_m``: geodesic.
    """

    geometry: Any
    kind: str
    ground: str
    length_m: float


@dataclass(frozen=True)
class ContactLines:
    """The parts, fronts first, longest first; ``notes`` tell what was done, ``warnings`` are those to look at."""

    parts: tuple[LinePart, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class AreasOfDate:
    """The areas that the sides hold at one date; ``name`` tells it in sentences, empty without dates.

    ``other_dates_of_b``: whether side B's layer has features, of whatever date.
    """

    name: str
    side_a: Sequence[InputFeature]
    side_b: Sequence[InputFeature] | None
    other_dates_of_b: bool = False


@dataclass(frozen=True)
class _Frame:
    """What all dates share: the plane, what was asked, the mask's ground and its depth, both None without a mask.

    ``mask`` is cut off around side A's areas, ``whole_mask`` is not.
    """

    plane: LocalPlane
    request: ControlRequest
    whole_mask: Any
    mask: Any
    depth: Depth | None


@dataclass(frozen=True)
class _Read:
    """The outlines of one date."""

    side_a: Outlines
    side_b: Outlines | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Sides:
    """Side A's ground and the other side's, None if unknown; how both were divided, if both sides' areas are given."""

    a: Any
    rest: Any
    divided: Divided | None


def contact_lines(
    side_a: Sequence[InputFeature], side_b: Sequence[InputFeature] | None, mask: Sequence[InputFeature] | None,
    request: ControlRequest, progress: Progress,
) -> ContactLines:
    """Return the contact line between two sides' areas, or between one side's and all else in a mask.

    Parameters
    ----------
    side_a : polygons in longitude/latitude that side A holds
    side_b : polygons that side B holds; None if the rest of the mask is the other side's
    mask : polygons of land, or of the state, whose edge is no contact line; None if there is none
    request : distances
    progress : told what is done; stops the run with `PlanCancelledError`

    Raises
    ------
    PlanError : unusable polygons, the same ground twice, mask elsewhere, nowhere in contact
    """
    return dated_contact_lines([AreasOfDate("", side_a, side_b)], mask, request, progress)[0]


def dated_contact_lines(
    dates: Sequence[AreasOfDate], mask: Sequence[InputFeature] | None, request: ControlRequest, progress: Progress,
) -> list[ContactLines]:
    """Return the contact line of every date, in the order given; one plane and one mask serve all.

    A date that has no line gets no parts and the reason as a warning, unless no date has one.

    Raises
    ------
    PlanError : as in `contact_lines`, for the first date, if none has a line
    """
    progress.report(0.0, "Reading the areas")
    failed: dict[int, PlanError] = {}
    read: dict[int, _Read] = {}
    for index, date in enumerate(dates):
        progress.check()
        try:
            read[index] = _read(date)
        except PlanError as error:
            failed[index] = error
    if not read:
        raise failed[0]
    mask_notes: list[str] = []
    frame = _frame(mask, [one.side_a for one in read.values()], request, mask_notes)
    found: dict[int, ContactLines] = {}
    for index, one in read.items():
        stage = progress.stage(index / len(dates), (index + 1) / len(dates))
        stage.report(0.0, f"Looking for the contact line {dates[index].name}".strip())
        try:
            found[index] = _lines_of(one, frame, stage)
        except PlanError as error:
            failed[index] = error
    if not found:
        raise failed[0]
    results = [found[i] if i in found else _nothing(failed[i]) for i in range(len(dates))]
    results[0] = replace(results[0], notes=(*mask_notes, *results[0].notes))
    progress.report(1.0)
    return results


def _nothing(error: PlanError) -> ContactLines:
    return ContactLines((), (str(error),), (str(error),))


def _read(date: AreasOfDate) -> _Read:
    if date.side_b is not None and not date.side_b and date.other_dates_of_b:
        raise PlanError(
            f"No feature of side B carries the same date ({date.name})",
            "Compare the types and the values of the date field in both layers.",
        )
    notes: list[str] = []
    side_a = outlines(date.side_a, "The areas of side A", notes)
    side_b = None if date.side_b is None else outlines(date.side_b, "The areas of side B", notes)
    return _Read(side_a, side_b, tuple(notes))


def _frame(
    mask: Sequence[InputFeature] | None, areas: Sequence[Outlines], request: ControlRequest, notes: list[str],
) -> _Frame:
    """Return the plane around side A's areas, with the mask in it, cut off well beyond them."""
    lonlat = np.concatenate([shapely.get_coordinates(layer.polygons) for layer in areas])
    plane = LocalPlane(lonlat)
    if mask is None:
        return _Frame(plane, request, None, None, None)
    layer = outlines(mask, "The polygons of the mask", notes)
    xy = plane.forward(lonlat)
    low, high = xy.min(axis=0), xy.max(axis=0)
    margin = MASK_MARGIN * float(np.hypot(*(high - low))) + MASK_MATCHES * request.match_m + SLIVER_M
    around = shapely.box(*(low - margin), *(high + margin))
    whole = ground_of(layer, plane, notes)
    ground = as_multipolygon(shapely.intersection(whole, around, grid_size=GRID))
    if shapely.is_empty(ground):
        raise _mask_elsewhere(SIDE_A)
    return _Frame(plane, request, whole, ground, depth_inside(ground, plane))


def _mask_elsewhere(side: str) -> PlanError:
    return PlanError(f"The mask covers none of the areas of side {side}", MASK_HINT)


def _lines_of(read: _Read, frame: _Frame, progress: Progress) -> ContactLines:
    """Return the contact line of one date."""
    notes, warnings = list(read.notes), list[str]()
    request = frame.request
    sides = _sides(read, frame, notes, warnings, progress.stage(0.0, 0.5))
    progress.report(0.5, "Following the border")
    facing = None if sides.divided is None else facing_sides(sides.divided, request.gap_m, frame.plane)
    rules = Rules(frame.plane, request.gap_m, request.match_m, facing, frame.depth)
    runs = border_runs(sides.a, None if sides.divided is None else sides.rest, rules, progress.check)
    tell_removed(runs, rules, notes)
    beyond = None if sides.divided is None else facing_beyond(sides.divided, rules)
    parts = [run for run in runs if run.state == CONTACT and _has_extent(run)]
    if not parts:
        raise _no_contact(request, sides.divided is not None, beyond)
    if sides.divided is not None:
        tell_strips(sides.divided, parts, rules, notes)
    tell_shallow(parts, rules, warnings)
    progress.report(0.8)
    kinds = _kinds(parts, sides.a, sides.rest)
    lines = generalise([run.xy for run in parts], request.generalise_m, progress.check)
    if request.generalise_m > 0:
        before, after = sum(len(run.xy) for run in parts), sum(map(len, lines))
        notes.append(
            f"Generalised from {before} to {after} vertices; those left out lie within "
            f"{plain_number(request.generalise_m)} m of the line",
        )
    made = [_part(xy, *kind, frame.plane) for xy, kind in zip(lines, kinds)]
    tell_beyond(beyond, sum(part.length_m for part in made), request.gap_m, notes, warnings)
    made.sort(key=lambda part: (KINDS.index(part.kind), -part.length_m))
    return ContactLines(tuple(made), (*notes, *warnings), tuple(warnings))


def _sides(
    read: _Read, frame: _Frame, notes: list[str], warnings: list[str], progress: Progress,
) -> _Sides:
    """Return the ground of the sides of one date."""
    ground_a = _ground_in_mask(read.side_a, SIDE_A, frame, notes)
    progress.report(0.2)
    if read.side_b is not None:
        ground_b = _ground_in_mask(read.side_b, SIDE_B, frame, notes)
        progress.report(0.4, "Dividing the ground between the sides")
        reach = max(frame.request.gap_m, 2 * TOUCHING_M)  # a shared border of other vertices gapes by decimetres
        divided = divide_ground(ground_a, ground_b, reach, progress.check)
        tell_division(divided, min(ground_a.area, ground_b.area), frame.plane, notes, warnings)
        return _Sides(divided.a, divided.b, divided)
    if frame.mask is None:
        warnings.append(
            "Neither the other side's areas nor a mask were given: the whole outline of side A's areas is taken, coast "
            "and state border included",
        )
        return _Sides(ground_a, None, None)
    return _Sides(ground_a, as_multipolygon(shapely.difference(frame.mask, ground_a, grid_size=GRID)), None)


def _ground_in_mask(layer: Outlines, side: str, frame: _Frame, notes: list[str]) -> Any:
    """Return the ground of a side's areas; raises `PlanError` if there is a mask and none of it lies there."""
    ground = ground_of(layer, frame.plane, notes)
    if frame.mask is not None and not _covers_some(frame.whole_mask, ground):
        raise _mask_elsewhere(side)
    return ground


def _covers_some(mask: Any, ground: Any) -> bool:
    """Return whether more than a hem of a ground lies in a mask."""
    if inside(mask, inner_points(shapely.get_parts(ground))).any():
        return True
    return not is_sliver(as_multipolygon(shapely.intersection(mask, ground, grid_size=GRID)))


def _no_contact(request: ControlRequest, two_sides: bool, beyond: Beyond | None) -> PlanError:
    if two_sides:
        hint = "Check that they are of the same time and place, raise GAP, or lower MATCH if there is a mask."
        return PlanError(
            f"The areas of the two sides are nowhere within {told_km(request.gap_m)} of each other",
            f"Raise GAP: {said_of_beyond(beyond, request.gap_m)}." if beyond else hint,
        )
    return PlanError(
        f"No border of side A lies inside the mask, farther than {told_km(request.match_m)} from its edge",
        "Lower MATCH, or check that the mask is the land or the state that the areas lie in.",
    )


def _has_extent(run: Run) -> bool:
    """Return whether a part is more than a splinter of what was divided or cut off."""
    if run.closed:
        return not is_sliver(shapely.Polygon(run.xy))
    return bool(np.hypot(*np.diff(run.xy, axis=0).T).sum() > SLIVER_M)


# --- what a part is -----------------------------------------------------------------------------------------------

def _kinds(parts: Sequence[Run], ground: Any, rest: Any) -> list[tuple[str, str]]:
    """Return kind and ground of each part."""
    own, other = shapely.get_parts(ground), shapely.get_parts(rest) if rest is not None else np.zeros(0, dtype=object)
    cut_off, cut_off_beyond = _cut_off(own), _cut_off(other)
    tree = shapely.STRtree(other)
    found = []
    for run in parts:
        if run.closed:
            found.append((POCKET, SIDE_A if shapely.is_ccw(shapely.linearrings(run.xy)) else SIDE_B))
        elif cut_off[run.owner]:
            found.append((BRIDGEHEAD, SIDE_A))
        else:
            beyond = tree.query(shapely.points(_right_of(run.xy)), predicate="intersects")
            isolated = len(beyond) > 0 and bool(cut_off_beyond[beyond].all())
            found.append((BRIDGEHEAD, SIDE_B) if isolated else (FRONT, ""))
    return found


def _cut_off(polygons: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which areas are small beside the largest; the plane's areas do for a comparison."""
    size = shapely.area(polygons)
    return size < MAIN_SHARE * size.max() if len(size) else np.zeros(0, dtype=bool)


def _right_of(xy: Array) -> Array:
    """Return a point just right of the longest edge of a polyline."""
    step = np.diff(xy, axis=0)
    length = np.hypot(*step.T)
    longest = int(np.argmax(length))
    right = np.array([step[longest, 1], -step[longest, 0]]) / length[longest]
    return (xy[longest] + xy[longest + 1]) / 2 + BESIDE_M * right


def _part(xy: Array, kind: str, ground: str, plane: LocalPlane) -> LinePart:
    lonlat = plane.inverse(xy)
    if (xy[0] == xy[-1]).all():
        lonlat[-1] = lonlat[0]
    pieces = split_line(lonlat)
    lines = [shapely.linestrings(piece) for piece in pieces]
    geometry = lines[0] if len(lines) == 1 else shapely.multilinestrings(lines)
    return LinePart(geometry, kind, ground, path_length(lonlat))
