"""Areas of control: any polygon layer made into clean ground in one plane, and what was mended.

Public data of who holds what comes as polygons with self-overlaps, slivers between features and crossed outlines.
Input is longitude/latitude on WGS 84; an edge is straight there, as its layer's map draws it, the short way round the
Earth: layers that share a border then share it whatever vertices each has. Ground is a multipolygon in metres in the
local plane, on the grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import GRID, arrange, as_multipolygon, inner_points, on_grid, segments
from .errors import PlanError
from .features import MOST_NAMED, InputFeature, counted, parts_of, told_km2
from .geodesy import Array, LocalPlane, area, counter

EDGE_STEP_DEGREES = 0.04  # 4.5 km; an edge this long in either coordinate lies within 1 m of its geodesic anywhere
LEAST_BEND = 1e-6
TURN = 360.0
SLIVER_M = 50.0  # slits, holes and specks narrower than this come from digitising, not from the ground
SLIT_LENGTHS = 20  # half widths: what is longer around is a slit, not the rounding of a corner
CORNERS = 3  # of the least polygon


@dataclass(frozen=True)
class Outlines:
    """The polygons of one layer, longitude/latitude, none empty, edges short, each with the id of its feature."""

    name: str
    polygons: tuple[Any, ...]
    feature_ids: tuple[int, ...]


def outlines(areas: Sequence[InputFeature], name: str, notes: list[str]) -> Outlines:
    """Return the polygons of a layer's features.

    Parameters
    ----------
    areas : features in longitude/latitude
    name : what the sentences call the layer, in the plural, such as ``The areas of side A``
    notes : gets a line on features that were left out

    Raises
    ------
    PlanError : no features, nothing but empty geometry, a vertex without a place on the Earth, no polygons
    """
    if not areas:
        raise PlanError(f"{name} have no features", "Choose a layer, or a selection, with at least one polygon.")
    found: list[Any] = []
    owners: list[int] = []
    empty = 0
    for feature in areas:
        if feature.empty:
            empty += 1
            continue
        polygons = parts_of(feature, f"{name} hold", ("Polygon",))
        found += [_with_short_edges(polygon) for polygon in polygons]
        owners += [feature.feature_id] * len(polygons)
    if not found:
        raise PlanError(f"{name} have nothing but empty geometry", "Draw the polygons or choose another layer.")
    if empty:
        notes.append(f"{name}: {counted(empty, 'feature')} without geometry left out")
    return Outlines(name, tuple(found), tuple(owners))


def _with_short_edges(polygon: Any) -> Any:
    """Return a polygon with points added, so that its edges are geodesics as well as straight in longitude/latitude."""
    shell, *holes = (_shortened(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygon))
    return shapely.Polygon(shell, holes)


def _shortened(ring: Array) -> Array:
    """Return a ring with points where its long edges meet full steps of the coordinate in which they are longer.

    So edges of two layers along one border get the same points, whatever vertices each layer has.
    """
    turns = np.cumsum(np.round(np.diff(ring[:, 0]) / TURN))
    ring[1:, 0] -= TURN * turns  # on beyond ±180°, the short way round
    long = np.nonzero(np.abs(np.diff(ring, axis=0)).max(axis=1) > EDGE_STEP_DEGREES)[0]
    start, step = ring[long], ring[long + 1] - ring[long]
    axis, rows = np.argmax(np.abs(step), axis=1), np.arange(len(long))
    size = _step_degrees(start[:, 1], start[:, 1] + step[:, 1])
    ends = np.stack([start, start + step])[:, rows, axis] / size
    low, high = np.floor(ends.min(axis=0)), np.ceil(ends.max(axis=0))
    count = (high - low - 1).astype(int)
    which = np.repeat(rows, count)
    number = 1.0 + counter(count)
    at = np.where(ends[0] < ends[1], low, high)[which] + np.sign(ends[1] - ends[0])[which] * number
    share = (at * size[which] - start[which, axis[which]]) / step[which, axis[which]]
    return np.insert(ring, long[which] + 1, start[which] + share[:, None] * step[which], axis=0)


def _step_degrees(lat_1: Array, lat_2: Array) -> Array:
    """Return the steps for edges between two latitudes: longer near a pole, where degrees of longitude are short."""
    lat = np.radians(np.clip(0.0, np.minimum(lat_1, lat_2), np.maximum(lat_1, lat_2)))  # nearest to the equator
    bend = np.where(np.abs(lat) > np.pi / 4, np.sin(2 * np.abs(lat)), 1.0)  # of a parallel, away from its geodesic
    return EDGE_STEP_DEGREES * 2 ** np.floor(-np.log2(np.maximum(bend, LEAST_BEND)) / 2)


def ground_of(layer: Outlines, plane: LocalPlane, notes: list[str]) -> Any:
    """Return what the polygons of a layer cover together, a multipolygon in the plane without slivers.

    Crossed outlines are mended: what a ring winds around, once or more often, is inside.
    """
    polygons: list[Any] = []
    crossed: list[int] = []
    for polygon, feature_id in zip(layer.polygons, layer.feature_ids):
        made = _in_plane(polygon, plane)
        if made is None:
            continue
        if not shapely.is_valid(made):
            if not shapely.is_valid(polygon):  # else it touches itself by the grid's rounding only
                crossed.append(feature_id)
            made = _mended(made)
        if not shapely.is_empty(made):
            polygons.append(made)
    if crossed:
        named = list(dict.fromkeys(crossed))
        rest = ", …" if len(named) > MOST_NAMED else ""
        which = ", ".join(map(str, named[:MOST_NAMED])) + rest
        notes.append(f"{layer.name}: crossed outlines mended in {counted(len(named), 'feature')}: feature {which}")
    united = as_multipolygon(shapely.union_all(polygons, grid_size=GRID))
    ground = without_slivers(united, polygons, plane, f"{layer.name}: ", notes) if polygons else united
    if shapely.is_empty(ground):
        raise PlanError(
            f"{layer.name} have no extent: nothing is wider than {SLIVER_M:g} m", "Check the layer's reference system.",
        )
    return ground


def _in_plane(polygon: Any, plane: LocalPlane) -> Any:
    """Return a polygon on the plane's grid, perhaps invalid; None if its outline has shrunk to nothing."""
    rings = []
    for ring in shapely.get_rings(polygon):
        xy = on_grid(plane.forward(shapely.get_coordinates(ring)))
        xy = xy[np.concatenate([[True], (np.diff(xy, axis=0) != 0).any(axis=1)])]
        if len(xy) > CORNERS:
            rings.append(xy)
        elif not rings:
            return None
    return shapely.Polygon(rings[0], rings[1:])


def _mended(polygon: Any) -> Any:
    shell, *holes = (_wound_around(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygon))
    cut = shapely.union_all(holes, grid_size=GRID)
    return shell if shapely.is_empty(cut) else shapely.difference(shell, cut, grid_size=GRID)


def _wound_around(ring: Array) -> Any:
    """Return what a closed line winds around: a loop over the same ground leaves no hole, as even-odd would."""
    faces = arrange([shapely.linestrings(ring)])
    if not len(faces):
        return shapely.MultiPolygon()
    inside = winding_numbers(ring, inner_points(faces)) != 0
    return shapely.union_all(faces[inside], grid_size=GRID)


def winding_numbers(ring: Array, xy: Array) -> NDArray[np.int64]:
    """Return how often a closed line (m, 2) goes counter-clockwise around each point (n, 2).

    Counts the edges that pass east of the point, upwards as 1 and downwards as -1 (after D. Sunday, 2001).

    Examples
    --------
    >>> twice = np.array([[0.0, 0], [4, 0], [4, 4], [0, 4], [0, 0], [4, 0], [4, 4], [0, 4], [0, 0]])
    >>> winding_numbers(twice, np.array([[2.0, 2.0], [5.0, 2.0]])).tolist()
    [2, 0]
    """
    start, end = ring[:-1], ring[1:]
    result = np.zeros(len(xy), dtype=np.int64)
    for index, (x, y) in enumerate(xy):
        side = (end[:, 0] - start[:, 0]) * (y - start[:, 1]) - (x - start[:, 0]) * (end[:, 1] - start[:, 1])
        up = (start[:, 1] <= y) & (end[:, 1] > y) & (side > 0)
        down = (start[:, 1] > y) & (end[:, 1] <= y) & (side < 0)
        result[index] = up.sum() - down.sum()
    return result


def without_slivers(
    ground: Any, polygons: Sequence[Any], plane: LocalPlane, prefix: str, notes: list[str],
) -> Any:
    """Return a multipolygon with slits and holes narrower than `SLIVER_M` closed and specks as narrow left out.

    All other vertices stay where they are. ``polygons``: those that the ground was united from; slits lie between them.
    """
    found = _slits(ground, polygons)
    if found:
        ground = as_multipolygon(shapely.union_all([ground, *found], grid_size=GRID))
    gaps, specks, kept = list(found), [], []
    for polygon in shapely.get_parts(ground):
        shell = shapely.Polygon(polygon.exterior)
        if is_sliver(shell):
            specks.append(shell)
            continue
        narrow = [is_sliver(shapely.Polygon(ring)) for ring in polygon.interiors]
        gaps += [shapely.Polygon(ring) for ring, out in zip(polygon.interiors, narrow) if out]
        kept.append(shapely.Polygon(shell.exterior, [ring for ring, out in zip(polygon.interiors, narrow) if not out]))
    told = [
        f"{counted(len(pieces), noun)} ({told_km2(area(shapely.transform(pieces, plane.inverse)))}) {done}"
        for pieces, noun, done in ((gaps, "gap", "closed"), (specks, "speck", "left out")) if pieces
    ]
    if told:
        notes.append(f"{prefix}{' and '.join(told)}, each narrower than {SLIVER_M:g} m")
    return shapely.MultiPolygon(kept)


def _slits(ground: Any, polygons: Sequence[Any]) -> list[Any]:
    """Return the open slits between polygons; whole holes are left to be dealt with ring by ring."""
    seams = _seams(polygons)
    if shapely.is_empty(seams):
        return []
    half = SLIVER_M / 2
    around, farther = (shapely.buffer(seams, n * SLIVER_M) for n in (2, 3))
    filled = shapely.union_all([shapely.Polygon(p.exterior) for p in shapely.get_parts(ground)], grid_size=GRID)
    cut = (shapely.intersection(filled, window, grid_size=GRID) for window in (around, farther))
    here, wider = map(as_multipolygon, cut)  # without the lines where they only touch
    closed = shapely.buffer(shapely.buffer(here, half), -half)
    with np.errstate(all="ignore"):  # GEOS divides by zero on the way to an empty result
        extra = shapely.get_parts(shapely.difference(closed, wider, grid_size=GRID))
    # a corner's rounding is short, a slit is long
    return [p for p in extra if p.geom_type == "Polygon" and p.length > SLIT_LENGTHS * half]


def _seams(polygons: Sequence[Any]) -> Any:
    """Return the edges of polygons, as a multi-line, that lie within `SLIVER_M` of another polygon's."""
    rings, polygon = shapely.get_rings(shapely.get_parts(polygons), return_index=True)
    part_owner = shapely.get_parts(polygons, return_index=True)[1]
    edges, ring = segments([shapely.get_coordinates(one) for one in rings])
    owner = part_owner[polygon[ring]]
    if owner[0] == owner[-1]:  # one polygon
        return shapely.MultiLineString()
    one, two = shapely.STRtree(edges).query(edges, predicate="dwithin", distance=SLIVER_M)
    return shapely.line_merge(shapely.multilinestrings(edges[np.unique(one[owner[one] != owner[two]])]))


def is_sliver(polygon: Any) -> bool:
    """Return whether no circle of the diameter `SLIVER_M` fits into a polygon or multipolygon."""
    if shapely.is_empty(polygon):
        return True
    # the widest circle has at least the radius area / perimeter
    surely_wide = shapely.get_num_geometries(polygon) == 1 and polygon.area > polygon.length * SLIVER_M / 2
    return not surely_wide and bool(shapely.is_empty(shapely.buffer(polygon, -SLIVER_M / 2)))
