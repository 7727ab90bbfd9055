"""Which algorithms does the plugin offer to the Processing toolbox, to models and to `qgis_process`?"""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..paths import metadata_value, resource_path
from .comparescenarios import CompareScenarios
from .contactline import ContactLineFromAreas
from .estimatestaffing import EstimateStaffing
from .fitceiling import FitCeiling
from .planzone import PlanZone
from .splitsectors import SplitSectors
from .timeseries import TimeSeries

PROVIDER_ID = "bufferzone"


class BufferZoneProvider(QgsProcessingProvider):
    """The plugin's algorithms; none of them imports the core before it runs."""

    def loadAlgorithms(self) -> None:  # noqa: N802  # name of QGIS
        """Register every algorithm."""
        self.addAlgorithm(PlanZone())
        self.addAlgorithm(SplitSectors())
        self.addAlgorithm(EstimateStaffing())
        self.addAlgorithm(CompareScenarios())
        self.addAlgorithm(FitCeiling())
        self.addAlgorithm(TimeSeries())
        self.addAlgorithm(ContactLineFromAreas())

    def id(self) -> str:
        """Return the first half of the algorithms' public names."""
        return PROVIDER_ID

    def name(self) -> str:
        """Return the name shown in the toolbox; a proper name, not translated."""
        return "Buffer Zone Planner"

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(resource_path("icons", "icon.svg"))

    def versionInfo(self) -> str:  # noqa: N802  # name of QGIS
        """Return the plugin's version."""
        return metadata_value("version")
