"""Ballot by ballot: marks by keys, a ballot confirmed or taken back, totals and nothing else kept (第二十四条)."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branchbook.domain.tally import BallotMark
from branchbook.ui.places.elections.counting.ballot_in_hand import begun
from branchbook.ui.places.elections.counting.count_model import CountColumn
from branchbook.ui.theme import Tone
from tests.ui.places.elections.rounds import NAMES, procedure_of, round_of

FOR, AGAINST, NONE, UNREADABLE = (
    BallotMark.FOR,
    BallotMark.AGAINST,
    BallotMark.ABSTAIN,
    BallotMark.ILLEGIBLE,
)


def totals(panel):
    return [
        (each.votes_for, each.votes_against, each.abstentions, each.illegible)
        for each in panel.keeping.round.lines
    ]


def in_hand(panel):
    return [panel.ballots.hand.marks.get(name) for name in NAMES]


class TestMarks:
    def test_a_key_for_each_mark_goes_down_the_ballot(self, panel, hand):
        hand.press("1203 1")
        assert in_hand(panel) == [FOR, AGAINST, NONE, UNREADABLE, NONE, FOR]

    def test_a_confirmed_ballot_is_in_the_totals_and_no_longer_in_hand(self, panel, hand):
        hand.press("120311\n")
        assert totals(panel) == [
            (1, 0, 0, 0),
            (0, 1, 0, 0),
            (0, 0, 1, 0),
            (0, 0, 0, 1),
            (1, 0, 0, 0),
            (1, 0, 0, 0),
        ]
        assert panel.ballots.hand == begun(NAMES)

    def test_the_rest_is_filled_with_one_key(self, panel, hand):
        hand.press("12" + "5")
        assert in_hand(panel) == [FOR, AGAINST, FOR, FOR, FOR, FOR]
        hand.press("~" + "11" + "6")
        assert in_hand(panel) == [FOR, FOR, AGAINST, AGAINST, AGAINST, AGAINST]

    def test_a_letter_reaches_its_row_and_turns_the_mark(self, panel, hand):
        hand.press("5d")
        assert in_hand(panel)[3] == AGAINST
        hand.press("d")
        assert in_hand(panel)[3] == NONE

    def test_names_without_a_mark_are_abstentions_and_it_says_so_before(self, panel, hand):
        hand.press("11")
        assert "4 人没有标记，按弃权计" in panel.line.text
        hand.press("\n")
        assert [each[2] for each in totals(panel)] == [0, 0, 1, 1, 1, 1]

    def test_a_mark_too_many_changes_nothing(self, panel, hand):
        hand.press("111112" + "1")
        assert in_hand(panel) == [FOR] * 5 + [AGAINST]
        assert "已经标完" in panel.line.text

    def test_a_second_enter_counts_no_empty_ballot(self, panel, hand):
        hand.press("5f\n" + "\n")
        assert panel.keeping.round.lines[0].votes_for == 1
        assert len(panel.kept) == 1
        assert "还没有标记" in panel.line.text

    def test_a_key_that_is_held_down_counts_once(self, panel):
        for repeated in (False, True, True):
            event = QKeyEvent(
                QKeyEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", repeated
            )
            QApplication.sendEvent(panel.table, event)
        assert in_hand(panel) == [FOR, None, None, None, None, None]

    def test_the_arrows_go_round(self, panel, hand):
        hand.press("5^2")
        assert in_hand(panel) == [FOR] * 5 + [AGAINST]

    def test_a_click_on_the_mark_turns_it(self, panel):
        model = panel.table.count
        cell = model.index(2, model.columns.index(CountColumn.HAND))
        QTest.mouseClick(
            panel.table.viewport(), Qt.MouseButton.LeftButton, pos=panel.table.visualRect(cell).center()
        )
        assert in_hand(panel)[2] == FOR


class TestInvalid:
    def test_more_picks_than_seats_are_told_before_confirming_and_count_as_invalid(self, panel, hand):
        """E-27: a ballot for more persons than there are seats is invalid."""
        hand.press("5")
        assert panel.line.tone == Tone.BAD
        assert "选了 6 人，多于应选 5 名，本票无效" in panel.line.text
        assert "选举工作条例" in panel.line.text
        hand.press("\n")
        assert panel.keeping.round.invalid == 1
        assert totals(panel) == [(0, 0, 0, 0)] * 6

    def test_exactly_as_many_picks_as_seats_are_valid(self, panel, hand):
        hand.press("111112")
        assert panel.line.tone == Tone.QUIET

    def test_nine_makes_the_whole_ballot_invalid_and_again_valid(self, panel, hand):
        hand.press("9")
        assert panel.line.tone == Tone.BAD
        hand.press("9")
        assert panel.line.tone == Tone.QUIET
        hand.press("9\n")
        assert (panel.keeping.round.invalid, panel.tiles.tiles["invalid"].number.text()) == (1, "1")


class TestTakingBack:
    def test_backspace_goes_back_through_the_ballot_in_hand(self, panel, hand):
        hand.press("12<")
        assert in_hand(panel) == [FOR, None, None, None, None, None]
        hand.press("<")
        assert panel.ballots.hand.is_empty

    @pytest.mark.parametrize("key", ["<", "-"])
    def test_the_last_ballot_comes_back_into_the_hand_to_be_corrected(self, panel, hand, key):
        hand.press("111112\n" + "112112\n" + key)
        assert totals(panel)[2] == (1, 0, 0, 0)
        assert in_hand(panel) == [FOR, FOR, AGAINST, FOR, FOR, AGAINST]
        hand.press("c\n")
        assert totals(panel)[2] == (1, 0, 1, 0)

    def test_ctrl_z_takes_a_ballot_back_and_does_not_reach_the_window(self, panel, hand):
        hand.press("111112\n")
        hand.hold(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert totals(panel) == [(0, 0, 0, 0)] * 6
        event = QKeyEvent(
            QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, ""
        )
        event.ignore()
        QApplication.sendEvent(panel.table, event)
        assert event.isAccepted()

    def test_only_the_last_one_is_remembered(self, panel, hand):
        hand.press("111112\n" + "111112\n" + "<~" + "<")
        assert totals(panel)[0] == (1, 0, 0, 0)
        assert "只记得刚刚确认的那一张" in panel.line.text

    def test_an_invalid_ballot_is_taken_back_too(self, panel, hand):
        hand.press("9\n<")
        assert panel.keeping.round.invalid == 0
        hand.press("~" + "5\n<")
        assert panel.keeping.round.invalid == 0

    def test_no_ballot_is_remembered_once_another_place_is_shown(self, panel, hand):
        hand.press("111112\n")
        panel.hide()
        panel.show()
        panel.table.setFocus()
        hand.press("<")
        assert totals(panel)[0] == (1, 0, 0, 0)


class TestWriteIns:
    def test_initials_find_a_name_of_the_roster_and_the_person_is_kept(self, panel, hand):
        hand.press("5de" + "4" + "zm" + "\n")
        assert "另选 周明" in panel.line.text
        hand.press("\n")
        (written,) = panel.keeping.round.write_ins
        assert (written.name, written.votes_for, written.person_id) == (
            "周明",
            1,
            procedure_of().voters[6].person_id,
        )

    def test_a_name_that_is_in_no_roster_is_taken_as_typed(self, panel, hand):
        hand.press("5de" + "4" + "某某" + "\n" + "\n")
        assert panel.keeping.round.write_ins[0].name == "某某"

    def test_a_name_does_not_count_on_a_ballot_against_nobody_and_it_says_so(self, panel, hand):
        """第二十五条: whoever is against may write another in."""
        hand.press("1111" + "4zm\n")
        assert panel.line.tone == Tone.WARN
        assert "票上没有不赞成，另选的 周明 不计" in panel.line.text
        hand.press("\n")
        assert panel.keeping.round.write_ins == ()

    def test_a_candidate_can_not_be_written_in(self, panel, hand):
        hand.press("2" + "4" + "王建国" + "\n")
        assert "王建国 是候选人" in panel.line.text
        assert panel.ballots.hand.written == ()

    def test_escape_and_an_empty_name_leave_the_ballot_as_it_was(self, panel, hand):
        for keys in ("4~", "4\n"):
            hand.press(keys)
            assert QApplication.focusWidget() is panel.table
        assert panel.ballots.hand.is_empty

    def test_a_taken_back_name_leaves_the_totals(self, panel, hand):
        hand.press("5de" + "4zm\n" + "\n" + "<")
        assert panel.keeping.round.write_ins == ()
        assert panel.ballots.hand.written[0].name == "周明"


class TestReconciling:
    def test_the_ballots_returned_come_first(self, panel, hand):
        panel.show_count(procedure_of(), round_of(returned=0, id=procedure_of().id))
        panel.focus_entry()
        assert QApplication.focusWidget() is panel.tiles.field("returned")
        hand.press("19\n")
        assert QApplication.focusWidget() is panel.table
        assert panel.kept[-1].returned == 19

    def test_a_ballot_beyond_those_returned_is_not_counted(self, panel, hand):
        panel.show_count(procedure_of(), round_of(returned=1, id=procedure_of().id))
        hand.press("111112\n" + "1")
        assert "收回的 1 张已全部录入" in panel.line.text
        assert panel.ballots.hand.is_empty

    def test_how_far_it_is_stands_in_the_verdict(self, panel, hand):
        hand.press("111112\n" * 2)
        assert panel.verdict.text == "已录 2 张，收回 19 张，还有 17 张"
        assert panel.verdict.tone == Tone.WARN
        assert not panel.steps.confirm.isEnabled()
        assert all(row.word == "" for row in panel.table.count.rows)

    def test_the_last_ballot_decides(self, panel, hand):
        hand.press("111112\n" * 19)
        assert panel.verdict.tone == Tone.OK
        assert [row.word for row in panel.table.count.rows] == ["当选"] * 5 + ["未过半"]
        assert panel.steps.confirm.isEnabled()

    def test_every_ballot_is_given_away_to_be_kept(self, panel, hand):
        hand.press("111112\n" * 3)
        assert [each.lines[0].votes_for for each in panel.kept] == [1, 2, 3]

    def test_nothing_of_a_single_ballot_is_given_away(self, panel, hand):
        hand.press("111112\n")
        kept = {each.name for each in fields(panel.kept[0])}
        assert kept == {each.name for each in fields(round_of())}
        assert panel.kept[0].note == ""

    def test_an_answer_that_comes_late_takes_no_ballot_away(self, panel, hand):
        hand.press("111112\n" * 2)
        panel.show_count(procedure_of(), panel.kept[0])
        assert totals(panel)[0] == (2, 0, 0, 0)
        panel.show_count(procedure_of(), panel.kept[1])
        assert totals(panel)[0] == (2, 0, 0, 0)

    def test_an_answer_leaves_the_ballot_in_hand_alone(self, panel, hand):
        hand.press("111112\n" + "12")
        panel.show_count(procedure_of(), panel.kept[0])
        assert in_hand(panel)[:2] == [FOR, AGAINST]

    def test_what_was_changed_elsewhere_is_shown(self, panel, hand):
        hand.press("111112\n")
        panel.show_count(procedure_of(), panel.kept[0])
        panel.show_count(procedure_of(), round_of())
        assert totals(panel)[0] == (0, 0, 0, 0)

    def test_a_half_entered_count_goes_on_where_it_stopped(self, panel, hand):
        half = round_of(dict.fromkeys(NAMES, (3, 2, 1)), id=procedure_of().id, invalid=1)
        panel.show_count(procedure_of(), half)
        assert panel.verdict.text == "已录 7 张，收回 19 张，还有 12 张"
        hand.press("111112\n")
        assert panel.keeping.round == replace(
            half,
            lines=tuple(
                replace(each, votes_for=4) if at < 5 else replace(each, votes_against=3)
                for at, each in enumerate(half.lines)
            ),
        )


class TestBallotInHand:
    @given(st.lists(st.integers(0, 9), max_size=30))
    def test_stepping_back_undoes_every_mark(self, moves):
        ballot = begun(NAMES)
        for move in moves:
            ballot = {
                7: ballot.filled(FOR), 8: ballot.as_spoiled(), 9: ballot.turned(2), 6: ballot.filled(AGAINST),
            }.get(move, ballot.marked(tuple(BallotMark)[move % 4]))  # fmt: skip
        while ballot.before is not None:
            ballot = ballot.stepped_back()
        assert ballot == begun(NAMES)
