"""A small desktop for the panel: a main window with a canvas, menus and toolbars as lists, and the loaded plugin."""

from __future__ import annotations

import shutil

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QMainWindow

LINE_WKT = "LineString (36.0 48.0, 36.4 48.1, 36.8 48.0)"


class Desktop:
    """What the plugin asks of QGIS's interface, with menus and toolbars as lists."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.window.setCentralWidget(self.canvas)
        self.window.resize(1000, 800)
        self.menu: list = []
        self.toolbar: list = []
        self.logs_opened = 0
        self.active_layer = None

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas

    def addPluginToVectorMenu(self, _name, action):
        self.menu.append(action)

    def removePluginVectorMenu(self, _name, action):
        self.menu.remove(action)

    def addToolBarIcon(self, action):
        self.toolbar.append(action)

    def removeToolBarIcon(self, action):
        self.toolbar.remove(action)

    def addDockWidget(self, area, dock):
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        self.window.removeDockWidget(dock)

    def setActiveLayer(self, layer):
        self.active_layer = layer

    def openMessageLog(self):
        self.logs_opened += 1


def delete_later_now():
    """Do what waits behind deleteLater()."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desktop(qgis_app, qgis_processing):
    QgsProject.instance().clear()
    desktop = Desktop()
    yield desktop
    QgsProject.instance().clear()
    desktop.canvas.stopRendering()
    desktop.window.close()
    desktop.window.deleteLater()
    delete_later_now()


@pytest.fixture
def posture_folder(desktop):
    """The folder of the profile's own postures, empty before and gone after."""
    from buffer_zone_plugin.gui.postures import posture_folder

    folder = posture_folder()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def plugin(desktop, posture_folder):
    from buffer_zone_plugin import classFactory

    plugin = classFactory(desktop)
    plugin.initGui()
    yield plugin
    plugin.unload()


@pytest.fixture
def dock(plugin, desktop):
    desktop.window.show()
    plugin.dock.setUserVisible(True)
    QCoreApplication.processEvents()
    return plugin.dock


@pytest.fixture
def add_line():
    """Returns a function that adds a layer, of lines if nothing else is said, to the project."""

    def add(wkts=(LINE_WKT,), crs="EPSG:4326", name="line", kind="LineString"):
        layer = QgsVectorLayer(f"{kind}?crs={crs}", name, "memory")
        features = []
        for wkt in wkts:
            feature = QgsFeature()
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
            features.append(feature)
        layer.dataProvider().addFeatures(features)
        layer.updateExtents()
        QgsProject.instance().addMapLayer(layer)
        return layer

    return add
