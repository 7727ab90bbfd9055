"""Each side's own forward line through the real algorithm: the strip between, its rows, its style and its record."""

from __future__ import annotations

import pytest
from qgis.core import QgsProcessingException

from buffer_zone_plugin.compat import plain
from buffer_zone_plugin.output.styles import apply_style

pytestmark = pytest.mark.qgis
NORTH = "LineString(36 48.02, 36.3 48.12, 36.6 48.07, 37 48.22)"
SOUTH = "LineString(37 48.18, 36.6 48.03, 36.3 48.08, 36 47.98)"


def table(layer):
    return [dict(zip(layer.fields().names(), map(plain, row.attributes()))) for row in layer.getFeatures()]


@pytest.fixture()
def lines(make_line):
    import processing

    south = processing.run("native:reprojectlayer", {
        "INPUT": make_line(SOUTH), "TARGET_CRS": "EPSG:32637", "OUTPUT": "TEMPORARY_OUTPUT",
    })["OUTPUT"]
    return make_line(NORTH), south


def test_strip_is_a_third_area_reported_apart(planzone, lines):
    north, south = lines
    result = planzone(
        INPUT=north, INPUT_B=south, DEPTH_A=5, DEPTH_B=3, SECTORS=2,
        SIDES="TEMPORARY_OUTPUT", RECORD="TEMPORARY_OUTPUT",
    )
    rows = {row["side"]: row for row in table(result["SIDES"])}
    assert set(rows) == {"A", "B", "strip"}
    assert rows["strip"]["name"] == "Between the lines" and rows["strip"]["depth_km"] is None
    assert rows["strip"]["area_km2"] == result["AREA_STRIP_KM2"] > 100
    whole = result["AREA_A_KM2"] + result["AREA_B_KM2"] + result["AREA_STRIP_KM2"]
    assert result["AREA_KM2"] == pytest.approx(whole, rel=1e-9)
    assert result["AREA_A_KM2"] / result["AREA_B_KM2"] > 1.5 and result["ERROR_MAX_M"] <= 1.0
    record = {row["key"]: row["value"] for row in table(result["RECORD"])}
    assert record["source_b"] == south.name() and record["source_b_crs"] == "EPSG:32637"
    assert record["input_features"] == "2"
    sectors = table(result["SECTORS_OUT"])
    assert sum(row["area_km2"] for row in sectors) == pytest.approx(result["AREA_KM2"], rel=1e-9)


def test_legend_names_the_strip_only_where_there_is_one(planzone, lines):
    north, south = lines
    for other, expected in ((south, {"Side A", "Side B", "Between the lines"}), (None, {"Side A", "Side B"})):
        layer = planzone(INPUT=north, INPUT_B=other, SIDES="TEMPORARY_OUTPUT")["SIDES"]
        assert apply_style(layer, "sides") == ""
        assert {category.label() for category in layer.renderer().categories()} == expected


def test_depths_may_be_0_where_the_strip_is_the_zone(planzone, lines):
    north, south = lines
    result = planzone(INPUT=north, INPUT_B=south, DEPTH_A=0, DEPTH_B=0, SECTORS=2, SIDES="TEMPORARY_OUTPUT")
    assert result["AREA_KM2"] == result["AREA_STRIP_KM2"] > 100 and result["ERROR_MAX_M"] == 0
    assert [row["side"] for row in table(result["SIDES"])] == ["strip"]


def test_one_line_has_no_strip(planzone, lines):
    result = planzone(INPUT=lines[0])
    assert result["AREA_STRIP_KM2"] == 0


def test_forward_lines_that_cross_are_refused_with_the_place(planzone, make_line):
    crossing = make_line("LineString(36 48.3, 37 47.9)")
    with pytest.raises(QgsProcessingException, match=r"^The forward lines cross: .* \(36\.\d+, 48\.\d+\)\. Draw"):
        planzone(INPUT=make_line(NORTH), INPUT_B=crossing)


def test_empty_forward_line_is_refused_by_its_name(planzone, make_line, lines):
    with pytest.raises(QgsProcessingException, match=r"^Forward line of side B: The contact line has no features"):
        planzone(INPUT=lines[0], INPUT_B=make_line())


def test_forward_line_that_cannot_be_read_is_refused(planzone, lines, tmp_path):
    with pytest.raises(QgsProcessingException, match="INPUT_B"):
        planzone(INPUT=lines[0], INPUT_B=str(tmp_path / "missing.gpkg"))


def test_file_of_the_forward_line_is_never_replaced(planzone, lines, tmp_path):
    own = tmp_path / "own.geojson"
    own.write_text('{"type": "LineString", "coordinates": [[36, 47.98], [37, 48.18]]}')
    before = own.read_bytes()
    with pytest.raises(QgsProcessingException, match="from which an input is read"):
        planzone(INPUT=lines[0], INPUT_B=str(own), OVERWRITE=True, ZONE=str(own))
    assert own.read_bytes() == before
