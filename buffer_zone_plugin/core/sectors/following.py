"""The cheapest way of one border along features: its graph, and the search in it.

A way may run along the border as it was, along features near it, and straight from one to the other. Features are
cheap, so a detour pays where enough of it follows them. Coordinates are metres in the local plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..arrangement import GRID, along_of, noded, on_grid
from ..geodesy import Array, Indices
from ..paths import cheapest

# what a metre costs; along the border as it was: 1
FOLLOW = 0.35  # along a feature
LEAVE = 1.0  # straight from one to the other
BACK = 1.0  # more, for a metre back towards where the border came from
SHIFT = 0.3  # more, for a metre by which an end is moved along the zone's edge
# shares of the scale
JOIN = 0.2  # what leaving the border for a feature, or a feature, costs more: no short bits
STEP = 1 / 8  # between places where a feature may be joined or left
JUMP = 0.3  # the longest gap between features that is bridged
EDGE = 0.1  # nearer to the zone's edge a feature is not joined, and not cheap
# shares of distances
MIDDLE = 0.7  # to another border: so two borders that one river attracts keep apart
SLANTS = (-0.8, 0.8)  # to the border: how much farther along it a feature is joined
LEAST_SLANT = 0.5  # at least, and as far from the border's ends: no right angles, nothing along the zone's edge
MOST_JUMPS = 2  # from one place
ON = 1.5 * GRID  # nearer is on a line


@dataclass(frozen=True)
class Site:
    """Where a way is searched: the border's line, what it separates, and what lies around.

    ``ground`` are the two sectors, ``others`` the other borders' lines, ``edge`` the segments of the zone's edge,
    ``pieces`` those of the features, which count up to ``within_m`` from the line. ``scale_m``, at most that, is the
    size of what is worth following: the smaller, the less a detour costs. ``free`` tells which end may move along the
    zone's edge.
    """

    line: Any
    ground: tuple[Any, Any]
    others: shapely.STRtree
    edge: shapely.STRtree
    pieces: shapely.STRtree
    within_m: float
    scale_m: float
    free: tuple[bool, bool]

    @property
    def corridor(self) -> Any:
        """The ground in which features count."""
        return shapely.buffer(self.line, self.within_m, quad_segs=4)


@dataclass(frozen=True)
class _Points:
    """Vertices of features, in order along each: place (n, 2), feature, and how far along the border each lies.

    ``off`` metres from the border; ``room``: a way may pass; ``inner``: and may leave or join the feature here;
    ``end``: 0 or 1 where the point lies on the zone's edge and the way may begin or end there, else -1.
    """

    xy: Array
    owner: Indices
    place: Array
    off: Array
    room: NDArray[np.bool_]
    inner: NDArray[np.bool_]
    end: Indices


@dataclass(frozen=True)
class _Links:
    """Pieces of ways between places ``first`` and ``last``, (links,): indices of all places, what they cost both ways.

    ``whole`` tells that a link runs through all places between, as a feature does; otherwise it is straight.
    """

    first: Indices
    last: Indices
    there: Array
    back: Array
    whole: NDArray[np.bool_]


def followed_way(site: Site, anchor: Array | None) -> Array | None:
    """Return the cheapest way from one end of the border to the other, (n, 2), or None where nothing pays.

    ``anchor`` (2,) on the border is passed through exactly. Whether the way may replace the border is not told.
    """
    border = shapely.get_coordinates(site.line)
    pieces = _pieces_near(site)
    if not len(pieces):
        return None
    features = _network(pieces, site)
    points = _points(features, site)
    if not points.room.any():
        return None
    chain, place = _chain(border, anchor, points, site)
    xy, beside = np.concatenate([points.xy, chain]), np.concatenate([points.place, place])
    links = _joined([
        _along_features(points, site), _along_border(place, len(points.xy)), _across(points, chain, place, site),
    ])
    nodes = np.unique(xy @ [1, 1j], return_inverse=True)[1]
    way: list[Indices] = []
    stops = _stops(points, chain, place, anchor)
    for (low, starts), (high, goals) in zip(stops[:-1], stops[1:]):
        part = _search(links, nodes, beside, (low, high), starts, goals)
        if part is None:
            return None
        way += part
    drawn = xy[np.concatenate(way)]
    own = [border, shapely.get_coordinates(pieces), *([] if anchor is None else [anchor[None]])]
    drawn = _without_passed(drawn[np.append(True, (np.diff(drawn, axis=0) != 0).any(axis=1))], np.concatenate(own))
    return None if np.array_equal(drawn, border) else drawn


def _stops(points: _Points, chain: Array, place: Array, anchor: Array | None) -> list[tuple[float, Indices]]:
    """Return where ways begin and end, in order: how far along the border, and the places that will do."""
    offset = len(points.xy)
    first, last = (np.nonzero(points.room & (points.end == k))[0] for k in (0, 1))
    stops = [(-np.inf, np.append(first, offset)), (np.inf, np.append(last, offset + len(chain) - 1))]
    if anchor is not None:
        held = int(np.nonzero((chain == anchor).all(axis=1))[0][0])
        stops.insert(1, (float(place[held]), np.array([offset + held])))
    return stops


def _joined(links: Sequence[_Links]) -> _Links:
    return _Links(*(np.concatenate([getattr(part, field.name) for part in links]) for field in fields(_Links)))


def _search(
    links: _Links, nodes: Indices, beside: Array, span: tuple[float, float], starts: Indices, goals: Indices
) -> list[Indices] | None:
    """Return the places that the cheapest way beside a span of the border passes, in pieces, or None.

    ``nodes`` is the same for places that are one, ``beside`` how far along the border each lies.
    """
    low, high = span
    near = (beside >= low) & (beside <= high)
    used = np.nonzero(near[links.first] & near[links.last])[0]
    graph: dict[int, list[tuple[int, float, tuple[int, bool]]]] = {}
    a, b = nodes[links.first[used]].tolist(), nodes[links.last[used]].tolist()
    there, back = links.there[used].tolist(), links.back[used].tolist()
    for link, one, other, onward, return_ in zip(used.tolist(), a, b, there, back):
        if onward < np.inf:
            graph.setdefault(one, []).append((other, onward, (link, False)))
        if return_ < np.inf:
            graph.setdefault(other, []).append((one, return_, (link, True)))
    found = cheapest(graph, dict.fromkeys(nodes[starts].tolist(), 0.0), set(nodes[goals].tolist()))
    if found is None:
        return None
    way = []
    for link, turned in found[1]:
        first, last = links.first[link], links.last[link]
        passed = np.arange(first, last + 1) if links.whole[link] else np.array([first, last])
        way.append(passed[::-1] if turned else passed)
    return way


def _pieces_near(site: Site) -> NDArray[Any]:
    near = site.pieces.query(site.corridor, predicate="intersects")
    return np.asarray(site.pieces.geometries[np.sort(near)])


def _network(pieces: NDArray[Any], site: Site) -> NDArray[Any]:
    """Return pieces of features as lines that meet end to end, with nodes on the border and on the zone's edge."""
    edge = site.edge.query(site.corridor, predicate="intersects")
    edges = site.edge.geometries[np.sort(edge)]
    lines = noded([*pieces, site.line, *edges])
    middle = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    beside = shapely.distance(middle, site.line) > ON
    doubtful = np.nonzero(~beside)[0]  # the border's own line, unless a feature runs along it
    beside[doubtful[shapely.STRtree(pieces).query(middle[doubtful], predicate="dwithin", distance=ON)[0]]] = True
    beside[site.edge.query(middle, predicate="dwithin", distance=ON)[0]] = False
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines[beside])))


def _points(features: NDArray[Any], site: Site) -> _Points:
    dense = shapely.segmentize(features, STEP * site.scale_m)
    xy, owner = shapely.get_coordinates(dense, return_index=True)
    xy = on_grid(xy)
    spots = shapely.points(xy)
    room, inner, off = _open(spots, site)
    end = np.full(len(xy), -1)
    on_edge = np.unique(site.edge.query(spots, predicate="dwithin", distance=ON)[0])
    room[on_edge] = inner[on_edge] = False
    border = shapely.get_coordinates(site.line)
    away = np.stack([np.hypot(*(xy[on_edge] - border[k]).T) for k in (0, -1)])
    for k in (0, 1):
        if site.free[k]:
            mine = on_edge[(away[k] <= site.within_m) & (away[k] < away[1 - k])]
            end[mine] = k
            room[mine] = _apart(spots[mine], off[mine], site)
    return _Points(xy, owner, shapely.line_locate_point(site.line, spots), off, room, inner, end)


def _open(spots: NDArray[Any], site: Site) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Array]:
    """Return where a way may pass, where it may leave a feature or join one, and how far off the border that is."""
    off = shapely.distance(site.line, spots)
    room = off <= site.within_m
    room[room] &= np.any([shapely.intersects(ground, spots[room]) for ground in site.ground], axis=0)
    room[room] &= _apart(spots[room], off[room], site)
    inner = room.copy()
    inner[site.edge.query(spots, predicate="dwithin", distance=EDGE * site.scale_m)[0]] = False
    return room, inner, off


def _apart(spots: NDArray[Any], off: Array, site: Site) -> NDArray[np.bool_]:
    """Return which points lie clearly nearer to this border than to any other as it was."""
    near = site.others.query(site.line, predicate="dwithin", distance=site.within_m * (1 + 1 / MIDDLE))
    if not len(near):
        return np.ones(len(spots), dtype=bool)
    others = shapely.multilinestrings(site.others.geometries[np.sort(near)])
    return np.asarray(off <= MIDDLE * shapely.distance(others, spots))


def _chain(border: Array, anchor: Array | None, points: _Points, site: Site) -> tuple[Array, Array]:
    """Return the places of the border where it may be left or joined: (n, 2), and how far along it they lie."""
    length = site.line.length
    even = np.linspace(0.0, length, int(np.ceil(length / (STEP * site.scale_m))) + 1)[1:-1]
    met = points.xy[points.off < ON]
    certain = np.concatenate([border, met] if anchor is None else [border, anchor[None], met])
    between = on_grid(shapely.get_coordinates(shapely.line_interpolate_point(site.line, even)))
    xy = np.concatenate([certain, between])
    place = np.concatenate([
        along_of(border), shapely.line_locate_point(site.line, shapely.points(certain[len(border) :])), even,
    ])
    order = np.argsort(place, kind="stable")
    xy, place = xy[order], place[order]
    first = np.concatenate([[True], (xy[1:] != xy[:-1]).any(axis=1)])
    return xy[first], place[first]


def _along_border(place: Array, offset: int) -> _Links:
    """Return the border between its places, which follow ``offset`` others."""
    length, first = np.diff(place), offset + np.arange(len(place) - 1)
    return _Links(first, first + 1, length, length * (1 + BACK), np.zeros(len(first), dtype=bool))


def _along_features(points: _Points, site: Site) -> _Links:
    """Return the features between places where they may be joined or left, as far as a way may pass.

    Where a feature crosses the border it is joined and left too, at a price; passing there costs nothing.
    """
    along = along_of(points.xy)
    change = points.owner[1:] != points.owner[:-1]
    turns = change | (points.room[1:] != points.room[:-1]) | (points.inner[1:] != points.inner[:-1])
    stop = np.concatenate([[True], turns]) | np.concatenate([turns, [True]]) | (points.end >= 0)
    step = np.floor(along / (STEP * site.scale_m))
    stop |= np.concatenate([[True], step[1:] != step[:-1]]) & (points.off >= ON)
    stops, met = np.nonzero(stop)[0], np.nonzero((points.off < ON) & ~stop)[0]
    following = np.searchsorted(stops, met)
    first = np.concatenate([stops[:-1], stops[following - 1], met])
    last = np.concatenate([stops[1:], met, stops[following]])
    price = np.concatenate([np.zeros(len(stops) - 1), np.full(2 * len(met), JOIN * site.scale_m)])
    shut, dear = _before(~points.room), _before(~points.inner)
    kept = (points.owner[first] == points.owner[last]) & (shut[last + 1] == shut[first])
    first, last, price = first[kept], last[kept], price[kept]
    rate = np.where(dear[last + 1] == dear[first], FOLLOW, 1.0)
    length = price + rate * (along[last] - along[first])
    there, back = _directed(points, first, last, site), _directed(points, last, first, site)
    return _Links(first, last, there + length, back + length, np.ones(len(first), dtype=bool))


def _directed(points: _Points, start: Indices, stop: Indices, site: Site) -> Array:
    """Return what going from one point to another costs more because of where they lie, or infinity."""
    cost = BACK * np.maximum(0.0, points.place[start] - points.place[stop])
    for k, tip, other in ((0, start, stop), (1, stop, start)):
        moved = points.end[tip] == k
        away = points.xy[tip[moved]] - shapely.get_coordinates(site.line)[-k]
        cost[moved] += SHIFT * np.hypot(*away.T)
        cost[points.end[other] == k] = np.inf  # into the beginning, or out of the end
    return cost


def _before(marks: NDArray[np.bool_]) -> Indices:
    return np.concatenate([[0], np.cumsum(marks)])


def _across(points: _Points, chain: Array, place: Array, site: Site) -> _Links:
    """Return straight links from features to the border and to other features that meet no edge and no border."""
    step = np.floor(along_of(points.xy) / (STEP * site.scale_m))
    new = np.concatenate([[True], (step[1:] != step[:-1]) | (points.owner[1:] != points.owner[:-1])])
    chosen = np.nonzero(points.inner & new)[0]
    one, other = _gaps(points.xy[chosen], JUMP * site.scale_m)
    starts, ends = [chosen[one]], [chosen[other]]
    stay = np.nonzero(_open(shapely.points(chain), site)[1])[0]
    for slant in SLANTS if len(stay) else ():
        wanted = points.place[chosen] + slant * points.off[chosen]
        target = stay[np.clip(np.searchsorted(place[stay], wanted), 0, len(stay) - 1)]
        clear = np.minimum(np.abs(place[target] - points.place[chosen]), np.minimum(place, place[-1] - place)[target])
        slanted = clear >= LEAST_SLANT * points.off[chosen]
        starts.append(chosen[slanted])
        ends.append(len(points.xy) + target[slanted])
    first, last = np.concatenate(starts), np.concatenate(ends)
    return _straight(first, last, np.concatenate([points.xy, chain]), np.concatenate([points.place, place]), site)


def _gaps(xy: Array, most_m: float) -> tuple[Indices, Indices]:
    """Return pairs of near points, each with a few of its nearest."""
    spots = shapely.points(xy)
    one, other = shapely.STRtree(spots).query(spots, predicate="dwithin", distance=most_m)
    one, other = one[one != other], other[one != other]
    order = np.lexsort([other, np.hypot(*(xy[one] - xy[other]).T), one])
    one, other = one[order], other[order]
    rank = np.arange(len(one)) - np.searchsorted(one, one)
    kept = rank < 2 + MOST_JUMPS  # two are mostly the next ones along the same feature
    return one[kept], other[kept]


def _straight(first: Indices, last: Indices, xy: Array, beside: Array, site: Site) -> _Links:
    length = np.hypot(*(xy[last] - xy[first]).T)
    lines = shapely.linestrings(np.stack([xy[first], xy[last]], axis=1))
    free = length > ON
    for tree in (site.edge, site.others):
        free[tree.query(lines, predicate="intersects")[0]] = False
    first, last = first[free], last[free]
    cost, onward = LEAVE * length[free] + JOIN * site.scale_m, beside[last] - beside[first]
    there, back = cost + BACK * np.maximum(0.0, -onward), cost + BACK * np.maximum(0.0, onward)
    return _Links(first, last, there, back, np.zeros(len(first), dtype=bool))


def _without_passed(way: Array, own: Array) -> Array:
    """Return a way without the vertices that were only put between those of the border and of the features."""
    step = way[2:] - way[:-2]
    away = way[1:-1] - way[:-2]
    aside = np.abs(step[:, 0] * away[:, 1] - step[:, 1] * away[:, 0]) / np.maximum(np.hypot(*step.T), GRID)
    onward = np.einsum("ij,ij->i", away, way[2:] - way[1:-1]) > 0
    given = np.isin(way[1:-1] @ [1, 1j], own @ [1, 1j])
    return way[np.concatenate([[True], given | (aside > ON) | ~onward, [True]])]
