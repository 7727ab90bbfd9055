"""A plan, and the one way to make it: from the contact line's features to everything that one run delivers.

Geometries are shapely, longitude/latitude on WGS 84 (degrees). Lengths are metres, areas square metres, all on the
ellipsoid. Persons are integers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .clip import line_inside
from .delivery import bands_of, boundaries_of, line_of, on_earth, sectors_of, sides_of, zone_of
from .errors import PlanError
from .features import InputFeature
from .front import Front, one_line, two_lines
from .geodesy import CHORD_STEP_M, Array, densify, path_length
from .given_ground import NONE_GIVEN, GivenGround
from .ground import Ground, cut, lay_ground, outline_edges
from .lengths import generalised_lengths
from .posting import post_places, posts_of
from .progress import Progress
from .record import make_record
from .result import Band, ContactPart, Plan, Post, Sector, SectorBoundary, Side, Zone
from .sectors.borders import borders_of
from .sectors.breaks import split_at
from .sectors.measures import LineShares
from .sectors.rules import rule_of
from .sectors.split import ChainPath, split
from .spec import PlanSpec
from .staffing.model import SectorInputs, Staffing, estimate
from .staffing.parameters import Parameter
from .staffing.postures import Posture
from .zone import Certificate, certify, together

__all__ = [
    "Band", "ContactPart", "Plan", "PlanInputs", "Post", "Sector", "SectorBoundary", "Side", "Zone", "make_plan",
]


LINE_OF_STAFFING = ("as drawn, not generalised", "the middle between the forward lines as drawn, not generalised")


@dataclass(frozen=True)
class PlanInputs:
    """What a plan is made from: the contact line's features, the parameters, the postures, context to record.

    ``lines_b`` are the features of side B's own forward line, ``lines`` then those of side A's: the ground between is
    nobody's, and depths are measured from each side's own. They count if the spec says that there are two lines.
    ``given`` holds the clip and the ground on side A, where the user gave them; ``breaks`` are break points,
    longitude/latitude (n, 2).
    """

    lines: tuple[InputFeature, ...]
    catalogue: Mapping[str, Parameter]
    postures: Mapping[str, Posture]
    context: tuple[tuple[str, str], ...] = ()
    given: GivenGround = NONE_GIVEN
    lines_b: tuple[InputFeature, ...] = ()
    breaks: Array = field(default_factory=lambda: np.zeros((0, 2)))


def make_plan(spec: PlanSpec, inputs: PlanInputs, progress: Progress) -> Plan:
    """Return the plan of a contact line: the one way through the house.

    Raises
    ------
    PlanError : the input cannot be planned, with the reason, the place and how to mend it
    PlanCancelledError : the user asked to stop
    """
    progress.report(0.0, "Cleaning the contact line")
    front = _front(spec, inputs, progress)
    line, measured = front.line, front.measured(spec, progress.check)
    pieces = line_inside(inputs.given.clip, line.parts)
    parts = [piece for _, piece in pieces]
    progress.report(0.02, "Drawing the zone at exact distance")
    ground, doubts = lay_ground(front, measured, spec, inputs.given, progress.stage(0.02, 0.5))
    shares = LineShares([densify(part, CHORD_STEP_M) for part in parts], line.plane)
    progress.report(0.5, "Splitting the zone into sectors")
    chains = [ChainPath(path, chain.closed) for path, chain in zip(front.paths, line.chains)]
    counted = ground.whole()
    whole = ground.unclipped() if ground.masked.any() else counted
    reach, stage = front.reach_m(spec), progress.stage(0.5, 0.8)
    if spec.split == "break_points":
        partition = split_at(inputs.breaks, chains, whole, line.plane, reach, stage)
    else:
        partition = split(chains, shares, whole, counted, line.plane, reach, rule_of(spec), stage)
    count = len(partition.sectors)
    ground = cut(ground, whole, partition.sectors, partition.borders)
    _refuse_empty(ground, count)
    progress.report(0.8, "Measuring the result")
    outer, depth, side = outline_edges(ground, spec)
    certificate = together([
        certify(line.plane, m.field, outer.select(mine), depth[mine], progress.stage(0.8, 0.9))
        for m, mine in ((m, np.isin(side, m.signs)) for m in measured) if mine.any()
    ])
    in_plane = ground.by_sector(count)
    borders = borders_of(in_plane)
    boundaries = boundaries_of(line.plane, shares, borders)
    progress.report(0.92)
    faces = on_earth(ground, line.plane)
    sectors = sectors_of(faces, count, shares.by_sector(in_plane, [b.line for b in borders]))
    zone = zone_of(line.plane, faces, sum(path_length(part) for part in parts), certificate)
    progress.report(0.94)
    sides, bands = sides_of(faces, spec), bands_of(faces, spec)
    progress.report(0.95, "Estimating staffing")
    posture = inputs.postures[spec.posture]
    places = post_places(line.plane, parts, shares, outer, side, posture, inputs.catalogue)
    posts = posts_of(line.plane, shares, in_plane, places, posture, inputs.catalogue)
    staffing = estimate(_staffing_inputs(sectors, posts), posture, inputs.catalogue)
    warnings = (*doubts, *partition.warnings, *_missed(certificate, spec))
    notes = (*front.notes, *partition.notes, *warnings)
    lengths = generalised_lengths(parts, line.plane)
    given = (*inputs.lines, *inputs.lines_b)
    record = make_record(spec, given, inputs.context, _figures(zone, lengths, staffing, spec.two_lines), notes)
    progress.report(1.0)
    return Plan(
        spec, zone, sides, bands, sectors, boundaries, line_of(line, pieces), lengths, posts, staffing, record, notes,
        warnings,
    )


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


def _refuse_empty(ground: Ground, count: int) -> None:
    empty = np.setdiff1d(np.arange(count), ground.sector[ground.kept]) + 1
    if len(empty):
        raise PlanError(
            f"Nothing of sectors {', '.join(map(str, empty))} lies inside the clip",
            "Ask for fewer sectors, split by area, or choose a larger clip layer.",
        )


def _staffing_inputs(sectors: Sequence[Sector], posts: Sequence[Post]) -> SectorInputs:
    counts = np.bincount([post.sector_id - 1 for post in posts], minlength=len(sectors))
    return SectorInputs(
        np.array([s.line_m / 1000 for s in sectors]), np.array([s.area_m2 / 1e6 for s in sectors]), counts,
        np.zeros(len(sectors), dtype=np.int64),
    )


def _missed(certificate: Certificate, spec: PlanSpec) -> tuple[str, ...]:
    if certificate.error_at is None:
        return () if spec.depth_max_m == 0 else ("No edge of the zone lies at its depth: there is no error to measure",)
    if certificate.error_max_m <= spec.tolerance_m:
        return ()
    lon, lat = certificate.error_at
    return (
        f"The tolerance of {spec.tolerance_m:g} m is missed: the outline is {certificate.error_max_m:.2f} m off "
        f"at {lon:.5f}, {lat:.5f}",
    )


def _figures(
    zone: Zone, lengths: Sequence[tuple[float, float]], staffing: Staffing, two_lines: bool
) -> list[tuple[str, str]]:
    total = staffing.total
    return [
        ("area_km2", f"{zone.area_m2 / 1e6:.6f}"),
        ("area_a_km2", f"{zone.area_a_m2 / 1e6:.6f}"),
        ("area_b_km2", f"{zone.area_b_m2 / 1e6:.6f}"),
        ("area_strip_km2", f"{zone.area_strip_m2 / 1e6:.6f}"),
        ("line_km", f"{zone.line_m / 1e3:.6f}"),
        *((f"line_km_generalised_{m / 1e3:g}_km", f"{length / 1e3:.3f}") for m, length in lengths[1:]),
        ("staffing_line", LINE_OF_STAFFING[two_lines]),
        ("error_max_m", f"{zone.error_max_m:.3f}"),
        ("error_rms_m", f"{zone.error_rms_m:.3f}"),
        ("error_at", f"{zone.error_at[0]:.6f}, {zone.error_at[1]:.6f}" if zone.error_at else ""),
        ("staff", f"{total.low}-{total.central}-{total.high}"),
    ]
