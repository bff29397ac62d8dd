"""Counts and lists of a round that ended: changed only with a reason, checked as when they were entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.domain.evaluations import GradeRound, Participant
from branchbook.domain.grade_ballots import round_faults
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.services.evaluation_reading import assessments_by_person, participant_in
from branchbook.services.grade_rounds import refuse_other_ballot, stored_round, with_numbers
from branchbook.services.guards import cleaned, still_there
from branchbook.services.operations import Actor, Outcome
from branchbook.services.procedures import correct_procedure
from branchbook.services.store import Book
from branchbook.services.words import word_of


def correct_round(
    book: Book, procedure_id: UUID, voting: GradeRound, reason: str, actor: Actor
) -> Outcome[Procedure]:
    """Change the numbers of a confirmed count after the round ended; whom the ballot named stays.

    Raises RefusedProblem without a reason, for a round that is still open, and for numbers that do not fit.
    """
    with book.reading() as reading:
        procedure = still_there(reading, Procedure, procedure_id, "这次评议")
    stored = stored_round(procedure, voting.id)
    refuse_other_ballot(stored, voting)
    changed = with_numbers(stored, cleaned(voting, "测评"))
    faults = "；".join(round_faults(changed))
    if faults:
        raise RefusedProblem(faults, word_of(voting.audience), "请核对后再更正")
    rounds = tuple(changed if each.id == changed.id else each for each in procedure.grade_rounds)
    return correct_procedure(book, replace(procedure, grade_rounds=rounds), reason, actor)


def correct_exchange(
    book: Book, procedure_id: UUID, person_id: UUID, other_branch: str, on: date, reason: str, actor: Actor
) -> Outcome[Procedure]:
    """Note after the round ended when a floating member's result was sent or received (V-17, B-45).

    Raises RefusedProblem without a reason, for someone who is not evaluated elsewhere, and for a day to come.
    """
    with book.reading() as reading:
        procedure = still_there(reading, Procedure, procedure_id, "这次评议")
        named = assessments_by_person(reading, procedure_id).get(person_id)
    participant = participant_in(procedure, person_id)
    if participant is None or participant.elsewhere is None:
        where = participant.name if participant else named.name if named else ""
        raise RefusedProblem("这个人不在别处评议", where, "只有流动党员的结果需要传递")
    if on > actor.today:
        raise RefusedProblem("结果传递日期在今天之后", f"{participant.name} {on}", "请核对日期")
    noted = replace(cleaned(participant), other_branch=other_branch, exchanged_on=on)
    listed = tuple(_noted(each, noted) for each in procedure.participants)
    return correct_procedure(book, replace(procedure, participants=listed), reason, actor)


def _noted(participant: Participant, noted: Participant) -> Participant:
    return noted if participant.person_id == noted.person_id else participant
