"""The labelled ground of a plan: every face of one arrangement with its side, its sector and whether it is zone.

Everything that is delivered is a union of these faces by label, so that sides and sectors tile the zone. Coordinates
are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import Edges, arrange, components, edges_of, inner_points, united
from .caps import cap_rings, in_cap
from .contact_line import ContactLine
from .distance import DistanceField
from .errors import PlanError
from .geodesy import Array, Indices, path_length
from .progress import Progress
from .sectors.borders import Border, overshot
from .sectors.measures import locate
from .sides import LEFT, RIGHT, Divide, divide, label_sides
from .spec import PlanSpec
from .zone import Outline, held_tolerance, outline

LOOP_SHARE = 1e-3  # of the line, in loops, that is not worth a word
HALF_TURN = 180.0  # degrees of longitude between neighbouring vertices: the ring went round the other way
SPECK_TOLERANCES = 10  # an island of the zone holds a stretch of the line and is never this small
SIDES = ((LEFT, "A"), (RIGHT, "B"))


@dataclass(frozen=True)
class Ground:
    """Faces (n,) with ``side`` +1 for A and -1 for B, ``cap`` beyond an open end, ``kept`` in the zone, ``sector``."""

    faces: NDArray[Any]
    side: NDArray[np.int64]
    cap: NDArray[np.bool_]
    kept: NDArray[np.bool_]
    sector: Indices

    def union(self, wanted: NDArray[np.bool_]) -> Any:
        """Return the union of the wanted faces that are zone, as a multipolygon."""
        return united(self.faces, wanted & self.kept)

    def whole(self) -> Any:
        """Return the zone as a multipolygon."""
        return self.union(np.ones(len(self.faces), dtype=bool))


def lay_ground(
    line: ContactLine, field: DistanceField, spec: PlanSpec, progress: Progress
) -> tuple[Ground, tuple[str, ...]]:
    """Return the faces between outlines, contact line and caps, labelled; and warnings for the user.

    Raises
    ------
    PlanError : the line does not separate two sides; nothing is left of the zone
    """
    depths = sorted({spec.depth_a_m, spec.depth_b_m} - {0.0})
    outlines = []
    for index, depth in enumerate(depths):
        stage = progress.stage(0.6 * index / len(depths), 0.6 * (index + 1) / len(depths))
        outlines.append(outline(line.parts, line.plane, field, depth, spec.tolerance_m, stage))
    outer = _outer_zone(outlines[-1], line, field, held_tolerance(depths[-1], spec.tolerance_m))
    _refuse_antimeridian(line, outer)
    progress.report(0.65, "Telling the sides apart")
    dividing = divide(line, outer, depths[-1])
    ends = line.open_ends() if spec.caps == "flat" else np.zeros((0, 2))
    rings = cap_rings(ends, line.plane, field, depths[-1], progress.stage(0.7, 0.8))
    paths = [*(ring for o in outlines for ring in o.rings), *dividing.lines, *rings]
    faces = arrange([shapely.linestrings(path) for path in paths])
    near = field.nearest(line.plane.inverse(inner_points(faces)))
    progress.report(0.9)
    slack = {depth: held_tolerance(depth, spec.tolerance_m) for depth in depths}
    speck = slack[depths[-1]]
    inside = (near.distance <= depths[-1] + speck) | (shapely.area(faces) < speck**2)
    faces, distance = faces[inside], near.distance[inside]
    cap = in_cap(near, ends)[inside]
    side = label_sides(edges_of(faces), len(faces), line, dividing) * (-1 if spec.reverse else 1)
    limit = {d: d + slack[d] if d > 0 else -1.0 for d in (spec.depth_a_m, spec.depth_b_m)}
    reach = np.where(side == LEFT, limit[spec.depth_a_m], limit[spec.depth_b_m])
    kept = _without_specks(faces, (distance <= reach) & ~cap, speck)
    if not kept.any():
        raise PlanError("Nothing is left of the zone", "Use round caps or a larger depth.")
    doubts = (*_unresolved(outlines), *_loops(line, dividing))
    return Ground(faces, side, cap, kept, np.zeros(len(faces), dtype=np.int64)), doubts


def _unresolved(outlines: Sequence[Outline]) -> tuple[str, ...]:
    count = sum(outline.unresolved for outline in outlines)
    return (f"Places of the outline that could not be brought into the tolerance: {count}",) if count else ()


def _loops(line: ContactLine, dividing: Divide) -> tuple[str, ...]:
    """Say how much of the line does not divide the sides, because it crosses or retraces itself."""
    real = [path for path, is_real in zip(dividing.lines, dividing.real) if is_real]
    left_out = line.length_m - sum(path_length(line.plane.inverse(path)) for path in real)
    if left_out <= LOOP_SHARE * line.length_m:
        return ()
    return (f"The line crosses itself: {left_out / 1000:.1f} km of loops lie wholly on one side",)


def _refuse_antimeridian(line: ContactLine, outer: Any) -> None:
    """Raise where the zone would have to be cut at ±180° or holds a pole."""
    poles = line.plane.forward(np.array([[0.0, 90.0], [0.0, -90.0]]))
    places = [line.plane.inverse(pole[None])[0] for pole in poles if outer.intersects(shapely.points(pole))]
    for polygon in shapely.get_parts(outer):
        lonlat = line.plane.inverse(shapely.get_coordinates(polygon.exterior))
        places += list(lonlat[:-1][np.abs(np.diff(lonlat[:, 0])) > HALF_TURN])
    if places:
        lon, lat = places[0]
        raise PlanError(
            "The zone reaches across the antimeridian (180° longitude) or a pole, which this version cannot draw",
            "Plan the parts on each side of it separately, with a smaller depth.", f"{lon:.5f}, {lat:.5f}",
        )


def _without_specks(faces: NDArray[Any], kept: NDArray[np.bool_], tolerance_m: float) -> NDArray[np.bool_]:
    """Drop specks that outlines leave where they cross themselves within the tolerance, and fill pinholes."""
    edges = edges_of(faces)
    inner = edges.select(edges.other >= 0)
    same = kept[inner.face] == kept[inner.other]
    piece = components(len(faces), inner.face[same], inner.other[same])
    size = np.bincount(piece, weights=shapely.area(faces))[piece]
    enclosed = np.bincount(piece[edges.face], weights=edges.other < 0)[piece] == 0
    speck = kept & (size < (SPECK_TOLERANCES * tolerance_m) ** 2)
    pinhole = ~kept & enclosed & (size < tolerance_m**2)
    return np.asarray((kept & ~speck) | pinhole)


def _outer_zone(outermost: Outline, line: ContactLine, field: DistanceField, tolerance_m: float) -> Any:
    faces = arrange([shapely.linestrings(ring) for ring in outermost.rings])
    inside = field.distance(line.plane.inverse(inner_points(faces))) <= outermost.distance_m + tolerance_m
    return united(faces, inside)


def cut(ground: Ground, whole: Any, sectors: Sequence[Any], borders: Sequence[Border]) -> Ground:
    """Return the ground cut by sector borders, every face labelled with its sector (from 0); ``whole`` is the zone."""
    if len(sectors) == 1:
        return ground
    if not borders:  # separate pieces of the zone: nothing to cut, but sectors all the same
        return replace(ground, sector=locate(inner_points(ground.faces), sectors))
    faces = arrange([*shapely.boundary(ground.faces), *overshot(borders, whole)])
    middle = inner_points(faces)
    parent, face = shapely.STRtree(shapely.points(middle)).query(ground.faces, predicate="contains")
    origin = np.full(len(faces), -1, dtype=np.int64)
    origin[face] = parent
    faces, middle, origin = faces[origin >= 0], middle[origin >= 0], origin[origin >= 0]
    return replace(
        ground, faces=faces, side=ground.side[origin], cap=ground.cap[origin], kept=ground.kept[origin],
        sector=locate(middle, sectors),
    )


def outline_edges(ground: Ground, spec: PlanSpec) -> tuple[Edges, Array, NDArray[np.int64]]:
    """Return the zone's edges that should keep the depth, the depth of each in metres, and its side.

    Left out are the ends of flat caps and the steps between sides of different depth.
    """
    edges = edges_of(ground.faces)
    kept = ground.kept[edges.face]
    other = edges.other
    outside = (other < 0) | ~ground.kept[other]
    cap = (other >= 0) & ground.cap[other]
    across = (other >= 0) & (ground.side[other] != ground.side[edges.face])
    chosen = edges.select(kept & outside & ~cap & ~across)
    side = ground.side[chosen.face]
    return chosen, np.where(side == LEFT, spec.depth_a_m, spec.depth_b_m), side
