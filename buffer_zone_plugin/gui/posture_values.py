"""What a posture sets, parameter by parameter, for a table of values; and the posture that comes of changed ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..compat import tr
from ..core.errors import PlanError
from ..core.staffing.parameters import ZONE_PARAMETERS, Parameter, check_value
from ..core.staffing.postures import Posture

ENDS = ("low", "central", "high")
FIXED_ENDS = "n_lines"  # has one value: 1 or 2
NO_TEXT = "-"  # what the core makes of a description that was not given
Given = Mapping[str, Mapping[str, object]]  # parameter: end: number, or the text of a cell that holds none


@dataclass(frozen=True)
class Source:
    """Where the values of a parameter come from: in a few words, and at length."""

    short: str
    full: str


def parameter_label(name: str) -> str:
    """Return what a parameter of the zone force is, in plain words; its name if this version does not know it."""
    return {
        "op_spacing": tr("Distance between posts"),
        "n_lines": tr("Lines with posts"),
        "op_watch": tr("Watch at a post"),
        "shift_factor": tr("Strength behind one on watch"),
        "sensor_share": tr("Posts without crew"),
        "sensor_operator": tr("Strength of a sensor post"),
        "passes_per_day": tr("Patrols along the line"),
        "area_revisit": tr("Visits of the whole area"),
        "observation_halfwidth": tr("Sight from a patrol"),
        "patrol_km": tr("Length of a patrol"),
        "patrol_crew": tr("Crew of a patrol"),
        "patrol_day_fraction": tr("Duration of a patrol"),
        "patrol_utilisation": tr("Patrol staff out on a day"),
        "crossing_watch": tr("Watch at a crossing"),
        "reserve_share": tr("Reserve"),
        "unit_overhead": tr("Command and support of units"),
        "mission_support_share": tr("Mission support"),
        "temp_posts": tr("Temporary posts"),
        "temp_post_persons": tr("Strength of a temporary post"),
    }.get(name, name)


def values_of(name: str, posture: Posture, catalogue: Mapping[str, Parameter]) -> dict[str, float]:
    """Return low, central and high of a parameter inside a posture; low is the value that gives fewer persons."""
    from ..core.staffing.draws import parameter_range  # needs numpy

    smallest, central, largest = parameter_range(name, posture, catalogue)
    rising = catalogue[name].high >= catalogue[name].low
    return dict(zip(ENDS, (smallest, central, largest) if rising else (largest, central, smallest)))


def with_values(given: Given, posture: Posture, catalogue: Mapping[str, Parameter]) -> Posture:
    """Return a posture with what was given in the place of its own values; raises `PlanError` as the core does."""
    from ..core.staffing.overrides import effective  # needs numpy

    return effective(given, posture, catalogue).posture


def wrong_end(name: str, given: Mapping[str, object]) -> str:
    """Return the one of a parameter's values that cannot be by itself, empty if each of them can."""
    for end, value in given.items():
        try:
            check_value(name, value)
        except PlanError:
            return end
    return ""


def own_posture(
    given: Given, posture: Posture, catalogue: Mapping[str, Parameter], name: str, description: str,
) -> Posture:
    """Return a posture of the user's with a name, made from another; raises `PlanError` for impossible values."""
    made = with_values(given, posture, catalogue)
    sources = made.sources
    if given:
        changed = tr("Changed by the user: {names}").format(names=", ".join(given))
        sources = (*sources, (changed, ""))
    return replace(made, id=name, label=name, description=description or NO_TEXT, sources=sources)


def source_of(name: str, posture: Posture, catalogue: Mapping[str, Parameter]) -> Source:
    """Return where the values of a parameter come from: the posture, where it sets another one than the catalogue."""
    parameter = catalogue[name]
    if name in posture.ranges or posture.values.get(name, parameter.central) != parameter.central:
        lines = [" ".join(part for part in source if part) for source in posture.sources]
        return Source(tr("Posture {posture}").format(posture=tr(posture.label)), "\n".join(lines))
    short = f"{parameter.source_title} ({parameter.confidence})"
    return Source(short, "\n".join(part for part in (short, parameter.source_address, parameter.note) if part))


def known_parameters(catalogue: Mapping[str, Parameter]) -> tuple[str, ...]:
    """Return the parameters of the zone force, in the catalogue's order: beginning with posts."""
    return tuple(name for name in catalogue if name in ZONE_PARAMETERS)
