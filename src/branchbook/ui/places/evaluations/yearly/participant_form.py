"""One member's part in the round, changed by hand with the reason; where a floating member is evaluated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.evaluations import Elsewhere, Participant
from branchbook.domain.people import Standing
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.fields import FieldGrid, LineField
from branchbook.ui.widgets.labels import Text


class ParticipantForm(QWidget):
    """``edited`` gives the ``Participant`` when a field was changed and left."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.participant: Participant | None = None
        self._today = date.min
        self.name = Text("", "title", self)
        self.takes_part = QCheckBox(self.tr("参加评议"), self)
        self.graded = QCheckBox(self.tr("评定等次"), self)
        self.reason = LineField("", self.tr("与按名册核定的不同，写明原因"))
        self.group = LineField("", self.tr("自评、互评在哪个党小组"))
        self.elsewhere = ChoiceField(
            [
                (None, self.tr("在本支部评议")),
                (Elsewhere.RECEIVED, self.tr("在流入地评议，收结果")),
                (Elsewhere.SENT, self.tr("外来流动党员，告知结果")),
            ]
        )
        self.other_branch = LineField("", self.tr("对方支部"))
        self.exchanged_on = DateField(date.min)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        for widget in (self.name, self.takes_part, self.graded):
            head.addWidget(widget)
        head.addStretch(1)
        self.fields = FieldGrid(2, self, label_width=64)
        self.fields.add(self.tr("原因"), self.reason, wide=True)
        self.fields.add(self.tr("评议地"), self.elsewhere)
        self.fields.add(self.tr("党小组"), self.group)
        self.fields.add(self.tr("对方支部"), self.other_branch)
        self.fields.add(self.tr("告知（收到）日期"), self.exchanged_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.fields)

    def _connect(self) -> None:
        for box in (self.takes_part, self.graded):
            box.clicked.connect(lambda _: self.settle())
        for line in (self.reason, self.group, self.other_branch):
            line.left.connect(self.settle)
        self.elsewhere.value_changed.connect(lambda _: self._change_place())
        self.exchanged_on.value_changed.connect(lambda _: self.settle())

    def show_participant(
        self, participant: Participant | None, today: date, *, locked: bool, exchange: bool = True
    ) -> None:
        """Show a member's part; a reason that is being typed stays.

        With ``exchange`` it may be noted when a result was sent or received, also where all else is ``locked``.
        """
        before = self.participant
        same = before is not None and participant is not None and before.person_id == participant.person_id
        typed = self.typed() if same and before is not None else None
        unsaved = typed is not None and typed != before
        self.participant, self._today = participant, today
        self.setVisible(participant is not None)
        if participant is None:
            return
        shown = typed if unsaved and typed is not None else participant
        self.name.setText(participant.name)
        self.takes_part.setChecked(shown.takes_part)
        self.graded.setChecked(shown.graded)
        self.reason.set_value(shown.reason)
        self.group.set_value(shown.group)
        self.elsewhere.set_value(shown.elsewhere)
        self.other_branch.set_value(shown.other_branch)
        self.exchanged_on.set_today(today)
        self.exchanged_on.refresh(shown.exchanged_on)
        self._lock(locked, exchange)
        self._show_exchange()

    def _lock(self, locked: bool, exchange: bool) -> None:
        self.reason.setReadOnly(locked)
        self.group.setReadOnly(locked)
        self.other_branch.setReadOnly(locked and not exchange)
        self.exchanged_on.setReadOnly(locked and not exchange)
        for widget in (self.takes_part, self.graded, self.elsewhere):
            widget.setEnabled(not locked)
        probationary = self.participant is not None and self.participant.standing != Standing.FULL
        if probationary and not self.graded.isChecked():
            self.graded.setEnabled(False)

    def _show_exchange(self) -> None:
        away = self.elsewhere.value() is not None
        self.fields.set_shown(self.other_branch, away)
        self.fields.set_shown(self.exchanged_on, away)

    def _change_place(self) -> None:
        self._show_exchange()
        self.settle()

    def typed(self) -> Participant:
        """The member's part as it is typed."""
        assert self.participant is not None
        return replace(
            self.participant,
            takes_part=self.takes_part.isChecked(),
            graded=self.graded.isChecked(),
            reason=self.reason.text(),
            group=self.group.text(),
            elsewhere=self.elsewhere.value(),
            other_branch=self.other_branch.text(),
            exchanged_on=self.exchanged_on.value(),
        )

    def settle(self) -> None:
        """Tell what was changed, once a field is left."""
        if self.participant is None or self.exchanged_on.problem() is not None:
            return
        typed = self.typed()
        if typed != self.participant:
            self.edited.emit(typed)

    def forget(self) -> None:
        """Show again what the book holds."""
        participant, self.participant = self.participant, None
        self.show_participant(participant, self._today, locked=True)

    def ask_reason(self) -> None:
        """Put the keyboard where the reason is written."""
        self.reason.setFocus()
        self.reason.selectAll()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        lines: list[QWidget] = [self.reason, self.elsewhere, self.group, self.other_branch, self.exchanged_on]
        return [self.takes_part, self.graded, *(each for each in lines if each.isVisibleTo(self))]
