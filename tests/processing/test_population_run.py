"""Who lives where, through the real algorithm: rasters and points of persons, what is told of them and what refused."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsProcessingException, QgsRasterLayer

from .conftest import NO_DATA, column, record

pytestmark = pytest.mark.qgis


def steps(rows=80, columns=200):
    """Persons per cell that grow eastwards; the westernmost tenth is not known."""
    values = np.tile(np.linspace(1, 9, columns), (rows, 1)).astype(np.float32)
    values[:, : columns // 10] = NO_DATA
    return values


def test_persons_of_a_raster_are_shared_and_counted(planzone, short_layer, raster):
    path = raster(steps())
    result = planzone(INPUT=short_layer, SPLIT=4, SECTORS=4, POPULATION=path, RECORD="TEMPORARY_OUTPUT")
    persons = column(result["SECTORS_OUT"], "population")
    assert persons == pytest.approx([np.mean(persons)] * 4, rel=0.01)
    lengths = column(result["SECTORS_OUT"], "line_km")
    assert lengths == sorted(lengths, reverse=True)  # fewer people in the west
    density = sum(persons) / result["AREA_KM2"]
    cell_km2 = 1.11 * 0.745
    assert 1 / cell_km2 < density < 9 / cell_km2
    entries = record(result)
    assert entries["population"] == "persons" and entries["population_crs"] == "EPSG:4326"
    assert float(entries["population_persons_read"]) >= sum(persons)


def test_a_raster_in_another_system_gives_the_same_people(planzone, short_layer, raster):
    whole = raster(np.full((80, 200), 5.0, dtype=np.float32), name="lonlat.tif")
    metric = str(whole).replace("lonlat", "metric")
    gdal.Warp(metric, whole, dstSRS="EPSG:32637", xRes=700, yRes=700, resampleAlg="sum")
    found = [
        sum(column(planzone(INPUT=short_layer, SECTORS=2, POPULATION=path)["SECTORS_OUT"], "population"))
        for path in (whole, metric)
    ]
    assert found[1] == pytest.approx(found[0], rel=0.01)


def test_cells_larger_than_the_zone_count_with_the_part_inside(planzone, short_layer, raster):
    fine = raster(np.full((80, 200), 1.0, dtype=np.float32), name="fine.tif")
    coarse = raster(np.full((2, 5), 1600.0, dtype=np.float32), cell=0.4, name="coarse.tif")
    found = [
        sum(column(planzone(INPUT=short_layer, POPULATION=path)["SECTORS_OUT"], "population"))
        for path in (fine, coarse)
    ]
    assert found[1] == pytest.approx(found[0], rel=0.01)


def test_cells_without_a_value_are_nobody(planzone, short_layer, raster, recorder):
    values = np.full((80, 200), NO_DATA, dtype=np.float32)
    values[:, 100:] = 2.0
    values[50, 120] = -5.0
    told = recorder()
    result = planzone(feedback=told, INPUT=short_layer, SECTORS=2, POPULATION=raster(values))
    west, east = column(result["SECTORS_OUT"], "population")
    assert west < east
    assert any("cells below 0" in text for text in told.warnings)


def test_persons_of_points(planzone, short_layer, attributed):
    towns = attributed("Point", [(f"Point({36 + 0.1 * k} 48.1)", 100.0) for k in range(10)])
    result = planzone(INPUT=short_layer, SPLIT=4, SECTORS=2, POPULATION=towns, POPULATION_FIELD="value")
    persons = column(result["SECTORS_OUT"], "population")
    assert abs(persons[0] - persons[1]) <= 100 and sum(persons) % 100 == 0 < sum(persons)


def test_without_population_none_is_told(planzone, short_layer):
    assert column(planzone(INPUT=short_layer)["SECTORS_OUT"], "population") == [None] * 3


def test_population_that_cannot_be_used_is_refused(planzone, short_layer, attributed, raster, make_line):
    far = raster(steps(), west=100.0)
    towns = attributed("Point", [("Point(36.5 48.1)", -3.0)])
    names = attributed("Point", [("Point(36.5 48.1)", "many")], of="text")
    for values, sentence in (
        ({"POPULATION": far}, "does not reach the contact line"),
        ({"POPULATION": towns}, "no field with their persons was named"),
        ({"POPULATION": towns, "POPULATION_FIELD": "persons"}, "has no field persons"),
        ({"POPULATION": towns, "POPULATION_FIELD": "value"}, "which is no number of persons"),
        ({"POPULATION": names, "POPULATION_FIELD": "value"}, "which is no number of persons"),
        ({"POPULATION": "/nowhere/persons.tif"}, "could not be read: /nowhere/persons.tif. Check"),
    ):
        with pytest.raises(QgsProcessingException) as caught:
            planzone(INPUT=short_layer, SPLIT=4, **values)
        assert sentence in str(caught.value)


def test_a_raster_without_a_reference_system_is_refused(planzone, short_layer, raster, context):
    from qgis.core import QgsCoordinateReferenceSystem

    layer = QgsRasterLayer(raster(steps()), "bare")
    layer.setCrs(QgsCoordinateReferenceSystem())
    context.temporaryLayerStore().addMapLayer(layer)  # which removes it in time
    with pytest.raises(QgsProcessingException, match="no coordinate reference system"):
        planzone(INPUT=short_layer, SPLIT=4, POPULATION=layer)


def ones(rows=80, columns=200, value=1.0):
    return np.full((rows, columns), value, dtype=np.float32)


def told_by(planzone, recorder, layer, population, **values):
    """What a run told: its feedback, its record, and the persons of the sectors."""
    feedback = recorder()
    result = planzone(feedback=feedback, INPUT=layer, POPULATION=population, RECORD="TEMPORARY_OUTPUT", **values)
    return feedback, record(result), column(result["SECTORS_OUT"], "population")


def test_the_inhabitants_of_the_zone_are_told(planzone, short_layer, raster, recorder):
    told, entries, persons = told_by(planzone, recorder, short_layer, raster(ones(value=500.0)))
    assert f"Inhabitants of the zone: {sum(persons):,}" in told.infos and sum(persons) > 100_000
    assert entries["population_of_zone"] == str(sum(persons))
    assert float(entries["population_covered"]) > 0.995
    assert not any("raster of population" in text for text in told.warnings)


@pytest.mark.parametrize("cell", [0.0025, 0.01, 0.2])
@pytest.mark.parametrize("ends", [True, False])
def test_ground_that_the_raster_does_not_cover_is_told(planzone, short_layer, raster, recorder, cell, ends):
    rows, columns, east = round(0.8 / cell), round(2 / cell), round(1 / cell)
    values = ones(rows, columns, 3.0)
    values[:, east:] = NO_DATA  # east of 36.5, the middle of the line
    path = raster(values[:, :east] if ends else values, cell=cell)
    told, entries, persons = told_by(planzone, recorder, short_layer, path)
    covered = float(entries["population_covered"])
    assert covered == pytest.approx(0.5, abs=0.02) and persons[0] > 0 == persons[-1]
    told_share = f"The raster of population covers {100 * covered:.0f} % of the zone; nobody is counted on the rest"
    assert told_share in told.warnings


def test_zero_is_a_value_and_no_value_is_not_nobody(planzone, short_layer, raster, recorder):
    told, entries, persons = told_by(planzone, recorder, short_layer, raster(ones(value=0.0)))
    assert persons == [0, 0, 0] and "Inhabitants of the zone: 0" in told.infos
    told, entries, persons = told_by(planzone, recorder, short_layer, raster(ones(value=NO_DATA), name="none.tif"))
    assert persons == [None, None, None] and float(entries["population_covered"]) == 0
    assert entries["population_of_zone"] == ""
    assert not any("Inhabitants" in text for text in told.infos)
    assert any("holds no values in the zone" in text for text in told.warnings)
    with pytest.raises(QgsProcessingException, match="holds no values in the zone"):
        planzone(INPUT=short_layer, SPLIT=4, POPULATION=raster(ones(value=NO_DATA), name="none.tif"))


def test_points_without_a_number_are_told_and_cover_nothing_known(planzone, short_layer, attributed, recorder):
    towns = attributed("Point", [("Point(36.3 48.1)", 1200.0), ("Point(36.5 48.1)", None)])
    told, entries, persons = told_by(planzone, recorder, short_layer, towns, POPULATION_FIELD="value")
    assert any("1 point without a place or a number left out" in text for text in told.warnings)
    assert "Inhabitants of the zone: 1,200" in told.infos and sum(persons) == 1200
    assert entries["population_covered"] == "" and entries["population_of_zone"] == "1200"


def test_without_population_no_inhabitants_are_told(planzone, short_layer, recorder):
    told = recorder()
    entries = record(planzone(feedback=told, INPUT=short_layer, RECORD="TEMPORARY_OUTPUT"))
    assert entries["population_of_zone"] == entries["population_covered"] == ""
    assert not any("Inhabitants" in text for text in told.infos)


@pytest.fixture()
def written(tmp_path):
    """A function that writes a raster of any type, geotransform and bands, with values and a value for no data."""
    def write(values, transform, kind=gdal.GDT_Float32, no_data=None, bands=1, points=()):
        path = str(tmp_path / "any.tif")
        file = gdal.GetDriverByName("GTiff").Create(path, values.shape[1], values.shape[0], bands, kind)
        system = osr.SpatialReference()
        system.ImportFromEPSG(4326)
        if points:
            file.SetGCPs([gdal.GCP(*point) for point in points], system.ExportToWkt())
        else:
            file.SetGeoTransform(transform)
            file.SetProjection(system.ExportToWkt())
        if no_data is not None:
            file.GetRasterBand(1).SetNoDataValue(no_data)
        file.GetRasterBand(1).WriteArray(values)
        file = None
        return path

    return write


NORTH_UP = (35.5, 0.01, 0, 48.6, 0, -0.01)
CORNERS = ((35.5, 48.6, 0, 0, 0), (37.5, 48.7, 0, 200, 0), (37.4, 47.8, 0, 200, 80), (35.5, 47.8, 0, 0, 80))


@pytest.mark.parametrize("transform, points", [
    ((35.5, 0.01, 0.002, 48.6, 0.001, -0.01), ()), ((35.5, 0.01, 0, 47.8, 0, 0.02), ()), (None, CORNERS),
])
def test_a_raster_that_is_not_north_up_is_refused(planzone, short_layer, written, algorithm, transform, points):
    from qgis.core import QgsProcessingContext

    path = written(ones(), transform, points=points)
    with pytest.raises(QgsProcessingException, match="rotated or not on a grid with north up") as caught:
        planzone(INPUT=short_layer, POPULATION=path)
    assert "gdalwarp -r sum" in str(caught.value)
    ok, message = algorithm.checkParameterValues(
        {"INPUT": short_layer, "POPULATION": path, "SECTORS_OUT": "TEMPORARY_OUTPUT"}, QgsProcessingContext(),
    )
    assert not ok and "rotated" in message


def test_a_flipped_raster_on_its_own_grid_gives_the_same_people(planzone, short_layer, written, recorder):
    values = steps()
    found = [
        told_by(planzone, recorder, short_layer, written(array, transform, no_data=NO_DATA))[2]
        for array, transform in ((values, NORTH_UP), (values[::-1], (35.5, 0.01, 0, 47.8, 0, 0.01)))
    ]
    assert found[0] == pytest.approx(found[1], rel=1e-3) and min(found[0]) > 0


def test_the_first_of_several_bands_is_read_and_told(planzone, short_layer, written, recorder):
    told, _, persons = told_by(planzone, recorder, short_layer, written(ones(), NORTH_UP, bands=3))
    assert any("band 1 of 3 was read" in text for text in told.warnings) and sum(persons) > 0


@pytest.mark.parametrize("kind, no_data", [
    (gdal.GDT_Float32, float("nan")), (gdal.GDT_Byte, 255), (gdal.GDT_Int16, -1), (gdal.GDT_UInt32, 4294967295),
    (gdal.GDT_Float64, -1.7e308), (gdal.GDT_Int32, 0),
])
def test_any_type_and_value_for_no_data(planzone, short_layer, written, recorder, kind, no_data):
    values = np.full((80, 200), no_data, dtype=np.float64)
    values[:, :100] = 7
    _, entries, persons = told_by(planzone, recorder, short_layer, written(values, NORTH_UP, kind, no_data))
    _, _, most = told_by(planzone, recorder, short_layer, written(ones(value=7), NORTH_UP))
    assert sum(persons) == pytest.approx(sum(most) / 2, rel=0.03) and sum(persons) > 0
    assert float(entries["population_covered"]) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("no_data", [None, -5.0])
def test_a_value_for_no_data_that_only_the_layer_has(planzone, short_layer, written, recorder, no_data):
    from qgis.core import QgsRasterRange

    values = ones(value=2.0)
    values[:, 100:] = 9999
    layer = QgsRasterLayer(written(values, NORTH_UP, no_data=no_data), "persons")
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(9999, 9999)])
    _, entries, persons = told_by(planzone, recorder, short_layer, layer)
    assert float(entries["population_covered"]) == pytest.approx(0.5, abs=0.02)
    assert 0 < sum(persons) < 9999


def test_a_raster_of_one_cell(planzone, short_layer, written, recorder):
    path = written(ones(1, 1, 1e6), (35.0, 3.0, 0, 49.0, 0, -2.0))
    told, entries, persons = told_by(planzone, recorder, short_layer, path)
    assert float(entries["population_covered"]) == pytest.approx(1, abs=0.01) and min(persons) > 0
    assert not any("raster of population" in text for text in told.warnings)


@pytest.fixture()
def huge(tmp_path):
    """A raster of 40,000 x 40,000 cells without a file of values: all zero."""
    path = tmp_path / "huge.vrt"
    system = osr.SpatialReference()
    system.ImportFromEPSG(4326)
    path.write_text(
        f'<VRTDataset rasterXSize="40000" rasterYSize="40000"><SRS>{system.ExportToWkt()}</SRS>'
        "<GeoTransform>27, 0.0005, 0, 58, 0, -0.0005</GeoTransform>"
        '<VRTRasterBand dataType="Float32" band="1"/></VRTDataset>'
    )
    return str(path)


def test_of_a_huge_raster_only_what_is_near_is_read(planzone, short_layer, huge, recorder, monkeypatch):
    from buffer_zone_plugin.processing import population_raster

    read = []
    values = population_raster._Tile.values
    monkeypatch.setattr(population_raster._Tile, "values", lambda tile, p: (read.append(tile), values(tile, p))[1])
    _, entries, persons = told_by(planzone, recorder, short_layer, huge)
    assert persons == [0, 0, 0] and float(entries["population_covered"]) > 0.99
    assert 0 < len(read) < 40
    assert all(tile.columns <= population_raster.TILE >= tile.rows for tile in read)


def test_reading_a_raster_can_be_cancelled(provider, short_layer, huge):
    from qgis.core import QgsProcessingContext

    from buffer_zone_plugin.core.cells import around
    from buffer_zone_plugin.core.errors import PlanCancelledError
    from buffer_zone_plugin.core.features import InputFeature
    from buffer_zone_plugin.core.progress import Progress
    from buffer_zone_plugin.output.layers import to_shapely
    from buffer_zone_plugin.processing.population_raster import collect_raster, read_raster

    raster = collect_raster(QgsRasterLayer(huge, "huge"))
    lines = [InputFeature(1, to_shapely([next(short_layer.getFeatures()).geometry()])[0])]
    near = around(lines, 5_500.0)
    population, _ = read_raster(raster, near, 5_000.0, QgsProcessingContext(), Progress())
    assert 50_000 < len(population.known[0]) < 250_000 and len(population.persons) == 0
    asked = iter([False] * 12 + [True] * 100)
    with pytest.raises(PlanCancelledError):
        read_raster(raster, near, 5_000.0, QgsProcessingContext(), Progress(is_cancelled=lambda: next(asked)))


def test_a_raster_is_not_replaced_by_the_plan(planzone, short_layer, raster, tmp_path):
    path = str(tmp_path / "both.gpkg")
    gdal.Translate(path, raster(steps().astype(np.float32)), format="GPKG")
    with pytest.raises(QgsProcessingException, match="from which an input is read"):
        planzone(INPUT=short_layer, POPULATION=path, GEOPACKAGE=path, OVERWRITE=True)


def test_an_empty_line_is_told_as_such_with_a_raster(planzone, make_line, raster):
    with pytest.raises(QgsProcessingException, match="Every feature of the contact line has an empty geometry"):
        planzone(INPUT=make_line(None), SPLIT=4, POPULATION=raster(steps()))


def test_the_record_tells_fields_and_what_was_in_them(planzone, short_layer, attributed, raster):
    found = []
    for number in (100.0, 200.0):
        towns = attributed("Point", [("Point(36.5 48.1)", number), ("Point(36.2 48.05)", 5.0)])
        found.append(record(planzone(
            INPUT=short_layer, POPULATION=towns, POPULATION_FIELD="value", RECORD="TEMPORARY_OUTPUT",
        )))
    assert found[0]["population_field"] == "value"
    assert found[0]["population_sha256"] != found[1]["population_sha256"]
    assert len(record(planzone(
        INPUT=short_layer, POPULATION=raster(steps()), RECORD="TEMPORARY_OUTPUT"))["population_sha256"]) == 64


def test_a_new_split_counts_all_who_live_in_the_zone(planzone, make_line, raster, context):
    """Two forward lines far apart, and a zone that tells no depth: people live in the middle, too."""
    import processing

    north, south = make_line("LineString(36 48.3, 37 48.3)"), make_line("LineString(36 47.9, 37 47.9)")
    persons = raster(np.full((120, 200), 1.0, dtype=np.float32))
    plan = planzone(
        INPUT=north, INPUT_B=south, POPULATION=persons, SECTORS=2, LINE="TEMPORARY_OUTPUT", SIDES="TEMPORARY_OUTPUT",
        ZONE="TEMPORARY_OUTPUT",
    )
    bare = processing.run("native:retainfields", {
        "INPUT": plan["ZONE"], "FIELDS": ["name"], "OUTPUT": "TEMPORARY_OUTPUT",
    }, context=context)["OUTPUT"]
    told = sum(column(plan["SECTORS_OUT"], "population"))
    for zone in (plan["SIDES"], bare):
        again = processing.run("bufferzone:splitsectors", {
            "INPUT": plan["LINE"], "ZONE": zone, "SECTORS": 2, "POPULATION": persons,
            "SECTORS_OUT": "TEMPORARY_OUTPUT",
        }, context=context)
        assert sum(column(again["SECTORS_OUT"], "population")) == pytest.approx(told, rel=5e-3)
