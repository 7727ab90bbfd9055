"""`bufferzone:contactline`: from polygons of who holds what to the contact line, ready for `bufferzone:planzone`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsField,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
)
from qgis.PyQt.QtCore import Qt

from ..compat import on_python_thread, tr
from ..core.control_request import ControlRequest
from ..core.errors import PlanError
from ..core.progress import Progress
from ..core.scales import M_PER_KM
from ..output import fields as f
from ..output import layers
from ..output.rows import control_rows
from .base import OVERWRITE, SinkContent, Words, ZoneAlgorithm, overwrite_parameter, progress_of
from .control_help import contact_line_help
from .destinations import Destination, check_destinations, file_destinations, keep_source, source_files
from .old_files import old_kept_until_written
from .postprocess import finish_when_loaded
from .reading import Collected, collect, read_features

if TYPE_CHECKING:
    from ..core.control import AreasOfDate, ContactLines
    from ..core.features import InputFeature

INPUT, OTHER, MASK, DATE_FIELD, OUTPUT = "INPUT", "OTHER", "MASK", "DATE_FIELD", "OUTPUT"
SOURCES = (INPUT, OTHER, MASK)
ROLE = "control_line"
DATE = "date"
DEFAULTS = ControlRequest()
READ, COMPUTED = 0.05, 0.95  # shares of the progress bar


class ContactLineFromAreas(ZoneAlgorithm):
    """The contact line between areas of control."""

    ID = "contactline"
    GROUP_ID = "contactline"

    def words(self) -> Words:
        """Return title, heading, tags and texts, translated."""
        return Words(
            title=tr("Contact line from areas of control"),
            group=tr("Contact line"),
            tags=tr(
                "contact line,line of contact,front line,frontline,areas of control,territorial control,border,"
                "ceasefire,pocket,bridgehead,shared boundary",
            ),
            short=tr("Makes the contact line from polygons of who holds what, without coast and state border."),
            help=contact_line_help,
        )

    def initAlgorithm(self, config: dict[str, Any] | None = None) -> None:  # noqa: N802  # name of QGIS
        """Declare parameters and outputs. Limits are checked in `check`, whose sentences say more than QGIS's."""
        for parameter in _inputs():
            self.addParameter(parameter)
        self.addParameter(QgsProcessingParameterFeatureSink(
            OUTPUT, f.layer_def(ROLE).title, QgsProcessing.SourceType.TypeVectorLine,
        ))
        self.addOutput(QgsProcessingOutputNumber("LINE_KM", tr("Length of the contact line (km)")))
        self.addOutput(QgsProcessingOutputNumber("PARTS", tr("Number of parts")))
        self.addOutput(QgsProcessingOutputNumber("POCKETS", tr("Number of pockets")))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Raise `PlanError` for values that no line can have."""
        self._request(parameters, context)

    def prepare(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Take the features of all layers, and the field that tells their date."""
        named = self.parameterAsFields(parameters, DATE_FIELD, context)
        self._dated = bool(named)
        self._collected: dict[str, Collected] = {}
        self._date_fields: dict[str, QgsField] = {}
        for name in SOURCES:
            source = self.parameterAsSource(parameters, name, context)
            if source is None:
                if name == INPUT or parameters.get(name):
                    raise QgsProcessingException(self.invalidSourceError(parameters, name))
                continue
            index = source.fields().lookupField(named[0]) if named and name != MASK else -1
            if index >= 0:
                self._date_fields[name] = source.fields().at(index)
            self._collected[name] = collect(source, index)
        if self._dated and INPUT not in self._date_fields:
            raise PlanError(
                tr("The areas of side A have no field {field}").format(field=named[0]),
                tr("Choose one of the layer's fields."),
            )
        self._source_files = frozenset().union(
            *(source_files(self.source_layer(parameters, name, context)) for name in SOURCES),
        )

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Find the lines, write them and return where they are, with the figures."""
        from ..core.control import dated_contact_lines

        request = self._request(parameters, context)
        self._destinations(parameters, context)  # refuses before anything is computed
        progress = progress_of(feedback)
        dates, areas, mask = self._read(context, progress)
        lines = on_python_thread(
            lambda: dated_contact_lines(areas, mask, request, progress.stage(READ, COMPUTED)),
        )
        for date, line in zip(areas, lines):
            _tell(date.name, line, feedback)
        _tell_date_of_figures([date.name for date in areas], lines, feedback)
        destination = self._write(parameters, context, dates, lines, progress)
        if not feedback.isCanceled():  # QGIS loads nothing of a run that was cancelled too late
            finish_when_loaded(context, destination, ROLE, tr("Without prejudice to status."))
        return {OUTPUT: destination, **figures(lines)}

    def _request(self, parameters: dict[str, Any], context: QgsProcessingContext) -> ControlRequest:
        """Return what was asked; raises `PlanError` for what no line can have."""
        return ControlRequest(
            gap_m=self.parameterAsDouble(parameters, "GAP", context) * M_PER_KM,
            match_m=self.parameterAsDouble(parameters, "MATCH", context) * M_PER_KM,
            generalise_m=self.parameterAsDouble(parameters, "GENERALISE", context),
        )

    def _destinations(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[Destination]:
        """Return the file that the run will write, if any; raises `PlanError` if it must not or cannot be written."""
        destinations = file_destinations({OUTPUT: parameters.get(OUTPUT)}, context)
        check_destinations(destinations, self.parameterAsBoolean(parameters, OVERWRITE, context))
        keep_source(destinations, self._source_files)
        return destinations

    def _read(
        self, context: QgsProcessingContext, progress: Progress,
    ) -> tuple[list[Any], list[AreasOfDate], tuple[InputFeature, ...] | None]:
        """Return the dates, the areas of each and the mask; areas of side B without a date serve every date."""
        from ..core.control import AreasOfDate

        names = {
            INPUT: tr("The layer of side A"), OTHER: tr("The layer of side B"), MASK: tr("The layer of the mask"),
        }
        areas = {
            name: read_features(layer, names[name], context, progress) for name, layer in self._collected.items()
        }
        mask = areas.get(MASK)
        if not self._dated or not areas[INPUT]:
            return [None], [AreasOfDate("", areas[INPUT], areas.get(OTHER))], mask
        by_date = {name: _grouped(areas[name], self._collected[name].values) for name in self._date_fields}
        dates = sorted(by_date[INPUT], key=_order)
        others = by_date.get(OTHER)
        return dates, [
            AreasOfDate(
                _words(date), by_date[INPUT][date], others.get(date, ()) if others else areas.get(OTHER), bool(others),
            )
            for date in dates
        ], mask

    def _write(
        self, parameters: dict[str, Any], context: QgsProcessingContext, dates: list[Any], lines: list[ContactLines],
        progress: Progress,
    ) -> str:
        """Write the layer and return where it is."""
        layer = f.layer_def(ROLE)
        fields = layers.qgs_fields(layer)
        if self._dated:
            fields.append(_date_field(self._date_fields[INPUT]))
        rows = [
            ([*values, date] if self._dated else values, shape)
            for date, line in zip(dates, lines) for values, shape in control_rows(line)
        ]
        content = SinkContent(
            fields, layers.WKB_TYPES[layer.geometry], layers.layer_crs(layer),
            lambda: layers.features(layer, rows, fields),
        )
        destinations = self._destinations(parameters, context)  # files may have come since
        progress.report(COMPUTED, tr("Writing the layer"))
        with old_kept_until_written(destinations):
            destination = self.write_sink(parameters, context, OUTPUT, content, progress)
            progress.report(1.0)
        return destination


def figures(lines: list[ContactLines]) -> dict[str, float]:
    """Return the output numbers of the last date that has a line."""
    from ..core.control import POCKET

    parts = next(line.parts for line in reversed(lines) if line.parts)
    return {
        "LINE_KM": sum(part.length_m for part in parts) / M_PER_KM,
        "PARTS": len(parts),
        "POCKETS": sum(part.kind == POCKET for part in parts),
    }


def _tell(date: str, line: ContactLines, feedback: QgsProcessingFeedback) -> None:
    """Write to the log what was found and what was done for it."""
    prefix = f"{date}: " if date else ""
    if line.parts:
        found = figures([line])
        text = tr("Contact line: {km} km, parts: {parts}, of these pockets: {pockets}").format(
            km=f"{found['LINE_KM']:.1f}", parts=found["PARTS"], pockets=found["POCKETS"],
        )
        feedback.pushInfo(f"{prefix}{text}")
    for note in line.notes:
        (feedback.pushWarning if note in line.warnings else feedback.pushInfo)(f"{prefix}{note}")


def _tell_date_of_figures(dates: list[str], lines: list[ContactLines], feedback: QgsProcessingFeedback) -> None:
    """Write to the log of which date the figures are, if not of the last one."""
    if not lines[-1].parts:
        date = next(name for name, line in zip(reversed(dates), reversed(lines)) if line.parts)
        feedback.pushInfo(tr("The figures are those of the last date that has a line: {date}").format(date=date))


def _grouped(areas: tuple[InputFeature, ...], values: tuple[Any, ...]) -> dict[Any, list[InputFeature]]:
    """Return the areas of each date."""
    groups: dict[Any, list[InputFeature]] = {}
    for area, value in zip(areas, values):
        groups.setdefault(value, []).append(area)
    return groups


def _words(date: Any) -> str:
    """Return a date as the log tells it."""
    if date is None:
        return tr("without date")
    return date.toString(Qt.DateFormat.ISODate) if hasattr(date, "toString") else str(date)


def _order(date: Any) -> tuple[bool, Any]:
    """Return a key that sorts dates, texts or numbers of one field, empty ones first."""
    return date is not None, 0 if date is None else date


def _date_field(source: QgsField) -> QgsField:
    """Return the output's date field: of the input's type, under a name of its own."""
    field = QgsField(source)
    field.setName(DATE)
    return field


def _inputs() -> list[QgsProcessingParameterDefinition]:
    number, polygons = QgsProcessingParameterNumber.Type, [QgsProcessing.SourceType.TypeVectorPolygon]
    source = QgsProcessingParameterFeatureSource
    return [
        source(INPUT, tr("Areas of side A"), polygons),
        source(OTHER, tr("Areas of side B"), polygons, optional=True),
        source(MASK, tr("Mask: land or state"), polygons, optional=True),
        QgsProcessingParameterNumber("GAP", tr("Largest gap (km)"), number.Double, DEFAULTS.gap_m / M_PER_KM),
        QgsProcessingParameterNumber(
            "MATCH", tr("Coast and state border: distance from the mask's edge (km)"), number.Double,
            DEFAULTS.match_m / M_PER_KM,
        ),
        QgsProcessingParameterNumber(
            "GENERALISE", tr("Generalise (m, 0 keeps every vertex)"), number.Double, DEFAULTS.generalise_m,
        ),
        QgsProcessingParameterField(DATE_FIELD, tr("Date"), parentLayerParameterName=INPUT, optional=True),
        overwrite_parameter(),
    ]
