"""The proposed posts of a plan: laid once along the contact line or along both edges of the zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from .arrangement import Edges
from .geodesy import Array, Indices, LocalPlane, path_length
from .ground import Ground, outline_edges
from .result import Post
from .sectors.line_shares import LineShares, locate
from .sides import SIDES
from .spec import PlanSpec
from .staffing.build_up import post_count, post_strength, sensor_counts
from .staffing.posts import lay_posts, split_between_edges, spread_evenly

CONTACT = "contact"  # the line that a post belongs to


def _edge_lines(plane: LocalPlane, outer: Edges, shares: LineShares) -> list[Array]:
    """Return edges of the outline as polylines, longitude/latitude, in the order and direction of the chainage."""
    pieces = shapely.linestrings(np.stack([outer.start, outer.end], axis=1))
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(pieces)))
    placed = sorted((_directed(piece, shares) for piece in merged), key=lambda pair: pair[0])
    return [plane.inverse(xy) for _, xy in placed]


def _directed(piece: Any, shares: LineShares) -> tuple[float, Array]:
    """Return a piece of the edge turned to run with the chainage, and where it begins."""
    xy = shapely.get_coordinates(piece)
    first, last = shares.chainage(xy[[0, -1]])
    return (float(first), xy) if first <= last else (float(last), xy[::-1])


def post_places(
    ground: Ground, spec: PlanSpec, plane: LocalPlane, parts: Sequence[Array], shares: LineShares,
    values: Mapping[str, float],
) -> list[tuple[str, Array]]:
    """Return where posts stand, laid once along the whole line or along both edges, never rounded up per sector.

    ``parts`` is the contact line, longitude/latitude; ``values`` are the central ones. Each entry returned:
    ``contact``, ``edge_a`` or ``edge_b``, and longitude/latitude (n, 2).
    """
    count = post_count(sum(path_length(part) for part in parts) / 1000, values)
    if values["n_lines"] == 1:
        return [(CONTACT, lay_posts(parts, count))]
    outer, _, side = outline_edges(ground, spec)
    watched = []
    for sign, name in SIDES:
        mine = outer.select(side == sign)
        # a side without depth is watched on the contact line itself
        edge = (f"edge_{name.lower()}", _edge_lines(plane, mine, shares)) if len(mine.face) else (CONTACT, parts)
        watched.append(edge)
    lengths = [sum(path_length(p) for p in lines) for _, lines in watched]
    counts = split_between_edges(count, lengths[0], lengths[1])
    return [(where, lay_posts(lines, n)) for (where, lines), n in zip(watched, counts)]


def posts_of(
    plane: LocalPlane, shares: LineShares, in_plane: Sequence[Any], places: Sequence[tuple[str, Array]],
    crossings: Array, values: Mapping[str, float],
) -> tuple[Post, ...]:
    """Return the proposed posts and the crossings, numbered by sector and along the line in each.

    Parameters
    ----------
    places : as `post_places` gives them
    crossings : longitude/latitude (n, 2); they stand where they are and belong to the contact line
    values : the central ones
    """
    where = [name for name, lonlat in places for _ in lonlat] + [CONTACT] * len(crossings)
    lonlat = np.concatenate([*(lonlat for _, lonlat in places), crossings])
    xy = plane.forward(lonlat)
    sector = locate(xy, in_plane)
    chainage = shares.chainage(xy)
    posts = len(lonlat) - len(crossings)
    sensor = _sensors(sector[:posts], len(in_plane), values["sensor_share"])
    kind = [*np.where(sensor, "sensor", "op").tolist(), *["crossing"] * len(crossings)]
    order = np.lexsort([chainage, sector])
    return tuple(
        Post(number, int(sector[i]) + 1, kind[i], where[i], shapely.Point(lonlat[i]), float(chainage[i]),
             *post_strength(kind[i], values))
        for number, i in enumerate(order, start=1)
    )


def _sensors(sector: Indices, sectors: int, share: float) -> Any:
    """Mark which posts are sensors, as many per sector as the model counts."""
    counts = np.bincount(sector, minlength=sectors)
    sensor = np.zeros(len(sector), dtype=bool)
    for index, chosen in enumerate(sensor_counts(counts, share)):
        sensor[sector == index] = spread_evenly(int(counts[index]), int(chosen))
    return sensor
