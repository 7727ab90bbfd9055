"""The whole way of a user: install the zip in a fresh QGIS, open the panel, click, and look at the map."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.desktop

HERE = Path(__file__).resolve().parent
NEEDED = ("qgis", "Xvfb", "openbox", "xdotool")
SCREEN = "1400x900x24"
SESSION_SECONDS = 150
POLL_SECONDS = 0.1
NARROW = 320
ROLES = ["posts", "sector_boundaries", "contact_line", "sectors", "sides", "zone", "staffing", "drivers", "run_record"]
RENDERERS = {  # type, and number of entries in the legend
    "zone": ("singleSymbol", 1), "sides": ("categorizedSymbol", 2), "sectors": ("singleSymbol", 1),
    "sector_boundaries": ("singleSymbol", 1), "contact_line": ("singleSymbol", 1), "posts": ("categorizedSymbol", 3),
}
LINES = {  # colour, width in mm, dashed: the casing below, the line on top
    "zone": [("#ffffff", 1.1, False), ("#333333", 0.5, False)],
    "sector_boundaries": [("#ffffff", 1.4, False), ("#000000", 0.6, True)],
    "contact_line": [("#ffffff", 1.6, False), ("#aa3377", 0.9, False)],
}


@pytest.fixture(scope="module")
def out(repo_root):
    """The folder of the pictures and facts, empty at first."""
    folder = repo_root / "build" / "desktop"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def built_zip(repo_root, tmp_path_factory):
    """The installable zip, built now."""
    given = os.environ.get("BUFFER_ZONE_ZIP")
    if given:
        return Path(given)
    folder = tmp_path_factory.mktemp("zip")
    command = [sys.executable, "tools/package.py", "--out", str(folder)]
    subprocess.run(command, cwd=repo_root, check=True, stdout=subprocess.DEVNULL)  # names what it leaves out
    return next(folder.glob("buffer_zone_plugin.*.zip"))


@pytest.fixture(scope="module")
def display():
    """The name of a virtual display with a window manager."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        name = f":{pipe.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": name}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="module")
def facts(out, built_zip, display, tmp_path_factory):
    """What the session in the desktop saw."""
    scratch = tmp_path_factory.mktemp("session")
    environment = session_environment(scratch, display)
    environment.update(BUFFER_ZONE_ZIP=str(built_zip), BUFFER_ZONE_OUT=str(out))
    command = [
        "qgis", "--profiles-path", str(scratch / "profiles"), "--nologo", "--noversioncheck",
        "--code", str(HERE / "drive_panel.py"),
    ]
    with (out / "qgis.log").open("w") as log:
        session = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            clicks = click_when_asked(session, out, environment)
        finally:
            if session.poll() is None:
                os.killpg(session.pid, signal.SIGKILL)
                session.wait()
    file = out / "facts.json"
    assert file.is_file(), (out / "qgis.log").read_text()[-3000:]
    seen = json.loads(file.read_text(encoding="utf-8"))
    assert "error" not in seen, seen["error"]
    return {**seen, "clicks": clicks, "exit_code": session.returncode}


def session_environment(scratch: Path, display: str) -> dict[str, str]:
    """Return an environment for QGIS: a fresh home and runtime folder, and from this Python nothing but shapely."""
    runtime = scratch / "run"
    runtime.mkdir(mode=0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "QGIS_", "PYTHON"))}
    return {
        **kept, "DISPLAY": display, "HOME": str(scratch), "XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(shapely_only(scratch / "python")),
    }


def shapely_only(folder: Path) -> Path:
    """Return a folder with links to shapely and its numpy, empty if QGIS has them from the system anyway."""
    import shapely

    folder.mkdir()
    site = Path(shapely.__file__).resolve().parents[1]
    if Path(sys.prefix).resolve() in site.parents:
        for name in ("shapely", "shapely.libs", "numpy", "numpy.libs"):
            if (site / name).is_dir():
                (folder / name).symlink_to(site / name)
    return folder


def click_when_asked(session: subprocess.Popen, out: Path, environment: dict[str, str]) -> list[str]:
    """Press the mouse wherever the session asks, until it ends; return the names of the steps."""
    steps = []
    until = time.monotonic() + SESSION_SECONDS
    while session.poll() is None and time.monotonic() < until:
        wish = out / "click.json"
        if wish.is_file():
            click = json.loads(wish.read_text(encoding="utf-8"))
            wish.unlink()
            command = ["xdotool", "mousemove", str(click["x"]), str(click["y"]), "click", "1"]
            subprocess.run(command, env=environment, check=True, timeout=10)
            steps.append(click["step"])
        time.sleep(POLL_SECONDS)
    return steps


def layer_of(facts, role):
    return next(layer for layer in facts["layers"] if layer["role"] == role)


def test_qgis_installs_the_zip_into_a_fresh_profile(facts):
    assert "buffer_zone_plugin" not in facts["before"]
    assert facts["installed"] and facts["provider"] and facts["in_vector_menu"]
    assert facts["imported_at_start"] == [], "libraries that slow QGIS's start"
    assert "profiles/default/python/plugins" in facts["plugin_folder"]


def test_panel_is_hidden_until_it_is_asked_for_and_says_what_is_missing(facts):
    assert facts["hidden_at_first"]
    assert "load the example" in facts["run_disabled_because"]


def test_real_clicks_loaded_the_example_and_ran_the_plan(facts):
    assert facts["clicks"] == ["example", "run"]
    assert "1 part" in facts["understood"] and "EPSG:4326" in facts["understood"]
    assert facts["message"] == ""


def test_all_layers_are_there_in_one_group_in_drawing_order(facts):
    assert [group["layers"] for group in facts["groups"]] == [ROLES]
    assert "20 + 20 km" in facts["groups"][0]["name"]
    assert layer_of(facts, "sectors")["features"] == 8
    assert layer_of(facts, "sector_boundaries")["features"] == 7
    assert layer_of(facts, "sides")["features"] == 2
    assert layer_of(facts, "posts")["features"] > 0
    assert all(layer["crs"] == "EPSG:4326" for layer in facts["layers"] if layer["renderer"])


@pytest.mark.parametrize("role", RENDERERS)
def test_every_map_layer_has_the_renderer_of_its_style(facts, role):
    layer = layer_of(facts, role)
    assert (layer["renderer"], len(layer["symbols"])) == RENDERERS[role]


@pytest.mark.parametrize("role", LINES)
def test_lines_are_drawn_on_a_casing(facts, role):
    (symbol,) = layer_of(facts, role)["symbols"]
    assert [part["kind"] for part in symbol] == ["SimpleLine", "SimpleLine"]
    assert [(part["colour"], part["width"], part["dashed"]) for part in symbol] == LINES[role]


def test_sides_are_tinted_and_sectors_banded_each_in_its_colour(facts):
    assert [[part["colour"] for part in symbol] for symbol in layer_of(facts, "sides")["symbols"]] == [
        ["#4477aa"], ["#ccbb44"],
    ]
    ((band,),) = layer_of(facts, "sectors")["symbols"]
    assert band["kind"] == "SimpleLine" and band["inside"] and band["colour_by_feature"]
    assert layer_of(facts, "sectors")["labels"]


def test_summary_shows_the_figures(facts):
    texts = {name: text.replace("\u202f", " ") for name, text in facts["summary"].items()}
    assert "km²" in texts["areaLabel"]
    assert "8 sectors" in texts["resultLineLabel"]
    assert texts["personsLabel"].count("–") == 1 and "About" in texts["personsLabel"]
    assert "Depth error at most" in texts["errorLabel"]
    assert "What moves the total most" in texts["toldLabel"] and "nearest past mission" in texts["toldLabel"]
    assert "Planning estimate, without prejudice to status. Posture: Verify." in texts["statusLabel"]


def test_map_shows_the_zone_in_true_shape(facts):
    assert facts["zone_in_view"] and facts["project_crs"] == "EPSG:3857"


def test_panel_fits_320_pixels(facts):
    assert facts["dock_width"] == facts["dock_width_with_staffing"] == NARROW


def test_parameters_of_the_posture_are_shown(facts):
    assert facts["parameters"] == 19


def test_pictures_are_saved_and_qgis_left_cleanly(facts, out):
    panel = ("panel_empty.png", "panel_ready.png", "panel_staffing.png", "panel_result.png")
    for name in ("desktop.png", "posture.png", *panel):
        assert (out / name).stat().st_size > 5_000
    assert facts["exit_code"] == 0
