"""What does `bufferzone:fitceiling` ask on top of a plan's parameters, and which question is that to the core?"""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..compat import tr
from ..core.ceiling_question import ENDS, SIDES, Question
from ..core.errors import PlanError
from ..core.number_lists import depths_from_text, numbers_from_text
from ..core.spec import POSTURES, PlanSpec
from ..output.rows import M_PER_KM
from .base import ZoneAlgorithm, advanced, given
from .plan_layers import BANDS, bands_of_many
from .plan_parameters import DEFAULTS, inputs
from .staffing_parameters import posture_labels, shipped

CEILING, FIT, DEPTHS = "CEILING", "FIT", "DEPTHS"
SIDES_OF, MANY_POSTURES, SPACINGS, SENSORS = "SIDES", "POSTURES", "SPACINGS", "SENSORS"
DEFAULT_DEPTHS = "5-40/5"
BESIDE = (  # of a plan: they change no figure here, and are kept for the plan that is made from a row
    "DEPTH_A", "DEPTH_B", "BANDS", "SPLIT", "SECTORS", "SHARES", "SECTOR_KM", "BREAKS", "AREAS", "AREAS_NAME",
    "ONE_PER_AREA", "SUBSECTORS", "POSTURE",
)


def ceiling_inputs() -> list[QgsProcessingParameterDefinition]:
    """Return what is asked: the line, the ceiling and what to try, then the other parameters of a plan."""
    line, *others = inputs()
    kept = [advanced(parameter) if parameter.name() in BESIDE else parameter for parameter in others]
    return [
        line,
        QgsProcessingParameterNumber(
            CEILING, tr("Ceiling: persons at most (0: those that contributors pledge)"),
            QgsProcessingParameterNumber.Type.Integer, 0,
        ),
        QgsProcessingParameterEnum(
            FIT, tr("What must keep to the ceiling"),
            [tr("The low end of the range"), tr("The central estimate"), tr("The high end of the range")],
            defaultValue=ENDS.index("central"),
        ),
        QgsProcessingParameterString(
            DEPTHS, tr("Depths to try (km), such as 5,10,20 or 5-40/5 (from, to, step)"), DEFAULT_DEPTHS,
        ),
        QgsProcessingParameterEnum(
            SIDES_OF, tr("Who has the depth"),
            [tr("Each side"), tr("Side A only"), tr("Side B only"), tr("In proportion to the depths of the plan")],
            defaultValue=SIDES.index("both"),
        ),
        QgsProcessingParameterEnum(
            MANY_POSTURES, tr("Postures to try"), posture_labels(), allowMultiple=True,
            defaultValue=list(range(len(POSTURES))), optional=True,
        ),
        QgsProcessingParameterString(
            SPACINGS, tr("Spacings of posts to try (km), such as 5,8,12 (else the posture's)"), optional=True,
        ),
        QgsProcessingParameterString(
            SENSORS, tr("Shares of posts without a crew to try, such as 0,0.25,0.5 (else the posture's)"),
            optional=True,
        ),
        *kept,
    ]


def base_values(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> dict[str, Any]:
    """Return the values of the base: without bands, of which each plan has its own; its depths count in proportions."""
    values = {**parameters, BANDS: ""}
    if SIDES[algorithm.parameterAsEnum(parameters, SIDES_OF, context)] != "proportion":
        values.update(DEPTH_A=DEFAULTS.depth_a_m / M_PER_KM, DEPTH_B=DEFAULTS.depth_b_m / M_PER_KM)
    return values


def question_asked(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, base: PlanSpec,
) -> Question:
    """Return the question that was asked.

    Parameters
    ----------
    base : with the contributors of a table, if one was given

    Raises
    ------
    PlanError : no ceiling and no pledges, or values that no plan can have
    """
    from ..core.ceiling import check_depths
    from ..core.mannings import mannings

    persons, for_training = _ceiling(algorithm, parameters, context, base)
    postures = sorted(set(algorithm.parameterAsEnums(parameters, MANY_POSTURES, context)))
    question = Question(
        persons,
        depths_from_text(algorithm.parameterAsString(parameters, DEPTHS, context)),
        ENDS[algorithm.parameterAsEnum(parameters, FIT, context)],
        SIDES[algorithm.parameterAsEnum(parameters, SIDES_OF, context)],
        tuple(POSTURES[number] for number in postures),
        numbers_from_text(algorithm.parameterAsString(parameters, SPACINGS, context), tr("spacings")),
        numbers_from_text(algorithm.parameterAsString(parameters, SENSORS, context), tr("shares of sensors")),
        for_training, bands_of_many(algorithm, parameters, context),
    )
    check_depths(question, base)
    known = shipped()
    mannings(question, base, known["postures"], known["catalogue"])
    return question


def pledges_for_ceiling(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, base: PlanSpec,
) -> tuple[str, ...]:
    """Return what to tell of pledges: those that make the ceiling, or that a ceiling was given beside them."""
    from ..core.contributors import contributors_from_text, pledges_told

    if not base.contributors:
        return ()
    contributors = contributors_from_text(base.contributors)
    if not (given(parameters, CEILING) and algorithm.parameterAsDouble(parameters, CEILING, context)):
        return pledges_told(contributors)
    if not any(one.persons for one in contributors):
        return ()
    return (tr("The ceiling was given as a number: what contributors pledge does not count for it"),)


def _ceiling(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, base: PlanSpec,
) -> tuple[int, int]:
    """Return the ceiling, and the persons beside it who are pledged for training only."""
    from ..core.contributors import contributors_from_text, pledged

    number = algorithm.parameterAsDouble(parameters, CEILING, context) if given(parameters, CEILING) else 0.0
    if not math.isfinite(number) or number != int(number):
        raise PlanError(
            tr("The ceiling is {number} persons").format(number=f"{number:g}"), tr("Give a whole number."),
        )
    if number:
        return int(number), 0
    if not base.contributors:
        raise PlanError(
            tr("No ceiling was given"),
            tr("Give a number of persons, or contributors with numbers, such as France=3000 persons."),
        )
    return pledged(contributors_from_text(base.contributors))
