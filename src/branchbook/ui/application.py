"""The program with its window: the start page, one open book at a time, and an end that loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from branchbook.domain.problems import Problem
from branchbook.services.program import ProgramSettingsFile, with_recent, without_recent
from branchbook.ui.book_care import BookCare
from branchbook.ui.dialogs import DialogFiles
from branchbook.ui.fonts import load_rare_face
from branchbook.ui.main_window import MainWindow
from branchbook.ui.place import FileChooser, Place, ScopeChoice
from branchbook.ui.places.start import NewBook, RecentBook, StartPage
from branchbook.ui.places_list import PlaceMaker
from branchbook.ui.theme import Look
from branchbook.ui.top_bar import BookHeading

if TYPE_CHECKING:  # what only an open book needs is loaded when one is opened: the window is painted before
    from concurrent.futures import Future

    from branchbook.domain.history import Changes
    from branchbook.services.store import Book
    from branchbook.services.workshop import Workshop
    from branchbook.ui.opening import Opening
    from branchbook.ui.session import BookThread, Session
    from branchbook.ui.single_instance import FirstWindow

_SHAPING = ("organisation", "person", "person_fact")


@dataclass(frozen=True, slots=True)
class WindowNeeds:
    """What ``app`` gives the window. ``make_example`` fills an empty book."""

    workshop: Workshop
    settings_file: ProgramSettingsFile
    new_thread: Callable[[], BookThread]
    now: Callable[[], datetime]
    make_example: Callable[[Book, datetime], None]
    files: FileChooser | None = None


class Application(QObject):
    """Connects window, start page and book.

    ``ready`` tells that a book is open and its first place shown, ``failed`` gives the ``Problem`` why none
    is, ``handed_over`` that another window has the book and was raised.
    """

    ready = Signal()
    failed = Signal(object)
    handed_over = Signal()
    _arrived = Signal(object, object)
    _previewed = Signal(object)

    def __init__(self, needs: WindowNeeds) -> None:
        super().__init__()
        self._needs = needs
        self._started_at = needs.now()
        self.session: Session | None = None
        self._opening: Opening | None = None
        self._scope: ScopeChoice | None = None
        self._heading_shown = BookHeading("", (), ())
        self._first: FirstWindow | None = None
        self._files = needs.files or DialogFiles()
        self.start = StartPage(self._files, self._started_at.date())
        maker = PlaceMaker(needs.workshop, needs.settings_file, self._files, self._connect_place)
        self._specs = maker.specs()
        self.window = MainWindow(self._specs, self.start)
        self._care = BookCare(needs.workshop, needs.settings_file, self.window, needs.now)
        self._kept: list[Path] = []
        self._connect()
        self._show_recent()

    def _connect(self) -> None:
        self.start.open_wanted.connect(self.open)
        self.start.create_wanted.connect(self.create)
        self.start.preview_wanted.connect(self.preview)
        self.start.restore_wanted.connect(self.restore)
        self.start.example_wanted.connect(self.open_example)
        self.start.forget_wanted.connect(self._forget)
        self.window.scope_changed.connect(self._choose_scope)
        self.window.closing.connect(self.close_book)
        self._previewed.connect(self._show_preview, Qt.ConnectionType.QueuedConnection)
        self._arrived.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        Look.current().changed.connect(self._keep_look)

    # ------------------------------------------------------------------------- opening a book

    @property
    def operator(self) -> str:
        """Who the history names; until a name is set, a plain word."""
        return self._needs.settings_file.load().operator or self.tr("未署名")

    def open(self, path: Path) -> None:
        """Open a book for writing, or read-only where its folder is.

        Where another window has it open, that one is raised, and this one closes: ``handed_over``.
        """
        from branchbook.ui.single_instance import ask_first_window

        if ask_first_window(path):
            self.window.close()
            self.handed_over.emit()
            return
        shelf, operator = self._needs.workshop, self.operator
        self._begin(lambda: shelf.shelf.open(path, None, writable=True, holder=operator))

    def create(self, wanted: NewBook) -> None:
        """Make a book with its organisations; the operator's name is kept for the next one."""
        from branchbook.ui.opening import create_book

        file, shelf, at = self._needs.settings_file, self._needs.workshop, self._needs.now()
        if wanted.operator:
            file.save(replace(file.load(), operator=wanted.operator))
        self._begin(lambda: create_book(shelf.shelf, wanted, at))

    def open_example(self) -> None:
        """The example book in one click."""
        from branchbook.ui.opening import example_book

        needs, at = self._needs, self._needs.now()
        self._begin(lambda: example_book(needs.workshop.shelf, lambda book: needs.make_example(book, at)))

    def preview(self, backup: Path) -> None:
        """Look into a backup on a thread of its own, and show on the start page what it holds."""
        thread, backups = self._needs.new_thread(), self._needs.workshop.backups
        self.start.set_busy(True)
        thread.submit(lambda: backups.preview(backup)).add_done_callback(
            lambda future: self._previewed.emit((future, thread))
        )

    def _show_preview(self, answer: tuple[Future[Any], BookThread]) -> None:
        future, thread = answer
        thread.close()
        error = future.exception()
        if error is None:
            self.start.show_restore(future.result())
        elif isinstance(error, Exception):
            self._complain(error)

    def restore(self, backup: Path) -> None:
        """Restore a backup into a new file that is asked for, and open it."""
        from branchbook.ui.opening import restored_book

        suggestion = f"{backup.stem} 恢复.branchbook"
        target = self._files.save_file(
            self.tr("恢复成哪个新文件"), self.tr("支部手册 (*.branchbook)"), suggestion
        )
        if target is not None:
            workshop, operator = self._needs.workshop, self.operator
            self._begin(lambda: restored_book(workshop.shelf, backup, target, operator))

    def restore_over(self, backup: Path) -> None:
        """Close the open book, keep it, put the backup in its place, and open that."""
        from branchbook.ui.opening import replaced_book

        if self.session is None:
            return
        path, needs, operator = self.session.book.path, self._needs, self.operator
        at, self._kept = needs.now(), []
        kept = self._kept
        self._close(backing_up=False)
        self._begin(lambda: replaced_book(needs.workshop, backup, path, at, operator, kept))

    def _begin(self, way: Callable[[], Book]) -> None:
        """Open on a thread of its own, which from then on is the book's."""
        from branchbook.ui.opening import Opening
        from branchbook.ui.starting import when_painted

        self.close_book()
        when_painted(load_rare_face)
        self.start.set_busy(True)
        self._opening = Opening(self._needs.new_thread())
        self._opening.start(way, self._heading, lambda opening, error: self._arrived.emit(opening, error))

    def _arrive(self, opening: Opening, error: Exception | None) -> None:
        """The book is there, or not; what was given up meanwhile is closed already."""
        if opening is not self._opening:
            return
        self._opening = None
        if error is not None:
            opening.thread.close()
            self._complain(error)
            return
        try:
            self._show(opening)
        except Exception as fault:  # noqa: BLE001 - a fault of the window must not keep the file locked
            if self.session is None:
                opening.give_up()
            self.close_book()
            self._complain(fault)

    def _heading(self, book: Book) -> BookHeading:
        from branchbook.ui.session import heading_of

        with book.reading() as reading:
            return heading_of(reading, self._needs.now().date())

    def _show(self, opening: Opening) -> None:
        from branchbook.ui.session import Session, first_scope
        from branchbook.ui.single_instance import FirstWindow, bring_forward

        book, heading = opening.book, opening.heading
        assert book is not None, "an opening without an error has its book"
        assert heading is not None, "and has read its heading"
        self.session = Session(book, opening.thread, self._needs.now, self._started_at, self.operator)
        scope = first_scope(heading, self._needs.now().date())
        assert scope is not None, "a book without organisations is not opened"
        self._scope, self._heading_shown = scope, heading
        self.session.commands.changed.connect(self._after_change)
        self._first = FirstWindow(book.path, self)
        self._first.asked.connect(lambda: bring_forward(self.window))
        self.window.open_book(self.session.context(scope), heading)
        self.window.status_line.show_protection(locked=False, read_only=book.read_only)
        self._remember(book.path)
        self._care.greet(self.session, self._kept_words())
        self.start.set_busy(False)
        self.ready.emit()

    def _complain(self, error: Exception) -> None:
        from branchbook.ui.error_log import log_error

        if isinstance(error, Problem):
            problem = error
        else:
            log_error(logging.getLogger("branchbook"), error)
            problem = Problem(self.tr("打不开这本簿，程序内部出错"), "", self.tr("文件没有改动"))
        self.start.show_problem(problem)
        self.failed.emit(problem)

    # ----------------------------------------------------------------------- while it is open

    def _choose_scope(self, scope: ScopeChoice) -> None:
        self._scope = scope
        if self.session is not None:
            self.window.set_context(self.session.context(scope))

    def _after_change(self, changes: Changes) -> None:
        """Names, members and branches stand in the top bar."""
        if changes.touches(*_SHAPING) and self.session is not None:
            book, commands = self.session.book, self.session.commands
            commands.ask(
                lambda: self._heading(book), self.window.set_heading, owner=self.window, key="heading"
            )

    def _connect_place(self, place: Place) -> None:
        """Signals that single places have beside the common ones."""
        signals: dict[str, Any] = {
            "backed_up": self.show_backup_age,
            "operator_changed": self._change_operator,
            "restore_over_asked": self.restore_over,
        }
        for name, slot in signals.items():
            signal = getattr(place, name, None)
            if signal is not None:
                signal.connect(slot)

    def _change_operator(self, operator: str) -> None:
        if self.session is not None and self._scope is not None:
            self.session.operator = operator or self.tr("未署名")
            self.window.set_context(self.session.context(self._scope))

    def show_backup_age(self) -> None:
        """The age of the last verified backup of the open book, in the status line."""
        if self.session is not None:
            self._care.show_age(self.session)

    def _kept_words(self) -> str:
        """After a restore over the book: where it lies as it was. Said once."""
        kept, self._kept = self._kept, []
        return self.tr("已恢复；原来的簿留存为 {name}").format(name=kept[0].name) if kept else ""

    def _keep_look(self) -> None:
        look, file = Look.current(), self._needs.settings_file
        settings = file.load()
        changed = replace(settings, theme=look.choice.value, text_scale=look.text_scale)
        if changed != settings:
            file.save(changed)

    # ---------------------------------------------------------------------------- recent, closing

    def _remember(self, path: Path) -> None:
        from branchbook.ui.opening import is_example

        if not is_example(path):
            file = self._needs.settings_file
            file.save(with_recent(file.load(), path))
            self._show_recent()

    def _forget(self, path: object) -> None:
        file = self._needs.settings_file
        file.save(without_recent(file.load(), str(path)))
        self._show_recent()

    def _show_recent(self) -> None:
        paths = [Path(each) for each in self._needs.settings_file.load().recent]
        self.start.set_recent([RecentBook(path, path.is_file()) for path in paths])

    def take_pictures(self, folder: Path) -> int:
        """Pictures of every place of the book that is being opened, for the demo and the guide.

        Raises the Problem that kept it from being opened.
        """
        from branchbook.ui.pictures import take_pictures, wait_for

        told: list[Problem] = []
        self.failed.connect(told.append)
        wait_for(lambda: self._opening is None)
        if self.session is None:
            raise told[0] if told else Problem(self.tr("簿没有在限定的时间内打开"))
        branches = [organisation_id for organisation_id, _ in self._heading_shown.organisations]

        def choose_branch(number: int) -> None:
            if self._scope is not None and number < len(branches):
                self._choose_scope(replace(self._scope, organisation_id=branches[number]))

        keys = [spec.key for spec in self._specs]
        return len(take_pictures(self.window, self.session.commands, folder, keys, choose_branch))

    def _let_go_of_papers(self) -> None:
        """Previewed papers hold memory of the PDF library, which wants it back before it ends."""
        from branchbook.ui.preview import Preview

        for preview in self.window.findChildren(Preview):
            preview.clear()

    def close_book(self) -> None:
        """Everything accepted is carried out before the file is closed; a book on its way is given up."""
        self._close(backing_up=True)

    def _close(self, *, backing_up: bool) -> None:
        if self._opening is not None:
            opening, self._opening = self._opening, None
            opening.give_up()
            self.start.set_busy(False)
        if self.session is None:
            return
        session, self.session = self.session, None
        try:
            if backing_up:
                self._care.back_up_before_closing(session)
            self._let_go_of_papers()
            self.window.show_start()
            if self._first is not None:
                self._first.close()
                self._first = None
        finally:
            session.close()
