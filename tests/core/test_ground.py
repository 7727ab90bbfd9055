"""The labelled ground: what must hold when the zone is not in one piece."""

import numpy as np
import shapely

from buffer_zone_plugin.core.features import InputFeature
from buffer_zone_plugin.core.plan import PlanInputs, make_plan
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.spec import PlanSpec
from buffer_zone_plugin.core.staffing.parameters import read_catalogue
from buffer_zone_plugin.core.staffing.postures import read_postures


def test_two_pieces_of_zone_make_two_sectors(repo_root):
    lines = (
        InputFeature(1, shapely.LineString([(36.0, 48.0), (37.0, 48.1)])),
        InputFeature(2, shapely.LineString([(38.0, 48.2), (39.5, 48.3)])),
    )
    inputs = PlanInputs(
        lines,
        read_catalogue(repo_root / "resources" / "staffing" / "parameters.csv"),
        read_postures(repo_root / "resources" / "presets" / "postures.json"),
    )
    plan = make_plan(PlanSpec(depth_a_m=5_000.0, depth_b_m=5_000.0, sectors=2), inputs, Progress())
    areas = np.array([sector.area_m2 for sector in plan.sectors])
    assert len(areas) == 2 and (areas > 0).all()
    assert [len(sector.geometry.geoms) for sector in plan.sectors] == [1, 1]
    assert plan.boundaries == ()
    assert np.isclose(areas.sum(), plan.zone.area_m2, rtol=1e-12)
