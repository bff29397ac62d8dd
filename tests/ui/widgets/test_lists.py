"""Cards, banners, badges, chips, lists and tables: what they show, say to a screen reader, and do by keys."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from branchbook.domain.problems import Problem
from branchbook.ui.models.rows import TONE_ROLE, Column, RowsModel
from branchbook.ui.theme import ThemeChoice, Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.due_list import DueItem, DueList
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.entry_list import Entry, EntryList, EntryModel
from branchbook.ui.widgets.labels import Elided
from branchbook.ui.widgets.table import Table

ENTRIES = (
    Entry("a", "支部党员大会", "推荐优秀", "10-23", "草稿", Tone.WARN),
    Entry("b", "党课", "怎样过好组织生活", "08-20", "已定稿", Tone.OK),
    Entry("c", "主题党日"),
)
MEMBERS = [("1", "张三", "正式党员"), ("2", "李\t四", "预备党员"), ("3", "=王五", "正式党员")]
COLUMNS = (
    Column[tuple[str, str, str]]("序号", lambda row: row[0], 60, right=True),
    Column[tuple[str, str, str]]("姓名", lambda row: row[1]),
    Column[tuple[str, str, str]]("身份", lambda row: row[2], 100, tone=lambda row: Tone.OK),
)


class TestCard:
    def test_its_title_names_it_and_disappears_when_empty(self, qtbot):
        card = Card("要办的事", "今天")
        qtbot.addWidget(card)
        assert card.accessibleName() == "要办的事"
        with_title = card.sizeHint().height()
        card.set_title("")
        assert card.sizeHint().height() < with_title

    def test_the_title_line_is_higher_with_a_button_and_grows_with_the_text(self, qtbot, look):
        card = Card("会议")
        qtbot.addWidget(card)
        bare = card.sizeHint().height()
        card.add_action(Button("新记录", "plus", primary=True))
        high = card.sizeHint().height()
        assert high > bare
        look.choose(text_scale=200)
        QApplication.processEvents()
        assert card.sizeHint().height() > high

    def test_widgets_of_its_foot_stand_below_the_body(self, qtbot, shown):
        card = Card("决议")
        inside, below = QPushButton("内"), QPushButton("外")
        card.add(inside)
        card.add_foot(below)
        shown(card)
        assert below.mapTo(card, below.rect().topLeft()).y() > inside.mapTo(card, inside.rect().topLeft()).y()


class TestBanner:
    def test_it_takes_no_room_until_something_is_said(self, qtbot):
        banner = Banner()
        qtbot.addWidget(banner)
        assert banner.isHidden()
        banner.say(Tone.OK, "应到 17 名，可以表决。", "支部工作条例 第十一条")
        assert not banner.isHidden()
        assert banner.accessibleName() == "应到 17 名，可以表决。\n支部工作条例 第十一条"
        banner.clear()
        assert (banner.isHidden(), banner.text) == (True, "")

    def test_a_problem_says_what_where_and_what_next(self, qtbot):
        banner = Banner()
        qtbot.addWidget(banner)
        banner.show_problem(Problem("备份失败", "U 盘", "请换一个位置再试"))
        assert banner.text == "备份失败：U 盘\n请换一个位置再试"
        assert banner.tone == Tone.BAD

    def test_its_link_and_its_cross_are_reached_by_keys(self, qtbot, shown):
        banner = Banner()
        shown(banner)
        banner.say(Tone.WARN, "两种口径结果不同。", link="口径：待核实")
        pressed = []
        banner.linked.connect(lambda: pressed.append(True))
        link = next(each for each in banner.findChildren(QPushButton) if each.isVisible())
        link.setFocus()
        qtbot.keyClick(link, Qt.Key.Key_Space)
        qtbot.keyClick(link, Qt.Key.Key_Tab)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        assert pressed == [True]
        assert banner.isHidden()


class TestBadge:
    def test_an_empty_word_hides_it(self, qtbot):
        badge = Badge("草稿", Tone.WARN)
        qtbot.addWidget(badge)
        assert not badge.isHidden()
        badge.say("")
        assert badge.isHidden()

    def test_it_follows_the_theme(self, qtbot, look):
        badge = Badge("逾期", Tone.BAD)
        qtbot.addWidget(badge)
        badge.resize(60, 20)
        light = badge.grab().toImage().pixelColor(8, 3)
        look.choose(ThemeChoice.DARK)
        assert badge.grab().toImage().pixelColor(8, 3) != light


class TestChips:
    @pytest.fixture
    def chips(self, shown):
        made = Chips()
        made.set_chips([("all", "全部"), ("general", "大会 3"), ("lesson", "党课 3")])
        return shown(made)

    def test_the_first_is_chosen_and_arrows_choose_others(self, chips, qtbot):
        told: list[Any] = []
        chips.chosen.connect(told.append)
        first = chips.findChildren(QPushButton)[0]
        first.setFocus()
        qtbot.keyClick(first, Qt.Key.Key_Right)
        assert (chips.current, told) == ("general", ["general"])
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
        assert chips.current == "lesson"

    def test_what_was_chosen_stays_when_the_numbers_change(self, chips):
        chips.choose("lesson")
        chips.set_chips([("all", "全部"), ("lesson", "党课 4")])
        assert chips.current == "lesson"
        chips.set_chips([("all", "全部")])
        assert chips.current == "all"

    def test_choosing_by_the_program_is_not_told(self, chips, qtbot):
        with qtbot.assertNotEmitted(chips.chosen):
            chips.choose("general")


class TestEntryList:
    @pytest.fixture
    def entries(self, shown):
        made = EntryList()
        made.set_entries(ENTRIES)
        return shown(made)

    def test_the_model_keeps_its_contract(self, qtmodeltester):
        model = EntryModel()
        model.set_entries(ENTRIES)
        qtmodeltester.check(model)

    def test_an_entry_is_spoken_as_a_whole(self, entries):
        index = entries.model().index(0, 0)
        assert index.data(int(Qt.ItemDataRole.AccessibleTextRole)) == "支部党员大会，推荐优秀，10-23，草稿"

    def test_arrows_choose_and_enter_opens(self, entries, qtbot):
        opened: list[Any]
        told: list[Any]
        told, opened = [], []
        entries.chosen.connect(told.append)
        entries.activated_key.connect(opened.append)
        entries.select("a")
        entries.setFocus()
        qtbot.keyClick(entries, Qt.Key.Key_Down)
        qtbot.keyClick(entries, Qt.Key.Key_Return)
        assert (told, opened) == (["b"], ["b"])

    def test_other_entries_keep_the_current_key_without_telling(self, entries, qtbot):
        entries.select("b")
        with qtbot.assertNotEmitted(entries.chosen):
            entries.set_entries(ENTRIES[1:])
        assert entries.current_key == "b"
        entries.set_entries(ENTRIES[2:])
        assert entries.current_key is None

    def test_selecting_what_is_not_there_says_so(self, entries):
        assert entries.select("c")
        assert not entries.select("z")
        assert entries.current_key == "c"

    def test_entries_with_one_line_are_lower(self, entries):
        assert entries.sizeHintForRow(0) == 60
        assert entries.sizeHintForRow(2) == 40


class TestTable:
    @pytest.fixture
    def table(self, shown):
        made = Table(COLUMNS, key=lambda row: row[0])
        made.set_rows(MEMBERS)
        return shown(made)

    def test_the_model_keeps_its_contract(self, qtmodeltester):
        model = RowsModel(COLUMNS)
        model.set_rows(MEMBERS)
        qtmodeltester.check(model)
        assert model.index(0, 2).data(TONE_ROLE) == Tone.OK

    def test_rows_are_34_pixels_high(self, table):
        assert table.rowHeight(0) == 34

    def test_what_is_copied_pastes_as_cells(self, table, qtbot):
        table.selectAll()
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == (
            "序号\t姓名\t身份\n1\t张三\t正式党员\n2\t李 四\t预备党员\n3\t=王五\t正式党员"
        )

    def test_arrows_choose_rows_and_enter_opens_one(self, table, qtbot):
        opened: list[Any]
        chosen: list[Any]
        chosen, opened = [], []
        table.chosen.connect(chosen.append)
        table.opened.connect(opened.append)
        table.select("1")
        table.setFocus()
        qtbot.keyClick(table, Qt.Key.Key_Down)
        qtbot.keyClick(table, Qt.Key.Key_Return)
        assert (chosen, opened) == ([MEMBERS[1]], [MEMBERS[1]])

    def test_the_current_row_stays_by_its_key(self, table, qtbot):
        table.select("3")
        with qtbot.assertNotEmitted(table.chosen):
            table.set_rows(list(reversed(MEMBERS)))
        assert table.current_row == MEMBERS[2]
        assert table.selected_rows == (MEMBERS[2],)
        table.set_rows(MEMBERS[:1])
        assert table.current_row is None

    def test_tab_leaves_the_table(self, table, qtbot):
        assert not table.tabKeyNavigation()

    def test_a_hundred_thousand_rows_are_shown_without_measuring_each(self, table):
        rows = [(str(number), "张示例", "正式党员") for number in range(100_000)]
        table.set_rows(rows)
        assert table.rows_model.rowCount() == 100_000
        assert table.verticalHeader().sectionResizeMode(0).name != "ResizeToContents"


class TestDueList:
    ITEMS = (
        DueItem("late", "第三季度支部党员大会", "9 月 30 日前 · 第十一条", "逾期 24 天", Tone.BAD, "补记"),
        DueItem("now", "10 月支部委员会会议", "还有 7 天", "本月", Tone.WARN, "开始记录"),
        DueItem("term", "支部委员会任期", "2027 年 3 月 18 日届满", "145 天", Tone.QUIET, ""),
    )

    @pytest.fixture
    def due(self, shown):
        made = DueList()
        made.set_items(self.ITEMS)
        made.resize(400, 300)
        return shown(made)

    def test_a_button_gives_its_key(self, due, qtbot):
        told: list[Any] = []
        due.acted.connect(told.append)
        qtbot.mouseClick(due.buttons[0], Qt.MouseButton.LeftButton)
        due.buttons[1].setFocus()
        qtbot.keyClick(due.buttons[1], Qt.Key.Key_Space)
        assert told == ["late", "now"]

    def test_down_moves_to_the_next_button(self, due, qtbot):
        due.buttons[0].setFocus()
        qtbot.keyClick(due.buttons[0], Qt.Key.Key_Down)
        assert due.buttons[1].hasFocus()
        qtbot.keyClick(due.buttons[1], Qt.Key.Key_Up)
        assert due.buttons[0].hasFocus()

    def test_a_button_says_what_it_is_for(self, due):
        assert (
            due.buttons[0].accessibleName()
            == "补记，第三季度支部党员大会，逾期 24 天，9 月 30 日前 · 第十一条"
        )
        assert not due.buttons[2].isVisible()

    def test_titles_that_fit_are_whole(self, due):
        titles = [label for label in due.findChildren(Elided) if label.text() == "第三季度支部党员大会"]
        assert titles[0].width() >= titles[0].fontMetrics().horizontalAdvance(titles[0].text())

    def test_other_items_replace_them(self, due):
        due.set_items(self.ITEMS[:1])
        assert due.items == self.ITEMS[:1]
        assert 50 < due.content_height() < 80


def test_an_empty_place_offers_the_first_step(qtbot):
    empty = EmptyState("users", "还没有党员", "从花名册导入", "导入")
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.acted):
        empty.button.click()
    without = EmptyState("users", "还没有党员")
    qtbot.addWidget(without)
    assert without.button.isHidden()


@pytest.mark.parametrize("width", [260, 400, 800])
def test_the_words_of_an_empty_place_are_never_cut(shown, width):
    empty = EmptyState(
        "file-text",
        "选一份记录",
        "左边是这一年的记录。按 Ctrl+N 新记一次会议；定稿前随时可以改。" * 2,
        "新记录",
    )
    empty.resize(width, 400)
    shown(empty)
    words = next(label for label in empty.findChildren(QLabel) if label.text().startswith("左边"))
    assert words.height() >= words.heightForWidth(words.width())
    assert words.width() <= width


def test_a_long_line_is_cut_and_its_whole_is_the_tool_tip(qtbot):
    label = Elided("很长的一行" * 20)
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(5000, 20)
    label.grab()
    assert label.toolTip() == ""
