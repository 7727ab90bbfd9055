"""Days are read where they are clear, refused where they are not; intervals and gaps follow from them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buffer_zone_plugin.core.dates import day_in_name, days_of, intervals
from buffer_zone_plugin.core.errors import PlanError

MAY = date(2024, 5, 1)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def read(value):
    return days_of([value], [7])[0]


@pytest.mark.parametrize("value", [
    MAY, datetime(2024, 5, 1), datetime(2024, 5, 1, 23, 59), "2024-05-01", " 20240501 ", 20240501, "2024-05-01T18:30",
    "2024-05-01 18:30:05.25", "2024-05-01T00:00:00Z", "2024-05-01T23:30-00:15", "2024-05-02T01:00:00+02:00",
    datetime(2024, 5, 2, 1, tzinfo=timezone(timedelta(hours=2))),
])
def test_a_day_is_read_in_utc(value):
    assert read(value) == MAY


@given(DAYS)
def test_every_day_comes_back_from_its_texts(day):
    assert read(day.isoformat()) == read(day.strftime("%Y%m%d")) == read(f"{day}T12:00Z") == day
    assert day_in_name(f"line {day}, second draft 3") == day_in_name(f"front_{day:%Y_%m_%d}") == day


@pytest.mark.parametrize(("value", "sentence"), [
    ("03/04/2024", r"'03/04/2024' can be read in two ways: which of 03 and 04 is the month \(feature 7\)"),
    ("3.4.24", "can be read in two ways"), ("13/04/2024", "'13/04/2024' cannot be read"),
    ("04/04/2024", "cannot be read"), ("2024-13-01", "cannot be read"), ("2023-02-29", "cannot be read"),
    ("2024-05", "cannot be read"), ("2024-0501", "cannot be read"), ("yesterday", "cannot be read"),
    ("2024-05-01T25:00", "cannot be read"), ("2024-05-01X", "cannot be read"),
    ("0001-01-01T01:00+02:00", "cannot be read"), (20240501.5, "cannot be read"),
    (True, "cannot be read"), (None, r"A feature has no date \(feature 7\)"), ("  ", "A feature has no date"),
])
def test_what_tells_no_day_is_refused_with_the_feature(value, sentence):
    with pytest.raises(PlanError, match=sentence) as caught:
        read(value)
    assert caught.value.where == "feature 7" and caught.value.hint


def test_a_line_has_a_whole_day():
    assert days_of(["2024-05-01T06:00", "2024-05-01T06:00Z", "2024-05-02T18:00"], [1, 2, 3])[1:] == (
        MAY, date(2024, 5, 2),
    )
    with pytest.raises(PlanError, match="Two times of 2024-05-01 were given, in features 1 and 2"):
        days_of(["2024-05-01T06:00", "2024-05-01T18:00"], [1, 2])


@pytest.mark.parametrize(("name", "sentence"), [
    ("front", "tells no date"), ("front 2024-05", "tells no date"), ("front 2024-13-01", "tells no date"),
    ("from 2024-05-01 to 2024-05-09", "tells several dates"), ("id 1202405011", "tells no date"),
])
def test_a_name_without_one_day_is_refused(name, sentence):
    with pytest.raises(PlanError, match=f"The name of the layer '{name}' {sentence}"):
        day_in_name(name)


@given(st.lists(DAYS, min_size=1, max_size=12, unique=True).map(sorted))
def test_intervals_follow_each_other_and_the_last_is_open(days):
    found = intervals(days)
    assert [one.start for one in found] == days
    assert [one.end for one in found] == [*days[1:], None]
    assert found[-1].days is None and not found[-1].gap
    lengths = sorted(one.days for one in found[:-1])
    for one in found[:-1]:
        middle = (lengths[(len(lengths) - 1) // 2] + lengths[len(lengths) // 2]) / 2
        assert one.gap == (one.days > 2 * middle)
