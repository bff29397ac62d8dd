"""A hand that walks an election through the real window: the program, its files and its threads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branchbook.domain.procedures import Procedure
from branchbook.domain.roster import Roster
from branchbook.ui.place import Destination
from branchbook.ui.places.elections import Elections
from branchbook.ui.places.printing import Printing
from tests.services.small_book import FIRST_BRANCH
from tests.ui.places.elections.elections_place import Screen, chosen
from tests.ui.running_program import PATIENCE_MS, Program


class Walk(Screen):
    """The Elections place inside the program's window. ``on`` sets the computer's clock."""

    def __init__(self, program: Program, qtbot: Any) -> None:
        super().__init__(None, self._settled)  # type: ignore[arg-type]  # until it is opened
        self.program = program
        self.qtbot = qtbot
        self.window = program.application.window
        self.window.resize(1366, 768)

    def _settled(self) -> None:
        session = self.program.application.session
        self.qtbot.waitUntil(lambda: session.commands.idle, timeout=PATIENCE_MS)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: session.commands.idle, timeout=PATIENCE_MS)

    def on(self, day: date) -> None:
        """It is this day, at half past two."""
        self.program.now = datetime(day.year, day.month, day.day, 14, 30, tzinfo=UTC)

    def open(self, key: str = "elections") -> Any:
        """Go to a place by its digit's way."""
        self.window.go(Destination(key))
        self.settle()
        shown = self.window.place
        if isinstance(shown, Elections):
            self.place = shown
        return shown

    def scope(self, organisation_id: UUID) -> None:
        """Choose another branch, or the general branch, in the top bar."""
        scope = self.program.application._scope
        assert scope is not None
        asked = replace(scope, organisation_id=organisation_id)
        self.window.top_bar.scope_chosen.emit(asked)
        self.settle()

    def write_day(self, day: date) -> None:
        """The computer's clock and the step's day, typed without zeros."""
        self.on(day)
        self.type_into(self.body.fields.day, f"{day.year}.{day.month}.{day.day}")

    def do_step(self, key: str, day: date, **fields: str) -> None:
        """Fill a step's fields and complete it on a day."""
        assert self.step == key, (self.step, key)
        self.fill(**fields)
        self.write_day(day)
        self.complete()
        assert self.notice() == "", self.notice()
        assert self.procedure.done_on(key) == day

    def stand(self, kind: str, *names: str) -> None:
        """Let people stand for a kind."""
        section = self.candidates
        section.kinds.choose(kind)
        section.kinds.chosen.emit(kind)
        for name in names:
            section.picker.setFocus()
            section.add(chosen(name))
            self.settle()
            assert not section.refusal.isVisible(), section.refusal.text

    def press_keys(self, keys: str) -> None:
        """Keys in whatever has the keyboard; \\n is Enter."""
        for each in keys:
            widget = QApplication.focusWidget()
            assert widget is not None
            if each == "\n":
                QTest.keyClick(widget, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(widget, each)
        self.settle()

    def count(self, returned: int, ballots: list[str]) -> None:
        """Count ballots one by one with the keyboard, then let the scrutineers confirm."""
        panel = self.counting.panel
        field = panel.tiles.field("returned")
        field.setFocus()
        field.selectAll()
        self.press_keys(f"{returned}\n")
        panel.table.setFocus()
        for ballot in ballots:
            self.press_keys(f"{ballot}\n")
        assert panel.keeping.round is not None
        self.press(panel.steps.confirm)

    @property
    def procedure(self) -> Procedure:
        """The election at hand as the file holds it, asked on the thread of the book."""
        view = self.place.step.view
        assert view is not None
        session = self.program.application.session

        def question() -> Procedure | None:
            with session.book.reading() as reading:
                return reading.get(Procedure, view.procedure.id)

        found = session.thread.run(question)
        assert found is not None
        return found

    def posts(self, day: date, place: UUID = FIRST_BRANCH) -> dict[str, str]:
        """Who holds which posts of an organisation on a day, by name."""
        session = self.program.application.session

        def question() -> Roster:
            with session.book.reading() as reading:
                return reading.roster()

        roster = session.thread.run(question)
        held: dict[str, str] = {}
        for fact in roster.post_facts_on(place, day):
            name = roster.person_by_id[fact.person_id].name
            held[name] = f"{held[name]}+{fact.value}" if name in held else fact.value
        return held

    def preview(self, step: str, paper: str) -> None:
        """See a paper of a step in Print, then come back to where work goes on."""
        going_on = self.step
        self.go_to(step)
        self.press(self.body.papers.buttons[paper])
        printing = self.window.place
        assert isinstance(printing, Printing)
        self.qtbot.waitUntil(lambda: printing.preview_card.isVisible(), timeout=PATIENCE_MS)
        assert not printing.banner.isVisible(), printing.banner.text
        self.open()
        self.go_to(going_on)

    def begin_from_desk(self) -> None:
        """Press what the Desk offers about the term."""
        desk = self.open("desk")
        number = next(
            at for at, item in enumerate(desk.view.due) if item.begin_procedure and item.action == "开始换届"
        )
        desk.due.buttons[number].click()
        self.settle()
        shown = self.window.place
        assert isinstance(shown, Elections)
        self.place = shown
