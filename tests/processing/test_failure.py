"""A run that fails says why, removes what it made, and leaves what was there as it was."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFields,
    QgsProcessingException,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.processing.destinations import Destination
from buffer_zone_plugin.processing.old_files import old_kept_until_written

pytestmark = pytest.mark.qgis


@pytest.fixture()
def old(planzone, short_layer, tmp_path, in_table, content):
    """Files of an earlier run: a shapefile, a GeoPackage, and one with the table ``zone``; and what they hold."""
    planzone(
        INPUT=short_layer, DEPTH_A=4, SIDES=str(tmp_path / "sides.shp"), POSTS=str(tmp_path / "posts.gpkg"),
        ZONE=in_table(tmp_path / "shared.gpkg", "zone"),
    )
    return content(tmp_path)


def replacing(folder, in_table):
    """Outputs that replace whole files and a table, and one that adds a table."""
    shared = folder / "shared.gpkg"
    return {
        "OVERWRITE": True, "SIDES": str(folder / "sides.shp"), "POSTS": str(folder / "posts.gpkg"),
        "ZONE": in_table(shared, "zone"), "LINE": in_table(shared, "line"), "BOUNDARIES": str(folder / "new.gml"),
    }


def test_layer_that_cannot_be_written_leaves_everything_as_it_was(
    planzone, short_layer, tmp_path, in_table, old, content,
):
    wanted = replacing(tmp_path, in_table)
    with pytest.raises(QgsProcessingException, match=r"record\.dxf"):  # a format that takes no fields, the last layer
        planzone(INPUT=short_layer, RECORD=str(tmp_path / "record.dxf"), **wanted)
    assert content(tmp_path) == old


def test_geopackage_that_cannot_appear_leaves_everything_as_it_was(
    planzone, short_layer, tmp_path, in_table, old, content, recorder,
):
    path = tmp_path / "plan.gpkg"
    feedback = recorder(on_percent=lambda percent: percent > 99 and path.mkdir(exist_ok=True))
    with pytest.raises(QgsProcessingException, match="could not be written"):
        planzone(feedback, INPUT=short_layer, GEOPACKAGE=str(path), **replacing(tmp_path, in_table))
    assert content(tmp_path) == old
    path.rmdir()
    assert sorted(os.listdir(tmp_path)) == sorted(old)


def test_failed_run_removes_what_it_made_and_nothing_else(planzone, short_layer, tmp_path, in_table):
    kept, plan = tmp_path / "kept.gpkg", tmp_path / "plan.gpkg"
    planzone(INPUT=short_layer, ZONE=in_table(kept, "zone"))
    with pytest.raises(QgsProcessingException, match=r"record\.dxf"):
        planzone(
            INPUT=short_layer, SIDES=in_table(kept, "sides"), POSTS=str(tmp_path / "posts.shp"),
            LINE=in_table(tmp_path / "new.gpkg", "line"), BOUNDARIES=str(tmp_path / "new.gml"),
            STAFFING_OUT=str(tmp_path / "new.gdb"), GEOPACKAGE=str(plan), RECORD=str(tmp_path / "record.dxf"),
        )
    assert os.listdir(tmp_path) == ["kept.gpkg"]
    assert QgsVectorLayer(f"{kept}|layername=zone", "zone layer", "ogr").isValid()
    assert not QgsVectorLayer(f"{kept}|layername=sides", "sides layer", "ogr").isValid()


def test_file_that_cannot_be_kept_is_refused_and_nothing_is_touched(planzone, short_layer, tmp_path, in_table, old):
    (tmp_path / "shared.gpkg").write_text("no database")
    old = {name: (tmp_path / name).read_bytes() for name in old}
    with pytest.raises(QgsProcessingException, match="cannot be kept while the new one is written") as caught:
        planzone(INPUT=short_layer, **replacing(tmp_path, in_table))
    assert "shared.gpkg" in str(caught.value) and "choose another place" in str(caught.value)
    assert {name: (tmp_path / name).read_bytes() for name in os.listdir(tmp_path)} == old


def test_table_goes_into_a_file_that_is_open_elsewhere(planzone, short_layer, tmp_path, in_table, old, recorder):
    path, wanted = tmp_path / "shared.gpkg", replacing(tmp_path, in_table)
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = wal")
    with other:
        other.execute("CREATE TABLE note AS SELECT 'mine' AS text")
    assert planzone(recorder(94), INPUT=short_layer, **wanted) == {}
    assert other.execute("SELECT text FROM note").fetchall() == [("mine",)]
    assert [name for name, in other.execute("SELECT table_name FROM gpkg_contents")] == ["zone"]
    planzone(INPUT=short_layer, **wanted)
    assert sorted(name for name, in other.execute("SELECT table_name FROM gpkg_contents")) == ["line", "zone"]
    assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    other.close()
    assert sorted(os.listdir(tmp_path)) == sorted([*old, "new.gml", "new.xsd"])


def test_table_goes_into_the_file_of_a_layer_that_is_being_edited(
    planzone, short_layer, tmp_path, in_table, old, recorder,
):
    path = tmp_path / "shared.gpkg"
    layer = QgsVectorLayer(f"{path}|layername=zone", "zone layer", "ogr")
    assert layer.startEditing()
    assert planzone(recorder(94), INPUT=short_layer, LINE=in_table(path, "line")) == {}
    assert layer.changeAttributeValue(1, layer.fields().lookupField("name"), "renamed") and layer.commitChanges()
    planzone(INPUT=short_layer, LINE=in_table(path, "line"))
    assert [feature["name"] for feature in layer.getFeatures()] == ["renamed"]
    again = QgsVectorLayer(f"{path}|layername=zone", "zone layer", "ogr")
    assert [feature["name"] for feature in again.getFeatures()] == ["renamed"]


def test_table_in_a_file_that_is_a_folder_is_taken_back(planzone, short_layer, tmp_path, in_table, content, recorder):
    path = tmp_path / "shared.gdb"
    planzone(INPUT=short_layer, ZONE=in_table(path, "zone"))
    before = content(path)
    assert planzone(recorder(94), INPUT=short_layer, SIDES=in_table(path, "sides")) == {}
    assert content(path) == before
    planzone(INPUT=short_layer, SIDES=in_table(path, "sides"))
    assert os.listdir(tmp_path) == ["shared.gdb"] and content(path) != before


def test_shapefile_that_qgis_removes_and_cannot_write_is_put_back(planzone, short_layer, tmp_path, in_table, content):
    path = tmp_path / "zone.shp"
    planzone(INPUT=short_layer, ZONE=str(path))
    before = content(tmp_path)
    with pytest.raises(QgsProcessingException, match="Could not create layer"):
        planzone(INPUT=short_layer, OVERWRITE=True, ZONE=in_table(path, "zone"))
    assert content(tmp_path) == before


def test_database_that_another_program_writes_to_is_left_alone(planzone, short_layer, tmp_path, in_table, old, content):
    other = sqlite3.connect(tmp_path / "shared.gpkg", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(QgsProcessingException, match="database is locked"):
        planzone(INPUT=short_layer, **replacing(tmp_path, in_table))
    other.close()
    assert content(tmp_path) == old


def test_table_in_a_file_that_holds_one_only_is_refused_and_the_file_stays(
    planzone, short_layer, tmp_path, in_table, content,
):
    path = tmp_path / "zone.xlsx"
    planzone(INPUT=short_layer, ZONE=in_table(path, "zone"))
    before = content(tmp_path)
    with pytest.raises(QgsProcessingException, match="Could not create layer"):
        planzone(INPUT=short_layer, ZONE=str(tmp_path / "new.shp"), SIDES=in_table(path, "sides"))
    assert content(tmp_path) == before


# --- what keeps the old files --------------------------------------------------------------------------------------

def open_in(folder):
    """Files in a folder that this process has open, the removed ones too."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [name for name in map(os.readlink, links) if name.startswith(str(folder))]


def whole_file(path):
    return Destination("ZONE", str(path), "", not path.exists(), True)


def test_old_file_that_cannot_come_back_is_told_where_it_is(tmp_path):
    path = tmp_path / "zone.geojson"
    path.write_text("mine")
    with pytest.raises(PlanError, match="could not be put back") as caught, old_kept_until_written([whole_file(path)]):
        path.mkdir()
        raise PlanError("The disk is full")
    (draft,) = [name for name in os.listdir(tmp_path) if name != path.name]
    assert draft.startswith(".") and draft.endswith(path.name) and (tmp_path / draft).read_text() == "mine"
    assert draft in str(caught.value) and str(path) in str(caught.value)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files cannot be listed here")
def test_files_are_closed_before_they_are_removed(tmp_path):
    path = tmp_path / "zone.geojson"
    path.write_text("mine")

    def write():
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GeoJSON"
        writer = QgsVectorFileWriter.create(
            str(path), QgsFields(), QgsWkbTypes.Type.Point, QgsCoordinateReferenceSystem("EPSG:4326"),
            QgsCoordinateTransformContext(), options,
        )
        assert open_in(tmp_path) and writer is not None
        raise PlanError("The disk is full")

    with pytest.raises(PlanError) as caught, old_kept_until_written([whole_file(path)]):
        write()
    assert open_in(tmp_path) == [] and path.read_text() == "mine"
    assert caught.value.__traceback__ is not None  # which would have kept the writer
