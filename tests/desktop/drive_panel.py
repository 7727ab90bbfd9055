"""Runs inside the QGIS desktop (``qgis --code``): installs the zip, opens the panel, asks for clicks, tells the facts.

It presses nothing itself. Where the user would click, it writes the place on the screen to ``click.json`` and waits for
what the click must bring about; `test_desktop.py` clicks. What it saw is in ``facts.json``, written last.
The environment names the zip (BUFFER_ZONE_ZIP) and the folder for all files (BUFFER_ZONE_OUT).
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFeatureRenderer,
    QgsProject,
    QgsSimpleLineSymbolLayer,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QWidget
from qgis.utils import iface, plugins

PLUGIN = "buffer_zone_plugin"
OUT = Path(os.environ["BUFFER_ZONE_OUT"])
WINDOW = (0, 0, 1400, 880)
NARROW = 320
POLL_MS = 100
STEP_SECONDS = 60
SETTLE_MS = 700  # between the last event of a step and its picture

FACTS: dict = {"qgis": Qgis.QGIS_VERSION, "steps": []}


def dock():
    return plugins[PLUGIN].dock


def write(name: str, content: dict) -> None:
    """Write a JSON file at once: a reader never sees half of it."""
    draft = OUT / f".{name}"
    draft.write_text(json.dumps(content, indent=1, default=str), encoding="utf-8")
    draft.replace(OUT / name)


def picture(name: str, widget: QWidget | None = None) -> None:
    """Save what the screen shows, or one widget."""
    pixmap = widget.grab() if widget else QApplication.primaryScreen().grabWindow(0)
    pixmap.save(str(OUT / name))


def ask_for_click(step: str, widget: QWidget, x: int | None = None) -> None:
    """Ask the test for a click on the middle of ``widget``, or on its pixel column ``x``."""
    middle = widget.rect().center()
    place = widget.mapToGlobal(QPoint(middle.x() if x is None else x, middle.y()))
    write("click.json", {"step": step, "x": place.x(), "y": place.y()})


def when(ready: Callable[[], bool], then: Callable[[], None], since: float | None = None) -> None:
    """Call ``then`` once ``ready`` is true; give up after `STEP_SECONDS`."""
    since = time.monotonic() if since is None else since
    try:
        if ready():
            QTimer.singleShot(SETTLE_MS, lambda: guarded(then))
        elif time.monotonic() - since > STEP_SECONDS:
            give_up(f"Waited in vain before {then.__name__}")
        else:
            QTimer.singleShot(POLL_MS, lambda: when(ready, then, since))
    except Exception:
        give_up(traceback.format_exc())


def guarded(step: Callable[[], None]) -> None:
    """Do a step and note it; an error ends the session with its text in the facts."""
    FACTS["steps"].append(step.__name__)
    try:
        step()
    except Exception:
        give_up(traceback.format_exc())


def give_up(why: str) -> None:
    FACTS["error"] = why
    picture("error.png")
    finish()


def map_is_drawn() -> bool:
    return not iface.mapCanvas().isDrawing()


# --- the steps, in their order


def install() -> None:
    import pyplugin_installer

    iface.mainWindow().setGeometry(*WINDOW)
    FACTS["before"] = sorted(plugins)
    pyplugin_installer.instance().installFromZipFile(os.environ["BUFFER_ZONE_ZIP"])
    FACTS["installed"] = PLUGIN in plugins
    FACTS["plugin_folder"] = str(Path(sys.modules[PLUGIN].__file__).parent)
    FACTS["imported_at_start"] = [name for name in ("shapely", "pyproj") if name in sys.modules]
    FACTS["provider"] = QgsApplication.processingRegistry().providerById("bufferzone") is not None
    FACTS["hidden_at_first"] = not dock().isUserVisible()
    FACTS["in_vector_menu"] = plugins[PLUGIN].action in [
        action for menu in iface.vectorMenu().actions() if menu.menu() for action in menu.menu().actions()
    ]
    when(lambda: True, open_panel)


def open_panel() -> None:
    plugins[PLUGIN].action.trigger()
    iface.mainWindow().resizeDocks([dock()], [NARROW], Qt.Orientation.Horizontal)
    when(dock().isVisible, click_example)


def click_example() -> None:
    FACTS["run_disabled_because"] = dock().runButton.toolTip() if not dock().runButton.isEnabled() else ""
    picture("panel_empty.png", dock())
    ask_for_click("example", dock().loadExampleButton)
    when(lambda: dock().runButton.isEnabled() and map_is_drawn(), open_staffing)


def open_staffing() -> None:
    dock().staffingGroup.setCollapsed(False)
    when(dock().crossingsCombo.isVisible, open_parameters)


def open_parameters() -> None:
    FACTS["dock_width_with_staffing"] = dock().width()
    picture("panel_staffing.png", dock())
    dock().postureButton.menu().actions()[0].trigger()
    when(lambda: QApplication.activeModalWidget() is not None, close_parameters)


def close_parameters() -> None:
    dialog = QApplication.activeModalWidget()
    FACTS["parameters"] = dialog.table.rowCount()
    picture("posture.png", dialog)
    dialog.reject()
    dock().staffingGroup.setCollapsed(True)
    when(lambda: QApplication.activeModalWidget() is None, click_run)


def click_run() -> None:
    FACTS["understood"] = dock().understoodLabel.text()
    FACTS["project_crs"] = QgsProject.instance().crs().authid()
    FACTS["dock_width"] = dock().width()
    picture("panel_ready.png", dock())
    ask_for_click("run", dock().runButton)
    when(lambda: dock().resultBox.isVisible() or dock().messageFrame.isVisible(), layers_arrived)


def layers_arrived() -> None:
    when(map_is_drawn, look)


def look() -> None:
    root = QgsProject.instance().layerTreeRoot()
    FACTS["message"] = dock().messageLabel.text() if dock().messageFrame.isVisible() else ""
    FACTS["layers"] = [facts_of(layer) for layer in QgsProject.instance().mapLayers().values()]
    FACTS["groups"] = [
        {"name": group.name(), "layers": [role_of(node.layer()) for node in group.findLayers()]}
        for group in root.findGroups()
    ]
    labels = (
        "areaLabel", "areaALabel", "areaBLabel", "resultLineLabel", "personsLabel", "toldLabel", "errorLabel",
        "statusLabel",
    )
    FACTS["summary"] = {name: getattr(dock(), name).text() for name in labels}
    FACTS["zone_in_view"] = zone_in_view()
    picture("desktop.png")
    picture("panel_result.png", dock())
    finish()


def role_of(layer: QgsVectorLayer) -> str | None:
    return layer.customProperty("bufferzone/role")


def facts_of(layer: QgsVectorLayer) -> dict:
    return {
        "name": layer.name(),
        "role": role_of(layer),
        "provider": layer.providerType(),
        "crs": layer.crs().authid(),
        "features": layer.featureCount(),
        "renderer": layer.renderer().type() if layer.renderer() else "",
        "symbols": symbols_of(layer.renderer()) if layer.renderer() else [],
        "labels": layer.labelsEnabled(),
    }


def symbols_of(renderer: QgsFeatureRenderer) -> list:
    """Return the symbol layers, from the bottom up, of each entry of the legend."""
    return [
        [facts_of_symbol_layer(symbol_layer) for symbol_layer in item.symbol().symbolLayers()]
        for item in renderer.legendSymbolItems()
    ]


def facts_of_symbol_layer(symbol_layer: QgsSymbolLayer) -> dict:
    is_line = isinstance(symbol_layer, QgsSimpleLineSymbolLayer)
    return {
        "kind": symbol_layer.layerType(),
        "colour": symbol_layer.color().name(),
        "colour_by_feature": symbol_layer.dataDefinedProperties().isActive(QgsSymbolLayer.Property.PropertyStrokeColor),
        "width": symbol_layer.width() if is_line else None,
        "dashed": is_line and symbol_layer.useCustomDashPattern(),
        "inside": is_line and symbol_layer.drawInsidePolygon(),
    }


def zone_in_view() -> bool:
    zone = next(layer for layer in QgsProject.instance().mapLayers().values() if role_of(layer) == "zone")
    canvas = iface.mapCanvas()
    return canvas.extent().contains(canvas.mapSettings().layerExtentToOutputExtent(zone, zone.extent()))


def finish() -> None:
    """Tell the facts and leave; without layers QGIS does not ask whether to keep the temporary ones."""
    write("facts.json", FACTS)
    QgsProject.instance().clear()
    QTimer.singleShot(0, iface.actionExit().trigger)


QTimer.singleShot(0, lambda: guarded(install))
