"""What an earlier run left unsaved, told where the day begins."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from branchbook.services.drafts import FoundDraft, found_records
from branchbook.services.store import Book
from branchbook.ui.place import Destination, ShowFoundDraft
from branchbook.ui.theme import Tone

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class DraftNotice(QObject):
    """Says so in the Desk's banner, until the draft is saved or given up; its button shows the draft.

    Only what was found when the book was opened counts: what is being typed in this run is no surprise.
    """

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self._looked_at: Book | None = None
        self._found: frozenset[UUID] = frozenset()
        place.banner.linked.connect(self._show)

    def look(self) -> None:
        """Ask for drafts: all of them the first time, then for those that were found then."""
        book = self._place.context.book
        if book is not self._looked_at or self._found:
            self._place.ask(lambda: found_records(book), self._take, key="drafts")

    def _take(self, found: tuple[FoundDraft, ...]) -> None:
        book = self._place.context.book
        if book is not self._looked_at:
            self._looked_at, self._found = book, frozenset(each.draft.id for each in found)
        left = [each for each in found if each.draft.id in self._found]
        self._found = frozenset(each.draft.id for each in left)
        if left:
            words = self.tr("上次没有保存完的草稿：{words}").format(words=left[0].words)
            self._place.banner.say(Tone.WARN, words, link=self.tr("查看"))

    def _show(self) -> None:
        self._place.go.emit(Destination("meetings", ShowFoundDraft()))
