"""What lies between the sides: one contact line, or the strip between two forward lines, each side's own.

Where each side has a line that it holds, as on Cyprus, the ground between is nobody's: a strip, which is part of the
zone and of neither side. Depths are measured from each side's own line; the middle of the strip, equally far from both,
is the contact line, along which chainage, sectors and posts go.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .areas import winding_numbers
from .arrangement import GRID, arrange, as_multipolygon, inner_points, united
from .contact_line import ContactLine, clean
from .distance import DistanceField, field_grain
from .errors import PlanError
from .features import InputFeature
from .geodesy import Array, LocalPlane
from .memo import Memo
from .middle import NARROW_M, border_tree, middle_lines, rings_of
from .sides import LEFT, RIGHT, SIDES, plane_parts
from .spec import NUMBERINGS, PlanSpec

MOST_CROSSED = 0.01  # of the ground between two forward lines, where they have changed places
TURN_STEP = 0.01  # of a piece of the middle: how far apart two places are that tell its direction
DIRECTION_AT = 0.4  # of a piece of the middle: where its direction is asked, away from ends and starts of rings
ONE_LINE = "Draw each forward line from end to end without crossing the other, or give one contact line."


@dataclass(frozen=True)
class Measured:
    """A line that depths are measured from: for which sides, and the distances that are needed, metres, ascending.

    ``key`` is the same for lines and fields that are.
    """

    line: ContactLine
    field: DistanceField
    signs: tuple[int, ...]
    distances_m: tuple[float, ...]
    key: Hashable


@dataclass(frozen=True)
class Front:
    """What a plan is laid along.

    ``line`` divides the sides and carries chainage; ``forward`` are the lines from which the depths of side A and of
    side B are measured, both ``line`` itself if there is one line only; ``strip`` is the ground between them, a
    multipolygon in the plane, None if there is one line only.
    """

    line: ContactLine
    forward: tuple[ContactLine, ContactLine]
    strip: Any = None

    @cached_property
    def paths(self) -> tuple[tuple[Array, ...], ...]:
        """The parts of each chain in the plane, without self-crossings."""
        return tuple(tuple(plane_parts(self.line, chain)) for chain in self.line.chains)

    @property
    def plane(self) -> LocalPlane:
        """The plane of the work."""
        return self.line.plane

    @property
    def notes(self) -> tuple[str, ...]:
        """What was mended of each line given."""
        if self.strip is None:
            return self.line.notes
        names = ("Forward line of side A", "Forward line of side B")
        return tuple(f"{name}: {note}" for name, line in zip(names, self.forward) for note in line.notes)

    def edges(self) -> list[Array]:
        """Return the strip's borders, closed polylines in the plane; none of one line."""
        return [] if self.strip is None else rings_of(self.strip)

    def reach_m(self, spec: PlanSpec) -> float:
        """Return how far the zone reaches from the line, metres: the larger depth, and half the strip's mean width."""
        if self.strip is None:
            return spec.depth_max_m
        return spec.depth_max_m + float(self.strip.area) / self.line.length_m / 2

    def measured(self, spec: PlanSpec, check: Callable[[], None], memo: Memo) -> tuple[Measured, ...]:
        """Return the lines that depths are measured from: one for both sides, or each side's that has a depth."""
        if self.strip is None:
            return (_measured(self.line, (LEFT, RIGHT), spec.distances_m, check, memo),)
        return tuple(
            _measured(line, (sign,), spec.limits_m(side), check, memo)
            for line, (sign, side) in zip(self.forward, SIDES) if spec.limits_m(side)
        )

    def in_strip(self, xy: Array) -> NDArray[np.bool_]:
        """Tell which points (n, 2) of the plane lie in the strip."""
        if self.strip is None:
            return np.zeros(len(xy), dtype=bool)
        shapely.prepare(self.strip)
        return np.asarray(shapely.contains_xy(self.strip, xy))


def _measured(
    line: ContactLine, signs: tuple[int, ...], distances_m: tuple[float, ...], check: Callable[[], None], memo: Memo
) -> Measured:
    ends = distances_m[0], distances_m[-1]
    key = "field", line.fingerprint, field_grain(*ends)
    field = memo.once(key, lambda: DistanceField(line.parts, ends[0], check, ends[1]))
    return Measured(line, field, signs, distances_m, key)


def one_line(lines: Sequence[InputFeature], spec: PlanSpec) -> Front:
    """Return the front along one contact line; raises `PlanError` as `contact_line.clean` does."""
    line = counted_from(clean(lines, 2 * spec.depth_max_m), spec)
    return Front(line, (line, line))


def counted_from(line: ContactLine, spec: PlanSpec) -> ContactLine:
    """Return the line in the direction in which sectors and chainage are to count."""
    return line if spec.numbered_from == NUMBERINGS[0] else line.turned()


def two_lines(
    lines_a: Sequence[InputFeature], lines_b: Sequence[InputFeature], spec: PlanSpec, check: Callable[[], None]
) -> Front:
    """Return the front between the forward lines of side A and of side B, whatever the direction they were drawn in.

    Raises
    ------
    PlanError : a line that cannot be cleaned, lines that do not run side by side or that cross, nothing between them
    """
    gap = 2 * spec.depth_max_m
    a, b, pairs = _side_by_side(lines_a, lines_b, gap)
    plane = a.plane
    strips, middles = [], []
    for path_a, path_b, closed in pairs:
        check()
        strip, is_left = _strip(path_a, path_b, closed, plane)
        strips.append(strip)
        middles += [_directed(piece, path_a, is_left) for piece in _middle(path_a, path_b, strip, check)]
    if not middles:
        raise PlanError(
            f"The ground between the two forward lines is nowhere wider than {2 * NARROW_M:g} m",
            "Give one contact line.",
        )
    features = [InputFeature(0, shapely.linestrings(plane.inverse(xy))) for xy in middles]
    # where the zones of two stretches of one line meet, the middle is farther apart by half the strip at either end
    ends = max(float(np.hypot(*(one[[0, -1]] - other[[0, -1]]).T).max()) for one, other, _ in pairs)
    line = clean(features, gap + ends, plane)
    strip = as_multipolygon(shapely.union_all(strips, grid_size=GRID))
    if not shapely.is_empty(strip):
        return Front(counted_from(line, spec), (a, b), strip)
    if spec.depth_max_m == 0:
        raise PlanError(
            "The forward lines coincide, and both depths are 0 km", "Give at least one side a depth above 0 km.",
        )
    return one_line(lines_a, spec)


def _side_by_side(
    lines_a: Sequence[InputFeature], lines_b: Sequence[InputFeature], gap_m: float
) -> tuple[ContactLine, ContactLine, list[tuple[Array, Array, bool]]]:
    """Return both forward lines cleaned, in one plane, and the pairs of paths between which a strip lies.

    Where gaps that one line has and the other has not leave stretches without a partner, no gap is closed.
    """
    for gap in (gap_m, 0.0):
        a, b = (_forward(lines, side, gap) for lines, side in ((lines_a, "A"), (lines_b, "B")))
        plane = LocalPlane(np.concatenate([*a.parts, *b.parts]))
        a, b = a.in_plane(plane), b.in_plane(plane)
        pairs = _pairs(a, b)
        if pairs:
            return a, b, pairs
    raise PlanError(
        f"The forward lines do not run side by side: that of side A has {len(a.chains)} stretches, that of side B "
        f"{len(b.chains)}",
        "Give both the same gaps, give rings with rings, or plan each stretch by itself.",
    )


def _forward(lines: Sequence[InputFeature], side: str, gap_m: float) -> ContactLine:
    try:
        return clean(lines, gap_m)
    except PlanError as error:
        raise PlanError(f"Forward line of side {side}: {error.message}", error.hint, error.where) from error


def _pairs(a: ContactLine, b: ContactLine) -> list[tuple[Array, Array, bool]]:
    """Return the chains that run side by side, as paths in the plane of the same direction, and whether they close.

    None if a chain has no partner of its own.
    """
    paths_a, paths_b = (
        [(np.concatenate(plane_parts(line, chain)), chain.closed) for chain in line.chains] for line in (a, b)
    )
    lines_b = [shapely.linestrings(path) for path, _ in paths_b]
    partner = [int(np.argmin(shapely.distance(shapely.linestrings(path), lines_b))) for path, _ in paths_a]
    same = [closed == paths_b[other][1] for (_, closed), other in zip(paths_a, partner)]
    if sorted(partner) != list(range(len(paths_b))) or not all(same):
        return []
    return [
        (path, _along(path, paths_b[other][0], closed), closed) for (path, closed), other in zip(paths_a, partner)
    ]


def _along(path: Array, other: Array, closed: bool) -> Array:
    """Return a path beside another turned to run the same way; rings all run counter-clockwise."""
    as_drawn, turned = (np.hypot(*(path[[0, -1]] - ends).T).sum() for ends in (other[[0, -1]], other[[-1, 0]]))
    return other if closed or as_drawn <= turned else other[::-1]


def _strip(path_a: Array, path_b: Array, closed: bool, plane: LocalPlane) -> tuple[Any, bool]:
    """Return the ground between two paths, closed straight at their ends; and whether it lies left of the first."""
    rings = [path_a, path_b[::-1]] if closed else [np.concatenate([path_a, path_b[::-1], path_a[:1]])]
    faces = arrange([shapely.linestrings(ring) for ring in rings])
    middle, size = inner_points(faces), shapely.area(faces)
    turns = np.sum([winding_numbers(ring, middle) for ring in rings], axis=0)
    left, right = float(size[turns > 0].sum()), float(size[turns < 0].sum())
    is_left = left >= right
    wrong = (turns < 0) if is_left else (turns > 0)
    if min(left, right) > MOST_CROSSED * max(left, right):
        lon, lat = plane.inverse(middle[wrong][[int(np.argmax(size[wrong]))]])[0]
        raise PlanError(
            f"The forward lines cross: on {100 * min(left, right) / (left + right):.2g} % of the ground between them "
            "each lies beyond the other", ONE_LINE, f"{lon:.5f}, {lat:.5f}",
        )
    return united(faces, (turns != 0) & ~wrong), is_left


def _middle(path_a: Array, path_b: Array, strip: Any, check: Callable[[], None]) -> list[Array]:
    """Return the pieces of the line equally far from two paths in the strip between, and what the paths share."""
    line_a, line_b = shapely.linestrings(path_a), shapely.linestrings(path_b)
    between = middle_lines((border_tree([path_a]), border_tree([path_b])), [strip], check)
    inside = shapely.intersection(between, strip, grid_size=GRID)
    shared = shapely.intersection(line_a, line_b, grid_size=GRID)
    lines = [g for g in shapely.get_parts(shapely.get_parts([*inside, shared])) if g.geom_type == "LineString"]
    if not lines:
        return []
    return [shapely.get_coordinates(g) for g in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))]


def _directed(piece: Array, path_a: Array, strip_is_left: bool) -> Array:
    """Return a piece of the middle turned so that side A, which lies beyond its own path, is on its left."""
    line, along = shapely.linestrings(piece), shapely.linestrings(path_a)
    places = shapely.line_interpolate_point(line, [DIRECTION_AT, DIRECTION_AT + TURN_STEP], normalized=True)
    step = float(np.diff(shapely.line_locate_point(along, places))[0])
    if abs(step) > along.length / 2:  # over the start of a ring
        step = -step
    return piece[::-1] if (step > 0) == strip_is_left else piece
