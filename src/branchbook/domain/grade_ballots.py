"""One ballot added to the totals of an evaluation's round, or taken back, and what does not fit in the totals.

Only totals are kept: a ballot is a mapping of marks that is counted and forgotten (无记名测评).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from branchbook.domain.evaluation_count import Grade, GradeCount
from branchbook.domain.evaluations import GradeLine, GradeRound, ItemCount, ItemGrade
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.tally_count import MOST_COUNTED

BALLOT_ITEMS = ("理想信念", "组织纪律", "廉洁自律", "联系服务群众", "模范作用")
"""The five items of the item-by-item ballot, each 好, 一般 or 差."""

GradeMarks = Mapping[UUID, Grade | Sequence[Grade]]
"""The marks of one ballot by member; several grades void that line, a missing member is blank."""

ItemMarks = Mapping[UUID, Mapping[str, ItemGrade | Sequence[ItemGrade]]]
"""The item marks of one ballot by member and item; several marks void that item, a missing one is blank."""

MarkT = TypeVar("MarkT", Grade, ItemGrade)


def with_ballot(voting: GradeRound, marks: GradeMarks, items: ItemMarks | None = None) -> GradeRound:
    """The round with one valid ballot more in the totals of every member; papers issued and returned stay.

    Raises RefusedProblem for a mark of someone, or of an item, that is not on the ballot.
    """
    return _moved(voting, marks, items or {}, 1)


def without_ballot(voting: GradeRound, marks: GradeMarks, items: ItemMarks | None = None) -> GradeRound:
    """The round without a ballot that was counted: exactly what it was before ``with_ballot`` with these marks.

    Raises RefusedProblem where such a ballot cannot have been counted.
    """
    return _moved(voting, marks, items or {}, -1)


def ballots_counted(voting: GradeRound) -> int | None:
    """How many ballots the totals hold, None where the members' totals differ."""
    sums = {each.count.all for each in voting.lines}
    return sums.pop() if len(sums) == 1 else None


def round_faults(voting: GradeRound) -> Iterator[str]:
    """What does not fit in the numbers of a round: plain sums that hold on every day."""
    papers = voting.papers
    numbers = tuple(numbers_in(voting))
    if min(numbers) < 0 or max(numbers) > MOST_COUNTED:
        yield f"票数应在 0 到 {MOST_COUNTED} 之间"
        return
    pairs = (
        (papers.present, "实到", papers.due, "应到"),
        (papers.issued, "发出", papers.present, "实到"),
        (papers.returned, "收回", papers.issued, "发出"),
        (papers.invalid, "无效票", papers.returned, "收回"),
    )
    for number, what, most, of in pairs:
        if number > most:
            yield f"{what} {number}，多于{of}的 {most}"
    if papers.invalid > papers.returned:
        return
    if not voting.lines:
        yield "没有被测评人"
    for line in voting.lines:
        yield from _line_faults(line, voting.valid)


def _line_faults(line: GradeLine, valid: int) -> Iterator[str]:
    if line.count.all != valid:
        yield f"{line.count.name}的六项合计 {line.count.all}，不等于有效票 {valid}"
    for item in line.items:
        if item.all != valid:
            yield f"{line.count.name}“{item.item}”合计 {item.all}，不等于有效票 {valid}"


def numbers_in(voting: GradeRound) -> Iterator[int]:
    """Every number of a round: people and papers, and each member's totals."""
    yield from (voting.due, voting.present, voting.issued, voting.returned, voting.invalid)
    for line in voting.lines:
        count = line.count
        yield from (count.excellent, count.qualified, count.basically_qualified)
        yield from (count.unqualified, count.blank, count.void)
        for item in line.items:
            yield from (item.good, item.fair, item.poor, item.blank, item.void)


def _moved(voting: GradeRound, marks: GradeMarks, items: ItemMarks, by: int) -> GradeRound:
    known = {each.person_id for each in voting.lines}
    strangers = (set(marks) | set(items)) - known
    if strangers:
        raise RefusedProblem("票上有不在被测评名单中的人", "", "请刷新后再试")
    lines = tuple(
        _line_moved(each, marks.get(each.person_id, ()), items.get(each.person_id, {}), by)
        for each in voting.lines
    )
    return replace(voting, lines=lines)


def _line_moved(
    line: GradeLine,
    mark: Grade | Sequence[Grade],
    items: Mapping[str, ItemGrade | Sequence[ItemGrade]],
    by: int,
) -> GradeLine:
    unknown = set(items) - {each.item for each in line.items}
    if unknown:
        raise RefusedProblem(f"票上没有“{sorted(unknown)[0]}”这一项", line.count.name, "请刷新后再试")
    count = _count_moved(line.count, _key(mark), by)
    return replace(
        line,
        count=count,
        items=tuple(_item_moved(each, _key(items.get(each.item, ())), by) for each in line.items),
    )


def _count_moved(count: GradeCount, key: str, by: int) -> GradeCount:
    changes: dict[str, Any] = {key: getattr(count, key) + by}
    _refuse_below_zero(changes[key], count.name)
    return replace(count, **changes)


def _item_moved(count: ItemCount, key: str, by: int) -> ItemCount:
    changes: dict[str, Any] = {key: getattr(count, key) + by}
    _refuse_below_zero(changes[key], count.item)
    return replace(count, **changes)


def _key(mark: MarkT | Sequence[MarkT]) -> str:
    """The number that a mark adds to: its grade, blank without one, void with several."""
    if isinstance(mark, str):
        return str(mark)
    if not mark:
        return "blank"
    return str(mark[0]) if len(mark) == 1 else "void"


def _refuse_below_zero(number: int, where: str) -> None:
    if number < 0:
        raise RefusedProblem("合计中没有这样的一票，不能退回", where, "请核对票数")
