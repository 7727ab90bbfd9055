"""What differs between QGIS 3.22 and 4.x, between Qt 5 and Qt 6, and between platforms? Nothing else lives here."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any, TypeVar

from qgis.core import NULL, Qgis, QgsField, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QDate, QVariant

CONTEXT = "@default"  # the context under which pylupdate files the strings of a plain tr()
QMETATYPE_SINCE = 33800  # from 3.38 on QgsField takes QMetaType, and QVariant.Type is deprecated
NEEDED = (("shapely", (2, 0)), ("pyproj", (3, 4)), ("numpy", (1, 21)))  # lowest versions that the core runs on

Result = TypeVar("Result")


def tr(text: str) -> str:
    """Return the user's translation of ``text``; fill places afterwards with ``format``."""
    return QCoreApplication.translate(CONTEXT, text)


def plain(value: Any) -> Any:
    """Return ``value`` with every null of Qt and QGIS turned into None."""
    if value is None or value == NULL or (isinstance(value, QVariant) and value.isNull()):
        return None
    return value


def make_field(name: str, kind: str) -> QgsField:
    """Return a layer field; ``kind`` is ``int``, ``real``, ``text``, ``date`` or ``datetime``."""
    if Qgis.QGIS_VERSION_INT >= QMETATYPE_SINCE:
        from qgis.PyQt.QtCore import QMetaType

        kinds = QMetaType.Type
        types = {
            "int": kinds.Int, "real": kinds.Double, "text": kinds.QString, "date": kinds.QDate,
            "datetime": kinds.QDateTime,
        }
    else:
        types = {
            "int": QVariant.Int, "real": QVariant.Double, "text": QVariant.String, "date": QVariant.Date,
            "datetime": QVariant.DateTime,
        }
    return QgsField(name, types[kind])


def make_temporal(layer: QgsVectorLayer, start_field: str, end_field: str) -> None:
    """Have the Temporal Controller show features from their start until just before their end, null: for ever.

    Both are fields of times. With fields of dates QGIS 3.22 shows features a day too early: it compares texts then.
    """
    properties = layer.temporalProperties()
    properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
    properties.setStartField(start_field)
    properties.setEndField(end_field)
    properties.setLimitMode(Qgis.VectorTemporalLimitMode.IncludeBeginExcludeEnd)
    properties.setIsActive(True)


def fixed_start(layer: QgsVectorLayer) -> QDate | None:
    """Return the first day of a layer's fixed time range, None if it has none."""
    properties = layer.temporalProperties()
    fixed = Qgis.VectorTemporalMode.FixedTemporalRange
    if not properties.isActive() or properties.mode() != fixed:
        return None
    day = properties.fixedTemporalRange().begin().date()
    return day if day.isValid() else None


def on_python_thread(job: Callable[[], Result]) -> Result:
    """Run a job on a thread that Python made, wait for it, and return what it returns or raise what it raises.

    A worker thread of Qt loses Python's thread-local data between two jobs; pyproj 3.7 still points to it and crashes
    QGIS at the second run. The main thread keeps it: there the job runs as it is.
    """
    if threading.current_thread() is threading.main_thread():
        return job()
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(job).result()


def missing_dependency() -> str | None:
    """Return one sentence on the first library that is missing or too old, with the remedy; None when all is there."""
    for name, lowest in NEEDED:
        found = _version(name)
        if found is None or found < lowest:
            have = tr("which is missing") if found is None else tr("this is {have}").format(have=_dotted(found))
            problem = tr("Buffer Zone Planner needs the Python library {name} {needed} or newer, {have}.")
            return problem.format(name=name, needed=_dotted(lowest), have=have) + " " + _remedy(name)
    return None


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(number) for number in version)


def _version(name: str) -> tuple[int, ...] | None:
    """Return the first two numbers of a library's version, None if it cannot be imported."""
    try:
        module = import_module(name)
    except (ImportError, OSError):
        return None
    numbers = re.findall(r"\d+", str(getattr(module, "__version__", "")))[:2]
    # Debian's sid names its shapely "0+unknown": what has the vectorised from_wkb is version 2
    if name == "shapely" and hasattr(module, "from_wkb") and numbers[:1] == ["0"]:
        return NEEDED[0][1]
    return tuple(int(number) for number in numbers)


def _remedy(name: str) -> str:
    """Return how to install a library where this QGIS runs."""
    if sys.platform.startswith("win"):
        text = tr("Start the OSGeo4W setup, choose python3-{name} and install it, then restart QGIS.")
    elif sys.platform == "darwin":
        text = tr("QGIS for macOS brings {name} with it: install the current QGIS from qgis.org.")
    elif name == "shapely":
        text = tr(
            "Install the package python3-{name} and restart QGIS; where it is older than 2.0 (Debian 12), "
            "build shapely against the system's GEOS as the README describes.",
        )
    else:
        text = tr("Install the package python3-{name} and restart QGIS.")
    return text.format(name=name)
