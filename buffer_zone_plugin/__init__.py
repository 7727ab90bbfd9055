"""Buffer Zone Planner: from a contact line to a certified zone, its sectors and a staffing estimate."""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:  # noqa: N802  # the name that QGIS looks for
    """Return the plugin; without a desktop (``iface`` is None) only its Processing provider."""
    from .plugin import BufferZonePlugin, ProcessingPlugin

    return ProcessingPlugin() if iface is None else BufferZonePlugin(iface)
