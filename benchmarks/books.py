"""Invented books to measure on: the shipped example, ten years of meetings, many minutes.

People are called after their number, so that nobody could take them for real.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from branchbook.app import Workshop
from branchbook.domain.organisations import DatedName, Organisation, OrganisationKind, Term
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Post, Standing
from branchbook.domain.records import (
    AgendaItem,
    Attendance,
    FieldValue,
    FrozenCount,
    PersonRef,
    Record,
    RecordState,
    Resolution,
    Speech,
)
from branchbook.resources import resource_path
from branchbook.services.example import create_example
from branchbook.services.operations import Actor, operate
from branchbook.services.store import Book, Entity

SPACE = UUID("00000000-0000-4000-8000-0000be7c4000")
TODAY = date(2026, 11, 24)
ACTOR = Actor("测量", datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
BRANCH = uuid5(SPACE, "branch")
GROUPS = tuple(uuid5(SPACE, f"group {number}") for number in range(4))
EXAMPLE_BRANCH = "示例机关第三党支部"
"""The example's branch of 41 members."""

FOUNDED = date(2012, 7, 1)
MEMBERS = 50
MEETINGS_A_YEAR = 120
_SENTENCES = (
    "会议认真学习了有关文件，与会同志结合岗位谈了体会。",
    "大家一致认为，要把学习成果落实到本职工作中去，力求实效。",
    "会议强调，联系群众要经常，走访要有记录，问题要有回音。",
    "针对办事窗口排队较长的问题，讨论了增设自助终端的办法。",
    "会议决定由两名同志负责，于下月底前提出方案并报告进展。",
    "关于志愿服务的安排，同意在社区图书室开展周末值守。",
)
_KINDS = ("general_meeting", "committee_meeting", "group_meeting", "party_lesson", "theme_party_day")


def example_book(path: Path) -> None:
    """The book that the program ships as its example, made by its own use cases."""
    from branchbook.exchange.photo_reducing import PillowPhotoReducer

    workshop = Workshop()
    book = workshop.shelf.create(path, "测量")
    try:
        create_example(book, workshop.tables, PillowPhotoReducer(), resource_path("example"), ACTOR)
    finally:
        book.close()


def book_of_years(path: Path, years: int, a_year: int = MEETINGS_A_YEAR, members: int = MEMBERS) -> None:
    """A branch with its four groups and ``years`` years of final meetings, the last year that of TODAY."""
    book = Workshop().shelf.create(path, "测量")
    try:
        write(book, roster(members))
        for year in range(TODAY.year - years + 1, TODAY.year + 1):
            write(book, meetings_of(year, a_year, members))
    finally:
        book.close()


def book_of_minutes(path: Path, count: int, a_record: int = 20) -> None:
    """A branch whose records hold ``count`` minutes in all, ``a_record`` in each; every 40th names 防汛."""
    book = Workshop().shelf.create(path, "测量")
    try:
        write(book, roster(10))
        records = count // a_record
        for first in range(0, records, 200):
            write(book, (record_of_minutes(n, a_record) for n in range(first, min(first + 200, records))))
    finally:
        book.close()


def write(book: Book, entities: Iterator[Entity] | tuple[Entity, ...]) -> None:
    """All values in one operation."""
    with operate(book, ACTOR, "准备测量") as operating:
        operating.writing.put_all(entities)


def roster(members: int) -> tuple[Entity, ...]:
    """A branch with a committee of five and four groups, and its members."""
    places = [
        Organisation(
            BRANCH,
            OrganisationKind.BRANCH,
            (DatedName("示例测量党支部", FOUNDED),),
            FOUNDED,
            venue="示例会议室",
        )
    ]
    places += (
        Organisation(
            each,
            OrganisationKind.GROUP,
            (DatedName(f"示例第{number + 1}党小组", FOUNDED),),
            FOUNDED,
            parent_id=BRANCH,
            position=number,
        )
        for number, each in enumerate(GROUPS)
    )
    term = Term(uuid5(SPACE, "term"), BRANCH, date(2024, 1, 10), 3, with_committee=True)
    people = [_person(number) for number in range(members)]
    facts = [fact for number in range(members) for fact in _facts(number)]
    return (*places, term, *people, *facts)


def person_id(number: int) -> UUID:
    """Whom a number stands for."""
    return uuid5(SPACE, f"person {number}")


def _name(number: int) -> str:
    return f"示例{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number:02d}"


def _person(number: int) -> Person:
    return Person(
        person_id(number),
        _name(number),
        initials="slj",
        ethnic_group="汉族",
        born_on=date(1970 + number % 30, 3, 5),
        native_place="示例省示例县",
        work_post="示例科科员",
        accepted_on=date(2000, 7, 1),
        full_member_since=date(2001, 7, 1),
        position=number,
    )


def _facts(number: int) -> Iterator[PersonFact]:
    def fact(kind: FactKind, value: str, place: UUID | None = None) -> PersonFact:
        key = uuid5(SPACE, f"fact {number} {kind}")
        return PersonFact(key, person_id(number), kind, value, FOUNDED, organisation_id=place)

    yield fact(FactKind.MEMBERSHIP, MembershipChange.ON_RECORD, BRANCH)
    yield fact(FactKind.STANDING, Standing.FULL)
    yield fact(FactKind.GROUP, "", GROUPS[number % len(GROUPS)])
    posts = (Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.ORGANISATION_MEMBER, Post.PUBLICITY_MEMBER)
    if number < len(posts):
        yield fact(FactKind.POST, posts[number], BRANCH)


def meetings_of(year: int, count: int, members: int) -> Iterator[Record]:
    """Meetings of all kinds through a year, final, each with two items and a resolution.

    Those of the year of TODAY end before TODAY; most resolutions are done, as in a real book.
    """
    last = TODAY if year == TODAY.year else date(year, 12, 31)
    days = (last - date(year, 1, 1)).days
    for number in range(count):
        kind = _KINDS[number % len(_KINDS)]
        day = date(year, 1, 1) + timedelta(days=number * days // count)
        place = GROUPS[number // len(_KINDS) % len(GROUPS)] if kind == "group_meeting" else BRANCH
        present = range(members) if kind != "committee_meeting" else range(4)
        yield final(meeting(f"{year} {number}", kind, place, day, tuple(present)))


def meeting(
    key: str,
    kind: str,
    place: UUID,
    day: date,
    present: tuple[int, ...],
    fields: dict[str, FieldValue] | None = None,
) -> Record:
    """A draft with attendance, chair, minute-taker, two items with minutes, and a resolution."""
    chair, taker = (PersonRef(_name(number), person_id(number)) for number in (0, 1))
    resolution = Resolution(
        uuid5(SPACE, f"resolution {key}"),
        "增设一台自助终端",
        (chair,),
        due_on=day + timedelta(days=30),
        done_on=None if day > TODAY - timedelta(days=40) else day + timedelta(days=15),
        outcome="" if day > TODAY - timedelta(days=40) else "已落实",
    )
    items = (
        AgendaItem(uuid5(SPACE, f"item 0 {key}"), "学习文件", _speeches(day.toordinal())),
        AgendaItem(
            uuid5(SPACE, f"item 1 {key}"),
            "讨论窗口服务",
            _speeches(day.toordinal() + 1),
            resolutions=(resolution,),
        ),
    )
    return Record(
        uuid5(SPACE, f"record {key}"),
        (kind,),
        place,
        held_on=day,
        starts_at=time(15, 0),
        ends_at=time(16, 30),
        subject="学习文件，讨论窗口服务",
        venue="示例会议室",
        people={"chair": (chair,), "minute_taker": (taker,), "lecturer": (chair,)},
        fields=fields or {},
        attendance=tuple(Attendance(person_id(number), _name(number)) for number in present),
        agenda=items,
    )


def final(record: Record) -> Record:
    """The record as finalised: everyone came."""
    due = len(record.attendance)
    frozen = FrozenCount(due, due, due, due, 0, 0, 0, due // 2 + 1, True, "应到会人数已到齐", "示例")
    return replace(
        record, state=RecordState.FINAL, frozen=frozen, created_at=ACTOR.now, finalised_at=ACTOR.now
    )


def record_of_minutes(number: int, minutes: int) -> Record:
    """A record with many short minutes of its own words."""
    day = date(2016, 1, 1) + timedelta(days=number * 3 % 3900)
    speeches = tuple(
        Speech(_name(each % 10), f"第{number}次会议第{each}条：{_words(number * minutes + each)}")
        for each in range(minutes)
    )
    item = AgendaItem(uuid5(SPACE, f"item {number}"), "讨论", speeches)
    return final(
        Record(
            uuid5(SPACE, f"minutes {number}"),
            ("general_meeting",),
            BRANCH,
            held_on=day,
            subject=f"第{number}次会议",
            agenda=(item,),
        )
    )


def _words(number: int) -> str:
    words = _SENTENCES[number % len(_SENTENCES)] + _SENTENCES[number * 7 % len(_SENTENCES)]
    return words + "布置防汛值班。" if number % 40 == 0 else words


def _speeches(seed: int) -> tuple[Speech, ...]:
    return tuple(
        Speech(
            _name(each),
            "".join(_SENTENCES[(seed + each + n) % len(_SENTENCES)] for n in range(4)),
            person_id(each),
        )
        for each in range(3)
    )
