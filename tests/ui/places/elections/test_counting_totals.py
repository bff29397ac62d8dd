"""Totals from the tellers' paper: typed into cells, reconciled while they are typed (E-25, E-27)."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from branchbook.ui.places.elections.counting.count_model import CountColumn
from branchbook.ui.places.procedures.count_keeping import EntryMode
from branchbook.ui.theme import Tone
from tests.ui.places.elections.rounds import FURTHER, NAMES, PICTURE, procedure_of, round_of


@pytest.fixture
def panel(panel):
    panel.set_mode(EntryMode.TOTALS)
    return panel


def row(panel, name):
    return next(each for each in panel.table.count.rows if each.name == name)


def line(panel, name):
    return next(each for each in panel.keeping.round.lines if each.name == name)


def cell(panel):
    index = panel.table.currentIndex()
    return NAMES[index.row()], panel.table.count.column_at(index)


class TestTyping:
    def test_enter_goes_through_the_numbers_in_reading_order(self, panel, hand):
        """Four numbers are shown and four are typed: the fourth stays in its row."""
        hand.press("16\n1\n1\n1\n")
        assert line(panel, "丁一鸣").votes_for == 16
        assert (line(panel, "丁一鸣").votes_against, line(panel, "丁一鸣").abstentions) == (1, 1)
        assert line(panel, "丁一鸣").illegible == 1
        assert cell(panel) == ("王建国", CountColumn.FOR)

    def test_a_whole_tally_by_keys_alone_decides(self, panel, hand):
        for numbers in PICTURE.values():
            hand.press("".join(f"{each}\n" for each in numbers) + "\n")
        assert panel.verdict.tone == Tone.OK
        assert [each.word for each in panel.table.count.rows] == [
            "当选", "当选", "当选", "未过半", "当选", "未过半",
        ]  # fmt: skip
        assert QApplication.focusWidget() is panel.steps.confirm

    def test_the_first_digit_replaces_what_stood_there(self, panel, hand):
        hand.press("17\n" + "^" + "18")
        hand.press("\n")
        hand.press("3")
        assert cell(panel) == ("丁一鸣", CountColumn.ABSTAIN)

    def test_backspace_takes_a_digit_and_delete_all(self, panel, hand):
        hand.press("175<")
        assert line(panel, "丁一鸣").votes_for == 17
        hand.hold(Qt.Key.Key_Delete)
        assert line(panel, "丁一鸣").votes_for == 0

    def test_equals_fills_what_is_missing(self, panel, hand):
        hand.press("17\n=")
        assert line(panel, "丁一鸣").votes_against == 2

    def test_equals_says_when_nothing_is_missing(self, panel, hand):
        hand.press("20\n=")
        assert line(panel, "丁一鸣").votes_against == 0
        assert "没有可补的" in panel.line.text

    def test_a_number_of_nine_digits_is_not_taken(self, panel, hand):
        """§6: impossible numbers are told, and nothing is lost."""
        hand.press("17\n1\n" + "1000000000")
        assert line(panel, "丁一鸣").abstentions == 100000
        assert "不会超过 100000" in panel.line.text
        assert line(panel, "丁一鸣").votes_for == 17

    def test_a_minus_is_no_number(self, panel, hand):
        hand.press("-5")
        assert line(panel, "丁一鸣").votes_for == 5

    def test_illegible_marks_are_reached_by_the_arrow(self, panel, hand):
        hand.press("16\n1\n1>1")
        assert line(panel, "丁一鸣").illegible == 1
        assert row(panel, "丁一鸣").word == ""


class TestPasting:
    def test_numbers_copied_from_a_spreadsheet_go_in_from_the_current_cell(self, panel, hand):
        lines = ["\t".join(map(str, each)) for each in PICTURE.values()]
        QGuiApplication.clipboard().setText("\n".join(lines))
        hand.hold(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert panel.verdict.tone == Tone.OK
        assert panel.kept[-1].lines == round_of(PICTURE).lines

    def test_what_is_no_number_is_named_and_the_rest_taken(self, panel, hand):
        QGuiApplication.clipboard().setText("17\tabc\n１８\t1000000\n" + "1\n" * 9)
        hand.hold(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert (line(panel, "丁一鸣").votes_for, line(panel, "王建国").votes_for) == (17, 18)
        assert "没有记下：abc、1000000" in panel.line.text


class TestReconciling:
    def test_a_wrong_sum_is_told_beside_the_row_and_in_the_verdict(self, panel, hand):
        """E-25: for + against + abstentions + illegible are the valid ballots."""
        panel.show_count(procedure_of(), round_of({**PICTURE, "张卫东": (9, 8, 3)}, id=procedure_of().id))
        assert row(panel, "张卫东").word == "多 1 票"
        assert row(panel, "张卫东").tone == Tone.BAD
        assert "= 20，应等于有效票 19" in row(panel, "张卫东").reason
        assert panel.verdict.tone == Tone.BAD
        assert "张卫东" in panel.verdict.text
        assert "选举工作条例" in panel.verdict.text
        assert not panel.steps.confirm.isEnabled()

    def test_the_row_that_is_typed_may_still_lack_votes(self, panel, hand):
        hand.press("17")
        assert row(panel, "丁一鸣").word == ""
        assert panel.verdict.tone == Tone.WARN
        hand.press("v")
        assert row(panel, "丁一鸣").word == "少 2 票"
        assert panel.verdict.tone == Tone.BAD

    def test_too_many_votes_are_told_at_once(self, panel, hand):
        hand.press("20")
        assert row(panel, "丁一鸣").word == "多 1 票"

    def test_more_votes_than_ballots_times_seats_are_told(self, panel):
        """E-27: no valid ballot is for more persons than there are seats."""
        full = dict.fromkeys(NAMES, (19, 0, 0))
        panel.show_count(procedure_of(), round_of(full, id=procedure_of().id))
        assert "赞成票合计 114 票" in panel.verdict.text
        assert not panel.steps.confirm.isEnabled()

    def test_an_invalid_ballot_lowers_what_the_rows_must_add_up_to(self, panel, hand):
        panel.show_count(procedure_of(), round_of(PICTURE, id=procedure_of().id))
        panel.tiles.field("invalid").setFocus()
        panel.tiles.field("invalid").selectAll()
        hand.press("1\n")
        assert panel.tiles.tiles["valid"].number.text() == "18"
        assert {each.word for each in panel.table.count.rows} == {"多 1 票"}

    @pytest.mark.parametrize(
        "name, number, words",
        [
            ("returned", 20, "收回的选票多于发出的 19 张，选举无效"),
            ("issued", 25, "发出的选票多于实到的 19 名"),
            ("invalid", 30, "无效票多于收回的 19 张"),
        ],
    )
    def test_an_impossible_number_is_marked_with_its_reason(self, panel, hand, name, number, words):
        field = panel.tiles.field(name)
        field.setFocus()
        field.selectAll()
        hand.press(str(number))
        assert field.property("wrong")
        assert words in field.accessibleDescription()
        assert panel.verdict.tone == Tone.BAD

    def test_more_invalid_ballots_than_came_back_leave_no_number_of_valid_ones(self, panel, hand):
        """Fewer than none is no count: a dash stands there, and beside it why."""
        field = panel.tiles.field("invalid")
        field.setFocus()
        field.selectAll()
        hand.press("23")
        tile = panel.tiles.tiles["valid"]
        assert tile.number.text() == "—"
        assert tile.toolTip() == "无效票多于收回的 19 张"
        assert "无效票" in panel.verdict.text
        assert "-4" not in panel.verdict.text

    @pytest.mark.parametrize("typed", ["1000000000", "-3", "3.5", "abc"])
    def test_what_is_no_number_is_told_and_not_taken(self, panel, hand, typed):
        field = panel.tiles.field("returned")
        field.setFocus()
        field.selectAll()
        hand.press(typed)
        assert field.property("wrong")
        assert panel.wrong.isVisible()
        assert panel.wrong.text() == f"收回：请填 0 到 99999 的整数（{typed}）"
        hand.press("\n")
        assert not panel.wrong.isVisible()
        assert typed in panel.line.text
        assert panel.keeping.round.returned == 19
        assert field.text() == "19"


class TestKeeping:
    def test_a_total_is_given_away_when_its_cell_is_left(self, panel, hand):
        hand.press("17")
        assert panel.kept == []
        hand.press("\n")
        assert [each.lines[0].votes_for for each in panel.kept] == [17]

    def test_both_ways_fill_the_same_totals(self, panel, hand):
        """What is entered one way is continued the other way."""
        panel.set_mode(EntryMode.BALLOTS)
        hand.press("111112\n" * 2)
        hand.hold(Qt.Key.Key_F3)
        assert panel.mode == EntryMode.TOTALS
        assert line(panel, "丁一鸣").votes_for == 2
        hand.press("3")
        hand.hold(Qt.Key.Key_F2)
        assert panel.mode == EntryMode.BALLOTS
        hand.press("1")
        assert "合计不一致" in panel.line.text

    def test_a_ballot_in_hand_outlives_a_look_at_the_totals(self, panel, hand):
        panel.set_mode(EntryMode.BALLOTS)
        hand.press("12")
        panel.set_mode(EntryMode.TOTALS)
        panel.set_mode(EntryMode.BALLOTS)
        assert len(panel.ballots.hand.marks) == 2


class TestWriteIns:
    def test_plus_adds_a_name_and_goes_to_its_number(self, panel, hand):
        hand.press("+zm\n" + "2")
        (written,) = panel.keeping.round.write_ins
        assert (written.name, written.votes_for) == ("周明", 2)

    def test_a_name_that_is_there_already_is_gone_to(self, panel, hand):
        hand.press("+zm\n" + "2" + "+zm\n" + "3")
        assert [each.votes_for for each in panel.keeping.round.write_ins] == [3]

    def test_more_votes_than_valid_ballots_are_told(self, panel, hand):
        panel.show_count(procedure_of(), round_of(PICTURE, written={"周明": 20}, id=procedure_of().id))
        assert row(panel, "周明").word == "多 1 票"

    def test_a_name_without_votes_goes_when_the_totals_are_left(self, panel, hand):
        hand.press("+zm\n")
        panel.set_mode(EntryMode.BALLOTS)
        assert panel.keeping.round.write_ins == ()


def test_a_confirmed_round_can_not_be_typed_in(panel, hand):
    done = replace(round_of(PICTURE, id=procedure_of().id), confirmed_on=round_of().held_on)
    panel.show_count(procedure_of(), done, None, (FURTHER,))
    panel.table.setFocus()
    hand.press("5")
    assert panel.keeping.round == done
    assert not panel.by_totals.isEnabled()
