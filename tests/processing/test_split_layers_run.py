"""Splits that need layers, through the real algorithm: areas, features to snap to, former boundaries."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsGeometry, QgsProcessingException

from .conftest import column, record

pytestmark = pytest.mark.qgis


# --- areas -----------------------------------------------------------------------------------------------------------

DISTRICTS = [
    (f"Polygon(({w} 47, {w + 0.2} 47, {w + 0.2} 49, {w} 49, {w} 47))", name)
    for w, name in ((35.6, "Far"), (35.8, "Alpha"), (36.0, "Beta"), (36.2, "Gamma"), (36.4, "Delta"), (36.6, "Eta"),
                    (36.8, "Theta"), (37.0, "Iota"))
]


def test_one_sector_for_each_area_is_called_as_the_area(planzone, short_layer, attributed):
    districts = attributed("Polygon", DISTRICTS[::-1], "name", "text")
    result = planzone(
        INPUT=short_layer, SPLIT=7, AREAS=districts, AREAS_NAME="name", ONE_PER_AREA=True,
        BOUNDARIES="TEMPORARY_OUTPUT",
    )
    names = column(result["SECTORS_OUT"], "name")
    assert names == ["Alpha", "Beta", "Gamma", "Delta", "Eta", "Theta", "Iota"]
    assert sum(column(result["SECTORS_OUT"], "area_km2")) == pytest.approx(result["AREA_KM2"], rel=1e-9)
    for feature in result["SECTORS_OUT"].getFeatures():
        box = feature.geometry().boundingBox()
        middle = {name: QgsGeometry.fromWkt(wkt).boundingBox() for wkt, name in DISTRICTS}[feature["name"]]
        assert box.xMinimum() > middle.xMinimum() - 1e-3 and box.xMaximum() < middle.xMaximum() + 1e-3
    assert column(result["BOUNDARIES"], "name_from")[:2] == ["Alpha", "Beta"]


def test_whole_areas_go_to_the_number_of_sectors(planzone, short_layer, attributed, recorder):
    districts = attributed("Polygon", DISTRICTS, "name", "text")
    told = recorder()
    result = planzone(feedback=told, INPUT=short_layer, SPLIT=7, SECTORS=3, AREAS=districts, AREAS_NAME="name")
    assert column(result["SECTORS_OUT"], "name") == ["S1", "S2", "S3"]
    edges = {round(w, 6) for w in np.arange(35.6, 37.3, 0.2).tolist()}
    for feature in list(result["SECTORS_OUT"].getFeatures())[:-1]:
        assert min(abs(feature.geometry().boundingBox().xMaximum() - edge) for edge in edges) < 1e-3
    assert any("areas were kept whole" in text for text in told.warnings)


def test_areas_that_cannot_be_used_are_refused(planzone, short_layer, attributed):
    districts = attributed("Polygon", DISTRICTS[:1], "name", "text")
    for values, sentence in (
        ({}, "no layer of them was given"),
        ({"AREAS": districts, "ONE_PER_AREA": True}, "no field names the areas"),
        ({"AREAS": districts, "AREAS_NAME": "region"}, "has no field region"),
        ({"AREAS": districts, "AREAS_NAME": "name"}, "None of the areas lies in the zone"),
        ({"AREAS": short_layer}, "holds a LineString, not a polygon"),
    ):
        with pytest.raises(QgsProcessingException) as caught:
            planzone(INPUT=short_layer, SPLIT=7, **values)
        assert sentence in str(caught.value)


# --- subsectors, snapping, numbering, kept boundaries ----------------------------------------------------------------

def test_subsectors_are_a_layer_of_their_own(planzone, short_layer):
    result = planzone(
        INPUT=short_layer, SUBSECTORS=2, SUBSECTORS_OUT="TEMPORARY_OUTPUT", BOUNDARIES="TEMPORARY_OUTPUT",
    )
    parts = result["SUBSECTORS_OUT"]
    assert column(parts, "name") == ["S1.1", "S1.2", "S2.1", "S2.2", "S3.1", "S3.2"]
    assert sum(column(parts, "staff_central")) == result["STAFF_CENTRAL"]
    assert sum(column(parts, "area_km2")) == pytest.approx(result["AREA_KM2"], rel=1e-9)
    assert len(column(result["BOUNDARIES"], "boundary_id")) == 5


def test_boundaries_follow_a_river_near_them(planzone, short_layer, make_line, recorder):
    river = make_line("LineString(36.34 47.9, 36.35 48.05, 36.345 48.2, 36.36 48.4)")
    told = recorder()
    plain_run = planzone(INPUT=short_layer, SECTORS=3, BOUNDARIES="TEMPORARY_OUTPUT")
    snapped = planzone(
        feedback=told, INPUT=short_layer, SECTORS=3, SNAP=river, SNAP_KM=4, BOUNDARIES="TEMPORARY_OUTPUT",
        RECORD="TEMPORARY_OUTPUT",
    )
    line = next(river.getFeatures()).geometry()
    away = [
        next(run["BOUNDARIES"].getFeatures()).geometry().hausdorffDistance(line.intersection(
            next(run["BOUNDARIES"].getFeatures()).geometry().buffer(0.1, 8))) for run in (plain_run, snapped)
    ]
    assert away[1] < away[0]
    assert any(text.startswith("Boundaries follow the features over") and "S1" in text for text in told.infos)
    assert "snap_sha256" in record(snapped)


def test_numbers_count_from_the_other_end(planzone, short_layer):
    west, east = (planzone(INPUT=short_layer, NUMBER_FROM=end)["SECTORS_OUT"] for end in (0, 1))
    first, last = (next(layer.getFeatures()).geometry().centroid().asPoint().x() for layer in (west, east))
    assert first < 36.4 < 36.6 < last


def test_a_former_plans_boundaries_hold_the_sectors_when_the_line_moves(planzone, short_layer, make_line):
    before = planzone(INPUT=short_layer, SPLIT=2, SUBSECTORS=2, BOUNDARIES="TEMPORARY_OUTPUT")
    moved = make_line("LineString(36 48, 36.3 48.1, 36.45 48.09, 36.6 48.05, 37 48.2)")
    after = planzone(INPUT=moved, SPLIT=6, BREAKS=before["BOUNDARIES"])
    assert after["SECTOR_COUNT"] == 3  # boundaries within sectors do not count
    old, new = ([f.geometry() for f in run["SECTORS_OUT"].getFeatures()] for run in (before, after))
    changed = sum(one.intersection(other).area() for i, one in enumerate(old) for j, other in enumerate(new) if i != j)
    assert changed < 2e-4 * sum(one.area() for one in old)


def test_lines_that_miss_the_contact_line_are_left_out_and_told(planzone, short_layer, make_line, recorder):
    told = recorder()
    lines = make_line("LineString(36.5 47.8, 36.5 48.4)", "LineString(30 40, 31 41)")
    result = planzone(feedback=told, INPUT=short_layer, SPLIT=6, BREAKS=lines)
    assert result["SECTOR_COUNT"] == 2
    assert any("1 line to split at left out" in text for text in told.infos)
    with pytest.raises(QgsProcessingException, match="None of the lines to split at crosses"):
        planzone(INPUT=short_layer, SPLIT=6, BREAKS=make_line("LineString(30 40, 31 41)"))


def test_layers_that_a_split_does_not_use_are_told(planzone, short_layer, make_line, recorder):
    told = recorder()
    planzone(feedback=told, INPUT=short_layer, SPLIT=1, BREAKS=make_line("Point(36.5 48.1)", kind="Point"))
    assert "BREAKS is not used by this split" in told.warnings
    with pytest.raises(QgsProcessingException, match="The layer to snap to has no features"):
        planzone(INPUT=short_layer, SNAP=make_line())
