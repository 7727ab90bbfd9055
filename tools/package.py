"""Builds the installable zip: what git tracks of the plugin, laid out as QGIS wants it, the same bytes every time.

The zip holds one folder, ``buffer_zone_plugin/``, with the package, ``metadata.txt``, ``LICENSE``, ``resources/`` and
``i18n/*.qm`` compiled from the ``.ts`` files. Its name is ``buffer_zone_plugin.<version>.zip``: QGIS takes the
plugin's id from the part before the first dot. Only the standard library is needed; git too in a checkout, and lrelease
when there are translations.
"""

from __future__ import annotations

import argparse
import configparser
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "buffer_zone_plugin"
TOP_FILES = ("metadata.txt", "LICENSE")
FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold: the same zip from the same files
PLAIN_FILE = 0o100644 << 16
UNIX = 3
BUILT = (".pyc", ".qm")  # what git ignores inside these folders
LRELEASE = ("lrelease", "/usr/lib/qt5/bin/lrelease", "lrelease-qt5", "/usr/lib/qt6/bin/lrelease")


def read_version(root: Path = ROOT) -> str:
    """Return the version that ``metadata.txt`` states."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(root / "metadata.txt", encoding="utf-8")
    return parser["general"]["version"].strip()


def project_files(root: Path = ROOT) -> list[str]:
    """Return the project's files, relative to ``root``, sorted: what git tracks, or all of an unpacked archive."""
    if not (root / ".git").exists():
        return _archived(root)
    left_out = [name for name in _listed(root, "--others", "--exclude-standard") if place_in_zip(name)]
    if left_out:
        print(f"package: not in git, left out: {', '.join(left_out)}", file=sys.stderr)
    return [name for name in _listed(root, "--cached") if (root / name).is_file()]


def _listed(root: Path, *what: str) -> list[str]:
    """Return what ``git ls-files`` lists, sorted."""
    # safe.directory: a checkout that belongs to another user (sudo, a container's mount) is read all the same.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", *what]
    output = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE).stdout
    return sorted({name for name in output.decode("utf-8").split("\0") if name})


def _archived(root: Path) -> list[str]:
    """Return the files of an unpacked source archive, without what Python made beside them, sorted."""
    files = [root / name for name in TOP_FILES]
    for folder in (PACKAGE, "resources", "i18n"):
        files += (root / folder).rglob("*")
    return sorted(path.relative_to(root).as_posix() for path in files if path.is_file() and path.suffix not in BUILT)


def place_in_zip(name: str) -> str | None:
    """Return where a project file stands in the zip, or None when it does not belong there."""
    path = PurePosixPath(name)
    if any(part.startswith(".") for part in path.parts):
        return None
    if path.parts[0] == PACKAGE:
        return name
    if name in TOP_FILES or path.parts[0] == "resources":
        return f"{PACKAGE}/{name}"
    return None


def compile_translations(sources: list[Path], target: Path) -> Iterator[Path]:
    """Compile each ``.ts`` file into a ``.qm`` file below ``target`` and yield it."""
    if not sources:
        return
    lrelease = next((found for name in LRELEASE if (found := shutil.which(name))), None)
    if lrelease is None:
        raise SystemExit("package: lrelease is missing (Debian: qttools5-dev-tools)")
    for source in sources:
        compiled = target / f"{source.stem}.qm"
        subprocess.run([lrelease, "-silent", str(source), "-qm", str(compiled)], check=True)
        if not compiled.is_file() or compiled.stat().st_size == 0:
            raise SystemExit(f"package: {source.name} gave no translation")
        yield compiled


def write_zip(target: Path, members: dict[str, Path]) -> None:
    """Write ``members`` (name in the zip: file) sorted by name, with fixed times and modes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = PLAIN_FILE
            archive.writestr(entry, members[name].read_bytes())


def build(out: Path, root: Path = ROOT) -> Path:
    """Build the zip in the folder ``out`` and return its path; an older zip of the plugin there is removed."""
    names = project_files(root)
    members = {place: root / name for name in names if (place := place_in_zip(name))}
    missing = [f"{PACKAGE}/{name}" for name in ("__init__.py", *TOP_FILES) if f"{PACKAGE}/{name}" not in members]
    if missing:
        raise SystemExit(f"package: not in the project: {', '.join(missing)}")
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob(f"{PACKAGE}.*.zip"):
        old.unlink()
    target = out / f"{PACKAGE}.{read_version(root)}.zip"
    with tempfile.TemporaryDirectory() as scratch:
        sources = [root / name for name in names if PurePosixPath(name).match("i18n/*.ts")]
        for compiled in compile_translations(sources, Path(scratch)):
            members[f"{PACKAGE}/i18n/{compiled.name}"] = compiled
        write_zip(target, members)
    return target


def main(arguments: list[str]) -> int:
    """Build the zip and print its path."""
    parser = argparse.ArgumentParser(description="Build the installable zip of the plugin.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for the zip (default: dist)")
    print(f"Built {os.path.relpath(build(parser.parse_args(arguments).out))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
