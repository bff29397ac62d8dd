"""How many keys a ballot takes: forty ballots of five candidates by hand are a matter of minutes."""

import time

import pytest
from PySide6.QtWidgets import QApplication

from branchbook.domain.ballots import ElectionKind
from branchbook.domain.tally import BallotMark
from branchbook.ui.theme import Tone
from tests.ui.places.elections.rounds import person, procedure_of, round_of

FIVE = ("丁一鸣", "王建国", "李秀英", "张卫东", "陈志强")
SECONDS_A_KEY = 1.2  # a slow hand, the reading of the ballot included


@pytest.fixture
def five(panel):
    """Five candidates for four seats, forty-one voters."""
    ballots = round_of(names=FIVE, seats=4, due=45, present=41, returned=41, id=person(50))
    panel.show_count(procedure_of(FIVE), ballots)
    panel.focus_entry()
    return panel


@pytest.mark.parametrize(
    "what, keys, most",
    [
        ("one against, the others for", "5c\n", 3),
        ("the first against, the others for", "52\n", 3),
        ("the last against, the others for", "5e\n", 3),
        ("two for, the others against", "116\n", 4),
        ("all different", "12031\n", 6),
        ("all abstentions", "0\n", 2),
        ("invalid", "9\n", 2),
        ("one against and another written in", "5c4zm\n\n", 7),
    ],
)
def test_a_ballot_takes_few_keys(five, hand, what, keys, most):
    hand.press(keys)
    assert hand.pressed <= most, what
    assert len(five.kept) == 1


def test_a_secretary_elected_without_a_contest_takes_two_keys(panel, hand):
    alone = round_of(names=FIVE[:1], seats=1, kind=ElectionKind.SECRETARY, returned=5, id=person(51))
    panel.show_count(procedure_of(FIVE[:1]), alone)
    panel.focus_entry()
    hand.press("5\n" * 5)
    assert panel.keeping.round.lines[0].votes_for == 5
    assert hand.pressed == 10


def test_forty_ballots_are_entered_in_minutes(five, hand):
    """Issue 3 §3: forty ballots with five candidates in under ten minutes by hand."""
    forty = ["5c\n"] * 16 + ["5a\n"] * 8 + ["116\n"] * 6 + ["12031\n"] * 6 + ["5c4zm\n\n"] * 3 + ["9\n"]
    began = time.perf_counter()
    for keys in forty:
        hand.press(keys)
    took = time.perf_counter() - began
    assert len(five.kept) == 40
    assert hand.pressed <= 4 * 40
    assert hand.pressed * SECONDS_A_KEY < 5 * 60
    assert took / hand.pressed < 0.1, "the screen keeps up with the hand"
    assert "还有 1 张" in five.verdict.text


def test_marking_every_name_of_every_ballot_is_still_quick_enough(five, hand):
    """The plain way, without any of the short ones: six keys."""
    for _ in range(40):
        hand.press("11112\n")
    assert hand.pressed == 240
    assert hand.pressed * SECONDS_A_KEY < 10 * 60
    assert five.keeping.round.lines[4].votes_against == 40


def test_totals_of_five_candidates_take_few_keys(five, hand):
    from branchbook.ui.places.procedures.count_keeping import EntryMode

    five.set_mode(EntryMode.TOTALS)
    for _ in FIVE:
        hand.press("31\n9\n=\n\n")
    assert hand.pressed <= 8 * 5
    assert five.verdict.tone == Tone.OK


class TestInputMethods:
    def test_the_table_takes_no_preedit_text_so_digits_reach_it_at_once(self, five):
        """With a Chinese input method on, a key in the table is a mark and not a candidate of the method."""
        from PySide6.QtCore import Qt

        assert not five.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    @pytest.mark.parametrize("keys", ["\n", "~", "<", "1", "v"])
    def test_preedit_text_of_a_written_name_outlives_keys(self, five, hand, compose, keys):
        hand.press("2" + "4")
        picker = five.write_in.picker
        compose(picker, "zhouming")
        hand.press(keys)
        assert QApplication.focusWidget() is picker
        assert five.ballots.hand.marks == {FIVE[0]: BallotMark.AGAINST}
        assert five.ballots.hand.written == ()
        compose(picker, "", "周明")
        hand.press("\n")
        assert five.ballots.hand.ballot.names_written == ("周明",)

    @pytest.mark.parametrize("key", ["F2", "F3", "F5", "Undo"])
    def test_shortcuts_leave_preedit_text_alone(self, five, hand, compose, key):
        from PySide6.QtCore import Qt

        hand.press("2" + "4")
        picker = five.write_in.picker
        compose(picker, "zhouming")
        if key == "Undo":
            hand.hold(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        else:
            hand.hold(getattr(Qt.Key, f"Key_{key}"))
        assert QApplication.focusWidget() is picker
        assert five.mode == "ballots"
        assert five.projector is None
        compose(picker, "", "周明")
        assert picker.text() == "周明"

    def test_full_width_digits_are_digits_in_a_tile(self, five, compose):
        field = five.tiles.field("returned")
        field.setFocus()
        field.selectAll()
        compose(field, "", "４０")
        assert five.keeping.round.returned == 40
