"""One period of a checklist on the Desk: its items, ticked by records or by hand with what proves them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.requirements import Finding
from branchbook.services.checklists import ChecklistCell, checklist_cells, tick, untick
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class ItemRow(QWidget):
    """One item of a checklist. ``ticked`` gives its cell and what proves it, ``taken_back`` the cell."""

    ticked = Signal(object, str)
    taken_back = Signal(object)

    def __init__(self, cell: ChecklistCell, parent: QWidget) -> None:
        super().__init__(parent)
        self.cell = cell
        name = self.tr("{item}的佐证说明").format(item=cell.item.title)
        self.evidence = LineField("", self.tr("佐证说明，如材料名称、日期"), self)
        self.evidence.setAccessibleName(name)
        self.done = Button(self.tr("登记完成"), "", self)
        self.done.clicked.connect(lambda: self.ticked.emit(cell, self.evidence.text()))
        self.take_back = Button(self.tr("取消登记"), "", self)
        self.take_back.clicked.connect(lambda: self.taken_back.emit(cell))
        self._lay_out()

    def _lay_out(self) -> None:
        cell = self.cell
        word, tone = (self.tr("已完成"), Tone.OK) if cell.satisfied else (self.tr("未完成"), Tone.WARN)
        why = self.tr("由 {n} 份记录满足").format(n=len(cell.record_ids)) if cell.record_ids else ""
        if not why and cell.tick is not None:
            why = cell.tick.evidence
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Badge(word, tone, self))
        line.addWidget(Text(cell.item.title, "", self))
        line.addWidget(Text(why, "dim", self), 1 if why else 0)
        line.addWidget(self.evidence, 1)
        line.addWidget(self.done)
        line.addWidget(self.take_back)
        self.evidence.setVisible(not cell.satisfied)
        self.done.setVisible(not cell.satisfied)
        self.take_back.setVisible(cell.tick is not None and not cell.record_ids)


class ChecklistCard(Card):
    """Shown under the year grid while one of a checklist's cells is open."""

    def __init__(self, place: Place) -> None:
        super().__init__("", "", place)
        self._place = place
        self._finding: Finding | None = None
        self._rows: list[ItemRow] = []
        self._shut = IconButton("x", self.tr("收起清单"), self)
        self._shut.clicked.connect(self.hide)
        self.add_action(self._shut)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.body.addLayout(self._column)

    def show_finding(self, finding: Finding) -> None:
        """Open one period of a checklist."""
        self._finding = finding
        self.set_title(f"{finding.period.label}{finding.title}", finding.article)
        self.show()
        self.refresh()

    def refresh(self) -> None:
        """Ask again, where a period is open."""
        if self._finding is None or self.isHidden():
            return
        finding, book = self._finding, self._place.context.book
        checklist_id = UUID(finding.requirement.removeprefix("checklist:"))

        def question() -> tuple[ChecklistCell, ...]:
            with book.reading() as reading:
                year = finding.period_start.year
                cells = checklist_cells(reading, checklist_id, finding.organisation_id, year)
            return tuple(cell for cell in cells if cell.period.start == finding.period_start)

        self._place.ask(question, self._show, key="checklist")

    @property
    def rows(self) -> tuple[ItemRow, ...]:
        """The items shown, from top to bottom."""
        return tuple(self._rows)

    def _show(self, cells: tuple[ChecklistCell, ...]) -> None:
        focus = QApplication.focusWidget()
        had_keyboard = focus is not None and self.isAncestorOf(focus)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [ItemRow(cell, self) for cell in cells]
        for row in self._rows:
            row.ticked.connect(self._tick)
            row.taken_back.connect(self._untick)
            self._column.addWidget(row)
        if had_keyboard:
            self._keep_keyboard()

    def _keep_keyboard(self) -> None:
        """On the next item that is still to be done, else on the button that closes the card."""
        open_rows = [row.evidence for row in self._rows if not row.cell.satisfied]
        (open_rows[0] if open_rows else self._shut).setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self, cell: ChecklistCell, evidence: str) -> None:
        assert self._finding is not None
        book, actor, finding = self._place.context.book, self._place.context.actor(), self._finding
        checklist_id = UUID(finding.requirement.removeprefix("checklist:"))
        self._place.do(
            lambda: tick(
                book,
                checklist_id,
                cell.item.id,
                finding.organisation_id,
                finding.period_start,
                evidence,
                actor,
            )
        )

    def _untick(self, cell: ChecklistCell) -> None:
        book, actor, made = self._place.context.book, self._place.context.actor(), cell.tick
        assert made is not None
        self._place.do(lambda: untick(book, made.id, actor))
