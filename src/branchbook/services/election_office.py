"""After the count: those elected take office, the term before ends, the reply of the higher organisation is applied.

Each use case is one operation. What it writes to the roster follows from the procedure and is written anew
whenever the procedure's result, division of work or reply changes (``step_following`` for steps that are
saved); so undoing it restores the roster exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.domain.ballots import Assignment
from branchbook.domain.people import COMMITTEE_POSTS, Post
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure, ProcedureState, StepEntry
from branchbook.services.election_outcomes import ElectionOutcome, election_outcome
from branchbook.services.election_posts import (
    HEAD_POSTS,
    election_days,
    heads_of,
)
from branchbook.services.election_roster import TAKE_OFFICE, follow_office
from branchbook.services.guards import cleaned
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.procedures import finish_in, open_in, procedures_of, save_step, with_step
from branchbook.services.settings import book_settings
from branchbook.services.store import Book, Reading
from branchbook.services.words import word_of

REPLY, FILING = "result_reply", "filing"


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

    ``day`` is when the roster is updated; posts count from the day of the election. Done again, it writes the
    roster anew. Raises RefusedProblem before the count is done, for a void election, and while seats are
    neither filled nor given up.
    """
    with operate(book, actor, "职务更新") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        entry = replace(procedure.entry(TAKE_OFFICE), done_on=day)
        changed = with_step(writing, procedure, entry, actor)
        if changed != procedure:
            writing.put(changed)
        follow_office(writing, changed)
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
            follow_office(operating.writing, changed)
    return Outcome(changed, operating.changes)


def apply_reply(book: Book, procedure_id: UUID, entry: StepEntry, actor: Actor) -> Outcome[Procedure]:
    """Register the reply to the result (B-38): approved heads hold their posts, refused ones hold none.

    The same as ``save_step`` for this step: once office is taken the roster follows in the same operation.
    """
    return save_step(book, procedure_id, replace(entry, step=REPLY), actor)


def file_election(book: Book, procedure_id: UUID, entry: StepEntry, actor: Actor) -> Outcome[Procedure]:
    """File the election and finish it as one operation: from then on it is frozen like a final record.

    Raises RefusedProblem naming the steps that are not done.
    """
    with operate(book, actor, "归档办结") as operating:
        writing = operating.writing
        procedure = open_in(writing, procedure_id)
        filed = with_step(writing, procedure, replace(entry, step=FILING), actor)
        finished = finish_in(writing, filed, entry.done_on or actor.today)
    return Outcome(finished, operating.changes)


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
