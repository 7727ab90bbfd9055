#!/usr/bin/env python3
"""Write the pictures of docs/scenarios: the README's scenarios of the sample line as a map and as charts.

Run it from the project's folder after ``. tools/env.sh``:
``QT_QPA_PLATFORM=offscreen python tools/make_scenario_figures.py``. The charts are those that the algorithms write.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))

from buffer_zone_plugin.output.styles import apply_style  # noqa: E402
from buffer_zone_plugin.processing.provider import BufferZoneProvider  # noqa: E402

FOLDER = ROOT / "docs" / "scenarios"
SAMPLE = ROOT / "resources" / "sample" / "illustrative_contact_line.geojson"
LISTED = "10 + 10 km,10,10,,20 + 20 km,20,20,,40 + 0 km,40,0,,0 + 40 km,0,40,"
SIZE, DPI, MARGIN = QSize(1240, 900), 130, 1.05
PAPER = "#ffffff"


def main() -> int:
    """Write the pictures; the exit code is 1 when the map could not be drawn."""
    application = QgsApplication([], False)
    application.initQgis()
    try:
        with tempfile.TemporaryDirectory() as folder:
            zones = _run(Path(folder))
            FOLDER.mkdir(parents=True, exist_ok=True)
            for path in Path(folder).glob("*/*.png"):
                shutil.copyfile(path, FOLDER / path.name)
            return 0 if _map(zones, FOLDER / "map.png") else 1
    finally:
        QgsProject.instance().clear()
        application.exitQgis()


def _run(folder: Path) -> QgsVectorLayer:
    """Run both algorithms with their charts in a folder and return the zones of the scenarios."""
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    provider = BufferZoneProvider()  # the registry keeps no reference of Python's
    QgsApplication.processingRegistry().addProvider(provider)
    compared = processing.run("bufferzone:comparescenarios", {
        "INPUT": str(SAMPLE), "SCENARIO_TABLE": LISTED.split(","), "CHARTS": str(folder / "scenarios"),
        "SCENARIOS": "TEMPORARY_OUTPUT", "SCENARIO_ZONES": "TEMPORARY_OUTPUT",
    })
    processing.run("bufferzone:fitceiling", {
        "INPUT": str(SAMPLE), "CEILING": 4000, "DEPTHS": "10-60/10", "CHARTS": str(folder / "ceiling"),
        "PLANS": "TEMPORARY_OUTPUT",
    })
    zones: QgsVectorLayer = compared["SCENARIO_ZONES"]
    return zones


def _map(zones: QgsVectorLayer, path: Path) -> bool:
    """Draw zones in their style, and the line, into a picture; return whether that worked."""
    apply_style(zones, "scenario_zones")
    line = QgsVectorLayer(str(SAMPLE), "line", "ogr")
    apply_style(line, "contact_line")
    plane = QgsCoordinateReferenceSystem("EPSG:3857")
    extent = QgsCoordinateTransform(zones.crs(), plane, QgsProject.instance()).transformBoundingBox(zones.extent())
    extent.scale(MARGIN)
    settings = QgsMapSettings()
    settings.setLayers([line, zones])
    settings.setDestinationCrs(plane)
    settings.setExtent(extent)
    settings.setOutputSize(SIZE)
    settings.setOutputDpi(DPI)
    settings.setBackgroundColor(QColor(PAPER))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return bool(job.renderedImage().save(str(path)))


if __name__ == "__main__":
    sys.exit(main())
