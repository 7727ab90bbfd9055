"""Borders between sectors: found from cuts along the axis, and put back together to sectors.

Coordinates are metres in the local plane. All functions keep one invariant: the sectors tile the zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..arrangement import (
    GRID,
    OVERSHOOT,
    Edges,
    arrange,
    components,
    dissolve,
    edges_of,
    inner_points,
    nearest_of,
)
from ..geodesy import Array, Indices
from .axis import STEP_SHARE, Axis

NEAR_SHARE = 6.0  # of the depth: farther from another sector a few samples tell whose ground it is
SPARSE_SHARE = 2  # of the depth: their spacing
MOST_SAMPLES = 20_000
ABSORB_ROUNDS = 10


class TopologyError(Exception):
    """Borders that do not make the expected sectors; the caller falls back or reports."""


@dataclass(frozen=True)
class Border:
    """The border between sectors ``one`` < ``two`` (from 0), a polyline (n, 2) between nodes."""

    one: int
    two: int
    xy: Array

    @property
    def line(self) -> Any:
        """The border as a shapely line."""
        return shapely.linestrings(self.xy)


def rough_sectors(axis: Axis, cuts: Array, zone: Any, depth_m: float) -> list[Any]:
    """Return the sectors (multipolygons) of points nearest to the stretches of the axis between cuts.

    Parameters
    ----------
    cuts : increasing places along the axis, metres, shape (sectors - 1,)

    Raises
    ------
    TopologyError : a stretch has no ground of its own
    """
    place = _needed_places(axis, cuts, depth_m)
    samples = axis.at(place)
    sector = np.searchsorted(cuts, place, side="right")
    frame = shapely.buffer(shapely.box(*shapely.bounds(zone)), depth_m)
    tree = shapely.STRtree(shapely.points(samples))
    lines = halfway_lines(tree, sector, frame)
    faces = arrange([shapely.boundary(zone), *lines])
    middle = inner_points(faces)
    shapely.prepare(zone)
    inside = shapely.contains_xy(zone, middle)
    faces, middle = faces[inside], middle[inside]
    label = sector[nearest_of(tree, middle)[1]]
    label = _absorb_fragments(faces, label)
    count = len(cuts) + 1
    _expect_all(label, count)
    return dissolve(faces, label, count)


def halfway_lines(tree: shapely.STRtree, owner: Indices, frame: Any) -> NDArray[Any]:
    """Return the lines halfway between samples of different owners, straight pieces that fill a frame.

    Parameters
    ----------
    tree : the samples, points in the plane
    owner : of each sample

    Raises
    ------
    TopologyError : the diagram could not be drawn
    """
    # one bad cell would only lose a border: faces are labelled by the nearest sample, not by the diagram
    samples = shapely.get_coordinates(tree.geometries)
    try:
        diagram = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(samples), extend_to=frame))
    except shapely.errors.GEOSException as error:
        raise TopologyError("the ground between sectors could not be divided") from error
    cell_owner = owner[nearest_of(tree, inner_points(diagram))[1]]
    edges = edges_of(diagram)
    between = edges.select((edges.other >= 0) & (edges.face < edges.other))
    between = between.select(cell_owner[between.face] != cell_owner[between.other])
    return np.asarray(shapely.linestrings(np.stack([between.start, between.end], axis=1)))


def _needed_places(axis: Axis, cuts: Array, depth_m: float) -> Array:
    """Return places along the axis: close to each other where another sector is near, far apart elsewhere."""
    near_m = NEAR_SHARE * depth_m
    step = max(STEP_SHARE * depth_m, min(axis.total, 2 * near_m * len(cuts)) / MOST_SAMPLES)
    place = _sample_places(axis, cuts, step)
    stride = max(1, int(min(depth_m, axis.total / (2 * len(cuts) + 2)) / step))
    begun = np.searchsorted(place, np.concatenate([axis.starts[:-1], cuts]))  # of chains and of sectors
    probed = np.unique(np.concatenate([np.arange(0, len(place), stride), begun]))
    probe = place[probed]
    sector = np.searchsorted(cuts, probe, side="right")
    points = shapely.points(axis.at(probe))
    one, two = shapely.STRtree(points).query(points, predicate="dwithin", distance=near_m)
    needed = np.zeros(len(probe), dtype=bool)
    needed[one[sector[one] != sector[two]]] = True
    needed = np.repeat(needed, np.diff(np.append(probed, len(place))))
    needed[:: SPARSE_SHARE * stride] = True
    return place[needed]


def _sample_places(axis: Axis, cuts: Array, step: float) -> Array:
    """Return places along the axis, symmetric about every cut, so that the border at a cut is the axis' normal."""
    stops = np.unique(np.concatenate([axis.starts, cuts]))
    width = np.diff(stops)
    margin = np.minimum(step / 2, np.minimum(np.append(width, np.inf), np.append(np.inf, width)) / 4)
    places = [
        np.linspace(a + m_a, b - m_b, max(2, int(np.ceil((b - a) / step))))
        for a, b, m_a, m_b in zip(stops[:-1], stops[1:], margin[:-1], margin[1:])
    ]
    return np.concatenate(places)


def _absorb_fragments(faces: NDArray[Any], label: Indices) -> Indices:
    """Give every piece of a sector but its largest to the neighbour with the longest common border.

    Where the zone itself lies in pieces, a sector keeps its largest part of each.
    """
    label = label.copy()
    edges = edges_of(faces)
    inner = edges.select(edges.other >= 0)
    island = components(len(faces), inner.face, inner.other)
    size = shapely.area(faces)
    for _ in range(ABSORB_ROUNDS):
        same = label[inner.face] == label[inner.other]
        piece = components(len(faces), inner.face[same], inner.other[same])
        area = np.bincount(piece, weights=size)
        owner = np.zeros(len(area), dtype=np.int64)
        owner[piece] = label * len(faces) + island
        order = np.lexsort([-area, owner])
        largest = order[np.concatenate([[True], owner[order][1:] != owner[order][:-1]])]
        small = np.setdiff1d(np.arange(len(area)), largest)
        moved = False
        for fragment in small:
            touching = (piece[inner.face] == fragment) & ~same
            if touching.any():
                shared = np.bincount(label[inner.other[touching]], weights=inner.length[touching])
                label[piece == fragment] = int(np.argmax(shared))
                moved = True
                break  # its neighbours have changed: look again
        if not moved:
            break
    return label


def _expect_all(label: Indices, count: int) -> None:
    missing = np.setdiff1d(np.arange(count), label)
    if len(missing):
        raise TopologyError(f"sectors {(missing + 1).tolist()} of {count} have no ground")


def borders_of(sectors: Sequence[Any]) -> list[Border]:
    """Return the borders between sectors that tile, as polylines between nodes."""
    edges = edges_of(sectors)
    inner = edges.select((edges.other >= 0) & (edges.face < edges.other))
    borders = []
    for one, two in np.unique(np.stack([inner.face, inner.other], axis=1), axis=0):
        here = _between(inner, one, two)
        merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(here)))
        borders += [Border(int(one), int(two), shapely.get_coordinates(g)) for g in shapely.get_parts(merged)]
    return borders


def _between(edges: Edges, one: int, two: int) -> Array:
    here = edges.select((edges.face == one) & (edges.other == two))
    return np.stack([here.start, here.end], axis=1)


def overshot(borders: Sequence[Border], zone: Any) -> list[Any]:
    """Return the borders as lines, run a metre past the zone's edge where they end on it: so noding closes them."""
    edge = shapely.boundary(zone)
    shapely.prepare(edge)
    lines = []
    for border in borders:
        xy = border.xy
        for _ in range(2):
            if shapely.dwithin(edge, shapely.points(xy[0]), 2 * GRID):
                step = xy[0] - xy[1]
                xy = np.concatenate([[xy[0] + step * OVERSHOOT / max(float(np.hypot(*step)), GRID)], xy])
            xy = xy[::-1]
        lines.append(shapely.linestrings(xy))
    return lines


def rebuilt(borders: Sequence[Border], zone: Any, rough: Sequence[Any]) -> list[Any]:
    """Return the sectors that the borders cut from the zone, numbered by their largest overlap with the rough ones.

    Raises
    ------
    TopologyError : a sector is missing
    """
    faces = arrange([shapely.boundary(zone), *overshot(borders, zone)])
    shapely.prepare(zone)
    faces = faces[shapely.contains_xy(zone, inner_points(faces))]
    face, sector = shapely.STRtree(rough).query(faces, predicate="intersects")
    shared = shapely.area(shapely.intersection(faces[face], np.asarray(rough, dtype=object)[sector], grid_size=GRID))
    order = np.lexsort([-shared, face])
    first = order[np.concatenate([[True], face[order][1:] != face[order][:-1]])]
    label = np.full(len(faces), -1, dtype=np.int64)
    label[face[first]] = sector[first]
    _expect_all(label, len(rough))
    return dissolve(faces, label, len(rough))


def rebuilt_alike(borders: Sequence[Border], zone: Any, sectors: Sequence[Any], shape: Any) -> list[Any] | None:
    """Return the sectors that borders make, or None if they are not those there were, in shape."""
    try:
        made = rebuilt(borders, zone, sectors)
    except TopologyError:
        return None
    return made if shape_of(made) == shape else None


def shape_of(sectors: Sequence[Any]) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the number of pieces of each sector, and which pairs of sectors have how many borders."""
    pairs = sorted((border.one, border.two) for border in borders_of(sectors))
    return [len(shapely.get_parts(sector)) for sector in sectors], pairs
