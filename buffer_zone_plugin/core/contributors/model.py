"""What one contributor offers, checked, and what a list of them may hold. Persons are whole numbers."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

from ..errors import PlanError
from ..spec import MAX_SECTORS

ZONE, TRAINING, SUPPORT = "zone", "training", "support"
ROLES = (ZONE, TRAINING, SUPPORT)
UNASSIGNED = "unassigned"

MAX_CONTRIBUTORS = 100
MAX_NAME = 100  # characters
MAX_SHARE = 1e6
MAX_PERSONS = 10_000_000
SHOWN = 60  # characters of what was given that a sentence repeats


@dataclass(frozen=True)
class Contributor:
    """A nation or organisation and what it sends.

    Parameters
    ----------
    name : any text of at most `MAX_NAME` characters without ``;`` and ``=``; inner spaces are collapsed
    share : per cent of its role's persons that fixed numbers leave, 0…`MAX_SHARE`
    persons : or a fixed number (a pledge), whole
    role : one of `ROLES`
    unit : the smallest contingent that it sends to one place, persons; 0 for none
    cap : the most that it sends, persons; 0 for a contributor that sends nobody, None for no limit
    lead : whether it takes whole sectors
    sectors : names or numbers of the sectors that it leads; empty for consecutive ones nearest to its share

    Raises
    ------
    PlanError : a value that no contributor can have, with the name and how to mend it

    Examples
    --------
    >>> Contributor("United  Kingdom", 30).name
    'United Kingdom'
    """

    name: str
    share: float | None = None
    persons: int | None = None
    role: str = ZONE
    unit: int = 0
    cap: int | None = None
    lead: bool = False
    sectors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the values and keep them as their own kind."""
        kept: dict[str, Any] = {"name": _name(self.name)}
        whose = f"of {shown(kept['name'])}"
        kept["share"] = None if self.share is None else _share(self.share, whose)
        kept["persons"] = None if self.persons is None else _whole(self.persons, "number of persons", whose)
        kept["unit"] = _whole(self.unit, "unit", whose)
        kept["cap"] = None if self.cap is None else _whole(self.cap, "cap", whose)
        kept["lead"] = bool(self.lead)
        kept["sectors"] = tuple(_sector(sector, whose) for sector in self.sectors)
        for field, value in kept.items():
            object.__setattr__(self, field, value)
        _check_together(self, whose)


def key(name: str) -> str:
    """Return what names are compared by: neither case, nor spaces, nor how accents are written matter."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def shown(given: object) -> str:
    """Return what was given, short enough for a sentence, on one line and of characters that can be written."""
    text = " ".join((given if isinstance(given, str) else repr(given)).split())
    text = text if len(text) <= SHOWN else f"{text[:SHOWN - 1]}…"
    return "".join("�" if _is_control(character) else character for character in text)


def check_contributors(contributors: Sequence[Contributor]) -> None:
    """Raise `PlanError` for too many contributors, or one given twice in a role; each person counts once."""
    check_number(len(contributors))
    seen: set[tuple[str, str]] = set()
    for one in contributors:
        if (one.role, key(one.name)) in seen:
            raise PlanError(
                f"{shown(one.name)} is given twice in the role {one.role}", "Keep one of them, or change a role.",
            )
        seen.add((one.role, key(one.name)))


def check_number(number: int) -> None:
    """Raise `PlanError` for more than `MAX_CONTRIBUTORS`."""
    if number > MAX_CONTRIBUTORS:
        raise PlanError(f"{number:,} contributors were given", f"Give at most {MAX_CONTRIBUTORS}.")


def _name(name: object) -> str:
    """Return a contributor's name with single spaces."""
    collapsed = " ".join(name.split()) if isinstance(name, str) else ""
    if not collapsed:
        raise PlanError("A contributor has no name", "Give each a name, such as France=30.")
    if len(collapsed) > MAX_NAME:
        raise PlanError(
            f"The contributor's name '{shown(collapsed)}' has {len(collapsed):,} characters",
            f"Give at most {MAX_NAME}.",
        )
    _check_characters(collapsed, ";=", "contributor's")
    if key(collapsed) == UNASSIGNED:
        raise PlanError(f"The name '{collapsed}' stands for what nobody sends", "Choose another name.")
    return collapsed


def _sector(name: object, whose: str) -> str:
    """Return the name of a sector to lead with single spaces."""
    collapsed = " ".join(name.split()) if isinstance(name, str) else ""
    if not collapsed:
        raise PlanError(f"A sector to lead {whose} has no name", "Give names with + between them: lead S1 + S2.")
    _check_characters(collapsed, ";,+", "sector's")
    return collapsed


def _check_characters(name: str, separators: str, whose: str) -> None:
    """Refuse what parts names in a text, and what files cannot hold."""
    if any(character in separators for character in name):
        hint = "Leave them out." if whose == "contributor's" else "Give the sector's number along the line instead."
        raise PlanError(f"The {whose} name '{shown(name)}' holds one of {' '.join(separators)}", hint)
    if any(map(_is_control, name)):
        raise PlanError(f"The {whose} name '{shown(name)}' holds control characters", "Leave them out.")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs")


def _real(value: object) -> float:
    """Return a number, NaN for anything else; true and false are no numbers."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return math.nan
    try:
        return float(value)
    except (OverflowError, ValueError):
        return math.inf


def _told(value: object) -> str:
    """Return a number, or whatever was given instead, as a sentence repeats it."""
    number = _real(value)
    return shown(value) if math.isnan(number) else f"{number:g}"


def _share(value: object, whose: str) -> float:
    """Return a share in per cent."""
    number = _real(value)
    if not 0 <= number <= MAX_SHARE:
        raise PlanError(f"The share {whose} is {_told(value)}", f"Give per cent from 0 to {MAX_SHARE:,.0f}.")
    return number + 0.0  # no minus before a zero


def _whole(value: object, what: str, whose: str) -> int:
    """Return a whole number of persons."""
    number = _real(value)
    if not 0 <= number <= MAX_PERSONS or number != math.floor(number):
        raise PlanError(f"The {what} {whose} is {_told(value)}", f"Give a whole number from 0 to {MAX_PERSONS:,}.")
    return int(number)


def _check_together(one: Contributor, whose: str) -> None:
    """Refuse what does not go together."""
    name = shown(one.name)
    if one.role not in ROLES:
        raise PlanError(f"The role {whose} is {shown(one.role)!r}", f"Choose one of: {', '.join(ROLES)}.")
    if one.share is not None and one.persons is not None:
        raise PlanError(f"{name} has both a share and a number of persons", "Keep one of them.")
    if one.sectors and not one.lead:
        raise PlanError(f"{name} names sectors but does not lead", "Set lead, or leave the sectors out.")
    if one.lead and one.role == TRAINING:
        raise PlanError(
            f"{name} is to lead sectors in training, which has none", "Leave out lead, or choose another role.",
        )
    if len(one.sectors) > MAX_SECTORS:
        raise PlanError(f"{name} is to lead {len(one.sectors):,} sectors", f"Give at most {MAX_SECTORS}.")
    if one.share is None and one.persons is None and not one.sectors and one.cap != 0:
        raise PlanError(
            f"{name} has neither a share nor a number of persons",
            "Give one, such as France=30 or France=500 persons.",
        )
