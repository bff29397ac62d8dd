"""The program with its window: the start page, one open book at a time, and an end that loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from branchbook.domain.problems import DamagedProblem, PassphraseProblem, Problem
from branchbook.ui.book_care import BookCare
from branchbook.ui.dialogs import DialogFiles, show_file
from branchbook.ui.fonts import load_rare_face
from branchbook.ui.guard import Guard
from branchbook.ui.kept_look import KeptLook
from branchbook.ui.main_window import MainWindow
from branchbook.ui.place import Destination, Place, ScopeChoice
from branchbook.ui.places.start import NewBook, StartPage
from branchbook.ui.places_list import PlaceMaker
from branchbook.ui.recent_books import RecentBooks
from branchbook.ui.restoring import Restoring
from branchbook.ui.retry import Retry
from branchbook.ui.salvaging import Salvaging
from branchbook.ui.theme import Tone
from branchbook.ui.top_bar import BookHeading
from branchbook.ui.window_needs import WindowNeeds as WindowNeeds

if TYPE_CHECKING:  # what only an open book needs is loaded when one is opened: the window is painted before
    from branchbook.domain.history import Changes
    from branchbook.domain.recovery_code import Secret
    from branchbook.services.store import Book
    from branchbook.ui.opening import Opening
    from branchbook.ui.session import Session
    from branchbook.ui.single_instance import FirstWindow

_SHAPING = ("organisation", "person", "person_fact")


class Application(QObject):
    """Connects window, start page and book.

    ``ready`` tells that a book is open and its first place shown, ``failed`` gives the ``Problem`` why none
    is, ``handed_over`` that another window has the book and was raised.
    """

    ready = Signal()
    failed = Signal(object)
    handed_over = Signal()
    _arrived = Signal(object, object)

    def __init__(self, needs: WindowNeeds) -> None:
        super().__init__()
        self._needs = needs
        self._started_at = needs.now()
        self.session: Session | None = None
        self._opening: Opening | None = None
        self._given: Secret | None = None
        self._scope: ScopeChoice | None = None
        self._heading_shown = BookHeading("", (), ())
        self._first: FirstWindow | None = None
        self._retry: Retry | None = None
        self._mended = False
        self._files = needs.files or DialogFiles()
        self.start = StartPage(self._files, self._started_at.date())
        maker = PlaceMaker(needs.workshop, needs.settings_file, self._files, self._connect_place)
        self._specs = maker.specs()
        self.window = MainWindow(self._specs, self.start)
        self._guard = Guard(self)
        self._recent = RecentBooks(needs.settings_file, self.start)
        self._salvaging = Salvaging(needs.workshop, needs.new_thread, self._files, self.start, self._recent)
        self._restoring = Restoring(needs.workshop, needs.new_thread, self._files, self.start)
        self._care = BookCare(needs.workshop, needs.settings_file, self.window, needs.now)
        self._kept: list[Path] = []
        self._connect()
        self._recent.show()

    def _connect(self) -> None:
        self.start.open_wanted.connect(self.open)
        self.start.create_wanted.connect(self.create)
        self.start.preview_wanted.connect(self.preview)
        self.start.restore_wanted.connect(self._restoring.restore)
        self._restoring.chosen.connect(self._restore_to)
        self._restoring.failed.connect(self._complain)
        self.start.example_wanted.connect(self.open_example)
        self.start.forget_wanted.connect(self._recent.forget)
        self.start.salvage_wanted.connect(self.salvage)
        self.window.scope_changed.connect(self._choose_scope)
        self.window.closing.connect(self.close_book)
        self.window.lock_asked.connect(self._guard.lock)
        self.start.secret_given.connect(self._try_secret)
        self._arrived.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        self._salvaging.failed.connect(self._complain)
        self._kept_look = KeptLook(self._needs.settings_file, self)

    # ------------------------------------------------------------------------- opening a book

    @property
    def operator(self) -> str:
        """Who the history names; until a name is set, a plain word."""
        return self._needs.settings_file.load().operator or self.tr("未署名")

    def open(self, path: Path, secret: Secret | None = None) -> None:
        """Open a book for writing, or read-only where its folder is; a protected one asks for its passphrase.

        Where another window has it open, that one is raised, and this one closes: ``handed_over``.
        """
        from branchbook.ui.single_instance import ask_first_window

        if ask_first_window(path):
            self.window.close()
            self.handed_over.emit()
            return
        workshop, file, operator = self._needs.workshop, self._needs.settings_file, self.operator

        def way() -> Book:
            from branchbook.services.protection import open_protected

            book, mended = open_protected(workshop.shelf, workshop.locksmith, file, path, secret, operator)
            self._mended = mended
            return book

        self._begin(way, Retry(path, partial(self.open, path)))

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

    def preview(self, backup: Path, secret: Secret | None = None) -> None:
        """Show on the start page what a backup holds, before it is restored into a new file."""
        self._retry = Retry(backup, partial(self.preview, backup))
        self._restoring.preview(backup, secret)

    def _restore_to(self, backup: Path, target: Path, secret: Secret | None) -> None:
        from branchbook.ui.opening import restored_book

        workshop, operator = self._needs.workshop, self.operator
        self._begin(
            lambda: restored_book(workshop, backup, target, operator, secret),
            Retry(backup, partial(self._restore_to, backup, target)),
        )

    def restore_over(self, backup: Path) -> None:
        """Close the open book, keep it, put the backup in its place, and open that."""
        if self.session is not None:
            book = self.session.book
            secret = self._needs.workshop.locksmith.key_in_use(book)
            self._close(backing_up=False)
            self._restore_over(backup, book.path, secret)

    def _restore_over(self, backup: Path, target: Path, secret: Secret | None) -> None:
        from branchbook.services.operations import Actor
        from branchbook.ui.opening import replaced_book

        workshop, actor = self._needs.workshop, Actor(self.operator, self._needs.now())
        kept: list[Path] = []
        self._kept = kept
        self._begin(
            lambda: replaced_book(workshop, (backup, target), actor, secret, kept),
            Retry(backup, partial(self._restore_over, backup, target)),
        )

    def salvage(self, damaged: Path) -> None:
        """Save what can be read of a damaged book into a new file that is asked for, and say what came of it."""
        self._salvaging.begin(damaged, self._given, self.operator, self._needs.now())

    def _begin(self, way: Callable[[], Book], retry: Retry | None = None) -> None:
        """Open on a thread of its own, which from then on is the book's; ``retry`` where a passphrase lacked."""
        from branchbook.ui.opening import Opening
        from branchbook.ui.starting import when_painted

        self.close_book()
        when_painted(load_rare_face)
        self.start.set_busy(True)
        self._retry = retry
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

    def _greet(self, session: Session) -> None:
        """Forget what was typed; tell where a damaged salt was put right, or where a replaced book lies."""
        from branchbook.services.protection import MENDED

        if session.book.protected and self._retry is not None:
            self.start.prompt.opened(self._retry.path)
        notice = ""
        if self._kept:
            notice = self.tr("已恢复；原来的簿留存为 {name}").format(name=self._kept[0].name)
        if self._mended:
            self._care.greet(session, MENDED, Tone.WARN)
        else:
            self._care.greet(session, notice)
        self._retry, self._mended, self._kept = None, False, []

    def _try_secret(self, secret: Secret) -> None:
        self._given = secret
        if self._retry is not None:
            self._retry.go(secret)

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
        self.show_protection()
        self._guard.book_opened(self.session)
        self._recent.remember(book.path)
        self._greet(self.session)
        self.start.set_busy(False)
        self.ready.emit()

    def _complain(self, error: Exception) -> None:
        from branchbook.ui.error_log import log_error

        if isinstance(error, PassphraseProblem) and self._retry is not None:
            self.start.ask_passphrase(self._retry.path, error)
            self.failed.emit(error)
            return
        if isinstance(error, Problem):
            problem = error
        else:
            log_error(logging.getLogger("branchbook"), error)
            problem = Problem(self.tr("打不开这本簿，程序内部出错"), "", self.tr("文件没有改动"))
        if isinstance(problem, DamagedProblem) and self._retry is not None:
            self.start.offer_salvage(problem, self._retry.path)
        else:
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
            "protection_changed": self.show_protection,
            "lock_asked": self._guard.lock,
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

    def show_protection(self) -> None:
        """Whether the open book has a passphrase, in the status line."""
        if self.session is not None:
            book = self.session.book
            self.window.status_line.show_protection(locked=book.protected, read_only=book.read_only)

    # ---------------------------------------------------------------------------- recent, closing

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
        keys = [spec.key for spec in self._specs]
        return len(take_pictures(self.window, self.session.commands, folder, keys, self._choose_branch))

    def _choose_branch(self, number: int) -> None:
        organisations = self._heading_shown.organisations
        if self._scope is not None and number < len(organisations):
            self._choose_scope(replace(self._scope, organisation_id=organisations[number][0]))

    @property
    def scope(self) -> ScopeChoice | None:
        """Whose work and which year is shown."""
        return self._scope

    def return_to(self, scope: ScopeChoice, destination: Destination) -> None:
        """Show what was shown before the book was locked."""
        if scope.organisation_id in [each for each, _ in self._heading_shown.organisations]:
            self._choose_scope(scope)
        self.window.go(destination)

    def lock_book(self, path: Path) -> None:
        """Close the book at once, without a backup before, and ask for its passphrase."""
        self._close(backing_up=False)
        self._retry = Retry(path, partial(self.open, path))
        self.start.ask_passphrase(path, locked=True)

    def tell_of_report(self, report: Path | None) -> None:
        """An earlier run ended by a fault: say where its report lies, and that drafts are still there."""
        if report is None:
            return
        text = self.tr("上次运行时程序出错，留下了一份报告，里面没有个人信息，可以发给维护人员")
        more = self.tr("没写完的内容都在：打开簿，工作台会列出草稿。报告：{path}").format(path=report)
        pressed = partial(show_file, report)
        self.window.banner.say(Tone.WARN, text, more=more, link=self.tr("看报告"), pressed=pressed)

    def forget_copies(self) -> None:
        """Remove what lies in the program's private folder: opened attachments, half-made files."""
        self._needs.forget_copies()

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
        from branchbook.ui.preview import let_go_of_papers

        session, self.session = self.session, None
        try:
            if backing_up:
                self._care.back_up_before_closing(session)
            let_go_of_papers(self.window)
            self.window.show_start()
            if self._first is not None:
                self._first.close()
                self._first = None
        finally:
            session.close()
            self._guard.book_closed()
