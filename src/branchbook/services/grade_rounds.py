"""The secret ballot of an evaluation in the book: begun for the list, counted as typed, confirmed and then frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluation_participants import base_of, cap_for, is_on_ballot
from branchbook.domain.evaluations import Audience, BallotForm, GradeRound
from branchbook.domain.grade_ballots import (
    ballots_counted,
    numbers_in,
    round_faults,
    with_ballot,
    without_ballot,
)
from branchbook.domain.problems import Problem, ReasonProblem, RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import Presence, Record
from branchbook.services.codec import decode, to_json
from branchbook.services.drafts import GRADE_ROUND
from branchbook.services.evaluation_reading import counted_round
from branchbook.services.grade_lines import blank_lines, due_of
from branchbook.services.guards import clean_text, cleaned
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import open_in
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Book, Draft, Reading
from branchbook.services.words import word_of

__all__ = [
    "Grade",
    "ballots_counted",
    "begin_round",
    "confirm_round",
    "counted_round",
    "found_round",
    "keep_round",
    "remove_round",
    "reopen_round",
    "round_faults",
    "save_round",
    "with_ballot",
    "without_ballot",
]

LARGEST_KEPT = 2**53
"""A number that every file keeps exactly; larger ones are no number of ballots and cannot be kept."""


def begin_round(
    book: Book,
    procedure_id: UUID,
    audience: Audience,
    form: BallotForm,
    held_on: date,
    actor: Actor,
    *,
    reason: str = "",
) -> Outcome[Procedure]:
    """Issue ballots for everyone who is graded here; 应到 and 实到 come from the list and the meeting.

    Those of the masses begin empty. Raises RefusedProblem without a list, for a day before the procedure began or
    after today, while a round of this audience is not confirmed, and once the ballot's step is done; ReasonProblem
    for a second one.
    """
    reason = clean_text(reason, "原因").strip()
    with operate(book, actor, f"开始{word_of(audience)}", reason=reason) as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        _refuse_not_ready(procedure, audience, held_on, actor, reason)
        rules = rulebook_of(writing).on(held_on)
        cap = cap_for(procedure.participants, rules, base_of(rules))
        due, present = _numbers(writing, procedure) if audience == Audience.MEMBERS else (0, 0)
        begun = GradeRound(
            uuid4(),
            audience,
            held_on,
            due,
            present,
            issued=present,
            form=form,
            base=cap.base,
            most_excellent=cap.most,
            lines=blank_lines(procedure.participants, form),
            note=reason,
        )
        changed = replace(procedure, grade_rounds=(*procedure.grade_rounds, begun))
        writing.put(changed)
    return Outcome(changed, operating.changes)


def save_round(book: Book, procedure_id: UUID, voting: GradeRound, actor: Actor) -> Outcome[Procedure]:
    """Keep a count as it was typed, however wrong: what does not fit is told by ``round_faults``.

    Raises RefusedProblem for a confirmed count, other members than those on the ballot, and a number that no file
    can hold.
    """
    voting = cleaned(voting, "测评")
    with operate(book, actor, f"录入{word_of(voting.audience)}") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        before = stored_round(procedure, voting.id)
        _refuse_structure(before, voting)
        changed = _with_round(procedure, with_numbers(before, voting))
        if changed != procedure:
            writing.put(changed)
        writing.drop_draft(voting.id)
    return Outcome(changed, operating.changes)


def keep_round(book: Book, procedure_id: UUID, voting: GradeRound, actor: Actor) -> None:
    """Keep the totals after a ballot was entered: on the disk at once, without a line of history.

    Raises RefusedProblem for a round that was not begun or is confirmed.
    """
    with book.reading() as reading:
        procedure = reading.get(Procedure, procedure_id)
    if procedure is None:
        raise RefusedProblem("这项办理事项已不在簿中", "", "可能已移到回收站，请刷新后再试")
    _refuse_structure(stored_round(procedure, voting.id), voting)
    book.save_draft(Draft(voting.id, GRADE_ROUND, to_json(cleaned(voting, "测评")), actor.now))


def found_round(reading: Reading, procedure_id: UUID) -> GradeRound | None:
    """The count that was being entered when the program ended, None where there is none or it was saved."""
    procedure = reading.get(Procedure, procedure_id)
    rounds = {each.id: each for each in procedure.grade_rounds} if procedure else {}
    for draft in reading.drafts():
        stored = rounds.get(draft.id)
        if draft.entity == GRADE_ROUND and stored is not None and not stored.is_confirmed:
            try:
                voting = decode(draft.payload, GradeRound, "测评草稿")
                _refuse_structure(stored, voting)
            except Problem:
                continue
            if voting != stored:
                return voting
    return None


def confirm_round(
    book: Book, procedure_id: UUID, round_id: UUID, on: date, actor: Actor
) -> Outcome[Procedure]:
    """Confirm a count; from then on it is frozen, with the cap on 优秀 of its day.

    Raises RefusedProblem while the numbers do not fit, without a valid ballot, and for a day before the ballot or
    after today.
    """
    with operate(book, actor, f"确认计票：{_words(book, procedure_id, round_id)}") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        voting = stored_round(procedure, round_id)
        _refuse_confirmed(voting)
        if not voting.held_on <= on <= actor.today:
            raise RefusedProblem(f"确认日期应在测评当天（{voting.held_on}）到今天之间", f"{on}", "请核对日期")
        faults = tuple(round_faults(voting))
        if faults or voting.valid < 1:
            said = "；".join(faults[:5]) or "没有有效票"
            more = f"；等 {len(faults)} 处" if len(faults) > 5 else ""
            raise RefusedProblem(said + more, word_of(voting.audience), "请核对后再确认，已录入的数字都在")
        rules = rulebook_of(writing).on(voting.held_on)
        cap = cap_for(procedure.participants, rules, base_of(rules))
        confirmed = replace(voting, confirmed_on=on, base=cap.base, most_excellent=cap.most)
        changed = _with_round(procedure, confirmed)
        writing.put(changed)
        writing.drop_draft(round_id)
    return Outcome(changed, operating.changes)


def reopen_round(
    book: Book, procedure_id: UUID, round_id: UUID, reason: str, actor: Actor
) -> Outcome[Procedure]:
    """Take back the confirmation of a count that was typed wrongly.

    Raises RefusedProblem without a reason, and once the ballot's step is done: it rests on the count.
    """
    reason = clean_text(reason, "原因").strip()
    if not reason:
        raise RefusedProblem("重新计票需要写明原因", "", "写一句话即可；原因留在历史中")
    with operate(
        book, actor, f"重新计票：{_words(book, procedure_id, round_id)}", reason=reason
    ) as operating:
        procedure = open_in(operating.writing, procedure_id)
        voting = stored_round(procedure, round_id)
        if not voting.is_confirmed:
            raise RefusedProblem("计票还没有确认", f"{voting.held_on}", "可以直接修改")
        _refuse_done(procedure)
        changed = _with_round(procedure, replace(voting, confirmed_on=None))
        operating.writing.put(changed)
    return Outcome(changed, operating.changes)


def remove_round(book: Book, procedure_id: UUID, round_id: UUID, actor: Actor) -> Outcome[Procedure]:
    """Take back a round that was begun by mistake. Raises RefusedProblem for one that is confirmed."""
    with operate(book, actor, f"删去{_words(book, procedure_id, round_id)}") as operating:
        procedure = open_in(operating.writing, procedure_id)
        _refuse_confirmed(stored_round(procedure, round_id))
        left = tuple(each for each in procedure.grade_rounds if each.id != round_id)
        changed = replace(procedure, grade_rounds=left)
        operating.writing.put(changed)
        operating.writing.drop_draft(round_id)
    return Outcome(changed, operating.changes)


def stored_round(procedure: Procedure, round_id: UUID) -> GradeRound:
    """A round of the procedure. Raises RefusedProblem where it has none with this id."""
    found = next((each for each in procedure.grade_rounds if each.id == round_id), None)
    if found is None:
        raise RefusedProblem("这一轮测评已不在簿中", "", "可能已删去，请刷新后再试")
    return found


def _with_round(procedure: Procedure, voting: GradeRound) -> Procedure:
    rounds = tuple(voting if each.id == voting.id else each for each in procedure.grade_rounds)
    return replace(procedure, grade_rounds=rounds)


def with_numbers(before: GradeRound, voting: GradeRound) -> GradeRound:
    """The stored round with the numbers that were typed; names on the ballot stay as issued."""
    lines = tuple(
        replace(typed, count=replace(typed.count, name=stored.count.name))
        for stored, typed in zip(before.lines, voting.lines, strict=True)
    )
    return replace(
        before,
        due=voting.due,
        present=voting.present,
        issued=voting.issued,
        returned=voting.returned,
        invalid=voting.invalid,
        lines=lines,
        note=voting.note,
    )


def _words(book: Book, procedure_id: UUID, round_id: UUID) -> str:
    with book.reading() as reading:
        procedure = reading.get(Procedure, procedure_id)
    found = (
        next((each for each in procedure.grade_rounds if each.id == round_id), None) if procedure else None
    )
    return word_of(found.audience) if found else "测评"


def _numbers(reading: Reading, procedure: Procedure) -> tuple[int, int]:
    """应到 and 实到 from the list; who came from the meeting of the ballot, where nobody is marked by hand."""
    due, present = due_of(procedure.participants)
    record_id = procedure.entry("ballot").record_id
    record = reading.get(Record, record_id) if record_id is not None else None
    if record is None or any(each.present is not None for each in procedure.participants):
        return due, present
    came = {each.person_id: each.presence == Presence.PRESENT for each in record.attendance}
    marked = [replace(each, present=came.get(each.person_id, False)) for each in procedure.participants]
    return due_of(marked) if came else (due, present)


def _refuse_not_ready(
    procedure: Procedure, audience: Audience, held_on: date, actor: Actor, reason: str
) -> None:
    word = word_of(audience)
    _refuse_done(procedure)
    if not any(map(is_on_ballot, procedure.participants)):
        raise RefusedProblem("还没有核定参评人员", word, "请先核定谁参加评议、谁评定等次")
    if not procedure.begun_on <= held_on <= actor.today:
        raise RefusedProblem(
            f"测评日期应在开始办理（{procedure.begun_on}）到今天之间", f"{held_on}", "请核对日期"
        )
    others = [each for each in procedure.grade_rounds if each.audience == audience]
    if any(not each.is_confirmed for each in others):
        raise RefusedProblem(f"已有一轮{word}还没有确认", f"{others[-1].held_on}", "请先确认或删去它")
    if others and not reason:
        raise ReasonProblem(f"已有一轮{word}（{others[-1].held_on}）", word, "确需再测评一次的，写明原因")


def _refuse_done(procedure: Procedure) -> None:
    """The step rests on the counts: one that is open behind it would be frozen unconfirmed with the round."""
    if procedure.is_done("ballot"):
        raise RefusedProblem("“民主测评”这一步已经完成", f"{procedure.done_on('ballot')}", "请先重开这一步")


def _refuse_confirmed(voting: GradeRound) -> None:
    if voting.is_confirmed:
        raise RefusedProblem(
            "计票已经确认，不能再改", f"{voting.confirmed_on}", "需要改动时请重新计票，写明原因"
        )


def _refuse_structure(before: GradeRound, voting: GradeRound) -> None:
    _refuse_confirmed(before)
    refuse_other_ballot(before, voting)


def refuse_other_ballot(before: GradeRound, voting: GradeRound) -> None:
    """Raise RefusedProblem where others, or other items, were counted than those issued; and for a number no file
    can hold."""
    if _shape(before) != _shape(voting):
        raise RefusedProblem("票上的被测评人或项目和发出的不同", f"{before.held_on}", "请刷新后再试")
    if any(abs(each) > LARGEST_KEPT for each in numbers_in(voting)):
        raise RefusedProblem("数字太大，无法保存", word_of(before.audience), "票数在 0 到 100000 之间")


def _shape(voting: GradeRound) -> list[tuple[UUID, tuple[str, ...]]]:
    return [(each.person_id, tuple(item.item for item in each.items)) for each in voting.lines]
