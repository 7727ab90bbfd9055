"""How do the layers that a split needs become the core's input? Break points, areas, population, what to snap to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeatureSource, QgsProcessingFeedback

from ..compat import tr
from ..core.progress import Progress
from .base import ZoneAlgorithm
from .population_layer import Near, PopulationSource, collect_population, read_population
from .reading import Collected, collect, read_features
from .sources import field_index, field_record, origin
from .split_parameters import AREAS, AREAS_NAME, BREAKS, SNAP

KEYS = {BREAKS: "breaks", AREAS: "areas", SNAP: "snap"}  # in the run record


@dataclass(frozen=True)
class SplitLayers:
    """The layers that a split needs, taken on the thread that owns them, and what the record tells of each."""

    features: dict[str, Collected]
    population: PopulationSource | None
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
    features, origins = {}, []
    for name, field in ((BREAKS, ""), (AREAS, AREAS_NAME), (SNAP, "")):
        source = algorithm.optional_source(parameters, name, context)
        if source is not None:
            index = field_index(algorithm, parameters, field, source, context) if field else -1
            features[name] = collect(source, index, _between_sectors(source) if name == BREAKS else "")
            origins += [*origin(KEYS[name], source), *field_record(KEYS[name], source, index)]
    return SplitLayers(features, collect_population(algorithm, parameters, context), tuple(origins))


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
    from ..core.record import fingerprint
    from ..core.sectors.break_places import break_points

    names = {
        BREAKS: tr("The layer of break points"), AREAS: tr("The layer of areas"),
        SNAP: tr("The layer to snap to"),
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
    population, told = read_population(found.population, near, context, progress, feedback)
    return SplitInputs({"guides": Guides(**guides), "population": population}, (*record, *told))


def _between_sectors(source: QgsProcessingFeatureSource) -> str:
    """Return the expression that picks, among a plan's boundaries, those between sectors; empty for other layers."""
    is_plan = all(source.fields().lookupField(name) >= 0 for name in ("sector_from", "sector_to"))
    return '"sector_from" <> "sector_to"' if is_plan else ""
