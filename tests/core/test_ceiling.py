"""Which plans keep to a ceiling: against plans made one by one, and against every depth in between."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.ceiling import ALL, NONE, PART, STEP_M, fit_ceiling
from buffer_zone_plugin.core.ceiling_question import (
    ENDS,
    SIDES,
    Question,
    plan_of_depth,
)
from buffer_zone_plugin.core.ceiling_words import ceiling_words, failures_told
from buffer_zone_plugin.core.contributors import contributors_from_text, pledged
from buffer_zone_plugin.core.dominance import dominated
from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.core.given_ground import GivenGround
from buffer_zone_plugin.core.mannings import SENSORS, SPACING, Extent, mannings
from buffer_zone_plugin.core.number_lists import depths_from_text, numbers_from_text
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.scenarios import compare, crossed
from buffer_zone_plugin.core.spec import POSTURES, PlanSpec
from buffer_zone_plugin.core.staffing.parameters import read_catalogue
from buffer_zone_plugin.core.staffing.postures import read_postures

BASE = PlanSpec(depth_a_m=8000.0, depth_b_m=4000.0, sectors=3, tolerance_m=20.0)
SHORT = [[-40.0, 0], [-10, 8], [10, -5], [40, 3]]
DEPTHS = (2000.0, 3000.0, 6000.0)
TASKS_KM = [[-30, 1.5], [-20, -4.0], [0, 3.5], [0, 2.6], [15, -5.0], [25, 7.0]]


@pytest.fixture(scope="module")
def inputs(inputs_of, at_km):
    """A short line with crossings and roads beside it, so that persons grow in steps, too."""
    roads = tuple(shapely.LineString(at_km([[x, -12.0], [x + 3, 12.0]])) for x in (-25.0, 5.0, 20.0))
    return replace(inputs_of(at_km(SHORT)), crossings=at_km(TASKS_KM), roads=roads)


@pytest.fixture(scope="module")
def plain_inputs(inputs_of, at_km):
    """The short line alone."""
    return inputs_of(at_km(SHORT))


@pytest.fixture(scope="module")
def shipped(repo_root):
    """The postures and the catalogue."""
    resources = repo_root / "resources"
    return read_postures(resources / "presets" / "postures.json"), read_catalogue(
        resources / "staffing" / "parameters.csv"
    )


def persons(plan, end):
    return getattr(plan.staffing.total, end) + getattr(plan.staffing.training, end)


def test_every_plan_is_the_one_that_its_spec_makes(inputs):
    """Whatever the split, persons of all postures, spacings and sensors are those of the plan made alone."""
    base = replace(BASE, split="equal_area", trainees=3000, bands_m=(1000.0, 4000.0), contributors="A=60, lead S2")
    postures = ("verify", "interpose")
    question = Question(900, (2000.0, 6000.0), "central", "proportion", postures, (3.0, 9.0), (0.0, 0.3))
    answer = fit_ceiling(question, base, inputs, Progress())
    assert len(answer.plans) == question.plan_count == 2 * 2 * 2 * 2
    for one in answer.plans[::3]:
        plan = make_plan(one.spec, inputs, Progress())
        assert one.need.force == plan.staffing.total and one.need.training == plan.staffing.training
        assert one.spare == 900 - persons(plan, "central") and one.fits == (one.spare >= 0)
        assert one.extent.area_km2 == pytest.approx(plan.zone.area_m2 / 1e6, rel=1e-7)
        kinds = [post.kind for post in plan.posts if post.kind != "crossing"]
        assert (one.need.posts, one.need.manned) == (len(kinds), kinds.count("op"))
        assert one.spec.bands_m == tuple(limit for limit in (1000.0, 4000.0) if limit < one.spec.depth_a_m)
        assert one.spec.depth_b_m == one.spec.depth_a_m / 2 and one.spec.contributors == base.contributors
    assert len({plan.spec.to_json() for plan in answer.plans}) == len(answer.plans)


@pytest.fixture(scope="module")
def by_depth(inputs):
    """Brute force: every fifth depth that the search may try, planned with its sectors."""
    grid = [float(depth) for depth in np.arange(DEPTHS[0], DEPTHS[-1] + 1, STEP_M * 5)]
    both = {depth: replace(BASE, depth_a_m=depth, depth_b_m=depth) for depth in grid}
    tried = ("verify", "interpose")
    made = {depth: compare(crossed(spec, postures=tried), inputs, Progress()) for depth, spec in both.items()}
    return {posture: {depth: made[depth][k].plan.staffing.total for depth in grid} for k, posture in enumerate(tried)}


@pytest.mark.parametrize("end", ENDS)
def test_the_largest_depth_is_that_of_every_depth_tried(inputs, by_depth, end):
    for posture, totals in by_depth.items():
        needed = {depth: getattr(total, end) for depth, total in totals.items()}
        numbers = list(needed.values())
        assert numbers == sorted(numbers), "persons grow with the depth"
        ceiling = numbers[len(numbers) // 2]
        answer = fit_ceiling(Question(ceiling, DEPTHS, end, postures=(posture,)), BASE, inputs, Progress())
        (one,) = answer.largest
        fits = [depth for depth, number in needed.items() if number <= ceiling]
        assert one.found == (ALL if len(fits) == len(needed) else PART)
        assert one.plan.fits and fits[-1] <= one.plan.depth_m < fits[-1] + STEP_M * 5
        assert persons(make_plan(one.plan.spec, inputs, Progress()), end) <= ceiling
        if one.found == PART:
            deeper = plan_of_depth(one.plan.spec, "both", one.plan.depth_m + STEP_M)
            assert persons(make_plan(deeper, inputs, Progress()), end) > ceiling
    assert one.found == PART, "the strictest posture at least has steps to find"


def test_a_shallow_zone_without_roads_may_take_more_than_a_deeper_one(inputs_of, at_km):
    """Patrols go by area where no road lies in the zone: what is told of the deepest agrees with the rows."""
    aside = replace(inputs_of(at_km(SHORT)), roads=(shapely.LineString(at_km([[8, 5.0], [12, 5.0]])),))
    question = Question(10**6, (4000.0, 10_000.0), postures=("interpose",))
    shallow, deep = (plan.need.force.central for plan in fit_ceiling(question, BASE, aside, Progress()).plans)
    assert shallow > deep, "the case that this test is for"
    answer = fit_ceiling(replace(question, persons=deep), BASE, aside, Progress())
    assert [plan.fits for plan in answer.plans] == [False, True]
    assert (answer.largest[0].found, answer.largest[0].plan.depth_m) == (PART, 10_000.0)


def test_ranges_that_fit_wholly_or_not_at_all_are_told(plain_inputs):
    least = fit_ceiling(Question(1, DEPTHS, postures=("observe",)), BASE, plain_inputs, Progress()).largest[0]
    assert (least.found, least.plan.depth_m, least.plan.fits, least.deepest.depth_m) == (NONE, 2000, False, 6000)
    assert least.closest_km is None and least.sensors_needed is None
    most = fit_ceiling(Question(10**6, DEPTHS, postures=("interpose",)), BASE, plain_inputs, Progress()).largest[0]
    assert (most.found, most.plan.depth_m, most.plan.fits, most.sensors_needed) == (ALL, 6000, True, 0)


def test_the_least_spacing_and_share_of_sensors_are_those_of_every_value_tried(plain_inputs):
    postures = ("observe", "verify", "interpose")
    answer = fit_ceiling(Question(700, (2000.0, 4000.0), postures=postures), BASE, plain_inputs, Progress())
    told = {one.plan.spec.posture: one for one in answer.largest}
    for name, step, own in ((SPACING, 0.1, "closest_km"), (SENSORS, 0.01, "sensors_needed")):
        for posture in ("verify", "interpose"):
            found = getattr(told[posture], own)
            deepest = told[posture].deepest

            def fits(value, name=name, deepest=deepest):
                spec = replace(deepest.spec, staffing={name: value})
                return make_plan(spec, plain_inputs, Progress()).staffing.total.central <= 700

            if found is None:
                assert not fits(1.0 if name == SENSORS else 1000.0)
            else:
                assert fits(found) and (found == 0 or not fits(round(found - step, 6)))
    assert told["verify"].closest_km is not None and told["observe"].sensors_needed == 0


def test_ends_training_and_pledges_are_counted(plain_inputs):
    base, question = replace(BASE, trainees=2000), Question(700, (4000.0,), postures=("observe", "verify"))
    plain = fit_ceiling(question, BASE, plain_inputs, Progress())
    trained = fit_ceiling(question, base, plain_inputs, Progress())
    pledges = fit_ceiling(replace(question, for_training=10_000), base, plain_inputs, Progress())
    for one, other, third in zip(plain.plans, trained.plans, pledges.plans):
        assert other.spare == one.spare - other.need.training.central < one.spare == third.spare
    for end in ENDS:
        of_end = fit_ceiling(replace(question, end=end), BASE, plain_inputs, Progress())
        assert sum(plan.fits for plan in of_end.plans) == of_end.fitting(end)
        assert [plan.spare for plan in of_end.plans] == [700 - getattr(p.need.force, end) for p in of_end.plans]


@pytest.mark.parametrize("sides", SIDES)
def test_sides_have_the_depth_that_was_asked(sides):
    spec = plan_of_depth(BASE, sides, 6000.0)
    assert (spec.depth_a_m, spec.depth_b_m) == {
        "both": (6000, 6000), "a": (6000, 0), "b": (0, 6000), "proportion": (6000, 3000),
    }[sides]


def test_own_staffing_is_kept_and_its_posture_takes_the_place_of_all(plain_inputs):
    question = Question(700, (4000.0,), spacings_km=(4.0,))
    single = replace(BASE, staffing={"patrol_crew": 3, "op_spacing": {"low": 12, "central": 9, "high": 5}})
    answer = fit_ceiling(question, single, plain_inputs, Progress())
    assert [plan.spec.posture for plan in answer.plans] == list(POSTURES)
    own = {"label": "Cameras", "values": {"op_spacing": 6, "n_lines": 2}, "ranges": {"op_spacing": [9, 5.5]}}
    alone = fit_ceiling(question, replace(BASE, staffing=own), plain_inputs, Progress())
    assert [plan.manning.label for plan in alone.plans] == ["Cameras"]
    for one in (*answer.plans, *alone.plans):
        assert one.manning.values[SPACING] == 4.0
        assert one.need.force == make_plan(one.spec, plain_inputs, Progress()).staffing.total
    with pytest.raises(PlanError, match=r"(?s)op_watch.*posture Interpose"):
        fit_ceiling(question, replace(BASE, staffing={"op_watch": {"low": 2, "high": 3}}), plain_inputs, Progress())


def test_a_depth_that_cannot_be_planned_is_told_and_the_others_stand(plain_inputs, at_km, monkeypatch):
    from buffer_zone_plugin.core import ceiling as module

    outcomes = module.outcomes

    def failing(scenarios, *others):
        for one in outcomes(scenarios, *others):
            deep = one.scenario.spec.depth_a_m > 4500
            yield replace(one, plan=None, reason="Too deep for this test.") if deep else one

    monkeypatch.setattr(module, "outcomes", failing)
    answer = fit_ceiling(Question(10**6, (3000.0, 5000.0), postures=("verify",)), BASE, plain_inputs, Progress())
    assert [plan.depth_m for plan in answer.plans] == [3000.0]
    every, *_ = (one for one in ceiling_words(answer, plain_inputs) if one.startswith("Verify"))
    assert "buy every depth that can be planned, the largest 3 + 3 km" in every
    assert "; every depth that can be planned still fits with a post every" in every
    assert failures_told(answer) == ("A depth of 5 km cannot be planned: Too deep for this test.",)
    with pytest.raises(PlanError, match=r"None of the depths.*Too deep"):
        fit_ceiling(Question(10, (5000.0,)), BASE, plain_inputs, Progress())
    clip = shapely.Polygon(at_km([[500, 500], [510, 500], [510, 510]]))
    outside = replace(plain_inputs, given=GivenGround(clip, None))
    with pytest.raises(PlanError, match="None of the depths"):
        fit_ceiling(Question(10, (3000.0,)), BASE, outside, Progress())


def test_two_forward_lines_may_have_no_depth(inputs_of, at_km):
    """The strip between them is the zone then."""
    pair = replace(inputs_of(at_km(SHORT)), lines_b=inputs_of(at_km([[x + 1, y - 6] for x, y in SHORT])).lines)
    base = replace(BASE, two_lines=True, split="none")
    answer = fit_ceiling(Question(500, (0.0, 2000.0), postures=("verify",)), base, pair, Progress())
    for one in answer.plans:
        plan = make_plan(one.spec, pair, Progress())
        assert one.need.force == plan.staffing.total and one.extent.area_km2 > 400
    assert answer.plans[0].extent.area_a_km2 == 0


def test_sentences_tell_ranges_first_and_what_the_ceiling_buys(plain_inputs):
    question = Question(450, (2000.0, 60_000.0), postures=("observe", "verify", "interpose"))
    told = ceiling_words(fit_ceiling(question, BASE, plain_inputs, Progress()), plain_inputs)
    assert told[0].startswith("450 persons are enough for ") and "of 6 plans at the low end" in told[0]
    assert "central estimate" in told[0] and "battalion" in told[1]
    every, part, none = told[2:5]
    assert every.startswith("Observe: 450 persons buy every depth, the largest 60 + 60 km (")
    assert part.startswith("Verify: 450 persons buy at most ") and "every depth fits with a post every" in part
    assert none.startswith("Interpose: 450 persons buy none of the depths; 2 + 2 km takes ")
    many = Question(450, (2000.0,), spacings_km=(2.0, 4.0), sensor_shares=(0.0, 0.5))
    more = ceiling_words(fit_ceiling(many, replace(BASE, trainees=100), plain_inputs, Progress()), plain_inputs)
    assert "training mission" in more[0] and more[3].startswith("Observe, a post every 2 km, 50 % of them sensors:")
    assert more[-2] == "4 more ways to man them are in the table of the largest plans"


def test_one_person_is_one_and_a_few_posts_on_a_line_are_no_way_to_fit(plain_inputs):
    alone = ceiling_words(fit_ceiling(Question(1, (2000.0,)), BASE, plain_inputs, Progress()), plain_inputs)
    assert alone[0].startswith("1 person is enough ") and "1 person is a battalion" in alone[1]
    assert "Interpose: 1 person buys none of the depths" in " ".join(alone) and "1 persons" not in " ".join(alone)
    answer = fit_ceiling(Question(160, (2000.0,), postures=("verify",)), BASE, plain_inputs, Progress())
    (largest,) = answer.largest
    for spacing_km, is_told in ((35.0, True), (35.1, False)):
        one = replace(answer, largest=(replace(largest, closest_km=spacing_km),))
        assert ("a post every" in " ".join(ceiling_words(one, plain_inputs))) == is_told


@pytest.mark.parametrize("share", [0.1, 0.6, 0.9])
def test_a_cancel_stops_the_search(plain_inputs, share):
    seen = [0.0]
    question = Question(450, (2000.0, 60_000.0), postures=("verify",))
    with pytest.raises(PlanCancelledError):
        fit_ceiling(question, BASE, plain_inputs, Progress(seen.append, is_cancelled=lambda: seen[-1] >= share))
    assert seen[-1] < 1


def test_progress_never_goes_back(plain_inputs):
    seen = []
    fit_ceiling(Question(450, (2000.0, 60_000.0)), BASE, plain_inputs, Progress(on_fraction=seen.append))
    assert seen == sorted(seen) and seen[-1] == 1.0


# --- the question --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5,10,20", (5, 10, 20)), ("20; 5;5", (5, 20)), ("5-40/10", (5, 15, 25, 35, 40)), ("", ()), (" 7.5 ", (7.5,)),
        ("0.1–0.5/0.1", (0.1, 0.2, 0.3, 0.4, 0.5)), ("5-5/1", (5,)), ("2, 5-15/5, .5", (0.5, 2, 5, 10, 15)),
    ],
)
def test_numbers_are_read(text, numbers):
    assert numbers_from_text(text, "depths") == numbers


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("5-40", "has no step"), ("40-5/5", "is reversed"), ("5-40/0", "too small"), ("5-500/0.01", "too small"),
        ("deep", "'deep' among the depths is no number"), ("-5", "no number"), ("5 10", "no number"),
        ("nan", "no number"), ("1e3", "no number"), ("5-10-15", "no number"),
    ],
)
def test_what_is_no_list_of_numbers_is_refused(text, sentence):
    with pytest.raises(PlanError, match=sentence):
        numbers_from_text(text, "depths")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"persons": 0}, "The ceiling is 0 persons"), ({"persons": -5}, "-5 persons"), ({"depths_m": ()}, "No depths"),
        ({"end": "middle"}, "'middle' is not known"), ({"sides": "c"}, "'c' is not known"),
        ({"postures": ("hold",)}, "'hold' is not known"), ({"depths_m": (5.0, 2.0)}, "do not ascend"),
        ({"depths_m": tuple(float(d) for d in range(1000, 1126))}, "504 plans were asked for"),
    ],
)
def test_impossible_questions_are_refused(values, sentence):
    with pytest.raises(PlanError, match=sentence):
        Question(**{"persons": 100, "depths_m": (1000.0,), **values})


@pytest.mark.parametrize(
    ("question", "base", "sentence"),
    [
        (Question(9, (900_000.0,)), BASE, "900 km"), (Question(9, (1.0,)), BASE, "is 1 m"),
        (Question(9, (1000.0,), spacings_km=(0.01,)), BASE, "spacing of posts of 0.01 km is asked for"),
        (Question(9, (1000.0,), sensor_shares=(25.0,)), BASE, "A share of 25 of posts without a crew is asked"),
        (Question(9, (1000.0,), sides="proportion"), replace(BASE, depth_a_m=0.0, depth_b_m=0.0, two_lines=True),
         "the base has none"),
    ],
)
def test_values_that_no_plan_can_have_are_refused(plain_inputs, question, base, sentence):
    with pytest.raises(PlanError, match=sentence):
        fit_ceiling(question, base, plain_inputs, Progress())


def test_depths_are_kilometres():
    assert depths_from_text("0.3-0.5/0.1") == (300.0, 400.0, 500.0)


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("France=3000 persons; Poland=500 persons, cap 400; Others=60", (3400, 0)),
        ("France=3000 persons; Norway=200 persons, role training", (3000, 200)),
        ("France=100 persons, role support; Sweden=10 persons", (110, 0)),
    ],
)
def test_fixed_numbers_are_pledges(text, persons):
    assert pledged(contributors_from_text(text)) == persons


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("France=30; Others=70", "no pledge"), ("France=50 persons, role training", "nobody for the zone force"),
        ("France=50 persons, cap 0", "nobody"), ("", "nobody"),
    ],
)
def test_contributors_without_pledges_are_refused(text, sentence):
    with pytest.raises(PlanError, match=sentence):
        pledged(contributors_from_text(text))


# --- properties ----------------------------------------------------------------------------------------------------

MERITS = st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=1, max_size=25)


@given(rows=MERITS)
@settings(max_examples=200)
def test_dominated_rows_are_those_of_all_pairs(rows):
    def beaten(row):
        return any(all(o >= r for o, r in zip(other, row)) and other != row for other in rows)

    assert dominated(rows) == [beaten(row) for row in rows]
    assert not all(dominated(rows))


@given(
    line=st.floats(1, 2000), area=st.floats(1, 1e5), more=st.floats(1, 3), crossings=st.integers(0, 40),
    others=st.integers(0, 10), road=st.none() | st.floats(0, 5000), spacing=st.floats(0.5, 30),
    shares=st.sampled_from([(), (0.4,)]),
)
@settings(max_examples=25)
def test_more_ground_never_takes_fewer_persons(shipped, line, area, more, crossings, others, road, spacing, shares):
    """What the search stands on: every end of the range grows with area, crossings and roads."""
    small = Extent(shapely.MultiPolygon(), line, area, area, 0.0, crossings, road, None)
    large = replace(
        small, area_km2=area * more, crossings=crossings + others, road_km=None if road is None else road * more,
    )
    question = Question(1, (1000.0,), spacings_km=(spacing,), sensor_shares=shares)
    for manning in mannings(question, PlanSpec(), *shipped):
        few, many = manning.need(small, 0), manning.need(large, 0)
        assert all(one <= other for one, other in zip(few.force.ends, many.force.ends))
        assert few.posts == many.posts
        closer = manning.with_value(SPACING, spacing / 1.5).need(small, 0)
        assert few.force.central <= closer.force.central and few.posts <= closer.posts


def test_dominated_plans_cost_more_for_no_more(inputs):
    """On real plans, against all pairs."""
    lists = {"spacings_km": (4.0, 4.0001), "sensor_shares": (0.0, 0.4), "postures": ("verify", "interpose")}
    question = Question(900, (2000.0, 2001.0, 6000.0), **lists)
    plans = fit_ceiling(question, BASE, inputs, Progress()).plans

    def merits(plan):
        return -plan.need.force.central, plan.extent.area_km2, POSTURES.index(plan.spec.posture)

    for plan in plans:
        better = [
            other for other in plans
            if all(o >= p for o, p in zip(merits(other), merits(plan))) and merits(other) != merits(plan)
        ]
        assert plan.dominated == bool(better)
        assert all(other.fits or not plan.fits for other in better)
    assert 0 < sum(plan.dominated for plan in plans) < len(plans)
