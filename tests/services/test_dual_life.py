"""Dual organisational life, read from the records of branches and groups (B-21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from branchbook.domain.dual_life import LifeCount
from branchbook.domain.organisations import OrganisationKind
from branchbook.domain.papers import Sheet
from branchbook.domain.people import FactKind, Mark, PersonFact, Post
from branchbook.domain.records import Attendance, Exclusion, PersonRef, Presence, Record
from branchbook.services.dual_life import LeaderYear, dual_life_of_year
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import operate
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheet_for
from branchbook.services.store import Book
from tests.services.printing_sample import (
    ACTOR,
    BRANCH,
    GENERAL_BRANCH,
    GROUPS,
    NAMES,
    PEOPLE,
    TODAY,
    attendance,
    drafts,
    identity,
    item,
    meeting,
    ref,
    sample,
)

LEADER = 6
ELECTED, LEFT = date(2026, 2, 1), date(2026, 10, 1)


def fact(
    index: int,
    kind: FactKind,
    value: str,
    from_on: date,
    to_on: date | None = None,
    where: UUID | None = None,
):
    return PersonFact(identity(f"{index}{value}{from_on}"), PEOPLE[index], kind, value, from_on, to_on, where)


HEAD = fact(LEADER, FactKind.POST, Post.SECRETARY, ELECTED, LEFT, GENERAL_BRANCH)


def book_with(*records: Record, facts: tuple[PersonFact, ...] = (HEAD,), final: bool = True) -> Book:
    book = sample(without=frozenset(drafts())).book
    with operate(book, ACTOR, "任职") as operating:
        operating.writing.put_all(facts)
    for record in records:
        save_record(book, record, ACTOR)
        if final:
            finalise(book, record.id, ACTOR)
    return book


def leaders(book: Book, place: UUID = GENERAL_BRANCH, year: int = 2026) -> tuple[LeaderYear, ...]:
    with book.reading() as reading:
        return dual_life_of_year(reading, place, year, TODAY)


def count(*records: Record) -> LifeCount:
    [leader] = leaders(book_with(*records))
    return leader.count


def away(presence: Presence, reason: str = "") -> tuple[Attendance, ...]:
    return attendance(range(11), {LEADER: Attendance(PEOPLE[LEADER], NAMES[LEADER], presence, reason)})


def general(name: str, held_on: date = date(2026, 3, 5), **others: object) -> Record:
    return meeting(name, ("general_meeting",), held_on, **{"agenda": (item("学习讨论"),), **others})


def activity(took_part: str, **fields: object) -> Record:
    given = {"took_part": took_part, **fields}
    people = {"leader": (ref(LEADER),)}
    day = date(2026, 5, 9)
    return meeting(
        "活动", ("dual_life_activity",), day, attendance=(), people=people, fields=given, subject="社区服务"
    )


@pytest.mark.parametrize(
    "record, expected",
    [
        (general("到会"), LifeCount(due=1, present=1)),
        (general("请假", attendance=away(Presence.ON_LEAVE, "公差")), LifeCount(due=1, on_leave=1)),
        (general("缺席", attendance=away(Presence.ABSENT)), LifeCount(due=1, absent=1)),
        (
            general(
                "不计入",
                attendance=away(Presence.EXCLUDED),
                exclusions=(Exclusion(PEOPLE[LEADER], "X2"),),
            ),
            LifeCount(),
        ),
        (
            general("发言", agenda=(item("学习", (LEADER, "谈体会")),)),
            LifeCount(due=1, present=1, speeches=1),
        ),
        (general("任职前", date(2026, 1, 20)), LifeCount()),
        (general("任职期满", LEFT), LifeCount()),
        (meeting("支委会", ("committee_meeting",), date(2026, 3, 9), agenda=(item("研究"),)), LifeCount()),
        (
            meeting(
                "小组会",
                ("group_meeting",),
                date(2026, 3, 9),
                organisation_id=GROUPS[0],
                agenda=(item("学"),),
            ),
            LifeCount(due=1, present=1),
        ),
        (
            meeting(
                "党课",
                ("party_lesson",),
                date(2026, 3, 9),
                subject="讲党课",
                people={"lecturer": (ref(LEADER),), "minute_taker": (ref(2),)},
                fields={"summary": "讲课"},
            ),
            LifeCount(due=1, present=1, lectures=1),
        ),
        (activity("参加", lectured=True), LifeCount(present=0, lectures=1, elsewhere=1)),
        (activity("请假", lectured=True), LifeCount(due=1, on_leave=1)),
    ],
    ids=lambda value: value.id.hex[:4] if isinstance(value, Record) else "",
)
def test_what_counts(record, expected):
    assert count(record) == expected


def test_a_lecture_before_those_who_are_due_elsewhere_is_further_life():
    observed = general("列席", attendance=attendance((0, 1, 2)), observers=(ref(LEADER),))
    found = count(observed)
    assert (found.due, found.elsewhere) == (0, 1)


def test_drafts_do_not_count():
    [leader] = leaders(book_with(general("草稿"), final=False))
    assert leader.entries == ()


def test_the_user_names_further_leaders_by_a_mark_that_has_dates():
    named = fact(3, FactKind.MARK, Mark.DUAL_LIFE_LEADER, date(2026, 4, 1))
    before, after = general("三月"), general("五月", date(2026, 5, 5))
    found = leaders(book_with(before, after, facts=(HEAD, named)))
    assert [(each.name, each.mark_id) for each in found] == [(NAMES[3], named.id), (NAMES[LEADER], None)]
    assert [entry.record_id for entry in found[0].entries] == [after.id]
    assert [entry.record_id for entry in found[1].entries] == [before.id, after.id]


def test_a_branch_shows_only_its_own_leaders():
    book = book_with()
    other = sample(without=frozenset(drafts()))
    with other.book.reading() as reading:
        place = next(each for each in reading.roster().organisations if each.id == BRANCH)
    elsewhere = replace(place, id=identity("第二支部"), kind=OrganisationKind.BRANCH)
    with operate(book, ACTOR, "第二支部") as operating:
        operating.writing.put(elsewhere)
    assert [each.name for each in leaders(book, BRANCH)] == [NAMES[LEADER]]
    assert leaders(book, elsewhere.id) == ()


def test_a_year_before_anyone_led_has_no_leaders():
    assert leaders(book_with(), year=2025) == ()


def printed(book: Book, **how: object) -> Sheet:
    with book.reading() as reading:
        request = PaperRequest("dual_life", TODAY, organisation_id=GENERAL_BRANCH, year=2026, **how)  # type: ignore[arg-type]
        return sheet_for(reading, request)


def rows(sheet: Sheet, key: str) -> list[Mapping[str, str]]:
    return [row for row in (sheet.values or {})[key] if isinstance(row, Mapping)]


def test_the_paper_lists_each_entry_and_the_counts():
    leave = general("请假", attendance=away(Presence.ON_LEAVE, "公差"), subject="推荐优秀党员")
    sheet = printed(book_with(leave, activity("参加", spoke=True)))
    assert sheet.title == "示例机关党总支2026年度领导干部双重组织生活登记表"
    cells = ("held_on", "activity", "part", "leave", "note")
    assert [tuple(row[cell] for cell in cells) for row in rows(sheet, "entries")] == [
        ("2026.03.05", "支部党员大会：推荐优秀党员", "", "公差", "请假"),
        ("2026.05.09", "社区服务", "发言", "", ""),
    ]
    [row] = rows(sheet, "counts")
    counted = (row["counted_name"], row["due"], row["on_leave"], row["elsewhere"])
    assert counted == (NAMES[LEADER], "1", "1", "1")


def test_the_paper_is_blank_without_leaders_and_when_asked():
    assert not (printed(book_with(facts=())).values or {})["entries"]
    assert printed(book_with(), blank=True).values is None


def test_a_stranger_in_an_activity_is_nobody():
    stranger = replace(activity("参加"), people={"leader": (PersonRef("外单位甲"),)})
    assert count(stranger) == LifeCount()
