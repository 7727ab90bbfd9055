"""The example in docs/python.md is ten lines that run without QGIS and print what the page says."""

from __future__ import annotations

import re
import subprocess
import sys

WITHOUT_QGIS = "import sys; sys.modules['qgis'] = None\n"  # an import of it fails


def blocks(repo_root, language):
    text = (repo_root / "docs" / "python.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_the_example_prints_what_the_page_says(repo_root):
    (example,) = blocks(repo_root, "python")
    (told,) = blocks(repo_root, "text")
    assert len([line for line in example.splitlines() if line.strip()]) <= 10
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QGIS + example], cwd=repo_root, capture_output=True, text=True, timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == told


def test_what_the_page_names_is_there(repo_root):
    from buffer_zone_plugin.core import api

    text = (repo_root / "docs" / "python.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)\(|, `(\w+)\(|`(\w+)\(", text, flags=re.MULTILINE)
    names = {name for group in named for name in group if name} - {"Progress"}
    assert {"make_plan", "compare", "comparison", "scenarios_of", "scenarios_data", "fit_ceiling", "series"} <= names
    assert all(name in api.__all__ and hasattr(api, name) for name in names)
