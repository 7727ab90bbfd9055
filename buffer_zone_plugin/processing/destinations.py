"""Can every output be written, and is nothing lost by it? Asked before the computing, undone when a run fails."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsDataSourceUri,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProperty,
    QgsProviderConnectionException,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..compat import plain, tr
from ..core.errors import PlanError
from ..output.geopackage import SUFFIX, check_destination, check_writable, remove_database

OGR_SCHEME = "ogr:"
OTHER_PROVIDER = re.compile(r"^[A-Za-z]{2,}:")  # memory:, postgres:, …; one letter is a drive of Windows
SHAPEFILE = ".shp"


@dataclass(frozen=True)
class Destination:
    """A file, or one table of it, that an output goes to; ``new_file``, ``new_table``: not there before the run."""

    parameter: str
    path: str
    table: str
    new_file: bool
    new_table: bool


def file_destinations(values: dict[str, Any], context: QgsProcessingContext) -> list[Destination]:
    """Return where on disk the outputs go; skipped and temporary ones and those in databases are left out."""
    found = (_destination(name, _text(value, context)) for name, value in values.items())
    return [destination for destination in found if destination is not None]


def check_destinations(destinations: list[Destination], overwrite: bool) -> None:
    """Raise `PlanError` if an output cannot be written, would replace something unasked, or meets another output."""
    for index, one in enumerate(destinations):
        for other in destinations[:index]:
            if one.path == other.path and (one.table == other.table or not one.table or not other.table):
                raise PlanError(
                    tr("The outputs {one} and {other} both go to {path}").format(
                        one=other.parameter, other=one.parameter, path=one.path,
                    ),
                    tr("Give each its own file or table."),
                )
        if not one.table:
            check_destination(one.path, overwrite)
            continue
        check_writable(os.path.dirname(one.path))
        if not one.new_table and not overwrite:
            raise PlanError(
                tr("The table {table} already exists in {path}").format(table=one.table, path=one.path),
                tr("Choose another name, or allow existing files to be replaced (OVERWRITE)."),
            )


def source_files(layer: QgsVectorLayer | None) -> frozenset[str]:
    """Return the files that a layer is read from; call it on the main thread."""
    if layer is None:
        return frozenset()
    path = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source()).get("path", "")
    return frozenset({os.path.realpath(path)}) if path else frozenset()


def keep_source(destinations: Iterable[Destination], sources: frozenset[str]) -> None:
    """Raise `PlanError` if an output would replace the file that the contact line is read from."""
    for destination in destinations:
        if destination.path in sources and not (destination.table and destination.new_table):
            raise PlanError(
                tr("The output {parameter} goes to {path}, from which the contact line is read").format(
                    parameter=destination.parameter, path=destination.path,
                ),
                tr("Choose another file."),
            )


def remove_outputs(destinations: Iterable[Destination]) -> None:
    """Remove the files and tables that a failed run made; what was there before the run stays."""
    for destination in destinations:
        if not os.path.exists(destination.path):
            continue
        if not destination.new_file:
            if destination.table and destination.new_table:
                _remove_table(destination)
        elif destination.path.lower().endswith(SHAPEFILE):
            QgsVectorFileWriter.deleteShapeFile(destination.path)
        else:
            remove_database(destination.path)


def _text(value: Any, context: QgsProcessingContext) -> str:
    """Return a destination as text, empty for an output that is skipped."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    if isinstance(value, QgsProperty):
        value = value.valueAsString(context.expressionContext(), "")[0]
    value = plain(value)
    return "" if value is None else str(value)


def _destination(parameter: str, text: str) -> Destination | None:
    path, table = text, ""
    if text.startswith(OGR_SCHEME):
        uri = QgsDataSourceUri(text[len(OGR_SCHEME):])
        path, table = uri.database() or text[len(OGR_SCHEME):], uri.table()
    elif text in ("", QgsProcessing.TEMPORARY_OUTPUT) or OTHER_PROVIDER.match(text):
        return None
    if not QgsVectorFileWriter.driverForExtension(os.path.splitext(path)[1]):
        path += SUFFIX  # what QGIS does with a name that no driver knows
    path = os.path.realpath(path)
    return Destination(parameter, path, table, not os.path.exists(path), not (table and _has_table(path, table)))


def _has_table(path: str, table: str) -> bool:
    return os.path.isfile(path) and QgsVectorLayer(f"{path}|layername={table}", table, "ogr").isValid()


def _remove_table(destination: Destination) -> None:
    connection = QgsProviderRegistry.instance().providerMetadata("ogr").createConnection(destination.path, {})
    with suppress(QgsProviderConnectionException):  # the table was never made, or the file is no database
        connection.dropVectorTable("", destination.table)
