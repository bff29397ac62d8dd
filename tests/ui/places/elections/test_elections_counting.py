"""投票计票 in the step card: rounds begun, kept as drafts, confirmed, and what has to follow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchbook.domain.ballots import Ballot, BallotRound
from branchbook.services.drafts import found_drafts
from branchbook.services.election_rounds import found_count
from branchbook.services.procedures import save_step
from branchbook.ui.place import Destination, ShowRules
from tests.services.small_book import actor
from tests.ui.conftest import changes
from tests.ui.places.elections.elections_place import MEETING_ON, Screen, make_place, ready_to_count
from tests.ui.places.elections.screen_fixtures import reopened as reopened
from tests.ui.places.elections.screen_fixtures import screen as screen
from tests.ui.places.elections.screen_fixtures import term_book as term_book

VOTES = {"孙示例": (18, 1, 1), "李示例": (17, 2, 1), "赵示例": (19, 0, 1), "蒋增补": (6, 12, 2)}


@pytest.fixture
def counting(term_book, screen, reopened) -> Screen:
    ready_to_count(term_book)
    reopened()
    assert screen.step == "count"
    return screen


def at_hand(screen: Screen) -> BallotRound:
    """The round as the panel shows it."""
    found = screen.counting.panel.keeping.round
    assert found is not None
    return found


def counted(voting: BallotRound, votes: dict[str, tuple[int, int, int]], **numbers: int) -> BallotRound:
    """The round with these totals: for, against, abstentions."""
    lines = tuple(
        replace(
            line,
            votes_for=votes[line.name][0],
            votes_against=votes[line.name][1],
            abstentions=votes[line.name][2],
        )
        for line in voting.lines
    )
    return replace(voting, **{"returned": voting.issued, **numbers}, lines=lines)  # type: ignore[arg-type]


def enter(screen: Screen, votes: dict[str, tuple[int, int, int]], **numbers: int) -> None:
    """The panel's entries, all at once."""
    panel = screen.counting.panel
    panel.keeping.change(lambda voting: counted(voting, votes, **numbers), keep=True)
    screen.settle()


class TestRounds:
    def test_ballots_are_issued_as_many_as_voters_are_present(self, counting):
        assert "应选委员 3 名，候选人 4 名" in counting.counting.start_words.text()
        counting.press(counting.counting.start_button)
        (voting,) = counting.procedure.rounds
        assert (voting.issued, voting.present, voting.held_on) == (20, 20, MEETING_ON)
        assert counting.counting.panel.isVisible()
        entries = {each.key: each.detail for each in counting.place.time_line.steps.entries}
        assert entries["count"] == "进行中"
        assert not counting.place.step.complete_button.primary

    def test_each_ballot_is_on_the_disk_at_once_without_a_line_of_history(self, counting):
        counting.press(counting.counting.start_button)
        with counting.book.reading() as reading:
            before = len(reading.operations(100))
        enter(counting, VOTES)
        with counting.book.reading() as reading:
            assert len(reading.operations(100)) == before
            typed = found_count(reading, counting.procedure.id)
        assert typed == at_hand(counting)

    def test_after_a_crash_the_count_goes_on_where_it_was(self, counting, shown):
        counting.press(counting.counting.start_button)
        enter(counting, VOTES)
        again = shown(make_place())
        again.open(counting.place.context)
        counting.settle()
        assert at_hand(Screen(again, counting.settle)).returned == 20
        assert counting.procedure.rounds[0].returned == 0

    def test_leaving_the_step_makes_it_an_operation(self, counting):
        counting.press(counting.counting.start_button)
        enter(counting, VOTES)
        counting.go_to("method")
        (voting,) = counting.procedure.rounds
        assert voting.returned == 20
        assert found_drafts(counting.book) == ()
        counting.go_to("count")
        assert at_hand(counting).returned == 20

    def test_another_field_of_the_step_does_not_take_the_count_back(self, counting):
        counting.press(counting.counting.start_button)
        enter(counting, VOTES)
        counting.place.reload(changes("procedure"))
        counting.settle()
        assert at_hand(counting).returned == 20

    def test_the_scrutineers_confirm_and_the_step_is_done_on_the_day_of_the_ballot(self, counting):
        counting.press(counting.counting.start_button)
        enter(counting, VOTES)
        counting.counting.panel.confirmed.emit()
        counting.settle()
        (voting,) = counting.procedure.rounds
        assert voting.confirmed_on == MEETING_ON
        assert not counting.counting.discard_button.isVisible()
        counting.complete()
        assert counting.procedure.done_on("count") == MEETING_ON
        assert counting.step == "first_meeting"

    def test_a_count_that_does_not_fit_is_refused_and_stays(self, counting):
        """For + against + abstentions = valid ballots; nothing that was entered is lost."""
        counting.press(counting.counting.start_button)
        enter(counting, {**VOTES, "孙示例": (18, 5, 1)})
        counting.counting.panel.confirmed.emit()
        counting.settle()
        assert counting.counting.refusal.isVisible()
        assert "孙示例" in counting.counting.refusal.text
        assert not counting.procedure.rounds[0].is_confirmed
        assert at_hand(counting).lines[0].votes_against == 5

    def test_seats_left_open_want_a_further_ballot(self, counting):
        """第二十九条: nobody is filled in by ranking."""
        counting.press(counting.counting.start_button)
        enter(counting, {**VOTES, "李示例": (10, 9, 1)})
        counting.counting.panel.confirmed.emit()
        counting.settle()
        counting.complete()
        assert "另行选举" in counting.notice()
        assert not counting.procedure.is_done("count")
        (following,) = counting.place.step.view.rounds.kinds[0].rounds[0].following
        counting.counting.panel.next_round.emit(following)
        counting.settle()
        assert [each.ballot for each in counting.procedure.rounds] == [Ballot.MAIN, Ballot.FURTHER]
        assert at_hand(counting).ballot == Ballot.FURTHER
        assert len(counting.counting.chips.keys) == 2

    def test_fewer_seats_by_consent_of_half(self, counting):
        counting.press(counting.counting.start_button)
        enter(counting, {**VOTES, "李示例": (10, 9, 1)})
        counting.counting.panel.confirmed.emit()
        counting.settle()
        counting.counting.panel.fewer_seats.emit(15)
        counting.settle()
        assert counting.procedure.rounds[0].consenting == 15
        counting.complete()
        assert counting.procedure.is_done("count")

    def test_a_round_begun_by_mistake_is_taken_back_and_undo_brings_it_again(self, counting):
        counting.press(counting.counting.start_button)
        counting.press(counting.counting.discard_button)
        assert counting.procedure.rounds == ()
        assert counting.counting.start_button.isVisible()
        counting.place.context.commands.undo()
        counting.settle()
        assert len(counting.procedure.rounds) == 1
        assert counting.counting.panel.isVisible()

    def test_what_was_counted_in_a_round_taken_back_by_mistake_comes_again_with_undo(self, counting):
        """Forty ballots must not hang on one press of a button."""
        counting.press(counting.counting.start_button)
        enter(counting, VOTES)
        before = at_hand(counting)
        counting.press(counting.counting.discard_button)
        assert counting.procedure.rounds == ()
        counting.place.context.commands.undo()
        counting.settle()
        assert counting.procedure.rounds[0].lines == before.lines
        assert at_hand(counting).returned == before.returned > 0

    def test_before_the_method_is_passed_no_ballot_is_issued(self, term_book, screen, reopened):
        """附则: every election has its own method, passed by the meeting (E-37)."""
        procedure = ready_to_count(term_book)
        method = procedure.entry("method")
        save_step(term_book, procedure.id, replace(method, votes={}), actor())
        reopened()
        screen.go_to("count")
        screen.press(screen.counting.start_button)
        assert "还没有经大会表决通过" in screen.counting.refusal.text
        assert screen.procedure.rounds == ()

    def test_a_rule_in_doubt_leads_to_its_source(self, counting, qtbot):
        with qtbot.waitSignal(counting.place.go) as told:
            counting.counting.panel.rule_asked.emit("E-28")
        assert told.args == [Destination("settings", ShowRules())]
