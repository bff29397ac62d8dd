"""Observers of earlier meetings, offered again at the record at hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from branchbook.domain.records import PersonRef
from branchbook.ui.places.meetings.record_view import remembered_observers

if TYPE_CHECKING:
    from branchbook.ui.places.meetings.record_editing import RecordEditing

REMEMBERED = timedelta(days=400)
"""Observers of a little more than a year are offered again."""


class RememberedObservers(QObject):
    """Opens a menu of names below the attendance's field of observers."""

    def __init__(self, editing: RecordEditing) -> None:
        super().__init__(editing)
        self._editing = editing
        self.menu = QMenu(editing)
        editing.body_area.attendance.observers_asked.connect(self.ask)

    def ask(self) -> None:
        """Offer those who observed earlier meetings of this organisation."""
        place, record = self._editing.place, self._editing.keeping.record
        if record is None:
            return
        book, since = place.context.book, place.context.today - REMEMBERED

        def question() -> tuple[PersonRef, ...]:
            with book.reading() as reading:
                return remembered_observers(reading, record, since)

        place.ask(question, self._offer, key="observers")

    def _offer(self, remembered: tuple[PersonRef, ...]) -> None:
        section = self._editing.body_area.attendance
        named = set(section.observers.references())
        offered = [ref for ref in remembered if ref not in named][:15]
        self.menu.clear()
        for ref in offered:
            text = f"{ref.name}（{ref.post}）" if ref.post else ref.name
            action = QAction(text.replace("&", "&&"), self.menu)
            action.triggered.connect(lambda _=False, ref=ref: section.add_observer(ref))
            self.menu.addAction(action)
        if not offered:
            nobody = self.menu.addAction(self.tr("近一年没有记过别的列席人员"))
            nobody.setEnabled(False)
        button = section.remembered
        self.menu.popup(button.mapToGlobal(QPoint(0, button.height())))
