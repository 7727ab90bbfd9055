"""What the tests of the core share: an exact distance of their own, lines of many shapes, and a short way to a plan.

Nothing here uses the core's geometry to judge the core's geometry: distances are searched along every geodesic edge
with pyproj alone.
"""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import pytest
import shapely
from pyproj import Geod, Proj, Transformer

from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.plan import PlanInputs, make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.staffing.parameters import read_catalogue
from buffer_zone_plugin.core.staffing.postures import read_postures

pytest.register_assert_rewrite("tests.core.unit_grounds")  # its asserts tell what failed, as those of tests do

GEOD = Geod(ellps="WGS84")
TO_SPACE = Transformer.from_pipeline(
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=WGS84"
)
LONGEST_PIECE_M = 20_000.0
GOLDEN = (np.sqrt(5) - 1) / 2
GOLDEN_ROUNDS = 22
QUERIES_AT_ONCE = 400
CHORD_SLACK = 1.0, 5e-4  # metres and share by which the nearest chord may differ from the nearest geodesic
GPKG_ENVELOPES = (0, 32, 48, 48, 64)  # bytes of a GeoPackage geometry header's envelope, by its flag
CENTRE = (37.0, 48.3)


def in_space(lonlat):
    """Earth-centred metres, by PROJ."""
    return np.column_stack(TO_SPACE.transform(lonlat[:, 0], lonlat[:, 1], np.zeros(len(lonlat))))


def short_edges(parts):
    """Start, azimuth and length of every geodesic edge, cut into pieces that a search cannot lose its way on."""
    rows = []
    for part in parts:
        lonlat = np.asarray(part, dtype=float)
        for (lon_1, lat_1), (lon_2, lat_2) in zip(lonlat[:-1], lonlat[1:]):
            length = GEOD.inv(lon_1, lat_1, lon_2, lat_2)[2]
            between = int(np.ceil(length / LONGEST_PIECE_M)) - 1
            points = GEOD.npts(lon_1, lat_1, lon_2, lat_2, between) if between > 0 else []
            points = [(lon_1, lat_1), *points, (lon_2, lat_2)]
            rows += [(*a, *b) for a, b in zip(points[:-1], points[1:])]
    rows = np.array(rows)
    azimuth, _, length = GEOD.inv(*rows.T)
    return rows, azimuth, length


def search_along(rows, azimuth, length, query):
    """Golden section for the distance from each query point to the edge of the same row; its ends count too."""
    def away(share):
        lon, lat, _ = GEOD.fwd(rows[:, 0], rows[:, 1], azimuth, share * length)
        return GEOD.inv(lon, lat, query[:, 0], query[:, 1])[2]

    low, high = np.zeros(len(rows)), np.ones(len(rows))
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = away(left), away(right)
    best = np.minimum(away(low), away(high))
    for _ in range(GOLDEN_ROUNDS):
        nearer = at_left < at_right
        best = np.minimum(best, np.minimum(at_left, at_right))
        low, high = np.where(nearer, low, left), np.where(nearer, right, high)
        fresh = np.where(nearer, high - GOLDEN * (high - low), low + GOLDEN * (high - low))
        at_fresh = away(fresh)
        left, right = np.where(nearer, fresh, right), np.where(nearer, left, fresh)
        at_left, at_right = np.where(nearer, at_fresh, at_right), np.where(nearer, at_left, at_fresh)
    return np.minimum(best, np.minimum(at_left, at_right))


def brute_distance(parts, query):
    """Geodesic distance in metres of points (n, 2) to polylines of geodesic edges, over every edge that can matter."""
    query = np.asarray(query, dtype=float)
    rows, azimuth, length = short_edges(parts)
    start, end, points = in_space(rows[:, :2]), in_space(rows[:, 2:]), in_space(query)
    result = np.empty(len(query))
    for first in range(0, len(query), QUERIES_AT_ONCE):
        here = points[first : first + QUERIES_AT_ONCE]
        to_start = np.linalg.norm(here[:, None] - start[None], axis=2)
        to_end = np.linalg.norm(here[:, None] - end[None], axis=2)
        upper = np.minimum(to_start, to_end).min(axis=1)
        least = np.maximum((to_start + to_end - length) / 2, np.maximum(to_start, to_end) - length)
        which, edge = np.nonzero(least <= (upper * (1 + CHORD_SLACK[1]) + CHORD_SLACK[0])[:, None])
        found = search_along(rows[edge], azimuth[edge], length[edge], query[first + which])
        result[first : first + len(here)] = np.inf
        np.minimum.at(result, first + which, found)
    return result


def midpoint_line(seed, doublings, roughness=0.3, step_km=60.0, corners=6, centre=CENTRE):
    """A fractal front: a random walk of some corners, every edge's middle displaced again and again."""
    rng = np.random.default_rng(seed)
    heading = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.5, corners))
    xy = np.cumsum(step_km * np.column_stack([np.cos(heading), np.sin(heading)]), axis=0)
    for level in range(doublings):
        step = np.diff(xy, axis=0)
        aside = np.column_stack([-step[:, 1], step[:, 0]]) * rng.normal(0, roughness * 0.95**level / 2, (len(step), 1))
        doubled = np.empty((2 * len(xy) - 1, 2))
        doubled[::2], doubled[1::2] = xy, xy[:-1] + step / 2 + aside
        xy = doubled
    return from_km(xy - xy.mean(axis=0), centre)


def from_km(xy, centre=CENTRE):
    """Longitude/latitude of points given in kilometres east and north of a centre."""
    plane = Proj(proj="aeqd", lon_0=centre[0], lat_0=centre[1], ellps="WGS84")
    x, y = np.asarray(xy, dtype=float).T * 1000
    return np.column_stack(plane(x, y, inverse=True))


def read_geometries(path, layer, condition=""):
    """The geometries of a GeoPackage layer, without GDAL: WKB behind a header of known length."""
    where = f" WHERE {condition.replace('==', '=')}" if condition else ""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        (column,) = connection.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
        ).fetchone()
        blobs = [row[0] for row in connection.execute(f'SELECT "{column}" FROM "{layer}"{where}')]
    return [shapely.from_wkb(blob[8 + GPKG_ENVELOPES[blob[3] >> 1 & 7] :]) for blob in blobs]


def as_lines(geometries):
    """Features as the core takes them: one geometry, several, or coordinate arrays."""
    if isinstance(geometries, (np.ndarray, shapely.Geometry)):
        geometries = [geometries]
    lines = [shapely.LineString(g) if isinstance(g, np.ndarray) else g for g in geometries]
    return tuple(InputFeature(number, line) for number, line in enumerate(lines, start=1))


def turning_line(radius_km, turns, points=120, centre=CENTRE):
    """A spiral whose arms lie ``2 * pi * radius_km`` apart."""
    angle = np.linspace(0, 2 * np.pi * turns, points)
    return from_km((radius_km * angle)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), centre)


def closed_line(radius_km, middle_km=(0.0, 0.0), corners=72, centre=CENTRE):
    """A ring, counter-clockwise from due east; its last point is its first."""
    angle = np.linspace(0, 2 * np.pi, corners + 1)
    lonlat = from_km(np.array(middle_km) + radius_km * np.column_stack([np.cos(angle), np.sin(angle)]), centre)
    lonlat[-1] = lonlat[0]
    return lonlat


SHAPES_KM = {
    "straight": [[-100, 0], [0, 5], [100, 0]],
    "salient": [[-160, 0], [-30, 0], [-15, 40], [-14, 90], [0, 100], [14, 90], [15, 40], [30, 0], [160, 0]],
    "zigzag": [[-120, -10], [-80, 25], [-40, -15], [0, 20], [40, -25], [80, 15], [120, -5]],
    "loop": [[-100, 0], [20, 0], [20, 30], [-10, 30], [-10, -40], [100, -40]],
}


@pytest.fixture(scope="session")
def true_distance():
    """`brute_distance`."""
    return brute_distance


@pytest.fixture(scope="session")
def fractal():
    """`midpoint_line`."""
    return midpoint_line


@pytest.fixture(scope="session")
def at_km():
    """`from_km`."""
    return from_km


@pytest.fixture(scope="session")
def layer_geometries():
    """`read_geometries`."""
    return read_geometries


@pytest.fixture(scope="session")
def features():
    """`as_lines`."""
    return as_lines


@pytest.fixture(scope="session")
def sample(sample_line):
    """The sample line's coordinates, longitude/latitude."""
    (feature,) = json.loads(sample_line.read_text(encoding="utf-8"))["features"]
    return np.array(feature["geometry"]["coordinates"], dtype=float)


@pytest.fixture(scope="session")
def inputs_of(repo_root):
    """A function from geometries to a plan's inputs."""
    catalogue = read_catalogue(repo_root / "resources" / "staffing" / "parameters.csv")
    postures = read_postures(repo_root / "resources" / "presets" / "postures.json")

    def inputs(geometries, context=()):
        return PlanInputs(as_lines(geometries), catalogue, postures, context)

    return inputs


@pytest.fixture(scope="session")
def plan_of(inputs_of):
    """A function from geometries and the spec's values to a plan; the same question is answered once."""
    made = {}

    def plan(geometries, **values):
        spec, inputs = PlanSpec(**values), inputs_of(geometries)
        key = spec, tuple(shapely.to_wkb(line.geometry) for line in inputs.lines)
        if key not in made:
            made[key] = make_plan(spec, inputs, Progress())
        return made[key]

    return plan


@pytest.fixture(scope="session")
def sample_plan(plan_of, sample):
    """The demonstration's plan: 20 km on each side, 8 sectors of equal length."""
    return plan_of(sample)


@pytest.fixture(scope="session")
def shape():
    """A function from a name to a contact line: straight, salient, zigzag, loop (crosses itself), ring, spiral."""
    def line(name):
        if name == "ring":
            return closed_line(80.0)
        if name == "spiral":
            return turning_line(8.0, 1.6)
        return from_km(np.array(SHAPES_KM[name], dtype=float))

    return line


@pytest.fixture(scope="session")
def ring():
    """`closed_line`."""
    return closed_line
