"""Plans under a ceiling of persons, through the real algorithm."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProcessingException, QgsProject, QgsVectorLayer

from buffer_zone_plugin.compat import make_field
from buffer_zone_plugin.core.spec import POSTURES, PlanSpec
from buffer_zone_plugin.core.staffing.statement import STATUS, TAKES
from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.processing.fitceiling import SINKS
from buffer_zone_plugin.processing.plan_values import planzone_values

from .conftest import column

pytestmark = pytest.mark.qgis
ALGORITHM = "bufferzone:fitceiling"
ALL_SINKS = dict.fromkeys(SINKS, "TEMPORARY_OUTPUT")
ENDS = ("low", "central", "high")
CHART_FIELDS = {
    "posture", "depth_a_km", "depth_b_km", "area_km2", "population", "staff_low", "staff_central", "staff_high", "fits",
    "dominated",
}


@pytest.fixture()
def fit(provider, context):
    """Run the algorithm under a ceiling of 350 persons, with coarse outlines."""
    import processing

    own = context

    def run(feedback=None, context=None, **values):
        parameters = {"CEILING": 350, "DEPTHS": "2,30", "TOLERANCE": 20, "SECTORS": 3, "PLANS": "TEMPORARY_OUTPUT"}
        return processing.run(ALGORITHM, {**parameters, **values}, feedback=feedback, context=context or own)

    return run


def rows_of(layer):
    names = layer.fields().names()
    return [dict(zip(names, values)) for values in zip(*(column(layer, name) for name in names))]


def test_each_row_is_what_planzone_gives(fit, planzone, short_layer, attributed, make_line, tmp_path):
    """Persons, posts, areas and inhabitants, with sectors, crossings and a spacing that is no posture's own."""
    layers = {
        "CROSSINGS": make_line("Point(36.5 48.08)", "Point(36.7 48.15)", kind="Point"),
        "POPULATION": attributed("Point", [("Point(36.4 48.05)", 400.0), ("Point(36.8 48.12)", 90.0)], field="persons"),
        "POPULATION_FIELD": "persons",
    }
    result = fit(INPUT=short_layer, SIDES=3, DEPTH_A=6, DEPTH_B=3, POSTURES=[1, 3], SPACINGS="4", **layers)
    rows = rows_of(result["PLANS"])
    assert len(rows) == result["PLAN_COUNT"] == 4
    assert [(row["posture"], row["depth_a_km"], row["depth_b_km"]) for row in rows] == [
        (f"{posture} (changed: op_spacing)", depth, depth / 2)
        for posture in ("verify", "interpose") for depth in (2, 30)
    ]
    own = tmp_path / "own.json"
    for row in rows[1:3]:
        spec = PlanSpec.from_json(row["spec"])
        own.write_text(json.dumps(spec.staffing), encoding="utf-8")
        plan = planzone(
            INPUT=short_layer, DEPTH_A=row["depth_a_km"], DEPTH_B=row["depth_b_km"], TOLERANCE=20, SECTORS=3,
            POSTURE=POSTURES.index(spec.posture), STAFFING=str(own), **layers,
        )
        assert [row[f"staff_{end}"] for end in ENDS] == [plan[f"STAFF_{end.upper()}"] for end in ENDS]
        for name, number in (("area_km2", "AREA_KM2"), ("area_a_km2", "AREA_A_KM2"), ("line_km", "LINE_KM")):
            assert row[name] == pytest.approx(plan[number], rel=1e-7)
        assert column(plan["SECTORS_OUT"], "posture") == [row["posture"]] * 3
        assert row["posts"] == sum(column(plan["SECTORS_OUT"], "posts")) and row["spacing_km"] == 4
        assert row["population"] == sum(column(plan["SECTORS_OUT"], "population")) > 0
        assert row["fits"] == (row["staff_central"] <= 350) and row["spare"] == 350 - row["staff_central"]
        assert (spec.sectors, spec.depth_b_m) == (3, row["depth_b_km"] * 1000)


def test_inhabitants_of_large_cells_do_not_depend_on_the_other_depths(fit, planzone, short_layer, raster):
    people = raster(np.arange(1.0, 13.0, dtype=np.float32).reshape(3, 4) * 1000, 35.0, 49.0, cell=0.5)
    found = fit(INPUT=short_layer, DEPTHS="4,40", POSTURES=[1], POPULATION=people, LARGEST="TEMPORARY_OUTPUT")
    shallow, _ = rows_of(found["PLANS"])
    largest, = rows_of(found["LARGEST"])
    assert largest["found"] == "part" and 4 < largest["depth_a_km"] < 40
    for row in (shallow, largest):
        plan = planzone(**planzone_values(PlanSpec.from_json(row["spec"])), INPUT=short_layer, POPULATION=people)
        assert row["population"] == sum(column(plan["SECTORS_OUT"], "population")) > 0


def test_tables_zones_and_numbers_agree(fit, short_layer, recorder):
    told = recorder()
    result = fit(told, INPUT=short_layer, **ALL_SINKS)
    plans, largest, zones = (rows_of(result[name]) for name in SINKS)
    for name, role in SINKS.items():
        assert tuple(result[name].fields().names()) == f.layer_def(role).names
    assert set(plans[0]) >= CHART_FIELDS
    assert result["PLAN_COUNT"] == len(plans) == 8 and [row["plan_id"] for row in plans] == list(range(1, 9))
    assert result["FITTING_COUNT"] == sum(row["fits"] for row in plans)
    assert [row["posture"] for row in largest] == list(POSTURES)
    assert [row["found"] for row in largest] == ["all", "part", "none", "none"]
    depths = [row["depth_km"] for row in largest]
    assert depths[0] == result["LARGEST_KM"] == 30 and 2 < depths[1] < 30 and depths[2:] == [None, None]
    assert largest[2]["depth_a_km"] == 2 and largest[2]["spare"] < 0 <= largest[1]["spare"]
    assert [(zone["posture"], zone["depth_km"]) for zone in zones] == list(zip(POSTURES, depths[:2]))
    for feature, zone in zip(result["ZONES"].getFeatures(), zones):
        assert feature.geometry().area() > 0 and zone["staff_central"] <= zone["ceiling"] == 350
    for row in (*plans, *largest, *zones):
        assert row["ceiling"] == 350 and row["fit_end"] == "central" and row["statement"].startswith(STATUS)
        assert row["area_a_km2"] + row["area_b_km2"] == pytest.approx(row["area_km2"], rel=1e-9)
    first = next(text for text in told.infos if text.startswith("350 persons are enough for "))
    assert told.infos.index(first) < told.infos.index(TAKES)
    assert any(text.startswith("Verify: 350 persons buy at most ") for text in told.infos)


def test_pledges_are_the_ceiling_where_none_is_given(fit, short_layer, attributed, recorder):
    pledges = {"CEILING": 0, "CONTRIBUTORS": "North=300 persons; South=80 persons, cap 50; Others=60"}
    small = {"INPUT": short_layer, "DEPTHS": "2", "POSTURES": [0]}
    told = recorder()
    result = fit(told, **small, **pledges)
    assert "The ceiling is what contributors pledge: North 300 persons; South 50 persons (its cap, of 80)" in told.infos
    assert "Shares are per cent of a plan and no pledge: Others" in told.infos
    (row,) = rows_of(result["PLANS"])
    assert row["ceiling"] == 350 and PlanSpec.from_json(row["spec"]).contributors == pledges["CONTRIBUTORS"]
    assert rows_of(fit(told, **small, **{**pledges, "CEILING": 77})["PLANS"])[0]["ceiling"] == 77
    assert told.infos.count("The ceiling was given as a number: what contributors pledge does not count for it") == 1
    members = attributed("Point", [("Point(36 48)", 200.0)], field="persons")
    members.dataProvider().addAttributes([make_field("contributor", "text")])
    members.updateFields()
    place = members.fields().lookupField("contributor")
    members.dataProvider().changeAttributeValues({next(members.getFeatures()).id(): {place: "North"}})
    assert rows_of(fit(**small, CEILING=0, CONTRIBUTORS_TABLE=members)["PLANS"])[0]["ceiling"] == 200


def test_what_holds_for_one_depth_only_is_told_with_it(fit, short_layer, attributed, make_line, recorder):
    told = recorder()
    people = attributed("Point", [("Point(36.6 48.05)", 400.0), ("Point(36.8 48.3)", 90.0)], field="persons")
    crossings = make_line("Point(36.5 48.08)", "Point(36.7 48.3)", kind="Point")  # one only in the deep zone
    values = {"POPULATION": people, "POPULATION_FIELD": "persons", "CROSSINGS": crossings, "POSTURES": [0]}
    rows = rows_of(fit(told, INPUT=short_layer, **values)["PLANS"])
    assert [row["population"] for row in rows] == [400, 490]
    assert not any("Inhabitants of the zone" in text for text in told.infos)
    outside = [text for text in (*told.infos, *told.warnings) if "outside" in text]
    assert outside and all(text.startswith("Depth 2 km: ") for text in outside)


def test_bands_of_the_base_are_kept_where_the_zone_reaches(fit, short_layer, recorder):
    told = recorder()
    values = {"INPUT": short_layer, "POSTURES": [0], "BANDS": "1,25", "DEPTH_A": 0, "DEPTH_B": 0}
    found = rows_of(fit(told, **values)["PLANS"])
    assert [json.loads(row["spec"])["bands_m"] for row in found] == [[1000], [1000, 25_000]]
    assert "Limits of bands outside the zone are left out: 25 km in 1 of 2 plans" in told.infos
    with pytest.raises(QgsProcessingException, match="do not ascend"):
        fit(**{**values, "BANDS": "7,2"})


@pytest.mark.parametrize("end", [0, 2])
def test_the_end_that_must_fit_is_chosen(fit, short_layer, end):
    (row,) = rows_of(fit(INPUT=short_layer, DEPTHS="2", POSTURES=[1], FIT=end)["PLANS"])
    assert row["fit_end"] == ENDS[end] and row["spare"] == 350 - row[f"staff_{ENDS[end]}"]


def test_without_a_choice_the_posture_of_the_plan_is_tried(fit, short_layer):
    for values in ({"POSTURES": []}, {"POSTURES": "2"}):  # as the toolbox gives it, and the command line
        rows = rows_of(fit(INPUT=short_layer, DEPTHS="2", POSTURE=2, **values)["PLANS"])
        assert [row["posture"] for row in rows] == ["verify_both_edges"]
    rows = rows_of(fit(INPUT=short_layer, DEPTHS="2", POSTURES="0,3")["PLANS"])
    assert [row["posture"] for row in rows] == ["observe", "interpose"]


def test_where_nothing_fits_the_tables_say_so(fit, short_layer):
    result = fit(INPUT=short_layer, CEILING=10, DEPTHS="2", **ALL_SINKS)
    assert result["FITTING_COUNT"] == result["LARGEST_KM"] == result["ZONES"].featureCount() == 0
    assert [row["found"] for row in rows_of(result["LARGEST"])] == ["none"] * 4


def test_the_layers_are_styled_in_one_group_when_they_are_loaded(short_layer, provider, qtbot, qgis_new_project):
    from .test_loading import groups, run_and_load, shown, to_project

    loaded = {}
    for ceiling in (350, 10):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
        values = {"INPUT": short_layer, "CEILING": ceiling, "DEPTHS": "2", "POSTURES": [0, 1], "TOLERANCE": 20}
        run_and_load(qtbot, {**values, **{name: to_project() for name in SINKS}}, algorithm)
        group = next(one for one in groups() if one.name() == f"line layer, at most {ceiling} persons")
        loaded[ceiling] = list(shown(group))
    assert loaded == {350: ["ceiling_zones", "ceiling_plans", "ceiling_largest"],
                      10: ["ceiling_plans", "ceiling_largest"]}  # no zone fits: its layer would be empty
    for layer in QgsProject.instance().mapLayers().values():
        assert layer.metadata().abstract().startswith(STATUS)
        assert layer.attributeAlias(layer.fields().lookupField("spare")) == "Persons left"


REFUSALS = {
    "no ceiling": ({"CEILING": 0}, "No ceiling was given. Give a number of persons, or contributors"),
    "negative": ({"CEILING": -3}, "The ceiling is -3 persons. Give a whole number from 1"),
    "shares": ({"CEILING": 0, "CONTRIBUTORS": "France=30; Others=70"}, "no pledge. Give numbers, such as France=3000"),
    "no depths": ({"DEPTHS": " "}, "No depths were given. Give km such as 5,10,20 or 5-40/5."),
    "reversed": ({"DEPTHS": "40-5/5"}, "The range '40-5/5' of the depths is reversed. Write 5-40/5."),
    "without step": ({"DEPTHS": "5-40"}, "has no step"),
    "not a number": ({"DEPTHS": "deep"}, "'deep' among the depths is no number"),
    "too deep": ({"DEPTHS": "5,900"}, "The depth of side A is 900 km. Give at most 500 km."),
    "too many": ({"DEPTHS": "1-100/0.5"}, "796 plans were asked for"),
    "spacing": ({"SPACINGS": "0"}, "A spacing of posts of 0 km is asked for. Give a number from 0.1 to 1000."),
    "sensors": ({"SENSORS": "40"}, "A share of 40 of posts without a crew is asked for. Give a number from 0 to 1."),
    "a plan's own": ({"SECTORS": 0}, "0 sectors were asked for"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_question_without_an_answer_is_refused_in_one_sentence(fit, short_layer, tmp_path, case):
    values, sentence = REFUSALS[case]
    with pytest.raises(QgsProcessingException, match=r".+") as refused:
        fit(INPUT=short_layer, PLANS=str(tmp_path / "plans.gpkg"), **values)
    assert sentence in str(refused.value)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("stop_at", [1, 50, 80, 96])
def test_a_cancelled_run_leaves_nothing(fit, short_layer, tmp_path, recorder, stop_at):
    targets = {name: str(tmp_path / f"{role}.gpkg") for name, role in SINKS.items()}
    assert fit(recorder(stop_at), INPUT=short_layer, POSTURES=[1], **targets) == {}
    assert os.listdir(tmp_path) == []


def test_files_are_replaced_only_if_asked(fit, short_layer, tmp_path):
    small = {"INPUT": short_layer, "DEPTHS": "2", "POSTURES": [0], "PLANS": str(tmp_path / "plans.gpkg")}
    fit(**small)
    with pytest.raises(QgsProcessingException, match="already exists"):
        fit(**{**small, "CEILING": 99})
    fit(**{**small, "CEILING": 99, "OVERWRITE": True})
    assert column(QgsVectorLayer(str(tmp_path / "plans.gpkg"), "plans", "ogr"), "ceiling") == [99]
    assert os.listdir(tmp_path) == ["plans.gpkg"]


def test_the_trade_off_is_drawn_by_posture_and_spacing(fit, short_layer, tmp_path):
    result = fit(INPUT=short_layer, CHARTS=str(tmp_path / "charts"), SPACINGS="5,10", POSTURES=[0, 1])
    assert sorted(os.listdir(result["CHARTS"])) == ["trade_off.png", "trade_off.svg"]
    drawn = (tmp_path / "charts" / "trade_off.svg").read_text(encoding="utf-8")
    for text in ("Observe", "Verify", "Ceiling: 350 persons", "without prejudice to status"):
        assert text in drawn
