"""Sets of scenarios as JSON holds them: read with one sentence for what is wrong, and written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .bands import bands_within
from .csv_file import read_rows
from .errors import PlanError
from .json_file import read_json
from .scales import M_PER_KM
from .scenarios import Scenario, check_names, scenario_of
from .spec import CAPS, POSTURES, SPLITS, PlanSpec, bands_from_text

MOST_NAME = 200  # characters
CSV = ".csv"  # what the name of a file of rows ends in
FILE = "The scenarios"  # as sentences on a file begin


def read_scenarios(
    path: str | os.PathLike[str], base: PlanSpec, bands_m: Sequence[float] = (),
) -> tuple[Scenario, ...]:
    """Return the scenarios of a file: CSV if its name ends so, else JSON; see `scenarios_of`.

    The columns of a CSV file are the keys of the JSON objects, except spec and source; all but ``name`` may be missing,
    and an empty cell is the base's value.

    Raises
    ------
    PlanError : a file that cannot be read, or as `scenarios_of`
    """
    if os.fspath(path).lower().endswith(CSV):
        rows = read_rows(path, ("name",), FILE, (*_READERS, "line"))
        return scenarios_of([entry_of(cells) for _, cells in rows], base, bands_m)
    return scenarios_of(read_json(path, FILE), base, bands_m)


def entry_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a scenario's object from texts by key; an empty text leaves its key out.

    Examples
    --------
    >>> entry_of({"name": "Narrow", "depth_a": "7.5", "depth_b": "", "posture": "1", "bands": "2,5"})
    {'name': 'Narrow', 'depth_a': 7.5, 'posture': 1, 'bands': '2,5'}
    """
    filled = {key: text.strip() for key, text in cells.items() if text.strip()}
    return {key: text if key in TEXTS else _number(text) for key, text in filled.items()}


def banded(scenario: Scenario, bands_m: Sequence[float]) -> Scenario:
    """Return a scenario with those of some limits of bands, metres, that lie in its zone; others are told as lost.

    Examples
    --------
    >>> one = banded(Scenario("Narrow", PlanSpec(depth_a_m=5000.0, depth_b_m=2000.0)), (2000.0, 7000.0))
    >>> one.spec.bands_m, one.lost_m
    ((2000.0,), (7000.0,))
    """
    if scenario.refused or not bands_m:
        return scenario
    kept = bands_within(bands_m, scenario.spec.depth_max_m)
    return replace(scenario, spec=replace(scenario.spec, bands_m=kept), lost_m=tuple(bands_m[len(kept):]))


def scenarios_of(content: Any, base: PlanSpec, bands_m: Sequence[float] = ()) -> tuple[Scenario, ...]:
    """Return the scenarios of a list of objects, as a JSON file holds them.

    Each has a ``name`` and any of ``depth_a``, ``depth_b`` (km), ``posture``, ``split``, ``caps`` (word or number),
    ``sectors``, ``bands`` (text or list of km); or a whole ``spec``, as `PlanSpec.to_json` gives it; ``line``, the name
    of the line that it goes along, if not the first one; and a ``source``, a title or an object of texts. What is left
    out is the base's. Impossible values, or a spec with a forward line of side B where the base has none or the
    reverse, refuse their scenario only.

    ``bands_m`` are limits of bands, metres, for scenarios without ``bands`` or ``spec``: each has those that lie in its
    zone.

    Raises
    ------
    PlanError : no list of objects, a name that is missing or given twice, an unknown key
    """
    if not isinstance(content, list) or not all(isinstance(entry, Mapping) for entry in content):
        raise PlanError("The scenarios are not a list of objects", 'Give such as [{"name": "Narrow", "depth_a": 5}].')
    found = [_from_entry(entry, f"scenario {number}", base, bands_m) for number, entry in enumerate(content, start=1)]
    check_names([scenario.name for scenario in found])
    return tuple(found)


def scenarios_data(scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """Return scenarios as data for JSON, from which `scenarios_of` makes the same ones; refused ones are left out."""
    return [
        {
            "name": scenario.name, "spec": json.loads(scenario.spec.to_json()),
            **({"line": scenario.variant} if scenario.variant else {}),
            **({"source": dict(scenario.source)} if scenario.source else {}),
        }
        for scenario in scenarios if not scenario.refused
    ]


def _from_entry(entry: Mapping[str, Any], where: str, base: PlanSpec, bands_m: Sequence[float]) -> Scenario:
    """Return one scenario of a file."""
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > MOST_NAME:
        raise PlanError("A scenario has no name", f"Give a text of at most {MOST_NAME} characters.", where)
    name = " ".join(name.split())
    unknown = [str(key) for key in entry if key not in ("name", "spec", "source", "line", *_READERS)]
    if unknown:
        raise PlanError(
            f"A scenario has the unknown key '{unknown[0]}'",
            f"Known are: name, spec, source, line, {', '.join(_READERS)}.", name,
        )
    source, line = _source(entry.get("source", {}), name), entry.get("line", "")
    if not isinstance(line, str):
        raise PlanError("The line of a scenario is no text", "Give the name of a line.", name)
    try:
        own = _own_spec(entry["spec"], base) if "spec" in entry else base
        values = dict(_READERS[key](entry[key]) for key in _READERS if key in entry)
    except PlanError as error:
        return Scenario(name, base, str(error), source, line)
    made = replace(scenario_of(name, own, values), source=source, variant=line)
    return made if "bands" in entry or "spec" in entry else banded(made, bands_m)


def _own_spec(values: Any, base: PlanSpec) -> PlanSpec:
    """Return the whole spec of a scenario; raises `PlanError` if it needs one line more than there is, or one less."""
    spec = PlanSpec.from_json(json.dumps(values))
    if spec.two_lines and not base.two_lines:
        raise PlanError("It was planned with a forward line of side B, and none is given", "Give that line, too.")
    if base.two_lines and not spec.two_lines:
        raise PlanError("It was planned without a forward line of side B, and one is given", "Leave that line out.")
    return spec


def _source(entry: Any, name: str) -> tuple[tuple[str, str], ...]:
    if isinstance(entry, str):
        entry = {"title": entry} if entry.strip() else {}
    if not isinstance(entry, Mapping) or not all(isinstance(text, str) for text in entry.values()):
        raise PlanError(
            "The source of a scenario is neither a text nor an object of texts",
            "Give a title, or a title and an address.", name,
        )
    return tuple((str(key), text) for key, text in entry.items())


def _number(text: str) -> int | float | str:
    """Return a whole or real number of a text, or the text, whose reader then refuses it."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


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


TEXTS = ("name", "bands", "line")  # keys whose values are never numbers
_READERS: dict[str, Callable[[Any], tuple[str, Any]]] = {
    "depth_a": lambda value: ("depth_a_m", _km("depth_a", value)),
    "depth_b": lambda value: ("depth_b_m", _km("depth_b", value)),
    "posture": lambda value: ("posture", _word("posture", value, POSTURES)),
    "split": lambda value: ("split", _word("split", value, SPLITS)),
    "sectors": lambda value: ("sectors", _sectors(value)),
    "caps": lambda value: ("caps", _word("caps", value, CAPS)),
    "bands": lambda value: ("bands_m", _bands(value)),
}
