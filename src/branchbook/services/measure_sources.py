"""What can be counted: each source gives its facts for a period and a scope. A new source is one function here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from branchbook.catalogue.kinds_list import KIND_BY_KEY
from branchbook.catalogue.procedures_list import SHAPE_BY_KEY
from branchbook.domain.dates import Period, full_years
from branchbook.domain.measure_parsing import CellKind, SourceFields
from branchbook.domain.measures import Cell, Fact
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.procedures import Procedure
from branchbook.domain.records import RecordSummary
from branchbook.domain.roster import Roster
from branchbook.services.store import Reading, RecordQuery
from branchbook.services.words import word_of

TEXT, NUMBER, DAY, YES_NO = CellKind.TEXT, CellKind.NUMBER, CellKind.DAY, CellKind.YES_NO
_AGE_BANDS = ((30, "30 岁及以下"), (35, "31–35 岁"), (45, "36–45 岁"), (55, "46–55 岁"), (60, "56–60 岁"))
_YEAR_BANDS = ((5, "5 年以下"), (10, "5–9 年"), (20, "10–19 年"), (30, "20–29 年"), (50, "30–49 年"))
_OVER_AGE, _OVER_YEARS = "61 岁及以上", "50 年及以上"


@dataclass(frozen=True)
class Span:
    """Of what is counted: one moment of the book, a period, and the organisations with their groups.

    ``date_field`` and ``carried`` as a measure asks for them; only sources that say so are asked.
    """

    reading: Reading
    roster: Roster
    period: Period
    organisations: frozenset[UUID]
    date_field: str = ""
    carried: bool = False

    def query(self) -> RecordQuery:
        """Dated records of the period in the scope."""
        return RecordQuery(
            tuple(self.organisations), from_on=self.period.start, to_on=self.period.end, undated=False
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from, and which fields they have."""

    fields: SourceFields
    facts: Callable[[Span], Iterator[Fact]]


def records(span: Span) -> Iterator[Fact]:
    """Final records by the day on which they were held."""
    for each in span.reading.summaries(span.query()):
        if each.is_held and each.held_on is not None:
            yield Fact("record", each.id, each.organisation_id, each.held_on, _record_cells(span, each))


def _record_cells(span: Span, record: RecordSummary) -> Mapping[str, Cell]:
    day, frozen = record.held_on, record.frozen
    cells: dict[str, Cell] = {
        "kind": record.kinds,
        "kind_name": _kind_names(record.kinds),
        "month": day.isoformat()[:7] if day else None,
        "organisation": _place(span.roster, record.organisation_id, day),
        "subject": record.subject,
        "late_entry": record.late_entry,
        "due": frozen.due if frozen else None,
        "present": frozen.present if frozen else None,
        "quorum_met": frozen.quorum_met if frozen else None,
    }
    for key in ("chair", "lecturer"):
        cells[key] = tuple(person.name for person in record.people.get(key, ()))
    return cells


@cache
def _kind_names(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(KIND_BY_KEY[key].name for key in kinds if key in KIND_BY_KEY)


def attendance(span: Span) -> Iterator[Fact]:
    """One mark of one member at one final record."""
    names = {each.id: each.name for each in span.roster.people}
    places = tuple(span.organisations)
    for year in range(span.period.start.year, span.period.end.year + 1):
        for line in span.reading.attendance_lines(places, year):
            if span.period.contains(line.held_on):
                cells: dict[str, Cell] = {
                    "kind": line.kinds,
                    "presence": line.presence,
                    "member": names.get(line.person_id, ""),
                    "month": f"{line.held_on:%Y-%m}",
                }
                yield Fact("record", line.record_id, line.person_id, line.held_on, cells)


def members(span: Span) -> Iterator[Fact]:
    """Members on the last day of the period."""
    day, roster = span.period.end, span.roster
    on_day = roster.on(day)
    for person in roster.people:
        branch, standing = on_day.branches.get(person.id), on_day.standings.get(person.id)
        if branch is None or standing is None or branch.id not in span.organisations:
            continue
        held = Standing(standing.value)
        if held in (Standing.FULL, Standing.PROBATIONARY):
            yield Fact("person", person.id, branch.id, day, _member_cells(roster, person, held, day))


def _member_cells(roster: Roster, person: Person, standing: Standing, day: date) -> Mapping[str, Cell]:
    age = full_years(person.born_on, day) if person.born_on else None
    since = person.full_member_since
    years = full_years(since, day) if since and since <= day else None
    branch = roster.branch_of(person.id, day)
    return {
        "standing": standing.value,
        "standing_name": word_of(standing),
        "sex": word_of(person.sex) if person.sex else None,
        "ethnic_group": person.ethnic_group,
        "minority": person.ethnic_group not in ("", "汉", "汉族"),
        "age": age,
        "age_band": _band(age, _AGE_BANDS, _OVER_AGE, within=True),
        "membership_years": years,
        "membership_band": _band(years, _YEAR_BANDS, _OVER_YEARS, within=False),
        "education": person.education,
        "mark": tuple(sorted(mark.value for mark in roster.marks_on(person.id, day))),
        "mark_name": tuple(sorted(word_of(mark) for mark in roster.marks_on(person.id, day))),
        "organisation": branch.name_on(day) if branch else None,
    }


def _band(number: int | None, bands: tuple[tuple[int, str], ...], over: str, *, within: bool) -> str | None:
    """The band of a number; ``within``: a band's limit still belongs to it."""
    if number is None:
        return None
    return next((label for limit, label in bands if number < limit + within), over)


def band_order(label: str) -> int:
    """Where a band stands among its own, the youngest first; what is no band comes after all."""
    bands = [name for _, name in (*_AGE_BANDS, *_YEAR_BANDS)]
    return bands.index(label) if label in bands else len(bands) + (label == "未填")


def changes(span: Span) -> Iterator[Fact]:
    """What changed among the members: in, out, and from probationary to full.

    A move from one branch of the scope to another is neither in nor out: opening + in − out = closing holds for
    every scope.
    """
    for fact in span.roster.facts:
        if fact.kind is FactKind.STANDING and fact.value == Standing.FULL.value:
            place = span.roster.branch_of(fact.person_id, fact.from_on)
            before = span.roster.standing_on(fact.person_id, _day_before(fact.from_on))
            if (
                before is Standing.PROBATIONARY
                and place is not None
                and place.id in span.organisations
                and span.period.contains(fact.from_on)
            ):
                yield _change(fact.person_id, place.id, fact.from_on, "converted", "预备党员转正", "")
    for person in span.roster.people:
        yield from _moves_of(span, person)


def _moves_of(span: Span, person: Person) -> Iterator[Fact]:
    """Days on which a person became, or ceased to be, a member in the scope."""
    relevant = [
        each
        for each in span.roster.facts_of(person.id)
        if each.kind in (FactKind.MEMBERSHIP, FactKind.STANDING)
    ]
    days = {each.from_on for each in relevant} | {each.to_on for each in relevant if each.to_on}
    for day in sorted(each for each in days if span.period.contains(each)):
        before, after = _home(span, person.id, _day_before(day)), _home(span, person.id, day)
        if (before is None) == (after is None):
            continue
        if after is not None:
            how = _how_joined(relevant, day)
            yield _change(person.id, after, day, how, _change_word(how), "in")
        elif before is not None:
            how = next((each.ending for each in relevant if each.to_on == day and each.ending), "")
            yield _change(person.id, before, day, how, _change_word(how), "out")


def _how_joined(facts: list[PersonFact], day: date) -> str:
    """How a membership began: as the branch's fact says, or by acceptance where the standing begins on that day."""
    begun = {each.kind: each.value for each in facts if each.from_on == day}
    how = begun.get(FactKind.MEMBERSHIP, "")
    if FactKind.STANDING in begun and how in ("", MembershipChange.ON_RECORD):
        return MembershipChange.ACCEPTED.value
    return how or MembershipChange.ON_RECORD.value


def _home(span: Span, person_id: UUID, day: date) -> UUID | None:
    """The branch of the scope in which the person is a member on a day."""
    branch = span.roster.branch_of(person_id, day)
    member = span.roster.standing_on(person_id, day) in (Standing.FULL, Standing.PROBATIONARY)
    return branch.id if branch is not None and member and branch.id in span.organisations else None


def _change(person_id: UUID, place: UUID, day: date, how: str, name: str, direction: str) -> Fact:
    cells: Mapping[str, Cell] = {"change": how, "change_name": name, "direction": direction}
    return Fact("person", person_id, place, day, cells)


def _change_word(value: str) -> str:
    return word_of(MembershipChange(value)) if value in set(MembershipChange) else "其他"


def resolutions(span: Span) -> Iterator[Fact]:
    """Resolutions by the day of their meeting; overdue as of the last day of the period."""
    period = span.period
    years = range(period.start.year, period.end.year + 1)
    for each in span.reading.resolutions(tuple(span.organisations), False, years):
        if each.held_on is None or not period.contains(each.held_on):
            continue
        resolution = each.resolution
        done = resolution.done_on is not None and resolution.done_on <= period.end
        late = not done and resolution.due_on is not None and resolution.due_on < period.end
        cells: Mapping[str, Cell] = {"done": done, "overdue": late, "due_on": resolution.due_on}
        yield Fact("record", each.record_id, each.organisation_id, each.held_on, cells)


def procedures(span: Span) -> Iterator[Fact]:
    """Elections, conversions and the like by the day on which they ended."""
    for each in span.reading.all(Procedure):
        if each.organisation_id not in span.organisations or each.ended_on is None:
            continue
        if span.period.contains(each.ended_on):
            shape = SHAPE_BY_KEY.get(each.shape)
            cells: Mapping[str, Cell] = {
                "family": shape.family if shape else "",
                "shape": each.shape,
                "shape_name": shape.name if shape else each.shape,
                "state": each.state.value,
            }
            yield Fact("procedure", each.id, each.organisation_id, each.ended_on, cells)


def _place(roster: Roster, organisation_id: UUID, day: date | None) -> str | None:
    place = roster.organisation_by_id.get(organisation_id)
    return place.name_on(day) if place is not None and day is not None else None


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


_RECORDS: Mapping[str, CellKind] = {
    "kind": TEXT,
    "kind_name": TEXT,
    "month": TEXT,
    "organisation": TEXT,
    "subject": TEXT,
    "late_entry": YES_NO,
    "due": NUMBER,
    "present": NUMBER,
    "quorum_met": YES_NO,
    "chair": TEXT,
    "lecturer": TEXT,
}
_ATTENDANCE: Mapping[str, CellKind] = {"kind": TEXT, "presence": TEXT, "member": TEXT, "month": TEXT}
_MEMBERS: Mapping[str, CellKind] = {
    "standing": TEXT,
    "standing_name": TEXT,
    "sex": TEXT,
    "ethnic_group": TEXT,
    "minority": YES_NO,
    "age": NUMBER,
    "age_band": TEXT,
    "membership_years": NUMBER,
    "membership_band": TEXT,
    "education": TEXT,
    "mark": TEXT,
    "mark_name": TEXT,
    "organisation": TEXT,
}
_CHANGES: Mapping[str, CellKind] = {"change": TEXT, "change_name": TEXT, "direction": TEXT}
_RESOLUTIONS: Mapping[str, CellKind] = {"done": YES_NO, "overdue": YES_NO, "due_on": DAY}
_PROCEDURES: Mapping[str, CellKind] = {"family": TEXT, "shape": TEXT, "shape_name": TEXT, "state": TEXT}

SOURCES: Mapping[str, Source] = {
    each.fields.key: each
    for each in (
        Source(SourceFields("records", "会议与活动记录", _RECORDS), records),
        Source(SourceFields("attendance", "考勤", _ATTENDANCE), attendance),
        Source(SourceFields("members", "期末党员", _MEMBERS), members),
        Source(SourceFields("changes", "党员增减", _CHANGES), changes),
        Source(SourceFields("resolutions", "决议", _RESOLUTIONS), resolutions),
        Source(SourceFields("procedures", "办理事项", _PROCEDURES), procedures),
    )
}
