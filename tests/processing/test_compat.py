"""What differs between versions and places is met in one place: libraries, nulls, threads, fields, paths."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from qgis.core import NULL, QgsFeature, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime, QThread, QTime, QVariant

from buffer_zone_plugin import compat, paths

pytestmark = pytest.mark.qgis
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("platform, advice", [
    ("linux", "python3-shapely"), ("win32", "OSGeo4W"), ("darwin", "macOS"),
])
def test_old_library_is_told_with_the_remedy(monkeypatch, platform, advice):
    import shapely

    monkeypatch.setattr(shapely, "__version__", "1.8.5")
    monkeypatch.setattr(compat.sys, "platform", platform)
    sentence = compat.missing_dependency()
    assert "shapely 2.0 or newer, this is 1.8" in sentence and advice in sentence


def test_lowest_numpy_is_the_one_that_the_core_runs_on(monkeypatch):
    import numpy

    monkeypatch.setattr(numpy, "__version__", "1.20.3")
    assert "numpy 1.21 or newer, this is 1.20" in compat.missing_dependency()
    monkeypatch.setattr(numpy, "__version__", "1.21.0")
    assert compat.missing_dependency() is None


def test_nulls_are_plain():
    assert compat.plain(NULL) is None and compat.plain(None) is None
    assert [compat.plain(value) for value in (0, "", False, 1.5)] == [0, "", False, 1.5]
    assert compat.plain(QVariant()) is None


def test_fields_have_the_kind_asked_for():
    assert [compat.make_field("x", kind).isNumeric() for kind in ("int", "real", "text")] == [True, True, False]


def test_fields_of_days_and_times_hold_them(qgis_app):
    values = {"date": QDate(2024, 5, 1), "datetime": QDateTime(QDate(2024, 5, 1), QTime(18, 30))}
    layer = QgsVectorLayer("None", "table", "memory")
    assert layer.dataProvider().addAttributes([compat.make_field(kind, kind) for kind in values])
    layer.updateFields()
    row = QgsFeature(layer.fields())
    row.setAttributes(list(values.values()))
    assert layer.dataProvider().addFeatures([row])[0]
    assert next(layer.getFeatures()).attributes() == list(values.values())


def test_everything_needed_is_here():
    assert compat.missing_dependency() is None


def test_job_on_the_main_thread_stays_there():
    assert compat.on_python_thread(threading.current_thread) is threading.main_thread()


def test_job_of_a_qt_thread_runs_on_a_thread_of_python(qtbot):
    class Worker(QThread):
        def run(self):
            self.thread_used = compat.on_python_thread(threading.current_thread)
            try:
                compat.on_python_thread(lambda: 1 / 0)
            except ZeroDivisionError as error:
                self.error = error

    worker = Worker()
    with qtbot.waitSignal(worker.finished):
        worker.start()
    worker.wait()
    assert worker.thread_used.name.startswith("ThreadPoolExecutor")
    assert isinstance(worker.error, ZeroDivisionError)


def test_paths_in_a_checkout():
    assert Path(paths.resource_path("styles", "zone.qml")) == ROOT / "resources" / "styles" / "zone.qml"
    assert Path(paths.i18n_path()) == ROOT / "i18n"
    assert paths.metadata_value("name") == "Buffer Zone Planner"
    assert paths.metadata_value("nothing") == ""


def test_paths_in_an_installed_package(tmp_path):
    package = tmp_path / "planner"
    (package / "resources").mkdir(parents=True)
    shutil.copy(ROOT / "buffer_zone_plugin" / "paths.py", package)
    (package / "metadata.txt").write_text("[general]\nversion=9.9.9\nabout=100 % sure\n")
    (package / "__init__.py").touch()
    code = "from planner.paths import *; print(resource_path('a'), i18n_path(), metadata_value('version'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(package / "resources" / "a"), str(tmp_path / "i18n"), "9.9.9"]
