"""A resolution with who is responsible for it and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.records import PersonRef, Resolution
from branchbook.ui.places.meetings.speech_row import SPEAKER_WIDTH
from branchbook.ui.theme import Look, Tone
from branchbook.ui.widgets.badge import Badge
from branchbook.ui.widgets.date_field import DateField
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.long_text import LongText
from branchbook.ui.widgets.names_field import NamesField
from branchbook.ui.widgets.person_picker import PersonChoice

MOST_FOR_NAMES = 220
"""Pixels: where the text is very large the resolution itself needs the room more than the names do."""


class ResolutionRow(QWidget):
    """``edited`` gives the ``Resolution`` as it is now."""

    edited = Signal(object)

    def __init__(
        self,
        resolution: Resolution,
        people: Sequence[PersonChoice],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.resolution = resolution
        look = Look.current()
        label = Text(self.tr("决议"), "label", self)
        label.setFixedSize(look.px(SPEAKER_WIDTH), look.px(30))
        label.setIndent(look.px(10))
        self.text = LongText(self.tr("决议内容"), self)
        self.text.setAccessibleName(self.tr("决议内容"))
        self.responsible = NamesField(self)
        self.responsible.setPlaceholderText(self.tr("负责人"))
        self.responsible.setAccessibleName(self.tr("负责人"))
        self.responsible.setFixedWidth(min(look.px(128), MOST_FOR_NAMES))
        self.due = DateField(today, self)
        self.due.setPlaceholderText(self.tr("完成期限"))
        self.due.setAccessibleName(self.tr("完成期限"))
        self.due.setFixedWidth(look.px(108))
        self.done = Badge("", Tone.OK, self)
        self._lay_out(label)
        self._connect()
        self.show_resolution(resolution, people)

    def _lay_out(self, label: Text) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(label, 0, top)
        row.addWidget(self.text, 1)
        for widget in (self.responsible, self.due, self.done):
            row.addWidget(widget, 0, top)

    def _connect(self) -> None:
        self.text.edited.connect(lambda text: self._change(text=text))
        self.responsible.named.connect(self._charge)
        self.due.value_changed.connect(lambda day: self._change(due_on=day))

    def show_resolution(self, resolution: Resolution, people: Sequence[PersonChoice]) -> None:
        """Show a resolution."""
        self.resolution = resolution
        self.text.set_value(resolution.text)
        self.responsible.set_people(people)
        self.responsible.set_references(resolution.responsible)
        self.due.set_value(resolution.due_on)
        done = resolution.done_on
        self.done.say(self.tr("{day} 已落实").format(day=done.isoformat()) if done else "")

    def stops(self) -> list[QWidget]:
        """The fields in reading order."""
        return [self.text, self.responsible, self.due]

    def _charge(self, refs: tuple[PersonRef, ...]) -> None:
        self._change(responsible=refs)

    def _change(self, **values: object) -> None:
        self.resolution = replace(self.resolution, **values)  # type: ignore[arg-type]
        self.edited.emit(self.resolution)
