"""What is said of the persons that a plan takes: sentences with two significant figures, ranges first."""

from __future__ import annotations

from collections.abc import Sequence

from .draws import Driver
from .model import PersonRange, Staffing
from .statement import two_figures

MOST_DRIVERS = 3  # named in one sentence


def staffing_words(
    staffing: Staffing, label: str, drivers: Sequence[Driver], rotation: float
) -> tuple[str, ...]:
    """Return sentences on the zone force, what moves it most, the training mission and the rotation pool.

    Parameters
    ----------
    label : the posture
    drivers : the strongest first
    rotation : persons in national pools for each one deployed
    """
    told = [f"Zone force under the posture {label}: {ranged(staffing.total)}"]
    strong = [driver for driver in drivers[:MOST_DRIVERS] if driver.swing > 0]
    if strong:
        ends = ", ".join(f"{d.parameter.name} ({spread(d.persons_low, d.persons_high)})" for d in strong)
        told.append(f"What moves the total most, one at a time: {ends}")
    if staffing.training.central:
        told.append(f"Training mission, beside the zone force: {ranged(staffing.training)}")
    if staffing.pool.central:
        told.append(
            f"Held in national pools so that they can be relieved, {rotation:g} for each deployed: "
            f"{ranged(staffing.pool)}"
        )
    return tuple(told)


def ranged(persons: PersonRange) -> str:
    """Return a range as texts tell it.

    Examples
    --------
    >>> ranged(PersonRange(3734, 5368, 12224))
    '3,700 to 12,000 persons, centrally 5,400'
    """
    return f"{spread(persons.low, persons.high)} persons, centrally {two_figures(persons.central):,}"


def spread(low: int, high: int) -> str:
    """Return two numbers of persons with two significant figures each.

    Examples
    --------
    >>> spread(3421, 13302)
    '3,400 to 13,000'
    """
    return f"{two_figures(low):,} to {two_figures(high):,}"
