"""Organisations: a new book's structure, branches and groups added, renamed, corrected, dissolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.domain.organisations import ClosingReason, DatedName, Organisation, OrganisationKind
from branchbook.domain.people import FactKind, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.services.closing import close_in, open_matters, refuse_open_matters
from branchbook.services.guards import clean_line, cleaned, required_line, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.people_facts import write_facts
from branchbook.services.procedure_moving import move_procedures
from branchbook.services.store import Book, Reading, Writing


@dataclass(frozen=True, slots=True)
class NewBranch:
    """A branch of a new book with the names of its groups."""

    name: str
    groups: tuple[str, ...] = ()


def found_general_branch(
    book: Book, name: str, branches: Sequence[NewBranch], founded_on: date, actor: Actor
) -> Outcome[Organisation]:
    """The structure of a new book: a general branch with its branches and their groups."""
    with operate(book, actor, "建立党总支及所属支部") as operating:
        _refuse_second_structure(operating.writing)
        general = _organisation(OrganisationKind.GENERAL_BRANCH, name, founded_on, None, 0)
        operating.writing.put(general)
        for position, branch in enumerate(branches, start=1):
            _put_branch(operating.writing, branch, founded_on, general.id, position)
    return Outcome(general, operating.changes)


def found_branch(book: Book, branch: NewBranch, founded_on: date, actor: Actor) -> Outcome[Organisation]:
    """The structure of a new book: one branch alone, with its groups."""
    with operate(book, actor, "建立党支部") as operating:
        _refuse_second_structure(operating.writing)
        founded = _put_branch(operating.writing, branch, founded_on, None, 1)
    return Outcome(founded, operating.changes)


def add_branch(
    book: Book, name: str, founded_on: date, actor: Actor, document: str = ""
) -> Outcome[Organisation]:
    """A further branch below the general branch. A book of one branch alone has no room for a second."""
    with operate(book, actor, f"新建党支部：{name.strip()}") as operating:
        general = operating.writing.roster().general_branch()
        if general is None:
            raise RefusedProblem(
                "本簿只有一个支部，没有党总支", name, "请另建一个党总支的簿，再导入本支部的数据"
            )
        branch = add_in(operating.writing, OrganisationKind.BRANCH, name, founded_on, general.id, document)
    return Outcome(branch, operating.changes)


def add_group(
    book: Book, branch_id: UUID, name: str, founded_on: date, actor: Actor, document: str = ""
) -> Outcome[Organisation]:
    """A group of a branch."""
    with operate(book, actor, f"新建党小组：{name.strip()}") as operating:
        group = add_in(operating.writing, OrganisationKind.GROUP, name, founded_on, branch_id, document)
    return Outcome(group, operating.changes)


def rename(
    book: Book, organisation_id: UUID, name: str, from_on: date, document: str, actor: Actor
) -> Outcome[Organisation]:
    """A new name from a day on; records and papers of earlier days keep the earlier name."""
    with operate(book, actor, "组织更名") as operating:
        organisation = still_there(operating.writing, Organisation, organisation_id, "这个组织")
        _refuse_outside(organisation, from_on)
        if any(dated.from_on == from_on for dated in organisation.names):
            raise RefusedProblem(f"{from_on} 当天已登记过名称", organisation.name, "请改用“更正名称”")
        dated = DatedName(required_line(name, "名称"), from_on, clean_line(document, "文号"))
        _refuse_same_name(operating.writing, organisation, dated.name)
        names = tuple(sorted((*organisation.names, dated), key=lambda each: each.from_on))
        renamed = replace(organisation, names=names)
        operating.writing.put(renamed)
    return Outcome(renamed, operating.changes)


def correct_organisation(book: Book, organisation: Organisation, actor: Actor) -> Outcome[Organisation]:
    """Replace contact, category, names or the founding date; level, parent and closing stay."""
    with operate(book, actor, "更正组织资料") as operating:
        writing = operating.writing
        before = still_there(writing, Organisation, organisation.id, "这个组织")
        if _fixed(before) != _fixed(organisation):
            raise RefusedProblem(
                "层级、上级组织和撤销情况不能在这里更改", before.name, "请使用支部调整或撤销"
            )
        corrected = cleaned(organisation, "组织")
        if not corrected.names or any(not dated.name for dated in corrected.names):
            raise RefusedProblem("名称不能为空", before.name, "请填写名称")
        days = [dated.from_on for dated in corrected.names]
        if days != sorted(set(days)):
            raise RefusedProblem("几个名称的起始日期没有先后之分", corrected.name, "请核对日期")
        _refuse_late_founding(writing, corrected)
        writing.put(corrected)
    return Outcome(corrected, operating.changes)


def dissolve_group(
    book: Book,
    group_id: UUID,
    on: date,
    document: str,
    actor: Actor,
    *,
    moves: Mapping[UUID, UUID] | None = None,
    reason: str = "",
) -> Outcome[Organisation]:
    """Dissolve a group from ``on``. ``moves`` says which member joins which group; others have none.

    Drafts, open resolutions and procedures of the group are named first; with a ``reason`` it goes on.
    """
    with operate(book, actor, "撤销党小组", reason=reason) as operating:
        writing = operating.writing
        group = still_there(writing, Organisation, group_id, "这个党小组")
        if group.kind != OrganisationKind.GROUP:
            raise RefusedProblem("这不是党小组", group.name, "撤销支部请使用支部调整")
        refuse_open_matters(open_matters(writing, group_id, on), group, reason)
        branch = writing.get(Organisation, group.parent_id) if group.parent_id else None
        move_procedures(writing, group, branch, reason)
        closed = close_in(writing, group, on, ClosingReason.DISSOLVED, document)
        for person_id, target in (moves or {}).items():
            new = PersonFact(
                uuid4(), person_id, FactKind.GROUP, "", on, None, target, clean_line(document, "文号")
            )
            write_facts(writing, person_id, (*writing.roster().facts_of(person_id), new))
    return Outcome(closed, operating.changes)


def add_in(
    writing: Writing,
    kind: OrganisationKind,
    name: str,
    founded_on: date,
    parent_id: UUID | None,
    document: str = "",
    predecessors: tuple[UUID, ...] = (),
) -> Organisation:
    """Within an operation: a new organisation below its parent, last in the list."""
    position = 0
    if parent_id is not None:
        parent = still_there(writing, Organisation, parent_id, "上级组织")
        if (parent.kind, kind) not in _BELOW:
            raise RefusedProblem("不能建在这个组织下面", parent.name, "党小组建在支部下，支部建在党总支下")
        _refuse_outside(parent, founded_on)
    siblings = [each for each in writing.all(Organisation) if each.parent_id == parent_id]
    position = max((each.position for each in siblings), default=0) + 1
    made = _organisation(kind, name, founded_on, parent_id, position, document)
    _refuse_same_name(writing, made, made.name)
    made = replace(made, predecessor_ids=predecessors)
    writing.put(made)
    return made


_BELOW = {
    (OrganisationKind.GENERAL_BRANCH, OrganisationKind.BRANCH),
    (OrganisationKind.BRANCH, OrganisationKind.GROUP),
}


def _organisation(
    kind: OrganisationKind,
    name: str,
    founded_on: date,
    parent_id: UUID | None,
    position: int,
    document: str = "",
) -> Organisation:
    dated = DatedName(required_line(name, "名称"), founded_on, clean_line(document, "文号"))
    return Organisation(uuid4(), kind, (dated,), founded_on, parent_id, position=position)


def _put_branch(
    writing: Writing, branch: NewBranch, founded_on: date, parent_id: UUID | None, position: int
) -> Organisation:
    made = _organisation(OrganisationKind.BRANCH, branch.name, founded_on, parent_id, position)
    _refuse_same_name(writing, made, made.name)
    writing.put(made)
    for name in branch.groups:
        add_in(writing, OrganisationKind.GROUP, name, founded_on, made.id)
    return made


def _refuse_second_structure(reading: Reading) -> None:
    if reading.all(Organisation):
        raise RefusedProblem("本簿已经建好组织", "", "增加支部或党小组请到“党员—组织”")


def _refuse_same_name(reading: Reading, organisation: Organisation, name: str) -> None:
    """Two organisations side by side with one name could not be told apart on any paper."""
    for other in reading.all(Organisation):
        beside = other.id != organisation.id and other.parent_id == organisation.parent_id
        if beside and other.closed_on is None and other.name == name:
            raise RefusedProblem("已有同名的组织", name, "请换一个名称")


def _refuse_outside(organisation: Organisation, day: date) -> None:
    if not organisation.exists_on(day):
        raise RefusedProblem(f"“{organisation.name}”在 {day} 不存在", "", "请核对日期")


def _refuse_late_founding(reading: Reading, organisation: Organisation) -> None:
    facts = (fact for fact in reading.roster().facts if fact.organisation_id == organisation.id)
    earliest = min((fact.from_on for fact in facts), default=organisation.founded_on)
    if earliest < organisation.founded_on:
        raise RefusedProblem(
            f"{earliest} 起已有人员登记在这个组织", organisation.name, "成立日期不能晚于这一天，请核对"
        )


def _fixed(organisation: Organisation) -> tuple[object, ...]:
    return (
        organisation.kind,
        organisation.parent_id,
        organisation.closed_on,
        organisation.closing_reason,
        organisation.predecessor_ids,
    )
