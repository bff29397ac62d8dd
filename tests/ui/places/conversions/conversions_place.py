"""The Conversions place on the small book with those who join in it, and what tests do with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from branchbook.domain.ballots import Question
from branchbook.domain.people import FactKind, MembershipChange, Person, PersonFact, Standing
from branchbook.domain.procedures import Procedure
from branchbook.exchange.xlsx import SpreadsheetFiles
from branchbook.services.operations import operate
from branchbook.services.store import Book
from branchbook.ui.places.conversions import Conversions
from branchbook.ui.places.conversions.guard_section import GuardSection
from branchbook.ui.places.conversions.question_fields import QuestionFields
from branchbook.ui.places.conversions.question_section import QuestionSection
from branchbook.ui.places.conversions.version_section import VersionSection
from branchbook.ui.widgets.number_field import NumberField
from tests.services.small_book import FIRST_BRANCH, actor, named
from tests.ui.places.meetings.meetings_place import Photos

WAYFARERS = (
    ("卫示例", "wsl", Standing.APPLICANT, date(2026, 10, 30)),
    ("蒋示例", "jsl", Standing.ACTIVIST, date(2026, 3, 1)),
    ("沈示例", "ssl", Standing.DEVELOPMENT_CANDIDATE, date(2025, 6, 1)),
)


class Rooms:
    """The outer rooms of which this place asks for photos and tables."""

    photos = Photos()
    tables = SpreadsheetFiles()


class Chosen:
    """Answers every question for a file with the one that the test set."""

    path: Path | None = None

    def open_file(self, title: str, pattern: str) -> Path | None:
        return self.path

    def save_file(self, title: str, pattern: str, suggestion: str) -> Path | None:
        return self.path


def add_wayfarers(book: Book) -> None:
    """Three people before the acceptance, one in each of the first stages."""
    with operate(book, actor(), "准备") as operating:
        for number, (name, initials, standing, since) in enumerate(WAYFARERS):
            key = named(name)
            operating.writing.put(Person(key, name, initials, born_on=date(1999, 5, 4), position=40 + number))
            for kind, value, place in (
                (FactKind.MEMBERSHIP, MembershipChange.ON_RECORD, FIRST_BRANCH),
                (FactKind.STANDING, standing, None),
            ):
                fact = PersonFact(uuid5(key, kind), key, kind, value, since, None, place)
                operating.writing.put(fact)


def make_place(files: Chosen | None = None) -> Conversions:
    """The place with hand-written rooms around it, not opened yet."""
    return Conversions(Rooms(), None, files or Chosen())  # type: ignore[arg-type]


class Screen:
    """The place with what a hand does at it; after each step every answer has arrived."""

    def __init__(self, place: Conversions, settle: Any) -> None:
        self.place = place
        self.settle = settle

    @property
    def book(self) -> Book:
        return self.place.context.book

    @property
    def body(self) -> Any:
        return self.place.step.body_area

    @property
    def procedure(self) -> Procedure:
        """The procedure at hand as the book holds it."""
        assert self.place.step.view is not None
        return self.kept(self.place.step.view.procedure.id)

    def kept(self, procedure_id: UUID) -> Procedure:
        with self.book.reading() as reading:
            found = reading.get(Procedure, procedure_id)
        assert found is not None
        return found

    def person(self, name: str) -> Person:
        with self.book.reading() as reading:
            found = reading.get(Person, named(name))
        assert found is not None
        return found

    def standing(self, name: str, day: date) -> str | None:
        with self.book.reading() as reading:
            return reading.roster().standing_on(named(name), day)

    @property
    def step(self) -> str:
        """The key of the step that is shown."""
        assert self.place.step.view is not None
        return self.place.step.view.spec.key

    def section(self, kind: type) -> Any:
        return next(each for each in self.body.sections if type(each) is kind)

    @property
    def voting(self) -> QuestionSection:
        return self.section(QuestionSection)

    @property
    def guards(self) -> str:
        """Everything that is said beforehand about the step."""
        return "\n".join(each.text for each in self.section(GuardSection).lines)

    @property
    def version(self) -> VersionSection:
        return self.section(VersionSection)

    @property
    def counting(self) -> QuestionFields:
        return self.voting.counting

    def names(self) -> list[str]:
        """Who stands in the list, from above."""
        return [each.title for each in self.place.people.people.entries]

    def press(self, button: Any) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        button.click()
        self.settle()

    def keys(self, text: str) -> None:
        """Keys for whatever has the keyboard; \\n is Enter, \\t is Tab."""
        named_keys = {"\n": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}
        for each in text:
            focus = QApplication.focusWidget()
            assert focus is not None
            if each in named_keys:
                QTest.keyClick(focus, named_keys[each])
            else:
                QTest.keyClicks(focus, each)
        self.settle()

    def type_into(self, field: QWidget, text: str) -> None:
        """Replace a field's text, then leave it with Tab; Chinese as an input method commits it."""
        from tests.ui.places.members_screen import write

        field.setFocus()
        assert field.hasFocus()
        field.selectAll()  # type: ignore[attr-defined]
        QTest.keyClick(field, Qt.Key.Key_Delete)
        write(field, text)
        QTest.keyClick(field, Qt.Key.Key_Tab)
        self.settle()

    def fill(self, **fields: str) -> None:
        """Type into fields of the step; ``day`` is the step's own."""
        for key, text in fields.items():
            field = self.body.fields.day if key == "day" else self.body.fields.editor(key)
            self.type_into(field, text)

    def choose(self, field: Any, value: Any) -> None:
        """Choose a value as the mouse would: only what is offered."""
        index = field._values.index(value)
        field.setCurrentIndex(index)
        field.activated.emit(index)
        self.settle()

    def pick(self, name: str) -> None:
        """Choose someone in the list."""
        people = self.place.people.people
        row = self.names().index(name)
        people.setCurrentIndex(people.model().index(row, 0))
        self.settle()

    def go_to(self, step: str) -> None:
        """Choose a step on the time line."""
        steps = self.place.steps.steps
        row = [each.key for each in steps.entries].index(step)
        steps.setCurrentIndex(steps.model().index(row, 0))
        self.settle()
        assert self.step == step

    def complete(self) -> None:
        """The primary button: the step is done."""
        self.press(self.place.step.complete_button)

    def notice(self) -> str:
        """What the card says was refused."""
        return self.place.step.notice.text if self.place.step.notice.isVisible() else ""

    def ask(self, question: Question, day: str, months: str = "") -> None:
        """Put a question on a day."""
        self.press(self.voting.buttons[question])
        form = self.voting.form
        assert form is not None
        self.type_into(form._dates[0], day)
        if months:
            field = form.findChild(NumberField)
            assert field is not None
            self.type_into(field, months)
        self.press(form.act)

    def count(self, **numbers: str) -> None:
        """Type numbers into the open vote, then have the scrutineers confirm it."""
        for key, text in numbers.items():
            self.type_into(self.counting.fields[key], text)
        self.press(self.counting.confirm_button)


def reopen(screen: Screen) -> Screen:
    """Show the place anew after a test wrote into the book behind it."""
    screen.place.open(replace(screen.place.context))
    screen.settle()
    return screen
