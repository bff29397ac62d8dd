"""The yearly view: the steps of the round at the left, the step at hand at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from branchbook.domain.evaluations import Assessment
from branchbook.domain.history import Changes
from branchbook.domain.procedures import Procedure
from branchbook.services.attachments import PhotoReducer
from branchbook.ui.place import BeginProcedure, FileChooser, ScopeChoice, ShowProcedure, Subject
from branchbook.ui.places.evaluations.yearly.beginning import BeginningCard
from branchbook.ui.places.evaluations.yearly.found_assessments import FoundInRound
from branchbook.ui.places.evaluations.yearly.matrix.section import MatrixSection
from branchbook.ui.places.evaluations.yearly.round_card import ALL_PAPERS, RoundCard
from branchbook.ui.places.evaluations.yearly.round_view import RoundOnScreen, Wanted, round_on_screen
from branchbook.ui.places.evaluations.yearly.sections_list import sections_of
from branchbook.ui.places.procedures.step_card import StepCard
from branchbook.ui.shortcuts import add_shortcuts
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_SHOWN = (
    "procedure",
    "assessment",
    "record",
    "person",
    "person_fact",
    "organisation",
    "attachment",
    "setting",
    "ledger_row",
    "term",
)
MEMBER_STEP = "self_evaluation"
"""Where a member is shown who is asked for without a step: every source of opinion stands in the same row."""


class YearlyView(QWidget):
    """Begins and shows rounds; the work of a step is done by ``StepCard`` with the evaluation's sections."""

    def __init__(self, place: Place, files: FileChooser, photos: Callable[[], PhotoReducer]) -> None:
        super().__init__(place)
        self.place = place
        self._scope: ScopeChoice | None = None
        self._wanted = Wanted()
        self._following = False
        self.screen_shown: RoundOnScreen | None = None
        self.card = RoundCard(self)
        self.step = StepCard(place, sections_of(place), files, photos)
        self.matrix = next(each for each in self.step.body_area.sections if isinstance(each, MatrixSection))
        self.beginning = BeginningCard(place)
        self.found = FoundInRound(place, self.step.keeping, self.show_at, self._remember)
        self.right = QStackedWidget(self)
        for page in (self._nothing(), self.step, self.beginning):
            self.right.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.card)
        row.addWidget(self.right, 1)
        self.card.hide()
        self._connect()

    def _nothing(self) -> Card:
        self.nothing = EmptyState(
            "clipboard-check",
            self.tr("这一年度还没有评议"),
            self.tr(
                "从学习准备到整改落实，一步一步办：谁参加、谁评定等次，自评、互评、测评票、支部意见和反馈，都在一张表上。"
                "已有的组织生活会、民主评议记录会接上，不用再录。"
            ),
            self.tr("开始年度评议"),
        )
        self.nothing.acted.connect(self.begin)
        card = Card(padding=0)
        card.add(self.nothing, 1)
        return card

    def _connect(self) -> None:
        card, step = self.card, self.step
        card.step_chosen.connect(self.show_step)
        card.procedure_chosen.connect(lambda each: self.show_at(each, ""))
        card.begin_asked.connect(self.begin)
        card.papers_asked.connect(lambda: step.print_paper(ALL_PAPERS))
        card.finish_asked.connect(step.endings.finish)
        card.abandon_asked.connect(step.endings.ask_abandon)
        card.correct_asked.connect(step.endings.ask_correct)
        card.remove_asked.connect(step.endings.ask_remove)
        step.step_asked.connect(self.show_step)
        step.completed.connect(self._go_on)
        step.rebuilt.connect(self._load)
        self.beginning.begun.connect(self._begun)
        self.beginning.closed.connect(self._back)
        keys = (
            (self.tr("开始年度评议"), "Ctrl+N", self.begin),
            (self.tr("完成这一步"), "Ctrl+Return Ctrl+Enter", step.complete),
        )
        add_shortcuts(self, keys)

    # ----------------------------------------------------------------------------- the contract

    def open(self, place: Place) -> None:
        """Show the round of the window's branch and year; the step at hand stays where these stay."""
        self.place = place
        scope = place.context.scope
        if self._scope != scope:
            self.step.clear()
            self.matrix.keeping.end()
            self._wanted = Wanted(year=scope.year)
            self.beginning.shut()
        self._scope = scope
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
        """Show a round, or offer to begin one."""
        if isinstance(subject, ShowProcedure):
            self.beginning.shut()
            if subject.person_id is not None:
                self.matrix.show_person(subject.person_id)
            at_member = subject.person_id is not None and not subject.step
            self.show_at(subject.procedure_id, MEMBER_STEP if at_member else subject.step)
        elif isinstance(subject, BeginProcedure):
            self._offer(subject.organisation_id, subject.year)

    def focus_first(self) -> None:
        """The keyboard where it was in the step, else on the time line."""
        inside: QWidget | None = self.step.focusWidget()
        if self.right.currentWidget() is self.step:
            (self.card.steps if inside is None else inside).setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.right.currentWidget() is self.beginning:
            self.beginning.host.focus_first()
        else:
            self.nothing.setFocus(Qt.FocusReason.OtherFocusReason)

    # -------------------------------------------------------------------------------- what is shown

    def show_step(self, key: str) -> None:
        """Show a step of the round at hand; an empty key shows the next one."""
        self.step.leave()
        self._wanted = Wanted(self._wanted.procedure_id, key, self._wanted.year)
        self._load()

    def show_at(self, procedure_id: UUID, step: str) -> None:
        """Show a round at a step; an empty key shows the next one."""
        self.step.leave()
        self._wanted = Wanted(procedure_id, step, self._wanted.year)
        self._load()

    def _go_on(self) -> None:
        """A step was completed: the next one, with the keyboard in it."""
        self._following = True
        self.show_step("")

    def begin(self) -> None:
        """Open the form that begins a round of the branch in the window's scope."""
        self._offer(self.place.context.scope.organisation_id)

    def _offer(self, organisation_id: UUID, year: int = 0) -> None:
        self.step.leave()
        self.place.banner.clear()
        self.right.setCurrentWidget(self.beginning)
        self.beginning.offer(organisation_id, year or self.place.context.scope.year)

    def _begun(self, procedure: Procedure) -> None:
        self.show_at(procedure.id, "")

    def _back(self) -> None:
        """The form went: back to the step, where there is one."""
        shown = self.screen_shown
        self.right.setCurrentIndex(1 if shown is not None and shown.step is not None else 0)

    def _remember(self, assessment: Assessment) -> None:
        self.matrix.remember(assessment)
        self.matrix.show_person(assessment.person_id)

    # ------------------------------------------------------------------------------------ loading

    def _load(self) -> None:
        book, scope, today = self.place.context.book, self.place.context.scope, self.place.context.today
        wanted = self._wanted

        def question() -> RoundOnScreen:
            with book.reading() as reading:
                return round_on_screen(reading, scope.organisation_id, wanted, today)

        self.place.ask(question, self._show, key="round")

    def _show(self, screen: RoundOnScreen) -> None:
        self.screen_shown = screen
        today = self.place.context.today
        self.card.setVisible(bool(screen.rounds))
        self.card.show_round(screen, today)
        if screen.view is None or screen.step is None:
            self.step.clear()
            self.matrix.keeping.end()
            self._wanted = Wanted(year=self.place.context.scope.year)
            if not self.beginning.offering:
                self.right.setCurrentIndex(0)
            return
        step = screen.step
        self._wanted = Wanted(screen.view.procedure.id, step.spec.key, self._wanted.year)
        another = self.step.view is None or self.step.view.spec.key != step.spec.key
        self.step.show_step(step)
        if not self.beginning.offering:
            self.right.setCurrentWidget(self.step)
            if self._following and another:
                self._following = False
                self.step.focus_day()
