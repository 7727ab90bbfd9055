"""What a plan holds: the zone, its sides, bands, sectors, boundaries, posts and staffing.

Geometries are shapely, longitude/latitude on WGS 84 (degrees), split at ±180°. Lengths are metres, areas square
metres, all on the ellipsoid. Persons are integers.
"""

from __future__ import annotations

from dataclasses import dataclass

from shapely import LineString, MultiLineString, MultiPolygon, Point

from .contributors import Contributions
from .population import living
from .spec import PlanSpec
from .staffing.build_up import SectorInputs
from .staffing.draws import Driver
from .staffing.model import PersonRange, Staffing
from .staffing.overrides import Effective


@dataclass(frozen=True)
class Zone:
    """The whole zone and its certificate; ``error_at`` is None where no edge is at its depth, to be measured."""

    geometry: MultiPolygon
    area_m2: float
    area_a_m2: float
    area_b_m2: float
    area_strip_m2: float
    line_m: float
    perimeter_m: float
    error_max_m: float
    error_rms_m: float
    error_at: tuple[float, float] | None


@dataclass(frozen=True)
class Side:
    """One side of the zone, ``A`` or ``B``, or the ``strip`` between two forward lines, which has no depth."""

    side: str
    name: str
    depth_m: float | None
    geometry: MultiPolygon
    area_m2: float


@dataclass(frozen=True)
class Band:
    """The ground of one side between two distances from the contact line; ``band`` counts from 1 outwards."""

    side: str
    band: int
    from_m: float
    to_m: float
    geometry: MultiPolygon
    area_m2: float


@dataclass(frozen=True)
class Sector:
    """A sector across the zone; ``sector_id`` counts from 1 along the line."""

    sector_id: int
    name: str
    geometry: MultiPolygon
    line_m: float
    area_m2: float
    area_a_m2: float
    area_b_m2: float
    population: int | None = None


@dataclass(frozen=True)
class Subsector:
    """A part of a sector across the zone, with its share of the sector's persons; numbered along the line."""

    subsector_id: int
    sector_id: int
    name: str
    geometry: MultiPolygon
    line_m: float
    area_m2: float
    area_a_m2: float
    area_b_m2: float
    posts: int
    staff: PersonRange
    population: int | None = None


@dataclass(frozen=True)
class SectorBoundary:
    """The border between two sectors; it meets the contact line at ``contact``, ``chainage_m`` along it.

    The contact point is where neighbours coordinate: longitude/latitude. ``between`` names the two; a border between
    subsectors has their sector before and after it.
    """

    boundary_id: int
    sector_from: int
    sector_to: int
    between: tuple[str, str]
    geometry: LineString | MultiLineString
    length_m: float
    chainage_m: float
    contact: tuple[float, float]


@dataclass(frozen=True)
class ContactPart:
    """One connected part of the cleaned contact line, in the order and direction of the chainage.

    ``left`` is the side that lies left of it, ``A`` or ``B``.
    """

    part: int
    chain: int
    left: str
    geometry: LineString | MultiLineString
    line_m: float


@dataclass(frozen=True)
class Post:
    """A proposed post; ``kind`` is op, sensor or crossing, ``line`` is contact, edge_a or edge_b."""

    post_id: int
    sector_id: int
    kind: str
    line: str
    geometry: Point
    chainage_m: float
    watch: int
    strength: float


@dataclass(frozen=True)
class Plan:
    """Everything that one run delivers.

    ``subsectors`` are there if sectors are divided further. ``lengths_m`` pairs generalisations with the contact line's
    length at each, metres; staffing uses the first, the line as it is. ``used`` is the posture with the user's own
    values; ``sector_inputs`` is what staffing counts in each sector, of which the crossings mean nothing if none were
    given; ``drivers`` tell which parameters move the total most, ``contributions`` who sends whom, and
    ``staffing_told`` says it in sentences. ``notes`` lists what was mended and what needs attention; ``warnings`` are
    those of them that do.
    """

    spec: PlanSpec
    zone: Zone
    sides: tuple[Side, ...]
    bands: tuple[Band, ...]
    sectors: tuple[Sector, ...]
    subsectors: tuple[Subsector, ...]
    boundaries: tuple[SectorBoundary, ...]
    line: tuple[ContactPart, ...]
    lengths_m: tuple[tuple[float, float], ...]
    posts: tuple[Post, ...]
    used: Effective
    staffing: Staffing
    sector_inputs: SectorInputs
    crossings_given: bool
    drivers: tuple[Driver, ...]
    contributions: Contributions
    staffing_told: tuple[str, ...]
    record: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def population(self) -> int | None:
        """The persons who live in the zone, None if that is not known of every sector."""
        return living([sector.population for sector in self.sectors])
