"""Do the benchmark's parts work, on a line of 1,000 vertices and without a server, and is its report up to date?"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from benchmarks import goals, lines, measure, peers, report, results, trial, truth, zone

GEOD = Geod(ellps="WGS84")
DEPTH_M = 40_000.0
SHAPELY = next(peer for peer in peers.PEERS if peer.key == "shapely_64")
POSTGIS = next(peer for peer in peers.PEERS if peer.key == "postgis_64")
LARGEST_PICTURE = 60_000  # bytes


@pytest.fixture(scope="module")
def found():
    """The results for a small line, without PostGIS and QGIS."""
    made = results.Results(DEPTH_M)
    zone.compare(made, lines.SMOOTH, 1_000, (peers.DEFAULT, peers.FINEST, SHAPELY, POSTGIS), None, 0.0)
    return made


def test_the_plugin_keeps_its_tolerance_by_the_benchmarks_own_distance(found):
    for peer, tolerance_m in ((peers.DEFAULT, 1.0), (peers.FINEST, 0.1)):
        row = found.find("smooth", 1_000, peer.key)
        assert 0.5 * tolerance_m < row.most_m <= row.largest_m <= tolerance_m
        assert abs(row.area) < 1e-5
        assert row.doubt_m < 1e-3


def test_a_planar_buffer_is_measured_as_a_planar_buffer(found):
    row = found.find("smooth", 1_000, SHAPELY.key)
    assert 5.0 < row.largest_m < 50.0
    assert row.runs == 1
    assert row.seconds > 0
    assert row.memory_mb > 0


def test_a_tool_that_is_missing_is_said_to_be_missing(found):
    (row,) = (row for row in found.rows if row.peer == POSTGIS.key)
    assert row.problem == "not available"
    assert found.find("smooth", 1_000, POSTGIS.key) is None
    assert "| not available |" in report.markdown(found, 0.0, ())


def test_results_are_read_as_they_were_written(found, tmp_path):
    found.save(tmp_path / "folder" / "results.json")
    again = results.load(tmp_path / "folder" / "results.json")
    assert report.markdown(again, 0.0, ()) == report.markdown(found, 0.0, ())


def test_a_tool_that_fails_is_told_from_one_that_is_missing(capfd):
    wrong = peers.Peer("wrong", "wrong", peers.fitted)
    made = trial.trial(wrong, lines.front(lines.SMOOTH, 200), DEPTH_M, None, 0.0)
    assert made.problem == "failed"
    assert "TypeError" in capfd.readouterr().err


def test_goals_without_numbers_are_neither_met_nor_missed(found):
    verdicts = {goal.text: goal.met for goal in goals.goals(found)}
    assert verdicts
    assert set(verdicts.values()) == {None}
    assert goals.Goal("", 1.0, 2.0, "s").met is False
    assert goals.Goal("", 1.0, 2.0, "×", most=False).met is True


def test_the_distance_is_that_of_known_points():
    line = np.column_stack([np.full(200, 35.0), np.linspace(47.0, 49.0, 200)])  # along a meridian: square to it, exact
    lat = np.array([47.3, 48.0, 48.77])
    away = np.array([12_345.678, 40_000.0, 1.5])
    lon_2, lat_2, _ = GEOD.fwd(np.full(3, 35.0), lat, np.full(3, 90.0), away)
    beyond = GEOD.fwd(35.0, 49.0, 20.0, 30_000.0)[:2]  # nearest to the end
    query = np.vstack([np.column_stack([lon_2, lat_2]), beyond])
    assert np.allclose(truth.Truth(line).distance(query), [*away, 30_000.0], rtol=0, atol=1e-4)


def test_holes_and_long_edges_are_looked_at():
    square = shapely.box(0, 0, 1, 1).difference(shapely.box(0.4, 0.4, 0.41, 0.41))
    points, length = measure.outline_points(square)
    rings = shapely.boundary(square)
    assert length.max() <= measure.STEP_M
    assert shapely.distance(shapely.points(points), rings).max() < 1e-9
    hole = ((points > 0.39) & (points < 0.42)).all(axis=1)
    assert length[hole].sum() == pytest.approx(4 * 1_110, rel=0.01)
    assert measure.area(square) == pytest.approx(GEOD.geometry_area_perimeter(shapely.box(0, 0, 1, 1))[0] * 0.9999,
                                                 rel=1e-5)


@pytest.mark.parametrize("kind", lines.FRONTS, ids=lambda kind: kind.name)
def test_more_vertices_add_detail_to_the_same_line(kind):
    few, many = lines.front(kind, 1_000), lines.front(kind, 3_000)
    assert (len(few), len(many)) == (1_000, 3_000)
    assert (few[[0, -1]] == many[[0, -1]]).all()
    assert (lines.front(kind, 1_000) == few).all()


def test_the_report_has_its_tables_and_pictures(repo_root):
    text = (repo_root / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    for columns in (report.COLUMNS, ("what", "goal", "measured", "met")):
        assert f"| {' | '.join(columns)} |" in text
    for peer in peers.PEERS:
        assert f"| {peer.name} |" in text
    for name in ("benchmarks_error.png", "benchmarks_growth.png"):
        assert f"]({name})" in text
        assert (repo_root / "docs" / name).stat().st_size < LARGEST_PICTURE
