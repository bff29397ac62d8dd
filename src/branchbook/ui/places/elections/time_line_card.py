"""The card at the left: the election at hand as a time line of its steps, and the way to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from branchbook.catalogue.procedures.election_steps import FAMILY
from branchbook.domain.procedures import Procedure, ProcedureState, StepStanding, StepState
from branchbook.services.elections import ElectionLine
from branchbook.ui.places.elections.election_list import ElectionOnScreen
from branchbook.ui.places.procedures.wording import step_icon, step_summary
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.entry_list import Entry, EntryList

WIDTH = 250


class TimeLineCard(Card):
    """``step_chosen`` gives a step's key, ``election_chosen`` an election's id, ``begin_asked`` wants a new one.

    ``papers_asked`` wants all papers of the election in one file; ``finish_asked``, ``abandon_asked``,
    ``correct_asked`` and ``remove_asked`` are about the whole election.
    """

    step_chosen = Signal(object)
    election_chosen = Signal(object)
    begin_asked = Signal()
    papers_asked = Signal()
    finish_asked = Signal()
    abandon_asked = Signal()
    correct_asked = Signal()
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.new_button = IconButton("plus", self.tr("开始换届、补选或延期（Ctrl+N）"), self)
        self.new_button.clicked.connect(self.begin_asked)
        self.more_button = IconButton("ellipsis", self.tr("全部材料、办结、终止、更正、删除"), self)
        self.more_button.clicked.connect(self.offer_more)
        self.add_action(self.new_button)
        self.add_action(self.more_button)
        self.elections = ChoiceField()
        self.elections.setAccessibleName(self.tr("选择一次选举"))
        self.elections.value_changed.connect(self.election_chosen)
        self.steps = EntryList()
        self.steps.setAccessibleName(self.tr("步骤"))
        self.steps.chosen.connect(self.step_chosen)
        self.steps.activated_key.connect(self.step_chosen)
        self._make_menu()
        self._choosing = QWidget(self)
        column = QVBoxLayout(self._choosing)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(self.elections)
        self.body.setSpacing(0)
        self.body.addWidget(self._choosing)
        self.body.addWidget(self.steps, 1)
        self._measure()

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        self.papers = self._action(self.tr("打印全部材料"), self.papers_asked)
        self.finish = self._action(self.tr("办结"), self.finish_asked)
        self.abandon = self._action(self.tr("终止办理"), self.abandon_asked)
        self.correct = self._action(self.tr("更正"), self.correct_asked)
        self.remove = self._action(self.tr("删除"), self.remove_asked)

    def _action(self, text: str, asked: object) -> QAction:
        action = QAction(text, self.menu)
        action.triggered.connect(asked)
        self.menu.addAction(action)
        return action

    def offer_more(self) -> None:
        """Open the menu about the whole election."""
        self.menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + 2)))
        first = next((each for each in self.menu.actions() if each.isVisible()), None)
        if first is not None:
            self.menu.setActiveAction(first)

    # ------------------------------------------------------------------------------------ showing

    def show_election(self, screen: ElectionOnScreen, today: date) -> None:
        """Show an election; the step at hand is the current one."""
        election = screen.election
        if election is None or screen.step is None:
            return
        view, procedure = election.view, election.view.procedure
        self.set_title(self._short_title(procedure), election.state_words)
        self._choosing.setVisible(len(screen.elections) > 1 or screen.others)
        choices = [(each.id, self._choice(each, named=screen.others)) for each in screen.elections]
        self.elections.set_choices(choices)
        self.elections.set_value(procedure.id)
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
        self.papers.setVisible(view.shape.family == FAMILY)
        self.finish.setVisible(procedure.is_open)
        self.abandon.setVisible(procedure.is_open)
        self.correct.setVisible(procedure.state in (ProcedureState.FINISHED, ProcedureState.CORRECTED))

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

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """Wider with the text, but the step needs the room more."""
        self.setFixedWidth(min(Look.current().px(WIDTH), WIDTH * 5 // 4))


def _begun(standing: StepStanding, balloted: set[str]) -> StepStanding:
    """A step in which ballots were issued is under way, also where nothing is entered in its fields."""
    waiting = standing.state in (StepState.READY, StepState.WAITING)
    return replace(standing, state=StepState.BEGUN) if waiting and standing.spec.key in balloted else standing
