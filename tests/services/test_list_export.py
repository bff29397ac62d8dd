"""The lists of a year as spreadsheets: what stands in them, and that nothing in a cell is ever a formula."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from branchbook.domain.problems import UnreadableProblem
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.list_export import (
    all_tables,
    attendance_table,
    evidence_table,
    export_lists,
    record_table,
    resolution_table,
)
from tests.services.listed_year import (
    DONE,
    DRAFT,
    FINAL,
    OPEN,
    UNDATED,
    changed,
    rows_of,
    tables_of,
    year,
)
from tests.services.small_book import FIRST_BRANCH, FIRST_GROUP, SECOND_BRANCH, TODAY

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", '=HYPERLINK("x")')


def test_a_record_is_one_row_with_the_fields_of_its_head() -> None:
    table, _ = tables_of(year())
    final, draft, undated = rows_of(table)
    assert table.name == "2026年会议和记录"
    assert final == {
        "种类": "支部党员大会",
        "日期": "2026-03-19",
        "组织": "第一支部",
        "主题": "学习大会",
        "地点": "一楼",
        "主持人": "赵示例",
        "记录人": "钱示例",
        "应到": "2",
        "实到": "1",
        "状态": "定稿",
        "簿内编号": str(FINAL),
    }
    assert (draft["组织"], draft["状态"], draft["簿内编号"]) == ("第一支部 第一小组", "草稿", str(DRAFT))
    assert (undated["日期"], undated["簿内编号"]) == ("", str(UNDATED)), "what has no day comes last"


def test_resolutions_come_with_their_follow_up() -> None:
    _, table = tables_of(year())
    lines = {row["簿内编号"]: row for row in rows_of(table)}
    assert {lines[str(OPEN)]["编号"], lines[str(DONE)]["编号"]} == {"2026-1", "2026-2"}
    done = lines[str(DONE)]
    assert (done["议题"], done["决议内容"], done["责任人"]) == ("活动室", "清理活动室", "赵示例")
    assert (done["完成期限"], done["落实日期"], done["落实情况"]) == ("2026-04-01", "2026-03-28", "已清理")
    assert {lines[str(OPEN)][label] for label in ("责任人", "完成期限", "落实日期", "落实情况")} == {""}


def test_only_the_year_and_only_what_is_open_where_that_is_asked() -> None:
    book = year()
    changed(book, lambda record: replace(record, held_on=date(2025, 3, 19)), FINAL)
    with book.reading() as reading:
        assert resolution_table(reading, FIRST_BRANCH, 2026, TODAY).rows == ()
        assert len(resolution_table(reading, FIRST_BRANCH, None, TODAY).rows) == 2
        still_open = resolution_table(reading, FIRST_BRANCH, None, TODAY, open_only=True)
        ids = {row["簿内编号"] for row in rows_of(record_table(reading, FIRST_BRANCH, 2026, TODAY))}
    assert [row["簿内编号"] for row in rows_of(still_open)] == [str(OPEN)]
    assert ids == {str(DRAFT), str(UNDATED)}


def test_an_organisations_list_holds_what_stands_below_it_and_nothing_else() -> None:
    with year().reading() as reading:
        group = rows_of(record_table(reading, FIRST_GROUP, 2026, TODAY))
        other = record_table(reading, SECOND_BRANCH, 2026, TODAY)
    assert [row["簿内编号"] for row in group] == [str(DRAFT)]
    assert other.rows == ()


def test_attendance_counts_final_records_per_member_and_kind() -> None:
    with year().reading() as reading:
        table = attendance_table(reading, FIRST_BRANCH, 2026, TODAY)
    assert [column.label for column in table.columns] == [
        "序号",
        "姓名",
        "支部党员大会",
        "请假",
        "缺席",
        "出勤率",
    ]  # only kinds that were held have a column
    lines = {row["姓名"]: row for row in rows_of(table)}
    assert (lines["赵示例"]["支部党员大会"], lines["赵示例"]["出勤率"]) == ("1/1", "100.0%")
    assert (lines["钱示例"]["支部党员大会"], lines["钱示例"]["请假"]) == ("0/1", "1")
    assert lines["孙示例"]["支部党员大会"] == ""


def test_missing_evidence_says_what_each_record_lacks() -> None:
    with year().reading() as reading:
        (line,) = rows_of(evidence_table(reading, FIRST_BRANCH, 2026))
    assert (line["日期"], line["组织"], line["主题"]) == ("2026-03-19", "第一支部", "学习大会")
    assert "签到表" in line["缺少"]


def test_all_lists_are_sheets_of_one_workbook_and_the_same_lists_are_the_same_bytes(tmp_path: Path) -> None:
    book, files = year(), SpreadsheetFiles()
    with book.reading() as reading:
        tables = all_tables(reading, FIRST_BRANCH, 2026, TODAY)
    count = export_lists(files, tmp_path / "a.xlsx", tables)
    export_lists(files, tmp_path / "b.xlsx", tables)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert count == sum(len(table.rows) for table in tables)
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == [
        "2026年会议和记录",
        "2026年决议台账",
        "2026年出勤统计",
        "2026年缺少佐证材料",
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_the_book_becomes_a_formula(tmp_path: Path, text: str) -> None:
    """OWASP's CSV injection: a cell that begins with = + - @ or a tab stays the text that it is."""
    book = year()
    changed(book, lambda record: replace(record, subject=text, venue=text), DRAFT)
    with book.reading() as reading:
        export_lists(SpreadsheetFiles(), tmp_path / "a.xlsx", all_tables(reading, FIRST_BRANCH, 2026, TODAY))
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(cells) == 2
    assert {(cell.data_type, cell.quotePrefix, cell.number_format) for cell in cells} == {("s", True, "@")}
    with ZipFile(tmp_path / "a.xlsx") as package:
        parts = [package.read(name) for name in package.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in part or b"<f " in part for part in parts)


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableProblem, match="写不进去"):
        export_lists(SpreadsheetFiles(), tmp_path / "没有" / "a.xlsx", tables_of(year()))
