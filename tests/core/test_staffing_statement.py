"""How numbers of persons are written in texts."""

from __future__ import annotations

import pytest

from buffer_zone_plugin.core.staffing.statement import ONE_LINE, STATEMENT, STATUS, told_with, two_figures


@pytest.mark.parametrize(
    ("number", "figures"),
    [(0, 0), (7, 7), (99, 99), (100, 100), (105, 110), (995, 1000), (1391, 1400), (5368, 5400), (5450, 5500),
     (52_908, 53_000), (-1391, -1400), (12_224.4, 12_000)],
)
def test_two_significant_figures(number, figures):
    assert two_figures(number) == figures


def test_the_statement_is_two_lines_and_the_status_is_the_agreed_line():
    assert STATUS == "Planning estimate, without prejudice to status."
    lines = STATEMENT.split("\n")
    assert len(lines) == 2 and all(line.endswith(".") and len(line) < 120 for line in lines)
    assert f"{STATUS} {lines[0]} {lines[1]}" == ONE_LINE and len(ONE_LINE) <= 254  # what a shapefile's field holds
    assert told_with("Mine").split("\n") == [f"{STATUS} Posture: Mine.", *lines]
