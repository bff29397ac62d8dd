"""A monthly committee meeting is entered, made final and previewed without the mouse."""

from __future__ import annotations

from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from branchbook.domain.records import Presence, RecordState
from branchbook.ui.place import Destination, ShowPaper
from tests.services.small_book import TODAY, named
from tests.ui.places.meetings.meetings_place import elect_committee, open_place, records_of

KEYS = 28
"""Beside the text itself: shortcuts, Tab, Enter, arrows and marks."""
FEWER_THAN = 60


@pytest.fixture
def place(shown, context, settled):
    elect_committee(context.book)
    made = open_place(shown, context, settled)
    made.focus_first()
    return made


def test_a_committee_meeting_with_two_items_takes_fewer_than_sixty_keys(place, hand):
    went: list[Destination] = []
    place.go.connect(went.append)
    hand.press(Qt.Key.Key_N, ctrl=True)
    hand.press(Qt.Key.Key_2)  # 支部委员会会议; its day is today, chair and minute-taker are known
    hand.tab()
    hand.write("900")
    hand.tab()
    hand.write("1030")
    hand.tab()
    hand.write("示例会议室")
    hand.tab(3)
    hand.write("十一月例会")
    hand.tab()
    hand.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_2)
    hand.tab()
    hand.write("出差")
    hand.press(Qt.Key.Key_N, alt=True)
    hand.write("研究年度工作总结")
    hand.press(Qt.Key.Key_Return)
    hand.write("zs")
    hand.press(Qt.Key.Key_Return)
    hand.write("通报总结的起草情况。")
    hand.press(Qt.Key.Key_Return, alt=True)
    hand.write("ss")
    hand.press(Qt.Key.Key_Return)
    hand.write("同意，建议补充数据。")
    hand.press(Qt.Key.Key_V, alt=True)
    hand.press(Qt.Key.Key_R, alt=True)
    hand.write("由组织委员修改后提交大会")
    hand.tab()
    hand.write("ss")
    hand.tab()
    hand.write("2026-12-10")
    hand.press(Qt.Key.Key_N, alt=True)
    hand.write("安排下月工作")
    hand.press(Qt.Key.Key_Return)
    hand.write("qs")
    hand.press(Qt.Key.Key_Return)
    hand.write("下月召开党员大会。")
    hand.press(Qt.Key.Key_Return, ctrl=True)
    hand.press(Qt.Key.Key_P, ctrl=True)

    (record,) = records_of(place.context.book)
    assert record.state == RecordState.FINAL, place.banner.text
    assert (record.held_on, record.starts_at, record.ends_at) == (TODAY, time(9), time(10, 30))
    assert (record.venue, record.subject) == ("示例会议室", "十一月例会")
    assert record.people["chair"][0].person_id == named("赵示例")
    marks = {line.name: (line.presence, line.reason) for line in record.attendance}
    assert marks.pop("李示例") == (Presence.ON_LEAVE, "出差")
    assert set(marks.values()) == {(Presence.PRESENT, "")}
    first, second = record.agenda
    assert [(each.name, each.text) for each in first.speeches] == [
        ("赵示例", "通报总结的起草情况。"),
        ("孙示例", "同意，建议补充数据。"),
    ]
    assert first.vote.votes_for == 4
    assert (first.resolutions[0].text, first.resolutions[0].responsible[0].name) == (
        "由组织委员修改后提交大会",
        "孙示例",
    )
    assert first.resolutions[0].due_on.isoformat() == "2026-12-10"
    assert (second.title, second.speeches[0].person_id) == ("安排下月工作", named("钱示例"))
    assert went == [Destination("print", ShowPaper("committee_meeting_minutes", record.id))]
    assert hand.keys == KEYS < FEWER_THAN


def test_tab_follows_reading_order_through_parts_added_later(place, hand, settled):
    hand.press(Qt.Key.Key_N, ctrl=True)
    hand.press(Qt.Key.Key_1)
    body = place.editing.body_area
    body.agenda.add_item()
    body.agenda.items[0].add_speech()
    body.agenda.items[0].add_vote()
    body.agenda.add_item()
    body.fields.when.day.setFocus()
    settled(place.context.commands)
    stops = [each for each in body.stops() if each.isVisible() and each.isEnabled()]
    visited = [QApplication.focusWidget()]
    for _ in stops[1:]:
        hand.tab()
        visited.append(QApplication.focusWidget())
    assert [each.accessibleName() for each in visited] == [each.accessibleName() for each in stops]
    assert all(each.accessibleName() or each.text() for each in visited)


def test_tab_visits_the_standing_items_between_their_neighbours(place, hand, settled):
    place.begin(("theme_party_day",), None, TODAY)
    settled(place.context.commands)
    body = place.editing.body_area
    body.fields.editor("planned_time").setFocus()
    visited = []
    for _ in range(8):
        hand.tab()
        visited.append(QApplication.focusWidget())
    assert [each.text() for each in visited[:6]] == [
        "重温入党誓词", "诵读党章", "交纳党费", "政治学习", "民主议事", "志愿服务"
    ]  # fmt: skip
    assert visited[6:] == [body.fields.subject, body.attendance.grid]
