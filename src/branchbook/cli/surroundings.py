"""What a verb is given: the workshop, the clock, the streams, and who runs it."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from branchbook.domain.problems import DamagedProblem
from branchbook.services.operations import Actor
from branchbook.services.store import Book
from branchbook.services.workshop import Workshop


@dataclass
class Surroundings:
    """One run of the command line. ``passphrase_stdin`` reads the passphrase from standard input.

    ``take_pictures`` (a book, a folder) makes pictures of every place; None where there is no window.
    """

    workshop: Workshop
    now: datetime
    out: TextIO = field(default_factory=lambda: sys.stdout)
    errors: TextIO = field(default_factory=lambda: sys.stderr)
    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    passphrase_stdin: bool = False
    take_pictures: Callable[[Path, Path], int] | None = None
    _given: str | None = field(default=None, init=False, repr=False)

    @property
    def actor(self) -> Actor:
        """Who the history names: the name of the account that runs the command."""
        return Actor(_account_name(), self.now)

    def say(self, text: str) -> None:
        """One line for the user."""
        print(text, file=self.out)

    def warn(self, text: str) -> None:
        """One line on the error stream."""
        print(text, file=self.errors)

    def report(self, value: Any) -> None:
        """A value as JSON, indented, Chinese unescaped."""
        json.dump(value, self.out, ensure_ascii=False, indent=2)
        self.out.write("\n")

    @contextmanager
    def book(self, path: Path, *, writable: bool) -> Iterator[Book]:
        """The book at ``path``, closed afterwards. Reading works beside an open window."""
        opened = self.workshop.shelf.open(
            path, self.passphrase(path), writable=writable, holder=f"命令行（{self.actor.who}）"
        )
        try:
            yield opened
        finally:
            opened.close()

    def passphrase(self, path: Path) -> str | None:
        """The passphrase where it was asked to come from standard input or where the book needs one."""
        if self.passphrase_stdin:
            if self._given is None:
                self._given = self.stdin.readline().rstrip("\r\n")
            return self._given
        if self.workshop.shelf.needs_passphrase(path) and self.stdin.isatty():
            return getpass.getpass("口令：", stream=self.errors)
        return None

    def passphrase_of_damaged(self, path: Path) -> str | None:
        """As :meth:`passphrase`, for a file that may be too damaged to tell whether it has one."""
        try:
            return self.passphrase(path)
        except DamagedProblem:
            return None


def _account_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "命令行"
