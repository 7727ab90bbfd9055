"""How does a whole plan become one file? A GeoPackage with every layer, every table and their styles, or no file."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..compat import tr
from ..core.errors import PlanError
from . import fields as f
from . import layers
from .rows import rows
from .styles import apply_style

if TYPE_CHECKING:
    from ..core.plan import Plan

SUFFIX = ".gpkg"
COMPANIONS = ("-wal", "-shm", "-journal")  # files that SQLite keeps beside a database
MAPPED, TABLES = ([role for role in f.ROLES if (role in f.TABLE_ROLES) == tables] for tables in (False, True))
WRITE_ORDER = (*reversed(MAPPED), *TABLES)  # the zone first: it is what other programs show
Step = Callable[[float], None]


def _silent(_fraction: float) -> None:
    """Report to nobody."""


def check_writable(folder: str) -> None:
    """Raise `PlanError` unless files can be made in ``folder``: one is made and removed, as no other test is sure."""
    if not os.path.isdir(folder):
        raise PlanError(
            tr("The folder {path} does not exist").format(path=folder),
            tr("Make it, or choose another place for the output."),
        )
    try:
        handle, name = tempfile.mkstemp(dir=folder)
    except OSError as error:
        raise PlanError(
            tr("Nothing can be written to the folder {path}: {reason}").format(path=folder, reason=error.strerror),
            tr("Choose another place for the output."),
        ) from error
    os.close(handle)
    os.remove(name)


def check_destination(path: str, overwrite: bool) -> None:
    """Raise `PlanError` unless ``path`` can be written: its folder takes files, and no file is there to be lost."""
    path = os.path.abspath(path)
    check_writable(os.path.dirname(path))
    if os.path.isdir(path):
        raise PlanError(tr("{path} is a folder").format(path=path), tr("Give the name of a file."))
    if not os.path.exists(path):
        return
    if not overwrite:
        raise PlanError(
            tr("The file {path} already exists").format(path=path),
            tr("Choose another name, or allow existing files to be replaced (OVERWRITE)."),
        )
    if not os.access(path, os.W_OK):
        raise PlanError(tr("The file {path} is read-only").format(path=path), tr("Choose another name."))
    if any(os.path.exists(path + companion) for companion in COMPANIONS):  # they would be taken for the new file's
        raise PlanError(
            tr("The file {path} is open in another project or program").format(path=path),
            tr("Close it there, or choose another name."),
        )


def write_geopackage(path: str, plan: Plan, overwrite: bool = False, step: Step = _silent) -> None:
    """Write all layers of a plan to one GeoPackage with their styles as defaults.

    Parameters
    ----------
    path : the file to make; it appears complete or not at all
    plan : the plan; layers are EPSG:4326
    overwrite : replace a file that is there
    step : told the share done, 0…1, before each layer and before the file appears; what it raises stops the work and
        leaves nothing

    Raises
    ------
    PlanError : the file exists, or the folder cannot be written; the sentence names the path
    """
    path = os.path.abspath(path)
    check_destination(path, overwrite)
    handle, draft = tempfile.mkstemp(suffix=SUFFIX, prefix=".", dir=os.path.dirname(path))
    os.close(handle)
    os.remove(draft)  # only the name was wanted: the driver makes the file
    try:
        for number, role in enumerate(WRITE_ORDER):
            step(number / (2 * len(WRITE_ORDER)))
            _write_layer(draft, role, plan, new_file=number == 0)
        for number, role in enumerate(WRITE_ORDER):
            step(0.5 + number / (2 * len(WRITE_ORDER)))
            _store_style(draft, role)
        if any(os.path.exists(draft + companion) for companion in COMPANIONS):  # what they hold would be lost
            raise _unwritten(path, tr("QGIS has not closed it"))
        step(1.0)  # the last word: once the file is there, nothing may stop the run
        os.replace(draft, path)
    except BaseException as error:
        close_files_of(error)
        if isinstance(error, OSError):
            raise _unwritten(path, error.strerror or str(error)) from error
        raise
    finally:
        remove_database(draft)


def close_files_of(error: BaseException | None) -> None:
    """Forget what the functions that failed were working with: as long as the error is known, it holds files open."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__context__


def remove_database(path: str) -> None:
    """Remove a GeoPackage and the files that SQLite keeps beside it; what is not there is no error."""
    for companion in ("", *COMPANIONS):
        with suppress(OSError):
            os.remove(path + companion)


def _write_layer(path: str, role: str, plan: Plan, new_file: bool) -> None:
    from ..core.staffing.statement import told_with

    layer = f.layer_def(role)
    actions = QgsVectorFileWriter.ActionOnExistingFile
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = role
    options.layerOptions = [f"DESCRIPTION={layer.title}. {told_with(plan.used.title, *plan.staffing.total.ends)}"]
    options.actionOnExistingFile = actions.CreateOrOverwriteFile if new_file else actions.CreateOrOverwriteLayer
    writer = QgsVectorFileWriter.create(
        path, layers.qgs_fields(layer), layers.WKB_TYPES[layer.geometry], layers.layer_crs(layer),
        QgsCoordinateTransformContext(), options,
    )
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise _unwritten(path, writer.errorMessage())
    if not layers.write_features(writer, layers.features(layer, rows(role, plan)), lambda: None):
        raise _unwritten(path, writer.errorMessage())
    del writer  # closes the file


def _store_style(path: str, role: str) -> None:
    layer = QgsVectorLayer(f"{path}|layername={role}", role, "ogr")
    problem = apply_style(layer, role)
    layer.dataProvider().reloadData()  # QGIS keeps connections that read; one more, and the file stays open for writing
    problem = problem or layer.saveStyleToDatabase(role, f.layer_def(role).title, True, "")
    if problem:
        raise _unwritten(path, problem)


def _unwritten(path: str, reason: str) -> PlanError:
    return PlanError(
        tr("The file {path} could not be written: {reason}").format(path=path, reason=reason),
        tr("Remove its layers from open projects, or choose another place for the output."),
    )
