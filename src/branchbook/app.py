"""The composition root: the only module that knows every room, and hands each what it needs."""

from __future__ import annotations

import gc
import os
import sys
from datetime import datetime
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from branchbook.services.attachments import PhotoReducer
    from branchbook.services.backup_shelf import BackupShelf
    from branchbook.services.exchange_files import ExchangeArchives, TableFiles
    from branchbook.services.handover import PackFiles
    from branchbook.services.locksmith import Locksmith
    from branchbook.services.printing_press import PaperPress, WordPress
    from branchbook.services.program import ProgramSettingsFile
    from branchbook.services.report_templates import ReportTemplates
    from branchbook.services.store import Book
    from branchbook.services.workshop import BookShelf
    from branchbook.storage.private_folder import PrivateFolder
    from branchbook.ui.application import Application
    from branchbook.ui.session import BookThread


SELF_TEST = "--self-test"
OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Loading modules and laying out a handbook make hundreds of thousands of objects and hardly a cycle: looking for
cycles after every 700, as Python does by itself, is a twelfth of the time from the command to the result."""


def now() -> datetime:
    """The clock, read here and handed on."""
    return datetime.now().astimezone()


class Workshop:
    """The outer rooms, each imported when first asked for, so that the window need not wait for them."""

    @cached_property
    def shelf(self) -> BookShelf:
        """Books on disk."""
        from branchbook.storage.shelf import Shelf

        return Shelf()

    @cached_property
    def locksmith(self) -> Locksmith:
        """Passphrases of books."""
        from branchbook.storage.locksmith import BookLocksmith

        return BookLocksmith()

    @cached_property
    def backups(self) -> BackupShelf:
        """What is done with backups that are there."""
        from branchbook.storage.backup_shelf import StoredBackups

        return StoredBackups()

    @cached_property
    def press(self) -> PaperPress:
        """PDF."""
        from branchbook.forms.press import PdfPress

        return PdfPress()

    @cached_property
    def word_press(self) -> WordPress:
        """docx."""
        from branchbook.exchange.docx import Docx

        return Docx()

    @cached_property
    def tables(self) -> TableFiles:
        """xlsx."""
        from branchbook.exchange.xlsx import SpreadsheetFiles

        return SpreadsheetFiles()

    @cached_property
    def packs(self) -> PackFiles:
        """Folders and zips that are put together before they take their place."""
        from branchbook.exchange.packing import Packing

        return Packing()

    @cached_property
    def photos(self) -> PhotoReducer:
        """Photos made small for print."""
        from branchbook.exchange.photo_reducing import PillowPhotoReducer

        return PillowPhotoReducer()

    def fill_example(self, book: Book, at: datetime) -> None:
        """Fill an empty book with the example that is shipped."""
        from branchbook.resources import resource_path
        from branchbook.services.example import create_example
        from branchbook.services.operations import Actor

        create_example(book, self.tables, self.photos, resource_path("example"), Actor("示例操作员", at))

    @cached_property
    def templates(self) -> ReportTemplates:
        """Report templates, filled."""
        from branchbook.exchange.docx_template import DocxTemplates

        return DocxTemplates()

    @cached_property
    def archives(self) -> ExchangeArchives:
        """The exchange zip."""
        from branchbook.exchange.book_zip import ZipArchives

        return ZipArchives()


def configuration_folder() -> Path:
    """Where this user's program settings and log lie."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home())) / "BranchBook"
    return Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config")) / "branchbook"


def main(arguments: list[str] | None = None) -> int:
    """Open the window, or run the verb that was given. Returns the exit code."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    words = sys.argv[1:] if arguments is None else arguments
    if wants_window(words):
        return run_window(words)
    from branchbook.cli.main import run
    from branchbook.cli.surroundings import Surroundings

    _speak_utf8()
    settings_file = _settings_file(configuration_folder())
    around = Surroundings(Workshop(), now(), take_pictures=picture_places, settings_file=settings_file)
    with _private_folder():
        return run(words, around)


def _speak_utf8() -> None:
    """Chinese and rare characters on every stream, also where the system's own encoding has none."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def wants_window(words: list[str]) -> bool:
    """Whether the words ask for the window: none at all, one book (a double click), or its self-test."""
    if words[:1] == [SELF_TEST]:
        return len(words) <= 2
    return not words or (len(words) == 1 and words[0].endswith(".branchbook"))


def run_window(words: list[str]) -> int:
    """The program with its window, until it is closed. The self-test ends by itself once all is painted."""
    from branchbook.ui.crash_report import CrashReports
    from branchbook.ui.starting import make_application, when_painted

    testing = words[:1] == [SELF_TEST]
    books = words[1:] if testing else words
    folder = configuration_folder()
    settings_file = _settings_file(folder)
    application = make_application(settings_file.load(), folder)
    reports = CrashReports(folder)
    reports.begin(now())
    private: list[PrivateFolder] = []  # made once the window is painted: nothing is laid out of a book before

    def forget_copies() -> None:
        for each in private:
            each.empty()

    program = _program(settings_file, forget_copies)
    if books or not testing:
        when_painted(lambda: private.append(_private_folder()))
    outcomes: list[int] = []

    def end(code: int) -> None:
        outcomes.append(code)
        program.window.close()
        application.quit()

    program.handed_over.connect(lambda: end(0))
    if testing:
        program.ready.connect(lambda: end(0))
        program.failed.connect(lambda problem: end(problem.exit_code))
    try:
        program.window.show()
        program.tell_of_report(reports.untold())
        if books:
            program.open(Path(books[0]))
        elif testing:
            when_painted(lambda: end(0))
        code = outcomes[0] if outcomes else application.exec()
    finally:
        program.close_book()
        for each in private:
            each.close()
        reports.end()
    return outcomes[0] if outcomes else code


def picture_places(book: Path, folder: Path) -> int:
    """Pictures of every place with a book open, light and dark; gives their number."""
    from tempfile import TemporaryDirectory

    from branchbook.services.program import ProgramSettings
    from branchbook.ui.starting import make_application

    if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as own_folder:
        application = make_application(ProgramSettings(), Path(own_folder))
        program = _program(_settings_file(Path(own_folder)))
        try:
            program.window.show()
            program.open(book)
            number = program.take_pictures(folder)
        finally:
            program.window.close()
            program.close_book()
            application.processEvents()
    return number


def _settings_file(folder: Path) -> ProgramSettingsFile:
    from branchbook.storage.program_settings import JsonProgramSettings

    return JsonProgramSettings(folder / "settings.json")


def _private_folder() -> PrivateFolder:
    from branchbook.storage.private_folder import PrivateFolder

    return PrivateFolder()


def _program(
    settings_file: ProgramSettingsFile, forget_copies: Callable[[], None] = lambda: None
) -> Application:
    from branchbook.ui.application import Application, WindowNeeds

    workshop = Workshop()
    needs = WindowNeeds(
        workshop, settings_file, _new_thread, now, workshop.fill_example, forget_copies=forget_copies
    )
    return Application(needs)


def _new_thread() -> BookThread:
    from branchbook.storage.thread import StorageThread

    return StorageThread()
