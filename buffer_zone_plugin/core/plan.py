"""A plan, and the one way to make it: from the contact line's features to everything that one run delivers.

Geometries are shapely, longitude/latitude on WGS 84 (degrees). Lengths are metres, areas square metres, all on the
ellipsoid. Persons are integers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .certificate import Certificate, Known, certify, together
from .clip import line_inside
from .errors import PlanError
from .force import force_of
from .front import Front, one_line, two_lines
from .ground import Ground, lay_ground, outline_edges
from .memo import Memo
from .plan_inputs import PlanInputs
from .plan_words import figures, in_pieces, missed, one_sided, people_figures, staff_figures, without_line
from .population import told_of
from .progress import Progress
from .record import make_record
from .result import Band, ContactPart, Plan, Post, Sector, SectorBoundary, Side, Subsector, Zone
from .shaping import Laid, Shaped, shaped, tasks_under
from .spec import PlanSpec
from .staffing.statement import statement
from .strength import Strength

__all__ = [
    "Band",
    "ContactPart",
    "Laid",
    "Plan",
    "PlanInputs",
    "Post",
    "Sector",
    "SectorBoundary",
    "Shaped",
    "Side",
    "Subsector",
    "Zone",
    "finished",
    "make_plan",
    "make_shape",
    "staffed",
]


def make_plan(spec: PlanSpec, inputs: PlanInputs, progress: Progress) -> Plan:
    """Return the plan of a contact line: the one way through the house.

    Raises
    ------
    PlanError : the input cannot be planned, with the reason, the place and how to mend it
    PlanCancelledError : the user asked to stop
    """
    return staffed(spec, inputs, make_shape(spec, inputs, progress), progress)


def make_shape(spec: PlanSpec, inputs: PlanInputs, progress: Progress, memo: Memo | None = None) -> Shaped:
    """Return the shape of a plan, for one or more kinds of staffing; raises as `make_plan`.

    ``memo`` holds what shapes along the same lines have in common.
    """
    memo = memo or Memo()
    progress.report(0.0, "Cleaning the contact line")
    front = _front(spec, inputs, progress)
    pieces = line_inside(inputs.given.clip, front.line.parts)
    measured = front.measured(spec, progress.check, memo)
    progress.report(0.02, "Drawing the zone at exact distance")
    ground, doubts = lay_ground(front, measured, spec, inputs.given, progress.stage(0.02, 0.5), memo)

    def certified(cut_ground: Ground) -> Certificate:
        outer, depth, side = outline_edges(cut_ground, spec)
        return together([
            certify(
                front.plane, m.field, outer.select(mine), depth[mine], memo.once((m.key, "edges"), Known),
                progress.stage(0.8, 0.9),
            )
            for m, mine in ((m, np.isin(side, m.signs)) for m in measured) if mine.any()
        ])

    return shaped(spec, inputs, Laid(front, front.reach_m(spec), pieces, ground, doubts), certified, progress)


def finished(
    spec: PlanSpec, inputs: PlanInputs, laid: Laid, certified: Callable[[Ground], Certificate] | None,
    progress: Progress,
) -> Plan:
    """Return the plan of a zone that is there: split into sectors, measured, and staffed; parameters as `shaped`."""
    return staffed(spec, inputs, shaped(spec, inputs, laid, certified, progress), progress)


def staffed(spec: PlanSpec, inputs: PlanInputs, shape: Shaped, progress: Progress) -> Plan:
    """Return the plan of a shape under the spec's staffing, which may be another than the one it was shaped with.

    Raises
    ------
    PlanError : contributors that cannot send what they are asked for
    """
    progress.report(0.95, "Estimating staffing")
    laid, divided = shape.laid, shape.divided
    tasks, outside = tasks_under(spec, inputs, shape)
    force = force_of(tasks, divided, shape.division, laid.front.plane, shape.shares, spec, inputs.past)
    strength = force.strength
    doubts = (*laid.doubts, *outside, *(missed(shape.certificate, spec) if shape.certificate else ()))
    notes, warnings = _remarks(spec, laid.front.notes, doubts, shape, strength)
    measured = [
        *figures(shape.zone, shape.lengths_m, spec.two_lines), *staff_figures(force, tasks),
        *people_figures(divided.population, shape.covered, strength.staffing),
        ("past_mission", strength.past_mission),
    ]
    meaning = "\n".join(statement(*strength.staffing.total.ends))
    given = (*inputs.lines, *inputs.lines_b)
    record = make_record(spec.to_json(), meaning, given, inputs.context, measured, notes)
    progress.report(1.0)
    return Plan(
        spec, shape.zone, shape.sides, shape.bands, divided.sectors, force.subsectors, divided.boundaries,
        shape.line, shape.lengths_m, force.posts, tasks.used, strength.staffing, strength.inputs,
        inputs.crossings is not None, strength.drivers, strength.contributions, strength.told, record, notes, warnings,
    )


def _remarks(
    spec: PlanSpec, mended: Sequence[str], doubts: Sequence[str], shape: Shaped, strength: Strength,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what was mended or needs attention, and those of these sentences that do."""
    divided, division, sent = shape.divided, shape.division, strength.contributions
    odd = (*one_sided(divided.sectors, spec), *without_line(divided.sectors, spec))
    people, doubtful = told_of(divided.population, shape.covered)
    warnings = (*doubts, *division.warnings, *odd, *doubtful, *sent.warnings)
    return (*mended, *division.notes, *people, *in_pieces(divided.sectors), *sent.notes, *warnings), warnings


def _front(spec: PlanSpec, inputs: PlanInputs, progress: Progress) -> Front:
    if not spec.two_lines:
        return one_line(inputs.lines, spec)
    if inputs.given.side_a is not None:
        raise PlanError(
            "Both the forward line of side B and the ground on side A were given",
            "Give one of them: two forward lines say which side is which.",
        )
    pair = (inputs.lines_b, inputs.lines) if spec.reverse else (inputs.lines, inputs.lines_b)
    return two_lines(*pair, spec, progress.check)
