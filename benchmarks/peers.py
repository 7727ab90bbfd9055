"""Who is measured: the plugin's zone, and what users of other tools get. Every entry is opened in its own process.

Opening loads the line to where the tool works on it; that is not timed. A run goes from there to a polygon in
longitude/latitude; that is timed, re-projection there and back included.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import shapely
from pyproj import Proj

from . import postgis


@dataclass(frozen=True)
class Job:
    """A tool with its line: ``run`` makes the zone, ``pid`` is the process that works on it."""

    run: Callable[[], Any]
    pid: int


@dataclass(frozen=True)
class Peer:
    """``open`` takes the line (n, 2), the depth in metres and the cluster's folder or None, and gives a `Job`."""

    key: str
    name: str
    open: Callable[..., Job]


def ours(tolerance_m, lonlat, depth_m, _):
    """The certified zone of the plugin's core, from the raw line to the polygon."""
    from buffer_zone_plugin.core.arrangement import arrange, inner_points, united
    from buffer_zone_plugin.core.contact_line import clean
    from buffer_zone_plugin.core.distance import DistanceField
    from buffer_zone_plugin.core.features import InputFeature
    from buffer_zone_plugin.core.progress import Progress
    from buffer_zone_plugin.core.zone import outline

    feature = InputFeature(1, shapely.LineString(lonlat))

    def run():
        line = clean([feature], 2 * depth_m)
        field = DistanceField(line.parts, depth_m)
        made = outline(line.flat, line.plane, field, depth_m, tolerance_m, Progress())
        faces = arrange([shapely.linestrings(ring) for ring in made.rings])
        inside = field.distance(line.plane.inverse(inner_points(faces))) <= depth_m + tolerance_m
        return shapely.transform(united(faces, inside), line.plane.inverse)

    return Job(run, os.getpid())


def in_shapely(segments, lonlat, depth_m, _):
    """A planar buffer in an equal-area plane centred on the line."""
    plane = Proj(**fitted(lonlat))

    def run():
        flat = shapely.LineString(np.column_stack(plane(*lonlat.T)))
        zone = shapely.buffer(flat, depth_m, quad_segs=segments)
        return shapely.transform(zone, lambda xy: np.column_stack(plane(*xy.T, inverse=True)))

    return Job(run, os.getpid())


def in_postgis(segments, lonlat, depth_m, folder):
    """`ST_Buffer` on geography: PostGIS chooses the plane. The result comes back as well-known binary."""
    if folder is None:
        raise postgis.NotAvailableError("no cluster")
    connection = postgis.connect(folder)
    cursor = connection.cursor()
    cursor.execute(
        "INSERT INTO line (geog) VALUES (ST_GeomFromWKB(%s, 4326)::geography) RETURNING id",
        (shapely.to_wkb(shapely.LineString(lonlat)),),
    )
    (row,) = cursor.fetchone()
    question = "SELECT ST_AsBinary(ST_Buffer(geog, %s, %s)) FROM line WHERE id = %s"

    def run():
        cursor.execute(question, (depth_m, f"quad_segs={segments}", row))
        return shapely.from_wkb(bytes(cursor.fetchone()[0]))

    return Job(run, connection.info.backend_pid)


def in_qgis(segments, lonlat, depth_m, _):
    """`native:reprojectlayer`, `native:buffer`, `native:reprojectlayer`, between memory layers."""
    from qgis.analysis import QgsNativeAlgorithms
    from qgis.core import (
        QgsApplication,
        QgsCoordinateReferenceSystem,
        QgsFeature,
        QgsGeometry,
        QgsProcessingContext,
        QgsProcessingFeedback,
        QgsVectorLayer,
    )

    if not QgsApplication.instance():
        application = QgsApplication([], False)
        application.initQgis()
        in_qgis.application = application, QgsNativeAlgorithms()  # QGIS ends with whoever holds these
        QgsApplication.processingRegistry().addProvider(in_qgis.application[1])
    words = " ".join(f"+{key}={value}" for key, value in fitted(lonlat).items())
    plane = QgsCoordinateReferenceSystem.fromProj(f"{words} +units=m +type=crs")
    layer = QgsVectorLayer("LineString?crs=EPSG:4326", "line", "memory")
    feature, geometry = QgsFeature(), QgsGeometry()
    geometry.fromWkb(shapely.to_wkb(shapely.LineString(lonlat)))
    feature.setGeometry(geometry)
    layer.dataProvider().addFeature(feature)
    layer.updateExtents()

    def run():
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)

        def step(name, source, **parameters):
            algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"native:{name}")
            values = {"INPUT": source, "OUTPUT": "memory:", **parameters}
            result, good = algorithm.run(values, context, feedback)
            if not good:
                raise RuntimeError(f"native:{name} failed")
            return context.getMapLayer(result["OUTPUT"])

        flat = step("reprojectlayer", layer, TARGET_CRS=plane)
        zone = step(
            "buffer", flat, DISTANCE=depth_m, SEGMENTS=segments, END_CAP_STYLE=0, JOIN_STYLE=0, DISSOLVE=False
        )
        back = step("reprojectlayer", zone, TARGET_CRS=layer.crs())
        return shapely.from_wkb(bytes(next(back.getFeatures()).geometry().asWkb()))

    return Job(run, os.getpid())


def fitted(lonlat):
    """The equal-area plane that a careful user would choose: Lambert's, centred on the line."""
    lon_0, lat_0 = ((lonlat.min(axis=0) + lonlat.max(axis=0)) / 2).round(4).tolist()
    return {"proj": "laea", "lon_0": lon_0, "lat_0": lat_0, "ellps": "WGS84"}


OURS = (
    Peer("ours_10", "Buffer Zone Planner, 10 m", partial(ours, 10.0)),
    Peer("ours_1", "Buffer Zone Planner, 1 m", partial(ours, 1.0)),
    Peer("ours_0.1", "Buffer Zone Planner, 0.1 m", partial(ours, 0.1)),
)
OTHERS = (
    Peer("postgis_8", "PostGIS geography, 8", partial(in_postgis, 8)),
    Peer("postgis_64", "PostGIS geography, 64", partial(in_postgis, 64)),
    Peer("qgis_5", "QGIS native:buffer, 5", partial(in_qgis, 5)),
    Peer("qgis_64", "QGIS native:buffer, 64", partial(in_qgis, 64)),
    Peer("shapely_64", "shapely in LAEA, 64", partial(in_shapely, 64)),
)
PEERS = (*OURS, *OTHERS)
DEFAULT, FINEST = OURS[1], OURS[2]
