"""A run in the background whose layers QGIS loads: all styled, in one group, in order; a cancelled one leaves none."""

from __future__ import annotations

import os
from unittest import mock

import pytest
from qgis.core import (
    QgsApplication,
    QgsLayerTree,
    QgsProcessing,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt

from buffer_zone_plugin.core.staffing.statement import STATUS
from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.output.project import SPLIT_ROLES
from buffer_zone_plugin.output.styles import ROLE_PROPERTY
from buffer_zone_plugin.processing import postprocess
from buffer_zone_plugin.processing.planzone import SINKS
from buffer_zone_plugin.processing.splitsectors import SINKS as SPLIT_SINKS

pytestmark = pytest.mark.qgis
WAIT_MS = 60_000
SPLIT = "bufferzone:splitsectors"


class BackgroundRun:
    """One run as the panel and the toolbox start it; everything that the task needs is kept here."""

    def __init__(self, parameters, algorithm=None):
        self.parameters = parameters
        self.algorithm = algorithm or QgsApplication.processingRegistry().createAlgorithmById("bufferzone:planzone")
        self.context = QgsProcessingContext()
        self.context.setProject(QgsProject.instance())
        self.feedback = QgsProcessingFeedback(False)
        self.done = None
        assert self.algorithm.checkParameterValues(parameters, self.context) == (True, "")
        self.task = QgsProcessingAlgRunnerTask(self.algorithm, parameters, self.context, self.feedback)
        self.task.executed.connect(lambda ok, results: setattr(self, "done", (ok, results)))

    def start(self):
        QgsApplication.taskManager().addTask(self.task)
        return self

    def load(self):
        from processing.gui import Postprocessing

        with mock.patch.object(Postprocessing, "iface", None, create=True):  # from 3.44 on it wants a real layer tree
            return Postprocessing.handleAlgorithmResults(
                self.algorithm, self.context, self.feedback, parameters=self.parameters,
            )


def to_project(destination=QgsProcessing.TEMPORARY_OUTPUT):
    return QgsProcessingOutputLayerDefinition(destination, QgsProject.instance())


def run_and_load(qtbot, parameters, algorithm=None):
    run = BackgroundRun(parameters, algorithm).start()
    qtbot.waitUntil(lambda: run.done is not None, timeout=WAIT_MS)
    assert run.done[0], run.feedback.textLog()
    assert run.load()
    QgsApplication.processEvents()
    return run


def groups():
    return QgsProject.instance().layerTreeRoot().children()


def shown(group):
    """Role and check mark of each layer of a group."""
    return {
        node.layer().customProperty(ROLE_PROPERTY): node.itemVisibilityChecked() for node in group.findLayers()
    }


def layer_of(group, role):
    return next(n.layer() for n in group.findLayers() if n.layer().customProperty(ROLE_PROPERTY) == role)


def assert_styled(layer, role):
    assert layer.customProperty(ROLE_PROPERTY) == role
    assert layer.attributeAlias(layer.fields().lookupField(f.layer_def(role).fields[0].name))
    if role == "sides":
        assert [c.value() for c in layer.renderer().categories()] == ["A", "B"]
    if role == "sectors":
        assert layer.labelsEnabled()


@pytest.fixture()
def clean(provider, qgis_new_project, short_layer):
    """An empty project, and the parameters of a short run that loads every layer."""
    sinks = {name: to_project() for name in SINKS}
    asked = {"BANDS": "2", "SECTORS": 3, "SUBSECTORS": 2, "CONTRIBUTORS": "North=60; South=40"}
    return {"INPUT": short_layer, "DEPTH_A": 5, "DEPTH_B": 3, **asked, **sinks}


def test_all_layers_are_styled_named_grouped_and_ordered(qtbot, clean):
    run_and_load(qtbot, clean)
    (group,) = groups()
    assert group.name() == "Zone 5 + 3 km"
    assert [node.layer().customProperty(ROLE_PROPERTY) for node in group.children()] == list(f.ROLES)
    for node, role in zip(group.children(), f.ROLES):
        assert_styled(node.layer(), role)
        assert node.layer().name() == f.layer_def(role).title
        assert node.layer().metadata().abstract().startswith(f"{STATUS} Posture: Verify.")
    assert len(QgsProject.instance().mapLayers()) == len(f.ROLES)
    assert postprocess._KEEP == {}


def test_what_was_not_asked_for_is_not_loaded(qtbot, clean):
    del clean["BANDS"], clean["SUBSECTORS"], clean["CONTRIBUTORS"]
    run = run_and_load(qtbot, clean)
    (group,) = groups()
    roles = [node.layer().customProperty(ROLE_PROPERTY) for node in group.children()]
    assert roles == [role for role in f.ROLES if role not in f.WHEN_ASKED]
    assert len(QgsProject.instance().mapLayers()) == len(roles)
    assert run.done[1]["BANDS_OUT"] and run.done[1]["SUBSECTORS_OUT"]  # whoever asks for the layer gets it, empty


def test_each_run_has_its_own_group(qtbot, clean):
    run_and_load(qtbot, clean)
    run_and_load(qtbot, {**clean, "DEPTH_A": 4})
    assert [group.name() for group in groups()] == ["Zone 4 + 3 km", "Zone 5 + 3 km"]
    assert all(len(group.children()) == len(f.ROLES) for group in groups())


@pytest.fixture()
def split_again(qtbot, clean):
    """A plan in the project, and a function that splits its zone again, with values on top; it returns the groups."""
    run_and_load(qtbot, clean)
    (group,) = groups()
    given = {
        "INPUT": layer_of(group, "contact_line").id(), "ZONE": layer_of(group, "sides").id(), "SECTORS": 2,
        "SUBSECTORS": 2, "CONTRIBUTORS": "North=60", **{name: to_project() for name in SPLIT_SINKS},
    }

    def run(**values):
        parameters = {name: value for name, value in {**given, **values}.items() if value is not None}
        run_and_load(qtbot, parameters, QgsApplication.processingRegistry().createAlgorithmById(SPLIT))
        return groups()

    return run


def test_another_split_has_a_group_of_its_own_and_the_former_is_switched_off(split_again):
    new, old = split_again()
    assert (new.name(), old.name()) == ("Zone 5 + 3 km, split again", "Zone 5 + 3 km")
    assert list(shown(new)) == [role for role in f.ROLES if role in SPLIT_SINKS.values()] and all(shown(new).values())
    assert list(shown(old)) == list(f.ROLES)  # nothing is lost
    assert {role for role, on in shown(old).items() if not on} == {*SPLIT_ROLES, "posts"}
    assert old.itemVisibilityChecked()
    assert postprocess._KEEP == {}


@pytest.mark.parametrize("loaded, off", [
    (("SECTORS_OUT",), {*SPLIT_ROLES}), (("BOUNDARIES", "STAFFING_OUT"), {*SPLIT_ROLES}), (("POSTS",), {"posts"}),
    (("RECORD",), set()),
])
def test_only_what_a_new_layer_lies_over_is_switched_off(split_again, loaded, off):
    unloaded = {"SECTORS_OUT": QgsProcessing.TEMPORARY_OUTPUT}  # which is always asked for
    _, old = split_again(**{
        name: to_project() if name in loaded else unloaded.get(name) for name in SPLIT_SINKS
    })
    assert {role for role, on in shown(old).items() if not on} == off


def test_a_third_split_switches_off_the_second(split_again):
    split_again()
    third, second, first = split_again(SECTORS=4)
    assert all(shown(third).values())
    for old in (second, first):
        assert {role for role, on in shown(old).items() if not on} == {*SPLIT_ROLES, "posts"}


def test_selected_features_of_a_zone_are_known_as_the_plans_too(split_again):
    (old,) = groups()
    zone = layer_of(old, "sides")
    zone.selectAll()
    _, old = split_again(ZONE=QgsProcessingFeatureSourceDefinition(zone.id(), True))
    assert not any(shown(old)[role] for role in SPLIT_ROLES)


def test_a_zone_in_a_group_within_the_plans_is_known_as_the_plans(split_again):
    (old,) = groups()
    node = QgsProject.instance().layerTreeRoot().findLayer(layer_of(old, "sides").id())
    inner = old.addGroup("the user's own")
    inner.addChildNode(node.clone())
    node.parent().removeChildNode(node)
    _, old = split_again()
    assert not any(shown(old)[role] for role in SPLIT_ROLES)


def test_the_split_of_another_plan_and_layers_of_the_user_stay_shown(qtbot, clean, split_again):
    run_and_load(qtbot, {**clean, "DEPTH_A": 4})
    first = groups()[1]
    own = QgsVectorLayer("Point?crs=EPSG:4326", "the user's own", "memory")
    QgsProject.instance().addMapLayer(own, False)
    first.addLayer(own)
    _, other, first = split_again()
    assert all(shown(other).values()) and shown(first)[None]


def test_a_zone_outside_a_plans_group_switches_nothing_off(split_again):
    root = QgsProject.instance().layerTreeRoot()
    zone = layer_of(groups()[0], "sides").clone()
    QgsProject.instance().addMapLayer(zone)
    new, old = (group for group in split_again(ZONE=zone.id()) if QgsLayerTree.isGroup(group))
    assert root.findLayer(zone.id()).parent() == root
    assert new.name() == "Zone 5 + 3 km, split again" and all(shown(old).values())


def test_layers_in_files_are_styled_too(qtbot, clean, tmp_path):
    file = tmp_path / "plan.gpkg"
    clean["SECTORS_OUT"] = to_project(str(tmp_path / "sectors.geojson"))
    clean["ZONE"] = to_project(f"ogr:dbname='{file}' table=\"zone\" (geom)")
    clean["SIDES"] = to_project(f"ogr:dbname='{file}' table=\"sides\" (geom)")
    run_and_load(qtbot, clean)
    (group,) = groups()
    assert [node.layer().customProperty(ROLE_PROPERTY) for node in group.children()] == list(f.ROLES)
    for node, role in zip(group.children(), f.ROLES):
        assert_styled(node.layer(), role)


def test_only_what_is_asked_is_loaded(qtbot, clean):
    for name in set(SINKS) - {"SECTORS_OUT", "LINE"}:
        del clean[name]
    run_and_load(qtbot, clean)
    (group,) = groups()
    assert [node.layer().customProperty(ROLE_PROPERTY) for node in group.children()] == ["contact_line", "sectors"]


def test_no_post_processor_is_kept_for_layers_that_nobody_loads(planzone, short_layer):
    planzone(INPUT=short_layer, **{name: QgsProcessing.TEMPORARY_OUTPUT for name in SINKS})
    assert postprocess._KEEP == {}


@pytest.mark.parametrize("stop_at", [5, 92, 97, 99.5])
def test_cancelled_run_leaves_nothing_to_load(qtbot, clean, sample_line, tmp_path, stop_at):
    clean.update(INPUT=str(sample_line), SECTORS=24, GEOPACKAGE=str(tmp_path / "plan.gpkg"))
    run = BackgroundRun(clean)

    def stop(percent):
        if percent >= stop_at:
            run.feedback.cancel()

    run.feedback.progressChanged.connect(stop, Qt.ConnectionType.DirectConnection)  # on the thread that works
    run.start()
    qtbot.waitUntil(lambda: run.done is not None, timeout=WAIT_MS)
    assert run.done == (False, {})
    assert os.listdir(tmp_path) == []
    assert groups() == [] and postprocess._KEEP == {}


def test_failed_run_leaves_nothing_to_load(qtbot, clean, tmp_path):
    clean["RECORD"] = to_project(str(tmp_path / "record.dxf"))  # a format that takes no fields
    run = BackgroundRun(clean).start()
    qtbot.waitUntil(lambda: run.done is not None, timeout=WAIT_MS)
    assert run.done == (False, {})
    assert os.listdir(tmp_path) == []
    assert postprocess._KEEP == {}


def test_task_that_is_cancelled_stops_the_job(qtbot, clean, sample_line):
    clean.update(INPUT=str(sample_line), SECTORS=24)
    run = BackgroundRun(clean).start()
    qtbot.waitUntil(lambda: run.feedback.progress() > 5, timeout=WAIT_MS)
    run.task.cancel()
    qtbot.waitUntil(lambda: run.done is not None, timeout=WAIT_MS)
    assert run.done == (False, {})
    assert groups() == [] and postprocess._KEEP == {}


def test_planzone_works_inside_a_model(qtbot, clean):
    child = QgsProcessingModelChildAlgorithm("bufferzone:planzone")
    child.setChildId("plan")
    child.addParameterSources("INPUT", [QgsProcessingModelChildParameterSource.fromModelParameter("line")])
    for name in ("DEPTH_A", "DEPTH_B", "SECTORS"):
        child.addParameterSources(name, [QgsProcessingModelChildParameterSource.fromStaticValue(clean[name])])
    outputs = {}
    for name, title in (("SECTORS_OUT", "my sectors"), ("SIDES", "my sides")):
        output = QgsProcessingModelOutput(title)
        output.setChildId("plan")
        output.setChildOutputName(name)
        outputs[title] = output
    child.setModelOutputs(outputs)
    model = QgsProcessingModelAlgorithm("plan in a model", "tests")
    model.addModelParameter(
        QgsProcessingParameterFeatureSource("line", "line"), QgsProcessingModelParameter("line"),
    )
    model.addChildAlgorithm(child)
    sinks = {f"plan:{title}": to_project() for title in outputs}
    assert {d.name() for d in model.destinationParameterDefinitions()} == set(sinks)
    run_and_load(qtbot, {"line": clean["INPUT"], **sinks}, model)
    (group,) = groups()
    assert [node.layer().customProperty(ROLE_PROPERTY) for node in group.children()] == ["sectors", "sides"]
    for node in group.children():
        assert_styled(node.layer(), node.layer().customProperty(ROLE_PROPERTY))
    assert {node.name() for node in group.children()} == set(outputs)
