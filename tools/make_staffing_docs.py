#!/usr/bin/env python3
"""Write the tables and computed figures of docs/staffing.md in place, between their markers.

    python tools/make_staffing_docs.py            writes the page
    python tools/make_staffing_docs.py --check    writes nothing, and fails if the page is not up to date

It needs the plugin's core and no QGIS: the same model and the same files that a plan uses.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import staffing_model_tables as model  # noqa: E402
from tools import staffing_own_tables as own  # noqa: E402
from tools import staffing_source_tables as sources  # noqa: E402

Parts = Mapping[str, Callable[[], str]]

PAGE = ROOT / "docs" / "staffing.md"
PARTS = {
    "statement": model.statement, "rounding-up": model.rounding_up, "training": model.training,
    "example": model.example, "two-sectors": model.two_sectors, "purposes": model.purposes,
    "postures": model.postures, "tenfold": model.tenfold, "calibration": model.calibration, "bought": model.bought,
    "frontage": model.frontage, "method": model.method, "ranges": model.ranges, "stacked": model.stacked,
    "drivers": model.drivers_table, "choices": model.choices,
    "by-name": own.by_name, "only-central": own.only_central, "by-posture": own.by_posture, "refused": own.refused,
    "contributors": own.contributors, "contributions": own.contributions,
    "parameters": sources.parameters, "back-tests": sources.back_tests, "day-fraction": sources.day_fraction,
    "past-missions": sources.past_missions,
}
MARKED = re.compile(r"<!-- computed: (?P<name>[a-z-]+) -->\n.*?<!-- end of (?P=name) -->", re.DOTALL)


def filled(text: str, parts: Parts = PARTS) -> str:
    """Return a page with every part computed anew.

    Parameters
    ----------
    parts : what writes each part of the page, by name

    Raises
    ------
    ValueError : a part is missing, unknown or there twice, or a marker has no other end
    """
    found = [match["name"] for match in MARKED.finditer(text)]
    if sorted(found) != sorted(parts) or text.count("<!-- ") != 2 * len(found):
        odd = sorted(set(found) ^ set(parts)) or sorted(name for name in found if found.count(name) > 1)
        raise ValueError(f"The page does not hold each part once, between its markers: {', '.join(odd)}")
    return MARKED.sub(lambda match: part(match["name"], parts), text)


def part(name: str, parts: Parts) -> str:
    """Return one part between its markers."""
    return f"<!-- computed: {name} -->\n\n{parts[name]()}\n\n<!-- end of {name} -->"


def main(page: Path = PAGE, parts: Parts = PARTS) -> int:
    """Write a page, or say whether it is up to date."""
    parser = argparse.ArgumentParser(description=f"Write the computed parts of {page.name}.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail if the page is not up to date")
    asked = parser.parse_args()
    old = page.read_text(encoding="utf-8")
    new = filled(old, parts)
    if asked.check:
        return int(old != new)
    page.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
