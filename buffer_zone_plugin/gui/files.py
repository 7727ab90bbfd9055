"""Small files of the user's: written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ..compat import tr
from ..core.errors import PlanError


def write_text(path: Path, text: str, what: str) -> None:
    """Write a file in UTF-8, in the place of what was there; its folder is made if needed.

    ``what`` begins the sentence of a refusal, such as ``The posture``.

    Raises
    ------
    PlanError : the file cannot be written
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
    except OSError as error:
        with suppress(OSError):  # why it cannot be written may keep it from being deleted, too
            draft.unlink()
        raise PlanError(
            tr("{what} cannot be written to {path}: {reason}").format(what=what, path=path, reason=error.strerror),
            tr("Check the folder."),
        ) from error
