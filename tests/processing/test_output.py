"""Rows, GeoPackage and project: what a plan delivers is complete, adds up, is styled, or is not there at all."""

from __future__ import annotations

import math
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsGeometry, QgsLayerTreeLayer, QgsProject, QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtCore import QCoreApplication

from buffer_zone_plugin.compat import plain
from buffer_zone_plugin.core.contributors import contribute
from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.output import geopackage, layers
from buffer_zone_plugin.output.project import RUN_PROPERTY, add_plan, place_in_group
from buffer_zone_plugin.output.rows import rows, zone_title
from buffer_zone_plugin.output.styles import ROLE_PROPERTY

pytestmark = pytest.mark.qgis

FIELDS = {  # the contract of DESIGN.md
    "sectors": (
        "sector_id name line_km area_km2 area_a_km2 area_b_km2 posts patrols_day staff_low staff_central staff_high "
        "staff_posts staff_patrols staff_crossings staff_reserve staff_unit staff_support per_km per_100km2 population "
        "crossings road_km per_1000_inh posture statement"
    ),
    "zone": (
        "name depth_a_km depth_b_km area_km2 area_a_km2 area_b_km2 line_km perimeter_km tolerance_m error_max_m "
        "error_rms_m posture staff_low staff_central staff_high statement"
    ),
    "bands": "side band from_km to_km area_km2",
    "sides": "side name depth_km area_km2",
    "subsectors": (
        "subsector_id sector_id name line_km area_km2 area_a_km2 area_b_km2 posts staff_low staff_central staff_high "
        "population posture statement"
    ),
    "sector_boundaries": (
        "boundary_id sector_from sector_to length_km chainage_km contact_lon contact_lat name_from name_to"
    ),
    "contact_line": "part chain line_km left_side",
    "posts": "post_id sector_id kind line chainage_km watch strength status",
    "staffing": "sector_id component low central high posture statement",
    "contributions": "contributor sector_id role persons posture statement",
    "drivers": (
        "rank parameter unit low central high persons_low persons_high swing confidence source_title source_address "
        "note posture statement"
    ),
    "run_record": "key value",
}


NOBODY = contribute((), np.zeros(1, dtype=int), np.zeros(1, dtype=int), ["S1"], 0)


def records(role, plan):
    return [dict(zip(f.layer_def(role).names, attributes)) for attributes, _ in rows(role, plan)]


def test_public_fields():
    assert set(f.ROLES) == set(FIELDS)
    for role, names in FIELDS.items():
        assert f.layer_def(role).names == tuple(names.split())


def test_every_field_is_described():
    for role in f.ROLES:
        for field in f.layer_def(role).fields:
            assert field.alias and field.description
            assert field.kind in (f.INT, f.REAL, f.TEXT)


def test_rows_have_one_value_per_field_of_its_kind(plan):
    kinds = {f.INT: int, f.REAL: float, f.TEXT: str}
    for role in f.ROLES:
        definition = f.layer_def(role)
        filled = rows(role, plan)
        assert filled
        for attributes, geometry in filled:
            assert len(attributes) == len(definition.fields)
            assert (geometry is None) == (definition.geometry == f.TABLE)
            for value, field in zip(attributes, definition.fields):
                assert value is None or type(value) is kinds[field.kind], (role, field.name)


def test_rows_add_up(plan):
    zone = records("zone", plan)[0]
    sectors, sides, staffing = (records(role, plan) for role in ("sectors", "sides", "staffing"))
    for name in ("area_km2", "area_a_km2", "area_b_km2", "line_km"):
        assert sum(s[name] for s in sectors) == pytest.approx(zone[name], rel=1e-9)
    assert sum(s["area_km2"] for s in sides) == pytest.approx(zone["area_km2"], rel=1e-9)
    for side in sides:
        bands = [band for band in records("bands", plan) if band["side"] == side["side"]]
        assert [band["band"] for band in bands] == [1, 2]
        assert [(band["from_km"], band["to_km"]) for band in bands] == [(0.0, 11.0), (11.0, side["depth_km"])]
    for name in ("low", "central", "high"):
        assert sum(s[f"staff_{name}"] for s in sectors) == zone[f"staff_{name}"]
        assert sum(r[name] for r in staffing if r["component"] != "training") == zone[f"staff_{name}"]
    parts = [n for n in f.layer_def("sectors").names if n.startswith("staff_")][3:]
    for sector in sectors:
        assert sum(sector[name] for name in parts) == sector["staff_central"]
        assert sector["per_km"] == sector["staff_central"] / sector["line_km"]
        assert sector["per_100km2"] == pytest.approx(100 * sector["staff_central"] / sector["area_km2"])
        assert sector["population"] is None
    assert [r["sector_id"] for r in staffing if r["component"] == "training"] == [None]


def test_posts_of_a_sector_are_counted_without_crossings(plan):
    counted = sum(s["posts"] for s in records("sectors", plan))
    assert counted == sum(post.kind != "crossing" for post in plan.posts)


def test_tables_of_persons_tell_sources_posture_and_meaning(plan):
    drivers = records("drivers", plan)
    assert [row["rank"] for row in drivers if row["rank"] is not None] == list(range(1, len(plan.drivers) + 1))
    assert {row["parameter"] for row in drivers} == set(plan.used.catalogue)
    assert all(row["swing"] == row["persons_high"] - row["persons_low"] for row in drivers if row["rank"])
    low = {row["parameter"]: row["low"] for row in drivers}
    assert low["patrol_crew"] == 4 and all(value == float(f"{value:.7g}") for value in low.values())
    assert all(row["unit"] and row["source_title"] and row["confidence"] for row in drivers)
    sent = records("contributions", plan)
    for number in range(1, len(plan.sectors) + 1):
        persons = sum(row["persons"] for row in sent if row["sector_id"] == number)
        assert persons == plan.staffing.sector(number - 1).central
    assert sum(row["persons"] for row in sent if row["role"] == "training") == plan.staffing.training.central
    for role in ("zone", "sectors", "subsectors", "staffing", "contributions", "drivers"):
        for row in records(role, plan):
            assert row["posture"] == "verify"
            assert row["statement"].startswith("Planning estimate, without prejudice to status.")
            assert len(row["statement"]) <= 254  # what a shapefile holds


def test_zone_title():
    assert zone_title(20.0, 20.0) == "Zone 20 + 20 km"
    assert zone_title(2.5, 0.0) == "Zone 2.5 + 0 km"


@pytest.mark.parametrize("text, kind", [
    ("LineStringZM(0 0 1 2, 1 1 2 3)", "LineString"),
    ("CircularString(0 0, 1 1, 2 0)", "LineString"),
    ("CompoundCurveZ(CircularStringZ(0 0 1, 1 1 1, 2 0 1), (2 0 1, 3 0 1))", "LineString"),
    ("MultiCurve((0 0, 1 1), CircularString(0 0, 1 1, 2 0))", "MultiLineString"),
    ("Point(1 2)", "Point"),
])
def test_geometry_crosses_the_border_and_back(text, kind):
    given = QgsGeometry.fromWkt(text)
    shape = layers.to_shapely([layers.straight(given)])[0]
    assert shape.geom_type == kind and not shape.has_z
    assert layers.to_shapely(layers.to_qgis([shape]))[0].equals_exact(shape, 0)
    assert given.equals(QgsGeometry.fromWkt(text)), "the geometry given was changed"


def test_an_arc_is_followed_closely():
    arc = layers.to_shapely([layers.straight(QgsGeometry.fromWkt("CircularString(-1 0, 0 1, 1 0)"))])[0]
    middle = arc.segmentize(0.0005)
    off = max(abs(math.hypot(x, y) - 1) for x, y in middle.coords)
    assert off < 1e-6


def test_empty_geometry_becomes_none():
    assert list(layers.to_shapely([QgsGeometry(), QgsGeometry.fromWkt("LineString EMPTY")])) == [None, None]
    assert layers.to_qgis([None])[0].isNull()


def test_geopackage_holds_every_layer_with_its_style(plan, tmp_path):
    path = str(tmp_path / "plan.gpkg")
    steps = []
    geopackage.write_geopackage(path, plan, step=steps.append)
    assert os.listdir(tmp_path) == ["plan.gpkg"]
    assert steps == sorted(steps) and steps[-1] == 1.0
    for role in f.ROLES:
        layer = QgsVectorLayer(f"{path}|layername={role}", f"{role} layer", "ogr")
        definition = f.layer_def(role)
        assert layer.isValid()
        assert tuple(layer.fields().names()) == ("fid", *definition.names)
        assert layer.wkbType() == getattr(QgsWkbTypes.Type, definition.geometry)
        assert layer.crs().authid() == ("" if definition.geometry == f.TABLE else "EPSG:4326")
        assert layer.customProperty(ROLE_PROPERTY) == role, "the style in the file is not its default"
        expected = [attributes for attributes, _ in rows(role, plan)]
        assert [[plain(value) for value in x.attributes()[1:]] for x in layer.getFeatures()] == expected
        assert all(x.geometry().isGeosValid() for x in layer.getFeatures() if x.hasGeometry())


def test_geopackage_is_not_replaced_unasked(plan, tmp_path):
    path = tmp_path / "plan.gpkg"
    path.write_text("mine")
    with pytest.raises(PlanError, match="already exists") as caught:
        geopackage.write_geopackage(str(path), plan)
    assert str(path) in str(caught.value)
    assert path.read_text() == "mine"
    geopackage.write_geopackage(str(path), plan, overwrite=True)
    assert QgsVectorLayer(f"{path}|layername=zone", "zone layer", "ogr").isValid()


def test_geopackage_that_is_open_elsewhere_is_left_alone(plan, tmp_path):
    path = tmp_path / "plan.gpkg"
    geopackage.write_geopackage(str(path), plan)
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = wal")
    other.execute("CREATE TABLE note (text)")
    with pytest.raises(PlanError, match="is open in another project or program"):
        geopackage.write_geopackage(str(path), plan, overwrite=True)
    other.close()
    geopackage.write_geopackage(str(path), plan, overwrite=True)
    assert os.listdir(tmp_path) == ["plan.gpkg"]


@pytest.mark.parametrize("stop_after", [0, 3, 9, 15])
def test_cancelled_geopackage_leaves_nothing(plan, tmp_path, stop_after):
    seen = []

    def step(_fraction):
        seen.append(_fraction)
        if len(seen) > stop_after:
            raise PlanCancelledError

    with pytest.raises(PlanCancelledError):
        geopackage.write_geopackage(str(tmp_path / "plan.gpkg"), plan, step=step)
    assert os.listdir(tmp_path) == []


def test_cancel_with_the_last_report_leaves_nothing_and_there_is_none_after_it(plan, tmp_path):
    path = tmp_path / "plan.gpkg"

    def step(fraction):
        assert not path.exists()
        if fraction == 1.0:
            raise PlanCancelledError

    with pytest.raises(PlanCancelledError):
        geopackage.write_geopackage(str(path), plan, step=step)
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files cannot be listed here")
def test_failed_geopackage_is_closed_and_removed(plan, tmp_path):
    with pytest.raises(TypeError) as caught:
        geopackage.write_geopackage(str(tmp_path / "plan.gpkg"), replace(plan, sides=None))
    assert os.listdir(tmp_path) == []
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    assert not [name for name in map(os.readlink, links) if name.startswith(str(tmp_path))]
    assert caught.value.__traceback__ is not None  # which would have kept the writer


def test_unwritable_folder_is_named(plan, tmp_path):
    missing = tmp_path / "missing"
    with pytest.raises(PlanError, match="does not exist") as caught:
        geopackage.write_geopackage(str(missing / "plan.gpkg"), plan)
    assert str(missing) in str(caught.value)
    with pytest.raises(PlanError, match="is a folder"):
        geopackage.write_geopackage(str(tmp_path), plan)


def test_a_folder_that_takes_no_files_is_refused(plan, monkeypatch, tmp_path):
    def refuse(**_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(geopackage.tempfile, "mkstemp", refuse)
    with pytest.raises(PlanError, match=r"Nothing can be written to the folder .*: Permission denied"):
        geopackage.write_geopackage(str(tmp_path / "plan.gpkg"), plan)


def test_project_group_is_ordered_and_named(plan, tmp_path, qgis_new_project):
    path = str(tmp_path / "plan.gpkg")
    geopackage.write_geopackage(path, plan)
    project = QgsProject.instance()
    group = add_plan(path, project)
    assert group.name() == "Zone 22 + 22 km"
    assert [n.layer().customProperty(ROLE_PROPERTY) for n in group.children()] == list(f.ROLES)
    assert [n.name() for n in group.children()] == [f.layer_def(role).title for role in f.ROLES]
    assert project.layerTreeRoot().children()[0] == group
    again = add_plan(path, project)
    assert len(project.layerTreeRoot().children()) == 2
    assert again.customProperty(RUN_PROPERTY) != group.customProperty(RUN_PROPERTY)


def test_bands_that_nobody_asked_for_are_in_the_file_and_not_in_the_project(plan, tmp_path, qgis_new_project):
    path = str(tmp_path / "plan.gpkg")
    geopackage.write_geopackage(path, replace(plan, bands=(), subsectors=(), contributions=NOBODY))
    layer = QgsVectorLayer(f"{path}|layername=bands", "bands layer", "ogr")
    assert layer.isValid() and layer.featureCount() == 0
    group = add_plan(path, QgsProject.instance())
    roles = [node.layer().customProperty(ROLE_PROPERTY) for node in group.children()]
    assert roles == [role for role in f.ROLES if role not in f.WHEN_ASKED]
    assert len(QgsProject.instance().mapLayers()) == len(roles)


def test_a_geopackage_that_qgis_keeps_open_is_not_taken_for_whole(plan, tmp_path, monkeypatch):
    def keep_open(path, role):
        Path(f"{path}-wal").touch()

    monkeypatch.setattr(geopackage, "_store_style", keep_open)
    with pytest.raises(PlanError, match="could not be written: QGIS has not closed it"):
        geopackage.write_geopackage(str(tmp_path / "plan.gpkg"), plan)
    assert os.listdir(tmp_path) == []


def test_project_group_keeps_its_order_whatever_comes_first(qgis_new_project):
    project = QgsProject.instance()
    arrival = [
        "drivers", "zone", "staffing", "contributions", "posts", "bands", "subsectors", "sectors", "run_record",
        "sides", "contact_line", "sector_boundaries",
    ]
    for role in arrival:
        layer = QgsVectorLayer("Point?crs=EPSG:4326", f"{role} layer", "memory")
        layer.setCustomProperty(ROLE_PROPERTY, role)
        project.addMapLayer(layer)
        group = place_in_group(project, layer, role, "run 1", "Zone 1 + 1 km")
        group.setName("renamed by the user")
        QCoreApplication.processEvents()  # QGIS removes layers that have left the tree from here
    root = project.layerTreeRoot()
    assert [node.name() for node in root.children()] == ["renamed by the user"]
    assert [n.layer().customProperty(ROLE_PROPERTY) for n in group.children()] == list(f.ROLES)
    assert all(isinstance(node, QgsLayerTreeLayer) for node in group.children())
    assert len(project.mapLayers()) == len(arrival)


def test_a_file_that_is_no_plan_is_refused(tmp_path, qgis_new_project):
    with pytest.raises(PlanError, match="has no layer"):
        add_plan(str(tmp_path / "nothing.gpkg"), QgsProject.instance())
    assert not QgsProject.instance().mapLayers()
