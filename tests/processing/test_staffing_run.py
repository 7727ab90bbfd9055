"""Staffing through `bufferzone:planzone`: own parameters, crossings, roads, contributors, and what is told of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qgis.core import QgsFeature, QgsProcessingException, QgsVectorLayer

from .conftest import column, record

pytestmark = pytest.mark.qgis
TABLES = {name: "TEMPORARY_OUTPUT" for name in ("STAFFING_OUT", "CONTRIBUTIONS", "DRIVERS", "RECORD")}
ON_LINE = ["Point(36.3 48.1)", "Point(36.6 48.05)", "MultiPoint((36.1 48.03), (36.8 48.12))"]


@pytest.fixture()
def own(tmp_path):
    """A function from a JSON content to the path of a file that holds it."""
    def write(content, name="staffing.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture()
def table():
    """A function from columns and rows of text to a table without geometry."""
    def make(columns, *rows):
        fields = "&".join(f"field={name}:string" for name in columns)
        layer = QgsVectorLayer(f"None?{fields}", "pledges", "memory")
        for row in rows:
            feature = QgsFeature(layer.fields())
            feature.setAttributes(list(row))
            assert layer.dataProvider().addFeatures([feature])[0]
        return layer

    return make


def rows(layer, *names):
    return list(zip(*(column(layer, name) for name in names)))


def test_crossings_in_another_reference_system_are_counted(planzone, short_layer, make_line, recorder):
    told = recorder()
    points = make_line(*ON_LINE, "Point(2 48)", kind="MultiPoint")
    result = planzone(INPUT=short_layer, CROSSINGS=points, POSTS="TEMPORARY_OUTPUT", feedback=told, **TABLES)
    assert column(result["POSTS"], "kind").count("crossing") == 4
    assert sum(column(result["SECTORS_OUT"], "crossings")) == 4
    assert sum(column(result["SECTORS_OUT"], "posts")) == column(result["POSTS"], "kind").count("op")
    assert told.warnings == ["1 crossing of 5 lies outside the zone and takes no staff"]
    mercator = make_line("MultiPoint((4040897.5 6124436.5))", crs="EPSG:3857", kind="MultiPoint")  # 36.3, 48.1
    again = planzone(INPUT=short_layer, CROSSINGS=mercator, **TABLES)
    assert sum(column(again["SECTORS_OUT"], "crossings")) == 1
    kept = record(again)
    assert kept["crossings"] == "line layer" and kept["crossings_crs"] == "EPSG:3857" and kept["crossings_sha256"]
    assert column(planzone(INPUT=short_layer)["SECTORS_OUT"], "crossings") == [None] * 3


def test_roads_are_counted_by_sector(planzone, short_layer, make_line):
    road = make_line("LineString(36 48.02, 36.3 48.12, 36.6 48.07, 37 48.22)")
    result = planzone(INPUT=short_layer, ROADS=road, **TABLES)
    km = column(result["SECTORS_OUT"], "road_km")
    assert sum(km) == pytest.approx(result["LINE_KM"], rel=0.02)
    line_km, patrols = (column(result["SECTORS_OUT"], name) for name in ("line_km", "patrols_day"))
    assert patrols == pytest.approx([(2 * line + road / 7) / 80 for line, road in zip(line_km, km)])
    assert record(result)["road_km"] == f"{sum(km):.3f}"


def test_own_parameters_are_used_recorded_and_told(planzone, short_layer, own, recorder):
    told = recorder()
    path = own({"op_spacing": {"low": 8, "central": 4, "high": 2, "unit": "km", "source_title": "Survey"}})
    result = planzone(INPUT=short_layer, STAFFING=path, POSTS="TEMPORARY_OUTPUT", feedback=told, **TABLES)
    assert len(column(result["POSTS"], "kind")) == -(-result["LINE_KM"] // 4)
    assert set(column(result["SECTORS_OUT"], "posture")) == {"verify (changed: op_spacing)"}
    drivers = {row[0]: row[1:] for row in rows(
        result["DRIVERS"], "parameter", "low", "central", "high", "confidence", "source_title",
    )}
    assert drivers["op_spacing"] == (8, 4, 2, "given", "Survey")
    assert json.loads(record(result)["parameters"])["staffing"]["op_spacing"]["central"] == 4
    assert any(text.startswith("Zone force under the posture Verify (changed: op_spacing)") for text in told.infos)
    assert any("without prejudice to status" in text for text in told.infos)


def test_a_posture_of_ones_own_takes_the_place_of_the_chosen_one(planzone, short_layer, own):
    path = own({"label": "Cameras", "values": {"op_spacing": 6, "sensor_share": 0.5}})
    result = planzone(INPUT=short_layer, STAFFING=path, POSTURE=3, POSTS="TEMPORARY_OUTPUT")
    assert set(column(result["SECTORS_OUT"], "posture")) == {"Cameras"}
    kinds = column(result["POSTS"], "kind")
    assert kinds.count("sensor") == pytest.approx(len(kinds) / 2, abs=1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "not valid JSON"), ([1], "not a JSON object"), ({"op_spacng": 8}, "Did you mean 'op_spacing'"),
        ({"op_watch": {"low": 5, "high": 2}}, "'op_watch' has low 5 and high 2"),
        ({"patrol_km": {"central": 50, "unit": "miles"}}, "'patrol_km' is given in 'miles'"),
        ({"patrol_utilisation": 2}, "'patrol_utilisation' is 2"),
    ],
)
def test_own_parameters_that_cannot_be_used_are_refused(planzone, short_layer, own, content, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        planzone(INPUT=short_layer, STAFFING=own(content))


def test_trainees_are_a_line_of_their_own(planzone, short_layer):
    result = planzone(INPUT=short_layer, TRAINEES=20_000, **TABLES)
    without = planzone(INPUT=short_layer)
    assert result["TRAINING_CENTRAL"] == 962
    assert result["STAFF_CENTRAL"] == without["STAFF_CENTRAL"]
    assert result["POOL_CENTRAL"] == 4 * (result["STAFF_CENTRAL"] + 962)
    staffing = rows(result["STAFFING_OUT"], "sector_id", "component", "central")
    assert [row for row in staffing if row[1] == "training"] == [(None, "training", 962)]
    with pytest.raises(QgsProcessingException, match=r"2\.5 trainees"):
        planzone(INPUT=short_layer, TRAINEES=2.5)


def test_contributors_fill_both_margins(planzone, short_layer):
    text = "France=30; United Kingdom=30; Others=40, cap 100; Poland=50, role training"
    result = planzone(INPUT=short_layer, CONTRIBUTORS=text, TRAINEES=10_000, **TABLES)
    sent = rows(result["CONTRIBUTIONS"], "contributor", "sector_id", "role", "persons")
    central = column(result["SECTORS_OUT"], "staff_central")
    for number, persons in enumerate(central, start=1):
        assert sum(row[3] for row in sent if row[1] == number) == persons
    by_name = {name: sum(row[3] for row in sent if row[0] == name and row[2] == "zone") for name, *_ in sent}
    assert by_name["Others"] == 100 and abs(by_name["France"] - by_name["United Kingdom"]) <= 1
    assert sum(row[3] for row in sent if row[2] == "training") == result["TRAINING_CENTRAL"]
    assert [row for row in sent if row[0] == "unassigned"] == [("unassigned", None, "training", 240)]


def test_a_table_of_contributors_does_what_the_text_does(planzone, short_layer, table):
    pledges = table(
        ("contributor", "share", "persons", "role", "cap", "sectors"),
        ("France", "30", "", "zone", "", "S1"), ("Poland", "", "50", "", "", ""),
        ("Others", "70", None, None, "0", None),
    )
    result = planzone(INPUT=short_layer, CONTRIBUTORS_TABLE=pledges, **TABLES)
    text = json.loads(record(result)["parameters"])["contributors"]
    again = planzone(INPUT=short_layer, CONTRIBUTORS=text, **TABLES)
    columns = ("contributor", "sector_id", "role", "persons")
    assert rows(result["CONTRIBUTIONS"], *columns) == rows(again["CONTRIBUTIONS"], *columns)
    sent = rows(result["CONTRIBUTIONS"], *columns)
    assert ("France", 1, "zone", column(result["SECTORS_OUT"], "staff_central")[0]) in sent
    assert sum(row[3] for row in sent if row[0] == "Poland") == 50
    assert sum(row[3] for row in sent if row[0] == "Others") == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"CONTRIBUTORS": "France"}, "no = between"), ({"CONTRIBUTORS": "France=30,5"}, "30.5"),
        ({"CONTRIBUTORS": "France=1; France=2"}, "France is given twice"),
        ({"CONTRIBUTORS": "France=30, lead S9"}, "S9 that France is to lead is not known"),
    ],
)
def test_contributors_that_cannot_be_read_are_refused(planzone, short_layer, values, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        planzone(INPUT=short_layer, **values)


def test_tables_of_contributors_that_cannot_be_used_are_refused(planzone, short_layer, table):
    with pytest.raises(QgsProcessingException, match="holds none"):
        planzone(INPUT=short_layer, CONTRIBUTORS_TABLE=table(("contributor", "share")))
    with pytest.raises(QgsProcessingException, match="holds none"):
        planzone(INPUT=short_layer, CONTRIBUTORS_TABLE=table(("nation", "quota")))
    with pytest.raises(QgsProcessingException, match="no column contributor"):
        planzone(INPUT=short_layer, CONTRIBUTORS_TABLE=table(("nation", "share"), ("France", "30")))
    with pytest.raises(QgsProcessingException, match="as a text and as a table"):
        planzone(INPUT=short_layer, CONTRIBUTORS="A=1", CONTRIBUTORS_TABLE=table(("contributor",), ("France",)))


def test_the_file_of_own_parameters_is_never_replaced(planzone, short_layer, own):
    path = own({"op_spacing": 6}, "own.geojson")
    with pytest.raises(QgsProcessingException, match=r"own\.geojson"):
        planzone(INPUT=short_layer, STAFFING=path, SECTORS_OUT=path, OVERWRITE=True)
    assert json.loads(Path(path).read_text(encoding="utf-8")) == {"op_spacing": 6}


def test_a_plan_can_be_made_again_from_its_record(planzone, short_layer, own):
    result = planzone(
        INPUT=short_layer, STAFFING=own({"op_spacing": 6}), TRAINEES=5000, CONTRIBUTORS="North=60, unit 20", **TABLES,
    )
    asked = json.loads(record(result)["parameters"])
    again = planzone(
        INPUT=short_layer, STAFFING=own(asked["staffing"], "again.json"), TRAINEES=asked["trainees"],
        CONTRIBUTORS=asked["contributors"], **TABLES,
    )
    for name in ("STAFF_LOW", "STAFF_CENTRAL", "STAFF_HIGH", "TRAINING_CENTRAL", "POOL_CENTRAL"):
        assert again[name] == result[name]
    assert column(again["CONTRIBUTIONS"], "persons") == column(result["CONTRIBUTIONS"], "persons")
