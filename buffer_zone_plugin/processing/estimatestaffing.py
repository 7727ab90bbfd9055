"""`bufferzone:estimatestaffing`: the persons that polygons take which are there already, whoever drew them."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from ..compat import on_python_thread, plain, tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..core.spec import PlanSpec
from ..output import fields as f
from ..output.layers import qgs_fields
from ..output.polygon_rows import polygon_values, table_rows
from ..output.project import RunGroup
from .base import OVERWRITE, SinkContent, Words, ZoneAlgorithm, given, overwrite_parameter, progress_of
from .destinations import check_destinations, file_destinations, keep_source, source_files
from .old_files import old_kept_until_written
from .plan_output import run_context, tell_notes, tell_staffing
from .plan_parameters import numbers, sink
from .polygon_fields import kept_fields, numbers_of, renamed, renamed_field
from .population_layer import (
    POPULATION,
    check_population,
    collect_population,
    population_inputs,
    read_population,
)
from .postprocess import finish_when_loaded, leave_unloaded
from .reading import Collected, collect, read_features
from .role_sinks import role_content, write_all
from .sources import check_field, field_index, field_record
from .staffing_help import estimate_staffing_help
from .staffing_layers import collect_staffing_layers, read_staffing_layers, staffing_files, with_contributors
from .staffing_parameters import check_staffing, staffing_inputs, staffing_values

if TYPE_CHECKING:
    from ..core.polygon_force import PolygonForce, PolygonInputs

INPUT, LINE, LENGTH_FIELD, OUTPUT = "INPUT", "LINE", "LENGTH_FIELD", "OUTPUT"
PLAN_LENGTH = "line_km"  # of a plan's sectors
NAME = "name"  # the field whose values name polygons, where there is one
CONTRIBUTIONS = "CONTRIBUTIONS"
POLYGONS = "staffed_polygons"  # role of the output
SINKS = {"STAFFING_OUT": "staffing", CONTRIBUTIONS: "contributions", "DRIVERS": "drivers", "RECORD": "run_record"}
TOLD = ("AREA_KM2", "LINE_KM", "SECTOR_COUNT", "STAFF_LOW", "STAFF_CENTRAL", "STAFF_HIGH", "TRAINING_CENTRAL",
        "POOL_CENTRAL")
COMPUTED = 0.9  # of the progress bar


class EstimateStaffing(ZoneAlgorithm):
    """Staffing for any polygons."""

    ID = "estimatestaffing"
    GROUP_ID = "zones"

    def words(self) -> Words:
        """Return title, heading, tags and texts, translated."""
        return Words(
            title=tr("Estimate staffing of polygons"),
            group=tr("Zones"),
            tags=tr(
                "staffing,persons,troops,observers,posts,patrols,crossings,contributors,sectors,peacekeeping,"
                "monitoring,posture,buffer zone,demilitarized,dmz",
            ),
            short=tr("Estimates the persons that sectors or other polygons take, with their range and its drivers."),
            help=estimate_staffing_help,
        )

    def initAlgorithm(self, config: dict[str, Any] | None = None) -> None:  # noqa: N802  # name of QGIS
        """Declare parameters and outputs."""
        source = QgsProcessing.SourceType
        for parameter in (
            QgsProcessingParameterFeatureSource(INPUT, tr("Sectors or other polygons"), [source.TypeVectorPolygon]),
            QgsProcessingParameterFeatureSource(
                LINE, tr("Contact line in them (else their long axes stand for it)"), [source.TypeVectorLine],
                optional=True,
            ),
            QgsProcessingParameterField(
                LENGTH_FIELD, tr("Length of line in each (km), instead of the line"), parentLayerParameterName=INPUT,
                type=QgsProcessingParameterField.DataType.Numeric, optional=True,
            ),
            *staffing_inputs(),
            *population_inputs(),
            overwrite_parameter(),
            QgsProcessingParameterFeatureSink(OUTPUT, tr("Polygons with staffing"), source.TypeVectorPolygon),
        ):
            self.addParameter(parameter)
        for name, role in SINKS.items():
            self.addParameter(sink(name, f.layer_def(role)))
        for name, description in numbers():
            if name in TOLD:
                self.addOutput(QgsProcessingOutputNumber(name, description))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Raise `PlanError` for values that no estimate can have."""
        check_staffing(self, self._spec(parameters, context), parameters, context)
        if given(parameters, POPULATION):
            check_population(self, parameters, context)
        if given(parameters, LENGTH_FIELD):
            if given(parameters, LINE):
                raise PlanError(tr("A line and a field of lengths were given"), tr("Give one of them."))
            source = self.parameterAsSource(parameters, INPUT, context)
            if source is not None:
                check_field(self, parameters, LENGTH_FIELD, source, context)

    def prepare(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Take the features with all that they carry, and the layers beside them."""
        source = self.parameterAsSource(parameters, INPUT, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, INPUT))
        length = self._length_field(parameters, source, context, feedback)
        found = source.getFeatures(
            QgsFeatureRequest(), QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks,
        )
        self._features = sorted(found, key=QgsFeature.id)  # selected ones come in any order
        self._fields, self._crs, self._wkb_type = source.fields(), source.sourceCrs(), source.wkbType()
        self._kept = kept_fields(self._fields, self._features, qgs_fields(f.layer_def(POLYGONS)))
        for told in renamed(self._fields, self._kept):
            feedback.pushWarning(told)
        self._lengths_km = tuple(plain(one[length]) for one in self._features) if length >= 0 else None
        line = self.optional_source(parameters, LINE, context)
        self._line = None if line is None else collect(line)
        self._staffing_layers = collect_staffing_layers(self, parameters, context)
        self._population = collect_population(self, parameters, context)
        layer = self.source_layer(parameters, INPUT, context)
        self._input_id, self._input_name = ("", source.sourceName()) if layer is None else (layer.id(), layer.name())
        self._source_files = staffing_files(self, parameters, context).union(*(
            source_files(self.source_layer(parameters, name, context)) for name in (INPUT, LINE, POPULATION)
        ))
        self._run_context = (
            *run_context(source=source, line=line), *field_record("length", source, length),
        )

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Estimate the persons, write the outputs and return them with the figures."""
        from ..core.polygon_force import staff_polygons
        from ..core.staffing.statement import told_with

        spec = with_contributors(self._spec(parameters, context), self._staffing_layers)
        self._destinations(parameters, context)  # refuses before anything is computed
        progress = progress_of(feedback)
        inputs = self._read(context, progress, feedback)
        force = on_python_thread(lambda: staff_polygons(spec, inputs, progress.stage(0.0, COMPUTED)))
        tell_notes(force, feedback)
        tell_staffing(force, feedback)
        with old_kept_until_written(self._destinations(parameters, context)):  # files may have come since
            results = self._write(parameters, context, force, progress.stage(COMPUTED, 1.0))
        if not feedback.isCanceled():  # QGIS loads nothing of a run that was cancelled too late
            if CONTRIBUTIONS in results and not table_rows("contributions", force):
                leave_unloaded(context, results[CONTRIBUTIONS])
            told = told_with(force.used.title, *force.staffing.total.ends)
            title = tr("{layer}, staffing: {posture}").format(layer=self._input_name, posture=force.used.title)
            group = RunGroup(uuid.uuid4().hex, title, self._input_id)
            for name, role in {OUTPUT: POLYGONS, **SINKS}.items():
                if name in results:
                    finish_when_loaded(context, results[name], role, told, group)
        return {**results, **_figures(force)}

    def _length_field(
        self, parameters: dict[str, Any], source: QgsProcessingFeatureSource, context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> int:
        """Return the index of the field of lengths: the one named, or a plan's own where nothing else tells."""
        if given(parameters, LENGTH_FIELD):
            return field_index(self, parameters, LENGTH_FIELD, source, context)
        own = source.fields().lookupField(PLAN_LENGTH)
        if given(parameters, LINE) or own < 0 or not source.fields().at(own).isNumeric():
            return -1
        feedback.pushInfo(tr("The field {field} tells the length of line").format(field=PLAN_LENGTH))
        return int(own)

    def _spec(self, parameters: dict[str, Any], context: QgsProcessingContext) -> PlanSpec:
        return PlanSpec(**staffing_values(self, parameters, context))

    def _destinations(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[Any]:
        found = file_destinations({name: parameters.get(name) for name in (OUTPUT, *SINKS)}, context)
        check_destinations(found, self.parameterAsBoolean(parameters, OVERWRITE, context))
        keep_source(found, self._source_files)
        return found

    def _read(
        self, context: QgsProcessingContext, progress: Progress, feedback: QgsProcessingFeedback,
    ) -> PolygonInputs:
        """Return polygons, line and layers in longitude/latitude, with what is shipped for staffing."""
        from ..core.cells import nearby_of_zone
        from ..core.features import single_parts
        from ..core.polygon_force import LAYER, PolygonInputs

        shapes = Collected(tuple((one.id(), one.geometry()) for one in self._features), self._crs)
        features = read_features(shapes, LAYER, context, progress)
        polygons = [part for feature in features for part in single_parts(feature.geometry)]
        staffing = read_staffing_layers(self._staffing_layers, context, progress, feedback)
        population, told = read_population(
            self._population, lambda: nearby_of_zone(polygons) if polygons else None, context, progress, feedback,
        )
        named = self._fields.lookupField(NAME)
        names = [plain(one[named]) if named >= 0 else None for one in self._features]
        numbers = numbers_of(self._fields, self._features)
        return PolygonInputs(
            features=features,
            names=tuple(str(name) if name else f"S{number}" for name, number in zip(names, numbers)),
            numbers=numbers,
            lengths_km=self._lengths_km,
            line_features=None if self._line is None else read_features(
                self._line, tr("The contact line"), context, progress,
            ),
            population=population,
            context=(*self._run_context, *staffing.record, *told),
            **staffing.values,
        )

    def _write(
        self, parameters: dict[str, Any], context: QgsProcessingContext, force: PolygonForce, progress: Progress,
    ) -> dict[str, Any]:
        """Write the polygons and the tables that are wanted, and return where they are."""
        tables = {name: role_content(role, partial(table_rows, role, force)) for name, role in SINKS.items()}
        return write_all(self, parameters, context, {OUTPUT: self._polygons(force), **tables}, progress)

    def _polygons(self, force: PolygonForce) -> SinkContent:
        """Return the input's features with what staffing tells of them."""
        added, fields = qgs_fields(f.layer_def(POLYGONS)), QgsFields()
        for field in (*(renamed_field(self._fields.at(k), name) for k, name in self._kept), *added):
            fields.append(field)
        values = polygon_values(force)

        def features() -> list[QgsFeature]:
            found = []
            for place, one in enumerate(self._features):
                feature = QgsFeature(fields)
                told = values.get(place, [None] * added.count())
                feature.setAttributes([*(one[k] for k, _ in self._kept), *told])
                feature.setGeometry(one.geometry())
                found.append(feature)
            return found

        return SinkContent(fields, self._wkb_type, self._crs, features)


def _figures(force: PolygonForce) -> dict[str, float]:
    """Return the output numbers: km, km², persons."""
    total, whole = force.staffing.total, force.sector_inputs.whole
    told = (
        float(whole.area_km2[0]), float(whole.line_km[0]), len(force.places), total.low, total.central, total.high,
        force.staffing.training.central, force.staffing.pool.central,
    )
    return dict(zip(TOLD, told))
