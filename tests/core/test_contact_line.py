"""The contact line: what is mended and said, what is refused; order and direction of the parts do not matter."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.contact_line import clean
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.geodesy import path_length

GAP_M = 40_000.0


def same_bits(chains):
    """What makes two sets of chains the same, without the side that they leave to A."""
    return [(chain.closed, [part.tobytes() for part in chain.parts]) for chain in chains]


def pieces(lonlat, cuts):
    """A line cut at vertices into parts that touch."""
    ends = [0, *cuts, len(lonlat) - 1]
    return [lonlat[a : b + 1] for a, b in zip(ends[:-1], ends[1:])]


# ------------------------------------------------------------------------------------------------ what is mended

def test_a_clean_line_needs_no_word(sample, features):
    line = clean(features(sample), GAP_M)
    assert line.notes == ()
    (chain,) = line.chains
    assert len(chain.parts) == 1
    assert not chain.closed
    assert line.length_m == pytest.approx(path_length(sample), rel=1e-12)
    assert sorted(map(tuple, chain.parts[0])) == sorted(map(tuple, sample))


@pytest.mark.parametrize(
    ("extra", "note"),
    [
        ([InputFeature(7, None), InputFeature(8, shapely.LineString())],
         "2 features without geometry were left out: feature 7, 8"),
        ([InputFeature(7, shapely.LineString([(37, 48), (37, 48)]))], "1 part without length was left out"),
        ([InputFeature(7, shapely.LineString([(39, 44), (39.1, 44), (39.1, 44), (39.1, 44), (39.2, 44)]))],
         "2 repeated vertices were removed"),
    ],
)
def test_what_was_mended_is_said(extra, note, sample, features):
    line = clean([*features(sample), *extra], GAP_M)
    assert note in line.notes


def test_empty_and_repeated_vertices_leave_no_trace_in_the_line(sample, features):
    doubled = np.repeat(sample, 3, axis=0)
    line = clean([InputFeature(1, None), *features(doubled)], GAP_M)
    assert same_bits(line.chains) == same_bits(clean(features(sample), GAP_M).chains)


@pytest.mark.parametrize("turned", [False, True])
def test_a_part_that_is_there_twice_counts_once(turned, sample, features):
    again = sample[::-1] if turned else sample
    line = clean(features([sample, again]), GAP_M)
    assert "1 part that was there twice was left out" in line.notes
    assert same_bits(line.chains) == same_bits(clean(features(sample), GAP_M).chains)


def test_a_part_drawn_there_and_back_is_taken_once(at_km, features):
    there = at_km(np.array([[-40.0, 0.0], [0.0, 8.0], [50.0, 3.0]]))
    line = clean(features(np.concatenate([there, there[-2::-1]])), GAP_M)
    assert line.notes == ("A part drawn there and back was taken once",)
    assert same_bits(line.chains) == same_bits(clean(features(there), GAP_M).chains)


def test_parts_that_touch_are_joined(sample, features):
    whole = clean(features(sample), GAP_M)
    line = clean(features(pieces(sample, [10, 11, 50])), GAP_M)
    assert "3 parts that touch were joined" in line.notes
    assert same_bits(line.chains) == same_bits(whole.chains)
    assert line.chains[0].left_is_a == whole.chains[0].left_is_a


def test_a_part_drawn_the_other_way_is_turned(at_km, features):
    first, second = at_km(np.array([[-90.0, 0], [-20, 4], [-5, 0]])), at_km(np.array([[5.0, 0], [30, -3]]))
    line = clean(features([first, second[::-1]]), GAP_M)
    assert line.notes == ("1 part was drawn against the direction of the others and was turned",)
    straight = clean(features([first, second]), GAP_M)
    assert same_bits(line.chains) == same_bits(straight.chains)
    assert line.chains[0].left_is_a
    assert straight.chains[0].left_is_a


def test_z_and_m_are_left_behind(sample, features):
    high = shapely.force_3d(shapely.LineString(sample), 120.0)
    assert same_bits(clean(features(high), GAP_M).chains) == same_bits(clean(features(sample), GAP_M).chains)


def test_multi_parts_collections_and_rings_are_lines(sample, ring, features):
    multi = shapely.MultiLineString(pieces(sample, [30]))
    whole = same_bits(clean(features(sample), GAP_M).chains)
    assert same_bits(clean(features(multi), GAP_M).chains) == whole
    assert same_bits(clean(features(shapely.GeometryCollection(list(multi.geoms))), GAP_M).chains) == whole
    closed = ring(50.0, corners=60)
    assert same_bits(clean(features(shapely.LinearRing(closed)), GAP_M).chains) == same_bits(
        clean(features(closed), GAP_M).chains
    )


# ------------------------------------------------------------------------------------------------ what is refused

POLYGON = shapely.box(37, 48, 38, 49)


@pytest.mark.parametrize(
    ("lines", "message", "where"),
    [
        ([], "no features", ""),
        ([InputFeature(1, None), InputFeature(2, shapely.MultiLineString())], "empty geometry", ""),
        ([InputFeature(4, POLYGON)], "holds a Polygon, not a line", "feature 4"),
        ([InputFeature(5, shapely.MultiPoint([(1, 2), (3, 4)]))], "holds a Point, not a line", "feature 5"),
        ([InputFeature(6, shapely.LineString([(37, 48), (np.nan, 49)]))], "no place on the Earth", "feature 6"),
        ([InputFeature(6, shapely.LineString([(37, 48), (np.inf, 49)]))], "no place on the Earth", "feature 6"),
        ([InputFeature(7, shapely.LineString([(37, 89), (38, 91)]))], "no place on the Earth", "feature 7"),
        ([InputFeature(8, shapely.LineString([(4_100_000, 48), (38, 49)]))], "no place on the Earth", "feature 8"),
        ([InputFeature(9, shapely.LineString([(37, 48), (37, 48), (37, 48)]))], "no length", ""),
        ([InputFeature(10, shapely.LineString([(37, 48), (37 + 1e-8, 48)]))], "no length", ""),
    ],
)
def test_what_is_no_contact_line_is_refused_by_its_name(lines, message, where):
    with pytest.raises(PlanError) as caught:
        clean(lines, GAP_M)
    assert message in caught.value.message
    assert caught.value.where == where
    assert caught.value.hint.endswith(".")


def test_a_junction_of_three_parts_is_refused_with_its_place(at_km, features):
    ends = [(-100.0, 0.0), (80.0, 60.0), (80.0, -60.0)]
    arms = [at_km(np.array([end, (0.0, 0.0)])) for end in ends]
    arms[2] = arms[2][::-1]
    with pytest.raises(PlanError, match="3 parts of the contact line meet in one place") as caught:
        clean(features(arms), GAP_M)
    assert caught.value.where == "37.00000, 48.30000"


def test_a_part_of_millimetres_is_left_out_and_told(sample, features):
    speck = shapely.LineString([(37, 48), (37 + 1e-8, 48)])
    line = clean([*features(sample), InputFeature(77, speck)], GAP_M)
    assert line.notes == ("1 part without length was left out",)
    assert same_bits(line.chains) == same_bits(clean(features(sample), GAP_M).chains)


def test_longitudes_beyond_180_are_the_same_places(features):
    there = np.array([[181.5, 10.0], [182.0, 10.5], [183.5, 10.5]])
    here = there - (360, 0)
    line = clean(features(there), GAP_M)
    assert np.allclose(line.chains[0].parts[0], here, atol=1e-12)
    assert (np.abs(np.concatenate(line.parts)[:, 0]) <= 180).all()


def test_one_bad_feature_among_good_ones_is_named(sample, features):
    with pytest.raises(PlanError, match="feature 77"):
        clean([*features(sample), InputFeature(77, POLYGON)], GAP_M)


# ------------------------------------------------------------------------------------------------ order and direction

@settings(max_examples=40)
@given(
    seed=st.integers(0, 5), cuts=st.sets(st.integers(1, 95), max_size=6), random=st.randoms(use_true_random=False),
)
def test_parts_in_any_order_and_direction_make_the_same_chains(seed, cuts, random, fractal, features):
    lonlat = fractal(seed, 4, roughness=0.2, corners=7)
    parts = [part[::-1] if random.random() < 0.5 else part for part in pieces(lonlat, sorted(cuts))]
    random.shuffle(parts)
    line, whole = clean(features(parts), GAP_M), clean(features(lonlat), GAP_M)
    assert same_bits(line.chains) == same_bits(whole.chains)
    assert (line.plane.lon_0, line.plane.lat_0) == (whole.plane.lon_0, whole.plane.lat_0)


@settings(max_examples=40)
@given(seed=st.integers(0, 5), count=st.integers(2, 6), random=st.randoms(use_true_random=False))
def test_so_do_parts_with_gaps_between_them(seed, count, random, fractal, features):
    lonlat = fractal(seed, 5, roughness=0.2, corners=7)
    parts = [part[:-1] for part in np.array_split(lonlat, count)]  # a gap of some edges after each part
    drawn = [part[::-1] if random.random() < 0.4 else part for part in parts]
    random.shuffle(drawn)
    line, ordered = clean(features(drawn), GAP_M), clean(features(parts), GAP_M)
    assert same_bits(line.chains) == same_bits(ordered.chains)


@pytest.mark.parametrize("seed", range(4))
def test_a_reversed_line_is_the_same_line_with_the_sides_exchanged(seed, fractal, features):
    lonlat = fractal(seed, 4)
    there, back = clean(features(lonlat), GAP_M), clean(features(lonlat[::-1]), GAP_M)
    assert same_bits(there.chains) == same_bits(back.chains)
    assert [chain.left_is_a for chain in there.chains] != [chain.left_is_a for chain in back.chains]
    assert there.length_m == back.length_m


@pytest.mark.parametrize(
    ("points", "first"),
    [
        ([[-50, 0], [0, 20], [50, 5]], [-50, 0]),  # from the west
        ([[3, -60], [0, 0], [-3, 60]], [-3, 60]),  # mainly north and south: from the north
        ([[0, -60], [0, 60]], [0, 60]),
    ],
)
def test_a_chain_begins_in_the_west_or_in_the_north(points, first, at_km, features):
    for drawn in (points, points[::-1]):
        (chain,) = clean(features(at_km(np.array(drawn, dtype=float))), GAP_M).chains
        assert chain.parts[0][0] == pytest.approx(at_km(np.array([first], dtype=float))[0], abs=1e-9)


def test_a_ring_runs_counter_clockwise_from_due_north_however_it_was_drawn(ring, features):
    closed = ring(50.0, corners=60)
    rolled = np.concatenate([closed[17:-1], closed[:18]])
    chains = [clean(features(lonlat), GAP_M).chains for lonlat in (closed, rolled, closed[::-1], rolled[::-1])]
    assert len({str(same_bits(chain)) for chain in chains}) == 1
    assert [chain[0].left_is_a for chain in chains] == [True, True, False, False]
    (chain,) = chains[0]
    assert chain.closed
    assert shapely.is_ccw(shapely.LinearRing(chain.parts[0]))
    assert chain.parts[0][0] == pytest.approx(closed[15], abs=1e-12)  # a quarter turn from due east


def test_a_ring_in_pieces_is_a_ring(ring, features):
    closed = ring(50.0, corners=60)
    parts = pieces(closed, [7, 31])
    line = clean(features([parts[2], parts[0][::-1], parts[1]]), GAP_M)
    assert same_bits(line.chains) == same_bits(clean(features(closed), GAP_M).chains)


def test_open_ends_are_the_free_ends_only(at_km, ring, features):
    touching = pieces(at_km(np.array([[-90.0, 0], [0, 5], [60, 0]])), [1])
    line = clean(features([*touching, ring(5.0, (0, 80))]), GAP_M)
    ends = sorted(map(tuple, line.open_ends().round(9)))
    assert ends == sorted(map(tuple, at_km(np.array([[-90.0, 0], [60, 0]])).round(9)))
    assert clean(features(ring(50.0, corners=60)), GAP_M).open_ends().shape == (0, 2)


# ------------------------------------------------------------------------------------------------ gaps

@pytest.mark.parametrize(("gap_m", "chains"), [(31_000.0, 1), (29_000.0, 2)])
def test_a_wide_gap_parts_two_chains(gap_m, chains, at_km, features):
    west, east = at_km(np.array([[-80.0, 0], [-15, 0]])), at_km(np.array([[15.0, 0], [70, 10]]))
    line = clean(features([east, west]), gap_m)
    assert len(line.chains) == chains
    assert [tuple(part[0].round(9)) for part in line.parts] == [tuple(west[0].round(9)), tuple(east[0].round(9))]
    assert line.notes == ()
    assert len(line.open_ends()) == 4


def test_chains_are_numbered_along_the_line(at_km, features):
    stretches = [at_km(np.array([[x, 0.0], [x + 40.0, 5.0]])) for x in (-300.0, -200.0, -100.0, 0.0, 100.0)]
    line = clean(features([stretches[i] for i in (3, 0, 4, 2, 1)]), 10_000.0)
    assert [chain.parts[0][0, 0] for chain in line.chains] == sorted(stretch[0, 0] for stretch in stretches)


def test_far_apart_parallel_lines_keep_the_sides_they_were_drawn_with(at_km, features):
    south, north = (at_km(np.array([[-100.0, y], [100.0, y]])) for y in (0.0, 222.0))
    line = clean(features([south, north]), GAP_M)
    assert [(bool(c.parts[0][0, 0] < c.parts[0][-1, 0]), c.left_is_a) for c in line.chains] == [(True, True)] * 2
    assert line.notes == ()
