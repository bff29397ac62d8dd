"""The window hosts places: keys, badges, scope, search, undo, input methods; it decides nothing."""

from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from branchbook.domain.problems import Problem
from branchbook.services.operations import Outcome
from branchbook.ui.book_search import destination_of
from branchbook.ui.main_window import MainWindow
from branchbook.ui.place import Destination, PlaceSpec, ScopeChoice, ShowPerson, ShowProcedure, ShowRecord
from branchbook.ui.theme import Tone
from branchbook.ui.top_bar import years_back
from tests.services.small_book import FIRST_BRANCH, GENERAL_BRANCH, SECOND_BRANCH
from tests.ui.conftest import changes
from tests.ui.note_place import HEADING, NotePlace

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def calls():
    return []


@pytest.fixture
def window(shown, calls, qtbot):
    def spec(key, title, digit, at_bottom=False):
        return PlaceSpec(key, title, "users", digit, lambda: NotePlace(key, calls), at_bottom)

    specs = (
        spec("desk", "工作台", "1"),
        spec("members", "党员", "2"),
        spec("meetings", "组织生活", "3"),
        spec("safety", "备份与安全", "0"),
        spec("settings", "设置", "", at_bottom=True),
    )
    made = shown(MainWindow(specs, QLabel("从这里开始")))
    yield made
    made.hide()


@pytest.fixture
def opened(window, context, calls):
    window.open_book(context, HEADING)
    return window


def test_without_a_book_there_is_only_the_start_page(window, qtbot, calls):
    assert window.place is None
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    window.go(Destination("members"))
    assert (window.place, calls) == (None, [])
    assert not window.top_bar.search.isVisible()
    assert not any(button.isEnabled() for button in window.rail.buttons.values())


def test_a_book_opens_with_the_desk(opened, calls):
    assert opened.place.key == "desk"
    assert calls == [("desk", "open", 2026)]
    assert opened.rail.buttons["desk"].isChecked()
    assert opened.top_bar.branch.currentText() == "第一支部（5 人）"
    assert opened.top_bar.year.currentText() == "2026 年"


def test_control_and_a_digit_opens_a_place(opened, qtbot, calls):
    qtbot.keyClick(opened, Qt.Key.Key_2, CONTROL)
    assert opened.place.key == "members"
    qtbot.keyClick(opened, Qt.Key.Key_0, CONTROL)
    assert opened.place.key == "safety"
    assert [name for name, button in opened.rail.buttons.items() if button.isChecked()] == ["safety"]
    assert calls[1:] == [
        ("desk", "leave"),
        ("members", "open", 2026),
        ("members", "leave"),
        ("safety", "open", 2026),
    ]


def test_a_place_is_built_when_it_is_first_opened_and_kept(opened):
    opened.go(Destination("members"))
    first = opened.place
    opened.go(Destination("desk"))
    opened.go(Destination("members"))
    assert opened.place is first


def test_the_rail_is_worked_by_keys_and_keeps_the_keyboard(opened, qtbot):
    button = opened.rail.buttons["meetings"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert opened.place.key == "meetings"
    assert button.hasFocus()


def test_going_by_key_from_a_field_puts_the_keyboard_into_the_new_place(opened, qtbot):
    """Qt moves it on when the field is hidden with its place; it must not be left on the rail."""
    opened.place.line.setFocus()
    qtbot.keyClick(opened.place.line, Qt.Key.Key_2, CONTROL)
    assert opened.place.line.hasFocus()
    opened.place.go.emit(Destination("meetings", ShowPerson(UUID(int=7))))
    assert not opened.rail.is_used()
    assert opened.place.isAncestorOf(QApplication.focusWidget())


def test_places_are_named_for_screen_readers_with_their_badge(opened):
    opened.place.badge_changed.emit(3)
    button = opened.rail.buttons["desk"]
    assert button.badge == 3
    assert button.accessibleName() == "工作台，3 件待办"
    assert "Ctrl+1" in button.toolTip()
    opened.place.badge_changed.emit(0)
    assert button.accessibleName() == "工作台"


def test_a_place_sends_the_window_to_another_with_a_subject(opened, calls):
    subject = ShowPerson(UUID(int=7))
    opened.place.go.emit(Destination("members", subject))
    assert opened.place.key == "members"
    assert calls[-1] == ("members", "show", subject)


def test_a_place_of_a_later_version_is_not_gone_to(opened):
    opened.go(Destination("elections"))
    assert opened.place.key == "desk"


def test_choosing_branch_and_year_opens_the_place_anew(opened, qtbot, calls):
    with qtbot.waitSignal(opened.scope_changed) as told:
        opened.top_bar.year.setFocus()
        qtbot.keyClick(opened.top_bar.year, Qt.Key.Key_Down)
    assert told.args[0] == ScopeChoice(FIRST_BRANCH, 2025)
    assert calls[-2:] == [("desk", "leave"), ("desk", "open", 2025)]
    assert opened.place.context.scope.year == 2025


def test_a_year_that_is_not_offered_is_shown_all_the_same(opened, context):
    opened.set_context(replace(context, scope=ScopeChoice(SECOND_BRANCH, 2019)))
    assert opened.top_bar.year.currentText() == "2019 年"
    assert opened.top_bar.branch.value() == SECOND_BRANCH


def test_every_place_that_was_opened_hears_of_changes(opened, commands, calls):
    opened.go(Destination("members"))
    calls.clear()
    commands.changed.emit(changes("record"))
    assert calls == [("desk", "reload", True), ("members", "reload", True)]


def test_a_closed_book_leaves_nothing_behind(opened, commands, calls):
    opened.show_start()
    assert calls[-1] == ("desk", "leave")
    assert opened.place is None
    assert not opened.top_bar.branch.isVisible()
    assert not opened.status_line.saved.isVisible()


def test_closing_the_window_lets_the_place_keep_its_drafts_first(opened, calls, qtbot):
    order = []
    opened.closing.connect(lambda: order.append(list(calls)))
    opened.close()
    assert order[0][-1] == ("desk", "leave")


def test_a_problem_nobody_owns_stands_above_the_place(opened, commands):
    commands.problem.emit(Problem("没有可以撤销的操作"))
    assert opened.banner.isVisible()
    assert opened.banner.text == "没有可以撤销的操作"


class TestUndo:
    @pytest.fixture
    def undone(self, commands, monkeypatch):
        called: list[str] = []

        def service(name):
            called.append(name)
            return Outcome(None, changes("record"))

        for name in ("undo", "redo"):
            monkeypatch.setattr(commands, f"_{name}", partial(service, name))
        return called

    def test_the_window_undoes_when_no_field_has_anything_to_undo(
        self, opened, undone, qtbot, commands, settled
    ):
        opened.place.line.setFocus()
        qtbot.keyClick(opened.place.line, Qt.Key.Key_Z, CONTROL)
        qtbot.keyClick(opened.place.line, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        settled(commands)
        assert undone == ["undo", "redo"]

    @pytest.mark.parametrize("name", ["line", "text"])
    def test_a_field_undoes_its_own_typing_first(self, opened, undone, qtbot, commands, settled, name):
        field = getattr(opened.place, name)
        field.setFocus()
        qtbot.keyClicks(field, "abc")
        qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
        settled(commands)
        assert field.value() == ""
        assert undone == []
        qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
        settled(commands)
        assert undone == ["undo"]


class TestInputMethod:
    """Preedit text survives Enter, Esc, Tab and every shortcut of the window."""

    @pytest.mark.parametrize("name", ["line", "text"])
    @pytest.mark.parametrize(
        "key,modifiers",
        [
            (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_2, CONTROL),
            (Qt.Key.Key_F, CONTROL),
            (Qt.Key.Key_Z, CONTROL),
            (Qt.Key.Key_Plus, CONTROL),
        ],
    )
    def test_no_key_acts_while_it_is_composing(self, opened, qtbot, compose, look, name, key, modifiers):
        field = getattr(opened.place, name)
        field.setFocus()
        compose(field, "zuzhi")
        qtbot.keyClick(field, key, modifiers)
        assert field.hasFocus()
        assert opened.place.key == "desk"
        assert field.value() == ""
        assert look.text_scale == 100
        compose(field, "", "组织")
        assert field.value() == "组织"

    def test_shortcuts_work_again_afterwards(self, opened, qtbot, compose):
        field = opened.place.line
        field.setFocus()
        compose(field, "zuzhi")
        compose(field, "", "组织")
        qtbot.keyClick(field, Qt.Key.Key_2, CONTROL)
        assert opened.place.key == "members"

    def test_composing_ends_when_the_field_is_left(self, opened, qtbot, compose):
        from branchbook.ui.preedit import composing

        opened.place.line.setFocus()
        compose(opened.place.line, "zuzhi")
        assert composing()
        opened.place.text.setFocus()
        assert not composing()
        assert not composing(opened.place.line)


class TestSearch:
    @pytest.fixture
    def box(self, opened, qtbot):
        qtbot.keyClick(opened, Qt.Key.Key_F, CONTROL)
        assert opened.top_bar.search.hasFocus()
        return opened.top_bar.search

    def search(self, box, qtbot, words):
        with qtbot.waitSignal(box.asked):
            qtbot.keyClicks(box, words) if words.isascii() else (
                box.insert(words),
                box.textEdited.emit(box.text()),
            )
        qtbot.waitUntil(box.popup.isVisible)

    def test_two_characters_find_a_member_and_enter_goes_there(self, opened, box, qtbot, calls):
        self.search(box, qtbot, "赵示")
        assert [hit.title for hit in box.popup.hits.hits] == ["赵示例"]
        assert box.popup.hits.heading(0) != ""
        hit = box.popup.hits.hits[0]
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert opened.place.key == "members"
        assert calls[-1] == ("members", "show", ShowPerson(hit.entity_id))
        assert box.text() == ""
        assert not box.popup.isVisible()

    def test_down_chooses_another_hit(self, opened, box, qtbot, calls):
        self.search(box, qtbot, "示例")
        second = box.popup.hits.hits[1]
        qtbot.keyClick(box, Qt.Key.Key_Down)
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert calls[-1] == ("members", "show", ShowPerson(second.entity_id))

    def test_nothing_found_is_said(self, box, qtbot):
        self.search(box, qtbot, "没有这个词")
        assert box.popup.hits.rowCount() == 0
        assert "没有找到" in box.popup.note.text()
        qtbot.keyClick(box, Qt.Key.Key_Escape)
        assert not box.popup.isVisible()
        assert box.text() == "没有这个词"
        qtbot.keyClick(box, Qt.Key.Key_Escape)
        assert box.text() == ""

    def test_composing_asks_nothing(self, box, qtbot, compose):
        with qtbot.assertNotEmitted(box.asked):
            compose(box, "zhao")
            qtbot.keyClick(box, Qt.Key.Key_Return)

    def test_leaving_the_box_closes_the_hits(self, opened, box, qtbot):
        self.search(box, qtbot, "赵示")
        opened.place.line.setFocus()
        assert not box.popup.isVisible()

    def test_the_hits_keep_the_contract_of_models(self, box, qtbot, qtmodeltester):
        self.search(box, qtbot, "示例")
        qtmodeltester.check(box.popup.hits)
        spoken = box.popup.hits.index(0, 0).data(int(Qt.ItemDataRole.AccessibleTextRole))
        assert spoken.startswith(box.popup.hits.hits[0].title)

    def test_the_popup_stays_inside_the_window(self, opened, box, qtbot):
        self.search(box, qtbot, "示例")
        assert opened.rect().contains(box.popup.geometry())

    def test_a_hit_in_a_record_goes_to_the_meetings(self, opened, box, qtbot):
        self.search(box, qtbot, "赵示")
        hit = replace(box.popup.hits.hits[0], entity="attachment", opens=("record", UUID(int=9)))
        assert destination_of(hit) == Destination("meetings", ShowRecord(UUID(int=9)))

    @pytest.mark.parametrize("place, family", [("elections", "election"), ("conversions", "joining")])
    def test_a_procedure_opens_in_the_place_of_its_family(self, opened, box, qtbot, place, family):
        self.search(box, qtbot, "赵示")
        hit = replace(box.popup.hits.hits[0], opens=("procedure", UUID(int=9)), family=family)
        assert destination_of(hit) == Destination(place, ShowProcedure(UUID(int=9)))


def test_a_snippet_is_cut_at_its_marks():
    from branchbook.ui.search_popup import pieces

    assert pieces("研究资料室修缮", ((2, 5),)) == [("研究", False), ("资料室", True), ("修缮", False)]
    assert pieces("资料", ((0, 2),)) == [("资料", True)]
    assert pieces("", ()) == []


def test_years_are_offered_from_the_latest_back():
    assert list(years_back(2026, 2023)) == [2026, 2025, 2024, 2023]
    assert list(years_back(2026, 2030)) == [2026]


@pytest.mark.parametrize("scale", [100, 200])
def test_it_fits_a_small_screen(opened, look, scale):
    look.choose(text_scale=scale)
    QApplication.processEvents()
    opened.resize(1366, 768)
    assert opened.minimumSizeHint().width() <= 1366
    assert opened.minimumSizeHint().height() <= 768


def test_the_text_grows_by_key(opened, qtbot, look):
    qtbot.keyClick(opened, Qt.Key.Key_Plus, CONTROL)
    assert look.text_scale > 100
    qtbot.keyClick(opened, Qt.Key.Key_Minus, CONTROL)
    assert look.text_scale == 100


def test_every_control_of_the_shell_that_takes_the_keyboard_has_a_name(opened):
    shell = (opened.rail, opened.top_bar, opened.status_line, opened.banner)
    unnamed = [
        widget
        for part in shell
        for widget in part.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or widget.property("text"))
    ]
    assert unnamed == []


def test_the_general_branch_can_be_chosen_too(opened, context):
    heading = replace(HEADING, organisations=((GENERAL_BRANCH, "示例总支（10 人）"), *HEADING.organisations))
    opened.set_heading(heading)
    assert opened.top_bar.branch.value() == FIRST_BRANCH
    assert opened.top_bar.branch.count() == 3


def test_the_window_is_never_larger_than_the_screen(window):
    """At 1366 x 768 the status line would hang below the edge."""
    free = window.screen().availableSize()
    assert window.width() <= free.width()
    assert window.height() < free.height()


def test_undo_takes_back_the_word_of_success(opened):
    opened.place.banner.say(Tone.OK, "已导入：新增 7 人")
    opened._undo()
    assert opened.place.banner.text == ""


def test_undo_leaves_a_problem_that_is_still_one(opened):
    opened.place.banner.say(Tone.BAD, "磁盘已满")
    opened._undo()
    assert opened.place.banner.text == "磁盘已满"
