"""What the plugin adds to QGIS, and that nothing of it stays behind."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtWidgets import QDockWidget

from buffer_zone_plugin import classFactory
from buffer_zone_plugin import plugin as plugin_module
from buffer_zone_plugin.compat import tr

from .conftest import delete_later_now

pytestmark = pytest.mark.qgis

ROOT = Path(__file__).resolve().parents[2]


def provider():
    return QgsApplication.processingRegistry().providerById("bufferzone")


def docks(desktop):
    return [dock for dock in desktop.window.findChildren(QDockWidget) if dock.objectName() == "BufferZoneDock"]


def test_plugin_adds_provider_action_and_a_hidden_dock(plugin, desktop):
    assert provider() is not None
    assert desktop.menu == desktop.toolbar == [plugin.action]
    assert plugin.action.isCheckable() and not plugin.action.icon().isNull()
    assert docks(desktop) == [plugin.dock]
    assert not plugin.dock.isUserVisible()


def test_action_shows_and_hides_the_dock(plugin, desktop, qtbot):
    desktop.window.show()
    plugin.action.trigger()
    assert plugin.dock.isVisible() and plugin.action.isChecked()
    plugin.action.trigger()
    assert not plugin.dock.isVisible()


def test_a_panel_that_nobody_opened_has_not_looked_for_problems(plugin, desktop, qtbot):
    assert plugin.dock.runButton.toolTip() == ""
    desktop.window.show()
    plugin.action.trigger()
    qtbot.waitUntil(lambda: plugin.dock.runButton.toolTip() != "", timeout=2000)


def test_twice_in_and_out_leaves_no_ghosts(desktop):
    project = QgsProject.instance()
    before = project.receivers(project.cleared), project.receivers(project.readProject)
    plugin = classFactory(desktop)
    for _ in range(2):
        plugin.initGui()
        assert len(docks(desktop)) == 1 and len(desktop.menu) == 1 and provider() is not None
        plugin.unload()
        delete_later_now()
        assert docks(desktop) == [] and desktop.menu == desktop.toolbar == []
        assert provider() is None and plugin.dock is None and plugin.action is None
        assert (project.receivers(project.cleared), project.receivers(project.readProject)) == before
    plugin.unload()


def test_half_finished_start_is_undone(desktop, monkeypatch):
    plugin = classFactory(desktop)
    monkeypatch.setattr(desktop, "addDockWidget", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        plugin.initGui()
    plugin.unload()
    delete_later_now()
    assert docks(desktop) == [] and desktop.menu == desktop.toolbar == [] and provider() is None


def test_a_step_of_unloading_that_fails_does_not_keep_the_others(desktop, monkeypatch):
    plugin = classFactory(desktop)
    plugin.initGui()
    monkeypatch.setattr(desktop, "removeToolBarIcon", lambda *_: 1 / 0)
    plugin.unload()
    delete_later_now()
    assert docks(desktop) == [] and desktop.menu == [] and provider() is None


def test_without_a_desktop_there_is_only_the_provider(qgis_app, qgis_processing):
    plugin = classFactory(None)
    plugin.initProcessing()
    plugin.initProcessing()
    assert provider() is not None and provider().algorithm("planzone") is not None
    plugin.unload()
    assert provider() is None


def test_translator_without_any_translation_is_harmless(qgis_app, monkeypatch):
    monkeypatch.setattr(QgsApplication, "locale", lambda: "tlh_XX")
    plugin = classFactory(None)
    plugin.initProcessing()
    plugin.unload()


def test_translation_of_the_language_is_used_and_taken_away_again(desktop, monkeypatch, tmp_path):
    lrelease = shutil.which("lrelease") or shutil.which("/usr/lib/qt5/bin/lrelease")
    if lrelease is None:
        pytest.skip("lrelease is not installed")
    messages = "".join(
        f"<context><name>{context}</name><message><source>{source}</source><translation>{word}</translation></message></context>"
        for context, source, word in (("@default", "Equal area", "Рівна площа"), ("BufferZoneDock", "Swap", "Поміняти"))
    )
    (tmp_path / "buffer_zone_uk.ts").write_text(f'<TS version="2.1" language="uk">{messages}</TS>', encoding="utf-8")
    subprocess.run([lrelease, "-silent", str(tmp_path / "buffer_zone_uk.ts")], check=True)
    monkeypatch.setattr(QgsApplication, "locale", lambda: "uk_UA")
    monkeypatch.setattr(plugin_module, "i18n_path", lambda: str(tmp_path))
    plugin = classFactory(desktop)
    plugin.initGui()
    assert plugin.dock.splitCombo.itemText(2) == "Рівна площа" and plugin.dock.swapButton.text() == "Поміняти"
    plugin.unload()
    assert tr("Equal area") == "Equal area"


def test_loads_without_the_geometry_libraries():
    code = (
        "import sys\n"
        "for name in ('shapely', 'pyproj', 'numpy'): sys.modules[name] = None\n"
        "sys.path.insert(0, '/usr/share/qgis/python/plugins')\n"
        "from qgis.core import QgsApplication\n"
        "app = QgsApplication([], False); app.initQgis()\n"
        "from buffer_zone_plugin import classFactory\n"
        "plugin = classFactory(None); plugin.initProcessing()\n"
        "alg = QgsApplication.processingRegistry().algorithmById('bufferzone:planzone')\n"
        "ok, why = alg.canExecute()\n"
        "print('CAN', ok, why)\n"
        "plugin.unload()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )
    assert "CAN False" in done.stdout and "shapely" in done.stdout, done.stdout + done.stderr
