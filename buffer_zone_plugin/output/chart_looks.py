"""How do the parts of charts look? In colours that every colour vision tells apart, and in black and white as well.

Whatever lies side by side differs in lightness or in its hatching. Colours are those of Okabe and Ito, for the sides
those of the map (Paul Tol).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .chart_sheet import GREY, INK, PAPER
from .styles import SIDE_COLOURS

Look = Mapping[str, Any]  # properties of matplotlib

EDGE: Look = {"edgecolor": INK, "linewidth": 0.5}
COMPONENTS: Mapping[str, Look] = {  # light beside dark, in the order in which they are stacked
    "posts": {"facecolor": "#0072b2", **EDGE},
    "patrols": {"facecolor": "#f0e442", **EDGE},
    "crossings": {"facecolor": "#d55e00", "hatch": "xxxx", **EDGE},
    "reserve": {"facecolor": "#56b4e9", **EDGE},
    "unit": {"facecolor": "#e69f00", "hatch": "///", **EDGE},
    "support": {"facecolor": "#f2f2f2", "hatch": "....", **EDGE},
}
ALL_PERSONS: Look = {"facecolor": "#999999", **EDGE}
SIDES: Mapping[str, Look] = {
    "A": {"facecolor": SIDE_COLOURS["A"], **EDGE},
    "strip": {"facecolor": "#ffffff", "hatch": "....", **EDGE},
    "B": {"facecolor": SIDE_COLOURS["B"], "hatch": "////", **EDGE},
}
CONTACT_BIT: Look = {"colors": "#aa3377", "linewidth": 2.0, "linestyles": "-"}
CONTACT_LINE: Look = {"color": "#aa3377", "linewidth": 2.0, "linestyle": "-", "solid_capstyle": "butt"}
RANGE: Look = {"color": INK, "linewidth": 1.1, "linestyle": "-", "solid_capstyle": "butt"}
CENTRAL: Look = {
    "color": INK, "linestyle": "none", "marker": "o", "markersize": 3.6, "markerfacecolor": PAPER,
    "markeredgecolor": INK, "markeredgewidth": 1.1,
}
ALONE: Look = {
    "color": GREY, "linestyle": "none", "marker": "o", "markeredgecolor": GREY, "markeredgewidth": 1.0,
}
POSTURES: tuple[Look, ...] = tuple(  # by the order in which they come
    {
        "color": colour, "marker": marker, "linestyle": dashes, "linewidth": 1.3, "markeredgecolor": colour,
        "markeredgewidth": 1.0,
    }
    for colour, marker, dashes in (
        ("#0072b2", "o", "-"), ("#d55e00", "s", (0, (5, 2))), ("#009e73", "^", (0, (5, 2, 1, 2))),
        ("#222222", "D", (0, (1, 1.5))), ("#cc79a7", "v", (0, (8, 2))), ("#e69f00", "P", (0, (3, 1, 1, 1, 1, 1))),
    )
)
CEILING: Look = {"color": INK, "linewidth": 1.4, "linestyle": (0, (7, 3))}
THIN_RANGE: Look = {"linewidth": 0.7, "linestyle": "-", "alpha": 0.75, "solid_capstyle": "butt"}


def on_paper() -> Look:
    """Return the look of a text that stays readable where it crosses a line."""
    from matplotlib.patheffects import withStroke

    return {"path_effects": [withStroke(linewidth=2.0, foreground=PAPER)]}
