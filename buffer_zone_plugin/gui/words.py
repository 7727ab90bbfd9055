"""How the panel writes what it tells: areas, lengths and rounded persons in the user's language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsCoordinateTransformContext, QgsDistanceArea, QgsFeatureRequest, QgsVectorLayer

from ..compat import tr
from ..output.numbers import NARROW_SPACE, measure, number

ELLIPSOID = "WGS84"
# measuring is done while the user waits: beyond these the line tells only how many features there are
MAX_FEATURES = 5_000
MAX_VERTICES = 200_000


@dataclass(frozen=True)
class Summary:
    """The texts of the result box; ``persons_exact`` is for its tooltip, ``statement`` has a line to each text."""

    area: str
    area_a: str
    area_b: str
    line: str
    persons: str
    persons_exact: str
    error: str
    status: str
    statement: tuple[str, ...]


def summarise(numbers: Mapping[str, Any], name_a: str, name_b: str, posture: str) -> Summary:
    """Return the texts for the output numbers of `bufferzone:planzone`."""
    from ..core.staffing.statement import STATUS, statement  # needs numpy, which may be missing until a run

    low, central, high = (int(numbers[f"STAFF_{bound}"]) for bound in ("LOW", "CENTRAL", "HIGH"))
    exact = tr("Exactly as computed, so that it adds up: {central} persons ({low}–{high}). Posture: {posture}.")
    sectors = int(numbers["SECTOR_COUNT"])
    area = measure(numbers["AREA_KM2"], "km²")
    strip = tr("{area}, of it {strip} between the lines").format(
        area=area, strip=measure(numbers["AREA_STRIP_KM2"], "km²"),
    )
    line = tr("{length} of line, 1 sector") if sectors == 1 else tr("{length} of line, {count} sectors")
    return Summary(
        area=strip if numbers["AREA_STRIP_KM2"] > 0 else area,
        area_a=f"{name_a} {measure(numbers['AREA_A_KM2'], 'km²')}",
        area_b=f"{name_b} {measure(numbers['AREA_B_KM2'], 'km²')}",
        line=line.format(length=measure(numbers["LINE_KM"], "km"), count=number(sectors)),
        persons=tr("About {persons}").format(persons=persons_between(low, central, high)),
        persons_exact=exact.format(
            central=number(central), low=number(low), high=number(high), posture=posture,
        ),
        error=tr("Depth error at most {error}").format(error=_at_most(numbers["ERROR_MAX_M"])),
        status=" ".join((tr(STATUS), tr("Posture: {posture}.").format(posture=posture))),
        statement=statement(low, central, high),
    )


def persons_between(low: int, central: int, high: int) -> str:
    """Return a number of persons with its range, in two significant figures each."""
    from ..core.staffing.statement import two_figures

    return tr("{central} persons ({low}–{high})").format(
        central=number(two_figures(central)), low=number(two_figures(low)), high=number(two_figures(high)),
    )


def where_sides_are(reverse: bool, line_b: str, side_a: str) -> str:
    """Return on which ground each side lies; ``line_b`` and ``side_a`` are names of layers, empty for none."""
    if line_b:
        where = tr("A at {layer}, B at this line") if reverse else tr("A at this line, B at {layer}")
        return where.format(layer=line_b)
    if side_a:
        where = tr("B at {layer}, A opposite") if reverse else tr("A at {layer}, B opposite")
        return where.format(layer=side_a)
    return tr("B left, A right of line") if reverse else tr("A left, B right of line")


def _at_most(metres: float) -> str:
    """Return an upper bound in centimetres precision: rounded up, never down."""
    return number(math.ceil(metres * 100) / 100, 2) + NARROW_SPACE + "m"


def describe_line(layer: QgsVectorLayer, selected_only: bool, transforms: QgsCoordinateTransformContext) -> str:
    """Return what was understood of a line layer, such as ``853 km · 1 part · EPSG:4326``.

    The length is ellipsoidal (WGS 84). A layer with too many features or vertices tells only how many features it has.
    """
    crs = layer.crs().authid() or tr("own coordinate system")
    count = layer.selectedFeatureCount() if selected_only else layer.featureCount()
    measured = _measure_lines(layer, selected_only, transforms) if 0 < count <= MAX_FEATURES else None
    if measured is None:
        if count < 0:
            return crs
        return " · ".join((_counted(count, tr("1 feature"), tr("{count} features")), crs))
    kilometres, parts = measured
    return " · ".join((measure(kilometres, "km"), _counted(parts, tr("1 part"), tr("{count} parts")), crs))


def _counted(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count=number(count))


def _measure_lines(
    layer: QgsVectorLayer, selected_only: bool, transforms: QgsCoordinateTransformContext
) -> tuple[float, int] | None:
    """Return kilometres and number of parts; None beyond `MAX_VERTICES`."""
    distance = QgsDistanceArea()
    distance.setSourceCrs(layer.crs(), transforms)
    distance.setEllipsoid(ELLIPSOID)
    request = QgsFeatureRequest().setNoAttributes()
    features = layer.getSelectedFeatures(request) if selected_only else layer.getFeatures(request)
    metres, parts, vertices = 0.0, 0, 0
    for feature in features:
        geometry = feature.geometry()
        if geometry.isNull():
            continue
        vertices += geometry.constGet().nCoordinates()
        if vertices > MAX_VERTICES:
            return None
        metres += distance.measureLength(geometry)
        parts += geometry.constGet().partCount()
    return metres / 1000, parts
