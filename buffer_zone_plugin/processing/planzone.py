"""`bufferzone:planzone`: from a contact line to the zone, its sides, sectors, boundaries, posts and staffing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
)

from ..compat import on_python_thread, tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..output import fields as f
from ..output.geopackage import SUFFIX, write_geopackage
from .base import OVERWRITE, Words, ZoneAlgorithm, progress_of
from .destinations import Destination
from .old_files import old_kept_until_written
from .plan_help import plan_zone_help
from .plan_layers import check_plan, collect_plan_layers, plan_spec, read_plan_layers
from .plan_output import (
    certificate,
    figures,
    finish_layers,
    lengths,
    plan_destinations,
    plan_group,
    tell_notes,
    tell_staffing,
    write_sinks,
)
from .plan_parameters import GEOPACKAGE, SINKS, inputs, numbers, sink
from .split_parameters import tell_unused
from .staffing_layers import with_contributors

if TYPE_CHECKING:
    from ..core.plan import Plan

COMPUTED, SINKS_WRITTEN = 0.90, 0.95  # shares of the progress bar: the core, the layers, the GeoPackage


class PlanZone(ZoneAlgorithm):
    """The main job."""

    ID = "planzone"
    GROUP_ID = "zones"

    def words(self) -> Words:
        """Return title, heading, tags and texts, translated."""
        return Words(
            title=tr("Plan buffer zone"),
            group=tr("Zones"),
            tags=tr(
                "buffer zone,contact line,line of contact,ceasefire,demilitarized,dmz,separation,sectors,posts,"
                "staffing,peacekeeping,monitoring,geodesic",
            ),
            short=tr("Draws a buffer zone along a contact line, splits it into sectors and estimates their staff."),
            help=plan_zone_help,
        )

    def initAlgorithm(self, config: dict[str, Any] | None = None) -> None:  # noqa: N802  # name of QGIS
        """Declare parameters and outputs."""
        for parameter in inputs():
            self.addParameter(parameter)
        for name, role in SINKS.items():
            self.addParameter(sink(name, f.layer_def(role)))
        self.addParameter(QgsProcessingParameterFileDestination(
            GEOPACKAGE, tr("All layers in one GeoPackage"), tr("GeoPackage files (*.gpkg)"),
            optional=True, createByDefault=False,
        ))
        for name, description in numbers():
            self.addOutput(QgsProcessingOutputNumber(name, description))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Raise `PlanError` for values that no plan can have."""
        check_plan(self, parameters, context)

    def prepare(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Take the features, and what the record tells of their source."""
        self._layers = collect_plan_layers(self, parameters, context)

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Plan the zone, write the outputs and return them with the figures."""
        from ..core.plan import make_plan

        spec = with_contributors(plan_spec(self, parameters, context), self._layers.staffing)
        geopackage = self._geopackage(parameters, context)
        self._destinations(parameters, context, geopackage)  # refuses before anything is computed
        tell_unused(spec, parameters, feedback)
        progress = progress_of(feedback)
        inputs = read_plan_layers(self._layers, spec.depth_max_m, context, progress, feedback)
        plan = on_python_thread(lambda: make_plan(spec, inputs, progress.stage(0.0, COMPUTED)))
        tell_notes(plan, feedback)
        tell_staffing(plan, feedback)
        feedback.pushInfo(certificate(plan))
        feedback.pushInfo(lengths(plan))
        numbers = figures(plan)
        results = self._write(parameters, context, plan, geopackage, progress)
        if not feedback.isCanceled():  # QGIS loads nothing of a run that was cancelled too late
            finish_layers(context, results, SINKS, plan, plan_group(plan))
        return {**results, **numbers}

    def _geopackage(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the GeoPackage to write, empty if none; raises `PlanError` for another kind of file."""
        path = self.parameterAsFileOutput(parameters, GEOPACKAGE, context)
        if path and not path.lower().endswith(SUFFIX):
            raise PlanError(
                tr("The file {path} is not a GeoPackage").format(path=path), tr("Give a name that ends in .gpkg."),
            )
        return path

    def _destinations(
        self, parameters: dict[str, Any], context: QgsProcessingContext, geopackage: str,
    ) -> list[Destination]:
        """Return the files that the run will write; raises `PlanError` for one that must not or cannot be written."""
        return plan_destinations(self, parameters, context, SINKS, self._layers.files, {GEOPACKAGE: geopackage})

    def _write(
        self, parameters: dict[str, Any], context: QgsProcessingContext, plan: Plan, geopackage: str,
        progress: Progress,
    ) -> dict[str, Any]:
        """Write the sinks and the GeoPackage that are wanted, all or none, and return where they are."""
        destinations = self._destinations(parameters, context, geopackage)  # files may have come since
        overwrite = self.parameterAsBoolean(parameters, OVERWRITE, context)
        # the GeoPackage keeps its old file itself; when it is there, all is written, and nothing may fail any more
        with old_kept_until_written(one for one in destinations if one.parameter != GEOPACKAGE):
            stage = progress.stage(COMPUTED, SINKS_WRITTEN)
            results: dict[str, Any] = {**write_sinks(self, parameters, context, SINKS, plan, stage)}
            if not geopackage:
                progress.report(1.0)
                return results
            write_geopackage(geopackage, plan, overwrite, progress.stage(SINKS_WRITTEN, 1.0).report)
        return {**results, GEOPACKAGE: geopackage}
