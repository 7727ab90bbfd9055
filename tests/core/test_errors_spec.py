"""What a plan may be asked for, what is refused and in which words; progress and cancel."""

from __future__ import annotations

import ast
import json
import math
from dataclasses import FrozenInstanceError, asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import CAPS, MAX_SECTORS, POSTURES, SPLITS, PlanSpec

DEPTHS = st.just(0.0) | st.floats(10, 500_000)


def specs():
    return st.builds(
        PlanSpec,
        depth_a_m=DEPTHS, depth_b_m=st.floats(10, 500_000), name_a=st.text(max_size=20), name_b=st.text(max_size=20),
        reverse=st.booleans(), caps=st.sampled_from(CAPS), tolerance_m=st.floats(0.1, 1e4),
        split=st.sampled_from(SPLITS), sectors=st.integers(1, MAX_SECTORS), posture=st.sampled_from(POSTURES),
    )


def is_clear(error):
    """One sentence on what is wrong and one on how to mend it."""
    return len(error.message) > 15 and error.message[0] not in " {" and len(error.hint) > 5 and error.hint.endswith(".")


def test_an_error_says_what_where_and_how_to_mend_it():
    error = PlanError("The vertex has no place on the Earth", "Repair the vertex.", "feature 7")
    assert str(error) == "The vertex has no place on the Earth (feature 7). Repair the vertex."
    assert (error.message, error.hint, error.where) == (
        "The vertex has no place on the Earth", "Repair the vertex.", "feature 7",
    )
    assert isinstance(error, ValueError)


def test_an_error_needs_neither_place_nor_hint_and_never_has_two_stops():
    assert str(PlanError("Nothing is left.")) == "Nothing is left."
    assert str(PlanError("Nothing is left", "Use a larger depth.")) == "Nothing is left. Use a larger depth."


def test_cancelling_is_not_an_error_in_the_plan():
    assert not issubclass(PlanCancelledError, PlanError)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(specs())
def test_a_spec_survives_json_whole(spec):
    text = spec.to_json()
    assert PlanSpec.from_json(text) == spec
    assert PlanSpec.from_json(text).to_json() == text
    assert "\n" not in text
    assert list(json.loads(text)) == sorted(asdict(spec))


def test_a_spec_is_frozen_and_knows_its_larger_depth_and_its_number_of_sectors():
    spec = PlanSpec(depth_a_m=5_000.0, depth_b_m=40_000.0, sectors=5)
    assert (spec.depth_max_m, len(spec.sector_shares)) == (40_000.0, 5)
    assert PlanSpec(split="none", sectors=5).sector_shares == (1.0,)
    with pytest.raises(FrozenInstanceError):
        spec.sectors = 6


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"depth_a_m": 0.0, "depth_b_m": 0.0}, "0 km on both sides"),
        ({"depth_a_m": -1.0}, "side A is -0.001 km"),
        ({"depth_b_m": -20_000.0}, "side B is -20 km"),
        ({"depth_a_m": math.nan}, "side A is not a number"),
        ({"depth_b_m": math.inf}, "side B is not a number"),
        ({"depth_a_m": 500_001.0}, "side A is 500.001 km"),
        ({"tolerance_m": 0.0}, "tolerance is 0 m"),
        ({"tolerance_m": -1.0}, "tolerance is -1 m"),
        ({"tolerance_m": math.nan}, "tolerance is not a number"),
        ({"tolerance_m": 0.01}, "tolerance is 0.01 m"),
        ({"caps": "square"}, "caps 'square' is not known"),
        ({"split": "by_mood"}, "split 'by_mood' is not known"),
        ({"posture": "attack"}, "posture 'attack' is not known"),
        ({"sectors": 0}, "0 sectors were asked for"),
        ({"sectors": -3}, "-3 sectors were asked for"),
        ({"sectors": 201}, "201 sectors were asked for"),
        ({"subsectors": 0}, "0 subsectors were asked for"),
        ({"numbered_from": "moon"}, "numbering 'moon' is not known"),
        ({"snap_m": 0.0}, "The distance to snap within is 0 km"),
        ({"snap_m": float("nan")}, "The distance to snap within is nan km"),
    ],
)
def test_what_no_plan_can_have_is_refused_in_a_clear_sentence(values, words):
    with pytest.raises(PlanError) as caught:
        PlanSpec(**values)
    assert words in caught.value.message
    assert is_clear(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[1, 2", "depth 20"])
def test_what_is_not_json_is_refused(text):
    with pytest.raises(PlanError, match="not valid JSON"):
        PlanSpec.from_json(text)


@pytest.mark.parametrize(
    "text",
    [
        "[]", "3", "null", '"depth"', "[1, 2]", '{"depth_a_m": "20"}', '{"depth_a_m": null}', '{"tolerance_m": true}',
        '{"sectors": 2.5}', '{"sectors": "8"}', '{"reverse": "no"}', '{"name_a": 5}', '{"caps": ["round"]}',
    ],
)
def test_json_of_another_kind_is_refused_and_not_a_surprise_later(text):
    with pytest.raises(PlanError) as caught:
        PlanSpec.from_json(text)
    assert is_clear(caught.value)


def test_an_unknown_parameter_is_named():
    with pytest.raises(PlanError, match="depth_c_m") as caught:
        PlanSpec.from_json('{"depth_c_m": 3.0}')
    assert is_clear(caught.value)


def test_limits_themselves_are_allowed():
    assert PlanSpec(depth_a_m=500_000.0, depth_b_m=0.0, tolerance_m=0.1, sectors=MAX_SECTORS).sectors == MAX_SECTORS


def test_stages_share_the_whole_run_between_them():
    seen = []
    whole = Progress(on_fraction=seen.append)
    second = whole.stage(0.5, 1.0)
    whole.report(0.0)
    whole.stage(0.0, 0.5).report(1.0)
    second.report(0.0)
    second.stage(0.5, 0.75).report(0.5)
    second.report(1.0)
    assert seen == [0.0, 0.5, 0.5, 0.8125, 1.0]


def test_progress_speaks_only_when_there_is_something_to_say():
    texts = []
    progress = Progress(on_text=texts.append)
    progress.report(0.1)
    progress.report(0.2, "Drawing the zone")
    assert texts == ["Drawing the zone"]


def test_a_cancelled_run_stops_before_it_reports():
    seen = []
    progress = Progress(on_fraction=seen.append, is_cancelled=lambda: True)
    for act in (progress.check, lambda: progress.report(0.5), lambda: progress.stage(0.1, 0.2).report(0.5)):
        with pytest.raises(PlanCancelledError):
            act()
    assert seen == []


def test_the_core_imports_neither_qgis_nor_qt_and_asserts_nothing(repo_root):
    files = sorted((repo_root / "buffer_zone_plugin" / "core").rglob("*.py"))
    assert len(files) > 10
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & {"qgis", "PyQt5", "PyQt6", "osgeo", "processing"}, file
            assert not isinstance(node, ast.Assert), file


def test_a_depth_just_beyond_the_limit_is_told_as_it_is():
    with pytest.raises(PlanError, match=r"is 500\.0001 km\. Give at most 500 km"):
        PlanSpec(depth_a_m=500_000.1)
