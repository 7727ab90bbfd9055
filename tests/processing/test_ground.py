"""Clip, side A, bands and outline through the real algorithm: right where they are given, refused with a sentence."""

from __future__ import annotations

import os

import pytest
import shapely
from pyproj import Geod
from qgis.core import QgsProcessingException, QgsVectorLayer

from buffer_zone_plugin.compat import plain
from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.output.layers import to_shapely

pytestmark = pytest.mark.qgis
GEOD = Geod(ellps="WGS84")
WEST_HALF = "Polygon((35.5 47.5, 36.5 47.5, 36.5 48.7, 35.5 48.7, 35.5 47.5))"  # of the zone of the short line
BOW = "Polygon((35.5 47.5, 36.5 48.7, 36.5 47.5, 35.5 48.7, 35.5 47.5))"  # crosses itself
NORTH, SOUTH = "Point(36.2 48.1)", "Point(36.2 48.03)"


def table(layer):
    return [dict(zip(layer.fields().names(), map(plain, row.attributes()))) for row in layer.getFeatures()]


def shapes(layer):
    return list(to_shapely([feature.geometry() for feature in layer.getFeatures()]))


def reprojected(layer, crs):
    import processing

    return processing.run(
        "native:reprojectlayer", {"INPUT": layer, "TARGET_CRS": crs, "OUTPUT": "TEMPORARY_OUTPUT"},
    )["OUTPUT"]


@pytest.fixture()
def polygons(make_line):
    """Make a temporary layer of polygons from WKT."""
    return lambda *wkt, crs="EPSG:4326", kind="Polygon": make_line(*wkt, crs=crs, kind=kind)


# --- clip ----------------------------------------------------------------------------------------------------------

def test_clip_keeps_the_zone_within_it(planzone, short_layer, polygons):
    whole = planzone(INPUT=short_layer, ZONE="TEMPORARY_OUTPUT")
    clipped = planzone(INPUT=short_layer, CLIP=polygons(WEST_HALF), ZONE="TEMPORARY_OUTPUT")
    (zone,), (clear,) = shapes(clipped["ZONE"]), shapes(whole["ZONE"])
    assert zone.bounds[2] == pytest.approx(36.5, abs=1e-6) and zone.is_valid
    expected = abs(GEOD.geometry_area_perimeter(clear & shapely.from_wkt(WEST_HALF))[0]) / 1e6
    assert clipped["AREA_KM2"] == pytest.approx(expected, rel=1e-6)
    assert clipped["ERROR_MAX_M"] <= 1.0
    total = sum(row["area_km2"] for row in table(clipped["SECTORS_OUT"]))
    assert total == pytest.approx(clipped["AREA_KM2"], rel=1e-9)


def test_clip_in_any_reference_system_and_form_gives_the_same_zone(planzone, short_layer, polygons):
    plain_clip = polygons(WEST_HALF)
    expected = planzone(INPUT=short_layer, CLIP=plain_clip)["AREA_KM2"]
    halves = (
        "Polygon((35.5 47.5, 36 47.5, 36 48.7, 35.5 48.7, 35.5 47.5))",
        "Polygon((36 47.5, 36.5 47.5, 36.5 48.7, 36 48.7, 36 47.5))",
    )
    forms = {
        "EPSG:3857": reprojected(plain_clip, "EPSG:3857"),
        "EPSG:32637": reprojected(plain_clip, "EPSG:32637"),
        "Z and M": polygons(WEST_HALF.replace("Polygon", "PolygonZM").replace(",", " 5 1,").replace("))", " 5 1))"),
                            kind="PolygonZM"),
        "two halves": polygons(*halves),
        "overlapping": polygons(halves[0], WEST_HALF),
        "repeated, with a null one": polygons(WEST_HALF, None, WEST_HALF),
    }
    for name, layer in forms.items():
        assert planzone(INPUT=short_layer, CLIP=layer)["AREA_KM2"] == pytest.approx(expected, rel=1e-6), name


def test_curved_clip_is_followed(planzone, short_layer, polygons):
    circle = polygons("CurvePolygon(CircularString(36.3 48.1, 36.5 48.1, 36.3 48.1))", kind="CurvePolygon")
    result = planzone(INPUT=short_layer, CLIP=circle, ZONE="TEMPORARY_OUTPUT")
    (zone,) = shapes(result["ZONE"])
    assert shapely.covers(shapely.Point(36.4, 48.1).buffer(0.1001, 256), zone)
    assert zone.bounds[2] == pytest.approx(36.5, abs=1e-3)


def test_clip_beyond_180_degrees_is_brought_back(planzone, make_line, polygons):
    line = make_line("LineString(179.5 10, 180.5 10.2)")
    whole = planzone(INPUT=line)["AREA_KM2"]
    around = polygons("Polygon((178 9, 182 9, 182 11, 178 11, 178 9))")
    assert planzone(INPUT=line, CLIP=around)["AREA_KM2"] == pytest.approx(whole, rel=1e-6)
    east = polygons("Polygon((180 9, 182 9, 182 11, 180 11, 180 9))")
    clipped = planzone(INPUT=line, CLIP=east, ZONE="TEMPORARY_OUTPUT")
    (zone,) = shapes(clipped["ZONE"])
    assert zone.bounds[0] == -180 and 0.4 * whole < clipped["AREA_KM2"] < 0.6 * whole


def test_invalid_clip_is_mended_told_and_recorded(planzone, short_layer, polygons, recorder):
    feedback = recorder()
    collapsed = "Polygon((36 48, 36.1 48, 36 48, 36 48))"
    layer = polygons(BOW, None, collapsed)
    result = planzone(feedback, INPUT=short_layer, CLIP=layer, RECORD="TEMPORARY_OUTPUT")
    assert 0 < result["AREA_KM2"] < planzone(INPUT=short_layer, CLIP=polygons(WEST_HALF))["AREA_KM2"]
    told = [
        "The clip layer: 1 feature without usable geometry left out",
        "The clip layer: 1 invalid polygon mended",
        "The clip layer: 1 polygon without an area left out",
    ]
    assert [text for text in feedback.infos if text.startswith("The clip layer")] == told
    record = {row["key"]: row["value"] for row in table(result["RECORD"])}
    assert record["clip_notes"] == "; ".join(told)


# --- side A --------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("kind, wkt, is_left", [
    ("Polygon", "Polygon((36 48, 36.3 48.1, 36.6 48.05, 37 48.2, 37 49, 36 49, 36 48))", True),
    ("Polygon", "Polygon((36 48, 36.3 48.1, 36.6 48.05, 37 48.2, 37 47, 36 47, 36 48))", False),
    ("Point", NORTH, True),
    ("Point", SOUTH, False),
    ("MultiPoint", "MultiPoint((36.2 48.1), (36.8 48.2))", True),
])
def test_ground_says_which_side_is_a_whatever_the_direction(planzone, make_line, short_layer, kind, wkt, is_left):
    left_a = planzone(INPUT=short_layer)
    backward = make_line("LineString(37 48.2, 36.6 48.05, 36.3 48.1, 36 48)")
    right_a = planzone(INPUT=short_layer, REVERSE=True)
    expected = left_a if is_left else right_a
    for layer in (short_layer, backward):
        ground = reprojected(make_line(wkt, kind=kind), "EPSG:32637")
        result = planzone(INPUT=layer, SIDE_A=ground)
        for name in ("AREA_A_KM2", "AREA_B_KM2"):
            assert result[name] == pytest.approx(expected[name], rel=1e-9), name
    swapped = planzone(INPUT=short_layer, SIDE_A=make_line(wkt, kind=kind), REVERSE=True)
    assert swapped["AREA_A_KM2"] == pytest.approx((right_a if is_left else left_a)["AREA_A_KM2"], rel=1e-9)


# --- bands and outline ---------------------------------------------------------------------------------------------

def test_bands_tile_the_sides(planzone, short_layer):
    result = planzone(INPUT=short_layer, BANDS="1, 4", BANDS_OUT="TEMPORARY_OUTPUT", SIDES="TEMPORARY_OUTPUT")
    assert tuple(result["BANDS_OUT"].fields().names()) == f.layer_def("bands").names
    bands, areas = table(result["BANDS_OUT"]), {row["side"]: row["area_km2"] for row in table(result["SIDES"])}
    assert [(row["side"], row["band"], row["from_km"], row["to_km"]) for row in bands] == [
        ("A", 1, 0.0, 1.0), ("A", 2, 1.0, 4.0), ("A", 3, 4.0, 5.0), ("B", 1, 0.0, 1.0), ("B", 2, 1.0, 3.0),
    ]
    for side, area in areas.items():
        assert sum(row["area_km2"] for row in bands if row["side"] == side) == pytest.approx(area, rel=1e-9)
    for row, shape in zip(bands, shapes(result["BANDS_OUT"])):
        assert shape.is_valid
        assert abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6 == pytest.approx(row["area_km2"], rel=1e-9)


def test_without_bands_their_layer_is_empty_and_complete(planzone, short_layer):
    layer = planzone(INPUT=short_layer, BANDS_OUT="TEMPORARY_OUTPUT")["BANDS_OUT"]
    assert layer.featureCount() == 0 and tuple(layer.fields().names()) == f.layer_def("bands").names


def test_outline_errs_on_the_side_that_was_asked_for(planzone, make_line):
    line = [(36.0, 48.0), (37.0, 48.2)]
    layer = make_line("LineString(36 48, 37 48.2)")
    path = [line[0], *GEOD.npts(*line[0], *line[1], 2000), line[1]]
    away = {}
    for mode in range(3):
        result = planzone(INPUT=layer, DEPTH_A=20, DEPTH_B=20, OUTLINE=mode, TOLERANCE=5, ZONE="TEMPORARY_OUTPUT")
        rim = shapely.get_coordinates(shapes(result["ZONE"])[0])
        rim = (rim[:-1] + rim[1:]) / 2  # the middle of an edge is where a straight one is off
        errors = [_distance(point, path) - 20_000 for point in rim[:: max(1, len(rim) // 60)]]
        away[mode] = min(errors), max(errors)
        assert result["ERROR_MAX_M"] <= 5.0 and max(map(abs, errors)) <= 5.0 + 0.05
    assert away[0][0] < -0.1 and away[0][1] > 0.1
    assert away[1][1] <= 0.05 and away[2][0] >= -0.05
    assert away[1][0] < -0.1 and away[2][1] > 0.1


def _distance(point, path):
    """Metres from a point to the nearest of many points on a line: at most a millimetre more than to the line."""
    import numpy as np

    lon, lat = np.array(path).T
    return float(GEOD.inv(np.full(len(lon), point[0]), np.full(len(lat), point[1]), lon, lat)[2].min())


# --- told ----------------------------------------------------------------------------------------------------------

def test_log_tells_the_certificate(planzone, short_layer, recorder):
    feedback = recorder()
    result = planzone(feedback, INPUT=short_layer, RECORD="TEMPORARY_OUTPUT")
    record = {row["key"]: row["value"] for row in table(result["RECORD"])}
    lon, lat = (float(number) for number in record["error_at"].split(","))
    assert (
        f"Error of depth, measured on the outline: at most {record['error_max_m']} m (at {lon:.5f}, {lat:.5f}), "
        f"root mean square {record['error_rms_m']} m."
    ) in feedback.infos
    coarser = ", ".join(f"{float(record[f'line_km_generalised_{n}_km']):.1f} km at {n} km" for n in (1, 5, 10))
    drawn = f"{result['LINE_KM']:.1f} km as drawn, which staffing uses"
    assert f"Length of the contact line: {drawn}; generalised {coarser}." in feedback.infos


def test_record_names_the_layers_of_ground(planzone, short_layer, polygons, make_line):
    clip, point = reprojected(polygons(WEST_HALF), "EPSG:3857"), make_line(NORTH, kind="Point")
    result = planzone(INPUT=short_layer, CLIP=clip, SIDE_A=point, BANDS="1", OUTLINE=2, RECORD="TEMPORARY_OUTPUT")
    record = {row["key"]: row["value"] for row in table(result["RECORD"])}
    assert record["clip"] == clip.name() and record["clip_crs"] == "EPSG:3857" and len(record["clip_sha256"]) == 64
    assert record["side_a"] == point.name() and record["side_a_crs"] == "EPSG:4326"
    assert '"bands_m": [1000.0]' in record["parameters"] and '"outline": "never_short"' in record["parameters"]
    without = table(planzone(INPUT=short_layer, RECORD="TEMPORARY_OUTPUT")["RECORD"])
    assert not [row for row in without if row["key"].startswith(("clip", "side_a"))]


# --- refused -------------------------------------------------------------------------------------------------------

NO_PLACE = "holds a vertex that has no place on the Earth"
BAD_GROUND = {
    "no features": ("Polygon", (), "EPSG:4326", "has no features"),
    "only null": ("Polygon", (None,), "EPSG:4326", "covers no ground"),
    "no area": ("Polygon", ("Polygon((36 48, 36.1 48, 36 48, 36 48))",), "EPSG:4326", "covers no ground"),
    "no reference system": ("Polygon", (WEST_HALF,), "", "has no coordinate reference system"),
    "lines": ("LineString", ("LineString(36 48, 37 49)",), "EPSG:4326", "holds a LineString, not a polygon"),
    "off the Earth": ("Polygon", ("Polygon((4e5 5e6, 5e5 5e6, 5e5 6e6, 4e5 5e6))",), "EPSG:4326", NO_PLACE),
    "not to be transformed": (
        "Polygon", (WEST_HALF, "Polygon((4e5 5e6, 2e30 1e30, 2e30 2e30, 4e5 5e6))",), "EPSG:32637",
        f"{NO_PLACE} (feature 2)",
    ),
}


@pytest.mark.parametrize("parameter, title", [("CLIP", "The clip layer"), ("SIDE_A", "The layer of side A")])
@pytest.mark.parametrize("case", BAD_GROUND)
def test_unusable_ground_is_refused_with_a_sentence(planzone, short_layer, make_line, tmp_path, parameter, title, case):
    kind, texts, crs, sentence = BAD_GROUND[case]
    layer = make_line(*texts, crs=crs, kind=kind)
    with pytest.raises(QgsProcessingException) as caught:
        planzone(INPUT=short_layer, GEOPACKAGE=str(tmp_path / "plan.gpkg"), **{parameter: layer})
    assert str(caught.value).startswith(f"{title} {sentence}" if "kind" not in sentence else title)
    assert sentence in str(caught.value) and "\n" not in str(caught.value)
    assert os.listdir(tmp_path) == []


def test_points_are_no_clip(planzone, short_layer, make_line):
    with pytest.raises(QgsProcessingException, match=r"^The clip layer holds a Point, not a polygon \(feature 1"):
        planzone(INPUT=short_layer, CLIP=make_line(NORTH, kind="Point"))


@pytest.mark.parametrize("parameter", ["CLIP", "SIDE_A"])
def test_ground_that_cannot_be_read_is_refused(planzone, short_layer, parameter, tmp_path):
    with pytest.raises(QgsProcessingException, match=parameter):
        planzone(INPUT=short_layer, **{parameter: str(tmp_path / "missing.gpkg")})


def test_ground_elsewhere_is_refused(planzone, short_layer, polygons):
    far = polygons("Polygon((0 0, 1 0, 1 1, 0 0))")
    with pytest.raises(QgsProcessingException, match="lies inside the clip"):
        planzone(INPUT=short_layer, CLIP=far)
    with pytest.raises(QgsProcessingException, match="lies beside the contact line"):
        planzone(INPUT=short_layer, SIDE_A=far)


@pytest.mark.parametrize("parameter", ["CLIP", "SIDE_A"])
def test_ground_is_never_replaced(planzone, short_layer, polygons, tmp_path, parameter):
    own = tmp_path / "own.geojson"
    own.write_text('{"type": "Polygon", "coordinates": [[[35, 47], [38, 47], [38, 48], [35, 47]]]}')
    before = own.read_bytes()
    with pytest.raises(QgsProcessingException, match="from which an input is read"):
        planzone(INPUT=short_layer, OVERWRITE=True, ZONE=str(own), **{parameter: str(own)})
    assert own.read_bytes() == before


# --- the antimeridian ----------------------------------------------------------------------------------------------

def test_line_across_180_degrees_gives_valid_layers_and_file(planzone, make_line, tmp_path):
    path = tmp_path / "plan.gpkg"
    line = make_line("LineString(178.8 -17, 179.6 -16.8, -179.7 -16.9, -178.9 -16.6)")
    result = planzone(INPUT=line, DEPTH_A=20, DEPTH_B=12, BANDS="5", SECTORS=4, SUBSECTORS=2, GEOPACKAGE=str(path))
    spatial = [role for role in f.ROLES if f.layer_def(role).geometry != f.TABLE]
    for role in spatial:
        layer = QgsVectorLayer(f"{path}|layername={role}", f"{role} layer", "ogr")
        found = shapes(layer)
        assert found and all(shape.is_valid and not shape.is_empty for shape in found), role
        extent = layer.extent()
        assert extent.xMinimum() >= -180 and extent.xMaximum() <= 180, role
        assert min(abs(shapely.get_coordinates(found)[:, 0])) > 178, role
        if role == "zone":
            assert (extent.xMinimum(), extent.xMaximum()) == (-180, 180)
    for role in ("zone", "sides", "bands", "sectors", "subsectors"):
        layer = QgsVectorLayer(f"{path}|layername={role}", f"{role} layer", "ogr")
        areas = sum(abs(GEOD.geometry_area_perimeter(shape)[0]) for shape in shapes(layer)) / 1e6
        assert areas == pytest.approx(result["AREA_KM2"], rel=1e-9), role
    assert result["SECTOR_COUNT"] == 4 and result["ERROR_MAX_M"] <= 1.0
