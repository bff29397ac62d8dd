"""The Desk: what is due, overdue first; the year grid; open resolutions; what ends soon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.domain.dates import chinese_date
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.people import Standing
from branchbook.domain.requirements import Finding, FindingState, Situation
from branchbook.domain.roster import Roster
from branchbook.services.conversion_items import conversion_items, joining_items
from branchbook.services.due import findings_in, situation_of
from branchbook.services.due_items import DueItem, short_date
from branchbook.services.evaluation_items import evaluation_items
from branchbook.services.ledger_items import ledger_items
from branchbook.services.place_words import short_places
from branchbook.services.resolutions import ResolutionLine, resolution_lines
from branchbook.services.rules import misfits_of
from branchbook.services.store import Reading
from branchbook.services.term_items import procedure_items, term_items
from branchbook.services.transfers import Direction, awaited_receipts
from branchbook.services.year_grid import GridLine, year_grid

__all__ = ["DeskView", "DueItem", "desk", "line_title", "summary_of", "title_of"]

_URGENCY = {FindingState.OVERDUE: 0, FindingState.HELD_NOT_FINAL: 1, FindingState.DUE: 2}


@dataclass(frozen=True, slots=True)
class DeskView:
    """Everything that the Desk shows, for one branch (or the general branch) and one year."""

    due: tuple[DueItem, ...]
    grid: tuple[GridLine, ...]
    findings: tuple[Finding, ...]
    resolutions: tuple[ResolutionLine, ...]
    summary: str
    members: int
    place_words: Mapping[UUID, str] = field(default_factory=dict)
    """Short names of the organisations where several stand together; empty for one branch."""


def desk(reading: Reading, organisation_id: UUID, year: int, today: date) -> DeskView:
    """The Desk of an organisation. For the general branch, that of all its branches and its own committee."""
    situation = situation_of(reading, _places(reading.roster(), organisation_id, year), year, today)
    roster = situation.roster
    places = _places(roster, organisation_id, year)
    found = findings_in(reading, situation, places, year)
    by_id = {record.id: record for record in situation.records}
    everyone = places + tuple(each.id for place in places for each in roster.groups_of(place, today))
    rules = situation.rulebook
    words = short_places(roster, places, today)
    rounds = evaluation_items(reading, found, words, places, rules.on(today), today)
    told = [each.finding for each in rounds if each.finding is not None]
    due = [
        *_of_findings([each for each in found if each not in told], words, today),
        *rounds,
        *term_items(reading, roster, rules.on(today), places, today),
        *procedure_items(reading, roster, rules.on(today), places, today),
        *conversion_items(reading, places, today),
        *joining_items(reading, places, today),
        *ledger_items(reading, everyone, words, today),
        *_receipts(reading, roster, places, today),
    ]
    due.sort(key=lambda each: each.tone != "bad" and not each.about_rules)  # overdue first, stable
    return DeskView(
        due=(*_misfits(reading), *due),
        grid=year_grid(found, by_id, year, today),
        findings=found,
        resolutions=resolution_lines(reading, everyone, today, open_only=True),
        summary=summary_of(situation, organisation_id, today),
        members=len(roster.members_on(organisation_id, today)),
        place_words=words,
    )


def summary_of(situation: Situation, organisation_id: UUID, today: date) -> str:
    """One sentence on the organisation's shape, which decides what is asked of it."""
    roster = situation.roster
    members = roster.members_on(organisation_id, today)
    full = sum(1 for each in members if roster.standing_on(each.id, today) == Standing.FULL)
    counts = f"正式党员 {full} 名，预备党员 {len(members) - full} 名"
    organisation = roster.organisation_by_id[organisation_id]
    if organisation.kind == OrganisationKind.GENERAL_BRANCH:
        return f"本党总支有支部 {len(roster.branches_on(today))} 个；{counts}。"
    committee = roster.committee_on(organisation_id, today)
    groups = roster.groups_of(organisation_id, today)
    formed = f"设支委会（{len(committee)} 人）" if committee else "设支委会（委员还没有登记）"
    shape = formed if roster.has_committee_on(organisation_id, today) else "不设支委会"
    divided = f"党小组 {len(groups)} 个" if groups else "不分党小组"
    return f"本支部{shape}、{divided}；{counts}。"


def _places(roster: Roster, organisation_id: UUID, year: int) -> tuple[UUID, ...]:
    organisation = roster.organisation_by_id[organisation_id]
    if organisation.kind != OrganisationKind.GENERAL_BRANCH:
        return (organisation_id,)
    last = date(year, 12, 31)
    branches = [
        each
        for each in roster.organisations
        if each.parent_id == organisation_id
        and each.kind == OrganisationKind.BRANCH
        and each.founded_on <= last
    ]
    ordered = sorted(branches, key=lambda each: (each.position, each.founded_on, each.name))
    return (*(each.id for each in ordered), organisation_id)


def _of_findings(found: Sequence[Finding], words: Mapping[UUID, str], today: date) -> list[DueItem]:
    """The most urgent first; branches and groups as they stand in the book."""
    order = {each.organisation_id: number for number, each in reversed(list(enumerate(found)))}
    wanted = [each for each in found if each.state in _URGENCY]
    wanted.sort(
        key=lambda each: (
            _URGENCY[each.state],
            each.period_end,
            each.requirement,
            order[each.organisation_id],
        )
    )
    return [_due_item(each, today, words.get(each.organisation_id, "")) for each in wanted]


def line_title(finding: Finding, words: Mapping[UUID, str]) -> str:
    """What a line of the grid is about: the work, and whose it is where several stand together."""
    whose = words.get(finding.organisation_id, "")
    if finding.requirement == "group_meeting":
        return f"{whose}会" if whose else title_of(finding)
    return f"{whose}{_work(finding)}" if whose else finding.title


def _work(finding: Finding) -> str:
    """大会 for the general meeting: beside a branch's name the short word is enough."""
    own = KIND_BY_KEY.get(finding.requirement)
    return own.short_name if own else finding.title


def title_of(finding: Finding) -> str:
    """第一党小组会: a group's meeting by the group's own name; else place and work."""
    name = finding.scope
    return f"{name}会" if name.endswith("党小组") else f"{name}{finding.title}"


def _short_label(finding: Finding, today: date) -> str:
    """第三季度, 7月, 年度: the period without this year's number."""
    label, year = finding.period.label, f"{today.year}年"
    return (label.removeprefix(year) or "年度") if label.startswith(year) else label


def _due_item(finding: Finding, today: date, whose: str) -> DueItem:
    of_group = finding.requirement == "group_meeting"
    title = f"{_short_label(finding, today)}{title_of(finding) if of_group else finding.title}"
    place = f"{whose} · " if whose else ""
    if finding.state == FindingState.OVERDUE:
        days = (today - finding.period_end).days
        badge, tone, action, begin_on = f"逾期 {days} 天", "bad", "补记", None
        detail = f"{place}{short_date(finding.period_end, today)}前应完成"
    elif finding.state == FindingState.HELD_NOT_FINAL:
        badge, tone, action, begin_on = "未定稿", "warn", "定稿", None
        detail = f"{place}{finding.reason}"
    else:
        days = (finding.period_end - today).days
        badge, tone, action, begin_on = f"还有 {days} 天", "warn", "开始记录", today
        detail = f"{place}{short_date(finding.period_end, today)}前"
    record = finding.records[0] if finding.records else None
    planned = (
        record is not None
        and finding.state == FindingState.DUE
        and not finding.requirement.startswith("check")
    )
    return DueItem(
        title=title,
        badge="已安排" if planned else badge,
        tone=tone,
        detail=detail,
        article=finding.article,
        action="查看" if finding.requirement.startswith("checklist:") else ("打开" if planned else action),
        finding=finding,
        record_id=record,
        begin_kind=finding.kinds[0] if finding.kinds else "",
        begin_on=begin_on,
        organisation_id=finding.organisation_id,
    )


def _misfits(reading: Reading) -> Iterable[DueItem]:
    """Corrections of rules that this version does not take: they have no effect, which nobody would notice."""
    found = misfits_of(reading)
    if found:
        yield DueItem(
            title=f"{len(found)} 处规则更正不再适用",
            badge="没有起作用",
            tone="warn",
            detail="；".join(each.where for each in found),
            article="",
            action="查看",
            about_rules=True,
        )


def _receipts(reading: Reading, roster: Roster, places: tuple[UUID, ...], today: date) -> Iterable[DueItem]:
    """Transfers of the organisation's members that await their receipt, the longest-waiting first."""
    waiting = awaited_receipts(reading, today)
    ids = {each.transfer.fact_id for each in waiting}
    held_in = {fact.id: fact.organisation_id for fact in roster.facts if fact.id in ids} if ids else {}
    for each in waiting:
        transfer = each.transfer
        if held_in.get(transfer.fact_id) not in places:
            continue
        out = transfer.direction == Direction.OUT
        way = f"转往{transfer.counterpart}" if out else f"由{transfer.counterpart}转来"
        letter = f" · 介绍信 {transfer.letter}" if transfer.letter else ""
        yield DueItem(
            title=f"{each.person_name} {'转出' if out else '转入'}组织关系回执",
            badge=f"已等 {each.days} 天",
            tone="quiet",
            detail=f"{chinese_date(transfer.moved_on)}{way}{letter}",
            article="",
            action="登记",
            person_id=transfer.person_id,
        )
