"""The contact line's length at several generalisations."""

from __future__ import annotations

import numpy as np
import pytest

from buffer_zone_plugin.core.geodesy import LocalPlane, path_length
from buffer_zone_plugin.core.lengths import GENERALISATIONS_M, generalised_lengths


def test_a_line_is_shorter_the_more_it_is_generalised(fractal):
    line = fractal(5, 9, roughness=0.5)
    found = generalised_lengths([line[:1500], line[1700:]], LocalPlane(line))
    assert [m for m, _ in found] == [0.0, *GENERALISATIONS_M]
    lengths = [length for _, length in found]
    assert lengths[0] == pytest.approx(path_length(line[:1500]) + path_length(line[1700:]), rel=1e-12)
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[3] < 0.9 * lengths[0]


def test_a_straight_line_has_one_length(at_km):
    line = at_km(np.array([[-100.0, 0.0], [-20.0, 0.0], [100.0, 0.0]]))
    lengths = [length for _, length in generalised_lengths([line], LocalPlane(line))]
    assert lengths == pytest.approx([200_000] * 4, rel=1e-4)


def test_bends_within_the_generalisation_vanish_and_larger_ones_stay(at_km):
    teeth = np.array([[x, (x % 20 > 0) * 3.0] for x in range(0, 101, 10)], dtype=float)
    lengths = dict(generalised_lengths([at_km(teeth)], LocalPlane(at_km(teeth))))
    assert lengths[1_000.0] == pytest.approx(lengths[0.0], rel=1e-6)
    assert lengths[5_000.0] == pytest.approx(100_000, rel=2e-3)


def test_a_plan_tells_them_and_which_one_staffing_uses(sample_plan):
    record = dict(sample_plan.record)
    for metres, length in sample_plan.lengths_m[1:]:
        assert float(record[f"line_km_generalised_{metres / 1000:g}_km"]) == pytest.approx(length / 1000, abs=1e-3)
    assert record["staffing_line"] == "as drawn, not generalised"
    assert sample_plan.lengths_m[0] == (0.0, pytest.approx(sample_plan.zone.line_m))
