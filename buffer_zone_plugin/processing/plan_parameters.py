"""What does `bufferzone:planzone` ask, and what does it deliver? Its parameters, layers and figures by name."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..compat import tr
from ..core.scales import M_PER_KM
from ..core.spec import CAPS, OUTLINES, PlanSpec
from ..output import fields as f
from .base import advanced, overwrite_parameter
from .split_parameters import split_inputs
from .staffing_parameters import staffing_inputs

INPUT, INPUT_B = "INPUT", "INPUT_B"
CLIP, SIDE_A = "CLIP", "SIDE_A"
GEOPACKAGE = "GEOPACKAGE"
SINKS = {  # parameter: role of its layer
    "ZONE": "zone", "SIDES": "sides", "BANDS_OUT": "bands", "SECTORS_OUT": "sectors", "SUBSECTORS_OUT": "subsectors",
    "BOUNDARIES": "sector_boundaries", "LINE": "contact_line", "POSTS": "posts", "STAFFING_OUT": "staffing",
    "CONTRIBUTIONS": "contributions", "DRIVERS": "drivers", "RECORD": "run_record",
}
REQUIRED_SINK = "SECTORS_OUT"
SOURCE_TYPES = {
    f.POLYGON: QgsProcessing.SourceType.TypeVectorPolygon,
    f.LINE: QgsProcessing.SourceType.TypeVectorLine,
    f.POINT: QgsProcessing.SourceType.TypeVectorPoint,
    f.TABLE: QgsProcessing.SourceType.TypeVector,
}
DEFAULTS = PlanSpec()


def inputs() -> list[QgsProcessingParameterDefinition]:
    """Return what the algorithm asks. Limits are checked by the core, whose sentences say more than QGIS's."""
    number = QgsProcessingParameterNumber.Type
    return [
        QgsProcessingParameterFeatureSource(INPUT, tr("Contact line"), [QgsProcessing.SourceType.TypeVectorLine]),
        QgsProcessingParameterFeatureSource(
            INPUT_B, tr("Forward line of side B (the contact line is side A's then)"),
            [QgsProcessing.SourceType.TypeVectorLine], optional=True,
        ),
        QgsProcessingParameterNumber(
            "DEPTH_A", tr("Depth of side A (km)"), number.Double, DEFAULTS.depth_a_m / M_PER_KM,
        ),
        QgsProcessingParameterNumber(
            "DEPTH_B", tr("Depth of side B (km)"), number.Double, DEFAULTS.depth_b_m / M_PER_KM,
        ),
        QgsProcessingParameterString("NAME_A", tr("Name of side A"), DEFAULTS.name_a, optional=True),
        QgsProcessingParameterString("NAME_B", tr("Name of side B"), DEFAULTS.name_b, optional=True),
        QgsProcessingParameterFeatureSource(
            SIDE_A, tr("Ground on side A (the line's direction does not matter then)"),
            [QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVectorPoint], optional=True,
        ),
        QgsProcessingParameterBoolean("REVERSE", tr("Swap the sides"), DEFAULTS.reverse),
        QgsProcessingParameterString("BANDS", tr("Limits of bands within each side (km), such as 2,10"), optional=True),
        QgsProcessingParameterFeatureSource(
            CLIP, tr("Clip to"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True,
        ),
        *split_inputs(),
        *staffing_inputs(),
        advanced(QgsProcessingParameterEnum(
            "CAPS", tr("Ends of the zone"), [tr("Round"), tr("Flat")], defaultValue=CAPS.index(DEFAULTS.caps),
        )),
        advanced(QgsProcessingParameterEnum(
            "OUTLINE", tr("Outline"), outline_labels(), defaultValue=OUTLINES.index(DEFAULTS.outline),
        )),
        advanced(QgsProcessingParameterNumber(
            "TOLERANCE", tr("Largest error of depth allowed (m)"), number.Double, DEFAULTS.tolerance_m,
        )),
        overwrite_parameter(),
    ]


def sink(name: str, layer: f.LayerDef) -> QgsProcessingParameterFeatureSink:
    """Return the parameter that tells where a layer goes."""
    return QgsProcessingParameterFeatureSink(
        name, layer.title, SOURCE_TYPES[layer.geometry], optional=name != REQUIRED_SINK, createByDefault=True,
    )


def numbers() -> tuple[tuple[str, str], ...]:
    """Return the names of the figures and what each is."""
    return (
        ("AREA_KM2", tr("Area of the zone (km²)")),
        ("AREA_A_KM2", tr("Area of side A (km²)")),
        ("AREA_B_KM2", tr("Area of side B (km²)")),
        ("AREA_STRIP_KM2", tr("Area between the two forward lines (km²), 0 with one line")),
        ("LINE_KM", tr("Length of the contact line (km)")),
        ("SECTOR_COUNT", tr("Number of sectors")),
        ("STAFF_LOW", tr("Persons of the zone force, low")),
        ("STAFF_CENTRAL", tr("Persons of the zone force, central")),
        ("STAFF_HIGH", tr("Persons of the zone force, high")),
        ("TRAINING_CENTRAL", tr("Persons of the training mission, central")),
        ("POOL_CENTRAL", tr("Persons of the national pool that rotation needs, central")),
        ("ERROR_MAX_M", tr("Largest error of depth (m)")),
    )


def outline_labels() -> list[str]:
    """Return on which side of the true depth the outline may err, in the order of the public numbers."""
    return [tr("Balanced around the depth"), tr("Never beyond the depth"), tr("Never short of the depth")]
