"""What a count comes to while it is entered, before the book has been asked who was written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from branchbook.domain.ballot_counts import count_of_round
from branchbook.domain.tally import Finding, Level, TallyResult, tally
from branchbook.domain.tally_findings import finding

if TYPE_CHECKING:
    from branchbook.domain.ballots import BallotRound, Voter, WriteInLine
    from branchbook.domain.rulebook import Rulebook


def provisional_result(
    ballots: BallotRound, voters: Sequence[Voter], rulebook: Rulebook, barred: Sequence[Finding] = ()
) -> TallyResult:
    """The result of the numbers; a name written in that is nobody's who can be elected counts for nobody.

    The screen for the room must not show a stranger as elected whom the confirmation then leaves out (E-24).
    Without a list of voters every name counts. ``barred`` is what the book said of candidates who may not stand:
    further ballots change nothing about that (第五条), and nobody is elected.
    """
    strangers = tuple(_strangers(ballots, voters)) if voters else ()
    known = replace(ballots, write_ins=tuple(each for each in ballots.write_ins if each not in strangers))
    result = tally(count_of_round(known), rulebook)
    rules = rulebook.on(ballots.held_on)
    told: tuple[Finding, ...] = tuple(
        finding(Level.WARNING, rules, "E-24", _words(each)) for each in strangers if each.votes_for
    )
    result = replace(result, findings=(*barred, *told, *result.findings))
    return replace(result, valid=False, elected=(), tie=(), vacant=ballots.seats) if barred else result


def barred_in(result: TallyResult) -> tuple[Finding, ...]:
    """Errors about candidates who may not stand, among what the book said of a round."""
    return tuple(each for each in result.findings if each.rule == "E-04" and each.level == Level.ERROR)


def _strangers(ballots: BallotRound, voters: Sequence[Voter]) -> Iterator[WriteInLine]:
    """Those written in who are no voter, or of whose name there are several and none was chosen."""
    people = {each.person_id for each in voters if each.has_right}
    names = Counter(each.name for each in voters if each.has_right)
    for written in ballots.write_ins:
        if written.person_id not in people and (written.person_id is not None or names[written.name] != 1):
            yield written


def _words(written: WriteInLine) -> str:
    words = QCoreApplication.translate(
        "Counting", "另选他人 {name}（{n} 票）：名单中没有这个有选举权的党员，或不止一人同名，所得票不计"
    )
    return words.format(name=written.name, n=written.votes_for)
