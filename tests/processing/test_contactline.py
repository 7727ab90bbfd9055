"""`bufferzone:contactline`: declared as designed, right in its layer, refused in one sentence, ready for planzone."""

from __future__ import annotations

import os

import pytest
from qgis.core import (
    NULL,
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterDefinition,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate

from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.output.styles import ROLE_PROPERTY

pytestmark = pytest.mark.qgis
ALGORITHM = "bufferzone:contactline"
PARAMETERS = {  # name: (type, default, optional)
    "INPUT": ("source", None, False),
    "OTHER": ("source", None, True),
    "MASK": ("source", None, True),
    "GAP": ("number", 1, False),
    "MATCH": ("number", 2, False),
    "GENERALISE": ("number", 0, False),
    "DATE_FIELD": ("field", None, True),
    "OVERWRITE": ("boolean", False, False),
    "OUTPUT": ("sink", None, False),
}


def rect(west, south, east, north):
    return f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"


LAND = f"Polygon(({rect(36, 47, 38, 49)}))"
NORTH = f"Polygon(({rect(36, 48, 38, 49)}), ({rect(36.4, 48.3, 36.6, 48.5)}))"
SOUTH = f"Polygon(({rect(36, 47, 38, 48)}))"
POCKET = f"Polygon(({rect(37.2, 47.4, 37.5, 47.6)}))"


def area_layer(*rows, crs="EPSG:4326", field="", kind="Polygon"):
    """A temporary layer of (WKT, attribute) or WKT."""
    layer = QgsVectorLayer(f"{kind}?crs={crs}{field}", "area layer", "memory")
    features = []
    for row in rows:
        text, value = row if isinstance(row, tuple) else (row, None)
        feature = QgsFeature(layer.fields())
        if text is not None:
            feature.setGeometry(QgsGeometry.fromWkt(text))
        if field:
            feature.setAttributes([value])
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


@pytest.fixture()
def contactline(provider):
    """Run the algorithm on the north of the land unless told otherwise."""
    import processing

    def run(feedback=None, context=None, **values):
        if "INPUT" not in values:
            values = {"INPUT": area_layer(NORTH, POCKET), "MASK": area_layer(LAND), **values}
        return processing.run(ALGORITHM, {"OUTPUT": "TEMPORARY_OUTPUT", **values}, feedback=feedback, context=context)

    return run


@pytest.fixture()
def algorithm(provider):
    """A fresh copy of the algorithm."""
    return QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)


def table(layer):
    return [dict(zip(layer.fields().names(), feature.attributes())) for feature in layer.getFeatures()]


# --- declared ------------------------------------------------------------------------------------------------------

def test_parameters_and_outputs_are_the_public_ones(algorithm):
    declared = {
        p.name(): (p.type(), p.defaultValue(), bool(p.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional))
        for p in algorithm.parameterDefinitions()
    }
    assert declared == PARAMETERS
    assert {output.name() for output in algorithm.outputDefinitions()} == {"OUTPUT", "LINE_KM", "PARTS", "POCKETS"}


def test_algorithm_presents_itself(algorithm):
    assert algorithm.displayName() == "Contact line from areas of control"
    assert algorithm.group() == "Contact line" and algorithm.groupId() == "contactline"
    assert not algorithm.icon().isNull()
    for word in ("Mask", "Largest gap", "Limits", "Filter a layer of several dates", "Without prejudice to status"):
        assert word in algorithm.shortHelpString()


# --- right ---------------------------------------------------------------------------------------------------------

def test_layer_holds_front_and_pockets(contactline):
    result = contactline()
    layer = result["OUTPUT"]
    assert layer.crs().authid() == "EPSG:4326" and layer.wkbType() == QgsWkbTypes.Type.MultiLineString
    assert tuple(layer.fields().names()) == f.layer_def("control_line").names
    rows = table(layer)
    assert [(row["part"], row["kind"], row["ground"]) for row in rows] == [
        (1, "front", NULL), (2, "pocket", "A"), (3, "pocket", "B"),
    ]
    assert rows[0]["line_km"] == pytest.approx(149.1, abs=0.5)
    assert sum(row["line_km"] for row in rows) == pytest.approx(result["LINE_KM"], rel=1e-12)
    assert (result["PARTS"], result["POCKETS"]) == (3, 2)


def test_other_side_and_other_reference_systems(contactline):
    plain = contactline(INPUT=area_layer(NORTH), OTHER=area_layer(SOUTH))
    import processing

    moved = [
        processing.run("native:reprojectlayer", {
            "INPUT": area_layer(wkt), "TARGET_CRS": crs, "OUTPUT": "TEMPORARY_OUTPUT",
        })["OUTPUT"] for wkt, crs in ((NORTH, "EPSG:32637"), (SOUTH, "EPSG:3857"))
    ]
    other = contactline(INPUT=moved[0], OTHER=moved[1])
    assert other["LINE_KM"] == pytest.approx(plain["LINE_KM"], rel=1e-6) and other["PARTS"] == plain["PARTS"] == 1


def test_multi_polygon_with_heights_is_read(contactline):
    ring = "36 48 5, 38 48 5, 38 49 5, 36 49 5, 36 48 5"
    result = contactline(INPUT=area_layer(f"MultiPolygonZ((({ring})))", kind="MultiPolygonZ"), MASK=area_layer(LAND))
    assert result["PARTS"] == 1


def test_dates_keep_their_type_and_have_their_own_lines(contactline, recorder):
    days = QDate(2024, 5, 1), QDate(2024, 4, 1)
    south_of = f"Polygon(({rect(36, 48.2, 38, 49)}))"
    layer = area_layer((NORTH, days[0]), (POCKET, days[0]), (south_of, days[1]), field="&field=day:date")
    feedback = recorder()
    result = contactline(feedback, INPUT=layer, MASK=area_layer(LAND), DATE_FIELD="day")
    rows = table(result["OUTPUT"])
    assert result["OUTPUT"].fields().names()[-1] == "date"
    assert [(row["part"], row["kind"], row["date"]) for row in rows] == [
        (1, "front", days[1]), (1, "front", days[0]), (2, "pocket", days[0]), (3, "pocket", days[0]),
    ]
    assert result["PARTS"] == 3  # of the last date
    assert any(info.startswith("2024-04-01: Contact line: ") for info in feedback.infos)


def test_other_side_is_matched_by_date_if_it_has_the_field(contactline):
    dated = {"field": "&field=day:string"}
    side_a = area_layer((NORTH, "d1"), (NORTH, "d2"), **dated)
    low = f"Polygon(({rect(36, 47, 38, 47.9)}))"
    for other, lines in ((area_layer((SOUTH, "d1"), (low, "d2"), **dated), ["d1"]), (area_layer(SOUTH), ["d1", "d2"])):
        result = contactline(INPUT=side_a, OTHER=other, DATE_FIELD="day")
        assert [row["date"] for row in table(result["OUTPUT"])] == lines


def test_figures_are_those_of_the_last_date_that_has_a_line(contactline, recorder):
    layer = area_layer((NORTH, "d1"), (LAND, "d2"), field="&field=day:string")
    feedback = recorder()
    result = contactline(feedback, INPUT=layer, MASK=area_layer(LAND), DATE_FIELD="day")
    assert (result["PARTS"], result["POCKETS"]) == (2, 1) and result["LINE_KM"] > 149
    assert "The figures are those of the last date that has a line: d1" in feedback.infos
    assert any(warning.startswith("d2: No border of side A") for warning in feedback.warnings)


@pytest.mark.parametrize("value, kind", [("2024-05-02", "string"), (QDate(2024, 5, 1), "date")])
def test_side_b_without_the_date_is_told_as_such(contactline, value, kind):
    side_a = area_layer((NORTH, "2024-05-01"), field="&field=day:string")
    side_b = area_layer((SOUTH, value), field=f"&field=day:{kind}")
    with pytest.raises(QgsProcessingException) as caught:
        contactline(INPUT=side_a, OTHER=side_b, DATE_FIELD="day")
    assert (
        "No feature of side B carries the same date (2024-05-01). "
        "Compare the types and the values of the date field in both layers."
    ) in str(caught.value)
    with pytest.raises(QgsProcessingException, match="The areas of side B have no features"):
        contactline(INPUT=side_a, OTHER=area_layer(field="&field=day:string"), DATE_FIELD="day")


def test_notes_and_warnings_reach_the_log(contactline, recorder):
    feedback = recorder()
    contactline(feedback, INPUT=area_layer(POCKET))
    assert any("Contact line: " in info for info in feedback.infos)
    assert any("whole outline" in warning for warning in feedback.warnings)


def test_line_goes_straight_into_planzone(contactline, provider):
    import processing

    line = contactline()["OUTPUT"]
    plan = processing.run("bufferzone:planzone", {
        "INPUT": line, "DEPTH_A": 3, "DEPTH_B": 5, "SECTORS": 4, "SECTORS_OUT": "TEMPORARY_OUTPUT",
        "SIDES": "TEMPORARY_OUTPUT",
    })
    sides = {feature["side"]: feature.geometry() for feature in plan["SIDES"].getFeatures()}
    held = QgsGeometry.unaryUnion([QgsGeometry.fromWkt(NORTH), QgsGeometry.fromWkt(POCKET)])
    land = QgsGeometry.fromWkt(LAND)
    in_land = {side: shape.intersection(land) for side, shape in sides.items()}
    # as QGIS draws the areas: an edge of 150 km along a parallel is no geodesic, which bends 400 m to the north
    assert in_land["A"].intersection(held).area() > 0.999 * in_land["A"].area()
    assert in_land["B"].intersection(held).area() < 0.001 * in_land["B"].area()
    assert plan["LINE_KM"] == pytest.approx(contactline()["LINE_KM"], rel=1e-6)


def test_loaded_layer_is_styled(contactline, provider, qgis_new_project):
    from processing.gui.Postprocessing import handleAlgorithmResults
    from qgis.core import QgsProcessingFeedback, QgsProcessingOutputLayerDefinition

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
    target = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
    areas, land = area_layer(NORTH, POCKET), area_layer(LAND)
    parameters = {"INPUT": areas, "MASK": land, "OUTPUT": target}
    _, ok = algorithm.run(parameters, context, feedback)
    assert ok and handleAlgorithmResults(algorithm, context, feedback, parameters=parameters)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.customProperty(ROLE_PROPERTY) == "control_line"
    assert [category.value() for category in layer.renderer().categories()] == ["front", "bridgehead", "pocket"]
    assert layer.attributeAlias(layer.fields().lookupField("line_km")) == "Length (km)"


# --- refused -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("values, sentence", [
    ({"GAP": -1}, "The largest gap is -1 km. Give a number from 0 to 100 km."),
    ({"MATCH": 101}, "The distance of coast and state border is 101 km."),
    ({"GENERALISE": -5}, "The tolerance of the generalisation is -5 m."),
])
def test_impossible_values_are_refused_before_the_run(algorithm, values, sentence):
    parameters = {"INPUT": area_layer(NORTH), "OUTPUT": "TEMPORARY_OUTPUT", **values}
    ok, message = algorithm.checkParameterValues(parameters, QgsProcessingContext())
    assert not ok and message.startswith(sentence)


REFUSED = {
    "no features": ({"INPUT": ()}, "The areas of side A have no features."),
    "empty": ({"INPUT": (None,)}, "The areas of side A have nothing but empty geometry."),
    "mask elsewhere": ({"INPUT": (NORTH,), "MASK": (f"Polygon(({rect(1, 1, 2, 2)}))",)}, "The mask covers none of"),
    "nothing in contact": ({"INPUT": (NORTH,), "OTHER": (f"Polygon(({rect(36, 46, 38, 47)}))",)}, "nowhere within 1"),
    "nothing inside": ({"INPUT": (LAND,), "MASK": (LAND,)}, "No border of side A lies inside the mask"),
    "other empty": ({"INPUT": (NORTH,), "OTHER": ()}, "The areas of side B have no features."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unusable_input_is_one_sentence(contactline, tmp_path, case):
    values, sentence = REFUSED[case]
    with pytest.raises(QgsProcessingException) as caught:
        contactline(OUTPUT=str(tmp_path / "line.gpkg"), **{name: area_layer(*rows) for name, rows in values.items()})
    assert sentence in str(caught.value) and "\n" not in str(caught.value).strip()
    assert os.listdir(tmp_path) == []


def test_missing_reference_system_and_lines_are_refused(contactline, make_line):
    from qgis.core import QgsCoordinateReferenceSystem

    nowhere = area_layer(NORTH)
    nowhere.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(QgsProcessingException, match="The layer of side A has no coordinate reference system"):
        contactline(INPUT=nowhere)
    with pytest.raises(QgsProcessingException, match="hold a LineString, not a polygon"):
        contactline(INPUT=make_line("LineString(36 48, 37 48)"))


def test_unknown_date_field_is_refused(contactline, recorder):
    feedback = recorder()
    with pytest.raises(QgsProcessingException):
        contactline(feedback, INPUT=area_layer(NORTH), MASK=area_layer(LAND), DATE_FIELD="day")
    assert feedback.errors[0] == "The areas of side A have no field day. Choose one of the layer's fields."


def test_existing_file_is_kept_unless_it_may_be_replaced(contactline, tmp_path):
    path = tmp_path / "line.gpkg"
    path.write_text("mine")
    with pytest.raises(QgsProcessingException, match="already exists"):
        contactline(OUTPUT=str(path))
    assert path.read_text() == "mine"
    contactline(OUTPUT=str(path), OVERWRITE=True)
    assert QgsVectorLayer(str(path), "line layer", "ogr").featureCount() == 3
    assert os.listdir(tmp_path) == ["line.gpkg"]


@pytest.mark.parametrize("selected_only", [False, True])
def test_areas_are_never_replaced(contactline, tmp_path, selected_only, qgis_new_project):
    import processing

    own = tmp_path / "own.gpkg"
    processing.run("native:savefeatures", {"INPUT": area_layer(LAND), "OUTPUT": str(own)})
    before = own.read_bytes()
    mask = str(own)
    if selected_only:
        layer = QgsVectorLayer(mask, "own land", "ogr")
        QgsProject.instance().addMapLayer(layer)
        layer.selectAll()
        mask = QgsProcessingFeatureSourceDefinition(layer.id(), True)
    with pytest.raises(QgsProcessingException, match="from which an input is read"):
        contactline(INPUT=area_layer(NORTH), MASK=mask, OUTPUT=str(own), OVERWRITE=True)
    assert own.read_bytes() == before


@pytest.mark.parametrize("stop_at", [1, 40, 94])
def test_cancelled_run_leaves_nothing(contactline, tmp_path, recorder, stop_at):
    assert contactline(recorder(stop_at), OUTPUT=str(tmp_path / "line.gpkg")) == {}
    assert os.listdir(tmp_path) == []
