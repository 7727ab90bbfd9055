"""How does a raster of persons per cell become points that stand for them? Cell by cell, near the line only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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

    from ..core.cells import Nearby
    from ..core.population import Population

BAND = 1
TILE = 512  # cells a side that are read at once
LAYER = "The raster of population"


@dataclass(frozen=True)
class Raster:
    """A raster, taken on the thread that owns its layer."""

    provider: QgsRasterDataProvider
    crs: QgsCoordinateReferenceSystem
    name: str


def collect_raster(layer: QgsRasterLayer) -> Raster:
    """Return a layer's raster for another thread; call it on the main thread. Raises `PlanError` as `check_raster`."""
    check_raster(layer)
    return Raster(layer.dataProvider().clone(), layer.crs(), layer.name())


def check_raster(layer: QgsRasterLayer) -> None:
    """Raise `PlanError` for a raster whose cells are not those of its file; call it on the main thread.

    QGIS shows what is rotated on another grid: some cells come twice, others not at all, and so do their persons.
    """
    if layer.dataProvider().xSize() < 1 or layer.dataProvider().ySize() < 1:
        raise PlanError(
            tr("{layer} has no cells of its own, as a map from a server").format(layer=LAYER),
            tr("Choose a raster file with the number of persons in each cell."),
        )
    if _is_regridded(layer.dataProvider()):
        raise PlanError(
            tr("{layer} is rotated or not on a grid with north up, so its persons cannot be counted").format(
                layer=LAYER,
            ),
            tr("Warp it to a grid with north up that keeps the sums (gdalwarp -r sum), or give the persons as points."),
        )


def read_raster(
    raster: Raster, near: Nearby, reach_m: float, context: QgsProcessingContext, progress: Progress,
) -> tuple[Population, tuple[str, ...]]:
    """Return the persons in a raster's cells near a zone that reaches so far from its line, and what was left out.

    Cells without a value count as not known. Large cells are spread over several points.

    Raises
    ------
    PlanError : the raster has no reference system, cannot be read, or does not reach the line
    """
    if not raster.crs.isValid():
        raise PlanError(
            tr("{layer} has no coordinate reference system").format(layer=LAYER),
            tr("Set the layer's coordinate reference system and run again."),
        )
    wgs84 = QgsCoordinateReferenceSystem(CRS)
    to_raster = QgsCoordinateTransform(wgs84, raster.crs, context.transformContext())
    to_lonlat = QgsCoordinateTransform(raster.crs, wgs84, context.transformContext())
    tiles, cells = [], 0.0
    for tile in _tiles(raster.provider, _window(raster, near.bounds, to_raster)):
        progress.check()
        box = _lonlat_box(tile.extent, to_lonlat)
        if near.reaches(box):
            tiles.append(tile)
            cells += tile.columns * tile.rows * near.share(box)
    reading = _Reading(near, lambda xy: _moved(xy, to_lonlat), reach_m, max(cells, 1.0))
    return reading.population(raster.provider, tiles, progress)


@dataclass(frozen=True)
class _Reading:
    """How cells become points: ``near`` the line, of which there are about so many ``cells`` in all."""

    near: Nearby
    to_lonlat: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    reach_m: float
    cells: float

    def population(
        self, provider: QgsRasterDataProvider, tiles: Sequence[_Tile], progress: Progress,
    ) -> tuple[Population, tuple[str, ...]]:
        """Return the persons in the tiles, with the ground that holds values, and what was left out."""
        import numpy as np

        from ..core.population import Population

        nothing = np.zeros((0, 2)), np.zeros(0)
        living, known, negative = [nothing], [nothing], 0
        for tile in tiles:
            progress.check()
            values = tile.values(provider)
            negative += int((values < 0).sum())
            living.append(self._persons(tile, values))
            known.append(self._ground(tile, np.isfinite(values) & (values >= 0)))
        places, persons = (np.concatenate(column) for column in zip(*living))
        points, ground = (np.concatenate(column) for column in zip(*known))
        return Population(places, persons, (points, ground)), _notes(provider.bandCount(), negative)

    def _persons(self, tile: _Tile, values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return points in longitude/latitude that stand for the persons of a tile, and how many each."""
        import numpy as np

        from ..core.cells import near_cells, spread

        row, column = np.nonzero(np.isfinite(values) & (values > 0))
        if not len(row):
            return np.zeros((0, 2)), np.zeros(0)
        centres, held = tile.centres(row, column), values[row, column]
        near = near_cells(centres, tile.cell, self.to_lonlat, self.near, self.reach_m)
        if not near.any():
            return np.zeros((0, 2)), np.zeros(0)
        xy, persons = spread(centres[near], held[near], tile.cell, self.to_lonlat, self.reach_m)
        return self.to_lonlat(xy), persons

    def _ground(self, tile: _Tile, known: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return points in longitude/latitude that stand for the known cells near the line, and their ground, m²."""
        import numpy as np

        from ..core.cells import MOST_KNOWN, ground_of, in_blocks, spread, stride_of

        row, column, count = in_blocks(known, stride_of(self.cells))
        if not len(row):
            return np.zeros((0, 2)), np.zeros(0)
        most = MOST_KNOWN * len(row) / self.cells
        xy, share = spread(tile.centres(row, column), count, tile.cell, self.to_lonlat, self.reach_m, most)
        lonlat = self.to_lonlat(xy)
        held = self.near.holds(lonlat)
        if not held.any():
            return np.zeros((0, 2)), np.zeros(0)
        return lonlat[held], share[held] * ground_of(xy[held], tile.cell, self.to_lonlat)


def _notes(bands: int, negative: int) -> tuple[str, ...]:
    """Return what a user should know of how a raster was read."""
    notes = []
    if bands > 1:
        notes.append(tr("{layer}: band {band} of {number} was read").format(layer=LAYER, band=BAND, number=bands))
    if negative:
        notes.append(tr("{layer}: {number} cells below 0 were taken as not known").format(layer=LAYER, number=negative))
    return tuple(notes)


def _is_regridded(provider: QgsRasterDataProvider) -> bool:
    """Tell whether QGIS shows a file on a grid that is not its own: one rotated, by control points, or flipped."""
    try:
        from osgeo import gdal  # QGIS brings it
    except ImportError:
        return False
    if provider.name() != "gdal":
        return False
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        file = gdal.Open(provider.dataSourceUri())
    except RuntimeError:
        file = None
    finally:
        gdal.PopErrorHandler()
    if file is None:
        return False
    _, _, across, _, along, _ = file.GetGeoTransform()
    size = file.RasterXSize, file.RasterYSize
    by_points = file.GetGCPCount() > 0 or bool(file.GetMetadata("RPC"))
    return across != 0 or along != 0 or by_points or size != (provider.xSize(), provider.ySize())


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
        if block.hasNoData() and not block.hasNoDataValue():  # the file has none, but the layer's user set some
            block.setNoDataValue(np.nan)
            block.applyNoDataValues(provider.userNoDataValues(BAND))
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
            tr("Choose a raster that covers the zone, and check its reference system; longitudes from 0 to 360 are not "
               "known as such."),
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
