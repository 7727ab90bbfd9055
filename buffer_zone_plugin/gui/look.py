"""Colours and icons of the panel: those of the map for the sides, those of QGIS's theme for everything else."""

from __future__ import annotations

from html import escape

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QIcon, QPalette
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ..output.styles import SIDE_COLOURS

INFO, WARNING, ERROR = "info", "warning", "error"
# text colours on a light and on a dark window: 4.5 to 1 or more against it
TEXT_COLOURS = {ERROR: ("#A1151B", "#FF9C94"), WARNING: ("#7A4B00", "#FFC46B"), INFO: ("#1D4E7A", "#9CCBF5")}
DARK_BELOW = 128  # lightness of the window, 0…255


def is_dark(widget: QWidget) -> bool:
    """Return whether the widget's window is drawn in dark colours."""
    return widget.palette().color(QPalette.ColorRole.Window).lightness() < DARK_BELOW


def text_colour(widget: QWidget, kind: str) -> str:
    """Return the colour of a text of a kind (`INFO`, `WARNING`, `ERROR`) on the widget's window."""
    light, dark = TEXT_COLOURS[kind]
    return dark if is_dark(widget) else light


def paint_text(label: QLabel, kind: str, window: QWidget) -> None:
    """Give the label the colour of a kind of text, readable on ``window``."""
    label.setStyleSheet(f"color: {text_colour(window, kind)};")  # QGIS's own themes are style sheets: palettes lose


def tip(text: str) -> str:
    """Return a tooltip that shows ``text`` as it is: Qt takes what looks like markup for it, in a path for example."""
    return f"<span>{escape(text, quote=False)}</span>"


def paint_chip(chip: QLabel, side: str) -> None:
    """Fill a small label with the colour of a side."""
    chip.setStyleSheet(f"background-color: {SIDE_COLOURS[side]}; border: 1px solid palette(mid); border-radius: 2px;")


def theme_icon(name: str) -> QIcon:
    """Return an icon of QGIS's current theme."""
    return QgsApplication.getThemeIcon(f"/{name}.svg")
