"""What do the table of scenarios, their zones and the areas given up hold? Attributes in the order of the fields.

Metres become kilometres here and nothing is rounded, so that sums agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..core.scales import M2_PER_KM2, M_PER_KM, PER_CENT
from .fields import layer_def
from .rows import Row
from .staffing_rows import PER_AREA_KM2, ratio

if TYPE_CHECKING:  # shapely may be missing when the plugin starts
    from ..core.comparison import Compared, Difference, Figures
    from ..core.given_up import GivenUp

Values = dict[str, Any]  # by field


def scenario_rows(compared: Sequence[Compared], base_name: str) -> list[Row]:
    """Return the rows of the table: one for each scenario, in their order; failed ones have their reason.

    Parameters
    ----------
    base_name : name of the scenario that differences refer to, empty for the first that stands
    """
    from ..core.comparison import base_of, difference

    base, names = base_of(compared, base_name), layer_def("scenarios").names
    told = [
        {
            **_scenario(number, one), **_figures(one.figures), **_change(base, difference(one, base)),
            "error": one.reason or None,
        }
        for number, one in enumerate(compared, start=1)
    ]
    return [([values.get(name) for name in names], None) for values in told]


def zone_rows(compared: Sequence[Compared], zones: Sequence[Any]) -> list[Row]:
    """Return the zones of the scenarios that stand, the largest first, so that smaller ones are drawn over them.

    Parameters
    ----------
    zones : of each scenario, multipolygons in longitude/latitude, None for those that failed
    """
    from ..core.comparison import ranks

    names = layer_def("scenario_zones").names
    there = [
        ({**_scenario(number, one), **_figures(one.figures)}, zone)
        for number, (one, zone) in enumerate(zip(compared, zones), start=1) if one.figures is not None
    ]
    rank = ranks([values["area_km2"] for values, _ in there])
    rows: list[Row] = [
        ([{**values, "rank": place}[name] for name in names], zone) for place, (values, zone) in zip(rank, there)
    ]
    return [rows[k] for k in sorted(range(len(rows)), key=lambda k: (-rank[k], k))]


def given_up_rows(name: str, number: int, parts: Sequence[GivenUp]) -> list[Row]:
    """Return the rows of one scenario's areas given up, by side and unit."""
    return [
        ([
            name, number, one.side, one.name, one.unit, one.area_m2 / M2_PER_KM2, one.share, one.side_share,
            None if one.unit_m2 is None else one.unit_m2 / M2_PER_KM2,
        ], None)
        for one in parts
    ]


def _scenario(number: int, one: Compared) -> Values:
    """Return what was asked; of one that was refused nothing is known, its spec is the base's."""
    scenario, spec = one.scenario, one.scenario.spec
    told = {
        "name": scenario.name, "scenario_id": number, "line": scenario.variant or None,
        "source": _source(dict(scenario.source)),
    }
    return told if scenario.refused else {
        **told, "depth_a_km": spec.depth_a_m / M_PER_KM, "depth_b_km": spec.depth_b_m / M_PER_KM,
        "posture": spec.posture, "split": spec.split, "spec": spec.to_json(),
    }


def _figures(figures: Figures | None) -> Values:
    """Return what a plan comes to, nothing where there is none; its posture may be the user's own."""
    from ..core.staffing.build_up import COMPONENTS
    from ..core.staffing.statement import one_line

    if figures is None:
        return {}
    line_km, area_km2, staff = figures.line_m / M_PER_KM, figures.area_m2 / M2_PER_KM2, figures.staff
    parts = dict(zip(COMPONENTS, figures.components))
    return {
        "posture": figures.posture, "sectors": figures.sectors, "line_km": line_km, "area_km2": area_km2,
        "area_a_km2": figures.area_a_m2 / M2_PER_KM2, "area_b_km2": figures.area_b_m2 / M2_PER_KM2,
        "area_strip_km2": figures.area_strip_m2 / M2_PER_KM2,
        "staff_low": staff.low, "staff_central": staff.central, "staff_high": staff.high,
        **{f"staff_{name}": part.central for name, part in parts.items()},
        **{f"staff_{name}_low": part.low for name, part in parts.items()},
        **{f"staff_{name}_high": part.high for name, part in parts.items()},
        "training_central": figures.training.central, "pool_central": figures.pool.central,
        "per_km": ratio(staff.central, line_km), "per_100km2": ratio(staff.central, area_km2 / PER_AREA_KM2),
        "population": figures.population, "places": figures.places, "statement": one_line(*staff.ends),
    }


def _change(base: Compared | None, change: Difference) -> Values:
    return {
        "base": None if base is None else base.scenario.name,
        "d_area_km2": _scaled(change.area_m2, 1 / M2_PER_KM2), "d_area_pct": _scaled(change.area_share, PER_CENT),
        "d_staff": change.persons, "d_staff_pct": _scaled(change.persons_share, PER_CENT),
    }


def _source(told: dict[str, str]) -> str | None:
    """Return title and address of where a scenario's values come from, None where nothing tells."""
    return ", ".join(told[key] for key in ("title", "address") if told.get(key)) or None


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
