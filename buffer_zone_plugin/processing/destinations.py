"""Can every output be written, and is nothing lost by it? Asked before the computing, undone when a run fails."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsDataSourceUri,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProperty,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..compat import plain, tr
from ..core.errors import PlanError
from ..output.geopackage import SUFFIX, check_destination, check_writable, remove_database

OGR_SCHEME = "ogr:"
OTHER_PROVIDER = re.compile(r"^[A-Za-z]{2,}:")  # memory:, postgres:, …; one letter is a drive of Windows
DATABASES = ("GPKG", "SQLite")  # drivers
DIRECTORIES = (".gdb",)  # files that are folders
PARTS = {  # what a layer's file has beside it
    ".shp": (".shp", ".shx", ".dbf", ".prj", ".cpg", ".qpj", ".qix", ".sbn", ".sbx", ".idm", ".ind"),
    ".tab": (".tab", ".dat", ".map", ".id", ".ind"),
    ".gml": (".gml", ".xsd", ".gfs"),
}


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


def plain_file(parameter: str, path: str) -> Destination:
    """Return the destination of a file that is no layer: QGIS adds nothing to its name."""
    path = os.path.realpath(path)
    return Destination(parameter, path, "", not os.path.exists(path), True)


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
            for path in parts(one.path) or [one.path]:
                check_destination(path, overwrite)
            continue
        check_writable(os.path.dirname(one.path))
        if not one.new_table and not overwrite:
            raise PlanError(
                tr("The table {table} already exists in {path}").format(table=one.table, path=one.path),
                tr("Choose another name, or allow existing files to be replaced (OVERWRITE)."),
            )


def source_files(layer: QgsMapLayer | None) -> frozenset[str]:
    """Return the files that a layer is read from; call it on the main thread."""
    if layer is None:
        return frozenset()
    path = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source()).get("path", "")
    if not os.path.exists(path) and path.count(":") > 1:  # a raster in a database: driver:path:table
        path = path.split(":", 1)[1].rsplit(":", 1)[0]
    return frozenset({os.path.realpath(path)}) if path else frozenset()


def keep_source(destinations: Iterable[Destination], sources: frozenset[str]) -> None:
    """Raise `PlanError` if an output would replace a file that an input is read from."""
    for destination in destinations:
        if destination.path in sources and not (destination.table and destination.new_table):
            raise PlanError(
                tr("The output {parameter} goes to {path}, from which an input is read").format(
                    parameter=destination.parameter, path=destination.path,
                ),
                tr("Choose another file."),
            )


def remove_outputs(destinations: Iterable[Destination]) -> None:
    """Remove what a failed run made; a database that was there stays, for its old content to be put back into it."""
    for destination in destinations:
        if destination.new_file or not (destination.table and is_database(destination.path)):
            for path in parts(destination.path):
                remove(path)


def is_database(path: str) -> bool:
    """Return whether other layers may be open from a file while it gets a table more."""
    return QgsVectorFileWriter.driverForExtension(suffix_of(path)) in DATABASES


def remove(path: str) -> None:
    """Remove a file, with what SQLite keeps beside it, or a folder; what is not there is no error."""
    if os.path.isdir(path):
        shutil.rmtree(path, ignore_errors=True)
    else:
        remove_database(path)


def parts(path: str) -> list[str]:
    """Return the files that are there of a layer's file: itself, and those that make one layer with it."""
    folder, name = os.path.split(path)
    stem, suffix = os.path.splitext(name)
    wanted = PARTS.get(suffix.lower())
    if wanted is None:
        return [path] if os.path.isfile(path) or (os.path.isdir(path) and suffix.lower() in DIRECTORIES) else []
    found = (os.path.splitext(other) for other in sorted(os.listdir(folder) if os.path.isdir(folder) else ()))
    paths = (os.path.join(folder, other + end) for other, end in found if other == stem and end.lower() in wanted)
    return [part for part in paths if os.path.isfile(part)]


def suffix_of(path: str) -> str:
    """Return what a file's name ends in, from the last dot on."""
    return os.path.splitext(path)[1]


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
    path += _added_suffix(path)
    path = os.path.realpath(path)
    return Destination(parameter, path, table, not os.path.exists(path), not (table and _has_table(path, table)))


def _has_table(path: str, table: str) -> bool:
    return os.path.isfile(path) and QgsVectorLayer(f"{path}|layername={table}", table, "ogr").isValid()


def _added_suffix(path: str) -> str:
    """Return what QGIS adds to a name: the suffix of its driver, if the name does not end in it, or GeoPackage's."""
    driver = QgsVectorFileWriter.driverForExtension(suffix_of(path))
    if not driver:
        return SUFFIX
    known = QgsVectorFileWriter.MetaData()
    if not QgsVectorFileWriter.driverMetadata(driver, known) or not known.ext:
        return ""
    suffixes = [f".{suffix}" for suffix in known.ext.split()]
    return "" if path.lower().endswith(tuple(suffixes)) else suffixes[0]
