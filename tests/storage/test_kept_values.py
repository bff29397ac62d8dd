"""The roster and the procedures are read once and kept; nobody ever sees any that are older than the book."""

from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

import pytest

from branchbook.domain.organisations import Organisation
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.storage.book import StoredBook
from branchbook.storage.book_file import open_book_file
from tests.storage.example import ROSTER, head, meeting

BRANCH = next(each for each in ROSTER if isinstance(each, Organisation))
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


class TestProcedures:
    """Who joins and who is elected is asked of all procedures; they are kept as the roster is."""

    def procedure(self, note="") -> Procedure:
        return Procedure(uuid5(NAMESPACE_URL, "示例"), "joining", BRANCH.id, date(2026, 3, 2), note=note)

    def test_readings_share_them_until_one_changes(self, book):
        with book.writing(head("begin")) as writing:
            writing.put(self.procedure())
            assert [each.note for each in writing.all(Procedure)] == [""]
        with book.reading() as first:
            kept = first.all(Procedure)
        with book.reading() as second:
            assert second.all(Procedure) is kept
        with book.writing(head("note")) as writing:
            assert writing.all(Procedure) is kept
            writing.put(self.procedure("改过"))
            assert [each.note for each in writing.all(Procedure)] == ["改过"]
        with book.reading() as third:
            assert [each.note for each in third.all(Procedure)] == ["改过"]

    def test_an_operation_that_fails_leaves_them_as_they_were(self, book):
        def begin_and_fail():
            with book.writing(head("begin")) as writing:
                writing.put(self.procedure())
                assert len(writing.all(Procedure)) == 1
                raise RefusedProblem("不办了", "")

        with pytest.raises(RefusedProblem):
            begin_and_fail()
        with book.reading() as reading:
            assert reading.all(Procedure) == ()
