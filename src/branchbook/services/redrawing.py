"""Redrawing of branches (调整支部划分): divide, split off, merge, close; every member is placed.

Each is one operation. The branches that are made name those out of which they came; records, posts and
papers of earlier days stay with the earlier branches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from branchbook.domain.organisations import ClosingReason, Organisation, OrganisationKind
from branchbook.domain.people import FactKind, MembershipChange, Standing
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.closing import (
    OpenMatter,
    close_in,
    open_matters,
    refuse_open_matters,
)
from branchbook.services.guards import still_there
from branchbook.services.memberships import move_in
from branchbook.services.moving_cases import carry_cases
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.organisations import add_in
from branchbook.services.procedure_moving import move_procedures
from branchbook.services.rules import rulebook_of
from branchbook.services.store import Book, Reading, Writing


@dataclass(frozen=True, slots=True)
class NewPart:
    """A branch to be made, and who goes there."""

    name: str
    member_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The branches that were made, and what the regulations say about their size."""

    made: tuple[Organisation, ...]
    warnings: tuple[str, ...] = ()


def divide(
    book: Book,
    branch_id: UUID,
    parts: Sequence[NewPart],
    on: date,
    document: str,
    actor: Actor,
    *,
    reason: str = "",
) -> Outcome[Redrawn]:
    """Divide a branch into two or more new ones; the old one ends, everybody goes to exactly one part.

    A procedure open in it goes on in the part with most members, with the ``reason``.
    """
    if len(parts) < 2:
        raise RefusedProblem("拆分至少要有两个新支部", "", "只分出一部分人的请使用“分出新支部”")
    with operate(book, actor, "拆分党支部", reason=reason) as operating:
        writing = operating.writing
        branch = _branch(writing, branch_id)
        refuse_open_matters(closing_matters(writing, branch_id, on), branch, reason)
        _refuse_wrongly_placed(writing.roster(), branch, parts, on, everybody=True)
        made = tuple(_make_part(writing, branch, part, on, document) for part in parts)
        move_procedures(writing, branch, made[_largest(parts)], reason)
        close_in(writing, branch, on, ClosingReason.DIVIDED, document)
        warnings = size_warnings(writing, made, on)
    return Outcome(Redrawn(made, warnings), operating.changes)


def split_off(
    book: Book, branch_id: UUID, part: NewPart, on: date, document: str, actor: Actor
) -> Outcome[Redrawn]:
    """Some members of a branch form a new one; the old branch goes on with the others."""
    with operate(book, actor, "分出新党支部") as operating:
        writing = operating.writing
        branch = _branch(writing, branch_id)
        _refuse_wrongly_placed(writing.roster(), branch, (part,), on, everybody=False)
        made = _make_part(writing, branch, part, on, document)
        warnings = size_warnings(writing, (made, branch), on)
    return Outcome(Redrawn((made,), warnings), operating.changes)


def merge(
    book: Book,
    branch_ids: Sequence[UUID],
    name: str,
    on: date,
    document: str,
    actor: Actor,
    *,
    reason: str = "",
) -> Outcome[Redrawn]:
    """Two or more branches become one new branch; all their people go there.

    So do their open procedures, with the ``reason``.
    """
    if len(set(branch_ids)) < 2:
        raise RefusedProblem("合并至少要选两个支部", "", "请选择要合并的支部")
    with operate(book, actor, "合并党支部", reason=reason) as operating:
        writing = operating.writing
        branches = [_branch(writing, branch_id) for branch_id in dict.fromkeys(branch_ids)]
        for branch in branches:
            refuse_open_matters(closing_matters(writing, branch.id, on), branch, reason)
        ids = tuple(branch.id for branch in branches)
        made = add_in(writing, OrganisationKind.BRANCH, name, on, branches[0].parent_id, document, ids)
        for branch in branches:
            roster = writing.roster()
            people = people_of(roster, branch.id, on)
            for person_id in people:
                _move(writing, person_id, made.id, on, document, roster)
            carry_cases(writing, dict.fromkeys(people, made.id))
            move_procedures(writing, branch, made, reason)
            close_in(writing, branch, on, ClosingReason.MERGED, document)
        warnings = size_warnings(writing, (made,), on)
    return Outcome(Redrawn((made,), warnings), operating.changes)


def close_branch(
    book: Book,
    branch_id: UUID,
    moves: Mapping[UUID, UUID],
    on: date,
    document: str,
    actor: Actor,
    *,
    reason: str = "",
) -> Outcome[Organisation]:
    """Close a branch. ``moves`` says to which branch each person goes; whoever is left out is named.

    A procedure open in it goes on, with the ``reason``, in the branch to which most people go.
    """
    with operate(book, actor, "撤销党支部", reason=reason) as operating:
        writing = operating.writing
        branch = _branch(writing, branch_id)
        refuse_open_matters(closing_matters(writing, branch_id, on), branch, reason)
        roster = writing.roster()
        here = set(people_of(roster, branch_id, on))
        for person_id in (each for each in moves if each in here):
            _move(writing, person_id, moves[person_id], on, document, roster)
        carry_cases(writing, {each: moves[each] for each in moves if each in here})
        receiver = _receiver(writing, [moves[each] for each in moves if each in here])
        move_procedures(writing, branch, receiver, reason)
        closed = close_in(writing, branch, on, ClosingReason.DISSOLVED, document)
    return Outcome(closed, operating.changes)


def closing_matters(reading: Reading, branch_id: UUID, on: date) -> tuple[OpenMatter, ...]:
    """What stands open in a branch and its groups, for the page before the branch is closed."""
    roster = reading.roster()
    places = (branch_id, *(group.id for group in roster.groups_of(branch_id, on)))
    return tuple(matter for place in places for matter in open_matters(reading, place, on))


def people_of(roster: Roster, branch_id: UUID, on: date) -> tuple[UUID, ...]:
    """Everyone who belongs to the branch on the eve of ``on`` and still would, applicants included."""
    found = {
        fact.person_id
        for fact in roster.facts
        if fact.kind == FactKind.MEMBERSHIP
        and fact.organisation_id == branch_id
        and fact.from_on < on
        and (fact.to_on is None or fact.to_on > on)
    }
    return tuple(person.id for person in roster.people if person.id in found)


def size_warnings(reading: Reading, branches: Sequence[Organisation], on: date) -> tuple[str, ...]:
    """What the rules in force say about branches of this size; it advises and refuses nothing.

    支部工作条例 第四条 (B-01, B-02): at least three full members, as a rule at most fifty members.
    """
    roster, rulebook = reading.roster(), rulebook_of(reading).on(on)
    least, most = rulebook.find("B-01"), rulebook.find("B-02")
    found = []
    for branch in branches:
        members = roster.members_on(branch.id, on)
        full = sum(roster.standing_on(person.id, on) == Standing.FULL for person in members)
        if least is not None and full < least.number("full_members"):
            said = f"单独成立支部须 {least.number('full_members')} 名以上（{least.citation}）"
            found.append(f"“{branch.name}”只有正式党员 {full} 名，{said}")
        if most is not None and len(members) > most.number("members"):
            said = f"一般不超过 {most.number('members')} 名（{most.citation}）"
            found.append(f"“{branch.name}”有党员 {len(members)} 名，{said}")
    return tuple(found)


def _largest(parts: Sequence[NewPart]) -> int:
    sizes = [len(part.member_ids) for part in parts]
    return sizes.index(max(sizes))


def _receiver(reading: Reading, targets: Sequence[UUID]) -> Organisation | None:
    """The branch to which most people go, None where nobody goes anywhere."""
    most = Counter(targets).most_common(1)
    return reading.get(Organisation, most[0][0]) if most else None


def _branch(reading: Reading, branch_id: UUID) -> Organisation:
    branch = still_there(reading, Organisation, branch_id, "这个支部")
    if branch.kind != OrganisationKind.BRANCH:
        raise RefusedProblem("这不是党支部", branch.name, "请选择党支部")
    return branch


def _move(
    writing: Writing, person_id: UUID, branch_id: UUID, on: date, document: str, roster: Roster
) -> None:
    move_in(writing, person_id, branch_id, on, MembershipChange.REDRAWN, document, roster=roster)


def _make_part(
    writing: Writing, branch: Organisation, part: NewPart, on: date, document: str
) -> Organisation:
    made = add_in(writing, OrganisationKind.BRANCH, part.name, on, branch.parent_id, document, (branch.id,))
    roster = writing.roster()
    for person_id in part.member_ids:
        _move(writing, person_id, made.id, on, document, roster)
    carry_cases(writing, dict.fromkeys(part.member_ids, made.id))
    return made


def _refuse_wrongly_placed(
    roster: Roster, branch: Organisation, parts: Sequence[NewPart], on: date, *, everybody: bool
) -> None:
    placed = Counter(person_id for part in parts for person_id in part.member_ids)
    here = set(people_of(roster, branch.id, on))
    strangers = [each for each in placed if each not in here]
    twice = [each for each, times in placed.items() if times > 1]
    left = [each for each in here if each not in placed] if everybody else []
    for found, said in (
        (strangers, "不在这个支部"),
        (twice, "分到了两个支部"),
        (left, "没有分到任何支部"),
    ):
        if found:
            names = sorted(roster.person_by_id[each].name for each in found if each in roster.person_by_id)
            raise RefusedProblem(f"{said}：{'、'.join(names)}", branch.name, "请核对每个新支部的名单")
    if not everybody and here <= placed.keys():
        raise RefusedProblem("不能把全部人员都分出去", branch.name, "请使用“拆分”或“更名”")
