"""A protected book in the window: its passphrase asked for, locked now or when nobody is there, nothing left about."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from branchbook.domain.recovery_code import write_groups
from branchbook.services.drafts import found_records
from branchbook.services.settings import change_setting
from branchbook.services.store import Draft, RecordQuery
from branchbook.storage import keys
from branchbook.storage.book_file import open_book_file
from branchbook.storage.locksmith import BookLocksmith
from branchbook.storage.rekey import rekey_book
from branchbook.storage.shelf import Shelf
from branchbook.ui.clipboard import ClipboardWatch
from branchbook.ui.dialogs import decide
from branchbook.ui.idle import IdleWatch
from branchbook.ui.place import BeginRecord, Destination
from branchbook.ui.widgets.secret_field import SecretField
from tests.services.small_book import actor
from tests.ui.conftest import NOW
from tests.ui.running_program import PATIENCE_MS, free
from tests.ui.running_program import book as book
from tests.ui.running_program import kept as kept
from tests.ui.running_program import program as program

PASSPHRASE = "骆驼 电池 竹篮"
NUMBER = "999999198001010015"


@pytest.fixture(scope="module")
def kept_protected(kept, tmp_path_factory):
    path = tmp_path_factory.mktemp("密") / kept.name
    shutil.copy(kept, path)
    file = open_book_file(path, holder="")
    rekey_book(file, keys.new_key(PASSPHRASE))
    file.close()
    return path


@pytest.fixture
def protected(kept_protected, tmp_path):
    return shutil.copy(kept_protected, tmp_path / kept_protected.name)


def asked(program, qtbot, path):
    """Open it, and give the prompt that stands there then."""
    with qtbot.waitSignal(program.application.failed, timeout=PATIENCE_MS):
        program.application.open(path)
    prompt = program.application.start.prompt
    assert prompt.isVisibleTo(program.application.window)
    return prompt


def give(program, qtbot, secret, signal="ready"):
    prompt = program.application.start.prompt
    prompt.secret.line.setText(secret)
    with qtbot.waitSignal(getattr(program.application, signal), timeout=PATIENCE_MS):
        prompt.submit()


@pytest.fixture
def opened(program, protected, qtbot):
    asked(program, qtbot, protected)
    give(program, qtbot, PASSPHRASE)
    return program


class TestPrompt:
    def test_a_protected_book_asks_and_opens(self, opened, protected):
        assert opened.application.session.book.path == protected
        assert "已加密" in opened.application.window.status_line.protection.words.text()
        assert opened.application.start.prompt.secret.value() == ""
        assert opened.settings.salts[str(protected.resolve())] == (keys.read_salt(protected).hex(),)

    def test_what_is_typed_is_covered_until_it_is_shown(self, qtbot, shown):
        field = SecretField()
        shown(field)
        field.line.setText(PASSPHRASE)
        assert PASSPHRASE not in field.line.displayText()
        field.show_button.click()
        assert field.line.displayText() == PASSPHRASE
        field.clear()
        assert field.covered

    def test_the_third_wrong_one_waits_and_the_right_one_opens_afterwards(self, program, protected, qtbot):
        prompt = asked(program, qtbot, protected)
        for number in range(3):
            assert prompt.open_button.isEnabled(), number
            give(program, qtbot, f"错的口令{number}", "failed")
            assert "口令不对" in prompt.banner.text
        assert not prompt.open_button.isEnabled()
        assert prompt.open_button.text() == "请等 2 秒"
        prompt.secret.line.setText(PASSPHRASE)
        prompt.submit()
        assert program.application._opening is None, "nothing is tried while it waits"
        prompt.timer.timeout.emit()
        prompt.timer.timeout.emit()
        assert prompt.open_button.isEnabled()
        give(program, qtbot, PASSPHRASE)

    def test_the_recovery_sheet_opens_it_and_a_typing_error_is_located(self, program, protected, qtbot):
        book = Shelf().open(protected, PASSPHRASE, writable=False, holder="")
        recovery = BookLocksmith().key_in_use(book)
        assert recovery is not None
        groups = list(write_groups(recovery))
        book.close()
        prompt = asked(program, qtbot, protected)
        prompt.other_way.click()
        wrong = [*groups]
        wrong[11] = ("0" if wrong[11][0] != "0" else "1") + wrong[11][1:]
        prompt.groups.set_value("\n".join(wrong))
        prompt.submit()
        assert "第 12 组" in prompt.banner.text
        prompt.groups.set_value(" ".join(groups))
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            prompt.submit()

    def test_going_back_leaves_the_start_page_and_nothing_typed(self, program, protected, qtbot):
        prompt = asked(program, qtbot, protected)
        prompt.secret.line.setText(PASSPHRASE)
        QTest.keyClick(prompt.secret.line, Qt.Key.Key_Escape)
        assert not prompt.isVisibleTo(program.application.window)
        assert prompt.secret.value() == ""

    def test_a_backup_asks_for_its_passphrase_too(self, program, protected, qtbot, tmp_path):
        target = tmp_path / "恢复出来.branchbook"
        program.files.answer = target
        start = program.application.start
        with qtbot.waitSignal(program.application.failed, timeout=PATIENCE_MS):
            program.application.preview(protected)
        start.prompt.secret.line.setText(PASSPHRASE)
        start.prompt.submit()
        qtbot.waitUntil(lambda: "restore_card" in start.__dict__, timeout=PATIENCE_MS)
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            start.restore_card.new_button.click()
        assert program.application.session.book.path == target

    def test_a_damaged_salt_is_mended_and_told(self, opened, protected, qtbot):
        opened.application.close_book()
        content = bytearray(protected.read_bytes())
        content[3] ^= 1
        protected.write_bytes(content)
        asked(opened, qtbot, protected)
        give(opened, qtbot, PASSPHRASE)
        assert "盐" in opened.application.window.banner.text


class TestLocking:
    def lock(self, program, qtbot):
        program.application.window.lock_asked.emit()
        qtbot.waitUntil(lambda: program.application.session is None)

    def test_ctrl_l_closes_the_file_and_the_same_place_comes_back(self, opened, protected, qtbot):
        window = opened.application.window
        window.go(Destination("members"))
        scope = replace(opened.application.scope, year=2025)
        window._choose_scope(scope)
        self.lock(opened, qtbot)
        assert window.place is None
        prompt = opened.application.start.prompt
        assert prompt.isVisibleTo(window)
        assert "已锁定" in prompt.accessibleName()
        Shelf().open(protected, PASSPHRASE, writable=True, holder="").close()
        give(opened, qtbot, PASSPHRASE)
        place = window.place
        assert place is not None
        assert place.key == "members"
        assert opened.application.scope == scope

    def test_a_book_without_a_passphrase_is_not_locked(self, program, book, qtbot):
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            program.application.open(book)
        program.application.window.lock_asked.emit()
        QApplication.processEvents()
        assert program.application.session is not None
        assert not free_for_others(book)

    def test_a_draft_is_kept(self, opened, protected, qtbot):
        session = opened.application.session
        draft = Draft(actor_id(), "record", "写到一半", NOW)
        session.commands.keep(lambda: session.book.save_draft(draft))
        self.lock(opened, qtbot)
        book = Shelf().open(protected, PASSPHRASE, writable=False, holder="")
        with book.reading() as reading:
            assert [each.payload for each in reading.drafts()] == ["写到一半"]
        book.close()

    def test_what_is_being_typed_comes_back(self, opened, qtbot):
        window, scope = opened.application.window, opened.application.scope
        begun = BeginRecord(("general_meeting",), scope.organisation_id, NOW.date())
        window.go(Destination("meetings", begun))
        place = window.place
        qtbot.waitUntil(lambda: place.editing.body_area is not None and place.editing.body_area.isVisible())
        venue = place.editing.body_area.fields.venue
        venue.setFocus()
        QTest.keyClicks(venue, "Room 7")
        self.lock(opened, qtbot)
        give(opened, qtbot, PASSPHRASE)
        session = opened.application.session
        assert window.place.key == "meetings"
        venues = session.thread.submit(lambda: venues_in(session.book)).result()
        assert "Room 7" in venues

    def test_a_question_on_the_screen_is_given_up_first(self, opened, qtbot):
        answers = []
        QTimer.singleShot(0, opened.application.window.lock_asked.emit)
        answers.append(decide(opened.application.window, "删除", "删除这一份？", "删除"))
        assert answers == [False]
        qtbot.waitUntil(lambda: opened.application.session is None)
        assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]

    def test_what_was_searched_for_is_forgotten(self, opened, qtbot):
        box = opened.application.window.top_bar.search
        box.setText("赵示例")
        self.lock(opened, qtbot)
        assert box.text() == ""

    def test_another_window_is_closed(self, opened, qtbot):
        other = QDialog()
        other.show()
        self.lock(opened, qtbot)
        assert not other.isVisible()


class TestIdle:
    def test_it_is_off_by_default_and_follows_the_setting(self, opened, qtbot):
        guard, session = opened.application._guard, opened.application.session
        qtbot.waitUntil(lambda: session.commands.idle)
        assert not guard.idle_watch.timer.isActive()
        session.commands.do(lambda: change_setting(session.book, "lock_after_minutes", 5, actor()))
        qtbot.waitUntil(guard.idle_watch.timer.isActive)
        assert guard.idle_watch.timer.interval() == 5 * 60_000
        qtbot.waitUntil(lambda: session.commands.idle)
        guard.idle_watch.idle.emit()
        qtbot.waitUntil(lambda: opened.application.session is None)
        assert not guard.idle_watch.timer.isActive()

    def test_every_key_begins_the_time_anew(self, qtbot, qapp, shown):
        watch, field = IdleWatch(), SecretField()
        shown(field)
        watch.watch(1)
        watch.timer.stop()
        QTest.keyClick(field.line, Qt.Key.Key_A)
        assert watch.timer.isActive()
        watch.timer.stop()
        QApplication.sendEvent(field, QEvent(QEvent.Type.Paint))
        assert not watch.timer.isActive()
        watch.watch(0)
        QTest.keyClick(field.line, Qt.Key.Key_A)
        assert not watch.timer.isActive()

    def test_work_under_way_is_not_cut_off(self, opened, qtbot):
        guard, session = opened.application._guard, opened.application.session
        session.commands.work("备份", lambda progress: None)
        guard.idle_watch.idle.emit()
        assert opened.application.session is session
        assert guard.idle_watch.timer.isActive()
        qtbot.waitUntil(lambda: session.commands.idle)


class TestClipboard:
    @pytest.fixture
    def watch(self, qapp, shown):
        shown(SecretField())
        QGuiApplication.clipboard().clear()
        made = ClipboardWatch()
        yield made
        made.deleteLater()
        QGuiApplication.clipboard().clear()

    def test_a_copied_number_goes_after_a_minute(self, watch):
        QGuiApplication.clipboard().setText(f"姓名\t身份证号\n赵示例\t{NUMBER}")
        assert watch.timer.isActive()
        assert watch.timer.interval() == 60_000
        watch.timer.timeout.emit()
        assert QGuiApplication.clipboard().text() == ""

    def test_what_was_copied_since_stays(self, watch):
        QGuiApplication.clipboard().setText(NUMBER)
        QGuiApplication.clipboard().setText("别的文字")
        watch.timer.timeout.emit()
        assert QGuiApplication.clipboard().text() == "别的文字"

    @pytest.mark.parametrize("text", ["", "2026-11-24", "999999********0015", "订单 12345678901234567890"])
    def test_other_text_is_left_alone(self, watch, text):
        QGuiApplication.clipboard().setText(text)
        assert not watch.timer.isActive()

    def test_closing_the_book_empties_it_at_once(self, opened, qtbot):
        opened.application.window.activateWindow()
        qtbot.waitUntil(opened.application.window.isActiveWindow)
        QGuiApplication.clipboard().setText(NUMBER)
        opened.application.close_book()
        assert QGuiApplication.clipboard().text() == ""


def free_for_others(path) -> bool:
    try:
        return free(path)
    except Exception:  # noqa: BLE001 - in use, which is what is asked
        return False


def venues_in(book) -> set[str]:
    """Venues of the records, saved or found as drafts."""
    with book.reading() as reading:
        saved = {record.venue for record in reading.records(RecordQuery())}
    return saved | {found.value.venue for found in found_records(book)}


def actor_id():
    from uuid import UUID

    return UUID(int=77)
