"""Fixtures of the Processing tests: a plan built by hand from boxes, the provider, and lines to feed it with."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample" / "illustrative_contact_line.geojson"
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

WEST, EAST, SOUTH, MIDDLE, NORTH = 36.0, 38.0, 47.8, 48.0, 48.2
SECTORS = 4
NO_DATA = -99999.0  # of rasters


def box_plan():
    """A plan of four boxes along a parallel: figures are consistent, the geometry is simple."""
    import numpy as np
    import shapely
    from pyproj import Geod

    from buffer_zone_plugin.core import plan as p
    from buffer_zone_plugin.core.contributors import contribute, contributors_from_text
    from buffer_zone_plugin.core.spec import PlanSpec
    from buffer_zone_plugin.core.staffing.build_up import SectorInputs
    from buffer_zone_plugin.core.staffing.draws import drivers
    from buffer_zone_plugin.core.staffing.model import PersonRange, Staffing
    from buffer_zone_plugin.core.staffing.overrides import Effective
    from buffer_zone_plugin.core.staffing.parameters import read_catalogue
    from buffer_zone_plugin.core.staffing.postures import read_postures

    geod = Geod(ellps="WGS84")

    def area(geometry):
        return abs(geod.geometry_area_perimeter(geometry)[0])

    def box(west, south, east, north):
        return shapely.multipolygons([shapely.box(west, south, east, north)])

    cuts = np.linspace(WEST, EAST, SECTORS + 1)
    areas = [(area(box(w, MIDDLE, e, NORTH)), area(box(w, SOUTH, e, MIDDLE))) for w, e in zip(cuts, cuts[1:])]
    area_a, area_b = sum(a for a, _ in areas), sum(b for _, b in areas)
    line = shapely.LineString([(x, MIDDLE) for x in cuts])
    lengths = [geod.inv(w, MIDDLE, e, MIDDLE)[2] for w, e in zip(cuts, cuts[1:])]
    names = ("", "north", "south")
    zone = p.Zone(
        box(WEST, SOUTH, EAST, NORTH), area_a + area_b, area_a, area_b, 0.0, sum(lengths),
        abs(geod.geometry_area_perimeter(shapely.box(WEST, SOUTH, EAST, NORTH))[1]), 0.7, 0.2, (WEST, SOUTH),
    )
    sides = (
        p.Side("A", names[1], 22_000.0, box(WEST, MIDDLE, EAST, NORTH), area_a),
        p.Side("B", names[2], 22_000.0, box(WEST, SOUTH, EAST, MIDDLE), area_b),
    )
    half = (MIDDLE + NORTH) / 2, (SOUTH + MIDDLE) / 2
    bands = tuple(
        p.Band(side, number, start, end, shape, area(shape))
        for side, number, start, end, shape in (
            ("A", 1, 0.0, 11_000.0, box(WEST, MIDDLE, EAST, half[0])),
            ("A", 2, 11_000.0, 22_000.0, box(WEST, half[0], EAST, NORTH)),
            ("B", 1, 0.0, 11_000.0, box(WEST, half[1], EAST, MIDDLE)),
            ("B", 2, 11_000.0, 22_000.0, box(WEST, SOUTH, EAST, half[1])),
        )
    )
    sectors = tuple(
        p.Sector(i + 1, f"S{i + 1}", box(cuts[i], SOUTH, cuts[i + 1], NORTH), lengths[i], sum(areas[i]), *areas[i])
        for i in range(SECTORS)
    )
    subsectors = tuple(
        p.Subsector(
            2 * i + half + 1, i + 1, f"S{i + 1}.{half + 1}", box(cuts[i], south, cuts[i + 1], north), lengths[i] / 2,
            sum(shares), *shares, 2, PersonRange(102, 205, 411), 50,
        )
        for i in range(SECTORS)
        for half, (south, north, shares) in enumerate(
            ((SOUTH, MIDDLE, (0.0, areas[i][1])), (MIDDLE, NORTH, (areas[i][0], 0.0))),
        )
    )
    boundaries = tuple(
        p.SectorBoundary(
            i, i, i + 1, (f"S{i}", f"S{i + 1}"),
            shapely.LineString([(cuts[i], SOUTH), (cuts[i], MIDDLE), (cuts[i], NORTH)]),
            44_000.0, sum(lengths[:i]), (float(cuts[i]), MIDDLE),
        )
        for i in range(1, SECTORS)
    )
    kinds = ("op", "op", "sensor", "op", "crossing")
    posts = tuple(
        p.Post(
            i + 1, min(i * SECTORS // 20, SECTORS - 1) + 1, kinds[i % 5], "contact",
            shapely.Point(WEST + (EAST - WEST) * (i + 0.5) / 20, MIDDLE), sum(lengths) * (i + 0.5) / 20, 3, 12.0,
        )
        for i in range(20)
    )
    central = np.array([[96, 60, 48, 31, 52, 123]] * SECTORS, dtype=np.int64)
    staffing = Staffing(
        central // 2, central, central * 2 + 1, np.full(SECTORS, 10.25),
        PersonRange(10, 20, 40), PersonRange(2000, 6640, 17000),
    )
    at = np.array([post.sector_id - 1 for post in posts])
    crossing = np.array([post.kind == "crossing" for post in posts])
    sector_inputs = SectorInputs(
        np.array(lengths) / 1e3, np.array([sum(pair) for pair in areas]) / 1e6,
        np.bincount(at[~crossing], minlength=SECTORS), np.bincount(at[crossing], minlength=SECTORS),
    )
    resources = Path(__file__).parents[2] / "resources"
    catalogue = read_catalogue(resources / "staffing" / "parameters.csv")
    verify = read_postures(resources / "presets" / "postures.json")["verify"]
    names_of = [f"S{i + 1}" for i in range(SECTORS)]
    support = central[:, -1]
    sent = contribute(
        contributors_from_text("North=50; South=30"), central.sum(axis=1) - support, support, names_of, 20,
    )
    return p.Plan(
        PlanSpec(
            depth_a_m=22_000.0, depth_b_m=22_000.0, name_a=names[1], name_b=names[2], bands_m=(11_000.0,),
            sectors=SECTORS,
        ),
        zone, sides, bands, sectors, subsectors, boundaries,
        (p.ContactPart(1, 1, "A", line, sum(lengths)),), ((0.0, sum(lengths)),),
        posts, Effective(verify, catalogue), staffing, sector_inputs, True,
        drivers(sector_inputs, verify, catalogue), sent, ("Zone force under the posture verify: 820 persons",),
        (("plugin_version", "0.1.0"), ("spec", "{}")), ("2 duplicate vertices were removed",),
    )


@pytest.fixture(scope="session")
def plan():
    """A plan of four boxes."""
    return box_plan()


@pytest.fixture(scope="module")
def provider(qgis_processing):
    """The plugin's provider in Processing's registry, as the plugin registers it."""
    from qgis.core import QgsApplication

    from buffer_zone_plugin.processing.provider import BufferZoneProvider

    registry = QgsApplication.processingRegistry()
    if registry.providerById("bufferzone") is not None:
        yield registry.providerById("bufferzone")
        return
    made = BufferZoneProvider()
    assert registry.addProvider(made)
    yield made
    registry.removeProvider("bufferzone")


def line_layer(*wkt, crs="EPSG:4326", kind="LineString"):
    """A temporary layer with one feature per WKT; None gives a feature without geometry."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsVectorLayer

    layer = QgsVectorLayer(f"{kind}?crs={crs}", "line layer", "memory")
    if not crs:
        layer.setCrs(QgsCoordinateReferenceSystem())
    features = []
    for text in wkt:
        feature = QgsFeature()
        if text is not None:
            feature.setGeometry(QgsGeometry.fromWkt(text))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


def tables(path, layers):
    """Write layers as tables of a new GeoPackage, by name; returns what names each to Processing."""
    from qgis.core import QgsProject, QgsVectorFileWriter

    options = QgsVectorFileWriter.SaveVectorOptions()
    for options.layerName, layer in layers.items():
        error, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, str(path), QgsProject.instance().transformContext(), options,
        )
        assert not error
        options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    return [f"{path}|layername={name}" for name in layers]


def column(layer, name):
    """The values of a field, in the order of the features, None for nulls."""
    from buffer_zone_plugin.compat import plain

    return [plain(feature[name]) for feature in layer.getFeatures()]


def record(result):
    """The run record of a result that has one: values by key."""
    return dict(zip(column(result["RECORD"], "key"), column(result["RECORD"], "value")))


SHORT_LINE = "LineString(36 48, 36.3 48.1, 36.6 48.05, 37 48.2)"
SHORT = {"DEPTH_A": 5, "DEPTH_B": 3, "SECTORS": 3}


@pytest.fixture()
def short_layer():
    """A line of about 80 km."""
    return line_layer(SHORT_LINE)


@pytest.fixture()
def context(provider):
    """A context of a run, whose layers are gone when the test is over.

    PyQGIS keeps the traceback of what an algorithm raises, with all frames that called it: a raster that is left in
    them crashes Python when it ends.
    """
    from qgis.core import QgsProcessingContext, QgsProject

    made = QgsProcessingContext()
    made.setProject(QgsProject.instance())
    yield made
    made.temporaryLayerStore().removeAllMapLayers()


@pytest.fixture()
def planzone(provider, context):
    """Run the algorithm with the values given on top of a short plan's."""
    import processing

    own = context

    def run(feedback=None, context=None, **values):
        parameters = {**SHORT, "SECTORS_OUT": "TEMPORARY_OUTPUT", **values}
        return processing.run("bufferzone:planzone", parameters, feedback=feedback, context=context or own)

    return run


@pytest.fixture()
def algorithm(provider):
    """A fresh copy of the algorithm, as the toolbox and the panel make it."""
    from qgis.core import QgsApplication

    return QgsApplication.processingRegistry().createAlgorithmById("bufferzone:planzone")


@pytest.fixture(scope="session")
def recorder():
    """The class of feedback that keeps what it is told; cancels when the progress reaches ``stop_at``."""
    from qgis.core import QgsProcessingFeedback

    class Recorder(QgsProcessingFeedback):
        def __init__(self, stop_at=None, on_percent=None):
            super().__init__(False)
            self.infos, self.warnings, self.errors, self.texts, self.percent = [], [], [], [], []
            self.asked = 0
            self._stop_at, self._on_percent = stop_at, on_percent
            self.progressChanged.connect(self.on_progress)

        def on_progress(self, percent):
            self.percent.append(percent)
            if self._on_percent is not None:
                self._on_percent(percent)
            if self._stop_at is not None and percent >= self._stop_at:
                self.cancel()

        def isCanceled(self):
            self.asked += 1
            return super().isCanceled()

        def pushInfo(self, info):
            self.infos.append(info)

        def pushWarning(self, warning):
            self.warnings.append(warning)

        def reportError(self, error, fatalError=False):
            self.errors.append(error)

        def setProgressText(self, text):
            self.texts.append(text)

    return Recorder


@pytest.fixture(scope="session")
def in_table():
    """Return the destination of a table in a database file."""
    return lambda path, name: f"ogr:dbname='{path}' table=\"{name}\" (geom)"


@pytest.fixture(scope="session")
def content():
    """Return what is in a folder: every file's bytes, but of ``shared.gpkg``, which gets tables, what it holds."""

    def read(folder):
        found = {name: (folder / name).read_bytes() for name in os.listdir(folder) if (folder / name).is_file()}
        if "shared.gpkg" in found:
            with closing(sqlite3.connect(folder / "shared.gpkg")) as database:
                found["shared.gpkg"] = list(database.iterdump())
        return found

    return read


@pytest.fixture()
def make_line():
    """Make a temporary layer of lines from WKT."""
    return line_layer


@pytest.fixture()
def attributed(provider):
    """A function from WKT and values to a temporary layer with one field."""
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    from buffer_zone_plugin.compat import make_field

    def make(kind, rows, field="value", of="real", crs="EPSG:4326"):
        layer = QgsVectorLayer(f"{kind}?crs={crs}", "given layer", "memory")
        layer.dataProvider().addAttributes([make_field(field, of)])
        layer.updateFields()
        features = []
        for wkt, value in rows:
            feature = QgsFeature(layer.fields())
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
            feature.setAttributes([value])
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        return layer

    return make


@pytest.fixture()
def raster(tmp_path):
    """A function that writes a raster: values (rows, columns), west and north edge, size of a cell."""
    from osgeo import gdal, osr

    def write(values, west=35.5, north=48.6, cell=0.01, epsg=4326, name="persons.tif"):
        path = str(tmp_path / name)
        rows, columns = values.shape
        file = gdal.GetDriverByName("GTiff").Create(path, columns, rows, 1, gdal.GDT_Float32)
        file.SetGeoTransform((west, cell, 0, north, 0, -cell))
        system = osr.SpatialReference()
        system.ImportFromEPSG(epsg)
        file.SetProjection(system.ExportToWkt())
        band = file.GetRasterBand(1)
        band.SetNoDataValue(NO_DATA)
        band.WriteArray(values)
        file = band = None  # written when it is closed
        return path

    return write
