"""The inspection view: every sort of line, what it opens, its period, and the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from branchbook.domain.dates import Period
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import AgendaItem, Resolution
from branchbook.forms.values import rows_of
from branchbook.services.inspection import (
    NOTHING,
    InspectionGroup,
    inspection,
    inspection_booklet,
    summary_words,
)
from branchbook.services.meetings import finalise, save_record
from branchbook.services.rectifications import FROM_SELF_CHECK, add_rectification
from branchbook.services.transfers import transfer_out
from tests.faults.kill_trials import record
from tests.services.small_book import (
    FIRST_BRANCH,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    actor,
    named,
    small_book,
)

HALF = Period(date(2026, 1, 1), date(2026, 6, 30))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def look(book, place=FIRST_BRANCH, period=YEAR, today=TODAY):
    with book.reading() as reading:
        return inspection(reading, place, period, today)


def lines(view, group):
    return [each for each in view.lines if each.group is group]


def held(book, name="五月会", day=date(2026, 5, 8), final=True, **more):
    """A general meeting of the first branch."""
    meeting = replace(record(named(name), name), held_on=day, **more)
    save_record(book, meeting, actor())
    if final:
        finalise(book, meeting.id, actor())
    return meeting


def test_what_was_not_held_is_listed_with_its_article_and_begins_its_record():
    owed = lines(look(small_book()), InspectionGroup.NOT_HELD)
    quarter = next(each for each in owed if each.what == "2026年第一季度支部党员大会")
    assert "第十一条" in quarter.article
    assert quarter.due.begin_kind == "general_meeting"
    assert quarter.due.organisation_id == FIRST_BRANCH
    assert quarter.on == date(2026, 3, 31)


def test_what_falls_due_after_the_period_is_not_held_against_it():
    """Asked in November for the first half, the third quarter is no line; nor is a quarter that still runs."""
    for period, today in ((HALF, TODAY), (YEAR, date(2026, 6, 20))):
        labels = [
            each.what
            for each in lines(look(small_book(), period=period, today=today), InspectionGroup.NOT_HELD)
        ]
        assert "2026年第一季度支部党员大会" in labels
        assert not any("第三季度" in each for each in labels)
    assert not any("第二季度" in each for each in labels)


def test_a_meeting_that_was_held_takes_the_line_away():
    book = small_book()
    held(book)
    owed = [each.what for each in lines(look(book), InspectionGroup.NOT_HELD)]
    assert "2026年第二季度支部党员大会" not in owed


def test_missing_evidence_and_drafts_open_their_records():
    book = small_book()
    final = held(book)
    draft = held(book, "四月会", date(2026, 4, 9), final=False)
    held(book, "明年会", date(2027, 4, 9), final=False)
    view = look(book)
    (lacking,) = lines(view, InspectionGroup.EVIDENCE)
    assert (lacking.entity, lacking.id, lacking.on) == ("record", final.id, date(2026, 5, 8))
    assert "签到表" in lacking.detail
    (left,) = lines(view, InspectionGroup.NOT_FINAL)
    assert left.id == draft.id
    assert "四月会" in left.what


def test_overdue_resolutions_and_rectifications_are_listed_until_they_are_done():
    book = small_book()
    resolution = Resolution(uuid4(), "买两台扫描仪", due_on=date(2026, 6, 1))
    item = AgendaItem(uuid4(), "议题一", resolutions=(resolution,))
    meeting = held(book, agenda=(item,))
    found = actor(day=date(2026, 5, 20))
    add_rectification(book, FIRST_BRANCH, "记录不全", FROM_SELF_CHECK, found, due_on=date(2026, 6, 2))
    view = look(book)
    (passed,) = lines(view, InspectionGroup.RESOLUTION)
    assert (passed.id, passed.on) == (meeting.id, date(2026, 6, 1))
    assert "买两台扫描仪" in passed.what
    (row,) = lines(view, InspectionGroup.LEDGER)
    assert row.due.ledger_row_id is not None
    early = look(book, today=date(2026, 6, 1))
    assert not lines(early, InspectionGroup.RESOLUTION)
    assert not lines(early, InspectionGroup.LEDGER)


def test_a_transfer_whose_receipt_is_awaited_is_listed_for_its_branch():
    book = small_book()
    transfer_out(book, named("赵示例"), date(2026, 5, 6), "外单位支部", "第1号", actor())
    (gone,) = lines(look(book), InspectionGroup.TRANSFER)
    assert (gone.entity, gone.id) == ("person", named("赵示例"))
    assert not lines(look(book, SECOND_BRANCH), InspectionGroup.TRANSFER)
    assert not lines(look(book, period=Period(date(2026, 1, 1), date(2026, 3, 31))), InspectionGroup.TRANSFER)


def test_a_general_branch_is_all_its_branches_by_their_short_names():
    view = look(small_book(), GENERAL_BRANCH)
    assert {"第一支部", "第二支部"} <= {each.place for each in view.lines}
    assert len(view.lines) >= len(look(small_book(), FIRST_BRANCH).lines)


def test_lines_stand_in_the_order_of_their_groups_and_are_summed_up():
    book = small_book()
    held(book)
    view = look(book)
    order = [list(InspectionGroup).index(each.group) for each in view.lines]
    assert order == sorted(order)
    assert sum(view.counts.values()) == len(view.lines)
    assert summary_words(view).startswith(f"2026-01-01 至 2026-12-31，共 {len(view.lines)} 项：应开展未开展")


def test_lines_that_say_the_same_stand_in_one_row_of_the_paper_with_their_days():
    book = small_book()
    for number in (1, 2):
        held(book, f"会{number}", date(2026, 5, 8 + number))
    (sheet,) = (section.sheet for section in inspection_booklet(look(book), "第一支部").sections)
    assert sheet.title == "第一支部2026年迎检清单"
    (row,) = (each for each in rows_of(sheet, "rows") if each["group"] == "缺佐证材料")
    assert row["days"] == "5.9、5.10"


def test_nothing_to_tell_is_said_so():
    view = look(small_book(), period=Period(date(2014, 1, 1), date(2014, 12, 31)))
    assert view.lines == ()
    (row,) = rows_of(inspection_booklet(view, "第一支部").sections[0].sheet, "rows")
    assert row == {"what": NOTHING}
    assert NOTHING in summary_words(view)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(RefusedProblem, match="早于开始"):
        look(small_book(), period=Period(HALF.end, HALF.start))
