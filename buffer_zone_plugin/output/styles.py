"""How does a layer of a plan look? Its style is the QML named after its role; aliases follow the user's language."""

from __future__ import annotations

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsExpressionContext,
    QgsRendererCategory,
    QgsVectorLayer,
)

from ..compat import make_temporal, plain, tr
from ..paths import resource_path
from .fields import layer_def
from .series_fields import END, START

SIDE_COLOURS = {"A": "#4477AA", "B": "#CCBB44"}  # as in the QMLs
ROLE_PROPERTY = "bufferzone/role"
SIDES, BANDS, SCENARIO_ZONES = "sides", "bands", "scenario_zones"
STRIP = "strip"
MOST_NAMED = 2  # scenarios in one entry of the legend


def style_path(role: str) -> str:
    """Return the path of the QML of a role."""
    return resource_path("styles", f"{role}.qml")


def apply_style(layer: QgsVectorLayer, role: str) -> str:
    """Style a layer as its role asks and mark it with the role; returns what went wrong, empty if nothing.

    Main thread, or a layer that only this thread knows.
    """
    message, ok = layer.loadNamedStyle(style_path(role))
    layer.setCustomProperty(ROLE_PROPERTY, role)
    for field in layer_def(role).fields:
        index = layer.fields().lookupField(field.name)
        if index >= 0:
            layer.setFieldAlias(index, field.label)
    if role in _NAMED and isinstance(layer.renderer(), QgsCategorizedSymbolRenderer):
        renderer = layer.renderer().clone()
        _NAMED[role](layer, renderer)
        layer.setRenderer(renderer)
    if layer.isSpatial() and {START, END} <= set(layer_def(role).names):
        make_temporal(layer, START, END)
    layer.triggerRepaint()
    return "" if ok else tr("The style {role} could not be applied: {reason}").format(role=role, reason=message)


def describe(layer: QgsVectorLayer, abstract: str) -> None:
    """Write into a layer's metadata what it means."""
    metadata = layer.metadata()
    metadata.setAbstract(abstract)
    layer.setMetadata(metadata)


def _name_sides(layer: QgsVectorLayer, renderer: QgsCategorizedSymbolRenderer) -> None:
    """Have the legend call the sides what the user calls them, without the strip that only two forward lines have."""
    names = {plain(feature["side"]): plain(feature["name"]) for feature in layer.getFeatures()}
    for row, category in reversed(list(enumerate(renderer.categories()))):
        if category.value() == STRIP and STRIP not in names:
            renderer.deleteCategory(row)
        elif names.get(category.value()):
            renderer.updateCategoryLabel(row, names[category.value()])


def _name_bands(layer: QgsVectorLayer, renderer: QgsCategorizedSymbolRenderer) -> None:
    """Have the legend tell the distances of the bands that are there; the style knows only their numbers."""
    context, step = QgsExpressionContext(), QgsExpression(renderer.classAttribute())
    found: dict[str, list[tuple[str, float, float]]] = {}
    for feature in layer.getFeatures():
        context.setFeature(feature)
        found.setdefault(step.evaluate(context), []).append((feature["side"], feature["from_km"], feature["to_km"]))
    for row, category in reversed(list(enumerate(renderer.categories())) if found else []):
        bands = found.get(category.value())
        if not bands:
            renderer.deleteCategory(row)
            continue
        sides, starts, ends = zip(*bands)
        label = tr("Side {side}, {start}–{end} km")
        renderer.updateCategoryLabel(
            row, label.format(side=sides[0], start=f"{min(starts):g}", end=f"{max(ends):g}"),
        )


def _name_scenarios(layer: QgsVectorLayer, renderer: QgsCategorizedSymbolRenderer) -> None:
    """Have the legend name the scenarios, those of equal zones together, in tints as far apart as there are zones."""
    symbols = [category.symbol().clone() for category in renderer.categories()]
    found: dict[int, list[str]] = {}
    for feature in sorted(layer.getFeatures(), key=lambda feature: plain(feature["scenario_id"]) or 0):
        found.setdefault(min(plain(feature["rank"]) or 1, len(symbols)), []).append(str(plain(feature["name"])))
    steps = (len(symbols) - 1) / max(len(found) - 1, 1)
    categories = []
    for place, (step, names) in enumerate(sorted(found.items())):
        more = len(names) - MOST_NAMED
        label = "; ".join(names[:MOST_NAMED])
        if more > 0:
            label = tr("{names} and {count} more").format(names=label, count=more)
        categories.append(QgsRendererCategory(step, symbols[round(place * steps)].clone(), label))
    if not categories:
        return
    renderer.deleteAllCategories()
    for category in categories:
        renderer.addCategory(category)


_NAMED = {SIDES: _name_sides, BANDS: _name_bands, SCENARIO_ZONES: _name_scenarios}
