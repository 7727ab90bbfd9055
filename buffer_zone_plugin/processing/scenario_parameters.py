"""What does `bufferzone:comparescenarios` ask beside a plan's parameters, and which scenarios does that make?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from ..compat import plain, tr
from ..core.errors import PlanError
from ..core.number_lists import depths_in_order
from ..core.spec import POSTURES, SPLITS, PlanSpec
from ..output.rows import M_PER_KM
from ..paths import resource_path
from .base import ZoneAlgorithm, given
from .checked_file import CheckedFile
from .line_layers import LineLayers, line_layers
from .plan_layers import BANDS, bands_of_many
from .plan_parameters import DEFAULTS
from .sources import layer_name
from .split_parameters import split_labels
from .staffing_parameters import posture_labels

if TYPE_CHECKING:
    from ..core.scenarios import Scenario

SCENARIO_FILE, SCENARIO_TABLE, PRESETS, BASE = "SCENARIO_FILE", "SCENARIO_TABLE", "PRESETS", "BASE"
DEPTHS_A, DEPTHS_B, POSTURES_IN, SPLITS_IN = "DEPTHS_A", "DEPTHS_B", "POSTURES", "SPLITS"
VARIANTS, PLACES = "VARIANTS", "PLACES"
COLUMNS = ("name", "depth_a", "depth_b", "posture")  # keys of the table's columns


def scenario_inputs() -> list[QgsProcessingParameterDefinition]:
    """Return what is asked of the scenarios. Limits are checked by the core, whose sentences say more than QGIS's."""
    source = QgsProcessing.SourceType
    return [
        CheckedFile(
            SCENARIO_FILE, tr("Scenarios (JSON or CSV file)"), optional=True,
            fileFilter=tr("Scenarios (*.json *.csv)"),
        ),
        QgsProcessingParameterMatrix(
            SCENARIO_TABLE, tr("Scenarios (an empty cell is the value below)"), 3, False,
            [tr("Name"), tr("Depth of side A (km)"), tr("Depth of side B (km)"), tr("Posture")], optional=True,
        ),
        QgsProcessingParameterString(
            DEPTHS_A, tr("Every combination of: depths of side A (km), such as 10,20,40 or 10-40/5"), optional=True,
        ),
        QgsProcessingParameterString(DEPTHS_B, tr("… depths of side B (km)"), optional=True),
        QgsProcessingParameterEnum(POSTURES_IN, tr("… postures"), posture_labels(), allowMultiple=True, optional=True),
        QgsProcessingParameterEnum(SPLITS_IN, tr("… splits"), split_labels(), allowMultiple=True, optional=True),
        LineLayers(
            VARIANTS, tr("… the contact line and other lines"), source.TypeVectorLine, optional=True,
        ),
        QgsProcessingParameterBoolean(PRESETS, tr("Depths of past zones and of proposals"), False),
        QgsProcessingParameterString(
            BASE, tr("Scenario that the others are compared with (else the first)"), optional=True,
        ),
        QgsProcessingParameterFeatureSource(
            PLACES, tr("Places, to be counted"), [source.TypeVectorPoint], optional=True,
        ),
    ]


def base_values(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> dict[str, Any]:
    """Return the values of the base: without bands, of which each scenario has its own, and depths unless lists do.

    A file or a table may leave a depth open; lists alone do not.
    """
    values = {**parameters, BANDS: ""}
    if given(parameters, SCENARIO_FILE) or given(parameters, SCENARIO_TABLE):
        return values
    for listed, own, default_m in (
        (DEPTHS_A, "DEPTH_A", DEFAULTS.depth_a_m), (DEPTHS_B, "DEPTH_B", DEFAULTS.depth_b_m),
    ):
        if algorithm.parameterAsString(parameters, listed, context).strip():
            values[own] = default_m / M_PER_KM
    return values


def scenarios_asked(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, base: PlanSpec,
    variants: Sequence[str],
) -> tuple[Scenario, ...]:
    """Return the scenarios that were given: of the file, the table, the lists and the shipped ones, in this order.

    Other lines are combined with the lists, or with the base if there is nothing else; else they are for the file,
    which may name them.

    Parameters
    ----------
    base : has the values that they leave open, except bands, of which each has those that lie in its zone
    variants : names of the lines beside the first

    Raises
    ------
    PlanError : none were given, they cannot be read, two have one name, or the one to compare with is not there
    """
    from ..core.comparison import check_base
    from ..core.scenario_sets import banded, read_scenarios, scenarios_of
    from ..core.scenarios import check_names

    path, rows = scenario_file(algorithm, parameters, context), _rows(algorithm, parameters, context)
    bands = bands_of_many(algorithm, parameters, context)
    listed = (*(read_scenarios(path, base, bands) if path else ()), *(scenarios_of(rows, base, bands) if rows else ()))
    shipped = _shipped(base, bands) if algorithm.parameterAsBoolean(parameters, PRESETS, context) else ()
    alone = not (listed or shipped)
    combined = _crossed(algorithm, parameters, context, base, variants, alone)
    found = (*listed, *(banded(scenario, bands) for scenario in combined), *shipped)
    if not found:
        raise PlanError(
            tr("No scenarios were given"),
            tr("Give a file or a table of them, lists of depths, postures or splits, other lines, or take the depths "
               "of past zones and of proposals."),
        )
    names = [scenario.name for scenario in found]
    check_names(names)
    check_base(base_name(algorithm, parameters, context), names)
    _check_lines(found, variants)
    return found


def base_name(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return the name of the scenario that the others are compared with, empty for the first that stands."""
    return " ".join(algorithm.parameterAsString(parameters, BASE, context).split())


def scenario_file(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return the path of the file of scenarios, empty if none was given."""
    return algorithm.parameterAsFile(parameters, SCENARIO_FILE, context) if given(parameters, SCENARIO_FILE) else ""


def scenario_files(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> frozenset[str]:
    """Return the file of scenarios, which no output may replace."""
    path = scenario_file(algorithm, parameters, context)
    return frozenset({os.path.realpath(path)} if path else ())


def variant_layers(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> dict[str, QgsVectorLayer]:
    """Return the lines beside the first by name; call it on the main thread.

    Raises
    ------
    PlanError : one that cannot be read or holds no lines, or two of one name
    """
    layers: dict[str, QgsVectorLayer] = {}
    for layer in line_layers(algorithm, parameters, VARIANTS, context):
        name = " ".join(layer_name(layer).split())
        if name in layers:
            raise PlanError(tr("Two lines are named '{name}'").format(name=name), tr("Rename one of the layers."))
        layers[name] = layer
    return layers


def _check_lines(scenarios: Sequence[Scenario], variants: Sequence[str]) -> None:
    """Raise `PlanError` if a scenario names a line that is not there."""
    for scenario in scenarios:
        if scenario.variant and scenario.variant not in variants:
            raise PlanError(
                tr("The line '{name}' is not there").format(name=scenario.variant),
                tr("Give a layer of this name (VARIANTS); known are: {names}.").format(
                    names=", ".join(variants) or tr("none"),
                ),
                scenario.name,
            )


def _rows(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> list[dict[str, Any]]:
    """Return the filled rows of the table; raises `PlanError` for cells that make no rows."""
    from ..core.scenario_sets import entry_of

    if not given(parameters, SCENARIO_TABLE):
        return []
    cells = [_text(cell) for cell in _flat(algorithm.parameterAsMatrix(parameters, SCENARIO_TABLE, context))]
    if len(cells) % len(COLUMNS):
        raise PlanError(
            tr("The table of scenarios has {count} cells").format(count=len(cells)),
            tr("Give four for each row: name, depth of side A, depth of side B, posture; they may be empty."),
        )
    rows = (cells[first : first + len(COLUMNS)] for first in range(0, len(cells), len(COLUMNS)))
    return [entry_of(dict(zip(COLUMNS, row))) for row in rows if any(row)]


def _flat(cells: Any) -> list[Any]:
    """Return the cells of rows that were given as lists, too."""
    return [one for cell in cells for one in (_flat(cell) if isinstance(cell, (list, tuple)) else [cell])]


def _text(cell: Any) -> str:
    value = plain(cell)
    if value is None:
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value).strip()


def _crossed(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, base: PlanSpec,
    variants: Sequence[str], alone: bool,
) -> tuple[Scenario, ...]:
    """Return every combination of the lists that were given, none without any; lines count as one ``alone``."""
    from ..core.scenarios import crossed

    depths = [
        depths_in_order(algorithm.parameterAsString(parameters, name, context), what)
        for name, what in ((DEPTHS_A, tr("depths of side A")), (DEPTHS_B, tr("depths of side B")))
    ]
    words = [
        [known[k] for k in algorithm.parameterAsEnums(parameters, name, context)] if given(parameters, name) else []
        for name, known in ((POSTURES_IN, POSTURES), (SPLITS_IN, SPLITS))
    ]
    lines = ("", *variants) if variants else ()
    return crossed(base, *depths, *words, lines) if any((*depths, *words, alone and lines)) else ()


def _shipped(base: PlanSpec, bands_m: Sequence[float]) -> tuple[Scenario, ...]:
    from ..core.scenario_sets import read_scenarios

    return read_scenarios(resource_path("presets", "scenarios.json"), base, bands_m)
