"""The charts of a period: meetings by month, attendance by kind and by member, hours, and who the members are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from branchbook.domain.charts import Chart, ChartPoint, ChartStyle
from branchbook.domain.dates import Period, add_months
from branchbook.domain.measures import Fact, Figure, Part
from branchbook.domain.records import Presence
from branchbook.services.education_hours import branch_hours
from branchbook.services.measure_sources import band_order
from branchbook.services.measures import FigurePair, facts_of
from branchbook.services.store import Reading

_BY_MONTH = (
    ("三会一课（按月）", ("general_meetings", "committee_meetings", "group_meetings", "party_lessons")),
)
_BY_PART = (
    ("党员年龄", "members", "age_band"),
    ("党龄", "members", "membership_band"),
    ("文化程度", "members", "education"),
    ("性别", "members", "sex"),
    ("民族", "members", "ethnic_group"),
)
_MOST_MONTHS = 24
_MOST_BARS = 60
"""More names than one page of bars are no chart any more: a general branch has lists for that."""
_TENTH = Decimal("0.1")
_ATTENDED = (Presence.PRESENT.value, Presence.ON_LEAVE.value, Presence.ABSENT.value)


def charts_of(
    reading: Reading, pairs: Sequence[FigurePair], period: Period, organisation_id: UUID | None, today: date
) -> tuple[Chart, ...]:
    """Every chart that has something to show, each once for screen and paper."""
    by_key = {pair.now.measure.key: pair.now for pair in pairs}
    return (
        *_by_month(by_key, period),
        *_attendance_by_kind(by_key),
        *_attendance_by_member(reading, by_key, period, organisation_id),
        *_hours(reading, period, organisation_id, today),
        *_by_part(by_key),
    )


def _by_month(figures: Mapping[str, Figure], period: Period) -> Iterator[Chart]:
    months = _months(period)
    if not 1 < len(months) <= _MOST_MONTHS:
        return
    for title, keys in _BY_MONTH:
        counts: Counter[str] = Counter()
        for part in (part for key in keys for part in _parts(figures, key, "month")):
            counts[part.label] += int(part.value)
        if counts:
            points = tuple(ChartPoint(f"{int(each[5:])}月", Decimal(counts[each])) for each in months)
            yield Chart(title, "次", points)


def _attendance_by_kind(figures: Mapping[str, Figure]) -> Iterator[Chart]:
    """实到 out of 应到, as frozen when the records were finalised; a record of two kinds counts under each."""
    due: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for fact in figures["meetings_due"].facts if "meetings_due" in figures else ():
        for name in _names(fact):
            due[name] += _whole(fact, "due")
            present[name] += _whole(fact, "present")
    yield from _rates("到会率（按会议种类）", {each: (present[each], due[each]) for each in due})


def _attendance_by_member(
    reading: Reading, figures: Mapping[str, Figure], period: Period, organisation_id: UUID | None
) -> Iterator[Chart]:
    """Of the marks of each member in final records, without those who were not due."""
    if "members" in figures and len(figures["members"].facts) > _MOST_BARS:
        return
    marks: dict[tuple[UUID, str], Counter[str]] = defaultdict(Counter)
    for fact in facts_of(reading, period, organisation_id, {"attendance"})["attendance"]:
        # The organisation of a mark is whose it is: two members of one name are two bars.
        marks[fact.organisation_id, str(fact.cells["member"])][str(fact.cells["presence"])] += 1
    counted = {
        whose: (each[Presence.PRESENT.value], sum(each[word] for word in _ATTENDED))
        for whose, each in marks.items()
    }
    if len(counted) <= _MOST_BARS:
        rates = [(name, *numbers) for (_, name), numbers in counted.items()]
        yield from _bars("到会率（按党员）", rates)


def _hours(reading: Reading, period: Period, organisation_id: UUID | None, today: date) -> Iterator[Chart]:
    """The hours of a branch's members in the year of the period."""
    if organisation_id is None or period.start.year != period.end.year:
        return
    view = branch_hours(reading, organisation_id, period.end.year, today)
    lines = view.lines if view is not None else ()
    if not any(each.hours.tenths for each in lines) or len(lines) > _MOST_BARS:
        return
    points = tuple(ChartPoint(each.name, Decimal(each.hours.tenths) / 10) for each in lines)
    yield Chart(f"{period.end.year}年学时", "学时", points, ChartStyle.BARS)


def _by_part(figures: Mapping[str, Figure]) -> Iterator[Chart]:
    for title, key, field in _BY_PART:
        parts = sorted(_parts(figures, key, field), key=lambda part: band_order(part.label))
        if parts:
            points = tuple(ChartPoint(part.label, part.value) for part in parts)
            yield Chart(title, "名", points, ChartStyle.BARS)


def _rates(title: str, counted: Mapping[str, tuple[int, int]]) -> Iterator[Chart]:
    yield from _bars(title, [(name, *numbers) for name, numbers in counted.items()])


def _bars(title: str, counted: Sequence[tuple[str, int, int]]) -> Iterator[Chart]:
    """Hundredths of the whole; who or what was never due has no bar."""
    points = tuple(
        ChartPoint(name, (Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP))
        for name, part, whole in counted
        if whole
    )
    if points:
        yield Chart(title, "%", points, ChartStyle.BARS)


def _names(fact: Fact) -> tuple[str, ...]:
    names = fact.cells.get("kind_name")
    return tuple(map(str, names)) if isinstance(names, tuple) else ()


def _whole(fact: Fact, key: str) -> int:
    number = fact.cells.get(key)
    return number if isinstance(number, int) else 0


def _parts(figures: Mapping[str, Figure], key: str, field: str) -> tuple[Part, ...]:
    figure = figures.get(key)
    return (figure.parts or {}).get(field, ()) if figure else ()


def _months(period: Period) -> tuple[str, ...]:
    found: list[str] = []
    day = period.start.replace(day=1)
    while day <= period.end and len(found) <= _MOST_MONTHS:
        found.append(f"{day:%Y-%m}")
        day = add_months(day, 1)
    return tuple(found)
