"""Someone written on the ballot: a name, completed from the roster."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from branchbook.domain.ballot_counts import WrittenName
from branchbook.domain.ballots import BallotRound, Voter
from branchbook.services.initials import initials_of
from branchbook.ui.preedit import composing
from branchbook.ui.widgets.labels import Text
from branchbook.ui.widgets.person_picker import PersonChoice, PersonPicker

_ENTER_KEYS = (0x01000004, 0x01000005)
_ESCAPE = 0x01000000


def people_to_write(voters: Sequence[Voter], ballots: BallotRound) -> tuple[PersonChoice, ...]:
    """The roster of the election without those who stand: whom a voter may write in."""
    standing = {each.person_id for each in ballots.lines if each.person_id}
    names = {each.name for each in ballots.lines}
    return tuple(
        PersonChoice(each.person_id, each.name, initials_of(each.name))
        for each in voters
        if each.person_id not in standing and each.name not in names
    )


class WriteInPicker(PersonPicker):
    """``entered`` on Enter with the name that was picked or typed, ``given_up`` on Esc or on nothing."""

    entered = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, free=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the name and leaves the field; Esc leaves it without one."""
        if composing(self):
            super().keyPressEvent(event)
        elif event.key() in _ENTER_KEYS:
            super().keyPressEvent(event)
            self._finish()
            event.accept()
        elif event.key() == _ESCAPE and not self.suggested:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        person = self.value()
        if person is None:
            self.given_up.emit()
        else:
            self.entered.emit(person)


class WriteInRow(QWidget):
    """Hidden until it is asked for. ``written`` gives a ``WrittenName``, ``closed`` is emitted either way."""

    written = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picker = WriteInPicker(self)
        self.picker.setAccessibleName(self.tr("另选他人的姓名"))
        self.picker.entered.connect(self._take)
        self.picker.given_up.connect(self.close_row)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Text(self.tr("另选他人"), "label", self))
        row.addWidget(self.picker, 1)
        row.addWidget(Text(self.tr("回车写入，Esc 取消"), "dim", self))
        self.hide()

    def open_row(self, people: Sequence[PersonChoice]) -> None:
        """Ask for a name."""
        self.picker.set_people(people)
        self.picker.set_value(None)
        self.show()
        self.picker.setFocus()

    def close_row(self) -> None:
        """Ask no longer."""
        self.hide()
        self.closed.emit()

    def _take(self, person: PersonChoice) -> None:
        self.close_row()
        self.written.emit(WrittenName(person.name.strip(), person.id))
