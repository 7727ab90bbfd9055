"""`bufferzone:splitsectors`: a new split of a zone that is there, along the line it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
)

from ..compat import on_python_thread, plain, tr
from ..core.progress import Progress
from ..core.scales import M_PER_KM
from ..core.spec import PlanSpec
from ..output import fields as f
from .base import Words, ZoneAlgorithm, overwrite_parameter, progress_of
from .destinations import source_files
from .old_files import old_kept_until_written
from .plan_output import (
    figures,
    finish_layers,
    plan_destinations,
    run_context,
    split_again_group,
    tell_notes,
    tell_staffing,
    write_sinks,
)
from .plan_parameters import numbers, sink
from .population_layer import POPULATION
from .reading import collect, read_features
from .split_help import split_sectors_help
from .split_layers import KEYS as SPLIT_LAYERS
from .split_layers import collect_split_layers, read_split_layers
from .split_parameters import check_split, split_inputs, split_values, tell_unused
from .staffing_layers import collect_staffing_layers, read_staffing_layers, staffing_files, with_contributors
from .staffing_parameters import check_staffing, staffing_inputs, staffing_values

if TYPE_CHECKING:
    from ..core.plan import PlanInputs
    from ..core.resplit import GivenZone

INPUT, ZONE = "INPUT", "ZONE"
SINKS = {  # parameter: role of its layer
    "SECTORS_OUT": "sectors", "SUBSECTORS_OUT": "subsectors", "BOUNDARIES": "sector_boundaries", "POSTS": "posts",
    "STAFFING_OUT": "staffing", "CONTRIBUTIONS": "contributions", "DRIVERS": "drivers", "RECORD": "run_record",
}
NOT_TOLD = ("ERROR_MAX_M",)  # of a zone that is not made here
SIDE, LEFT_SIDE = "side", "left_side"
DEPTH_FIELDS = ("depth_a_km", "depth_b_km", "depth_km")
COMPUTED = 0.95  # of the progress bar


class SplitSectors(ZoneAlgorithm):
    """Another split of the same zone."""

    ID = "splitsectors"
    GROUP_ID = "zones"

    def words(self) -> Words:
        """Return title, heading, tags and texts, translated."""
        return Words(
            title=tr("Split zone into sectors"),
            group=tr("Zones"),
            tags=tr(
                "sectors,subsectors,split,divide,buffer zone,contact line,area of responsibility,boundary,staffing,"
                "population,demilitarized,dmz",
            ),
            short=tr("Splits a zone that was planned into sectors again, without drawing the zone anew."),
            help=split_sectors_help,
        )

    def initAlgorithm(self, config: dict[str, Any] | None = None) -> None:  # noqa: N802  # name of QGIS
        """Declare parameters and outputs."""
        source = QgsProcessing.SourceType
        for parameter in (
            QgsProcessingParameterFeatureSource(INPUT, tr("Contact line of the plan"), [source.TypeVectorLine]),
            QgsProcessingParameterFeatureSource(
                ZONE, tr("Sides of the plan, or its zone"), [source.TypeVectorPolygon],
            ),
            QgsProcessingParameterBoolean(
                "REVERSE", tr("Swap the sides"), defaultValue=False,
            ),
            *split_inputs(),
            *staffing_inputs(),
            overwrite_parameter(),
        ):
            self.addParameter(parameter)
        for name, role in SINKS.items():
            self.addParameter(sink(name, f.layer_def(role)))
        for name, description in numbers():
            if name not in NOT_TOLD:
                self.addOutput(QgsProcessingOutputNumber(name, description))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Raise `PlanError` for values that no plan can have."""
        spec = self._spec(parameters, context)
        check_split(self, spec, parameters, context)
        check_staffing(self, spec, parameters, context)

    def prepare(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Take the features, and what the zone's fields tell of sides and depths."""
        line, zone = (self.parameterAsSource(parameters, name, context) for name in (INPUT, ZONE))
        for name, source in ((INPUT, line), (ZONE, zone)):
            if source is None:
                raise QgsProcessingException(self.invalidSourceError(parameters, name))
        self._line = collect(line, line.fields().lookupField(LEFT_SIDE))
        self._zone = collect(zone, zone.fields().lookupField(SIDE))
        self._depths_m = _depths(zone)
        self._split_layers = collect_split_layers(self, parameters, context)
        self._staffing_layers = collect_staffing_layers(self, parameters, context)
        layer = self.source_layer(parameters, ZONE, context)
        self._zone_id = "" if layer is None else layer.id()
        self._source_files = staffing_files(self, parameters, context).union(*(
            source_files(self.source_layer(parameters, name, context))
            for name in (INPUT, ZONE, *SPLIT_LAYERS, POPULATION)
        ))
        self._run_context = run_context(source=line, zone=zone)

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Split the zone, write the outputs and return them with the figures."""
        from ..core.resplit import split_again

        spec = with_contributors(self._spec(parameters, context), self._staffing_layers)
        plan_destinations(self, parameters, context, SINKS, self._source_files)  # refuses before anything is computed
        tell_unused(spec, parameters, feedback)
        progress = progress_of(feedback)
        zone, inputs = self._read(context, progress, feedback)
        plan = on_python_thread(lambda: split_again(spec, inputs, zone, progress.stage(0.0, COMPUTED)))
        tell_notes(plan, feedback)
        tell_staffing(plan, feedback)
        destinations = plan_destinations(self, parameters, context, SINKS, self._source_files)  # files may have come
        with old_kept_until_written(destinations):
            results = write_sinks(self, parameters, context, SINKS, plan, progress.stage(COMPUTED, 1.0))
        if not feedback.isCanceled():  # QGIS loads nothing of a run that was cancelled too late
            finish_layers(context, results, SINKS, plan, split_again_group(plan, self._zone_id))
        told = {name: value for name, value in figures(plan).items() if name not in NOT_TOLD}
        return {**results, **told}

    def _spec(self, parameters: dict[str, Any], context: QgsProcessingContext) -> PlanSpec:
        """Return what was asked; the depths are the zone's own."""
        return PlanSpec(
            reverse=self.parameterAsBoolean(parameters, "REVERSE", context),
            **split_values(self, parameters, context),
            **staffing_values(self, parameters, context),
        )

    def _read(
        self, context: QgsProcessingContext, progress: Progress, feedback: QgsProcessingFeedback,
    ) -> tuple[GivenZone, PlanInputs]:
        """Return zone and line in longitude/latitude, with the staffing catalogue and the postures."""
        from ..core.cells import nearby_of_zone
        from ..core.plan import PlanInputs
        from ..core.record import fingerprint
        from ..core.resplit import ZONE as LAYER
        from ..core.resplit import given_zone, turned_to_a

        features = read_features(self._zone, LAYER, context, progress)
        zone, notes = given_zone(features, self._zone.values, self._depths_m)
        for note in notes:
            feedback.pushInfo(note)
        lines = turned_to_a(read_features(self._line, tr("The contact line"), context, progress), self._line.values)
        split = read_split_layers(
            self._split_layers, lambda: nearby_of_zone(zone.polygons), context, progress, feedback,
        )
        staffing = read_staffing_layers(self._staffing_layers, context, progress, feedback)
        zone_record = ("zone_sha256", fingerprint(features, self._zone.values))
        return zone, PlanInputs(
            lines=lines,
            context=(*self._run_context, zone_record, *split.record, *staffing.record),
            **split.values,
            **staffing.values,
        )


def _depths(zone: QgsProcessingFeatureSource) -> tuple[float, float] | None:
    """Return the depths of side A and side B, metres, that a plan's zone or sides carry; None for other layers."""
    fields = [name for name in (SIDE, *DEPTH_FIELDS) if zone.fields().lookupField(name) >= 0]
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    found = {"A": 0.0, "B": 0.0}
    for feature in zone.getFeatures(request):
        told = {name: plain(feature[name]) for name in fields}
        by_side = {"A": told.get("depth_a_km"), "B": told.get("depth_b_km"), told.get(SIDE): told.get("depth_km")}
        for side in found:
            if isinstance(by_side.get(side), (int, float)):
                found[side] = max(found[side], float(by_side[side]) * M_PER_KM)
    return (found["A"], found["B"]) if max(found.values()) > 0 else None
