"""办结, 终止, 更正 and 删除 of the election at hand, with the strips that ask for reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.procedures import Procedure
from branchbook.services.drafts import discard_draft
from branchbook.services.guards import still_there
from branchbook.services.operations import Outcome
from branchbook.services.procedures import (
    abandon_procedure,
    correct_procedure,
    finish_procedure,
    remove_procedure,
)
from branchbook.ui.places.procedures.step_keeping import StepKeeping
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.card import ScrolledBody
from branchbook.ui.widgets.field_editors import settle_focus
from branchbook.ui.widgets.strips import ReasonStrip
from branchbook.ui.widgets.value_history import ValueHistory

if TYPE_CHECKING:
    from branchbook.ui.place import Place
    from branchbook.ui.places.procedures.step_sections import StepSection


HISTORY_HEIGHT = 220
"""Pixels: a procedure has a long history, and the step below it must stay in sight."""


class Endings(QObject):
    """``correcting_changed`` tells that a finished election may be written in now, or no longer."""

    correcting_changed = Signal()

    def __init__(self, place: Place, keeping: StepKeeping) -> None:
        super().__init__(place)
        self._place = place
        self._keeping = keeping
        self.sections: tuple[StepSection, ...] = ()
        self.strips = QWidget()
        self.abandoning = ReasonStrip(self.strips)
        self.correction = ReasonStrip(self.strips)
        self.deletion = ReasonStrip(self.strips)
        column = QVBoxLayout(self.strips)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for strip in (self.abandoning, self.correction, self.deletion):
            column.addWidget(strip)
        self.history = ValueHistory()
        self.past = ScrolledBody()
        self.past.column.setContentsMargins(14, 8, 14, 8)
        self.past.column.addWidget(self.history)
        self.past.setMinimumHeight(HISTORY_HEIGHT)
        self.past.hide()
        column.addWidget(self.past)
        self.history.closed.connect(self.past.hide)
        self.abandoning.confirmed.connect(self._abandon)
        self.correction.confirmed.connect(self._correct)
        self.correction.given_up.connect(self._give_up_correction)
        self.deletion.confirmed.connect(self._remove)

    def begin(self) -> None:
        """Another election is at hand: close every strip."""
        for strip in (self.abandoning, self.correction, self.deletion, self.past):
            strip.hide()

    def show_history(self) -> None:
        """What was done to the procedure, the latest first, and the way back."""
        procedure = self._keeping.procedure
        if procedure is not None:
            self.past.show()
            self.history.open(self._place, "procedure", str(procedure.id))

    def finish(self) -> None:
        """办结: freeze it; what is missing is said where it can't be."""
        procedure = self._keeping.procedure
        if procedure is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        self._keeping.save(lambda: self._do(lambda: finish_procedure(book, procedure.id, actor.today, actor)))

    def ask_abandon(self) -> None:
        """Ask why it is not carried on."""
        self.abandoning.ask(self.tr("终止原因"), self.tr("写一句为什么不再办理"), self.tr("终止办理"))

    def ask_correct(self) -> None:
        """Open a finished election for editing; it is written with its reason, as one correction."""
        self._keeping.correcting = True
        self.correction.ask(
            self.tr("更正原因"), self.tr("改好后写一句为什么，如“批复文号写错”"), self.tr("保存更正")
        )
        self.correcting_changed.emit()

    def ask_remove(self) -> None:
        """Move it to the recycle bin, with the reason where it has ended."""
        procedure = self._keeping.procedure
        if procedure is None:
            return
        if procedure.is_open:
            self._remove("")
        else:
            self.deletion.ask(
                self.tr("删除原因"), self.tr("办结后删除的进入回收站，可以恢复"), self.tr("删除")
            )

    # ------------------------------------------------------------------------------------ inside

    def _abandon(self, reason: str) -> None:
        procedure = self._keeping.procedure
        if procedure is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        self._keeping.save(
            lambda: self._do(lambda: abandon_procedure(book, procedure.id, actor.today, reason, actor))
        )

    def _correct(self, reason: str) -> None:
        """One press and one reason for all that was changed: what the sections hold first, then the steps."""
        settle_focus()
        changed = [each for each in self.sections if each.has_corrections]
        self._correct_sections(changed, reason, lambda: self._correct_steps(reason, alone=not changed))

    def _correct_sections(
        self, sections: Sequence[StepSection], reason: str, then: Callable[[], None]
    ) -> None:
        if not sections:
            then()
            return
        first, *others = sections
        first.correct(reason, lambda: self._correct_sections(others, reason, then))

    def _correct_steps(self, reason: str, *, alone: bool) -> None:
        corrected = self._keeping.corrected
        if corrected is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()

        def done(_: object) -> None:
            self._keeping.correcting = False
            self._keeping.end()
            self.begin()
            self.correcting_changed.emit()

        def operation() -> Outcome[Procedure]:
            with book.reading() as reading:
                stored = still_there(reading, Procedure, corrected.id, "这项办理事项")
            changed = replace(stored, steps=corrected.steps)  # a section may have written all else meanwhile
            outcome = correct_procedure(book, changed, reason, actor)
            discard_draft(book, outcome.value)
            return outcome

        if alone or self._keeping.steps_changed:
            self._place.do(operation, done)
        else:
            done(None)

    def _give_up_correction(self) -> None:
        self._keeping.forget_correction()
        for each in self.sections:
            if each.has_corrections:
                each.give_up()
        self.correcting_changed.emit()

    def _remove(self, reason: str) -> None:
        procedure = self._keeping.procedure
        if procedure is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        self._keeping.end()
        self._place.do(
            lambda: remove_procedure(book, procedure.id, actor, reason), lambda _: self._removed(procedure)
        )

    def _removed(self, procedure: Procedure) -> None:
        """It is gone from the list at one press: say where it is."""
        self.begin()
        text = self.tr("已删除{begun} 开始的{name}，它在回收站里")
        more = self.tr("按 Ctrl+Z 可以撤销，也可以在“备份与安全”的回收站里恢复。")
        said = text.format(begun=procedure.begun_on, name=shape_of(procedure.shape).name)
        self._place.banner.say(Tone.OK, said, more=more)

    def _do(self, operation: Callable[[], Outcome[Any]]) -> None:
        self._place.do(operation, lambda _: self.begin())
