"""What follows from the higher organisation's decision: full member, longer probation, or no member any more."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from branchbook.catalogue.procedures.conversion_steps import APPROVED
from branchbook.domain.ballots import Question
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.conversions import decided_question, probation_in
from branchbook.services.guards import still_there
from branchbook.services.memberships import end_in
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.people_facts import write_facts
from branchbook.services.procedures import open_in, with_step
from branchbook.services.rules import rulebook_of
from branchbook.services.settings_reading import book_settings
from branchbook.services.settings_table import RightsFrom
from branchbook.services.store import Book, Writing

STEP = "approval"


def record_approval(book: Book, procedure_id: UUID, entry: StepEntry, actor: Actor) -> Outcome[Procedure]:
    """Keep the decision and what follows from it, as one operation.

    Converted: the standing changes on the day of approval, the membership counts from the end of the probation
    (细则2014 第三十四、三十六条), the rights from the approval or the end by a setting; so no count of the days between
    changes. Extended: the end moves. Cancelled: the membership ends. Refused by the higher organisation: nothing.
    Raises RefusedProblem without a vote that passed, and for an approval before the vote.
    """
    with operate(book, actor, "登记上级审批") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        if entry.step != STEP:
            raise RefusedProblem("这一步不是上级审批", entry.step)
        already = procedure.is_done(STEP)
        changed = with_step(writing, procedure, entry, actor)
        if entry.done_on is not None and not already:
            _check(writing, procedure, entry)
            if entry.text("outcome") == APPROVED:
                _carry_out(writing, procedure, entry)
        elif already and entry != procedure.entry(STEP):
            raise RefusedProblem(
                "审批结果已经登记并更新了名册", f"{procedure.done_on(STEP)}", "需要改动时请先撤销这一步"
            )
        writing.put(changed)
    return Outcome(changed, operating.changes)


def _check(writing: Writing, procedure: Procedure, entry: StepEntry) -> None:
    decided = decided_question(procedure, rulebook_of(writing))
    if decided is None:
        raise RefusedProblem("支部大会还没有通过决议，不能登记审批", "", "请先录入并确认表决票数")
    if entry.done_on is not None and entry.done_on < decided.held_on:
        raise RefusedProblem(
            f"审批日期 {entry.done_on} 早于支部大会的 {decided.held_on}", "上级审批", "请核对日期"
        )


def _carry_out(writing: Writing, procedure: Procedure, entry: StepEntry) -> None:
    decided = decided_question(procedure, rulebook_of(writing))
    assert decided is not None
    assert entry.done_on is not None
    person = still_there(writing, Person, procedure.subject_id or UUID(int=0), "这个人")
    if writing.roster().branch_of(person.id, entry.done_on) is None:
        raise RefusedProblem(
            f"{person.name}在 {entry.done_on} 的组织关系不在本簿", "", "请先核对转接登记；由接收的支部办理"
        )
    if decided.question == Question.CONVERT:
        _convert(writing, person, entry)
    elif decided.question == Question.CANCEL:
        document = entry.text("document")
        end_in(writing, person.id, entry.done_on, MembershipChange.PROBATION_CANCELLED, document)


def _convert(writing: Writing, person: Person, entry: StepEntry) -> None:
    probation = probation_in(writing, person)
    assert probation is not None
    assert entry.done_on is not None
    approved_on, document = entry.done_on, entry.text("document")
    facts = tuple(
        replace(fact, to_on=approved_on)
        if fact.kind == FactKind.STANDING and fact.holds_on(approved_on)
        else fact
        for fact in writing.roster().facts_of(person.id)
    )
    full = PersonFact(uuid4(), person.id, FactKind.STANDING, Standing.FULL, approved_on, document=document)
    write_facts(writing, person.id, (*facts, full))
    from_approval = book_settings(writing).rights_from == RightsFrom.APPROVAL
    rights_since = approved_on if from_approval else probation.ends_on
    writing.put(replace(person, full_member_since=probation.ends_on, rights_since=rights_since))
