"""Files that are there are replaced only if that is asked for, and only by what has been written to the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeatureSourceDefinition, QgsProject, QgsVectorLayer

pytestmark = pytest.mark.qgis
ROOT = Path(__file__).resolve().parents[2]


def test_files_and_tables_are_written(planzone, short_layer, tmp_path, in_table):
    both, shape = tmp_path / "both.gpkg", tmp_path / "posts.shp"
    result = planzone(INPUT=short_layer, ZONE=in_table(both, "zone"), SIDES=in_table(both, "sides"), POSTS=str(shape))
    for name in ("ZONE", "SIDES", "POSTS"):
        assert QgsVectorLayer(result[name], f"{name} layer", "ogr").featureCount() > 0
    assert "LINE" not in result and "GEOPACKAGE" not in result


@pytest.mark.parametrize("parameter", ["ZONE", "SECTORS_OUT", "GEOPACKAGE"])
def test_existing_file_is_refused_unless_it_may_be_replaced(planzone, short_layer, tmp_path, parameter):
    path = tmp_path / "old.gpkg"
    path.write_text("mine")
    with pytest.raises(QgsProcessingException, match="already exists") as caught:
        planzone(INPUT=short_layer, **{parameter: str(path)})
    assert str(path) in str(caught.value) and path.read_text() == "mine"
    planzone(INPUT=short_layer, OVERWRITE=True, **{parameter: str(path)})
    assert QgsVectorLayer(str(path), "new layer", "ogr").isValid()


def test_existing_table_is_refused_and_other_tables_stay(planzone, short_layer, tmp_path, in_table):
    path = tmp_path / "both.gpkg"
    planzone(INPUT=short_layer, ZONE=in_table(path, "zone"))
    with pytest.raises(QgsProcessingException, match="The table zone already exists in"):
        planzone(INPUT=short_layer, SIDES=in_table(path, "sides"), ZONE=in_table(path, "zone"))
    planzone(INPUT=short_layer, SIDES=in_table(path, "sides"))
    assert all(QgsVectorLayer(f"{path}|layername={t}", f"{t} layer", "ogr").isValid() for t in ("zone", "sides"))


@pytest.mark.parametrize("output", ["SECTORS_OUT", "GEOPACKAGE"])
@pytest.mark.parametrize("selected_only", [False, True])
def test_the_input_is_never_replaced(planzone, tmp_path, output, selected_only, qgis_new_project):
    own = tmp_path / "own.gpkg"
    subprocess.run(
        [sys.executable, "-c", "import sys; from osgeo import gdal; gdal.VectorTranslate(sys.argv[2], sys.argv[1])",
         ROOT / "resources" / "sample" / "illustrative_contact_line.geojson", own],
        check=True, capture_output=True,
    )
    before = own.read_bytes()
    kept = shutil.copy(own, tmp_path / "kept.gpkg")
    given = str(own)
    if selected_only:
        layer = QgsVectorLayer(given, "own line", "ogr")
        QgsProject.instance().addMapLayer(layer)
        layer.selectAll()
        given = QgsProcessingFeatureSourceDefinition(layer.id(), True)
    with pytest.raises(QgsProcessingException, match="from which an input is read"):
        planzone(INPUT=given, OVERWRITE=True, **{"SECTORS_OUT": "TEMPORARY_OUTPUT", output: str(own)})
    assert own.read_bytes() == before == Path(kept).read_bytes()


@pytest.mark.parametrize("given, written", [("a.json", "a.json.geojson"), ("a", "a.gpkg"), ("a.shp", "a.dbf")])
def test_file_that_qgis_would_write_to_is_not_replaced_unasked(planzone, short_layer, tmp_path, given, written):
    (tmp_path / written).write_text("mine")
    with pytest.raises(QgsProcessingException, match="already exists") as caught:
        planzone(INPUT=short_layer, ZONE=str(tmp_path / given))
    assert written in str(caught.value)
    assert os.listdir(tmp_path) == [written] and (tmp_path / written).read_text() == "mine"


def test_file_that_comes_while_the_plan_is_computed_is_not_replaced(planzone, short_layer, tmp_path, recorder):
    path = tmp_path / "zone.geojson"
    feedback = recorder(on_percent=lambda percent: percent > 50 and path.write_text("mine"))
    with pytest.raises(QgsProcessingException, match="already exists"):
        planzone(feedback, INPUT=short_layer, ZONE=str(path), SIDES=str(tmp_path / "sides.shp"))
    assert os.listdir(tmp_path) == ["zone.geojson"] and path.read_text() == "mine"
