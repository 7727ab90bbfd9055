"""What a run of the benchmark found, as plain rows that can be kept and reported again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One tool on one line; where ``problem`` says why there is nothing, the numbers are NaN."""

    line: str
    vertices: int
    peer: str
    seconds: float
    processor_s: float
    runs: int
    memory_mb: float
    largest_m: float
    most_m: float
    area: float
    doubt_m: float
    outline: int
    problem: str = ""


@dataclass(frozen=True)
class PlanRow:
    """One whole plan; ``vertices`` None stands for the sample line."""

    vertices: int | None
    depth_m: float
    sectors: int
    tolerance_m: float
    runs: int
    seconds: float
    processor_s: float
    goal_s: float | None
    stages: str


@dataclass
class Results:
    """All rows, and the versions and machine that they hold for, by name."""

    depth_m: float
    rows: list[Row] = field(default_factory=list)
    plans: list[PlanRow] = field(default_factory=list)
    setting: dict[str, str] = field(default_factory=dict)

    def find(self, line, vertices, peer):
        """The row of one tool on one line if it has numbers, else None."""
        for row in self.rows:
            if (row.line, row.vertices, row.peer) == (line, vertices, peer) and not row.problem:
                return row
        return None

    def sizes(self, line):
        """The numbers of vertices that a line was measured with, in their order."""
        return list(dict.fromkeys(row.vertices for row in self.rows if row.line == line))

    def lines(self):
        """The names of the lines, in their order."""
        return list(dict.fromkeys(row.line for row in self.rows))

    def save(self, path):
        """Write everything to a JSON file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


def load(path: Path) -> Results:
    """Read what `Results.save` wrote."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    rows, plans = [Row(**row) for row in kept["rows"]], [PlanRow(**row) for row in kept["plans"]]
    return Results(kept["depth_m"], rows, plans, kept["setting"])
