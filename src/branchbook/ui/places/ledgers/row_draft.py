"""What is typed in a row and cannot be kept as one yet: kept as a draft after a pause, dropped when it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from branchbook.domain.ledgers import LedgerRow
from branchbook.services.drafts import discard_draft, keep_draft

if TYPE_CHECKING:
    from branchbook.ui.place import Place

PAUSE_MS = 1000
"""So long after the last key what cannot be a row yet is kept as a draft."""


class RowDraft(QObject):
    """``typed`` gives the row as it is typed now, None where the book holds all of it."""

    def __init__(self, place: Place, typed: Callable[[], LedgerRow | None]) -> None:
        super().__init__(place)
        self._place = place
        self._typed = typed
        self._kept: LedgerRow | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._keep)

    def found(self, row: LedgerRow | None) -> None:
        """The draft that the book holds of the row now shown."""
        self._kept = row

    def edited(self) -> None:
        """Something was typed: keep it when the keyboard rests."""
        self._pause.start()

    def drop(self, then: Callable[[], None] | None = None) -> None:
        """Forget the draft, then go on."""
        self._pause.stop()
        kept, self._kept = self._kept, None
        if kept is None:
            if then is not None:
                then()
            return
        book, commands = self._place.context.book, self._place.context.commands
        commands.keep(
            lambda: discard_draft(book, kept), lambda _: then() if then else None, owner=self._place
        )

    def _keep(self) -> None:
        typed = self._typed()
        if typed is None:
            return
        self._kept = typed
        context = self._place.context
        book, actor = context.book, context.actor()
        context.commands.keep(lambda: keep_draft(book, typed, actor), owner=self._place)
