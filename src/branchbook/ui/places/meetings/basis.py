"""Day, organisation and kinds of the record at hand: after each change the roster is asked who is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from branchbook.domain.problems import Problem
from branchbook.domain.records import Record
from branchbook.services.meetings import RosterFollowed, following_roster, with_day_changed
from branchbook.services.store import Reading
from branchbook.ui.places.meetings.beginning import copied
from branchbook.ui.places.meetings.keeping import Keeping
from branchbook.ui.places.meetings.record_view import moved_to, with_kinds
from branchbook.ui.widgets.field_editors import settle_focus

if TYPE_CHECKING:
    from branchbook.ui.place import Place

Asked = Callable[[Reading, Record], Record]


class Basis(QObject):
    """``changed`` is emitted after the record at hand holds the roster's answer, and is saved.

    ``followed`` gives a ``RosterFollowed`` where a draft that was opened again has other people due now.
    """

    changed = Signal()
    followed = Signal(object)

    def __init__(self, place: Place, keeping: Keeping) -> None:
        super().__init__(place)
        self._place = place
        self._keeping = keeping
        self._asking = False
        self._waiting: Callable[[], None] | None = None

    def set_day(self, day: date | None) -> None:
        """Another day: kept at once, then the roster of that day is asked; marks made are kept."""
        actor = self._place.context.actor()
        self._keeping.change(lambda record: replace(record, held_on=day))
        self._ask(lambda reading, record: with_day_changed(reading, record, actor))

    def set_organisation(self, organisation_id: UUID) -> None:
        """Another organisation holds it."""
        actor = self._place.context.actor()
        self._ask(lambda reading, record: moved_to(reading, record, organisation_id, actor))

    def set_kinds(self, kinds: tuple[str, ...]) -> None:
        """It is a meeting of these kinds at once."""
        actor = self._place.context.actor()
        self._ask(lambda reading, record: with_kinds(reading, record, kinds, actor))

    def follow_roster(self) -> None:
        """Bring a draft up to date with the roster of its day, which may have changed since it was kept."""
        record, book, actor = self._keeping.record, self._place.context.book, self._place.context.actor()
        if record is None or record.is_final or book.read_only:
            return

        def question() -> RosterFollowed:
            with book.reading() as reading:
                return following_roster(reading, record, actor)

        def arrived(answer: RosterFollowed) -> None:
            if answer.record is not record and self._keeping.record is record:
                self._keeping.change(lambda _: answer.record)
                if self._keeping.stored is not None:
                    self._keeping.save()
                self.changed.emit()
                self.followed.emit(answer)
            self._settled()

        self._asking = True
        self._place.context.commands.ask(
            question, arrived, owner=self._place, key="basis", failed=self._refused
        )

    def copy_last(self) -> None:
        """Fill what is still empty after the pattern of the last one of the same kind."""
        actor = self._place.context.actor()
        self._ask(lambda reading, record: copied(reading, record, actor))

    def when_settled(self, act: Callable[[], None]) -> None:
        """Let the field with the keyboard take what is typed in it, and act when the roster has answered."""
        settle_focus()
        self._waiting = act
        if not self._asking:
            self._go_on()

    def _ask(self, asked: Asked) -> None:
        record, book = self._keeping.record, self._place.context.book
        if record is None:
            return

        def question() -> Record:
            with book.reading() as reading:
                return asked(reading, record)

        self._asking = True
        commands = self._place.context.commands
        commands.ask(
            question,
            lambda answer: self._apply(asked, record, answer),
            owner=self._place,
            key="basis",
            failed=self._refused,
        )

    def _apply(self, asked: Asked, record: Record, answer: Record) -> None:
        self._asking = False
        current = self._keeping.record
        if current is not None and current.id == answer.id and current is not record:
            self._ask(asked)  # typed on while it was asked
            return
        if current is record:
            self._keeping.change(lambda _: answer)
            self._keeping.save()
            self.changed.emit()
        self._go_on()

    def _refused(self, problem: Problem) -> None:
        self._asking, self._waiting = False, None
        self._place.banner.show_problem(problem)

    def _settled(self) -> None:
        self._asking = False
        self._go_on()

    def _go_on(self) -> None:
        act, self._waiting = self._waiting, None
        if act is not None:
            act()
