"""The figure of the method in docs/sectors.md: the five steps of a split into equal areas."""

from __future__ import annotations

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import shapely
from sector_drawing import BLUE, GREY, INK, ORANGE, SECTORS, WINE, bare, fill, plan_of, save

from benchmarks.plan import sample_inputs
from buffer_zone_plugin.core.front import one_line
from buffer_zone_plugin.core.geodesy import LocalPlane
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.sectors.axis import make_axis
from buffer_zone_plugin.core.sectors.balance import balanced
from buffer_zone_plugin.core.sectors.borders import borders_of, rough_sectors
from buffer_zone_plugin.core.sectors.cuts import SHORT_SECTOR, chain_totals, cuts_at
from buffer_zone_plugin.core.sectors.line_shares import line_shares
from buffer_zone_plugin.core.sectors.measures import Stock, evenly_spread
from buffer_zone_plugin.core.sectors.rules import rule_of
from buffer_zone_plugin.core.sectors.split import ChainPath
from buffer_zone_plugin.core.sectors.straight import straightened


@dataclass(frozen=True)
class Steps:
    """What the steps of a split into equal areas come to, in the plane."""

    plane: LocalPlane
    zone: object
    stock: Stock
    chains: list
    axis: object
    shared: object
    cuts: np.ndarray
    rough: list
    straight: list
    found: object


def steps(plan):
    """Return the steps of the split of a plan of the sample line."""
    spec, depth_m = plan.spec, plan.spec.depth_max_m
    front = one_line(sample_inputs().lines, spec)
    plane = front.plane
    zone = shapely.set_precision(shapely.transform(plan.zone.geometry, plane.forward), 0.01)
    chains = [ChainPath(path, chain.closed) for path, chain in zip(front.paths, front.line.chains)]
    stock = Stock(line_shares(front.line.parts, plane), zone, zone, plane, {})
    rule = rule_of(spec, {})
    mean_m = rule.mean_m(sum(chain.length for chain in chains))
    axis = make_axis([c.path for c in chains], [c.closed for c in chains], depth_m, mean_m)
    shared = stock.measure(axis, rule.terms, depth_m)
    totals = chain_totals(axis, shared)
    asked = rule.shares(totals, 0.0)
    cuts = cuts_at(axis, shared, asked.targets(totals), asked.groups, SHORT_SECTOR * depth_m)
    rough = rough_sectors(axis, cuts, zone, depth_m)
    straight = straightened(borders_of(rough), zone, depth_m)
    found = balanced(axis, zone, depth_m, shared, asked, Progress())
    return Steps(plane, zone, stock, chains, axis, shared, cuts, rough, straight, found)


def the_method(file):
    """Draw the five steps on the sample line."""
    plan = plan_of(split="equal_area", sectors=SECTORS)
    made = steps(plan)
    figure = plt.figure(figsize=(10, 6.6), layout="constrained")
    grid = figure.add_gridspec(2, 6)
    panels = [figure.add_subplot(grid[0, 2 * k : 2 * k + 2]) for k in range(3)]
    panels += [figure.add_subplot(grid[1, 3 * k : 3 * k + 3]) for k in range(2)]
    draw_axis(panels[0], made)
    draw_measure(panels[1], made)
    draw_cuts(panels[2], made)
    draw_straight(panels[3], made)
    draw_balance(panels[4], made)
    save(figure, file)


def in_plane(axes, made, around=None, reach=0.0):
    """Show the zone, or some of it, in kilometres of the plane."""
    x_min, y_min, x_max, y_max = shapely.bounds(made.zone) / 1e3
    if around is not None:
        (x, y) = around
        x_min, y_min, x_max, y_max = x - reach, y - 0.62 * reach, x + reach, y + 0.62 * reach
    axes.set_xlim(x_min, x_max)
    axes.set_ylim(y_min, y_max)
    axes.set_aspect("equal")
    bare(axes)


def plain_zone(axes, made):
    """Draw the zone and the line in the plane, kilometres."""
    fill(axes, shapely.transform(made.zone, lambda xy: xy / 1e3), "#EEEEEE", GREY, 0.6)
    for chain in made.chains:
        axes.plot(*chain.path.T / 1e3, color=WINE, lw=1.2)


def draw_axis(axes, made):
    """Step 1."""
    plain_zone(axes, made)
    for line in made.axis.lines:
        axes.plot(*line.T / 1e3, color=BLUE, lw=1.4, ls="--")
    in_plane(axes, made, made.axis.at(made.cuts[5:6])[0] / 1e3, 75)
    axes.set_title("1  axis: the contact line, smoothed\n(dashed), and run on through its ends", fontsize=9)


def draw_measure(axes, made):
    """Step 2."""
    points = evenly_spread(made.zone)[0]
    place = made.axis.parameter(points) / 1e3
    axes.scatter(*points.T / 1e3, c=place, s=0.6, cmap="cividis", linewidths=0, rasterized=True)
    for chain in made.chains:
        axes.plot(*chain.path.T / 1e3, color="white", lw=1.0)
    in_plane(axes, made)
    axes.set_title("2  measure: ground, line, posts or persons,\neach at its nearest place on the axis", fontsize=9)


def draw_cuts(axes, made):
    """Step 3."""
    axes.plot(made.shared.place / 1e3, 100 * made.shared.cumulative, color=BLUE, lw=1.5)
    for share, cut in zip(made.shared.cumulative[np.searchsorted(made.shared.place, made.cuts)], made.cuts / 1e3):
        axes.plot([0, cut, cut], [100 * share, 100 * share, 0], color=INK, lw=0.7, ls=":")
    axes.set_xlim(0, made.axis.total / 1e3)
    axes.set_ylim(0, 100)
    axes.set_xlabel("place on the axis, km", fontsize=8)
    axes.set_ylabel("area so far, %", fontsize=8)
    axes.tick_params(labelsize=8)
    axes.set_title("3  cuts: where the shares\nasked for are reached", fontsize=9)


def draw_straight(axes, made):
    """Step 4, around the border that changes most."""
    rough = {(border.one, border.two): border for border in borders_of(made.rough)}
    off = [shapely.hausdorff_distance(border.line, rough[border.one, border.two].line) for border in made.straight]
    one = made.straight[int(np.argmax(off))]
    plain_zone(axes, made)
    for border in made.straight:
        axes.plot(*rough[border.one, border.two].xy.T / 1e3, color=ORANGE, lw=1.6, ls="--")
        axes.plot(*border.xy.T / 1e3, color=INK, lw=1.4)
    in_plane(axes, made, one.xy.mean(axis=0) / 1e3, 60)
    axes.set_title("4  borders: nearest-place divides (dashed) are drawn straight", fontsize=9)


def draw_balance(axes, made):
    """Step 5."""
    first = made.stock.shares(((1.0, {"area": 1.0}),), made.rough, [])
    bars = np.arange(1, SECTORS + 1)
    before, after = (100 * (SECTORS * share - 1) for share in (first, made.found.value / made.found.value.sum()))
    axes.bar(bars - 0.2, before, 0.4, color=ORANGE, label="at the first cuts")
    axes.bar(bars + 0.2, after, 0.4, color=BLUE, label=f"balanced: off by {np.abs(after).max():.5f} % at most")
    axes.axhline(0, color=INK, lw=0.8)
    axes.set_xticks(bars)
    axes.set_xlabel("sector", fontsize=8)
    axes.set_ylabel("area, off its share, %", fontsize=8)
    axes.tick_params(labelsize=8)
    axes.legend(fontsize=8, frameon=False)
    axes.set_title("5  balance: borders are moved and bent until shares are exact", fontsize=9)
