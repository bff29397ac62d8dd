"""Totals from the tellers' paper: digits, Enter, what is missing, a paste, and numbers that do not fit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from branchbook.domain.evaluation_count import GradeCount
from branchbook.domain.evaluations import BallotForm
from branchbook.ui.places.evaluations.yearly.counting.reckoning import GradeState, reckon
from branchbook.ui.places.procedures.count_keeping import EntryMode
from branchbook.ui.theme import Tone
from tests.services.small_book import named
from tests.ui.places.evaluations.rounds import KeptPanel, round_of


@pytest.fixture
def panel(shown, qtbot):
    """Three members, ten ballots returned, the keyboard in the first number."""
    made = KeptPanel()
    made.resize(892, 600)
    shown(made)
    made.show_count(round_of(3, 10))
    made.set_mode(EntryMode.TOTALS)
    qtbot.waitUntil(made.table.hasFocus)
    return made


class TestTyping:
    def test_enter_goes_through_the_six_numbers_of_each_member(self, panel, hand):
        for _ in range(3):
            hand.press("4\n5\n1\n0\n0\n0\n")
        assert panel.numbers("孙示例") == (4, 5, 1, 0, 0, 0)
        assert panel.reckoning.state == GradeState.COMPLETE
        assert panel.confirm.hasFocus()

    def test_equals_fills_in_what_is_missing(self, panel, hand):
        hand.press("3\n=")
        assert panel.numbers("赵示例") == (3, 7, 0, 0, 0, 0)

    def test_backspace_takes_the_last_digit(self, panel, hand):
        hand.press("12<")
        assert panel.numbers("赵示例")[0] == 1

    def test_arrows_move_and_a_digit_begins_anew(self, panel, hand):
        hand.press("3>2v^7")
        assert panel.numbers("赵示例")[:2] == (3, 7)

    def test_a_block_is_pasted_from_a_spreadsheet(self, panel, hand):
        QGuiApplication.clipboard().setText("4\t6\n５\t5\nx\t9")
        hand.hold(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert [panel.numbers(name)[:2] for name in ("赵示例", "钱示例", "孙示例")] == [
            (4, 6),
            (5, 5),
            (0, 9),
        ]
        assert "没有记下：x" in panel.said()

    def test_every_number_left_is_given_away_once(self, panel, hand):
        hand.press("4\n6\n")
        assert [each.lines[0].count.excellent for each in panel.kept] == [4, 4]


class TestSums:
    def test_a_member_whose_numbers_do_not_fit_is_named(self, panel, hand):
        hand.press("4\n5\n0\n0\n0\n0\n1\n")
        assert panel.reckoning.state == GradeState.MISFIT
        assert panel.reckoning.tone == Tone.BAD
        assert "赵示例" in panel.reckoning.text
        assert not panel.confirm.isEnabled()

    def test_whose_numbers_are_being_typed_is_not_judged_yet(self, panel, hand):
        hand.press("4\n")
        assert panel.reckoning.state == GradeState.UNDER_WAY

    @pytest.mark.parametrize(
        "numbers, words",
        [
            ({"due": 9}, "实到多于应到的 9 名"),
            ({"present": 9}, "发出的票多于实到的 9 名"),
            ({"issued": 9}, "收回的票多于发出的 9 张，测评无效"),
            ({"invalid": 11}, "无效票多于收回的 10 张"),
        ],
    )
    def test_numbers_of_people_and_papers_that_contradict_each_other(self, numbers, words):
        assert reckon(replace(round_of(3, 10), **numbers)).text == words

    def test_a_confirmed_count_is_only_read(self, panel, hand):
        done = replace(round_of(3, 10), confirmed_on=round_of().held_on)
        panel.show_count(done)
        hand.press("5")
        assert panel.keeping.round == done
        assert not panel.confirm.isVisible()


class TestItems:
    def test_items_are_typed_for_the_member_at_hand_and_their_sum_is_told(self, shown, qtbot):
        made = KeptPanel()
        made.resize(892, 760)
        shown(made)
        made.show_count(round_of(2, 4, form=BallotForm.ITEMS))
        assert made.mode == EntryMode.TOTALS
        made.set_mode(EntryMode.TOTALS)
        made.items.fields["组织纪律", "fair"].counted.emit(3)
        line = made.keeping.round.line_of(named("赵示例"))
        assert line.items[1].fair == 3
        assert line.count == GradeCount("赵示例")
        assert "应为 4" in made.items._sums["组织纪律"].text()
