"""Who said what of a member: a row for each who spoke, one more by typing a name or its initials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from branchbook.domain.evaluations import Criticism
from branchbook.ui.theme import Look
from branchbook.ui.widgets.buttons import IconButton
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.long_text import LongText
from branchbook.ui.widgets.names_field import reference_of
from branchbook.ui.widgets.person_picker import PersonChoice, PersonPicker


class CriticismRow(QFrame):
    """One who spoke: ``edited`` gives the ``Criticism``, ``left`` when a field is left, ``removed`` by the button."""

    edited = Signal(object)
    left = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "row")
        self.criticism: Criticism | None = None
        self.name = Text("", "", self)
        self.name.setFixedWidth(Look.current().px(76))
        self.text = LongText(self.tr("提了什么意见"), self)
        self.text.setAccessibleName(self.tr("意见"))
        self.reply = LongText(self.tr("本人怎样回应（可不填）"), self)
        self.reply.setAccessibleName(self.tr("回应"))
        self.remove_button = IconButton("trash-2", self.tr("删去这条意见"), self)
        self.remove_button.clicked.connect(self.removed)
        self.text.edited.connect(lambda _: self._change())
        self.reply.edited.connect(lambda _: self._change())
        for field in (self.text, self.reply):
            field.left.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.name)
        row.addWidget(self.text, 3)
        row.addWidget(self.reply, 2)
        row.addWidget(self.remove_button)

    def show_criticism(self, criticism: Criticism, *, locked: bool) -> None:
        """Show one; the field that is typed in keeps its cursor."""
        self.criticism = criticism
        self.name.setText(criticism.by.name)
        self.text.set_value(criticism.text)
        self.reply.set_value(criticism.reply)
        for field in (self.text, self.reply):
            field.setReadOnly(locked)
        self.remove_button.setVisible(not locked)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self.text, self.reply, self.remove_button]

    def _change(self) -> None:
        if self.criticism is not None:
            self.criticism = replace(self.criticism, text=self.text.value(), reply=self.reply.value())
            self.edited.emit(self.criticism)


class CriticismsEditor(QWidget):
    """``edited`` gives the criticisms as typed, ``left`` when a field is left, ``arranged`` when rows came or went."""

    edited = Signal(object)
    left = Signal()
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CriticismRow] = []
        self._shown: tuple[Criticism, ...] = ()
        self._people: Sequence[PersonChoice] = ()
        self._locked = False
        self.picker = PersonPicker(self, free=True)
        self.picker.setAccessibleName(self.tr("谁提的意见"))
        self.picker.setPlaceholderText(self.tr("谁提的意见：姓名或拼音首字母，回车"))
        self.picker.setMaximumWidth(Look.current().px(300))
        self.picker.picked.connect(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.picker)

    def show_criticisms(
        self, criticisms: Sequence[Criticism], people: Sequence[PersonChoice], *, locked: bool
    ) -> None:
        """Show these; ``people`` are those who may speak."""
        self._shown, self._locked = tuple(criticisms), locked
        self._people = people
        self.picker.set_people(people)
        self.picker.setVisible(not locked)
        arranged = len(self.rows) != len(criticisms)
        while len(self.rows) > len(criticisms):
            gone = self.rows.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(criticisms):
            self._append()
        for row, each in zip(self.rows, criticisms, strict=True):
            row.show_criticism(each, locked=locked)
        if arranged:
            self.arranged.emit()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [stop for row in self.rows for stop in row.stops()] + [self.picker]

    def focus_first(self) -> None:
        """The keyboard where one more is added."""
        self.picker.setFocus()

    def _append(self) -> None:
        row, at = CriticismRow(self), len(self.rows)
        row.edited.connect(partial(self._change, at))
        row.left.connect(self.left)
        row.removed.connect(partial(self._remove, row))
        self.rows.append(row)
        self._column.insertWidget(at, row)
        row.show()

    def _add(self, choice: PersonChoice | None) -> None:
        """One more who spoke, with the keyboard in what was said."""
        if choice is None or self._locked:
            return
        self.picker.set_value(None)
        added = Criticism(reference_of(choice), "")
        self.show_criticisms((*self._shown, added), self._people, locked=False)
        self.edited.emit(self._shown)
        self.rows[-1].text.setFocus()

    def _change(self, at: int, criticism: Criticism) -> None:
        changed = list(self._shown)
        changed[at] = criticism
        self._shown = tuple(changed)
        self.edited.emit(self._shown)

    def _remove(self, row: CriticismRow) -> None:
        at = self.rows.index(row)
        left = tuple(each for number, each in enumerate(self._shown) if number != at)
        self.show_criticisms(left, self._people, locked=self._locked)
        self.edited.emit(self._shown)
        self.left.emit()
        self.picker.setFocus()
