"""Lines noded once on the grid, their faces, and the edges that faces share."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.arrangement import (
    GRID,
    arrange,
    as_multipolygon,
    components,
    dissolve,
    edges_of,
    inner_points,
    on_grid,
    segments,
)
from buffer_zone_plugin.core.testing import assert_tiling

METRES = st.floats(-2e6, 2e6, allow_nan=False)


def random_lines(seed, count=12):
    rng = np.random.default_rng(seed)
    return [shapely.LineString(on_grid(rng.uniform(-1000, 1000, (4, 2)))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(3))
def test_coordinates_are_rounded_exactly_as_the_noding_rounds_them(seed):
    rng = np.random.default_rng(seed)
    halves = (rng.integers(-200_000_000, 200_000_000, (100, 2)) + 0.5) * GRID
    xy = np.concatenate([rng.uniform(-2e6, 2e6, (500, 2)), halves])
    noded = shapely.union_all([shapely.LineString(pair) for pair in xy.reshape(-1, 2, 2)], grid_size=GRID)
    nodes = {tuple(node) for node in shapely.get_coordinates(noded).tolist()}
    assert {tuple(node) for node in on_grid(xy).tolist()} <= nodes  # to the last bit


@given(st.lists(st.tuples(METRES, METRES), min_size=1, max_size=10))
def test_what_is_on_the_grid_stays_there(points):
    xy = np.array(points)
    assert np.abs(on_grid(xy) - xy).max() <= GRID * 0.5001
    assert (on_grid(on_grid(xy)) == on_grid(xy)).all()


def test_two_crossing_squares_make_three_faces():
    faces = arrange([shapely.box(0, 0, 2, 2).exterior, shapely.box(1, 1, 3, 3).exterior])
    assert sorted(shapely.area(faces)) == pytest.approx([1, 3, 3])
    assert_tiling(faces, shapely.coverage_union_all(faces))


def test_loose_ends_enclose_nothing():
    assert len(arrange([shapely.LineString([(0, 0), (1, 1)]), shapely.LineString([(0, 1), (1, 0)])])) == 0


@pytest.mark.parametrize("seed", range(5))
def test_faces_tile_what_they_enclose(seed):
    faces = arrange(random_lines(seed))
    whole = shapely.coverage_union_all(faces)
    assert len(faces) > 5
    assert_tiling(faces, whole)
    assert shapely.area(faces).sum() == pytest.approx(whole.area, rel=1e-12)
    assert shapely.contains_xy(faces, inner_points(faces)).all()


def faces_in_order(faces):
    return sorted(shapely.to_wkb(shapely.normalize(shapely.transform(faces, lambda xy: xy + 0.0))))  # -0.0 is 0.0


@pytest.mark.parametrize("seed", range(20))
def test_noding_what_meets_is_as_good_as_noding_everything(seed):
    rng = np.random.default_rng(seed)
    shift = 0.007 * (seed % 2)  # on the grid, and beside it
    rings = shapely.buffer(shapely.points(rng.uniform(-300, 300, (12, 2))), rng.uniform(5, 200, 12), quad_segs=32)
    near = [shapely.transform(ring, lambda xy: xy + GRID) for ring in shapely.boundary(rings[:4])]
    lines = [*random_lines(seed), *shapely.boundary(rings), *near, shapely.boundary(rings[0])]
    lines = [shapely.transform(line, lambda xy: on_grid(xy) + shift) for line in lines]
    everything = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines, grid_size=GRID))))
    assert faces_in_order(arrange(lines)) == faces_in_order(everything)


@pytest.mark.parametrize("seed", range(10))
def test_dissolved_faces_are_what_uniting_them_gives(seed):
    faces = arrange(random_lines(seed, count=25))
    labels = np.random.default_rng(seed).integers(-1, 4, len(faces))
    parts = dissolve(faces, labels, 5)
    assert shapely.is_valid(parts).all()
    assert parts[4].is_empty  # nothing has the label
    for label in range(4):
        united = shapely.union_all(faces[labels == label], grid_size=GRID)
        assert shapely.equals(parts[label], united)
        assert len(parts[label].geoms) == shapely.get_num_geometries(united)


def test_ground_that_touches_itself_stays_valid():
    grid = shapely.box(*np.meshgrid(np.arange(5.0), np.arange(5.0)), *np.meshgrid(np.arange(1.0, 6), np.arange(1.0, 6)))
    faces = arrange(shapely.boundary(grid.ravel()))
    column, row = np.floor(inner_points(faces)).astype(int).T
    for labels in ((column + row) % 2, np.where((column == row) & (column % 4 > 0), 1, 0)):
        parts = dissolve(faces, labels, 2)
        assert shapely.is_valid(parts).all()
        assert_tiling(parts, shapely.coverage_union_all(faces))
    assert [len(part.geoms) for part in parts] == [1, 3]  # joined around the diagonal, and joined in points only


@pytest.mark.parametrize("seed", range(5))
def test_every_edge_knows_the_faces_on_both_sides(seed):
    faces = arrange(random_lines(seed))
    edges = edges_of(faces)
    along = edges.end - edges.start
    assert edges.length == pytest.approx(np.hypot(*along.T))
    aside = 1e-4 * np.column_stack([-along[:, 1], along[:, 0]]) / edges.length[:, None]
    long = edges.length > 1
    middle = (edges.start + edges.end) / 2
    on_left, on_right = shapely.points(middle + aside), shapely.points(middle - aside)
    assert shapely.intersects(faces[edges.face], on_left)[long].all()
    shared = long & (edges.other >= 0)
    assert shapely.intersects(faces[edges.other], on_right)[shared].all()
    outer = long & (edges.other < 0)
    assert not shapely.intersects(shapely.union_all(faces), on_right)[outer].any()
    assert edges.length.sum() == pytest.approx(shapely.length(shapely.boundary(faces)).sum())


def test_the_edge_of_a_hole_lies_between_two_faces():
    faces = arrange([shapely.box(0, 0, 10, 10).exterior, shapely.box(4, 4, 6, 6).exterior])
    edges = edges_of(faces)
    inner = edges.select(edges.other >= 0)
    assert len(inner.length) == 8
    assert inner.length.sum() == pytest.approx(16)
    assert (inner.face != inner.other).all()


def test_dissolved_faces_still_tile():
    faces = arrange(random_lines(7, count=20))
    labels = np.arange(len(faces)) % 3
    parts = dissolve(faces, labels, 3)
    assert [part.geom_type for part in parts] == ["MultiPolygon"] * 3
    assert_tiling(parts, shapely.coverage_union_all(faces))
    some = dissolve(faces, np.where(labels == 2, -1, labels), 2)
    assert sum(part.area for part in some) == pytest.approx(shapely.area(faces[labels < 2]).sum())


def test_multipolygons_hold_polygons_only():
    mixed = shapely.GeometryCollection([shapely.Point(0, 0), shapely.box(0, 0, 1, 1), shapely.Polygon()])
    assert as_multipolygon(mixed).wkt == shapely.MultiPolygon([shapely.box(0, 0, 1, 1)]).wkt
    assert as_multipolygon(shapely.LineString()).is_empty


def test_segments_are_the_edges_in_order():
    lines = [np.array([[0.0, 0], [1, 0], [2, 1]]), np.array([[5.0, 5], [6, 6]])]
    pieces, owner = segments(lines)
    assert [piece.coords[:] for piece in pieces] == [[(0, 0), (1, 0)], [(1, 0), (2, 1)], [(5, 5), (6, 6)]]
    assert owner.tolist() == [0, 0, 1]


@settings(max_examples=60)
@given(st.integers(1, 12).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=15))))
def test_components_join_exactly_what_is_linked(case):
    count, links = case
    group = {node: {node} for node in range(count)}
    for a, b in links:
        joined = group[a] | group[b]
        for node in joined:
            group[node] = joined
    first, second = np.array([a for a, _ in links], dtype=int), np.array([b for _, b in links], dtype=int)
    found = components(count, first, second)
    assert sorted(set(found.tolist())) == list(range(len(set(found.tolist()))))
    for a in range(count):
        assert {b for b in range(count) if found[b] == found[a]} == group[a]
