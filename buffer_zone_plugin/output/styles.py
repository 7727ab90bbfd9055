"""How does a layer of a plan look? Its style is the QML named after its role; aliases follow the user's language."""

from __future__ import annotations

from qgis.core import QgsCategorizedSymbolRenderer, QgsExpression, QgsExpressionContext, QgsVectorLayer

from ..compat import plain, tr
from ..paths import resource_path
from .fields import layer_def

SIDE_COLOURS = {"A": "#4477AA", "B": "#CCBB44"}  # as in the QMLs
ROLE_PROPERTY = "bufferzone/role"
SIDES, BANDS = "sides", "bands"
STRIP = "strip"


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
    if role in (SIDES, BANDS) and isinstance(layer.renderer(), QgsCategorizedSymbolRenderer):
        renderer = layer.renderer().clone()
        (_name_sides if role == SIDES else _name_bands)(layer, renderer)
        layer.setRenderer(renderer)
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
