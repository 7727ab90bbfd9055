"""One run of an algorithm in the background: starts it, tells its progress, loads its layers, or says why not.

The algorithm works on its own thread; everything here runs on the thread of the user interface.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..compat import tr
from .log import log
from .parameters import ALGORITHM_ID

STOP_WAIT_MS = 3000  # a cancelled run stops within a second; the rest is for a busy machine


@dataclass(frozen=True)
class Outcome:
    """What a finished run delivered: the output numbers, the ids of the layers added to the project, and warnings."""

    numbers: Mapping[str, Any]
    layer_ids: tuple[str, ...]
    warnings: tuple[str, ...] = ()


class PlanFeedback(QgsProcessingFeedback):
    """Feedback that keeps what went wrong and passes on what is being done."""

    text_changed = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803  # names of QGIS
        """Keep the text of an error; QGIS reports the exception that ends a run here, too."""
        self.errors.append(error)
        super().reportError(error, fatalError)

    def pushWarning(self, warning: str) -> None:  # noqa: N802  # name of QGIS
        """Keep what the user should know of the result."""
        self.warnings.append(warning)
        super().pushWarning(warning)

    def setProgressText(self, text: str) -> None:  # noqa: N802  # name of QGIS
        """Pass on one line on what is being done."""
        super().setProgressText(text)
        self.text_changed.emit(text)


class PlanRunner(QObject):
    """Runs one plan, or one comparison, at a time and keeps everything alive that the task needs.

    Parameters
    ----------
    algorithm_id : of the algorithm that it runs
    """

    progress = pyqtSignal(float)
    text = pyqtSignal(str)
    succeeded = pyqtSignal(object)  # Outcome
    failed = pyqtSignal(str, str)  # sentence for the user, details
    cancelled = pyqtSignal()
    ended = pyqtSignal()  # after any of the three

    def __init__(self, parent: QObject | None = None, algorithm_id: str = ALGORITHM_ID) -> None:
        super().__init__(parent)
        self._algorithm_id = algorithm_id
        self._task: QgsProcessingAlgRunnerTask | None = None
        self._algorithm: Any = None
        self._context: QgsProcessingContext | None = None
        self._feedback: PlanFeedback | None = None
        self._parameters: dict[str, Any] = {}
        self._project: QgsProject | None = None
        self._stopping = False

    @property
    def is_running(self) -> bool:
        """True from `start` until one of the results is announced."""
        return self._task is not None

    def start(self, parameters: dict[str, Any], project: QgsProject) -> bool:
        """Start a run; False if there is one already or the parameters were refused (`failed` tells why).

        Parameters
        ----------
        parameters : as `plan_parameters` and `compare_parameters` make them
        project : where the layers go
        """
        if self.is_running:
            return False
        self._algorithm = QgsApplication.processingRegistry().createAlgorithmById(self._algorithm_id)
        self._feedback = PlanFeedback()
        self._context = QgsProcessingContext()
        self._context.setProject(project)
        self._context.setFeedback(self._feedback)
        self._parameters, self._project, self._stopping = parameters, project, False
        refusal = self._refusal()
        if refusal:
            self._end()
            self.failed.emit(refusal, "")
            self.ended.emit()
            return False
        self._start_task()
        return self.is_running

    def cancel(self) -> None:
        """Ask the run to stop; `cancelled` follows when it has."""
        if self._task is not None:
            self._stopping = True
            self._task.cancel()

    def close_down(self) -> None:
        """Stop a run for good, without announcing anything: the plugin is being unloaded."""
        task = self._task
        if task is None:
            return
        task.executed.disconnect(self._on_executed)
        task.progressChanged.disconnect(self.progress)
        # the task itself holds what its thread uses, until it is gone
        keep = (self._algorithm, self._context, self._feedback)
        task.taskTerminated.connect(lambda kept=keep: None)
        task.cancel()
        task.waitForFinished(STOP_WAIT_MS)
        self._end()

    def _refusal(self) -> str:
        """Return why the algorithm does not want to start, or an empty text."""
        if self._algorithm is None:
            return tr("The algorithm {name} is not there. Reload the plugin.").format(name=self._algorithm_id)
        can_run, why = self._algorithm.canExecute()
        if can_run:
            can_run, why = self._algorithm.checkParameterValues(self._parameters, self._context)
        return "" if can_run else why

    def _start_task(self) -> None:
        task = QgsProcessingAlgRunnerTask(self._algorithm, self._parameters, self._context, self._feedback)
        self._task = task
        task.executed.connect(self._on_executed)
        task.progressChanged.connect(self.progress)
        self._feedback.text_changed.connect(self.text)
        if task.isCanceled():  # refused while it was prepared: such a task is never executed
            self._on_executed(False, {})
        else:
            QgsApplication.taskManager().addTask(task)

    def _on_executed(self, successful: bool, results: dict[str, Any]) -> None:
        """Deliver the result; called on the thread of the user interface."""
        if self._stopping:
            self._announce(self.cancelled.emit)
        elif successful:
            self._deliver(results)
        else:
            sentence, details = explain(self._feedback.errors)
            self._announce(lambda: self.failed.emit(sentence, details))

    def _deliver(self, results: dict[str, Any]) -> None:
        before = set(self._project.mapLayers())
        try:
            self._load()
        except Exception as error:  # noqa: BLE001  # loading runs code of QGIS, of drivers and of styles
            reason = tr("The plan was computed, but its layers could not be loaded: {error}").format(error=error)
            self._announce(lambda: self.failed.emit(reason, ""))
            return
        added = tuple(layer_id for layer_id in self._project.mapLayers() if layer_id not in before)
        outcome = Outcome(results, added, tuple(self._feedback.warnings))
        self._announce(lambda: self.succeeded.emit(outcome))

    def _load(self) -> None:
        """Add the layers to the project: those of the GeoPackage, or the temporary ones."""
        # both need more of QGIS than the panel does: imported when there is something to load
        from processing.gui.Postprocessing import handleAlgorithmResults

        from ..output.project import add_plan

        path = self._parameters.get("GEOPACKAGE")
        if path:
            add_plan(path, self._project)
        elif not handleAlgorithmResults(
            self._algorithm, self._context, self._feedback, parameters=self._parameters
        ):
            raise RuntimeError(self._feedback.errors[-1] if self._feedback.errors else tr("see the log"))

    def _announce(self, tell: Any) -> None:
        """Forget the run first, so that whoever is told can start the next."""
        self._end()
        tell()
        self.ended.emit()

    def _end(self) -> None:
        self._task = self._algorithm = self._context = self._feedback = self._project = None
        self._parameters = {}


def explain(errors: list[str]) -> tuple[str, str]:
    """Return one sentence and the details for the errors that a run reported; the details also go to QGIS's log."""
    details = "\n".join(errors)
    if details:
        log(details, Qgis.MessageLevel.Critical)
    if not errors:
        return tr("The run failed without saying why. See the log."), ""
    last = errors[-1].strip()
    if "Traceback" in last:
        last = tr("Unexpected error: {error}").format(error=last.splitlines()[-1])
    return " ".join(last.split()), details
