"""What do all algorithms share? How they refuse, report progress, are cancelled, and tell the core's errors to QGIS."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtGui import QIcon

from ..compat import missing_dependency
from ..core.errors import PlanCancelledError, PlanError
from ..core.progress import Progress
from ..paths import metadata_value, resource_path

PERCENT = 100.0


class ZoneAlgorithm(QgsProcessingAlgorithm):
    """An algorithm of this plugin. Subclasses give ``name``, parameters, `check` and `deliver`."""

    def createInstance(self) -> QgsProcessingAlgorithm:  # noqa: N802  # name of QGIS
        """Return a fresh copy: QGIS runs every job on its own."""
        return type(self)()

    def icon(self) -> QIcon:
        """Return the icon named after the algorithm."""
        return QIcon(resource_path("icons", f"{self.name()}.svg"))

    def helpUrl(self) -> str:  # noqa: N802  # name of QGIS
        """Return the plugin's home page."""
        return metadata_value("homepage")

    def canExecute(self) -> tuple[bool, str]:  # noqa: N802  # name of QGIS
        """Return whether the libraries are there, and if not, the sentence that says how to get them."""
        problem = missing_dependency()
        return problem is None, problem or ""

    def checkParameterValues(  # noqa: N802  # name of QGIS
        self, parameters: dict[str, Any], context: QgsProcessingContext,
    ) -> tuple[bool, str]:
        """Return whether the values can make a plan, and if not, one sentence that says why."""
        ok, message = super().checkParameterValues(parameters, context)
        if not ok:
            return ok, message
        problem = missing_dependency()  # qgis_process and processing.run do not ask canExecute
        if problem is not None:
            return False, problem
        try:
            self.check(parameters, context)
        except PlanError as error:
            return False, str(error)
        return True, ""

    def prepareAlgorithm(  # noqa: N802  # name of QGIS
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> bool:
        """Take from the project what the job needs, on the thread that owns it."""
        problem = missing_dependency()
        if problem is not None:
            raise QgsProcessingException(problem)
        self.prepare(parameters, context, feedback)
        return True

    def processAlgorithm(  # noqa: N802  # name of QGIS
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Run the job; a cancelled one returns nothing and leaves nothing, a refused one raises its sentence."""
        try:
            return self.deliver(parameters, context, feedback)
        except PlanCancelledError:
            return {}
        except PlanError as error:
            raise QgsProcessingException(str(error)) from error

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Raise `PlanError` for values that no plan can have."""
        raise NotImplementedError

    def prepare(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> None:
        """Read what the project owns, before the job moves to its own thread."""
        raise NotImplementedError

    def deliver(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Compute, write the outputs and return them."""
        raise NotImplementedError


def progress_of(feedback: QgsProcessingFeedback) -> Progress:
    """Return the core's progress that reports to QGIS and stops when the user cancels."""
    return Progress(
        on_fraction=lambda fraction: feedback.setProgress(PERCENT * fraction),
        on_text=feedback.setProgressText,
        is_cancelled=feedback.isCanceled,
    )
