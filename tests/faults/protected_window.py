"""A window that works through a protected book and is then killed: everything that it writes on the way is looked at.

Run as a program: ``protected_window.py BOOK BACKUPS SEEN``. It opens the book with :data:`PASSPHRASE`, goes through
every place, opens an attachment, keeps a draft, presses a paper, backs up, changes the passphrase,
meets an error that nobody catches, and locks. Which files Python opened for writing is told in ``SEEN``, one a line.
It prints "viewing" while the attachment is open, "locked" at the end, and waits to be killed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from branchbook import app
from branchbook.app import now
from branchbook.domain.records import Attachment
from branchbook.services.protection import change_passphrase
from branchbook.services.safekeeping import BackupMeans, back_up_now, choose_backup_folder
from branchbook.services.store import Draft
from branchbook.ui.application import Application
from branchbook.ui.pictures import wait_for
from branchbook.ui.place import Destination, ShowPaper
from branchbook.ui.widgets.filing import Filing

PASSPHRASE, SECOND = "骆驼 电池 竹篮", "海带 台灯 铁轨"
NAME, MINUTES = "欧阳绛珠", "灶台边上的悄悄话"
NUMBER = "999999198001010015"
DRAFTED = "写到一半的心里话"
ATTACHED = "附件里面的原话"
SECRETS = (PASSPHRASE, SECOND, NAME, MINUTES, NUMBER, DRAFTED, ATTACHED)


def watch_writes(seen: Path) -> None:
    """Note every path that Python opens for writing, or moves a file to."""
    told = os.open(seen, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        path = ""
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            path = str(arguments[0])
        elif event == "os.rename":
            path = str(arguments[1])
        if path and path != str(seen):
            os.write(told, f"{path}\n".encode("utf-8", "surrogateescape"))

    sys.addaudithook(hook)


class Worker:
    """Goes through the steps one after the other, each when everything before has arrived."""

    def __init__(self, program: Application, backups: Path) -> None:
        self._program, self._backups = program, backups
        QTimer.singleShot(0, self._work)

    def _work(self) -> None:
        wait_for(lambda: self._program.start.prompt.isVisible())
        self._unlock(PASSPHRASE)
        for key in ("desk", "members", "meetings", "elections", "conversions", "print", "safety", "settings"):
            self._go(Destination(key))
        self._go(Destination("print", ShowPaper("member_roster")))
        self._on_book(self._keep_draft)
        self._view_attachment()
        self._on_book(self._back_up_and_change)
        try:
            raise ValueError(f"{NAME} {NUMBER}")
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
        QApplication.clipboard().setText(NUMBER)
        self._program.window.lock_asked.emit()
        wait_for(lambda: self._program.session is None)
        print("locked", flush=True)

    def _unlock(self, passphrase: str) -> None:
        self._program.start.prompt.secret.line.setText(passphrase)
        self._program.start.prompt.submit()
        wait_for(lambda: self._program.session is not None)
        assert self._program.session is not None

    def _go(self, destination: Destination) -> None:
        session = self._program.session
        assert session is not None
        self._program.window.go(destination)
        wait_for(lambda: session.commands.idle)

    def _on_book(self, work: Callable[[], None]) -> None:
        session = self._program.session
        assert session is not None
        session.thread.submit(work).result()

    def _keep_draft(self) -> None:
        assert self._program.session is not None
        self._program.session.book.save_draft(Draft(UUID(int=5), "record", DRAFTED, now()))

    def _view_attachment(self) -> None:
        shown: list[object] = []
        QDesktopServices.openUrl = shown.append  # type: ignore[method-assign,assignment]
        session = self._program.session
        assert session is not None
        with_attachment: list[UUID] = []

        def find() -> None:
            with session.book.reading() as reading:
                with_attachment.extend(each.id for each in reading.all(Attachment))

        self._on_book(find)
        self._go(Destination("meetings"))
        filing = self._program.window.findChildren(Filing)[0]
        filing.open(with_attachment[0])
        wait_for(lambda: bool(shown))
        print("viewing", flush=True)
        sys.stdin.readline()

    def _back_up_and_change(self) -> None:
        program, session = self._program, self._program.session
        assert session is not None
        workshop, settings = program._needs.workshop, program._needs.settings_file
        actor = session.context(program.scope).actor()  # type: ignore[arg-type]
        means = BackupMeans(workshop.shelf, workshop.backups, settings)
        choose_backup_folder(means, session.book.path, self._backups)
        back_up_now(means, session.book, actor)
        change_passphrase(
            workshop.locksmith, settings, session.book, PASSPHRASE, SECOND, self._backups, actor
        )


def main() -> int:
    """As ``app.run_window`` makes the program, with a worker in it."""
    book, backups, seen = (Path(each) for each in sys.argv[1:4])
    watch_writes(seen)
    made: list[object] = []
    make = app._program

    def program(*needs: object) -> Application:
        found = make(*needs)  # type: ignore[arg-type]
        made.append(Worker(found, backups))
        return found

    app._program = program  # type: ignore[assignment]
    return app.run_window([str(book)])


if __name__ == "__main__":
    sys.exit(main())
