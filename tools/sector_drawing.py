"""What the figures of docs/sectors.md share: plans of some lines, maps of plans, and how a figure is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import shapely
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from benchmarks.plan import sample_inputs
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "sectors"
# colours that readers with any colour vision tell apart, after Paul Tol
FILLS = ("#77AADD", "#EEDD88", "#FFAABB", "#44BB99")
WINE, BLUE, ORANGE, INK, GREY = "#882255", "#004488", "#EE7733", "#222222", "#777777"
TOLERANCE_M, SECTORS = 5.0, 8
DPI = 100
KM_PER_DEGREE = 111.0


def plan_of(lines=None, guides=None, population=None, **values):
    """Return a plan of some lines, of the sample line if none are given."""
    inputs = sample_inputs()
    inputs = replace(
        inputs, lines=lines or inputs.lines, guides=guides or inputs.guides, population=population,
    )
    return make_plan(PlanSpec(**{"tolerance_m": TOLERANCE_M, **values}), inputs, Progress())


def features(geometries):
    """Return geometries as the core takes them."""
    return tuple(InputFeature(number, geometry) for number, geometry in enumerate(geometries, start=1))


def draw(axes, plan, numbers=7.0, line=1.2, parts=None, every=1, edge=0.7):
    """Draw the sectors of a plan, or other parts of it, with every so many numbers, and the contact line."""
    for part in parts or plan.sectors:
        fill(axes, part.geometry, FILLS[(part.sector_id - 1) % len(FILLS)], INK, edge)
    draw_line(axes, plan, line)
    for sector in plan.sectors if numbers else ():
        if sector.sector_id % every and sector.sector_id != 1:
            continue
        name(axes, sector.geometry, str(sector.sector_id), numbers)
    fit(axes, plan.zone.geometry)


def name(axes, geometry, text, size):
    """Write the name of some ground into it."""
    x, y = shapely.get_coordinates(label_point(geometry))[0]
    axes.text(x, y, text, fontsize=size, ha="center", va="center", color=INK, weight="bold", clip_on=True)


def draw_line(axes, plan, width=1.2):
    """Draw the contact line of a plan."""
    for part in plan.line:
        for piece in shapely.get_parts(part.geometry):
            axes.plot(*piece.xy, color=WINE, lw=width, solid_capstyle="butt")


def draw_borders(axes, plan, colour=INK, width=1.0, style="-"):
    """Draw the boundaries of a plan."""
    for boundary in plan.boundaries:
        for piece in shapely.get_parts(boundary.geometry):
            axes.plot(*piece.xy, color=colour, lw=width, ls=style)


def fill(axes, geometry, colour, edge="none", width=0.0, hatch=None):
    """Fill polygons, holes left open."""
    for polygon in shapely.get_parts(geometry):
        if polygon.geom_type != "Polygon":
            continue
        path = Outline.make_compound_path(*(
            Outline(shapely.get_coordinates(ring), closed=True) for ring in (polygon.exterior, *polygon.interiors)
        ))
        axes.add_patch(PathPatch(path, fc=colour, ec=edge, lw=width, hatch=hatch))


def label_point(geometry):
    """Return a place well inside the largest polygon."""
    largest = max(shapely.get_parts(geometry), key=lambda polygon: polygon.area)
    return shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.01 * largest.length), 0)


def fit(axes, geometry, around=None, margin=0.03):
    """Show a geometry, or some degrees around a place, without axes and without distortion in its middle."""
    west, south, east, north = shapely.bounds(geometry)
    if around is not None:
        (lon, lat), (wide, high) = around
        west, south, east, north = lon - wide, lat - high, lon + wide, lat + high
    wide, high = margin * (east - west), margin * (north - south)
    axes.set_xlim(west - wide, east + wide)
    axes.set_ylim(south - high, north + high)
    axes.set_aspect(1 / np.cos(np.radians((south + north) / 2)))
    bare(axes)


def bare(axes):
    """Leave out axes and frame."""
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)


def side_by_side(file, titles, drawers, size=(8, 3.6)):
    """Draw some maps beside each other."""
    figure, panels = plt.subplots(1, len(drawers), figsize=size, layout="constrained")
    for axes, title, drawer in zip(panels, titles, drawers):
        drawer(axes)
        axes.set_title(title, fontsize=9)
    save(figure, file)


def save(figure, file):
    """Write a figure without dates, so that the same figure has the same bytes."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{file}.png"
    figure.savefig(path, dpi=DPI, bbox_inches="tight", pad_inches=0.05, metadata={"Software": None})
    plt.close(figure)
    print(path.relative_to(ROOT), f"{path.stat().st_size / 1024:.0f} kB")
