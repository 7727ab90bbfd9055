"""Text that fits, and places for labels."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

pytest.importorskip("matplotlib")

from buffer_zone_plugin.output.chart_places import Box, along, apart, around, free_place, overlap
from buffer_zone_plugin.output.chart_text import ELLIPSIS, fitted, text_width, wrapped

pytestmark = pytest.mark.qgis

WORDS = st.text(alphabet="abcWW їєЇҐ.-$", max_size=80)
PLACES = st.floats(0.0, 6.0)


@given(text=WORDS, width=st.floats(0.3, 5.0))
def test_a_text_is_cut_where_it_no_longer_fits(text, width):
    whole, shown = " ".join(text.split()), fitted(text, width, 8.5)
    assert text_width(shown, 8.5) <= width + 1e-5
    if shown != whole:
        assert shown.endswith(ELLIPSIS) and whole.startswith(shown[:-1])
        longer = whole[:len(shown)] + ELLIPSIS
        assert text_width(longer, 8.5) > width or longer[-2] == " " or whole[len(shown) - 1] == " "


@given(text=WORDS, width=st.floats(0.3, 5.0))
def test_lines_fit_and_hold_all_words_that_do(text, width):
    lines = wrapped(text, width, 8.5)
    assert all(text_width(line, 8.5) <= width + 1e-5 for line in lines)
    if all(text_width(word, 8.5) <= width for word in text.split()):
        assert " ".join(lines).split() == text.split()


@given(x=PLACES, y=PLACES, width=st.floats(0.1, 1.0), points=st.lists(st.tuples(PLACES, PLACES), max_size=30))
def test_a_label_covers_nothing_and_stays_inside(x, y, width, points):
    inside, taken = Box(0.0, 0.0, 6.0, 6.0), [around(*point, 0.1, 0.1) for point in points]
    place = free_place((x, y), width, 0.1, 0.05, inside, taken, [])
    assume(place is not None)
    assert not any(overlap(place, other) for other in taken)
    assert place.left >= 0 and place.right <= 6 and place.bottom >= 0 and place.top <= 6
    assert 0.04 < apart(place, x, y) < 0.2


def test_what_should_rather_stay_free_is_covered_only_if_nothing_else_is_left():
    inside, line = Box(0.0, 0.0, 6.0, 6.0), list(along((0.0, 3.0), (6.0, 3.0)))
    beside = free_place((3.0, 3.0), 0.5, 0.1, 0.05, inside, [], line)
    assert not any(overlap(beside, box) for box in line)
    narrow = Box(0.0, 2.9, 6.0, 3.1)
    assert any(overlap(free_place((3.0, 3.0), 0.5, 0.1, 0.05, narrow, [], line), box) for box in line)
    assert free_place((3.0, 3.0), 0.5, 0.1, 0.05, narrow, line, []) is None
