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

from ..output.project import RunGroup, place_in_group, switch_off_former
from ..output.styles import apply_style, describe

_KEEP: dict[str, LayerFinisher] = {}  # by the destination's id


class LayerFinisher(QgsProcessingLayerPostProcessorInterface):
    """Styles one output and puts it into the group of its run, if any; QGIS calls it on the main thread, once."""

    def __init__(
        self, destination: str, role: str, abstract: str, group: RunGroup | None, project: QgsProject | None,
    ) -> None:
        super().__init__()
        self._abstract = abstract
        self._destination = destination
        self._role = role
        self._group = group
        self._project = project

    def postProcessLayer(  # noqa: N802  # name of QGIS
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Style, mark and place the layer; over a former split, switch that off."""
        _KEEP.pop(self._destination, None)
        if not isinstance(layer, QgsVectorLayer):
            return
        problem = apply_style(layer, self._role)
        if problem:
            feedback.pushWarning(problem)
        describe(layer, self._abstract)
        project, group = self._project or context.project(), self._group
        if group is None or project is None or project.mapLayer(layer.id()) is None:
            return
        own = place_in_group(project, layer, self._role, group.run_id, group.title)
        switch_off_former(project, own, group.zone_id, self._role)


def finish_when_loaded(
    context: QgsProcessingContext, destination: str, role: str, abstract: str, group: RunGroup | None = None,
) -> None:
    """Have an output styled if QGIS is going to load it, and put into the group of its run, if it has one.

    ``abstract`` goes into the layer's metadata.
    """
    if not context.willLoadLayerOnCompletion(destination):
        return
    details = context.layerToLoadOnCompletionDetails(destination)
    finisher = LayerFinisher(destination, role, abstract, group, details.project)
    _KEEP[destination] = finisher
    details.setPostProcessor(finisher)


def leave_unloaded(context: QgsProcessingContext, destination: str) -> None:
    """Keep QGIS from loading an output when the run is over; where it was written it stays."""
    wanted = context.layersToLoadOnCompletion()
    if wanted.pop(destination, None) is not None:
        context.setLayersToLoadOnCompletion(wanted)
