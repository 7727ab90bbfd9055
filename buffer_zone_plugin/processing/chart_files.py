"""How do charts leave an algorithm? As PNG and SVG in a folder, all or none, and never unasked over files of before."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFolderDestination,
)

from ..compat import tr
from ..core.errors import PlanError
from ..core.progress import Progress
from ..output import charts
from ..output.fields import layer_def
from ..output.geopackage import check_writable
from ..output.rows import Row
from .base import OVERWRITE, ZoneAlgorithm, given
from .destinations import Destination, check_destinations

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CHARTS = "CHARTS"
PERSONS, AREAS, TRADE_OFF = "persons", "areas", "trade_off"  # names of files, without their suffixes
SCENARIO_CHARTS, PLAN_CHARTS = (PERSONS, AREAS), (TRADE_OFF,)

Draw = Callable[[], "Figure"]
Rows = Iterable[Mapping[str, Any]]  # values of a table by the names of its fields


def charts_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter for the folder of the charts: skipped unless one is given."""
    return QgsProcessingParameterFolderDestination(
        CHARTS, tr("Folder for charts (PNG and SVG)"), optional=True, createByDefault=False,
    )


def chart_folder(algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return the folder that charts go to, empty if none are wanted.

    Call it once in a run: a temporary folder is another one each time.

    Raises
    ------
    PlanError : charts are wanted, and matplotlib is missing
    """
    if not given(parameters, CHARTS):
        return ""
    charts.check_matplotlib()
    return os.path.realpath(algorithm.parameterAsFileOutput(parameters, CHARTS, context))


def chart_destinations(
    algorithm: ZoneAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, folder: str,
    names: Iterable[str],
) -> list[Destination]:
    """Return the files that `write_charts` will write, none without a folder.

    They belong to `old_kept_until_written`, with those of the other outputs.

    Raises
    ------
    PlanError : one of them must not or cannot be written
    """
    if not folder:
        return []
    paths = [os.path.join(folder, name + suffix) for name in names for suffix in charts.SUFFIXES]
    found = [Destination(CHARTS, path, "", not os.path.exists(path), True) for path in paths]
    if os.path.isdir(folder):
        check_destinations(found, algorithm.parameterAsBoolean(parameters, OVERWRITE, context))
    elif os.path.exists(folder):
        raise PlanError(tr("{path} is a file, no folder").format(path=folder), tr("Give a folder for the charts."))
    else:
        check_writable(os.path.dirname(folder))
    return found


def write_charts(folder: str, drawn: Mapping[str, Draw], progress: Progress) -> dict[str, str]:
    """Draw and write charts, all or none, and return the result of the algorithm; a missing folder is made.

    Call it last inside `old_kept_until_written`, which has set aside what the charts replace.

    Parameters
    ----------
    folder : empty if no charts are wanted
    drawn : by the names of the files

    Raises
    ------
    PlanError : a file cannot be written
    PlanCancelledError : the user asked to stop
    """
    if not folder:
        return {}
    is_new = not os.path.isdir(folder)
    written: list[str] = []
    try:
        if is_new:
            _make(folder)
        for number, (name, draw) in enumerate(drawn.items()):
            progress.report(number / len(drawn), tr("Drawing the charts"))
            written.extend(charts.save(draw(), os.path.join(folder, name)))
        progress.report(1.0)
    except BaseException:
        for path in written:
            with suppress(OSError):
                os.remove(path)
        if is_new:
            with suppress(OSError):
                os.rmdir(folder)
        raise
    return {CHARTS: folder}


def named_rows(role: str, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the rows of a layer's role as values by the names of its fields."""
    names = layer_def(role).names
    return [dict(zip(names, attributes)) for attributes, _ in rows]


def scenario_charts(rows: Rows, name_a: str, name_b: str) -> dict[str, Draw]:
    """Return the charts of a table of scenarios, given its rows and the names of the sides."""
    bars = [charts.bar_of(row) for row in rows]
    return {
        PERSONS: lambda: charts.persons_chart(bars), AREAS: lambda: charts.areas_chart(bars, name_a, name_b),
    }


def plan_charts(
    rows: Rows, ceiling: int = 0, series: Callable[[Mapping[str, Any]], str] | None = None,
) -> dict[str, Draw]:
    """Return the chart of a table of candidate plans.

    Parameters
    ----------
    ceiling : persons, 0 for none
    series : tells of a row what its plan has besides posture and depths, such as ``posts every 4 km``
    """
    points = [charts.point_of(row, series(row) if series is not None else "") for row in rows]
    return {TRADE_OFF: lambda: charts.trade_off_chart(points, ceiling)}


def _make(folder: str) -> None:
    try:
        os.mkdir(folder)
    except OSError as error:
        raise PlanError(
            tr("The folder {path} cannot be made: {reason}").format(path=folder, reason=error.strerror),
            tr("Choose another place for the charts."),
        ) from error
