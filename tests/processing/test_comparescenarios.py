"""Scenarios side by side, through the real algorithm: the figures of single plans, bad rows, files, layers."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProcessingException, QgsProject, QgsVectorLayer

from buffer_zone_plugin.core import comparison
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.spec import SPLITS, PlanSpec
from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.output.styles import ROLE_PROPERTY
from buffer_zone_plugin.processing import scenario_inputs
from buffer_zone_plugin.processing.plan_values import planzone_values

from .conftest import SHORT, column, tables

pytestmark = pytest.mark.qgis
ALGORITHM = "bufferzone:comparescenarios"
COARSE = {**SHORT, "TOLERANCE": 50, "SECTORS": 2}
LAYERS = dict.fromkeys(("SCENARIOS", "SCENARIO_ZONES", "GIVEN_UP"), "TEMPORARY_OUTPUT")
# output of a single plan: field of its row
FIGURES = {
    "AREA_KM2": "area_km2", "AREA_A_KM2": "area_a_km2", "AREA_B_KM2": "area_b_km2", "AREA_STRIP_KM2": "area_strip_km2",
    "LINE_KM": "line_km", "SECTOR_COUNT": "sectors", "STAFF_LOW": "staff_low", "STAFF_CENTRAL": "staff_central",
    "STAFF_HIGH": "staff_high", "TRAINING_CENTRAL": "training_central", "POOL_CENTRAL": "pool_central",
}
NORTH = "Polygon((35 48.06, 36.7 48.06, 36.7 49, 35 49, 35 48.06))"
SOUTH = "Polygon((35 47, 38 47, 38 48.06, 35 48.06, 35 47))"


@pytest.fixture()
def compare(provider, context, short_layer):
    """Run the algorithm on the short line; the table of scenarios is asked for."""
    import processing

    own = context

    def run(feedback=None, context=None, **values):
        parameters = {"INPUT": short_layer, **COARSE, "SCENARIOS": "TEMPORARY_OUTPUT", **values}
        return processing.run(ALGORITHM, parameters, feedback=feedback, context=context or own)

    return run


@pytest.fixture()
def districts(attributed):
    """Two areas that leave part of the zone in none."""
    return attributed("Polygon", [(NORTH, "North"), (SOUTH, "South")], field="district", of="text")


def rows(layer):
    """The rows of a layer as values by field."""
    names = layer.fields().names()
    return [dict(zip(names, values)) for values in zip(*(column(layer, name) for name in names))]


def test_a_row_is_the_plan_that_it_would_be_alone(compare, planzone, make_line, raster, tmp_path):
    own = {"staffing": {"op_spacing": 5}, "contributors": "A=60", "trainees": 900}
    people = raster(np.full((160, 300), 1.0, dtype=np.float32), west=35.0, north=49.0)  # read as far as the deepest
    listed = [
        {"name": "deep", "depth_a": 25, "depth_b": 12},
        {"name": "own", "depth_a": 2.5, "spec": {**json.loads(PlanSpec(sectors=2, tolerance_m=50.0).to_json()), **own}},
        {"name": "areas", "split": "equal_area", "caps": "flat", "posture": 3, "bands": "1"},
        {"name": "other line", "line": "other", "posture": "observe"},
    ]
    (tmp_path / "set.json").write_text(json.dumps(listed))
    other = make_line("LineString(36 48, 36.5 48.3, 37 48.1)")
    other.setName("other")
    crossing = make_line("Point(36.3 48.1)", kind="Point")
    found = rows(compare(
        SCENARIO_FILE=str(tmp_path / "set.json"), VARIANTS=[other], CROSSINGS=crossing, DEPTHS_B="0",
        POPULATION=people,
    )["SCENARIOS"])
    assert [row["name"] for row in found] == ["deep", "own", "areas", "other line", "5 + 0 km", "5 + 0 km, other"]
    for row in found:
        values = planzone_values(PlanSpec.from_json(row["spec"]))
        if row["line"]:
            values["INPUT"] = other
        else:
            assert row["line"] is None
            values["INPUT"] = make_line("LineString(36 48, 36.3 48.1, 36.6 48.05, 37 48.2)")
        plan = planzone(**values, CROSSINGS=crossing, POPULATION=people)
        for name, field in FIGURES.items():  # areas: vertices on a grid of 1 cm, where borders meet the outline
            assert row[field] == (pytest.approx(plan[name], rel=1e-7) if name.startswith("AREA") else plan[name]), name
        sectors = rows(plan["SECTORS_OUT"])
        for name in ("posts", "patrols", "crossings", "reserve", "unit", "support"):
            assert sum(sector[f"staff_{name}"] for sector in sectors) == row[f"staff_{name}"]
        assert row["per_km"] == row["staff_central"] / row["line_km"]
        assert row["per_100km2"] == pytest.approx(row["staff_central"] / row["area_km2"] * 100)
        assert row["posture"] == sectors[0]["posture"]
        assert row["population"] == sum(sector["population"] for sector in sectors) > 0
    assert found[1]["posture"] != "verify" and json.loads(found[1]["spec"])["staffing"] == own["staffing"]


def test_what_a_row_carries_can_be_planned_by_hand_and_a_mixture_cannot():
    values = planzone_values(PlanSpec(depth_a_m=7500.0, bands_m=(2000.0, 5000.0), shares=(30.0, 70.0), caps="flat"))
    assert (values["DEPTH_A"], values["BANDS"], values["SHARES"], values["CAPS"], values["STAFFING"]) == (
        7.5, "2.0,5.0", "30.0,70.0", 1, "",
    )
    with pytest.raises(PlanError, match="mixture"):
        planzone_values(PlanSpec(split="mixture", weights=(1.0, 1.0, 0.0, 0.0)))


def test_staffing_may_be_given_as_json(planzone, short_layer, tmp_path):
    (tmp_path / "own.json").write_text('{"op_spacing": 4}')
    inline, in_file = (
        planzone(INPUT=short_layer, STAFFING=text) for text in ('{"op_spacing": 4}', str(tmp_path / "own.json"))
    )
    assert inline["STAFF_CENTRAL"] == in_file["STAFF_CENTRAL"] > planzone(INPUT=short_layer)["STAFF_CENTRAL"]
    for text, sentence in (("{", "not valid JSON"), ('{"op_spacin": 4}', "Did you mean")):
        with pytest.raises(QgsProcessingException, match=sentence):
            planzone(INPUT=short_layer, STAFFING=text)


def test_all_sources_are_joined_and_a_bad_row_stands_among_good_ones(compare, recorder, tmp_path):
    (tmp_path / "set.csv").write_text("name,depth_a,depth_b,posture\nfrom a file,3,,interpose\n")
    told = recorder()
    table = ["deep", 900, 1, "", "", "", "", "", "own", "", 1.5, 0]
    result = compare(
        told, SCENARIO_FILE=str(tmp_path / "set.csv"), SCENARIO_TABLE=table,
        DEPTHS_A="4", POSTURES=[0, 1], SPLITS=[SPLITS.index("none"), SPLITS.index("areas")], PRESETS=True, BASE=" own ",
    )
    found = rows(result["SCENARIOS"])
    assert (result["SCENARIO_COUNT"], result["FAILED_COUNT"]) == (len(found), 3) == (1 + 2 + 4 + 14, 3)
    assert [row["name"] for row in found[:4]] == ["from a file", "deep", "own", "4 + 3 km, observe, none"]
    assert [row["scenario_id"] for row in found] == list(range(1, len(found) + 1))
    assert (found[0]["depth_a_km"], found[0]["depth_b_km"], found[0]["posture"]) == (3, 3, "interpose")
    assert (found[2]["depth_a_km"], found[2]["depth_b_km"], found[2]["posture"]) == (5, 1.5, "observe")
    assert "900 km" in found[1]["error"] and "no areas" in found[4]["error"]
    assert found[1]["spec"] is None and found[4]["spec"] is not None  # what was refused has no parameters
    assert any(warning.startswith("deep: The depth of side A is 900 km") for warning in told.warnings)
    assert any(warning.startswith("4 + 3 km, observe, areas; 4 + 3 km, verify, areas: ") for warning in told.warnings)
    base, names = found[2], f.layer_def("scenarios").names
    for row in found:
        assert tuple(row) == names and row["base"] == "own"
        if row["error"]:
            assert all(row[name] is None for name in (*FIGURES.values(), "d_area_km2", "d_staff_pct", "statement"))
            continue
        assert row["d_area_km2"] == pytest.approx(row["area_km2"] - base["area_km2"])
        assert row["d_area_pct"] == pytest.approx(100 * (row["area_km2"] / base["area_km2"] - 1))
        assert row["d_staff"] == row["staff_central"] - base["staff_central"]
        assert row["d_staff_pct"] == pytest.approx(100 * (row["staff_central"] / base["staff_central"] - 1))
        for end in ("low", "high"):
            parts = [name for name in names if name.endswith(f"_{end}") and name.count("_") == 2]
            assert len(parts) == 6 and sum(row[name] for name in parts) == row[f"staff_{end}"]
        assert row["statement"].startswith("Planning estimate, without prejudice to status.")
    korea = next(row for row in found if row["name"].startswith("Korea"))
    assert "https://www.bbc.com" in korea["source"] and found[0]["source"] is None


def test_areas_given_up_add_up_to_the_zone(compare, districts, attributed):
    places = attributed("Point", [("Point(36.3 48.1)", 1.0), ("Point(36.3 49)", 1.0)])
    people = attributed("Point", [("Point(36.3 48.12)", 70.0), ("Point(36.6 48.04)", 30.0)], field="persons")
    result = compare(
        AREAS=districts, AREAS_NAME="district", DEPTHS_A="0,4", DEPTHS_B="3", POSTURES=[0, 1], PLACES=places,
        POPULATION=people, POPULATION_FIELD="persons", **LAYERS,
    )
    found, parts = rows(result["SCENARIOS"]), rows(result["GIVEN_UP"])
    assert {part["scenario"] for part in parts} == {row["name"] for row in found} and len(found) == 4
    for row in found:
        own = [part for part in parts if part["scenario_id"] == row["scenario_id"]]
        assert sum(part["area_km2"] for part in own) == pytest.approx(row["area_km2"], rel=1e-12)
        for side, area in (("A", row["area_a_km2"]), ("B", row["area_b_km2"])):
            of_side = [part for part in own if part["side"] == side]
            assert sum(part["area_km2"] for part in of_side) == pytest.approx(area, rel=1e-12)
        assert [part["unit"] for part in own if part["side"] == "B"] == ["North", "South", None]
        for part in own:
            assert part["share"] == (pytest.approx(part["area_km2"] / part["unit_km2"]) if part["unit"] else None)
        assert row["places"] == 1
    assert column(result["SCENARIOS"], "population") == [30, 30, 100, 100]


def test_large_cells_are_read_for_each_depth_once_and_when_its_turn_has_come(compare, raster, monkeypatch):
    people = raster(np.arange(1.0, 13.0, dtype=np.float32).reshape(3, 4) * 1000, 35.0, 49.0, cell=0.5)
    reading, events = scenario_inputs.read_population, []

    def noted(*given):
        events.append("read")
        return reading(*given)

    def told(*given):
        events.append("told")
        return figures(*given)

    figures = comparison._figures
    monkeypatch.setattr(scenario_inputs, "read_population", noted)
    monkeypatch.setattr(comparison, "_figures", told)
    depths = ",".join(str(depth) for depth in range(2, 15))
    found = compare(DEPTHS_A=depths, DEPTHS_B="0", POSTURES=[0, 1], POPULATION=people)["SCENARIOS"]
    assert events.count("read") == 12 and events.count("told") == 26  # the deepest as the layers were read
    assert events.index("told") < len(events) - 1 - events[::-1].index("read"), "some are read after others are done"
    living = column(found, "population")
    assert living[::2] == living[1::2] == sorted(living[::2]) and living[0] > 0


def test_a_raster_that_only_deep_zones_reach_leaves_the_others_a_reason(compare, raster):
    beside = raster(np.full((4, 60), 10.0, dtype=np.float32), west=35.8, north=48.4, cell=0.02)
    deep, shallow = rows(compare(DEPTHS_A="30,2", POPULATION=beside)["SCENARIOS"])
    assert deep["population"] > 0 and deep["error"] is None
    assert "does not reach the contact line" in shallow["error"] and shallow["depth_a_km"] == 2


def test_a_line_whose_layers_cannot_be_read_leaves_its_scenarios_a_reason(compare, raster, make_line):
    people = raster(np.full((40, 80), 10.0, dtype=np.float32), west=35.8, north=48.4, cell=0.02)
    far = make_line("LineString(20 40, 20.3 40.1)")
    far.setName("far")
    here, there = rows(compare(VARIANTS=[far], POPULATION=people)["SCENARIOS"])
    assert here["population"] > 0 and here["error"] is None
    assert "does not reach the contact line" in there["error"] and there["line"] == "far"


def test_without_areas_nothing_is_told_of_them(compare, recorder):
    told = recorder()
    assert rows(compare(told, DEPTHS_A="2", **LAYERS)["GIVEN_UP"]) == []
    assert "Without AREAS nothing is told of areas given up" in told.warnings


def test_the_smallest_zone_lies_on_top(compare):
    result = compare(DEPTHS_A="2,6", DEPTHS_B="1,0", POSTURES=[0, 1], **LAYERS)
    zones, table = result["SCENARIO_ZONES"], {row["name"]: row for row in rows(result["SCENARIOS"])}
    found = rows(zones)
    assert [row["rank"] for row in found] == [4, 4, 3, 3, 2, 2, 1, 1]
    assert found[-1]["name"] == "2 + 0 km, verify"
    assert column(zones, "area_km2") == sorted(column(zones, "area_km2"), reverse=True)
    for row in found:
        assert all(row[name] == table[row["name"]][name] for name in row if name != "rank")
    assert all(feature.geometry().isGeosValid() for feature in zones.getFeatures())


def test_a_set_that_was_written_is_the_set_that_was_compared(compare, make_line, recorder, tmp_path):
    other = make_line("LineString(36 48, 37 48.1)")
    other.setName("other")
    path = tmp_path / "set.json"
    values = {"VARIANTS": [other], "TRAINEES": 500}
    first = compare(SCENARIO_TABLE=[["Narrow", 1, 1, "observe"]], DEPTHS_A="2", SCENARIO_SET=str(path), **values)
    assert first["SCENARIO_SET"] == str(path)
    again = compare(SCENARIO_FILE=str(path), VARIANTS=[other], DEPTH_A=9, DEPTH_B=9, SECTORS=7)
    assert rows(again["SCENARIOS"]) == rows(first["SCENARIOS"]) and len(rows(again["SCENARIOS"])) == 3
    told = recorder()
    compare(told, SCENARIO_TABLE=["Narrow", 1, 1, ""], VARIANTS=[other])
    assert "The line 'other' is in no scenario" in told.warnings
    with pytest.raises(QgsProcessingException, match=r"The line 'other' is not there"):
        compare(SCENARIO_FILE=str(path))


def test_a_base_without_a_plan_and_areas_without_a_row_are_told(compare, recorder, attributed):
    told = recorder()
    areas = attributed("Polygon", [(SOUTH, "South"), (SOUTH, "Twin"), (NORTH, "North")], field="district", of="text")
    compare(told, DEPTHS_A="2,600", BASE="600 + 3 km", AREAS=areas, AREAS_NAME="district", **LAYERS)
    assert "Areas without a row where earlier ones hold all their ground: Twin" in told.warnings
    sentence = "Differences are empty, as 600 + 3 km, with which the others are compared, has no plan: The depth"
    assert any(warning.startswith(sentence) for warning in told.warnings)


def test_what_is_not_in_the_written_set_is_named(compare, recorder, tmp_path):
    told = recorder()
    compare(told, DEPTHS_A="2,600,700", SCENARIO_SET=str(tmp_path / "set.json"))
    assert [one["name"] for one in json.loads((tmp_path / "set.json").read_text())] == ["2 + 3 km"]
    sentence = "Not in the file of scenarios, as no plan can have their values: 600 + 3 km; 700 + 3 km"
    assert sentence in told.warnings


def test_bands_of_the_base_are_kept_where_the_zone_reaches(compare, recorder):
    told = recorder()
    found = rows(compare(told, DEPTHS_A="3-9/3", DEPTHS_B="1", BANDS="2,7", DEPTH_A=0, DEPTH_B=0)["SCENARIOS"])
    assert [row["error"] for row in found] == [None] * 3
    assert [json.loads(row["spec"])["bands_m"] for row in found] == [[2000], [2000], [2000, 7000]]
    assert "Limits of bands outside the zone are left out: 7 km in 2 of 3 scenarios" in told.infos
    with pytest.raises(QgsProcessingException, match="do not ascend"):
        compare(DEPTHS_A="3", BANDS="7,2")


def test_lines_alone_are_compared(compare, make_line):
    other = make_line("LineString(36 48, 37 48.1)")
    other.setName(" other  line")
    found = rows(compare(VARIANTS=[other], SPLIT=0)["SCENARIOS"])
    assert [(row["name"], row["line"]) for row in found] == [("5 + 3 km", None), ("5 + 3 km, other line", "other line")]
    assert found[0]["line_km"] > found[1]["line_km"]


def test_lines_of_one_geopackage_are_called_by_their_tables(compare, make_line, tmp_path):
    names = ("north", "south, later")
    lines = [make_line(f"LineString(36 48, 37 48.{n})") for n in (1, 2)]
    paths = tables(tmp_path / "lines.gpkg", dict(zip(names, lines)))
    found = rows(compare(VARIANTS=paths, SPLIT=0)["SCENARIOS"])
    assert [row["line"] for row in found] == [None, *names]
    (tmp_path / "set.json").write_text(json.dumps([{"name": "Only", "line": "north"}]))
    assert rows(compare(VARIANTS=paths, SCENARIO_FILE=str(tmp_path / "set.json"))["SCENARIOS"])[0]["line"] == "north"


REFUSALS = [
    ({}, "No scenarios were given. Give a file or a table"),
    ({"DEPTHS_A": "deep"}, "'deep' among the depths of side A is no number. Give numbers such as 5,10,20"),
    ({"SCENARIO_TABLE": ["5 + 1 km", 5, 1, ""], "DEPTHS_B": "1"},
     "Two scenarios are named '5 + 1 km'. Give each a name of its own."),
    ({"DEPTHS_A": "1", "BASE": "1 + 2 km"}, "no scenario '1 + 2 km' to compare with. Did you mean '1 + 3 km'?"),
    ({"DEPTHS_A": "1", "BASE": "Wide"}, "There is no scenario 'Wide' to compare with. Known are: 1 + 3 km."),
    ({"SCENARIO_TABLE": ["a", 1, 2]}, "The table of scenarios has 3 cells. Give four for each row"),
    ({"SCENARIO_TABLE": ["", 1, 2, ""]}, "A scenario has no name"),
    ({"SCENARIO_FILE": "/none/there.json"}, "The scenarios cannot be read from /none/there.json"),
    ({"VARIANTS": ["/none/there.gpkg"]}, "The layer /none/there.gpkg could not be read. Check"),
    ({"DEPTHS_A": "1", "DEPTH_B": -1}, "The depth of side B is -1 km. Give 0 km or more."),
]


@pytest.mark.parametrize(("values", "sentence"), REFUSALS)
def test_what_cannot_be_compared_is_refused_before_the_run(provider, short_layer, context, values, sentence):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
    ok, message = algorithm.checkParameterValues(
        {"INPUT": short_layer, **COARSE, "SCENARIOS": "TEMPORARY_OUTPUT", **values}, context,
    )
    assert not ok and sentence in message


def test_other_lines_that_are_none_are_refused(provider, short_layer, context, raster, make_line):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
    for other in (make_line("Point(36 48)", kind="Point"), raster(np.ones((4, 6), dtype=np.float32), 35.0, 49.0)):
        values = {"INPUT": short_layer, **COARSE, "SCENARIOS": "TEMPORARY_OUTPUT", "VARIANTS": [other]}
        ok, message = algorithm.checkParameterValues(values, context)
        assert not ok and "holds no lines. Choose line layers only." in message


def test_where_no_scenario_can_be_planned_the_run_is_refused(compare, make_line, tmp_path):
    sentence = r"No scenario can be planned. The first one, 600 \+ 3 km: The depth of side A is 600 km."
    with pytest.raises(QgsProcessingException, match=sentence):
        compare(DEPTHS_A="600", SCENARIOS=str(tmp_path / "out.gpkg"))
    with pytest.raises(QgsProcessingException, match=r"No scenario can be planned.*contact line has an empty"):
        compare(DEPTHS_A="1,2", INPUT=make_line(None), SCENARIOS=str(tmp_path / "out.gpkg"))
    assert os.listdir(tmp_path) == []


def test_a_set_goes_into_a_file_of_its_own_kind(compare, tmp_path):
    with pytest.raises(QgsProcessingException, match="no JSON file"):
        compare(DEPTHS_A="1", SCENARIO_SET=str(tmp_path / "set.txt"))
    path = tmp_path / "set.json"
    compare(DEPTHS_A="1", SCENARIO_SET=str(path))
    old = path.read_bytes()
    with pytest.raises(QgsProcessingException, match="already exists"):
        compare(DEPTHS_A="2", SCENARIO_SET=str(path))
    with pytest.raises(QgsProcessingException, match="from which an input is read"):
        compare(SCENARIO_FILE=str(path), SCENARIO_SET=str(path), OVERWRITE=True)
    assert path.read_bytes() == old
    compare(DEPTHS_A="2", SCENARIO_SET=str(path), OVERWRITE=True)
    assert json.loads(path.read_text())[0]["spec"]["depth_a_m"] == 2000


@pytest.fixture()
def targets(tmp_path, in_table):
    """Tables of one GeoPackage, a file, and the set."""
    return {
        "SCENARIOS": in_table(tmp_path / "shared.gpkg", "scenarios"), "GIVEN_UP": str(tmp_path / "given_up.csv"),
        "SCENARIO_ZONES": in_table(tmp_path / "shared.gpkg", "zones"), "SCENARIO_SET": str(tmp_path / "set.json"),
    }


def test_layers_go_to_tables_of_a_geopackage(compare, districts, targets, tmp_path):
    result = compare(DEPTHS_A="1,2", AREAS=districts, AREAS_NAME="district", **targets)
    assert sorted(os.listdir(tmp_path)) == ["given_up.csv", "set.json", "shared.gpkg"]
    table = QgsVectorLayer(f"{tmp_path}/shared.gpkg|layername=scenarios", "table", "ogr")
    assert column(table, "name") == ["1 + 3 km", "2 + 3 km"] and result["SCENARIO_COUNT"] == 2
    assert QgsVectorLayer(f"{tmp_path}/shared.gpkg|layername=zones", "zones", "ogr").featureCount() == 2


@pytest.mark.parametrize("stop_at", [1, 40, 94, 96.5])
def test_a_run_that_is_stopped_leaves_all_as_it_was(
    compare, districts, targets, tmp_path, recorder, content, stop_at,
):
    values = {"DEPTHS_A": "1,2", "AREAS": districts, "AREAS_NAME": "district", **targets}
    assert compare(recorder(stop_at), **values) == {}
    assert os.listdir(tmp_path) == []
    compare(**{**values, "DEPTHS_A": "3"})
    old = content(tmp_path)
    assert compare(recorder(stop_at), OVERWRITE=True, **values) == {}
    assert content(tmp_path) == old


def test_the_layers_are_styled_in_one_group(qtbot, provider, districts, short_layer, qgis_new_project):
    from .test_loading import groups, run_and_load, shown, to_project

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
    values = {
        "INPUT": short_layer, **COARSE, "DEPTHS_A": "1,2,4", "POSTURES": [0, 1, 3],
        **{name: to_project() for name in LAYERS},
    }
    run_and_load(qtbot, {**values, "AREAS": districts, "AREAS_NAME": "district"}, algorithm)
    (group,) = groups()
    assert group.name() == "Scenarios of line layer"
    assert list(shown(group)) == ["scenario_zones", "scenarios", "given_up"]
    layers = {layer.customProperty(ROLE_PROPERTY): layer for layer in QgsProject.instance().mapLayers().values()}
    zones = layers["scenario_zones"]
    assert [category.label() for category in zones.renderer().categories()] == [
        f"{depth} + 3 km, observe; {depth} + 3 km, verify and 1 more" for depth in (1, 2, 4)
    ]
    assert zones.renderer().orderByEnabled() and not zones.renderer().orderBy().list()[0].ascending()
    colours = [category.symbol().symbolLayer(2).color().lightness() for category in zones.renderer().categories()]
    assert colours == sorted(colours) and len(set(colours)) == 3
    assert layers["scenarios"].metadata().abstract().startswith("Planning estimate, without prejudice")
    run_and_load(qtbot, values, algorithm.create())
    assert list(shown(groups()[0])) == ["scenario_zones", "scenarios"]  # nothing is told of areas: it stays out


CHART_FILES = ["areas.png", "areas.svg", "persons.png", "persons.svg"]


def test_charts_stand_beside_the_table_and_are_never_replaced_unasked(compare, tmp_path):
    folder = tmp_path / "charts"
    table = str(tmp_path / "table.csv")
    result = compare(DEPTHS_A="1,900", CHARTS=str(folder), SCENARIOS=table)
    assert result["CHARTS"] == str(folder) and sorted(os.listdir(folder)) == CHART_FILES
    drawn = (folder / "persons.svg").read_text(encoding="utf-8")
    assert "1 + 3 km" in drawn and "no plan" in drawn and "without prejudice to status" in drawn
    with pytest.raises(QgsProcessingException, match="already exist"):
        compare(DEPTHS_A="2", CHARTS=str(folder))
    assert (folder / "persons.svg").read_text(encoding="utf-8") == drawn
    compare(DEPTHS_A="2", CHARTS=str(folder), OVERWRITE=True)
    assert "2 + 3 km" in (folder / "persons.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("stop_at", [97.5, 98.5])
def test_a_run_that_is_stopped_leaves_no_charts_and_no_table(compare, tmp_path, recorder, content, stop_at):
    values = {"DEPTHS_A": "1", "CHARTS": str(tmp_path / "charts"), "SCENARIOS": str(tmp_path / "table.csv")}
    assert compare(recorder(stop_at), **values) == {}
    assert os.listdir(tmp_path) == []
    compare(**values)
    old = content(tmp_path / "charts")
    assert compare(recorder(stop_at), OVERWRITE=True, **{**values, "DEPTHS_A": "2"}) == {}
    assert content(tmp_path / "charts") == old
