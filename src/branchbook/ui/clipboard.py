"""Identity numbers leave the clipboard a minute after they were copied, where it still holds them."""

from __future__ import annotations

from hashlib import sha256

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from branchbook.domain.identity_number import stands_in

KEPT_SECONDS = 60


class ClipboardWatch(QObject):
    """Looks at what is copied in this program, wherever in it; of what it saw it keeps a hash only.

    Not every platform tells who owns the clipboard: what changes while a window of ours has the keyboard is ours.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen = b""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEPT_SECONDS * 1000)
        self.timer.timeout.connect(self.clear)
        QGuiApplication.clipboard().dataChanged.connect(self._look)

    def clear(self) -> None:
        """Empty the clipboard now, where it still holds what was copied; another program's copy stays."""
        self.timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._seen and _digest(clipboard) == self._seen:
            clipboard.clear()
        self._seen = b""

    def _look(self) -> None:
        clipboard = QGuiApplication.clipboard()
        ours = clipboard.ownsClipboard() or QGuiApplication.focusWindow() is not None
        if ours and stands_in(clipboard.text()):
            self._seen = _digest(clipboard)
            self.timer.start()


def _digest(clipboard: QClipboard) -> bytes:
    return sha256(clipboard.text().encode("utf-8", "surrogatepass")).digest()
