"""A table walked cell by cell: what stays current, which columns give way, what is copied and spoken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from branchbook.ui.models.cells import CellColumn
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.cell_table import CellTable

ROWS = [("甲", "1"), ("乙", "2"), ("丙", "3")]


def columns(*, rank: int = 0) -> list[CellColumn[tuple[str, str]]]:
    return [
        CellColumn("name", "姓名", lambda row: row[0], 100, left=True),
        CellColumn("number", "数", lambda row: row[1], 80, tone=lambda row: Tone.OK),
        CellColumn("more", "备注", lambda row: "", 200, tip=lambda row: "没有备注", rank=rank, stretch=True),
    ]


@pytest.fixture
def table(shown):
    made: CellTable[tuple[str, str]] = CellTable(lambda row: row[0], most_rows=2)
    made.resize(500, 200)
    made.show_cells(ROWS, columns())
    shown(made)
    made.setFocus()
    return made


class TestCurrent:
    def test_arrows_move_by_cell_and_tell(self, table):
        told: list[tuple[str, str]] = []
        table.moved.connect(lambda row, column: told.append((row[0], column)))
        table.select("甲", "name")
        QTest.keyClick(table, Qt.Key.Key_Down)
        QTest.keyClick(table, Qt.Key.Key_Right)
        assert told == [("乙", "name"), ("乙", "number")]

    def test_selecting_by_key_tells_nobody(self, table):
        told: list[object] = []
        table.moved.connect(lambda *moved: told.append(moved))
        assert table.select("丙", "number")
        assert not table.select("丁")
        assert (table.current_row, table.current_column) == (("丙", "3"), "number")
        assert told == []

    def test_other_rows_keep_the_current_one_by_its_key(self, table):
        table.select("乙", "number")
        table.show_cells([ROWS[2], ("乙", "9"), ROWS[0]], columns())
        assert (table.current_row, table.current_column) == (("乙", "9"), "number")

    def test_enter_and_double_click_open(self, table):
        told: list[tuple[str, str]] = []
        table.opened.connect(lambda row, column: told.append((row[0], column)))
        table.select("乙", "number")
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert told == [("乙", "number")]

    def test_a_longer_table_scrolls_by_itself(self, table):
        short = table.height()
        table.show_cells([*ROWS, ("丁", "4")], columns())
        assert table.height() == short


class TestColumns:
    def test_where_there_is_no_room_the_highest_rank_goes_first(self, table):
        table.show_cells(ROWS, columns(rank=2))
        table.resize(500, 200)
        assert not table.isColumnHidden(2)
        table.resize(250, 200)
        assert [table.isColumnHidden(at) for at in range(3)] == [False, False, True]

    def test_what_is_left_over_goes_to_the_column_that_stretches(self, table):
        assert sum(table.columnWidth(at) for at in range(3)) == table.viewport().width()
        assert table.columnWidth(2) > 200


class TestReadOut:
    def test_a_cell_says_whose_it_is(self, table):
        index = table.cells.index(1, 2)
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "乙，备注，没有备注"

    def test_it_is_copied_as_spreadsheets_paste_it(self, table):
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text().splitlines()[:2] == ["姓名\t数\t备注", "甲\t1\t"]
