"""`bufferzone:timeseries`: zones by date that QGIS can animate, figures that add up, dates and layers told apart."""

from __future__ import annotations

import json
import os
import re

import pytest
from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime
from qgis.PyQt.QtGui import QColor

from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.output.styles import ROLE_PROPERTY
from buffer_zone_plugin.processing.timeseries import SINKS

from .conftest import column, record, tables

pytestmark = pytest.mark.qgis
ALGORITHM = "bufferzone:timeseries"
SPEC = {"DEPTH_A": 3, "DEPTH_B": 2, "SPLIT": 0, "TOLERANCE": 20}
DAYS = [QDate(2024, 5, day) for day in (1, 3, 5)]


def line(north, backwards=False):
    """A line of 37 km, so many km north of the first."""
    points = [(36, 48), (36.2, 48.04), (36.5, 48.01)]
    told = ", ".join(f"{x} {y + north / 111.2}" for x, y in (points[::-1] if backwards else points))
    return f"LineString({told})"


ROWS = [(line(1.0), DAYS[1]), (line(1.5), DAYS[2]), (line(0.0), DAYS[0])]


def dated_layer(rows, kind="date", name="front"):
    """A temporary layer of lines with a field ``day``."""
    layer = QgsVectorLayer(f"LineString?crs=EPSG:4326&field=day:{kind}", name, "memory")
    features = []
    for wkt, value in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes([value])
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


@pytest.fixture()
def timeseries(provider, context):
    """Run the algorithm on three dates unless told otherwise."""
    import processing

    own = context

    def run(feedback=None, context=None, **values):
        if "LAYERS" not in values and "INPUT" not in values:
            values["INPUT"] = dated_layer(ROWS)
        if "INPUT" in values:
            values = {"DATE_FIELD": "day", **values}
        parameters = {**SPEC, "ZONES": "TEMPORARY_OUTPUT", **values}
        return processing.run(ALGORITHM, parameters, feedback=feedback, context=context or own)

    return run


@pytest.fixture()
def algorithm(provider):
    """A fresh copy of the algorithm."""
    return QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)


def table(layer):
    """The rows of a layer by the names of the fields; times as their days, which they begin."""
    names = layer.fields().names()
    columns = [days(layer, name) if name.endswith("_date") else column(layer, name) for name in names]
    return [dict(zip(names, row)) for row in zip(*columns)]


def days(layer, name="start_date"):
    times = column(layer, name)
    assert all(time is None or time.time() == QTime(0, 0) for time in times)
    return [None if time is None else time.date() for time in times]


# --- declared ------------------------------------------------------------------------------------------------------

def test_parameters_are_those_of_planzone_with_dates(algorithm, provider):
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    own, base = (
        {p.name(): bool(p.flags() & optional) for p in provider.algorithm(name).parameterDefinitions()
         if not p.isDestination()} for name in ("timeseries", "planzone")
    )
    assert {name: own[name] for name in ("INPUT", "DATE_FIELD", "LAYERS")} == dict.fromkeys(
        ("INPUT", "DATE_FIELD", "LAYERS"), True,
    )
    assert set(own) - {"DATE_FIELD", "LAYERS"} == set(base) - {"INPUT_B"}
    sinks = [p.name() for p in algorithm.parameterDefinitions() if p.isDestination()]
    assert sinks == list(SINKS) == ["ZONES", "CHANGES", "LINES", "DATES", "RECORD"]
    for word in ("open-ended", "03/04/2024", "Temporal Controller", "without prejudice to status"):
        assert word in algorithm.shortHelpString()


# --- right ---------------------------------------------------------------------------------------------------------

def test_zones_changes_lines_and_dates_in_order(timeseries, recorder):
    told = recorder()
    result = timeseries(told, **dict.fromkeys(SINKS, "TEMPORARY_OUTPUT"))
    assert (result["DATE_COUNT"], result["FAILED_COUNT"], result["GAP_COUNT"]) == (3, 0, 0)
    for name, role in SINKS.items():
        assert tuple(result[name].fields().names()) == f.layer_def(role).names
    zones, dates = table(result["ZONES"]), table(result["DATES"])
    assert [(row["start_date"], row["end_date"], row["days"]) for row in zones] == [
        (DAYS[0], DAYS[1], 2), (DAYS[1], DAYS[2], 2), (DAYS[2], None, None),
    ]
    assert [{**row, "error": None} for row in zones] == dates
    assert [row["since"] for row in dates] == [None, DAYS[0], DAYS[1]]
    for before, now in zip(dates, dates[1:]):
        assert before["area_km2"] + now["gained_km2"] - now["lost_km2"] == pytest.approx(now["area_km2"], rel=1e-9)
        for side, other in ("ab", "ba"):
            moved = now[f"to_{side}_km2"] - now[f"to_{other}_km2"]
            change = now[f"gained_{side}_km2"] - now[f"lost_{side}_km2"] + moved
            assert before[f"area_{side}_km2"] + change == pytest.approx(now[f"area_{side}_km2"], rel=1e-9)
        assert now["gained_km2"] == pytest.approx(now["gained_a_km2"] + now["gained_b_km2"], rel=1e-12)
        assert now["d_staff"] == now["staff_central"] - before["staff_central"]
    changes = table(result["CHANGES"])
    for row in dates[1:]:
        for kind in ("gained", "lost"):
            drawn = sum(c["area_km2"] for c in changes if c["start_date"] == row["start_date"] and c["change"] == kind)
            assert drawn == pytest.approx(row[f"{kind}_km2"], rel=2e-3)
    assert {(c["change"], c["side"], c["side_before"]) for c in changes} >= {
        ("gained", "A", None), ("lost", "B", "B"), ("other_side", "B", "A"),
    }
    assert {c["end_date"] for c in changes} == {DAYS[2], None}
    lines = table(result["LINES"])
    assert [row["line_km"] for row in lines] == [row["line_km"] for row in zones]
    assert [row["source"] for row in lines] == ["front"] * 3
    assert record(result)["dates"] == "2024-05-01, 2024-05-03, 2024-05-05" and record(result)["date_field"] == "day"
    assert any(info.startswith("2024-05-03: ") and "gained" in info for info in told.infos)
    assert any("without prejudice to status" in info for info in told.infos)


def test_a_date_is_what_planzone_makes_of_its_line(timeseries, planzone):
    row = table(timeseries()["ZONES"])[1]
    alone = planzone(INPUT=dated_layer(ROWS[:1]), **SPEC)
    spec = json.loads(row["spec"])
    assert (spec["depth_a_m"], spec["reverse"]) == (3000, False)
    for name in ("AREA_KM2", "AREA_A_KM2", "LINE_KM", "STAFF_LOW", "STAFF_CENTRAL", "STAFF_HIGH"):
        assert row[name.lower()] == alone[name]


@pytest.mark.parametrize(("kind", "values"), [
    ("string", ["2024-05-01", "20240503", "2024-05-05T18:00Z"]),
    ("integer", [20240501, 20240503, 20240505]),
    ("datetime", [QDateTime(QDate(2024, 5, day), QTime(12, 0), Qt.TimeSpec.UTC) for day in (1, 3, 5)]),
])
def test_dates_of_every_kind_are_read(timeseries, kind, values):
    layer = dated_layer([(line(north), value) for north, value in enumerate(values)], kind)
    assert days(timeseries(INPUT=layer)["ZONES"]) == DAYS


def test_features_of_a_date_are_one_line(timeseries):
    halves = [("LineString(36 48, 36.2 48.04)", DAYS[0]), ("LineString(36.2 48.04, 36.5 48.01)", DAYS[0])]
    whole, parts = (table(timeseries(INPUT=dated_layer(rows))["ZONES"]) for rows in ([(line(0), DAYS[0])], halves))
    assert len(parts) == 1 and parts[0]["area_km2"] == pytest.approx(whole[0]["area_km2"], rel=1e-9)


def test_a_layer_for_each_date_by_its_name_or_its_time_range(timeseries, make_line):
    import processing
    from qgis.core import Qgis

    named, other = (dated_layer([(line(n), None)], name=name) for n, name in ((1.0, "front_2024-05-03"), (0, "first")))
    flat = processing.run("native:reprojectlayer", {
        "INPUT": dated_layer([(line(1.5), None)]), "TARGET_CRS": "EPSG:32637", "OUTPUT": "TEMPORARY_OUTPUT",
    })["OUTPUT"]
    flat.setName("line 20240505")
    properties = other.temporalProperties()
    properties.setIsActive(True)
    properties.setMode(Qgis.VectorTemporalMode.FixedTemporalRange)
    properties.setFixedTemporalRange(QgsDateTimeRange(QDateTime(DAYS[0], QTime()), QDateTime(DAYS[1], QTime())))
    result = timeseries(LAYERS=[flat, named, other], DATES="TEMPORARY_OUTPUT", RECORD="TEMPORARY_OUTPUT")
    rows = table(result["DATES"])
    assert [(row["start_date"], row["source"]) for row in rows] == list(
        zip(DAYS, ("first", "front_2024-05-03", "line 20240505")),
    )
    one = table(timeseries(DATES="TEMPORARY_OUTPUT")["DATES"])
    assert [row["area_km2"] for row in rows] == pytest.approx([row["area_km2"] for row in one], rel=1e-6)
    assert record(result)["source_2024-05-05"] == "line 20240505"
    assert record(result)["source_2024-05-05_crs"] == "EPSG:32637"


def test_layers_of_one_geopackage_have_the_dates_of_their_tables(timeseries, tmp_path):
    by_name = {f"front_{day}": dated_layer([(line(n), None)]) for n, day in ((0, "2024-05-01"), (1.0, "2024-05-03"))}
    paths = tables(tmp_path / "fronts.gpkg", by_name)
    result = timeseries(LAYERS=paths, DATES="TEMPORARY_OUTPUT", RECORD="TEMPORARY_OUTPUT")
    assert [(row["start_date"], row["source"]) for row in table(result["DATES"])] == list(zip(DAYS, by_name))
    assert record(result)["source_2024-05-03"] == "front_2024-05-03"
    path, = tables(tmp_path / "front 2024-05-05.gpkg", {"drawn again": dated_layer([(line(0), None)])})
    row, = table(timeseries(LAYERS=[path], DATES="TEMPORARY_OUTPUT")["DATES"])
    assert (row["start_date"], row["source"]) == (DAYS[2], "front 2024-05-05")


def test_a_line_drawn_backwards_keeps_the_sides_and_is_told(timeseries, recorder):
    told = recorder()
    rows = [(line(0.0), DAYS[0]), (line(0.0, backwards=True), DAYS[1])]
    first, second = table(timeseries(told, INPUT=dated_layer(rows))["ZONES"])
    assert (first["area_a_km2"], first["turned"], second["turned"]) == (second["area_a_km2"], 0, 1)
    assert (second["gained_km2"], second["to_a_km2"], json.loads(second["spec"])["reverse"]) == (0, 0, True)
    assert any(warning.startswith("2024-05-03: The line was drawn against") for warning in told.warnings)


def test_a_bad_date_is_a_row_with_its_reason_and_a_gap_is_told(timeseries, recorder):
    told = recorder()
    rows = [(line(0.0), QDate(2024, 5, 1)), (line(0.5), QDate(2024, 5, 2)), ("LineString(36 48, 36 48)", DAYS[1]),
            (line(1.0), QDate(2024, 5, 20))]
    sinks = dict.fromkeys(SINKS, "TEMPORARY_OUTPUT")
    result = timeseries(told, INPUT=dated_layer(rows), **sinks)
    dates = table(result["DATES"])
    assert [bool(row["error"]) for row in dates] == [False, False, True, False]
    assert "no length" in dates[2]["error"] and dates[2]["area_km2"] is None and dates[2]["statement"] is None
    assert [row["since"] for row in dates] == [None, QDate(2024, 5, 1), None, QDate(2024, 5, 2)]
    assert dates[1]["area_km2"] + dates[3]["gained_km2"] - dates[3]["lost_km2"] == pytest.approx(dates[3]["area_km2"])
    assert [row["gap_days"] for row in dates] == [None, None, 17, None]
    assert (result["DATE_COUNT"], result["FAILED_COUNT"], result["GAP_COUNT"]) == (4, 1, 1)
    assert result["ZONES"].featureCount() == result["LINES"].featureCount() == 3
    assert "2024-05-03: A gap follows: 17 days from 2024-05-03 to 2024-05-20" in told.warnings
    assert any(warning.startswith("2024-05-03: No zone: ") for warning in told.warnings)
    assert record(result)["gaps"] == "17 days from 2024-05-03 to 2024-05-20"


# --- in QGIS -------------------------------------------------------------------------------------------------------

@pytest.fixture()
def loaded(provider, qgis_new_project):
    """The layers of a run that QGIS loaded, by role."""
    from unittest import mock

    from processing.gui import Postprocessing

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
    target = {name: QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance()) for name in SINKS}
    parameters = {**SPEC, "INPUT": dated_layer(ROWS), "DATE_FIELD": "day", **target}
    _, ok = algorithm.run(parameters, context, feedback)
    with mock.patch.object(Postprocessing, "iface", None, create=True):
        assert ok and Postprocessing.handleAlgorithmResults(algorithm, context, feedback, parameters=parameters)
    return {layer.customProperty(ROLE_PROPERTY): layer for layer in QgsProject.instance().mapLayers().values()}


def during(begin, end):
    midnight = QTime(0, 0)
    return QgsDateTimeRange(QDateTime(begin, midnight), QDateTime(end, midnight), True, False)


def shown(layer, time):
    """The first days of the features that the Temporal Controller shows in a range of time."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    text = layer.temporalProperties().createFilterString(context, time)
    return sorted(feature["start_date"].date() for feature in layer.getFeatures(text))


def test_layers_are_grouped_styled_and_follow_the_temporal_controller(loaded):
    (group,) = QgsProject.instance().layerTreeRoot().children()
    assert group.name() == "Zone 3 + 2 km, 2024-05-01 to 2024-05-05"
    assert [node.layer().customProperty(ROLE_PROPERTY) for node in group.children()] == [
        "series_lines", "series_changes", "series_zones", "series_dates", "run_record",
    ]
    assert "without prejudice to status" in loaded["series_zones"].metadata().abstract()
    for role in ("series_zones", "series_lines"):
        layer, days = loaded[role], [QDate(2024, 5, day) for day in (1, 2, 3, 4, 5, 6)]
        assert layer.temporalProperties().isActive()
        by_day = [shown(layer, during(one, other)) for one, other in zip(days, days[1:])]
        assert by_day == [[DAYS[0]], [DAYS[0]], [DAYS[1]], [DAYS[1]], [DAYS[2]]]  # one zone a day, none twice
        assert shown(layer, during(QDate(2025, 1, 1), QDate(2025, 1, 2))) == [DAYS[2]]  # the last one is open-ended
        assert shown(layer, during(QDate(2024, 4, 1), DAYS[0])) == []
    assert set(shown(loaded["series_changes"], during(DAYS[0], DAYS[1]))) == set()
    assert set(shown(loaded["series_changes"], during(DAYS[1], DAYS[2]))) == {DAYS[1]}
    assert loaded["series_dates"].isSpatial() is False


def test_a_map_of_a_date_shows_the_zone_of_that_date_only(loaded):
    zones = loaded["series_zones"]

    def drawn(begin, end):
        settings = QgsMapSettings()
        settings.setLayers([zones])
        settings.setDestinationCrs(zones.crs())
        settings.setExtent(zones.extent())
        settings.setOutputSize(QSize(200, 100))
        settings.setBackgroundColor(QColor("white"))
        settings.setIsTemporal(True)
        settings.setTemporalRange(during(begin, end))
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        image = job.renderedImage()
        white = QColor("white").rgb()
        return {(x, y) for x in range(200) for y in range(100) if image.pixel(x, y) != white}

    first, last = drawn(DAYS[0], DAYS[1]), drawn(DAYS[2], DAYS[2].addDays(1))
    assert drawn(DAYS[0].addDays(-9), DAYS[0]) == set() and len(first) > 3000 < len(last)
    assert min(y for _, y in last) < min(y for _, y in first) and max(y for _, y in last) < max(y for _, y in first)


# --- refused -------------------------------------------------------------------------------------------------------

BAD_DATES = {
    "two ways": ("string", ["2024-05-01", "03/04/2024"], "The date '03/04/2024' can be read in two ways: which of 03 "
                 "and 04 is the month (feature 2). Write dates as year, month and day, such as 2024-05-01."),
    "empty": ("date", [DAYS[0], None], "A feature has no date (feature 2)."),
    "no date": ("string", ["spring", "summer"], "The date 'spring' cannot be read (feature 1)."),
    "a number": ("double", [1.5, 2.5], "The date 1.5 cannot be read (feature 1)."),
    "two times": ("string", ["2024-05-01T06:00", "2024-05-01T18:00"], "Two times of 2024-05-01 were given, in features "
                  "1 and 2, and a line has a whole day."),
    "nothing": ("date", [], "There are no dates."),
}


@pytest.mark.parametrize("case", BAD_DATES)
def test_dates_that_cannot_be_read_are_one_sentence(timeseries, tmp_path, case):
    kind, values, sentence = BAD_DATES[case]
    layer = dated_layer([(line(0), value) for value in values], kind)
    with pytest.raises(QgsProcessingException) as caught:
        timeseries(INPUT=layer, ZONES=str(tmp_path / "zones.gpkg"))
    assert sentence in str(caught.value)  # scripts see no more than this
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("values", "sentence"), [
    ({}, "No contact lines were given."), ({"LAYERS": []}, "No contact lines were given."),
    ({"INPUT": ROWS}, "No field of dates was named."),
    ({"INPUT": ROWS, "DATE_FIELD": "when"}, "The layer front has no field when."),
    ({"INPUT": ROWS, "DATE_FIELD": "day", "LAYERS": [ROWS]}, "A layer of lines and several layers were given."),
    ({"INPUT": ROWS, "DATE_FIELD": "day", "INPUT_B": "other.gpkg"}, "A forward line of side B was given, and a series"),
    ({"LAYERS": "missing_2024-05-01.gpkg"}, "The layer missing_2024-05-01.gpkg could not be read. Check that the file"),
    ({"INPUT": ROWS, "DATE_FIELD": "day", "DEPTH_A": -1}, "The depth of side A is -1 km."),
])
def test_what_was_not_given_is_told_before_the_run(algorithm, values, sentence):
    parameters = {**SPEC, "ZONES": "TEMPORARY_OUTPUT", **values}
    if "INPUT" in values:
        parameters["INPUT"] = dated_layer(ROWS)
    if isinstance(values.get("LAYERS"), list) and values["LAYERS"]:
        parameters["LAYERS"] = [dated_layer(ROWS)]
    ok, message = algorithm.checkParameterValues(parameters, QgsProcessingContext())
    assert not ok and message.startswith(sentence)


def test_a_layer_of_points_is_refused(algorithm, make_line):
    parameters = {**SPEC, "ZONES": "TEMPORARY_OUTPUT", "LAYERS": [make_line("Point(36 48)", kind="Point")]}
    ok, message = algorithm.checkParameterValues(parameters, QgsProcessingContext())
    assert not ok and message.startswith("The layer 'line layer' holds no lines.")


def test_layers_without_one_date_or_of_one_date_are_refused(timeseries):
    for names, sentence in (
        (("front",), "The name of the layer 'front' tells no date."),
        (("2024-05-01 to 2024-05-03",), "The name of the layer '2024-05-01 to 2024-05-03' tells several dates."),
        (("a 2024-05-01", "b 20240501"), "Two layers have the date 2024-05-01: 'a 2024-05-01' and 'b 20240501'."),
    ):
        with pytest.raises(QgsProcessingException, match=re.escape(sentence)):
            timeseries(LAYERS=[dated_layer([(line(0), None)], name=name) for name in names])


def test_dates_that_all_fail_are_refused(timeseries):
    with pytest.raises(QgsProcessingException, match=r"None of the 3 dates has a zone\. 2024-05-01: The contact line"):
        timeseries(INPUT=dated_layer([("LineString(36 48, 36 48)", day) for day in DAYS]))


def test_files_are_kept_and_a_cancel_leaves_nothing(timeseries, tmp_path, recorder):
    path = tmp_path / "zones.gpkg"
    path.write_text("mine")
    with pytest.raises(QgsProcessingException, match="already exists"):
        timeseries(ZONES=str(path))
    for stop_at in (1, 50, 96):
        assert timeseries(recorder(stop_at), ZONES=str(path), DATES=str(tmp_path / "d.csv"), OVERWRITE=True) == {}
        assert os.listdir(tmp_path) == ["zones.gpkg"] and path.read_text() == "mine"
    timeseries(ZONES=str(path), OVERWRITE=True)
    assert sorted(os.listdir(tmp_path)) == ["zones.gpkg"]
    assert days(QgsVectorLayer(str(path), "zones", "ogr")) == DAYS
