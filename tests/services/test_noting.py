"""Notes in the history: who looked at whose whole number; kept like every operation, and never undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.services.exchange_selection import everything
from branchbook.services.history import history_lines
from branchbook.services.noting import NOTED, note
from branchbook.services.operations import Actor
from branchbook.services.people import correct_person
from branchbook.services.undo import next_undo, undo
from branchbook.services.unmasking import unmask_list, unmask_person
from tests.fakes import FakeBook
from tests.services.small_book import actor, small_book


@pytest.fixture
def book() -> FakeBook:
    return small_book()


def first_person(book) -> Person:
    with book.reading() as reading:
        return reading.roster().people[0]


def test_an_unmasking_says_who_when_and_whose(book):
    person, who = first_person(book), Actor("李操作", actor().now + timedelta(hours=1))
    outcome = unmask_person(book, person.id, who)
    with book.reading() as reading:
        (line, *_) = history_lines(reading)
    assert outcome.changes.touches("setting")
    assert (line.who, line.at) == ("李操作", who.now)
    assert line.label == f"显示完整身份证号：{person.name}"
    assert line.subjects == ("记载“查看身份证号”",)


def test_each_look_is_a_line_of_its_own(book):
    person = first_person(book)
    with book.reading() as reading:
        before = len(reading.operations(1000))
    for minutes in (1, 2):
        unmask_person(book, person.id, Actor("李操作", actor().now + timedelta(minutes=minutes)))
    unmask_list(book, "党员花名册", "打印", Actor("王操作", actor().now + timedelta(minutes=3)))
    with book.reading() as reading:
        lines = history_lines(reading)
        assert len(reading.operations(1000)) == before + 3
    assert lines[0].label == "打印完整身份证号：党员花名册"


def test_undo_passes_over_a_note_and_a_note_is_not_undone(book):
    person = first_person(book)
    correct_person(book, replace(person, phone="010-1"), actor())
    unmask_person(book, person.id, Actor("李操作", actor().now + timedelta(hours=1)))
    with book.reading() as reading:
        latest, noted = next_undo(reading), reading.operations(1)[0]
    assert latest is not None
    assert latest.head.id != noted.head.id
    with pytest.raises(RefusedProblem, match="只是记载"):
        undo(book, noted.head.id, actor(), actor().now)
    undo(book, latest.head.id, actor(), actor().now)
    assert first_person(book).phone == person.phone


def test_notes_belong_to_the_history_and_stay_out_of_the_exchange_file(book):
    unmask_person(book, first_person(book).id, actor())
    with book.reading() as reading:
        assert any(key.startswith(NOTED) for key in reading.settings())
        assert not any(setting.key.startswith(NOTED) for setting in everything(reading)["setting"])


def test_a_read_only_book_notes_nothing_and_still_shows(book):
    shown = FakeBook(read_only=True)
    shown.state = book.state
    outcome = unmask_person(shown, first_person(book).id, actor())
    assert outcome.changes.operation_id is None


def test_a_subject_that_nobody_knows_is_a_fault(book):
    with pytest.raises(ValueError, match="no subject"):
        note(book, "weather", "天气", actor())
