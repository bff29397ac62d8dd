"""Counts confirmed and frozen, rounds taken back, and seats given up with the voters' consent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.domain.ballot_sequence import HeldRound
from branchbook.domain.ballots import BallotRound, ElectionKind
from branchbook.domain.elections import KIND_WORDS, cited
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.tally_findings import Finding, Level
from branchbook.services.election_counting import stored_round, with_round
from branchbook.services.election_results import elected_of, held, round_result
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import open_in
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Book, Reading


def confirm_round(
    book: Book, procedure_id: UUID, round_id: UUID, on: date, actor: Actor
) -> Outcome[Procedure]:
    """The scrutineers confirm a count; from then on it is frozen. A void election is confirmed as void (E-26).

    Raises RefusedProblem for numbers that do not fit (E-25), for a name written in that is not told from another
    of the same name, and for a day before the ballot or after today.
    """
    with operate(book, actor, "确认计票") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        voting = stored_round(procedure, round_id)
        _refuse_confirmed(voting)
        if not voting.held_on <= on <= actor.today:
            raise RefusedProblem(f"确认日期应在投票当天（{voting.held_on}）到今天之间", f"{on}", "请核对日期")
        counted = held(writing, procedure, voting)
        _refuse_misfits(counted)
        confirmed = replace(_with_electable(writing, procedure, counted), confirmed_on=on)
        changed = with_round(procedure, confirmed)
        writing.put(changed)
        writing.drop_draft(round_id)
    return Outcome(changed, operating.changes)


def discard_round(book: Book, procedure_id: UUID, round_id: UUID, actor: Actor) -> Outcome[Procedure]:
    """Take back a round that was begun by mistake. Raises RefusedProblem for one that is confirmed."""
    with operate(book, actor, "删去一轮投票") as operating:
        procedure = open_in(operating.writing, procedure_id)
        _refuse_confirmed(stored_round(procedure, round_id))
        left = tuple(each for each in procedure.rounds if each.id != round_id)
        changed = replace(procedure, rounds=left)
        operating.writing.put(changed)
        operating.writing.drop_draft(round_id)
    return Outcome(changed, operating.changes)


def agree_to_fewer_seats(
    book: Book, procedure_id: UUID, round_id: UUID, consenting: int, actor: Actor
) -> Outcome[Procedure]:
    """Note how many voters agree to leave the open seats unfilled; with half of those present they are (E-33).

    A number below half is kept and the seats stay open (另行选举). Raises RefusedProblem for a number that cannot
    be, for the secretary, who is needed, while there is a tie, where nobody was elected, and after a later ballot.
    """
    with operate(book, actor, "减少名额") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        voting = stored_round(procedure, round_id)
        _refuse_no_reduction(writing, procedure, voting, consenting)
        changed = with_round(procedure, replace(voting, consenting=consenting))
        if changed != procedure:
            writing.put(changed)
    return Outcome(changed, operating.changes)


def error_words(findings: Iterable[Finding]) -> str:
    """The errors among findings as one sentence with their articles; empty where there are none."""
    errors = (each for each in findings if each.level == Level.ERROR)
    return "；".join(each.text + (f"（{each.article}）" if each.article else "") for each in errors)


def _refuse_misfits(counted: HeldRound) -> None:
    if counted.result.valid or counted.is_void:
        return
    raise RefusedProblem(
        error_words(counted.result.findings),
        KIND_WORDS[counted.voting.kind],
        "请核对后再确认，已录入的数字都在",
    )


def _refuse_confirmed(voting: BallotRound) -> None:
    if voting.is_confirmed:
        raise RefusedProblem(
            "计票已经确认，不能再改", f"{voting.confirmed_on}", "刚确认的可以撤销；办结之后请用“更正”"
        )


def _with_electable(reading: Reading, procedure: Procedure, counted: HeldRound) -> BallotRound:
    """The round with the people behind names written in kept only where their votes count."""
    voting = counted.voting
    roster = reading.roster()
    for each in voting.write_ins:
        alike = [
            person
            for person in roster.members_on(procedure.organisation_id, voting.held_on)
            if person.name == each.name
        ]
        if each.person_id is None and each.votes_for and len(alike) > 1:
            raise RefusedProblem(
                f"同名的有 {len(alike)} 人，要选定是哪一位", f"另选他人 {each.name}", "请选定后再确认"
            )
    count_for = {each.name for each in counted.result.results}
    return replace(
        voting,
        write_ins=tuple(
            each if each.name in count_for else replace(each, person_id=None) for each in voting.write_ins
        ),
    )


def _refuse_no_reduction(
    reading: Reading, procedure: Procedure, voting: BallotRound, consenting: int
) -> None:
    where = f"{KIND_WORDS[voting.kind]} {voting.held_on}"
    if not 0 <= consenting <= voting.present:
        raise RefusedProblem(f"同意人数应在 0 到实到 {voting.present} 名之间", f"{consenting}", "请核对")
    if not voting.is_confirmed:
        raise RefusedProblem("计票还没有确认", where, "请先确认计票")
    if voting.kind == ElectionKind.SECRETARY:
        raise RefusedProblem("书记的名额不能减少", where, "请另行选举")
    result = round_result(reading, procedure, voting)
    later = [each for each in procedure.rounds if each.kind == voting.kind][-1].id != voting.id
    elected = elected_of(reading, procedure, voting.kind)
    if later or not result.valid or not result.vacant or result.tie or not elected:
        rules = rulebook_of(reading).on(voting.held_on)
        said = cited(rules, "E-33", "当选人数接近应选名额、且没有票数相等的，才能减少名额")
        raise RefusedProblem(said, where, "请按提示的一轮投票")
