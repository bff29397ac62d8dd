"""The Elections place: the time line of an election at the left, the step at hand at the right."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from branchbook.catalogue.papers_list import ELECTION_ALL_KEY
from branchbook.domain.history import Changes
from branchbook.domain.procedures import Procedure
from branchbook.services.elections import FAMILIES
from branchbook.services.program import ProgramSettingsFile
from branchbook.services.workshop import Workshop
from branchbook.ui.place import (
    BeginProcedure,
    FileChooser,
    Place,
    PlaceContext,
    ScopeChoice,
    ShowProcedure,
    Subject,
)
from branchbook.ui.places.elections.beginning import BeginningCard
from branchbook.ui.places.elections.election_list import ElectionOnScreen, election_on_screen
from branchbook.ui.places.elections.sections_list import sections_of
from branchbook.ui.places.elections.time_line_card import TimeLineCard
from branchbook.ui.places.procedures.found_typing import FoundTyping
from branchbook.ui.places.procedures.step_card import StepCard
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState

_SHOWN = ("procedure", "record", "person", "person_fact", "organisation", "term", "attachment", "setting")


class Elections(Place):
    """Begins and shows elections; the work of a step is done by ``StepCard``."""

    key = "elections"

    def __init__(
        self,
        workshop: Workshop,
        settings_file: ProgramSettingsFile,
        files: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scope: ScopeChoice | None = None
        self._wanted: UUID | None = None
        self._step = ""
        self._following = False
        self.screen_shown: ElectionOnScreen | None = None
        self.time_line = TimeLineCard()
        self.step = StepCard(self, sections_of(self), files, lambda: workshop.photos)
        self.beginning = BeginningCard(self)
        self.found = FoundTyping(self, self.step.keeping, self.show_at, FAMILIES)
        self.right = QStackedWidget()
        self.right.addWidget(self._nothing())
        self.right.addWidget(self.step)
        self.right.addWidget(self.beginning)
        self.content.addWidget(self.time_line)
        self.content.addWidget(self.right, 1)
        self.time_line.hide()
        self._connect()

    def _nothing(self) -> Card:
        self.nothing = EmptyState(
            "vote",
            self.tr("还没有选举"),
            self.tr(
                "从支委会研究到结果归档，一步一步办：每一步要什么、依据哪一条、打印哪些材料，都写在那一步上。"
                "选出的职务按批复进名册。"
            ),
            self.tr("开始换届或补选"),
        )
        self.nothing.acted.connect(self.begin)
        card = Card(padding=0)
        card.add(self.nothing, 1)
        return card

    def _connect(self) -> None:
        line, step = self.time_line, self.step
        line.step_chosen.connect(self.show_step)
        line.procedure_chosen.connect(self.show_election)
        line.begin_asked.connect(self.begin)
        line.papers_asked.connect(lambda: step.print_paper(ELECTION_ALL_KEY))
        line.finish_asked.connect(step.endings.finish)
        line.abandon_asked.connect(step.endings.ask_abandon)
        line.correct_asked.connect(step.endings.ask_correct)
        line.remove_asked.connect(step.endings.ask_remove)
        line.history_asked.connect(step.endings.show_history)
        step.step_asked.connect(self.show_step)
        step.completed.connect(self._go_on)
        step.rebuilt.connect(self._load)
        self.beginning.begun.connect(self._begun)
        self.beginning.closed.connect(self._back)
        keys = (
            (self.tr("开始换届、补选或延期"), "Ctrl+N", self.begin),
            (self.tr("完成这一步"), "Ctrl+Return Ctrl+Enter", step.complete),
        )
        add_shortcuts(self, keys)

    # ----------------------------------------------------------------------------- the contract

    def open(self, context: PlaceContext) -> None:
        """Show the organisation's elections; the step at hand stays where the organisation stays."""
        super().open(context)
        if self._scope is None or context.scope.organisation_id != self._scope.organisation_id:
            self.step.clear()
            self._wanted, self._step = None, ""
            self.beginning.shut()
        self._scope = context.scope
        self._load()
        self.found.look()

    def leave(self) -> None:
        """Keep what is being typed."""
        self.step.leave()

    def reload(self, changes: Changes) -> None:
        """Steps follow the roster, the meetings and every procedure."""
        if changes.touches(*_SHOWN):
            self.step.undone = changes.undoes
            self._load()

    def show_subject(self, subject: Subject) -> None:
        """Show an election, or offer to begin one."""
        if isinstance(subject, ShowProcedure):
            self.beginning.shut()
            self.show_at(subject.procedure_id, subject.step)
        elif isinstance(subject, BeginProcedure):
            self._offer(subject.organisation_id, subject.shape)

    def focus_first(self) -> None:
        """The keyboard where it was in the step, else on the time line."""
        inside = self.step.focusWidget()
        if self.right.currentWidget() is self.step and inside is not None:
            inside.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.right.currentWidget() is self.step:
            self.time_line.steps.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    # -------------------------------------------------------------------------------- what is shown

    def show_step(self, key: str) -> None:
        """Show a step of the election at hand; an empty key shows the next one."""
        self.step.leave()
        self._step = key
        self._load()

    def _go_on(self) -> None:
        """A step was completed: the next one, with the keyboard in it."""
        self._following = True
        self.show_step("")

    def show_election(self, procedure_id: UUID) -> None:
        """Show another election, at its next step."""
        self.show_at(procedure_id, "")

    def show_at(self, procedure_id: UUID, step: str) -> None:
        """Show an election at a step; an empty key shows the next one."""
        self.step.leave()
        self._wanted, self._step = procedure_id, step
        self._load()

    def begin(self) -> None:
        """Open the form that begins an election of the organisation in the window's scope."""
        self._offer(self.context.scope.organisation_id, "")

    def _offer(self, organisation_id: UUID, shape: str) -> None:
        self.step.leave()
        self.banner.clear()
        self.right.setCurrentWidget(self.beginning)
        self.beginning.offer(organisation_id, shape)

    def _begun(self, procedure: Procedure) -> None:
        self._wanted, self._step = procedure.id, ""
        self._load()

    def _back(self) -> None:
        """The form went: back to the step, where there is one."""
        shown = self.screen_shown
        self.right.setCurrentIndex(1 if shown is not None and shown.step is not None else 0)

    # ------------------------------------------------------------------------------------ loading

    def _load(self) -> None:
        book, scope, today = self.context.book, self.context.scope, self.context.today
        wanted, step = self._wanted, self._step

        def question() -> ElectionOnScreen:
            with book.reading() as reading:
                return election_on_screen(reading, scope.organisation_id, wanted, step, today)

        self.ask(question, self._show, key="election")

    def _show(self, screen: ElectionOnScreen) -> None:
        self.screen_shown = screen
        self.time_line.setVisible(bool(screen.elections))
        if screen.election is None or screen.step is None:
            self.step.clear()
            self._wanted, self._step = None, ""
            if not self.beginning.offering:
                self.right.setCurrentIndex(0)
            return
        self._wanted, self._step = screen.election.view.procedure.id, screen.step.spec.key
        self.time_line.show_election(screen, self.context.today)
        another = self.step.view is None or self.step.view.spec.key != screen.step.spec.key
        self.step.show_step(screen.step)
        if not self.beginning.offering:
            self.right.setCurrentWidget(self.step)
            if self._following and another:
                self._following = False
                self.step.focus_day()
