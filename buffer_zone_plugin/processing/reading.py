"""How does a layer become the core's input? As shapely geometry in longitude/latitude, feature by feature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
)

from ..compat import plain, tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..output.layers import CRS, straight, to_shapely

if TYPE_CHECKING:
    from ..core.features import InputFeature


@dataclass(frozen=True)
class Collected:
    """The features of a source, taken on the thread that owns the layer: a layer may be gone while the job runs.

    ``values`` holds one field of each feature, None where no field was asked for or it is empty.
    """

    features: tuple[tuple[int, QgsGeometry], ...]
    crs: QgsCoordinateReferenceSystem
    values: tuple[Any, ...] = ()


def collect(source: QgsProcessingFeatureSource, field: int = -1, only: str = "") -> Collected:
    """Return the ids and geometries of a source as they are, with the field of an index; call it on the main thread.

    ``only`` is an expression that the features must meet. QGIS's own check for invalid geometry is left out: the core
    mends what can be mended and says so, instead of skipping it.
    """
    request = QgsFeatureRequest().setSubsetOfAttributes([field] if field >= 0 else [])
    if only:
        request.setFilterExpression(only)
    found = list(source.getFeatures(request, QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks))
    values = tuple(plain(feature.attribute(field)) if field >= 0 else None for feature in found)
    return Collected(tuple((feature.id(), feature.geometry()) for feature in found), source.sourceCrs(), values)


def read_features(
    collected: Collected, layer: str, context: QgsProcessingContext, progress: Progress,
) -> tuple[InputFeature, ...]:
    """Return features in longitude/latitude on WGS 84, for the core to check; ``layer`` begins a refusal's sentence.

    An edge between two vertices stays one edge, whatever the layer's reference system. What GEOS cannot hold, such as
    a ring of three points, has no geometry.

    Raises
    ------
    PlanError : the layer has no reference system, or a feature cannot be transformed
    """
    from ..core.features import InputFeature

    if not collected.features:
        return ()  # for the core to refuse: an empty layer often has no reference system either
    shapes = to_shapely(to_lonlat(collected, context, progress, layer), on_invalid="ignore")
    return tuple(InputFeature(number, shape) for (number, _), shape in zip(collected.features, shapes))


def to_lonlat(
    collected: Collected, context: QgsProcessingContext, progress: Progress, layer: str,
) -> list[QgsGeometry]:
    """Return the geometries of features, straight, in longitude/latitude; ``layer`` begins the sentence of a refusal.

    Raises
    ------
    PlanError : the layer has no reference system, or a feature cannot be transformed
    """
    if not collected.crs.isValid() and not all(geometry.isNull() for _, geometry in collected.features):
        raise PlanError(
            tr("{layer} has no coordinate reference system").format(layer=layer),
            tr("Set the layer's coordinate reference system and run again."),
        )
    transform = QgsCoordinateTransform(
        collected.crs, QgsCoordinateReferenceSystem(CRS), context.transformContext(),
    )
    shapes = []
    for feature_id, geometry in collected.features:
        progress.check()
        shapes.append(_transformed(geometry, transform, feature_id, layer))
    return shapes


def _transformed(
    geometry: QgsGeometry, transform: QgsCoordinateTransform, feature_id: int, layer: str,
) -> QgsGeometry:
    """Return a geometry as straight lines in the transform's target; raises `PlanError` naming the feature."""
    if geometry.isNull() or geometry.isEmpty():
        return QgsGeometry()
    result = straight(geometry)
    try:
        result.transform(transform)
    except QgsCsException as error:
        raise PlanError(
            tr("{layer} could not be transformed to longitude and latitude").format(layer=layer),
            tr("Check the layer's coordinate reference system and repair the feature."),
            tr("feature {number}").format(number=feature_id),
        ) from error
    return result
