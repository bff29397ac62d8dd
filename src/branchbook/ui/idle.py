"""Nobody at the keyboard for a while: told once, so that a protected book can be locked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_AT_WORK = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Watches every window of the program, dialogs too. ``idle`` after so many minutes without a hand on it."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.idle)
        self._watching = False

    def watch(self, minutes: int) -> None:
        """Begin anew with this many minutes; 0 stops watching."""
        self.timer.stop()
        application = QApplication.instance()
        if application is None:
            return
        if self._watching:
            application.removeEventFilter(self)
        self._watching = minutes > 0
        if self._watching:
            application.installEventFilter(self)
            self.timer.start(minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count again at every sign of work; nothing is kept from anybody."""
        if event.type() in _AT_WORK and self._watching:
            self.timer.start()
        return False
