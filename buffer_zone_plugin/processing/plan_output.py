"""How does a plan leave an algorithm? Its layers written, all or none, styled when loaded, and its figures told."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsProcessingContext, QgsProcessingFeatureSource, QgsProcessingFeedback

from ..compat import tr
from ..core.progress import Progress
from ..core.scales import M2_PER_KM2, M_PER_KM
from ..output import fields as f
from ..output.project import RunGroup
from ..output.rows import plan_title, rows
from ..paths import metadata_value
from .base import OVERWRITE, ZoneAlgorithm
from .destinations import Destination, check_destinations, file_destinations, keep_source
from .postprocess import finish_when_loaded, leave_unloaded
from .role_sinks import role_content, write_all
from .sources import origin

if TYPE_CHECKING:
    from ..core.mannings import Extent
    from ..core.plan import Plan
    from ..core.polygon_force import PolygonForce

Sinks = Mapping[str, str]  # parameter: role of its layer


def plan_destinations(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, sinks: Sinks,
    sources: frozenset[str], files: Mapping[str, str] | None = None,
) -> list[Destination]:
    """Return the files that a run will write; raises `PlanError` for one that must not or cannot be written.

    Parameters
    ----------
    sources : files that inputs are read from
    files : paths of outputs that are no layers, by parameter
    """
    wanted = {name: parameters.get(name) for name in sinks}
    destinations = file_destinations({**wanted, **(files or {})}, context)
    check_destinations(destinations, algorithm.parameterAsBoolean(parameters, OVERWRITE, context))
    keep_source(destinations, sources)
    return destinations


def write_sinks(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, sinks: Sinks, plan: Plan,
    progress: Progress,
) -> dict[str, str]:
    """Write the layers that are wanted and return the destination of each."""
    contents = {name: role_content(role, partial(rows, role, plan)) for name, role in sinks.items()}
    return write_all(algorithm, parameters, context, contents, progress)


def finish_layers(
    context: QgsProcessingContext, results: Mapping[str, Any], sinks: Sinks, plan: Plan, group: RunGroup,
) -> None:
    """Have the layers of a run styled, in one group; an empty layer would only be in the way."""
    from ..core.staffing.statement import told_with

    told = told_with(plan.used.title, *plan.staffing.total.ends)
    for name, role in sinks.items():
        if name in results and role in f.WHEN_ASKED and not rows(role, plan):
            leave_unloaded(context, results[name])
    for name, role in sinks.items():
        if name in results:
            finish_when_loaded(context, results[name], role, told, group)


def plan_group(plan: Plan) -> RunGroup:
    """Return the group of a new plan's layers."""
    return RunGroup(uuid.uuid4().hex, plan_title(plan))


def split_again_group(plan: Plan, zone_id: str) -> RunGroup:
    """Return the group of another split's layers, given the id of the zone's layer, empty if it is not known."""
    return RunGroup(uuid.uuid4().hex, tr("{zone}, split again").format(zone=plan_title(plan)), zone_id)


def tell_notes(plan: Plan | PolygonForce | Extent, feedback: QgsProcessingFeedback) -> None:
    """Write to the log what was mended and what needs attention."""
    for note in plan.notes:
        (feedback.pushWarning if note in plan.warnings else feedback.pushInfo)(note)


def tell_staffing(plan: Plan | PolygonForce, feedback: QgsProcessingFeedback) -> None:
    """Write to the log how many persons the plan takes, what moves that most, and what it means."""
    from ..core.staffing.statement import told_with

    for sentence in plan.staffing_told:
        feedback.pushInfo(sentence)
    feedback.pushInfo(told_with(plan.used.title, *plan.staffing.total.ends))


def run_context(**sources: QgsProcessingFeatureSource | None) -> tuple[tuple[str, str], ...]:
    """Return what the run record tells of the surroundings: the core knows neither layers nor QGIS."""
    return (
        ("time", datetime.now(timezone.utc).isoformat(timespec="seconds")),
        ("plugin_version", metadata_value("version")),
        ("qgis_version", Qgis.QGIS_VERSION),
        *(pair for key, source in sources.items() if source is not None for pair in origin(key, source)),
    )


def certificate(plan: Plan) -> str:
    """Return what was measured of the outline as one line for the log."""
    if plan.zone.error_at is None:
        return tr("Error of depth: no edge of the zone lies at its depth, so there is none to measure.")
    lon, lat = plan.zone.error_at
    return tr(
        "Error of depth, measured on the outline: at most {largest} m (at {place}), root mean square {typical} m.",
    ).format(
        largest=f"{plan.zone.error_max_m:.3f}", place=f"{lon:.5f}, {lat:.5f}", typical=f"{plan.zone.error_rms_m:.3f}",
    )


def lengths(plan: Plan) -> str:
    """Return the line's length at each generalisation as one line for the log."""
    (_, drawn), *coarser = plan.lengths_m
    others = ", ".join(
        tr("{length} km at {detail} km").format(length=f"{length / M_PER_KM:.1f}", detail=f"{detail / M_PER_KM:g}")
        for detail, length in coarser
    )
    return tr("Length of the contact line: {drawn} km as drawn, which staffing uses; generalised {others}.").format(
        drawn=f"{drawn / M_PER_KM:.1f}", others=others,
    )


def figures(plan: Plan) -> dict[str, float]:
    """Return the output numbers of a plan: km, km², m, persons."""
    zone, total = plan.zone, plan.staffing.total
    return {
        "AREA_KM2": zone.area_m2 / M2_PER_KM2,
        "AREA_A_KM2": zone.area_a_m2 / M2_PER_KM2,
        "AREA_B_KM2": zone.area_b_m2 / M2_PER_KM2,
        "AREA_STRIP_KM2": zone.area_strip_m2 / M2_PER_KM2,
        "LINE_KM": zone.line_m / M_PER_KM,
        "SECTOR_COUNT": len(plan.sectors),
        "STAFF_LOW": total.low,
        "STAFF_CENTRAL": total.central,
        "STAFF_HIGH": total.high,
        "TRAINING_CENTRAL": plan.staffing.training.central,
        "POOL_CENTRAL": plan.staffing.pool.central,
        "ERROR_MAX_M": float(zone.error_max_m),
    }
