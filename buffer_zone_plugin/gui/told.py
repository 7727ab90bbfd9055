"""What the layers of a run tell of its persons, in sentences: what moves them most, who sends them, what they are like.

Nothing is computed: the rows of the tables are put into words, and the comparison with past missions is the run
record's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qgis.core import QgsProject, QgsVectorLayer

from ..compat import plain, tr
from ..output.styles import ROLE_PROPERTY
from .posture_values import parameter_label
from .words import number, persons_between

MOST_DRIVERS = 3
TRAINING = "training"
PAST_MISSION = "past_mission"  # in the run record

Rows = list[dict[str, Any]]


def read_told(project: QgsProject, layer_ids: Iterable[str]) -> list[str]:
    """Return the sentences for the layers of a run; those of tables that are not there are missing."""
    found = (project.mapLayer(layer_id) for layer_id in layer_ids)
    tables = {layer.customProperty(ROLE_PROPERTY): layer for layer in found if isinstance(layer, QgsVectorLayer)}
    rows = {
        role: list(rows_of(tables[role])) if role in tables else []
        for role in ("drivers", "staffing", "contributions", "run_record")
    }
    sentences = (
        _training(rows["staffing"]), _unassigned(rows["contributions"]), _drivers(rows["drivers"]),
        _like(rows["run_record"]),
    )
    return [sentence for sentence in sentences if sentence]


def rows_of(table: QgsVectorLayer) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table: values by the names of its fields, None for nulls."""
    names = [field.name() for field in table.fields()]
    for feature in table.getFeatures():
        yield {name: plain(feature[name]) for name in names}


def _drivers(rows: Rows) -> str:
    from ..core.staffing.statement import two_figures  # the core is there: it has made the rows

    strong = sorted((row for row in rows if row["rank"] is not None and row["swing"] > 0), key=lambda row: row["rank"])
    ends = (
        tr("{parameter} ({low}–{high})").format(
            parameter=parameter_label(row["parameter"]),
            low=number(two_figures(row["persons_low"])), high=number(two_figures(row["persons_high"])),
        )
        for row in strong[:MOST_DRIVERS]
    )
    listed = "; ".join(ends)
    return tr("What moves the total most, one at a time: {parameters}").format(parameters=listed) if listed else ""


def _training(rows: Rows) -> str:
    for row in rows:
        if row["component"] == TRAINING and row["central"]:
            persons = persons_between(row["low"], row["central"], row["high"])
            return tr("Training mission, beside them: about {persons}").format(persons=persons)
    return ""


def _unassigned(rows: Rows) -> str:
    from ..core.contributors import UNASSIGNED
    from ..core.staffing.statement import two_figures

    persons = sum(row["persons"] for row in rows if row["contributor"] == UNASSIGNED)
    return tr("Unassigned: about {persons} persons").format(persons=number(two_figures(persons))) if persons else ""


def _like(rows: Rows) -> str:
    return next((row["value"] for row in rows if row["key"] == PAST_MISSION), None) or ""
