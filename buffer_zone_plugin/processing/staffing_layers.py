"""How do the layers that staffing counts become the core's input? Crossings, roads, a table of contributors."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ..core.progress import Progress
from ..core.spec import PlanSpec
from .base import ZoneAlgorithm
from .destinations import source_files
from .reading import Collected, collect, read_features
from .sources import origin
from .staffing_parameters import CONTRIBUTORS_TABLE, CROSSINGS, ROADS, contributors_in, shipped, staffing_file

KEYS = {CROSSINGS: "crossings", ROADS: "roads"}  # in the run record


@dataclass(frozen=True)
class StaffingInputs:
    """What the core takes for staffing, as values of its inputs, and what the record tells of the layers."""

    values: dict[str, Any]
    record: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class StaffingLayers:
    """The layers that staffing counts, taken on the thread that owns them, and what the record tells of each.

    ``contributors`` is the text that a table of them comes to, None without one.
    """

    features: dict[str, Collected]
    contributors: str | None
    origins: tuple[tuple[str, str], ...]


def collect_staffing_layers(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> StaffingLayers:
    """Take what was given; call it on the main thread. Raises `PlanError` for a table that cannot be used."""
    features, origins = {}, []
    for name, key in KEYS.items():
        source = algorithm.optional_source(parameters, name, context)
        if source is not None:
            features[name] = collect(source)
            origins += origin(key, source)
    table = algorithm.optional_source(parameters, CONTRIBUTORS_TABLE, context)
    if table is not None:
        origins.append(("contributors_table", table.sourceName()))
    return StaffingLayers(features, None if table is None else contributors_in(table), tuple(origins))


def staffing_files(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> frozenset[str]:
    """Return the files that staffing reads, which no output may replace; call it on the main thread."""
    own = staffing_file(algorithm, parameters, context)
    layers = (algorithm.source_layer(parameters, name, context) for name in (*KEYS, CONTRIBUTORS_TABLE))
    return frozenset().union({os.path.realpath(own)} if own else set(), *(source_files(layer) for layer in layers))


def read_staffing_layers(
    found: StaffingLayers, context: QgsProcessingContext, progress: Progress, feedback: QgsProcessingFeedback,
) -> StaffingInputs:
    """Return what is shipped for staffing with what the core takes of the layers.

    Raises
    ------
    PlanError : a layer without reference system, without features, or with geometry of another kind
    """
    from ..core import sites
    from ..core.record import fingerprint

    names = {CROSSINGS: sites.CROSSINGS, ROADS: sites.ROADS}
    read = {name: read_features(layer, names[name], context, progress) for name, layer in found.features.items()}
    values = shipped()
    if CROSSINGS in read:
        values["crossings"], notes = sites.crossings_of(read[CROSSINGS])
        for note in notes:
            feedback.pushInfo(note)
    if ROADS in read:
        values["roads"], left_out = sites.roads_of(read[ROADS])
        for note in left_out:
            feedback.pushInfo(note)
    record = [*found.origins, *((f"{KEYS[name]}_sha256", fingerprint(features)) for name, features in read.items())]
    return StaffingInputs(values, tuple(record))


def with_contributors(spec: PlanSpec, found: StaffingLayers) -> PlanSpec:
    """Return the spec with the contributors of a table, if one was given."""
    return spec if found.contributors is None else replace(spec, contributors=found.contributors)
