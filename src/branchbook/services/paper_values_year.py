"""The values of papers about a year: attendance, dues, plan, what was owed and held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Paragraph, ParagraphStyle, Value
from branchbook.domain.people import FactKind, MembershipChange, Person
from branchbook.domain.records import Presence
from branchbook.domain.requirements import Finding, FindingState
from branchbook.services.due import findings_in, situation_of
from branchbook.services.paper_binding import Binding, within_year
from branchbook.services.paper_words import names_on, within_general_branch
from branchbook.services.store import AttendanceLine
from branchbook.services.words import word_of
from branchbook.services.year_grid import SYMBOLS as SCREEN_SYMBOLS
from branchbook.services.year_grid import CellState, GridLine, year_grid

SYMBOLS = {**SCREEN_SYMBOLS, CellState.OVERDUE: "逾"}
"""As on the screen; without its colour an exclamation mark would be overlooked."""

STATE_WORDS: Mapping[FindingState, str] = {
    FindingState.HELD: "已落实",
    FindingState.HELD_NOT_FINAL: "已召开，未定稿",
    FindingState.DUE: "本期待办",
    FindingState.OVERDUE: "逾期未办",
    FindingState.NOT_YET: "未到期",
    FindingState.NOT_REQUIRED: "不作要求",
}
_OWED = (FindingState.OVERDUE, FindingState.DUE, FindingState.HELD_NOT_FINAL)


def members_of_year(binding: Binding) -> tuple[Person, ...]:
    """Whoever was a member on any day of the year up to the day asked, in the roster's order."""
    year, own = binding.year, binding.subject_organisation
    first, last = date(year, 1, 1), within_year(binding.request.day, year)
    days = {first, last} | {
        day
        for fact in binding.roster.facts
        for day in (fact.from_on, fact.to_on - timedelta(days=1) if fact.to_on else fact.from_on)
        if fact.kind in (FactKind.MEMBERSHIP, FactKind.STANDING) and first <= day <= last
    }
    found = {person.id: person for day in days for person in binding.roster.members_on(own.id, day)}
    return tuple(sorted(found.values(), key=lambda each: (each.position, each.name, str(each.id))))


def attendance_values(binding: Binding) -> Mapping[str, Value]:
    """Per member: times present of times due under each kind; the rate counts every record once.

    A general branch's own meetings are mostly its committee's: only who was due at one has a line.
    """
    organisation_ids = [each.id for each in binding.organisations_of_year]
    lines: dict[UUID, list[AttendanceLine]] = defaultdict(list)
    for line in binding.reading.attendance_lines(organisation_ids, binding.year):
        if line.presence != Presence.EXCLUDED:
            lines[line.person_id].append(line)
    only_marked = binding.subject_organisation.kind == OrganisationKind.GENERAL_BRANCH
    members = members_of_year(binding) if lines else ()
    people = [person for person in members if person.id in lines or not only_marked]
    rows = tuple(
        {"number": str(number), "name": person.name, **_attendance_cells(lines[person.id])}
        for number, person in enumerate(people, 1)
    )
    note = "只统计已定稿的记录；一次会议按几种会议同时记录的，在各栏分别计数，出勤率按一次计算。"
    return {"rows": rows, "notes": (Paragraph(note, ParagraphStyle.NOTE),)}


def _attendance_cells(lines: Sequence[AttendanceLine]) -> Mapping[str, str]:
    kinds = dict.fromkeys(kind for line in lines for kind in line.kinds)
    cells = {kind: _share([line for line in lines if kind in line.kinds]) for kind in kinds}
    if not lines:
        return {}
    present, due = _number(lines, Presence.PRESENT), len(lines)
    cells["on_leave"] = str(_number(lines, Presence.ON_LEAVE))
    cells["absent"] = str(_number(lines, Presence.ABSENT))
    cells["rate"] = percent(present, due)
    return cells


def _share(lines: Sequence[AttendanceLine]) -> str:
    return f"{_number(lines, Presence.PRESENT)}/{len(lines)}"


def _number(lines: Iterable[AttendanceLine], presence: Presence) -> int:
    return sum(1 for line in lines if line.presence == presence)


def percent(part: int, whole: int) -> str:
    """96.4%, rounded half up in integers; blank where there is nothing to divide by."""
    if not whole:
        return ""
    permille = (2000 * part + whole) // (2 * whole)
    return f"{permille // 10}.{permille % 10}%"


def moves_of(binding: Binding, person_id: UUID) -> str:
    """3月转入, 6月转出: moves into and out of this branch within the year."""
    own, year = binding.subject_organisation.id, binding.year
    said = []
    for fact in binding.roster.facts_of(person_id, FactKind.MEMBERSHIP):
        if fact.organisation_id != own:
            continue
        if fact.from_on.year == year and fact.value != MembershipChange.ON_RECORD:
            said.append(f"{fact.from_on.month}月{word_of(MembershipChange(fact.value))}")
        if fact.to_on and fact.to_on.year == year and fact.ending:
            said.append(f"{fact.to_on.month}月{word_of(MembershipChange(fact.ending))}")
    return "，".join(said)


def schedule_values() -> Mapping[str, Value]:
    """配档表: the twelve months; the rest is written by hand."""
    return {"rows": tuple({"month": f"{month}月"} for month in range(1, 13))}


def requirement_values(binding: Binding) -> Mapping[str, Value]:
    """The year grid in symbols, and below it what is owed on the day, with the article behind each."""
    year, day = binding.year, binding.request.day
    places = binding.places_of_year
    situation = situation_of(binding.reading, places, year, day)
    found = findings_in(binding.reading, situation, places, year)
    grid = year_grid(found, {record.id: record for record in situation.records}, year, day)
    return _requirement_values(binding, found, grid)


def _requirement_values(
    binding: Binding, findings: Sequence[Finding], grid: Sequence[GridLine]
) -> Mapping[str, Value]:
    grid_rows = tuple(
        {
            "requirement": _with_place(binding, line.title, line.organisation_id),
            **{f"month_{month}": SYMBOLS[cell.state] for month, cell in enumerate(line.cells, 1)},
            "count": f"{line.done}/{line.owed}",
        }
        for line in grid
    )
    return {
        "year_grid": grid_rows,
        "owed": _owed_rows(binding, findings) or ({"requirement": "无"},),
        "legend": _legend(),
    }


def _owed_rows(binding: Binding, findings: Sequence[Finding]) -> tuple[Mapping[str, str], ...]:
    """One row for what is owed of one requirement in one state, its periods one after another."""
    owed: dict[tuple[str, FindingState, str], list[str]] = {}
    for finding in findings:
        if finding.state in _OWED:
            title = _with_place(binding, finding.title, finding.organisation_id)
            label = finding.period.label.removeprefix(f"{binding.year}年") or "全年"
            owed.setdefault((title, finding.state, finding.article), []).append(label)
    return tuple(
        {
            "requirement": title,
            "period": "、".join(labels),
            "state": STATE_WORDS[state],
            "article": article,
        }
        for (title, state, article), labels in owed.items()
    )


def _with_place(binding: Binding, title: str, organisation_id: UUID) -> str:
    """A group's requirement says which group."""
    if organisation_id == binding.subject_organisation.id:
        return title
    names = names_on(binding.roster, organisation_id, binding.day)
    own = binding.names.organisation
    branch = "" if names.branch in (own, names.organisation) else within_general_branch(names.branch, own)
    return f"{title}（{branch}{within_general_branch(names.organisation, own)}）"


def _legend() -> tuple[Paragraph, ...]:
    words = {
        CellState.HELD: "已定稿",
        CellState.HELD_NOT_FINAL: "有草稿、未定稿",
        CellState.DUE: "本期待办",
        CellState.OVERDUE: "逾期",
        CellState.NOT_YET: "未到期",
        CellState.NOT_REQUIRED: "当月不作要求",
    }
    text = "　".join(f"{SYMBOLS[state]} {word}" for state, word in words.items())
    return (Paragraph(text, ParagraphStyle.NOTE),)
