"""The composition root: the only module that knows every room, and hands each what it needs."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from branchbook.services.exchange_files import ExchangeArchives, TableFiles
    from branchbook.services.printing_press import PaperPress, WordPress
    from branchbook.services.workshop import BookShelf


class Workshop:
    """The outer rooms, each imported when first asked for, so that the window need not wait for them."""

    @cached_property
    def shelf(self) -> BookShelf:
        """Books on disk."""
        from branchbook.storage.shelf import DiskShelf

        return DiskShelf()

    @cached_property
    def press(self) -> PaperPress:
        """PDF."""
        from branchbook.forms.press import Press

        return Press()

    @cached_property
    def word_press(self) -> WordPress:
        """docx."""
        from branchbook.exchange.docx import Docx

        return Docx()

    @cached_property
    def tables(self) -> TableFiles:
        """xlsx."""
        from branchbook.exchange.xlsx import Spreadsheets

        return Spreadsheets()

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
    words = sys.argv[1:] if arguments is None else arguments
    if wants_window(words):
        from branchbook.ui.start import open_window  # noqa: F401

        raise NotImplementedError
    from branchbook.cli.main import run
    from branchbook.cli.surroundings import Surroundings

    return run(words, Surroundings(Workshop(), datetime.now().astimezone()))


def wants_window(words: list[str]) -> bool:
    """Whether the words ask for the window: none at all, or one existing book (a double click)."""
    return not words or (len(words) == 1 and words[0].endswith(".branchbook"))
