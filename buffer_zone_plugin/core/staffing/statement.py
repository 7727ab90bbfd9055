"""What the numbers of persons mean and do not mean, and how they are written in texts."""

from __future__ import annotations

from ..rounding import round_half_up

STATUS = "Planning estimate, without prejudice to status."
TAKES = "What the stated posts, patrols and crossings take under the posture, not whether that deters an attack."
MOVES = "Reasonable changes inside the posture move it by {down} to {up}; another one tenfold and more."
OTHERWISE = "Another posture changes it tenfold and more."  # where there is nobody that a range could be told of


def statement(low: int, central: int, high: int) -> tuple[str, str]:
    """Return the two lines that go with every figure of persons; the range is that of the total that they go with.

    Examples
    --------
    >>> statement(3734, 5368, 12224)[1]
    'Reasonable changes inside the posture move it by -30 % to +130 %; another one tenfold and more.'
    """
    if central <= 0:
        return TAKES, OTHERWISE
    down, up = (f"{sign}{abs(two_figures(100 * (end / central - 1)))} %" for sign, end in (("-", low), ("+", high)))
    return TAKES, MOVES.format(down=down, up=up)


def one_line(low: int, central: int, high: int) -> str:
    """Return status and meaning as the field of a table holds them; a shapefile's holds 254 characters."""
    return " ".join((STATUS, *statement(low, central, high)))


def told_with(posture: str, low: int, central: int, high: int) -> str:
    """Return what every product says of its persons: status, posture, and the two lines on what they mean."""
    return "\n".join((f"{STATUS} Posture: {posture}.", *statement(low, central, high)))


def told_persons(number: int) -> str:
    """Return a number of persons as sentences tell it.

    Examples
    --------
    >>> told_persons(1), told_persons(4000)
    ('1 person', '4,000 persons')
    """
    return f"{number:,} {'person' if number == 1 else 'persons'}"


def two_figures(number: float) -> int:
    """Return a count of persons rounded to two significant figures, halves up, for texts and briefings.

    Examples
    --------
    >>> two_figures(5385), two_figures(52908), two_figures(95), two_figures(996), two_figures(0)
    (5400, 53000, 95, 1000, 0)
    """
    whole = round_half_up(number)
    step = int(10 ** max(len(str(abs(whole))) - 2, 0))
    return round_half_up(whole / step) * step
