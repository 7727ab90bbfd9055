"""A new split of a zone that is there, through the real algorithm."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException

from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.processing.splitsectors import SINKS

from .conftest import column

pytestmark = pytest.mark.qgis
ALGORITHM = "bufferzone:splitsectors"


@pytest.fixture()
def planned(planzone, short_layer):
    """A plan's layers: 5 km and 3 km."""
    return planzone(
        INPUT=short_layer, SPLIT=2, SECTORS=4, ZONE="TEMPORARY_OUTPUT", SIDES="TEMPORARY_OUTPUT",
        LINE="TEMPORARY_OUTPUT", BOUNDARIES="TEMPORARY_OUTPUT",
    )


@pytest.fixture()
def split(provider, planned):
    """Run the algorithm on the plan's line and sides."""
    import processing

    def run(feedback=None, context=None, **values):
        parameters = {"INPUT": planned["LINE"], "ZONE": planned["SIDES"], "SECTORS_OUT": "TEMPORARY_OUTPUT", **values}
        return processing.run(ALGORITHM, parameters, feedback=feedback, context=context)

    return run


def test_the_same_split_gives_the_same_sectors(split, planned):
    result = split(SPLIT=2, SECTORS=4)
    for name in ("line_km", "area_km2", "area_a_km2", "area_b_km2"):
        assert column(result["SECTORS_OUT"], name) == pytest.approx(column(planned["SECTORS_OUT"], name), rel=1e-5)
    assert result["STAFF_CENTRAL"] == planned["STAFF_CENTRAL"]
    assert result["AREA_A_KM2"] == pytest.approx(planned["AREA_A_KM2"], rel=1e-7)
    assert "ERROR_MAX_M" not in result


def test_every_layer_is_written_with_the_fields_of_a_plan(split):
    result = split(SECTORS=3, SUBSECTORS=2, CONTRIBUTORS="France=60", **{name: "TEMPORARY_OUTPUT" for name in SINKS})
    for name, role in SINKS.items():
        assert tuple(result[name].fields().names()) == f.layer_def(role).names and result[name].featureCount() > 0
    record = dict(zip(column(result["RECORD"], "key"), column(result["RECORD"], "value")))
    assert record["source"] and record["zone"] and record["zone_sha256"] and record["error_max_m"] == ""
    assert '"depth_a_m": 5000.0' in record["parameters"] and '"depth_b_m": 3000.0' in record["parameters"]


def test_the_zone_alone_will_do_and_sides_are_told_to_be_a_guess(split, planned, recorder):
    told = recorder()
    result = split(feedback=told, ZONE=planned["ZONE"], SECTORS=2)
    for name in ("AREA_KM2", "AREA_A_KM2"):  # the line tells the side on its left
        assert result[name] == pytest.approx(planned[name], rel=1e-5)
    assert any("left of the line" in text for text in told.infos + told.warnings)


def test_any_polygon_around_a_line_will_do(split, short_layer, make_line):
    box = make_line("Polygon((35.9 47.9, 37.1 47.9, 37.1 48.3, 35.9 48.3, 35.9 47.9))", kind="Polygon")
    result = split(INPUT=short_layer, ZONE=box, SPLIT=2, SECTORS=3)
    areas = column(result["SECTORS_OUT"], "area_km2")
    assert areas == pytest.approx([sum(areas) / 3] * 3, rel=2e-3)


def test_what_cannot_be_split_is_refused_with_one_sentence(split, planned, make_line, short_layer):
    elsewhere = make_line("LineString(1 1, 2 2)")
    for values, sentence in (
        ({"INPUT": elsewhere}, "The contact line does not run through the zone. Choose the line and the zone of one"),
        ({"ZONE": short_layer}, "The layer of the zone holds a LineString, not a polygon"),
        ({"SECTORS": 150}, "150 sectors do not fit"),
        ({"SPLIT": 6}, "no layer of them was given"),
        ({"SUBSECTORS": 60}, "60 subsectors were asked for. Give a number from 1 to 50."),
    ):
        with pytest.raises(QgsProcessingException) as caught:
            split(**values)
        assert sentence in str(caught.value)


def test_existing_files_are_kept_unless_replaced(split, planned, tmp_path):
    path = str(tmp_path / "sectors.gpkg")
    split(SECTORS=2, SECTORS_OUT=path)
    with pytest.raises(QgsProcessingException, match="already exists"):
        split(SECTORS=3, SECTORS_OUT=path)
    split(SECTORS=3, SECTORS_OUT=path, OVERWRITE=True)


def test_a_cancelled_run_leaves_nothing(split, planned, tmp_path, recorder):
    path = tmp_path / "sectors.gpkg"
    split(feedback=recorder(stop_at=50), SECTORS=3, SECTORS_OUT=str(path))
    assert not path.exists()


def test_the_algorithm_is_described(provider):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
    assert algorithm.displayName() == "Split zone into sectors"
    text = algorithm.shortHelpString()
    for title in ("Contact line of the plan", "Sides of the plan, or its zone", "Subsectors", "Population", "Areas"):
        assert f"<b>{title}</b>" in text
    ok, _ = algorithm.checkParameterValues({"SECTORS_OUT": "TEMPORARY_OUTPUT"}, QgsProcessingContext())
    assert not ok
