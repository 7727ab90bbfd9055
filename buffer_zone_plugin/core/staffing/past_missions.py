"""How near does the formula come to missions whose posts, patrols and strength are on record?

Each back-test takes what is on record of a mission and states its assumptions beside it, as parameters of the model.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from ..csv_file import number_of, read_rows
from ..errors import PlanError
from .build_up import overheads, patrol_persons, post_persons
from .parameters import check_value

RECORDED = ("positions", "outposts", "patrols_day")
ASSUMED = (
    "op_watch", "shift_factor", "temp_post_persons", "patrol_crew", "patrol_day_fraction", "patrol_utilisation",
    "reserve_share", "unit_overhead", "mission_support_share",
)
TEXTS = ("name", "years", "strength_kind", "source_title", "source_address", "note")
COLUMNS = ("id", "name", "years", *RECORDED, *ASSUMED, "strength", *TEXTS[2:])


@dataclass(frozen=True)
class BackTest:
    """A mission, what the model makes of it, and how strong it was.

    Parameters
    ----------
    id, name, years : the name says which assumption differs where a mission is tested twice
    positions, outposts, patrols_day : permanently manned posts, temporary posts and patrols per day, as on record
    assumed : values of the parameters of `ASSUMED`
    strength, strength_kind : persons on record, and who they were
    source_title, source_address : of what is on record; several are parted by ``;``
    note : which values are assumptions, and what the test is worth
    """

    id: str
    name: str
    years: str
    positions: float
    outposts: float
    patrols_day: float
    assumed: Mapping[str, float]
    strength: int
    strength_kind: str
    source_title: str
    source_address: str
    note: str

    @property
    def persons(self) -> float:
        """What the model makes of it, a real number."""
        values = {
            **self.assumed, "sensor_operator": 0.0,
            "temp_posts": self.outposts / self.positions if self.positions else 0.0,
        }
        operations = post_persons(self.positions, 0.0, values) + patrol_persons(self.patrols_day, values)
        return float(operations + sum(overheads(operations, values)))

    @property
    def ratio(self) -> float:
        """What the model makes of it for one person on record."""
        return self.persons / self.strength


def read_back_tests(path: str | os.PathLike[str]) -> tuple[BackTest, ...]:
    """Read back-tests, a CSV file in UTF-8 with the columns of `COLUMNS`, in the order of the file.

    Raises
    ------
    PlanError : unreadable file; unknown or missing columns, repeated ids; missing texts; numbers that cannot be;
        outposts without positions. It names the row.
    """
    return tuple(_back_test(cells, where) for where, cells in read_rows(path, COLUMNS, "The back-tests"))


def _back_test(cells: dict[str, str], where: str) -> BackTest:
    """Check one row."""
    for column in TEXTS:
        if not cells[column]:
            raise PlanError(f"'{column}' is empty", "Give a text.", where)
    positions, outposts, patrols_day, strength = (
        number_of(cells, column, where) for column in (*RECORDED, "strength")
    )
    if positions is None or outposts is None or patrols_day is None or not strength:
        raise PlanError("Positions, outposts, patrols or strength are missing", "Give numbers.", where)
    if outposts and not positions:
        raise PlanError("There are outposts without positions", "Count them as positions.", where)
    return BackTest(
        cells["id"], cells["name"], cells["years"], positions, outposts, patrols_day,
        {name: check_value(name, cells[name], where) for name in ASSUMED},
        int(strength), cells["strength_kind"], cells["source_title"], cells["source_address"], cells["note"],
    )
