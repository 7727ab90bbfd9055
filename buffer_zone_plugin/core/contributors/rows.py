"""Contributors from the rows of a table: what its columns are called, and which of its cells say nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from numbers import Real
from typing import Any

from ..errors import PlanError
from .model import Contributor, check_contributors, check_number, shown
from .text import number_from_text, sectors_from_text

# column → field; of two columns for one field the first counts
COLUMNS = {
    "contributor": "name", "name": "name", "share": "share", "persons": "persons", "role": "role",
    "unit": "unit", "min_unit": "unit", "cap": "cap", "lead": "lead", "sectors": "sectors",
}
NUMBERS = {"share": "share", "persons": "number of persons", "unit": "unit", "cap": "cap"}
SLIP = 0.75  # likeness of a column to a known one from which it is taken for it, mistyped
YES = ("yes", "y", "true", "t", "1", "1.0")
NO = ("no", "n", "false", "f", "0", "0.0")


def contributors_from_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[Contributor, ...]:
    """Return the contributors of a table; a row whose known cells are all empty is left out.

    Columns are those of `COLUMNS`, in any case; others are ignored. None, empty text and NaN are not given. ``lead`` is
    yes or no, or the names of sectors with ``+`` between them; ``sectors`` are such names, also parted by commas or
    semicolons, or a list of them.

    Parameters
    ----------
    rows : one mapping from column to value for each contributor

    Raises
    ------
    PlanError : no column of contributors, or one whose name is a slip; a row without contributor, or anything that
        cannot be read or used, with the row, counted from 1

    Examples
    --------
    >>> contributors_from_rows([{"Contributor": "France", "Share": 30, "cap": float("nan")}])[0].share
    30.0
    """
    _check_columns({str(column).strip() for row in rows for column in row})
    found = []
    for number, row in enumerate(rows, start=1):
        try:
            given = _given(row)
            if given:
                found.append(_from_row(given))
        except PlanError as error:
            raise PlanError(error.message, error.hint, f"row {number}") from error
        check_number(len(found))
    check_contributors(found)
    return tuple(found)


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says, by field."""
    cells = {str(column).strip().lower(): value for column, value in row.items()}
    given: dict[str, Any] = {}
    for column, field in COLUMNS.items():
        value = cells.get(column)
        if not _is_empty(value):
            given.setdefault(field, value)
    return given


def _check_columns(columns: set[str]) -> None:
    """Raise `PlanError` without a column of names, or for one that looks like another's slip of the pen."""
    names = {column.lower() for column in columns}
    slips = {
        column: near[0] for column in sorted(columns - {c for c in columns if c.lower() in COLUMNS})
        if (near := [known for known in get_close_matches(column.lower(), COLUMNS, 3, SLIP) if known not in names])
    }
    for column, known in slips.items():
        raise PlanError(f"The table has a column {shown(column)}", f"Did you mean {known}? Rename it or leave it out.")
    if columns and not {"contributor", "name"} & names:
        raise PlanError("The table has no column contributor", "Give the contributors' names in one called so.")


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, Real) and value != value)  # NaN is what differs from itself


def _from_row(given: dict[str, Any]) -> Contributor:
    """Return the contributor of a row that says something."""
    if "name" not in given:
        raise PlanError("A row has no contributor", "Give its name in the column contributor.")
    values = dict(given)
    values["name"] = str(given["name"])
    for field, what in NUMBERS.items():
        if isinstance(values.get(field), str):
            text = values[field].strip()
            values[field] = number_from_text(text[:-1] if field == "share" and text.endswith("%") else text, what)
    values["role"] = str(values.get("role", "zone")).strip().lower()
    values.update(_lead(values.get("lead"), values.get("sectors")))
    return Contributor(**values)


def _lead(lead: object, sectors: object) -> dict[str, Any]:
    """Return whether a contributor leads, and which sectors."""
    named = () if sectors is None else _sectors(sectors)
    if lead is None:
        return {"lead": bool(named), "sectors": named}
    word = str(lead).strip().lower()
    if word in YES or word in NO:
        return {"lead": word in YES, "sectors": named}
    if not isinstance(lead, str) or word.isdigit():  # 1 is yes here, so 2 had better be no sector
        raise PlanError(f"The column lead holds {shown(lead)}", "Give yes or no; name sectors in the column sectors.")
    if named:
        raise PlanError("The columns lead and sectors both name sectors", "Keep one of them.")
    return {"lead": True, "sectors": sectors_from_text(lead)}


def _sectors(value: object) -> tuple[str, ...]:
    """Return the names of sectors in a cell: text with ``+``, a number, or a list of either."""
    if isinstance(value, (list, tuple)):
        return tuple(name for one in value for name in _named(one))
    return _named(value)


def _named(value: object) -> tuple[str, ...]:
    """Return the names of sectors in one text or number."""
    if isinstance(value, str):
        return sectors_from_text(value.replace(";", "+").replace(",", "+"))
    if isinstance(value, Real) and not isinstance(value, bool):
        return (str(value).removesuffix(".0"),)
    raise PlanError(f"The column sectors holds {shown(value)}", "Give names with + between them, such as S1 + S2.")
