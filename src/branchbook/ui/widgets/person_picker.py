"""Pick a person by name or by the initials of its pinyin: zs finds 张三."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from branchbook.ui.preedit import composing

_SEARCHED = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Someone to pick. ``initials`` are the stored ones, several readings parted by blanks; ``note`` a post."""

    id: Any
    name: str
    initials: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """王建国（书记）."""
        return f"{self.name}（{self.note}）" if self.note else self.name


class PeopleModel(QAbstractListModel):
    """The choices, filtered by what is typed: part of the name, or the beginning of the initials."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[PersonChoice, ...] = ()
        self._shown: tuple[PersonChoice, ...] = ()
        self._words = ""

    def set_people(self, people: Sequence[PersonChoice]) -> None:
        """All that can be picked."""
        self._all = tuple(people)
        self.filter(self._words)

    def filter(self, words: str) -> None:
        """Show those that match; all of them when ``words`` is empty."""
        self.beginResetModel()
        self._words = words
        self._shown = tuple(each for each in self._all if matches(each, words))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many match."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The text of one."""
        if not index.isValid():
            return None
        person = self._shown[index.row()]
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)):
            return person.text
        return person if role == _SEARCHED else None

    @property
    def shown(self) -> tuple[PersonChoice, ...]:
        """Those that match, in order."""
        return self._shown

    @property
    def everyone(self) -> tuple[PersonChoice, ...]:
        """All of them."""
        return self._all


def matches(person: PersonChoice, words: str) -> bool:
    """Whether typed words mean this person."""
    typed = words.strip().lower()
    if not typed:
        return True
    return typed in person.text.lower() or any(
        each.startswith(typed) for each in person.initials.lower().split()
    )


class PersonPicker(QComboBox):
    """``picked`` gives a ``PersonChoice`` when the user picks one, None when the field is emptied.

    With ``free`` a name that is in no list is taken as typed: ``PersonChoice(None, name)``.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, free: bool = False) -> None:
        super().__init__(parent)
        self._free = free
        self._value: PersonChoice | None = None
        self._people = PeopleModel(self)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setModel(self._people)
        self._matching = PeopleModel(self)
        line = QLineEdit(self)
        line.textEdited.connect(self._matching.filter)
        line.returnPressed.connect(self.settle)
        self.setLineEdit(line)
        completer = QCompleter(self._matching, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated[QModelIndex].connect(lambda index: self._pick(index.row()))  # type: ignore[index]
        self.setCompleter(completer)
        self.activated.connect(lambda row: self._take(self._people.shown[row]))
        self.setCurrentIndex(-1)

    def set_people(self, people: Sequence[PersonChoice]) -> None:
        """Those to pick from; the person shown stays."""
        self._people.set_people(people)
        self._matching.set_people(people)
        self.set_value(self._value)

    def value(self) -> PersonChoice | None:
        """Who is picked."""
        return self._value

    def set_value(self, person: PersonChoice | None) -> None:
        """Show someone without telling."""
        self._value = person
        shown = self._people.shown
        self.setCurrentIndex(shown.index(person) if person in shown else -1)
        self.setEditText(person.text if person else "")

    def choose_id(self, person_id: Any) -> None:
        """Show the person with this id; nobody where the list has none."""
        self.set_value(next((each for each in self._people.everyone if each.id == person_id), None))

    def settle(self) -> None:
        """Take what is typed: a name, the only match, or (where free) the text itself."""
        if composing(self):
            return
        typed = self.currentText().strip()
        if typed == (self._value.text if self._value else ""):
            return
        exact = [each for each in self._people.everyone if typed in (each.text, each.name)]
        near = exact or [each for each in self._people.everyone if typed and matches(each, typed)]
        if len(near) == 1:
            self._take(near[0])
        elif not typed:
            self._take(None)
        elif self._free and not near:
            self._take(PersonChoice(None, typed))
        else:
            self.set_value(self._value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field takes what is typed."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def changeEvent(self, event: QEvent) -> None:
        """Give the line inside the field's own name, for screen readers."""
        super().changeEvent(event)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(self.accessibleName())

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._matching.shown):
            self._take(self._matching.shown[row])

    def _take(self, person: PersonChoice | None) -> None:
        before = self._value
        self.set_value(person)
        if person != before:
            self.picked.emit(person)
