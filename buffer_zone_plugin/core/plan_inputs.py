"""What a plan is made from, as the caller gives it.

Geometries are shapely, longitude/latitude on WGS 84 (degrees).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Union

from .features import InputFeature
from .geodesy import Array
from .given_ground import NONE_GIVEN, GivenGround
from .guides import NO_GUIDES, Guides
from .population import Population
from .progress import Progress
from .staffing.parameters import Parameter
from .staffing.postures import Posture
from .staffing.twins import HistoricalZone


@dataclass(frozen=True)
class PlanInputs:
    """What a plan is made from: the contact line's features, parameters, postures, past missions, context to record.

    ``lines_b`` are the features of side B's own forward line, ``lines`` then those of side A's: the ground between is
    nobody's, and depths are measured from each side's own. They count if the spec says that there are two lines.
    ``given`` holds the clip and the ground on side A, where the user gave them; ``guides`` what to split by;
    ``population`` the persons who live there, where they are known. ``crossings`` are longitude/latitude (n, 2),
    ``roads`` lines that patrols are to drive; None where none are given.
    """

    lines: tuple[InputFeature, ...]
    catalogue: Mapping[str, Parameter]
    postures: Mapping[str, Posture]
    context: tuple[tuple[str, str], ...] = ()
    given: GivenGround = NONE_GIVEN
    lines_b: tuple[InputFeature, ...] = ()
    guides: Guides = NO_GUIDES
    population: Population | None = None
    crossings: Array | None = None
    roads: tuple[Any, ...] | None = None
    past: tuple[HistoricalZone, ...] = ()


@dataclass(frozen=True)
class LateInputs:
    """Inputs whose inhabitants are read when the plan's turn has come, and forgotten after it; the rest is ``known``.

    ``population`` is called on the thread that asks for the plans, with a progress that tells whether to stop; it may
    raise `PlanError`.
    """

    known: PlanInputs
    population: Callable[[Progress], Population | None]

    def read(self, progress: Progress) -> PlanInputs:
        """Return the whole inputs; raises what ``population`` raises."""
        return replace(self.known, population=self.population(progress))


AnyInputs = Union[PlanInputs, LateInputs]
