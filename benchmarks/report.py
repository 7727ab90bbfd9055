"""The results in Markdown."""

from __future__ import annotations

from .goals import goals, plan_name
from .lines import FRONTS
from .peers import DEFAULT, PEERS
from .trial import GIVE_UP_SECONDS

MOST_MEMORY_MB = 1_500.0  # a tool that needed more is not asked for more vertices
NAMES = {peer.key: peer.name for peer in PEERS}
COLUMNS = (
    "vertices", "method", "time s", "by the clock s", "best of", "times ours at 1 m", "max error m", "p99 error m",
    "area error", "extra memory MB", "outline vertices",
)
MEASURED = """\
* **Same run, same line, a process each.** Every row is a fresh process (for PostGIS a fresh server process) that first
  makes the zone of a 100-vertex line, so that nothing is loaded within a measurement.
* **Time** is processor time: what the clock shows when nothing else runs, since every tool works on one core. The
  clock's own time stands beside it; each is the least of the runs. "Best of" says how many there were: seven, or fewer
  where {budget} seconds were over. Both go from the line as the tool holds it in longitude/latitude (a shapely line, a
  row of a table, a memory layer) to a polygon in longitude/latitude; the plugin's is that of cleaning the line, the
  distance field, the outline and its polygon. A trial that takes over {longest} s is ended. Ratios below 1.2
  say nothing.
* **Extra memory** is the highest resident memory during the first run less the resident memory before it, as the system
  counts it: of the tool's process, for PostGIS of the server process (with the shared buffers that it touches). A
  tool that needed over {memory} MB is not asked for ten times the vertices: on the rough line PostGIS then took 16 GB.
* **Error** is | geodesic distance to the line - depth | on WGS 84; an edge of the line is the geodesic between its
  vertices, an edge of an outline is straight in longitude/latitude, as maps draw it. All rings count, holes included.
  Places at least every 200 m and at least four on each edge are looked at; 2,000 of them, drawn by length, and the 100
  that the plugin's own distance finds worst are measured by a search of the benchmark's own (`benchmarks/truth.py`:
  PROJ's earth-centred coordinates and golden section along geodesics, nothing of the plugin). "p99" is of the 2,000,
  "max" of all. The two distances differ by {doubt} m at most in this run.
* **Area error** is relative to the plugin's zone at 0.1 m tolerance on the same line (whose own error is in the table);
  areas are geodesic.
* **PostGIS**: `ST_Buffer(geography, d, 'quad_segs=8')`, its default, and 64. PostGIS chooses the plane itself and
  re-projects. A private cluster, reached by a local socket, with the settings as shipped but for `fsync`, which a query
  does not use.
* **QGIS**: `native:reprojectlayer`, `native:buffer` with 5 segments, its default, or 64, round ends, and
  `native:reprojectlayer` back, between memory layers, in a Lambert azimuthal equal-area plane centred on the line: what
  a careful user would do.
* **shapely**: `buffer(quad_segs=64)` in the same plane, re-projected there and back.
* All three leave the buffer to GEOS, and take the line's edges as straight in their plane, which matters little for
  edges of a few kilometres. Their errors are known properties of a planar buffer with a given number of segments, no
  faults; but a max error of some hundred metres beyond p99 is a hole that should not be there.
* **The lines.** `smooth` is {smooth}, `rough` is
  {rough}. Nested midpoint displacement: more vertices add detail to the same curve (`benchmarks/lines.py`).
"""


def markdown(results, budget_s, pictures) -> str:
    """The whole report; ``pictures`` are pairs of caption and file name."""
    parts = [_head(results), _goal_table(results)]
    parts += [f"![{caption}]({name})\n\n*{caption}*\n" for caption, name in pictures]
    parts += [
        f"## The {line} line\n\n{_table(COLUMNS, [_cells(results, row) for row in results.rows if row.line == line])}"
        for line in results.lines()
    ]
    parts.append(_plan_table(results))
    doubt = max((row.doubt_m for row in results.rows if not row.problem), default=float("nan"))
    words = {kind.name: kind.text for kind in FRONTS}
    words.update(budget=f"{budget_s:g}", longest=f"{GIVE_UP_SECONDS:g}", memory=f"{MOST_MEMORY_MB:,.0f}")
    words.update(doubt=f"{doubt:.0e}")
    parts.append("## How it was measured\n\n" + MEASURED.format(**words))
    return "\n".join(parts)


def _head(results):
    setting = "".join(f"* {name}: {text}\n" for name, text in results.setting.items())
    return (
        "# Benchmarks\n\n"
        f"The zone at {results.depth_m / 1000:g} km on both sides of a line, by this plugin and by other tools, on the "
        "same lines in the same run.\nThis page is written by `make bench`, which measures everything again (a quarter "
        f"of an hour); do not edit it.\n\n{setting}"
    )


def _goal_table(results):
    return (
        "## Goals\n\n"
        "Processor times, at 1 m tolerance; against others the worst ratio from 10,000 vertices on counts.\n\n"
        + goal_table(goals(results))
    )


def goal_table(wanted):
    """What was asked, what was found, and whether it is met."""
    rows = [(goal.text, _limit(goal), _found(goal), _verdict(goal)) for goal in wanted]
    return _table(("what", "goal", "measured", "met"), rows)


def _limit(goal):
    return f"{'≤' if goal.most else '≥'} {goal.limit:g} {goal.unit}"


def _found(goal):
    return "–" if goal.found is None else f"{_figures(goal.found)} {goal.unit}"


def _verdict(goal):
    return {True: "yes", False: "**no**", None: "–"}[goal.met]


def _plan_table(results):
    rows = [
        (plan_name(row), _figures(row.processor_s), _figures(row.seconds), str(row.runs),
         "–" if row.goal_s is None else f"{row.goal_s:g}", row.stages)
        for row in results.plans
    ]
    return (
        "## The whole plan\n\nSplit by equal length; three bands a side where there are 24 sectors; on the smooth line "
        "where vertices are said; the preview is a whole plan\nat a wide tolerance, staffing included.\n\n"
        + _table(("plan", "time s", "by the clock s", "best of", "goal s", "where the time goes"), rows)
    )


def _cells(results, row):
    name = NAMES[row.peer]
    if row.problem:
        return (f"{row.vertices:,}", name, row.problem, *["–"] * (len(COLUMNS) - 3))
    ours = results.find(row.line, row.vertices, DEFAULT.key)
    ratio = f"{row.processor_s / ours.processor_s:.1f}×" if ours else "–"
    return (
        f"{row.vertices:,}", name, _figures(row.processor_s), _figures(row.seconds), str(row.runs), ratio,
        _figures(row.largest_m), _figures(row.most_m), "0" if row.area == 0 else f"{row.area:+.1e}",
        f"{row.memory_mb:,.0f}", f"{row.outline:,}",
    )


def _figures(value):
    """A number with three figures, and no fewer before the point than there are."""
    if value != value:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _table(columns, rows):
    """A Markdown table; all but the texts are set to the right."""
    left = {"method", "what", "plan", "met", "where the time goes"}
    lines = [columns, [":---" if column in left else "---:" for column in columns], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
