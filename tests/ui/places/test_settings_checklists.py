"""Checklists in the settings: the example, editing in place, copying, removing; nothing half-typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from branchbook.domain.checklists import Cadence
from branchbook.services.checklists import tick
from branchbook.ui.theme import Tone
from tests.services.small_book import FIRST_BRANCH, TODAY, actor
from tests.ui.places.settings_screen import SettingsScreen, unnamed

EXAMPLE = "示例，非官方定义"


@pytest.fixture
def screen(look, shown, settled):
    made = SettingsScreen(settled)
    shown(made.window)
    made.open()
    yield made
    made.window.close()


@pytest.fixture
def page(screen):
    return screen.page("checklists")


@pytest.fixture
def example(screen, page):
    """The page with the shipped example in it."""
    screen.press(page.example_button)
    return page


class TestAdding:
    def test_without_any_the_place_explains_itself(self, page):
        assert page.nothing.isVisible()
        assert not page.card.isVisible()

    def test_the_example_says_that_it_is_no_official_definition(self, screen, example):
        (made,) = screen.checklists
        assert (made.name, made.label, made.from_on) == ("五必做", EXAMPLE, date(2026, 1, 1))
        (entry,) = example.list.entries
        assert (entry.badge, entry.tone) == (EXAMPLE, Tone.WARN)
        assert example.card.isVisible()
        assert unnamed(example) == []

    def test_the_example_is_added_once(self, screen, example):
        screen.press(example.example_button)
        assert len(screen.checklists) == 1
        assert screen.place.banner.tone is Tone.WARN

    def test_a_new_one_waits_for_its_name(self, screen, page):
        screen.press(page.new_button)
        (made,) = screen.checklists
        assert len(made.items) == 1
        assert page.card.name.hasFocus()
        screen.type_over(page.card.name, "季度三件事", enter=True)
        assert [each.name for each in screen.checklists] == ["季度三件事"]

    def test_undo_takes_a_new_one_away(self, screen, page):
        screen.press(page.new_button)
        screen.undo()
        assert screen.checklists == ()
        assert page.nothing.isVisible()


class TestEditing:
    def test_fields_are_saved_when_they_are_left(self, screen, example):
        card = example.card
        screen.type_over(card.name, "本地五必做")
        screen.type_over(card.source, "示例通知（虚构）")
        screen.type_over(card.label, "")
        screen.type_over(card.to_on, "2027.12.31")
        screen.choose(card.cadence, Cadence.QUARTERLY)
        screen.press(card.scope.boxes[FIRST_BRANCH])
        (kept,) = screen.checklists
        assert (kept.name, kept.source, kept.label) == ("本地五必做", "示例通知（虚构）", "")
        assert (kept.to_on, kept.cadence) == (date(2027, 12, 31), Cadence.QUARTERLY)
        assert kept.organisation_ids == (FIRST_BRANCH,)
        assert example.list.entries[0].title == "本地五必做"

    def test_leaving_a_field_untouched_writes_nothing(self, screen, example):
        before = screen.operations
        for field in (example.card.name, example.card.source, example.card.from_on):
            field.setFocus()
            screen.leave()
        assert screen.operations == before

    def test_an_empty_name_is_refused_beside_the_fields(self, screen, example):
        screen.type_over(example.card.name, "")
        assert screen.checklists[0].name == "五必做"
        assert example.card.banner.isVisible()
        screen.type_over(example.card.name, "六必做")
        assert screen.checklists[0].name == "六必做"
        assert not example.card.banner.isVisible()

    @pytest.mark.parametrize("typed", ["", "去年"])
    def test_a_beginning_that_cannot_be_read_changes_nothing(self, screen, example, typed):
        screen.type_over(example.card.from_on, typed)
        assert screen.checklists[0].from_on == date(2026, 1, 1)
        assert example.card.from_on.property("wrong")

    def test_an_end_before_the_beginning_is_refused(self, screen, example):
        screen.type_over(example.card.to_on, "2025-1-1")
        assert screen.checklists[0].to_on is None
        assert "早于" in example.card.banner.text

    def test_nothing_is_saved_while_an_input_method_composes(self, screen, example, compose):
        before = screen.operations
        example.card.name.setFocus()
        compose(example.card.name, "wu'bi")
        screen.key(Qt.Key.Key_Return)
        assert screen.operations == before
        compose(example.card.name, "", "必")
        screen.key(Qt.Key.Key_Return)
        assert screen.checklists[0].name == "五必做必"

    def test_leaving_the_place_keeps_what_is_being_typed(self, screen, example):
        example.card.source.setFocus()
        QTest.keyClicks(example.card.source, "wenjian")
        screen.place.leave()
        screen.settle()
        assert screen.checklists[0].source == "wenjian"


class TestItems:
    def test_a_title_is_changed_and_undone(self, screen, example):
        screen.type_over(example.card.rows[1].title, "党日")
        assert screen.checklists[0].items[1].title == "党日"
        screen.undo()
        assert example.card.rows[1].title.value() == "主题党日"

    def test_kinds_are_ticked_with_the_keyboard(self, screen, example):
        row = example.card.rows[4]
        assert row.kinds_text.text() == "谈话"
        screen.press(row.kinds_button)
        QTest.keyClick(row.menu, Qt.Key.Key_Space)
        QTest.keyClick(row.menu, Qt.Key.Key_Escape)
        screen.settle()
        kept = screen.checklists[0].items[4].satisfied_by
        assert set(kept) == {"heart_to_heart_talk", "general_meeting"}
        assert row.kinds_text.text() == "大会、谈话"

    def test_items_added_one_after_another_are_all_kept(self, screen, example):
        """The answer to the first must not take away the field in which the second is typed."""
        card = example.card
        screen.press(card.add_button)
        card.rows[-1].title.insert("走访群众")
        screen.press(card.add_button)
        assert card.rows[-1].title.hasFocus()
        card.rows[-1].title.insert("志愿服务")
        screen.leave()
        titles = [item.title for item in screen.checklists[0].items]
        assert titles[-2:] == ["走访群众", "志愿服务"]

    def test_an_item_without_a_title_is_not_there_yet(self, screen, example):
        before = screen.operations
        screen.press(example.card.add_button)
        screen.leave()
        assert screen.operations == before
        screen.press(example.card.rows[-1].remove_button)
        assert len(example.card.rows) == 5

    def test_an_item_moves_and_keeps_the_keyboard(self, screen, example):
        row = example.card.rows[1]
        screen.press(row.up_button)
        assert [item.title for item in screen.checklists[0].items][:2] == ["主题党日", "三会一课"]
        assert example.card.rows[0] is row
        assert not row.up_button.isEnabled()
        assert not example.card.rows[-1].down_button.isEnabled()

    def test_an_item_is_removed(self, screen, example):
        screen.press(example.card.rows[0].remove_button)
        assert next(item.title for item in screen.checklists[0].items) == "主题党日"
        assert len(example.card.rows) == 4

    def test_an_item_that_was_ticked_stays(self, screen, example):
        """What was ticked is evidence: the checklist is ended and a new one begun instead."""
        (made,) = screen.checklists
        tick(screen.book, made.id, made.items[0].id, FIRST_BRANCH, TODAY, "示例材料", actor())
        screen.press(example.card.rows[0].remove_button)
        assert len(screen.checklists[0].items) == 5
        assert "截止日期" in example.card.banner.text

    def test_the_last_item_stays(self, screen, page):
        screen.press(page.new_button)
        screen.press(page.card.rows[0].remove_button)
        assert len(screen.checklists[0].items) == 1
        assert page.card.banner.isVisible()


class TestKeyboard:
    def test_tab_goes_as_one_reads(self, screen, example):
        card = example.card
        screen.press(card.add_button)
        wanted = [card.label, *card.scope.boxes.values(), card.rows[0].title, card.rows[0].kinds_button]
        card.label.setFocus()
        for widget in wanted[1:]:
            screen.key(Qt.Key.Key_Tab)
            assert widget.hasFocus()
        card.rows[-1].remove_button.setFocus()
        screen.key(Qt.Key.Key_Tab)
        assert card.add_button.hasFocus()


class TestSeveral:
    def test_a_copy_has_its_own_ids_and_is_chosen(self, screen, example):
        screen.press(example.card.copy_button)
        first, second = screen.checklists
        assert second.name == "五必做（副本）"
        assert {item.id for item in first.items}.isdisjoint(item.id for item in second.items)
        assert example.list.current_key == second.id
        assert example.card.name.value() == second.name

    def test_choosing_another_shows_it_and_drops_what_was_not_begun(self, screen, example):
        screen.press(example.card.copy_button)
        first, _second = screen.checklists
        screen.press(example.card.add_button)
        example.list.select(first.id)
        example.list.chosen.emit(first.id)
        assert example.card.name.value() == first.name
        assert len(example.card.rows) == len(first.items)

    def test_one_is_removed_to_the_bin_and_undone(self, screen, example):
        screen.press(example.card.copy_button)
        screen.press(example.card.remove_button)
        assert [each.name for each in screen.checklists] == ["五必做"]
        assert example.card.name.value() == "五必做"
        screen.undo()
        assert len(screen.checklists) == 2

    def test_an_ended_one_is_marked(self, screen, example):
        screen.type_over(example.card.to_on, "2026-6-30")
        assert example.list.entries[0].badge == "已截止"
