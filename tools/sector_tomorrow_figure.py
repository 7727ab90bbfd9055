"""The figure of the line of tomorrow in docs/sectors.md: an advance, with boundaries kept and without."""

from __future__ import annotations

import numpy as np
import shapely
from sector_drawing import INK, SECTORS, WINE, draw, features, fill, fit, plan_of, side_by_side

from benchmarks.plan import sample_inputs
from buffer_zone_plugin.core.arrangement import as_multipolygon
from buffer_zone_plugin.core.geodesy import LocalPlane, area
from buffer_zone_plugin.core.guides import Guides
from buffer_zone_plugin.core.sectors.break_places import break_points

ADVANCE_M = 10e3
ADVANCE_SECTOR = 4


def tomorrow(file):
    """Draw an advance of the line, with boundaries kept and with equal length again; measure it in every sector."""
    values = {"split": "equal_length", "sectors": SECTORS}
    before = plan_of(**values)
    guides = kept(before)
    points = Guides(breaks=tuple(shapely.points(boundary.contact) for boundary in before.boundaries))
    found = {"kept": [], "points": [], "equal_length": [], "equal_area": []}
    by_area = plan_of(split="equal_area", sectors=SECTORS)
    for sector in range(SECTORS):
        lines = advanced(before, sector)
        after = {
            "kept": plan_of(lines, guides, split="break_points"),
            "points": plan_of(lines, points, split="break_points"),
            "equal_length": plan_of(lines, **values), "equal_area": plan_of(lines, split="equal_area", sectors=SECTORS),
        }
        for what, plan in after.items():
            found[what].append(100 * relabelled(by_area if what == "equal_area" else before, plan)[1])
        if sector == ADVANCE_SECTOR - 1:
            shown = after["kept"], after["equal_length"]
    for what, shares in found.items():
        print(f"{what}: {np.median(shares):.4f} % in the median, {max(shares):.4f} % at most", np.round(shares, 4))
    middle = before.sectors[ADVANCE_SECTOR - 1].geometry.centroid

    def drawer(plan):
        def panel(axes):
            draw(axes, plan, numbers=9)
            if plan is not before:
                fill(axes, relabelled(before, plan)[0], WINE)
                for part in before.line:
                    axes.plot(*part.geometry.xy, color=INK, lw=0.9, ls=":")
            fit(axes, plan.zone.geometry, ((middle.x + 0.25, middle.y + 0.1), (1.5, 0.85)), 0)
        return panel

    k = ADVANCE_SECTOR - 1
    titles = (
        "today:\nequal length",
        f"tomorrow, boundaries kept:\n{found['kept'][k]:.2f} % changes its sector",
        f"tomorrow, equal length again:\n{found['equal_length'][k]:.2f} % changes its sector (dark)",
    )
    side_by_side(file, titles, (drawer(before), drawer(shown[0]), drawer(shown[1])), (10, 3.2))


def kept(plan):
    """Return a plan's boundaries as what the next plan is split at."""
    return Guides(breaks=break_points(features([boundary.geometry for boundary in plan.boundaries])))


def advanced(plan, sector):
    """Return the sample line with the middle half of a sector's stretch of it moved by 10 km to the left."""
    plane = LocalPlane(shapely.get_coordinates(plan.zone.geometry))
    line = shapely.get_coordinates(sample_inputs().lines[0].geometry)
    xy = plane.forward(shapely.get_coordinates(shapely.segmentize(shapely.linestrings(line), 0.01)))
    path = shapely.linestrings(xy)
    contacts = plane.forward(np.array([boundary.contact for boundary in plan.boundaries]))
    at = shapely.line_locate_point(path, shapely.points(contacts))
    bounds = np.sort(np.concatenate([[0.0], at, [path.length]]))
    mine = [k for k in range(len(bounds) - 1) if within_sector(plan, sector, plane, path, bounds[k : k + 2])]
    start, end = bounds[mine[0]], bounds[mine[0] + 1]
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    ends = shapely.get_coordinates(shapely.line_interpolate_point(path, [start, end]))
    left = (ends[1] - ends[0])[[1, 0]] * (-1, 1) / np.hypot(*(ends[1] - ends[0]))
    share = np.clip(1.5 - 3 * np.abs(along - (start + end) / 2) / ((end - start) / 2), 0.0, 1.0)
    return features([shapely.linestrings(plane.inverse(xy + ADVANCE_M * share[:, None] * left))])


def within_sector(plan, sector, plane, path, bounds):
    """Tell whether the middle of a stretch of the line lies in a sector."""
    middle = shapely.get_coordinates(shapely.line_interpolate_point(path, bounds.mean()))
    return shapely.contains(plan.sectors[sector].geometry, shapely.points(plane.inverse(middle))[0])


def relabelled(before, after):
    """Return the ground common to two zones that has another sector in the second, and its share of it."""
    common = shapely.intersection(before.zone.geometry, after.zone.geometry)
    same = shapely.union_all([
        shapely.intersection(a.geometry, b.geometry) for a, b in zip(before.sectors, after.sectors)
    ])
    moved = as_multipolygon(shapely.difference(common, same))
    return moved, area(moved) / area(as_multipolygon(common))
