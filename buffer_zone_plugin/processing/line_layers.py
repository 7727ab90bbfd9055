"""How are several line layers asked for and taken? One that cannot be read or holds no lines is named."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterMultipleLayers,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..compat import plain, tr
from ..core.errors import PlanError
from .base import ZoneAlgorithm

LINES = QgsWkbTypes.GeometryType.LineGeometry


class LineLayers(QgsProcessingParameterMultipleLayers):
    """Layers of which a missing file is left to `line_layers`, whose sentence names it."""

    def checkValueIsAcceptable(  # noqa: N802  # name of QGIS
        self, value: Any, context: QgsProcessingContext | None = None,
    ) -> bool:
        """Return whether a value can name layers."""
        named = [value] if isinstance(value, str) else value
        all_named = isinstance(named, (list, tuple)) and all(isinstance(one, str) and one for one in named)
        return bool(all_named or super().checkValueIsAcceptable(value, context))


def given_layers(parameters: dict[str, Any], name: str) -> list[Any]:
    """Return the layers that a parameter names as a list, however they were given."""
    value = plain(parameters.get(name))
    if isinstance(value, (list, tuple)):
        return list(value)
    return [] if value in (None, "") else [value]


def line_layers(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext,
) -> list[QgsVectorLayer]:
    """Return the line layers that a parameter names; call it on the main thread.

    Raises
    ------
    PlanError : one that cannot be read, or that holds no lines
    """
    layers = []
    for value in given_layers(parameters, name):
        found = algorithm.parameterAsLayerList({name: [value]}, name, context)
        if not found or not found[0].isValid():
            raise PlanError(
                tr("The layer {name} could not be read").format(name=value),
                tr("Check that the file is there, and repeat {parameter} for each layer.").format(parameter=name),
            )
        if not isinstance(found[0], QgsVectorLayer) or found[0].geometryType() != LINES:
            raise PlanError(
                tr("The layer '{name}' holds no lines").format(name=found[0].name()), tr("Choose line layers only."),
            )
        layers.append(found[0])
    return layers
