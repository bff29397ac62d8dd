"""What an earlier run left unsaved (a crash, a power cut): said in the banner, shown, and kept or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from branchbook.services.drafts import FoundDraft, discard_draft, found_records
from branchbook.services.store import Book
from branchbook.ui.places.meetings.record_editing import RecordEditing
from branchbook.ui.theme import Tone

if TYPE_CHECKING:
    from branchbook.ui.place import Place


class FoundDrafts(QObject):
    """Looks once for each book that is opened; ``showing`` is emitted before a draft is shown."""

    showing = Signal()

    def __init__(self, place: Place, editing: RecordEditing) -> None:
        super().__init__(place)
        self._place = place
        self._editing = editing
        self._found: FoundDraft | None = None
        self._looked_at: Book | None = None
        self._wanted = False
        place.banner.linked.connect(self.show_found)
        editing.notice.linked.connect(self.discard)

    def look(self) -> None:
        """Ask for drafts when a book is shown for the first time."""
        book = self._place.context.book
        if book is not self._looked_at:
            self._looked_at, self._found = book, None
            self._place.ask(lambda: found_records(book), self._take, key="drafts")

    def _take(self, found: tuple[FoundDraft, ...]) -> None:
        at_hand = self._editing.keeping.record
        records = [each for each in found if at_hand is None or each.value.id != at_hand.id]
        if not records:
            return
        self._found = records[0]
        if self._wanted:
            self.show_found()
            return
        words = self.tr("上次没有保存完的草稿：{words}").format(words=records[0].words)
        self._place.banner.say(Tone.WARN, words, link=self.tr("查看"))

    def show_found(self) -> None:
        """Show the draft, as soon as it is read; it is saved when the record is left, or given up."""
        found, self._wanted = self._found, self._found is None
        if found is None:
            return
        self._place.banner.clear()
        self.showing.emit()
        self._editing.show_record(found.value, found.stored, typed=True)
        self._editing.notice.say(
            Tone.WARN,
            self.tr("这里是上次没有保存完的内容，离开这份记录时就会保存"),
            link=self.tr("放弃这些内容"),
        )

    def discard(self) -> None:
        """Give the draft up; what the book holds stays."""
        found, self._found = self._found, None
        if found is None:
            return
        book = self._place.context.book
        self._editing.keeping.end()

        def shown(_: object) -> None:
            self._editing.clear()
            if found.stored is not None:
                self._editing.open(found.stored.id)

        self._place.context.commands.keep(lambda: discard_draft(book, found.value), shown, owner=self._place)
