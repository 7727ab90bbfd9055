"""A contact line that moves: a zone for each date, and what changed against the date before.

Dates come in any order and are planned in theirs. A date whose line cannot be planned is told with its reason; the
changes of the next one are then told against the last that stands. It knows no QGIS::

    dated = by_day(days_of(field, ids), features)
    for moment in series(PlanSpec(), inputs, dated, Progress()):
        print(moment.interval.start, moment.reason or moment.plan.zone.area_m2)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .dates import Interval, intervals, usual_days
from .errors import PlanError
from .features import InputFeature
from .geodesy import Array
from .heading import agreement, parts_with_a_left
from .plan_inputs import PlanInputs
from .progress import Progress
from .record import fingerprint, make_record
from .result import Plan, Side
from .scenarios import MOST_SCENARIOS, Scenario, outcomes
from .shifts import Shift, shift_of
from .spec import PlanSpec
from .staffing.statement import OTHERWISE, TAKES
from .zone import held_tolerance

DOUBT = 0.3  # agreement below which a line runs neither along the one before nor against it

DatedLines = Mapping[date, Sequence[InputFeature]]


@dataclass(frozen=True)
class Moment:
    """The plan of a date, or the reason why there is none.

    ``turned`` tells that the line was taken against the direction in which it was drawn, so that the sides stay where
    they were, ``doubt`` what is uncertain of that. ``since`` is the last date before that stands, ``shift`` what
    changed against it and ``staff_change`` by how many persons the central estimate differs; None of the first one.
    """

    interval: Interval
    spec: PlanSpec
    turned: bool
    doubt: str
    plan: Plan | None
    reason: str
    since: date | None
    shift: Shift | None
    staff_change: int | None


@dataclass(frozen=True)
class _Former:
    """What is kept of the last date that stands."""

    day: date
    sides: tuple[Side, ...]
    staff: int


def by_day(days: Sequence[date], features: Sequence[InputFeature]) -> dict[date, tuple[InputFeature, ...]]:
    """Return the features of each date, the earliest first; all features of a date are one line."""
    groups: dict[date, list[InputFeature]] = {}
    for day, feature in zip(days, features):
        groups.setdefault(day, []).append(feature)
    return {day: tuple(groups[day]) for day in sorted(groups)}


def series(spec: PlanSpec, inputs: PlanInputs, dated: DatedLines, progress: Progress) -> Iterator[Moment]:
    """Yield the plan of each date, the earliest first, with what changed; of the plans before only the sides are kept.

    Where no ground is given for side A, a line drawn against the direction of the date before is taken the other way
    round: its spec has ``reverse`` exchanged.

    Parameters
    ----------
    inputs : all but the lines, which are those of each date

    Raises
    ------
    PlanError : no dates
    PlanCancelledError : the user asked to stop
    """
    days = sorted(dated)
    if not days:
        raise PlanError("There are no dates", "Choose a layer, or a selection, with at least one line.")
    return _series(spec, inputs, {day: tuple(dated[day]) for day in days}, progress)


def series_record(
    spec: PlanSpec, dated: DatedLines, moments: Sequence[Moment], context: Sequence[tuple[str, str]],
    notes: Sequence[str],
) -> tuple[tuple[str, str], ...]:
    """Return the run record of a series as ordered pairs of key and value; the moments need no plans any more.

    Parameters
    ----------
    context : what the caller knows: source, plugin and QGIS versions, time
    notes : what was mended or needs attention
    """
    lines = [feature for day in sorted(dated) for feature in dated[day]]
    figures = [
        ("dates", ", ".join(day.isoformat() for day in sorted(dated))),
        ("usual_interval_days", f"{usual_days(moment.interval for moment in moments):g}"),
        ("gaps", "; ".join(told_gap(moment.interval) for moment in moments if moment.interval.gap)),
        ("turned_dates", ", ".join(_day(moment) for moment in moments if moment.turned)),
        ("failed_dates", "; ".join(f"{_day(moment)}: {moment.reason}" for moment in moments if moment.reason)),
        *((f"input_sha256_{day.isoformat()}", fingerprint(dated[day])) for day in sorted(dated)),
    ]
    return make_record(spec.to_json(), "\n".join((TAKES, OTHERWISE)), lines, context, figures, notes)


def told_gap(interval: Interval) -> str:
    """Return a gap as sentences tell it.

    Examples
    --------
    >>> told_gap(Interval(date(2024, 5, 1), date(2024, 6, 1), True))
    '31 days from 2024-05-01 to 2024-06-01'
    """
    return f"{interval.days} days from {interval.start} to {interval.end}"


def _day(moment: Moment) -> str:
    return moment.interval.start.isoformat()


def _series(
    spec: PlanSpec, inputs: PlanInputs, dated: Mapping[date, tuple[InputFeature, ...]], progress: Progress
) -> Iterator[Moment]:
    days = list(dated)
    headed = _headed(spec, inputs, dated, progress)
    error_m = held_tolerance(spec.depth_max_m, spec.tolerance_m)
    former: _Former | None = None
    for first in range(0, len(days), MOST_SCENARIOS):
        some = days[first : first + MOST_SCENARIOS]
        variants = {day.isoformat(): replace(inputs, lines=dated[day]) for day in some}
        scenarios = [Scenario(day.isoformat(), headed[day][0], variant=day.isoformat()) for day in some]
        stage = progress.stage(first / len(days), (first + len(some)) / len(days))
        for outcome, interval in zip(outcomes(scenarios, inputs, stage, variants), intervals(days)[first:]):
            moment = _moment(outcome.plan, outcome.reason, interval, headed[interval.start], former, error_m)
            if outcome.plan is not None:
                former = _Former(interval.start, outcome.plan.sides, outcome.plan.staffing.total.central)
            yield moment


def _moment(
    plan: Plan | None, reason: str, interval: Interval, headed: tuple[PlanSpec, bool, str], former: _Former | None,
    error_m: float,
) -> Moment:
    if plan is None or former is None:
        return Moment(interval, *headed, plan, reason, None, None, None)
    shift = shift_of(former.sides, plan.sides, error_m)
    return Moment(
        interval, *headed, plan, reason, former.day, shift, plan.staffing.total.central - former.staff,
    )


def _headed(
    spec: PlanSpec, inputs: PlanInputs, dated: Mapping[date, tuple[InputFeature, ...]], progress: Progress
) -> dict[date, tuple[PlanSpec, bool, str]]:
    """Return the spec of each date, whether its line is turned to keep the sides, and what is uncertain of that."""
    found: dict[date, tuple[PlanSpec, bool, str]] = {}
    former: list[Array] = []
    turned = replace(spec, reverse=not spec.reverse)
    for day, lines in dated.items():
        progress.check()
        found[day] = (spec, False, "")
        parts = _parts(lines, spec)
        if inputs.given.side_a is not None or not parts:  # what cannot be planned is told by its plan
            continue
        along = agreement(parts, former) if former else 1.0
        if along <= -DOUBT:
            found[day] = (turned, True, "")
            parts = [part[::-1] for part in parts]
        elif along < DOUBT:
            found[day] = (spec, False, (
                "The line runs neither along that of the date before nor against it: its sides are taken as it was "
                "drawn. Check them, or give ground on side A"
            ))
        former = parts
    return found


def _parts(lines: Sequence[InputFeature], spec: PlanSpec) -> list[Array]:
    """Return the parts of a line with side A on their left, none if it cannot be cleaned."""
    try:
        return parts_with_a_left(lines, 2 * spec.depth_max_m)
    except PlanError:
        return []
