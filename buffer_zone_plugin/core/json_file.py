"""JSON files that someone else may have written: read as data, with one sentence for whatever is wrong with them."""

from __future__ import annotations

import json
import os
from typing import Any

from .errors import PlanError

MOST_BYTES = 1_000_000


def read_json(path: str | os.PathLike[str], what: str) -> Any:
    """Return the content of a JSON file in UTF-8; ``what`` begins the sentence of a refusal, such as ``The postures``.

    Raises
    ------
    PlanError : unreadable or too large a file, no JSON, a name given twice in one object, a number that is none
    """
    place = os.fspath(path)
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise PlanError(f"{what} cannot be read from {place}: {error.strerror}", "Check the file.") from error
    if len(content) > MOST_BYTES:
        raise PlanError(f"{what} in {place} are larger than {MOST_BYTES // 1_000_000} MB", "Choose another file.")
    try:
        return parse_json(content.decode("utf-8-sig"), f"{what} in {place}")
    except UnicodeDecodeError as error:
        raise PlanError(f"{what} in {place} are not text in UTF-8", "Save the file in UTF-8.") from error


def parse_json(text: str, what: str) -> Any:
    """Return the content of a JSON text; ``what`` begins the sentence of a refusal, such as ``The postures``.

    Raises
    ------
    PlanError : no JSON, a name given twice in one object, a number that is none
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except PlanError as error:
        raise PlanError(f"{what} cannot be used: {error.message}", error.hint) from error
    except RecursionError as error:
        raise PlanError(f"{what} are nested too deeply", "Choose another file.") from error
    except ValueError as error:
        raise PlanError(f"{what} are not valid JSON", f"Mend it: {error}.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a name that comes twice would silently lose its first value."""
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise PlanError(f"'{name}' is given twice", "Keep one.")
        result[name] = value
    return result


def _no_constant(name: str) -> Any:
    raise PlanError(f"it holds {name}, which is no number", "Give a finite number.")
