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
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .errors import PlanError
from .plan import Shaped, make_shape, staffed
from .plan_inputs import PlanInputs
from .progress import Progress
from .result import Plan
from .spec import CAPS, MIXTURE, POSTURES, SPLITS, PlanSpec, bands_from_text

MOST_SCENARIOS = 500
MOST_NAME = 200  # characters
M_PER_KM = 1000.0
STAFFING_ONLY = PlanSpec()  # its staffing stands for any in the shape of a plan


@dataclass(frozen=True)
class Scenario:
    """A plan to be made, by a name of its own.

    ``refused`` says why it cannot be, if its values are impossible; ``source`` tells where its values come from, as
    pairs of a key, such as title, address and confidence, and its value.
    """

    name: str
    spec: PlanSpec
    refused: str = ""
    source: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The plan of a scenario, or the reason why there is none."""

    scenario: Scenario
    plan: Plan | None
    reason: str = ""


def compare(scenarios: Sequence[Scenario], inputs: PlanInputs, progress: Progress) -> tuple[Outcome, ...]:
    """Return the outcome of each scenario, in their order: the plan that `plan.make_plan` makes of its spec.

    Raises
    ------
    PlanError : no scenarios, too many, or two of one name
    PlanCancelledError : the user asked to stop
    """
    _check_names([scenario.name for scenario in scenarios])
    shapes: dict[PlanSpec, Shaped | PlanError] = {}
    keys = [None if scenario.refused else shape_key(scenario.spec) for scenario in scenarios]
    found: list[Outcome] = []
    for number, (scenario, key) in enumerate(zip(scenarios, keys)):
        progress.report(number / len(scenarios), f"Scenario {number + 1} of {len(scenarios)}: {scenario.name}")
        if key is None:
            found.append(Outcome(scenario, None, scenario.refused))
            continue
        stage = progress.stage(number / len(scenarios), (number + 1) / len(scenarios))
        if key not in shapes:
            shapes[key] = _shape(scenario.spec, inputs, stage)
        found.append(_outcome(scenario, inputs, shapes[key], stage))
        if key not in keys[number + 1:]:
            del shapes[key]  # large, and of no more use
    progress.report(1.0)
    return tuple(found)


def shape_key(spec: PlanSpec) -> PlanSpec:
    """Return what the shape of a plan depends on: the spec without its staffing, unless staff is shared out."""
    if spec.split == "equal_staffing" or (spec.split == MIXTURE and spec.weights[2] > 0):
        return replace(spec, trainees=0, contributors="")
    return replace(
        spec, posture=STAFFING_ONLY.posture, staffing=STAFFING_ONLY.staffing, trainees=0, contributors="",
    )


def crossed(
    base: PlanSpec, depths_a_m: Sequence[float] = (), depths_b_m: Sequence[float] = (), postures: Sequence[str] = (),
    splits: Sequence[str] = (),
) -> tuple[Scenario, ...]:
    """Return every combination of some values as scenarios; an empty list leaves the base's value.

    Parameters
    ----------
    base : what all have in common
    depths_a_m, depths_b_m : metres
    postures, splits : of `spec.POSTURES` and `spec.SPLITS`
    """
    lists = {"depth_a_m": depths_a_m, "depth_b_m": depths_b_m, "posture": postures, "split": splits}
    given = {name: values for name, values in lists.items() if values}
    made = []
    for chosen in itertools.product(*given.values()):
        values = dict(zip(given, chosen))
        made.append(_scenario(_called(base, values), base, values))
    return tuple(made)


def scenarios_of(content: Any, base: PlanSpec) -> tuple[Scenario, ...]:
    """Return the scenarios of a list of objects, as a JSON file holds them.

    Each has a ``name`` and any of ``depth_a``, ``depth_b`` (km), ``posture``, ``split``, ``caps`` (word or number),
    ``sectors``, ``bands`` (text or list of km); or a whole ``spec``, as `PlanSpec.to_json` gives it; and a ``source``,
    an object of texts. What is left out is the base's. Impossible values refuse their scenario only.

    Raises
    ------
    PlanError : no list of objects, a name that is missing or given twice, an unknown key
    """
    if not isinstance(content, list) or not all(isinstance(entry, Mapping) for entry in content):
        raise PlanError("The scenarios are not a list of objects", 'Give such as [{"name": "Narrow", "depth_a": 5}].')
    found = [_from_entry(entry, f"scenario {number}", base) for number, entry in enumerate(content, start=1)]
    _check_names([scenario.name for scenario in found])
    return tuple(found)


def scenarios_data(scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """Return scenarios as data for JSON, from which `scenarios_of` makes the same ones; refused ones are left out."""
    return [
        {
            "name": scenario.name, "spec": json.loads(scenario.spec.to_json()),
            **({"source": dict(scenario.source)} if scenario.source else {}),
        }
        for scenario in scenarios if not scenario.refused
    ]


def _shape(spec: PlanSpec, inputs: PlanInputs, progress: Progress) -> Shaped | PlanError:
    try:
        return make_shape(spec, inputs, progress)
    except PlanError as error:
        return error


def _outcome(scenario: Scenario, inputs: PlanInputs, shape: Shaped | PlanError, progress: Progress) -> Outcome:
    if isinstance(shape, PlanError):
        return Outcome(scenario, None, str(shape))
    try:
        return Outcome(scenario, staffed(scenario.spec, inputs, shape, progress))
    except PlanError as error:
        return Outcome(scenario, None, str(error))


def _check_names(names: Sequence[str]) -> None:
    if not names:
        raise PlanError("There are no scenarios", "Give at least one.")
    if len(names) > MOST_SCENARIOS:
        raise PlanError(f"{len(names):,} scenarios were given", f"Give at most {MOST_SCENARIOS}.")
    twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if twice is not None:
        raise PlanError(f"Two scenarios are named '{twice}'", "Give each a name of its own.")


def _from_entry(entry: Mapping[str, Any], where: str, base: PlanSpec) -> Scenario:
    """Return one scenario of a file."""
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > MOST_NAME:
        raise PlanError("A scenario has no name", f"Give a text of at most {MOST_NAME} characters.", where)
    name = " ".join(name.split())
    unknown = [str(key) for key in entry if key not in ("name", "spec", "source", *_READERS)]
    if unknown:
        raise PlanError(
            f"A scenario has the unknown key '{unknown[0]}'",
            f"Known are: name, spec, source, {', '.join(_READERS)}.", name,
        )
    source = _source(entry.get("source", {}), name)
    try:
        own = PlanSpec.from_json(json.dumps(entry["spec"])) if "spec" in entry else base
        values = dict(_READERS[key](entry[key]) for key in _READERS if key in entry)
    except PlanError as error:
        return Scenario(name, base, str(error), source)
    return replace(_scenario(name, own, values), source=source)


def _source(entry: Any, name: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(entry, Mapping) or not all(isinstance(text, str) for text in entry.values()):
        raise PlanError("The source of a scenario is no object of texts", "Give such as a title and an address.", name)
    return tuple((str(key), text) for key, text in entry.items())


def _scenario(name: str, base: PlanSpec, values: Mapping[str, Any]) -> Scenario:
    """Return the scenario of a base with some values, refused if no plan can have them."""
    try:
        return Scenario(name, replace(base, **values))
    except PlanError as error:
        return Scenario(name, base, str(error))


def _called(base: PlanSpec, values: Mapping[str, Any]) -> str:
    """Return a name that tells the depths, and what else was chosen."""
    depths = (values.get("depth_a_m", base.depth_a_m), values.get("depth_b_m", base.depth_b_m))
    told = [" + ".join(f"{depth / M_PER_KM:g}" for depth in depths) + " km"]
    return ", ".join(told + [str(values[key]).replace("_", " ") for key in ("posture", "split") if key in values])


def _km(key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PlanError(f"{key} is {value!r}", "Give km.")
    return float(value) * M_PER_KM


def _word(key: str, value: Any, known: Sequence[str]) -> str:
    """Return a word of some, given as such or as its number from 0."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(known):
        return known[value]
    word = str(value).strip().lower().replace(" ", "_") if isinstance(value, str) else ""
    if word not in known:
        raise PlanError(f"{key} is {value!r}", f"Give one of {', '.join(known)}, or its number from 0.")
    return word


def _sectors(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise PlanError(f"sectors is {value!r}", "Give a whole number.")
    return value


def _bands(value: Any) -> tuple[float, ...]:
    return bands_from_text(value) if isinstance(value, str) else tuple(_km("bands", one) for one in _listed(value))


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise PlanError(f"bands is {value!r}", "Give a text such as 2,10, or a list of km.")
    return value


_READERS: dict[str, Callable[[Any], tuple[str, Any]]] = {
    "depth_a": lambda value: ("depth_a_m", _km("depth_a", value)),
    "depth_b": lambda value: ("depth_b_m", _km("depth_b", value)),
    "posture": lambda value: ("posture", _word("posture", value, POSTURES)),
    "split": lambda value: ("split", _word("split", value, SPLITS)),
    "sectors": lambda value: ("sectors", _sectors(value)),
    "caps": lambda value: ("caps", _word("caps", value, CAPS)),
    "bands": lambda value: ("bands_m", _bands(value)),
}
