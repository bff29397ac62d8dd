"""What an earlier run left unsaved in a round: a step's fields, or what was typed about a member."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from branchbook.domain.evaluations import Assessment
from branchbook.domain.procedures import Procedure
from branchbook.services.drafts import FoundDraft
from branchbook.services.store import Book
from branchbook.ui.places.evaluations.yearly.matrix.columns import PAGE_OF_STEP, Page
from branchbook.ui.places.evaluations.yearly.round_view import FAMILIES
from branchbook.ui.places.procedures.found_typing import FoundTyping
from branchbook.ui.places.procedures.step_keeping import StepKeeping

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class FoundInRound(FoundTyping):
    """``show_member`` is called with what was typed about a member, and the step whose page shows it."""

    def __init__(
        self,
        place: Place,
        keeping: StepKeeping,
        show: Callable[[UUID, str], None],
        show_member: Callable[[Assessment], None],
    ) -> None:
        super().__init__(place, keeping, show, FAMILIES)
        self._show_member = show_member

    def _take(self, found: tuple[FoundDraft, ...]) -> None:
        book = self._place.context.book
        for each in found:
            if isinstance(each.value, Assessment) and _is_open(book, each.value):
                stored = each.stored if isinstance(each.stored, Assessment) else None
                self._show_member(each.value)
                self._found = (each.value.procedure_id, step_of(each.value, stored))
        super()._take(found)


def _is_open(book: Book, assessment: Assessment) -> bool:
    with book.reading() as reading:
        procedure = reading.get(Procedure, assessment.procedure_id)
    return procedure is not None and procedure.is_open


_PAGES = {
    Page.SELF: ("summary", "self_grade", "self_criticism"),
    Page.MUTUAL: ("criticisms",),
    Page.GRADING: (
        "opinion",
        "grade",
        "departure_reason",
        "problems",
        "advice",
        "superior_opinion",
        "superior_on",
    ),
    Page.FEEDBACK: ("fed_back_on", "agrees", "own_words"),
    Page.USE: ("use", "remark"),
}


def step_of(typed: Assessment, stored: Assessment | None) -> str:
    """The first step of which something was typed that the book does not hold."""
    empty = Assessment(typed.id, typed.procedure_id, typed.person_id, typed.name)
    before = stored or empty
    for step, page in PAGE_OF_STEP.items():
        if any(getattr(typed, name) != getattr(before, name) for name in _PAGES[page]):
            return step
    return next(iter(PAGE_OF_STEP))
