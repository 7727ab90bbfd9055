"""Charts: what they show, that nothing runs into anything else, and that black and white is enough to read them."""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QLocale

matplotlib = pytest.importorskip("matplotlib")

import numpy as np  # noqa: E402
from matplotlib import style  # noqa: E402
from matplotlib.colors import to_hex  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Rectangle  # noqa: E402
from matplotlib.text import Text  # noqa: E402
from PIL import Image  # noqa: E402

from buffer_zone_plugin.core.errors import PlanError  # noqa: E402
from buffer_zone_plugin.output import chart_looks as looks  # noqa: E402
from buffer_zone_plugin.output import chart_text  # noqa: E402
from buffer_zone_plugin.output.charts import (  # noqa: E402
    MOST_BARS,
    Bar,
    Point,
    areas_chart,
    bar_of,
    persons_chart,
    png,
    point_of,
    save,
    trade_off_chart,
)

pytestmark = pytest.mark.qgis

NARROW, WIDE = 3.0, 8.0
PARTS = tuple(zip(looks.COMPONENTS, (700, 650, 60, 240, 380, 570)))
LONG = "Сценарій із дуже довгою назвою, що її треба скоротити: Їжак, Ґанок, Єдність"
WIDE_BAR = Bar("Wide", 1800, 2600, 5700, PARTS, 16_400.0, 16_300.0)
FAILED = Bar("None", error="The depth is 0 km on both sides. Give at least one side a depth above 0 km.")
STRIP = replace(WIDE_BAR, name="Between", strip_km2=3400.0)
CASES = {
    "two": [WIDE_BAR, Bar("Narrow", 900, 1300, 2900, PARTS[:1], 4000.0, 3900.0)],
    "one side": [WIDE_BAR, replace(WIDE_BAR, name="A only", area_b_km2=0.0)],
    "long names": [replace(WIDE_BAR, name=LONG), replace(WIDE_BAR, name="W" * 60), replace(WIDE_BAR, name="$a$ & <b>")],
    "failed": [WIDE_BAR, FAILED],
    "all failed": [FAILED, replace(FAILED, name="x")],
    "strip": [STRIP, replace(STRIP, name="Only", area_a_km2=0.0, area_b_km2=0.0)],
    "huge and tiny": [Bar("Huge", 10**8, 2 * 10**8, 5 * 10**8, (), 4e7, 4e7), Bar("Tiny", 0, 0, 1, (), 0.004, 0.0)],
    "nothing": [Bar("Zero")],
    "forty": [replace(WIDE_BAR, name=f"Scenario {number}") for number in range(MOST_BARS)],
}
POSTURES = {"Observe": 0.35, "Verify": 1.0, "Verify, both edges": 2.0, "Interpose": 11.0}


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


def candidates(postures=POSTURES, depths=(2, 5, 10, 20, 40), series=("",)):
    return [
        Point(
            posture, depth, depth, 1640.0 * depth, round(0.7 * persons), round(persons), round(2.2 * persons),
            persons <= 4000, depth == 10, one,
        )
        for posture, factor in postures.items() for number, one in enumerate(series) for depth in depths
        if (persons := factor * (1700 + 95 * depth) * (1 + number / 3))
    ]


def texts(figure):
    return [text for text in figure.findobj(Text) if text.get_text().strip()]


def said(figure):
    return [text.get_text().replace("\\$", "$") for text in texts(figure)]


def bars_in(figure):
    (axes,) = figure.axes
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def overlapping(figure):
    """The texts that leave the sheet, and the pairs that cover each other."""
    renderer = figure.canvas.get_renderer()
    figure.draw(renderer)
    width, height = figure.canvas.get_width_height()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]
    outside = [name for name, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]
    pairs = [
        (one, other) for (one, a), (other, b) in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 2
    ]
    return outside + pairs


# --- nothing runs into anything else


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("chart", [persons_chart, lambda bars, width: areas_chart(bars, "A", "B" * 50, width)])
def test_no_text_leaves_the_sheet_or_covers_another(chart, case, width):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that the font lacks is one
        figure = chart(CASES[case], width=width)
        assert overlapping(figure) == []
        assert figure.get_figwidth() == width


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("points, ceiling", [
    (candidates(), 4000), (candidates({"Verify": 1.0}), 0), (candidates()[:1], 0), ([], 4000), ([], 0),
    (candidates(depths=range(1, 41)), 60_000), (candidates(series=("posts every 4 km", "posts every 8 km")), 60_000),
])
def test_no_label_of_a_plan_covers_another(points, ceiling, width):
    assert overlapping(trade_off_chart(points, ceiling, width)) == []


def test_the_sheet_grows_with_the_scenarios():
    heights = [persons_chart(CASES["forty"][:count]).get_figheight() for count in (1, 2, 20, 40)]
    assert heights == sorted(heights) and heights[-1] - heights[0] == pytest.approx(39 * (heights[1] - heights[0]))


def test_beyond_the_most_a_line_tells_of_the_rest():
    bars = [*CASES["forty"], replace(WIDE_BAR, name="Scenario 40")]
    for figure in (persons_chart(bars), areas_chart(bars, "A", "B")):
        found = said(figure)
        assert "Scenario 39" in found and "Scenario 40" not in found
        assert "The first 40 of 41 scenarios are shown; the table has all." in found
    assert "Scenario 2" not in said(persons_chart(bars, most=2))


# --- what they show


def test_persons_are_stacked_by_component_with_the_range_below():
    figure = persons_chart([WIDE_BAR])
    widths = [(bar.get_x(), bar.get_width(), to_hex(bar.get_facecolor())) for bar in bars_in(figure)]
    assert [width for _, width, _ in widths] == [persons for _, persons in PARTS]
    assert [x for x, _, _ in widths] == [sum(p for _, p in PARTS[:place]) for place in range(6)]
    assert [colour for _, _, colour in widths] == [look["facecolor"] for look in looks.COMPONENTS.values()]
    ends = [tuple(line.get_xdata()) for line in figure.axes[0].lines]
    assert (1800, 5700) in ends and (2600,) in ends
    assert "2,600 (1,800–5,700)" in said(figure)


def test_persons_without_components_are_one_bar():
    figure = persons_chart([replace(WIDE_BAR, components=())])
    assert [bar.get_width() for bar in bars_in(figure)] == [2600]
    assert "All persons" in said(figure) and "Posts" not in said(figure)


def test_components_that_nobody_has_are_not_in_the_key():
    figure = persons_chart([replace(WIDE_BAR, components=(("posts", 2600), ("crossings", 0)))])
    assert "Posts" in said(figure) and "Crossings" not in said(figure)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_scenario_that_failed_is_named_with_its_reason(width):
    for figure in (persons_chart(CASES["failed"], width), areas_chart(CASES["failed"], "A", "B", width)):
        found = said(figure)
        assert "no plan" in found and "None" in found
        assert any(text.startswith("The depth is 0 km") for text in found)


def test_areas_lie_left_and_right_of_the_line_with_the_strip_between():
    figure = areas_chart([STRIP], "North", "South")
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars_in(figure)]
    assert ends == [(-1700 - 16_400, -1700), (-1700, 1700), (1700, 1700 + 16_300)]
    assert {"North", "South", "Between the lines", "16,400", "16,300", "36,100 (3,400)"} <= set(said(figure))
    assert "Between the lines" not in said(areas_chart([WIDE_BAR], "North", "South"))


def test_a_side_without_ground_has_no_bar():
    figure = areas_chart([replace(WIDE_BAR, area_a_km2=0.0)], "A", "B")
    assert [(bar.get_x(), bar.get_width()) for bar in bars_in(figure)] == [(0.0, 16_300.0)]
    assert "0" in said(figure)


def test_numbers_on_both_sides_of_the_axis_count_from_the_line():
    found = said(areas_chart([WIDE_BAR], "A", "B"))
    assert found.count("10,000") == 2 and not any("-" in text or "−" in text for text in found)


def test_the_scale_is_logarithmic_where_a_plain_one_would_hide_the_small():
    assert "Persons, central (logarithmic scale)" in said(trade_off_chart(candidates()))
    assert "Persons, central" in said(trade_off_chart(candidates({"Verify": 1.0})))


def marks_in(figure):
    """The marks of plans, without those of the key."""
    lines = (line for line in figure.artists if isinstance(line, Line2D) and len(line.get_xdata()) == 1)
    return [line for line in lines if line.get_marker() not in ("", "None", None)]


def test_plans_that_are_dominated_are_hollow_and_those_that_do_not_fit_small():
    points = candidates({"Verify": 1.0})
    figure = trade_off_chart(points, 4000)
    marks = marks_in(figure)
    assert len(marks) == len(points)
    hollow = [to_hex(line.get_markerfacecolor()) == "#ffffff" for line in marks]
    assert sum(hollow) == sum(point.dominated for point in points) == 1
    sizes = {line.get_markersize() for line in marks}
    assert len(sizes) == 2 and sum(line.get_markersize() == min(sizes) for line in marks) == 1
    assert {"Hollow: dominated by another plan", "Small: does not fit", "Ceiling: 4,000 persons"} <= set(said(figure))


def test_each_posture_has_a_mark_and_a_line_of_its_own():
    figure = trade_off_chart(candidates())
    looks_of = {(line.get_marker(), to_hex(line.get_color())) for line in marks_in(figure)}
    assert len(looks_of) == len(POSTURES) == len({marker for marker, _ in looks_of})
    dashes = {str(look["linestyle"]) for look in looks.POSTURES[:4]}
    assert len(dashes) == 4


@pytest.mark.parametrize("posture", [{"Verify": 1.0}, POSTURES])
def test_points_and_the_ceiling_stand_where_their_persons_are(posture):
    points = candidates(posture)
    same = points[-1].central  # a ceiling of as many persons lies at the height of the point
    figure = trade_off_chart(points, same)
    lines = [line for line in figure.artists if isinstance(line, Line2D) and len(line.get_xdata()) == 2]
    (ceiling,) = [line for line in lines if line.get_linewidth() == looks.CEILING["linewidth"]]
    marks = marks_in(figure)
    heights = sorted(line.get_ydata()[0] for line in marks)
    assert ceiling.get_ydata()[0] == pytest.approx(heights[-1])
    rank = sorted(range(len(points)), key=lambda place: points[place].central)
    assert [points[place].central for place in rank] == sorted(point.central for point in points)
    assert len(marks) == len(points) and heights[0] < heights[-1]


@pytest.mark.parametrize("chart", [
    lambda: persons_chart([WIDE_BAR]), lambda: areas_chart([STRIP], "A", "B"), lambda: trade_off_chart(candidates()),
])
def test_every_chart_has_title_unit_status_and_origin(chart):
    figure = chart()
    found = said(figure)
    assert figure.get_label() in found
    assert "Planning estimate, without prejudice to status." in found
    assert any(text.startswith("Buffer Zone Planner ") for text in found)
    assert {"Persons", "Area (km²)"} & set(found)


def test_separators_follow_the_language():
    QLocale.setDefault(QLocale("de_DE"))
    assert "2.600 (1.800–5.700)" in said(persons_chart([WIDE_BAR]))
    QLocale.setDefault(QLocale("uk_UA"))
    assert "2\u00a0600 (1\u00a0800–5\u00a0700)" in said(persons_chart([WIDE_BAR]))


def test_area_keeps_two_figures_of_small_numbers():
    assert [chart_text.area_text(km2) for km2 in (32_660.4, 99.96, 7.25, 0.0042, 0)] == [
        "32,660", "100", "7.3", "0.0042", "0",
    ]


# --- black and white


def grey_of(figure, box):
    """The grey levels inside a patch, as a printer without colours shows it."""
    image = np.asarray(Image.open(io.BytesIO(png(figure))).convert("L")).astype(float)
    extent = box.get_window_extent(figure.canvas.get_renderer())
    top = image.shape[0]
    return image[int(top - extent.y1) + 3:int(top - extent.y0) - 2, int(extent.x0) + 3:int(extent.x1) - 2]


@pytest.mark.parametrize("chart", [
    lambda: persons_chart([replace(WIDE_BAR, components=tuple((one, 1000) for one in looks.COMPONENTS))]),
    lambda: areas_chart([replace(STRIP, strip_km2=9000.0)], "A", "B"),
])
def test_all_fills_differ_in_lightness_or_hatching_without_colours(chart):
    figure = chart()
    levels = [grey_of(figure, bar) for bar in bars_in(figure)]
    assert len(levels) >= 3 and all(level.size > 500 for level in levels)
    for one, other in itertools.combinations(levels, 2):
        lightness = abs(one.mean() - other.mean())
        texture = abs(one.std() - other.std())
        assert lightness > 40 or texture > 15, (lightness, texture)


# --- files


def test_the_same_rows_give_the_same_bytes_whatever_the_user_has_set(tmp_path):
    def written(name):
        for chart in (persons_chart(CASES["failed"]), areas_chart([STRIP], "A", "B"), trade_off_chart(candidates())):
            yield from (Path(path).read_bytes() for path in save(chart, tmp_path / f"{name}{chart.get_label()}"))

    first = list(written("first"))
    before = dict(matplotlib.rcParams)
    assert list(written("second")) == first
    assert dict(matplotlib.rcParams) == before
    with style.context(["dark_background", "ggplot", {"font.size": 20, "figure.autolayout": True}]):
        assert list(written("third")) == first


def test_files_say_what_they_are_and_not_when(tmp_path):
    image, drawing = save(persons_chart([WIDE_BAR]), tmp_path / "persons")
    with Image.open(image) as opened:
        assert opened.text["Title"] == "Persons by scenario"
        assert opened.text["Software"].startswith("Buffer Zone Planner ")
        assert opened.info["dpi"][0] == pytest.approx(160, abs=1)
    tree = ElementTree.parse(drawing)
    found = {element.tag.rsplit("}", 1)[1]: (element.text or "").strip() for element in tree.iter()}
    assert "date" not in found and "Persons by scenario" in Path(drawing).read_text(encoding="utf-8")
    names = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(names) == len(set(names))


def test_files_that_are_there_are_replaced_only_if_asked(tmp_path):
    (tmp_path / "persons.svg").write_text("mine")
    with pytest.raises(PlanError, match=r"persons\.svg already exists"):
        save(persons_chart([WIDE_BAR]), tmp_path / "persons")
    assert os.listdir(tmp_path) == ["persons.svg"]
    save(persons_chart([WIDE_BAR]), tmp_path / "persons", overwrite=True)
    assert sorted(os.listdir(tmp_path)) == ["persons.png", "persons.svg"]
    assert (tmp_path / "persons.svg").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize("fails_at", range(4))
def test_both_files_are_written_or_the_old_ones_are_back(tmp_path, monkeypatch, fails_at):
    for suffix in ("png", "svg"):
        (tmp_path / f"persons.{suffix}").write_text(f"old {suffix}")
    real, calls = os.replace, []

    def failing(source, target):
        calls.append(source)
        if len(calls) == fails_at + 1:
            raise PermissionError(13, "Permission denied")
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(PlanError, match="could not be written: Permission denied"):
        save(persons_chart([WIDE_BAR]), tmp_path / "persons", overwrite=True)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "persons.png": "old png", "persons.svg": "old svg",
    }


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(PlanError, match="does not exist"):
        save(persons_chart([WIDE_BAR]), tmp_path / "nowhere" / "persons")


def test_no_part_of_matplotlib_is_used_that_others_share(repo_root):
    code = (
        "import sys; from buffer_zone_plugin.output import charts; assert 'matplotlib' not in sys.modules; "
        "charts.png(charts.trade_off_chart([])); charts.png(charts.persons_chart([charts.Bar('x', 1, 2, 3)])); "
        "import matplotlib; assert 'matplotlib.pyplot' not in sys.modules; "
        "assert matplotlib.rcParams == matplotlib.rc_params()"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=repo_root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_without_matplotlib_a_sentence_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)
    with pytest.raises(PlanError, match="need the Python library matplotlib"):
        persons_chart([WIDE_BAR])


# --- rows


def test_bars_are_read_from_the_table_of_scenarios():
    row = {
        "name": "Wide", "staff_low": 1, "staff_central": 2, "staff_high": 3, "staff_posts": 2, "staff_patrols": None,
        "area_km2": 30.0, "area_a_km2": 10.0, "area_b_km2": 15.0, "error": None,
    }
    assert bar_of(row) == Bar("Wide", 1, 2, 3, (("posts", 2),), 10.0, 15.0, 5.0)
    assert bar_of({**row, "area_km2": 25.0 + 1e-9}).strip_km2 == 0.0
    assert bar_of({**row, "area_km2": None, "area_strip_km2": 4.0}).strip_km2 == 4.0
    nothing = dict.fromkeys(row) | {"name": "Failed", "error": "No."}
    assert bar_of(nothing) == Bar("Failed", error="No.")


def test_points_are_read_from_the_table_of_plans():
    row = {
        "posture": "verify", "depth_a_km": 10, "depth_b_km": 5.0, "area_km2": 30.0, "population": None,
        "staff_low": 1, "staff_central": 2, "staff_high": 3, "fits": 1, "dominated": 0,
    }
    assert point_of(row, "posts every 4 km") == Point(
        "verify", 10.0, 5.0, 30.0, 1, 2, 3, True, False, "posts every 4 km",
    )


def test_series_of_one_posture_are_named_even_among_many_plans():
    names = ("posts every 5 km", "posts every 10 km")
    told = said(trade_off_chart(candidates({"Observe": 0.35, "Verify": 1.0}, tuple(range(2, 42, 2)), names), 4000))
    assert [told.count(name) for name in names] == [2, 2]
