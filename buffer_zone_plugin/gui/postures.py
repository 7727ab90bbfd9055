"""The user's own postures: one JSON file each in the folder of the profile, as the core reads and writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from qgis.core import QgsApplication

from ..compat import tr
from ..core.errors import PlanError
from ..core.json_file import read_json
from ..core.spec import POSTURES
from ..core.staffing.postures import Posture, posture_data, posture_of, read_postures
from ..paths import resource_path
from .files import write_text
from .log import log

SUFFIX = ".json"
FOLDER = ("bufferzone", "postures")
LONGEST_NAME = 80  # characters
LONGEST_STEM = 60  # of a file's name


@dataclass(frozen=True)
class OwnPosture:
    """A posture of the user's, and the file that holds it; a project knows it by the file's name."""

    path: Path
    posture: Posture

    @property
    def key(self) -> str:
        """What the panel's state holds of it."""
        return self.path.name


def posture_folder() -> Path:
    """Return where the postures of this profile lie; the folder need not exist."""
    return Path(QgsApplication.qgisSettingsDirPath()).joinpath(*FOLDER)


def shipped_postures() -> dict[str, Posture]:
    """Return the postures that come with the plugin, none if their file is broken."""
    try:
        return read_postures(resource_path("presets", "postures.json"))
    except PlanError as error:
        log(str(error))
        return {}


def read_posture(path: Path) -> Posture:
    """Return the posture of a file; raises `PlanError` for anything that is none."""
    return posture_of(read_json(path, tr("The values of the posture")), path.name)


def write_posture(path: Path, posture: Posture) -> None:
    """Write a posture whole or not at all, in the place of what was there; raises `PlanError`."""
    write_text(path, json.dumps(posture_data(posture), indent=2, ensure_ascii=False) + "\n", tr("The posture"))


class OwnPostures:
    """The postures of a profile: read anew at each call, since other windows of QGIS share them."""

    def __init__(self) -> None:
        self._told: set[str] = set()  # files that were left out, as the log knows

    def all(self) -> list[OwnPosture]:
        """Return the postures by their names; a file that is none is left out and told once in the log."""
        found = []
        for path in sorted(posture_folder().glob(f"*{SUFFIX}")):
            try:
                found.append(OwnPosture(path, read_posture(path)))
            except PlanError as error:
                self._tell_once(path, error)
        return sorted(found, key=lambda own: own.posture.label.casefold())

    def find(self, key: str) -> OwnPosture | None:
        """Return the posture of a file name, None if it is not there."""
        return next((own for own in self.all() if own.key == key), None)

    def named(self, name: str) -> OwnPosture | None:
        """Return the posture of a name, None if there is none."""
        return next((own for own in self.all() if _same(own.posture.label, name)), None)

    def save(self, posture: Posture, in_place: bool = False) -> OwnPosture:
        """Keep a posture under its name.

        Parameters
        ----------
        in_place : replace the one of the same name, of which the user knows

        Raises
        ------
        PlanError : the name cannot be given, is taken, or the file cannot be written
        """
        refusal = name_problem(posture.label)
        if refusal:
            raise PlanError(refusal)
        old = self.named(posture.label)
        if old is not None and not in_place:
            raise PlanError(
                tr("There is a posture '{name}' already").format(name=posture.label), tr("Give another name."),
            )
        path = old.path if old is not None else _free_file(posture.label)
        write_posture(path, posture)
        return OwnPosture(path, posture)

    def take_in(self, path: Path) -> OwnPosture:
        """Copy a file's posture into the profile, under a name of its own if its name is taken; raises `PlanError`."""
        posture = read_posture(path)
        name = self.free_name(posture.label)
        if name != posture.label or is_shipped(posture.id):
            posture = replace(posture, id=name, label=name)
        return self.save(posture)

    def free_name(self, wished: str) -> str:
        """Return a name that can be given and is not taken: the one that was wished, else with a number."""
        wished = " ".join(wished.split())[:LONGEST_NAME].strip()
        return next(name for name in _numbered(wished) if not name_problem(name) and self.named(name) is None)

    def remove(self, own: OwnPosture) -> None:
        """Delete the file of a posture; raises `PlanError`."""
        try:
            own.path.unlink(missing_ok=True)
        except OSError as error:
            raise PlanError(
                tr("{path} cannot be deleted: {reason}").format(path=own.path, reason=error.strerror),
            ) from error

    def _tell_once(self, path: Path, error: PlanError) -> None:
        text = tr("The posture {file} was left out. {error}").format(file=path.name, error=error)
        if text not in self._told:
            self._told.add(text)
            log(text)


def name_problem(name: str) -> str:
    """Return why a posture cannot have this name, or an empty text."""
    if not name.strip():
        return tr("Give the posture a name.")
    if len(name) > LONGEST_NAME:
        return tr("The name is longer than {most} characters.").format(most=LONGEST_NAME)
    if is_shipped(name):
        return tr("'{name}' comes with the plugin: give another name.").format(name=name)
    return ""


def is_shipped(name: str) -> bool:
    """Return whether a posture of the plugin has this name or id."""
    names = [*POSTURES, *(posture.label for posture in shipped_postures().values())]
    return any(_same(name, known) for known in names)


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    """Return what of a name tells it from others: neither capitals, nor spaces, commas or underscores."""
    return " ".join(re.findall(r"\w+", name.casefold().replace("_", " "))) or name.strip()


def _free_file(name: str) -> Path:
    stem = re.sub(r"[^\w-]+", "_", name.casefold()).strip("_")[:LONGEST_STEM] or "posture"
    files = (posture_folder() / f"{stem}{end}{SUFFIX}" for end in _ends("_{number}"))
    return next(path for path in files if not path.exists())


def _numbered(name: str) -> Iterator[str]:
    return (f"{name[:LONGEST_NAME - len(end)]}{end}" for end in _ends(" ({number})"))


def _ends(pattern: str) -> Iterator[str]:
    yield ""
    for number in count(2):
        yield pattern.format(number=number)
