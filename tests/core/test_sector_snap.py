"""Borders along features: they follow what lies near, stay where nothing pays, and the sectors still tile."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from buffer_zone_plugin.core.arrangement import on_grid, united
from buffer_zone_plugin.core.sectoring import _followed, _snapped
from buffer_zone_plugin.core.sectors import borders as module
from buffer_zone_plugin.core.sectors import snap
from buffer_zone_plugin.core.sectors.borders import TopologyError, borders_of
from buffer_zone_plugin.core.sectors.snap import Snapped, snapped
from buffer_zone_plugin.core.sectors.split import Partition
from buffer_zone_plugin.core.testing import assert_tiling

KM = 1000.0
HEIGHT, WIDTH = 80 * KM, 40 * KM  # of a strip
ON_M = 0.03


def line(*points_km):
    return shapely.linestrings(np.array(points_km, dtype=float) * KM)


def wiggly(start_km, end_km, amplitude_km, waves, count=400, seed=None):
    """A river from one point to another that swings to both sides; with a seed each wave of its own height."""
    share = np.linspace(0, 1, count)
    a, b = np.array(start_km, dtype=float), np.array(end_km, dtype=float)
    along = (b - a) / np.hypot(*(b - a))
    heights = np.ones(12) if seed is None else np.random.default_rng(seed).normal(0, 1, 12)
    height = np.interp(share, np.linspace(0, 1, 12), heights)
    swing = amplitude_km * height * np.sin(2 * np.pi * waves * share)
    return shapely.linestrings((a + share[:, None] * (b - a) + swing[:, None] * np.array([-along[1], along[0]])) * KM)


@dataclasses.dataclass
class Layout:
    sectors: list
    zone: object

    @property
    def borders(self):
        return borders_of(self.sectors)


def strips(count, width=WIDTH):
    """Strips 80 km high, side by side."""
    boxes = [shapely.multipolygons([shapely.box(k * width, 0, (k + 1) * width, HEIGHT)]) for k in range(count)]
    return Layout(boxes, shapely.box(0, 0, count * width, HEIGHT))


def junction():
    """Three sectors that meet in a point at (40, 40) km."""
    corners = [
        [(0, 0), (40, 0), (40, 40), (40, 80), (0, 80)], [(40, 0), (80, 0), (80, 40), (40, 40)],
        [(40, 40), (80, 40), (80, 80), (40, 80)],
    ]
    return Layout(
        [shapely.multipolygons([shapely.Polygon(np.array(c) * KM)]) for c in corners],
        shapely.Polygon(np.array([(0, 0), (40, 0), (80, 0), (80, 40), (80, 80), (40, 80), (0, 80)]) * KM),
    )


def snap_to(layout, features, within_km=5.0, anchors=None):
    """Snap, and check what must hold whatever the features are."""
    before = layout.borders
    result = snapped(before, layout.sectors, layout.zone, features, within_km * KM, anchors or {}, lambda: None)
    whole = united(np.array(result.sectors, dtype=object), np.ones(len(result.sectors), dtype=bool))
    assert_tiling(result.sectors, whole)
    assert shapely.symmetric_difference(whole, layout.zone, grid_size=0.01).area < 1e-8 * layout.zone.area
    assert [len(s.geoms) for s in result.sectors] == [len(s.geoms) for s in layout.sectors]
    assert [(b.one, b.two) for b in result.borders] == [(b.one, b.two) for b in before]
    made = borders_of(result.sectors)
    assert sorted((b.one, b.two) for b in made) == sorted((b.one, b.two) for b in before)
    assert sum(b.line.length for b in made) == pytest.approx(sum(b.line.length for b in result.borders), abs=1.0)
    for old, new in zip(before, result.borders):
        assert new.line.is_simple
        away = shapely.distance(old.line, shapely.points(new.xy))
        assert away.max() <= within_km * KM + 1
        moved = (old.xy[[0, -1]] != new.xy[[0, -1]]).any(axis=1)
        on_edge = shapely.distance(shapely.boundary(layout.zone), shapely.points(new.xy[[0, -1]])) < ON_M
        assert (on_edge | ~moved).all()
    for one, two in itertools.combinations(result.borders, 2):
        met = shapely.get_coordinates(shapely.intersection(one.line, two.line, grid_size=0.01))
        nodes = {tuple(xy) for xy in one.xy[[0, -1]]} & {tuple(xy) for xy in two.xy[[0, -1]]}
        assert {tuple(xy) for xy in met} <= nodes
    assert result.followed_m.shape == (len(before),) and (result.followed_m >= 0).all()
    return result


def same(layout, result):
    return [np.array_equal(a.xy, b.xy) for a, b in zip(layout.borders, result.borders)]


def test_a_river_beside_the_border_is_followed():
    layout, river = strips(2), wiggly((43, 15), (43, 65), 0.8, 12)
    result = snap_to(layout, [river])
    (border,) = result.borders
    assert result.followed_m[0] == pytest.approx(river.length, rel=0.1)
    own = {tuple(xy) for xy in on_grid(shapely.get_coordinates(river))}
    assert sum(tuple(xy) in own for xy in border.xy) > 350  # its own vertices: the border is the river
    assert border.xy[[0, -1]].tolist() == layout.borders[0].xy[[0, -1]].tolist()
    beside = shapely.intersection(border.line, shapely.buffer(river, 0.1)).length
    assert result.followed_m[0] == pytest.approx(beside, rel=1e-3)
    assert np.abs(np.diff(border.xy, axis=0)[:, 1]).sum() < 1.02 * HEIGHT  # neither spike nor way back


def test_a_river_beyond_the_distance_is_not_followed():
    layout, river = strips(2), wiggly((43, 15), (43, 65), 0.8, 12)
    result = snap_to(layout, [river], within_km=2.0)
    assert all(same(layout, result)) and result.followed_m.tolist() == [0.0]
    assert result.sectors == layout.sectors


def test_a_short_river_is_not_worth_a_detour():
    layout = strips(2)
    assert all(same(layout, snap_to(layout, [line((44, 40), (44, 44))])))
    assert not any(same(layout, snap_to(layout, [line((44, 20), (44, 60))])))


@pytest.mark.parametrize("slope, some", [(4.0, True), (0.1, False)])
def test_a_river_across_the_border_is_followed_as_far_as_it_goes_along(slope, some):
    layout = strips(2)
    river = line((40 - 60 / slope, 40 - 60), (40 + 60 / slope, 40 + 60))
    result = snap_to(layout, [river])
    assert any(same(layout, result)) != some
    assert (10 * KM < result.followed_m[0] < 70 * KM) == some


def test_a_feature_from_edge_to_edge_moves_the_ends():
    layout, river = strips(2), line((42, -5), (41, 30), (43, 60), (42.5, 90))
    result = snap_to(layout, [river])
    (border,) = result.borders
    assert shapely.distance(river, shapely.points(border.xy)).max() < ON_M
    assert set(border.xy[[0, -1], 1]) == {0.0, HEIGHT} and (border.xy[:, 0] > 40.5 * KM).all()
    assert result.followed_m[0] == pytest.approx(border.line.length, abs=1)


def test_a_feature_on_the_border_is_told_and_moves_nothing():
    layout = strips(2)
    result = snap_to(layout, [line((40, -10), (40, 30))])
    assert result.followed_m[0] == pytest.approx(30 * KM, abs=1)
    assert shapely.hausdorff_distance(result.borders[0].line, layout.borders[0].line) < ON_M


def test_a_polygon_lends_its_boundary():
    layout = strips(2)
    result = snap_to(layout, [shapely.box(42 * KM, -9 * KM, 70 * KM, 90 * KM)])
    assert (result.borders[0].xy[:, 0] == 42 * KM).all()


@pytest.mark.parametrize("y", [20.0, 37.31, 40.0, 66.0])
def test_anchors_are_kept_exactly(y):
    layout = strips(2)
    anchor = np.array([40.0, y]) * KM
    river = wiggly((42, -5), (42, 85), 1.0, 15)
    result = snap_to(layout, [river], anchors={(0, 1): anchor})
    assert (result.borders[0].xy == anchor).all(axis=1).any()
    assert result.followed_m[0] > 50 * KM
    assert not (snap_to(layout, [river]).borders[0].xy == anchor).all(axis=1).any()


def test_an_anchor_alone_moves_nothing():
    layout = strips(2)
    across = [line((30, y), (50, y)) for y in (20, 37.31, 60)]
    assert all(same(layout, snap_to(layout, across, anchors={(0, 1): np.array([40.0, 37.31]) * KM})))


def test_a_border_that_misses_its_anchor_stays():
    layout, river = strips(2), wiggly((42, -5), (42, 85), 1.0, 15)
    assert all(same(layout, snap_to(layout, [river], anchors={(0, 1): np.array([43.0, 40.0]) * KM})))


def test_a_bent_border_is_not_cut_short_without_a_feature_to_follow():
    corners = [[(0, 0), (60, 0), (20, 40), (60, 80), (0, 80)], [(60, 0), (90, 0), (90, 80), (60, 80), (20, 40)]]
    layout = Layout(
        [shapely.multipolygons([shapely.Polygon(np.array(c) * KM)]) for c in corners],
        shapely.Polygon(np.array([(0, 0), (60, 0), (90, 0), (90, 80), (60, 80), (0, 80)]) * KM),
    )
    assert all(same(layout, snap_to(layout, [line((30, 40), (30.0005, 40))], 8.0)))


def test_ends_that_borders_share_stay():
    corners = [
        [(0, 0), (40, 0), (0, 20)], [(40, 0), (80, 20), (80, 80), (0, 80), (0, 20)], [(40, 0), (80, 0), (80, 20)],
    ]
    layout = Layout(
        [shapely.multipolygons([shapely.Polygon(np.array(c) * KM)]) for c in corners],
        shapely.Polygon(np.array([(0, 0), (40, 0), (80, 0), (80, 20), (80, 80), (0, 80), (0, 20)]) * KM),
    )
    result = snap_to(layout, [line((38, -1), (-2, 19)), line((42, -1), (82, 19))])
    assert not any(same(layout, result))
    assert all([40 * KM, 0] in border.xy[[0, -1]].tolist() for border in result.borders)


def test_a_gap_between_features_is_bridged():
    result = snap_to(strips(2), [line((43, 10), (43, 38)), line((43.3, 39.2), (43.3, 70))])
    middle = result.borders[0].xy[np.abs(result.borders[0].xy[:, 1] - 39 * KM) < 15 * KM]
    assert len(middle) >= 2 and (middle[:, 0] > 42 * KM).all()


def test_a_river_that_runs_back_is_not_followed_back():
    river = line((40.5, 10), (40.5, 43), (42.5, 43), (42.5, 37), (44.5, 37), (44.5, 70))
    result = snap_to(strips(2), [river])
    assert not any(same(strips(2), result))
    along = np.diff(result.borders[0].xy[:, 1])
    assert min(along.max(), -along.min()) < KM  # whichever way the border is written


def test_a_way_that_does_not_fit_is_not_taken(monkeypatch):
    layout, river = strips(2), line((42, 10), (42, 70))
    assert not any(same(layout, snap_to(layout, [river])))
    monkeypatch.setattr(snap, "fits", lambda *_: False)
    assert all(same(layout, snap_to(layout, [river])))


def test_borders_keep_where_they_meet_others():
    layout = junction()
    rivers = [wiggly((42, -5), (42, 85), 0.5, 12), wiggly((35, 42), (85, 42), 0.5, 12)]
    result = snap_to(layout, rivers)
    assert not any(same(layout, result))
    meeting = [border.xy[[0, -1]].tolist() for border in result.borders]
    assert sum([40 * KM, 40 * KM] in ends for ends in meeting) == 3


@pytest.mark.parametrize("within_km", [4.0, 6.0, 10.0])
def test_one_river_between_two_borders_does_not_join_them(within_km):
    layout = strips(3, 10 * KM)
    result = snap_to(layout, [wiggly((11, -5), (19, 85), 0.3, 15)], within_km)
    assert not any(same(layout, result))
    one, two = result.borders
    assert shapely.distance(one.line, two.line) > KM and result.followed_m.min() > 15 * KM


@given(
    seeds=st.lists(st.integers(0, 10_000), min_size=1, max_size=6),
    within_km=st.sampled_from([1.0, 5.0, 12.0]),
    layout=st.sampled_from([strips(2), strips(4), junction()]),
)
def test_sectors_tile_whatever_the_features_are(seeds, within_km, layout):
    features = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        width, height = layout.zone.bounds[2] / KM, layout.zone.bounds[3] / KM
        a, b = rng.uniform((-10, -10), (width + 10, height + 10), (2, 2))
        features.append(wiggly(a, b + 1, rng.uniform(0, 8), rng.integers(1, 30), rng.integers(5, 300), seed))
    snap_to(layout, features, within_km)


@pytest.mark.parametrize("harm", [
    line((42, 0), (42, 0)),
    line((35, 0), (45, 0)),
    line((0, 0), (80, 0), (80, 80), (0, 80), (0, 0)),
    line((0, 0.000004), (80, 0.000004)),
    line((0, 40), (80, 40)),
    line((30, 1), (50, 1)),
    line((40, 30), (44, 30), (44, 50), (40, 50), (40, 30)),
    shapely.MultiLineString([[(41e3, -1e4), (41e3, 9e4)], [(41e3, -1e4), (41e3, 9e4)]]),
    shapely.LineString(),
    line((40, 40), (40, 40.001)),
])
def test_odd_features_do_no_harm(harm):
    layout = strips(2)
    river = wiggly((43, 15), (43, 65), 0.8, 12)
    with np.errstate(all="raise"):
        snap_to(layout, [harm])
        result = snap_to(layout, [harm, river, river, harm])
    assert result.followed_m[0] > 0.5 * river.length


def test_features_that_cross_themselves_are_followed_without_their_loops():
    turn = np.linspace(0, 2 * np.pi, 60)
    loops = [np.column_stack([43 + np.sin(turn), y - np.cos(turn)]) for y in (25, 40, 55)]
    river = line((43, 10), *np.concatenate(loops), (43, 70))
    result = snap_to(strips(2), [river])
    assert 35 * KM < result.followed_m[0] < river.length - 3 * 2.5 * KM


def test_hairpins_are_cut_short():
    fingers = [(x, y + dy) for y in range(12, 68, 4) for x, dy in ((41, 0), (44.8, 0), (44.8, 0.3), (41, 0.3))]
    result = snap_to(strips(2), [line(*fingers)])
    assert result.borders[0].line.length < 1.15 * HEIGHT


def test_a_dense_meandering_river_is_followed_forwards():
    turning = 1.7 * np.sin(np.linspace(0, 2 * np.pi * 40, 20_000))
    xy = np.cumsum(np.column_stack([np.sin(turning), np.cos(turning)]), axis=0)
    xy *= 82 / xy[-1, 1]
    result = snap_to(strips(2), [line(*(xy - xy.mean(axis=0) + [42, 40]))])
    border = result.borders[0].xy
    assert result.followed_m[0] > 0.8 * HEIGHT
    assert np.abs(np.diff(border[:, 1])).sum() < 1.6 * HEIGHT


def test_nothing_changes_without_features():
    layout = strips(3)
    for features in ([], [line((500, 0), (500, 80))], [shapely.LineString()]):
        result = snap_to(layout, features)
        assert all(same(layout, result)) and result.sectors == layout.sectors
        assert result.followed_m.tolist() == [0.0, 0.0]


def test_the_same_twice():
    layout, rivers = strips(4), [wiggly((x, -5), (x + 6, 85), 3, 9, seed=x) for x in (38, 77, 118)]
    one, two = snap_to(layout, rivers), snap_to(layout, rivers)
    assert not all(same(layout, one))
    assert all(np.array_equal(a.xy, b.xy) for a, b in zip(one.borders, two.borders))


def test_a_closed_border_stays():
    island = shapely.Polygon(np.array([(20, 20), (60, 20), (60, 60), (20, 60)]) * KM)
    around = shapely.Polygon(shapely.box(0, 0, 80 * KM, 80 * KM).exterior, [island.exterior])
    layout = Layout([shapely.multipolygons([g]) for g in (around, island)], shapely.box(0, 0, 80 * KM, 80 * KM))
    assert all(same(layout, snap_to(layout, [line((21, 20), (21, 60))])))


def test_cancel_is_heard():
    layout = strips(2)

    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        snapped(layout.borders, layout.sectors, layout.zone, [line((42, 0), (42, 80))], 5 * KM, {}, stop)


def test_only_borders_that_make_no_sectors_stay(monkeypatch):
    layout = strips(3)
    rivers = [line((42, 10), (42, 70)), line((82, 10), (82, 70))]
    rebuilt = module.rebuilt

    def refuse_first(borders, zone, sectors):
        if len(borders[0].xy) > 2:
            raise TopologyError("no ground")
        return rebuilt(borders, zone, sectors)

    monkeypatch.setattr(module, "rebuilt", refuse_first)
    result = snap_to(layout, rivers)
    assert same(layout, result) == [True, False]
    assert result.followed_m[0] == 0 and result.followed_m[1] > 50 * KM


def test_borders_that_tear_a_sector_stay(monkeypatch):
    layout, rebuilt = strips(2), module.rebuilt

    def torn(borders, zone, sectors):
        first, second = rebuilt(borders, zone, sectors)
        return [shapely.multipolygons([*first.geoms, shapely.box(-2, 0, -1, 1)]), second]

    monkeypatch.setattr(module, "rebuilt", torn)
    assert all(same(layout, snap_to(layout, [line((42, 10), (42, 70))])))


# --- a greater distance loses nothing --------------------------------------------------------------------------------

DISTANCES_KM = (1, 2, 3, 5, 7, 10, 12, 15, 20, 25, 30, 60, 5000)
LITTLE_LESS = 0.85  # of what a smaller distance follows: the ways differ a little


def branches(seed, width_km, count):
    """Rivers of a real layer's make: they come from everywhere, wind, and end anywhere."""
    rng = np.random.default_rng(seed)
    ends = rng.uniform((0, -10), (width_km, 90), (count, 2)), rng.normal(0, 25, (count, 2))
    return [
        wiggly(a, a + step, rng.uniform(0.3, 2), int(rng.integers(2, 12)), 120, int(rng.integers(9999)))
        for a, step in zip(*ends)
    ]


@pytest.mark.parametrize("layout, features", [
    (strips(2), [wiggly((40.7, 10), (40.7, 60), 0.2, 12)]),
    (strips(2), [wiggly((43, 15), (43, 65), 0.8, 12)]),
    (strips(2), [wiggly((44, 40), (44, 60), 0.5, 6)]),
    (strips(2), [line((36, 20), (39, 42), (46, 55))]),
    (junction(), [wiggly((42, -5), (42, 85), 0.5, 12), wiggly((35, 42), (85, 42), 0.5, 12)]),
    *[(strips(4), branches(seed, 160, 14)) for seed in range(6)],
])
def test_a_greater_distance_follows_no_less(layout, features):
    followed = [snap_to(layout, features, within_km).followed_m for within_km in DISTANCES_KM]
    whole = np.array([metres.sum() for metres in followed])
    assert whole[-1] > 2 * KM
    assert (whole[1:] >= LITTLE_LESS * np.maximum.accumulate(whole)[:-1]).all(), (whole / KM).round(1)


def test_beyond_half_a_sector_the_distance_does_not_matter():
    layout, rivers = strips(4), branches(1, 160, 14)
    one, two = snap_to(layout, rivers, 40.0), snap_to(layout, rivers, 5000.0)
    assert all(np.array_equal(a.xy, b.xy) for a, b in zip(one.borders, two.borders))


# --- what is told ----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("x_km, near", [(44.9, True), (45.1, False), (60, False)])
def test_it_is_known_whether_anything_is_near(x_km, near):
    assert snap_to(strips(2), [line((x_km, 40), (x_km, 40.5))]).near == near


def told(followed_km, change, names=(), near=True):
    layout = strips(len(change))
    metres = np.full(len(layout.borders), followed_km * KM / len(layout.borders))
    return _followed(Snapped(layout.sectors, layout.borders, metres, near), np.array(change), names, 5 * KM)


def test_what_is_not_followed_is_told_apart():
    assert told(0, [0.0, 0.0], near=False).startswith(
        "Nothing of the layer to snap to lies within 5 km of a boundary"
    )
    assert told(0, [0.0, 0.0]) == (
        "No boundary follows what is near it: the ways along it are too short or lead elsewhere"
    )


def test_only_changes_that_show_are_told():
    told_of = told(139, [0.0, -0.017, 0.009, -0.0009, 1e-9])
    assert told_of == (
        "Boundaries follow the features over 139 km of 320 km; that changes shares by up to 1.7 %: S2 −1.7 %, S3 +0.9 %"
    )
    assert told(139, [0.0, -1e-9, 9e-4]).endswith("that changes no share by 0.1 % or more")


def test_the_sectors_that_change_most_are_told_by_name():
    text = told(50, [0.01, -0.02, 0.03, -0.04, 0.05, 0.06], ("Aa", "Bb", "Cc", "Dd", "Ee", "Ff"))
    assert text.endswith("by up to 6.0 %: Bb −2.0 %, Cc +3.0 %, Dd −4.0 %, Ee +5.0 %, Ff +6.0 %")


def test_nothing_is_told_where_there_are_no_boundaries():
    whole = Partition((strips(1).zone,), (), (), ())
    assert _snapped(whole, None, [line((0, 0), (1, 1))], None, None, None) is whole
