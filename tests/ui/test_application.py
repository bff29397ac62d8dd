"""The program with its window on real files: ways to a book, what goes wrong on them, and an end that loses nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from branchbook.app import Workshop
from branchbook.domain.people import Person
from branchbook.domain.problems import Problem, RefusedProblem
from branchbook.domain.records import AgendaItem, Record
from branchbook.services.drafts import found_drafts, keep_draft
from branchbook.services.operations import Actor, operate
from branchbook.services.organisations import rename
from branchbook.services.program import ProgramSettings
from branchbook.services.safekeeping import back_up_now
from branchbook.services.store import Book
from branchbook.storage.program_settings import JsonProgramSettings
from branchbook.storage.shelf import Shelf
from branchbook.storage.thread import StorageThread
from branchbook.ui.application import Application, WindowNeeds
from branchbook.ui.place import Destination
from branchbook.ui.places.new_book import NewBook
from branchbook.ui.single_instance import ask_first_window
from tests.cli.test_book_files import digest
from tests.services.small_book import FIRST_BRANCH, NAMES, SECOND_BRANCH, actor, fill, named
from tests.storage.conftest import child
from tests.storage.conftest import read_only_place as read_only_place
from tests.ui.conftest import NOW
from tests.ui.places.members_screen import Chooser, write

PATIENCE_MS = 20_000
HOLD = (
    "import sys; from pathlib import Path; from branchbook.storage.shelf import Shelf\n"
    "book = Shelf().open(Path(sys.argv[1]), None, writable=True, holder='王操作')\n"
    "print('held', flush=True); sys.stdin.read(); book.close()"
)


@dataclass
class Program:
    """The program as ``app`` makes it, on files of this test; ``filler`` fills the example."""

    settings_file: JsonProgramSettings
    files: Chooser = field(default_factory=Chooser)
    filler: Callable[[Book], None] = fill
    threads: list[StorageThread] = field(default_factory=list)
    now: datetime = NOW

    def __post_init__(self) -> None:
        needs = WindowNeeds(
            Workshop(), self.settings_file, self.thread, lambda: self.now, self.example, self.files
        )
        self.application = Application(needs)

    def thread(self) -> StorageThread:
        made = StorageThread()
        self.threads.append(made)
        return made

    def example(self, book: Book, at: datetime) -> None:
        assert at == self.now
        self.filler(book)

    @property
    def settings(self) -> ProgramSettings:
        return self.settings_file.load()

    def banner(self) -> str:
        """What the start page says went wrong."""
        return self.application.start.banner.text

    def end(self) -> None:
        self.application.window.close()
        self.application.close_book()
        for each in self.threads:
            each.close()


@pytest.fixture
def program(qapp, tmp_path):
    """One program; whatever the test does, no thread and no lock is left."""
    made = Program(JsonProgramSettings(tmp_path / "设置" / "settings.json"))
    made.application.window.show()
    yield made
    made.end()
    QApplication.processEvents()
    made.application.deleteLater()
    made.application.window.deleteLater()


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("簿") / "示例 总支.branchbook"
    book = Shelf().create(path, "")
    fill(book)
    book.close()
    return path


@pytest.fixture
def book(kept, tmp_path) -> Path:
    return Path(shutil.copy(kept, tmp_path / kept.name))


@pytest.fixture
def opened(program, book, qtbot):
    """The program with the book open at the Desk."""
    with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
        program.application.open(book)
    return program


def fails(program: Program, qtbot, begin: Callable[[], None]) -> Problem:
    """Begin a way to a book that ends on the start page; gives the problem told."""
    with qtbot.waitSignal(program.application.failed, timeout=PATIENCE_MS) as told:
        begin()
    (problem,) = told.args
    assert program.application.session is None
    assert program.application.window.place is None
    assert program.application.start.banner.isVisibleTo(program.application.window)
    assert not any(each._thread.is_alive() for each in program.threads)
    assert isinstance(problem, Problem)
    return problem


def free(path: Path) -> bool:
    """Whether nobody holds the book."""
    Shelf().open(path, None, writable=True, holder="").close()
    return True


class TestOpening:
    def test_a_book_opens_at_the_desk_with_its_branches(self, opened, book):
        window = opened.application.window
        assert window.place is not None
        assert window.rail.buttons["desk"].isChecked()
        heading = opened.application._heading_shown
        assert heading.owner == "示例总支"
        assert [text for _, text in heading.organisations] == [
            "第一支部（6 人）",
            "第二支部（4 人）",
            "示例总支（10 人）",
        ]
        assert heading.years[0] >= 2026
        assert opened.settings.recent == (str(book.resolve()),)

    def test_its_file_is_held_under_the_operators_name_until_it_is_closed(self, opened, book):
        with pytest.raises(RefusedProblem, match="未署名"):
            Shelf().open(book, None, writable=True, holder="")
        opened.application.close_book()
        assert free(book)
        assert opened.application.window.place is None

    def test_a_second_book_takes_the_place_of_the_first(self, opened, book, tmp_path, qtbot):
        other = Path(shutil.copy(book, tmp_path / "另一本.branchbook"))
        with qtbot.waitSignal(opened.application.ready, timeout=PATIENCE_MS):
            opened.application.open(other)
        assert opened.application.session.book.path == other
        assert free(book)
        assert [Path(each).name for each in opened.settings.recent] == [other.name, book.name]
        assert not opened.threads[0]._thread.is_alive()

    def test_a_read_only_place_is_told_and_everything_can_be_looked_at(
        self, program, kept, read_only_place, qtbot
    ):
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            program.application.open(read_only_place(kept))
        assert program.application.session.book.read_only
        assert "只读" in program.application.window.status_line.protection.words.text()


class TestGoingWrong:
    @pytest.mark.parametrize(
        "content, word",
        [(None, "找不到这个文件"), (b"", "不是支部手册的文件"), (b"PK\x03\x04" + bytes(5000), "压缩包")],
        ids=["missing", "empty", "zip"],
    )
    def test_what_is_no_book_is_told_on_the_start_page(self, program, tmp_path, qtbot, content, word):
        path = tmp_path / "信.branchbook"
        if content is not None:
            path.write_bytes(content)
        problem = fails(program, qtbot, lambda: program.application.open(path))
        assert word in problem.what
        assert (problem.where, problem.exit_code) == (str(path), 2)
        assert program.application.start._pages.isEnabled()
        assert program.settings.recent == ()

    def test_a_damaged_book(self, program, book, qtbot):
        content = bytearray(book.read_bytes())
        content[200] ^= 1
        book.write_bytes(content)
        problem = fails(program, qtbot, lambda: program.application.open(book))
        assert "已损坏" in problem.what
        assert "备份" in problem.next_step

    def test_a_book_that_another_program_holds_names_the_holder(self, program, book, qtbot):
        with child(HOLD, book) as other:
            assert other.stdout.readline() == "held\n"
            problem = fails(program, qtbot, lambda: program.application.open(book))
            other.communicate("", timeout=60)
        assert "王操作" in problem.what
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            program.application.open(book)

    def test_a_book_without_a_branch_is_told_and_let_go(self, program, tmp_path, qtbot):
        path = tmp_path / "空.branchbook"
        Shelf().create(path, "").close()
        problem = fails(program, qtbot, lambda: program.application.open(path))
        assert "还没有支部" in problem.what
        assert free(path)

    def test_a_fault_while_opening_is_told_without_its_message_and_leaves_no_file(
        self, program, qtbot, tmp_path, monkeypatch
    ):
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)

        def broken(book: Book) -> None:
            raise ZeroDivisionError("王某某")

        program.filler = broken
        problem = fails(program, qtbot, program.application.open_example)
        assert "程序内部出错" in problem.what
        assert "王某某" not in str(problem)
        assert list(tmp_path.glob("*.branchbook")) == []

    def test_a_window_closed_while_a_book_opens_lets_it_go(self, program, book):
        """Nothing waits for the event loop: the thread has ended when the window has gone."""
        program.application.open(book)
        program.application.window.close()
        assert not program.threads[0]._thread.is_alive()
        assert free(book)
        QApplication.processEvents()
        assert program.application.session is None
        assert program.settings.recent == ()

    def test_only_the_last_of_two_books_asked_for_is_shown(self, program, book, tmp_path, qtbot):
        other = Path(shutil.copy(book, tmp_path / "另一本.branchbook"))
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            program.application.open(other)
            program.application.open(book)
        assert program.application.session.book.path == book
        assert free(other)


class TestMaking:
    def test_the_guide_makes_a_book_with_its_branches(self, program, tmp_path, qtbot):
        path = tmp_path / "新 总支.branchbook"
        wanted = NewBook(path, "示例党总支", ("甲支部", "乙支部"), date(2021, 7, 1), "张操作")
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            program.application.start.create_wanted.emit(wanted)
        heading = program.application._heading_shown
        assert (heading.owner, len(heading.organisations)) == ("示例党总支", 3)
        assert program.settings.operator == "张操作"
        assert program.application.session.operator == "张操作"
        assert program.settings.recent == (str(path.resolve()),)

    def test_a_book_is_never_made_over_a_file(self, program, book, qtbot):
        before = digest(book)
        wanted = NewBook(book, "", ("甲支部",), date(2021, 7, 1), "")
        problem = fails(program, qtbot, lambda: program.application.create(wanted))
        assert "同名的文件" in problem.what
        assert digest(book) == before

    def test_a_refused_name_leaves_no_file(self, program, tmp_path, qtbot):
        wanted = NewBook(tmp_path / "甲.branchbook", "总支", ("同名", "同名"), date(2021, 7, 1), "")
        fails(program, qtbot, lambda: program.application.create(wanted))
        assert list(tmp_path.glob("*甲.branchbook*")) == []

    def test_the_example_is_open_in_one_click_and_not_remembered(self, program, qtbot, tmp_path, monkeypatch):
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            qtbot.mouseClick(program.application.start.example_button, Qt.MouseButton.LeftButton)
        assert program.application._heading_shown.owner == "示例总支"
        assert program.settings.recent == ()

    def test_a_backup_is_restored_into_the_file_that_is_chosen(self, program, book, tmp_path, qtbot):
        opened = Shelf().open(book, None, writable=True, holder="")
        backup = Shelf().back_up(opened, tmp_path, NOW).path
        opened.close()
        program.files.answer = tmp_path / "恢复的.branchbook"
        with qtbot.waitSignal(program.application.ready, timeout=PATIENCE_MS):
            program.application.restore(backup)
        assert program.files.suggested == f"{backup.stem} 恢复.branchbook"
        assert program.application.session.book.path == program.files.answer
        assert program.application._heading_shown.owner == "示例总支"

    def test_restoring_can_be_given_up_and_never_overwrites(self, program, book, tmp_path, qtbot):
        program.application.restore(book)
        assert program.threads == []
        program.files.answer = Path(shutil.copy(book, tmp_path / "有了.branchbook"))
        before = digest(program.files.answer)
        problem = fails(program, qtbot, lambda: program.application.restore(book))
        assert "同名的文件" in problem.what
        assert digest(program.files.answer) == before


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
        session.thread.run(
            lambda: back_up_now(Shelf(), opened.settings_file, session.book, tmp_path, Actor("甲", NOW))
        )
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
        program.application._show_recent()
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
