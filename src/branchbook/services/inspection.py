"""The inspection view: everything that is owed, missing or inconsistent in a period, each line with what it opens.

It asks what the Desk, the missing-evidence list and the statistics ask, as things stood on the day after the period
(or today, while the period lasts), so that what falls due later is not held against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.papers.inspection import INSPECTION
from branchbook.domain.dates import Period
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Booklet, Sheet, Value, single
from branchbook.domain.procedures import ProcedureState
from branchbook.domain.records import RecordState
from branchbook.domain.requirements import Finding, FindingState
from branchbook.domain.roster import Roster
from branchbook.domain.rulebook import Rulebook
from branchbook.domain.tally_findings import Level
from branchbook.services.conversion_items import conversion_items, joining_items
from branchbook.services.due import year_findings
from branchbook.services.due_items import DueItem
from branchbook.services.evaluation_findings import findings_of
from branchbook.services.evaluation_reading import EVALUATION, evaluations_in
from branchbook.services.evidence import missing_evidence, places_below
from branchbook.services.ledger_items import ledger_items
from branchbook.services.measures import balance, refuse_reversed
from branchbook.services.place_words import short_places
from branchbook.services.resolutions import resolution_lines
from branchbook.services.rules import misfits_of, rulebook_of
from branchbook.services.statistics import Balance, balance_words
from branchbook.services.store import Reading, RecordQuery
from branchbook.services.term_items import procedure_items, term_items
from branchbook.services.transfers import Direction, awaited_receipts

RULES = "rules"
"""The entity of a line that is about the rules as a whole."""

NOTHING = "统计期内没有查到欠缺、缺失和不一致的事项"


class InspectionGroup(StrEnum):
    """Under which heading a line stands; in the order of the page."""

    NOT_HELD = "应开展未开展"
    NOT_FINAL = "未定稿"
    EVIDENCE = "缺佐证材料"
    EVALUATION = "民主评议"
    RESOLUTION = "决议逾期未落实"
    LEDGER = "台账事项逾期"
    PROCEDURE = "办理事项逾期"
    TRANSFER = "回执未收到"
    NUMBERS = "数据不一致"


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """One line. ``entity`` and ``id`` say what opens (empty: nothing), ``family`` of which procedures.

    ``place`` is empty where one branch is looked at and the line is its own. ``on`` is the day of the record, or
    the day by which it was due, where there is one.
    ``due`` is the Desk's own line where there is one: what it opens or begins, this opens or begins.
    """

    group: InspectionGroup
    place: str
    what: str
    detail: str
    article: str = ""
    entity: str = ""
    id: UUID | None = None
    family: str = ""
    due: DueItem | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class InspectionView:
    """The page of a period: its lines in the order of the groups, each group by day."""

    period: Period
    day: date
    lines: tuple[InspectionLine, ...]

    @property
    def counts(self) -> Mapping[InspectionGroup, int]:
        """How many lines each group has; those without are left out."""
        found = {group: sum(each.group is group for each in self.lines) for group in InspectionGroup}
        return {group: number for group, number in found.items() if number}


@dataclass(frozen=True)
class _Look:
    """What is asked, once for all groups."""

    reading: Reading
    roster: Roster
    period: Period
    place: UUID
    branches: tuple[UUID, ...]
    everyone: tuple[UUID, ...]
    words: Mapping[UUID, str]
    rules: Rulebook
    day: date

    def name(self, place: UUID) -> str:
        """The short name where several stand together, else a group's own; a branch alone needs none."""
        own = self.roster.organisation_by_id.get(place) if place != self.place else None
        return self.words.get(place, "") or (own.name_on(self.day) if own else "")


def inspection(reading: Reading, organisation_id: UUID, period: Period, today: date) -> InspectionView:
    """Everything of an organisation and what is below it.

    Raises RefusedProblem for a period that ends before it starts.
    """
    refuse_reversed(period)
    roster = reading.roster()
    day = min(today, period.end + timedelta(days=1))
    branches = _branches(roster, organisation_id, period)
    look = _Look(
        reading,
        roster,
        period,
        organisation_id,
        branches,
        places_below(roster, organisation_id),
        short_places(roster, branches, day),
        rulebook_of(reading).on(day),
        day,
    )
    lines = tuple(line for part in _PARTS for line in part(look))
    order = {group: number for number, group in enumerate(InspectionGroup)}
    return InspectionView(period, day, tuple(sorted(lines, key=lambda each: order[each.group])))


def _branches(roster: Roster, organisation_id: UUID, period: Period) -> tuple[UUID, ...]:
    """A branch alone; of a general branch its branches of the period, then itself."""
    own = roster.organisation_by_id[organisation_id]
    if own.kind is not OrganisationKind.GENERAL_BRANCH:
        return (organisation_id,)
    within = [
        each
        for each in roster.organisations
        if each.kind is OrganisationKind.BRANCH
        and each.parent_id == organisation_id
        and each.founded_on <= period.end
        and (each.closed_on is None or each.closed_on > period.start)
    ]
    within.sort(key=lambda each: (each.position, each.founded_on, each.name))
    return (*(each.id for each in within), organisation_id)


def _requirements(look: _Look) -> Iterator[InspectionLine]:
    for year in range(look.period.start.year, look.period.end.year + 1):
        for found in year_findings(look.reading, look.branches, year, look.day):
            owed = found.state is FindingState.OVERDUE
            if owed and look.period.start <= found.period_end <= look.period.end:
                yield _requirement(look, found)


def _requirement(look: _Look, found: Finding) -> InspectionLine:
    evaluation = found.requirement == EVALUATION
    due = DueItem(
        found.title,
        "",
        "bad",
        found.reason,
        found.article,
        finding=found,
        record_id=found.records[0] if found.records else None,
        begin_kind=found.kinds[0] if found.kinds else "",
        organisation_id=found.organisation_id,
    )
    return InspectionLine(
        InspectionGroup.EVALUATION if evaluation else InspectionGroup.NOT_HELD,
        look.name(found.organisation_id),
        f"{found.period.label}{found.title}",
        found.reason,
        found.article,
        due=due,
        on=found.period_end,
    )


def _drafts(look: _Look) -> Iterator[InspectionLine]:
    last = min(look.period.end, look.day - timedelta(days=1))  # today's is still being written
    query = RecordQuery(look.everyone, from_on=look.period.start, to_on=last, undated=False)
    for record in reversed(look.reading.summaries(query)):
        if record.state is RecordState.DRAFT and record.held_on is not None:
            kinds = "、".join(KIND_BY_KEY[key].name for key in record.kinds if key in KIND_BY_KEY)
            yield InspectionLine(
                InspectionGroup.NOT_FINAL,
                look.name(record.organisation_id),
                f"{kinds}《{record.subject}》" if record.subject else kinds,
                "还是草稿",
                entity="record",
                id=record.id,
                on=record.held_on,
            )


def _evidence(look: _Look) -> Iterator[InspectionLine]:
    for year in range(look.period.start.year, look.period.end.year + 1):
        for each in missing_evidence(look.reading, look.place, year).lines:
            if look.period.start <= each.held_on <= look.period.end:
                yield InspectionLine(
                    InspectionGroup.EVIDENCE,
                    look.name(each.organisation_id),
                    each.kind,
                    f"缺{each.missing_words}",
                    entity="record",
                    id=each.record_id,
                    on=each.held_on,
                )


def _evaluations(look: _Look) -> Iterator[InspectionLine]:
    years = range(look.period.start.year, look.period.end.year + 1)
    for procedure in evaluations_in(look.reading):
        if procedure.year not in years or procedure.organisation_id not in look.branches:
            continue
        if procedure.state is ProcedureState.ABANDONED or procedure.begun_on > look.day:
            continue
        for found in findings_of(look.reading, procedure, look.day):
            if found.level is not Level.INFO:
                yield InspectionLine(
                    InspectionGroup.EVALUATION,
                    look.name(procedure.organisation_id),
                    f"{procedure.year}年度民主评议党员",
                    found.text,
                    found.article,
                    "procedure",
                    procedure.id,
                    "evaluation",
                )


def _resolutions(look: _Look) -> Iterator[InspectionLine]:
    for each in reversed(resolution_lines(look.reading, look.everyone, look.day, open_only=True)):
        if not each.overdue:
            continue
        due_on = each.passed.resolution.due_on
        yield InspectionLine(
            InspectionGroup.RESOLUTION,
            look.name(each.passed.organisation_id),
            f"{each.number} {each.passed.resolution.text}".strip(),
            f"责任人 {each.responsible}" if each.responsible else "没有写责任人",
            entity="record",
            id=each.passed.record_id,
            on=due_on,
        )


def _of_due(
    look: _Look, group: InspectionGroup, items: Iterator[DueItem], place: str = ""
) -> Iterator[InspectionLine]:
    for item in items:
        if item.tone == "bad":
            whose = look.name(item.organisation_id) if item.organisation_id else place
            detail = " · ".join(part for part in item.detail.split(" · ") if part != whose)
            yield InspectionLine(group, whose, item.title, detail, item.article, due=item)


def _ledgers(look: _Look) -> Iterator[InspectionLine]:
    items = ledger_items(look.reading, look.everyone, {}, look.day)
    return _of_due(look, InspectionGroup.LEDGER, items)


def _procedures(look: _Look) -> Iterator[InspectionLine]:
    reading, roster, rules, day = look.reading, look.roster, look.rules, look.day
    for items in (
        term_items(reading, roster, rules, look.branches, day),
        procedure_items(reading, roster, rules, look.branches, day),
        conversion_items(reading, look.branches, day),
        joining_items(reading, look.branches, day),
    ):
        yield from _of_due(look, InspectionGroup.PROCEDURE, items)


def _transfers(look: _Look) -> Iterator[InspectionLine]:
    for each in awaited_receipts(look.reading, look.day):
        transfer = each.transfer
        out = transfer.direction is Direction.OUT
        eve = transfer.moved_on - timedelta(days=1) if out else transfer.moved_on
        branch = look.roster.branch_of(transfer.person_id, eve)
        if transfer.moved_on <= look.period.end and (branch is None or branch.id in look.branches):
            yield InspectionLine(
                InspectionGroup.TRANSFER,
                look.name(branch.id) if branch else "",
                f"{each.person_name}{'转出' if out else '转入'}",
                f"{transfer.counterpart}，还没有登记回执",
                entity="person",
                id=transfer.person_id,
                on=transfer.moved_on,
            )


def _numbers(look: _Look) -> Iterator[InspectionLine]:
    for place in look.branches:
        members = Balance(*balance(look.reading, look.period, place))
        if not members.fits:
            yield InspectionLine(
                InspectionGroup.NUMBERS, look.name(place), "党员增减", balance_words(members)
            )
    for each in misfits_of(look.reading):
        yield InspectionLine(InspectionGroup.NUMBERS, "", "规则更正不再适用", each.where, entity=RULES)


_PARTS: tuple[Callable[[_Look], Iterator[InspectionLine]], ...] = (
    _requirements,
    _drafts,
    _evidence,
    _evaluations,
    _resolutions,
    _ledgers,
    _procedures,
    _transfers,
    _numbers,
)


# --------------------------------------------------------------------------------------------- paper


def inspection_booklet(view: InspectionView, title: str) -> Booklet:
    """The list as a paper; ``title`` names the organisation. A single row where nothing was found.

    Lines that say the same of one place stand in one row with their days, so that a year is a page or two.
    """
    alike: dict[tuple[str, str, str, str], list[date]] = {}
    for each in view.lines:
        detail = f"{each.detail}（{each.article}）" if each.article else each.detail
        days = alike.setdefault((each.group.value, each.place, each.what, detail), [])
        days += [each.on] if each.on else []
    rows = tuple(
        {"number": str(number), "group": group, "place": place, "what": what, "detail": detail}
        | {"days": "、".join(_day(day, view.period) for day in days)}
        for number, ((group, place, what, detail), days) in enumerate(alike.items(), 1)
    )
    values: Mapping[str, Value] = {"rows": rows or ({"what": NOTHING},), "note": summary_words(view)}
    return single(Sheet(INSPECTION, f"{title}{view.period.words}迎检清单", values))


def _day(day: date, period: Period) -> str:
    """1.19; with its year where the period is of another."""
    own = period.start.year == period.end.year == day.year
    return f"{day.month}.{day.day}" if own else f"{day.year}.{day.month}.{day.day}"


def summary_words(view: InspectionView) -> str:
    """共 5 项：未定稿 2 项，缺佐证材料 3 项, with the period and the day as of which it was looked at."""
    counts = "，".join(f"{group.value} {number} 项" for group, number in view.counts.items())
    found = f"共 {len(view.lines)} 项：{counts}" if view.lines else NOTHING
    return f"{view.period.start} 至 {view.period.end}，{found}。情况截至 {view.day}。"
