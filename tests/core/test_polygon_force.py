"""Staffing of polygons that are there: the same figures as a plan's, whatever tells the length of line."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.polygon_force import PolygonInputs, staff_polygons
from buffer_zone_plugin.core.population import Population
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec

SQUARES = (shapely.box(30, 50, 31, 50.2), shapely.box(31, 50, 32, 50.2))


@pytest.fixture(scope="module")
def of(inputs_of, sample):
    """A function from shapes and other inputs to the inputs of an estimate."""
    plan_inputs = inputs_of(sample)

    def inputs(shapes, **values):
        features = tuple(InputFeature(k, shape) for k, shape in enumerate(shapes, start=1))
        names = tuple(f"P{k}" for k in range(1, len(shapes) + 1))
        numbers = tuple(range(1, len(shapes) + 1))
        return PolygonInputs(features, names, numbers, plan_inputs.catalogue, plan_inputs.postures, **values)

    return inputs


def estimate(inputs, **values):
    return staff_polygons(PlanSpec(**values), inputs, Progress())


def as_line(*coordinates):
    return (InputFeature(1, shapely.LineString(coordinates)),)


def test_the_sectors_of_a_plan_take_what_the_plan_said(of, plan_of, sample):
    plan = plan_of(sample, sectors=6, posture="verify")
    inputs = of([sector.geometry for sector in plan.sectors], line_features=as_line(*sample))
    force = estimate(inputs, posture="verify")
    assert force.staffing.total == plan.staffing.total
    assert force.sector_inputs.area_km2 == pytest.approx([s.area_m2 / 1e6 for s in plan.sectors], rel=1e-9)
    assert force.sector_inputs.line_km == pytest.approx([s.line_m / 1e3 for s in plan.sectors], abs=0.05)
    assert force.sector_inputs.posts.sum() == sum(post.kind == "op" for post in plan.posts)
    assert np.abs(force.staffing.central.sum(axis=1) - plan.staffing.central.sum(axis=1)).max() < 40  # a post or two


def test_a_field_tells_the_length(of):
    force = estimate(of(SQUARES, lengths_km=(120, "80.5")))
    assert force.sector_inputs.line_km.tolist() == [120, 80.5]
    assert force.sector_inputs.posts.tolist() == [16, 10]
    assert json.loads(dict(force.record)["parameters"])["line_from"] == "field"


@pytest.mark.parametrize("value", [None, "", "long", -1, float("nan"), float("inf"), 1e9])
def test_a_length_that_is_none_is_refused_with_its_feature(of, value):
    with pytest.raises(PlanError, match=r"(no number of km|without a length).* \(feature 2\)"):
        estimate(of(SQUARES, lengths_km=(120, value)))


def test_without_a_line_the_long_axis_stands_for_it(of):
    force = estimate(of(SQUARES))
    assert force.sector_inputs.line_km == pytest.approx([71.5, 71.5], rel=0.01)  # a degree of longitude at 50.1°
    assert force.warnings[0].startswith("No line and no field of lengths was given")
    upright = shapely.box(30, 50, 30.2, 51)
    assert estimate(of([upright])).sector_inputs.line_km[0] == pytest.approx(111.3, rel=0.01)


def test_a_line_on_a_common_border_counts_in_equal_parts(of):
    force = estimate(of(SQUARES, line_features=as_line([31, 49.9], [31, 50.3])))
    assert force.sector_inputs.line_km[0] == force.sector_inputs.line_km[1] == pytest.approx(11.12, abs=0.02)
    assert any("outside the polygons left out" in note for note in force.notes)


def test_a_line_elsewhere_is_refused(of):
    with pytest.raises(PlanError, match="does not run through the polygons"):
        estimate(of(SQUARES, line_features=as_line([10, 40], [11, 40])))


def test_polygons_without_ground_are_left_out_and_keep_their_place(of):
    force = estimate(of([None, SQUARES[0], shapely.Polygon(), SQUARES[1]]))
    assert force.places == (1, 3)
    assert any("without usable geometry left out" in note for note in force.notes)
    with pytest.raises(PlanError, match="around the Earth"):
        estimate(of([shapely.box(-180, -90, 180, 90)]))
    with pytest.raises(PlanError, match="covers no ground"):
        estimate(of([None]))
    with pytest.raises(PlanError, match="has no features"):
        estimate(of([]))
    with pytest.raises(PlanError, match="holds a Point"):
        estimate(of([shapely.Point(1, 1)]))


def test_overlaps_are_told_and_points_count_once(of):
    both = (SQUARES[0], shapely.box(30.5, 50, 31.5, 50.2))
    crossings = np.array([[30.7, 50.1], [31.2, 50.1], [12.0, 50.1]])
    people = Population(np.array([[30.7, 50.1], [31.2, 50.1]]), np.array([100.0, 50.0]))
    force = estimate(of(both, crossings=crossings, population=people))
    assert force.sector_inputs.crossings.tolist() == [1, 1]
    assert force.population == (100, 50)
    assert force.warnings[1].startswith("The 2 polygons overlap by 79")
    assert "1 crossing of 3" in force.warnings[2]
    assert not any("overlap" in warning for warning in estimate(of(SQUARES)).warnings)


def test_roads_count_in_their_polygon(of):
    road = shapely.LineString([[30.2, 50.1], [31.5, 50.1]])
    force = estimate(of(SQUARES, roads=(road,)))
    assert force.sector_inputs.road_km == pytest.approx([57.2, 35.8], abs=0.3)
    none = estimate(of(SQUARES, roads=(shapely.LineString([[0, 0], [1, 0]]),)))
    assert none.sector_inputs.road_km is None
    assert none.warnings[1].startswith("No road of the layer")
    assert none.staffing.total == estimate(of(SQUARES)).staffing.total
    assert force.warnings[1].startswith("The roads in the zone are 93")


def test_contributors_lead_polygons_by_their_names(of):
    force = estimate(of(SQUARES, lengths_km=(120, 80)), contributors="France=50, lead P2; Others=100")
    sent = force.contributions
    assert sent.zone[0].tolist() == [0, force.staffing.sector(1).central]
    assert sent.zone.sum(axis=0).tolist() == [force.staffing.sector(k).central for k in (0, 1)]


def test_the_order_of_polygons_changes_nothing_but_the_order(of):
    inputs = of(SQUARES, lengths_km=(120, 80))
    turned = replace(of(SQUARES[::-1]), lengths_km=(80, 120))
    first, second = estimate(inputs), estimate(turned)
    assert first.staffing.total == second.staffing.total
    assert first.staffing.central.sum(axis=1).tolist() == second.staffing.central.sum(axis=1)[::-1].tolist()


def test_nothing_to_do_takes_nobody(of):
    force = estimate(of(SQUARES, lengths_km=(0, 0)))
    assert force.sector_inputs.posts.tolist() == [0, 0]
    assert force.staffing.central[:, 0].tolist() == [0, 0]
    assert force.staffing.total.central > 0  # patrols still see the area


def test_a_line_on_the_outer_border_counts_whole(of, plan_of, sample):
    plan = plan_of(sample, sectors=4, depth_b_m=0.0)
    force = estimate(of([sector.geometry for sector in plan.sectors], line_features=as_line(*sample)))
    assert force.sector_inputs.line_km.sum() == pytest.approx(plan.zone.line_m / 1e3, rel=1e-3)
    assert force.staffing.total.central == pytest.approx(plan.staffing.total.central, rel=0.01)


def test_long_edges_are_geodesics_of_line_and_polygons_alike(of, plan_of):
    far = np.array([[30.0, 60.0], [50.0, 60.0]])
    plan = plan_of(far, sectors=3, depth_a_m=5000.0, depth_b_m=5000.0, numbered_from="west_north")
    force = estimate(of([sector.geometry for sector in plan.sectors], line_features=as_line(*far)))
    assert force.sector_inputs.line_km.sum() == pytest.approx(plan.zone.line_m / 1e3, rel=1e-3)
    slanted = shapely.Polygon([(30, 50), (32, 50.2), (32, 50.6), (30, 50.6)])
    border = estimate(of([slanted], line_features=as_line([30, 50], [32, 50.2])))
    assert border.sector_inputs.line_km[0] == pytest.approx(144.7, rel=0.01)


def test_numbers_of_polygons_are_those_that_tables_and_leads_use(of):
    inputs = replace(of((SQUARES[0], None, SQUARES[1])), lengths_km=(120, 0, 80), numbers=(4, 5, 9))
    force = estimate(inputs, contributors="A=1, lead 9; B=100")
    assert force.numbers == (4, 9)
    assert force.contributions.zone[0].tolist() == [0, force.staffing.sector(1).central]
    with pytest.raises(PlanError, match="sector 5 that A is to lead is not known"):
        estimate(inputs, contributors="A=1, lead 5; B=100")
