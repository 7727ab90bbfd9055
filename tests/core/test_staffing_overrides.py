"""The user's own parameters and postures: what they change, and what is refused of them by name."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.json_file import MOST_BYTES, read_json
from buffer_zone_plugin.core.staffing.build_up import SectorInputs, components, post_count
from buffer_zone_plugin.core.staffing.draws import drivers, parameter_range
from buffer_zone_plugin.core.staffing.model import estimate, training_staff
from buffer_zone_plugin.core.staffing.overrides import effective
from buffer_zone_plugin.core.staffing.parameters import PARAMETERS, ZONE_PARAMETERS, limits, read_catalogue
from buffer_zone_plugin.core.staffing.postures import central_values, posture_data, posture_of, read_postures

RESOURCES = Path(__file__).parents[2] / "resources"
CATALOGUE = read_catalogue(RESOURCES / "staffing" / "parameters.csv")
POSTURES = read_postures(RESOURCES / "presets" / "postures.json")
VERIFY = POSTURES["verify"]


def total(content):
    used = effective(content, VERIFY, CATALOGUE)
    values = central_values(used.posture, used.catalogue)
    posts = post_count(1200.0, values)
    inputs = SectorInputs(*(np.array([n]) for n in (1200.0, 43_200.0, posts, 12)))
    return round(components(inputs, values).sum())


def range_of(name, content):
    used = effective(content, VERIFY, CATALOGUE)
    return parameter_range(name, used.posture, used.catalogue)


@pytest.mark.parametrize(
    ("content", "persons"),
    [({}, 5368), ({"op_spacing": 13}, 3998), ({"op_spacing": {"central": 13, "unit": "km"}}, 3998),
     ({"sensor_share": 0.42}, 3980), ({"temp_posts": 1, "temp_post_persons": 4}, 6570)],
)
def test_a_value_takes_the_place_of_the_postures(content, persons):
    assert total(content) == persons


def test_a_value_keeps_its_range_in_proportion_and_a_range_is_taken_as_it_is():
    assert range_of("op_spacing", {}) == (2.5, 8, 17.5)
    assert range_of("op_spacing", {"op_spacing": 16}) == (5, 16, 35)
    assert range_of("op_spacing", {"op_spacing": {"low": 10, "high": 6}}) == (6, 8, 10)
    assert range_of("op_spacing", {"op_spacing": {"low": 20, "central": 16}}) == (5, 16, 20)
    assert range_of("op_watch", {"op_watch": 6}) == (4, 6, 8)  # the posture's own range is that of its own value
    assert range_of("op_watch", {"op_watch": {"high": 6}}) == (2, 3, 6)
    assert range_of("op_watch", {"op_watch": 9}) == (6, 9, 12)
    assert range_of("sensor_share", {"sensor_share": {"low": 0.5, "central": 0.4, "high": 0.2}}) == (0.2, 0.4, 0.5)
    assert range_of("patrol_utilisation", {"patrol_utilisation": 0.9}) == pytest.approx((0.54, 0.9, 1.0))


def test_what_stands_beside_the_zone_force_can_be_changed_too():
    used = effective({"course_weeks": 7}, VERIFY, CATALOGUE)
    assert training_staff(30_000, used.catalogue).central == 2020
    used = effective({"rotation_multiplier": {"low": 2, "central": 2.5, "high": 3}}, VERIFY, CATALOGUE)
    assert used.catalogue["rotation_multiplier"].central == 2.5


def test_the_source_of_a_given_value_is_told():
    used = effective({"op_spacing": 12}, VERIFY, CATALOGUE)
    assert used.catalogue["op_spacing"].confidence == "given"
    assert used.catalogue["op_spacing"].source_title == "Given by the user"
    assert used.label == "verify (changed: op_spacing)"
    entry = {"central": 12, "source_title": "Survey of 2026", "source_address": "https://example.org", "note": "dry"}
    parameter = effective({"op_spacing": entry}, VERIFY, CATALOGUE).catalogue["op_spacing"]
    told = (parameter.source_title, parameter.source_address, parameter.note)
    assert told == ("Survey of 2026", "https://example.org", "dry")
    assert CATALOGUE["op_spacing"].confidence == "derived"  # the shipped one stays as it was


def test_values_of_an_own_posture_do_not_borrow_the_catalogues_sources():
    values = {"op_spacing": 12, "op_watch": 3, "patrol_km": 80}
    mine = {"label": "Mine", "values": values, "ranges": {"op_watch": [2, 5]}}
    catalogue = effective(mine, VERIFY, CATALOGUE).catalogue
    for name in ("op_spacing", "op_watch"):
        assert catalogue[name].source_title == "Given by the user, posture Mine"
    assert catalogue["op_spacing"].confidence == "given"
    assert catalogue["patrol_km"] == CATALOGUE["patrol_km"]
    sources = [{"title": "Survey", "address": "https://example.org"}]
    assert effective({**mine, "sources": sources}, VERIFY, CATALOGUE).catalogue["op_watch"].source_title == "Survey"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"spacing": 8}, "no staffing parameter 'spacing'"),
        ({"op_spacing": {"central": 8, "unit": "miles"}}, "'op_spacing' is given in 'miles'.*'km of line per post'"),
        ({"op_spacing": {"central": 8, "unit": ""}}, "'op_spacing' is given in ''"),
        ({"op_watch": {"low": 5, "high": 2}}, "'op_watch' has low 5 and high 2"),
        ({"op_spacing": {"low": 5, "high": 12}}, "'op_spacing' has low 5 and high 12.*larger number"),
        ({"op_watch": {"low": 2, "central": 9, "high": 4}}, "central value 9 of 'op_watch'"),
        ({"course_weeks": {"low": 9, "high": 4}}, "'course_weeks' has low 9"),
        ({"op_spacing": 0}, "'op_spacing' is 0"), ({"op_spacing": -3}, "'op_spacing' is -3"),
        ({"op_spacing": 1e-9}, "'op_spacing' is 1e-09"), ({"op_watch": 1e300}, r"'op_watch' is 1e\+300"),
        ({"patrol_utilisation": 3}, "'patrol_utilisation' is 3.*to 1"),
        ({"unit_overhead": 0.95}, "'unit_overhead' is 0.95"), ({"n_lines": 3}, "'n_lines' is 3"),
        ({"n_lines": {"low": 1, "central": 1, "high": 2}}, "'n_lines' has a low"),
        ({"op_spacing": 10**400}, "'op_spacing' is"),
        ({"op_watch": "many"}, "'op_watch' is 'many'"), ({"op_watch": None}, "'op_watch' is 'None'"),
        ({"op_watch": [2, 3]}, "'op_watch' is"), ({"op_watch": True}, "'op_watch' is 'True'"),
        ({"op_watch": {"value": 3}}, "'op_watch' has the unknown key 'value'"),
        ({"op_watch": {"unit": "persons"}}, "'op_watch' has no value"),
        (["op_watch"], "not a JSON object"),
        ({"label": "Mine", "values": {"course_weeks": 3}}, "cannot set 'course_weeks'"),
        ({"label": "Mine", "values": {}, "extra": 1}, "unknown key 'extra'"),
        ({"values": {}}, "has no label"), ({"label": 3, "values": {}}, "label of a posture is no text"),
        ({"label": "x" * 300, "values": {}}, "300 characters"),
        ({"label": " Verify ", "values": {}}, "'Verify' is the name"),
        ({"label": "Mine", "id": "interpose", "values": {}}, "'interpose' is the name"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(content, sentence):
    with pytest.raises(PlanError, match=sentence) as caught:
        effective(content, VERIFY, CATALOGUE)
    assert caught.value.hint


@pytest.mark.parametrize("name", PARAMETERS)
def test_the_shipped_values_are_within_the_limits(name):
    least, most = limits(name)
    parameter = CATALOGUE[name]
    assert all(least <= value <= most for value in (parameter.low, parameter.central, parameter.high))
    assert all(least <= posture.values.get(name, parameter.central) <= most for posture in POSTURES.values())


def test_a_posture_is_saved_and_loaded():
    used = effective({"op_spacing": 12, "sensor_share": {"central": 0.2, "low": 0.3, "high": 0.1}}, VERIFY, CATALOGUE)
    mine = replace(used.posture, id="Cameras", label="Cameras")
    stored = json.loads(json.dumps(posture_data(mine)))
    assert posture_of(stored) == mine
    again = effective(stored, POSTURES["interpose"], CATALOGUE)
    assert (again.label, again.posture) == ("Cameras", mine)
    short = effective({"label": "Short", "values": {"op_spacing": 12}}, POSTURES["interpose"], CATALOGUE)
    assert short.posture.values == {"op_spacing": 12}
    assert central_values(short.posture, short.catalogue)["op_watch"] == 3


@pytest.mark.parametrize("line_km", [1.0, 3.3, 333.3, 852.83, 1200.0])
def test_a_share_of_0_takes_nobody(line_km):
    used = effective({"unit_overhead": 0, "mission_support_share": 0, "reserve_share": 0}, VERIFY, CATALOGUE)
    inputs = SectorInputs(*(np.array([n]) for n in (line_km, 36 * line_km, 11, 3)))
    result = estimate(inputs, used.posture, used.catalogue)
    assert result.central[0, 3:].tolist() == [0, 0, 0]
    assert result.total.central == round(components(inputs, central_values(used.posture, used.catalogue)).sum())


def test_nobody_centrally_still_has_a_range():
    nothing = {"op_watch": {"central": 0, "low": 0, "high": 3}, "patrol_day_fraction": 0, "crossing_watch": 0}
    used = effective(nothing, VERIFY, CATALOGUE)
    inputs = SectorInputs(*(np.array(n) for n in ([600.0, 600.0], [100.0, 100.0], [75, 75], [0, 0])))
    result = estimate(inputs, used.posture, used.catalogue)
    assert (result.total.low, result.total.central) == (0, 0) and result.total.high > 1000
    assert result.high.sum() == result.total.high and result.high[:, 0].min() > 0


def test_the_drivers_are_those_of_the_published_sensitivities():
    inputs = SectorInputs(*(np.array([n]) for n in (1200.0, 43_200.0, 150, 12)))
    found = drivers(inputs, VERIFY, CATALOGUE)
    assert [driver.parameter.name for driver in found[:3]] == ["op_spacing", "op_watch", "area_revisit"]
    assert {driver.parameter.name for driver in found} == set(ZONE_PARAMETERS)
    swings = [driver.swing for driver in found]
    assert swings == sorted(swings, reverse=True)
    spacing = found[0]
    assert (spacing.low, spacing.central, spacing.high) == (17.5, 8, 2.5)
    assert (spacing.persons_low, spacing.persons_high) == (3421, 13_302)
    assert all(d.persons_low <= 5368 <= d.persons_high for d in found)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "not valid JSON"), (b"\xff\xfe{}", "UTF-8"), (b'{"a": 1, "a": 2}', "'a' is given twice"),
        (b'{"a": NaN}', "NaN"), (b'{"a": -Infinity}', "Infinity"), (b"[" * 200_000, "nested|not valid"),
        (b" " * (MOST_BYTES + 1), "larger"), (b"", "not valid JSON"),
    ],
)
def test_files_that_hold_no_usable_json_are_refused(tmp_path, content, sentence):
    path = tmp_path / "staffing.json"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=sentence):
        read_json(path, "The staffing parameters")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PlanError, match=r"none\.json"):
        read_json(tmp_path / "none.json", "The staffing parameters")
    path = tmp_path / "mark.json"
    path.write_bytes(b'\xef\xbb\xbf{"op_spacing": 12}')
    assert read_json(path, "The staffing parameters") == {"op_spacing": 12}


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from([*PARAMETERS, "low", "central", "high", "unit", "values", "label", "ranges"]), inner,
        max_size=4,
    ),
    max_leaves=12,
)


@settings(max_examples=300)
@given(JUNK)
def test_any_data_gives_a_posture_or_a_refusal(content):
    try:
        used = effective(content, VERIFY, CATALOGUE)
    except PlanError:
        return
    for name in ZONE_PARAMETERS:
        smallest, central, largest = parameter_range(name, used.posture, used.catalogue)
        assert smallest <= central <= largest
