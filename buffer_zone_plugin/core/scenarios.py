"""Many plans of one contact line, made together: scenarios that differ in depth, side, split or posture.

What scenarios have in common is computed once: those that differ in staffing only share one shape. A scenario that
fails is told with its reason; the others stand. It knows no QGIS::

    base = PlanSpec()
    outcomes = compare(crossed(base, depths_a_m=(10e3, 20e3), postures=("observe", "verify")), inputs, Progress())
    for one in outcomes:
        print(one.scenario.name, one.reason or one.plan.staffing.total)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from .errors import PlanError
from .memo import Memo
from .plan import Shaped, make_shape, staffed
from .plan_inputs import PlanInputs
from .progress import Progress
from .result import Plan
from .spec import MIXTURE, PlanSpec

MOST_SCENARIOS = 500
M_PER_KM = 1000.0
STAFFING_ONLY = PlanSpec()  # its staffing stands for any in the shape of a plan
NO_VARIANTS: Mapping[str, PlanInputs] = MappingProxyType({})

Key = tuple[str, PlanSpec]  # of a shape: the line, and what it depends on


@dataclass(frozen=True)
class Scenario:
    """A plan to be made, by a name of its own.

    ``refused`` says why it cannot be, if its values are impossible; ``source`` tells where its values come from, as
    pairs of a key, such as title, address and confidence, and its value; ``variant`` is the name of the line that it is
    planned along, empty for the one that is given first.
    """

    name: str
    spec: PlanSpec
    refused: str = ""
    source: tuple[tuple[str, str], ...] = ()
    variant: str = ""


@dataclass(frozen=True)
class Outcome:
    """The plan of a scenario, or the reason why there is none."""

    scenario: Scenario
    plan: Plan | None
    reason: str = ""


def compare(
    scenarios: Sequence[Scenario], inputs: PlanInputs, progress: Progress,
    variants: Mapping[str, PlanInputs] = NO_VARIANTS,
) -> tuple[Outcome, ...]:
    """Return the outcome of each scenario, in their order; all plans are kept. Parameters and errors as `outcomes`."""
    return tuple(outcomes(scenarios, inputs, progress, variants))


def outcomes(
    scenarios: Sequence[Scenario], inputs: PlanInputs, progress: Progress,
    variants: Mapping[str, PlanInputs] = NO_VARIANTS,
) -> Iterator[Outcome]:
    """Yield the outcome of each scenario, in their order: the plan that `plan.make_plan` makes of its spec.

    Parameters
    ----------
    inputs : of scenarios without variant
    variants : the inputs of those that name one

    Raises
    ------
    PlanError : no scenarios, too many, two of one name, or a variant that is not there
    PlanCancelledError : the user asked to stop
    """
    check_names([scenario.name for scenario in scenarios])
    along = [inputs if not scenario.variant else _variant(scenario, variants) for scenario in scenarios]
    return _outcomes(scenarios, along, progress)


def shape_key(spec: PlanSpec) -> PlanSpec:
    """Return what the shape of a plan depends on: the spec without its staffing, unless staff is shared out."""
    if spec.split == "equal_staffing" or (spec.split == MIXTURE and spec.weights[2] > 0):
        return replace(spec, trainees=0, contributors="")
    return replace(
        spec, posture=STAFFING_ONLY.posture, staffing=STAFFING_ONLY.staffing, trainees=0, contributors="",
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


def _outcomes(
    scenarios: Sequence[Scenario], along: Sequence[PlanInputs], progress: Progress
) -> Iterator[Outcome]:
    shapes: dict[Key, Shaped | PlanError] = {}
    memo = Memo()
    keys = [(scenario.variant, shape_key(scenario.spec)) for scenario in scenarios]
    for number, (scenario, inputs, key) in enumerate(zip(scenarios, along, keys)):
        progress.report(number / len(scenarios), f"Scenario {number + 1} of {len(scenarios)}: {scenario.name}")
        if scenario.refused:
            yield Outcome(scenario, None, scenario.refused)
            continue
        stage = progress.stage(number / len(scenarios), (number + 1) / len(scenarios))
        if key not in shapes:
            shapes[key] = _shape(scenario.spec, inputs, stage, memo)
        yield _outcome(scenario, inputs, shapes[key], stage)
        if key not in keys[number + 1:]:
            del shapes[key]  # large, and of no more use
    progress.report(1.0)


def _variant(scenario: Scenario, variants: Mapping[str, PlanInputs]) -> PlanInputs:
    if scenario.variant not in variants:
        raise PlanError(
            f"The line '{scenario.variant}' is not there", f"Known are: {', '.join(variants) or 'none'}.",
            scenario.name,
        )
    return variants[scenario.variant]


def _shape(spec: PlanSpec, inputs: PlanInputs, progress: Progress, memo: Memo) -> Shaped | PlanError:
    try:
        return make_shape(spec, inputs, progress, memo)
    except PlanError as error:
        return error


def _outcome(scenario: Scenario, inputs: PlanInputs, shape: Shaped | PlanError, progress: Progress) -> Outcome:
    if isinstance(shape, PlanError):
        return Outcome(scenario, None, str(shape))
    try:
        return Outcome(scenario, staffed(scenario.spec, inputs, shape, progress))
    except PlanError as error:
        return Outcome(scenario, None, str(error))


def _called(base: PlanSpec, values: Mapping[str, Any]) -> str:
    """Return a name that tells the depths, and what else was chosen."""
    depths = (values.get("depth_a_m", base.depth_a_m), values.get("depth_b_m", base.depth_b_m))
    told = [" + ".join(f"{depth / M_PER_KM:g}" for depth in depths) + " km"]
    return ", ".join(told + [str(values[key]).replace("_", " ") for key in ("posture", "split") if key in values])
