"""The search box connected to the book that is open: words go to the service, a chosen hit becomes a way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from branchbook.ui.place import (
    Destination,
    PlaceContext,
    ShowLedgerRow,
    ShowPerson,
    ShowProcedure,
    ShowRecord,
)
from branchbook.ui.search_box import SearchBox

if TYPE_CHECKING:
    from branchbook.services.search import FoundLine, SearchResult


class BookSearch(QObject):
    """``go`` gives the ``Destination`` of a hit."""

    go = Signal(object)

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box)
        self._box = box
        self._context: PlaceContext | None = None
        box.asked.connect(self._ask)
        box.chosen.connect(lambda hit: self.go.emit(destination_of(hit)))

    def set_context(self, context: PlaceContext | None) -> None:
        """Search this book from now on; None searches nothing."""
        self._context = context
        if context is None:
            self._box.forget()

    def _ask(self, words: str) -> None:
        if self._context is None:
            return
        book, today = self._context.book, self._context.today

        def found() -> SearchResult:
            from branchbook.services.search import search

            with book.reading() as reading:
                return search(reading, words, today)

        self._context.commands.ask(found, self._box.show_result, owner=self._box, key="search")


def destination_of(hit: FoundLine) -> Destination:
    """Where a hit is shown: people among the members, procedures in the place of their family, all else at its
    record."""
    entity, entity_id = hit.opens
    return destination_for(entity, entity_id, hit.family, hit.person_id)


def destination_for(
    entity: str, entity_id: UUID, family: str = "", person_id: UUID | None = None
) -> Destination:
    """Where a value is shown; ``family`` is that of a procedure, ``person_id`` whom in it."""
    if entity == "person":
        return Destination("members", ShowPerson(entity_id))
    if entity == "ledger_row":
        return Destination("ledgers", ShowLedgerRow(entity_id))
    if entity == "procedure":
        return Destination(place_of_family(family), ShowProcedure(entity_id, person_id=person_id))
    return Destination("meetings", ShowRecord(entity_id))


def place_of_family(family: str) -> str:
    """The place in which procedures of a family are shown."""
    from branchbook.catalogue.procedures.evaluation import FAMILY as EVALUATION
    from branchbook.services.moving_cases import FAMILIES

    if family == EVALUATION:
        return "evaluations"
    return "conversions" if family in FAMILIES else "elections"
