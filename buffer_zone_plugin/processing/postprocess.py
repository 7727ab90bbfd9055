"""How are all outputs of a run styled and grouped in the desktop? By one post-processor each, kept alive in a registry.

QGIS keeps no reference to a post-processor, and runs the algorithm on a copy that is gone when the layers are loaded:
hence the only module-level state of the plugin.
"""

from __future__ import annotations

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsVectorLayer,
)

from ..output.project import place_in_group
from ..output.styles import apply_style

_KEEP: dict[str, LayerFinisher] = {}  # by the destination's id


class LayerFinisher(QgsProcessingLayerPostProcessorInterface):
    """Styles one output and puts it into the group of its run, if any; QGIS calls it on the main thread, once."""

    def __init__(self, destination: str, role: str, run_id: str, title: str, project: QgsProject | None) -> None:
        super().__init__()
        self._destination = destination
        self._role = role
        self._run_id = run_id
        self._title = title
        self._project = project

    def postProcessLayer(  # noqa: N802  # name of QGIS
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Style, mark and place the layer."""
        _KEEP.pop(self._destination, None)
        if not isinstance(layer, QgsVectorLayer):
            return
        problem = apply_style(layer, self._role)
        if problem:
            feedback.pushWarning(problem)
        project = self._project or context.project()
        if self._run_id and project is not None and project.mapLayer(layer.id()) is not None:
            place_in_group(project, layer, self._role, self._run_id, self._title)


def finish_when_loaded(
    context: QgsProcessingContext, destination: str, role: str, run_id: str = "", title: str = "",
) -> None:
    """Have an output styled if QGIS is going to load it, and put into the group of its run, if it has one."""
    if not context.willLoadLayerOnCompletion(destination):
        return
    details = context.layerToLoadOnCompletionDetails(destination)
    finisher = LayerFinisher(destination, role, run_id, title, details.project)
    _KEEP[destination] = finisher
    details.setPostProcessor(finisher)


def leave_unloaded(context: QgsProcessingContext, destination: str) -> None:
    """Keep QGIS from loading an output when the run is over; where it was written it stays."""
    wanted = context.layersToLoadOnCompletion()
    if wanted.pop(destination, None) is not None:
        context.setLayersToLoadOnCompletion(wanted)
