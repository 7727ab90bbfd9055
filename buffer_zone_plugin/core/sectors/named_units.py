"""One sector for each name among administrative units, in order along the line.

Units are multipolygons in the local plane, metres. The sectors tile the zone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..arrangement import OVERSHOOT, dissolve, inner_points, nearest_of, united
from ..errors import PlanError
from ..geodesy import Array, Indices, counter
from ..spec import MAX_SECTORS
from .borders import TopologyError, halfway_lines
from .line_shares import locate
from .measures import evenly_spread
from .patches import first_of_each, joined, sums
from .unit_faces import LEAST_SHARE, Laid, laid_out, one_per_number

LEAST_SEAT = 10  # times this, or the largest of a name: smaller pieces attract no ground without a unit
HALFWAY_SAMPLES = 1_000  # along the units beside ground that none of them holds


@dataclass(frozen=True)
class NamedSectors:
    """Sectors (multipolygons) in order along the line, and their names.

    ``absorbed`` are the names of units too small for a sector of their own, in alphabetical order; ``without_unit`` is
    the ground in the zone that no unit holds, a multipolygon.
    """

    sectors: list[Any]
    names: tuple[str, ...]
    absorbed: tuple[str, ...]
    without_unit: Any


def one_per_unit(
    units: Sequence[Any], names: Sequence[str], zone: Any, place: Callable[[Array], Array], check: Callable[[], None]
) -> NamedSectors:
    """Return one sector for each name among the units in the zone, in order along the line.

    Ground that no unit holds is divided between the units beside it where it is large, and joins one of them where it
    is small, as do names and fragments below `LEAST_SHARE` of a mean sector.

    Parameters
    ----------
    units : multipolygons in the plane
    names : of each unit; units of one name are one
    zone : polygon or multipolygon in the plane
    place : tells how far along the line points (n, 2) lie, (n,)
    check : called often; raises to stop

    Raises
    ------
    PlanError : no unit lies in the zone; more sectors than a plan can have
    """
    known, number = np.unique(np.asarray(names, dtype=str), return_inverse=True)
    name_of = np.append(number.reshape(-1), -1).astype(np.int64)  # the last one where there is no unit
    laid = laid_out(units, zone, ())
    check()
    without_unit = united(laid.faces, laid.unit < 0)
    kept = _large_enough(laid, name_of[laid.unit], len(known))
    if kept.sum() > MAX_SECTORS:
        raise PlanError(
            f"The areas would make {kept.sum()} sectors; a plan can have {MAX_SECTORS}",
            "Choose larger areas, or a field whose values several areas share.",
        )
    laid, name = _with_gaps_divided(laid, units, zone, name_of, kept)
    check()
    sectors = dissolve(laid.faces, _settled(laid, name, kept), len(known), laid.edges)
    order = _along([sectors[k] for k in np.nonzero(kept)[0]], zone, place)
    chosen = np.nonzero(kept)[0][order]
    met = np.isin(np.arange(len(known)), name_of[laid.unit])
    return NamedSectors(
        [sectors[k] for k in chosen], tuple(known[chosen].tolist()), tuple(known[met & ~kept].tolist()), without_unit,
    )


def _least_area(laid: Laid, name: Indices) -> float:
    """Return the area, square metres in the plane, below which ground has no sector of its own."""
    return LEAST_SHARE * float(laid.size.sum()) / max(1, len(np.unique(name[laid.unit >= 0])))


def _large_enough(laid: Laid, name: Indices, count: int) -> NDArray[np.bool_]:
    """Tell which of ``count`` names have enough ground for a sector; one does in any case."""
    held = sums(name + 1, laid.size, count + 1)[1:]
    return np.asarray(held >= min(held.max(), _least_area(laid, name)))


def _with_gaps_divided(
    laid: Laid, units: Sequence[Any], zone: Any, name_of: Indices, kept: NDArray[np.bool_]
) -> tuple[Laid, Indices]:
    """Return the faces, and the name of each or -1, with large ground without a unit given to the nearest names."""
    name = name_of[laid.unit]
    gaps, seats = _large_gaps(laid, name, kept)
    if not gaps.any():
        return laid, name
    filled = united(laid.faces, gaps)
    lines, tree, owner = _halfway(laid, name, seats, gaps, filled)
    laid = laid_out(units, zone, lines)
    name, middle = name_of[laid.unit], inner_points(laid.faces)
    inside = (name < 0) & shapely.contains_xy(filled, middle)
    name[inside] = owner[nearest_of(tree, middle[inside])[1]]
    return laid, name


def _name_pieces(laid: Laid, name: Indices) -> tuple[Indices, Array, NDArray[np.bool_]]:
    """Return the connected piece of one name that each face is in, and of each piece its area and if it is the largest.

    Ground without a unit counts as one more name.
    """
    piece = laid.links.same(name)
    area, of_piece = sums(piece, laid.size), one_per_number(name, piece)
    largest = np.zeros(len(area), dtype=bool)
    largest[first_of_each(of_piece, np.lexsort([-area, of_piece]))] = True
    return piece, area, largest


def _large_gaps(
    laid: Laid, name: Indices, kept: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which faces are large ground without a unit beside several sectors; and which are the seats of sectors.

    A seat is the largest piece of a name or a large one: a corner cut off by the zone's edge gets no ground.
    """
    piece, area, largest = _name_pieces(laid, name)
    least = _least_area(laid, name)
    seats = (name >= 0) & (largest | (area >= LEAST_SEAT * least))[piece]
    seats[seats] = kept[name[seats]]
    large = (name < 0) & (area[piece] >= least)
    one, two, _ = laid.links.both_ways()
    beside = large[one] & seats[two]
    pairs = np.unique(np.column_stack([piece[one[beside]], name[two[beside]]]), axis=0)
    return np.asarray(large & (np.bincount(pairs[:, 0], minlength=len(area))[piece] > 1)), seats


def _halfway(
    laid: Laid, name: Indices, seats: NDArray[np.bool_], gaps: NDArray[np.bool_], filled: Any
) -> tuple[NDArray[Any], shapely.STRtree, Indices]:
    """Return lines that divide gaps, ``filled`` their union, between names; samples of these, and the name of each."""
    inner = laid.edges.select(laid.edges.other >= 0)
    rim = inner.select(gaps[inner.face] & seats[inner.other])
    step = max(float(rim.length.sum()) / HALFWAY_SAMPLES, 2 * OVERSHOOT)
    pieces = np.ceil(rim.length / step).astype(int)
    edge = np.repeat(np.arange(len(pieces)), pieces + 1)
    # a sample on either side of every corner: where two names meet, the line between them begins there
    margin = np.minimum(OVERSHOOT / rim.length, 1 / 4)[edge]
    share = margin + (1 - 2 * margin) * counter(pieces + 1) / pieces[edge]
    samples = rim.start[edge] + (rim.end - rim.start)[edge] * share[:, None]
    tree, owner = shapely.STRtree(shapely.points(samples)), name[rim.other][edge]
    x_min, y_min, x_max, y_max = shapely.bounds(filled)
    frame = shapely.box(x_min - step, y_min - step, x_max + step, y_max + step)
    try:
        lines = halfway_lines(tree, owner, frame)
    except TopologyError:  # whole faces then go to the nearest name
        lines = np.zeros(0, dtype=object)
    shapely.prepare(filled)
    return lines[shapely.intersects(filled, lines)], tree, owner


def _settled(laid: Laid, name: Indices, kept: NDArray[np.bool_]) -> Indices:
    """Return the name of each face once ground without a sector has joined the neighbour with the longest border."""
    piece, area, largest = _name_pieces(laid, name)
    of_piece = one_per_number(name, piece)
    has_sector = of_piece >= 0
    has_sector[has_sector] = kept[of_piece[has_sector]]
    free = ~has_sector | (~largest & (area < _least_area(laid, name)))
    of_piece, alone = joined(laid.links.merged(piece), free, of_piece)
    lost = np.nonzero(alone & ~has_sector)[0]
    if len(lost):  # an island of the zone
        settled = np.nonzero(~np.isin(piece, lost))[0]
        biggest = [int(np.argmax(np.where(piece == number, laid.size, 0.0))) for number in lost]
        near = nearest_of(shapely.STRtree(laid.faces[settled]), inner_points(laid.faces[biggest]))[1]
        of_piece[lost] = of_piece[piece[settled[near]]]
    return of_piece[piece]


def _along(sectors: Sequence[Any], zone: Any, place: Callable[[Array], Array]) -> Indices:
    """Return the order of sectors along the line, by the place that halves the ground of each.

    On a ring, where the line begins inside a sector, that place lies near the beginning or the end.
    """
    polygons, owner = shapely.get_parts(np.asarray(sectors, dtype=object), return_index=True)
    points = evenly_spread(zone)[0]
    sector = np.concatenate([locate(points, sectors), owner])
    places = place(np.concatenate([points, inner_points(polygons)]))
    order = np.lexsort([places, sector])
    count = np.bincount(sector)
    return np.argsort(places[order[np.cumsum(count) - count + (count - 1) // 2]], kind="stable")
