"""决议: every resolution across the years, who is responsible, until when, and how it ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.services.evidence import places_below
from branchbook.services.resolutions import (
    ResolutionLine,
    close_resolution,
    reopen_resolution,
    resolution_lines,
)
from branchbook.ui.models.rows import Column
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.card import Card
from branchbook.ui.widgets.chips import Chips
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.empty_state import EmptyState
from branchbook.ui.widgets.fields import LineField
from branchbook.ui.widgets.labels import Elided, Text
from branchbook.ui.widgets.table import Table

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class ResolutionLedger(Card):
    """``opened`` gives the id of the record in which a resolution was passed; ``closed`` goes back."""

    opened = Signal(object)
    closed = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__("", "", place, padding=0)
        self._place = place
        self._lines: tuple[ResolutionLine, ...] = ()
        self.filters = Chips()
        self.filters.setFixedWidth(180)
        self.filters.set_chips([("open", self.tr("待落实")), ("all", self.tr("全部"))])
        self.filters.chosen.connect(lambda _: self._show())
        self.back_button = Button(self.tr("返回会议"), "arrow-left")
        self.back_button.clicked.connect(self.closed)
        self.add_action(self.filters)
        self.add_action(self.back_button)
        self.table: Table[ResolutionLine] = Table(
            self._columns(), self, key=lambda each: each.passed.resolution.id
        )
        self.table.setAccessibleName(self.tr("决议台账"))
        self.table.chosen.connect(lambda _: self._show_chosen())
        self.table.opened.connect(lambda line: self.opened.emit(line.passed.record_id))
        self.empty = EmptyState(
            "list-checks",
            self.tr("没有要落实的决议"),
            self.tr(
                "在会议记录的议题下加决议（Alt+R），写上负责人和期限，就会列在这里，并进入下次会议的议题。"
            ),
        )
        self.add(self.table, 1)
        self.add(self.empty, 1)
        self.add(self._closing_row())

    def _columns(self) -> tuple[Column[ResolutionLine], ...]:
        def text(line: ResolutionLine) -> str:
            return " ".join(line.passed.resolution.text.split())

        def due(line: ResolutionLine) -> str:
            day = line.passed.resolution.due_on
            return day.isoformat() if day else ""

        return (
            Column(self.tr("编号"), lambda line: line.number, 76),
            Column(self.tr("决议"), text),
            Column(self.tr("会议"), _meeting, 236),
            Column(self.tr("负责人"), lambda line: line.responsible, 120),
            Column(self.tr("期限"), due, 96),
            Column(self.tr("落实"), self._state, 132, tone=_tone),
        )

    def _closing_row(self) -> QWidget:
        self.closing = QWidget(self)
        row = QHBoxLayout(self.closing)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        self.chosen_text = Elided("", "", self.closing)
        self.done_on = DateField(date.min, self.closing)
        self.done_on.setFixedWidth(112)
        self.done_on.setAccessibleName(self.tr("落实日期"))
        self.outcome = LineField("", self.tr("落实情况，如“已修缮并验收”"), self.closing)
        self.outcome.setAccessibleName(self.tr("落实情况"))
        self.outcome.returnPressed.connect(self.mark_done)
        self.done_label = Text(self.tr("落实日期"), "label", self.closing)
        self.done_button = Button(self.tr("登记落实"), "check", self.closing, primary=True)
        self.done_button.clicked.connect(self.mark_done)
        self.reopen_button = Button(self.tr("撤回落实"), "undo-2", self.closing)
        self.reopen_button.clicked.connect(self.reopen)
        row.addWidget(self.chosen_text, 2)
        row.addWidget(self.done_label)
        row.addWidget(self.done_on)
        row.addWidget(self.outcome, 2)
        row.addWidget(self.done_button)
        row.addWidget(self.reopen_button)
        self.closing.hide()
        return self.closing

    def load(self) -> None:
        """Ask for all resolutions of the organisation and those below it."""
        context = self._place.context
        book, scope_id, today = context.book, context.scope.organisation_id, context.today
        self.done_on.set_today(today)

        def question() -> tuple[ResolutionLine, ...]:
            with book.reading() as reading:
                return resolution_lines(reading, places_below(reading.roster(), scope_id), today)

        self._place.ask(question, self._take, key="resolutions")

    def focus_table(self) -> None:
        """The keyboard into the ledger."""
        target = self.table if self.table.rows_model.rows else self.back_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark_done(self) -> None:
        """Note that the chosen resolution was carried out, on the day typed."""
        line = self.table.current_row
        if line is None:
            return
        self.done_on.settle()
        done_on = self.done_on.value() or self._place.context.today
        book, actor, outcome = self._place.context.book, self._place.context.actor(), self.outcome.value()
        passed = line.passed
        self._place.do(
            lambda: close_resolution(book, passed.record_id, passed.resolution.id, done_on, outcome, actor),
            lambda _: self.load(),
        )

    def reopen(self) -> None:
        """Take back that the chosen resolution was carried out."""
        line = self.table.current_row
        if line is None:
            return
        book, actor, passed = self._place.context.book, self._place.context.actor(), line.passed
        self._place.do(
            lambda: reopen_resolution(book, passed.record_id, passed.resolution.id, actor),
            lambda _: self.load(),
        )

    # ------------------------------------------------------------------------------------- inside

    def _take(self, lines: tuple[ResolutionLine, ...]) -> None:
        self._lines = lines
        self._show()

    def _show(self) -> None:
        waiting = [line for line in self._lines if line.passed.resolution.done_on is None]
        shown = waiting if self.filters.current == "open" else list(self._lines)
        words = self.tr("共 {n} 项，{waiting} 项待落实")
        self.set_title(self.tr("决议"), words.format(n=len(self._lines), waiting=len(waiting)))
        self.table.set_rows(shown)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self._show_chosen()

    def _show_chosen(self) -> None:
        line = self.table.current_row
        self.closing.setVisible(line is not None)
        if line is None:
            return
        resolution = line.passed.resolution
        done = resolution.done_on is not None
        self.chosen_text.setText(" ".join(resolution.text.split()))
        self.done_on.set_value(resolution.done_on or self._place.context.today)
        self.outcome.set_value(resolution.outcome)
        self.done_on.setReadOnly(done)
        self.outcome.setReadOnly(done)
        self.done_button.setVisible(not done)
        self.reopen_button.setVisible(done)

    def _state(self, line: ResolutionLine) -> str:
        done = line.passed.resolution.done_on
        if done:
            return self.tr("{day} 落实").format(day=done.isoformat())
        return self.tr("逾期") if line.overdue else self.tr("待落实")


def _meeting(line: ResolutionLine) -> str:
    day = line.passed.held_on
    return f"{day:%Y-%m-%d} {line.organisation_name}" if day else line.organisation_name


def _tone(line: ResolutionLine) -> Tone:
    if line.passed.resolution.done_on:
        return Tone.OK
    return Tone.BAD if line.overdue else Tone.WARN
