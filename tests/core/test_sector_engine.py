"""The engine of sectors: whatever the line, no sector is torn or empty; what it promises of borders and shares."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from benchmarks.sector_lines import tasks
from buffer_zone_plugin.core.arrangement import GRID, on_grid
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.given_ground import GivenGround
from buffer_zone_plugin.core.guides import Areas, Guides
from buffer_zone_plugin.core.paths import simple_path
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.population import Population
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.sectors.axis import RING_SHRINK, make_axis
from buffer_zone_plugin.core.sectors.borders import Border, borders_of, rebuilt, rough_sectors
from buffer_zone_plugin.core.sectors.once import meeting_once
from buffer_zone_plugin.core.sectors.straight import straightened
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling

RULES = (
    "equal_length", "equal_area", "fixed_length", "break_points", "equal_staffing", "equal_population", "mixture",
    "areas", "one_per_area",
)
BY_AREAS = RULES[-2:]  # whose sectors may lie in as many pieces as the areas in the zone do
COARSE_M = 50.0  # tolerance of the zone: sectors need no better one
REFUSALS = ("do not fit", "apart along the line", "would be more than", "lies inside the clip", "cannot split a ring")
TOO_LOOPED = "does not separate two sides"  # loops longer than a tenth of a ring


# ------------------------------------------------------------------------------------------------ lines of every kind

def wriggle(rng, xy, doublings=4, roughness=0.3):
    """A polyline in km with the middle of every edge moved aside, again and again."""
    for _ in range(doublings):
        step = np.diff(xy, axis=0)
        aside = rng.normal(0, roughness / 2, (len(step), 1)).clip(-0.4, 0.4)
        doubled = np.empty((2 * len(xy) - 1, 2))
        doubled[::2], doubled[1::2] = xy, xy[:-1] + step / 2 + aside * np.column_stack([-step[:, 1], step[:, 0]])
        xy = doubled
    return xy


def front(rng, length=240.0, bend=40.0):
    x = np.linspace(-length / 2, length / 2, 7)
    return wriggle(rng, np.column_stack([x, rng.normal(0, bend / 3, 7)]))


def round_line(rng, radius, corners=48):
    angle = np.linspace(0, 2 * np.pi, corners + 1)
    away = radius * (1 + 0.2 * np.sin(rng.integers(2, 5) * angle + rng.uniform(0, 6)))
    xy = away[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    xy[-1] = xy[0]
    return xy


def ring_with_loops(rng, depth):
    """A closed line that crosses itself in small loops."""
    radius = rng.uniform(0.8, 6) * depth
    xy = round_line(rng, radius)
    for place in sorted(rng.choice(np.arange(2, len(xy) - 2), int(rng.integers(1, 5)), replace=False))[::-1]:
        ahead = xy[place + 1] - xy[place]
        out = np.array([ahead[1], -ahead[0]]) * rng.choice([-1, 1]) * rng.uniform(0.3, 1.0)
        loop = xy[place] + np.array([0.7 * ahead + out, 0.1 * ahead + out])
        xy = np.insert(xy, place + 1, loop, axis=0)
    return {"lines": [xy]}


def plain_ring(rng, depth):
    return {"lines": [round_line(rng, rng.uniform(0.4, 6) * depth)]}


def chains(rng, depth):
    """Stretches side by side, one behind the other, or both, near each other or far."""
    first = front(rng, 140.0, 10.0)
    gap = rng.uniform(0.3, 4) * depth
    second = front(rng, rng.uniform(60.0, 140.0), 10.0)
    if rng.random() < 0.6:
        second = second + (first[-1] - second[0] + [gap, 0])
    else:
        second = second + np.array([0, rng.uniform(1.2, 4) * depth + 40.0])
    return {"lines": [first, second]}


def pocket(rng, depth):
    line = front(rng)
    ring = round_line(rng, rng.uniform(0.3, 1.2) * depth, 24)
    up = line[:, 1].max() + (rng.uniform(0.1, 1.5) * depth - ring[:, 1].min())
    ring = ring + np.array([rng.uniform(-60, 60), up])
    return {"lines": [line, ring[:: rng.choice([-1, 1])]]}


def clipped(rng, depth):
    west, south = rng.uniform(-130, -20), rng.uniform(-60, -5)
    box = shapely.box(west, south, west + rng.uniform(60, 250), rng.uniform(5, 60))
    hole = shapely.Point(rng.uniform(west, 60), rng.uniform(-20, 20)).buffer(rng.uniform(2, 15))
    return {"lines": [front(rng)], "clip": shapely.difference(box, hole)}


def one_sided(rng, depth):
    line = front(rng) if rng.random() < 0.7 else round_line(rng, rng.uniform(1.2, 5) * depth)
    return {"lines": [line], str(rng.choice(["depth_a_m", "depth_b_m"])): 0.0}


def two_lines(rng, depth):
    middle = front(rng, bend=20.0)
    apart = rng.uniform(2, 12)
    x = np.linspace(-115, 115, 12)
    aside = [np.interp(x, middle[:, 0][np.argsort(middle[:, 0])], middle[:, 1][np.argsort(middle[:, 0])])] * 2
    lines = [np.column_stack([x, y + s * (apart + rng.uniform(0, 3, len(x)))]) for y, s in zip(aside, (1, -1))]
    return {"lines": lines[:1], "lines_b": lines[1:], "two_lines": True}


KINDS = (ring_with_loops, plain_ring, chains, pocket, clipped, one_sided, two_lines)


def torn(plan):
    """Sectors that lie in several pieces of one piece of the zone."""
    pieces = shapely.STRtree(list(plan.zone.geometry.geoms))
    homes = [
        pieces.query(shapely.point_on_surface(list(sector.geometry.geoms)), predicate="within")[1]
        for sector in plan.sectors
    ]
    return [n for n, home in enumerate(homes, start=1) if len(np.unique(home)) < len(home)]


def assert_whole(plan, may_be_torn=False):
    """No sector is empty, or torn where the zone is not; together they are the zone."""
    assert min(sector.area_m2 for sector in plan.sectors) > 0
    assert_tiling([sector.geometry for sector in plan.sectors], plan.zone.geometry)
    assert_sums(plan)
    assert may_be_torn or not torn(plan)


@pytest.fixture(scope="module")
def random_plan(inputs_of, features, at_km):
    """A function from a kind of line, a seed, a rule, a depth in km and a number of sectors to a plan."""
    def plan(kind, seed, rule, depth, sectors, subsectors=1, rivers=False):
        rng = np.random.default_rng(seed)
        made = {"depth_a_m": 1000 * depth, "depth_b_m": 1000 * depth, **kind(rng, depth)}
        lines, lines_b = made.pop("lines"), made.pop("lines_b", [])
        clip = made.pop("clip", None)
        clip = None if clip is None else shapely.transform(shapely.segmentize(clip, 20.0), at_km)
        whole = sum(shapely.linestrings(line).length for line in lines)
        at = (np.arange(sectors - 1) + rng.uniform(0.2, 0.8, sectors - 1)) / (sectors - 1)
        breaks = [
            shapely.get_coordinates(shapely.line_interpolate_point(shapely.linestrings(line), share, normalized=True))
            for line, share in zip(lines * sectors, at)
        ]
        towns = np.concatenate(lines)[rng.integers(0, sum(map(len, lines)), 200)] + rng.normal(0, depth, (200, 2))
        cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(at_km(towns[: 4 * sectors]))))
        areas = Areas(tuple(shapely.MultiPolygon([cell]) for cell in cells), tuple(map(str, range(len(cells)))))
        river = at_km(np.cumsum(rng.normal(0, depth / 4, (400, 2)), axis=0) + towns[0])
        inputs = dataclasses.replace(
            inputs_of([at_km(line) for line in lines]), lines_b=features([at_km(line) for line in lines_b]),
            given=GivenGround(clip), population=Population(at_km(towns), rng.exponential(100, 200)),
            guides=Guides(
                tuple(shapely.points(at_km(np.concatenate(breaks)))), areas,
                (shapely.linestrings(river),) if rivers else (),
            ),
        )
        spec = PlanSpec(
            split="areas" if rule in BY_AREAS else rule, one_per_area=rule == BY_AREAS[1], sectors=sectors,
            sector_m=1000 * whole / sectors, tolerance_m=COARSE_M, subsectors=subsectors, snap_m=300 * depth,
            weights=(1.0, 1.0, 1.0, 1.0) if rule == "mixture" else (), **made,
        )
        return make_plan(spec, inputs, Progress())

    return plan


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(KINDS), seed=st.integers(0, 10**6), rule=st.sampled_from(RULES),
    depth=st.sampled_from([3.0, 8.0, 20.0, 35.0]), sectors=st.integers(2, 9), subsectors=st.integers(1, 2),
    rivers=st.booleans(),
)
def test_sectors_of_any_line_are_whole(random_plan, kind, seed, rule, depth, sectors, subsectors, rivers):
    try:
        plan = random_plan(kind, seed, rule, depth, sectors, subsectors, rivers)
    except PlanError as error:
        reasons = (*REFUSALS, TOO_LOOPED) if kind is ring_with_loops else REFUSALS
        assert any(reason in error.message for reason in reasons), error.message
        return
    assert_whole(plan, may_be_torn=kind is clipped or rule in BY_AREAS)
    if subsectors > 1:
        assert len(plan.subsectors) == subsectors * len(plan.sectors)
        assert_tiling([part.geometry for part in plan.subsectors], plan.zone.geometry)
        assert min(part.area_m2 for part in plan.subsectors) > 0


@pytest.mark.parametrize("seed", range(8))
def test_a_rough_ring_is_split_at_its_points(random_plan, seed):
    """The first point may lie nearest to the end of the ring's axis instead of its beginning."""
    plan = random_plan(rough_ring, seed, "break_points", 12.0, 6)
    assert_whole(plan)
    pairs = {(boundary.sector_from, boundary.sector_to) for boundary in plan.boundaries}
    assert pairs == {(1, 2), (2, 3), (3, 4), (4, 5), (1, 5)}


def test_a_short_sector_of_a_pocket_far_from_the_end_of_the_front_has_ground(random_plan):
    """Its samples follow those of the front's end, which is far from every other sector."""
    plan = random_plan(pocket, 3027, "break_points", 3.0, 8)
    assert_whole(plan)
    assert len(plan.sectors) == 8


def rough_ring(rng, depth):
    xy = wriggle(rng, round_line(rng, 5 * depth, 12), 4, 0.25)
    xy[-1] = xy[0]
    return {"lines": [xy]}


def test_points_on_both_sides_of_where_a_ring_begins_are_too_near(inputs_of, at_km):
    line = at_km(round_line(np.random.default_rng(1), 60.0))
    near = line[0] + 0.02 * (line[-2] - line[0])
    inputs = dataclasses.replace(inputs_of(line), guides=Guides(tuple(shapely.points([line[0], line[20], near]))))
    with pytest.raises(PlanError, match="Two break points lie"):
        make_plan(PlanSpec(split="break_points", tolerance_m=COARSE_M), inputs, Progress())


@pytest.mark.parametrize("rule", ["equal_length", "equal_area", "break_points"])
def test_borders_meet_a_rough_line_once(random_plan, rule):
    found = []
    for seed in range(4):
        plan = random_plan(rough_front, seed, rule, 10.0, 9)
        assert_whole(plan)
        assert not any("share is" in warning for warning in plan.warnings)
        line = shapely.multilinestrings([part.geometry for part in plan.line])
        found += [len(shapely.get_parts(shapely.intersection(b.geometry, line))) for b in plan.boundaries]
    assert np.mean(np.array(found) == 1) > 0.96


def rough_front(rng, depth):
    x = np.linspace(-150, 150, 7)
    xy = wriggle(rng, np.column_stack([x, rng.normal(0, 15, 7)]), 6, 0.5)
    return {"lines": [simple_path(on_grid(1000 * xy)) / 1000]}  # a border that crosses a loop meets the line again


@pytest.mark.parametrize("seed, rule, sectors", [(2133, "equal_length", 5), (2224, "fixed_length", 6)])
def test_a_border_of_one_side_ends_within_a_fold(random_plan, seed, rule, sectors):
    """Where a straight border jumps from one flank of a fold to the other, the share lies between the two."""
    plan = random_plan(one_sided, seed, rule, 35.0, sectors)
    assert_whole(plan)
    lengths = np.array([sector.line_m for sector in plan.sectors])
    assert not plan.warnings
    assert lengths[:-1].max() / lengths[:-1].min() < 1.002


@pytest.mark.parametrize("height", [20.0, 60.0])
def test_a_border_goes_into_a_spike(random_plan, height):
    """Much of the line is in a spike so thin that any straight border has all of one flank on one side."""
    plan = random_plan(spike(height), 0, "equal_length", 25.0, 4)
    assert_whole(plan)
    lengths = np.array([sector.line_m for sector in plan.sectors])
    assert not plan.warnings
    assert lengths.max() / lengths.min() < 1.002


def spike(height):
    xy = np.array([[-100.0, 0], [9, 0], [10, height], [11, 0], [100, 0]])
    return lambda rng, depth: {"lines": [xy]}


@pytest.mark.parametrize("sectors", [8, 10])
def test_a_jump_between_two_forms_of_a_border_is_made_up_by_bends(plan_of, shared_data, layer_geometries, sectors):
    """Where a border is straight for one cut and is not for the next one, the share lies between the two."""
    ring = layer_geometries(shared_data / "lines_ceasefire_public.gpkg", "berlin_ring")
    plan = plan_of(ring, depth_a_m=5_000.0, depth_b_m=5_000.0, split="equal_area", sectors=sectors)
    areas = [sector.area_m2 for sector in plan.sectors]
    assert max(areas) / min(areas) < 1 + 1e-5
    assert not plan.warnings


# ------------------------------------------------------------------------------------------------ in the plane

DEPTH_M = 20_000.0


@dataclasses.dataclass(frozen=True)
class Laid:
    """Sectors of a line in the plane at even cuts along its axis, with everything on the way."""

    zone: shapely.MultiPolygon
    axis: object
    cuts: np.ndarray
    rough: list
    borders: list
    sectors: list


def laid(xy, count, depth_m=DEPTH_M):
    closed = bool((xy[0] == xy[-1]).all())
    line = shapely.linestrings(xy)
    zone = shapely.multipolygons([shapely.set_precision(shapely.buffer(line, depth_m), GRID)])
    axis = make_axis([xy], [closed], depth_m, line.length / count)
    cuts = axis.total * np.arange(1, count) / count
    rough = rough_sectors(axis, cuts, zone, depth_m)
    borders = straightened(borders_of(rough), zone, depth_m)
    return Laid(zone, axis, cuts, rough, borders, rebuilt(borders, zone, rough))


@pytest.fixture(scope="module")
def some_fronts():
    return [1000 * np.round(front(np.random.default_rng(seed)), 5) for seed in range(4)]


@pytest.fixture(scope="module")
def some(some_fronts):
    """Six sectors of every front."""
    return [laid(xy, 6) for xy in some_fronts]


def same(one, other):
    """The share of the ground that lies in the same sector of both."""
    pairs = zip(one, other)
    common = sum(shapely.intersection(a, b, grid_size=GRID).area for a, b in pairs)
    return common / sum(sector.area for sector in one)


def test_sectors_tile_the_zone_to_the_last_vertex(some):
    for made in some:
        assert_tiling(made.sectors, made.sectors[0] if len(made.sectors) == 1 else dissolved(made.sectors))
        whole = sum(sector.area for sector in made.sectors)
        assert whole == pytest.approx(made.zone.area, rel=1e-8)
        assert shapely.symmetric_difference(dissolved(made.sectors), made.zone, grid_size=GRID).area < 1e-8 * whole


def dissolved(sectors):
    return shapely.multipolygons(shapely.get_parts(shapely.union_all(sectors)))


def test_sectors_are_of_one_piece_in_order_along_the_line(some):
    for made in some:
        assert [len(shapely.get_parts(sector)) for sector in made.sectors] == [1] * 6
        for number, sector in enumerate(made.sectors):
            points = grid_in(sector)
            found = np.searchsorted(made.cuts, made.axis.parameter(points), side="right")
            assert (found == number).mean() > 0.97  # a straight border leaves the rough one a little
            assert (np.abs(found - number) <= 1).mean() > 0.999


def grid_in(polygon, across=40):
    west, south, east, north = polygon.bounds
    x, y = np.meshgrid(np.linspace(west, east, across), np.linspace(south, north, across))
    xy = np.column_stack([x.ravel(), y.ravel()])
    return xy[shapely.contains_xy(polygon, xy)]


def test_borders_touch_only_at_their_ends(some):
    for made in some:
        for index, border in enumerate(made.borders):
            for other in made.borders[index + 1 :]:
                met = shapely.get_coordinates(shapely.intersection(border.line, other.line, grid_size=GRID))
                ends = {tuple(b.xy[k]) for b in (border, other) for k in (0, -1)}
                assert {tuple(xy) for xy in met} <= ends


def test_the_same_line_is_split_the_same_to_the_last_bit(some, some_fronts):
    again = laid(some_fronts[0], 6)
    assert [shapely.to_wkb(s) for s in again.sectors] == [shapely.to_wkb(s) for s in some[0].sectors]


def test_a_line_turned_round_has_the_same_sectors_the_other_way(some, some_fronts):
    for made, xy in zip(some, some_fronts):
        assert same(made.sectors, laid(xy[::-1], 6).sectors[::-1]) > 0.995


def test_a_line_moved_by_whole_metres_has_the_same_sectors(some, some_fronts):
    for made, xy in zip(some, some_fronts):
        found = laid(xy + np.array([70_000.0, -40_000.0]), 6)
        moved = [translate(sector, -70_000.0, 40_000.0) for sector in found.sectors]
        assert same(made.sectors, moved) > 1 - 5e-5


def test_borders_that_end_on_the_edge_of_the_zone_close_with_it(some):
    """Ends found by intersection lie beside the edge, 1e-10 m off."""
    for made in some:
        clipped = [
            Border(b.one, b.two, shapely.get_coordinates(shapely.intersection(b.line, made.zone))) for b in made.borders
        ]
        assert same(made.sectors, rebuilt(clipped, made.zone, made.rough)) > 1 - 1e-8


def test_sectors_that_almost_coincide_keep_their_numbers(some):
    """A floating overlay of such polygons may be larger than they are."""
    for made in some:
        for off in (1e-9, 1e-7, 1e-5):
            shifted = [translate(sector, off, off) for sector in made.sectors]
            found = rebuilt(made.borders, made.zone, shifted)
            assert [s.area for s in found] == pytest.approx([s.area for s in made.sectors], rel=1e-9)


def test_no_place_of_the_axis_holds_the_ground_of_a_whole_cap():
    made = laid(1000 * np.array([[0.0, 0], [30, 4], [60, 0]]), 2)
    place = made.axis.parameter(grid_in(made.zone, 150))
    for end in (0.0, made.axis.total):
        assert (np.abs(place - end) < 1.0).mean() < 0.01


@pytest.mark.parametrize("radius_m", [2_000.0, 6_000.0, 15_000.0, 40_000.0])
def test_a_ring_does_not_collapse_in_the_flow(radius_m):
    xy = 1000 * round_line(np.random.default_rng(3), radius_m / 1000)
    axis = make_axis([xy], [True], DEPTH_M, radius_m)
    (line,) = axis.lines
    assert (line[0] == line[-1]).all()
    left = shapely.polygons(line).area / shapely.polygons(xy).area
    assert left > (1 - RING_SHRINK) * 0.9
    made = laid(xy, 4)
    assert len(made.sectors) == 4 and min(s.area for s in made.sectors) > 0.1 * made.zone.area
    assert [len(shapely.get_parts(s)) for s in made.sectors] == [1] * 4


def test_a_place_on_the_axis_is_that_of_its_nearest_point(some):
    for made in [*some, laid(1000 * round_line(np.random.default_rng(3), 60.0), 4)]:
        points = grid_in(made.zone, 100)
        (line,) = made.axis.lines
        place = made.axis.parameter(points)
        nearest = shapely.distance(shapely.linestrings(line), shapely.points(points))
        found = np.hypot(*(made.axis.at(place) - points).T)
        assert (found < nearest + 5e-3 * DEPTH_M).all()  # farther off where two bends are as near
        assert (found < nearest + 1e-6).mean() > 0.99


def test_the_axis_turns_gently_from_edge_to_edge(some):
    """Else the normals at the cuts jump, and balancing stalls."""
    for made in some:
        (line,) = made.axis.lines
        turn = np.abs(np.diff(np.unwrap(np.arctan2(*np.diff(line, axis=0).T[::-1]))))
        assert np.degrees(np.sort(turn)[-3]) < 1.5  # but where it enters the caps


@pytest.mark.parametrize("aside", [0.0, 300.0, -2_000.0])
def test_a_straight_border_passes_through_its_point(aside):
    """A border of two vertices has none that could be kept."""
    zone = shapely.multipolygons([shapely.box(-40_000, -20_000, 40_000, 20_000)])
    border = Border(0, 1, np.array([[0.0, -20_000.0], [0.0, 20_000.0]]))
    anchor = np.array([aside, 1_234.56])
    (found,) = straightened([border], zone, DEPTH_M, {(0, 1): anchor})
    assert (found.xy == anchor).all(axis=1).any()
    assert (found.xy[[0, -1]] == border.xy[[0, -1]]).all()


def test_nothing_asks_for_coverage_functions(repo_root):
    """They need GEOS 3.12."""
    for path in (repo_root / "buffer_zone_plugin" / "core").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "coverage_" not in text and "ordered=True" not in text, path.name


@pytest.mark.parametrize("kind", [plain_ring, pocket, one_sided])
@pytest.mark.parametrize("seed", [1, 2])
def test_shares_are_met_or_the_plan_says_which_are_not(random_plan, kind, seed):
    plan = random_plan(kind, seed, "equal_area", 20.0, 5)
    areas = np.array([sector.area_m2 for sector in plan.sectors])
    separate = any("separate stretches" in note for note in plan.notes)
    off = any("share is" in note for note in plan.warnings)
    assert separate or off or np.abs(areas / areas.mean() - 1).max() < 2e-3


FOLD = 1000 * np.array([[-60.0, 0], [4, 0], [-4, 3], [60, 3]])


@pytest.mark.parametrize("anchor", [None, (4_000.0, 0.0), (-4_000.0, 3_000.0), (2_000.0, 0.0)])
def test_a_border_is_led_around_a_fold(anchor):
    zone = shapely.multipolygons([shapely.set_precision(shapely.buffer(shapely.linestrings(FOLD), DEPTH_M), GRID)])
    axis = make_axis([FOLD], [False], DEPTH_M, 60_000.0)
    border = Border(0, 1, np.array([[0.0, -DEPTH_M], [0.0, 23_000.0]]))
    anchors = {} if anchor is None else {(0, 1): np.array(anchor)}
    (found,) = meeting_once([border], axis, zone, DEPTH_M, anchors)
    line = shapely.linestrings(FOLD)
    met = shapely.get_coordinates(shapely.intersection(found.line, line))
    assert (np.hypot(*(met - met[0]).T) < 3 * GRID).all()
    assert (found.xy[[0, -1]] == border.xy).all()
    if anchor is not None:
        assert met[0] == pytest.approx(np.array(anchor), abs=3 * GRID)
    else:  # as much of the line on either side as before: 64 km, and half of the fold's middle piece
        place = shapely.line_locate_point(line, shapely.points(met[0]))
        assert place == pytest.approx(64_000 + np.hypot(8, 3) * 500, abs=1)


def test_a_border_that_meets_the_line_once_stays():
    zone = shapely.multipolygons([shapely.set_precision(shapely.buffer(shapely.linestrings(FOLD), DEPTH_M), GRID)])
    axis = make_axis([FOLD], [False], DEPTH_M, 60_000.0)
    border = Border(0, 1, np.array([[-30_000.0, -DEPTH_M], [-30_000.0, DEPTH_M]]))
    (found,) = meeting_once([border], axis, zone, DEPTH_M)
    assert (found.xy == border.xy).all()


@pytest.mark.parametrize("seed, depth, sectors", [(913362, 8.0, 8), (408005, 20.0, 4)])
def test_a_sector_without_line_is_divided_along_the_nearest_stretch(random_plan, seed, depth, sectors):
    """Another stretch has no ground in it: what does not fit is refused for its length."""
    with pytest.raises(PlanError, match="subsectors do not fit"):
        random_plan(chains, seed, "one_per_area", depth, sectors, 3, True)
    assert_whole(random_plan(chains, seed, "one_per_area", depth, sectors, 1, True), may_be_torn=True)


@pytest.mark.parametrize("split, name", [("equal_area", "area_m2"), ("equal_length", "line_m")])
def test_sectors_shorter_than_the_depth_have_their_shares_too(plan_of, split, name):
    """On a winding line some take little of its axis: no least length keeps them from what they should have."""
    task = next(task for task in tasks(157) if task.number == 156)
    depth = {"depth_a_m": task.depth_m, "depth_b_m": task.depth_m, "tolerance_m": COARSE_M}
    plan = plan_of(task.lonlat, split=split, sectors=task.sectors, **depth)
    values = np.array([getattr(sector, name) for sector in plan.sectors])
    assert values / values.mean() == pytest.approx(np.ones(task.sectors), rel=5e-3)
