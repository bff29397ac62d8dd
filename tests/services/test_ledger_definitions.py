"""A user's own ledgers and changes to shipped ones: kept with the book, put back, and never at the cost of a row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from branchbook.domain.fields import FieldType
from branchbook.domain.ledgers import LedgerDefinition, LedgerLayout
from branchbook.domain.problems import RefusedProblem
from branchbook.domain.records import FieldValue
from branchbook.exchange.book_zip import ZipArchives
from branchbook.services.book_exchange import ValueStatus, export_book, import_book, preview_import
from branchbook.services.history import value_history
from branchbook.services.ledger_definitions import (
    MOST_FIELDS,
    add_field,
    hide_field,
    is_changed,
    new_ledger,
    put_back,
    remove_ledger,
    rename_field,
    rename_ledger,
    set_roles,
)
from branchbook.services.ledger_import import import_ledger, open_ledger
from branchbook.services.ledger_reading import definition_id, ledger_named, ledger_of, ledgers_of
from branchbook.services.ledger_table import ledger_table
from branchbook.services.ledgers import add_row, change_row, ledger_view
from branchbook.services.recycle_bin import bin_lines, restore_removed
from branchbook.services.undo import undo, undo_latest
from tests.services.ledger_book import RECTIFICATION, member, rectify
from tests.services.roster_files import TablesInMemory
from tests.services.small_book import FIRST_BRANCH, TODAY, actor, small_book


def ledger(book, key=RECTIFICATION):
    with book.reading() as reading:
        return ledger_of(reading, key)


def own(book, name="读书会台账"):
    return new_ledger(book, name, actor()).value


def test_a_ledger_of_ones_own_in_a_few_minutes_works_as_a_shipped_one():
    """Issue 7: a new ledger is one file, or a few minutes in the settings, and no code."""
    book = small_book()
    key = own(book).key
    add_field(book, key, "经费", FieldType.MONEY, actor(1))
    add_field(book, key, "形式", FieldType.CHOICE, actor(2), choices=("集中", "自学", "集中", " "))
    add_field(book, key, "领读人", FieldType.PERSON, actor(3), required=True)
    set_roles(
        book,
        key,
        actor(4),
        date_field="日期",
        due_field="",
        done_field="",
        totals=("经费",),
        layout=LedgerLayout.GRID,
    )
    made = ledger(book, key)
    assert made.own
    assert made.field("形式").choices == ("集中", "自学")
    row: dict[str, FieldValue] = {"日期": "2026-03-01", "事项": "读第一章", "经费": 5050, "形式": "集中"}
    with pytest.raises(RefusedProblem, match="必填") as caught:
        add_row(book, key, FIRST_BRANCH, actor(5), row)
    assert caught.value.where == "领读人"
    add_row(book, key, FIRST_BRANCH, actor(6), row, {"领读人": member("赵示例")})
    with book.reading() as reading:
        assert ledgers_of(reading)[0] == made, "one's own stand first"
        view = ledger_view(reading, key, FIRST_BRANCH, TODAY)
        table = ledger_table(reading, made, FIRST_BRANCH, TODAY)
    assert view.totals == {"经费": "50.50"}
    files = TablesInMemory()
    files.write(Path("x.xlsx"), (table,))
    with book.reading() as reading:
        file = open_ledger(files, Path("x.xlsx"), reading, key)
    assert (
        import_ledger(book, file, actor(7), FIRST_BRANCH).value.summary == "新增 0 行，更新 0 行，未变 1 行"
    )


def test_a_shipped_ledger_is_changed_and_put_back_and_no_row_loses_anything():
    book = small_book()
    shipped = ledger(book)
    row = rectify(book, "甲", target="按月完成")
    hide_field(book, RECTIFICATION, "target", actor(1))
    rename_field(book, RECTIFICATION, "problem", "具体问题", actor(2))
    add_field(book, RECTIFICATION, "科室", FieldType.TEXT, actor(3), required=True)
    rename_ledger(book, RECTIFICATION, "问题整改台账", actor(4))
    changed = ledger(book)
    assert changed.name == "问题整改台账"
    assert changed.field("problem").label == "具体问题"
    assert "target" not in {spec.key for spec in changed.shown}
    assert not changed.field("科室").required, "the program fills shipped ledgers too"
    change_row(book, replace(row, values={"source": "自查", "problem": "乙", "科室": "办公室"}), actor(5))
    with book.reading() as reading:
        assert is_changed(reading, RECTIFICATION)
        (kept,) = reading.ledger_rows(RECTIFICATION)
        assert ledger_named(reading, "问题整改台账").key == RECTIFICATION
    assert kept.values == {"source": "自查", "problem": "乙", "科室": "办公室", "target": "按月完成"}
    put_back(book, RECTIFICATION, actor(6))
    assert ledger(book) == shipped
    with book.reading() as reading:
        assert reading.ledger_rows(RECTIFICATION) == (kept,)
        assert not is_changed(reading, RECTIFICATION)
    undo_latest(book, actor(7), actor(-60).now)
    assert ledger(book) == changed


def test_the_history_tells_changes_by_labels():
    book = small_book()
    hide_field(book, RECTIFICATION, "target", actor(1))
    rename_field(book, RECTIFICATION, "problem", "具体问题", actor(2))
    add_field(book, RECTIFICATION, "科室", FieldType.TEXT, actor(3))
    with book.reading() as reading:
        told = value_history(reading, "ledger_definition", str(definition_id(RECTIFICATION)))
    said = [(each.label, each.after) for change in told for each in change.differences]
    assert ("栏目", "科室（文字）") in said
    assert ("改过的名称", "问题表现改为具体问题") in said
    assert ("隐藏的栏目", "整改目标") in said
    assert ("台账", "整改台账") in said
    assert not any(text.isascii() for pair in said for text in pair)


def test_what_is_put_back_one_by_one_leaves_nothing_behind():
    book = small_book()
    hide_field(book, RECTIFICATION, "target", actor(1))
    rename_field(book, RECTIFICATION, "problem", "具体问题", actor(2))
    rename_ledger(book, RECTIFICATION, "别名", actor(3))
    hide_field(book, RECTIFICATION, "target", actor(4), hidden=False)
    rename_field(book, RECTIFICATION, "problem", "问题表现", actor(5))
    rename_ledger(book, RECTIFICATION, "整改台账", actor(6))
    with book.reading() as reading:
        assert reading.all(LedgerDefinition) == ()


@pytest.mark.parametrize(
    "act, what",
    [
        (lambda book, key: new_ledger(book, " ", actor()), "台账名称不能为空"),
        (lambda book, key: new_ledger(book, "整改台账", actor()), "已有同名的台账"),
        (lambda book, key: rename_ledger(book, key, "整改台账", actor()), "已有同名的台账"),
        (lambda book, key: add_field(book, key, "", FieldType.TEXT, actor()), "栏目名称不能为空"),
        (lambda book, key: add_field(book, key, "事项", FieldType.TEXT, actor()), "已有同名的栏目"),
        (lambda book, key: add_field(book, key, "形式", FieldType.CHOICE, actor()), "至少要有两项"),
        (lambda book, key: rename_field(book, key, "日期", "事项", actor()), "已有同名的栏目"),
        (lambda book, key: rename_field(book, key, "没有", "甲", actor()), "没有这个栏目"),
        (lambda book, key: hide_field(book, RECTIFICATION, "problem", actor()), "不能隐藏"),
        (lambda book, key: roles(book, key, date_field="事项"), "不是日期"),
        (lambda book, key: roles(book, key, totals=("事项",)), "可以合计"),
        (lambda book, key: roles(book, RECTIFICATION), "不能改用法"),
        (lambda book, key: put_back(book, key, actor()), "没有原样"),
        (lambda book, key: remove_ledger(book, RECTIFICATION, actor()), "不能删除"),
        (lambda book, key: hide_field(book, "gold", "x", actor()), "没有这本台账"),
    ],
)
def test_what_makes_no_ledger_is_refused_and_changes_nothing(act, what):
    book = small_book()
    key = own(book).key
    before = book.state.values["ledger_definition"].copy()
    with pytest.raises(RefusedProblem, match=what):
        act(book, key)
    assert book.state.values["ledger_definition"] == before


def roles(book, key, **given):
    asked = {"date_field": "", "due_field": "", "done_field": "", "totals": (), "layout": LedgerLayout.PAGE}
    return set_roles(book, key, actor(), **{**asked, **given})


def test_a_ledger_has_so_many_fields_and_no_more():
    book = small_book()
    key = own(book).key
    for number in range(MOST_FIELDS - 2):
        add_field(book, key, f"栏目{number}", FieldType.TEXT, actor(number))
    with pytest.raises(RefusedProblem, match="最多"):
        add_field(book, key, "再一个", FieldType.TEXT, actor(90))


def test_a_field_that_took_anothers_first_label_gets_a_key_of_its_own():
    book = small_book()
    key = own(book).key
    rename_field(book, key, "日期", "开始日期", actor(1))
    add_field(book, key, "日期", FieldType.DATE, actor(2))
    assert [spec.key for spec in ledger(book, key).fields] == ["日期", "事项", "日期2"]


def test_an_own_ledger_goes_to_the_bin_with_its_rows_and_comes_back_whole():
    book = small_book()
    key = own(book).key
    add_row(book, key, FIRST_BRANCH, actor(1), {"事项": "甲"})
    assert remove_ledger(book, key, actor(2)).value == 1
    with book.reading() as reading:
        assert all(each.key != key for each in ledgers_of(reading))
        assert reading.ledger_rows(key) == ()
        (line, *_) = bin_lines(reading)
    assert line.name == "台账设置“读书会台账”"
    restore_removed(book, line.operation_id, actor(3))
    with book.reading() as reading:
        assert len(ledger_view(reading, key, FIRST_BRANCH, TODAY).lines) == 1


def test_making_a_ledger_is_not_undone_under_its_rows():
    book = small_book()
    made = new_ledger(book, "读书会台账", actor())
    add_row(book, made.value.key, FIRST_BRANCH, actor(1), {"事项": "甲"})
    assert made.changes.operation_id is not None
    with pytest.raises(RefusedProblem, match="不能撤销") as caught:
        undo(book, made.changes.operation_id, actor(2), actor(-60).now)
    assert "读书会台账的一行" in str(caught.value)
    undo_latest(book, actor(3), actor(-60).now)
    undo(book, made.changes.operation_id, actor(4), actor(-60).now)
    with book.reading() as reading:
        assert reading.all(LedgerDefinition) == ()


def test_definitions_and_rows_go_with_the_branchs_file_and_merge_by_id(tmp_path):
    book, other = small_book(), small_book()
    key = own(book).key
    add_row(book, key, FIRST_BRANCH, actor(1), {"事项": "甲"})
    own(book, "没有用到的")
    for each in (book, other):
        hide_field(each, RECTIFICATION, "target", actor(2))
    with book.reading() as reading:
        export_book(reading, ZipArchives(), tmp_path / "支部.zip", FIRST_BRANCH)
    import_book(other, ZipArchives(), tmp_path / "支部.zip", actor(3))
    with other.reading() as reading:
        assert len(reading.all(LedgerDefinition)) == 2, "the changed one is the same in both books"
        assert len(reading.ledger_rows(key)) == 1
        assert ledger_of(reading, key).name == "读书会台账"


def test_two_books_that_changed_one_ledger_merge_and_no_field_of_either_is_lost(tmp_path):
    book, other = small_book(), small_book()
    add_field(book, RECTIFICATION, "科室", FieldType.TEXT, actor(1))
    rename_field(book, RECTIFICATION, "problem", "具体问题", actor(2))
    hide_field(book, RECTIFICATION, "target", actor(3))
    add_field(other, RECTIFICATION, "片区", FieldType.TEXT, actor(1))
    rename_field(other, RECTIFICATION, "problem", "问题", actor(2))
    with book.reading() as reading:
        export_book(reading, ZipArchives(), tmp_path / "支部.zip", FIRST_BRANCH)
    first = import_book(other, ZipArchives(), tmp_path / "支部.zip", actor(4)).value
    merged = ledger(other)
    assert {"科室", "片区", "target"} <= {spec.key for spec in merged.shown}, "hidden is this book's choice"
    assert merged.field("problem").label == "问题", "so are the labels"
    again = import_book(other, ZipArchives(), tmp_path / "支部.zip", actor(5)).value
    assert first.count(ValueStatus.CHANGED, "ledger_definition") == 1
    assert again.count(ValueStatus.CHANGED) == 0


def test_an_own_ledger_follows_the_file_of_the_branch_that_keeps_it(tmp_path):
    book, other = small_book(), small_book()
    key = own(book).key
    add_row(book, key, FIRST_BRANCH, actor(1), {"事项": "甲"})
    for at in (2, 4):
        with book.reading() as reading:
            export_book(reading, ZipArchives(), tmp_path / "支部.zip", FIRST_BRANCH)
        import_book(other, ZipArchives(), tmp_path / "支部.zip", actor(at))
        rename_ledger(book, key, "读书台账", actor(3))
        if at == 2:
            add_field(other, key, "意见", FieldType.TEXT, actor(3))
    changed = ledger(other, key)
    assert changed.name == "读书台账"
    assert [spec.key for spec in changed.fields] == ["日期", "事项", "意见"]


def test_an_import_says_how_many_rows_it_replaces(tmp_path):
    book, other = small_book(), small_book()
    row = rectify(book, "甲")
    with book.reading() as reading:
        export_book(reading, ZipArchives(), tmp_path / "支部.zip")
    import_book(other, ZipArchives(), tmp_path / "支部.zip", actor(1))
    change_row(other, replace(row, values={**row.values, "problem": "乙"}), actor(2))
    with other.reading() as reading:
        told = preview_import(reading, ZipArchives(), tmp_path / "支部.zip")
    assert "1 行台账在本簿中的内容与文件不同，将按文件更新；可以撤销" in told.warnings
