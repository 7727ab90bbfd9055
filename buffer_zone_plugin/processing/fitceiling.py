"""`bufferzone:fitceiling`: which plans keep to a ceiling of persons, and how deep can a zone be under it?"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
)

from ..compat import on_python_thread, tr
from ..core.ceiling_question import Question, plan_of_depth
from ..core.scales import M_PER_KM
from ..core.spec import POSTURES, PlanSpec
from ..output import fields as f
from ..output.ceiling_rows import largest_rows, plan_rows, zone_rows
from ..output.project import RunGroup
from .base import Words, ZoneAlgorithm, progress_of
from .ceiling_help import fit_ceiling_help
from .ceiling_parameters import base_values, ceiling_inputs, pledges_for_ceiling, question_asked
from .ceiling_told import tell_answer
from .chart_files import (
    PLAN_CHARTS,
    Draw,
    chart_destinations,
    chart_folder,
    charts_parameter,
    named_rows,
    plan_charts,
    write_charts,
)
from .destinations import Destination
from .old_files import old_kept_until_written
from .plan_layers import check_plan, collect_plan_layers, plan_spec, read_plan_layers
from .plan_output import plan_destinations
from .plan_parameters import INPUT, sink
from .postprocess import finish_when_loaded, leave_unloaded
from .role_sinks import role_content, write_all
from .scenario_inputs import inputs_at_depth
from .staffing_layers import with_contributors
from .staffing_parameters import CONTRIBUTORS_TABLE, contributors_in, posture_labels

if TYPE_CHECKING:
    from ..core.ceiling import Answer

PLANS, LARGEST, ZONES = "PLANS", "LARGEST", "ZONES"
SINKS = {PLANS: "ceiling_plans", LARGEST: "ceiling_largest", ZONES: "ceiling_zones"}
ROWS = {PLANS: plan_rows, LARGEST: largest_rows, ZONES: zone_rows}
COMPUTED, WRITTEN = 0.95, 0.98  # of the progress bar


class FitCeiling(ZoneAlgorithm):
    """Plans under a ceiling of persons."""

    ID = "fitceiling"
    GROUP_ID = "zones"

    def words(self) -> Words:
        """Return title, heading, tags and texts, translated."""
        return Words(
            title=tr("Fit a ceiling of persons"),
            group=tr("Zones"),
            tags=tr(
                "ceiling,cap,persons,troops,pledges,contributors,limit,depth,posture,trade-off,inverse,staffing,"
                "buffer zone,demilitarized,dmz,peacekeeping",
            ),
            short=tr("Tells which plans keep to a ceiling of persons, and the largest depth that does by posture."),
            help=fit_ceiling_help,
        )

    def initAlgorithm(self, config: dict[str, Any] | None = None) -> None:  # noqa: N802  # name of QGIS
        """Declare parameters and outputs."""
        for parameter in ceiling_inputs():
            self.addParameter(parameter)
        self.addParameter(QgsProcessingParameterFeatureSink(
            PLANS, f.layer_def(SINKS[PLANS]).title, QgsProcessing.SourceType.TypeVector,
        ))
        for name in (LARGEST, ZONES):
            self.addParameter(sink(name, f.layer_def(SINKS[name])))
        self.addParameter(charts_parameter())
        self.addOutput(QgsProcessingOutputNumber("PLAN_COUNT", tr("Number of plans that were tried")))
        self.addOutput(QgsProcessingOutputNumber("FITTING_COUNT", tr("Number of plans that fit")))
        self.addOutput(QgsProcessingOutputNumber(
            "LARGEST_KM", tr("Largest depth that fits in any of the postures (km), 0 if none does"),
        ))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Raise `PlanError` for values that no plan can have, and for a question that has no answer."""
        base = check_plan(self, base_values(self, parameters, context), context)
        table = self.optional_source(parameters, CONTRIBUTORS_TABLE, context)
        base = base if table is None else replace(base, contributors=contributors_in(table))
        question_asked(self, parameters, context, base)

    def prepare(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Take the features of the line and of the layers beside it."""
        self._layers = collect_plan_layers(self, parameters, context)
        self._line_name = self.parameterAsSource(parameters, INPUT, context).sourceName()

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Try the plans, write the outputs and return them with the figures."""
        from ..core.ceiling import fit_ceiling

        base = plan_spec(self, base_values(self, parameters, context), context)
        base = with_contributors(base, self._layers.staffing)
        question = question_asked(self, parameters, context, base)
        folder = chart_folder(self, parameters, context)
        self._destinations(parameters, context, folder)  # refuses before anything is computed
        progress = progress_of(feedback)
        layers, deepest = self._layers, _deepest_m(question, base)
        inputs = read_plan_layers(layers, deepest, context, progress, feedback)
        answer = on_python_thread(lambda: fit_ceiling(
            question, base, inputs, progress.stage(0.0, COMPUTED),
            lambda depth: inputs_at_depth(inputs, layers, deepest, depth, context),
        ))
        for sentence in pledges_for_ceiling(self, parameters, context, base):
            feedback.pushInfo(sentence)
        tell_answer(answer, inputs, feedback)
        with old_kept_until_written(self._destinations(parameters, context, folder)):  # files may have come since
            contents = {name: role_content(role, partial(ROWS[name], answer)) for name, role in SINKS.items()}
            results = write_all(self, parameters, context, contents, progress.stage(COMPUTED, WRITTEN))
            results.update(write_charts(folder, _charts(answer), progress.stage(WRITTEN, 1.0)))
        if not feedback.isCanceled():  # QGIS loads nothing of a run that was cancelled too late
            self._finish(context, results, answer)
        return {**results, **_figures(answer)}

    def _destinations(
        self, parameters: dict[str, Any], context: QgsProcessingContext, folder: str,
    ) -> list[Destination]:
        return [
            *plan_destinations(self, parameters, context, SINKS, self._layers.files),
            *chart_destinations(self, parameters, context, folder, PLAN_CHARTS),
        ]

    def _finish(self, context: QgsProcessingContext, results: dict[str, Any], answer: Answer) -> None:
        """Have the layers styled, in one group; without zones that fit their layer would only be in the way."""
        from ..core.staffing.statement import OTHERWISE, STATUS, TAKES, told_persons

        if ZONES in results and not zone_rows(answer):
            leave_unloaded(context, results[ZONES])
        title = tr("{line}, at most {persons}").format(
            line=self._line_name, persons=told_persons(answer.question.persons),
        )
        group = RunGroup(uuid.uuid4().hex, title)
        for name, role in SINKS.items():
            if name in results:
                finish_when_loaded(context, results[name], role, "\n".join((STATUS, TAKES, OTHERWISE)), group)


def _deepest_m(question: Question, base: PlanSpec) -> float:
    return plan_of_depth(base, question.sides, question.depths_m[-1]).depth_max_m


def _charts(answer: Answer) -> dict[str, Draw]:
    """Return the chart of the plans that were tried: what their ground takes, by posture and manning."""
    titles = dict(zip(POSTURES, posture_labels()))
    rows = named_rows(SINKS[PLANS], plan_rows(answer))
    labels = [plan.manning.label for plan in answer.plans]  # without the spacing that is tried, which `_manned` tells
    told = [{**row, "posture": titles.get(label, label)} for row, label in zip(rows, labels)]
    return plan_charts(told, answer.question.persons, partial(_manned, answer))


def _manned(answer: Answer, row: Mapping[str, Any]) -> str:
    """Return how the plan of a row is manned, where the question tries several ways."""
    asked = answer.question
    told = [tr("posts every {spacing} km").format(spacing=f"{row['spacing_km']:g}")] if asked.spacings_km else []
    told += [tr("{share} % sensors").format(share=f"{row['sensors_pct']:g}")] if asked.sensor_shares else []
    return ", ".join(told)


def _figures(answer: Answer) -> dict[str, float]:
    """Return the output numbers: counts, km."""
    fitting = [one.plan.depth_m for one in answer.largest if one.plan.fits]
    return {
        "PLAN_COUNT": len(answer.plans), "FITTING_COUNT": sum(plan.fits for plan in answer.plans),
        "LARGEST_KM": max(fitting, default=0.0) / M_PER_KM,
    }
