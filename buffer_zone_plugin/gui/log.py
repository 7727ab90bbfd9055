"""The plugin's tab in QGIS's log."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog

LOG_TAG = "Buffer Zone Planner"


def log(text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Warning) -> None:
    """Write to QGIS's log."""
    QgsMessageLog.logMessage(text, LOG_TAG, level)
