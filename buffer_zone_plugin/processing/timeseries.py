"""`bufferzone:timeseries`: from contact lines of several dates to a zone for each, and what changed between them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
)

from ..compat import on_python_thread, tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..core.scales import M_PER_KM
from ..output import fields as f
from ..output.project import RunGroup
from ..output.rows import Row, zone_title
from ..output.series_rows import moment_rows
from .base import Words, ZoneAlgorithm, progress_of
from .dated_lines import check_dated, collect_dated, dated_inputs
from .old_files import old_kept_until_written
from .plan_layers import check_plan, collect_plan_layers, plan_spec, read_plan_layers
from .plan_output import plan_destinations
from .plan_parameters import INPUT_B, SOURCE_TYPES, inputs
from .postprocess import finish_when_loaded
from .role_sinks import role_content, write_all
from .series_help import time_series_help
from .split_parameters import tell_unused
from .staffing_layers import with_contributors

if TYPE_CHECKING:
    from ..core.plan import PlanInputs
    from ..core.spec import PlanSpec
    from ..core.timeseries import Moment

ZONES, RECORD = "ZONES", "RECORD"
SINKS = {  # parameter: role of its layer
    ZONES: "series_zones", "CHANGES": "series_changes", "LINES": "series_lines", "DATES": "series_dates",
    RECORD: "run_record",
}
COMPUTED = 0.95  # of the progress bar


@dataclass(frozen=True)
class Series:
    """What a run delivers: rows by the role of their layer, the dates without their plans, and what the log tells.

    ``log`` pairs sentences with whether they need attention; ``meaning`` is what the figures of persons mean.
    """

    rows: dict[str, list[Row]]
    moments: list[Moment]
    log: list[tuple[str, bool]]
    meaning: str


class TimeSeries(ZoneAlgorithm):
    """A moving contact line."""

    ID = "timeseries"
    GROUP_ID = "zones"

    def words(self) -> Words:
        """Return title, heading, tags and texts, translated."""
        return Words(
            title=tr("Buffer zones over time"),
            group=tr("Zones"),
            tags=tr(
                "time series,moving line,dates,temporal controller,animation,gained,lost,change,front line,"
                "contact line,buffer zone,demilitarized,dmz,sectors,staffing,peacekeeping",
            ),
            short=tr("Plans the zone of a contact line that moves, date by date, and tells what changed."),
            help=time_series_help,
        )

    def initAlgorithm(self, config: dict[str, Any] | None = None) -> None:  # noqa: N802  # name of QGIS
        """Declare parameters and outputs."""
        for parameter in (*dated_inputs(), *inputs()):
            if self.parameterDefinition(parameter.name()) is None and parameter.name() != INPUT_B:
                self.addParameter(parameter)
        for name, role in SINKS.items():
            layer = f.layer_def(role)
            self.addParameter(QgsProcessingParameterFeatureSink(
                name, layer.title, SOURCE_TYPES[layer.geometry], optional=name != ZONES, createByDefault=True,
            ))
        for name, description in (
            ("DATE_COUNT", tr("Number of dates")), ("FAILED_COUNT", tr("Dates without a zone")),
            ("GAP_COUNT", tr("Gaps between dates")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, description))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Raise `PlanError` for values that no series can have."""
        check_dated(self, parameters, context)
        check_plan(self, parameters, context)

    def prepare(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Take the lines with their dates, and the layers beside them."""
        self._dated = collect_dated(self, parameters, context, progress_of(feedback))
        self._layers = collect_plan_layers(self, parameters, context, self._dated.lines)

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Plan the zone of each date, write the outputs and return them with the figures."""
        spec = with_contributors(plan_spec(self, parameters, context), self._layers.staffing)
        files = self._layers.files | self._dated.files
        plan_destinations(self, parameters, context, SINKS, files)  # refuses before anything is computed
        tell_unused(spec, parameters, feedback)
        progress = progress_of(feedback)
        planned = read_plan_layers(self._layers, spec.depth_max_m, context, progress, feedback)
        series = on_python_thread(lambda: self._planned(spec, planned, progress.stage(0.0, COMPUTED)))
        for sentence, is_warning in series.log:
            (feedback.pushWarning if is_warning else feedback.pushInfo)(sentence)
        feedback.pushInfo(series.meaning)
        with old_kept_until_written(plan_destinations(self, parameters, context, SINKS, files)):
            contents = {name: role_content(role, partial(list, series.rows[role])) for name, role in SINKS.items()}
            results = write_all(self, parameters, context, contents, progress.stage(COMPUTED, 1.0))
        if not feedback.isCanceled():  # QGIS loads nothing of a run that was cancelled too late
            group = RunGroup(uuid.uuid4().hex, _title(spec, series.moments))
            for name, destination in results.items():
                finish_when_loaded(context, destination, SINKS[name], series.meaning, group)
        return {**results, **_figures(series.moments)}

    def _planned(self, spec: PlanSpec, planned: PlanInputs, progress: Progress) -> Series:
        """Return the rows of each date; of its plan nothing else is kept."""
        from ..core.staffing.statement import told_with
        from ..core.timeseries import by_day, series, series_record

        dated = by_day(self._dated.days, planned.lines)
        rows: dict[str, list[Row]] = {role: [] for role in SINKS.values()}
        moments, notes, log, meaning = [], [], [], ""
        for moment in series(spec, planned, dated, progress):
            for role, some in moment_rows(moment, self._dated.layers[moment.interval.start]).items():
                rows[role] += some
            found = _notes(moment)
            notes += [note for note, _ in found]
            log += found
            if moment.plan is not None:
                log.append((_figures_told(moment), False))
                meaning = told_with(moment.plan.used.title, *moment.plan.staffing.total.ends)
            moments.append(replace(moment, plan=None, shift=None))
        _refuse_all_failed(moments)
        context = (*planned.context, *self._dated.record)
        record = series_record(spec, dated, moments, context, notes)
        rows[SINKS[RECORD]] = [([key, value], None) for key, value in record]
        return Series(rows, moments, log, meaning)


def _notes(moment: Moment) -> list[tuple[str, bool]]:
    """Return what to tell of a date, each with whether it needs attention."""
    from ..core.timeseries import told_gap

    notes: list[tuple[str, bool]] = []
    if moment.reason:
        notes.append((tr("No zone: {reason}").format(reason=moment.reason), True))
    if moment.turned:
        notes.append((tr(
            "The line was drawn against the direction of the date before; it was taken the other way round, so that "
            "the sides stay where they were",
        ), True))
    if moment.doubt:
        notes.append((moment.doubt, True))
    if moment.plan is not None:
        notes += [(note, note in moment.plan.warnings) for note in moment.plan.notes]
    if moment.interval.gap:
        notes.append((tr("A gap follows: {gap}").format(gap=told_gap(moment.interval)), True))
    return [(f"{moment.interval.start}: {note}", is_warning) for note, is_warning in notes]


def _figures_told(moment: Moment) -> str:
    """Return the figures of a date that stands as one line for the log."""
    from ..core.features import told_km2

    zone, total = moment.plan.zone, moment.plan.staffing.total
    text = tr("{day}: {area}, persons {central} ({low} to {high})").format(
        day=moment.interval.start, area=told_km2(zone.area_m2), central=total.central, low=total.low, high=total.high,
    )
    if moment.shift is None:
        return text
    return text + tr("; since {day} gained {gained}, lost {lost}").format(
        day=moment.since, gained=told_km2(moment.shift.gained_m2), lost=told_km2(moment.shift.lost_m2),
    )


def _refuse_all_failed(moments: Sequence[Moment]) -> None:
    """Raise if no date has a zone."""
    if all(moment.reason for moment in moments):
        raise PlanError(
            tr("None of the {count} dates has a zone").format(count=len(moments)),
            f"{moments[0].interval.start}: {moments[0].reason}",
        )


def _title(spec: PlanSpec, moments: Sequence[Moment]) -> str:
    """Return the name of the group of the run's layers."""
    first, last = (moments[place].interval.start for place in (0, -1))
    return tr("{zone}, {first} to {last}").format(
        zone=zone_title(spec.depth_a_m / M_PER_KM, spec.depth_b_m / M_PER_KM), first=first, last=last,
    )


def _figures(moments: Sequence[Moment]) -> dict[str, int]:
    """Return the output numbers."""
    return {
        "DATE_COUNT": len(moments),
        "FAILED_COUNT": sum(bool(moment.reason) for moment in moments),
        "GAP_COUNT": sum(moment.interval.gap for moment in moments),
    }
