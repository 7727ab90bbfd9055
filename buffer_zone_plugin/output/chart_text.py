"""How is text set in charts? In a font that matplotlib brings, measured beforehand, in lines that fit.

Nothing is taken from the settings of matplotlib, which belong to the user: every text carries its own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..core.errors import PlanError
from .numbers import number

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FONT = "DejaVu Sans"  # comes with matplotlib; has Latin, Cyrillic, Greek, Georgian and Armenian letters
ELLIPSIS = "…"
POINTS_PER_INCH = 72.0
LEADING = 1.35  # height of a line in sizes of its font
MOST_DECIMALS = 6
WHOLE_FROM = 100  # km²: areas from this number on have no decimals
ROUNDING = 1e-6  # inches, in which sums of lengths may differ


def font(size: float, bold: bool = False, italic: bool = False) -> FontProperties:
    """Return a font of a size in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family=FONT, size=size, weight="bold" if bold else "normal", style="italic" if italic else "normal",
        variant="normal", stretch="normal",
    )


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line of text, inches."""
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text, font(size, bold), ismath=False)
    return width / POINTS_PER_INCH


def line_height(size: float) -> float:
    """Return the height of a line of text, inches."""
    return LEADING * size / POINTS_PER_INCH


def fitted(text: str, width: float, size: float, bold: bool = False) -> str:
    """Return one line of text that is no wider than ``width`` inches: what is too long ends in an ellipsis."""
    text = " ".join(text.split())
    width += ROUNDING
    if text_width(text, size, bold) <= width:
        return text
    short, long = 0, len(text)  # the longest beginning lies between
    while long - short > 1:
        middle = (short + long) // 2
        if text_width(text[:middle] + ELLIPSIS, size, bold) <= width:
            short = middle
        else:
            long = middle
    return text[:short].rstrip() + ELLIPSIS


def wrapped(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Return a text in lines that are no wider than ``width`` inches."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [fitted(line, width, size, bold) for line in lines if line]


def as_shown(text: str) -> str:
    """Return a text as matplotlib shows it unchanged: dollars would begin a formula."""
    return text.replace("$", r"\$")


def area_text(km2: float) -> str:
    """Return a number of km²: whole from 100 on, one decimal below, two figures where that would be nothing."""
    if round(km2) >= WHOLE_FROM or km2 == 0:
        return number(km2)
    return number(km2, min(max(1, 1 - math.floor(math.log10(km2))), MOST_DECIMALS))


def step_decimals(step: float) -> int:
    """Return how many decimals numbers at multiples of a step need."""
    return min(max(0, -math.floor(math.log10(step))), MOST_DECIMALS) if step > 0 else 0


def check_matplotlib() -> None:
    """Raise `PlanError` if charts cannot be drawn here."""
    from ..compat import tr

    try:
        import matplotlib.backends.backend_agg  # noqa: F401  # whether it is there, and whole
    except (ImportError, OSError, AttributeError) as error:
        raise PlanError(
            tr("Charts need the Python library matplotlib, which cannot be used here: {reason}").format(reason=error),
            tr("Install the package python3-matplotlib (OSGeo4W: python3-matplotlib), or leave charts out."),
        ) from error
