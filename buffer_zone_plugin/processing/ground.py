"""How do the layers of ground, the clip and side A, become the core's input?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeatureSource

from ..core.progress import Progress
from .reading import Collected, collect, read_features

CLIP, SIDE_A = "clip", "side_a"


@dataclass(frozen=True)
class GroundLayer:
    """A layer of ground, taken on the thread that owns it; ``key`` is its name in the run record."""

    key: str
    source: str
    collected: Collected


@dataclass(frozen=True)
class LayerGround:
    """Ground in longitude/latitude as the core takes it, what the record tells of its layer, and what was mended."""

    geometry: Any
    record: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


NO_GROUND = LayerGround(None, (), ())


def collect_ground(key: str, source: QgsProcessingFeatureSource) -> GroundLayer:
    """Return the features of a layer of ground; call it on the main thread."""
    return GroundLayer(key, source.sourceName(), collect(source))


def read_ground(layer: GroundLayer | None, context: QgsProcessingContext, progress: Progress) -> LayerGround:
    """Return the ground of a layer: polygons united and mended, for side A with points as they are.

    Raises
    ------
    PlanError : no features, no reference system, geometry of another kind, or nothing that covers ground
    """
    from ..core import given_ground
    from ..core.record import fingerprint

    if layer is None:
        return NO_GROUND
    name = {CLIP: given_ground.CLIP, SIDE_A: given_ground.SIDE_A}[layer.key]
    features = read_features(layer.collected, name, context, progress)
    shape, notes = given_ground.ground_shape(features, name)
    crs = layer.collected.crs
    record = (
        (layer.key, layer.source),
        (f"{layer.key}_crs", crs.authid() or crs.toWkt()),
        (f"{layer.key}_sha256", fingerprint(features)),
        *(((f"{layer.key}_notes", "; ".join(notes)),) if notes else ()),
    )
    return LayerGround(shape, record, notes)
