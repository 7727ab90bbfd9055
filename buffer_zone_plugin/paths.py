"""Where do the resources and translations lie: inside an installed package, or beside it in a checkout?"""

from __future__ import annotations

import configparser
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> str:
    """Return the path of a file or folder under ``resources``; the installed place wins, the file need not exist."""
    return str(_home("resources").joinpath(*parts))


def i18n_path(*parts: str) -> str:
    """Return the path of a file or folder under ``i18n``; the installed place wins, the file need not exist."""
    return str(_home("i18n").joinpath(*parts))


def metadata_value(key: str) -> str:
    """Return a value of ``metadata.txt``, such as ``version`` or ``homepage``; empty when it is not there."""
    for folder in (PACKAGE, PACKAGE.parent):
        file = folder / "metadata.txt"
        if file.is_file():
            parser = configparser.ConfigParser(interpolation=None)
            parser.read(file, encoding="utf-8")
            return parser.get("general", key, fallback="").strip()
    return ""


def _home(name: str) -> Path:
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent / name
