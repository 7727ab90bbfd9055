"""A plan, and the one way to make it: from the contact line's features to everything that one run delivers.

Geometries are shapely, longitude/latitude on WGS 84 (degrees). Lengths are metres, areas square metres, all on the
ellipsoid. Persons are integers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .clip import line_inside
from .delivery import bands_of, line_of, sides_of, zone_of
from .errors import PlanError
from .features import InputFeature
from .force import Force, Roads, Tasks, force_of, like, spoken
from .front import Front, one_line, two_lines
from .geodesy import CHORD_STEP_M, Array, LocalPlane, densify, path_length
from .given_ground import NONE_GIVEN, GivenGround
from .ground import Ground, cut, lay_ground, outline_edges
from .guides import NO_GUIDES, Guides
from .lengths import generalised_lengths
from .plan_words import figures, in_pieces, missed, one_sided, people_figures, staff_figures, without_line
from .population import Population, covered_share, known_ground, spots_of, told_of
from .posting import post_places
from .progress import Progress
from .record import make_record
from .result import Band, ContactPart, Plan, Post, Sector, SectorBoundary, Side, Subsector, Zone
from .sectoring import Division, divide_zone
from .sectors.line_shares import LineShares, line_shares
from .sectors.measures import PERSONS, STATIONED, Stock
from .sectors.split import ChainPath
from .sites import crossings_in, road_pieces, told_of_roads
from .spec import PlanSpec
from .split_up import SplitUp, split_up
from .staffing.overrides import effective
from .staffing.parameters import Parameter
from .staffing.postures import Posture, central_values
from .staffing.statement import statement
from .staffing.twins import HistoricalZone
from .zone import Certificate, certify, together

__all__ = [
    "Band",
    "ContactPart",
    "Laid",
    "Plan",
    "PlanInputs",
    "Post",
    "Sector",
    "SectorBoundary",
    "Side",
    "Subsector",
    "Zone",
    "finished",
    "make_plan",
]

@dataclass(frozen=True)
class PlanInputs:
    """What a plan is made from: the contact line's features, parameters, postures, past missions, context to record.

    ``lines_b`` are the features of side B's own forward line, ``lines`` then those of side A's: the ground between is
    nobody's, and depths are measured from each side's own. They count if the spec says that there are two lines.
    ``given`` holds the clip and the ground on side A, where the user gave them; ``guides`` what to split by;
    ``population`` the persons who live there, where they are known. ``crossings`` are longitude/latitude (n, 2),
    ``roads`` lines that patrols are to drive; None where none are given.
    """

    lines: tuple[InputFeature, ...]
    catalogue: Mapping[str, Parameter]
    postures: Mapping[str, Posture]
    context: tuple[tuple[str, str], ...] = ()
    given: GivenGround = NONE_GIVEN
    lines_b: tuple[InputFeature, ...] = ()
    guides: Guides = NO_GUIDES
    population: Population | None = None
    crossings: Array | None = None
    roads: tuple[Any, ...] | None = None
    past: tuple[HistoricalZone, ...] = ()


def make_plan(spec: PlanSpec, inputs: PlanInputs, progress: Progress) -> Plan:
    """Return the plan of a contact line: the one way through the house.

    Raises
    ------
    PlanError : the input cannot be planned, with the reason, the place and how to mend it
    PlanCancelledError : the user asked to stop
    """
    progress.report(0.0, "Cleaning the contact line")
    front = _front(spec, inputs, progress)
    pieces = line_inside(inputs.given.clip, front.line.parts)
    measured = front.measured(spec, progress.check)
    progress.report(0.02, "Drawing the zone at exact distance")
    ground, doubts = lay_ground(front, measured, spec, inputs.given, progress.stage(0.02, 0.5))

    def certified(cut_ground: Ground) -> Certificate:
        outer, depth, side = outline_edges(cut_ground, spec)
        return together([
            certify(front.plane, m.field, outer.select(mine), depth[mine], progress.stage(0.8, 0.9))
            for m, mine in ((m, np.isin(side, m.signs)) for m in measured) if mine.any()
        ])

    return finished(spec, inputs, Laid(front, front.reach_m(spec), pieces, ground, doubts), certified, progress)


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


def finished(
    spec: PlanSpec, inputs: PlanInputs, laid: Laid, certified: Callable[[Ground], Certificate] | None,
    progress: Progress,
) -> Plan:
    """Return the plan of a zone that is there: split into sectors, measured, and staffed.

    Parameters
    ----------
    certified : measures the outline of the finished faces; None where it is not ours to measure

    Raises
    ------
    PlanError, PlanCancelledError : as `make_plan`
    """
    front, line, plane = laid.front, laid.front.line, laid.front.plane
    parts = [piece for _, piece in laid.pieces]
    shares = line_shares([densify(part, CHORD_STEP_M) for part in parts], plane)
    progress.report(0.5, "Splitting the zone into sectors")
    counted = laid.ground.whole()
    whole = laid.ground.unclipped() if laid.ground.masked.any() else counted
    tasks, outside = _tasks(spec, inputs, laid, shares, counted)
    population, persons, known_m2 = _living(spec, inputs.population, counted, plane)
    stock = Stock(shares, whole, counted, plane, {STATIONED: tasks.spots(plane), PERSONS: persons})
    chains = [ChainPath(path, chain.closed) for path, chain in zip(front.paths, line.chains)]
    division = divide_zone(
        chains, stock, laid.reach_m, spec, tasks.factors, inputs.guides, progress.stage(0.5, 0.8)
    )
    ground = cut(laid.ground, whole, division)
    _refuse_empty(ground, division)
    progress.report(0.8, "Measuring the result")
    certificate = certified(ground) if certified else together(())
    divided = split_up(ground, plane, division, shares, population)
    progress.report(0.92)
    zone = zone_of(plane, divided.faces, sum(path_length(part) for part in parts), certificate)
    progress.report(0.94)
    sides, bands = sides_of(divided.faces, spec), bands_of(divided.faces, spec)
    progress.report(0.95, "Estimating staffing")
    force = force_of(tasks, divided, division, plane, shares, spec)
    past_mission = like(force.staffing, force.inputs, inputs.past)
    told = spoken(force.staffing, tasks.used, force.drivers, past_mission)
    covered = covered_share(known_m2, zone.area_m2)
    doubts = (*laid.doubts, *outside, *(missed(certificate, spec) if certified else ()))
    notes, warnings = _remarks(spec, front.notes, doubts, division, divided, force, covered)
    lengths = generalised_lengths(parts, plane)
    measured = [
        *figures(zone, lengths, spec.two_lines), *staff_figures(force, tasks),
        *people_figures(divided.population, covered, force.staffing), ("past_mission", past_mission),
    ]
    meaning = "\n".join(statement(*force.staffing.total.ends))
    record = make_record(spec.to_json(), meaning, (*inputs.lines, *inputs.lines_b), inputs.context, measured, notes)
    progress.report(1.0)
    return Plan(
        spec, zone, sides, bands, divided.sectors, force.subsectors, divided.boundaries,
        line_of(line, laid.pieces, laid.ground), lengths, force.posts, tasks.used, force.staffing, force.inputs,
        inputs.crossings is not None, force.drivers, force.contributions, told, record, notes, warnings,
    )


def _remarks(
    spec: PlanSpec, mended: Sequence[str], doubts: Sequence[str], division: Division, divided: SplitUp, force: Force,
    covered: float | None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what was mended or needs attention, and those of these sentences that do."""
    odd = (*one_sided(divided.sectors, spec), *without_line(divided.sectors, spec))
    people, doubtful = told_of(divided.population, covered)
    sent = force.contributions
    warnings = (*doubts, *division.warnings, *odd, *doubtful, *sent.warnings)
    return (*mended, *division.notes, *people, *in_pieces(divided.sectors), *sent.notes, *warnings), warnings


def _tasks(
    spec: PlanSpec, inputs: PlanInputs, laid: Laid, shares: LineShares, counted: Any
) -> tuple[Tasks, tuple[str, ...]]:
    """Return what the force has to do on the ground that counts, and what lies outside it."""
    used = effective(spec.staffing, inputs.postures[spec.posture], inputs.catalogue)
    values, plane = central_values(used.posture, used.catalogue), laid.front.plane
    places = post_places(laid.ground, spec, plane, [piece for _, piece in laid.pieces], shares, values)
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


def _front(spec: PlanSpec, inputs: PlanInputs, progress: Progress) -> Front:
    if not spec.two_lines:
        return one_line(inputs.lines, spec)
    if inputs.given.side_a is not None:
        raise PlanError(
            "Both the forward line of side B and the ground on side A were given",
            "Give one of them: two forward lines say which side is which.",
        )
    pair = (inputs.lines_b, inputs.lines) if spec.reverse else (inputs.lines, inputs.lines_b)
    return two_lines(*pair, spec, progress.check)


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
