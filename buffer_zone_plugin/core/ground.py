"""The labelled ground of a plan: every face of one arrangement with its side, its sector and whether it is zone.

Everything that is delivered is a union of these faces by label, so that sides and sectors tile the zone. Coordinates
are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import TINY, Edges, arrange, components, dissolve, edges_of, inner_points, united
from .caps import cap_rings, in_cap
from .clip import clip_lines, inside_clip
from .contact_line import ContactLine
from .distance import Nearest
from .errors import PlanError
from .front import Front, Measured
from .geodesy import Array, Indices, LocalPlane, path_length
from .given_ground import GivenGround
from .known_ground import as_known
from .memo import Memo
from .meridian import cut_lines
from .progress import Progress
from .sectoring import Division
from .sectors.borders import overshot
from .sectors.line_shares import locate
from .sides import LEFT, SIDES, Divide, divide, label_sides
from .spec import PlanSpec
from .zone import Outline, held_tolerance, outline

BESIDE_M, MOST_BESIDE = 1.0, 200  # where it is asked which side lies beside a line, and at how many edges
NO_ENDS = np.zeros((0, 2))
LOOP_SHARE = 1e-3  # of the line, in loops, that is not worth a word
SPECK_TOLERANCES = 10  # an island of the zone holds a stretch of the line and is never this small


@dataclass(frozen=True)
class Ground:
    """Faces (n,), labelled.

    ``side`` +1 for A and -1 for B; ``band`` from 1, outwards on its side; ``beyond`` the depth of its side; ``cap``
    beyond an open end; ``strip`` between two forward lines; ``masked`` outside the clip; ``kept`` in the zone;
    ``sector`` from 0; ``part`` from 0, of all sectors together, the sector itself where it is not divided further.
    """

    faces: NDArray[Any]
    side: NDArray[np.int64]
    band: Indices
    beyond: NDArray[np.bool_]
    cap: NDArray[np.bool_]
    strip: NDArray[np.bool_]
    masked: NDArray[np.bool_]
    kept: NDArray[np.bool_]
    sector: Indices
    part: Indices

    def take(self, which: Indices) -> Ground:
        """Return the labels of some faces, in their order."""
        return Ground(*(getattr(self, field.name)[which] for field in fields(self)))

    def union(self, wanted: NDArray[np.bool_]) -> Any:
        """Return the union of the wanted faces that are zone, as a multipolygon."""
        return united(self.faces, wanted & self.kept)

    def whole(self) -> Any:
        """Return the zone as a multipolygon."""
        return self.union(self.kept)

    def by(self, label: Indices, count: int) -> list[Any]:
        """Return the zone by sector or part, multipolygons, empty where the clip leaves nothing."""
        return dissolve(self.faces, np.where(self.kept, label, -1), count)

    def unclipped(self) -> Any:
        """Return the zone with what lies outside the clip, as a multipolygon."""
        return united(self.faces, (~self.beyond & ~self.cap) | self.strip)


def lay_ground(
    front: Front, lines: Sequence[Measured], spec: PlanSpec, given: GivenGround, progress: Progress, memo: Memo
) -> tuple[Ground, tuple[str, ...]]:
    """Return the faces between outlines, contact line, caps and clip, labelled; and warnings for the user.

    Raises
    ------
    PlanError : the line does not separate two sides; nothing is left of the zone
    """
    plane = front.plane
    outlines = _outlines(lines, plane, spec, progress.stage(0.0, 0.6), memo)
    slack = {depth: held_tolerance(depth, spec.tolerance_m) for depth in (*spec.distances_m, spec.depth_max_m)}
    speck = slack[spec.depth_max_m]
    outer = _outer_zone(outlines, lines, front, speck)
    progress.report(0.65, "Telling the sides apart")
    dividing = divide(front.line, front.paths, outer, front.reach_m(spec), front.edges())
    ends = [m.line.open_ends() if spec.caps == "flat" else NO_ENDS for m in lines]
    rings = [
        ring for m, free in zip(lines, ends)
        for ring in cap_rings(free, plane, m.field, m.distances_m[-1], progress.stage(0.7, 0.8))
    ]
    walls = [*dividing.lines, *clip_lines(given.clip, plane, outer), *front.edges()]
    paths = [*(ring for one in outlines for o in one for ring in o.rings), *rings, *walls]
    faces = arrange([shapely.linestrings(path) for path in paths])
    strip, near = _looked_up(faces, front, lines)
    progress.report(0.9)
    within = strip | (shapely.area(faces) < speck**2) | _within(near, lines, speck)
    faces, strip = faces[within], strip[within]
    edges = edges_of(faces)
    side = label_sides(edges, len(faces), front.line, dividing)
    side, doubt = as_known(side, faces, edges, front.line, spec.depth_max_m, given.side_a)
    side = side * (-1 if spec.reverse and front.strip is None else 1)
    distance, cap = np.full(len(faces), np.inf), np.zeros(len(faces), dtype=bool)
    for m, found, free in zip(lines, near, ends):
        mine = np.isin(side, m.signs)
        distance[mine] = _settled(found.distance[within][mine], faces[mine], m, plane, speck)
        cap[mine] = in_cap(found, free)[within][mine]
    band, beyond = _bands(side, distance, spec, slack)
    none, first = np.zeros(len(faces), dtype=bool), np.zeros(len(faces), dtype=np.int64)
    labelled = Ground(faces, side, band, beyond & ~strip, cap & ~strip, strip, none, none, first, first)
    # cut last: a contact line may run along ±180°, and the cut beside it is no part of what divides the sides
    meridians = cut_lines(plane, outer, walls)
    ground = _split(labelled, meridians)
    ground = _chosen(ground, edges_of(ground.faces) if meridians else edges, plane, given.clip, speck)
    return ground, (*_loops(front.line, dividing), *doubt)


def _chosen(ground: Ground, edges: Edges, plane: LocalPlane, clip: Any, speck_m: float) -> Ground:
    """Return the ground with what lies outside the clip masked and the zone's faces kept; raises if none are."""
    masked = ~inside_clip(clip, plane.inverse(inner_points(ground.faces)))
    if masked.any():
        masked |= _hems(ground, edges, masked, speck_m)
    kept = _without_specks(ground.faces, edges, ~ground.beyond & ~ground.cap & ~masked, speck_m)
    if not kept.any():
        raise PlanError(*_nothing_left(bool(masked.any())))
    return replace(ground, masked=masked, kept=kept)


def _outlines(
    lines: Sequence[Measured], plane: LocalPlane, spec: PlanSpec, progress: Progress, memo: Memo
) -> list[list[Outline]]:
    """Return for each line the outlines at all its distances, the largest last."""
    count = sum(len(m.distances_m) for m in lines)
    stages = (progress.stage(k / count, (k + 1) / count) for k in range(count))

    def drawn(m: Measured, distance_m: float) -> Outline:
        how = distance_m, spec.tolerance_m
        stage = next(stages)
        return memo.once(
            (m.key, *how, spec.outline), lambda: outline(m.line.flat, plane, m.field, *how, stage, spec.outline)
        )

    return [[drawn(m, distance) for distance in m.distances_m] for m in lines]


def _looked_up(faces: NDArray[Any], front: Front, lines: Sequence[Measured]) -> tuple[NDArray[np.bool_], list[Nearest]]:
    """Return which faces lie in the strip, and the nearest point of each line to each face."""
    middle = inner_points(faces)
    return front.in_strip(middle), [m.field.nearest(front.plane.inverse(middle)) for m in lines]


def _within(near: Sequence[Nearest], lines: Sequence[Measured], slack_m: float) -> Any:
    """Tell which places lie within the largest distance of one of the lines; none without lines."""
    return np.any([found.distance <= m.distances_m[-1] + slack_m for found, m in zip(near, lines)], axis=0)


def _bands(
    side: NDArray[np.int64], distance: Array, spec: PlanSpec, slack: Mapping[float, float]
) -> tuple[Indices, NDArray[np.bool_]]:
    """Return the band of each face on its side, from 1, and whether it lies beyond the depth of its side."""
    band = np.ones(len(side), dtype=np.int64)
    beyond = np.ones(len(side), dtype=bool)
    for sign, name in SIDES:
        limits = np.array([limit + (spec.outline != "never_beyond") * slack[limit] for limit in spec.limits_m(name)])
        mine = side == sign
        band[mine] = np.searchsorted(limits, distance[mine]) + 1
        beyond[mine] = band[mine] > len(limits)
    return band, beyond


def _nothing_left(clipped: bool) -> tuple[str, str]:
    if clipped:
        return "Nothing of the zone lies inside the clip", "Choose a clip layer that covers the contact line."
    return "Nothing is left of the zone", "Use round caps or a larger depth."


def _loops(line: ContactLine, dividing: Divide) -> tuple[str, ...]:
    """Say how much of the line does not divide the sides, because it crosses or retraces itself."""
    real = [path for path, is_real in zip(dividing.lines, dividing.real) if is_real]
    left_out = line.length_m - sum(path_length(line.plane.inverse(path)) for path in real)
    if left_out <= LOOP_SHARE * line.length_m:
        return ()
    return (f"The line crosses itself: {left_out / 1000:.1f} km of loops lie wholly on one side",)


def _hems(ground: Ground, edges: Edges, masked: NDArray[np.bool_], tolerance_m: float) -> NDArray[np.bool_]:
    """Tell which faces are splinters between a clip and the contact line that is meant to be its edge."""
    inner = edges.select(edges.other >= 0)
    same = (masked[inner.face] == masked[inner.other]) & (ground.side[inner.face] == ground.side[inner.other])
    piece = components(len(masked), inner.face[same], inner.other[same])
    size = np.bincount(piece, weights=shapely.area(ground.faces))[piece]
    beside = np.bincount(piece[inner.face], masked[inner.other], piece.max() + 1)[piece] > 0
    return np.asarray(beside & (size < (SPECK_TOLERANCES * tolerance_m) ** 2))


def _without_specks(
    faces: NDArray[Any], edges: Edges, kept: NDArray[np.bool_], tolerance_m: float
) -> NDArray[np.bool_]:
    """Drop specks that outlines leave where they cross themselves within the tolerance, and fill pinholes."""
    inner = edges.select(edges.other >= 0)
    same = kept[inner.face] == kept[inner.other]
    piece = components(len(faces), inner.face[same], inner.other[same])
    size = np.bincount(piece, weights=shapely.area(faces))[piece]
    enclosed = np.bincount(piece[edges.face], weights=edges.other < 0)[piece] == 0
    speck = kept & (size < (SPECK_TOLERANCES * tolerance_m) ** 2)
    pinhole = ~kept & enclosed & (size < tolerance_m**2)
    return np.asarray((kept & ~speck) | pinhole)


def _settled(distance: Array, faces: NDArray[Any], line: Measured, plane: LocalPlane, slack_m: float) -> Array:
    """Return the distance by which each face is judged: of its inner point, or of its farthest corner in doubt.

    A splinter outside an outline may have its inner point nearer to it than the tolerance.
    """
    doubt = np.nonzero(np.any([np.abs(distance - limit) <= slack_m for limit in line.distances_m], axis=0))[0]
    if not len(doubt):
        return distance
    xy, face = shapely.get_coordinates(faces[doubt], return_index=True)
    settled = distance.copy()
    np.maximum.at(settled, doubt[face], line.field.distance(plane.inverse(xy)))
    return settled


def _outer_zone(outlines: Sequence[Sequence[Outline]], lines: Sequence[Measured], front: Front, slack_m: float) -> Any:
    paths = [*(ring for one in outlines for ring in one[-1].rings), *front.edges()]
    faces = arrange([shapely.linestrings(path) for path in paths])
    strip, near = _looked_up(faces, front, lines)
    return united(faces, strip | _within(near, lines, slack_m))


def cut(ground: Ground, whole: Any, division: Division) -> Ground:
    """Return the ground cut by the borders of sectors and their parts, every face labelled; ``whole`` is the zone."""
    if len(division.smallest) == 1:
        return ground
    edges = [*overshot(division.sectors.borders, whole)]
    for sector, within in zip(division.sectors.sectors, division.within):
        edges += overshot(within.borders, sector)
    split = _split(ground, [shapely.get_coordinates(line) for line in edges])
    part = locate(inner_points(split.faces), division.smallest)
    return replace(split, sector=division.sector_of[part], part=part)


def _split(ground: Ground, lines: Sequence[Array]) -> Ground:
    """Return the ground with its faces cut along polylines, the labels kept."""
    if not lines:
        return ground
    faces = arrange([*shapely.boundary(ground.faces), *(shapely.linestrings(line) for line in lines)])
    parent, face = shapely.STRtree(shapely.points(inner_points(faces))).query(ground.faces, predicate="contains")
    return replace(ground.take(parent), faces=faces[face])


def side_left_of(ground: Ground, path: Array) -> str:
    """Return the side, A or B, that lies left of most of a polyline (n, 2) in the plane."""
    step = np.diff(path, axis=0)
    length = np.hypot(*step.T)
    beside = np.column_stack([-step[:, 1], step[:, 0]]) * (BESIDE_M / np.maximum(length, TINY))[:, None]
    middle = (path[:-1] + path[1:]) / 2
    some = np.argsort(-length, kind="stable")[:MOST_BESIDE]
    votes = 0.0
    for sign in (1, -1):  # the side may have no depth: then the other one tells
        places = shapely.STRtree(shapely.points((middle + sign * beside)[some]))
        face, place = places.query(ground.faces, "contains")  # each face is prepared once
        votes += float((sign * ground.side[face] * ~ground.strip[face] * length[some][place]).sum())
    return SIDES[0][1] if votes * SIDES[0][0] >= 0 else SIDES[1][1]


def outline_edges(ground: Ground, spec: PlanSpec) -> tuple[Edges, Array, NDArray[np.int64]]:
    """Return the zone's edges that should keep the depth, the depth of each in metres, and its side.

    Left out are the ends of flat caps, the edges of the clip and of the strip, and the steps between sides of different
    depth.
    """
    edges = edges_of(ground.faces)
    known = edges.other >= 0
    other = np.where(known, edges.other, 0)
    outside = ~known | ~ground.kept[other]
    clipped = known & ground.masked[other] & ~ground.beyond[other]
    cap = known & ground.cap[other]
    across = known & (ground.side[other] != ground.side[edges.face])
    own = ground.kept[edges.face] & ~ground.strip[edges.face]
    chosen = edges.select(own & outside & ~clipped & ~cap & ~across)
    side = ground.side[chosen.face]
    return chosen, np.where(side == LEFT, spec.depth_a_m, spec.depth_b_m), side
