"""What does the log tell of scenarios? What holds for all once, warnings with the scenarios that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgis.core import QgsProcessingFeedback

from ..compat import tr
from ..core.bands import bands_lost

if TYPE_CHECKING:
    from ..core.comparison import Compared, Comparison

MOST_NAMED = 3  # scenarios in one line of the log


def tell_comparison(found: Comparison, base_name: str, feedback: QgsProcessingFeedback) -> None:
    """Write to the log what was mended, what needs attention, and why scenarios have no plan."""
    from ..core.comparison import base_of
    from ..core.features import told_km2
    from ..core.staffing.statement import STATUS

    for variant in dict.fromkeys(one.scenario.variant for one in found.rows):
        for note in _of_all([one for one in found.rows if one.scenario.variant == variant and one.figures]):
            feedback.pushInfo(f"{variant}: {note}" if variant else note)
    lost = bands_lost((one.scenario.lost_m for one in found.rows), tr("scenarios"))
    if lost:
        feedback.pushInfo(lost)
    about: dict[str, list[str]] = {}
    for one in found.rows:
        for warning in (*one.warnings, *((one.reason,) if one.reason else ())):
            about.setdefault(warning, []).append(one.scenario.name)
    for warning, names in about.items():
        feedback.pushWarning(f"{_listed(names)}: {warning}")
    if found.overlap_m2 > 0:
        feedback.pushWarning(
            tr("The areas overlap: {area} of a zone lie in several and count for the first").format(
                area=told_km2(found.overlap_m2),
            ),
        )
    if found.covered:
        feedback.pushWarning(tr("Areas without a row where earlier ones hold all their ground: {names}").format(
            names="; ".join(found.covered),
        ))
    base = base_of(found.rows, base_name)
    if base is not None and base.figures is None:
        feedback.pushWarning(
            tr("Differences are empty, as {name}, with which the others are compared, has no plan: {reason}").format(
                name=base.scenario.name, reason=base.reason,
            ),
        )
    feedback.pushInfo(tr("Scenarios: {count}, without a plan: {failed}. {status}").format(
        count=len(found.rows), failed=sum(one.figures is None for one in found.rows), status=STATUS,
    ))


def _of_all(rows: Sequence[Compared]) -> list[str]:
    """Return the notes that all of some scenarios have, without warnings, in the order of the first."""
    if not rows:
        return []
    common = set(rows[0].notes).intersection(*(one.notes for one in rows)).difference(rows[0].warnings)
    return [note for note in rows[0].notes if note in common]


def _listed(names: Sequence[str]) -> str:
    told = "; ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return tr("{names} and {count} more").format(names=told, count=more) if more > 0 else told
