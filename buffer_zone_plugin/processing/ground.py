"""How do the layers of ground, the clip and side A, become the core's input? As one valid shape in longitude/latitude.

An edge between two vertices stays one edge, straight in longitude/latitude: the plan is the same whatever the reference
system of the layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeatureSource

from ..compat import tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..output.layers import to_shapely
from .reading import Collected, collect, to_lonlat

CLIP, SIDE_A = "clip", "side_a"
GRID_DEGREES = 1e-9  # 0.1 mm: polygons that share a border are united without slivers
WORLD = (-180.0, -90.0, 180.0, 90.0)
TURN = 360.0


@dataclass(frozen=True)
class GroundLayer:
    """A layer of ground, taken on the thread that owns it; ``key`` is its name in the run record."""

    key: str
    source: str
    collected: Collected


@dataclass(frozen=True)
class Ground:
    """Ground in longitude/latitude as the core takes it, what the record tells of its layer, and what was mended."""

    geometry: Any
    record: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


NO_GROUND = Ground(None, (), ())


def collect_ground(key: str, source: QgsProcessingFeatureSource) -> GroundLayer:
    """Return the features of a layer of ground; call it on the main thread."""
    return GroundLayer(key, source.sourceName(), collect(source))


def read_ground(layer: GroundLayer | None, context: QgsProcessingContext, progress: Progress) -> Ground:
    """Return the ground of a layer: polygons united and mended, for side A with points as they are.

    Raises
    ------
    PlanError : no features, no reference system, geometry of another kind, or nothing that covers ground
    """
    if layer is None:
        return NO_GROUND
    title, numbers = _title(layer.key), [number for number, _ in layer.collected.features]
    if not numbers:
        raise PlanError(tr("{layer} has no features").format(layer=title), _another(layer.key))
    geometries = to_lonlat(layer.collected, context, progress, title)
    shapes = to_shapely(geometries, on_invalid="ignore")
    polygons, points = _by_kind(layer.key, list(zip(numbers, shapes)))
    covering, mended = _mend(polygons)
    if not covering and not points:
        raise PlanError(tr("{layer} covers no ground").format(layer=title), _another(layer.key))
    empty = sum(geometry.isNull() or geometry.isEmpty() for geometry in geometries)
    unreadable = sum(shape is None for shape in shapes) - empty
    notes = tuple(text.format(layer=title, count=count) for text, count in (
        (tr("{layer} had features without geometry, which were left out: {count}"), empty),
        (tr("{layer} had invalid polygons, which were mended: {count}"), mended),
        (tr("{layer} had polygons without an area, which were left out: {count}"),
         unreadable + len(polygons) - len(covering)),
    ) if count)
    return Ground(_joined(covering, points), _record(layer, shapes, notes), notes)


def _record(layer: GroundLayer, shapes: Iterable[Any], notes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return what the run record tells of a layer."""
    from ..core.contact_line import InputLine
    from ..core.record import fingerprint

    crs = layer.collected.crs
    return (
        (layer.key, layer.source),
        (f"{layer.key}_crs", crs.authid() or crs.toWkt()),
        (f"{layer.key}_sha256", fingerprint(InputLine(0, shape) for shape in shapes)),
        *(((f"{layer.key}_notes", "; ".join(notes)),) if notes else ()),
    )


def _title(key: str) -> str:
    return {CLIP: tr("The clip layer"), SIDE_A: tr("The layer of side A")}[key]


def _another(key: str) -> str:
    return {
        CLIP: tr("Choose a layer of polygons, or none."), SIDE_A: tr("Choose a layer of polygons or points, or none."),
    }[key]


def _by_kind(key: str, shapes: list[tuple[int, Any]]) -> tuple[list[Any], list[Any]]:
    """Return the single polygons and points; raises `PlanError` for a feature of another kind or off the Earth."""
    polygons: list[Any] = []
    points: list[Any] = []
    for number, shape in shapes:
        place = tr("feature {number}").format(number=number)
        for part in _parts(shape):
            if part.geom_type == "Polygon":
                polygons.append(part)
            elif part.geom_type == "Point" and key == SIDE_A:
                points.append(part)
            else:
                other = tr("{layer} holds a geometry of the kind {kind}").format(layer=_title(key), kind=part.geom_type)
                raise PlanError(other, _another(key), place)
            if not _on_earth(part):
                raise PlanError(
                    tr("{layer} leaves the Earth").format(layer=_title(key)),
                    tr("Check the layer's coordinate reference system."), place,
                )
    return polygons, points


def _on_earth(shape: Any) -> bool:
    """Return whether all of a shape is longitude and latitude, once around the Earth at most beyond ±180°."""
    west, south, east, north = shape.bounds
    return bool(west >= -TURN and east <= TURN and south >= WORLD[1] and north <= WORLD[3])


def _parts(shape: Any) -> Iterator[Any]:
    """Yield the single geometries of a shape that hold something, those of collections in collections, too."""
    if shape is None or shape.is_empty:
        return
    if not hasattr(shape, "geoms"):
        yield shape
        return
    for part in shape.geoms:
        yield from _parts(part)


def _mend(polygons: list[Any]) -> tuple[list[Any], int]:
    """Return the polygons that have an area, valid, and how many of them were not."""
    import shapely

    covering = [(shape, _polygons(shapely.make_valid(shape))) for shape in polygons]
    covering = [(shape, parts) for shape, parts in covering if parts]
    return [shapely.MultiPolygon(parts) for _, parts in covering], sum(not shape.is_valid for shape, _ in covering)


def _joined(polygons: list[Any], points: list[Any]) -> Any:
    """Return polygons as one shape between -180° and 180°, or a collection of its parts and the points."""
    import shapely
    from shapely.affinity import translate

    beyond = [shape for shape in polygons if shape.bounds[0] < WORLD[0] or shape.bounds[2] > WORLD[2]]
    turned = [translate(shape, shift) for shape in beyond for shift in (-TURN, TURN)]
    united = shapely.union_all([*polygons, *turned], grid_size=GRID_DEGREES)
    if beyond:
        united = shapely.intersection(united, shapely.box(*WORLD), grid_size=GRID_DEGREES)
    parts = _polygons(united)
    return shapely.GeometryCollection([*parts, *points]) if points else shapely.MultiPolygon(parts)


def _polygons(shape: Any) -> list[Any]:
    return [part for part in _parts(shape) if part.geom_type == "Polygon"]
