"""Books that earlier versions wrote are opened, upgraded, and then like new ones."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import Record
from branchbook.storage import driver, keys
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import open_book_file
from branchbook.storage.check import verify
from branchbook.storage.migrations import SCHEMA_VERSION
from tests.storage.example import BRANCH, ROSTER, head, identity, meeting

KEPT = sorted((Path(__file__).parent / "books").glob("*.book"))
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def upgraded(request, tmp_path):
    path = tmp_path / "旧簿.branchbook"
    shutil.copy(request.param, path)
    book = StoredBook(open_book_file(path, now=NOW))
    yield book
    book.close()


def schema_of(path: Path) -> set[tuple[str, str, str]]:
    connection = driver.open_connection(path, keys.OPEN, "ro")
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall()
    connection.close()
    return {
        (kind, name, " ".join((sql or "").split()).replace("( ", "(").replace(" )", ")"))
        for kind, name, sql in rows
    }


def test_a_kept_book_is_there_for_every_earlier_version():
    assert [path.stem for path in KEPT] == [f"version-{number}" for number in range(1, SCHEMA_VERSION)]


def test_what_was_written_is_there(upgraded):
    with upgraded.reading() as reading:
        assert reading.get(Record, meeting().id) == meeting()
        assert {person.name for person in reading.roster().people} == {
            each.name for each in ROSTER if hasattr(each, "initials")
        }


def test_the_tables_are_those_of_a_new_book(upgraded, closed_book):
    assert schema_of(upgraded.path) == schema_of(closed_book)
    report = verify(upgraded.path)
    assert report.whole
    assert report.schema_version == SCHEMA_VERSION


def test_a_procedure_can_be_kept(upgraded):
    procedure = Procedure(
        identity("election"),
        "term_election",
        BRANCH.id,
        date(2026, 11, 1),
        steps=(StepEntry("decision", date(2026, 11, 2), {"seats": 3}, record_id=meeting().id),),
    )
    with upgraded.writing(head("second", hour=10)) as writing:
        writing.put(procedure)
    with upgraded.reading() as reading:
        assert reading.get(Procedure, procedure.id) == procedure
