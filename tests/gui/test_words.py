"""How the panel writes figures, and what it says of a line."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QLocale

from buffer_zone_plugin.gui import words

pytestmark = pytest.mark.qgis

NUMBERS = {
    "AREA_KM2": 32660.4, "AREA_A_KM2": 16410.2, "AREA_B_KM2": 910.74, "AREA_STRIP_KM2": 0.0, "LINE_KM": 852.83,
    "SECTOR_COUNT": 8, "STAFF_LOW": 2913, "STAFF_CENTRAL": 3874, "STAFF_HIGH": 8214, "ERROR_MAX_M": 0.97101,
}


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


def plain(text):
    return text.replace(words.NARROW_SPACE, " ")


def test_summary_rounds_persons_and_keeps_the_exact_ones():
    summary = words.summarise(NUMBERS, "Ukraine", "Side B", "Verify")
    assert plain(summary.area) == "32,660 km²"
    assert plain(summary.area_a) == "Ukraine 16,410 km²"
    assert plain(summary.area_b) == "Side B 910.7 km²"
    assert plain(summary.line) == "852.8 km of line, 8 sectors"
    assert summary.persons == "About 3,900 persons (2,900–8,200)"
    assert "3,874 persons (2,913–8,214)" in summary.persons_exact
    assert summary.status == "Planning estimate, without prejudice to status. Posture: Verify."
    assert [line.split()[0] for line in summary.statement] == ["What", "Reasonable"]


def test_ground_between_two_forward_lines_is_told_apart():
    summary = words.summarise({**NUMBERS, "AREA_STRIP_KM2": 105.2}, "A", "B", "Verify")
    assert plain(summary.area) == "32,660 km², of it 105.2 km² between the lines"


def test_error_is_rounded_up_since_it_is_a_bound():
    assert plain(words.summarise(NUMBERS, "A", "B", "Verify").error) == "Depth error at most 0.98 m"


def test_separators_follow_the_language():
    QLocale.setDefault(QLocale("de_DE"))
    assert plain(words.measure(32660.4, "km²")) == "32.660 km²"
    QLocale.setDefault(QLocale.c())
    assert plain(words.measure(32660.4, "km²")) == "32,660 km²"


def test_no_decimals_where_rounding_reaches_a_thousand():
    assert plain(words.measure(999.96, "km")) == "1,000 km"
    assert plain(words.measure(999.4, "km")) == "999.4 km"


def describe(layer, selected_only=False):
    return plain(words.describe_line(layer, selected_only, QgsProject.instance().transformContext()))


def test_line_is_measured_on_the_ellipsoid(add_line, qgis_new_project):
    # a degree along the equator is 111.3195 km on WGS 84, whatever the layer's coordinate reference system
    assert describe(add_line(["LineString (0 0, 1 0)"])) == "111.3 km · 1 part · EPSG:4326"
    metres = "LineString (0 0, 111319.49079327357 0)"
    assert describe(add_line([metres], "EPSG:3857")) == "111.3 km · 1 part · EPSG:3857"


def test_only_the_selected_features_are_measured(add_line, qgis_new_project):
    layer = add_line(["LineString (0 0, 1 0)", "LineString (2 0, 3 0)"])
    assert describe(layer) == "222.6 km · 2 parts · EPSG:4326"
    layer.selectByIds([1])
    assert describe(layer, selected_only=True) == "111.3 km · 1 part · EPSG:4326"


def test_too_many_vertices_are_counted_not_measured(add_line, qgis_new_project, monkeypatch):
    monkeypatch.setattr(words, "MAX_VERTICES", 3)
    layer = add_line(["LineString (0 0, 1 0)", "LineString (2 0, 3 0)"])
    assert describe(layer) == "2 features · EPSG:4326"
    monkeypatch.setattr(words, "MAX_FEATURES", 1)
    assert describe(layer) == "2 features · EPSG:4326"


def test_null_geometries_do_no_harm(qgis_app):
    from qgis.core import QgsFeature

    layer = QgsVectorLayer("LineString?crs=EPSG:4326", "line", "memory")
    layer.dataProvider().addFeatures([QgsFeature()])
    assert describe(layer) == "0.0 km · 0 parts · EPSG:4326"
