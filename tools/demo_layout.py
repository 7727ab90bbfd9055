"""Prints a plan on one sheet: A4 across, the map to the left; figures, sectors and legend to the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutExporter,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsLineSymbol,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsTableCell,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont

from buffer_zone_plugin.core.staffing.statement import STATUS, statement, two_figures

SEA = "#e3eaee"
INK = "#333333"
GREY = "#666666"
FRAME = "#999999"
FONT = "Open Sans"
DPI = 200
THIN = "\u202f"
POINTS = QgsUnitTypes.RenderUnit.RenderPoints

# millimetres on the sheet: x, y, width, height
TITLE = QRectF(10, 7, 277, 9)
SUBTITLE = QRectF(10, 15.5, 277, 6)
MAP = QRectF(10, 24, 184, 166)
PANEL_X, PANEL_WIDTH = 202.0, 85.0
FIGURES = QRectF(PANEL_X, 23, PANEL_WIDTH, 30)
TABLE = QRectF(PANEL_X, 58, PANEL_WIDTH, 80)
LEGEND = QgsLayoutPoint(PANEL_X, 121)
FOOT = QRectF(10, 196, 184, 5)
FOOT_BELOW = QRectF(10, 200.5, 184, 8)
FOOT_RIGHT = QRectF(PANEL_X, 196.5, PANEL_WIDTH, 8)
SCALE_BAR_INSET = 4.0
GRID_DEGREES = 1.0
MAP_MARGIN = 1.06
COLUMNS = (("Sector", 12.0), ("Line km", 13.0), ("Area km²", 15.0), ("Persons", 14.0), ("Range", 20.0))
LEGEND_ROLES = ("contact_line", "sector_boundaries", "sides")


def export_map(
    project: QgsProject,
    layers: Mapping[str, QgsVectorLayer],
    figures: Mapping[str, Any],
    path: Path,
) -> None:
    """Draw the project on one sheet and write it to ``path``.

    Parameters
    ----------
    layers : the plan's layers by role
    figures : ``zone`` (attributes), ``sides`` and ``sectors`` (lists of attributes), km and km²
    """
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()  # one page, A4 across
    zone = figures["zone"]
    add_text(layout, TITLE, project.title(), 17, bold=True)
    add_text(layout, SUBTITLE, subtitle(zone, figures["sectors"]), 10, colour=GREY)
    sheet = add_map(layout, project, layers["zone"].extent())
    add_scale_bar(layout, sheet)
    add_text(layout, FIGURES, figures_text(zone, figures["sides"]), 10)
    add_table(layout, [*figures["sectors"], {**zone, "name": "Total"}])
    add_legend(layout, sheet, layers)
    add_text(layout, FOOT, f"{STATUS} Posts are proposed.", 9, bold=True)
    meaning = statement(*(zone[f"staff_{end}"] for end in ("low", "central", "high")))
    add_text(layout, FOOT_BELOW, "\n".join(meaning), 6.5, colour=GREY)
    error = f"Largest error of depth measured on the outline: {zone['error_max_m']:.2f}{THIN}m.\n"
    add_text(layout, FOOT_RIGHT, error + "Context: Natural Earth; borders imply no recognition.", 7, colour=GREY)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = DPI
    result = QgsLayoutExporter(layout).exportToImage(str(path), settings)
    if result != QgsLayoutExporter.ExportResult.Success:
        raise SystemExit(f"demo: {path.name} could not be written")


def subtitle(zone: Mapping[str, Any], sectors: Sequence[Mapping[str, Any]]) -> str:
    """Return the plan in one line."""
    return f"{zone['line_km']:,.0f}{THIN}km of contact line, {len(sectors)} sectors, posture: {zone['posture']}"


def figures_text(zone: Mapping[str, Any], sides: Sequence[Mapping[str, Any]]) -> str:
    """Return the main figures, one to a line; persons with two significant figures."""
    low, central, high = round_persons(zone)
    return "\n".join(
        [
            f"Zone: {zone['area_km2']:,.0f}{THIN}km²",
            *(f"{side['name']}: {side['depth_km']:g}{THIN}km deep, {side['area_km2']:,.0f}{THIN}km²" for side in sides),
            f"Zone force: about {central} persons ({low}–{high})",
        ]
    )


def text_format(size: float, bold: bool = False, colour: str = INK) -> QgsTextFormat:
    """Return a text format; ``size`` is in points."""
    font = QFont(FONT)
    font.setBold(bold)
    result = QgsTextFormat()
    result.setFont(font)
    result.setSize(size)
    result.setSizeUnit(POINTS)
    result.setColor(QColor(colour))
    return result


def plain_font(size: float, bold: bool = False) -> QFont:
    """Return the font for items that take no text format before QGIS 3.30."""
    font = QFont(FONT)
    font.setPointSizeF(size)
    font.setBold(bold)
    return font


def add_text(
    layout: QgsPrintLayout, place: QRectF, text: str, size: float, bold: bool = False, colour: str = INK
) -> None:
    """Put a text on the sheet."""
    label = QgsLayoutItemLabel(layout)
    label.setText(text)
    if hasattr(label, "setTextFormat"):
        label.setTextFormat(text_format(size, bold, colour))
    else:
        label.setFont(plain_font(size, bold))
        label.setFontColor(QColor(colour))
    label.setMarginX(0)
    label.setMarginY(0)
    layout.addLayoutItem(label)
    label.attemptSetSceneRect(place)


def add_map(layout: QgsPrintLayout, project: QgsProject, extent: QgsRectangle) -> QgsLayoutItemMap:
    """Put the map of the project on the sheet, in an equal-area projection centred on ``extent`` (degrees).

    In it one scale bar and one depth hold all over the sheet; in the canvas' projection they grow to the north.
    """
    centre = extent.center()
    crs = QgsCoordinateReferenceSystem.fromProj(
        f"+proj=laea +lat_0={centre.y():.3f} +lon_0={centre.x():.3f} +datum=WGS84 +units=m +type=crs"
    )
    sheet = QgsLayoutItemMap(layout)
    layout.addLayoutItem(sheet)
    sheet.attemptSetSceneRect(MAP)
    sheet.setCrs(crs)
    root = project.layerTreeRoot()
    sheet.setLayers([layer for layer in root.layerOrder() if layer.isSpatial() and root.findLayer(layer).isVisible()])
    sheet.setKeepLayerSet(True)
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    shown = QgsCoordinateTransform(degrees, crs, project).transformBoundingBox(extent)
    shown.scale(MAP_MARGIN)
    sheet.zoomToExtent(shown)
    sheet.setBackgroundColor(QColor(SEA))
    sheet.setFrameEnabled(True)
    sheet.setFrameStrokeColor(QColor(FRAME))
    sheet.setFrameStrokeWidth(QgsLayoutMeasurement(0.2))
    add_grid(sheet, degrees)
    return sheet


def add_grid(sheet: QgsLayoutItemMap, degrees: QgsCoordinateReferenceSystem) -> None:
    """Draw meridians and parallels over the map, with their degrees at the lower and the right edge."""
    grid = QgsLayoutItemMapGrid("Degrees", sheet)
    grid.setCrs(degrees)
    grid.setIntervalX(GRID_DEGREES)
    grid.setIntervalY(GRID_DEGREES)
    grid.setLineSymbol(QgsLineSymbol.createSimple({"color": "120,130,140,70", "width": "0.1"}))
    grid.setAnnotationEnabled(True)
    grid.setAnnotationFormat(QgsLayoutItemMapGrid.AnnotationFormat.CustomFormat)
    grid.setAnnotationExpression("format_number(@grid_number, 0) || '°'")
    sides = QgsLayoutItemMapGrid.BorderSide
    for side in (sides.Left, sides.Top):
        grid.setAnnotationDisplay(QgsLayoutItemMapGrid.DisplayMode.HideAll, side)
    for side, shown in ((sides.Right, "LatitudeOnly"), (sides.Bottom, "LongitudeOnly")):
        grid.setAnnotationDisplay(getattr(QgsLayoutItemMapGrid.DisplayMode, shown), side)
    grid.setAnnotationTextFormat(text_format(7, colour=GREY))
    sheet.grids().addGrid(grid)


def add_scale_bar(layout: QgsPrintLayout, sheet: QgsLayoutItemMap) -> None:
    """Put a scale bar into the lower right corner of the map."""
    bar = QgsLayoutItemScaleBar(layout)
    layout.addLayoutItem(bar)
    bar.setLinkedMap(sheet)
    bar.setStyle("Single Box")
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceKilometers)
    bar.setUnitLabel("km")
    bar.setNumberOfSegmentsLeft(0)
    bar.setNumberOfSegments(2)
    bar.setUnitsPerSegment(50)
    bar.setHeight(1.6)
    bar.setTextFormat(text_format(8))
    bar.setFillColor(QColor(INK))
    bar.setLineColor(QColor(INK))
    bar.update()
    bar.setReferencePoint(QgsLayoutItem.ReferencePoint.LowerRight)
    bar.attemptMove(QgsLayoutPoint(MAP.right() - SCALE_BAR_INSET, MAP.bottom() - SCALE_BAR_INSET / 2))


def add_table(layout: QgsPrintLayout, areas: Sequence[Mapping[str, Any]]) -> None:
    """Put the table of the sectors, with the total as the last of ``areas``, on the sheet; persons in two figures."""
    grid = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(grid)
    rows = [tuple(name for name, _ in COLUMNS), *map(area_texts, areas)]
    grid.setTableContents([cells(texts, bold=number in (0, len(areas))) for number, texts in enumerate(rows)])
    grid.setColumnWidths([width for _, width in COLUMNS])
    grid.setCellMargin(1.1)
    grid.setGridStrokeWidth(0.1)
    grid.setGridColor(QColor("#cccccc"))
    grid.setVerticalGrid(False)
    frame = QgsLayoutFrame(layout, grid)
    frame.attemptSetSceneRect(TABLE)
    grid.addFrame(frame)


def area_texts(area: Mapping[str, Any]) -> tuple[str, ...]:
    """Return one row of the table of the sectors."""
    low, central, high = round_persons(area)
    return area["name"], f"{area['line_km']:,.0f}", f"{area['area_km2']:,.0f}", central, f"{low}–{high}"


def round_persons(area: Mapping[str, Any]) -> tuple[str, ...]:
    """Return low, central and high with two significant figures."""
    return tuple(f"{two_figures(int(area[f'staff_{name}'])):,}" for name in ("low", "central", "high"))


def cells(texts: Sequence[str], bold: bool) -> list[QgsTableCell]:
    """Return a row of cells: the first to the left, the numbers to the right."""
    row = []
    for number, text in enumerate(texts):
        cell = QgsTableCell(text)
        cell.setHorizontalAlignment(Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft)
        cell.setTextFormat(text_format(8, bold))
        row.append(cell)
    return row


def add_legend(layout: QgsPrintLayout, sheet: QgsLayoutItemMap, layers: Mapping[str, QgsVectorLayer]) -> None:
    """Put the legend of the line, the boundaries and the sides on the sheet."""
    legend = QgsLayoutItemLegend(layout)
    layout.addLayoutItem(legend)
    legend.setLinkedMap(sheet)
    legend.setAutoUpdateModel(False)
    root = legend.model().rootGroup()
    root.clear()
    for role in LEGEND_ROLES:
        node = root.addLayer(layers[role])
        if role == "sides":  # its entries bear the names of the sides
            QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
    for style in (QgsLegendStyle.Style.Subgroup, QgsLegendStyle.Style.SymbolLabel):
        if hasattr(QgsLegendStyle, "setTextFormat"):
            legend.rstyle(style).setTextFormat(text_format(8.5))
        else:
            legend.setStyleFont(style, plain_font(8.5))
    legend.setFontColor(QColor(INK))
    legend.setBoxSpace(0)
    legend.attemptMove(LEGEND)
    legend.adjustBoxSize()
