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
        self._seen: dict[QClipboard.Mode, bytes] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEPT_SECONDS * 1000)
        self.timer.timeout.connect(self.clear)
        clipboard = QGuiApplication.clipboard()
        clipboard.dataChanged.connect(self._copied)
        if clipboard.supportsSelection():  # X11: what is marked with the mouse is pasted by its middle button
            clipboard.selectionChanged.connect(self._marked)

    def clear(self) -> None:
        """Empty the clipboard now, where it still holds what was copied; another program's copy stays."""
        self.timer.stop()
        clipboard = QGuiApplication.clipboard()
        for mode, seen in self._seen.items():
            if _digest(clipboard, mode) == seen:
                clipboard.clear(mode)
        self._seen = {}

    def _copied(self) -> None:
        self._look(QClipboard.Mode.Clipboard)

    def _marked(self) -> None:
        self._look(QClipboard.Mode.Selection)

    def _look(self, mode: QClipboard.Mode) -> None:
        clipboard = QGuiApplication.clipboard()
        ours = QGuiApplication.focusWindow() is not None or clipboard.ownsClipboard()
        if ours and stands_in(clipboard.text(mode)):
            self._seen[mode] = _digest(clipboard, mode)
            self.timer.start()


def _digest(clipboard: QClipboard, mode: QClipboard.Mode) -> bytes:
    return sha256(clipboard.text(mode).encode("utf-8", "surrogatepass")).digest()
