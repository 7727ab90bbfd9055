"""Scenarios made together are the plans that each would be alone; a bad one is told and the others stand."""

from __future__ import annotations

import gc
import json
import threading
import weakref
from dataclasses import replace

import numpy as np
import pytest
import shapely

from buffer_zone_plugin.core import front, ground
from buffer_zone_plugin.core import scenarios as module
from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.given_ground import GivenGround
from buffer_zone_plugin.core.input_copies import InputCopies
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.plan_inputs import LateInputs
from buffer_zone_plugin.core.population import Population
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.scenario_sets import scenarios_data, scenarios_of
from buffer_zone_plugin.core.scenarios import Scenario, compare, crossed, outcomes, planned, reduced, shape_key
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.workers import MOST_WORKERS

BASE = PlanSpec(depth_a_m=10_000.0, depth_b_m=5_000.0, sectors=3, tolerance_m=20.0)


@pytest.fixture(scope="module")
def inputs(inputs_of, at_km):
    """A short line."""
    return inputs_of(at_km(np.array([[-40.0, 0], [-10, 8], [10, -5], [40, 3]])))


def same(outcome, inputs):
    """The figures of a scenario are those of the plan that its spec makes alone.

    Where a border meets a long edge of the outline the plan has a vertex more, within the tolerance of that edge.
    """
    alone, plan = make_plan(outcome.scenario.spec, inputs, Progress()), outcome.plan
    assert outcome.sectors == len(alone.sectors)
    for name in ("area_m2", "area_a_m2", "area_b_m2", "line_m"):
        assert getattr(plan.zone, name) == pytest.approx(getattr(alone.zone, name), rel=1e-7)
    assert [side.area_m2 for side in plan.sides] == pytest.approx([side.area_m2 for side in alone.sides], rel=1e-7)
    assert plan.zone.error_max_m <= plan.spec.tolerance_m
    assert sorted((p.kind, p.line, p.geometry.wkb) for p in plan.posts) == sorted(
        (p.kind, p.line, p.geometry.wkb) for p in alone.posts
    )
    for name in ("low", "central", "high"):
        assert getattr(plan.staffing, name).sum(axis=0).tolist() == getattr(alone.staffing, name).sum(axis=0).tolist()
    assert (plan.staffing.total, plan.staffing.training, plan.staffing.pool) == (
        alone.staffing.total, alone.staffing.training, alone.staffing.pool,
    )


def test_each_is_the_plan_that_it_would_be_alone(inputs):
    made = [
        Scenario("as it is", BASE), *crossed(BASE, (2000.0, 20_000.0), (0.0,), ("observe", "interpose")),
        Scenario("staff", PlanSpec(**{**vars(BASE), "split": "equal_staffing", "posture": "verify_both_edges"})),
        Scenario("own", PlanSpec(**{**vars(BASE), "staffing": {"op_spacing": 3}, "trainees": 500})),
        Scenario("sent", PlanSpec(**{**vars(BASE), "contributors": "A=60"})),
        Scenario("fixed", PlanSpec(**{**vars(BASE), "split": "fixed_length", "sector_m": 17_000.0})),
        Scenario("flat", PlanSpec(**{**vars(BASE), "caps": "flat", "bands_m": (1000.0,), "split": "equal_area"})),
    ]
    outcomes = compare(made, inputs, Progress())
    assert [one.scenario for one in outcomes] == made
    for one in outcomes:
        same(one, inputs)
    assert [len(one.plan.sectors) for one in outcomes[:2]] == [1, 1]  # made without the sectors that nobody asked for
    (sent,) = (one for one in outcomes if one.scenario.name == "sent")
    alone = make_plan(sent.scenario.spec, inputs, Progress())
    assert len(sent.plan.sectors) == 3
    assert sent.plan.contributions.zone.tolist() == alone.contributions.zone.tolist()


def test_what_differs_in_staffing_only_is_shaped_once(inputs, monkeypatch):
    shaped = []
    make_shape = module.make_shape

    def counted(spec, *others):
        shaped.append(spec)
        return make_shape(spec, *others)

    monkeypatch.setattr(module, "make_shape", counted)
    made = crossed(
        BASE, (5000.0, 8000.0), postures=("observe", "verify", "interpose"), splits=("equal_length", "equal_staffing"),
    )
    assert not any(one.reason for one in compare(made, inputs, Progress()))
    assert sorted(spec.depth_a_m for spec in shaped) == [5000.0, 8000.0]
    staff = PlanSpec(**{**vars(BASE), "split": "equal_staffing"})
    assert shape_key(staff) != shape_key(PlanSpec(**{**vars(staff), "posture": "observe"}))
    assert shape_key(BASE) == shape_key(PlanSpec(**{**vars(BASE), "posture": "observe", "trainees": 5}))
    assert shape_key(BASE) != shape_key(PlanSpec(**{**vars(BASE), "sectors": 4}))


def test_outlines_at_one_distance_are_drawn_once(inputs, monkeypatch):
    drawn = []
    outline = ground.outline

    def counted(flat, plane, field, distance_m, *others):
        drawn.append(distance_m)
        return outline(flat, plane, field, distance_m, *others)

    monkeypatch.setattr(ground, "outline", counted)
    outcomes = compare(crossed(BASE, (2000.0, 5000.0, 8000.0), (0.0, 2000.0, 5000.0)), inputs, Progress())
    assert len(outcomes) == 9 and sorted(drawn) == [2000.0, 5000.0, 8000.0]


def test_what_depends_on_sectors_is_planned_with_them(inputs, at_km):
    clip = InputFeature(1, shapely.Polygon(at_km(np.array([[-60.0, -60], [0, -60], [0, 60], [-60, 60]]))))
    inside = replace(inputs, given=GivenGround(clip.geometry, None))
    for spec, given in (
        (BASE, inside), (replace(BASE, subsectors=2), inputs), (replace(BASE, contributors="A=3"), inputs),
        (replace(BASE, split="break_points"), inputs), (replace(BASE, split="areas"), inputs),
        (replace(BASE, split="equal_population"), inputs),
        (replace(BASE, split="mixture", weights=(1.0, 0.0, 0.0, 1.0)), inputs),
    ):
        assert planned(spec, given) == spec
    assert planned(BASE, inputs) == replace(BASE, split="none", sectors=PlanSpec().sectors)
    (outcome,) = compare([Scenario("clipped", BASE)], inside, Progress())
    assert len(outcome.plan.sectors) == outcome.sectors == 3
    same(outcome, inside)


def test_persons_who_live_in_one_place_cannot_be_shared_out_as_in_a_plan(inputs, inputs_of, at_km):
    two = inputs_of([inputs.lines[0].geometry, at_km(np.array([[-21.0, -35], [-49, -6]]))])
    crowded = replace(two, population=Population(at_km(np.array([[42.0, 8]])), np.array([1000.0])))
    spec = replace(BASE, depth_b_m=10_000.0, split="equal_population", sectors=8)
    (outcome,) = compare([Scenario("crowded", spec)], crowded, Progress())
    with pytest.raises(PlanError, match="have no ground") as refused:
        make_plan(spec, crowded, Progress())
    assert outcome.plan is None and outcome.reason == str(refused.value)


def test_a_bad_scenario_is_told_and_the_others_stand(inputs):
    listed = [
        {"name": "good"}, {"name": "deep", "depth_a": 900}, {"name": "many", "sectors": 150},
        {"name": "lead", "spec": {**json.loads(BASE.to_json()), "contributors": "A=30, lead S9"}},
        {"name": "own", "spec": {**json.loads(BASE.to_json()), "staffing": {"op_spacin": 3}}}, {"name": "also good"},
    ]
    good, deep, many, lead, own, also = compare(scenarios_of(listed, BASE), inputs, Progress())
    assert good.plan is not None and also.plan is not None and not good.reason
    assert [one.plan for one in (deep, many, lead, own)] == [None] * 4
    assert "900 km" in deep.reason and "sectors" in many.reason and "S9" in lead.reason and "op_spacing" in own.reason


def test_scenarios_are_read_as_the_file_has_them():
    found = scenarios_of([
        {"name": " Korea  DMZ ", "depth_a": 2, "depth_b": 2.0, "posture": "Verify both edges", "bands": "0.5,1"},
        {"name": "numbers", "line": "proposed", "posture": 3, "split": 2, "caps": 1, "sectors": 5, "bands": [1, 2]},
    ], BASE)
    first, second = (scenario.spec for scenario in found)
    assert found[0].name == "Korea DMZ"
    assert (first.depth_a_m, first.depth_b_m, first.posture, first.bands_m) == (
        2000, 2000, "verify_both_edges", (500, 1000),
    )
    assert (second.posture, second.split, second.caps, second.sectors, second.bands_m) == (
        "interpose", "equal_area", "flat", 5, (1000, 2000),
    )
    assert second.depth_a_m == BASE.depth_a_m
    assert [scenario.variant for scenario in found] == ["", "proposed"]
    again = scenarios_of(json.loads(json.dumps(scenarios_data(found))), PlanSpec())
    assert again == found


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({}, "not a list"), ([1], "not a list"), ([], "no scenarios"), ([{"depth_a": 5}], "no name"),
        ([{"name": " "}], "no name"), ([{"name": "a"}, {"name": "a "}], "Two scenarios are named 'a'"),
        ([{"name": "a", "depth": 5}], "unknown key 'depth'"), ([{"name": "a"}] * 501, "501 scenarios"),
        ([{"name": "a", "line": 3}], "no text"),
    ],
)
def test_what_is_no_set_of_scenarios_is_refused(content, sentence):
    with pytest.raises(PlanError, match=sentence):
        scenarios_of(content, BASE)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"depth_a": "deep"}, "depth_a is 'deep'"), ({"posture": 9}, "posture is 9"), ({"posture": "hold"}, "'hold'"),
        ({"sectors": 2.5}, "sectors is 2.5"), ({"sectors": 0}, "0 sectors"), ({"bands": 3}, "bands is 3"),
        ({"bands": "x"}, "'x'"), ({"depth_a": 0, "depth_b": 0}, "0 km on both sides"), ({"spec": {"deep": 3}}, "deep"),
        ({"spec": [1]}, "not a JSON object"), ({"caps": True}, "caps is True"),
    ],
)
def test_impossible_values_refuse_their_scenario_only(values, sentence):
    (found,) = scenarios_of([{"name": "odd", **values}], BASE)
    assert sentence in found.refused


@pytest.mark.parametrize("two_lines", [False, True])
def test_a_spec_for_another_number_of_lines_is_refused(two_lines):
    entry = {"name": "kept", "spec": {"two_lines": two_lines}}
    (other,), (same_lines,) = (
        scenarios_of([entry], replace(BASE, two_lines=given)) for given in (not two_lines, two_lines)
    )
    assert same_lines.refused == "" and "forward line of side B" in other.refused


def test_crossed_scenarios_have_names_of_their_own():
    made = crossed(BASE, (1000.0, 2500.0), (0.0, 1000.0), ("observe", "verify"), ("none", "equal_area"))
    names = [scenario.name for scenario in made]
    assert len(set(names)) == len(names) == 16
    assert names[0] == "1 + 0 km, observe, none"
    assert [s.name for s in crossed(BASE)] == ["10 + 5 km"]


def test_a_cancel_stops_all_that_is_under_way(inputs):
    told = []

    def cancelled():
        return len(told) >= 2  # one scenario is there, the next under way

    with pytest.raises(PlanCancelledError):
        compare(
            crossed(BASE, tuple(1000.0 * k for k in range(1, 30))), inputs,
            Progress(on_text=told.append, is_cancelled=cancelled),
        )
    assert len(told) == 2
    for thread in set(threading.enumerate()) - {threading.current_thread()}:
        thread.join(30)
        assert not thread.is_alive()


def test_a_cancel_between_two_outcomes_stops_what_was_begun_at_once(inputs, monkeypatch):
    begun, cancelled = threading.Event(), threading.Event()

    def endless(_spec, _inputs, progress, _memo):
        begun.set()
        while True:
            progress.check()

    monkeypatch.setattr(module, "make_shape", endless)
    made = outcomes(
        [Scenario("refused", BASE, "No"), Scenario("endless", BASE)], inputs, Progress(is_cancelled=cancelled.is_set),
    )
    assert next(made).reason == "No" and begun.wait(30)
    cancelled.set()
    with pytest.raises(PlanCancelledError) as held:  # whoever keeps the error, as a notebook does, keeps no work going
        next(made)
    for thread in set(threading.enumerate()) - {threading.current_thread()}:
        thread.join(10)
        assert not thread.is_alive()
    assert held.traceback


def test_what_was_made_for_a_line_goes_with_its_last_scenario(inputs, inputs_of, at_km, monkeypatch):
    fields, made = [], front.DistanceField

    def noted(*given):
        field = made(*given)
        fields.append(weakref.ref(field))
        return field

    monkeypatch.setattr(front, "DistanceField", noted)
    others = {f"{k}": inputs_of(at_km(np.array([[-40.0, 0], [40, k]]))) for k in range(1, 4)}
    found = outcomes(crossed(BASE, (4000.0, 6000.0), variants=("", *others)), inputs, Progress(), others)
    last = [next(found).reason for _ in range(8)]  # not asked on: what the run holds is still there
    gc.collect()
    assert last == [""] * 8 and len(fields) == 4 and not any(field() for field in fields)


def test_plans_whose_turn_comes_late_are_not_kept(inputs):
    """With the posture outermost each shape is done long before its last scenario is asked for."""
    plans = []

    def told(outcome, _progress):
        plans.append(weakref.ref(outcome.plan))
        return outcome.scenario.name, outcome.plan.zone.area_m2

    made = [
        Scenario(f"{posture} {depth}", replace(BASE, posture=posture, depth_a_m=depth))
        for posture in ("observe", "verify") for depth in (4000.0, 6000.0, 8000.0)
    ]
    found = reduced(told, made, inputs, Progress())
    first = [next(found) for _ in range(3)]
    gc.collect()
    assert len(plans) == 6 and not any(plan() for plan in plans)
    expected = [(one.scenario.name, one.plan.zone.area_m2) for one in compare(made, inputs, Progress())]
    assert [*first, *found] == expected


def test_a_cancel_stops_what_is_made_of_an_outcome(inputs):
    begun = threading.Event()

    def endless(_outcome, progress):
        begun.set()
        while True:
            progress.check()

    with pytest.raises(PlanCancelledError):
        list(reduced(endless, [Scenario("refused", BASE, "No")], inputs, Progress(is_cancelled=begun.is_set)))
    for thread in set(threading.enumerate()) - {threading.current_thread()}:
        thread.join(10)
        assert not thread.is_alive()


def test_what_is_read_late_is_read_once_by_who_asks_and_goes_with_its_last_scenario(inputs, at_km):
    read, kept = [], []

    def late(name):
        def population(_progress):
            if name == "20":
                raise PlanError("The raster does not reach.")
            persons = np.full(1, float(name))
            kept.append(weakref.ref(persons))
            read.append((name, threading.current_thread()))
            return Population(at_km(np.array([[0.0, 2]])), persons)

        return LateInputs(inputs, population)

    names = [str(k) for k in range(4, 24)]
    made = [
        Scenario(f"{name} {split}", replace(BASE, depth_a_m=1000.0 * int(name), split=split), variant=name)
        for name in names for split in ("equal_length", "equal_population")
    ]
    alive = []

    def told(outcome, _progress):
        alive.append(sum(one() is not None for one in kept))
        return outcome.reason or sum(sector.population for sector in outcome.plan.sectors)

    found = list(reduced(told, made, inputs, Progress(), {name: late(name) for name in names}))
    assert read == [(name, threading.current_thread()) for name in names if name != "20"]
    reasons = {"20": "The raster does not reach."}
    assert found[::2] == [reasons.get(name, int(name)) for name in names]
    assert found[32] == found[33] == reasons["20"]
    assert max(alive) <= 3 * MOST_WORKERS + 1 < len(names)  # those begun ahead, and the last of each thread
    gc.collect()
    assert not any(one() is not None for one in kept)


def test_reading_late_can_be_stopped(inputs):
    def endless(progress):
        while True:
            progress.check()

    asked, late = [], {"late": LateInputs(inputs, endless)}
    progress = Progress(is_cancelled=lambda: len(asked) > 5 or asked.append(1))
    with pytest.raises(PlanCancelledError):
        list(outcomes([Scenario("late", BASE, variant="late")], inputs, progress, late))


def test_what_lines_have_in_common_is_copied_once_for_each_thread(inputs, inputs_of, at_km):
    here = replace(inputs, roads=(at_km(np.array([[0.0, 0]])),))
    there = replace(here, lines=inputs_of(at_km(np.array([[-40.0, 0], [40, 1]]))).lines)
    copies, others = InputCopies({"": here, "there": there}, ["", "there"]), []
    one, other, again = copies.of(""), copies.of("there"), copies.of("")
    assert one.roads[0] is other.roads[0] is again.roads[0] is not here.roads[0]
    assert other.lines[0].geometry == there.lines[0].geometry != again.lines[0].geometry == here.lines[0].geometry
    thread = threading.Thread(target=lambda: others.append(copies.of("")))
    thread.start()
    thread.join(30)
    assert others[0].roads[0] is not one.roads[0] and others[0].lines[0].geometry is not one.lines[0].geometry


def test_progress_counts_scenarios_and_never_falls(inputs):
    seen, told = [], []
    made = crossed(BASE, (1000.0, 2000.0, 3000.0), postures=("observe", "verify"))
    compare(made, inputs, Progress(on_fraction=seen.append, on_text=told.append))
    assert told == [f"Scenario {k} of 6: {one.name}" for k, one in enumerate(made, start=1)]
    assert seen == sorted(seen) and seen[-1] == 1.0


def test_the_shipped_scenarios_have_sources_and_depths_of_each_side(repo_root):
    content = json.loads((repo_root / "resources" / "presets" / "scenarios.json").read_text(encoding="utf-8"))
    found = scenarios_of(content, PlanSpec())
    assert not any(scenario.refused for scenario in found)
    depths = {scenario.name.split(",")[0]: (scenario.spec.depth_a_m, scenario.spec.depth_b_m) for scenario in found}
    assert depths["UNIKOM"] == (10_000, 5_000) and depths["Korea"] == (2000, 2000) and len(found) == 14
    for scenario in found:
        source = dict(scenario.source)
        assert source["title"] and source["address"].startswith("https://")
        assert source["confidence"] in ("verified", "verified-secondary", "derived", "mixed")
        total = sum((scenario.spec.depth_a_m, scenario.spec.depth_b_m)) / 1000
        if "in all" in source["title"] and "to 15" not in source["title"]:  # a quoted total is no depth of one side
            assert f"{total:g} km in all" in source["title"]
        assert f"{scenario.spec.depth_a_m / 1000:g} + {scenario.spec.depth_b_m / 1000:g} km" in scenario.name
    assert scenarios_of(json.loads(json.dumps(scenarios_data(found))), PlanSpec()) == found
    with pytest.raises(PlanError, match="source"):
        scenarios_of([{"name": "a", "source": 3}], BASE)
    (one,) = scenarios_of([{"name": "a", "source": "A report"}], BASE)
    assert one.source == (("title", "A report"),)


def test_scenarios_go_along_the_line_they_name(inputs, inputs_of, at_km):
    other = inputs_of(at_km(np.array([[-40.0, 0], [40, 10]])))
    made = crossed(BASE, (4000.0,), variants=("", "proposed"))
    assert [one.name for one in made] == ["4 + 5 km", "4 + 5 km, proposed"]
    first, second = compare(made, inputs, Progress(), {"proposed": other})
    same(first, inputs)
    same(second, other)
    with pytest.raises(PlanError, match="'proposed' is not there"):
        compare(made, inputs, Progress())
