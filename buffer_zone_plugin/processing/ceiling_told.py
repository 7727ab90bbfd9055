"""What does the log tell of a ceiling? What was mended once, what needs attention with the depths it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsProcessingFeedback

from ..compat import tr
from ..core.bands import bands_lost
from ..output.rows import M_PER_KM

if TYPE_CHECKING:
    from ..core.ceiling import Answer, Fitted
    from ..core.plan import PlanInputs

MOST_NAMED = 3  # depths in one line of the log


def tell_answer(answer: Answer, inputs: PlanInputs, feedback: QgsProcessingFeedback) -> None:
    """Write to the log what was mended, which depths cannot be planned, and what the ceiling buys."""
    from ..core.ceiling_words import ceiling_words, failures_told
    from ..core.staffing.statement import STATUS

    _tell_notes(answer, feedback)
    lost = bands_lost((_lost_m(plan, answer) for plan in answer.plans), tr("plans"))
    if lost:
        feedback.pushInfo(lost)
    for sentence in failures_told(answer):
        feedback.pushWarning(sentence)
    for sentence in (*ceiling_words(answer, inputs), STATUS):
        feedback.pushInfo(sentence)


def _tell_notes(answer: Answer, feedback: QgsProcessingFeedback) -> None:
    """Tell notes that the plans of all depths have, and warnings of some with these; the rest is in the table."""
    extents = {plan.depth_m: plan.extent for plan in answer.plans}
    depths: dict[str, list[float]] = {}
    for depth_m, extent in extents.items():
        for note in extent.notes:
            depths.setdefault(note, []).append(depth_m)
    warnings = {warning for extent in extents.values() for warning in extent.warnings}
    for note, of_note in depths.items():
        everywhere = len(of_note) == len(extents)
        if note in warnings:
            feedback.pushWarning(note if everywhere else f"{_listed(of_note)}: {note}")
        elif everywhere:
            feedback.pushInfo(note)


def _listed(depths_m: list[float]) -> str:
    """Return depths as a line of the log names them."""
    told = ", ".join(f"{depth_m / M_PER_KM:g}" for depth_m in depths_m[:MOST_NAMED])
    more = len(depths_m) - MOST_NAMED
    if more > 0:
        return tr("Depth {depths} km and {count} more").format(depths=told, count=more)
    return tr("Depth {depths} km").format(depths=told)


def _lost_m(plan: Fitted, answer: Answer) -> list[float]:
    return [limit for limit in answer.question.bands_m if limit not in plan.spec.bands_m]
