"""Transactions are ours, references are enforced, and the settings hold on every connection."""

from __future__ import annotations

import pytest

from branchbook.storage import driver
from branchbook.storage.driver import transaction, translated
from branchbook.storage.migrations import SCHEMA_VERSION
from branchbook.storage.problems import BookInUseProblem
from branchbook.storage.thread import StorageThread
from tests.storage.conftest import child
from tests.storage.example import identity


def test_settings_of_every_connection(book):
    raw = book.file.connection
    for pragma, value in {
        "foreign_keys": 1,
        "journal_mode": "delete",
        "synchronous": 2,
        "busy_timeout": 3000,
        "application_id": driver.APPLICATION_ID,
        "user_version": SCHEMA_VERSION,
    }.items():
        assert raw.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_changes_of_tables_are_rolled_back_too(book):
    """With the driver's own BEGIN, the table would stay."""
    with pytest.raises(driver.engine_errors()), transaction(book.file.connection, writes=True):
        _change_tables_and_fail(book.file.connection)
    assert book.file.connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE name = 'extra'"
    ).fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM person",
        "UPDATE record SET organisation_id = 'nowhere'",
        "INSERT INTO record_kind VALUES ('nowhere', 0, 'x')",
        "UPDATE attachment SET sha256 = 'nowhere'",
        "UPDATE person_fact SET person_id = 'nowhere'",
    ],
)
def test_foreign_keys_are_enforced_at_the_commit(book, statement):
    if "attachment" in statement:
        with book.writing(_head()) as writing:
            writing.put(_attached(writing))
    connection = book.file.connection
    with pytest.raises(driver.integrity_errors()), transaction(connection, writes=True):
        connection.execute(statement)
    assert book.file.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_is_owned_goes_with_its_owner(book):
    raw = book.file.connection
    raw.execute("DELETE FROM record")
    for table in ("record_kind", "attendance", "agenda_item", "vote", "resolution"):
        assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_another_thread_is_refused(book):
    def read():
        with book.reading():
            pass

    def write():
        with book.writing(_head()):
            pass

    with StorageThread() as other:
        for use in (read, write, book.close, book.search_index_differs):
            assert isinstance(other.submit(use).exception(), RuntimeError)
    with book.reading() as reading:
        assert len(reading.roster().people) == 2


def test_a_writer_that_finds_the_book_busy_says_so(book):
    """Another program that ignores the lock file and holds a transaction."""
    code = (
        "import sys; from pathlib import Path; from branchbook.storage import driver, keys\n"
        "c = driver.open_connection(Path(sys.argv[1]), keys.OPEN, 'rw'); c.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    book.file.connection.execute("PRAGMA busy_timeout = 1")
    with child(code, book.path) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BookInUseProblem), book.writing(_head()):
            pass
        with book.reading() as reading:
            assert len(reading.roster().people) == 2
        other.communicate("")
    with book.writing(_head()) as writing:
        assert writing.touches() == ()


def test_a_fault_of_our_own_stays_an_exception(book):
    with pytest.raises(driver.engine_errors()), translated(book.path):
        book.file.connection.execute("SELECT * FROM no_such_table")


def _change_tables_and_fail(connection):
    connection.execute("CREATE TABLE extra(x)")
    connection.execute("INSERT INTO extra VALUES (1)")
    connection.execute("INSERT INTO no_such_table VALUES (1)")


def _head():
    from tests.storage.example import head

    return head("more")


def _attached(writing):
    from tests.storage.example import attached, meeting

    return attached(meeting(), writing.keep_content(b"bytes"))


def test_dropping_a_draft_that_is_not_there_writes_nothing(book):
    """Finalising drops the draft each time: without one, that must not cost a commit."""
    before = book.path.read_bytes()
    book.drop_draft(identity("no draft"))
    assert book.path.read_bytes() == before
