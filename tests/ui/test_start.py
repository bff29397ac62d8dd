"""The start page: a book is begun, opened, looked at or restored without a dialog in the way."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from branchbook.domain.organisations import FOUNDING_UNKNOWN
from branchbook.domain.problems import Problem
from branchbook.ui.places.new_book import file_name
from branchbook.ui.places.start import NewBook, RecentBook, StartPage

TODAY = date(2026, 11, 24)


class Answers:
    """Answers file questions as told, and remembers what was asked."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.asked: list[tuple[str, ...]] = []

    def open_file(self, title: str, pattern: str) -> Path | None:
        self.asked.append((title, pattern))
        return self.path

    def save_file(self, title: str, pattern: str, suggestion: str) -> Path | None:
        self.asked.append((title, pattern, suggestion))
        return self.path

    def folder(self, title: str) -> Path | None:
        self.asked.append((title,))
        return self.path


@pytest.fixture
def files():
    return Answers()


@pytest.fixture
def page(files, shown):
    made = StartPage(files, TODAY)
    made.resize(1190, 688)
    return shown(made)


def test_the_example_opens_by_one_click(page, qtbot):
    with qtbot.waitSignal(page.example_wanted):
        qtbot.mouseClick(page.example_button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    "button,signal", [("open_button", "open_wanted"), ("restore_button", "preview_wanted")]
)
def test_a_file_is_asked_for_and_told(page, files, qtbot, button, signal):
    files.path = Path("手册") / "第一党支部.branchbook"
    with qtbot.waitSignal(getattr(page, signal)) as told:
        getattr(page, button).click()
    assert told.args == [files.path]
    assert "*.branchbook" in files.asked[0][1]


def test_giving_up_in_the_dialog_changes_nothing(page, qtbot):
    with qtbot.assertNotEmitted(page.open_wanted), qtbot.assertNotEmitted(page.preview_wanted):
        page.open_button.click()
        page.restore_button.click()


class TestRecent:
    BOOKS = (RecentBook(Path("甲.branchbook")), RecentBook(Path("乙.branchbook"), there=False))

    def test_the_list_explains_itself_while_empty(self, page):
        assert not page.recent.isVisible()
        page.set_recent(self.BOOKS)
        assert page.recent.isVisible()
        assert [(entry.title, entry.badge) for entry in page.recent.entries] == [
            ("甲", ""),
            ("乙", "找不到文件"),
        ]

    def test_enter_and_a_click_open_one(self, page, qtbot):
        page.set_recent(self.BOOKS)
        page.focus_first()
        told: list[Any] = []
        page.open_wanted.connect(told.append)
        qtbot.keyClick(page.recent, Qt.Key.Key_Down)
        qtbot.keyClick(page.recent, Qt.Key.Key_Return)
        place = page.recent.visualRect(page.recent.model().index(0, 0)).center()
        qtbot.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert told == [self.BOOKS[1].path, self.BOOKS[0].path]

    def test_one_can_be_forgotten(self, page, qtbot):
        page.set_recent(self.BOOKS)
        page.recent.setFocus()
        qtbot.keyClick(page.recent, Qt.Key.Key_Down)
        with qtbot.waitSignal(page.forget_wanted) as told:
            page._forget_button.click()
        assert told.args == [self.BOOKS[1].path]


class TestGuide:
    @pytest.fixture
    def guide(self, page):
        page.create_button.click()
        return page.guide

    def test_a_branch_alone_needs_name_operator_and_place(self, page, guide, qtbot):
        guide.branches.set_value("示例党支部")
        guide.operator.set_value(" 李操作 ")
        guide.path.set_value("手册/示例")
        with qtbot.waitSignal(page.create_wanted) as told:
            guide.create_button.click()
        assert told.args == [
            NewBook(Path("手册/示例.branchbook"), "", ("示例党支部",), FOUNDING_UNKNOWN, "李操作")
        ]

    def test_a_general_branch_has_several(self, page, guide, qtbot):
        guide.structure.setFocus()
        qtbot.keyClick(guide.structure, Qt.Key.Key_Down)
        assert guide.general_branch.isVisible()
        guide.general_branch.set_value("示例总支")
        guide.branches.set_value("第一支部、第二支部，第一支部；第三支部")
        guide.founded_on.setText("2019年7月1日")
        guide.operator.set_value("李操作")
        guide.path.set_value("总支.branchbook")
        with qtbot.waitSignal(page.create_wanted) as told:
            guide.finish()
        book = told.args[0]
        assert book.general_branch == "示例总支"
        assert book.branches == ("第一支部", "第二支部", "第三支部")
        assert book.founded_on == date(2019, 7, 1)
        assert book.path == Path("总支.branchbook")

    def test_what_is_missing_is_said_beside_its_field(self, page, guide, qtbot):
        with qtbot.assertNotEmitted(page.create_wanted):
            guide.finish()
        assert guide.branches.property("wrong")
        assert "还没有写支部名称" in guide.branches.accessibleDescription()
        assert guide.operator.property("wrong")
        assert not guide.general_branch.property("wrong")
        assert guide.branches.hasFocus()

    @pytest.mark.parametrize("typed", ["去年", "2026-02-30"])
    def test_a_date_that_cannot_be_read_is_not_passed_on(self, page, guide, qtbot, typed):
        guide.branches.set_value("示例党支部")
        guide.operator.set_value("李操作")
        guide.path.set_value("示例")
        guide.founded_on.setText(typed)
        with qtbot.assertNotEmitted(page.create_wanted):
            guide.finish()
        assert guide.founded_on.property("wrong")

    def test_a_single_branch_has_one_name(self, page, guide, qtbot):
        guide.branches.set_value("第一支部、第二支部")
        with qtbot.assertNotEmitted(page.create_wanted):
            guide.finish()
        assert "只写一个名称" in guide.branches.accessibleDescription()

    def test_the_place_is_asked_for_with_a_name_that_fits(self, guide, files):
        files.path = Path("甲.branchbook")
        guide.branches.set_value("第一/党支部")
        guide.choose_path.click()
        assert files.asked[0][2] == "第一党支部.branchbook"
        assert guide.path.value() == "甲.branchbook"

    def test_back_leaves_the_guide(self, page, guide):
        guide.given_up.emit()
        assert page.create_button.isVisible()
        assert not guide.isVisible()

    def test_tab_follows_the_guide_from_top_to_bottom(self, guide, qtbot):
        guide.focus_first()
        for expected in (guide.branches, guide.founded_on, guide.operator, guide.path, guide.choose_path):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            assert expected.hasFocus()


@pytest.mark.parametrize(
    "owner,name",
    [
        ("示例党支部", "示例党支部.branchbook"),
        ('甲/乙\\丙:"丁"?*<>|', "甲乙丙丁.branchbook"),
        ("  ", "支部手册.branchbook"),
        ("..", "支部手册.branchbook"),
    ],
)
def test_a_file_name_is_one_that_every_file_system_takes(owner, name):
    assert file_name(owner) == name


def test_a_problem_stands_above_the_page_and_one_can_go_on(page):
    page.set_busy(True)
    assert not page.create_button.isEnabled()
    page.show_problem(Problem("打不开簿", "甲.branchbook", "请确认文件没有损坏"))
    assert page.create_button.isEnabled()
    assert page.banner.isVisible()
    page.show_home()
    assert not page.banner.isVisible()


def test_while_a_book_is_being_opened_the_page_says_so(page):
    page.set_busy(True)
    assert page.banner.text == "正在打开，请稍候…"
    page.set_busy(False)
    assert page.banner.text == ""
