"""Which of several plans is no better in anything than another one, and worse in something?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def dominated(merits: Sequence[Sequence[float]]) -> list[bool]:
    """Tell for each row whether another one has at least as much of everything, and more of something.

    Rows that are equal in everything do not dominate each other. Time grows with the square of the number of rows.

    Parameters
    ----------
    merits : rows of numbers of which more is better, all of one length

    Examples
    --------
    >>> dominated([(100.0, -50), (120.0, -50), (90.0, -40), (120.0, -50)])
    [True, False, False, False]
    """
    table = np.asarray(merits, dtype=np.float64)
    return [bool((np.all(table >= row, axis=1) & np.any(table > row, axis=1)).any()) for row in table]
