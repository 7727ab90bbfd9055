"""What the panel holds, and how a project remembers it: one frozen record, as JSON in the project file.

Depths are kilometres and the tolerance metres, as in the form. Layers are kept by id, the GeoPackage relative to the
project when the project says so.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qgis.core import QgsProject

SCHEMA_VERSION = 1
PROJECT_SCOPE = "bufferzone"
PROJECT_ENTRY = "panel"

OUTPUT_TEMPORARY = "temporary"
OUTPUT_GEOPACKAGE = "geopackage"


@dataclass(frozen=True)
class PanelState:
    """The values of the form; the numbers of ``caps``, ``split`` and ``posture`` are those of the algorithm.

    ``own_posture`` is the file name of a posture of the user's in the profile, empty for one of the plugin's;
    ``scenarios`` are JSON as a file of scenarios holds them, empty for none.
    """

    layer_id: str = ""
    selected_only: bool = False
    name_a: str = "Side A"
    name_b: str = "Side B"
    reverse: bool = False
    depth_a_km: float = 20.0
    depth_b_km: float = 20.0
    depths_linked: bool = True
    bands: str = ""
    clip_id: str = ""
    line_b_id: str = ""
    side_a_id: str = ""
    caps: int = 0
    tolerance_m: float = 1.0
    split: int = 1
    sectors: int = 8
    posture: int = 1
    own_posture: str = ""
    crossings_id: str = ""
    roads_id: str = ""
    trainees: int = 0
    contributors: str = ""
    scenarios: str = ""
    scenario_base: str = ""
    output: str = OUTPUT_TEMPORARY
    gpkg_path: str = ""

    def to_json(self) -> str:
        """Return the values as one line of JSON with the version of this schema."""
        return json.dumps({"schema_version": SCHEMA_VERSION, **asdict(self)}, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> PanelState:
        """Return the values that `to_json` wrote.

        Unknown keys (of a newer version) are left out, values of a wrong type fall back to the default.

        Raises
        ------
        ValueError : the text is no JSON object
        """
        values = json.loads(text)
        if not isinstance(values, dict):
            raise ValueError("The stored panel values are no JSON object")
        known = {f.name: f.default for f in fields(cls)}
        return cls(**{name: _as_kind_of(values[name], default) for name, default in known.items() if name in values})


def _as_kind_of(value: Any, default: Any) -> Any:
    """Return ``value`` if it is of the kind of ``default`` (an integer may stand for a float), else ``default``."""
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value if type(value) is type(default) else default


def write_state(state: PanelState, project: QgsProject) -> None:
    """Store the values in the project; QGIS marks the project as changed only if they are new."""
    stored = replace(state, gpkg_path=project.writePath(state.gpkg_path) if state.gpkg_path else "")
    project.writeEntry(PROJECT_SCOPE, PROJECT_ENTRY, stored.to_json())


def read_state(project: QgsProject) -> PanelState | None:
    """Return the values that the project remembers; None if it has none or they cannot be read."""
    text, found = project.readEntry(PROJECT_SCOPE, PROJECT_ENTRY, "")
    if not found or not text:
        return None
    try:
        state = PanelState.from_json(text)
    except ValueError:  # json.JSONDecodeError is one
        return None
    return replace(state, gpkg_path=project.readPath(state.gpkg_path) if state.gpkg_path else "")
