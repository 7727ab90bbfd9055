"""`bufferzone:planzone`: declared as designed, right in its figures, clear in its refusals, clean in its failures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import (
    NULL,
    QgsApplication,
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.processing import planzone as module
from buffer_zone_plugin.processing import postprocess

pytestmark = pytest.mark.qgis
ROOT = Path(__file__).resolve().parents[2]
ALGORITHM = "bufferzone:planzone"
SHORT_LINE = "LineString(36 48, 36.3 48.1, 36.6 48.05, 37 48.2)"

PARAMETERS = {  # name: (type, default, optional)
    "INPUT": ("source", None, False),
    "DEPTH_A": ("number", 20, False),
    "DEPTH_B": ("number", 20, False),
    "NAME_A": ("string", "Side A", True),
    "NAME_B": ("string", "Side B", True),
    "REVERSE": ("boolean", False, False),
    "CAPS": ("enum", 0, False),
    "TOLERANCE": ("number", 1, False),
    "SPLIT": ("enum", 1, False),
    "SECTORS": ("number", 8, False),
    "POSTURE": ("enum", 1, False),
    "OVERWRITE": ("boolean", False, False),
    "ZONE": ("sink", None, True),
    "SIDES": ("sink", None, True),
    "SECTORS_OUT": ("sink", None, False),
    "BOUNDARIES": ("sink", None, True),
    "LINE": ("sink", None, True),
    "POSTS": ("sink", None, True),
    "STAFFING_OUT": ("sink", None, True),
    "RECORD": ("sink", None, True),
    "GEOPACKAGE": ("fileDestination", None, True),
}
NUMBERS = (
    "AREA_KM2", "AREA_A_KM2", "AREA_B_KM2", "LINE_KM", "SECTOR_COUNT", "STAFF_LOW", "STAFF_CENTRAL", "STAFF_HIGH",
    "TRAINING_CENTRAL", "POOL_CENTRAL", "ERROR_MAX_M",
)
# a folder in which even root cannot make a file
needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
ALL_SINKS = {name: "TEMPORARY_OUTPUT" for name in module.SINKS}


@pytest.fixture()
def algorithm(provider):
    return QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)


@pytest.fixture(scope="module")
def sample_run(provider, qgis_processing):
    """The bundled sample with every layer, once."""
    import processing

    sample = ROOT / "resources" / "sample" / "illustrative_contact_line.geojson"
    return processing.run(ALGORITHM, {"INPUT": str(sample), **ALL_SINKS})


def table(layer):
    return [dict(zip(layer.fields().names(), feature.attributes())) for feature in layer.getFeatures()]


# --- declared as the design says -----------------------------------------------------------------------------------

def test_parameters_are_the_public_ones(algorithm):
    declared = {
        p.name(): (p.type(), p.defaultValue(), bool(p.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional))
        for p in algorithm.parameterDefinitions()
    }
    assert declared == PARAMETERS


def test_choices_are_in_the_public_order(algorithm):
    choices = {name: algorithm.parameterDefinition(name).options() for name in ("CAPS", "SPLIT", "POSTURE")}
    assert choices["CAPS"] == ["Round", "Flat"]
    assert [label.split(" (")[0] for label in choices["SPLIT"]] == [
        "No split", "Equal line length", "Equal area", "Equal staffing", "Equal population", "Fixed length",
        "Break points", "Areas",
    ]
    assert choices["POSTURE"] == ["Observe", "Verify", "Verify, both edges", "Interpose"]


def test_optional_layers_are_made_by_default_in_the_toolbox(algorithm):
    for name in module.SINKS:
        assert algorithm.parameterDefinition(name).createByDefault()
    assert not algorithm.parameterDefinition("GEOPACKAGE").createByDefault()
    sources = algorithm.parameterDefinition("INPUT").dataTypes()
    assert sources == [QgsProcessing.SourceType.TypeVectorLine]
    assert type(algorithm.parameterDefinition("DEPTH_A")) is QgsProcessingParameterNumber


def test_outputs_are_the_public_ones(algorithm):
    outputs = {output.name(): output.type() for output in algorithm.outputDefinitions()}
    assert set(outputs) == {*module.SINKS, "GEOPACKAGE", *NUMBERS}
    assert {outputs[name] for name in NUMBERS} == {"outputNumber"}


def test_algorithm_presents_itself(algorithm):
    assert algorithm.id() == ALGORITHM
    assert algorithm.displayName() == "Plan buffer zone"
    assert algorithm.group() == "Zones" and algorithm.groupId() == "zones"
    assert "staffing" in algorithm.tags()
    assert not algorithm.icon().isNull()
    assert algorithm.helpUrl().startswith("https://")
    assert not algorithm.flags() & algorithm.Flag.FlagNoThreading
    help_text = algorithm.shortHelpString()
    for word in ("Contact line", "Posture", "Limits", "without prejudice to status"):
        assert word in help_text
    assert algorithm.provider().name() == "Buffer Zone Planner"
    assert algorithm.provider().versionInfo()


def test_provider_starts_without_shapely():
    code = (
        "import sys; sys.modules['shapely'] = sys.modules['pyproj'] = None\n"
        "from qgis.core import QgsApplication\n"
        "app = QgsApplication([], False); app.initQgis()\n"
        "from buffer_zone_plugin.processing.provider import BufferZoneProvider\n"
        "provider = BufferZoneProvider()\n"
        "assert QgsApplication.processingRegistry().addProvider(provider)\n"
        "print(QgsApplication.processingRegistry().createAlgorithmById('bufferzone:planzone').canExecute()[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    sentence = "Buffer Zone Planner needs the Python library shapely 2.0 or newer, which is missing."
    assert done.stdout.startswith(sentence)


def test_missing_library_is_told(algorithm, monkeypatch):
    assert algorithm.canExecute() == (True, "")
    monkeypatch.setitem(sys.modules, "shapely", None)
    ok, sentence = algorithm.canExecute()
    assert not ok and "shapely 2.0 or newer, which is missing" in sentence


# --- right figures -------------------------------------------------------------------------------------------------

def test_sample_gives_every_layer(sample_run):
    for name, role in module.SINKS.items():
        layer, definition = sample_run[name], f.layer_def(role)
        assert layer.isValid() and tuple(layer.fields().names()) == definition.names
        assert layer.wkbType() == getattr(QgsWkbTypes.Type, definition.geometry)
        assert layer.featureCount() > 0
        if definition.geometry != f.TABLE:
            assert layer.crs().authid() == "EPSG:4326"
    assert sample_run["SECTOR_COUNT"] == sample_run["SECTORS_OUT"].featureCount() == 8
    assert sample_run["ERROR_MAX_M"] <= 1.0


def test_sample_adds_up(sample_run):
    sectors, sides, zone = (table(sample_run[name]) for name in ("SECTORS_OUT", "SIDES", "ZONE"))
    total = sample_run["AREA_KM2"]
    assert zone[0]["area_km2"] == total
    for name in ("AREA_KM2", "AREA_A_KM2", "AREA_B_KM2", "LINE_KM"):
        assert sum(row[name.lower()] for row in sectors) == pytest.approx(sample_run[name], rel=1e-9)
    assert sum(row["area_km2"] for row in sides) == pytest.approx(total, rel=1e-9)
    for name in ("LOW", "CENTRAL", "HIGH"):
        assert sum(row[f"staff_{name.lower()}"] for row in sectors) == sample_run[f"STAFF_{name}"]
    assert sum(row["posts"] for row in sectors) == sample_run["POSTS"].featureCount()
    assert {row["status"] for row in table(sample_run["POSTS"])} == {"proposed"}
    assert all(row["population"] in (None, NULL) for row in sectors)


def test_run_record_tells_where_it_comes_from(sample_run):
    record = {row["key"]: row["value"] for row in table(sample_run["RECORD"])}
    assert {"time", "plugin_version", "qgis_version", "source", "source_crs", "parameters"} <= set(record)
    assert record["source_crs"] == "EPSG:4326" and str(ROOT) not in record["source"]


def test_areas_hold_in_any_reference_system(planzone, short_layer):
    import processing

    expected = planzone(INPUT=short_layer)
    for crs in ("EPSG:3857", "EPSG:32637", "EPSG:4284"):
        moved = processing.run(
            "native:reprojectlayer", {"INPUT": short_layer, "TARGET_CRS": crs, "OUTPUT": "TEMPORARY_OUTPUT"},
        )["OUTPUT"]
        result = planzone(INPUT=moved)
        for name in ("AREA_KM2", "AREA_A_KM2", "AREA_B_KM2", "LINE_KM"):
            assert result[name] == pytest.approx(expected[name], rel=1e-5), crs


def test_swapping_the_sides_exchanges_the_areas(planzone, short_layer, make_line):
    forward = planzone(INPUT=short_layer, DEPTH_A=5, DEPTH_B=5)
    swapped = planzone(INPUT=short_layer, DEPTH_A=5, DEPTH_B=5, REVERSE=True)
    backward = planzone(INPUT=make_line("LineString(37 48.2, 36.6 48.05, 36.3 48.1, 36 48)"), DEPTH_A=5, DEPTH_B=5)
    assert (swapped["AREA_A_KM2"], swapped["AREA_B_KM2"]) == (forward["AREA_B_KM2"], forward["AREA_A_KM2"])
    assert (backward["AREA_A_KM2"], backward["AREA_B_KM2"]) == (forward["AREA_B_KM2"], forward["AREA_A_KM2"])


def test_only_selected_features_are_planned(planzone, make_line, qgis_new_project):
    layer = make_line("LineString(36 48, 36.2 48)", "LineString(30 50, 31 50)")
    QgsProject.instance().addMapLayer(layer)
    layer.selectByIds([1])
    selected = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    alone = planzone(INPUT=make_line("LineString(36 48, 36.2 48)"))
    assert planzone(INPUT=selected)["AREA_KM2"] == pytest.approx(alone["AREA_KM2"], rel=1e-9)
    layer.removeSelection()
    with pytest.raises(QgsProcessingException, match="has no features"):
        planzone(INPUT=selected)


@pytest.mark.parametrize("text, kind", [
    ("LineStringZM(36 48 5 1, 36.3 48.1 6 2, 36.6 48.05 7 3, 37 48.2 8 4)", "LineStringZM"),
    ("MultiLineString((36.6 48.05, 37 48.2), (36 48, 36.3 48.1, 36.6 48.05))", "MultiLineString"),
    ("LineString(36 48, 36.3 48.1, 36.3 48.1, 36.6 48.05, 37 48.2)", "LineString"),
])
def test_same_line_in_another_guise_gives_the_same_zone(planzone, short_layer, make_line, text, kind):
    assert planzone(INPUT=make_line(text, kind=kind))["AREA_KM2"] == pytest.approx(
        planzone(INPUT=short_layer)["AREA_KM2"], rel=1e-6,
    )


def test_curves_are_followed(planzone, make_line):
    result = planzone(INPUT=make_line("CircularString(36 48, 36.5 48.2, 37 48)", kind="CompoundCurve"))
    assert result["LINE_KM"] > 1.05 * planzone(INPUT=make_line("LineString(36 48, 37 48)"))["LINE_KM"]


def test_mended_things_are_told(planzone, make_line):
    feedback = Recorder()
    planzone(feedback, INPUT=make_line("LineString(36 48, 36.3 48.1, 36.3 48.1, 37 48.2)", None))
    assert any("without geometry" in text for text in feedback.infos)
    assert any("repeated" in text for text in feedback.infos)


def test_invalid_geometry_is_mended_and_told_even_when_qgis_would_stop(planzone, make_line):
    context = QgsProcessingContext()
    context.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryAbortOnInvalid)
    feedback = Recorder()
    layer = make_line("LineString(36 48, 37 48.2)", "LineString(36.5 48.5, 36.5 48.5)")
    assert planzone(feedback, context, INPUT=layer)["SECTOR_COUNT"] == 3
    assert any("without length" in text for text in feedback.infos)


class Recorder(QgsProcessingFeedback):
    """Keeps what it is told; cancels when the progress reaches ``stop_at``."""

    def __init__(self, stop_at=None):
        super().__init__(False)
        self.infos, self.texts, self.percent = [], [], []
        self._stop_at = stop_at
        self.progressChanged.connect(self.on_progress)

    def on_progress(self, percent):
        self.percent.append(percent)
        if self._stop_at is not None and percent >= self._stop_at:
            self.cancel()

    def pushInfo(self, info):
        self.infos.append(info)

    def setProgressText(self, text):
        self.texts.append(text)


def test_progress_moves(planzone, short_layer, tmp_path):
    feedback = Recorder()
    planzone(feedback, INPUT=short_layer, GEOPACKAGE=str(tmp_path / "plan.gpkg"), **ALL_SINKS)
    assert feedback.percent == sorted(feedback.percent) and feedback.percent[-1] == 100
    assert len(set(feedback.percent)) > 10 and len(feedback.texts) > 4


# --- clear refusals ------------------------------------------------------------------------------------------------

REFUSALS = [
    ({"DEPTH_A": 0, "DEPTH_B": 0}, "The depth is 0 km on both sides. Give at least one side a depth above 0 km."),
    ({"DEPTH_A": -1}, "The depth of side A is -1 km. Give 0 km or more."),
    ({"DEPTH_B": 501}, "The depth of side B is 501 km. Give at most 500 km."),
    ({"SECTORS": 0}, "0 sectors were asked for. Give a number from 1 to 200."),
    ({"SECTORS": 1000}, "1000 sectors were asked for. Give a number from 1 to 200."),
    ({"SECTORS": 2.5}, "2.5 sectors were asked for. Give a whole number."),
    ({"TOLERANCE": 0}, "The tolerance is 0 m."),
    ({"SPLIT": 3}, "The split 'equal staffing' is not available in this version."),
    ({"SPLIT": 7}, "The split 'areas' is not available in this version."),
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


# --- destinations --------------------------------------------------------------------------------------------------

def ogr(path, name):
    return f"ogr:dbname='{path}' table=\"{name}\" (geom)"


def test_files_and_tables_are_written(planzone, short_layer, tmp_path):
    both, shape = tmp_path / "both.gpkg", tmp_path / "posts.shp"
    result = planzone(INPUT=short_layer, ZONE=ogr(both, "zone"), SIDES=ogr(both, "sides"), POSTS=str(shape))
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


def test_existing_table_is_refused_and_other_tables_stay(planzone, short_layer, tmp_path):
    path = tmp_path / "both.gpkg"
    planzone(INPUT=short_layer, ZONE=ogr(path, "zone"))
    with pytest.raises(QgsProcessingException, match="The table zone already exists in"):
        planzone(INPUT=short_layer, SIDES=ogr(path, "sides"), ZONE=ogr(path, "zone"))
    planzone(INPUT=short_layer, SIDES=ogr(path, "sides"))
    assert all(QgsVectorLayer(f"{path}|layername={t}", f"{t} layer", "ogr").isValid() for t in ("zone", "sides"))


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


@pytest.mark.parametrize("stop_at", [1, 30, 60, 89, 92, 96, 98])
def test_cancelled_run_leaves_nothing(planzone, short_layer, tmp_path, stop_at):
    names = {"ZONE": "zone.gpkg", "SIDES": "sides.shp", "SECTORS_OUT": "sectors.geojson", "GEOPACKAGE": "plan.gpkg"}
    targets = {name: str(tmp_path / file) for name, file in names.items()}
    assert planzone(Recorder(stop_at), INPUT=short_layer, **targets) == {}
    assert os.listdir(tmp_path) == []


def test_failed_run_removes_what_it_made_and_nothing_else(planzone, short_layer, tmp_path, monkeypatch):
    kept = tmp_path / "kept.gpkg"
    planzone(INPUT=short_layer, ZONE=ogr(kept, "zone"))

    def fail(*_args, **_kwargs):
        raise PlanError("The disk is full")

    monkeypatch.setattr(module, "write_geopackage", fail)
    with pytest.raises(QgsProcessingException, match="The disk is full"):
        planzone(
            INPUT=short_layer, SIDES=ogr(kept, "sides"), POSTS=str(tmp_path / "posts.shp"),
            LINE=ogr(tmp_path / "new.gpkg", "line"), GEOPACKAGE=str(tmp_path / "plan.gpkg"),
        )
    assert os.listdir(tmp_path) == ["kept.gpkg"]
    assert QgsVectorLayer(f"{kept}|layername=zone", "zone layer", "ogr").isValid()
    assert not QgsVectorLayer(f"{kept}|layername=sides", "sides layer", "ogr").isValid()


def test_no_post_processor_is_kept_for_layers_that_nobody_loads(planzone, short_layer):
    planzone(INPUT=short_layer, **ALL_SINKS)
    assert postprocess._KEEP == {}


# --- what a new user ran into --------------------------------------------------------------------------------------

@pytest.mark.parametrize("output", ["SECTORS_OUT", "GEOPACKAGE"])
def test_the_input_is_never_replaced(planzone, tmp_path, output):
    import shutil

    own = tmp_path / "own.gpkg"
    subprocess.run(
        [sys.executable, "-c", "import sys; from osgeo import gdal; gdal.VectorTranslate(sys.argv[2], sys.argv[1])",
         ROOT / "resources" / "sample" / "illustrative_contact_line.geojson", own],
        check=True, capture_output=True,
    )
    before = own.read_bytes()
    kept = shutil.copy(own, tmp_path / "kept.gpkg")
    with pytest.raises(QgsProcessingException, match="from which the contact line is read"):
        planzone(INPUT=str(own), OVERWRITE=True, **{"SECTORS_OUT": "TEMPORARY_OUTPUT", output: str(own)})
    assert own.read_bytes() == before == Path(kept).read_bytes()


def test_doubts_are_warnings_and_mended_things_are_not(planzone):
    class Listener(QgsProcessingFeedback):
        def __init__(self):
            super().__init__()
            self.warnings, self.infos = [], []

        def pushWarning(self, warning):
            self.warnings.append(warning)

        def pushInfo(self, info):
            self.infos.append(info)

    import processing

    layer = QgsVectorLayer("LineString?crs=EPSG:4326", "short line layer", "memory")
    from qgis.core import QgsFeature, QgsGeometry

    for wkt in (SHORT_LINE, SHORT_LINE):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeature(feature)
    listener = Listener()
    processing.run(ALGORITHM, {"INPUT": layer, "SECTORS_OUT": "TEMPORARY_OUTPUT"}, feedback=listener)
    assert any("wedges" in text for text in listener.warnings)
    assert any("twice" in text for text in listener.infos)
    assert not any("twice" in text for text in listener.warnings)


def test_without_its_libraries_a_run_says_what_to_install(planzone, short_layer, monkeypatch):
    from buffer_zone_plugin.processing import base

    monkeypatch.setattr(base, "missing_dependency", lambda: "Buffer Zone Planner needs the Python library shapely.")
    with pytest.raises(QgsProcessingException, match="needs the Python library shapely"):
        planzone(INPUT=short_layer, SECTORS_OUT="TEMPORARY_OUTPUT")
