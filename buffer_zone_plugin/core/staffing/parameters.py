"""What the staffing model knows of past missions: its parameters with low, central and high values and their sources.

Low and high are the values that give the low and the high staffing, so that low may be the larger number.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from difflib import get_close_matches

from ..csv_file import read_rows
from ..errors import PlanError

ZONE_PARAMETERS = (
    "op_spacing", "n_lines", "op_watch", "shift_factor", "sensor_share", "sensor_operator",
    "passes_per_day", "area_revisit", "observation_halfwidth",
    "patrol_km", "patrol_crew", "patrol_day_fraction", "patrol_utilisation",
    "crossing_watch", "reserve_share", "unit_overhead", "mission_support_share", "temp_posts", "temp_post_persons",
)
BESIDE_PARAMETERS = ("trainees_per_trainer_staff", "course_weeks", "rotation_multiplier")
PARAMETERS = ZONE_PARAMETERS + BESIDE_PARAMETERS

COLUMNS = ("name", "unit", "low", "central", "high", "source_title", "source_address", "confidence", "note")
CONFIDENCES = ("verified", "verified-secondary", "derived", "mixed", "assumption")

SHARES = ("unit_overhead", "mission_support_share")  # of the result
MAX_SHARE = 0.9  # 1 / (1 - share) explodes beyond: no mission is nine tenths overhead
FIXED = ("n_lines", "sensor_share", "temp_posts")  # what is built, a choice: random only where a range is given
LINE_COUNTS = (1, 2)  # posts along the contact line, or along both edges
LIMITS = {  # least and most of what can be meant: beyond, a number is a slip or in another unit
    "op_spacing": (0.1, 1000), "op_watch": (0, 100), "shift_factor": (1, 20), "sensor_operator": (0, 100),
    "passes_per_day": (0, 100), "area_revisit": (0.1, 1000), "observation_halfwidth": (0.05, 100),
    "patrol_km": (1, 1000), "patrol_crew": (0, 100), "patrol_day_fraction": (0, 30), "patrol_utilisation": (0.01, 1),
    "crossing_watch": (0, 1000), "sensor_share": (0, 1), "reserve_share": (0, 1), "temp_posts": (0, 20),
    "temp_post_persons": (0, 100),
    "trainees_per_trainer_staff": (0.1, 100), "course_weeks": (0, 104), "rotation_multiplier": (1, 20),
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of the staffing model.

    Parameters
    ----------
    name, unit : as in `PARAMETERS`; the unit in words
    low, central, high : the values that give the low, central and high staffing
    source_title, source_address : where the values come from; several are parted by ``;``
    confidence : one of `CONFIDENCES`
    note : how the values were found
    """

    name: str
    unit: str
    low: float
    central: float
    high: float
    source_title: str
    source_address: str
    confidence: str
    note: str


def read_catalogue(path: str | os.PathLike[str]) -> dict[str, Parameter]:
    """Read the parameter catalogue, a CSV file in UTF-8 with the columns of `COLUMNS`.

    Returns
    -------
    One `Parameter` for each name of `PARAMETERS`, in the order of the file.

    Raises
    ------
    PlanError : unreadable file; unknown or missing columns; unknown, missing or repeated names; values that are no
        numbers or cannot be; central outside low and high. It names the row.
    """
    found = [_parameter(cells, where) for where, cells in read_rows(path, COLUMNS, "The staffing parameters")]
    catalogue = {parameter.name: parameter for parameter in found}
    missing = [name for name in PARAMETERS if name not in catalogue]
    if missing:
        raise PlanError(f"The staffing parameters lack a row: {', '.join(missing)}", "Add it.")
    return catalogue


def limits(name: str) -> tuple[float, float]:
    """Return the least and the most that the parameter ``name`` can be."""
    return (0.0, MAX_SHARE) if name in SHARES else LIMITS.get(name, (0.0, math.inf))


def check_name(name: str, where: str = "") -> None:
    """Raise `PlanError` if there is no parameter of this name."""
    if name in PARAMETERS:
        return
    near = get_close_matches(name, PARAMETERS, 1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Known are: {', '.join(PARAMETERS)}."
    raise PlanError(f"There is no staffing parameter '{name}'", hint, where)


def check_value(name: str, value: object, where: str = "") -> float:
    """Return the value of the parameter ``name`` as a number that the model can use.

    Raises
    ------
    PlanError : the name is unknown, or the value is no number, negative, or impossible for this parameter

    Examples
    --------
    >>> check_value("op_spacing", "8")
    8.0
    >>> check_value("unit_overhead", 0.95)
    Traceback (most recent call last):
    ...
    buffer_zone_plugin.core.errors.PlanError: 'unit_overhead' is 0.95. A share must be 0 or more and below 0.9.
    """
    check_name(name, where)
    number = _number(value)
    if number is None:
        raise PlanError(f"'{name}' is '{value}'", "Give a number.", where)
    if name in SHARES and not 0 <= number < MAX_SHARE:
        raise PlanError(f"'{name}' is {number:g}", f"A share must be 0 or more and below {MAX_SHARE:g}.", where)
    least, most = limits(name)
    if not least <= number <= most:
        raise PlanError(f"'{name}' is {number:g}", f"Give a number from {least:g} to {most:g}.", where)
    if name == "n_lines" and number not in LINE_COUNTS:
        raise PlanError(f"'{name}' is {number:g}", "Give 1 for the contact line or 2 for both edges.", where)
    return number


def _number(value: object) -> float | None:
    """Return a finite number or None; true and false are no numbers."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _parameter(row: dict[str, str], where: str) -> Parameter:
    """Check one row of the catalogue."""
    name = row["name"]
    check_name(name, where)
    low, central, high = (check_value(name, row[column], where) for column in ("low", "central", "high"))
    if not min(low, high) <= central <= max(low, high):
        raise PlanError(
            f"The central value {central:g} of '{name}' is not between {low:g} and {high:g}",
            "Give a central value between low and high.", where,
        )
    if row["confidence"] not in CONFIDENCES:
        raise PlanError(
            f"The confidence '{row['confidence']}' is not known", f"Choose one of: {', '.join(CONFIDENCES)}.", where,
        )
    return Parameter(
        name, row["unit"], low, central, high,
        row["source_title"], row["source_address"], row["confidence"], row["note"],
    )
