"""Figures of scenarios are those of their plans; differences refer to the scenario that was named."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import shapely

from buffer_zone_plugin.core import comparison as module
from buffer_zone_plugin.core.comparison import (
    base_of,
    check_base,
    comparison,
    difference,
    places_of,
    ranks,
)
from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.given_up import given_up, ground_given_up, units_by_name
from buffer_zone_plugin.core.guides import areas_of
from buffer_zone_plugin.core.plan import make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.scenarios import Scenario, crossed
from buffer_zone_plugin.core.spec import PlanSpec

BASE = PlanSpec(depth_a_m=5_000.0, depth_b_m=2_000.0, sectors=2, tolerance_m=20.0)


@pytest.fixture(scope="module")
def inputs(inputs_of, at_km):
    """A short line."""
    return inputs_of(at_km(np.array([[-20.0, 0], [0, 4], [20, 3]])))


@pytest.fixture(scope="module")
def scenarios():
    """Two postures at two depths, and one that cannot be."""
    return (Scenario("refused", BASE, "Too deep."), *crossed(BASE, (5000.0, 8000.0), (), ("observe", "verify")))


@pytest.fixture(scope="module")
def areas():
    """Two areas, with ground beside them."""
    shapes = [shapely.box(36, 47, 37, 48.31), shapely.box(37, 48, 38, 49)]
    return areas_of([InputFeature(k, shape) for k, shape in enumerate(shapes)], ["West", "East"])[0]


@pytest.fixture(scope="module")
def found(scenarios, inputs, areas, at_km):
    """The comparison with all that it can tell."""
    places = at_km(np.array([[0.0, 4], [10, 3.5], [0, 9.5], [0, 60]]))
    return comparison(scenarios, inputs, Progress(), places=places, areas=areas, zones=True)


def test_figures_are_those_of_the_plan(found, scenarios, inputs, areas):
    assert [one.scenario for one in found.rows] == list(scenarios)
    assert found.rows[0].figures is None and found.rows[0].reason == "Too deep."
    assert found.zones[0] is None and found.given_up[0] == ()
    for one, zone, given in list(zip(found.rows, found.zones, found.given_up))[1:]:
        plan = make_plan(one.scenario.spec, inputs, Progress())
        figures = one.figures
        assert (figures.area_m2, figures.area_a_m2, figures.area_b_m2, figures.line_m) == pytest.approx(
            (plan.zone.area_m2, plan.zone.area_a_m2, plan.zone.area_b_m2, plan.zone.line_m), rel=1e-7,
        )
        assert figures.staff == plan.staffing.total and figures.sectors == 2
        for name in ("low", "central", "high"):
            table = getattr(plan.staffing, name)
            assert [getattr(part, name) for part in figures.components] == table.sum(axis=0).tolist()
        assert (figures.training, figures.pool) == (plan.staffing.training, plan.staffing.pool)
        assert set(one.warnings) <= set(plan.warnings)
        off = shapely.symmetric_difference(zone, plan.zone.geometry, grid_size=1e-9)
        assert off.area < 1e-6 * zone.area
        alone = given_up(plan.sides, units_by_name(areas))[0]
        assert [(part.side, part.unit) for part in given] == [(part.side, part.unit) for part in alone]
        assert [part.area_m2 for part in given] == pytest.approx([part.area_m2 for part in alone], rel=1e-6, abs=10)
        assert sum(part.area_m2 for part in given) == pytest.approx(figures.area_m2, rel=1e-12)
        assert figures.places == (3 if plan.spec.depth_a_m == 8000 else 2) and figures.population is None


def test_ground_given_up_is_told_once_for_each_zone_by_threads_with_units_of_their_own(
    found, scenarios, inputs, areas, monkeypatch,
):
    asked = []

    def noted(sides, units, progress):
        asked.append((threading.current_thread(), units))
        return ground_given_up(sides, units, progress)

    monkeypatch.setattr(module, "ground_given_up", noted)
    again = comparison(scenarios, inputs, Progress(), areas=areas)
    assert again.given_up == found.given_up and again.overlap_m2 == found.overlap_m2
    assert len(asked) == 2  # depths
    assert len({id(units) for _, units in asked}) == len({thread for thread, _ in asked})
    for thread, units in asked:
        assert thread is not threading.current_thread()
        assert not any(one is given for one in units.shapes for given in areas.units)
        assert not any(one is other for other_thread, other_units in asked if other_thread is not thread
                       for one in units.shapes for other in other_units.shapes)


def test_of_geometries_no_more_is_kept_than_was_asked_for(scenarios, inputs):
    found = comparison(scenarios[:2], inputs, Progress())
    assert found.zones == (None, None) and found.given_up == ((), ()) and found.rows[1].figures.places is None


def test_differences_refer_to_the_first_that_stands_or_to_the_one_named(found):
    rows = found.rows
    assert base_of(rows, "") is rows[1]
    assert difference(rows[1], rows[1]).area_m2 == 0 and difference(rows[1], rows[1]).persons_share == 0
    other = difference(rows[4], base_of(rows, rows[2].scenario.name))
    assert other.area_m2 == rows[4].figures.area_m2 - rows[2].figures.area_m2 > 0
    assert other.area_share == other.area_m2 / rows[2].figures.area_m2
    assert other.persons == rows[4].figures.staff.central - rows[2].figures.staff.central
    assert difference(rows[1], rows[0]) == difference(rows[0], rows[1]) == difference(rows[1], None)
    assert difference(rows[1], rows[0]).area_m2 is None and base_of(rows[:1], "") is None


@pytest.mark.parametrize(("name", "hint"), [("Widee", "Did you mean 'Wide'"), ("x", "Known are: Wide, Narrow.")])
def test_a_base_that_is_not_there_is_refused(name, hint):
    check_base("", ["Wide"])
    check_base("Wide", ["Wide"])
    with pytest.raises(PlanError, match=hint):
        check_base(name, ["Wide", "Narrow"])


def test_places_are_points():
    points = [shapely.Point(1, 2), None, shapely.MultiPoint([(3, 4), (190, 5)])]
    lonlat, notes = places_of([InputFeature(k, point) for k, point in enumerate(points)])
    assert lonlat.tolist() == [[1, 2], [3, 4], [-170, 5]] and "1 feature without a place" in notes[0]
    for shape, sentence in ((shapely.box(0, 0, 1, 1), "holds a Polygon"), (None, "has no points")):
        with pytest.raises(PlanError, match=sentence):
            places_of([InputFeature(1, shape)])


def test_ranks_of_areas():
    assert ranks([]) == [] and ranks([5.0]) == [1]
    assert ranks([3e9, 1e9, 3e9 + 0.1, 2e9, 1e9]) == [3, 1, 3, 2, 1]
