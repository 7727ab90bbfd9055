"""Does docs/staffing.md say what the model computes, and can its reader redo the examples and use the files?"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import replace

import pytest

from buffer_zone_plugin.core.contributors import contributors_from_rows, contributors_from_text
from buffer_zone_plugin.core.staffing.build_up import COMPONENTS
from buffer_zone_plugin.core.staffing.overrides import effective
from buffer_zone_plugin.core.staffing.parameters import FIXED, PARAMETERS
from buffer_zone_plugin.core.staffing.postures import posture_of
from buffer_zone_plugin.core.staffing.statement import STATUS, statement
from tools import make_staffing_docs
from tools.staffing_text import CATALOGUE, POSTURES, ZONES, links

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
SUM = re.compile(r"[0-9.+*/() -]+")


@pytest.fixture(scope="module")
def page():
    return make_staffing_docs.PAGE.read_text(encoding="utf-8")


def part_of(page, name):
    begin, end = f"<!-- computed: {name} -->", f"<!-- end of {name} -->"
    return page[page.index(begin) + len(begin):page.index(end)].strip()


def rows_of(page, name):
    lines = [line for line in part_of(page, name).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    assert all(len(row) == len(cells[0]) for row in cells)
    return cells[0], cells[2:]


def number(text):
    return float(re.sub(r"[*,% ]", "", text).replace("−", "-"))


def fences(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


def test_the_page_is_what_the_tool_would_write(page):
    assert make_staffing_docs.filled(page) == page, "run: python tools/make_staffing_docs.py"


def test_a_part_that_is_missing_twice_or_cut_off_is_told(page):
    drivers = f"<!-- computed: drivers -->\n\n{part_of(page, 'drivers')}\n\n<!-- end of drivers -->"
    for spoiled in (
        page.replace(drivers, ""), page + drivers, page.replace("<!-- end of drivers -->", ""),
        page.replace("computed: drivers", "computed: riders").replace("end of drivers", "end of riders"),
    ):
        with pytest.raises(ValueError, match="drivers"):
            make_staffing_docs.filled(spoiled)


def test_a_figure_changed_by_hand_is_put_right(page):
    assert page.count("| **5,368** |") >= 1
    assert make_staffing_docs.filled(page.replace("5,368", "5,385")) == page


def test_the_statement_is_that_of_every_product(page):
    told = part_of(page, "statement")
    assert STATUS in told
    assert "\n".join(statement(3734, 5368, 12_224)) in told


def test_the_worked_example_can_be_redone(page):
    """Every sum of the table, with the numbers as they are printed, gives the result that is printed."""
    _, rows = rows_of(page, "example")
    done = 0
    for _, what, text, result in rows:
        rounded_up = text.endswith(", rounded up")
        asked = text.removesuffix(", rounded up").replace(",", "").replace("×", "*").replace("−", "-")
        assert SUM.fullmatch(asked), text
        value = eval(asked)
        value = math.ceil(value) if rounded_up else value
        tolerance = 0.5 if "rounded once" in what else 0.1
        assert value == pytest.approx(number(result), abs=tolerance), what
        done += 1
    assert done == 17
    results = [row[3] for row in rows]
    for told in ("150", "1,800", "591.4", "288", "2,679.4", "5,368.2", "**5,368**", "962"):
        assert told in results
    added = re.search(r"parts are\s+(.*?) = 5,368", part_of(page, "example"), re.DOTALL)[1]
    persons = [number(re.sub(r"[a-z]", "", term)) for term in added.split("+")]
    assert len(persons) == len(COMPONENTS)
    assert sum(persons) == 5368


def test_the_two_sectors_add_up(page):
    head, rows = rows_of(page, "two-sectors")
    assert head[1:] == ["S1", "S2", "both"]
    told = {row[0]: [number(cell) for cell in row[1:]] for row in rows}
    for what, (first, second, both) in told.items():
        assert first + second == pytest.approx(both, abs=0.011), what
    for column in range(3):
        parts = sum(told[f"persons: {name}"][column] for name in COMPONENTS)
        assert parts == pytest.approx(told["real persons"][column], abs=0.03)
    assert told["rounded down"][2] + 1 == told["**persons**"][2]


def test_the_known_figures_of_postures_and_published_totals(page):
    postures, implied = (
        {row[0]: row[1:] for row in rows_of(page, name)[1]} for name in ("postures", "calibration")
    )
    assert postures["**zone force, central**"] == ["**1,379**", "**5,368**", "**9,696**", "**52,908**"]
    assert postures["posts"] == ["69", "150", "300", "960"]
    assert implied["a post every … km under Verify"][0] == "13"
    assert implied["a post every … km under Interpose"][1] == "2.1"
    assert implied["a post every … km under Verify, both edges"][1] == "1.0"
    assert implied["share of posts without crew under Verify, a post every 8 km"] == ["41 %", "–"]
    assert implied["persons on watch at a post under Interpose, a post every 2.5 km"] == ["–", "4.8"]


def test_what_the_page_says_of_postures_holds(page):
    assert all("op_watch" in posture.ranges for posture in POSTURES.values())
    assert {name for name, posture in POSTURES.items() if max(posture.ranges["op_watch"]) < 8} == {"observe"}
    assert all(f"`{name}`" in page for name in (*FIXED, *PARAMETERS))
    _, ranges = rows_of(page, "ranges")
    assert all(number(row[2]) < number(row[3]) for row in ranges)  # the centre below the median


def test_the_example_files_are_taken(page):
    by_name, by_posture = (json.loads(text) for text in fences(page, "json"))
    assert effective(by_name, POSTURES["verify"], CATALOGUE).changed == tuple(by_name)
    assert effective(by_posture, POSTURES["observe"], CATALOGUE).label == by_posture["label"]
    table = next(text for text in fences(page, "text") if text.startswith("contributor,"))
    found = contributors_from_rows(list(csv.DictReader(io.StringIO(table))))
    assert [one.name for one in found] == ["France", "Poland", "Others", "Germany"]
    assert contributors_from_text("France=30, lead S1 + S3")[0].sectors == ("S1", "S3")


def test_the_lines_that_save_a_posture_do(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (lines,) = fences(page, "python")
    exec(lines, {})
    saved = json.loads((tmp_path / "my_posture.json").read_text(encoding="utf-8"))
    assert posture_of(saved) == replace(POSTURES["verify"], id="mine", label="Mine")
    assert effective(saved, POSTURES["observe"], CATALOGUE).label == "Mine"


def test_every_source_of_the_data_is_on_the_page(page):
    for part, entries in (("parameters", CATALOGUE.values()), ("past-missions", ZONES)):
        told = part_of(page, part)
        for entry in entries:
            assert all(f"<{place.strip()}>" in told for place in entry.source_address.split(" ; ") if place.strip())
            assert " ".join(entry.note.split()) in told
    assert links("One; Two", "https://a ; https://b") == "[One](<https://a>); [Two](<https://b>)"
    assert links("Several", "https://a ; https://b") == "Several: [1](<https://a>), [2](<https://b>)"
    assert links("Planning assumption", "") == "Planning assumption"


def test_the_page_is_finished_and_its_links_lead_somewhere(page):
    assert not UNFINISHED.search(page)
    anchors = {re.sub(r"[^a-z0-9 _-]", "", line.lstrip("# ").lower()).replace(" ", "-")
               for line in page.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors
