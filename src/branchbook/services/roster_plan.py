"""The plan of a roster's import: per row what is new, changed or refused, and the values to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from branchbook.domain.organisations import Organisation
from branchbook.domain.people import FactKind, Person, PersonFact
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.roster import Roster
from branchbook.services.fact_guards import check_person_facts, check_single_posts
from branchbook.services.initials import initials_of
from branchbook.services.roster_columns import COLUMN_BY_KEY
from branchbook.services.roster_dates import says_the_same
from branchbook.services.roster_facts import FactPlan, facts_of_known, facts_of_new
from branchbook.services.roster_matching import match_rows
from branchbook.services.roster_places import RosterPlaces
from branchbook.services.roster_values import DATE_FIELDS, RosterFinding, RosterRow, Severity
from branchbook.services.words import word_of


class LineStatus(StrEnum):
    """What the import does with one row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One difference between the book and the file, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One row of the preview. ``person_id`` None: refused."""

    row: int
    name: str
    status: LineStatus
    person_id: UUID | None = None
    branch: str = ""
    changes: tuple[RosterChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What an import does. ``findings`` name row and column; ``absent`` are members whom the file lacks."""

    lines: tuple[RosterLine, ...]
    findings: tuple[RosterFinding, ...]
    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    facts: tuple[PersonFact, ...]
    absent: tuple[str, ...] = ()

    def count(self, status: LineStatus) -> int:
        """How many rows have a status."""
        return sum(1 for line in self.lines if line.status is status)

    @property
    def summary(self) -> str:
        """新增 3 人，更新 1 人，未变 40 人，未导入 2 行."""
        parts = [f"新增 {self.count(LineStatus.NEW)} 人", f"更新 {self.count(LineStatus.CHANGED)} 人"]
        parts.append(f"未变 {self.count(LineStatus.UNCHANGED)} 人")
        if refused := self.count(LineStatus.REFUSED):
            parts.append(f"未导入 {refused} 行")
        return "，".join(parts)


@dataclass
class _Planned:
    """One row on its way: its person and facts as they will be, and what differs."""

    row: RosterRow
    person: Person
    plan: FactPlan
    known: bool
    changes: list[RosterChange] = field(default_factory=list)


def plan_import(
    roster: Roster,
    rows: Sequence[RosterRow],
    findings: Iterable[RosterFinding],
    today: date,
    branch_id: UUID | None,
) -> RosterPreview:
    """Plan the import of all rows against the book as it is today."""
    for row in rows:
        if not row.name and not row.is_refused():
            row.note(Severity.ROW_REFUSED, "name", "没有姓名")
    places = RosterPlaces(roster, today, branch_id)
    matched = match_rows(rows, roster.people)
    first_position = max((person.position for person in roster.people), default=-1) + 1
    planned: list[_Planned] = []
    for row in rows:
        if row.is_refused() or row.number not in matched:
            continue
        try:
            position = first_position + len(planned)
            planned.append(_plan_row(row, matched[row.number], position, today, places, roster))
        except RefusedProblem as problem:
            row.note(Severity.ROW_REFUSED, "", str(problem))
    future = replace(roster, organisations=(*roster.organisations, *places.planned))
    planned = [each for each in planned if _facts_agree(each, future)]
    _add_posts(planned, future)
    return _preview(roster, rows, planned, places, tuple(findings), today)


def _plan_row(
    row: RosterRow, person: Person | None, position: int, today: date, places: RosterPlaces, roster: Roster
) -> _Planned:
    if person is None:
        blank = Person(row.identifier or uuid4(), row.name, initials_of(row.name), position=position)
        plan = facts_of_new(row, blank.id, today, places, roster)
        return _Planned(row, _with_cells(blank, row, []), plan, known=False)
    changes: list[RosterChange] = []

    def note(label: str, before: str, after: str) -> None:
        changes.append(RosterChange(label, before, after))

    plan = facts_of_known(row, person.id, today, places, roster, note)
    return _Planned(row, _with_cells(person, row, changes), plan, True, changes)


def _with_cells(person: Person, row: RosterRow, changes: list[RosterChange]) -> Person:
    """The person with everything that the row says; an empty or masked cell changes nothing."""
    new: dict[str, object] = dict(row.texts)
    new.update({key: row.dates[key].day for key in DATE_FIELDS if _date_differs(person, row, key)})
    if row.sex is not None or person.sex is None:
        new["sex"] = row.sex or row.derived_sex
    if person.born_on is None and "born_on" not in row.dates:
        new["born_on"] = row.derived_born_on
    if row.identity_number:
        new["identity_number"] = row.identity_number
        if person.identity_number and person.identity_number != row.identity_number:
            row.note(Severity.CHECK, "identity_number", "与簿中的号码不同，将按文件更新，请核对")
    if row.name != person.name:
        new |= {"name": row.name, "initials": initials_of(row.name)}
    different = {key: value for key, value in new.items() if getattr(person, key) != value}
    for key, value in different.items():
        if key in COLUMN_BY_KEY:
            before, after = _shown(getattr(person, key)), _shown(value)
            changes.append(RosterChange(COLUMN_BY_KEY[key].label, before, after))
    return replace(person, **different)  # type: ignore[arg-type]


def _date_differs(person: Person, row: RosterRow, key: str) -> bool:
    return key in row.dates and not says_the_same(row.dates[key], getattr(person, key))


def _shown(value: object) -> str:
    if isinstance(value, StrEnum):
        return word_of(value)
    return "" if value is None else str(value)


def _facts_agree(each: _Planned, roster: Roster) -> bool:
    try:
        check_person_facts(roster, each.plan.kept)
    except RefusedProblem as problem:
        each.row.note(Severity.ROW_REFUSED, "", str(problem))
        return False
    return True


def _add_posts(planned: Sequence[_Planned], roster: Roster) -> None:
    """Posts last: when every other fact is known, so that one secretary can follow another in one file."""
    changed = {each.person.id for each in planned}
    held = [fact for fact in roster.facts if fact.person_id not in changed and fact.kind is FactKind.POST]
    held += [fact for each in planned for fact in each.plan.kept if fact.kind is FactKind.POST]
    people = (*(each.person for each in planned), *(p for p in roster.people if p.id not in changed))
    future = replace(roster, people=people)
    for each in planned:
        for post in each.plan.new_posts:
            try:
                check_person_facts(future, (*each.plan.kept, post))
                check_single_posts(future, (post,), held)
            except RefusedProblem as problem:
                each.row.note(Severity.CELL_REFUSED, "posts", f"{problem}（职务没有读入）")
                continue
            each.plan.kept.append(post)
            held.append(post)


def _preview(
    roster: Roster,
    rows: Sequence[RosterRow],
    planned: Sequence[_Planned],
    places: RosterPlaces,
    findings: tuple[RosterFinding, ...],
    today: date,
) -> RosterPreview:
    by_row = {each.row.number: each for each in planned}
    before = {fact.id: fact for fact in roster.facts}
    facts = [fact for each in planned for fact in each.plan.kept if before.get(fact.id) != fact]
    people = [each.person for each in planned if each.person != roster.person_by_id.get(each.person.id)]
    used = {fact.organisation_id for fact in facts}
    organisations = [each for each in places.planned if each.id in used or _is_parent(each, places, used)]
    names = {each.id: each.name for each in (*roster.organisations, *places.planned)}
    return RosterPreview(
        tuple(_line(row, by_row.get(row.number), names) for row in rows),
        (*findings, *_found_in(rows), *_about_places(organisations)),
        tuple(organisations),
        tuple(people),
        tuple(facts),
        _absent(roster, planned, today),
    )


def _is_parent(organisation: Organisation, places: RosterPlaces, used: set[UUID | None]) -> bool:
    return any(each.parent_id == organisation.id and each.id in used for each in places.planned)


def _line(row: RosterRow, each: _Planned | None, names: dict[UUID, str]) -> RosterLine:
    if each is None or row.is_refused():
        return RosterLine(row.number, row.name, LineStatus.REFUSED, branch=row.branch)
    status = LineStatus.NEW
    if each.known:
        status = LineStatus.CHANGED if each.changes else LineStatus.UNCHANGED
    memberships = each.plan.holding(FactKind.MEMBERSHIP)
    branch_id = memberships[-1].organisation_id if memberships else None
    branch = names.get(branch_id, "") if branch_id else ""
    return RosterLine(row.number, row.name, status, each.person.id, branch, tuple(each.changes))


def _found_in(rows: Sequence[RosterRow]) -> Iterable[RosterFinding]:
    return (finding for row in rows for finding in row.findings)


def _about_places(organisations: Sequence[Organisation]) -> Iterable[RosterFinding]:
    for each in organisations:
        text = f"将新建{word_of(each.kind)}“{each.name}”，成立日期按 {each.founded_on} 登记，可在“组织”中更正"
        yield RosterFinding(Severity.CHECK, 0, "", text)


def _absent(roster: Roster, planned: Sequence[_Planned], today: date) -> tuple[str, ...]:
    """Members of the branches that the file covers who do not stand in it; they are left as they are."""
    present = {each.person.id for each in planned}
    covered = {fact.organisation_id for each in planned for fact in each.plan.holding(FactKind.MEMBERSHIP)}
    branches = [branch for branch in roster.branches_on(today) if branch.id in covered]
    return tuple(
        member.name
        for branch in branches
        for member in roster.members_on(branch.id, today)
        if member.id not in present
    )
