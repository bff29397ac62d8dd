"""The chain over the history: it grows with every operation, and an edit made outside the program breaks it."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchbook.domain.problems import RefusedProblem
from branchbook.services.store import Draft, PrintedPaper
from branchbook.storage import book_state, driver, keys
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import open_book_file
from branchbook.storage.history_chain import START, ChainHead, chain_head, link_hash, walk
from branchbook.storage.problems import DamagedBookProblem
from tests.storage.example import BRANCH, head, identity, meeting
from tests.storage.test_damage import change
from tests.storage.test_kept_books import KEPT, NOW

CELL = st.text(max_size=4) | st.none()


def links(path):
    connection = driver.open_connection(path, keys.OPEN, "ro")
    try:
        return list(walk(connection)), chain_head(connection)
    finally:
        connection.close()


def test_an_empty_book_has_a_head_of_its_own(tmp_path):
    from branchbook.storage.book_file import create_book_file

    file = create_book_file(tmp_path / "空.branchbook")
    assert chain_head(file.connection) == ChainHead(0, START)
    file.close()


def test_every_operation_moves_the_head(book):
    heads = [chain_head(book.file.connection)]
    for hour in (10, 11):
        with book.writing(head(f"at {hour}", hour=hour)) as writing:
            writing.put(meeting(subject=f"第 {hour} 次"))
        heads.append(chain_head(book.file.connection))
    assert [each.number for each in heads] == [1, 2, 3]
    assert len({each.hash for each in heads}) == 3
    found = list(walk(book.file.connection))
    assert all(each.holds for each in found)
    assert [(each.number, each.stored) for each in found] == [(each.number, each.hash) for each in heads]


def test_an_operation_that_failed_or_touched_nothing_leaves_the_head(book):
    before = chain_head(book.file.connection)
    other = replace(BRANCH, parent_id=identity("nowhere"))
    with pytest.raises(RefusedProblem), book.writing(head("fails")) as writing:
        writing.put(other)
    with book.writing(head("nothing")) as writing:
        writing.put(meeting())
    assert chain_head(book.file.connection) == before


def test_the_hash_is_that_of_the_documented_form():
    """Lengths in bytes, a colon, the text; what is not there is ``-;``. Books and manifests keep such hashes."""
    parts = b"".join(
        (
            b"64:" + b"0" * 64,
            b"1:1",
            b"1:a",
            b"2:at",
            "6:某人".encode(),
            b"-;",
            b"1:e",
            b"2:id",
            b"-;",
            b"2:{}",
        )
    )
    found = link_hash(START, 1, ("a", "at", "某人", None), [("e", "id", None, "{}")])
    assert found == hashlib.sha256(parts).hexdigest()


@given(st.lists(CELL, min_size=1, max_size=4), st.lists(CELL, min_size=1, max_size=4))
def test_different_cells_give_different_hashes(one, other):
    same = link_hash(START, 1, one, []) == link_hash(START, 1, other, [])
    assert same == (one == other)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operation SET who = '别人' WHERE number = 1",
        "UPDATE operation SET at = '2020-01-01T00:00:00+00:00' WHERE number = 1",
        "UPDATE operation SET reason = '补的' WHERE number = 1",
        "UPDATE touch SET after = replace(after, '周试一', '改过') WHERE operation_number = 1",
        "DELETE FROM touch WHERE operation_number = 1 AND line = 0",
        "UPDATE touch SET entity_id = 'x' WHERE operation_number = 1 AND line = 0",
    ],
)
def test_an_edit_outside_the_program_breaks_the_link(closed_book, statement):
    change(closed_book, statement)
    (link,), _ = links(closed_book)
    assert not link.holds
    assert link.number == 1


def test_a_tail_that_was_cut_off_shows_when_the_book_is_opened(book):
    with book.writing(head("second", hour=10)) as writing:
        writing.put(meeting(subject="第二次"))
    path = book.path
    book.close()
    change(path, "DELETE FROM operation WHERE number = 2")
    found, end = links(path)
    assert all(each.holds for each in found)
    assert (found[-1].number, end.number) == (1, 2)
    with pytest.raises(DamagedBookProblem, match="操作记录的末尾"):
        open_book_file(path)


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_an_older_book_gets_its_chain_when_it_is_upgraded(kept, tmp_path):
    path = tmp_path / "旧簿.branchbook"
    shutil.copy(kept, path)
    book = StoredBook(open_book_file(path, now=NOW))
    found = list(walk(book.file.connection))
    assert found
    assert all(each.holds for each in found)
    assert chain_head(book.file.connection) == ChainHead(found[-1].number, found[-1].stored)
    state = book_state.read(book.file.connection)
    for table in book_state.LOOSE_TABLES:
        assert getattr(state, table) == book_state.sum_of_rows(book.file.connection, table)
    book.close()


def test_the_sums_follow_papers_and_drafts(book):
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    connection = book.file.connection

    def sums():
        state = book_state.read(connection)
        for table in book_state.LOOSE_TABLES:
            assert getattr(state, table) == book_state.sum_of_rows(connection, table)
        return state.printed_paper, state.draft

    empty = sums()
    assert empty == (book_state.NOTHING, book_state.NOTHING)
    draft = Draft(identity("draft"), "record", "{}", at)
    book.save_draft(draft)
    one = sums()
    book.save_draft(Draft(identity("draft"), "record", '{"a":1}', at))
    assert sums() not in (one, empty)
    book.save_draft(draft)
    assert sums() == one
    with book.writing(head("print", hour=10)) as writing:
        for content in ("a", "b"):
            writing.put_printed(PrintedPaper(identity("paper"), "minutes", "s", at, content, ""))
        writing.drop_draft(draft.id)
    printed = sums()
    assert printed[0] != book_state.NOTHING
    assert printed[1] == book_state.NOTHING
    book.save_draft(draft)
    book.drop_draft(draft.id)
    assert sums() == printed
