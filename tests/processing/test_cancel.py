"""A cancelled run stops at its next step, leaves nothing new, and leaves what was there as it was."""

from __future__ import annotations

import os

import pytest

from buffer_zone_plugin.processing.planzone import SINKS

pytestmark = pytest.mark.qgis
LATE = [90, 90.5, 91.5, 92, 94, 96, 98, 99, 99.5]  # from 90 % on, files are written


@pytest.fixture()
def targets(tmp_path, in_table):
    """One destination of every kind: whole files of several formats, tables, one of them new, and the GeoPackage."""
    shared = tmp_path / "shared.gpkg"
    return {
        "ZONE": str(tmp_path / "zone.gpkg"), "SIDES": str(tmp_path / "sides.shp"),
        "SECTORS_OUT": str(tmp_path / "sectors.geojson"), "BOUNDARIES": str(tmp_path / "boundaries.gml"),
        "LINE": in_table(shared, "line"), "POSTS": in_table(shared, "posts"), "STAFFING_OUT": str(tmp_path / "s.csv"),
        "GEOPACKAGE": str(tmp_path / "plan.gpkg"),
    }


@pytest.fixture()
def old(planzone, short_layer, targets, tmp_path, in_table, content):
    """An earlier run's files, of which the next run would replace all but a table; and what they hold."""
    planzone(INPUT=short_layer, **{**targets, "LINE": in_table(tmp_path / "shared.gpkg", "zone"), "DEPTH_A": 4})
    (tmp_path / "sides.qix").write_bytes(b"an index")
    (tmp_path / "sides.sbn").write_bytes(b"another")
    return content(tmp_path)


@pytest.mark.parametrize("stop_at", [1, 30, 60, 89, *LATE])
def test_cancelled_run_leaves_nothing(planzone, short_layer, tmp_path, targets, recorder, stop_at):
    assert planzone(recorder(stop_at), INPUT=short_layer, **targets) == {}
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("stop_at", [50, *LATE])
def test_cancelled_run_leaves_old_files_as_they_were(
    planzone, short_layer, tmp_path, targets, old, content, recorder, stop_at,
):
    assert planzone(recorder(stop_at), INPUT=short_layer, OVERWRITE=True, **targets) == {}
    assert sorted(content(tmp_path)) == sorted(old)
    assert content(tmp_path) == old


def test_finished_run_replaces_old_files_and_leaves_nothing_beside_them(
    planzone, short_layer, tmp_path, targets, old, content, recorder,
):
    planzone(recorder(96), INPUT=short_layer, OVERWRITE=True, **targets)
    assert planzone(INPUT=short_layer, OVERWRITE=True, **targets)["SECTOR_COUNT"] == 3
    new = content(tmp_path)
    assert sorted(new) == sorted(set(old) - {"sides.qix", "sides.sbn"})  # indexes of the old file
    same = {name for name in new if new[name] == old[name]}
    assert same <= {"sides.cpg", "sides.prj", "boundaries.xsd"}


@pytest.mark.parametrize("geopackage", [True, False])
def test_cancel_that_comes_too_late_stops_nothing(
    planzone, short_layer, tmp_path, targets, old, content, recorder, geopackage,
):
    if not geopackage:
        del targets["GEOPACKAGE"]
    results = planzone(recorder(100), INPUT=short_layer, OVERWRITE=True, **targets)
    assert results["SECTOR_COUNT"] == 3
    assert set(targets) <= set(results)
    assert content(tmp_path)["sectors.geojson"] != old["sectors.geojson"]
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".")]


@pytest.mark.parametrize("stop_at", [1, 20, 50, 89, 94])
def test_nothing_is_reported_after_the_cancel(planzone, short_layer, recorder, stop_at):
    feedback = recorder(stop_at)
    sinks = dict.fromkeys(SINKS, "TEMPORARY_OUTPUT")
    assert planzone(feedback, INPUT=short_layer, **sinks) == {}
    assert [percent >= stop_at for percent in feedback.percent] == [False] * (len(feedback.percent) - 1) + [True]


def test_cancel_is_asked_for_between_any_two_reports(planzone, sample_line, recorder):
    asked = []
    feedback = recorder(on_percent=lambda _percent: asked.append(feedback.asked))
    planzone(feedback, INPUT=str(sample_line), SECTORS=24, **dict.fromkeys(SINKS, "TEMPORARY_OUTPUT"))
    assert len(asked) > 10
    assert asked[0] > 0 and all(before < after for before, after in zip(asked, asked[1:]))
