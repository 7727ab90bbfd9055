"""Are sectors whole, tiled and of the size asked for, on hundreds of random lines, and how fast are they made?

    python -m benchmarks.sectors                240 lines under seven rules, times, memory, and an advance of the front
    python -m benchmarks.sectors --lines 24     fewer lines
    python -m benchmarks.sectors --part lines   only one of: lines, times, advance

Everything is measured on finished plans (`make_plan`): lines, depths and numbers of sectors are drawn at random, the
same at every run (`benchmarks/sector_lines.py`); deviations are of geodesic areas and lengths.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import dataclass, replace

import numpy as np
import shapely

from buffer_zone_plugin.core.arrangement import as_multipolygon
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.geodesy import LocalPlane, area, edge_lengths
from buffer_zone_plugin.core.guides import Areas, Guides
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.population import Population
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.testing import assert_tiling

from .goals import Goal
from .lines import SMOOTH, front
from .plan import sample_inputs
from .report import goal_table
from .sector_lines import CENTRE, Task, tasks
from .system import forget_peak, give_back_memory, memory_mb

LINES, TOLERANCE_M = 240, 50.0
RULES = (
    "equal_length", "equal_area", "equal_staffing", "equal_population", "fixed_length", "break_points", "areas",
)
EXACT_RULES = RULES[:2] + RULES[4:6]  # posts, towns and areas are whole
TOWNS, AREAS_PER_SECTOR = 3_000, 6
SPLITTING, AFTER = "Splitting the zone", "Measuring the result"
TIMED = {1_500: 0.5, 18_000: 0.8, 220_000: 2.0}  # vertices, and the seconds allowed
TIMED_DEPTH_M, TIMED_SECTORS, REPEAT = 40e3, 24, 3
ADVANCED_LINES, ADVANCE_M, ADVANCE_DEPTH_M, ADVANCE_SECTORS = 8, 10e3, 20e3, 8
EXACT_SHARE, GOOD_SHARE = 1e-6, 1e-3


@dataclass(frozen=True)
class Run:
    """What one line under one rule came to; deviations are shares of what a sector should have.

    ``short``: sectors shorter than the zone is deep. ``length`` and ``vertices`` are by border, lengths as multiples of
    both depths together. Without ``sectors`` it was refused, for the reason in ``trouble``.
    """

    task: Task
    rule: str
    sectors: int = 0
    trouble: str = ""
    short: bool = False
    valid: bool = True
    empty: int = 0
    torn: int = 0
    crossing: int = 0
    deviation: float = 0.0
    length: tuple[float, ...] = ()
    crossings: tuple[int, ...] = ()
    vertices: tuple[int, ...] = ()
    seconds: float = 0.0

    def __str__(self):
        task, count = self.task, self.sectors or self.task.sectors
        return f"line {task.number} ({task.kind}, {task.depth_m / 1e3:g} km, {count} sectors), {self.rule}"


def run(task, rule) -> Run:
    """Split one line by one rule."""
    spec, given = _asked(task, rule)
    try:
        plan, used = _made(spec, task.lonlat, **given)
    except PlanError as error:
        return Run(task, rule, trouble=str(error))
    lines = _borders(plan)
    plane = LocalPlane(task.lonlat)
    flat = [shapely.simplify(shapely.line_merge(shapely.transform(line, plane.forward)), 1.0) for line in lines]
    return Run(
        task, rule, len(plan.sectors), short=any("wedges" in note for note in plan.notes), valid=_tiles(plan),
        empty=sum(sector.area_m2 <= 0 for sector in plan.sectors), torn=_torn(plan), crossing=_crossing(lines),
        deviation=_deviation(plan, rule),
        length=tuple(b.length_m / (spec.depth_a_m + spec.depth_b_m) for b in plan.boundaries),
        crossings=tuple(_meetings(lines, plan)), vertices=tuple(shapely.get_num_coordinates(flat).tolist()),
        seconds=used,
    )


def _asked(task, rule):
    """The choices of a run, and what it needs: break points at least the depth apart, people, or areas."""
    rng = np.random.default_rng([2027, task.number])
    whole = float(edge_lengths(task.lonlat).sum())
    spec = PlanSpec(
        depth_a_m=task.depth_m, depth_b_m=task.depth_m, split=rule, sectors=task.sectors, tolerance_m=TOLERANCE_M,
        sector_m=whole / (task.sectors - rng.uniform(0, 1)),
    )
    points = min(task.sectors - 1, int(whole / task.depth_m) - 1) + (task.kind == "ring")
    spare = whole - (points + 1) * task.depth_m
    at = np.sort(rng.uniform(0, max(spare, 0.0), points)) + task.depth_m * np.arange(1, points + 1)
    if rule == "break_points":
        return spec, {"guides": Guides(tuple(shapely.points(_at(task.lonlat, at))))}
    around = task.lonlat[rng.integers(0, len(task.lonlat), TOWNS)] + _degrees(task) * rng.normal(0, 0.7, (TOWNS, 2))
    if rule == "equal_population":
        return spec, {"population": Population(around, rng.lognormal(4, 1, TOWNS))}
    return spec, {"guides": Guides(areas=_areas(around[: AREAS_PER_SECTOR * task.sectors]))} if rule == "areas" else {}


def _degrees(task):
    """The depth in degrees of longitude and latitude."""
    return task.depth_m / 111e3 / np.array([np.cos(np.radians(CENTRE[1])), 1.0])


def _areas(points):
    """Areas around random points, as districts lie around towns."""
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points)))
    return Areas(tuple(map(as_multipolygon, cells)), tuple(f"Area {n}" for n in range(len(cells))))


def _at(lonlat, chainage):
    along = np.concatenate([[0.0], np.cumsum(edge_lengths(lonlat))])
    return np.column_stack([np.interp(chainage, along, lonlat[:, k]) for k in (0, 1)])


def _made(spec, lonlat, **given):
    """A plan, and the processor seconds of splitting and cutting."""
    stages = {}
    progress = Progress(on_text=lambda text: stages.setdefault(text, time.process_time()))
    inputs = replace(sample_inputs(), lines=(InputFeature(1, shapely.LineString(lonlat)),), **given)
    plan = make_plan(spec, inputs, progress)
    began = next(at for text, at in stages.items() if text.startswith(SPLITTING))
    return plan, stages[AFTER] - began


def _borders(plan):
    return [shapely.line_merge(boundary.geometry) for boundary in plan.boundaries]


def _tiles(plan):
    try:
        assert_tiling([sector.geometry for sector in plan.sectors], plan.zone.geometry)
    except AssertionError:
        return False
    return True


def _torn(plan):
    """How many sectors have two pieces or more in one piece of the zone."""
    pieces = list(plan.zone.geometry.geoms)
    torn = 0
    for sector in plan.sectors:
        inside = shapely.point_on_surface(list(sector.geometry.geoms))
        home = shapely.STRtree(pieces).query(inside, predicate="within")[1]
        torn += len(np.unique(home)) < len(inside)
    return torn


def _crossing(lines):
    """How many pairs of borders meet elsewhere than at ends of both."""
    parts = shapely.get_parts(lines)
    ends = [set(map(tuple, shapely.get_coordinates(part)[[0, -1]])) for part in parts]
    one, two = shapely.STRtree(parts).query(parts, predicate="intersects")
    pairs = [(a, b) for a, b in zip(one.tolist(), two.tolist()) if a < b]
    with np.errstate(invalid="ignore"):  # GEOS says so of lines that touch at their ends
        met = [shapely.intersection(parts[a], parts[b]) for a, b in pairs]
    return sum(
        not {tuple(xy) for xy in shapely.get_coordinates(place)} <= ends[a] & ends[b]
        for place, (a, b) in zip(met, pairs)
    )


def _meetings(lines, plan):
    """How many places of the contact line each border meets."""
    line = shapely.multilinestrings([part for p in plan.line for part in shapely.get_parts(p.geometry)])
    shapely.prepare(line)
    with np.errstate(invalid="ignore"):
        return [len(shapely.get_parts(shapely.intersection(border, line))) for border in lines]


def _deviation(plan, rule):
    """The largest deviation of a sector from what it should have; of fixed lengths the last sector has the rest."""
    if rule == "break_points":
        return 0.0
    staff = [plan.staffing.sector(k).central for k in range(len(plan.sectors))]
    value = np.array({
        "equal_area": [s.area_m2 for s in plan.sectors], "areas": [s.area_m2 for s in plan.sectors],
        "equal_staffing": staff, "equal_population": [s.population for s in plan.sectors],
    }.get(rule, [s.line_m for s in plan.sectors]), dtype=float)
    wanted = np.full(len(value), value.mean())
    if rule == "fixed_length":
        wanted = np.append(np.full(len(value) - 1, plan.spec.sector_m), 0.0)
        wanted[-1] = value.sum() - wanted.sum()
    return float(np.abs(value / wanted - 1).max())


# ------------------------------------------------------------------------------------------------ the goals

def line_goals(runs):
    """The goals for the partition of random lines."""
    made = [r for r in runs if r.sectors]
    drawn = [r for r in made if r.rule != "areas"]  # whose borders are the districts'
    borders = np.concatenate([r.length for r in drawn])
    crossings = np.concatenate([r.crossings for r in drawn])
    area_runs = [r.deviation for r in made if r.rule == "equal_area" and not r.short]
    return [
        Goal("plans with an empty sector", 0, sum(r.empty > 0 for r in made), ""),
        Goal("plans with a sector torn", 0, sum(r.torn > 0 for r in made), ""),
        Goal("plans with borders that cross", 0, sum(r.crossing > 0 for r in made), ""),
        Goal("plans whose sectors tile the zone", 100, 100 * np.mean([r.valid for r in made]), "%", False),
        Goal("equal area, sectors longer than the depth: deviation, median", EXACT_SHARE, np.median(area_runs), ""),
        Goal("equal area, sectors longer than the depth: deviation, most", GOOD_SHARE, max(area_runs), ""),
        Goal("border length, median", 1.10, float(np.median(borders)), "of both depths"),
        Goal("borders that meet the line once", 98, 100 * float(np.mean(crossings == 1)), "%", False),
    ]


def time_goals():
    """The goals for time and memory of 24 sectors of equal area beyond the zone."""
    memory = {}
    for vertices, limit in TIMED.items():
        spec = PlanSpec(
            depth_a_m=TIMED_DEPTH_M, depth_b_m=TIMED_DEPTH_M, split="equal_area", sectors=TIMED_SECTORS,
        )
        lonlat = front(SMOOTH, vertices)
        memory[vertices] = _extra_memory(spec, lonlat)
        seconds = min(_made(spec, lonlat)[1] for _ in range(REPEAT))
        yield Goal(f"24 sectors of equal area, {vertices:,} vertices: split and cut", limit, seconds, "s")
    few, many = list(TIMED)[1:]
    yield Goal(
        f"extra memory of the split, {many:,} against {few:,} vertices", 1.1 * many / few,
        max(memory[many], 1.0) / max(memory[few], 1.0), "×",
    )


def _extra_memory(spec, lonlat):
    """Megabytes by which splitting and cutting raise the highest memory, one plan."""
    held = {}

    def heard(text):
        if text.startswith(SPLITTING):
            give_back_memory()
            forget_peak(os.getpid())
            held["before"] = memory_mb(os.getpid(), "VmRSS")
        elif text == AFTER:
            held["most"] = memory_mb(os.getpid(), "VmHWM")

    inputs = replace(sample_inputs(), lines=(InputFeature(1, shapely.LineString(lonlat)),))
    make_plan(spec, inputs, Progress(on_text=heard))
    return held["most"] - held["before"]


def advance_goals():
    """The goals for the ground that changes sectors when a front advances and points or boundaries are kept."""
    lines = [task.lonlat for task in tasks(2 * ADVANCED_LINES) if task.kind == "worm"][:ADVANCED_LINES]
    for kept, what in ((_contacts, "contact points"), (_boundaries, "boundaries")):
        moved = [_relabelled(lonlat, kept) for lonlat in lines]
        print(f"relabelled by an advance of 10 km, {what} kept:", ", ".join(f"{100 * m:.4f} %" for m in moved))
        yield Goal(f"ground relabelled by an advance of 10 km, {what} kept, most", 0.1, 100 * max(moved), "%")


def _contacts(plan):
    return tuple(shapely.points([b.contact for b in plan.boundaries if b.sector_to == b.sector_from + 1]))


def _boundaries(plan):
    return tuple(shapely.MultiLineString(shapely.get_parts(b.geometry).tolist()) for b in plan.boundaries)


def _relabelled(lonlat, kept):
    """The share of the ground common to both zones that an advance in the middle sector gives to another one."""
    spec = PlanSpec(
        depth_a_m=ADVANCE_DEPTH_M, depth_b_m=ADVANCE_DEPTH_M, split="break_points", tolerance_m=TOLERANCE_M,
    )
    whole = float(edge_lengths(lonlat).sum())
    at = whole * np.arange(1, ADVANCE_SECTORS) / ADVANCE_SECTORS
    before, _ = _made(spec, lonlat, guides=Guides(tuple(shapely.points(_at(lonlat, at)))))
    moved = _bulged(lonlat, *at[ADVANCE_SECTORS // 2 - 1 : ADVANCE_SECTORS // 2 + 1])
    after, _ = _made(spec, moved, guides=Guides(kept(before)))
    common = shapely.intersection(before.zone.geometry, after.zone.geometry)
    same = sum(
        area(as_multipolygon(shapely.intersection(shapely.intersection(a.geometry, b.geometry), common)))
        for a, b in zip(before.sectors, after.sectors)
    )
    return 1 - same / area(as_multipolygon(common))


def _bulged(lonlat, start, end):
    """The line with the middle half of a stretch of it moved by 10 km to the left of the stretch."""
    plane = LocalPlane(lonlat)
    xy = plane.forward(lonlat)
    along = np.concatenate([[0.0], np.cumsum(edge_lengths(lonlat))])
    ends = plane.forward(_at(lonlat, np.array([start, end])))
    step = ends[1] - ends[0]
    left = np.array([-step[1], step[0]]) / np.hypot(*step)
    share = np.clip(1.5 - 3 * np.abs(along - (start + end) / 2) / ((end - start) / 2), 0.0, 1.0)
    return plane.inverse(xy + ADVANCE_M * share[:, None] * left)


# ------------------------------------------------------------------------------------------------ report

def describe(runs):
    """Print a table by rule, and everything that is not as it should be."""
    print(
        f"\n{'rule':<14}{'plans':>6}{'refused':>8}{'short':>6}{'empty':>6}{'torn':>5}{'cross':>6}{'valid':>7}"
        f"{'median dev':>12}{'largest':>10}{'> 0.1 %':>8}{'border':>8}{'p95':>6}{'once':>8}{'vertices':>9}{'s':>6}"
    )
    for rule in RULES:
        mine = [r for r in runs if r.rule == rule]
        made = [r for r in mine if r.sectors]
        if not made:
            continue
        off = [r.deviation for r in made if not r.short]
        borders, crossings, vertices = (
            np.concatenate([getattr(r, what) for r in made]) for what in ("length", "crossings", "vertices")
        )
        print(
            f"{rule:<14}{len(made):>6}{len(mine) - len(made):>8}{sum(r.short for r in made):>6}"
            f"{sum(r.empty > 0 for r in made):>6}{sum(r.torn > 0 for r in made):>5}"
            f"{sum(r.crossing > 0 for r in made):>6}{np.mean([r.valid for r in made]):>7.1%}"
            f"{np.median(off):>12.1e}{max(off):>10.1e}{sum(o > GOOD_SHARE for o in off):>8}"
            f"{np.median(borders):>8.3f}{np.quantile(borders, 0.95):>6.2f}{np.mean(crossings == 1):>8.2%}"
            f"{vertices.mean():>9.2f}{np.mean([r.seconds for r in made]):>6.2f}"
        )
    for r in runs:
        if r.trouble:
            print(f"refused: {r}: {r.trouble}")
        if r.deviation > GOOD_SHARE and r.rule in EXACT_RULES:
            print(f"deviation {r.deviation:.2%}: {r}{', shorter than the depth' if r.short else ''}")
        for what in ("empty", "torn", "crossing"):
            if getattr(r, what):
                print(f"{what} {getattr(r, what)}: {r}")
        if not r.valid:
            print(f"no tiling: {r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--part", choices=("lines", "times", "advance"))
    asked = parser.parse_args()
    found = []
    if asked.part in (None, "lines"):
        runs = [run(task, rule) for task in tasks(asked.lines) for rule in RULES]
        describe(runs)
        found += line_goals(runs)
    if asked.part in (None, "times"):
        found += time_goals()
    if asked.part in (None, "advance"):
        found += advance_goals()
    print(f"\nSplits around {CENTRE[0]:g}, {CENTRE[1]:g}; {asked.lines} lines, {len(RULES)} rules each\n")
    print(goal_table(found))


if __name__ == "__main__":
    main()
