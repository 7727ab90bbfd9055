"""Who sends whom: totals, caps, pledges, units, leads, and tables whose margins are exact."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.contributors import (
    ROLES,
    SUPPORT,
    TRAINING,
    UNASSIGNED,
    ZONE,
    Contributor,
    contribute,
    contributors_from_text,
)
from buffer_zone_plugin.core.contributors.units import table_with_units
from buffer_zone_plugin.core.errors import PlanError

EIGHT = [673, 673, 673, 673, 673, 673, 673, 674]  # 5,385 persons, as the model gives for 1,200 km


def names_of(count):
    return [f"S{number}" for number in range(1, count + 1)]


def share(text, zone, support=None, training=0, names=None):
    """The contributions of a text of contributors."""
    support = [0] * len(zone) if support is None else support
    names = names_of(len(zone)) if names is None else names
    return contribute(contributors_from_text(text), np.array(zone), np.array(support), names, training)


def totals(found):
    """Persons by name and role."""
    sums = found.zone.sum(axis=1) + found.training
    return dict(zip(zip(found.contributors, found.roles), sums.tolist()))


def by_name(found):
    return {name: persons for (name, _), persons in totals(found).items()}


def cells(found, name):
    return found.zone[found.contributors.index(name)].tolist()


# --- totals ---


def test_the_published_vector_is_taken_in_proportion():
    found = share("A=59; B=26; C=16; D=7", [11])
    assert by_name(found) == {"A": 6, "B": 3, "C": 1, "D": 1}
    assert found.warnings == ("Zone force: the shares add up to 108 % and are taken in proportion",)


def test_the_neutral_example_divides_every_sector():
    found = share("France=30; United Kingdom=30; Others=40", EIGHT)
    assert by_name(found) == {"France": 1616, "United Kingdom": 1615, "Others": 2154}
    assert found.zone.sum(axis=0).tolist() == EIGHT
    for row, per_cent in zip(found.zone, (30, 30, 40)):
        assert all(abs(cell - sector * per_cent / 100) < 1.5 for cell, sector in zip(row.tolist(), EIGHT))
    assert (found.notes, found.warnings) == ((), ())


def test_support_is_shared_with_the_zone_where_nobody_gives_it_alone():
    found = share("A=25; B=75", [60, 20], [10, 10])
    assert found.roles == (ZONE, ZONE)
    assert by_name(found) == {"A": 25, "B": 75}
    assert found.zone.sum(axis=0).tolist() == [70, 30]


def test_support_has_contributors_of_its_own():
    found = share("A=50; A=100, role support; B=50", [60, 20], [10, 14])
    assert totals(found) == {("A", ZONE): 40, ("A", SUPPORT): 24, ("B", ZONE): 40}
    assert found.zone[1].tolist() == [10, 14]


def test_training_has_no_sectors():
    found = share("A=100; UK=60, role training; Poland=40, role training", [60, 20], training=11)
    assert totals(found) == {("A", ZONE): 80, ("UK", TRAINING): 7, ("Poland", TRAINING): 4}
    assert found.zone[1:].tolist() == [[0, 0], [0, 0]]
    assert found.training.tolist() == [0, 7, 4]


def test_each_role_has_its_own_unassigned():
    found = share("A=50; B=50, role support", [60, 20], [10, 10], training=7)
    assert found.contributors == ("A", "B", UNASSIGNED, UNASSIGNED, UNASSIGNED)
    assert found.roles == (ZONE, SUPPORT, ZONE, SUPPORT, TRAINING)
    assert found.zone.tolist() == [[30, 10], [5, 5], [30, 10], [5, 5], [0, 0]]
    assert found.training.tolist() == [0, 0, 0, 0, 7]
    assert found.notes == (
        "Zone force: 40 persons (50 %) are unassigned, as the shares add up to 50 %",
        "Mission support: 10 persons (50 %) are unassigned, as the shares add up to 50 %",
        "Training mission: nobody sends any, 7 persons are unassigned",
    )


def test_who_gives_only_support_or_training_leaves_the_zone_unassigned():
    found = share("A=100, role support; B=100, role training", [60, 20], [10, 10], training=7)
    assert totals(found) == {("A", SUPPORT): 20, ("B", TRAINING): 7, (UNASSIGNED, ZONE): 80}


def test_without_contributors_there_are_no_rows():
    found = share("", [60, 20], [1, 1], training=7)
    assert (found.contributors, found.roles, found.notes, found.warnings) == ((), (), (), ())
    assert (found.zone.shape, found.training.shape) == ((0, 2), (0,))


def test_shares_below_a_hundred_leave_persons_unassigned():
    found = share("A=30; B=30.5", [1000, 1000])
    assert by_name(found) == {"A": 600, "B": 610, UNASSIGNED: 790}
    assert found.notes == ("Zone force: 790 persons (39.5 %) are unassigned, as the shares add up to 60.5 %",)


@pytest.mark.parametrize("text", ["A=33.3; B=33.3; C=33.4", "A=0.1; B=0.2; C=0.7", "A=14.3;B=14.3;C=14.3;D=57.1"])
def test_floating_noise_leaves_nobody_unassigned(text):
    assert UNASSIGNED not in share(text, [10_000_000]).contributors


def test_fractions_count_as_parts_of_one():
    found = share("A=0.3; B=0.3; C=0.4", EIGHT)
    assert by_name(found) == {"A": 1616, "B": 1615, "C": 2154}
    assert found.notes == ("Zone force: the shares add up to 1 and count as fractions of the whole",)


@pytest.mark.parametrize("text", ["A=1", "A=0.5", "A=1; B=0", "A=0.3; B=0.3; C=0.3999"])
def test_other_small_shares_are_per_cent(text):
    found = share(text, [100_000])
    assert by_name(found)[UNASSIGNED] >= 99_000


def test_fractions_are_told_role_by_role():
    found = share("A=0.5; B=0.5; C=60, role training", [100], training=100)
    assert by_name(found) == {"A": 50, "B": 50, "C": 60, UNASSIGNED: 40}


def test_pledges_come_first_and_shares_divide_what_they_leave():
    found = share("A=50; Poland=500 persons; B=50", EIGHT)
    assert by_name(found) == {"A": 2443, "Poland": 500, "B": 2442}


def test_pledges_alone_leave_the_rest_unassigned():
    found = share("Poland=500 persons", EIGHT)
    assert by_name(found) == {"Poland": 500, UNASSIGNED: 4885}
    assert found.notes == ("Zone force: 4,900 persons (90.7 %) are unassigned, beyond the fixed numbers",)


def test_pledges_beyond_the_need_are_taken_in_proportion():
    found = share("A=3000 persons; B=6000 persons; C=100", [1000, 999])
    assert by_name(found) == {"A": 666, "B": 1333, "C": 0}
    assert found.warnings == (
        "Zone force: the fixed numbers, 9,000 persons in all, are more than the 2,000 persons needed and are taken "
        "in proportion", "Zone force: nobody comes from C, as the others send all",
    )


def test_what_is_nobodys_share_stays_so_whatever_a_lead_sends():
    found = share("A=30, lead S1; B=40", [100, 1900, 2000])
    assert by_name(found) == {"A": 100, "B": 2700, UNASSIGNED: 1200}  # 30 % of 4,000
    assert found.warnings == ("A leads S1: 100 persons, 2.5 % instead of 30 %",)


def test_a_lead_that_takes_what_others_leave_is_told_so_and_not_warned_of():
    found = share("A=30; B=30, lead; C=30, cap 100", [1000] * 8)
    assert by_name(found)["B"] == 4000
    assert found.notes[-1] == "B leads S1–S4: 4,000 persons, 50 % instead of 30 % and 14.4 % that others leave"
    assert found.warnings == ()


def test_a_pledge_that_a_lead_exceeds_is_warned_of():
    found = share("A=200 persons, lead S1; B=100", [1000, 1000])
    assert found.warnings == ("A leads S1: 1,000 persons instead of 200",)


def test_fractions_that_do_not_add_up_are_warned_of():
    assert "if they are meant as fractions" in share("A=0.33; B=0.33; C=0.33", [100, 100]).warnings[-1]
    assert share("A=0.5; B=0.5", [100, 100]).warnings == ()


def test_who_is_not_needed_is_told():
    assert share("A=100; B=100, role training", [100]).warnings == (
        "Training mission: nobody comes from B, as none are needed",
    )
    assert not any("nobody comes" in told for told in share("A=100; B=0; C=50, cap 0", [100]).warnings)


def test_leads_name_sectors_by_their_own_numbers():
    def numbered(text):
        return contribute(contributors_from_text(text), np.array([10, 20]), np.array([0, 0]), ["x", "y"], 0, [5, 7])

    assert numbered("A=1, lead 7; B=100").zone[0].tolist() == [0, 20]
    with pytest.raises(PlanError, match="number from 5 to 7"):
        numbered("A=1, lead 1")


# --- caps ---


def test_what_is_beyond_a_cap_goes_to_the_others_by_their_shares():
    found = share("A=50, cap 200; B=30; C=20", [500, 500])
    assert by_name(found) == {"A": 200, "B": 480, "C": 320}
    assert found.notes == (
        "Zone force, at the cap: A (200)",
        "Zone force, more than their shares, as others send less: B 48 instead of 30 %, C 32 instead of 20 %",
    )


def test_what_is_beyond_a_cap_may_reach_another_cap():
    found = share("A=50, cap 200; B=30, cap 400; C=20", [500, 500])
    assert by_name(found) == {"A": 200, "B": 400, "C": 400}


def test_a_cap_does_not_touch_what_the_shares_leave_open():
    found = share("A=50, cap 100; B=25", [1000])
    assert by_name(found) == {"A": 100, "B": 650, UNASSIGNED: 250}


def test_a_cap_of_zero_sends_nobody_and_stays_to_be_seen():
    found = share("A=50, cap 0; B=50", [500, 500])
    assert by_name(found) == {"A": 0, "B": 1000}
    assert cells(found, "A") == [0, 0]
    assert by_name(share("A=cap 0; B=100", [500, 500])) == {"A": 0, "B": 1000}


def test_where_all_are_capped_the_rest_is_unassigned():
    found = share("A=50, cap 100; B=50, cap 150", [500, 500])
    assert by_name(found) == {"A": 100, "B": 150, UNASSIGNED: 750}
    assert found.notes[-1] == (
        "Zone force: 750 persons (75 %) are unassigned, as caps, units or whole sectors leave them to nobody"
    )


def test_a_pledge_keeps_to_its_cap():
    assert by_name(share("A=500 persons, cap 300; B=100", [1000])) == {"A": 300, "B": 700}


# --- units ---


def test_who_falls_short_of_its_unit_sends_nobody():
    found = share("A=90; B=10, unit 120", [500, 500])
    assert by_name(found) == {"A": 1000, "B": 0}
    assert found.notes == (
        "Zone force, sending nobody, as the total would be below the unit: B (unit 120)",
        "Zone force, more than their shares, as others send less: A 100 instead of 90 %",
    )


def test_the_smallest_goes_first_so_that_others_may_reach_their_unit():
    # 100 and 110 both fall short of 120; without B there are 112 for C, without C too there would be none
    found = share("A=79; B=10, unit 120; C=11, unit 120", [1000])
    assert by_name(found) == {"A": 878, "B": 0, "C": 122}


def test_a_pledge_below_its_unit_falls_to_the_shares():
    assert by_name(share("A=100; B=80 persons, unit 120", [1000])) == {"A": 1000, "B": 0}


def test_a_unit_counts_in_training_too():
    assert by_name(share("A=90, role training; B=10, role training, unit 20", [0], training=100)) == {"A": 100, "B": 0}


def test_a_contingent_of_three_hundred_goes_to_two_sectors_not_to_all():
    found = share("Others=95; Estonia=300 persons, unit 120", [250] * 24)
    assert sorted(cells(found, "Estonia"))[-3:] == [0, 150, 150]
    where = np.nonzero(cells(found, "Estonia"))[0]
    assert where[1] - where[0] == 1
    assert found.warnings == ()


def test_two_with_units_do_not_crowd_the_same_sectors():
    found = share("Others=90; A=300 persons, unit 120; B=300 persons, unit 120", [250] * 24)
    assert not set(np.nonzero(cells(found, "A"))[0]) & set(np.nonzero(cells(found, "B"))[0])


def test_a_unit_that_proportion_keeps_anyway_changes_nothing():
    assert share("A=30, unit 200; B=70", EIGHT).zone.tolist() == share("A=30; B=70", EIGHT).zone.tolist()


def test_units_that_fill_whole_sectors_only():
    found = share("A=50, unit 100; B=50, unit 100", [100] * 6)
    assert sorted(itertools.chain(cells(found, "A"), cells(found, "B"))) == [0] * 6 + [100] * 6
    assert found.warnings == ()


def test_where_units_leave_no_room_a_warning_tells_where():
    found = share("A=50, unit 100; B=50, unit 100", [150, 150, 150])
    small = [(name, place, n) for name in "AB" for place, n in zip(names_of(3), cells(found, name)) if 0 < n < 100]
    assert small
    for name, place, number in small:
        told = f"{place} ({number})"
        assert any(warning.startswith(f"{name} sends fewer") and told in warning for warning in found.warnings)
    assert found.zone.sum(axis=0).tolist() == [150, 150, 150]


@pytest.mark.parametrize(
    ("rows", "columns", "units"),
    [
        ([6, 3], [5, 4], [2, 3]),  # only where the first is spread over most sectors
        ([9, 6], [4, 4, 3, 4], [2, 2]),  # only where it is gathered in fewest
        ([11, 3], [5, 4, 5], [2, 2]),  # only where it fills them one after the other
        ([9, 3], [7, 5], [3, 2]),  # only by exchanging persons afterwards
    ],
)
def test_tight_tables_are_found(rows, columns, units):
    table = table_with_units(np.array(rows), np.array(columns), np.array(units))
    assert (table.sum(axis=1).tolist(), table.sum(axis=0).tolist()) == (rows, columns)
    assert all(cell == 0 or cell >= unit for row, unit in zip(table.tolist(), units) for cell in row)


def test_contingents_stay_together_rather_than_seek_the_largest_sectors():
    table = table_with_units(np.array([300, 670]), np.array([260, 50, 260, 150, 250]), np.array([140, 0]))
    assert np.nonzero(table[0])[0].tolist() == [2, 3]


def test_the_larger_unit_chooses_first_in_whatever_order_they_are_given():
    rows = ["A=300 persons, unit 120", "B=300 persons, unit 100", "Others=100"]
    for order in itertools.permutations(rows):
        found = share("; ".join(order), [250] * 12 + [260] * 12)
        assert np.nonzero(cells(found, "A"))[0].tolist() == [12, 13]
        assert np.nonzero(cells(found, "B"))[0].tolist() == [14, 15, 16]


def test_a_unit_larger_than_any_sector_still_keeps_contingents_together():
    found = share("Others=90; A=10, unit 200", [100] * 24)
    assert sorted(cells(found, "A")) == [0] * 21 + [40, 100, 100]
    assert np.ptp(np.nonzero(cells(found, "A"))[0]) == 2
    assert found.warnings[0].startswith("A sends fewer persons than its unit of 200 to ")
    assert found.warnings[0].endswith(", where no room was found for more")


def test_a_lead_is_not_dropped_for_its_unit():
    found = share("A=lead S1, unit 500; B=100", [100, 900])
    assert cells(found, "A") == [100, 0]
    assert len(found.warnings) == 1


def test_units_without_room_still_keep_contributors_together():
    found = share("France=30, unit 120; United Kingdom=30, unit 120; Others=40, unit 120", [224] * 24)
    stretches = [sum(1 for sends, _ in itertools.groupby(row > 0) if sends) for row in found.zone]
    assert sum(stretches) <= 4  # one each, and one that is cut off where a sector is shared
    assert 1 <= len(found.warnings) <= 2


def test_of_many_contributors_only_some_are_named():
    found = share("; ".join(f"N{k}=5, cap 3" for k in range(20)), [1000])
    assert found.notes[0] == (
        "Zone force, at the cap: N0 (3), N1 (3), N2 (3), N3 (3), N4 (3), N5 (3), N6 (3), N7 (3) and 12 more"
    )


def test_unassigned_fills_what_units_leave():
    found = share("A=30, unit 100; B=30, unit 100", [150] * 8)
    for name in "AB":
        assert all(number == 0 or number >= 100 for number in cells(found, name))
    assert by_name(found) == {"A": 360, "B": 360, UNASSIGNED: 480}


# --- leads ---


def test_named_sectors_come_whole_from_their_lead():
    found = share("France=30, lead S2 + s8; United Kingdom=30; Others=40", EIGHT)
    assert cells(found, "France") == [0, 673, 0, 0, 0, 0, 0, 674]
    assert by_name(found) == {"France": 1347, "United Kingdom": 1731, "Others": 2307}
    assert found.notes == (
        "Zone force, more than their shares, as others send less: United Kingdom 32.1 instead of 30 %, "
        "Others 42.8 instead of 40 %",
        "France leads S2, S8: 1,300 persons, 25 % instead of 30 %",
    )


@pytest.mark.parametrize("sectors", ["north", "NORTH", "1", "North + 1"])
def test_sectors_are_named_in_any_case_or_numbered(sectors):
    found = share(f"A=lead {sectors}; B=100", [10, 20, 30], names=["North", "1st", "3"])
    assert cells(found, "A") == [10, 0, 0]


def test_a_name_goes_before_a_number():
    assert cells(share("A=lead 1; B=100", [10, 20, 30], names=["3", "2", "1"]), "A") == [0, 0, 30]


def test_a_lead_takes_support_too_unless_others_give_it():
    assert cells(share("A=lead S1; B=100", [10, 20], [1, 2]), "A") == [11, 0]
    found = share("A=lead S1; B=100; C=100, role support, lead S2", [10, 20], [1, 2])
    assert (cells(found, "A"), cells(found, "C")) == ([10, 0], [0, 2])
    assert found.warnings[-1].startswith("C leads S2 in mission support: 2 persons")
    assert totals(found)[UNASSIGNED, SUPPORT] == 1


def test_a_lead_takes_the_consecutive_sectors_nearest_to_its_share():
    found = share("France=30, lead; Others=70", [700, 800, 100, 1510, 890, 1000])
    assert cells(found, "France") == [700, 800, 0, 0, 0, 0]
    assert found.notes == ("France leads S1–S2: 1,500 persons, 30 %",)


def test_the_deviation_of_a_lead_is_told():
    found = share("France=30, lead; Others=70", [1000] * 8)
    assert cells(found, "France") == [1000, 1000] + [0] * 6
    assert found.notes[-1] == "France leads S1–S2: 2,000 persons, 25 % instead of 30 %"
    pledged = share("France=1300 persons, lead; Others=100", [1000] * 8)
    assert pledged.notes == ("France leads S1: 1,000 persons instead of 1,300",)
    beside = share("France=30, lead; Others=30; Poland=200 persons", [100] * 10)  # 800 are left to share
    assert beside.notes[-1] == "France leads S1–S2: 200 persons, 25 % instead of 30 %"


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.integers(0, 100), st.integers(0, 200) | st.none())
def test_no_other_block_is_nearer_to_the_share_of_a_lead(zone, per_cent, cap):
    limit = "" if cap is None else f", cap {cap}"
    found = share(f"A={per_cent}, lead{limit}; B={100 - per_cent}", zone)
    target = min(by_name(share(f"A={per_cent}{limit}; B={100 - per_cent}", zone))["A"], sum(zone))
    blocks = [sum(zone[start:stop]) for start, stop in itertools.combinations(range(len(zone) + 1), 2)]
    nearest = min((abs(block - target) for block in blocks if cap is None or block <= cap), default=target)
    if "A leads S" in " ".join((*found.notes, *found.warnings)):
        assert abs(by_name(found)["A"] - target) == nearest < target
        assert all(cell in (0, sector) for cell, sector in zip(cells(found, "A"), zone))
    else:  # it shares with the others, and is told to
        assert target <= nearest
        assert by_name(found)["A"] == target
        assert any("A leads no sector" in warning for warning in found.warnings) == (target > 0)


def test_leads_are_laid_along_the_line_in_the_order_given():
    found = share("A=25, lead; B=50, lead; C=25, lead", [100] * 8)
    assert [cells(found, name) for name in "ABC"] == [
        [100] * 2 + [0] * 6, [0] * 2 + [100] * 4 + [0] * 2, [0] * 6 + [100] * 2,
    ]
    assert found.warnings == ()


def test_leads_among_themselves_leave_no_sector_to_nobody():
    found = share("A=33.3, lead; B=33.3, lead; C=33.4, lead", [100] * 10)  # three each would be nearer to each share
    assert sorted(by_name(found).items()) != [("A", 300), ("B", 300), ("C", 300)]
    assert UNASSIGNED not in found.contributors
    assert sorted(by_name(found).values()) == [300, 300, 400]


def test_a_lead_does_not_reach_across_the_sectors_of_another():
    found = share("A=66.67, lead; B=lead S2; C=33.33", [100, 100, 100, 100])
    assert cells(found, "A") == [0, 0, 100, 100]  # two thirds of 300 are wanted


def test_a_lead_keeps_to_its_cap_and_its_unit():
    assert cells(share("A=30, lead, cap 250; B=70", [100] * 10), "A") == [100, 100] + [0] * 8
    assert cells(share("A=30, lead, unit 80; B=70", [50, 50, 50, 100, 100, 100, 50]), "A") == [0] * 3 + [100, 0, 0, 0]


def test_units_do_not_keep_leads_from_covering_the_line():
    found = share("A=50, lead, unit 80; B=50, lead, unit 80", [100, 50, 100])
    assert UNASSIGNED not in found.contributors
    assert found.warnings[0].startswith(("A sends fewer persons than its unit of 80 to S2 (50)", "B sends fewer"))


def test_a_lead_too_small_for_any_sector_shares_the_others():
    found = share("A=5, lead; B=95", [500, 500])
    assert by_name(found) == {"A": 50, "B": 950}
    assert cells(found, "A") == [25, 25]
    assert found.warnings == (
        "A leads no sector, as no whole one fits its 50 persons; it shares the sectors that nobody leads",
    )


def test_a_lead_with_a_cap_of_zero_sends_nobody():
    found = share("A=30, lead, cap 0; B=70", [500, 500])
    assert by_name(found) == {"A": 0, "B": 1000}
    assert found.warnings == ()


# --- refusals ---


@pytest.mark.parametrize(
    ("text", "wrong", "mend"),
    [
        ("A=30, lead S9", "sector S9 that A is to lead is not known", "'S1', 'S2', 'S3', or a number from 1 to 3"),
        ("A=30, lead 0", "sector 0 that A is to lead is not known", "1 to 3"),
        ("A=30, lead 4", "sector 4 that A is to lead is not known", "1 to 3"),
        ("A=30, lead " + "9" * 30, "that A is to lead is not known", "1 to 3"),
        ("A=30, lead ²", "sector ² that A is to lead is not known", "1 to 3"),
        ("A=30, lead S1; B=30, lead S2 + 1", "A and B both lead the sector S1", "one of them"),
        ("A=30, lead S1 + S2, cap 1999", "leads sectors of 2,000 persons, but its cap is 1,999", "Raise the cap"),
        ("A=lead S1, cap 0", "leads sectors of 1,000 persons, but its cap is 0", "fewer sectors"),
    ],
)
def test_leads_are_refused_by_their_exact_cause(text, wrong, mend):
    with pytest.raises(PlanError) as caught:
        share(text, [1000, 1000, 1000])
    assert wrong in caught.value.message
    assert mend in caught.value.hint


def test_only_the_first_of_many_sectors_are_told():
    with pytest.raises(PlanError, match=r"'S6', 'S7', 'S8', …, or a number from 1 to 200\."):
        share("A=30, lead North", [1] * 200)


def test_a_name_of_several_sectors_is_refused_unless_written_as_one_of_them():
    with pytest.raises(PlanError, match="Several sectors are named NORTH"):
        share("A=30, lead NORTH", [1, 2], names=["North", "north"])
    assert cells(share("A=30, lead north; B=70", [1, 2], names=["North", "north"]), "A") == [0, 2]


@pytest.mark.parametrize(
    ("zone", "support", "names", "training"),
    [
        ([1, 2], [1], ["S1", "S2"], 0), ([1, 2], [0, 0], ["S1"], 0), ([1, -2], [0, 0], ["S1", "S2"], 0),
        ([1.5, 2], [0, 0], ["S1", "S2"], 0), ([1, 2], [0, 0], ["S1", "S2"], -1), ([10**12, 2], [0, 0], ["S1", "S2"], 0),
    ],
)
def test_persons_that_cannot_be_shared_are_refused(zone, support, names, training):
    with pytest.raises(PlanError, match="persons"):
        contribute([Contributor("A", 100)], np.array(zone), np.array(support), names, training)


def test_contributors_made_by_hand_are_checked_too():
    with pytest.raises(PlanError, match="a is given twice in the role zone"):
        contribute([Contributor("A", 1), Contributor("a", 2)], np.array([1]), np.array([1]), ["S1"], 0)
    with pytest.raises(PlanError, match="101 contributors"):
        contribute([Contributor(f"N{i}", 1) for i in range(101)], np.array([1]), np.array([1]), ["S1"], 0)
    with pytest.raises(PlanError, match="both a share and a number"):
        Contributor("A", 1, persons=5)


# --- whatever is combined ---


@st.composite
def one_of_many(draw, number):
    """A contributor of any kind that names no sectors."""
    role = draw(st.sampled_from(ROLES))
    amount = draw(st.sampled_from([{"share": 30}, {"persons": 40}, {"share": 0}, {"share": 7.5}, {"share": 200}]))
    return Contributor(
        f"N{number}", role=role, unit=draw(st.sampled_from([0, 0, 5, 60])),
        cap=draw(st.sampled_from([None, None, 0, 50])), lead=role != TRAINING and draw(st.booleans()), **amount,
    )


@st.composite
def cases(draw):
    number = draw(st.integers(1, 7))
    sectors = draw(st.integers(1, 9))
    persons = st.lists(st.integers(0, 120), min_size=sectors, max_size=sectors)
    contributors = [draw(one_of_many(k)) for k in range(number)]
    return contributors, np.array(draw(persons)), np.array(draw(persons)), draw(st.integers(0, 300))


@settings(max_examples=400)
@given(cases())
def test_every_sum_is_exact_and_every_limit_kept(case):
    contributors, zone, support, training = case
    found = contribute(contributors, zone, support, names_of(len(zone)), training)
    roles = np.array(found.roles)
    assert found.zone.dtype == found.training.dtype == np.int64
    assert found.zone.min() >= 0
    assert found.training.min() >= 0
    alone = any(one.role == SUPPORT for one in contributors)
    assert found.zone[roles == ZONE].sum(axis=0).tolist() == (zone if alone else zone + support).tolist()
    assert found.zone[roles == SUPPORT].sum(axis=0).tolist() == (support if alone else 0 * support).tolist()
    assert found.training.sum() == training
    assert not found.zone[roles == TRAINING].any()
    assert not found.training[roles != TRAINING].any()
    for one, row, trainers in zip(contributors, found.zone, found.training):
        sent = int(row.sum() + trainers)
        assert one.cap is None or sent <= one.cap
        led = any(note.startswith(f"{one.name} leads") for note in found.notes)
        assert led or sent == 0 or sent >= one.unit
        small = ((row > 0) & (row < one.unit)).any()
        assert small == any(warning.startswith(f"{one.name} sends fewer") for warning in found.warnings)
    names = found.contributors
    assert names[:len(contributors)] == tuple(one.name for one in contributors)
    assert set(names[len(contributors):]) <= {UNASSIGNED}
    assert all(found.zone[k].any() or found.training[k] for k in range(len(contributors), len(names)))


@settings(max_examples=100)
@given(st.lists(st.integers(20, 200), min_size=1, max_size=9), st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_units_are_kept_wherever_there_is_room(zone, contingents):
    # units of 9 at most in sectors of 20 at least, for a third of the persons at most: there is always room
    text = "; ".join(f"N{k}={units * 2} persons, unit {units}" for k, units in enumerate(contingents))
    if sum(2 * units for units in contingents) > sum(zone) / 3:
        return
    found = share(f"{text}; Others=100", zone)
    assert not found.warnings
    assert sum(cell > 0 for row in found.zone[:-1].tolist() for cell in row) <= 2 * len(contingents)


@settings(max_examples=100)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_sectors_does_not_change_totals(case, random):
    contributors, zone, support, training = case
    if any(one.lead for one in contributors):
        return
    order = list(range(len(zone)))
    random.shuffle(order)
    one = contribute(contributors, zone, support, names_of(len(zone)), training)
    other = contribute(contributors, zone[order], support[order], names_of(len(zone)), training)
    assert totals(one) == totals(other)


SHARES = st.lists(st.integers(1, 500), min_size=2, max_size=7, unique=True)
UNEQUAL_SECTORS = st.lists(st.integers(0, 300), min_size=1, max_size=8, unique=True)


@settings(max_examples=100)
@given(SHARES, UNEQUAL_SECTORS, st.randoms(use_true_random=False))
def test_the_order_of_unequal_contributors_and_sectors_does_not_matter(shares, zone, random):
    contributors = [Contributor(f"N{k}", share / 5) for k, share in enumerate(shares)]
    zone, none, names = np.array(zone), np.zeros(len(zone), dtype=int), names_of(len(zone))
    first = contribute(contributors, zone, none, names, 0)
    if max(Counter(first.zone.sum(axis=1).tolist()).values()) > 1:
        return  # equal totals: the first of them has precedence
    order, places = list(range(len(shares))), list(range(len(zone)))
    random.shuffle(order)
    random.shuffle(places)
    second = contribute([contributors[k] for k in order], zone[places], none, names, 0)
    for k, row in zip(order, second.zone):
        assert row.tolist() == first.zone[k][places].tolist()


def test_the_largest_numbers_that_are_allowed():
    zone = [9_000_000, 4_000_000, 1, 6_999_999]
    found = share("A=7000000 persons, unit 2000000; B=5000000 persons, unit 3; C=0.3, unit 5; D=1e6, cap 9999999", zone)
    assert by_name(found) == {"A": 7_000_000, "B": 5_000_000, "C": 0, "D": 8_000_000}
    assert found.zone.sum(axis=0).tolist() == zone
    assert all(cell == 0 or cell >= 2_000_000 for cell in cells(found, "A"))


def test_two_hundred_sectors_and_fifty_contributors_with_units_and_leads():
    rng = np.random.default_rng(7)
    zone, support = rng.integers(50, 400, 200), rng.integers(10, 60, 200)
    contributors = [
        Contributor(f"N{k}", 2, unit=(0, 30, 120)[k % 3], lead=k % 10 == 0, cap=None if k % 7 else 900)
        for k in range(50)
    ]
    found = contribute(contributors, zone, support, names_of(200), 1000)
    assert found.zone[np.array(found.roles) == ZONE].sum(axis=0).tolist() == (zone + support).tolist()
    for one, row in zip(contributors, found.zone):
        assert one.unit == 0 or row[row > 0].min() >= one.unit
