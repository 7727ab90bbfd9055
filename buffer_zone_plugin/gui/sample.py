"""The bundled example: loads the illustrative contact line into the project."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapCanvas

from ..compat import tr
from ..paths import resource_path
from .results import zoom_to

SAMPLE_FILE = "illustrative_contact_line.geojson"
SAMPLE_MAP_CRS = "EPSG:3857"  # of an empty project: shapes look right, and base maps from the web fit


def add_sample_line(project: QgsProject) -> QgsVectorLayer:
    """Add the example line to ``project``, or return the one that is there already.

    Raises
    ------
    ValueError : the file cannot be read; the text is a sentence for the user
    """
    path = Path(resource_path("sample", SAMPLE_FILE))
    for present in project.mapLayers().values():
        if isinstance(present, QgsVectorLayer) and Path(present.source().split("|")[0]) == path:
            return present
    layer = QgsVectorLayer(str(path), tr("Illustrative contact line"), "ogr")
    if not layer.isValid():
        raise ValueError(tr("The example line cannot be read from {path}.").format(path=path))
    project.addMapLayer(layer)
    return layer


def show_sample(project: QgsProject, canvas: QgsMapCanvas, layer_id: str, was_empty: bool) -> None:
    """Show the line on the map; a project that was empty gets a reference system in which shapes look right."""
    layer = project.mapLayer(layer_id)
    if layer is None:
        return
    if was_empty:
        project.setCrs(QgsCoordinateReferenceSystem(SAMPLE_MAP_CRS))
    zoom_to(canvas, layer)
