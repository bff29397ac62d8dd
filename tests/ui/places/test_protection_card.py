"""The passphrase card on a real file: set, changed, taken away; recovery sheet, older copies, archive."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from branchbook.domain.recovery_code import write_groups
from branchbook.services.history import history_lines
from branchbook.storage.check import sha256_of, verify
from branchbook.storage.shelf import Shelf
from branchbook.ui.theme import Tone
from tests.ui.conftest import NOW
from tests.ui.places.test_safety_place import Screen

FIRST, SECOND = "骆驼 电池 竹篮", "海带 台灯 铁轨"


class Printer:
    """Takes every job."""

    takes_options = True

    def __init__(self) -> None:
        self.jobs: list[Any] = []

    def list_names(self, then) -> None:
        then(())

    def send(self, job, then, failed) -> None:
        self.jobs.append(job)
        then()


class CardScreen(Screen):
    """The place with its card; the clock goes on a minute with every passphrase."""

    def __init__(self, folder, settled) -> None:
        super().__init__(folder, settled)
        self.card = self.place.protection
        self.card._printers = self.printer = Printer()
        self.usb = folder / "U盘"
        self.usb.mkdir()
        self.files.answer = self.usb
        self.at = NOW

    def open(self) -> None:
        super().open()
        self.place.show_left("protection")
        self.place.context = self.place.context.__class__(
            self.book, self.commands, self.place.context.scope, "李操作", lambda: self.at
        )

    def change(self, button, *, present="", wanted="", again=None):
        self.at += timedelta(minutes=1)
        self.press(button)
        form = self.card.host.form
        form.present.line.setText(present)
        form.wanted.line.setText(wanted)
        form.again.line.setText(wanted if again is None else again)
        self.press(form.act)
        return form


@pytest.fixture
def screen(look, qtbot, tmp_path, shown, settled):
    made = CardScreen(tmp_path, settled)
    shown(made.place)
    made.open()
    yield made
    made.place.close()
    made.book.close()


@pytest.fixture
def protected(screen):
    screen.change(screen.card.set_button, wanted=FIRST)
    assert screen.book.protected
    return screen


class TestPassphrase:
    def test_before_it_is_set_the_card_says_what_that_means(self, screen):
        card = screen.card
        assert "谁拿到这个文件都能打开" in card.state_text.text()
        assert card.set_button.isVisibleTo(screen.place)
        for button in (card.change_button, card.remove_button, card.print_button, card.lock_button):
            assert not button.isVisibleTo(screen.place)

    def test_setting_it_warns_judges_backs_up_and_protects(self, screen, qtbot):
        told = []
        screen.place.protection_changed.connect(lambda: told.append(True))
        screen.press(screen.card.set_button)
        form = screen.card.host.form
        form.wanted.line.setText("123456")
        assert form.strength.tone is Tone.BAD
        form.wanted.line.setText(FIRST)
        assert "强度" in form.strength.text
        assert any("谁也打不开" in each.text() for each in form.findChildren(type(screen.card.state_text)))
        form.again.line.setText(FIRST)
        screen.press(form.act)
        assert told == [True]
        assert screen.card.host.form is None
        (backup,) = screen.usb.glob("*.branchbook")
        assert verify(backup, FIRST).whole
        assert "恢复单" in screen.place.banner.text
        with screen.book.reading() as reading:
            assert history_lines(reading)[0].label == "设置口令"
        assert screen.card.change_button.isVisibleTo(screen.place)

    @pytest.mark.parametrize(
        "wanted, again, word",
        [("短", None, "至少"), (FIRST, SECOND, "不一样"), (" 空格开头的", None, "空格")],
    )
    def test_what_can_not_be_set_is_said_in_the_form(self, screen, wanted, again, word):
        form = screen.change(screen.card.set_button, wanted=wanted, again=again)
        assert word in form.banner.text
        assert not screen.book.protected
        assert not list(screen.usb.iterdir())

    def test_without_a_folder_for_the_backup_nothing_is_changed(self, screen):
        screen.files.answer = None
        form = screen.change(screen.card.set_button, wanted=FIRST)
        assert "先备份" in form.banner.text
        assert not screen.book.protected

    def test_a_change_needs_the_present_one(self, protected):
        form = protected.change(protected.card.change_button, present="别的口令", wanted=SECOND)
        assert "现在的口令不对" in form.banner.text
        protected.change(protected.card.change_button, present=FIRST, wanted=SECOND)
        assert verify(protected.book.path, SECOND).whole

    def test_the_groups_of_the_sheet_do_for_the_present_one(self, protected):
        groups = write_groups(protected.workshop.locksmith.key_in_use(protected.book))
        protected.change(protected.card.change_button, present=" ".join(groups), wanted=SECOND)
        assert verify(protected.book.path, SECOND).whole

    def test_it_can_be_taken_away(self, protected):
        protected.change(protected.card.remove_button, present=FIRST)
        assert not protected.book.protected
        assert verify(protected.book.path).whole
        assert protected.card.set_button.isVisibleTo(protected.place)

    def test_the_protected_book_and_its_backup_are_verified_and_restored_here(self, protected):
        backups = protected.place.backups
        protected.place.show_left("backups")
        protected.press(backups.verify_button)
        assert "完好" in protected.place.banner.text
        for button in (backups.list.verify_button, backups.list.drill_button):
            backups.list.table.selectRow(0)
            protected.press(button)
            assert protected.place.banner.tone is Tone.OK
        backups.list.table.selectRow(0)
        protected.press(backups.list.restore_button)
        assert "口令" in backups.restore_card.words.text()
        protected.files.answer = protected.folder / "恢复.branchbook"
        protected.press(backups.restore_card.new_button)
        assert verify(protected.folder / "恢复.branchbook", FIRST).whole


class TestSheet:
    def test_it_goes_straight_to_the_printer(self, protected):
        before = set(protected.folder.rglob("*"))
        protected.press(protected.card.print_button)
        (job,) = protected.printer.jobs
        document = PdfDocument(job.pdf)
        text = document[0].get_textpage().get_text_range()
        document.close()
        for group in write_groups(protected.workshop.locksmith.key_in_use(protected.book)):
            assert group in text
        assert set(protected.folder.rglob("*")) == before

    def test_a_file_of_it_is_called_a_key(self, protected):
        protected.files.answer = protected.folder / "恢复单.pdf"
        protected.press(protected.card.save_button)
        assert (protected.folder / "恢复单.pdf").read_bytes().startswith(b"%PDF")
        assert "立即删除" in protected.place.banner.text


class TestCopies:
    @pytest.fixture
    def with_copies(self, screen):
        """A readable backup, then a passphrase, then another."""
        Shelf().back_up(screen.book, screen.usb, NOW)
        screen.change(screen.card.set_button, wanted=FIRST)
        screen.change(screen.card.change_button, present=FIRST, wanted=SECOND)
        assert [each.opens_with.value for each in screen.card.copies.table.rows_model.rows] == [
            "nothing",
            "former",
        ]
        return screen

    def test_all_are_listed_and_protected_at_once(self, with_copies):
        with_copies.press(with_copies.card.copies.protect_button)
        assert "2 份旧副本已改用" in with_copies.place.banner.text
        assert not with_copies.card.copies.isVisibleTo(with_copies.place)
        assert all(verify(each, SECOND).whole for each in with_copies.usb.glob("*.branchbook"))

    def test_deleting_is_confirmed_first(self, with_copies):
        asked: list[tuple[str, ...]] = []

        def refuse(*words: str) -> bool:
            asked.append(words)
            return False

        with_copies.card.decide = refuse
        with_copies.press(with_copies.card.copies.delete_button)
        assert len(list(with_copies.usb.glob("*.branchbook"))) == 3
        assert "不能恢复" in asked[0][1]
        with_copies.card.decide = lambda *words: True
        with_copies.press(with_copies.card.copies.delete_button)
        (left,) = with_copies.usb.glob("*.branchbook")
        assert verify(left, SECOND).whole

    def test_the_only_good_backup_gone_nothing_is_deleted(self, with_copies):
        latest = max(with_copies.usb.glob("*.branchbook"))
        latest.unlink()
        with_copies.card.decide = lambda *words: True
        with_copies.press(with_copies.card.copies.delete_button)
        assert "不能删除旧的" in with_copies.place.banner.text
        assert len(list(with_copies.usb.glob("*.branchbook"))) == 2


def test_lists_that_leave_a_protected_book_are_said_to_be_open(protected):
    protected.files.answer = protected.folder / "列表.xlsx"
    protected.place.lists.export()
    protected.settle()
    assert "没有加密" in protected.place.banner.text


def test_the_archive_is_plain_and_says_so_with_its_hash(protected):
    target = protected.folder / "存档.sqlite"
    protected.files.answer = target
    protected.press(protected.card.plain_button)
    assert sha256_of(target) in protected.place.banner.text
    assert "没有加密" in protected.place.banner.text
    plain = sqlite3.connect(target)
    assert plain.execute("SELECT count(*) FROM organisation").fetchone() == (1,)
    plain.close()
