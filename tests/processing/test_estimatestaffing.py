"""Staffing of polygons that are there, through the real algorithm."""

from __future__ import annotations

import os

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)

from buffer_zone_plugin.compat import make_field
from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.output.styles import ROLE_PROPERTY

from .conftest import column, record

pytestmark = pytest.mark.qgis
ALGORITHM = "bufferzone:estimatestaffing"
TABLES = {name: "TEMPORARY_OUTPUT" for name in ("STAFFING_OUT", "CONTRIBUTIONS", "DRIVERS", "RECORD")}
SQUARES = ["Polygon((30 50, 31 50, 31 50.2, 30 50.2, 30 50))", "Polygon((31 50, 32 50, 32 50.2, 31 50.2, 31 50))"]


@pytest.fixture()
def estimate(provider, context):
    """Run the algorithm."""
    import processing

    own = context

    def run(feedback=None, context=None, **values):
        parameters = {"OUTPUT": "TEMPORARY_OUTPUT", **values}
        return processing.run(ALGORITHM, parameters, feedback=feedback, context=context or own)

    return run


@pytest.fixture()
def squares(attributed):
    """Two polygons with a length of line in each."""
    return attributed("Polygon", zip(SQUARES, (120.0, 80.0)), field="km")


def test_the_sectors_of_a_plan_take_what_the_plan_said(estimate, planzone, short_layer):
    plan = planzone(INPUT=short_layer, SECTORS=3, LINE="TEMPORARY_OUTPUT", STAFFING_OUT="TEMPORARY_OUTPUT")
    result = estimate(INPUT=plan["SECTORS_OUT"], LINE=plan["LINE"], **TABLES)
    for name in ("STAFF_LOW", "STAFF_CENTRAL", "STAFF_HIGH", "POOL_CENTRAL"):
        assert result[name] == plan[name]
    assert result["LINE_KM"] == pytest.approx(plan["LINE_KM"], abs=0.05)
    assert result["AREA_KM2"] == pytest.approx(plan["AREA_KM2"], rel=1e-9)
    assert result["SECTOR_COUNT"] == 3
    polygons = result["OUTPUT"]
    names = polygons.fields().names()
    assert len(names) == len(set(names)) and {"sector_id", "name", "area_a_km2", "polygon_id"} <= set(names)
    assert column(polygons, "name") == ["S1", "S2", "S3"]
    for values in ({"LENGTH_FIELD": "line_km"}, {}):  # a plan's own length counts without being named
        assert estimate(INPUT=plan["SECTORS_OUT"], **values)["STAFF_CENTRAL"] == plan["STAFF_CENTRAL"]


def test_some_sectors_of_a_plan_keep_their_numbers(estimate, planzone, short_layer, qgis_new_project):
    sectors = planzone(INPUT=short_layer, SECTORS=4)["SECTORS_OUT"]
    sectors.selectByExpression('"sector_id" in (2, 4)')
    chosen = QgsProcessingFeatureSourceDefinition(sectors.id(), True)
    QgsProject.instance().addMapLayer(sectors)
    result = estimate(INPUT=chosen, CONTRIBUTORS="North=10, lead 4; South=90", **TABLES)
    assert column(result["OUTPUT"], "polygon_id") == column(result["OUTPUT"], "sector_id") == [2, 4]
    assert sorted(set(column(result["STAFFING_OUT"], "sector_id")) - {None}) == [2, 4]
    persons = dict(zip(column(result["OUTPUT"], "sector_id"), column(result["OUTPUT"], "staff_central")))
    sent = zip(*(column(result["CONTRIBUTIONS"], name) for name in ("contributor", "sector_id", "persons")))
    assert ("North", 4, persons[4]) in sent


def test_fields_in_the_way_have_other_names_and_lose_nothing(estimate, squares, recorder, tmp_path):
    provider = squares.dataProvider()
    texts = {"Population": "many", "posture": "ours", "geom": "g", "fid": "x", "line_km": "long", "posts": "12"}
    provider.addAttributes([make_field(name, "text") for name in texts])
    squares.updateFields()
    for feature in squares.getFeatures():
        values = {squares.fields().lookupField(name): text for name, text in texts.items()}
        provider.changeAttributeValues({feature.id(): values})
    told = recorder()
    result = estimate(INPUT=squares, LENGTH_FIELD="km", OUTPUT=str(tmp_path / "out.gpkg"), feedback=told)
    layer = QgsVectorLayer(result["OUTPUT"], "written", "ogr")
    for name, text in texts.items():
        assert column(layer, f"{name}_input") == [text, text]
    assert column(layer, "line_km") == [120, 80] and column(layer, "posture") == ["verify", "verify"]
    (warning,) = told.warnings
    assert "fid is now fid_input" in warning and "Population is now Population_input" in warning


@pytest.mark.parametrize(("fids", "kept"), [((7, 8), "fid"), ((7, 7), "fid_input")])
def test_a_key_is_kept_where_it_is_one(estimate, attributed, tmp_path, fids, kept):
    layer = attributed("Polygon", zip(SQUARES, fids), field="fid", of="int")
    result = estimate(INPUT=layer, OUTPUT=str(tmp_path / "out.gpkg"))
    assert column(QgsVectorLayer(result["OUTPUT"], "written", "ogr"), kept) == list(fids)


def test_polygons_keep_what_they_carry(estimate, squares):
    result = estimate(INPUT=squares, LENGTH_FIELD="km", CONTRIBUTORS="North=60", TRAINEES=1000, **TABLES)
    polygons = result["OUTPUT"]
    assert tuple(polygons.fields().names()) == ("km", *f.layer_def("staffed_polygons").names)
    assert column(polygons, "km") == column(polygons, "line_km") == [120, 80]
    assert column(polygons, "polygon") == ["S1", "S2"]
    assert polygons.wkbType() == squares.wkbType()
    parts = [n for n in f.layer_def("sectors").names if n.startswith("staff_")][3:]
    for feature, given in zip(polygons.getFeatures(), squares.getFeatures()):
        assert feature.geometry().equals(given.geometry())
        assert sum(feature[name] for name in parts) == feature["staff_central"]
    assert sum(column(polygons, "staff_central")) == result["STAFF_CENTRAL"]
    for name in ("low", "central", "high"):
        zone = [p for p, part in zip(column(result["STAFFING_OUT"], name), column(result["STAFFING_OUT"], "component"))
                if part != "training"]
        assert sum(zone) == result[f"STAFF_{name.upper()}"]
    sent = column(result["CONTRIBUTIONS"], "persons")
    assert sum(sent) == result["STAFF_CENTRAL"] + result["TRAINING_CENTRAL"]
    assert record(result)["line_from"] == "field" and record(result)["length_field"] == "km"


def test_polygons_in_another_reference_system_stay_in_it(estimate, attributed):
    flat = attributed("Polygon", [("Polygon((500000 5500000, 520000 5500000, 520000 5510000, 500000 5500000))", 1.0)],
                      crs="EPSG:32636")
    result = estimate(INPUT=flat)
    assert result["OUTPUT"].crs().authid() == "EPSG:32636"
    assert result["AREA_KM2"] == pytest.approx(100.0, rel=2e-3)  # a grid square at the central meridian is 0.08 % off
    assert result["LINE_KM"] == pytest.approx(20.0, rel=0.15)


def test_features_without_ground_are_kept_without_figures(estimate, make_line):
    layer = make_line(None, SQUARES[0], kind="Polygon")
    result = estimate(INPUT=layer)
    assert column(result["OUTPUT"], "polygon_id") == [None, 2]
    assert column(result["OUTPUT"], "staff_central")[0] is None and column(result["OUTPUT"], "staff_central")[1] > 0


def test_population_and_crossings_are_told(estimate, squares, attributed, make_line):
    people = attributed("Point", [("Point(30.5 50.1)", 900.0), ("Point(31.5 50.1)", 0.0)], field="persons")
    crossing = make_line("Point(30.2 50.1)", kind="Point")
    result = estimate(
        INPUT=squares, LENGTH_FIELD="km", POPULATION=people, POPULATION_FIELD="persons", CROSSINGS=crossing,
    )
    assert column(result["OUTPUT"], "population") == [900, 0]
    assert column(result["OUTPUT"], "crossings") == [1, 0]
    first, second = column(result["OUTPUT"], "per_1000_inh")
    assert first == pytest.approx(column(result["OUTPUT"], "staff_central")[0] / 0.9) and second is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"LENGTH_FIELD": "miles"}, "no field miles"), ({"POSTURE": 1, "TRAINEES": -1}, "-1 trainees"),
        ({"CONTRIBUTORS": "=3"}, "contributor 1"), ({"STAFFING": "/none/there.json"}, "cannot be read"),
    ],
)
def test_values_that_no_estimate_can_have_are_refused(estimate, squares, values, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        estimate(INPUT=squares, **values)


def test_layers_that_do_not_fit_are_refused(estimate, squares, make_line, attributed):
    with pytest.raises(QgsProcessingException, match="A line and a field of lengths"):
        estimate(INPUT=squares, LENGTH_FIELD="km", LINE=make_line("LineString(30 50.1, 31 50.1)"))
    with pytest.raises(QgsProcessingException, match="does not run through the polygons"):
        estimate(INPUT=squares, LINE=make_line("LineString(3 50.1, 4 50.1)"))
    with pytest.raises(QgsProcessingException, match="no number of km"):
        estimate(INPUT=attributed("Polygon", zip(SQUARES, (120.0, -1.0)), field="km"), LENGTH_FIELD="km")
    with pytest.raises(QgsProcessingException, match="no coordinate reference system"):
        estimate(INPUT=make_line(SQUARES[0], crs="", kind="Polygon"))
    with pytest.raises(QgsProcessingException, match="has no features"):
        estimate(INPUT=QgsVectorLayer("Polygon?crs=EPSG:4326", "empty", "memory"))


def test_files_are_replaced_only_if_asked_for_and_never_the_input(estimate, squares, tmp_path):
    path = str(tmp_path / "polygons.gpkg")
    first = estimate(INPUT=squares, LENGTH_FIELD="km", OUTPUT=path)
    with pytest.raises(QgsProcessingException, match=r"polygons\.gpkg"):
        estimate(INPUT=squares, LENGTH_FIELD="km", OUTPUT=path)
    again = estimate(INPUT=squares, LENGTH_FIELD="km", OUTPUT=path, OVERWRITE=True, POSTURE=3)
    assert again["STAFF_CENTRAL"] > first["STAFF_CENTRAL"]
    # no name for the layer: what is raised below keeps this function's names, and a file's layer crashes Python's end
    assert sum(column(QgsVectorLayer(path, "written", "ogr"), "staff_central")) == again["STAFF_CENTRAL"]
    with pytest.raises(QgsProcessingException, match=r"polygons\.gpkg"):
        estimate(INPUT=path, OUTPUT=path, OVERWRITE=True)


def test_a_run_that_is_stopped_leaves_nothing(estimate, squares, tmp_path, recorder):
    path = tmp_path / "polygons.gpkg"
    estimate(INPUT=squares, OUTPUT=str(path), feedback=recorder(stop_at=20))
    assert os.listdir(tmp_path) == []


def test_the_layers_are_styled_when_they_are_loaded(estimate, squares, qtbot, qgis_new_project):
    from .test_loading import groups, run_and_load, shown, to_project

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
    values = {"INPUT": squares, "LENGTH_FIELD": "km", "OUTPUT": to_project(), "DRIVERS": to_project()}
    run_and_load(qtbot, values, algorithm)
    loaded = {layer.customProperty(ROLE_PROPERTY): layer for layer in QgsProject.instance().mapLayers().values()}
    assert set(loaded) == {"staffed_polygons", "drivers"}
    (group,) = groups()
    assert group.name() == "given layer, staffing: Verify" and list(shown(group)) == ["staffed_polygons", "drivers"]
    polygons = loaded["staffed_polygons"]
    assert polygons.labelsEnabled()
    assert polygons.metadata().abstract().startswith("Planning estimate, without prejudice")
    assert polygons.attributeAlias(polygons.fields().lookupField("staff_central")) == "Persons, central"


def test_over_the_sectors_of_a_plan_their_own_figures_are_switched_off(qtbot, provider, qgis_new_project, short_layer):
    """Two estimates on one map, some labels of the one and some of the other, would be taken for one."""
    from .test_loading import groups, layer_of, run_and_load, shown, to_project

    wanted = ("ZONE", "SECTORS_OUT", "BOUNDARIES", "LINE")
    run_and_load(qtbot, {"INPUT": short_layer, "SECTORS": 2, **{name: to_project() for name in wanted}})
    (plan,) = groups()
    for posture in (0, 3):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
        values = {"INPUT": layer_of(plan, "sectors").id(), "POSTURE": posture, "OUTPUT": to_project()}
        run_and_load(qtbot, values, algorithm)
    second, first, plan = groups()
    assert second.name() == "Sectors, staffing: Interpose"
    assert {role for role, on in shown(plan).items() if not on} == {"sectors"}
    assert shown(first) == {"staffed_polygons": False} and shown(second) == {"staffed_polygons": True}
