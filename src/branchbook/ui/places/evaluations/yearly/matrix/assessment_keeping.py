"""The member at hand: what is typed is kept as a draft at once, and becomes an operation when a field is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from branchbook.domain.evaluations import Assessment
from branchbook.domain.problems import Problem, ReasonProblem
from branchbook.domain.procedures import Procedure
from branchbook.services.assessments import correct_assessments, save_assessment
from branchbook.services.drafts import discard_draft, keep_draft
from branchbook.services.evaluations import MemberRow
from branchbook.services.operations import Outcome

if TYPE_CHECKING:
    from branchbook.ui.place import Place

DRAFT_AFTER_MS = 400
"""After the last key; with the commit itself it stays under the half second that is promised."""

Change = Callable[[Assessment], Assessment]
Whose = tuple[UUID, UUID]
GRADE_MISSING, REASON = "等次", "理由"
"""What the matrix says is missing: a grade, or the reason without which the one that is typed is not stored."""


class AssessmentKeeping(QObject):
    """Holds a member's assessment with every edit applied; ``value`` is what the screen shows.

    What a service refuses stays as typed, also while another member is shown. In a round that has ended, edits are
    kept as a draft until they are written with a reason (``correct``). ``refused`` gives the problem and whose it
    is, ``saved`` is emitted after a member was stored, ``changed`` with every edit.
    """

    saved = Signal()
    refused = Signal(object, object)
    changed = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self.procedure: Procedure | None = None
        self.value: Assessment | None = None
        self._stored: Assessment | None = None
        self._submitted: Assessment | None = None
        self._drafted: Assessment | None = None
        self._waiting: dict[Whose, Assessment] = {}
        self._refusals: dict[Whose, Problem] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)

    # ----------------------------------------------------------------------------- who is at hand

    def show_row(self, procedure: Procedure, row: MemberRow) -> None:
        """Take up a member as the book holds it; what is typed about them and not stored yet stays."""
        person_id = row.participant.person_id
        same = self.value is not None and self._whose(self.value) == (procedure.id, person_id)
        self.procedure = procedure
        stored = row.assessment or Assessment(uuid4(), procedure.id, person_id, row.participant.name)
        if same and self.dirty:
            self._stored = row.assessment
            return
        if not same:
            self.keep_draft()  # typed just now: the clock will ask for another member
            self._set_aside()
        elif row.assessment is None and self.value is not None:
            stored = replace(stored, id=self.value.id)
        waiting = self._waiting.pop((procedure.id, person_id), None)
        self._stored = row.assessment
        self._submitted = self._drafted = stored
        self.value = replace(waiting, id=stored.id if row.assessment else waiting.id) if waiting else stored

    def remember(self, assessment: Assessment) -> None:
        """Show this when its member is taken up next: it was typed in an earlier run."""
        self._waiting[self._whose(assessment)] = assessment

    def end(self) -> None:
        """Nobody is at hand any more."""
        self._timer.stop()
        self._set_aside()
        self.procedure = self.value = self._stored = self._submitted = self._drafted = None

    @property
    def dirty(self) -> bool:
        """Whether something was changed since it was last given to the book as an operation."""
        return self.value is not None and self.value != self._submitted

    def shown_in(self, row: MemberRow) -> MemberRow:
        """A row of the matrix with what is typed about its member."""
        value, person_id = self.value, row.participant.person_id
        if value is None or person_id != value.person_id:
            typed = self._waiting.get((self.procedure.id, person_id)) if self.procedure else None
        else:
            typed = value if self.dirty else None
        if typed is None:
            return row
        if self.lacks_reason(person_id):
            missing = tuple(REASON if each == GRADE_MISSING else each for each in row.missing)
            row = replace(row, missing=missing if REASON in missing else (*missing, REASON))
        return replace(row, assessment=typed)

    def lacks_reason(self, person_id: UUID) -> bool:
        """Whether what is typed about a member is not stored, because it wants a reason."""
        whose = (self.procedure.id, person_id) if self.procedure else None
        return whose is not None and isinstance(self._refusals.get(whose), ReasonProblem)

    def refusal(self) -> Problem | None:
        """What was refused last and still is not stored, of anyone in the round."""
        found = [
            problem
            for (procedure_id, _), problem in self._refusals.items()
            if self.procedure is not None and procedure_id == self.procedure.id
        ]
        return found[-1] if found else None

    # ------------------------------------------------------------------------------------- edits

    def change(self, change: Change) -> None:
        """Apply an edit; the draft follows by itself."""
        if self.value is None:
            return
        changed = change(self.value)
        if changed != self.value:
            self.value = changed
            self._timer.start()
            self.changed.emit()

    def keep_draft(self) -> None:
        """Commit what is typed as a draft, now."""
        self._timer.stop()
        value = self.value
        if value is None or not self.dirty or value == self._drafted:
            return
        self._drafted = value
        self._keep(value)

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Make an operation of what was changed (a draft where the round has ended), then go on."""
        value, procedure = self.value, self.procedure
        if value is None or procedure is None or not self.dirty or not procedure.is_open:
            self.keep_draft()
            if then is not None:
                then()
            return
        book, actor = self._place.context.book, self._place.context.actor()
        self._submit(value, lambda: save_assessment(book, value, actor), then)

    def corrected(self) -> tuple[Assessment, ...]:
        """Everything that was changed about members of the round and is not stored."""
        if self.procedure is None:
            return ()
        typed = [each for (key, _), each in self._waiting.items() if key == self.procedure.id]
        return (*typed, self.value) if self.value is not None and self.dirty else tuple(typed)

    def correct(self, reason: str, then: Callable[[], None]) -> None:
        """Write what was changed of every member in a round that has ended, with the reason."""
        values = self.corrected()
        if not values:
            then()
            return
        book, actor = self._place.context.book, self._place.context.actor()

        def corrected(_: object) -> None:
            for each in values:
                self._waiting.pop(self._whose(each), None)
                self._refusals.pop(self._whose(each), None)
            if self.value in values:
                self._submitted = self._drafted = self.value
            self.saved.emit()
            then()

        def refused(problem: Problem) -> None:
            self.keep_draft()
            self.refused.emit(problem, self.value.person_id if self.value else values[-1].person_id)

        self._timer.stop()
        self._place.do(lambda: correct_assessments(book, values, reason, actor), corrected, refused)

    def forget(self) -> None:
        """Give up what was typed about members of the round and not stored."""
        self._timer.stop()
        typed = self.corrected()
        for each in typed:
            self._waiting.pop(self._whose(each), None)
            self._refusals.pop(self._whose(each), None)
        if self.value is not None:
            self.value = self._submitted
        book = self._place.context.book

        def discard() -> None:
            for each in typed:
                discard_draft(book, each)

        self._place.context.commands.keep(discard, owner=self._place)

    # ------------------------------------------------------------------------------------ inside

    def _submit(
        self,
        value: Assessment,
        operation: Callable[[], Outcome[Assessment]],
        then: Callable[[], None] | None,
    ) -> None:
        self._timer.stop()
        before, self._submitted = self._submitted, value

        def arrived(kept: Assessment) -> None:
            self._refusals.pop(self._whose(value), None)
            if self.value == value:
                self.value = self._submitted = self._drafted = kept
            self.saved.emit()
            if then is not None:
                then()

        def refused(problem: Problem) -> None:
            if self.value is not None and self._whose(self.value) == self._whose(value):
                self._submitted, self._drafted = before, None
                self.keep_draft()
            else:
                self._waiting[self._whose(value)] = value
                self._keep(value)
            self._refusals.pop(self._whose(value), None)
            self._refusals[self._whose(value)] = problem
            self.refused.emit(problem, value.person_id)

        self._place.do(operation, arrived, refused)

    def _keep(self, value: Assessment) -> None:
        book, actor = self._place.context.book, self._place.context.actor()
        self._place.context.commands.keep(lambda: keep_draft(book, value, actor), owner=self._place)

    def _set_aside(self) -> None:
        """What was refused waits until its member is shown again."""
        if self.value is not None and self.dirty:
            self._waiting[self._whose(self.value)] = self.value

    @staticmethod
    def _whose(assessment: Assessment) -> Whose:
        return assessment.procedure_id, assessment.person_id
