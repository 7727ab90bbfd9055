"""How is a plan made again from its specification? As the parameters of `bufferzone:planzone`."""

from __future__ import annotations

import json
from typing import Any

from ..compat import tr
from ..core.errors import PlanError
from ..core.scales import M_PER_KM
from ..core.spec import CAPS, MIXTURE, NUMBERINGS, OUTLINES, POSTURES, SPLITS, PlanSpec


def planzone_values(spec: PlanSpec) -> dict[str, Any]:
    """Return a specification as the values of `bufferzone:planzone`, such as that of a row of scenarios.

    Layers are no part of it: the contact line and those beside it are given as for the run that wrote it.

    Raises
    ------
    PlanError : a split that the algorithm does not offer
    """
    if spec.split == MIXTURE:
        raise PlanError(
            tr("A split by a mixture cannot be asked of the algorithm"), tr("Plan it with the core, in Python."),
        )
    return {
        "DEPTH_A": _km(spec.depth_a_m), "DEPTH_B": _km(spec.depth_b_m), "NAME_A": spec.name_a, "NAME_B": spec.name_b,
        "REVERSE": spec.reverse, "BANDS": ",".join(str(_km(limit)) for limit in spec.bands_m),
        "CAPS": CAPS.index(spec.caps), "TOLERANCE": spec.tolerance_m, "OUTLINE": OUTLINES.index(spec.outline),
        "SPLIT": SPLITS.index(spec.split), "SECTORS": spec.sectors, "SHARES": ",".join(map(str, spec.shares)),
        "SECTOR_KM": _km(spec.sector_m), "ONE_PER_AREA": spec.one_per_area, "SUBSECTORS": spec.subsectors,
        "SNAP_KM": _km(spec.snap_m), "NUMBER_FROM": NUMBERINGS.index(spec.numbered_from),
        "POSTURE": POSTURES.index(spec.posture), "TRAINEES": spec.trainees, "CONTRIBUTORS": spec.contributors,
        "STAFFING": json.dumps(spec.staffing, ensure_ascii=False) if spec.staffing else "",
    }


def _km(metres: float) -> float:
    return metres / M_PER_KM
