"""Lists of numbers as users write them: parted by commas, and ranges such as ``5-40/5``. It imports nothing heavy."""

from __future__ import annotations

import math
import re

from .errors import PlanError
from .scales import M_PER_KM

MOST_NUMBERS = 500  # of one range
DECIMALS = 6  # of km, a millimetre: steps of a range carry no floating noise

_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_RANGE = re.compile(rf"{_NUMBER}\s*[-–]\s*{_NUMBER}\s*(?:/\s*{_NUMBER})?")


def depths_from_text(text: str) -> tuple[float, ...]:
    """Return depths in metres from a text in km, ascending; parameters and errors as `numbers_in_order`.

    Examples
    --------
    >>> depths_from_text("2.5, 10-20/10")
    (2500.0, 10000.0, 20000.0)
    """
    return tuple(sorted(depths_in_order(text, "depths")))


def depths_in_order(text: str, what: str) -> tuple[float, ...]:
    """Return depths in metres from a text in km, as they stand there; parameters and errors as `numbers_in_order`."""
    return tuple(round(km * M_PER_KM, DECIMALS - 3) for km in numbers_in_order(text, what))


def numbers_from_text(text: str, what: str) -> tuple[float, ...]:
    """Return the numbers of a list, ascending; parameters and errors as `numbers_in_order`.

    Examples
    --------
    >>> numbers_from_text("5-20/5; 7.5", "depths")
    (5.0, 7.5, 10.0, 15.0, 20.0)
    """
    return tuple(sorted(numbers_in_order(text, what)))


def numbers_in_order(text: str, what: str) -> tuple[float, ...]:
    """Return the numbers of a list as they stand there, each once: parted by commas, or ranges such as ``5-40/5``.

    A range is the first number, the last and the step; the last is always in it. An empty text gives none.

    Parameters
    ----------
    what : names the numbers in refusals, such as ``depths``

    Raises
    ------
    PlanError : an entry that is neither; a range that is reversed, without a step, or with too many numbers

    Examples
    --------
    >>> numbers_in_order("20, 5-10/5, 5", "depths")
    (20.0, 5.0, 10.0)
    """
    entries = [entry.strip() for entry in text.replace(";", ",").split(",") if entry.strip()]
    return tuple(dict.fromkeys(number for entry in entries for number in _numbers_of(entry, what)))


def _numbers_of(entry: str, what: str) -> list[float]:
    if re.fullmatch(_NUMBER, entry):
        return [float(entry)]
    match = _RANGE.fullmatch(entry)
    if match is None:
        raise PlanError(
            f"'{entry[:40]}' among the {what} is no number", "Give numbers such as 5,10,20, or a range such as 5-40/5.",
        )
    if match[3] is None:
        raise PlanError(f"The range '{entry}' of the {what} has no step", f"Give one, such as {match[1]}-{match[2]}/5.")
    first, last, step = (float(number) for number in match.groups())
    if last < first:
        raise PlanError(
            f"The range '{entry}' of the {what} is reversed", f"Write {match[2]}-{match[1]}/{match[3]}.",
        )
    if step <= 0 or (last - first) / step > MOST_NUMBERS:
        raise PlanError(f"The step of the range '{entry}' of the {what} is too small", "Give a larger one.")
    count = math.floor((last - first) / step + 1e-9)  # of floating noise: 0.3 / 0.1 is 3
    return [*(round(first + step * k, DECIMALS) for k in range(count + 1)), last]
