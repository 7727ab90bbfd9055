"""Unequal shares, fixed lengths and break points of sectors through the real algorithm."""

from __future__ import annotations

import pytest
from qgis.core import QgsPointXY, QgsProcessingException

from .conftest import column

pytestmark = pytest.mark.qgis


@pytest.mark.parametrize("text", ["20,30,50", "20; 30; 50", "20 %, 30 %, 50 %", " 2 , 3 , 5 ,"])
def test_shares_are_read_as_people_write_them(planzone, short_layer, text):
    lengths = column(planzone(INPUT=short_layer, SHARES=text, SECTORS=8)["SECTORS_OUT"], "line_km")
    assert [length / sum(lengths) for length in lengths] == pytest.approx([0.2, 0.3, 0.5], rel=2e-3)


def test_shares_of_area(planzone, short_layer):
    result = planzone(INPUT=short_layer, SHARES="1,2", SPLIT=2)
    small, large = column(result["SECTORS_OUT"], "area_km2")
    assert large / small == pytest.approx(2, rel=1e-3) and result["SECTOR_COUNT"] == 2


def test_sectors_of_fixed_length(planzone, short_layer):
    result = planzone(INPUT=short_layer, SPLIT=5, SECTOR_KM=30, RECORD="TEMPORARY_OUTPUT")
    lengths = column(result["SECTORS_OUT"], "line_km")
    assert lengths[:-1] == pytest.approx([30] * (len(lengths) - 1), rel=2e-3)
    assert sum(lengths) == pytest.approx(result["LINE_KM"]) and result["SECTOR_COUNT"] == len(lengths)
    record = dict(zip(column(result["RECORD"], "key"), column(result["RECORD"], "value")))
    assert '"sector_m": 30000.0' in record["parameters"] and '"split": "fixed_length"' in record["parameters"]


@pytest.mark.parametrize("values, sentence", [
    ({"SHARES": "a,b"}, "The shares 'a,b' are not numbers. Give one for each sector, such as 30,30,40."),
    ({"SHARES": "1,-1"}, "Share 2 is -1, not a number above 0. Give positive numbers"),
    ({"SHARES": "5"}, "One share was given. Give one for each sector"),
    ({"SHARES": "1,1", "SPLIT": 0}, "Shares were given, but the split 'none' has none."),
    ({"SPLIT": 5, "SECTOR_KM": 0}, "The sector length is 0 km. Give a length above 0 km."),
    ({"SPLIT": 5, "SECTOR_KM": 0.1}, "Sectors of this length would be more than 200. Give at least 0.5 km."),
])
def test_what_no_split_can_have_is_refused(planzone, short_layer, values, sentence):
    with pytest.raises(QgsProcessingException) as caught:
        planzone(INPUT=short_layer, **values)
    assert sentence in str(caught.value)


# --- break points ----------------------------------------------------------------------------------------------------

def test_borders_pass_through_break_points_in_any_reference_system(planzone, short_layer, make_line):
    import processing

    points = make_line("Point(36.3 48.1)", "MultiPoint((36.6 48.05))", kind="MultiPoint")
    for layer in (points, processing.run(
        "native:reprojectlayer", {"INPUT": points, "TARGET_CRS": "EPSG:32637", "OUTPUT": "TEMPORARY_OUTPUT"},
    )["OUTPUT"]):
        result = planzone(
            INPUT=short_layer, SPLIT=6, BREAKS=layer, BOUNDARIES="TEMPORARY_OUTPUT", RECORD="TEMPORARY_OUTPUT",
        )
        assert result["SECTOR_COUNT"] == 3
        borders = [feature.geometry() for feature in result["BOUNDARIES"].getFeatures()]
        for lon, lat in ((36.3, 48.1), (36.6, 48.05)):
            squared = min(border.closestVertex(QgsPointXY(lon, lat))[4] for border in borders)
            assert squared**0.5 < 1e-6
        record = dict(zip(column(result["RECORD"], "key"), column(result["RECORD"], "value")))
        assert record["breaks"] == layer.name()


@pytest.mark.parametrize("texts, sentence", [
    ((), "There are no break points. Choose a layer with at least one point"),
    (("Point(36.3 49.5)",), "from the contact line, farther than the zone is deep (36.30000, 49.50000). Move it"),
    (("Point(36.3 48.1)", "Point(36.301 48.1)"), "Two break points lie"),
])
def test_break_points_that_split_nothing_are_refused(planzone, short_layer, make_line, texts, sentence):
    with pytest.raises(QgsProcessingException) as caught:
        planzone(INPUT=short_layer, SPLIT=6, BREAKS=make_line(*texts, kind="Point"))
    assert sentence in str(caught.value)


def test_a_split_at_break_points_needs_their_layer(planzone, short_layer):
    with pytest.raises(QgsProcessingException, match=r"no layer of them was given. Choose a layer of points"):
        planzone(INPUT=short_layer, SPLIT=6)
