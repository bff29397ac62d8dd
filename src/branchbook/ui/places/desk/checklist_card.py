"""One period of a checklist on the Desk: its items, ticked by records or by hand with what proves them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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


class ChecklistCard(Card):
    """Shown under the year grid while one of a checklist's cells is open."""

    def __init__(self, place: Place) -> None:
        super().__init__("", "", place)
        self._place = place
        self._finding: Finding | None = None
        self._rows: list[QWidget] = []
        shut = IconButton("x", self.tr("收起清单"), self)
        shut.clicked.connect(self.hide)
        self.add_action(shut)
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

    def _show(self, cells: tuple[ChecklistCell, ...]) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(cell) for cell in cells]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, cell: ChecklistCell) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        word, tone = (self.tr("已完成"), Tone.OK) if cell.satisfied else (self.tr("未完成"), Tone.WARN)
        line.addWidget(Badge(word, tone, row))
        line.addWidget(Text(cell.item.title, "", row))
        if cell.record_ids:
            text = self.tr("由 {n} 份记录满足").format(n=len(cell.record_ids))
            line.addWidget(Text(text, "dim", row))
            line.addStretch(1)
        elif cell.tick is not None:
            line.addWidget(Text(cell.tick.evidence, "dim", row), 1)
            take_back = Button(self.tr("取消登记"), "", row)
            take_back.clicked.connect(lambda: self._untick(cell))
            line.addWidget(take_back)
        else:
            self._add_evidence(line, cell, row)
        return row

    def _add_evidence(self, line: QHBoxLayout, cell: ChecklistCell, row: QWidget) -> None:
        evidence = LineField("", self.tr("佐证说明，如材料名称、日期"), row)
        evidence.setAccessibleName(self.tr("{item}的佐证说明").format(item=cell.item.title))
        done = Button(self.tr("登记完成"), "", row)
        done.clicked.connect(lambda: self._tick(cell, evidence.text()))
        line.addWidget(evidence, 1)
        line.addWidget(done)

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
