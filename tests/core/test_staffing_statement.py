"""How numbers of persons are written in texts."""

from __future__ import annotations

import pytest

from buffer_zone_plugin.core.staffing.statement import STATUS, one_line, statement, told_with, two_figures


@pytest.mark.parametrize(
    ("number", "figures"),
    [(0, 0), (7, 7), (99, 99), (100, 100), (105, 110), (995, 1000), (1391, 1400), (5368, 5400), (5450, 5500),
     (52_908, 53_000), (-1391, -1400), (12_224.4, 12_000)],
)
def test_two_significant_figures(number, figures):
    assert two_figures(number) == figures


def test_the_status_is_the_agreed_line():
    assert STATUS == "Planning estimate, without prejudice to status."


@pytest.mark.parametrize(
    ("ends", "range_told"),
    [((3734, 5368, 12_224), "-30 % to +130 %"), ((5368, 5368, 5368), "-0 % to +0 %"),
     ((100, 100, 995), "-0 % to +900 %"), ((1, 1000, 1_000_000), "-100 % to +100000 %")],
)
def test_the_statement_is_two_lines_with_the_range_of_the_total_itself(ends, range_told):
    lines = statement(*ends)
    assert len(lines) == 2 and all(line.endswith(".") and len(line) < 120 for line in lines)
    assert f"move it by {range_told};" in lines[1]
    assert one_line(*ends) == f"{STATUS} {lines[0]} {lines[1]}"
    assert len(one_line(*ends)) <= 254  # of a shapefile's field
    assert told_with("Mine", *ends).split("\n") == [f"{STATUS} Posture: Mine.", *lines]


def test_nobody_has_no_range():
    assert "%" not in one_line(0, 0, 0)
