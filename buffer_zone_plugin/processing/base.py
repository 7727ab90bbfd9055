"""What do all algorithms share? How they refuse, report progress, are cancelled, and tell the core's errors to QGIS."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from qgis.core import (
    Qgis,
    QgsMessageLog,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtGui import QIcon

from ..compat import missing_dependency, tr
from ..core.errors import PlanCancelledError, PlanError
from ..core.progress import Progress
from ..paths import metadata_value, resource_path

PERCENT = 100.0
LOG_TAG = "Buffer Zone Planner"

Values = dict[str, Any]


class ZoneAlgorithm(QgsProcessingAlgorithm):
    """An algorithm of this plugin. Subclasses give ``name``, parameters, `check`, `prepare` and `deliver`."""

    # raises `PlanError` for values that no plan can have
    check: Callable[[Values, QgsProcessingContext], None]
    # reads what the project owns, before the job moves to its own thread
    prepare: Callable[[Values, QgsProcessingContext, QgsProcessingFeedback], None]
    # computes, writes the outputs and returns them
    deliver: Callable[[Values, QgsProcessingContext, QgsProcessingFeedback], Values]

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
        self, parameters: Values, context: QgsProcessingContext,
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
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> bool:
        """Take from the project what the job needs, on the thread that owns it."""
        problem = missing_dependency()
        if problem is not None:
            raise QgsProcessingException(problem)
        with _told():
            self.prepare(parameters, context, feedback)
        return True

    def processAlgorithm(  # noqa: N802  # name of QGIS
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> Values:
        """Run the job; a cancelled one returns nothing and leaves nothing, a refused one raises its sentence."""
        try:
            with _told():
                return self.deliver(parameters, context, feedback)
        except PlanCancelledError:
            return {}


def progress_of(feedback: QgsProcessingFeedback) -> Progress:
    """Return the core's progress that reports to QGIS and stops when the user cancels."""
    return Progress(
        on_fraction=lambda fraction: feedback.setProgress(PERCENT * fraction),
        on_text=feedback.setProgressText,
        is_cancelled=feedback.isCanceled,
    )


@contextmanager
def _told() -> Iterator[None]:
    """Turn what fails in the block into QGIS's error, with a sentence for the user; a cancel passes."""
    try:
        yield
    except (PlanCancelledError, QgsProcessingException):
        raise
    except PlanError as error:
        raise QgsProcessingException(str(error)) from error
    except Exception as error:  # noqa: BLE001  # a fault of ours: QGIS would show its user a traceback
        raise QgsProcessingException(_unexpected(error)) from error


def _unexpected(error: Exception) -> str:
    """Write the details of a fault to QGIS's log and return the sentence for the user."""
    details = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    QgsMessageLog.logMessage(details, LOG_TAG, Qgis.MessageLevel.Critical)
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return tr(
        "An unexpected error stopped the run ({what}): please report it at {address} with the details in QGIS's log, "
        "tab {tab}.",
    ).format(what=what, address=metadata_value("tracker"), tab=LOG_TAG)
