"""How do geometries and rows cross the border between QGIS and shapely? As WKB arrays, here and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate

from ..compat import make_field
from . import fields as f
from .rows import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CRS = "EPSG:4326"
ARC_STEP = math.radians(0.1)  # of a curve's arc: 4 cm off the arc at a radius of 100 km
BATCH = 1000  # features between two questions whether to stop
WKB_TYPES = {
    f.POLYGON: QgsWkbTypes.Type.MultiPolygon,
    f.LINE: QgsWkbTypes.Type.MultiLineString,
    f.POINT: QgsWkbTypes.Type.Point,
    f.TABLE: QgsWkbTypes.Type.NoGeometry,
}


def layer_crs(layer: f.LayerDef) -> QgsCoordinateReferenceSystem:
    """Return WGS 84 longitude/latitude for a layer, an invalid reference system for a table."""
    return QgsCoordinateReferenceSystem() if layer.geometry == f.TABLE else QgsCoordinateReferenceSystem(CRS)


def qgs_fields(layer: f.LayerDef) -> QgsFields:
    """Return the fields of a layer as QGIS wants them."""
    result = QgsFields()
    for definition in layer.fields:
        result.append(make_field(definition.name, definition.kind))
    return result


def straight(geometry: QgsGeometry) -> QgsGeometry:
    """Return a geometry in two dimensions with curves as straight segments, in the same reference system."""
    shape = geometry.constGet()
    shape = shape.segmentize(ARC_STEP) if QgsWkbTypes.isCurvedType(geometry.wkbType()) else shape.clone()
    shape.dropZValue()
    shape.dropMValue()
    return QgsGeometry(shape)


def to_shapely(geometries: Sequence[QgsGeometry], on_invalid: str = "raise") -> NDArray[np.object_]:
    """Return shapely geometries for straight two-dimensional ones, shape (n,); None for null and empty ones.

    Those that GEOS cannot hold, such as a ring of three points, raise, or become None if ``on_invalid`` is ignore.
    """
    import numpy as np
    import shapely

    result = np.full(len(geometries), None, dtype=object)
    filled = [index for index, geometry in enumerate(geometries) if not (geometry.isNull() or geometry.isEmpty())]
    result[filled] = shapely.from_wkb([bytes(geometries[index].asWkb()) for index in filled], on_invalid)
    return result


def to_qgis(geometries: Sequence[Any]) -> list[QgsGeometry]:
    """Return QGIS geometries for shapely ones; None gives a null geometry."""
    import shapely

    return [_from_wkb(wkb) for wkb in shapely.to_wkb(list(geometries), output_dimension=2)]


def features(layer: f.LayerDef, rows: Sequence[Row], fields: QgsFields | None = None) -> list[QgsFeature]:
    """Return the rows of a layer as features, lines and polygons as their multi types; ``fields``: if not its own."""
    fields = fields if fields is not None else qgs_fields(layer)
    dated = {index: field.kind for index, field in enumerate(layer.fields) if field.kind in (f.DATE, f.DATETIME)}
    multi = layer.geometry in (f.POLYGON, f.LINE)
    shapes = [QgsGeometry()] * len(rows) if layer.geometry == f.TABLE else to_qgis([shape for _, shape in rows])
    result = []
    for (attributes, _), shape in zip(rows, shapes):
        feature = QgsFeature(fields)
        feature.setAttributes(_with_days(attributes, dated))
        if multi:
            shape.convertToMultiType()
        if layer.geometry != f.TABLE:
            feature.setGeometry(shape)
        result.append(feature)
    return result


def write_features(sink: QgsFeatureSink, items: list[QgsFeature], check: Callable[[], None]) -> bool:
    """Put features into a sink, asking ``check`` between batches (it raises to stop); False when the sink refuses."""
    for batch in _batches(items):
        check()
        if not sink.addFeatures(batch, QgsFeatureSink.Flag.FastInsert):
            return False
    return True


def _with_days(attributes: list[Any], dated: dict[int, str]) -> list[Any]:
    """Return attributes with Python's days at some places as Qt's, or as the times at which they begin, by the kind."""
    result = list(attributes)
    for index, kind in dated.items():
        if result[index] is not None:
            day = QDate(result[index].year, result[index].month, result[index].day)
            result[index] = day if kind == f.DATE else day.startOfDay()  # somewhere a day may begin at 1 o'clock
    return result


def _batches(items: list[QgsFeature]) -> Iterable[list[QgsFeature]]:
    for start in range(0, len(items), BATCH):
        yield items[start:start + BATCH]


def _from_wkb(wkb: bytes | None) -> QgsGeometry:
    geometry = QgsGeometry()
    if wkb is not None:
        geometry.fromWkb(wkb)
    return geometry
