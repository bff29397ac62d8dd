"""Guards a protected book in the window: locks it now or after a while, and lets nothing of it lie about.

Locking closes the file, so that its key is given up too; the place shown keeps its drafts first, as on any other
leaving. With the passphrase the same place comes back.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from branchbook.ui.place import Destination, ScopeChoice

if TYPE_CHECKING:
    from pathlib import Path

    from branchbook.domain.history import Changes
    from branchbook.ui.application import Application
    from branchbook.ui.clipboard import ClipboardWatch
    from branchbook.ui.idle import IdleWatch
    from branchbook.ui.session import Session

_LOOK_AGAIN_MS = 2_000


class Guard(QObject):
    """Belongs to the application, and knows where to come back to after locking."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._application = application
        self._left: tuple[Path, str, ScopeChoice] | None = None
        self._locking = False

    @cached_property
    def idle_watch(self) -> IdleWatch:
        """Made when a book is opened first: the window is painted without it."""
        from branchbook.ui.idle import IdleWatch

        watch = IdleWatch(self)
        watch.idle.connect(self._idle)
        return watch

    @cached_property
    def clipboard(self) -> ClipboardWatch:
        """The same, for what is copied."""
        from branchbook.ui.clipboard import ClipboardWatch

        return ClipboardWatch(self)

    def book_opened(self, session: Session) -> None:
        """Watch from now on, and go back to where the book was locked."""
        self.clipboard.clear()  # nothing yet: it begins to look
        session.commands.changed.connect(self._after_change)
        self._read_minutes()
        left, self._left = self._left, None
        if left is not None and left[0] == session.book.path:
            self._application.return_to(left[2], Destination(left[1]))

    def book_closed(self) -> None:
        """Nothing of it stays in the clipboard, or beside the program."""
        self.idle_watch.watch(0)
        self.clipboard.clear()
        self._application.forget_copies()

    def lock(self) -> None:
        """Lock the open book if it has a passphrase. Dialogs are given up first, each as by its 取消."""
        session = self._application.session
        if session is None or not session.book.protected or self._locking:
            return
        self._locking = True
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog):
                dialog.reject()
        # What waited for a dialog goes on as after 取消, before the place that asked is left.
        QTimer.singleShot(0, self, self._lock)

    def _lock(self) -> None:
        application, self._locking = self._application, False
        session, place = application.session, application.window.place
        if session is None:
            return
        scope = application.scope
        if place is not None and scope is not None:
            self._left = (session.book.path, place.key, scope)
        for window in QApplication.topLevelWidgets():
            if window is not application.window and window.isVisible():
                window.close()
        application.lock_book(session.book.path)

    def _idle(self) -> None:
        """Work that is under way ends first: it is the program's hand on the book."""
        session = self._application.session
        if session is None or not session.book.protected:
            return
        if session.commands.idle:
            self.lock()
        else:
            self.idle_watch.timer.start(_LOOK_AGAIN_MS)

    def _after_change(self, changes: Changes) -> None:
        if changes.touches("setting"):
            self._read_minutes()

    def _read_minutes(self) -> None:
        """The setting of the open book; a book without a passphrase is not locked."""
        session = self._application.session
        if session is None:
            return
        book = session.book

        def question() -> int:
            from branchbook.services.settings_reading import book_settings

            with book.reading() as reading:
                return book_settings(reading).lock_after_minutes if book.protected else 0

        session.commands.ask(question, self.idle_watch.watch, owner=self._application.window, key="lock")
