"""党员: the page 修改历史 of a person with the dated facts, and the way back to an earlier state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from branchbook.domain.people import Person, Post
from branchbook.services.history import person_history
from branchbook.services.operations import operate
from branchbook.services.people_facts import appoint
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, named, small_book
from tests.ui.places.members_screen import on_screen

ZHAO = named("赵示例")


def change(book, hours, **fields):
    at = replace(actor(), now=actor().now + timedelta(hours=hours))
    with operate(book, at, "改资料") as operating:
        person = operating.writing.get(Person, ZHAO)
        assert person is not None
        operating.writing.put(replace(person, **fields))


@pytest.fixture
def book():
    made = small_book()
    change(made, 1, phone="1")
    change(made, 2, phone="2")
    appoint(made, ZHAO, FIRST_BRANCH, Post.PUBLICITY_MEMBER, TODAY, "", actor())
    return made


def test_facts_belong_to_the_history_of_a_person(book):
    with book.reading() as reading:
        changes = person_history(reading, ZHAO)
    assert [each.number for each in changes] == sorted((each.number for each in changes), reverse=True)
    assert {each.value[0] for each in changes} == {"person", "person_fact"}
    assert [each.differences[0].after for each in changes if each.label == "改资料"] == ["2", "1"]


def test_an_earlier_state_of_a_person_is_put_back(book, shown):
    screen = on_screen(shown, book)
    card = screen.place.person
    card.show_person(ZHAO)
    card.show_page("history")
    screen.settle()
    history = card.history
    assert history.isVisible()
    assert "电话：1 → 2" in history.lines.text()
    assert "（新增 人员经历“赵示例" in history.lines.text()
    wanted = next(at for at in range(history.earlier.count()) if "改资料" in history.earlier.itemText(at))
    history.earlier.setCurrentIndex(wanted)
    history.back_button.click()
    screen.settle()
    assert screen.roster().person_by_id[ZHAO].phone == "1"
    assert "恢复到" in history.lines.text()
