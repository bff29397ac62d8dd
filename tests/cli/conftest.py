"""The command line in this process: real books on disk, text streams to read, a fixed clock."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from branchbook.app import Workshop
from branchbook.cli.main import run
from branchbook.cli.surroundings import Surroundings
from branchbook.domain.records import AgendaItem, PersonRef, Record, Speech
from branchbook.services.meetings import finalise, save_record
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.record_defaults import new_record
from branchbook.services.store import Book
from branchbook.storage.shelf import Shelf
from tests.services.small_book import FIRST_BRANCH, SECOND_BRANCH, actor, fill
from tests.storage.conftest import read_only_place as read_only_place

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
HELD_ON = date(2026, 5, 8)


@dataclass(frozen=True)
class Answer:
    """What a verb ended with: exit code, both streams."""

    code: int
    out: str
    errors: str

    @property
    def json(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)


class Terminal(io.StringIO):
    """A terminal at which these secrets are typed one after the other; nobody waits, the pauses are kept."""

    def __init__(self, *answers: str) -> None:
        super().__init__()
        self.answers = list(answers)
        self.prompts: list[str] = []
        self.pauses: list[float] = []

    def isatty(self) -> bool:
        return True

    def ask(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return self.answers.pop(0)


@dataclass(frozen=True)
class CommandLine:
    """Runs verbs as ``branchbook`` does, without a display."""

    now: datetime = NOW
    typed: str = ""
    pictures: Callable[[Path, Path], int] | None = None
    settings_file: ProgramSettingsFile | None = None
    terminal: Terminal | None = None

    def __call__(self, *words: object) -> Answer:
        out, errors = io.StringIO(), io.StringIO()
        around = Surroundings(
            Workshop(),
            self.now,
            out,
            errors,
            self.terminal or io.StringIO(self.typed),
            take_pictures=self.pictures,
            settings_file=self.settings_file,
        )
        if self.terminal is not None:
            around.ask, around.pause = self.terminal.ask, self.terminal.pauses.append
        code = run([str(each) for each in words], around)
        return Answer(code, out.getvalue(), errors.getvalue())

    def at(self, terminal: Terminal) -> CommandLine:
        """The same at a terminal."""
        return replace(self, terminal=terminal)

    def typing(self, text: str) -> CommandLine:
        """The same with this on standard input."""
        return replace(self, typed=text)


@pytest.fixture
def branchbook() -> CommandLine:
    return CommandLine()


def meeting(book: Book, organisation_id, kind: str, held_on: date, subject: str) -> Record:
    """A record with what its kind needs, saved as a draft."""
    with book.reading() as reading:
        record = new_record(reading, kind, organisation_id, held_on, actor())
    roles = {"chair": (PersonRef("赵示例"),), "minute_taker": (PersonRef("钱示例"),)}
    item = AgendaItem(uuid4(), subject, (Speech("赵示例", "食堂错峰，大家同意。"),))
    record = replace(record, subject=subject, people={**record.people, **roles}, agenda=(item,))
    return save_record(book, record, actor()).value


@dataclass(frozen=True)
class Kept:
    """The book made once, and the ids of what is in it."""

    path: Path
    final: Record
    draft: Record


@pytest.fixture(scope="session")
def kept(tmp_path_factory) -> Kept:
    """Two branches of six and four, a final general meeting in May and a draft in September."""
    path = tmp_path_factory.mktemp("簿") / "示例 总支.branchbook"
    book = Shelf().create(path, "示例")
    fill(book)
    final = meeting(book, FIRST_BRANCH, "general_meeting", HELD_ON, "讨论年度工作")
    finalise(book, final.id, actor())
    draft = meeting(book, SECOND_BRANCH, "general_meeting", date(2026, 9, 4), "学习讨论")
    book.close()
    return Kept(path, final, draft)


@pytest.fixture
def book(kept, tmp_path) -> Path:
    """A copy of that book for one test."""
    return Path(shutil.copy(kept.path, tmp_path / "示例 总支.branchbook"))


@pytest.fixture
def new_book(branchbook, tmp_path) -> Path:
    """A book just made, with one branch and nobody in it."""
    path = tmp_path / "新.branchbook"
    assert branchbook("new", path, "--branch", "第一党支部").code == 0
    return path


def refused(answer: Answer, *words: str, code: int = 1) -> None:
    """One Chinese line on the error stream, with these words, and nothing done."""
    assert (answer.code, answer.out) == (code, ""), answer
    assert answer.errors.startswith("branchbook：")
    assert answer.errors.count("\n") == 1
    assert_words(answer.errors, words)


def assert_words(text: str, words: Sequence[str]) -> None:
    assert [each for each in words if each not in text] == [], text
