"""The mouse wheel scrolls the panel; it changes a value only in the field that has the focus."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


class WheelGuard(QObject):
    """An event filter for fields that would take the wheel from a panel that is being scrolled."""

    def watch(self, form: QWidget) -> None:
        """Guard all spin boxes and choices of a form."""
        for kind in (QAbstractSpinBox, QComboBox):
            for field in form.findChildren(kind):
                field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel does not give the focus
                field.installEventFilter(self)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:  # noqa: N802  # name of Qt
        """Keep the wheel from a field without focus and leave it to the panel."""
        if event.type() == QEvent.Type.Wheel and not field.hasFocus():
            event.ignore()
            return True
        return False
