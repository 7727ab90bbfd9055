"""Unequal shares and fixed lengths of sectors through the real algorithm."""

from __future__ import annotations

import pytest
from qgis.core import QgsProcessingException

from buffer_zone_plugin.compat import plain

pytestmark = pytest.mark.qgis


def column(layer, name):
    return [plain(feature[name]) for feature in layer.getFeatures()]


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
    ({"SHARES": "1,-1"}, "A share is not above 0. Give positive numbers"),
    ({"SHARES": "1,1", "SPLIT": 0}, "Shares were given, but the split 'none' has none."),
    ({"SPLIT": 5, "SECTOR_KM": 0}, "The sector length is 0 km. Give a length above 0 km."),
    ({"SPLIT": 5, "SECTOR_KM": 0.1}, "Sectors of this length would be more than 200. Give at least 0.5 km."),
])
def test_what_no_split_can_have_is_refused(planzone, short_layer, values, sentence):
    with pytest.raises(QgsProcessingException) as caught:
        planzone(INPUT=short_layer, **values)
    assert sentence in str(caught.value)
