"""Rows of ledgers: added, checked, changed, removed, found, undone and carried over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from branchbook.domain.history import OperationHead
from branchbook.domain.ledgers import LedgerRow
from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import Attachment, AttachmentKind, PersonRef, Record
from branchbook.services.attachments import NewFile, add_attachment
from branchbook.services.exchange_selection import selected_values
from branchbook.services.history import history_lines, value_history
from branchbook.services.ledger_reading import ledger_named, row_words
from branchbook.services.ledger_values import link_to
from branchbook.services.ledgers import (
    Period,
    add_row,
    change_row,
    ledger_summaries,
    ledger_view,
    remove_rows,
)
from branchbook.services.people import remove_person
from branchbook.services.recycle_bin import bin_lines, restore_removed
from branchbook.services.search import search
from branchbook.services.undo import undo, undo_latest
from tests.services.asking import put, refused
from tests.services.ledger_book import RECTIFICATION, member, rectify
from tests.services.small_book import (
    FIRST_BRANCH,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    actor,
    named,
    small_book,
)

START = datetime(2026, 1, 1, tzinfo=UTC)


class NoPhotos:
    """No picture is attached in these tests."""

    def reduced(self, content: bytes) -> bytes:
        raise AssertionError(content)


def lines(book, place=FIRST_BRANCH, **asked):
    with book.reading() as reading:
        return ledger_view(reading, RECTIFICATION, place, TODAY, **asked).lines


def test_a_row_is_kept_with_its_texts_cleaned_and_shown_in_words():
    book = small_book()
    given: dict[str, Any] = {"found_on": "2026-03-01", "due_on": "2026-06-30", "outcome": ""}
    row = rectify(book, "学习\r\n笔记不全\x07 ", responsible=member("赵示例"), **given)
    (line,) = lines(book)
    assert line.row == row
    assert row.values == {
        "source": "自查", "problem": "学习\n笔记不全 ", "found_on": "2026-03-01", "due_on": "2026-06-30",
    }  # fmt: skip
    assert line.cells["responsible"] == "赵示例"
    assert line.title == "学习 笔记不全"
    assert line.overdue


@pytest.mark.parametrize(
    "values, where, what",
    [
        ({"problem": "  "}, "问题表现", "必填"),
        ({"source": "听说"}, "问题来源", "没有“听说”"),
        ({"due_on": "明天"}, "整改时限", "不是日期"),
        ({"due_on": "20260301"}, "整改时限", "不是日期"),
        ({"found_on": "2026-03-02", "due_on": "2026-03-01"}, "整改时限", "早于发现日期"),
        ({"found_on": "2026-03-02", "done_on": "2026-03-01"}, "销号日期", "早于发现日期"),
        ({"done_on": "2026-11-25"}, "销号日期", "晚于今天"),
        ({"meeting": "record:没有"}, "提出的会议", "不在簿中"),
        ({"meeting": link_to("record", named("没有"))}, "提出的会议", "不在簿中"),
        ({"meeting": link_to("person", named("赵示例"))}, "提出的会议", "不在簿中"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field_and_nothing_is_kept(values, where, what):
    book = small_book()
    with pytest.raises(RefusedProblem) as caught:
        rectify(book, **{"problem": "学习笔记不全", **values})
    assert caught.value.where == where
    assert what in caught.value.what
    assert lines(book) == ()


def test_an_unknown_ledger_and_an_organisation_that_is_gone_are_refused():
    book = small_book()
    with pytest.raises(RefusedProblem, match="没有这本台账"):
        add_row(book, "gold", FIRST_BRANCH, actor())
    with pytest.raises(RefusedProblem, match="这个组织已不在簿中"):
        rectify(book, "学习笔记不全", uuid4())


def test_a_row_is_changed_and_what_the_ledger_does_not_know_stays():
    book = small_book()
    row = rectify(book, "学习笔记不全")
    with_newer = replace(row, values={**row.values, "newer": "来自新版本"})
    change_row(book, with_newer, actor(1))
    change_row(book, replace(row, values={"source": "自查", "problem": "改过"}), actor(2))
    (line,) = lines(book)
    assert line.row.values == {"source": "自查", "problem": "改过", "newer": "来自新版本"}


def test_a_choice_that_left_the_list_stays_where_it_stood():
    book = small_book()
    row = rectify(book, "学习笔记不全")
    with book.writing(operation_head()) as writing:
        writing.put(replace(row, values={**row.values, "source": "旧来源"}))
    kept = lines(book)[0].row
    change_row(book, replace(kept, values={**kept.values, "outcome": "已补"}), actor(2))
    assert lines(book)[0].cells["source"] == "旧来源"


def operation_head():
    return OperationHead(uuid4(), actor(1).now, "李操作", "旧版本写入")


def test_the_general_branch_sees_all_branches_and_says_whose_a_row_is():
    book = small_book()
    rectify(book, "甲", due_on="2026-01-02")
    rectify(book, "乙", SECOND_BRANCH, due_on="2026-01-01")
    rectify(book, "丙", GENERAL_BRANCH)
    assert [(each.title, each.place) for each in lines(book, GENERAL_BRANCH)] == [
        ("乙", "第二支部"), ("甲", "第一支部"), ("丙", "总支"),
    ]  # fmt: skip
    assert [(each.title, each.place) for each in lines(book)] == [("甲", "")]


def test_a_view_is_narrowed_by_period_words_and_what_cells_say():
    book = small_book()
    rectify(book, "学习笔记不全", found_on="2025-12-30", done_on="2025-12-31", progress="整改中")
    rectify(book, "会议记录漏签", found_on="2026-01-01", progress="已完成")
    rectify(book, "没有写日期的")
    assert {each.title for each in lines(book, period=Period.of_year(2026))} == {
        "会议记录漏签",
        "没有写日期的",
    }
    assert [each.title for each in lines(book, words="笔记 学习")] == ["学习笔记不全"]
    assert [each.title for each in lines(book, chosen={"progress": "已完成"})] == ["会议记录漏签"]


def test_all_ledgers_are_listed_with_their_numbers():
    book = small_book()
    rectify(book, "甲", due_on="2026-01-02")
    rectify(book, "乙", SECOND_BRANCH, due_on="2027-01-01")
    with book.reading() as reading:
        found = {each.ledger.key: each for each in ledger_summaries(reading, GENERAL_BRANCH, TODAY)}
    assert (found[RECTIFICATION].rows, found[RECTIFICATION].overdue) == (2, 1)
    assert (found["contact_points"].rows, found["contact_points"].overdue) == (0, 0)


def test_rows_go_to_the_bin_with_their_attachments_and_come_back_whole():
    book = small_book()
    row = rectify(book, "学习笔记不全")
    add_attachment(
        book, row.id, NewFile(b"%PDF-1.4 x", "说明.pdf", AttachmentKind.OTHER), actor(1), NoPhotos()
    )
    assert lines(book)[0].cells["evidence"] == "说明.pdf"
    remove_rows(book, [row.id], actor(2))
    assert lines(book) == ()
    with book.reading() as reading:
        assert reading.all(Attachment) == ()
        (bin_line,) = bin_lines(reading)
    assert bin_line.name == "台账“整改台账”"
    restore_removed(book, bin_line.operation_id, actor(3))
    assert lines(book)[0].cells["evidence"] == "说明.pdf"


def test_one_undo_takes_a_row_back_and_the_history_says_what_it_was():
    book = small_book()
    row = rectify(book, "学习笔记不全", responsible=member("赵示例"))
    change_row(book, replace(row, values={**row.values, "outcome": "已补齐"}), actor(5))
    with book.reading() as reading:
        labels = [each.label for each in history_lines(reading, 2)]
        (changed, _) = value_history(reading, "ledger_row", str(row.id))
    assert labels == ["更改整改台账", "登记整改台账"]
    (said,) = changed.differences
    assert said.before == "问题表现：学习笔记不全；问题来源：自查"
    assert said.after == "完成情况：已补齐；问题表现：学习笔记不全；问题来源：自查"
    undo_latest(book, actor(6), START)
    assert lines(book)[0].row == row
    undo_latest(book, actor(7), START)
    assert lines(book) == ()


def test_a_person_whom_a_row_names_is_not_removed():
    book = small_book()
    rectify(book, "学习笔记不全", responsible=member("赵示例"))
    with pytest.raises(RefusedProblem, match="台账") as caught:
        remove_person(book, named("赵示例"), actor(1))
    assert "整改台账“学习笔记不全”" in caught.value.where


def test_a_row_is_found_by_its_words_and_opens_itself():
    book = small_book()
    row = rectify(book, "学习笔记不全", responsible=member("赵示例"), found_on="2026-03-01")
    with book.reading() as reading:
        found = search(reading, "学习笔记", TODAY)
    (group,) = found.groups
    assert group.heading == "台账"
    (line,) = group.lines
    assert line.opens == ("ledger_row", row.id)
    assert line.title == "整改台账 · 学习笔记不全"
    assert (line.where, line.held_on) == ("第一支部", date(2026, 3, 1))


def test_a_branchs_file_carries_its_rows_and_the_people_in_them():
    book = small_book()
    row = rectify(book, "学习笔记不全", signed_off_by=member("王示例"))
    rectify(book, "别的支部", SECOND_BRANCH)
    with book.reading() as reading:
        values = list(selected_values(reading, FIRST_BRANCH))
    assert [each for name, each in values if name == "ledger_row"] == [row]
    assert named("王示例") in {each.id for name, each in values if name == "person"}


def test_a_link_says_what_it_points_at_and_when_that_is_gone():
    book = small_book()
    meeting = Record(named("会"), ("general_meeting",), FIRST_BRANCH, date(2026, 3, 5), subject="查摆问题")
    with book.writing(operation_head()) as writing:
        writing.put(meeting)
    row = rectify(book, "学习笔记不全", meeting=link_to("record", meeting.id))
    assert lines(book)[0].cells["meeting"] == "2026-03-05 支部党员大会《查摆问题》"
    with book.writing(replace(operation_head(), id=uuid4())) as writing:
        writing.remove(Record, meeting.id)
    assert "已不在簿中" in lines(book)[0].cells["meeting"]
    change_row(book, replace(row, values={**row.values, "outcome": "已补"}), actor(9))


def test_a_ledger_is_named_by_its_name_or_its_key():
    book = small_book()
    row = rectify(book, "学习笔记不全")
    with book.reading() as reading:
        assert ledger_named(reading, "整改台账") == ledger_named(reading, RECTIFICATION)
        with pytest.raises(RefusedProblem, match="整改台账"):
            ledger_named(reading, "没有的")
        assert row_words(reading, replace(row, ledger="没有的")) == "没有的"
        assert row_words(reading, replace(row, people={"problem": (PersonRef("甲"),)})) == "整改台账“甲”"


def test_rows_of_a_ledger_that_the_book_does_not_know_are_kept():
    book = small_book()
    strange = LedgerRow(uuid4(), "来自新版本", FIRST_BRANCH, {"a": "b"})
    with book.writing(operation_head()) as writing:
        writing.put(strange)
    with book.reading() as reading:
        assert strange in [each for name, each in selected_values(reading) if name == "ledger_row"]


def test_a_person_whom_a_row_names_does_not_go_by_an_undo():
    book = small_book()
    stranger = Person(named("新来的"), "新来的")
    entered = put(book, stranger, label="登记人员")
    rectify(book, "甲", responsible=(PersonRef("新来的", stranger.id),))
    refused(book, "还被后来的内容用到", lambda: undo(book, entered, actor(2), START))
