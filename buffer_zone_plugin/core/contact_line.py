"""The contact line: cleaned, merged, chained and oriented, so that order and direction of its parts do not matter.

Input is any set of line features in longitude/latitude. Out come chains: runs of parts that touch or lie across a gap
shorter than twice the depth. A chain always runs from its west end (from its north end where it mainly runs north and
south; a ring runs counter-clockwise from due north of its middle); whether side A lies on its left follows from the
direction in which most of its length was digitised. So a reversed or shuffled line gives the same geometry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
import shapely

from .arrangement import GRID, on_grid
from .errors import PlanError
from .features import MOST_NAMED, InputFeature, parts_of
from .geodesy import Array, LocalPlane, path_length, wrap_longitude
from .seam import without_seams

NORTH_SOUTH_RATIO = 2.0  # a chain that reaches this much farther north than east is counted from the north
HAIRPIN_COSINE = -0.7  # a link that turns back this sharply joins two lines that lie side by side
MAX_PARTS = 2_000  # linking compares every free end with every other
NO_LENGTH = "The contact line has no length: all its points coincide", "Draw a line with two different points."

End = tuple[int, int]  # part index, 0 for its start and 1 for its end


@dataclass(frozen=True)
class Chain:
    """Parts in order and direction, each longitude/latitude (n, 2); ``left_is_a``: side A lies left of the chain."""

    parts: tuple[Array, ...]
    closed: bool
    left_is_a: bool


@dataclass(frozen=True)
class ContactLine:
    """The cleaned line, the plane it is worked in, and what was mended.

    ``flat`` are its parts in the plane, on the grid, each (n, 2), in the order of `parts`.
    """

    chains: tuple[Chain, ...]
    plane: LocalPlane
    flat: tuple[Array, ...]
    length_m: float
    notes: tuple[str, ...]

    @property
    def parts(self) -> list[Array]:
        """All parts in the order of the chainage, longitude/latitude."""
        return [part for chain in self.chains for part in chain.parts]

    @cached_property
    def fingerprint(self) -> str:
        """What two lines have in common that have the same parts in the same plane."""
        parts = sha256(repr((self.plane.lon_0, self.plane.lat_0, [len(part) for part in self.flat])).encode())
        for part in (*self.parts, *self.flat):
            parts.update(part.tobytes())
        return parts.hexdigest()

    def in_plane(self, plane: LocalPlane) -> ContactLine:
        """Return the line worked in another plane."""
        return replace(self, plane=plane, flat=tuple(on_grid(plane.forward(part)) for part in self.parts))

    def turned(self) -> ContactLine:
        """Return the line counted from its other end; the sides stay where they are."""
        stops = np.cumsum([len(chain.parts) for chain in self.chains])[:-1].tolist()
        flat = [self.flat[a:b] for a, b in zip([0, *stops], [*stops, len(self.flat)])]
        turned = [(_turned(chain), tuple(xy[::-1] for xy in parts[::-1])) for chain, parts in zip(self.chains, flat)]
        turned.reverse()
        ordered = sorted(turned, key=lambda one: one[0].closed)  # rings stay behind lines
        return replace(
            self, chains=tuple(chain for chain, _ in ordered), flat=tuple(xy for _, parts in ordered for xy in parts),
        )

    def open_ends(self) -> Array:
        """Return the free ends of all parts, longitude/latitude (n, 2); parts that touch have been merged."""
        ends = [part[[0, -1]] for chain in self.chains if not chain.closed for part in chain.parts]
        return np.concatenate(ends) if ends else np.zeros((0, 2))


@dataclass
class _Part:
    """A merged part; ``drawn_m`` is its length in the plane, negative where it was digitised the other way."""

    lonlat: Array
    xy: Array
    drawn_m: float

    @property
    def closed(self) -> bool:
        return bool((self.xy[0] == self.xy[-1]).all())

    def turned(self) -> _Part:
        return _Part(self.lonlat[::-1], self.xy[::-1], -self.drawn_m)


def clean(lines: Sequence[InputFeature], gap_m: float, plane: LocalPlane | None = None) -> ContactLine:
    """Return the contact line of a layer's features.

    Parameters
    ----------
    lines : features in longitude/latitude; a bad one is named by its id
    gap_m : parts whose ends are nearer than this, metres, belong to one chain
    plane : the plane to work in; one centred on the line if none is given

    Raises
    ------
    PlanError : no features, nothing but empty geometry, no length, unusable coordinates, not a line
    """
    if not lines:
        raise PlanError("The contact line has no features", "Choose a layer, or a selection, with at least one line.")
    notes: list[str] = []
    strings, seams = without_seams(_line_strings(lines, notes))
    _note(notes, seams, "edge along ±180° was left out", "edges along ±180° were left out, where files cut islands")
    if plane is None:
        plane = LocalPlane(strings[0] if len(strings) == 1 else np.concatenate(strings))  # a copy is not small
    merged = _merge([_drawn(string, plane) for string in strings], notes)
    parts = sorted((_canonical(part) for part in merged), key=lambda part: (part.xy[0].tolist(), part.xy[-1].tolist()))
    chains = _chains(parts, gap_m, notes)
    flat = tuple(part.xy for chain, _, _ in chains for part in chain)
    length = sum(path_length(part.lonlat) for part in parts)
    return ContactLine(tuple(_chain(*chain) for chain in chains), plane, flat, length, tuple(notes))


def _turned(chain: Chain) -> Chain:
    return Chain(tuple(part[::-1] for part in chain.parts[::-1]), chain.closed, not chain.left_is_a)


def _chain(parts: Sequence[_Part], closed: bool, left_is_a: bool) -> Chain:
    return Chain(tuple(part.lonlat for part in parts), closed, left_is_a)


def _drawn(lonlat: Array, plane: LocalPlane) -> _Part:
    xy = on_grid(plane.forward(lonlat))
    return _Part(lonlat, xy, float(np.hypot(*np.diff(xy, axis=0).T).sum()))


def _line_strings(lines: Sequence[InputFeature], notes: list[str]) -> list[Array]:
    """Return the usable coordinate arrays of all features, in longitude/latitude."""
    strings: list[Array] = []
    empty: list[int] = []
    repeated = short = 0
    for line in lines:
        if line.empty:
            empty.append(line.feature_id)
            continue
        for part in parts_of(line, "The contact line holds", ("LineString", "LinearRing")):
            lonlat = _on_one_turn(shapely.get_coordinates(part))
            kept = np.concatenate([[True], (np.diff(lonlat, axis=0) != 0).any(axis=1)])
            repeated += int((~kept).sum())
            if kept.sum() < 2:
                short += 1
                continue
            strings.append(lonlat if kept.all() else lonlat[kept])
    if len(empty) == len(lines):
        raise PlanError(
            "Every feature of the contact line has an empty geometry", "Draw the line or choose another layer.",
        )
    if not strings:
        raise PlanError(*NO_LENGTH)
    which = ": feature " + ", ".join(map(str, empty[:MOST_NAMED]))
    _note(notes, len(empty), "feature without geometry was left out", "features without geometry were left out", which)
    _note_short(notes, short)
    _note(notes, repeated, "repeated vertex was removed", "repeated vertices were removed")
    return strings


def _note(notes: list[str], count: int, one: str, many: str, rest: str = "") -> None:
    """Add what was mended, in the singular or the plural."""
    if count:
        notes.append(f"{count} {one if count == 1 else many}{rest}")


def _note_short(notes: list[str], count: int) -> None:
    _note(notes, count, "part without length was left out", "parts without length were left out")


def _on_one_turn(lonlat: Array) -> Array:
    beyond = np.abs(lonlat[:, 0]) > 180.0  # only these: wrapping would change the last digits of the others
    lonlat[beyond, 0] = wrap_longitude(lonlat[beyond, 0])
    return lonlat


def _merge(parts: list[_Part], notes: list[str]) -> list[_Part]:
    """Join parts whose ends meet where no third end does; drop parts that are there twice."""
    long_enough = [p for p in parts if (p.xy != p.xy[0]).any()]
    _note_short(notes, len(parts) - len(long_enough))
    parts = long_enough
    if not parts:
        raise PlanError(*NO_LENGTH)
    parts = _each_once(parts, notes)
    nodes: dict[tuple[float, float], list[End]] = {}
    for index, part in enumerate(parts):
        for end in (0, 1):
            x, y = part.xy[-end].tolist()
            nodes.setdefault((x, y), []).append((index, end))
    joins: dict[End, End] = {}
    for ends in nodes.values():
        if len(ends) > 2 and len(ends) % 2:
            index, end = ends[0]
            lon, lat = parts[index].lonlat[-end]
            raise PlanError(
                f"{len(ends)} parts of the contact line meet in one place, so it has no two sides there",
                "Keep one line: remove the branch.", f"{lon:.5f}, {lat:.5f}",
            )
        if len(ends) == 2:
            joins[ends[0]], joins[ends[1]] = ends[1], ends[0]
    walks = _walks(len(parts), joins)
    merged = [_joined([parts[i].turned() if turned else parts[i] for i, turned in walk]) for walk in walks]
    joined = len(parts) - len(merged)
    _note(notes, joined, "part that touches its neighbour was joined to it", "parts that touch were joined")
    return [_once(part, notes) for part in merged]


def _each_once(parts: list[_Part], notes: list[str]) -> list[_Part]:
    """Return the parts without those that another one repeats, in either direction."""
    if len(parts) == 1:
        return parts
    unique = {min(p.xy.tobytes(), p.xy[::-1].tobytes()): p for p in reversed(parts)}
    twice = len(parts) - len(unique)
    _note(notes, twice, "part that was there twice was left out", "parts that were there twice were left out")
    return list(unique.values())[::-1]


def _once(part: _Part, notes: list[str]) -> _Part:
    """Return a part that was drawn there and back as it is one way; other parts as they are."""
    count = len(part.xy)
    half = count // 2 + 1
    if not part.closed or count % 2 == 0 or (part.xy[:half] != part.xy[: half - 2 : -1]).any():
        return part
    notes.append("A part drawn there and back was taken once")
    return _Part(part.lonlat[:half], part.xy[:half], 0.0)  # drawn both ways


def _joined(parts: list[_Part]) -> _Part:
    lonlat = np.concatenate([parts[0].lonlat, *(p.lonlat[1:] for p in parts[1:])])
    xy = np.concatenate([parts[0].xy, *(p.xy[1:] for p in parts[1:])])
    return _Part(lonlat, xy, sum(p.drawn_m for p in parts))


def _walks(count: int, joins: dict[End, End]) -> list[list[tuple[int, bool]]]:
    """Return runs of joined parts as (part, turned), each part once."""
    walks = []
    seen: set[int] = set()
    for first in range(count):
        if first in seen:
            continue
        enter: End = (first, 0)
        while enter in joins and joins[enter][0] != first:  # back to the head of the run, or once around a ring
            part, end = joins[enter]
            enter = (part, 1 - end)
        walk = []
        here: End | None = enter
        while here is not None and here[0] not in seen:
            seen.add(here[0])
            walk.append((here[0], here[1] == 1))
            here = joins.get((here[0], 1 - here[1]))
        walks.append(walk)
    return walks


def _canonical(part: _Part) -> _Part:
    """Turn a part so that its direction does not depend on how it was drawn; start a ring north of its middle."""
    if not part.closed:
        return part if part.xy[0].tolist() <= part.xy[-1].tolist() else part.turned()
    if not shapely.is_ccw(shapely.linearrings(part.xy)):
        part = part.turned()
    away = part.xy[:-1] - (part.xy.min(axis=0) + part.xy.max(axis=0)) / 2
    north = int(np.argmin(np.abs(np.arctan2(away[:, 0], away[:, 1]))))
    lonlat, xy = (np.concatenate([a[north:-1], a[: north + 1]]) for a in (part.lonlat, part.xy))
    return _Part(lonlat, xy, part.drawn_m)


def _chains(parts: list[_Part], gap_m: float, notes: list[str]) -> list[tuple[list[_Part], bool, bool]]:
    """Link open parts end to end, nearest first; cut the runs at gaps; rings stand alone: what makes each chain."""
    rings = [([p], True, p.drawn_m >= 0) for p in parts if p.closed]
    open_parts = [p for p in parts if not p.closed]
    runs = []
    for walk in _walks(len(open_parts), _links(open_parts)):
        run = [open_parts[i].turned() if turned else open_parts[i] for i, turned in walk]
        runs.append(run if _starts_right(run) else [part.turned() for part in reversed(run)])
    runs.sort(key=lambda run: (run[0].xy[0].tolist(), run[-1].xy[-1].tolist()))
    chains = []
    turned = 0
    for run in runs:
        left_is_a = sum(p.drawn_m for p in run) >= 0
        turned += sum((p.drawn_m >= 0) != left_is_a for p in run)
        chains += [(piece, False, left_is_a) for piece in _cut_at_gaps(run, gap_m)]
    against = "drawn against the direction of the others and"
    _note(notes, turned, f"part was {against} was turned", f"parts were {against} were turned")
    return chains + rings


def _starts_right(run: list[_Part]) -> bool:
    east, north = run[-1].xy[-1] - run[0].xy[0]
    if abs(north) > NORTH_SOUTH_RATIO * abs(east):
        return bool(north < 0)
    return bool(east > 0) or (east == 0 and north <= 0)


def _links(parts: list[_Part]) -> dict[End, End]:
    """Return which free ends to link: nearest pairs first, each end once, no ring, no link through a part."""
    if len(parts) > MAX_PARTS:
        raise PlanError(
            f"The contact line has {len(parts)} parts that do not touch",
            f"Merge them to at most {MAX_PARTS} parts first.",
        )
    ends = [(i, e) for i in range(len(parts)) for e in (0, 1)]
    xy = np.array([parts[i].xy[-e] for i, e in ends]).reshape(-1, 2)
    one, two = np.triu_indices(len(ends), k=1)
    apart = np.hypot(*(xy[one] - xy[two]).T)
    lines = shapely.STRtree([shapely.linestrings(p.xy) for p in parts])
    group = list(range(len(parts)))
    made: list[Any] = []
    joins: dict[End, End] = {}
    for pair in np.argsort(apart, kind="stable"):
        a, b = ends[one[pair]], ends[two[pair]]
        if a in joins or b in joins or group[a[0]] == group[b[0]] or _side_by_side(parts, a, b):
            continue
        link = _inner_part(xy[one[pair]], xy[two[pair]])
        if link is not None:
            if len(lines.query(link, predicate="intersects")) or any(link.crosses(other) for other in made):
                continue
            made.append(link)
        joins[a], joins[b] = b, a
        old, new = group[b[0]], group[a[0]]
        group = [new if g == old else g for g in group]
        if len(joins) == len(ends) - 2:
            break
    return joins


def _side_by_side(parts: list[_Part], a: End, b: End) -> bool:
    """Tell whether linking two ends would double back onto a part that was drawn in the same direction."""
    one, two = _leaving(parts[a[0]], a[1]), _leaving(parts[b[0]], b[1])
    turns_back = float(one @ -two) < HAIRPIN_COSINE
    drawn_on = (parts[a[0]].drawn_m >= 0) == (a[1] == 1)
    return turns_back and drawn_on == ((parts[b[0]].drawn_m >= 0) == (b[1] == 1))


def _leaving(part: _Part, end: int) -> Array:
    """Return the direction in which a part, taken as a whole, leaves one of its ends."""
    way = part.xy[-end] - part.xy[end - 1]
    return np.asarray(way / max(float(np.hypot(*way)), GRID))


def _inner_part(a: Array, b: Array) -> Any:
    """Return the straight link without its first and last metre, or None if it has no length."""
    length = float(np.hypot(*(b - a)))
    if length <= 2 * GRID:
        return None
    margin = min(1.0, length / 4) / length
    return shapely.linestrings([a + (b - a) * margin, b + (a - b) * margin])


def _cut_at_gaps(run: list[_Part], gap_m: float) -> list[list[_Part]]:
    pieces = [[run[0]]]
    for before, after in zip(run[:-1], run[1:]):
        if np.hypot(*(after.xy[0] - before.xy[-1])) > gap_m:
            pieces.append([])
        pieces[-1].append(after)
    return pieces
