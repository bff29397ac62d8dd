"""The card at the left: the steps of the round on a time line, and the way to other years."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.catalogue.papers_list import PAPER_BY_KEY
from branchbook.domain.procedures import Procedure, StepStanding
from branchbook.services.words import word_of
from branchbook.ui.places.evaluations.yearly.round_view import RoundOnScreen
from branchbook.ui.places.procedures.procedure_card import ProcedureCard
from branchbook.ui.places.procedures.wording import step_icon, step_summary
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.entry_list import Entry

ALL_PAPERS = "evaluation:all"


class RoundCard(ProcedureCard):
    """The round at hand; ``begin_asked`` wants a new one."""

    begin_asked = Signal()

    base_width = 226

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.new_button = IconButton("plus", self.tr("开始一年的评议（Ctrl+N）"), self)
        self.new_button.clicked.connect(self.begin_asked)
        self.add_action(self.new_button)
        self.add_action(self.more_button)
        self.procedures.setAccessibleName(self.tr("选择年度"))

    def show_round(self, screen: RoundOnScreen, today: date) -> None:
        """Show a round; the step at hand is the current one. Without one, only the way to other years."""
        view, step = screen.view, screen.step
        self.choosing.setVisible(len(screen.rounds) > 1 or (view is None and bool(screen.rounds)))
        self.procedures.set_choices([(each.id, self._choice(each, screen)) for each in screen.rounds])
        self.procedures.set_value(view.procedure.id if view else None)
        self.more_button.setVisible(view is not None)
        if view is None or step is None:
            self.set_title(self.tr("年度评议"), "")
            self.steps.set_entries([])
            return
        procedure = view.procedure
        state = self.tr("年度评议") if procedure.is_open else word_of(procedure.state)
        self.set_title(self.tr("{year} 年").format(year=procedure.year), state)
        following = view.next.spec.key if view.next and procedure.is_open else ""
        self.steps.set_entries([self._entry(each, today, each.spec.key == following) for each in view.steps])
        self.steps.select(step.spec.key)
        self.offer_for(procedure, papers=ALL_PAPERS in PAPER_BY_KEY)

    def _choice(self, procedure: Procedure, screen: RoundOnScreen) -> str:
        """Year and state; whose it is where those of several branches are shown."""
        words = self.tr("{year} 年度 · {state}")
        said = words.format(year=procedure.year, state=word_of(procedure.state))
        whose = screen.names.get(procedure.organisation_id, "")
        return f"{whose} {said}".strip()

    @staticmethod
    def _entry(standing: StepStanding, today: date, is_next: bool) -> Entry:
        icon, token, words = step_icon(standing, is_next=is_next)
        return Entry(
            standing.spec.key,
            standing.spec.name,
            step_summary(standing, "", today, is_next=is_next),
            icon=icon,
            icon_token=token,
            icon_words=words,
        )
