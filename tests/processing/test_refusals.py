"""What cannot be planned is refused with one sentence, before it is computed where that can be known."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException

pytestmark = pytest.mark.qgis
# a folder in which even root cannot make a file
needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")

REFUSALS = [
    ({"DEPTH_A": 0, "DEPTH_B": 0}, "The depth is 0 km on both sides. Give at least one side a depth above 0 km."),
    ({"DEPTH_A": -1}, "The depth of side A is -1 km. Give 0 km or more."),
    ({"DEPTH_B": 501}, "The depth of side B is 501 km. Give at most 500 km."),
    ({"SECTORS": 0}, "0 sectors were asked for. Give a number from 1 to 200."),
    ({"SECTORS": 1000}, "1000 sectors were asked for. Give a number from 1 to 200."),
    ({"SECTORS": 2.5}, "2.5 sectors were asked for. Give a whole number."),
    ({"TOLERANCE": 0}, "The tolerance is 0 m."),
    ({"BANDS": "ten"}, "The band limits 'ten' are not numbers. Give kilometres such as 2,10."),
    ({"BANDS": "10,2"}, "The band limits do not ascend."),
    ({"BANDS": "2,20"}, "The band limit 20 km lies outside the zone."),
    ({"SPLIT": 4}, "A split by population was asked for, but no population was given. Choose a raster"),
    ({"SPLIT": 7}, "A split by areas was asked for, but no layer of them was given. Choose a layer of polygons"),
    ({"SUBSECTORS": 0}, "0 subsectors were asked for. Give a number from 1 to 50."),
    ({"SECTORS": float("nan")}, "nan sectors were asked for. Give a whole number."),
    ({"SUBSECTORS": float("nan")}, "nan subsectors were asked for. Give a whole number."),
    ({"SUBSECTORS": 1.5}, "1.5 subsectors were asked for. Give a whole number."),
    ({"SNAP_KM": -1}, "The distance to snap within is -1 km. Give a length above 0 km."),
]


@pytest.mark.parametrize("values, sentence", REFUSALS)
def test_impossible_values_are_refused_before_the_run(algorithm, short_layer, values, sentence):
    parameters = {"INPUT": short_layer, "SECTORS_OUT": "TEMPORARY_OUTPUT", **values}
    ok, message = algorithm.checkParameterValues(parameters, QgsProcessingContext())
    assert not ok and message.startswith(sentence)


LINES = {
    "no features": ((), "EPSG:4326", "The contact line has no features."),
    "no reference system": (("LineString(0 0, 1 1)",), "", "The contact line has no coordinate reference system."),
    "null geometry": ((None,), "EPSG:4326", "Every feature of the contact line has an empty geometry."),
    "empty geometry": (("LineString EMPTY",), "EPSG:4326", "Every feature of the contact line has an empty geometry."),
    "one point": (("LineString(36 48, 36 48)",), "EPSG:4326", "The contact line has no length"),
    "no place on the Earth": (("LineString(36 48, 36 98)",), "EPSG:4326", "(feature 1)"),
    "not to be transformed": (
        ("LineString(4e5 5e6, 5e5 5.1e6)", "LineString(1e30 1e30, 5e5 5.1e6)"), "EPSG:32637", "(feature 2)",
    ),
}


@pytest.mark.parametrize("case", LINES)
def test_unusable_lines_are_refused_with_a_sentence(planzone, make_line, tmp_path, case):
    texts, crs, sentence = LINES[case]
    with pytest.raises(QgsProcessingException) as caught:
        planzone(INPUT=make_line(*texts, crs=crs), GEOPACKAGE=str(tmp_path / "plan.gpkg"))
    assert sentence in str(caught.value)
    assert "Traceback" not in str(caught.value) and "\n" not in str(caught.value).strip()
    assert os.listdir(tmp_path) == []


def test_other_geometry_is_refused(planzone, make_line):
    with pytest.raises(QgsProcessingException, match="not a line"):
        planzone(INPUT=make_line("Polygon((36 48, 37 48, 37 49, 36 48))", kind="Polygon"))


def test_more_sectors_than_the_line_can_hold(planzone, make_line):
    with pytest.raises(QgsProcessingException) as caught:
        planzone(INPUT=make_line("LineString(36 48, 36.0134 48)"), DEPTH_A=20, DEPTH_B=20, SECTORS=200)
    assert "sectors" in str(caught.value) and "Traceback" not in str(caught.value)


@pytest.mark.parametrize("values, sentence", [
    ({"GEOPACKAGE": "{folder}/missing/plan.gpkg"}, "The folder {folder}/missing does not exist."),
    ({"ZONE": "{folder}/missing/zone.shp"}, "The folder {folder}/missing does not exist."),
    ({"GEOPACKAGE": "{folder}/plan.txt"}, "The file {folder}/plan.txt is not a GeoPackage."),
    pytest.param({"GEOPACKAGE": "/proc/plan.gpkg"}, "Nothing can be written to the folder /proc", marks=needs_proc),
    ({"ZONE": "{folder}/a.gpkg", "SIDES": "{folder}/a.gpkg"}, "The outputs ZONE and SIDES both go to {folder}/a.gpkg."),
    ({"ZONE": "{folder}/a.xyz", "GEOPACKAGE": "{folder}/a.xyz.gpkg"}, "The outputs ZONE and GEOPACKAGE both go to"),
])
def test_bad_destination_is_refused_before_anything_is_computed(
    planzone, short_layer, tmp_path, monkeypatch, values, sentence,
):
    from buffer_zone_plugin.core import plan as core

    monkeypatch.setattr(core, "make_plan", lambda *_args: pytest.fail("computed before the destinations were checked"))
    filled = {name: text.format(folder=tmp_path) for name, text in values.items()}
    with pytest.raises(QgsProcessingException) as caught:
        planzone(INPUT=short_layer, **filled)
    assert sentence.format(folder=tmp_path) in str(caught.value)
    assert os.listdir(tmp_path) == []


def test_missing_library_is_told(algorithm, monkeypatch):
    assert algorithm.canExecute() == (True, "")
    monkeypatch.setitem(sys.modules, "shapely", None)
    ok, sentence = algorithm.canExecute()
    assert not ok and "shapely 2.0 or newer, which is missing" in sentence


def test_without_its_libraries_a_run_says_what_to_install(planzone, short_layer, monkeypatch):
    from buffer_zone_plugin.processing import base

    monkeypatch.setattr(base, "missing_dependency", lambda: "Buffer Zone Planner needs the Python library shapely.")
    with pytest.raises(QgsProcessingException, match="needs the Python library shapely"):
        planzone(INPUT=short_layer, SECTORS_OUT="TEMPORARY_OUTPUT")


@pytest.mark.parametrize("module, function", [
    ("core.plan", "make_plan"), ("processing.planzone", "collect_plan_layers"),
    ("processing.planzone", "write_geopackage"),
])
def test_fault_of_the_program_is_one_sentence_and_its_details_are_in_the_log(
    planzone, short_layer, tmp_path, monkeypatch, recorder, module, function,
):
    def fail(*_args):
        return {}["no such\nkey"]

    logged = []
    QgsApplication.messageLog().messageReceived.connect(lambda *message: logged.append(message))
    monkeypatch.setattr(f"buffer_zone_plugin.{module}.{function}", fail)
    feedback = recorder()
    with pytest.raises(QgsProcessingException) as caught:
        planzone(feedback, INPUT=short_layer, GEOPACKAGE=str(tmp_path / "plan.gpkg"))
    sentence = [*feedback.errors, str(caught.value)][0]  # QGIS reports what happens before the job starts
    assert "KeyError" in sentence and "report it at https://" in sentence and "Buffer Zone Planner" in sentence
    assert "Traceback" not in sentence and "\n" not in sentence
    (details,) = [text for text, tag, level in logged if tag == "Buffer Zone Planner"]
    assert "Traceback" in details and "in fail" in details
    assert os.listdir(tmp_path) == []
