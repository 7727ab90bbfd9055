"""The persons that counted sectors take, whether a plan's or polygons that are there; who sends them, and what is said.

Persons are integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .contributors import Contributions, contribute, contributors_from_text
from .spec import PlanSpec
from .staffing.build_up import COMPONENTS, SectorInputs
from .staffing.draws import Driver, drivers
from .staffing.model import Staffing, estimate
from .staffing.overrides import Effective
from .staffing.twins import HistoricalZone, nearest_zone, twin_sentence
from .staffing.words import staffing_words


@dataclass(frozen=True)
class Strength:
    """The persons of sectors.

    ``inputs`` is what was counted in each; ``drivers`` tell which parameters move the total, ``contributions`` who
    sends whom, ``past_mission`` which one the density resembles, empty if none is known; ``told`` says all of it.
    """

    inputs: SectorInputs
    staffing: Staffing
    drivers: tuple[Driver, ...]
    contributions: Contributions
    past_mission: str
    told: tuple[str, ...]


def strength_of(
    spec: PlanSpec, used: Effective, inputs: SectorInputs, names: Sequence[str], past: Sequence[HistoricalZone],
    numbers: Sequence[int] | None = None,
) -> Strength:
    """Return the persons that sectors take.

    Parameters
    ----------
    spec : of which trainees and contributors count here
    used : the posture and the parameters
    names, numbers : of the sectors, as contributors lead them; numbers count from 1 if they are not given
    past : the missions to compare with

    Raises
    ------
    PlanError : contributors that cannot be read, or that cannot send what they are asked for
    """
    staffing = estimate(inputs, used.posture, used.catalogue, spec.trainees)
    moved = drivers(inputs, used.posture, used.catalogue)
    support = staffing.central[:, COMPONENTS.index("support")]
    zone = staffing.central.sum(axis=1) - support
    sent = contribute(
        contributors_from_text(spec.contributors), zone, support, names, staffing.training.central, numbers,
    )
    past_mission = _past_mission(staffing, inputs, past)
    told = staffing_words(staffing, used.title, moved, used.catalogue["rotation_multiplier"].central)
    return Strength(inputs, staffing, moved, sent, past_mission, (*told, *filter(None, [past_mission])))


def _past_mission(staffing: Staffing, inputs: SectorInputs, past: Sequence[HistoricalZone]) -> str:
    """Return the sentence on which past mission the density resembles, of those with verified sources."""
    whole = inputs.whole
    density = staffing.total.central, float(whole.line_km[0]), float(whole.area_km2[0])
    twin = nearest_zone(past, *density, verified_only=True)
    return "" if twin is None else twin_sentence(twin)
