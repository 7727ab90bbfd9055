"""How many persons do contributors pledge, whatever the plan? Fixed numbers count, shares of a plan do not."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import PlanError
from ..staffing.statement import told_persons
from .model import TRAINING, Contributor


def pledged(contributors: Sequence[Contributor]) -> tuple[int, int]:
    """Return the persons that are pledged for the zone force and its support, and those for training only.

    Caps hold. Shares are per cent of a plan that is not known yet: they are no pledge and are left out.

    Raises
    ------
    PlanError : nobody is pledged for the zone force

    Examples
    --------
    >>> pledged([Contributor("France", persons=3000), Contributor("Poland", persons=500, cap=400),
    ...          Contributor("Norway", persons=200, role="training"), Contributor("Others", 40)])
    (3400, 200)
    """
    training = sum(_fixed(one) for one in contributors if one.role == TRAINING)
    zone = sum(_fixed(one) for one in contributors if one.role != TRAINING)
    if zone == 0:
        told = "The contributors pledge nobody for the zone force"
        if any(one.share is not None for one in contributors):
            told = "The contributors give shares, which are per cent of a plan and no pledge"
        raise PlanError(told, "Give numbers, such as France=3000 persons, or the ceiling itself.")
    return zone, training


def pledges_told(contributors: Sequence[Contributor]) -> tuple[str, ...]:
    """Return sentences on which pledges make a ceiling, and what of the contributors does not count.

    Examples
    --------
    >>> for sentence in pledges_told([Contributor("Poland", persons=500, cap=400), Contributor("Others", 40),
    ...                               Contributor("Norway", persons=1, role="training")]):
    ...     print(sentence)
    The ceiling is what contributors pledge: Poland 400 persons (its cap, of 500)
    Pledged for training, which serves nothing else: Norway 1 person
    Shares are per cent of a plan and no pledge: Others
    """
    fixed = [one for one in contributors if one.persons]
    zone, training = (
        "; ".join(_pledge(one) for one in fixed if (one.role == TRAINING) == trains) for trains in (False, True)
    )
    shares = "; ".join(one.name for one in contributors if one.share is not None)
    return tuple(
        f"{begins}: {told}" for begins, told in (
            ("The ceiling is what contributors pledge", zone),
            ("Pledged for training, which serves nothing else", training),
            ("Shares are per cent of a plan and no pledge", shares),
        ) if told
    )


def _pledge(one: Contributor) -> str:
    persons = _fixed(one)
    cut = f" (its cap, of {one.persons:,})" if persons < (one.persons or 0) else ""
    return f"{one.name} {told_persons(persons)}{cut}"


def _fixed(one: Contributor) -> int:
    """Return the persons that a contributor pledges, within its cap."""
    persons = one.persons or 0
    return persons if one.cap is None else min(persons, one.cap)
