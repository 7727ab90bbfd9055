"""The force of a plan: what it has to do on the ground of a zone, and the persons that this takes in its sectors.

Coordinates are longitude/latitude on WGS 84 (degrees), or metres in the local plane. Persons are integers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from .geodesy import Array, Indices, LocalPlane
from .posting import posts_of
from .result import Post, Subsector
from .sectoring import Division
from .sectors.line_shares import LineShares, locate
from .sectors.measures import AREA, LENGTH, STATIONED
from .sites import counts
from .spec import PlanSpec
from .split_up import SplitUp
from .staffing.build_up import SectorInputs, UnitStaff, staff_per_unit
from .staffing.model import Staffing, shared_within
from .staffing.overrides import Effective
from .staffing.postures import central_values
from .staffing.twins import HistoricalZone
from .strength import Strength, strength_of

CROSSING = "crossing"  # the kind of a post


@dataclass(frozen=True)
class Roads:
    """The roads in a zone as short pieces: their middles in the plane (n, 2), and their lengths (n,), metres."""

    middle: Array
    length_m: Array


@dataclass(frozen=True)
class Tasks:
    """What the force of a zone has to do: posts to hold, crossings to watch, roads to drive, under some posture.

    ``places`` are as `posting.post_places` gives them, ``crossings`` longitude/latitude (n, 2); ``roads`` is None where
    none are given: patrols go through the area then.
    """

    used: Effective
    places: Sequence[tuple[str, Array]]
    crossings: Array
    roads: Roads | None

    @cached_property
    def values(self) -> dict[str, float]:
        """The central values of the parameters."""
        return central_values(self.used.posture, self.used.catalogue)

    @property
    def factors(self) -> dict[str, float]:
        """The persons that a metre of line, a square metre of ground and a unit of `spots` take."""
        return {LENGTH: self._unit.line_km / 1e3, AREA: self._unit.area_km2 / 1e6, STATIONED: 1.0}

    def spots(self, plane: LocalPlane) -> tuple[Array, Array]:
        """Return the places in the plane (n, 2) where persons are bound, and how many (n,)."""
        posts = np.concatenate([lonlat for _, lonlat in self.places])
        xy = [plane.forward(posts), plane.forward(self.crossings)]
        persons = [np.full(len(posts), self._unit.post), np.full(len(self.crossings), self._unit.crossing)]
        if self.roads is not None:
            xy.append(self.roads.middle)
            persons.append(self.roads.length_m / 1e3 * self._unit.road_km)
        return np.concatenate(xy), np.concatenate(persons)

    @cached_property
    def _unit(self) -> UnitStaff:
        return staff_per_unit(self.values, self.roads is not None)


@dataclass(frozen=True)
class Force:
    """The posts and the persons of a plan, and those of the parts within its sectors."""

    posts: tuple[Post, ...]
    strength: Strength
    subsectors: tuple[Subsector, ...]


def force_of(
    tasks: Tasks, divided: SplitUp, division: Division, plane: LocalPlane, shares: LineShares, spec: PlanSpec,
    past: Sequence[HistoricalZone],
) -> Force:
    """Return the force that a zone's tasks take in the sectors it was divided into; raises as `strength_of`."""
    posts = posts_of(plane, shares, divided.sectors_in_plane, tasks.places, tasks.crossings, tasks.values)
    count = len(divided.sectors)
    at = np.array([post.sector_id - 1 for post in posts], dtype=np.int64)
    crossing = np.array([post.kind == CROSSING for post in posts], dtype=bool)
    roads = None if tasks.roads is None else locate(tasks.roads.middle, divided.sectors_in_plane)
    inputs = SectorInputs(
        np.array([s.line_m / 1e3 for s in divided.sectors]), np.array([s.area_m2 / 1e6 for s in divided.sectors]),
        counts(at[~crossing], count), counts(at[crossing], count), _road_km(tasks.roads, roads, count),
    )
    strength = strength_of(spec, tasks.used, inputs, division.names, past)
    if len(division.sector_of) == count:
        return Force(posts, strength, ())
    xy = plane.forward(shapely.get_coordinates([post.geometry for post in posts]).reshape(-1, 2))
    part = _parts_holding(xy, at, divided, division.sector_of)
    of_roads = None if tasks.roads is None or roads is None else _parts_holding(
        tasks.roads.middle, roads, divided, division.sector_of,
    )
    number = len(division.sector_of)
    within = SectorInputs(
        divided.parts.line_m / 1e3, divided.parts.area_m2 / 1e6, counts(part[~crossing], number),
        counts(part[crossing], number), _road_km(tasks.roads, of_roads, number),
    )
    return Force(posts, strength, _staffed(divided, division, within, strength.staffing, tasks.values))


def road_km_by(label: Indices, length_m: Array, count: int) -> Array:
    """Return the km of road with each label, from 0; of pieces with lengths in metres."""
    return np.bincount(label, length_m / 1e3, count).astype(np.float64)


def _road_km(roads: Roads | None, label: Indices | None, count: int) -> Array | None:
    """Return the km of road with each label, from 0; None where no roads are given."""
    return None if roads is None or label is None else road_km_by(label, roads.length_m, count)


def _staffed(
    divided: SplitUp, division: Division, inputs: SectorInputs, staffing: Staffing, values: Mapping[str, float],
) -> tuple[Subsector, ...]:
    """Return the parts within the sectors with their shares of the sectors' persons."""
    sector_of, parts = division.sector_of, divided.parts
    persons = shared_within(staffing, inputs, sector_of, values)
    return tuple(
        Subsector(
            k + 1, int(sector_of[k]) + 1, name, parts.shapes[k], *parts.figures(k), int(inputs.posts[k]), persons[k],
            divided.population[k],
        )
        for k, name in enumerate(division.part_names)
    )


def _parts_holding(xy: Array, sector: Indices, divided: SplitUp, sector_of: Indices) -> Indices:
    """Return the part that holds each point (n, 2) in the plane: one of its sector, though it lie on the border."""
    part = np.zeros(len(xy), dtype=np.int64)
    for number in np.unique(sector):
        own = np.nonzero(sector_of == number)[0]
        here = np.nonzero(sector == number)[0]
        shapes: list[Any] = [divided.parts_in_plane[k] for k in own]
        part[here] = own[locate(xy[here], shapes)]
    return part
