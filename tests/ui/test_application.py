"""Ways to a book on real files: opened, made by the guide, restored, and what goes wrong on them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from branchbook.domain.problems import RefusedProblem
from branchbook.services.store import Book
from branchbook.storage.shelf import Shelf
from branchbook.ui.places.new_book import NewBook
from tests.cli.test_book_files import digest
from tests.storage.conftest import child
from tests.storage.conftest import read_only_place as read_only_place
from tests.ui.conftest import NOW
from tests.ui.running_program import PATIENCE_MS, fails, free
from tests.ui.running_program import book as book
from tests.ui.running_program import kept as kept
from tests.ui.running_program import opened as opened
from tests.ui.running_program import program as program

HOLD = (
    "import sys; from pathlib import Path; from branchbook.storage.shelf import Shelf\n"
    "book = Shelf().open(Path(sys.argv[1]), None, writable=True, holder='王操作')\n"
    "print('held', flush=True); sys.stdin.read(); book.close()"
)


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
            program.application.start.restore_wanted.emit(backup)
        assert program.files.suggested == f"{backup.stem} 恢复.branchbook"
        assert program.application.session.book.path == program.files.answer
        assert program.application._heading_shown.owner == "示例总支"

    def test_restoring_can_be_given_up_and_never_overwrites(self, program, book, tmp_path, qtbot):
        program.application.start.restore_wanted.emit(book)
        assert program.threads == []
        program.files.answer = Path(shutil.copy(book, tmp_path / "有了.branchbook"))
        before = digest(program.files.answer)
        problem = fails(program, qtbot, lambda: program.application.start.restore_wanted.emit(book))
        assert "同名的文件" in problem.what
        assert digest(program.files.answer) == before
