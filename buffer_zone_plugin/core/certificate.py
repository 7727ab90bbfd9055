"""The measured error of a finished outline: how far its edges are from the depth that they should keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrangement import Edges
from .distance import DistanceField
from .geodesy import Array, Indices, LocalPlane, distances
from .progress import Progress
from .zone import map_points, slope_drops

MEASURED_POINTS = np.linspace(0.0, 1.0, 5)
KINK_M = 0.01  # a kink that could hide less than this between two points is not looked into
KINK_SHARES = np.arange(1, 16) / 16
MOST_KNOWN = 200_000  # edges, some 80 MB

Known = dict[bytes, tuple[float, ...]]  # by edge and depth: what `_measured` tells of it


@dataclass(frozen=True)
class Certificate:
    """The error of an outline as measured: largest and root mean square, metres; the worst place (lon, lat).

    ``points`` were measured; none where no edge is at its depth, as in a zone with a clip wholly inside it.
    """

    error_max_m: float
    error_rms_m: float
    error_at: tuple[float, float] | None
    points: int


def certify(
    plane: LocalPlane, field: DistanceField, edges: Edges, depth_m: Array, known: Known, progress: Progress
) -> Certificate:
    """Measure finished outline edges, straight in longitude/latitude as maps draw them.

    Five points on each edge, and more between two of them where the nearest point of the line jumps.

    Parameters
    ----------
    edges : outline edges in the plane, one at least; caps, clips and steps between the sides are left out by the caller
    depth_m : the distance that each edge should keep, metres, shape (n,)
    known : edges that were measured before, from the same field; what is measured now is added
    """
    start, end = _one_way(edges.start, edges.end)
    rows = np.column_stack([start, end, depth_m])
    keys: list[bytes] = rows.view(np.dtype((np.void, rows.itemsize * rows.shape[1]))).ravel().tolist()
    new = np.array([place for place, key in enumerate(keys) if key not in known], dtype=np.int64)
    progress.report(0.1)
    found = np.empty((len(keys), 5))
    if len(new):
        found[new] = _measured(plane, field, start[new], end[new], depth_m[new])
    progress.report(0.9)
    fresh = set(new.tolist())
    for place, key in enumerate(keys):
        if place not in fresh:
            found[place] = known[key]
    if len(known) < MOST_KNOWN:
        known.update((keys[place], tuple(found[place].tolist())) for place in fresh)
    error, squares, points, lon, lat = found.T
    worst = int(np.argmax(error))
    count = int(points.sum())
    return Certificate(
        float(error[worst]), float(np.sqrt(squares.sum() / count)), (float(lon[worst]), float(lat[worst])), count,
    )


def together(certificates: Sequence[Certificate]) -> Certificate:
    """Return the certificate of several outlines as one, of none an empty one."""
    if not certificates:
        return Certificate(0.0, 0.0, None, 0)
    worst = max(certificates, key=lambda one: one.error_max_m)
    points = sum(one.points for one in certificates)
    squares = sum(one.error_rms_m**2 * one.points for one in certificates)
    return Certificate(worst.error_max_m, float(np.sqrt(squares / points)), worst.error_at, points)


def _one_way(start: Array, end: Array) -> tuple[Array, Array]:
    """Return edges from their west end, or south: two zones that share an edge may have it in either direction."""
    turned = ((start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1])))[:, None]
    return np.where(turned, end, start), np.where(turned, start, end)


def _measured(plane: LocalPlane, field: DistanceField, start_xy: Array, end_xy: Array, depth_m: Array) -> Array:
    """Return of each edge (n, 5): largest error, sum of squared errors, points measured, and where the largest is."""
    start, end = plane.inverse(start_xy), plane.inverse(end_xy)
    count, tests = len(start), len(MEASURED_POINTS)
    edge = np.repeat(np.arange(count), tests)
    points = map_points(start[edge], end[edge], np.tile(MEASURED_POINTS, count))
    near = field.nearest(points)
    drop = slope_drops(near.onward.reshape(count, tests), start, end)
    kinked, place = np.nonzero(drop * distances(start, end)[:, None] / (tests - 1) / 4 > KINK_M)
    finer = (MEASURED_POINTS[place, None] + MEASURED_POINTS[1] * KINK_SHARES).ravel()
    more_of = np.repeat(kinked, len(KINK_SHARES))
    more = map_points(start[more_of], end[more_of], finer)
    edge, points = np.concatenate([edge, more_of]), np.concatenate([points, more])
    error = np.abs(np.concatenate([near.distance, field.distance(more)]) - depth_m[edge])
    worst = _first_largest(edge, error)
    return np.column_stack([
        error[worst], np.bincount(edge, error**2, count), np.bincount(edge, minlength=count), points[worst],
    ])


def _first_largest(group: Indices, value: Array) -> Indices:
    """Return for each group, from 0, the place of its largest value."""
    order = np.lexsort([-value, group])
    return order[np.searchsorted(group[order], np.arange(group.max() + 1))]
