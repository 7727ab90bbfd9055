"""The front door for scripts and notebooks: what they need, from one place; see ``docs/python.md``.

Geometries are shapely, longitude/latitude on WGS 84 (degrees); lengths and areas are metres and square metres on the
ellipsoid; persons are integers.
"""

from __future__ import annotations

import os
from pathlib import Path

import shapely

from .ceiling import fit_ceiling
from .ceiling_question import Question
from .comparison import base_of, comparison, difference
from .errors import PlanError
from .features import InputFeature
from .given_up import given_up, units_by_name
from .guides import Areas
from .plan import make_plan
from .plan_inputs import PlanInputs
from .progress import Progress
from .scenario_sets import scenarios_data, scenarios_of
from .scenarios import Scenario, compare, crossed, outcomes
from .spec import PlanSpec
from .staffing.shipped import shipped_staffing
from .timeseries import series

__all__ = [
    "Areas",
    "InputFeature",
    "PlanError",
    "PlanInputs",
    "PlanSpec",
    "Progress",
    "Question",
    "Scenario",
    "base_of",
    "compare",
    "comparison",
    "crossed",
    "difference",
    "fit_ceiling",
    "given_up",
    "inputs_along",
    "make_plan",
    "outcomes",
    "scenarios_data",
    "scenarios_of",
    "series",
    "shipped_staffing",
    "units_by_name",
]


def inputs_along(geojson: str | os.PathLike[str], resources: str | os.PathLike[str]) -> PlanInputs:
    """Return the inputs of plans along the lines of a GeoJSON file, staffed by what comes with the plugin.

    Parameters
    ----------
    geojson : a file in longitude/latitude, as the format asks: lines, alone or as features
    resources : the plugin's folder ``resources``

    Raises
    ------
    PlanError : the file is no GeoJSON; what is no line is told when a plan is made
    OSError : it cannot be read
    """
    try:
        shape = shapely.from_geojson(Path(geojson).read_text(encoding="utf-8"))
    except (shapely.GEOSException, UnicodeDecodeError) as error:
        raise PlanError(f"{os.fspath(geojson)} is no GeoJSON", "Give lines as GeoJSON.") from error
    lines = tuple(InputFeature(number, part) for number, part in enumerate(shapely.get_parts(shape), start=1))
    return PlanInputs(lines, **shipped_staffing(resources))
