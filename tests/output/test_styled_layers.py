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
KINDS = {fields.INT: "integer", fields.REAL: "double", fields.TEXT: "string"}


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


def test_the_legend_of_sides_without_names_keeps_their_letters(qgis_app):
    layer = layer_with("sides")
    assert [c.label() for c in layer.renderer().categories()] == ["Side A", "Side B"]
