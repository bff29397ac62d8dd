"""The Elections place on a branch of twenty full members with a committee, and what tests do with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from branchbook.domain.ballots import Candidate, ElectionKind
from branchbook.domain.procedures import Procedure, StepEntry
from branchbook.domain.records import PersonRef, Vote
from branchbook.services.election_candidates import in_stroke_order, set_candidates
from branchbook.services.election_voters import freeze_voters, mark_all_present, take_snapshot
from branchbook.services.procedures import save_step
from branchbook.services.store import Book
from branchbook.ui.places.elections import Elections
from branchbook.ui.places.elections.candidates_section import CandidatesSection
from branchbook.ui.places.elections.counting_section import CountingSection
from branchbook.ui.places.elections.division_section import DivisionSection
from branchbook.ui.places.elections.outcome_section import OutcomeSection
from branchbook.ui.places.elections.voters_section import VotersSection
from branchbook.ui.widgets.person_picker import PersonChoice
from tests.services.election_books import begun, entry
from tests.services.small_book import actor, named
from tests.ui.places.meetings.meetings_place import ChosenFile, Room

MEETING_ON = date(2026, 9, 10)
"""The day on which the term of the committee in office ends."""

COMMITTEE = ("赵示例", "李示例", "孙示例", "蒋增补")
PREPARED = (
    entry("decision", date(2026, 3, 2), seats=3, deputies=1, candidates=4, planned_on="2026-09-10"),
    entry("request", date(2026, 8, 3), document="示机党请〔2026〕3号"),
    entry("reply", date(2026, 8, 20), seats=3, candidates=4, document="示机党〔2026〕14号"),
)


def make_place(files: ChosenFile | None = None) -> Elections:
    """The place with hand-written rooms around it, not opened yet."""
    return Elections(Room(), None, files or ChosenFile())  # type: ignore[arg-type]


class Screen:
    """The place with what a hand does at it; after each step every answer has arrived."""

    def __init__(self, place: Elections, settle: Any) -> None:
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
        """The election at hand as the book holds it."""
        assert self.place.step.view is not None
        with self.book.reading() as reading:
            found = reading.get(Procedure, self.place.step.view.procedure.id)
        assert found is not None
        return found

    @property
    def step(self) -> str:
        """The key of the step that is shown."""
        assert self.place.step.view is not None
        return self.place.step.view.spec.key

    def section(self, kind: type) -> Any:
        return next(each for each in self.body.sections if type(each) is kind)

    @property
    def voters(self) -> VotersSection:
        return self.section(VotersSection)

    @property
    def candidates(self) -> CandidatesSection:
        return self.section(CandidatesSection)

    @property
    def counting(self) -> CountingSection:
        return self.section(CountingSection)

    @property
    def division(self) -> DivisionSection:
        return self.section(DivisionSection)

    @property
    def outcome(self) -> OutcomeSection:
        return self.section(OutcomeSection)

    def press(self, button: Any) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled()
        button.click()
        self.settle()

    def keys(self, widget: QWidget, *keys: Qt.Key, alt: bool = False) -> None:
        """Press keys on a widget that has the keyboard."""
        widget.setFocus()
        held = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(widget, key, held)
            self.settle()

    def type_into(self, field: Any, text: str) -> None:
        """Replace a field's text, then leave it with Tab; Chinese as an input method commits it."""
        from tests.ui.places.members_screen import write

        field.setFocus()
        assert field.hasFocus()
        field.selectAll()
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

    def go_to(self, step: str) -> None:
        """Choose a step on the time line."""
        line = self.place.time_line.steps
        row = [each.key for each in line.entries].index(step)
        line.setCurrentIndex(line.model().index(row, 0))
        self.settle()
        assert self.step == step

    def complete(self) -> None:
        """The primary button: the step is done, or (where it is) the next one is shown."""
        card = self.place.step
        self.press(card.complete_button if card.complete_button.isVisible() else card.next_button)

    def notice(self) -> str:
        """What the card says was refused."""
        return self.place.step.notice.text if self.place.step.notice.isVisible() else ""

    def vote(self, key: str, *, votes_for: int) -> None:
        """Fill in a vote of the step."""
        row = self.body.votes.votes[key]
        self.press(row.take_button)
        self.type_into(row.row.votes_for, str(votes_for))


def chosen(name: str) -> PersonChoice:
    return PersonChoice(named(name), name)


def stands(*names: str, kind: ElectionKind) -> tuple[Candidate, ...]:
    return tuple(Candidate(named(name), name, kind) for name in names)


def nominated(book: Book, procedure: Procedure) -> None:
    """Four for three seats on the committee, a secretary and a deputy."""
    people = stands(*COMMITTEE, kind=ElectionKind.COMMITTEE)
    with book.reading() as reading:
        ordered = in_stroke_order(reading, people)
    set_candidates(book, procedure.id, ElectionKind.COMMITTEE, ordered, actor())
    for kind, name in ((ElectionKind.SECRETARY, "赵示例"), (ElectionKind.DEPUTY, "李示例")):
        set_candidates(book, procedure.id, kind, stands(name, kind=kind), actor())


def ready_to_count(book: Book) -> Procedure:
    """A term election whose meeting has passed its method: everyone came, 应到 is frozen."""
    more = (entry("nomination", date(2026, 8, 25)), entry("candidate_approval", date(2026, 9, 1)))
    procedure = begun(book, "term_election", date(2026, 3, 1), (*PREPARED, *more))
    nominated(book, procedure)
    take_snapshot(book, procedure.id, MEETING_ON, actor())
    save_step(book, procedure.id, entry("voters", MEETING_ON), actor())
    mark_all_present(book, procedure.id, actor())
    freeze_voters(book, procedure.id, MEETING_ON, actor())
    save_step(book, procedure.id, entry("opening", MEETING_ON), actor())
    return save_step(book, procedure.id, passed_method(), actor()).value


def passed_method() -> StepEntry:
    """周示例 watches, 吴示例 counts; both passed by all twenty."""
    people = {
        "scrutineers": (PersonRef("周示例", named("周示例")),),
        "tellers": (PersonRef("吴示例", named("吴示例")),),
    }
    votes = {"method": Vote(votes_for=20), "scrutineers": Vote(votes_for=20)}
    return replace(entry("method", MEETING_ON), people=people, votes=votes)


def stored_steps(book: Book, procedure_id: UUID) -> tuple[StepEntry, ...]:
    with book.reading() as reading:
        found = reading.get(Procedure, procedure_id)
    assert found is not None
    return found.steps
