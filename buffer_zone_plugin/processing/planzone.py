"""`bufferzone:planzone`: from a contact line to the zone, its sides, sectors, boundaries, posts and staffing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
)

from ..compat import on_python_thread, tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..core.spec import CAPS, OUTLINES, PlanSpec, bands_from_text
from ..output import fields as f
from ..output.geopackage import SUFFIX, write_geopackage
from ..output.rows import M_PER_KM
from .base import OVERWRITE, Words, ZoneAlgorithm, given, progress_of
from .destinations import Destination, source_files
from .ground import CLIP as CLIP_KEY
from .ground import SIDE_A as SIDE_A_KEY
from .ground import GroundLayer, collect_ground, read_ground
from .help import plan_zone_help
from .old_files import old_kept_until_written
from .plan_output import (
    certificate,
    figures,
    finish_layers,
    lengths,
    plan_destinations,
    plan_group,
    run_context,
    tell_notes,
    tell_staffing,
    write_sinks,
)
from .plan_parameters import (
    CLIP,
    DEFAULTS,
    GEOPACKAGE,
    INPUT,
    INPUT_B,
    SIDE_A,
    SINKS,
    inputs,
    numbers,
    sink,
)
from .population_layer import POPULATION
from .reading import collect, read_features
from .split_layers import KEYS as SPLIT_LAYERS
from .split_layers import collect_split_layers, read_split_layers
from .split_parameters import check_split, split_values, tell_unused
from .staffing_layers import collect_staffing_layers, read_staffing_layers, staffing_files, with_contributors
from .staffing_parameters import check_staffing, staffing_values

if TYPE_CHECKING:
    from ..core.plan import Plan, PlanInputs

GROUNDS = {CLIP: CLIP_KEY, SIDE_A: SIDE_A_KEY}  # parameter: key in the run record
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
        spec = self._spec(parameters, context)
        check_split(self, spec, parameters, context)
        check_staffing(self, spec, parameters, context)

    def prepare(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Take the features, and what the record tells of their source."""
        source = self.parameterAsSource(parameters, INPUT, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, INPUT))
        self._collected = collect(source)
        other = self.optional_source(parameters, INPUT_B, context)
        self._collected_b = None if other is None else collect(other)
        self._split_layers = collect_split_layers(self, parameters, context)
        self._staffing_layers = collect_staffing_layers(self, parameters, context)
        self._grounds = {name: self._collect_ground(parameters, name, context) for name in GROUNDS}
        self._source_files = staffing_files(self, parameters, context).union(*(
            source_files(self.source_layer(parameters, name, context))
            for name in (INPUT, INPUT_B, *SPLIT_LAYERS, POPULATION, *GROUNDS)
        ))
        self._run_context = run_context(source=source, source_b=other)

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Plan the zone, write the outputs and return them with the figures."""
        from ..core.plan import make_plan

        spec = with_contributors(self._spec(parameters, context), self._staffing_layers)
        geopackage = self._geopackage(parameters, context)
        self._destinations(parameters, context, geopackage)  # refuses before anything is computed
        tell_unused(spec, parameters, feedback)
        progress = progress_of(feedback)
        inputs = self._read(spec, context, progress, feedback)
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

    def _spec(self, parameters: dict[str, Any], context: QgsProcessingContext) -> PlanSpec:
        """Return what was asked; raises `PlanError` for what no plan can have."""
        return PlanSpec(
            depth_a_m=self.parameterAsDouble(parameters, "DEPTH_A", context) * M_PER_KM,
            depth_b_m=self.parameterAsDouble(parameters, "DEPTH_B", context) * M_PER_KM,
            name_a=self.parameterAsString(parameters, "NAME_A", context).strip() or DEFAULTS.name_a,
            name_b=self.parameterAsString(parameters, "NAME_B", context).strip() or DEFAULTS.name_b,
            two_lines=given(parameters, INPUT_B),
            reverse=self.parameterAsBoolean(parameters, "REVERSE", context),
            bands_m=bands_from_text(self.parameterAsString(parameters, "BANDS", context)),
            caps=CAPS[self.parameterAsEnum(parameters, "CAPS", context)],
            tolerance_m=self.parameterAsDouble(parameters, "TOLERANCE", context),
            outline=OUTLINES[self.parameterAsEnum(parameters, "OUTLINE", context)],
            **split_values(self, parameters, context),
            **staffing_values(self, parameters, context),
        )

    def _collect_ground(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext,
    ) -> GroundLayer | None:
        """Return the features of an optional layer of ground, None if none was given."""
        source = self.optional_source(parameters, name, context)
        return None if source is None else collect_ground(GROUNDS[name], source)

    def _geopackage(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the GeoPackage to write, empty if none; raises `PlanError` for another kind of file."""
        path = self.parameterAsFileOutput(parameters, GEOPACKAGE, context)
        if path and not path.lower().endswith(SUFFIX):
            raise PlanError(
                tr("The file {path} is not a GeoPackage").format(path=path), tr("Give a name that ends in .gpkg."),
            )
        return path

    def _read(
        self, spec: PlanSpec, context: QgsProcessingContext, progress: Progress, feedback: QgsProcessingFeedback,
    ) -> PlanInputs:
        """Return line and ground in longitude/latitude, with the staffing catalogue and the postures."""
        from ..core.cells import nearby_of_lines
        from ..core.given_ground import GivenGround
        from ..core.plan import PlanInputs

        clip, side_a = (read_ground(self._grounds[name], context, progress) for name in GROUNDS)
        for note in (*clip.notes, *side_a.notes):
            feedback.pushInfo(note)
        lines = read_features(self._collected, tr("The contact line"), context, progress)
        lines_b = () if self._collected_b is None else read_features(
            self._collected_b, tr("The forward line of side B"), context, progress,
        )
        split = read_split_layers(
            self._split_layers, lambda: nearby_of_lines(lines, lines_b, spec.depth_max_m), context, progress, feedback,
        )
        staffing = read_staffing_layers(self._staffing_layers, context, progress, feedback)
        return PlanInputs(
            lines=lines,
            lines_b=lines_b,
            context=(*self._run_context, *clip.record, *side_a.record, *split.record, *staffing.record),
            given=GivenGround(clip.geometry, side_a.geometry),
            **split.values,
            **staffing.values,
        )

    def _destinations(
        self, parameters: dict[str, Any], context: QgsProcessingContext, geopackage: str,
    ) -> list[Destination]:
        """Return the files that the run will write; raises `PlanError` for one that must not or cannot be written."""
        return plan_destinations(self, parameters, context, SINKS, self._source_files, {GEOPACKAGE: geopackage})

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
