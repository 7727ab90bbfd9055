"""What do the charts show? Scenarios and candidate plans as plain rows, also taken from the rows of our tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

STAFF = "staff_"  # begins the fields of persons


@dataclass(frozen=True)
class Bar:
    """A scenario: persons ``low``, ``central``, ``high``, areas in km².

    ``components`` are pairs of one of `build_up.COMPONENTS` and persons, which add up to ``central``; empty where they
    are not known. ``strip_km2`` is the ground between two forward lines. ``error`` says why there is no plan, and is
    empty where there is one.
    """

    name: str
    low: int = 0
    central: int = 0
    high: int = 0
    components: tuple[tuple[str, int], ...] = ()
    area_a_km2: float = 0.0
    area_b_km2: float = 0.0
    strip_km2: float = 0.0
    error: str = ""

    @property
    def area_km2(self) -> float:
        """The area of the whole zone."""
        return self.area_a_km2 + self.strip_km2 + self.area_b_km2


@dataclass(frozen=True)
class Point:
    """A candidate plan: posture, depths in km, area in km², persons, and how it stands among the others.

    ``series`` tells candidates of one posture apart that differ in more than their depths: ``posts every 4 km``.
    """

    posture: str
    depth_a_km: float
    depth_b_km: float
    area_km2: float
    low: int
    central: int
    high: int
    fits: bool = True
    dominated: bool = False
    series: str = ""


def bar_of(row: Mapping[str, Any]) -> Bar:
    """Return the bar of a row of the table of scenarios, by the names of its fields; None stands for no value."""
    from ..core.staffing.build_up import COMPONENTS

    if row.get("error"):
        return Bar(str(row["name"]), error=str(row["error"]))
    side_a, side_b = (float(row.get(f"area_{side}_km2") or 0.0) for side in "ab")
    whole, strip = row.get("area_km2") or 0.0, row.get("area_strip_km2")
    between = float(whole) - side_a - side_b if strip is None else float(strip)
    found = tuple((one, int(row[STAFF + one])) for one in COMPONENTS if row.get(STAFF + one) is not None)
    return Bar(
        str(row["name"]), *(int(row.get(STAFF + end) or 0) for end in ("low", "central", "high")), found,
        side_a, side_b, between if between > _rounding(side_a, side_b) else 0.0,
    )


def point_of(row: Mapping[str, Any], series: str = "") -> Point:
    """Return the point of a row of the table of candidate plans, by the names of its fields."""
    return Point(
        str(row["posture"]), float(row["depth_a_km"]), float(row["depth_b_km"]), float(row["area_km2"]),
        *(int(row[STAFF + end]) for end in ("low", "central", "high")), bool(row["fits"]), bool(row["dominated"]),
        series,
    )


def _rounding(*areas: float) -> float:
    """Return what of a difference of areas is rounding only."""
    return 1e-6 * sum(areas)
