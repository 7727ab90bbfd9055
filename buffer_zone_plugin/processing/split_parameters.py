"""What do algorithms ask about the split into sectors, and what does it mean for the plan?"""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..compat import tr
from ..core.errors import PlanError
from ..core.scales import M_PER_KM
from ..core.spec import NUMBERINGS, SPLITS, PlanSpec, shares_from_text
from .base import ZoneAlgorithm, advanced, given
from .population_layer import POPULATION, check_population, population_inputs
from .sources import check_field

BREAKS, AREAS, AREAS_NAME, SNAP = "BREAKS", "AREAS", "AREAS_NAME", "SNAP"
DEFAULTS = PlanSpec()


def split_inputs() -> list[QgsProcessingParameterDefinition]:
    """Return what is asked of the sectors. Limits are checked by the core, whose sentences say more than QGIS's."""
    number, source = QgsProcessingParameterNumber.Type, QgsProcessing.SourceType
    return [
        QgsProcessingParameterEnum(
            "SPLIT", tr("Split into sectors of"), split_labels(), defaultValue=SPLITS.index(DEFAULTS.split),
        ),
        QgsProcessingParameterNumber("SECTORS", tr("Number of sectors"), number.Integer, DEFAULTS.sectors),
        QgsProcessingParameterString(
            "SHARES", tr("Unequal shares of the sectors, such as 30,30,40 (instead of their number)"), optional=True,
        ),
        QgsProcessingParameterNumber(
            "SECTOR_KM", tr("Length of a sector, for a split of fixed length (km)"), number.Double,
            DEFAULTS.sector_m / M_PER_KM,
        ),
        QgsProcessingParameterFeatureSource(
            BREAKS, tr("Break points, or boundaries of a former plan, for a split at them"),
            [source.TypeVectorPoint, source.TypeVectorLine], optional=True,
        ),
        QgsProcessingParameterFeatureSource(
            AREAS, tr("Areas, for a split by them"), [source.TypeVectorPolygon], optional=True,
        ),
        QgsProcessingParameterField(
            AREAS_NAME, tr("Name of the area"), parentLayerParameterName=AREAS, optional=True,
        ),
        QgsProcessingParameterBoolean(
            "ONE_PER_AREA", tr("One sector for each area (else whole areas go to the number of sectors)"),
            DEFAULTS.one_per_area,
        ),
        QgsProcessingParameterNumber(
            "SUBSECTORS", tr("Subsectors within each sector"), number.Integer, DEFAULTS.subsectors,
        ),
        *population_inputs(),
        advanced(QgsProcessingParameterFeatureSource(
            SNAP, tr("Rivers, roads or limits that sector boundaries are to follow"),
            [source.TypeVectorLine, source.TypeVectorPolygon], optional=True,
        )),
        advanced(QgsProcessingParameterNumber(
            "SNAP_KM", tr("How far boundaries may move to follow them (km)"), number.Double, DEFAULTS.snap_m / M_PER_KM,
        )),
        advanced(QgsProcessingParameterEnum(
            "NUMBER_FROM", tr("Number sectors from"), [tr("The west or north end"), tr("The east or south end")],
            defaultValue=NUMBERINGS.index(DEFAULTS.numbered_from),
        )),
    ]


def split_values(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, Any]:
    """Return what was asked of the sectors as values of a `PlanSpec`; raises `PlanError` for what cannot be read."""
    return {
        "split": SPLITS[algorithm.parameterAsEnum(parameters, "SPLIT", context)],
        "sectors": _whole(algorithm, parameters, "SECTORS", tr("{number} sectors were asked for"), context),
        "shares": shares_from_text(algorithm.parameterAsString(parameters, "SHARES", context)),
        "sector_m": algorithm.parameterAsDouble(parameters, "SECTOR_KM", context) * M_PER_KM,
        "one_per_area": algorithm.parameterAsBoolean(parameters, "ONE_PER_AREA", context),
        "subsectors": _whole(algorithm, parameters, "SUBSECTORS", tr("{number} subsectors were asked for"), context),
        "snap_m": algorithm.parameterAsDouble(parameters, "SNAP_KM", context) * M_PER_KM,
        "numbered_from": NUMBERINGS[algorithm.parameterAsEnum(parameters, "NUMBER_FROM", context)],
    }


def check_split(
    algorithm: ZoneAlgorithm, spec: PlanSpec, parameters: dict[str, Any], context: QgsProcessingContext,
) -> None:
    """Raise `PlanError` if the split needs a layer or a field that was not given; call it on the main thread."""
    for split, name, sentence, hint in (
        ("break_points", BREAKS, tr("A split at break points was asked for, but no layer of them was given"),
         tr("Choose a layer of points on the contact line, or another split.")),
        ("areas", AREAS, tr("A split by areas was asked for, but no layer of them was given"),
         tr("Choose a layer of polygons, such as districts, or another split.")),
        ("equal_population", POPULATION, tr("A split by population was asked for, but no population was given"),
         tr("Choose a raster of persons per cell or a layer of points with persons, or another split.")),
    ):
        if spec.split == split and not given(parameters, name):
            raise PlanError(sentence, hint)
    if spec.split == "areas" and spec.one_per_area and not given(parameters, AREAS_NAME):
        raise PlanError(
            tr("One sector for each area was asked for, but no field names the areas"),
            tr("Choose the field with the areas' names."),
        )
    if given(parameters, AREAS):
        check_field(algorithm, parameters, AREAS_NAME, algorithm.optional_source(parameters, AREAS, context), context)
    if given(parameters, POPULATION):
        check_population(algorithm, parameters, context)


def tell_unused(spec: PlanSpec, parameters: dict[str, Any], feedback: QgsProcessingFeedback) -> None:
    """Write to the log which layers were given that the split does not use."""
    for split, name in (("break_points", BREAKS), ("areas", AREAS)):
        if spec.split != split and given(parameters, name):
            feedback.pushWarning(tr("{parameter} is not used by this split").format(parameter=name))


def split_labels() -> list[str]:
    """Return the names of the ways to split, in the order of the public numbers."""
    return [
        tr("No split"), tr("Equal line length"), tr("Equal area"), tr("Equal staffing"),
        tr("Equal population"), tr("Fixed length"), tr("Break points"), tr("Areas"),
    ]


def _whole(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], name: str, sentence: str, context: QgsProcessingContext,
) -> int:
    """Return a whole number; raises `PlanError` for another one."""
    number = algorithm.parameterAsDouble(parameters, name, context)
    if not math.isfinite(number) or number != int(number):
        raise PlanError(sentence.format(number=f"{number:g}"), tr("Give a whole number."))
    return int(number)
