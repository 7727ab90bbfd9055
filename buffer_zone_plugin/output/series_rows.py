"""What do the layers of a contact line that moves hold? Rows of one date at a time, so that no plan is kept.

Metres become kilometres here and nothing is rounded, so that sums agree. Geometries stay shapely, None for tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.scales import M2_PER_KM2, M_PER_KM
from .rows import Row
from .staffing_rows import meaning_of

if TYPE_CHECKING:  # shapely may be missing when the plugin starts
    from ..core.plan import Plan
    from ..core.shifts import Shift
    from ..core.timeseries import Moment

ZONES, CHANGES, LINES, DATES = "series_zones", "series_changes", "series_lines", "series_dates"
NO_SHIFT: list[Any] = [None] * 8


def moment_rows(moment: Moment, source: str) -> dict[str, list[Row]]:
    """Return the rows of a date by the role of their layer; km, km², integers; ``source`` names the line's layer."""
    figures = _figures(moment, source)
    found: dict[str, list[Row]] = {DATES: [([*figures, moment.reason or None], None)]}
    if moment.plan is not None:
        found[ZONES] = [(figures, moment.plan.zone.geometry)]
        found[LINES] = [(
            [*_interval(moment), moment.plan.zone.line_m / M_PER_KM, int(moment.turned), source],
            _whole_line(moment.plan),
        )]
    if moment.shift is not None:
        found[CHANGES] = [
            ([change.kind, change.side or change.side_before, change.side_before, *_interval(moment), moment.since,
              change.area_m2 / M2_PER_KM2], change.geometry)
            for change in moment.shift.changes
        ]
    return found


def _interval(moment: Moment) -> list[Any]:
    return [moment.interval.start, moment.interval.end]


def _figures(moment: Moment, source: str) -> list[Any]:
    interval, spec, plan = moment.interval, moment.spec, moment.plan
    return [
        *_interval(moment), interval.days, interval.days if interval.gap else None, source,
        spec.depth_a_m / M_PER_KM, spec.depth_b_m / M_PER_KM,
        *(_measured(plan) if plan is not None else [None] * 4),
        moment.since, *(_shifted(moment.shift) if moment.shift is not None else NO_SHIFT),
        *(_persons(plan) if plan is not None else [None] * 3), moment.staff_change,
        plan.population if plan is not None else None, int(moment.turned),
        *(meaning_of(plan.used, plan.staffing) if plan is not None else [None] * 2), spec.to_json(),
    ]


def _measured(plan: Plan) -> list[float]:
    zone = plan.zone
    return [zone.line_m / M_PER_KM, *(area / M2_PER_KM2 for area in (zone.area_m2, zone.area_a_m2, zone.area_b_m2))]


def _shifted(shift: Shift) -> list[Any]:
    """Return what changed of the zone and of each side; a side without depth has no ground to change."""
    sides = [shift.sides.get(name) for name in ("A", "B")]
    of_sides = [
        value / M2_PER_KM2 for side in sides
        for value in ((side.gained_m2, side.lost_m2) if side is not None else (0.0, 0.0))
    ]
    joined = [side.joined_m2 / M2_PER_KM2 if side is not None else 0.0 for side in sides]
    return [shift.gained_m2 / M2_PER_KM2, shift.lost_m2 / M2_PER_KM2, *of_sides, *joined]


def _persons(plan: Plan) -> list[int]:
    total = plan.staffing.total
    return [total.low, total.central, total.high]


def _whole_line(plan: Plan) -> Any:
    import shapely

    return shapely.multilinestrings([part for one in plan.line for part in shapely.get_parts(one.geometry)])
