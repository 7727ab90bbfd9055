"""What do the tables of persons hold, and what does staffing tell of a sector? Lists of attributes in field order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # numpy may be missing when the plugin starts
    from ..core.contributors import Contributions
    from ..core.staffing.build_up import SectorInputs
    from ..core.staffing.draws import Driver
    from ..core.staffing.model import Staffing
    from ..core.staffing.overrides import Effective

PER_AREA_KM2 = 100.0
PER_INHABITANTS = 1000
TRAINING = "training"


def meaning_of(used: Effective, staffing: Staffing) -> list[str]:
    """Return the posture, and what an estimate means: the last fields of every row of persons."""
    from ..core.staffing.statement import one_line

    return [used.label, one_line(*staffing.total.ends)]


def staff_values(
    inputs: SectorInputs, staffing: Staffing, index: int, population: int | None, crossings_given: bool,
    told: list[str],
) -> list[Any]:
    """Return what staffing tells of the sector at position ``index``, from 0; km, km², integers; then ``told``."""
    persons = staffing.sector(index)
    line_km, area_km2 = float(inputs.line_km[index]), float(inputs.area_km2[index])
    return [
        int(inputs.posts[index]), float(staffing.patrols_day[index]), persons.low, persons.central, persons.high,
        *(int(number) for number in staffing.central[index]),
        ratio(persons.central, line_km), ratio(persons.central, area_km2 / PER_AREA_KM2), population,
        int(inputs.crossings[index]) if crossings_given else None,
        None if inputs.road_km is None else float(inputs.road_km[index]),
        None if not population else persons.central / population * PER_INHABITANTS,
        *told,
    ]


def staffing_rows(staffing: Staffing, sector_ids: list[int], told: list[str]) -> Iterator[list[Any]]:
    """Yield the persons by sector and component, and of the training mission."""
    from ..core.staffing.build_up import COMPONENTS

    for index, sector_id in enumerate(sector_ids):
        for column, component in enumerate(COMPONENTS):
            low, central, high = (table[index, column] for table in (staffing.low, staffing.central, staffing.high))
            yield [sector_id, component, int(low), int(central), int(high), *told]
    training = staffing.training
    yield [None, TRAINING, training.low, training.central, training.high, *told]


def contribution_rows(
    contributions: Contributions, sector_ids: list[int], told: list[str],
) -> Iterator[list[Any]]:
    """Yield the persons by contributor and sector; of the training mission without a sector."""
    for row, (contributor, role) in enumerate(zip(contributions.contributors, contributions.roles)):
        if role == TRAINING:
            yield [contributor, None, role, int(contributions.training[row]), *told]
            continue
        for sector_id, persons in zip(sector_ids, contributions.zone[row]):
            yield [contributor, sector_id, role, int(persons), *told]


def driver_rows(drivers: tuple[Driver, ...], used: Effective, told: list[str]) -> Iterator[list[Any]]:
    """Yield the parameters of the zone force, the strongest first, and those of what stands beside it."""
    names = {driver.parameter.name for driver in drivers}
    for rank, d in enumerate(drivers, start=1):
        yield [
            rank, d.parameter.name, d.parameter.unit, *map(_plain, (d.low, d.central, d.high)), d.persons_low,
            d.persons_high, d.swing, *_source(d.parameter), *told,
        ]
    for name, p in used.catalogue.items():
        if name not in names:
            yield [
                None, name, p.unit, *map(_plain, (p.low, p.central, p.high)), None, None, None, *_source(p), *told,
            ]


def _plain(value: float) -> float:
    """Return a parameter's value without the noise of floating numbers: a low of 0.08 is no 0.0799999."""
    return float(f"{value:.7g}")


def _source(parameter: Any) -> list[str]:
    return [parameter.confidence, parameter.source_title, parameter.source_address, parameter.note]


def ratio(persons: int, amount: float) -> float | None:
    """Return persons for each unit of an amount, None where there is nothing of it."""
    return persons / amount if amount > 0 else None
