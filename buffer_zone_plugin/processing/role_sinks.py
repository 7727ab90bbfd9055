"""How do layers that are defined by their role leave an algorithm? Each into its sink, if it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qgis.core import QgsProcessingContext

from ..compat import tr
from ..core.progress import Progress
from ..output import layers
from ..output.fields import layer_def
from ..output.rows import Row
from .base import SinkContent, ZoneAlgorithm

Rows = Callable[[], Sequence[Row]]


def role_content(role: str, rows: Rows) -> SinkContent:
    """Return what goes into the sink of a layer, given its role and what tells its rows."""
    layer = layer_def(role)
    return SinkContent(
        layers.qgs_fields(layer), layers.WKB_TYPES[layer.geometry], layers.layer_crs(layer),
        lambda: layers.features(layer, rows()),
    )


def write_all(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
    contents: Mapping[str, SinkContent], progress: Progress,
) -> dict[str, str]:
    """Write the sinks that are wanted, by parameter, and return the destination of each."""
    results = {}
    progress.report(0.0, tr("Writing the layers"))
    for number, (name, content) in enumerate(contents.items()):
        progress.report(number / len(contents))
        destination = algorithm.write_sink(parameters, context, name, content, progress)
        if destination:
            results[name] = destination
    progress.report(1.0)
    return results
