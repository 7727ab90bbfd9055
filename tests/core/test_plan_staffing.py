"""Staffing inside a plan: crossings, roads, own parameters, contributors, and what the plan says of its persons."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.sites import crossings_of, road_pieces, roads_of
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.staffing.build_up import COMPONENTS
from buffer_zone_plugin.core.testing import assert_sums

NORTH = np.array([0.0, 0.05])
FAR_AWAY = np.array([[2.0, 48.0], [-143.0, -48.3]])  # in no zone here; the second opposite of it on the Earth


@pytest.fixture(scope="module")
def staffed(inputs_of, sample):
    """A function from a plan's inputs and the spec's values to a plan of the sample line."""
    def plan(crossings=None, roads=None, past=(), **values):
        inputs = replace(inputs_of(sample), crossings=crossings, roads=roads, past=past)
        return make_plan(PlanSpec(**values), inputs, Progress())

    return plan


@pytest.fixture(scope="module")
def on_line(sample):
    """Twelve crossings on the sample line, and two far away."""
    return np.concatenate([sample[np.linspace(40, len(sample) - 40, 12).astype(int)], FAR_AWAY])


def column(plan, name):
    return plan.staffing.central[:, COMPONENTS.index(name)]


def test_crossings_are_counted_where_they_stand(staffed, on_line):
    plan = staffed(on_line, sectors=6)
    posts = [post for post in plan.posts if post.kind == "crossing"]
    assert len(posts) == 12
    assert {(post.watch, post.strength, post.line) for post in posts} == {(6, 24.0, "contact")}
    counts = np.bincount([post.sector_id - 1 for post in posts], minlength=6)
    assert counts.tolist() == plan.sector_inputs.crossings.tolist()
    assert np.array_equal(np.round(column(plan, "crossings") / 24), counts)
    for post in posts:
        assert plan.sectors[post.sector_id - 1].geometry.distance(post.geometry) < 1e-9
        assert np.hypot(*(on_line[:12] - [post.geometry.x, post.geometry.y]).T).min() == 0
    assert plan.warnings == ("2 crossings of 14 lie outside the zone and take no staff",)
    assert [post.post_id for post in plan.posts] == list(range(1, len(plan.posts) + 1))
    assert_sums(plan)


def test_crossings_add_what_the_formula_says(staffed, on_line):
    without, plan = staffed(sectors=6), staffed(on_line, sectors=6)
    added = 12 * 6 * 4 * 1.15 / 0.82 / 0.70
    assert plan.staffing.total.central - without.staffing.total.central == pytest.approx(added, abs=1)
    assert without.staffing.central[:, COMPONENTS.index("crossings")].sum() == 0
    assert (plan.crossings_given, without.crossings_given) == (True, False)


def test_equal_staffing_knows_of_crossings(staffed, sample):
    near_the_end = sample[-60:-20:2]
    def spread(split):
        plan = staffed(near_the_end, sectors=4, split=split)
        return np.ptp(plan.staffing.central.sum(axis=1)) / plan.staffing.total.central

    assert spread("equal_staffing") < 0.05 < spread("equal_length")


def test_subsectors_count_their_crossings(staffed, on_line):
    plan = staffed(on_line, sectors=3, subsectors=3)
    with_crossing = np.zeros(9, dtype=bool)
    for post in plan.posts:
        if post.kind == "crossing":
            with_crossing |= [part.geometry.intersects(post.geometry) for part in plan.subsectors]
    per_post = [part.staff.central / max(part.posts, 1) for part in plan.subsectors]
    assert np.mean(np.array(per_post)[with_crossing]) > np.mean(np.array(per_post)[~with_crossing])
    assert_sums(plan)


def test_roads_take_the_place_of_the_area(staffed, sample):
    roads = (shapely.LineString(sample + NORTH), shapely.LineString([[2.0, 48.0], [3.0, 48.0]]))
    plan, by_area = staffed(roads=roads, sectors=5), staffed(sectors=5)
    inputs = plan.sector_inputs
    assert inputs.road_km.sum() == pytest.approx(inputs.line_km.sum(), rel=0.02)
    patrols = (2 * inputs.line_km + inputs.road_km / 7) / 80
    assert plan.staffing.patrols_day == pytest.approx(patrols)
    assert plan.staffing.total.central < by_area.staffing.total.central
    assert plan.warnings[0].startswith("The roads in the zone are 8") and "see little of it" in plan.warnings[0]
    twice = staffed(roads=(*roads, roads[0].reverse()), sectors=5)
    assert twice.sector_inputs.road_km == pytest.approx(inputs.road_km, rel=1e-9)
    assert by_area.sector_inputs.road_km is None
    assert_sums(plan)


def test_roads_outside_the_zone_are_told_and_change_nothing(staffed):
    plan = staffed(roads=(shapely.LineString([[2.0, 48.0], [3.0, 48.0]]),), sectors=5)
    assert plan.warnings[0].startswith("No road of the layer lies in the zone")
    assert plan.staffing.total == staffed(sectors=5).staffing.total


def test_a_road_without_length_is_none(staffed):
    nothing = shapely.LineString([[35.0, 48.0], [35.0, 48.0]])
    assert staffed(roads=(nothing,), sectors=5).staffing.total == staffed(sectors=5).staffing.total


def test_very_many_pieces_of_road_are_joined_and_keep_their_length(sample_plan, monkeypatch):
    from buffer_zone_plugin.core import sites
    from buffer_zone_plugin.core.geodesy import LocalPlane

    rim = shapely.get_coordinates(sample_plan.zone.geometry)
    plane = LocalPlane(rim)
    ground = shapely.transform(sample_plan.zone.geometry, plane.forward)
    roads = [shapely.LineString([[31 + k / 20, 46.2], [31 + k / 20, 50.4]]) for k in range(140)]
    middle, length = road_pieces(roads, ground, plane)
    monkeypatch.setattr(sites, "MOST_SPOTS", 1000)
    few, joined = road_pieces(roads, ground, plane)
    assert len(few) < 2500 < len(middle)
    assert joined.sum() == pytest.approx(length.sum(), rel=1e-12)


def test_the_km_of_a_road_are_those_inside(sample_plan):
    (lon, lat) = sample_plan.zone.geometry.representative_point().coords[0]
    from buffer_zone_plugin.core.geodesy import LocalPlane, path_length

    plane = LocalPlane(np.array([[lon, lat]]))
    road = np.array([[lon - 0.5, lat], [lon + 0.5, lat]])
    square = shapely.transform(shapely.box(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1), plane.forward)
    middle, length = road_pieces((shapely.LineString(road),), square, plane)
    inside = path_length(np.array([[lon - 0.1, lat], [lon + 0.1, lat]]))
    assert length.sum() == pytest.approx(inside, abs=200)
    assert len(middle) == len(length)


def test_own_parameters_and_postures_are_used_and_told(staffed):
    plan = staffed(staffing={"op_spacing": 16})
    assert sum(post.kind == "op" for post in plan.posts) == np.ceil(plan.zone.line_m / 16_000)
    record = dict(plan.record)
    assert record["posture"] == "verify (changed: op_spacing)"
    assert json.loads(record["staffing_parameters"])["op_spacing"][:4] == [35, 16, 5, "km of line per post"]
    assert PlanSpec.from_json(record["parameters"]) == plan.spec
    mine = staffed(staffing={"label": "Mine", "values": {"n_lines": 2, "op_spacing": 8}})
    assert dict(mine.record)["posture"] == "Mine"
    assert {post.line for post in mine.posts} == {"edge_a", "edge_b"}
    with pytest.raises(PlanError, match="spacing"):
        staffed(staffing={"spacing": 8})


def test_training_stands_beside_the_zone_force(staffed):
    plan, without = staffed(trainees=20_000), staffed()
    assert plan.staffing.training.central == 962
    assert plan.staffing.total == without.staffing.total
    assert plan.staffing.pool.central == 4 * (plan.staffing.total.central + 962)
    with pytest.raises(PlanError, match="trainees"):
        PlanSpec(trainees=-1)


def test_contributors_add_up_to_the_plan(staffed):
    plan = staffed(
        sectors=5, trainees=20_000,
        contributors="France=30; United Kingdom=30; Others=20, cap 100; Poland=20, role training",
    )
    sent = plan.contributions
    assert sent.contributors == ("France", "United Kingdom", "Others", "Poland", "unassigned", "unassigned")
    assert sent.zone.sum(axis=0).tolist() == [plan.staffing.sector(k).central for k in range(5)]
    assert sent.training.sum() == plan.staffing.training.central == 962
    assert sent.zone[2].sum() == 100
    assert any("unassigned" in note for note in plan.notes)
    supported = staffed(sectors=5, contributors="France=100; Norway=50, role support").contributions
    support = staffed(sectors=5).staffing.central[:, COMPONENTS.index("support")]
    rows = [role == "support" for role in supported.roles]
    assert supported.zone[rows].sum(axis=0).tolist() == support.tolist()


def test_without_contributors_nobody_is_named(staffed):
    assert staffed().contributions.contributors == ()


def test_the_sentences_have_two_figures_and_their_range_first(staffed, repo_root):
    from buffer_zone_plugin.core.staffing.twins import read_zones

    plan = staffed(trainees=20_000, past=read_zones(repo_root / "resources" / "staffing" / "historical_zones.csv"))
    force, moved, training, pool, twin = plan.staffing_told
    assert force == "Zone force under the posture Verify: 2,300 to 8,300 persons, centrally 3,500"
    assert moved.startswith("What moves the total most, one at a time: op_spacing (2,100 to ")
    assert training == "Training mission, beside the zone force: 640 to 1,300 persons, centrally 960"
    assert pool.startswith("Held in national pools so that they can be relieved, 4 for each deployed: ")
    assert "nearest past mission: UNMEE" in twin
    assert dict(plan.record)["past_mission"] == twin


def test_layers_of_crossings_and_roads_are_read_with_care():
    points = [shapely.Point(1, 2), shapely.Point(1, 2), shapely.MultiPoint([[3, 4], [5, 6]]), None]
    found, notes = crossings_of([InputFeature(k, shape) for k, shape in enumerate(points)])
    assert found.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert len(notes) == 2
    for nothing in ([], [InputFeature(1, None)]):
        with pytest.raises(PlanError, match="crossings has no points"):
            crossings_of(nothing)
        with pytest.raises(PlanError, match="roads has no lines"):
            roads_of(nothing)
    with pytest.raises(PlanError, match="crossings holds a LineString"):
        crossings_of([InputFeature(1, shapely.LineString([[0, 0], [1, 1]]))])
    with pytest.raises(PlanError, match="roads holds a Point"):
        roads_of([InputFeature(1, shapely.Point(0, 0))])
    two = InputFeature(1, shapely.MultiLineString([[[0, 0], [1, 1]], [[2, 2], [3, 3]]]))
    roads, notes = roads_of([two, InputFeature(2, None)])
    assert len(roads) == 2 and notes == ("The layer of roads: 1 feature without a line left out",)
