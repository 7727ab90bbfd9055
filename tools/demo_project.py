"""Turns the demo's GeoPackage into a QGIS project, a map and a table: demo_project.py FOLDER.

FOLDER holds ``plan.gpkg``. Written beside it: ``context.gpkg`` (neighbouring land and borders from the world map that
QGIS brings, so that the project can be moved as one folder), ``plan.qgz`` and ``map.png``. The table goes to standard
output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from demo_layout import SEA, export_map
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayerTreeGroup,
    QgsLineSymbol,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from buffer_zone_plugin.core.staffing.statement import STATUS
from buffer_zone_plugin.output.project import add_plan
from buffer_zone_plugin.output.styles import ROLE_PROPERTY

WORLD_MAP = "resources/data/world_map.gpkg"
SURROUNDINGS = 1.5  # how many times the zone's own width and height the backdrop reaches beyond it
CANVAS_CRS = "EPSG:3857"
WGS84 = "EPSG:4326"
CANVAS_MARGIN = 1.08
LAND_FILL = {"color": "#f4f3f0", "outline_style": "no"}
COAST_LINE = {"color": "#a9b4ba", "width": "0.15"}
BORDER_LINE = {"color": "#8c8c8c", "width": "0.25", "line_style": "dash", "capstyle": "round"}


def main(arguments: Sequence[str]) -> int:
    """Make project, map and table; the exit code is 1 when a file could not be written."""
    folder = Path(arguments[0]).resolve()
    application = QgsApplication([], False)
    application.initQgis()
    try:
        make_project(folder)
    finally:
        QgsProject.instance().clear()
        application.exitQgis()
    return 0


def make_project(folder: Path) -> None:
    """Write the project, its backdrop and the map into ``folder`` and print the table."""
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem(CANVAS_CRS))
    project.setEllipsoid("EPSG:7030")
    project.setBackgroundColor(QColor(SEA))
    group = add_plan(str(folder / "plan.gpkg"), project)
    layers = layers_by_role(group)
    zone, sides, sectors = (rows(layers[role]) for role in ("zone", "sides", "sectors"))
    project.setTitle(f"Buffer zone {zone[0]['depth_a_km']:g} + {zone[0]['depth_b_km']:g} km, illustrative contact line")
    extent = layers["zone"].extent()
    add_backdrop(project, layers["zone"], folder / "context.gpkg")
    show_extent(project, extent)
    if not project.write(str(folder / "plan.qgz")):
        raise SystemExit(f"demo: the project could not be written: {project.error()}")
    export_map(project, layers, {"zone": zone[0], "sides": sides, "sectors": sectors}, folder / "map.png")
    print(table(zone[0], sides, sectors))
    for name in ("plan.gpkg", "context.gpkg", "plan.qgz", "map.png"):
        print(f"Wrote {os.path.relpath(folder / name)}")


def layers_by_role(group: QgsLayerTreeGroup) -> dict[str, QgsVectorLayer]:
    """Return the layers of a plan's group by their role, in the order of the group."""
    return {node.layer().customProperty(ROLE_PROPERTY): node.layer() for node in group.findLayers()}


def rows(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    """Return the attributes of every feature."""
    return [dict(zip(layer.fields().names(), feature.attributes())) for feature in layer.getFeatures()]


def add_backdrop(project: QgsProject, zone: QgsVectorLayer, path: Path) -> None:
    """Add borders, coast and land around ``zone`` (degrees) below everything, from a copy in ``path``.

    Borders are those between two countries of the world map, all drawn alike and without names: the map takes no side.
    """
    world = QgsVectorLayer(f"{QgsApplication.pkgDataPath()}/{WORLD_MAP}|layername=countries", "countries", "ogr")
    if not world.isValid():
        raise SystemExit("demo: QGIS's world map is missing (Debian: package qgis-common)")
    window = QgsRectangle(zone.extent())
    window.grow(SURROUNDINGS * max(window.width(), window.height()))
    countries = [feature.geometry().makeValid() for feature in world.getFeatures(window)]
    land = QgsGeometry.unaryUnion(countries)
    coast = QgsGeometry(land.constGet().boundary())
    edges = QgsGeometry.unaryUnion([QgsGeometry(country.constGet().boundary()) for country in countries])
    frame = QgsGeometry.fromRect(window)
    backdrop = {
        "borders": ("MultiLineString", edges.difference(coast), BORDER_LINE),
        "coast": ("MultiLineString", coast, COAST_LINE),
        "land": ("MultiPolygon", land, LAND_FILL),
    }
    group = project.layerTreeRoot().addGroup("Context (Natural Earth)")
    for name, (kind, geometry, symbol) in backdrop.items():
        layer = copy_layer(path, name, kind, geometry.intersection(frame))
        symbols = QgsFillSymbol if kind == "MultiPolygon" else QgsLineSymbol
        layer.setRenderer(QgsSingleSymbolRenderer(symbols.createSimple(symbol)))
        project.addMapLayer(layer, False)
        group.addLayer(layer)
    group.setExpanded(False)


def copy_layer(path: Path, name: str, kind: str, geometry: QgsGeometry) -> QgsVectorLayer:
    """Write a geometry (degrees) as the layer ``name`` of the GeoPackage ``path`` and open it."""
    memory = QgsVectorLayer(f"{kind}?crs={WGS84}", name, "memory")
    feature = QgsFeature()
    geometry.convertToMultiType()
    feature.setGeometry(geometry)
    if not memory.dataProvider().addFeature(feature):
        raise SystemExit(f"demo: the backdrop layer {name} could not be made")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = name
    action = QgsVectorFileWriter.ActionOnExistingFile
    options.actionOnExistingFile = action.CreateOrOverwriteLayer if path.exists() else action.CreateOrOverwriteFile
    context = QgsProject.instance().transformContext()
    code, message = QgsVectorFileWriter.writeAsVectorFormatV3(memory, str(path), context, options)[:2]
    if code != QgsVectorFileWriter.WriterError.NoError:
        raise SystemExit(f"demo: {path.name} could not be written: {message}")
    return QgsVectorLayer(f"{path}|layername={name}", name.capitalize(), "ogr")


def show_extent(project: QgsProject, extent: QgsRectangle) -> None:
    """Make the project open on ``extent`` (degrees)."""
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem(WGS84), project.crs(), project)
    shown = transform.transformBoundingBox(extent)
    shown.scale(CANVAS_MARGIN)
    referenced = QgsReferencedRectangle(shown, project.crs())
    project.viewSettings().setDefaultViewExtent(referenced)
    project.viewSettings().setPresetFullExtent(referenced)


def table(zone: dict[str, Any], sides: list[dict[str, Any]], sectors: list[dict[str, Any]]) -> str:
    """Return the figures of the sectors and their totals as aligned text."""
    names = {side["side"]: side["name"] for side in sides}
    head = ("Sector", "Line km", f"{names['A']} km²", f"{names['B']} km²", "Low", "Central", "High")
    body = [
        (row["name"], f"{row['line_km']:,.1f}", *areas(row), *persons(row))
        for row in sorted(sectors, key=lambda row: int(row["sector_id"]))
    ]
    total = ("Total", f"{zone['line_km']:,.1f}", *areas(zone), *persons(zone))
    widths = [max(len(line[i]) for line in (head, *body, total)) for i in range(len(head))]
    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    lines = [align(line, widths) for line in (head, *body, total)]
    return "\n".join(
        [
            "",
            f"Persons are a planning estimate for the posture “{zone['posture']}”: low, central, high.",
            "",
            lines[0], rule, *lines[1:-1], rule, lines[-1],
            "",
            f"Zone {zone['area_km2']:,.0f} km²; largest error of depth on the outline {zone['error_max_m']:.2f} m "
            f"(allowed {zone['tolerance_m']:g} m).",
            STATUS,
            "",
        ]
    )


def areas(row: dict[str, Any]) -> tuple[str, str]:
    """Return the areas of the two sides as text."""
    return f"{row['area_a_km2']:,.0f}", f"{row['area_b_km2']:,.0f}"


def persons(row: dict[str, Any]) -> tuple[str, str, str]:
    """Return low, central and high as text."""
    return f"{row['staff_low']:,}", f"{row['staff_central']:,}", f"{row['staff_high']:,}"


def align(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return one line: the first cell to the left, the others to the right of their columns."""
    return "  ".join(
        cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths))
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
