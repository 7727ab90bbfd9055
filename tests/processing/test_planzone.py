"""`bufferzone:planzone`: declared as designed, right in its figures, told in its notes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import (
    NULL,
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProject,
    QgsWkbTypes,
)

from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.processing import planzone as module

pytestmark = pytest.mark.qgis
ROOT = Path(__file__).resolve().parents[2]
ALGORITHM = "bufferzone:planzone"
SHORT_LINE = "LineString(36 48, 36.3 48.1, 36.6 48.05, 37 48.2)"

PARAMETERS = {  # name: (type, default, optional)
    "INPUT": ("source", None, False),
    "INPUT_B": ("source", None, True),
    "DEPTH_A": ("number", 20, False),
    "DEPTH_B": ("number", 20, False),
    "NAME_A": ("string", "Side A", True),
    "NAME_B": ("string", "Side B", True),
    "SIDE_A": ("source", None, True),
    "REVERSE": ("boolean", False, False),
    "BANDS": ("string", None, True),
    "CLIP": ("source", None, True),
    "CAPS": ("enum", 0, False),
    "OUTLINE": ("enum", 0, False),
    "TOLERANCE": ("number", 1, False),
    "SPLIT": ("enum", 1, False),
    "SECTORS": ("number", 8, False),
    "SHARES": ("string", None, True),
    "SECTOR_KM": ("number", 150, False),
    "BREAKS": ("source", None, True),
    "AREAS": ("source", None, True),
    "AREAS_NAME": ("field", None, True),
    "ONE_PER_AREA": ("boolean", False, False),
    "SUBSECTORS": ("number", 1, False),
    "POPULATION": ("layer", None, True),
    "POPULATION_FIELD": ("field", None, True),
    "SNAP": ("source", None, True),
    "SNAP_KM": ("number", 5, False),
    "NUMBER_FROM": ("enum", 0, False),
    "POSTURE": ("enum", 1, False),
    "STAFFING": ("file", None, True),
    "CROSSINGS": ("source", None, True),
    "ROADS": ("source", None, True),
    "TRAINEES": ("number", 0, False),
    "CONTRIBUTORS": ("string", None, True),
    "CONTRIBUTORS_TABLE": ("source", None, True),
    "OVERWRITE": ("boolean", False, False),
    "ZONE": ("sink", None, True),
    "SIDES": ("sink", None, True),
    "BANDS_OUT": ("sink", None, True),
    "SECTORS_OUT": ("sink", None, False),
    "SUBSECTORS_OUT": ("sink", None, True),
    "BOUNDARIES": ("sink", None, True),
    "LINE": ("sink", None, True),
    "POSTS": ("sink", None, True),
    "STAFFING_OUT": ("sink", None, True),
    "CONTRIBUTIONS": ("sink", None, True),
    "DRIVERS": ("sink", None, True),
    "RECORD": ("sink", None, True),
    "GEOPACKAGE": ("fileDestination", None, True),
}
NUMBERS = (
    "AREA_KM2", "AREA_A_KM2", "AREA_B_KM2", "AREA_STRIP_KM2", "LINE_KM", "SECTOR_COUNT", "STAFF_LOW", "STAFF_CENTRAL",
    "STAFF_HIGH",
    "TRAINING_CENTRAL", "POOL_CENTRAL", "ERROR_MAX_M",
)
CONTRIBUTORS = "France=30; United Kingdom=30; Others=40"
ALL_SINKS = {name: "TEMPORARY_OUTPUT" for name in module.SINKS}


@pytest.fixture(scope="module")
def sample_run(provider, qgis_processing):
    """The bundled sample with every layer, once."""
    import processing

    sample = ROOT / "resources" / "sample" / "illustrative_contact_line.geojson"
    return processing.run(ALGORITHM, {
        "INPUT": str(sample), "BANDS": "2,10", "SUBSECTORS": 2, "CONTRIBUTORS": CONTRIBUTORS, **ALL_SINKS,
    })


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
    choices = {name: algorithm.parameterDefinition(name).options() for name in ("CAPS", "OUTLINE", "SPLIT", "POSTURE")}
    assert choices["CAPS"] == ["Round", "Flat"]
    assert [label.split(" the ")[0] for label in choices["OUTLINE"]] == [
        "Balanced around", "Never beyond", "Never short of",
    ]
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
    kinds = QgsProcessing.SourceType
    assert algorithm.parameterDefinition("CLIP").dataTypes() == [kinds.TypeVectorPolygon]
    assert algorithm.parameterDefinition("SIDE_A").dataTypes() == [kinds.TypeVectorPolygon, kinds.TypeVectorPoint]
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
    for word in (
        "Contact line", "Posture", "Limits of bands", "Clip to", "Ground on side A", "Outline", "Limits",
        "without prejudice to status",
    ):
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


# --- what is told on the way ---------------------------------------------------------------------------------------

def test_mended_things_are_told(planzone, make_line, recorder):
    feedback = recorder()
    planzone(feedback, INPUT=make_line("LineString(36 48, 36.3 48.1, 36.3 48.1, 37 48.2)", None))
    assert any("without geometry" in text for text in feedback.infos)
    assert any("repeated" in text for text in feedback.infos)


def test_invalid_geometry_is_mended_and_told_even_when_qgis_would_stop(planzone, make_line, recorder):
    context = QgsProcessingContext()
    context.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryAbortOnInvalid)
    feedback = recorder()
    layer = make_line("LineString(36 48, 37 48.2)", "LineString(36.5 48.5, 36.5 48.5)")
    assert planzone(feedback, context, INPUT=layer)["SECTOR_COUNT"] == 3
    assert any("without length" in text for text in feedback.infos)


def test_doubts_are_warnings_and_mended_things_are_not(planzone, make_line, recorder):
    feedback = recorder()
    planzone(feedback, INPUT=make_line(SHORT_LINE, SHORT_LINE), DEPTH_A=20, DEPTH_B=20, SECTORS=8)
    assert any("wedges" in text for text in feedback.warnings)
    assert any("twice" in text for text in feedback.infos)
    assert not any("twice" in text for text in feedback.warnings)


def test_progress_moves(planzone, short_layer, tmp_path, recorder):
    feedback = recorder()
    planzone(feedback, INPUT=short_layer, GEOPACKAGE=str(tmp_path / "plan.gpkg"), **ALL_SINKS)
    assert feedback.percent == sorted(feedback.percent) and feedback.percent[-1] == 100
    assert len(set(feedback.percent)) > 10 and len(feedback.texts) > 4
