"""What the force is there to do: named postures, each with its own central values of the staffing parameters."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import PlanError
from .parameters import FIXED, ZONE_PARAMETERS, Parameter, check_value

KEYS = ("id", "label", "description", "values", "ranges", "sources")


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
    try:
        with open(path, encoding="utf-8") as file:
            entries = json.load(file)
    except (OSError, ValueError) as error:
        raise PlanError(f"The postures cannot be read from {os.fspath(path)}", str(error)) from error
    if not isinstance(entries, list):
        raise PlanError("The postures are not a list", "Give a JSON list of objects.")
    postures: dict[str, Posture] = {}
    for number, entry in enumerate(entries, start=1):
        posture = _posture(entry, f"posture {number}")
        if posture.id in postures:
            raise PlanError(f"The posture '{posture.id}' is given twice", "Keep one.", f"posture {number}")
        postures[posture.id] = posture
    return postures


def central_values(posture: Posture, catalogue: Mapping[str, Parameter]) -> dict[str, float]:
    """Return the central value of every parameter of the catalogue under the posture."""
    return {name: posture.values.get(name, parameter.central) for name, parameter in catalogue.items()}


def _posture(entry: Any, where: str) -> Posture:
    """Check one object of the list."""
    if not isinstance(entry, dict) or set(entry) != set(KEYS):
        raise PlanError("A posture has unknown or missing keys", f"Give exactly: {', '.join(KEYS)}.", where)
    texts = (entry["id"], entry["label"], entry["description"])
    if not all(isinstance(text, str) and text for text in texts):
        raise PlanError("A posture has an id, label or description that is no text", "Give a text.", where)
    where = f"posture {entry['id']}"
    values = _values(entry["values"], where)
    return Posture(*texts, values, _ranges(entry["ranges"], values, where), _sources(entry["sources"], where))


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
        if name not in values or name in FIXED or not isinstance(pair, list) or len(pair) != 2:
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
