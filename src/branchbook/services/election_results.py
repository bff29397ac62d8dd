"""The result of a round out of its count as it is kept, with the roster's word about candidates and write-ins.

A confirmed round is frozen: it is no longer compared with the roster.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballot_counts import count_of_round, count_that_elects
from branchbook.domain.ballot_sequence import HeldRound, current, elected_in
from branchbook.domain.ballots import BallotRound, ElectionKind
from branchbook.domain.election_arithmetic import quorum_election, seats_may_be_reduced
from branchbook.domain.elections import COMMITTEE_MEETING, GENERAL_MEETING, day_of
from branchbook.domain.electorate import counts_of
from branchbook.domain.problems import UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally import (
    BallotCount,
    Count,
    Outcome,
    Result,
    TallyResult,
    tally,
)
from branchbook.domain.tally_findings import Finding, Level, finding
from branchbook.services.election_eligibility import WhyNot, why_not_electable
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Reading


@dataclass(frozen=True, slots=True)
class Elected:
    """Someone who was elected, with the votes of the ballot that elected them; a write-in has votes for only."""

    person_id: UUID
    name: str
    votes_for: int
    votes_against: int
    abstentions: int


def round_result(reading: Reading, procedure: Procedure, voting: BallotRound) -> TallyResult:
    """The result of a round with every finding; impossible numbers are findings too, and nobody is then elected.

    Votes for someone written in who cannot be elected count for nobody (第五条); a candidate who lost the right or
    left since makes the count invalid until that is put right.
    """
    rules = rulebook_of(reading)
    if voting.is_confirmed:
        result = _tallied(count_that_elects(voting), rules)
        return replace(result, findings=(*_left_out(voting, rules.on(voting.held_on)), *result.findings))
    count = count_of_round(voting)
    why_not = why_not_elected(reading, procedure, voting.step, voting)
    taken = _already_elected(reading, procedure, voting)
    refused = dict(_not_electable(reading, voting, why_not, taken))
    electable = {each.name for each in count.write_ins} - refused.keys()
    result = _tallied(_only(count, electable), rules)
    found = (*refused.values(), *_about_candidates(voting, why_not), *_about_presence(procedure, voting))
    return _with_findings(result, count.seats, found)


def held_rounds(reading: Reading, procedure: Procedure, kind: ElectionKind) -> tuple[HeldRound, ...]:
    """The confirmed rounds of a kind from its last main ballot on."""
    confirmed = (each for each in procedure.rounds if each.kind == kind and each.is_confirmed)
    return current([held(reading, procedure, each) for each in confirmed])


def held(reading: Reading, procedure: Procedure, voting: BallotRound) -> HeldRound:
    """A round with its result, and whether its open seats were given up (E-33)."""
    result = round_result(reading, procedure, voting)
    rules = rulebook_of(reading).on(voting.held_on)
    agreed = (
        voting.consenting is not None
        and rules.find("E-33") is not None
        and seats_may_be_reduced(voting.consenting, voting.present, rules)
    )
    return HeldRound(voting, result, agreed)


def voided(reading: Reading, procedure: Procedure, voting: BallotRound) -> bool:
    """Whether a round was confirmed as void (E-17, E-26)."""
    return voting.is_confirmed and held(reading, procedure, voting).is_void


def elected_of(reading: Reading, procedure: Procedure, kind: ElectionKind) -> tuple[Elected, ...]:
    """Who was elected of one kind by confirmed counts, in the order of the ballots."""
    return tuple(_elected(held_rounds(reading, procedure, kind)))


def committee_of(reading: Reading, procedure: Procedure) -> tuple[UUID, ...]:
    """Who sits at the committee's own meeting: those newly elected; in a by-election the others in office too."""
    meeting = shape_of(procedure.shape).step(COMMITTEE_MEETING)
    if meeting is None:
        return ()
    found = [each.person_id for each in elected_of(reading, procedure, ElectionKind.COMMITTEE)]
    if meeting.optional:
        day = day_of(procedure, COMMITTEE_MEETING)
        found += [each.id for each in reading.roster().committee_on(procedure.organisation_id, day)]
    return tuple(dict.fromkeys(found))


def why_not_elected(
    reading: Reading, procedure: Procedure, step: str, voting: BallotRound | None = None
) -> WhyNot:
    """The question why someone cannot be elected in a round, asked as of its day (of a step without a round)."""
    day = voting.held_on if voting is not None else day_of(procedure, step)
    committee = committee_of(reading, procedure) if step == COMMITTEE_MEETING else None
    return why_not_electable(reading, procedure, day, committee or None)


def _elected(rounds: tuple[HeldRound, ...]) -> Iterator[Elected]:
    for voting, name in elected_in(rounds):
        for line in voting.lines:
            if line.name == name and line.person_id is not None:
                yield Elected(line.person_id, name, line.votes_for, line.votes_against, line.abstentions)
        for written in voting.write_ins:
            if written.name == name and written.person_id is not None:
                yield Elected(written.person_id, name, written.votes_for, 0, 0)


def _only(count: Count, write_ins: Collection[str]) -> Count:
    return replace(count, write_ins=tuple(each for each in count.write_ins if each.name in write_ins))


def _tallied(count: Count, rules: Rulebook) -> TallyResult:
    """The result; where the numbers are no count at all, one in which nothing follows from them."""
    try:
        return tally(count, rules)
    except UnreadableProblem as problem:
        candidates = (
            Result(each.name, each.votes_for, each.votes_against, each.abstentions, Outcome.UNDECIDED)
            for each in count.candidates
        )
        written = (Result(each.name, each.votes_for, 0, 0, Outcome.UNDECIDED) for each in count.write_ins)
        return TallyResult(
            valid=False,
            elected=(),
            tie=(),
            vacant=count.seats,
            quorum=quorum_election(count.due, count.present, rules.on(count.on)),
            ballots=BallotCount(count.issued, count.returned, count.valid, count.invalid),
            results=(*candidates, *written),
            findings=(Finding(Level.ERROR, "", "", str(problem)),),
            base=count.base_number,
            base_words=count.base_words,
            needed=0,
        )


def _with_findings(result: TallyResult, seats: int, found: tuple[Finding, ...]) -> TallyResult:
    """The result with more findings; an error among them makes it invalid, and nobody is elected."""
    result = replace(result, findings=(*found, *result.findings))
    if all(each.level != Level.ERROR for each in found):
        return result
    over = {Outcome.ELECTED, Outcome.TIED}
    results = tuple(
        replace(each, outcome=Outcome.OVER_HALF_NOT_SEATED) if each.outcome in over else each
        for each in result.results
    )
    return replace(result, valid=False, elected=(), tie=(), vacant=seats, results=results)


def _already_elected(reading: Reading, procedure: Procedure, voting: BallotRound) -> frozenset[UUID]:
    kinds: tuple[ElectionKind, ...] = (voting.kind,)
    if voting.kind == ElectionKind.DEPUTY:
        kinds = (ElectionKind.DEPUTY, ElectionKind.SECRETARY)
    return frozenset(each.person_id for kind in kinds for each in elected_of(reading, procedure, kind))


def _not_electable(
    reading: Reading, voting: BallotRound, why_not: WhyNot, taken: frozenset[UUID]
) -> Iterator[tuple[str, Finding]]:
    """Names written in whose votes count for nobody, each with the reason (E-24, E-04)."""
    rules = rulebook_of(reading).on(voting.held_on)
    for written in voting.write_ins:
        words = f"另选他人 {written.name}（{written.votes_for} 票）"
        if written.person_id is None:
            text = f"{words}：名册中没有这个人，或不止一人同名，请选定是哪一位；选定之前不计"
            yield written.name, finding(Level.WARNING, rules, "E-24", text)
        elif written.person_id in taken:
            yield written.name, finding(Level.WARNING, rules, "E-24", f"{words}：已经当选，所得票不计")
        elif (reason := why_not(written.person_id)) is not None:
            text = f"{words}：{reason.text}，所得票不计"
            yield written.name, Finding(Level.WARNING, "E-04", reason.article, text)


def _left_out(voting: BallotRound, rules: Rulebook) -> Iterator[Finding]:
    """Names written in whom the confirmation knew as nobody who can be elected: their votes count for nobody."""
    for written in voting.write_ins:
        if written.person_id is None:
            text = f"另选他人 {written.name}（{written.votes_for} 票）：不是可以当选的党员，所得票不计"
            yield finding(Level.WARNING, rules, "E-24", text)


def _about_candidates(voting: BallotRound, why_not: WhyNot) -> Iterator[Finding]:
    """Candidates who cannot be elected on the day of the ballot: left since the nomination, or lost the right."""
    for line in voting.lines:
        reason = why_not(line.person_id) if line.person_id is not None else None
        if reason is not None:
            text = f"候选人{line.name}：{reason.text}，不能作为候选人"
            yield Finding(Level.ERROR, "E-04", reason.article, text)


def _about_presence(procedure: Procedure, voting: BallotRound) -> Iterator[Finding]:
    """The count goes by other people than the list of voters."""
    counts = counts_of(procedure.voters)
    if voting.step != GENERAL_MEETING or not procedure.voters:
        return
    if (voting.due, voting.present) != (counts.due, counts.present):
        listed = f"核定名单的应到 {counts.due} 名、实到 {counts.present} 名"
        text = f"计票的应到 {voting.due} 名、实到 {voting.present} 名，与{listed}不同，请核对"
        yield Finding(Level.WARNING, "", "", text)
