"""What the plugin adds to QGIS and takes away again: translator, Processing provider, action, dock.

Nothing here imports shapely or a widget before it is needed, so that the plugin loads on a machine that lacks a library
and in `qgis_process`, which has no desktop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, Qt, QTranslator

from .compat import tr
from .gui.log import log
from .paths import i18n_path, resource_path

if TYPE_CHECKING:
    from qgis.PyQt.QtGui import QIcon
    from qgis.PyQt.QtWidgets import QAction

    from .gui.dock import BufferZoneDock
    from .processing.provider import BufferZoneProvider

PLUGIN_NAME = "Buffer Zone Planner"


class ProcessingPlugin:
    """The plugin without a desktop: translator and Processing provider."""

    def __init__(self) -> None:
        self._provider: BufferZoneProvider | None = None
        self._translator: QTranslator | None = None

    def initProcessing(self) -> None:  # noqa: N802  # the name that QGIS calls
        """Register the provider; called by `qgis_process` and by `initGui`, harmless when called twice."""
        self._install_translator()
        if self._provider is None:
            from .processing.provider import BufferZoneProvider

            provider = BufferZoneProvider()
            if QgsApplication.processingRegistry().addProvider(provider):
                self._provider = provider

    def initGui(self) -> None:  # noqa: N802  # the name that QGIS calls
        """Do what `initProcessing` does: there is no desktop to add anything to."""
        self.initProcessing()

    def unload(self) -> None:
        """Take away what was added, the last first."""
        _undo("the Processing provider", self._remove_provider)
        _undo("the translation", self._remove_translator)

    def _install_translator(self) -> None:
        """Load the translation of QGIS's language; Qt falls back from uk_UA to uk, and to English without one."""
        if self._translator is not None:
            return
        translator = QTranslator()
        if translator.load(_locale(), "buffer_zone", "_", i18n_path()):
            QCoreApplication.installTranslator(translator)
            self._translator = translator

    def _remove_translator(self) -> None:
        translator, self._translator = self._translator, None
        if translator is not None:
            QCoreApplication.removeTranslator(translator)

    def _remove_provider(self) -> None:
        provider, self._provider = self._provider, None
        if provider is not None:
            QgsApplication.processingRegistry().removeProvider(provider)


class BufferZonePlugin(ProcessingPlugin):
    """The plugin in the desktop: also an action in the Vector menu and the toolbar, and the panel that it toggles."""

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self._iface = iface
        self._action: QAction | None = None
        self._dock: BufferZoneDock | None = None

    @property
    def dock(self) -> BufferZoneDock | None:
        """The panel, while the plugin is loaded."""
        return self._dock

    @property
    def action(self) -> QAction | None:
        """The action that shows and hides the panel, while the plugin is loaded."""
        return self._action

    def initGui(self) -> None:  # noqa: N802  # the name that QGIS calls
        """Add provider, action and panel, in this order."""
        self.initProcessing()
        self._add_action()
        self._add_dock()

    def unload(self) -> None:
        """Take away panel, action, provider and translator, whatever of them is there."""
        _undo("the panel", self._remove_dock)
        _undo("the action", self._remove_action)
        super().unload()

    def _add_action(self) -> None:
        from qgis.PyQt.QtWidgets import QAction

        action = QAction(plugin_icon(), PLUGIN_NAME, self._iface.mainWindow())
        action.setObjectName("bufferZonePlannerAction")
        action.setCheckable(True)
        action.setToolTip(tr("Plan a buffer zone along a contact line"))
        self._action = action
        self._iface.addPluginToVectorMenu(PLUGIN_NAME, action)
        self._iface.addToolBarIcon(action)

    def _remove_action(self) -> None:
        action, self._action = self._action, None
        if action is not None:
            _undo("the menu entry", lambda: self._iface.removePluginVectorMenu(PLUGIN_NAME, action))
            _undo("the toolbar icon", lambda: self._iface.removeToolBarIcon(action))
            action.deleteLater()

    def _add_dock(self) -> None:
        from .gui.dock import BufferZoneDock

        dock = BufferZoneDock(self._iface, self._iface.mainWindow())
        self._dock = dock
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.setToggleVisibilityAction(self._action)
        # hidden at first; QGIS shows it again after the plugins are loaded if it was there when QGIS was closed
        dock.hide()

    def _remove_dock(self) -> None:
        dock, self._dock = self._dock, None
        if dock is not None:
            _undo("the run", dock.close_down)
            _undo("the panel", lambda: self._iface.removeDockWidget(dock))
            dock.setParent(None)
            dock.deleteLater()


def plugin_icon() -> QIcon:
    """Return the plugin's icon."""
    from qgis.PyQt.QtGui import QIcon

    return QIcon(resource_path("icons", "icon.svg"))


def _locale() -> QLocale:
    """Return the language that the user chose in QGIS."""
    return QLocale(QgsApplication.locale())


def _undo(what: str, step: Callable[[], None]) -> None:
    """Run one step of unloading; a step that fails is logged and must not keep the others from running."""
    try:
        step()
    except Exception as error:  # noqa: BLE001  # a half-finished start can fail in any way
        log(tr("Could not take away {what}: {error}").format(what=what, error=error))
