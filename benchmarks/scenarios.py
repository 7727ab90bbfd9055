"""How much longer do 24 scenarios take than one plan, and how soon does a comparison stop when it is cancelled?

    python -m benchmarks.scenarios

Times are those of the clock, the best of some runs, over that of one plan of the sample line in the same run.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace

import numpy as np
import shapely

from buffer_zone_plugin.core.errors import PlanCancelledError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.scenarios import Scenario, compare, crossed
from buffer_zone_plugin.core.spec import POSTURES, PlanSpec

from .goals import Goal
from .lines import ROUGH, front
from .plan import sample_inputs
from .report import goal_table

REPEAT, MOST_RATIO, MOST_STOP_S = 3, 6.0, 1.0
CANCELS, CANCEL_WITHIN, VERTICES = 12, (0.1, 6.0), 100_000  # seconds into the run
BASE = PlanSpec()


def sets():
    """Sets of 24 scenarios, by what they have in common."""
    depths = tuple(5e3 * k for k in range(1, 7))
    distinct = tuple(2e3 * k for k in range(2, 26))
    return {
        "6 depths, 4 postures": crossed(BASE, depths, postures=POSTURES),
        "6 depths of A, 4 of B": crossed(BASE, depths, (0.0, 5e3, 10e3, 20e3)),
        "4 depths of A, 2 of B, 3 splits": crossed(
            BASE, (5e3, 10e3, 20e3, 40e3), (0.0, 20e3), splits=("equal_length", "equal_area", "equal_staffing"),
        ),
        "24 depths, the same on both sides": [
            Scenario(f"{depth:g}", replace(BASE, depth_a_m=depth, depth_b_m=depth)) for depth in distinct
        ],
    }


def best(job):
    """The fewest seconds that a job took."""
    found = []
    for _ in range(REPEAT):
        start = time.perf_counter()
        job()
        found.append(time.perf_counter() - start)
    return min(found)


def stops(inputs):
    """The longest that a comparison of a rough line went on after it was cancelled, seconds."""
    scenarios = crossed(BASE, tuple(1e3 * k for k in range(5, 45, 2)), postures=POSTURES)
    longest = 0.0
    for moment in np.linspace(*CANCEL_WITHIN, CANCELS):
        cancelled = threading.Event()
        began = []

        def cancel(event=cancelled, at=began):
            at.append(time.perf_counter())
            event.set()

        timer = threading.Timer(moment, cancel)
        timer.start()
        try:
            compare(scenarios, inputs, Progress(is_cancelled=cancelled.is_set))
        except PlanCancelledError:
            longest = max(longest, time.perf_counter() - began[0])
        timer.cancel()
    return longest


def main():
    """Measure and print."""
    inputs = sample_inputs()
    one = best(lambda: make_plan(BASE, inputs, Progress()))
    alone = best(lambda: compare([Scenario("one", BASE)], inputs, Progress()))
    print(f"{os.cpu_count()} cores; one plan {one:.2f} s, one scenario {alone:.2f} s")
    goals = []
    for name, scenarios in sets().items():
        took = best(lambda scenarios=scenarios: compare(scenarios, inputs, Progress()))
        print(f"{name}: {took:.2f} s, {took / one:.1f} × one plan, {took / alone:.1f} × one scenario")
        goals.append(Goal(f"24 scenarios, {name}", MOST_RATIO, took / one, "× one plan"))
    line = shapely.LineString(front(ROUGH, VERTICES))
    longest = stops(replace(inputs, lines=(InputFeature(1, line),)))
    goals.append(Goal(f"a cancel of a comparison along {VERTICES:,} rough vertices", MOST_STOP_S, longest, "s"))
    print("\n" + goal_table(goals))


if __name__ == "__main__":
    main()
