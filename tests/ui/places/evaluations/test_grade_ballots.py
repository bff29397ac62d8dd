"""Ballot by ballot: how many keys a ballot takes, exceptions, void lines, spoiled ballots, the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.ui.places.evaluations.yearly.counting.reckoning import GradeState, ballots_read
from tests.services.election_book import NAMES
from tests.ui.places.evaluations.rounds import KeptPanel, round_of


@pytest.fixture
def panel(shown, qtbot):
    """Twenty-two members, twenty ballots to read."""
    window = QWidget()
    window.setObjectName("window")
    row = QHBoxLayout(window)
    made = KeptPanel()
    row.addWidget(made)
    window.resize(892, 700)
    shown(window)
    made.show_count(round_of())
    made.focus_entry()
    qtbot.waitUntil(made.table.hasFocus)
    return made


class TestKeys:
    def test_a_ballot_that_gives_everyone_the_same_grade_takes_two_keys(self, panel, hand):
        hand.press("6\n")
        assert hand.pressed == 2
        assert {panel.numbers(name) for name in NAMES[:22]} == {(0, 1, 0, 0, 0, 0)}

    def test_twenty_such_ballots_take_forty_keys_and_the_count_is_complete(self, panel, hand):
        hand.press("6\n" * 20)
        assert hand.pressed == 40
        assert panel.reckoning.state == GradeState.COMPLETE
        assert panel.confirm.isEnabled()

    def test_an_exception_takes_the_way_to_it_and_one_key(self, panel, hand):
        hand.press("6v1\n")
        assert panel.numbers("钱示例") == (1, 0, 0, 0, 0, 0)
        assert panel.numbers("赵示例") == (0, 1, 0, 0, 0, 0)

    def test_a_letter_goes_to_the_next_one_of_that_name(self, panel, hand):
        """韩 is the fifteenth: one letter instead of fourteen arrows."""
        hand.press("6h1\n")
        assert panel.numbers("韩示例") == (1, 0, 0, 0, 0, 0)
        assert hand.pressed == 4

    def test_a_letter_that_nobody_has_is_said(self, panel, hand):
        hand.press("g")
        assert "没有姓名以 G 开头的人" in panel.said()

    def test_marked_one_after_the_other(self, panel, hand):
        hand.press("1234" + "2" * 18 + "\n")
        assert [panel.numbers(name)[:4] for name in NAMES[:4]] == [
            (1, 0, 0, 0),
            (0, 1, 0, 0),
            (0, 0, 1, 0),
            (0, 0, 0, 1),
        ]

    def test_a_key_held_down_counts_once(self, panel, hand, qtbot):
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QKeyEvent
        from PySide6.QtWidgets import QApplication

        for repeated in (False, True, True):
            event = QKeyEvent(
                QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", repeated
            )
            QApplication.sendEvent(panel.table, event)
        assert len(panel.ballots.hand.given) == 1


class TestBlankAndVoid:
    def test_who_bears_no_mark_is_blank(self, panel, hand):
        hand.press("1\n")
        assert panel.numbers("赵示例") == (1, 0, 0, 0, 0, 0)
        assert panel.numbers("钱示例") == (0, 0, 0, 0, 1, 0)

    def test_x_voids_one_line_and_no_other(self, panel, hand):
        """More than one mark voids that line (issue 5 §1)."""
        hand.press("6x\n")
        assert panel.numbers("赵示例") == (0, 0, 0, 0, 0, 1)
        assert panel.numbers("钱示例") == (0, 1, 0, 0, 0, 0)

    def test_a_spoiled_ballot_goes_to_the_invalid_ones_alone(self, panel, hand):
        hand.press("69\n")
        assert panel.keeping.round.invalid == 1
        assert panel.numbers("赵示例") == (0, 0, 0, 0, 0, 0)
        assert ballots_read(panel.keeping.round) == 1

    def test_an_empty_ballot_is_not_counted_by_a_slip_of_the_hand(self, panel, hand):
        hand.press("\n")
        assert panel.kept == []
        assert "还没有标记" in panel.said()

    def test_all_blank_is_0_and_enter(self, panel, hand):
        hand.press("0\n")
        assert panel.numbers("赵示例") == (0, 0, 0, 0, 1, 0)


class TestTheWayBack:
    def test_backspace_takes_back_mark_by_mark(self, panel, hand):
        hand.press("12<")
        assert list(panel.ballots.hand.given.values()) == ["excellent"]

    def test_the_last_ballot_comes_back_with_its_marks(self, panel, hand):
        hand.press("61\n<")
        assert panel.numbers("赵示例") == (0, 0, 0, 0, 0, 0)
        assert panel.ballots.hand.number_of("excellent") == 1
        hand.press("\n")
        assert panel.numbers("赵示例") == (1, 0, 0, 0, 0, 0)

    def test_a_spoiled_ballot_comes_back(self, panel, hand):
        hand.press("69\n<")
        assert panel.keeping.round.invalid == 0
        assert panel.ballots.hand.spoiled

    def test_only_the_last_one_is_remembered(self, panel, hand):
        """Who cast what must not be told apart later (无记名测评)."""
        hand.press("6\n5\n<")
        hand.press("~<")
        assert "只记得刚刚确认的那一张" in panel.said()

    def test_ctrl_z_is_the_ballots_while_one_is_read(self, panel, hand):
        hand.press("1")
        hand.hold(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert panel.ballots.hand.is_empty


class TestNoMoreThanReturned:
    def test_after_the_last_ballot_the_keys_say_so(self, panel, hand):
        hand.press("6\n" * 20 + "6")
        assert "已全部录入" in panel.said()
        assert panel.numbers("赵示例")[1] == 20

    def test_without_the_number_returned_none_is_read(self, shown, hand):
        made = KeptPanel()
        shown(made)
        made.show_count(round_of(returned=0))
        made.table.setFocus()
        hand.press("6\n")
        assert made.kept == []
        assert "先清点收回的票" in made.said()


class TestLateAnswers:
    def test_an_answer_that_entries_have_overtaken_changes_nothing(self, panel, hand):
        hand.press("6\n6\n")
        first, second = panel.kept
        panel.show_count(first)
        assert panel.keeping.round == second

    def test_what_the_book_changed_is_shown(self, panel, hand):
        hand.press("6\n")
        panel.show_count(panel.kept[-1])
        other = round_of(returned=7)
        panel.show_count(other)
        assert panel.keeping.round == other


class TestProjector:
    def test_nothing_is_shown_before_it_is_revealed(self, panel, hand):
        hand.press("5\n")
        panel.projecting.click()
        assert panel.projector.isVisible()
        assert panel.projector.shown_lines == ()
        panel.revealing.click()
        assert panel.projector.shown_lines[0].votes == "优秀 1"
        assert panel.projector.sheet.note == "已计 1 / 20 张"
        panel.projector.close()
