"""Scenarios come from files as they were written there; what is odd in one of them does not stop the others."""

from __future__ import annotations

import pytest

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.scenario_sets import depths_from_text, read_scenarios, scenarios_data, scenarios_of
from buffer_zone_plugin.core.spec import PlanSpec

BASE = PlanSpec(depth_a_m=5_000.0, depth_b_m=2_000.0, sectors=2)


def test_a_csv_file_says_what_a_json_file_does(tmp_path):
    (tmp_path / "set.csv").write_text(
        "name,depth_a,posture,sectors,bands,line\nNarrow,2.5,0,,,\nWide,40,Verify both edges,12,\"2,10\",proposed\n",
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
        ("name,depth\na,1\n", "unknown or repeated column: depth"), ("depth_a\n1\n", "lack a column"),
        ("name\na\na\n", "'a' twice"), ("name\n", "no scenarios"),
        ("name;depth_a\nN;7,5\n", "have semicolons between the columns. Save them with commas"),
        ("name,depth_a\nMünchen,1\n", "bad.csv: it is no text in UTF-8. Save the file in UTF-8."),
    ):
        (tmp_path / "bad.csv").write_text(text, encoding="latin-1")
        with pytest.raises(PlanError, match=sentence):
            read_scenarios(tmp_path / "bad.csv", BASE)


def test_depths_are_read_from_a_text():
    assert depths_from_text("7.5; 10,20", "The depths") == (7500, 10_000, 20_000) and depths_from_text(" ", "x") == ()
    with pytest.raises(PlanError, match="The depths 'deep' are not numbers"):
        depths_from_text("deep", "The depths")
    with pytest.raises(PlanError, match="line of a scenario"):
        scenarios_of([{"name": "a", "line": 3}], BASE)
