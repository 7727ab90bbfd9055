"""Draw the figures of docs/sectors.md: the method, the rules, the line of tomorrow, and a gallery of public lines.

    python tools/make_sector_figures.py                   the method, the rules, the line of tomorrow
    python tools/make_sector_figures.py --lines FOLDER    and the gallery, of the lines that are in the folder
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import textwrap
from dataclasses import dataclass, replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import shapely
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.plan import sample_inputs
from buffer_zone_plugin.core.arrangement import as_multipolygon
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.front import one_line
from buffer_zone_plugin.core.geodesy import LocalPlane, area
from buffer_zone_plugin.core.guides import Areas, Guides
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.population import Population
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.sectors.axis import make_axis
from buffer_zone_plugin.core.sectors.balance import balanced
from buffer_zone_plugin.core.sectors.borders import borders_of, rough_sectors
from buffer_zone_plugin.core.sectors.breaks import break_points
from buffer_zone_plugin.core.sectors.cuts import SHORT_SECTOR, chain_totals, cuts_at
from buffer_zone_plugin.core.sectors.line_shares import line_shares
from buffer_zone_plugin.core.sectors.measures import Stock, evenly_spread
from buffer_zone_plugin.core.sectors.rules import rule_of
from buffer_zone_plugin.core.sectors.split import ChainPath
from buffer_zone_plugin.core.sectors.straight import straightened
from buffer_zone_plugin.core.spec import PlanSpec

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "sectors"
# colours that readers with any colour vision tell apart, after Paul Tol
FILLS = ("#77AADD", "#EEDD88", "#FFAABB", "#44BB99")
WINE, BLUE, GREEN, ORANGE, INK, GREY = "#882255", "#004488", "#117733", "#EE7733", "#222222", "#777777"
TOLERANCE_M, SECTORS = 5.0, 8
DPI = 100
# towns that are made up: place, thousands of inhabitants
TOWNS = (
    (37.55, 50.2, 20), (37.9, 49.62, 35), (37.6, 49.5, 15), (38.1, 49.0, 40), (38.05, 48.55, 120), (37.6, 48.2, 90),
    (37.45, 47.95, 420), (36.8, 47.75, 60), (36.1, 47.6, 45), (35.4, 47.55, 210), (34.7, 47.4, 160), (34.0, 47.1, 30),
    (33.2, 46.75, 25), (32.6, 46.6, 260),
)
SETTLED_KM, KM_PER_DEGREE = 12.0, 111.0
MANY, FEW = 200.0, 40.0  # inhabitants at a point in a town, and elsewhere
GALLERY = (
    ("inner_german_border", "lines_ceasefire_public.gpkg", "The inner-German border, 963 km", "Natural Earth"),
    ("korea_mdl_lsib", "lines_ceasefire_public_fetched.gpkg", "The Military Demarcation Line in Korea, 238 km",
     "US Department of State, LSIB"),
    ("transnistria_raw", "lines_ceasefire_public.gpkg", "The line along the Dniester, 342 km in 40 parts",
     "Natural Earth"),
    ("karabakh_ceasefire_1994", "lines_ceasefire_public.gpkg", "The ceasefire line of 1994 in Karabakh, 203 km in 9 "
     "parts", "Natural Earth"),
    ("berlin_ring", "lines_ceasefire_public.gpkg", "A ring: the limits of Berlin, 151 km", "Natural Earth"),
    ("baarle_enclaves", "robust_public.gpkg", "Enclaves: the border at Baarle, 58 km, 21 rings",
     "© OpenStreetMap contributors, ODbL 1.0"),
)
GALLERY_KM, GALLERY_SECTORS, MOST_NUMBERED = (2, 10, 40), (4, 12, 40), 20
NARROW = 0.02  # of its extent: a zone less deep is drawn with thin lines
GPKG_ENVELOPES = (0, 32, 48, 48, 64)  # bytes of a GeoPackage geometry header's envelope, by its flag


# ------------------------------------------------------------------------------------------------ plans

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


def kept(plan):
    """Return a plan's boundaries as what the next plan is split at."""
    return Guides(breaks=break_points(features([boundary.geometry for boundary in plan.boundaries])))


def population():
    """Return people who live around the made-up towns, and a few everywhere."""
    rng = np.random.default_rng(5)
    places, persons = [], []
    for lon, lat, thousands in TOWNS:
        count = 5 * thousands
        places.append(rng.normal((lon, lat), SETTLED_KM / KM_PER_DEGREE, (count, 2)))
        persons.append(np.full(count, MANY))
    places.append(rng.uniform((31.5, 46.0), (38.8, 50.8), (6_000, 2)))
    persons.append(np.full(6_000, FEW))
    return Population(np.concatenate(places), np.concatenate(persons))


# ------------------------------------------------------------------------------------------------ maps

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


def save(figure, file):
    """Write a figure without dates, so that the same figure has the same bytes."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{file}.png"
    figure.savefig(path, dpi=DPI, bbox_inches="tight", pad_inches=0.05, metadata={"Software": None})
    plt.close(figure)
    print(path.relative_to(ROOT), f"{path.stat().st_size / 1024:.0f} kB")


# ------------------------------------------------------------------------------------------------ the method

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


# ------------------------------------------------------------------------------------------------ the rules

def with_bars(file, plan, title, told, extra=None, parts=None):
    """Draw a plan beside bars of what each sector has; ``told`` names the measure that is shared out."""
    measures = {
        "line, km": [sector.line_m / 1e3 for sector in plan.sectors],
        "area, km²": [sector.area_m2 / 1e6 for sector in plan.sectors],
        "persons": [plan.staffing.sector(k).central for k in range(len(plan.sectors))],
    }
    if plan.sectors[0].population is not None:
        measures["inhabitants, thousands"] = [sector.population / 1e3 for sector in plan.sectors]
        del measures["persons"]
    figure = plt.figure(figsize=(8, 3.3), layout="constrained")
    grid = figure.add_gridspec(1, 4, width_ratios=(1.7, 1, 1, 1))
    axes = figure.add_subplot(grid[0])
    draw(axes, plan, parts=parts)
    if extra is not None:
        extra(axes)
    figure.suptitle(title, fontsize=10)
    bars = np.arange(1, len(plan.sectors) + 1)
    for column, (label, values) in enumerate(measures.items(), start=1):
        axes = figure.add_subplot(grid[column])
        colours = [FILLS[(number - 1) % len(FILLS)] for number in bars]
        axes.barh(bars, values, color=colours, ec=INK, lw=0.9 if label.startswith(told) else 0.3)
        axes.set_yticks(bars)
        axes.invert_yaxis()
        axes.tick_params(labelsize=7)
        axes.set_xlabel(label, fontsize=8, weight="bold" if label.startswith(told) else "normal")
        axes.spines[["top", "right"]].set_visible(False)
    save(figure, file)


def the_rules():
    """Draw a picture of each rule on the sample line."""
    base = {"sectors": SECTORS}
    with_bars("equal-length", plan_of(split="equal_length", **base), "Equal line length", "line")
    with_bars("equal-area", plan_of(split="equal_area", **base), "Equal area", "area")
    staffed = plan_of(split="equal_staffing", posture="verify_both_edges", **base)
    with_bars("equal-staffing", staffed, "Equal staffing, both edges of the zone watched", "persons")
    people = population()
    with_bars(
        "equal-population", plan_of(split="equal_population", population=people, **base), "Equal population",
        "inhabitants", lambda axes: dots(axes, people),
    )
    fixed = plan_of(split="fixed_length", sector_m=150e3)
    with_bars("fixed-length", fixed, "Fixed length: 150 km, then the rest", "line")
    shares = (10.0, 10.0, 20.0, 20.0, 40.0)
    with_bars("shares", plan_of(split="equal_length", shares=shares), "Unequal shares: 10,10,20,20,40", "line")
    at_breaks("break-points")
    by_areas("areas")
    within("subsectors")
    along_rivers("snapping")
    numbering("numbering")


def dots(axes, people):
    """Draw where the inhabitants of towns live, in what the axes show."""
    axes.scatter(*people.lonlat[people.persons > FEW].T, s=0.8, color=INK, alpha=0.4, linewidths=0)


def side_by_side(file, titles, drawers, size=(8, 3.6)):
    """Draw some maps beside each other."""
    figure, panels = plt.subplots(1, len(drawers), figsize=size, layout="constrained")
    for axes, title, drawer in zip(panels, titles, drawers):
        drawer(axes)
        axes.set_title(title, fontsize=9)
    save(figure, file)


def at_breaks(file):
    """Draw a split at points, and one at lines."""
    line = sample_inputs().lines[0].geometry
    points = [shapely.line_interpolate_point(line, share, normalized=True) for share in (0.15, 0.3, 0.55, 0.8)]
    drawn = [shapely.linestrings(xy) for xy in (
        [(36.9, 49.3), (37.4, 49.42), (37.9, 49.6), (38.7, 49.55)],
        [(37.2, 48.9), (37.6, 48.75), (38.0, 48.55), (38.6, 48.2)],
        [(35.6, 48.1), (35.75, 47.7), (35.6, 47.4), (35.8, 46.9)],
        [(33.6, 47.4), (33.8, 47.0), (33.7, 46.4)],
    )]
    pointed = plan_of(split="break_points", guides=Guides(breaks=break_points(features(points))))
    lined = plan_of(split="break_points", guides=Guides(breaks=break_points(features(drawn))))

    def with_points(axes):
        draw(axes, pointed)
        axes.scatter(*np.array([(p.x, p.y) for p in points]).T, s=26, color=WINE, ec="white", lw=0.8, zorder=5)

    def with_lines(axes):
        draw(axes, lined)
        for one in drawn:
            axes.plot(*one.xy, color=BLUE, lw=2.2, ls=(0, (3, 2)), zorder=5)

    side_by_side(
        file, ("at points: a border exactly through each", "at lines (dashed): the lines are the borders"),
        (with_points, with_lines),
    )


def districts(zone):
    """Return made-up districts around a zone: the cells nearest to places on a jittered grid."""
    rng = np.random.default_rng(11)
    west, south, east, north = shapely.bounds(zone)
    lon, lat = np.meshgrid(np.arange(west - 0.6, east + 0.6, 0.62), np.arange(south - 0.4, north + 0.4, 0.42))
    places = np.column_stack([lon.ravel(), lat.ravel()]) + rng.uniform(-0.2, 0.2, (lon.size, 2)) * (0.62, 0.42)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(places)))
    return shapely.set_precision(cells[shapely.intersects(cells, zone)], 1e-6)


def provinces(zone):
    """Return five made-up provinces around a zone, and their names."""
    places = shapely.points([(37.6, 50.1), (38.6, 48.7), (37.0, 48.4), (36.0, 47.2), (33.6, 46.9)])
    frame = shapely.buffer(zone, 1)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(places), extend_to=frame))
    place, cell = shapely.STRtree(cells).query(places, predicate="within")
    return cells[cell], tuple(("North", "East", "Centre", "South", "West")[k] for k in place)


def by_areas(file):
    """Draw sectors of whole districts, and one sector for each province."""
    zone = plan_of(split="none").zone.geometry
    small, (large, names) = districts(zone), provinces(zone)
    areas = Areas(tuple(small), tuple(f"D{k}" for k in range(len(small))))
    named = Areas(tuple(large), names)
    shared = plan_of(split="areas", sectors=SECTORS, guides=Guides(areas=areas))
    single = plan_of(split="areas", one_per_area=True, guides=Guides(areas=named))

    def whole(axes):
        draw(axes, shared)
        outlines(axes, small, zone)

    def one_each(axes):
        draw(axes, single, numbers=0)
        outlines(axes, large, zone)
        for sector in single.sectors:
            name(axes, sector.geometry, sector.name, 7)

    areas_off = 100 * np.array([s.area_m2 for s in shared.sectors]) / np.mean([s.area_m2 for s in shared.sectors]) - 100
    print(f"whole areas: off by {areas_off.min():+.1f} … {areas_off.max():+.1f} %;", *shared.notes, *single.notes)
    side_by_side(
        file, ("whole districts (thin lines) to 8 sectors", "one sector for each province (thin lines)"),
        (whole, one_each),
    )


def outlines(axes, polygons, zone):
    """Draw the edges of areas, in the zone and a little around it."""
    for piece in shapely.get_parts(shapely.intersection(shapely.boundary(polygons), shapely.buffer(zone, 0.2))):
        for line in shapely.get_parts(piece):
            axes.plot(*line.xy, color=INK, lw=0.45)


def within(file):
    """Draw subsectors."""
    plan = plan_of(split="equal_area", sectors=4, subsectors=3)

    def parts(axes):
        draw(axes, plan, numbers=0, parts=plan.subsectors)
        for boundary in plan.boundaries:
            width = 2.2 if boundary.sector_from != boundary.sector_to else 0.6
            for piece in shapely.get_parts(boundary.geometry):
                axes.plot(*piece.xy, color=INK, lw=width)
        for part in plan.subsectors:
            name(axes, part.geometry, part.name, 6.5)

    figure, axes = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
    parts(axes)
    axes.set_title("4 sectors of equal area, 3 subsectors in each", fontsize=9)
    save(figure, file)


def rivers(plan, every=(1, 3, 5)):
    """Return made-up rivers that wind beside some of a plan's boundaries."""
    plane = LocalPlane(shapely.get_coordinates(plan.zone.geometry))
    found = []
    for k in every:
        xy = plane.forward(shapely.get_coordinates(shapely.line_merge(plan.boundaries[k].geometry)))
        start, end = xy[0], xy[-1]
        along = end - start
        aside = np.array([-along[1], along[0]]) / np.hypot(*along)
        share = np.linspace(-0.4, 1.4, 90)
        wave = 1.6e3 + 2.2e3 * np.sin(7 * share + k) + 0.9e3 * np.sin(19 * share + 2 * k)
        found.append(shapely.linestrings(plane.inverse(start + share[:, None] * along + wave[:, None] * aside)))
    return found


def along_rivers(file):
    """Draw one part of a plan before and after its boundaries follow rivers."""
    values = {"split": "equal_area", "sectors": SECTORS}
    before = plan_of(**values)
    water = rivers(before)
    after = plan_of(guides=Guides(snap=tuple(water)), **values)
    print(*after.notes, sep="\n")
    middle = before.boundaries[3].contact

    def drawer(plan):
        def panel(axes):
            draw(axes, plan, numbers=0)
            for river in water:
                axes.plot(*river.xy, color=BLUE, lw=1.0, alpha=0.8)
            draw_borders(axes, plan, INK, 2.0)
            fit(axes, plan.zone.geometry, (middle, (0.75, 0.42)), 0)
        return panel

    titles = "straight borders, and rivers", "snapped to the rivers"
    side_by_side(file, titles, (drawer(before), drawer(after)), (8, 3.5))


def numbering(file):
    """Draw numbers from either end."""
    side_by_side(
        file, ("NUMBER_FROM=0: the west or north end", "NUMBER_FROM=1: the east or south end"),
        [lambda axes, end=end: draw(axes, plan_of(split="equal_length", sectors=SECTORS, numbered_from=end))
         for end in ("west_north", "east_south")],
    )


# ------------------------------------------------------------------------------------------------ the line of tomorrow

ADVANCE_M = 10e3
ADVANCE_SECTOR = 4


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


# ------------------------------------------------------------------------------------------------ the gallery

def read_lines(path, layer):
    """Return the geometries of a GeoPackage layer: well-known binary behind a header of known length."""
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as connection:
        (column,) = connection.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
        ).fetchone()
        blobs = [row[0] for row in connection.execute(f'SELECT "{column}" FROM "{layer}"')]  # noqa: S608 - our names
    return [shapely.from_wkb(blob[8 + GPKG_ENVELOPES[blob[3] >> 1 & 7] :]) for blob in blobs]


def gallery(folder):
    """Draw a picture of each public line that is there."""
    for layer, file, title, source in GALLERY:
        if not (folder / file).is_file():
            print(f"{layer} left out: {file} is not there")
            continue
        lines = features(read_lines(folder / file, layer))
        figure, panels = plt.subplots(3, 3, figsize=(10, 0.4 + 3 * row_inches(lines)), layout="constrained")
        for row, depth_km in zip(panels, GALLERY_KM):
            for axes, count in zip(row, GALLERY_SECTORS):
                gallery_panel(axes, lines, depth_km, count)
        figure.suptitle(f"{title}, equal area. Line: {source}", fontsize=10)
        save(figure, f"gallery-{layer.split('_')[0]}")


def row_inches(lines):
    """Return how high a row of panels is to be, so that a line fills it."""
    west, south, east, north = shapely.total_bounds([line.geometry for line in lines])
    return float(np.clip(3.2 * (north - south) / (east - west) / np.cos(np.radians((south + north) / 2)), 2.2, 5.0))


def gallery_panel(axes, lines, depth_km, count):
    """Draw one combination, or the sentence that refuses it."""
    axes.set_title(f"{depth_km} km, {count} sectors", fontsize=8)
    try:
        plan = plan_of(lines, split="equal_area", sectors=count, depth_a_m=depth_km * 1e3, depth_b_m=depth_km * 1e3)
    except PlanError as error:
        bare(axes)
        text = "\n".join([*textwrap.wrap(f"Refused: {error.message}.", 34), "", *textwrap.wrap(error.hint, 34)])
        axes.text(0.5, 0.5, text, fontsize=8, ha="center", va="center", transform=axes.transAxes)
        return
    draw_gallery(axes, plan)


def draw_gallery(axes, plan):
    """Draw a plan small."""
    west, south, east, north = shapely.bounds(plan.zone.geometry)
    narrow = plan.spec.depth_max_m / 1e3 < NARROW * KM_PER_DEGREE * max(east - west, north - south)
    draw(
        axes, plan, numbers=7, line=0.3 if narrow else 0.8, every=1 if len(plan.sectors) < MOST_NUMBERED else 5,
        edge=0.25 if narrow else 0.7,
    )


def main():
    """Draw all that can be drawn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=Path, help="a folder with the gallery's layers")
    asked = parser.parse_args()
    the_method("method")
    the_rules()
    tomorrow("tomorrow")
    if asked.lines is not None:
        gallery(asked.lines)


if __name__ == "__main__":
    main()
