"""Every layer has a style that loads, names only fields that exist, and is what the generator writes."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsExpression, QgsVectorLayer, QgsWkbTypes

from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.output.styles import ROLE_PROPERTY, apply_style, style_path

pytestmark = pytest.mark.qgis
ROOT = Path(__file__).resolve().parents[2]
GENERATED_WITH = 32200
SPATIAL = [role for role in f.STYLED_ROLES if f.layer_def(role).geometry != f.TABLE]


def empty_layer(role):
    definition = f.layer_def(role)
    kinds = {f.INT: "integer", f.REAL: "double", f.TEXT: "string", f.DATE: "date", f.DATETIME: "datetime"}
    columns = "&".join(f"field={field.name}:{kinds[field.kind]}" for field in definition.fields)
    geometry = "None" if definition.geometry == f.TABLE else f"{definition.geometry}?crs=EPSG:4326&"
    return QgsVectorLayer(f"{geometry}{'?' if geometry == 'None' else ''}{columns}", f"{role} layer", "memory")


@pytest.mark.parametrize("role", f.STYLED_ROLES)
def test_style_loads_and_marks_the_layer(role):
    layer = empty_layer(role)
    assert layer.isValid()
    assert apply_style(layer, role) == ""
    assert layer.customProperty(ROLE_PROPERTY) == role
    definition = f.layer_def(role)
    assert [layer.attributeAlias(i) for i in range(layer.fields().count())] == [x.label for x in definition.fields]
    assert all(layer.editFormConfig().readOnly(i) for i in range(layer.fields().count()))
    assert layer.displayExpression() == ElementTree.parse(style_path(role)).getroot().findtext("previewExpression")


@pytest.mark.parametrize("role", SPATIAL)
def test_map_layers_have_a_map_tip_and_symbols(role):
    layer = empty_layer(role)
    apply_style(layer, role)
    assert "<b>" in layer.mapTipTemplate()
    symbols = layer.renderer().legendSymbolItems()
    assert symbols
    if role == "sectors":
        assert layer.labelsEnabled()
        assert layer.labeling().subProviders() == ["name", "figures", "name_only"]
    if role == "posts":
        assert layer.hasScaleBasedVisibility() and layer.minimumScale() == pytest.approx(1_000_000)


@pytest.mark.parametrize("role", f.STYLED_ROLES)
def test_style_names_only_fields_of_its_layer(role):
    names = set(f.layer_def(role).names)
    root = ElementTree.parse(style_path(role)).getroot()
    configured = {field.get("name") for field in root.iter("field") if field.get("name")}
    aliased = {alias.get("field") for alias in root.iter("alias")}
    assert configured == names
    assert aliased == names
    expressions = expressions_of(root)
    assert expressions
    for text in expressions:
        expression = QgsExpression(text)
        assert not expression.hasParserError(), (text, expression.parserErrorString())
        assert expression.referencedColumns() <= names, text


def expressions_of(root):
    found = [option.get("value") for option in root.iter("Option") if option.get("name") == "expression"]
    found += [renderer.get("attr") for renderer in root.iter("renderer-v2")]
    found += [style.get("fieldName") for style in root.iter("text-style")]
    found += [placement.get("geometryGenerator") for placement in root.iter("placement")]
    found += [root.findtext("previewExpression")]
    found += re.findall(r"\[%(.*?)%\]", root.findtext("mapTip") or "", flags=re.DOTALL)
    return [text for text in found if text]


@pytest.mark.parametrize("role", f.STYLED_ROLES)
def test_style_carries_no_blob(role):
    text = Path(style_path(role)).read_text(encoding="utf-8")
    assert not re.search(r"base64|data:|[0-9a-fA-F]{24,}|[A-Za-z0-9+/]{60,}", text)


def test_geometry_of_every_role_is_known_to_qgis():
    for role in SPATIAL:
        assert empty_layer(role).wkbType() == getattr(QgsWkbTypes.Type, f.layer_def(role).geometry)


@pytest.mark.skipif(Qgis.QGIS_VERSION_INT // 100 != GENERATED_WITH // 100, reason="styles are written with QGIS 3.22")
def test_committed_styles_are_what_the_generator_writes(tmp_path):
    subprocess.run([sys.executable, ROOT / "tools" / "make_styles.py", tmp_path], check=True, capture_output=True)
    for role in f.STYLED_ROLES:
        assert (tmp_path / f"{role}.qml").read_text("utf-8") == Path(style_path(role)).read_text("utf-8"), role


def test_labels_round_persons_to_two_figures(plan, tmp_path):
    from qgis.core import QgsExpressionContext

    from buffer_zone_plugin.output.geopackage import write_geopackage

    path = tmp_path / "plan.gpkg"
    write_geopackage(str(path), plan)
    layer = QgsVectorLayer(f"{path}|layername=sectors", "sectors layer", "ogr")
    root = ElementTree.parse(style_path("sectors")).getroot()
    texts = []
    for style in root.iter("text-style"):
        context = QgsExpressionContext()
        context.setFeature(next(layer.getFeatures()))
        texts.append(QgsExpression(style.get("fieldName")).evaluate(context))
    assert texts[0] == "S1"
    # 204 and 826 persons at the ends of the range
    assert re.fullmatch(r"1.?660 km²\n200–830 staff", texts[1])


@pytest.mark.parametrize("name", ["spec", "d_staff"])
def test_a_field_of_several_tables_has_one_alias(name):
    aliases = {field.alias for role in f.STYLED_ROLES for field in f.layer_def(role).fields if field.name == name}
    assert len(aliases) == 1, aliases
