"""Would the plugin repository take this zip? Its rules for the contents, and its scans on the unpacked files.

Run with the linters' Python: ``scan_package.py ZIP``. Bandit and detect-secrets block an upload with a single finding,
so here too one is enough to fail; flake8 runs with the repository's selection. The rule list of Bandit is the
repository's (``bandit_tests.txt``).
"""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

PACKAGE = "buffer_zone_plugin"
RULES = Path(__file__).with_name("bandit_tests.txt")
MAX_BYTES = 25_000_000
REQUIRED_FILES = ("__init__.py", "metadata.txt", "LICENSE")
REQUIRED_KEYS = (
    "name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker", "repository",
    "homepage",
)
REFUSED_PARTS = ("__pycache__", "__MACOSX")
REFUSED_SUFFIXES = (
    ".pyc", ".pyo", ".so", ".dll", ".dylib", ".exe", ".sh", ".bat", ".cmd", ".ps1", ".ts", ".zip", ".orig", ".rej",
)
EXECUTABLE_BITS = 0o111
FLAKE8_RULES = (
    "E901,E902,E999,F821,F823,F831,E101,E711,E712,E713,E714,E721,E722,E731,E741,E742,E743,W605,F402,F403,F404,F405,"
    "F811,F822,F901,C901"
)


def check_structure(archive: Path) -> list[str]:
    """Return what the repository would refuse in the names, modes, sizes and metadata of the zip."""
    problems = []
    if not re.fullmatch(rf"{PACKAGE}\.\d+\.\d+\.\d+\.zip", archive.name):
        problems.append(f"{archive.name}: not named {PACKAGE}.<version>.zip")
    if archive.stat().st_size > MAX_BYTES:
        problems.append(f"{archive.name}: larger than {MAX_BYTES} bytes")
    with zipfile.ZipFile(archive) as source:
        for entry in source.infolist():
            problems += [f"{entry.filename}: {why}" for why in _entry_problems(entry)]
        names = set(source.namelist())
        problems += [f"{name} is missing" for name in REQUIRED_FILES if f"{PACKAGE}/{name}" not in names]
        if f"{PACKAGE}/metadata.txt" in names:
            text = source.read(f"{PACKAGE}/metadata.txt").decode("utf-8")
            problems += check_metadata(text, archive.name)
    return problems


def _entry_problems(entry: zipfile.ZipInfo) -> list[str]:
    path = PurePosixPath(entry.filename)
    rules = (
        (path.parts[0] != PACKAGE, "outside the plugin's folder"),
        (path.is_absolute() or ".." in path.parts or "\\" in entry.filename, "unsafe path"),
        (any(part.startswith(".") for part in path.parts), "hidden file"),
        (any(part in REFUSED_PARTS for part in path.parts), "build product"),
        (path.suffix.lower() in REFUSED_SUFFIXES, "refused kind of file"),
        (bool((entry.external_attr >> 16) & EXECUTABLE_BITS), "executable"),
    )
    return [why for broken, why in rules if broken]


def check_metadata(text: str, archive_name: str) -> list[str]:
    """Return what is wrong with the text of ``metadata.txt``."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(text)
    general = dict(parser["general"])
    problems = [f"metadata.txt: {key} is missing" for key in REQUIRED_KEYS if not general.get(key, "").strip()]
    for key in ("tracker", "repository", "homepage"):
        if not general.get(key, "").startswith("https://"):
            problems.append(f"metadata.txt: {key} is not an https address")
    for key in ("description", "about", "changelog"):
        if re.search(r"</?[a-zA-Z][^>]*>", general.get(key, "")):
            problems.append(f"metadata.txt: {key} holds HTML")
    if "/" in general.get("author", ""):
        problems.append("metadata.txt: the author's name holds a slash")
    if "%" in text:
        problems.append("metadata.txt: holds a percent sign, which the repository's reader takes for a placeholder")
    if "supportsQt6" in general:
        problems.append("metadata.txt: supportsQt6 is no longer a key")
    if archive_name != f"{PACKAGE}.{general.get('version', '')}.zip":
        problems.append(f"metadata.txt: the version is not that of {archive_name}")
    return problems


def _run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def _json_of(tool: str, run: subprocess.CompletedProcess[str]) -> dict[str, object]:
    try:
        answer: dict[str, object] = json.loads(run.stdout)
    except json.JSONDecodeError:
        raise SystemExit(f"scan: {tool} did not run: {run.stderr.strip() or run.stdout.strip()}") from None
    return answer


def scan_bandit(folder: Path) -> list[str]:
    """Return Bandit's findings below ``folder``."""
    rules = RULES.read_text(encoding="utf-8").strip()
    answer = _json_of("bandit", _run(["bandit", "-r", PACKAGE, "-f", "json", "--quiet", "-t", rules], folder))
    unread = [f"bandit: {error}" for error in answer["errors"]]
    return unread + [
        f"{found['filename']}:{found['line_number']}: {found['test_id']} {found['issue_text']}"
        for found in answer["results"]
    ]


def scan_secrets(folder: Path) -> list[str]:
    """Return the findings of detect-secrets below ``folder``; its exit code is always 0."""
    run = _run(
        [
            "detect_secrets", "scan", "--all-files", "--exclude-files", r"metadata\.txt",
            "--exclude-files", r"\.secrets\.baseline", "--disable-plugin", "IPPublicDetector", ".",
        ],
        folder,
    )
    results = _json_of("detect-secrets", run)["results"]
    return [f"{name}:{found['line_number']}: {found['type']}" for name, rows in results.items() for found in rows]


def scan_flake8(folder: Path) -> list[str]:
    """Return flake8's findings below ``folder``, with the repository's selection."""
    run = _run(["flake8", "--isolated", "--max-line-length=120", "--select", FLAKE8_RULES, PACKAGE], folder)
    if run.stderr.strip():
        raise SystemExit(f"scan: flake8 did not run: {run.stderr.strip()}")
    return run.stdout.splitlines()


def scan(archive: Path) -> list[str]:
    """Return every finding on the zip: structure, Bandit, secrets, flake8."""
    problems = check_structure(archive)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with zipfile.ZipFile(archive) as source:
            source.extractall(folder)
        for scanner in (scan_bandit, scan_secrets, scan_flake8):
            problems += scanner(folder)
    return problems


def main(arguments: list[str]) -> int:
    """Print the findings; return 1 when there are any."""
    if len(arguments) != 1:
        print("usage: scan_package.py ZIP", file=sys.stderr)
        return 2
    problems = scan(Path(arguments[0]))
    for problem in problems:
        print(problem)
    print(f"{Path(arguments[0]).name}: {len(problems)} findings")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
