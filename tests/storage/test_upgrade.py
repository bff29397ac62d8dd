"""An older book is upgraded on a verified copy, or it stays as it was."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from alembic.operations import Operations
from sqlalchemy import Column, Text

from branchbook.storage import driver, keys
from branchbook.storage.book_file import open_book_file
from branchbook.storage.check import verify
from branchbook.storage.migrations import SCHEMA_VERSION, STEPS, Step
from branchbook.storage.migrations.upgrade import upgrade_book
from branchbook.storage.problems import FullDiskProblem, UpgradeFailedProblem
from tests.storage.backups import rows_of
from tests.storage.conftest import make_book

BEFORE = SCHEMA_VERSION - 1
NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


def add_note(operations: Operations) -> None:
    """Rebuild ``person`` with a further column: its children must survive that."""
    with operations.batch_alter_table("person", recreate="always") as batch:
        batch.add_column(Column("note", Text, nullable=False, server_default=""))


@pytest.fixture
def old_book(closed_book):
    """A book of the version before, in which people have no note."""
    connection = driver.open_connection(closed_book, keys.OPEN, "rw")
    connection.execute("ALTER TABLE person DROP COLUMN note")
    connection.execute(f"PRAGMA user_version = {BEFORE}")
    connection.close()
    return closed_book


def test_the_released_steps_lead_to_this_version_without_a_gap():
    assert [step.to_version for step in STEPS] == list(range(2, SCHEMA_VERSION + 1))


def test_an_upgrade_keeps_every_row_and_the_book_as_it_was(old_book):
    before = rows_of(old_book)
    opened = open_book_file(old_book, now=NOW, steps=[Step(SCHEMA_VERSION, add_note)])
    kept = opened.kept_before_upgrade
    opened.close()
    assert kept is not None
    assert kept.name.startswith("示例 支部 升级前 2026-11-24")
    assert rows_of(kept) == before
    after = rows_of(old_book)
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    assert [row[:-1] for row in after["person"]] == before["person"]
    assert after["attendance"] == before["attendance"]
    report = verify(old_book)
    assert report.whole
    assert report.schema_version == SCHEMA_VERSION
    assert verify(kept).schema_version == BEFORE
    left = {each.name for each in old_book.parent.iterdir()}
    assert left == {old_book.name, kept.name, kept.name + ".json"}


def test_an_upgraded_book_works(old_book):
    from branchbook.storage.book import StoredBook

    book = StoredBook(open_book_file(old_book, now=NOW, steps=[Step(SCHEMA_VERSION, add_note)]))
    with book.reading() as reading:
        assert {person.name for person in reading.roster().people} == {"周试一", "阿卜杜·试二"}
        assert len(reading.search("防汛")) == 1
    book.close()


def test_a_protected_book_is_upgraded_under_its_own_key(tmp_path):
    path = tmp_path / "密.branchbook"
    book = make_book(path, "口令")
    raw = book.file.connection
    raw.execute("ALTER TABLE person DROP COLUMN note")
    raw.execute(f"PRAGMA user_version = {BEFORE}")
    book.close()
    opened = open_book_file(path, "口令", now=NOW, steps=[Step(SCHEMA_VERSION, add_note)])
    opened.close()
    assert opened.kept_before_upgrade is not None
    assert verify(path, "口令").whole
    assert verify(opened.kept_before_upgrade, "口令").protected


def _fails(operations: Operations) -> None:
    operations.execute("UPDATE person SET name = 'x'")
    raise ValueError("half way")


def _loses_rows(operations: Operations) -> None:
    operations.execute("DELETE FROM attendance")


def _leaves_orphans(operations: Operations) -> None:
    operations.execute("UPDATE attendance SET person_id = 'nobody'")


def _drops_a_table(operations: Operations) -> None:
    operations.drop_table("vote")


@pytest.mark.parametrize(
    "steps, reason",
    [
        ([Step(SCHEMA_VERSION, _fails)], "half way"),
        ([Step(SCHEMA_VERSION, _loses_rows)], "表 attendance 的行数由 2 变为 0"),
        ([Step(SCHEMA_VERSION, _leaves_orphans)], "2 行指向了不存在的内容"),
        ([Step(SCHEMA_VERSION, _drops_a_table)], "表 vote"),
        ([], f"缺少从第 {BEFORE} 版到第 {SCHEMA_VERSION} 版的步骤"),
        ([Step(SCHEMA_VERSION + 1, add_note)], "缺少"),
    ],
)
def test_a_failed_upgrade_leaves_the_book_as_it_was(old_book, steps, reason):
    before = old_book.read_bytes()
    with pytest.raises(UpgradeFailedProblem) as caught:
        open_book_file(old_book, now=NOW, steps=steps)
    assert reason in caught.value.what
    assert "没有被改动" in caught.value.next_step
    assert old_book.read_bytes() == before
    assert not [each for each in old_book.parent.iterdir() if each.name.startswith(".")]


def test_rows_that_a_step_says_it_changes_may_change(old_book):
    report = upgrade_book(
        old_book,
        keys.OPEN,
        BEFORE,
        SCHEMA_VERSION,
        [Step(SCHEMA_VERSION, _loses_rows, frozenset({"attendance"}))],
        NOW,
    )
    assert (report.from_version, report.to_version) == (BEFORE, SCHEMA_VERSION)
    assert rows_of(old_book)["attendance"] == []


def test_several_steps_in_order(old_book):
    seen = []

    def step(number):
        return Step(number, lambda _: seen.append(number))

    numbers = [SCHEMA_VERSION, SCHEMA_VERSION + 1, SCHEMA_VERSION + 2]
    steps = [step(number) for number in numbers]
    upgrade_book(old_book, keys.OPEN, BEFORE, numbers[-1], steps, NOW)
    assert seen == numbers
    assert verify(old_book).schema_version == numbers[-1]


def test_a_disk_without_room_for_the_copy(old_book, small_disk):
    path = small_disk / old_book.name
    path.write_bytes(old_book.read_bytes())
    (small_disk / "别的").write_bytes(bytes((1 << 20) - path.stat().st_size - 120_000))
    before = path.read_bytes()
    with pytest.raises(FullDiskProblem):
        open_book_file(path, now=NOW, steps=[Step(SCHEMA_VERSION, add_note)])
    assert path.read_bytes() == before
    assert {each.name for each in small_disk.iterdir()} == {"别的", path.name}


def test_neither_alembic_nor_sqlalchemy_is_loaded_for_a_book_of_this_version(closed_book):
    code = (
        "import sys; from pathlib import Path; from branchbook.storage.shelf import Shelf\n"
        "Shelf().open(Path(sys.argv[1]), None, writable=True, holder='').close()\n"
        "print('alembic' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(closed_book)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
