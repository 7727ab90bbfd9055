"""Which past mission a plan resembles, the zones that ship, and what is refused of others."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.staffing.build_up import SectorInputs, components, post_count
from buffer_zone_plugin.core.staffing.parameters import read_catalogue
from buffer_zone_plugin.core.staffing.postures import central_values, read_postures
from buffer_zone_plugin.core.staffing.twins import COLUMNS, figure, nearest_zone, read_zones, twin_sentence

RESOURCES = Path(__file__).parents[2] / "resources"
SHIPPED = RESOURCES / "staffing" / "historical_zones.csv"
ZONES = read_zones(SHIPPED)
BY_ID = {zone.id: zone for zone in ZONES}
CATALOGUE = read_catalogue(RESOURCES / "staffing" / "parameters.csv")
POSTURES = read_postures(RESOURCES / "presets" / "postures.json")
LINE_KM, AREA_KM2, CROSSINGS = 1200.0, 43_200.0, 12


def central_total(name):
    values = central_values(POSTURES[name], CATALOGUE)
    inputs = SectorInputs([LINE_KM], [AREA_KM2], [post_count(LINE_KM, values)], [CROSSINGS])
    return components(inputs, values).sum()


@pytest.fixture
def rows():
    with open(SHIPPED, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def write(tmp_path):
    def write_rows(rows, columns=COLUMNS):
        path = tmp_path / "zones.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path
    return write_rows


@pytest.mark.parametrize(
    ("zone", "per_km", "per_km2"),
    [
        ("IND_UNMOGIP", 0.06, None), ("ESH_MINURSO", 0.1353, 0.0271), ("MKD_UNPREDEP", 2.5, None),
        ("ERI_UNMEE", 4.2, 0.168), ("CYP_UNFICYP_2024", 4.44, 2.31), ("MDA_TRANS", 5.33, None),
        ("IRQ_UNIKOM", 5.38, 0.359), ("CYP_UNFICYP_1990", 11.1, 5.78), ("PROP_GCSP", 12.5, 0.833),
        ("GOL_UNDOF_1993", 13.9, None), ("IGB_EAST", 36.2, 7.25), ("BIH_IFOR", 55.6, None),
        ("LEB_UNIFIL_2006", 73.3, 8.30), ("LEB_UNIFIL_2018", 87.5, 9.91),
    ],
)
def test_the_published_densities(zone, per_km, per_km2):
    assert BY_ID[zone].per_km == pytest.approx(per_km, rel=0.01)
    assert BY_ID[zone].per_km2 == (None if per_km2 is None else pytest.approx(per_km2, rel=0.02))


def test_no_density_where_the_line_is_not_known_or_the_force_had_other_tasks():
    for zone in ("SINAI_MFO", "GEO_EUMM", "NKR_RUPKF", "UA_OSCE_SMM", "SDN_SDBZ", "GOL_UNDOF_AOL", "PROP_POLITICO"):
        assert BY_ID[zone].per_km is None, zone
    assert BY_ID["LEB_UNIFIL_2006"].personnel == 8800  # on land; 10,500 with the naval force


def test_an_area_that_is_length_times_depth_is_called_nominal():
    assert BY_ID["ERI_UNMEE"].area_used_km2 == 25_000
    assert BY_ID["KOS_GSZ"].area_used_km2 == 1920  # published, and still a product
    nominal = {zone.id for zone in ZONES if zone.area_is_nominal}
    assert {"ERI_UNMEE", "KOS_GSZ", "IGB_EAST", "IRQ_UNIKOM", "BIH_ZOS"} <= nominal
    assert nominal.isdisjoint({"KOR_DMZ", "CYP_UNFICYP_2024", "LEB_UNIFIL_2006", "UA_MINSK_ARTY", "MKD_UNPREDEP"})


def test_the_sources_of_the_zones_can_be_followed(rows):
    for zone in ZONES:
        addresses = zone.source_address.split(" ; ")
        assert len(addresses) == len(zone.source_title.split("; ")), zone.id
        assert all(address.startswith(("https://", "http://")) for address in addresses), zone.id
    everything = " ".join(cell for row in rows for cell in row.values())
    for mirror in ("googleweblight", "staging", "158.69.", "fastly", "localhost"):
        assert mirror not in everything
    assert len({zone.name for zone in ZONES}) == len(ZONES)


@pytest.mark.parametrize(
    ("name", "twin", "ratio"),
    [("observe", "MKD_UNPREDEP", 0.46), ("verify", "ERI_UNMEE", 1.07), ("verify_both_edges", "CYP_UNFICYP_2004", 1.19),
     ("interpose", "BIH_IFOR", 0.79)],
)
def test_the_twins_of_the_postures(name, twin, ratio):
    found = nearest_zone(ZONES, central_total(name), LINE_KM, AREA_KM2)
    assert found.zone.id == twin
    assert found.ratio == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(("persons", "twin"), [(4000, "ERI_UNMEE"), (15_000, "GOL_UNDOF_1993"), (60_000, "BIH_IFOR")])
def test_the_twins_of_published_totals(persons, twin):
    assert nearest_zone(ZONES, persons, LINE_KM, AREA_KM2).zone.id == twin


def test_other_kinds_and_better_sources_can_be_asked_for():
    persons = central_total("verify_both_edges")
    verified = nearest_zone(ZONES, persons, LINE_KM, AREA_KM2, verified_only=True)
    assert (verified.zone.id, round(verified.ratio, 2)) == ("IRQ_UNIKOM", 1.5)
    assert nearest_zone(ZONES, persons, LINE_KM, AREA_KM2, "proposal").zone.id == "PROP_GCSP"
    assert nearest_zone(ZONES, persons, LINE_KM, AREA_KM2, "proposal", verified_only=True) is None
    assert nearest_zone(ZONES, persons, LINE_KM, AREA_KM2, "border").zone.id == "IGB_EAST"
    assert nearest_zone(ZONES, persons, LINE_KM, AREA_KM2, "geometry") is None


def test_the_ground_decides_between_missions_of_one_density_along_the_line():
    shallow = nearest_zone(ZONES, 4.3 * LINE_KM, LINE_KM, 2 * LINE_KM)
    deep = nearest_zone(ZONES, 4.3 * LINE_KM, LINE_KM, 36 * LINE_KM)
    assert (shallow.zone.id, deep.zone.id) == ("CYP_UNFICYP_2024", "ERI_UNMEE")
    assert deep.distance == pytest.approx(math.hypot(math.log(4.3 / 4.2), 0.1 * math.log(4.3 / 36 / 0.168)))
    unknown = nearest_zone(ZONES, 4.3 * LINE_KM, LINE_KM, 0.0)
    assert unknown.per_km2 is None
    assert unknown.distance == pytest.approx(math.log(4.3 / 4.2))


def sentence(name, **changes):
    return twin_sentence(nearest_zone(ZONES, central_total(name), LINE_KM, AREA_KM2, **changes))


def test_the_sentence_names_densities_and_what_is_weak_in_them():
    assert sentence("verify") == (
        "4.5 persons per km of line, nearest past mission: UNMEE, Eritrea-Ethiopia "
        "(4.2 per km; 0.17 per km², nominal area)"
    )
    assert sentence("interpose") == "44 persons per km of line, nearest past mission: IFOR, Bosnia (56 per km)"
    assert sentence("verify_both_edges") == (
        "8.1 persons per km of line, nearest past mission: UNFICYP, Cyprus, before the cut of 2004 "
        "(6.8 per km; 3.5 per km²) (weak source)"
    )
    assert sentence("verify_both_edges", kind="proposal") == (
        "8.1 persons per km of line, nearest proposal: Geneva Centre for Security Policy, Ukraine "
        "(13 per km; 0.83 per km², nominal area) (weak source)"
    )


@pytest.mark.parametrize(
    ("persons", "line_km"),
    [(0, 1200), (-5, 1200), (5000, 0), (5000, -1), (math.nan, 1200), (5000, math.nan), (math.inf, 1200),
     (5000, math.inf), (1e308, 1e-300), (5e-324, 1e10)],
)
def test_a_plan_without_persons_or_line_has_no_twin(persons, line_km):
    assert nearest_zone(ZONES, persons, line_km, AREA_KM2) is None
    assert nearest_zone((), 5000, 1200, AREA_KM2) is None


ANY = st.one_of(st.floats(), st.floats(1e-6, 1e9))


@given(ANY, ANY, ANY)
def test_no_number_breaks_the_search_and_the_nearest_is_the_nearest(persons, line_km, area_km2):
    found = nearest_zone(ZONES, persons, line_km, area_km2)
    if found is None:
        return
    assert twin_sentence(found).count("persons per km of line") == 1
    assert 0 < found.ratio < math.inf
    for zone in ZONES:
        alone = nearest_zone([zone], persons, line_km, area_km2)
        assert alone is None or alone.distance >= found.distance


@given(st.floats(1e-3, 1e6))
def test_densities_are_written_with_two_figures_and_without_powers(density):
    assert "e" not in figure(density)
    assert float(figure(density).replace(",", "")) == pytest.approx(density, rel=0.051)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("line_km", "long", "'long'"), ("line_km", "0", "'line_km' is 0"), ("depth_a_km", "-2", "'-2'"),
        ("area_km2", "nan", "'nan'"), ("personnel", "10.5", "whole number"), ("personnel", "1e999", "'1e999'"),
        ("kind", "camp", "'camp'"), ("confidence", "sure", "'sure'"), ("name", " ", "'name' is empty"),
        ("source_address", "", "'source_address' is empty"), ("personnel_kind", "", "'personnel_kind' is empty"),
        ("kind", "geometry", "geometry has persons"), ("id", "", "without id"),
    ],
)
def test_a_bad_cell_names_its_row(rows, write, column, value, says):
    place = next(number for number, row in enumerate(rows) if row["id"] == "IRQ_UNIKOM")
    rows[place][column] = value
    with pytest.raises(PlanError, match=f"row {place + 2}") as caught:
        read_zones(write(rows))
    assert says in str(caught.value)


def test_ragged_and_unreadable_files_are_refused(rows, write, tmp_path):
    with pytest.raises(PlanError, match="'KOR_DMZ' twice"):
        read_zones(write([*rows, rows[0]]))
    with pytest.raises(PlanError, match="lack a column: note"):
        read_zones(write(rows, COLUMNS[:-1]))
    with pytest.raises(PlanError, match="unknown column: remark"):
        read_zones(write(rows, (*COLUMNS, "remark")))
    with pytest.raises(PlanError, match="repeated column: note"):
        read_zones(write(rows, (*COLUMNS, "note")))
    path = tmp_path / "other.csv"
    with pytest.raises(PlanError, match="cannot be read"):
        read_zones(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PlanError, match="cannot be read"):
        read_zones(path)
    path.write_text(",".join(COLUMNS) + "\nONE,two\n", encoding="utf-8")
    with pytest.raises(PlanError, match="row 2"):
        read_zones(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(PlanError, match="lack a column"):
        read_zones(path)


def test_weak_is_whatever_is_not_verified():
    unmee = BY_ID["ERI_UNMEE"]
    assert not unmee.weak
    for confidence in ("verified-secondary", "derived", "mixed", "general-knowledge"):
        weak = replace(unmee, confidence=confidence)
        assert weak.weak
        assert twin_sentence(nearest_zone([weak], 5000, 1200, AREA_KM2)).endswith(" (weak source)")
