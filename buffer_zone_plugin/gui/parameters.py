"""From the panel's values to the parameters of `bufferzone:planzone` and `bufferzone:comparescenarios`."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
)

from ..core.spec import PlanSpec
from .postures import posture_folder
from .state import OUTPUT_GEOPACKAGE, PanelState

ALGORITHM_ID = "bufferzone:planzone"
COMPARE_ID = "bufferzone:comparescenarios"
# every layer of a plan; SECTORS_OUT is the one that the algorithm cannot skip
OPTIONAL_SINKS = ("ZONE", "SIDES", "BANDS_OUT", "BOUNDARIES", "LINE", "POSTS", "STAFFING_OUT", "DRIVERS", "RECORD")
CONTRIBUTIONS_SINK = "CONTRIBUTIONS"  # only where there are contributors
SECTORS_SINK = "SECTORS_OUT"
COMPARE_SINKS = ("SCENARIOS", "SCENARIO_ZONES")


def plan_parameters(state: PanelState, project: QgsProject, overwrite: bool = False) -> dict[str, Any]:
    """Return the parameters of one run.

    Temporary layers go to ``project``; a GeoPackage is written whole and loaded by the caller, so that its layers are
    those of the file and not copies.
    """
    parameters = input_parameters(state)
    if state.output == OUTPUT_GEOPACKAGE:
        parameters["GEOPACKAGE"] = state.gpkg_path
        parameters["OVERWRITE"] = overwrite
        parameters[SECTORS_SINK] = QgsProcessing.TEMPORARY_OUTPUT
    else:
        asked = (CONTRIBUTIONS_SINK,) if state.contributors else ()
        parameters.update(_temporary((*OPTIONAL_SINKS, *asked, SECTORS_SINK), project))
    return parameters


def compare_parameters(state: PanelState, project: QgsProject, scenario_file: str) -> dict[str, Any]:
    """Return the parameters of a comparison of the scenarios in a file; temporary layers go to ``project``."""
    return {
        **input_parameters(state), "SCENARIO_FILE": scenario_file, "BASE": state.scenario_base,
        **_temporary(COMPARE_SINKS, project),
    }


def spec_of(state: PanelState, project: QgsProject) -> PlanSpec:
    """Return what a run with these values would plan; raises `PlanError` for what no plan can have."""
    from ..processing.plan_layers import plan_spec

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM_ID)
    context = QgsProcessingContext()
    context.setProject(project)
    return plan_spec(algorithm, input_parameters(state), context)


def input_parameters(state: PanelState) -> dict[str, Any]:
    """Return the parameters of a plan without its outputs."""
    parameters: dict[str, Any] = {
        "INPUT": _source(state),
        "DEPTH_A": state.depth_a_km,
        "DEPTH_B": state.depth_b_km,
        "NAME_A": state.name_a,
        "NAME_B": state.name_b,
        "REVERSE": state.reverse,
        "BANDS": state.bands,
        "CAPS": state.caps,
        "TOLERANCE": state.tolerance_m,
        "SPLIT": state.split,
        "SECTORS": state.sectors,
        **_staffing(state),
    }
    side_a = "" if state.line_b_id else state.side_a_id  # two forward lines say which side is which
    for name, layer_id in (
        ("CLIP", state.clip_id), ("INPUT_B", state.line_b_id), ("SIDE_A", side_a),
        ("CROSSINGS", state.crossings_id), ("ROADS", state.roads_id),
    ):
        if layer_id:
            parameters[name] = layer_id
    return parameters


def _temporary(sinks: tuple[str, ...], project: QgsProject) -> dict[str, Any]:
    """Return destinations whose layers go to ``project`` and are lost with it."""
    return {sink: QgsProcessingOutputLayerDefinition(QgsProcessing.TEMPORARY_OUTPUT, project) for sink in sinks}


def _staffing(state: PanelState) -> dict[str, Any]:
    """Return what is asked of the staff; a posture of the user's own takes the place of the plugin's."""
    own = {"STAFFING": str(posture_folder() / state.own_posture)} if state.own_posture else {"POSTURE": state.posture}
    given = {"TRAINEES": state.trainees, "CONTRIBUTORS": state.contributors}
    return {**own, **{name: value for name, value in given.items() if value}}


def _source(state: PanelState) -> Any:
    if not state.selected_only:
        return state.layer_id
    return QgsProcessingFeatureSourceDefinition(state.layer_id, selectedFeaturesOnly=True)


def plan_name(state: PanelState) -> str:
    """Return a short name for what was planned, such as ``20 + 20 km``."""
    return f"{state.depth_a_km:g} + {state.depth_b_km:g} km"
