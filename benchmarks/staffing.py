"""How fast are staffing and contributions, and how firm is the range that 20,000 draws give?

    python -m benchmarks.staffing

Times are processor seconds, the best of some runs, beside a peer in the same run: the same draws taken sector by
sector in a matrix, as a direct reading of the formulas would. The draws' own noise is what other seeds make of the
ends of the range.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from buffer_zone_plugin.core.contributors import Contributor, contribute
from buffer_zone_plugin.core.staffing import draws
from buffer_zone_plugin.core.staffing.build_up import SectorInputs, build_up, components, patrols_per_day
from buffer_zone_plugin.core.staffing.model import estimate
from buffer_zone_plugin.core.staffing.parameters import ZONE_PARAMETERS
from buffer_zone_plugin.core.staffing.postures import central_values

from .goals import Goal
from .plan import sample_inputs
from .report import goal_table

SECTORS, CONTRIBUTORS, REPEAT, SEEDS = 100, 20, 5, 40
LINE_KM, AREA_KM2, POSTS, CROSSINGS = 1200.0, 43_200.0, 150, 12
GOAL_S, GOAL_NOISE = 0.5, 0.02


def inputs_of(sectors):
    """The published zone in so many unequal sectors."""
    share = np.arange(1, sectors + 1) / (sectors * (sectors + 1) / 2)
    limits = np.concatenate([[0.0], np.cumsum(share)])
    return SectorInputs(
        share * LINE_KM, share * AREA_KM2, np.diff(np.round(limits * POSTS)), np.diff(np.round(limits * CROSSINGS)),
    )


def by_sector(inputs, posture, catalogue):
    """The peer: every draw of every sector in a matrix, shape (draws, sectors)."""
    uniform = np.random.default_rng(draws.SEED).random((len(ZONE_PARAMETERS), draws.DRAWS))
    values = {
        name: np.reshape(draws._triangular(uniform[row], *draws.parameter_range(name, posture, catalogue)), (-1, 1))
        for row, name in enumerate(ZONE_PARAMETERS)
    }
    posts = values["n_lines"] * inputs.line_km / values["op_spacing"]
    patrols = patrols_per_day(inputs.line_km, inputs.area_km2, values)
    sensors = posts * values["sensor_share"]
    return sum(build_up(posts - sensors, sensors, patrols, inputs.crossings, values))


def best(job):
    """The fewest processor seconds that a job took."""
    found = []
    for _ in range(REPEAT):
        start = time.process_time()
        job()
        found.append(time.process_time() - start)
    return min(found)


def noise(inputs, posture, catalogue):
    """How far the ends of the range lie from their mean under other seeds, standard deviation as a share of it."""
    ends = []
    for seed in range(SEEDS):
        draws.SEED = seed
        ends.append(np.percentile(draws.zone_draws(inputs, posture, catalogue), draws.PERCENTILES))
    draws.SEED = 7
    return float((np.std(ends, axis=0) / np.mean(ends, axis=0)).max())


def main():
    """Measure and print."""
    known = sample_inputs()
    posture, catalogue = known.postures["verify"], known.catalogue
    inputs = inputs_of(SECTORS)
    ours = best(lambda: draws.zone_draws(inputs, posture, catalogue))
    peer = best(lambda: by_sector(inputs, posture, catalogue))
    whole = best(lambda: estimate(inputs, posture, catalogue))
    tornado = best(lambda: draws.drivers(inputs, posture, catalogue))
    persons = np.round(components(inputs, central_values(posture, catalogue)).sum(axis=1)).astype(np.int64)
    senders = [Contributor(f"C{k}", 5.0) for k in range(CONTRIBUTORS)]
    plain = best(lambda: contribute(senders, persons, 0 * persons, [f"S{k}" for k in range(SECTORS)], 0))
    in_units = [replace(one, unit=60) for one in senders]
    units = best(lambda: contribute(in_units, persons, 0 * persons, [f"S{k}" for k in range(SECTORS)], 0))
    print(f"{draws.DRAWS:,} draws, {SECTORS} sectors: {ours:.4f} s; sector by sector {peer:.3f} s, {peer / ours:.0f} ×")
    print(f"whole estimate {whole:.4f} s, drivers {tornado:.4f} s")
    print(f"{CONTRIBUTORS} contributors over {SECTORS} sectors: {plain:.4f} s, with units {units:.4f} s\n")
    print(goal_table([
        Goal(f"{draws.DRAWS:,} draws for {SECTORS} sectors and their whole persons", GOAL_S, whole, "s"),
        Goal("noise of the ends of the range between seeds", GOAL_NOISE, noise(inputs, posture, catalogue), "of them"),
    ]))


if __name__ == "__main__":
    main()
