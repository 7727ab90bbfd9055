"""What all tests share: paths, and an environment in which QGIS and pyproj find themselves. Imports no QGIS.

The tests of the core run without QGIS. Where PyQGIS is missing, pytest-qgis and pytest-qt must be told to stay away:
``python -m pytest -p no:pytest_qgis -p no:pytest-qt tests/core buffer_zone_plugin/core``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
DEBIAN_PROJ_DATA = Path("/usr/share/proj")

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "PROJ_DATA" not in os.environ and (DEBIAN_PROJ_DATA / "proj.db").is_file():
    os.environ["PROJ_DATA"] = str(DEBIAN_PROJ_DATA)  # in an environment of its own, Debian's pyproj does not find it


settings.register_profile(  # the same examples in every run, and no verdict that a busy machine could change
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Keep --doctest-modules from importing helpers of the tests, some of which run only inside QGIS."""
    inside = ROOT / "tests" in collection_path.parents
    helper = collection_path.suffix == ".py" and not collection_path.name.startswith("test_")
    return True if inside and helper else None


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def sample_line() -> Path:
    """The bundled sample: the illustrative contact line."""
    return ROOT / "resources" / "sample" / "illustrative_contact_line.geojson"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real lines beside the checkout; tests that need it are skipped where it is missing."""
    if not SHARED_DATA.is_dir():
        pytest.skip("no ../shared/data beside the checkout")
    return SHARED_DATA
