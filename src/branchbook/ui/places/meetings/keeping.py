"""The record at hand: what is typed is kept as a draft at once, and becomes an operation when a field is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from branchbook.domain.problems import Problem
from branchbook.domain.records import Record
from branchbook.services.drafts import discard_draft, keep_draft
from branchbook.services.meetings import save_record

if TYPE_CHECKING:
    from branchbook.ui.place import Place

DRAFT_AFTER_MS = 400
"""After the last key; with the commit itself it stays under the half second that is promised."""

Change = Callable[[Record], Record]


class Keeping(QObject):
    """Holds the record with every edit applied.

    ``record`` is what the screen shows, ``stored`` what the book holds (None: nothing yet). A final record
    is only kept as a draft: it is written by a correction. ``saved`` gives the stored record.
    """

    saved = Signal(object)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self.record: Record | None = None
        self.stored: Record | None = None
        self._submitted: Record | None = None
        self._drafted: Record | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)

    def begin(self, record: Record, stored: Record | None, *, typed: bool = False) -> None:
        """Take up a record; ``typed`` where it holds what was not saved yet (a draft that was found)."""
        self._timer.stop()
        self.record, self.stored = record, stored
        self._submitted = self._drafted = None if typed else record

    def end(self) -> None:
        """Nothing is at hand any more."""
        self._timer.stop()
        self.record = self.stored = self._submitted = self._drafted = None

    @property
    def dirty(self) -> bool:
        """Whether something was changed since it was last given to the book as an operation."""
        return self.record is not None and self.record is not self._submitted

    def change(self, change: Change) -> None:
        """Apply an edit; the draft follows by itself."""
        if self.record is None:
            return
        changed = change(self.record)
        if changed != self.record:
            self.record = changed
            self._timer.start()

    def keep_draft(self) -> None:
        """Commit what is typed as a draft, now."""
        self._timer.stop()
        record = self.record
        if record is None or not self.dirty or record is self._drafted:
            return
        self._drafted = record
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.context.commands.keep(lambda: keep_draft(book, record, actor), owner=self._place)

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Make an operation of what was changed (a draft where the record is final), then go on."""
        record = self.record
        if record is None or record.is_final or not self.dirty:
            self.keep_draft()
            if then is not None:
                then()
            return
        self._timer.stop()
        self._submitted = record
        book, actor = self._place.context.book, self._place.context.actor()

        def arrived(kept: Record) -> None:
            self._take(record, kept)
            if then is not None:
                then()

        self._place.do(lambda: save_record(book, record, actor), arrived, self._refused)

    def store(self, then: Callable[[], None]) -> None:
        """Save also a record in which nothing was typed yet, because something is to hang on it; then go on."""
        if self.stored is None:
            self._submitted = None
        self.save(then)

    def discard(self, then: Callable[[], None]) -> None:
        """Forget what was typed and not saved."""
        record = self.record
        self._timer.stop()
        if record is not None:
            book = self._place.context.book
            commands = self._place.context.commands
            commands.keep(lambda: discard_draft(book, record), lambda _: then(), owner=self._place)

    def _take(self, submitted: Record, kept: Record) -> None:
        if self.record is None or self.record.id != kept.id:
            return
        self.stored = kept
        if self.record is submitted:
            self.record = self._submitted = self._drafted = kept
        else:
            self.record = replace(self.record, created_at=kept.created_at, late_entry=kept.late_entry)
        self.saved.emit(kept)

    def _refused(self, problem: Problem) -> None:
        self._submitted = None
        self.keep_draft()
        self._place.banner.show_problem(problem)
