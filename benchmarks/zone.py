"""The zone against PostGIS, QGIS and shapely, and whole plans: time, memory, error. `make bench` runs this.

    python -m benchmarks.zone            measure everything, write docs/benchmarks.md and its pictures
    python -m benchmarks.zone --quick    two sizes, one run each, to the terminal only
    python -m benchmarks.zone --again    write the report of the last full run again
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import signal
import sys
from pathlib import Path

import numpy as np
import pyproj
import shapely

from . import postgis
from .goals import plan_name
from .lines import FRONTS, front
from .measure import Judge
from .peers import FINEST, PEERS
from .plan import Case, best, shares
from .report import MOST_MEMORY_MB, NAMES, markdown
from .results import PlanRow, Results, Row, load
from .trial import trial

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
KEPT = ROOT / "build" / "benchmarks.json"
DEPTH_M = 40_000.0
SIZES, QUICK_SIZES = (1_000, 10_000, 100_000, 1_000_000), (1_000, 10_000)
BUDGET_S, QUICK_BUDGET_S = 8.0, 0.5
NOT_ASKED = "not asked"
PICTURED = 100_000  # vertices of the lines in the picture of error against time
BANDS_M = (2_000.0, 10_000.0)  # three bands on each side
PLANS = (  # and the seconds that the design allows
    (Case(1_500, 40_000.0, 24, bands_m=BANDS_M), 1.0),
    (Case(18_000, 40_000.0, 24, bands_m=BANDS_M), 2.5),
    (Case(220_000, 40_000.0, 24, repeat=2, bands_m=BANDS_M), 12.0),
    (Case(1_500, 20_000.0, 24, bands_m=BANDS_M), 1.0),
    (Case(18_000, 20_000.0, 24, bands_m=BANDS_M), 2.5),
    (Case(220_000, 20_000.0, 24, repeat=2, bands_m=BANDS_M), 12.0),
    (Case(None, 20_000.0, 24, bands_m=BANDS_M), None),
    (Case(None, 20_000.0, 8), None),
    (Case(None, 20_000.0, 8, tolerance_m=10.0, repeat=5), 0.15),
)
QUICK_PLANS = (PLANS[0], PLANS[-1])


def compare(results, kind, vertices, peers, folder, budget_s):
    """Measure tools on one line and add their rows; the plugin's finest zone tells the area and must be among them."""
    lonlat = front(kind, vertices)
    excused = _excused(results, kind)
    trials = {
        peer: trial(peer, lonlat, results.depth_m, folder, budget_s) for peer in peers if peer.key not in excused
    }
    judge = Judge(lonlat, results.depth_m, trials[FINEST].zone)
    for peer in peers:
        problem = excused.get(peer.key) or trials[peer].problem
        row = _row(kind, vertices, peer, problem, trials.get(peer), judge)
        results.rows.append(row)
        print(_line(row), flush=True)


def _excused(results, kind):
    """Tools that had nothing to say to fewer vertices, or needed too much memory, and what the table says of them."""
    rows = [row for row in results.rows if row.line == kind.name]
    big = {row.peer: NOT_ASKED for row in rows if row.memory_mb > MOST_MEMORY_MB}
    return {**big, **{row.peer: row.problem for row in rows if row.problem}}


def _row(kind, vertices, peer, problem, made, judge):
    if problem:
        return Row(kind.name, vertices, peer.key, np.nan, np.nan, 0, *[np.nan] * 5, 0, problem)
    error = judge.error(made.zone)
    return Row(
        kind.name, vertices, peer.key, made.seconds, made.processor_s, made.runs, made.memory_mb, error.largest_m,
        error.most_m, error.area, error.doubt_m, int(shapely.get_num_coordinates(made.zone)),
    )


def _line(row):
    head = f"{row.line:<7} {row.vertices:>9,} {NAMES[row.peer]:<28}"
    if row.problem:
        return f"{head} {row.problem}"
    time = f"{row.processor_s:7.3f} s ({row.seconds:7.3f} by the clock)"
    return f"{head} {time}  {row.memory_mb:6.0f} MB  {row.largest_m:9.3f} m  area {row.area:+.1e}"


def plans(results, cases):
    """Make whole plans and add their rows."""
    for case, goal_s in cases:
        made = best(case)
        row = PlanRow(
            case.vertices, case.depth_m, case.sectors, case.tolerance_m, case.repeat, made.seconds, made.processor_s,
            goal_s, shares(made),
        )
        results.plans.append(row)
        print(f"{plan_name(row)}: {row.seconds:.2f} s, processor {row.processor_s:.2f} s", flush=True)


def setting():
    """The machine and the versions, without its name or paths."""
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "") if sys.version_info >= (3, 10) else ""
    return {
        "Machine": f"{os.cpu_count()} cores, {system or platform.system()}",
        "Plugin": f"shapely {shapely.__version__} (GEOS {shapely.geos_version_string}), pyproj {pyproj.__version__} "
                  f"(PROJ {pyproj.proj_version_str}), numpy {np.__version__}, Python {platform.python_version()}",
        "QGIS": _qgis_version(),
    }


def _qgis_version():
    try:
        from qgis.core import Qgis
    except ImportError:
        return "not available"
    return f"{Qgis.version().split('-')[0]} (GEOS {Qgis.geosVersion().split('-')[0]})"


def run(sizes, budget_s, cases) -> Results:
    """Measure everything."""
    results = Results(DEPTH_M, setting=setting())
    before = os.getloadavg()[0]
    with contextlib.ExitStack() as stack:
        try:
            folder, versions = stack.enter_context(postgis.cluster())
        except postgis.NotAvailableError as problem:
            folder, versions = None, f"not available: {problem}"
            print(f"PostGIS: {versions}", file=sys.stderr)
        results.setting["PostGIS"] = versions
        for kind in FRONTS:
            for vertices in sizes:
                compare(results, kind, vertices, PEERS, folder, budget_s)
    plans(results, cases)
    results.setting["Load"] = f"{before:.1f} before the run, {os.getloadavg()[0]:.1f} at its end, of which 1 is its own"
    return results


def publish(results):
    """Write the report and its pictures."""
    from . import plots

    pictures = (
        (f"Largest error against time, at {PICTURED:,} vertices", "benchmarks_error.png"),
        ("Growth of time and memory with the number of vertices", "benchmarks_growth.png"),
    )
    plots.error_against_time(results, PICTURED, DOCS / pictures[0][1])
    plots.growth(results, DOCS / pictures[1][1])
    (DOCS / "benchmarks.md").write_text(markdown(results, BUDGET_S, pictures), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two sizes, to the terminal only")
    parser.add_argument("--again", action="store_true", help="report the last full run again")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # the cluster is stopped and removed on the way out
    if asked.quick:
        print(markdown(run(QUICK_SIZES, QUICK_BUDGET_S, QUICK_PLANS), QUICK_BUDGET_S, ()))
        return
    if not asked.again:
        run(SIZES, BUDGET_S, PLANS).save(KEPT)
    publish(load(KEPT))


if __name__ == "__main__":
    main()
