"""What do all algorithms share? How they refuse, report progress, are cancelled, and tell the core's errors to QGIS."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFields,
    QgsMapLayer,
    QgsMessageLog,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QIcon

from ..compat import missing_dependency, plain, tr
from ..core.errors import PlanCancelledError, PlanError
from ..core.progress import Progress
from ..core.scales import PER_CENT
from ..output.layers import write_features
from ..paths import metadata_value, resource_path

LOG_TAG = "Buffer Zone Planner"

OVERWRITE = "OVERWRITE"

Values = dict[str, Any]


class SinkContent(NamedTuple):
    """What goes into a sink; the features are made once the sink is there."""

    fields: QgsFields
    wkb_type: QgsWkbTypes.Type
    crs: QgsCoordinateReferenceSystem
    features: Callable[[], list[QgsFeature]]


class Words(NamedTuple):
    """What an algorithm is called and tells of itself, in the user's language; ``help`` is put together when asked."""

    title: str
    group: str
    tags: str  # words that find it in the toolbox, with commas between
    short: str
    help: Callable[[], str]


class ZoneAlgorithm(QgsProcessingAlgorithm):
    """An algorithm of this plugin. Subclasses give ids, `words`, parameters, `check`, `prepare` and `deliver`."""

    ID: str  # the second half of the public name
    GROUP_ID: str  # of the heading in the toolbox
    # translates when asked: at the import the user's language is not known
    words: Callable[[], Words]
    # raises `PlanError` for values that no plan can have
    check: Callable[[Values, QgsProcessingContext], None]
    # reads what the project owns, before the job moves to its own thread
    prepare: Callable[[Values, QgsProcessingContext, QgsProcessingFeedback], None]
    # computes, writes the outputs and returns them
    deliver: Callable[[Values, QgsProcessingContext, QgsProcessingFeedback], Values]

    def name(self) -> str:
        """Return the second half of the public name."""
        return self.ID

    def displayName(self) -> str:  # noqa: N802  # name of QGIS
        """Return the name shown in the toolbox."""
        return self.words().title

    def group(self) -> str:
        """Return the heading in the toolbox."""
        return self.words().group

    def groupId(self) -> str:  # noqa: N802  # name of QGIS
        """Return the heading's id."""
        return self.GROUP_ID

    def tags(self) -> list[str]:
        """Return the words that find the algorithm in the toolbox."""
        return self.words().tags.split(",")

    def shortDescription(self) -> str:  # noqa: N802  # name of QGIS
        """Return what the algorithm does in one sentence."""
        return self.words().short

    def shortHelpString(self) -> str:  # noqa: N802  # name of QGIS
        """Return the help shown beside the parameters."""
        return self.words().help()

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
        if problem is None:
            try:
                with _told():
                    self.prepare(parameters, context, feedback)
                return True
            except QgsProcessingException as error:
                problem = str(error)
        del self, parameters, context, feedback  # QGIS keeps the traceback of what is raised, and all that hangs on it
        raise QgsProcessingException(problem)

    def processAlgorithm(  # noqa: N802  # name of QGIS
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback,
    ) -> Values:
        """Run the job; a cancelled one returns nothing and leaves nothing, a refused one raises its sentence."""
        try:
            with _told():
                return self.deliver(parameters, context, feedback)
        except PlanCancelledError:
            return {}
        except QgsProcessingException as error:
            problem = str(error)
        vars(self).clear()  # rasters and features that were taken for the run
        del self, parameters, context, feedback  # as above
        raise QgsProcessingException(problem)

    def optional_source(
        self, parameters: Values, name: str, context: QgsProcessingContext,
    ) -> QgsProcessingFeatureSource | None:
        """Return an optional layer, None if none was given; raises for one that cannot be read."""
        if not given(parameters, name):
            return None
        source = self.parameterAsSource(parameters, name, context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, name))
        return source

    def source_layer(self, parameters: Values, name: str, context: QgsProcessingContext) -> QgsMapLayer | None:
        """Return the layer that a parameter names, a raster too, None if there is none; call it on the main thread."""
        if not given(parameters, name):
            return None
        value = parameters[name]
        if isinstance(value, QgsProcessingFeatureSourceDefinition):  # selected features only: QGIS sees no layer there
            parameters = {**parameters, name: value.source}
        return self.parameterAsVectorLayer(parameters, name, context) or self.parameterAsLayer(
            parameters, name, context,
        )

    def write_sink(
        self, parameters: Values, context: QgsProcessingContext, name: str, content: SinkContent, progress: Progress,
    ) -> str:
        """Write one layer and return its destination, empty if it is skipped; raises if it cannot be written."""
        sink, destination = self.parameterAsSink(
            parameters, name, context, content.fields, content.wkb_type, content.crs,
        )
        if sink is None:
            optional = QgsProcessingParameterDefinition.Flag.FlagOptional
            if parameters.get(name) or not self.parameterDefinition(name).flags() & optional:
                raise QgsProcessingException(self.invalidSinkError(parameters, name))
            return ""
        if not write_features(sink, content.features(), progress.check):
            raise QgsProcessingException(self.writeFeatureError(sink, parameters, name))
        return destination


def given(parameters: Values, name: str) -> bool:
    """Return whether an optional layer or field was named."""
    return plain(parameters.get(name)) not in (None, "")


def advanced(parameter: QgsProcessingParameterDefinition) -> QgsProcessingParameterDefinition:
    """Return a parameter marked as advanced."""
    parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter


def overwrite_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter that allows existing files to be replaced."""
    return advanced(QgsProcessingParameterBoolean(OVERWRITE, tr("Replace existing files and tables"), False))


def progress_of(feedback: QgsProcessingFeedback) -> Progress:
    """Return the core's progress that reports to QGIS and stops when the user cancels."""
    return Progress(
        on_fraction=lambda fraction: feedback.setProgress(PER_CENT * fraction),
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
