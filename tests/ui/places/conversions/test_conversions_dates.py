"""The dates sheet in the window: looked at row by row, taken in as one operation, written out again."""

from __future__ import annotations

from datetime import date

import pytest

from branchbook.services.exchange_files import ListColumn, ListTable
from branchbook.services.joining import stages_on
from branchbook.ui.theme import Tone
from tests.services.small_book import FIRST_BRANCH
from tests.ui.places.conversions.conversions_place import Rooms

HEAD = ("姓名", "申请时间", "谈话日期", "确定积极分子时间", "备注")
ROWS = (
    ("蒋示例", "2025-9-1", "2025-9-20", "2026-3-1", "学习好"),
    ("卫示例", "2026-10-30", "", "", ""),
    ("查无此人", "2026-1-1", "", "", ""),
)


@pytest.fixture
def sheet(tmp_path, files):
    """A sheet of three rows as people keep them, chosen in the dialog."""
    path = tmp_path / "发展日期.xlsx"
    table = ListTable("日期", tuple(ListColumn(each) for each in HEAD), ROWS)
    Rooms.tables.write(path, [table])
    files.path = path
    return path


def test_a_sheet_is_looked_at_before_anything_is_written(screen, sheet):
    screen.press(screen.place.people.import_button)
    card = screen.place.importing
    assert screen.place.right.currentWidget() is card
    assert "没有读取：备注" in card.columns.text()
    statuses = [row.line.status.value for row in card.preview_page._rows]
    assert statuses == ["new", "new", "refused"]
    assert "花名册里没有" in card.preview_page._rows[2].words
    with screen.book.reading() as reading:
        assert all(each.procedure_id is None for each in stages_on(reading, FIRST_BRANCH, date(2026, 11, 24)))


def test_it_is_taken_in_as_one_operation_and_undone_as_one(screen, sheet):
    screen.place.choose_import()
    screen.settle()
    screen.press(screen.place.importing.take_in)
    assert screen.place.banner.tone == Tone.OK
    assert "新建档案 2 人" in screen.place.banner.text
    screen.pick("蒋示例")
    assert screen.procedure.done_on("activist") == date(2026, 3, 1)
    screen.place.context.commands.undo()
    screen.settle()
    assert screen.place.screen_shown.record.view is None


def test_giving_up_changes_nothing(screen, sheet):
    screen.place.choose_import()
    screen.settle()
    screen.press(screen.place.importing.give_up)
    assert screen.place.right.currentWidget() is screen.place.record
    assert screen.place.screen_shown.record.view is None


def test_a_file_that_is_no_sheet_is_said_and_the_record_stays(screen, files, tmp_path):
    files.path = tmp_path / "坏的.xlsx"
    files.path.write_bytes(b"not a sheet")
    screen.place.choose_import()
    screen.settle()
    assert screen.place.banner.tone == Tone.BAD
    assert screen.place.right.currentWidget() is screen.place.record


def test_the_dates_of_everyone_are_written_to_be_filled_in(screen, files, tmp_path):
    files.path = tmp_path / "导出.xlsx"
    screen.press(screen.place.people.export_button)
    assert files.path.exists()
    assert "已导出 4 人" in screen.place.banner.text
