"""The inverse problem: which plans of a contact line keep to a ceiling of persons, and how deep can they be?

A plan fits if the end of its range that was asked for, with the training mission if it has one, is not above the
ceiling. Persons grow with the depth, since more ground takes more patrols and more crossings and roads lie in it: so
the largest depth that fits is found by halving. The one exception is a zone so shallow that no road of those given lies
in it: patrols go by its area then, and a deeper zone may take fewer. It knows no QGIS::

    answer = fit_ceiling(Question(4000, (5e3, 10e3, 20e3, 40e3)), PlanSpec(), inputs, Progress())
    for one in answer.largest:
        print(one.plan.manning.title, one.found, one.plan.depth_m)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from .ceiling_question import Question, plan_of_depth
from .dominance import dominated
from .errors import PlanError
from .mannings import SENSORS, SPACING, Extent, Manning, Need, extent_of, mannings
from .plan_inputs import AnyInputs, PlanInputs
from .progress import Progress
from .scales import M_PER_KM
from .scenarios import Scenario, outcomes
from .spec import POSTURES, PlanSpec
from .staffing.parameters import limits

STEP_M = 100.0  # of the largest depth: lines are drawn no better; about two persons under Verify on 1,000 km
STEPS = {SPACING: 10, SENSORS: 100}  # in which values that fit are told: 0.1 km, 1 per cent
TRIED = 0.6  # of the progress: the depths asked for; then the search between them
ALL, PART, NONE = "all", "part", "none"

AtDepth = Callable[[float], AnyInputs]  # inputs as the plan of a depth alone, metres, has them; may raise PlanError
Bracket = tuple["Fitted | None", Sequence[float]]  # the deepest plan that fits so far, and the depths still in question


@dataclass(frozen=True)
class Fitted:
    """A plan that was tried.

    Parameters
    ----------
    spec : what `plan.make_plan` makes this plan from, with the sectors, bands and contributors of the base
    depth_m : the depth that was tried, metres; what each side has of it is in the spec
    spare : persons that the ceiling leaves, below 0 if the plan does not fit
    dominated : whether another plan takes no more persons, at the end asked for, and has at least its area and at least
        its posture (in the order of `spec.POSTURES`, in which each asks more of the force); and is better in one of the
        three. How closely posts stand is a means to that, and not weighed
    """

    spec: PlanSpec
    depth_m: float
    manning: Manning
    extent: Extent
    need: Need
    spare: int
    dominated: bool = False

    @property
    def fits(self) -> bool:
        """Whether the plan keeps to the ceiling."""
        return self.spare >= 0


@dataclass(frozen=True)
class Largest:
    """The deepest plan that fits with one manning.

    Parameters
    ----------
    found : `ALL` if every depth fits, `PART` if some do, `NONE` if not even the smallest does
    plan : the deepest that fits, to `STEP_M`; where none does, the smallest depth that was asked for
    deepest : the deepest plan that was asked for
    closest_km : the closest spacing of posts with which ``deepest`` fits, and so every depth, km; None if none does, or
        if spacings were asked for
    sensors_needed : the smallest share of posts without a crew with which it does, 0…1; None in like manner
    """

    found: str
    plan: Fitted
    deepest: Fitted
    closest_km: float | None
    sensors_needed: float | None


@dataclass(frozen=True)
class Answer:
    """Which plans fit.

    ``plans`` are all that were tried, by posture, spacing, sensors and depth; ``largest`` has one entry for each of the
    first three, in the same order; ``failed`` pairs depths that cannot be planned, metres, with the reason.
    """

    question: Question
    plans: tuple[Fitted, ...]
    largest: tuple[Largest, ...]
    failed: tuple[tuple[float, str], ...]

    def fitting(self, end: str) -> int:
        """Return how many plans keep to the ceiling with an end of their range, one of `ceiling_question.ENDS`."""
        return sum(_spare(self.question, plan.need, end) >= 0 for plan in self.plans)


def fit_ceiling(
    question: Question, base: PlanSpec, inputs: PlanInputs, progress: Progress, at_depth: AtDepth | None = None,
) -> Answer:
    """Return which plans keep to a ceiling, and the largest depth that does with each posture.

    Each depth is planned once, without sectors. The persons of every posture, spacing and share of sensors follow from
    its ground, and are those of any split into sectors. Between the depths asked for, those in steps of `STEP_M` are
    tried; one that cannot be planned does not fit.

    Parameters
    ----------
    base : what all plans have in common
    at_depth : gives each depth inputs of its own, where inhabitants are read as finely as a zone is deep

    Raises
    ------
    PlanError : a depth, a spacing or a share that no plan can have, or none of the depths can be planned
    PlanCancelledError : the user asked to stop
    """
    manned = mannings(question, base, inputs.postures, inputs.catalogue)
    check_depths(question, base)
    tried = _Tried(question, base, inputs, at_depth or (lambda _: inputs))
    tried.measure(question.depths_m, progress.stage(0.0, TRIED))
    failed = tuple((depth, tried.reasons[depth]) for depth in question.depths_m if depth in tried.reasons)
    if len(failed) == len(question.depths_m):
        raise PlanError(f"None of the depths can be planned: {failed[0][1]}")
    rows = [tried.row(manning, progress) for manning in manned]
    deepest = _deepest_fitting(rows, tried, progress.stage(TRIED, 1.0))
    largest = tuple(_largest(row, best, tried, progress) for row, best in zip(rows, deepest))
    progress.report(1.0)
    return Answer(question, _marked([plan for row in rows for plan in row], question.end), largest, failed)


def check_depths(question: Question, base: PlanSpec) -> None:
    """Raise `PlanError` for a depth that no plan can have."""
    for depth in question.depths_m:
        plan_of_depth(base, question.sides, depth, question.bands_m)


class _Tried:
    """The depths, metres, that were planned: what each holds, or why it cannot be planned."""

    def __init__(self, question: Question, base: PlanSpec, inputs: PlanInputs, at_depth: AtDepth) -> None:
        self.question, self._base, self._inputs, self._at_depth = question, base, inputs, at_depth
        self.extents: dict[float, Extent] = {}
        self.reasons: dict[float, str] = {}

    def measure(self, depths_m: Iterable[float], progress: Progress) -> None:
        """Plan the zones of depths that were not planned yet."""
        fresh = {depth for depth in depths_m if depth not in self.extents and depth not in self.reasons}
        asked = {f"{depth / M_PER_KM:.10g} km": depth for depth in sorted(fresh)}
        variants: dict[str, AnyInputs] = {}
        scenarios = [self._scenario(name, depth, variants) for name, depth in asked.items()]
        for one in outcomes(scenarios, self._inputs, progress, variants) if scenarios else ():
            depth = asked[one.scenario.name]
            if one.plan is None:
                self.reasons[depth] = one.reason
            else:
                self.extents[depth] = extent_of(one.plan)

    def _scenario(self, name: str, depth_m: float, variants: dict[str, AnyInputs]) -> Scenario:
        """Return the plan of a depth; inputs of its own become a variant."""
        spec = _bare(self._spec(depth_m))
        try:
            own = self._at_depth(spec.depth_max_m)
        except PlanError as error:
            return Scenario(name, spec, refused=str(error))
        if own is self._inputs:
            return Scenario(name, spec)
        variants[name] = own
        return Scenario(name, spec, variant=name)

    def row(self, manning: Manning, progress: Progress) -> list[Fitted]:
        """Return the plans of the depths that were asked for and can be planned."""
        progress.check()
        return [self.plan(manning, depth) for depth in self.question.depths_m if depth in self.extents]

    def plan(self, manning: Manning, depth_m: float) -> Fitted:
        """Return the plan of a depth that could be planned."""
        extent = self.extents[depth_m]
        need = manning.need(extent, self._base.trainees)
        spare = _spare(self.question, need, self.question.end)
        return Fitted(manning.of(self._spec(depth_m)), depth_m, manning, extent, need, spare)

    def _spec(self, depth_m: float) -> PlanSpec:
        return plan_of_depth(self._base, self.question.sides, depth_m, self.question.bands_m)


def _bare(spec: PlanSpec) -> PlanSpec:
    """Return a spec that gives the same ground without sectors, bands and staffing of its own."""
    plain = PlanSpec()
    return replace(
        spec, bands_m=(), split="none", shares=(), weights=(), one_per_area=False, subsectors=1,
        posture=plain.posture, staffing=plain.staffing, trainees=0, contributors="",
    )


def _spare(question: Question, need: Need, end: str) -> int:
    """Return the persons that a ceiling leaves; pledges for training serve nothing else."""
    force, training = getattr(need.force, end), getattr(need.training, end)
    return int(question.persons - force - max(training - question.for_training, 0))


def _deepest_fitting(rows: Sequence[Sequence[Fitted]], tried: _Tried, progress: Progress) -> list[Fitted | None]:
    """Return the deepest plan that fits of each row, given its plans by depth; all rows are halved together."""
    brackets = [_bracket(row) for row in rows]
    rounds = max(len(between) for _, between in brackets).bit_length()
    for number in range(rounds):
        asked = [between[len(between) // 2] if between else None for _, between in brackets]
        wanted = {depth for depth in asked if depth is not None}
        tried.measure(wanted, progress.stage(number / rounds, (number + 1) / rounds))
        brackets = [
            bracket if depth is None else _halved(bracket, depth, row[0].manning, tried)
            for bracket, depth, row in zip(brackets, asked, rows)
        ]
    return [best for best, _ in brackets]


def _bracket(row: Sequence[Fitted]) -> Bracket:
    """Return the deepest plan that fits, and the depths between it and the next, which does not."""
    after = next((place for place in range(len(row), 0, -1) if row[place - 1].fits), 0)
    best = row[after - 1] if after else None
    if best is None or after == len(row):
        return best, ()
    low, high = (depth / STEP_M for depth in (best.depth_m, row[after].depth_m))
    return best, [STEP_M * step for step in range(math.floor(low) + 1, math.ceil(high))]


def _halved(bracket: Bracket, depth_m: float, manning: Manning, tried: _Tried) -> Bracket:
    best, between = bracket
    middle = len(between) // 2
    plan = tried.plan(manning, depth_m) if depth_m in tried.extents else None
    return (plan, between[middle + 1:]) if plan is not None and plan.fits else (best, between[:middle])


def _largest(row: Sequence[Fitted], best: Fitted | None, tried: _Tried, progress: Progress) -> Largest:
    question = tried.question
    found = NONE if best is None else ALL if all(plan.fits for plan in row) else PART
    asked = {SPACING: question.spacings_km, SENSORS: question.sensor_shares}
    least = (None if values else _least_value(name, row[-1], question.end, progress) for name, values in asked.items())
    return Largest(found, best or row[0], row[-1], *least)


def _least_value(name: str, plan: Fitted, end: str, progress: Progress) -> float | None:
    """Return the least spacing or share of sensors with which a plan fits, by halving: more of it, fewer persons."""
    most = getattr(plan.need.force, end) + plan.spare  # that the force may have

    def fits(step: int) -> bool:
        progress.check()
        return plan.manning.with_value(name, step / STEPS[name]).force(plan.extent, end) <= most

    low, high = (round(limit * STEPS[name]) for limit in limits(name))
    if not fits(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle + 1, high)
    return high / STEPS[name]


def _marked(plans: Sequence[Fitted], end: str) -> tuple[Fitted, ...]:
    """Return the plans with those marked that others dominate."""
    merits = [
        (-getattr(p.need.force, end), p.extent.area_km2, POSTURES.index(p.spec.posture)) for p in plans
    ]
    return tuple(replace(plan, dominated=worse) for plan, worse in zip(plans, dominated(merits)))
