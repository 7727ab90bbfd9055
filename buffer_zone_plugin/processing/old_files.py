"""What becomes of the files that a run replaces? They wait beside the new ones, and are back if the run ends early."""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from ..compat import tr
from ..core.errors import PlanError
from ..output.geopackage import close_files_of
from .destinations import Destination, is_database, parts, remove, remove_outputs

WAITING = (5, 6)  # SQLite's busy and locked, after which sqlite3 would try again for ever

Carry = Callable[[str, str], object]  # from one path to another


class Kept(NamedTuple):
    """An old file, the hidden file beside it in which its content waits, and how that comes back."""

    path: str
    draft: str
    put_back: Carry


@contextmanager
def old_kept_until_written(destinations: Iterable[Destination]) -> Iterator[None]:
    """Write in the block what replaces files or adds tables; if it fails, all is as before and nothing new remains.

    Raises
    ------
    PlanError : an old file cannot be set aside, and nothing has changed; or it cannot be put back, and where it is
    """
    destinations = tuple(destinations)
    kept = _set_aside(destinations)
    try:
        yield
    except BaseException as error:
        close_files_of(error)
        remove_outputs(destinations)
        _put_back(kept)
        raise
    for item in kept:
        remove(item.draft)


def _set_aside(destinations: tuple[Destination, ...]) -> list[Kept]:
    ways = _ways(destinations)
    mark = f".{uuid.uuid4().hex}-"  # one for all: the parts of a layer keep matching names
    kept: list[Kept] = []
    try:
        for path, (set_aside, put_back) in ways.items():
            draft = os.path.join(os.path.dirname(path), mark + os.path.basename(path))
            kept.append(Kept(path, draft, put_back))  # before it is there: half a copy has to go, too
            set_aside(path, draft)
    except (OSError, sqlite3.Error) as error:
        refused = kept[-1].path
        _undo(kept)
        raise PlanError(
            tr("The file {path} cannot be kept while the new one is written: {reason}").format(
                path=refused, reason=_reason(error),
            ),
            tr("Close it in other projects and programs, or choose another place for the output."),
        ) from error
    return kept


def _undo(kept: list[Kept]) -> None:
    """Take back what was moved and forget what was copied, before anything has been written."""
    for item in kept:
        if os.path.exists(item.path):
            remove(item.draft)
    _put_back([item for item in kept if not os.path.exists(item.path)])


def _put_back(kept: list[Kept]) -> None:
    problems = []
    for path, draft, put_back in kept:
        try:
            put_back(draft, path)
        except (OSError, sqlite3.Error) as error:
            problems.append(tr("{path}, now {draft}: {reason}").format(path=path, draft=draft, reason=_reason(error)))
    if problems:
        raise PlanError(
            tr("The run ended early, and old files could not be put back ({files})").format(files="; ".join(problems)),
            tr("Give them their old names again."),
        )


def _ways(destinations: tuple[Destination, ...]) -> dict[str, tuple[Carry, Carry]]:
    """Return the old files, each with how it is set aside and put back; what gets a table more stays in its place."""
    ways: dict[str, tuple[Carry, Carry]] = {}
    for destination in destinations:
        for path in parts(destination.path):
            if not destination.table:
                ways[path] = (os.replace, os.replace)
            elif is_database(path):
                ways[path] = (_copy_database, _restore_database)
            else:
                ways[path] = (_copy, os.replace)
    return ways


def _copy(source: str, target: str) -> None:
    (shutil.copytree if os.path.isdir(source) else shutil.copy2)(source, target)


def _copy_database(source: str, target: str) -> None:
    """Copy by SQLite's own means: with what lies in the log beside the file, and safely while others have it open."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.execute("BEGIN IMMEDIATE")  # raises if the file is read-only, or another program is writing to it
        old.rollback()
        old.backup(new, progress=_refuse_waiting)


def _restore_database(draft: str, path: str) -> None:
    _copy_database(draft, path)
    remove(draft)


def _refuse_waiting(status: int, _remaining: int, _total: int) -> None:
    if status in WAITING:
        raise sqlite3.OperationalError("database is locked")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
