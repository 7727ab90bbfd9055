"""What a plan says of itself: sentences on what is odd about its sectors, and figures for the run record.

Lengths are metres, areas square metres.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from .certificate import Certificate
from .force import Force, Tasks
from .population import living
from .result import Sector, Zone
from .spec import PlanSpec
from .staffing.draws import Driver
from .staffing.model import PersonRange, Staffing
from .staffing.overrides import Effective
from .staffing.postures import Posture

LEAST_LINE_M = 1.0
ONE_SIDED = 0.02  # of a sector's area, on its smaller side
LINE_OF_STAFFING = ("as drawn, not generalised", "the middle between the forward lines as drawn, not generalised")


def one_sided(sectors: Sequence[Sector], spec: PlanSpec) -> tuple[str, ...]:
    """Say which sectors lie on one side only, because areas end at the contact line."""
    if spec.split != "areas" or min(spec.depth_a_m, spec.depth_b_m) == 0:
        return ()
    names = [s.name for s in sectors if min(s.area_a_m2, s.area_b_m2) < ONE_SIDED * s.area_m2]
    if not names:
        return ()
    return (f"On one side of the contact line only, where areas end at it: {', '.join(names)}",)


def without_line(sectors: Sequence[Sector], spec: PlanSpec) -> tuple[str, ...]:
    """Say which sectors hold nothing of the line, as in the round ends of a zone that is deep for their length."""
    names = [sector.name for sector in sectors if sector.line_m < LEAST_LINE_M]
    if not names:
        return ()
    advice = "" if spec.split == "areas" else ": take fewer sectors, equal line length, or flat ends (CAPS)"
    return (f"Without contact line: {', '.join(names)}{advice}",)


def in_pieces(sectors: Sequence[Sector]) -> tuple[str, ...]:
    """Say which sectors lie in several pieces, as the zone does, or by a clip or areas in pieces."""
    told = [f"{s.name} ({len(s.geometry.geoms)})" for s in sectors if len(s.geometry.geoms) > 1]
    return (f"Sectors in several pieces: {', '.join(told)}",) if told else ()


def missed(certificate: Certificate, spec: PlanSpec) -> tuple[str, ...]:
    """Say by how much and where the outline misses its tolerance, or that there was nothing to measure."""
    if certificate.error_at is None:
        return () if spec.depth_max_m == 0 else ("No edge of the zone lies at its depth: there is no error to measure",)
    if certificate.error_max_m <= spec.tolerance_m:
        return ()
    lon, lat = certificate.error_at
    return (
        f"The tolerance of {spec.tolerance_m:g} m is missed: the outline is {certificate.error_max_m:.2f} m off "
        f"at {lon:.5f}, {lat:.5f}",
    )


def _error(zone: Zone) -> list[tuple[str, str]]:
    """Return what was measured of the outline, empty where nothing was."""
    if zone.error_at is None:
        return [("error_max_m", ""), ("error_rms_m", ""), ("error_at", "")]
    lon, lat = zone.error_at
    return [
        ("error_max_m", f"{zone.error_max_m:.3f}"), ("error_rms_m", f"{zone.error_rms_m:.3f}"),
        ("error_at", f"{lon:.6f}, {lat:.6f}"),
    ]


def people_figures(
    persons: Sequence[int | None], covered: float | None, staffing: Staffing
) -> list[tuple[str, str]]:
    """Return the persons in the zone, the share of it on which they are known, and how many staff there are for them.

    Empty where that is not told.
    """
    told, check = inhabitants(persons, staffing)
    return [told, ("population_covered", "" if covered is None else f"{covered:.4f}"), check]


def inhabitants(persons: Sequence[int | None], staffing: Staffing) -> list[tuple[str, str]]:
    """Return the persons who live on the ground, and the staff per 1,000 of them; empty where that is not told.

    The latter sizes the control of a population, not the separation of forces: a figure to check by, from which
    nothing is computed.
    """
    whole = living(persons)
    return [
        ("population_of_zone", "" if whole is None else str(whole)),
        ("check_staff_per_1000_inhabitants", f"{1000 * staffing.total.central / whole:.1f}" if whole else ""),
    ]


def staff_figures(force: Force, tasks: Tasks) -> list[tuple[str, str]]:
    """Return persons, posts, crossings and roads, and every staffing parameter as it was used, with its source."""
    kinds = [post.kind for post in force.posts]
    return [
        *persons_of(force.strength.staffing, tasks.used),
        *((f"posts_{kind}", str(kinds.count(kind))) for kind in ("op", "sensor", "crossing")),
        ("road_km", "" if tasks.roads is None else f"{tasks.roads.length_m.sum() / 1e3:.3f}"),
        *parameters_used(tasks.used, force.strength.drivers),
    ]


def persons_of(staffing: Staffing, used: Effective) -> list[tuple[str, str]]:
    """Return the posture and the persons, low-central-high."""
    return [
        ("posture", used.label), ("posture_sources", _sources(used.posture)),
        ("staff", _range(staffing.total)), ("training_staff", _range(staffing.training)),
        ("rotation_pool", _range(staffing.pool)),
    ]


def _sources(posture: Posture) -> str:
    return "; ".join(" ".join(filter(None, source)) for source in posture.sources)


def parameters_used(used: Effective, drivers: Sequence[Driver]) -> list[tuple[str, str]]:
    """Return every staffing parameter as it was used: low, central, high, unit, confidence, source."""
    inside = {d.parameter.name: (d.low, d.central, d.high) for d in drivers}
    told = {
        name: [*inside.get(name, (p.low, p.central, p.high)), p.unit, p.confidence, p.source_title]
        for name, p in used.catalogue.items()
    }
    return [("staffing_parameters", json.dumps(told, ensure_ascii=False))]


def _range(persons: PersonRange) -> str:
    return f"{persons.low}-{persons.central}-{persons.high}"


def figures(
    zone: Zone, lengths: Sequence[tuple[float, float]], two_lines: bool
) -> list[tuple[str, str]]:
    """Return the figures of a zone for the run record: km, km², m; ``lengths`` as `generalised_lengths` gives."""
    return [
        ("area_km2", f"{zone.area_m2 / 1e6:.6f}"),
        ("area_a_km2", f"{zone.area_a_m2 / 1e6:.6f}"),
        ("area_b_km2", f"{zone.area_b_m2 / 1e6:.6f}"),
        ("area_strip_km2", f"{zone.area_strip_m2 / 1e6:.6f}"),
        ("line_km", f"{zone.line_m / 1e3:.6f}"),
        *((f"line_km_generalised_{m / 1e3:g}_km", f"{length / 1e3:.3f}") for m, length in lengths[1:]),
        ("staffing_line", LINE_OF_STAFFING[two_lines]),
        *_error(zone),
    ]
