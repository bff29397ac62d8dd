"""The occasions on which someone has to be talked with: one a line, kept as a setting of the book."""

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

KEY = "talk_occasions"


class OccasionsCard(Card):
    """What is typed stays until it is right; saved, it is one operation that can be undone."""

    def __init__(self, page: Page) -> None:
        spec = SPEC_BY_KEY[KEY]
        super().__init__(spec.label, "", page)
        self._page = page
        self._shown = ""
        self.text = LongText(self.tr("一行写一种情形"), self, least_lines=6)
        self.text.setAccessibleName(spec.label)
        self.text.edited.connect(lambda _: self._enable())
        self.problem = Text("", "problem", wrap=True)
        self.problem.hide()
        self.back = Button(self.tr("恢复默认"), "rotate-ccw")
        self.back.setAccessibleName(self.tr("恢复默认：{label}").format(label=spec.label))
        self.back.clicked.connect(lambda: page.reset(KEY))
        self.save = Button(self.tr("保存"), "save")
        self.save.setAccessibleName(self.tr("保存：{label}").format(label=spec.label))
        self.save.clicked.connect(self.keep)
        self.add_action(self.back)
        self.add_action(self.save)
        for widget in (Text(spec.help, "dim", wrap=True), self.text, self.problem):
            self.add(widget)
        self._enable()

    def show_view(self, view: SettingsView) -> None:
        """Show the list as the book holds it, unless another is being typed."""
        stored = "\n".join(view.settings.talk_occasions)
        if self.text.value() == self._shown:
            self.text.set_value(stored)
        self._shown = stored
        self.back.setEnabled(KEY in view.changed)
        self._enable()

    def keep(self) -> None:
        """Save the list; blank lines are left out, what is wrong is told under it."""
        lines = tuple(line.strip() for line in self.text.value().splitlines() if line.strip())
        self._page.change(KEY, lines, self._refuse, lambda _: self.problem.hide())

    def _refuse(self, problem: Problem) -> None:
        self.problem.setText(str(problem))
        self.problem.show()

    def _enable(self) -> None:
        self.save.setEnabled(self.text.value() != self._shown)
