"""Pick a person by name or by the initials of its pinyin: zs finds 张三."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QWidget

from branchbook.ui.preedit import composing
from branchbook.ui.widgets.choice import RoomyRows
from branchbook.ui.widgets.fields import LeavableLine

MOST_SHOWN = 8
_SEARCHED = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Someone to pick. ``initials`` are the stored ones, several readings parted by blanks; ``note`` a post.

    ``shown`` is the name with what tells it from another of the same name; empty where it stands alone.
    """

    id: Any
    name: str
    initials: str = ""
    note: str = ""
    shown: str = ""

    @property
    def text(self) -> str:
        """王建国（书记）; of two of one name 张伟（1980年1月2日生）（书记）."""
        name = self.shown or self.name
        return f"{name}（{self.note}）" if self.note else name


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


class _Suggestions(QListView):
    """The people who match, below the field and inside its window: the field keeps the keyboard."""

    def __init__(self, field: QWidget, people: PeopleModel) -> None:
        super().__init__(field.window())
        self._field = field
        self.setProperty("role", "popup")
        self.setModel(people)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(RoomyRows(self))
        self.hide()

    def open_with(self, row: int) -> None:
        """Open under the field with a row highlighted, -1 for none; stay closed without anybody."""
        count = self.model().rowCount()
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = min(count, MOST_SHOWN) * self.sizeHintForRow(0) + 10
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        above = self._field.mapTo(window, QPoint(0, -height - 2))
        width = max(self._field.width(), 160, min(self.sizeHintForColumn(0) + 24, window.width() - below.x()))
        fits = below.y() + height <= window.height() or above.y() < 0
        self.setGeometry(QRect((below if fits else above), QSize(width, height)))
        self.setCurrentIndex(self.model().index(row, 0))
        self.setVisible(count > 0)
        self.raise_()

    def move_by(self, step: int) -> None:
        """Highlight the next or the one before."""
        row = min(max(self.currentIndex().row() + step, 0), self.model().rowCount() - 1)
        self.setCurrentIndex(self.model().index(row, 0))


class PersonPicker(LeavableLine):
    """``picked`` gives a ``PersonChoice`` when the user picks one, None when the field is emptied.

    Typing shows who matches: Enter and Tab take the one highlighted, Up and Down move, Esc closes the list;
    Down in an empty field shows everyone. Leaving by the mouse takes a name that is unmistakable, else the
    field shows again who was picked before. With ``free`` a name that is in no list is taken as typed:
    ``PersonChoice(None, name)``. With ``keeps`` what means nobody, or several, stays as typed and is told by
    ``unknown``.
    """

    picked = Signal(object)
    unknown = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, free: bool = False, keeps: bool = False) -> None:
        super().__init__(parent=parent)
        self._free, self._keeps = free, keeps
        self._value: PersonChoice | None = None
        self._people = PeopleModel(self)
        self._list = _Suggestions(self, self._people)
        self._list.clicked.connect(lambda index: self._take(self._people.shown[index.row()]))
        self.setPlaceholderText(self.tr("姓名或拼音首字母"))
        self.textEdited.connect(self._suggest)

    def set_people(self, people: Sequence[PersonChoice]) -> None:
        """Those to pick from; the person shown stays."""
        self._people.set_people(people)

    def value(self) -> PersonChoice | None:
        """Who is picked."""
        return self._value

    def set_value(self, person: PersonChoice | None) -> None:
        """Show someone without telling."""
        self._value = person
        self._list.hide()
        self.setText(person.text if person else "")
        if not self.hasFocus():
            self.setCursorPosition(0)  # of a text wider than the field the name is seen, not its end

    def refresh(self, person: PersonChoice | None) -> None:
        """Show whom the book names, unless a name is being typed here that it can't know yet."""
        if not self.being_typed:
            self.set_value(person)

    def choose_id(self, person_id: Any) -> None:
        """Show the person with this id; nobody where the list has none."""
        self.set_value(next((each for each in self._people.everyone if each.id == person_id), None))

    def lineEdit(self) -> PersonPicker:
        """The line that is typed in, as a combo box would give it: the picker itself."""
        return self

    @property
    def suggested(self) -> tuple[PersonChoice, ...]:
        """Who is offered just now; empty while the list is closed."""
        return self._people.shown if self._list.isVisible() else ()

    def settle(self) -> None:
        """Take what is typed: a name, the only match, or (where free) the text itself."""
        if composing(self):
            return
        self._list.hide()
        typed = self.text().strip()
        self.setModified(False)
        if typed == (self._value.text if self._value else ""):
            return
        exact = [each for each in self._people.everyone if typed in (each.text, each.name)]
        near = exact or [each for each in self._people.everyone if typed and matches(each, typed)]
        if not typed:
            self._take(None)
        elif len(near) == 1:
            self._take(near[0])
        elif self._free and not near:
            self._take(PersonChoice(None, typed))
        elif self._keeps:
            self.unknown.emit(typed)
        else:
            self.set_value(self._value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, take from it, close it."""
        key = event.key()
        if composing(self):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_highlighted()
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._list.isVisible():
            self.set_value(self._value)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Tab takes the one highlighted and goes on."""
        self._take_highlighted()
        return super().focusNextPrevChild(next)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into the empty field shows everyone."""
        super().mousePressEvent(event)
        if not self.text():
            self._suggest("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field takes what is typed."""
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.settle()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The list does not outlive its field."""
        super().hideEvent(event)
        self._list.hide()

    def _suggest(self, typed: str) -> None:
        self._people.filter(typed)
        self._list.open_with(0 if typed.strip() else -1)

    def _step(self, step: int) -> None:
        if self._list.isVisible():
            self._list.move_by(step)
        elif step > 0:
            known = self._value is not None and self.text() == self._value.text
            self._suggest("" if known else self.text())

    def _take_highlighted(self) -> None:
        row = self._list.currentIndex().row()
        if self._list.isVisible() and row >= 0:
            self._take(self._people.shown[row])
        else:
            self.settle()

    def _take(self, person: PersonChoice | None) -> None:
        before = self._value
        self.set_value(person)
        if person != before:
            self.picked.emit(person)
