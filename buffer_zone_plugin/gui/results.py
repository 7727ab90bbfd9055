"""After a run: the figures in the result box, and the zone on the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from qgis.core import (
    QgsFeatureRequest,
    QgsGeometry,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas

from ..output.project import RUN_PROPERTY
from ..output.styles import ROLE_PROPERTY
from .look import tip
from .parameters import plan_name
from .state import PanelState
from .words import summarise

ZONE_ROLE = "zone"
GROUND_ROLES = ("zone", "sectors")  # layers that cover a plan's ground; a run of the toolbox may have made only one
FULL_TURN = 360.0
MAP_MARGIN = 1.08  # the extent of a layer with a little room around


def show_summary(
    dock: Any, numbers: Mapping[str, Any], state: PanelState, posture: str, told: Iterable[str] = (),
) -> None:
    """Fill the result box of the panel with the output numbers of a run made with ``state``.

    ``told`` are sentences on the persons.
    """
    summary = summarise(numbers, state.name_a, state.name_b, posture)
    dock.planLabel.setText(f"{plan_name(state)} · {posture}")
    dock.areaLabel.setText(f"<big><b>{summary.area}</b></big>")
    dock.areaALabel.setText(summary.area_a)
    dock.areaBLabel.setText(summary.area_b)
    dock.resultLineLabel.setText(summary.line)
    dock.personsLabel.setText(f"<b>{summary.persons}</b>")
    dock.personsLabel.setToolTip(tip(summary.persons_exact))
    dock.toldLabel.setText("".join(f"<p style='margin: 2px 0'>{escape(sentence)}</p>" for sentence in told))
    dock.toldLabel.setVisible(bool(dock.toldLabel.text()))
    dock.errorLabel.setText(summary.error)
    statement = "<br>".join(escape(line) for line in summary.statement)
    dock.statusLabel.setText(f"<small><i>{escape(summary.status)}</i><br>{statement}</small>")
    dock.resultBox.show()


def find_zone(project: QgsProject, layer_ids: Iterable[str]) -> QgsVectorLayer | None:
    """Return the zone among the layers of a run."""
    layers = (project.mapLayer(layer_id) for layer_id in layer_ids)
    return next((layer for layer in layers if layer and layer.customProperty(ROLE_PROPERTY) == ZONE_ROLE), None)


def open_group(project: QgsProject, layer: QgsMapLayer) -> None:
    """Unfold the group of a layer: the layer panel shows a group that was filled at once as folded."""
    node = project.layerTreeRoot().findLayer(layer.id())
    if node is not None and node.parent() is not None:
        node.parent().setExpanded(False)  # the panel acts on changes only
        node.parent().setExpanded(True)


def set_aside_former(project: QgsProject, zone: QgsVectorLayer) -> None:
    """Fold the groups of all plans but that of ``zone``, and switch off those on the same ground.

    Where two plans lie over each other QGIS places the labels of either, and the map would mix their figures.
    """
    root = project.layerTreeRoot()
    node = root.findLayer(zone.id())
    own = node.parent().customProperty(RUN_PROPERTY) if node is not None else None
    ground = next((feature.geometry() for feature in zone.getFeatures()), QgsGeometry())
    for group in root.findGroups(True):
        if group.customProperty(RUN_PROPERTY) not in (None, own):
            group.setExpanded(False)
            if _covers(group, ground):
                _switch_off(group)


def _switch_off(group: QgsLayerTreeGroup) -> None:
    """Hide a plan; of a group into which the user has put layers, only the plan's own."""
    nodes = group.findLayers()
    own = [node for node in nodes if node.layer() is not None and node.layer().customProperty(ROLE_PROPERTY)]
    for node in [group] if len(own) == len(nodes) else own:
        node.setItemVisibilityChecked(False)


def _covers(group: QgsLayerTreeGroup, ground: QgsGeometry) -> bool:
    """Return whether a plan's layers share ground with ``ground`` (degrees, as all of them)."""
    nearby = QgsFeatureRequest().setFilterRect(ground.boundingBox()).setNoAttributes()
    layers = (node.layer() for node in group.findLayers())
    return any(
        feature.geometry().intersects(ground)
        for layer in layers if layer is not None and layer.customProperty(ROLE_PROPERTY) in GROUND_ROLES
        for feature in layer.getFeatures(nearby)
    )


def _shown_extent(layer: QgsMapLayer) -> QgsRectangle:
    """Return the extent of a layer, or of its larger half if its parts touch ±180° and leave the middle free."""
    extent = layer.extent()
    if not layer.crs().isGeographic() or extent.width() < FULL_TURN:
        return extent
    boxes = [part.boundingBox() for f in layer.getFeatures() for part in f.geometry().asGeometryCollection()]
    halves = [box for box in boxes if box.xMinimum() > 0], [box for box in boxes if box.xMaximum() < 0]
    if sum(map(len, halves)) < len(boxes) or not all(halves):
        return extent
    larger = QgsRectangle()
    for box in max(halves, key=lambda half: sum(box.area() for box in half)):
        larger.combineExtentWith(box)
    return larger


def zoom_to(canvas: QgsMapCanvas, layer: QgsMapLayer) -> None:
    """Show the whole layer on the map; of one that lies on both sides of ±180° the larger half."""
    extent = canvas.mapSettings().layerExtentToOutputExtent(layer, _shown_extent(layer))
    if extent.isEmpty():
        return
    extent.scale(MAP_MARGIN)
    canvas.setExtent(extent)
    canvas.refresh()
