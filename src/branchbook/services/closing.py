"""What closing an organisation needs: its open matters named, its people gone, its posts and term ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.ledgers import is_open
from branchbook.domain.organisations import ClosingReason, Organisation
from branchbook.domain.people import FactKind
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import RecordState
from branchbook.services.guards import clean_line
from branchbook.services.ledger_reading import ledgers_of, row_title
from branchbook.services.people_facts import write_facts
from branchbook.services.procedure_moving import move_procedures
from branchbook.services.store import Reading, RecordQuery, Writing


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Something unfinished in an organisation. A ``blocking`` one must be finished or moved first."""

    words: str
    blocking: bool = False


MatterSource = Callable[[Reading, UUID, date], Sequence[OpenMatter]]
"""Asked with the organisation and the day on which it closes."""


def draft_matters(reading: Reading, organisation_id: UUID, on: date) -> tuple[OpenMatter, ...]:
    """Records of the organisation that are still drafts, or are dated on the day of closing or later."""
    found = []
    for summary in reading.summaries(RecordQuery((organisation_id,))):
        kind = KIND_BY_KEY.get(summary.kinds[0])
        name = f"{summary.held_on or '未定日期'} {kind.name if kind else summary.kinds[0]}"
        if summary.state == RecordState.DRAFT:
            found.append(OpenMatter(f"{name}还是草稿"))
        elif summary.held_on is not None and summary.held_on >= on:
            found.append(OpenMatter(f"{name}的日期在撤销之后", blocking=True))
    return tuple(found)


def resolution_matters(reading: Reading, organisation_id: UUID, on: date) -> tuple[OpenMatter, ...]:
    """Resolutions of the organisation that have not been carried out."""
    found = reading.resolutions((organisation_id,), open_only=True)
    late = {each.resolution.id for each in found if each.resolution.due_on and each.resolution.due_on < on}
    return tuple(
        OpenMatter(
            f"决议“{each.resolution.text[:20]}”尚未落实{'，已过时限' if each.resolution.id in late else ''}"
        )
        for each in found
    )


def procedure_matters(reading: Reading, organisation_id: UUID, on: date) -> tuple[OpenMatter, ...]:
    """Procedures of the organisation that are still open, such as its election."""
    found = [
        each
        for each in reading.all(Procedure)
        if each.organisation_id == organisation_id and each.is_open and each.begun_on <= on
    ]
    names = [(each, SHAPE_BY_KEY.get(each.shape)) for each in found]
    return tuple(
        OpenMatter(f"{each.begun_on} 开始的{shape.name if shape else each.shape}还没有办结")
        for each, shape in names
    )


def ledger_matters(reading: Reading, organisation_id: UUID, on: date) -> tuple[OpenMatter, ...]:
    """Rows of its ledgers that have a due day and are not done; they stay with what is closed."""
    return tuple(
        OpenMatter(f"{ledger.name}“{row_title(ledger, row)}”还没有办完{_late(row.day(ledger.due_field), on)}")
        for ledger in ledgers_of(reading)
        if ledger.due_field
        for row in reading.ledger_rows(ledger.key, (organisation_id,))
        if is_open(ledger, row)
    )


def _late(due_on: date | None, on: date) -> str:
    return "，已过时限" if due_on is not None and due_on < on else ""


MATTER_SOURCES: tuple[MatterSource, ...] = (
    draft_matters,
    resolution_matters,
    procedure_matters,
    ledger_matters,
)
"""What can stand open."""


def open_matters(
    reading: Reading, organisation_id: UUID, on: date, sources: Sequence[MatterSource] = MATTER_SOURCES
) -> tuple[OpenMatter, ...]:
    """Everything unfinished in an organisation, asked of each source in turn."""
    return tuple(matter for source in sources for matter in source(reading, organisation_id, on))


def refuse_open_matters(matters: Sequence[OpenMatter], organisation: Organisation, reason: str) -> None:
    """Refuse where something blocks, or where something is open and no reason is given to go on."""
    blocking = [matter for matter in matters if matter.blocking]
    if blocking:
        raise RefusedProblem(_list(blocking), organisation.name, "请先办结或移交这些事项，或更改撤销日期")
    if matters and not reason.strip():
        raise RefusedProblem(_list(matters), organisation.name, "请先办结；确需现在撤销的，请写明理由后继续")


def close_in(
    writing: Writing, organisation: Organisation, on: date, why: ClosingReason, document: str
) -> Organisation:
    """Within an operation: the organisation no longer exists from ``on``.

    Groups below close with it; posts and group memberships in it end; its term ends. Whoever still
    belongs to a closing branch is named in a refusal: they must have been moved before, and so must its open
    procedures.
    """
    _refuse_not_closable(organisation, on)
    roster = writing.roster()
    below = [
        each for each in roster.organisations if each.parent_id == organisation.id and not each.closed_on
    ]
    for group in below:
        close_in(writing, group, on, why, document)
    _refuse_members_left(writing, organisation, on)
    move_procedures(writing, organisation, None, "")
    _end_facts(writing, organisation.id, on)
    for term in roster.terms:
        if term.organisation_id == organisation.id and term.runs_on(on):
            writing.put(replace(term, ended_on=on))
    closed = replace(
        organisation, closed_on=on, closing_reason=why, closing_document=clean_line(document, "文号")
    )
    writing.put(closed)
    return closed


def _refuse_not_closable(organisation: Organisation, on: date) -> None:
    if organisation.closed_on is not None:
        raise RefusedProblem(f"“{organisation.name}”已于 {organisation.closed_on} 撤销", "", "请刷新后再看")
    if on <= organisation.founded_on:
        raise RefusedProblem(
            f"撤销日期 {on} 不晚于成立日期 {organisation.founded_on}", organisation.name, "请核对日期"
        )


def _refuse_members_left(reading: Reading, organisation: Organisation, on: date) -> None:
    roster = reading.roster()
    left = [
        roster.person_by_id[fact.person_id].name
        for fact in roster.facts
        if fact.kind == FactKind.MEMBERSHIP
        and fact.organisation_id == organisation.id
        and (fact.to_on is None or fact.to_on > on)
    ]
    if left:
        shown = "、".join(left[:10]) + (f"等 {len(left)} 人" if len(left) > 10 else "")
        raise RefusedProblem(f"还有人员没有安排去向：{shown}", organisation.name, "请为每个人选择转入的支部")


def _end_facts(writing: Writing, organisation_id: UUID, on: date) -> None:
    """End posts and group memberships in the organisation; what would begin later is taken back."""
    roster = writing.roster()
    ended = (FactKind.POST, FactKind.GROUP)
    people = {fact.person_id for fact in roster.facts if fact.organisation_id == organisation_id}
    for person_id in sorted(people):
        kept = []
        for fact in roster.facts_of(person_id):
            here = fact.organisation_id == organisation_id and fact.kind in ended
            if here and fact.from_on >= on:
                continue
            runs = fact.to_on is None or fact.to_on > on
            kept.append(replace(fact, to_on=on) if here and runs else fact)
        write_facts(writing, person_id, kept, roster)


def _list(matters: Sequence[OpenMatter]) -> str:
    shown = "；".join(matter.words for matter in matters[:8])
    return shown + (f"；共 {len(matters)} 项" if len(matters) > 8 else "")
