"""The candidates of one kind in the order of the ballot; keys move and remove them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from branchbook.domain.ballots import Candidate
from branchbook.ui.models.rows import Column
from branchbook.ui.style import ROW
from branchbook.ui.theme import Look
from branchbook.ui.widgets.table import Table

VOTES_COLUMN = 2


def remark_words(candidate: Candidate) -> str:
    """Why a candidate stands out of order, or stands no longer."""
    if candidate.withdrawn_reason:
        return QCoreApplication.translate("Candidates", "退出：{reason}").format(
            reason=candidate.withdrawn_reason
        )
    if candidate.manual_reason:
        return QCoreApplication.translate("Candidates", "不按笔画：{reason}").format(
            reason=candidate.manual_reason
        )
    return ""


class CandidatesTable(Table[Candidate]):
    """``moved`` gives -1 or 1 for the current candidate (Alt with the arrows), ``removed`` on Delete."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        columns: tuple[Column[Candidate], ...] = (
            Column(say("Candidates", "序号"), self._place_of, 56),
            Column(say("Candidates", "姓名"), lambda each: each.name, 160),
            Column(
                say("Candidates", "推荐票"),
                lambda each: "" if each.nominated_votes is None else str(each.nominated_votes),
                72,
                right=True,
            ),
            Column(say("Candidates", "说明"), remark_words),
        )
        super().__init__(columns, parent, key=lambda each: each.person_id)
        self.setAccessibleName(say("Candidates", "候选人"))

    def _place_of(self, candidate: Candidate) -> str:
        standing = [each for each in self.rows_model.rows if not each.withdrawn_reason]
        return str(standing.index(candidate) + 1) if candidate in standing else "—"

    def show_candidates(self, candidates: tuple[Candidate, ...], *, votes: bool) -> None:
        """Show these; the recommendation votes only where they are asked for or known."""
        known = any(each.nominated_votes is not None for each in candidates)
        self.setColumnHidden(VOTES_COLUMN, not (votes or known))
        self.set_rows(candidates)
        if candidates and self.current_row is None:
            self.select(candidates[0].person_id)
        look = Look.current()
        self.setFixedHeight(max(len(candidates), 1) * look.px(ROW) + look.px(32))
        self.setVisible(bool(candidates))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move a candidate, Delete removes one."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
