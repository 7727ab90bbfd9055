"""Scenarios come from files as they were written there; what is odd in one of them does not stop the others."""

from __future__ import annotations

import pytest

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.number_lists import depths_in_order
from buffer_zone_plugin.core.scenario_sets import read_scenarios, scenarios_data, scenarios_of
from buffer_zone_plugin.core.spec import PlanSpec

BASE = PlanSpec(depth_a_m=5_000.0, depth_b_m=2_000.0, sectors=2)


def test_a_csv_file_says_what_a_json_file_does(tmp_path):
    (tmp_path / "set.csv").write_text(
        "Name,DEPTH_A,posture,sectors,bands,line\nNarrow,2.5,0,,,\nWide,40,Verify both edges,12,\"2,10\",proposed\n",
        encoding="utf-8-sig",
    )
    narrow, wide = read_scenarios(tmp_path / "set.csv", BASE)
    assert (narrow.spec.depth_a_m, narrow.spec.depth_b_m, narrow.spec.posture) == (2500, 2000, "observe")
    assert (wide.spec.sectors, wide.spec.bands_m, wide.variant) == (12, (2000, 10_000), "proposed")
    assert wide.spec.posture == "verify_both_edges"
    assert scenarios_of(scenarios_data((narrow, wide)), PlanSpec()) == (narrow, wide)
    (tmp_path / "odd.CSV").write_text("name,depth_a\nodd,deep\n")
    assert "depth_a is 'deep'" in read_scenarios(tmp_path / "odd.CSV", BASE)[0].refused
    for text, sentence in (
        ("name,depth\na,1\n", "unknown column: depth. Remove it; known are: name, depth_a, depth_b, posture"),
        ("name,NAME\na,b\n", "repeated column: name"), ("depth_a\n1\n", "lack a column"),
        ("name\na\na\n", "'a' twice"), ("name\n", "no scenarios"),
        ("name;depth_a\nN;7,5\n", "have semicolons between the columns. Save them with commas"),
        ("name,depth_a\nMünchen,1\n", "bad.csv: it is no text in UTF-8. Save the file in UTF-8."),
    ):
        (tmp_path / "bad.csv").write_text(text, encoding="latin-1")
        with pytest.raises(PlanError, match=sentence):
            read_scenarios(tmp_path / "bad.csv", BASE)


def test_depths_are_read_from_a_text():
    assert depths_in_order("20, 7.5; 10-15/5", "depths") == (20_000, 7500, 10_000, 15_000)
    assert depths_in_order(" ", "depths") == ()
    for text in ("deep", "1_0", "1e3", "nan"):
        with pytest.raises(PlanError, match=f"'{text}' among the depths of side A is no number"):
            depths_in_order(text, "depths of side A")
    with pytest.raises(PlanError, match="line of a scenario"):
        scenarios_of([{"name": "a", "line": 3}], BASE)


def test_bands_of_all_are_dropped_where_the_zone_ends_and_own_ones_are_refused():
    listed = [
        {"name": "deep", "depth_a": 30}, {"name": "narrow"}, {"name": "own", "bands": "1"},
        {"name": "none", "bands": ""},
        {"name": "too far", "bands": "7"}, {"name": "whole", "spec": {}}, {"name": "odd", "depth_a": -1},
    ]
    found = scenarios_of(listed, BASE, (2_000.0, 25_000.0))
    assert [one.spec.bands_m for one in found] == [(2_000, 25_000), (2_000,), (1_000,), (), (), (), ()]
    assert [one.name for one in found if one.lost_m] == ["narrow"] and found[1].lost_m == (25_000,)
    assert [one.name for one in found if one.refused] == ["too far", "odd"]
