"""Two members of one name are told apart wherever a person is marked or picked."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from branchbook.domain.people import Person
from branchbook.domain.records import AgendaItem, PersonRef, Presence, Resolution, Speech
from branchbook.services.people import Joining, add_person, correct_person
from branchbook.ui.widgets.names_field import NamesField, read_names
from branchbook.ui.widgets.person_picker import PersonChoice
from tests.services.small_book import FIRST_BRANCH, actor, named
from tests.ui.places.meetings.meetings_place import at_hand, stored_record

SECOND = UUID(int=2)
OLDER, YOUNGER = "赵示例（1960年5月2日生）", "赵示例（1990年3月1日生）"


@pytest.fixture
def twin(book) -> UUID:
    """A second 赵示例 in the first branch."""
    with book.reading() as reading:
        first = reading.get(Person, named("赵示例"))
    correct_person(book, Person(first.id, first.name, born_on=date(1960, 5, 2)), actor())
    second = Person(uuid4(), "赵示例", initials="zsl", born_on=date(1990, 3, 1), position=99)
    return add_person(book, second, Joining(FIRST_BRANCH, date(2026, 1, 1)), actor()).value.person.id


def test_the_grid_shows_and_marks_the_one_who_is_meant(twin, place, begin):
    body = begin("general_meeting")
    grid = body.attendance.grid
    names = {line.id: line.shown for line in grid.attendance.lines}
    assert (names[named("赵示例")], names[twin], names[named("钱示例")]) == (OLDER, YOUNGER, "钱示例")
    grid.paste(f"{YOUNGER} 请假")
    marks = {line.person_id: line.presence for line in at_hand(place).attendance}
    assert (marks[twin], marks[named("赵示例")]) == (Presence.ON_LEAVE, Presence.PRESENT)
    assert [row.name for row in body.attendance.exceptions.rows] == [YOUNGER]


def test_who_speaks_and_who_is_responsible_keep_their_person(twin, place, show, settle):
    """The record keeps the bare name; only the screen says which of the two it is."""
    resolution = Resolution(uuid4(), "办好", (PersonRef("赵示例", twin),))
    item = AgendaItem(uuid4(), "议题", (Speech("赵示例", "同意。", twin),), resolutions=(resolution,))
    record = stored_record(place.context.book, agenda=(item,))
    editor = show(record).agenda.items[0]
    assert editor.speeches[0].speaker.text() == YOUNGER
    responsible = editor.resolutions[0].responsible
    assert responsible.text() == YOUNGER
    responsible.settle()
    assert at_hand(place).agenda[0].resolutions[0].responsible == (PersonRef("赵示例", twin),)


def test_a_bare_name_of_two_stays_as_typed_and_a_told_one_finds_its_person(qtbot):
    people = (
        PersonChoice(UUID(int=1), "张伟", "zw", "书记", "张伟（教师）"),
        PersonChoice(SECOND, "张伟", "zw", "", "张伟（会计）"),
    )
    assert read_names("张伟、张伟（会计）", people, short=True) == (
        PersonRef("张伟"),
        PersonRef("张伟", SECOND),
    )
    field = NamesField()
    qtbot.addWidget(field)
    field.set_people(people)
    field.set_references((PersonRef("张伟", SECOND), PersonRef("李某")))
    assert field.text() == "张伟（会计）、李某"
    assert field.references() == (PersonRef("张伟", SECOND), PersonRef("李某"))
