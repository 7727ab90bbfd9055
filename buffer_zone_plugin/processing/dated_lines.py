"""How do lines with a date become the core's input? One layer with a field of dates, or a layer for each date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ..compat import fixed_start, plain, tr
from ..core.dates import day_in_name, days_of
from ..core.errors import PlanError
from ..core.progress import Progress
from ..output.layers import CRS
from .base import ZoneAlgorithm, given
from .destinations import source_files
from .line_layers import LineLayers, given_layers, line_layers
from .plan_parameters import INPUT, INPUT_B
from .reading import Collected, collect, to_lonlat
from .sources import check_field, field_index, field_record, layer_name, origin

DATE_FIELD, LAYERS = "DATE_FIELD", "LAYERS"


@dataclass(frozen=True)
class DatedSource:
    """Lines taken on the thread that owns their layers, the day of each feature, and the layer that each is from.

    ``files`` are those that no output may replace, ``record`` is what the run record tells of the layers.
    """

    lines: Collected
    days: tuple[date, ...]
    layers: dict[date, str]
    files: frozenset[str]
    record: tuple[tuple[str, str], ...]


def dated_inputs() -> list[QgsProcessingParameterDefinition]:
    """Return what is asked of the lines and their dates."""
    lines = QgsProcessing.SourceType.TypeVectorLine
    return [
        QgsProcessingParameterFeatureSource(INPUT, tr("Contact lines of several dates"), [lines], optional=True),
        QgsProcessingParameterField(DATE_FIELD, tr("Date"), parentLayerParameterName=INPUT, optional=True),
        LineLayers(
            LAYERS, tr("Or a layer of the contact line for each date, with the date in its name"), lines,
            optional=True,
        ),
    ]


def check_dated(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
    """Raise `PlanError` unless one source of lines with dates that can be read is given; call it on the main thread."""
    several = given_layers(parameters, LAYERS)
    if given(parameters, INPUT_B):
        raise PlanError(
            tr("A forward line of side B was given, and a series has one line for each date"),
            tr("Leave INPUT_B out, or plan each date by itself."),
        )
    hint = tr("Give INPUT, a line layer, with DATE_FIELD, its field of dates, or LAYERS, a line layer for each date.")
    if given(parameters, INPUT) and several:
        raise PlanError(tr("A layer of lines and several layers were given"), hint)
    if not given(parameters, INPUT) and not several:
        raise PlanError(tr("No contact lines were given"), hint)
    if several:
        _by_day(line_layers(algorithm, parameters, LAYERS, context))
        return
    if not given(parameters, DATE_FIELD):
        raise PlanError(tr("No field of dates was named"), hint)
    source = algorithm.parameterAsSource(parameters, INPUT, context)
    if source is not None:  # else QGIS's own sentence names the layer when it is read
        check_field(algorithm, parameters, DATE_FIELD, source, context)
        _check_days(source, field_index(algorithm, parameters, DATE_FIELD, source, context))


def _check_days(source: QgsProcessingFeatureSource, index: int) -> None:
    """Raise `PlanError` for dates that cannot be read: once the run is on, QGIS keeps its sentence from scripts."""
    request = QgsFeatureRequest().setSubsetOfAttributes([index]).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    found = list(source.getFeatures(request, QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks))
    days_of([_as_python(plain(feature.attribute(index))) for feature in found], [feature.id() for feature in found])


def collect_dated(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress,
) -> DatedSource:
    """Take the lines with their days; call it on the main thread.

    Raises
    ------
    PlanError : a date that is missing or cannot be read, two layers of one date, a layer that cannot be transformed
    """
    if given_layers(parameters, LAYERS):
        return _from_layers(algorithm, parameters, context, progress)
    source = algorithm.parameterAsSource(parameters, INPUT, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, INPUT))
    index = field_index(algorithm, parameters, DATE_FIELD, source, context)
    lines = collect(source, index)
    days = days_of([_as_python(value) for value in lines.values], [number for number, _ in lines.features])
    return DatedSource(
        lines, days, dict.fromkeys(days, source.sourceName()),
        source_files(algorithm.source_layer(parameters, INPUT, context)),
        (*origin("source", source), *field_record("date", source, index)),
    )


def _from_layers(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress,
) -> DatedSource:
    """Take the lines of several layers, in longitude/latitude: each may have a reference system of its own."""
    dated = _by_day(line_layers(algorithm, parameters, LAYERS, context))
    features, days, files, record = [], [], set(), []
    for day, (name, layer) in dated.items():
        source = QgsProcessingFeatureSource(layer, context)
        collected = collect(source)
        shapes = to_lonlat(collected, context, progress, tr("The layer '{name}'").format(name=name))
        features += [(number, shape) for (number, _), shape in zip(collected.features, shapes)]
        days += [day] * len(shapes)
        files |= source_files(layer)
        record += ((f"source_{day}", name), *origin(f"source_{day}", source)[1:])
    lines = Collected(tuple(features), QgsCoordinateReferenceSystem(CRS))
    names = {day: name for day, (name, _) in dated.items()}
    return DatedSource(lines, tuple(days), names, frozenset(files), tuple(record))


def _by_day(layers: Sequence[QgsVectorLayer]) -> dict[date, tuple[str, QgsVectorLayer]]:
    """Return the names and layers by day; raises `PlanError` for a layer without a day, or two of one day."""
    dated: dict[date, tuple[str, QgsVectorLayer]] = {}
    for layer in layers:
        name, day = _named_day(layer)
        if day in dated:
            raise PlanError(
                tr("Two layers have the date {day}: '{one}' and '{other}'").format(
                    day=day, one=dated[day][0], other=name,
                ),
                tr("Keep one of them, or merge them into one layer."),
            )
        dated[day] = name, layer
    return dated


def _named_day(layer: QgsVectorLayer) -> tuple[str, date]:
    """Return a layer's name and day: the first of its fixed time range if it has one, else that in its name.

    Where a table within a file was named, and tells no day, the file's name may.
    """
    name, day = layer_name(layer), fixed_start(layer)
    if day is not None:
        return name, day.toPyDate()
    try:
        return name, day_in_name(name)
    except PlanError:
        return layer.name(), day_in_name(layer.name())


def _as_python(value: Any) -> Any:
    """Return Qt's dates and times as Python's; a time of a zone in UTC, one without a zone as it stands."""
    if isinstance(value, QDate):
        return value.toPyDate() if value.isValid() else None
    if isinstance(value, QDateTime):
        if not value.isValid():
            return None
        return (value if value.timeSpec() == Qt.TimeSpec.LocalTime else value.toUTC()).toPyDateTime()
    return value
