"""What is opened by mistake or damaged is named for what it is, and not changed."""

from __future__ import annotations

import sqlite3
import zipfile

import pytest

from branchbook.domain.problems import Problem
from branchbook.storage import driver, keys
from branchbook.storage.book_file import open_book_file
from branchbook.storage.problems import (
    DamagedBookProblem,
    MissingBookProblem,
    NotABookProblem,
    PlainDatabaseProblem,
    WrongPassphraseProblem,
)
from branchbook.storage.shelf import Shelf
from tests.storage.conftest import make_book


def problem_of(path, passphrase=None) -> Problem:
    """Open, expect a Problem, and see that the file is as it was and that no lock was left."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(Problem) as caught:
        open_book_file(path, passphrase)
    if before is not None:
        assert path.read_bytes() == before
    assert not list(path.parent.glob("*.lock"))
    problem = caught.value
    assert problem.what
    assert str(path) in problem.where
    assert problem.next_step
    return problem


def test_nothing_there(tmp_path):
    assert isinstance(problem_of(tmp_path / "没有.branchbook"), MissingBookProblem)


def test_a_folder(tmp_path):
    (tmp_path / "夹.branchbook").mkdir()
    assert "文件夹" in problem_of(tmp_path / "夹.branchbook").what


@pytest.mark.parametrize(
    "content, named",
    [
        (b"", "空文件"),
        ("会议记录\n".encode() * 2000, "不是支部手册"),
        (b"<html>" + b"a" * 9000, "不是支部手册"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8000), "旧版 Office"),
        (b"%PDF-1.7" + bytes(8000), "PDF"),
        (b"\xff\xd8\xff\xe0" + bytes(8000), "照片"),
        (b"BranchBook", "不是支部手册"),
    ],
)
def test_other_files(tmp_path, content, named):
    path = tmp_path / "别的.branchbook"
    path.write_bytes(content)
    problem = problem_of(path)
    assert isinstance(problem, NotABookProblem)
    assert problem.exit_code == 2
    assert named in problem.what


def test_a_workbook_renamed(tmp_path):
    path = tmp_path / "花名册.branchbook"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "xlsx" in problem_of(path).what


def test_a_plain_database(tmp_path):
    path = tmp_path / "普通.branchbook"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t(x)")
    plain.close()
    assert isinstance(problem_of(path), PlainDatabaseProblem)


def test_another_programs_encrypted_database(tmp_path):
    path = tmp_path / "别家.branchbook"
    other = driver.open_connection(path, keys.OPEN, "rwc")
    other.execute("CREATE TABLE t(x)")
    other.close()
    assert "另一个程序" in problem_of(path).what


def test_random_bytes_may_be_a_protected_book(tmp_path):
    path = tmp_path / "乱码.branchbook"
    path.write_bytes(bytes((number * 167 + number // 256 * 91) % 256 for number in range(40_960)))
    problem = problem_of(path)
    assert isinstance(problem, WrongPassphraseProblem)
    assert "如果它本来就不是支部手册" in problem.next_step


def test_a_passphrase_missing_wrong_or_needless(tmp_path, closed_book):
    path = tmp_path / "有口令.branchbook"
    make_book(path, "对的").close()
    missing, wrong = problem_of(path), problem_of(path, "错的")
    assert isinstance(missing, WrongPassphraseProblem)
    assert isinstance(wrong, WrongPassphraseProblem)
    assert (missing.given, wrong.given) == (False, True)
    assert missing.exit_code == 1
    assert Shelf().needs_passphrase(path)
    assert not Shelf().needs_passphrase(closed_book)
    for known, passphrase in ((path, "对的"), (closed_book, "多余的")):
        open_book_file(known, passphrase).close()


@pytest.mark.parametrize("protected", [False, True])
def test_damage_is_not_taken_for_a_wrong_passphrase(tmp_path, protected):
    """The engine says "file is not a database" for both; the page HMACs tell them apart."""
    path, passphrase = tmp_path / "坏.branchbook", "对的" if protected else None
    make_book(path, passphrase).close()
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    assert isinstance(problem_of(path, passphrase), DamagedBookProblem)


def test_a_changed_mark_is_damage(closed_book):
    content = bytearray(closed_book.read_bytes())
    content[3] ^= 1
    closed_book.write_bytes(content)
    assert "开头" in problem_of(closed_book).what


def test_only_the_beginning_is_left(closed_book):
    closed_book.write_bytes(closed_book.read_bytes()[:700])
    assert isinstance(problem_of(closed_book), DamagedBookProblem)
