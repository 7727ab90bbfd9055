"""Do QGIS, shapely and pyproj share one GEOS and one PROJ? Two copies in one process crash QGIS."""

from __future__ import annotations

import re
import sys
from pathlib import Path

MAPPED = Path("/proc/self/maps")
LIBRARY = re.compile(r"(/\S*/lib(geos|geos_c|proj)[-.]\S*)$")


def version(text: str) -> str:
    """Return the leading dotted number of a version text such as ``3.11.1-CAPI-1.17.1``."""
    found = re.search(r"\d+(\.\d+)+", text)
    return found.group() if found else text


def mapped_twice() -> list[str]:
    """Return the GEOS and PROJ libraries of which this process holds more than one file (Linux only)."""
    if not MAPPED.exists():
        return []
    files: dict[str, set[str]] = {}
    for line in MAPPED.read_text().splitlines():
        if found := LIBRARY.search(line):
            files.setdefault(found.group(2), set()).add(found.group(1))
    return [path for paths in files.values() if len(paths) > 1 for path in sorted(paths)]


def main() -> int:
    """Print the versions; return 1 and say why when they differ."""
    try:
        import numpy
        import pyproj
        import shapely
        from qgis.core import Qgis
    except ImportError as error:
        print(f"check_runtime: {error}: QGIS cannot run the plugin with this Python.", file=sys.stderr)
        return 1

    problems = [f"{path} is one of several copies" for path in mapped_twice()]
    own, host = version(shapely.geos_version_string), version(Qgis.geosVersion())
    if own != host:
        problems.append(f"GEOS is {own} in shapely and {host} in QGIS")
    if not hasattr(shapely, "union_all"):
        problems.append(f"shapely {shapely.__version__} is older than 2.0")
    if problems:
        print("check_runtime: " + "; ".join(problems) + ". Delete the environment and make it again.", file=sys.stderr)
        return 1
    print(
        f"QGIS {Qgis.version()}, shapely {shapely.__version__} on GEOS {own}, "
        f"pyproj {pyproj.__version__} on PROJ {pyproj.proj_version_str}, numpy {numpy.__version__}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
