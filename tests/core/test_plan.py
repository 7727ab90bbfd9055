"""What is always true of a plan, and the helpers that check it for others."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer

from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.record import fingerprint
from buffer_zone_plugin.core.spec import POSTURES, PlanSpec
from buffer_zone_plugin.core.staffing.build_up import COMPONENTS
from buffer_zone_plugin.core.staffing.postures import central_values
from buffer_zone_plugin.core.testing import assert_sums, assert_tiling, assert_within_tolerance

GEOD = Geod(ellps="WGS84")
EVERY_POSTURE = {"depth_a_m": 10_000.0, "depth_b_m": 25_000.0, "sectors": 3}


def geometries(plan):
    """All geometries of a plan as bytes, and all its numbers."""
    shapes = [plan.zone, *plan.sides, *plan.sectors, *plan.boundaries, *plan.line, *plan.posts]
    numbers = [
        value for item in shapes for value in dataclasses.astuple(item) if isinstance(value, (int, float, str, tuple))
    ]
    persons = [plan.staffing.low.tolist(), plan.staffing.central.tolist(), plan.staffing.high.tolist()]
    return [shapely.to_wkb(item.geometry) for item in shapes], numbers, persons


def record(plan):
    return dict(plan.record)


# ------------------------------------------------------------------------------------------------ always true

@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("sample", {}),
        ("zigzag", {"split": "equal_area", "depth_a_m": 8_000.0, "depth_b_m": 30_000.0, "caps": "flat", "sectors": 5}),
        ("salient", {"split": "none", "depth_b_m": 0.0, "posture": "interpose"}),
    ],
)
def test_what_is_always_true_of_a_plan(name, values, sample, shape, features, plan_of):
    lonlat = sample if name == "sample" else shape(name)
    plan = plan_of(lonlat, **values)
    assert_sums(plan)
    assert_within_tolerance(plan, features(lonlat))
    assert_tiling([sector.geometry for sector in plan.sectors], plan.zone.geometry)
    assert_tiling([side.geometry for side in plan.sides], plan.zone.geometry)
    assert plan.zone.error_rms_m <= plan.zone.error_max_m <= plan.spec.tolerance_m
    assert len(plan.sectors) == len(plan.spec.sector_shares)
    assert plan.notes == ()


@pytest.mark.parametrize("name", ["ring", "loop"])
def test_what_is_always_true_of_odd_lines(name, shape, features, plan_of):
    lonlat = shape(name)
    plan = plan_of(lonlat, sectors=4, split="equal_area", depth_a_m=12_000.0, depth_b_m=12_000.0)
    assert_sums(plan)
    assert_within_tolerance(plan, features(lonlat))
    assert_tiling([sector.geometry for sector in plan.sectors], plan.zone.geometry)
    assert_tiling([side.geometry for side in plan.sides], plan.zone.geometry)


def test_every_polygon_is_a_valid_multipolygon_in_degrees(sample_plan):
    for item in (sample_plan.zone, *sample_plan.sides, *sample_plan.sectors):
        assert item.geometry.geom_type == "MultiPolygon"
        assert shapely.is_valid(item.geometry)
        west, south, east, north = item.geometry.bounds
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


def test_the_sample_has_the_figures_of_a_line_850_km_long(sample_plan):
    zone = sample_plan.zone
    assert zone.line_m == pytest.approx(852_900, abs=400)
    assert zone.area_m2 / 1e6 == pytest.approx(34_790, rel=2e-3)
    assert zone.area_m2 < zone.line_m * 40_000 + math.pi * 20_000**2  # never length times depth
    assert zone.perimeter_m > 2 * 600_000


def test_the_same_question_has_the_same_answer_to_the_last_byte(shape, inputs_of):
    spec = PlanSpec(sectors=3, split="equal_area", posture="verify_both_edges")
    first, second = (make_plan(spec, inputs_of(shape("zigzag")), Progress()) for _ in range(2))
    assert geometries(first) == geometries(second)
    assert first.record == second.record


def test_a_reversed_line_gives_the_same_zone_with_the_sides_exchanged(sample, plan_of):
    there, back = plan_of(sample), plan_of(sample[::-1])
    assert shapely.to_wkb(there.zone.geometry) == shapely.to_wkb(back.zone.geometry)
    assert [s.area_a_m2 for s in there.sectors] == [s.area_b_m2 for s in back.sectors]
    assert [shapely.to_wkb(s.geometry) for s in there.sectors] == [shapely.to_wkb(s.geometry) for s in back.sectors]
    assert shapely.to_wkb(there.sides[0].geometry) == shapely.to_wkb(back.sides[1].geometry)
    assert shapely.to_wkb(there.sides[1].geometry) == shapely.to_wkb(back.sides[0].geometry)
    assert there.staffing.total == back.staffing.total


def test_shuffled_parts_give_the_same_zone(sample, plan_of):
    whole = plan_of(sample)
    parts = [sample[a : b + 1] for a, b in ((40, 70), (0, 15), (70, len(sample) - 1), (15, 40))]
    parts[1] = parts[1][::-1]
    shuffled = plan_of(parts)
    assert shapely.to_wkb(shuffled.zone.geometry) == shapely.to_wkb(whole.zone.geometry)
    assert geometries(shuffled) == geometries(whole)


@pytest.mark.parametrize("code", [3857, 32637])
def test_reprojected_vertices_give_the_same_areas(code, sample, plan_of):
    there = Transformer.from_crs(4326, code, always_xy=True)
    x, y = there.transform(*sample.T)
    back = np.column_stack(there.transform(x, y, direction="INVERSE"))
    plan, whole = plan_of(back, split="none"), plan_of(sample, split="none")
    assert plan.zone.area_m2 == pytest.approx(whole.zone.area_m2, rel=1e-5)
    assert plan.zone.area_a_m2 == pytest.approx(whole.zone.area_a_m2, rel=1e-5)
    assert plan.zone.area_b_m2 == pytest.approx(whole.zone.area_b_m2, rel=1e-5)
    assert plan.zone.line_m == pytest.approx(whole.zone.line_m, rel=1e-5)


def test_flat_caps_make_a_smaller_zone(sample, plan_of):
    round_, flat = plan_of(sample, split="none"), plan_of(sample, caps="flat", split="none")
    assert flat.zone.area_m2 < round_.zone.area_m2
    assert round_.zone.geometry.contains(shapely.buffer(flat.zone.geometry, -1e-6))
    two_half_discs = math.pi * 20_000**2
    assert round_.zone.area_m2 - flat.zone.area_m2 == pytest.approx(two_half_discs, rel=0.02)
    assert round_.zone.line_m == flat.zone.line_m


def test_the_contact_line_comes_back_whole(sample, sample_plan):
    (part,) = sample_plan.line
    xy = shapely.get_coordinates(part.geometry)
    assert (part.part, part.chain) == (1, 1)
    assert {tuple(vertex) for vertex in sample} <= {tuple(vertex) for vertex in xy}
    lengths = GEOD.inv(*xy[:-1].T, *xy[1:].T)[2]
    assert lengths.max() <= 2_000.1
    assert lengths.sum() == pytest.approx(part.line_m, abs=1e-4)


# ------------------------------------------------------------------------------------------------ posts and persons

@pytest.mark.parametrize("posture", POSTURES)
def test_posts_stand_where_they_should(posture, shape, plan_of, inputs_of, true_distance):
    lonlat = shape("zigzag")
    plan, inputs = plan_of(lonlat, posture=posture, **EVERY_POSTURE), inputs_of(lonlat)
    values = central_values(inputs.postures[posture], inputs.catalogue)
    count = math.ceil(values["n_lines"] * plan.zone.line_m / 1000 / values["op_spacing"])
    assert [post.post_id for post in plan.posts] == list(range(1, count + 1))
    lines = {"contact"} if values["n_lines"] == 1 else {"edge_a", "edge_b"}
    assert {post.line for post in plan.posts} == lines
    depth = {"contact": 0.0, "edge_a": plan.spec.depth_a_m, "edge_b": plan.spec.depth_b_m}
    away = true_distance([lonlat], [(post.geometry.x, post.geometry.y) for post in plan.posts])
    assert np.abs(away - [depth[post.line] for post in plan.posts]).max() <= 1.5
    for post in plan.posts:
        assert plan.sectors[post.sector_id - 1].geometry.distance(post.geometry) < 1e-6
        assert -1e-6 <= post.chainage_m <= plan.zone.line_m + 1e-6


@pytest.mark.parametrize("empty", ["a", "b"])
def test_a_side_without_depth_is_watched_on_the_contact_line(empty, shape, plan_of, true_distance):
    lonlat = shape("zigzag")
    plan = plan_of(lonlat, posture="verify_both_edges", sectors=1, **{f"depth_{empty}_m": 0.0})
    other = "edge_b" if empty == "a" else "edge_a"
    assert {post.line for post in plan.posts} == {"contact", other}
    on_line = [(post.geometry.x, post.geometry.y) for post in plan.posts if post.line == "contact"]
    assert true_distance([lonlat], on_line).max() <= 1.0


def test_posts_on_the_line_are_evenly_spaced_and_numbered_along_it(sample_plan):
    chainage = np.array([post.chainage_m for post in sample_plan.posts])
    assert (np.diff(chainage) > 0).all()
    spacing = sample_plan.zone.line_m / len(chainage)
    assert chainage == pytest.approx((np.arange(len(chainage)) + 0.5) * spacing, abs=1.0)
    assert [post.sector_id for post in sample_plan.posts] == sorted(post.sector_id for post in sample_plan.posts)


def test_persons_are_whole_and_in_order(sample_plan):
    staffing = sample_plan.staffing
    assert staffing.central.shape == (8, len(COMPONENTS))
    assert staffing.total.low < staffing.total.central < staffing.total.high
    assert (staffing.patrols_day > 0).all()
    sectors = [staffing.sector(n) for n in range(8)]
    assert sum(s.central for s in sectors) == staffing.total.central
    assert min(s.low for s in sectors) > 0


def test_postures_ask_for_different_forces(shape, plan_of):
    plans = {posture: plan_of(shape("zigzag"), posture=posture, **EVERY_POSTURE) for posture in POSTURES}
    totals = {posture: plan.staffing.total for posture, plan in plans.items()}
    assert len({total.central for total in totals.values()}) == len(POSTURES)
    assert totals["observe"].central < totals["interpose"].central


# ------------------------------------------------------------------------------------------------ record

def test_the_record_says_what_the_plan_was_made_from(shape, inputs_of):
    spec = PlanSpec(split="none", name_a="Nord", name_b="Süd")
    lines = inputs_of(shape("zigzag")).lines
    plan = make_plan(spec, inputs_of(shape("zigzag"), context=(("source", "a test"),)), Progress())
    keys = [key for key, _ in plan.record]
    assert len(keys) == len(set(keys))
    assert all(isinstance(value, str) for _, value in plan.record)
    found = record(plan)
    assert PlanSpec.from_json(found["parameters"]) == spec
    assert found["source"] == "a test"
    assert found["input_features"] == "1"
    assert found["input_vertices"] == "7"
    assert found["input_sha256"] == hashlib.sha256(shapely.to_wkb(lines[0].geometry)).hexdigest()
    assert {"python", "numpy", "shapely", "geos", "pyproj", "proj"} <= set(json.loads(found["versions"]))
    assert float(found["area_km2"]) == pytest.approx(plan.zone.area_m2 / 1e6, abs=1e-6)
    assert float(found["line_km"]) == pytest.approx(plan.zone.line_m / 1e3, abs=1e-6)
    assert float(found["error_max_m"]) == pytest.approx(plan.zone.error_max_m, abs=1e-3)
    total = plan.staffing.total
    assert re.findall(r"\d+", found["staff"]) == [str(total.low), str(total.central), str(total.high)]
    assert found["status"] == "Planning estimate, without prejudice to status."


def test_another_line_has_another_fingerprint(sample, features):
    moved = sample.copy()
    moved[3, 0] += 1e-9
    assert fingerprint(features(sample)) == fingerprint(features(sample.copy()))
    assert fingerprint(features(sample)) != fingerprint(features(moved))
    assert fingerprint(features(sample)) != fingerprint(features(sample[::-1]))


def test_what_was_mended_is_in_the_notes_and_in_the_record(shape, inputs_of):
    inputs = inputs_of(shape("straight"))
    lines = (InputFeature(9, None), *inputs.lines, *inputs.lines)
    plan = make_plan(PlanSpec(split="none"), dataclasses.replace(inputs, lines=lines), Progress())
    assert "1 feature without geometry was left out: feature 9" in plan.notes
    assert "1 part that was there twice was left out" in plan.notes
    assert record(plan)["notes"] == "; ".join(plan.notes)
    assert record(plan)["input_features"] == "3"


# ------------------------------------------------------------------------------------------------ progress and cancel

def test_progress_runs_from_nothing_to_everything(shape, inputs_of):
    fractions, texts = [], []
    make_plan(PlanSpec(sectors=3), inputs_of(shape("zigzag")), Progress(fractions.append, texts.append))
    assert fractions[0] == 0
    assert fractions[-1] == 1
    assert fractions == sorted(fractions)
    assert max(np.diff(fractions)) < 0.35
    assert len(texts) >= 5
    assert all(text[0].isupper() and not text.endswith(".") for text in texts)


class Asked:
    """Counts how often a run asks whether it is cancelled, and says yes from some time on."""

    def __init__(self, stop_at=math.inf):
        self.times, self.stop_at = 0, stop_at

    def __call__(self):
        self.times += 1
        return self.times >= self.stop_at


def test_cancel_stops_at_the_next_question(shape, inputs_of):
    spec, inputs = PlanSpec(sectors=3, split="equal_area"), inputs_of(shape("straight"))
    whole = Asked()
    make_plan(spec, inputs, Progress(is_cancelled=whole))
    every = whole.times
    assert every > 12
    for stop_at in (1, 2, every // 2, every):
        asked = Asked(stop_at)
        with pytest.raises(PlanCancelledError):
            make_plan(spec, inputs, Progress(is_cancelled=asked))
        assert asked.times == stop_at


# ----------------------------------------------------------------------------------------------- what cannot be planned

@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "no features"),
        ((InputFeature(1, shapely.LineString()),), "empty geometry"),
        ((InputFeature(1, shapely.box(37, 48, 38, 49)),), "holds a Polygon"),
        ((InputFeature(1, shapely.LineString([(37, 48), (37, np.nan)])),), "no place on the Earth"),
        ((InputFeature(1, shapely.LineString([(37, 48), (38, 95)])),), "no place on the Earth"),
        ((InputFeature(1, shapely.LineString([(37, 48), (37, 48)])),), "no length"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_a_sentence(lines, words, sample, inputs_of):
    with pytest.raises(PlanError, match=words) as caught:
        make_plan(PlanSpec(), dataclasses.replace(inputs_of(sample), lines=lines), Progress())
    assert caught.value.hint.endswith(".")


# ----------------------------------------------------------------------------------------------- the helpers themselves

def changed(plan, **values):
    """A plan with other values for a part, named as part__field."""
    for name, value in values.items():
        part, field = name.split("__")
        plan = dataclasses.replace(plan, **{part: dataclasses.replace(getattr(plan, part), **{field: value})})
    return plan


def test_a_tiling_with_a_gap_an_overlap_or_a_vertex_too_many_is_told():
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    whole = shapely.coverage_union_all([left, right])
    assert_tiling([left, right], whole)
    assert_tiling([shapely.reverse(left), right], shapely.reverse(whole))
    assert_tiling([], shapely.MultiPolygon())
    for wrong in (
        [left], [left, right, right], [left, shapely.box(0.9, 0, 2, 1)], [left, shapely.box(1.1, 0, 2, 1)],
        [left, shapely.segmentize(right, 0.5)],
    ):
        with pytest.raises(AssertionError, match=r"do not tile the whole: \d+ edges differ"):
            assert_tiling(wrong, whole)
    with pytest.raises(AssertionError, match="polygon 2 is not valid"):
        assert_tiling([left, shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])], whole)


def test_a_tiling_knows_holes():
    ring = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior, [shapely.box(3, 3, 6, 6).exterior])
    core = shapely.box(3, 3, 6, 6)
    assert_tiling([ring, core], shapely.box(0, 0, 9, 9))
    with pytest.raises(AssertionError, match="edges differ"):
        assert_tiling([ring], shapely.box(0, 0, 9, 9))
    with pytest.raises(AssertionError, match="edges differ"):
        assert_tiling([shapely.box(0, 0, 9, 9), core], shapely.box(0, 0, 9, 9))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"zone__area_a_m2": 1.0}, "area A . area B . strip of the zone"),
        ({"zone__line_m": 1.0}, "line_m of the sectors"),
        ({"zone__geometry": shapely.MultiPolygon([shapely.box(37, 48, 38, 49)])}, "geometry of the zone"),
    ],
)
def test_a_sum_that_is_wrong_is_told(values, words, sample_plan):
    assert_sums(sample_plan)
    with pytest.raises(AssertionError, match=words):
        assert_sums(changed(sample_plan, **values))


def test_persons_that_do_not_add_up_are_told(sample_plan):
    staffing = sample_plan.staffing
    for values, words in (
        ({"low": staffing.high + 1}, "low <= central <= high"),
        ({"low": staffing.low - 10**6}, "are negative"),
        ({"central": staffing.central + 0.5}, "are not integers"),
        ({"high": staffing.high[:-1]}, "7 rows of persons for 8 sectors"),
    ):
        broken = dataclasses.replace(sample_plan, staffing=dataclasses.replace(staffing, **values))
        with pytest.raises(AssertionError, match=words):
            assert_sums(broken)


def test_an_outline_that_is_off_is_told(sample, sample_plan, features):
    with pytest.raises(AssertionError, match=r"misses its tolerance of 1 m: it is .* m off at 3\d\."):
        assert_within_tolerance(sample_plan, features(sample + np.array([2e-4, 0.0])))
    boastful = changed(sample_plan, zone__error_max_m=0.2)
    with pytest.raises(AssertionError, match=r"the plan admits an error of 0\.200 m"):
        assert_within_tolerance(boastful, features(sample))
