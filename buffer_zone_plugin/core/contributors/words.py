"""What a sharing among contributors says of itself: plain sentences.

Persons that were computed have two significant figures, those that were given are repeated as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..staffing.statement import two_figures
from .model import SUPPORT, TRAINING, ZONE, Contributor
from .totals import SHARE_NOISE, Totals, are_fractions, percentages
from .units import too_small

FORCES = {ZONE: "zone force", TRAINING: "training mission", SUPPORT: "mission support"}
CLEARLY_MORE = 1.0  # per cent of the role's persons
FAR = 0.25  # of a lead's share
LEAST_SUM = 5.0  # per cent: shares that add up to less are likely fractions
MOST_TOLD = 8  # of contributors or sectors in one sentence

Whole = NDArray[np.int64]


class Led(NamedTuple):
    """Leads by the contributor's position: their sectors, the persons that those without named sectors were to send,
    and the persons of those that found no sector to lead."""

    sectors: dict[int, Whole]
    wanted: dict[int, int]
    missed: dict[int, int]


class Told(NamedTuple):
    """Sentences: what a reader should know, and what should be looked at."""

    notes: list[str]
    warnings: list[str]


def of_totals(role: str, contributors: Sequence[Contributor], totals: Totals, total: int) -> Told:
    """Say how one role's shares, pledges, caps and units became totals, and what is unassigned of ``total`` persons."""
    force = FORCES[role].capitalize()
    told = Told([], [])
    if not contributors:
        if total:
            told.notes.append(f"{force}: nobody sends any, {_persons(total)} are unassigned")
        return told
    _, given = percentages(contributors)
    if are_fractions(contributors):
        told.notes.append(f"{force}: the shares add up to 1 and count as fractions of the whole")
    if given > 100 + SHARE_NOISE:
        told.warnings.append(f"{force}: the shares add up to {_plain(given)} % and are taken in proportion")
    if totals.scaled is not None:
        told.warnings.append(
            f"{force}: the fixed numbers, {totals.scaled:,} persons in all, are more than the "
            f"{_persons(totals.scaled_to)} needed and are taken in proportion"
        )
    _tell_limits(told, force, contributors, totals, total)
    if 0 < given < LEAST_SUM:
        told.warnings.append(
            f"{force}: the shares add up to {_plain(given)} %; if they are meant as fractions, give per cent"
        )
    if totals.unassigned:
        share = _plain(100 * totals.unassigned / total, 1)
        told.notes.append(
            f"{force}: {_persons(totals.unassigned)} ({share} %) are unassigned, {_why(contributors, totals, given)}"
        )
    return told


def _tell_limits(
    told: Told, force: str, contributors: Sequence[Contributor], totals: Totals, total: int,
) -> None:
    """Say who is at its cap, who sends nobody and why, and who sends more for that."""
    at_cap = _at_cap(contributors, totals)
    if at_cap:
        told.notes.append(f"{force}, at the cap: {_listed(at_cap)}")
    if totals.dropped:
        names = [f"{contributors[i].name} (unit {contributors[i].unit:,})" for i in sorted(totals.dropped)]
        told.notes.append(f"{force}, sending nobody, as the total would be below the unit: {_listed(names)}")
    idle = [
        one.name for i, one in enumerate(contributors)
        if totals.persons[i] == 0 and (one.share or one.persons) and one.cap != 0 and i not in totals.dropped
    ]
    if idle:
        why = "as none are needed" if total == 0 else "as the others send all"
        told.warnings.append(f"{force}: nobody comes from {_listed(idle)}, {why}")
    told.notes.extend(_moved(force, contributors, totals))


def _moved(force: str, contributors: Sequence[Contributor], totals: Totals) -> list[str]:
    """Say who sends clearly more than its share, because others are at their caps, lead other sectors or send none."""
    shares, _ = percentages(contributors)
    if not totals.shared:
        return []
    actual = [100 * int(persons) / totals.shared for persons in totals.persons]
    more = [
        f"{one.name} {_plain(found, 1)} instead of {_plain(float(share), 1)} %"
        for one, found, share in zip(contributors, actual, shares)
        if one.share and not one.lead and found > share + CLEARLY_MORE
    ]
    return [f"{force}, more than their shares, as others send less: {_listed(more)}"] if more else []


def _far(persons: int, share: float, shared: int) -> bool:
    """Tell whether a lead sends much more or less than its share, per cent."""
    wanted = share / 100 * shared
    return wanted > 0 and not 1 - FAR <= persons / wanted <= 1 + FAR


def _persons(number: int) -> str:
    """Return a number of persons as texts tell it."""
    told = two_figures(number)
    return f"{told:,} person" if told == 1 else f"{told:,} persons"


def of_leads(
    role: str, contributors: Sequence[Contributor], totals: Totals, led: Led, sector_names: Sequence[str],
) -> Told:
    """Say which sectors are led by whom, how far that is from the shares, and who found none to lead."""
    told = Told([], [])
    where = f" in {FORCES[role]}" if role == SUPPORT else ""
    for i in sorted(led.sectors):
        persons = int(totals.persons[i])
        asked, far = _against(i, contributors, totals, led.wanted.get(i))
        sectors = _ranges(led.sectors[i], sector_names)
        line = f"{contributors[i].name} leads {sectors}{where}: {_persons(persons)}{asked}"
        (told.warnings if far else told.notes).append(line)
    for i, persons in led.missed.items():
        told.warnings.append(
            f"{contributors[i].name} leads no sector{where}, as no whole one fits its {_persons(persons)}; "
            "it shares the sectors that nobody leads"
        )
    return told


def _against(i: int, contributors: Sequence[Contributor], totals: Totals, target: int | None) -> tuple[str, bool]:
    """Return how what a lead sends compares with what was asked of it, and whether it is far from that.

    ``target`` is its share with what others at their caps leave, persons; None for one that names its sectors.
    """
    one, persons = contributors[i], int(totals.persons[i])
    if one.persons is not None:
        return (f" instead of {one.persons:,}" if persons != one.persons else ""), persons > one.persons
    if one.share is None or not totals.shared:
        return "", False
    share = float(percentages(contributors)[0][i])
    wanted = share if target is None else max(100 * target / totals.shared, share)
    actual, asked = _plain(100 * persons / totals.shared, 1), _plain(share, 2)
    if actual == asked:
        return f", {actual} %", False
    left = f" and {_plain(wanted - share, 1)} % that others leave" if wanted > share + CLEARLY_MORE else ""
    return f", {actual} % instead of {asked} %{left}", _far(persons, wanted, totals.shared)


def of_units(
    role: str, contributors: Sequence[Contributor], table: Whole, sector_names: Sequence[str],
) -> Told:
    """Warn of contingents below their contributors' units; ``table`` is of the contributors and sectors."""
    told = Told([], [])
    where = f" in {FORCES[role]}" if role == SUPPORT else ""
    small = too_small(table, np.array([one.unit for one in contributors], dtype=np.int64))
    for i in np.nonzero(small.any(axis=1))[0]:
        cells = _listed([f"{sector_names[j]} ({int(table[i, j]):,})" for j in np.nonzero(small[i])[0]])
        told.warnings.append(
            f"{contributors[i].name} sends fewer persons than its unit of {contributors[i].unit:,}{where} "
            f"to {cells}, where no room was found for more"
        )
    return told


def _at_cap(contributors: Sequence[Contributor], totals: Totals) -> list[str]:
    """Return those that send as much as they may, and were asked for some, with their caps."""
    asked = [i for i, one in enumerate(contributors) if (one.share or one.persons) and i not in totals.dropped]
    at_cap = [contributors[i] for i in asked if contributors[i].cap == totals.persons[i]]
    return [f"{one.name} ({one.cap:,})" for one in at_cap]


def _why(contributors: Sequence[Contributor], totals: Totals, given: float) -> str:
    """Return why persons are unassigned."""
    reasons = []
    if totals.open:
        some = any(one.share is not None for one in contributors)
        reasons.append(f"as the shares add up to {_plain(given)} %" if some else "beyond the fixed numbers")
    if totals.unmet:
        reasons.append("as caps, units or whole sectors leave them to nobody")
    return " and ".join(reasons)


def _ranges(sectors: Whole, names: Sequence[str]) -> str:
    """Return sectors in words, consecutive ones as a range such as S1–S3."""
    runs = np.split(sectors, np.nonzero(np.diff(sectors) > 1)[0] + 1)
    return ", ".join(names[run[0]] if run.size == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)


def _listed(words: Sequence[str]) -> str:
    """Return the first of some words, and how many more there are."""
    more = f" and {len(words) - MOST_TOLD} more" if len(words) > MOST_TOLD else ""
    return ", ".join(words[:MOST_TOLD]) + more


def _plain(number: float, decimals: int = 4) -> str:
    """Return a number without needless zeros."""
    return f"{number:,.{decimals}f}".rstrip("0").rstrip(".")
