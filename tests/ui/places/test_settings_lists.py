"""The settings' pages of lists: columns of rosters that were mapped by hand, papers that were changed."""

from __future__ import annotations

import pytest

from branchbook.domain.paper_change import PaperChange
from branchbook.services.paper_changes import change_paper
from branchbook.services.settings import change_setting
from branchbook.ui.place import Destination, ShowPaper
from branchbook.ui.theme import Tone
from tests.services.small_book import actor
from tests.ui.places.settings_screen import SettingsScreen


@pytest.fixture
def screen(look, shown, settled):
    made = SettingsScreen(settled)
    shown(made.window)
    made.open()
    yield made
    made.window.close()


class TestRoster:
    @pytest.fixture
    def page(self, screen):
        remembered = {"党员姓名": "name", "手机": "phone", "序号": ""}
        change_setting(screen.book, "roster_columns", remembered, actor())
        screen.open()
        return screen.page("roster")

    def test_remembered_columns_are_listed_in_words(self, page):
        shown = {page.table.rows_model.columns[1].text(row) for row in page.table.rows_model.rows}
        assert shown == {"姓名", "联系电话", "（不读取这一列）"}

    def test_one_is_forgotten(self, screen, page):
        page.table.select("手机")
        page.table.selectRow(page.table.currentIndex().row())
        screen.press(page.forget_button)
        assert dict(screen.settings.roster_columns) == {"党员姓名": "name", "序号": ""}

    def test_all_are_forgotten_and_the_place_explains_itself(self, screen, page):
        screen.press(page.forget_all_button)
        assert screen.settings.roster_columns == {}
        assert page.nothing.isVisible()
        assert not page.forget_button.isEnabled()

    def test_nothing_chosen_is_said(self, screen, page):
        page.table.clearSelection()
        screen.press(page.forget_button)
        assert screen.place.banner.tone is Tone.WARN
        assert len(screen.settings.roster_columns) == 3


class TestPrinting:
    KEY = "general_meeting_minutes"

    @pytest.fixture
    def page(self, screen):
        change_paper(screen.book, self.KEY, PaperChange(title="党员大会纪实", order=("subject",)), actor())
        screen.open()
        return screen.page("printing")

    def test_changed_papers_are_listed_with_what_was_changed(self, page):
        (row,) = page.table.rows_model.rows
        words = page.table.rows_model.columns[1].text(row)
        assert words == "标题：党员大会纪实、顺序"

    def test_one_is_put_back(self, screen, page):
        page.table.select(self.KEY)
        screen.press(page.back_button)
        assert self.KEY not in screen.settings.paper_changes
        assert page.nothing.isVisible()
        screen.undo()
        assert screen.settings.paper_changes[self.KEY].title == "党员大会纪实"

    def test_it_opens_in_the_print_place(self, screen, page):
        page.table.select(self.KEY)
        screen.press(page.open_button)
        assert screen.gone == [Destination("print", ShowPaper(self.KEY))]

    def test_without_changes_the_first_step_leads_to_the_print_place(self, screen, page):
        page.table.select(self.KEY)
        screen.press(page.back_button)
        screen.press(page.nothing.button)
        assert screen.gone == [Destination("print")]
