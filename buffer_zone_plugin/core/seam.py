"""Lines that a file format cut at ±180° are put together again.

Formats that cannot cross the antimeridian close the outline of an island along it on both sides. Those edges are no
contact line: where one side's run along +180° faces one along -180°, both go, and the cut ends meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .geodesy import Array

HALF_TURN = 180.0
ON_CUT_DEGREES = 1e-7
LEAST_OVERLAP = 0.5  # of the shorter run
SNAP_DEGREES = 1e-3  # of latitude, 100 m, by which the two halves may miss each other


@dataclass(frozen=True)
class _Run:
    """A run of vertices ``first``…``last`` of a string along the antimeridian, between two latitudes."""

    string: int
    first: int
    last: int
    sign: float
    low: float
    high: float


def without_seams(strings: Sequence[Array]) -> tuple[list[Array], int]:
    """Return polylines (n, 2), longitude/latitude, without the runs along ±180° that face each other; and how many."""
    begun = [_begun_inland(string) for string in strings]
    runs = [run for number, string in enumerate(begun) for run in _runs(number, string)]
    seams = [run for run in runs if any(_faces(run, other) for other in runs)]
    if not seams:
        return list(strings), 0
    cut = {run.string for run in seams}
    pieces = [string for number, string in enumerate(strings) if number not in cut]
    for number in sorted(cut):
        pieces += _snapped(_pieces(begun[number], [run for run in seams if run.string == number]), seams)
    return pieces, len(seams)


def _begun_inland(string: Array) -> Array:
    """Return a ring that begins away from the antimeridian, so that no run passes its end; others as they are."""
    inland = np.nonzero(HALF_TURN - np.abs(string[:, 0]) > ON_CUT_DEGREES)[0]
    if (string[0] != string[-1]).any() or not len(inland):
        return string
    return np.concatenate([string[inland[0] : -1], string[: inland[0] + 1]])


def _runs(number: int, string: Array) -> list[_Run]:
    on_cut = HALF_TURN - np.abs(string[:, 0]) <= ON_CUT_DEGREES
    index = np.nonzero(on_cut)[0]
    found = []
    for run in np.split(index, np.nonzero(np.diff(index) > 1)[0] + 1) if len(index) else ():
        lat = string[run, 1]
        if np.ptp(lat) > 0:
            sign = float(np.sign(string[run[0], 0]))
            found.append(_Run(number, int(run[0]), int(run[-1]), sign, float(lat.min()), float(lat.max())))
    return found


def _faces(one: _Run, two: _Run) -> bool:
    """Tell whether two runs lie on different sides of the antimeridian, for the most part opposite each other."""
    shared = min(one.high, two.high) - max(one.low, two.low)
    return one.sign != two.sign and shared >= LEAST_OVERLAP * min(one.high - one.low, two.high - two.low)


def _pieces(string: Array, seams: Sequence[_Run]) -> list[Array]:
    """Return what is left of a string between its seams; a ring's end and beginning stay one piece."""
    starts, ends = [0, *(run.last for run in seams)], [*(run.first for run in seams), len(string) - 1]
    pieces = [string[a : b + 1].copy() for a, b in zip(starts, ends)]
    if (string[0] == string[-1]).all():
        pieces = [*pieces[1:-1], np.concatenate([pieces[-1], pieces[0][1:]])]
    return [piece for piece in pieces if len(piece) > 1]


def _snapped(pieces: list[Array], seams: Sequence[_Run]) -> list[Array]:
    """Move the ends of pieces on the western side to the latitudes at which the eastern side was cut."""
    east = np.array([lat for run in seams if run.sign > 0 for lat in (run.low, run.high)])
    for piece in pieces:
        for end in (0, -1):
            away = np.abs(east - piece[end, 1])
            if piece[end, 0] <= ON_CUT_DEGREES - HALF_TURN and away.min() <= SNAP_DEGREES:
                piece[end] = -HALF_TURN, east[np.argmin(away)]
    return pieces
