"""Hours of members from a book: meetings by their times, classes and courses by what was entered, and the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from branchbook.domain.education_hours import StudyHour
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attendance, FieldValue, PersonRef, Presence
from branchbook.services.education_hours import hours_of_year, hours_words
from branchbook.services.ledgers import add_row
from branchbook.services.meetings import finalise, save_record
from branchbook.services.paper_binding import PaperRequest
from branchbook.services.paper_sheets import sheet_for
from branchbook.services.settings import change_setting
from tests.faults.kill_trials import record
from tests.services.ledger_book import member
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, actor, named, small_book

MEMBER = named("赵示例")
DAY = date(2026, 11, 29)


def hold(book, name, day, start, end, *, final=True, presence=Presence.PRESENT):
    """A meeting with one line of attendance."""
    held = replace(
        record(named(name), name),
        held_on=day,
        starts_at=start,
        ends_at=end,
        attendance=(Attendance(MEMBER, "赵示例", presence),),
    )
    save_record(book, held, actor())
    if final:
        finalise(book, held.id, actor())


def line(book, year=2026, day=DAY):
    with book.reading() as reading:
        view = hours_of_year(reading, FIRST_BRANCH, year, day)
    return next(each for each in view.lines if each.person_id == MEMBER), view


def test_meetings_give_their_length_to_who_was_present():
    book = small_book()
    hold(book, "五月会", date(2026, 5, 8), time(15), time(16, 30))
    hold(book, "六月会", date(2026, 6, 8), time(15), time(16), presence=Presence.ON_LEAVE)
    hold(book, "七月会", date(2026, 7, 8), None, None)
    hold(book, "草稿", date(2026, 8, 8), time(15), time(16), final=False)
    found, view = line(book)
    assert [each.tenths for each in found.hours.entries] == [15]
    assert view.untimed == 1
    assert found in view.below


def test_the_length_of_an_hour_is_a_setting():
    book = small_book()
    hold(book, "五月会", date(2026, 5, 8), time(15), time(16, 30))
    change_setting(book, "study_hour", StudyHour.FORTY_FIVE, actor())
    assert line(book)[0].hours.tenths == 20


def test_classes_and_courses_count_what_was_entered_for_each_who_is_named():
    book = small_book()
    attendees = (*member("赵示例"), PersonRef("外单位"))
    values: dict[str, FieldValue] = {"subject": "公文写作", "from_on": "2026-05-20"}
    add_row(
        book, "study_classes", GENERAL_BRANCH, actor(), {**values, "hours": 200}, {"attendees": attendees}
    )
    add_row(book, "study_classes", GENERAL_BRANCH, actor(), values, {"attendees": attendees})
    course: dict[str, FieldValue] = {"course": "书记班", "from_on": "2026-06-08", "hours": 155}
    add_row(book, "members_on_courses", FIRST_BRANCH, actor(), course, {"member": member("赵示例")})
    course = {"course": "去年的班", "from_on": "2025-06-08", "hours": 155}
    add_row(book, "members_on_courses", FIRST_BRANCH, actor(), course, {"member": member("赵示例")})
    found, _ = line(book)
    assert (found.training_tenths, found.meeting_tenths) == (355, 0)
    assert [each.entity for each in found.hours.entries] == ["ledger_row", "ledger_row"]
    assert found.hours.is_below is (found.hours.floor == 56)


def test_the_parts_make_the_whole_and_more_is_never_less():
    book = small_book()
    hold(book, "五月会", date(2026, 5, 8), time(15), time(16, 30))
    before = line(book)[0].hours.tenths
    hold(book, "六月会", date(2026, 6, 8), time(9), time(11))
    found, _ = line(book)
    assert found.hours.tenths == before + 20 == found.meeting_tenths + found.training_tenths


def test_of_the_committee_more_is_asked():
    _, view = line(small_book())
    assert {each.hours.floor for each in view.lines if each.leads} <= {56}
    assert {each.hours.floor for each in view.lines if not each.leads} == {32}


def test_the_paper_says_who_is_below_and_by_which_article():
    book = small_book()
    hold(book, "五月会", date(2026, 5, 8), time(15), time(16, 30))
    with book.reading() as reading:
        request = PaperRequest("education_hours", DAY, organisation_id=FIRST_BRANCH, year=2026)
        values: Any = sheet_for(reading, request).values
    rows = values["rows"]
    row = next(each for each in rows if each["name"] == "赵示例")
    assert (row["meetings"], row["total"]) == ("1.5", "1.5")
    assert row["missing"] == hours_words(int(row["floor"]) * 10 - 15)
    other = next(each for each in rows if each["name"] != "赵示例")
    assert other["total"] == "", "no number without a record behind it"
    (note,) = values["notes"]
    assert "第二十条" in note.text


def test_only_a_branch_has_members_to_count():
    with small_book().reading() as reading, pytest.raises(RefusedProblem, match="按党支部"):
        hours_of_year(reading, GENERAL_BRANCH, 2026, DAY)
