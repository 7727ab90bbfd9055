"""What the numbers of persons mean and do not mean, and how they are written in texts."""

from __future__ import annotations

from ..rounding import round_half_up

STATUS = "Planning estimate, without prejudice to status."
STATEMENT = (  # the two lines that go with every figure of persons
    "What the stated posts, patrols and crossings take under the posture, not whether that deters an attack.\n"
    "Reasonable changes inside the posture move it by about -30 % to +120 %; another one tenfold and more."
)
ONE_LINE = f"{STATUS} {STATEMENT}".replace("\n", " ")  # as a table's field; a shapefile's holds 254 characters


def told_with(posture: str) -> str:
    """Return what every product says of its persons: status, posture, and the two lines on what they mean."""
    return f"{STATUS} Posture: {posture}.\n{STATEMENT}"


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
