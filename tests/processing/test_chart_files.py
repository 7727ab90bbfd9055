"""Charts as an output of algorithms: a folder, all files or none, nothing of before lost."""

from __future__ import annotations

import os

import pytest
from qgis.core import QgsProcessingException, QgsProcessingParameterBoolean

from buffer_zone_plugin.core.errors import PlanError
from buffer_zone_plugin.processing import chart_files
from buffer_zone_plugin.processing.base import OVERWRITE, Words, ZoneAlgorithm, overwrite_parameter, progress_of
from buffer_zone_plugin.processing.old_files import old_kept_until_written

pytest.importorskip("matplotlib")
pytestmark = pytest.mark.qgis

FILES = ["areas.png", "areas.svg", "persons.png", "persons.svg"]
SCENARIOS = [
    {"name": "Wide", "staff_low": 1800, "staff_central": 2600, "staff_high": 5700, "area_a_km2": 16_400.0,
     "area_b_km2": 16_300.0, "area_km2": 32_700.0, "error": None},
    {"name": "None", "error": "The depth is 0 km on both sides."},
]
PLANS = [
    {"posture": "verify", "depth_a_km": depth, "depth_b_km": depth, "area_km2": 1640.0 * depth, "fits": depth < 5,
     "staff_low": 900 * depth, "staff_central": 1000 * depth, "staff_high": 2000 * depth, "dominated": False}
    for depth in (2, 4, 8)
]


class DrawCharts(ZoneAlgorithm):
    """An algorithm that makes nothing but charts."""

    ID = "drawcharts"
    GROUP_ID = "tests"

    def words(self):
        return Words("Draw charts", "Tests", "", "", lambda: "")

    def initAlgorithm(self, config=None):  # noqa: N802
        self.addParameter(chart_files.charts_parameter())
        self.addParameter(QgsProcessingParameterBoolean("FAIL", "Fail at the end", False))
        self.addParameter(overwrite_parameter())

    def check(self, parameters, context):
        pass

    def prepare(self, parameters, context, feedback):
        pass

    def deliver(self, parameters, context, feedback):
        folder = chart_files.chart_folder(self, parameters, context)
        found = chart_files.chart_destinations(self, parameters, context, folder, chart_files.SCENARIO_CHARTS)
        with old_kept_until_written(found):
            drawn = chart_files.scenario_charts(SCENARIOS, "North", "South")
            results = chart_files.write_charts(folder, drawn, progress_of(feedback))
            if self.parameterAsBoolean(parameters, "FAIL", context):
                raise PlanError("Something went wrong at the end", "Try again.")
        return results


@pytest.fixture
def draw(context):
    """Run the algorithm and return its results."""
    import processing

    def run(feedback=None, **values):
        return processing.run(DrawCharts().create(), values, feedback=feedback, context=context)

    return run


def test_charts_are_written_into_a_folder_that_is_made(draw, tmp_path):
    folder = tmp_path / "charts"
    assert draw(CHARTS=str(folder)) == {"CHARTS": str(folder)}
    assert sorted(os.listdir(folder)) == FILES
    assert all((folder / name).stat().st_size > 5000 for name in FILES)


@pytest.mark.parametrize("skipped", [{}, {"CHARTS": None}, {"CHARTS": ""}])
def test_no_charts_unless_they_are_asked_for(draw, skipped):
    assert draw(**skipped) == {}


def test_a_temporary_folder_is_one_folder(draw):
    result = draw(CHARTS="TEMPORARY_OUTPUT")
    assert sorted(os.listdir(result["CHARTS"])) == FILES


def test_files_of_before_are_replaced_only_if_that_is_allowed(draw, tmp_path):
    (tmp_path / "areas.svg").write_text("mine")
    (tmp_path / "other.txt").write_text("mine")
    with pytest.raises(QgsProcessingException, match=r"areas\.svg already exists.*OVERWRITE"):
        draw(CHARTS=str(tmp_path))
    assert sorted(os.listdir(tmp_path)) == ["areas.svg", "other.txt"]
    draw(CHARTS=str(tmp_path), **{OVERWRITE: True})
    assert sorted(os.listdir(tmp_path)) == sorted([*FILES, "other.txt"])
    assert (tmp_path / "areas.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_a_run_that_fails_leaves_what_was_there(draw, tmp_path):
    (tmp_path / "persons.png").write_text("mine")
    with pytest.raises(QgsProcessingException, match="went wrong at the end"):
        draw(CHARTS=str(tmp_path), FAIL=True, **{OVERWRITE: True})
    assert os.listdir(tmp_path) == ["persons.png"] and (tmp_path / "persons.png").read_text() == "mine"


@pytest.mark.parametrize("existing", [False, True])
def test_a_chart_that_cannot_be_written_leaves_none(draw, tmp_path, monkeypatch, existing):
    folder = tmp_path / "charts"
    if existing:
        folder.mkdir()
    real = chart_files.charts.save

    def save(figure, path):
        if path.endswith("areas"):
            raise PlanError("The disk is full", "Make room.")
        return real(figure, path)

    monkeypatch.setattr(chart_files.charts, "save", save)
    with pytest.raises(QgsProcessingException, match="The disk is full"):
        draw(CHARTS=str(folder))
    assert list(folder.iterdir()) == [] if existing else not folder.exists()


def test_a_cancelled_run_leaves_nothing(draw, tmp_path, recorder):
    feedback = recorder(stop_at=50)
    assert draw(feedback, CHARTS=str(tmp_path / "charts")) == {}
    assert "Drawing the charts" in feedback.texts and os.listdir(tmp_path) == []


def test_what_is_no_place_for_charts_is_refused(draw, tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(QgsProcessingException, match="is a file, no folder"):
        draw(CHARTS=str(tmp_path / "file"))
    with pytest.raises(QgsProcessingException, match="nowhere does not exist"):
        draw(CHARTS=str(tmp_path / "nowhere" / "charts"))
    assert os.listdir(tmp_path) == ["file"]


def test_without_matplotlib_only_runs_with_charts_are_refused(draw, tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)
    assert draw() == {}
    with pytest.raises(QgsProcessingException, match="need the Python library matplotlib"):
        draw(CHARTS=str(tmp_path / "charts"))
    assert os.listdir(tmp_path) == []


def test_rows_of_a_layer_are_named_by_its_fields():
    assert chart_files.named_rows("run_record", [(["time", "now"], None)]) == [{"key": "time", "value": "now"}]


def test_candidate_plans_have_a_chart_with_their_ceiling(provider):
    drawn = chart_files.plan_charts(PLANS, 4000, lambda row: f"{row['posture']} only")
    assert tuple(drawn) == chart_files.PLAN_CHARTS
    said = [text.get_text() for text in drawn[chart_files.TRADE_OFF]().texts]
    assert {"Ceiling: 4,000 persons", "8 + 8", "verify only"} <= set(said)
