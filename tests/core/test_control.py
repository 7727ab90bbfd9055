"""Contact line from areas of control: where it runs, what it leaves out, whose ground is left, what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyproj import Proj

from buffer_zone_plugin.core.areas import ground_of, outlines, winding_numbers
from buffer_zone_plugin.core.between import divide_ground
from buffer_zone_plugin.core.control import AreasOfDate, contact_lines, dated_contact_lines
from buffer_zone_plugin.core.control_request import ControlRequest
from buffer_zone_plugin.core.errors import PlanCancelledError, PlanError
from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.generalise import generalise
from buffer_zone_plugin.core.geodesy import LocalPlane, distances, inverse, move, path_length
from buffer_zone_plugin.core.progress import Progress

EAST = ("Mecklenburg-Vorpommern", "Brandenburg", "Sachsen", "Sachsen-Anhalt", "Thüringen")


def box(west, south, east, north):
    return [(west, south), (east, south), (east, north), (west, north)]


LAND = box(-50, -40, 50, 40)
NORTH, SOUTH = box(-50, 0, 50, 40), box(-50, -40, 50, 0)


@pytest.fixture(scope="session")
def area(at_km):
    """A function from rings in kilometres, holes after the shell, to a polygon; ``centre`` longitude/latitude."""
    def polygon(shell, *holes, centre=(37.0, 48.3)):
        return shapely.Polygon(at_km(straight(shell), centre), [at_km(straight(hole), centre) for hole in holes])
    return polygon


def straight(ring_km):
    """A ring with a point every two kilometres: its edges are straight on the ground, not in longitude/latitude."""
    return shapely.get_coordinates(shapely.segmentize(shapely.LinearRing(ring_km), 2.0))


def features(*geometries):
    return tuple(InputFeature(number, geometry) for number, geometry in enumerate(geometries, start=1))


def found(side_a, side_b=None, mask=None, **values):
    wrapped = [None if layer is None else features(*layer) for layer in (side_a, side_b, mask)]
    return contact_lines(*wrapped, ControlRequest(**values), Progress())


def kinds(lines):
    return [(part.kind, part.ground) for part in lines.parts]


def in_km(geometry, centre=(37.0, 48.3)):
    """Kilometres east and north of a centre, by PROJ."""
    plane = Proj(proj="aeqd", lon_0=centre[0], lat_0=centre[1], ellps="WGS84")
    return np.column_stack(plane(*shapely.get_coordinates(geometry).T)) / 1000


# --- where the line runs -------------------------------------------------------------------------------------------

def test_common_border_of_two_half_planes(area):
    lines = found([area(NORTH)], [area(SOUTH)])
    assert kinds(lines) == [("front", "")]
    (part,) = lines.parts
    assert part.length_m == pytest.approx(100_000, abs=30)
    xy = in_km(part.geometry)
    assert np.abs(xy[:, 1]).max() < 0.01
    assert xy[0, 0] < xy[-1, 0]  # eastwards: the north is on its left
    assert lines.notes == ()


@pytest.mark.parametrize("width_km", [0.02, 0.6, 0.96])
def test_strip_of_nobody_is_halved(area, width_km):
    half = width_km / 2
    lines = found([area(box(-50, half, 50, 40))], [area(box(-50, -40, 50, -half))])
    assert kinds(lines) == [("front", "")]
    xy = in_km(lines.parts[0].geometry)
    assert np.abs(xy[:, 1]).max() < 0.05 * width_km + 0.006
    assert lines.parts[0].length_m == pytest.approx(100_000, abs=1_000 * width_km + 100)
    (note,) = lines.notes
    told = float(note.split("nobody holds, ")[1].split(" km²")[0])
    assert told == pytest.approx(100 * width_km, rel=0.02) and "halved" in note


def test_splinters_where_borders_nearly_coincide_are_not_told(area):
    lines = found([area(box(-50, -0.0005, 50, 40))], [area(box(-50, -40, 50, 0.0005))])  # both claim a metre
    assert kinds(lines) == [("front", "")] and lines.notes == ()


def test_strip_wider_than_the_gap_is_no_contact(area):
    with pytest.raises(PlanError, match="nowhere within 1 km of each other"):
        found([area(box(-50, 0.6, 50, 40))], [area(box(-50, -40, 50, -0.6))])


def test_front_across_more_than_the_gap_is_a_warning_with_the_place(area):
    valley = [(-50, 0), (0, 0), (10, 3), (30, 3), (40, 0), (50, 0), (50, 40), (-50, 40)]
    lines = found([area(valley)], [area(SOUTH)])
    (warning,) = lines.warnings
    assert warning.startswith("33.9 km of side A's border face side B across more than the largest gap of 1 km")
    assert "up to 3 km near" in warning and warning.endswith("raise GAP if one should")
    lon, lat = map(float, warning.split("near ")[1].split(" (")[0].split(", "))
    ((x, y),) = in_km(shapely.Point(lon, lat))
    assert 9 < x < 31 and y == pytest.approx(1.5, abs=0.05)
    assert found([area(valley)], [area(SOUTH)], gap_m=4_000).warnings == ()
    inside_the_coast = found([area(valley)], [area(SOUTH)], [area(LAND)])
    assert inside_the_coast.warnings == lines.warnings


def test_sides_that_face_each_other_farther_apart_are_told_where_none_are_near(area):
    with pytest.raises(PlanError, match=r"within 1 km .*\. Raise GAP: 101 km of side A's .* up to 3\.24 km"):
        found([area(box(-50, 1.5, 50, 40))], [area(box(-50, -40, 50, -1.5))])
    with pytest.raises(PlanError, match="Check that they are of the same time and place"):
        found([area(box(-50, 6, 50, 40))], [area(box(-50, -40, 50, -6))])


def test_small_bay_between_the_sides_is_told_without_a_warning(area):
    bay = [(-50, 0), (48.8, 0), (48.8, 2), (50, 2), (50, 40), (-50, 40)]
    lines = found([area(bay)], [area(SOUTH)])
    assert lines.warnings == () and "across more than the largest gap" in lines.notes[-1]


def test_overlap_is_halved_and_reported(area):
    lines = found([area(box(-50, -1, 50, 40))], [area(box(-50, -40, 50, 1))])
    xy = in_km(lines.parts[0].geometry)
    assert np.abs(xy[:, 1]).max() < 0.05
    assert lines.parts[0].length_m == pytest.approx(100_000, rel=0.003)
    assert "overlap on 200 km²" in lines.notes[0] and lines.warnings == ()


def test_large_overlap_is_a_warning(area):
    lines = found([area(box(-50, -15, 50, 40))], [area(box(-50, -40, 50, 15))])
    assert "give it as the mask" in lines.warnings[0]
    assert 2_990 < float(lines.warnings[0].split("overlap on ")[1].split(" km²")[0].replace(",", "")) < 3_010
    assert "e+" not in lines.warnings[0]


def test_borders_that_cross_each_other_again_and_again_give_one_line(area):
    x = np.linspace(-50, 50, 401)
    wave = np.sin(x)
    side_a = np.column_stack([np.r_[x, 50, -50], np.r_[0.3 * wave, 40, 40]])
    side_b = np.column_stack([np.r_[x, 50, -50], np.r_[-0.3 * wave, -40, -40]])
    lines = found([area(side_a)], [area(side_b)])
    assert kinds(lines) == [("front", "")]
    xy = in_km(lines.parts[0].geometry)
    assert np.abs(xy[:, 1]).max() < 0.31
    assert lines.parts[0].length_m < 103_000


def test_border_as_wide_as_a_continent():
    lines = found([shapely.box(80, 30, 122, 50)], [shapely.box(80, 10, 122, 30)])
    assert kinds(lines) == [("front", "")]
    assert lines.parts[0].length_m == pytest.approx(4_000_000, rel=0.02)


@pytest.mark.parametrize("gap_m", [0, 1_000])
@pytest.mark.parametrize("cuts", [(33, 37), (33.333, 37.01)])
def test_layers_with_other_vertices_share_a_parallel(cuts, gap_m):
    west, east = cuts
    side_b = [shapely.box(30, 46, west, 48), shapely.box(west, 46, east, 48), shapely.box(east, 46, 40, 48)]
    lines = found([shapely.box(30, 48, 40, 50)], side_b, gap_m=gap_m)
    assert kinds(lines) == [("front", "")] and lines.notes == ()
    xy = shapely.get_coordinates(lines.parts[0].geometry)
    assert xy[:, 1] == pytest.approx(48.0, abs=1e-5) and (np.diff(xy[:, 0]) > -1e-4).all()
    assert np.abs(np.diff(xy[:, 0])).max() < 0.041
    assert lines.parts[0].length_m == pytest.approx(746_253, abs=20)


def test_areas_of_several_parts_meet_near_the_pole():
    parts = shapely.MultiPolygon([shapely.box(10, 80, 180, 89.9999), shapely.box(-180, 80, -170, 89.9999)])
    capped = found([shapely.box(-170, 80, 10, 89.9999)], [parts])
    assert sum(part.length_m for part in capped.parts) == pytest.approx(2 * 1_117_000, rel=1e-3)


def test_edge_of_an_area_goes_the_short_way_round_and_near_a_pole():
    across = shapely.Polygon([(170, 0), (-170, 0), (-170, 5), (170, 5)])
    assert found([across], [shapely.box(170, -5, 190, 0)]).parts[0].length_m == pytest.approx(2_226_390, abs=20)
    capped = found([shapely.box(-180, 70, 0, 89.999)], [shapely.box(0, 70, 180, 89.999)])
    assert capped.parts[0].length_m == pytest.approx(2 * 2_233_000, rel=1e-3)
    assert len(shapely.get_coordinates(capped.parts[0].geometry)) < 1_500


@pytest.mark.parametrize("edge", [
    [(30, 48), (40, 48)], [(40, 48.5), (30, 42.1)], [(0, 60), (3, 63)], [(-10, 85), (60, 86)], [(0, 1), (0.2, -1)],
    [(-179, 10), (179, 15)], [(20, 80), (30, 70)],
])
def test_points_along_an_area_s_edge_make_it_a_geodesic(edge):
    (area_,) = outlines(features(shapely.Polygon([*edge, (edge[1][0], -20)])), "It", []).polygons
    lonlat = shapely.get_coordinates(area_)
    there = int(np.argmin(np.abs((lonlat - edge[1] + 180) % 360 - 180).sum(axis=1)))
    lonlat = lonlat[: there + 1]
    middle = (lonlat[1:] + lonlat[:-1]) / 2
    azimuth, _, length = inverse(lonlat[:-1], lonlat[1:])
    halfway = move(lonlat[:-1], azimuth, length / 2)
    assert distances(middle, halfway).max() < 1.0


def test_nothing_is_added_to_a_border_between_the_open_ends_of_two_areas():
    lines = found([shapely.box(167, -19, 170, -15)], [shapely.box(170, -19, 173, -15)])
    xy = shapely.get_coordinates(lines.parts[0].geometry)
    inner = xy[(xy[:, 1] > -18.9) & (xy[:, 1] < -15.1)]
    assert np.ptp(np.diff(inner[:, 1])) < 1e-4 and inner[:, 0] == pytest.approx(170, abs=1e-7)


def test_short_interruption_is_closed_and_a_long_one_parts_the_line(area):
    for width, parts in ((0.8, 1), (3.0, 2)):
        bay = [(-50, 0), (-width / 2, 0), (-width / 2, 9), (width / 2, 9), (width / 2, 0), (50, 0), (50, 40), (-50, 40)]
        lines = found([area(bay)], [area(SOUTH)])
        assert len(lines.parts) == parts


def test_coast_is_left_out_and_the_line_runs_up_to_it(area):
    for grown in (0.0, 1.0, -1.0):  # side A's layer fits the mask, reaches into the sea, stays short of the coast
        side_a = area(box(-50 - grown, 0, 50 + grown, 40 + grown))
        lines = found([side_a], None, [area(LAND)])
        assert kinds(lines) == [("front", "")]
        assert lines.parts[0].length_m == pytest.approx(100_000 + min(grown, 0) * 2_000, abs=900)
        assert "taken for coast or state border" in lines.notes[0]


def test_removed_border_is_told_with_its_distance(area):
    (note, *_) = found([area(box(-49.5, 0, 49.5, 39.5))], None, [area(LAND)]).notes
    assert note.startswith("178") and "within 0.5 km of the mask's edge" in note


def test_what_lies_outside_the_mask_is_told_and_the_middle_beyond_both_ends_is_not(area):
    fits = found([area(NORTH)], [area(SOUTH)], [area(LAND)], match_m=200)
    assert not any("outside" in note for note in fits.notes)
    wider = found([area(box(-56, 0, 56, 40))], [area(box(-56, -40, 56, 0))], [area(LAND)], match_m=200)
    (note,) = (note for note in wider.notes if "outside" in note)
    assert note == "11.6 km of the border lie outside the mask and were left out"
    assert wider.parts[0].length_m == pytest.approx(100_000, abs=500)


def test_without_mask_and_other_side_the_outline_is_taken_with_a_warning(area):
    lines = found([area(NORTH)])
    assert kinds(lines) == [("pocket", "A")]
    assert "whole outline" in lines.warnings[0]


def test_part_that_stays_near_the_coast_is_a_warning(area):
    bay = [(-50, 0), (50, 0), (50, 40), (10, 40), (10, 37), (0, 37), (0, 40), (-50, 40)]
    lines = found([area(bay)], None, [area(LAND)])
    assert len(lines.parts) == 2 and "raise MATCH" in lines.warnings[0]
    assert lines.warnings[0].startswith("1 part with 15.7 km lies nowhere deeper than 4 km inside the mask")
    assert len(found([area(bay)], None, [area(LAND)], match_m=3_500).parts) == 1


# --- pockets and bridgeheads ---------------------------------------------------------------------------------------

HOLE, ISLAND = box(10, 10, 20, 20), box(-20, -20, -10, -10)


@pytest.mark.parametrize("with_other", [True, False])
def test_pockets_of_either_side(area, with_other):
    side_a = [area(NORTH, HOLE), area(ISLAND)]
    side_b = [area(SOUTH, ISLAND), area(HOLE)] if with_other else None
    lines = found(side_a, side_b, None if with_other else [area(LAND)])
    assert sorted(kinds(lines)) == [("front", ""), ("pocket", "A"), ("pocket", "B")]  # the pockets are as long
    for part in lines.parts[1:]:
        assert part.geometry.is_ring and part.length_m == pytest.approx(40_000, rel=1e-3)
    rings = {part.ground: shapely.LinearRing(part.geometry) for part in lines.parts[1:]}
    assert rings["A"].is_ccw and not rings["B"].is_ccw


def test_area_that_the_other_layer_does_not_cut_out_is_a_pocket(area):
    lines = found([area(NORTH), area(ISLAND)], [area(SOUTH)])
    assert kinds(lines) == [("front", ""), ("pocket", "A")]
    assert "1 area of one side inside the other side's areas" in lines.notes[0]


def test_bridgeheads_of_either_side(area):
    ours, theirs = box(-20, -41, -10, -30), box(10, 30, 20, 41)
    side_a = [shapely.difference(area(NORTH), area(theirs)), area(ours)]
    lines = found(side_a, None, [area(LAND)])
    assert kinds(lines) == [("front", ""), ("bridgehead", "B"), ("bridgehead", "A")] or kinds(lines) == [
        ("front", ""), ("bridgehead", "A"), ("bridgehead", "B"),
    ]
    # both ends stop short of the coast
    assert [part.length_m for part in lines.parts[1:]] == pytest.approx([30_000, 30_000], abs=800)


def test_areas_of_like_size_are_both_main_ground(area):
    lines = found([area(box(-50, 0, -20, 40)), area(box(0, 0, 50, 40))], None, [area(LAND)])
    assert {kind for kind, _ in kinds(lines)} == {"front"} and len(lines.parts) == 2


def test_island_held_by_one_side_is_no_contact(area):
    islet = box(60, 60, 80, 80)
    lines = found([area(NORTH), area(islet)], None, [area(LAND), area(islet)])
    assert kinds(lines) == [("front", "")]


# --- side A lies left ----------------------------------------------------------------------------------------------

def left_and_right(part, off_m=20.0):
    """Points beside the middles of a part's edges."""
    plane = LocalPlane(shapely.get_coordinates(part.geometry))
    xy = plane.forward(shapely.get_coordinates(part.geometry))
    step = np.diff(xy, axis=0)
    long = np.hypot(*step.T) > 100
    step, middle = step[long], ((xy[1:] + xy[:-1]) / 2)[long]
    normal = off_m * np.column_stack([-step[:, 1], step[:, 0]]) / np.hypot(*step.T)[:, None]
    return plane.inverse(middle + normal), plane.inverse(middle - normal)


@pytest.mark.parametrize("centre", [(37.0, 48.3), (179.99, -17.0), (-60.0, 84.5), (10.0, 0.0)])
def test_side_a_is_left_everywhere_on_earth(area, centre):
    side_a = area(NORTH, HOLE, centre=centre)
    lines = found([side_a, area(ISLAND, centre=centre)], None, [area(LAND, centre=centre)])
    assert sorted(kinds(lines)) == [("front", ""), ("pocket", "A"), ("pocket", "B")]
    plane = LocalPlane(shapely.get_coordinates(side_a))
    held = shapely.union_all([shapely.transform(area(s, *h, centre=centre), plane.forward) for s, h in
                              ((NORTH, [HOLE]), (ISLAND, []))])
    for part in lines.parts:
        left, right = (plane.forward(lonlat) for lonlat in left_and_right(part))
        assert shapely.contains_xy(held, left[:, 0], left[:, 1]).all()
        assert not shapely.contains_xy(held, right[:, 0], right[:, 1]).any()


def test_line_across_the_antimeridian_is_cut_there(area):
    lines = found([area(NORTH, centre=(180.0, -17.0))], [area(SOUTH, centre=(180.0, -17.0))])
    (part,) = lines.parts
    pieces = [shapely.get_coordinates(piece) for piece in shapely.get_parts(part.geometry)]
    assert len(pieces) == 2 and all(np.ptp(piece[:, 0]) < 1 for piece in pieces)
    assert sum(path_length(piece) for piece in pieces) == pytest.approx(part.length_m, abs=1e-3)


def test_areas_cut_at_the_antimeridian_have_no_line_there():
    side_a = [shapely.box(179, 0, 180, 1), shapely.box(-180, 0, -179, 1)]
    side_b = [shapely.box(179, -1, 180, 0), shapely.box(-180, -1, -179, 0)]
    lines = found(side_a, side_b)
    assert kinds(lines) == [("front", "")]
    assert lines.parts[0].length_m == pytest.approx(222_639, abs=60)


def test_line_along_the_antimeridian_stays_on_one_side_of_the_map():
    lines = found([shapely.box(177, -19, 180, -15)], [shapely.box(-180, -19, -177, -15)])
    assert kinds(lines) == [("front", "")]
    assert lines.parts[0].geometry.geom_type == "LineString"
    lon = shapely.get_coordinates(lines.parts[0].geometry)[:, 0]
    assert len(set(np.sign(lon))) == 1 and np.abs(lon).min() > 179.9999
    assert lines.parts[0].length_m == pytest.approx(442_680, abs=20)


# --- unclean layers ------------------------------------------------------------------------------------------------

def test_bow_tie_is_mended_and_told(area):
    bow_tie = [(-50, 0), (50, 0), (50, 40), (-49.9, -0.2), (-50, 40)]
    lines = found([area(bow_tie)], [area(box(-50, -40, 50, -0.4))])
    assert "crossed outlines mended in 1 feature: feature 1" in lines.notes[0]


def test_ground_that_a_ring_covers_twice_is_no_hole(area):
    overshoot = [(-50, 0), (50, 0), (50, 40), (-50, 40), (-50, 0), (-30, 0), (-30, 10), (-50, 10)]
    lines = found([area(overshoot)], [area(SOUTH)])
    assert kinds(lines) == [("front", "")]


def test_many_features_with_slits_and_specks_are_one_ground(area):
    tiles = [area(box(x + 0.01, 0, x + 9.99, 40)) for x in range(-50, 50, 10)]  # slits of 20 m
    speck = area(box(0, -20, 0.03, -19.97))
    lines = found([*tiles, speck], [area(SOUTH)])
    assert kinds(lines) == [("front", "")]
    assert lines.parts[0].length_m == pytest.approx(100_000, abs=400)
    assert lines.notes[0] == (
        "The areas of side A: 9 gaps (7.2 km²) closed and 1 speck (0.0009 km²) left out, each narrower than 50 m"
    )


def test_overlapping_parts_of_one_feature_are_united(area):
    lines = found([shapely.MultiPolygon([area(NORTH), area(box(-20, 10, 20, 30))])], [area(SOUTH)])
    assert kinds(lines) == [("front", "")]


def test_winding_numbers_count_turns():
    ring = np.array([[0.0, 0], [0, 4], [4, 4], [4, 0], [0, 0]])
    assert winding_numbers(ring, np.array([[2.0, 2.0], [9.0, 2.0]])).tolist() == [-1, 0]


# --- dates ---------------------------------------------------------------------------------------------------------

def test_every_date_has_its_line_and_a_date_without_one_is_told(area):
    dates = [
        AreasOfDate("d1", features(area(NORTH)), None),
        AreasOfDate("d2", features(area(box(-50, 10, 50, 40))), None),
        AreasOfDate("d3", features(area(LAND)), None),
        AreasOfDate("d4", features(None), None),
    ]
    mask = features(area(LAND))
    lines = dated_contact_lines(dates, mask, ControlRequest(), Progress())
    assert [len(line.parts) for line in lines] == [1, 1, 0, 0]
    assert "No border of side A" in lines[2].warnings[0] and "empty geometry" in lines[3].warnings[0]
    assert in_km(lines[1].parts[0].geometry)[:, 1] == pytest.approx(10, abs=0.05)


# --- generalising --------------------------------------------------------------------------------------------------

def test_generalised_line_keeps_its_tolerance_and_its_pockets_apart(area, fractal):
    front = fractal(4, 9, centre=(37.0, 48.3))
    plane = LocalPlane(front)
    xy = plane.forward(front)
    assert shapely.LineString(xy).is_simple
    rings = [xy[i] + 300 * np.array([[0, 1], [1, 0], [1, 1], [0, 1]]) + 0.0 for i in (200, 900, 1500)]
    rings = [ring for ring in rings if shapely.distance(shapely.LinearRing(ring), shapely.LineString(xy)) > 1]
    made = generalise([xy, *rings], 5_000.0, lambda: None)
    assert len(made[0]) < len(xy) / 4
    lines = [shapely.LineString(line) for line in made]
    assert all(line.is_simple for line in lines)
    assert all(not a.intersects(b) for i, a in enumerate(lines) for b in lines[:i])
    assert shapely.hausdorff_distance(lines[0], shapely.LineString(xy)) <= 5_000.0
    assert all(shapely.Polygon(line).area > 0 for line in lines[1:])


def test_pocket_in_a_salient_is_not_jumped_over():
    bulge = np.array([[0.0, 0], [40, 0], [50, 9], [60, 0], [100, 0]])
    pocket = np.array([[49.0, 3], [51, 3], [50, 5], [49, 3]])
    line, ring = generalise([bulge, pocket], 20.0, lambda: None)
    assert line[:, 1].max() == 9.0
    assert len(ring) == 4 and shapely.Polygon(ring).area > 0
    assert len(generalise([bulge], 20.0, lambda: None)[0]) == 2


def test_generalising_is_told(area):
    x = np.linspace(-50, 50, 501)
    side_a = np.column_stack([np.r_[x, 50, -50], np.r_[0.2 * np.sin(5 * x), 40, 40]])
    plain, rough = (found([area(side_a)], None, [area(LAND)], generalise_m=m) for m in (0, 500))
    assert len(shapely.get_coordinates(rough.parts[0].geometry)) < 10
    assert len(shapely.get_coordinates(plain.parts[0].geometry)) > 400
    assert "Generalised from" in rough.notes[-1]


# --- refusals ------------------------------------------------------------------------------------------------------

POINT = shapely.Point(37, 48)


@pytest.mark.parametrize("side_a, sentence", [
    ([], "The areas of side A have no features."),
    ([None], "The areas of side A have nothing but empty geometry."),
    ([shapely.Polygon()], "The areas of side A have nothing but empty geometry."),
    ([POINT], r"The areas of side A hold a Point, not a polygon \(feature 1\)."),
    ([shapely.box(36, 89, 37, 91)], "no place on the Earth"),
    ([shapely.box(36, 48, 36.0001, 48.0001)], "The areas of side A have no extent"),
])
def test_unusable_areas_are_refused(side_a, sentence):
    with pytest.raises(PlanError, match=sentence):
        found(side_a, [shapely.box(36, 47, 37, 48)])


def test_mask_elsewhere_same_ground_twice_and_nothing_inside_are_refused(area):
    with pytest.raises(PlanError, match="The mask covers none of the areas of side A"):
        found([area(NORTH)], None, [area(LAND, centre=(20.0, 10.0))])
    only_a, only_b = area(box(-50, 1, 50, 40)), area(box(-50, -40, 50, -1))
    for mask in (only_a, area(NORTH)):
        with pytest.raises(PlanError, match="The mask covers none of the areas of side B"):
            found([area(NORTH)], [area(SOUTH)], [mask])
    with pytest.raises(PlanError, match="The mask covers none of the areas of side A"):
        found([area(NORTH)], [area(SOUTH)], [only_b])
    far = area(box(0, -400, 10, -390))
    with pytest.raises(PlanError, match="nowhere within 1 km"):  # the mask covers it, far away
        found([area(NORTH)], [far], [area(LAND), far])
    with pytest.raises(PlanError, match="cover the same ground"):
        found([area(NORTH)], [area(NORTH)])
    with pytest.raises(PlanError, match="No border of side A lies inside the mask, farther than 2 km from its edge"):
        found([area(LAND)], None, [area(LAND)])


@pytest.mark.parametrize("values, sentence", [
    ({"gap_m": -1}, "The largest gap is -0.001 km. Give a number from 0 to 100 km."),
    ({"gap_m": 1e12}, "The largest gap is 1000000000 km. Give a number from 0 to 100 km."),
    ({"gap_m": 100_400}, "The largest gap is 100.4 km. Give a number from 0 to 100 km."),
    ({"match_m": 2e6}, "The distance of coast and state border is 2000 km. Give a number from 0 to 100 km."),
    ({"generalise_m": float("nan")}, "The tolerance of the generalisation is nan m. Give a number from 0 to 50000 m."),
])
def test_impossible_values_are_refused(values, sentence):
    with pytest.raises(PlanError) as caught:
        ControlRequest(**values)
    assert str(caught.value) == sentence


def test_cancel_stops_the_search(area):
    asked = []
    progress = Progress(is_cancelled=lambda: asked.append(0) or len(asked) > 6)
    with pytest.raises(PlanCancelledError):
        contact_lines(features(area(NORTH)), features(area(SOUTH)), None, ControlRequest(), progress)


def test_progress_never_goes_back(area):
    seen = []
    contact_lines(
        features(area(NORTH)), features(area(SOUTH)), features(area(LAND)), ControlRequest(),
        Progress(on_fraction=seen.append),
    )
    assert seen == sorted(seen) and seen[-1] == 1.0


# --- what is always true -------------------------------------------------------------------------------------------

def wavy(seed, shift_km):
    """A front from west to east: some waves, moved north."""
    rng = np.random.default_rng(seed)
    x = np.linspace(-50, 50, 120)
    waves = sum(rng.uniform(0, 4) * np.sin(rng.uniform(0.02, 0.4) * x + rng.uniform(0, 6)) for _ in range(4))
    return np.column_stack([x, waves + shift_km])


@settings(max_examples=12, phases=[Phase.generate])
@given(seed=st.integers(0, 10_000), gap_km=st.floats(-0.8, 0.8))
def test_line_is_equally_far_from_both_sides_and_has_a_on_its_left(at_km, seed, gap_km):
    front_a, front_b = wavy(seed, gap_km / 2), wavy(seed, -gap_km / 2)
    side_a = shapely.Polygon(at_km(np.concatenate([front_a, [[50, 40], [-50, 40]]])))
    side_b = shapely.Polygon(at_km(np.concatenate([front_b, [[50, -40], [-50, -40]]])))
    lines = found([side_a], [side_b])
    plane = LocalPlane(shapely.get_coordinates([side_a, side_b]))
    notes = []
    ground_a, ground_b = (
        ground_of(outlines(features(side), "It", notes), plane, notes) for side in (side_a, side_b)
    )
    only_a, only_b = divide_ground(ground_a, ground_b, 1_000.0, lambda: None).undisputed
    for part in lines.parts:
        line = shapely.transform(part.geometry, plane.forward)
        points = shapely.points(shapely.get_coordinates(shapely.segmentize(line, 500.0)))
        inner = shapely.distance(points, shapely.boundary(line)) > 1_000.0  # where the borders end, the middle does too
        to_a, to_b = shapely.distance(points, only_a), shapely.distance(points, only_b)
        assert np.abs(to_a - to_b)[inner].max() <= 25.0  # twice the smoothing and the spacing of the points
        assert max(to_a.max(), to_b.max()) <= 550.0  # half the gap and a step
        left, right = (plane.forward(lonlat) for lonlat in left_and_right(part, 1_000.0))
        on_left, on_right = (shapely.distance(points, only_a) - shapely.distance(points, only_b) for points in
                             (shapely.points(left), shapely.points(right)))
        assert (on_left <= 0).mean() > 0.9 and (on_right >= 0).mean() > 0.9
    assert sum(part.length_m for part in lines.parts) > 80_000


@settings(max_examples=12, phases=[Phase.generate])
@given(seed=st.integers(0, 10_000))
def test_line_in_a_mask_lies_on_side_a_s_border(at_km, seed):
    front = wavy(seed, 0.0)
    side_a = shapely.Polygon(at_km(np.concatenate([front, [[50, 40], [-50, 40]]])))
    lines = found([side_a], None, [shapely.Polygon(at_km(LAND))])
    (part,) = lines.parts
    plane = LocalPlane(shapely.get_coordinates(side_a))
    border = shapely.transform(side_a.exterior, plane.forward)
    points = shapely.points(plane.forward(shapely.get_coordinates(part.geometry)))
    assert shapely.distance(points, border).max() < 1.0
    away_from_coast = front[np.abs(front[:, 0]) <= 50 - 2 - 1]  # within MATCH a steep end may count as coast
    assert path_length(at_km(away_from_coast)) <= part.length_m <= path_length(at_km(front)) + 1_500


# --- real ground ---------------------------------------------------------------------------------------------------

def laender(layer_geometries, shared_data, condition):
    return layer_geometries(shared_data / "context_countries.gpkg", "admin1", f"adm0_a3 = 'DEU' AND {condition}")


def far_from(one, other):
    """Largest distance in metres of the vertices of one line from another."""
    plane = LocalPlane(shapely.get_coordinates(other))
    points = shapely.points(plane.forward(shapely.get_coordinates(one)))
    return shapely.distance(points, shapely.transform(other, plane.forward)).max()


@pytest.mark.parametrize("with_west", [True, False])
def test_inner_german_border_comes_out_of_the_laender(layer_geometries, shared_data, with_west):
    names = ", ".join(f"'{name}'" for name in EAST)
    east = laender(layer_geometries, shared_data, f"name IN ({names})")
    rest = laender(layer_geometries, shared_data, f"name NOT IN ({names})")
    (known,) = layer_geometries(shared_data / "lines_ceasefire_public.gpkg", "inner_german_border")
    assert (len(east), len(rest)) == (5, 11)
    lines = found(east, rest) if with_west else found(east, None, [*east, *rest])
    assert kinds(lines) == [("front", ""), ("pocket", "B")]
    front, berlin = lines.parts
    assert front.length_m == pytest.approx(963_392, abs=50 if with_west else 1_000)
    known = shapely.segmentize(known, 0.01)  # its edges reach 30 km; those of areas are straight in longitude/latitude
    assert far_from(front.geometry, known) < 10 and far_from(known, front.geometry) < (10 if with_west else 700)
    (ring,) = layer_geometries(shared_data / "lines_ceasefire_public.gpkg", "berlin_ring")
    assert far_from(berlin.geometry, ring) < 10 and berlin.length_m == pytest.approx(150_659, abs=50)


def test_border_of_korea_comes_out_of_the_countries(layer_geometries, shared_data):
    fine = shared_data / "context_countries_fetched.gpkg"
    if not fine.is_file():
        pytest.skip("no fetched countries")
    north, south = (layer_geometries(fine, "countries", f"ADM0_A3 = '{code}'") for code in ("PRK", "KOR"))
    (known,) = layer_geometries(shared_data / "lines_ceasefire_public_fetched.gpkg", "korea_border_ne_5_1_2")
    lines = found(north, south)
    assert kinds(lines) == [("front", "")]
    assert lines.parts[0].length_m == pytest.approx(203_890, abs=50) and far_from(known, lines.parts[0].geometry) < 10
    coarse = layer_geometries(shared_data / "context_countries.gpkg", "admin1", "adm0_a3 IN ('KOR', 'PRK')")
    masked = found(north, None, coarse)  # a mask of another source and scale: off by up to some kilometres
    assert kinds(masked) == [("front", "")]
    assert masked.parts[0].length_m == pytest.approx(203_890, abs=1_000)
    other_scale = layer_geometries(shared_data / "context_countries.gpkg", "admin1", "adm0_a3 = 'KOR'")
    mixed = found(north, other_scale)  # two sources that overlap and gape by turns
    assert kinds(mixed) == [("front", "")]
    assert far_from(known, mixed.parts[0].geometry) < 1_000
