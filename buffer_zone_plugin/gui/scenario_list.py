"""The scenarios of the panel: entries as a JSON file holds them, what a table shows of them, and what is wrong.

An entry holds what its scenario has of its own; what it leaves out is as in the form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from ..compat import missing_dependency, tr
from ..core.errors import PlanError
from ..core.json_file import read_json
from ..core.scales import M_PER_KM
from ..core.spec import POSTURES, PlanSpec
from ..output.numbers import user_locale
from ..paths import resource_path
from .log import log
from .state import PanelState

NAME, DEPTH_A, DEPTH_B, POSTURE = "name", "depth_a", "depth_b", "posture"
COLUMNS = (NAME, DEPTH_A, DEPTH_B, POSTURE)
DEPTHS = (DEPTH_A, DEPTH_B)
SPEC, SOURCE = "spec", "source"
FIGURES = 6  # of a depth in a cell

Entry = Mapping[str, Any]


def to_text(entries: Sequence[Entry]) -> str:
    """Return entries as the panel's state keeps them, empty for none."""
    return json.dumps(list(entries), ensure_ascii=False) if entries else ""


def from_text(text: str) -> list[Entry]:
    """Return the entries of the panel's state; what cannot be read, in a project that was edited, is none."""
    try:
        content = json.loads(text or "[]")
    except ValueError:
        return []
    return [entry for entry in content if isinstance(entry, dict)] if isinstance(content, list) else []


def shipped() -> list[Entry]:
    """Return the past zones and proposals that come with the plugin, none if their file is broken."""
    try:
        return list(read_json(resource_path("presets", "scenarios.json"), tr("The scenarios")))
    except PlanError as error:
        log(str(error))
        return []


def read_entries(path: Path) -> list[Entry]:
    """Return the entries of a file; raises `PlanError` for anything that is no set of scenarios."""
    from ..core.scenario_sets import scenarios_of

    content = read_json(path, tr("The scenarios"))
    scenarios_of(content, PlanSpec())
    return list(content)


def value_of(entry: Entry, column: str) -> Any:
    """Return what an entry has of its own in a column of the table, None if that is as in the form."""
    if column in entry:
        return entry[column]
    spec = entry.get(SPEC)
    if not isinstance(spec, Mapping):
        return None
    if column in DEPTHS:
        metres = spec.get(f"{column}_m")
        return metres / M_PER_KM if isinstance(metres, (int, float)) else None
    return spec.get(column)


def shown(entry: Entry, column: str) -> str:
    """Return the text of a cell of the table, empty for what is as in the form."""
    value = value_of(entry, column)
    if column in DEPTHS and isinstance(value, (int, float)):
        return user_locale().toString(float(value), "g", FIGURES)
    return "" if value is None else str(value)


def with_value(entry: Entry, column: str, text: str) -> Entry:
    """Return an entry with what was written into a cell; an empty text leaves what is as in the form, or in its spec.

    A depth that is no number stays a text: the core refuses it with a sentence.
    """
    kept = {key: value for key, value in entry.items() if key != column}
    text = " ".join(text.split())
    if column == NAME:
        return {NAME: text, **kept}
    if not text:
        return kept
    if column in DEPTHS:
        number, understood = user_locale().toDouble(text)
        return {**kept, column: number if understood else text}
    return {**kept, column: text}


def posture_number(entry: Entry) -> int | None:
    """Return which of the plugin's postures an entry has of its own, None if none."""
    posture = value_of(entry, POSTURE)
    if isinstance(posture, int) and not isinstance(posture, bool) and 0 <= posture < len(POSTURES):
        return posture
    word = str(posture).strip().lower().replace(" ", "_")
    return POSTURES.index(word) if word in POSTURES else None


def free_name(wished: str, entries: Sequence[Entry]) -> str:
    """Return a name that no entry has: the one that is wished, else with a number."""
    taken = {str(entry.get(NAME)) for entry in entries}
    numbered = (f"{wished} ({number})" for number in count(2))
    return wished if wished not in taken else next(name for name in numbered if name not in taken)


def source_text(entry: Entry) -> str:
    """Return where an entry's values come from, in lines; empty if nothing tells."""
    source = entry.get(SOURCE)
    if isinstance(source, str):
        return source
    return "\n".join(str(text) for text in source.values()) if isinstance(source, Mapping) else ""


def judge(entries: Sequence[Entry], state: PanelState) -> tuple[str, dict[int, str]]:
    """Return what keeps scenarios from being compared, and why some of them can have no plan.

    Returns
    -------
    The sentence, empty if nothing does; and sentences by places in the list, which keep nothing from running
    """
    if not entries:
        return tr("Add scenarios, or choose past zones and proposals."), {}
    if missing_dependency():
        return "", {}  # the panel tells of it
    from ..core.scenario_sets import scenarios_of

    try:
        found = scenarios_of(list(entries), _base(state))
    except PlanError as error:
        return str(error), {}
    return "", {place: scenario.refused for place, scenario in enumerate(found) if scenario.refused}


def _base(state: PanelState) -> PlanSpec:
    """Return what scenarios share of the form, as far as it decides whether they can have a plan."""
    try:
        return PlanSpec(
            depth_a_m=state.depth_a_km * M_PER_KM, depth_b_m=state.depth_b_km * M_PER_KM,
            two_lines=bool(state.line_b_id),
        )
    except PlanError:  # told beside the depths
        return PlanSpec()
