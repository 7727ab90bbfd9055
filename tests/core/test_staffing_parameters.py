"""The parameter catalogue that ships, and what is refused of others."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.core.staffing.parameters import COLUMNS, PARAMETERS, check_value, read_catalogue

SHIPPED = Path(__file__).parents[2] / "resources" / "staffing" / "parameters.csv"
EXPECTED = {
    "op_spacing": (17.5, 8, 2.5), "n_lines": (1, 1, 2), "op_watch": (2, 3, 4), "shift_factor": (3.0, 4.0, 4.73),
    "sensor_share": (0.45, 0, 0), "sensor_operator": (0.5, 1, 2), "passes_per_day": (1, 2, 6),
    "area_revisit": (14, 7, 1), "observation_halfwidth": (4, 2, 1), "patrol_km": (130, 80, 50),
    "patrol_crew": (4, 6, 8), "patrol_day_fraction": (0.5, 1, 1), "patrol_utilisation": (0.75, 0.5, 0.3),
    "crossing_watch": (4, 6, 10), "reserve_share": (0.10, 0.15, 0.25), "unit_overhead": (0.12, 0.18, 0.25),
    "mission_support_share": (0.20, 0.30, 0.40), "trainees_per_trainer_staff": (3, 2, 1.5),
    "course_weeks": (3, 5, 7), "rotation_multiplier": (3, 4, 5), "temp_posts": (0, 0, 1.4),
    "temp_post_persons": (2, 4, 6),
}


@pytest.fixture
def rows():
    with open(SHIPPED, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def write(tmp_path):
    def write_rows(rows, columns=COLUMNS):
        path = tmp_path / "parameters.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path
    return write_rows


def test_the_shipped_catalogue_holds_every_parameter_of_the_model():
    catalogue = read_catalogue(SHIPPED)
    assert {name: (p.low, p.central, p.high) for name, p in catalogue.items()} == EXPECTED
    assert set(catalogue) == set(PARAMETERS)


def test_every_value_says_where_it_comes_from():
    for parameter in read_catalogue(SHIPPED).values():
        assert parameter.unit
        assert parameter.note
        assert parameter.source_title
        assert bool(parameter.source_address) == (parameter.confidence != "assumption"), parameter.name
        assert all(a.startswith("https://") for a in filter(None, parameter.source_address.split(" ; ")))


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("central", "eight", "'eight'"), ("low", "", "''"), ("high", "nan", "'nan'"), ("central", "20", "not between"),
        ("high", "-1", "-1"), ("high", "0", "0"), ("name", "op_spaces", "op_spaces"), ("confidence", "sure", "sure"),
    ],
)
def test_a_bad_cell_names_its_row(rows, write, column, value, says):
    rows[0][column] = value
    with pytest.raises(PlanError, match="row 2") as caught:
        read_catalogue(write(rows))
    assert says in str(caught.value)


def test_rows_and_columns_must_be_those_of_the_model(rows, write):
    with pytest.raises(PlanError, match="lack a row: op_spacing"):
        read_catalogue(write(rows[1:]))
    with pytest.raises(PlanError, match="twice"):
        read_catalogue(write([*rows, rows[0]]))
    with pytest.raises(PlanError, match="lack a column: note"):
        read_catalogue(write(rows, COLUMNS[:-1]))
    with pytest.raises(PlanError, match="unknown column: remark"):
        read_catalogue(write(rows, (*COLUMNS, "remark")))


def test_ragged_and_unreadable_files_are_refused(tmp_path):
    path = tmp_path / "parameters.csv"
    with pytest.raises(PlanError, match="cannot be read"):
        read_catalogue(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PlanError, match="cannot be read"):
        read_catalogue(path)
    path.write_text(",".join(COLUMNS) + "\nop_spacing,km,1,2,3\n", encoding="utf-8")
    with pytest.raises(PlanError, match="row 2"):
        read_catalogue(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(PlanError, match="lack a column"):
        read_catalogue(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("op_spacing", 0), ("unit_overhead", 0.9), ("n_lines", 3), ("n_lines", 1.5), ("op_watch", True),
        ("op_watch", None), ("op_watch", "3 persons"), ("patrols", 3), ("op_watch", float("inf")), ("op_watch", -1),
    ],
)
def test_impossible_values_are_refused(name, value):
    with pytest.raises(PlanError, match=name):
        check_value(name, value)
