"""The user's own staffing parameters: single values that replace the catalogue's, or a posture of their own.

Both come as data of a JSON object. Parameters by name, each a number or an object of low, central, high, unit and
source::

    {"op_spacing": 12, "patrol_crew": {"low": 4, "central": 5, "high": 6, "unit": "persons per patrol"}}

or a posture as `postures.posture_data` writes it, which is known by its ``values``. A value alone has the catalogue's
range in proportion, whatever the posture's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..errors import PlanError
from ..spec import POSTURES
from .draws import parameter_range
from .parameters import LINE_COUNTS, ZONE_PARAMETERS, Parameter, check_name, check_value
from .postures import Posture, posture_of

ENDS = ("low", "central", "high")
TEXTS = ("source_title", "source_address", "note")
KEYS = ("unit", *ENDS, *TEXTS)
GIVEN = "given"  # confidence of a value that the user gave
BY_USER = "Given by the user"
IN_PROPORTION = "Low and high follow in the catalogue's proportion."


@dataclass(frozen=True)
class Effective:
    """The posture and the catalogue that a run uses; the parameters that the user changed; whether it is their own."""

    posture: Posture
    catalogue: Mapping[str, Parameter]
    changed: tuple[str, ...] = ()
    own: bool = False

    @property
    def label(self) -> str:
        """What tables call the posture: its id, its own label if it is the user's, and what was changed."""
        return self._with_changes(self.posture.label if self.own else self.posture.id)

    @property
    def title(self) -> str:
        """What sentences call the posture: its label, and what was changed."""
        return self._with_changes(self.posture.label)

    def _with_changes(self, name: str) -> str:
        return f"{name} (changed: {', '.join(self.changed)})" if self.changed else name


def effective(
    given: Mapping[str, Any], posture: Posture, catalogue: Mapping[str, Parameter],
) -> Effective:
    """Return posture and catalogue with what the user gave in their place.

    Parameters
    ----------
    given : data as described above; empty for none
    posture, catalogue : the ones to change; a posture in ``given`` takes the place of ``posture``

    Raises
    ------
    PlanError : an unknown name or key, another unit, low and high that do not enclose the central value or are
        exchanged, a value that is impossible; the sentence names the parameter
    """
    if not isinstance(given, Mapping):
        raise PlanError(
            "The staffing parameters are not a JSON object", 'Give names with values, such as {"op_spacing": 12}.',
        )
    if "values" in given:
        own = posture_of(given)
        for name in {own.id, own.label}:
            if name.casefold() in POSTURES:
                raise PlanError(f"'{name}' is the name of a posture of the plugin's own", "Choose another label.")
        return Effective(own, _sourced(own, catalogue), own=True)
    catalogue = _with_posture(posture, catalogue)
    for name, entry in given.items():
        posture, catalogue = _replaced(str(name), entry, posture, catalogue)
    return Effective(posture, catalogue, tuple(str(name) for name in given))


def _differs(name: str, posture: Posture, parameter: Parameter) -> bool:
    """Tell whether a posture has a value or a range of a parameter that the catalogue has not."""
    return posture.values.get(name, parameter.central) != parameter.central or name in posture.ranges


def _with_posture(posture: Posture, catalogue: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """Return the catalogue with a word on the values that a shipped posture has of its own."""
    return {
        name: replace(parameter, note=f"{parameter.note} Value or range of the posture {posture.label}.")
        if _differs(name, posture, parameter) else parameter
        for name, parameter in catalogue.items()
    }


def _sourced(own: Posture, catalogue: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """Return the catalogue in which values of the user's own posture that are not the catalogue's have its source."""
    title = "; ".join(title for title, _ in own.sources) or f"{BY_USER}, posture {own.label}"
    address = " ; ".join(address for _, address in own.sources if address)
    return {
        name: replace(parameter, confidence=GIVEN, source_title=title, source_address=address, note=own.description)
        if _differs(name, own, parameter) else parameter
        for name, parameter in catalogue.items()
    }


def _replaced(
    name: str, entry: Any, posture: Posture, catalogue: Mapping[str, Parameter],
) -> tuple[Posture, Mapping[str, Parameter]]:
    """Return posture and catalogue with one parameter replaced."""
    ends = _ends(name, entry, catalogue)
    own = catalogue[name]
    if name not in ZONE_PARAMETERS:
        low, central, high = _filled(ends, (own.low, own.central, own.high))
        ranges = posture.ranges
    else:
        low, central, high, ranges = _in_posture(name, ends, posture, catalogue)
        posture = replace(posture, values={**posture.values, name: central}, ranges=ranges)
    _check_order(name, own, low, central, high)
    title, address, note = _texts(entry)
    sourced = replace(own, confidence=GIVEN, source_title=title, source_address=address, note=note)
    if name in ZONE_PARAMETERS:  # low and high stay the catalogue's: ranges are told in proportion to them
        return posture, {**catalogue, name: sourced}
    return posture, {**catalogue, name: replace(sourced, low=low, central=central, high=high)}


def _texts(entry: Any) -> tuple[str, str, str]:
    """Return title and address of the source, and the note, that go with a value."""
    texts = {key: str(entry[key]) for key in TEXTS if key in entry} if isinstance(entry, Mapping) else {}
    alone = not isinstance(entry, Mapping) or not {"low", "high"} & set(entry)
    note = IN_PROPORTION if alone else ""
    return texts.get("source_title", BY_USER), texts.get("source_address", ""), texts.get("note", note)


def _ends(name: str, entry: Any, catalogue: Mapping[str, Parameter]) -> dict[str, float]:
    """Return those of low, central and high that were given, checked one by one."""
    if not isinstance(entry, Mapping):
        return {"central": check_value(name, entry)}
    check_name(name)
    unknown = [str(key) for key in entry if key not in KEYS]
    if unknown:
        raise PlanError(f"'{name}' has the unknown key '{unknown[0]}'", f"Known are: {', '.join(KEYS)}.")
    if "unit" in entry and not _same_unit(str(entry["unit"]), catalogue[name].unit):
        raise PlanError(
            f"'{name}' is given in '{entry['unit']}'", f"The model takes it in '{catalogue[name].unit}': convert it.",
        )
    ends = {end: check_value(name, entry[end]) for end in ENDS if end in entry}
    if not ends:
        raise PlanError(f"'{name}' has no value", "Give low, central or high.")
    return ends


def _same_unit(given: str, unit: str) -> bool:
    """Tell whether a unit is the one of the catalogue, or its leading words, such as km for km of line per post."""
    words = given.casefold().split()
    return bool(words) and unit.casefold().split()[:len(words)] == words


def _in_posture(
    name: str, ends: Mapping[str, float], posture: Posture, catalogue: Mapping[str, Parameter],
) -> tuple[float, float, float, dict[str, tuple[float, float]]]:
    """Return low, central and high of a parameter inside a posture, and the ranges that the posture has then."""
    ranges = {other: pair for other, pair in posture.ranges.items() if other != name}
    central = ends.get("central", posture.values.get(name, catalogue[name].central))
    own = posture.ranges.get(name)
    if own is not None and "central" not in ends:
        ranges[name] = own
    asked = replace(posture, values={**posture.values, name: central}, ranges=ranges)
    smallest, central, largest = parameter_range(name, asked, catalogue)
    rising = catalogue[name].high >= catalogue[name].low
    usual = (smallest, central, largest) if rising else (largest, central, smallest)
    low, central, high = _filled(ends, usual)
    if len(ends) > ("central" in ends):
        if name == "n_lines":
            raise PlanError(
                "'n_lines' has a low or a high value", f"Give one number, {LINE_COUNTS[0]} or {LINE_COUNTS[1]}.",
            )
        ranges[name] = (low, high)
    return low, central, high, ranges


def _filled(ends: Mapping[str, float], usual: tuple[float, float, float]) -> tuple[float, float, float]:
    """Return low, central and high: those given, else the usual ones, in proportion to the central value."""
    low, middle, high = usual
    central = ends.get("central", middle)
    scale = central / middle if middle > 0 else 1.0
    return ends.get("low", low * scale), central, ends.get("high", high * scale)


def _check_order(name: str, own: Parameter, low: float, central: float, high: float) -> None:
    """Raise `PlanError` unless low gives fewer persons than high, and the central value lies between them."""
    rising = own.high >= own.low
    ordered = (low, high) if rising else (high, low)
    if ordered[0] > ordered[1]:
        which = "" if rising else ": for this one the larger number"
        raise PlanError(
            f"'{name}' has low {low:g} and high {high:g}",
            f"Exchange them: low is the value that gives fewer persons{which}.",
        )
    if not ordered[0] <= central <= ordered[1]:
        raise PlanError(
            f"The central value {central:g} of '{name}' is not between low {low:g} and high {high:g}",
            "Give a central value between them.",
        )
