"""Layers of a plan: rows for every role, map tips that show names as they are, a legend with the names of the sides."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsVectorLayer,
)

from buffer_zone_plugin.output import fields, rows
from buffer_zone_plugin.output.styles import apply_style

pytestmark = pytest.mark.qgis

LOOKS_LIKE_MARKUP = "<b>x & &lt;"
WRITTEN_OUT = "&lt;b&gt;x &amp; &amp;lt;"
KINDS = {
    fields.INT: "integer", fields.REAL: "double", fields.TEXT: "string", fields.DATE: "date",
    fields.DATETIME: "datetime",
}


def layer_with(role, *features):
    """A layer of a role, in memory and styled, with features of these attributes."""
    definition = fields.layer_def(role)
    columns = "&".join(f"field={field.name}:{KINDS[field.kind]}" for field in definition.fields)
    layer = QgsVectorLayer(f"{definition.geometry}?crs=EPSG:4326&{columns}", f"{role} layer", "memory")
    added = []
    for attributes in features:
        feature = QgsFeature(layer.fields())
        for name, value in attributes.items():
            feature[name] = value
        added.append(feature)
    assert layer.dataProvider().addFeatures(added)[0]
    assert apply_style(layer, role) == ""
    return layer


def test_rows_are_made_for_every_role_in_the_same_order():
    assert tuple(rows._ROWS) == fields.ROLES


@pytest.mark.parametrize("role", ["zone", "sides", "sectors"])
def test_a_map_tip_shows_a_name_as_it_is(role, qgis_app):
    layer = layer_with(role, {"name": LOOKS_LIKE_MARKUP})
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(next(layer.getFeatures()))
    shown = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    assert shown.startswith(f"<b>{WRITTEN_OUT}</b><br>")


def test_the_legend_calls_the_sides_by_their_names(qgis_app):
    layer = layer_with("sides", {"side": "B", "name": "South"}, {"side": "A", "name": LOOKS_LIKE_MARKUP})
    assert [c.label() for c in layer.renderer().categories()] == [LOOKS_LIKE_MARKUP, "South"]
    assert [c.value() for c in layer.renderer().categories()] == ["A", "B"]


def band(side, number, start, end):
    return {"side": side, "band": number, "from_km": start, "to_km": end}


def test_the_legend_tells_the_distances_of_the_bands_that_are_there(qgis_app):
    layer = layer_with("bands", band("A", 1, 0.0, 2.0), band("A", 2, 2.0, 12.5), band("B", 1, 0.0, 2.0))
    assert [c.label() for c in layer.renderer().categories()] == [
        "Side A, 0–2 km", "Side A, 2–12.5 km", "Side B, 0–2 km",
    ]


def test_bands_get_lighter_outwards_and_the_last_tint_goes_on(qgis_app):
    limits = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 20.0]
    layer = layer_with("bands", *(band("B", i + 1, *limits[i:i + 2]) for i in range(6)))
    categories = layer.renderer().categories()
    assert [c.label() for c in categories][-2:] == ["Side B, 2–3 km", "Side B, 3–20 km"]
    tints = [c.symbol().symbolLayer(0).fillColor().alpha() for c in categories]
    assert tints == sorted(tints, reverse=True) and len(set(tints)) == 4
    context, drawn_as = QgsExpressionContext(), QgsExpression(layer.renderer().classAttribute())
    rows_of_legend = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        rows_of_legend.append(layer.renderer().categoryIndexForValue(drawn_as.evaluate(context)))
    assert rows_of_legend == [0, 1, 2, 3, 3, 3]


def test_a_style_without_bands_knows_their_numbers(qgis_app):
    layer = layer_with("bands")
    assert [c.value() for c in layer.renderer().categories()] == ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4"]


def test_the_legend_of_sides_without_names_keeps_their_letters(qgis_app):
    layer = layer_with("sides")
    assert [c.label() for c in layer.renderer().categories()] == ["Side A", "Side B"]
