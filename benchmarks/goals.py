"""The goals that the design sets for speed and truth, and what a run found for each."""

from __future__ import annotations

from dataclasses import dataclass

from .peers import DEFAULT, FINEST

OUTLINE_SECONDS = {10_000: 0.2, 100_000: 0.3, 1_000_000: 0.8}
OUTLINE_MB = 150.0
RIVALS = (("postgis_64", "PostGIS geography, 64"), ("qgis_64", "QGIS native:buffer, 64"))
FASTER = {"smooth": 4.0, "rough": 20.0}
TRUER = 100.0
FEWEST_VERTICES = 10_000  # the goals against others hold from here


@dataclass(frozen=True)
class Goal:
    """What is asked, in words; the limit and what was found (None: nothing); ``most``: the limit is an upper one."""

    text: str
    limit: float
    found: float | None
    unit: str
    most: bool = True

    @property
    def met(self):
        """Whether it is met; None where nothing was found."""
        if self.found is None:
            return None
        return self.found <= self.limit if self.most else self.found >= self.limit


def goals(results) -> list[Goal]:
    """Every goal, in the order of the design's table."""
    rivals = [goal for key, name in RIVALS for goal in _against(results, key, name)]
    return [*_outlines(results), *rivals, *_plans(results)]


def _outlines(results):
    found = {n: results.find("smooth", n, DEFAULT.key) for n in OUTLINE_SECONDS}
    for vertices, limit in OUTLINE_SECONDS.items():
        row = found[vertices]
        yield Goal(f"one outline, {vertices:,} vertices", limit, row and row.processor_s, "s")
    memory = [row.memory_mb for row in found.values() if row]
    yield Goal("one outline, extra memory at most", OUTLINE_MB, max(memory, default=None), "MB")


def _against(results, key, name):
    for line in results.lines():
        times = _ratios(results, [line], key, DEFAULT.key, "processor_s")
        yield Goal(f"times as fast as {name}, {line} line", FASTER[line], min(times, default=None), "×", False)
    for ours, words in ((DEFAULT.key, "tolerance 1 m"), (FINEST.key, "tolerance 0.1 m")):
        errors = _ratios(results, results.lines(), key, ours, "largest_m")
        yield Goal(f"times less error than {name}, {words}", TRUER, min(errors, default=None), "×", False)


def _ratios(results, lines, theirs, ours, what):
    pairs = [
        (results.find(line, n, theirs), results.find(line, n, ours))
        for line in lines for n in results.sizes(line) if n >= FEWEST_VERTICES
    ]
    return [getattr(one, what) / getattr(other, what) for one, other in pairs if one and other]


def _plans(results):
    for row in results.plans:
        if row.goal_s is not None:
            yield Goal(plan_name(row), row.goal_s, row.processor_s, "s")


def plan_name(row):
    """A plan's line, depth, sectors and tolerance in words."""
    line = "the sample line" if row.vertices is None else f"{row.vertices:,} vertices"
    kind = "preview" if row.tolerance_m > 1 else "whole plan"
    return f"{kind}: {line}, {row.depth_m / 1000:g} km, {row.sectors} sectors, tolerance {row.tolerance_m:g} m"
