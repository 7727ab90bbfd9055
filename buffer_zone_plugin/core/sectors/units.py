"""Sectors made of administrative areas: whole ones shared out evenly, or one sector for each name.

Units are multipolygons in the local plane, metres. Where several hold the same ground it is the first one's; slivers
between them go to a neighbour. The sectors tile the zone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..arrangement import OVERSHOOT, Edges, arrange, dissolve, edges_of, inner_points, nearest_of, united
from ..errors import PlanError
from ..geodesy import Array, Indices, counter
from ..spec import MAX_SECTORS
from ..unit_layer import first_holding
from .borders import TopologyError, borders_of, halfway_lines, overshot
from .line_shares import locate
from .measures import evenly_spread
from .moves import balanced_by_moves
from .patches import Links, first_of_each, joined, links_of, sums, without_fragments

LEAST_SHARE = 0.005  # of a mean sector: smaller pieces without a unit of their own join a neighbour
LEAST_SEAT = 10  # times this, or the largest of a name: smaller pieces attract no ground without a unit
LEAST_CONTACT = 0.25  # of its outline that such a piece shares with the neighbour it joins
CRUMB_SHARE = 0.01  # of a unit's ground: smaller pieces of it, cut off by the zone's edge, join a neighbour, too
LARGEST_UNIT = 1.5  # of what a sector should get: larger units are divided
BORDER_COST = 0.01  # of a border of mean length, beside the squared relative deviations from the shares
HALFWAY_SAMPLES = 1_000  # along the units beside ground that none of them holds


@dataclass(frozen=True)
class WholeUnits:
    """Sectors (multipolygons) in order along the line; the units in one sector only, and those in several."""

    sectors: list[Any]
    whole: tuple[int, ...]
    divided: tuple[int, ...]


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


def whole_units(
    units: Sequence[Any], sectors: Sequence[Any], zone: Any, weigh: Callable[[Sequence[Any]], Array], target: Array,
    check: Callable[[], None],
) -> WholeUnits:
    """Return sectors made of whole units where possible, with shares as even as these allow.

    Each unit goes to the sector that holds most of it; then units on a border change over while that brings the shares
    nearer to those wanted. Units larger than `LARGEST_UNIT` shares, and the largest in a sector that would get nothing,
    are divided along the sectors' borders, as is ground that no unit holds.

    Parameters
    ----------
    units : multipolygons in the plane; those outside the zone are left alone
    sectors : multipolygons that tile the zone, in order along the line
    zone : polygon or multipolygon in the plane
    weigh : tells how much of the measure lies in each of some polygons that tile the zone
    target : how much of it each sector should get, above zero, shape (sectors,)
    check : called often; raises to stop

    Raises
    ------
    PlanError : no unit lies in the zone
    """
    laid = _laid(units, zone, overshot(borders_of(sectors), zone))
    check()
    sector = locate(inner_points(laid.faces), sectors)
    weight = np.asarray(weigh(list(laid.faces)), dtype=np.float64)
    divided = np.zeros(len(units), dtype=bool)
    while True:
        check()
        piece, group = _pieces(laid, sector, divided)
        label, dividing = _first_choice(laid, group, sector, weight, target, divided)
        if not dividing.any():
            break
        divided |= dividing
    if len(np.unique(label)) < len(target):  # not even dividing units gave each sector ground
        label = sector
    else:
        label = _moved(laid, piece, group, label, weight, target, BORDER_COST / _mean_border(sectors, zone), check)
    return WholeUnits(dissolve(laid.faces, label, len(target), laid.edges), *_whole_and_divided(laid, label))


@dataclass(frozen=True)
class _Laid:
    """The faces that units cut the zone into, the index of each one's unit or -1, their areas, edges and links."""

    faces: NDArray[Any]
    unit: Indices
    size: Array
    edges: Edges
    links: Links


def _laid(units: Sequence[Any], zone: Any, lines: Iterable[Any]) -> _Laid:
    """Return the faces between the zone's edge, units' edges and other lines; raises where no unit lies in the zone."""
    xy, ring = shapely.get_coordinates(shapely.get_parts(shapely.boundary(list(units))), return_index=True)
    inner = ring[1:] == ring[:-1]
    edges = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)[inner])
    shapely.prepare(zone)
    near = edges[shapely.intersects(zone, edges)]
    faces = arrange([shapely.boundary(zone), *near, *lines])
    middle = inner_points(faces)
    inside = shapely.contains_xy(zone, middle)
    unit = first_holding(middle[inside], units)
    if unit.max(initial=-1) < 0:
        raise PlanError("None of the areas lies in the zone", "Choose a layer of areas that covers the contact line.")
    faces = faces[inside]
    between = edges_of(faces)
    return _Laid(faces, unit, shapely.area(faces), between, links_of(between, len(faces)))


def _pieces(laid: _Laid, sector: Indices, divided: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    """Return the piece of each face, which goes to one sector as a whole, and the group, whose pieces stay together.

    A piece is a connected part of a unit, or of one sector's part of a divided unit or of ground without a unit. The
    pieces of a unit that is not divided make a group.
    """
    count, parts = len(divided), int(sector.max()) + 1
    whole = (laid.unit >= 0) & ~divided[laid.unit]
    key = np.where(whole, laid.unit, count + (laid.unit + 1) * parts + sector)
    piece = laid.links.same(key)
    area = sums(piece, laid.size)[piece]
    owned = sums(laid.unit + 1, laid.size)[laid.unit + 1]
    loose = np.where(laid.unit < 0, area < LEAST_SHARE * laid.size.sum() / parts, area < CRUMB_SHARE * owned)
    links = laid.links.merged(piece)
    host, _ = joined(links, _per(loose, piece) & _leaning(links), np.arange(links.count))
    group_of_piece = np.where(_per(whole, piece), _per(key, piece), int(key.max()) + 1 + np.arange(links.count))
    host, group = host[piece], group_of_piece[host][piece]
    return _numbered(host), _numbered(group)


def _leaning(links: Links) -> NDArray[np.bool_]:
    """Tell which patches share much of their outline with one neighbour: a web of slivers between many does not."""
    one, _, length = links.both_ways()
    longest, all_ = np.zeros(links.count), sums(one, length, links.count)
    np.maximum.at(longest, one, length)
    return np.asarray(longest >= LEAST_CONTACT * all_)


def _per(value: NDArray[Any], number: Indices) -> NDArray[Any]:
    """Return one value for each number, of values that are the same wherever the number is."""
    found = np.zeros(int(number.max()) + 1, dtype=value.dtype)
    found[number] = value
    return found


def _numbered(key: Indices) -> Indices:
    return np.unique(key, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _first_choice(
    laid: _Laid, group: Indices, sector: Indices, weight: Array, target: Array, divided: NDArray[np.bool_]
) -> tuple[Indices, NDArray[np.bool_]]:
    """Return for each face the sector that holds most of its group; and which units must be divided."""
    count = len(target)
    held = sums(group * count + sector, laid.size, (int(group.max()) + 1) * count).reshape(-1, count)
    choice = np.argmax(held, axis=1)
    label = choice[group]
    too_large = sums(group, weight) > LARGEST_UNIT * target[choice]
    dividing = np.zeros(len(divided), dtype=bool)
    dividing[laid.unit[too_large[group] & (laid.unit >= 0)]] = True
    for missing in np.nonzero(sums(label, weight, count) <= 0)[0]:
        here = (sector == missing) & (laid.unit >= 0)
        here[here] = ~divided[laid.unit[here]]
        if here.any():
            dividing[np.argmax(np.bincount(laid.unit[here], laid.size[here]))] = True
    return label, dividing & ~divided


def _moved(
    laid: _Laid, piece: Indices, group: Indices, label: Indices, weight: Array, target: Array, border_cost: float,
    check: Callable[[], None],
) -> Indices:
    """Return the sector of each face once fragments have joined neighbours and moves have evened out the shares."""
    links = laid.links.merged(piece)
    of_piece = without_fragments(links, _per(label, piece), sums(piece, laid.size))
    together = _numbered(_per(group, piece) * len(target) + of_piece)
    return balanced_by_moves(links, together, of_piece, sums(piece, weight), target, border_cost, check)[piece]


def _mean_border(sectors: Sequence[Any], zone: Any) -> float:
    """Return the mean length of a border between two sectors, metres; the size of the zone where there is none."""
    borders = borders_of(sectors)
    pairs = {(border.one, border.two) for border in borders}
    return sum(border.line.length for border in borders) / len(pairs) if pairs else float(np.sqrt(zone.area))


def _whole_and_divided(laid: _Laid, label: Indices) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the units that lie in one sector, and those in several; crumbs do not count."""
    count = int(label.max()) + 1
    held = sums((laid.unit + 1) * count + label, laid.size)
    held = np.pad(held, (0, -len(held) % count)).reshape(-1, count)[1:]
    several = held.max(axis=1) < (1 - CRUMB_SHARE) * held.sum(axis=1)
    met = held.sum(axis=1) > 0
    return tuple(np.nonzero(met & ~several)[0].tolist()), tuple(np.nonzero(several)[0].tolist())


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
    laid = _laid(units, zone, ())
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


def _least_area(laid: _Laid, name: Indices) -> float:
    """Return the area, square metres in the plane, below which ground has no sector of its own."""
    return LEAST_SHARE * float(laid.size.sum()) / max(1, len(np.unique(name[laid.unit >= 0])))


def _large_enough(laid: _Laid, name: Indices, count: int) -> NDArray[np.bool_]:
    """Tell which of ``count`` names have enough ground for a sector; one does in any case."""
    held = sums(name + 1, laid.size, count + 1)[1:]
    return np.asarray(held >= min(held.max(), _least_area(laid, name)))


def _with_gaps_divided(
    laid: _Laid, units: Sequence[Any], zone: Any, name_of: Indices, kept: NDArray[np.bool_]
) -> tuple[_Laid, Indices]:
    """Return the faces, and the name of each or -1, with large ground without a unit given to the nearest names."""
    name = name_of[laid.unit]
    gaps, seats = _large_gaps(laid, name, kept)
    if not gaps.any():
        return laid, name
    filled = united(laid.faces, gaps)
    lines, tree, owner = _halfway(laid, name, seats, gaps, filled)
    laid = _laid(units, zone, lines)
    name, middle = name_of[laid.unit], inner_points(laid.faces)
    inside = (name < 0) & shapely.contains_xy(filled, middle)
    name[inside] = owner[nearest_of(tree, middle[inside])[1]]
    return laid, name


def _name_pieces(laid: _Laid, name: Indices) -> tuple[Indices, Array, NDArray[np.bool_]]:
    """Return the connected piece of one name that each face is in, and of each piece its area and if it is the largest.

    Ground without a unit counts as one more name.
    """
    piece = laid.links.same(name)
    area, of_piece = sums(piece, laid.size), _per(name, piece)
    largest = np.zeros(len(area), dtype=bool)
    largest[first_of_each(of_piece, np.lexsort([-area, of_piece]))] = True
    return piece, area, largest


def _large_gaps(
    laid: _Laid, name: Indices, kept: NDArray[np.bool_]
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
    laid: _Laid, name: Indices, seats: NDArray[np.bool_], gaps: NDArray[np.bool_], filled: Any
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


def _settled(laid: _Laid, name: Indices, kept: NDArray[np.bool_]) -> Indices:
    """Return the name of each face once ground without a sector has joined the neighbour with the longest border."""
    piece, area, largest = _name_pieces(laid, name)
    of_piece = _per(name, piece)
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
