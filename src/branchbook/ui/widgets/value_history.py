"""What was done to the value at hand, by whom, and which fields differ: shown when it is asked for.

The same for a record, a person, a procedure. An earlier state can be chosen and put back (``going_back``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from branchbook.services.going_back import go_back
from branchbook.services.history import ValueChange, person_history, value_history
from branchbook.ui.theme import Tone
from branchbook.ui.widgets.buttons import Button, IconButton
from branchbook.ui.widgets.choice import ChoiceField
from branchbook.ui.widgets.labels import Text

if TYPE_CHECKING:
    from branchbook.ui.place import Place

MOST_CHANGES, MOST_FIELDS, MOST_LETTERS = 60, 8, 120


class ValueHistory(QWidget):
    """The latest change first. Hidden until asked for; Esc or its button closes it, which ``closed`` tells."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self._value = ("", "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("修改历史"))
        self.lines = Text("", "dim-body", self, wrap=True)
        self.earlier = ChoiceField((), self)
        self.earlier.setAccessibleName(self.tr("从前的内容"))
        self.back_button = Button(self.tr("恢复成这时的内容"), "undo-2", self)
        self.back_button.clicked.connect(self.go_back)
        self.close_button = IconButton("x", self.tr("收起修改历史"), self)
        self.close_button.clicked.connect(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addWidget(self.lines)
        self.hide()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(Text(self.tr("修改历史"), "label", self))
        head.addStretch(1)
        for widget in (self.earlier, self.back_button, self.close_button):
            head.addWidget(widget)
        return head

    def shut(self) -> None:
        """Close it."""
        self.hide()
        self.closed.emit()

    def stops(self) -> list[QWidget]:
        """What Tab visits in it, in order."""
        return [self, self.earlier, self.back_button, self.close_button]

    def open(self, place: Place, entity: str, entity_id: str) -> None:
        """Ask for the history of a value and show it, with the keyboard here."""
        self._place, self._value = place, (entity, entity_id)
        book = place.context.book

        def question() -> tuple[ValueChange, ...]:
            with book.reading() as reading:
                if entity == "person":
                    return person_history(reading, UUID(entity_id))
                return value_history(reading, entity, entity_id)

        place.ask(question, self.show_changes, key="history")

    def show_changes(self, changes: Sequence[ValueChange]) -> None:
        """Show these, with the keyboard here."""
        shown = [self._words(each) for each in changes[:MOST_CHANGES]]
        if len(changes) > MOST_CHANGES:
            shown.append(self.tr("……更早的见“备份与安全”的修改记录"))
        self.lines.setText("\n".join(shown) or self.tr("还没有修改记录"))
        latest: dict[tuple[str, str], UUID] = {}
        for each in changes:
            latest.setdefault(each.value, each.operation_id)
        earlier = [
            each
            for each in changes[:MOST_CHANGES]
            if each.what != "删除" and latest[each.value] != each.operation_id
        ]
        self.earlier.set_choices(
            ((each.operation_id, each.value), f"{each.at:%Y-%m-%d %H:%M} {each.label}") for each in earlier
        )
        for widget in (self.earlier, self.back_button):
            widget.setVisible(
                bool(earlier) and self._place is not None and not self._place.context.book.read_only
            )
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """Put the chosen earlier state back: a further operation, which can be undone."""
        place, chosen = self._place, self.earlier.value()
        if place is None or chosen is None:
            return
        operation_id, value = chosen
        book, actor = place.context.book, place.context.actor()

        def told(names: tuple[str, ...]) -> None:
            words = self.tr("已恢复：{names}。可按 Ctrl+Z 撤销").format(names="、".join(names))
            place.banner.say(Tone.OK, words)
            self.open(place, *self._value)

        place.do(lambda: go_back(book, operation_id, actor, value), told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def _words(self, change: ValueChange) -> str:
        reason = self.tr("，原因：{reason}").format(reason=change.reason) if change.reason else ""
        head = self.tr("{at} {who} {label}{reason}").format(
            at=f"{change.at:%Y-%m-%d %H:%M}", who=change.who, label=change.label, reason=reason
        )
        if change.value != self._value and self._value[0]:
            head = self.tr("{head}（{what} {name}）").format(head=head, what=change.what, name=change.name)
        if change.what == "新增":
            return head
        fields = [
            f"　　{each.label}"
            if each.withheld
            else self.tr("　　{label}：{before} → {after}").format(
                label=each.label,
                before=_short(each.before) or self.tr("（空）"),
                after=_short(each.after) or self.tr("（空）"),
            )
            for each in change.differences[:MOST_FIELDS]
        ]
        return "\n".join((head, *fields))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_LETTERS else line[: MOST_LETTERS - 1] + "…"
