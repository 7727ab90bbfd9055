"""Contributors as text and as rows of a table: what is read, what is refused and in which words."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.contributors import (
    ROLES,
    SUPPORT,
    TRAINING,
    Contributor,
    contributors_from_rows,
    contributors_from_text,
    contributors_to_text,
)
from buffer_zone_plugin.core.errors import PlanError

CONTROLS = ("Cc", "Cs")
NAMES = st.text(st.characters(exclude_categories=CONTROLS, exclude_characters=";="), min_size=1, max_size=40).filter(
    lambda name: name.strip() and name.strip().casefold() != "unassigned"
)
SECTORS = st.text(st.characters(exclude_categories=CONTROLS, exclude_characters=";,+"), min_size=1, max_size=9)
JUNK = st.lists(
    st.sampled_from([
        *"=;,+%\n\t .-²é\x00\u2028", "France", "30", "1e9999", "nan", "cap", "unit", "role", "lead", "persons",
        "training", "S1", "unassigned", "9" * 50, "((((", "1_000", "٣", "0x1F", "--5", "1.2.3", "\ud800",
    ]), max_size=60,
).map("".join)


@st.composite
def contributor(draw):
    """Any contributor that the model allows."""
    role = draw(st.sampled_from(ROLES))
    lead = role != TRAINING and draw(st.booleans())
    sectors = draw(st.lists(SECTORS.filter(str.strip), max_size=4)) if lead else []
    kind = draw(st.sampled_from(["share", "persons"]))
    amount = {
        "share": st.floats(0, 1e6) | st.integers(0, 100), "persons": st.integers(0, 10_000_000),
    }[kind]
    return Contributor(
        draw(NAMES), role=role, unit=draw(st.integers(0, 10_000_000)), lead=lead, sectors=tuple(sectors),
        cap=draw(st.none() | st.integers(0, 10_000_000)), **{kind: draw(amount)},
    )


CONTRIBUTORS = st.lists(contributor(), max_size=6).map(
    lambda found: list({(one.role, one.name.casefold()): one for one in found}.values())
)


def is_clear(error):
    """One sentence on what is wrong and one on how to mend it, on one line of bearable length."""
    words = (error.message, error.hint, error.where)
    str(error).encode()  # or it could not be shown
    return (
        len(error.message) > 15 and error.message[0] not in " {" and len(error.hint) > 5 and error.hint.endswith(".")
        and not any(control in text for text in words for control in "\n\x00\u2028") and len(str(error)) < 500
    )


def test_the_neutral_example():
    assert contributors_from_text("France=30; United Kingdom=30; Others=40") == (
        Contributor("France", 30.0), Contributor("United Kingdom", 30.0), Contributor("Others", 40.0),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France=30, cap 5000, unit 120, role support, lead",
         Contributor("France", 30, cap=5000, unit=120, role=SUPPORT, lead=True)),
        ("Poland=500 persons", Contributor("Poland", persons=500)),
        ("Malta=1 person", Contributor("Malta", persons=1)),
        ("France = 30 %", Contributor("France", 30)),
        ("France=30%", Contributor("France", 30)),
        ("France=30.5", Contributor("France", 30.5)),
        ("France=2.5e1", Contributor("France", 25)),
        ("Germany=10, cap 0", Contributor("Germany", 10, cap=0)),
        ("Germany=cap 0", Contributor("Germany", cap=0)),
        ("UK=20, ROLE Training", Contributor("UK", 20, role=TRAINING)),
        ("UK=20, lead S1 +  Upper   Dnipro +3", Contributor("UK", 20, lead=True, sectors=("S1", "Upper Dnipro", "3"))),
        ("UK=lead S1", Contributor("UK", lead=True, sectors=("S1",))),
        ("  United \t  Kingdom=20", Contributor("United Kingdom", 20)),
        ("Bosnia, Herzegovina=20,\tcap\t7", Contributor("Bosnia, Herzegovina", 20, cap=7)),
        ("S=20, lead a=b", Contributor("S", 20, lead=True, sectors=("a=b",))),
        ("Česko=5", Contributor("Česko", 5)),
    ],
)
def test_what_an_entry_says(text, expected):
    assert contributors_from_text(text) == (expected,)


@pytest.mark.parametrize("text", ["A=1;B=2", "A=1\nB=2", "A=1\r\nB=2;", ";\n A=1 ;; B=2\n\n"])
def test_entries_are_parted_by_semicolons_or_lines(text):
    assert [one.name for one in contributors_from_text(text)] == ["A", "B"]


@pytest.mark.parametrize("text", ["", "  ", ";;\n;"])
def test_an_empty_text_has_no_contributors(text):
    assert contributors_from_text(text) == ()


def test_one_name_may_have_several_roles():
    found = contributors_from_text("France=30; France=50, role training")
    assert [one.role for one in found] == ["zone", "training"]


def test_the_canonical_text():
    text = "  France = 30.0 % ,lead S1+S2,unit 120 , cap 5000\nPoland=500 persons,role training; X=cap 0"
    canonical = "France=30, cap 5000, unit 120, lead S1 + S2; Poland=500 persons, role training; X=cap 0"
    assert contributors_to_text(contributors_from_text(text)) == canonical
    assert contributors_to_text(()) == ""


@settings(max_examples=300)
@given(CONTRIBUTORS)
def test_a_text_is_read_back_as_it_was(contributors):
    try:
        text = contributors_to_text(contributors)
        assert list(contributors_from_text(text)) == contributors
    except PlanError as error:  # names that differ only in how they are written
        assert "twice" in error.message


REFUSALS = [
    ("France", "no = between", "France=30"),
    ("France 30", "no = between", "France=30"),
    ("=30", "no name", "France=30"),
    ("France=", "Nothing stands", "number first"),
    ("France=30,", "Nothing stands", "cap 5000"),
    ("France=30,,cap 5", "Nothing stands", "cap 5000"),
    ("France=many", "'many' is not understood", "number first"),
    ("France=thirty %", "'thirty %' is not understood", "number first"),
    ("France=nan", "'nan' is not understood", "number first"),
    ("France=30 40", "share '30 40' is not a number", "digits only"),
    ("France=1_000", "share '1_000' is not a number", "digits only"),
    ("France=30 %%", "share '30 %' is not a number", "digits only"),
    ("France=1.2.3", "share '1.2.3' is not a number", "digits only"),
    ("France=" + "9" * 41, "is not a number", "digits only"),
    ("France=1e999", "share of France is inf", "per cent from 0 to 1,000,000"),
    ("France=1000001", "share of France is 1e+06", "per cent from 0 to 1,000,000"),
    ("France=-5", "share of France is -5", "per cent from 0"),
    ("France=30,5", "comma in '30,5' parts two numbers", "Write 30.5"),
    ("France=30, 5", "comma in '30,5' parts two numbers", "Write 30.5"),
    ("France=30,5 %", "comma in '30,5 %' parts two numbers", "Write 30.5 %"),
    ("France=1,500 persons", "comma in '1,500 persons'", "Write 1500 persons without"),
    ("France=1,5 persons", "comma in '1,5 persons'", "whole number of persons"),
    ("France=30, cap 5,000", "comma in 'cap 5,000'", "Write cap 5000 without"),
    ("France=lead, 30", "'30' does not stand right after the =", "first"),
    ("France=1.5 persons", "number of persons of France is 1.5", "whole number"),
    ("France=-1 persons", "number of persons of France is -1", "whole number from 0"),
    ("France=10000001 persons", "number of persons of France is 1e+07", "to 10,000,000"),
    ("France=many persons", "'many persons' is not understood", "number first"),
    ("France=30, cap", "cap '' is not a number", "digits only"),
    ("France=30, cap no", "cap 'no' is not a number", "digits only"),
    ("France=30, cap 2.5", "cap of France is 2.5", "whole number"),
    ("France=30, cap 1e8", "cap of France is 1e+08", "10,000,000"),
    ("France=30, unit -1", "unit of France is -1", "whole number"),
    ("France=30, unit 5, unit 6", "unit of France is given twice", "Keep one"),
    ("France=30, lead, lead S1", "lead of France is given twice", "Keep one"),
    ("France=30, role cook", "role of France is 'cook'", "zone, training, support"),
    ("France=30, role", "role of France is ''", "zone, training, support"),
    ("France=30, role training, lead", "lead sectors in training", "another role"),
    ("France=30, lead S1 + + S2", "sector to lead of France has no name", "lead S1 + S2"),
    ("France=30, leads S1", "'leads S1' is not understood", "lead S1"),
    ("France=30, persons 5", "'persons 5' is not understood", "persons"),
    ("France=30, lead " + "+".join(f"S{i}" for i in range(201)), "201 sectors", "at most 200"),
    ("France=lead", "neither a share nor a number", "France=30"),
    ("France=cap 5", "neither a share nor a number", "France=30"),
    ("A=30; A=20", "A is given twice in the role zone", "change a role"),
    ("Türkiye=30; TU\u0308RKIYE=20", "given twice in the role zone", "change a role"),
    ("unassigned=30", "stands for what nobody sends", "another name"),
    ("  UnAssigned =30", "stands for what nobody sends", "another name"),
    ("x" * 101 + "=30", "has 101 characters", "at most 100"),
    ("A\x00B=30", "control characters", "Leave them out"),
    ("A\ud800B=30", "control characters", "Leave them out"),
    ("; ".join(f"N{i}=1" for i in range(101)), "101 contributors", "at most 100"),
]


@pytest.mark.parametrize(("text", "wrong", "mend"), REFUSALS)
def test_a_text_is_refused_by_its_exact_cause(text, wrong, mend):
    with pytest.raises(PlanError) as caught:
        contributors_from_text(text)
    assert wrong in caught.value.message
    assert mend in caught.value.hint
    assert is_clear(caught.value)


def test_a_refusal_names_the_entry():
    with pytest.raises(PlanError) as caught:
        contributors_from_text("France=30; Poland=x")
    assert caught.value.where == "contributor 2, 'Poland=x'"


@settings(max_examples=500)
@given(st.text(st.characters(), max_size=200) | JUNK)
def test_any_text_is_read_or_refused_in_a_clear_sentence(text):
    try:
        found = contributors_from_text(text)
    except PlanError as error:
        assert is_clear(error), str(error)
    else:
        assert contributors_from_text(contributors_to_text(found)) == found


@pytest.mark.parametrize("piece", ["=", ";a=1", ",", "a=1,", "+", "a=lead +", "9", "(", " ", "a=" + "1," * 9, "é\n"])
def test_a_huge_text_is_refused_or_read_like_a_small_one(piece):
    try:
        assert contributors_from_text(piece * 200_000) == ()
    except PlanError as error:
        assert is_clear(error), str(error)


def test_the_longest_numbers_and_names_that_are_allowed():
    assert contributors_from_text("x" * 100 + "=1000000, cap 10000000")[0].cap == 10_000_000
    assert contributors_from_text("a=" + "0" * 39 + "5")[0].share == 5


def test_a_table_is_read_by_the_names_of_its_columns():
    rows = [
        {"Contributor": "France", "SHARE": 30, "persons": math.nan, "role": None, "Min_Unit": 120.0, "cap": "", "x": 1},
        {"Contributor": " Poland ", "SHARE": None, "persons": np.int64(500), "role": "Training", "lead": False},
        {"Contributor": "UK", "SHARE": "30.5 %", "lead": "S1 + S2", "cap": np.float64("nan"), "unit": "60"},
        {"Contributor": "", "SHARE": math.nan, "persons": None, "fid": 4},
        {"Contributor": "Chad", "SHARE": 5, "lead": 1, "role": "support"},
        {"name": "Peru", "share": 5, "sectors": "3"},
        {"name": "Mali", "share": 5, "sectors": ["S4", 5], "lead": "yes"},
        {"name": "Togo", "share": 5, "sectors": 6.0},
    ]
    assert contributors_from_rows(rows) == (
        Contributor("France", 30, unit=120), Contributor("Poland", persons=500, role=TRAINING),
        Contributor("UK", 30.5, lead=True, sectors=("S1", "S2"), unit=60),
        Contributor("Chad", 5, lead=True, role=SUPPORT),
        Contributor("Peru", 5, lead=True, sectors=("3",)), Contributor("Mali", 5, lead=True, sectors=("S4", "5")),
        Contributor("Togo", 5, lead=True, sectors=("6",)),
    )


@pytest.mark.parametrize(("lead", "leads"), [(True, True), (1, True), ("TRUE", True), ("no", False), (0.0, False)])
def test_lead_may_be_yes_or_no(lead, leads):
    assert contributors_from_rows([{"name": "A", "share": 1, "lead": lead}])[0].lead is leads


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"contributor": " ", "share": 5}, "has no contributor"),
        ({"contributor": "A"}, "neither a share nor a number"),
        ({"contributor": "A", "share": 5, "persons": 6}, "both a share and a number"),
        ({"contributor": "A", "share": "30,5"}, "comma in '30,5'"),
        ({"contributor": "A", "persons": "1,500"}, "comma in '1,500'"),
        ({"contributor": "A", "share": True}, "share of A is True"),
        ({"contributor": "A", "share": 10**400}, "share of A is inf"),
        ({"contributor": "A", "share": math.inf}, "share of A is inf"),
        ({"contributor": "A", "share": [5]}, r"share of A is \[5\]"),
        ({"contributor": "A", "persons": 1.5}, "number of persons of A is 1.5"),
        ({"contributor": "A=B", "share": 5}, "holds one of ; ="),
        ({"contributor": "A", "share": "1\n2"}, "share '1 2' is not a number"),
        ({"contributor": "A;B", "share": 5}, "holds one of ; ="),
        ({"contributor": "A", "share": 5, "role": 7}, "role of A is '7'"),
        ({"contributor": "A", "share": 5, "lead": 2}, "column lead holds 2"),
        ({"contributor": "A", "share": 5, "lead": "2"}, "column lead holds 2"),
        ({"contributor": "A", "share": 5, "lead": "S1", "sectors": "S2"}, "both name sectors"),
        ({"contributor": "A", "share": 5, "lead": "no", "sectors": "S2"}, "names sectors but does not lead"),
        ({"contributor": "A", "share": 5, "sectors": object}, "column sectors holds"),
        ({"contributor": "A", "share": 5, "sectors": ["S1", None]}, "column sectors holds None"),
    ],
)
def test_a_row_is_refused_by_its_exact_cause_and_number(row, wrong):
    with pytest.raises(PlanError, match=wrong) as caught:
        contributors_from_rows([{"contributor": "First", "share": 1}, row])
    assert caught.value.where == "row 2"
    assert is_clear(caught.value)


def test_a_table_has_each_name_once_in_a_role_and_not_too_many():
    with pytest.raises(PlanError, match="given twice"):
        contributors_from_rows([{"name": "A", "share": 1}, {"name": "a ", "share": 1}])
    with pytest.raises(PlanError, match="101 contributors"):
        contributors_from_rows([{"name": f"N{i}", "share": 1} for i in range(101)])


NUMBERS = st.booleans() | st.integers() | st.floats()
CELLS = st.none() | NUMBERS | st.text(max_size=8) | st.lists(st.integers(), max_size=2)
COLUMN_NAMES = st.sampled_from(
    ["contributor", "Name", "share", "persons", "ROLE", "unit", "min_unit", "cap", "lead", "sectors", "fid"]
)


@settings(max_examples=300)
@given(st.lists(st.dictionaries(COLUMN_NAMES, CELLS), max_size=3))
def test_any_table_is_read_or_refused_in_a_clear_sentence(rows):
    try:
        found = contributors_from_rows(rows)
    except PlanError as error:
        assert is_clear(error), str(error)
    else:
        assert contributors_from_text(contributors_to_text(found)) == found


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"country": "A", "share": 5}, "no column contributor"), ({}, None),
        ({"contributor": "A", "share": 5, "caps": 3}, "column caps.*Did you mean cap"),
        ({"contributor": "A", "shares": 5}, "column shares.*Did you mean share"),
        ({"contributor": "A", "share": 5, "Rol": "zone"}, "column Rol.*Did you mean role"),
        ({"contributor": "A", "share": 5, "sector": "S1"}, "column sector.*Did you mean sectors"),
        ({"contributor": "A", "share": 5, "fid": 1, "iso": "AA", "note": "x"}, None),
    ],
)
def test_columns_that_are_slips_are_refused_and_others_left_alone(row, sentence):
    if sentence is None:
        assert len(contributors_from_rows([row])) == bool(row)
        return
    with pytest.raises(PlanError, match=sentence):
        contributors_from_rows([row])


def test_sectors_in_a_table_may_be_parted_by_commas():
    (found,) = contributors_from_rows([{"contributor": "A", "share": 5, "sectors": "S1, S2; S3 + S4"}])
    assert found.sectors == ("S1", "S2", "S3", "S4")
