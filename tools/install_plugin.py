"""Installs the zip into a QGIS plugins folder: install_plugin.py ZIP FOLDER. Replaces only a copy of the plugin."""

from __future__ import annotations

import configparser
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "buffer_zone_plugin"
NAME = "Buffer Zone Planner"


def is_ours(folder: Path) -> bool:
    """Tell whether ``folder`` holds a former copy of this plugin."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(folder / "metadata.txt", encoding="utf-8")
    return not folder.is_symlink() and parser.get("general", "name", fallback="") == NAME


def install(archive: Path, plugins: Path) -> Path:
    """Unpack ``archive`` into ``plugins`` and return the plugin's folder; raises SystemExit when another is there."""
    target = plugins / PACKAGE
    if (target.exists() or target.is_symlink()) and not is_ours(target):
        raise SystemExit(f"install: {target} is not a former copy of {NAME}; move it away first.")
    plugins.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=plugins, prefix=".installing-") as scratch:
        with zipfile.ZipFile(archive) as source:
            source.extractall(scratch)
        if target.exists():
            shutil.rmtree(target)
        (Path(scratch) / PACKAGE).rename(target)
    return target


def main(arguments: list[str]) -> int:
    """Install and print where to."""
    archive, plugins = map(Path, arguments)
    print(f"Installed {archive.name} in {os.path.relpath(install(archive, plugins))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
