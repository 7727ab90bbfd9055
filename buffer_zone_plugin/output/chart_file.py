"""How does a figure become files? As PNG and SVG beside each other, both or none, with the same bytes each time."""

from __future__ import annotations

import io
import os
import re
import uuid
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from ..compat import tr
from ..core.errors import PlanError
from .chart_sheet import software
from .geopackage import check_destination

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg")
OLD = ".old"  # ends the name of a file that waits for the new one
DRAWN_AT_RANDOM = re.compile(r'\bid="([a-z][0-9a-f]{10})"')  # names that matplotlib draws anew for each file


def png(figure: Figure, dpi: float | None = None) -> bytes:
    """Return a figure as a PNG, in dots per inch as given, else in those of the figure."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    kept, own = io.BytesIO(), figure.get_dpi()
    try:
        figure.set_dpi(dpi or own)
        # not savefig, which takes what the user has set for figures
        FigureCanvasAgg(figure).print_png(kept, metadata={"Title": figure.get_label(), "Software": software()})
    finally:
        figure.set_dpi(own)
    return kept.getvalue()


def svg(figure: Figure) -> bytes:
    """Return a figure as an SVG, its letters as outlines."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    kept, own = io.BytesIO(), figure.get_dpi()
    try:
        FigureCanvasSVG(figure).print_svg(
            kept, metadata={"Title": figure.get_label(), "Creator": software(), "Date": None},
        )
    finally:
        figure.set_dpi(own)
    return _renamed(kept.getvalue().decode("utf-8")).encode("utf-8")


def save(figure: Figure, path: str | os.PathLike[str], overwrite: bool = False) -> tuple[str, str]:
    """Write a figure as PNG and SVG and return their paths; both are there at the end, or what was there before.

    Parameters
    ----------
    path : without a suffix
    overwrite : whether files that are there may be replaced

    Raises
    ------
    PlanError : a file is there already, or cannot be written
    """
    paths = tuple(os.path.abspath(os.fspath(path) + suffix) for suffix in SUFFIXES)
    for target in paths:
        check_destination(target, overwrite)
    contents = (png(figure), svg(figure))
    drafts = tuple(os.path.join(os.path.dirname(target), f".{uuid.uuid4().hex}") for target in paths)
    moved: list[tuple[str, str]] = []  # from, to
    try:
        for draft, content in zip(drafts, contents):
            with open(draft, "xb") as file:
                file.write(content)
        for draft, target in zip(drafts, paths):
            for move in ((target, draft + OLD), (draft, target)):
                if os.path.exists(move[0]):
                    os.replace(*move)
                    moved.append(move)
    except OSError as error:
        for before, after in reversed(moved):
            os.replace(after, before)
        _remove(drafts)
        raise PlanError(
            tr("The chart {path} could not be written: {reason}").format(path=paths[0], reason=error.strerror),
            tr("Close it in other programs, or choose another place."),
        ) from error
    _remove(draft + OLD for draft in drafts)
    return paths


def _remove(paths: Iterable[str]) -> None:
    for path in paths:
        with suppress(OSError):
            os.remove(path)


def _renamed(text: str) -> str:
    """Return an SVG whose random names are numbered in their order."""
    names = {name: f"n{number}" for number, name in enumerate(dict.fromkeys(DRAWN_AT_RANDOM.findall(text)))}
    return re.sub(r"\b[a-z][0-9a-f]{10}\b", lambda found: names.get(found.group(), found.group()), text)
