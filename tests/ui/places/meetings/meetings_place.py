"""The Meetings place on the small book, a committee of five in it, and a hand that types and counts its keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from branchbook.domain.people import FactKind, PersonFact, Post
from branchbook.domain.records import AgendaItem, PersonRef, Record, Speech
from branchbook.services.meetings import finalise, save_record
from branchbook.services.operations import operate
from branchbook.services.record_defaults import new_record
from branchbook.services.store import Book, RecordQuery
from branchbook.ui.place import Subject
from branchbook.ui.places.meetings import Meetings
from tests.fakes import FakeBook
from tests.services.small_book import FIRST_BRANCH, actor, named

COMMITTEE = {
    "赵示例": Post.SECRETARY,
    "钱示例": Post.DEPUTY_SECRETARY,
    "孙示例": Post.ORGANISATION_MEMBER,
    "李示例": Post.PUBLICITY_MEMBER,
    "周示例": Post.DISCIPLINE_MEMBER,
}
HELD_ON = date(2026, 11, 20)


class Photos:
    """Reduces nothing: the files of these tests are no pictures that could be printed."""

    def reduced(self, content: bytes) -> bytes:
        return content


class Room:
    """The outer rooms, of which this place asks only for photos."""

    photos = Photos()


class ChosenFile:
    """Answers every question for a file with the one that the test set."""

    path: Path | None = None

    def open_file(self, title: str, pattern: str) -> Path | None:
        return self.path


def elect_committee(book: Book) -> None:
    """Five posts in the first branch, since 2024."""
    with operate(book, actor(), "选举") as operating:
        for name, post in COMMITTEE.items():
            operating.writing.put(
                PersonFact(
                    uuid5(named(name), "post"),
                    named(name),
                    FactKind.POST,
                    post.value,
                    date(2024, 3, 1),
                    None,
                    FIRST_BRANCH,
                )
            )


def stored_record(
    book: FakeBook,
    kind: str = "general_meeting",
    day: date | None = HELD_ON,
    *,
    whose: UUID = FIRST_BRANCH,
    final: bool = False,
    **values: object,
) -> Record:
    """A record with everything that it needs, saved and, if wanted, final."""
    with book.reading() as reading:
        record = new_record(reading, kind, whose, day, actor())
    people = {"chair": (PersonRef("赵示例", named("赵示例")),), "minute_taker": (PersonRef("钱示例"),)}
    given: dict[str, object] = {
        "subject": "讨论年度工作",
        "agenda": (AgendaItem(uuid4(), "讨论年度工作", (Speech("赵示例", "同意。", named("赵示例")),)),),
        "people": {**people, **record.people},
        **values,
    }
    record = save_record(book, replace(record, **given), actor()).value  # type: ignore[arg-type]
    return finalise(book, record.id, actor()).value if final else record


def records_of(book: FakeBook) -> tuple[Record, ...]:
    """Everything stored."""
    with book.reading() as reading:
        return reading.records(RecordQuery())


def make_place() -> Meetings:
    """The place with hand-written rooms around it, not opened yet."""
    return Meetings(Room(), None, ChosenFile())  # type: ignore[arg-type]


class Hand(QObject):
    """Types on whatever has the keyboard. ``keys`` counts what is pressed beside the text itself."""

    def __init__(self, settle) -> None:
        super().__init__()
        self.keys = 0
        self._settle = settle

    def target(self) -> QWidget:
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def press(self, *keys: Qt.Key, ctrl: bool = False, alt: bool = False) -> None:
        held = Qt.KeyboardModifier.NoModifier
        held |= Qt.KeyboardModifier.ControlModifier if ctrl else held
        held |= Qt.KeyboardModifier.AltModifier if alt else held
        for key in keys:
            QTest.keyClick(self.target(), key, held)
            self.keys += 1
            self._settle()

    def tab(self, times: int = 1) -> None:
        self.press(*[Qt.Key.Key_Tab] * times)

    def write(self, text: str) -> None:
        """Text as an input method commits it; not counted."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.target(), event)
        self._settle()


def open_place(shown, context, settled, subject: Subject | None = None) -> Meetings:
    """The place shown, with the year loaded; it hears of changes as it does in the window."""
    place = shown(make_place())
    context.commands.changed.connect(place.reload)
    place.resize(1190, 716)
    place.open(context)
    if subject is not None:
        place.show_subject(subject)
    settled(context.commands)
    return place


def at_hand(place: Meetings) -> Record:
    """The record as it is typed."""
    record = place.editing.keeping.record
    assert record is not None
    return record
