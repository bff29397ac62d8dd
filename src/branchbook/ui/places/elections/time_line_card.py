"""The card at the left: the election at hand as a time line of its steps, and the way to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchbook.catalogue.procedures.election_steps import FAMILY
from branchbook.domain.procedures import Procedure, StepStanding, StepState
from branchbook.services.elections import ElectionLine
from branchbook.ui.places.elections.election_list import ElectionOnScreen
from branchbook.ui.places.procedures.procedure_card import ProcedureCard
from branchbook.ui.places.procedures.wording import step_icon, step_summary
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.entry_list import Entry


class TimeLineCard(ProcedureCard):
    """The election at hand; ``begin_asked`` wants a new one."""

    begin_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.new_button = IconButton("plus", self.tr("开始换届、补选或延期（Ctrl+N）"), self)
        self.new_button.clicked.connect(self.begin_asked)
        self.add_action(self.new_button)
        self.add_action(self.more_button)
        self.procedures.setAccessibleName(self.tr("选择一次选举"))

    # ------------------------------------------------------------------------------------ showing

    def show_election(self, screen: ElectionOnScreen, today: date) -> None:
        """Show an election; the step at hand is the current one."""
        election = screen.election
        if election is None or screen.step is None:
            return
        view, procedure = election.view, election.view.procedure
        self.set_title(self._short_title(procedure), election.state_words)
        self.choosing.setVisible(len(screen.elections) > 1 or screen.others)
        choices = [(each.id, self._choice(each, named=screen.others)) for each in screen.elections]
        self.procedures.set_choices(choices)
        self.procedures.set_value(procedure.id)
        following = view.next.spec.key if view.next and procedure.is_open else ""
        balloted = {each.step for each in procedure.rounds}
        self.steps.set_entries(
            [
                self._entry(
                    _begun(each, balloted),
                    election.summaries.get(each.spec.key, ""),
                    today,
                    each.spec.key == following,
                )
                for each in view.steps
            ]
        )
        self.steps.select(screen.step.spec.key)
        self.offer_for(procedure, papers=view.shape.family == FAMILY)

    def _short_title(self, procedure: Procedure) -> str:
        words = {
            "by_election": self.tr("补选"),
            "term_extension": self.tr("延期换届"),
        }
        return words.get(procedure.shape, self.tr("换届选举"))

    def _choice(self, line: ElectionLine, *, named: bool) -> str:
        """Year, kind and state; whose it is where those of other organisations are shown."""
        words = self.tr("{year} 年{name} · {state}")
        said = words.format(year=line.begun_on.year, name=line.name, state=line.state_words)
        return f"{line.organisation_name} {said}" if named else said

    def _entry(self, standing: StepStanding, given: str, today: date, is_next: bool) -> Entry:
        icon, token, words = step_icon(standing, is_next=is_next)
        return Entry(
            standing.spec.key,
            standing.spec.name,
            step_summary(standing, given, today, is_next=is_next),
            icon=icon,
            icon_token=token,
            icon_words=words,
        )


def _begun(standing: StepStanding, balloted: set[str]) -> StepStanding:
    """A step in which ballots were issued is under way, also where nothing is entered in its fields."""
    waiting = standing.state in (StepState.READY, StepState.WAITING)
    return replace(standing, state=StepState.BEGUN) if waiting and standing.spec.key in balloted else standing
