"""A scrolled body of fields: what has the keyboard is always in sight, and leaving a field is told."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.labels import restyle


class FollowedBody(ScrolledBody):
    """``field_left`` is emitted when the keyboard leaves a field of it."""

    field_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        inside = self.widget()
        if old is not None and inside.isAncestorOf(old):
            if isinstance(old, QPlainTextEdit):
                old.cursorPositionChanged.disconnect(self._show_cursor)
            if new is not None:
                self.field_left.emit()
        if new is not None and inside.isAncestorOf(new):
            if isinstance(new, QPlainTextEdit):
                new.cursorPositionChanged.connect(self._show_cursor)
                self._show_cursor()
            else:
                self.ensureWidgetVisible(new, 0, 24)

    def _show_cursor(self) -> None:
        """Keep the line that is being written in sight, also in texts longer than the window."""
        focus, inside = QApplication.focusWidget(), self.widget()
        if isinstance(focus, QPlainTextEdit) and inside.isAncestorOf(focus):
            at: QRect = focus.cursorRect()
            point = focus.viewport().mapTo(inside, at.center())
            self.ensureVisible(point.x(), point.y(), 0, 40)


def lock_fields(section: QWidget, locked: bool) -> None:
    """Make every field below a widget readable only, or writable again."""
    for line in section.findChildren(QLineEdit):
        line.setReadOnly(locked)
    for text in section.findChildren(QPlainTextEdit):
        if text.isReadOnly() != locked:
            text.setReadOnly(locked)
            restyle(text)
    for choosing in (*section.findChildren(QComboBox), *section.findChildren(QCheckBox)):
        choosing.setEnabled(not locked)
