"""The window for the room: nothing of the count before it is told to show it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branchbook.ui.places.elections.counting.projector import LEAST_TYPE, Projector, RoomLine, RoomSheet
from branchbook.ui.theme import DARK, ThemeChoice
from tests.ui.places.elections.rounds import AGAIN, NAMES, PICTURE, person, procedure_of, round_of

FIFTEEN = tuple(f"候选{each}" for each in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰")


@pytest.fixture
def opened(panel, hand):
    """The panel with the window open; both screens of a test are one."""
    hand.hold(Qt.Key.Key_F5)
    yield panel
    panel.projector.close()


def test_f5_opens_it_and_tells(panel, hand, qtbot):
    with qtbot.waitSignal(panel.projector_wanted) as wanted:
        hand.hold(Qt.Key.Key_F5)
    assert wanted.args == [True]
    assert panel.projector.isWindow()
    assert panel.projecting.isChecked()
    panel.projector.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F5])
def test_it_closes_by_key_and_tells(opened, qtbot, key):
    with qtbot.waitSignal(opened.projector_wanted) as wanted:
        QTest.keyClick(opened.projector, key)
    assert wanted.args == [False]
    assert opened.projector.isHidden()
    assert not opened.projecting.isChecked()


def test_nothing_is_shown_before_it_is_told_to(opened):
    opened.show_count(procedure_of(), round_of(PICTURE, id=person(60)))
    assert opened.projector.shown_lines == ()
    assert "17" not in opened.projector.accessibleName()
    assert opened.projector.sheet.title == "委员选举"


def test_shown_means_running_numbers_without_outcomes_then_the_result(opened):
    opened.revealing.click()
    opened.table.setFocus()
    QTest.keyClicks(opened.table, "111112")
    QTest.keyClick(opened.table, Qt.Key.Key_Return)
    first = opened.projector.shown_lines[0]
    assert (first.name, first.votes, first.word) == ("丁一鸣", "赞成 1", "")
    assert opened.projector.sheet.note == "已计 1 / 19 张"
    done = round_of(PICTURE, written={"周明": 1}, id=opened.keeping.round.id)
    opened.show_count(procedure_of(), done)
    lines = opened.projector.shown_lines
    assert [each.name for each in lines] == [*NAMES, "另选：周明"]
    assert [each.word for each in lines][:4] == ["当选", "当选", "当选", "未过半"]
    assert opened.projector.sheet.foot == "当选 4 名"


def test_the_ballot_in_hand_is_never_shown(opened):
    opened.revealing.click()
    opened.table.setFocus()
    QTest.keyClicks(opened.table, "12")
    assert {each.votes for each in opened.projector.shown_lines} == {"赞成 0"}


def test_f6_shows_and_hides(opened):
    QTest.keyClick(opened.projector, Qt.Key.Key_F6)
    assert opened.projector.revealed
    QTest.keyClick(opened.projector, Qt.Key.Key_F6)
    assert not opened.projector.revealed


def test_another_round_and_another_opening_begin_hidden(opened):
    opened.revealing.click()
    opened.show_count(procedure_of(), round_of(PICTURE, id=person(61)))
    assert not opened.projector.revealed
    opened.revealing.click()
    opened.projector.close()
    opened.projecting.click()
    assert not opened.projector.revealed


def test_a_void_count_elects_nobody_in_the_room_either(opened):
    void = round_of(dict.fromkeys(NAMES, (10, 10, 0)), returned=20, id=person(62))
    opened.show_count(procedure_of(), void, None, (AGAIN,))
    opened.revealing.click()
    assert {each.word for each in opened.projector.shown_lines} == {""}
    assert opened.projector.sheet.foot == "选举无效"


class TestType:
    @pytest.fixture
    def projector(self, qtbot):
        made = Projector()
        qtbot.addWidget(made)
        lines = tuple(RoomLine(each, "赞成 17", "不赞成 1", "弃权 1", "当选") for each in FIFTEEN)
        made.show_sheet(RoomSheet("委员选举", "收回 19", lines, "当选 12 名"), revealed=True)
        return made

    @pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080), (3840, 2160)])
    def test_fifteen_fit_in_type_of_forty_pixels_or_more(self, projector, size):
        projector.resize(*size)
        room = size[1] - 2 * max(size[0] // 24, 24) // 3 - 72 - 64
        row, type_size = projector.type_size(room)
        assert type_size >= LEAST_TYPE == 40
        assert row * -(-15 // projector.columns_for(room)) <= room

    @pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
    def test_it_is_light_on_dark_in_both_themes(self, projector, look, choice):
        look.choose(choice)
        projector.resize(1366, 768)
        image = projector.grab().toImage()
        assert image.pixelColor(2, 2) == QColor(DARK.background)

    def test_text_size_of_the_window_does_not_move_it(self, projector, look):
        projector.resize(1366, 768)
        before = projector.grab().toImage()
        look.choose(text_scale=200)
        QApplication.processEvents()
        assert projector.grab().toImage() == before
