"""Whether an input method is composing: then Enter, Esc, Tab, digits and shortcuts belong to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

_PROPERTY = "composing"
_NAME = "preedit"
"""Found by name: to look for a class, PySide would first have to make a class for each other child."""


class PreeditWatch(QObject):
    """Remembers whether the widget with the focus holds preedit text, and keeps keys and shortcuts away.

    Installed once on the application by `install`. Qt tells of preedit text only by an event to the widget
    that has the focus; when the focus leaves, the input method commits or drops it. Only that one widget is
    watched: a filter on the whole application would be asked about every paint event.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.setObjectName(_NAME)
        self._watched: QWidget | None = None
        application.focusChanged.connect(self._follow)
        self._follow(None, application.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note composing; while it lasts, claim shortcuts and swallow keys that the input method left over."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            watched.setProperty(_PROPERTY, bool(event.preeditString()))
        elif kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and watched.property(_PROPERTY):
            event.accept()
            return True
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return _leave_to_the_window(watched, event)
        return False

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
            old.setProperty(_PROPERTY, False)
        if new is not None:
            new.installEventFilter(self)


def _leave_to_the_window(watched: QObject, event: QKeyEvent) -> bool:
    """Whether the window should have Ctrl+Z: a text field claims it even with nothing of its own to undo."""
    keys = QKeySequence.StandardKey
    if event.matches(keys.Undo) or event.matches(keys.Redo):
        undoing = event.matches(keys.Undo)
        if isinstance(watched, QLineEdit):
            return not (watched.isUndoAvailable() if undoing else watched.isRedoAvailable())
        if isinstance(watched, QPlainTextEdit):
            document = watched.document()
            return not (document.isUndoAvailable() if undoing else document.isRedoAvailable())
    return False


def install(application: QApplication) -> PreeditWatch:
    """Watch the application; safe to call again."""
    found = application.findChild(QObject, _NAME)
    return found if isinstance(found, PreeditWatch) else PreeditWatch(application)


def composing(widget: QWidget | None = None) -> bool:
    """Whether the widget (or the one with the focus) holds preedit text."""
    asked = widget if widget is not None else QApplication.focusWidget()
    return bool(asked is not None and asked.property(_PROPERTY))
