"""Each fault of a file has its own Problem: in Chinese, with what, where and what next."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from branchbook.domain.problems import Problem
from branchbook.storage import problems

PATH = Path("某处") / "簿.branchbook"
HAN = re.compile(r"[\u3400-\u9fff]")
ALL = [
    problems.MissingBookProblem(PATH),
    problems.NotABookProblem(PATH),
    problems.NotABookProblem(PATH, "PDF 文件"),
    problems.PlainDatabaseProblem(PATH),
    problems.NewerBookProblem(PATH, 2, 1),
    problems.OlderBookProblem(PATH, 0, 1),
    problems.DamagedBookProblem(PATH),
    problems.WrongPassphraseProblem(PATH, given=True),
    problems.WrongPassphraseProblem(PATH, given=False),
    problems.BookInUseProblem(PATH, "甲"),
    problems.ReadOnlyPlaceProblem(PATH),
    problems.FullDiskProblem(PATH),
    problems.FileTooLargeProblem(PATH),
    problems.WouldOverwriteProblem(PATH),
    problems.BackupFailedProblem(PATH, "原因"),
    problems.UpgradeFailedProblem(PATH, "原因"),
]


@pytest.mark.parametrize("problem", ALL, ids=lambda each: each.what)
def test_what_where_and_what_next(problem):
    assert HAN.search(problem.what)
    assert problem.where == str(PATH)
    assert HAN.search(problem.next_step)
    assert str(PATH) in str(problem)
    assert problem.exit_code in (1, 2)


def test_no_two_faults_share_a_sentence():
    assert len({problem.what for problem in ALL}) == len(ALL)


@pytest.mark.parametrize(
    "code, kind",
    [
        (errno.ENOSPC, problems.FullDiskProblem),
        (errno.EROFS, problems.ReadOnlyPlaceProblem),
        (errno.EACCES, problems.ReadOnlyPlaceProblem),
        (errno.EFBIG, problems.FileTooLargeProblem),
        (errno.ENOENT, problems.MissingBookProblem),
        (errno.EISDIR, problems.NotABookProblem),
        (errno.EIO, Problem),
    ],
)
def test_errors_of_the_system(code, kind):
    assert isinstance(problems.of_disk_error(OSError(code, "x"), PATH), kind)


class EngineError(Exception):
    """Stands for the driver's error, which can't be made with a code of one's own."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    "name, kind",
    [
        ("SQLITE_FULL", problems.FullDiskProblem),
        ("SQLITE_READONLY_DIRECTORY", problems.ReadOnlyPlaceProblem),
        ("SQLITE_CANTOPEN", problems.ReadOnlyPlaceProblem),
        ("SQLITE_BUSY_SNAPSHOT", problems.BookInUseProblem),
        ("SQLITE_NOTADB", problems.DamagedBookProblem),
        ("SQLITE_CORRUPT_VTAB", problems.DamagedBookProblem),
        ("SQLITE_IOERR_WRITE", Problem),
        ("SQLITE_CONSTRAINT_FOREIGNKEY", type(None)),
        ("SQLITE_ERROR", type(None)),
        ("", type(None)),
    ],
)
def test_errors_of_the_engine(name, kind):
    assert isinstance(problems.of_engine_error(EngineError(name), PATH), kind)


def test_an_error_without_a_code_is_known_by_its_message():
    """The online backup's errors come without one."""
    full = problems.of_engine_error(Exception("database or disk is full"), PATH)
    assert isinstance(full, problems.FullDiskProblem)
    assert problems.of_engine_error(Exception("no such table: x"), PATH) is None
