"""校验与副本 in the Safety place on real files; the way back in the history."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from branchbook.domain.records import Record
from branchbook.services.meetings import save_record
from branchbook.storage import driver, keys
from branchbook.storage.copying import copy_book
from branchbook.ui.theme import Tone
from tests.services.small_book import actor
from tests.storage.test_damage import change
from tests.ui.places.test_safety_place import Screen, backed_up


@pytest.fixture
def screen(look, qtbot, tmp_path, shown, settled):
    made = Screen(tmp_path, settled)
    shown(made.place)
    made.open()
    made.place.show_page("checks")
    yield made
    made.place.close()
    made.book.close()


def said(screen) -> str:
    return screen.place.checks.lines.text()


def test_a_whole_book_is_said_to_be_whole(screen):
    screen.record()
    screen.press(screen.place.checks.verify_button)
    assert "示例.branchbook 完好" in said(screen)
    assert not screen.place.checks.index_button.isVisibleTo(screen.place)


def test_an_edited_row_is_named_and_the_page_shown(screen):
    record = screen.record()
    change(screen.book.path, f"UPDATE record SET subject = '换成别的' WHERE id = '{record.id}'")
    screen.place.show_page("history")
    screen.press(screen.place.backups.verify_button)
    assert screen.place.pages.currentWidget() is screen.place.checks
    assert "与操作记录不符：主题" in said(screen)
    assert screen.place.banner.tone is Tone.BAD


def test_the_search_index_can_be_built_anew_where_it_is_all_that_differs(screen):
    screen.record()
    change(screen.book.path, "DELETE FROM search_entry")
    screen.press(screen.place.checks.verify_button)
    assert "重建索引" in said(screen)
    screen.press(screen.place.checks.index_button)
    assert "完好" in said(screen)
    assert not screen.place.checks.index_button.isVisibleTo(screen.place)


def test_another_copy_is_compared(screen):
    record = screen.record()
    copy = screen.folder / "副本.branchbook"
    shutil.copy(screen.book.path, copy)
    save_record(screen.book, replace(record, subject="后来改的"), actor())
    screen.files.answer = copy
    screen.press(screen.place.checks.compare_button)
    assert said(screen).startswith("“本簿”较新：包含另一份的全部操作，另外多 1 次")
    assert "主题：后来改的 → 示例会议" in said(screen)
    screen.files.answer = None
    screen.press(screen.place.checks.compare_button)


def test_a_damaged_file_is_salvaged(screen):
    screen.record()
    bad = screen.folder / "坏.branchbook"
    content = bytearray(screen.book.path.read_bytes())
    content[4096 * 3 + 9] ^= 1
    bad.write_bytes(content)
    target = screen.folder / "救.branchbook"
    answers = {"open": bad, "save": target}
    screen.files.open_file = lambda *_: answers["open"]
    screen.files.save_file = lambda *_: answers["save"]
    screen.press(screen.place.checks.salvage_button)
    assert said(screen).startswith("已抢救到 救.branchbook")
    assert screen.workshop.shelf.check(target).whole
    assert "起始页" in screen.place.banner.text


def test_an_earlier_state_comes_back_from_the_history(screen):
    record = screen.record()
    save_record(screen.book, replace(record, subject="二稿"), actor())
    history = screen.place.history
    screen.place.show_page("history")
    history.reload()
    screen.settle()
    history.table.selectRow(0)
    screen.settle()
    assert not history.back_button.isEnabled()
    assert "现在就是" in history.why_not.text()
    history.table.selectRow(1)
    screen.settle()
    screen.press(history.back_button)
    with screen.book.reading() as reading:
        assert reading.get(Record, record.id).subject == "示例会议"
    assert "已恢复 1 项" in screen.place.banner.text
    assert history.table.rows_model.rows[0].label.startswith("恢复到")


def test_nothing_of_the_check_harms_the_open_book(screen):
    screen.press(screen.place.checks.verify_button)
    assert driver.number(screen.book.file.connection, "SELECT count(*) FROM operation") == 1
    screen.record()


def test_a_backup_of_a_changed_book_is_told_and_not_remembered_as_verified(screen):
    record = screen.record()
    change(screen.book.path, f"UPDATE record SET subject = '换成别的' WHERE id = '{record.id}'")
    folder = backed_up(screen)
    assert screen.place.banner.tone is Tone.BAD
    assert "没有通过校验" in screen.place.banner.text
    assert "旧备份先不要删" in screen.place.banner.text
    assert len(list(folder.glob("*.branchbook"))) == 1
    assert "还没有" in screen.place.backups.state_text.text()


def test_a_copy_under_another_passphrase_is_compared_once_that_is_typed(screen):
    record = screen.record()
    copy = screen.folder / "有口令.branchbook"
    file = screen.book.file
    copy_book(file.connection, copy, keys.new_key("骆驼 电池 竹篮"), source_key=file.key)
    save_record(screen.book, replace(record, subject="后来改的"), actor())
    screen.files.answer = copy
    checks = screen.place.checks
    screen.press(checks.compare_button)
    assert screen.place.banner.tone is Tone.BAD
    for typed in ("不对的口令", "骆驼 电池 竹篮"):
        assert checks.other.isVisibleTo(screen.place)
        checks.other.field.line.setText(typed)
        screen.press(checks.other.button)
    assert said(screen).startswith("“本簿”较新")
    assert not checks.other.isVisibleTo(screen.place)
    assert checks.other.field.value() == ""
