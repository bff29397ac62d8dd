"""定稿, 更正 and 删除 of the record at hand, with the strips that ask for reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchbook.domain.leftovers import Leftover
from branchbook.domain.records import Record
from branchbook.services.leftover_check import look_over
from branchbook.services.meetings import correct, finalise, missing_fields, remove_record
from branchbook.ui.places.meetings.advice_strip import AdviceStrip
from branchbook.ui.places.meetings.keeping import Keeping
from branchbook.ui.widgets.strips import ReasonStrip

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class Finishing(QObject):
    """``finished`` gives the record as stored, ``removed`` the one that is gone.

    ``correcting_changed`` tells whether a final record may be written in now.
    """

    finished = Signal(object)
    removed = Signal(object)
    correcting_changed = Signal(bool)
    given_up = Signal()

    def __init__(self, place: Place, keeping: Keeping) -> None:
        super().__init__(place)
        self._place = place
        self._keeping = keeping
        self.strips = QWidget()
        self.advice = AdviceStrip(self.strips)
        self.correction = ReasonStrip(self.strips)
        self.deletion = ReasonStrip(self.strips)
        column = QVBoxLayout(self.strips)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for strip in (self.advice, self.correction, self.deletion):
            column.addWidget(strip)
        self.advice.confirmed.connect(self._finalise)
        self.correction.confirmed.connect(self._correct)
        self.correction.given_up.connect(self._give_up_correction)
        self.deletion.confirmed.connect(self._remove)

    @property
    def correcting(self) -> bool:
        """Whether a final record is being corrected."""
        return self.correction.isVisibleTo(self.strips)

    def begin(self) -> None:
        """Another record is at hand: close every strip."""
        for strip in (self.advice, self.correction, self.deletion):
            strip.hide()

    # ------------------------------------------------------------------------------------- 定稿

    def finalise(self) -> None:
        """Save, look the record over, and make it final; with findings it waits for 仍然定稿."""
        record = self._keeping.record
        if record is None or record.is_final:
            return
        if self.advice.isVisibleTo(self.strips):
            self.advice.confirm_button.click()
            return
        self._keeping.save(self._look_over)

    def _look_over(self) -> None:
        record, book = self._keeping.record, self._place.context.book
        if record is None:
            return

        def question() -> tuple[Leftover, ...]:
            with book.reading() as reading:
                return look_over(reading, record)

        self._place.ask(question, self._advise, key="leftovers")

    def _advise(self, findings: tuple[Leftover, ...]) -> None:
        record = self._keeping.record
        if record is None or record.is_final:
            return
        if findings and not missing_fields(record):
            self.advice.advise(findings)
        else:
            self._finalise()

    def _finalise(self) -> None:
        self._keeping.save(self._finalise_saved)

    def _finalise_saved(self) -> None:
        record = self._keeping.record
        if record is None:
            return
        book, actor, record_id = self._place.context.book, self._place.context.actor(), record.id
        commands = self._place.context.commands
        commands.do(lambda: finalise(book, record_id, actor), self._finished, owner=self._place, step=True)

    def _finished(self, record: Record) -> None:
        self.begin()
        self._place.banner.clear()
        self.finished.emit(record)

    # ------------------------------------------------------------------------------------- 更正

    def begin_correction(self) -> None:
        """Open a final record for editing; it is written with its reason, as one correction."""
        prompt = self.tr("更正原因")
        self.correction.ask(prompt, self.tr("改好后写一句为什么，如“签到表漏看一人”"), self.tr("保存更正"))
        self.correcting_changed.emit(True)

    def _correct(self, reason: str) -> None:
        record = self._keeping.record
        if record is None:
            return
        book, actor = self._place.context.book, self._place.context.actor()
        begun_from = self._keeping.stored
        self._place.do(lambda: correct(book, record, reason, actor, begun_from), self._finished)

    def _give_up_correction(self) -> None:
        self._keeping.discard(self.given_up.emit)

    # ------------------------------------------------------------------------------------- 删除

    def delete(self) -> None:
        """Move the record to the recycle bin; a final one asks for the reason first."""
        record = self._keeping.record
        if record is None:
            return
        if record.is_final:
            self.deletion.ask(
                self.tr("删除原因"),
                self.tr("已定稿的记录删除后进入回收站，可以恢复"),
                self.tr("删除"),
            )
        elif self._keeping.stored is None:
            self._keeping.discard(lambda: self.removed.emit(record))
        else:
            self._remove("")

    def _remove(self, reason: str) -> None:
        record = self._keeping.record
        if record is None:
            return
        book, actor, record_id = self._place.context.book, self._place.context.actor(), record.id
        self._place.do(lambda: remove_record(book, record_id, actor, reason), self.removed.emit)
