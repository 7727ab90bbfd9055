"""What do algorithms ask about who lives where, and how does that layer become the core's input?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterField,
    QgsProcessingParameterMapLayer,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ..compat import tr
from ..core.errors import PlanError
from ..core.progress import Progress
from .base import ZoneAlgorithm, given
from .population_raster import Raster, check_raster, collect_raster, read_raster
from .reading import Collected, collect, read_features
from .sources import check_field, field_index, field_record, origin

if TYPE_CHECKING:
    from ..core.cells import Nearby
    from ..core.population import Population

Near = Callable[[], Optional["tuple[Nearby, float]"]]

POPULATION, POPULATION_FIELD = "POPULATION", "POPULATION_FIELD"
KEY = "population"  # in the run record


class PopulationLayer(QgsProcessingParameterMapLayer):
    """A layer of which a missing file is left to `check_population`, whose sentence names it."""

    def checkValueIsAcceptable(  # noqa: N802  # name of QGIS
        self, value: Any, context: QgsProcessingContext | None = None,
    ) -> bool:
        """Return whether a value can name a layer."""
        return bool(isinstance(value, str) and value) or super().checkValueIsAcceptable(value, context)


@dataclass(frozen=True)
class PopulationSource:
    """Points or a raster of persons, taken on the thread that owns the layer, and what the record tells of it."""

    points: Collected | None
    raster: Raster | None
    origins: tuple[tuple[str, str], ...]


def population_inputs() -> list[QgsProcessingParameterDefinition]:
    """Return what is asked of the population."""
    source = QgsProcessing.SourceType
    return [
        PopulationLayer(
            POPULATION, tr("Population: raster of persons per cell, or points"), optional=True,
            types=[source.TypeRaster, source.TypeVectorPoint],
        ),
        QgsProcessingParameterField(
            POPULATION_FIELD, tr("Persons at each point"), parentLayerParameterName=POPULATION,
            type=QgsProcessingParameterField.DataType.Numeric, optional=True,
        ),
    ]


def population_layer(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> QgsRasterLayer | QgsVectorLayer:
    """Return the layer of population that was given; raises `PlanError` for one that cannot be read."""
    layer = algorithm.parameterAsLayer(parameters, POPULATION, context)
    if isinstance(layer, (QgsRasterLayer, QgsVectorLayer)) and layer.isValid():
        return layer
    named = parameters[POPULATION] if layer is None else layer.source()
    raise PlanError(
        tr("The layer of population could not be read: {path}").format(path=named),
        tr("Check that the file is there and holds a raster or points, or choose another layer."),
    )


def check_population(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
    """Raise `PlanError` for a layer of population that cannot be used; call it on the main thread."""
    people = population_layer(algorithm, parameters, context)
    if isinstance(people, QgsRasterLayer):
        check_raster(people)
        return
    if not given(parameters, POPULATION_FIELD):
        raise PlanError(
            tr("The layer of population holds points, but no field with their persons was named"),
            tr("Choose the field, or a raster of persons per cell."),
        )
    check_field(algorithm, parameters, POPULATION_FIELD, people, context)


def collect_population(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> PopulationSource | None:
    """Take the points or the raster that were given, None if none were; call it on the main thread."""
    if not given(parameters, POPULATION):
        return None
    layer = population_layer(algorithm, parameters, context)
    if isinstance(layer, QgsRasterLayer):
        told = (KEY, layer.name()), (f"{KEY}_crs", layer.crs().authid())
        return PopulationSource(None, collect_raster(layer), told)
    source = algorithm.optional_source(parameters, POPULATION, context)
    index = field_index(algorithm, parameters, POPULATION_FIELD, source, context)
    return PopulationSource(collect(source, index), None, (*origin(KEY, source), *field_record(KEY, source, index)))


def read_population(
    found: PopulationSource | None, near: Near, context: QgsProcessingContext, progress: Progress,
    feedback: QgsProcessingFeedback,
) -> tuple[Population | None, tuple[tuple[str, str], ...]]:
    """Return who lives where, None if no layer tells, or there is no line that they could live near; and the record.

    Parameters
    ----------
    near : tells where persons count and how far that reaches, metres, asked if there is a raster

    Raises
    ------
    PlanError : a layer without reference system, with geometry of another kind, or with values that are none
    """
    from ..core.population import population_of
    from ..core.record import array_fingerprint, fingerprint

    if found is None:
        return None, ()
    if found.points is not None:
        features = read_features(found.points, tr("The layer of population"), context, progress)
        population, notes = population_of(features, found.points.values)
        told = fingerprint(features, found.points.values)
    else:
        place = near()
        if place is None:
            return None, found.origins
        population, notes = read_raster(found.raster, *place, context, progress)
        told = array_fingerprint(population.lonlat, population.persons)
    for note in notes:
        feedback.pushWarning(note)
    read = (f"{KEY}_persons_read", f"{population.persons.sum():.0f}")
    return population, (*found.origins, (f"{KEY}_sha256", told), read)
