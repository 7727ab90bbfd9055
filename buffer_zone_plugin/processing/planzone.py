"""`bufferzone:planzone`: from a contact line to the zone, its sides, sectors, boundaries, posts and staffing."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
)

from ..compat import on_python_thread, tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..core.spec import CAPS, OUTLINES, POSTURES, PlanSpec, bands_from_text
from ..output import fields as f
from ..output import layers
from ..output.geopackage import SUFFIX, write_geopackage
from ..output.rows import M2_PER_KM2, M_PER_KM, plan_title, rows
from ..paths import metadata_value, resource_path
from .base import OVERWRITE, SinkContent, ZoneAlgorithm, given, progress_of
from .destinations import Destination, check_destinations, file_destinations, keep_source, source_files
from .ground import CLIP as CLIP_KEY
from .ground import SIDE_A as SIDE_A_KEY
from .ground import GroundLayer, collect_ground, read_ground
from .help import plan_zone_help
from .old_files import old_kept_until_written
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
from .postprocess import finish_when_loaded, leave_unloaded
from .reading import collect, read_features
from .split_layers import KEYS as SPLIT_LAYERS
from .split_layers import Lines, collect_split_layers, origin, read_split_layers
from .split_parameters import check_split, split_values

if TYPE_CHECKING:
    from ..core.plan import Plan, PlanInputs

GROUNDS = {CLIP: CLIP_KEY, SIDE_A: SIDE_A_KEY}  # parameter: key in the run record
COMPUTED, SINKS_WRITTEN = 0.90, 0.95  # shares of the progress bar: the core, the layers, the GeoPackage


class PlanZone(ZoneAlgorithm):
    """The main job."""

    def name(self) -> str:
        """Return the second half of the public name."""
        return "planzone"

    def displayName(self) -> str:  # noqa: N802  # name of QGIS
        """Return the name shown in the toolbox."""
        return tr("Plan buffer zone")

    def group(self) -> str:
        """Return the heading in the toolbox."""
        return tr("Zones")

    def groupId(self) -> str:  # noqa: N802  # name of QGIS
        """Return the heading's id."""
        return "zones"

    def tags(self) -> list[str]:
        """Return the words that find the algorithm in the toolbox."""
        return tr(
            "buffer zone,contact line,line of contact,ceasefire,demilitarized,dmz,separation,sectors,posts,staffing,"
            "peacekeeping,monitoring,geodesic",
        ).split(",")

    def shortDescription(self) -> str:  # noqa: N802  # name of QGIS
        """Return what the algorithm does in one sentence."""
        return tr("Draws a buffer zone along a contact line, splits it into sectors and estimates their staff.")

    def shortHelpString(self) -> str:  # noqa: N802  # name of QGIS
        """Return the help shown beside the parameters."""
        return plan_zone_help()

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
        check_split(self, self._spec(parameters, context), parameters, context)

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
        self._grounds = {name: self._collect_ground(parameters, name, context) for name in GROUNDS}
        self._source_files = frozenset().union(*(
            source_files(self.parameterAsVectorLayer(parameters, name, context))
            for name in (INPUT, INPUT_B, *SPLIT_LAYERS, *GROUNDS)
        ))
        self._run_context = _run_context(source, other)

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Plan the zone, write the outputs and return them with the figures."""
        from ..core.plan import make_plan

        spec = self._spec(parameters, context)
        geopackage = self._geopackage(parameters, context)
        self._destinations(parameters, context, geopackage)  # refuses before anything is computed
        progress = progress_of(feedback)
        inputs = self._read(spec, context, progress, feedback)
        plan = on_python_thread(lambda: make_plan(spec, inputs, progress.stage(0.0, COMPUTED)))
        for note in plan.notes:
            (feedback.pushWarning if note in plan.warnings else feedback.pushInfo)(note)
        feedback.pushInfo(_certificate(plan))
        feedback.pushInfo(_lengths(plan))
        numbers = figures(plan)
        results = self._write(parameters, context, plan, geopackage, progress)
        if not feedback.isCanceled():  # QGIS loads nothing of a run that was cancelled too late
            _finish_when_loaded(context, results, plan)
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
            posture=POSTURES[self.parameterAsEnum(parameters, "POSTURE", context)],
            **split_values(self, parameters, context),
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
        from ..core.given_ground import GivenGround
        from ..core.plan import PlanInputs
        from ..core.staffing.parameters import read_catalogue
        from ..core.staffing.postures import read_postures

        clip, side_a = (read_ground(self._grounds[name], context, progress) for name in GROUNDS)
        for note in (*clip.notes, *side_a.notes):
            feedback.pushInfo(note)
        lines = read_features(self._collected, tr("The contact line"), context, progress)
        lines_b = () if self._collected_b is None else read_features(
            self._collected_b, tr("The forward line of side B"), context, progress,
        )
        along = Lines(lines, lines_b, spec.depth_max_m)
        split = read_split_layers(self._split_layers, along, context, progress, feedback)
        return PlanInputs(
            lines=lines,
            lines_b=lines_b,
            catalogue=read_catalogue(resource_path("staffing", "parameters.csv")),
            postures=read_postures(resource_path("presets", "postures.json")),
            context=(*self._run_context, *clip.record, *side_a.record, *split.record),
            given=GivenGround(clip.geometry, side_a.geometry),
            **split.values,
        )

    def _destinations(
        self, parameters: dict[str, Any], context: QgsProcessingContext, geopackage: str,
    ) -> list[Destination]:
        """Return the files that the run will write; raises `PlanError` for one that must not or cannot be written."""
        wanted = {name: parameters.get(name) for name in SINKS}
        destinations = file_destinations({**wanted, GEOPACKAGE: geopackage}, context)
        check_destinations(destinations, self.parameterAsBoolean(parameters, OVERWRITE, context))
        keep_source(destinations, self._source_files)
        return destinations

    def _write(
        self, parameters: dict[str, Any], context: QgsProcessingContext, plan: Plan, geopackage: str,
        progress: Progress,
    ) -> dict[str, Any]:
        """Write the sinks and the GeoPackage that are wanted, all or none, and return where they are."""
        destinations = self._destinations(parameters, context, geopackage)  # files may have come since
        overwrite = self.parameterAsBoolean(parameters, OVERWRITE, context)
        # the GeoPackage keeps its old file itself; when it is there, all is written, and nothing may fail any more
        with old_kept_until_written(one for one in destinations if one.parameter != GEOPACKAGE):
            results = self._write_sinks(parameters, context, plan, progress)
            if not geopackage:
                progress.report(1.0)
                return results
            write_geopackage(geopackage, plan, overwrite, progress.stage(SINKS_WRITTEN, 1.0).report)
        return {**results, GEOPACKAGE: geopackage}

    def _write_sinks(
        self, parameters: dict[str, Any], context: QgsProcessingContext, plan: Plan, progress: Progress,
    ) -> dict[str, str]:
        """Write the layers that are wanted and return the destination of each."""
        results = {}
        stage = progress.stage(COMPUTED, SINKS_WRITTEN)
        stage.report(0.0, tr("Writing the layers"))
        for number, (name, role) in enumerate(SINKS.items()):
            stage.report(number / len(SINKS))
            destination = self.write_sink(parameters, context, name, _content(role, plan), progress)
            if destination:
                results[name] = destination
        return results


def _content(role: str, plan: Plan) -> SinkContent:
    layer = f.layer_def(role)
    return SinkContent(
        layers.qgs_fields(layer), layer.geometry, layers.layer_crs(layer),
        lambda: layers.features(layer, rows(role, plan)),
    )


def _finish_when_loaded(context: QgsProcessingContext, results: dict[str, Any], plan: Plan) -> None:
    """Have the layers of a run styled, in one group; an empty layer would only be in the way."""
    for name, role in SINKS.items():
        if name in results and role in f.WHEN_ASKED and not rows(role, plan):
            leave_unloaded(context, results[name])
    run_id = uuid.uuid4().hex
    for name, role in SINKS.items():
        if name in results:
            finish_when_loaded(context, results[name], role, run_id, plan_title(plan))


def _run_context(
    source: QgsProcessingFeatureSource, other: QgsProcessingFeatureSource | None,
) -> tuple[tuple[str, str], ...]:
    """Return what the run record tells of the surroundings: the core knows neither layers nor QGIS."""
    return (
        ("time", datetime.now(timezone.utc).isoformat(timespec="seconds")),
        ("plugin_version", metadata_value("version")),
        ("qgis_version", Qgis.QGIS_VERSION),
        *origin("source", source),
        *(origin("source_b", other) if other is not None else ()),
    )


def _certificate(plan: Plan) -> str:
    """Return what was measured of the outline as one line for the log."""
    if plan.zone.error_at is None:
        return tr("Error of depth: no edge of the zone lies at its depth, so there is none to measure.")
    lon, lat = plan.zone.error_at
    return tr(
        "Error of depth, measured on the outline: at most {largest} m (at {place}), root mean square {typical} m.",
    ).format(
        largest=f"{plan.zone.error_max_m:.3f}", place=f"{lon:.5f}, {lat:.5f}", typical=f"{plan.zone.error_rms_m:.3f}",
    )


def _lengths(plan: Plan) -> str:
    """Return the line's length at each generalisation as one line for the log."""
    (_, drawn), *coarser = plan.lengths_m
    others = ", ".join(
        tr("{length} km at {detail} km").format(length=f"{length / M_PER_KM:.1f}", detail=f"{detail / M_PER_KM:g}")
        for detail, length in coarser
    )
    return tr("Length of the contact line: {drawn} km as drawn, which staffing uses; generalised {others}.").format(
        drawn=f"{drawn / M_PER_KM:.1f}", others=others,
    )


def figures(plan: Plan) -> dict[str, float]:
    """Return the output numbers of a plan: km, km², m, persons."""
    zone, total = plan.zone, plan.staffing.total
    return {
        "AREA_KM2": zone.area_m2 / M2_PER_KM2,
        "AREA_A_KM2": zone.area_a_m2 / M2_PER_KM2,
        "AREA_B_KM2": zone.area_b_m2 / M2_PER_KM2,
        "AREA_STRIP_KM2": zone.area_strip_m2 / M2_PER_KM2,
        "LINE_KM": zone.line_m / M_PER_KM,
        "SECTOR_COUNT": len(plan.sectors),
        "STAFF_LOW": total.low,
        "STAFF_CENTRAL": total.central,
        "STAFF_HIGH": total.high,
        "TRAINING_CENTRAL": plan.staffing.training.central,
        "POOL_CENTRAL": plan.staffing.pool.central,
        "ERROR_MAX_M": float(zone.error_max_m),
    }
