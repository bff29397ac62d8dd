"""What a verb is given: the workshop, the clock, the streams, and who runs it."""

from __future__ import annotations

import getpass
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from branchbook.domain.passphrases import pause_after
from branchbook.domain.problems import DamagedProblem, RefusedProblem
from branchbook.domain.recovery_code import RecoveryGroupsProblem, Secret, secret_in
from branchbook.services.operations import Actor
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.protection import MENDED, UNPROTECTED, known_folders, open_protected
from branchbook.services.store import Book
from branchbook.services.workshop import Workshop


@dataclass
class Surroundings:
    """One run of the command line. ``passphrase_stdin`` reads the passphrase from standard input.

    ``ask`` asks for a secret on a terminal, by default without showing what is typed; ``pause`` waits seconds.
    ``take_pictures`` (a book, a folder) makes pictures of every place; None where there is no window.
    """

    workshop: Workshop
    now: datetime
    out: TextIO = field(default_factory=lambda: sys.stdout)
    errors: TextIO = field(default_factory=lambda: sys.stderr)
    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    passphrase_stdin: bool = False
    take_pictures: Callable[[Path, Path], int] | None = None
    settings_file: ProgramSettingsFile | None = None
    ask: Callable[[str], str] | None = None
    pause: Callable[[float], None] = time.sleep
    _given: str | None = field(default=None, init=False, repr=False)
    _protected: bool = field(default=False, init=False)

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
        opened = self._opened(path, writable)
        self._protected = opened.protected
        try:
            yield opened
        finally:
            opened.close()

    def say_of_file(self, text: str) -> None:
        """Tell that a file was written out of the book opened last, and that it is not protected where the book is."""
        self.say(text)
        if self._protected:
            self.say(UNPROTECTED)

    def passphrase(self, path: Path) -> Secret | None:
        """What opens a book, from standard input or, where it needs something, asked for until it is right.

        The groups of a recovery sheet may be typed in its place. Raises the Problem of wrong groups.
        """
        if self.passphrase_stdin:
            if self._given is None:
                self._given = self.secret_line()
            return secret_in(self._given)
        if not self.stdin.isatty() or not self.workshop.shelf.needs_passphrase(path):
            return None
        return self._asked_until_right(path)

    def secret_line(self) -> str:
        """The next line of standard input, for verbs that need more than one secret."""
        return self.stdin.readline().rstrip("\r\n")

    def asked(self, prompt: str) -> str:
        """A secret typed on the terminal."""
        ask = self.ask or (lambda words: getpass.getpass(words, stream=self.errors))
        return ask(prompt)

    def _asked_until_right(self, path: Path) -> Secret:
        """Ask again after a wrong one, and from the third on make whoever types wait a little longer each time."""
        wrong = 0
        while True:
            typed = self.asked("口令（忘了口令可输入恢复单上的各组）：")
            if not typed:
                raise RefusedProblem("没有输入口令", str(path), "没有改动任何内容")
            try:
                secret = secret_in(typed)
                if self.workshop.locksmith.opens(path, secret, self._salts(path), self._folders()):
                    return secret
                self.warn("口令不对，请再输一次（直接按回车放弃）")
            except RecoveryGroupsProblem as problem:
                self.warn(str(problem))
            wrong += 1
            self.pause(pause_after(wrong))

    def _salts(self, path: Path) -> tuple[str, ...]:
        return self.settings_file.load().salts.get(str(path.resolve()), ()) if self.settings_file else ()

    def _folders(self) -> tuple[Path, ...]:
        return known_folders(self.settings_file.load()) if self.settings_file else ()

    def _opened(self, path: Path, writable: bool) -> Book:
        holder, secret = f"命令行（{self.actor.who}）", self.passphrase(path)
        if self.settings_file is None:
            return self.workshop.shelf.open(path, secret, writable=writable, holder=holder)
        opened, mended = open_protected(
            self.workshop.shelf,
            self.workshop.locksmith,
            self.settings_file,
            path,
            secret,
            holder,
            writable=writable,
        )
        if mended:
            self.warn(MENDED)
        return opened

    def passphrase_of_damaged(self, path: Path) -> Secret | None:
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
