"""Why the panel cannot run: one sentence for each field that keeps it from running, in the order of the form."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication, QgsVectorLayer

from ..compat import missing_dependency, tr
from ..core.errors import PlanError
from ..core.scales import M_PER_KM
from ..core.spec import PlanSpec, bands_from_text
from .parameters import ALGORITHM_ID
from .state import OUTPUT_GEOPACKAGE, PanelState

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD_PLUGIN = "plugin"
FIELD_LINE = "line"
FIELD_DEPTH = "depth"
FIELD_BANDS = "bands"
FIELD_CONTRIBUTORS = "contributors"
FIELD_OUTPUT = "output"
# the widgets of the panel that hold them; the label for the sentence is called after the field
WIDGETS = {
    FIELD_PLUGIN: "runButton", FIELD_LINE: "lineCombo", FIELD_DEPTH: "depthASpin", FIELD_BANDS: "bandsEdit",
    FIELD_CONTRIBUTORS: "contributorsEdit", FIELD_OUTPUT: "gpkgFile",
}


@dataclass(frozen=True)
class Problem:
    """A sentence for the user and the field of the form to which it belongs."""

    field: str
    text: str


def find_problems(state: PanelState, layer: QgsVectorLayer | None) -> list[Problem]:
    """Return what keeps the panel from running; empty if nothing does."""
    checks = (
        (FIELD_PLUGIN, _plugin_problem()),
        (FIELD_LINE, _line_problem(layer, state.selected_only)),
        (FIELD_DEPTH, _depth_problem(state)),
        (FIELD_BANDS, _bands_problem(state)),
        (FIELD_CONTRIBUTORS, _contributors_problem(state)),
        (FIELD_OUTPUT, output_problem(state)),
    )
    return [Problem(field, text) for field, text in checks if text]


def _plugin_problem() -> str:
    missing = missing_dependency()
    if missing:
        return missing
    if QgsApplication.processingRegistry().algorithmById(ALGORITHM_ID) is None:
        return tr("The algorithm {name} is not there. Reload the plugin.").format(name=ALGORITHM_ID)
    return ""


def _line_problem(layer: QgsVectorLayer | None, selected_only: bool) -> str:
    if layer is None:
        return tr("Choose a contact line: add a line layer to the project or load the example.")
    if not layer.isValid():
        return tr("The data of this layer cannot be read. Repair its source or choose another layer.")
    if not layer.crs().isValid():
        return tr("This layer has no coordinate reference system. Set it in the layer's properties.")
    if layer.featureCount() == 0:
        return tr("This layer has no features.")
    if selected_only and layer.selectedFeatureCount() == 0:
        return tr("No feature of this layer is selected. Select some or use all features.")
    return ""


def _depth_problem(state: PanelState) -> str:
    if state.depth_a_km == 0 and state.depth_b_km == 0 and not state.line_b_id:
        return tr("The depth is 0 km on both sides. Give at least one side a depth.")
    return ""


def _bands_problem(state: PanelState) -> str:
    """Return what is wrong with the limits of bands; without a depth there is nothing to hold them against."""
    if not state.bands or _depth_problem(state):
        return ""
    try:
        PlanSpec(
            depth_a_m=state.depth_a_km * M_PER_KM, depth_b_m=state.depth_b_km * M_PER_KM,
            bands_m=bands_from_text(state.bands), two_lines=bool(state.line_b_id),
        )
    except PlanError as error:
        return str(error)
    return ""


def _contributors_problem(state: PanelState) -> str:
    """Return what is wrong with the text of contributors; without its libraries the core cannot read it."""
    if not state.contributors or missing_dependency():
        return ""
    from ..core.contributors import contributors_from_text

    try:
        contributors_from_text(state.contributors)
    except PlanError as error:
        return str(error)
    return ""


def output_problem(state: PanelState) -> str:
    """Return what is wrong with the chosen GeoPackage, or an empty text."""
    if state.output != OUTPUT_GEOPACKAGE:
        return ""
    if not state.gpkg_path.strip():
        return tr("Choose a file name for the GeoPackage.")
    path = Path(state.gpkg_path)
    if path.suffix.lower() != ".gpkg":
        return tr("The file name must end in .gpkg.")
    return _unwritable(path)


def _unwritable(path: Path) -> str:
    folder = path.parent
    if not path.is_absolute():
        return tr("Give the whole path of the GeoPackage, with its folder.")
    if not folder.is_dir():
        return tr("The folder {folder} does not exist.").format(folder=folder)
    if path.is_dir():
        return tr("{name} is a folder.").format(name=path.name)
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        return tr("{name} cannot be written in the folder {folder}.").format(name=path.name, folder=folder)
    return ""


def free_path(path: Path) -> Path:
    """Return the first of ``plan_2.gpkg``, ``plan_3.gpkg`` … beside ``path`` that does not exist yet."""
    return next(candidate for candidate in _numbered(path) if not candidate.exists())


def _numbered(path: Path) -> Iterator[Path]:
    number = 2
    while True:
        yield path.with_name(f"{path.stem}_{number}{path.suffix}")
        number += 1
