"""整改: what the round found and put into the rectification ledger, entered here and followed up there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.procedures import ProcedureState
from branchbook.services.ledgers import LedgerLine
from branchbook.services.mentions import procedure_words
from branchbook.services.rectifications import (
    FROM_EVALUATION,
    RECTIFICATION,
    add_rectification,
    enter_found_problems,
)
from branchbook.ui.models.cells import CellColumn
from branchbook.ui.place import Destination, ShowLedger, ShowLedgerRow
from branchbook.ui.places.evaluations.yearly.round_view import RECTIFYING, EvaluationStep
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.cell_table import CellTable
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Elided, Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_MOST_ROWS = 6


class RectificationSection(StepSection):
    """Rows stay open after the round has ended: what was found is followed up in the ledger."""

    steps = RECTIFYING

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.counted = Elided("", "dim", self)
        self.take_button = Button(self.tr("列入指出的问题"), "list-checks", self)
        self.take_button.setToolTip(self.tr("各人的“主要问题”和评定为不合格的，各列一条"))
        self.take_button.clicked.connect(self.take)
        self.ledger_button = Button(self.tr("打开台账"), "archive", self)
        self.ledger_button.clicked.connect(self.open_ledger)
        self.table: CellTable[LedgerLine] = CellTable(lambda line: line.row.id, self, most_rows=_MOST_ROWS)
        self.table.setAccessibleName(self.tr("这次评议的整改问题"))
        self.table.opened.connect(lambda line, _: self._open_row(line.row.id))
        self.problem = LineField("", self.tr("查出的问题，回车登记"))
        self.problem.setAccessibleName(self.tr("查出的问题"))
        self.problem.returnPressed.connect(self.enter)
        self.member = ChoiceField()
        self.member.setAccessibleName(self.tr("涉及党员"))
        self.due_on = DateField(date.min)
        self.due_on.setAccessibleName(self.tr("整改时限"))
        self.due_on.setToolTip(self.tr("整改时限，可以不填"))
        self.enter_button = Button(self.tr("登记"), "plus", self)
        self.enter_button.clicked.connect(self.enter)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(self.tr("整改台账"), "label", self))
        head.addWidget(self.counted, 1)
        head.addWidget(self.take_button)
        head.addWidget(self.ledger_button)
        self._line = QWidget(self)
        lines = QVBoxLayout(self._line)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.problem)
        row = QHBoxLayout()  # a line of its own: in large text there is no room beside the problem
        row.setSpacing(8)
        row.addWidget(Text(self.tr("涉及党员"), "label", self._line))
        row.addWidget(self.member, 1)
        row.addWidget(Text(self.tr("整改时限"), "label", self._line))
        row.addWidget(self.due_on, 1)
        row.addWidget(self.enter_button)
        lines.addLayout(row)
        self.column.addLayout(head)
        self.column.addWidget(self.table)
        self.column.addWidget(self._line)

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the rows as the ledger holds them; what is being typed stays."""
        before = self.view
        another = before is None or before.procedure.id != view.procedure.id
        super().show_step(view, locked=locked)
        assert isinstance(view, EvaluationStep)
        if another:
            self._clear()
        lines = view.rectifications
        self.table.show_cells(lines, _columns())
        self.table.setVisible(bool(lines))
        left = sum(not line.row.text("done_on") for line in lines)
        words = self.tr("由这次评议列入 {n} 条，没有销号的 {left} 条")
        nothing = self.tr("这次评议还没有列入问题")
        self.counted.setText(words.format(n=len(lines), left=left) if lines else nothing)
        abandoned = view.procedure.state == ProcedureState.ABANDONED
        self.take_button.setVisible(bool(view.found) and not abandoned)
        self.take_button.setText(self.tr("列入指出的问题 {n}").format(n=len(view.found)))
        self._line.setVisible(not abandoned)
        people = [(each.person_id, each.name) for each in view.procedure.participants]
        chosen = self.member.value()
        self.member.set_choices([(None, self.tr("支部、班子")), *people])
        self.member.set_value(chosen)
        self.due_on.set_today(view.today)
        self.arranged.emit()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        stops = (
            self.take_button,
            self.ledger_button,
            self.table,
            self.problem,
            self.member,
            self.due_on,
            self.enter_button,
        )
        return [each for each in stops if each.isVisibleTo(self)]

    # -------------------------------------------------------------------------------------- doing

    def enter(self) -> None:
        """Enter the problem that is typed."""
        view, problem = self.view, self.problem.text().strip()
        if view is None or self.due_on.problem() is not None:
            return
        if not problem:
            self.problem.setFocus()
            return
        context, procedure = self.place.context, view.procedure
        book, actor = context.book, context.actor()
        person_id, due_on = self.member.value(), self.due_on.value()

        def entered(_: object) -> None:
            self._clear()
            self.problem.setFocus()

        self.do(
            lambda: add_rectification(
                book,
                procedure.organisation_id,
                problem,
                FROM_EVALUATION,
                actor,
                procedure_id=procedure.id,
                person_id=person_id,
                due_on=due_on,
            ),
            entered,
        )

    def take(self) -> None:
        """Enter what the round found of its members."""
        view = self.view
        if view is not None:
            book, actor, procedure_id = (
                self.place.context.book,
                self.place.context.actor(),
                view.procedure.id,
            )
            self.do(lambda: enter_found_problems(book, procedure_id, actor))

    def open_ledger(self) -> None:
        """Show the ledger, of its rows those of this round."""
        view = self.view
        if isinstance(view, EvaluationStep):
            words = procedure_words(view.procedure) if view.rectifications else ""
            self.place.go.emit(Destination("ledgers", ShowLedger(RECTIFICATION, words)))

    def _open_row(self, row_id: UUID) -> None:
        self.place.go.emit(Destination("ledgers", ShowLedgerRow(row_id)))

    def _clear(self) -> None:
        self.problem.set_value("")
        self.member.set_value(None)
        self.due_on.refresh(None)


def _columns() -> tuple[CellColumn[LedgerLine], ...]:
    say = QCoreApplication.translate
    words, rows = _words, CellColumn[LedgerLine]
    return (
        rows("problem", say("Rectifications", "问题表现"), words("problem"), 200, left=True, stretch=True),
        rows("member", say("Rectifications", "涉及党员"), words("member"), 84),
        rows("responsible", say("Rectifications", "责任人"), words("responsible"), 84, rank=1),
        rows("due_on", say("Rectifications", "整改时限"), words("due_on"), 96),
        rows("state", say("Rectifications", "状态"), _state, 76, tone=_tone),
    )


def _words(key: str) -> Callable[[LedgerLine], str]:
    return lambda line: " ".join(line.cells.get(key, "").split())


def _state(line: LedgerLine) -> str:
    if line.row.text("done_on"):
        return QCoreApplication.translate("Rectifications", "已销号")
    if line.overdue:
        return QCoreApplication.translate("Rectifications", "逾期")
    return line.cells.get("progress", "")


def _tone(line: LedgerLine) -> Tone | None:
    if line.row.text("done_on"):
        return Tone.OK
    return Tone.BAD if line.overdue else Tone.QUIET
