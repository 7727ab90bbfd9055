"""Days, as layers tell them: read where they are clear, refused where they are missing or can be read in two ways.

A day is one of the calendar in UTC. Nothing here needs more than Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from statistics import median
from typing import Any

from .errors import PlanError

GAP_MEDIANS = 2.0  # an interval longer than so many usual ones is a gap
ISO_DAY = re.compile(r"(\d{4})(-?)(\d{2})\2(\d{2})")
ISO_TIME = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE)
DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})")
MOST_MONTH = 12
WRITE = "Write dates as year, month and day, such as 2024-05-01."


@dataclass(frozen=True)
class Interval:
    """The time from one date to the next: ``start`` belongs to it, ``end`` does not; the last one has no end.

    ``gap`` tells that it is much longer than the others.
    """

    start: date
    end: date | None = None
    gap: bool = False

    @property
    def days(self) -> int | None:
        """How many days it has, None without an end."""
        return None if self.end is None else (self.end - self.start).days


def intervals(days: Sequence[date]) -> tuple[Interval, ...]:
    """Return the interval from each of some days, ascending and each there once, to the next.

    Examples
    --------
    >>> first, second, third, last = intervals([date(2024, 5, day) for day in (1, 3, 5, 20)])
    >>> first.days, first.gap, third.days, third.gap, last.days
    (2, False, 15, True, None)
    """
    found = [Interval(start, end) for start, end in zip(days, [*days[1:], None])]
    usual = usual_days(found)
    return tuple(
        Interval(one.start, one.end, one.days is not None and one.days > GAP_MEDIANS * usual) for one in found
    )


def usual_days(found: Iterable[Interval]) -> float:
    """Return the median of the intervals that end, days; 0 if none does."""
    return float(median([one.days for one in found if one.days is not None] or [0]))


def days_of(values: Sequence[Any], features: Sequence[int]) -> tuple[date, ...]:
    """Return the day of each feature: a date, a time, or a text or number that tells one as ISO 8601 does.

    Parameters
    ----------
    values : `date`, `datetime` (in UTC, or with its offset), text or whole number such as 20240501; None is missing
    features : the id of each, for sentences

    Raises
    ------
    PlanError : a date that is missing, that cannot be read, or that can be read in two ways; two times on one day
    """
    found: dict[date, tuple[time | None, int]] = {}
    days = []
    for value, feature in zip(values, features):
        day, clock = _moment(value, f"feature {feature}")
        at, other = found.setdefault(day, (clock, feature))
        if at != clock:
            raise PlanError(
                f"Two times of {day} were given, in features {other} and {feature}, and a line has a whole day",
                "Keep the features of one time of each day, or give all of a day the same date.",
            )
        days.append(day)
    return tuple(days)


def day_in_name(name: str) -> date:
    """Return the one day that a layer's name tells, such as that of ``line 2024-05-01`` or ``line_20240501``.

    Raises
    ------
    PlanError : the name tells no day, or several

    Examples
    --------
    >>> day_in_name("front_2024_05_01, drawn again")
    datetime.date(2024, 5, 1)
    """
    told = [(match[1], match[3], match[4]) for match in DAY_IN_NAME.finditer(name)]
    days = {day for day in (_day(*numbers) for numbers in told) if day is not None}
    if len(days) != 1:
        raise PlanError(
            f"The name of the layer '{name}' tells {'several dates' if days else 'no date'}",
            "Put one date into it, such as 2024-05-01, or set a fixed time range in the layer's temporal properties.",
        )
    return days.pop()


def _moment(value: Any, where: str) -> tuple[date, time | None]:
    """Return the day of a value in UTC, and the time of day if it tells one."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise PlanError("A feature has no date", "Fill the field, or leave the feature out by a filter.", where)
    if isinstance(value, datetime):
        return _split(value)
    if isinstance(value, date):
        return value, None
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return _from_text(str(value).strip(), where)
    raise PlanError(f"The date {value!r} cannot be read", WRITE, where)


def _from_text(text: str, where: str) -> tuple[date, time | None]:
    match = ISO_DAY.match(text)
    day = _day(match[1], match[3], match[4]) if match else None
    rest = text[match.end():] if match else ""
    if day is not None and not rest:
        return day, None
    clock = ISO_TIME.fullmatch(rest[1:].strip()) if rest[:1] in ("T", "t", " ") else None
    moment = _at(day, clock) if day is not None and clock is not None else None
    if moment is None:
        raise PlanError(_unread(text), WRITE, where)
    return _split(moment)


def _at(day: date, clock: re.Match[str]) -> datetime | None:
    """Return the time that a text tells of a day, in UTC; None for 25 o'clock, or beyond the calendar."""
    hour, minute, second = (int(clock[group] or 0) for group in (1, 2, 3))
    offset = (clock[4] or "Z").upper().replace(":", "")
    try:
        at = datetime.combine(day, time(hour, minute, second))
        if offset == "Z":
            return at
        shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:] or 0))
        return at.replace(tzinfo=timezone(-shift if offset[0] == "-" else shift)).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def _split(moment: datetime) -> tuple[date, time | None]:
    """Return the day and the time of day in UTC; midnight is that of a date without a time."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(timezone.utc)
    clock = moment.time()
    return moment.date(), clock if clock != time() else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _unread(text: str) -> str:
    """Return why a text is no date."""
    match = DAY_FIRST.fullmatch(text)
    if match and max(int(match[1]), int(match[2])) <= MOST_MONTH and match[1] != match[2]:
        return f"The date '{text}' can be read in two ways: which of {match[1]} and {match[2]} is the month"
    return f"The date '{text}' cannot be read"
