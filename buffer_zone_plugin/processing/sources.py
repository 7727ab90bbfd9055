"""What is known of a source beside its features: its name and reference system for the record, and its fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Union

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from ..compat import tr
from ..core.errors import PlanError
from .base import ZoneAlgorithm, given

Fielded = Union[QgsProcessingFeatureSource, QgsVectorLayer]


def origin(key: str, source: QgsProcessingFeatureSource) -> tuple[tuple[str, str], ...]:
    """Return the name and the reference system of a layer for the run record."""
    crs = source.sourceCrs()
    return (key, source.sourceName()), (f"{key}_crs", crs.authid() or crs.toWkt())


def layer_name(layer: QgsMapLayer) -> str:
    """Return what a layer is called: of one that Processing opened itself, the table that was named within its file.

    Processing names what it opens, such as ``lines.gpkg|layername=north``, after the file: all its tables alike.
    """
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    table = parts.get("layerName")
    return str(table) if table and layer.name() == Path(parts.get("path", "")).stem else str(layer.name())


def field_record(key: str, source: QgsProcessingFeatureSource, index: int) -> list[tuple[str, str]]:
    """Return the field that was read of a layer for the run record, if one was."""
    return [(f"{key}_field", source.fields().at(index).name())] if index >= 0 else []


def field_index(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], name: str, source: Fielded, context: QgsProcessingContext,
) -> int:
    """Return the index of the field that a parameter names, -1 if it names none that is there."""
    named = algorithm.parameterAsFields(parameters, name, context)
    return int(source.fields().lookupField(named[0])) if named else -1


def check_field(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], name: str, source: Fielded, context: QgsProcessingContext,
) -> None:
    """Raise `PlanError` if a parameter names a field that the layer does not have."""
    if given(parameters, name) and field_index(algorithm, parameters, name, source, context) < 0:
        raise PlanError(
            tr("The layer {layer} has no field {field}").format(
                layer=source.sourceName(), field=algorithm.parameterAsFields(parameters, name, context)[0],
            ),
            tr("Choose one of the layer's fields."),
        )
