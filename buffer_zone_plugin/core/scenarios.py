"""Many plans of one contact line, made together: scenarios that differ in depth, side, split or posture.

What scenarios have in common is computed once: outlines at the same distance, and the zones of those that differ in
staffing only. A scenario is told without its sectors, of which only the number counts here. One that fails is told with
its reason; the others stand. It knows no QGIS::

    base = PlanSpec()
    outcomes = compare(crossed(base, depths_a_m=(10e3, 20e3), postures=("observe", "verify")), inputs, Progress())
    for one in outcomes:
        print(one.scenario.name, one.reason or one.plan.staffing.total)
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from .errors import PlanError
from .input_copies import InputCopies, known_of, line_of
from .memo import Memo
from .plan import Shaped, make_shape, staffed
from .plan_inputs import AnyInputs, PlanInputs
from .progress import Progress
from .result import Plan
from .scales import M_PER_KM
from .shaping import count_in
from .spec import PlanSpec
from .workers import spread

MOST_SCENARIOS = 500
UNSPLIT = PlanSpec(split="none")  # its staffing stands for any in the shape of a plan
SPLIT_BY_FEATURES = ("break_points", "areas")
SHAPED = 0.8  # of the progress bar
NO_VARIANTS: Mapping[str, AnyInputs] = MappingProxyType({})

T = TypeVar("T")


@dataclass(frozen=True)
class Scenario:
    """A plan to be made, by a name of its own.

    ``refused`` says why it cannot be, if its values are impossible; ``source`` tells where its values come from, as
    pairs of a key, such as title, address and confidence, and its value; ``variant`` is the name of the line that it is
    planned along, empty for the one that is given first; ``lost_m`` are limits of bands that all scenarios were to have
    and that lie outside its zone, metres.
    """

    name: str
    spec: PlanSpec
    refused: str = ""
    source: tuple[tuple[str, str], ...] = ()
    variant: str = ""
    lost_m: tuple[float, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The plan of a scenario and how many sectors it has, or the reason why there is none.

    The plan itself has a single sector where nothing but sectors depends on them.
    """

    scenario: Scenario
    plan: Plan | None
    sectors: int = 0
    reason: str = ""


def compare(
    scenarios: Sequence[Scenario], inputs: PlanInputs, progress: Progress,
    variants: Mapping[str, AnyInputs] = NO_VARIANTS,
) -> tuple[Outcome, ...]:
    """Return the outcomes of scenarios, in their order; all plans are kept. Parameters and errors as `outcomes`."""
    return tuple(outcomes(scenarios, inputs, progress, variants))


def outcomes(
    scenarios: Sequence[Scenario], inputs: PlanInputs, progress: Progress,
    variants: Mapping[str, AnyInputs] = NO_VARIANTS,
) -> Iterator[Outcome]:
    """Yield the outcome of each scenario, in their order, with the figures that `plan.make_plan` has for its spec.

    Persons are the same; areas agree to a millionth or two, since borders of sectors add vertices to long edges of the
    outline, within the tolerance of these.

    Parameters
    ----------
    inputs : of scenarios without variant
    variants : the inputs of those that name one; what they read late is read shortly before, by who asks for outcomes

    Raises
    ------
    PlanError : no scenarios, too many, two of one name, or a variant that is not there
    PlanCancelledError : the user asked to stop
    """
    return reduced(lambda outcome, _: outcome, scenarios, inputs, progress, variants)


def reduced(
    reduce: Callable[[Outcome, Progress], T], scenarios: Sequence[Scenario], inputs: PlanInputs, progress: Progress,
    variants: Mapping[str, AnyInputs] = NO_VARIANTS,
) -> Iterator[T]:
    """Yield what is made of each outcome as soon as it is there, in their order; the plans themselves are not kept.

    Scenarios that differ in staffing only come long before their turn if others stand between them.

    Parameters
    ----------
    reduce : called on several threads at once, but one after the other for outcomes of one shape, whose plans share
        their geometries; what takes long looks at the progress. The rest, and errors, as `outcomes`
    """
    check_names([scenario.name for scenario in scenarios])
    for scenario in scenarios:
        _check_variant(scenario, variants)
    return _reduced(reduce, scenarios, {"": inputs, **variants}, progress)


def planned(spec: PlanSpec, inputs: PlanInputs) -> PlanSpec:
    """Return the spec as a scenario is planned: without sectors, unless what it comes to depends on them.

    The persons and the areas of a zone do not; whether a contributor can send what it is asked for, and whether areas,
    break points, a clip, and persons who live in a few places leave ground to every sector, does. A split that would
    fail for its topology is not tried: such a scenario has figures, where `plan.make_plan` has a reason.
    """
    by_place = spec.split in SPLIT_BY_FEATURES or spec.shares_persons or inputs.given.clip is not None
    if by_place or spec.subsectors > 1 or spec.contributors:
        return spec
    return replace(
        spec, split="none", sectors=UNSPLIT.sectors, shares=(), weights=(), sector_m=UNSPLIT.sector_m,
        snap_m=UNSPLIT.snap_m,
    )


def shape_key(spec: PlanSpec) -> PlanSpec:
    """Return what the shape of a plan depends on: the spec without its staffing, unless staff is shared out."""
    if spec.shares_staff:
        return replace(spec, trainees=0, contributors="")
    return replace(
        spec, posture=UNSPLIT.posture, staffing=UNSPLIT.staffing, trainees=0, contributors="",
    )


def crossed(
    base: PlanSpec, depths_a_m: Sequence[float] = (), depths_b_m: Sequence[float] = (), postures: Sequence[str] = (),
    splits: Sequence[str] = (), variants: Sequence[str] = (),
) -> tuple[Scenario, ...]:
    """Return every combination of some values as scenarios; an empty list leaves the base's value.

    Parameters
    ----------
    base : what all have in common
    depths_a_m, depths_b_m : metres
    postures, splits : of `spec.POSTURES` and `spec.SPLITS`
    variants : names of lines, empty for the one that is given first
    """
    lists = {"depth_a_m": depths_a_m, "depth_b_m": depths_b_m, "posture": postures, "split": splits}
    given = {name: values for name, values in lists.items() if values}
    made = []
    for variant in variants or [""]:
        for chosen in itertools.product(*given.values()):
            values = dict(zip(given, chosen))
            name = _called(base, values) + (f", {variant}" if variant else "")
            made.append(replace(scenario_of(name, base, values), variant=variant))
    return tuple(made)


def scenario_of(name: str, base: PlanSpec, values: Mapping[str, Any]) -> Scenario:
    """Return the scenario of a base with some values, refused if no plan can have them."""
    try:
        return Scenario(name, replace(base, **values))
    except PlanError as error:
        return Scenario(name, base, str(error))


def check_names(names: Sequence[str]) -> None:
    """Raise `PlanError` for no names, too many, or two of one kind."""
    if not names:
        raise PlanError("There are no scenarios", "Give at least one.")
    if len(names) > MOST_SCENARIOS:
        raise PlanError(f"{len(names):,} scenarios were given", f"Give at most {MOST_SCENARIOS}.")
    twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if twice is not None:
        raise PlanError(f"Two scenarios are named '{twice}'", "Give each a name of its own.")


def _reduced(
    reduce: Callable[[Outcome, Progress], T], scenarios: Sequence[Scenario], inputs: Mapping[str, AnyInputs],
    progress: Progress,
) -> Iterator[T]:
    """Yield what is made of the outcomes; scenarios that share a shape are one job."""
    groups: dict[Hashable, list[int]] = {}
    for number, scenario in enumerate(scenarios):
        groups.setdefault(_group_key(scenario, inputs, number), []).append(number)
    firsts = [scenarios[group[0]] for group in groups.values()]
    variants = ["" if first.refused else first.variant for first in firsts]
    lines = [line_of(inputs[variant]) for variant in variants]
    memos = {line: Memo(users) for line, users in Counter(lines).items()}
    copies = InputCopies(inputs, variants)
    jobs = [
        partial(_job, reduce, [scenarios[number] for number in group], copies, memos[line])
        for group, line in zip(groups.values(), lines)
    ]
    order = iter(groups.values())
    ready: dict[int, T] = {}
    read = partial(_read, copies, variants, progress)
    with closing(spread(jobs, progress, read)) as made:  # an error that is kept holds this frame, and its jobs
        for number, scenario in enumerate(scenarios):
            progress.check()
            progress.on_text(f"Scenario {number + 1} of {len(scenarios)}: {scenario.name}")
            while number not in ready:
                ready.update(zip(next(order), next(made)))
            yield ready.pop(number)


def _read(copies: InputCopies, variants: Sequence[str], progress: Progress, number: int) -> None:
    copies.read(variants[number], progress)


def _group_key(scenario: Scenario, inputs: Mapping[str, AnyInputs], number: int) -> Hashable:
    if scenario.refused:
        return number
    return scenario.variant, shape_key(planned(scenario.spec, known_of(inputs[scenario.variant])))


def _job(
    reduce: Callable[[Outcome, Progress], T], scenarios: Sequence[Scenario], copies: InputCopies, memo: Memo,
    progress: Progress,
) -> list[T]:
    """Return what is made of scenarios that share a shape; what is kept of their line goes with its last job."""
    try:
        made = _made(scenarios, copies, memo, progress)
        return [reduce(outcome, progress) for outcome in made]
    finally:
        memo.leave()
        copies.leave("" if scenarios[0].refused else scenarios[0].variant)


def _made(scenarios: Sequence[Scenario], copies: InputCopies, memo: Memo, progress: Progress) -> Iterator[Outcome]:
    """Yield the outcomes of scenarios that share a shape."""
    first = scenarios[0]
    refused = first.refused or copies.reason(first.variant)
    if refused:
        yield from [Outcome(scenario, None, reason=refused) for scenario in scenarios]
        return
    inputs = copies.of(first.variant)
    try:
        shape = make_shape(planned(first.spec, inputs), inputs, progress.stage(0.0, SHAPED), memo)
    except PlanError as error:
        yield from [Outcome(scenario, None, reason=str(error)) for scenario in scenarios]
        return
    counts = Memo()
    for number, scenario in enumerate(scenarios):
        progress.report(SHAPED + (1 - SHAPED) * number / len(scenarios))
        yield _outcome(scenario, inputs, shape, counts)


def _outcome(scenario: Scenario, inputs: PlanInputs, shape: Shaped, counts: Memo) -> Outcome:
    spec = planned(scenario.spec, inputs)
    try:
        plan = staffed(spec, inputs, shape, Progress())
        if spec == scenario.spec:
            return Outcome(scenario, plan, len(plan.sectors))
        count = counts.once(shape_key(scenario.spec), lambda: count_in(shape, scenario.spec, inputs))
        return Outcome(scenario, plan, count)
    except PlanError as error:
        return Outcome(scenario, None, reason=str(error))


def _check_variant(scenario: Scenario, variants: Mapping[str, AnyInputs]) -> None:
    if scenario.variant and scenario.variant not in variants:
        raise PlanError(
            f"The line '{scenario.variant}' is not there", f"Known are: {', '.join(variants) or 'none'}.",
            scenario.name,
        )


def _called(base: PlanSpec, values: Mapping[str, Any]) -> str:
    """Return a name that tells the depths, and what else was chosen."""
    depths = (values.get("depth_a_m", base.depth_a_m), values.get("depth_b_m", base.depth_b_m))
    told = [" + ".join(f"{depth / M_PER_KM:g}" for depth in depths) + " km"]
    return ", ".join(told + [str(values[key]).replace("_", " ") for key in ("posture", "split") if key in values])
