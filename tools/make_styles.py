#!/usr/bin/env python3
"""Write the QML style of every layer into resources/styles (or the folder given): same input, same bytes.

Run it with a Python that has PyQGIS 3.22, so that the styles open in every version that the plugin supports:
``QT_QPA_PLATFORM=offscreen python3 tools/make_styles.py [folder]``.
"""

from __future__ import annotations

import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsEditorWidgetSetup,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsLabeling,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsRuleBasedLabeling,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
    QgsSimpleMarkerSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QColor, QFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from buffer_zone_plugin.output import fields as f  # noqa: E402

# shown in forms and tables, by unit; the stored number is never rounded
DECIMALS = {f.KM: 1, f.KM2: 0, f.METRE: 2, f.PERSONS: 1, "": 1, f.DEGREE: 5, f.PERCENT: 1, f.SHARE: 3}
LONG_TEXTS = ("value", "statement", "note", "spec", "error", "source")
WRITTEN_AS = "3.22.0"  # the floor that the plugin supports
CATEGORIES = (
    QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Labeling | QgsMapLayer.StyleCategory.Fields
    | QgsMapLayer.StyleCategory.Forms | QgsMapLayer.StyleCategory.MapTips | QgsMapLayer.StyleCategory.Rendering
    | QgsMapLayer.StyleCategory.CustomProperties | QgsMapLayer.StyleCategory.LayerConfiguration
)

DARK, WHITE, BLACK = "#333333", "#ffffff", "#000000"
SIDE_COLOURS = {"A": "#4477aa", "B": "#ccbb44"}  # Paul Tol, bright: blue and yellow hold for every colour vision
STRIP = ("#bbbbbb", "Between the lines")  # Paul Tol, bright: grey
LINE_COLOUR = "#aa3377"  # Paul Tol, bright: purple
SECTOR_COLOURS = (  # Paul Tol, light, ordered so that neighbours differ in hue and in lightness
    "#77aadd", "#ee8866", "#99ddff", "#bbcc33", "#ffaabb", "#44bb99", "#aaaa00", "#eedd88", "#dddddd",
)
CHANGES = (  # Okabe and Ito; the direction of the hatch tells them apart without colour
    ("gained", "Came into the zone", "#009e73", 45.0), ("lost", "Left the zone", "#d55e00", 135.0),
    ("other_side", "On another side than before", "#555555", 0.0),
)
HATCH_MM, CHANGE_ALPHA, SERIES_ALPHA = 1.8, 0.30, 0.12
OLDEST, NEWEST = "#99aabb", DARK  # outlines of zones by date
POSTURE_LINES = (  # the most demanding first, drawn lowest; Paul Tol, muted, which differ in lightness; dashes in mm
    ("interpose", "Interpose", "#332288", ""), ("verify_both_edges", "Verify, both edges", "#117733", "6;2"),
    ("verify", "Verify", "#44aa99", "3;2"), ("observe", "Observe", "#88ccee", "1;2"),
)
DEPTH_COLOURS = (  # viridis without its yellow end: ordered by lightness for every colour vision, and in grey
    "#440154", "#471a6c", "#45337d", "#3f4988", "#365d8c", "#2e6f8e", "#27818d", "#21938b", "#22a485", "#35b579",
    "#53c468", "#7ad151",
)
DEPTH_ALPHA = 0.05  # zones lie over each other
SIDE_ALPHA, SECTOR_ALPHA, CASING_ALPHA = 0.25, 0.80, 0.80
BAND_ALPHAS = (0.60, 0.35, 0.15, 0.04)  # from the contact line outwards, over the side's tint; the last goes on
HAIRLINE_MM = 0.2
SECTOR_BAND_MM = 2.0  # drawn width: the outer half of the line is cut off
POSTS_FROM_SCALE = 1_000_000  # posts are drawn at this scale and larger
LABEL_SHIFT_MM = -2.0  # upwards: two lines stand below the point and one above
LABEL_POINT = (  # the roomiest place near the centroid: a bent sector's centroid may lie on its edge or outside
    "coalesce(pole_of_inaccessibility(intersection($geometry, buffer(centroid($geometry), "
    "0.55 * sqrt(area($geometry)))), 0.01), pole_of_inaccessibility($geometry, 0.01))"
)
BESIDE_POINT = (  # off the middle, where the contact line runs and the sector has its label
    "pole_of_inaccessibility(difference($geometry, buffer(centroid($geometry), 0.25 * sqrt(area($geometry)))), 0.01)"
)
DEFINED_TAGS = ("data_defined_properties", "dd_properties")
IDLE_TAGS = ("prop", "callout", "background", "shadow", "text-mask")
LABEL_GAP_MM = 0.3  # labels that touch count as colliding
FONTS = ("Open Sans", "Noto Sans", "DejaVu Sans", "Arial", "Helvetica")  # the first that the machine has
PARTS_FROM_SCALE = 2_000_000  # subsectors are named at this scale and larger
DETAILS_FROM_SCALE = 4_500_000  # below it a label holds the sector's name only


def colour(name: str, alpha: float = 1.0) -> str:
    """Return a colour as QGIS writes it: red,green,blue,alpha."""
    value = QColor(name)
    return f"{value.red()},{value.green()},{value.blue()},{round(alpha * 255)}"


def stacked(symbol: QgsSymbol, layers: list[tuple[type, dict[str, str]]]) -> QgsSymbol:
    """Return the symbol with these symbol layers, the first at the bottom."""
    symbol.changeSymbolLayer(0, layers[0][0].create(layers[0][1]))
    for kind, properties in layers[1:]:
        symbol.appendSymbolLayer(kind.create(properties))
    return symbol


# --- symbols -------------------------------------------------------------------------------------------------------

def line(name: str, width_mm: float, alpha: float = 1.0, dash: str = "") -> tuple[type, dict[str, str]]:
    """Return a line, or an outline, of this colour and width; ``dash`` is in mm, such as ``4;2``."""
    properties = {
        "line_color": colour(name, alpha), "line_width": str(width_mm), "line_width_unit": "MM",
        "joinstyle": "round", "capstyle": "flat" if dash else "round",
    }
    if dash:
        properties.update(use_custom_dash="1", customdash=dash, customdash_unit="MM")
    return QgsSimpleLineSymbolLayer, properties


def fill(name: str, alpha: float) -> tuple[type, dict[str, str]]:
    """Return a fill without an outline."""
    return QgsSimpleFillSymbolLayer, {"color": colour(name, alpha), "outline_style": "no"}


def marker(shape: str, size_mm: float, inside: str, outline: str, width_mm: float) -> tuple[type, dict[str, str]]:
    """Return a marker of this shape."""
    return QgsSimpleMarkerSymbolLayer, {
        "name": shape, "size": str(size_mm), "size_unit": "MM", "color": colour(inside),
        "outline_color": colour(outline), "outline_width": str(width_mm), "outline_width_unit": "MM",
        "joinstyle": "round",
    }


def zone_renderer() -> QgsSingleSymbolRenderer:
    """Dark outline on a thin white casing, which keeps it legible on a dark map."""
    return QgsSingleSymbolRenderer(stacked(QgsFillSymbol(), [line(WHITE, 1.1, CASING_ALPHA), line(DARK, 0.5)]))


def sides_renderer() -> QgsCategorizedSymbolRenderer:
    """One tint per side, and grey between two forward lines."""
    labels = {**{side: (name, f"Side {side}") for side, name in SIDE_COLOURS.items()}, "strip": STRIP}
    return QgsCategorizedSymbolRenderer("side", [
        QgsRendererCategory(side, stacked(QgsFillSymbol(), [fill(name, SIDE_ALPHA)]), label)
        for side, (name, label) in labels.items()
    ])


def ceiling_renderer() -> QgsCategorizedSymbolRenderer:
    """One outline per posture, known by its dashes, too; where several coincide, each shows through the gaps."""
    categories = []
    for posture, label, name, dash in (*POSTURE_LINES, ("", "Posture of your own", DARK, "")):
        symbol = stacked(QgsFillSymbol(), [line(WHITE, 1.3, CASING_ALPHA), line(name, 0.7, dash=dash)])
        symbol.symbolLayer(1).setRenderingPass(1)  # above the casings of all
        categories.append(QgsRendererCategory(posture, symbol, label))
    renderer = QgsCategorizedSymbolRenderer("regexp_replace(\"posture\", ' .*', '')", categories)  # what was changed
    renderer.setUsingSymbolLevels(True)
    return renderer


def bands_renderer() -> QgsCategorizedSymbolRenderer:
    """The tint of the side in steps, outwards lighter, with a hairline around each band."""
    steps = len(BAND_ALPHAS)
    return QgsCategorizedSymbolRenderer(f'"side" || min("band", {steps})', [
        QgsRendererCategory(
            f"{side}{step}", stacked(QgsFillSymbol(), [fill(name, alpha), line(name, HAIRLINE_MM)]),
            f"Side {side}, band {step}" + (" and on" if step == steps else ""),
        )
        for side, name in SIDE_COLOURS.items() for step, alpha in enumerate(BAND_ALPHAS, start=1)
    ])


def sectors_renderer(number: str = "sector_id") -> QgsSingleSymbolRenderer:
    """A band of colour inside each sector's edge, in turn by its number however many there are; sides show between."""
    kind, properties = line(SECTOR_COLOURS[0], 2 * SECTOR_BAND_MM, SECTOR_ALPHA)
    properties["draw_inside_polygon"] = "1"
    symbol = stacked(QgsFillSymbol(), [(kind, properties)])
    palette = ",".join(f"'{colour(name, SECTOR_ALPHA)}'" for name in SECTOR_COLOURS)
    turn = f'array_get(array({palette}), ("{number}" - 1) % {len(SECTOR_COLOURS)})'
    stroke = QgsSymbolLayer.Property.PropertyStrokeColor
    symbol.symbolLayer(0).setDataDefinedProperty(stroke, QgsProperty.fromExpression(turn))
    return QgsSingleSymbolRenderer(symbol)


def subsectors_renderer() -> QgsSingleSymbolRenderer:
    """A hairline: the boundaries tell the parts, the sectors their colour."""
    return QgsSingleSymbolRenderer(stacked(QgsFillSymbol(), [line(DARK, HAIRLINE_MM)]))


def boundaries_renderer() -> QgsSingleSymbolRenderer:
    """Black dashes on a white casing, thinner between the parts of a sector."""
    symbol = stacked(QgsLineSymbol(), [line(WHITE, 1.4, CASING_ALPHA), line(BLACK, 0.6, dash="4;2")])
    for number, (between, within) in enumerate(((1.4, 0.8), (0.6, 0.3))):
        width = QgsProperty.fromExpression(f'if("sector_from" = "sector_to", {within}, {between})')
        symbol.symbolLayer(number).setDataDefinedProperty(QgsSymbolLayer.Property.PropertyStrokeWidth, width)
    return QgsSingleSymbolRenderer(symbol)


def contact_line_renderer() -> QgsSingleSymbolRenderer:
    """The strongest line of the map."""
    return QgsSingleSymbolRenderer(stacked(QgsLineSymbol(), [line(WHITE, 1.6), line(LINE_COLOUR, 0.9)]))


def control_line_renderer() -> QgsCategorizedSymbolRenderer:
    """As the contact line; pockets thinner, bridgeheads dashed."""
    kinds = (("front", "Front", 0.9, ""), ("bridgehead", "Bridgehead", 0.9, "3;1.5"), ("pocket", "Pocket", 0.6, ""))
    categories = []
    for kind, label, width, dash in kinds:
        symbol = stacked(QgsLineSymbol(), [line(WHITE, width + 0.7), line(LINE_COLOUR, width, dash=dash)])
        categories.append(QgsRendererCategory(kind, symbol, label))
    return QgsCategorizedSymbolRenderer("kind", categories)


def scenarios_renderer() -> QgsCategorizedSymbolRenderer:
    """Outlines from dark for the smallest zone to light, a thin tint inside; the largest is drawn first."""
    steps = len(DEPTH_COLOURS)
    renderer = QgsCategorizedSymbolRenderer(f'min("rank", {steps})', [
        QgsRendererCategory(
            step, stacked(QgsFillSymbol(), [fill(name, DEPTH_ALPHA), line(WHITE, 1.4, CASING_ALPHA), line(name, 0.7)]),
            f"Zone {step}" + (" and larger ones" if step == steps else ""),
        )
        for step, name in enumerate(DEPTH_COLOURS, start=1)
    ])
    clauses = [QgsFeatureRequest.OrderByClause('"area_km2"', False), QgsFeatureRequest.OrderByClause('"scenario_id"')]
    renderer.setOrderBy(QgsFeatureRequest.OrderBy(clauses))
    renderer.setOrderByEnabled(True)
    return renderer


def posts_renderer() -> QgsCategorizedSymbolRenderer:
    """Open triangle: observation post; open circle: sensor; filled square: crossing. Each on a white halo."""
    kinds = (
        ("op", "Observation post (proposed)", "triangle", 2.4, WHITE),
        ("sensor", "Sensor (proposed)", "circle", 2.0, WHITE),
        ("crossing", "Crossing (proposed)", "square", 2.2, BLACK),
    )
    categories = []
    for kind, label, shape, size, inside in kinds:
        halo, symbol = marker(shape, size, WHITE, WHITE, 1.2), marker(shape, size, inside, BLACK, 0.4)
        categories.append(QgsRendererCategory(kind, stacked(QgsMarkerSymbol(), [halo, symbol]), label))
    return QgsCategorizedSymbolRenderer("kind", categories)


def series_zones_renderer() -> QgsSingleSymbolRenderer:
    """A light fill and an outline, the later the darker: read one by one in time, and in turn all at once."""
    symbol = stacked(QgsFillSymbol(), [fill(SIDE_COLOURS["A"], SERIES_ALPHA), line(WHITE, 0.9, CASING_ALPHA),
                                       line(DARK, 0.4)])
    first, last = 'minimum("start_date")', 'maximum("start_date")'
    share = f'coalesce(day("start_date" - {first}) / nullif(day({last} - {first}), 0), 1)'
    ramp = f"create_ramp(map(0, '{colour(OLDEST)}', 1, '{colour(NEWEST)}'))"
    stroke = QgsProperty.fromExpression(f"ramp_color({ramp}, {share})")
    symbol.symbolLayer(2).setDataDefinedProperty(QgsSymbolLayer.Property.PropertyStrokeColor, stroke)
    return QgsSingleSymbolRenderer(symbol)


def hatch(name: str, angle: float) -> QgsLinePatternFillSymbolLayer:
    """Return parallel lines at an angle in degrees, counter-clockwise from the horizontal."""
    pattern = QgsLinePatternFillSymbolLayer.create({
        "angle": str(angle), "distance": str(HATCH_MM), "distance_unit": "MM", "color": colour(name),
    })
    kind, properties = line(name, 0.5)
    pattern.setSubSymbol(stacked(QgsLineSymbol(), [(kind, properties)]))
    return pattern


def series_changes_renderer() -> QgsCategorizedSymbolRenderer:
    """A light fill with a hatch, one direction for each kind of change."""
    categories = []
    for value, label, name, angle in CHANGES:
        symbol = stacked(QgsFillSymbol(), [fill(name, CHANGE_ALPHA), line(name, HAIRLINE_MM)])
        symbol.insertSymbolLayer(1, hatch(name, angle))
        categories.append(QgsRendererCategory(value, symbol, label))
    return QgsCategorizedSymbolRenderer("change", categories)


# --- words ---------------------------------------------------------------------------------------------------------

def number(field: str, decimals: int = 0) -> str:
    """Return the expression of a number with the locale's thousands separator."""
    return f'format_number("{field}", {decimals})'


def words(field: str) -> str:
    """Return the expression of a text as HTML shows it: what looks like markup is written out."""
    return f"replace(\"{field}\", map('&', '&amp;', '<', '&lt;', '>', '&gt;'))"


def two_figures(field: str) -> str:
    """Return the expression of a count of persons rounded to two significant figures."""
    rounded = f'round("{field}", 1 - floor(log10("{field}")))'
    return f'CASE WHEN "{field}" > 0 THEN format_number({rounded}, 0) ELSE \'0\' END'


def persons_range() -> str:
    """Return the expression of the planning range, low to high."""
    return f"{two_figures('staff_low')} || '–' || {two_figures('staff_high')}"


def text_format(size_pt: float, bold: bool) -> QgsTextFormat:
    """Return dark text on a white halo of 1 mm."""
    font = QFont(FONTS[0])
    font.setBold(bold)
    result = QgsTextFormat()
    result.setFont(font)
    result.setFamilies(list(FONTS))
    result.setNamedStyle("Bold" if bold else "Regular")
    result.setSize(size_pt)
    result.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    result.setColor(QColor("#1a1a1a"))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(1.0)
    halo.setSizeUnit(QgsUnitTypes.RenderUnit.RenderMillimeters)
    halo.setColor(QColor(WHITE))
    result.setBuffer(halo)
    return result


def label_settings(expression: str, text: QgsTextFormat, place: str, priority: int) -> QgsPalLayerSettings:
    """Return a label ``above``, ``below`` or ``over`` the point of the polygon that lies farthest from its edge."""
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = True
    settings.setFormat(text)
    settings.geometryGeneratorEnabled = True
    settings.geometryGenerator = LABEL_POINT
    settings.geometryGeneratorType = QgsWkbTypes.GeometryType.PointGeometry
    settings.placement = QgsPalLayerSettings.Placement.OverPoint
    quadrant = QgsPalLayerSettings.QuadrantPosition
    settings.quadOffset, settings.yOffset = {
        "above": (quadrant.QuadrantAbove, LABEL_SHIFT_MM - LABEL_GAP_MM),
        "below": (quadrant.QuadrantBelow, LABEL_SHIFT_MM),
        "over": (quadrant.QuadrantOver, 0.0),
    }[place]
    settings.offsetUnits = QgsUnitTypes.RenderUnit.RenderMillimeters
    settings.multilineAlign = QgsPalLayerSettings.MultiLineAlign.MultiCenter
    settings.priority = priority
    obstacles = settings.obstacleSettings()
    obstacles.setIsObstacle(False)
    settings.setObstacleSettings(obstacles)
    return settings


def sectors_labeling() -> QgsRuleBasedLabeling:
    """Name in bold, and below it area and persons where the map is large enough."""
    details = f"{number('area_km2')} || ' km²' || '\\n' || {persons_range()} || ' staff'"
    root = QgsRuleBasedLabeling.Rule(None)
    root.setRuleKey("sectors")
    bold = text_format(10, True)
    root.appendChild(label_rule("name", "Name", label_settings('"name"', bold, "above", 10), DETAILS_FROM_SCALE, 0))
    figures = label_settings(details, text_format(8, False), "below", 8)
    root.appendChild(label_rule("figures", "Area and persons", figures, DETAILS_FROM_SCALE, 0))
    root.appendChild(label_rule(
        "name_only", "Name only, on small maps", label_settings('"name"', bold, "over", 10), 0, DETAILS_FROM_SCALE,
    ))
    return QgsRuleBasedLabeling(root)


def polygons_labeling() -> QgsRuleBasedLabeling:
    """Name and persons of each polygon where the map is large enough."""
    root = QgsRuleBasedLabeling.Rule(None)
    root.setRuleKey("polygons")
    text = f"\"polygon\" || '\\n' || {persons_range()} || ' staff'"
    figures = label_settings(text, text_format(8, False), "over", 8)
    root.appendChild(label_rule("figures", "Name and persons", figures, DETAILS_FROM_SCALE, 0))
    return QgsRuleBasedLabeling(root)


def subsectors_labeling() -> QgsRuleBasedLabeling:
    """Name on maps large enough to hold it beside the sectors' own."""
    root = QgsRuleBasedLabeling.Rule(None)
    root.setRuleKey("subsectors")
    plain = label_settings('"name"', text_format(8, True), "over", 4)
    plain.geometryGenerator = BESIDE_POINT
    root.appendChild(label_rule("name", "Name", plain, PARTS_FROM_SCALE, 0))
    return QgsRuleBasedLabeling(root)


def scenarios_labeling() -> QgsVectorLayerSimpleLabeling:
    """Name along the outline, in its colour; equal zones have one label, with their depths and how many they are."""
    count = 'count("name", group_by:="rank")'
    several = f"\"depth_a_km\" || ' + ' || \"depth_b_km\" || ' km (' || {count} || ' scenarios)'"
    first = '"scenario_id" = minimum("scenario_id", group_by:="rank")'
    settings = QgsPalLayerSettings()
    settings.fieldName = f'if({first}, if({count} > 1, {several}, "name"), NULL)'
    settings.isExpression = True
    settings.setFormat(text_format(8, True))
    settings.placement = QgsPalLayerSettings.Placement.Line
    settings.lineSettings().setPlacementFlags(QgsLabeling.LinePlacementFlag.OnLine)
    defined = settings.dataDefinedProperties()
    dark = QgsProperty.fromExpression("darker(set_color_part(@symbol_color, 'alpha', 255), 150)")
    defined.setProperty(QgsPalLayerSettings.Property.Color, dark)
    settings.setDataDefinedProperties(defined)
    return QgsVectorLayerSimpleLabeling(settings)


def label_rule(
    key: str, description: str, settings: QgsPalLayerSettings, from_scale: float, to_scale: float,
) -> QgsRuleBasedLabeling.Rule:
    """Return a rule for maps from one scale to another, 0 for no limit."""
    rule = QgsRuleBasedLabeling.Rule(settings)
    rule.setRuleKey(key)
    rule.setDescription(description)
    rule.setMinimumScale(from_scale)
    rule.setMaximumScale(to_scale)
    return rule


RENDERERS = {
    "zone": zone_renderer, "sides": sides_renderer, "bands": bands_renderer, "sectors": sectors_renderer,
    "subsectors": subsectors_renderer,
    "sector_boundaries": boundaries_renderer, "contact_line": contact_line_renderer, "posts": posts_renderer,
    "control_line": control_line_renderer, "staffed_polygons": lambda: sectors_renderer("polygon_id"),
    "series_lines": contact_line_renderer, "series_changes": series_changes_renderer,
    "series_zones": series_zones_renderer,
    "ceiling_zones": ceiling_renderer,
    "scenario_zones": scenarios_renderer,
}
DAY, UNTIL = (f"format_date(\"{name}\", 'yyyy-MM-dd')" for name in ("start_date", "end_date"))
INTERVAL_TIP = f"<b>From [% {DAY} %][% coalesce(' until ' || {UNTIL}, '') %]</b>"
DISPLAY = {  # what one feature is called in forms and lists
    "zone": '"name"', "sides": '"name"', "bands": "\"side\" || ' ' || \"band\"", "sectors": '"name"',
    "subsectors": '"name"', "sector_boundaries": "\"name_from\" || ' – ' || \"name_to\"",
    "contact_line": "'Part ' || \"part\"",
    "control_line": "'Part ' || \"part\" || ', ' || \"kind\"",
    "posts": "'Post ' || \"post_id\"", "staffing": '"component"', "run_record": '"key"',
    "contributions": '"contributor"', "drivers": '"parameter"', "staffed_polygons": '"polygon"',
    **dict.fromkeys(("series_lines", "series_zones", "series_dates"), DAY),
    "series_changes": f"{DAY} || ', ' || \"change\"",
    "ceiling_zones": '"posture"', "ceiling_plans": "'Plan ' || \"plan_id\"", "ceiling_largest": '"posture"',
    "scenario_zones": '"name"', "scenarios": '"name"',
    "given_up": "\"scenario\" || ', ' || coalesce(\"unit\", '–')",
}
LABELINGS = {
    "sectors": sectors_labeling, "subsectors": subsectors_labeling, "staffed_polygons": polygons_labeling,
    "scenario_zones": scenarios_labeling,
}
PERSONS_TIP = f"about [% {two_figures('staff_central')} %] staff ([% {persons_range()} %])"
TIPS = {
    "zone": f"<b>[% {words('name')} %]</b><br>[% {number('area_km2')} %] km²<br>{PERSONS_TIP}",
    "sides": (
        f"<b>[% {words('name')} %]</b><br>[% {number('area_km2')} %] km²"
        "[% coalesce(', ' || \"depth_km\" || ' km deep', '') %]"
    ),
    "bands": (
        "<b>Side [% \"side\" %], [% \"from_km\" %]–[% \"to_km\" %] km</b><br>"
        f"[% {number('area_km2')} %] km²"
    ),
    "sectors": (
        f"<b>[% {words('name')} %]</b><br>[% {number('line_km', 1)} %] km of contact line<br>"
        f"[% {number('area_km2')} %] km²<br>{PERSONS_TIP}"
    ),
    "subsectors": (
        f"<b>[% {words('name')} %]</b><br>[% {number('line_km', 1)} %] km of contact line<br>"
        f"[% {number('area_km2')} %] km²<br>{PERSONS_TIP}"
    ),
    "staffed_polygons": f"<b>[% {words('polygon')} %]</b><br>[% {number('area_km2')} %] km²<br>{PERSONS_TIP}",
    "ceiling_zones": (
        f"<b>[% {words('posture')} %]</b>: [% \"depth_a_km\" %] + [% \"depth_b_km\" %] km<br>"
        f"[% {number('area_km2')} %] km²<br>{PERSONS_TIP}"
    ),
    "scenario_zones": (
        f"<b>[% {words('name')} %]</b><br>[% \"depth_a_km\" %] + [% \"depth_b_km\" %] km, "
        f"[% {words('posture')} %]<br>[% {number('area_km2')} %] km²<br>{PERSONS_TIP}"
    ),
    "sector_boundaries": (
        f"<b>[% {words('name_from')} %] – [% {words('name_to')} %]</b><br>[% {number('length_km', 1)} %] km"
    ),
    "contact_line": f"<b>Contact line, part [% \"part\" %]</b><br>[% {number('line_km', 1)} %] km",
    "control_line": (
        f"<b>Contact line, part [% \"part\" %]</b>, [% \"kind\" %][% coalesce(' of ' || \"ground\", '') %]<br>"
        f"[% {number('line_km', 1)} %] km"
    ),
    "posts": (
        "<b>Post [% \"post_id\" %]</b>, [% \"kind\" %], [% \"status\" %]<br>"
        f"km [% {number('chainage_km', 1)} %], sector [% \"sector_id\" %]"
    ),
    "series_lines": f"{INTERVAL_TIP}<br>[% {number('line_km', 1)} %] km",
    "series_changes": (
        f"{INTERVAL_TIP}<br>[% \"change\" %], side [% \"side\" %]<br>[% {number('area_km2', 1)} %] km²"
    ),
    "series_zones": (
        f"{INTERVAL_TIP}<br>[% {number('area_km2')} %] km²[% coalesce(', gained ' || {number('gained_km2')} || "
        f"', lost ' || {number('lost_km2')}, '') %]<br>{PERSONS_TIP}"
    ),
}


# --- files ---------------------------------------------------------------------------------------------------------

def styled_layer(role: str) -> QgsVectorLayer:
    """Return an empty layer with the fields and the style of a role."""
    definition = f.layer_def(role)
    kinds = {f.INT: "integer", f.REAL: "double", f.TEXT: "string", f.DATE: "date", f.DATETIME: "datetime"}
    columns = "".join(f"&field={field.name}:{kinds[field.kind]}" for field in definition.fields)
    crs = "" if definition.geometry == f.TABLE else "crs=EPSG:4326"
    layer = QgsVectorLayer(f"{definition.geometry.replace('NoGeometry', 'None')}?{crs}{columns}", role, "memory")
    if role in RENDERERS:
        layer.setRenderer(RENDERERS[role]())
    if role in LABELINGS:
        layer.setLabeling(LABELINGS[role]())
        layer.setLabelsEnabled(True)
    if role == "posts":
        layer.setScaleBasedVisibility(True)
        layer.setMinimumScale(POSTS_FROM_SCALE)
    layer.setDisplayExpression(DISPLAY[role])
    layer.setMapTipTemplate(TIPS.get(role, ""))
    layer.setCustomProperty("bufferzone/role", role)
    set_form(layer, definition)
    return layer


def set_form(layer: QgsVectorLayer, definition: f.LayerDef) -> None:
    """Give each field its alias and a read-only widget; numbers are shown with the decimals that their unit bears."""
    form = layer.editFormConfig()
    for index, field in enumerate(definition.fields):
        layer.setFieldAlias(index, field.label)
        form.setReadOnly(index, True)
        if field.kind == f.REAL:
            widget = QgsEditorWidgetSetup("Range", {"AllowNull": True, "Precision": DECIMALS[field.unit]})
        elif field.kind in (f.DATE, f.DATETIME):
            widget = QgsEditorWidgetSetup("DateTime", {"allow_null": True, "display_format": "yyyy-MM-dd"})
        else:
            widget = QgsEditorWidgetSetup("TextEdit", {"IsMultiline": field.name in LONG_TEXTS})
        layer.setEditorWidgetSetup(index, widget)
    layer.setEditFormConfig(form)


def canonical(path: Path) -> str:
    """Return a QML with its attributes in order, indented, with the version of the floor and without idle parts."""
    root = ElementTree.parse(path).getroot()  # noqa: S314  # QGIS wrote it a moment ago
    root.set("version", WRITTEN_AS)
    prune(root)
    for element in root.iter():
        ordered = sorted(element.attrib.items())
        element.attrib.clear()
        element.attrib.update(ordered)
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def prune(element: ElementTree.Element) -> None:
    """Drop what says nothing: the old twin of the symbols' options, unused label parts, default map unit scales."""
    for child in list(element):
        name = child.get("name") or ""
        unused = child.tag in DEFINED_TAGS and child.find(".//Option[@name='active']") is None
        if unused or child.tag in IDLE_TAGS or (child.tag == "Option" and name.endswith("map_unit_scale")):
            element.remove(child)
        else:
            prune(child)


def write_styles(folder: Path) -> list[Path]:
    """Write the style of every role into a folder and return the files; RuntimeError if QGIS refuses one."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tempfile.TemporaryDirectory() as scratch:
        for role in f.STYLED_ROLES:
            raw = Path(scratch) / f"{role}.qml"
            message, ok = styled_layer(role).saveNamedStyle(str(raw), CATEGORIES)
            if not ok:
                raise RuntimeError(message)
            file = folder / f"{role}.qml"
            file.write_text(canonical(raw), encoding="utf-8")
            written.append(file)
    return written


def main(arguments: list[str]) -> int:
    """Write the styles; the first argument names another folder."""
    application = QgsApplication([], False)
    application.initQgis()
    for file in write_styles(Path(arguments[0]) if arguments else ROOT / "resources" / "styles"):
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
