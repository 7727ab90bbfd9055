"""The linters' Python, which `make` prepares apart from the tests' own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def lint_python(repo_root: Path) -> Path:
    """The Python of the linters' environment; LINT_VENV names the environment if it is not .lint-venv."""
    python = repo_root / os.environ.get("LINT_VENV", ".lint-venv") / "bin" / "python"
    if not python.is_file():
        pytest.skip("no linters: run `make lint-venv` first")
    return python
