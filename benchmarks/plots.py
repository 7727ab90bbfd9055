"""Two pictures of the results: error against time, and growth with the number of vertices. Both axes logarithmic.

Colours are told apart by colour-blind readers (after Okabe and Ito), and marks differ as well.
"""

from __future__ import annotations

import io

import matplotlib
from PIL import Image

matplotlib.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

DOTS_PER_INCH = 100
BLUE, VERMILION, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#555555"
STYLE = {  # of each method: colour, mark, filled
    "ours_10": (BLUE, "o", False), "ours_1": (BLUE, "o", True), "ours_0.1": (BLUE, "o", False),
    "postgis_8": (VERMILION, "s", False), "postgis_64": (VERMILION, "s", True),
    "qgis_5": (GREEN, "^", False), "qgis_64": (GREEN, "^", True), "shapely_64": (GREY, "D", True),
}
LABEL = {
    "ours_10": "10 m", "ours_1": "this plugin, 1 m", "ours_0.1": "0.1 m", "postgis_8": "PostGIS, 8",
    "postgis_64": "PostGIS, 64", "qgis_5": "QGIS, 5", "qgis_64": "QGIS, 64", "shapely_64": "shapely, 64",
}
BESIDE = (8, -3), "left"  # where a label stands; QGIS and shapely give the same zone, so their marks are neighbours
PLACE = {"shapely_64": ((0, -16), "center"), "qgis_64": ((0, 8), "center")}
COLOURS_KEPT = 64  # of the picture: a third of its size
GROWING = ("ours_1", "postgis_64", "qgis_64", "shapely_64")


def error_against_time(results, vertices, path):
    """One panel for each line, at one number of vertices."""
    figure, panels = plt.subplots(1, len(results.lines()), figsize=(9.5, 4.3), sharey=True, squeeze=False)
    for panel, line in zip(panels[0], results.lines()):
        rows = [row for row in (results.find(line, vertices, key) for key in STYLE) if row]
        ours = [row for row in rows if row.peer.startswith("ours")]
        panel.plot([row.processor_s for row in ours], [row.largest_m for row in ours], color=BLUE, linewidth=1)
        for row in rows:
            _mark(panel, row)
        _axes(panel, f"{line} line, {vertices:,} vertices", "processor time, s")
        panel.xaxis.set_major_locator(LogLocator(10, subs=(1, 2, 5)))
        panel.margins(x=0.3, y=0.12)
    panels[0][0].set_ylabel("largest error of the depth, m")
    _save(figure, path)


def _mark(panel, row):
    colour, mark, filled = STYLE[row.peer]
    panel.plot(row.processor_s, row.largest_m, mark, color=colour, markersize=7, fillstyle="full" if filled else "none")
    offset, side = PLACE.get(row.peer, BESIDE)
    panel.annotate(
        LABEL[row.peer], (row.processor_s, row.largest_m), xytext=offset, textcoords="offset points", ha=side,
        fontsize=9, color=colour,
    )


def growth(results, path):
    """Time above, memory below, one column for each line."""
    lines = results.lines()
    figure, panels = plt.subplots(2, len(lines), figsize=(9.5, 6.4), sharex=True, sharey="row", squeeze=False)
    for column, line in zip(panels.T, lines):
        for panel, what in zip(column, ("processor_s", "memory_mb")):
            for key in GROWING:
                _curve(panel, results, line, key, what)
        _axes(column[0], f"{line} line", "")
        _axes(column[1], "", "vertices of the line")
    panels[0][0].set_ylabel("processor time, s")
    panels[1][0].set_ylabel("extra memory, MB")
    panels[0][0].legend(frameon=False, fontsize=9)
    _save(figure, path)


def _curve(panel, results, line, key, what):
    rows = [row for row in (results.find(line, n, key) for n in results.sizes(line)) if row]
    colour, mark, _ = STYLE[key]
    wide = key.startswith("ours")
    panel.plot(
        [row.vertices for row in rows], [getattr(row, what) for row in rows], marker=mark, color=colour,
        linewidth=2.2 if wide else 1.2, markersize=6, linestyle="--" if key == "shapely_64" else "-", label=LABEL[key],
        zorder=3 if wide else 2,
    )


def _axes(panel, title, label):
    panel.set_xscale("log")
    panel.set_yscale("log")
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_major_locator(LogLocator(10))
        axis.set_major_formatter(FuncFormatter(_tick))
        axis.set_minor_formatter(NullFormatter())
    panel.grid(True, color="#dddddd", linewidth=0.6)
    panel.set_axisbelow(True)
    panel.spines[["top", "right"]].set_visible(False)
    panel.set_title(title, fontsize=11, loc="left")
    panel.set_xlabel(label)


def _tick(value, _):
    """A number as it is spoken: 10 k for ten thousand."""
    for size, letter in ((1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def _save(figure, path):
    figure.tight_layout()
    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=DOTS_PER_INCH)
    plt.close(figure)
    Image.open(drawn).convert("RGB").quantize(COLOURS_KEPT).save(path, optimize=True)
