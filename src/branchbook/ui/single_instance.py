"""One window per book: a second start hands over to the first, by a local socket that only this user can open."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

WAIT = 500
"""Milliseconds in which a living first program answers."""
_RAISE = b"raise\n"


def server_name(book: Path) -> str:
    """The socket's name for a book: a hash of its real path, so that no path stands in a name."""
    return "branchbook-" + hashlib.sha256(str(book.resolve()).encode()).hexdigest()[:24]


def ask_first_window(book: Path) -> bool:
    """Ask the program that has this book open to show itself; False where none answers."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(book))
    if not socket.waitForConnected(WAIT):
        return False
    socket.write(_RAISE)
    socket.flush()
    written = not socket.bytesToWrite() or socket.waitForBytesWritten(WAIT)
    socket.disconnectFromServer()
    return written


class FirstWindow(QObject):
    """Listens for later starts of the same book. ``asked`` is emitted when one wants the window shown."""

    asked = Signal()

    def __init__(self, book: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        name = server_name(book)
        if not self._server.listen(name):
            # Left behind by a program that was killed: the book's lock has told that nobody else holds it.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    @property
    def listening(self) -> bool:
        """Whether later starts will find us."""
        return self._server.isListening()

    def close(self) -> None:
        """Stop listening; called when the book is closed."""
        self._server.close()

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._told)
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._take(socket)

    def _told(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        if _RAISE in bytes(socket.readAll().data()):
            self.asked.emit()


def bring_forward(window: QWidget) -> None:
    """Show the window above others, or ask for attention where the desktop does not allow it."""
    window.setWindowState(
        (window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
    )
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
