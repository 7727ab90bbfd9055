"""Draw the figures of docs/sectors.md: the method, the rules, the line of tomorrow, and a gallery of public lines.

    python tools/make_sector_figures.py                   the method, the rules, the line of tomorrow
    python tools/make_sector_figures.py --lines FOLDER    and the gallery, of the lines that are in the folder
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for the modules beside this one, too

from sector_gallery import gallery
from sector_method_figure import the_method
from sector_rule_figures import the_rules
from sector_tomorrow_figure import tomorrow


def main():
    """Draw all that can be drawn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=Path, help="a folder with the gallery's layers")
    asked = parser.parse_args()
    the_method("method")
    the_rules()
    tomorrow("tomorrow")
    if asked.lines is not None:
        gallery(asked.lines)


if __name__ == "__main__":
    main()
