"""What is told of a contact line from areas of control: what was divided, removed or lost, with lengths and areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .areas import SLIVER_M
from .arrangement import GRID, segments
from .between import Divided
from .beyond import FARTHEST, Beyond
from .border import REST, Rules, Run
from .features import counted, told_km, told_km2
from .geodesy import Array, LocalPlane, area, path_length
from .middle import NARROW_M

MUCH_CONTESTED = 0.1  # of the smaller side's ground
MUCH_BEYOND = 0.01  # of the line
TYPICAL, LEAST_TOLD_M = 0.95, 10.0  # share and distance in what is told of removed borders
REMOVED_STEP_M = 100.0  # pieces of removed borders that are judged by their middle
SURFACE = 2  # dimension of polygons
SHALLOW = 2.0  # matching distances inside the mask that a part which is surely no coast reaches


def tell_division(
    divided: Divided, smaller_m2: float, plane: LocalPlane, notes: list[str], warnings: list[str],
) -> None:
    """Say what was left uncut, and what both sides claim: a warning if that is much of the smaller side's ground."""
    if divided.nested:
        notes.append(
            f"{counted(divided.nested, 'area')} of one side inside the other side's areas, which do not cut them out, "
            "left to their own side. If one layer is a whole state, give it as the mask instead",
        )
    contested = _wide(divided.contested)
    if not len(contested):
        return
    told = f"Both sides' areas overlap on {told_km2(_size(contested, plane))}: there the line runs in the middle"
    if shapely.area(contested).sum() < MUCH_CONTESTED * smaller_m2:
        notes.append(told)
    else:
        warnings.append(f"{told}. If one layer is a whole state, give it as the mask instead")


def tell_strips(divided: Divided, parts: Sequence[Run], rules: Rules, notes: list[str]) -> None:
    """Say how much ground that nobody holds was divided: what lies along the line, not beyond both ends of it."""
    free = _wide(divided.free)
    edges, _ = segments([run.xy for run in parts])
    middle = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    strip, edge = shapely.STRtree(middle).query(free, predicate="contains")
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(edges[edge])))
    lines = lines[shapely.length(lines) > SLIVER_M]
    if not len(lines):
        return
    half = rules.gap_m / 2 * float(rules.plane.scale(shapely.get_coordinates(lines)).max())
    along = shapely.union_all(shapely.buffer(lines, half, cap_style="flat"), grid_size=GRID)
    found = shapely.intersection(free[np.unique(strip)], along, grid_size=GRID)
    size = told_km2(_size(_wide(found), rules.plane))
    notes.append(f"Strips between the sides that nobody holds, {size} in all, are halved: the line runs in the middle")


def _wide(ground: Any) -> NDArray[Any]:
    """Return the polygons that are wide enough to have a middle."""
    parts = shapely.get_parts(shapely.get_parts(ground))
    parts = parts[shapely.get_dimensions(parts) == SURFACE]
    return parts[~shapely.is_empty(shapely.buffer(parts, -NARROW_M))]


def _size(polygons: NDArray[Any], plane: LocalPlane) -> float:
    return area(shapely.transform(polygons, plane.inverse))


def tell_removed(runs: Sequence[Run], rules: Rules, notes: list[str]) -> None:
    """Say how much of the border was taken for coast or state border, and how near to the mask's edge it lies."""
    rest = [run.xy for run in runs if run.state == REST]
    if rules.depth is None or not rest:
        return
    middle, length = _pieces(rest, REMOVED_STEP_M, rules)
    depth = rules.depth(middle)
    near = np.abs(depth) <= rules.match_m
    if near.any():
        order = np.argsort(np.abs(depth[near]))
        covered = np.cumsum(length[near][order]) / length[near].sum()
        typical = np.abs(depth[near])[order][min(int(np.searchsorted(covered, TYPICAL)), len(order) - 1)]
        notes.append(
            f"{told_km(length[near].sum())} of the border were taken for coast or state border; "
            f"{100 * TYPICAL:g} % of it lies within {told_km(max(typical, LEAST_TOLD_M))} of the mask's edge",
        )
    outside = depth < -rules.match_m
    if outside.any():
        notes.append(f"{told_km(length[outside].sum())} of the border lie outside the mask and were left out")


def _pieces(lines: Sequence[Array], step_m: float, rules: Rules) -> tuple[Array, Array]:
    """Return middles and lengths, metres on the ellipsoid, of short pieces of a border where the sides face each other.
    """
    dense = shapely.segmentize([shapely.linestrings(xy) for xy in lines], step_m)
    xy, line = shapely.get_coordinates(dense, return_index=True)
    inside = line[1:] == line[:-1]
    middle, length = ((xy[1:] + xy[:-1]) / 2)[inside], np.hypot(*np.diff(xy, axis=0)[inside].T)
    # where both outlines end the middle runs on into nobody's ground, which is no border
    facing = np.ones(len(middle), dtype=bool) if rules.facing is None else rules.facing(middle, length)[0]
    return middle[facing], (length / rules.plane.scale(middle))[facing]


def tell_shallow(parts: Sequence[Run], rules: Rules, warnings: list[str]) -> None:
    """Warn of parts that are perhaps coast all the same: they never get far from the mask's edge."""
    if rules.depth is None:
        return
    limit = SHALLOW * rules.match_m
    shallow = [run.xy for run in parts if rules.depth(run.xy).max() < limit]
    if shallow:
        verb = "lies" if len(shallow) == 1 else "lie"
        length = sum(path_length(rules.plane.inverse(xy)) for xy in shallow)
        warnings.append(
            f"{counted(len(shallow), 'part')} with {told_km(length)} {verb} nowhere deeper than "
            f"{told_km(limit)} inside the mask: if that is coast or state border, raise MATCH",
        )


def tell_beyond(beyond: Beyond | None, line_m: float, gap_m: float, notes: list[str], warnings: list[str]) -> None:
    """Say where sides face each other farther apart than the gap; a warning if that is much beside the line."""
    if beyond is None:
        return
    told = f"{said_of_beyond(beyond, gap_m)}. No line runs there; raise GAP if one should"
    (warnings if beyond.length_m > MUCH_BEYOND * line_m else notes).append(told)


def said_of_beyond(beyond: Beyond, gap_m: float) -> str:
    """Return the half-sentence on sides that face each other farther apart than the gap."""
    lon, lat = beyond.place
    return (
        f"{told_km(beyond.length_m)} of side A's border face side B across more than the largest gap of "
        f"{told_km(gap_m)}, up to {told_km(beyond.widest_m)} near {lon:.5f}, {lat:.5f} (beyond "
        f"{FARTHEST:g} times the gap nothing is looked at)"
    )
