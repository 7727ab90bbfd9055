"""Sides A and B: which ground lies left and which lies right of the contact line.

The line's gaps are bridged and its open ends extended to the outside of the zone, so that the linework separates two
sides; then the faces next to the line vote by the direction of its edges, and faces take the side of what they join
without crossing the line. Single-sided buffers and the sign of the nearest edge were measured and rejected: they
overlap, or fail at ends and pockets. Coordinates are metres in the local plane, on the grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import GRID, Edges, along_of, components, nearest_of, on_grid, segments
from .contact_line import Chain, ContactLine
from .errors import PlanError
from .geodesy import CHORD_STEP_M, Array, Indices, densify
from .paths import simple_path, way_out

LEFT, RIGHT = 1, -1
SIDES = ((LEFT, "A"), (RIGHT, "B"))
TURN_STEP_DEGREES = 5
MOST_CONFLICT = 1e-3  # share of the line seen from the wrong side above which the sides have no meaning
VIRTUAL_WEIGHT = 1e-3  # votes of bridges and extensions count little beside the line's own
DIRECTION_SHARE = 0.5  # of the depth over which the direction of an end is averaged
SNAPPED_M = 10 * GRID  # edges shorter than this may have any direction
BEYOND_M = 5.0  # metres by which an extension leaves the zone


@dataclass(frozen=True)
class Divide:
    """The linework that separates the sides: polylines (n, 2), the chain of each, and which are part of the line."""

    lines: tuple[Array, ...]
    chain: tuple[int, ...]
    real: tuple[bool, ...]


def divide(
    line: ContactLine, paths: Sequence[Sequence[Array]], outer: Any, depth_m: float, blocking: Sequence[Array] = ()
) -> Divide:
    """Return the contact line with its gaps bridged and its open ends led to the outside of the zone.

    Parameters
    ----------
    paths : the parts of each chain as `plane_parts` returns them
    outer : the zone at the larger depth, polygon or multipolygon in the plane
    depth_m : the larger depth, metres
    blocking : other polylines in the plane that the way to the outside must not cross

    Raises
    ------
    PlanError : an end of the line is enclosed by the line and cannot be led out
    """
    filled = shapely.union_all([shapely.Polygon(p.exterior) for p in shapely.get_parts(outer)], grid_size=GRID)
    lines: list[Array] = []
    owner: list[int] = []
    real: list[bool] = []

    def add(xy: Array, chain: int, is_real: bool) -> None:
        lines.append(xy)
        owner.append(chain)
        real.append(is_real)

    ends: list[tuple[int, bool]] = []
    for index, (chain, parts) in enumerate(zip(line.chains, paths)):
        for part in parts:
            add(part, index, True)
        for before, after in zip(parts[:-1], parts[1:]):
            if (before[-1] != after[0]).any():
                add(np.stack([before[-1], after[0]]), index, False)
        if not chain.closed:
            ends += [(index, True), (index, False)]
    first = {c: next(i for i, o in enumerate(owner) if o == c) for c in set(owner)}
    last = {c: max(i for i, o in enumerate(owner) if o == c and real[i]) for c in set(owner)}
    for chain_index, at_start in ends:
        towards = lines[first[chain_index]][::-1] if at_start else lines[last[chain_index]]
        extension = _extension(towards, [*lines, *blocking], filled, depth_m, line)
        add(extension[::-1] if at_start else extension, chain_index, False)
    return Divide(tuple(lines), tuple(owner), tuple(real))


def plane_parts(line: ContactLine, chain: Chain) -> list[Array]:
    """Return the parts of a chain in the plane, dense enough to follow their geodesics, without self-crossings."""
    return [simple_path(on_grid(line.plane.forward(densify(part, CHORD_STEP_M)))) for part in chain.parts]


def _extension(towards: Array, lines: Sequence[Array], filled: Any, depth_m: float, line: ContactLine) -> Array:
    """Return a line from the end of ``towards`` to the outside of the zone that meets no other line."""
    blocked = shapely.STRtree(segments(lines)[0])
    end = towards[-1]
    heading = np.arctan2(*_outward(towards, DIRECTION_SHARE * depth_m)[::-1])
    x_min, y_min, x_max, y_max = shapely.bounds(filled)
    reach = float(np.hypot(x_max - x_min, y_max - y_min)) + depth_m
    steps = np.arange(1, 180 // TURN_STEP_DEGREES + 1) * TURN_STEP_DEGREES
    for turn in np.radians(np.concatenate([[0], np.stack([steps, -steps], axis=1).ravel()])):
        direction = np.array([np.cos(heading + turn), np.sin(heading + turn)])
        inside = shapely.intersection(shapely.linestrings([end, end + reach * direction]), filled, grid_size=GRID)
        near = [g for g in shapely.get_parts(inside) if shapely.dwithin(g, shapely.points(end), GRID)]
        length = (near[0].length if near else 0.0) + BEYOND_M
        ray = shapely.linestrings([end + min(1.0, length / 2) * direction, end + length * direction])
        if not len(blocked.query(ray, predicate="intersects")):
            return on_grid(np.stack([end, end + length * direction]))
    path = way_out(end, lines, filled, depth_m)
    if path is None:
        lon, lat = line.plane.inverse(end[None])[0]
        raise PlanError(
            "An end of the contact line is enclosed by the line itself, so it does not separate two sides",
            "Extend that end to the outside, or close it to a ring.", f"{lon:.5f}, {lat:.5f}",
        )
    return path


def _outward(towards: Array, scale_m: float) -> Array:
    """Return the direction in which a polyline leaves its last point, averaged over its last stretch."""
    along = along_of(towards)
    place = np.maximum(0.0, along[-1] - np.array([1.0, 0.5]) * scale_m)
    back = np.column_stack([np.interp(place, along, towards[:, i]) for i in (0, 1)])
    direction = towards[-1] - back.mean(axis=0)
    length = np.hypot(*direction)
    return np.asarray(direction / length) if length > 0 else np.array([1.0, 0.0])


def label_sides(edges: Edges, face_count: int, line: ContactLine, dividing: Divide) -> NDArray[np.int64]:
    """Return +1 for faces on side A and -1 for side B.

    Parameters
    ----------
    edges : edges of the faces inside the zone at the larger depth
    dividing : the linework of `divide`

    Raises
    ------
    PlanError : the line does not separate two sides
    """
    owner, sense = _dividing_edges(edges, dividing)
    free = (owner < 0) & (edges.other >= 0)
    group = components(face_count, edges.face[free], edges.other[free])
    voting = owner >= 0
    real = np.array(dividing.real)[owner[voting]]
    weight = edges.length[voting] * np.where(real, 1.0, VIRTUAL_WEIGHT)
    chain = np.array(dividing.chain)[owner[voting]]
    shape = (int(group.max()) + 1, len(line.chains))
    left = np.zeros(shape)
    right = np.zeros(shape)
    groups = group[edges.face[voting]]
    np.add.at(left, (groups, chain), np.where(sense[voting] > 0, weight, 0.0))
    np.add.at(right, (groups, chain), np.where(sense[voting] < 0, weight, 0.0))
    side, turned = _agree(left - right, line)
    wrong = sense[voting] * turned[chain] * side[groups] < 0
    _refuse_conflict(weight, wrong, (edges.start + edges.end)[voting] / 2, line)
    return np.asarray(side[group])


def _dividing_edges(edges: Edges, dividing: Divide) -> tuple[Indices, NDArray[np.int64]]:
    """Return the dividing line that each edge lies on, or -1, and whether the face is on its left (+1) or right."""
    pieces, owner = segments(dividing.lines)
    ends = shapely.get_coordinates(pieces).reshape(-1, 2, 2)
    found = np.full(len(edges.face), -1, dtype=np.int64)
    sense = np.zeros(len(edges.face), dtype=np.int64)
    same = _same_edges(ends, edges)
    rest = np.nonzero(same < 0)[0]  # cut, or moved by the grid
    near, nearest = nearest_of(shapely.STRtree(pieces), (edges.start + edges.end)[rest] / 2, 2 * GRID)
    which = np.concatenate([np.nonzero(same >= 0)[0], rest[near]])
    piece = np.concatenate([same[same >= 0], nearest])
    along = ends[piece, 1] - ends[piece, 0]
    step = (edges.end - edges.start)[which]
    cosine = np.einsum("ij,ij->i", along, step) / np.maximum(np.hypot(*along.T) * np.hypot(*step.T), 1e-12)
    parallel = np.abs(cosine) > np.sqrt(0.5)  # an edge that merely touches the line is no part of it
    part = parallel | (np.hypot(*step.T) < SNAPPED_M)  # the grid may have turned a very short one: a wall all the same
    found[which[part]] = owner[piece[part]]
    sense[which[parallel]] = np.sign(cosine[parallel]).astype(np.int64)
    return found, sense


def _same_edges(ends: Array, edges: Edges) -> Indices:
    """Return which of two-point lines (n, 2, 2) each edge is, either way round, or -1: by their middles, then ends."""
    middle = np.concatenate([ends.sum(axis=1), edges.start + edges.end])
    order = np.lexsort(middle.T)  # stable: the lines come before the edges with the same middle
    fresh = np.concatenate([[True], (middle[order][1:] != middle[order][:-1]).any(axis=1)])
    first = np.empty(len(order), dtype=np.int64)
    first[order] = order[np.nonzero(fresh)[0]][np.cumsum(fresh) - 1]
    line = first[len(ends) :]
    found = np.where(line < len(ends), line, -1)
    there = ends[np.maximum(found, 0)]
    same = ((there[:, 0] == edges.start) | (there[:, 1] == edges.start)).all(axis=1)
    return np.where(same, found, -1)


def _agree(votes: Array, line: ContactLine) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give every group of faces a side; a ring that touches labelled ground takes the direction that agrees."""
    lengths = np.abs(votes).sum(axis=0)
    side = np.zeros(len(votes), dtype=np.int64)
    turned = np.zeros(len(line.chains), dtype=np.int64)
    drawn = np.array([LEFT if chain.left_is_a else RIGHT for chain in line.chains])
    for first in np.argsort(-lengths, kind="stable"):
        if turned[first]:
            continue
        turned[first] = drawn[first]
        queue = [int(first)]
        while queue:
            chain = queue.pop()
            fresh = (votes[:, chain] != 0) & (side == 0)
            side[fresh] = np.where(votes[fresh] @ turned >= 0, LEFT, RIGHT)
            for other in np.nonzero(turned == 0)[0]:
                agreement = float((votes[:, other] * side).sum())
                if agreement:
                    # a pocket may be drawn either way round; an open line says which of its sides is which
                    turned[other] = np.sign(agreement) if line.chains[other].closed else drawn[other]
                    queue.append(int(other))
    side[side == 0] = LEFT
    return side, turned


def _refuse_conflict(weight: Array, wrong: NDArray[np.bool_], middle: Array, line: ContactLine) -> None:
    """Raise where more of the line than can be put down to details is seen from the wrong side (gross, per face)."""
    share = float(weight[wrong].sum()) / max(float(weight.sum()), GRID)
    if share <= MOST_CONFLICT:
        return
    place = middle[wrong][int(np.argmax(weight[wrong]))]
    lon, lat = line.plane.inverse(place[None])[0]
    raise PlanError(
        f"The contact line does not separate two sides: {100 * share:.2g} % of it has the same side left and right",
        "Keep one line of contact: no second line beside it, no branches, no loops across itself.",
        f"{lon:.5f}, {lat:.5f}",
    )
