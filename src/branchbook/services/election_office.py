"""After the count: those elected take office, the term before ends, the reply of the higher organisation is applied.

Each use case is one operation. What it writes to the roster follows from the procedure and is written anew
whenever the procedure's result, division of work or reply changes; so undoing it restores the roster exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.ballot_sequence import open_seats
from branchbook.domain.ballots import Assignment
from branchbook.domain.elections import GENERAL_MEETING, kinds_of
from branchbook.domain.people import COMMITTEE_POSTS, Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState, StepEntry
from branchbook.services.election_outcomes import ElectionOutcome, election_outcome
from branchbook.services.election_posts import (
    HEAD_POSTS,
    election_days,
    heads_of,
)
from branchbook.services.election_results import held_rounds
from branchbook.services.election_roster import write_office
from branchbook.services.guards import cleaned
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import finish_in, open_in, procedures_of, step_label, with_step
from branchbook.services.settings import book_settings
from branchbook.services.store import Book, Reading, Writing
from branchbook.services.words import word_of

COUNT, TAKE_OFFICE, REPLY, FILING = "count", "take_office", "result_reply", "filing"
_CHANGE_POSTS = frozenset({COUNT, "first_meeting", "division", REPLY, TAKE_OFFICE})
"""Steps whose day or answer decides who holds which post from when."""


@dataclass(frozen=True, slots=True)
class AwaitingApproval:
    """Someone elected secretary or deputy whom the higher organisation has not approved yet (当选待批)."""

    person_id: UUID
    name: str
    post: Post
    elected_on: date
    procedure_id: UUID

    @property
    def words(self) -> str:
        """书记（当选待批）."""
        return f"{word_of(self.post)}（当选待批）"


def take_office(book: Book, procedure_id: UUID, day: date, actor: Actor) -> Outcome[Procedure]:
    """Those elected take office: posts, the end of the former ones and the new term follow from the result.

    ``day`` is when the roster is updated; posts count from the day of the election. Raises RefusedProblem
    before the count is done, for a void election, and while seats are neither filled nor given up.
    """
    with operate(book, actor, "职务更新") as operating:
        procedure = open_in(operating.writing, procedure_id)
        entry = replace(procedure.entry(TAKE_OFFICE), done_on=day)
        changed = _with_step(operating.writing, procedure, entry, actor)
    return Outcome(changed, operating.changes)


def set_assignments(
    book: Book, procedure_id: UUID, assignments: Sequence[Assignment], actor: Actor
) -> Outcome[Procedure]:
    """The division of work (委员分工): who takes which post and which duties, the whole list.

    Raises RefusedProblem for someone not elected here, a post that was not voted on, and a line given twice.
    """
    with operate(book, actor, "委员分工") as operating:
        procedure = open_in(operating.writing, procedure_id)
        cleaned_lines = cleaned(tuple(assignments))
        _check_assignments(election_outcome(operating.writing, procedure), cleaned_lines)
        changed = replace(procedure, assignments=cleaned_lines)
        if changed != procedure:
            operating.writing.put(changed)
            _follow(operating.writing, changed)
    return Outcome(changed, operating.changes)


def apply_reply(book: Book, procedure_id: UUID, entry: StepEntry, actor: Actor) -> Outcome[Procedure]:
    """Register the reply to the result (B-38): approved heads hold their posts, refused ones hold none.

    As ``save_election_step`` for the step of the reply.
    """
    return save_election_step(book, procedure_id, replace(entry, step=REPLY), actor)


def save_election_step(book: Book, procedure_id: UUID, entry: StepEntry, actor: Actor) -> Outcome[Procedure]:
    """Keep what was entered for a step of an election, with what follows from it in the roster.

    Once office is taken, a changed election day, division or reply changes the posts in the same operation.
    A filing that is done finishes the election. Raises RefusedProblem as ``save_step`` does.
    """
    with operate(book, actor, step_label(book, procedure_id, entry.step)) as operating:
        procedure = open_in(operating.writing, procedure_id)
        changed = _with_step(operating.writing, procedure, entry, actor)
    return Outcome(changed, operating.changes)


def awaiting_approval(reading: Reading, organisation_id: UUID, day: date) -> tuple[AwaitingApproval, ...]:
    """Who stands elected as secretary or deputy on ``day`` without a reply yet, in order of rank."""
    found: list[AwaitingApproval] = []
    for procedure in procedures_of(reading, organisation_id, "election"):
        if procedure.state is ProcedureState.ABANDONED or not procedure.rounds:
            continue
        days = election_days(procedure, book_settings(reading).secretary_from)
        replied_on = procedure.done_on(REPLY)
        if days is None or day < days.heads_on or (replied_on is not None and replied_on <= day):
            continue
        found += _heads_awaiting(reading, procedure, days.heads_on)
    ranks = list(Post)
    return tuple(sorted(found, key=lambda each: ranks.index(each.post)))


def _heads_awaiting(reading: Reading, procedure: Procedure, heads_on: date) -> list[AwaitingApproval]:
    outcome = election_outcome(reading, procedure)
    if outcome.void:
        return []
    people = reading.roster().person_by_id
    return [
        AwaitingApproval(person_id, people[person_id].name, post, heads_on, procedure.id)
        for person_id, post in heads_of(outcome).items()
        if person_id in people
    ]


def _with_step(writing: Writing, procedure: Procedure, entry: StepEntry, actor: Actor) -> Procedure:
    """Within an operation: a step entered, and everything that follows from it."""
    _refuse_taken_back(procedure, entry)
    changed = with_step(writing, procedure, entry, actor)
    if changed == procedure and entry.step != TAKE_OFFICE:
        return changed
    if entry.step == TAKE_OFFICE and entry.done_on is not None:
        _refuse_unready(writing, changed)
    if changed != procedure:
        writing.put(changed)
    if entry.step in _CHANGE_POSTS:
        _follow(writing, changed)
    if entry.step == FILING and entry.done_on is not None:
        return finish_in(writing, changed, entry.done_on)
    return changed


def _follow(writing: Writing, procedure: Procedure) -> None:
    """Once office is taken, the roster is what the procedure says."""
    if procedure.is_done(TAKE_OFFICE):
        write_office(writing, procedure, election_outcome(writing, procedure))


def _refuse_taken_back(procedure: Procedure, entry: StepEntry) -> None:
    """The posts rest on these days: undo takes back both, so that the roster is as it was before."""
    if not procedure.is_done(TAKE_OFFICE):
        return
    moved = entry.step == COUNT and entry.done_on != procedure.done_on(COUNT)
    if moved or (entry.step == TAKE_OFFICE and entry.done_on is None):
        raise RefusedProblem("职务已经更新到名册", "", "请在历史中撤销“职务更新”，名册会一并恢复")


def _refuse_unready(reading: Reading, procedure: Procedure) -> None:
    outcome = election_outcome(reading, procedure)
    if outcome.void:
        raise RefusedProblem("选举无效，没有当选人", "职务更新", "请重新投票后再更新职务")
    if not (outcome.committee or outcome.secretary):
        raise RefusedProblem("还没有当选人", "职务更新", "请先核对并确认计票结果")
    kinds = kinds_of(shape_of(procedure.shape), GENERAL_MEETING)
    vacant = sum(open_seats(held_rounds(reading, procedure, kind)) for kind in kinds)
    if vacant:
        raise RefusedProblem(
            f"还有 {vacant} 个名额没有选出", "职务更新", "请另行选举，或登记半数以上选举人同意减少名额"
        )


def _check_assignments(outcome: ElectionOutcome, assignments: Sequence[Assignment]) -> None:
    heads = heads_of(outcome)
    elected = {*(each.person_id for each in outcome.committee), *heads}
    seen: set[tuple[UUID, Post]] = set()
    for each in assignments:
        if each.person_id not in elected:
            raise RefusedProblem(f"{each.name}不在本次当选名单中", "委员分工", "分工只在当选的委员中进行")
        if each.post not in COMMITTEE_POSTS:
            raise RefusedProblem(f"“{word_of(each.post)}”不是委员会的职务", each.name, "请选择委员会的职务")
        if each.post in HEAD_POSTS and heads.get(each.person_id) != each.post:
            raise RefusedProblem(
                f"{each.name}没有当选{word_of(each.post)}",
                "委员分工",
                "书记、副书记由选举产生，不能用分工指定",
            )
        if (each.person_id, each.post) in seen:
            raise RefusedProblem(f"{each.name}的{word_of(each.post)}写了两次", "委员分工", "请删去一行")
        seen.add((each.person_id, each.post))
