"""How do the layers that a split needs become the core's input? Break points, areas, population, what to snap to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    from ..core.features import InputFeature
    from ..core.population import Population

KEYS = {BREAKS: "breaks", AREAS: "areas", SNAP: "snap", POPULATION: "population"}  # in the run record


@dataclass(frozen=True)
class SplitLayers:
    """The layers that a split needs, taken on the thread that owns them, and what the record tells of each."""

    features: dict[str, Collected]
    raster: Raster | None
    origins: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Lines:
    """What a zone lies along, longitude/latitude: one line or each side's own; and the larger depth, metres."""

    given: Sequence[InputFeature]
    given_b: Sequence[InputFeature]
    depth_m: float


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
            origins += origin(KEYS[name], source)
    if given(parameters, POPULATION):
        layer = population_layer(algorithm, parameters, context)
        if isinstance(layer, QgsRasterLayer):
            raster = collect_raster(layer)
            origins += [(KEYS[POPULATION], layer.name()), (f"{KEYS[POPULATION]}_crs", layer.crs().authid())]
        else:
            source = algorithm.optional_source(parameters, POPULATION, context)
            features[POPULATION] = collect(
                source, field_index(algorithm, parameters, POPULATION_FIELD, source, context),
            )
            origins += origin(KEYS[POPULATION], source)
    return SplitLayers(features, raster, tuple(origins))


def read_split_layers(
    found: SplitLayers, lines: Lines, context: QgsProcessingContext, progress: Progress,
    feedback: QgsProcessingFeedback,
) -> SplitInputs:
    """Return what the core takes of the layers: geometry in longitude/latitude.

    Parameters
    ----------
    lines : what the zone lies along

    Raises
    ------
    PlanError : a layer without reference system, with geometry of another kind, or with values that are none
    """
    from ..core.guides import Guides, areas_of, snap_lines
    from ..core.record import fingerprint
    from ..core.sectors.breaks import break_points

    names = {
        BREAKS: tr("The layer of break points"), AREAS: tr("The layer of areas"),
        SNAP: tr("The layer to snap to"), POPULATION: tr("The layer of population"),
    }
    features = {name: read_features(layer, names[name], context, progress) for name, layer in found.features.items()}
    record = [*found.origins, *((f"{KEYS[name]}_sha256", fingerprint(read)) for name, read in features.items())]
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
    population = _population(found, features, lines, context, progress, feedback)
    if population is not None:
        values["population"] = population
        record.append((f"{KEYS[POPULATION]}_persons_read", f"{population.persons.sum():.0f}"))
    return SplitInputs(values, tuple(record))


def origin(key: str, source: QgsProcessingFeatureSource) -> tuple[tuple[str, str], ...]:
    """Return the name and the reference system of a layer for the run record."""
    crs = source.sourceCrs()
    return (key, source.sourceName()), (f"{key}_crs", crs.authid() or crs.toWkt())


def _between_sectors(source: QgsProcessingFeatureSource) -> str:
    """Return the expression that picks, among a plan's boundaries, those between sectors; empty for other layers."""
    is_plan = all(source.fields().lookupField(name) >= 0 for name in ("sector_from", "sector_to"))
    return '"sector_from" <> "sector_to"' if is_plan else ""


def _population(
    found: SplitLayers, features: dict[str, tuple[InputFeature, ...]], lines: Lines, context: QgsProcessingContext,
    progress: Progress, feedback: QgsProcessingFeedback,
) -> Population | None:
    """Return who lives where, None if no layer tells."""
    from ..core.cells import apart_m
    from ..core.population import population_of

    if found.raster is not None and lines.given:
        reach_m = lines.depth_m + apart_m(lines.given, lines.given_b)
        both = (*lines.given, *lines.given_b)
        population, notes = read_raster(found.raster, both, reach_m, context, progress)
    elif POPULATION in features:
        population, notes = population_of(features[POPULATION], found.features[POPULATION].values)
    else:
        return None
    for note in notes:
        feedback.pushWarning(note)
    return population
