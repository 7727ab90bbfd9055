"""Staffing for polygons that are there, whoever drew them: the same model as a plan's, without a zone or a split.

Geometries are longitude/latitude on WGS 84 (degrees), geodesics between their vertices, as the contact line is: a line
on a border stays on it. Persons are integers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import shapely

from .contact_line import clean
from .contributors import Contributions
from .errors import PlanError
from .features import InputFeature, counted, told_km, told_km2
from .force import road_km_by
from .geodesy import CHORD_STEP_M, Array, LocalPlane, area, densify
from .plan_words import inhabitants, parameters_used, persons_of
from .population import Population, covered_share, known_ground, persons_by_part, told_of
from .progress import Progress
from .record import make_record
from .rounding import largest_remainder
from .sites import counts, crossings_in, pieces_of, road_pieces, told_of_roads
from .spec import PlanSpec
from .staffing.build_up import SectorInputs, post_count
from .staffing.draws import Driver
from .staffing.model import Staffing
from .staffing.overrides import Effective, effective
from .staffing.parameters import Parameter
from .staffing.postures import Posture, central_values
from .staffing.statement import statement
from .staffing.twins import HistoricalZone
from .strength import strength_of
from .unit_layer import first_holding, units_of

LAYER, LINE = "The layer of polygons", "The contact line"
BY_FIELD, BY_LINE, BY_AXIS = "field", "line", "long axis"  # where the length of line comes from
LINE_STEP_M = 20.0  # the line counts by pieces so long, each where its middle lies
ON_BORDER_M = 1.0  # of a polygon: a line so near to its border runs along it
MOST_KM = 100_000  # of line in one polygon: beyond, the field holds metres or something else
OVERLAP = 1e-6  # of all ground: less is the digits' noise
STAFFING_FIELDS = ("posture", "staffing", "trainees", "contributors")  # of a spec: the rest means nothing here


@dataclass(frozen=True)
class PolygonInputs:
    """What staffing of polygons is made from.

    ``lengths_km`` are the values of a field, in the order of the features; else ``line_features`` are the contact line;
    else each polygon's long axis stands for its line. ``names`` are what the polygons are called, for contributors that
    lead some. The rest is as in `plan.PlanInputs`.
    """

    features: tuple[InputFeature, ...]
    names: tuple[str, ...]
    numbers: tuple[int, ...]
    catalogue: Mapping[str, Parameter]
    postures: Mapping[str, Posture]
    past: tuple[HistoricalZone, ...] = ()
    lengths_km: tuple[Any, ...] | None = None
    line_features: tuple[InputFeature, ...] | None = None
    population: Population | None = None
    crossings: Array | None = None
    roads: tuple[Any, ...] | None = None
    context: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PolygonForce:
    """The persons of some polygons; ``places`` are those of their features among the input's, ``numbers``
    and ``names`` what tables and contributors call them.

    The rest is as in `result.Plan`.
    """

    places: tuple[int, ...]
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    used: Effective
    sector_inputs: SectorInputs
    staffing: Staffing
    population: tuple[int | None, ...]
    crossings_given: bool
    drivers: tuple[Driver, ...]
    contributions: Contributions
    staffing_told: tuple[str, ...]
    record: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Ground:
    """The polygons that cover ground, in the plane, their union, and their areas, square metres (n,).

    ``places`` are those of their features among the input's; ``notes`` say what was mended.
    """

    places: list[int]
    flat: list[Any]
    whole: Any
    plane: LocalPlane
    area_m2: Array
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Length:
    """The length of line in each polygon, metres (n,), where it comes from, and what to say of it."""

    line_m: Array
    source: str
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def staff_polygons(spec: PlanSpec, inputs: PolygonInputs, progress: Progress) -> PolygonForce:
    """Return the force that polygons take under a posture, polygon by polygon.

    Posts are laid once along the whole length of line and shared among the polygons by their lengths, never rounded up
    for each. What lies in several polygons, such as a crossing on a common border, counts in the first; a line on a
    common border counts in equal parts.

    Parameters
    ----------
    spec : of which only the fields on staffing count: posture, staffing, trainees, contributors

    Raises
    ------
    PlanError : no polygons, a length that is none, or as `plan.make_plan` for lines and staffing
    PlanCancelledError : the user asked to stop
    """
    progress.report(0.0, "Reading the polygons")
    used = effective(spec.staffing, inputs.postures[spec.posture], inputs.catalogue)
    values = central_values(used.posture, used.catalogue)
    ground = _ground(inputs.features)
    places, flat, whole, plane, area_m2 = ground.places, ground.flat, ground.whole, ground.plane, ground.area_m2
    progress.report(0.3, "Measuring the line in the polygons")
    length = _line_m(inputs, places, flat, whole, plane, progress)
    line_m = length.line_m
    progress.report(0.6, "Estimating staffing")
    crossings, outside = crossings_in(inputs.crossings, whole, plane)
    at = first_holding(plane.forward(crossings), flat) if len(crossings) else np.zeros(0, dtype=np.int64)
    road_km, road_m = _road_km(inputs.roads, flat, whole, plane)
    posts = largest_remainder(line_m, post_count(float(line_m.sum()) / 1e3, values))
    sectors = SectorInputs(line_m / 1e3, area_m2 / 1e6, posts, counts(at[at >= 0], len(flat)), road_km)
    numbers = tuple(inputs.numbers[place] for place in places)
    names = tuple(inputs.names[place] for place in places)
    strength = strength_of(spec, used, sectors, names, inputs.past, numbers)
    staffing, contributions = strength.staffing, strength.contributions
    population, known_m2 = _living(inputs.population, flat, whole, plane)
    people, doubtful = told_of(population, covered_share(known_m2, float(area_m2.sum())))
    roads = told_of_roads(road_m, float(area_m2.sum()), values)
    warnings = (
        *length.warnings, *_overlap(flat, whole), *outside, *roads, *doubtful, *contributions.warnings,
    )
    notes = (*ground.notes, *length.notes, *people, *contributions.notes, *warnings)
    measured = [
        ("polygons", str(len(places))), ("area_km2", f"{area_m2.sum() / 1e6:.6f}"),
        ("line_km", f"{line_m.sum() / 1e3:.6f}"), ("line_from", length.source), *persons_of(staffing, used),
        *inhabitants(population, staffing), *parameters_used(used, strength.drivers),
        ("past_mission", strength.past_mission),
    ]
    asked = {name: value for name, value in asdict(spec).items() if name in STAFFING_FIELDS}
    parameters = json.dumps({**asked, "line_from": length.source}, sort_keys=True, ensure_ascii=False)
    meaning = "\n".join(statement(*staffing.total.ends))
    record = make_record(parameters, meaning, inputs.features, inputs.context, measured, notes)
    progress.report(1.0)
    return PolygonForce(
        tuple(places), numbers, names, used, sectors, staffing, tuple(population), inputs.crossings is not None,
        strength.drivers, contributions, strength.told, record, notes, warnings,
    )


def _ground(features: Sequence[InputFeature]) -> _Ground:
    """Return the ground of polygons; raises `PlanError` for none, and for one whose area cannot be told."""
    found, places, mended = units_of(features, LAYER)
    units = [_dense(unit) for unit in found]
    plane = LocalPlane(shapely.get_coordinates(units))
    flat = [shapely.transform(unit, plane.forward) for unit in units]
    area_m2 = np.array([area(unit) for unit in units])
    for place in (place for place, ground in zip(places, area_m2) if not ground > 0):
        raise PlanError(
            f"{LAYER} has a polygon around the Earth, whose area is not known", "Divide it, or leave it out.",
            f"feature {features[place].feature_id}",
        )
    return _Ground(places, flat, shapely.union_all(shapely.make_valid(flat)), plane, area_m2, mended)


def _line_m(
    inputs: PolygonInputs, places: Sequence[int], flat: Sequence[Any], whole: Any, plane: LocalPlane,
    progress: Progress,
) -> Length:
    """Return the length of line in each polygon, and where it comes from."""
    if inputs.lengths_km is not None:
        told = [_length_km(inputs.lengths_km[place], inputs.features[place].feature_id) for place in places]
        return Length(np.array(told) * 1e3, BY_FIELD)
    if inputs.line_features is None:
        return Length(np.array([_long_axis_m(polygon, plane) for polygon in flat]), BY_AXIS, (), (
            "No line and no field of lengths was given: the long axis of each polygon stands for its line, and misses "
            "where the line runs across it",
        ))
    line = clean(inputs.line_features, 0.0, plane)
    dense = [shapely.linestrings(densify(part, CHORD_STEP_M)) for part in line.parts]
    near = shapely.buffer(whole, ON_BORDER_M, quad_segs=1)
    middle, length_m = pieces_of(dense, near, plane, LINE_STEP_M)
    progress.check()
    held = _shared(middle, length_m, flat)
    if held.sum() <= 0:
        raise PlanError(
            f"{LINE} does not run through the polygons",
            "Choose the line of these polygons, a field with their lengths, or none for their long axes.",
        )
    missing = line.length_m - float(held.sum())
    left_out = (f"{told_km(missing)} of contact line outside the polygons left out",) if missing > LINE_STEP_M else ()
    return Length(held, BY_LINE, line.notes, left_out)


def _dense(unit: Any) -> Any:
    """Return a multipolygon with points along its geodesic edges, so that the plane's straight ones follow them."""
    polygons = []
    for polygon in shapely.get_parts(unit):
        shell, *holes = (densify(shapely.get_coordinates(ring), CHORD_STEP_M) for ring in shapely.get_rings(polygon))
        polygons.append(shapely.Polygon(shell, holes))
    return shapely.MultiPolygon(polygons)


def _length_km(value: Any, feature_id: int) -> float:
    """Return a length from a field; raises `PlanError` for what is none."""
    where = f"feature {feature_id}"
    if value is None or value == "":
        raise PlanError(f"{LAYER} has a feature without a length", "Give 0 km or more in every feature.", where)
    try:
        length = float(value)
    except (TypeError, ValueError):
        length = -1.0
    if not 0 <= length <= MOST_KM:
        raise PlanError(
            f"{LAYER} has the length {value!r}, which is no number of km from 0 to {MOST_KM:,}",
            "Check the field and its unit.", where,
        )
    return length


def _long_axis_m(polygon: Any, plane: LocalPlane) -> float:
    """Return the longer side of the smallest rectangle around a polygon of the plane, metres on the ellipsoid."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(polygon))[:3]
    side = float(np.hypot(*np.diff(corners, axis=0).T).max())
    return side / float(plane.scale(shapely.get_coordinates(polygon.centroid))[0])


def _shared(xy: Array, values: Array, polygons: Sequence[Any]) -> Array:
    """Return the sum of the values of points in each polygon; those in several count in equal parts."""
    if not len(xy):
        return np.zeros(len(polygons))
    # the polygons are the query: GEOS prepares those, and a prepared polygon answers thousands of points at once
    around = shapely.buffer(np.asarray(polygons, dtype=object), ON_BORDER_M, quad_segs=1)
    polygon, point = shapely.STRtree(shapely.points(xy)).query(around, "intersects")
    times = np.bincount(point, minlength=len(xy))
    return np.bincount(polygon, values[point] / times[point], len(polygons)).astype(np.float64)


def _road_km(
    roads: Sequence[Any] | None, flat: Sequence[Any], whole: Any, plane: LocalPlane
) -> tuple[Array | None, float | None]:
    """Return the km of road in each polygon, None without roads in them, and the metres in all."""
    if roads is None:
        return None, None
    middle, length_m = road_pieces(roads, whole, plane)
    held = road_km_by(first_holding(middle, flat), length_m, len(flat)) if len(middle) else np.zeros(len(flat))
    return held if held.any() else None, float(length_m.sum())


def _living(
    population: Population | None, flat: Sequence[Any], whole: Any, plane: LocalPlane
) -> tuple[Sequence[int | None], float | None]:
    """Return the inhabitants of each polygon, None where they are not known, and on how much ground they are, m²."""
    if population is None:
        return [None] * len(flat), None
    known_m2, persons = known_ground(population, whole, plane), persons_by_part(population, flat, plane)
    return ([None] * len(flat) if known_m2 == 0 and not sum(persons) else persons), known_m2


def _overlap(flat: Sequence[Any], whole: Any) -> tuple[str, ...]:
    """Say by how much polygons overlap."""
    twice = sum(polygon.area for polygon in flat) - whole.area
    if twice <= OVERLAP * whole.area:
        return ()
    return (f"The {counted(len(flat), 'polygon')} overlap by {told_km2(twice)}, which counts in each of them",)
