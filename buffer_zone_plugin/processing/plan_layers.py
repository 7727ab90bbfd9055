"""What do a plan and its kin take from the project? The line and all layers beside it, and the values of a spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from ..compat import tr
from ..core.progress import Progress
from ..core.scales import M_PER_KM
from ..core.spec import CAPS, OUTLINES, PlanSpec, bands_from_text, check_bands
from .base import ZoneAlgorithm, given
from .destinations import source_files
from .ground import CLIP as CLIP_KEY
from .ground import SIDE_A as SIDE_A_KEY
from .ground import GroundLayer, collect_ground, read_ground
from .plan_output import run_context
from .plan_parameters import CLIP, DEFAULTS, INPUT, INPUT_B, SIDE_A
from .population_layer import POPULATION
from .reading import Collected, collect, read_features
from .split_layers import KEYS as SPLIT_LAYERS
from .split_layers import SplitLayers, collect_split_layers, read_split_layers
from .split_parameters import check_split, split_values
from .staffing_layers import StaffingLayers, collect_staffing_layers, read_staffing_layers, staffing_files
from .staffing_parameters import check_staffing, staffing_values

if TYPE_CHECKING:
    from ..core.plan import PlanInputs

BANDS = "BANDS"
GROUNDS = {CLIP: CLIP_KEY, SIDE_A: SIDE_A_KEY}  # parameter: key in the run record


@dataclass(frozen=True)
class PlanLayers:
    """What a plan reads, taken on the thread that owns the layers; ``files`` are those that no output may replace.

    ``context`` is what the run record tells of the surroundings.
    """

    line: Collected
    line_b: Collected | None
    split: SplitLayers
    staffing: StaffingLayers
    grounds: dict[str, GroundLayer | None]
    files: frozenset[str]
    context: tuple[tuple[str, str], ...]


def plan_spec(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> PlanSpec:
    """Return what was asked; raises `PlanError` for what no plan can have."""
    return PlanSpec(
        depth_a_m=algorithm.parameterAsDouble(parameters, "DEPTH_A", context) * M_PER_KM,
        depth_b_m=algorithm.parameterAsDouble(parameters, "DEPTH_B", context) * M_PER_KM,
        name_a=algorithm.parameterAsString(parameters, "NAME_A", context).strip() or DEFAULTS.name_a,
        name_b=algorithm.parameterAsString(parameters, "NAME_B", context).strip() or DEFAULTS.name_b,
        two_lines=given(parameters, INPUT_B),
        reverse=algorithm.parameterAsBoolean(parameters, "REVERSE", context),
        bands_m=bands_from_text(algorithm.parameterAsString(parameters, BANDS, context)),
        caps=CAPS[algorithm.parameterAsEnum(parameters, "CAPS", context)],
        tolerance_m=algorithm.parameterAsDouble(parameters, "TOLERANCE", context),
        outline=OUTLINES[algorithm.parameterAsEnum(parameters, "OUTLINE", context)],
        **split_values(algorithm, parameters, context),
        **staffing_values(algorithm, parameters, context),
    )


def bands_of_many(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> tuple[float, ...]:
    """Return limits of bands, metres, for plans of several depths; raises `PlanError` for what no zone can have."""
    bands = bands_from_text(algorithm.parameterAsString(parameters, BANDS, context))
    check_bands(bands)
    return bands


def check_plan(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
) -> PlanSpec:
    """Return what was asked; raises `PlanError` for values or layers that no plan can have."""
    spec = plan_spec(algorithm, parameters, context)
    check_split(algorithm, spec, parameters, context)
    check_staffing(algorithm, spec, parameters, context)
    return spec


def collect_plan_layers(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext,
    line: Collected | None = None,
) -> PlanLayers:
    """Take the features, and what the record tells of their source; call it on the main thread.

    ``line`` is taken instead of `INPUT`, of which then nothing is told.
    """
    source = None if line is not None else algorithm.parameterAsSource(parameters, INPUT, context)
    if line is None:
        if source is None:
            raise QgsProcessingException(algorithm.invalidSourceError(parameters, INPUT))
        line = collect(source)
    other = algorithm.optional_source(parameters, INPUT_B, context)
    files = (
        source_files(algorithm.source_layer(parameters, name, context))
        for name in (INPUT, INPUT_B, *SPLIT_LAYERS, POPULATION, *GROUNDS)
    )
    return PlanLayers(
        line, None if other is None else collect(other),
        collect_split_layers(algorithm, parameters, context), collect_staffing_layers(algorithm, parameters, context),
        {name: _collect_ground(algorithm, parameters, name, context) for name in GROUNDS},
        staffing_files(algorithm, parameters, context).union(*files), run_context(source=source, source_b=other),
    )


def read_plan_layers(
    layers: PlanLayers, depth_m: float, context: QgsProcessingContext, progress: Progress,
    feedback: QgsProcessingFeedback,
) -> PlanInputs:
    """Return line and ground in longitude/latitude, with the staffing catalogue and the postures.

    Parameters
    ----------
    depth_m : the largest depth that anything is planned with, metres

    Raises
    ------
    PlanError : a layer without reference system, with geometry of another kind, or with values that are none
    """
    from ..core.cells import nearby_of_lines
    from ..core.given_ground import GivenGround
    from ..core.plan import PlanInputs

    clip, side_a = (read_ground(layers.grounds[name], context, progress) for name in GROUNDS)
    for note in (*clip.notes, *side_a.notes):
        feedback.pushInfo(note)
    lines = read_features(layers.line, tr("The contact line"), context, progress)
    lines_b = () if layers.line_b is None else read_features(
        layers.line_b, tr("The forward line of side B"), context, progress,
    )
    split = read_split_layers(
        layers.split, lambda: nearby_of_lines(lines, lines_b, depth_m), context, progress, feedback,
    )
    staffing = read_staffing_layers(layers.staffing, context, progress, feedback)
    return PlanInputs(
        lines=lines,
        lines_b=lines_b,
        context=(*layers.context, *clip.record, *side_a.record, *split.record, *staffing.record),
        given=GivenGround(clip.geometry, side_a.geometry),
        **split.values,
        **staffing.values,
    )


def _collect_ground(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext,
) -> GroundLayer | None:
    """Return the features of an optional layer of ground, None if none was given."""
    source = algorithm.optional_source(parameters, name, context)
    return None if source is None else collect_ground(GROUNDS[name], source)
