"""What the force is there to do: named postures, each with its own central values of the staffing parameters."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import PlanError
from ..json_file import read_json
from .parameters import ZONE_PARAMETERS, Parameter, check_value

KEYS = ("id", "label", "description", "values", "ranges", "sources")
NEEDED = ("label", "values")  # of a user's own
MOST_CHARACTERS = 200  # of a text


@dataclass(frozen=True)
class Posture:
    """A way to watch or hold the zone.

    Parameters
    ----------
    id : short name, as in the spec of a plan
    label, description : for the reader; the description is one sentence
    values : central values of parameters, by name; those not named keep the catalogue's central value
    ranges : (low, high) of parameters that vary otherwise than the catalogue's range in proportion
    sources : (title, address) of each source; the address may be empty
    """

    id: str
    label: str
    description: str
    values: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    sources: tuple[tuple[str, str], ...]


def read_postures(path: str | os.PathLike[str]) -> dict[str, Posture]:
    """Read the postures, a JSON list of objects with the keys of `KEYS`.

    Returns
    -------
    One `Posture` for each id, in the order of the file.

    Raises
    ------
    PlanError : unreadable file; unknown, missing or repeated keys or ids; unknown parameters; impossible values
    """
    entries = read_json(path, "The postures")
    if not isinstance(entries, list):
        raise PlanError("The postures are not a list", "Give a JSON list of objects.")
    postures: dict[str, Posture] = {}
    for number, entry in enumerate(entries, start=1):
        posture = _shipped(entry, f"posture {number}")
        if posture.id in postures:
            raise PlanError(f"The posture '{posture.id}' is given twice", "Keep one.", f"posture {number}")
        postures[posture.id] = posture
    return postures


def central_values(posture: Posture, catalogue: Mapping[str, Parameter]) -> dict[str, float]:
    """Return the central value of every parameter of the catalogue under the posture."""
    return {name: posture.values.get(name, parameter.central) for name, parameter in catalogue.items()}


def posture_of(entry: Any, where: str = "") -> Posture:
    """Return the posture that `posture_data` wrote, or that a user did: only a label and values are needed.

    Without an id or a description it has its label for them. White space in texts is collapsed.

    Raises
    ------
    PlanError : unknown or missing keys; unknown parameters; impossible values
    """
    if not isinstance(entry, Mapping):
        raise PlanError("A posture is not an object", f"Give {' and '.join(NEEDED)}.", where)
    missing, unknown = [key for key in NEEDED if key not in entry], [str(key) for key in entry if key not in KEYS]
    if missing:
        raise PlanError(f"A posture has no {missing[0]}", f"Give {' and '.join(NEEDED)}.", where)
    if unknown:
        raise PlanError(f"A posture has the unknown key '{unknown[0]}'", f"Known are: {', '.join(KEYS)}.", where)
    label = _text(entry["label"], "label", where)
    name, description = (_text(entry.get(key, label), key, where) for key in ("id", "description"))
    where = f"posture {name}"
    values = _values(entry["values"], where)
    ranges, sources = _ranges(entry.get("ranges", {}), values, where), _sources(entry.get("sources", []), where)
    return Posture(name, label, description, values, ranges, sources)


def _text(value: Any, key: str, where: str) -> str:
    """Return a text of a posture, white space collapsed."""
    if not isinstance(value, str) or not value.strip():
        raise PlanError(f"The {key} of a posture is no text", "Give a text.", where)
    text = " ".join(value.split())
    if len(text) > MOST_CHARACTERS:
        told = f"The {key} of a posture has {len(text):,} characters"
        raise PlanError(told, f"Give {MOST_CHARACTERS} at most.", where)
    return text


def posture_data(posture: Posture) -> dict[str, Any]:
    """Return a posture as data for JSON, from which `posture_of` makes the same one."""
    return {
        "id": posture.id, "label": posture.label, "description": posture.description, "values": dict(posture.values),
        "ranges": {name: list(ends) for name, ends in posture.ranges.items()},
        "sources": [{"title": title, "address": address} for title, address in posture.sources],
    }


def _shipped(entry: Any, where: str) -> Posture:
    """Check one object of the list of shipped postures, which leave nothing out."""
    if not isinstance(entry, dict) or set(entry) != set(KEYS):
        raise PlanError("A posture has unknown or missing keys", f"Give exactly: {', '.join(KEYS)}.", where)
    return posture_of(entry, where)


def _values(entries: Any, where: str) -> dict[str, float]:
    """Check the central values of a posture."""
    if not isinstance(entries, dict):
        raise PlanError("The values of a posture are not an object", "Give parameter names with numbers.", where)
    for name in entries:
        if name not in ZONE_PARAMETERS:
            raise PlanError(f"A posture cannot set '{name}'", f"It can set: {', '.join(ZONE_PARAMETERS)}.", where)
    return {name: check_value(name, value, where) for name, value in entries.items()}


def _ranges(entries: Any, values: Mapping[str, float], where: str) -> dict[str, tuple[float, float]]:
    """Check the ranges of a posture: each holds the posture's central value."""
    if not isinstance(entries, dict):
        raise PlanError("The ranges of a posture are not an object", "Give parameter names with two numbers.", where)
    ranges: dict[str, tuple[float, float]] = {}
    for name, pair in entries.items():
        if name not in values or name == "n_lines" or not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise PlanError(
                f"The range of '{name}' is not usable", "Give [low, high] for one of the posture's values.", where,
            )
        low, high = (check_value(name, end, where) for end in pair)
        if not min(low, high) <= values[name] <= max(low, high):
            raise PlanError(
                f"The range of '{name}' from {low:g} to {high:g} misses the value {values[name]:g}", "Widen it.", where,
            )
        ranges[name] = (low, high)
    return ranges


def _sources(entries: Any, where: str) -> tuple[tuple[str, str], ...]:
    """Check the list of sources of a posture."""
    if not isinstance(entries, list) or not all(
        isinstance(entry, dict) and set(entry) == {"title", "address"} for entry in entries
    ):
        raise PlanError("The sources of a posture are not a list", "Give objects with title and address.", where)
    return tuple((str(entry["title"]), str(entry["address"])) for entry in entries)
