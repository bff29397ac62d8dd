"""A problem that a meeting found goes into the rectification ledger, from the meeting's own record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from branchbook.domain.organisations import Organisation, OrganisationKind
from branchbook.domain.records import Record
from branchbook.services.ledger_values import LINK_RECORD, link_to, link_words
from branchbook.services.operations import Outcome
from branchbook.services.rectifications import RECTIFICATION, add_rectification, source_of
from branchbook.ui.place import Destination, ShowLedger
from branchbook.ui.widgets.strips import ReasonStrip

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class Rectifying(QObject):
    """``strip`` asks for the problem; the ledger is then shown with the rows of this meeting.

    ``with_owner`` stores the record at hand before something is linked to it.
    """

    def __init__(self, place: Place, with_owner: Callable[[Callable[[UUID], None]], None]) -> None:
        super().__init__(place)
        self._place = place
        self._with_owner = with_owner
        self._record: Record | None = None
        self._owner: UUID | None = None
        self.strip = ReasonStrip()
        self.strip.confirmed.connect(self._enter)

    def ask(self, record: Record, organisation: Organisation) -> None:
        """Ask which problem the meeting found; what a group found belongs to its branch."""
        in_group = organisation.kind == OrganisationKind.GROUP
        self._record, self._owner = record, organisation.parent_id if in_group else organisation.id
        prompt = self.tr("查出的问题")
        self.strip.ask(prompt, self.tr("一次一条；措施、责任人、时限在台账里填"), self.tr("列入整改台账"))

    def _enter(self, problem: str) -> None:
        record, owner = self._record, self._owner
        if record is None or owner is None:
            return
        if not problem.strip():
            self.strip.reason.setFocus()
            return
        book, actor, source = self._place.context.book, self._place.context.actor(), source_of(record.kinds)

        def enter(record_id: UUID) -> None:
            def operation() -> Outcome[str]:
                added = add_rectification(book, owner, problem.strip(), source, actor, record_id=record_id)
                link = link_to(LINK_RECORD, record_id)
                with book.reading() as reading:
                    return Outcome(link_words(reading, (link,)).get(link, ""), added.changes)

            self._place.do(operation, self._entered)

        self._with_owner(enter)

    def _entered(self, words: str) -> None:
        self.strip.hide()
        self._place.go.emit(Destination("ledgers", ShowLedger(RECTIFICATION, words)))
