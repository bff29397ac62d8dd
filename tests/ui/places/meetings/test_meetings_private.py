"""A private talk in the Meetings place: covered until 显示 is pressed, and covered again when it is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.records import PRIVATE, FieldValue, PersonRef, Record
from branchbook.services.meetings import save_record
from branchbook.services.record_defaults import new_record
from branchbook.services.settings import change_setting
from branchbook.ui.place import BeginRecord
from branchbook.ui.places.meetings.record_view import with_kinds
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, named
from tests.ui.places.meetings.meetings_place import at_hand, stored_record


@pytest.fixture
def talk(book) -> Record:
    """A private talk of the first branch, kept as a draft."""
    with book.reading() as reading:
        fresh = new_record(reading, "heart_to_heart_talk", FIRST_BRANCH, date(2026, 11, 3), actor())
    people = {"talker": (PersonRef("赵示例", named("赵示例")),), "talked_with": (PersonRef("孙示例"),)}
    fields: dict[str, FieldValue] = {"content": "家里的难处", "talk_occasion": "发生矛盾", PRIVATE: True}
    return save_record(book, replace(fresh, people=people, fields=fields, subject="谈家事"), actor()).value


def hidden_parts(body) -> list[bool]:
    fields = body.fields
    parts = (fields.subject, fields.editor("content"), fields.editor("talk_occasion"), body.attachments)
    return [not each.isVisible() for each in parts]


def test_it_is_covered_and_shown_when_asked_for(talk, show):
    body = show(talk)
    assert hidden_parts(body) == [True] * 4
    assert body.fields.private.isVisible()
    assert body.fields.editor("talker").isVisible(), "who talked with whom stays open"
    QTest.keyClick(body.fields.private.show_button, Qt.Key.Key_Space)
    assert hidden_parts(body) == [False] * 4
    assert body.fields.private.isHidden()
    assert body.fields.editor("content").hasFocus()
    assert body.fields.editor("content").value() == "家里的难处"


def test_it_is_covered_again_after_another_record_and_after_another_place(talk, show, place, settle, book):
    other = stored_record(book)
    body = show(talk)
    body.fields.private.show_button.click()
    show(other)
    assert body.fields.private.isHidden()
    assert body.fields.subject.isVisible()
    show(talk)
    assert hidden_parts(body) == [True] * 4
    body.fields.private.show_button.click()
    place.leave()
    place.open(place.context)
    settle()
    assert hidden_parts(body) == [True] * 4


def test_what_is_marked_while_it_is_typed_stays_in_sight(begin, settle, hand, place):
    body = begin("heart_to_heart_talk")
    body.fields.editor("content").setFocus()
    hand.write("谈工作")
    body.fields.editor(PRIVATE).click()
    settle()
    assert at_hand(place).is_private
    assert hidden_parts(body)[:2] == [False, False]


def test_the_list_tells_who_talked_with_whom_and_not_the_subject(talk, place, settle):
    place.open(place.context)
    settle()
    assert [(each.detail, each.right) for each in place.list.entries.entries] == [
        ("赵示例 与 孙示例", "11-03")
    ]


def test_the_occasions_are_those_of_the_book(book, begin):
    change_setting(book, "talk_occasions", ("岗位变动", "长期病休"), actor())
    choice = begin("heart_to_heart_talk").fields.editor("talk_occasion")
    assert [choice.itemText(index) for index in range(choice.count())] == ["", "岗位变动", "长期病休"]


def test_another_place_begins_a_talk_with_both_people_and_an_occasion(place, settle):
    asked = BeginRecord(
        ("heart_to_heart_talk",),
        FIRST_BRANCH,
        TODAY,
        (("talker", (named("钱示例"),)), ("talked_with", (named("孙示例"),))),
        (("talk_occasion", "岗位变动"),),
    )
    place.show_subject(asked)
    settle()
    record = at_hand(place)
    assert [each.person_id for each in record.people["talker"]] == [named("钱示例")]
    assert [each.name for each in record.people["talked_with"]] == ["孙示例"]
    assert record.fields["talk_occasion"] == "岗位变动"


def test_what_is_a_meeting_too_is_never_private(talk, book, begin):
    with book.reading() as reading:
        both = with_kinds(reading, talk, ("heart_to_heart_talk", "theme_party_day"), actor())
    assert not both.is_private
    assert both.fields["content"] == "家里的难处"
    assert PRIVATE not in begin("heart_to_heart_talk", "theme_party_day").fields.editors


class TestLifeMeeting:
    def test_everyone_present_gets_an_item_with_the_keyboard_in_the_first(self, begin, settle, hand, place):
        body = begin("organisational_life_meeting")
        body.agenda.people_button.click()
        settle()
        agenda = at_hand(place).agenda
        assert [each.title for each in agenda] == [each.name for each in at_hand(place).attendance]
        assert body.agenda.items[0].speeches[0].text.hasFocus()
        hand.write("学习不够")
        body.agenda.people_button.click()
        assert len(body.agenda.items) == len(agenda), "nobody gets a second one"

    def test_other_meetings_do_not_offer_it(self, begin):
        assert begin("general_meeting").agenda.people_button.isHidden()
