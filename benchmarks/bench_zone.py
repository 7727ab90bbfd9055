"""How long does the outline of a zone take, how true is it, and how much memory does it need, against a planar buffer?

One fractal front with 1,000 to 100,000 vertices; the peer is the buffer that a desktop user gets: shapely with 64
segments a quarter in a Lambert plane centred on the line, transformed there and back. Both give a valid polygon in
longitude/latitude; both are measured in the same run by the same exact distance, at a vertex and three inner points of
every edge. Times are the best of a few runs, memory is what a fresh process needed on top of the line itself.

    python benchmarks/bench_zone.py [--depth-km 40] [--vertices 1000 10000 100000] [--repeat 3] [--roughness 0.35]
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from pathlib import Path

import numpy as np
import shapely
from pyproj import Proj

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from buffer_zone_plugin.core.arrangement import arrange, inner_points, united
from buffer_zone_plugin.core.contact_line import InputLine, clean
from buffer_zone_plugin.core.distance import DistanceField
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.zone import outline

TOLERANCE_M = 1.0
SEGMENTS = 64
SHARES = (0.0, 0.25, 0.5, 0.75)
FRONT = np.array([(32.0, 46.5), (33.6, 46.9), (34.9, 47.5), (36.6, 47.8), (37.6, 48.3), (38.0, 49.0), (37.0, 50.0)])
SEED = 20


def front(vertices, roughness):
    """Longitude/latitude of a front: the middle of every edge displaced until there are enough, then thinned."""
    rng = np.random.default_rng(SEED)
    plane = Proj(proj="tmerc", lon_0=35, lat_0=48, ellps="WGS84")
    xy = np.column_stack(plane(*FRONT.T))
    while len(xy) < vertices:
        step = np.diff(xy, axis=0)
        swing = rng.normal(0, roughness / 2, (len(step), 1)).clip(-0.5, 0.5)
        aside = np.column_stack([-step[:, 1], step[:, 0]]) * swing
        doubled = np.empty((2 * len(xy) - 1, 2))
        doubled[::2], doubled[1::2] = xy, xy[:-1] + step / 2 + aside
        xy = doubled
    kept = np.unique(np.linspace(0, len(xy) - 1, vertices).round().astype(int))
    return np.column_stack(plane(*xy[kept].T, inverse=True))


def ours(lonlat, depth_m):
    """The certified zone of the plugin's core, from the raw line to the polygon."""
    line = clean([InputLine(1, shapely.LineString(lonlat))], 2 * depth_m)
    field = DistanceField(line.parts, depth_m)
    made = outline(line.parts, line.plane, field, depth_m, TOLERANCE_M, Progress())
    faces = arrange([shapely.linestrings(ring) for ring in made.rings])
    inside = field.distance(line.plane.inverse(inner_points(faces))) <= depth_m + TOLERANCE_M
    return shapely.transform(united(faces, inside), line.plane.inverse)


def peer(lonlat, depth_m):
    """A planar buffer in an equal-area plane centred on the line."""
    lon_0, lat_0 = (lonlat.min(axis=0) + lonlat.max(axis=0)) / 2
    plane = Proj(proj="laea", lon_0=lon_0, lat_0=lat_0, ellps="WGS84")
    flat = shapely.LineString(np.column_stack(plane(*lonlat.T)))
    zone = shapely.buffer(flat, depth_m, quad_segs=SEGMENTS)
    return shapely.transform(zone, lambda xy: np.column_stack(plane(*xy.T, inverse=True)))


def largest_error(zone, lonlat, depth_m):
    """Metres by which the outline misses the depth where it is worst, rings of every kind included."""
    field = DistanceField([lonlat], depth_m)
    worst = 0.0
    for polygon in shapely.get_parts(zone):
        for ring in (polygon.exterior, *polygon.interiors):
            xy = shapely.get_coordinates(ring)
            points = np.concatenate([xy[:-1] + share * np.diff(xy, axis=0) for share in SHARES])
            worst = max(worst, float(np.abs(field.distance(points) - depth_m).max()))
    return worst


def best_time(make, lonlat, depth_m, repeat):
    """The zone, and the seconds of the fastest of a few runs."""
    seconds = []
    for _ in range(repeat):
        begin = time.perf_counter()
        zone = make(lonlat, depth_m)
        seconds.append(time.perf_counter() - begin)
    return zone, min(seconds)


def highest_memory():
    """Megabytes of memory that this process has needed at most, or NaN where the system does not say."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return float("nan")
    line = next(row for row in status.read_text(encoding="ascii").splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def extra_memory(make, lonlat, depth_m, answer):
    """Tell how much the highest memory of this process grows."""
    before = highest_memory()
    make(lonlat, depth_m)
    answer.put(highest_memory() - before)


def memory_of(make, lonlat, depth_m):
    """Extra megabytes of one run in a process of its own."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=extra_memory, args=(make, lonlat, depth_m, answer))
    process.start()
    grown = answer.get()
    process.join()
    return grown


def report(vertices, depth_m, repeat, roughness):
    """Print one line of the table; return the seconds of both."""
    lonlat = front(vertices, roughness)
    mine, my_time = best_time(ours, lonlat, depth_m, repeat)
    other, other_time = best_time(peer, lonlat, depth_m, repeat)
    my_error, other_error = (largest_error(zone, lonlat, depth_m) for zone in (mine, other))
    my_memory, other_memory = (memory_of(make, lonlat, depth_m) for make in (ours, peer))
    print(
        f"{vertices:>9,} {my_time:>9.3f} {other_time:>9.3f} {other_time / my_time:>8.1f}x "
        f"{my_error:>9.3f} {other_error:>9.2f} {other_error / my_error:>8.0f}x "
        f"{my_memory:>8.0f} {other_memory:>8.0f} {shapely.get_num_coordinates(mine):>9,} "
        f"{shapely.get_num_coordinates(other):>9,}",
        flush=True,
    )
    return my_time, other_time


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--depth-km", type=float, default=40.0)
    parser.add_argument("--vertices", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--roughness", type=float, default=0.35)
    asked = parser.parse_args()
    print(f"zone at {asked.depth_km:g} km, tolerance {TOLERANCE_M:g} m, against shapely's buffer, {SEGMENTS} segments")
    print(
        f"{'vertices':>9} {'ours s':>9} {'buffer s':>9} {'faster':>9} {'ours m':>9} {'buffer m':>9} {'truer':>9} "
        f"{'ours MB':>8} {'buf. MB':>8} {'vertices':>9} {'vertices':>9}"
    )
    seconds = [report(n, asked.depth_km * 1000, asked.repeat, asked.roughness) for n in asked.vertices]
    for before, after, few, many in zip(seconds[:-1], seconds[1:], asked.vertices[:-1], asked.vertices[1:]):
        print(
            f"{many / few:g} times the vertices take {after[0] / before[0]:.1f} times as long (buffer: "
            f"{after[1] / before[1]:.1f})"
        )


if __name__ == "__main__":
    main()
