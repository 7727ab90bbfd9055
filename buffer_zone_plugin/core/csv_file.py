"""CSV files that someone else may have written: rows as texts by column, with one sentence for what is wrong."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Sequence

from .errors import PlanError


def read_rows(
    path: str | os.PathLike[str], columns: Sequence[str], what: str, optional: Sequence[str] = (),
) -> list[tuple[str, dict[str, str]]]:
    """Return the rows of a CSV file in UTF-8 with exactly these columns, in any order, in small letters or capitals.

    Parameters
    ----------
    path : the file
    columns : names of the columns; the first is the name of a row, which is given and given once
    what : begins the sentence of a refusal, such as ``The past missions``
    optional : names of columns that may be missing; cells of those that are not there are left out

    Returns
    -------
    For each row its place, such as ``row 2, UNDOF``, and its cells, stripped, by column.

    Raises
    ------
    PlanError : unreadable file; unknown, missing or repeated columns; rows without a name, with a name given before,
        or with too many or too few cells
    """
    rows: dict[str, tuple[str, dict[str, str]]] = {}
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or []]
            _check_columns(list(reader.fieldnames), columns, optional, what)
            for row in reader:
                where = f"row {reader.line_num}"
                if None in row or None in row.values():
                    raise PlanError(f"{what} have a row with too many or too few cells", "Quote commas.", where)
                cells = {column: text.strip() for column, text in row.items()}
                name = cells[columns[0]]
                if not name or name in rows:
                    problem = f"have '{name}' twice" if name else f"have a row without {columns[0]}"
                    raise PlanError(f"{what} {problem}", "Give every row a name of its own.", where)
                rows[name] = f"{where}, {name}", cells
    except UnicodeDecodeError as error:
        raise PlanError(
            f"{what} cannot be read from {os.fspath(path)}: it is no text in UTF-8", "Save the file in UTF-8.",
        ) from error
    except (OSError, csv.Error) as error:
        raise PlanError(f"{what} cannot be read from {os.fspath(path)}", str(error)) from error
    return list(rows.values())


def number_of(cells: dict[str, str], column: str, where: str, whole: bool = False) -> float | None:
    """Return the number in a cell, finite and not negative, or None where the cell is empty.

    Raises
    ------
    PlanError : it is no such number, or not a whole one where ``whole`` ones are asked for
    """
    text = cells[column]
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0 or (whole and number != math.floor(number)):
        kind = "a whole number" if whole else "a number"
        raise PlanError(f"'{column}' is '{text}'", f"Give {kind} of 0 or more, or nothing.", where)
    return number


def _check_columns(given: list[str], needed: Sequence[str], optional: Sequence[str], what: str) -> None:
    """Raise `PlanError` unless ``given`` holds all columns that are needed, and no others but optional ones, once."""
    if len(given) == 1 and ";" in given[0]:
        raise PlanError(f"{what} have semicolons between the columns", "Save them with commas, and points in numbers.")
    twice = [name for name in given if given.count(name) > 1]
    if twice:
        raise PlanError(f"{what} have a repeated column: {twice[0]}", "Remove it.")
    known = (*needed, *optional)
    wrong = [name for name in given if name not in known]
    if wrong:
        raise PlanError(f"{what} have an unknown column: {wrong[0]}", f"Remove it; known are: {', '.join(known)}.")
    missing = [name for name in needed if name not in given]
    if missing:
        raise PlanError(f"{what} lack a column: {', '.join(missing)}", "Add it.")
