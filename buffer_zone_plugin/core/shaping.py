"""The shape of a plan: a zone that is there, split into sectors and measured, before anyone is asked how it is staffed.

Geometries are longitude/latitude on WGS 84 (degrees) or metres in the local plane; lengths and areas are metres and
square metres on the ellipsoid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .certificate import Certificate, together
from .delivery import bands_of, line_of, sides_of, zone_of
from .errors import PlanError
from .force import Roads, Tasks
from .front import Front
from .geodesy import CHORD_STEP_M, Array, LocalPlane, densify, path_length
from .ground import Ground, cut
from .lengths import generalised_lengths
from .plan_inputs import PlanInputs
from .population import Population, covered_share, known_ground, spots_of
from .posting import post_places
from .progress import Progress
from .result import Band, ContactPart, Side, Zone
from .sectoring import Division, divide_zone
from .sectors.line_shares import LineShares, line_shares
from .sectors.measures import PERSONS, STATIONED, Stock
from .sectors.rules import rule_of
from .sectors.split import ChainPath, count_sectors
from .sites import crossings_in, road_pieces, told_of_roads
from .spec import PlanSpec
from .split_up import SplitUp, split_up
from .staffing.overrides import effective
from .staffing.postures import central_values


@dataclass(frozen=True)
class Laid:
    """A zone before it is split.

    ``reach_m`` is how far it reaches from the front, metres; ``pieces`` are those of the line that count, each with the
    index of its part; ``ground`` are the zone's faces, labelled; ``doubts`` warnings so far.
    """

    front: Front
    reach_m: float
    pieces: Sequence[tuple[int, Array]]
    ground: Ground
    doubts: Sequence[str]

    @property
    def parts(self) -> list[Array]:
        """The pieces of the line that count, longitude/latitude."""
        return [piece for _, piece in self.pieces]


@dataclass(frozen=True)
class Shaped:
    """A zone split into sectors and measured.

    ``shares`` tell what of the line each piece of ground has; ``counted`` is the zone in the plane; ``certificate`` is
    None where the outline was not ours to measure; ``line`` and ``lengths_m`` are as in `result.Plan`; ``covered`` is
    the share of the zone on which it is known who lives there, None if nothing tells; ``tasks`` are those of the spec
    it was shaped with, ``outside`` what to say of them.
    """

    spec: PlanSpec
    laid: Laid
    shares: LineShares
    counted: Any
    division: Division
    divided: SplitUp
    certificate: Certificate | None
    zone: Zone
    sides: tuple[Side, ...]
    bands: tuple[Band, ...]
    line: tuple[ContactPart, ...]
    lengths_m: tuple[tuple[float, float], ...]
    covered: float | None
    tasks: Tasks
    outside: tuple[str, ...]


def shaped(
    spec: PlanSpec, inputs: PlanInputs, laid: Laid, certified: Callable[[Ground], Certificate] | None,
    progress: Progress,
) -> Shaped:
    """Return a zone split into sectors and measured; the spec's staffing counts only where staff is shared out.

    Parameters
    ----------
    certified : measures the outline of the finished faces; None where it is not ours to measure

    Raises
    ------
    PlanError, PlanCancelledError : as `plan.make_plan`
    """
    front, line, plane = laid.front, laid.front.line, laid.front.plane
    shares = line_shares([densify(part, CHORD_STEP_M) for part in laid.parts], plane)
    progress.report(0.5, "Splitting the zone into sectors")
    counted = laid.ground.whole()
    whole = laid.ground.unclipped() if laid.ground.masked.any() else counted
    tasks, outside = tasks_of(spec, inputs, laid, shares, counted)
    population, persons, known_m2 = _living(spec, inputs.population, counted, plane)
    stock = Stock(shares, whole, counted, plane, {STATIONED: tasks.spots(plane), PERSONS: persons})
    division = divide_zone(
        _chains(front), stock, laid.reach_m, spec, tasks.factors, inputs.guides, progress.stage(0.5, 0.8)
    )
    ground = cut(laid.ground, whole, division)
    _refuse_empty(ground, division)
    progress.report(0.8, "Measuring the result")
    certificate = certified(ground) if certified else None
    divided = split_up(ground, plane, division, shares, population)
    progress.report(0.92)
    line_m = sum(path_length(part) for part in laid.parts)
    zone = zone_of(plane, divided.faces, line_m, certificate or together(()))
    progress.report(0.94)
    return Shaped(
        spec, laid, shares, counted, division, divided, certificate, zone, sides_of(divided.faces, spec),
        bands_of(divided.faces, spec), line_of(line, laid.pieces, laid.ground), generalised_lengths(laid.parts, plane),
        covered_share(known_m2, zone.area_m2), tasks, outside,
    )


def count_in(shape: Shaped, spec: PlanSpec, inputs: PlanInputs) -> int:
    """Return how many sectors a spec that does not share persons out asks for of the zone of a shape that has none.

    Raises
    ------
    PlanError : they do not fit
    """
    front, counted, plane = shape.laid.front, shape.counted, shape.laid.front.plane
    tasks = tasks_under(spec, inputs, shape)[0] if spec.shares_staff else shape.tasks
    stock = Stock(shape.shares, counted, counted, plane, {STATIONED: tasks.spots(plane)})
    return count_sectors(_chains(front), stock, shape.laid.reach_m, rule_of(spec, tasks.factors))


def tasks_under(spec: PlanSpec, inputs: PlanInputs, shape: Shaped) -> tuple[Tasks, tuple[str, ...]]:
    """Return the tasks and what lies outside, as `tasks_of`, under a spec that may staff the shape in another way."""
    if (spec.posture, spec.staffing) == (shape.spec.posture, shape.spec.staffing):
        return shape.tasks, shape.outside
    return tasks_of(spec, inputs, shape.laid, shape.shares, shape.counted)


def _chains(front: Front) -> list[ChainPath]:
    return [ChainPath(path, chain.closed) for path, chain in zip(front.paths, front.line.chains)]


def tasks_of(
    spec: PlanSpec, inputs: PlanInputs, laid: Laid, shares: LineShares, counted: Any
) -> tuple[Tasks, tuple[str, ...]]:
    """Return what the force has to do on the ground that counts, and what lies outside it."""
    used = effective(spec.staffing, inputs.postures[spec.posture], inputs.catalogue)
    values, plane = central_values(used.posture, used.catalogue), laid.front.plane
    places = post_places(laid.ground, spec, plane, laid.parts, shares, values)
    crossings, outside = crossings_in(inputs.crossings, counted, plane)
    if inputs.roads is None:
        return Tasks(used, places, crossings, None), outside
    roads = Roads(*road_pieces(inputs.roads, counted, plane))
    area_m2 = counted.area / float(np.mean(plane.scale(shapely.get_coordinates(counted)))) ** 2
    told = told_of_roads(float(roads.length_m.sum()), area_m2, values)
    return Tasks(used, places, crossings, roads if roads.length_m.any() else None), (*outside, *told)


def _living(
    spec: PlanSpec, population: Population | None, counted: Any, plane: LocalPlane
) -> tuple[Population | None, tuple[Array, Array], float | None]:
    """Return who lives on the ground that counts, None if nothing tells; where; and on how much it is known, m²."""
    spots, known_m2 = spots_of(population, counted, plane), known_ground(population, counted, plane)
    persons = float(spots[1].sum())
    _refuse_nobody(spec, population, persons, known_m2)
    return None if known_m2 == 0 and persons == 0 else population, spots, known_m2


def _refuse_empty(ground: Ground, division: Division) -> None:
    names = division.part_names
    empty = [names[k] for k in np.setdiff1d(np.arange(len(names)), ground.part[ground.kept])]
    if empty:
        raise PlanError(
            f"Nothing of {'sector' if len(empty) == 1 else 'sectors'} {', '.join(empty)} lies inside the clip",
            "Ask for fewer sectors, split by area, or choose a larger clip layer.",
        )


def _refuse_nobody(
    spec: PlanSpec, population: Population | None, persons: float, known_m2: float | None
) -> None:
    """Raise if persons are to be shared out and there are none."""
    if not spec.shares_persons or persons > 0:
        return
    if population is None:
        raise PlanError(
            "A split by population was asked for, but no population was given",
            "Choose a raster of persons per cell or a layer of points with persons, or another split.",
        )
    if known_m2 == 0:
        raise PlanError(
            "The raster of population holds no values in the zone",
            "Choose a raster that covers the zone, check its cells without data, or choose another split.",
        )
    raise PlanError(
        "Nobody lives in the zone, as the layer of population has it",
        "Check that the layer covers the zone and holds numbers of persons, or choose another split.",
    )
