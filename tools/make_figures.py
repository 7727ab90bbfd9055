"""Draw the figures of docs/exact-zone.md: how an outline is found, and what happens at the antimeridian.

    python tools/make_figures.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import shapely
from pyproj import Proj

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from buffer_zone_plugin.core.contact_line import clean
from buffer_zone_plugin.core.distance import DistanceField
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.plan import PlanInputs, make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.staffing.parameters import read_catalogue
from buffer_zone_plugin.core.staffing.postures import read_postures
from buffer_zone_plugin.core.topology import coarse_rings
from buffer_zone_plugin.core.zone import outline

ROOT = Path(__file__).resolve().parent.parent
INK, LINE, PALE, EDGE = "#333333", "#b0206f", "#c9d7e6", "#1f5a93"
DEPTH_M = 20_000.0
ZOOM_KM = 1.2
FRONT_KM = [[-45, 4], [-22, 12], [-8, -6], [-3, 16], [4, 17], [8, -5], [24, 8], [45, 2]]


def front(centre=(37.0, 48.3)):
    """Return the figures' contact line, longitude/latitude."""
    plane = Proj(proj="aeqd", lon_0=centre[0], lat_0=centre[1], ellps="WGS84")
    x, y = np.array(FRONT_KM, dtype=float).T * 1000
    return np.column_stack(plane(x, y, inverse=True))


def how_an_outline_is_found(path):
    """Draw the line with its rough ring, the true ring, and the error along it."""
    line = clean([InputFeature(1, shapely.LineString(front()))], 2 * DEPTH_M)
    field = DistanceField(line.parts, DEPTH_M)
    flat = [shapely.linestrings(line.plane.forward(part)) for part in line.parts]
    rough = max(coarse_rings(flat, np.zeros((0, 2)), 0, line.plane, field, DEPTH_M), key=len)
    true = max(outline(line.flat, line.plane, field, DEPTH_M, 1.0, Progress()).rings, key=len)
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(12, 3.6), width_ratios=(1.3, 1, 1.2))
    for axes in (left, middle):
        for part in flat:
            axes.plot(*shapely.get_coordinates(part).T / 1000, color=LINE, lw=2)
        axes.plot(*np.concatenate([rough, rough[:1]]).T / 1000, color="#e08214", lw=1, ls="--", marker=".", ms=3)
        axes.plot(*true.T / 1000, color=EDGE, lw=1.2, marker=".", ms=2)
        axes.set_aspect("equal")
        axes.set_xlabel("km")
    left.set_title("1  a rough ring (dashed) has the right shape,\nthe true one the right distance", fontsize=9)
    x, y = most_off(line, field, rough) / 1000
    middle.set_xlim(x - ZOOM_KM, x + ZOOM_KM)
    middle.set_ylim(y - ZOOM_KM, y + ZOOM_KM)
    middle.set_title("2  where the two differ most: vertices are moved\nto the distance, edges are split", fontsize=9)
    error_along(right, line, field, rough, true)
    save(figure, path)


def most_off(line, field, ring):
    """Return the middle of the ring's edge whose middle is farthest off the depth."""
    middle = (ring + np.roll(ring, -1, axis=0)) / 2
    return middle[np.argmax(np.abs(field.distance(line.plane.inverse(middle)) - DEPTH_M))]


def error_along(axes, line, field, rough, true):
    """Draw how far both rings are off the depth."""
    for ring, colour, name in ((np.concatenate([rough, rough[:1]]), "#e08214", "rough ring"), (true, EDGE, "outline")):
        points = ring[:-1] + np.linspace(0, 1, 9)[:, None, None] * np.diff(ring, axis=0)
        points = points.transpose(1, 0, 2).reshape(-1, 2)
        off = np.abs(field.distance(line.plane.inverse(points)) - DEPTH_M)
        axes.semilogy(np.linspace(0, 1, len(off)), np.maximum(off, 1e-3), color=colour, lw=0.8, label=name)
    axes.axhline(1.0, color=INK, lw=0.8, ls=":")
    axes.set_xlabel("way around the zone")
    axes.set_ylabel("error of depth, m")
    axes.legend(fontsize=8, loc="lower right")
    axes.set_title("3  until no place is off by more\nthan the tolerance (1 m)", fontsize=9)


def across_the_antimeridian(path):
    """Draw a zone that crosses ±180° as it is delivered: in two parts that meet it exactly."""
    catalogue = read_catalogue(ROOT / "resources" / "staffing" / "parameters.csv")
    postures = read_postures(ROOT / "resources" / "presets" / "postures.json")
    inputs = PlanInputs((InputFeature(1, shapely.LineString(front((179.95, 66.0)))),), catalogue, postures)
    plan = make_plan(PlanSpec(sectors=3, bands_m=(5_000.0,)), inputs, Progress())
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
    for axes, limits in ((left, (178.4, 180.05)), (right, (-180.05, -178.4))):
        for sector in plan.sectors:
            for polygon in sector.geometry.geoms:
                axes.fill(*polygon.exterior.xy, color=PALE, ec=EDGE, lw=0.8)
        for part in plan.line:
            for piece in shapely.get_parts(part.geometry):
                axes.plot(*piece.xy, color=LINE, lw=2)
        axes.set_xlim(*limits)
        axes.axvline(np.copysign(180, limits[0]), color=INK, lw=0.8, ls=":")
        axes.set_xlabel("longitude")
        axes.set_xticks(np.copysign([178.5, 179.0, 179.5, 180.0], limits[0]))
    left.set_ylabel("latitude")
    save(figure, path)


def save(figure, path):
    """Write a figure without dates, so that the same figure has the same bytes."""
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    how_an_outline_is_found(ROOT / "docs" / "exact-zone-outline.png")
    across_the_antimeridian(ROOT / "docs" / "exact-zone-antimeridian.png")
