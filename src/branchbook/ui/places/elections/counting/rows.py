"""The rows and columns of the table out of a round, its reckoning and the ballot in hand."""

from __future__ import annotations

from dataclasses import replace

from branchbook.domain.ballots import BallotRound
from branchbook.domain.tally import Outcome, TallyResult
from branchbook.ui.places.elections.counting.ballot_entry import letter_of
from branchbook.ui.places.elections.counting.ballot_in_hand import BallotInHand
from branchbook.ui.places.elections.counting.count_model import CountColumn, CountRow
from branchbook.ui.places.elections.counting.reckoning import CountState, Reckoning
from branchbook.ui.places.elections.counting.wording import OUTCOME_TONES, outcome_word
from branchbook.ui.theme import Tone


def columns_of(ballots: BallotRound, *, by_ballot: bool, by_totals: bool) -> tuple[CountColumn, ...]:
    """What is shown: the ballot in hand while ballots are read, illegible marks where there are any."""
    illegible = by_totals or any(each.illegible for each in ballots.lines)
    shown = {
        CountColumn.HAND: by_ballot,
        CountColumn.ILLEGIBLE: illegible,
    }
    return tuple(each for each in CountColumn if shown.get(each, True))


def rows_of(
    ballots: BallotRound, result: TallyResult | None, reckoning: Reckoning, hand: BallotInHand | None
) -> tuple[CountRow, ...]:
    """Candidates in the order of the ballot, then those written in."""
    outcomes = _outcomes(result, reckoning)
    rows = []
    for number, line in enumerate(ballots.lines):
        row = CountRow(line.name, line.votes_for, line.votes_against, line.abstentions, line.illegible)
        rows.append(_in_hand(row, number, hand) if hand is not None else row)
    rows += [CountRow(each.name, each.votes_for, written_in=True) for each in ballots.write_ins]
    return tuple(_with_word(row, outcomes, reckoning) for row in rows)


def _in_hand(row: CountRow, number: int, hand: BallotInHand) -> CountRow:
    mark = hand.marks.get(row.name)
    return replace(row, letter=letter_of(number), hand=mark, at_cursor=hand.cursor == number)


def _outcomes(result: TallyResult | None, reckoning: Reckoning) -> dict[str, Outcome]:
    """Outcomes, only of a count that is complete and valid."""
    if result is None or reckoning.state != CountState.DECIDED:
        return {}
    return {each.name: each.outcome for each in result.results}


def _with_word(row: CountRow, outcomes: dict[str, Outcome], reckoning: Reckoning) -> CountRow:
    """With its outcome, or why its numbers do not fit."""
    if row.name in reckoning.reasons:
        short, reason = reckoning.reasons[row.name]
        return replace(row, word=short, tone=Tone.BAD, reason=reason)
    outcome = outcomes.get(row.name)
    return row if outcome is None else replace(row, word=outcome_word(outcome), tone=OUTCOME_TONES[outcome])
