"""Is the installable zip what QGIS and its plugin repository take, and the same from the same files?"""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from tools import install_plugin, package, scan_package

pytestmark = pytest.mark.package

TEXT_SUFFIXES = (".py", ".txt", ".qml", ".svg", ".csv", ".json", ".ui", ".geojson", ".md", "")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|lorem ipsum)\b")
MACHINE_PATHS = re.compile(r"(?<![\w/])/(work|root|home|tmp|usr/local)/|\blocalhost\b|\b127\.0\.0\.1\b")
PARTISAN = re.compile(r"\b(enemy|hostile|aggressor|invader|occupier|terrorist)s?\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package.build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def names(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as source:
        return source.namelist()


@pytest.fixture(scope="module")
def texts(archive: Path) -> dict[str, str]:
    with zipfile.ZipFile(archive) as source:
        wanted = [name for name in source.namelist() if PurePosixPath(name).suffix in TEXT_SUFFIXES]
        return {name: source.read(name).decode("utf-8") for name in wanted}


@pytest.fixture(scope="module")
def metadata(texts: dict[str, str]) -> dict[str, str]:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(texts[f"{package.PACKAGE}/metadata.txt"])
    return dict(parser["general"])


def test_the_repository_would_take_the_structure(archive):
    assert scan_package.check_structure(archive) == []


def test_the_zip_is_named_after_the_plugin_and_its_version(archive):
    assert archive.name == f"buffer_zone_plugin.{package.read_version()}.zip"


@pytest.mark.parametrize(
    "name",
    [
        "__init__.py", "plugin.py", "compat.py", "paths.py", "core/plan.py", "processing/provider.py",
        "output/fields.py", "metadata.txt", "LICENSE", "resources/icons/icon.png",
        "resources/sample/illustrative_contact_line.geojson", "resources/staffing/parameters.csv",
        "resources/staffing/historical_zones.csv", "resources/staffing/back_tests.csv", "resources/styles/sectors.qml",
    ],
)
def test_the_zip_holds(name, names):
    assert f"buffer_zone_plugin/{name}" in names


def test_nothing_but_the_plugin_is_in_the_zip(names):
    tops = {PurePosixPath(name).parts[1] for name in names if len(PurePosixPath(name).parts) > 2}
    assert tops <= {"core", "gui", "processing", "output", "resources", "i18n"}
    assert not [name for name in names if PurePosixPath(name).name.startswith(("test_", "conftest"))]


def test_two_builds_are_the_same_bytes(archive, tmp_path):
    again = package.build(tmp_path / "again")
    assert again.read_bytes() == archive.read_bytes()


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """The project's files in a folder of their own, without git, as an unpacked source archive."""
    folder = tmp_path / "unpacked"
    for name in package.project_files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package.ROOT / name, folder / name)
    return folder


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_an_unpacked_archive_gives_the_same_bytes(archive, unpacked, tmp_path):
    built = unpacked / "buffer_zone_plugin" / "core" / "__pycache__"
    built.mkdir()
    (built / "plan.cpython-39.pyc").write_bytes(b"made by Python")
    (unpacked / "resources" / ".directory").write_text("made by a file manager")
    assert package.build(tmp_path / "again", unpacked).read_bytes() == archive.read_bytes()


def test_only_tracked_files_are_packed_and_the_others_named(archive, unpacked, tmp_path, capsys):
    git(unpacked, "init")
    git(unpacked, "add", ".")
    (unpacked / "buffer_zone_plugin" / "scratch.py").write_text("mine\n")
    (unpacked / "notes.txt").write_text("no part of the plugin\n")
    assert package.build(tmp_path / "again", unpacked).read_bytes() == archive.read_bytes()
    assert capsys.readouterr().err == "package: not in git, left out: buffer_zone_plugin/scratch.py\n"


def test_names_are_sorted_and_times_fixed(archive, names):
    assert names == sorted(names)
    with zipfile.ZipFile(archive) as source:
        assert {entry.date_time for entry in source.infolist()} == {package.FIXED_TIME}
        assert {entry.external_attr >> 16 for entry in source.infolist()} == {0o100644}


def test_every_translation_is_compiled_into_the_zip(names):
    sources = {Path(name).stem for name in package.project_files() if PurePosixPath(name).match("i18n/*.ts")}
    compiled = {PurePosixPath(name).stem for name in names if name.endswith(".qm")}
    assert compiled == sources


def test_metadata_says_what_qgis_and_the_repository_need(metadata):
    assert metadata["name"] == "Buffer Zone Planner"
    assert metadata["qgisMinimumVersion"] == "3.22"
    assert metadata["qgisMaximumVersion"] == "4.99"
    assert metadata["hasProcessingProvider"] == "yes"
    assert metadata["category"] == "Vector"
    assert metadata["experimental"] == "False"
    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata["version"])


def test_metadata_names_the_libraries_and_the_limits(metadata):
    for word in ("shapely", "pyproj", "planning estimate", "proposed", "prejudice"):
        assert word in metadata["about"]


def test_metadata_that_the_repository_cannot_read_is_refused(texts, archive):
    text = texts[f"{package.PACKAGE}/metadata.txt"]
    assert scan_package.check_metadata(text, archive.name) == []
    for spoiled, found in (
        (text.replace("[general]", "[general]\ntagline=100 % exact"), "percent"),
        (text.replace("\ntracker=", "\nno_tracker="), "tracker is missing"),
        (text.replace("homepage=https://", "homepage=www."), "homepage is not an https address"),
    ):
        assert any(found in problem for problem in scan_package.check_metadata(spoiled, archive.name))


def test_the_icon_of_the_metadata_is_in_the_zip(metadata, names):
    assert f"buffer_zone_plugin/{metadata['icon']}" in names


def test_the_changelogs_know_this_version(metadata, repo_root):
    assert metadata["version"] in metadata["changelog"]
    assert f"## {metadata['version']} - " in (repo_root / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [UNFINISHED, MACHINE_PATHS, PARTISAN], ids=["unfinished", "machine", "partisan"])
def test_no_text_of_the_package_holds(words, texts):
    found = [
        f"{name}:{number}: {line.strip()[:90]}"
        for name, text in texts.items() if not name.endswith("/LICENSE")
        for number, line in enumerate(text.splitlines(), 1) if words.search(line)
    ]
    assert found == []


def test_the_repository_scans_find_nothing(archive, lint_python):
    run = subprocess.run(
        [str(lint_python), str(Path(scan_package.__file__)), str(archive)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 findings" in run.stdout


def test_the_scans_do_find_what_they_are_for(archive, lint_python, tmp_path):
    """A scan that never finds anything would look as clean as a clean package."""
    spoiled = tmp_path / archive.name
    spoiled.write_bytes(archive.read_bytes())
    with zipfile.ZipFile(spoiled, "a") as target:
        target.writestr("buffer_zone_plugin/bad.py", "assert eval('1')\nkey = 'AKIA" + "Q7" * 8 + "'\nprint(nowhere)\n")
        target.writestr("buffer_zone_plugin/.hidden", "x")
        target.writestr("other/__init__.py", "")
    run = subprocess.run(
        [str(lint_python), str(Path(scan_package.__file__)), str(spoiled)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    for found in ("B101", "B307", "AWS Access Key", "F821", "hidden file", "outside the plugin's folder"):
        assert found in run.stdout


def test_the_core_knows_no_qgis(texts):
    core = {name: text for name, text in texts.items() if name.startswith("buffer_zone_plugin/core/")}
    assert core
    assert [name for name, text in core.items() if re.search(r"^\s*(import|from) (qgis|PyQt\d)", text, re.M)] == []


def test_install_replaces_a_former_copy(archive, tmp_path):
    folder = install_plugin.install(archive, tmp_path)
    (folder / "left_over.py").write_text("")
    install_plugin.install(archive, tmp_path)
    assert (folder / "metadata.txt").is_file()
    assert not (folder / "left_over.py").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["buffer_zone_plugin"]


def test_install_leaves_a_strangers_folder_alone(archive, tmp_path):
    theirs = tmp_path / "buffer_zone_plugin"
    theirs.mkdir()
    (theirs / "metadata.txt").write_text("[general]\nname=Something else\n")
    with pytest.raises(SystemExit, match="not a former copy"):
        install_plugin.install(archive, tmp_path)
    assert (theirs / "metadata.txt").read_text().endswith("Something else\n")


def test_install_refuses_a_broken_metadata_without_loss(archive, tmp_path):
    theirs = tmp_path / "buffer_zone_plugin"
    theirs.mkdir()
    (theirs / "notes.txt").write_text("mine")
    with pytest.raises(SystemExit):
        install_plugin.install(archive, tmp_path)
    assert (theirs / "notes.txt").read_text() == "mine"
