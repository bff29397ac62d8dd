"""Every shipped ledger goes out as xlsx and comes back without a change; what is wrong is told by row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchbook.catalogue.ledgers_list import shipped_ledgers
from branchbook.domain.amounts import HalfCents
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.exchange_files import CellTable
from branchbook.services.ledger_import import import_ledger, open_ledger, preview_ledger
from branchbook.services.ledger_reading import ledger_of
from branchbook.services.ledger_table import export_ledger, ledger_table
from branchbook.services.ledgers import Period, ledger_view
from branchbook.services.roster_plan import LineStatus
from branchbook.services.roster_values import Severity
from branchbook.services.settings import change_setting
from branchbook.services.undo import undo_latest
from tests.services.ledger_book import RECTIFICATION, member, rectify, sample_row
from tests.services.roster_files import TablesInMemory
from tests.services.small_book import (
    FIRST_BRANCH,
    GENERAL_BRANCH,
    SECOND_BRANCH,
    TODAY,
    actor,
    small_book,
)

FILES = SpreadsheetFiles()
LEDGERS = shipped_ledgers().ledgers
PATH = Path("台账.xlsx")


def exported(book, key, path, place=GENERAL_BRANCH, period=None):
    with book.reading() as reading:
        ledger = ledger_of(reading, key)
        return export_ledger(FILES, path, reading, ledger, place, TODAY, period or Period())


def read(book, key, path, place=FIRST_BRANCH):
    with book.reading() as reading:
        file = open_ledger(FILES, path, reading, key)
    return import_ledger(book, file, actor(30), place).value


def words(book, key, place=GENERAL_BRANCH):
    with book.reading() as reading:
        return [(line.cells, line.place) for line in ledger_view(reading, key, place, TODAY).lines]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda each: each.key)
def test_a_shipped_ledger_round_trips(ledger, tmp_path):
    book, other = small_book(), small_book()
    for number in range(4):
        sample_row(book, ledger, number, SECOND_BRANCH if number == 3 else FIRST_BRANCH)
    before = book.state.values["ledger_row"].copy()
    assert exported(book, ledger.key, tmp_path / "甲.xlsx") == 4
    again = read(book, ledger.key, tmp_path / "甲.xlsx")
    assert again.findings == ()
    assert [line.status for line in again.lines] == [LineStatus.UNCHANGED] * 4
    assert book.state.values["ledger_row"] == before
    table = FILES.read(tmp_path / "甲.xlsx")[0]
    without_ids = CellTable(table.name, tuple(row[:-1] for row in table.rows))
    for status in (LineStatus.NEW, LineStatus.UNCHANGED):
        made = taken(other, ledger.key, without_ids)
        assert {line.status for line in made.lines} == {status}
        assert words(other, ledger.key) == words(book, ledger.key)


def taken(book, key, table, place=FIRST_BRANCH):
    with book.reading() as reading:
        file = open_ledger(TablesInMemory(table), PATH, reading, key)
    return import_ledger(book, file, actor(40), place).value


def previewed(book, *rows, key=RECTIFICATION, place=FIRST_BRANCH):
    with book.reading() as reading:
        file = open_ledger(TablesInMemory(CellTable("表", rows)), PATH, reading, key)
        return preview_ledger(reading, file, actor(40), place)


HEAD = ("问题来源", "问题表现", "发现日期", "整改时限", "责任人", "确认人")


def test_an_empty_ledger_goes_out_as_a_form_to_fill_in():
    book = small_book()
    with book.reading() as reading:
        table = ledger_table(reading, ledger_of(reading, RECTIFICATION), FIRST_BRANCH, TODAY)
    assert table.rows == ()
    assert [each.label for each in table.columns][:3] == ["问题来源", "发现日期", "问题表现"]
    assert [each.label for each in table.columns][-2:] == ["所属组织", "簿内编号"]


def test_only_the_rows_of_the_period_and_the_branch_go_out(tmp_path):
    book = small_book()
    rectify(book, "去年办完的", found_on="2025-12-30", done_on="2025-12-31")
    rectify(book, "今年的", found_on="2026-01-01")
    rectify(book, "别的支部", SECOND_BRANCH, found_on="2026-01-01")
    assert exported(book, RECTIFICATION, tmp_path / "甲.xlsx", FIRST_BRANCH, Period.of_year(2026)) == 1


def test_what_is_wrong_is_told_by_row_and_column_and_the_other_rows_are_taken():
    book = small_book()
    preview = previewed(
        book,
        ("示例整改台账",),
        (*HEAD, "没有的列"),
        ("自查", "甲", "2026.3.1", "明天", "赵示例、外人"),
        ("听说", "乙"),
        ("", "丙"),
        ("自查", "丁", "2026-03-02", "2026-03-01"),
        ("自查", "戊", "", "", "", "赵示例、钱示例"),
        ("", ""),
        ("合计", "5"),
    )
    told = {(each.row, each.column): (each.severity, each.text) for each in preview.findings}
    assert told[0, ""] == (Severity.NOTE, "没有读取的列：没有的列")
    assert told[3, "整改时限"][0] is Severity.CELL_REFUSED
    assert "“外人”" in told[3, "责任人"][1]
    assert told[4, "问题来源"] == (
        Severity.ROW_REFUSED,
        "没有“听说”这一项，可选 组织生活会、民主评议、巡视巡察、自查、上级检查、其他",
    )
    assert told[5, "问题来源"] == (Severity.ROW_REFUSED, "这一栏必填")
    assert "早于发现日期" in told[6, "整改时限"][1]
    assert "只写一个人" in told[7, "确认人"][1]
    assert [line.status for line in preview.lines] == [
        LineStatus.NEW, LineStatus.REFUSED, LineStatus.REFUSED, LineStatus.REFUSED, LineStatus.NEW,
    ]  # fmt: skip
    assert preview.summary == "新增 2 行，更新 0 行，未变 0 行，未导入 3 行"
    assert preview.rows[0].values["found_on"] == "2026-03-01"
    assert preview.rows[0].people["responsible"][0].person_id is not None


def test_a_row_with_its_number_changes_only_what_its_cells_say():
    book = small_book()
    row = rectify(book, "甲", due_on="2026-12-01", outcome="旧", responsible=member("赵示例"))
    head = ("簿内编号", "整改时限", "完成情况", "责任人", "问题表现")
    preview = previewed(book, head, (str(row.id), "无", "新", "", "甲"))
    (line,) = preview.lines
    assert line.status is LineStatus.CHANGED
    assert {(each.label, each.before, each.after) for each in line.changes} == {
        ("整改时限", "2026-12-01", ""),
        ("完成情况", "旧", "新"),
    }
    assert preview.rows[0].people == row.people


@pytest.mark.parametrize(
    "identity, said",
    [("abc", "不完整"), ("00000000-0000-4000-8000-000000000009", "没有这一行")],
)
def test_a_number_that_is_no_rows_refuses_the_row(identity, said):
    preview = previewed(small_book(), ("簿内编号", "问题表现"), (identity, "甲"))
    assert said in preview.findings[0].text
    assert preview.rows == ()


def test_one_number_twice_takes_the_first_only():
    book = small_book()
    row = rectify(book, "甲")
    preview = previewed(book, ("簿内编号", "完成情况"), (str(row.id), "一"), (str(row.id), "二"))
    assert [line.status for line in preview.lines] == [LineStatus.CHANGED, LineStatus.REFUSED]


def test_a_row_goes_to_the_organisation_that_it_names():
    book = small_book()
    preview = previewed(
        book,
        ("问题来源", "问题表现", "所属组织"),
        ("自查", "甲", "第二支部"),
        ("自查", "乙", ""),
        ("自查", "丙", "第九支部"),
        ("自查", "丁", "第一支部 第一小组"),
    )
    assert [row.organisation_id for row in preview.rows][:2] == [SECOND_BRANCH, FIRST_BRANCH]
    assert "第九支部" in preview.findings[0].text
    assert len(preview.rows) == 3


MONEY = ("日期", "慰问对象", "金额")


def test_money_is_exact_and_half_cents_go_by_the_setting():
    book = small_book()
    row = ("2026-01-20", "赵示例", "100.005")
    refused = previewed(book, MONEY, row, ("2026-01-20", "钱示例", "1,200.50"), key="hardship_visits")
    assert refused.rows[0].values.get("money") is None
    assert refused.rows[1].values["money"] == 120050
    assert "最多 2 位小数" in refused.findings[0].text
    change_setting(book, "half_cents", HalfCents.ROUND, actor(50))
    rounded = previewed(book, MONEY, row, key="hardship_visits")
    assert rounded.rows[0].values["money"] == 10001
    assert rounded.findings[0].text == "“100.005”四舍五入为 100.01"


def test_one_undo_takes_the_whole_import_back():
    book = small_book()
    table = CellTable("表", (HEAD, ("自查", "甲"), ("自查", "乙")))
    taken(book, RECTIFICATION, table)
    assert len(words(book, RECTIFICATION)) == 2
    undo_latest(book, actor(60), actor(-60).now)
    assert words(book, RECTIFICATION) == []


def test_a_file_without_the_head_or_without_a_good_row_is_refused():
    book = small_book()
    with pytest.raises(UnreadableProblem, match="没有找到整改台账的表头"):
        previewed(book, ("姓名", "性别"), ("甲", "男"))
    with pytest.raises(RefusedProblem, match="没有一行可以导入"):
        taken(book, RECTIFICATION, CellTable("表", (HEAD, ("听说", "甲"))))
    with pytest.raises(RefusedProblem, match="表头下面没有内容"):
        taken(book, RECTIFICATION, CellTable("表", (HEAD,)))


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20) | st.sampled_from(
    ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "'=1", "无", "x\n\ny", "<b>&", "\u202e右", "😀"]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(texts, texts, st.dates(date(2026, 1, 1), TODAY)), min_size=1, max_size=4))
def test_whatever_is_typed_goes_out_and_comes_back_unchanged(tmp_path_factory, rows):
    book, path = small_book(), tmp_path_factory.mktemp("台账") / "甲.xlsx"
    for problem, measure, day in rows:
        try:
            rectify(book, problem, measure=measure, found_on=day.isoformat())
        except RefusedProblem:
            continue  # nothing but blanks is no problem
    before = book.state.values["ledger_row"].copy()
    if exported(book, RECTIFICATION, path):
        assert {line.status for line in read(book, RECTIFICATION, path).lines} == {LineStatus.UNCHANGED}
    assert book.state.values["ledger_row"] == before
