"""What do algorithms ask about staffing, and what does it mean for the plan?"""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..compat import plain, tr
from ..core.errors import PlanError
from ..core.spec import POSTURES, PlanSpec
from ..paths import resource_path
from .base import ZoneAlgorithm, advanced, given
from .checked_file import CheckedFile

POSTURE, STAFFING, TRAINEES = "POSTURE", "STAFFING", "TRAINEES"
CROSSINGS, ROADS = "CROSSINGS", "ROADS"
CONTRIBUTORS, CONTRIBUTORS_TABLE = "CONTRIBUTORS", "CONTRIBUTORS_TABLE"
JSON_BEGINS = "{"  # no path of a file does
DEFAULTS = PlanSpec()


def staffing_inputs() -> list[QgsProcessingParameterDefinition]:
    """Return what is asked of the staff. Limits are checked by the core, whose sentences say more than QGIS's."""
    source = QgsProcessing.SourceType
    return [
        QgsProcessingParameterEnum(
            POSTURE, tr("Posture"), posture_labels(), defaultValue=POSTURES.index(DEFAULTS.posture),
        ),
        CheckedFile(
            STAFFING, tr("Staffing parameters or posture of your own (JSON file)"), optional=True,
            fileFilter=tr("JSON files (*.json)"),
        ),
        QgsProcessingParameterFeatureSource(
            CROSSINGS, tr("Crossing points"), [source.TypeVectorPoint], optional=True,
        ),
        advanced(QgsProcessingParameterFeatureSource(
            ROADS, tr("Roads that patrols drive (else they go by area)"), [source.TypeVectorLine], optional=True,
        )),
        QgsProcessingParameterNumber(
            TRAINEES, tr("Trainees per year of a training mission"), QgsProcessingParameterNumber.Type.Integer,
            DEFAULTS.trainees,
        ),
        QgsProcessingParameterString(
            CONTRIBUTORS, tr("Contributors, such as France=30; United Kingdom=30; Others=40"), optional=True,
        ),
        advanced(QgsProcessingParameterFeatureSource(
            CONTRIBUTORS_TABLE, tr("Contributors as a table (instead of the text)"), [source.TypeVector],
            optional=True,
        )),
    ]


def posture_labels() -> list[str]:
    """Return the names of the postures, in the order of the public numbers."""
    return [tr("Observe"), tr("Verify"), tr("Verify, both edges"), tr("Interpose")]


def staffing_values(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> dict[str, Any]:
    """Return what was asked of the staff as values of a `PlanSpec`; raises `PlanError` for what cannot be read.

    Contributors of a table are not among them: layers are read elsewhere.
    """
    trainees = algorithm.parameterAsDouble(parameters, TRAINEES, context)
    if not math.isfinite(trainees) or trainees != int(trainees):
        raise PlanError(
            tr("{number} trainees per year were asked for").format(number=f"{trainees:g}"), tr("Give a whole number."),
        )
    return {
        "posture": POSTURES[algorithm.parameterAsEnum(parameters, POSTURE, context)],
        "staffing": _own_staffing(algorithm, parameters, context),
        "trainees": int(trainees),
        "contributors": algorithm.parameterAsString(parameters, CONTRIBUTORS, context).strip(),
    }


def check_staffing(
    algorithm: ZoneAlgorithm, spec: PlanSpec, parameters: dict[str, Any], context: QgsProcessingContext,
) -> None:
    """Raise `PlanError` for staffing parameters or contributors that cannot be used; call it on the main thread."""
    from ..core.contributors import contributors_from_text
    from ..core.staffing.overrides import effective

    known = shipped()
    effective(spec.staffing, known["postures"][spec.posture], known["catalogue"])
    contributors_from_text(spec.contributors)
    table = algorithm.optional_source(parameters, CONTRIBUTORS_TABLE, context)
    if table is None:
        return
    if spec.contributors:
        raise PlanError(tr("Contributors were given as a text and as a table"), tr("Give one of them."))
    contributors_in(table)


def contributors_in(table: QgsProcessingFeatureSource) -> str:
    """Return the contributors of a table as text; raises `PlanError` for a table that cannot be used."""
    from ..core.contributors import contributors_from_rows, contributors_to_text

    names = [field.name() for field in table.fields()]
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    rows = [
        {name: plain(feature[name]) for name in names}
        for feature in table.getFeatures(request, QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks)
    ]
    found = contributors_from_rows(rows)
    if not found:
        raise PlanError(
            tr("The table of contributors holds none"), tr("Give a field contributor, and share or persons beside it."),
        )
    return contributors_to_text(found)


def shipped() -> dict[str, Any]:
    """Return the parameters, the postures and the past missions that come with the plugin, as values of inputs."""
    from ..core.staffing.shipped import shipped_staffing

    return shipped_staffing(resource_path())


def staffing_file(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return the path of the user's own parameters, empty if none were given, or they were given as JSON itself."""
    text = _own_text(algorithm, parameters, context)
    return "" if text.startswith(JSON_BEGINS) else text


def _own_staffing(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> dict[str, Any]:
    """Return the user's own parameters or posture, empty if none were given."""
    from ..core.json_file import parse_json, read_json

    path, text = staffing_file(algorithm, parameters, context), _own_text(algorithm, parameters, context)
    if not text:
        return {}
    what = tr("The staffing parameters")
    content = read_json(path, what) if path else parse_json(text, what)
    if not isinstance(content, dict):
        raise PlanError(
            tr("The staffing parameters in {path} are not a JSON object").format(path=path),
            tr('Give names with values, such as {"op_spacing": 12}.'),
        )
    return content


def _own_text(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return what was given as the user's own parameters: a path, or JSON, which a whole scenario carries."""
    return algorithm.parameterAsFile(parameters, STAFFING, context).strip() if given(parameters, STAFFING) else ""
