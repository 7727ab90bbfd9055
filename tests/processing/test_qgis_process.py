"""The main job on the command line: QGIS's own executable, a fresh profile, the plugin as a user installs it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from buffer_zone_plugin.output.fields import ROLES

pytestmark = pytest.mark.qgis
ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "buffer_zone_plugin"
ALGORITHM = "bufferzone:planzone"
TIMEOUT_S = 120
# Debian 12's qgis_process is a wrapper with an option that it does not know; the program itself is beside it
EXECUTABLE = next((path for path in map(shutil.which, ("qgis_process.bin", "qgis_process")) if path), None)


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The environment of qgis_process with a private profile in which the plugin is enabled."""
    if EXECUTABLE is None:
        pytest.skip("no qgis_process on this machine")
    import shapely

    profiles, runtime = tmp_path_factory.mktemp("profiles"), tmp_path_factory.mktemp("runtime")
    runtime.chmod(0o700)
    plugin = profiles / "profiles" / "default" / "python" / "plugins" / PACKAGE
    plugin.mkdir(parents=True)
    for item in [*(ROOT / PACKAGE).iterdir(), ROOT / "metadata.txt", ROOT / "resources"]:
        if item.name != "__pycache__":
            (plugin / item.name).symlink_to(item)
    values = {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(profiles), "LC_ALL": "C.UTF-8",
        "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": str(Path(shapely.__file__).parents[1]),
    }
    subprocess.run([EXECUTABLE, "plugins", "enable", PACKAGE], env=values, check=True, capture_output=True, timeout=120)
    return values


@pytest.fixture(scope="module")
def call(environment):
    """Run planzone on the command line; the sample is the default input."""
    sample = ROOT / "resources" / "sample" / "illustrative_contact_line.geojson"

    def run(json_output=False, **values):
        parameters = {"INPUT": sample, "SECTORS_OUT": "TEMPORARY_OUTPUT", **values}
        command = [EXECUTABLE, *(["--json"] if json_output else []), "run", ALGORITHM, "--"]
        command += [f"{name}={value}" for name, value in parameters.items()]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S)

    return run


@pytest.fixture(scope="module")
def main_job(call, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    done = call(json_output=True, GEOPACKAGE=folder / "plan.gpkg", SECTORS_OUT=folder / "sectors.geojson", SPLIT=2)
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout)["results"]


def test_main_job_delivers_files_and_figures(main_job):
    from osgeo import ogr

    folder, results = main_job
    assert sorted(os.listdir(folder)) == ["plan.gpkg", "sectors.geojson"]
    source = ogr.Open(str(folder / "plan.gpkg"))
    names = {source.GetLayer(index).GetName() for index in range(source.GetLayerCount())}
    assert names == {*ROLES, "layer_styles"}
    assert source.GetLayerByName("layer_styles").GetFeatureCount() == len(ROLES)
    assert results["SECTOR_COUNT"] == 8 and results["ERROR_MAX_M"] <= 1.0
    areas = [row.GetField("area_km2") for row in source.GetLayerByName("sectors")]
    assert sum(areas) == pytest.approx(results["AREA_KM2"], rel=1e-9)
    assert max(areas) / min(areas) <= 1.001
    assert results["AREA_A_KM2"] + results["AREA_B_KM2"] == pytest.approx(results["AREA_KM2"], rel=1e-9)
    staffing = source.GetLayerByName("staffing")
    staffing.SetAttributeFilter("component <> 'training'")
    assert sum(row.GetField("central") for row in staffing) == results["STAFF_CENTRAL"]


def test_written_file_is_valid_for_gdal(main_job):
    from osgeo import ogr

    source = ogr.Open(str(main_job[0] / "plan.gpkg"))
    for role in ("zone", "sides", "sectors"):
        for feature in source.GetLayerByName(role):
            assert feature.GetGeometryRef().IsValid(), role


def test_bands_within_a_clip(call, tmp_path):
    from osgeo import ogr

    land = {"type": "Polygon", "coordinates": [[[30, 40], [37, 40], [37, 55], [30, 55], [30, 40]]]}
    (tmp_path / "land.geojson").write_text(json.dumps(land))
    path = tmp_path / "plan.gpkg"
    done = call(json_output=True, GEOPACKAGE=path, BANDS="2,10", CLIP=tmp_path / "land.geojson")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    source = ogr.Open(str(path))
    bands = [(row.GetField("side"), row.GetField("to_km")) for row in source.GetLayerByName("bands")]
    assert bands == [(side, limit) for side in "AB" for limit in (2, 10, 20)]
    total = sum(row.GetField("area_km2") for row in source.GetLayerByName("bands"))
    assert total == pytest.approx(results["AREA_KM2"], rel=1e-9)
    assert source.GetLayerByName("zone").GetExtent()[1] == pytest.approx(37, abs=1e-6)
    record = {row.GetField("key"): row.GetField("value") for row in source.GetLayerByName("run_record")}
    assert record["clip"] == "land" and record["clip_crs"] == "EPSG:4326"


def test_second_run_does_not_replace_the_first(main_job, call):
    path = main_job[0] / "plan.gpkg"
    before = path.stat().st_mtime_ns
    done = call(GEOPACKAGE=path)
    assert done.returncode != 0
    assert f"The file {path} already exists." in done.stderr
    assert path.stat().st_mtime_ns == before


def test_run_that_fails_while_writing_leaves_old_files_as_they_were(call, tmp_path):
    targets = {"GEOPACKAGE": tmp_path / "plan.gpkg", "ZONE": tmp_path / "zone.shp", "SIDES": tmp_path / "sides.geojson"}
    assert call(**targets).returncode == 0
    old = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done = call(OVERWRITE="true", DEPTH_A=10, RECORD=tmp_path / "record.dxf", **targets)  # it takes no fields
    assert done.returncode != 0 and "record.dxf" in done.stderr and "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == old
    assert call(OVERWRITE="true", DEPTH_A=10, **targets).returncode == 0
    assert sorted(tmp_path.iterdir()) == sorted(old)
    assert (tmp_path / "sides.geojson").read_bytes() != old[tmp_path / "sides.geojson"]


REFUSALS = {
    "negative depth": ({"DEPTH_A": -1}, "The depth of side A is -1 km. Give 0 km or more."),
    "no depth": ({"DEPTH_A": 0, "DEPTH_B": 0}, "The depth is 0 km on both sides."),
    "too many sectors": ({"SECTORS": 1000}, "1000 sectors were asked for. Give a number from 1 to 200."),
    "bands beyond the zone": ({"BANDS": "2,30"}, "The band limit 30 km lies outside the zone."),
    "clip of lines": (
        {"CLIP": ROOT / "resources" / "sample" / "illustrative_contact_line.geojson"},
        "The clip layer holds a LineString, not a polygon (feature ",
    ),
    "missing clip": ({"CLIP": "{folder}/missing.gpkg"}, "missing.gpkg"),
    "nobody to share": ({"SPLIT": 4}, "A split by population was asked for, but no population was given."),
    "missing folder": ({"GEOPACKAGE": "/missing/plan.gpkg"}, "The folder /missing does not exist."),
    "unwritable folder": ({"GEOPACKAGE": "/proc/plan.gpkg"}, "Nothing can be written to the folder /proc"),
    "no features": ({"INPUT": "{folder}/nothing.geojson"}, "The contact line has no features."),
    "empty geometry": ({"INPUT": "{folder}/empty.geojson"}, "Every feature of the contact line has an empty geometry."),
    "no reference system": ({"INPUT": "{folder}/nowhere.shp"}, "The contact line has no coordinate reference system."),
    "missing layer": ({"INPUT": "{folder}/missing.gpkg"}, "missing.gpkg"),
}


@pytest.fixture(scope="module")
def bad_lines(tmp_path_factory):
    """Layers that no plan can be made from."""
    from osgeo import ogr

    folder = tmp_path_factory.mktemp("bad")
    collection = {"type": "FeatureCollection", "features": []}
    (folder / "nothing.geojson").write_text(json.dumps(collection))
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": []}}
    (folder / "empty.geojson").write_text(json.dumps({**collection, "features": [feature]}))
    source = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(folder / "nowhere.shp"))
    layer = source.CreateLayer("nowhere", None, ogr.wkbLineString)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt("LINESTRING (36 48, 37 48)"))
    layer.CreateFeature(feature)
    return folder


@pytest.mark.parametrize("case", REFUSALS)
def test_bad_input_gives_one_sentence_and_an_exit_code(call, bad_lines, tmp_path, case):
    values, sentence = REFUSALS[case]
    if "/proc" in str(values) and not Path("/proc/self").exists():
        pytest.skip("no /proc here, which even root cannot write to")
    filled = {name: str(value).format(folder=bad_lines) for name, value in values.items()}
    done = call(**{"GEOPACKAGE": tmp_path / "plan.gpkg", **filled})
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert os.listdir(tmp_path) == []


def test_contact_line_from_areas_on_the_command_line(environment, tmp_path):
    def polygon(south, north):
        ring = [[36, south], [38, south], [38, north], [36, north], [36, south]]
        return {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    for name, feature in (("north", polygon(48, 49)), ("land", polygon(47, 49))):
        (tmp_path / f"{name}.json").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    values = {"INPUT": tmp_path / "north.json", "MASK": tmp_path / "land.json", "OUTPUT": tmp_path / "line.geojson"}
    done = subprocess.run(
        [EXECUTABLE, "--json", "run", "bufferzone:contactline", "--", *(f"{k}={v}" for k, v in values.items())],
        env=environment, capture_output=True, text=True, timeout=TIMEOUT_S,
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert (results["PARTS"], results["POCKETS"]) == (1, 0) and results["LINE_KM"] == pytest.approx(149, abs=1)
    (line,) = json.loads((tmp_path / "line.geojson").read_text())["features"]
    assert line["properties"]["kind"] == "front"


def test_ceiling_on_the_command_line(environment, tmp_path):
    values = {
        "INPUT": ROOT / "resources" / "sample" / "illustrative_contact_line.geojson", "DEPTHS": "5-40/35",
        "POSTURES": 1, "CONTRIBUTORS": "France=3000 persons; Others=500 persons", "PLANS": tmp_path / "plans.csv",
    }

    def call(**others):
        given = [f"{name}={value}" for name, value in {**values, **others}.items()]
        command = [EXECUTABLE, "--json", "run", "bufferzone:fitceiling", "--", *given]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S)

    refused = call(DEPTHS="40-5/5")
    assert refused.returncode != 0 and "Write 5-40/5." in refused.stderr and "Traceback" not in refused.stderr
    done = call()
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert (results["PLAN_COUNT"], results["FITTING_COUNT"]) == (2, 1) and 5 < results["LARGEST_KM"] < 40
    assert sorted(os.listdir(tmp_path)) == ["plans.csv"]


def test_scenarios_on_the_command_line(environment, tmp_path):
    line = {"type": "LineString", "coordinates": [[36, 48], [36.3, 48.1], [36.6, 48.05]]}
    (tmp_path / "line.geojson").write_text(json.dumps(line))
    values = [
        ("INPUT", tmp_path / "line.geojson"), ("TOLERANCE", 50), ("SPLIT", 0),
        ("SCENARIO_TABLE", "Narrow,1,,observe,Bad,900,,"), ("DEPTHS_A", "2,4"), ("POSTURES", 0), ("POSTURES", 1),
        ("BASE", "Narrow"), ("SCENARIOS", tmp_path / "table.csv"),
    ]
    done = subprocess.run(
        [EXECUTABLE, "--json", "run", "bufferzone:comparescenarios", "--", *(f"{k}={v}" for k, v in values)],
        env=environment, capture_output=True, text=True, timeout=TIMEOUT_S,
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert (results["SCENARIO_COUNT"], results["FAILED_COUNT"]) == (6, 1)
    rows = list(csv.DictReader((tmp_path / "table.csv").read_text("utf-8").splitlines()))
    assert [row["name"] for row in rows][:3] == ["Narrow", "Bad", "2 + 20 km, observe"]
    assert "900 km" in rows[1]["error"] and float(rows[2]["d_area_km2"]) > 0


def test_help_lists_the_parameters(environment):
    done = subprocess.run(
        [EXECUTABLE, "help", ALGORITHM], env=environment, capture_output=True, text=True, timeout=TIMEOUT_S,
    )
    assert done.returncode == 0
    for name in ("INPUT", "DEPTH_A", "SECTORS_OUT", "GEOPACKAGE", "ERROR_MAX_M", "without prejudice to status"):
        assert name in done.stdout
