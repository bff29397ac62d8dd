"""Days off of further years: the text of the yearly notices' tables, checked as it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branchbook.domain.problems import Problem
from branchbook.services.settings_table import SPEC_BY_KEY
from branchbook.ui.places.settings.view import SettingsView
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.long_text import LongText

if TYPE_CHECKING:
    from branchbook.ui.places.settings.page import Page

KEY = "further_holidays"
EXAMPLE = """[2027]
notice = "国办发明电〔2026〕…号"
off = ["01-01", "10-01"]
work = ["10-09"]"""


class HolidaysCard(Card):
    """What is typed stays until it is right; saved, it is one operation that can be undone."""

    def __init__(self, page: Page) -> None:
        spec = SPEC_BY_KEY[KEY]
        super().__init__(spec.label, spec.help, page)
        self._page = page
        self._shown = ""
        self.text = LongText(EXAMPLE, self, least_lines=8)
        self.text.setAccessibleName(spec.label)
        self.text.edited.connect(lambda _: self._enable())
        self.explained = Text(
            self.tr(
                "一年一节：off 写周一至周五中放假的日子，work 写周六、周日中上班的日子，notice 写通知的文号。"
            ),
            "dim",
            wrap=True,
        )
        self.problem = Text("", "problem", wrap=True)
        self.problem.setVisible(False)
        self.save = Button(self.tr("保存"), "save", primary=True)
        self.save.clicked.connect(self.keep)
        self.add_action(self.save)
        for widget in (self.explained, self.text, self.problem):
            self.add(widget)
        self._enable()

    def show_view(self, view: SettingsView) -> None:
        """Show the text as the book holds it, unless another is being typed."""
        stored = view.settings.further_holidays
        if self.text.value() == self._shown:
            self.text.set_value(stored)
        self._shown = stored
        self._enable()

    def keep(self) -> None:
        """Save the text; a table that is wrong is told under it, with its line."""
        self._page.change(KEY, self.text.value(), self._refuse, lambda _: self._kept())

    def _kept(self) -> None:
        self.problem.setVisible(False)

    def _refuse(self, problem: Problem) -> None:
        self.problem.setText(str(problem))
        self.problem.setVisible(True)

    def _enable(self) -> None:
        self.save.setEnabled(self.text.value() != self._shown)
