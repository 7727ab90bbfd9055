"""What comes with the plugin for staffing, from its folder of resources."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .parameters import read_catalogue
from .postures import read_postures
from .twins import read_zones


def shipped_staffing(resources: str | os.PathLike[str]) -> dict[str, Any]:
    """Return the parameters, the postures and the past missions that come with the plugin, as values of `PlanInputs`.

    Parameters
    ----------
    resources : the plugin's folder ``resources``

    Raises
    ------
    PlanError : a file in it is missing or was damaged
    """
    folder = Path(resources)
    return {
        "catalogue": read_catalogue(folder / "staffing" / "parameters.csv"),
        "postures": read_postures(folder / "presets" / "postures.json"),
        "past": read_zones(folder / "staffing" / "historical_zones.csv"),
    }
