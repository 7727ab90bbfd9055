"""What do the layers on a ceiling of persons hold? Lists of attributes in the order of the fields, and zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.scales import M_PER_KM, PER_CENT
from .rows import Row
from .staffing_rows import PER_AREA_KM2, ratio

if TYPE_CHECKING:  # numpy may be missing when the plugin starts
    from ..core.ceiling import Answer, Fitted
    from ..core.mannings import Manning


def plan_rows(answer: Answer) -> list[Row]:
    """Return all plans that were tried, as (attributes, None); km, km², whole persons."""
    return [
        (
            [number, *_manning(plan.manning), *_figures(plan), int(plan.fits), int(plan.dominated),
             *_question(plan, answer), plan.spec.to_json(), _statement(plan)],
            None,
        )
        for number, plan in enumerate(answer.plans, start=1)
    ]


def largest_rows(answer: Answer) -> list[Row]:
    """Return the deepest plan that fits of each posture, spacing and share of sensors, as (attributes, None)."""
    return [
        (
            [*_manning(one.plan.manning), one.found, one.plan.depth_m / M_PER_KM if one.plan.fits else None,
             one.closest_km, None if one.sensors_needed is None else one.sensors_needed * PER_CENT, *_figures(one.plan),
             *_question(one.plan, answer), one.plan.spec.to_json(), _statement(one.plan)],
            None,
        )
        for one in answer.largest
    ]


def zone_rows(answer: Answer) -> list[Row]:
    """Return the zones of the largest plans that fit, as (attributes, geometry), the largest first: drawn below."""
    fitting = [one.plan for one in answer.largest if one.plan.fits]
    found = sorted(fitting, key=lambda plan: plan.extent.area_km2, reverse=True)
    return [
        (
            [*_manning(plan.manning), plan.depth_m / M_PER_KM, *_figures(plan), *_question(plan, answer),
             _statement(plan)],
            plan.extent.zone,
        )
        for plan in found
    ]


def _manning(manning: Manning) -> list[Any]:
    values = manning.values
    return [manning.used.label, float(values["op_spacing"]), float(values["sensor_share"]) * PER_CENT]


def _figures(plan: Fitted) -> list[Any]:
    extent, force = plan.extent, plan.need.force
    return [
        plan.spec.depth_a_m / M_PER_KM, plan.spec.depth_b_m / M_PER_KM, extent.area_km2, extent.area_a_km2,
        extent.area_b_km2, extent.line_km, extent.population, plan.need.posts, *force.ends,
        ratio(force.central, extent.line_km), ratio(force.central, extent.area_km2 / PER_AREA_KM2),
        plan.need.training.central,
    ]


def _question(plan: Fitted, answer: Answer) -> list[Any]:
    return [plan.spare, answer.question.persons, answer.question.end]


def _statement(plan: Fitted) -> str:
    from ..core.staffing.statement import one_line

    return one_line(*plan.need.force.ends)
