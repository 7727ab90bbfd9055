"""How are figures written for people? With the separators of their language, and thin spaces before units."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale

NARROW_SPACE = "\u202f"
WHOLE_FROM = 1000  # areas and lengths from this number on are written without decimals


def number(value: float, decimals: int = 0) -> str:
    """Return ``value`` with the separators of the user's language (English ones if there is none)."""
    return user_locale().toString(float(value), "f", decimals)


def user_locale() -> QLocale:
    """Return the user's language for numbers, English if there is none."""
    locale = QLocale()
    return QLocale(QLocale.Language.English) if locale.language() == QLocale.Language.C else locale


def short(value: float) -> str:
    """Return ``value`` with the user's separators, in at most four figures and without needless decimals."""
    return user_locale().toString(float(value), "g", 4)


def measure(value: float, unit: str) -> str:
    """Return ``value`` and ``unit``, with one decimal below 1,000 and none from there on."""
    return number(value, 0 if round(value) >= WHOLE_FROM else 1) + NARROW_SPACE + unit
