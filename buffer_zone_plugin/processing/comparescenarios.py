"""`bufferzone:comparescenarios`: many depths, postures, splits and lines in one run, side by side in one table."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
)

from ..compat import on_python_thread, tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..output import fields as f
from ..output.project import RunGroup
from ..output.rows import Row
from ..output.scenario_rows import given_up_rows, scenario_rows, zone_rows
from .base import OVERWRITE, SinkContent, Words, ZoneAlgorithm, given, progress_of
from .chart_files import (
    SCENARIO_CHARTS,
    chart_destinations,
    chart_folder,
    charts_parameter,
    named_rows,
    scenario_charts,
    write_charts,
)
from .destinations import (
    Destination,
    check_destinations,
    file_destinations,
    keep_source,
    plain_file,
    source_files,
)
from .old_files import old_kept_until_written
from .plan_layers import check_plan, collect_plan_layers, plan_spec
from .plan_parameters import INPUT, inputs, sink
from .postprocess import finish_when_loaded, leave_unloaded
from .reading import collect, read_features
from .role_sinks import role_content, write_all
from .scenario_help import compare_scenarios_help
from .scenario_inputs import read_scenario_layers
from .scenario_parameters import (
    PLACES,
    base_name,
    base_values,
    scenario_files,
    scenario_inputs,
    scenarios_asked,
    variant_layers,
)
from .scenario_told import tell_comparison
from .split_parameters import AREAS
from .staffing_layers import with_contributors

if TYPE_CHECKING:
    from ..core.comparison import Comparison
    from ..core.geodesy import Array
    from ..core.scenarios import Scenario

SCENARIOS, SCENARIO_ZONES, GIVEN_UP, SCENARIO_SET = "SCENARIOS", "SCENARIO_ZONES", "GIVEN_UP", "SCENARIO_SET"
SINKS = {SCENARIOS: "scenarios", SCENARIO_ZONES: "scenario_zones", GIVEN_UP: "given_up"}
JSON_SUFFIX = ".json"
READ, COMPUTED, WRITTEN = 0.02, 0.95, 0.98  # of the progress bar


class CompareScenarios(ZoneAlgorithm):
    """Scenarios side by side."""

    ID = "comparescenarios"
    GROUP_ID = "zones"

    def words(self) -> Words:
        """Return title, heading, tags and texts, translated."""
        return Words(
            title=tr("Compare scenarios"),
            group=tr("Zones"),
            tags=tr(
                "scenarios,comparison,alternatives,depth,posture,buffer zone,demilitarized,dmz,ceasefire,staffing,"
                "area given up,withdrawal,negotiation,proposals",
            ),
            short=tr("Plans many depths, postures, splits and lines in one run and compares their areas and staff."),
            help=compare_scenarios_help,
        )

    def initAlgorithm(self, config: dict[str, Any] | None = None) -> None:  # noqa: N802  # name of QGIS
        """Declare parameters and outputs."""
        line, *others = inputs()
        for parameter in (line, *scenario_inputs(), *others):
            self.addParameter(parameter)
        self.addParameter(QgsProcessingParameterFeatureSink(
            SCENARIOS, f.layer_def(SINKS[SCENARIOS]).title, QgsProcessing.SourceType.TypeVector,
        ))
        for name in (SCENARIO_ZONES, GIVEN_UP):
            self.addParameter(sink(name, f.layer_def(SINKS[name])))
        self.addParameter(QgsProcessingParameterFileDestination(
            SCENARIO_SET, tr("The scenarios as a file, to be compared again"), tr("JSON files (*.json)"),
            optional=True, createByDefault=False,
        ))
        self.addParameter(charts_parameter())
        self.addOutput(QgsProcessingOutputNumber("SCENARIO_COUNT", tr("Number of scenarios")))
        self.addOutput(QgsProcessingOutputNumber("FAILED_COUNT", tr("Number of scenarios without a plan")))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Raise `PlanError` for values that no plan can have, and for scenarios that cannot be compared."""
        base = check_plan(self, base_values(self, parameters, context), context)
        scenarios_asked(self, parameters, context, base, tuple(variant_layers(self, parameters, context)))

    def prepare(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Take the features of the lines and of the layers beside them."""
        self._layers = collect_plan_layers(self, parameters, context)
        self._variants = {
            name: collect_plan_layers(self, {**parameters, INPUT: layer}, context)
            for name, layer in variant_layers(self, parameters, context).items()
        }
        places = self.optional_source(parameters, PLACES, context)
        self._places = None if places is None else collect(places)
        self._files = scenario_files(self, parameters, context).union(
            self._layers.files, source_files(self.source_layer(parameters, PLACES, context)),
            *(layers.files for layers in self._variants.values()),
        )
        self._line_name = self.parameterAsSource(parameters, INPUT, context).sourceName()

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Plan the scenarios, write the outputs and return them with the counts."""
        base = plan_spec(self, base_values(self, parameters, context), context)
        base = with_contributors(base, self._layers.staffing)
        scenarios = scenarios_asked(self, parameters, context, base, tuple(self._variants))
        folder = chart_folder(self, parameters, context)
        self._destinations(parameters, context, folder)  # refuses before anything is computed
        progress = progress_of(feedback)
        found = self._compared(scenarios, parameters, context, progress, feedback)
        _refuse_all(found)
        base_row = base_name(self, parameters, context)
        tell_comparison(found, base_row, feedback)
        rows = scenario_rows(found.rows, base_row)
        contents = _contents(found, rows)
        charts = scenario_charts(named_rows(SINKS[SCENARIOS], rows), base.name_a, base.name_b)
        with old_kept_until_written(self._destinations(parameters, context, folder)):  # files may have come since
            results = write_all(self, parameters, context, contents, progress.stage(COMPUTED, WRITTEN))
            path = self._set_path(parameters, context)
            if path:
                _write_set(path, scenarios)
                _tell_left_out(scenarios, feedback)
                results[SCENARIO_SET] = path
            results.update(write_charts(folder, charts, progress.stage(WRITTEN, 1.0)))
        if not feedback.isCanceled():  # QGIS loads nothing of a run that was cancelled too late
            self._finish(context, results, found)
        failed = sum(one.figures is None for one in found.rows)
        return {**results, "SCENARIO_COUNT": len(found.rows), "FAILED_COUNT": failed}

    def _compared(
        self, scenarios: Sequence[Scenario], parameters: dict[str, Any], context: QgsProcessingContext,
        progress: Progress, feedback: QgsProcessingFeedback,
    ) -> Comparison:
        """Return the scenarios with their figures, and what was asked for beside them."""
        from ..core.comparison import comparison

        placed, inputs, variants = read_scenario_layers(
            scenarios, {"": self._layers, **self._variants}, context, progress, feedback,
        )
        places = self._read_places(context, progress, feedback)
        areas = inputs.guides.areas if given(parameters, GIVEN_UP) else None
        if given(parameters, GIVEN_UP) and areas is None:
            feedback.pushWarning(tr("Without {parameter} nothing is told of areas given up").format(parameter=AREAS))
        for name in sorted(set(self._variants).difference(scenario.variant for scenario in scenarios)):
            feedback.pushWarning(tr("The line '{name}' is in no scenario").format(name=name))
        found = on_python_thread(lambda: comparison(
            placed, inputs, progress.stage(READ, COMPUTED), variants, places, areas,
            given(parameters, SCENARIO_ZONES),
        ))
        return replace(found, rows=tuple(replace(row, scenario=own) for row, own in zip(found.rows, scenarios)))

    def _read_places(
        self, context: QgsProcessingContext, progress: Progress, feedback: QgsProcessingFeedback,
    ) -> Array | None:
        """Return the places to count in longitude/latitude, None where none were given."""
        from ..core.comparison import places_of

        if self._places is None:
            return None
        places, notes = places_of(read_features(self._places, tr("The layer of places"), context, progress))
        for note in notes:
            feedback.pushInfo(note)
        return places

    def _set_path(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the file for the scenarios, empty if none; raises `PlanError` for another kind of file."""
        path = self.parameterAsFileOutput(parameters, SCENARIO_SET, context)
        if path and not path.lower().endswith(JSON_SUFFIX):
            raise PlanError(
                tr("The file {path} is no JSON file").format(path=path), tr("Give a name that ends in .json."),
            )
        return path

    def _destinations(
        self, parameters: dict[str, Any], context: QgsProcessingContext, folder: str,
    ) -> list[Destination]:
        """Return the files that the run will write; raises `PlanError` for one that must not or cannot be written."""
        found = file_destinations({name: parameters.get(name) for name in SINKS}, context)
        path = self._set_path(parameters, context)
        if path:
            found.append(plain_file(SCENARIO_SET, path))
        check_destinations(found, self.parameterAsBoolean(parameters, OVERWRITE, context))
        keep_source(found, self._files)
        return [*found, *chart_destinations(self, parameters, context, folder, SCENARIO_CHARTS)]

    def _finish(self, context: QgsProcessingContext, results: dict[str, Any], found: Comparison) -> None:
        """Have the layers styled, in one group; an empty table would only be in the way."""
        from ..core.staffing.statement import OTHERWISE, STATUS, TAKES

        if GIVEN_UP in results and not any(found.given_up):
            leave_unloaded(context, results[GIVEN_UP])
        group = RunGroup(uuid.uuid4().hex, tr("Scenarios of {line}").format(line=self._line_name))
        for name, role in SINKS.items():
            if name in results:
                finish_when_loaded(context, results[name], role, "\n".join((STATUS, TAKES, OTHERWISE)), group)


def _refuse_all(found: Comparison) -> None:
    """Raise `PlanError` if no scenario has a plan: then it is the line, or all that they have in common."""
    if any(one.figures is not None for one in found.rows):
        return
    first = found.rows[0]
    raise PlanError(
        tr("No scenario can be planned"),
        tr("The first one, {name}: {reason}").format(name=first.scenario.name, reason=first.reason),
    )


def _contents(found: Comparison, rows: list[Row]) -> dict[str, SinkContent]:
    """Return what goes into the sinks, by parameter."""
    known = {
        SCENARIOS: lambda: rows, SCENARIO_ZONES: lambda: zone_rows(found.rows, found.zones),
        GIVEN_UP: lambda: _given_up(found),
    }
    return {name: role_content(role, known[name]) for name, role in SINKS.items()}


def _given_up(found: Comparison) -> list[Row]:
    return [
        row for number, (one, parts) in enumerate(zip(found.rows, found.given_up), start=1)
        for row in given_up_rows(one.scenario.name, number, parts)
    ]


def _write_set(path: str, scenarios: Sequence[Scenario]) -> None:
    """Write the scenarios as a file that can be given again; raises `PlanError` if it cannot be written."""
    from ..core.scenario_sets import scenarios_data

    text = json.dumps(scenarios_data(scenarios), ensure_ascii=False, indent=1)
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as error:
        raise PlanError(
            tr("The file {path} could not be written: {reason}").format(path=path, reason=error.strerror),
            tr("Choose another place for the output."),
        ) from error


def _tell_left_out(scenarios: Sequence[Scenario], feedback: QgsProcessingFeedback) -> None:
    """Warn of the scenarios that are not in the file, as it holds whole parameters only."""
    names = [scenario.name for scenario in scenarios if scenario.refused]
    if names:
        told = tr("Not in the file of scenarios, as no plan can have their values: {names}")
        feedback.pushWarning(told.format(names="; ".join(names)))
