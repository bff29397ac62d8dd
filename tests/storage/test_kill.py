"""What the program reported as saved survives kill -9, and nothing half-written is ever found."""

from __future__ import annotations

import random
import signal
from uuid import UUID

import pytest

from branchbook.services.store import RecordQuery
from branchbook.storage.check import verify
from branchbook.storage.problems import InterruptedWriteProblem
from branchbook.storage.shelf import Shelf
from tests.storage.conftest import child

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system: not run")

WRITE = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4
from branchbook.domain.history import OperationHead
from branchbook.domain.records import Record
from branchbook.services.store import Draft
from branchbook.storage.shelf import Shelf
book = Shelf().open(Path(sys.argv[1]), None, writable=True, holder="试用员")
now = datetime(2026, 11, 24, tzinfo=UTC)
with book.reading() as reading:
    (pattern,) = reading.all(Record)[:1]
while True:
    operation, record = uuid4(), uuid4()
    item = replace(pattern.agenda[-1], id=uuid4(), title=str(operation))
    with book.writing(OperationHead(operation, now, "试用员", "写")) as writing:
        writing.put(replace(pattern, id=record, subject=str(operation), agenda=(item,)))
    print("operation", operation, record, flush=True)
    book.save_draft(Draft(UUID(int=1), "record", str(operation), now))
    print("draft", operation, record, flush=True)
"""
ROUNDS = 12


def killed_at(path, lines: int) -> list[list[str]]:
    """Let a writer report so many lines, kill it, and give everything that it reported, as words."""
    with child(WRITE, path) as writer:
        reported = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        reported += writer.stdout.readlines()
        writer.stderr.read()
    return [line.split() for line in reported if line.endswith("\n")]


def test_reported_operations_and_drafts_survive_kill_9(closed_book):
    chance = random.Random(4)
    reported = [words for _ in range(ROUNDS) for words in killed_at(closed_book, chance.randrange(1, 40))]
    assert len(reported) >= ROUNDS

    book = Shelf().open(closed_book, None, writable=True, holder="")
    with book.reading() as reading:
        operations = {each.head.id: each for each in reading.operations(100_000)}
        records = {each.id: each for each in reading.records(RecordQuery())}
        (draft,) = reading.drafts()
    for kind, operation, record in reported:
        if kind == "operation":
            kept = records[UUID(record)]
            assert (kept.subject, kept.agenda[0].title, len(kept.attendance)) == (operation, operation, 2)
            assert [touch.entity_id for touch in operations[UUID(operation)].touches] == [record]
    # What the last kill cut off was either kept whole or not at all.
    assert len(records) == len(operations)
    assert {str(key) for key in records} <= {
        touch.entity_id for each in operations.values() for touch in each.touches
    }
    last_drafts = [operation for kind, operation, _ in reported if kind == "draft"][-1:]
    unreported = {str(key) for key in operations} - {operation for _, operation, _ in reported}
    assert draft.payload in {*last_drafts, *unreported, reported[-1][1]}
    assert not book.search_index_differs()
    book.close()
    assert verify(closed_book).whole


CUT_OFF = """
import sys
from pathlib import Path
from branchbook.storage import driver, keys
connection = driver.open_connection(Path(sys.argv[1]), keys.OPEN, "rw")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE person SET name = name || '改'")
connection.execute("UPDATE record SET subject = subject || hex(randomblob(20000))")
print("half-way", flush=True)
sys.stdin.readline()
"""


def test_a_commit_that_was_cut_off_is_told_as_that_and_taken_back(closed_book):
    """Verify writes nothing, so it can't take it back itself; what was called saved is there after opening."""
    before = verify(closed_book).contents
    with child(CUT_OFF, closed_book) as writer:
        assert writer.stdout.readline() == "half-way\n"
        writer.kill()
    assert closed_book.with_name(closed_book.name + "-journal").stat().st_size
    for look in (
        lambda: Shelf().check(closed_book),
        lambda: verify(closed_book),
        lambda: Shelf().open(closed_book, None, writable=False, holder=""),
    ):
        with pytest.raises(InterruptedWriteProblem, match="被打断"):
            look()
    Shelf().open(closed_book, None, writable=True, holder="").close()
    report = Shelf().check(closed_book)
    assert report.whole
    assert report.contents == before
