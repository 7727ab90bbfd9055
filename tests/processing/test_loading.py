"""A run in the background whose layers QGIS loads: all styled, in one group, in order; a cancelled one leaves none."""

from __future__ import annotations

import os
from unittest import mock

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProject,
)
from qgis.PyQt.QtCore import Qt

from buffer_zone_plugin.output import fields as f
from buffer_zone_plugin.output.styles import ROLE_PROPERTY
from buffer_zone_plugin.processing import postprocess
from buffer_zone_plugin.processing.planzone import SINKS

pytestmark = pytest.mark.qgis
WAIT_MS = 60_000


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
    return {"INPUT": short_layer, "DEPTH_A": 5, "DEPTH_B": 3, "BANDS": "2", "SECTORS": 3, "SUBSECTORS": 2, **sinks}


def test_all_layers_are_styled_named_grouped_and_ordered(qtbot, clean):
    run_and_load(qtbot, clean)
    (group,) = groups()
    assert group.name() == "Zone 5 + 3 km"
    assert [node.layer().customProperty(ROLE_PROPERTY) for node in group.children()] == list(f.ROLES)
    for node, role in zip(group.children(), f.ROLES):
        assert_styled(node.layer(), role)
        assert node.layer().name() == f.layer_def(role).title
    assert len(QgsProject.instance().mapLayers()) == len(f.ROLES)
    assert postprocess._KEEP == {}


def test_what_was_not_asked_for_is_not_loaded(qtbot, clean):
    del clean["BANDS"], clean["SUBSECTORS"]
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
