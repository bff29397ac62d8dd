"""What the window does about the safety of the open book: its age, reminders, and the backup before closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QObject, Signal

from branchbook.ui.theme import Tone

if TYPE_CHECKING:
    from concurrent.futures import Future

    from branchbook.services.program import ProgramSettingsFile
    from branchbook.services.workshop import Workshop
    from branchbook.ui.commands import Progress
    from branchbook.ui.main_window import MainWindow
    from branchbook.ui.session import Session

PLAIN_REMINDER_DAYS = 14
"""Until the book's own setting has been read."""


class BookCare(QObject):
    """Asked by app when a book was opened, backed up, and is about to be closed."""

    _ended = Signal()

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        window: MainWindow,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._workshop, self._settings_file = workshop, settings_file
        self._window, self._now = window, now
        self._reminder_days = PLAIN_REMINDER_DAYS
        self._reminder = ""

    def greet(self, session: Session, notice: str = "", tone: Tone = Tone.OK) -> None:
        """After opening: ``notice``, or where the book lies badly, or that it was not backed up for long.

        What the window says already is not covered up.
        """
        if self._reminds:
            self._window.banner.clear()
        self._reminder_days = PLAIN_REMINDER_DAYS
        self.show_age(session)
        if notice:
            self._window.banner.say(tone, notice)
            return
        book = session.book

        def question() -> tuple[str, str, int]:
            from branchbook.services.safekeeping import backup_reminder, reminder_days
            from branchbook.ui.opening import is_example

            warning = self._workshop.backups.place_warning(book.path)
            practising = is_example(book.path)
            reminder = "" if practising else backup_reminder(self._settings_file, book, self._now())
            return warning, reminder, reminder_days(book)

        def told(answer: tuple[str, str, int]) -> None:
            warning, reminder, self._reminder_days = answer
            self.show_age(session)
            if self._window.banner.text:
                return
            if warning:
                self._window.banner.say(Tone.WARN, warning)
            elif reminder:
                self._reminder, link = reminder, self.tr("去备份")
                self._window.banner.say(Tone.WARN, reminder, link=link, pressed=self._show_safety)

        session.commands.ask(question, told, owner=self._window, key="care")

    def show_age(self, session: Session) -> None:
        """The age of the last verified backup, in the status line."""
        from branchbook.services.safekeeping import backup_state

        state = backup_state(self._settings_file, session.book.path)
        last = state.last.at if state.last else None
        self._window.status_line.show_backup(last, self._now(), self._reminder_days)
        if last is not None and (self._now().date() - last.date()).days == 0 and self._reminds:
            self._window.banner.clear()

    @property
    def _reminds(self) -> bool:
        return bool(self._reminder) and self._window.banner.text == self._reminder

    def back_up_before_closing(self, session: Session) -> None:
        """Where a folder is chosen and something changed: a backup, with its progress and Cancel shown.

        The window stays alive meanwhile and takes nothing in but Cancel. What fails keeps nothing from closing.
        """
        from branchbook.services.operations import Actor
        from branchbook.services.safekeeping import BackupMeans, back_up_at_exit, backup_state
        from branchbook.ui.commands import Progress

        if backup_state(self._settings_file, session.book.path).place is None:
            return
        means = BackupMeans(self._workshop.shelf, self._workshop.backups, self._settings_file)
        progress, actor = Progress(self.tr("关闭前备份")), Actor(session.operator, self._now())

        def step(done: int, total: int) -> bool:
            progress.report(done, total)
            return True

        future = session.thread.submit(lambda: back_up_at_exit(means, session.book, actor, step))
        self._wait(future, progress)

    def _wait(self, future: Future[Any], progress: Progress) -> None:
        loop = QEventLoop()
        self._ended.connect(loop.quit)
        future.add_done_callback(lambda _: self._ended.emit())
        self._window.take_nothing_in(True)
        self._window.status_line.show_job(progress)
        if not future.done():
            loop.exec()
        self._window.status_line.end_job(progress)
        self._window.take_nothing_in(False)
        self._ended.disconnect(loop.quit)
        progress.deleteLater()

    def _show_safety(self) -> None:
        from branchbook.ui.place import Destination

        self._window.go(Destination("safety"))
