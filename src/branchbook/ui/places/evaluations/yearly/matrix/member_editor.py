"""The editor of the member at hand, below the matrix: whose it is, its pages, and the way to the next one."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.evaluations import Assessment
from branchbook.services.evaluations import MemberRow
from branchbook.services.words import word_of
from branchbook.ui.places.evaluations.yearly.matrix.columns import Page
from branchbook.ui.places.evaluations.yearly.matrix.pages import (
    FeedbackPage,
    GradingPage,
    MemberPage,
    MutualPage,
    SelfPage,
    UsePage,
)
from branchbook.ui.places.evaluations.yearly.round_view import EvaluationStep
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.labels import Elided, Text


class MemberEditor(QWidget):
    """``edited`` gives the change of the assessment, ``left`` when a field is left; ``moved`` wants the next member
    (1) or the one before (-1); ``page_chosen`` tells that another page is shown."""

    edited = Signal(object)
    left = Signal()
    moved = Signal(int)
    page_chosen = Signal(str)
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Text("", "title", self)
        self.where = Elided("", "dim", self)
        self.previous_button = IconButton("chevron-up", self.tr("上一名（Shift+F8）"), self)
        self.previous_button.clicked.connect(lambda: self.moved.emit(-1))
        self.next_button = Button(self.tr("下一名 F8"), "chevron-down", self)
        self.next_button.setAccessibleName(self.tr("下一名"))
        self.next_button.clicked.connect(lambda: self.moved.emit(1))
        self.chips = Chips(self)
        self.chips.setAccessibleName(self.tr("这名党员的各方面意见"))
        self.chips.set_chips(
            [
                (Page.SELF, self.tr("自评")),
                (Page.MUTUAL, self.tr("互评")),
                (Page.GRADING, self.tr("意见和等次")),
                (Page.FEEDBACK, self.tr("反馈")),
                (Page.USE, self.tr("运用")),
            ]
        )
        self.chips.chosen.connect(self.page_chosen)
        self.own, self.mutual, self.grading = SelfPage(), MutualPage(), GradingPage()
        self.feedback, self.use = FeedbackPage(), UsePage()
        self.pages: dict[Page, MemberPage] = {
            Page.SELF: self.own,
            Page.MUTUAL: self.mutual,
            Page.GRADING: self.grading,
            Page.FEEDBACK: self.feedback,
            Page.USE: self.use,
        }
        self.stack = QWidget(self)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.stack)
        inside.setContentsMargins(0, 0, 0, 0)
        for page in self.pages.values():
            inside.addWidget(page)
            page.hide()
            page.edited.connect(self.edited)
            page.left.connect(self.left)
            page.arranged.connect(self._rearranged)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name)
        head.addWidget(self.where, 1)
        head.addWidget(self.chips, 2)
        head.addWidget(self.previous_button)
        head.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.stack)

    @property
    def page(self) -> Page:
        """Which page is shown."""
        return Page(self.chips.current)

    def show_page(self, page: Page) -> None:
        """Show another page."""
        self.chips.choose(page)
        for key, each in self.pages.items():
            each.setVisible(key == page)
        self.arranged.emit()

    def show_member(
        self,
        view: EvaluationStep,
        row: MemberRow,
        assessment: Assessment,
        at: tuple[int, int],
        *,
        locked: bool,
    ) -> None:
        """Show a member as typed; ``at`` is (which, of how many)."""
        self.name.setText(row.participant.name)
        standing = word_of(row.participant.standing)
        parts = (standing, row.participant.group, f"{at[0]}/{at[1]}")
        self.where.setText(" · ".join(each for each in parts if each))
        for page in self.pages.values():
            page.show_member(view, row, assessment, locked=locked)

    def focus_page(self) -> None:
        """Put the keyboard into the page that is shown."""
        self.pages[self.page].focus_first()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [
            self.chips.stop(),
            *self.pages[self.page].stops(),
            self.previous_button,
            self.next_button,
        ]

    def _rearranged(self) -> None:
        for before, after in pairwise(self.stops()):
            QWidget.setTabOrder(before, after)
        self.arranged.emit()
