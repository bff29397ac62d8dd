"""The list of an evaluation: who takes part and who is graded, proposed from the roster, changed with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from branchbook.domain.evaluation_participants import (
    GradingChoices,
    ParticipantChange,
    is_evaluated_here,
    is_on_ballot,
    participant_differences,
    participant_of,
    with_entered,
)
from branchbook.domain.evaluations import Participant
from branchbook.domain.people import Person, Standing
from branchbook.domain.problems import ReasonProblem, RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.services.evaluation_words import cited
from branchbook.services.grade_lines import followed_by_rounds
from branchbook.services.guards import cleaned
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import open_in
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Book, Reading

__all__ = [
    "ParticipantChange",
    "change_participant",
    "mark_attendance",
    "participant_changes",
    "propose_participants",
    "set_participants",
]


def propose_participants(reading: Reading, procedure: Procedure, on: date) -> tuple[Participant, ...]:
    """Every member on a day with the part that the rules of that day give, and the reason person by person.

    What was changed by hand, who came and what was exchanged stays. Someone who left after the grade was decided
    stays in the list; a member whose membership is suspended (停止党籍) is not in it.
    """
    roster, rules, choices = reading.roster(), rulebook_of(reading).on(on), grading_choices(reading)
    before = {each.person_id: each for each in procedure.participants}
    here = [
        person
        for person in roster.members_on(procedure.organisation_id, on)
        if is_evaluated_here(roster, person, on)
    ]
    found = [
        with_entered(participant_of(roster, person, on, rules, choices), before.get(person.id))
        for person in here
    ]
    listed = {each.person_id for each in found}
    graded = {each.person_id for each in reading.assessments((procedure.id,)) if each.grade is not None}
    stayed = [
        replace(each, reason=each.reason or "评定等次之后离开本支部")
        for each in procedure.participants
        if each.person_id in graded - listed
    ]
    return (*found, *stayed)


def participant_changes(reading: Reading, procedure: Procedure, on: date) -> tuple[ParticipantChange, ...]:
    """Who joined, left or changed since the list was made; told, never applied by itself."""
    if not procedure.participants:
        return ()
    return participant_differences(procedure.participants, propose_participants(reading, procedure, on))


def set_participants(
    book: Book, procedure_id: UUID, participants: Sequence[Participant], actor: Actor
) -> Outcome[Procedure]:
    """Take over a list, as ``propose_participants`` gives it or changed. A count that has not begun follows it.

    Raises RefusedProblem for someone who is not in the book or stands twice, for a probationary member who would be
    graded (V-06), and while a count is being entered that names others; ReasonProblem for a line changed by hand
    without a reason.
    """

    def entered(reading: Reading, procedure: Procedure) -> Procedure:
        _refuse_strangers(reading, participants)
        for each in participants:
            _refuse_faulty(reading, each, actor)
        return replace(procedure, participants=tuple(participants))

    participants = tuple(cleaned(each) for each in participants)
    return _change(book, procedure_id, actor, "核定参评人员", entered)


def change_participant(
    book: Book, procedure_id: UUID, participant: Participant, actor: Actor
) -> Outcome[Procedure]:
    """Change one line by hand. Raises RefusedProblem and ReasonProblem as ``set_participants`` does.

    A line that differs in its part from the stored one is marked as changed by hand, and wants a reason.
    """

    def entered(reading: Reading, procedure: Procedure) -> Procedure:
        stored = next(
            (each for each in procedure.participants if each.person_id == participant.person_id), None
        )
        if stored is None:
            raise RefusedProblem(f"{participant.name}不在参评名单中", "", "请先重新核定参评人员")
        changed = replace(participant, manual=stored.manual or _part(stored) != _part(participant))
        if _part(stored) != _part(participant) and changed.reason == stored.reason and not stored.manual:
            raise ReasonProblem(f"{participant.name}与按规则核定的不同", "核定参评人员", "请写明原因")
        _refuse_faulty(reading, changed, actor)
        others = procedure.participants
        return replace(
            procedure,
            participants=tuple(changed if each.person_id == changed.person_id else each for each in others),
        )

    participant = cleaned(participant)
    return _change(book, procedure_id, actor, f"核定参评人员：{participant.name}", entered)


def mark_attendance(
    book: Book, procedure_id: UUID, present: dict[UUID, bool], actor: Actor
) -> Outcome[Procedure]:
    """Who of those who take part came to the meeting. Raises RefusedProblem for someone who does not take part."""

    def entered(_: Reading, procedure: Procedure) -> Procedure:
        names = {each.person_id: each for each in procedure.participants}
        for person_id in present:
            if person_id not in names or not names[person_id].takes_part:
                where = names[person_id].name if person_id in names else ""
                raise RefusedProblem("这个人不参加本支部的评议", where, "请先核定参评人员")
        marked = tuple(
            replace(each, present=present.get(each.person_id, each.present))
            for each in procedure.participants
        )
        return replace(procedure, participants=marked)

    return _change(book, procedure_id, actor, f"登记参加评议：{len(present)} 人", entered)


def grading_choices(reading: Reading) -> GradingChoices:
    """Who is graded where practice differs, from the book's settings."""
    settings = book_settings(reading)
    return GradingChoices(settings.grade_under_observation, settings.grade_suspended, settings.grade_abroad)


def _part(participant: Participant) -> tuple[object, ...]:
    return (participant.takes_part, participant.graded, participant.elsewhere)


def _refuse_strangers(reading: Reading, participants: Iterable[Participant]) -> None:
    seen: set[UUID] = set()
    for each in participants:
        if each.person_id in seen:
            raise RefusedProblem(f"{each.name}在名单中出现了两次", "核定参评人员", "请删去一行")
        seen.add(each.person_id)
        if reading.get(Person, each.person_id) is None:
            raise RefusedProblem(f"{each.name}已不在簿中", "核定参评人员", "可能已移到回收站，请刷新后再试")


def _refuse_faulty(reading: Reading, participant: Participant, actor: Actor) -> None:
    if participant.graded and participant.standing != Standing.FULL:
        said = cited(reading, actor.today, "V-06", f"{participant.name}是预备党员，参加评议、不评定等次")
        raise RefusedProblem(said, "核定参评人员", "转正以后再评定等次")
    if participant.manual and not participant.reason.strip():
        raise ReasonProblem(f"{participant.name}与按规则核定的不同", "核定参评人员", "请写明原因")
    if participant.exchanged_on is not None and participant.exchanged_on > actor.today:
        raise RefusedProblem(f"{participant.name}的结果告知日期在今天之后", "", "请核对日期")


def _change(
    book: Book,
    procedure_id: UUID,
    actor: Actor,
    label: str,
    change: Callable[[Reading, Procedure], Procedure],
) -> Outcome[Procedure]:
    with operate(book, actor, label) as operating:
        procedure = open_in(operating.writing, procedure_id)
        changed = followed_by_rounds(procedure, change(operating.writing, procedure))
        if changed != procedure:
            operating.writing.put(changed)
    return Outcome(changed, operating.changes)


def on_ballot(procedure: Procedure) -> tuple[Participant, ...]:
    """Those whom the ballot names, in the order of the list."""
    return tuple(each for each in procedure.participants if is_on_ballot(each))
