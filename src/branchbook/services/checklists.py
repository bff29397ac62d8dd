"""User-defined checklists such as “五必做”: taken from the example, edited, and ticked with evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.checklists import Checklist, ChecklistItem, ChecklistTick
from branchbook.domain.dates import Period, period_of, periods_of_year
from branchbook.domain.organisations import Organisation
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import RecordSummary
from branchbook.services.evidence import places_below
from branchbook.services.guards import cleaned, required_line, still_there
from branchbook.services.operations import Actor, Outcome, operate
from branchbook.services.rules import example_checklists
from branchbook.services.store import Book, Reading, RecordQuery


@dataclass(frozen=True, slots=True)
class ChecklistCell:
    """One item in one period: the records that satisfy it, or the tick, or neither."""

    item: ChecklistItem
    period: Period
    record_ids: tuple[UUID, ...] = ()
    tick: ChecklistTick | None = None

    @property
    def satisfied(self) -> bool:
        """Whether the item is done for the period."""
        return bool(self.record_ids) or self.tick is not None


def add_examples(book: Book, from_on: date, actor: Actor) -> Outcome[tuple[Checklist, ...]]:
    """Add the shipped examples (示例，非官方定义) that the book does not hold yet, to be edited."""
    with operate(book, actor, "添加示例清单") as operating:
        known = {each.id for each in operating.writing.all(Checklist)}
        added = tuple(each for each in example_checklists(from_on) if each.id not in known)
        operating.writing.put_all(added)
    return Outcome(added, operating.changes)


def save_checklist(book: Book, checklist: Checklist, actor: Actor) -> Outcome[Checklist]:
    """Add a checklist or replace one with the same id.

    Raises RefusedProblem where a name is empty, dates contradict, or an item is dropped that has been
    ticked already: end the checklist and begin a new one instead.
    """
    clean = cleaned(checklist, "清单")
    _check(clean)
    with operate(book, actor, f"保存清单：{clean.name.strip()}") as operating:
        writing = operating.writing
        before = writing.get(Checklist, clean.id)
        for organisation_id in clean.organisation_ids:
            still_there(writing, Organisation, organisation_id, "清单适用的组织")
        if before is not None:
            _refuse_dropping_ticked(writing, before, clean)
        writing.put(clean)
    return Outcome(clean, operating.changes)


def remove_checklist(book: Book, checklist_id: UUID, actor: Actor) -> Outcome[None]:
    """Move a checklist and its ticks to the recycle bin."""
    with operate(book, actor, "删除清单") as operating:
        still_there(operating.writing, Checklist, checklist_id, "这份清单")
        for tick in _ticks(operating.writing, checklist_id):
            operating.writing.remove(ChecklistTick, tick.id)
        operating.writing.remove(Checklist, checklist_id)
    return Outcome(None, operating.changes)


def tick(
    book: Book,
    checklist_id: UUID,
    item_id: UUID,
    organisation_id: UUID,
    day: date,
    evidence: str,
    actor: Actor,
) -> Outcome[ChecklistTick]:
    """Tick an item for the period in which ``day`` lies, saying what proves it; again: replaces it."""
    proof = required_line(evidence, "佐证说明")
    with operate(book, actor, "登记清单完成情况") as operating:
        writing = operating.writing
        checklist = still_there(writing, Checklist, checklist_id, "这份清单")
        still_there(writing, Organisation, organisation_id, "这个组织")
        _refuse_strange(checklist, item_id, organisation_id)
        period = period_of(day, checklist.cadence)
        if period.end < checklist.from_on or (checklist.to_on and checklist.to_on < period.start):
            raise RefusedProblem(
                f"{period.label}不在清单的适用时间内", checklist.name, "请核对时段或清单的起止日期"
            )
        known = _find(writing, checklist_id, item_id, organisation_id, period.start)
        made = ChecklistTick(
            known.id if known else uuid4(),
            checklist_id,
            item_id,
            organisation_id,
            period.start,
            actor.today,
            proof,
        )
        writing.put(made)
    return Outcome(made, operating.changes)


def untick(book: Book, tick_id: UUID, actor: Actor) -> Outcome[None]:
    """Take a tick back."""
    with operate(book, actor, "取消清单登记") as operating:
        still_there(operating.writing, ChecklistTick, tick_id, "这项登记")
        operating.writing.remove(ChecklistTick, tick_id)
    return Outcome(None, operating.changes)


def checklist_cells(
    reading: Reading, checklist_id: UUID, organisation_id: UUID, year: int
) -> tuple[ChecklistCell, ...]:
    """Every item in every period of a year for an organisation, items first; groups count for their branch."""
    checklist = still_there(reading, Checklist, checklist_id, "这份清单")
    places = places_below(reading.roster(), organisation_id)
    query = RecordQuery(places, from_on=date(year, 1, 1), to_on=date(year, 12, 31), undated=False)
    held = [summary for summary in reading.summaries(query) if summary.is_held]
    ticks = {
        (each.item_id, each.period_start): each
        for each in _ticks(reading, checklist_id)
        if each.organisation_id == organisation_id
    }
    return tuple(
        ChecklistCell(item, period, _satisfying(item, period, held), ticks.get((item.id, period.start)))
        for item in checklist.items
        for period in periods_of_year(year, checklist.cadence)
    )


def copied(checklist: Checklist, from_on: date) -> Checklist:
    """A new checklist after the pattern of one: new ids, its own beginning, no end."""
    items = tuple(replace(item, id=uuid4()) for item in checklist.items)
    return replace(checklist, id=uuid4(), items=items, from_on=from_on, to_on=None)


def _satisfying(item: ChecklistItem, period: Period, held: list[RecordSummary]) -> tuple[UUID, ...]:
    return tuple(
        each.id
        for each in held
        if each.held_on and period.contains(each.held_on) and set(each.kinds) & set(item.satisfied_by)
    )


def _check(checklist: Checklist) -> None:
    required_line(checklist.name, "清单名称")
    if not checklist.items:
        raise RefusedProblem("清单里还没有项目", checklist.name, "请至少填写一项")
    for number, item in enumerate(checklist.items, start=1):
        required_line(item.title, f"第 {number} 项的名称")
        unknown = [key for key in item.satisfied_by if key not in KIND_BY_KEY]
        if unknown:
            raise RefusedProblem("不认识的记录种类", f"{item.title}：{'、'.join(unknown)}", "请从列表中选择")
    if len({item.id for item in checklist.items}) < len(checklist.items):
        raise RefusedProblem("同一项在清单中出现了两次", checklist.name, "请删去一项")
    if checklist.to_on is not None and checklist.to_on < checklist.from_on:
        raise RefusedProblem("截止日期早于起始日期", checklist.name, "请核对日期")


def _refuse_dropping_ticked(reading: Reading, before: Checklist, after: Checklist) -> None:
    kept = {item.id for item in after.items}
    ticked = {each.item_id for each in _ticks(reading, before.id)}
    dropped = [item.title for item in before.items if item.id in ticked - kept]
    if dropped:
        raise RefusedProblem(
            f"已有登记的项目不能删去：{'、'.join(dropped)}",
            before.name,
            "请给这份清单填写截止日期，另建一份新的",
        )


def _refuse_strange(checklist: Checklist, item_id: UUID, organisation_id: UUID) -> None:
    if item_id not in {item.id for item in checklist.items}:
        raise RefusedProblem("清单里已没有这一项", checklist.name, "请刷新后再试")
    if checklist.organisation_ids and organisation_id not in checklist.organisation_ids:
        raise RefusedProblem("这份清单不适用于这个组织", checklist.name, "请在清单中加上这个组织")


def _ticks(reading: Reading, checklist_id: UUID) -> tuple[ChecklistTick, ...]:
    return tuple(each for each in reading.all(ChecklistTick) if each.checklist_id == checklist_id)


def _find(
    reading: Reading, checklist_id: UUID, item_id: UUID, organisation_id: UUID, start: date
) -> ChecklistTick | None:
    wanted = (item_id, organisation_id, start)
    for each in _ticks(reading, checklist_id):
        if (each.item_id, each.organisation_id, each.period_start) == wanted:
            return each
    return None
