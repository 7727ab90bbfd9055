"""The figures of the rules in docs/sectors.md: one for each, on the sample line."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import shapely
from sector_drawing import (
    BLUE,
    FILLS,
    INK,
    KM_PER_DEGREE,
    SECTORS,
    WINE,
    draw,
    draw_borders,
    features,
    fit,
    name,
    plan_of,
    save,
    side_by_side,
)

from benchmarks.plan import sample_inputs
from buffer_zone_plugin.core.geodesy import LocalPlane
from buffer_zone_plugin.core.guides import Areas, Guides
from buffer_zone_plugin.core.population import Population
from buffer_zone_plugin.core.sectors.break_places import break_points

# towns that are made up: place, thousands of inhabitants
TOWNS = (
    (37.55, 50.2, 20), (37.9, 49.62, 35), (37.6, 49.5, 15), (38.1, 49.0, 40), (38.05, 48.55, 120), (37.6, 48.2, 90),
    (37.45, 47.95, 420), (36.8, 47.75, 60), (36.1, 47.6, 45), (35.4, 47.55, 210), (34.7, 47.4, 160), (34.0, 47.1, 30),
    (33.2, 46.75, 25), (32.6, 46.6, 260),
)
SETTLED_KM = 12.0
MANY, FEW = 200.0, 40.0  # inhabitants at a point in a town, and elsewhere


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


def dots(axes, people):
    """Draw where the inhabitants of towns live, in what the axes show."""
    axes.scatter(*people.lonlat[people.persons > FEW].T, s=0.8, color=INK, alpha=0.4, linewidths=0)


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
