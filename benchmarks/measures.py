"""All shipped measures over a general branch of twenty branches and ten years, and whether they cost as the records do.

The period is all ten years, so that every record and row is a fact; half the records must cost half the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid5

from benchmarks.books import FOUNDED, SPACE, TODAY, final, write
from benchmarks.report import Line
from benchmarks.timing import in_turns
from branchbook.app import OBJECTS_BETWEEN_COLLECTIONS, Workshop
from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.domain.dates import Period
from branchbook.domain.fields import FieldSpec, FieldType
from branchbook.domain.ledgers import Ledger, LedgerRow
from branchbook.domain.measures import Figure
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.records import Attendance, FieldValue, PersonRef, Record
from branchbook.services.measures import count
from branchbook.services.store import Book, Entity

YEARS, BRANCHES, MEMBERS = 10, 20, 20
MEETINGS_A_YEAR, ROWS_A_YEAR = 40, 1
MOST_MILLISECONDS = 300.0
MOST_TIMES_HALF = 2.3
_TOP = uuid5(SPACE, "measures general branch")
_KINDS = ("general_meeting", "committee_meeting", "group_meeting", "party_lesson", "theme_party_day")


def measure(folder: Path, runs: int, years: int = YEARS) -> list[Line]:
    """Every measure over all years, in a book of ``years`` years and in one of half as many."""
    books = {count: _book(folder, count) for count in (years // 2, years)}
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)  # as the program runs
    try:
        for many, book in books.items():
            _counted_all(figures(book, many), many)
        took = in_turns({str(many): partial(figures, book, many) for many, book in books.items()}, runs * 2)
    finally:
        gc.set_threshold(*before)
        for book in books.values():
            book.close()
    half, whole = took[str(years // 2)], took[str(years)]
    records, rows = years * BRANCHES * MEETINGS_A_YEAR, years * BRANCHES * len(shipped_ledgers().ledgers)
    return [
        Line(
            f"all measures, {years} years × {BRANCHES} branches",
            whole.wall * 1000,
            "ms",
            MOST_MILLISECONDS,
            f"{records} records, {rows} rows of ledgers, {BRANCHES * MEMBERS} members, each counted",
        ),
        Line(
            "all measures, twice the records",
            whole.ratio_to(half),
            "×",
            MOST_TIMES_HALF,
            f"half the years: {half.wall * 1000:.0f} ms",
        ),
    ]


def figures(book: Book, years: int) -> tuple[Figure, ...]:
    """Every measure of the whole book, with a fresh reading."""
    with book.reading() as reading:
        return count(reading, Period(date(TODAY.year - years + 1, 1, 1), date(TODAY.year, 12, 31)))


def _counted_all(found: tuple[Figure, ...], years: int) -> None:
    """Refuse to measure what does not count everything."""
    values = {each.measure.key: each.value for each in found}
    if values["general_meetings"] != years * BRANCHES * MEETINGS_A_YEAR / len(_KINDS):
        raise AssertionError(f"not every meeting was counted: {values['general_meetings']}")
    if values["rectifications"] != years * BRANCHES * ROWS_A_YEAR:
        raise AssertionError(f"not every row was counted: {values['rectifications']}")


def _book(folder: Path, years: int) -> Book:
    path = folder / f"measures-{years}.branchbook"
    made = Workshop().shelf.create(path, "测量")
    try:
        write(made, tuple(_places_and_people()))
        for year in range(TODAY.year - years + 1, TODAY.year + 1):
            write(made, tuple(_year(year)))
    finally:
        made.close()
    return Workshop().shelf.open(path, None, writable=False, holder="测量")


def _branch(number: int) -> UUID:
    return uuid5(SPACE, f"measures branch {number}")


def _member(branch: int, number: int) -> UUID:
    return uuid5(SPACE, f"measures member {branch} {number}")


def _name(branch: int, number: int) -> str:
    return f"示例{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{branch:02d}{number:02d}"


def _places_and_people() -> Iterator[Entity]:
    yield Organisation(_TOP, OrganisationKind.GENERAL_BRANCH, (DatedName("示例党总支", FOUNDED),), FOUNDED)
    for branch in range(BRANCHES):
        names = (DatedName(f"示例第{branch + 1}党支部", FOUNDED),)
        yield Organisation(
            _branch(branch), OrganisationKind.BRANCH, names, FOUNDED, parent_id=_TOP, position=branch
        )
        for number in range(MEMBERS):
            key = _member(branch, number)
            yield Person(key, _name(branch, number), initials="slj", born_on=date(1970 + number, 3, 5))
            for kind, value in (
                (FactKind.MEMBERSHIP, MembershipChange.ON_RECORD.value),
                (FactKind.STANDING, Standing.FULL.value),
            ):
                place = _branch(branch) if kind is FactKind.MEMBERSHIP else None
                yield PersonFact(uuid5(key, kind), key, kind, value, FOUNDED, organisation_id=place)


def _year(year: int) -> Iterator[Entity]:
    for branch in range(BRANCHES):
        for number in range(MEETINGS_A_YEAR):
            yield _meeting(year, branch, number)
        for position, ledger in enumerate(shipped_ledgers().ledgers):
            yield _row(ledger, year, branch, position)


def _meeting(year: int, branch: int, number: int) -> Record:
    chair = PersonRef(_name(branch, 0), _member(branch, 0))
    return final(
        Record(
            uuid5(SPACE, f"measures record {year} {branch} {number}"),
            (_KINDS[number % len(_KINDS)],),
            _branch(branch),
            held_on=date(year, 1, 4) + timedelta(days=number * 9),
            subject="学习文件，讨论窗口服务",
            people={"chair": (chair,), "minute_taker": (chair,), "lecturer": (chair,)},
            attendance=tuple(
                Attendance(_member(branch, each), _name(branch, each)) for each in range(MEMBERS)
            ),
        )
    )


def _row(ledger: Ledger, year: int, branch: int, position: int) -> LedgerRow:
    values = {spec.key: value for spec in ledger.fields if (value := _value(spec, year)) is not None}
    person = (PersonRef(_name(branch, 1), _member(branch, 1)),)
    people = {
        spec.key: person for spec in ledger.fields if spec.type in (FieldType.PERSON, FieldType.PERSONS)
    }
    key = uuid5(SPACE, f"measures row {ledger.key} {year} {branch}")
    return LedgerRow(key, ledger.key, _branch(branch), values, people, position)


def _value(spec: FieldSpec, year: int) -> FieldValue | None:
    if spec.type is FieldType.DATE:
        return f"{year}-05-08"
    if spec.type in (FieldType.NUMBER, FieldType.MONEY):
        return 1250
    if spec.type is FieldType.CHOICE:
        return spec.choices[0]
    return "示例内容，一句话写清楚" if spec.type in (FieldType.TEXT, FieldType.LONG_TEXT) else None
