"""Where break points and lines to split along meet the contact line. Coordinates are metres in the local plane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from ..arrangement import NEAR, nearest_of, on_grid, segments
from ..errors import PlanError
from ..features import InputFeature, counted, parts_of, told_km
from ..geodesy import Array, Indices, LocalPlane
from .split import ChainPath

LAYER = "The layer of break points holds"
SAME_M = 1.0  # break points nearer to each other are one
BESIDE_M = 100.0  # from the line: a point farther away is not taken to be meant to lie on it
BESIDE_SHARE, ALONG_SHARE = 0.02, 1.0  # of the depth: nearer to the line for longer, another line runs along it
MOST_STEPS = 10_000
MOST_PLACES = 3  # in one note

Place = tuple[float, float]  # in the plane, on the grid


def break_points(features: Sequence[InputFeature]) -> tuple[Any, ...]:
    """Return the points of a layer, and its lines, such as a former plan's boundaries, those of one feature together.

    Raises
    ------
    PlanError : what is neither a point nor a line
    """
    found: list[Any] = []
    for feature in features:
        parts = parts_of(feature, LAYER, ("Point", "LineString"))
        lines = [part for part in parts if part.geom_type == "LineString"]
        found += [part for part in parts if part.geom_type == "Point"]
        found += [shapely.MultiLineString(lines)] if lines else []
    return tuple(found)


@dataclass(frozen=True)
class Places:
    """Where to split the line, in the plane on the grid, (n, 2); by place the lines to split along; and notes."""

    xy: Array
    drawn: Mapping[Place, Any]
    notes: tuple[str, ...]


def places_on_line(breaks: Sequence[Any], chains: Sequence[ChainPath], plane: LocalPlane, depth_m: float) -> Places:
    """Return where to split the line: at each point, brought to the line, and where each line crosses it."""
    points = np.array([shapely.get_coordinates(one)[0] for one in breaks if one.geom_type == "Point"]).reshape(-1, 2)
    opposite = points[~plane.shows(points)]
    if len(opposite):
        raise PlanError(
            "A break point lies on the other side of the Earth", "Check its coordinates and its reference system.",
            f"{opposite[0, 0]:.5f}, {opposite[0, 1]:.5f}",
        )
    shown = [plane.shows(shapely.get_coordinates(one)).all() for one in breaks]
    lines = [one for one, on_map in zip(breaks, shown) if one.geom_type != "Point" and on_map]
    pieces, _ = segments([part for chain in chains for part in chain.parts])
    tree = shapely.STRtree(pieces)
    crossed = _crossed(lines, tree, plane, depth_m)
    if not len(points) and not len(crossed.xy):
        raise PlanError(
            "There are no break points" if not lines else "None of the lines to split at crosses the contact line",
            "Choose a layer with at least one point on the line, or another split.",
        )
    feet, moved = _feet(points, tree, plane, depth_m)
    places = np.concatenate([crossed.xy, on_grid(feet)])  # of the same place, that of a line counts
    first = _once(places)
    again = len(places) - len(first)
    twice = (f"{counted(again, 'break point')} at the same place as another: taken once",) if again else ()
    xy = places[first]
    drawn = {place: crossed.drawn[place] for place in map(place_key, xy) if place in crossed.drawn}
    return Places(xy, drawn, (*crossed.notes, *moved, *twice))


def _crossed(lines: Sequence[Any], tree: shapely.STRtree, plane: LocalPlane, depth_m: float) -> Places:
    """Return where lines, longitude/latitude, cross the contact line.

    A line that crosses it an odd number of times is a border itself, through the middle crossing. Any other comes back
    to the side where it began: a break point lies at each of its crossings.
    """
    drawn: dict[Place, Any] = {}
    places, missing, returning = [np.zeros((0, 2))], [], []
    for one in lines:
        met = _parts_across(one, tree, plane, depth_m)
        if not met:
            missing.append(_middle(one))
        for path, found in met:
            if len(found) % 2:
                found = on_grid(found[len(found) // 2][None])
                drawn.setdefault(place_key(found[0]), path)
            else:
                found = on_grid(found[_once(found)])
                returning.append(found[0])
            places.append(found)
    back = plane.inverse(np.array(returning).reshape(-1, 2))
    return Places(np.concatenate(places), drawn, (*_left_out(np.array(missing)), *_returning(back)))


def _left_out(middles: Array) -> tuple[str, ...]:
    if not len(middles):
        return ()
    lines = counted(len(middles), "line")
    return (f"{lines} to split at left out: no crossing with the contact line ({told_places(middles)})",)


def _returning(lonlat: Array) -> tuple[str, ...]:
    if not len(lonlat):
        return ()
    verb = "does" if len(lonlat) == 1 else "do"
    return (
        f"{counted(len(lonlat), 'line')} to split at {verb} not pass from one side of the contact line to the other: "
        f"straight borders at the crossings ({told_places(lonlat)})",
    )


def not_as_drawn(lonlat: Array) -> tuple[str, ...]:
    """Say which lines, by where they cross the contact line, longitude/latitude (n, 2), could not be borders."""
    if not len(lonlat):
        return ()
    one = len(lonlat) == 1
    return (
        f"{counted(len(lonlat), 'line')} to split at could not be the border as drawn: "
        f"{'a straight one passes through the same place' if one else 'straight ones pass through the same places'} "
        f"({told_places(lonlat)})",
    )


def told_places(lonlat: Array) -> str:
    """Return places as sentences tell them, the first few."""
    told = "; ".join(f"{lon:.5f}, {lat:.5f}" for lon, lat in lonlat[:MOST_PLACES])
    return f"{told} and {len(lonlat) - MOST_PLACES} more" if len(lonlat) > MOST_PLACES else told


def place_key(xy: Array) -> Place:
    """Return a place on the grid (2,) as a key."""
    return float(xy[0]), float(xy[1])


def _middle(line: Any) -> Array:
    """Return the middle of a line, of several that of the longest."""
    longest = max(shapely.get_parts(line), key=shapely.length)
    return shapely.get_coordinates(shapely.line_interpolate_point(longest, 0.5, normalized=True))[0]


def _once(xy: Array) -> list[int]:
    """Return which places (n, 2) to keep so that none lies where one before it does."""
    kept: list[int] = []
    for k, place in enumerate(xy):
        if not (np.hypot(*(xy[kept] - place).T) < SAME_M).any():
            kept.append(k)
    return kept


def _parts_across(
    line: Any, tree: shapely.STRtree, plane: LocalPlane, depth_m: float
) -> list[tuple[Any, Array]]:
    """Return the connected parts of a line, in the plane, that meet the contact line, and where they do."""
    found = []
    for part in shapely.get_parts(shapely.line_merge(line)):
        path = shapely.linestrings(plane.forward(shapely.get_coordinates(part)))
        pieces = np.sort(tree.query(path, predicate="intersects"))
        if len(pieces):
            _refuse_along(path, tree, plane, depth_m)
            found.append((path, _crossings(path, tree, pieces)))
    return found


def _crossings(path: Any, tree: shapely.STRtree, pieces: Indices) -> Array:
    """Return where a line meets pieces of the contact line, (n, 2), in order along it; a common stretch counts once."""
    met = shapely.get_parts(shapely.intersection(path, shapely.multilinestrings(tree.geometries[pieces])))
    at = shapely.get_type_id(met) == shapely.GeometryType.POINT
    common = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(met[~at])))
    xy = shapely.get_coordinates([*met[at], *shapely.line_interpolate_point(common, 0.5, normalized=True)])
    piece = nearest_of(tree, xy)[1]
    along = shapely.line_locate_point(tree.geometries[piece], shapely.points(xy))
    xy = xy[np.lexsort([along, piece])]
    apart = np.hypot(*np.diff(xy, axis=0).T) > NEAR  # at a vertex it may meet both edges
    return np.asarray(xy[np.append(True, apart)])


def _refuse_along(path: Any, tree: shapely.STRtree, plane: LocalPlane, depth_m: float) -> None:
    """Refuse a line that lies on the contact line, or close beside it, for long."""
    beside = BESIDE_SHARE * depth_m
    most = min(ALONG_SHARE * depth_m, float(shapely.length(tree.geometries).sum()) / 2)
    if path.length < most:
        return
    xy = shapely.get_coordinates(shapely.segmentize(path, max(beside, path.length / MOST_STEPS)))
    near = np.zeros(len(xy), dtype=bool)
    near[nearest_of(tree, xy, beside)[0]] = True
    both = near[1:] & near[:-1]
    if np.hypot(*np.diff(xy, axis=0).T)[both].sum() < most:
        return
    where = np.nonzero(both)[0]
    raise PlanError(
        "A line to split at runs along the contact line",
        "Give points on the contact line, or lines that cross it.",
        told_places(plane.inverse(xy[where[len(where) // 2]][None])),
    )


def _feet(points: Array, tree: shapely.STRtree, plane: LocalPlane, depth_m: float) -> tuple[Array, tuple[str, ...]]:
    """Return the places of the line nearest to points, in the plane, and a note on those beside it."""
    if not len(points):
        return points, ()
    xy = plane.forward(points)
    pieces = tree.geometries[nearest_of(tree, xy)[1]]
    places = shapely.points(xy)
    away = shapely.distance(places, pieces)
    if away.max() > depth_m:
        worst = int(np.argmax(away))
        raise PlanError(
            f"A break point lies {told_km(away[worst])} from the contact line, farther than the zone is deep",
            "Move it to the line.", told_places(points[worst][None]),
        )
    along = shapely.line_locate_point(pieces, places)
    return shapely.get_coordinates(shapely.line_interpolate_point(pieces, along)), _brought(away[away > BESIDE_M])


def _brought(away: Array) -> tuple[str, ...]:
    """Say how far points beside the line were moved."""
    if not len(away):
        return ()
    verb, most = ("was", "by") if len(away) == 1 else ("were", "by up to")
    return (
        f"{counted(len(away), 'break point')} beside the line {verb} brought to it, {most} {told_km(away.max())}",
    )
