"""A file as a parameter, of which the algorithm's own check says what is wrong."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterFile


class CheckedFile(QgsProcessingParameterFile):
    """A file of which whatever is wrong is left to the algorithm's check, whose sentence names it and says what."""

    def checkValueIsAcceptable(  # noqa: N802  # name of QGIS
        self, value: Any, context: QgsProcessingContext | None = None,
    ) -> bool:
        """Return whether a value can name a file."""
        return bool(isinstance(value, str) and value) or super().checkValueIsAcceptable(value, context)
