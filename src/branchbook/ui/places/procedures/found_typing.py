"""What an earlier run left unsaved in a step (a crash, a power cut): said in the banner, shown where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from branchbook.catalogue.procedures_list import shape_of
from branchbook.domain.procedures import Procedure
from branchbook.services.drafts import FoundDraft, found_drafts
from branchbook.services.store import Book
from branchbook.ui.places.procedures.step_keeping import StepKeeping
from branchbook.ui.theme import Tone

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class FoundTyping(QObject):
    """Looks once for each book at the procedures of these families.

    ``show`` is called with the procedure and the step when the link is pressed.
    """

    def __init__(
        self,
        place: Place,
        keeping: StepKeeping,
        show: Callable[[UUID, str], None],
        families: frozenset[str],
    ) -> None:
        super().__init__(place)
        self._families = families
        self._place = place
        self._keeping = keeping
        self._show = show
        self._looked_at: Book | None = None
        self._found: tuple[UUID, str] | None = None
        place.banner.linked.connect(self.show_found)

    def look(self) -> None:
        """Ask for drafts when a book is shown for the first time."""
        book = self._place.context.book
        if book is not self._looked_at:
            self._looked_at, self._found = book, None
            self._place.ask(lambda: found_drafts(book), self._take, key="drafts")

    def _take(self, found: tuple[FoundDraft, ...]) -> None:
        for each in found:
            typed, stored = each.value, each.stored
            if not isinstance(typed, Procedure) or not isinstance(stored, Procedure) or not stored.is_open:
                continue
            if shape_of(typed.shape).family not in self._families:
                continue
            for entry in typed.steps:
                if entry != stored.entry(entry.step):
                    self._keeping.remember(typed.id, entry)
                    self._found = (typed.id, entry.step)
        if self._found is not None:
            words = self.tr("上次有一步没有保存完，填的内容还在")
            self._place.banner.say(Tone.WARN, words, link=self.tr("查看"))

    def show_found(self) -> None:
        """Show the step with what was typed; it is saved when it is left."""
        if self._found is not None:
            self._place.banner.clear()
            self._show(*self._found)
