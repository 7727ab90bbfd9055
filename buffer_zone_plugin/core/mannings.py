"""How may a zone be manned? Postures, each with the spacings of posts and the shares of sensors that are tried.

Persons are integers, lengths km and areas km², as staffing counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from shapely import MultiPolygon

from .ceiling_question import Question
from .errors import PlanError
from .result import Plan
from .rounding import round_half_up
from .spec import PlanSpec
from .staffing.build_up import SectorInputs, components, post_count
from .staffing.model import PersonRange, estimate
from .staffing.overrides import Effective, effective
from .staffing.parameters import Parameter, check_value
from .staffing.postures import Posture, central_values

SPACING, SENSORS = "op_spacing", "sensor_share"
TRIED = {SPACING: "spacing of posts of {:g} km", SENSORS: "share of {:g} of posts without a crew"}
OWN_POSTURE = "values"  # the key by which own staffing is known to be a posture


@dataclass(frozen=True)
class Extent:
    """What a zone holds for a force of any posture, and the zone itself, longitude/latitude on WGS 84.

    ``road_km`` is None where no roads are given, ``population`` None where nothing tells who lives there. ``notes`` and
    ``warnings`` are those of its plan.
    """

    zone: MultiPolygon
    line_km: float
    area_km2: float
    area_a_km2: float
    area_b_km2: float
    crossings: int
    road_km: float | None
    population: int | None
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def sectors(self, values: Mapping[str, float]) -> SectorInputs:
        """Return the zone as one sector, with the posts that central values ask for."""
        return SectorInputs(
            np.array([self.line_km]), np.array([self.area_km2]), np.array([post_count(self.line_km, values)]),
            np.array([self.crossings]), None if self.road_km is None else np.array([self.road_km]),
        )


@dataclass(frozen=True)
class Need:
    """The persons that a zone takes, those of a training mission beside it, and the posts, with crew and in all."""

    force: PersonRange
    training: PersonRange
    posts: int
    manned: int


@dataclass(frozen=True)
class Manning:
    """A posture with a spacing of posts and a share of sensors.

    Parameters
    ----------
    posture, staffing : as a spec has them
    label, title : what charts and sentences call the posture: with what the user changed, without what is tried here
    used : posture and catalogue with all of it
    """

    posture: str
    staffing: Mapping[str, Any]
    label: str
    title: str
    used: Effective

    @cached_property
    def values(self) -> dict[str, float]:
        """The central values of all parameters."""
        return central_values(self.used.posture, self.used.catalogue)

    def of(self, spec: PlanSpec) -> PlanSpec:
        """Return a plan's spec with this manning in it."""
        return replace(spec, posture=self.posture, staffing=dict(self.staffing))

    def need(self, extent: Extent, trainees: int) -> Need:
        """Return what a zone takes, in whole persons: the totals of any split of it into sectors."""
        inputs = extent.sectors(self.values)
        staffing = estimate(inputs, self.used.posture, self.used.catalogue, trainees)
        posts = int(inputs.posts[0])
        return Need(staffing.total, staffing.training, posts, posts - round_half_up(self.values[SENSORS] * posts))

    def force(self, extent: Extent, end: str) -> int:
        """Return one end of the zone force's range, low, central or high; the central one alone needs no draws."""
        if end == "central":
            return round_half_up(float(components(extent.sectors(self.values), self.values).sum()))
        return int(getattr(self.need(extent, 0).force, end))

    def with_value(self, name: str, value: float) -> Manning:
        """Return the same with another value of a parameter; its low and high follow in proportion."""
        own, changed = self.used, {name: value}
        return replace(
            self, staffing=_with_values(self.staffing, changed),
            used=replace(own, posture=effective(changed, own.posture, own.catalogue).posture),
        )


def mannings(
    question: Question, base: PlanSpec, postures: Mapping[str, Posture], catalogue: Mapping[str, Parameter],
) -> tuple[Manning, ...]:
    """Return every combination of the postures, spacings and shares of sensors asked for, in their order.

    A posture of the user's own in the base's staffing takes the place of all others.

    Raises
    ------
    PlanError : staffing that a posture cannot take, a spacing or a share that no plan can have
    """
    for name, values in ((SPACING, question.spacings_km), (SENSORS, question.sensor_shares)):
        for value in values:
            _check_tried(name, value)
    own = OWN_POSTURE in base.staffing
    names = (base.posture,) if own or not question.postures else question.postures
    return tuple(
        _manning(base, postures[name], catalogue, {
            **({} if spacing is None else {SPACING: spacing}), **({} if share is None else {SENSORS: share}),
        })
        for name in names for spacing in question.spacings_km or (None,)
        for share in question.sensor_shares or (None,)
    )


def _check_tried(name: str, value: float) -> None:
    """Raise `PlanError` for a spacing or a share that no plan can have, by the name that the question has for it."""
    try:
        check_value(name, value)
    except PlanError as error:
        raise PlanError(f"A {TRIED[name].format(value)} is asked for", error.hint) from error


def extent_of(plan: Plan) -> Extent:
    """Return what a plan's zone holds, whatever its posture."""
    whole = plan.sector_inputs.whole
    return Extent(
        plan.zone.geometry, float(whole.line_km[0]), float(whole.area_km2[0]), plan.zone.area_a_m2 / 1e6,
        plan.zone.area_b_m2 / 1e6, int(whole.crossings[0]),
        None if whole.road_km is None else float(whole.road_km[0]), plan.population,
        plan.notes, plan.warnings,
    )


def _manning(
    base: PlanSpec, posture: Posture, catalogue: Mapping[str, Parameter], changed: Mapping[str, float],
) -> Manning:
    staffing = _with_values(base.staffing, changed)
    try:
        told = effective(base.staffing, posture, catalogue)
        used = effective(staffing, posture, catalogue)
    except PlanError as error:
        raise PlanError(error.message, error.hint, error.where or f"posture {posture.label}") from error
    return Manning(posture.id, staffing, told.label, told.title, used)


def _with_values(staffing: Mapping[str, Any], changed: Mapping[str, float]) -> dict[str, Any]:
    """Return own staffing with values of some parameters, whether it is a posture or single parameters."""
    if OWN_POSTURE not in staffing or not changed:
        return {**staffing, **changed}
    ranges = {name: ends for name, ends in staffing.get("ranges", {}).items() if name not in changed}
    return {**staffing, OWN_POSTURE: {**staffing[OWN_POSTURE], **changed}, "ranges": ranges}
