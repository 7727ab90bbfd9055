"""What the numbers of persons mean and do not mean, and how they are written in texts."""

from __future__ import annotations

from ..rounding import round_half_up

STATUS = "Planning estimate, without prejudice to status."
STATEMENT = (
    "These figures are a planning estimate, not a requirement and not a forecast. "
    "They say how many persons a stated set of posts, patrols and crossings takes along the given line under the "
    "named posture; they do not say whether that force would deter, enforce or survive an attack. "
    "Within one posture, reasonable changes of spacing, watch and tempo move the total by about minus 30 % to "
    "plus 120 %; another posture can change it tenfold. "
    "Line position, depth, rules of engagement, access, mines and contributors are unresolved inputs, recorded here "
    "as choices of the scenario."
)


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
