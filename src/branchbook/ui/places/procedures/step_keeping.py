"""The step at hand: what is typed is kept as a draft at once, and becomes an operation when a field is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from branchbook.domain.problems import Problem
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.services.drafts import discard_draft, keep_draft
from branchbook.services.operations import Outcome
from branchbook.services.procedures import save_step

if TYPE_CHECKING:
    from branchbook.ui.place import Place

DRAFT_AFTER_MS = 400
"""After the last key; with the commit itself it stays under the half second that is promised."""

Change = Callable[[StepEntry], StepEntry]


class StepKeeping(QObject):
    """Holds a step's entry with every edit applied.

    ``procedure`` is what the book holds, ``entry`` what the screen shows. A finished procedure is kept as a
    draft only: it is written by a correction (``correcting``), for which ``corrected`` gives the whole of it.
    ``saved`` is emitted after an entry was stored, ``refused`` gives the problem where it was not: what was
    typed then stays, also while another step is shown.
    """

    saved = Signal()
    refused = Signal(object)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self.procedure: Procedure | None = None
        self.entry = StepEntry("")
        self.correcting = False
        self._submitted: StepEntry | None = None
        self._drafted: StepEntry | None = None
        self._waiting: dict[tuple[UUID, str], StepEntry] = {}
        self._stored_steps: tuple[StepEntry, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)

    # ----------------------------------------------------------------------------- what is at hand

    def begin(self, procedure: Procedure, step: str) -> None:
        """Take up a step; what was typed in it and refused before is there again."""
        self._timer.stop()
        self._set_aside()
        self._stored_steps = procedure.steps
        if self.procedure is None or self.procedure.id != procedure.id:
            self.correcting = False
        elif self.correcting:
            procedure = self.corrected or procedure
        self.procedure = procedure
        stored = procedure.entry(step)
        self.entry = self._waiting.pop((procedure.id, step), stored)
        self._submitted = self._drafted = stored if self.entry == stored else None
        if self._submitted is not None:
            self.entry = stored

    def take(self, procedure: Procedure) -> None:
        """The book holds the procedure like this now; what is typed and not stored yet stays."""
        if self.procedure is None or self.procedure.id != procedure.id or self.correcting:
            return
        self.procedure = procedure
        if not self.dirty:
            self.entry = self._submitted = self._drafted = procedure.entry(self.entry.step)

    def end(self) -> None:
        """Nothing is at hand any more."""
        self._timer.stop()
        self._set_aside()
        self.procedure, self.entry, self.correcting = None, StepEntry(""), False
        self._submitted = self._drafted = self.entry

    def remember(self, procedure_id: UUID, entry: StepEntry) -> None:
        """Show this entry when its step is taken up next: it was typed in an earlier run."""
        self._waiting[procedure_id, entry.step] = entry

    @property
    def dirty(self) -> bool:
        """Whether something was changed since it was last given to the book as an operation."""
        return self.procedure is not None and self.entry is not self._submitted

    @property
    def locked(self) -> bool:
        """Whether the procedure has ended and is not being corrected."""
        return self.procedure is not None and not self.procedure.is_open and not self.correcting

    @property
    def corrected(self) -> Procedure | None:
        """The procedure with what is typed in its steps."""
        return self.procedure.with_entry(self.entry) if self.procedure else None

    @property
    def steps_changed(self) -> bool:
        """Whether a correction changed any step."""
        corrected = self.corrected
        return corrected is not None and corrected.steps != self._stored_steps

    # ------------------------------------------------------------------------------------- edits

    def change(self, change: Change) -> None:
        """Apply an edit; the draft follows by itself."""
        if self.procedure is None or self.locked:
            return
        changed = change(self.entry)
        if changed != self.entry:
            self.entry = changed
            self._timer.start()

    def keep_draft(self) -> None:
        """Commit what is typed as a draft, now."""
        self._timer.stop()
        typed = self.corrected
        if typed is None or not self.dirty or self.entry is self._drafted:
            return
        self._drafted = self.entry
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.context.commands.keep(lambda: keep_draft(book, typed, actor), owner=self._place)

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Make an operation of what was changed (a draft while correcting), then go on."""
        procedure, entry = self.procedure, self.entry
        if procedure is None or not procedure.is_open or not self.dirty:
            self.keep_draft()
            if then is not None:
                then()
            return
        self._timer.stop()
        self._submitted = entry

        def arrived(kept: Procedure) -> None:
            self._take_saved(entry, kept)
            if then is not None:
                then()

        failed = partial(self._refused, procedure.id, entry)
        self._place.do(self._saving(procedure, entry), arrived, failed)

    def forget_correction(self) -> None:
        """Give up a correction: what was typed since it began is forgotten, also the draft of it."""
        typed = self.corrected
        self.procedure, self.correcting = None, False
        self._timer.stop()
        if typed is not None:
            book = self._place.context.book
            self._place.context.commands.keep(lambda: discard_draft(book, typed), owner=self._place)

    # ------------------------------------------------------------------------------------ inside

    def _saving(self, procedure: Procedure, entry: StepEntry) -> Callable[[], Outcome[Procedure]]:
        """What saves the entry, on the book's thread."""
        book, actor = self._place.context.book, self._place.context.actor()

        def operation() -> Outcome[Procedure]:
            outcome = save_step(book, procedure.id, entry, actor)
            discard_draft(book, outcome.value)
            return outcome

        return operation

    def _take_saved(self, submitted: StepEntry, kept: Procedure) -> None:
        if self.procedure is None or self.procedure.id != kept.id:
            return
        self.procedure = kept
        if self.entry is submitted:
            self.entry = self._submitted = self._drafted = kept.entry(submitted.step)
        self.saved.emit()

    def _refused(self, procedure_id: UUID, entry: StepEntry, problem: Problem) -> None:
        """Keep what was typed: here as it is, and in the book all of it but the day that was refused."""
        procedure = self.procedure
        if procedure is None or procedure.id != procedure_id or self.entry.step != entry.step:
            self._waiting[procedure_id, entry.step] = entry
        else:
            self._submitted = None
        if procedure is not None and procedure.id == procedure_id:
            stored = procedure.entry(entry.step)
            rest = replace(entry, done_on=None)
            if stored.done_on is None and entry.done_on is not None and rest != stored:
                self._place.do(self._saving(procedure, rest), self._take_rest, lambda _: None)
        self.keep_draft()
        self.refused.emit(problem)

    def _take_rest(self, kept: Procedure) -> None:
        if self.procedure is not None and self.procedure.id == kept.id:
            self.procedure = kept

    def _set_aside(self) -> None:
        """What was refused waits until its step is shown again."""
        if self.procedure is not None and self.dirty and not self.correcting:
            stored = self.procedure.entry(self.entry.step)
            if self.entry != stored:
                self._waiting[self.procedure.id, self.entry.step] = self.entry
