"""Which side is A, where the user knows ground on it: polygons or points decide instead of the line's direction."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from .arrangement import TINY, Edges, components, nearest_of
from .contact_line import ContactLine
from .errors import PlanError
from .geodesy import Array, earth_centred
from .sides import LEFT, RIGHT

BESIDE_STEP, MOST_BESIDE = 0.25, 2_000  # of the depth: spacing of places beside the line, and how many at most
FARTHEST_DEPTHS = 4.0  # from a short line a point may be this far in any case
ON_LINE_M = 1.0
MOST_AGAINST = 0.05  # share of the ground given for side A on side B, above which the user is told


def as_known(
    side: NDArray[np.int64], faces: NDArray[Any], edges: Edges, line: ContactLine, depth_m: float, side_a: Any
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the sides, exchanged in each piece of the zone where that agrees with ground known to be on side A.

    Parameters
    ----------
    side : +1 or -1 of each face
    edges : the edges of the faces
    depth_m : the larger depth, metres
    side_a : polygons or points on side A, longitude/latitude, or None: the line's direction decides

    Returns
    -------
    The sides, and a warning where the ground given lies on both.

    Raises
    ------
    PlanError : nothing of the ground given lies beside the line; a point on the line, or far from it
    """
    if side_a is None:
        return side, ()
    known = _known_places(side_a, line, depth_m)
    if not len(known):
        raise PlanError(
            "Nothing of the ground given for side A lies beside the contact line",
            "Choose polygons or points next to the line.",
        )
    inner = edges.select(edges.other >= 0)
    piece = components(len(faces), inner.face, inner.other)
    face = nearest_of(shapely.STRtree(faces), known)[1]
    agreeing, against = (np.bincount(piece[face], side[face] == sign, piece.max() + 1) for sign in (LEFT, RIGHT))
    wrong = float(np.minimum(agreeing, against).sum() / len(known))
    doubt = f"{100 * wrong:.0f} % of the ground given for side A lies on side B"
    return np.where((against > agreeing)[piece], -side, side), (doubt,) if wrong > MOST_AGAINST else ()


def _known_places(side_a: Any, line: ContactLine, depth_m: float) -> Array:
    """Return places known to be on side A, in the plane (n, 2): points as given, and the places in polygons."""
    parts = shapely.get_parts(side_a)
    is_point = shapely.get_type_id(parts) == shapely.GeometryType.POINT
    points = shapely.get_coordinates(parts[is_point])
    _refuse_telling_nothing(points, line, depth_m)
    beside = _beside(line, depth_m)
    lonlat = line.plane.inverse(beside)
    held = np.zeros(len(beside), dtype=bool)
    for polygon in parts[~is_point]:
        shapely.prepare(polygon)
        held |= shapely.contains_xy(polygon, lonlat)
    return np.concatenate([line.plane.forward(points), beside[held]]) if len(points) else beside[held]


def _refuse_telling_nothing(points: Array, line: ContactLine, depth_m: float) -> None:
    """Raise for a point on the line, or so far from it that its longitude and latitude may have changed places."""
    vertices = np.concatenate(line.parts)
    xyz = earth_centred(vertices[:: max(1, len(vertices) // MOST_BESIDE)])
    farthest = max(float(np.linalg.norm(np.ptp(xyz, axis=0))), FARTHEST_DEPTHS * depth_m)
    drawn = shapely.multilinestrings([shapely.linestrings(part) for part in line.flat])
    for point in points:
        where = f"{point[0]:.5f}, {point[1]:.5f}"
        if np.linalg.norm(xyz - earth_centred(point[None]), axis=1).min() > farthest:
            raise PlanError(
                "A point given for side A lies farther from the contact line than the line is long",
                "Check its coordinates and its layer's reference system, or choose a point nearer to the line.", where,
            )
        if shapely.dwithin(drawn, shapely.points(line.plane.forward(point[None])[0]), ON_LINE_M):
            raise PlanError(
                "A point given for side A lies on the contact line", "Move it off the line, to side A.", where,
            )


def _beside(line: ContactLine, depth_m: float) -> Array:
    """Return places half a depth left and right of the line, many along it, in the plane (n, 2)."""
    places = []
    step = max(BESIDE_STEP * depth_m, line.length_m / MOST_BESIDE)
    for part in line.flat:
        path = shapely.linestrings(part)
        along = np.arange(step / 2, max(path.length, step), step)
        at, ahead = (shapely.get_coordinates(shapely.line_interpolate_point(path, along + d)) for d in (-1.0, 1.0))
        forward = (ahead - at) / np.maximum(np.hypot(*(ahead - at).T), TINY)[:, None]
        normal = np.column_stack([-forward[:, 1], forward[:, 0]]) * depth_m / 2
        places += [(at + ahead) / 2 + normal, (at + ahead) / 2 - normal]
    return np.concatenate(places)
