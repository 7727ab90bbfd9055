"""What is each scenario planned from? Layers read once for each line, a raster of persons as each depth needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsUnitTypes

from ..core.errors import PlanError
from ..core.progress import Progress
from .plan_layers import PlanLayers, read_plan_layers
from .population_layer import read_population
from .population_raster import Raster

if TYPE_CHECKING:
    from ..core.plan_inputs import AnyInputs, LateInputs, PlanInputs
    from ..core.population import Population
    from ..core.scenarios import Scenario

CELL_SLACK = 1.1  # for the scale of a raster's projection


def read_scenario_layers(
    scenarios: Sequence[Scenario], lines: Mapping[str, PlanLayers], context: QgsProcessingContext, progress: Progress,
    feedback: QgsProcessingFeedback,
) -> tuple[list[Scenario], PlanInputs, dict[str, AnyInputs]]:
    """Return the scenarios, each with the name of its inputs as its variant; the first line's inputs; the others'.

    A plan spreads the persons of large cells as finely as its zone is deep: that a scenario has the figures of a plan
    of its own, each depth has persons of its own there, which are read when its turn has come. Where what lies along
    one of the other lines cannot be read, the scenario is refused.

    Parameters
    ----------
    lines : the layers of each line by name, the first one's empty

    Raises
    ------
    PlanError : as `plan_layers.read_plan_layers`, of the first line
    """
    deepest = max(scenario.spec.depth_max_m for scenario in scenarios)
    read = {"": read_plan_layers(lines[""], deepest, context, progress, feedback)}
    refused: dict[str, str] = {}
    for name in filter(None, lines):
        untold = QgsProcessingFeedback(False)  # of the same layers again, with another line, there is nothing new
        try:
            read[name] = read_plan_layers(lines[name], deepest, context, progress, untold)
        except PlanError as error:
            refused[name] = str(error)
    placed, late = [], {}
    for scenario in scenarios:
        depth_m, layers = scenario.spec.depth_max_m, lines.get(scenario.variant)
        if scenario.variant in refused:
            placed.append(replace(scenario, refused=scenario.refused or refused[scenario.variant], variant=""))
            continue
        if layers is None or depth_m == deepest or not _by_depth(layers, depth_m):
            placed.append(scenario)
            continue
        own = f"{scenario.variant}, {depth_m} m"
        late[own] = _at_depth(read[scenario.variant], layers, depth_m, context)
        placed.append(replace(scenario, variant=own))
    first = read.pop("")
    return placed, first, {**read, **late}


def inputs_at_depth(
    inputs: PlanInputs, layers: PlanLayers, read_m: float, depth_m: float, context: QgsProcessingContext,
) -> AnyInputs:
    """Return inputs as a plan of one depth alone has them; those that were read for another, where these are the same.

    Where they are not, the persons are read when the plan's turn has come.
    """
    if depth_m == read_m or not _by_depth(layers, depth_m):
        return inputs
    return _at_depth(inputs, layers, depth_m, context)


def _by_depth(layers: PlanLayers, depth_m: float) -> bool:
    """Return whether the cells of a raster of persons are so large that a zone of this depth spreads them."""
    from ..core.cells import FINEST_SHARE

    people = layers.split.population
    return people is not None and people.raster is not None and _cell_m(people.raster) > FINEST_SHARE * depth_m


def _cell_m(raster: Raster) -> float:
    """Return about how large a cell is at most, metres; those in degrees as at the equator, where they are largest."""
    provider, extent = raster.provider, raster.provider.extent()
    unit_m = QgsUnitTypes.fromUnitToUnitFactor(raster.crs.mapUnits(), QgsUnitTypes.DistanceUnit.DistanceMeters)
    return CELL_SLACK * unit_m * max(extent.width() / provider.xSize(), extent.height() / provider.ySize())


def _at_depth(
    inputs: PlanInputs, layers: PlanLayers, depth_m: float, context: QgsProcessingContext,
) -> LateInputs:
    """Return inputs with the persons as a zone of this depth has them, to be read when they are needed."""
    from ..core.plan_inputs import LateInputs

    return LateInputs(inputs, partial(_persons, inputs, layers, depth_m, context))


def _persons(
    inputs: PlanInputs, layers: PlanLayers, depth_m: float, context: QgsProcessingContext, progress: Progress,
) -> Population | None:
    from ..core.cells import nearby_of_lines

    return read_population(
        layers.split.population, lambda: nearby_of_lines(inputs.lines, inputs.lines_b, depth_m), context, progress,
        QgsProcessingFeedback(False),
    )[0]
