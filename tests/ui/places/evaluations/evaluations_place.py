"""The Evaluations place on a branch in memory, and what a hand does at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from branchbook.domain.evaluations import Assessment
from branchbook.domain.procedures import Procedure
from branchbook.services.assessments import assessments_by_person
from branchbook.services.store import Book
from branchbook.ui.places.evaluations import Evaluations
from branchbook.ui.places.evaluations.views_list import VIEWS, ViewSpec
from branchbook.ui.places.evaluations.yearly.ballot_section import BallotSection
from branchbook.ui.places.evaluations.yearly.counting import GradePanel
from branchbook.ui.places.evaluations.yearly.matrix.section import MatrixSection
from branchbook.ui.places.evaluations.yearly.participants_section import ParticipantsSection
from branchbook.ui.places.evaluations.yearly.view import YearlyView
from tests.services.small_book import named
from tests.ui.places.meetings.meetings_place import ChosenFile, Room

MEETING_ON = date(2026, 11, 12)


def make_place(*more: ViewSpec) -> Evaluations:
    """The place with hand-written rooms around it, not opened yet; ``more`` are further views."""
    return Evaluations(Room(), None, ChosenFile(), views=(*VIEWS, *more))  # type: ignore[arg-type]


class Screen:
    """The place with what a hand does at it; after each step every answer has arrived."""

    def __init__(self, place: Evaluations, settle: Callable[[], None]) -> None:
        self.place = place
        self.settle = settle

    @property
    def book(self) -> Book:
        return self.place.context.book

    @property
    def view(self) -> YearlyView:
        found = self.place.view
        assert isinstance(found, YearlyView)
        return found

    @property
    def body(self) -> Any:
        return self.view.step.body_area

    @property
    def procedure(self) -> Procedure:
        """The round at hand as the book holds it."""
        assert self.view.step.view is not None
        with self.book.reading() as reading:
            found = reading.get(Procedure, self.view.step.view.procedure.id)
        assert found is not None
        return found

    @property
    def step(self) -> str:
        """The key of the step that is shown."""
        assert self.view.step.view is not None
        return self.view.step.view.spec.key

    def assessment(self, name: str) -> Assessment | None:
        """What the book holds of a member."""
        with self.book.reading() as reading:
            return assessments_by_person(reading, self.procedure.id).get(named(name))

    def section(self, kind: type) -> Any:
        return next(each for each in self.body.sections if type(each) is kind)

    @property
    def participants(self) -> ParticipantsSection:
        return self.section(ParticipantsSection)

    @property
    def ballot(self) -> BallotSection:
        return self.section(BallotSection)

    @property
    def panel(self) -> GradePanel:
        return self.ballot.panel

    @property
    def matrix(self) -> MatrixSection:
        return self.section(MatrixSection)

    def press(self, button: Any) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled()
        button.click()
        self.settle()

    def key(self, key: Qt.Key, *, shift: bool = False) -> None:
        """One key in whatever has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(widget, key, held)
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

    def type_name(self, name: str) -> None:
        """Type a name into the field that has the keyboard and take it with Enter."""
        from tests.ui.places.members_screen import write

        field = QApplication.focusWidget()
        assert field is not None
        write(field, name)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def choose(self, field: Any, value: Any) -> None:
        """Choose a value as the mouse would: only what is offered."""
        index = field._values.index(value)
        field.setCurrentIndex(index)
        field.activated.emit(index)
        self.settle()

    def go_to(self, step: str) -> None:
        """Choose a step on the time line."""
        line = self.view.card.steps
        row = [each.key for each in line.entries].index(step)
        line.setCurrentIndex(line.model().index(row, 0))
        self.settle()
        assert self.step == step

    def complete(self, day: str = "2026-11-12", reason: str = "") -> None:
        """Type the day and press the primary button."""
        fields = self.body.fields
        self.type_into(fields.day, day)
        if reason:
            self.type_into(fields.reason, reason)
        card = self.view.step
        self.press(card.complete_button if card.complete_button.isVisible() else card.next_button)

    def select(self, name: str, column: str = "name") -> None:
        """Make a cell of the matrix current, as an arrow would."""
        table = self.matrix.table
        row = table.cells.row_of(named(name))
        table.setFocus()
        table.setCurrentIndex(table.cells.index(row, table.cells.column_of(column)))
        self.settle()

    def cell(self, name: str, column: str) -> str:
        """What a cell of the matrix says."""
        cells = self.matrix.table.cells
        return str(cells.index(cells.row_of(named(name)), cells.column_of(column)).data() or "")

    def notice(self) -> str:
        """What the card says was refused."""
        return self.view.step.notice.text if self.view.step.notice.isVisible() else ""
