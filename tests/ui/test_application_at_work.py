"""The program while a book is open, and an end that loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from branchbook.domain.people import Person
from branchbook.domain.records import AgendaItem, Record
from branchbook.services.drafts import found_drafts, keep_draft
from branchbook.services.operations import Actor, operate
from branchbook.services.organisations import rename
from branchbook.services.program import ProgramSettings
from branchbook.services.safekeeping import BackupMeans, back_up_now, choose_backup_folder
from branchbook.services.store import Book
from branchbook.storage.backup_shelf import StoredBackups
from branchbook.storage.shelf import Shelf
from branchbook.ui.place import Destination
from branchbook.ui.single_instance import ask_first_window
from tests.services.small_book import FIRST_BRANCH, NAMES, SECOND_BRANCH, actor, named
from tests.storage.conftest import child
from tests.storage.conftest import read_only_place as read_only_place
from tests.ui.conftest import NOW
from tests.ui.places.members_screen import write
from tests.ui.running_program import PATIENCE_MS, free
from tests.ui.running_program import book as book
from tests.ui.running_program import kept as kept
from tests.ui.running_program import opened as opened
from tests.ui.running_program import program as program


def backed_up(opened, folder):
    """On the thread of the book: a backup into the folder, which is remembered."""
    means = BackupMeans(Shelf(), StoredBackups(), opened.settings_file)
    book = opened.application.session.book
    choose_backup_folder(means, book.path, folder)
    return back_up_now(means, book, Actor("甲", NOW))


class TestWhileItIsOpen:
    def test_another_branch_is_shown_by_its_choice(self, opened, qtbot):
        window = opened.application.window
        asked = replace(opened.application._scope, organisation_id=SECOND_BRANCH, year=2025)
        window.top_bar.scope_chosen.emit(asked)
        qtbot.waitUntil(lambda: opened.application.session.commands.idle)
        assert opened.application._scope == asked
        assert window.place.context.scope == asked

    def test_a_renamed_branch_stands_in_the_top_bar(self, opened, qtbot):
        session = opened.application.session
        session.commands.do(
            lambda: rename(session.book, FIRST_BRANCH, "机关支部", date(2026, 9, 1), "示组1号", actor())
        )
        field = opened.application.window.top_bar.branch
        qtbot.waitUntil(lambda: field.itemText(0) == "机关支部（6 人）")

    def test_the_age_of_the_last_backup_stands_in_the_status_line(self, opened, tmp_path, qtbot):
        line, session = opened.application.window.status_line, opened.application.session
        assert line.backup.words.text() == "还没有备份"
        session.thread.run(lambda: backed_up(opened, tmp_path))
        opened.application.show_backup_age()
        assert line.backup.words.text() == "今天已备份 · 已校验"
        opened.now = NOW.replace(year=2027)
        opened.application.show_backup_age()
        assert line.backup.words.text() == "备份 365 天前 · 已校验"

    def test_the_operators_new_name_goes_into_the_history_from_then_on(self, opened):
        opened.application._change_operator("钱操作")
        assert opened.application.window.place.context.operator == "钱操作"
        opened.application._change_operator("")
        assert opened.application.session.operator == "未署名"

    def test_every_place_of_the_rail_opens(self, opened, qtbot):
        window = opened.application.window
        for spec in opened.application._specs:
            window.go(Destination(spec.key))
            qtbot.waitUntil(lambda: opened.application.session.commands.idle)
            assert window.rail.buttons[spec.key].isChecked()
            assert window.place is window._places[spec.key]
        assert not window.banner.isVisibleTo(window)

    def test_a_second_start_raises_this_window(self, opened, book, qtbot):
        window = opened.application.window
        window.showMinimized()
        code = (
            "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
            "from branchbook.ui.single_instance import ask_first_window\n"
            "app = QCoreApplication([]); print(ask_first_window(Path(sys.argv[1])), flush=True)"
        )
        with child(code, book) as second:
            qtbot.waitUntil(lambda: not window.isMinimized(), timeout=PATIENCE_MS)
            assert second.communicate(timeout=60)[0] == "True\n"

    def test_a_closed_book_answers_no_second_start(self, opened, book):
        opened.application.close_book()
        assert not ask_first_window(book)


class TestClosing:
    def test_what_is_being_typed_is_kept(self, opened, book, qtbot):
        """A draft accepted just before the window closes is on disk when it has closed."""
        session = opened.application.session
        record = Record(named("会"), ("general_meeting",), FIRST_BRANCH, date(2026, 11, 20), subject="讨论")
        session.commands.keep(lambda: keep_draft(session.book, record, actor()))
        session.commands.do(lambda: put(session.book, replace(record, id=named("又"))))
        opened.application.window.close()
        assert not opened.threads[0]._thread.is_alive()
        again = Shelf().open(book, None, writable=True, holder="")
        assert [each.value.id for each in found_drafts(again)] == [named("会")]
        with again.reading() as reading:
            assert reading.get(Record, named("又")) is not None
        again.close()

    def test_a_field_that_was_not_left_is_saved_by_closing_the_window(self, opened, book, qtbot):
        window, session = opened.application.window, opened.application.session
        window.go(Destination("members"))
        qtbot.waitUntil(lambda: session.commands.idle)
        window.place.show_person(named(NAMES[0]))
        qtbot.waitUntil(lambda: session.commands.idle)
        editor = window.place.person.fields.editors["native_place"]
        window.activateWindow()
        editor.setFocus()
        write(editor, "示例省示例市")
        window.close()
        again = Shelf().open(book, None, writable=False, holder="")
        with again.reading() as reading:
            assert reading.get(Person, named(NAMES[0])).native_place == "示例省示例市"
        again.close()

    def test_closing_twice_is_closing_once(self, opened, book):
        opened.application.window.close()
        opened.application.window.close()
        opened.application.close_book()
        assert free(book)
        assert not opened.threads[0]._thread.is_alive()


class TestRecent:
    def test_books_that_are_gone_are_marked_and_can_be_forgotten(self, program, book, tmp_path):
        gone = str(tmp_path / "没插的盘.branchbook")
        program.settings_file.save(ProgramSettings(recent=(str(book), gone)))
        program.application._recent.show()
        entries = program.application.start.recent.entries
        assert [(each.key, bool(each.badge)) for each in entries] == [(book, False), (Path(gone), True)]
        program.application.start.forget_wanted.emit(Path(gone))
        assert program.settings.recent == (str(book),)
        assert len(program.application.start.recent.entries) == 1

    def test_the_look_that_is_chosen_is_kept(self, program, look):
        look.larger()
        assert program.settings.text_scale == look.text_scale > 100


def put(book: Book, record: Record):
    from branchbook.services.operations import Outcome

    with operate(book, actor(), "填写") as operating:
        operating.writing.put(replace(record, agenda=(AgendaItem(named("议题"), "讨论"),)))
    return Outcome(record, operating.changes)
