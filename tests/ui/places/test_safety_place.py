"""The Safety place on a real file: back up, verify, restore, exchange, history and the recycle bin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.app import Workshop
from branchbook.domain.backups import BackupKind
from branchbook.domain.people import Person
from branchbook.services.meetings import remove_record, save_record
from branchbook.services.operations import operate
from branchbook.services.organisations import NewBranch, found_branch
from branchbook.services.record_defaults import new_record
from branchbook.services.settings import change_setting
from branchbook.storage.program_settings import JsonProgramSettings
from branchbook.ui.commands import Commands
from branchbook.ui.place import PlaceContext, ScopeChoice
from branchbook.ui.places.safety import Safety
from branchbook.ui.theme import Tone
from tests.services.small_book import FOUNDED, actor
from tests.ui.conftest import NOW, nothing_to_undo
from tests.ui.executors import AtOnce
from tests.ui.places.members_screen import Chooser


def add_person(screen: Screen) -> None:
    with operate(screen.book, actor(), "添加人员") as operating:
        operating.writing.put(Person(uuid4(), "孙示例"))


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
    screen.press(screen.place.backups.back_up_button)
    return folder


def test_before_the_first_backup_it_says_so(screen):
    assert "还没有" in screen.place.backups.state_text.text()
    assert screen.place.backups.list.nothing.isVisibleTo(screen.place)


def test_a_backup_is_listed_verified_and_remembered(screen, qtbot):
    with qtbot.waitSignal(screen.place.backed_up):
        folder = backed_up(screen)
    assert screen.place.banner.tone is Tone.OK
    (shown,) = screen.place.backups.list.table.rows_model.rows
    assert shown.path.parent == folder
    assert screen.workshop.shelf.check(shown.path).whole
    assert "今天" in screen.place.backups.state_text.text()


def test_the_second_backup_asks_for_no_folder(screen):
    backed_up(screen)
    screen.files.answer = None
    screen.press(screen.place.backups.back_up_button)
    assert len(screen.place.backups.list.table.rows_model.rows) == 2


def test_a_folder_that_is_gone_is_a_clear_problem(screen):
    screen.files.answer = screen.folder / "拔掉的U盘"
    screen.press(screen.place.backups.back_up_button)
    assert screen.place.banner.tone is Tone.BAD
    assert "找不到备份的文件夹" in screen.place.banner.text


def test_a_stick_that_is_not_plugged_in_asks_for_a_folder(screen):
    folder = backed_up(screen)
    folder.rename(screen.folder / "抽屉里")
    screen.place.backups.load()
    assert "现在找不到" in screen.place.backups.folder_text.text()
    screen.files.answer = None
    screen.press(screen.place.backups.back_up_button)
    assert screen.place.backups.list.table.rows_model.rows == ()


def test_older_backups_go_by_the_counts_that_the_book_wants(screen):
    for key in ("backups_of_weeks", "backups_of_months", "backups_of_years"):
        change_setting(screen.book, key, 0, actor())
    change_setting(screen.book, "backups_of_days", 1, actor())
    folder = backed_up(screen)
    for _ in range(2):
        screen.press(screen.place.backups.back_up_button)
    assert "删除了 1 份旧备份" in screen.place.banner.text
    assert len(list(folder.glob("*.branchbook"))) == 2


def chosen(screen: Screen):
    """The only backup of the list, chosen there as a user does it."""
    screen.place.backups.list.table.selectRow(0)
    return screen.place.backups.list.table.current_row


def test_without_a_choice_nothing_can_be_pressed(screen):
    backed_up(screen)
    screen.place.backups.open()
    backups = screen.place.backups.list
    for button in (backups.verify_button, backups.drill_button, backups.pin_button, backups.restore_button):
        assert not button.isEnabled()
    shown = chosen(screen)
    assert backups.restore_button.isEnabled()
    assert shown.sha256[:16] in backups.details.text()
    assert "没有口令" in backups.details.text()


def test_a_damaged_backup_is_told_and_marked(screen):
    backed_up(screen)
    shown = chosen(screen)
    damaged = bytearray(shown.path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    shown.path.write_bytes(damaged)
    screen.press(screen.place.backups.list.verify_button)
    assert screen.place.banner.tone is Tone.BAD
    (row,) = screen.place.backups.list.table.rows_model.rows
    assert row.verified_at is None
    assert "上次校验未通过" in screen.place.backups.list.details.text()


def test_a_backup_is_pinned_and_given_back(screen):
    backed_up(screen)
    chosen(screen)
    button = screen.place.backups.list.pin_button
    screen.press(button)
    (row,) = screen.place.backups.list.table.rows_model.rows
    assert row.pinned
    assert button.text() == "取消留存"
    screen.press(button)
    (row,) = screen.place.backups.list.table.rows_model.rows
    assert not row.pinned


def test_a_drill_says_that_the_backup_can_be_restored(screen):
    backed_up(screen)
    chosen(screen)
    screen.press(screen.place.backups.list.drill_button)
    assert screen.place.banner.tone is Tone.OK
    assert "与现在的簿逐项相同" in screen.place.banner.text


def test_a_backup_is_restored_into_a_new_file_after_a_look(screen):
    backed_up(screen)
    screen.record()
    chosen(screen)
    target = screen.folder / "恢复.branchbook"
    screen.files.answer = target
    screen.press(screen.place.backups.list.restore_button)
    card = screen.place.backups.restore_card
    assert "只在现在的簿里：记录 1 份：未填日期 支部党员大会“示例会议”" in card.words.text()
    assert not target.exists()
    screen.press(card.new_button)
    assert screen.workshop.shelf.check(target).contents.records == 0
    assert screen.place.backups.pages.currentWidget() is screen.place.backups.list


def test_over_the_present_book_only_by_a_second_press(screen, qtbot):
    backed_up(screen)
    shown = chosen(screen)
    screen.press(screen.place.backups.list.restore_button)
    card = screen.place.backups.restore_card
    with qtbot.assertNotEmitted(screen.place.restore_over_asked):
        screen.press(card.over_button)
    assert "先另存一份并校验" in card.warning.text()
    with qtbot.waitSignal(screen.place.restore_over_asked) as asked:
        screen.press(card.over_button)
    assert asked.args == [shown.path]


def test_a_folder_of_a_sync_client_is_warned_about(screen):
    folder = screen.folder / "我的坚果云"
    folder.mkdir()
    screen.files.answer = folder
    screen.press(screen.place.backups.back_up_button)
    assert screen.place.banner.tone is Tone.WARN
    assert "坚果云" in screen.place.banner.text


def test_before_an_import_the_book_is_kept(screen):
    add_person(screen)
    path = screen.folder / "交换.zip"
    screen.files.answer = path
    screen.press(screen.place.exchange.export_button)
    screen.press(screen.place.exchange.import_button)
    screen.press(screen.place.exchange.confirm_button)
    assert "已导入" in screen.place.banner.text
    (kept,) = screen.folder.glob("*导入前*.branchbook")
    (listed,) = screen.workshop.shelf.backups_in(screen.folder)
    assert (listed.path, listed.kind, listed.pinned) == (kept, BackupKind.PRE_IMPORT, True)


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
    screen.place.show_left("handing_on")
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


def test_what_is_handed_over_is_put_into_one_folder(screen):
    screen.record()
    out = screen.folder / "交接材料"
    screen.files.answer = out
    screen.place.show_left("handing_on")
    screen.press(screen.place.handover.make_button)
    assert "没有加密" in screen.place.banner.text
    assert (out / "交接清单.pdf").is_file()
