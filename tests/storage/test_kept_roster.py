"""The roster is read once and kept; nobody ever sees one that is older than the book."""

from dataclasses import replace

import pytest

from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import open_book_file
from tests.storage.example import ROSTER, head, meeting

MEMBER = next(each for each in ROSTER if isinstance(each, Person))


def names(book: StoredBook) -> list[str]:
    with book.reading() as reading:
        return [person.name for person in reading.roster().people]


def rename(book: StoredBook, name: str) -> None:
    with book.writing(head("rename")) as writing:
        writing.put(replace(MEMBER, name=name))


def test_readings_share_one_roster(book):
    with book.reading() as first:
        roster = first.roster()
    with book.reading() as second:
        assert second.roster() is roster
    with book.writing(head("record")) as writing:
        writing.put(replace(meeting(), venue="另一处"))
        assert writing.roster() is roster
    with book.reading() as third:
        assert third.roster() is roster


def test_a_changed_person_is_seen_within_the_operation_and_after_it(book):
    assert "新名示例" not in names(book)
    with book.writing(head("rename")) as writing:
        writing.roster()
        writing.put(replace(MEMBER, name="新名示例"))
        assert "新名示例" in [person.name for person in writing.roster().people]
    assert "新名示例" in names(book)


def change_and_fail(book: StoredBook) -> None:
    with book.writing(head("rename")) as writing:
        writing.put(replace(MEMBER, name="新名示例"))
        assert "新名示例" in [person.name for person in writing.roster().people]
        raise RefusedProblem("不改了", "")


def test_an_operation_that_fails_leaves_the_roster_as_it_was(book):
    before = names(book)
    with pytest.raises(RefusedProblem):
        change_and_fail(book)
    assert names(book) == before


def test_what_another_program_changed_is_seen(book):
    beside = StoredBook(open_book_file(book.path, writable=False))
    try:
        assert names(beside) == names(book)
        rename(book, "新名示例")
        assert "新名示例" in names(beside)
    finally:
        beside.close()


def test_a_value_read_before_within_an_operation_is_the_one_written_since(book):
    with book.writing(head("twice")) as writing:
        assert writing.get(Person, MEMBER.id) == MEMBER
        writing.put(replace(MEMBER, name="新名示例"))
        assert writing.get(Person, MEMBER.id).name == "新名示例"
        writing.put(MEMBER)
        assert writing.get(Person, MEMBER.id) == MEMBER
        assert writing.touches() == ()
