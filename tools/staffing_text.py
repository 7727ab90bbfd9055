"""What the parts of docs/staffing.md share: the shipped data, the line they reckon with, and how tables are written."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

from buffer_zone_plugin.core.staffing.build_up import SectorInputs, post_count
from buffer_zone_plugin.core.staffing.parameters import read_catalogue
from buffer_zone_plugin.core.staffing.postures import central_values, read_postures
from buffer_zone_plugin.core.staffing.twins import read_zones

ROOT = Path(__file__).resolve().parent.parent
STAFFING = ROOT / "resources" / "staffing"
CATALOGUE = read_catalogue(STAFFING / "parameters.csv")
POSTURES = read_postures(ROOT / "resources" / "presets" / "postures.json")
ZONES = read_zones(STAFFING / "historical_zones.csv")

LINE_KM, CROSSINGS, TRAINEES = 1200.0, 12, 20_000
KM2_PER_KM = 36.0  # of the reference zone: it is 40 km deep, and bends take a tenth of length times depth
AREA_KM2 = LINE_KM * KM2_PER_KM
SHORT_KM, LONG_KM = 1000.0, 1250.0
NONE = "–"
WIDTH = 120  # of prose


def values_of(name: str, **changes: float) -> dict[str, float]:
    """Return the central values of a posture, with some of them changed."""
    return {**central_values(POSTURES[name], CATALOGUE), **changes}


def zone_of(values: dict[str, float], line_km: float = LINE_KM, area_km2: float | None = None) -> SectorInputs:
    """Return a zone of one sector with the posts that the values ask for."""
    area_km2 = line_km * KM2_PER_KM if area_km2 is None else area_km2
    return SectorInputs([line_km], [area_km2], [post_count(line_km, values)], [CROSSINGS])


def plain(number: float, decimals: int = 4) -> str:
    """Return a number with separators of thousands and without needless zeros."""
    text = f"{number:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float, sign: str = "+") -> str:
    """Return a share as a whole number of per cent, with its sign unless ``sign`` is empty."""
    return f"{share:{sign}.0%}".replace("%", " %").replace("-", "−")


def prose(text: str) -> str:
    """Return a paragraph, or an entry of a list, in lines of the page's width."""
    indent = "  " if text.startswith("* ") else ""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def cell(text: object) -> str:
    """Return a text as a cell of a table holds it: on one line, and no line between cells in it."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[int] = ()) -> str:
    """Return a table in Markdown; columns of numbers, counted from 0, are set to the right."""
    lines = [head, ["---:" if column in right else "---" for column in range(len(head))]]
    lines += [[cell(value) for value in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def links(titles: str, addresses: str) -> str:
    """Return sources, parted by semicolons, with their addresses; extra addresses are numbered."""
    names = [title.strip() for title in titles.split(";")]
    places = [place.strip() for place in addresses.split(" ; ") if place.strip()]
    if len(names) == len(places):
        return "; ".join(f"[{name}](<{place}>)" for name, place in zip(names, places))
    numbered = ", ".join(f"[{number}](<{place}>)" for number, place in enumerate(places, start=1))
    return f"{titles}: {numbered}" if numbered else titles
