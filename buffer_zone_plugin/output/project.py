"""Where do a plan's layers go in a project? Into one group per plan, in the order in which they must be drawn."""

from __future__ import annotations

import uuid
from itertools import count
from typing import NamedTuple

from qgis.core import QgsLayerTreeGroup, QgsLayerTreeLayer, QgsMapLayer, QgsProject, QgsVectorLayer

from ..compat import tr
from ..core.errors import PlanError
from .fields import ROLES, WHEN_ASKED, layer_def
from .styles import ROLE_PROPERTY

RUN_PROPERTY = "bufferzone/run"
SPLIT_OF_PROPERTY = "bufferzone/split_of"  # the run of the plan whose zone was split again
SPLIT_ROLES = ("sectors", "subsectors", "sector_boundaries")
# what a new layer lies over when a zone is split again, or its sectors are staffed again: their figures would mix
STAFFED = "staffed_polygons"
FORMER_ROLES = {
    **dict.fromkeys(SPLIT_ROLES, (*SPLIT_ROLES, STAFFED)), "posts": ("posts",), STAFFED: ("sectors", STAFFED),
}
SERIES_ROLES = ("series_lines", "series_changes", "series_zones", "series_dates")
CEILING_ROLES = ("ceiling_zones", "ceiling_plans", "ceiling_largest")
ORDER = (  # from the top
    STAFFED, *SERIES_ROLES, "scenario_zones", *ROLES, "scenarios", "given_up", *CEILING_ROLES,
)


class RunGroup(NamedTuple):
    """The group that the layers of a run share; ``zone_id``: the layer of a plan that they lie over, if any."""

    run_id: str
    title: str
    zone_id: str = ""


def place_in_group(
    project: QgsProject, layer: QgsMapLayer, role: str, run_id: str, title: str,
) -> QgsLayerTreeGroup:
    """Put a layer of the project into the group of its run and return the group.

    The group is found by its run, not by its name, so that users may rename it; it is made at the top if it is not
    there. The layers' order is that of `ORDER`, whatever order they arrive in. Main thread only.
    """
    root = project.layerTreeRoot()
    group = _run_group(root, run_id) or _new_group(root, run_id, title)
    old = root.findLayer(layer.id())
    node = QgsLayerTreeLayer(layer)
    node.setExpanded(False)
    group.insertChildNode(_position(group, role), node)
    if old is not None:  # only now: a layer that is nowhere in the tree is removed from the project
        old.parent().removeChildNode(old)
    return group


def switch_off_former(project: QgsProject, own: QgsLayerTreeGroup, zone_id: str, role: str) -> None:
    """Switch off what a new layer of this role in the group ``own`` lies over; nothing is removed.

    That is in the plan's group that holds the zone, and in the groups of other splits and estimates of that plan. A
    layer that is in no plan's group lies over nothing of ours. Main thread only.
    """
    root = project.layerTreeRoot()
    plan, former = _group_around(root, zone_id), FORMER_ROLES.get(role, ())
    if plan is None:
        return
    run_id = plan.customProperty(RUN_PROPERTY)
    own.setCustomProperty(SPLIT_OF_PROPERTY, run_id)
    others = [one for one in root.findGroups(True) if one.customProperty(SPLIT_OF_PROPERTY) == run_id and one != own]
    for node in (node for group in (plan, *others) for node in group.findLayers()):
        layer = node.layer()
        if layer is not None and layer.customProperty(ROLE_PROPERTY) in former:
            node.setItemVisibilityChecked(False)


def add_plan(gpkg_path: str, project: QgsProject) -> QgsLayerTreeGroup:
    """Add every layer of a plan's GeoPackage to a project, styled from the file, and return their group.

    Layers that were not asked for, such as bands, stay out.

    Raises
    ------
    PlanError : the file is missing or lacks a layer of a plan
    """
    found = {role: _open(gpkg_path, role) for role in ROLES if role not in WHEN_ASKED}
    zone = next(found["zone"].getFeatures(), None)
    title = layer_def("zone").title if zone is None else zone["name"]
    group = _new_group(project.layerTreeRoot(), uuid.uuid4().hex, title)
    for role in WHEN_ASKED:
        layer = _layer(gpkg_path, role)  # not there in files of older versions
        if layer.isValid() and layer.featureCount():
            found[role] = layer
    for role, layer in found.items():
        layer.setCustomProperty(ROLE_PROPERTY, role)
        project.addMapLayer(layer, False)
        place_in_group(project, layer, role, group.customProperty(RUN_PROPERTY), title)
    return group


def _layer(gpkg_path: str, role: str) -> QgsVectorLayer:
    return QgsVectorLayer(f"{gpkg_path}|layername={role}", layer_def(role).title, "ogr")


def _open(gpkg_path: str, role: str) -> QgsVectorLayer:
    layer = _layer(gpkg_path, role)
    if not layer.isValid():
        raise PlanError(
            tr("{path} has no layer {role}").format(path=gpkg_path, role=role),
            tr("Choose a GeoPackage that Buffer Zone Planner wrote."),
        )
    return layer


def _run_group(root: QgsLayerTreeGroup, run_id: str) -> QgsLayerTreeGroup | None:
    return next((group for group in root.findGroups(True) if group.customProperty(RUN_PROPERTY) == run_id), None)


def _group_around(root: QgsLayerTreeGroup, layer_id: str) -> QgsLayerTreeGroup | None:
    """Return the plan's group that holds a layer, however deep; None if there is none."""
    node = root.findLayer(layer_id)
    while node is not None and not node.customProperty(RUN_PROPERTY):
        node = node.parent()
    return node


def _new_group(root: QgsLayerTreeGroup, run_id: str, title: str) -> QgsLayerTreeGroup:
    """Return a new group at the top; a second plan of the same title gets a number."""
    names = {group.name() for group in root.findGroups(True)}
    numbered = (f"{title} ({number})" for number in count(2))
    group = root.insertGroup(0, title if title not in names else next(n for n in numbered if n not in names))
    group.setCustomProperty(RUN_PROPERTY, run_id)
    group.setExpanded(True)
    return group


def _position(group: QgsLayerTreeGroup, role: str) -> int:
    """Return where a layer of this role belongs among the children of a group."""
    rank = ORDER.index(role)
    for place, child in enumerate(group.children()):
        layer = child.layer() if isinstance(child, QgsLayerTreeLayer) else None
        other = layer.customProperty(ROLE_PROPERTY) if layer is not None else None
        if other in ORDER and ORDER.index(other) > rank:
            return place
    return len(group.children())
