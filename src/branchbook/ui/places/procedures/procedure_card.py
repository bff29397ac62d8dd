"""The card at the left of a procedure: its steps on a time line, the way to others, and what is asked of all of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.entry_list import EntryList


class ProcedureCard(Card):
    """``step_chosen`` gives a step's key, ``procedure_chosen`` a procedure's id.

    ``papers_asked`` wants all papers in one file; ``finish_asked``, ``abandon_asked``, ``correct_asked``,
    ``history_asked`` and ``remove_asked`` are about the whole procedure. ``base_width`` is that at 100 % text.
    """

    step_chosen = Signal(object)
    procedure_chosen = Signal(object)
    papers_asked = Signal()
    finish_asked = Signal()
    abandon_asked = Signal()
    correct_asked = Signal()
    remove_asked = Signal()
    history_asked = Signal()

    base_width = 250

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, padding=0)
        self.more_button = IconButton("ellipsis", self.tr("全部材料、办结、终止、更正、修改历史、删除"), self)
        self.more_button.clicked.connect(self.offer_more)
        self.procedures = ChoiceField()
        self.procedures.value_changed.connect(self.procedure_chosen)
        self.steps = EntryList()
        self.steps.setAccessibleName(self.tr("步骤"))
        self.steps.chosen.connect(self.step_chosen)
        self.steps.activated_key.connect(self.step_chosen)
        self._make_menu()
        self.choosing = QWidget(self)
        column = QVBoxLayout(self.choosing)
        column.setContentsMargins(14, 8, 14, 8)
        column.addWidget(self.procedures)
        self.body.setSpacing(0)
        self.body.addWidget(self.choosing)
        self.body.addWidget(self.steps, 1)
        self._measure()

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        self.papers = self._action(self.tr("打印全部材料"), self.papers_asked.emit)
        self.finish = self._action(self.tr("办结"), self.finish_asked.emit)
        self.abandon = self._action(self.tr("终止办理"), self.abandon_asked.emit)
        self.correct = self._action(self.tr("更正"), self.correct_asked.emit)
        self.history = self._action(self.tr("修改历史"), self.history_asked.emit)
        self.remove = self._action(self.tr("删除"), self.remove_asked.emit)

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

    def offer_for(self, procedure: Procedure, *, papers: bool) -> None:
        """Offer in the menu what can be done with the procedure; ``papers``: it has some."""
        self.papers.setVisible(papers)
        self.finish.setVisible(procedure.is_open)
        self.abandon.setVisible(procedure.is_open)
        self.correct.setVisible(procedure.state in (ProcedureState.FINISHED, ProcedureState.CORRECTED))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """Wider with the text, but the step needs the room more."""
        self.setFixedWidth(min(Look.current().px(self.base_width), self.base_width * 5 // 4))
