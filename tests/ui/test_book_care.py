"""Backups around an open window: before closing, over the open book, and what is said at opening."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from branchbook.services.operations import Actor
from branchbook.services.safekeeping import BackupMeans, back_up_now, choose_backup_folder
from branchbook.services.settings import change_setting
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.check import verify
from branchbook.storage.shelf import Shelf
from branchbook.ui.place import Destination
from tests.services.small_book import actor
from tests.storage.backups import add_person, damage
from tests.storage.conftest import small_disk as small_disk
from tests.ui.conftest import NOW
from tests.ui.running_program import PATIENCE_MS, Program, free
from tests.ui.running_program import book as book
from tests.ui.running_program import kept as kept
from tests.ui.running_program import opened as opened
from tests.ui.running_program import program as program


@pytest.fixture
def stick(program, book, tmp_path) -> Path:
    """A folder chosen for the book's backups."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    choose_backup_folder(means(program), book, folder)
    return folder


def means(program: Program) -> BackupMeans:
    return BackupMeans(Shelf(), StoredBackups(), program.settings_file)


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.branchbook"))


def on_thread(program: Program, work):
    return program.application.session.thread.run(work)


class TestClosing:
    def test_a_changed_book_is_backed_up_before_it_is_closed(self, stick, opened, book):
        session = opened.application.session
        on_thread(opened, lambda: add_person(session.book))
        opened.application.window.close()
        (made,) = backups(stick)
        assert verify(made).whole
        assert free(book)
        assert opened.settings.backups[str(book.resolve())].path == str(made)
        assert opened.application.window.status_line.jobs == ()

    def test_an_unchanged_one_is_not_backed_up_again(self, stick, opened, book, qtbot):
        opened.application.window.close()
        assert len(backups(stick)) == 1
        with qtbot.waitSignal(opened.application.ready, timeout=PATIENCE_MS):
            opened.application.open(book)
        opened.application.close_book()
        assert len(backups(stick)) == 1

    def test_without_a_folder_or_its_stick_it_closes_all_the_same(self, stick, opened, book, tmp_path):
        stick.rename(tmp_path / "抽屉里")
        opened.application.window.close()
        assert free(book)
        assert backups(tmp_path / "抽屉里") == []

    def test_a_full_stick_keeps_nothing_from_closing(self, opened, program, book, small_disk):
        choose_backup_folder(means(program), book, small_disk)
        (small_disk / "别的").write_bytes(bytes((1 << 20) - 64 * 1024))
        opened.application.window.close()
        assert free(book)
        assert backups(small_disk) == []


class TestOverTheOpenBook:
    @pytest.fixture
    def backup(self, opened, stick) -> Path:
        session = opened.application.session
        made = on_thread(opened, lambda: back_up_now(means(opened), session.book, Actor("甲", NOW)))
        on_thread(opened, lambda: add_person(session.book))
        return made.result.path

    def test_it_is_kept_replaced_and_open_again(self, opened, backup, book, stick, qtbot):
        with qtbot.waitSignal(opened.application.ready, timeout=PATIENCE_MS):
            opened.application.restore_over(backup)
        assert opened.application.session.book.path == book
        (kept_book,) = book.parent.glob("*恢复前*.branchbook")
        assert kept_book.name in opened.application.window.banner.text
        people = [Shelf().check(each).contents.people for each in (kept_book, backup)]
        assert people[0] == people[1] + 1
        assert backups(stick) == [backup]  # closing for this is no reason for another backup

    def test_the_place_asks_for_it(self, opened, backup, qtbot):
        opened.application.window.go(Destination("safety"))
        place = opened.application.window.place
        with qtbot.waitSignal(opened.application.ready, timeout=PATIENCE_MS):
            place.restore_over_asked.emit(backup)
        assert opened.application.session is not None

    def test_a_damaged_backup_leaves_the_book_as_it_was(self, opened, backup, book, qtbot):
        damage(backup)
        with qtbot.waitSignal(opened.application.failed, timeout=PATIENCE_MS):
            opened.application.restore_over(backup)
        assert "损坏" in opened.banner()
        assert Shelf().check(book).whole


class TestAtOpening:
    def open(self, program, book, qtbot) -> str:
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            program.application.open(book)
        qtbot.waitUntil(lambda: program.application.session.commands.idle, timeout=PATIENCE_MS)
        return str(program.application.window.banner.text)

    def test_an_old_backup_is_spoken_of_and_the_way_shown(self, stick, opened, book, qtbot):
        opened.application.close_book()
        opened.now = NOW + timedelta(days=20)
        assert "已经 20 天没有备份" in self.open(opened, book, qtbot)
        banner = opened.application.window.banner
        banner.stops()[0].click()
        assert opened.application.window.place.key == "safety"

    def test_the_book_says_after_how_many_days(self, stick, opened, book, qtbot):
        session = opened.application.session
        on_thread(opened, lambda: change_setting(session.book, "backup_reminder_days", 90, actor()))
        opened.application.close_book()
        opened.now = NOW + timedelta(days=20)
        assert self.open(opened, book, qtbot) == ""
        assert "20 天前" in opened.application.window.status_line.backup.words.text()

    def test_a_folder_of_a_sync_client_is_warned_about(self, program, book, qtbot):
        folder = book.parent / "坚果云"
        folder.mkdir()
        moved = book.rename(folder / book.name)
        assert "坚果云 的同步文件夹" in self.open(program, moved, qtbot)


class TestStartPage:
    def test_a_backup_is_looked_at_before_it_is_restored(self, stick, opened, book, qtbot):
        opened.application.close_book()
        (backup,) = backups(stick)
        start = opened.application.start
        opened.files.answer = backup
        start.restore_button.click()
        qtbot.waitUntil(lambda: "restore_card" in start.__dict__, timeout=PATIENCE_MS)
        assert "备份里：" in start.restore_card.words.text()
        assert not start.restore_card.over_button.isVisibleTo(start)
        target = book.parent / "恢复的.branchbook"
        opened.files.answer = target
        with qtbot.waitSignal(opened.application.ready, timeout=PATIENCE_MS):
            start.restore_card.new_button.click()
        assert opened.application.session.book.path == target

    def test_what_is_no_backup_is_told(self, program, tmp_path, qtbot):
        (tmp_path / "信.branchbook").write_text("不是备份" * 2000, "utf-8")
        with qtbot.waitSignal(program.application.failed, timeout=PATIENCE_MS):
            program.application.preview(tmp_path / "信.branchbook")
        assert "不是支部手册的文件" in program.banner()
