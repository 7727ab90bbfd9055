"""Which past mission does a plan resemble by its density? Zones of history and of proposals, and the nearest of them.

Persons per km of line decide; persons per km² count a tenth as much, since depth hardly changes how many persons a
line takes: in the model four times the ground is 7 % more.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from dataclasses import dataclass

from ..csv_file import number_of, read_rows
from ..errors import PlanError
from .statement import two_figures

COLUMNS = (
    "id", "name", "years", "line_km", "depth_a_km", "depth_b_km", "area_km2", "personnel", "personnel_kind", "kind",
    "source_title", "source_address", "confidence", "note",
)
NEEDED = ("name", "years", "source_title", "source_address", "note")
KINDS = ("mission", "border", "proposal", "geometry")
CONFIDENCES = ("verified", "verified-secondary", "derived", "mixed", "general-knowledge")
AREA_WEIGHT = 0.1  # of a ratio of persons per km² beside one of persons per km
CLOSE = 2.5  # times the density of another: beyond, the nearest is no twin
SAME_AREA = 0.005  # a published area this near to length times depth is no measurement either
CALLED = {"mission": "nearest past mission", "border": "nearest guarded border", "proposal": "nearest proposal"}


@dataclass(frozen=True)
class HistoricalZone:
    """A zone or line of history, or of a proposal.

    Parameters
    ----------
    id, name, years : the name is short enough for a sentence
    line_km, depth_a_km, depth_b_km : length of the line and depths of both sides; None where not known
    area_km2 : area as published; None where not known
    personnel, personnel_kind : how many persons, and who they were; None and perhaps a text where not known
    kind : ``mission``, a third party's force that watched or separated the parties; ``border``, a party's own guards;
        ``proposal``; ``geometry``, of which no persons are known
    source_title, source_address : where it comes from; several are parted by ``;``
    confidence : one of `CONFIDENCES`, of the figures; only ``verified`` is not weak
    note : what else to know
    """

    id: str
    name: str
    years: str
    line_km: float | None
    depth_a_km: float | None
    depth_b_km: float | None
    area_km2: float | None
    personnel: int | None
    personnel_kind: str
    kind: str
    source_title: str
    source_address: str
    confidence: str
    note: str

    @property
    def weak(self) -> bool:
        """Whether its source is anything but verified."""
        return self.confidence != "verified"

    @property
    def nominal_km2(self) -> float | None:
        """Length of line times both depths; None where one is not known, or there is no depth."""
        if self.line_km is None or self.depth_a_km is None or self.depth_b_km is None:
            return None
        return self.line_km * (self.depth_a_km + self.depth_b_km) or None

    @property
    def area_used_km2(self) -> float | None:
        """The published area, else the nominal one."""
        return self.nominal_km2 if self.area_km2 is None else self.area_km2

    @property
    def area_is_nominal(self) -> bool:
        """Whether the area is length times depth, ours or the publication's."""
        nominal = self.nominal_km2
        if nominal is None:
            return False
        return self.area_km2 is None or abs(self.area_km2 - nominal) <= SAME_AREA * nominal

    @property
    def per_km(self) -> float | None:
        """Persons per km of line."""
        return _density(self.personnel, self.line_km)

    @property
    def per_km2(self) -> float | None:
        """Persons per km² of the area used."""
        return _density(self.personnel, self.area_used_km2)


@dataclass(frozen=True)
class Twin:
    """The zone whose density a plan's resembles most.

    Parameters
    ----------
    zone : that zone
    per_km, per_km2 : persons per km of line and per km² of the plan; the latter None where its area is not known
    zone_per_km, zone_per_km2 : the same of the zone
    distance : hypot of the logarithms of both ratios, the second weighted by `AREA_WEIGHT`; 0 is the same density
    """

    zone: HistoricalZone
    per_km: float
    per_km2: float | None
    zone_per_km: float
    zone_per_km2: float | None
    distance: float

    @property
    def ratio(self) -> float:
        """Persons per km of the plan for one of the zone."""
        return self.per_km / self.zone_per_km


def read_zones(path: str | os.PathLike[str]) -> tuple[HistoricalZone, ...]:
    """Read zones of history, a CSV file in UTF-8 with the columns of `COLUMNS`, in the order of the file.

    Raises
    ------
    PlanError : unreadable file; unknown or missing columns, repeated ids; missing texts, unknown kinds, numbers that
        cannot be, persons in a mere geometry. It names the row.
    """
    return tuple(_zone(cells, where) for where, cells in read_rows(path, COLUMNS, "The past missions"))


def nearest_zone(
    zones: Iterable[HistoricalZone], persons: float, line_km: float, area_km2: float,
    kind: str = "mission", verified_only: bool = False,
) -> Twin | None:
    """Return the zone whose persons per km, and a little per km², are nearest to a plan's in proportion.

    Where the area of either is not known, persons per km alone decide. Of equally near zones the first is taken.

    Parameters
    ----------
    zones : only those of the ``kind`` whose line and persons are known are compared
    persons, line_km, area_km2 : of the plan; an area that is not a number above 0 counts as not known
    kind : one of `KINDS`
    verified_only : leave out zones with weak sources

    Returns
    -------
    The nearest; None if the plan has no persons or no line, or there is no zone to compare.
    """
    per_km, per_km2 = _density(persons, line_km), _density(persons, area_km2)
    if per_km is None:
        return None
    found = [
        Twin(zone, per_km, per_km2, zone.per_km, zone.per_km2, _distance(per_km, per_km2, zone.per_km, zone.per_km2))
        for zone in zones
        if zone.kind == kind and zone.per_km is not None and not (verified_only and zone.weak)
    ]
    return min(found, key=lambda twin: twin.distance, default=None)


def twin_sentence(twin: Twin) -> str:
    """Return one sentence to quote: the plan's density, and the nearest zone with its own.

    Examples
    --------
    >>> zone = HistoricalZone("ERI_UNMEE", "UNMEE, Eritrea-Ethiopia", "2000-2008", 1000.0, 25.0, 0.0, None, 4200, "",
    ...                       "mission", "", "", "verified", "")
    >>> twin_sentence(nearest_zone([zone], 5368, 1200.0, 43_200.0))
    '4.5 persons per km of line, nearest past mission: UNMEE, Eritrea-Ethiopia (4.2 per km; 0.17 per km², nominal area)'
    """
    densities = f"{figure(twin.zone_per_km)} per km"
    if twin.zone_per_km2 is not None:
        nominal = ", nominal area" if twin.zone.area_is_nominal else ""
        densities += f"; {figure(twin.zone_per_km2)} per km²{nominal}"
    weak = " (weak source)" if twin.zone.weak else ""
    far = not 1 / CLOSE <= twin.ratio <= CLOSE
    called = f"{CALLED[twin.zone.kind]}{', though far from it' if far else ''}"
    return f"{figure(twin.per_km)} persons per km of line, {called}: {twin.zone.name} ({densities}){weak}"


def figure(density: float) -> str:
    """Return a density with two significant figures, for texts; never in powers of ten.

    Examples
    --------
    >>> [figure(density) for density in (0.1242, 4.47, 9.97, 55.56, 99.7, 12345.0, 0.00004, 2.0)]
    ['0.12', '4.5', '10', '56', '100', '12,000', 'less than 0.001', '2.0']
    """
    if density < 0.001:
        return "less than 0.001"
    if density >= 9.95:
        return f"{two_figures(density):,}"
    return f"{density:.1f}" if density >= 0.995 else f"{density:.2g}"


def _density(persons: float | None, extent: float | None) -> float | None:
    """Return persons per unit, None unless it is a number above 0."""
    if persons is None or extent is None or not (persons > 0 and extent > 0):
        return None
    density = persons / extent
    return density if 0 < density < math.inf else None


def _distance(per_km: float, per_km2: float | None, zone_per_km: float, zone_per_km2: float | None) -> float:
    """Return how far two densities lie apart, in proportion."""
    along = math.log(per_km) - math.log(zone_per_km)
    if per_km2 is None or zone_per_km2 is None:
        return abs(along)
    return math.hypot(along, AREA_WEIGHT * (math.log(per_km2) - math.log(zone_per_km2)))


def _zone(cells: dict[str, str], where: str) -> HistoricalZone:
    """Check one row."""
    missing = [column for column in NEEDED if not cells[column]]
    if missing:
        raise PlanError(f"'{missing[0]}' is empty", "Give a text.", where)
    for column, known in (("kind", KINDS), ("confidence", CONFIDENCES)):
        if cells[column] not in known:
            raise PlanError(f"The {column} '{cells[column]}' is unknown", f"Choose one of: {', '.join(known)}.", where)
    line, depth_a, depth_b, area = (number_of(cells, column, where) for column in COLUMNS[3:7])
    persons = number_of(cells, "personnel", where, whole=True)
    for column, number in (("line_km", line), ("area_km2", area), ("personnel", persons)):
        if number == 0:
            raise PlanError(f"'{column}' is 0", "Leave it empty where it is not known.", where)
    if persons is not None and cells["kind"] == "geometry":
        raise PlanError("A zone of the kind geometry has persons", "Choose another kind, or leave them out.", where)
    if persons is not None and not cells["personnel_kind"]:
        raise PlanError("'personnel_kind' is empty", "Say who the persons were.", where)
    return HistoricalZone(
        cells["id"], cells["name"], cells["years"], line, depth_a, depth_b, area,
        None if persons is None else int(persons), cells["personnel_kind"], cells["kind"],
        cells["source_title"], cells["source_address"], cells["confidence"], cells["note"],
    )
