"""What follows from the higher organisation's decision: full member, longer probation, or no member any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.catalogue.procedures.conversion_steps import APPROVED
from branchbook.domain.ballots import Question
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState, StepEntry
from branchbook.services.guards import still_there
from branchbook.services.memberships import end_in
from branchbook.services.people_facts import write_facts
from branchbook.services.probations import decided_question, probation_in
from branchbook.services.rule_choices import RightsFrom
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.store import Writing

STEP = "approval"


def follow_approval(writing: Writing, before: Procedure, after: Procedure) -> Procedure:
    """Carry out an approval that has just been entered; gives the procedure as it is then.

    Converted: the standing changes on the day of approval, the membership counts from the end of the probation
    (细则2014 第三十四、三十六条), the rights from the approval or the end by a setting; so no count of the days between
    changes. Extended: the end moves, and this conversion is finished, so that the next can be begun.
    Cancelled: the membership ends. Refused by the higher organisation: nothing. Entered late, of someone whom the
    roster has as a full member already: nothing changes, so that no count of those days does.
    """
    if not is_approved(after) or is_approved(before):
        return after
    entry, decided = after.entry(STEP), decided_question(after, rulebook_of(writing))
    assert decided is not None  # the check of the step has asked for it
    assert entry.done_on is not None
    person = still_there(writing, Person, after.subject_id or UUID(int=0), "这个人")
    if writing.roster().branch_of(person.id, entry.done_on) is None:
        raise RefusedProblem(
            f"{person.name}在 {entry.done_on} 的组织关系不在本簿", "", "请先核对转接登记；由接收的支部办理"
        )
    if writing.roster().standing_on(person.id, entry.done_on) == Standing.FULL:
        _agree_with_roster(writing, person, decided.question, entry.done_on)
    elif decided.question == Question.CONVERT:
        _convert(writing, person, entry)
    elif decided.question == Question.CANCEL:
        document = entry.text("document")
        end_in(writing, person.id, entry.done_on, MembershipChange.PROBATION_CANCELLED, document)
    else:
        after = replace(after, state=ProcedureState.FINISHED, ended_on=entry.done_on)
        writing.put(after)
    return after


def is_approved(procedure: Procedure) -> bool:
    """Whether the higher organisation approved what the branch resolved."""
    approval = procedure.entry(STEP)
    return approval.done_on is not None and approval.text("outcome") == APPROVED


def _agree_with_roster(writing: Writing, person: Person, question: Question, approved_on: date) -> None:
    """An old case entered late: its outcome must be what the roster knows, which stays as it is."""
    probation = probation_in(writing, person)
    ends_on = probation.ends_on if probation else None
    if question != Question.CONVERT:
        raise RefusedProblem(f"名册里{person.name}在 {approved_on} 已是正式党员", "身份", "请先核对名册")
    if person.full_member_since != ends_on:
        raise RefusedProblem(
            f"名册里{person.name}的转正日期是 {person.full_member_since or '空的'}，按预备期应为 {ends_on}",
            "转正日期",
            "请先在“党员”里更正",
        )


def _convert(writing: Writing, person: Person, entry: StepEntry) -> None:
    probation = probation_in(writing, person)
    if probation is None or entry.done_on is None:
        raise RefusedProblem(f"{person.name}没有登记支部大会接收日期", "入党时间", "请先在“党员”里补上")
    approved_on, document = entry.done_on, entry.text("document")
    roster = writing.roster()
    if roster.standing_on(person.id, approved_on) != Standing.PROBATIONARY:
        raise RefusedProblem(f"{person.name}在 {approved_on} 不是预备党员", "身份", "请先核对名册")
    facts = tuple(
        replace(fact, to_on=approved_on)
        if fact.kind == FactKind.STANDING and fact.holds_on(approved_on)
        else fact
        for fact in roster.facts_of(person.id)
    )
    full = PersonFact(uuid4(), person.id, FactKind.STANDING, Standing.FULL, approved_on, document=document)
    write_facts(writing, person.id, (*facts, full))
    from_approval = book_settings(writing).rights_from == RightsFrom.APPROVAL
    rights_since = approved_on if from_approval else probation.ends_on
    writing.put(replace(person, full_member_since=probation.ends_on, rights_since=rights_since))
