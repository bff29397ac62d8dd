"""A whole round through the real window, from the Desk to the end, by keys (issue 5 §6, §8)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from branchbook.domain.evaluation_count import Grade
from branchbook.domain.evaluations import Assessment, Audience
from branchbook.domain.procedures import Procedure, ProcedureState
from branchbook.services.assessments import assessments_by_person
from branchbook.storage.shelf import Shelf
from branchbook.ui.place import Destination
from branchbook.ui.places.evaluations import Evaluations
from tests.services.small_book import FIRST_BRANCH, fill, named
from tests.ui.places.evaluations.evaluations_place import Screen
from tests.ui.running_program import PATIENCE_MS, Program
from tests.ui.running_program import opened as opened
from tests.ui.running_program import program as program

MEETING, TOLD = date(2026, 11, 20), date(2026, 11, 23)
MEMBERS = ("赵示例", "钱示例", "孙示例", "李示例", "周示例", "吴示例")


class Walk(Screen):
    """The place inside the program's window, its files and its threads."""

    def __init__(self, program: Program, qtbot: Any) -> None:
        super().__init__(None, self._settled)  # type: ignore[arg-type]  # until it is opened
        self.program = program
        self.qtbot = qtbot
        self.window = program.application.window
        self.window.resize(1366, 768)

    def _settled(self) -> None:
        session = self.program.application.session
        for _ in range(2):
            self.qtbot.waitUntil(lambda: session.commands.idle, timeout=PATIENCE_MS)
            QApplication.processEvents()

    def on(self, day: date) -> None:
        """It is this day, at half past two."""
        self.program.now = datetime(day.year, day.month, day.day, 14, 30, tzinfo=UTC)

    def scope(self) -> None:
        """The first branch, 2026."""
        scope = self.program.application._scope
        assert scope is not None
        self.window.top_bar.scope_chosen.emit(replace(scope, organisation_id=FIRST_BRANCH, year=2026))
        self.settle()

    def open(self, key: str) -> Any:
        self.window.go(Destination(key))
        self.settle()
        return self.taken()

    def taken(self) -> Any:
        shown = self.window.place
        if isinstance(shown, Evaluations):
            self.place = shown
        return shown

    def _asked(self, question: Any) -> Any:
        session = self.program.application.session

        def read() -> Any:
            with session.book.reading() as reading:
                return question(reading)

        return session.thread.run(read)

    @property
    def procedure(self) -> Procedure:
        view = self.view.step.view
        assert view is not None
        found = self._asked(lambda reading: reading.get(Procedure, view.procedure.id))
        assert isinstance(found, Procedure)
        return found

    def assessment(self, name: str) -> Assessment | None:
        procedure = self.procedure
        return self._asked(lambda reading: assessments_by_person(reading, procedure.id)).get(named(name))

    def press_keys(self, keys: str) -> None:
        """Keys in whatever has the keyboard; \\n is Enter, v the arrow down."""
        for each in keys:
            widget = QApplication.focusWidget()
            assert widget is not None
            named_keys = {"\n": Qt.Key.Key_Return, "v": Qt.Key.Key_Down}
            if each in named_keys:
                QTest.keyClick(widget, named_keys[each])
            else:
                QTest.keyClicks(widget, each)
        self.settle()

    def finish_step(self, key: str, day: date = MEETING) -> None:
        """Complete the step that is shown; the next one is shown."""
        assert self.step == key, (self.step, key)
        self.on(max(day, self.program.now.date()))
        self.complete(day.isoformat())
        assert self.notice() == "", self.notice()
        assert self.procedure.done_on(key) == day


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """Six full members in a file."""
    path = tmp_path_factory.mktemp("簿") / "示例.branchbook"
    book = Shelf().create(path, "")
    fill(book)
    book.close()
    return path


@pytest.fixture
def book(kept, tmp_path) -> Path:
    return Path(shutil.copy(kept, tmp_path / kept.name))


@pytest.fixture
def walk(opened, qtbot) -> Walk:
    made = Walk(opened, qtbot)
    made.on(MEETING)
    made.scope()
    return made


def begin_from_desk(walk: Walk) -> None:
    desk = walk.open("desk")
    number = next(at for at, item in enumerate(desk.view.due) if item.begin_procedure == "yearly_evaluation")
    desk.due.acted.emit(number)
    walk.settle()
    walk.taken()
    assert walk.view.beginning.year.number() == 2026
    walk.press(walk.view.beginning.form.act)


def write_summaries(walk: Walk) -> None:
    """A summary for everyone without leaving the field: F8 goes on."""
    walk.select(MEMBERS[0], "self")
    walk.press_keys("\n")
    for name in MEMBERS:
        field = QApplication.focusWidget()
        field.insertPlainText(f"{name}的小结")
        walk.key(Qt.Key.Key_F8)
    walk.matrix.table.setFocus()
    walk.settle()


def write_criticisms(walk: Walk) -> None:
    """One criticism each, by the initials of who speaks."""
    walk.select(MEMBERS[0], "mutual")
    walk.press_keys("\n")
    for at, _ in enumerate(MEMBERS):
        by = MEMBERS[(at + 1) % len(MEMBERS)]
        walk.type_name(by)
        QApplication.focusWidget().insertPlainText("学习还要更主动")
        walk.key(Qt.Key.Key_F8)
    walk.matrix.table.setFocus()
    walk.settle()


def count_ballots(walk: Walk) -> None:
    """Six ballots, all 合格 but two 优秀 for the first: two keys a ballot, three with an exception."""
    walk.press(walk.ballot.buttons[Audience.MEMBERS])
    field = QApplication.focusWidget()
    assert field is walk.panel.tiles.field("returned")
    walk.press_keys("6\n")
    walk.press_keys("16\n" * 4 + "6\n" * 2)
    assert walk.panel.confirm.isEnabled()
    walk.press(walk.panel.confirm)


class TestTheRound:
    def test_from_the_desk_to_the_end(self, walk):
        begin_from_desk(walk)
        walk.finish_step("preparation")
        walk.press(walk.participants.take_button)
        walk.finish_step("participants")
        walk.finish_step("talks")
        walk.finish_step("life_meeting")
        write_summaries(walk)
        assert walk.assessment("吴示例").summary == "吴示例的小结"
        walk.finish_step("self_evaluation")
        write_criticisms(walk)
        assert [each.by.name for each in walk.assessment("吴示例").criticisms] == ["赵示例"]
        walk.finish_step("mutual_evaluation")
        count_ballots(walk)
        walk.finish_step("ballot")
        walk.select("赵示例", "grade")
        walk.press_keys("1v2v2v2v2v2")
        assert walk.matrix.cap.text.startswith("优秀 1/2 名")
        assert walk.assessment("吴示例").grade == Grade.QUALIFIED
        walk.finish_step("grading")
        walk.on(TOLD)
        walk.select(MEMBERS[0], "feedback")
        walk.press_keys("\n")
        for _ in MEMBERS:
            walk.press_keys("2026-11-23")
            walk.key(Qt.Key.Key_F8)
        walk.matrix.table.setFocus()
        walk.settle()
        assert walk.assessment("吴示例").fed_back_on == TOLD
        walk.finish_step("feedback", TOLD)
        walk.go_to("use")
        walk.select("赵示例", "missing")
        assert walk.matrix.editor.use.use.value() == "表扬，可作为表彰的依据"
        walk.finish_step("use", TOLD)
        walk.go_to("rectification")
        walk.type_into(walk.body.fields.day, TOLD.isoformat())
        walk.press(walk.view.step.finish_button)
        assert walk.procedure.state == ProcedureState.FINISHED
        desk = walk.open("desk")
        assert not [item for item in desk.view.due if item.year]
