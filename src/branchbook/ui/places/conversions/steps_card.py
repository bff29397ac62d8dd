"""The steps of a person's joining or conversion on a time line, and the way to their other procedures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from branchbook.catalogue.papers_list import PAPER_BY_KEY
from branchbook.catalogue.procedures.conversion_steps import MEETING as CONVERSION_MEETING
from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.procedures import Procedure, ProcedureState, StepStanding
from branchbook.services.words import word_of
from branchbook.ui.places.conversions.conversion_step import MEETING, POSTPONE
from branchbook.ui.places.conversions.record_view import RecordOnScreen
from branchbook.ui.places.procedures.wording import short_day, step_icon, step_summary
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.entry_list import Entry, EntryList

WIDTH = 244


class StepsCard(Card):
    """``step_chosen`` gives a step's key, ``procedure_chosen`` a procedure's id; the others are about all of it."""

    step_chosen = Signal(object)
    procedure_chosen = Signal(object)
    papers_asked = Signal()
    finish_asked = Signal()
    abandon_asked = Signal()
    correct_asked = Signal()
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self._postponed = False
        self._shown: tuple[UUID, str] | None = None
        self.more_button = IconButton("ellipsis", self.tr("全部材料、办结、终止、更正、删除"), self)
        self.more_button.clicked.connect(self.offer_more)
        self.add_action(self.more_button)
        self.procedures = ChoiceField()
        self.procedures.setAccessibleName(self.tr("选择一次办理"))
        self.procedures.value_changed.connect(self.procedure_chosen)
        self.steps = EntryList()
        self.steps.setAccessibleName(self.tr("步骤"))
        self.steps.chosen.connect(self.step_chosen)
        self.steps.activated_key.connect(self.step_chosen)
        self.menu = QMenu(self)
        self.papers = self._action(self.tr("打印全部材料"), self.papers_asked.emit)
        self.finish = self._action(self.tr("办结"), self.finish_asked.emit)
        self.abandon = self._action(self.tr("终止办理"), self.abandon_asked.emit)
        self.correct = self._action(self.tr("更正"), self.correct_asked.emit)
        self.remove = self._action(self.tr("删除"), self.remove_asked.emit)
        self._choosing = QWidget(self)
        column = QVBoxLayout(self._choosing)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(self.procedures)
        self.body.setSpacing(0)
        self.body.addWidget(self._choosing)
        self.body.addWidget(self.steps, 1)
        self._measure()

    def _action(self, text: str, asked: Callable[[], None]) -> QAction:
        action = QAction(text, self.menu)
        action.triggered.connect(lambda _=False: asked())
        self.menu.addAction(action)
        return action

    def offer_more(self) -> None:
        """Open the menu about the whole procedure."""
        self.menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + 2)))
        first = next((each for each in self.menu.actions() if each.isVisible()), None)
        if first is not None:
            self.menu.setActiveAction(first)

    # ------------------------------------------------------------------------------------ showing

    def show_record(self, record: RecordOnScreen, today: date) -> None:
        """Show the steps of the procedure at hand; the step at hand is the current one."""
        view, step = record.view, record.step
        if view is None or step is None:
            return
        procedure = view.procedure
        ended = "" if procedure.is_open else word_of(procedure.state)
        self.set_title(view.shape.name, ended)
        self._choosing.setVisible(len(record.procedures) > 1)
        self.procedures.set_choices([(each.id, self._choice(each)) for each in record.procedures])
        self.procedures.set_value(procedure.id)
        self._postponed = procedure.entry(POSTPONE).day("until") is not None
        following = view.next.spec.key if view.next and procedure.is_open else ""
        self.steps.set_entries([self._entry(each, today, each.spec.key == following) for each in view.steps])
        self.steps.select(step.spec.key)
        shown = (procedure.id, step.spec.key)
        if shown != self._shown:
            self._shown = shown
            self.steps.scrollTo(self.steps.currentIndex())
        self.papers.setVisible(any(key in PAPER_BY_KEY for each in view.shape.steps for key in each.papers))
        self.finish.setVisible(procedure.is_open)
        self.abandon.setVisible(procedure.is_open)
        self.correct.setVisible(procedure.state in (ProcedureState.FINISHED, ProcedureState.CORRECTED))

    def _choice(self, procedure: Procedure) -> str:
        words = self.tr("{year} 年{name}")
        named = words.format(year=procedure.begun_on.year, name=shape_of(procedure.shape).name)
        return named if procedure.is_open else f"{named}（{word_of(procedure.state)}）"

    def _entry(self, standing: StepStanding, today: date, is_next: bool) -> Entry:
        icon, token, words = step_icon(standing, is_next=is_next)
        detail = step_summary(standing, "", today, is_next=is_next)
        if standing.spec.key == MEETING and standing.spec.due == CONVERSION_MEETING.due and standing.due_on:
            words = self.tr("推迟到{day}") if self._postponed else self.tr("{day}期满")
            full = words.format(day=short_day(standing.due_on, today))
            detail = detail if standing.entry.done_on else full
        return Entry(
            standing.spec.key, standing.spec.name, detail, icon=icon, icon_token=token, icon_words=words
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """Wider with the text, but the step needs the room more."""
        self.setFixedWidth(min(Look.current().px(WIDTH), WIDTH * 5 // 4))
