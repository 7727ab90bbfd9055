"""The bundled example: loads the illustrative contact line into the project."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer

from ..compat import tr
from ..paths import resource_path

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


def map_crs() -> QgsCoordinateReferenceSystem:
    """Return the coordinate reference system for the map of an empty project."""
    return QgsCoordinateReferenceSystem(SAMPLE_MAP_CRS)
