"""How does a raster of persons per cell become points that stand for them? Cell by cell, near the line only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProcessingContext,
    QgsRasterDataProvider,
    QgsRasterLayer,
    QgsRectangle,
)

from ..compat import tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..output.layers import CRS, to_qgis, to_shapely

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..core.features import InputFeature
    from ..core.population import Population

BAND = 1
TILE = 512  # cells a side that are read at once
MARGIN = 1.1  # of the reach: a raster is read this far from the line
LAYER = "The raster of population"


@dataclass(frozen=True)
class Raster:
    """A raster, taken on the thread that owns its layer."""

    provider: QgsRasterDataProvider
    crs: QgsCoordinateReferenceSystem
    name: str


def collect_raster(layer: QgsRasterLayer) -> Raster:
    """Return a layer's raster for another thread; call it on the main thread."""
    return Raster(layer.dataProvider().clone(), layer.crs(), layer.name())


def read_raster(
    raster: Raster, lines: Sequence[InputFeature], reach_m: float, context: QgsProcessingContext, progress: Progress,
) -> tuple[Population, tuple[str, ...]]:
    """Return the persons in a raster's cells within ``reach_m`` of the lines, and what was left out.

    Cells without a value count as not known. Large cells are spread over several points.

    Raises
    ------
    PlanError : the raster has no reference system, cannot be read, or does not reach the line
    """
    import numpy as np

    from ..core.cells import around, spread
    from ..core.population import Population

    if not raster.crs.isValid():
        raise PlanError(
            tr("{layer} has no coordinate reference system").format(layer=LAYER),
            tr("Set the layer's coordinate reference system and run again."),
        )
    near = around(lines, MARGIN * reach_m)
    wgs84 = QgsCoordinateReferenceSystem(CRS)
    to_raster = QgsCoordinateTransform(wgs84, raster.crs, context.transformContext())
    to_lonlat = QgsCoordinateTransform(raster.crs, wgs84, context.transformContext())
    places, persons, negative = [np.zeros((0, 2))], [np.zeros(0)], 0
    for tile in _tiles(raster.provider, _window(raster, near.bounds, to_raster)):
        progress.check()
        if not near.reaches(_lonlat_box(tile.extent, to_lonlat)):
            continue
        values = tile.values(raster.provider)
        negative += int((values < 0).sum())
        row, column = np.nonzero(values > 0)
        if len(row):
            centre = tile.centres(row, column)
            xy, held = spread(centre, values[row, column], tile.cell, lambda xy: _moved(xy, to_lonlat), reach_m)
            places.append(_moved(xy, to_lonlat))
            persons.append(held)
    notes = () if not negative else (
        tr("{layer}: {number} cells below 0 were taken as not known").format(layer=LAYER, number=negative),
    )
    return Population(np.concatenate(places), np.concatenate(persons)), notes


@dataclass(frozen=True)
class _Tile:
    """Some cells of a raster: their extent and their number of columns and rows."""

    extent: QgsRectangle
    columns: int
    rows: int

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a cell in the raster's units."""
        return self.extent.width() / self.columns, self.extent.height() / self.rows

    def values(self, provider: QgsRasterDataProvider) -> NDArray[np.float64]:
        """Return the values, NaN where there is none, (rows, columns)."""
        import numpy as np

        block = provider.block(BAND, self.extent, self.columns, self.rows)
        if not block.isValid() or not block.convert(Qgis.DataType.Float64):
            raise PlanError(
                tr("{layer} could not be read").format(layer=LAYER), tr("Check the file, or choose another."),
            )
        values = np.frombuffer(bytes(block.data()), dtype=np.float64).reshape(self.rows, self.columns)
        if not block.hasNoDataValue():
            return values
        return np.where(values == block.noDataValue(), np.nan, values)

    def centres(self, row: Any, column: Any) -> NDArray[np.float64]:
        """Return the middles of cells, (n, 2), in the raster's units."""
        import numpy as np

        width, height = self.cell
        return np.column_stack([
            self.extent.xMinimum() + (column + 0.5) * width, self.extent.yMaximum() - (row + 0.5) * height,
        ])


def _window(
    raster: Raster, bounds: tuple[float, float, float, float], to_raster: QgsCoordinateTransform,
) -> QgsRectangle:
    """Return the part of a raster's extent to read; all of it where the bounds have no place in its system."""
    extent = raster.provider.extent()
    try:
        wanted = to_raster.transformBoundingBox(QgsRectangle(*bounds))
    except QgsCsException:
        return extent
    window = extent.intersect(wanted)
    if window.isEmpty() or not window.isFinite():
        raise PlanError(
            tr("{layer} does not reach the contact line").format(layer=LAYER),
            tr("Choose a raster that covers the zone, and check its coordinate reference system."),
        )
    return window


def _tiles(provider: QgsRasterDataProvider, window: QgsRectangle) -> Iterator[_Tile]:
    """Yield whole cells that cover a window, so many at once."""
    import math

    extent, width, height = provider.extent(), provider.xSize(), provider.ySize()
    cell_x, cell_y = extent.width() / width, extent.height() / height
    first = max(0, math.floor((window.xMinimum() - extent.xMinimum()) / cell_x))
    last = min(width, math.ceil((window.xMaximum() - extent.xMinimum()) / cell_x))
    top = max(0, math.floor((extent.yMaximum() - window.yMaximum()) / cell_y))
    bottom = min(height, math.ceil((extent.yMaximum() - window.yMinimum()) / cell_y))
    for row in range(top, bottom, TILE):
        for column in range(first, last, TILE):
            rows, columns = min(TILE, bottom - row), min(TILE, last - column)
            west, north = extent.xMinimum() + column * cell_x, extent.yMaximum() - row * cell_y
            yield _Tile(QgsRectangle(west, north - rows * cell_y, west + columns * cell_x, north), columns, rows)


def _lonlat_box(extent: QgsRectangle, to_lonlat: QgsCoordinateTransform) -> tuple[float, float, float, float]:
    """Return the extent of a tile in longitude/latitude; of one that has none there the whole Earth's."""
    try:
        box = to_lonlat.transformBoundingBox(extent)
    except QgsCsException:
        return -180.0, -90.0, 180.0, 90.0
    return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def _moved(xy: NDArray[np.float64], transform: QgsCoordinateTransform) -> NDArray[np.float64]:
    """Return points (n, 2) in another reference system."""
    import numpy as np
    import shapely

    if transform.isShortCircuited():
        return xy
    geometry: QgsGeometry = to_qgis([shapely.multipoints(xy)])[0]
    try:
        geometry.transform(transform)
    except QgsCsException as error:
        raise PlanError(
            tr("{layer} could not be transformed to longitude and latitude").format(layer=LAYER),
            tr("Check the layer's coordinate reference system."),
        ) from error
    return np.asarray(shapely.get_coordinates(to_shapely([geometry])))
