"""The figures of scenarios side by side, small enough to keep hundreds, and how each differs from one of them::

    found = comparison(scenarios, inputs, Progress())
    for one in found.rows:
        print(one.scenario.name, one.reason or one.figures.staff, difference(one, base_of(found.rows, "")).persons)

Lengths are metres, areas square metres on the ellipsoid; persons are integers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from threading import Lock, local
from typing import Any

import numpy as np
import shapely

from .errors import PlanError
from .features import InputFeature, counted, parts_of
from .geodesy import Array, wrap_longitude
from .given_up import GivenUp, Ground, Units, ground_given_up, units_by_name
from .guides import Areas
from .plan_inputs import AnyInputs, PlanInputs
from .progress import Progress
from .result import Plan, Side
from .scenarios import NO_VARIANTS, Outcome, Scenario, reduced
from .staffing.build_up import COMPONENTS
from .staffing.model import PersonRange

PLACES = "The layer of places"  # as sentences begin
SAME_ZONE = 1e-6  # zones that differ by less are drawn as one


@dataclass(frozen=True)
class Figures:
    """What a plan comes to.

    ``posture`` is the one used, with the user's own if there is one; ``components`` are persons by what they do, in the
    order of `COMPONENTS`; ``population`` and ``places`` are None where nothing tells.
    """

    posture: str
    line_m: float
    area_m2: float
    area_a_m2: float
    area_b_m2: float
    area_strip_m2: float
    sectors: int
    staff: PersonRange
    components: tuple[PersonRange, ...]
    training: PersonRange
    pool: PersonRange
    population: int | None
    places: int | None


@dataclass(frozen=True)
class Compared:
    """A scenario with its figures, or the reason why there are none; notes and warnings as in `result.Plan`."""

    scenario: Scenario
    figures: Figures | None
    reason: str = ""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Scenarios with their figures, in their order; of each its zone and what is given up, where that was asked for.

    ``zones`` are multipolygons in longitude/latitude, None for scenarios without a plan; ``overlap_m2`` is the most
    ground in one zone that several administrative areas hold, ``covered`` are those that in a zone lie wholly in
    earlier ones and have no row there.
    """

    rows: tuple[Compared, ...]
    zones: tuple[Any, ...]
    given_up: tuple[tuple[GivenUp, ...], ...]
    overlap_m2: float
    covered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """How a scenario differs from the base: m² and persons, and both as shares of the base's; None: not to be told."""

    area_m2: float | None = None
    area_share: float | None = None
    persons: int | None = None
    persons_share: float | None = None


def comparison(
    scenarios: Sequence[Scenario], inputs: PlanInputs, progress: Progress,
    variants: Mapping[str, AnyInputs] = NO_VARIANTS, places: Array | None = None, areas: Areas | None = None,
    zones: bool = False,
) -> Comparison:
    """Return the figures of scenarios; of their geometries no more is kept than was asked for.

    Parameters
    ----------
    inputs, variants : as `scenarios.outcomes`
    places : longitude/latitude (n, 2), to count in each zone; None where none were given
    areas : administrative areas, to tell what of each is given up
    zones : whether to keep the zones

    Raises
    ------
    PlanError, PlanCancelledError : as `scenarios.outcomes`
    """
    ground = None if areas is None else _Ground(units_by_name(areas))

    def told(outcome: Outcome, own: Progress) -> tuple[Compared, Any, Ground]:
        plan = outcome.plan
        given = Ground() if plan is None or ground is None else ground.given_up(plan.sides, own)
        return _compared(outcome, places), plan.zone.geometry if zones and plan is not None else None, given

    rows, shapes, given = zip(*reduced(told, scenarios, inputs, progress, variants))
    covered = dict.fromkeys(name for one in given for name in one.covered)
    return Comparison(
        rows, shapes, tuple(one.parts for one in given), max(one.shared_m2 for one in given), tuple(covered),
    )


def places_of(features: Sequence[InputFeature]) -> tuple[Array, tuple[str, ...]]:
    """Return the points of a layer of places, longitude/latitude (n, 2), and what was left out.

    Raises
    ------
    PlanError : no points, or a geometry that is none
    """
    parts = [part for feature in features for part in parts_of(feature, f"{PLACES} holds", ("Point",))]
    if not parts:
        raise PlanError(f"{PLACES} has no points", "Choose a layer of points, or none.")
    empty = sum(feature.empty for feature in features)
    lonlat = np.asarray(shapely.get_coordinates(parts), dtype=np.float64)
    lonlat[:, 0] = wrap_longitude(lonlat[:, 0])
    return lonlat, (f"{PLACES}: {counted(empty, 'feature')} without a place left out",) if empty else ()


def check_base(name: str, known: Sequence[str]) -> None:
    """Raise `PlanError` if differences are to refer to a scenario that is not there; an empty name refers to none."""
    if not name or name in known:
        return
    near = get_close_matches(name, known, 1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Known are: {', '.join(known)}."
    raise PlanError(f"There is no scenario '{name}' to compare with", hint)


def base_of(rows: Sequence[Compared], name: str) -> Compared | None:
    """Return the scenario of a name; without a name the first that stands, None if none does."""
    if name:
        return next(row for row in rows if row.scenario.name == name)
    return next((row for row in rows if row.figures is not None), None)


def difference(row: Compared, base: Compared | None) -> Difference:
    """Return how a scenario differs from the base; nothing where either has no figures.

    Examples
    --------
    >>> difference(Compared(None, None), None)
    Difference(area_m2=None, area_share=None, persons=None, persons_share=None)
    """
    if base is None or base.figures is None or row.figures is None:
        return Difference()
    area_m2 = row.figures.area_m2 - base.figures.area_m2
    persons = row.figures.staff.central - base.figures.staff.central
    return Difference(
        area_m2, _share(area_m2, base.figures.area_m2), persons, _share(persons, base.figures.staff.central),
    )


def ranks(areas_m2: Sequence[float]) -> list[int]:
    """Return the place of each area from the smallest, 1, on; those that hardly differ share one.

    Examples
    --------
    >>> ranks([40e6, 10e6, 40e6 + 1, 20e6])
    [3, 1, 3, 2]
    """
    order = sorted(range(len(areas_m2)), key=lambda k: areas_m2[k])
    found, rank, smallest = [0] * len(areas_m2), 0, -1.0
    for k in order:
        if rank == 0 or areas_m2[k] > smallest * (1 + SAME_ZONE):
            rank, smallest = rank + 1, areas_m2[k]
        found[k] = rank
    return found


class _Ground:
    """Administrative units, copied for each thread: GEOS does not allow two at one prepared geometry."""

    def __init__(self, units: Units) -> None:
        self._units, self._lock, self._own = units, Lock(), local()

    def given_up(self, sides: tuple[Side, ...], progress: Progress) -> Ground:
        """Return what of each unit lies in each side, made once for scenarios that differ in staffing only."""
        kept = self._own.__dict__
        if "units" not in kept:
            with self._lock:
                kept["units"] = deepcopy(self._units)
        if kept.get("sides") is not sides:
            kept["told"] = ground_given_up(sides, kept["units"], progress)
            kept["sides"] = sides
        told: Ground = kept["told"]
        return told


def _compared(outcome: Outcome, places: Array | None) -> Compared:
    plan = outcome.plan
    if plan is None:
        return Compared(outcome.scenario, None, outcome.reason)
    return Compared(outcome.scenario, _figures(plan, outcome.sectors, places), "", plan.notes, plan.warnings)


def _figures(plan: Plan, sectors: int, places: Array | None) -> Figures:
    zone, staffing = plan.zone, plan.staffing
    tables = [table.sum(axis=0).tolist() for table in (staffing.low, staffing.central, staffing.high)]
    return Figures(
        plan.used.label, zone.line_m, zone.area_m2, zone.area_a_m2, zone.area_b_m2, zone.area_strip_m2,
        sectors, staffing.total,
        tuple(PersonRange(*(table[k] for table in tables)) for k in range(len(COMPONENTS))),
        staffing.training, staffing.pool, plan.population,
        None if places is None else _held(zone.geometry, places),
    )


def _held(zone: Any, places: Array) -> int:
    shapely.prepare(zone)
    held = int(shapely.intersects_xy(zone, places).sum())
    shapely.destroy_prepared(zone)  # which may be kept, and go to another thread
    return held


def _share(difference: float, whole: float) -> float | None:
    return difference / whole if whole > 0 else None
