"""Limits of bands for many plans: each keeps those that lie in its zone, and one sentence tells the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from .scales import M_PER_KM


def bands_within(bands_m: Sequence[float], depth_m: float) -> tuple[float, ...]:
    """Return the limits, metres, that lie in a zone of this depth.

    Examples
    --------
    >>> bands_within((2000.0, 10_000.0), 10_000.0)
    (2000.0,)
    """
    return tuple(limit for limit in bands_m if limit < depth_m)


def bands_lost(lost_m: Iterable[Sequence[float]], noun: str) -> str:
    """Return a sentence on limits that lie outside zones, with how many lost each; empty if none did.

    Parameters
    ----------
    lost_m : the limits that each plan lost, metres
    noun : what the plans are called, in the plural

    Examples
    --------
    >>> bands_lost([(25_000.0,), (), (7000.0, 25_000.0)], "scenarios")
    'Limits of bands outside the zone are left out: 7 km in 1 of 3 scenarios, 25 km in 2 of 3 scenarios'
    """
    each = list(lost_m)
    counts = Counter(limit for lost in each for limit in lost)
    if not counts:
        return ""
    told = ", ".join(f"{limit / M_PER_KM:g} km in {counts[limit]} of {len(each)} {noun}" for limit in sorted(counts))
    return f"Limits of bands outside the zone are left out: {told}"
