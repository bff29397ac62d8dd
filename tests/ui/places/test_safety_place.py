"""The Safety place on a real file: back up, verify, restore, exchange, history and the recycle bin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.app import Workshop
from branchbook.services.meetings import remove_record, save_record
from branchbook.services.organisations import NewBranch, found_branch
from branchbook.services.record_defaults import new_record
from branchbook.storage.program_settings import JsonProgramSettings
from branchbook.ui.commands import Commands
from branchbook.ui.place import PlaceContext, ScopeChoice
from branchbook.ui.places.safety import Safety
from branchbook.ui.theme import Tone
from tests.services.small_book import FOUNDED, actor
from tests.ui.conftest import NOW, nothing_to_undo
from tests.ui.executors import AtOnce
from tests.ui.places.members_screen import Chooser


class Screen:
    """The place with its book; every step waits until its answer has arrived."""

    def __init__(self, folder: Path, settled) -> None:
        self.folder = folder
        self.workshop = Workshop()
        self.book = self.workshop.shelf.create(folder / "示例.branchbook", "李操作")
        self.branch = found_branch(self.book, NewBranch("示例支部"), FOUNDED, actor()).value
        self.files = Chooser()
        self.settings = JsonProgramSettings(folder / "settings.json")
        self.commands = Commands(AtOnce(), lambda: NOW, nothing_to_undo, nothing_to_undo)
        self.place = Safety(self.workshop, self.settings, self.files)
        self.commands.changed.connect(self.place.reload)
        self.settle = lambda: settled(self.commands)

    def open(self) -> None:
        scope = ScopeChoice(self.branch.id, 2026)
        self.place.open(PlaceContext(self.book, self.commands, scope, "李操作", lambda: NOW))
        self.settle()

    def press(self, button) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def record(self):
        """A draft of a general meeting, saved."""
        with self.book.reading() as reading:
            record = new_record(reading, "general_meeting", self.branch.id, None, actor())
        return save_record(self.book, replace(record, subject="示例会议"), actor()).value


@pytest.fixture
def screen(look, qtbot, tmp_path, shown, settled):
    made = Screen(tmp_path, settled)
    shown(made.place)
    made.open()
    yield made
    made.place.close()
    made.book.close()


def backed_up(screen: Screen) -> Path:
    """A folder with one backup in it."""
    folder = screen.folder / "备份"
    folder.mkdir()
    screen.files.answer = folder
    screen.press(screen.place.back_up_button)
    return folder


def test_before_the_first_backup_it_says_so(screen):
    assert "还没有" in screen.place.state_text.text()
    assert screen.place.no_backups.isVisibleTo(screen.place)


def test_a_backup_is_listed_verified_and_remembered(screen, qtbot):
    with qtbot.waitSignal(screen.place.backed_up):
        folder = backed_up(screen)
    assert screen.place.banner.tone is Tone.OK
    (shown,) = screen.place.backups.rows_model.rows
    assert shown.path.parent == folder
    assert screen.workshop.shelf.check(shown.path).whole
    assert "今天" in screen.place.state_text.text()


def test_the_second_backup_asks_for_no_folder(screen):
    backed_up(screen)
    screen.files.answer = None
    screen.press(screen.place.back_up_button)
    assert len(screen.place.backups.rows_model.rows) == 2


def test_a_folder_that_is_gone_is_a_clear_problem(screen):
    screen.files.answer = screen.folder / "拔掉的U盘"
    screen.press(screen.place.back_up_button)
    assert screen.place.banner.tone is Tone.BAD
    assert "找不到备份的文件夹" in screen.place.banner.text


def test_a_damaged_backup_is_told(screen):
    backed_up(screen)
    (shown,) = screen.place.backups.rows_model.rows
    damaged = bytearray(shown.path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    shown.path.write_bytes(damaged)
    screen.place.backups.select(shown.path)
    screen.place.verify_backup()
    screen.settle()
    assert screen.place.banner.tone is Tone.BAD


def test_a_backup_is_restored_into_a_new_file(screen):
    backed_up(screen)
    (shown,) = screen.place.backups.rows_model.rows
    screen.place.backups.select(shown.path)
    target = screen.folder / "恢复.branchbook"
    screen.files.answer = target
    screen.place.restore()
    screen.settle()
    assert screen.workshop.shelf.check(target).contents.organisations == 1


def test_history_shows_who_did_what_and_what_differs(screen):
    screen.record()
    screen.place.history.reload()
    screen.settle()
    latest = screen.place.history.table.rows_model.rows[0]
    assert (latest.who, latest.label) == ("李操作", "填写支部党员大会")
    screen.place.history.table.selectRow(0)
    screen.settle()
    assert "示例会议" in screen.place.history.details.text()


def test_what_was_deleted_comes_back_from_the_bin(screen):
    record = screen.record()
    remove_record(screen.book, record.id, actor())
    screen.place.bin.reload()
    screen.settle()
    screen.place.bin.table.selectRow(0)
    screen.place.bin.restore()
    screen.settle()
    assert screen.place.bin.table.rows_model.rows == ()
    with screen.book.reading() as reading:
        assert reading.get(type(record), record.id) == record


def test_the_exchange_file_is_previewed_before_it_is_imported(screen):
    screen.record()
    path = screen.folder / "交换.zip"
    screen.files.answer = path
    exchange = screen.place.exchange
    screen.press(exchange.export_button)
    assert path.is_file()
    assert "没有加密" in screen.place.banner.text
    screen.press(exchange.import_button)
    assert "新增 0 项" in exchange.preview_text.text()
    assert exchange.confirm_button.isVisibleTo(screen.place)
    screen.press(exchange.confirm_button)
    assert not exchange.confirm_button.isVisibleTo(screen.place)


def test_the_lists_of_the_year_go_out_as_xlsx_and_come_back_with_what_was_changed(screen):
    record = screen.record()
    dated = save_record(screen.book, replace(record, held_on=date(2026, 5, 8)), actor()).value
    path = screen.folder / "列表.xlsx"
    screen.files.answer = path
    screen.press(screen.place.lists.export_button)
    assert path.is_file()
    workbook = load_workbook(path)
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "示例会议":
                    cell.value = "改好的主题"
    workbook.save(path)
    screen.press(screen.place.lists.import_button)
    assert "更新 1 行" in screen.place.lists.preview_text.text()
    screen.press(screen.place.lists.confirm_button)
    with screen.book.reading() as reading:
        assert reading.get(type(dated), dated.id).subject == "改好的主题"
