"""核定参评人员: the list by the roster of a day, changed by hand with a reason, and what the roster says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.evaluations import Elsewhere, Participant
from branchbook.domain.procedures import Procedure
from branchbook.services.evaluation_corrections import correct_exchange
from branchbook.services.evaluation_participants import (
    change_participant,
    mark_attendance,
    propose_participants,
    set_participants,
)
from branchbook.services.operations import Outcome
from branchbook.ui.places.evaluations.yearly.participant_form import ParticipantForm
from branchbook.ui.places.evaluations.yearly.participants_table import participant_columns
from branchbook.ui.places.evaluations.yearly.round_view import PARTICIPANTS, EvaluationStep
from branchbook.ui.places.procedures.step_sections import StepSection
from branchbook.ui.places.procedures.step_view import StepView
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.banner import Banner
from branchbook.ui.widgets.buttons import Button
from branchbook.ui.widgets.cell_table import CellTable
from branchbook.ui.widgets.labels import Elided, Text
from branchbook.ui.widgets.strips import ReasonStrip

if TYPE_CHECKING:
    from branchbook.ui.place import Place

_MOST_CHANGES = 5
_KEY = Qt.Key


class _PresenceKeys:
    """1 and 3 mark who came, space turns the mark, as in every list of attendance."""

    def __init__(self, section: ParticipantsSection) -> None:
        self._section = section

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key marks."""
        return event.key() in (_KEY.Key_1, _KEY.Key_3, _KEY.Key_Space) and not event.modifiers()

    def take_key(self, event: QKeyEvent) -> bool:
        """Mark the current member."""
        row = self._section.table.current_row
        if not self.wants(event) or row is None or not self._section.is_open:
            return False
        present = event.key() == _KEY.Key_1
        if event.key() == _KEY.Key_Space:
            present = row.present is not True
        self._section.mark(present)
        return True


class ParticipantsSection(StepSection):
    """Every change is given to the book as one operation."""

    steps = frozenset({PARTICIPANTS})
    parts = frozenset({"participants"})

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.sentence = Banner(self, closable=False)
        self.changes = Banner(self, closable=False)
        self.changes.linked.connect(self.take)
        self.table: CellTable[Participant] = CellTable(lambda each: each.person_id, self, most_rows=10)
        self.table.setAccessibleName(self.tr("参评人员"))
        self.table.keys = _PresenceKeys(self)
        self.form = ParticipantForm(self)
        self.table.moved.connect(lambda *_: self._show_current())
        self.table.opened.connect(lambda *_: self.form.takes_part.setFocus())
        self.form.edited.connect(self.change)
        self.correcting = ReasonStrip(self)
        self.correcting.confirmed.connect(self._correct)
        self.correcting.given_up.connect(self.form.forget)
        self._asking: UUID | None = None
        widgets = (self._head(), self.sentence, self.changes, self.table, self.correcting, self.form)
        for widget in widgets:
            self.column.addWidget(widget)

    def _head(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(self.tr("参评人员"), "label", line))
        self.hint = Elided(self.tr("方向键移动 · 回车改这一名 · 1 到会 3 缺席"), "dim", line)
        row.addWidget(self.hint, 1)
        self.take_button = Button(self.tr("按名册核定"), "users", line)
        self.take_button.clicked.connect(self.take)
        self.everyone_button = Button(self.tr("全部到会"), "", line)
        self.everyone_button.setToolTip(self.tr("先全部记到会，再用 3 标出缺席的"))
        self.everyone_button.clicked.connect(self.mark_everyone)
        row.addWidget(self.take_button)
        row.addWidget(self.everyone_button)
        return line

    # ------------------------------------------------------------------------------------ showing

    def show_step(self, view: StepView, *, locked: bool) -> None:
        """Show the list as the book holds it."""
        super().show_step(view, locked=locked)
        assert isinstance(view, EvaluationStep)
        listed = view.procedure.participants
        self.table.show_cells(listed, participant_columns())
        self.table.setVisible(bool(listed))
        if listed and self.table.current_row is None:
            self.table.select(listed[0].person_id, "name")
        self.hint.setVisible(bool(listed) and self.is_open)
        self.take_button.setVisible(self.is_open)
        self.everyone_button.setVisible(self.is_open and bool(listed))
        self._say(listed)
        self._say_changes(view)
        self._show_current()
        self.arranged.emit()

    @property
    def is_open(self) -> bool:
        """Whether the list may be changed; once the round has ended only what was sent or received is noted."""
        return self.view is not None and self.view.procedure.is_open and not self.locked

    def _say(self, listed: tuple[Participant, ...]) -> None:
        if not listed:
            words = self.tr("还没有核定：按“按名册核定”，逐人算出是否参加、是否评定等次")
            self.sentence.say(Tone.WARN, words)
            return
        words = self.tr("党员 {all} 名；参加评议 {part} 名，评定等次 {graded} 名，不评定 {none} 名")
        said = words.format(
            all=len(listed),
            part=sum(each.takes_part for each in listed),
            graded=sum(each.graded for each in listed),
            none=sum(not each.graded for each in listed),
        )
        received = sum(each.elsewhere == Elsewhere.RECEIVED for each in listed)
        sent = sum(each.elsewhere == Elsewhere.SENT for each in listed)
        away = self.tr("在流入地评议 {received} 名，外来流动党员 {sent} 名").format(
            received=received, sent=sent
        )
        self.sentence.say(Tone.OK, said, more=away if received or sent else "")

    def _say_changes(self, view: EvaluationStep) -> None:
        if not view.changes:
            self.changes.clear()
            return
        told = "；".join(each.text for each in view.changes[:_MOST_CHANGES])
        more = self.tr("等 {n} 处").format(n=len(view.changes)) if len(view.changes) > _MOST_CHANGES else ""
        words = self.tr("名册与参评名单不同：{changes}{more}").format(changes=told, more=more)
        link = "" if self.locked else self.tr("按名册重新核定")
        self.changes.say(Tone.WARN, words, more=self.tr("手工核定过的、到会情况都留着"), link=link)

    def _show_current(self) -> None:
        view = self.view
        if view is None:
            return
        current = self.table.current_row
        if self._asking is not None and (current is None or current.person_id != self._asking):
            self._asking = None
            self.refusal.clear()
        away = current is not None and current.elsewhere is not None and not self.locked
        self.form.show_participant(current, view.today, locked=not self.is_open, exchange=away)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        buttons = [each for each in (self.take_button, self.everyone_button) if not each.isHidden()]
        form = [] if self.form.isHidden() else self.form.stops()
        return [*buttons, *self.changes.stops(), self.table, *form]

    def leave(self) -> None:
        """Take what is typed about the current member."""
        if not self.form.isHidden() and not self.locked:
            self.form.settle()

    # ------------------------------------------------------------------------------------- edits

    def take(self) -> None:
        """Ask the roster of the step's day who takes part, and take that over."""
        view = self.view
        if view is None:
            return
        book, actor = self.place.context.book, self.place.context.actor()
        procedure, day = view.procedure, self.day

        def operation() -> Outcome[Procedure]:
            with book.reading() as reading:
                proposed = propose_participants(reading, procedure, day)
            return set_participants(book, procedure.id, proposed, actor)

        self.do(operation, lambda _: self.table.setFocus())

    def change(self, participant: Participant) -> None:
        """Change one line by hand; a reason that is wanted is asked for in its line."""
        view = self.view
        if view is None:
            return
        if not self.is_open:
            self.correcting.ask(
                self.tr("更正原因"), self.tr("如“结果已告知原支部”"), self.tr("保存更正"), focus=False
            )
            return
        book, actor = self.place.context.book, self.place.context.actor()

        def refused() -> None:
            self._asking = participant.person_id
            self.form.ask_reason()

        self.do(
            lambda: change_participant(book, view.procedure.id, participant, actor),
            lambda _: None,
            refused,
        )

    @property
    def has_corrections(self) -> bool:
        """Whether the exchange of a member's result was noted in a round that has ended."""
        return not self.correcting.isHidden()

    def _correct(self, reason: str) -> None:
        self.correct(reason, lambda: None)

    def correct(self, reason: str, then: Callable[[], None]) -> None:
        """Note of a round that has ended when a floating member's result was sent or received."""
        view, told = self.view, self.form.participant
        if view is None or told is None:
            return
        typed = self.form.typed()
        day = typed.exchanged_on
        if day is None:
            self.form.exchanged_on.setFocus()
            return
        book, actor = self.place.context.book, self.place.context.actor()

        def corrected(_: object) -> None:
            self.correcting.hide()
            then()

        self.do(
            lambda: correct_exchange(
                book, view.procedure.id, typed.person_id, typed.other_branch, day, reason, actor
            ),
            corrected,
        )

    def give_up(self) -> None:
        """Forget what was noted."""
        self.correcting.hide()
        self.form.forget()

    def mark(self, present: bool) -> None:
        """Note whether the current member came, and go on to the next."""
        row = self.table.current_row
        if row is not None and row.takes_part:
            self._mark({row.person_id: present})
            self.table.move_row(1)

    def mark_everyone(self) -> None:
        """Everyone who takes part came; the exceptions are marked after."""
        view = self.view
        if view is not None:
            self._mark({each.person_id: True for each in view.procedure.participants if each.takes_part})
            self.table.setFocus()

    def _mark(self, marks: dict[UUID, bool]) -> None:
        view = self.view
        if view is not None and marks:
            book, actor = self.place.context.book, self.place.context.actor()
            self.do(lambda: mark_attendance(book, view.procedure.id, marks, actor))
