"""The dates sheet: stage dates of many people from and to xlsx, previewed, one operation (发展党员工作细则)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from branchbook.domain.identity_number import mask
from branchbook.domain.people import FactKind, Person, Standing
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.procedures import Procedure
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.joining import Stage, stages_on
from branchbook.services.operations import operate
from branchbook.services.people import correct_person
from branchbook.services.roster_plan import LineStatus
from branchbook.services.stage_dates import (
    export_dates,
    import_dates,
    open_dates,
    preview_dates,
    stage_table,
)
from branchbook.services.undo import undo
from tests.fakes import FakeBook
from tests.services.asking import last, roster_of
from tests.services.joining_book import APPLICANT, joining_book, walked
from tests.services.roster_files import TablesInMemory, table
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, member_facts, named

HEAD = ("序号", "确定积极分子时间", "姓名", "申请时间", "谈话日期", "培养联系人", "备案")
ROW = (
    "1",
    "2023.6.1",
    "卫 示 例",
    "2023年3月1日",
    "45005",
    "赵示例、钱示例",
    "20230610",
)  # 45005 is 2023-03-20


def opened(*rows):
    return open_dates(TablesInMemory(table(*rows)), Path("日期表.xlsx"))


def preview_of(book, *rows):
    with book.reading() as reading:
        return preview_dates(reading, opened(*rows), actor(1))


def joining_of(book):
    with book.reading() as reading:
        (found,) = reading.all(Procedure)
    return found


def days(book):
    return {each.step: each.done_on for each in joining_of(book).steps}


def text_of(preview):
    return "\n".join(f"{each.row} {each.column} {each.text}" for each in preview.findings)


def test_columns_in_any_order_and_days_as_people_write_them():
    book = joining_book()
    import_dates(book, opened(("党员发展日期表",), HEAD, ROW), actor(1))
    assert days(book) == {
        "application": date(2023, 3, 1),
        "talk": date(2023, 3, 20),
        "activist": date(2023, 6, 1),
        "activist_filed": date(2023, 6, 10),
        "mentors": date(2023, 6, 1),
    }
    named_mentors = joining_of(book).entry("mentors").people["mentors"]
    assert [each.person_id for each in named_mentors] == [named("赵示例"), named("钱示例")]
    assert roster_of(book).standing_on(APPLICANT, date(2023, 6, 1)) == Standing.ACTIVIST


def test_a_preview_writes_nothing_and_tells_what_becomes_of_each_row():
    book = joining_book()
    before = book.state
    preview = preview_of(book, HEAD, ROW)
    assert book.state is before
    (line,) = preview.lines
    assert (line.row, line.name, line.status, line.person_id) == (2, "卫示例", LineStatus.NEW, APPLICANT)
    assert [(each.label, each.after) for each in line.changes][:2] == [
        ("递交入党申请书", "2023-03-01"),
        ("派人谈话", "2023-03-20"),
    ]
    assert preview.summary == "新建档案 1 人，更新 0 人，未变 0 人"


def test_a_second_time_it_changes_nothing():
    book = joining_book()
    import_dates(book, opened(HEAD, ROW), actor(1))
    preview = import_dates(book, opened(HEAD, ROW), actor(2))
    assert preview.value.count(LineStatus.UNCHANGED) == 1
    assert not preview.changes.entities


def test_one_undo_takes_all_of_it_back():
    book = joining_book()
    before = roster_of(book)
    import_dates(book, opened(HEAD, ROW), actor(1))
    undo(book, last(book), actor(2), actor().now)
    assert roster_of(book) == before
    with book.reading() as reading:
        assert reading.all(Procedure) == ()


def test_the_whole_way_to_the_acceptance():
    """The standing from the approval on, the probation from the meeting (党章 第七条)."""
    book = joining_book()
    head = (
        "姓名", "申请入党时间", "确定积极分子时间", "确定发展对象时间", "入党介绍人", "政审", "培训(结业)时间",
        "培训天数", "预审", "志愿书编号", "支部大会接收时间", "党委审批时间",
    )  # fmt: skip
    row = (
        "卫示例", "2023-03-01", "2023-06-01", "2024-07-01", "赵示例、钱示例", "2024-09-01", "2024-10-12",
        "3天", "2024-11-20", "示例0001", "2024-12-10", "2025-02-10",
    )  # fmt: skip
    outcome = import_dates(book, opened(head, row), actor(1))
    assert "没有审批文号" in text_of(outcome.value)
    roster = roster_of(book)
    assert roster.person_by_id[APPLICANT].accepted_on == date(2024, 12, 10)
    assert roster.standing_on(APPLICANT, date(2025, 2, 9)) == Standing.DEVELOPMENT_CANDIDATE
    assert roster.standing_on(APPLICANT, date(2025, 2, 10)) == Standing.PROBATIONARY
    with book.reading() as reading:
        (line,) = stages_on(reading, FIRST_BRANCH, TODAY)
    assert line.stage is Stage.PROBATIONARY
    more = import_dates(book, opened(("姓名", "转正申请时间"), ("卫示例", "2025-11-20")), actor(2)).value
    assert more.lines[0].status is LineStatus.CHANGED


@pytest.mark.parametrize(
    "head, row, said",
    [
        (("姓名", "申请时间"), ("未知人", "2023-03-01"), "花名册里没有“未知人”"),
        (("姓名", "申请时间"), ("", "2023-03-01"), "没有姓名"),
        (
            ("姓名", "申请时间", "确定积极分子时间"),
            ("卫示例", "2023-03-01", "2022-01-01"),
            "“递交入党申请书”在 2023-03-01，晚于本步的 2022-01-01",
        ),
        (
            ("姓名", "确定积极分子时间", "确定发展对象时间"),
            ("卫示例", "2023-06-01", "2024-05-31"),
            "才满 12 个月",
        ),
        (
            ("姓名", "支部大会接收时间", "党委审批时间"),
            ("卫示例", "2024-12-10", "2024-12-09"),
            "审批日期 2024-12-09 早于支部大会",
        ),
        (("姓名", "入党介绍人", "确定发展对象时间"), ("卫示例", "赵示例", "2024-07-01"), "应为 2 名"),
    ],
)
def test_a_row_that_cannot_be_is_refused_whole_and_others_go_in(head, row, said):
    book = with_another(joining_book())
    good = ("许示例", *("2023-03-01" if "申请" in label else "" for label in head[1:]))
    preview = preview_of(book, head, row, good)
    assert preview.lines[0].status is LineStatus.REFUSED
    assert said in text_of(preview)
    assert preview.lines[1].status is not LineStatus.REFUSED


@pytest.mark.parametrize(
    "label, cell, said",
    [
        ("谈话时间", "2023.4", "要写到日"),
        ("谈话时间", "某日", "看不懂这个日期"),
        ("谈话时间", "2030-01-01", "日期在今天之后"),
        ("培训天数", "三天", "应是一个整数"),
        ("转正审批时间", "2026-01-05", "须以录入的表决票数为准"),
        ("转正大会时间", "2026-01-05", "簿中还没有接收日期"),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out_and_told(label, cell, said):
    book = joining_book()
    outcome = import_dates(
        book, opened(("姓名", "申请时间", label), ("卫示例", "2023-03-01", cell)), actor(1)
    )
    assert said in text_of(outcome.value)
    assert days(book) == {"application": date(2023, 3, 1)}


def with_another(book: FakeBook, name: str = "许示例", branch: str = "第一支部") -> FakeBook:
    person_id = named(f"{name} {branch}")
    with operate(book, actor(), "准备") as operating:
        operating.writing.put(Person(person_id, name, born_on=date(1998, 2, 2), position=40))
        operating.writing.put_all(member_facts(person_id, named(branch), None, Standing.APPLICANT))
    return book


class TestSameName:
    def test_the_branch_tells_two_people_apart(self):
        book = with_another(with_another(joining_book(), "许示例"), "许示例", "第二支部")
        rows = (("姓名", "所在支部", "申请时间"), ("许示例", "第二支部", "2023-03-01"))
        assert preview_of(book, *rows).lines[0].person_id == named("许示例 第二支部")

    def test_without_it_the_row_is_refused(self):
        book = with_another(with_another(joining_book(), "许示例"), "许示例", "第二支部")
        preview = preview_of(book, ("姓名", "申请时间"), ("许示例", "2023-03-01"))
        assert preview.lines[0].status is LineStatus.REFUSED
        assert "几位“许示例”" in text_of(preview)

    def test_the_same_person_twice_goes_in_once(self):
        rows = (("姓名", "申请时间"), ("卫示例", "2023-03-01"), ("卫示例", "2023-04-01"))
        preview = preview_of(joining_book(), *rows)
        assert [each.status for each in preview.lines] == [LineStatus.REFUSED, LineStatus.REFUSED]


def test_nothing_to_import_is_refused():
    book = joining_book()
    with pytest.raises(RefusedProblem, match="没有一行可以导入"):
        import_dates(book, opened(("姓名", "申请时间"), ("未知人", "2023-03-01")), actor(1))


def test_a_sheet_without_stage_dates_is_not_taken_for_one():
    with pytest.raises(UnreadableProblem, match="没有找到日期表"):
        opened(("姓名", "性别"), ("卫示例", "男"))


def test_what_is_exported_is_read_again_without_a_change(tmp_path):
    book = joining_book()
    walked(book)
    path = tmp_path / "日期表.xlsx"
    with book.reading() as reading:
        assert export_dates(SpreadsheetFiles(), path, reading, TODAY, FIRST_BRANCH) == 1
    again = import_dates(book, open_dates(SpreadsheetFiles(), path), actor(60))
    assert [each.status for each in again.value.lines] == [LineStatus.UNCHANGED]
    assert not again.changes.entities


def test_identity_numbers_leave_masked_and_the_sheet_is_read_again_all_the_same(tmp_path):
    book, number, path = joining_book(), "999999198001010015", tmp_path / "日期表.xlsx"
    walked(book)
    person = roster_of(book).person_by_id[named("卫示例")]
    correct_person(book, replace(person, identity_number=number), actor(50))
    with book.reading() as reading:
        cells = [cell for row in stage_table(reading, TODAY, FIRST_BRANCH).rows for cell in row]
        export_dates(SpreadsheetFiles(), path, reading, TODAY, FIRST_BRANCH)
    assert number not in cells
    assert mask(number) in cells
    again = import_dates(book, open_dates(SpreadsheetFiles(), path), actor(60))
    assert [each.status for each in again.value.lines] == [LineStatus.UNCHANGED]


def test_the_export_lists_who_is_on_the_way_and_nobody_else():
    book = with_another(joining_book(), "许示例", "第二支部")
    with book.reading() as reading:
        every, own = stage_table(reading, TODAY), stage_table(reading, TODAY, FIRST_BRANCH)
    names = [column.label for column in every.columns].index("姓名")
    assert [row[names] for row in every.rows] == ["卫示例", "许示例"]
    assert [row[names] for row in own.rows] == ["卫示例"]


def test_dates_of_someone_who_is_a_member_already_are_kept_and_change_nothing_else():
    """An old case: the roster has the standing and keeps it."""
    book = joining_book()
    before = roster_of(book).facts_of(named("赵示例"), FactKind.STANDING)
    rows = (("姓名", "申请时间", "支部大会接收时间"), ("赵示例", "2015-09-01", "2016-12-01"))
    import_dates(book, opened(*rows), actor(1))
    standings = roster_of(book).facts_of(named("赵示例"), FactKind.STANDING)
    assert standings[-1] == before[-1]
    assert standings[0].value == Standing.APPLICANT
    assert roster_of(book).person_by_id[named("赵示例")].applied_on == date(2015, 9, 1)
