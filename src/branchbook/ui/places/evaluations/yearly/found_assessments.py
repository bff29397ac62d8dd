"""What an earlier run left unsaved in a round: a step's fields, or what was typed about a member."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from branchbook.domain.evaluations import Assessment
from branchbook.domain.procedures import Procedure
from branchbook.services.drafts import FoundDraft, found_drafts
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

    def look(self) -> None:
        """Ask for drafts when a book is shown for the first time, and which rounds of it are open."""
        book = self._place.context.book
        if book is not self._looked_at:
            self._looked_at, self._found = book, None
            self._place.ask(lambda: found_in(book), lambda told: self._take_both(*told), key="drafts")

    def _take_both(self, found: tuple[FoundDraft, ...], opened: frozenset[UUID]) -> None:
        for each in found:
            typed, stored = each.value, each.stored
            if isinstance(typed, Assessment) and typed.procedure_id in opened:
                self._show_member(typed)
                before = stored if isinstance(stored, Assessment) else None
                self._found = (typed.procedure_id, step_of(typed, before))
        self._take(found)


def found_in(book: Book) -> tuple[tuple[FoundDraft, ...], frozenset[UUID]]:
    """The drafts that an earlier run left, and the procedures that are open."""
    found = found_drafts(book)
    with book.reading() as reading:
        opened = (
            frozenset(each.id for each in reading.all(Procedure) if each.is_open) if found else frozenset()
        )
    return found, opened


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
