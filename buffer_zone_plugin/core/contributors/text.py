"""Contributors as one line of text, such as ``France=30, cap 5000; Poland=500 persons; Others=40``, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import PlanError
from .model import ZONE, Contributor, check_contributors, check_number, shown

NUMBER = frozenset("0123456789.eE+-")
LONGEST_NUMBER = 40  # characters
OPTIONS = "persons, cap 5000, unit 120, role training, lead, lead S1 + S2"


def contributors_from_text(text: str) -> tuple[Contributor, ...]:
    """Return the contributors of a text; an empty text gives none.

    Entries are parted by ``;`` or line breaks. Each is a name, ``=``, a share in per cent or a number of persons, and
    options after commas: ``cap 5000``, ``unit 120``, ``role training``, ``lead`` or ``lead S1 + S2``. Time is linear in
    the length of the text.

    Raises
    ------
    PlanError : anything that cannot be read or used, with the entry and how to mend it

    Examples
    --------
    >>> [(one.name, one.share) for one in contributors_from_text("France=30; Others = 70 %")]
    [('France', 30.0), ('Others', 70.0)]
    >>> contributors_from_text("Poland=500 persons, lead S1 + S2")[0].sectors
    ('S1', 'S2')
    """
    entries = [entry.strip() for entry in text.replace(";", "\n").splitlines() if entry.strip()]
    check_number(len(entries))
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(_from_entry(entry))
        except PlanError as error:
            raise PlanError(error.message, error.hint, f"contributor {number}, '{shown(entry)}'") from error
    check_contributors(found)
    return tuple(found)


def contributors_to_text(contributors: Sequence[Contributor]) -> str:
    """Return the contributors as a text that `contributors_from_text` reads back unchanged.

    Examples
    --------
    >>> contributors_to_text([Contributor("France", 30, cap=5000), Contributor("Poland", persons=500, lead=True)])
    'France=30, cap 5000; Poland=500 persons, lead'
    """
    return "; ".join(map(_to_entry, contributors))


def number_from_text(text: str, what: str) -> float:
    """Return the number that a text holds, such as ``30.5``; ``what`` names it in the refusal.

    Raises
    ------
    PlanError : it holds anything else, or is longer than `LONGEST_NUMBER`
    """
    given = text.strip()
    if len(given) <= LONGEST_NUMBER and NUMBER.issuperset(given):
        try:
            return float(given)
        except ValueError:
            pass  # such as 1.2.3
    before, comma, after = given.partition(",")
    if comma and _is_digits(before) and _is_digits(after):
        _refuse_comma(before, after, whole=what != "share")
    raise PlanError(f"The {what} '{shown(given)}' is not a number", "Give digits only, such as 30.5 or 5000.")


def sectors_from_text(text: str) -> tuple[str, ...]:
    """Return the names of sectors that ``+`` parts; those without name are left for `Contributor` to refuse."""
    return tuple(text.split("+"))


def _from_entry(entry: str) -> Contributor:
    """Return one contributor."""
    name, equals, rest = entry.partition("=")
    if not equals:
        raise PlanError("An entry has no = between name and share", "Write a name, = and a share, such as France=30.")
    values: dict[str, Any] = {}
    before = ""
    for position, item in enumerate(part.strip() for part in rest.split(",")):
        for field, value in _option(item, before, first=position == 0).items():
            if field in values:
                raise PlanError(f"The {field} of {shown(name.strip())} is given twice", "Keep one of them.")
            values[field] = value
        before = item
    return Contributor(name=name, **values)


def _option(item: str, before: str, first: bool) -> Mapping[str, Any]:
    """Return what one item between commas says; ``before`` is the item before it."""
    word, rest = [*item.split(None, 1), "", ""][:2]
    word = word.lower()
    if word in ("cap", "unit"):
        return {word: number_from_text(rest, word)}
    if word == "role":
        return {"role": rest.strip().lower()}
    if word == "lead":
        return {"lead": True, "sectors": sectors_from_text(rest)} if rest else {"lead": True}
    if first and item[:1] in NUMBER:
        return _amount(item)
    if before[-1:].isdigit() and item[:1].isdigit():
        _refuse_comma(before, item, whole=not before[0].isdigit() or item.lower().endswith("persons"))
    if item[:1].isdigit():
        raise PlanError(f"'{shown(item)}' does not stand right after the =", "Write it first: France=30, cap 5000.")
    told = f"'{shown(item)}' is not understood" if item else "Nothing stands where a share or an option is expected"
    raise PlanError(told, f"Write a number first, such as France=30, then any of: {OPTIONS}.")


def _amount(item: str) -> Mapping[str, Any]:
    """Return a share, such as ``30`` or ``30 %``, or a fixed number, such as ``500 persons``."""
    *number, noun = item.rsplit(None, 1)
    if number and noun.lower() in ("persons", "person"):
        return {"persons": number_from_text(number[0], "number of persons")}
    return {"share": number_from_text(item[:-1] if item.endswith("%") else item, "share")}


def _refuse_comma(before: str, after: str, whole: bool) -> None:
    """Refuse a comma inside a number, with what to write instead."""
    told = f"The comma in '{shown(f'{before},{after}')}' parts two numbers"
    if not whole:
        raise PlanError(told, f"Write {shown(f'{before}.{after}')} with a decimal point.")
    if len(after.split()[0]) == 3:  # a separator of thousands
        raise PlanError(told, f"Write {shown(f'{before}{after}')} without it.")
    raise PlanError(told, "Give a whole number of persons, without separators.")


def _is_digits(text: str) -> bool:
    return bool(text) and text.isascii() and text.isdigit()


def _to_entry(one: Contributor) -> str:
    """Return one contributor's entry; what is as by default is left out."""
    items = []
    if one.share is not None:
        items.append(repr(one.share).removesuffix(".0"))
    if one.persons is not None:
        items.append(f"{one.persons} persons")
    if one.cap is not None:
        items.append(f"cap {one.cap}")
    if one.unit:
        items.append(f"unit {one.unit}")
    if one.role != ZONE:
        items.append(f"role {one.role}")
    if one.lead:
        items.append(f"lead {' + '.join(one.sectors)}".strip())
    return f"{one.name}={', '.join(items)}"
