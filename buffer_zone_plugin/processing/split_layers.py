"""How do the layers that a split needs become the core's input? Break points, areas, population, what to snap to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsRasterLayer,
)

from ..compat import tr
from ..core.progress import Progress
from .base import ZoneAlgorithm, given
from .population import Raster, collect_raster, read_raster
from .reading import Collected, collect, read_features
from .split_parameters import (
    AREAS,
    AREAS_NAME,
    BREAKS,
    POPULATION,
    POPULATION_FIELD,
    SNAP,
    field_index,
    population_layer,
)

if TYPE_CHECKING:
    from ..core.cells import Nearby
    from ..core.features import InputFeature
    from ..core.population import Population

Near = Callable[[], Optional["tuple[Nearby, float]"]]

KEYS = {BREAKS: "breaks", AREAS: "areas", SNAP: "snap", POPULATION: "population"}  # in the run record


@dataclass(frozen=True)
class SplitLayers:
    """The layers that a split needs, taken on the thread that owns them, and what the record tells of each."""

    features: dict[str, Collected]
    raster: Raster | None
    origins: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SplitInputs:
    """What the core takes of the layers that a split needs, as values of its inputs, and what the record tells."""

    values: dict[str, Any]
    record: tuple[tuple[str, str], ...]


def collect_split_layers(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> SplitLayers:
    """Take the features and the raster of the layers that were given; call it on the main thread."""
    features, origins, raster = {}, [], None
    for name, field in ((BREAKS, ""), (AREAS, AREAS_NAME), (SNAP, "")):
        source = algorithm.optional_source(parameters, name, context)
        if source is not None:
            index = field_index(algorithm, parameters, field, source, context) if field else -1
            features[name] = collect(source, index, _between_sectors(source) if name == BREAKS else "")
            origins += [*origin(KEYS[name], source), *_field_record(KEYS[name], source, index)]
    if given(parameters, POPULATION):
        layer = population_layer(algorithm, parameters, context)
        if isinstance(layer, QgsRasterLayer):
            raster = collect_raster(layer)
            origins += [(KEYS[POPULATION], layer.name()), (f"{KEYS[POPULATION]}_crs", layer.crs().authid())]
        else:
            source = algorithm.optional_source(parameters, POPULATION, context)
            index = field_index(algorithm, parameters, POPULATION_FIELD, source, context)
            features[POPULATION] = collect(source, index)
            origins += [*origin(KEYS[POPULATION], source), *_field_record(KEYS[POPULATION], source, index)]
    return SplitLayers(features, raster, tuple(origins))


def read_split_layers(
    found: SplitLayers, near: Near, context: QgsProcessingContext, progress: Progress, feedback: QgsProcessingFeedback,
) -> SplitInputs:
    """Return what the core takes of the layers: geometry in longitude/latitude.

    Parameters
    ----------
    near : tells where the zone may lie and how far it reaches, metres, asked if there is a raster

    Raises
    ------
    PlanError : a layer without reference system, with geometry of another kind, or with values that are none
    """
    from ..core.guides import Guides, areas_of, snap_lines
    from ..core.record import array_fingerprint, fingerprint
    from ..core.sectors.break_places import break_points

    names = {
        BREAKS: tr("The layer of break points"), AREAS: tr("The layer of areas"),
        SNAP: tr("The layer to snap to"), POPULATION: tr("The layer of population"),
    }
    features = {name: read_features(layer, names[name], context, progress) for name, layer in found.features.items()}
    record = [*found.origins, *(
        (f"{KEYS[name]}_sha256", fingerprint(read, found.features[name].values)) for name, read in features.items()
    )]
    guides: dict[str, Any] = {}
    if BREAKS in features:
        guides["breaks"] = break_points(features[BREAKS])
    if AREAS in features:
        guides["areas"], notes = areas_of(features[AREAS], found.features[AREAS].values)
        for note in notes:
            feedback.pushInfo(note)
    if SNAP in features:
        guides["snap"] = snap_lines(features[SNAP])
    values: dict[str, Any] = {"guides": Guides(**guides)}
    population = _population(found, features, near, context, progress, feedback)
    if population is not None:
        values["population"] = population
        record.append((f"{KEYS[POPULATION]}_persons_read", f"{population.persons.sum():.0f}"))
        if found.raster is not None:
            record.append((f"{KEYS[POPULATION]}_sha256", array_fingerprint(population.lonlat, population.persons)))
    return SplitInputs(values, tuple(record))


def origin(key: str, source: QgsProcessingFeatureSource) -> tuple[tuple[str, str], ...]:
    """Return the name and the reference system of a layer for the run record."""
    crs = source.sourceCrs()
    return (key, source.sourceName()), (f"{key}_crs", crs.authid() or crs.toWkt())


def _field_record(key: str, source: QgsProcessingFeatureSource, index: int) -> list[tuple[str, str]]:
    """Return the field that was read of a layer for the run record, if one was."""
    return [(f"{key}_field", source.fields().at(index).name())] if index >= 0 else []


def _between_sectors(source: QgsProcessingFeatureSource) -> str:
    """Return the expression that picks, among a plan's boundaries, those between sectors; empty for other layers."""
    is_plan = all(source.fields().lookupField(name) >= 0 for name in ("sector_from", "sector_to"))
    return '"sector_from" <> "sector_to"' if is_plan else ""


def _population(
    found: SplitLayers, features: dict[str, tuple[InputFeature, ...]], near: Near, context: QgsProcessingContext,
    progress: Progress, feedback: QgsProcessingFeedback,
) -> Population | None:
    """Return who lives where, None if no layer tells, or there is no line that they could live near."""
    from ..core.population import population_of

    if POPULATION in features:
        population, notes = population_of(features[POPULATION], found.features[POPULATION].values)
    else:
        place = near() if found.raster is not None else None
        if place is None:
            return None
        population, notes = read_raster(found.raster, *place, context, progress)
    for note in notes:
        feedback.pushWarning(note)
    return population
