"""Lists filled in elsewhere: matched by id, previewed, one operation; drafts change, final records do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from branchbook.domain.people import Person
from branchbook.domain.problems import RefusedProblem, UnreadableProblem
from branchbook.domain.records import PersonRef, RecordState
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.drafts import keep_draft
from branchbook.services.exchange_files import CellTable, ListTable
from branchbook.services.list_columns import ListKind
from branchbook.services.list_export import attendance_table, export_lists
from branchbook.services.list_import import import_lists, open_lists
from branchbook.services.operations import operate
from branchbook.services.roster_values import Severity
from branchbook.services.undo import next_undo, undo
from tests.fakes import FakeBook
from tests.services.listed_year import (
    DONE,
    DRAFT,
    FINAL,
    LISTS,
    OPEN,
    QIAN,
    SUN,
    UNDATED,
    ZHAO,
    as_read,
    changed,
    opened,
    previewed,
    resolution,
    stored,
    tables_of,
    with_cell,
    year,
)
from tests.services.roster_files import TablesInMemory
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, named

RECORDS, RESOLUTIONS = 0, 1


@pytest.fixture
def book() -> FakeBook:
    return year()


def typed(book: FakeBook, sheet: int, identity: object, label: str, text: str) -> ListTable:
    return with_cell(tables_of(book)[sheet], str(identity), label, text)


def take(book: FakeBook, *tables: ListTable | CellTable):
    return import_lists(book, opened(*tables), actor(30))


def findings(book: FakeBook, *tables: ListTable | CellTable) -> list[tuple[Severity, str, str]]:
    rows = previewed(book, *tables).rows
    return [(each.severity, each.column, each.text) for row in rows for each in row.findings]


# ------------------------------------------------------------------------------------ records


@pytest.mark.parametrize(
    "label, text, attribute, value",
    [
        ("主题", "读一本书", "subject", "读一本书"),
        ("地点", "三楼会议室", "venue", "三楼会议室"),
        ("日期", "2026.6.2", "held_on", date(2026, 6, 2)),
        ("日期", "2026年6月2日", "held_on", date(2026, 6, 2)),
    ],
)
def test_the_head_of_a_draft_is_filled_in(book, label, text, attribute, value) -> None:
    outcome = take(book, typed(book, RECORDS, DRAFT, label, text))
    assert getattr(stored(book, DRAFT), attribute) == value
    assert outcome.value.changed[0].changes[0].column == label
    assert outcome.changes.entities == {("record", str(DRAFT))}
    assert stored(book, DRAFT).state is RecordState.DRAFT


def test_people_are_found_in_the_roster_and_those_who_stood_there_keep_their_reference(book) -> None:
    take(book, typed(book, RECORDS, DRAFT, "主持人", "孙示例，赵示例"))
    chair = stored(book, DRAFT).people["chair"]
    assert [(each.name, each.person_id) for each in chair] == [("孙示例", SUN), ("赵示例", ZHAO)]
    assert stored(book, DRAFT).people["minute_taker"][0].person_id == QIAN


def test_a_name_that_the_roster_lacks_is_taken_and_told(book) -> None:
    table = typed(book, RECORDS, DRAFT, "主持人", "外来人")
    assert findings(book, table) == [(Severity.CHECK, "主持人", "花名册里没有“外来人”，按所写的名字照录")]
    take(book, table)
    assert stored(book, DRAFT).people["chair"] == (PersonRef("外来人"),)


def test_a_name_that_two_people_have_is_not_guessed(book) -> None:
    with operate(book, actor(1), "同名") as operating:
        operating.writing.put_all(Person(named(f"同名 {number}"), "洪示例") for number in (1, 2))
    ((severity, column, text),) = findings(book, typed(book, RECORDS, DRAFT, "主持人", "洪示例"))
    assert (severity, column) == (Severity.CELL_REFUSED, "主持人")
    assert "同名" in text


def test_a_day_for_an_undated_draft_asks_the_roster_who_is_due(book) -> None:
    assert stored(book, UNDATED).attendance == ()
    take(book, typed(book, RECORDS, UNDATED, "日期", "2026-06-02"))
    record = stored(book, UNDATED)
    assert record.held_on == date(2026, 6, 2)
    assert len(record.attendance) == 6
    assert record.late_entry is True, "entered in November for a day in June"


@pytest.mark.parametrize("label", ["日期", "主题", "地点", "主持人", "记录人", "种类", "应到", "状态"])
def test_of_a_final_record_nothing_changes(book, label) -> None:
    before = stored(book, FINAL)
    table = typed(book, RECORDS, FINAL, label, "2026-07-01")
    ((severity, column, text),) = findings(book, table)
    assert (severity, column) == (Severity.CELL_REFUSED, label)
    assert "定稿" in text
    take(book, with_cell(table, DRAFT, "主题", "另一个"))
    assert stored(book, FINAL) == before
    assert stored(book, DRAFT).subject == "另一个"


@pytest.mark.parametrize("label", ["种类", "组织", "应到", "实到", "状态"])
def test_columns_to_look_at_change_nothing_and_say_so(book, label) -> None:
    ((severity, column, text),) = findings(book, typed(book, RECORDS, DRAFT, label, "7"))
    assert (severity, column) == (Severity.CELL_REFUSED, label)
    assert "只供查看" in text


@pytest.mark.parametrize("text", ["昨天", "2026.6", "2026", "2026-02-30"])
def test_a_day_that_is_none_is_refused_with_its_cell(book, text) -> None:
    ((severity, column, _),) = findings(book, typed(book, RECORDS, DRAFT, "日期", text))
    assert (severity, column) == (Severity.CELL_REFUSED, "日期")


def test_a_field_that_the_kind_does_not_have_is_refused(book) -> None:
    changed(book, lambda record: replace(record, kinds=("work_plan",)), UNDATED)
    ((severity, column, text),) = findings(book, typed(book, RECORDS, UNDATED, "记录人", "赵示例"))
    assert (severity, column) == (Severity.CELL_REFUSED, "记录人")
    assert "没有记录人" in text


def test_empty_cells_and_missing_columns_change_nothing(book) -> None:
    records, ledger = tables_of(book)
    bare = replace(records, rows=tuple(("",) * (len(row) - 1) + row[-1:] for row in records.rows))
    few = CellTable("表", (("主题", "簿内编号"), ("", str(DRAFT))))
    assert take(book, bare).changes.operation_id is None
    assert take(book, few, ledger).changes.operation_id is None


# ------------------------------------------------------------------------------------ resolutions


def test_a_resolution_of_a_final_record_is_followed_up(book) -> None:
    table = typed(book, RESOLUTIONS, OPEN, "责任人", "孙示例、钱示例")
    for label, text in (("完成期限", "2027-01-31"), ("落实日期", "2026/11/20"), ("落实情况", "已上墙")):
        table = with_cell(table, OPEN, label, text)
    before = stored(book, FINAL)
    preview = take(book, table).value
    found = resolution(book, OPEN)
    assert [each.person_id for each in found.responsible] == [SUN, QIAN]
    assert (found.due_on, found.done_on) == (date(2027, 1, 31), date(2026, 11, 20))
    assert found.outcome == "已上墙"
    after = stored(book, FINAL)
    assert replace(after, agenda=()) == replace(before, agenda=()), "nothing else of the record"
    assert [change.column for change in preview.changed[0].changes] == [
        "责任人",
        "完成期限",
        "落实日期",
        "落实情况",
    ]


@pytest.mark.parametrize("label, text", [("责任人", "钱示例"), ("完成期限", "2026-05-01"), ("责任人", "无")])
def test_what_a_final_record_says_of_duty_is_not_changed_only_filled_in(book, label, text) -> None:
    ((severity, column, said),) = findings(book, typed(book, RESOLUTIONS, DONE, label, text))
    assert (severity, column) == (Severity.CELL_REFUSED, label)
    assert "补填" in said


def test_the_outcome_may_be_told_better_and_carrying_out_taken_back(book) -> None:
    take(book, typed(book, RESOLUTIONS, DONE, "落实情况", "已清理并上锁"))
    assert resolution(book, DONE).outcome == "已清理并上锁"
    take(book, typed(book, RESOLUTIONS, DONE, "落实日期", "无"))
    assert (resolution(book, DONE).done_on, resolution(book, DONE).outcome) == (None, "")


@pytest.mark.parametrize(
    "label, text, said",
    [
        ("落实日期", "2026-03-18", "早于决议通过"),
        ("落实日期", "2026-12-01", "今天之后"),
        ("落实情况", "办好了", "没有落实日期"),
        ("决议内容", "另一条决议", "只供查看"),
        ("编号", "2026-9", "只供查看"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cell(book, label, text, said) -> None:
    ((severity, column, reason),) = findings(book, typed(book, RESOLUTIONS, OPEN, label, text))
    assert (severity, column) == (Severity.CELL_REFUSED, label)
    assert said in reason


def test_a_resolution_of_a_draft_follows_the_day_that_the_other_sheet_sets(book) -> None:
    """Heads are read before resolutions, whatever the order of the sheets."""
    draft = replace(stored(book, FINAL), id=named("草稿会"), state=RecordState.DRAFT, frozen=None)
    item = draft.agenda[0]
    pending = replace(item.resolutions[0], id=named("草稿决议"))
    draft = replace(draft, agenda=(replace(item, id=named("草稿议题"), resolutions=(pending,)),))
    with operate(book, actor(1), "草稿") as operating:
        operating.writing.put(draft)
    records = typed(book, RECORDS, draft.id, "日期", "2026-06-02")
    ledger = typed(book, RESOLUTIONS, pending.id, "落实日期", "2026-06-01")
    preview = previewed(book, ledger, records)
    assert [row.kind for row in preview.changed] == [ListKind.RECORDS]
    assert [row.kind for row in preview.refused] == [ListKind.RESOLUTIONS]


# ------------------------------------------------------------------------------------ rows and files


@pytest.mark.parametrize(
    "identity, said",
    [("", "没有簿内编号"), ("12", "不完整"), (str(named("没有")), "簿中没有"), (str(FINAL), "出现两次")],
)
@pytest.mark.parametrize("sheet", [RECORDS, RESOLUTIONS])
def test_a_row_that_cannot_be_matched_is_refused(book, sheet, identity, said) -> None:
    table = tables_of(book)[sheet]
    if identity == str(FINAL):
        identity = table.rows[0][-1]
    extra = (*("x" for _ in table.rows[0][:-1]), identity)
    found = findings(book, replace(table, rows=(*table.rows, extra)))
    assert [severity for severity, _, _ in found] == [Severity.ROW_REFUSED]
    assert said in found[0][2]


def test_a_record_that_is_being_typed_is_left_to_the_typist(book) -> None:
    keep_draft(book, replace(stored(book, DRAFT), subject="正在写"), actor(2))
    table = typed(book, RECORDS, DRAFT, "地点", "三楼")
    ((severity, _, text),) = findings(book, table)
    assert severity is Severity.ROW_REFUSED
    assert "还没有保存" in text
    with pytest.raises(RefusedProblem, match="没有一行可以读回"):
        take(book, table)
    with book.reading() as reading:
        assert len(reading.drafts()) == 1


def test_everything_is_one_operation_and_one_undo_takes_it_back(book) -> None:
    before = book.state.copy()
    records = typed(book, RECORDS, DRAFT, "主题", "甲")
    records = with_cell(records, UNDATED, "主题", "乙")
    ledger = typed(book, RESOLUTIONS, OPEN, "责任人", "孙示例")
    outcome = take(book, records, ledger)
    assert len(outcome.changes.entities) == 3
    with book.reading() as reading:
        operation = next_undo(reading)
        assert operation is not None
        assert operation.head.label == "读回清单：清单.xlsx"
    assert take(book, records, ledger).changes.operation_id is None, "a second time it changes nothing"
    undo(book, operation.head.id, actor(40), actor(-600).now)
    assert book.state.values == before.values


def test_nothing_is_written_where_no_changed_row_can_be_taken(book) -> None:
    before = book.state.copy()
    with pytest.raises(RefusedProblem, match="没有一行可以读回") as caught:
        take(book, typed(book, RECORDS, FINAL, "主题", "改"))
    assert "第 2 行" in caught.value.where
    assert book.state == before


def test_columns_and_sheets_may_stand_in_any_order_under_a_title(book) -> None:
    records, _ = tables_of(book)
    order = sorted(range(len(records.columns)), key=lambda at: records.columns[at].label)
    rows = [tuple(records.columns[at].label for at in order)]
    rows += [tuple(row[at] for at in order) for row in with_cell(records, DRAFT, "主题", "新主题").rows]
    shuffled = CellTable("别的名字", (("第一支部的清单",), (), *rows))
    preview = take(book, CellTable("说明", (("随便写的",),)), shuffled).value
    assert [(row.number, row.changes[0].after) for row in preview.changed] == [(5, "新主题")]
    assert stored(book, DRAFT).subject == "新主题"


def test_a_workbook_without_a_list_says_which_to_choose(book) -> None:
    with book.reading() as reading:
        other = attendance_table(reading, FIRST_BRANCH, 2026, TODAY)
    with pytest.raises(UnreadableProblem, match="没有找到可以读回的清单"):
        opened(other)
    with pytest.raises(UnreadableProblem, match="没有找到可以读回的清单"):
        open_lists(TablesInMemory(), LISTS)


def test_a_day_typed_into_a_real_workbook_is_read(book, tmp_path: Path) -> None:
    """Excel turns a typed day into a date of its own and a number into a number."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["簿内编号", "主题", "日期", "地点"])
    sheet.append([str(DRAFT), "=1+1 不是公式", date(2026, 6, 2), 301])
    sheet["B2"].data_type = "s"
    workbook.save(tmp_path / "a.xlsx")
    import_lists(book, open_lists(SpreadsheetFiles(), tmp_path / "a.xlsx"), actor(30))
    record = stored(book, DRAFT)
    assert (record.held_on, record.venue, record.subject) == (date(2026, 6, 2), "301", "=1+1 不是公式")


def test_what_was_exported_to_a_file_comes_back_unchanged(book, tmp_path: Path) -> None:
    files = SpreadsheetFiles()
    export_lists(files, tmp_path / "a.xlsx", tables_of(book))
    outcome = import_lists(book, open_lists(files, tmp_path / "a.xlsx"), actor(30))
    assert outcome.changes.operation_id is None
    assert outcome.value.refused == ()
    assert len(outcome.value.rows) == 5


def test_a_formula_that_was_never_calculated_is_told_and_changes_nothing(book, tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["簿内编号", "主题"])
    sheet.append([str(DRAFT), "=CONCATENATE(1,2)"])
    workbook.save(tmp_path / "a.xlsx")
    preview = import_lists(book, open_lists(SpreadsheetFiles(), tmp_path / "a.xlsx"), actor(30)).value
    assert preview.changed == ()
    assert any("公式没有算出的值" in note for note in preview.notes)


def test_blank_rows_are_passed_over(book) -> None:
    (table,) = as_read(tables_of(book)[RECORDS])
    gaps = replace(table, rows=(table.rows[0], (), *table.rows[1:], ("", "")))
    assert len(previewed(book, gaps).rows) == 3
